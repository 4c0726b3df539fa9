/* Claims: are they good, and whom do they make? The sentences are those of upstream's authenticator. */
#include "cellib/cellib.h"
#include "issuer/inside.h"

#define LEEWAY        300 /* seconds a token may be used before its nbf */
#define CREDENTIAL_ID STR("authentication.kubernetes.io/credential-id")

#define FIELD(name, type) \
    { \
        STR_INIT(name), {NULL, 0}, (type) \
    }
static const struct cel_type texts = {.kind = CEL_LIST, .params = {&cel_type_string}, .n_params = 1, .max_size = CEL_SIZE_UNKNOWN};
static const struct cel_type texts_map = {.kind = CEL_MAP, .params = {&cel_type_string, &texts}, .n_params = 2, .max_size = CEL_SIZE_UNKNOWN};
static const struct cel_type claims_type = {
    .kind = CEL_MAP, .params = {&cel_type_string, &cel_type_dyn}, .n_params = 2, .max_size = CEL_SIZE_UNKNOWN};
static const struct cel_field user_fields[] = {/* sorted */
                                               FIELD("extra", &texts_map), FIELD("groups", &texts), FIELD("uid", &cel_type_string),
                                               FIELD("username", &cel_type_string)};
static const struct cel_type user_type = {
    .kind = CEL_OBJECT, .name = STR_INIT("kubernetes.UserInfo"), .fields = user_fields, .n_fields = 4, .max_size = CEL_SIZE_UNKNOWN};

static int prepare(struct cel_env **out, struct cel_env *base, const char *name, const struct cel_type *type)
{
    int r = cel_env_extend(out, base);
    if (r == 0)
        r = cel_env_declare(*out, str_of(name), type, false);
    CHECK(r <= 0); /* the only slot */
    return r;
}

int expressions_prepare(struct configuration *c)
{
    SCOPED(cel_env) base = NULL;
    int r = cellib_env(&base, &(struct cellib_options){.version = 37, .no_authorizer = true});
    if (r == 0)
        r = prepare(&c->env, base, "claims", &claims_type);
    return r == 0 ? prepare(&c->user_env, base, "user", &user_type) : r;
}

int claim_compile(struct configuration *c, struct cel_env *env, struct str text, const char *path, const struct cel_type *const *wanted,
                  struct expression *out, struct err *err)
{
    SCOPED_BUF issues = BUF_INIT(64u << 10);
    int r = cel_compile(env, text, NULL, &out->program, &issues);
    if (r < 0)
        return err_raise(err, r, "no memory for an expression");
    if (r == CEL_REFUSED)
        return err_raise(err, -EINVAL, "%s: compilation failed: %s", path, buf_cstr(&issues));
    struct cel_program **kept = VEC_ADD(&c->programs);
    if (!kept) {
        out->program = cel_program_free(out->program);
        return err_raise(err, -ENOMEM, "no memory for an expression");
    }
    *kept = out->program;
    out->text = text;
    for (size_t i = 0; wanted[i]; i++)
        if (cel_type_fits(wanted[i], cel_program_type(out->program)))
            return 0;
    cel_type_print(cel_program_type(out->program), &issues);
    return err_raise(err, -EINVAL, "%s: must evaluate to %s, not to %s", path,
                     wanted[0] == &cel_type_bool ? "bool"
                     : wanted[1]                 ? "string or list(string)"
                                                 : "string",
                     buf_cstr(&issues));
}

/* ── what holds for every token ── */

/* A number of seconds, perhaps with a fraction. false: absent or none. */
static bool seconds(const struct value *claims, const char *name, int64_t *out)
{
    const struct value *v = value_get(claims, str_of(name));
    if (!v || (v->type != VALUE_INT && v->type != VALUE_DOUBLE))
        return false;
    double d = value_double(v, 0);
    *out = d > 1e15 ? (int64_t)1e15 : d < -1e15 ? (int64_t)-1e15 : (int64_t)d;
    return true;
}

static bool audience_fits(const struct provider *p, struct str audience)
{
    for (size_t i = 0; i < p->n_audiences; i++)
        if (str_eq(audience, p->audiences[i]))
            return true;
    return false;
}

