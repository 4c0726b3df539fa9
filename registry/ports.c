/* Cluster IPs and node ports: which are in use, and which a Service gets.
 *
 * The set of those in use is kept in memory: read from the stored Services at
 * start, kept current by a watch, and by reservations of writes under way.
 * Automatic cluster IPs come from the upper part of the range, so that fixed
 * ones chosen from the lower part (up to 256 addresses) seldom collide (KEP-3070). */
#include <arpa/inet.h>

#include "os/os.h"
#include "registry/inside.h"

struct taken {
    struct str owner;               /* "ns/name" */
    char key[INET6_ADDRSTRLEN + 8]; /* an address, or "port/30080" */
};

struct ports {
    struct registry *g;
    struct range ranges[2];
    int first, last;
    struct map used; /* key → struct taken */
    struct store_watch *watch;
    uint64_t seed;
    char first_ip[INET6_ADDRSTRLEN];
};

#define RANGE_MOST (1u << 20)

/* ── the set ── */

static struct taken *taken_get(const struct ports *p, struct str key)
{
    return map_get(&p->used, key);
}

static int take(struct ports *p, struct str key, struct str owner)
{
    if (key.n >= sizeof(((struct taken *)0)->key) || taken_get(p, key))
        return 0;
    struct taken *t = mem_alloc(sizeof(*t) + owner.n + 1);
    if (!t)
        return -ENOMEM;
    char *text = (char *)(t + 1);
    memcpy(t->key, key.p, key.n);
    memcpy(text, owner.p ? owner.p : "", owner.n);
    t->owner = str_make(text, owner.n);
    int r = map_put(&p->used, str_make(t->key, key.n), t);
    if (r < 0)
        mem_free(t);
    return r;
}

static void release(struct ports *p, struct str key, struct str owner)
{
    struct taken *t = taken_get(p, key);
    if (!t || !str_eq(t->owner, owner))
        return;
    map_del(&p->used, key);
    mem_free(t);
}

static struct str port_key(char out[32], int64_t port, struct str protocol)
{
    /* TCP and UDP have ports of their own */
    int n = snprintf(out, 32, "%.*s/%lld", (int)MIN(protocol.n ? protocol.n : 3, (size_t)8), protocol.n ? protocol.p : "TCP", (long long)port);
    return str_make(out, (size_t)n);
}

static bool is_address(struct str s)
{
    return s.n && !str_is(s, "None");
}

/* Calls fn for each thing a Service holds. */
static int each_held(const struct value *service, struct ports *p, struct str owner, int (*fn)(struct ports *p, struct str key, struct str owner))
{
    char text[32];
    int r = 0;
    struct str ip = value_text_at(service, "spec.clusterIP");
    int64_t health = value_int_at(service, "spec.healthCheckNodePort", 0);
    if (is_address(ip))
        r = fn(p, ip, owner);
    VALUE_EACH_ITEM (more, value_at(service, "spec.clusterIPs")) {
        if (r == 0 && is_address(value_text(more)))
            r = fn(p, value_text(more), owner);
    }
    VALUE_EACH_ITEM (port, value_at(service, "spec.ports")) {
        int64_t n = value_int_at(port, "nodePort", 0);
        if (r == 0 && n)
            r = fn(p, port_key(text, n, value_text_at(port, "protocol")), owner);
    }
    if (r == 0 && health)
        r = fn(p, port_key(text, health, STR("TCP")), owner);
    return r;
}

static int release_fn(struct ports *p, struct str key, struct str owner)
{
    release(p, key, owner);
    return 0;
}

/* No Service has this name. What a Service holds already stays its own. */
#define NOBODY STR("/")

int ports_note(struct ports *p, struct str ip, bool there)
{
    if (there)
        return take(p, ip, NOBODY);
    release(p, ip, NOBODY);
    return 0;
}

static struct str owner_of(const struct object *o, char out[512])
{
    int n = snprintf(out, 512, "%.*s/%.*s", STR_FMT(object_namespace(o)), STR_FMT(object_name(o)));
    return str_make(out, (size_t)MIN(n, 511));
}

static int learn(struct ports *p, const struct object *o, bool there)
{
    SCOPED(arena) mem = NULL;
    struct value tree = {0};
    char owner[512];
    int r = arena_new(&mem, 8 * 1024 * 1024);
    if (r == 0)
        r = object_tree(mem, o, &tree, NULL);
    return r < 0 ? r : each_held(&tree, p, owner_of(o, owner), there ? take : release_fn);
}

