/* componentstatuses and views: what is made when somebody asks, out of what the parts then say. */
#include "api/inside.h"
#include "http/http.h"
#include "selector/selector.h"

#define COMPONENTS_MAX      16
#define COMPONENT_BYTES_MAX ((size_t)64 * 1024)

bool call_is_of_components(const struct call *c)
{
    return !c->res->group.n && str_is(c->res->name, "componentstatuses");
}

static int ask_store(struct api *a, struct err *err)
{
    struct store_stats s;
    store_stats(a->store, &s);
    return s.failed ? err_raise(err, -EIO, "the last commit failed") : 0;
}

static const char *name_at(const struct api *a, size_t i)
{
    return i < a->n_components ? a->components[i].name : i == a->n_components ? "etcd-0" : NULL;
}

static int ask(struct api *a, size_t i, struct err *err)
{
    return i < a->n_components ? a->components[i].fn(a->components[i].ctx, err) : ask_store(a, err);
}

static int make(struct call *c, size_t i, struct object **out, struct err *err)
{
    SCOPED(arena) mem = NULL;
    struct err said = {{0}};
    struct value tree = value_make_map(), condition = value_make_map(), conditions = value_make_list();
    struct str key;
    bool healthy = ask(c->api, i, &said) == 0;
    int r = arena_new(&mem, COMPONENT_BYTES_MAX);
    VALUE_SET(&r, mem, &tree, "metadata.name", value_make_text(str_of(name_at(c->api, i))));
    VALUE_SET(&r, mem, &condition, "type", value_make_text(STR("Healthy")));
    VALUE_SET(&r, mem, &condition, "status", value_make_text(healthy ? STR("True") : STR("False")));
    VALUE_SET(&r, mem, &condition, "message", value_make_text(healthy ? STR("ok") : str_of(said.text)));
    if (r == 0 && !value_add(mem, &conditions, condition))
        r = -ENOMEM;
    VALUE_SET(&r, mem, &tree, "conditions", conditions);
    if (r == 0)
        r = query_key(mem, c->res, STR_NONE, str_of(name_at(c->api, i)), &key);
    return r < 0 ? err_raise(err, r, "no memory for a component's status") : object_freeze(out, key, c->res->kind, &tree, err);
}

static void fail(struct call *c, int r, const struct err *err)
{
    struct apireq_status st;
    if (r == -ENOMEM)
        apireq_status_memory(&st);
    else
        apireq_status_internal(c->a, &st, "%s", err->text);
    call_status(c, &st);
}

static void get(struct call *c)
{
    struct apireq_status st;
    struct object *o = NULL;
    struct err err = {{0}};
    const char *name;
    for (size_t i = 0; (name = name_at(c->api, i)) != NULL; i++) {
        if (!str_is(c->route.name, name))
            continue;
        int r = make(c, i, &o, &err);
        if (r < 0)
            fail(c, r, &err);
        else
            call_object(c, 200, o, NULL);
        object_unref(o);
        return;
    }
    apireq_status_not_found(c->a, &st, c->res->group, c->res->name, c->route.name);
    call_status(c, &st);
}

static void list(struct call *c)
{
    struct object *all[COMPONENTS_MAX] = {NULL};
    struct apireq_status st;
    struct err err = {{0}};
    struct query_list l = {.resource = c->res, .limited = true, .found = all, .remaining = -1};
    int r = 0;
    if (apireq_selectors(c->a, c->res, &c->options, &l.labels, &l.fields, &st)) {
        call_status(c, &st);
        return;
    }
    for (size_t i = 0; r == 0 && l.n_found < COMPONENTS_MAX && name_at(c->api, i); i++) {
        r = make(c, i, &all[l.n_found], &err);
        bool wanted = r == 0 && (!l.labels || selector_matches_object(l.labels, all[l.n_found])) &&
                      (!l.fields || selector_matches_object(l.fields, all[l.n_found]));
        if (wanted)
            l.n_found++;
        else
            all[l.n_found] = object_unref(all[l.n_found]);
    }
    l.revision = store_revision(c->api->store);
    size_t n = l.n_found;
    if (r < 0)
        fail(c, r, &err);
    else
        call_list_found(c, &l);
    for (size_t i = 0; i < n; i++)
        object_unref(all[i]);
}

void call_components(struct call *c)
{
    c->warning = "v1 ComponentStatus is deprecated in v1.19+";
    if (c->route.verb == APIREQ_GET)
        get(c);
    else
        list(c);
}

/* ── views ── */

#define VIEW_BYTES_MAX ((size_t)64 << 20)

const struct api_view *call_view_of(const struct call *c)
{
    const struct apireq_route *r = &c->route;
    for (size_t i = 0; r->is_resource && i < c->api->n_views; i++) {
        const struct api_view *v = &c->api->views[i];
        if (str_is(r->group, v->group) && str_is(r->version, v->version) && str_is(r->resource, v->resource) &&
            str_is(r->subresource, v->subresource) && r->name.n)
            return v;
    }
    return NULL;
}

static void make_view(struct call *c, const struct api_view *v)
{
    SCOPED_BUF b = BUF_INIT(VIEW_BYTES_MAX);
    struct apireq_status st;
    struct call_headers h;
    struct err err = {{0}};
    int64_t limit = c->options.limit > 0 ? c->options.limit : -1;
    int r = v->make(v->ctx, c->route.ns, c->route.name, limit, &b, &err);
    if (r == 0) {
        call_headers(c, "application/json", &h);
        call_bytes(c, 200, &h, &b);
        return;
    }
    if (r == API_VIEW_ABSENT)
        apireq_status_not_found(c->a, &st, STR_NONE, c->route.resource, c->route.name);
    else if (r == -ENOMEM)
        apireq_status_memory(&st);
    else
        apireq_status_error(c->a, &st, 503, "ServiceUnavailable", "%s", err.text);
    call_status(c, &st);
}

void call_view(struct call *c)
{
    const struct api_view *v = call_view_of(c);
    struct apireq_status st;
    struct apireq_route as = c->route, list = c->route;
    as.group = STR_NONE;
    as.version = STR("v1");
    as.subresource = STR_NONE;
    list.verb = APIREQ_LIST;
    if (c->route.verb != APIREQ_GET) {
        apireq_status_method(c->a, &st, &c->route);
        call_status(c, &st);
        return;
    }
    char reason[AUTH_REASON_MAX];
    int r = registry_authorize(c->api->registry, c->a, &c->route, NULL, &c->user, &c->wait, reason, &st);
    if (r && r != REGISTRY_WAITS)
        r = registry_authorize(c->api->registry, c->a, &as, NULL, &c->user, &c->wait, reason, &st);
    if (r == REGISTRY_WAITS)
        call_wait(c, call_begin);
    else if (r || apireq_options_parse(c->a, &list, http_req_query(c->q), &c->options, &st))
        call_status(c, &st);
    else
        make_view(c, v);
}
