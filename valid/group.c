#include "valid/inside.h"

/* scheduling.k8s.io: Workload, PodGroup, CompositePodGroup. */

#define PRIORITY_MOST      1000000000
#define TEMPLATES_MAX      8
#define TEMPLATE_DEPTH_MAX 4
#define CLAIMS_MAX         4
#define NAMES_MAX          4096

static const struct at *const spec_at = &(const struct at){.name = "spec"};

/* ── what comes again and again ── */

/* Exactly one of the members, whose names end with NULL. */
static void one_of(struct judge *j, const struct at *at, const struct value *v, const char *const *members, bool needed)
{
    SCOPED_BUF all = BUF_INIT(0), said = BUF_INIT(0);
    size_t n = 0;
    for (size_t i = 0; members[i]; i++) {
        buf_fmt(&all, "%s`%s`", i ? ", " : "", members[i]);
        if (judge_present(value_get(v, str_of(members[i]))))
            buf_fmt(&said, "%s`%s`", n++ ? ", " : "{", members[i]);
    }
    buf_char(&said, '}');
    struct value bad = value_make_text(n ? str_of(buf_cstr(&said)) : STR(""));
    if (n == 0 && needed)
        judge_fault(j, at, FAULT_INVALID, &bad, "must specify one of: %s", buf_cstr(&all));
    else if (n > 1)
        judge_fault(j, at, FAULT_INVALID, &bad, "must specify exactly one of: %s", buf_cstr(&all));
}

static void at_least_one(struct judge *j, const struct at *up, const struct value *v, const char *field)
{
    int64_t n = value_int_at(v, field, 0);
    if (n < 1)
        judge_invalid_int(j, AT(up, field), n, "must be greater than or equal to 1");
}

static void too_many(struct judge *j, const struct at *at, const struct value *list, size_t most)
{
    struct value n = value_make_int((int64_t)value_count(list));
    if (value_count(list) > most)
        judge_fault(j, at, FAULT_TOO_MANY, &n, "must have at most %zu item%s", most, most == 1 ? "" : "s");
}

static void policy(struct judge *j, const struct at *up, const struct value *v, const char *count)
{
    static const char *const kinds[] = {"basic", "gang", NULL};
    const struct at *at = AT(up, "schedulingPolicy");
    const struct value *p = value_get(v, STR("schedulingPolicy"));
    one_of(j, at, p, kinds, true);
    if (judge_present(value_get(p, STR("gang"))))
        at_least_one(j, AT(at, "gang"), value_get(p, STR("gang")), count);
}

static void constraints(struct judge *j, const struct at *up, const struct value *v)
{
    const struct value *list = value_at(v, "schedulingConstraints.topology");
    const struct at *at = AT(AT(up, "schedulingConstraints"), "topology");
    too_many(j, at, list, 1);
    for (size_t i = 0; i < value_count(list); i++)
        judge_name_field(j, AT_ITEM(at, i), value_item(list, i), "key", true, name_label_key);
}

static void claims(struct judge *j, const struct at *up, const struct value *v)
{
    static const char *const sources[] = {"resourceClaimName", "resourceClaimTemplateName", NULL};
    const struct value *list = value_get(v, STR("resourceClaims"));
    const struct at *at = AT(up, "resourceClaims");
    too_many(j, at, list, CLAIMS_MAX);
    for (size_t i = 0; i < value_count(list); i++) {
        const struct value *one = value_item(list, i);
        const struct at *here = AT_ITEM(at, i);
        judge_name_field(j, here, one, "name", true, name_dns_label);
        one_of(j, here, one, sources, true);
        judge_name_field(j, here, one, "resourceClaimName", false, name_dns_subdomain);
        judge_name_field(j, here, one, "resourceClaimTemplateName", false, name_dns_subdomain);
        for (size_t k = 0; k < i; k++)
            if (str_eq(value_text_at(value_item(list, k), "name"), value_text_at(one, "name"))) {
                judge_duplicate(j, here, value_get(one, STR("name")));
                break;
            }
    }
}

