#include "scheduler/inside.h"

#include "json/json.h"
#include "yaml/yaml.h"

/* KubeSchedulerConfiguration → profiles. The first fault is told with its path; nothing is guessed and nothing is passed over. */

#define CONFIG_BYTES (4u << 20)
#define PROFILES_MAX 32

struct reader {
    struct scheduler_config *c;
    const struct sched_plugin *plugins;
    size_t n_plugins;
    struct err *err;
};

static int bad(struct reader *r, const char *path, const char *what)
{
    return err_raise(r->err, -EINVAL, "%s: %s", path, what);
}

/* Members that are not in the list (ended by NULL) are refused, as strict decoding does. */
static int only(struct reader *r, const char *path, const struct value *map, const char *const *names)
{
    VALUE_EACH_MEMBER (m, map) {
        size_t i = 0;
        while (names[i] && !str_is(m->key, names[i]))
            i++;
        if (!names[i])
            return err_raise(r->err, -EINVAL, "unknown field \"%s%s%.*s\"", path, *path ? "." : "", STR_FMT(m->key));
    }
    return 0;
}

static int number(struct reader *r, const char *path, const struct value *v, int64_t low, int64_t high, int64_t *out)
{
    if (value_is_null(v))
        return 0;
    if (v->type != VALUE_INT || v->integer < low || v->integer > high)
        return err_raise(r->err, -EINVAL, "%s: Invalid value: not in valid range [%lld-%lld]", path, (long long)low, (long long)high);
    *out = v->integer;
    return 0;
}

static struct str path_of(struct reader *r, const char *path, const char *more, size_t i)
{
    struct str s = arena_fmt(r->c->mem, "%s%s%s[%zu]", path, *path ? "." : "", more, i);
    return s.p ? s : STR("");
}

/* ── plugins: which take part where ── */

/* A rule's bit; 0: in the tree, but without a filter or score that could be left out here. */
static int rule_of(const struct reader *r, struct str name, uint32_t *bit)
{
    static const char *const others[] = {"PrioritySort",
                                         "DefaultBinder",
                                         "SchedulingGates",
                                         "NodeDeclaredFeatures",
                                         "GangScheduling",
                                         "DeferredPodScheduling",
                                         "TopologyPlacementGenerator",
                                         "PodGroupPodsCount"};
    for (unsigned i = 0; i < SCHED_RULE_PLUGIN; i++)
        if (str_is(name, sched_rule_name(i))) {
            *bit = 1u << i;
            return (int)i;
        }
    for (size_t i = 0; i <= r->n_plugins; i++)
        if (str_is(name, i == 0 ? "DynamicResources" : r->plugins[i - 1].name)) { /* the first of the plugins */
            *bit = 1u << (SCHED_RULE_PLUGIN + i);
            return SCHED_RULE_PLUGIN + (int)i;
        }
    *bit = 0;
    for (size_t i = 0; i < ARRAY_LEN(others); i++)
        if (str_is(name, others[i]))
            return SCHED_RULES;
    return -1;
}

/* Upstream's that nobody does here: known, so that a profile may leave them out; nobody is told that they run. */
static bool not_done(struct str name)
{
    return str_is(name, "NodeDeclaredFeatures") || str_is(name, "DeferredPodScheduling");
}

