/* openAPIV3Schema → nodes. */
#include "structural/inside.h"

#define ARENA_MAX ((size_t)64 << 20)

struct builder {
    struct structural *s;
    struct err *err;
    unsigned depth;
    bool part; /* not an object's whole schema */
};

static int no_memory(struct builder *b)
{
    return err_raise(b->err, -ENOMEM, "no memory for a schema");
}

static int build(struct builder *b, const struct value *schema, struct node **out);

static const struct {
    const char *name;
    unsigned flag;
} types[] = {
    {"object", NODE_OBJECT},   {"array", NODE_ARRAY},   {"string", NODE_STRING},
    {"integer", NODE_INTEGER}, {"number", NODE_NUMBER}, {"boolean", NODE_BOOLEAN},
};

static unsigned flags_of(const struct value *v)
{
    unsigned f = 0;
    struct str type = value_text_at(v, "type"), list = value_text_at(v, "x-kubernetes-list-type");
    for (size_t i = 0; i < ARRAY_LEN(types); i++)
        f |= str_is(type, types[i].name) ? types[i].flag : 0;
    if (value_bool_at(v, "nullable", false))
        f |= NODE_NULLABLE;
    if (value_bool_at(v, "x-kubernetes-preserve-unknown-fields", false))
        f |= NODE_OPEN;
    if (value_bool_at(v, "x-kubernetes-embedded-resource", false))
        f |= NODE_EMBEDDED;
    if (value_bool_at(v, "x-kubernetes-int-or-string", false))
        f |= NODE_INT_OR_STRING | (type.n ? 0 : NODE_INTEGER | NODE_STRING);
    if (str_is(list, "set"))
        f |= NODE_SET;
    if (str_is(list, "map"))
        f |= NODE_KEYED;
    if (str_is(value_text_at(v, "x-kubernetes-map-type"), "atomic"))
        f |= NODE_ATOMIC;
    return f;
}

/* ── parts ── */

static int by_name(const void *a, const void *b)
{
    const struct property *x = a, *y = b;
    return str_cmp(x->name, y->name);
}

static int copy_text(struct builder *b, struct str in, struct str *out)
{
    return arena_str(b->s->arena, in, out) < 0 ? no_memory(b) : 0;
}

static int build_properties(struct builder *b, const struct value *v, struct node *n)
{
    size_t count = value_count(v), i = 0;
    if (count == 0 || v->type != VALUE_MAP)
        return 0;
    if (count > UINT16_MAX)
        return err_raise(b->err, -E2BIG, "too many properties in a schema");
    struct property *list = arena_alloc(b->s->arena, count * sizeof(*list));
    if (!list)
        return no_memory(b);
    VALUE_EACH_MEMBER (m, v) {
        struct node *child;
        int r = copy_text(b, m->key, &list[i].name);
        if (r == 0)
            r = build(b, &m->value, &child);
        if (r < 0)
            return r;
        n->flags |= child->flags & (NODE_DEFAULTS | NODE_RULES);
        list[i++].node = child;
    }
    qsort(list, count, sizeof(*list), by_name);
    n->properties = list;
    n->n_properties = (uint16_t)count;
    return 0;
}

/* A list of texts, ended by an empty one. */
static int build_texts(struct builder *b, const struct value *v, const struct str **out, uint16_t *n)
{
    size_t count = value_count(v), i = 0;
    struct str *list = arena_alloc(b->s->arena, (count + 1) * sizeof(*list));
    if (!list)
        return no_memory(b);
    VALUE_EACH_ITEM (item, v) {
        int r = copy_text(b, value_text(item), &list[i++]);
        if (r < 0)
            return r;
    }
    *out = list;
    if (n)
        *n = (uint16_t)MIN(count, (size_t)UINT16_MAX);
    return 0;
}

static int build_below(struct builder *b, const struct value *v, struct node *parent, const struct node **out)
{
    struct node *child;
    int r = build(b, v, &child);
    if (r < 0)
        return r;
    parent->flags |= child->flags & (NODE_DEFAULTS | NODE_RULES);
    *out = child;
    return 0;
}

