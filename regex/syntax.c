/* RE2's syntax, checked and written again for PCRE2: every literal is quoted, every class spelled out, so that nothing
 * PCRE2 has beyond RE2 can come through, and what both have means what RE2 means by it (\s without \v, $ only at the
 * end, ASCII \w). */
#include "regex/inside.h"

#define REPEAT_MAX 1000
#define NEST_MAX   250
#define NOT_HERE   2 /* beside 0 and REGEX_REFUSED */

struct syntax {
    struct str s;
    size_t i;
    unsigned depth;
    struct buf *out;
    struct err *err;
};

static int refuse(struct syntax *x, const char *what, size_t from, size_t to)
{
    return err_raise(x->err, REGEX_REFUSED, "error parsing regexp: %s: `%.*s`", what, (int)MIN(to - from, (size_t)200), x->s.p + from);
}

static bool more(const struct syntax *x)
{
    return x->i < x->s.n;
}

static char peek(const struct syntax *x)
{
    return more(x) ? x->s.p[x->i] : 0;
}

static bool looking(const struct syntax *x, const char *at)
{
    return str_starts(str_from(x->s, x->i), str_of(at));
}

static size_t code_bytes(const struct syntax *x)
{
    unsigned char c = (unsigned char)x->s.p[x->i];
    size_t n = c < 0x80 ? 1 : c < 0xe0 ? 2 : c < 0xf0 ? 3 : 4;
    return MIN(n, x->s.n - x->i);
}

static uint32_t take_code(struct syntax *x)
{
    static const unsigned char masks[] = {0, 0x7f, 0x1f, 0x0f, 0x07};
    size_t n = code_bytes(x);
    uint32_t code = (unsigned char)x->s.p[x->i] & masks[n];
    for (size_t k = 1; k < n; k++)
        code = code << 6 | ((unsigned char)x->s.p[x->i + k] & 63);
    x->i += n;
    return code;
}

static void put_code(struct syntax *x, uint32_t code)
{
    if ((code >= '0' && code <= '9') || (code >= 'a' && code <= 'z') || (code >= 'A' && code <= 'Z') || code == '_')
        buf_char(x->out, (char)code);
    else
        buf_fmt(x->out, "\\x{%x}", code);
}

static int hex(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : (c | 32) >= 'a' && (c | 32) <= 'f' ? (c | 32) - 'a' + 10 : -1;
}

/* ── escapes that stand for one character; the backslash is behind us ── */
static bool take_hex(struct syntax *x, uint32_t *code)
{
    *code = 0;
    if (peek(x) != '{') {
        for (int k = 0; k < 2; k++, x->i++) {
            if (!more(x) || hex(peek(x)) < 0)
                return false;
            *code = *code * 16 + (uint32_t)hex(peek(x));
        }
        return true;
    }
    size_t digits = 0;
    for (x->i++; more(x) && hex(peek(x)) >= 0; x->i++, digits++) {
        *code = *code * 16 + (uint32_t)hex(peek(x));
        if (*code > 0x10ffff)
            return false;
    }
    if (!digits || peek(x) != '}')
        return false;
    x->i++;
    return true;
}

static int take_escape(struct syntax *x, uint32_t *code)
{
    static const char from[] = "aftnrv", to[] = "\a\f\t\n\r\v";
    size_t start = x->i - 1;
    char c = peek(x);
    const char *plain = c ? strchr(from, c) : NULL;
    if (!more(x))
        return err_raise(x->err, REGEX_REFUSED, "error parsing regexp: trailing backslash at end of expression: ``");
    if (plain) {
        *code = (uint32_t)to[plain - from];
        x->i++;
        return 0;
    }
    if (c == 'x') {
        x->i++;
        return take_hex(x, code) ? 0 : refuse(x, "invalid escape sequence", start, MIN(x->i + 1, x->s.n));
    }
    if (c >= '0' && c <= '7' && (c == '0' || (x->i + 1 < x->s.n && x->s.p[x->i + 1] >= '0' && x->s.p[x->i + 1] <= '7'))) {
        *code = 0;
        for (int k = 0; k < 3 && peek(x) >= '0' && peek(x) <= '7' && more(x); k++, x->i++)
            *code = *code * 8 + (uint32_t)(peek(x) - '0');
        return 0;
    }
    if ((unsigned char)c < 0x80 && c != '_' && hex(c) < 0 && !((c | 32) >= 'a' && (c | 32) <= 'z')) {
        *code = (unsigned char)c;
        x->i++;
        return 0;
    }
    return refuse(x, "invalid escape sequence", start, x->i + code_bytes(x));
}

