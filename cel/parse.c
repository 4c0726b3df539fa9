/* Text → expression: recursive descent by the specification's grammar. Macros are expanded on the way. Nesting is
 * bounded as it is read, and chains (a.b.c, 1+1+1) by the height of the tree they would make. */
#include "cel/inside.h"

struct parser {
    struct compile *c;
    struct token token;
    size_t at; /* behind the token */
    bool failed;
};

static void advance(struct parser *p)
{
    for (;;) {
        p->token = token_next(p->c->text, &p->at);
        if (p->token.kind != TOKEN_BAD)
            return;
        p->failed = true;
        issue_add(p->c, p->token.at, "Syntax error: token recognition error at: '%.*s'", STR_FMT(p->token.text));
        if (p->c->n_issues >= ISSUES_MAX || p->c->r < 0) {
            p->token = (struct token){TOKEN_END, p->token.at, STR_NONE};
            p->at = p->c->text.n;
            return;
        }
    }
}

static bool at(const struct parser *p, enum token_kind kind)
{
    return p->token.kind == kind;
}

static bool accept(struct parser *p, enum token_kind kind)
{
    if (!at(p, kind))
        return false;
    advance(p);
    return true;
}

#define EXPECT_PRIMARY "{'[', '{', '(', '.', '-', '!', 'true', 'false', 'null', NUM_FLOAT, NUM_INT, NUM_UINT, STRING, BYTES, IDENTIFIER}"

static void *mismatch(struct parser *p, const char *expecting)
{
    if (p->failed && p->c->n_issues)
        return NULL;
    p->failed = true;
    if (at(p, TOKEN_END))
        issue_add(p->c, p->token.at, "Syntax error: mismatched input '<EOF>' expecting %s", expecting);
    else
        issue_add(p->c, p->token.at, "Syntax error: mismatched input '%.*s' expecting %s", STR_FMT(p->token.text), expecting);
    return NULL;
}

static bool expect(struct parser *p, enum token_kind kind, const char *name)
{
    if (accept(p, kind))
        return true;
    mismatch(p, name);
    return false;
}

static struct node *too_deep(struct parser *p)
{
    p->failed = true;
    if (!p->c->n_issues)
        issue_add(p->c, UINT32_MAX, "max recursion depth exceeded");
    return NULL;
}

/* What was just made stands one higher than the highest of its parts. */
static struct node *raised(struct parser *p, struct node *n, unsigned above)
{
    if (!n)
        return NULL;
    n->height = (uint16_t)(above + 1);
    return n->height > p->c->limits.depth_max ? too_deep(p) : n;
}

static struct node *expression(struct parser *p);
static struct node *unary(struct parser *p);

static struct node *expand(struct parser *p, struct node *call, unsigned above)
{
    if (!call)
        return NULL;
    struct node *n = macro_expand(p->c, call);
    if (!n)
        p->failed = true;
    return raised(p, n, above);
}

struct nodes {
    VEC(struct node *) v;
    unsigned height;
};

static bool nodes_add(struct parser *p, struct nodes *list, struct node *n)
{
    if (!n)
        return false;
    struct node **slot = VEC_ADD(&list->v);
    if (!slot) {
        p->c->r = -ENOMEM;
        return false;
    }
    *slot = n;
    list->height = MAX(list->height, n->height);
    return true;
}

static struct node **nodes_keep(struct parser *p, const struct nodes *list)
{
    struct node **kept = arena_alloc(p->c->arena, MAX(list->v.n, 1u) * sizeof(*kept));
    if (!kept)
        p->c->r = -ENOMEM;
    else if (list->v.n)
        memcpy(kept, list->v.p, list->v.n * sizeof(*kept));
    return kept;
}

/* ( a, b ) behind a name; the opening bracket is the token. */
static struct node *call_of(struct parser *p, struct str name, struct node *target)
{
    struct nodes args = {0};
    struct node *call = node_make(p->c, NODE_CALL, p->token.at), *out = NULL;
    bool fine = call != NULL;
    advance(p);
    if (fine && !at(p, TOKEN_RPAREN))
        do
            fine = nodes_add(p, &args, expression(p));
        while (fine && accept(p, TOKEN_COMMA));
    if (fine && expect(p, TOKEN_RPAREN, "')'")) {
        call->call.name = name;
        call->call.target = target;
        call->call.member = target != NULL;
        call->call.n = (uint32_t)args.v.n;
        call->call.args = nodes_keep(p, &args);
        if (call->call.args)
            out = expand(p, call, MAX(args.height, target ? target->height : 0u));
    }
    VEC_DONE(&args.v);
    return out;
}

