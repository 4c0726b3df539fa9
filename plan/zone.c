/* The cluster's DNS zone (Kubernetes DNS specification 1.1.0, answers as CoreDNS gives them). Nothing is built ahead: a
 * name is taken apart and looked up in the state's indexes. */
#include <arpa/inet.h>

#include "plan/inside.h"

#define LABELS_MAX 6
#define CHASE_MAX  8

struct asking {
    const struct plan_state *s;
    struct str domain, name;
    uint16_t type;
    struct arena *a;
    struct plan_answer *out;
};

bool plan_endpoint_named(const struct service *v, const struct endpoint *e)
{
    return e->ready || v->publish_not_ready;
}

void plan_endpoint_name(const struct endpoint *e, char out[80])
{
    if (e->hostname.n) {
        snprintf(out, 80, "%.*s", STR_FMT(e->hostname));
        return;
    }
    plan_ip_print(&e->ip, out);
    for (char *c = out; *c; c++)
        if (*c == '.' || *c == ':')
            *c = '-';
}

static uint16_t address_type(const struct plan_ip *ip)
{
    return ip->bytes == 4 ? DNSWIRE_A : DNSWIRE_AAAA;
}

static struct dnswire_record *record_add(struct asking *q, uint16_t type, struct str name)
{
    static struct dnswire_record full;
    if (q->out->n == PLAN_RECORDS_MAX)
        return &full; /* more than a reply can hold anyway */
    struct dnswire_record *r = &q->out->records[q->out->n++];
    *r = (struct dnswire_record){.name = name, .type = type, .ttl = PLAN_DNS_TTL};
    return r;
}

static void address_add(struct asking *q, struct str name, const struct plan_ip *ip, bool extra)
{
    struct dnswire_record *r;
    if (extra) {
        for (size_t i = 0; i < q->out->n_extra; i++)
            if (str_eq(q->out->extra[i].name, name) && q->out->extra[i].type == address_type(ip) &&
                memcmp(q->out->extra[i].ip, ip->at, ip->bytes) == 0)
                return;
        if (q->out->n_extra == PLAN_RECORDS_MAX)
            return;
        r = &q->out->extra[q->out->n_extra++];
        *r = (struct dnswire_record){.name = name, .type = address_type(ip), .ttl = PLAN_DNS_TTL};
    } else if (q->type == address_type(ip) || q->type == DNSWIRE_ANY) {
        for (size_t i = 0; i < q->out->n; i++)
            if (q->out->records[i].type == address_type(ip) && memcmp(q->out->records[i].ip, ip->at, ip->bytes) == 0)
                return; /* an endpoint that stands in two slices meanwhile */
        r = record_add(q, address_type(ip), name);
    } else {
        return;
    }
    memcpy(r->ip, ip->at, ip->bytes);
}

static struct str full_name(struct asking *q, const char *under, const struct service *v)
{
    return arena_fmt(q->a, "%s%s%.*s.%.*s.svc.%.*s", under, under[0] ? "." : "", STR_FMT(v->name), STR_FMT(v->ns), STR_FMT(q->domain));
}

/* ── services ── */

static int service_addresses(struct asking *q, const struct group *g)
{
    const struct service *v = g->service;
    for (size_t i = 0; i < v->n_cluster; i++)
        address_add(q, q->name, &v->cluster[i], false);
    if (!v->headless)
        return PLAN_DNS_FOUND;
    LIST_EACH (x, &g->slices, struct slice, link)
        for (size_t i = 0; i < x->n_endpoints; i++)
            if (plan_endpoint_named(v, &x->endpoints[i]))
                address_add(q, q->name, &x->endpoints[i].ip, false);
    return PLAN_DNS_FOUND;
}

static int srv_add(struct asking *q, struct str target, uint16_t port, uint16_t weight, const struct plan_ip *ips, size_t n)
{
    if (!target.p)
        return -ENOMEM;
    for (size_t i = 0; i < n; i++)
        address_add(q, target, &ips[i], true);
    for (size_t i = 0; i < q->out->n; i++)
        if (q->out->records[i].port == port && str_eq(q->out->records[i].target, target))
            return 0;
    struct dnswire_record *r = record_add(q, DNSWIRE_SRV, q->name);
    r->weight = weight;
    r->port = port;
    r->target = target;
    return 0;
}

