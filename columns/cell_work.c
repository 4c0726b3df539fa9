#include "columns/inside.h"
#include "selector/selector.h"

int cell_ready_of(struct cells *c, struct value *out)
{
    return cell_text(c, out, "%lld/%lld", (long long)value_int_at(c->tree, "status.readyReplicas", 0),
                     (long long)value_int_at(c->tree, "spec.replicas", 0));
}

int cell_deployment_selector(struct cells *c, struct value *out)
{
    struct selector *s;
    int r = selector_from_tree(c->arena, value_at(c->tree, "spec.selector"), &s, NULL);
    if (r == -ENOMEM)
        return r;
    if (r < 0)
        return cell_text(c, out, "<invalid>");
    SCOPED_BUF b = BUF_INIT(0);
    selector_print(s, &b);
    return cell_buf(c, out, &b);
}

/* ── jobs ── */
int cell_job_status(struct cells *c, struct value *out)
{
    struct value *conditions = value_at(c->tree, "status.conditions");
    const char *status = "Running";
    if (cell_condition(conditions, "Complete", "True"))
        status = "Complete";
    else if (cell_condition(conditions, "Failed", "True"))
        status = "Failed";
    else if (!value_is_null(value_at(c->tree, "metadata.deletionTimestamp")))
        status = "Terminating";
    else if (cell_condition(conditions, "Suspended", "True"))
        status = "Suspended";
    else if (cell_condition(conditions, "FailureTarget", "True"))
        status = "FailureTarget";
    return cell_text(c, out, "%s", status);
}

int cell_job_completions(struct cells *c, struct value *out)
{
    long long done = value_int_at(c->tree, "status.succeeded", 0);
    long long parallel = value_int_at(c->tree, "spec.parallelism", 0);
    struct value *wanted = value_at(c->tree, "spec.completions");
    if (!value_is_null(wanted))
        return cell_text(c, out, "%lld/%lld", done, (long long)value_int(wanted, 0));
    if (parallel > 1)
        return cell_text(c, out, "%lld/1 of %lld", done, parallel);
    return cell_text(c, out, "%lld/1", done);
}

int cell_job_duration(struct cells *c, struct value *out)
{
    int64_t from, to = c->now;
    char text[32];
    if (!cell_time(value_at(c->tree, "status.startTime"), &from))
        return cell_text(c, out, "%s", "");
    (void)cell_time(value_at(c->tree, "status.completionTime"), &to);
    columns_duration(to - from, text);
    return cell_text(c, out, "%s", text);
}

int cell_cron_last(struct cells *c, struct value *out)
{
    struct value *last = value_at(c->tree, "status.lastScheduleTime");
    char text[32];
    if (value_is_null(last))
        return cell_text(c, out, "<none>");
    cell_since(c, last, text);
    return cell_text(c, out, "%s", text);
}

static void lower_put(struct buf *b, struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        buf_char(b, (char)(s.p[i] >= 'A' && s.p[i] <= 'Z' ? s.p[i] + 32 : s.p[i]));
}

int cell_revision_controller(struct cells *c, struct value *out)
{
    struct value *list = value_at(c->tree, "metadata.ownerReferences");
    VALUE_EACH_ITEM (o, list) {
        struct str group, version, api = value_text_at(o, "apiVersion");
        if (!value_bool_at(o, "controller", false))
            continue;
        SCOPED_BUF b = BUF_INIT(0);
        lower_put(&b, value_text_at(o, "kind"));
        if (str_cut(api, '/', &group, &version)) {
            buf_char(&b, '.');
            lower_put(&b, group);
        }
        buf_char(&b, '/');
        buf_str(&b, value_text_at(o, "name"));
        return cell_buf(c, out, &b);
    }
    return cell_text(c, out, "<none>");
}

/* ── autoscalers ── */
int cell_hpa_reference(struct cells *c, struct value *out)
{
    return cell_text(c, out, "%.*s/%.*s", STR_FMT(value_text_at(c->tree, "spec.scaleTargetRef.kind")),
                     STR_FMT(value_text_at(c->tree, "spec.scaleTargetRef.name")));
}

static void put_or(struct buf *b, const struct value *v, const char *otherwise)
{
    if (v && v->type == VALUE_INT)
        buf_fmt(b, "%lld%%", (long long)v->integer);
    else if (v && v->type == VALUE_TEXT)
        buf_str(b, v->text);
    else
        buf_text(b, otherwise);
}

static void metric_put(struct buf *b, const struct value *spec, const struct value *status)
{
    static const struct {
        const char *type, *member;
        bool named; /* "cpu: …" */
    } types[] = {{"External", "external", false},
                 {"Pods", "pods", false},
                 {"Object", "object", false},
                 {"Resource", "resource", true},
                 {"ContainerResource", "containerResource", true}};
    size_t t = 0;
    while (t < ARRAY_LEN(types) && !str_is(value_text_at(spec, "type"), types[t].type))
        t++;
    if (t == ARRAY_LEN(types)) {
        buf_text(b, "<unknown type>");
        return;
    }
    const struct value *want = value_at(spec, types[t].member), *have = value_at(status, types[t].member);
    const struct value *average = value_at(want, "target.averageValue");
    if (types[t].named)
        buf_fmt(b, "%.*s: ", STR_FMT(value_text_at(want, "name")));
    if (!value_is_null(average)) {
        put_or(b, value_at(have, "current.averageValue"), "<unknown>");
        buf_char(b, '/');
        put_or(b, average, "0");
        buf_text(b, types[t].named || t == 1 ? "" : " (avg)");
    } else if (types[t].named) {
        put_or(b, value_at(have, "current.averageUtilization"), "<unknown>");
        buf_char(b, '/');
        put_or(b, value_at(want, "target.averageUtilization"), "<auto>");
    } else {
        put_or(b, value_at(have, "current.value"), "<unknown>");
        buf_char(b, '/');
        put_or(b, value_at(want, "target.value"), "0");
    }
}

