/* Making a registry, lookups and authorization. */
#include "intercept/intercept.h"
#include "selector/selector.h"
#include "registry/inside.h"

bool resource_is(const struct schema_resource *r, const char *group, const char *name)
{
    return str_is(r->name, name) && str_is(r->group, group);
}

struct store *registry_store(const struct registry *g)
{
    return g->store;
}

struct loop *registry_loop(const struct registry *g)
{
    return g->loop;
}

struct convert *registry_convert(const struct registry *g)
{
    return g->convert;
}

struct auth *registry_auth(const struct registry *g)
{
    return g->auth;
}

bool registry_serves(const struct registry *g, const struct schema_resource *r)
{
    if (r->served)
        return true;
    struct str rest = str_of(g->enable), piece, group, version;
    while (str_next(&rest, ',', &piece)) {
        if (!str_cut(str_trim(piece), '/', &group, &version)) {
            version = group;
            group = STR("");
        }
        if (str_eq(group, r->group) && str_eq(version, r->version))
            return true;
    }
    return false;
}

/* ── one object ── */

struct object *registry_get(struct registry *g, const struct schema_resource *r, struct str ns, struct str name)
{
    SCOPED(arena) mem = NULL;
    struct str key;
    if (arena_new(&mem, 8192) < 0 || query_key(mem, r, ns, name, &key) < 0)
        return NULL;
    struct store_snapshot *v = store_snapshot(g->store);
    struct object *o = v ? store_snapshot_get(v, key) : NULL;
    if (o)
        object_ref(o);
    store_snapshot_unref(v);
    return o;
}

/* ── lookups for auth and admission ── */

static const struct schema_resource *resource_named(struct str group, struct str name)
{
    const struct schema_resource *rows;
    size_t n = schema_resources(&rows);
    for (size_t i = 0; i < n; i++)
        if (str_eq(rows[i].group, group) && str_eq(rows[i].name, name) && rows[i].served)
            return &rows[i];
    return NULL;
}

/* The newest state, writes not yet durable included: admission must see what was accepted a moment ago. */
static int live(void *store, struct arena *a, struct str group, struct str resource, struct str ns, struct str name, struct object **out)
{
    const struct schema_resource *r = resource_named(group, resource);
    struct str key;
    if (!r)
        return AUTH_ABSENT;
    int e = query_key(a, r, ns, name, &key);
    if (e < 0)
        return e;
    *out = store_newest(store, key);
    return *out ? 0 : AUTH_ABSENT;
}

int registry_lookup(void *store, struct arena *a, struct str group, struct str resource, struct str ns, struct str name, struct value *out)
{
    struct object *o;
    int r = live(store, a, group, resource, ns, name, &o);
    if (r == 0)
        r = object_tree(a, o, out, NULL);
    if (r == 0) /* what admission looks up it looks up for each of many requests */
        object_tree_keep(o, out);
    return r;
}

static int lookup_field(void *ctx, struct arena *a, struct str group, struct str resource, struct str ns, struct str name, const char *path,
                        struct str *value, char scratch[32])
{
    struct registry *g = ctx;
    struct object *o;
    int r = live(g->store, a, group, resource, ns, name, &o);
    if (r == 0 && !object_field(o, path, value, scratch))
        *value = STR("");
    return r;
}

static int lookup_get(void *ctx, struct arena *a, struct str group, struct str resource, struct str ns, struct str name, struct value *out)
{
    struct registry *g = ctx;
    return registry_lookup(g->store, a, group, resource, ns, name, out);
}

#define EACH_KEPT 8

static int lookup_each(void *ctx, struct arena *a, struct str group, struct str resource, struct str ns,
                       int (*fn)(void *fn_ctx, const struct value *object), void *fn_ctx)
{
    struct registry *g = ctx;
    const struct schema_resource *r = resource_named(group, resource);
    struct str prefix;
    if (!r)
        return 0;
    int e = query_prefix(a, r, ns, &prefix);
    if (e < 0)
        return e;
    struct store_snapshot *v = store_snapshot(g->store);
    if (!v)
        return -ENOMEM;
    struct store_cursor c;
    struct object *o;
    store_cursor_start(&c, v, prefix, prefix);
    for (size_t i = 0; e == 0 && (o = store_cursor_next(&c)) != NULL; i++) {
        struct value tree = {0};
        e = object_tree(a, o, &tree, NULL);
        if (e == 0 && i < EACH_KEPT) /* a few classes and ranges are looked through for each request */
            object_tree_keep(o, &tree);
        if (e == 0)
            e = fn(fn_ctx, &tree);
    }
    store_snapshot_unref(v);
    return e;
}

static enum auth_decision lookup_may(void *ctx, const struct auth_ask *ask)
{
    struct registry *g = ctx;
    return g->auth ? auth_authorize(g->auth, ask, NULL) : AUTH_ALLOW;
}

/* ── authorization ── */

