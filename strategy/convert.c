/* Versions of one resource that differ in more than their name: Event, HorizontalPodAutoscaler. All others are
 * relabelled; what a version does not know is dropped by object_conform(). */
#include "json/json.h"
#include "strategy/strategy.h"

static int move(struct arena *a, struct value *v, const char *from, const char *to)
{
    struct value *at = value_get(v, str_of(from));
    if (!at)
        return 0;
    struct value held = *at;
    value_del(v, str_of(from));
    if (value_is_null(&held))
        return 0;
    return value_put(a, v, to, held) ? 0 : -ENOMEM;
}

struct rename {
    const char *old, *new;
};
static const struct rename event_names[] = {
    /* core → events.k8s.io */
    {"involvedObject", "regarding"},
    {"message", "note"},
    {"reportingComponent", "reportingController"},
    {"firstTimestamp", "deprecatedFirstTimestamp"},
    {"lastTimestamp", "deprecatedLastTimestamp"},
    {"count", "deprecatedCount"},
    {"source", "deprecatedSource"},
};

static int convert_event(struct arena *a, bool to_core, struct value *v)
{
    for (size_t i = 0; i < ARRAY_LEN(event_names); i++) {
        const struct rename *n = &event_names[i];
        int r = move(a, v, to_core ? n->new : n->old, to_core ? n->old : n->new);
        if (r < 0)
            return r;
    }
    return 0;
}

/* ── HorizontalPodAutoscaler: v1 knows one metric; v2's others travel in annotations ── */
#define HPA_METRICS    "autoscaling.alpha.kubernetes.io/metrics"
#define HPA_STATUS     "autoscaling.alpha.kubernetes.io/current-metrics"
#define HPA_CONDITIONS "autoscaling.alpha.kubernetes.io/conditions"
#define HPA_BEHAVIOR   "autoscaling.alpha.kubernetes.io/behavior"

static bool is_cpu(const struct value *metric, bool status)
{
    if (!str_is(value_text_at(metric, "type"), "Resource") || !str_is(value_text_at(metric, "resource.name"), "cpu"))
        return false;
    return value_at(metric, status ? "resource.current.averageUtilization" : "resource.target.averageUtilization") != NULL;
}

static int annotate(struct arena *a, struct value *v, const char *key, const struct value *what)
{
    SCOPED_BUF b = BUF_INIT(256 * 1024);
    struct str text;
    json_print(&b, what);
    int r = buf_error(&b);
    if (r == 0)
        r = arena_str(a, buf_view(&b), &text);
    if (r < 0)
        return r;
    struct value *notes = value_at(v, "metadata.annotations");
    if (!notes)
        notes = value_put(a, v, "metadata.annotations", value_make_map());
    return notes && value_set(a, notes, str_of(key), value_make_text(text)) ? 0 : -ENOMEM;
}

/* Takes the CPU percentage out of a v2 metric list; the rest goes into an annotation. */
static int metrics_down(struct arena *a, struct value *v, const char *outer, const char *list, bool status, const char *out, const char *note)
{
    struct value *metrics = value_get(value_at(v, outer), str_of(list));
    struct value rest = value_make_list();
    bool found = false;
    if (!metrics)
        return 0;
    VALUE_EACH_ITEM (m, metrics) {
        if (!found && is_cpu(m, status)) {
            int64_t percent = value_int_at(m, status ? "resource.current.averageUtilization" : "resource.target.averageUtilization", 0);
            found = true;
            if (!value_put(a, v, out, value_make_int(percent)))
                return -ENOMEM;
        } else if (!value_add(a, &rest, *m)) {
            return -ENOMEM;
        }
    }
    value_del(value_at(v, outer), str_of(list));
    return value_count(&rest) ? annotate(a, v, note, &rest) : 0;
}