int claims_judge(const struct provider *p, struct arena *a, const struct value *claims, int64_t now, struct err *err)
{
    const struct value *aud = value_get(claims, STR("aud"));
    int64_t at;
    bool meant = aud && aud->type == VALUE_TEXT && audience_fits(p, value_text(aud));
    (void)a;
    VALUE_EACH_ITEM (item, aud)
        meant = meant || audience_fits(p, value_text(item));
    if (!meant)
        return err_raise(err, AUTH_UNAUTHORIZED, "oidc: verify token: oidc: expected audience in %s%.*s%s of the configuration",
                         p->n_audiences ? "\"" : "", STR_FMT(p->n_audiences ? p->audiences[0] : STR_NONE), p->n_audiences ? "\"" : "");
    if (!seconds(claims, "exp", &at) || at < now) {
        char when[32] = "none";
        if (seconds(claims, "exp", &at))
            time_fmt_rfc3339(when, at);
        return err_raise(err, AUTH_UNAUTHORIZED, "oidc: verify token: oidc: token is expired (Token Expiry: %s)", when);
    }
    if (seconds(claims, "nbf", &at) && now + LEEWAY < at)
        return err_raise(err, AUTH_UNAUTHORIZED, "oidc: verify token: oidc: current time before the nbf (not before) time");
    return 0;
}

/* ── evaluating ── */

struct mapper {
    const struct provider *p;
    struct arena *a;
    const struct value *claims;
    struct cel_value slot; /* claims, or user */
    struct auth_user *u;
    struct err *err;
};

static int memory(struct mapper *m)
{
    return err_raise(m->err, -ENOMEM, "no memory for a user");
}

static int evaluate(struct mapper *m, const struct expression *e, const char *what, struct cel_value *out)
{
    struct cel_activation vars = {.slots = &m->slot, .n = 1};
    struct err why = {{0}};
    int r = cel_eval(e->program, &vars, m->a, NULL, out, &why);
    if (r < 0)
        return memory(m);
    return r ? err_raise(m->err, AUTH_UNAUTHORIZED, "oidc: error evaluating %s expression: expression '%.*s' resulted in error: %s", what,
                         STR_FMT(e->text), why.text)
             : 0;
}

/* true or it fails with the rule's message. */
static int holds(struct mapper *m, const struct expression *e, const char *what)
{
    struct cel_value v = {0};
    int r = evaluate(m, e, what, &v);
    if (r)
        return r;
    if (v.kind == CEL_BOOL && v.boolean)
        return 0;
    if (e->message.n)
        return err_raise(m->err, AUTH_UNAUTHORIZED, "oidc: error evaluating %s expression: validation expression '%.*s' failed: %.*s", what,
                         STR_FMT(e->text), STR_FMT(e->message));
    return err_raise(m->err, AUTH_UNAUTHORIZED, "oidc: error evaluating %s expression: validation expression '%.*s' failed", what, STR_FMT(e->text));
}

static int text_of(struct mapper *m, const struct expression *e, const char *what, struct str *out)
{
    struct cel_value v = {0};
    int r = evaluate(m, e, what, &v);
    if (r)
        return r;
    if (v.kind != CEL_STRING)
        return err_raise(m->err, AUTH_UNAUTHORIZED, "oidc: error evaluating %s expression: expression must return a string", what);
    return arena_str(m->a, v.text, out) < 0 ? memory(m) : 0;
}

