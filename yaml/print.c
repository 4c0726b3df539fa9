#include "yaml/inside.h"

/* The emitter keeps libyaml's few bits of state: where the line stands and
 * whether only white space and indicators precede. */
struct printer {
    struct buf *out;
    struct arena *arena; /* opened RAWs, sorted keys */
    struct err *err;
    size_t line;     /* where this line began in out */
    size_t runes;    /* bytes of it that were not columns (UTF-8 continuation) */
    int indent;      /* of the innermost map or list; -1 at the top */
    bool whitespace; /* the last thing written was a space or a break */
    bool indention;  /* only indentation and indicators on this line */
    bool key;        /* a simple key is being written */
    unsigned depth;
};

#define BEST_INDENT    2
#define BEST_WIDTH     80
#define SIMPLE_KEY_MAX 128

static size_t column(const struct printer *p)
{
    return p->out->n - p->line - p->runes;
}

static void put_break(struct printer *p)
{
    buf_char(p->out, '\n');
    p->line = p->out->n;
    p->runes = 0;
}

/* A break that is part of a string: NEL, LS and PS end a line too and stay what they are. */
static void write_break(struct printer *p, struct str bytes)
{
    if (bytes.p[0] == '\n') {
        put_break(p);
        return;
    }
    buf_str(p->out, bytes);
    p->line = p->out->n;
    p->runes = 0;
}

static void write_indent(struct printer *p)
{
    size_t indent = p->indent > 0 ? (size_t)p->indent : 0;
    if (!p->indention || column(p) > indent || (column(p) == indent && !p->whitespace))
        put_break(p);
    if (p->out->error)
        return;
    while (column(p) < indent && !p->out->error)
        buf_char(p->out, ' ');
    p->whitespace = p->indention = true;
}

static void write_indicator(struct printer *p, const char *text, bool need_space, bool is_space, bool is_indention)
{
    if (need_space && !p->whitespace)
        buf_char(p->out, ' ');
    buf_text(p->out, text);
    p->whitespace = is_space;
    p->indention = p->indention && is_indention;
}

static void put_char(struct printer *p, const char *bytes, size_t n)
{
    buf_add(p->out, bytes, n);
    p->runes += n - 1;
}

/* ── scalars ── */

/* A single space where the line may be folded: not the first in a run, not before another. */
static bool folds(const struct printer *p, struct str s, size_t i, bool was_space, bool inside)
{
    return !p->key && !was_space && column(p) > BEST_WIDTH && (!inside || (i > 0 && i + 1 < s.n));
}

static void write_plain(struct printer *p, struct str s)
{
    bool space = false;
    if (!p->whitespace)
        buf_char(p->out, ' ');
    for (size_t i = 0, n; i < s.n; i += n) {
        scalar_printable(str_from(s, i), &n);
        bool is_space = s.p[i] == ' ';
        if (is_space && folds(p, s, i, space, false) && !(i + 1 < s.n && s.p[i + 1] == ' '))
            write_indent(p);
        else
            put_char(p, s.p + i, n);
        if (!is_space)
            p->indention = false;
        space = is_space;
    }
    p->whitespace = false;
    p->indention = false;
}

static void write_single_quoted(struct printer *p, struct str s)
{
    bool space = false, breaks = false;
    write_indicator(p, "'", true, false, false);
    for (size_t i = 0, n; i < s.n; i += n) {
        bool is_break = scalar_break(str_from(s, i), &n), is_space = s.p[i] == ' ';
        if (is_space) {
            if (folds(p, s, i, space, true) && s.p[i + 1] != ' ')
                write_indent(p);
            else
                buf_char(p->out, ' ');
        } else if (is_break) {
            if (!breaks && s.p[i] == '\n')
                put_break(p);
            write_break(p, str_make(s.p + i, n));
            p->indention = true;
        } else {
            if (breaks)
                write_indent(p);
            if (s.p[i] == '\'')
                buf_char(p->out, '\'');
            put_char(p, s.p + i, n);
            p->indention = false;
        }
        space = is_space;
        breaks = is_break;
    }
    write_indicator(p, "'", false, false, false);
    p->whitespace = p->indention = false;
}

static void write_escape(struct printer *p, struct str rest, size_t n)
{
    static const char from[] = "\a\b\t\n\v\f\r\x1b\"\\", into[] = "abtnvfre\"\\";
    const unsigned char *b = (const unsigned char *)rest.p;
    uint32_t c = n == 1 ? b[0] : n == 2 ? (b[0] & 0x1fu) : n == 3 ? (b[0] & 0xfu) : (b[0] & 7u);
    for (size_t i = 1; i < n; i++)
        c = c << 6 | (b[i] & 0x3f);
    const char *at = c && c < 0x80 ? strchr(from, (int)c) : NULL;
    if (at)
        buf_fmt(p->out, "\\%c", into[at - from]);
    else if (c == 0)
        buf_text(p->out, "\\0");
    else if (c == 0x85 || c == 0xa0)
        buf_text(p->out, c == 0x85 ? "\\N" : "\\_");
    else if (c == 0x2028 || c == 0x2029)
        buf_text(p->out, c == 0x2028 ? "\\L" : "\\P");
    else
        buf_fmt(p->out, c <= 0xff ? "\\x%02X" : c <= 0xffff ? "\\u%04X" : "\\U%08X", (unsigned)c);
}

