/* What every cluster has from its first moment, written one after another: whatever is not there yet. */
#include "json/json.h"
#include "registry/inside.h"

struct beginning {
    struct registry *g;
    struct arena *all, *one; /* the list; the request under way */
    struct value list;
    size_t at;
    const char *address;
    int port;
    struct auth_user user;
    struct apireq_route route;
    struct apireq_options options;
    struct value tree; /* what is being written */
    bool again;        /* roleRef differs: the binding was deleted and is made anew */
    struct loop_task next;
    void (*done)(void *ctx, int r, const char *error);
    void *ctx;
};

static void step(void *ctx);

static void end(struct beginning *b, int r, const char *error)
{
    char text[ERR_TEXT_MAX];
    snprintf(text, sizeof(text), "%s", error ? error : "");
    void (*done)(void *ctx, int r, const char *error) = b->done;
    void *ctx = b->ctx;
    arena_free(b->one);
    arena_free(b->all);
    mem_free(b);
    done(ctx, r, r < 0 ? text : NULL);
}

static void written(void *ctx, const struct registry_reply *r)
{
    struct beginning *b = ctx;
    if (r->code >= 300 && r->code != 409 && r->code != 404) {
        char text[ERR_TEXT_MAX];
        snprintf(text, sizeof(text), "%.*s %.*s: %.*s", STR_FMT(b->route.resource), STR_FMT(b->route.name),
                 r->status ? (int)r->status->message.n : 0, r->status && r->status->message.p ? r->status->message.p : "");
        end(b, -EIO, text);
        return;
    }
    if (!b->again)
        b->at++;
    loop_defer(b->g->loop, &b->next, step, b);
}

static void ask(struct beginning *b, const struct schema_resource *r, enum apireq_verb verb)
{
    b->route.verb = verb;
    b->route.verb_text = str_of(apireq_verb_text(verb));
    b->options = (struct apireq_options){.manager = STR("kube-apiserver"), .validation = APIREQ_VALIDATE_IGNORE, .grace_seconds = -1};
    struct registry_request q = {
        .arena = b->one, .user = &b->user, .route = &b->route, .options = &b->options, .resource = r,
        .user_agent = STR("kube-apiserver"), .tree = verb == APIREQ_DELETE ? NULL : &b->tree,
    };
    registry_do(b->g, &q, written, b);
}

static void route_to(struct beginning *b, const struct schema_resource *r, const struct value *tree)
{
    b->route = (struct apireq_route){
        .is_resource = true, .group = r->group, .version = r->version, .resource = r->name,
        .ns = value_text_at(tree, "metadata.namespace"), .name = value_text_at(tree, "metadata.name"),
    };
}

/* One object: created, brought up to date (RBAC rules that later versions add), or left alone. */
static int settle(struct beginning *b, const struct schema_resource *r, const struct value *wanted, enum apireq_verb *verb)
{
    struct object *o = registry_get(b->g, r, b->route.ns, b->route.name);
    struct value live = {0};
    b->tree = *wanted;
    *verb = APIREQ_CREATE;
    if (!o)
        return 0;
    *verb = APIREQ_NONE;
    int e = 0;
    if (str_is(r->group, "rbac.authorization.k8s.io") && !b->again) {
        e = object_tree(b->one, o, &live, NULL);
        if (e == 0)
            e = auth_bootstrap_reconcile(b->one, wanted, &live, &b->tree);
        if (e == AUTH_CHANGED)
            *verb = APIREQ_UPDATE;
        else if (e == AUTH_RECREATE)
            *verb = APIREQ_DELETE;
    }
    object_unref(o);
    return MIN(e, 0);
}

static void step(void *ctx)
{
    struct beginning *b = ctx;
    const struct value *item = value_item(&b->list, b->at);
    b->one = arena_free(b->one);
    if (!item) {
        end(b, 0, NULL);
        return;
    }
    if (arena_new(&b->one, 16 * 1024 * 1024) < 0) {
        end(b, -ENOMEM, "no memory");
        return;
    }
    const struct value *wanted = value_get(item, STR("object"));
    struct str group = value_text_at(item, "group"), version = value_text_at(wanted, "apiVersion"), tail;
    str_cut_last(version, '/', &tail, &version);
    const struct schema_resource *r = schema_resource_find(group, group.n ? version : STR("v1"), value_text_at(item, "resource"));
    enum apireq_verb verb;
    if (!r) {
        end(b, -ENOENT, "an object every cluster begins with is of no known resource");
        return;
    }
    route_to(b, r, wanted);
    int e = settle(b, r, wanted, &verb);
    b->again = verb == APIREQ_DELETE;
    if (e < 0) {
        end(b, e, "an object every cluster begins with cannot be compared");
    } else if (verb == APIREQ_NONE) {
        b->at++;
        loop_defer(b->g->loop, &b->next, step, b);
    } else {
        ask(b, r, verb);
    }
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

static int add_kubernetes(struct beginning *b)
{
    bool v6 = strchr(b->address, ':') != NULL;
    struct str service = arena_fmt(
        b->all, "{\"apiVersion\":\"v1\",\"kind\":\"Service\",\"metadata\":{\"name\":\"kubernetes\",\"namespace\":\"default\",\"labels\":"
                "{\"component\":\"apiserver\",\"provider\":\"kubernetes\"}},\"spec\":{\"type\":\"ClusterIP\",\"clusterIP\":\"%s\","
                "\"sessionAffinity\":\"None\",\"ports\":[{\"name\":\"https\",\"protocol\":\"TCP\",\"port\":443,\"targetPort\":%d}]}}",
        ports_first(b->g), b->port);
    struct str slice = arena_fmt(
        b->all, "{\"apiVersion\":\"discovery.k8s.io/v1\",\"kind\":\"EndpointSlice\",\"metadata\":{\"name\":\"kubernetes\",\"namespace\":"
                "\"default\",\"labels\":{\"kubernetes.io/service-name\":\"kubernetes\"}},\"addressType\":\"IPv%d\",\"endpoints\":[{"
                "\"addresses\":[\"%s\"],\"conditions\":{\"ready\":true}}],\"ports\":[{\"name\":\"https\",\"port\":%d,\"protocol\":\"TCP\"}]}",
        v6 ? 6 : 4, b->address, b->port);
    struct str endpoints = arena_fmt(
        b->all, "{\"apiVersion\":\"v1\",\"kind\":\"Endpoints\",\"metadata\":{\"name\":\"kubernetes\",\"namespace\":\"default\",\"labels\":{"
                "\"endpointslice.kubernetes.io/skip-mirror\":\"true\"}},\"subsets\":[{\"addresses\":[{\"ip\":\"%s\"}],\"ports\":[{"
                "\"name\":\"https\",\"port\":%d,\"protocol\":\"TCP\"}]}]}",
        b->address, b->port);
    if (!service.p || !slice.p || !endpoints.p)
        return -ENOMEM;
    int r = add(b, "", "services", service.p);
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
    if (r == 0 && address && address[0])
        r = add_kubernetes(b);
    if (r < 0) {
        end(b, r, "no memory");
        return;
    }
    loop_defer(g->loop, &b->next, step, b);
}
