/* Expression → text, and what is wrong with one, with a mark below it. */
#include <math.h>

#include "cel/inside.h"

/* ── issues ── */
void issue_add(struct compile *c, uint32_t at, const char *fmt, ...)
{
    va_list ap;
    SCOPED_BUF b = BUF_INIT(8192);
    if (c->n_issues >= ISSUES_MAX) {
        c->n_issues++;
        return;
    }
    va_start(ap, fmt);
    buf_vfmt(&b, fmt, ap);
    va_end(ap);
    struct issue *issue = &c->issues[c->n_issues++];
    issue->at = at;
    if (buf_error(&b) == -E2BIG)
        issue->text = STR("too long an error");
    else if (buf_error(&b) < 0 || arena_str(c->arena, buf_view(&b), &issue->text) < 0)
        c->r = -ENOMEM;
}

static size_t code_length(unsigned char first)
{
    return first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
}

#define SNIPPET_MAX 16384u

static void issue_print(struct compile *c, const struct issue *issue, struct buf *out)
{
    size_t line = 1, start = 0, column = 0;
    if (issue->at == UINT32_MAX) {
        buf_fmt(out, "ERROR: <input>:-1:0: %.*s", STR_FMT(issue->text));
        return;
    }
    for (size_t i = 0; i < issue->at && i < c->text.n; i++)
        if (c->text.p[i] == '\n') {
            line++;
            start = i + 1;
        }
    for (size_t i = start; i < issue->at; i += code_length((unsigned char)c->text.p[i]))
        column++;
    buf_fmt(out, "ERROR: <input>:%zu:%zu: %.*s", line, column + 1, STR_FMT(issue->text));
    struct str row = str_from(c->text, start), head, rest;
    if (str_cut(row, '\n', &head, &rest))
        row = head;
    if (row.n > SNIPPET_MAX)
        return;
    buf_text(out, "\n | ");
    for (size_t i = 0; i < row.n; i++)
        buf_char(out, row.p[i] == '\t' ? ' ' : row.p[i]);
    buf_text(out, "\n | ");
    size_t i = 0;
    for (; i < issue->at - start && i < row.n; i += code_length((unsigned char)row.p[i]))
        buf_text(out, code_length((unsigned char)row.p[i]) > 1 ? "\xef\xbc\x8e" : ".");
    buf_text(out, i < row.n && code_length((unsigned char)row.p[i]) > 1 ? "\xef\xbc\xbe" : "^");
}

void issues_print(struct compile *c, struct buf *out)
{
    size_t n = MIN(c->n_issues, (size_t)ISSUES_MAX);
    for (size_t i = 1; i < n; i++) /* by place; few, and all but sorted */
        for (size_t j = i; j && (int64_t)(int32_t)c->issues[j - 1].at > (int64_t)(int32_t)c->issues[j].at; j--) {
            struct issue swap = c->issues[j];
            c->issues[j] = c->issues[j - 1];
            c->issues[j - 1] = swap;
        }
    for (size_t i = 0; i < n; i++) {
        if (i)
            buf_char(out, '\n');
        issue_print(c, &c->issues[i], out);
    }
    if (c->n_issues > ISSUES_MAX)
        buf_fmt(out, "\n%zu more errors were truncated", c->n_issues - ISSUES_MAX);
}

/* ── expressions ── */
static const struct {
    const char *sign;
    uint8_t level; /* binds tighter the higher */
} signs[OPS] = {
    [OP_COND] = {"?", 1}, [OP_OR] = {"||", 2}, [OP_AND] = {"&&", 3}, [OP_EQ] = {"==", 4}, [OP_NE] = {"!=", 4}, [OP_LT] = {"<", 4},
    [OP_LE] = {"<=", 4},  [OP_GT] = {">", 4},  [OP_GE] = {">=", 4},  [OP_IN] = {"in", 4}, [OP_ADD] = {"+", 5}, [OP_SUB] = {"-", 5},
    [OP_MUL] = {"*", 6},  [OP_DIV] = {"/", 6}, [OP_MOD] = {"%", 6},  [OP_NOT] = {"!", 7}, [OP_NEG] = {"-", 7},
};
#define LEVEL_PRIMARY 9

