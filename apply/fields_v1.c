#include "json/json.h"
#include "apply/inside.h"

/* FieldsV1: {"f:spec":{"f:containers":{"k:{\"name\":\"a\"}":{".":{},"f:image":{}}}}}.
 * An empty object makes its part a member; beside children "." does. */

struct reader {
    struct arena *arena;
    const char *p, *end;
};

static int set_read(struct reader *r, struct field_set *out, bool *member, unsigned depth);

static void space(struct reader *r)
{
    while (r->p < r->end && (*r->p == ' ' || *r->p == '\n' || *r->p == '\t' || *r->p == '\r'))
        r->p++;
}

static bool eat(struct reader *r, char c)
{
    space(r);
    if (r->p == r->end || *r->p != c)
        return false;
    r->p++;
    return true;
}

static void utf8_put(char *out, size_t *n, unsigned c)
{
    if (c < 0x80) {
        out[(*n)++] = (char)c;
    } else if (c < 0x800) {
        out[(*n)++] = (char)(0xc0 | c >> 6);
        out[(*n)++] = (char)(0x80 | (c & 63));
    } else if (c < 0x10000) {
        out[(*n)++] = (char)(0xe0 | c >> 12);
        out[(*n)++] = (char)(0x80 | (c >> 6 & 63));
        out[(*n)++] = (char)(0x80 | (c & 63));
    } else {
        out[(*n)++] = (char)(0xf0 | c >> 18);
        out[(*n)++] = (char)(0x80 | (c >> 12 & 63));
        out[(*n)++] = (char)(0x80 | (c >> 6 & 63));
        out[(*n)++] = (char)(0x80 | (c & 63));
    }
}

static bool hex4(const char *p, const char *end, unsigned *out)
{
    *out = 0;
    if (end - p < 4)
        return false;
    for (int i = 0; i < 4; i++) {
        char c = p[i];
        unsigned digit = c >= '0' && c <= '9'   ? (unsigned)(c - '0')
                         : c >= 'a' && c <= 'f' ? (unsigned)(c - 'a' + 10)
                         : c >= 'A' && c <= 'F' ? (unsigned)(c - 'A' + 10)
                                                : 16;
        if (digit > 15)
            return false;
        *out = *out << 4 | digit;
    }
    return true;
}

static bool unicode(const char **p, const char *end, char *out, size_t *n)
{
    unsigned c, low;
    if (!hex4(*p, end, &c))
        return false;
    *p += 4;
    if (c >= 0xd800 && c < 0xdc00 && end - *p >= 6 && (*p)[0] == '\\' && (*p)[1] == 'u' && hex4(*p + 2, end, &low) && low >= 0xdc00 && low < 0xe000) {
        c = 0x10000 + ((c - 0xd800) << 10) + (low - 0xdc00);
        *p += 6;
    }
    utf8_put(out, n, c >= 0xd800 && c < 0xe000 ? 0xfffd : c);
    return true;
}

/* The text between quotes; borrowed when it has no escapes. */
static int text_read(struct reader *r, struct str *out)
{
    if (!eat(r, '"'))
        return -EBADMSG;
    const char *start = r->p;
    bool escaped = false;
    for (; r->p < r->end && *r->p != '"'; r->p++) {
        if (*r->p == '\\') {
            escaped = true;
            r->p++;
        }
    }
    if (r->p >= r->end)
        return -EBADMSG;
    const char *stop = r->p++;
    *out = str_make(start, (size_t)(stop - start));
    if (!escaped)
        return 0;
    char *text = arena_alloc(r->arena, out->n + 1);
    if (!text)
        return -ENOMEM;
    size_t n = 0;
    for (const char *p = start; p < stop;) {
        char c = *p++;
        if (c != '\\') {
            text[n++] = c;
            continue;
        }
        static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
        char e = *p++;
        const char *at = e ? strchr(from, e) : NULL;
        if (at)
            text[n++] = to[at - from];
        else if (e != 'u' || !unicode(&p, stop, text, &n))
            return -EBADMSG;
    }
    *out = str_make(text, n);
    return 0;
}

/* Is it {"name":scalar,…}, compact, names rising? Then it is what we and upstream write. */
static bool keys_plain(struct str s)
{
    struct str before = STR_NONE;
    size_t i = 1;
    if (s.n < 2 || s.p[0] != '{' || s.p[s.n - 1] != '}')
        return false;
    while (i < s.n - 1) {
        size_t start = i + 1;
        if (s.p[i] != '"')
            return false;
        for (i++; i < s.n && s.p[i] != '"'; i++) {
            if (s.p[i] == '\\' || (unsigned char)s.p[i] < ' ')
                return false;
        }
        struct str name = str_make(s.p + start, i - start);
        if (i + 2 >= s.n || s.p[i + 1] != ':' || (before.p && str_cmp(before, name) >= 0))
            return false;
        before = name;
        i += 2;
        if (s.p[i] == '"') {
            for (i++; i < s.n && s.p[i] != '"'; i++) {
                if (s.p[i] == '\\' || (unsigned char)s.p[i] < ' ')
                    return false;
            }
            i++;
        } else {
            size_t digits = i;
            for (i += s.p[i] == '-'; i < s.n && s.p[i] >= '0' && s.p[i] <= '9'; i++)
                ;
            if (digits == i)
                return false;
        }
        if (i >= s.n || (s.p[i] != ',' && i != s.n - 1) || (s.p[i] == ',' && s.p[i + 1] == '}'))
            return false;
        i += s.p[i] == ',';
    }
    return true;
}

static int member_cmp(const void *a, const void *b)
{
    const struct value_member *x = a, *y = b;
    return str_cmp(x->key, y->key);
}

