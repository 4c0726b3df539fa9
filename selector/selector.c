#include "selector/inside.h"

static const char *const op_texts[] = {
    [SELECT_IN] = "in",   [SELECT_NOT_IN] = "notin", [SELECT_EQUALS] = "=",  [SELECT_DOUBLE_EQUALS] = "==", [SELECT_NOT_EQUALS] = "!=",
    [SELECT_EXISTS] = "", [SELECT_NOT_EXISTS] = "!", [SELECT_GREATER] = ">", [SELECT_LESS] = "<",
};

static struct requirement *requirement_new(struct arena *a, struct str key, enum select_op op, size_t n_values)
{
    struct requirement *r = arena_alloc(a, sizeof(*r));
    if (!r || arena_str(a, key, &r->key) < 0)
        return NULL;
    r->op = op;
    r->values = arena_alloc(a, MAX(n_values, 1) * sizeof(*r->values));
    return r->values ? r : NULL;
}

static int value_add_sorted(struct arena *a, struct requirement *r, struct str text)
{
    size_t at = r->n_values;
    for (; at > 0; at--) {
        int c = str_cmp(r->values[at - 1], text);
        if (c == 0)
            return 0;
        if (c < 0)
            break;
    }
    struct str copy;
    if (arena_str(a, text, &copy) < 0)
        return -ENOMEM;
    memmove(&r->values[at + 1], &r->values[at], (r->n_values - at) * sizeof(copy));
    r->values[at] = copy;
    r->n_values++;
    return 0;
}

/* Keeps the requirements sorted by key; equal keys in order of arrival. */
static int selector_add(struct selector *s, struct requirement *r)
{
    if (s->n >= SELECTOR_TERMS_MAX)
        return -E2BIG;
    size_t at = s->n;
    while (at > 0 && str_cmp(s->terms[at - 1]->key, r->key) > 0)
        at--;
    memmove(&s->terms[at + 1], &s->terms[at], (s->n - at) * sizeof(r));
    s->terms[at] = r;
    s->n++;
    return 0;
}

int selector_new(struct arena *a, size_t terms, struct selector **out)
{
    struct selector *s = arena_alloc(a, sizeof(*s));
    if (!s)
        return -ENOMEM;
    s->terms = arena_alloc(a, MAX(MIN(terms, SELECTOR_TERMS_MAX), 1) * sizeof(*s->terms));
    if (!s->terms)
        return -ENOMEM;
    *out = s;
    return 0;
}

/* ── rules of a label requirement, worded as upstream ── */
struct complaint {
    struct str path; /* prefix of every path: "" for a selector's text */
    struct buf text;
    size_t n;
};

static void complain(struct complaint *c, const char *place, struct str bad, const char *why)
{
    if (c->n++)
        buf_text(&c->text, ", ");
    buf_text(&c->text, place);
    buf_text(&c->text, ": Invalid value: ");
    fault_quote(bad, &c->text);
    buf_fmt(&c->text, ": %s", why);
}

static void why_join(const char *why[NAME_FAULTS_MAX], size_t n, struct buf *out)
{
    for (size_t i = 0; i < n; i++)
        buf_fmt(out, "%s%s", i ? "; " : "", why[i]);
}

static void label_key_check(struct complaint *c, const char *place, struct str key)
{
    const char *why[NAME_FAULTS_MAX];
    size_t n = name_label_key(key, why);
    if (!n)
        return;
    SCOPED_BUF joined = BUF_INIT(0);
    why_join(why, n, &joined);
    complain(c, place, key, buf_cstr(&joined));
}

static void label_value_check(struct complaint *c, size_t i, struct str key, struct str text)
{
    const char *why[NAME_FAULTS_MAX];
    size_t n = name_label_value(text, why);
    if (!n)
        return;
    SCOPED_BUF joined = BUF_INIT(0);
    SCOPED_BUF place = BUF_INIT(0);
    why_join(why, n, &joined);
    buf_fmt(&place, "values[%zu][%.*s]", i, STR_FMT(key));
    complain(c, buf_cstr(&place), text, buf_cstr(&joined));
}

