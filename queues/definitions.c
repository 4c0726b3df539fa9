#include "queues/inside.h"

/* Reads kinds.c and makes CustomResourceDefinitions of it. */

#define SUBDOMAIN "^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$"
#define LABEL_KEY "^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])$"
#define QUANTITY  "^[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([KMGTPE]i|[numkMGTPE]|[eE][+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+))?$"

static const struct form {
    const char *name, *type, *format, *pattern;
    int64_t max;
} forms[] = {
    {"string", "string", NULL, NULL, 0},
    {"name", "string", NULL, SUBDOMAIN, 253},
    {"word", "string", NULL, "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$", 63},
    {"labelkey", "string", NULL, LABEL_KEY, 316},
    {"resource", "string", NULL, NULL, 316},
    {"time", "string", "date-time", NULL, 0},
    {"int32", "integer", "int32", NULL, 0},
    {"int64", "integer", "int64", NULL, 0},
    {"bool", "boolean", NULL, NULL, 0},
    {"quantity", NULL, NULL, QUANTITY, 0},
    {"object", "object", NULL, NULL, 0},
    {"map", "object", NULL, NULL, 0},
    {"any", "object", NULL, NULL, 0},
    {"list", "array", NULL, NULL, 0},
};

struct reading {
    struct arena *a;
    int version; /* 1, 2 */
    struct str rest;
    struct value columns;
    int r; /* sticky: memory */
};

static void put(struct reading *k, struct value *v, const char *key, struct value x)
{
    if (k->r == 0 && !value_set(k->a, v, str_of(key), x))
        k->r = -ENOMEM;
}

static struct value *add(struct reading *k, struct value *list, struct value x)
{
    struct value *at = k->r == 0 ? value_add(k->a, list, x) : NULL;
    if (!at)
        k->r = -ENOMEM;
    return at;
}

/* A member that is a list, made when it is not there yet. */
static struct value *list_of(struct reading *k, struct value *v, const char *key)
{
    struct value *at = value_get(v, str_of(key));
    if (!at && k->r == 0)
        at = value_set(k->a, v, str_of(key), value_make_list());
    if (!at)
        k->r = -ENOMEM;
    return at;
}

static struct value text_value(struct str s)
{
    return value_make_text(s);
}

/* {a|b} → a or b. */
static struct str choose(struct reading *k, struct str line)
{
    SCOPED_BUF b = BUF_INIT(1u << 14);
    struct str out = STR_NONE, a, c;
    for (struct str rest = line; rest.n;) {
        ssize_t open = str_find(rest, STR("{")), close = str_find(rest, STR("}"));
        if (open < 0 || close < open || !str_cut(str_head(str_from(rest, (size_t)open + 1), (size_t)(close - open - 1)), '|', &a, &c)) {
            size_t n = open < 0 || close < open ? rest.n : (size_t)close + 1;
            buf_str(&b, str_head(rest, n));
            rest = str_from(rest, n);
            continue;
        }
        buf_str(&b, str_head(rest, (size_t)open));
        buf_str(&b, k->version == 1 ? a : c);
        rest = str_from(rest, (size_t)close + 1);
    }
    if (buf_error(&b) < 0 || arena_str(k->a, buf_view(&b), &out) < 0)
        k->r = -ENOMEM;
    return out;
}

static size_t depth_of(struct str line)
{
    size_t n = 0;
    while (n < line.n && line.p[n] == ' ')
        n++;
    return n;
}

static struct str peek(const struct reading *k)
{
    struct str rest = k->rest, line;
    return str_next(&rest, '\n', &line) ? line : STR_NONE;
}

static void skip(struct reading *k)
{
    struct str line;
    (void)str_next(&k->rest, '\n', &line);
}

/* ── a line ── */

static const struct form *form_of(struct str name)
{
    for (size_t i = 0; i < ARRAY_LEN(forms); i++)
        if (str_is(name, forms[i].name))
            return &forms[i];
    CHECK(!"a type that is known");
    return NULL;
}

static void put_form(struct reading *k, struct value *s, struct str name)
{
    const struct form *f = form_of(name);
    if (f->type)
        put(k, s, "type", text_value(str_of(f->type)));
    if (f->format)
        put(k, s, "format", text_value(str_of(f->format)));
    if (f->pattern)
        put(k, s, "pattern", text_value(str_of(f->pattern)));
    if (f->max)
        put(k, s, "maxLength", value_make_int(f->max));
    if (str_is(name, "any"))
        put(k, s, "x-kubernetes-preserve-unknown-fields", value_make_bool(true));
    if (!str_is(name, "quantity"))
        return;
    put(k, s, "x-kubernetes-int-or-string", value_make_bool(true));
    static const char *const either[] = {"integer", "string"};
    for (size_t i = 0; i < ARRAY_LEN(either); i++) {
        struct value one = value_make_map(), *list = list_of(k, s, "anyOf");
        put(k, &one, "type", text_value(str_of(either[i])));
        if (list)
            add(k, list, one);
    }
}