static int plugin_set(struct reader *r, struct sched_profile *p, const char *path, const struct value *set, uint32_t *filters, uint32_t *scores)
{
    static const char *const members[] = {"enabled", "disabled", NULL}, *const fields[] = {"name", "weight", NULL};
    const struct value *enabled = value_get(set, STR("enabled")), *disabled = value_get(set, STR("disabled"));
    uint32_t none = 0, bit;
    size_t i = 0;
    int e = only(r, path, set, members);
    filters = filters ? filters : &none;
    scores = scores ? scores : &none;
    VALUE_EACH_ITEM (d, disabled) {
        struct str name = value_text_at(d, "name"), at = path_of(r, path, "disabled", i++);
        if (e == 0)
            e = only(r, at.p, d, fields);
        if (e == 0 && !str_is(name, "*") && rule_of(r, name, &bit) < 0)
            e = err_raise(r->err, -EINVAL, "%s.name: Invalid value: \"%.*s\": unknown plugin", at.p, STR_FMT(name));
        if (e < 0)
            return e;
        *filters &= str_is(name, "*") ? 0 : ~bit;
        *scores &= str_is(name, "*") ? 0 : ~bit;
    }
    i = 0;
    VALUE_EACH_ITEM (x, enabled) {
        struct str name = value_text_at(x, "name"), at = path_of(r, path, "enabled", i++);
        int64_t weight = 0;
        int rule = rule_of(r, name, &bit);
        if (e == 0)
            e = only(r, at.p, x, fields);
        if (e == 0 && rule < 0)
            e = err_raise(r->err, -EINVAL, "%s.name: Invalid value: \"%.*s\": unknown plugin", at.p, STR_FMT(name));
        if (e == 0 && not_done(name))
            e = err_raise(r->err, -EINVAL, "%s.name: Forbidden: \"%.*s\" is not among what this scheduler does", at.p, STR_FMT(name));
        if (e == 0)
            e = number(r, at.p, value_get(x, STR("weight")), 0, INT32_MAX / 100, &weight);
        if (e < 0)
            return e;
        *filters |= bit;
        *scores |= bit;
        if (weight && rule < SCHED_RULES)
            p->weights[rule] = weight;
        else if (rule < SCHED_RULES && p->weights[rule] == 0)
            p->weights[rule] = 1;
    }
    return e;
}

static int plugins_of(struct reader *r, struct sched_profile *p, const char *path, const struct value *plugins)
{
    static const char *const points[] = {
        "multiPoint", "filter",  "score", "preEnqueue", "queueSort",         "preFilter",      "postFilter",         "preScore", "reserve",
        "permit",     "preBind", "bind",  "postBind",   "placementGenerate", "placementScore", "podGroupPostFilter", NULL};
    int e = only(r, path, plugins, points);
    for (size_t i = 0; e == 0 && points[i]; i++) {
        const struct value *set = value_get(plugins, str_of(points[i]));
        struct str at = arena_fmt(r->c->mem, "%s.%s", path, points[i]);
        uint32_t preemption = p->filters;
        if (!at.p)
            return -ENOMEM;
        if (!set)
            continue;
        if (!strcmp(points[i], "postFilter")) {
            e = plugin_set(r, p, at.p, set, &preemption, NULL);
            p->filters = (p->filters & ~(1u << SCHED_RULE_PREEMPTION)) | (preemption & 1u << SCHED_RULE_PREEMPTION);
        } else {
            e = plugin_set(r, p, at.p, set, i == 0 || i == 1 ? &p->filters : NULL, i == 0 || i == 2 ? &p->scores : NULL);
        }
    }
    return e;
}

/* ── arguments ── */

static int scored(struct reader *r, const char *path, const struct value *list, struct sched_scored *out, size_t *n)
{
    static const char *const fields[] = {"name", "weight", NULL};
    size_t i = 0;
    if (!value_is_null(list) && list->type != VALUE_LIST)
        return bad(r, path, "resources: Invalid value: must be a list");
    if (value_count(list) == 0)
        return 0;
    if (value_count(list) > SCHED_SCORED_MAX)
        return bad(r, path, "Too many: more than 8 resources");
    *n = 0;
    VALUE_EACH_ITEM (x, list) {
        struct str at = path_of(r, path, "resources", i++);
        struct sched_scored *to = &out[(*n)++];
        *to = (struct sched_scored){value_text_at(x, "name"), 1};
        int e = only(r, at.p, x, fields);
        if (e == 0 && !to->name.n)
            e = bad(r, at.p, "name: Required value");
        if (e == 0)
            e = number(r, at.p, value_get(x, STR("weight")), 1, 100, &to->weight);
        for (size_t k = 0; e == 0 && k + 1 < *n; k++)
            if (str_eq(out[k].name, to->name))
                e = bad(r, at.p, "Duplicate value");
        if (e < 0)
            return e;
    }
    return 0;
}

