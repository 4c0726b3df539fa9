/* The environment of admission's expressions, and texts made programs in it. */
#include "policy/inside.h"

/* ── types ── */

#define FIELD(n, t) \
    { \
        .name = STR_INIT(n), .type = (t) \
    }

static const struct cel_type texts = {.kind = CEL_LIST, .params = {&cel_type_string}, .n_params = 1, .max_size = CEL_SIZE_UNKNOWN};
static const struct cel_type text_map = {
    .kind = CEL_MAP, .params = {&cel_type_string, &cel_type_string}, .n_params = 2, .max_size = CEL_SIZE_UNKNOWN};
static const struct cel_type texts_map = {.kind = CEL_MAP, .params = {&cel_type_string, &texts}, .n_params = 2, .max_size = CEL_SIZE_UNKNOWN};

static struct cel_field gvk_fields[] = {FIELD("group", &cel_type_string), FIELD("version", &cel_type_string), FIELD("kind", &cel_type_string)};
static struct cel_field gvr_fields[] = {FIELD("group", &cel_type_string), FIELD("version", &cel_type_string), FIELD("resource", &cel_type_string)};
static struct cel_field user_fields[] = {FIELD("username", &cel_type_string), FIELD("uid", &cel_type_string), FIELD("groups", &texts),
                                         FIELD("extra", &texts_map)};
static struct cel_type gvk = {
    .kind = CEL_OBJECT, .name = STR_INIT("kubernetes.GroupVersionKind"), .fields = gvk_fields, .n_fields = ARRAY_LEN(gvk_fields)};
static struct cel_type gvr = {
    .kind = CEL_OBJECT, .name = STR_INIT("kubernetes.GroupVersionResource"), .fields = gvr_fields, .n_fields = ARRAY_LEN(gvr_fields)};
static struct cel_type user_info = {
    .kind = CEL_OBJECT, .name = STR_INIT("kubernetes.UserInfo"), .fields = user_fields, .n_fields = ARRAY_LEN(user_fields)};
static struct cel_field request_fields[] = {
    FIELD("kind", &gvk),
    FIELD("resource", &gvr),
    FIELD("subResource", &cel_type_string),
    FIELD("requestKind", &gvk),
    FIELD("requestResource", &gvr),
    FIELD("requestSubResource", &cel_type_string),
    FIELD("name", &cel_type_string),
    FIELD("namespace", &cel_type_string),
    FIELD("operation", &cel_type_string),
    FIELD("userInfo", &user_info),
    FIELD("dryRun", &cel_type_bool),
    FIELD("options", &cel_type_dyn),
};
static struct cel_type request_type = {
    .kind = CEL_OBJECT, .name = STR_INIT("kubernetes.AdmissionRequest"), .fields = request_fields, .n_fields = ARRAY_LEN(request_fields)};
static struct cel_field meta_fields[] = {
    FIELD("name", &cel_type_string),
    FIELD("generateName", &cel_type_string),
    FIELD("namespace", &cel_type_string),
    FIELD("labels", &text_map),
    FIELD("annotations", &text_map),
    FIELD("UID", &cel_type_string),
    FIELD("creationTimestamp", &cel_type_timestamp),
    FIELD("deletionGracePeriodSeconds", &cel_type_int),
    FIELD("deletionTimestamp", &cel_type_timestamp),
    FIELD("generation", &cel_type_int),
    FIELD("resourceVersion", &cel_type_string),
    FIELD("finalizers", &texts),
};
static struct cel_type meta = {
    .kind = CEL_OBJECT, .name = STR_INIT("kubernetes.NamespaceMetadata"), .fields = meta_fields, .n_fields = ARRAY_LEN(meta_fields)};
