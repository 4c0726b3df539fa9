#include <yaml.h>

#include "json/json.h"
#include "yaml/inside.h"

/* Nodes that aliases may add beside those the text itself holds: go-yaml's idea
 * of a document that is not an attack, with room for small ones. */
#define ALIAS_NODES_FREE  100000u
#define ALIAS_NODES_RATIO 10u

struct anchor {
    struct str name;
    struct value value;
    size_t nodes; /* in value */
};
struct reader {
    yaml_parser_t *yaml;
    struct arena *arena;
    struct err *err;
    struct value_duplicates *duplicates;
    VEC(struct anchor) anchors;
    size_t nodes, copied; /* nodes in the text, and made by aliases */
    unsigned depth;
};

static int no_memory(struct reader *r)
{
    return err_raise(r->err, -ENOMEM, "no memory for a YAML document");
}

static int fault(struct reader *r, size_t line, const char *what)
{
    return err_raise(r->err, -EBADMSG, "yaml: line %zu: %s", line + 1, what);
}

static int parser_fault(struct reader *r)
{
    const yaml_parser_t *y = r->yaml;
    if (y->error == YAML_MEMORY_ERROR)
        return no_memory(r);
    if (y->error == YAML_READER_ERROR)
        return err_raise(r->err, -EBADMSG, "yaml: %s", y->problem ? y->problem : "control characters are not allowed");
    return fault(r, y->problem_mark.line ? y->problem_mark.line : y->context_mark.line, y->problem ? y->problem : "did not find expected node");
}

static int next(struct reader *r, yaml_event_t *event)
{
    return yaml_parser_parse(r->yaml, event) ? 0 : parser_fault(r);
}

/* ── scalars ── */

static bool tag_is(const yaml_event_t *e, const char *name)
{
    const char *tag = (const char *)e->data.scalar.tag;
    return tag && str_starts(str_of(tag), STR("tag:yaml.org,2002:")) && strcmp(tag + 18, name) == 0;
}

/* JSON has one kind of number: a float without a fraction reads back as an integer. */
static void settle_number(struct value *v)
{
    if (v->type == VALUE_DOUBLE && v->number > -1e18 && v->number < 1e18 && v->number == (double)(int64_t)v->number)
        *v = value_make_int((int64_t)v->number);
}

static int binary(struct reader *r, const yaml_event_t *e, struct str text, struct value *out)
{
    SCOPED_BUF clean = BUF_INIT(0);
    SCOPED_BUF bytes = BUF_INIT(0);
    for (size_t i = 0; i < text.n; i++)
        if (!strchr(" \t\r\n", text.p[i]))
            buf_char(&clean, text.p[i]);
    int rc = buf_error(&clean);
    if (rc == 0)
        rc = buf_unbase64(&bytes, buf_view(&clean));
    if (rc == -EINVAL)
        return fault(r, e->start_mark.line, "!!binary value contains invalid base64 data");
    if (rc < 0 || arena_str(r->arena, buf_view(&bytes), &text) < 0)
        return no_memory(r);
    *out = value_make_text(text);
    return 0;
}

static int scalar(struct reader *r, const yaml_event_t *e, struct value *out, enum scalar_type *type)
{
    struct str text = str_make(e->data.scalar.value, e->data.scalar.length);
    const char *tag = (const char *)e->data.scalar.tag;
    bool plain = e->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
    *type = SCALAR_TEXT;
    if (tag_is(e, "binary"))
        return binary(r, e, text, out);
    if (arena_str(r->arena, text, &text) < 0)
        return no_memory(r);
    *out = value_make_text(text);
    bool core = tag_is(e, "int") || tag_is(e, "float") || tag_is(e, "bool") || tag_is(e, "null");
    if ((!tag && plain) || core)
        *type = scalar_resolve(text, out);
    if (tag_is(e, "merge"))
        *type = SCALAR_MERGE;
    if (*type == SCALAR_TIMESTAMP || *type == SCALAR_MERGE || *type == SCALAR_TEXT)
        *out = value_make_text(text);
    bool wanted = !core || (tag_is(e, "int") && *type == SCALAR_INT) || (tag_is(e, "bool") && *type == SCALAR_BOOL) ||
                  (tag_is(e, "float") && (*type == SCALAR_INT || *type == SCALAR_FLOAT)) || (tag_is(e, "null") && *type == SCALAR_NULL);
    if (!wanted)
        return fault(r, e->start_mark.line, "cannot decode a scalar as what its tag says");
    if (out->type == VALUE_DOUBLE && !__builtin_isfinite(out->number))
        return fault(r, e->start_mark.line, "json: unsupported value: infinities and NaN have no place in JSON");
    settle_number(out);
    return 0;
}