static int shape(struct reader *r, const char *path, const struct value *list, struct sched_profile *p)
{
    size_t i = 0;
    int64_t before = -1;
    if (value_count(list) == 0 || value_count(list) > SCHED_SHAPE_MAX)
        return bad(r, path, "shape: Required value: at least one point must be specified, and no more than 16");
    p->n_shape = 0;
    VALUE_EACH_ITEM (x, list) {
        struct str at = path_of(r, path, "shape", i++);
        int64_t utilization = 0, score = 0;
        int e = number(r, at.p, value_get(x, STR("utilization")), 0, 100, &utilization);
        if (e == 0)
            e = number(r, at.p, value_get(x, STR("score")), 0, 10, &score);
        if (e == 0 && utilization <= before)
            e = bad(r, at.p, "Invalid value: utilization values must be sorted in increasing order");
        if (e < 0)
            return e;
        before = p->shape[p->n_shape].utilization = utilization;
        p->shape[p->n_shape++].score = score * 10;
    }
    return 0;
}

static int ignored(struct reader *r, const char *path, const struct value *list, bool groups, struct sched_profile *p)
{
    VALUE_EACH_ITEM (x, list) {
        if (p->n_ignored == SCHED_SCORED_MAX)
            return bad(r, path, "Too many: more than 8 ignored resources and groups");
        struct str one = groups ? arena_fmt(r->c->mem, "%.*s/", STR_FMT(value_text(x))) : value_text(x);
        if (!one.p)
            return -ENOMEM;
        p->ignored[p->n_ignored++] = one;
    }
    return 0;
}

static int fit_args(struct reader *r, struct sched_profile *p, const char *path, const struct value *args)
{
    static const char *const fields[] = {"apiVersion", "kind", "ignoredResources", "ignoredResourceGroups", "scoringStrategy", NULL};
    static const char *const types[] = {"LeastAllocated", "MostAllocated", "RequestedToCapacityRatio"};
    const struct value *strategy = value_get(args, STR("scoringStrategy"));
    struct str type = value_text_at(strategy, "type");
    size_t t = 0;
    int e = only(r, path, args, fields);
    if (e == 0)
        e = ignored(r, path, value_get(args, STR("ignoredResources")), false, p);
    if (e == 0)
        e = ignored(r, path, value_get(args, STR("ignoredResourceGroups")), true, p);
    while (type.n && t < ARRAY_LEN(types) && !str_is(type, types[t]))
        t++;
    if (e == 0 && t == ARRAY_LEN(types))
        e = err_raise(r->err, -EINVAL,
                      "%s.scoringStrategy.type: Unsupported value: \"%.*s\": supported values: \"LeastAllocated\", \"MostAllocated\", "
                      "\"RequestedToCapacityRatio\"",
                      path, STR_FMT(type));
    if (e == 0 && strategy) {
        p->strategy = (enum sched_strategy)t;
        e = scored(r, path, value_get(strategy, STR("resources")), p->fit, &p->n_fit);
    }
    if (e == 0 && strategy && p->strategy == SCHED_REQUESTED_TO_CAPACITY)
        e = shape(r, path, value_at(strategy, "requestedToCapacityRatio.shape"), p);
    return e;
}