static void disruption(struct judge *j, const struct at *up, const struct value *v)
{
    static const char *const modes[] = {"single", "all", NULL};
    const struct value *mode = value_get(v, STR("disruptionMode"));
    if (judge_present(mode))
        one_of(j, AT(up, "disruptionMode"), mode, modes, true);
}

static void priority(struct judge *j, const struct at *up, const struct value *v)
{
    static const char *const policies[] = {"Never", "PreemptLowerPriority", NULL};
    int64_t n = value_int_at(v, "priority", 0);
    judge_name_field(j, up, v, "priorityClassName", false, name_dns_subdomain);
    if (n > PRIORITY_MOST)
        judge_invalid_int(j, AT(up, "priority"), n, "must be less than or equal to 1000000000");
    judge_one_of(j, AT(up, "preemptionPolicy"), value_get(v, STR("preemptionPolicy")), false, policies);
}

/* ── groups ── */

static void frozen(struct judge *j, const struct value *now, const struct value *old, const char *const *fields)
{
    for (size_t i = 0; fields[i]; i++)
        judge_immutable(j, AT(spec_at, fields[i]), value_get(now, str_of(fields[i])), value_get(old, str_of(fields[i])));
}

/* Of the policy only a gang's number may change. */
static void same_policy(struct judge *j, const struct value *now, const struct value *old)
{
    static const char *const kinds[] = {"basic", "gang"};
    for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
        const struct value *a = value_get(value_get(now, STR("schedulingPolicy")), str_of(kinds[i]));
        const struct value *b = value_get(value_get(old, STR("schedulingPolicy")), str_of(kinds[i]));
        const struct at *at = AT(AT(spec_at, "schedulingPolicy"), kinds[i]);
        if (judge_present(a) && !judge_present(b))
            judge_invalid(j, at, a, "field cannot be set once created");
        else if (!judge_present(a) && judge_present(b))
            judge_invalid(j, at, a, "field cannot be cleared once set");
    }
}

static void workload_ref(struct judge *j, const struct value *spec, bool needed)
{
    const struct value *ref = value_get(spec, STR("workloadRef"));
    const struct at *at = AT(spec_at, "workloadRef");
    if (judge_present(ref)) {
        judge_name_field(j, at, ref, "workloadName", true, name_dns_subdomain);
        judge_name_field(j, at, ref, "templateName", true, name_dns_label);
    } else if (needed) {
        judge_required(j, at, "");
    } else if (value_text_at(spec, "parentCompositePodGroupName").n) {
        judge_required(j, at, "must be set when parentCompositePodGroupName is set");
    }
}

static bool open_object(const struct judging *w)
{
    const struct value *meta = value_at(w->now, "metadata");
    if (w->old)
        judge_meta_update(w->j, meta, value_at(w->old, "metadata"));
    else
        judge_meta(w->j, meta, true, name_dns_subdomain);
    if (!str_is(w->sub, "status"))
        return true;
    judge_conditions(w->j, AT(&(const struct at){.name = "status"}, "conditions"), value_at(w->now, "status.conditions"));
    return false;
}

static void claim_statuses(const struct judging *w)
{
    const struct value *list = value_at(w->now, "status.resourceClaimStatuses"), *known = value_at(w->now, "spec.resourceClaims");
    const struct at *at = AT(&(const struct at){.name = "status"}, "resourceClaimStatuses");
    too_many(w->j, at, list, CLAIMS_MAX);
    for (size_t i = 0; i < value_count(list); i++) {
        struct str name = value_text_at(value_item(list, i), "name");
        bool found = false;
        VALUE_EACH_ITEM (c, known)
            found = found || str_eq(value_text_at(c, "name"), name);
        if (!found)
            judge_invalid_text(w->j, AT(AT_ITEM(at, i), "name"), name, "must match the name of an entry in `spec.resourceClaims`");
    }
}