static unsigned level_of(const struct node *n)
{
    if (n->written)
        return LEVEL_PRIMARY;
    if (n->kind == NODE_CALL && signs[n->op].level)
        return signs[n->op].level;
    if (n->kind == NODE_CONST &&
        ((n->constant.kind == CEL_INT && n->constant.integer < 0) || (n->constant.kind == CEL_DOUBLE && signbit(n->constant.number))))
        return 7;
    return LEVEL_PRIMARY;
}

static void print_within(const struct node *n, unsigned level, struct buf *out)
{
    bool brackets = level_of(n) < level;
    if (brackets)
        buf_char(out, '(');
    node_print(n, out);
    if (brackets)
        buf_char(out, ')');
}

static void print_list(struct node *const *items, const bool *optional, uint32_t n, struct buf *out)
{
    for (uint32_t i = 0; i < n; i++) {
        if (i)
            buf_text(out, ", ");
        if (optional && optional[i])
            buf_char(out, '?');
        node_print(items[i], out);
    }
}

static void print_field(struct str name, struct buf *out)
{
    bool plain = name.n && !(name.p[0] >= '0' && name.p[0] <= '9');
    for (size_t i = 0; plain && i < name.n; i++)
        plain = name.p[i] == '_' || (name.p[i] >= '0' && name.p[i] <= '9') || ((name.p[i] | 32) >= 'a' && (name.p[i] | 32) <= 'z');
    if (word_reserved(name, false) && !word_reserved(name, true))
        plain = false;
    buf_fmt(out, plain ? "%.*s" : "`%.*s`", STR_FMT(name));
}

static void print_operator(const struct node *n, struct buf *out)
{
    struct node *const *args = n->call.args;
    unsigned level = signs[n->op].level;
    if (n->op == OP_COND) {
        print_within(args[0], 2, out);
        buf_text(out, " ? ");
        print_within(args[1], 2, out);
        buf_text(out, " : ");
        print_within(args[2], 1, out);
    } else if (n->op == OP_NOT || n->op == OP_NEG) {
        /* -(0) is a call, -0 a number without a sign. */
        bool number = args[0]->kind == NODE_CONST && !args[0]->written;
        buf_text(out, signs[n->op].sign);
        print_within(args[0], number ? LEVEL_PRIMARY + 1 : 8, out);
    } else {
        print_within(args[0], level, out);
        buf_fmt(out, " %s ", signs[n->op].sign);
        bool chain = n->op == OP_AND || n->op == OP_OR;
        print_within(args[1], chain ? level : level + 1, out);
    }
}

static void print_call(const struct node *n, struct buf *out)
{
    struct node *const *args = n->call.args;
    uint32_t skip = n->call.member && !n->call.target ? 1 : 0; /* a checked call has its target in front */
    switch (n->op) {
    case OP_CALL:
    case OP_NOT_FALSE:
        if (n->call.member) {
            print_within(skip ? args[0] : n->call.target, 8, out);
            buf_char(out, '.');
        }
        buf_str(out, n->call.name);
        buf_char(out, '(');
        print_list(args + skip, NULL, n->call.n - skip, out);
        buf_char(out, ')');
        break;
    case OP_INDEX:
    case OP_OPT_INDEX:
        print_within(args[0], 8, out);
        buf_text(out, n->op == OP_INDEX ? "[" : "[?");
        node_print(args[1], out);
        buf_char(out, ']');
        break;
    case OP_OPT_SELECT:
        print_within(args[0], 8, out);
        buf_text(out, ".?");
        print_field(args[1]->constant.text, out);
        break;
    default:
        print_operator(n, out);
    }
}