static int spread_args(struct reader *r, struct sched_profile *p, const char *path, const struct value *args)
{
    static const char *const fields[] = {"apiVersion", "kind", "defaultConstraints", "defaultingType", NULL};
    const struct value *list = value_get(args, STR("defaultConstraints"));
    struct str type = value_text_at(args, "defaultingType");
    int64_t skew = 0;
    size_t i = 0;
    int e = only(r, path, args, fields);
    if (e == 0 && type.n && !str_is(type, "System") && !str_is(type, "List"))
        e = bad(r, path, "defaultingType: Unsupported value: supported values: \"System\", \"List\"");
    p->list_defaulting = str_is(type, "List");
    if (e == 0 && !p->list_defaulting && value_count(list))
        e = bad(r, path, "defaultConstraints: Invalid value: when .defaultingType is System, must be empty");
    VALUE_EACH_ITEM (c, list) {
        struct str at = path_of(r, path, "defaultConstraints", i++), when = value_text_at(c, "whenUnsatisfiable");
        if (e == 0 && value_get(c, STR("labelSelector")))
            e = bad(r, at.p, "labelSelector: Forbidden: constraint must not define a selector, as they deduced for each pod");
        if (e == 0 && !value_text_at(c, "topologyKey").n)
            e = bad(r, at.p, "topologyKey: Required value: can not be empty");
        if (e == 0 && !str_is(when, "DoNotSchedule") && !str_is(when, "ScheduleAnyway"))
            e = bad(r, at.p, "whenUnsatisfiable: Unsupported value: supported values: \"DoNotSchedule\", \"ScheduleAnyway\"");
        if (e == 0)
            e = number(r, at.p, value_get(c, STR("maxSkew")), 1, INT32_MAX, &skew);
    }
    if (e == 0 && list)
        p->default_constraints = *list;
    return e;
}

static int field_number(struct reader *r, const char *path, const struct value *args, const char *field, int64_t low, int64_t high, int64_t *out)
{
    struct str at = arena_fmt(r->c->mem, "%s.%s", path, field);
    return at.p ? number(r, at.p, value_get(args, str_of(field)), low, high, out) : -ENOMEM;
}

static int field_bool(struct reader *r, const char *path, const struct value *args, const char *field, bool *out)
{
    const struct value *v = value_get(args, str_of(field));
    if (!value_is_null(v) && v->type != VALUE_BOOL)
        return err_raise(r->err, -EINVAL, "%s.%s: Invalid value: must be true or false", path, field);
    *out = value_bool(v, *out);
    return 0;
}

/* One node selector term; each with its path, as validation of a pod's would tell it. */
static int term_of(struct reader *r, const char *path, const struct value *term)
{
    static const char *const parts[] = {"matchExpressions", "matchFields", NULL}, *const fields[] = {"key", "operator", "values", NULL};
    static const char *const operators[] = {"In", "NotIn", "Exists", "DoesNotExist", "Gt", "Lt"};
    int e = only(r, path, term, parts);
    for (size_t k = 0; e == 0 && parts[k]; k++) {
        const struct value *list = value_get(term, str_of(parts[k]));
        size_t i = 0;
        VALUE_EACH_ITEM (x, list) {
            struct str at = path_of(r, path, parts[k], i++), operator= value_text_at(x, "operator");
            size_t o = 0, n = value_count(value_get(x, STR("values")));
            e = at.n ? only(r, at.p, x, fields) : -ENOMEM;
            while (o < ARRAY_LEN(operators) && !str_is(operator, operators[o]))
                o++;
            if (e == 0 && !value_text_at(x, "key").n)
                e = err_raise(r->err, -EINVAL, "%s.key: Required value", at.p);
            if (e == 0 && o == ARRAY_LEN(operators))
                e = err_raise(r->err, -EINVAL, "%s.operator: Invalid value: \"%.*s\": not a valid selector operator", at.p, STR_FMT(operator));
            if (e == 0 && (o < 2 ? n == 0 : o < 4 ? n > 0 : n != 1))
                e = err_raise(r->err, -EINVAL, "%s.values: %s", at.p,
                              o < 2   ? "Required value: must be specified when `operator` is 'In' or 'NotIn'"
                              : o < 4 ? "Forbidden: may not be specified when `operator` is 'Exists' or 'DoesNotExist'"
                                      : "Required value: must be specified single value when `operator` is 'Lt' or 'Gt'");
            if (e < 0)
                return e;
        }
    }
    return e;
}