static int build_list(struct builder *b, const struct value *v, const struct node *const **out)
{
    size_t count = value_count(v), i = 0;
    if (!count)
        return 0;
    const struct node **list = arena_alloc(b->s->arena, (count + 1) * sizeof(*list));
    if (!list)
        return no_memory(b);
    VALUE_EACH_ITEM (item, v) {
        struct node *child = NULL;
        int r = build(b, item, &child);
        if (r < 0)
            return r;
        list[i++] = child;
    }
    *out = list;
    return 0;
}

static int copy_value(struct builder *b, const struct value *in, const struct value **out)
{
    struct value *copy = arena_alloc(b->s->arena, sizeof(*copy)), open;
    if (!copy)
        return no_memory(b);
    int r = value_expand(b->s->arena, in, &open, b->err);
    if (r == 0 && value_copy(b->s->arena, &open, copy) < 0)
        r = no_memory(b);
    *out = copy;
    return r;
}

/* ── checks ── */

static bool has(const struct value *v, const char *name)
{
    return !value_is_null(value_get(v, str_of(name)));
}

static int64_t count_of(const struct value *v, const char *name)
{
    return has(v, name) ? value_int(value_get(v, str_of(name)), -1) : -1;
}

static bool has_checks(const struct value *v)
{
    static const char *const names[] = {
        "minimum",       "maximum", "multipleOf", "minLength", "maxLength", "minItems", "maxItems", "uniqueItems", "minProperties",
        "maxProperties", "pattern", "format",     "enum",      "allOf",     "anyOf",    "oneOf",    "not",
    };
    for (size_t i = 0; i < ARRAY_LEN(names); i++)
        if (has(v, names[i]))
            return true;
    return false;
}

static void build_numbers(const struct value *v, struct checks *c)
{
    c->min = value_double(value_get(v, STR("minimum")), 0);
    c->max = value_double(value_get(v, STR("maximum")), 0);
    c->multiple = value_double(value_get(v, STR("multipleOf")), 0);
    c->flags |= has(v, "minimum") ? CHECK_MIN : 0;
    c->flags |= has(v, "maximum") ? CHECK_MAX : 0;
    c->flags |= has(v, "multipleOf") ? CHECK_MULTIPLE : 0;
    c->flags |= value_bool_at(v, "exclusiveMinimum", false) ? CHECK_MIN_OUT : 0;
    c->flags |= value_bool_at(v, "exclusiveMaximum", false) ? CHECK_MAX_OUT : 0;
    c->flags |= value_bool_at(v, "uniqueItems", false) ? CHECK_UNIQUE : 0;
    c->min_length = count_of(v, "minLength");
    c->max_length = count_of(v, "maxLength");
    c->min_items = count_of(v, "minItems");
    c->max_items = count_of(v, "maxItems");
    c->min_properties = count_of(v, "minProperties");
    c->max_properties = count_of(v, "maxProperties");
}

static int build_pattern(struct builder *b, const struct value *v, struct checks *c)
{
    struct str text = value_text_at(v, "pattern");
    if (!text.n)
        return 0;
    int r = copy_text(b, text, &c->pattern);
    if (r < 0)
        return r;
    r = pattern_compile(c->pattern, &c->compiled, NULL);
    if (r == -EINVAL)
        return 0; /* stored by an older server: matches nothing it could refuse */
    if (r < 0)
        return no_memory(b);
    void **slot = VEC_ADD(&b->s->patterns);
    if (!slot) {
        c->compiled = pattern_free(c->compiled);
        return no_memory(b);
    }
    *slot = c->compiled;
    return 0;
}