static struct cel_field spec_fields[] = {FIELD("finalizers", &texts)}, status_fields[] = {FIELD("phase", &cel_type_string)};
static struct cel_type spec = {.kind = CEL_OBJECT, .name = STR_INIT("kubernetes.NamespaceSpec"), .fields = spec_fields, .n_fields = 1};
static struct cel_type status = {.kind = CEL_OBJECT, .name = STR_INIT("kubernetes.NamespaceStatus"), .fields = status_fields, .n_fields = 1};
static struct cel_field namespace_fields[] = {FIELD("kind", &cel_type_string), FIELD("apiVersion", &cel_type_string), FIELD("metadata", &meta),
                                              FIELD("spec", &spec), FIELD("status", &status)};
static struct cel_type namespace_type = {
    .kind = CEL_OBJECT, .name = STR_INIT("kubernetes.Namespace"), .fields = namespace_fields, .n_fields = ARRAY_LEN(namespace_fields)};

static void sort_types(void)
{
    cel_type_sort(gvk_fields, ARRAY_LEN(gvk_fields));
    cel_type_sort(gvr_fields, ARRAY_LEN(gvr_fields));
    cel_type_sort(user_fields, ARRAY_LEN(user_fields));
    cel_type_sort(request_fields, ARRAY_LEN(request_fields));
    cel_type_sort(meta_fields, ARRAY_LEN(meta_fields));
    cel_type_sort(namespace_fields, ARRAY_LEN(namespace_fields));
}

const struct cel_type *expression_request_type(void)
{
    return &request_type;
}

const struct cel_type *expression_namespace_type(void)
{
    return &namespace_type;
}

/* ── environments ── */

static int base_new(struct cel_env **out, int kind, const struct cel_type *object)
{
    SCOPED(cel_env) e = NULL;
    struct cellib_options o = {.version = 37, .sets = kind == MUTATING ? CELLIB_JSONPATCH : 0};
    int r = cellib_env(&e, &o);
    if (r < 0)
        return r;
    const struct {
        const char *name;
        const struct cel_type *type;
    } variables[] = {{"object", object},
                     {"oldObject", object},
                     {"request", &request_type},
                     {"namespaceObject", &namespace_type},
                     {"authorizer", cellib_authorizer_type()},
                     {"authorizer.requestResource", cellib_resource_check_type()}};
    for (size_t i = 0; i < ARRAY_LEN(variables); i++) {
        r = cel_env_declare(e, str_of(variables[i].name), variables[i].type, false);
        if (r < 0)
            return r;
        CHECK((size_t)r == i);
    }
    if (kind == MUTATING && cel_env_dynamic(e, "Object") < 0)
        return -ENOMEM;
    *out = TAKE(e);
    return 0;
}

static int both_new(struct policies *p, int kind, const struct cel_type *object, const struct cel_type *params)
{
    int r = base_new(&p->base[kind], kind, object);
    if (r == 0)
        r = cel_env_extend(&p->params[kind], p->base[kind]);
    if (r == 0)
        r = cel_env_declare(p->params[kind], STR("params"), params, false);
    return MIN(r, 0);
}

int environment_typed(struct policies *p, const struct cel_type *object, const struct cel_type *params)
{
    return both_new(p, VALIDATING, object, params);
}

int environment_new(struct policies *p)
{
    int r = 0;
    sort_types();
    for (int k = 0; r == 0 && k < KINDS; k++)
        r = both_new(p, k, &cel_type_dyn, &cel_type_dyn);
    return r;
}

/* ── one text ── */

static int wrong_type(struct policy_set *s, const struct cel_type *const *wanted, struct expression *out)
{
    SCOPED_BUF b = BUF_INIT(4096);
    buf_text(&b, wanted[1] ? "must evaluate to one of [" : "must evaluate to ");
    for (size_t i = 0; wanted[i]; i++) {
        buf_text(&b, i ? " " : "");
        cel_type_print(wanted[i], &b);
    }
    buf_text(&b, wanted[1] ? "]" : "");
    out->program = NULL;
    return buf_error(&b) < 0 ? buf_error(&b) : arena_str(s->mem, buf_view(&b), &out->fault);
}

