/* x-kubernetes-validations: rules written as expressions. */
#include "structural/inside.h"

#include "cellib/cellib.h"

#define OBJECT_BUDGET UINT64_C(10000000) /* of all rules over one object */
#define KUBERNETES    37
#define MESSAGE_MAX   5120

struct rule {
    struct cel_program *program, *said; /* the rule; its messageExpression, or NULL */
    struct str text, message, field_path;
    enum fault_type reason;
    bool transition; /* oldSelf is mentioned */
    bool optional;   /* optionalOldSelf */
};

struct rules {
    size_t n;
    const struct cel_type *type;
    struct rule at[];
};

/* ── compiling ── */

static enum fault_type reason_of(struct str s)
{
    return str_is(s, "FieldValueForbidden")   ? FAULT_FORBIDDEN
           : str_is(s, "FieldValueRequired")  ? FAULT_REQUIRED
           : str_is(s, "FieldValueDuplicate") ? FAULT_DUPLICATE
                                              : FAULT_INVALID;
}

static int environment(struct structural *s, const struct cel_type *type, bool optional, struct cel_env **out)
{
    SCOPED(cel_env) base = NULL;
    struct cel_env *env = NULL;
    const struct cel_type *old = optional ? cel_type_optional(s->arena, type) : type;
    int r = old ? cellib_env(&base, &(struct cellib_options){.version = KUBERNETES, .no_authorizer = true}) : -ENOMEM;
    if (r == 0)
        r = cel_env_extend(&env, base);
    if (r == 0)
        r = cel_env_declare(env, STR("self"), type, true);
    if (r >= 0)
        r = cel_env_declare(env, STR("oldSelf"), old, true);
    if (r < 0) {
        cel_env_unref(env);
        return r;
    }
    *out = env;
    return 0;
}

/* 0 also when the text does not compile: the program is NULL then, and `fault` says why. */
static int compile(struct structural *s, struct cel_env *env, struct str text, const struct cel_type *wanted, struct cel_program **out,
                   struct str *fault)
{
    SCOPED_BUF issues = BUF_INIT(64 * 1024);
    int r = cel_compile(env, text, NULL, out, &issues);
    if (r == 0 && wanted->kind != cel_program_type(*out)->kind) {
        *out = cel_program_free(*out);
        buf_fmt(&issues, "cel expression must evaluate to a %s", wanted->kind == CEL_BOOL ? "bool" : "string");
        r = CEL_REFUSED;
    }
    if (r < 0 || r == 0)
        return r;
    *out = NULL;
    return arena_str(s->arena, buf_view(&issues), fault);
}

static int keep_program(struct structural *s, struct cel_program *p)
{
    struct cel_program **slot = p ? VEC_ADD(&s->programs) : NULL;
    if (p && !slot) {
        cel_program_free(p);
        return -ENOMEM;
    }
    if (p)
        *slot = p;
    return 0;
}

static int rule_make(struct structural *s, const struct cel_type *type, const struct value *v, struct rule *out, struct structural_rule *told)
{
    SCOPED(cel_env) env = NULL;
    struct str said = value_text_at(v, "messageExpression");
    out->optional = value_bool_at(v, "optionalOldSelf", false);
    out->reason = reason_of(value_text_at(v, "reason"));
    int r = arena_str(s->arena, value_text_at(v, "rule"), &out->text);
    if (r == 0)
        r = arena_str(s->arena, value_text_at(v, "message"), &out->message);
    if (r == 0)
        r = arena_str(s->arena, value_text_at(v, "fieldPath"), &out->field_path);
    if (r == 0)
        r = environment(s, type, out->optional, &env);
    if (r == 0)
        r = compile(s, env, out->text, &cel_type_bool, &out->program, &told->fault);
    if (r == 0)
        r = keep_program(s, out->program);
    if (r == 0 && said.n)
        r = compile(s, env, said, &cel_type_string, &out->said, &told->message_fault);
    if (r == 0)
        r = keep_program(s, out->said);
    if (r < 0)
        return r;
    int old = cel_env_variable(env, STR("oldSelf"));
    out->transition = out->program && cel_program_uses(out->program, old);
    told->transition = out->transition;
    told->cost = out->program ? cel_program_cost(out->program).max : 0;
    told->message_cost = out->said ? cel_program_cost(out->said).max : 0;
    return 0;
}

