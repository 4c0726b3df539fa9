#include "json/json.h"

int json_parse(struct arena *a, struct str text, struct value *out, struct err *err)
{
    return value_parse(a, text, NULL, NULL, out, err);
}

int json_parse_noting(struct arena *a, struct str text, struct value_duplicates *duplicates, struct value *out, struct err *err)
{
    return value_parse(a, text, NULL, duplicates, out, err);
}

/* What Go writes for a byte: 0 = itself, 1 = \u00xx, 2 = look further (not ASCII), else the letter behind a backslash. */
static const char escapes[256] = {
    [0] = 1,     [1] = 1,
    [2] = 1,     [3] = 1,
    [4] = 1,     [5] = 1,
    [6] = 1,     [7] = 1,
    [8] = 'b',   [9] = 't',
    [10] = 'n',  [11] = 1,
    [12] = 'f',  [13] = 'r',
    [14] = 1,    [15] = 1,
    [16] = 1,    [17] = 1,
    [18] = 1,    [19] = 1,
    [20] = 1,    [21] = 1,
    [22] = 1,    [23] = 1,
    [24] = 1,    [25] = 1,
    [26] = 1,    [27] = 1,
    [28] = 1,    [29] = 1,
    [30] = 1,    [31] = 1,
    ['"'] = '"', ['\\'] = '\\',
    ['<'] = 1,   ['>'] = 1,
    ['&'] = 1,   [0x80 ... 0xff] = 2,
};

static void escape_byte(struct buf *out, unsigned char c)
{
    static const char digits[] = "0123456789abcdef";
    char text[6] = {'\\', 'u', '0', '0', digits[c >> 4], digits[c & 15]};
    if (escapes[c] == 1) {
        buf_add(out, text, 6);
    } else {
        text[1] = escapes[c];
        buf_add(out, text, 2);
    }
}

/* At a byte ≥ 0x80: writes its character, or what stands for it, and answers how many bytes that took. */
static size_t put_high(struct buf *out, struct str rest)
{
    for (size_t len = 2; len <= 4 && len <= rest.n; len++) {
        if (!str_utf8_valid(str_head(rest, len)))
            continue;
        bool line = len == 3 && memcmp(rest.p, "\xe2\x80", 2) == 0 && ((unsigned char)rest.p[2] & 0xfe) == 0xa8;
        if (line)
            buf_text(out, (unsigned char)rest.p[2] == 0xa8 ? "\\u2028" : "\\u2029");
        else
            buf_add(out, rest.p, len);
        return len;
    }
    buf_text(out, "\\ufffd");
    return 1;
}

typedef signed char bytes16 __attribute__((vector_size(16)));
typedef uint64_t words2 __attribute__((vector_size(16)));

/* Where in a word of bytes that are 0 or 0xff the first 0xff stands. */
static size_t first_marked(uint64_t odd)
{
    return (size_t)(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__ ? __builtin_ctzll(odd) : __builtin_clzll(odd)) / 8;
}

/* Of sixteen bytes: 0xff where one is not written as it is. */
static inline words2 odd_ones(bytes16 b)
{
    /* " and & differ in one bit, and so do < and >; what is not ASCII is negative, hence less than a space. */
    return (words2)(((b & ~('"' ^ '&')) == ('"' & '&')) | ((b & ~('<' ^ '>')) == ('<' & '>')) | (b == '\\') | (b < 0x20));
}

/* The last bytes of a text of four or more, some of them twice where there are less than sixteen. */
static inline bytes16 last_ones(struct str s)
{
    bytes16 b;
    uint64_t w[2];
    uint32_t h[4];
    if (s.n >= 16) {
        memcpy(&b, s.p + s.n - 16, 16);
    } else if (s.n >= 8) {
        memcpy(&w[0], s.p, 8);
        memcpy(&w[1], s.p + s.n - 8, 8);
        memcpy(&b, w, 16);
    } else {
        memcpy(&h[0], s.p, 4);
        memcpy(&h[1], s.p + s.n - 4, 4);
        h[2] = h[3] = h[0];
        memcpy(&b, h, 16);
    }
    return b;
}

