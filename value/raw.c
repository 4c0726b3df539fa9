#include "value/inside.h"

int lex_fail(struct lex *l, const char *where)
{
    if (l->p >= l->end)
        return err_raise(l->err, -EBADMSG, "unexpected end of JSON input");
    unsigned char c = (unsigned char)*l->p;
    if (c == '\'' || c == '\\')
        return err_raise(l->err, -EBADMSG, "invalid character '\\%c' %s", c, where);
    if (c == '\n' || c == '\t' || c == '\r')
        return err_raise(l->err, -EBADMSG, "invalid character '\\%c' %s", c == '\n' ? 'n' : c == '\t' ? 't' : 'r', where);
    if (c < 0x20 || c == 0x7f)
        return err_raise(l->err, -EBADMSG, "invalid character '\\x%02x' %s", c, where);
    if (c < 0x80)
        return err_raise(l->err, -EBADMSG, "invalid character '%c' %s", c, where);
    /* Go prints the byte as the code point of that number. */
    if (c < 0xa0 || c == 0xad)
        return err_raise(l->err, -EBADMSG, "invalid character '\\u00%02x' %s", c, where);
    return err_raise(l->err, -EBADMSG, "invalid character '%c%c' %s", 0xc0 | c >> 6, 0x80 | (c & 0x3f), where);
}

void lex_space(struct lex *l)
{
    while (l->p < l->end && (*l->p == ' ' || *l->p == '\n' || *l->p == '\t' || *l->p == '\r'))
        l->p++;
}

int lex_enter(struct lex *l)
{
    if (++l->depth > VALUE_DEPTH_MAX)
        return err_raise(l->err, -E2BIG, "exceeded max depth of %d", VALUE_DEPTH_MAX);
    return 0;
}

#define ONES  0x0101010101010101u
#define HIGHS 0x8080808080808080u

typedef signed char bytes16 __attribute__((vector_size(16)));
typedef uint64_t words2 __attribute__((vector_size(16)));

/* Bytes of a word that are marked in `odd`'s high bits: where the first one stands. Right for the first, which is all that counts. */
static size_t first_marked(uint64_t odd)
{
    return (size_t)(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__ ? __builtin_ctzll(odd) : __builtin_clzll(odd)) / 8;
}

/* How far from p plain ASCII text runs: no quote, backslash, control byte or byte ≥ 0x80. */
static const char *plain_end(const char *p, const char *end)
{
    for (bytes16 b; end - p >= 16; p += 16) {
        memcpy(&b, p, 16);
        words2 odd = (words2)((b == '"') | (b == '\\') | (b < 0x20)); /* what is not ASCII is negative */
        if (odd[0])
            return p + first_marked(odd[0]);
        if (odd[1])
            return p + 8 + first_marked(odd[1]);
    }
    while (p < end && (unsigned char)*p >= 0x20 && (unsigned char)*p < 0x80 && *p != '"' && *p != '\\')
        p++;
    return p;
}

