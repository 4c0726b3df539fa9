/* /api, /apis and what lies below, plain and aggregated. */
#include "openapi/inside.h"
#include "tls/tls.h"

static const struct {
    uint16_t bit;
    const char *name;
} verbs[] = {
    /* in upstream's order */
    {SCHEMA_VERB_CREATE, "create"}, {SCHEMA_VERB_DELETE, "delete"}, {SCHEMA_VERB_DELETECOLLECTION, "deletecollection"},
    {SCHEMA_VERB_GET, "get"},       {SCHEMA_VERB_LIST, "list"},     {SCHEMA_VERB_PATCH, "patch"},
    {SCHEMA_VERB_UPDATE, "update"}, {SCHEMA_VERB_WATCH, "watch"},
};

static struct value text(struct str s)
{
    return value_make_text(s);
}

static void put_verbs(int *r, struct arena *a, struct value *v, uint16_t bits)
{
    struct value list = value_make_list();
    for (size_t i = 0; i < ARRAY_LEN(verbs); i++)
        if ((bits & verbs[i].bit) && !value_add(a, &list, text(str_of(verbs[i].name))))
            *r = -ENOMEM;
    VALUE_SET(r, a, v, "verbs", list);
}

static void put_names(int *r, struct arena *a, struct value *v, const char *key, struct str names)
{
    struct value list = value_make_list();
    struct str rest = names, piece;
    if (!names.n)
        return;
    while (str_next(&rest, ',', &piece))
        if (!value_add(a, &list, text(piece)))
            *r = -ENOMEM;
    VALUE_SET(r, a, v, key, list);
}

static void put_type(int *r, struct arena *a, struct value *v, const char *kind, struct str api_version)
{
    *v = value_make_map();
    VALUE_SET(r, a, v, "kind", text(str_of(kind)));
    if (api_version.n)
        VALUE_SET(r, a, v, "apiVersion", text(api_version));
}

static bool same_version(const struct schema_resource *a, const struct schema_resource *b)
{
    return str_eq(a->group, b->group) && str_eq(a->version, b->version);
}

/* Is row i the first served one of its group (or group-version)? */
static bool is_first(const struct openapi_set *set, const struct schema_resource *rows, size_t i, bool by_version)
{
    for (size_t k = 0; k < i; k++)
        if (set->served(set->ctx, &rows[k]) && (by_version ? same_version(&rows[k], &rows[i]) : str_eq(rows[k].group, rows[i].group)))
            return false;
    return true;
}

bool openapi_has_group_version(const struct openapi_set *set, struct str group, struct str version)
{
    const struct schema_resource *rows;
    size_t n = schema_resources(&rows);
    for (size_t i = 0; i < n; i++)
        if (str_eq(rows[i].group, group) && (!version.n || str_eq(rows[i].version, version)) && set->served(set->ctx, &rows[i]))
            return true;
    struct openapi_customs all;
    size_t first, end;
    bool found = false;
    if (openapi_customs_take(&all) < 0)
        return false;
    if (openapi_customs_find(&all, group, &first, &end))
        for (size_t i = first; i < end && !found; i++)
            found = !version.n || openapi_customs_row(all.all[i], version);
    openapi_customs_done(&all);
    return found;
}

/* ── groups of custom resources ── */

static int put_custom_group(struct arena *a, const struct openapi_customs *all, size_t first, size_t end, struct value *out)
{
    struct str names[OPENAPI_VERSIONS_MAX], group = all->all[first]->group;
    size_t n = openapi_customs_versions(all, first, end, names);
    struct value versions = value_make_list();
    struct str kept;
    int r = arena_str(a, group, &kept);
    VALUE_SET(&r, a, out, "name", text(kept));
    for (size_t i = 0; i < n && r == 0; i++) {
        struct value one = value_make_map();
        struct str both = arena_fmt(a, "%.*s/%.*s", STR_FMT(group), STR_FMT(names[i]));
        VALUE_SET(&r, a, &one, "groupVersion", text(both));
        VALUE_SET(&r, a, &one, "version", text(str_from(both, group.n + 1)));
        if (r < 0 || !both.p || !value_add(a, &versions, one))
            return -ENOMEM;
    }
    VALUE_SET(&r, a, out, "versions", versions);
    VALUE_SET(&r, a, out, "preferredVersion", *value_item(&versions, 0));
    return r;
}