/* A string, or a list of strings; empty ones and null are none. */
static int texts_of(struct mapper *m, const struct expression *e, const char *what, struct str **out, size_t *n)
{
    struct cel_value v = {0};
    *n = 0;
    *out = NULL;
    int r = evaluate(m, e, what, &v);
    if (r || v.kind == CEL_NULL)
        return r;
    bool list = v.kind == CEL_LIST;
    if (!list && v.kind != CEL_STRING)
        return err_raise(m->err, AUTH_UNAUTHORIZED, "oidc: error evaluating %s expression: expression must return a string or a list of strings",
                         what);
    size_t most = list ? cel_size(&v) : 1;
    *out = arena_alloc(m->a, (most + 1) * sizeof(struct str));
    if (!*out)
        return memory(m);
    for (size_t i = 0; i < most; i++) {
        struct cel_value item = list ? cel_list_at(m->a, &v, i) : v;
        if (item.kind != CEL_STRING)
            return err_raise(m->err, AUTH_UNAUTHORIZED, "oidc: error evaluating %s expression: expression must return a string or a list of strings",
                             what);
        if (item.text.n && arena_str(m->a, item.text, &(*out)[(*n)++]) < 0)
            return memory(m);
    }
    return 0;
}

/* ── claims by name ── */

static int required(struct mapper *m, const struct rule *rule)
{
    const struct value *v = value_get(m->claims, rule->claim);
    if (!v)
        return err_raise(m->err, AUTH_UNAUTHORIZED, "oidc: required claim %.*s not present in ID token", STR_FMT(rule->claim));
    if (v->type != VALUE_TEXT)
        return err_raise(m->err, AUTH_UNAUTHORIZED, "oidc: parse claim %.*s: it is no string", STR_FMT(rule->claim));
    if (!str_eq(v->text, rule->value))
        return err_raise(m->err, AUTH_UNAUTHORIZED, "oidc: required claim %.*s value does not match. Got = %.*s, want = %.*s", STR_FMT(rule->claim),
                         STR_FMT(v->text), STR_FMT(rule->value));
    return 0;
}

static int prefixed(struct mapper *m, struct str prefix, struct str text, struct str *out)
{
    *out = arena_fmt(m->a, "%.*s%.*s", STR_FMT(prefix), STR_FMT(text));
    return out->p ? 0 : memory(m);
}

static int map_username(struct mapper *m, struct str *out)
{
    const struct mapping *map = &m->p->username;
    if (map->e.program) {
        int r = text_of(m, &map->e, "username", out);
        return r || out->n ? r : err_raise(m->err, AUTH_UNAUTHORIZED, "oidc: username expression resulted in an empty string");
    }
    const struct value *v = value_get(m->claims, map->claim), *verified = value_get(m->claims, STR("email_verified"));
    if (!v || v->type != VALUE_TEXT)
        return err_raise(m->err, AUTH_UNAUTHORIZED, "oidc: parse username claims \"%.*s\": claim not present", STR_FMT(map->claim));
    if (str_is(map->claim, "email") && verified && !(verified->type == VALUE_BOOL && verified->boolean))
        return err_raise(m->err, AUTH_UNAUTHORIZED,
                         verified->type == VALUE_BOOL ? "oidc: email not verified" : "oidc: parse 'email_verified' claim: it is no boolean");
    return prefixed(m, map->prefix, v->text, out);
}

static int map_groups(struct mapper *m, struct str **out, size_t *n)
{
    const struct mapping *map = &m->p->groups;
    if (map->e.program)
        return texts_of(m, &map->e, "groups", out, n);
    const struct value *v = map->claim.n ? value_get(m->claims, map->claim) : NULL;
    *n = 0;
    *out = NULL;
    if (value_is_null(v))
        return 0;
    size_t most = v->type == VALUE_LIST ? value_count(v) : 1;
    *out = arena_alloc(m->a, (most + 1) * sizeof(struct str));
    if (!*out)
        return memory(m);
    for (size_t i = 0; i < most; i++) {
        const struct value *item = v->type == VALUE_LIST ? value_item(v, i) : v;
        if (item->type != VALUE_TEXT)
            return err_raise(m->err, AUTH_UNAUTHORIZED, "oidc: parse groups claim \"%.*s\": json: it is neither a string nor a list of strings",
                             STR_FMT(map->claim));
        int r = prefixed(m, map->prefix, item->text, &(*out)[(*n)++]);
        if (r)
            return r;
    }
    return 0;
}