static size_t endpoints_named(const struct group *g)
{
    size_t n = 0;
    LIST_EACH (x, &g->slices, struct slice, link)
        for (size_t i = 0; i < x->n_endpoints; i++)
            n += plan_endpoint_named(g->service, &x->endpoints[i]);
    return n;
}

static bool port_is(const struct port *p, struct str name, uint8_t protocol)
{
    return (!name.p || str_eq_nocase(p->name, name)) && (!protocol || p->protocol == protocol);
}

/* SRV of a service: of one port, or (name p NULL, protocol 0) of all. Answers whether the port is there. */
static int service_srv(struct asking *q, const struct group *g, struct str port, uint8_t protocol)
{
    const struct service *v = g->service;
    bool there = false, wanted = q->type == DNSWIRE_SRV || q->type == DNSWIRE_ANY;
    int r = 0;
    for (size_t i = 0; i < v->n_ports && !v->headless && r == 0; i++) {
        if (!port_is(&v->ports[i], port, protocol))
            continue;
        there = true;
        if (wanted)
            r = srv_add(q, full_name(q, "", v), v->ports[i].port, 100, v->cluster, v->n_cluster);
    }
    if (!v->headless)
        return r < 0 ? r : there;
    uint16_t weight = (uint16_t)MAX(100 / MAX(endpoints_named(g), (size_t)1), (size_t)1);
    LIST_EACH (x, &g->slices, struct slice, link) {
        for (size_t p = 0; p < x->n_ports; p++) {
            if (!port_is(&x->ports[p], port, protocol))
                continue;
            there = true;
            for (size_t i = 0; i < x->n_endpoints && wanted && r == 0; i++) {
                char under[80];
                if (!plan_endpoint_named(v, &x->endpoints[i]))
                    continue;
                plan_endpoint_name(&x->endpoints[i], under);
                r = srv_add(q, full_name(q, under, v), x->ports[p].port, weight, &x->endpoints[i].ip, 1);
            }
        }
    }
    return r < 0 ? r : there;
}

static int external_name(struct asking *q, const struct service *v)
{
    struct dnswire_record *r = record_add(q, DNSWIRE_CNAME, q->name);
    struct str target = v->external_name;
    if (target.n && target.p[target.n - 1] == '.')
        target.n--;
    if (arena_str(q->a, target, &r->target) < 0)
        return -ENOMEM;
    if (q->type != DNSWIRE_CNAME)
        q->out->chase = r->target;
    return PLAN_DNS_FOUND;
}

static int service_find(struct asking *q, struct str ns, struct str name)
{
    const struct group *g = plan_group_find(q->s, ns, name);
    if (!g || !g->service)
        return PLAN_DNS_NO_NAME;
    if (g->service->external_name.n)
        return external_name(q, g->service);
    if (q->type == DNSWIRE_SRV) {
        int r = service_srv(q, g, STR_NONE, 0);
        return r < 0 ? r : PLAN_DNS_FOUND;
    }
    if (g->service->headless && !endpoints_named(g))
        return PLAN_DNS_NO_NAME;
    return service_addresses(q, g);
}

static int endpoint_find(struct asking *q, struct str ns, struct str name, struct str host)
{
    const struct group *g = plan_group_find(q->s, ns, name);
    bool there = false;
    if (!g || !g->service || !g->service->headless)
        return PLAN_DNS_NO_NAME;
    LIST_EACH (x, &g->slices, struct slice, link) {
        for (size_t i = 0; i < x->n_endpoints; i++) {
            char own[80];
            plan_endpoint_name(&x->endpoints[i], own);
            if (!plan_endpoint_named(g->service, &x->endpoints[i]) || !str_eq_nocase(host, str_of(own)))
                continue;
            there = true;
            address_add(q, q->name, &x->endpoints[i].ip, false);
        }
    }
    return there ? PLAN_DNS_FOUND : PLAN_DNS_NO_NAME;
}

