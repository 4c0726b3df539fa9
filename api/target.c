/* Which host, port and path a relayed request goes to. */
#include <arpa/inet.h>
#include <netinet/in.h>

#include "api/relaying.h"

#define KUBELET_PORT 10250

static const struct schema_resource *core(const char *name)
{
    return schema_resource_find(STR(""), STR("v1"), str_of(name));
}

/* 0; 1: 404 or 500 in st. */
static int find(struct call *c, const struct schema_resource *r, struct str ns, struct str name, struct value *out, struct apireq_status *st)
{
    struct err err = {{0}};
    struct object *o = registry_get(c->api->registry, r, ns, name);
    if (!o) {
        apireq_status_not_found(c->a, st, r->group, r->name, name);
        return 1;
    }
    int e = object_tree(c->a, o, out, &err);
    object_unref(o);
    if (e == 0)
        return 0;
    apireq_status_internal(c->a, st, "%s", err.text);
    return 1;
}

static const char *text_of(struct call *c, struct str s)
{
    return arena_text(c->a, s.p ? s.p : "", s.n);
}

/* ── node agents ── */

static struct str node_address(const struct value *node)
{
    static const char *const order[] = {"InternalIP", "ExternalIP", "Hostname", "InternalDNS", "ExternalDNS"};
    for (size_t i = 0; i < ARRAY_LEN(order); i++)
        VALUE_EACH_ITEM (a, value_at(node, "status.addresses")) {
            if (str_is(value_text_at(a, "type"), order[i]) && value_text_at(a, "address").n)
                return value_text_at(a, "address");
        }
    return STR_NONE;
}

static int to_node(struct call *c, struct str name, struct relay_target *t, struct apireq_status *st)
{
    struct value node = {0};
    if (find(c, core("nodes"), STR_NONE, name, &node, st))
        return 1;
    struct str address = node_address(&node);
    if (!address.n) {
        apireq_status_internal(c->a, st, "no preferred addresses found; known addresses: []");
        return 1;
    }
    t->host = text_of(c, address);
    t->port = (int)value_int_at(&node, "status.daemonEndpoints.kubeletEndpoint.Port", KUBELET_PORT);
    t->kubelet = t->tls = true;
    if (t->host)
        return 0;
    apireq_status_memory(st);
    return 1;
}

/* ── containers ── */

static bool in_list(const struct value *list, struct str name)
{
    VALUE_EACH_ITEM (k, list) {
        if (str_eq(value_text_at(k, "name"), name))
            return true;
    }
    return false;
}

static void print_names(const struct value *list, struct buf *b)
{
    bool first = true;
    VALUE_EACH_ITEM (k, list) {
        buf_fmt(b, "%s%.*s", first ? "" : " ", STR_FMT(value_text_at(k, "name")));
        first = false;
    }
}

static int choose_container(struct call *c, const struct value *pod, struct str *name, struct apireq_status *st)
{
    const struct value *own = value_at(pod, "spec.containers"), *init = value_at(pod, "spec.initContainers");
    const struct value *extra = value_at(pod, "spec.ephemeralContainers");
    struct str pod_name = value_text_at(pod, "metadata.name");
    if (name->n && (in_list(own, *name) || in_list(init, *name) || in_list(extra, *name)))
        return 0;
    if (name->n) {
        apireq_status_bad_request(c->a, st, "container %.*s is not valid for pod %.*s", STR_FMT(*name), STR_FMT(pod_name));
        return 1;
    }
    if (value_count(own) == 1) {
        *name = value_text_at(value_item(own, 0), "name");
        return 0;
    }
    SCOPED_BUF b = BUF_INIT(64 * 1024);
    buf_fmt(&b, "a container name must be specified for pod %.*s, choose one of: [", STR_FMT(pod_name));
    print_names(own, &b);
    buf_char(&b, ']');
    if (value_count(init)) {
        buf_text(&b, " or one of the init containers: [");
        print_names(init, &b);
        buf_char(&b, ']');
    }
    if (value_count(extra)) {
        buf_text(&b, " or one of the ephemeral containers: [");
        print_names(extra, &b);
        buf_char(&b, ']');
    }
    apireq_status_bad_request(c->a, st, "%s", buf_cstr(&b));
    return 1;
}

/* The query in the agent's words: stdin=true → input=1 … */
static void write_query(struct call *c, struct buf *b)
{
    static const struct {
        const char *ours, *theirs;
    } flags[] = {{"stdin", "input"}, {"stdout", "output"}, {"stderr", "error"}, {"tty", "tty"}};
    static const char *const passed[] = {"command",    "follow",    "previous",   "sinceSeconds", "sinceTime",
                                         "timestamps", "tailLines", "limitBytes", "stream"};
    struct str rest = http_req_query(c->q), name, value;
    char sep = '?';
    while (http_query_next(c->a, &rest, &name, &value)) {
        bool yes = !str_is(value, "false") && !str_is(value, "0");
        const char *key = NULL;
        for (size_t i = 0; i < ARRAY_LEN(flags) && yes; i++)
            if (str_is(name, flags[i].ours)) {
                key = flags[i].theirs;
                value = STR("1");
            }
        for (size_t i = 0; i < ARRAY_LEN(passed); i++)
            if (str_is(name, passed[i]))
                key = passed[i];
        if (str_is(name, "ports") || str_is(name, "port"))
            key = "port";
        if (!key)
            continue;
        buf_fmt(b, "%c%s=", sep, key);
        http_percent_encode(value, b);
        sep = '&';
    }
}

