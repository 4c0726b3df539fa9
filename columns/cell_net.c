#include "columns/inside.h"

int cell_service_ip(struct cells *c, struct value *out)
{
    struct str ip = value_text(value_item(value_at(c->tree, "spec.clusterIPs"), 0));
    if (ip.n == 0)
        ip = value_text_at(c->tree, "spec.clusterIP");
    return cell_text(c, out, "%.*s", STR_FMT(ip.n ? ip : STR("<none>")));
}

static int text_cmp(const void *a, const void *b)
{
    return str_cmp(*(const struct str *)a, *(const struct str *)b);
}

/* Addresses of a load balancer, sorted, each once. */
static int balancer(struct cells *c, struct buf *b)
{
    struct value *list = value_at(c->tree, "status.loadBalancer.ingress");
    size_t n = value_count(list), k = 0;
    struct str *all = arena_alloc(c->arena, MAX(n, 1) * sizeof(*all));
    if (!all)
        return -ENOMEM;
    VALUE_EACH_ITEM (v, list) {
        struct str ip = value_text_at(v, "ip"), host = value_text_at(v, "hostname");
        if (ip.n || host.n)
            all[k++] = ip.n ? ip : host;
    }
    if (k)
        qsort(all, k, sizeof(*all), text_cmp);
    for (size_t i = 0; i < k; i++) {
        if (i && str_eq(all[i], all[i - 1]))
            continue;
        buf_text(b, b->n ? "," : "");
        buf_str(b, all[i]);
    }
    return 0;
}

int cell_service_external(struct cells *c, struct value *out)
{
    struct str type = value_text_at(c->tree, "spec.type");
    struct value *ips = value_at(c->tree, "spec.externalIPs");
    bool lb = str_is(type, "LoadBalancer");
    SCOPED_BUF b = BUF_INIT(0);
    if (str_is(type, "ExternalName"))
        return cell_text(c, out, "%.*s", STR_FMT(value_text_at(c->tree, "spec.externalName")));
    if (!lb && !str_is(type, "ClusterIP") && !str_is(type, "NodePort"))
        return cell_text(c, out, "<unknown>");
    int r = lb ? balancer(c, &b) : 0;
    if (r < 0)
        return r;
    VALUE_EACH_ITEM (v, ips) {
        buf_text(&b, b.n ? "," : "");
        buf_str(&b, value_text(v));
    }
    if (b.n == 0)
        buf_text(&b, lb ? "<pending>" : "<none>");
    return cell_buf(c, out, &b);
}

int cell_service_ports(struct cells *c, struct value *out)
{
    struct value *ports = value_at(c->tree, "spec.ports");
    SCOPED_BUF b = BUF_INIT(0);
    VALUE_EACH_ITEM (p, ports) {
        long long node = value_int_at(p, "nodePort", 0);
        buf_fmt(&b, "%s%lld", b.n ? "," : "", (long long)value_int_at(p, "port", 0));
        if (node > 0)
            buf_fmt(&b, ":%lld", node);
        buf_fmt(&b, "/%.*s", STR_FMT(value_text_at(p, "protocol")));
    }
    if (b.n == 0)
        buf_text(&b, "<none>");
    return cell_buf(c, out, &b);
}

/* A list of which the first three are shown. */
struct listing {
    struct buf b;
    size_t shown, count;
};
#define SHOWN 3

static bool listing_next(struct listing *l)
{
    l->count++;
    if (l->shown == SHOWN)
        return false;
    buf_text(&l->b, l->shown++ ? "," : "");
    return true;
}

static int listing_end(struct cells *c, struct listing *l, const char *none, struct value *out)
{
    if (l->count > l->shown)
        buf_fmt(&l->b, " + %zu more...", l->count - SHOWN);
    if (l->count == 0)
        buf_text(&l->b, none);
    int r = cell_buf(c, out, &l->b);
    buf_done(&l->b);
    return r;
}

static void address_put(struct buf *b, struct str ip, long long port)
{
    bool six = str_find(ip, STR(":")) >= 0;
    buf_fmt(b, six ? "[%.*s]:%lld" : "%.*s:%lld", STR_FMT(ip), port);
}