static void put_limit(struct reading *k, struct value *s, struct str value, bool most)
{
    static const char *const names[][3] = {{"array", "minItems", "maxItems"},
                                           {"object", "minProperties", "maxProperties"},
                                           {"string", "minLength", "maxLength"},
                                           {"integer", "minimum", "maximum"}};
    int64_t n = 0;
    CHECK(str_to_int(value, &n) == 0);
    for (size_t i = 0; i < ARRAY_LEN(names); i++)
        if (str_is(value_text_at(s, "type"), names[i][0]))
            put(k, s, names[i][most ? 2 : 1], value_make_int(n));
}

static struct value literal(struct str s)
{
    int64_t n;
    if (str_is(s, "{}"))
        return value_make_map();
    if (str_is(s, "true") || str_is(s, "false"))
        return value_make_bool(str_is(s, "true"));
    if (str_to_int(s, &n) == 0)
        return value_make_int(n);
    return text_value(str_head(str_from(s, 1), s.n - 2));
}

static void put_attribute(struct reading *k, struct value *s, struct str word)
{
    struct str name, value, one;
    if (!str_cut(word, '=', &name, &value))
        return;
    if (str_is(name, "max") || str_is(name, "min"))
        put_limit(k, s, value, str_is(name, "max"));
    if (str_is(name, "default"))
        put(k, s, "default", literal(value));
    struct value *list = str_is(name, "enum") ? list_of(k, s, "enum") : NULL;
    while (list && str_next(&value, '|', &one))
        add(k, list, text_value(one));
    if (!str_is(name, "of"))
        return;
    struct value inner = value_make_map();
    put_form(k, &inner, value);
    put(k, s, str_is(value_text_at(s, "type"), "array") ? "items" : "additionalProperties", inner);
}

/* list:map(name), map:atomic … */
static void put_kind_of(struct reading *k, struct value *s, struct str how)
{
    struct str word = how, keys = STR_NONE, key;
    bool list = str_is(value_text_at(s, "type"), "array");
    if (!how.n)
        return;
    (void)str_cut(how, '(', &word, &keys);
    put(k, s, list ? "x-kubernetes-list-type" : "x-kubernetes-map-type", text_value(word));
    keys = keys.n ? str_head(keys, keys.n - 1) : keys;
    struct value *at = keys.n ? list_of(k, s, "x-kubernetes-list-map-keys") : NULL;
    while (at && str_next(&keys, ',', &key))
        add(k, at, text_value(key));
}

static void put_rule(struct reading *k, struct value *s, struct str line)
{
    ssize_t at = str_find(line, STR(" => "));
    struct value rule = value_make_map(), *list = list_of(k, s, "x-kubernetes-validations");
    CHECK(at > 0);
    put(k, &rule, "rule", text_value(str_trim(str_head(line, (size_t)at))));
    put(k, &rule, "message", text_value(str_trim(str_from(line, (size_t)at + 4))));
    if (list)
        add(k, list, rule);
}

static void read_fields(struct reading *k, size_t depth, struct value *s);

/* The type, its attributes, and what stands below the line: `rest` begins with the type. */
static struct value read_type(struct reading *k, struct str rest, size_t depth)
{
    struct value s = value_make_map();
    struct str type, word, how = STR_NONE;
    (void)str_next(&rest, ' ', &type);
    if (type.n && type.p[0] == '=') {
        for (size_t i = 0; i < queues_parts_n; i++)
            if (str_is(str_from(type, 1), queues_parts[i].name)) {
                struct reading part = {.a = k->a, .version = k->version, .rest = str_of(queues_parts[i].text)};
                struct str line = peek(&part);
                skip(&part);
                s = read_type(&part, line, 0);
                k->r = k->r ? k->r : part.r;
            }
        CHECK(value_count(&s) || k->r < 0);
        return s;
    }
    struct str name = type;
    (void)str_cut(type, ':', &name, &how);
    put_form(k, &s, name);
    put_kind_of(k, &s, how);
    while (rest.p && str_next(&rest, ' ', &word))
        put_attribute(k, &s, word);
    read_fields(k, depth + 1, &s);
    return s;
}

/* A field's name: -1 when this version does not have it. */
static int read_name(const struct reading *k, struct str *name)
{
    int required = 0;
    if (name->n > 2 && name->p[name->n - 2] == '@') {
        if (name->p[name->n - 1] - '0' != k->version)
            return -1;
        *name = str_head(*name, name->n - 2);
    }
    if (str_ends(*name, STR("!"))) {
        required = 1;
        *name = str_head(*name, name->n - 1);
    }
    return required;
}