static int port_find(struct asking *q, struct str ns, struct str name, struct str port, struct str protocol)
{
    const struct group *g = plan_group_find(q->s, ns, name);
    if (!g || !g->service || g->service->external_name.n || port.n < 2 || protocol.n < 2 || port.p[0] != '_' || protocol.p[0] != '_')
        return PLAN_DNS_NO_NAME;
    uint8_t number = plan_protocol(str_from(protocol, 1));
    int r = number ? service_srv(q, g, str_from(port, 1), number) : 0;
    return r < 0 ? r : r > 0 ? PLAN_DNS_FOUND : PLAN_DNS_NO_NAME;
}

/* ── pods, the zone itself ── */

static int pod_find(struct asking *q, struct str dashed)
{
    char text[64];
    struct plan_ip ip;
    if (dashed.n >= sizeof(text))
        return PLAN_DNS_NO_NAME;
    for (int six = 0; six < 2; six++) {
        for (size_t i = 0; i < dashed.n; i++)
            text[i] = (char)(dashed.p[i] == '-' ? (six ? ':' : '.') : dashed.p[i]);
        if (plan_ip_parse(&ip, str_make(text, dashed.n)) == 0) {
            address_add(q, q->name, &ip, false);
            return PLAN_DNS_FOUND;
        }
    }
    return PLAN_DNS_NO_NAME;
}

static bool namespace_known(const struct plan_state *s, struct str ns)
{
    MAP_EACH (slot, &s->groups) {
        const struct group *g = slot->value;
        if (g->service && str_eq(g->service->ns, ns))
            return true;
    }
    return false;
}

void plan_dns_soa(struct str domain, int64_t now, struct arena *a, struct dnswire_record *out)
{
    *out = (struct dnswire_record){.name = domain,
                                   .type = DNSWIRE_SOA,
                                   .ttl = PLAN_DNS_TTL,
                                   .serial = (uint32_t)now,
                                   .refresh = 7200,
                                   .retry = 1800,
                                   .expire = 86400,
                                   .minimum = PLAN_DNS_TTL};
    out->target = arena_fmt(a, "ns.dns.%.*s", STR_FMT(domain));
    out->text = arena_fmt(a, "hostmaster.%.*s", STR_FMT(domain));
}

static int apex_find(struct asking *q)
{
    if (q->type == DNSWIRE_SOA)
        plan_dns_soa(q->domain, 0, q->a, record_add(q, DNSWIRE_SOA, q->name)); /* the caller puts the serial */
    else if (q->type == DNSWIRE_NS)
        record_add(q, DNSWIRE_NS, q->name)->target = arena_fmt(q->a, "ns.dns.%.*s", STR_FMT(q->domain));
    return PLAN_DNS_FOUND;
}

static int zone_find(struct asking *q, struct str relative)
{
    struct str l[LABELS_MAX], rest = relative, piece;
    size_t n = 0;
    while (str_next(&rest, '.', &piece)) {
        if (n == LABELS_MAX)
            return PLAN_DNS_NO_NAME;
        l[n++] = piece;
    }
    if (n == 1 && str_is(l[0], "dns-version")) {
        if (q->type == DNSWIRE_TXT)
            record_add(q, DNSWIRE_TXT, q->name)->text = STR("1.1.0");
        return PLAN_DNS_FOUND;
    }
    struct str branch = l[n - 1];
    if (str_is(branch, "pod"))
        return n == 1 || (n == 2 && namespace_known(q->s, l[0])) ? PLAN_DNS_FOUND : n == 3 ? pod_find(q, l[0]) : PLAN_DNS_NO_NAME;
    if (!str_is(branch, "svc"))
        return PLAN_DNS_NO_NAME;
    switch (n) {
    case 1:
        return PLAN_DNS_FOUND;
    case 2:
        return namespace_known(q->s, l[0]) ? PLAN_DNS_FOUND : PLAN_DNS_NO_NAME;
    case 3:
        return service_find(q, l[1], l[0]);
    case 4:
        if (l[0].n && l[0].p[0] == '_') { /* _tcp.web.default.svc: a name between, without records */
            const struct group *g = plan_group_find(q->s, l[2], l[1]);
            return g && g->service && plan_protocol(str_from(l[0], 1)) ? PLAN_DNS_FOUND : PLAN_DNS_NO_NAME;
        }
        return endpoint_find(q, l[2], l[1], l[0]);
    case 5:
        return port_find(q, l[3], l[2], l[0], l[1]);
    default:
        return PLAN_DNS_NO_NAME;
    }
}