/* ── classes ── */
/* \d \w \s \p{…} and their opposites; NOT_HERE: here is none. */
static int take_perl_class(struct syntax *x, bool inside)
{
    static const struct {
        char letter;
        const char *in, *out; /* within brackets, and alone */
    } classes[] = {
        {'d', "0-9", "[0-9]"},
        {'D', "\\D", "[^0-9]"},
        {'w', "0-9A-Za-z_", "[0-9A-Za-z_]"},
        {'W', "\\W", "[^0-9A-Za-z_]"},
        {'s', "\\t\\n\\f\\r ", "[\\t\\n\\f\\r ]"},
        {'S', "\\S\\x{b}", "[^\\t\\n\\f\\r ]"},
    };
    for (size_t k = 0; k < ARRAY_LEN(classes); k++)
        if (peek(x) == classes[k].letter) {
            buf_text(x->out, inside ? classes[k].in : classes[k].out);
            x->i++;
            return 0;
        }
    if (peek(x) != 'p' && peek(x) != 'P')
        return NOT_HERE;
    size_t start = x->i - 1;
    bool not = peek(x) == 'P';
    struct str name;
    x->i++;
    if (peek(x) == '{') {
        ssize_t end = str_find(str_from(x->s, x->i), STR("}"));
        if (end < 0)
            return refuse(x, "invalid character class range", start, x->s.n);
        name = str_make(x->s.p + x->i + 1, (size_t)end - 1);
        x->i += (size_t)end + 1;
    } else if (more(x)) {
        name = str_make(x->s.p + x->i, 1);
        x->i++;
    } else {
        return refuse(x, "invalid character class range", start, x->s.n);
    }
    if (str_starts(name, STR("^"))) {
        not = !not ;
        name = str_from(name, 1);
    }
    for (size_t k = 0; k < name.n; k++)
        if (!(((name.p[k] | 32) >= 'a' && (name.p[k] | 32) <= 'z') || name.p[k] == '_') || name.n > 40)
            return refuse(x, "invalid character class range", start, x->i);
    if (!name.n)
        return refuse(x, "invalid character class range", start, x->i);
    buf_fmt(x->out, "\\%c{%.*s}", not ? 'P' : 'p', STR_FMT(name));
    return 0;
}

/* [:alpha:]; NOT_HERE: here is none. */
static int take_posix_class(struct syntax *x)
{
    static const char *const names[] = {"alnum", "alpha", "ascii", "blank", "cntrl", "digit", "graph",
                                        "lower", "print", "punct", "space", "upper", "word",  "xdigit"};
    if (!looking(x, "[:"))
        return NOT_HERE;
    ssize_t end = str_find(str_from(x->s, x->i), STR(":]"));
    if (end < 0)
        return NOT_HERE;
    struct str name = str_make(x->s.p + x->i + 2, (size_t)end - 2);
    bool not = str_starts(name, STR("^"));
    for (size_t k = 0; k < ARRAY_LEN(names); k++)
        if (str_is(str_from(name, not ), names[k])) {
            buf_fmt(x->out, "[:%s%s:]", not ? "^" : "", names[k]);
            x->i += (size_t)end + 2;
            return 0;
        }
    return refuse(x, "invalid character class range", x->i, x->i + (size_t)end + 2);
}

static int take_class_char(struct syntax *x, size_t start, uint32_t *code)
{
    if (!more(x))
        return refuse(x, "missing closing ]", start, x->s.n);
    if (peek(x) != '\\') {
        *code = take_code(x);
        return 0;
    }
    x->i++;
    return take_escape(x, code);
}

static int take_class_item(struct syntax *x, size_t start)
{
    uint32_t low, high;
    size_t from = x->i;
    int r = take_posix_class(x);
    if (r != NOT_HERE)
        return r;
    if (peek(x) == '\\') {
        x->i++;
        r = take_perl_class(x, true);
        if (r != NOT_HERE)
            return r;
        x->i--;
    }
    r = take_class_char(x, start, &low);
    if (r != 0)
        return r;
    high = low;
    if (peek(x) == '-' && x->i + 1 < x->s.n && x->s.p[x->i + 1] != ']') {
        x->i++;
        r = take_class_char(x, start, &high);
        if (r != 0)
            return r;
        if (high < low)
            return refuse(x, "invalid character class range", from, x->i);
    }
    put_code(x, low);
    if (high != low) {
        buf_char(x->out, '-');
        put_code(x, high);
    }
    return 0;
}

