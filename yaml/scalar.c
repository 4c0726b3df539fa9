#include "yaml/inside.h"

static bool digit(char c)
{
    return c >= '0' && c <= '9';
}

/* ── words ── */

static const struct {
    const char *text;
    enum scalar_type type;
    bool boolean;
} words[] = {
    {"y", SCALAR_BOOL, true},      {"Y", SCALAR_BOOL, true},      {"yes", SCALAR_BOOL, true},    {"Yes", SCALAR_BOOL, true},
    {"YES", SCALAR_BOOL, true},    {"true", SCALAR_BOOL, true},   {"True", SCALAR_BOOL, true},   {"TRUE", SCALAR_BOOL, true},
    {"on", SCALAR_BOOL, true},     {"On", SCALAR_BOOL, true},     {"ON", SCALAR_BOOL, true},     {"n", SCALAR_BOOL, false},
    {"N", SCALAR_BOOL, false},     {"no", SCALAR_BOOL, false},    {"No", SCALAR_BOOL, false},    {"NO", SCALAR_BOOL, false},
    {"false", SCALAR_BOOL, false}, {"False", SCALAR_BOOL, false}, {"FALSE", SCALAR_BOOL, false}, {"off", SCALAR_BOOL, false},
    {"Off", SCALAR_BOOL, false},   {"OFF", SCALAR_BOOL, false},   {"~", SCALAR_NULL, false},     {"null", SCALAR_NULL, false},
    {"Null", SCALAR_NULL, false},  {"NULL", SCALAR_NULL, false},  {"<<", SCALAR_MERGE, false},
};
static const struct {
    const char *text;
    double number;
} floats[] = {
    {".nan", __builtin_nan("")}, {".NaN", __builtin_nan("")}, {".NAN", __builtin_nan("")}, {".inf", __builtin_inf()},
    {".Inf", __builtin_inf()},   {".INF", __builtin_inf()},   {"+.inf", __builtin_inf()},  {"+.Inf", __builtin_inf()},
    {"+.INF", __builtin_inf()},  {"-.inf", -__builtin_inf()}, {"-.Inf", -__builtin_inf()}, {"-.INF", -__builtin_inf()},
};

static enum scalar_type resolve_word(struct str s, struct value *out)
{
    for (size_t i = 0; i < ARRAY_LEN(words); i++)
        if (str_is(s, words[i].text)) {
            *out = words[i].type == SCALAR_BOOL ? value_make_bool(words[i].boolean) : (struct value){0};
            return words[i].type;
        }
    for (size_t i = 0; i < ARRAY_LEN(floats); i++)
        if (str_is(s, floats[i].text)) {
            *out = value_make_double(floats[i].number);
            return SCALAR_FLOAT;
        }
    return SCALAR_TEXT;
}

/* ── time stamps: YYYY-M-D, or with a time behind it ── */

static bool take_digits(struct str *s, size_t least, size_t most)
{
    size_t n = 0;
    while (n < s->n && n < most && digit(s->p[n]))
        n++;
    *s = str_from(*s, n);
    return n >= least;
}

static bool take(struct str *s, char c)
{
    if (s->n == 0 || s->p[0] != c)
        return false;
    *s = str_from(*s, 1);
    return true;
}

static int number_before(struct str from, struct str to)
{
    int v = 0;
    for (const char *p = from.p; p < to.p; p++)
        v = v * 10 + (*p - '0');
    return v;
}

static bool take_number(struct str *s, int least, int most)
{
    struct str from = *s;
    if (!take_digits(s, 1, 2))
        return false;
    int v = number_before(from, *s);
    return v >= least && v <= most;
}

static bool is_zone(struct str s)
{
    if (str_is(s, "Z"))
        return true;
    struct str rest = s;
    if (!take(&rest, '+') && !take(&rest, '-'))
        return false;
    return take_digits(&rest, 2, 2) && take(&rest, ':') && take_digits(&rest, 2, 2) && rest.n == 0;
}

static bool is_timestamp(struct str s)
{
    if (s.n < 8 || !take_digits(&s, 4, 4) || !take(&s, '-') || !take_number(&s, 1, 12) || !take(&s, '-') || !take_number(&s, 1, 31))
        return false;
    if (s.n == 0)
        return true;
    bool zoned = s.p[0] == 'T' || s.p[0] == 't';
    if (!zoned && s.p[0] != ' ')
        return false;
    s = str_from(s, 1);
    if (!take_number(&s, 0, 23) || !take(&s, ':') || !take_number(&s, 0, 59) || !take(&s, ':') || !take_number(&s, 0, 59))
        return false;
    if (take(&s, '.') && !take_digits(&s, 1, SIZE_MAX))
        return false;
    return zoned ? is_zone(s) : s.n == 0;
}