static int build_checks(struct builder *b, const struct value *v, struct node *n)
{
    if (!has_checks(v))
        return 0;
    struct checks *c = arena_alloc(b->s->arena, sizeof(*c));
    struct node *not = NULL;
    if (!c)
        return no_memory(b);
    build_numbers(v, c);
    int r = copy_text(b, value_text_at(v, "format"), &c->format);
    if (r == 0)
        r = build_pattern(b, v, c);
    if (r == 0 && has(v, "enum"))
        r = copy_value(b, value_get(v, STR("enum")), &c->choices);
    if (r == 0)
        r = build_list(b, value_get(v, STR("allOf")), &c->all);
    if (r == 0)
        r = build_list(b, value_get(v, STR("anyOf")), &c->any);
    if (r == 0)
        r = build_list(b, value_get(v, STR("oneOf")), &c->one);
    if (r == 0 && has(v, "not"))
        r = build(b, value_get(v, STR("not")), &not );
    c->not = not ;
    n->checks = c;
    return r;
}

/* ── the whole ── */

static int build_additional(struct builder *b, const struct value *v, struct node *n)
{
    const struct value *more = value_get(v, STR("additionalProperties"));
    if (value_is_null(more))
        return 0;
    if (more->type == VALUE_BOOL) {
        n->flags |= more->boolean ? NODE_ANY : 0;
        return 0;
    }
    return build_below(b, more, n, &n->additional);
}

static int build_node(struct builder *b, const struct value *v, struct node *n)
{
    const struct value *items = value_get(v, STR("items"));
    n->flags = flags_of(v);
    int r = build_properties(b, value_get(v, STR("properties")), n);
    if (r == 0)
        r = build_additional(b, v, n);
    if (r == 0 && items && items->type == VALUE_MAP)
        r = build_below(b, items, n, &n->items);
    if (r == 0 && has(v, "required"))
        r = build_texts(b, value_get(v, STR("required")), &n->required, &n->n_required);
    if (r == 0 && (n->flags & NODE_KEYED))
        r = build_texts(b, value_get(v, STR("x-kubernetes-list-map-keys")), &n->keys, NULL);
    if (r == 0 && has(v, "default")) {
        r = copy_value(b, value_get(v, STR("default")), &n->fallback);
        n->flags |= NODE_DEFAULTS;
    }
    if (r == 0)
        r = build_checks(b, v, n);
    if (r == 0 && has(v, "x-kubernetes-validations")) {
        r = rules_make(b->s, n, b->depth == 1 && !b->part && (n->flags & NODE_OBJECT), value_get(v, STR("x-kubernetes-validations")), b->depth == 1);
        return r < 0 ? err_raise(b->err, r, "no memory for the rules of a schema") : 0;
    }
    return r;
}

static int build(struct builder *b, const struct value *schema, struct node **out)
{
    struct value open;
    struct node *n = arena_alloc(b->s->arena, sizeof(*n));
    if (!n)
        return no_memory(b);
    if (++b->depth > SCHEMA_DEPTH_MAX)
        return err_raise(b->err, -E2BIG, "a schema is nested too deep");
    int r = value_expand(b->s->arena, schema, &open, b->err);
    if (r == 0 && open.type != VALUE_MAP)
        r = err_raise(b->err, -EBADMSG, "a schema is a map of fields");
    if (r == 0)
        r = build_node(b, &open, n);
    b->depth--;
    *out = n;
    return r;
}

static const struct column column_name = {STR_INIT("Name"), STR_INIT("string"), STR_INIT("name"), STR_INIT("Name within its namespace."), 0};
static const struct column column_age = {STR_INIT("Age"), STR_INIT("date"), STR_INIT(""), STR_INIT("When it was created."), 0};