static bool take_optional(struct parser *p, bool *optional)
{
    *optional = at(p, TOKEN_QUESTION);
    if (!*optional)
        return true;
    if (!(p->c->features & CEL_FEATURE_OPTIONAL)) {
        issue_add(p->c, p->token.at, "unsupported syntax '?'");
        p->failed = true;
        return false;
    }
    advance(p);
    return true;
}

static struct node *list_of(struct parser *p)
{
    struct nodes items = {0};
    struct node *list = node_make(p->c, NODE_LIST, p->token.at), *out = NULL;
    VEC(bool) optional = {0};
    bool fine = list != NULL, any = false;
    advance(p);
    while (fine && !at(p, TOKEN_RBRACKET)) {
        bool *slot = VEC_ADD(&optional);
        if (!slot)
            p->c->r = -ENOMEM;
        fine = slot && take_optional(p, slot);
        any |= fine && *slot;
        fine = fine && nodes_add(p, &items, expression(p));
        if (!fine || !accept(p, TOKEN_COMMA))
            break;
    }
    if (fine && expect(p, TOKEN_RBRACKET, "']'")) {
        list->list.n = (uint32_t)items.v.n;
        list->list.items = nodes_keep(p, &items);
        list->list.optional = any ? arena_alloc(p->c->arena, optional.n) : NULL;
        if (any && list->list.optional)
            memcpy(list->list.optional, optional.p, optional.n);
        if (!list->list.items || (any && !list->list.optional))
            p->c->r = -ENOMEM;
        else
            out = raised(p, list, items.height);
    }
    VEC_DONE(&optional);
    VEC_DONE(&items.v);
    return out;
}

static bool field_name(struct parser *p, struct str *out)
{
    *out = p->token.text;
    if (at(p, TOKEN_QUOTED_NAME)) {
        *out = str_make(out->p + 1, out->n - 2);
    } else if (!at(p, TOKEN_NAME)) {
        mismatch(p, "IDENTIFIER");
        return false;
    }
    advance(p);
    return true;
}

static bool entry_of(struct parser *p, struct node_entry *e, bool fields, unsigned *height)
{
    if (!take_optional(p, &e->optional))
        return false;
    if (fields) {
        if (!field_name(p, &e->field))
            return false;
    } else {
        e->key = expression(p);
        if (!e->key)
            return false;
        *height = MAX(*height, e->key->height);
    }
    e->at = p->token.at;
    if (!expect(p, TOKEN_COLON, "':'"))
        return false;
    e->value = expression(p);
    if (!e->value)
        return false;
    *height = MAX(*height, e->value->height);
    return true;
}

/* { … }: of a struct when it has a name. */
static struct node *map_of(struct parser *p, struct str name)
{
    VEC(struct node_entry) entries = {0};
    struct node *map = node_make(p->c, name.p ? NODE_STRUCT : NODE_MAP, p->token.at), *out = NULL;
    unsigned height = 0;
    bool fine = map != NULL;
    advance(p);
    while (fine && !at(p, TOKEN_RBRACE)) {
        struct node_entry *e = VEC_ADD(&entries);
        if (!e)
            p->c->r = -ENOMEM;
        fine = e && entry_of(p, e, name.p != NULL, &height);
        if (!fine || !accept(p, TOKEN_COMMA))
            break;
    }
    if (fine && expect(p, TOKEN_RBRACE, "'}'")) {
        map->map.name = name;
        map->map.n = (uint32_t)entries.n;
        map->map.entries = arena_alloc(p->c->arena, MAX(entries.n, 1u) * sizeof(*entries.p));
        if (!map->map.entries)
            p->c->r = -ENOMEM;
        else {
            if (entries.n)
                memcpy(map->map.entries, entries.p, entries.n * sizeof(*entries.p));
            out = raised(p, map, height);
        }
    }
    VEC_DONE(&entries);
    return out;
}

/* ── literals ── */
static struct node *literal(struct parser *p, struct token sign, struct cel_value v)
{
    uint32_t where = sign.kind == TOKEN_MINUS ? sign.at : p->token.at;
    advance(p);
    return make_const(p->c, where, v);
}

