/* SubjectAccessReview: may he? */
#include "cellib/cellib.h"
#include "json/json.h"
#include "referee/inside.h"

#define CONDITION_MEMORY ((size_t)4 << 20)
#define CONDITIONS_MAX   64
#define QUESTION_MAX     ((size_t)256 << 10)

/* ── the question ── */

static void put(int *r, struct arena *a, struct value *to, const char *name, struct str text)
{
    if (text.n)
        VALUE_SET(r, a, to, name, value_make_text(text));
}

static int resource_tree(struct arena *a, const struct auth_ask *ask, struct value *out)
{
    int r = 0;
    *out = value_make_map();
    put(&r, a, out, "namespace", ask->namespace);
    put(&r, a, out, "verb", ask->verb);
    put(&r, a, out, "group", ask->group);
    put(&r, a, out, "version", ask->version);
    put(&r, a, out, "resource", ask->resource);
    put(&r, a, out, "subresource", ask->subresource);
    put(&r, a, out, "name", ask->name);
    if (!ask->node_selector.n)
        return r;
    struct value values = value_make_list(), one = value_make_map(), all = value_make_list();
    if (!value_add(a, &values, value_make_text(ask->node_selector)))
        return -ENOMEM;
    VALUE_SET(&r, a, &one, "key", value_make_text(STR("spec.nodeName")));
    VALUE_SET(&r, a, &one, "operator", value_make_text(STR("In")));
    VALUE_SET(&r, a, &one, "values", values);
    if (r == 0 && !value_add(a, &all, one))
        r = -ENOMEM;
    VALUE_SET(&r, a, out, "fieldSelector.requirements", all);
    return r;
}

/* spec of a SubjectAccessReview; the same for the same question, so that its text is the cache's key. */
static int spec_tree(struct arena *a, const struct auth_ask *ask, struct value *out)
{
    struct value user = {0}, what = {0};
    *out = value_make_map();
    int r = auth_user_tree(a, ask->user, &user);
    if (r == 0 && ask->resource.n) {
        r = resource_tree(a, ask, &what);
        VALUE_SET(&r, a, out, "resourceAttributes", what);
    } else if (r == 0) {
        what = value_make_map();
        put(&r, a, &what, "path", ask->path);
        put(&r, a, &what, "verb", ask->verb);
        VALUE_SET(&r, a, out, "nonResourceAttributes", what);
    }
    put(&r, a, out, "user", value_text_at(&user, "username"));
    if (value_count(value_at(&user, "groups")))
        VALUE_SET(&r, a, out, "groups", *value_at(&user, "groups"));
    if (value_count(value_at(&user, "extra")))
        VALUE_SET(&r, a, out, "extra", *value_at(&user, "extra"));
    put(&r, a, out, "uid", value_text_at(&user, "uid"));
    return r;
}

/* ── conditions ── */

#define FIELD(name, type) \
    { \
        STR_INIT(name), {NULL, 0}, (type) \
    }
static const struct cel_type texts = {.kind = CEL_LIST, .params = {&cel_type_string}, .n_params = 1, .max_size = CEL_SIZE_UNKNOWN};
static const struct cel_type extras = {.kind = CEL_MAP, .params = {&cel_type_string, &texts}, .n_params = 2, .max_size = CEL_SIZE_UNKNOWN};
/* Fields are sorted by name, as lookups need it. */
static const struct cel_field requirement_fields[] = {FIELD("key", &cel_type_string), FIELD("operator", &cel_type_string), FIELD("values", &texts)};
static const struct cel_type requirement = {.kind = CEL_OBJECT,
                                            .name = STR_INIT("kubernetes.SelectorRequirement"),
                                            .fields = requirement_fields,
                                            .n_fields = ARRAY_LEN(requirement_fields),
                                            .max_size = CEL_SIZE_UNKNOWN};
static const struct cel_type requirements = {.kind = CEL_LIST, .params = {&requirement}, .n_params = 1, .max_size = CEL_SIZE_UNKNOWN};
static const struct cel_field selector_fields[] = {FIELD("rawSelector", &cel_type_string), FIELD("requirements", &requirements)};
static const struct cel_type selector_type = {.kind = CEL_OBJECT,
                                              .name = STR_INIT("kubernetes.SelectorAttributes"),
                                              .fields = selector_fields,
                                              .n_fields = ARRAY_LEN(selector_fields),
                                              .max_size = CEL_SIZE_UNKNOWN};