static void values_check(struct complaint *c, const struct requirement *r)
{
    const char *why = NULL;
    switch (r->op) {
    case SELECT_IN:
    case SELECT_NOT_IN:
        why = r->n_values ? NULL : "for 'in', 'notin' operators, values set can't be empty";
        break;
    case SELECT_EXISTS:
    case SELECT_NOT_EXISTS:
        why = r->n_values ? "values set must be empty for exists and does not exist" : NULL;
        break;
    case SELECT_GREATER:
    case SELECT_LESS:
        why = r->n_values == 1 ? NULL : "for 'Gt', 'Lt' operators, exactly one value is required";
        break;
    default:
        why = r->n_values == 1 ? NULL : "exact-match compatibility requires one single value";
    }
    if (!why)
        return;
    if (c->n++)
        buf_text(&c->text, ", ");
    buf_text(&c->text, "values: Invalid value: [");
    for (size_t i = 0; i < r->n_values; i++) {
        buf_text(&c->text, i ? "," : "");
        fault_quote(r->values[i], &c->text);
    }
    buf_fmt(&c->text, "]: %s", why);
}

static int requirement_check(const struct requirement *r, struct err *err)
{
    struct complaint c = {.text = BUF_INIT(0)};
    label_key_check(&c, "key", r->key);
    values_check(&c, r);
    for (size_t i = 0; i < r->n_values; i++) {
        int64_t number;
        if ((r->op == SELECT_GREATER || r->op == SELECT_LESS) && str_to_int(r->values[i], &number) < 0) {
            char place[32];
            snprintf(place, sizeof(place), "values[%zu]", i);
            complain(&c, place, r->values[i], "for 'Gt', 'Lt' operators, the value must be an integer");
        }
        label_value_check(&c, i, r->key, r->values[i]);
    }
    int result = buf_error(&c.text);
    if (result == 0 && c.n)
        result = err_raise(err, -EINVAL, c.n > 1 ? "[%.*s]" : "%.*s", STR_FMT(buf_view(&c.text)));
    else if (result < 0)
        err_raise(err, result, "no memory to judge a selector");
    buf_done(&c.text);
    return result;
}

/* ── label selector text ── */
enum token { T_ERROR, T_END, T_CLOSE, T_COMMA, T_NOT, T_DEQUALS, T_EQUALS, T_GREATER, T_ID, T_IN, T_LESS, T_NEQUALS, T_NOTIN, T_OPEN };
struct lexer {
    struct arena *arena;
    struct str text;
    size_t at;
    struct str literal;
    char error[64];
};

