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
    [OP_COND] = {"?", 1}, [OP_OR] = {"||", 2},  [OP_AND] = {"&&", 3}, [OP_EQ] = {"==", 4}, [OP_NE] = {"!=", 4},
    [OP_LT] = {"<", 4},   [OP_LE] = {"<=", 4},  [OP_GT] = {">", 4},   [OP_GE] = {">=", 4}, [OP_IN] = {"in", 4},
    [OP_ADD] = {"+", 5},  [OP_SUB] = {"-", 5},  [OP_MUL] = {"*", 6},  [OP_DIV] = {"/", 6}, [OP_MOD] = {"%", 6},
    [OP_NOT] = {"!", 7},  [OP_NEG] = {"-", 7},
};
#define LEVEL_PRIMARY 9

static unsigned level_of(const struct node *n)
{
    if (n->written)
        return LEVEL_PRIMARY;
    if (n->kind == NODE_CALL && signs[n->op].level)
        return signs[n->op].level;
    if (n->kind == NODE_CONST && ((n->constant.kind == CEL_INT && n->constant.integer < 0) ||
                                  (n->constant.kind == CEL_DOUBLE && signbit(n->constant.number))))
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
        buf_text(out, signs[n->op].sign);
        print_within(args[0], 8, out);
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