static void write_double_quoted(struct printer *p, struct str s)
{
    bool space = false;
    write_indicator(p, "\"", true, false, false);
    for (size_t i = 0, n; i < s.n; i += n) {
        struct str rest = str_from(s, i);
        bool printable = scalar_printable(rest, &n), is_space = s.p[i] == ' ';
        if (!printable || scalar_break(rest, &n) || s.p[i] == '"' || s.p[i] == '\\') {
            write_escape(p, rest, n);
        } else if (is_space && folds(p, s, i, space, true)) {
            write_indent(p);
            if (s.p[i + 1] == ' ')
                buf_char(p->out, '\\');
        } else {
            put_char(p, s.p + i, n);
        }
        space = is_space;
    }
    write_indicator(p, "\"", false, false, false);
    p->whitespace = p->indention = false;
}

/* Where the character before `end` begins; 0 when there is none. */
static size_t last_char(struct str s, size_t end)
{
    while (end > 0 && ((unsigned char)s.p[--end] & 0xc0) == 0x80)
        continue;
    return end;
}

static void write_literal(struct printer *p, struct str s)
{
    size_t n;
    bool breaks = true;
    write_indicator(p, "|", true, false, false);
    if (s.p[0] == ' ' || scalar_break(s, &n))
        buf_char(p->out, '0' + BEST_INDENT);
    size_t last = last_char(s, s.n), before = last_char(s, last);
    bool ends = scalar_break(str_from(s, last), &n), twice = ends && (last == 0 || scalar_break(str_from(s, before), &n));
    if (!ends)
        buf_char(p->out, '-');
    else if (twice)
        buf_char(p->out, '+');
    put_break(p);
    p->whitespace = p->indention = true;
    for (size_t i = 0; i < s.n; i += n) {
        if (scalar_break(str_from(s, i), &n)) {
            write_break(p, str_make(s.p + i, n));
            p->indention = breaks = true;
            continue;
        }
        if (breaks)
            write_indent(p);
        put_char(p, s.p + i, n);
        p->indention = breaks = false;
    }
}

enum style { PLAIN, SINGLE, DOUBLE, LITERAL };

/* It would read back as something else; `<<` only where a merge could stand. */
static bool is_other(const struct printer *p, struct str s)
{
    struct value ignored;
    enum scalar_type type = scalar_resolve(s, &ignored);
    return (type != SCALAR_TEXT && (type != SCALAR_MERGE || p->key)) || scalar_base60(s);
}

static enum style choose_style(const struct printer *p, struct str s, const struct scalar_look *look)
{
    enum style style = PLAIN;
    if (s.n && memchr(s.p, '\n', s.n))
        style = LITERAL;
    else if (is_other(p, s))
        style = DOUBLE;
    if (p->key && look->multiline)
        style = DOUBLE;
    if (style == PLAIN && (!look->block_plain || (s.n == 0 && p->key)))
        style = SINGLE;
    if (style == SINGLE && !look->single_quoted)
        style = DOUBLE;
    if (style == LITERAL && (!look->block || p->key))
        style = DOUBLE;
    return style;
}

static void write_text(struct printer *p, struct str s)
{
    SCOPED_BUF encoded = BUF_INIT(0);
    if (!str_utf8_valid(s)) {
        buf_base64(&encoded, s);
        s = buf_view(&encoded);
        write_indicator(p, "!!binary", true, false, false);
    }
    struct scalar_look look = scalar_look(s);
    int indent = p->indent;
    p->indent = indent < 0 ? BEST_INDENT : indent + BEST_INDENT;
    switch (choose_style(p, s, &look)) {
    case PLAIN:
        write_plain(p, s);
        break;
    case SINGLE:
        write_single_quoted(p, s);
        break;
    case DOUBLE:
        write_double_quoted(p, s);
        break;
    case LITERAL:
        write_literal(p, s);
        break;
    }
    p->indent = indent;
}

/* Go's shortest 'g' form: an exponent below 1e-4 and from 1e6 on. */
static void float_text(double d, char text[40])
{
    int precision = 0;
    double back;
    do
        snprintf(text, 40, "%.*e", precision, d);
    while ((str_to_double(str_of(text), &back) < 0 || back != d) && precision++ < 17);
    int exponent = atoi(strchr(text, 'e') + 1);
    if (exponent >= -4 && exponent < 6)
        snprintf(text, 40, "%.*f", MAX(precision - exponent, 0), d);
}

static void write_number(struct printer *p, const struct value *v)
{
    char text[40];
    if (v->type == VALUE_INT)
        snprintf(text, sizeof(text), "%lld", (long long)v->integer);
    else if (__builtin_isfinite(v->number))
        float_text(v->number, text);
    else
        snprintf(text, sizeof(text), "%s", v->number != v->number ? ".nan" : v->number > 0 ? ".inf" : "-.inf");
    write_plain(p, str_of(text));
}

