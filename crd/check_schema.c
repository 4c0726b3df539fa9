/* Structural schemas: what upstream lets an openAPIV3Schema say. */
#include "crd/inside.h"
#include "structural/structural.h"

#define DEPTH_MAX 90

struct checking {
    struct crd_path *at;
    struct faults *f;
    unsigned depth;
    bool rules;     /* there are some somewhere */
    size_t loose;   /* below a list whose items have no identity: the length of its path; 0: not */
    uint64_t times; /* how often what we look at can be in one object */
    uint64_t cost;  /* of all rules so far */
};

/* What a node has that asks for a look of its own. Most have a type and a description, and nothing of this. */
enum trait {
    HAS_BELOW = 1 << 0, /* items, additionalProperties: how they may stand together */
    HAS_PATTERN = 1 << 1,
    HAS_DEFAULT = 1 << 2,
    HAS_LOGIC = 1 << 3,
    HAS_EXTENSION = 1 << 4, /* x-kubernetes-… */
    HAS_OTHER = 1 << 5,     /* what may be forbidden */
};

enum place { AT_ROOT, AT_PROPERTY, AT_ITEM, AT_ADDITIONAL, AT_METADATA };

/* ── paths ── */

static size_t grow(struct crd_path *p, const char *fmt, ...) PRINTF(2, 3);
static size_t grow(struct crd_path *p, const char *fmt, ...)
{
    size_t before = p->n;
    va_list ap;
    va_start(ap, fmt);
    int n = vsnprintf(p->text + p->n, sizeof(p->text) - p->n, fmt, ap);
    va_end(ap);
    p->n = MIN(p->n + (size_t)MAX(n, 0), sizeof(p->text) - 1);
    return before;
}

static void append(struct crd_path *p, struct str s)
{
    size_t n = MIN(s.n, sizeof(p->text) - 1 - p->n);
    if (n)
        memcpy(p->text + p->n, s.p, n);
    p->n += n;
    p->text[p->n] = 0;
}

size_t crd_path_field(struct crd_path *p, const char *name)
{
    size_t before = p->n;
    append(p, before ? STR(".") : STR(""));
    append(p, str_of(name));
    return before;
}

size_t crd_path_key(struct crd_path *p, struct str key)
{
    size_t before = p->n;
    append(p, STR("["));
    append(p, key);
    append(p, STR("]"));
    return before;
}

size_t crd_path_item(struct crd_path *p, size_t i)
{
    return grow(p, "[%zu]", i);
}

void crd_path_cut(struct crd_path *p, size_t n)
{
    p->n = n;
    p->text[n] = 0;
}

static void fault(struct checking *c, enum fault_type type, const char *field, const struct value *bad, const char *why)
{
    size_t before = crd_path_field(c->at, field);
    fault_add(c->f, type, c->at->text, bad, "%s", why);
    crd_path_cut(c->at, before);
}

/* ── fields by themselves ── */

static bool given(const struct value *v, const char *name)
{
    return !value_is_null(value_get(v, str_of(name)));
}

static bool is_true(const struct value *v, const char *name)
{
    return value_bool(value_get(v, str_of(name)), false);
}

static unsigned traits_of(const struct value *v)
{
    static const struct {
        struct str name;
        unsigned traits;
    } rows[] = {
        {STR_INIT("type"), 0},
        {STR_INIT("description"), 0},
        {STR_INIT("properties"), 0},
        {STR_INIT("required"), 0},
        {STR_INIT("format"), 0},
        {STR_INIT("enum"), 0},
        {STR_INIT("nullable"), 0},
        {STR_INIT("minimum"), 0},
        {STR_INIT("maximum"), 0},
        {STR_INIT("minLength"), 0},
        {STR_INIT("maxLength"), 0},
        {STR_INIT("minItems"), 0},
        {STR_INIT("maxItems"), 0},
        {STR_INIT("items"), HAS_BELOW},
        {STR_INIT("additionalProperties"), HAS_BELOW},
        {STR_INIT("pattern"), HAS_PATTERN},
        {STR_INIT("default"), HAS_DEFAULT},
        {STR_INIT("allOf"), HAS_LOGIC},
        {STR_INIT("anyOf"), HAS_LOGIC},
        {STR_INIT("oneOf"), HAS_LOGIC},
        {STR_INIT("not"), HAS_LOGIC},
    };
    unsigned traits = 0;
    VALUE_EACH_MEMBER (m, v) {
        size_t i = 0;
        while (i < ARRAY_LEN(rows) && !str_eq(rows[i].name, m->key))
            i++;
        traits |= i < ARRAY_LEN(rows) ? rows[i].traits : str_starts(m->key, STR("x-")) ? HAS_EXTENSION : HAS_OTHER;
    }
    return traits;
}