static int add_custom_groups(struct arena *a, struct value *groups)
{
    struct openapi_customs all;
    size_t at = 0, first, end;
    int r = openapi_customs_take(&all);
    if (r < 0)
        return r;
    while (r == 0 && openapi_customs_group(&all, &at, &first, &end)) {
        struct value group = value_make_map();
        r = put_custom_group(a, &all, first, end, &group);
        if (r == 0 && !value_add(a, groups, group))
            r = -ENOMEM;
    }
    openapi_customs_done(&all);
    return r;
}

static int custom_group(struct arena *a, struct str group, struct value *out)
{
    struct openapi_customs all;
    size_t first, end;
    int r = openapi_customs_take(&all);
    if (r < 0)
        return r;
    r = openapi_customs_find(&all, group, &first, &end) ? put_custom_group(a, &all, first, end, out) : OPENAPI_ABSENT;
    openapi_customs_done(&all);
    return r;
}

int openapi_versions(struct arena *a, struct str server_address, struct value *out)
{
    int r = 0;
    struct value versions = value_make_list(), addresses = value_make_list(), address = value_make_map();
    put_type(&r, a, out, "APIVersions", STR_NONE);
    VALUE_SET(&r, a, &address, "clientCIDR", text(STR("0.0.0.0/0")));
    VALUE_SET(&r, a, &address, "serverAddress", text(server_address));
    if (!value_add(a, &versions, text(STR("v1"))) || !value_add(a, &addresses, address))
        return -ENOMEM;
    VALUE_SET(&r, a, out, "versions", versions);
    VALUE_SET(&r, a, out, "serverAddressByClientCIDRs", addresses);
    return r;
}

static int put_group(struct arena *a, const struct openapi_set *set, struct str group, struct value *out)
{
    const struct schema_resource *rows;
    size_t n = schema_resources(&rows);
    struct value versions = value_make_list();
    int r = 0;
    VALUE_SET(&r, a, out, "name", text(group));
    for (size_t i = 0; i < n; i++) {
        if (!str_eq(rows[i].group, group) || !set->served(set->ctx, &rows[i]) || !is_first(set, rows, i, true))
            continue;
        struct value one = value_make_map();
        struct str both = arena_fmt(a, "%.*s/%.*s", STR_FMT(group), STR_FMT(rows[i].version));
        VALUE_SET(&r, a, &one, "groupVersion", text(both));
        VALUE_SET(&r, a, &one, "version", text(rows[i].version));
        if (r < 0 || !both.p || !value_add(a, &versions, one))
            return -ENOMEM;
    }
    if (!value_count(&versions))
        return OPENAPI_ABSENT;
    VALUE_SET(&r, a, out, "versions", versions);
    VALUE_SET(&r, a, out, "preferredVersion", *value_item(&versions, 0));
    return r;
}

int openapi_groups(struct arena *a, const struct openapi_set *set, struct value *out)
{
    const struct schema_resource *rows;
    size_t n = schema_resources(&rows);
    struct value groups = value_make_list();
    int r = 0;
    put_type(&r, a, out, "APIGroupList", STR("v1"));
    for (size_t i = 0; i < n; i++) {
        if (!rows[i].group.n || !set->served(set->ctx, &rows[i]) || !is_first(set, rows, i, false))
            continue;
        struct value group = value_make_map();
        r = put_group(a, set, rows[i].group, &group);
        if (r < 0 || !value_add(a, &groups, group))
            return -ENOMEM;
    }
    if (r == 0)
        r = add_custom_groups(a, &groups);
    VALUE_SET(&r, a, out, "groups", groups);
    return r;
}

int openapi_group(struct arena *a, const struct openapi_set *set, struct str group, struct value *out)
{
    int r = 0;
    put_type(&r, a, out, "APIGroup", STR("v1"));
    if (r < 0)
        return r;
    r = group.n ? put_group(a, set, group, out) : OPENAPI_ABSENT;
    return r == OPENAPI_ABSENT && group.n ? custom_group(a, group, out) : r;
}

int openapi_storage_hash(struct arena *a, const struct schema_kind *stored, struct str *out)
{
    struct str name = arena_fmt(a, "%.*s/%.*s/%.*s", STR_FMT(stored->group), STR_FMT(stored->version), STR_FMT(stored->name));
    unsigned char sum[32];
    if (!name.p)
        return -ENOMEM;
    int r = tls_sha256(name, sum);
    if (r < 0)
        return r;
    SCOPED_BUF b = BUF_INIT(0);
    buf_base64(&b, str_make(sum, 8));
    r = buf_error(&b);
    return r < 0 ? r : arena_str(a, buf_view(&b), out);
}