#define REQUIRED  "requiredDuringSchedulingIgnoredDuringExecution"
#define PREFERRED "preferredDuringSchedulingIgnoredDuringExecution"

static int affinity_of(struct reader *r, const char *path, const struct value *affinity)
{
    static const char *const parts[] = {REQUIRED, PREFERRED, NULL}, *const terms[] = {"nodeSelectorTerms", NULL},
                             *const weighed[] = {"weight", "preference", NULL};
    const struct value *required = value_get(affinity, STR(REQUIRED)), *preferred = value_get(affinity, STR(PREFERRED)),
                       *list = value_get(required, STR("nodeSelectorTerms"));
    struct str in = arena_fmt(r->c->mem, "%s." REQUIRED, path);
    int64_t weight = 0;
    size_t i = 0;
    int e = in.p ? only(r, path, affinity, parts) : -ENOMEM;
    if (e == 0 && required)
        e = only(r, in.p, required, terms);
    if (e == 0 && required && value_count(list) == 0)
        e = err_raise(r->err, -EINVAL, "%s.nodeSelectorTerms: Required value: must have at least one node selector term", in.p);
    VALUE_EACH_ITEM (t, list) {
        struct str at = path_of(r, in.p, terms[0], i++);
        e = e < 0 ? e : at.n ? term_of(r, at.p, t) : -ENOMEM;
    }
    i = 0;
    VALUE_EACH_ITEM (t, preferred) {
        struct str at = path_of(r, path, PREFERRED, i++), inner = arena_fmt(r->c->mem, "%.*s.preference", STR_FMT(at));
        e = e < 0 ? e : at.n && inner.p ? only(r, at.p, t, weighed) : -ENOMEM;
        if (e == 0)
            e = field_number(r, at.p, t, "weight", 1, 100, &weight);
        if (e == 0)
            e = term_of(r, inner.p, value_get(t, STR("preference")));
    }
    return e;
}

/* Which members the arguments of the other plugins may have; those without a row have none. */
static const struct {
    const char *plugin;
    const char *const fields[6];
} argument_rows[] = {
    {"NodeResourcesBalancedAllocation", {"apiVersion", "kind", "resources", NULL}},
    {"InterPodAffinity", {"apiVersion", "kind", "hardPodAffinityWeight", "ignorePreferredTermsOfExistingPods", NULL}},
    {"DefaultPreemption", {"apiVersion", "kind", "minCandidateNodesPercentage", "minCandidateNodesAbsolute", NULL}},
    {"NodeAffinity", {"apiVersion", "kind", "addedAffinity", NULL}},
    {"VolumeBinding", {"apiVersion", "kind", "bindTimeoutSeconds", NULL}},
    {"DynamicResources", {"apiVersion", "kind", "filterTimeout", "bindingTimeout", NULL}},
};

static int argument_names(struct reader *r, struct str name, const char *path, const struct value *args)
{
    static const char *const none[] = {"apiVersion", "kind", NULL};
    if (!value_is_null(args) && args->type != VALUE_MAP)
        return bad(r, path, "Invalid value: must be an object");
    for (size_t i = 0; i < ARRAY_LEN(argument_rows); i++)
        if (str_is(name, argument_rows[i].plugin))
            return only(r, path, args, argument_rows[i].fields);
    return only(r, path, args, none);
}