static void print_map(const struct node *n, struct buf *out)
{
    if (n->kind == NODE_STRUCT)
        buf_str(out, n->map.name);
    buf_char(out, '{');
    for (uint32_t i = 0; i < n->map.n; i++) {
        const struct node_entry *e = &n->map.entries[i];
        if (i)
            buf_text(out, ", ");
        if (e->optional)
            buf_char(out, '?');
        if (e->key)
            node_print(e->key, out);
        else
            print_field(e->field, out);
        buf_text(out, ": ");
        node_print(e->value, out);
    }
    buf_char(out, '}');
}

void node_print(const struct node *n, struct buf *out)
{
    if (n->written)
        n = n->written;
    switch (n->kind) {
    case NODE_CONST:
        cel_print(out, &n->constant);
        break;
    case NODE_IDENT:
        buf_str(out, n->ident.name);
        break;
    case NODE_SELECT:
        print_within(n->select.of, 8, out);
        buf_char(out, '.');
        print_field(n->select.field, out);
        break;
    case NODE_CALL:
        print_call(n, out);
        break;
    case NODE_LIST:
        buf_char(out, '[');
        print_list(n->list.items, n->list.optional, n->list.n, out);
        buf_char(out, ']');
        break;
    case NODE_MAP:
    case NODE_STRUCT:
        print_map(n, out);
        break;
    case NODE_LOOP: /* always has `written` */
        break;
    }
}

/* ── tokens ──
 * Tokens of the language, and what stands between quotes. */