static const struct cel_field resource_fields[] = {
    FIELD("fieldSelector", &selector_type), FIELD("group", &cel_type_string),     FIELD("labelSelector", &selector_type),
    FIELD("name", &cel_type_string),        FIELD("namespace", &cel_type_string), FIELD("resource", &cel_type_string),
    FIELD("subresource", &cel_type_string), FIELD("verb", &cel_type_string),      FIELD("version", &cel_type_string)};
static const struct cel_type resource_type = {.kind = CEL_OBJECT,
                                              .name = STR_INIT("kubernetes.ResourceAttributes"),
                                              .fields = resource_fields,
                                              .n_fields = ARRAY_LEN(resource_fields),
                                              .max_size = CEL_SIZE_UNKNOWN};
static const struct cel_field path_fields[] = {FIELD("path", &cel_type_string), FIELD("verb", &cel_type_string)};
static const struct cel_type path_type = {.kind = CEL_OBJECT,
                                          .name = STR_INIT("kubernetes.NonResourceAttributes"),
                                          .fields = path_fields,
                                          .n_fields = ARRAY_LEN(path_fields),
                                          .max_size = CEL_SIZE_UNKNOWN};
static const struct cel_field request_fields[] = {FIELD("extra", &extras),
                                                  FIELD("groups", &texts),
                                                  FIELD("nonResourceAttributes", &path_type),
                                                  FIELD("resourceAttributes", &resource_type),
                                                  FIELD("uid", &cel_type_string),
                                                  FIELD("user", &cel_type_string)};
static const struct cel_type request_type = {.kind = CEL_OBJECT,
                                             .name = STR_INIT("kubernetes.SubjectAccessReviewSpec"),
                                             .fields = request_fields,
                                             .n_fields = ARRAY_LEN(request_fields),
                                             .max_size = CEL_SIZE_UNKNOWN};

static int prepare(struct access *w)
{
    SCOPED(cel_env) base = NULL;
    int r = cellib_env(&base, &(struct cellib_options){.version = 37, .no_authorizer = true});
    if (r == 0)
        r = cel_env_extend(&w->env, base);
    if (r == 0)
        r = cel_env_declare(w->env, STR("request"), &request_type, false);
    CHECK(r <= 0); /* the only slot */
    return r;
}

static int compile(struct access *w, struct str text, struct condition *out, const char *path, struct err *err)
{
    SCOPED_BUF issues = BUF_INIT(64u << 10);
    int r = cel_compile(w->env, text, NULL, &out->program, &issues);
    if (r == 0)
        r = arena_str(w->mem, text, &out->text);
    if (r < 0)
        return err_raise(err, r, "no memory for a condition");
    if (r == CEL_REFUSED)
        return err_raise(err, -EINVAL, "%s: compilation failed: %s", path, buf_cstr(&issues));
    if (cel_type_fits(&cel_type_bool, cel_program_type(out->program)))
        return 0;
    cel_type_print(cel_program_type(out->program), &issues);
    return err_raise(err, -EINVAL, "%s: must evaluate to bool, not to %s", path, buf_cstr(&issues));
}

int access_conditions(struct access *w, const struct value *list, const char *path, struct err *err)
{
    static const char *const names[] = {"expression", NULL};
    if (!value_count(list))
        return 0;
    if (value_count(list) > CONDITIONS_MAX)
        return err_raise(err, -EINVAL, "%s: at most %d conditions", path, CONDITIONS_MAX);
    int r = arena_new(&w->mem, CONDITION_MEMORY);
    if (r == 0)
        r = prepare(w);
    w->conditions = r == 0 ? arena_alloc(w->mem, value_count(list) * sizeof(*w->conditions)) : NULL;
    if (!w->conditions)
        return err_raise(err, -ENOMEM, "no memory for a condition");
    VALUE_EACH_ITEM (v, list) {
        char at[512];
        struct str text = value_text_at(v, "expression");
        snprintf(at, sizeof(at), "%.400s[%zu].expression", path, w->n_conditions);
        r = value_only(v, at, names, err);
        if (r == 0 && !text.n)
            r = err_raise(err, -EINVAL, "%s: is required", at);
        for (size_t i = 0; r == 0 && i < w->n_conditions; i++)
            if (str_eq(text, w->conditions[i].text))
                r = err_raise(err, -EINVAL, "%s: stands there twice", at);
        w->n_conditions++; /* also a program of the wrong type must be freed */
        if (r == 0)
            r = compile(w, text, &w->conditions[w->n_conditions - 1], at, err);
        if (r < 0)
            return r;
    }
    return 0;
}