/* Any JSON value in the one form we compare. */
static int canonical(struct arena *a, bool keys, struct str *text)
{
    struct value v;
    int r = json_parse(a, *text, &v, NULL);
    if (r < 0)
        return r == -ENOMEM ? r : -EBADMSG;
    if (keys && v.type != VALUE_MAP)
        return -EBADMSG;
    if (keys && value_count(&v) > 1)
        qsort(value_members(&v), value_count(&v), sizeof(struct value_member), member_cmp);
    SCOPED_BUF b = BUF_INIT(0);
    json_print(&b, &v);
    r = buf_error(&b);
    return r < 0 ? r : arena_str(a, buf_view(&b), text);
}

/* 0, 1: a part of a kind we do not know, to be skipped. */
static int part_read(struct arena *a, struct str key, struct path_part *out)
{
    if (key.n < 2 || key.p[1] != ':')
        return -EBADMSG;
    int64_t index;
    *out = (struct path_part){.kind = key.p[0], .text = str_from(key, 2)};
    switch (out->kind) {
    case 'f':
        return 0;
    case 'k':
        return keys_plain(out->text) ? 0 : canonical(a, true, &out->text);
    case 'v':
        return canonical(a, false, &out->text);
    case 'i':
        return str_to_int(out->text, &index) < 0 ? -EBADMSG : 0;
    default:
        return 1;
    }
}

static int member_read(struct reader *r, struct field_set *out, bool *member, unsigned depth)
{
    struct str key;
    struct field_set below = {0};
    bool inside = false;
    int result = text_read(r, &key);
    if (result < 0)
        return result;
    if (!eat(r, ':'))
        return -EBADMSG;
    result = set_read(r, &below, &inside, depth + 1);
    if (result < 0)
        return result;
    if (str_is(key, ".")) {
        *member = true;
        return 0;
    }
    struct path_part part;
    result = part_read(r->arena, key, &part);
    if (result != 0)
        return result < 0 ? result : 0;
    struct field_node *node = set_append(r->arena, out, part);
    if (!node)
        return -ENOMEM;
    node->bits = inside ? SET_MEMBER : 0;
    node->below = below;
    return 0;
}

static int set_read(struct reader *r, struct field_set *out, bool *member, unsigned depth)
{
    if (depth > VALUE_DEPTH_MAX)
        return -E2BIG;
    if (!eat(r, '{'))
        return -EBADMSG;
    if (!eat(r, '}')) {
        do {
            int result = member_read(r, out, member, depth);
            if (result < 0)
                return result;
        } while (eat(r, ','));
        if (!eat(r, '}'))
            return -EBADMSG;
    }
    if (out->n == 0)
        *member = true;
    if (set_sort(out))
        return 0;
    uint32_t n = 0;
    for (uint32_t i = 0; i < out->n; i++) { /* a part that came twice: the last one counts */
        if (n && part_cmp(out->nodes[n - 1].part, out->nodes[i].part) == 0)
            n--;
        out->nodes[n++] = out->nodes[i];
    }
    out->n = n;
    return 0;
}

int set_parse(struct arena *a, struct str json, struct field_set *out)
{
    struct reader r = {.arena = a, .p = json.p, .end = json.p + json.n};
    bool member = false;
    *out = (struct field_set){0};
    if (json.n == 0 || str_is(json, "null"))
        return 0;
    int result = set_read(&r, out, &member, 0);
    if (result < 0)
        return result;
    space(&r);
    return r.p == r.end ? 0 : -EBADMSG;
}

/* Bytes that are not written as they are: quotes, backslashes, control characters and <, >, &, as Go has it. */
static const bool escaped[256] = {
    [0 ... 31] = true, ['"'] = true, ['\\'] = true, ['<'] = true, ['>'] = true, ['&'] = true,
};

/* Writes the text at `to`, where there is room for six times as much; answers the place behind. */
static char *escape(char *to, struct str s)
{
    static const char digits[] = "0123456789abcdef";
    size_t plain = 0;
    while (plain < s.n && !escaped[(unsigned char)s.p[plain]])
        plain++;
    if (plain)
        to = (char *)memcpy(to, s.p, plain) + plain;
    for (size_t i = plain; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (!escaped[c]) {
            *to++ = (char)c;
        } else if (c == '"' || c == '\\') {
            *to++ = '\\';
            *to++ = (char)c;
        } else {
            const char text[] = {'\\', 'u', '0', '0', digits[c >> 4], digits[c & 15]};
            memcpy(to, text, sizeof(text));
            to += sizeof(text);
        }
    }
    return to;
}

#define MEMBER_BYTES 8 /* ,"k:…":{} */

static void nodes_print(const struct field_set *s, bool self, struct buf *out)
{
    buf_text(out, self ? "{\".\":{}" : "{");
    for (uint32_t i = 0; i < s->n; i++) {
        const struct field_node *n = &s->nodes[i];
        char *to = n->part.text.n > SIZE_MAX / 8 ? NULL : buf_room(out, n->part.text.n * 6 + MEMBER_BYTES), *start = to;
        if (!to)
            return;
        if (self || i)
            *to++ = ',';
        *to++ = '"';
        *to++ = n->part.kind;
        *to++ = ':';
        to = escape(to, n->part.text);
        *to++ = '"';
        *to++ = ':';
        if (n->below.n == 0) {
            *to++ = '{';
            *to++ = '}';
        }
        buf_grew(out, (size_t)(to - start));
        if (n->below.n)
            nodes_print(&n->below, (n->bits & SET_MEMBER) != 0, out);
    }
    buf_char(out, '}');
}

void set_print(const struct field_set *s, struct buf *out)
{
    nodes_print(s, false, out);
}