int rules_make(struct structural *s, struct node *n, bool root, const struct value *list, bool told)
{
    size_t count = value_count(list), i = 0;
    if (!count)
        return 0;
    struct rules *rules = arena_alloc(s->arena, sizeof(*rules) + count * sizeof(rules->at[0]));
    struct structural_rule *tell = arena_alloc(s->arena, count * sizeof(*tell));
    if (!rules || !tell)
        return -ENOMEM;
    rules->type = node_type(s->arena, n, root, 0);
    if (!rules->type)
        return -ENOMEM;
    VALUE_EACH_ITEM (v, list) {
        int r = rule_make(s, rules->type, v, &rules->at[i], &tell[i]);
        if (r < 0)
            return r;
        i++;
    }
    rules->n = count;
    n->rules = rules;
    n->flags |= NODE_RULES;
    if (told) {
        s->rules = tell;
        s->n_rules = count;
    }
    return 0;
}

size_t structural_rules(const struct structural *s, const struct structural_rule **out)
{
    *out = s->rules;
    return s->n_rules;
}

void rules_free(struct structural *s)
{
    for (size_t i = 0; i < s->programs.n; i++)
        cel_program_free(s->programs.p[i]);
    VEC_DONE(&s->programs);
}

/* ── judging ── */

struct ruling {
    struct faults *f;
    struct path at;
    uint64_t left; /* of the budget */
    bool over;
};

static const char *type_name(const struct value *v)
{
    static const char *const names[] = {"null", "boolean", "integer", "number", "string", "array", "object", "object"};
    return names[v->type];
}

/* ".a.b" or ".a['b']", put behind where we are. */
static void add_path(struct path *at, struct str path)
{
    struct str rest = path;
    while (rest.n) {
        size_t n = 1;
        if (rest.p[0] == '[' && rest.n > 3) {
            ssize_t end = str_find(rest, STR("]"));
            if (end < 0)
                return;
            path_member(at, str_make(rest.p + 2, (size_t)end - 3));
            rest = str_from(rest, (size_t)end + 1);
            continue;
        }
        while (n < rest.n && rest.p[n] != '.' && rest.p[n] != '[')
            n++;
        path_member(at, str_make(rest.p + 1, n - 1));
        rest = str_from(rest, n);
    }
}

static void broken(struct ruling *g, const struct rule *rule, const struct value *v, struct str message)
{
    struct value bad = value_make_text(str_of(type_name(v)));
    char text[MESSAGE_MAX + 64];
    if (!message.n)
        message = rule->message;
    int n = message.n ? snprintf(text, sizeof(text), "%.*s", STR_FMT(message))
                      : snprintf(text, sizeof(text), "failed rule: %.*s", STR_FMT(str_trim(rule->text)));
    for (int i = 0; !message.n && i < MIN(n, (int)sizeof(text)); i++)
        text[i] = text[i] == '\n' ? ' ' : text[i];
    size_t before = g->at.n;
    add_path(&g->at, rule->field_path);
    bool shows = rule->reason == FAULT_INVALID || rule->reason == FAULT_DUPLICATE;
    fault_add(g->f, rule->reason, g->at.n ? g->at.text : "<nil>", shows ? &bad : NULL, "%s", text);
    path_cut(&g->at, before);
}

static void out_of_budget(struct ruling *g)
{
    struct value none = value_make_text(STR(""));
    g->over = true;
    fault_add(g->f, FAULT_INVALID, g->at.n ? g->at.text : "<nil>", &none,
              "validation failed due to running out of cost budget, no further validation rules will be run");
}

static int run(struct ruling *g, const struct cel_program *p, const struct cel_value slots[2], struct arena *a, struct cel_value *out,
               struct err *err)
{
    struct cel_activation vars = {.slots = slots, .n = 2};
    struct cel_run run_ = {.limit = MIN(g->left, (uint64_t)CEL_CALL_COST_MAX)};
    int r = cel_eval(p, &vars, a, &run_, out, err);
    g->left -= MIN(g->left, run_.cost);
    return r;
}