int expression_compile(struct policy_set *s, struct cel_env *env, struct str text, const struct cel_type *const *wanted, struct expression *out)
{
    SCOPED_BUF issues = BUF_INIT(256u << 10);
    struct cel_program *program = NULL;
    *out = (struct expression){.text = str_trim(text)};
    int r = cel_compile(env, text, NULL, &program, &issues);
    if (r < 0)
        return r;
    if (r == CEL_REFUSED) {
        out->fault = arena_fmt(s->mem, "compilation failed: %s", buf_cstr(&issues));
        return out->fault.p ? 0 : -ENOMEM;
    }
    struct cel_program **kept = VEC_ADD(&s->programs);
    if (!kept) {
        cel_program_free(program);
        return -ENOMEM;
    }
    *kept = out->program = program;
    for (size_t i = 0; wanted && wanted[i]; i++)
        if (cel_type_fits(wanted[i], cel_program_type(program)))
            return 0;
    return wanted ? wrong_type(s, wanted, out) : 0;
}

static const struct cel_type *const wants_bool[] = {&cel_type_bool, NULL}, *const wants_text[] = {&cel_type_string, NULL},
                                    *const wants_text_or_null[] = {&cel_type_string, &cel_type_null, NULL};

int conditions_compile(struct policy_set *s, struct cel_env *env, const struct value *list, struct named **out, size_t *n)
{
    *n = value_count(list);
    *out = *n ? arena_alloc(s->mem, *n * sizeof(**out)) : NULL;
    if (*n && !*out)
        return -ENOMEM;
    for (size_t i = 0; i < *n; i++) {
        const struct value *c = value_item(list, i);
        (*out)[i].name = value_text_at(c, "name");
        int r = expression_compile(s, env, value_text_at(c, "expression"), wants_bool, &(*out)[i].e);
        if (r < 0)
            return r;
    }
    return 0;
}

/* ── a policy ── */

/* A child in which the variables so far have types. */
static int extend(struct policy_set *s, struct cel_env *parent, struct policy *p, size_t n, struct cel_env **out)
{
    struct cel_env *e = NULL;
    struct cel_field *fields = arena_alloc(s->mem, (n + 1) * sizeof(*fields));
    struct cel_type *type = arena_alloc(s->mem, sizeof(*type));
    int r = fields && type ? cel_env_extend(&e, parent) : -ENOMEM;
    struct cel_env **kept = r == 0 ? VEC_ADD(&s->envs) : NULL;
    if (!kept) {
        cel_env_unref(e);
        return -ENOMEM;
    }
    *kept = *out = e;
    for (size_t i = 0; i < n; i++) {
        const struct cel_program *program = p->variables[i].e.program;
        fields[i] = (struct cel_field){.name = p->variables[i].name, .type = program ? cel_program_type(program) : &cel_type_dyn};
    }
    cel_type_sort(fields, n);
    *type = (struct cel_type){
        .kind = CEL_OBJECT, .name = STR("kubernetes.variables"), .fields = fields, .n_fields = (uint32_t)n, .max_size = CEL_SIZE_UNKNOWN};
    p->variables_type = type;
    p->variables_slot = cel_env_declare(e, STR("variables"), type, false);
    return p->variables_slot < 0 ? p->variables_slot : 0;
}

static int compile_variables(struct policy_set *s, struct cel_env *base, struct policy *p)
{
    const struct value *list = value_at(p->spec, "variables");
    p->n_variables = value_count(list);
    p->variables = p->n_variables ? arena_alloc(s->mem, p->n_variables * sizeof(*p->variables)) : NULL;
    if (p->n_variables && !p->variables)
        return -ENOMEM;
    for (size_t i = 0; i < p->n_variables; i++) {
        const struct value *v = value_item(list, i);
        struct cel_env *e;
        int r = extend(s, base, p, i, &e);
        p->variables[i].name = value_text_at(v, "name");
        if (r == 0)
            r = expression_compile(s, e, value_text_at(v, "expression"), NULL, &p->variables[i].e);
        if (r < 0)
            return r;
    }
    return extend(s, base, p, p->n_variables, &p->env);
}

