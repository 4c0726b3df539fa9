/* Whole documents: the v3 index, one group-version's v3 document, the v2 document of everything. */
#include "openapi/inside.h"
#include "structural/structural.h"
#include "tls/tls.h"

static bool same_version(const struct schema_resource *a, struct str group, struct str version)
{
    return str_eq(a->group, group) && str_eq(a->version, version);
}

static int writer_start(struct openapi_writer *w, struct buf *out, bool v3)
{
    *w = (struct openapi_writer){.out = out, .v3 = v3, .ref = v3 ? "#/components/schemas/" : "#/definitions/", .words = BUF_INIT(OPENAPI_WORDS_MAX)};
    w->messages = mem_alloc(sizeof(*w->messages));
    if (!w->messages)
        return -ENOMEM;
    buf_fmt(out, "{\"%s\":\"%s\",\"info\":{\"title\":\"Kubernetes\",\"version\":\"v1.37.0\"},\"paths\":{", v3 ? "openapi" : "swagger",
            v3 ? "3.0.0" : "2.0");
    return 0;
}

static int writer_end(struct openapi_writer *w, int r)
{
    if (r == 0)
        r = w->error;
    if (r == 0)
        r = buf_error(w->out);
    buf_done(&w->words);
    if (w->messages)
        map_done(&w->messages->seen);
    mem_free(w->messages);
    return r;
}

int openapi_v3(const struct openapi_set *set, struct str group, struct str version, struct buf *out)
{
    const struct schema_resource *rows;
    size_t n = schema_resources(&rows);
    struct openapi_writer w = {0};
    bool first = true;
    if (!openapi_has_group_version(set, group, version))
        return OPENAPI_ABSENT;
    int r = writer_start(&w, out, true);
    if (r < 0)
        return r;
    for (size_t i = 0; i < n; i++)
        if (same_version(&rows[i], group, version) && set->served(set->ctx, &rows[i])) {
            openapi_mention(&w, rows[i].kind->message);
            openapi_write_paths(&w, &rows[i], &first);
        }
    struct openapi_customs all = {NULL, 0};
    size_t from, end;
    r = openapi_customs_take(&all);
    bool custom = r == 0 && openapi_customs_find(&all, group, &from, &end);
    for (size_t i = custom ? from : 0; custom && i < end; i++) {
        const struct schema_resource *res = openapi_customs_row(all.all[i], version);
        if (res)
            openapi_write_paths(&w, res, &first);
    }
    buf_text(out, "},\"components\":{\"schemas\":{");
    first = true;
    for (size_t i = custom ? from : 0; custom && i < end; i++) {
        const struct schema_resource *res = openapi_customs_row(all.all[i], version);
        if (res)
            openapi_write_custom_schemas(&w, res, first);
        first = first && !res;
    }
    openapi_customs_done(&all);
    if (!first && w.messages->n)
        buf_char(out, ',');
    openapi_write_schemas(&w);
    buf_text(out, "},\"securitySchemes\":{\"BearerToken\":{\"type\":\"apiKey\",\"name\":\"authorization\",\"in\":\"header\","
                  "\"description\":\"Bearer Token authentication\"}}}}");
    return writer_end(&w, r);
}

int openapi_v2(const struct openapi_set *set, struct buf *out)
{
    const struct schema_resource *rows;
    size_t n = schema_resources(&rows);
    struct openapi_writer w = {0};
    bool first = true;
    int r = writer_start(&w, out, false);
    if (r < 0)
        return r;
    for (size_t i = 0; i < n; i++)
        if (set->served(set->ctx, &rows[i])) {
            openapi_mention(&w, rows[i].kind->message);
            openapi_write_paths(&w, &rows[i], &first);
        }
    struct openapi_customs all = {NULL, 0};
    r = openapi_customs_take(&all);
    for (size_t i = 0; r == 0 && i < all.n; i++)
        for (size_t k = 0; k < all.all[i]->n; k++)
            if (all.all[i]->resources[k].served)
                openapi_write_paths(&w, &all.all[i]->resources[k], &first);
    buf_text(out, "},\"definitions\":{");
    first = true;
    for (size_t i = 0; r == 0 && i < all.n; i++)
        for (size_t k = 0; k < all.all[i]->n; k++)
            if (all.all[i]->resources[k].served) {
                openapi_write_custom_schemas(&w, &all.all[i]->resources[k], first);
                first = false;
            }
    openapi_customs_done(&all);
    if (!first && w.messages->n)
        buf_char(out, ',');
    openapi_write_schemas(&w);
    buf_text(out, "},\"securityDefinitions\":{\"BearerToken\":{\"type\":\"apiKey\",\"name\":\"authorization\",\"in\":\"header\","
                  "\"description\":\"Bearer Token authentication\"}},\"security\":[{\"BearerToken\":[]}]}");
    return writer_end(&w, r);
}

