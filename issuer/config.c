/* AuthenticationConfiguration: whose tokens are believed, and how their claims become users. */
#include "issuer/inside.h"
#include "yaml/yaml.h"

#define PATH(c, ...) path_or_none(arena_fmt((c)->mem, __VA_ARGS__))

static const struct cel_type texts = {.kind = CEL_LIST, .params = {&cel_type_string}, .n_params = 1, .max_size = CEL_SIZE_UNKNOWN};
static const struct cel_type *const wants_bool[] = {&cel_type_bool, NULL}, *const wants_text[] = {&cel_type_string, NULL},
                                    *const wants_texts[] = {&cel_type_string, &texts, NULL};

/* A field's path for an error; when there is no memory for it, that is all that is lost. */
static const char *path_or_none(struct str path)
{
    return path.p ? path.p : "";
}

static int memory(struct err *err)
{
    return err_raise(err, -ENOMEM, "no memory for an authentication configuration");
}

struct configuration *configuration_free(struct configuration *c)
{
    if (!c)
        return NULL;
    for (size_t i = 0; i < c->n; i++)
        if (c->providers[i])
            provider_stop(c->providers[i]);
    for (size_t i = 0; i < c->programs.n; i++)
        cel_program_free(c->programs.p[i]);
    VEC_DONE(&c->programs);
    cel_env_unref(c->env);
    cel_env_unref(c->user_env);
    arena_free(c->mem);
    return mem_free(c);
}

/* ── issuer ── */

static int read_audiences(struct configuration *c, struct provider *p, const struct value *v, const char *path, struct err *err)
{
    const struct value *list = value_at(v, "audiences");
    struct str policy = value_text_at(v, "audienceMatchPolicy");
    if (!value_count(list))
        return err_raise(err, -EINVAL, "%s.audiences: at least one audience is required", path);
    p->audiences = arena_alloc(c->mem, value_count(list) * sizeof(struct str));
    if (!p->audiences)
        return memory(err);
    VALUE_EACH_ITEM (item, list) {
        struct str text = value_text(item);
        if (!text.n)
            return err_raise(err, -EINVAL, "%s.audiences[%zu]: must not be empty", path, p->n_audiences);
        for (size_t i = 0; i < p->n_audiences; i++)
            if (str_eq(text, p->audiences[i]))
                return err_raise(err, -EINVAL, "%s.audiences[%zu]: \"%.*s\" stands there twice", path, p->n_audiences, STR_FMT(text));
        p->audiences[p->n_audiences++] = text;
    }
    if (p->n_audiences > 1 && !str_is(policy, "MatchAny"))
        return err_raise(err, -EINVAL, "%s.audienceMatchPolicy: must be MatchAny for several audiences", path);
    if (policy.n && !str_is(policy, "MatchAny"))
        return err_raise(err, -EINVAL, "%s.audienceMatchPolicy: \"%.*s\" must be MatchAny or empty", path, STR_FMT(policy));
    return 0;
}

static int check_url(struct str url, const char *path, struct err *err)
{
    if (!url.n)
        return err_raise(err, -EINVAL, "%s: a URL is required", path);
    if (!str_starts(url, STR("https://")) || url.n == 8 || url.n > 2000)
        return err_raise(err, -EINVAL, "%s: \"%.*s\" must be an https URL", path, STR_FMT(url));
    if (memchr(url.p, '?', url.n) || memchr(url.p, '#', url.n) || memchr(url.p, '@', url.n))
        return err_raise(err, -EINVAL, "%s: \"%.*s\" must have neither user, query nor fragment", path, STR_FMT(url));
    return 0;
}

static int read_authority(struct configuration *c, struct provider *p, struct str pem, const char *path, struct err *err)
{
    struct tls_subject s;
    struct err why = {{0}};
    if (!pem.n)
        return 0;
    int r = tls_cert_read(c->mem, pem, &s, &why);
    if (r < 0)
        return r == -ENOMEM ? memory(err) : err_raise(err, -EINVAL, "%s.certificateAuthority: %s", path, why.text);
    p->ca_pem = arena_text(c->mem, pem.p, pem.n);
    return p->ca_pem ? 0 : memory(err);
}