static void wake(void *ctx)
{
    struct ports *p = ctx;
    const struct store_event *e;
    while ((e = store_watch_next(p->watch)) != NULL) {
        if (e->previous)
            (void)learn(p, e->previous, false);
        if (e->type == STORE_PUT && learn(p, e->object, true) < 0)
            continue; /* without memory an address may be given twice: validation of the next start reports it */
    }
}

/* ── ranges ── */

int range_parse(struct range *r, struct str cidr, struct err *err)
{
    struct str head, tail;
    char text[INET6_ADDRSTRLEN];
    int64_t bits;
    if (!str_cut(cidr, '/', &head, &tail) || head.n >= sizeof(text) || str_to_int(tail, &bits) < 0)
        return err_raise(err, -EINVAL, "service range \"%.*s\": not address/length", STR_FMT(cidr));
    memcpy(text, head.p, head.n);
    text[head.n] = 0;
    r->v6 = memchr(text, ':', head.n) != NULL;
    int width = r->v6 ? 128 : 32;
    if (inet_pton(r->v6 ? AF_INET6 : AF_INET, text, r->base) != 1 || bits < 8 || bits > width - 2)
        return err_raise(err, -EINVAL, "service range \"%.*s\": not an address range", STR_FMT(cidr));
    r->bits = (unsigned)bits;
    r->size = width - bits >= 20 ? RANGE_MOST : 1ull << (width - bits);
    r->set = true;
    return 0;
}

static void range_print(const struct range *r, uint64_t at, char out[INET6_ADDRSTRLEN])
{
    unsigned char ip[16];
    memcpy(ip, r->base, sizeof(ip));
    size_t n = r->v6 ? 16 : 4;
    for (size_t i = 0; i < n && at; i++) { /* add from the last byte on */
        uint64_t sum = ip[n - 1 - i] + (at & 0xff);
        ip[n - 1 - i] = (unsigned char)sum;
        at = (at >> 8) + (sum >> 8);
    }
    inet_ntop(r->v6 ? AF_INET6 : AF_INET, ip, out, INET6_ADDRSTRLEN);
}

bool range_holds(const struct range *r, struct str ip)
{
    unsigned char b[16] = {0};
    char text[INET6_ADDRSTRLEN];
    if (!r->set || ip.n >= sizeof(text))
        return false;
    memcpy(text, ip.p, ip.n);
    text[ip.n] = 0;
    if (inet_pton(r->v6 ? AF_INET6 : AF_INET, text, b) != 1)
        return false;
    for (unsigned i = 0; i < r->bits; i++)
        if (((b[i / 8] ^ r->base[i / 8]) >> (7 - i % 8)) & 1)
            return false;
    return true;
}

static uint64_t next_random(struct ports *p)
{
    p->seed = p->seed * 6364136223846793005ull + 1442695040888963407ull;
    return p->seed >> 33;
}

const char *ports_first(const struct registry *g)
{
    range_print(&g->ports->ranges[0], 1, g->ports->first_ip);
    return g->ports->first_ip;
}

bool ports_range(const struct registry *g, size_t which, char out[INET6_ADDRSTRLEN + 4])
{
    const struct range *r = &g->ports->ranges[which];
    char base[INET6_ADDRSTRLEN];
    if (which >= ARRAY_LEN(g->ports->ranges) || !r->set)
        return false;
    range_print(r, 0, base);
    snprintf(out, INET6_ADDRSTRLEN + 4, "%s/%u", base, r->bits);
    return true;
}

/* ── giving ── */

static int fault(struct op *op, enum fault_type type, const char *path, struct str bad, const char *why)
{
    struct faults f;
    struct value v = value_make_text(bad);
    faults_init(&f, op->a);
    fault_add(&f, type, path, bad.n ? &v : NULL, "%s", why);
    apireq_status_invalid(op->a, &op->st, STR(""), STR("Service"), op->name, &f);
    op_status(op);
    return 1;
}

static int hold(struct op *op, struct str key)
{
    struct str owner = arena_fmt(op->a, "%.*s/%.*s", STR_FMT(op->ns), STR_FMT(op->name));
    if (!owner.p || take(op->g->ports, key, owner) < 0) {
        op_fail(op, -ENOMEM, NULL);
        return 1;
    }
    op->reserved = owner;
    return 0;
}