static struct node *bad_literal(struct parser *p, struct token sign, const char *what)
{
    issue_add(p->c, sign.kind == TOKEN_MINUS ? sign.at : p->token.at, "%s", what);
    p->failed = true;
    return NULL;
}

static bool digits(struct str s, uint64_t *out)
{
    unsigned base = 10;
    if (str_starts(s, STR("0x"))) {
        base = 16;
        s = str_from(s, 2);
    }
    *out = 0;
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        uint64_t d = (uint64_t)(c <= '9' ? c - '0' : (c | 32) - 'a' + 10);
        if (__builtin_mul_overflow(*out, base, out) || __builtin_add_overflow(*out, d, out))
            return false;
    }
    return s.n > 0;
}

static struct node *number(struct parser *p, struct token sign)
{
    struct cel_value v = {.kind = CEL_INT};
    struct str s = p->token.text;
    uint64_t u;
    bool minus = sign.kind == TOKEN_MINUS;
    if (at(p, TOKEN_DOUBLE)) {
        char text[512]; /* more digits than that name no other number */
        if (s.n >= sizeof(text))
            return bad_literal(p, sign, "invalid double literal");
        memcpy(text, s.p, s.n);
        text[s.n] = 0;
        v = (struct cel_value){.kind = CEL_DOUBLE, .number = strtod(text, NULL)};
        if (v.number > 1.7976931348623157e308)
            return bad_literal(p, sign, "invalid double literal");
        v.number = minus ? -v.number : v.number;
    } else if (at(p, TOKEN_UINT)) {
        v.kind = CEL_UINT;
        if (!digits(str_head(s, s.n - 1), &v.natural))
            return bad_literal(p, sign, "invalid uint literal");
    } else {
        if (!digits(s, &u) || u > (uint64_t)INT64_MAX + (minus ? 1 : 0))
            return bad_literal(p, sign, "invalid int literal");
        v.integer = minus ? (int64_t)(0 - u) : (int64_t)u;
    }
    return literal(p, sign, v);
}

static struct node *quoted(struct parser *p)
{
    struct cel_value v = {.kind = at(p, TOKEN_BYTES) ? CEL_BYTES : CEL_STRING};
    int r = token_unquote(p->c, p->token.text, at(p, TOKEN_BYTES), &v.text);
    if (r == -EINVAL)
        return bad_literal(p, p->token, "unable to unescape string");
    if (r < 0) {
        p->c->r = r;
        return NULL;
    }
    return literal(p, (struct token){0}, v);
}

/* a.b.c { … }: is what begins here a struct's name? */
static bool struct_name(struct parser *p, size_t start, struct str *name)
{
    size_t ahead = p->at;
    struct token t = token_next(p->c->text, &ahead);
    size_t end = (size_t)p->token.at + p->token.text.n;
    while (t.kind == TOKEN_DOT) {
        t = token_next(p->c->text, &ahead);
        if (t.kind != TOKEN_NAME)
            return false;
        end = (size_t)t.at + t.text.n;
        t = token_next(p->c->text, &ahead);
    }
    if (t.kind != TOKEN_LBRACE)
        return false;
    *name = str_make(p->c->text.p + start, end - start);
    while (!at(p, TOKEN_LBRACE))
        advance(p);
    return true;
}

/* Space between the parts of a name does not belong to it. */
static struct str name_squeeze(struct parser *p, struct str s)
{
    char *out = arena_alloc(p->c->arena, s.n + 1);
    size_t n = 0;
    if (!out) {
        p->c->r = -ENOMEM;
        return STR("");
    }
    for (size_t i = 0; i < s.n;) {
        struct token t = token_next(s, &i);
        memcpy(out + n, t.text.p, t.text.n);
        n += t.text.n;
    }
    return str_make(out, n);
}

static struct node *name_of(struct parser *p)
{
    size_t start = p->token.at;
    bool dot = accept(p, TOKEN_DOT);
    struct str name;
    if (!at(p, TOKEN_NAME))
        return mismatch(p, "IDENTIFIER");
    if (struct_name(p, start, &name))
        return map_of(p, name_squeeze(p, name));
    struct token token = p->token;
    if (word_reserved(token.text, true)) {
        issue_add(p->c, (uint32_t)start, "reserved identifier: %.*s", STR_FMT(token.text));
        p->failed = true;
        return NULL;
    }
    advance(p);
    name = dot ? arena_fmt(p->c->arena, ".%.*s", STR_FMT(token.text)) : token.text;
    if (!name.p) {
        p->c->r = -ENOMEM;
        return NULL;
    }
    if (at(p, TOKEN_LPAREN))
        return call_of(p, name, NULL);
    return make_ident(p->c, token.at, name);
}

