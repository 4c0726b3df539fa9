/* ServiceCIDRs and IPAddresses, as far as giving out addresses needs them; kept current by watches.
 *
 * The server's own ranges are flags, not the ServiceCIDR "kubernetes" that tells of them. Others are used while they are
 * Ready and not being deleted. An address is free when no Service and no IPAddress has it. */
#include "registry/inside.h"

#define CIDRS_MAX 256
#define OWN       "kubernetes"

struct added {
    char *name; /* of the ServiceCIDR */
    struct range range;
};

struct cidrs {
    struct registry *g;
    struct store_watch *ranges, *addresses;
    VEC(struct added) added;
};

const struct range *cidrs_next(const struct cidrs *c, size_t *at)
{
    return c && *at < c->added.n ? &c->added.p[(*at)++].range : NULL;
}

static void forget(struct cidrs *c, struct str name)
{
    size_t kept = 0;
    for (size_t i = 0; i < c->added.n; i++)
        if (str_is(name, c->added.p[i].name))
            mem_free(c->added.p[i].name);
        else
            c->added.p[kept++] = c->added.p[i];
    c->added.n = kept;
}

static bool is_usable(const struct value *tree)
{
    if (value_text_at(tree, "metadata.deletionTimestamp").n)
        return false;
    VALUE_EACH_ITEM (k, value_at(tree, "status.conditions")) {
        if (str_is(value_text_at(k, "type"), "Ready"))
            return str_is(value_text_at(k, "status"), "True");
    }
    return false;
}

static int learn_range(struct cidrs *c, const struct object *o, bool there)
{
    SCOPED(arena) mem = NULL;
    struct value tree = {0};
    struct str name = object_name(o);
    forget(c, name);
    if (!there || str_is(name, OWN))
        return 0;
    int r = arena_new(&mem, 8 * 1024 * 1024);
    if (r == 0)
        r = object_tree(mem, o, &tree, NULL);
    if (r < 0 || !is_usable(&tree))
        return r;
    VALUE_EACH_ITEM (text, value_at(&tree, "spec.cidrs")) {
        struct range range = {0};
        if (c->added.n >= CIDRS_MAX || range_parse(&range, value_text(text), NULL) < 0)
            continue; /* too small to give from, or one too many */
        char *kept = mem_text(name.p, name.n);
        struct added *a = kept ? VEC_ADD(&c->added) : NULL;
        if (!a) {
            mem_free(kept);
            return -ENOMEM;
        }
        *a = (struct added){kept, range};
    }
    return 0;
}

static int learn_address(struct cidrs *c, const struct object *o, bool there)
{
    return ports_note(c->g->ports, object_name(o), there);
}

/* Without memory a range is not used, or an address may be given twice until the next start. */
static void hear(struct cidrs *c, struct store_watch *w, int (*learn)(struct cidrs *c, const struct object *o, bool there))
{
    const struct store_event *e;
    while ((e = store_watch_next(w)) != NULL)
        (void)!learn(c, e->type == STORE_PUT ? e->object : e->previous, e->type == STORE_PUT);
}

static void wake(void *ctx)
{
    struct cidrs *c = ctx;
    hear(c, c->ranges, learn_range);
    hear(c, c->addresses, learn_address);
}

static int load(struct cidrs *c, const char *resource, struct store_watch **watch, int (*learn)(struct cidrs *c, const struct object *o, bool there))
{
    const struct schema_resource *res = schema_resource_find(STR("networking.k8s.io"), STR("v1"), str_of(resource));
    SCOPED(arena) mem = NULL;
    struct str prefix;
    struct store_cursor at;
    struct object *o;
    int r = arena_new(&mem, 4096);
    if (r == 0)
        r = res ? query_prefix(mem, res, STR_NONE, &prefix) : -ENOENT;
    struct store_snapshot *v = r == 0 ? store_snapshot(c->g->store) : NULL;
    if (!v)
        return r < 0 ? r : -ENOMEM;
    r = store_watch_new(watch, c->g->store, prefix, store_snapshot_revision(v), wake, c);
    store_cursor_start(&at, v, prefix, prefix);
    while (r == 0 && (o = store_cursor_next(&at)) != NULL)
        r = learn(c, o, true);
    store_snapshot_unref(v);
    return r > 0 ? -EAGAIN : r;
}

int cidrs_new(struct cidrs **out, struct registry *g, struct err *err)
{
    struct cidrs *c = mem_alloc(sizeof(*c));
    if (!c)
        return err_raise(err, -ENOMEM, "no memory for the Services' ranges");
    c->g = g;
    int r = load(c, "servicecidrs", &c->ranges, learn_range);
    if (r == 0)
        r = load(c, "ipaddresses", &c->addresses, learn_address);
    if (r < 0) {
        cidrs_free(c);
        return err_raise(err, r, "cannot read the ServiceCIDRs and IPAddresses");
    }
    wake(c);
    *out = c;
    return 0;
}

struct cidrs *cidrs_free(struct cidrs *c)
{
    if (!c)
        return NULL;
    store_watch_free(c->ranges);
    store_watch_free(c->addresses);
    for (size_t i = 0; i < c->added.n; i++)
        mem_free(c->added.p[i].name);
    VEC_DONE(&c->added);
    return mem_free(c);
}