/* What is absent in JSON reads as empty in expressions, as a Go struct would; has() tells. */
static int fill_empty(struct arena *a, struct value *map, const struct cel_type *type)
{
    for (uint32_t i = 0; i < type->n_fields; i++)
        if (type->fields[i].type == &cel_type_string && !value_get(map, type->fields[i].name) &&
            !value_set(a, map, type->fields[i].name, value_make_text(STR(""))))
            return -ENOMEM;
    return 0;
}

enum meant { MEANT, NOT_MEANT, BROKEN };

/* One false: not meant. One broken, none false: failurePolicy. */
static enum meant conditions_hold(const struct access *w, struct arena *a, struct value *spec, struct err *err)
{
    struct value *res = value_get(spec, STR("resourceAttributes")), *path = value_get(spec, STR("nonResourceAttributes"));
    bool broken = false;
    int r = res ? fill_empty(a, res, &resource_type) : fill_empty(a, path, &path_type);
    if (r < 0)
        return err_raise(err, 0, "no memory for a condition"), BROKEN;
    struct cel_value slot = cel_of_tree(a, spec, &request_type);
    for (size_t i = 0; i < w->n_conditions; i++) {
        struct cel_activation vars = {.slots = &slot, .n = 1};
        struct cel_value v = {0};
        struct err why = {{0}};
        if (cel_eval(w->conditions[i].program, &vars, a, NULL, &v, &why) != 0) {
            broken = true;
            err_raise(err, 0, "match condition '%.*s': %s", STR_FMT(w->conditions[i].text), why.text);
        } else if (v.kind == CEL_BOOL && !v.boolean) {
            return NOT_MEANT;
        }
    }
    return broken ? BROKEN : MEANT;
}

/* ── the answer ── */

int64_t access_ttl(void *access, const struct entry *e)
{
    const struct access *w = access;
    if (e->r < 0)
        return 0;
    return value_bool_at(&e->review, "status.allowed", false) ? w->authorized_ms : w->unauthorized_ms;
}

static void say(char *reason, struct str text)
{
    if (reason)
        snprintf(reason, AUTH_REASON_MAX, "%.*s", STR_FMT(text));
}

static enum auth_decision failed(const struct access *w, const char *why, char *reason)
{
    (void)why; /* it stands in the log: what is inside is nobody's outside */
    if (w->deny_on_error)
        say(reason, STR(""));
    return w->deny_on_error ? AUTH_DENY : AUTH_NO_OPINION;
}

static enum auth_decision judge(const struct access *w, const struct entry *e, char *reason)
{
    if (e->r < 0)
        return failed(w, e->error, reason);
    bool allowed = value_bool_at(&e->review, "status.allowed", false), denied = value_bool_at(&e->review, "status.denied", false);
    if (allowed && denied)
        return failed(w, "webhook subject access review returned both allow and deny response", reason);
    say(reason, value_text_at(&e->review, "status.reason"));
    return denied ? AUTH_DENY : allowed ? AUTH_ALLOW : AUTH_NO_OPINION;
}

enum auth_decision access_decide(void *access, const struct auth_ask *ask, char reason[AUTH_REASON_MAX])
{
    struct access *w = access;
    SCOPED(arena) a = NULL;
    struct value spec;
    struct err err = {{0}};
    struct entry *e = NULL;
    SCOPED_BUF b = BUF_INIT(QUESTION_MAX);
    int r = arena_new(&a, CONDITION_MEMORY);
    if (r == 0)
        r = spec_tree(a, ask, &spec);
    if (r < 0)
        return failed(w, "no memory", reason);
    buf_fmt(&b, "{\"kind\":\"SubjectAccessReview\",\"apiVersion\":\"authorization.k8s.io/%s\",\"metadata\":{\"creationTimestamp\":null},\"spec\":",
            w->version);
    json_print(&b, &spec);
    buf_text(&b, ",\"status\":{\"allowed\":false}}");
    if (w->n_conditions) {
        enum meant m = conditions_hold(w, a, &spec, &err);
        if (m != MEANT)
            return m == NOT_MEANT ? AUTH_NO_OPINION : failed(w, err.text, reason);
    }
    r = buf_error(&b);
    if (r == 0)
        r = desk_ask(&w->desk, buf_view(&b), ask->wait, &e);
    if (r == AUTH_WAITS)
        return AUTH_UNDECIDED;
    return r ? failed(w, "nobody waits for the answer, or too many do", reason) : judge(w, e, reason);
}

struct access *access_free(struct access *w, struct list *waiting)
{
    if (!w)
        return NULL;
    desk_close(&w->desk, waiting);
    for (size_t i = 0; i < w->n_conditions; i++)
        cel_program_free(w->conditions[i].program);
    cel_env_unref(w->env);
    arena_free(w->mem);
    mem_free(w->name);
    return mem_free(w);
}