/* ── numbers ── */

/* Go's strconv.ParseInt(s, 0, 64): 0x, 0o, 0b, a leading 0 is octal. 1 = beyond int64 but within uint64. */
static int parse_integer(struct str s, int64_t *out, double *large)
{
    bool negative = take(&s, '-');
    unsigned base = 10;
    uint64_t v = 0;
    if (!negative)
        take(&s, '+');
    if (s.n > 1 && s.p[0] == '0') {
        char c = s.p[1] | 0x20;
        base = c == 'x' ? 16 : c == 'b' ? 2 : 8;
        s = str_from(s, c == 'x' || c == 'o' || c == 'b' ? 2 : 1);
    }
    if (s.n == 0)
        return -EINVAL;
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        unsigned d = digit(c) ? (unsigned)(c - '0') : (c | 0x20) >= 'a' && (c | 0x20) <= 'f' ? (unsigned)((c | 0x20) - 'a' + 10) : 99;
        if (d >= base || __builtin_mul_overflow(v, base, &v) || __builtin_add_overflow(v, d, &v))
            return -EINVAL;
    }
    if (v > (uint64_t)INT64_MAX + negative) {
        *large = (double)v;
        return negative ? -EINVAL : 1;
    }
    *out = negative ? (int64_t)(0 - v) : (int64_t)v;
    return 0;
}

/* ^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$ */
static bool is_float(struct str s)
{
    if (s.n && (s.p[0] == '-' || s.p[0] == '+'))
        s = str_from(s, 1);
    if (take(&s, '.')) {
        if (!take_digits(&s, 1, SIZE_MAX))
            return false;
    } else {
        if (!take_digits(&s, 1, SIZE_MAX))
            return false;
        if (take(&s, '.'))
            take_digits(&s, 0, SIZE_MAX);
    }
    if (s.n && (s.p[0] | 0x20) == 'e') {
        s = str_from(s, 1);
        if (s.n && (s.p[0] == '-' || s.p[0] == '+'))
            s = str_from(s, 1);
        return take_digits(&s, 1, SIZE_MAX) && s.n == 0;
    }
    return s.n == 0;
}

#define NUMBER_MAX 512 /* no number worth its name is longer; beyond it is text */

static enum scalar_type resolve_number(struct str s, struct value *out)
{
    char plain[NUMBER_MAX];
    size_t n = 0;
    int64_t i;
    double d;
    if (s.n > sizeof(plain))
        return SCALAR_TEXT;
    for (size_t k = 0; k < s.n; k++)
        if (s.p[k] != '_')
            plain[n++] = s.p[k];
    struct str text = str_make(plain, n);
    int r = parse_integer(text, &i, &d);
    if (r == 0) {
        *out = value_make_int(i);
        return SCALAR_INT;
    }
    if (r < 0 && (!is_float(text) || str_to_double(text, &d) < 0 || __builtin_isinf(d)))
        return SCALAR_TEXT;
    *out = value_make_double(d);
    return r == 1 ? SCALAR_INT : SCALAR_FLOAT;
}

/* What begins with a dot is read by Go's float parser, which wants a digit on both sides of an underscore. */
static bool underscores_separate(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] == '_' && (i == 0 || i + 1 == s.n || !digit(s.p[i - 1]) || !digit(s.p[i + 1])))
            return false;
    return true;
}

enum scalar_type scalar_resolve(struct str s, struct value *out)
{
    *out = value_make_text(s);
    if (s.n == 0) {
        *out = (struct value){0};
        return SCALAR_NULL;
    }
    char c = s.p[0];
    bool number = digit(c) || c == '+' || c == '-';
    if (!number && c != '.' && c != '<' && c != '~' && !strchr("yYnNtTfFoO", c))
        return SCALAR_TEXT;
    enum scalar_type type = resolve_word(s, out);
    if (type != SCALAR_TEXT)
        return type;
    if (number && is_timestamp(s))
        return SCALAR_TIMESTAMP;
    if (number || (c == '.' && underscores_separate(s)))
        return resolve_number(s, out);
    return SCALAR_TEXT;
}