static int finish_path(struct call *c, struct buf *b, struct relay_target *t, struct apireq_status *st)
{
    struct str kept;
    if (buf_error(b) == 0 && arena_str(c->a, buf_view(b), &kept) == 0 && (t->path = text_of(c, kept)) != NULL)
        return 0;
    apireq_status_memory(st);
    return 1;
}

static int to_container(struct call *c, struct relay_target *t, struct apireq_status *st)
{
    struct value pod = {0};
    struct str sub = c->sub->name, container = STR_NONE;
    SCOPED_BUF b = BUF_INIT(256 * 1024);
    SCOPED_BUF wanted = BUF_INIT(1024);
    if (find(c, core("pods"), c->route.ns, c->route.name, &pod, st))
        return 1;
    if (http_query_get(http_req_query(c->q), "container", &wanted))
        container = buf_view(&wanted);
    bool forward = str_is(sub, "portforward");
    if (!forward && choose_container(c, &pod, &container, st))
        return 1;
    struct str node = value_text_at(&pod, "spec.nodeName");
    if (!node.n) {
        apireq_status_bad_request(c->a, st, "pod %.*s does not have a host assigned", STR_FMT(c->route.name));
        return 1;
    }
    struct str phase = value_text_at(&pod, "status.phase");
    if (!str_is(sub, "log") && (str_is(phase, "Succeeded") || str_is(phase, "Failed"))) {
        apireq_status_bad_request(c->a, st, "cannot exec in or attach to a container in a completed pod; current phase is %.*s", STR_FMT(phase));
        return 1;
    }
    if (to_node(c, node, t, st))
        return 1;
    buf_text(&b, str_is(sub, "log") ? "/containerLogs/" : str_is(sub, "exec") ? "/exec/" : forward ? "/portForward/" : "/attach/");
    buf_fmt(&b, "%.*s/%.*s", STR_FMT(c->route.ns), STR_FMT(c->route.name));
    if (!forward)
        buf_fmt(&b, "/%.*s", STR_FMT(container));
    write_query(c, &b);
    return finish_path(c, &b, t, st);
}

/* ── proxy ── */

/* "https:name:port" → its pieces; name alone, name:port too. */
static void split_name(struct str all, struct str *scheme, struct str *name, struct str *port)
{
    struct str rest;
    *scheme = *port = STR_NONE;
    if (!str_cut(all, ':', name, &rest))
        return;
    struct str head, tail;
    if (str_cut(rest, ':', &head, &tail)) {
        *scheme = *name;
        *name = head;
        *port = tail;
    } else {
        *port = rest;
    }
}

static int proxy_path(struct call *c, struct relay_target *t, struct apireq_status *st)
{
    SCOPED_BUF b = BUF_INIT(1024 * 1024);
    struct str query = http_req_query(c->q), piece, rest = c->route.rest;
    buf_char(&b, '/');
    for (bool first = true; rest.p && str_next(&rest, '/', &piece); first = false) {
        if (!first)
            buf_char(&b, '/');
        http_percent_encode(piece, &b);
    }
    if (query.n)
        buf_fmt(&b, "?%.*s", STR_FMT(query));
    return finish_path(c, &b, t, st);
}

static int pod_port(const struct value *pod, struct str wanted)
{
    int64_t n;
    if (str_to_int(wanted, &n) == 0)
        return (int)n;
    VALUE_EACH_ITEM (k, value_at(pod, "spec.containers")) {
        VALUE_EACH_ITEM (p, value_at(k, "ports")) {
            if (!wanted.n || str_eq(value_text_at(p, "name"), wanted))
                return (int)value_int_at(p, "containerPort", 80);
        }
    }
    return wanted.n ? -1 : 80;
}

/* Who may write a pod's status must not reach what only this machine may: its loopback, its link's metadata service. As
 * upstream, only unicast addresses that go beyond a link. */