int cell_endpoints(struct cells *c, struct value *out)
{
    struct value *subsets = value_at(c->tree, "subsets");
    struct listing l = {.b = BUF_INIT(0)};
    VALUE_EACH_ITEM (s, subsets) {
        struct value *ports = value_at(s, "ports"), *addresses = value_at(s, "addresses");
        for (size_t i = 0; i < MAX(value_count(ports), 1); i++) {
            VALUE_EACH_ITEM (a, addresses) {
                if (!listing_next(&l))
                    continue;
                if (value_count(ports))
                    address_put(&l.b, value_text_at(a, "ip"), value_int_at(value_item(ports, i), "port", 0));
                else
                    buf_str(&l.b, value_text_at(a, "ip"));
            }
        }
    }
    return listing_end(c, &l, value_count(subsets) ? "" : "<none>", out);
}

int cell_slice_ports(struct cells *c, struct value *out)
{
    struct value *ports = value_at(c->tree, "ports");
    struct listing l = {.b = BUF_INIT(0)};
    VALUE_EACH_ITEM (p, ports) {
        struct value *port = value_at(p, "port"), *name = value_at(p, "name");
        if (!listing_next(&l))
            continue;
        if (!value_is_null(port))
            buf_int(&l.b, value_int(port, 0));
        else
            buf_str(&l.b, value_is_null(name) ? STR("*") : value_text(name));
    }
    return listing_end(c, &l, "<unset>", out);
}

int cell_slice_endpoints(struct cells *c, struct value *out)
{
    struct value *endpoints = value_at(c->tree, "endpoints");
    struct listing l = {.b = BUF_INIT(0)};
    VALUE_EACH_ITEM (e, endpoints) {
        struct value *addresses = value_at(e, "addresses");
        VALUE_EACH_ITEM (a, addresses) {
            if (listing_next(&l))
                buf_str(&l.b, value_text(a));
        }
    }
    return listing_end(c, &l, "<unset>", out);
}

/* ── ingresses ── */
int cell_ingress_hosts(struct cells *c, struct value *out)
{
    struct value *rules = value_at(c->tree, "spec.rules");
    size_t n = 0;
    bool more = false;
    SCOPED_BUF b = BUF_INIT(0);
    VALUE_EACH_ITEM (r, rules) {
        struct str host = value_text_at(r, "host");
        more |= n == SHOWN;
        if (more || host.n == 0)
            continue;
        buf_text(&b, n++ ? "," : "");
        buf_str(&b, host);
    }
    if (n == 0)
        buf_char(&b, '*');
    else if (more)
        buf_fmt(&b, " + %zu more...", value_count(rules) - SHOWN);
    return cell_buf(c, out, &b);
}

int cell_ingress_address(struct cells *c, struct value *out)
{
    SCOPED_BUF b = BUF_INIT(0);
    int r = balancer(c, &b);
    return r < 0 ? r : cell_buf(c, out, &b);
}

int cell_ingress_ports(struct cells *c, struct value *out)
{
    return cell_text(c, out, "%s", value_count(value_at(c->tree, "spec.tls")) ? "80, 443" : "80");
}

int cell_class_parameters(struct cells *c, struct value *out)
{
    struct value *p = value_at(c->tree, "spec.parameters");
    struct str group = value_text_at(p, "apiGroup");
    if (value_is_null(p))
        return cell_text(c, out, "<none>");
    return cell_text(c, out, "%.*s%s%.*s/%.*s", STR_FMT(value_text_at(p, "kind")), group.n ? "." : "", STR_FMT(group),
                     STR_FMT(value_text_at(p, "name")));
}

int cell_parent_ref(struct cells *c, struct value *out)
{
    struct value *p = value_at(c->tree, "spec.parentRef");
    struct str group = value_text_at(p, "group"), ns = value_text_at(p, "namespace");
    if (value_is_null(p))
        return cell_text(c, out, "<none>");
    return cell_text(c, out, "%.*s%s%.*s%s%.*s/%.*s", STR_FMT(value_text_at(p, "resource")), group.n ? "." : "", STR_FMT(group), ns.n ? "/" : "",
                     STR_FMT(ns), STR_FMT(value_text_at(p, "name")));
}
