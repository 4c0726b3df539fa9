#include "probe/inside.h"

/* As much of RFC 3986 §5 as redirects need. */

struct str host_port(struct arena *a, struct str host, int port)
{
    bool six = memchr(host.n ? host.p : "", ':', host.n) != NULL;
    return arena_fmt(a, "%s%.*s%s:%d", six ? "[" : "", STR_FMT(host), six ? "]" : "", port);
}

struct str url_print(struct arena *a, const struct url *u)
{
    struct str at = host_port(a, u->host, u->port);
    return arena_fmt(a, "%s://%.*s%.*s", u->https ? "https" : "http", STR_FMT(at), STR_FMT(u->path));
}

static int authority_read(struct str text, struct url *out)
{
    struct str user, port = STR_NONE, rest;
    uint64_t number;
    if (str_cut_last(text, '@', &user, &rest))
        text = rest;
    if (text.n && text.p[0] == '[') {
        if (!str_cut(str_from(text, 1), ']', &out->host, &port) || (port.n && port.p[0] != ':'))
            return -EINVAL;
        port = str_from(port, 1);
    } else {
        str_cut(text, ':', &out->host, &port);
    }
    out->port = out->https ? 443 : 80;
    if (port.n) {
        if (str_to_uint(port, &number) < 0 || number == 0 || number > 65535)
            return -EINVAL;
        out->port = (int)number;
    }
    return out->host.n ? 0 : -EINVAL;
}

static size_t find_any(struct str s, const char *set)
{
    size_t i = 0;
    while (i < s.n && !strchr(set, s.p[i]))
        i++;
    return i;
}

/* "a/b" against "/x/y?q" gives "/x/a/b". */
static struct str path_join(struct arena *a, struct str base, struct str relative)
{
    struct str folder = str_head(base, find_any(base, "?#")), name;
    if (relative.n && relative.p[0] == '?')
        return arena_fmt(a, "%.*s%.*s", STR_FMT(folder), STR_FMT(relative));
    if (!str_cut_last(folder, '/', &folder, &name))
        folder = STR("");
    return arena_fmt(a, "%.*s/%.*s", STR_FMT(folder), STR_FMT(relative));
}

int url_resolve(struct arena *a, const struct url *base, struct str location, struct url *out)
{
    struct str text = str_head(location, find_any(location, "#"));
    *out = *base;
    size_t colon = find_any(text, ":/?");
    if (colon < text.n && text.p[colon] == ':') {
        struct str scheme = str_head(text, colon);
        if (!str_eq_nocase(scheme, STR("http")) && !str_eq_nocase(scheme, STR("https")))
            return -EINVAL;
        out->https = str_eq_nocase(scheme, STR("https"));
        text = str_from(text, colon + 1);
        if (!str_starts(text, STR("//")))
            return -EINVAL;
    }
    if (str_starts(text, STR("//"))) {
        text = str_from(text, 2);
        size_t end = find_any(text, "/?");
        if (authority_read(str_head(text, end), out) < 0)
            return -EINVAL;
        struct str path = str_from(text, end);
        text = path.n && path.p[0] == '/' ? path : arena_fmt(a, "/%.*s", STR_FMT(path));
    }
    if (text.n && text.p[0] == '/')
        out->path = text;
    else if (text.n)
        out->path = path_join(a, base->path, text);
    if (!out->path.p || arena_str(a, out->path, &out->path) < 0 || arena_str(a, out->host, &out->host) < 0)
        return -ENOMEM;
    return 0;
}