/* filterTimeout is read and checked only: a search here ends by the number of its steps. */
static int device_timeouts(struct reader *r, struct sched_profile *p, const char *path, const struct value *args)
{
    struct str filter = value_text_at(args, "filterTimeout"), binding = value_text_at(args, "bindingTimeout");
    int64_t ms;
    if (filter.n && !str_is(filter, "0") && duration_read(filter, &ms) < 0 && !str_is(filter, "0s"))
        return err_raise(r->err, -EINVAL, "%s.filterTimeout: Invalid value: must be zero or positive", path);
    if (!binding.n)
        return 0;
    if (duration_read(binding, &ms) < 0 || ms < 1000)
        return err_raise(r->err, -EINVAL, "%s.bindingTimeout: Invalid value: must be at least 1 second", path);
    p->device_timeout_ms = ms;
    return 0;
}

static int other_args(struct reader *r, struct sched_profile *p, struct str name, const char *path, const struct value *args)
{
    int64_t a = p->hard_affinity_weight, percent = p->candidates_percentage, absolute = p->candidates_absolute, seconds = p->volume_timeout_ms / 1000;
    const struct value *added = value_get(args, STR("addedAffinity"));
    struct str at = arena_fmt(r->c->mem, "%s.addedAffinity", path);
    int e = at.p ? argument_names(r, name, path, args) : -ENOMEM;
    if (e < 0)
        return e;
    if (str_is(name, "NodeResourcesBalancedAllocation")) {
        e = scored(r, path, value_get(args, STR("resources")), p->balanced, &p->n_balanced);
    } else if (str_is(name, "InterPodAffinity")) {
        e = field_number(r, path, args, "hardPodAffinityWeight", 0, 100, &a);
        if (e == 0)
            e = field_bool(r, path, args, "ignorePreferredTermsOfExistingPods", &p->ignore_preferred_of_existing);
    } else if (str_is(name, "DefaultPreemption")) {
        e = field_number(r, path, args, "minCandidateNodesPercentage", 0, 100, &percent);
        if (e == 0)
            e = field_number(r, path, args, "minCandidateNodesAbsolute", 0, INT32_MAX, &absolute);
        if (e == 0 && percent == 0 && absolute == 0)
            e = bad(r, path, "minCandidateNodesPercentage, minCandidateNodesAbsolute: Invalid value: cannot both be zero");
    } else if (str_is(name, "NodeAffinity") && !value_is_null(added)) {
        e = affinity_of(r, at.p, added);
        p->added_affinity = *added;
    } else if (str_is(name, "VolumeBinding")) {
        e = field_number(r, path, args, "bindTimeoutSeconds", 0, INT32_MAX, &seconds);
        p->volume_timeout_ms = seconds * 1000;
    } else if (str_is(name, "DynamicResources")) {
        e = device_timeouts(r, p, path, args);
    }
    p->hard_affinity_weight = a;
    p->candidates_percentage = (int)percent;
    p->candidates_absolute = (int)absolute;
    return e;
}

/* Of a plugin the caller brought: it judges them itself. */
static int plugin_args(struct reader *r, struct sched_profile *p, unsigned plugin, const char *path, const struct value *args)
{
    static const char *const none[] = {"apiVersion", "kind", NULL};
    const struct sched_plugin *x = &r->plugins[plugin - 1];
    if (value_is_null(args))
        return 0;
    if (args->type != VALUE_MAP)
        return bad(r, path, "Invalid value: must be an object");
    int e = x->args ? x->args(args, path, r->err) : only(r, path, args, none);
    p->args[plugin] = *args;
    return e;
}

/* The API keeps what it does not know the form of as text. 0, < 0 */
static int unfolded(struct reader *r, const char *path, const struct value **args)
{
    if (!*args || (*args)->type != VALUE_RAW)
        return 0;
    struct value *tree = arena_alloc(r->c->mem, sizeof(*tree));
    struct err why = {{0}};
    int e = tree ? json_parse(r->c->mem, (*args)->text, tree, &why) : -ENOMEM;
    *args = tree;
    return e < 0 ? err_raise(r->err, e, "%s: %s", path, e == -ENOMEM ? "no memory" : why.text) : 0;
}