/* A custom resource's document changes with its definition. */
static int hash_customs(struct str group, struct str version, struct buf *names)
{
    struct openapi_customs all;
    size_t from, end;
    int r = openapi_customs_take(&all);
    if (r < 0)
        return r;
    if (openapi_customs_find(&all, group, &from, &end))
        for (size_t i = from; i < end; i++)
            if (openapi_customs_row(all.all[i], version))
                buf_fmt(names, " %.*s %lld", STR_FMT(all.all[i]->name), (long long)structural_definition(all.all[i])->revision);
    openapi_customs_done(&all);
    return 0;
}

static int index_entry(const struct openapi_set *set, struct str group, struct str version, bool first, struct buf *out)
{
    SCOPED_BUF path = BUF_INIT(0);
    if (group.n)
        buf_fmt(&path, "apis/%.*s/%.*s", STR_FMT(group), STR_FMT(version));
    else
        buf_fmt(&path, "api/%.*s", STR_FMT(version));
    int r = buf_error(&path);
    if (r < 0)
        return r;
    buf_fmt(out, "%s\"%.*s\":{\"serverRelativeURL\":\"/openapi/v3/%.*s?hash=", first ? "" : ",", STR_FMT(buf_view(&path)), STR_FMT(buf_view(&path)));
    r = openapi_v3_hash(set, group, version, out);
    buf_text(out, "\"}");
    return r;
}

static int index_customs(const struct openapi_set *set, bool first, struct buf *out)
{
    struct openapi_customs all;
    size_t at = 0, from, end;
    int r = openapi_customs_take(&all);
    if (r < 0)
        return r;
    while (r == 0 && openapi_customs_group(&all, &at, &from, &end)) {
        struct str names[OPENAPI_VERSIONS_MAX];
        size_t n = openapi_customs_versions(&all, from, end, names);
        for (size_t i = 0; i < n && r == 0; i++) {
            r = index_entry(set, all.all[from]->group, names[i], first, out);
            first = false;
        }
    }
    openapi_customs_done(&all);
    return r;
}

int openapi_v3_hash(const struct openapi_set *set, struct str group, struct str version, struct buf *out)
{
    const struct schema_resource *rows;
    size_t n = schema_resources(&rows);
    SCOPED_BUF names = BUF_INIT(0);
    unsigned char sum[32];
    buf_fmt(&names, "%s %.*s/%.*s", CORACLE_VERSION, STR_FMT(group), STR_FMT(version));
    for (size_t i = 0; i < n; i++)
        if (same_version(&rows[i], group, version) && set->served(set->ctx, &rows[i]))
            buf_fmt(&names, " %.*s", STR_FMT(rows[i].name));
    int r = hash_customs(group, version, &names);
    if (r == 0)
        r = buf_error(&names);
    if (r == 0)
        r = tls_sha256(buf_view(&names), sum);
    if (r == 0)
        buf_hex(out, str_make(sum, sizeof(sum)));
    return r < 0 ? r : buf_error(out);
}

int openapi_v3_index(const struct openapi_set *set, struct buf *out)
{
    const struct schema_resource *rows;
    size_t n = schema_resources(&rows);
    bool first = true;
    buf_text(out, "{\"paths\":{");
    for (size_t i = 0; i < n; i++) {
        bool seen = !set->served(set->ctx, &rows[i]);
        for (size_t k = 0; k < i && !seen; k++)
            seen = same_version(&rows[k], rows[i].group, rows[i].version) && set->served(set->ctx, &rows[k]);
        if (seen)
            continue;
        int r = index_entry(set, rows[i].group, rows[i].version, first, out);
        if (r < 0)
            return r;
        first = false;
    }
    int r = index_customs(set, first, out);
    if (r < 0)
        return r;
    buf_text(out, "}}");
    return buf_error(out);
}