/* How many bytes at the front are written as they are. */
static size_t plain_length(struct str s)
{
    size_t i = 0;
    for (bytes16 b; s.n - i >= 16; i += 16) {
        memcpy(&b, s.p + i, 16);
        words2 odd = odd_ones(b);
        if (odd[0])
            return i + first_marked(odd[0]);
        if (odd[1])
            return i + 8 + first_marked(odd[1]);
    }
    if (i < s.n && s.n >= 4) {
        words2 odd = odd_ones(last_ones(s));
        if (!(odd[0] | odd[1]))
            return s.n;
    }
    while (i < s.n && !escapes[(unsigned char)s.p[i]])
        i++;
    return i;
}

void json_string(struct buf *out, struct str s)
{
    char *to;
    if (plain_length(s) == s.n && (to = buf_room(out, s.n + 2))) { /* nearly all: one copy */
        to[0] = '"';
        if (s.n)
            memcpy(to + 1, s.p, s.n);
        to[s.n + 1] = '"';
        buf_grew(out, s.n + 2);
        return;
    }
    buf_char(out, '"');
    while (s.n) {
        size_t n = plain_length(s);
        buf_add(out, s.p, n);
        s = str_from(s, n);
        if (s.n && escapes[(unsigned char)s.p[0]] == 2) {
            s = str_from(s, put_high(out, s));
        } else if (s.n) {
            escape_byte(out, (unsigned char)s.p[0]);
            s = str_from(s, 1);
        }
    }
    buf_char(out, '"');
}

/* How many bytes of JSON text run from the front without one that Go writes in another way within texts. */
static size_t raw_length(struct str s)
{
    size_t i = 0;
    for (bytes16 b; s.n - i >= 16; i += 16) {
        memcpy(&b, s.p + i, 16);
        words2 odd = (words2)((b == '<') | (b == '>') | (b == '&') | (b == (signed char)0xe2));
        if (odd[0])
            return i + first_marked(odd[0]);
        if (odd[1])
            return i + 8 + first_marked(odd[1]);
    }
    while (i < s.n && s.p[i] != '<' && s.p[i] != '>' && s.p[i] != '&' && (unsigned char)s.p[i] != 0xe2)
        i++;
    return i;
}

void json_raw(struct buf *out, struct str s)
{
    while (s.n) {
        size_t n = raw_length(s);
        buf_add(out, s.p, n);
        s = str_from(s, n);
        if (!s.n)
            return;
        unsigned char c = (unsigned char)s.p[0];
        bool line = c == 0xe2 && s.n >= 3 && (unsigned char)s.p[1] == 0x80 && ((unsigned char)s.p[2] & 0xfe) == 0xa8;
        if (line)
            buf_text(out, (unsigned char)s.p[2] == 0xa8 ? "\\u2028" : "\\u2029");
        else if (c == 0xe2)
            buf_add(out, s.p, 1);
        else
            escape_byte(out, c);
        s = str_from(s, line ? 3 : 1);
    }
}

