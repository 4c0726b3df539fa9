/* What every cluster has from its first moment: whatever is not there yet is
 * written. Namespaces come first; everything else goes at once, so that one or
 * two commits of the store carry all of it. */
#include "flow/flow.h"
#include "json/json.h"
#include "registry/inside.h"

struct beginning {
    struct registry *g;
    struct arena *all;
    struct value list;
    size_t at; /* the next item to be looked at */
    size_t under_way;
    const char *address;
    int port;
    struct auth_user user;
    int failed;
    char error[ERR_TEXT_MAX]; /* of the first failure */
    struct loop_task next;
    void (*done)(void *ctx, int r, const char *error);
    void *ctx;
};

struct errand { /* one object on its way */
    struct beginning *b;
    struct arena *mem;
    const struct value *wanted;
    struct apireq_route route;
    struct apireq_options options;
    struct value tree; /* what is being written */
    bool again;        /* roleRef differs: the binding was deleted and is made anew */
    struct loop_task task;
};

static void step(void *ctx);
static void run(void *ctx);

static void end(struct beginning *b)
{
    arena_free(b->all);
    b->done(b->ctx, b->failed, b->failed < 0 ? b->error : NULL);
    mem_free(b);
}

static void fail(struct beginning *b, int r, const char *error)
{
    if (b->failed == 0) {
        b->failed = r;
        snprintf(b->error, sizeof(b->error), "%s", error);
    }
}

static void errand_over(struct errand *e)
{
    struct beginning *b = e->b;
    arena_free(e->mem);
    mem_free(e);
    if (--b->under_way == 0)
        loop_defer(b->g->loop, &b->next, step, b);
}

static void drop(void *ctx)
{
    errand_over(ctx);
}

static void written(void *ctx, const struct registry_reply *r)
{
    struct errand *e = ctx;
    if (r->code >= 300 && r->code != 409 && r->code != 404) {
        char text[ERR_TEXT_MAX];
        snprintf(text, sizeof(text), "%.*s %.*s: %.*s", STR_FMT(e->route.resource), STR_FMT(e->route.name), r->status ? (int)r->status->message.n : 0,
                 r->status && r->status->message.p ? r->status->message.p : "");
        fail(e->b, -EIO, text);
        e->again = false;
    }
    /* Not from here: the reply's owner still uses the arena. */
    loop_defer(e->b->g->loop, &e->task, e->again ? run : drop, e);
}

static void ask(struct errand *e, const struct schema_resource *r, enum apireq_verb verb)
{
    e->route.verb = verb;
    e->route.verb_text = str_of(apireq_verb_text(verb));
    e->options = (struct apireq_options){.manager = STR("kube-apiserver"), .validation = APIREQ_VALIDATE_IGNORE, .grace_seconds = -1};
    struct registry_request q = {
        .arena = e->mem,
        .user = &e->b->user,
        .route = &e->route,
        .options = &e->options,
        .resource = r,
        .user_agent = STR("kube-apiserver"),
        .tree = verb == APIREQ_DELETE ? NULL : &e->tree,
    };
    registry_do(e->b->g, &q, written, e);
}

static void route_to(struct errand *e, const struct schema_resource *r, const struct value *tree)
{
    e->route = (struct apireq_route){
        .is_resource = true,
        .group = r->group,
        .version = r->version,
        .resource = r->name,
        .ns = value_text_at(tree, "metadata.namespace"),
        .name = value_text_at(tree, "metadata.name"),
    };
}

static struct str first_address(const struct value *tree)
{
    struct str ip = value_text(value_item(value_at(value_item(value_at(tree, "endpoints"), 0), "addresses"), 0));
    return ip.n ? ip : value_text_at(value_item(value_at(value_item(value_at(tree, "subsets"), 0), "addresses"), 0), "ip");
}

static int64_t first_port(const struct value *tree)
{
    const struct value *subset = value_item(value_at(tree, "subsets"), 0);
    return value_int_at(value_item(value_at(subset ? subset : tree, "ports"), 0), "port", 0);
}

static bool leads_elsewhere(const struct value *wanted, const struct value *live)
{
    return !str_eq(first_address(wanted), first_address(live)) || first_port(wanted) != first_port(live);
}