/* ── anchors ── */

static int count_alias(struct reader *r, size_t nodes)
{
    r->copied += nodes;
    if (r->copied > ALIAS_NODES_FREE && r->copied / ALIAS_NODES_RATIO > r->nodes)
        return err_raise(r->err, -EBADMSG, "yaml: document contains excessive aliasing");
    return 0;
}

static int alias(struct reader *r, const yaml_event_t *e, struct value *out)
{
    struct str name = str_of((const char *)e->data.alias.anchor);
    for (size_t i = r->anchors.n; i-- > 0;) {
        struct anchor *a = &r->anchors.p[i];
        if (!str_eq(a->name, name))
            continue;
        int rc = count_alias(r, a->nodes);
        if (rc < 0)
            return rc;
        r->nodes++;
        return value_copy(r->arena, &a->value, out) < 0 ? no_memory(r) : 0;
    }
    char text[160];
    snprintf(text, sizeof(text), "unknown anchor '%.*s' referenced", (int)MIN(name.n, (size_t)100), name.p);
    return fault(r, e->start_mark.line, text);
}

static int anchor_add(struct reader *r, const yaml_char_t *name, const struct value *v, size_t nodes)
{
    struct anchor *a = name ? VEC_ADD(&r->anchors) : NULL;
    if (!name)
        return 0;
    if (!a || arena_str(r->arena, str_of((const char *)name), &a->name) < 0)
        return no_memory(r);
    a->value = *v;
    a->nodes = nodes;
    return 0;
}

/* ── maps and lists ── */

static int node(struct reader *r, yaml_event_t *e, struct value *out, enum scalar_type *type);

/* A member under work: its key, whether go-yaml quotes it (text), and where its value begins. */
struct member {
    struct str key;
    bool quoted;
    size_t line;
};

static int note_duplicate(struct reader *r, const struct member *m)
{
    struct value_duplicates *d = r->duplicates;
    if (!d || d->n++ >= VALUE_DUPLICATES_MAX)
        return 0;
    SCOPED_BUF text = BUF_INIT(0);
    buf_fmt(&text, "line %zu: key ", m->line + 1);
    if (m->quoted)
        json_string(&text, m->key);
    else
        buf_add(&text, m->key.p, m->key.n);
    buf_text(&text, " already set in map");
    if (buf_error(&text) < 0 || arena_str(r->arena, buf_view(&text), &d->items[d->n - 1]) < 0)
        return no_memory(r);
    return 0;
}

/* A key of any scalar type becomes text, as in JSON. */
static int key_text(struct reader *r, const yaml_event_t *e, struct value *key)
{
    char text[40];
    switch (key->type) {
    case VALUE_TEXT:
        return 0;
    case VALUE_BOOL:
        *key = value_make_text(key->boolean ? STR("true") : STR("false"));
        return 0;
    case VALUE_INT:
        snprintf(text, sizeof(text), "%lld", (long long)key->integer);
        break;
    case VALUE_DOUBLE:
        snprintf(text, sizeof(text), "%g", key->number);
        break;
    default:
        return fault(r, e->start_mark.line, "unsupported map key: only scalars can be keys");
    }
    struct str copy;
    if (arena_str(r->arena, str_of(text), &copy) < 0)
        return no_memory(r);
    *key = value_make_text(copy);
    return 0;
}

