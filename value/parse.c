#include "value/inside.h"

/* Values wait here, unnamed items and named members alike, until their list or
 * map is closed; then they are copied out as an array of exactly that size. */
struct parser {
    struct lex lex;
    struct arena *arena;
    const struct value_guide *guide;
    struct value_duplicates *duplicates;
    VEC(struct value_member) stack;
    struct frame {
        struct str key; /* of this member; p NULL: item */
        size_t item;
    } path[VALUE_DEPTH_MAX + 1]; /* path[d]: the place within the d-th open list or map */
};

static int no_memory(struct parser *p)
{
    return err_raise(p->lex.err, -ENOMEM, "no memory for a JSON document");
}

/* ── strings ── */

static unsigned hex4(const char *p)
{
    unsigned v = 0;
    for (int i = 0; i < 4; i++) {
        char c = p[i];
        v = v << 4 | (unsigned)(c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10);
    }
    return v;
}

static char *utf8_put(char *to, unsigned c)
{
    if (c < 0x80) {
        *to++ = (char)c;
    } else if (c < 0x800) {
        *to++ = (char)(0xc0 | c >> 6);
        *to++ = (char)(0x80 | (c & 0x3f));
    } else if (c < 0x10000) {
        *to++ = (char)(0xe0 | c >> 12);
        *to++ = (char)(0x80 | (c >> 6 & 0x3f));
        *to++ = (char)(0x80 | (c & 0x3f));
    } else {
        *to++ = (char)(0xf0 | c >> 18);
        *to++ = (char)(0x80 | (c >> 12 & 0x3f));
        *to++ = (char)(0x80 | (c >> 6 & 0x3f));
        *to++ = (char)(0x80 | (c & 0x3f));
    }
    return to;
}

/* One escape, checked before by the lexer: at stands on the backslash. Lone surrogates become U+FFFD. */
static const char *unescape(const char *at, const char *end, char **to)
{
    static const char from[] = "\"\\/bfnrt", into[] = "\"\\/\b\f\n\r\t";
    if (at[1] != 'u') {
        *(*to)++ = into[strchr(from, at[1]) - from];
        return at + 2;
    }
    unsigned c = hex4(at + 2);
    at += 6;
    if (c >= 0xd800 && c < 0xe000) {
        unsigned low = c < 0xdc00 && end - at >= 6 && at[0] == '\\' && at[1] == 'u' ? hex4(at + 2) : 0;
        if (low >= 0xdc00 && low < 0xe000) {
            c = 0x10000 + ((c - 0xd800) << 10) + (low - 0xdc00);
            at += 6;
        } else {
            c = 0xfffd;
        }
    }
    *to = utf8_put(*to, c);
    return at;
}

/* Bytes that are no UTF-8 become U+FFFD, one each, as Go does: up to three times as long. */
static int repair(struct parser *p, struct str bad, struct str *out)
{
    char *copy = arena_alloc(p->arena, bad.n * 3 + 1), *to = copy;
    if (!copy)
        return no_memory(p);
    for (size_t i = 0; i < bad.n;) {
        size_t len = 1;
        if ((unsigned char)bad.p[i] >= 0x80)
            for (len = 2; len <= 4 && !(i + len <= bad.n && str_utf8_valid(str_make(bad.p + i, len))); len++)
                continue;
        if (len <= 4) {
            memcpy(to, bad.p + i, len);
            to += len;
            i += len;
        } else {
            to = utf8_put(to, 0xfffd);
            i++;
        }
    }
    *out = str_make(copy, (size_t)(to - copy));
    return 0;
}

/* The parser owns the copy of the text, so escapes are undone where they stand: they only shrink. */
static int decode_text(struct parser *p, const struct lex_string *s, struct str *out)
{
    *out = s->text;
    if (s->escaped) {
        const char *at = memchr(s->text.p, '\\', s->text.n), *end = s->text.p + s->text.n;
        char *base = (char *)(uintptr_t)s->text.p, *to = base + (at - s->text.p);
        while (at < end) {
            if (*at == '\\')
                at = unescape(at, end, &to);
            else
                *to++ = *at++;
        }
        *out = str_make(base, (size_t)(to - base));
    }
    return s->high && !str_utf8_valid(*out) ? repair(p, *out, out) : 0;
}

/* ── duplicates ── */

