/* authorizer.group('').resource('pods').namespace('x').check('create').allowed(): questions to the caller's authorizer,
 * built a step at a time. Each step is a value of its own. */
#include "cellib/inside.h"
#include "object/object.h"

struct check { /* all of the five types */
    struct cel_opaque opaque;
    const struct cellib_authorizer *with;
    struct cellib_attributes what;
    enum cellib_decision decision; /* DECISION only */
    struct str reason, error;
};

#define TYPE(variable, text) static const struct cel_type variable = {.kind = CEL_OPAQUE, .name = STR_INIT(text), .max_size = CEL_SIZE_UNKNOWN}
TYPE(authorizer_type, "kubernetes.authorization.Authorizer");
TYPE(path_type, "kubernetes.authorization.PathCheck");
TYPE(group_type, "kubernetes.authorization.GroupCheck");
TYPE(resource_type, "kubernetes.authorization.ResourceCheck");
TYPE(decision_type, "kubernetes.authorization.Decision");
const struct cel_type *const cellib_check_types[5] = {&authorizer_type, &path_type, &group_type, &resource_type, &decision_type};

static bool same(const struct cel_opaque *x, const struct cel_opaque *y)
{
    return x == y;
}

static const struct cel_class authorizer_class = {.type = &authorizer_type, .equal = same, .equal_cost = 1};
static const struct cel_class path_class = {.type = &path_type, .equal = same, .equal_cost = 1};
static const struct cel_class group_class = {.type = &group_type, .equal = same, .equal_cost = 1};
static const struct cel_class resource_class = {.type = &resource_type, .equal = same, .equal_cost = 1};
static const struct cel_class decision_class = {.type = &decision_type, .equal = same, .equal_cost = 1};

const struct cel_type *cellib_authorizer_type(void)
{
    return &authorizer_type;
}

const struct cel_type *cellib_resource_check_type(void)
{
    return &resource_type;
}

/* A copy of a step, as the next one. */
static struct check *step(struct arena *a, const struct check *from, const struct cel_class *class)
{
    struct check *c = arena_alloc(a, sizeof(*c));
    if (!c)
        return NULL;
    if (from)
        *c = *from;
    c->opaque.class = class;
    return c;
}

static struct cel_value value_of(const struct check *c)
{
    return c ? value_opaque(&c->opaque) : cel_no_memory;
}

struct cel_value cellib_make_authorizer(struct arena *a, const struct cellib_authorizer *with)
{
    struct check *c = step(a, NULL, &authorizer_class);
    if (c)
        c->with = with;
    return value_of(c);
}

struct cel_value cellib_make_request_check(struct arena *a, const struct cellib_authorizer *with)
{
    struct check *c = step(a, NULL, &resource_class);
    if (c) {
        c->with = with;
        c->what = with->request;
    }
    return value_of(c);
}

static const struct check *of(const struct cel_value *v)
{
    return (const struct check *)(const void *)v->opaque;
}

static struct cel_value path(struct cel_call *call, const struct cel_value *args)
{
    struct check *c;
    if (!str_trim(args[1].text).n)
        return cel_error(call, "path must not be empty");
    c = step(call->arena, of(&args[0]), &path_class);
    if (c)
        c->what.path = args[1].text;
    return value_of(c);
}

static struct cel_value group(struct cel_call *call, const struct cel_value *args)
{
    struct check *c = step(call->arena, of(&args[0]), &group_class);
    if (c)
        c->what.group = args[1].text;
    return value_of(c);
}

static struct cel_value service_account(struct cel_call *call, const struct cel_value *args)
{
    const char *why[NAME_FAULTS_MAX];
    struct check *c;
    if (name_dns_subdomain(args[2].text, why))
        return cel_error(call, "Invalid service account name");
    if (name_dns_label(args[1].text, why))
        return cel_error(call, "Invalid service account namespace");
    c = step(call->arena, of(&args[0]), &authorizer_class);
    if (c) {
        c->what.service_account = args[2].text;
        c->what.service_account_namespace = args[1].text;
    }
    return value_of(c);
}

static struct cel_value resource(struct cel_call *call, const struct cel_value *args)
{
    struct check *c;
    if (!str_trim(args[1].text).n)
        return cel_error(call, "resource must not be empty");
    c = step(call->arena, of(&args[0]), &resource_class);
    if (c)
        c->what.resource = args[1].text;
    return value_of(c);
}