static int compile_validations(struct policy_set *s, struct policy *p)
{
    const struct value *list = value_at(p->spec, "validations"), *audits = value_at(p->spec, "auditAnnotations");
    p->n_checks = value_count(list);
    p->n_audits = value_count(audits);
    p->checks = arena_alloc(s->mem, (p->n_checks + 1) * sizeof(*p->checks));
    p->audits = arena_alloc(s->mem, (p->n_audits + 1) * sizeof(*p->audits));
    int r = p->checks && p->audits ? 0 : -ENOMEM;
    for (size_t i = 0; r == 0 && i < p->n_checks; i++) {
        const struct value *v = value_item(list, i);
        struct check *c = &p->checks[i];
        c->said = str_trim(value_text_at(v, "message"));
        c->reason = value_text_at(v, "reason");
        r = expression_compile(s, p->env, value_text_at(v, "expression"), wants_bool, &c->e);
        if (r == 0 && value_text_at(v, "messageExpression").n)
            r = expression_compile(s, p->env, value_text_at(v, "messageExpression"), wants_text, &c->message);
    }
    for (size_t i = 0; r == 0 && i < p->n_audits; i++)
        r = expression_compile(s, p->env, value_text_at(value_item(audits, i), "valueExpression"), wants_text_or_null, &p->audits[i]);
    return r;
}

static int compile_mutations(struct policy_set *s, struct policy *p)
{
    static const struct cel_type object = {.kind = CEL_OBJECT, .name = STR_INIT("Object")},
                                 patch = {.kind = CEL_OBJECT, .name = STR_INIT("JSONPatch")},
                                 patches = {.kind = CEL_LIST, .params = {&patch}, .n_params = 1, .max_size = CEL_SIZE_UNKNOWN};
    static const struct cel_type *const wants_object[] = {&object, NULL}, *const wants_patches[] = {&patches, NULL};
    const struct value *list = value_at(p->spec, "mutations");
    p->n_checks = value_count(list);
    p->checks = arena_alloc(s->mem, (p->n_checks + 1) * sizeof(*p->checks));
    int r = p->checks ? 0 : -ENOMEM;
    for (size_t i = 0; r == 0 && i < p->n_checks; i++) {
        const struct value *v = value_item(list, i);
        struct check *c = &p->checks[i];
        c->json_patch = str_is(value_text_at(v, "patchType"), "JSONPatch");
        r = expression_compile(s, p->env, value_text_at(v, c->json_patch ? "jsonPatch.expression" : "applyConfiguration.expression"),
                               c->json_patch ? wants_patches : wants_object, &c->e);
    }
    return r;
}

int policy_compile(struct policies *ps, struct policy_set *s, int kind, struct policy *p)
{
    struct err err = {{0}};
    bool has_params = !value_is_null(value_at(p->spec, "paramKind"));
    struct cel_env *base = has_params ? ps->params[kind] : ps->base[kind];
    p->params_slot = has_params ? SLOT_PARAMS : -1;
    p->param_api_version = value_text_at(p->spec, "paramKind.apiVersion");
    p->param_kind_name = value_text_at(p->spec, "paramKind.kind");
    p->ignores = str_is(value_text_at(p->spec, "failurePolicy"), "Ignore");
    p->returns = str_is(value_text_at(p->spec, "reinvocationPolicy"), "IfNeeded");
    int r = rules_read(s->mem, value_at(p->spec, "matchConstraints"), "resourceRules", "excludeResourceRules", false, &p->rules, &err);
    if (r == -ENOMEM)
        return r;
    r = conditions_compile(s, base, value_at(p->spec, "matchConditions"), &p->conditions, &p->n_conditions);
    if (r == 0)
        r = compile_variables(s, base, p);
    if (r == 0)
        r = kind == VALIDATING ? compile_validations(s, p) : compile_mutations(s, p);
    return r;
}