static int take_class(struct syntax *x)
{
    size_t start = x->i;
    bool first = true;
    buf_char(x->out, '[');
    x->i++;
    if (peek(x) == '^') {
        buf_char(x->out, '^');
        x->i++;
    }
    while (more(x) && (first || peek(x) != ']')) {
        if (peek(x) == '-' && !first && x->i + 1 < x->s.n && x->s.p[x->i + 1] != ']')
            return refuse(x, "invalid character class range", x->i, x->i + 2);
        int r = take_class_item(x, start);
        if (r != 0)
            return r;
        first = false;
    }
    if (!more(x))
        return refuse(x, "missing closing ]", start, x->s.n);
    x->i++;
    buf_char(x->out, ']');
    return 0;
}

/* ── repetition ── */
static bool take_count(struct syntax *x, long *n)
{
    size_t start = x->i;
    *n = 0;
    for (; peek(x) >= '0' && peek(x) <= '9' && more(x); x->i++)
        *n = MIN(*n * 10 + (peek(x) - '0'), 100000L);
    return x->i > start && !(x->s.p[start] == '0' && x->i > start + 1);
}

/* {n}, {n,}, {n,m}; NOT_HERE: this is no repetition but a literal brace. */
static int take_braces(struct syntax *x, long *most)
{
    size_t start = x->i;
    long low, high;
    x->i++;
    bool fine = take_count(x, &low);
    high = low;
    if (fine && peek(x) == ',') {
        x->i++;
        high = -1;
        if (peek(x) != '}')
            fine = take_count(x, &high);
    }
    if (!fine || peek(x) != '}') {
        x->i = start;
        return NOT_HERE;
    }
    x->i++;
    if (low > REPEAT_MAX || high > REPEAT_MAX || (high >= 0 && low > high))
        return refuse(x, "invalid repeat count", start, x->i);
    *most = MAX(MAX(low, high), 1L);
    buf_add(x->out, x->s.p + start, x->i - start);
    return 0;
}

/* What may follow an atom. *weight: how often the atom is written out, for nested counts. */
static int take_repeat(struct syntax *x, long *weight)
{
    size_t start = x->i;
    char c = peek(x);
    if (!more(x) || !strchr("*+?{", c))
        return 0;
    if (c == '{') {
        int r = take_braces(x, weight);
        if (r != 0)
            return r == NOT_HERE ? 0 : r;
    } else {
        buf_char(x->out, c);
        x->i++;
    }
    if (peek(x) == '?') {
        buf_char(x->out, '?');
        x->i++;
    }
    if (!more(x) || !strchr("*+?{", peek(x)))
        return 0;
    if (peek(x) == '{') {
        size_t keep = x->out->n;
        long ignored;
        int r = take_braces(x, &ignored);
        x->out->n = keep;
        if (r == NOT_HERE)
            return 0;
    } else {
        x->i++;
    }
    return refuse(x, "invalid nested repetition operator", start, x->i);
}

/* ── groups ── */
static int take_alternatives(struct syntax *x, long *weight);

static int take_name(struct syntax *x, size_t start)
{
    size_t from = x->i;
    while (more(x) && ((peek(x) | 32) >= 'a' && (peek(x) | 32) <= 'z' ? true : peek(x) == '_' || (peek(x) >= '0' && peek(x) <= '9')))
        x->i++;
    if (x->i == from || peek(x) != '>')
        return refuse(x, "invalid named capture", start, MIN(x->i + 1, x->s.n));
    x->i++;
    return 0;
}

/* (?flags) and (?flags: — *closed: the group ended here. */
static int take_flags(struct syntax *x, size_t start, bool *closed)
{
    bool minus = false, any = false;
    buf_text(x->out, "(?");
    for (; more(x) && peek(x) != ')' && peek(x) != ':'; x->i++) {
        char c = peek(x);
        if (c == '-' && !minus) {
            minus = true;
            any = false;
        } else if (c && strchr("imsU", c)) {
            any = true;
        } else {
            return refuse(x, "invalid or unsupported Perl syntax", start, x->i + code_bytes(x));
        }
        buf_char(x->out, c);
    }
    if (!more(x))
        return refuse(x, "missing closing )", 0, x->s.n);
    *closed = peek(x) == ')';
    if ((minus || *closed) && !any)
        return refuse(x, "invalid or unsupported Perl syntax", start, x->i + 1);
    buf_char(x->out, peek(x));
    x->i++;
    return 0;
}

