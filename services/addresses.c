#include <arpa/inet.h>

#include "services/services.h"

/* Service addresses as objects (KEP-1880): each cluster IP of a Service has an IPAddress that names it, and a ServiceCIDR
 * goes only when no Service is left with an address that no other range holds.
 *
 * Here the registry gives addresses out, atomically with the Service; the IPAddress follows. Objects that people made
 * themselves (without the label managed-by) are left alone; the registry gives their addresses to nobody. */
#define BY           "ipallocator.k8s.io"
#define FAMILY_LABEL "ipaddress.kubernetes.io/ip-family"
#define BY_LABEL     "ipaddress.kubernetes.io/managed-by"
#define FINALIZER    "networking.k8s.io/service-cidr-finalizer"
#define NETWORKING   "networking.k8s.io"

/* ── IPAddresses: a key is a Service's, or '=' and an address ── */

static bool is_managed(const struct value *address)
{
    return str_is(label_of(address, BY_LABEL), BY);
}

static bool holds(const struct value *service, struct str ip)
{
    VALUE_EACH_ITEM (one, value_at(service, "spec.clusterIPs")) {
        if (str_eq(value_text(one), ip))
            return true;
    }
    return false;
}

static const struct value *parent_service(struct view *v, const struct value *address)
{
    const struct value *ref = value_at(address, "spec.parentRef");
    if (value_text_at(ref, "group").n || !str_is(value_text_at(ref, "resource"), "services"))
        return NULL;
    return view_get(v, "services", value_text_at(ref, "namespace"), value_text_at(ref, "name"));
}

static void address_create(struct view *v, struct str ns, struct str name, struct str ip)
{
    struct value *o = arena_alloc(v->mem, sizeof(*o));
    int r = o ? 0 : -ENOMEM;
    bool v6 = memchr(ip.p, ':', ip.n) != NULL;
    VALUE_SET(&r, v->mem, o, "apiVersion", value_make_text(STR("networking.k8s.io/v1")));
    VALUE_SET(&r, v->mem, o, "kind", value_make_text(STR("IPAddress")));
    VALUE_SET(&r, v->mem, o, "metadata.name", value_make_text(ip));
    VALUE_SET(&r, v->mem, o, "spec.parentRef.group", value_make_text(STR("")));
    VALUE_SET(&r, v->mem, o, "spec.parentRef.resource", value_make_text(STR("services")));
    VALUE_SET(&r, v->mem, o, "spec.parentRef.namespace", value_make_text(ns));
    VALUE_SET(&r, v->mem, o, "spec.parentRef.name", value_make_text(name));
    if (r == 0) {
        put_label(v, &r, o, FAMILY_LABEL, v6 ? STR("IPv6") : STR("IPv4"));
        put_label(v, &r, o, BY_LABEL, STR(BY));
    }
    if (r < 0)
        v->out->failed = true;
    else
        want_create(v, NETWORKING, "ipaddresses", STR_NONE, o);
}

static void address_check(struct view *v, struct str ip)
{
    const struct value *address = view_get(v, "ipaddresses", STR_NONE, ip);
    if (!address || !is_managed(address) || is_deleting(address) || holds(parent_service(v, address), ip))
        return;
    want_delete(v, view_resource(NETWORKING, "ipaddresses"), address, CLIENT_BACKGROUND);
}

void addresses_reconcile(struct view *v, struct str key)
{
    struct str ns, name;
    if (!v->synced)
        return;
    if (key.n && key.p[0] == '=') {
        address_check(v, str_from(key, 1));
        return;
    }
    view_key(key, &ns, &name);
    const struct value *service = view_get(v, "services", ns, name);
    VALUE_EACH_ITEM (one, value_at(service, "spec.clusterIPs")) {
        struct str ip = value_text(one);
        if (!ip.n || str_is(ip, "None"))
            continue;
        if (!client_cache_get(view_cache(v, "ipaddresses"), STR_NONE, ip))
            address_create(v, ns, name, ip);
        else
            address_check(v, ip); /* the last owner's: it comes again when that one has gone */
    }
}

static void add_address(struct view *v, struct str ip, void (*add)(void *ctx, struct str key), void *ctx)
{
    struct str key = arena_fmt(v->mem, "=%.*s", STR_FMT(ip));
    if (key.p && ip.n && !str_is(ip, "None"))
        add(ctx, key);
}

void map_addresses(struct view *v, struct object *old, struct object *now, void (*add)(void *ctx, struct str key), void *ctx)
{
    char scratch[512];
    struct object *o = now ? now : old;
    if (str_is(o->kind->name, "Service")) {
        add(ctx, client_key(o, scratch));
        const struct value *tree = old ? view_tree(v, old) : NULL;
        VALUE_EACH_ITEM (ip, value_at(tree, "spec.clusterIPs"))
            add_address(v, value_text(ip), add, ctx);
        return;
    }
    add_address(v, object_name(o), add, ctx);
    if (now)
        return;
    /* Somebody holds that address perhaps: its parent, or whoever came after it. */
    struct map_slot *at = NULL;
    const struct client_cache *services = view_cache(v, "services");
    for (struct object *s = client_cache_next(services, &at); s; s = client_cache_next(services, &at))
        if (holds(view_tree(v, s), object_name(o)))
            add(ctx, client_key(s, scratch));
}

/* ── ServiceCIDRs ── */

