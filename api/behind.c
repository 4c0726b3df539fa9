/* Requests for the API servers behind APIServices: who asks is judged here, and told in X-Remote headers. */
#include "api/relaying.h"

/* /apis/GROUP/VERSION…, and the OpenAPI document of that. */
static bool names_version(struct str path, struct str *group, struct str *version)
{
    struct str rest;
    if (str_starts(path, STR("/openapi/v3/apis/")))
        rest = str_from(path, 17);
    else if (str_starts(path, STR("/apis/")))
        rest = str_from(path, 6);
    else
        return false;
    struct str tail;
    if (!str_cut(rest, '/', group, &rest))
        return false;
    if (!str_cut(rest, '/', version, &tail))
        *version = rest;
    return group->n && version->n;
}

const struct aggregate_service *call_aggregated_by(const struct call *c)
{
    struct str group, version;
    if (c->route.is_resource)
        return aggregate_find(c->api->aggregate, c->route.group, c->route.version);
    return names_version(c->route.path, &group, &version) ? aggregate_find(c->api->aggregate, group, version) : NULL;
}

static bool says_who(struct str name)
{
    return str_starts(name, STR("x-remote-"));
}

/* As Go's PathEscape has it, lower case: what comes behind X-Remote-Extra-. */
static struct str extra_name(struct arena *a, struct str key)
{
    SCOPED_BUF b = BUF_INIT(64u << 10);
    struct str out = STR_NONE;
    buf_text(&b, "x-remote-extra-");
    for (size_t i = 0; i < key.n; i++) {
        unsigned char ch = (unsigned char)key.p[i];
        if (ch >= 'A' && ch <= 'Z')
            ch = (unsigned char)(ch + 32);
        bool plain = (ch >= 'a' && ch <= 'z') || (ch >= '0' && ch <= '9') || (ch && strchr("!#$&'*+-.^_`|~", ch));
        if (plain)
            buf_char(&b, (char)ch);
        else
            buf_fmt(&b, "%%%02X", ch);
    }
    return buf_error(&b) == 0 && arena_str(a, buf_view(&b), &out) == 0 ? out : STR_NONE;
}

struct adding {
    struct http_header *at;
    size_t n;
};

static void add(struct adding *h, struct str name, struct str value)
{
    h->at[h->n++] = (struct http_header){name, value};
}

static int add_user(struct call *c, struct adding *h)
{
    const struct auth_user *u = &c->user;
    add(h, STR("x-remote-user"), u->name);
    if (u->uid.n)
        add(h, STR("x-remote-uid"), u->uid);
    for (size_t i = 0; i < u->n_groups; i++)
        add(h, STR("x-remote-group"), u->groups[i]);
    for (size_t i = 0; i < u->n_extra; i++) {
        struct str name = extra_name(c->a, u->extra[i].key);
        if (!name.p)
            return -ENOMEM;
        for (size_t k = 0; k < u->extra[i].n; k++)
            add(h, name, u->extra[i].values[k]);
    }
    return 0;
}

static size_t extras(const struct auth_user *u)
{
    size_t n = 0;
    for (size_t i = 0; i < u->n_extra; i++)
        n += u->extra[i].n;
    return n;
}

static int make_headers(struct call *c, struct relay_options *o)
{
    const struct http_header *all;
    size_t n = http_req_headers(c->q, &all);
    bool ws = http_req_wants_ws(c->q);
    struct str peer = http_req_peer(c->q), host, port, forwarded = http_req_header(c->q, "x-forwarded-for");
    struct adding h = {.at = arena_alloc(c->a, (n + 6 + c->user.n_groups + extras(&c->user)) * sizeof(*h.at))};
    if (!h.at)
        return -ENOMEM;
    for (size_t i = 0; i < n; i++)
        if (relay_goes_on(all[i].name) && !says_who(all[i].name) && !str_is(all[i].name, "x-forwarded-for") &&
            !(ws && str_starts(all[i].name, STR("sec-websocket-"))))
            add(&h, all[i].name, all[i].value);
    if (!str_cut_last(peer, ':', &host, &port))
        host = peer;
    struct str via = forwarded.n ? arena_fmt(c->a, "%.*s, %.*s", STR_FMT(forwarded), STR_FMT(host)) : host;
    if (!via.p)
        return -ENOMEM;
    add(&h, STR("x-forwarded-for"), via);
    if (relay_wants_other(c->q)) {
        add(&h, STR("upgrade"), http_req_header(c->q, "upgrade"));
        add(&h, STR("connection"), STR("Upgrade"));
    }
    int e = add_user(c, &h);
    o->headers = h.at;
    o->n_headers = h.n;
    return e;
}

/* As upstream's proxy of API servers says it. */
static void refused(void *ctx, int code, struct str text)
{
    struct call *c = ctx;
    c->gone = NULL;
    c->relay = NULL;
    text = code < 0 ? text : str_of(http_reason(code));
    struct str line = arena_fmt(c->a, "error trying to reach service: %.*s\n", STR_FMT(text));
    call_text(c, 503, line.p ? line.p : "service unavailable\n");
}

static void release(void *owner)
{
    aggregate_release(owner);
}

static void carry(struct call *c, struct aggregate_link *link)
{
    static const struct relay_use use = {relaying_begin, relaying_take, refused, relaying_over};
    struct str path = http_req_path(c->q), query = http_req_query(c->q);
    struct str whole = arena_fmt(c->a, "%.*s%s%.*s", STR_FMT(path), query.n ? "?" : "", STR_FMT(query));
    struct relay_options o = {
        .sort = RELAY_BEHIND, .client = aggregate_client(link), .client_done = release, .client_owner = link, .path = whole.p, .use = &use};
    if (whole.p && make_headers(c, &o) == 0) {
        relaying_start(c, &o);
        return;
    }
    aggregate_release(link);
    call_memory(c);
}

void call_aggregated(struct call *c, const struct aggregate_service *s)
{
    struct apireq_status st;
    struct aggregate_link *link;
    struct err err = {{0}};
    bool read = c->route.is_resource && apireq_options_parse(c->a, &c->route, http_req_query(c->q), &c->options, &st) == 0;
    int r = call_authorize(c, read ? &c->options : NULL, &st);
    if (r == REGISTRY_WAITS)
        call_wait(c, call_begin); /* the service may be another one by then */
    else if (r)
        call_status(c, &st);
    if (r)
        return;
    if (!aggregate_available(s) || aggregate_connect(c->api->aggregate, s, http_req_wants_ws(c->q) || relay_wants_other(c->q), &link, &err) < 0) {
        call_text(c, 503, "service unavailable\n");
        return;
    }
    carry(c, link);
}
