/* Resource rows → OpenAPI paths and operations. */
#include "json/json.h"
#include "openapi/inside.h"

enum where { ITEM, COLLECTION, EVERYWHERE };

struct operation {
    uint16_t verb;
    const char *method, *action;
};
static const struct operation collection_ops[] = {
    {SCHEMA_VERB_LIST, "get", "list"},
    {SCHEMA_VERB_CREATE, "post", "post"},
    {SCHEMA_VERB_DELETECOLLECTION, "delete", "deletecollection"},
};
static const struct operation item_ops[] = {
    {SCHEMA_VERB_GET, "get", "get"},          {SCHEMA_VERB_UPDATE, "put", "put"},    {SCHEMA_VERB_CREATE, "post", "post"},
    {SCHEMA_VERB_DELETE, "delete", "delete"}, {SCHEMA_VERB_PATCH, "patch", "patch"},
};

static const char write_parameters[] = "dryRun,fieldManager,fieldValidation";
static const char list_parameters[] = "allowWatchBookmarks!b,continue,fieldSelector,labelSelector,limit!i,resourceVersion,"
                                      "resourceVersionMatch,sendInitialEvents!b,timeoutSeconds!i,watch!b";
static const char delete_parameters[] = "dryRun,gracePeriodSeconds!i,orphanDependents!b,propagationPolicy";

static void write_parameter(struct openapi_writer *w, struct str name, const char *in, bool required, const char *type)
{
    if (w->out->n && w->out->p[w->out->n - 1] == '}') /* not the first of its list */
        buf_char(w->out, ',');
    buf_fmt(w->out, "{\"name\":\"%.*s\",\"in\":\"%s\"", STR_FMT(name), in);
    if (required)
        buf_text(w->out, ",\"required\":true");
    buf_fmt(w->out, "%s\"type\":\"%s\",\"uniqueItems\":true}%s", w->v3 ? ",\"schema\":{" : ",", type, w->v3 ? "}" : "");
}

static void write_query_parameters(struct openapi_writer *w, const char *names)
{
    struct str rest = str_of(names), piece;
    while (str_next(&rest, ',', &piece)) {
        struct str name, type;
        str_cut(piece, '!', &name, &type);
        write_parameter(w, name, "query", false, str_is(type, "b") ? "boolean" : str_is(type, "i") ? "integer" : "string");
    }
}

static const char *query_of(const struct operation *op)
{
    switch (op->verb) {
    case SCHEMA_VERB_LIST:
        return list_parameters;
    case SCHEMA_VERB_DELETE:
    case SCHEMA_VERB_DELETECOLLECTION:
        return delete_parameters;
    case SCHEMA_VERB_GET:
        return NULL;
    default:
        return write_parameters;
    }
}

static void write_body(struct openapi_writer *w, const struct operation *op, const struct schema_kind *k)
{
    const struct schema_kind *body = k;
    if (op->verb == SCHEMA_VERB_GET || op->verb == SCHEMA_VERB_LIST)
        return;
    if (op->verb == SCHEMA_VERB_DELETE || op->verb == SCHEMA_VERB_DELETECOLLECTION)
        body = schema_kind_find(STR(""), STR("v1"), STR("DeleteOptions"));
    bool patch = op->verb == SCHEMA_VERB_PATCH;
    if (!w->v3) {
        if (w->out->n && w->out->p[w->out->n - 1] == '}')
            buf_char(w->out, ',');
        buf_text(w->out, "{\"name\":\"body\",\"in\":\"body\",\"schema\":");
        if (patch || !body)
            buf_text(w->out, "{\"type\":\"object\"}");
        else
            openapi_write_kind(w, body);
        buf_char(w->out, '}');
        return;
    }
    buf_text(w->out, ",\"requestBody\":{\"content\":{");
    if (patch)
        buf_text(w->out, "\"application/apply-patch+yaml\":{\"schema\":{\"type\":\"object\"}},"
                         "\"application/json-patch+json\":{\"schema\":{\"type\":\"object\"}},"
                         "\"application/merge-patch+json\":{\"schema\":{\"type\":\"object\"}}");
    if (patch && !k->custom) /* kubectl goes by this */
        buf_text(w->out, ",\"application/strategic-merge-patch+json\":{\"schema\":{\"type\":\"object\"}}");
    else if (patch)
        ;
    else if (body) {
        buf_text(w->out, "\"*/*\":{\"schema\":");
        openapi_write_kind(w, body);
        buf_char(w->out, '}');
    }
    buf_text(w->out, "}}");
}

static void write_response(struct openapi_writer *w, const struct operation *op, const struct schema_resource *r, const struct schema_kind *k)
{
    const struct schema_kind *m = k;
    if (op->verb == SCHEMA_VERB_LIST && r->list_kind)
        m = r->list_kind;
    if (op->verb == SCHEMA_VERB_DELETE || op->verb == SCHEMA_VERB_DELETECOLLECTION) {
        const struct schema_kind *status = schema_kind_find(STR(""), STR("v1"), STR("Status"));
        m = status ? status : m;
    }
    buf_text(w->out, ",\"responses\":{\"200\":{\"description\":\"OK\",");
    if (!w->v3) {
        buf_text(w->out, "\"schema\":");
        openapi_write_kind(w, m);
        buf_text(w->out, "}}");
        return;
    }
    buf_text(w->out, "\"content\":{");
    static const char *const types[] = {"application/json", "application/vnd.kubernetes.protobuf", "application/yaml"};
    for (size_t i = 0; i < ARRAY_LEN(types); i++) {
        buf_fmt(w->out, "%s\"%s\":{\"schema\":", i ? "," : "", types[i]);
        openapi_write_kind(w, m);
        buf_char(w->out, '}');
    }
    buf_text(w->out, "}}}");
}