static int read_issuer(struct configuration *c, struct provider *p, const struct value *v, const char *path, struct err *err)
{
    static const char *const names[] = {"url", "discoveryURL", "certificateAuthority", "audiences", "audienceMatchPolicy", "egressSelectorType",
                                        NULL};
    struct str discovery = value_text_at(v, "discoveryURL");
    p->url = value_text_at(v, "url");
    int r = value_only(v, path, names, err);
    if (r == 0)
        r = check_url(p->url, PATH(c, "%s.url", path), err);
    if (r == 0 && p->x->own.n && str_eq(p->url, p->x->own))
        r = err_raise(err, -EINVAL, "%s.url: \"%.*s\" is this cluster's own issuer of ServiceAccount tokens", path, STR_FMT(p->url));
    if (r == 0 && discovery.n)
        r = check_url(discovery, PATH(c, "%s.discoveryURL", path), err);
    struct str bare = p->url;
    while (str_ends(bare, STR("/")))
        bare.n--;
    if (r == 0 && discovery.n && str_eq(bare, str_ends(discovery, STR("/")) ? str_head(discovery, discovery.n - 1) : discovery))
        r = err_raise(err, -EINVAL, "%s.discoveryURL: must differ from the issuer's URL", path);
    if (r == 0 && value_text_at(v, "egressSelectorType").n)
        r = err_raise(err, -EINVAL, "%s.egressSelectorType: egress selectors are not supported", path);
    if (r == 0)
        r = read_authority(c, p, value_text_at(v, "certificateAuthority"), path, err);
    if (r == 0)
        r = read_audiences(c, p, v, path, err);
    if (r < 0)
        return r;
    p->discovery = discovery.n ? discovery : arena_fmt(c->mem, "%.*s/.well-known/openid-configuration", STR_FMT(bare));
    return p->discovery.p ? 0 : memory(err);
}

/* ── claims ── */

static int read_rules(struct configuration *c, struct provider *p, const struct value *list, const char *path, struct err *err)
{
    static const char *const names[] = {"claim", "requiredValue", "expression", "message", NULL};
    p->rules = arena_alloc(c->mem, (value_count(list) + 1) * sizeof(*p->rules));
    if (!p->rules)
        return memory(err);
    VALUE_EACH_ITEM (v, list) {
        const char *at = PATH(c, "%s.claimValidationRules[%zu]", path, p->n_rules);
        struct str expression = value_text_at(v, "expression");
        struct rule *rule = &p->rules[p->n_rules];
        *rule = (struct rule){.claim = value_text_at(v, "claim"), .value = value_text_at(v, "requiredValue")};
        rule->e.message = value_text_at(v, "message");
        int r = value_only(v, at, names, err);
        if (r == 0 && !expression.n == !rule->claim.n)
            r = err_raise(err, -EINVAL, "%s: either claim or expression is required", at);
        if (r == 0 && expression.n && rule->value.n)
            r = err_raise(err, -EINVAL, "%s.requiredValue: goes with claim only", at);
        if (r == 0 && rule->claim.n && rule->e.message.n)
            r = err_raise(err, -EINVAL, "%s.message: goes with expression only", at);
        for (size_t i = 0; r == 0 && i < p->n_rules; i++)
            if (rule->claim.n ? str_eq(rule->claim, p->rules[i].claim) : str_eq(expression, p->rules[i].e.text))
                r = err_raise(err, -EINVAL, "%s: stands there twice", at);
        if (r == 0 && expression.n)
            r = claim_compile(c, c->env, expression, PATH(c, "%s.expression", at), wants_bool, &rule->e, err);
        if (r < 0)
            return r;
        p->n_rules++;
    }
    return 0;
}

enum mapping_kind { USERNAME, GROUPS, UID };