static int note_duplicate(struct parser *p, struct str key)
{
    struct value_duplicates *d = p->duplicates;
    if (!d)
        return 0;
    if (d->n++ >= VALUE_DUPLICATES_MAX)
        return 0;
    SCOPED_BUF text = BUF_INIT(0);
    for (unsigned i = 1; i < p->lex.depth; i++) {
        if (p->path[i].key.p)
            buf_fmt(&text, "%s%.*s", i > 1 ? "." : "", STR_FMT(p->path[i].key));
        else
            buf_fmt(&text, "[%zu]", p->path[i].item);
    }
    buf_fmt(&text, "%s%.*s", text.n ? "." : "", STR_FMT(key));
    if (buf_error(&text) < 0 || arena_str(p->arena, buf_view(&text), &d->items[d->n - 1]) < 0)
        return no_memory(p);
    return 0;
}

static int order_cmp(const void *a, const void *b)
{
    const struct value_member *const *x = a, *const *y = b;
    int c = str_cmp((*x)->key, (*y)->key);
    return c ? c : (*x > *y) - (*x < *y);
}

/* Marks later ones of equal keys (key.p NULL) and moves the last value to the first place. */
static int merge_pair(struct parser *p, struct value_member *first, struct value_member *again)
{
    int r = note_duplicate(p, again->key);
    first->value = again->value;
    again->key = STR_NONE;
    return r;
}

static int find_duplicates(struct parser *p, struct value_member *m, size_t n, bool *found)
{
    int r = 0;
    if (n <= 16) {
        for (size_t i = 1; i < n && r == 0; i++)
            for (size_t k = 0; k < i; k++)
                if (m[k].key.n == m[i].key.n && m[k].key.p && m[k].key.p[0] == m[i].key.p[0] && memcmp(m[k].key.p, m[i].key.p, m[i].key.n) == 0) {
                    *found = true;
                    r = merge_pair(p, &m[k], &m[i]);
                    break;
                }
        return r;
    }
    struct value_member **order = mem_alloc(n * sizeof(struct value_member *));
    if (!order)
        return no_memory(p);
    for (size_t i = 0; i < n; i++)
        order[i] = &m[i];
    qsort(order, n, sizeof(*order), order_cmp);
    for (size_t i = 1, first = 0; i < n && r == 0; i++) {
        if (str_eq(order[first]->key, order[i]->key)) {
            *found = true;
            r = merge_pair(p, order[first], order[i]);
        } else {
            first = i;
        }
    }
    mem_free(order);
    return r;
}

/* ── values ── */

static int parse_value(struct parser *p, const void *note, struct value *out);

static int push(struct parser *p, struct str key, const struct value *v)
{
    struct value_member *m = VEC_ADD(&p->stack);
    if (!m)
        return no_memory(p);
    *m = (struct value_member){key, *v};
    return 0;
}

/* Takes the bracket; 1 = closed at once. */
static int enter(struct parser *p, char close)
{
    int r = lex_enter(&p->lex);
    if (r < 0)
        return r;
    p->lex.p++;
    lex_space(&p->lex);
    if (p->lex.p >= p->lex.end || *p->lex.p != close)
        return 0;
    p->lex.p++;
    return 1;
}

static int close_map(struct parser *p, size_t base, struct value *out)
{
    struct value_member *m = p->stack.p + base;
    size_t n = p->stack.n - base, kept = 0;
    bool found = false;
    int r = find_duplicates(p, m, n, &found);
    if (r < 0)
        return r;
    struct value_member *members = arena_alloc(p->arena, n * sizeof(*m));
    if (!members)
        return no_memory(p);
    if (!found) {
        memcpy(members, m, n * sizeof(*m));
        kept = n;
    }
    for (size_t i = 0; found && i < n; i++)
        if (m[i].key.p)
            members[kept++] = m[i];
    *out = (struct value){.type = VALUE_MAP, .map = {members, (uint32_t)kept, (uint32_t)kept}};
    p->stack.n = base;
    return 0;
}

static int parse_map(struct parser *p, const void *note, struct value *out)
{
    size_t base = p->stack.n;
    *out = value_make_map();
    int r = enter(p, '}');
    if (r != 0) {
        p->lex.depth--;
        return MIN(r, 0);
    }
    struct frame *frame = &p->path[p->lex.depth];
    do {
        struct lex_string name;
        struct value v = {0};
        struct str key;
        r = lex_name(&p->lex, &name);
        if (r == 0)
            r = decode_text(p, &name, &key);
        if (r < 0)
            return r;
        *frame = (struct frame){key, 0};
        r = parse_value(p, note && p->guide ? p->guide->enter(note, key) : NULL, &v);
        if (r == 0)
            r = push(p, key, &v);
        if (r == 0)
            r = lex_next(&p->lex, '}', "after object key:value pair");
    } while (r > 0);
    if (r == 0)
        r = close_map(p, base, out);
    p->lex.depth--;
    return r;
}