static int build_columns(struct builder *b, const struct value *columns)
{
    size_t count = value_count(columns), i = 1;
    struct column *list = arena_alloc(b->s->arena, (count + 2) * sizeof(*list));
    struct str *paths = arena_alloc(b->s->arena, (count + 2) * sizeof(*paths));
    if (!list || !paths)
        return no_memory(b);
    list[0] = column_name;
    paths[0] = STR(".metadata.name");
    if (!count) {
        list[1] = column_age;
        paths[i++] = STR(".metadata.creationTimestamp");
    }
    VALUE_EACH_ITEM (c, columns) {
        struct column *to = &list[i];
        to->priority = (int)value_int_at(c, "priority", 0);
        int r = copy_text(b, value_text_at(c, "name"), &to->name);
        if (r == 0)
            r = copy_text(b, value_text_at(c, "type"), &to->type);
        if (r == 0)
            r = copy_text(b, value_text_at(c, "format"), &to->format);
        if (r == 0)
            r = copy_text(b, value_text_at(c, "description"), &to->description);
        if (r == 0)
            r = copy_text(b, value_text_at(c, "jsonPath"), &paths[i++]);
        if (r < 0)
            return r;
        if (!to->description.n) /* as upstream */
            to->description = arena_fmt(b->s->arena, "Custom resource definition column (in JSONPath format): %.*s", STR_FMT(paths[i - 1]));
    }
    b->s->columns = list;
    b->s->paths = paths;
    b->s->n_columns = i;
    return 0;
}

static int make(struct structural **out, const struct value *schema, const struct value *columns, bool part, struct err *err)
{
    static const struct value anything = {.type = VALUE_MAP};
    struct structural *s = mem_alloc(sizeof(*s));
    struct builder b = {.s = s, .err = err, .part = part};
    struct node *root = NULL;
    if (!s || arena_new(&s->arena, ARENA_MAX) < 0) {
        mem_free(s);
        return err_raise(err, -ENOMEM, "no memory for a schema");
    }
    int r = build(&b, value_is_null(schema) ? &anything : schema, &root);
    if (r == 0)
        r = build_columns(&b, columns);
    if (r < 0) {
        structural_free(s);
        return r;
    }
    root->flags |= (part ? 0 : NODE_ROOT) | (value_is_null(schema) ? NODE_OPEN : 0);
    s->root = root;
    r = shapes_make(s);
    if (r < 0) {
        structural_free(s);
        return err_raise(err, r, "no memory for a schema");
    }
    *out = s;
    return 0;
}

int structural_new(struct structural **out, const struct value *schema, const struct value *columns, struct err *err)
{
    return make(out, schema, columns, false, err);
}

int structural_new_part(struct structural **out, const struct value *schema, struct err *err)
{
    return make(out, schema, NULL, true, err);
}

struct structural *structural_free(struct structural *s)
{
    if (!s)
        return NULL;
    for (size_t i = 0; i < s->patterns.n; i++)
        pattern_free(s->patterns.p[i]);
    VEC_DONE(&s->patterns);
    rules_free(s);
    arena_free(s->arena);
    return mem_free(s);
}

uint64_t structural_most(const struct structural *s)
{
    return node_most(s->root);
}

/* ── reading ── */

const struct node *node_property(const struct node *n, struct str name)
{
    size_t from = 0, to = n->n_properties;
    while (from < to) {
        size_t mid = (from + to) / 2;
        int c = str_cmp(n->properties[mid].name, name);
        if (c == 0)
            return n->properties[mid].node;
        if (c < 0)
            from = mid + 1;
        else
            to = mid;
    }
    return NULL;
}

bool node_is_root_member(struct str name)
{
    return str_is(name, "apiVersion") || str_is(name, "kind") || str_is(name, "metadata");
}

const struct column *structural_columns(const struct structural *s, const struct str **paths, size_t *n)
{
    *n = s->n_columns;
    *paths = s->paths;
    return s->columns;
}

const struct schema_message *structural_message(const struct structural *s)
{
    return s->message;
}

size_t path_member(struct path *p, struct str name)
{
    size_t before = p->n;
    int n = snprintf(p->text + p->n, sizeof(p->text) - p->n, "%s%.*s", p->n ? "." : "", STR_FMT(name));
    p->n = MIN(p->n + (size_t)MAX(n, 0), sizeof(p->text) - 1);
    return before;
}

size_t path_item(struct path *p, size_t i)
{
    size_t before = p->n;
    int n = snprintf(p->text + p->n, sizeof(p->text) - p->n, "[%zu]", i);
    p->n = MIN(p->n + (size_t)MAX(n, 0), sizeof(p->text) - 1);
    return before;
}
