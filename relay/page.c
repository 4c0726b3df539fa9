/* Pages that come through the proxy subresource: what they link to by an absolute path is below the proxied path for
 * the reader, so the path is put in front. Bytes go through as they come; only a tag is held until it is whole. */
#include "relay/inside.h"

#define TAG_BYTES_MAX ((size_t)64 * 1024)

struct page {
    struct str prefix; /* /api/v1/namespaces/n/pods/p/proxy */
    struct str origin; /* host:port of who answers */
    struct buf tag;    /* from '<' on */
    char quote;        /* of the attribute we are in */
    char raw[12];      /* "script": its text is no markup until it ends */
};

static const struct {
    const char *element, *attributes;
} links[] = {
    {"a", "href"},
    {"applet", "codebase"},
    {"area", "href"},
    {"audio", "src"},
    {"base", "href"},
    {"blockquote", "cite"},
    {"body", "background"},
    {"button", "formaction"},
    {"command", "icon"},
    {"del", "cite"},
    {"embed", "src"},
    {"form", "action"},
    {"frame", "longdesc,src"},
    {"head", "profile"},
    {"html", "manifest"},
    {"iframe", "longdesc,src"},
    {"img", "longdesc,src,usemap"},
    {"input", "src,usemap,formaction"},
    {"ins", "cite"},
    {"link", "href"},
    {"object", "classid,codebase,data,usemap"},
    {"q", "cite"},
    {"script", "src"},
    {"source", "src"},
    {"video", "poster,src"},
};

struct page *page_new(struct str prefix, struct str origin)
{
    struct page *p = mem_alloc(sizeof(*p));
    if (!p)
        return NULL;
    p->prefix = prefix;
    p->origin = origin;
    p->tag = BUF_INIT(TAG_BYTES_MAX + 16);
    return p;
}

struct page *page_free(struct page *p)
{
    if (p)
        buf_done(&p->tag);
    return mem_free(p);
}

/* The address as the reader has to ask for it. */
void page_address(struct str prefix, struct str origin, struct str url, struct buf *out)
{
    struct str path = url;
    for (size_t i = 0; i < 2; i++) {
        struct str scheme = i ? STR("https://") : STR("http://");
        if (str_starts(url, scheme) && str_starts(str_from(url, scheme.n), origin) && origin.n)
            path = str_from(url, scheme.n + origin.n);
    }
    bool absolute = path.n && path.p[0] == '/' && !(path.n > 1 && path.p[1] == '/');
    if (!absolute || str_starts(path, prefix)) {
        buf_str(out, url);
        return;
    }
    buf_str(out, prefix);
    buf_str(out, path);
}

static bool space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '/';
}

static const char *attributes_of(struct str element)
{
    for (size_t i = 0; i < ARRAY_LEN(links); i++)
        if (str_eq_nocase(element, str_of(links[i].element)))
            return links[i].attributes;
    return NULL;
}

static bool is_link(const char *attributes, struct str name)
{
    struct str rest = str_of(attributes), one;
    while (str_next(&rest, ',', &one))
        if (str_eq_nocase(one, name))
            return true;
    return false;
}

/* One attribute from text[at] on, written to out; where it ends. */
static size_t put_attribute(struct page *p, struct str t, size_t at, const char *attributes, struct buf *out)
{
    size_t from = at, name_end;
    while (at < t.n && !space(t.p[at]) && t.p[at] != '=' && t.p[at] != '>')
        at++;
    name_end = at;
    while (at < t.n && space(t.p[at]) && t.p[at] != '/')
        at++;
    if (at >= t.n || t.p[at] != '=') {
        at = MAX(name_end, from + 1);
        buf_str(out, str_make(t.p + from, at - from));
        return at;
    }
    for (at++; at < t.n && space(t.p[at]) && t.p[at] != '/'; at++)
        ;
    char quote = at < t.n && (t.p[at] == '"' || t.p[at] == '\'') ? t.p[at++] : 0;
    size_t value = at;
    while (at < t.n && (quote ? t.p[at] != quote : t.p[at] != '>' && (!space(t.p[at]) || t.p[at] == '/')))
        at++;
    buf_str(out, str_make(t.p + from, value - from));
    if (is_link(attributes, str_make(t.p + from, name_end - from)))
        page_address(p->prefix, p->origin, str_make(t.p + value, at - value), out);
    else
        buf_str(out, str_make(t.p + value, at - value));
    return at;
}