static int add_resource(struct arena *a, struct value *list, const struct schema_resource *res)
{
    int r = 0;
    struct value v = value_make_map();
    VALUE_SET(&r, a, &v, "name", text(res->name));
    VALUE_SET(&r, a, &v, "singularName", text(res->singular));
    VALUE_SET(&r, a, &v, "namespaced", value_make_bool(res->namespaced));
    VALUE_SET(&r, a, &v, "kind", text(res->kind->name));
    put_verbs(&r, a, &v, res->verbs);
    put_names(&r, a, &v, "shortNames", res->short_names);
    put_names(&r, a, &v, "categories", res->categories);
    if (res->storage && res->storage_path.n && r == 0) {
        struct str hash;
        r = openapi_storage_hash(a, res->storage->kind, &hash);
        if (r == 0)
            VALUE_SET(&r, a, &v, "storageVersionHash", text(hash));
    }
    return r < 0 ? r : value_add(a, list, v) ? 0 : -ENOMEM;
}

static int add_subresource(struct arena *a, struct value *list, const struct schema_resource *res, const struct schema_subresource *s)
{
    int r = 0;
    struct value v = value_make_map();
    const struct schema_kind *k = s->kind ? s->kind : res->kind;
    struct str name = arena_fmt(a, "%.*s/%.*s", STR_FMT(res->name), STR_FMT(s->name));
    if (!name.p)
        return -ENOMEM;
    VALUE_SET(&r, a, &v, "name", text(name));
    VALUE_SET(&r, a, &v, "singularName", text(STR("")));
    VALUE_SET(&r, a, &v, "namespaced", value_make_bool(res->namespaced));
    if (!str_eq(k->group, res->group) || !str_eq(k->version, res->version)) {
        VALUE_SET(&r, a, &v, "group", text(k->group));
        VALUE_SET(&r, a, &v, "version", text(k->version));
    }
    VALUE_SET(&r, a, &v, "kind", text(k->name));
    put_verbs(&r, a, &v, s->verbs);
    return r < 0 ? r : value_add(a, list, v) ? 0 : -ENOMEM;
}

static int aggregate_resource(struct arena *a, struct value *list, const struct schema_resource *res);

/* Their texts are copied where trees would borrow them: the rows may go before the tree is written. */
static int add_one_custom(struct arena *a, struct value *list, const struct schema_resource *res, bool aggregated)
{
    struct value all = value_make_list();
    int r = aggregated ? aggregate_resource(a, &all, res) : add_resource(a, &all, res);
    for (size_t k = 0; !aggregated && k < res->n_subresources && r == 0; k++)
        r = add_subresource(a, &all, res, &res->subresources[k]);
    VALUE_EACH_ITEM (item, &all) {
        struct value copy;
        if (r == 0 && (value_copy(a, item, &copy) < 0 || !value_add(a, list, copy)))
            r = -ENOMEM;
    }
    return r;
}

static int add_customs(struct arena *a, struct value *list, struct str group, struct str version, bool aggregated)
{
    struct openapi_customs all;
    size_t first, end;
    int r = openapi_customs_take(&all);
    if (r < 0)
        return r;
    if (openapi_customs_find(&all, group, &first, &end))
        for (size_t i = first; i < end && r == 0; i++) {
            const struct schema_resource *res = openapi_customs_row(all.all[i], version);
            if (res)
                r = add_one_custom(a, list, res, aggregated);
        }
    openapi_customs_done(&all);
    return r;
}

static struct value view_kind(int *r, struct arena *a, const struct openapi_view *x)
{
    struct value v = value_make_map();
    VALUE_SET(r, a, &v, "group", text(str_of(x->group)));
    VALUE_SET(r, a, &v, "version", text(str_of(x->version)));
    VALUE_SET(r, a, &v, "kind", text(str_of(x->kind)));
    return v;
}

/* Of a resource that is not served itself the parent stands there without a kind and without verbs, as clients expect it. */
static int aggregate_view(struct arena *a, struct value *list, const struct openapi_view *x)
{
    struct value parent = value_make_map(), sub = value_make_map(), subs = value_make_list();
    int r = 0;
    VALUE_SET(&r, a, &sub, "subresource", text(str_of(x->subresource)));
    VALUE_SET(&r, a, &sub, "responseKind", view_kind(&r, a, x));
    put_verbs(&r, a, &sub, SCHEMA_VERB_GET);
    if (r == 0 && !value_add(a, &subs, sub))
        r = -ENOMEM;
    VALUE_SET(&r, a, &parent, "resource", text(str_of(x->resource)));
    VALUE_SET(&r, a, &parent, "scope", text(STR("Namespaced")));
    VALUE_SET(&r, a, &parent, "singularResource", text(STR("")));
    put_verbs(&r, a, &parent, 0);
    VALUE_SET(&r, a, &parent, "subresources", subs);
    return r < 0 ? r : value_add(a, list, parent) ? 0 : -ENOMEM;
}