static struct node *nested(struct parser *p)
{
    advance(p);
    struct node *n = expression(p);
    return n && expect(p, TOKEN_RPAREN, "')'") ? n : NULL;
}

static struct node *primary(struct parser *p)
{
    switch (p->token.kind) {
    case TOKEN_LPAREN:
        return nested(p);
    case TOKEN_LBRACKET:
        return list_of(p);
    case TOKEN_LBRACE:
        return map_of(p, STR_NONE);
    case TOKEN_DOT:
    case TOKEN_NAME:
        return name_of(p);
    case TOKEN_INT:
    case TOKEN_UINT:
    case TOKEN_DOUBLE:
        return number(p, (struct token){0});
    case TOKEN_TEXT:
    case TOKEN_BYTES:
        return quoted(p);
    case TOKEN_TRUE:
    case TOKEN_FALSE:
        return literal(p, (struct token){0}, cel_of_bool(at(p, TOKEN_TRUE)));
    case TOKEN_NULL:
        return literal(p, (struct token){0}, (struct cel_value){.kind = CEL_NULL});
    default:
        return mismatch(p, EXPECT_PRIMARY);
    }
}

/* ── a.b, a.?b, a.b(…), a[b], a[?b] ── */
static struct node *optional_select(struct parser *p, struct node *of, uint32_t where, struct str field, uint32_t field_at)
{
    struct node *args[2] = {of, make_const(p->c, field_at, cel_of_text(field))};
    return make_call(p->c, where, OP_OPT_SELECT, args, 2);
}

static struct node *dot_of(struct parser *p, struct node *of)
{
    uint32_t where = p->token.at;
    bool optional;
    advance(p);
    if (!take_optional(p, &optional))
        return NULL;
    struct token field = p->token;
    struct str name;
    if (!field_name(p, &name))
        return NULL;
    if (optional)
        return raised(p, optional_select(p, of, where, name, field.at), of->height);
    if (at(p, TOKEN_LPAREN) && field.kind == TOKEN_NAME)
        return call_of(p, name, of);
    struct node *n = node_make(p->c, NODE_SELECT, where);
    if (!n)
        return NULL;
    n->select.of = of;
    n->select.field = name;
    return raised(p, n, of->height);
}

static struct node *index_of(struct parser *p, struct node *of)
{
    struct node *args[2] = {of};
    uint32_t where = p->token.at;
    bool optional;
    advance(p);
    if (!take_optional(p, &optional))
        return NULL;
    args[1] = expression(p);
    if (!args[1] || !expect(p, TOKEN_RBRACKET, "']'"))
        return NULL;
    return raised(p, make_call(p->c, where, optional ? OP_OPT_INDEX : OP_INDEX, args, 2), MAX(of->height, args[1]->height));
}

static struct node *member(struct parser *p, struct node *n)
{
    while (n && (at(p, TOKEN_DOT) || at(p, TOKEN_LBRACKET)))
        n = at(p, TOKEN_DOT) ? dot_of(p, n) : index_of(p, n);
    return n;
}

/* ── operators ── */
static struct node *repeated(struct parser *p, enum token_kind kind, enum op op)
{
    uint32_t where = p->token.at;
    unsigned times = 0;
    struct token sign = {0};
    while (at(p, kind)) {
        times++;
        sign = p->token;
        advance(p);
        if (kind == TOKEN_MINUS && (at(p, TOKEN_INT) || at(p, TOKEN_DOUBLE))) {
            times--; /* the last minus belongs to the number */
            break;
        }
        sign = (struct token){0};
    }
    struct node *n = sign.kind ? number(p, sign) : primary(p);
    n = member(p, n);
    if (!n || times % 2 == 0)
        return n;
    return make_call(p->c, where, op, &n, 1);
}

static struct node *unary(struct parser *p)
{
    if (at(p, TOKEN_NOT))
        return repeated(p, TOKEN_NOT, OP_NOT);
    if (at(p, TOKEN_MINUS))
        return repeated(p, TOKEN_MINUS, OP_NEG);
    return member(p, primary(p));
}