/* Keys of large maps are found by hashing; `index` maps them to their place + 1. */
struct building {
    struct value map;
    struct map index;
};

/* A merged member is not noted: the map has its own already. */
static int put(struct reader *r, struct building *b, const struct member *m, const struct value *v, bool noted)
{
    uintptr_t place = (uintptr_t)map_get(&b->index, m->key);
    if (place) {
        b->map.map.members[place - 1].value = *v;
        return noted ? note_duplicate(r, m) : 0;
    }
    uint32_t n = b->map.map.n;
    if (n == b->map.map.cap) {
        uint32_t cap = MAX(n * 2, 8u);
        struct value_member *grown = arena_alloc(r->arena, cap * sizeof(*grown));
        if (!grown)
            return no_memory(r);
        if (n)
            memcpy(grown, b->map.map.members, n * sizeof(*grown));
        b->map.map.members = grown;
        b->map.map.cap = cap;
    }
    b->map.map.members[n] = (struct value_member){m->key, *v};
    if (map_put(&b->index, m->key, (void *)(uintptr_t)(n + 1)) < 0)
        return no_memory(r);
    b->map.map.n = n + 1;
    return 0;
}

/* `<<: *base`: the base's members, as if written here. */
static int merge(struct reader *r, struct building *b, const struct value *from, size_t line)
{
    int rc = 0;
    if (from->type == VALUE_LIST) {
        for (size_t i = value_count(from); i-- > 0 && rc == 0;) /* earlier ones win */
            rc = from->list.items[i].type == VALUE_MAP ? merge(r, b, &from->list.items[i], line)
                                                       : fault(r, line, "map merge requires map or sequence of maps as the value");
        return rc;
    }
    if (from->type != VALUE_MAP)
        return fault(r, line, "map merge requires map or sequence of maps as the value");
    VALUE_EACH_MEMBER (m, from)
        if (rc == 0)
            rc = put(r, b, &(struct member){.key = m->key}, &m->value, false);
    return rc;
}

static int enter(struct reader *r)
{
    if (++r->depth > VALUE_DEPTH_MAX)
        return err_raise(r->err, -E2BIG, "yaml: exceeded max depth of %d", VALUE_DEPTH_MAX);
    return 0;
}

static int map_member(struct reader *r, yaml_event_t *key_event, struct building *b)
{
    struct value key, v;
    enum scalar_type type, ignored;
    yaml_event_t e;
    int rc = node(r, key_event, &key, &type);
    bool merging = rc == 0 && type == SCALAR_MERGE;
    if (rc == 0)
        rc = key_text(r, key_event, &key);
    if (rc == 0)
        rc = next(r, &e);
    if (rc < 0)
        return rc;
    struct member m = {key.text, type == SCALAR_TEXT || type == SCALAR_TIMESTAMP, e.start_mark.line};
    rc = node(r, &e, &v, &ignored);
    if (rc == 0)
        rc = merging ? merge(r, b, &v, m.line) : put(r, b, &m, &v, true);
    yaml_event_delete(&e);
    return rc;
}

static int mapping(struct reader *r, struct value *out)
{
    struct building b = {.map = value_make_map()};
    int rc = enter(r);
    for (bool more = true; rc == 0 && more;) {
        yaml_event_t e;
        rc = next(r, &e);
        if (rc < 0)
            break;
        more = e.type != YAML_MAPPING_END_EVENT;
        if (more)
            rc = map_member(r, &e, &b);
        yaml_event_delete(&e);
    }
    r->depth--;
    map_done(&b.index);
    b.map.map.cap = b.map.map.n; /* copies may share the array: whoever adds gets an own one */
    *out = b.map;
    return rc;
}