static bool mine(const struct op *op, struct str key, bool *free_)
{
    const struct taken *t = taken_get(op->g->ports, key);
    char owner[512];
    int n = snprintf(owner, sizeof(owner), "%.*s/%.*s", STR_FMT(op->ns), STR_FMT(op->name));
    *free_ = t == NULL;
    return t && str_eq(t->owner, str_make(owner, (size_t)MIN(n, 511)));
}

static int pick_ip(struct op *op, const struct range *r, struct str *out)
{
    struct ports *p = op->g->ports;
    char text[INET6_ADDRSTRLEN];
    uint64_t usable = r->size - 2, low = MIN(MAX(usable / 16, 16), 256);
    if (low >= usable)
        low = 0;
    uint64_t start = next_random(p);
    for (int part = 0; part < 2; part++) { /* the upper part, then the lower */
        uint64_t from = part ? 1 : 1 + low, n = part ? low : usable - low;
        for (uint64_t i = 0; i < n; i++) {
            range_print(r, from + (start + i) % n, text);
            if (taken_get(p, str_of(text)))
                continue;
            return arena_str(op->a, str_of(text), out);
        }
    }
    return -ENOSPC;
}

static bool in_range(const struct registry *g, struct str ip)
{
    const struct range *r;
    size_t at = 0;
    if (range_holds(&g->ports->ranges[0], ip) || range_holds(&g->ports->ranges[1], ip))
        return true;
    while ((r = cidrs_next(g->cidrs, &at)) != NULL)
        if (range_holds(r, ip))
            return true;
    return false;
}

/* From the server's own range of that family, then from those that were added. */
static int pick_any_ip(struct op *op, const struct range *own, struct str *out)
{
    const struct range *r;
    size_t at = 0;
    int e = pick_ip(op, own, out);
    while (e == -ENOSPC && (r = cidrs_next(op->g->cidrs, &at)) != NULL)
        if (r->v6 == own->v6)
            e = pick_ip(op, r, out);
    return e;
}

static int fixed_ip(struct op *op, struct str ip)
{
    bool free_;
    if (mine(op, ip, &free_))
        return 0;
    if (!in_range(op->g, ip))
        return fault(op, FAULT_INVALID, "spec.clusterIPs", ip, "failed to allocate IP: the provided network does not match the current range");
    if (!free_)
        return fault(op, FAULT_INVALID, "spec.clusterIPs", ip, "failed to allocate IP: provided IP is already allocated");
    return hold(op, ip);
}

static const struct range *range_of(const struct ports *p, struct str family)
{
    bool v6 = str_is(family, "IPv6");
    for (size_t i = 0; i < 2; i++)
        if (p->ranges[i].set && p->ranges[i].v6 == v6)
            return &p->ranges[i];
    return NULL;
}

bool ports_has_family(const struct registry *g, struct str family)
{
    return range_of(g->ports, family) != NULL;
}

bool ports_dual(const struct registry *g)
{
    return g->ports->ranges[1].set;
}

struct str ports_family(const struct registry *g)
{
    return g->ports->ranges[0].v6 ? STR("IPv6") : STR("IPv4");
}

static int give_ips(struct op *op, struct value *spec)
{
    struct str ip = value_text_at(spec, "clusterIP");
    struct value given = value_make_list();
    if (families_settle(op, spec))
        return 1;
    const struct value *families = value_get(spec, STR("ipFamilies"));
    bool headless = str_is(ip, "None") || str_is(value_text(value_item(value_get(spec, STR("clusterIPs")), 0)), "None");
    if (headless) {
        ip = STR("None");
        if (!value_add(op->a, &given, value_make_text(ip)))
            return op_fail(op, -ENOMEM, NULL), 1;
    }
    for (size_t i = 0; !headless && i < value_count(families); i++) {
        struct str one = value_text(value_item(value_get(spec, STR("clusterIPs")), i));
        struct str family = value_text(value_item(families, i));
        if (!one.n && i == 0)
            one = ip;
        const struct range *r = range_of(op->g->ports, family);
        if (!r)
            return fault(op, FAULT_INVALID, "spec.ipFamilies[0]", family, "not configured on this cluster");
        if (one.n) {
            if (fixed_ip(op, one))
                return 1;
        } else {
            int e = pick_any_ip(op, r, &one);
            if (e == -ENOSPC) {
                apireq_status_internal(op->a, &op->st, "failed to allocate a serviceIP: range is full");
                op_status(op);
                return 1;
            }
            if (e < 0)
                return op_fail(op, e, NULL), 1;
            if (hold(op, one))
                return 1;
        }
        if (!value_add(op->a, &given, value_make_text(one)))
            return op_fail(op, -ENOMEM, NULL), 1;
    }
    ip = value_text(value_item(&given, 0));
    if (!value_set(op->a, spec, STR("clusterIP"), value_make_text(ip)) || !value_set(op->a, spec, STR("clusterIPs"), given))
        return op_fail(op, -ENOMEM, NULL), 1;
    return 0;
}