/* One object: created, brought up to date (RBAC rules that later versions add), or left alone. */
static int settle(struct errand *e, const struct schema_resource *r, const struct value *wanted, enum apireq_verb *verb)
{
    struct object *o = registry_get(e->b->g, r, e->route.ns, e->route.name);
    struct value live = {0};
    e->tree = *wanted;
    *verb = APIREQ_CREATE;
    if (!o)
        return 0;
    *verb = APIREQ_NONE;
    int rc = 0;
    if (str_is(r->group, "rbac.authorization.k8s.io") && !e->again) {
        rc = object_tree(e->mem, o, &live, NULL);
        if (rc == 0)
            rc = auth_bootstrap_reconcile(e->mem, wanted, &live, &e->tree);
        if (rc == AUTH_CHANGED)
            *verb = APIREQ_UPDATE;
        else if (rc == AUTH_RECREATE)
            *verb = APIREQ_DELETE;
    }
    if (str_is(r->group, FLOW_GROUP)) {
        rc = object_tree(e->mem, o, &live, NULL);
        if (rc == 0)
            rc = flow_revise(e->mem, flow_is_mandatory(r->name, e->route.name), wanted, &live, &e->tree);
        if (rc == FLOW_CHANGED)
            *verb = APIREQ_UPDATE;
    }
    if (str_is(r->name, "endpoints") || str_is(r->name, "endpointslices")) { /* the server may have moved */
        rc = object_tree(e->mem, o, &live, NULL);
        if (rc == 0 && leads_elsewhere(wanted, &live))
            *verb = APIREQ_UPDATE;
    }
    object_unref(o);
    return MIN(rc, 0);
}

static void run(void *ctx)
{
    struct errand *e = ctx;
    const struct value *wanted = value_get(e->wanted, STR("object"));
    struct str group = value_text_at(e->wanted, "group"), version = value_text_at(wanted, "apiVersion"), tail;
    str_cut_last(version, '/', &tail, &version);
    const struct schema_resource *r = schema_resource_find(group, group.n ? version : STR("v1"), value_text_at(e->wanted, "resource"));
    enum apireq_verb verb = APIREQ_NONE;
    int rc = r ? 0 : -ENOENT;
    if (r) {
        route_to(e, r, wanted);
        rc = settle(e, r, wanted, &verb);
    }
    e->again = verb == APIREQ_DELETE;
    if (rc < 0)
        fail(e->b, rc, r ? "an object every cluster begins with cannot be compared" : "an object every cluster begins with is of no known resource");
    if (rc < 0 || verb == APIREQ_NONE)
        errand_over(e);
    else
        ask(e, r, verb);
}

static int send_one(struct beginning *b, const struct value *item)
{
    struct errand *e = mem_alloc(sizeof(*e));
    if (!e || arena_new(&e->mem, 16 * 1024 * 1024) < 0) {
        mem_free(e);
        return -ENOMEM;
    }
    e->b = b;
    e->wanted = item;
    loop_defer(b->g->loop, &e->task, run, e);
    b->under_way++;
    return 0;
}

static bool is_namespace(const struct value *item)
{
    return str_is(value_text_at(item, "resource"), "namespaces");
}

static void step(void *ctx)
{
    struct beginning *b = ctx;
    const struct value *item = value_item(&b->list, b->at);
    if (!item || b->failed < 0) {
        end(b);
        return;
    }
    bool spaces = is_namespace(item);
    for (; item && is_namespace(item) == spaces && b->failed == 0; item = value_item(&b->list, ++b->at))
        if (send_one(b, item) < 0)
            fail(b, -ENOMEM, "no memory");
    if (b->under_way == 0)
        loop_defer(b->g->loop, &b->next, step, b);
}

/* ── the Service kubernetes, and where it leads ── */

static int add(struct beginning *b, const char *group, const char *resource, const char *json)
{
    struct value item = value_make_map(), tree = {0};
    int r = json_parse(b->all, str_of(json), &tree, NULL);
    VALUE_SET(&r, b->all, &item, "group", value_make_text(str_of(group)));
    VALUE_SET(&r, b->all, &item, "resource", value_make_text(str_of(resource)));
    if (r == 0 && !value_set(b->all, &item, STR("object"), tree))
        r = -ENOMEM;
    return r < 0 ? r : value_add(b->all, &b->list, item) ? 0 : -ENOMEM;
}

static bool reachable(const char *address)
{
    struct str s = str_of(address);
    return !str_starts(s, STR("127.")) && !str_is(s, "::1") && !str_is(s, "0.0.0.0") && !str_is(s, "::");
}

