/* Custom resources in discovery and in the OpenAPI documents. */
#include "json/json.h"
#include "openapi/inside.h"
#include "structural/structural.h"

#define DEFINITION_BYTES_MAX ((size_t)16 << 20)

int openapi_customs_take(struct openapi_customs *c)
{
    *c = (struct openapi_customs){NULL, 0};
    return schema_custom_list(&c->all, &c->n);
}

void openapi_customs_done(struct openapi_customs *c)
{
    schema_custom_list_free(c->all, c->n);
    *c = (struct openapi_customs){NULL, 0};
}

static bool is_served(const struct schema_custom *c)
{
    for (size_t i = 0; i < c->n; i++)
        if (c->resources[i].served)
            return true;
    return false;
}

bool openapi_customs_group(const struct openapi_customs *c, size_t *at, size_t *first, size_t *end)
{
    while (*at < c->n) {
        bool served = false;
        *first = *at;
        for (*end = *first; *end < c->n && str_eq(c->all[*end]->group, c->all[*first]->group); (*end)++)
            served = served || is_served(c->all[*end]);
        *at = *end;
        if (served)
            return true;
    }
    return false;
}

bool openapi_customs_find(const struct openapi_customs *c, struct str group, size_t *first, size_t *end)
{
    size_t from = 0, to = c->n;
    while (from < to) {
        size_t mid = (from + to) / 2;
        if (str_cmp(c->all[mid]->group, group) < 0)
            from = mid + 1;
        else
            to = mid;
    }
    *first = from;
    for (*end = from; *end < c->n && str_eq(c->all[*end]->group, group); (*end)++)
        ;
    for (size_t i = *first; i < *end; i++)
        if (is_served(c->all[i]))
            return true;
    return false;
}

size_t openapi_customs_versions(const struct openapi_customs *c, size_t first, size_t end, struct str *out)
{
    size_t n = 0;
    for (size_t i = first; i < end; i++)
        for (size_t k = 0; k < c->all[i]->n; k++) {
            const struct schema_resource *r = &c->all[i]->resources[k];
            size_t at = 0;
            while (at < n && structural_version_cmp(out[at], r->version) < 0)
                at++;
            if (!r->served || n == OPENAPI_VERSIONS_MAX || (at < n && str_eq(out[at], r->version)))
                continue;
            memmove(&out[at + 1], &out[at], (n - at) * sizeof(*out));
            out[at] = r->version;
            n++;
        }
    return n;
}

const struct schema_resource *openapi_customs_row(const struct schema_custom *c, struct str version)
{
    for (size_t i = 0; i < c->n; i++)
        if (c->resources[i].served && str_eq(c->resources[i].version, version))
            return &c->resources[i];
    return NULL;
}

/* ── schemas ── */

/* com.example.v1.Widget of example.com/v1 Widget */
void openapi_write_custom_name(struct openapi_writer *w, const struct schema_kind *k)
{
    struct str rest = k->group, head, tail;
    while (str_cut_last(rest, '.', &head, &tail)) {
        buf_fmt(w->out, "%.*s.", STR_FMT(tail));
        rest = head;
    }
    buf_fmt(w->out, "%.*s.%.*s.%.*s", STR_FMT(rest), STR_FMT(k->version), STR_FMT(k->name));
}

/* What OpenAPI v2 cannot say is left out, and what it would misunderstand with it. */
static bool is_left_out(const struct openapi_writer *w, const struct value *schema, struct str key)
{
    static const char *const not_in_v2[] = {"oneOf", "anyOf", "not", "nullable", "default", "x-kubernetes-validations"};
    if (w->v3)
        return false;
    for (size_t i = 0; i < ARRAY_LEN(not_in_v2); i++)
        if (str_is(key, not_in_v2[i]))
            return true;
    bool shape =
        str_is(key, "type") || str_is(key, "properties") || str_is(key, "items") || str_is(key, "additionalProperties") || str_is(key, "format");
    bool loose = value_bool(value_get(schema, STR("nullable")), false) || value_bool(value_get(schema, STR("x-kubernetes-int-or-string")), false);
    bool open = value_bool(value_get(schema, STR("x-kubernetes-preserve-unknown-fields")), false);
    return (loose && shape) || (open && shape && !str_is(key, "type"));
}

static void write_schema(struct openapi_writer *w, const struct value *schema, const struct schema_kind *root);