/* "listAppsV1NamespacedDeployment" … */
static void write_id(struct openapi_writer *w, const struct operation *op, const struct schema_resource *r, const struct schema_subresource *s,
                     enum where where)
{
    static const struct {
        const char *action, *word;
    } words[] = {{"post", "create"}, {"put", "replace"}, {"get", "read"}, {"deletecollection", "deleteCollection"}};
    const char *word = op->action;
    for (size_t i = 0; i < ARRAY_LEN(words); i++)
        if (!strcmp(op->action, words[i].action))
            word = words[i].word;
    struct str group, tail;
    str_cut(r->group.n ? r->group : STR("core"), '.', &group, &tail);
    buf_fmt(w->out, "\"%s%c%.*s%c%.*s", word, group.p[0] >= 'a' ? group.p[0] - 32 : group.p[0], STR_FMT(str_from(group, 1)), r->version.p[0] - 32,
            STR_FMT(str_from(r->version, 1)));
    buf_fmt(w->out, "%s%.*s", r->namespaced && where != EVERYWHERE ? "Namespaced" : "", STR_FMT(r->kind->name));
    if (s)
        buf_fmt(w->out, "%c%.*s", s->name.p[0] - 32, STR_FMT(str_from(s->name, 1)));
    buf_fmt(w->out, "%s\"", where == EVERYWHERE ? "ForAllNamespaces" : "");
}

static void write_operation(struct openapi_writer *w, const struct operation *op, const struct schema_resource *r, const struct schema_subresource *s,
                            enum where where)
{
    const struct schema_kind *k = s && s->kind ? s->kind : r->kind;
    const char *query = query_of(op);
    buf_fmt(w->out, "\"%s\":{\"operationId\":", op->method);
    write_id(w, op, r, s, where);
    buf_text(w->out, ",\"parameters\":[");
    if (query)
        write_query_parameters(w, query);
    if (op->verb == SCHEMA_VERB_PATCH)
        write_parameter(w, STR("force"), "query", false, "boolean");
    if (w->v3) {
        buf_char(w->out, ']');
        write_body(w, op, k);
    } else {
        write_body(w, op, k);
        buf_char(w->out, ']');
    }
    write_response(w, op, r, k);
    buf_fmt(w->out, ",\"x-kubernetes-action\":\"%s\",\"x-kubernetes-group-version-kind\":", op->action);
    openapi_write_gvk(w, k);
    buf_char(w->out, '}');
}

static void write_path(struct openapi_writer *w, const struct schema_resource *r, const struct schema_subresource *s, enum where where)
{
    if (r->group.n)
        buf_fmt(w->out, "\"/apis/%.*s/%.*s", STR_FMT(r->group), STR_FMT(r->version));
    else
        buf_fmt(w->out, "\"/api/%.*s", STR_FMT(r->version));
    bool spaced = r->namespaced && where != EVERYWHERE;
    buf_fmt(w->out, "%s/%.*s", spaced ? "/namespaces/{namespace}" : "", STR_FMT(r->name));
    if (where == ITEM)
        buf_text(w->out, "/{name}");
    if (s)
        buf_fmt(w->out, "/%.*s", STR_FMT(s->name));
    buf_text(w->out, "\":{");

    const struct operation *ops = where == ITEM ? item_ops : collection_ops;
    size_t n = where == ITEM ? ARRAY_LEN(item_ops) : ARRAY_LEN(collection_ops);
    uint16_t verbs = s ? s->verbs : r->verbs;
    if (where == ITEM && !s)
        verbs &= (uint16_t)~SCHEMA_VERB_CREATE;
    if (where == EVERYWHERE)
        verbs &= SCHEMA_VERB_LIST;
    for (size_t i = 0; i < n; i++)
        if (verbs & ops[i].verb) {
            write_operation(w, &ops[i], r, s, where);
            buf_char(w->out, ',');
        }
    buf_text(w->out, "\"parameters\":[");
    if (where == ITEM)
        write_parameter(w, STR("name"), "path", true, "string");
    if (spaced)
        write_parameter(w, STR("namespace"), "path", true, "string");
    write_parameter(w, STR("pretty"), "query", false, "string");
    buf_text(w->out, "]}");
}

static void comma(struct openapi_writer *w, bool *first)
{
    if (!*first)
        buf_char(w->out, ',');
    *first = false;
}

void openapi_write_paths(struct openapi_writer *w, const struct schema_resource *r, bool *first)
{
    const uint16_t on_collection = SCHEMA_VERB_CREATE | SCHEMA_VERB_LIST | SCHEMA_VERB_DELETECOLLECTION;
    const uint16_t on_item = SCHEMA_VERB_GET | SCHEMA_VERB_UPDATE | SCHEMA_VERB_PATCH | SCHEMA_VERB_DELETE;
    if (r->verbs & on_collection) {
        comma(w, first);
        write_path(w, r, NULL, COLLECTION);
    }
    if (r->namespaced && (r->verbs & SCHEMA_VERB_LIST)) {
        comma(w, first);
        write_path(w, r, NULL, EVERYWHERE);
    }
    if (r->verbs & on_item) {
        comma(w, first);
        write_path(w, r, NULL, ITEM);
    }
    for (size_t i = 0; i < r->n_subresources; i++) {
        comma(w, first);
        write_path(w, r, &r->subresources[i], ITEM);
    }
}
