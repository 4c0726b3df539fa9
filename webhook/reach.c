/* From a Service to an address that answers for it. */
#include "object/object.h"
#include "os/os.h"
#include "query/query.h"
#include "schema/schema.h"
#include "webhook/inside.h"

#define REACH_MEMORY ((size_t)16 << 20)

struct candidates {
    const struct address *before;
    struct address chosen;
    uint64_t seen;
    bool kept; /* `before` is among them */
};

static void offer(struct candidates *c, struct str ip, int port)
{
    struct address a = {.port = port};
    if (!ip.n || ip.n >= sizeof(a.host) || port <= 0)
        return;
    memcpy(a.host, ip.p, ip.n);
    bool same = c->before && c->before->port == port && !strcmp(c->before->host, a.host);
    uint64_t dice = 0;
    if (os_random(&dice, sizeof(dice)) < 0)
        dice = 1;                                    /* the first one then */
    if (same || (!c->kept && dice % ++c->seen == 0)) /* each of n with 1/n */
        c->chosen = a;
    c->kept |= same;
}

static void offer_slice(struct candidates *c, const struct value *slice, struct str port_name)
{
    int64_t port = 0;
    VALUE_EACH_ITEM (p, value_at(slice, "ports")) {
        if (str_eq(value_text_at(p, "name"), port_name))
            port = value_int_at(p, "port", 0);
    }
    if (port <= 0 || str_is(value_text_at(slice, "addressType"), "FQDN"))
        return;
    VALUE_EACH_ITEM (e, value_at(slice, "endpoints")) {
        if (value_bool_at(e, "conditions.ready", true))
            offer(c, value_text(value_item(value_at(e, "addresses"), 0)), (int)port);
    }
}

static int walk_slices(struct arena *a, struct store_snapshot *v, struct str ns, struct str service, struct str port_name, struct candidates *c)
{
    const struct schema_resource *r = schema_resource_find(STR("discovery.k8s.io"), STR("v1"), STR("endpointslices"));
    struct store_cursor cursor;
    struct object *o;
    struct str prefix, owner;
    int e = query_prefix(a, r, ns, &prefix);
    if (e < 0)
        return e;
    store_cursor_start(&cursor, v, prefix, prefix);
    while (e == 0 && (o = store_cursor_next(&cursor)) != NULL) {
        struct value tree = {0};
        if (!object_label(o, STR("kubernetes.io/service-name"), &owner) || !str_eq(owner, service))
            continue;
        e = object_tree(a, o, &tree, NULL);
        if (e == 0)
            offer_slice(c, &tree, port_name);
    }
    return e;
}

static const struct value *find_port(const struct value *service, int port)
{
    VALUE_EACH_ITEM (p, value_at(service, "spec.ports")) {
        if (value_int_at(p, "port", 0) == port)
            return p;
    }
    return NULL;
}

static int reach(struct arena *a, struct store_snapshot *v, struct str ns, struct str name, int port, struct candidates *c, struct err *err)
{
    const struct schema_resource *r = schema_resource_find(STR(""), STR("v1"), STR("services"));
    struct value service = {0};
    struct str key;
    int e = query_key(a, r, ns, name, &key);
    struct object *o = e == 0 ? store_snapshot_get(v, key) : NULL;
    if (e == 0 && !o)
        return err_raise(err, -ENOENT, "service \"%.*s\" not found", STR_FMT(name));
    if (e == 0)
        e = object_tree(a, o, &service, NULL);
    if (e < 0)
        return err_raise(err, e, "no memory to find service \"%.*s\"", STR_FMT(name));
    if (str_is(value_text_at(&service, "spec.type"), "ExternalName")) {
        offer(c, value_text_at(&service, "spec.externalName"), port);
        return 0;
    }
    const struct value *p = find_port(&service, port);
    if (!p)
        return err_raise(err, -ENOENT, "no service port %d found for service \"%.*s\"", port, STR_FMT(name));
    e = walk_slices(a, v, ns, name, value_text_at(p, "name"), c);
    return e < 0 ? err_raise(err, e, "no memory to find service \"%.*s\"", STR_FMT(name)) : 0;
}

int reach_service(struct store *store, struct str ns, struct str name, int port, const struct address *before, struct address *out, struct err *err)
{
    SCOPED(arena) mem = NULL;
    struct candidates c = {.before = before};
    int r = arena_new(&mem, REACH_MEMORY);
    struct store_snapshot *v = r == 0 ? store_snapshot(store) : NULL;
    if (!v)
        return err_raise(err, -ENOMEM, "no memory to find service \"%.*s\"", STR_FMT(name));
    r = reach(mem, v, ns, name, port, &c, err);
    store_snapshot_unref(v);
    if (r == 0 && !c.chosen.port)
        r = err_raise(err, -ENOENT, "no endpoints available for service \"%.*s\"", STR_FMT(name));
    *out = c.chosen;
    return r;
}

int webhook_reach(struct store *store, struct str ns, struct str service, int port, char *host, size_t host_size, int *host_port, struct err *err)
{
    struct address at = {.port = 0}, before = {.port = *host_port};
    snprintf(before.host, sizeof(before.host), "%s", host);
    int r = reach_service(store, ns, service, port, before.port ? &before : NULL, &at, err);
    if (r < 0)
        return r;
    snprintf(host, host_size, "%s", at.host);
    *host_port = at.port;
    return 0;
}