static void write_map_of_schemas(struct openapi_writer *w, const struct value *map, bool metadata)
{
    bool first = true;
    buf_char(w->out, '{');
    VALUE_EACH_MEMBER (m, map) {
        if (metadata && (str_is(m->key, "metadata") || str_is(m->key, "apiVersion") || str_is(m->key, "kind")))
            continue;
        buf_text(w->out, first ? "" : ",");
        json_string(w->out, m->key);
        buf_char(w->out, ':');
        write_schema(w, &m->value, NULL);
        first = false;
    }
    if (metadata) {
        static const char type[] =
            "\"apiVersion\":{\"description\":\"APIVersion defines the version of the schema this object is written in.\",\"type\":\"string\"},"
            "\"kind\":{\"description\":\"The kind of resource this object stands for.\",\"type\":\"string\"},\"metadata\":";
        const struct schema_kind *like = schema_kind_find(STR(""), STR("v1"), STR("ConfigMap")); /* any that has metadata */
        buf_fmt(w->out, "%s%s", first ? "" : ",", type);
        openapi_write_property(w, schema_field_find(like->message, STR("metadata")));
    }
    buf_char(w->out, '}');
}

static void write_list_of_schemas(struct openapi_writer *w, const struct value *list)
{
    bool first = true;
    buf_char(w->out, '[');
    VALUE_EACH_ITEM (item, list) {
        buf_text(w->out, first ? "" : ",");
        write_schema(w, item, NULL);
        first = false;
    }
    buf_char(w->out, ']');
}

static void write_member(struct openapi_writer *w, const struct value_member *m, bool root)
{
    json_string(w->out, m->key);
    buf_char(w->out, ':');
    if (str_is(m->key, "properties") && m->value.type == VALUE_MAP)
        write_map_of_schemas(w, &m->value, root);
    else if ((str_is(m->key, "items") || str_is(m->key, "additionalProperties") || str_is(m->key, "not")) && m->value.type == VALUE_MAP)
        write_schema(w, &m->value, NULL);
    else if (str_is(m->key, "allOf") || str_is(m->key, "anyOf") || str_is(m->key, "oneOf"))
        write_list_of_schemas(w, &m->value);
    else
        json_print(w->out, &m->value);
}

static void write_schema(struct openapi_writer *w, const struct value *schema, const struct schema_kind *root)
{
    bool first = true, has_properties = false;
    /* To v2's readers a kind that keeps unknown fields is an object of which nothing is known. */
    bool opaque = root && !w->v3 && value_bool(value_get(schema, STR("x-kubernetes-preserve-unknown-fields")), false);
    buf_char(w->out, '{');
    VALUE_EACH_MEMBER (m, schema) {
        if (opaque && !str_is(m->key, "type"))
            continue;
        bool properties = str_is(m->key, "properties");
        if (is_left_out(w, schema, m->key) && !(root && properties))
            continue;
        buf_text(w->out, first ? "" : ",");
        write_member(w, m, root != NULL);
        first = false;
        has_properties |= properties;
    }
    if (root && !opaque) {
        if (!has_properties) {
            buf_fmt(w->out, "%s\"properties\":", first ? "" : ",");
            write_map_of_schemas(w, NULL, true);
        }
    }
    if (root) {
        buf_text(w->out, ",\"x-kubernetes-group-version-kind\":[");
        openapi_write_gvk(w, root);
        buf_char(w->out, ']');
    }
    buf_char(w->out, '}');
}

static void write_list_schema(struct openapi_writer *w, const struct schema_resource *r)
{
    buf_text(w->out, ",\"");
    openapi_write_custom_name(w, r->list_kind);
    buf_fmt(w->out,
            "\":{\"description\":\"%.*s is a list of %.*s\",\"type\":\"object\",\"required\":[\"items\"],\"properties\":{"
            "\"apiVersion\":{\"type\":\"string\"},\"items\":{\"type\":\"array\",\"items\":",
            STR_FMT(r->list_kind->name), STR_FMT(r->kind->name));
    openapi_write_kind(w, r->kind);
    buf_text(w->out, "},\"kind\":{\"type\":\"string\"},\"metadata\":");
    openapi_write_ref(w, schema_message_find(STR("io.k8s.apimachinery.pkg.apis.meta.v1"), STR("ListMeta")));
    buf_text(w->out, "},\"x-kubernetes-group-version-kind\":[");
    openapi_write_gvk(w, r->list_kind);
    buf_text(w->out, "]}");
}

void openapi_write_custom_schemas(struct openapi_writer *w, const struct schema_resource *r, bool first)
{
    SCOPED(arena) mem = NULL;
    struct value tree;
    const struct value *schema = NULL;
    static const struct value anything = {.type = VALUE_MAP};
    int e = arena_new(&mem, DEFINITION_BYTES_MAX);
    if (e == 0)
        e = value_parse(mem, structural_definition(r->custom)->stored, NULL, NULL, &tree, NULL);
    if (e < 0) {
        w->error = e;
        return;
    }
    VALUE_EACH_ITEM (v, value_at(&tree, "spec.versions")) {
        if (str_eq(value_text_at(v, "name"), r->version))
            schema = value_at(v, "schema.openAPIV3Schema");
    }
    buf_text(w->out, first ? "\"" : ",\"");
    openapi_write_custom_name(w, r->kind);
    buf_text(w->out, "\":");
    write_schema(w, schema ? schema : &anything, r->kind);
    write_list_schema(w, r);
}