static enum op binary_op(enum token_kind kind, unsigned level)
{
    static const struct {
        uint8_t token, op, level;
    } ops[] = {
        {TOKEN_LT, OP_LT, 0},     {TOKEN_LE, OP_LE, 0},    {TOKEN_GE, OP_GE, 0},     {TOKEN_GT, OP_GT, 0},
        {TOKEN_EQ, OP_EQ, 0},     {TOKEN_NE, OP_NE, 0},    {TOKEN_IN, OP_IN, 0},     {TOKEN_PLUS, OP_ADD, 1},
        {TOKEN_MINUS, OP_SUB, 1}, {TOKEN_STAR, OP_MUL, 2}, {TOKEN_SLASH, OP_DIV, 2}, {TOKEN_PERCENT, OP_MOD, 2},
    };
    for (size_t i = 0; i < ARRAY_LEN(ops); i++)
        if (ops[i].token == kind && ops[i].level == level)
            return ops[i].op;
    return OP_CALL;
}

/* Levels: 0 comparisons, 1 sums, 2 products; all bind to the left. */
static struct node *binary(struct parser *p, unsigned level)
{
    struct node *args[2] = {level == 2 ? unary(p) : binary(p, level + 1)};
    enum op op;
    while (args[0] && (op = binary_op(p->token.kind, level)) != OP_CALL) {
        uint32_t where = p->token.at;
        advance(p);
        args[1] = level == 2 ? unary(p) : binary(p, level + 1);
        if (!args[1])
            return NULL;
        args[0] = raised(p, make_call(p->c, where, op, args, 2), MAX(args[0]->height, args[1]->height));
    }
    return args[0];
}

struct logic {
    struct nodes terms;
    VEC(uint32_t) ops; /* where the signs stood */
};

/* A long chain becomes a balanced tree, so that its height grows slowly. */
static struct node *balance(struct parser *p, const struct logic *l, enum op op, size_t first, size_t last)
{
    struct node *args[2];
    if (first == last)
        return l->terms.v.p[first];
    size_t mid = first + (last - first) / 2;
    args[0] = balance(p, l, op, first, mid);
    args[1] = balance(p, l, op, mid + 1, last);
    if (!args[0] || !args[1])
        return NULL;
    struct node *n = make_call(p->c, l->ops.p[mid], op, args, 2);
    if (n)
        n->height = MAX(args[0]->height, args[1]->height);
    return n;
}

static struct node *logic(struct parser *p, bool or)
{
    struct logic l = {0};
    struct node *n = or ? logic(p, false) : binary(p, 0);
    bool fine = nodes_add(p, &l.terms, n);
    while (fine && at(p, or ? TOKEN_OR : TOKEN_AND)) {
        uint32_t *where = VEC_ADD(&l.ops);
        if (where)
            *where = p->token.at;
        else
            p->c->r = -ENOMEM;
        advance(p);
        fine = where && nodes_add(p, &l.terms, or ? logic(p, false) : binary(p, 0));
    }
    n = fine ? balance(p, &l, or ? OP_OR : OP_AND, 0, l.terms.v.n - 1) : NULL;
    VEC_DONE(&l.terms.v);
    VEC_DONE(&l.ops);
    return n;
}

static struct node *expression(struct parser *p)
{
    struct node *args[3], *n = NULL;
    if (++p->c->depth > p->c->limits.depth_max)
        return too_deep(p);
    args[0] = logic(p, true);
    if (args[0] && at(p, TOKEN_QUESTION)) {
        uint32_t where = p->token.at;
        advance(p);
        args[1] = logic(p, true);
        if (args[1] && expect(p, TOKEN_COLON, "':'") && (args[2] = expression(p)))
            n = raised(p, make_call(p->c, where, OP_COND, args, 3), MAX(args[0]->height, MAX(args[1]->height, args[2]->height)));
    } else {
        n = args[0];
    }
    p->c->depth--;
    return n;
}

struct node *parse_text(struct compile *c)
{
    struct parser p = {.c = c};
    advance(&p);
    struct node *n = expression(&p);
    if (n && !at(&p, TOKEN_END))
        n = mismatch(&p, "<EOF>");
    return p.failed || c->n_issues || c->r < 0 ? NULL : n;
}
