#include "selector/inside.h"

/* Takes the next term up to an unescaped comma. */
static bool term_next(struct str *rest, struct str *term)
{
    if (!rest->p)
        return false;
    bool escaped = false;
    for (size_t i = 0; i < rest->n; i++) {
        char c = rest->p[i];
        if (escaped) {
            escaped = false;
        } else if (c == '\\') {
            escaped = true;
        } else if (c == ',') {
            *term = str_head(*rest, i);
            *rest = str_make(rest->p + i + 1, rest->n - i - 1);
            return true;
        }
    }
    *term = *rest;
    *rest = STR_NONE;
    return true;
}

static bool term_split(struct str term, struct str *key, enum select_op *op, struct str *text)
{
    for (size_t i = 0; i < term.n; i++) {
        struct str at = str_from(term, i);
        size_t n = str_starts(at, STR("!=")) || str_starts(at, STR("==")) ? 2 : at.p[0] == '=';
        if (n == 0)
            continue;
        *key = str_head(term, i);
        *op = at.p[0] == '!' ? SELECT_NOT_EQUALS : SELECT_EQUALS;
        *text = str_from(at, n);
        return true;
    }
    return false;
}

static int unescape(struct arena *a, struct str s, struct str *out, struct err *err)
{
    char *p = arena_alloc(a, s.n + 1);
    size_t n = 0;
    if (!p)
        return err_raise(err, -ENOMEM, "no memory for a selector");
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        if (c == ',' || c == '=')
            return err_raise(err, -EINVAL, "invalid field selector: unescaped character in value: %d", c);
        if (c == '\\') {
            if (i + 1 >= s.n || !strchr("\\,=", s.p[i + 1]) || s.p[i + 1] == 0)
                return err_raise(err, -EINVAL, "invalid field selector: invalid escape sequence: %.*s", STR_FMT(str_make(s.p + i, MIN(2, s.n - i))));
            c = s.p[++i];
        }
        p[n++] = c;
    }
    *out = str_make(p, n);
    return 0;
}

static int term_add(struct arena *a, struct selector *s, struct str whole, struct str term, struct err *err)
{
    struct requirement *q = arena_alloc(a, sizeof(*q));
    struct str *values = arena_alloc(a, sizeof(*values));
    struct str key, text;
    if (!q || !values)
        return err_raise(err, -ENOMEM, "no memory for a selector");
    if (!term_split(term, &key, &q->op, &text))
        return err_raise(err, -EINVAL, "invalid selector: '%.*s'; can't understand '%.*s'", STR_FMT(whole), STR_FMT(term));
    q->values = values;
    q->n_values = 1;
    int r = unescape(a, text, &values[0], err);
    if (r == 0 && arena_str(a, key, &q->key) < 0)
        return err_raise(err, -ENOMEM, "no memory for a selector");
    if (r < 0)
        return r;
    if (s->n >= SELECTOR_TERMS_MAX)
        return err_raise(err, -E2BIG, "a selector has at most %d requirements", SELECTOR_TERMS_MAX);
    s->terms[s->n++] = q;
    return 0;
}

static int by_text(const void *a, const void *b)
{
    const struct requirement *const *x = a, *const *y = b;
    int c = str_cmp((*x)->key, (*y)->key);
    if (c == 0)
        c = ((*x)->op == SELECT_EQUALS) - ((*y)->op == SELECT_EQUALS); /* '!' sorts before '=' */
    return c ? c : str_cmp((*x)->values[0], (*y)->values[0]);
}

int selector_parse_fields(struct arena *a, struct str text, struct selector **out, struct err *err)
{
    if (text.n > SELECTOR_TEXT_MAX)
        return err_raise(err, -E2BIG, "a selector has at most %d bytes", SELECTOR_TEXT_MAX);
    struct selector *s;
    size_t terms = 1;
    for (size_t i = 0; i < text.n; i++)
        terms += text.p[i] == ',';
    if (selector_new(a, terms, &s) < 0)
        return err_raise(err, -ENOMEM, "no memory for a selector");
    s->fields = true;
    struct str rest = text, term;
    while (term_next(&rest, &term)) {
        int r = term.n ? term_add(a, s, text, term, err) : 0;
        if (r < 0)
            return r;
    }
    if (s->n)
        qsort(s->terms, s->n, sizeof(*s->terms), by_text);
    *out = s;
    return 0;
}

void selector_print_term(const struct requirement *r, struct buf *out)
{
    buf_str(out, r->key);
    buf_text(out, r->op == SELECT_NOT_EQUALS ? "!=" : "=");
    for (size_t i = 0; i < r->values[0].n; i++) {
        char c = r->values[0].p[i];
        if (c == '\\' || c == ',' || c == '=')
            buf_char(out, '\\');
        buf_char(out, c);
    }
}

const char *selector_field(const struct selector *s, size_t n)
{
    return s->fields && n < s->n ? s->terms[n]->key.p : NULL;
}

bool selector_requires(const struct selector *s, const char *path, struct str *value)
{
    for (size_t i = 0; i < s->n; i++) {
        const struct requirement *r = s->terms[i];
        bool equal = r->op == SELECT_EQUALS || r->op == SELECT_DOUBLE_EQUALS || r->op == SELECT_IN;
        if (equal && r->n_values == 1 && str_is(r->key, path)) {
            *value = r->values[0];
            return true;
        }
    }
    return false;
}
