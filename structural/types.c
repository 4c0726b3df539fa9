/* Nodes → types of the expression language, with the sizes cost estimates go by. */
#include "structural/inside.h"

#include "cellib/cellib.h"

#define REQUEST_BYTES_MAX UINT64_C(3145728) /* upstream's limit of a request */

/* The fewest bytes a value takes in JSON. */
static uint64_t least_bytes(const struct node *n, unsigned depth)
{
    if (n->flags & NODE_OBJECT) {
        uint64_t bytes = 2;
        for (size_t i = 0; i < n->n_required && depth < 16; i++) {
            const struct node *child = node_property(n, n->required[i]);
            if (child && !child->fallback)
                bytes += n->required[i].n + 4 + least_bytes(child, depth + 1);
        }
        return bytes;
    }
    if (n->flags & (NODE_ARRAY | NODE_STRING))
        return 2;
    return n->flags & NODE_BOOLEAN ? 4 : 1;
}

static uint64_t most_items(const struct node *n)
{
    if (n->checks && n->checks->max_items >= 0)
        return (uint64_t)n->checks->max_items;
    return (REQUEST_BYTES_MAX - 2) / ((n->items ? least_bytes(n->items, 0) : 1) + 1);
}

static uint64_t most_members(const struct node *n)
{
    if (n->checks && n->checks->max_properties >= 0)
        return (uint64_t)n->checks->max_properties;
    return (REQUEST_BYTES_MAX - 2) / ((n->additional ? least_bytes(n->additional, 0) : 1) + 6);
}

uint64_t node_most(const struct node *n)
{
    return n->flags & NODE_ARRAY ? most_items(n) : n->flags & NODE_OBJECT ? most_members(n) : 1;
}

static uint64_t longest_text(const struct node *n)
{
    const struct checks *c = n->checks;
    uint64_t most = 0;
    if (c && c->max_length >= 0)
        return (uint64_t)c->max_length;
    VALUE_EACH_ITEM (v, c ? c->choices : NULL)
        most = MAX(most, (uint64_t)value_text(v).n);
    return most ? most : REQUEST_BYTES_MAX - 2;
}

static const struct cel_type *sized(struct arena *a, const struct cel_type *like, uint64_t size)
{
    struct cel_type *t = arena_alloc(a, sizeof(*t));
    if (t) {
        *t = *like;
        t->max_size = size;
    }
    return t;
}

static const struct cel_type *text_type(struct arena *a, const struct node *n)
{
    struct str format = n->checks ? n->checks->format : STR_NONE;
    if (str_is(format, "byte"))
        return sized(a, &cel_type_bytes, longest_text(n));
    if (str_is(format, "duration"))
        return sized(a, &cel_type_duration, 1);
    if (str_is(format, "date") || str_is(format, "date-time"))
        return sized(a, &cel_type_timestamp, 1);
    return sized(a, &cel_type_string, longest_text(n));
}

static const struct cel_type *list_type(struct arena *a, const struct node *n, unsigned depth)
{
    static const struct node anything;
    const struct cel_type *item = node_type(a, n->items ? n->items : &anything, false, depth);
    struct cel_type *t = item ? cel_type_list(a, item) : NULL;
    if (t) {
        t->max_size = most_items(n);
        t->list = n->flags & NODE_KEYED ? CEL_LIST_KEYED : n->flags & NODE_SET ? CEL_LIST_SET : CEL_LIST_ATOMIC;
        t->keys = n->keys;
    }
    return t;
}

static const struct cel_type *map_type(struct arena *a, const struct node *n, unsigned depth)
{
    const struct cel_type *value = n->additional ? node_type(a, n->additional, false, depth) : &cel_type_dyn;
    const struct cel_type *key = sized(a, &cel_type_string, REQUEST_BYTES_MAX - 2);
    struct cel_type *t = value && key ? cel_type_map(a, key, value) : NULL;
    if (t)
        t->max_size = most_members(n);
    return t;
}