static int list_view(struct arena *a, struct value *list, const struct openapi_view *x)
{
    struct str name = arena_fmt(a, "%s/%s", x->resource, x->subresource);
    struct value v = value_make_map();
    int r = name.p ? 0 : -ENOMEM;
    VALUE_SET(&r, a, &v, "name", text(name));
    VALUE_SET(&r, a, &v, "singularName", text(STR("")));
    VALUE_SET(&r, a, &v, "namespaced", value_make_bool(true));
    VALUE_SET(&r, a, &v, "kind", text(str_of(x->kind)));
    put_verbs(&r, a, &v, SCHEMA_VERB_GET);
    return r < 0 ? r : value_add(a, list, v) ? 0 : -ENOMEM;
}

static int add_views(struct arena *a, const struct openapi_set *set, struct value *list, struct str group, struct str version, bool aggregated)
{
    int r = 0;
    for (size_t i = 0; i < set->n_views && r == 0; i++) {
        const struct openapi_view *x = &set->views[i];
        if (str_is(group, x->group) && str_is(version, x->version))
            r = aggregated ? aggregate_view(a, list, x) : list_view(a, list, x);
    }
    return r;
}

int openapi_resources(struct arena *a, const struct openapi_set *set, struct str group, struct str version, struct value *out)
{
    const struct schema_resource *rows;
    size_t n = schema_resources(&rows);
    struct value list = value_make_list();
    int r = 0;
    if (!openapi_has_group_version(set, group, version))
        return OPENAPI_ABSENT;
    put_type(&r, a, out, "APIResourceList", group.n ? STR("v1") : STR_NONE);
    struct str both = group.n ? arena_fmt(a, "%.*s/%.*s", STR_FMT(group), STR_FMT(version)) : version;
    VALUE_SET(&r, a, out, "groupVersion", text(both));
    for (size_t i = 0; i < n && r == 0; i++) {
        const struct schema_resource *res = &rows[i];
        if (!str_eq(res->group, group) || !str_eq(res->version, version) || !set->served(set->ctx, res))
            continue;
        r = add_resource(a, &list, res);
        for (size_t k = 0; k < res->n_subresources && r == 0; k++)
            r = add_subresource(a, &list, res, &res->subresources[k]);
    }
    if (r == 0)
        r = add_customs(a, &list, group, version, false);
    if (r == 0)
        r = add_views(a, set, &list, group, version, false);
    VALUE_SET(&r, a, out, "resources", list);
    return r;
}

/* ── aggregated ── */

static struct value gvk(int *r, struct arena *a, const struct schema_kind *k)
{
    struct value v = value_make_map();
    VALUE_SET(r, a, &v, "group", text(k->group));
    VALUE_SET(r, a, &v, "version", text(k->version));
    VALUE_SET(r, a, &v, "kind", text(k->name));
    return v;
}

static int aggregate_resource(struct arena *a, struct value *list, const struct schema_resource *res)
{
    int r = 0;
    struct value v = value_make_map(), subs = value_make_list();
    VALUE_SET(&r, a, &v, "resource", text(res->name));
    VALUE_SET(&r, a, &v, "responseKind", gvk(&r, a, res->kind));
    VALUE_SET(&r, a, &v, "scope", text(res->namespaced ? STR("Namespaced") : STR("Cluster")));
    VALUE_SET(&r, a, &v, "singularResource", text(res->singular));
    put_verbs(&r, a, &v, res->verbs);
    put_names(&r, a, &v, "shortNames", res->short_names);
    put_names(&r, a, &v, "categories", res->categories);
    for (size_t i = 0; i < res->n_subresources && r == 0; i++) {
        const struct schema_subresource *s = &res->subresources[i];
        struct value sub = value_make_map();
        VALUE_SET(&r, a, &sub, "subresource", text(s->name));
        VALUE_SET(&r, a, &sub, "responseKind", gvk(&r, a, s->kind ? s->kind : res->kind));
        put_verbs(&r, a, &sub, s->verbs);
        if (r == 0 && !value_add(a, &subs, sub))
            r = -ENOMEM;
    }
    if (value_count(&subs))
        VALUE_SET(&r, a, &v, "subresources", subs);
    return r < 0 ? r : value_add(a, list, v) ? 0 : -ENOMEM;
}