static void read_fields(struct reading *k, size_t depth, struct value *s)
{
    bool list = str_is(value_text_at(s, "type"), "array");
    struct value fields = value_make_map(), items = value_make_map();
    struct value *of = list ? &items : s;
    while (k->r == 0 && k->rest.n && depth_of(peek(k)) == depth) {
        struct str line = choose(k, str_from(peek(k), depth)), name, rest = STR_NONE;
        skip(k);
        if (k->r < 0)
            return;
        if (str_starts(line, STR("?? "))) {
            put_rule(k, of, str_from(line, 3));
        } else if (str_starts(line, STR("? "))) {
            put_rule(k, s, str_from(line, 2));
        } else if (str_starts(line, STR("|"))) {
            add(k, &k->columns, text_value(str_from(line, 1)));
        } else {
            (void)str_cut(line, ' ', &name, &rest);
            int required = read_name(k, &name);
            struct value one = read_type(k, rest, depth);
            if (required < 0)
                continue;
            if (k->r == 0 && !value_set(k->a, &fields, name, one))
                k->r = -ENOMEM;
            struct value *names = required ? list_of(k, of, "required") : NULL;
            if (names)
                add(k, names, text_value(name));
        }
    }
    if (!value_count(&fields))
        return;
    if (list)
        put(k, &items, "type", text_value(STR("object")));
    put(k, of, "properties", fields);
    if (list)
        put(k, s, "items", items);
}

/* ── a definition ── */

static void put_columns(struct reading *k, struct value *version)
{
    static const char *const names[] = {"name", "type", "jsonPath", "priority", "description"};
    struct value list = value_make_list();
    VALUE_EACH_ITEM (c, &k->columns) {
        struct str rest = value_text(c), word;
        struct value one = value_make_map();
        for (size_t i = 0; i < ARRAY_LEN(names) && str_next(&rest, '|', &word); i++)
            if (i != 3)
                put(k, &one, names[i], text_value(word));
            else if (!str_is(word, "0"))
                put(k, &one, names[i], literal(word));
        add(k, &list, one);
    }
    if (value_count(&list))
        put(k, version, "additionalPrinterColumns", list);
}

static struct value version_of(struct arena *a, const struct queues_kind *kind, int number, int *r)
{
    struct reading k = {.a = a, .version = number, .rest = str_of(kind->text), .columns = value_make_list()};
    struct value schema = value_make_map(), version = value_make_map(), plain = value_make_map(), props;
    static const char *const common[][2] = {{"apiVersion", "string"}, {"kind", "string"}, {"metadata", "object"}};
    put(&k, &schema, "type", text_value(STR("object")));
    read_fields(&k, 0, &schema);
    struct value *fields = value_get(&schema, STR("properties"));
    for (size_t i = 0; fields && i < ARRAY_LEN(common); i++) {
        props = value_make_map();
        put(&k, &props, "type", text_value(str_of(common[i][1])));
        put(&k, fields, common[i][0], props);
    }
    put(&k, &version, "name", text_value(number == 1 ? STR("v1beta1") : STR("v1beta2")));
    put(&k, &version, "served", value_make_bool(true));
    put(&k, &version, "storage", value_make_bool(number == 2));
    put_columns(&k, &version);
    VALUE_SET(&k.r, a, &version, "schema.openAPIV3Schema", schema);
    if (kind->status)
        VALUE_SET(&k.r, a, &version, "subresources.status", plain);
    *r = *r ? *r : k.r;
    return version;
}

int queues_definition(struct arena *a, size_t i, struct value *out)
{
    const struct queues_kind *kind = i < queues_kinds_n ? &queues_kinds[i] : NULL;
    struct value versions = value_make_list(), shorts = value_make_list(), labels = value_make_map();
    struct str rest = kind ? str_of(kind->short_names) : STR_NONE, word;
    int r = 0;
    if (!kind)
        return 1;
    *out = value_make_map();
    for (int n = 2; n > 0; n--)
        if (!value_add(a, &versions, version_of(a, kind, n, &r)))
            r = -ENOMEM;
    while (rest.n && str_next(&rest, ',', &word))
        if (!value_add(a, &shorts, text_value(word)))
            r = -ENOMEM;
    if (!value_set(a, &labels, STR("coracle.dev/served-by"), text_value(STR("queues"))))
        r = -ENOMEM;
    VALUE_SET(&r, a, out, "apiVersion", text_value(STR("apiextensions.k8s.io/v1")));
    VALUE_SET(&r, a, out, "kind", text_value(STR("CustomResourceDefinition")));
    VALUE_SET(&r, a, out, "metadata.name", text_value(arena_fmt(a, "%s." GROUP, kind->plural)));
    VALUE_SET(&r, a, out, "metadata.labels", labels);
    VALUE_SET(&r, a, out, "spec.group", text_value(STR(GROUP)));
    VALUE_SET(&r, a, out, "spec.scope", text_value(kind->namespaced ? STR("Namespaced") : STR("Cluster")));
    VALUE_SET(&r, a, out, "spec.names.kind", text_value(str_of(kind->kind)));
    VALUE_SET(&r, a, out, "spec.names.listKind", text_value(arena_fmt(a, "%sList", kind->kind)));
    VALUE_SET(&r, a, out, "spec.names.plural", text_value(str_of(kind->plural)));
    if (value_count(&shorts))
        VALUE_SET(&r, a, out, "spec.names.shortNames", shorts);
    VALUE_SET(&r, a, out, "spec.versions", versions);
    return r;
}