/* Only names an expression can write are fields. */
static int add_field(struct arena *a, struct cel_field *fields, uint32_t *n, struct str name, const struct cel_type *type)
{
    int r = 0;
    struct str written;
    if (!type)
        return -ENOMEM;
    if (!cel_name_escape(a, name, &written, &r))
        return r;
    fields[(*n)++] = (struct cel_field){.name = written, .key = name, .type = type};
    return 0;
}

static const struct cel_type *metadata_type(struct arena *a)
{
    struct cel_type *t = arena_alloc(a, sizeof(*t));
    struct cel_field *fields = arena_alloc(a, 2 * sizeof(*fields));
    const struct cel_type *text = sized(a, &cel_type_string, REQUEST_BYTES_MAX - 2);
    uint32_t n = 0;
    if (!t || !fields || add_field(a, fields, &n, STR("name"), text) < 0 || add_field(a, fields, &n, STR("generateName"), text) < 0)
        return NULL;
    cel_type_sort(fields, n);
    *t = (struct cel_type){.kind = CEL_OBJECT, .name = STR("metadata"), .fields = fields, .n_fields = n, .max_size = 2};
    return t;
}

static const struct cel_type *object_type(struct arena *a, const struct node *n, bool root, unsigned depth)
{
    struct cel_type *t = arena_alloc(a, sizeof(*t));
    struct cel_field *fields = arena_alloc(a, ((size_t)n->n_properties + 3) * sizeof(*fields));
    bool typed = root || (n->flags & NODE_EMBEDDED);
    uint32_t count = 0;
    int r = t && fields ? 0 : -ENOMEM;
    if (r == 0 && typed) {
        const struct cel_type *text = sized(a, &cel_type_string, REQUEST_BYTES_MAX - 2);
        r = add_field(a, fields, &count, STR("apiVersion"), text);
        if (r == 0)
            r = add_field(a, fields, &count, STR("kind"), text);
        if (r == 0)
            r = add_field(a, fields, &count, STR("metadata"), metadata_type(a));
    }
    for (size_t i = 0; r == 0 && i < n->n_properties; i++)
        if (!typed || !node_is_root_member(n->properties[i].name))
            r = add_field(a, fields, &count, n->properties[i].name, node_type(a, n->properties[i].node, false, depth));
    struct str name = r == 0 ? arena_fmt(a, "selfType.%p", (const void *)n) : STR_NONE;
    if (!name.p)
        return NULL;
    cel_type_sort(fields, count);
    *t = (struct cel_type){.kind = CEL_OBJECT, .name = name, .fields = fields, .n_fields = count, .max_size = count};
    return t;
}

const struct cel_type *node_type(struct arena *a, const struct node *n, bool root, unsigned depth)
{
    unsigned types = n->flags & NODE_TYPES;
    if (depth > SCHEMA_DEPTH_MAX || (n->flags & NODE_INT_OR_STRING))
        return &cel_type_dyn;
    if (root || types == NODE_OBJECT)
        return n->additional || (n->flags & NODE_ANY) ? map_type(a, n, depth + 1) : object_type(a, n, root, depth + 1);
    switch (types) {
    case NODE_ARRAY:
        return list_type(a, n, depth + 1);
    case NODE_STRING:
        return text_type(a, n);
    case NODE_INTEGER:
        return sized(a, &cel_type_int, 1);
    case NODE_NUMBER:
        return sized(a, &cel_type_double, 1);
    case NODE_BOOLEAN:
        return sized(a, &cel_type_bool, 1);
    default:
        return &cel_type_dyn;
    }
}

const struct cel_type *structural_type(const struct structural *s, struct arena *a, const struct cel_type *metadata)
{
    const struct cel_type *as = node_type(a, s->root, true, 0);
    struct cel_type *t = as ? arena_alloc(a, sizeof(*t)) : NULL;
    struct cel_field *fields = t && as->fields ? arena_alloc(a, (as->n_fields + 1) * sizeof(*fields)) : NULL;
    if (!t || (as->fields && !fields))
        return NULL;
    *t = *as;
    for (uint32_t i = 0; fields && i < as->n_fields; i++) {
        fields[i] = as->fields[i];
        if (str_is(fields[i].name, "metadata"))
            fields[i].type = metadata;
    }
    t->fields = fields;
    return t;
}