static int sequence(struct reader *r, struct value *out)
{
    struct value list = value_make_list();
    int rc = enter(r);
    for (bool more = true; rc == 0 && more;) {
        yaml_event_t e;
        struct value item;
        enum scalar_type ignored;
        rc = next(r, &e);
        if (rc < 0)
            break;
        more = e.type != YAML_SEQUENCE_END_EVENT;
        if (more)
            rc = node(r, &e, &item, &ignored);
        if (more && rc == 0 && !value_add(r->arena, &list, item))
            rc = no_memory(r);
        yaml_event_delete(&e);
    }
    r->depth--;
    list.list.cap = list.list.n;
    *out = list;
    return rc;
}

static int node(struct reader *r, yaml_event_t *e, struct value *out, enum scalar_type *type)
{
    size_t before = r->nodes + r->copied;
    const yaml_char_t *anchor = NULL;
    int rc;
    r->nodes++;
    *out = (struct value){0};
    *type = SCALAR_TEXT;
    switch (e->type) {
    case YAML_ALIAS_EVENT:
        r->nodes--;
        return alias(r, e, out);
    case YAML_SCALAR_EVENT:
        anchor = e->data.scalar.anchor;
        rc = scalar(r, e, out, type);
        break;
    case YAML_SEQUENCE_START_EVENT:
        anchor = e->data.sequence_start.anchor;
        rc = sequence(r, out);
        break;
    case YAML_MAPPING_START_EVENT:
        anchor = e->data.mapping_start.anchor;
        rc = mapping(r, out);
        break;
    default:
        return fault(r, e->start_mark.line, "did not find expected node content");
    }
    return rc < 0 ? rc : anchor_add(r, anchor, out, r->nodes + r->copied - before);
}

/* ── documents ── */

/* 1 = *out holds the next document, 0 = the stream's end. */
static int document(struct reader *r, struct value *out)
{
    for (;;) {
        yaml_event_t e;
        enum scalar_type ignored;
        int rc = next(r, &e);
        if (rc < 0)
            return rc;
        yaml_event_type_t type = e.type;
        yaml_event_delete(&e);
        if (type == YAML_STREAM_END_EVENT || type == YAML_NO_EVENT)
            return 0;
        if (type != YAML_DOCUMENT_START_EVENT)
            continue;
        r->anchors.n = 0;
        rc = next(r, &e);
        if (rc < 0)
            return rc;
        rc = node(r, &e, out, &ignored);
        yaml_event_delete(&e);
        return rc < 0 ? rc : 1;
    }
}

static int read_all(struct arena *a, struct str text, struct value_duplicates *duplicates, bool all, int (*each)(void *ctx, struct value *document),
                    void *ctx, struct err *err)
{
    yaml_parser_t yaml;
    struct value v;
    if (!yaml_parser_initialize(&yaml))
        return err_raise(err, -ENOMEM, "no memory for a YAML document");
    yaml_parser_set_input_string(&yaml, (const unsigned char *)(text.n ? text.p : ""), text.n);
    struct reader r = {.yaml = &yaml, .arena = a, .err = err, .duplicates = duplicates};
    int rc;
    while ((rc = document(&r, &v)) > 0) {
        rc = each(ctx, &v);
        if (rc < 0 || !all)
            break;
    }
    VEC_DONE(&r.anchors);
    yaml_parser_delete(&yaml);
    return rc;
}

static int keep_first(void *ctx, struct value *document)
{
    struct value *out = ctx;
    *out = *document;
    return 0;
}

int yaml_parse(struct arena *a, struct str text, struct value_duplicates *duplicates, struct value *out, struct err *err)
{
    struct value v = {0};
    int rc = read_all(a, text, duplicates, false, keep_first, &v, err);
    if (rc == 0)
        *out = v;
    return rc;
}

struct each_document {
    int (*each)(void *ctx, struct value *document);
    void *ctx;
};

static int pass_on(void *ctx, struct value *document)
{
    struct each_document *e = ctx;
    return document->type == VALUE_NULL ? 0 : e->each(e->ctx, document);
}

int yaml_parse_all(struct arena *a, struct str text, int (*each)(void *ctx, struct value *document), void *ctx, struct err *err)
{
    struct each_document e = {each, ctx};
    return read_all(a, text, NULL, true, pass_on, &e, err);
}