static int pick_port(struct op *op, struct str protocol, int64_t *out)
{
    struct ports *p = op->g->ports;
    int n = p->last - p->first + 1;
    uint64_t start = next_random(p);
    char text[32];
    for (int i = 0; i < n; i++) {
        int64_t port = p->first + (int64_t)((start + (uint64_t)i) % (uint64_t)n);
        if (!taken_get(p, port_key(text, port, protocol))) {
            *out = port;
            return 0;
        }
    }
    return -ENOSPC;
}

/* The node port an equal port of the old Service had: an update that leaves it out keeps it. */
static int64_t old_port(const struct op *op, const struct value *port)
{
    if (!op->old)
        return 0;
    VALUE_EACH_ITEM (was, value_at(&op->old_tree, "spec.ports")) {
        if (value_int_at(was, "port", 0) == value_int_at(port, "port", 0) && str_eq(value_text_at(was, "protocol"), value_text_at(port, "protocol")))
            return value_int_at(was, "nodePort", 0);
    }
    return 0;
}

static int invalid_port(struct op *op, const char *path, int64_t n, const char *why)
{
    struct faults f;
    struct value v = value_make_int(n);
    faults_init(&f, op->a);
    fault_add(&f, FAULT_INVALID, path, &v, "%s", why);
    apireq_status_invalid(op->a, &op->st, STR(""), STR("Service"), op->name, &f);
    op_status(op);
    return 1;
}

/* *n as it was asked for, or any when it is 0. */
static int hold_port(struct op *op, int64_t *n, struct str protocol, const char *path)
{
    struct ports *p = op->g->ports;
    char text[32], why[96];
    bool free_ = false;
    if (*n) {
        struct str key = port_key(text, *n, protocol);
        if (mine(op, key, &free_))
            return 0;
        if (*n < p->first || *n > p->last) {
            snprintf(why, sizeof(why), "provided port is not in the valid range. The range of valid ports is %d-%d", p->first, p->last);
            return invalid_port(op, path, *n, why);
        }
        return free_ ? hold(op, key) : invalid_port(op, path, *n, "provided port is already allocated");
    }
    if (pick_port(op, protocol, n) < 0) {
        apireq_status_internal(op->a, &op->st, "failed to allocate a nodePort: range is full");
        op_status(op);
        return 1;
    }
    return hold(op, port_key(text, *n, protocol));
}

static int give_port(struct op *op, struct value *port, size_t i)
{
    int64_t n = value_int_at(port, "nodePort", 0);
    char path[64];
    if (!n)
        n = old_port(op, port);
    snprintf(path, sizeof(path), "spec.ports[%zu].nodePort", i);
    if (hold_port(op, &n, value_text_at(port, "protocol"), path))
        return 1;
    if (!value_set(op->a, port, STR("nodePort"), value_make_int(n)))
        return op_fail(op, -ENOMEM, NULL), 1;
    return 0;
}

static bool needs_health_port(const struct value *spec)
{
    return str_is(value_text_at(spec, "type"), "LoadBalancer") && str_is(value_text_at(spec, "externalTrafficPolicy"), "Local");
}