/* ── maps and lists ── */

static int write_node(struct printer *p, const struct value *v, bool in_map);

static int by_bytes(const void *a, const void *b)
{
    return str_cmp((*(const struct value_member *const *)a)->key, (*(const struct value_member *const *)b)->key);
}

/* A merge sort of our own: go-yaml's order has cycles (02 < 0Z < 1 < 02), which libc's qsort() must not be given.
 * What comes out of a cycle hangs on what goes in, so the members are handed over in the order of their bytes. */
static void sort_members(const struct value_member **m, const struct value_member **spare, size_t n)
{
    size_t half = n / 2, a = 0, b = half;
    if (n < 2)
        return;
    sort_members(m, spare, half);
    sort_members(m + half, spare, n - half);
    memcpy(spare, m, n * sizeof(struct value_member *));
    for (size_t i = 0; i < n; i++)
        m[i] = b < n && (a == half || key_less(spare[b]->key, spare[a]->key)) ? spare[b++] : spare[a++];
}

static bool is_simple_key(struct str key)
{
    return key.n <= SIMPLE_KEY_MAX && !scalar_look(key).multiline;
}

static int write_member(struct printer *p, const struct value_member *m)
{
    write_indent(p);
    if (is_simple_key(m->key)) {
        p->key = true;
        write_text(p, m->key);
        p->key = false;
        write_indicator(p, ":", false, false, false);
    } else {
        write_indicator(p, "?", true, false, true);
        write_text(p, m->key);
        write_indent(p);
        write_indicator(p, ":", true, false, true);
    }
    return write_node(p, &m->value, true);
}

static int write_map(struct printer *p, const struct value *v)
{
    size_t n = v->map.n;
    const struct value_member **order = arena_alloc(p->arena, 2 * n * sizeof(struct value_member *));
    if (!order)
        return err_raise(p->err, -ENOMEM, "no memory for YAML text");
    for (size_t i = 0; i < n; i++)
        order[i] = &v->map.members[i];
    qsort(order, n, sizeof(struct value_member *), by_bytes);
    sort_members(order, order + n, n);
    int indent = p->indent, r = 0;
    p->indent = indent < 0 ? 0 : indent + BEST_INDENT;
    for (size_t i = 0; i < n && r == 0; i++)
        r = write_member(p, order[i]);
    p->indent = indent;
    return r;
}

static int write_list(struct printer *p, const struct value *v, bool in_map)
{
    int indent = p->indent, r = 0;
    /* A list below its key stands as far left as the key. */
    if (indent < 0)
        p->indent = 0;
    else if (!in_map || p->indention)
        p->indent = indent + BEST_INDENT;
    for (size_t i = 0; i < v->list.n && r == 0; i++) {
        write_indent(p);
        write_indicator(p, "-", true, false, true);
        r = write_node(p, &v->list.items[i], false);
    }
    p->indent = indent;
    return r;
}

static int write_raw(struct printer *p, const struct value *v, bool in_map)
{
    struct value open;
    int r = value_expand(p->arena, v, &open, p->err);
    return r < 0 ? r : write_node(p, &open, in_map);
}

static int write_node(struct printer *p, const struct value *v, bool in_map)
{
    int r = 0;
    if (++p->depth > VALUE_DEPTH_MAX * 2)
        return err_raise(p->err, -E2BIG, "exceeded max depth of %d", VALUE_DEPTH_MAX);
    switch (v->type) {
    case VALUE_NULL:
        write_plain(p, STR("null"));
        break;
    case VALUE_BOOL:
        write_plain(p, v->boolean ? STR("true") : STR("false"));
        break;
    case VALUE_INT:
    case VALUE_DOUBLE:
        write_number(p, v);
        break;
    case VALUE_TEXT:
        write_text(p, v->text);
        break;
    case VALUE_LIST:
        if (v->list.n)
            r = write_list(p, v, in_map);
        else
            write_indicator(p, "[]", true, false, false);
        break;
    case VALUE_MAP:
        if (v->map.n)
            r = write_map(p, v);
        else
            write_indicator(p, "{}", true, false, false);
        break;
    case VALUE_RAW:
        r = write_raw(p, v, in_map);
        break;
    }
    p->depth--;
    return r;
}

#define PRINT_BYTES_MAX (256u << 20)

int yaml_print(struct buf *out, const struct value *v, struct err *err)
{
    SCOPED(arena) mem = NULL;
    int r = arena_new(&mem, PRINT_BYTES_MAX);
    if (r < 0)
        return err_raise(err, r, "no memory for YAML text");
    struct printer p = {.out = out, .arena = mem, .err = err, .line = out->n, .indent = -1, .whitespace = true, .indention = true};
    r = write_node(&p, v, false);
    p.indent = -1;
    if (r == 0)
        write_indent(&p);
    return r;
}