/* ── addresses to names ── */

static int reverse_put(struct plan_state *s, const struct plan_ip *ip, const struct group *g, const struct endpoint *e)
{
    char text[64];
    struct str key;
    plan_ip_print(ip, text);
    if (map_get(&s->names, str_of(text)))
        return 0; /* the first one has it: services before endpoints */
    struct reverse *r = arena_alloc(s->names_mem, sizeof(*r));
    if (!r || arena_str(s->names_mem, str_of(text), &key) < 0)
        return -ENOMEM;
    *r = (struct reverse){g, e};
    return map_put(&s->names, key, r);
}

static int reverse_make(struct plan_state *s)
{
    map_done(&s->names);
    s->names_mem = arena_free(s->names_mem);
    int r = arena_new(&s->names_mem, (size_t)128 << 20);
    MAP_EACH (slot, &s->groups) {
        const struct group *g = slot->value;
        for (size_t i = 0; g->service && i < g->service->n_cluster && r == 0; i++)
            r = reverse_put(s, &g->service->cluster[i], g, NULL);
    }
    MAP_EACH (slot, &s->groups) {
        const struct group *g = slot->value;
        if (!g->service)
            continue;
        LIST_EACH (x, &g->slices, struct slice, link)
            for (size_t i = 0; i < x->n_endpoints && r == 0; i++)
                if (plan_endpoint_named(g->service, &x->endpoints[i]))
                    r = reverse_put(s, &x->endpoints[i].ip, g, &x->endpoints[i]);
    }
    s->names_valid = r == 0;
    return r;
}

static int reverse_find(struct asking *q, const uint8_t *at, size_t n)
{
    struct plan_ip ip = {.bytes = (uint8_t)n};
    char text[64], under[80] = "";
    memcpy(ip.at, at, n);
    plan_ip_print(&ip, text);
    /* An index of the state, refreshed when it is first looked at: no caller sees a difference. */
    struct plan_state *s = (struct plan_state *)(uintptr_t)q->s;
    int r = s->names_valid ? 0 : reverse_make(s);
    if (r < 0)
        return r;
    const struct reverse *v = map_get(&s->names, str_of(text));
    if (!v)
        return PLAN_DNS_NOT_OURS;
    if (v->endpoint)
        plan_endpoint_name(v->endpoint, under);
    if (q->type != DNSWIRE_PTR && q->type != DNSWIRE_ANY)
        return PLAN_DNS_FOUND;
    struct dnswire_record *p = record_add(q, DNSWIRE_PTR, q->name);
    p->target = full_name(q, under, v->group->service);
    return p->target.p ? PLAN_DNS_FOUND : -ENOMEM;
}

static int find_once(struct asking *q)
{
    uint8_t ip[16];
    if (str_eq(q->name, q->domain))
        return apex_find(q);
    if (str_ends(q->name, q->domain) && q->name.n > q->domain.n + 1 && q->name.p[q->name.n - q->domain.n - 1] == '.')
        return zone_find(q, str_head(q->name, q->name.n - q->domain.n - 1));
    size_t n = dnswire_arpa_parse(q->name, ip);
    return n ? reverse_find(q, ip, n) : PLAN_DNS_NOT_OURS;
}

int plan_dns_find(const struct plan_state *s, struct str domain, struct str name, uint16_t type, struct arena *a, struct plan_answer *out)
{
    out->n = out->n_extra = 0;
    out->chase = STR_NONE;
    struct asking q = {.s = s, .domain = domain, .name = name, .type = type, .a = a, .out = out};
    int first = find_once(&q);
    /* An ExternalName within the zone is followed here; one outside is the caller's to ask for. */
    for (int i = 0; i < CHASE_MAX && first == PLAN_DNS_FOUND && out->chase.n; i++) {
        q.name = out->chase;
        out->chase = STR_NONE;
        int r = find_once(&q);
        if (r < 0)
            return r;
        if (r == PLAN_DNS_NOT_OURS) {
            out->chase = q.name;
            break;
        }
    }
    return first;
}