/* Where a load balancer asks each node whether it has endpoints: given once, then it stays. */
static int give_health_port(struct op *op, struct value *spec)
{
    const struct value *was = op->old ? value_at(&op->old_tree, "spec") : NULL;
    int64_t n = value_int_at(spec, "healthCheckNodePort", 0), old = needs_health_port(was) ? value_int_at(was, "healthCheckNodePort", 0) : 0;
    if (!needs_health_port(spec))
        return 0;
    if (old && n && n != old)
        return invalid_port(op, "spec.healthCheckNodePort", n, "field is immutable");
    n = old ? old : n;
    if (hold_port(op, &n, STR("TCP"), "spec.healthCheckNodePort"))
        return 1;
    if (!value_set(op->a, spec, STR("healthCheckNodePort"), value_make_int(n)))
        return op_fail(op, -ENOMEM, NULL), 1;
    return 0;
}

static int give_ports(struct op *op, struct value *spec, struct str type)
{
    bool balancer = str_is(type, "LoadBalancer");
    bool wanted = str_is(type, "NodePort") || (balancer && value_bool_at(spec, "allocateLoadBalancerNodePorts", true));
    struct value *list = value_get(spec, STR("ports"));
    for (size_t i = 0; i < value_count(list); i++) {
        struct value *port = value_item(list, i);
        if (wanted) {
            if (give_port(op, port, i))
                return 1;
        } else if (!balancer) {
            value_del(port, STR("nodePort"));
        }
    }
    return 0;
}

/* What the old type needed and the new one cannot have goes by itself when the client only left it as it was. */
static void drop_ips(struct value *spec, const struct value *was, struct str type)
{
    static const char *const ips[] = {"clusterIP", "clusterIPs", "ipFamilies", "ipFamilyPolicy"};
    static const char *const balancer[] = {"allocateLoadBalancerNodePorts", "loadBalancerClass"};
    static const char *const outside[] = {"externalTrafficPolicy", "healthCheckNodePort"}, *const health[] = {"healthCheckNodePort"};
    struct str before = value_text_at(was, "type");
    bool lb = str_is(type, "LoadBalancer"), was_lb = str_is(before, "LoadBalancer");
    bool ports = lb || str_is(type, "NodePort"), had_ports = was_lb || str_is(before, "NodePort");
    const struct {
        const char *const *names;
        size_t n;
        bool gone;
    } rows[] = {{ips, ARRAY_LEN(ips), str_is(type, "ExternalName") && !str_is(before, "ExternalName")},
                {balancer, ARRAY_LEN(balancer), was_lb && !lb},
                {outside, ARRAY_LEN(outside), had_ports && !ports},
                {health, ARRAY_LEN(health), needs_health_port(was) && !needs_health_port(spec)}};
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        for (size_t k = 0; rows[i].gone && k < rows[i].n; k++) {
            const struct value *now = value_get(spec, str_of(rows[i].names[k])), *then = value_get(was, str_of(rows[i].names[k]));
            if (now && then && value_equal(now, then))
                value_del(spec, str_of(rows[i].names[k]));
        }
    VALUE_EACH_ITEM (port, value_get(spec, STR("ports")))
        if (had_ports && !ports)
            value_del(port, STR("nodePort"));
}

/* An update keeps the addresses there were, unless it says otherwise on purpose. */
static int keep_ips(struct op *op, struct value *spec, struct str type)
{
    static const char *const kept[] = {"clusterIP", "clusterIPs", "ipFamilies", "ipFamilyPolicy"};
    const struct value *was = value_at(&op->old_tree, "spec");
    drop_ips(spec, was, type);
    if (str_is(type, "ExternalName") || str_is(value_text_at(was, "type"), "ExternalName"))
        return 0;
    for (size_t i = 0; i < ARRAY_LEN(kept); i++) {
        const struct value *v = value_get(was, str_of(kept[i])), *now = value_get(spec, str_of(kept[i]));
        bool empty = value_is_null(now) || (now->type == VALUE_TEXT && !now->text.n) || (now->type == VALUE_LIST && !now->list.n);
        if (v && empty && !value_set(op->a, spec, str_of(kept[i]), *v))
            return op_fail(op, -ENOMEM, NULL), 1;
    }
    return 0;
}

/* clusterIP and clusterIPs say the same; who changed only the first means both. */
static int normalize_ips(struct op *op, struct value *spec)
{
    struct str ip = value_text_at(spec, "clusterIP"), was = value_text_at(&op->old_tree, "spec.clusterIP");
    const struct value *list = value_get(spec, STR("clusterIPs")), *was_list = value_at(&op->old_tree, "spec.clusterIPs");
    bool follow = op->old ? !str_eq(ip, was) && list && was_list && value_equal(list, was_list) : value_count(list) == 0;
    if (!ip.n || !follow)
        return 0;
    struct value one = value_make_list();
    if (value_add(op->a, &one, value_make_text(ip)) && value_set(op->a, spec, STR("clusterIPs"), one))
        return 0;
    op_fail(op, -ENOMEM, NULL);
    return 1;
}

