#include "queues/inside.h"

/* Between v1beta1 and v1beta2: fields that were renamed, values that were, and three that changed their shape. What only the newer one can say
 * is lost in the older one, and what only the older one has (flavors in a LocalQueue's status, retryDelayMinutes) is dropped. */

struct moving {
    struct arena *a;
    struct value *object;
    bool newer; /* to v1beta2 */
    int r;
};

static const struct {
    const char *kind, *older, *newer;
} names[] = {{"ClusterQueue", "spec.cohort", "spec.cohortName"},
             {"LocalQueue", "status.flavorUsage", "status.flavorsUsage"},
             {"Workload", "status.accumulatedPastExexcutionTimeSeconds", "status.accumulatedPastExecutionTimeSeconds"}};
static const struct {
    const char *path, *older, *newer;
} words[] = {{"spec.flavorFungibility.whenCanBorrow", "Borrow", "MayStopSearch"},
             {"spec.flavorFungibility.whenCanPreempt", "Preempt", "MayStopSearch"}};

static void take_out(struct value *object, const char *path)
{
    struct str above, name;
    if (!str_cut_last(str_of(path), '.', &above, &name))
        return;
    char text[128];
    int n = snprintf(text, sizeof(text), "%.*s", STR_FMT(above));
    if (n > 0 && (size_t)n < sizeof(text))
        value_del(value_at(object, text), name);
}

static void rename_field(struct moving *m, const char *older, const char *newer)
{
    const char *from = m->newer ? older : newer, *to = m->newer ? newer : older;
    const struct value *is = value_at(m->object, from);
    if (!is)
        return;
    struct value moved = *is;
    take_out(m->object, from);
    VALUE_SET(&m->r, m->a, m->object, to, moved);
}

/* Names alone became checks that may be for some flavors only. */
static void checks(struct moving *m)
{
    const struct value *plain = value_at(m->object, "spec.admissionChecks");
    struct value list = value_make_list();
    if (!m->newer || !value_count(plain) || value_at(m->object, "spec.admissionChecksStrategy"))
        return;
    VALUE_EACH_ITEM (name, plain) {
        struct value one = value_make_map();
        VALUE_SET(&m->r, m->a, &one, "name", *name);
        if (!value_add(m->a, &list, one))
            m->r = -ENOMEM;
    }
    VALUE_SET(&m->r, m->a, m->object, "spec.admissionChecksStrategy.admissionChecks", list);
}

static void priority(struct moving *m)
{
    struct value *spec = value_at(m->object, "spec");
    struct str name = value_text_at(spec, m->newer ? "priorityClassName" : "priorityClassRef.name");
    if (!name.n)
        return;
    if (m->newer) {
        bool pods = str_is(value_text_at(spec, "priorityClassSource"), "scheduling.k8s.io/priorityclass");
        VALUE_SET(&m->r, m->a, spec, "priorityClassRef.group", value_make_text(pods ? STR("scheduling.k8s.io") : STR(GROUP)));
        VALUE_SET(&m->r, m->a, spec, "priorityClassRef.kind", value_make_text(pods ? STR("PriorityClass") : STR("WorkloadPriorityClass")));
        VALUE_SET(&m->r, m->a, spec, "priorityClassRef.name", value_make_text(name));
        return;
    }
    bool pods = str_is(value_text_at(spec, "priorityClassRef.group"), "scheduling.k8s.io");
    VALUE_SET(&m->r, m->a, spec, "priorityClassSource",
              value_make_text(pods ? STR("scheduling.k8s.io/priorityclass") : STR(GROUP "/workloadpriorityclass")));
    VALUE_SET(&m->r, m->a, spec, "priorityClassName", value_make_text(name));
}

/* ── where pods of a set are to run: domains one by one, or slices that share what is the same ── */