/* The ranges this server gives addresses from, for who reads them. */
static int add_ranges(struct beginning *b)
{
    char one[INET6_ADDRSTRLEN + 4], two[INET6_ADDRSTRLEN + 4];
    if (!ports_range(b->g, 0, one))
        return 0;
    bool dual = ports_range(b->g, 1, two);
    struct str text = arena_fmt(b->all,
                                "{\"apiVersion\":\"networking.k8s.io/v1\",\"kind\":\"ServiceCIDR\",\"metadata\":{\"name\":\"kubernetes\","
                                "\"finalizers\":[\"networking.k8s.io/service-cidr-finalizer\"]},\"spec\":{\"cidrs\":[\"%s\"%s%s%s]}}",
                                one, dual ? ",\"" : "", dual ? two : "", dual ? "\"" : "");
    return text.p ? add(b, "networking.k8s.io", "servicecidrs", text.p) : -ENOMEM;
}

static int add_kubernetes(struct beginning *b)
{
    bool v6 = strchr(b->address, ':') != NULL;
    struct str service =
        arena_fmt(b->all,
                  "{\"apiVersion\":\"v1\",\"kind\":\"Service\",\"metadata\":{\"name\":\"kubernetes\",\"namespace\":\"default\",\"labels\":"
                  "{\"component\":\"apiserver\",\"provider\":\"kubernetes\"}},\"spec\":{\"type\":\"ClusterIP\",\"clusterIP\":\"%s\","
                  "\"sessionAffinity\":\"None\",\"ports\":[{\"name\":\"https\",\"protocol\":\"TCP\",\"port\":443,\"targetPort\":%d}]}}",
                  ports_first(b->g), b->port);
    struct str slice =
        arena_fmt(b->all,
                  "{\"apiVersion\":\"discovery.k8s.io/v1\",\"kind\":\"EndpointSlice\",\"metadata\":{\"name\":\"kubernetes\",\"namespace\":"
                  "\"default\",\"labels\":{\"kubernetes.io/service-name\":\"kubernetes\"}},\"addressType\":\"IPv%d\",\"endpoints\":[{"
                  "\"addresses\":[\"%s\"],\"conditions\":{\"ready\":true}}],\"ports\":[{\"name\":\"https\",\"port\":%d,\"protocol\":\"TCP\"}]}",
                  v6 ? 6 : 4, b->address, b->port);
    struct str endpoints =
        arena_fmt(b->all,
                  "{\"apiVersion\":\"v1\",\"kind\":\"Endpoints\",\"metadata\":{\"name\":\"kubernetes\",\"namespace\":\"default\",\"labels\":{"
                  "\"endpointslice.kubernetes.io/skip-mirror\":\"true\"}},\"subsets\":[{\"addresses\":[{\"ip\":\"%s\"}],\"ports\":[{"
                  "\"name\":\"https\",\"port\":%d,\"protocol\":\"TCP\"}]}]}",
                  b->address, b->port);
    if (!service.p || !slice.p || !endpoints.p)
        return -ENOMEM;
    int r = add(b, "", "services", service.p);
    if (!reachable(b->address)) /* no pod could use them */
        return r;
    if (r == 0)
        r = add(b, "discovery.k8s.io", "endpointslices", slice.p);
    return r < 0 ? r : add(b, "", "endpoints", endpoints.p);
}

void registry_bootstrap(struct registry *g, const char *address, int port, void (*done)(void *ctx, int r, const char *error), void *ctx)
{
    static struct str masters[] = {STR_INIT("system:masters"), STR_INIT("system:authenticated")};
    struct beginning *b = mem_alloc(sizeof(*b));
    if (!b) {
        done(ctx, -ENOMEM, "no memory");
        return;
    }
    *b = (struct beginning){.g = g, .address = address, .port = port, .done = done, .ctx = ctx};
    b->user = (struct auth_user){.name = STR("system:apiserver"), .groups = masters, .n_groups = ARRAY_LEN(masters)};
    int r = arena_new(&b->all, 32 * 1024 * 1024);
    if (r == 0)
        r = auth_bootstrap_objects(b->all, &b->list);
    if (r == 0)
        r = flow_defaults(b->all, &b->list);
    if (r == 0)
        r = add_ranges(b);
    if (r == 0 && address && address[0])
        r = add_kubernetes(b);
    if (r < 0)
        fail(b, r, "no memory");
    loop_defer(g->loop, &b->next, step, b);
}