static int read_mapping(struct configuration *c, struct mapping *m, const struct value *v, enum mapping_kind kind, const char *path, struct err *err)
{
    static const char *const with_prefix[] = {"claim", "prefix", "expression", NULL}, *const without[] = {"claim", "expression", NULL};
    struct str expression = value_text_at(v, "expression");
    const struct value *prefix = value_at(v, "prefix");
    m->claim = value_text_at(v, "claim");
    m->prefix = value_text(prefix);
    int r = value_only(v, path, kind == UID ? without : with_prefix, err);
    if (r < 0)
        return r;
    if (m->claim.n && expression.n)
        return err_raise(err, -EINVAL, "%s: claim and expression exclude each other", path);
    if (!m->claim.n && !expression.n)
        return kind == USERNAME         ? err_raise(err, -EINVAL, "%s: claim or expression is required", path)
               : !value_is_null(prefix) ? err_raise(err, -EINVAL, "%s.prefix: goes with claim only", path)
                                        : 0;
    if (expression.n && !value_is_null(prefix))
        return err_raise(err, -EINVAL, "%s.prefix: goes with claim only", path);
    if (m->claim.n && kind != UID && value_is_null(prefix))
        return err_raise(err, -EINVAL, "%s.prefix: is required with claim; it may be \"\"", path);
    return expression.n ? claim_compile(c, c->env, expression, PATH(c, "%s.expression", path), kind == GROUPS ? wants_texts : wants_text, &m->e, err)
                        : 0;
}

static int check_extra_key(struct str key, const char *path, struct err *err)
{
    struct str domain, rest;
    if (!str_cut(key, '/', &domain, &rest) || !domain.n || !rest.n || str_find(domain, STR(".")) < 0)
        return err_raise(err, -EINVAL, "%s.key: \"%.*s\" must be a domain and a path: example.com/foo", path, STR_FMT(key));
    if (str_is(domain, "kubernetes.io") || str_is(domain, "k8s.io") || str_ends(domain, STR(".kubernetes.io")) || str_ends(domain, STR(".k8s.io")))
        return err_raise(err, -EINVAL, "%s.key: \"%.*s\" is of a domain kept for Kubernetes", path, STR_FMT(key));
    for (size_t i = 0; i < key.n; i++)
        if (key.p[i] >= 'A' && key.p[i] <= 'Z')
            return err_raise(err, -EINVAL, "%s.key: \"%.*s\" must be in lower case", path, STR_FMT(key));
    return 0;
}

static int read_extra(struct configuration *c, struct provider *p, const struct value *list, const char *path, struct err *err)
{
    static const char *const names[] = {"key", "valueExpression", NULL};
    if (value_count(list) > EXTRAS_MAX)
        return err_raise(err, -EINVAL, "%s.claimMappings.extra: at most %d", path, EXTRAS_MAX);
    p->extras = arena_alloc(c->mem, (value_count(list) + 1) * sizeof(*p->extras));
    if (!p->extras)
        return memory(err);
    VALUE_EACH_ITEM (v, list) {
        const char *at = PATH(c, "%s.claimMappings.extra[%zu]", path, p->n_extras);
        struct extra *e = &p->extras[p->n_extras];
        *e = (struct extra){.key = value_text_at(v, "key")};
        int r = value_only(v, at, names, err);
        if (r == 0)
            r = check_extra_key(e->key, at, err);
        for (size_t i = 0; r == 0 && i < p->n_extras; i++)
            if (str_eq(e->key, p->extras[i].key))
                r = err_raise(err, -EINVAL, "%s.key: \"%.*s\" stands there twice", at, STR_FMT(e->key));
        if (r == 0 && !value_text_at(v, "valueExpression").n)
            r = err_raise(err, -EINVAL, "%s.valueExpression: is required", at);
        if (r == 0)
            r = claim_compile(c, c->env, value_text_at(v, "valueExpression"), PATH(c, "%s.valueExpression", at), wants_texts, &e->e, err);
        if (r < 0)
            return r;
        p->n_extras++;
    }
    return 0;
}

static int read_user_rules(struct configuration *c, struct provider *p, const struct value *list, const char *path, struct err *err)
{
    static const char *const names[] = {"expression", "message", NULL};
    p->user_rules = arena_alloc(c->mem, (value_count(list) + 1) * sizeof(*p->user_rules));
    if (!p->user_rules)
        return memory(err);
    VALUE_EACH_ITEM (v, list) {
        const char *at = PATH(c, "%s.userValidationRules[%zu]", path, p->n_user_rules);
        struct expression *e = &p->user_rules[p->n_user_rules];
        e->message = value_text_at(v, "message");
        int r = value_only(v, at, names, err);
        if (r == 0 && !value_text_at(v, "expression").n)
            r = err_raise(err, -EINVAL, "%s.expression: is required", at);
        if (r == 0)
            r = claim_compile(c, c->user_env, value_text_at(v, "expression"), PATH(c, "%s.expression", at), wants_bool, e, err);
        if (r < 0)
            return r;
        p->n_user_rules++;
    }
    return 0;
}