static int map_uid(struct mapper *m, struct str *out)
{
    const struct mapping *map = &m->p->uid;
    *out = STR_NONE;
    if (map->e.program)
        return text_of(m, &map->e, "uid", out);
    if (!map->claim.n)
        return 0;
    const struct value *v = value_get(m->claims, map->claim);
    if (!v || v->type != VALUE_TEXT)
        return err_raise(m->err, AUTH_UNAUTHORIZED, "oidc: parse uid claim \"%.*s\": claim not present", STR_FMT(map->claim));
    return arena_str(m->a, v->text, out) < 0 ? memory(m) : 0;
}

static int map_extra(struct mapper *m)
{
    struct str jti = value_text_at(m->claims, "jti");
    m->u->extra = arena_alloc(m->a, (m->p->n_extras + 2) * sizeof(struct auth_extra));
    if (!m->u->extra)
        return memory(m);
    for (size_t i = 0; i < m->p->n_extras; i++) {
        struct auth_extra e = {.key = m->p->extras[i].key};
        int r = texts_of(m, &m->p->extras[i].e, "extra", &e.values, &e.n);
        if (r == 0 && arena_str(m->a, e.key, &e.key) < 0)
            r = memory(m);
        if (r)
            return r;
        if (e.n)
            m->u->extra[m->u->n_extra++] = e;
    }
    if (!jti.n)
        return 0;
    struct auth_extra id = {.key = CREDENTIAL_ID, .n = 1, .values = arena_alloc(m->a, sizeof(struct str))};
    if (!id.values)
        return memory(m);
    id.values[0] = arena_fmt(m->a, "JTI=%.*s", STR_FMT(jti));
    m->u->extra[m->u->n_extra++] = id;
    return id.values[0].p ? 0 : memory(m);
}

static int judge_user(struct mapper *m)
{
    struct value tree = {0};
    if (!m->p->n_user_rules)
        return 0;
    int r = auth_user_tree(m->a, m->u, &tree);
    static const char *const all[] = {"username", "uid"};
    for (size_t i = 0; r == 0 && i < ARRAY_LEN(all); i++) /* an expression may ask for what is empty */
        if (!value_get(&tree, str_of(all[i])) && !value_set(m->a, &tree, str_of(all[i]), value_make_text(STR(""))))
            r = -ENOMEM;
    if (r == 0 && !value_get(&tree, STR("groups")) && !value_set(m->a, &tree, STR("groups"), value_make_list()))
        r = -ENOMEM;
    if (r == 0 && !value_get(&tree, STR("extra")) && !value_set(m->a, &tree, STR("extra"), value_make_map()))
        r = -ENOMEM;
    if (r < 0)
        return memory(m);
    m->slot = cel_of_tree(m->a, &tree, &user_type);
    for (size_t i = 0; r == 0 && i < m->p->n_user_rules; i++)
        r = holds(m, &m->p->user_rules[i], "user info validation rule");
    return r;
}

int claims_map(const struct provider *p, struct arena *a, const struct value *claims, struct auth_user *out, struct err *err)
{
    struct mapper m = {.p = p, .a = a, .claims = claims, .u = out, .err = err};
    struct str *groups, name;
    size_t n = 0;
    m.slot = cel_of_tree(a, claims, &claims_type);
    *out = (struct auth_user){0};
    int r = map_username(&m, &name);
    if (r == 0)
        r = map_groups(&m, &groups, &n);
    struct str *all = r == 0 ? arena_alloc(a, (n + 2) * sizeof(struct str)) : NULL; /* system:authenticated has room */
    if (r == 0 && !all)
        r = memory(&m);
    if (r == 0) {
        out->name = name;
        out->groups = all;
        for (size_t i = 0; i < n; i++)
            out->groups[out->n_groups++] = groups[i];
        r = map_uid(&m, &out->uid);
    }
    for (size_t i = 0; r == 0 && i < p->n_rules; i++)
        r = p->rules[i].e.program ? holds(&m, &p->rules[i].e, "claim validation rule") : required(&m, &p->rules[i]);
    if (r == 0)
        r = map_extra(&m);
    if (r == 0)
        r = judge_user(&m);
    int64_t at;
    out->expires = r == 0 && seconds(claims, "exp", &at) ? at : 0;
    return r;
}