static int hex_digit(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

static int escape_check(struct lex *l)
{
    l->p++;
    if (l->p >= l->end)
        return lex_fail(l, "");
    char c = *l->p;
    if (!c || !memchr("\"\\/bfnrtu", c, 9))
        return lex_fail(l, "in string escape code");
    l->p++;
    for (int i = 0; c == 'u' && i < 4; i++, l->p++)
        if (l->p >= l->end || hex_digit(*l->p) < 0)
            return lex_fail(l, "in \\u hexadecimal character escape");
    return 0;
}

int lex_text(struct lex *l, struct lex_string *s)
{
    const char *start = ++l->p;
    s->escaped = s->high = false;
    for (;;) {
        l->p = plain_end(l->p, l->end);
        if (l->p >= l->end)
            return lex_fail(l, "");
        unsigned char c = (unsigned char)*l->p;
        if (c == '"')
            break;
        if (c == '\\') {
            s->escaped = true;
            int r = escape_check(l);
            if (r < 0)
                return r;
        } else if (c < 0x20) {
            return lex_fail(l, "in string literal");
        } else {
            s->high = true;
            l->p++;
        }
    }
    s->text = str_make(start, (size_t)(l->p - start));
    l->p++;
    return 0;
}

static bool is_digit(const struct lex *l)
{
    return l->p < l->end && *l->p >= '0' && *l->p <= '9';
}

static int digits(struct lex *l, const char *where)
{
    if (!is_digit(l))
        return lex_fail(l, where);
    while (is_digit(l))
        l->p++;
    return 0;
}

int lex_number(struct lex *l, struct str *text, bool *whole)
{
    const char *start = l->p;
    int r = 0;
    *whole = true;
    if (*l->p == '-')
        l->p++;
    if (l->p < l->end && *l->p == '0')
        l->p++;
    else
        r = digits(l, "in numeric literal");
    if (r == 0 && l->p < l->end && *l->p == '.') {
        *whole = false;
        l->p++;
        r = digits(l, "after decimal point in numeric literal");
    }
    if (r == 0 && l->p < l->end && (*l->p == 'e' || *l->p == 'E')) {
        *whole = false;
        l->p++;
        if (l->p < l->end && (*l->p == '+' || *l->p == '-'))
            l->p++;
        r = digits(l, "in exponent of numeric literal");
    }
    *text = str_make(start, (size_t)(l->p - start));
    return r;
}

int lex_word(struct lex *l, const char *word)
{
    for (const char *w = word; *w; w++, l->p++)
        if (l->p >= l->end || *l->p != *w) {
            char where[64];
            snprintf(where, sizeof(where), "in literal %s (expecting '%c')", word, *w);
            return lex_fail(l, where);
        }
    return 0;
}

int lex_name(struct lex *l, struct lex_string *s)
{
    lex_space(l);
    if (l->p >= l->end || *l->p != '"')
        return lex_fail(l, "looking for beginning of object key string");
    int r = lex_text(l, s);
    if (r < 0)
        return r;
    lex_space(l);
    if (l->p >= l->end || *l->p != ':')
        return lex_fail(l, "after object key");
    l->p++;
    return 0;
}

int lex_next(struct lex *l, char close, const char *where)
{
    lex_space(l);
    if (l->p >= l->end || (*l->p != ',' && *l->p != close))
        return lex_fail(l, where);
    return *l->p++ == ',';
}

/* Takes the opening bracket; 0 = there is something inside, 1 = the closing one was taken too. */
static int open_bracket(struct lex *l, char close)
{
    int r = lex_enter(l);
    l->p++;
    lex_space(l);
    if (r < 0 || l->p >= l->end || *l->p != close)
        return r;
    l->p++;
    return 1;
}

static int skip_object(struct lex *l)
{
    struct lex_string name;
    int r = open_bracket(l, '}');
    for (int more = r == 0; more > 0;) {
        r = lex_name(l, &name);
        if (r == 0)
            r = lex_skip(l);
        if (r < 0)
            return r;
        r = more = lex_next(l, '}', "after object key:value pair");
    }
    l->depth--;
    return MIN(r, 0);
}

static int skip_array(struct lex *l)
{
    int r = open_bracket(l, ']');
    for (int more = r == 0; more > 0;) {
        r = lex_skip(l);
        if (r < 0)
            return r;
        r = more = lex_next(l, ']', "after array element");
    }
    l->depth--;
    return MIN(r, 0);
}

int lex_skip(struct lex *l)
{
    struct lex_string text;
    struct str number;
    bool whole;
    lex_space(l);
    char c = l->p < l->end ? *l->p : 0;
    if (c == '{')
        return skip_object(l);
    if (c == '[')
        return skip_array(l);
    if (c == '"')
        return lex_text(l, &text);
    if (c == 't' || c == 'f' || c == 'n')
        return lex_word(l, c == 't' ? "true" : c == 'f' ? "false" : "null");
    if (c == '-' || (c >= '0' && c <= '9'))
        return lex_number(l, &number, &whole);
    return lex_fail(l, "looking for beginning of value");
}

int lex_end(struct lex *l)
{
    lex_space(l);
    return l->p < l->end ? lex_fail(l, "after top-level value") : 0;
}

/* Most of what is compacted is compact already, and without even a space in its texts. */
static bool holds_space(struct str s)
{
    size_t i = 0;
    for (uint64_t w; s.n - i >= 8; i += 8) {
        memcpy(&w, s.p + i, 8);
        if ((w - ONES * 0x21) & ~w & HIGHS)
            return true;
    }
    while (i < s.n && (unsigned char)s.p[i] > ' ')
        i++;
    return i < s.n;
}

int value_compact(struct arena *a, struct str json, struct str *out, struct err *err)
{
    const char *start = json.p ? json.p : "";
    struct lex l = {.p = start, .end = start + json.n, .err = err};
    int r = lex_skip(&l);
    if (r == 0)
        r = lex_end(&l);
    if (r < 0)
        return r;
    char *copy = NULL, *to = NULL;
    bool quoted = false;
    if (!holds_space(json)) {
        *out = json;
        return 0;
    }
    for (size_t i = 0; i < json.n; i++) {
        char c = json.p[i];
        bool space = !quoted && (c == ' ' || c == '\n' || c == '\t' || c == '\r');
        if (space && !copy) {
            copy = arena_alloc(a, json.n);
            if (!copy)
                return err_raise(err, -ENOMEM, "no memory for JSON text");
            memcpy(copy, json.p, i);
            to = copy + i;
        }
        if (space)
            continue;
        if (quoted && c == '\\') { /* the text was checked: a byte follows */
            if (copy)
                *to++ = c;
            c = json.p[++i];
        } else if (c == '"') {
            quoted = !quoted;
        }
        if (copy)
            *to++ = c;
    }
    *out = copy ? str_make(copy, (size_t)(to - copy)) : json;
    return 0;
}