int cell_hpa_targets(struct cells *c, struct value *out)
{
    struct value *specs = value_at(c->tree, "spec.metrics"), *statuses = value_at(c->tree, "status.currentMetrics");
    size_t n = value_count(specs);
    SCOPED_BUF b = BUF_INIT(0);
    if (str_is(value_text_at(c->tree, "apiVersion"), "autoscaling/v1")) {
        buf_text(&b, "cpu: ");
        put_or(&b, value_at(c->tree, "status.currentCPUUtilizationPercentage"), "<unknown>");
        buf_char(&b, '/');
        put_or(&b, value_at(c->tree, "spec.targetCPUUtilizationPercentage"), "<auto>");
        return cell_buf(c, out, &b);
    }
    if (n == 0)
        return cell_text(c, out, "<none>");
    for (size_t i = 0; i < MIN(n, 2); i++) {
        buf_text(&b, i ? ", " : "");
        metric_put(&b, value_item(specs, i), value_item(statuses, i));
    }
    if (n > 2)
        buf_fmt(&b, " + %zu more...", n - 2);
    return cell_buf(c, out, &b);
}

/* ── quotas ── */
static int member_cmp(const void *a, const void *b)
{
    const struct value_member *const *x = a, *const *y = b;
    return str_cmp((*x)->key, (*y)->key);
}

static int quota(struct cells *c, bool limits, struct value *out)
{
    struct value *hard = value_at(c->tree, "status.hard"), *used = value_at(c->tree, "status.used");
    size_t n = value_count(hard);
    struct value_member **sorted = arena_alloc(c->arena, MAX(n, 1) * sizeof(struct value_member *));
    if (!sorted)
        return -ENOMEM;
    for (size_t i = 0; i < n; i++)
        sorted[i] = &value_members(hard)[i];
    if (n)
        qsort(sorted, n, sizeof(struct value_member *), member_cmp);
    SCOPED_BUF b = BUF_INIT(0);
    for (size_t i = 0; i < n; i++) {
        if (str_starts(sorted[i]->key, STR("limits.")) != limits)
            continue;
        struct str now = value_text(value_get(used, sorted[i]->key));
        buf_fmt(&b, "%s%.*s: %.*s/%.*s", b.n ? ", " : "", STR_FMT(sorted[i]->key), STR_FMT(now.n ? now : STR("0")),
                STR_FMT(value_text(&sorted[i]->value)));
    }
    return cell_buf(c, out, &b);
}

int cell_quota_requests(struct cells *c, struct value *out)
{
    return quota(c, false, out);
}

int cell_quota_limits(struct cells *c, struct value *out)
{
    return quota(c, true, out);
}

/* ── events: core ones and those of events.k8s.io, which name things anew ── */
static struct value *event_at(const struct cells *c, const char *core, const char *fresh)
{
    struct value *v = value_at(c->tree, core);
    return value_is_null(v) ? value_at(c->tree, fresh) : v;
}

static void first_seen(const struct cells *c, char out[32])
{
    struct value *first = event_at(c, "firstTimestamp", "deprecatedFirstTimestamp");
    cell_since(c, value_is_null(first) ? value_at(c->tree, "eventTime") : first, out);
}

int cell_event_first(struct cells *c, struct value *out)
{
    char text[32];
    first_seen(c, text);
    return cell_text(c, out, "%s", text);
}

int cell_event_last(struct cells *c, struct value *out)
{
    char text[32];
    struct value *last = event_at(c, "lastTimestamp", "deprecatedLastTimestamp"), *series = value_at(c->tree, "series");
    if (!value_is_null(series))
        cell_since(c, value_at(series, "lastObservedTime"), text);
    else if (!value_is_null(last))
        cell_since(c, last, text);
    else
        first_seen(c, text);
    return cell_text(c, out, "%s", text);
}

int cell_event_object(struct cells *c, struct value *out)
{
    struct value *o = event_at(c, "involvedObject", "regarding");
    SCOPED_BUF b = BUF_INIT(0);
    lower_put(&b, value_text_at(o, "kind"));
    if (value_text_at(o, "name").n) {
        buf_char(&b, '/');
        buf_str(&b, value_text_at(o, "name"));
    }
    return cell_buf(c, out, &b);
}

int cell_event_source(struct cells *c, struct value *out)
{
    struct value *source = event_at(c, "source", "deprecatedSource");
    struct str component = value_text_at(source, "component"), host = value_text_at(source, "host");
    if (component.n == 0)
        component = value_text(event_at(c, "reportingComponent", "reportingController"));
    if (host.n == 0)
        host = value_text_at(c->tree, "reportingInstance");
    if (host.n == 0)
        return cell_text(c, out, "%.*s", STR_FMT(component));
    return cell_text(c, out, "%.*s, %.*s", STR_FMT(component), STR_FMT(host));
}

int cell_event_message(struct cells *c, struct value *out)
{
    return cell_text(c, out, "%.*s", STR_FMT(str_trim(value_text(event_at(c, "message", "note")))));
}

int cell_event_count(struct cells *c, struct value *out)
{
    struct value *series = value_at(c->tree, "series");
    int64_t n = value_int(event_at(c, "count", "deprecatedCount"), 0);
    if (!value_is_null(series))
        n = value_int_at(series, "count", 0);
    else if (n == 0)
        n = 1;
    *out = value_make_int(n);
    return 0;
}
