/* URLs, as Go's net/url reads a request's: absolute, or a path from the root. */
#include "cellib/inside.h"

struct url {
    struct cel_opaque opaque;
    struct str whole, scheme, host, path, query;
};

const struct cel_type cellib_url_type = {.kind = CEL_OPAQUE, .name = STR_INIT("kubernetes.URL"), .max_size = CEL_SIZE_UNKNOWN};

static const struct url *of(const struct cel_value *v)
{
    return (const struct url *)(const void *)v->opaque;
}

static bool url_equal(const struct cel_opaque *x, const struct cel_opaque *y)
{
    return str_eq(((const struct url *)(const void *)x)->whole, ((const struct url *)(const void *)y)->whole);
}

static size_t url_size(const struct cel_opaque *x)
{
    return ((const struct url *)(const void *)x)->whole.n;
}

static void url_print(const struct cel_opaque *x, struct buf *out)
{
    buf_str(out, ((const struct url *)(const void *)x)->whole);
}

static const struct cel_class url_class = {.type = &cellib_url_type, .equal = url_equal, .size = url_size, .equal_cost = 1, .print = url_print};

static bool alnum(char c)
{
    return (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z');
}

static int hex(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : (c | 32) >= 'a' && (c | 32) <= 'f' ? (c | 32) - 'a' + 10 : -1;
}

static bool escapes_valid(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] == '%' && (i + 2 >= s.n || hex(s.p[i + 1]) < 0 || hex(s.p[i + 2]) < 0))
            return false;
    return true;
}

/* scheme ":" rest; a text without scheme is all rest. false: it begins with a colon. */
static bool cut_scheme(struct str *s, struct str *scheme)
{
    *scheme = STR("");
    for (size_t i = 0; i < s->n; i++) {
        char c = s->p[i];
        if (c == ':') {
            if (!i)
                return false;
            *scheme = str_head(*s, i);
            *s = str_from(*s, i + 1);
            return true;
        }
        bool letter = alnum(c) && (c < '0' || c > '9');
        if (!letter && (!i || !(alnum(c) || c == '+' || c == '-' || c == '.')))
            return true;
    }
    return true;
}

static const char *check_host(struct str host)
{
    struct str port = STR("");
    if (str_starts(host, STR("["))) {
        ssize_t end = str_find(host, STR("]"));
        if (end < 0)
            return "missing ']' in host";
        port = str_from(host, (size_t)end + 1);
        host = str_head(host, (size_t)end + 1);
    } else {
        struct str name;
        if (str_cut_last(host, ':', &name, &port)) {
            port = str_make(port.p - 1, port.n + 1);
            if (memchr(name.p ? name.p : "", ':', name.n))
                return "invalid port after host";
            host = name;
        }
    }
    if (port.n && port.p[0] != ':')
        return "invalid port after host";
    for (size_t i = 1; i < port.n; i++)
        if (port.p[i] < '0' || port.p[i] > '9')
            return "invalid port after host";
    for (size_t i = 0; i < host.n; i++)
        if (!alnum(host.p[i]) && (unsigned char)host.p[i] < 0x80 && !strchr("-_.~!$&'()*+,;=:[]<>\"%", host.p[i]))
            return "invalid character in host name";
    return escapes_valid(host) ? NULL : "invalid URL escape";
}

/* NULL: it is one. Else why not. */
static const char *url_parse(struct str s, struct url *u)
{
    struct str rest = s, head, fragment;
    *u = (struct url){.opaque = {&url_class}, .whole = s};
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] < 0x20 || s.p[i] == 0x7f)
            return "net/url: invalid control character in URL";
    if (!s.n)
        return "empty url";
    if (str_is(s, "*")) {
        u->path = s;
        return NULL;
    }
    if (!cut_scheme(&rest, &u->scheme))
        return "missing protocol scheme";
    if (str_cut(rest, '#', &head, &fragment))
        rest = head;
    if (str_cut(rest, '?', &head, &u->query))
        rest = head;
    if (!str_starts(rest, STR("/")))
        return u->scheme.n ? NULL : "invalid URI for request"; /* mailto:x has neither host nor path */
    if (str_starts(rest, STR("//")) && (u->scheme.n || !str_starts(rest, STR("///")))) {
        struct str authority = str_from(rest, 2), user, host;
        ssize_t slash = str_find(authority, STR("/"));
        rest = slash < 0 ? STR("") : str_from(authority, (size_t)slash);
        authority = slash < 0 ? authority : str_head(authority, (size_t)slash);
        u->host = authority;
        if (str_cut_last(authority, '@', &user, &host)) {
            u->host = host;
            if (!escapes_valid(user))
                return "invalid URL escape";
        }
        const char *why = check_host(u->host);
        if (why)
            return why;
    }
    u->path = rest;
    return escapes_valid(rest) ? NULL : "invalid URL escape";
}

const char *url_fault(struct str s)
{
    struct url u;
    return url_parse(s, &u);
}

static struct cel_value to_url(struct cel_call *call, const struct cel_value *args)
{
    struct url u, *copy;
    const char *why = url_parse(args[0].text, &u);
    if (why)
        return cel_error(call, "URL parse error during conversion from string: parse \"%.*s\": %s", (int)MIN(args[0].text.n, (size_t)300),
                         args[0].text.p ? args[0].text.p : "", why);
    copy = arena_alloc(call->arena, sizeof(*copy));
    if (!copy)
        return cel_no_memory;
    *copy = u;
    return value_opaque(&copy->opaque);
}

static struct cel_value is_url(struct cel_call *call, const struct cel_value *args)
{
    (void)call;
    return cel_of_bool(!url_fault(args[0].text));
}