static void ask_of(const struct apireq_route *route, const struct auth_user *user, struct auth_ask *ask)
{
    *ask = (struct auth_ask){.user = user, .verb = route->verb_text};
    if (!route->is_resource) {
        ask->path = route->path;
        return;
    }
    ask->group = route->group;
    ask->version = route->version;
    ask->resource = route->resource;
    ask->subresource = route->subresource;
    ask->namespace = route->ns;
    ask->name = route->name;
}

/* A list or watch of one object by its name counts as being about that one, as upstream's RequestInfo has it; so a node
 * may watch the Secrets of its pods one by one. */
static void ask_of_selector(struct arena *a, const struct apireq_route *route, const struct apireq_options *o, struct auth_ask *ask)
{
    struct selector *s = NULL;
    struct str name;
    const char *why[NAME_FAULTS_MAX];
    bool reads = route->verb == APIREQ_LIST || route->verb == APIREQ_WATCH;
    if (!o || !o->field_selector.n || !route->is_resource || selector_parse_fields(a, o->field_selector, &s, NULL) < 0)
        return;
    if (str_is(route->resource, "pods"))
        (void)selector_requires(s, "spec.nodeName", &ask->node_selector);
    if (reads && !ask->name.n && selector_requires(s, "metadata.name", &name) && name_path_segment(name, why) == 0)
        ask->name = name;
}

int registry_authorize(struct registry *g, struct arena *a, const struct apireq_route *route, const struct apireq_options *o,
                       const struct auth_user *user, struct auth_wait *wait, char reason[AUTH_REASON_MAX], struct apireq_status *st)
{
    struct auth_ask ask;
    reason[0] = 0;
    if (!g->auth)
        return 0;
    ask_of(route, user, &ask);
    ask_of_selector(a, route, o, &ask);
    ask.wait = wait;
    enum auth_decision d = auth_authorize(g->auth, &ask, reason);
    if (d == AUTH_ALLOW || d == AUTH_UNDECIDED)
        return d == AUTH_ALLOW ? 0 : REGISTRY_WAITS;
    struct apireq_route named = *route;
    named.name = ask.name;
    apireq_status_forbidden(a, st, &named, user->name, str_of(reason));
    return 1;
}

int registry_policy_warnings(struct registry *g, struct arena *a, const struct value *policy, struct value *out)
{
    return intercept_warnings(g->intercept, a, policy, out);
}

/* ── life ── */

int registry_new(struct registry **out, const struct registry_options *o, struct err *err)
{
    struct registry *g = mem_alloc(sizeof(*g));
    if (!g)
        return err_raise(err, -ENOMEM, "no memory for the registry");
    g->loop = o->loop;
    g->store = o->store;
    g->auth = o->auth;
    g->event_ms = (o->event_seconds ? o->event_seconds : 3600) * 1000;
    g->enable = mem_text(o->enable ? o->enable : "", o->enable ? strlen(o->enable) : 0);
    g->lookup = (struct admit_lookup){.get = lookup_get, .each = lookup_each, .field = lookup_field, .may = lookup_may, .ctx = g};
    int r = g->enable ? 0 : err_raise(err, -ENOMEM, "no memory for the registry");
    if (r == 0)
        r = admit_choose(&g->choice, o->admit_enable, o->admit_disable, err);
    g->settings = o->admit_settings;
    if (r == 0)
        r = admit_settings_fit(g->settings, &g->choice, err);
    g->no_quota = !admit_chosen(&g->choice, "ResourceQuota");
    if (r == 0)
        r = ports_new(&g->ports, g, o, err);
    if (r == 0)
        r = cidrs_new(&g->cidrs, g, err);
    if (r == 0)
        r = crd_load(g->store, err);
    if (r == 0 && g->auth)
        r = query_feed_new(&g->feed, g->store, g->auth, err);
    if (r == 0)
        r = charges_new(&g->charges, g, err);
    if (r == 0)
        r = convert_new(&g->convert, g->loop, g->store, err);
    struct intercept_options io = {.loop = g->loop, .store = g->store, .lookup = &g->lookup, .choice = &g->choice};
    if (r == 0)
        r = intercept_new(&g->intercept, &io, err);
    if (r < 0) {
        registry_free(g);
        return r;
    }
    expire_start(g);
    *out = g;
    return 0;
}

static void registry_end(struct registry *g)
{
    mem_free(g->enable);
    mem_free(g);
}

void registry_op_over(struct registry *g)
{
    if (--g->ops == 0 && g->dying)
        registry_end(g);
}

struct registry *registry_free(struct registry *g)
{
    if (!g)
        return NULL;
    g->ops++; /* until the end of this */
    g->dying = true;
    struct convert *x = g->convert;
    g->convert = NULL;                           /* nobody asks any more */
    convert_free(x);                             /* what waits for a webhook ends here, */
    g->intercept = intercept_free(g->intercept); /* and here */
    expire_stop(g);
    g->feed = query_feed_free(g->feed);
    g->cidrs = cidrs_free(g->cidrs);
    g->ports = ports_free(g->ports);
    g->charges = charges_free(g->charges);
    crd_unload();
    registry_op_over(g);
    return NULL;
}