static void check_forbidden(struct checking *c, const struct value *v)
{
    static const struct {
        const char *field, *why;
    } rows[] = {
        {"$ref", "$ref is not supported"},
        {"$schema", "schema is not supported"},
        {"id", "id is not supported"},
        {"definitions", "definitions is not supported"},
        {"dependencies", "dependencies is not supported"},
        {"patternProperties", "patternProperties is not supported"},
        {"additionalItems", "additionalItems is not supported"},
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        if (given(v, rows[i].field))
            fault(c, FAULT_FORBIDDEN, rows[i].field, NULL, rows[i].why);
    if (is_true(v, "uniqueItems"))
        fault(c, FAULT_FORBIDDEN, "uniqueItems", NULL, "uniqueItems cannot be set to true since the runtime complexity becomes quadratic");
    const struct value *more = value_get(v, STR("additionalProperties"));
    if (more && more->type == VALUE_BOOL && !more->boolean)
        fault(c, FAULT_FORBIDDEN, "additionalProperties", NULL, "additionalProperties cannot be set to false");
    bool any = more && more->type == VALUE_BOOL && more->boolean;
    if (!value_is_null(more) && !any && value_count(value_get(v, STR("properties"))))
        fault(c, FAULT_FORBIDDEN, "additionalProperties", NULL, "additionalProperties and properties are mutual exclusive");
    if (value_get(v, STR("items")) && value_get(v, STR("items"))->type == VALUE_LIST)
        fault(c, FAULT_FORBIDDEN, "items", NULL, "items must be a schema object and not an array");
}

static void check_type(struct checking *c, const struct value *v, enum place place, bool extended)
{
    static const char *const known[] = {"array", "boolean", "integer", "number", "object", "string"};
    struct str type = value_text_at(v, "type");
    bool loose = extended && (is_true(v, "x-kubernetes-int-or-string") || is_true(v, "x-kubernetes-preserve-unknown-fields"));
    bool right = false;
    for (size_t i = 0; i < ARRAY_LEN(known) && !right; i++)
        right = str_is(type, known[i]);
    if (type.n && !right)
        fault(c, FAULT_NOT_SUPPORTED, "type", value_get(v, STR("type")),
              "supported values: \"array\", \"boolean\", \"integer\", \"number\", \"object\", \"string\"");
    if (str_is(type, "null"))
        fault(c, FAULT_FORBIDDEN, "type", NULL, "type cannot be set to null, use nullable as an alternative");
    else if (place == AT_ROOT && type.n && right && !str_is(type, "object"))
        fault(c, FAULT_INVALID, "type", value_get(v, STR("type")), "must be object at the root");
    else if (!type.n && place == AT_ROOT)
        fault(c, FAULT_REQUIRED, "type", NULL, "must not be empty at the root");
    else if (!type.n && !loose)
        fault(c, FAULT_REQUIRED, "type", NULL,
              place == AT_ITEM ? "must not be empty for specified array items" : "must not be empty for specified object fields");
    if (!extended)
        return;
    if (is_true(v, "x-kubernetes-embedded-resource") && !str_is(type, "object"))
        fault(c, type.n ? FAULT_INVALID : FAULT_REQUIRED, "type", type.n ? value_get(v, STR("type")) : NULL,
              "must be object if x-kubernetes-embedded-resource is true");
}

static void check_extensions(struct checking *c, const struct value *v)
{
    const struct value *keep = value_get(v, STR("x-kubernetes-preserve-unknown-fields"));
    struct str type = value_text_at(v, "type");
    if (!value_is_null(keep) && !value_bool(keep, true))
        fault(c, FAULT_INVALID, "x-kubernetes-preserve-unknown-fields", keep, "must be true or undefined");
    if (value_bool(keep, false) && is_true(v, "x-kubernetes-int-or-string"))
        fault(c, FAULT_INVALID, "x-kubernetes-preserve-unknown-fields", keep, "must be false if x-kubernetes-int-or-string is true");
    if (is_true(v, "x-kubernetes-embedded-resource") && is_true(v, "x-kubernetes-int-or-string"))
        fault(c, FAULT_INVALID, "x-kubernetes-embedded-resource", value_get(v, STR("x-kubernetes-embedded-resource")),
              "must be false if x-kubernetes-int-or-string is true");
    if (is_true(v, "x-kubernetes-embedded-resource") && given(v, "additionalProperties"))
        fault(c, FAULT_FORBIDDEN, "additionalProperties", NULL, "must not be used if x-kubernetes-embedded-resource is set");
    if (is_true(v, "x-kubernetes-embedded-resource") && !value_bool(keep, false) && !value_count(value_get(v, STR("properties"))))
        fault(c, FAULT_REQUIRED, "properties", NULL,
              "must not be empty if x-kubernetes-embedded-resource is true without x-kubernetes-preserve-unknown-fields");
    struct str map = value_text_at(v, "x-kubernetes-map-type");
    if (map.n && !str_is(map, "atomic") && !str_is(map, "granular"))
        fault(c, FAULT_NOT_SUPPORTED, "x-kubernetes-map-type", value_get(v, STR("x-kubernetes-map-type")),
              "supported values: \"atomic\", \"granular\"");
    if (map.n && !str_is(type, "object"))
        fault(c, type.n ? FAULT_INVALID : FAULT_REQUIRED, "type", type.n ? value_get(v, STR("type")) : NULL,
              "must be object if x-kubernetes-map-type is specified");
}

static void check_pattern(struct checking *c, const struct value *v)
{
    const struct value *pattern = value_get(v, STR("pattern"));
    struct err err = {{0}};
    char why[ERR_TEXT_MAX + 64];
    if (!value_text(pattern).n || structural_pattern(value_text(pattern), STR(""), &err) != -EINVAL)
        return;
    snprintf(why, sizeof(why), "must be a valid regular expression, but isn't: %s", err.text);
    fault(c, FAULT_INVALID, "pattern", pattern, why);
}

/* ── list types ── */

static bool has_text(const struct value *list, struct str s)
{
    VALUE_EACH_ITEM (item, list) {
        if (str_eq(value_text(item), s))
            return true;
    }
    return false;
}

static void check_key(struct checking *c, const struct value *items, const struct value *keys, size_t i)
{
    const struct value *key = value_item(keys, i);
    const struct value *prop = value_get(value_get(items, STR("properties")), value_text(key));
    struct str type = value_text_at(prop, "type");
    bool again = false;
    for (size_t k = 0; k < i && !again; k++)
        again = str_eq(value_text(value_item(keys, k)), value_text(key));
    if (!prop)
        fault(c, FAULT_INVALID, "x-kubernetes-list-map-keys", keys, "entries must all be names of item properties");
    if (again)
        fault(c, FAULT_INVALID, "x-kubernetes-list-map-keys", keys, "must not contain duplicate entries");
    if (!prop)
        return;
    size_t before = crd_path_field(c->at, "items");
    crd_path_field(c->at, "properties");
    crd_path_key(c->at, value_text(key));
    if (str_is(type, "array") || str_is(type, "object"))
        fault(c, FAULT_INVALID, "type", value_get(items, STR("type")), "must be a scalar type if parent array's x-kubernetes-list-type is map");
    if (is_true(prop, "nullable"))
        fault(c, FAULT_FORBIDDEN, "nullable", NULL, "this property is in x-kubernetes-list-map-keys, so it cannot be nullable");
    if (!given(prop, "default") && !has_text(value_get(items, STR("required")), value_text(key)))
        fault(c, FAULT_REQUIRED, "default", NULL,
              "this property is in x-kubernetes-list-map-keys, so it must have a default or be a required property");
    crd_path_cut(c->at, before);
}

/* What stands in a set is compared whole. */
static void check_set(struct checking *c, const struct value *items)
{
    static const char why[] = "must be atomic as item of a list with x-kubernetes-list-type=set";
    const struct value *list = value_get(items, STR("x-kubernetes-list-type")), *map = value_get(items, STR("x-kubernetes-map-type"));
    const struct value none = {.type = VALUE_NULL};
    struct str type = value_text_at(items, "type");
    size_t before = crd_path_field(c->at, "items");
    if (str_is(type, "array") && value_text(list).n && !str_is(value_text(list), "atomic"))
        fault(c, FAULT_INVALID, "x-kubernetes-list-type", list, why);
    if (str_is(type, "object") && !str_is(value_text(map), "atomic"))
        fault(c, FAULT_INVALID, "x-kubernetes-map-type", value_is_null(list) ? &none : list, why); /* upstream shows the list type here, too */
    crd_path_cut(c->at, before);
}

static void check_list(struct checking *c, const struct value *v)
{
    const struct value *kind = value_get(v, STR("x-kubernetes-list-type")), *keys = value_get(v, STR("x-kubernetes-list-map-keys"));
    const struct value *items = value_get(v, STR("items"));
    struct str list = value_text(kind), type = value_text_at(v, "type");
    bool map = str_is(list, "map");
    if (list.n && !map && !str_is(list, "set") && !str_is(list, "atomic"))
        fault(c, FAULT_NOT_SUPPORTED, "x-kubernetes-list-type", kind, "supported values: \"atomic\", \"set\", \"map\"");
    if (list.n && !str_is(type, "array"))
        fault(c, type.n ? FAULT_INVALID : FAULT_REQUIRED, "type", type.n ? value_get(v, STR("type")) : NULL,
              "must be array if x-kubernetes-list-type is specified");
    else if (str_is(list, "set"))
        check_set(c, items);
    if ((map || str_is(list, "set")) && is_true(items, "nullable")) {
        size_t before = crd_path_field(c->at, "items");
        fault(c, FAULT_FORBIDDEN, "nullable", NULL,
              map ? "cannot be nullable when x-kubernetes-list-type is map" : "cannot be nullable when x-kubernetes-list-type is set");
        crd_path_cut(c->at, before);
    }
    if (str_is(type, "array") && value_is_null(items))
        fault(c, FAULT_REQUIRED, "items", NULL, "must be specified");
    if (value_count(keys) && !map)
        fault(c, list.n ? FAULT_INVALID : FAULT_REQUIRED, "x-kubernetes-list-type", list.n ? kind : NULL,
              "must be map if x-kubernetes-list-map-keys is non-empty");
    if (!map)
        return;
    if (!value_count(keys))
        fault(c, FAULT_REQUIRED, "x-kubernetes-list-map-keys", NULL, "must not be empty if x-kubernetes-list-type is map");
    if (value_is_null(items))
        fault(c, FAULT_REQUIRED, "items", NULL, "must have a schema if x-kubernetes-list-type is map");
    if (items && !str_is(value_text_at(items, "type"), "object")) {
        size_t before = crd_path_field(c->at, "items");
        fault(c, FAULT_INVALID, "type", value_get(items, STR("type")), "must be object if parent array's x-kubernetes-list-type is map");
        crd_path_cut(c->at, before);
        return;
    }
    for (size_t i = 0; items && i < value_count(keys); i++)
        check_key(c, items, keys, i);
}

/* ── defaults must themselves be what the schema asks for ── */

static void check_default(struct checking *c, const struct value *v)
{
    const struct value *given_default = value_get(v, STR("default"));
    struct value tree = value_make_map(), kept, schema = value_make_map(), props = value_make_map();
    struct structural *s = NULL;
    struct arena *a = c->f->arena;
    struct object_notes notes = {.n = 0};
    if (value_is_null(given_default))
        return;
    int r = value_expand(a, given_default, &kept, NULL);
    if (r == 0)
        r = value_copy(a, &kept, &kept);
    if (r < 0 || !value_set(a, &tree, STR("default"), kept) || !value_set(a, &props, STR("default"), *v) ||
        !value_set(a, &schema, STR("properties"), props) || structural_new(&s, &schema, NULL, NULL) < 0)
        return; /* what is wrong with the schema itself is told elsewhere */
    r = structural_prune(a, s, &tree, &notes);
    struct faults *found = arena_alloc(a, sizeof(*found));
    if (r == 0 && found) {
        faults_init(found, a);
        structural_validate(s, &tree, NULL, found);
    }
    if (notes.n)
        fault(c, FAULT_INVALID, "default", given_default, "must not have unknown fields");
    for (size_t i = 0; found && i < MIN(found->n, (size_t)FAULTS_MAX); i++) {
        size_t before = crd_path_field(c->at, "");
        c->at->n = before;
        grow(c->at, ".%.*s", STR_FMT(found->items[i].field));
        size_t n = c->f->n++;
        if (n < FAULTS_MAX) {
            c->f->items[n] = found->items[i];
            if (arena_str(a, str_of(c->at->text), &c->f->items[n].field) < 0)
                c->f->items[n].field = STR("default");
        }
        crd_path_cut(c->at, before);
    }
    structural_free(s);
}

/* ── logical parts: they may judge what the outer schema declares, and declare nothing ── */

static void check_judging(struct checking *c, const struct value *v, const struct value *outer);

static void check_mentioned(struct checking *c, const struct value *v, const struct value *outer)
{
    VALUE_EACH_MEMBER (m, value_get(v, STR("properties"))) {
        const struct value *declared = value_get(value_get(outer, STR("properties")), m->key);
        size_t before = crd_path_field(c->at, "properties");
        crd_path_key(c->at, m->key);
        if (declared || is_true(outer, "x-kubernetes-preserve-unknown-fields") || given(outer, "additionalProperties"))
            check_judging(c, &m->value, declared ? declared : value_get(outer, STR("additionalProperties")));
        else
            fault_add(c->f, FAULT_REQUIRED, c->at->text, NULL,
                      "because it is defined in the logical part of the schema, it must be declared outside of it");
        crd_path_cut(c->at, before);
    }
}

static void check_logic(struct checking *c, const struct value *v, const struct value *outer)
{
    static const char *const lists[] = {"allOf", "anyOf", "oneOf"};
    for (size_t i = 0; i < ARRAY_LEN(lists); i++) {
        size_t k = 0, before = crd_path_field(c->at, lists[i]);
        VALUE_EACH_ITEM (item, value_get(v, str_of(lists[i]))) {
            size_t here = crd_path_item(c->at, k++);
            check_judging(c, item, outer);
            crd_path_cut(c->at, here);
        }
        crd_path_cut(c->at, before);
    }
    if (given(v, "not")) {
        size_t before = crd_path_field(c->at, "not");
        check_judging(c, value_get(v, STR("not")), outer);
        crd_path_cut(c->at, before);
    }
}

static void check_judging(struct checking *c, const struct value *v, const struct value *outer)
{
    static const char *const silent[] = {"type",
                                         "default",
                                         "description",
                                         "title",
                                         "nullable",
                                         "additionalProperties",
                                         "x-kubernetes-preserve-unknown-fields",
                                         "x-kubernetes-embedded-resource",
                                         "x-kubernetes-int-or-string",
                                         "x-kubernetes-list-type",
                                         "x-kubernetes-list-map-keys",
                                         "x-kubernetes-map-type"};
    if (!v || v->type != VALUE_MAP || ++c->depth > DEPTH_MAX)
        return;
    bool loose = is_true(outer, "x-kubernetes-int-or-string");
    for (size_t i = 0; i < ARRAY_LEN(silent); i++)
        if (given(v, silent[i]) && !(i == 0 && loose))
            fault(c, FAULT_FORBIDDEN, silent[i], NULL, "must be empty to be structural");
    check_pattern(c, v);
    check_mentioned(c, v, outer);
    const struct value *items = value_get(v, STR("items"));
    if (items) {
        size_t before = crd_path_field(c->at, "items");
        check_judging(c, items, value_get(outer, STR("items")));
        crd_path_cut(c->at, before);
    }
    check_logic(c, v, outer);
    c->depth--;
}

/* ── the structural part ── */

static void check_node(struct checking *c, const struct value *v, enum place place);
static void enter_many(struct checking *c, const struct value *v, const struct value *below, const char *field, enum place place);

/* apiVersion, kind and metadata of what is an object of its own: their types are known, and at the root nearly everything else of them. */
static void check_own(struct checking *c, struct str name, const struct value *v, bool root)
{
    bool metadata = str_is(name, "metadata"), more = false;
    const struct value *type = value_get(v, STR("type"));
    if (value_text(type).n && !str_is(value_text(type), metadata ? "object" : "string"))
        fault(c, FAULT_INVALID, "type", type, metadata ? "must be object" : "must be string");
    if (!root || !metadata)
        return;
    VALUE_EACH_MEMBER (m, v)
        more |= !str_is(m->key, "type") && !str_is(m->key, "description") && !str_is(m->key, "title") && !str_is(m->key, "properties");
    VALUE_EACH_MEMBER (m, value_get(v, STR("properties")))
        more |= !str_is(m->key, "name") && !str_is(m->key, "generateName");
    if (more)
        fault_add(c->f, FAULT_FORBIDDEN, c->at->text, NULL,
                  "must not specify anything other than name and generateName, but metadata is implicitly specified");
}

/* Whether something of it or below has a default: at the root nobody would fill it in. */
static void check_no_defaults(struct checking *c, struct str top, const struct value *v, unsigned depth)
{
    char why[64];
    if (depth > DEPTH_MAX)
        return;
    snprintf(why, sizeof(why), "must not be set in top-level %.*s", STR_FMT(top));
    if (given(v, "default"))
        fault(c, FAULT_FORBIDDEN, "default", NULL, why);
    VALUE_EACH_MEMBER (m, value_get(v, STR("properties"))) {
        size_t before = crd_path_field(c->at, "properties");
        crd_path_key(c->at, m->key);
        check_no_defaults(c, top, &m->value, depth + 1);
        crd_path_cut(c->at, before);
    }
}

static void check_below(struct checking *c, const struct value *v, enum place place, unsigned has)
{
    bool root = place == AT_ROOT || (has & HAS_EXTENSION && is_true(v, "x-kubernetes-embedded-resource"));
    VALUE_EACH_MEMBER (m, value_get(v, STR("properties"))) {
        size_t before = crd_path_field(c->at, "properties");
        crd_path_key(c->at, m->key);
        if (root && (str_is(m->key, "metadata") || str_is(m->key, "kind") || str_is(m->key, "apiVersion"))) {
            check_own(c, m->key, &m->value, place == AT_ROOT);
            if (place == AT_ROOT)
                check_no_defaults(c, m->key, &m->value, 0);
        }
        check_node(c, &m->value, AT_PROPERTY);
        crd_path_cut(c->at, before);
    }
    if (!(has & HAS_BELOW))
        return;
    const struct value *items = value_get(v, STR("items")), *more = value_get(v, STR("additionalProperties"));
    if (items && items->type == VALUE_MAP) {
        size_t before = crd_path_field(c->at, "items");
        enter_many(c, v, items, "items", AT_ITEM);
        crd_path_cut(c->at, before);
    }
    if (more && more->type == VALUE_MAP) {
        size_t before = crd_path_field(c->at, "additionalProperties");
        enter_many(c, v, more, "additionalProperties", AT_ADDITIONAL);
        crd_path_cut(c->at, before);
    }
}

/* ── rules ── */
#define RULE_COST_MAX       UINT64_C(10000000)
#define DEFINITION_COST_MAX UINT64_C(100000000)
#define SIMPLER             "(try simplifying the rule, or adding maxItems, maxProperties, and maxLength where arrays, maps, and strings are declared)"

static uint64_t times(uint64_t a, uint64_t b)
{
    uint64_t r;
    return __builtin_mul_overflow(a, b, &r) ? UINT64_MAX : r;
}

static void over_budget(struct checking *c, const char *field, const char *what, uint64_t cost, uint64_t most)
{
    char why[320];
    double factor = (double)cost / (double)most;
    if (factor > 100)
        snprintf(why, sizeof(why), "estimated %s cost exceeds budget by factor of more than 100x " SIMPLER, what);
    else
        snprintf(why, sizeof(why), "estimated %s cost exceeds budget by factor of %.*fx " SIMPLER, what, factor < 1.5 ? 6 : 1, factor);
    fault(c, FAULT_FORBIDDEN, field, NULL, why);
}

static bool has_break(struct str s)
{
    return s.n && (memchr(s.p, '\n', s.n) || memchr(s.p, '\r', s.n));
}

/* .a.b, ['a'] and .a['b'] through properties, or the keys of a map. */
static bool path_known(const struct value *v, struct str path)
{
    while (path.n && v) {
        struct str name;
        if (str_starts(path, STR("['"))) {
            ssize_t end = str_find(path, STR("']"));
            if (end < 2)
                return false;
            name = str_head(str_from(path, 2), (size_t)end - 2);
            path = str_from(path, (size_t)end + 2);
        } else {
            size_t n = 1;
            while (n < path.n && path.p[n] != '.' && path.p[n] != '[')
                n++;
            name = str_head(str_from(path, 1), n - 1);
            if (path.p[0] != '.')
                return false;
            path = str_from(path, n);
        }
        const struct value *more = value_get(v, STR("additionalProperties")), *named = value_get(value_get(v, STR("properties")), name);
        v = named ? named : more && more->type == VALUE_MAP ? more : NULL;
    }
    return v != NULL;
}

/* What can be said of a rule without compiling it. */
static void check_rule_fields(struct checking *c, const struct value *v, const struct value *rule)
{
    static const char *const reasons[] = {"FieldValueDuplicate", "FieldValueForbidden", "FieldValueInvalid", "FieldValueRequired"};
    const struct value *message = value_get(rule, STR("message")), *said = value_get(rule, STR("messageExpression"));
    const struct value *reason = value_get(rule, STR("reason")), *path = value_get(rule, STR("fieldPath"));
    struct str text = str_trim(value_text_at(rule, "rule"));
    bool known = false;
    if (!text.n)
        fault(c, FAULT_REQUIRED, "rule", NULL, "rule is not specified");
    else if (value_text(message).n && !str_trim(value_text(message)).n)
        fault(c, FAULT_INVALID, "message", message, "must be non-empty if specified");
    else if (has_break(str_trim(value_text(message))))
        fault(c, FAULT_INVALID, "message", message, "must not contain line breaks");
    else if (has_break(text) && !str_trim(value_text(message)).n)
        fault(c, FAULT_REQUIRED, "message", NULL, "message must be specified if rule contains line breaks");
    if (value_text(said).n && !str_trim(value_text(said)).n)
        fault(c, FAULT_REQUIRED, "messageExpression", NULL, "messageExpression must be non-empty if specified");
    for (size_t i = 0; i < ARRAY_LEN(reasons) && !known; i++)
        known = str_is(value_text(reason), reasons[i]);
    if (!value_is_null(reason) && !known)
        fault(c, FAULT_NOT_SUPPORTED, "reason", reason,
              "supported values: \"FieldValueDuplicate\", \"FieldValueForbidden\", \"FieldValueInvalid\", \"FieldValueRequired\"");
    if (!value_text(path).n)
        return;
    if (!str_trim(value_text(path)).n)
        fault(c, FAULT_INVALID, "fieldPath", path, "must be non-empty if specified");
    if (has_break(value_text(path)))
        fault(c, FAULT_INVALID, "fieldPath", path, "must not contain line breaks");
    if (!path_known(v, value_text(path)))
        fault(c, FAULT_INVALID, "fieldPath", path, "must be a valid path");
}

static void check_one_rule(struct checking *c, const struct value *rule, const struct structural_rule *told)
{
    struct value bad;
    if (value_expand(c->f->arena, rule, &bad, NULL) < 0)
        return;
    uint64_t cost = times(told->cost, c->times), said = told->message_cost; /* one message is made, of the first that fails */
    if (cost > RULE_COST_MAX)
        over_budget(c, "rule", "rule", cost, RULE_COST_MAX);
    c->cost = c->cost + cost < c->cost ? UINT64_MAX : c->cost + cost;
    if (told->fault.n) {
        char why[1024];
        snprintf(why, sizeof(why), "compilation failed: %.*s", STR_FMT(told->fault));
        fault(c, FAULT_INVALID, "rule", &bad, why);
    }
    if (told->message_fault.n) {
        char why[1024];
        snprintf(why, sizeof(why), "messageExpression compilation failed: %.*s", STR_FMT(told->message_fault));
        fault(c, FAULT_INVALID, "messageExpression", &bad, why);
    } else if (said > RULE_COST_MAX) {
        over_budget(c, "messageExpression", "messageExpression", said, RULE_COST_MAX);
    }
    const struct value *optional = value_get(rule, STR("optionalOldSelf"));
    if (c->loose && told->transition) {
        char why[1200];
        snprintf(why, sizeof(why), "oldSelf cannot be used on the uncorrelatable portion of the schema within %.*s", (int)c->loose, c->at->text);
        fault(c, FAULT_INVALID, "rule", value_get(rule, STR("rule")), why);
    } else if (!told->transition && !value_is_null(optional)) {
        fault(c, FAULT_INVALID, "optionalOldSelf", optional, "may not be set if oldSelf is not used in rule");
    }
}

static void check_rules(struct checking *c, const struct value *v, bool root)
{
    const struct value *rules = value_get(v, STR("x-kubernetes-validations"));
    const struct structural_rule *told;
    struct structural *s = NULL;
    if (!value_count(rules))
        return;
    size_t found = c->f->n, before = crd_path_field(c->at, "x-kubernetes-validations");
    for (size_t i = 0; i < value_count(rules); i++) {
        size_t here = crd_path_item(c->at, i);
        check_rule_fields(c, v, value_item(rules, i));
        crd_path_cut(c->at, here);
    }
    bool ready = c->f->n == found && (root ? structural_new(&s, v, NULL, NULL) : structural_new_part(&s, v, NULL)) == 0;
    size_t n = ready ? structural_rules(s, &told) : 0;
    for (size_t i = 0; i < n && i < value_count(rules); i++) {
        size_t here = crd_path_item(c->at, i);
        check_one_rule(c, value_item(rules, i), &told[i]);
        crd_path_cut(c->at, here);
    }
    crd_path_cut(c->at, before);
    structural_free(s);
}

/* What is below a list or map is there as often as that can have items; of an atomic list no item has a past. */
static void enter_many(struct checking *c, const struct value *v, const struct value *below, const char *field, enum place place)
{
    struct structural *s = NULL;
    uint64_t outer = c->times;
    size_t loose = c->loose;
    if (!c->rules) {
        check_node(c, below, place);
        return;
    }
    if (structural_new_part(&s, v, NULL) == 0)
        c->times = times(outer, structural_most(s));
    structural_free(s);
    if (!loose && place == AT_ITEM && !str_is(value_text_at(v, "x-kubernetes-list-type"), "map"))
        c->loose = c->at->n - strlen(".items");
    check_node(c, below, place);
    c->times = outer;
    c->loose = loose;
    (void)field;
}

static void check_node(struct checking *c, const struct value *v, enum place place)
{
    if (v->type != VALUE_MAP)
        return;
    if (++c->depth > DEPTH_MAX) {
        fault_add(c->f, FAULT_TOO_LONG, c->at->text, NULL, "schemas may not be nested deeper than %d", DEPTH_MAX);
        c->depth--;
        return;
    }
    unsigned has = traits_of(v);
    if (has & (HAS_BELOW | HAS_OTHER))
        check_forbidden(c, v);
    check_type(c, v, place, has & HAS_EXTENSION);
    if (has & HAS_EXTENSION)
        check_extensions(c, v);
    if (has & HAS_PATTERN)
        check_pattern(c, v);
    if (has & HAS_EXTENSION || str_is(value_text(value_get(v, STR("type"))), "array"))
        check_list(c, v);
    if (has & HAS_LOGIC)
        check_logic(c, v, v);
    size_t before = c->f->n;
    check_below(c, v, place, has);
    bool sound = c->f->n == before;
    if (sound && has & HAS_DEFAULT)
        check_default(c, v);
    if (sound && has & HAS_EXTENSION)
        check_rules(c, v, place == AT_ROOT);
    c->depth--;
}

static bool has_rules(const struct value *v, unsigned depth)
{
    if (depth > 2 * DEPTH_MAX)
        return false;
    VALUE_EACH_MEMBER (m, v) {
        if (str_is(m->key, "x-kubernetes-validations") || has_rules(&m->value, depth + 1))
            return true;
    }
    VALUE_EACH_ITEM (item, v) {
        if (has_rules(item, depth + 1))
            return true;
    }
    return false;
}

void crd_check_schema(const struct value *schema, struct crd_path *at, struct faults *f)
{
    struct checking c = {.at = at, .f = f, .times = 1, .rules = has_rules(schema, 0)};
    if (is_true(schema, "nullable"))
        fault(&c, FAULT_FORBIDDEN, "nullable", NULL, "nullable cannot be true at the root");
    if (given(schema, "additionalProperties"))
        fault(&c, FAULT_FORBIDDEN, "additionalProperties", NULL, "must not be used at the root");
    check_node(&c, schema, AT_ROOT);
    if (c.cost > DEFINITION_COST_MAX)
        fault_add(f, FAULT_FORBIDDEN, at->text, NULL,
                  "x-kubernetes-validations estimated rule cost total for entire OpenAPIv3 schema exceeds budget by factor of %.1fx " SIMPLER,
                  (double)c.cost / (double)DEFINITION_COST_MAX);
}

const struct value *crd_schema_at(const struct value *schema, struct str path)
{
    struct str rest = path, name;
    if (str_starts(rest, STR(".")))
        rest = str_from(rest, 1);
    while (schema && rest.n && str_next(&rest, '.', &name))
        schema = value_get(value_get(schema, STR("properties")), name);
    return schema;
}