static bool proxyable(struct str ip)
{
    char text[INET6_ADDRSTRLEN];
    struct in_addr four;
    struct in6_addr six;
    if (!ip.n || ip.n >= sizeof(text))
        return false;
    memcpy(text, ip.p, ip.n);
    text[ip.n] = 0;
    if (inet_pton(AF_INET6, text, &six) == 1) {
        if (!IN6_IS_ADDR_V4MAPPED(&six))
            return !IN6_IS_ADDR_UNSPECIFIED(&six) && !IN6_IS_ADDR_LOOPBACK(&six) && !IN6_IS_ADDR_MULTICAST(&six) && !IN6_IS_ADDR_LINKLOCAL(&six);
        memcpy(&four, six.s6_addr + 12, 4);
    } else if (inet_pton(AF_INET, text, &four) != 1) {
        return false;
    }
    uint32_t a = ntohl(four.s_addr);
    return a != 0 && a >> 24 != 127 && a >> 28 != 14 && a >> 16 != 0xa9fe && a != UINT32_MAX;
}

static int to_pod(struct call *c, struct relay_target *t, struct apireq_status *st)
{
    struct value pod = {0};
    struct str scheme, name, port;
    split_name(c->route.name, &scheme, &name, &port);
    if (find(c, core("pods"), c->route.ns, name, &pod, st))
        return 1;
    struct str ip = value_text_at(&pod, "status.podIP");
    t->port = pod_port(&pod, port);
    t->host = text_of(c, ip);
    t->tls = str_is(scheme, "https");
    if (ip.n && !proxyable(ip)) {
        apireq_status_bad_request(c->a, st, "address not allowed");
        return 1;
    }
    if (ip.n && t->port > 0)
        return 0;
    if (ip.n)
        apireq_status_bad_request(c->a, st, "no port \"%.*s\" in pod %.*s", STR_FMT(port), STR_FMT(name));
    else
        apireq_status_bad_request(c->a, st, "address not allowed: pod %.*s has none", STR_FMT(name));
    return 1;
}

/* A ready endpoint of the Service, the first there is: the slices are walked in order of name. */
static bool endpoint_of(struct call *c, const struct value *slice, struct str port, struct relay_target *t)
{
    int64_t number, wanted = str_to_int(port, &number) == 0 ? number : 0;
    const struct value *found = NULL;
    VALUE_EACH_ITEM (p, value_at(slice, "ports")) {
        if (!port.n || str_eq(value_text_at(p, "name"), port) || (wanted && value_int_at(p, "port", 0) == wanted))
            found = found ? found : p;
    }
    VALUE_EACH_ITEM (e, value_at(slice, "endpoints")) {
        struct str ip = value_text(value_item(value_at(e, "addresses"), 0));
        if (found && proxyable(ip) && value_bool_at(e, "conditions.ready", true)) {
            t->host = text_of(c, ip);
            t->port = (int)value_int_at(found, "port", 80);
            return t->host != NULL;
        }
    }
    return false;
}

/* A numeric port is the Service's: its name is the endpoints'. */
static struct str service_port(const struct value *service, struct str port)
{
    int64_t n;
    if (port.n && str_to_int(port, &n) < 0)
        return port;
    VALUE_EACH_ITEM (p, value_at(service, "spec.ports")) {
        if (!port.n || value_int_at(p, "port", 0) == n)
            return value_text_at(p, "name");
    }
    return port;
}

static int to_service(struct call *c, struct relay_target *t, struct apireq_status *st)
{
    const struct schema_resource *slices = schema_resource_find(STR("discovery.k8s.io"), STR("v1"), STR("endpointslices"));
    struct apireq_route route = {.ns = c->route.ns};
    struct apireq_options o = {0};
    struct query_list l;
    struct value service = {0};
    struct str scheme, name, port;
    struct object *e;
    split_name(c->route.name, &scheme, &name, &port);
    if (find(c, core("services"), c->route.ns, name, &service, st))
        return 1;
    port = service_port(&service, port);
    t->tls = str_is(scheme, "https");
    o.label_selector = arena_fmt(c->a, "kubernetes.io/service-name=%.*s", STR_FMT(name));
    if (query_list_open(c->api->store, c->a, &route, &o, slices, &l, st))
        return 1;
    bool found = false;
    while (!found && (e = query_list_next(&l)) != NULL) {
        struct value slice = {0};
        found = object_tree(c->a, e, &slice, NULL) == 0 && endpoint_of(c, &slice, port, t);
    }
    query_list_close(&l);
    if (found)
        return 0;
    apireq_status_error(c->a, st, 503, "ServiceUnavailable", "no endpoints available for service \"%.*s\"", STR_FMT(name));
    return 1;
}

int relay_find(struct call *c, struct relay_target *t, struct apireq_status *st)
{
    if (!str_is(c->sub->name, "proxy"))
        return to_container(c, t, st);
    int r;
    if (str_is(c->res->name, "nodes")) {
        struct str scheme, name, port;
        int64_t n;
        split_name(c->route.name, &scheme, &name, &port);
        r = to_node(c, name, t, st);
        if (r == 0 && port.n && str_to_int(port, &n) == 0)
            t->port = (int)n;
    } else if (str_is(c->res->name, "pods")) {
        r = to_pod(c, t, st);
    } else {
        r = to_service(c, t, st);
    }
    return r ? r : proxy_path(c, t, st);
}