static int parse_list(struct parser *p, const void *note, struct value *out)
{
    size_t base = p->stack.n;
    *out = value_make_list();
    int r = enter(p, ']');
    if (r != 0) {
        p->lex.depth--;
        return MIN(r, 0);
    }
    if (note && p->guide)
        note = p->guide->enter(note, STR_NONE);
    struct frame *frame = &p->path[p->lex.depth];
    *frame = (struct frame){STR_NONE, 0};
    do {
        struct value v = {0};
        r = parse_value(p, note, &v);
        if (r == 0)
            r = push(p, STR_NONE, &v);
        if (r == 0)
            r = lex_next(&p->lex, ']', "after array element");
        frame->item++;
    } while (r > 0);
    p->lex.depth--;
    if (r < 0)
        return r;
    size_t n = p->stack.n - base;
    struct value *items = arena_alloc(p->arena, n * sizeof(*items));
    if (!items)
        return no_memory(p);
    for (size_t i = 0; i < n; i++)
        items[i] = p->stack.p[base + i].value;
    *out = (struct value){.type = VALUE_LIST, .list = {items, (uint32_t)n, (uint32_t)n}};
    p->stack.n = base;
    return 0;
}

static int parse_number(struct parser *p, struct value *out)
{
    struct str text;
    bool whole;
    int64_t i;
    double d;
    int r = lex_number(&p->lex, &text, &whole);
    if (r < 0)
        return r;
    if (whole && str_to_int(text, &i) == 0) {
        *out = value_make_int(i);
        return 0;
    }
    if (str_to_double(text, &d) < 0 || __builtin_isinf(d))
        return err_raise(p->lex.err, -EBADMSG, "json: cannot unmarshal number %.*s into Go value of type float64", (int)MIN(text.n, (size_t)80),
                         text.p);
    *out = value_make_double(d);
    return 0;
}

static int parse_raw(struct parser *p, struct value *out)
{
    lex_space(&p->lex);
    const char *start = p->lex.p;
    int r = lex_skip(&p->lex);
    struct str text;
    if (r == 0)
        r = value_compact(p->arena, str_make(start, (size_t)(p->lex.p - start)), &text, p->lex.err);
    if (r == 0)
        *out = value_make_raw(text);
    return r;
}

static int parse_value(struct parser *p, const void *note, struct value *out)
{
    struct lex_string s;
    lex_space(&p->lex);
    char c = p->lex.p < p->lex.end ? *p->lex.p : 0;
    if (note == VALUE_GUIDE_RAW && c != 'n')
        return parse_raw(p, out);
    if (note == VALUE_GUIDE_SKIP) {
        *out = (struct value){0};
        return lex_skip(&p->lex);
    }
    int r;
    switch (c) {
    case '{':
        return parse_map(p, note, out);
    case '[':
        return parse_list(p, note, out);
    case '"':
        out->type = VALUE_TEXT;
        r = lex_text(&p->lex, &s);
        return r < 0 ? r : decode_text(p, &s, &out->text);
    case 't':
    case 'f':
        *out = value_make_bool(c == 't');
        return lex_word(&p->lex, c == 't' ? "true" : "false");
    case 'n':
        *out = (struct value){0};
        return lex_word(&p->lex, "null");
    default:
        if (c == '-' || (c >= '0' && c <= '9'))
            return parse_number(p, out);
        return lex_fail(&p->lex, "looking for beginning of value");
    }
}

int value_parse(struct arena *a, struct str json, const struct value_guide *guide, struct value_duplicates *duplicates, struct value *out,
                struct err *err)
{
    char *copy = arena_text(a, json.p, json.n);
    if (!copy)
        return err_raise(err, -ENOMEM, "no memory for a JSON document");
    struct parser p = {.arena = a, .guide = guide, .duplicates = duplicates};
    p.lex = (struct lex){.p = copy, .end = copy + json.n, .err = err};
    struct value v = {0};
    int r = parse_value(&p, guide ? guide->top : NULL, &v);
    if (r == 0)
        r = lex_end(&p.lex);
    VEC_DONE(&p.stack);
    if (r == 0)
        *out = v;
    return r;
}

int value_expand(struct arena *a, const struct value *v, struct value *out, struct err *err)
{
    if (v->type == VALUE_RAW)
        return value_parse(a, v->text, NULL, NULL, out, err);
    *out = *v;
    return 0;
}