int ports_keep(struct op *op)
{
    struct value *spec = value_at(&op->tree, "spec");
    if (!resource_is(op->stored, "", "services") || op->sub.n || !spec)
        return 0;
    if (op->old && keep_ips(op, spec, value_text_at(spec, "type")))
        return 1;
    return normalize_ips(op, spec);
}

int ports_allocate(struct op *op)
{
    static const char *const dropped[] = {"clusterIP", "clusterIPs", "ipFamilies", "ipFamilyPolicy"};
    if (!resource_is(op->stored, "", "services") || op->sub.n)
        return 0;
    struct value *spec = value_at(&op->tree, "spec");
    if (!spec)
        return 0;
    struct str type = value_text_at(spec, "type");
    if (str_is(type, "ExternalName")) {
        for (size_t i = 0; op->old && i < ARRAY_LEN(dropped); i++)
            value_del(spec, str_of(dropped[i]));
        return 0;
    }
    return give_ips(op, spec) || give_ports(op, spec, type) || give_health_port(op, spec);
}

void ports_give_back(struct op *op)
{
    struct ports *p = op->g->ports;
    struct str owner = op->reserved;
    op->reserved = STR_NONE;
    if (!p || each_held(&op->tree, p, owner, release_fn) < 0)
        return;
    if (op->old) /* what it held before is still its own */
        (void)each_held(&op->old_tree, p, owner, take);
}

/* ── life ── */

static int load(struct ports *p, struct err *err)
{
    const struct schema_resource *services = schema_resource_find(STR(""), STR("v1"), STR("services"));
    SCOPED(arena) mem = NULL;
    struct str prefix;
    struct store_cursor c;
    struct object *o;
    int r = arena_new(&mem, 4096);
    if (r == 0)
        r = services ? query_prefix(mem, services, STR_NONE, &prefix) : -ENOENT;
    if (r < 0)
        return err_raise(err, r, "cannot read the Services");
    struct store_snapshot *v = store_snapshot(p->g->store);
    if (!v)
        return err_raise(err, -ENOMEM, "no memory for a snapshot");
    r = store_watch_new(&p->watch, p->g->store, prefix, store_snapshot_revision(v), wake, p);
    store_cursor_start(&c, v, prefix, prefix);
    while (r == 0 && (o = store_cursor_next(&c)) != NULL)
        r = learn(p, o, true);
    store_snapshot_unref(v);
    if (r)
        return err_raise(err, r < 0 ? r : -EAGAIN, "cannot read the Services");
    wake(p);
    return 0;
}

int ports_new(struct ports **out, struct registry *g, const struct registry_options *o, struct err *err)
{
    struct ports *p = mem_alloc(sizeof(*p));
    if (!p)
        return err_raise(err, -ENOMEM, "no memory for the Services' addresses");
    p->g = g;
    p->first = o->node_port_first ? o->node_port_first : 30000;
    p->last = o->node_port_last ? o->node_port_last : 32767;
    int r = os_random(&p->seed, sizeof(p->seed));
    if (r == 0)
        r = range_parse(&p->ranges[0], str_of(o->service_cidr ? o->service_cidr : "10.96.0.0/16"), err);
    if (r == 0 && o->service_cidr2)
        r = range_parse(&p->ranges[1], str_of(o->service_cidr2), err);
    if (r == 0 && p->ranges[1].set && p->ranges[0].v6 == p->ranges[1].v6)
        r = err_raise(err, -EINVAL, "service ranges \"%s\" and \"%s\": one of each family is wanted", o->service_cidr, o->service_cidr2);
    if (r == 0)
        r = load(p, err);
    if (r < 0) {
        ports_free(p);
        return r;
    }
    *out = p;
    return 0;
}

struct ports *ports_free(struct ports *p)
{
    if (!p)
        return NULL;
    store_watch_free(p->watch);
    MAP_EACH (slot, &p->used)
        mem_free(slot->value);
    map_done(&p->used);
    return mem_free(p);
}