/* Does an expression mention this claim? */
static bool mentions(const struct expression *e, const char *claim)
{
    struct str rest = e->text;
    size_t n = strlen(claim);
    for (ssize_t at; (at = str_find(rest, str_of(claim))) >= 0;) {
        rest = str_from(rest, (size_t)at + n);
        char next = rest.n ? rest.p[0] : 0;
        if (!(next == '_' || (next >= '0' && next <= '9') || (next >= 'a' && next <= 'z') || (next >= 'A' && next <= 'Z')))
            return true;
    }
    return false;
}

/* Who makes names of mail addresses looks whether they were verified. */
static int check_email(const struct provider *p, const char *path, struct err *err)
{
    if (!p->username.e.program || !mentions(&p->username.e, "claims.email"))
        return 0;
    bool verified = mentions(&p->username.e, "claims.email_verified") || mentions(&p->username.e, "claims.?email_verified");
    for (size_t i = 0; i < p->n_extras; i++)
        verified |= mentions(&p->extras[i].e, "claims.email_verified") || mentions(&p->extras[i].e, "claims.?email_verified");
    for (size_t i = 0; i < p->n_rules; i++)
        verified |= mentions(&p->rules[i].e, "claims.email_verified") || mentions(&p->rules[i].e, "claims.?email_verified");
    return verified ? 0
                    : err_raise(err, -EINVAL,
                                "%s.claimMappings.username.expression: uses claims.email, so claims.email_verified "
                                "must be used in it, "
                                "in an extra's valueExpression or in a claimValidationRule",
                                path);
}

static int read_claims(struct configuration *c, struct provider *p, const struct value *v, const char *path, struct err *err)
{
    static const char *const names[] = {"username", "groups", "uid", "extra", NULL};
    const struct value *m = value_at(v, "claimMappings");
    int r = value_only(m, PATH(c, "%s.claimMappings", path), names, err);
    if (r == 0)
        r = read_rules(c, p, value_at(v, "claimValidationRules"), path, err);
    if (r == 0)
        r = read_mapping(c, &p->username, value_at(m, "username"), USERNAME, PATH(c, "%s.claimMappings.username", path), err);
    if (r == 0)
        r = read_mapping(c, &p->groups, value_at(m, "groups"), GROUPS, PATH(c, "%s.claimMappings.groups", path), err);
    if (r == 0)
        r = read_mapping(c, &p->uid, value_at(m, "uid"), UID, PATH(c, "%s.claimMappings.uid", path), err);
    if (r == 0)
        r = read_extra(c, p, value_at(m, "extra"), path, err);
    if (r == 0)
        r = read_user_rules(c, p, value_at(v, "userValidationRules"), path, err);
    return r < 0 ? r : check_email(p, path, err);
}

/* ── the whole ── */

static int read_jwt(struct configuration *c, struct issuer *x, const struct value *v, unsigned algs, struct err *err)
{
    static const char *const names[] = {"issuer", "claimValidationRules", "claimMappings", "userValidationRules", NULL};
    const char *path = PATH(c, "jwt[%zu]", c->n);
    struct provider *p = arena_alloc(c->mem, sizeof(*p));
    if (!p)
        return memory(err);
    *p = (struct provider){.x = x, .algs = algs};
    list_init(&p->waiting);
    c->providers[c->n++] = p;
    int r = value_only(v, path, names, err);
    if (r == 0)
        r = read_issuer(c, p, value_at(v, "issuer"), PATH(c, "%s.issuer", path), err);
    for (size_t i = 0; r == 0 && i + 1 < c->n; i++)
        if (str_eq(p->url, c->providers[i]->url))
            r = err_raise(err, -EINVAL, "%s.issuer.url: \"%.*s\" is jwt[%zu]'s too", path, STR_FMT(p->url), i);
    return r < 0 ? r : read_claims(c, p, v, path, err);
}