static int aggregate_version(struct arena *a, const struct openapi_set *set, struct value *list, const struct schema_resource *first)
{
    const struct schema_resource *rows;
    size_t n = schema_resources(&rows);
    int r = 0;
    struct value v = value_make_map(), resources = value_make_list();
    VALUE_SET(&r, a, &v, "version", text(first->version));
    for (size_t i = 0; i < n && r == 0; i++)
        if (same_version(&rows[i], first) && set->served(set->ctx, &rows[i]))
            r = aggregate_resource(a, &resources, &rows[i]);
    if (r == 0)
        r = add_views(a, set, &resources, first->group, first->version, true);
    VALUE_SET(&r, a, &v, "resources", resources);
    VALUE_SET(&r, a, &v, "freshness", text(STR("Current")));
    return r < 0 ? r : value_add(a, list, v) ? 0 : -ENOMEM;
}

static int aggregate_group(struct arena *a, const struct openapi_set *set, struct value *list, struct str group)
{
    const struct schema_resource *rows;
    size_t n = schema_resources(&rows);
    int r = 0;
    struct value v = value_make_map(), meta = value_make_map(), versions = value_make_list();
    if (group.n)
        VALUE_SET(&r, a, &meta, "name", text(group));
    VALUE_SET(&r, a, &v, "metadata", meta);
    for (size_t i = 0; i < n && r == 0; i++)
        if (str_eq(rows[i].group, group) && set->served(set->ctx, &rows[i]) && is_first(set, rows, i, true))
            r = aggregate_version(a, set, &versions, &rows[i]);
    VALUE_SET(&r, a, &v, "versions", versions);
    return r < 0 ? r : value_add(a, list, v) ? 0 : -ENOMEM;
}

static int aggregate_custom_group(struct arena *a, const struct openapi_customs *all, size_t first, size_t end, struct value *out)
{
    struct str names[OPENAPI_VERSIONS_MAX], kept;
    size_t n = openapi_customs_versions(all, first, end, names);
    struct value versions = value_make_list();
    int r = arena_str(a, all->all[first]->group, &kept);
    VALUE_SET(&r, a, out, "metadata.name", text(kept));
    for (size_t i = 0; i < n && r == 0; i++) {
        struct value v = value_make_map(), resources = value_make_list();
        r = arena_str(a, names[i], &kept);
        VALUE_SET(&r, a, &v, "version", text(kept));
        for (size_t k = first; k < end && r == 0; k++) {
            const struct schema_resource *res = openapi_customs_row(all->all[k], names[i]);
            if (res)
                r = add_one_custom(a, &resources, res, true);
        }
        VALUE_SET(&r, a, &v, "resources", resources);
        VALUE_SET(&r, a, &v, "freshness", text(STR("Current")));
        if (r == 0 && !value_add(a, &versions, v))
            r = -ENOMEM;
    }
    VALUE_SET(&r, a, out, "versions", versions);
    return r;
}

static int aggregate_customs(struct arena *a, struct value *items)
{
    struct openapi_customs all;
    size_t at = 0, first, end;
    int r = openapi_customs_take(&all);
    if (r < 0)
        return r;
    while (r == 0 && openapi_customs_group(&all, &at, &first, &end)) {
        struct value group = value_make_map();
        r = aggregate_custom_group(a, &all, first, end, &group);
        if (r == 0 && !value_add(a, items, group))
            r = -ENOMEM;
    }
    openapi_customs_done(&all);
    return r;
}

int openapi_aggregated(struct arena *a, const struct openapi_set *set, bool core, struct str version, struct value *out)
{
    const struct schema_resource *rows;
    size_t n = schema_resources(&rows);
    int r = 0;
    struct value items = value_make_list();
    put_type(&r, a, out, "APIGroupDiscoveryList", str_is(version, "v2beta1") ? STR("apidiscovery.k8s.io/v2beta1") : STR("apidiscovery.k8s.io/v2"));
    VALUE_SET(&r, a, out, "metadata", value_make_map());
    for (size_t i = 0; i < n && r == 0; i++)
        if ((rows[i].group.n == 0) == core && set->served(set->ctx, &rows[i]) && is_first(set, rows, i, false))
            r = aggregate_group(a, set, &items, rows[i].group);
    if (r == 0 && !core)
        r = aggregate_customs(a, &items);
    VALUE_SET(&r, a, out, "items", items);
    return r;
}