static int args_of(struct reader *r, struct sched_profile *p, const char *path, const struct value *list)
{
    size_t i = 0;
    uint32_t bit;
    VALUE_EACH_ITEM (x, list) {
        struct str at = path_of(r, path, "pluginConfig", i++), name = value_text_at(x, "name");
        const struct value *args = value_get(x, STR("args"));
        struct str inner = arena_fmt(r->c->mem, "%s.args", at.p);
        if (!inner.p)
            return -ENOMEM;
        int rule = rule_of(r, name, &bit);
        int e = rule < 0 ? err_raise(r->err, -EINVAL, "%s.name: Invalid value: \"%.*s\": unknown plugin", at.p, STR_FMT(name)) : 0;
        if (e == 0)
            e = unfolded(r, inner.p, &args);
        if (e == 0)
            e = str_is(name, "NodeResourcesFit")                 ? fit_args(r, p, inner.p, args)
                : str_is(name, "PodTopologySpread")              ? spread_args(r, p, inner.p, args)
                : rule > SCHED_RULE_PLUGIN && rule < SCHED_RULES ? plugin_args(r, p, (unsigned)rule - SCHED_RULE_PLUGIN, inner.p, args)
                                                                 : other_args(r, p, name, inner.p, args);
        if (e < 0)
            return e;
    }
    return 0;
}

/* ── the document ── */

static int profile_of(struct reader *r, size_t i, const struct value *tree, int64_t percentage)
{
    static const char *const fields[] = {"schedulerName", "percentageOfNodesToScore", "plugins", "pluginConfig", NULL};
    struct sched_profile *p = &r->c->profiles[i];
    struct str at = path_of(r, "", "profiles", i), name = value_text_at(tree, "schedulerName");
    struct str plugins = arena_fmt(r->c->mem, "%s.plugins", at.p), own = arena_fmt(r->c->mem, "%s.percentageOfNodesToScore", at.p);
    if (!plugins.p || !own.p)
        return -ENOMEM;
    if (!name.n && r->c->n_profiles > 1)
        return bad(r, at.p, "schedulerName: Required value");
    sched_profile_default(p, name.n ? name : STR("default-scheduler"));
    for (size_t k = 0; k < i; k++)
        if (str_eq(r->c->profiles[k].name, p->name))
            return err_raise(r->err, -EINVAL, "%s.schedulerName: Duplicate value: \"%.*s\"", at.p, STR_FMT(p->name));
    int e = only(r, at.p, tree, fields);
    if (e == 0)
        e = number(r, own.p, value_get(tree, STR("percentageOfNodesToScore")), 0, 100, &percentage);
    p->percentage = (int)percentage;
    if (e == 0)
        e = plugins_of(r, p, plugins.p, value_get(tree, STR("plugins")));
    return e < 0 ? e : args_of(r, p, at.p, value_get(tree, STR("pluginConfig")));
}

