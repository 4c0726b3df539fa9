/* Tokens of the language, and what stands between quotes. */
#include "cel/inside.h"

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
    return is_digit(c)              ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                    : -1;
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
    {"==", TOKEN_EQ}, {"!=", TOKEN_NE}, {"<=", TOKEN_LE}, {">=", TOKEN_GE}, {"&&", TOKEN_AND}, {"||", TOKEN_OR},
    {"<", TOKEN_LT}, {">", TOKEN_GT}, {"[", TOKEN_LBRACKET}, {"]", TOKEN_RBRACKET}, {"{", TOKEN_LBRACE},
    {"}", TOKEN_RBRACE}, {"(", TOKEN_LPAREN}, {")", TOKEN_RPAREN}, {".", TOKEN_DOT}, {",", TOKEN_COMMA},
    {"-", TOKEN_MINUS}, {"!", TOKEN_NOT}, {"?", TOKEN_QUESTION}, {":", TOKEN_COLON}, {"+", TOKEN_PLUS},
    {"*", TOKEN_STAR}, {"/", TOKEN_SLASH}, {"%", TOKEN_PERCENT},
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