static struct cel_value narrow(struct cel_call *call, const struct cel_value *args)
{
    static const struct {
        const char *name;
        size_t at;
    } fields[] = {{"subresource", offsetof(struct cellib_attributes, subresource)},
                  {"namespace", offsetof(struct cellib_attributes, namespace)},
                  {"name", offsetof(struct cellib_attributes, name)},
                  {"fieldSelector", offsetof(struct cellib_attributes, field_selector)},
                  {"labelSelector", offsetof(struct cellib_attributes, label_selector)}};
    struct check *c = step(call->arena, of(&args[0]), &resource_class);
    for (size_t i = 0; c && i < ARRAY_LEN(fields); i++)
        if (!strcmp(call->function->name, fields[i].name))
            *(struct str *)(void *)((char *)&c->what + fields[i].at) = args[1].text;
    return value_of(c);
}

static struct cel_value check(struct cel_call *call, const struct cel_value *args)
{
    struct check *c = step(call->arena, of(&args[0]), &decision_class);
    if (!c)
        return cel_no_memory;
    c->what.verb = args[1].text;
    if (c->with->ask(c->with->ctx, &c->what, call->arena, &c->decision, &c->reason, &c->error) < 0)
        return cel_no_memory;
    return value_of(c);
}

static struct cel_value allowed(struct cel_call *call, const struct cel_value *args)
{
    (void)call;
    return cel_of_bool(of(&args[0])->decision == CELLIB_ALLOW);
}

static struct cel_value reason(struct cel_call *call, const struct cel_value *args)
{
    (void)call;
    return cel_of_text(of(&args[0])->reason);
}

static struct cel_value errored(struct cel_call *call, const struct cel_value *args)
{
    (void)call;
    return cel_of_bool(of(&args[0])->error.n > 0);
}

static struct cel_value error(struct cel_call *call, const struct cel_value *args)
{
    (void)call;
    return cel_of_text(of(&args[0])->error);
}

#define K "kubernetes.authorization."
const struct cel_function authorizer_rows[] = {
    {"path", "authorizer_path", K "Authorizer.(string) " K "PathCheck", path, CEL_COST_ONE},
    {"group", "authorizer_group", K "Authorizer.(string) " K "GroupCheck", group, CEL_COST_ONE},
    {"serviceAccount", "authorizer_serviceaccount", K "Authorizer.(string, string) " K "Authorizer", service_account, CEL_COST_ONE},
    {"resource", "groupcheck_resource", K "GroupCheck.(string) " K "ResourceCheck", resource, CEL_COST_ONE},
    {"subresource", "resourcecheck_subresource", K "ResourceCheck.(string) " K "ResourceCheck", narrow, CEL_COST_ONE},
    {"namespace", "resourcecheck_namespace", K "ResourceCheck.(string) " K "ResourceCheck", narrow, CEL_COST_ONE},
    {"name", "resourcecheck_name", K "ResourceCheck.(string) " K "ResourceCheck", narrow, CEL_COST_ONE},
    {"check", "pathcheck_check", K "PathCheck.(string) " K "Decision", check, CEL_COST_CHECK},
    {"check", "resourcecheck_check", K "ResourceCheck.(string) " K "Decision", check, CEL_COST_CHECK},
    {"errored", "decision_errored", K "Decision.() bool", errored, CEL_COST_ONE},
    {"error", "decision_error", K "Decision.() string", error, CEL_COST_ONE},
    {"allowed", "decision_allowed", K "Decision.() bool", allowed, CEL_COST_ONE},
    {"reason", "decision_reason", K "Decision.() string", reason, CEL_COST_ONE},
};
const size_t n_authorizer_rows = ARRAY_LEN(authorizer_rows);
const struct cel_function selector_rows[] = {
    {"fieldSelector", "authorizer_fieldselector", K "ResourceCheck.(string) " K "ResourceCheck", narrow, CEL_COST_SELECTOR},
    {"labelSelector", "authorizer_labelselector", K "ResourceCheck.(string) " K "ResourceCheck", narrow, CEL_COST_SELECTOR},
};
const size_t n_selector_rows = ARRAY_LEN(selector_rows);