static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static int hex_digit(char c)
{
    return is_digit(c) ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

static size_t skip_space(struct str t, size_t i)
{
    for (;;) {
        while (i < t.n && strchr(" \t\r\n\f", t.p[i]) && t.p[i])
            i++;
        if (i + 1 >= t.n || t.p[i] != '/' || t.p[i + 1] != '/')
            return i;
        while (i < t.n && t.p[i] != '\n')
            i++;
    }
}

/* The end of a text that begins with a quote at i; SIZE_MAX: it has none. */
static size_t text_end(struct str t, size_t i, bool raw)
{
    char q = t.p[i];
    bool triple = i + 2 < t.n && t.p[i + 1] == q && t.p[i + 2] == q;
    for (i += triple ? 3 : 1; i < t.n; i++) {
        if (t.p[i] == '\\' && !raw) {
            if (++i >= t.n)
                return SIZE_MAX;
        } else if (t.p[i] == q) {
            if (!triple)
                return i + 1;
            if (i + 2 < t.n && t.p[i + 1] == q && t.p[i + 2] == q)
                return i + 3;
        } else if (!triple && (t.p[i] == '\n' || t.p[i] == '\r')) {
            return SIZE_MAX;
        }
    }
    return SIZE_MAX;
}

static struct token cut(struct str t, size_t *at, size_t start, size_t end, enum token_kind kind)
{
    *at = end;
    return (struct token){kind, (uint32_t)start, str_make(t.p + start, end - start)};
}

static struct token lex_number(struct str t, size_t *at, size_t start)
{
    size_t i = start;
    enum token_kind kind = TOKEN_INT;
    if (i + 2 < t.n && t.p[i] == '0' && t.p[i + 1] == 'x' && hex_digit(t.p[i + 2]) >= 0) {
        for (i += 2; i < t.n && hex_digit(t.p[i]) >= 0; i++)
            ;
    } else {
        while (i < t.n && is_digit(t.p[i]))
            i++;
        if (i + 1 < t.n && t.p[i] == '.' && is_digit(t.p[i + 1])) {
            kind = TOKEN_DOUBLE;
            for (i++; i < t.n && is_digit(t.p[i]); i++)
                ;
        }
        size_t e = i;
        if (e < t.n && (t.p[e] == 'e' || t.p[e] == 'E')) {
            e++;
            if (e < t.n && (t.p[e] == '+' || t.p[e] == '-'))
                e++;
            if (e < t.n && is_digit(t.p[e])) {
                kind = TOKEN_DOUBLE;
                for (i = e; i < t.n && is_digit(t.p[i]); i++)
                    ;
            }
        }
    }
    if (kind == TOKEN_INT && i < t.n && (t.p[i] == 'u' || t.p[i] == 'U')) {
        kind = TOKEN_UINT;
        i++;
    }
    return cut(t, at, start, i, kind);
}

/* A quoted text, with b and r before it in either case and order "br"; false: here is none. */
static bool lex_quoted(struct str t, size_t *at, size_t start, struct token *out)
{
    size_t i = start;
    bool bytes = false, raw = false;
    if (i < t.n && (t.p[i] == 'b' || t.p[i] == 'B')) {
        bytes = true;
        i++;
    }
    if (i < t.n && (t.p[i] == 'r' || t.p[i] == 'R')) {
        raw = true;
        i++;
    }
    if (i >= t.n || (t.p[i] != '"' && t.p[i] != '\''))
        return false;
    size_t end = text_end(t, i, raw);
    if (end == SIZE_MAX)
        *out = cut(t, at, start, t.n, TOKEN_BAD);
    else
        *out = cut(t, at, start, end, bytes ? TOKEN_BYTES : TOKEN_TEXT);
    return true;
}

static struct token lex_word(struct str t, size_t *at, size_t start)
{
    static const struct {
        const char *word;
        enum token_kind kind;
    } words[] = {{"true", TOKEN_TRUE}, {"false", TOKEN_FALSE}, {"null", TOKEN_NULL}, {"in", TOKEN_IN}};
    size_t i = start;
    while (i < t.n && (is_letter(t.p[i]) || is_digit(t.p[i])))
        i++;
    struct token token = cut(t, at, start, i, TOKEN_NAME);
    for (size_t w = 0; w < ARRAY_LEN(words); w++)
        if (str_is(token.text, words[w].word))
            token.kind = words[w].kind;
    return token;
}

static struct token lex_quoted_name(struct str t, size_t *at, size_t start)
{
    size_t i = start + 1;
    while (i < t.n && (is_letter(t.p[i]) || is_digit(t.p[i]) || (t.p[i] && strchr(".-/ ", t.p[i]))))
        i++;
    if (i >= t.n || t.p[i] != '`' || i == start + 1)
        return cut(t, at, start, MIN(i + 1, t.n), TOKEN_BAD);
    return cut(t, at, start, i + 1, TOKEN_QUOTED_NAME);
}

static const struct {
    char text[3];
    enum token_kind kind;
} marks[] = {
    {"==", TOKEN_EQ},      {"!=", TOKEN_NE},    {"<=", TOKEN_LE},      {">=", TOKEN_GE},      {"&&", TOKEN_AND},   {"||", TOKEN_OR},
    {"<", TOKEN_LT},       {">", TOKEN_GT},     {"[", TOKEN_LBRACKET}, {"]", TOKEN_RBRACKET}, {"{", TOKEN_LBRACE}, {"}", TOKEN_RBRACE},
    {"(", TOKEN_LPAREN},   {")", TOKEN_RPAREN}, {".", TOKEN_DOT},      {",", TOKEN_COMMA},    {"-", TOKEN_MINUS},  {"!", TOKEN_NOT},
    {"?", TOKEN_QUESTION}, {":", TOKEN_COLON},  {"+", TOKEN_PLUS},     {"*", TOKEN_STAR},     {"/", TOKEN_SLASH},  {"%", TOKEN_PERCENT},
};

struct token token_next(struct str t, size_t *at)
{
    size_t i = skip_space(t, *at);
    struct token token;
    if (i >= t.n)
        return cut(t, at, t.n, t.n, TOKEN_END);
    if (is_digit(t.p[i]))
        return lex_number(t, at, i);
    if (t.p[i] == '.' && i + 1 < t.n && is_digit(t.p[i + 1])) {
        size_t end;
        token = lex_number(t, &end, i + 1); /* .5, .5e3 */
        if (token.kind != TOKEN_UINT)
            return cut(t, at, i, end, TOKEN_DOUBLE);
    }
    if (lex_quoted(t, at, i, &token))
        return token;
    if (is_letter(t.p[i]))
        return lex_word(t, at, i);
    if (t.p[i] == '`')
        return lex_quoted_name(t, at, i);
    for (size_t m = 0; m < ARRAY_LEN(marks); m++) {
        size_t n = marks[m].text[1] ? 2 : 1;
        if (i + n <= t.n && !memcmp(t.p + i, marks[m].text, n))
            return cut(t, at, i, i + n, marks[m].kind);
    }
    return cut(t, at, i, i + 1, TOKEN_BAD);
}

/* ── unquoting ── */
static bool add_code(struct buf *b, uint32_t code)
{
    if (code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff))
        return false;
    if (code < 0x80) {
        buf_char(b, (char)code);
    } else if (code < 0x800) {
        buf_char(b, (char)(0xc0 | code >> 6));
        buf_char(b, (char)(0x80 | (code & 63)));
    } else if (code < 0x10000) {
        buf_char(b, (char)(0xe0 | code >> 12));
        buf_char(b, (char)(0x80 | (code >> 6 & 63)));
        buf_char(b, (char)(0x80 | (code & 63)));
    } else {
        buf_char(b, (char)(0xf0 | code >> 18));
        buf_char(b, (char)(0x80 | (code >> 12 & 63)));
        buf_char(b, (char)(0x80 | (code >> 6 & 63)));
        buf_char(b, (char)(0x80 | (code & 63)));
    }
    return true;
}