/* Go: the fewest digits that read back as the same number; exponent form outside [1e-6, 1e21). */
void json_double(struct buf *out, double d)
{
    char text[40];
    double back, size = d < 0 ? -d : d;
    if (!__builtin_isfinite(d)) {
        buf_text(out, "null");
        return;
    }
    if (d == 0) {
        buf_text(out, __builtin_signbit(d) ? "-0" : "0");
        return;
    }
    int precision = 0;
    do
        snprintf(text, sizeof(text), "%.*e", precision, d);
    while ((str_to_double(str_of(text), &back) < 0 || back != d) && precision++ < 17);
    if (size < 1e-6 || size >= 1e21) {
        char *e = strchr(text, 'e');
        buf_add(out, text, (size_t)(e + 2 - text)); /* 1e-07 is written 1e-7 */
        buf_text(out, e[2] == '0' ? e + 3 : e + 2);
        return;
    }
    int exponent = atoi(strchr(text, 'e') + 1);
    if (exponent <= precision) {
        buf_fmt(out, "%.*f", precision - exponent, d);
        return;
    }
    /* Zeros behind the shortest digits, where printf would make up exact ones. */
    for (const char *at = text; *at != 'e'; at++)
        if (*at != '.')
            buf_char(out, *at);
    for (int i = precision; i < exponent; i++)
        buf_char(out, '0');
}

static void print_list(struct buf *out, const struct value *v)
{
    buf_char(out, '[');
    for (uint32_t i = 0; i < v->list.n; i++) {
        if (i)
            buf_char(out, ',');
        json_print(out, &v->list.items[i]);
    }
    buf_char(out, ']');
}

/* `before`, the key in quotes, a colon. */
static void print_key(struct buf *out, char before, struct str key)
{
    char *to = plain_length(key) == key.n ? buf_room(out, key.n + 4) : NULL;
    if (!to) {
        buf_char(out, before);
        json_string(out, key);
        buf_char(out, ':');
        return;
    }
    to[0] = before;
    to[1] = '"';
    if (key.n)
        memcpy(to + 2, key.p, key.n);
    to[key.n + 2] = '"';
    to[key.n + 3] = ':';
    buf_grew(out, key.n + 4);
}

static void print_map(struct buf *out, const struct value *v)
{
    if (v->map.n == 0)
        buf_char(out, '{');
    for (uint32_t i = 0; i < v->map.n; i++) {
        print_key(out, i ? ',' : '{', v->map.members[i].key);
        json_print(out, &v->map.members[i].value);
    }
    buf_char(out, '}');
}

void json_print(struct buf *out, const struct value *v)
{
    switch (v ? v->type : VALUE_NULL) {
    case VALUE_NULL:
        buf_add(out, "null", 4);
        break;
    case VALUE_BOOL:
        buf_text(out, v->boolean ? "true" : "false");
        break;
    case VALUE_INT:
        buf_int(out, v->integer);
        break;
    case VALUE_DOUBLE:
        json_double(out, v->number);
        break;
    case VALUE_TEXT:
        json_string(out, v->text);
        break;
    case VALUE_LIST:
        print_list(out, v);
        break;
    case VALUE_MAP:
        print_map(out, v);
        break;
    case VALUE_RAW:
        json_raw(out, v->text);
        break;
    }
}

static void new_line(struct buf *out, unsigned depth)
{
    buf_char(out, '\n');
    for (unsigned i = 0; i < depth; i++)
        buf_add(out, "  ", 2);
}

/* One string from its quote on: how many bytes it takes. */
static size_t string_length(struct str s)
{
    for (size_t i = 1; i < s.n; i++) {
        if (s.p[i] == '"')
            return i + 1;
        if (s.p[i] == '\\')
            i++;
    }
    return s.n;
}

void json_indent(struct buf *out, struct str s)
{
    unsigned depth = 0;
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        if (c == '"') {
            size_t n = string_length(str_from(s, i));
            buf_add(out, s.p + i, n);
            i += n - 1;
            continue;
        }
        bool empty = (c == '{' || c == '[') && i + 1 < s.n && (s.p[i + 1] == '}' || s.p[i + 1] == ']');
        if (empty) {
            buf_add(out, s.p + i++, 2);
            continue;
        }
        if (c == '}' || c == ']')
            new_line(out, depth = depth ? depth - 1 : 0);
        buf_char(out, c);
        if (c == '{' || c == '[')
            new_line(out, ++depth);
        else if (c == ',')
            new_line(out, depth);
        else if (c == ':')
            buf_char(out, ' ');
    }
}