/* ^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?$ */
bool scalar_base60(struct str s)
{
    size_t parts = 0;
    if (s.n && (s.p[0] == '-' || s.p[0] == '+'))
        s = str_from(s, 1);
    if (s.n == 0 || !digit(s.p[0]))
        return false;
    while (s.n && (digit(s.p[0]) || s.p[0] == '_'))
        s = str_from(s, 1);
    for (; take(&s, ':'); parts++) {
        struct str from = s;
        if (!take_digits(&s, 1, 2) || number_before(from, s) > 59)
            return false;
    }
    if (take(&s, '.'))
        while (s.n && (digit(s.p[0]) || s.p[0] == '_'))
            s = str_from(s, 1);
    return parts && s.n == 0;
}

/* ── how a string may be written ── */

static size_t width(unsigned char c)
{
    return c < 0x80 ? 1 : c < 0xe0 ? 2 : c < 0xf0 ? 3 : 4;
}

bool scalar_printable(struct str rest, size_t *length)
{
    const unsigned char *b = (const unsigned char *)rest.p;
    *length = MIN(width(b[0]), rest.n);
    if (*length == 1)
        return b[0] == '\n' || (b[0] >= 0x20 && b[0] <= 0x7e);
    if (b[0] == 0xc2)
        return b[1] >= 0xa0;
    if (b[0] == 0xed)
        return b[1] < 0xa0;
    if (b[0] == 0xef)
        return !(b[1] == 0xbb && b[2] == 0xbf) && !(b[1] == 0xbf && (b[2] == 0xbe || b[2] == 0xbf));
    return b[0] > 0xc2 && b[0] < 0xf0; /* go-yaml 2 escapes what lies beyond the first plane */
}

bool scalar_break(struct str rest, size_t *length)
{
    const unsigned char *b = (const unsigned char *)rest.p;
    *length = MIN(width(b[0]), rest.n);
    return b[0] == '\n' || b[0] == '\r' || (*length == 2 && b[0] == 0xc2 && b[1] == 0x85) ||
           (*length == 3 && b[0] == 0xe2 && b[1] == 0x80 && (b[2] == 0xa8 || b[2] == 0xa9));
}

static bool is_blankz(struct str rest)
{
    size_t n;
    return rest.n == 0 || rest.p[0] == ' ' || rest.p[0] == '\t' || scalar_break(rest, &n);
}

struct indicators {
    bool flow, block;
};

static void look_first(struct str s, bool blank_follows, struct indicators *in)
{
    if (s.p[0] && strchr("#,[]{}&*!|>'\"%@`", s.p[0]))
        in->flow = in->block = true;
    if (s.p[0] == '?' || s.p[0] == ':') {
        in->flow = true;
        in->block |= blank_follows;
    }
    if (s.p[0] == '-' && blank_follows)
        in->flow = in->block = true;
}

static void look_later(char c, bool blank_before, bool blank_follows, struct indicators *in)
{
    if (c && strchr(",?[]{}:", c))
        in->flow = true;
    if (c == ':')
        in->block |= blank_follows;
    if (c == '#' && blank_before)
        in->flow = in->block = true;
}

struct scalar_look scalar_look(struct str s)
{
    struct indicators in = {0};
    bool special = false, breaks = false, edges = false, space_last = false, break_space = false, space_break = false;
    bool was_space = false, was_break = false, blank_before = true;
    if (s.n == 0)
        return (struct scalar_look){.block_plain = true, .single_quoted = true};
    if (str_starts(s, STR("---")) || str_starts(s, STR("...")))
        in.flow = in.block = true;
    for (size_t i = 0, n; i < s.n; i += n) {
        struct str rest = str_from(s, i);
        special |= !scalar_printable(rest, &n);
        bool is_break = scalar_break(rest, &n), space = s.p[i] == ' ', last = i + n >= s.n;
        bool blank_follows = is_blankz(str_from(s, i + n));
        if (i == 0)
            look_first(rest, blank_follows, &in);
        else
            look_later(s.p[i], blank_before, blank_follows, &in);
        edges |= (space || is_break) && (i == 0 || last);
        space_last |= space && last;
        break_space |= space && was_break;
        space_break |= is_break && was_space;
        breaks |= is_break;
        was_space = space;
        was_break = is_break;
        blank_before = is_blankz(rest);
    }
    bool odd = space_break || special;
    return (struct scalar_look){
        .multiline = breaks,
        .flow_plain = !edges && !break_space && !odd && !breaks && !in.flow,
        .block_plain = !edges && !break_space && !odd && !breaks && !in.block,
        .single_quoted = !break_space && !odd,
        .block = !space_last && !odd,
    };
}