static int read_anonymous(struct configuration *c, const struct value *v, struct err *err)
{
    static const char *const names[] = {"enabled", "conditions", NULL}, *const of_condition[] = {"path", NULL};
    const struct value *list = value_at(v, "conditions");
    if (value_is_null(v))
        return 0;
    int r = value_only(v, "anonymous", names, err);
    c->has_anonymous = true;
    c->anonymous = value_bool_at(v, "enabled", false);
    if (r == 0 && !c->anonymous && value_count(list))
        r = err_raise(err, -EINVAL, "anonymous.conditions: go with enabled: true only");
    if (r < 0 || !value_count(list))
        return r;
    c->paths = arena_alloc(c->mem, (value_count(list) + 1) * sizeof(*c->paths));
    if (!c->paths)
        return memory(err);
    size_t n = 0;
    VALUE_EACH_ITEM (item, list) {
        struct str path = value_text_at(item, "path");
        const char *at = PATH(c, "anonymous.conditions[%zu]", n);
        r = value_only(item, at, of_condition, err);
        if (r == 0 && !str_starts(path, STR("/")))
            r = err_raise(err, -EINVAL, "%s.path: \"%.*s\" must begin with a slash", at, STR_FMT(path));
        if (r < 0)
            return r;
        c->paths[n] = arena_text(c->mem, path.p, path.n);
        if (!c->paths[n++])
            return memory(err);
    }
    return 0;
}

static int read_root(struct configuration *c, struct issuer *x, const struct value *root, unsigned algs, struct err *err)
{
    static const char *const names[] = {"apiVersion", "kind", "jwt", "anonymous", NULL};
    const struct value *list = value_at(root, "jwt");
    struct str version = value_text_at(root, "apiVersion"), kind = value_text_at(root, "kind");
    bool known = str_is(version, "apiserver.config.k8s.io/v1") || str_is(version, "apiserver.config.k8s.io/v1beta1") ||
                 str_is(version, "apiserver.config.k8s.io/v1alpha1");
    if (!known || !str_is(kind, "AuthenticationConfiguration"))
        return err_raise(err, -EINVAL, "it is of kind \"%.*s\" in \"%.*s\", not an AuthenticationConfiguration of apiserver.config.k8s.io/v1",
                         STR_FMT(kind), STR_FMT(version));
    int r = value_only(root, "", names, err);
    if (r == 0 && !value_is_null(list) && list->type != VALUE_LIST)
        r = err_raise(err, -EINVAL, "jwt: must be a list");
    if (r == 0 && value_count(list) > ISSUERS_MAX)
        r = err_raise(err, -EINVAL, "jwt: at most %d issuers", ISSUERS_MAX);
    c->providers = r == 0 ? arena_alloc(c->mem, (value_count(list) + 1) * sizeof(*c->providers)) : NULL;
    if (r == 0 && (!c->providers || expressions_prepare(c) < 0))
        r = memory(err);
    if (r == 0)
        VALUE_EACH_ITEM (v, list)
            r = r < 0 ? r : read_jwt(c, x, v, algs, err);
    return r < 0 ? r : read_anonymous(c, value_at(root, "anonymous"), err);
}

static int configuration_new(struct configuration **out, struct err *err)
{
    struct configuration *c = mem_alloc(sizeof(*c));
    if (!c || arena_new(&c->mem, CONFIG_MEMORY) < 0) {
        mem_free(c);
        return memory(err);
    }
    *out = c;
    return 0;
}

int configuration_read(struct configuration **out, struct issuer *x, struct str text, struct err *err)
{
    struct configuration *c = NULL;
    struct value root = {0};
    struct value_duplicates twice = {0};
    int r = configuration_new(&c, err);
    if (r < 0)
        return r;
    r = yaml_parse(c->mem, text, &twice, &root, err);
    if (r == 0 && twice.n)
        r = err_raise(err, -EINVAL, "%.*s", STR_FMT(twice.items[0]));
    if (r == 0)
        r = read_root(c, x, &root, ALGS_ALL, err);
    if (r < 0)
        configuration_free(c);
    else
        *out = c;
    return r;
}

int configuration_of_tree(struct configuration **out, struct issuer *x, const struct value *root, unsigned algs, struct err *err)
{
    struct configuration *c = NULL;
    struct value copy = {0};
    int r = configuration_new(&c, err);
    if (r < 0)
        return r;
    r = value_copy(c->mem, root, &copy) < 0 ? memory(err) : read_root(c, x, &copy, algs, err);
    if (r < 0)
        configuration_free(c);
    else
        *out = c;
    return r;
}
