/* Nodes → message rows, from which apply reads who can own what. */
#include "json/json.h"
#include "structural/inside.h"

#define OPTIONAL (SCHEMA_OMITEMPTY | SCHEMA_PTR)

/* A value nobody has said anything about: maps by member, all else as a whole. */
static const struct schema_message untyped = {.package = STR_INIT(""), .name = STR_INIT("untyped"), .form = SCHEMA_FORM_RAW, .open = true};
static const struct schema_message whole = {.package = STR_INIT(""), .name = STR_INIT("whole"), .form = SCHEMA_FORM_RAW};

static int message_of(struct arena *a, const struct node *n, bool root, const struct schema_message **out);

static bool is_map(const struct node *n)
{
    return n->additional || (n->flags & NODE_ANY);
}

/* What one value of the node is for apply: NULL for scalars. */
static int value_message(struct arena *a, const struct node *n, const struct schema_message **out)
{
    *out = NULL;
    if (n->flags & NODE_ATOMIC)
        *out = &whole;
    else if ((n->flags & NODE_OBJECT) && is_map(n))
        *out = &untyped; /* a map in a map: told apart by key, its values as a whole or by member */
    else if (n->flags & NODE_OBJECT)
        return message_of(a, n, false, out);
    else if (n->flags & NODE_ARRAY)
        *out = &whole;
    else if ((n->flags & NODE_OPEN) && !(n->flags & NODE_TYPES))
        *out = &untyped;
    return 0;
}

static int key_fallback(struct arena *a, const struct node *n, struct str *out)
{
    SCOPED_BUF b = BUF_INIT(0);
    if (!n->fallback || n->fallback->type == VALUE_MAP || n->fallback->type == VALUE_LIST)
        return 0;
    json_print(&b, n->fallback);
    int r = buf_error(&b);
    return r < 0 ? r : arena_str(a, buf_view(&b), out);
}

static int list_field(struct arena *a, const struct node *n, struct schema_field *f)
{
    f->flags |= SCHEMA_REPEATED;
    f->type = SCHEMA_STRING;
    f->list = n->flags & NODE_KEYED ? SCHEMA_LIST_MAP : n->flags & NODE_SET ? SCHEMA_LIST_SET : SCHEMA_LIST_ATOMIC;
    f->list_keys = n->keys;
    if (f->list == SCHEMA_LIST_ATOMIC || !n->items)
        return 0;
    int r = value_message(a, n->items, &f->message);
    if (f->message)
        f->type = SCHEMA_MESSAGE;
    return r;
}

static int map_field(struct arena *a, const struct node *n, struct schema_field *f)
{
    f->type = SCHEMA_MAP_STRING;
    if (n->flags & NODE_ATOMIC)
        f->flags |= SCHEMA_MAP_ATOMIC;
    if (!n->additional) {
        f->message = &untyped;
        f->type = SCHEMA_MAP_MESSAGE;
        return 0;
    }
    int r = value_message(a, n->additional, &f->message);
    if (f->message)
        f->type = SCHEMA_MAP_MESSAGE;
    return r;
}

static int fill_field(struct arena *a, const struct property *p, struct schema_field *f)
{
    const struct node *n = p->node;
    *f = (struct schema_field){.name = p->name, .flags = OPTIONAL, .type = SCHEMA_STRING};
    int r = key_fallback(a, n, &f->key_default);
    if (r < 0)
        return r;
    if (n->flags & NODE_ARRAY)
        return list_field(a, n, f);
    if ((n->flags & NODE_OBJECT) && is_map(n))
        return map_field(a, n, f);
    r = value_message(a, n, &f->message);
    if (f->message)
        f->type = SCHEMA_MESSAGE;
    return r;
}

static bool is_own(const struct node *n, bool root, struct str name)
{
    return (root || (n->flags & NODE_EMBEDDED)) && node_is_root_member(name);
}

static int message_of(struct arena *a, const struct node *n, bool root, const struct schema_message **out)
{
    struct schema_message *m = arena_alloc(a, sizeof(*m));
    struct schema_field *fields = arena_alloc(a, ((size_t)n->n_properties + 3) * sizeof(*fields));
    size_t count = 0;
    if (!m || !fields)
        return -ENOMEM;
    if (root || (n->flags & NODE_EMBEDDED)) {
        static const char *const texts[] = {"apiVersion", "kind"};
        for (size_t i = 0; i < ARRAY_LEN(texts); i++)
            fields[count++] = (struct schema_field){.name = str_of(texts[i]), .flags = OPTIONAL, .type = SCHEMA_STRING};
        fields[count++] = (struct schema_field){.name = STR("metadata"),
                                                .flags = SCHEMA_OMITEMPTY,
                                                .type = SCHEMA_MESSAGE,
                                                .message = schema_message_find(STR("io.k8s.apimachinery.pkg.apis.meta.v1"), STR("ObjectMeta"))};
    }
    for (size_t i = 0; i < n->n_properties; i++) {
        if (is_own(n, root, n->properties[i].name))
            continue;
        int r = fill_field(a, &n->properties[i], &fields[count++]);
        if (r < 0)
            return r;
    }
    *m = (struct schema_message){
        .name = STR("custom"), .fields = fields, .n_fields = (uint16_t)count, .map_atomic = n->flags & NODE_ATOMIC, .open = n->flags & NODE_OPEN};
    *out = m;
    return 0;
}

int shapes_make(struct structural *s)
{
    return message_of(s->arena, s->root, true, &s->message);
}