static struct cel_value get_scheme(struct cel_call *call, const struct cel_value *args)
{
    SCOPED_BUF b = BUF_INIT(0);
    struct str s = of(&args[0])->scheme;
    for (size_t i = 0; i < s.n; i++)
        buf_char(&b, s.p[i] >= 'A' && s.p[i] <= 'Z' ? (char)(s.p[i] | 32) : s.p[i]);
    return kept(call, &b);
}

static struct cel_value get_host(struct cel_call *call, const struct cel_value *args)
{
    (void)call;
    return cel_of_text(of(&args[0])->host);
}

static void host_parts(struct str host, struct str *name, struct str *port)
{
    *port = STR("");
    *name = host;
    if (str_starts(host, STR("["))) {
        ssize_t end = str_find(host, STR("]"));
        *name = str_make(host.p + 1, (size_t)MAX(end, (ssize_t)1) - 1);
        host = str_from(host, (size_t)end + 1);
        if (host.n)
            *port = str_from(host, 1);
    } else if (!str_cut_last(host, ':', name, port)) {
        *name = host;
        *port = STR("");
    }
}

static struct cel_value get_host_part(struct cel_call *call, const struct cel_value *args)
{
    struct str name, port;
    host_parts(of(&args[0])->host, &name, &port);
    return cel_of_text(call->function->name[3] == 'P' ? port : name);
}

static struct cel_value get_path(struct cel_call *call, const struct cel_value *args)
{
    SCOPED_BUF b = BUF_INIT(0);
    struct str s = of(&args[0])->path;
    for (size_t i = 0; i < s.n; i++)
        if (alnum(s.p[i]) || (s.p[i] && strchr("-_.~$&+,/:;=@%!'()*[]", s.p[i])))
            buf_char(&b, s.p[i]);
        else
            buf_fmt(&b, "%%%02X", (unsigned char)s.p[i]);
    return kept(call, &b);
}

static bool unescape(struct cel_call *call, struct str s, struct cel_value *out)
{
    SCOPED_BUF b = BUF_INIT(0);
    if (!escapes_valid(s))
        return false;
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '%') {
            buf_char(&b, (char)(hex(s.p[i + 1]) << 4 | hex(s.p[i + 2])));
            i += 2;
        } else {
            buf_char(&b, s.p[i] == '+' ? ' ' : s.p[i]);
        }
    }
    *out = kept(call, &b);
    return true;
}

struct pairs {
    VEC(struct cel_value) keys, values;
};

static int pair_add(struct cel_call *call, struct pairs *p, const struct cel_value *key, const struct cel_value *value)
{
    size_t i = 0;
    while (i < p->keys.n && !cel_equal(call->arena, &p->keys.p[i], key))
        i++;
    if (i == p->keys.n) {
        struct cel_value *k = VEC_ADD(&p->keys), *v = VEC_ADD(&p->values);
        if (!k || !v)
            return -ENOMEM;
        *k = *key;
        *v = cel_make_list(call->arena, value, 1);
        return v->kind == CEL_ERROR ? -ENOMEM : 0;
    }
    size_t n = cel_size(&p->values.p[i]);
    struct cel_value *items = arena_alloc(call->arena, (n + 1) * sizeof(*items));
    if (!items)
        return -ENOMEM;
    for (size_t k = 0; k < n; k++)
        items[k] = cel_list_at(call->arena, &p->values.p[i], k);
    items[n] = *value;
    p->values.p[i] = cel_make_list(call->arena, items, n + 1);
    return p->values.p[i].kind == CEL_ERROR ? -ENOMEM : 0;
}

#define PAIRS_MAX 1000

static struct cel_value get_query(struct cel_call *call, const struct cel_value *args)
{
    struct pairs p = {0};
    struct str rest = of(&args[0])->query, pair, key, value;
    struct cel_value k, v, out = cel_no_memory;
    int r = 0;
    while (r == 0 && str_next(&rest, '&', &pair)) {
        if (!pair.n || memchr(pair.p, ';', pair.n))
            continue;
        if (!str_cut(pair, '=', &key, &value))
            value = STR("");
        if (!unescape(call, key, &k) || !unescape(call, value, &v))
            continue;
        r = k.kind == CEL_ERROR || v.kind == CEL_ERROR || p.keys.n > PAIRS_MAX ? -ENOMEM : pair_add(call, &p, &k, &v);
    }
    if (r == 0)
        out = cel_make_map(call->arena, p.keys.p, p.values.p, p.keys.n);
    VEC_DONE(&p.keys);
    VEC_DONE(&p.values);
    return out;
}

#define URL "kubernetes.URL"
const struct cel_function url_rows[] = {
    {"url", "string_to_url", "(string) " URL, to_url, CEL_COST_TEXT_RESULT},
    {"getScheme", "url_get_scheme", URL ".() string", get_scheme, CEL_COST_ONE},
    {"getHost", "url_get_host", URL ".() string", get_host, CEL_COST_ONE},
    {"getHostname", "url_get_hostname", URL ".() string", get_host_part, CEL_COST_ONE},
    {"getPort", "url_get_port", URL ".() string", get_host_part, CEL_COST_ONE},
    {"getEscapedPath", "url_get_escaped_path", URL ".() string", get_path, CEL_COST_ONE},
    {"getQuery", "url_get_query", URL ".() map(string, list(string))", get_query, CEL_COST_ONE},
    {"isURL", "is_url_string", "(string) bool", is_url, CEL_COST_ONE},
};
const size_t n_url_rows = ARRAY_LEN(url_rows);