static int hpa_down(struct arena *a, struct value *v)
{
    int r = metrics_down(a, v, "spec", "metrics", false, "spec.targetCPUUtilizationPercentage", HPA_METRICS);
    if (r == 0)
        r = metrics_down(a, v, "status", "currentMetrics", true, "status.currentCPUUtilizationPercentage", HPA_STATUS);
    struct value *behavior = value_at(v, "spec.behavior"), *conditions = value_at(v, "status.conditions");
    if (r == 0 && behavior && !value_is_null(behavior))
        r = annotate(a, v, HPA_BEHAVIOR, behavior);
    if (r == 0 && value_count(conditions))
        r = annotate(a, v, HPA_CONDITIONS, conditions);
    if (value_at(v, "spec"))
        value_del(value_at(v, "spec"), STR("behavior"));
    if (value_at(v, "status"))
        value_del(value_at(v, "status"), STR("conditions"));
    return r;
}

static int unannotate(struct arena *a, struct value *v, const char *key, const char *path)
{
    struct value *notes = value_at(v, "metadata.annotations");
    struct value *note = value_get(notes, str_of(key)), tree = {0};
    if (!note)
        return 0;
    int r = json_parse(a, value_text(note), &tree, NULL);
    value_del(notes, str_of(key));
    if (r == -ENOMEM)
        return r;
    return r < 0 || value_put(a, v, path, tree) ? 0 : -ENOMEM; /* a broken annotation is dropped, as upstream */
}

static int metric_up(struct arena *a, struct value *v, const char *outer, const char *number, const char *list, bool status)
{
    struct value *at = value_get(value_at(v, outer), str_of(number)), metric = value_make_map(), *metrics;
    int r = 0;
    if (!at || value_is_null(at))
        return 0;
    struct value percent = *at;
    VALUE_SET(&r, a, &metric, "type", value_make_text(STR("Resource")));
    VALUE_SET(&r, a, &metric, "resource.name", value_make_text(STR("cpu")));
    if (!status)
        VALUE_SET(&r, a, &metric, "resource.target.type", value_make_text(STR("Utilization")));
    VALUE_SET(&r, a, &metric, status ? "resource.current.averageUtilization" : "resource.target.averageUtilization", percent);
    value_del(value_at(v, outer), str_of(number));
    metrics = value_get(value_at(v, outer), str_of(list));
    if (!metrics)
        metrics = value_set(a, value_at(v, outer), str_of(list), value_make_list());
    return r < 0 ? r : metrics && value_add(a, metrics, metric) ? 0 : -ENOMEM;
}

static int hpa_up(struct arena *a, struct value *v)
{
    int r = unannotate(a, v, HPA_METRICS, "spec.metrics");
    if (r == 0)
        r = unannotate(a, v, HPA_BEHAVIOR, "spec.behavior");
    if (r == 0)
        r = unannotate(a, v, HPA_STATUS, "status.currentMetrics");
    if (r == 0)
        r = unannotate(a, v, HPA_CONDITIONS, "status.conditions");
    if (r == 0)
        r = metric_up(a, v, "spec", "targetCPUUtilizationPercentage", "metrics", false);
    return r < 0 ? r : metric_up(a, v, "status", "currentCPUUtilizationPercentage", "currentMetrics", true);
}

bool strategy_converts(const struct schema_kind *from, const struct schema_kind *to)
{
    return from != to;
}

static int relabel(struct arena *a, const struct schema_kind *to, struct value *v, struct err *err)
{
    if (!value_set(a, v, STR("kind"), value_make_text(to->name)) || !value_set(a, v, STR("apiVersion"), value_make_text(to->api_version)))
        return -ENOMEM;
    return object_conform(a, to, v, NULL, err);
}

int strategy_convert(struct arena *a, const struct schema_kind *from, const struct schema_kind *to, const struct value *in, struct value *out,
                     struct err *err)
{
    if (from == to) {
        *out = *in;
        return 0;
    }
    int r = value_copy(a, in, out);
    if (r < 0)
        return err_raise(err, r, "no memory for a conversion");
    bool renamed = !str_eq(from->group, to->group);
    if (renamed && str_is(to->name, "Event"))
        r = convert_event(a, !to->group.n, out);
    else if (str_is(to->group, "autoscaling") && str_is(to->name, "HorizontalPodAutoscaler"))
        r = str_is(to->version, "v1") ? hpa_down(a, out) : str_is(from->version, "v1") ? hpa_up(a, out) : 0;
    return r < 0 ? err_raise(err, r, "no memory for a conversion") : relabel(a, to, out, err);
}