static void judge_rule(struct ruling *g, const struct rules *rules, const struct rule *rule, const struct value *v, const struct value *old)
{
    SCOPED(arena) a = NULL;
    struct err err = {{0}};
    struct cel_value slots[2], out;
    struct value none = value_make_text(str_of(type_name(v)));
    if (!rule->program || (rule->transition && !old && !rule->optional))
        return;
    if (arena_new(&a, (size_t)64 << 20) < 0) {
        fault_add(g->f, FAULT_INTERNAL, g->at.text, NULL, "no memory to check a rule");
        return;
    }
    struct cel_value was = old ? cel_of_tree(a, old, rules->type) : (struct cel_value){.kind = CEL_NULL};
    slots[0] = cel_of_tree(a, v, rules->type);
    slots[1] = rule->optional ? cel_make_optional(a, old ? &was : NULL) : was;
    int r = run(g, rule->program, slots, a, &out, &err);
    if (r == CEL_OVER_BUDGET && g->left) {
        fault_add(g->f, FAULT_INVALID, g->at.n ? g->at.text : "<nil>", &none,
                  "%s, no further validation rules will be run: call cost exceeds limit for rule: %.*s",
                  "validation failed due to running out of cost budget", STR_FMT(rule->text));
        g->over = true;
    } else if (r == CEL_OVER_BUDGET) {
        out_of_budget(g);
    } else if (r != 0) {
        fault_add(g->f, FAULT_INVALID, g->at.n ? g->at.text : "<nil>", &none, "%s evaluating rule: %.*s", err.text, STR_FMT(rule->text));
    } else if (out.kind != CEL_BOOL || !out.boolean) {
        struct cel_value said;
        struct str message = STR_NONE;
        if (rule->said && run(g, rule->said, slots, a, &said, &err) == 0 && said.kind == CEL_STRING && said.text.n <= MESSAGE_MAX &&
            !(said.text.n && memchr(said.text.p, '\n', said.text.n)))
            message = str_trim(said.text);
        broken(g, rule, v, message);
    }
}

static const struct value *same_item(const struct node *n, const struct value *old, const struct value *item, size_t i)
{
    const struct value *here = value_item(old, i);
    if (!(n->flags & NODE_KEYED) || !old || old->type != VALUE_LIST)
        return NULL;
    if (here && node_same_item(n, here, item))
        return here;
    VALUE_EACH_ITEM (o, old)
        if (node_same_item(n, o, item))
            return o;
    return NULL;
}

static void judge_node(struct ruling *g, const struct node *n, const struct value *v, const struct value *old)
{
    if (g->over || !(n->flags & NODE_RULES) || (v->type == VALUE_NULL && (n->flags & NODE_NULLABLE)))
        return;
    bool same = old && n->rules && value_equal(v, old);
    for (size_t i = 0; n->rules && i < n->rules->n && !g->over; i++) {
        size_t before = g->f->n;
        judge_rule(g, n->rules, &n->rules->at[i], v, old);
        if (same && !n->rules->at[i].transition && !g->over)
            g->f->n = before; /* it was so before, and nobody has touched it */
    }
    if (v->type == VALUE_MAP) {
        VALUE_EACH_MEMBER (m, v) {
            const struct node *child = node_property(n, m->key);
            if (!child)
                child = n->additional;
            if (!child || !(child->flags & NODE_RULES))
                continue;
            size_t before = path_member(&g->at, m->key);
            judge_node(g, child, &m->value, value_get(old, m->key));
            path_cut(&g->at, before);
        }
    }
    for (size_t i = 0; v->type == VALUE_LIST && n->items && i < v->list.n && !g->over; i++) {
        size_t before = path_item(&g->at, i);
        judge_node(g, n->items, &v->list.items[i], same_item(n, old, &v->list.items[i], i));
        path_cut(&g->at, before);
    }
}

void rules_validate(const struct structural *s, const struct value *tree, const struct value *old, struct faults *f)
{
    struct ruling g = {.f = f, .left = OBJECT_BUDGET};
    if (!(s->root->flags & NODE_RULES))
        return;
    for (size_t i = 0; i < MIN(f->n, (size_t)FAULTS_MAX); i++) /* expressions may trust the types */
        if (f->items[i].type == FAULT_TYPE || f->items[i].type == FAULT_REQUIRED || f->items[i].type == FAULT_TOO_LONG ||
            f->items[i].type == FAULT_TOO_MANY || f->items[i].type == FAULT_NOT_SUPPORTED) {
            struct value null = {0};
            fault_add(f, FAULT_INVALID, "<nil>", &null,
                      "some validation rules were not checked because the object was invalid; correct the existing errors to complete validation");
            return;
        }
    judge_node(&g, s->root, tree, old);
}