static void group(const struct judging *w, bool composite)
{
    static const char *const fields[] = {"parentCompositePodGroupName",
                                         "workloadRef",
                                         "schedulingConstraints",
                                         "resourceClaims",
                                         "disruptionMode",
                                         "priorityClassName",
                                         "priority",
                                         "preemptionPolicy",
                                         NULL};
    struct judge *j = w->j;
    const struct value *spec = value_at(w->now, "spec"), *old = value_at(w->old, "spec");
    if (!open_object(w)) {
        if (!composite)
            claim_statuses(w);
        return;
    }
    judge_name_field(j, spec_at, spec, "parentCompositePodGroupName", false, name_dns_subdomain);
    workload_ref(j, spec, composite);
    policy(j, spec_at, spec, composite ? "minGroupCount" : "minCount");
    constraints(j, spec_at, spec);
    claims(j, spec_at, spec);
    disruption(j, spec_at, spec);
    priority(j, spec_at, spec);
    if (!w->old)
        return;
    frozen(j, spec, old, fields);
    if (composite)
        judge_immutable(j, AT(spec_at, "schedulingPolicy"), value_get(spec, STR("schedulingPolicy")), value_get(old, STR("schedulingPolicy")));
    else
        same_policy(j, spec, old);
}

void judge_pod_group(const struct judging *w)
{
    group(w, false);
}

void judge_composite_pod_group(const struct judging *w)
{
    group(w, true);
}

/* ── workloads ── */

struct templates { /* what is gathered on the way down */
    struct judge *j;
    struct str names[NAMES_MAX];
    size_t n;
    bool any, mixed;
    struct str class_name;
    const struct value *priority;
};

static void gather_name(struct templates *t, const struct at *at, struct str name)
{
    for (size_t i = 0; i < t->n; i++)
        if (str_eq(t->names[i], name)) {
            judge_duplicate_text(t->j, AT(at, "name"), name);
            return;
        }
    if (t->n < NAMES_MAX)
        t->names[t->n++] = name;
}

static void gather_priority(struct templates *t, const struct value *v)
{
    struct str name = value_text_at(v, "priorityClassName");
    const struct value *n = value_get(v, STR("priority"));
    if (!t->any) {
        t->any = true;
        t->class_name = name;
        t->priority = n;
        return;
    }
    t->mixed =
        t->mixed || !str_eq(name, t->class_name) || judge_present(n) != judge_present(t->priority) || value_int(n, 0) != value_int(t->priority, 0);
}

static void template(struct templates *t, const struct at *at, const struct value *v, const char *count)
{
    judge_name_field(t->j, at, v, "name", true, name_dns_label);
    gather_name(t, at, value_text_at(v, "name"));
    gather_priority(t, v);
    policy(t->j, at, v, count);
    constraints(t->j, at, v);
    claims(t->j, at, v);
    disruption(t->j, at, v);
    priority(t->j, at, v);
}

static void pod_templates(struct templates *t, const struct at *up, const struct value *v)
{
    const struct value *list = value_get(v, STR("podGroupTemplates"));
    const struct at *at = AT(up, "podGroupTemplates");
    too_many(t->j, at, list, TEMPLATES_MAX);
    for (size_t i = 0; i < value_count(list) && i <= TEMPLATES_MAX; i++)
        template(t, AT_ITEM(at, i), value_item(list, i), "minCount");
}

static void composite_templates(struct templates *t, const struct at *up, const struct value *v, int depth)
{
    const struct value *list = value_get(v, STR("compositePodGroupTemplates"));
    const struct at *at = AT(up, "compositePodGroupTemplates");
    too_many(t->j, at, list, TEMPLATES_MAX);
    for (size_t i = 0; i < value_count(list) && i <= TEMPLATES_MAX; i++) {
        const struct value *one = value_item(list, i);
        const struct at *here = AT_ITEM(at, i);
        if (depth > TEMPLATE_DEPTH_MAX - 1) {
            judge_invalid(t->j, here, value_get(one, STR("name")), "maximum template hierarchy depth is 4");
            return;
        }
        template(t, here, one, "minGroupCount");
        if (value_count(value_get(one, STR("podGroupTemplates"))) + value_count(value_get(one, STR("compositePodGroupTemplates"))) == 0)
            judge_invalid(t->j, here, value_get(one, STR("name")), "must have at least one child PodGroupTemplate or CompositePodGroupTemplate");
        pod_templates(t, here, one);
        composite_templates(t, here, one, depth + 1);
    }
}