/* n digits of a base at *i, behind which *i is moved. */
static bool take_digits(struct str s, size_t *i, size_t n, unsigned base, uint32_t *code)
{
    *code = 0;
    for (; n; n--, ++*i) {
        int d = *i < s.n ? hex_digit(s.p[*i]) : -1;
        if (d < 0 || (unsigned)d >= base)
            return false;
        *code = *code * base + (unsigned)d;
    }
    return true;
}

/* The escape behind a backslash at *i. */
static bool unescape(struct buf *b, struct str s, size_t *i, bool bytes)
{
    static const char from[] = "abfnrtv\\'\"?`", to[] = "\a\b\f\n\r\t\v\\'\"?`";
    uint32_t code;
    if (*i >= s.n)
        return false;
    char c = s.p[(*i)++];
    const char *plain = c ? strchr(from, c) : NULL;
    if (plain) {
        buf_char(b, to[plain - from]);
        return true;
    }
    if (c == 'x' || c == 'X') {
        if (!take_digits(s, i, 2, 16, &code))
            return false;
    } else if ((c == 'u' || c == 'U') && !bytes) {
        if (!take_digits(s, i, c == 'u' ? 4 : 8, 16, &code))
            return false;
    } else if (c >= '0' && c <= '3') {
        --*i;
        if (!take_digits(s, i, 3, 8, &code))
            return false;
    } else {
        return false;
    }
    if (!bytes)
        return add_code(b, code);
    buf_char(b, (char)code);
    return true;
}

int token_unquote(struct compile *c, struct str s, bool bytes, struct str *out)
{
    SCOPED_BUF b = BUF_INIT(0);
    bool raw = false;
    while (s.n && s.p[0] != '"' && s.p[0] != '\'') {
        raw |= s.p[0] == 'r' || s.p[0] == 'R';
        s = str_from(s, 1);
    }
    size_t quotes = s.n >= 6 && s.p[1] == s.p[0] && s.p[2] == s.p[0] ? 3 : 1;
    s = str_make(s.p + quotes, s.n - 2 * quotes);
    for (size_t i = 0; i < s.n;) {
        char ch = s.p[i++];
        if (ch == '\r') { /* line ends are newlines, whatever wrote the text */
            if (i < s.n && s.p[i] == '\n')
                i++;
            buf_char(&b, '\n');
        } else if (ch != '\\' || raw) {
            buf_char(&b, ch);
        } else if (!unescape(&b, s, &i, bytes)) {
            return -EINVAL;
        }
    }
    int r = buf_error(&b);
    return r < 0 ? r : arena_str(c->arena, buf_view(&b), out);
}