static struct value slice_of(struct moving *m, const struct value *domains, size_t levels)
{
    struct value slice = value_make_map(), counts = value_make_list(), per_level = value_make_list();
    for (size_t i = 0; i < levels; i++) {
        struct value roots = value_make_list(), one = value_make_map();
        VALUE_EACH_ITEM (d, domains) {
            const struct value *x = value_item(value_get(d, STR("values")), i);
            if (!value_add(m->a, &roots, x ? *x : value_make_text(STR(""))))
                m->r = -ENOMEM;
        }
        VALUE_SET(&m->r, m->a, &one, "individual.roots", roots);
        if (!value_add(m->a, &per_level, one))
            m->r = -ENOMEM;
    }
    VALUE_EACH_ITEM (d, domains)
        if (!value_add(m->a, &counts, value_make_int(value_int_at(d, "count", 1))))
            m->r = -ENOMEM;
    VALUE_SET(&m->r, m->a, &slice, "domainCount", value_make_int((int64_t)value_count(domains)));
    VALUE_SET(&m->r, m->a, &slice, "podCounts.individual", counts);
    VALUE_SET(&m->r, m->a, &slice, "valuesPerLevel", per_level);
    return slice;
}

static struct value value_in_slice(struct moving *m, const struct value *level, size_t i)
{
    const struct value *same = value_get(level, STR("universal")), *own = value_get(level, STR("individual"));
    if (same)
        return *same;
    struct str text = arena_fmt(m->a, "%.*s%.*s%.*s", STR_FMT(value_text_at(own, "prefix")),
                                STR_FMT(value_text(value_item(value_get(own, STR("roots")), i))), STR_FMT(value_text_at(own, "suffix")));
    if (!text.p)
        m->r = -ENOMEM;
    return value_make_text(text);
}

static void add_domains(struct moving *m, const struct value *slice, struct value *domains)
{
    int64_t n = value_int_at(slice, "domainCount", 0);
    const struct value *each = value_at(slice, "podCounts.individual");
    for (int64_t i = 0; i < n && i < 100000 && m->r == 0; i++) {
        struct value d = value_make_map(), values = value_make_list();
        VALUE_EACH_ITEM (level, value_get(slice, STR("valuesPerLevel")))
            if (!value_add(m->a, &values, value_in_slice(m, level, (size_t)i)))
                m->r = -ENOMEM;
        int64_t count = each ? value_int(value_item(each, (size_t)i), 1) : value_int_at(slice, "podCounts.universal", 1);
        VALUE_SET(&m->r, m->a, &d, "values", values);
        VALUE_SET(&m->r, m->a, &d, "count", value_make_int(count));
        if (!value_add(m->a, domains, d))
            m->r = -ENOMEM;
    }
}

static void placements(struct moving *m)
{
    VALUE_EACH_ITEM (set, value_at(m->object, "status.admission.podSetAssignments")) {
        struct value *t = value_get(set, STR("topologyAssignment")), list = value_make_list();
        const struct value *domains = value_get(t, STR("domains")), *slices = value_get(t, STR("slices"));
        if (m->newer && domains) {
            if (value_count(domains) && !value_add(m->a, &list, slice_of(m, domains, value_count(value_get(t, STR("levels"))))))
                m->r = -ENOMEM;
            VALUE_SET(&m->r, m->a, t, "slices", list);
        } else if (!m->newer && slices) {
            VALUE_EACH_ITEM (s, slices)
                add_domains(m, s, &list);
            VALUE_SET(&m->r, m->a, t, "domains", list);
        }
    }
}

int queues_convert(struct arena *a, struct str kind, struct str version, struct value *object)
{
    struct moving m = {a, object, str_is(version, "v1beta2"), 0};
    for (size_t i = 0; i < ARRAY_LEN(names); i++)
        if (str_is(kind, names[i].kind))
            rename_field(&m, names[i].older, names[i].newer);
    for (size_t i = 0; str_is(kind, "ClusterQueue") && i < ARRAY_LEN(words); i++)
        if (str_is(value_text_at(object, words[i].path), m.newer ? words[i].older : words[i].newer))
            VALUE_SET(&m.r, a, object, words[i].path, value_make_text(str_of(m.newer ? words[i].newer : words[i].older)));
    if (str_is(kind, "ClusterQueue"))
        checks(&m);
    if (str_is(kind, "Workload")) {
        priority(&m);
        placements(&m);
    }
    return m.r;
}