static const struct value *named(const struct value *list, struct str name)
{
    VALUE_EACH_ITEM (one, list)
        if (str_eq(value_text_at(one, "name"), name))
            return one;
    return NULL;
}

/* Templates are neither added nor removed nor changed, but for a gang's number. */
static void same_templates(struct judge *j, const struct at *up, const struct value *now, const struct value *old, const char *field)
{
    const struct value *a = value_get(now, str_of(field)), *b = value_get(old, str_of(field));
    static const char *const fields[] = {"schedulingConstraints",     "resourceClaims", "disruptionMode",
                                         "priorityClassName",         "priority",       "preemptionPolicy",
                                         "compositePodGroupTemplates"};
    const struct at *at = AT(up, field);
    for (size_t i = 0; i < value_count(a); i++) {
        const struct value *one = value_item(a, i), *was = named(b, value_text_at(one, "name"));
        if (!was) {
            judge_invalid(j, AT_ITEM(at, i), value_get(one, STR("name")), "items may not be added once created");
            continue;
        }
        for (size_t k = 0; k < ARRAY_LEN(fields); k++)
            judge_immutable(j, AT(AT_ITEM(at, i), fields[k]), value_get(one, str_of(fields[k])), value_get(was, str_of(fields[k])));
    }
    VALUE_EACH_ITEM (one, b)
        if (!named(a, value_text_at(one, "name")))
            judge_invalid(j, at, value_get(one, STR("name")), "items may not be removed once created");
}

void judge_workload(const struct judging *w)
{
    static const char *const lists[] = {"podGroupTemplates", "compositePodGroupTemplates", NULL};
    struct templates *t = mem_alloc(sizeof(*t));
    struct judge *j = w->j;
    const struct value *spec = value_at(w->now, "spec"), *ref = value_at(spec, "controllerRef");
    open_object(w);
    size_t n = (value_count(value_get(spec, str_of(lists[0]))) > 0) + (value_count(value_get(spec, str_of(lists[1]))) > 0);
    struct value none = value_make_text(STR(""));
    if (n != 1)
        judge_fault(j, spec_at, FAULT_INVALID, &none, n ? "must specify exactly one of: %s" : "must specify one of: %s",
                    "`podGroupTemplates`, `compositePodGroupTemplates`");
    if (judge_present(ref)) {
        const struct at *at = AT(spec_at, "controllerRef");
        judge_name_field(j, at, ref, "apiGroup", false, name_dns_subdomain);
        judge_name_field(j, at, ref, "kind", true, name_path_segment);
        judge_name_field(j, at, ref, "name", true, name_path_segment);
    }
    if (t) { /* without memory the templates' names go unjudged */
        t->j = j;
        pod_templates(t, spec_at, spec);
        composite_templates(t, spec_at, spec, 1);
        if (t->mixed)
            judge_invalid(j, spec_at, NULL,
                          judge_present(value_get(spec, str_of(lists[1])))
                              ? "all priority and priorityClassName values must be identical, detected multiple values"
                              : "detected multiple priority configurations");
    }
    mem_free(t);
    if (!w->old)
        return;
    judge_immutable(j, AT(spec_at, "controllerRef"), ref, value_at(w->old, "spec.controllerRef"));
    for (size_t i = 0; lists[i]; i++)
        same_templates(j, spec_at, spec, value_at(w->old, "spec"), lists[i]);
}