struct cidr {
    unsigned char base[16];
    bool v6;
    unsigned bits;
};

static bool address_read(struct str text, struct cidr *out)
{
    char copy[INET6_ADDRSTRLEN];
    if (!text.n || text.n >= sizeof(copy))
        return false;
    memcpy(copy, text.p, text.n);
    copy[text.n] = 0;
    *out = (struct cidr){.v6 = memchr(text.p, ':', text.n) != NULL};
    out->bits = out->v6 ? 128 : 32;
    return inet_pton(out->v6 ? AF_INET6 : AF_INET, copy, out->base) == 1;
}

static bool cidr_read(struct str text, struct cidr *out)
{
    struct str head, tail;
    int64_t bits;
    if (!str_cut(text, '/', &head, &tail) || !address_read(head, out) || str_to_int(tail, &bits) < 0 || bits < 0 || bits > out->bits)
        return false;
    out->bits = (unsigned)bits;
    return true;
}

static bool contains(const struct cidr *outer, const struct cidr *inner)
{
    if (outer->v6 != inner->v6 || outer->bits > inner->bits)
        return false;
    for (unsigned i = 0; i < outer->bits; i++)
        if (((outer->base[i / 8] ^ inner->base[i / 8]) >> (7 - i % 8)) & 1)
            return false;
    return true;
}

/* Does a range of that object hold it? */
static bool range_holds(const struct value *range, const struct cidr *what)
{
    struct cidr c;
    VALUE_EACH_ITEM (text, value_at(range, "spec.cidrs")) {
        if (cidr_read(value_text(text), &c) && contains(&c, what))
            return true;
    }
    return false;
}

static bool held_elsewhere(struct view *v, struct str but, const struct cidr *what)
{
    struct map_slot *at = NULL;
    const struct client_cache *all = view_cache(v, "servicecidrs");
    for (struct object *o = client_cache_next(all, &at); o; o = client_cache_next(all, &at))
        if (!str_eq(object_name(o), but) && !object_deleting(o) && range_holds(view_tree(v, o), what))
            return true;
    return false;
}

static bool is_needed(struct view *v, const struct value *range)
{
    struct map_slot *at = NULL;
    struct cidr ip;
    struct str own = value_text_at(range, "metadata.name");
    const struct client_cache *services = view_cache(v, "services");
    for (struct object *o = client_cache_next(services, &at); o; o = client_cache_next(services, &at)) {
        const struct value *service = view_tree(v, o);
        VALUE_EACH_ITEM (text, value_at(service, "spec.clusterIPs")) {
            if (address_read(value_text(text), &ip) && range_holds(range, &ip) && !held_elsewhere(v, own, &ip))
                return true;
        }
    }
    return false;
}

static void set_ready(struct view *v, struct value *range, const char *is, const char *reason, const char *message)
{
    struct value *status = value_at(range, "status");
    if (!status)
        status = value_put(v->mem, range, "status", value_make_map());
    if (!status)
        v->out->failed = true;
    else if (condition_set(v, status, "Ready", is, reason, message))
        want_status(v, NETWORKING, "servicecidrs", range);
}

void service_cidr_reconcile(struct view *v, struct str key)
{
    struct value *range = view_get(v, "servicecidrs", STR_NONE, key);
    if (!range || !v->synced)
        return;
    if (is_deleting(range)) {
        if (is_needed(v, range))
            set_ready(v, range, "False", "Terminating",
                      "There are still IPAddresses referencing the ServiceCIDR, please remove them or create a new ServiceCIDR");
        else if (has_finalizer(range, FINALIZER))
            want_without_finalizer(v, view_resource(NETWORKING, "servicecidrs"), range, FINALIZER);
        return;
    }
    if (has_finalizer(range, FINALIZER)) {
        set_ready(v, range, "True", "", "Kubernetes Service CIDR is ready");
        return;
    }
    struct value patch = value_make_map(), list = value_make_list();
    const struct value *had = value_at(range, "metadata.finalizers");
    int r = 0;
    VALUE_EACH_ITEM (f, had)
        if (!value_add(v->mem, &list, *f))
            r = -ENOMEM;
    if (!value_add(v->mem, &list, value_make_text(STR(FINALIZER))))
        r = -ENOMEM;
    VALUE_SET(&r, v->mem, &patch, "metadata.resourceVersion", value_make_text(value_text_at(range, "metadata.resourceVersion")));
    VALUE_SET(&r, v->mem, &patch, "metadata.finalizers", list);
    if (r < 0) {
        v->out->failed = true;
        return;
    }
    struct client_call *call = want(v, CLIENT_PATCH, NETWORKING, "servicecidrs", range);
    call->patch = CLIENT_PATCH_MERGE;
    want_body(v, call, &patch);
}

/* Ranges that wait for their end look again when a Service or another range has changed. */
void map_service_cidrs(struct view *v, struct object *old, struct object *now, void (*add)(void *ctx, struct str key), void *ctx)
{
    struct map_slot *at = NULL;
    const struct client_cache *all = view_cache(v, "servicecidrs");
    struct object *o = now ? now : old;
    if (now && str_is(o->kind->name, "ServiceCIDR"))
        add(ctx, object_name(now));
    for (o = client_cache_next(all, &at); o; o = client_cache_next(all, &at))
        if (object_deleting(o))
            add(ctx, object_name(o));
}