static void put_tag(struct page *p, struct buf *out)
{
    struct str t = buf_view(&p->tag);
    size_t at = 1;
    bool closing = t.n > 1 && t.p[1] == '/';
    while (at < t.n && !space(t.p[at]) && t.p[at] != '>')
        at++;
    struct str element = str_make(t.p + 1, at - 1);
    const char *attributes = closing ? NULL : attributes_of(element);
    if (!closing && (str_eq_nocase(element, STR("script")) || str_eq_nocase(element, STR("style"))))
        snprintf(p->raw, sizeof(p->raw), "%.*s", STR_FMT(element));
    if (!attributes) {
        buf_str(out, t);
        return;
    }
    buf_str(out, str_head(t, at));
    while (at < t.n) {
        if (space(t.p[at]) || t.p[at] == '>' || t.p[at] == '"' || t.p[at] == '\'')
            buf_char(out, t.p[at++]);
        else
            at = put_attribute(p, t, at, attributes, out);
    }
}

static bool ends_raw(const struct page *p)
{
    struct str t = buf_view(&p->tag), name = str_of(p->raw);
    return t.n >= name.n + 2 && t.p[1] == '/' && str_eq_nocase(str_make(t.p + 2, name.n), name);
}

static void drop_tag(struct page *p, struct buf *out, bool rewrite)
{
    if (rewrite)
        put_tag(p, out);
    else
        buf_str(out, buf_view(&p->tag));
    buf_drop(&p->tag, p->tag.n);
    p->quote = 0;
}

/* A character of a tag; comments and the text of scripts go by untouched. */
static void tag_char(struct page *p, char c, struct buf *out)
{
    buf_char(&p->tag, c);
    struct str t = buf_view(&p->tag);
    bool comment = str_starts(t, STR("<!--"));
    bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    if (t.n == 2 && !letter && c != '/' && c != '!' && c != '?') { /* "a < b": no tag */
        drop_tag(p, out, false);
        return;
    }
    if (p->raw[0] && t.n >= strlen(p->raw) + 2 && !ends_raw(p)) {
        drop_tag(p, out, false);
    } else if (p->quote) {
        p->quote = c == p->quote ? 0 : p->quote;
    } else if (!comment && t.n > 2 && !p->raw[0] && (c == '"' || c == '\'') && t.p[1] != '!') {
        p->quote = c;
    } else if (c == '>' && (!comment || (t.n >= 7 && str_ends(t, STR("-->"))))) {
        if (p->raw[0])
            p->raw[0] = 0;
        drop_tag(p, out, t.p[1] != '!');
    }
    if (p->tag.n >= TAG_BYTES_MAX)
        drop_tag(p, out, false);
}

void page_feed(struct page *p, struct str bytes, struct buf *out)
{
    while (bytes.n) {
        if (p->tag.n) {
            tag_char(p, bytes.p[0], out);
            bytes = str_from(bytes, 1);
            continue;
        }
        const char *open = memchr(bytes.p, '<', bytes.n);
        size_t n = open ? (size_t)(open - bytes.p) : bytes.n;
        buf_str(out, str_head(bytes, n));
        bytes = str_from(bytes, n);
        if (open) {
            buf_char(&p->tag, '<');
            bytes = str_from(bytes, 1);
        }
    }
}

void page_end(struct page *p, struct buf *out)
{
    drop_tag(p, out, false);
}