static int whole(struct reader *r, const struct value *tree)
{
    static const char *const fields[] = {"apiVersion",
                                         "kind",
                                         "parallelism",
                                         "leaderElection",
                                         "clientConnection",
                                         "healthzBindAddress",
                                         "metricsBindAddress",
                                         "enableProfiling",
                                         "enableContentionProfiling",
                                         "percentageOfNodesToScore",
                                         "podInitialBackoffSeconds",
                                         "podMaxBackoffSeconds",
                                         "profiles",
                                         "extenders",
                                         "delayCacheUntilActive",
                                         NULL};
    const struct value *list = value_get(tree, STR("profiles"));
    struct scheduler_config *c = r->c;
    int64_t percentage = 0, first = 1, most = 10;
    if (!str_is(value_text_at(tree, "apiVersion"), "kubescheduler.config.k8s.io/v1") ||
        !str_is(value_text_at(tree, "kind"), "KubeSchedulerConfiguration"))
        return err_raise(
            r->err, -EINVAL,
            "no kind \"%.*s\" is registered for version \"%.*s\": kubescheduler.config.k8s.io/v1 KubeSchedulerConfiguration was expected",
            STR_FMT(value_text_at(tree, "kind")), STR_FMT(value_text_at(tree, "apiVersion")));
    int e = only(r, "", tree, fields);
    if (e == 0)
        e = number(r, "percentageOfNodesToScore", value_get(tree, STR("percentageOfNodesToScore")), 0, 100, &percentage);
    if (e == 0)
        e = number(r, "podInitialBackoffSeconds", value_get(tree, STR("podInitialBackoffSeconds")), 1, 86400, &first);
    if (e == 0)
        e = number(r, "podMaxBackoffSeconds", value_get(tree, STR("podMaxBackoffSeconds")), 1, 86400, &most);
    if (e == 0 && most < first)
        e = bad(r, "podMaxBackoffSeconds", "Invalid value: must be greater than or equal to PodInitialBackoffSeconds");
    if (e == 0 && value_count(list) > PROFILES_MAX)
        e = bad(r, "profiles", "Too many: more than 32");
    c->backoff_first_ms = first * 1000;
    c->backoff_most_ms = most * 1000;
    c->n_profiles = MAX(value_count(list), (size_t)1);
    c->profiles = e == 0 ? arena_alloc(c->mem, c->n_profiles * sizeof(*c->profiles)) : NULL;
    if (e == 0 && !c->profiles)
        e = -ENOMEM;
    for (size_t i = 0; e == 0 && i < c->n_profiles; i++)
        e = profile_of(r, i, value_item(list, i), percentage);
    return e == 0 ? extenders_read(c, value_get(tree, STR("extenders")), r->err) : e;
}

int scheduler_profile_parse(struct sched_profile *out, struct arena *mem, struct str name, const struct value *spec,
                            const struct sched_plugin *plugins, size_t n_plugins, struct err *err)
{
    static const char *const fields[] = {"percentageOfNodesToScore", "plugins", "pluginConfig", NULL};
    struct scheduler_config c = {.mem = mem};
    struct reader r = {&c, plugins, n_plugins, err};
    int64_t percentage = 0;
    sched_profile_default(out, name);
    int e = only(&r, "spec", spec, fields);
    if (e == 0)
        e = number(&r, "spec.percentageOfNodesToScore", value_get(spec, STR("percentageOfNodesToScore")), 0, 100, &percentage);
    out->percentage = (int)percentage;
    if (e == 0)
        e = plugins_of(&r, out, "spec.plugins", value_get(spec, STR("plugins")));
    return e < 0 ? e : args_of(&r, out, "spec", value_get(spec, STR("pluginConfig")));
}

int scheduler_config_parse(struct scheduler_config **out, struct str text, const struct sched_plugin *plugins, size_t n_plugins, struct err *err)
{
    struct scheduler_config *c = mem_alloc(sizeof(*c));
    struct value tree = {0};
    int r = c ? arena_new(&c->mem, CONFIG_BYTES) : -ENOMEM;
    if (r < 0) {
        mem_free(c);
        return err_raise(err, r, "no memory for the scheduler's configuration");
    }
    struct reader reader = {c, plugins, n_plugins, err};
    r = yaml_parse(c->mem, text, NULL, &tree, err);
    if (r == 0)
        r = whole(&reader, &tree);
    if (r == -ENOMEM)
        err_raise(err, r, "no memory for the scheduler's configuration");
    if (r < 0) {
        scheduler_config_free(c);
        return r;
    }
    *out = c;
    return 0;
}

struct scheduler_config *scheduler_config_free(struct scheduler_config *c)
{
    if (!c)
        return NULL;
    arena_free(c->mem);
    return mem_free(c);
}