static bool is_special(char c)
{
    return c && strchr("=!(),><", c);
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static enum token special_token(struct str s)
{
    static const struct {
        const char *text;
        enum token token;
    } all[] = {{")", T_CLOSE},   {",", T_COMMA}, {"!", T_NOT},      {"==", T_DEQUALS}, {"=", T_EQUALS},
               {">", T_GREATER}, {"<", T_LESS},  {"!=", T_NEQUALS}, {"(", T_OPEN}};
    for (size_t i = 0; i < ARRAY_LEN(all); i++) {
        if (str_is(s, all[i].text))
            return all[i].token;
    }
    return T_ERROR;
}

/* `values`: where a value may stand, "in" and "notin" are ordinary words. */
static enum token lexer_next(struct lexer *l, bool values)
{
    while (l->at < l->text.n && is_blank(l->text.p[l->at]))
        l->at++;
    if (l->at >= l->text.n) {
        l->literal = STR("");
        return T_END;
    }
    const char *start = l->text.p + l->at;
    size_t left = l->text.n - l->at, n = 0;
    if (is_special(*start)) {
        n = left > 1 && special_token(str_make(start, 2)) != T_ERROR ? 2 : 1;
        l->at += n;
        l->literal = str_make(start, n);
        return special_token(l->literal);
    }
    while (n < left && !is_special(start[n]) && !is_blank(start[n]))
        n++;
    l->at += n;
    l->literal = str_make(start, n);
    if (!values && str_is(l->literal, "in"))
        return T_IN;
    if (!values && str_is(l->literal, "notin"))
        return T_NOTIN;
    return T_ID;
}

static enum token lexer_peek(const struct lexer *l, struct str *literal)
{
    struct lexer ahead = *l;
    enum token t = lexer_next(&ahead, true);
    if (literal)
        *literal = ahead.literal;
    return t;
}

static int found(struct err *err, struct str what, const char *expected)
{
    return err_raise(err, -EINVAL, "found '%.*s'%s", STR_FMT(what), expected);
}

static int parse_operator(struct lexer *l, enum select_op *op, struct err *err)
{
    switch (lexer_next(l, false)) {
    case T_IN:
        *op = SELECT_IN;
        return 0;
    case T_EQUALS:
        *op = SELECT_EQUALS;
        return 0;
    case T_DEQUALS:
        *op = SELECT_DOUBLE_EQUALS;
        return 0;
    case T_GREATER:
        *op = SELECT_GREATER;
        return 0;
    case T_LESS:
        *op = SELECT_LESS;
        return 0;
    case T_NOTIN:
        *op = SELECT_NOT_IN;
        return 0;
    case T_NEQUALS:
        *op = SELECT_NOT_EQUALS;
        return 0;
    default:
        return found(err, l->literal, ", expected: in, notin, =, ==, !=, gt, lt");
    }
}

static int parse_list(struct lexer *l, struct requirement *r, struct err *err)
{
    struct str ahead;
    enum token first = lexer_peek(l, &ahead);
    if (first == T_CLOSE) {
        (void)lexer_next(l, true);
        return 0;
    }
    if (first != T_ID && first != T_COMMA)
        return found(err, ahead, ", expected: ',', ')' or identifier");
    for (;;) {
        enum token t = lexer_next(l, true);
        if (t != T_ID && t != T_COMMA)
            return found(err, l->literal, ", expected: ',', or identifier");
        int result = 0;
        bool last;
        if (t == T_ID) {
            result = value_add_sorted(l->arena, r, l->literal);
            enum token after = lexer_peek(l, &ahead);
            if (after != T_COMMA && after != T_CLOSE)
                return found(err, ahead, ", expected: ',' or ')'");
            last = after == T_CLOSE;
        } else { /* a comma after a comma, or before the end, stands for an empty value */
            enum token after = lexer_peek(l, NULL);
            last = after == T_CLOSE;
            if (r->n_values == 0 || last || after == T_COMMA)
                result = value_add_sorted(l->arena, r, STR(""));
            if (after == T_COMMA)
                (void)lexer_next(l, true);
        }
        if (result < 0)
            return err_raise(err, result, "no memory for a selector");
        if (last) {
            (void)lexer_next(l, true);
            return 0;
        }
    }
}

static int parse_values(struct lexer *l, struct requirement *r, struct err *err)
{
    if (r->op == SELECT_IN || r->op == SELECT_NOT_IN) {
        if (lexer_next(l, true) != T_OPEN)
            return found(err, l->literal, " expected: '('");
        return parse_list(l, r, err);
    }
    struct str text = STR("");
    enum token ahead = lexer_peek(l, NULL);
    if (ahead != T_END && ahead != T_COMMA) {
        if (lexer_next(l, true) != T_ID)
            return found(err, l->literal, ", expected: identifier");
        text = l->literal;
    }
    return value_add_sorted(l->arena, r, text) < 0 ? err_raise(err, -ENOMEM, "no memory for a selector") : 0;
}

static int key_refused(struct str key, struct err *err)
{
    struct complaint c = {.text = BUF_INIT(0)};
    label_key_check(&c, "<nil>", key);
    int r = buf_error(&c.text);
    if (r == 0 && c.n)
        r = err_raise(err, -EINVAL, "%.*s", STR_FMT(buf_view(&c.text)));
    buf_done(&c.text);
    return r;
}

static int parse_requirement(struct lexer *l, struct requirement **out, struct err *err)
{
    enum select_op op = SELECT_EXISTS;
    enum token t = lexer_next(l, true);
    if (t == T_NOT) {
        op = SELECT_NOT_EXISTS;
        t = lexer_next(l, true);
    }
    if (t != T_ID)
        return found(err, l->literal, ", expected: identifier");
    struct str key = l->literal;
    int r = key_refused(key, err);
    if (r < 0)
        return r;
    enum token ahead = lexer_peek(l, NULL);
    bool bare = op == SELECT_NOT_EXISTS || ahead == T_END || ahead == T_COMMA;
    if (!bare) {
        r = parse_operator(l, &op, err);
        if (r < 0)
            return r;
    }
    size_t room = 1;
    for (size_t i = l->at; i < l->text.n && l->text.p[i] != ')'; i++)
        room += l->text.p[i] == ',' || is_blank(l->text.p[i]) ? 2 : 0;
    struct requirement *q = requirement_new(l->arena, key, op, op == SELECT_IN || op == SELECT_NOT_IN ? room : 1);
    if (!q)
        return err_raise(err, -ENOMEM, "no memory for a selector");
    r = bare ? 0 : parse_values(l, q, err);
    if (r == 0)
        r = requirement_check(q, err);
    *out = q;
    return r;
}

static int parse_labels(struct lexer *l, struct selector *s, struct err *err)
{
    for (;;) {
        struct str ahead;
        enum token t = lexer_peek(l, &ahead);
        if (t == T_END)
            return 0;
        if (t != T_ID && t != T_NOT)
            return found(err, ahead, ", expected: !, identifier, or 'end of string'");
        struct requirement *q = NULL;
        int r = parse_requirement(l, &q, err);
        if (r < 0)
            return err_wrap(err, r, "unable to parse requirement");
        r = selector_add(s, q);
        if (r < 0)
            return err_raise(err, r, "a selector has at most %d requirements", SELECTOR_TERMS_MAX);
        t = lexer_next(l, true);
        if (t == T_END)
            return 0;
        if (t != T_COMMA)
            return found(err, l->literal, ", expected: ',' or 'end of string'");
        t = lexer_peek(l, &ahead);
        if (t != T_ID && t != T_NOT)
            return found(err, ahead, ", expected: identifier after ','");
    }
}

static size_t commas(struct str text)
{
    size_t n = 1;
    for (size_t i = 0; i < text.n; i++)
        n += text.p[i] == ',';
    return n;
}

int selector_parse_labels(struct arena *a, struct str text, struct selector **out, struct err *err)
{
    if (text.n > SELECTOR_TEXT_MAX)
        return err_raise(err, -E2BIG, "a selector has at most %d bytes", SELECTOR_TEXT_MAX);
    struct selector *s;
    if (selector_new(a, commas(text), &s) < 0)
        return err_raise(err, -ENOMEM, "no memory for a selector");
    struct lexer l = {.arena = a, .text = text};
    int r = parse_labels(&l, s, err);
    if (r == 0)
        *out = s;
    return r;
}

/* ── metav1.LabelSelector ── */
static int term_from(struct arena *a, struct selector *s, struct str key, enum select_op op, const struct value *values, struct err *err)
{
    size_t n = values && values->type == VALUE_LIST ? value_count(values) : 1;
    struct requirement *q = requirement_new(a, key, op, n);
    int r = q ? 0 : -ENOMEM;
    if (r == 0 && values && values->type == VALUE_TEXT)
        r = value_add_sorted(a, q, values->text);
    if (r == 0 && values && values->type == VALUE_LIST) {
        VALUE_EACH_ITEM (item, values) {
            r = value_add_sorted(a, q, value_text(item));
            if (r < 0)
                break;
        }
    }
    if (r < 0)
        return err_raise(err, r, "no memory for a selector");
    r = requirement_check(q, err);
    if (r == 0 && selector_add(s, q) < 0)
        return err_raise(err, -E2BIG, "a selector has at most %d requirements", SELECTOR_TERMS_MAX);
    return r;
}

int selector_from_tree(struct arena *a, const struct value *tree, struct selector **out, struct err *err)
{
    static const struct {
        const char *text;
        enum select_op op;
    } ops[] = {{"In", SELECT_IN}, {"NotIn", SELECT_NOT_IN}, {"Exists", SELECT_EXISTS}, {"DoesNotExist", SELECT_NOT_EXISTS}};
    struct value *labels = value_at(tree, "matchLabels"), *expressions = value_at(tree, "matchExpressions");
    struct selector *s;
    if (selector_new(a, value_count(labels) + value_count(expressions), &s) < 0)
        return err_raise(err, -ENOMEM, "no memory for a selector");
    s->nothing = value_is_null(tree);
    VALUE_EACH_MEMBER (m, labels) {
        int r = term_from(a, s, m->key, SELECT_EQUALS, &m->value, err);
        if (r < 0)
            return r;
    }
    VALUE_EACH_ITEM (e, expressions) {
        struct str text = value_text_at(e, "operator");
        size_t op = 0;
        while (op < ARRAY_LEN(ops) && !str_is(text, ops[op].text))
            op++;
        if (op == ARRAY_LEN(ops))
            return err_raise(err, -EINVAL, "\"%.*s\" is not a valid label selector operator", STR_FMT(text));
        static const struct value none = {.type = VALUE_LIST};
        struct value *values = value_at(e, "values");
        int r = term_from(a, s, value_text_at(e, "key"), ops[op].op, values && values->type == VALUE_LIST ? values : &none, err);
        if (r < 0)
            return r;
    }
    *out = s;
    return 0;
}

/* ── matching ── */
static bool has_value(const struct requirement *r, struct str text)
{
    for (size_t i = 0; i < r->n_values; i++) {
        if (str_eq(r->values[i], text))
            return true;
    }
    return false;
}

bool requirement_matches(const struct requirement *r, bool there, struct str text)
{
    int64_t have, want;
    switch (r->op) {
    case SELECT_IN:
    case SELECT_EQUALS:
    case SELECT_DOUBLE_EQUALS:
        return there && has_value(r, text);
    case SELECT_NOT_IN:
    case SELECT_NOT_EQUALS:
        return !there || !has_value(r, text);
    case SELECT_EXISTS:
        return there;
    case SELECT_NOT_EXISTS:
        return !there;
    default:
        if (!there || str_to_int(text, &have) < 0 || r->n_values != 1 || str_to_int(r->values[0], &want) < 0)
            return false;
        return r->op == SELECT_GREATER ? have > want : have < want;
    }
}

bool selector_matches_labels(const struct selector *s, const struct value *labels)
{
    if (s->nothing)
        return false;
    for (size_t i = 0; i < s->n; i++) {
        const struct value *v = value_get(labels, s->terms[i]->key);
        if (!requirement_matches(s->terms[i], v != NULL, value_text(v)))
            return false;
    }
    return true;
}

bool selector_empty(const struct selector *s)
{
    return s->n == 0 && !s->nothing;
}

void selector_print(const struct selector *s, struct buf *out)
{
    for (size_t i = 0; i < s->n; i++) {
        const struct requirement *r = s->terms[i];
        buf_text(out, i ? "," : "");
        if (s->fields) {
            selector_print_term(r, out);
            continue;
        }
        bool set = r->op == SELECT_IN || r->op == SELECT_NOT_IN;
        if (r->op == SELECT_NOT_EXISTS)
            buf_char(out, '!');
        buf_str(out, r->key);
        if (r->op == SELECT_EXISTS || r->op == SELECT_NOT_EXISTS)
            continue;
        buf_fmt(out, set ? " %s (" : "%s", op_texts[r->op]);
        for (size_t k = 0; k < r->n_values; k++) {
            buf_text(out, k ? "," : "");
            buf_str(out, r->values[k]);
        }
        buf_text(out, set ? ")" : "");
    }
}