static int take_group(struct syntax *x, long *weight)
{
    size_t start = x->i;
    bool closed = false;
    int r = 0;
    x->i++;
    if (++x->depth > NEST_MAX)
        return refuse(x, "expression nests too deeply", 0, x->s.n);
    if (looking(x, "?P<") || (looking(x, "?<") && !looking(x, "?<=") && !looking(x, "?<!"))) {
        x->i += looking(x, "?P<") ? 3 : 2;
        r = take_name(x, start);
        buf_char(x->out, '(');
    } else if (looking(x, "?")) {
        x->i++;
        r = take_flags(x, start, &closed);
    } else {
        buf_char(x->out, '(');
    }
    if (r != 0 || closed) {
        x->depth--;
        *weight = 0;
        return r;
    }
    r = take_alternatives(x, weight);
    if (r != 0)
        return r;
    if (peek(x) != ')')
        return refuse(x, "missing closing )", 0, x->s.n);
    x->i++;
    x->depth--;
    buf_char(x->out, ')');
    return 0;
}

/* ── atoms ── */
static int take_backslash(struct syntax *x)
{
    uint32_t code;
    x->i++;
    switch (peek(x)) {
    case 'A':
    case 'b':
    case 'B':
    case 'z':
        buf_fmt(x->out, "\\%c", peek(x));
        x->i++;
        return 0;
    default:
        break;
    }
    int r = take_perl_class(x, false);
    if (r != NOT_HERE)
        return r;
    r = take_escape(x, &code);
    if (r == 0)
        put_code(x, code);
    return r;
}

/* \Q…\E: literals. */
static void take_quoted(struct syntax *x)
{
    for (x->i += 2; more(x) && !looking(x, "\\E");)
        put_code(x, take_code(x));
    if (more(x))
        x->i += 2;
}

static int take_atom(struct syntax *x, long *weight)
{
    *weight = 1;
    switch (peek(x)) {
    case '(':
        return take_group(x, weight);
    case '[':
        return take_class(x);
    case '\\':
        return take_backslash(x);
    case '*':
    case '+':
    case '?':
        return refuse(x, "missing argument to repetition operator", x->i, x->i + 1);
    case '.':
    case '^':
    case '$':
        buf_char(x->out, peek(x));
        x->i++;
        return 0;
    case '{': {
        size_t start = x->i, keep = x->out->n;
        long ignored;
        int r = take_braces(x, &ignored);
        x->out->n = keep;
        if (r != NOT_HERE)
            return refuse(x, "missing argument to repetition operator", start, x->i);
    } break;
    default:
        break;
    }
    put_code(x, take_code(x));
    return 0;
}

static int take_alternatives(struct syntax *x, long *weight)
{
    long heaviest = 1;
    while (more(x) && peek(x) != ')') {
        long atom = 1, times = 1;
        if (peek(x) == '|') {
            buf_char(x->out, '|');
            x->i++;
            continue;
        }
        if (looking(x, "\\Q")) {
            take_quoted(x);
            continue;
        }
        size_t start = x->i;
        int r = take_atom(x, &atom);
        if (r == 0 && !atom && more(x) && strchr("*+?", peek(x)))
            return refuse(x, "missing argument to repetition operator", x->i, x->i + 1);
        if (r == 0)
            r = take_repeat(x, &times);
        if (r != 0)
            return r;
        if (atom * times > REPEAT_MAX)
            return refuse(x, "invalid repeat count", start, x->i);
        heaviest = MAX(heaviest, atom * times);
    }
    *weight = heaviest;
    return 0;
}

int syntax_translate(struct str pattern, struct buf *out, struct err *err)
{
    struct syntax x = {.s = pattern, .out = out, .err = err};
    long weight;
    if (!str_utf8_valid(pattern))
        return err_raise(err, REGEX_REFUSED, "error parsing regexp: invalid UTF-8");
    if (pattern.n > REGEX_PATTERN_MAX)
        return err_raise(err, REGEX_REFUSED, "error parsing regexp: expression too large");
    int r = take_alternatives(&x, &weight);
    if (r == 0 && more(&x))
        r = err_raise(err, REGEX_REFUSED, "error parsing regexp: unexpected ): `%.*s`", (int)MIN(pattern.n, (size_t)200), pattern.p);
    return buf_error(out) < 0 ? buf_error(out) : r;
}
