#include "columns/inside.h"

/* What one look at a pod's containers tells: upstream's printPod, taken apart. */
struct pod_look {
    struct value *spec, *status;
    char reason[128]; /* STATUS */
    int64_t total, ready, restarts, init_restarts;
    int64_t last_restart, last_init_restart; /* 0: never */
    bool initializing;
};

static void reason_set(struct pod_look *p, const char *prefix, struct str reason)
{
    snprintf(p->reason, sizeof(p->reason), "%s%.*s", prefix, STR_FMT(reason));
}

static struct value *init_of(const struct pod_look *p, struct str name)
{
    struct value *list = value_at(p->spec, "initContainers");
    VALUE_EACH_ITEM (c, list) {
        if (str_eq(value_text_at(c, "name"), name))
            return c;
    }
    return NULL;
}

static bool restartable(const struct value *container)
{
    return str_is(value_text_at(container, "restartPolicy"), "Always");
}

static void later(int64_t *last, const struct value *container)
{
    int64_t t;
    if (cell_time(value_at(container, "lastState.terminated.finishedAt"), &t))
        *last = MAX(*last, t);
}

static void terminated_reason(struct pod_look *p, const char *prefix, const struct value *terminated)
{
    struct str reason = value_text_at(terminated, "reason");
    long long signal = value_int_at(terminated, "signal", 0), code = value_int_at(terminated, "exitCode", 0);
    if (reason.n)
        reason_set(p, prefix, reason);
    else if (signal)
        snprintf(p->reason, sizeof(p->reason), "%sSignal:%lld", prefix, signal);
    else
        snprintf(p->reason, sizeof(p->reason), "%sExitCode:%lld", prefix, code);
}

/* false: initialization has not got past this container */
static bool init_look(struct pod_look *p, const struct value *c, size_t i)
{
    const struct value *terminated = value_at(c, "state.terminated");
    struct str waiting = value_text_at(c, "state.waiting.reason");
    bool sidecar = restartable(init_of(p, value_text_at(c, "name")));
    p->restarts += value_int_at(c, "restartCount", 0);
    later(&p->last_restart, c);
    if (sidecar) {
        p->init_restarts += value_int_at(c, "restartCount", 0);
        later(&p->last_init_restart, c);
    }
    if (!value_is_null(terminated) && value_int_at(terminated, "exitCode", 0) == 0)
        return true;
    if (sidecar && value_bool_at(c, "started", false)) {
        p->ready += value_bool_at(c, "ready", false);
        return true;
    }
    if (!value_is_null(terminated))
        terminated_reason(p, "Init:", terminated);
    else if (waiting.n && !str_is(waiting, "PodInitializing"))
        reason_set(p, "Init:", waiting);
    else
        snprintf(p->reason, sizeof(p->reason), "Init:%zu/%zu", i, value_count(value_at(p->spec, "initContainers")));
    return false;
}

static void containers_look(struct pod_look *p)
{
    struct value *list = value_at(p->status, "containerStatuses");
    bool running = false;
    p->restarts = p->init_restarts;
    p->last_restart = p->last_init_restart;
    for (size_t i = value_count(list); i-- > 0;) {
        const struct value *c = value_item(list, i), *terminated = value_at(c, "state.terminated");
        struct str waiting = value_text_at(c, "state.waiting.reason");
        p->restarts += value_int_at(c, "restartCount", 0);
        later(&p->last_restart, c);
        if (waiting.n) {
            reason_set(p, "", waiting);
        } else if (!value_is_null(terminated)) {
            terminated_reason(p, "", terminated);
        } else if (value_bool_at(c, "ready", false) && !value_is_null(value_at(c, "state.running"))) {
            running = true;
            p->ready++;
        }
    }
    /* One container has ended well, another still runs. */
    if (running && strcmp(p->reason, "Completed") == 0)
        reason_set(p, "", cell_condition(value_at(p->status, "conditions"), "Ready", "True") ? STR("Running") : STR("NotReady"));
}

static void pod_look(const struct value *pod, struct pod_look *p)
{
    *p = (struct pod_look){.spec = value_at(pod, "spec"), .status = value_at(pod, "status")};
    struct str phase = value_text_at(p->status, "phase"), reason = value_text_at(p->status, "reason");
    struct value *conditions = value_at(p->status, "conditions"), *inits = value_at(p->spec, "initContainers");
    reason_set(p, "", reason.n ? reason : phase);
    VALUE_EACH_ITEM (c, conditions) {
        if (str_is(value_text_at(c, "type"), "PodScheduled") && str_is(value_text_at(c, "reason"), "SchedulingGated"))
            reason_set(p, "", STR("SchedulingGated"));
    }
    p->total = (int64_t)value_count(value_at(p->spec, "containers"));
    VALUE_EACH_ITEM (c, inits)
        p->total += restartable(c);
    struct value *statuses = value_at(p->status, "initContainerStatuses");
    for (size_t i = 0; i < value_count(statuses) && !p->initializing; i++)
        p->initializing = !init_look(p, value_item(statuses, i), i);
    if (!p->initializing || cell_condition(conditions, "Initialized", "True"))
        containers_look(p);
    if (value_is_null(value_at(pod, "metadata.deletionTimestamp")))
        return;
    if (str_is(reason, "NodeLost"))
        reason_set(p, "", STR("Unknown"));
    else if (!str_is(phase, "Succeeded") && !str_is(phase, "Failed"))
        reason_set(p, "", STR("Terminating"));
}

int cell_pod_ready(struct cells *c, struct value *out)
{
    struct pod_look p;
    pod_look(c->tree, &p);
    return cell_text(c, out, "%lld/%lld", (long long)p.ready, (long long)p.total);
}

int cell_pod_status(struct cells *c, struct value *out)
{
    struct pod_look p;
    pod_look(c->tree, &p);
    return cell_text(c, out, "%s", p.reason);
}

int cell_pod_restarts(struct cells *c, struct value *out)
{
    struct pod_look p;
    char since[32];
    pod_look(c->tree, &p);
    if (p.restarts == 0 || p.last_restart == 0)
        return cell_text(c, out, "%lld", (long long)p.restarts);
    columns_duration(c->now - p.last_restart, since);
    return cell_text(c, out, "%lld (%s ago)", (long long)p.restarts, since);
}

int cell_pod_ip(struct cells *c, struct value *out)
{
    struct str ip = value_text_at(value_item(value_at(c->tree, "status.podIPs"), 0), "ip");
    if (ip.n == 0)
        ip = value_text_at(c->tree, "status.podIP");
    return cell_text(c, out, "%.*s", STR_FMT(ip.n ? ip : STR("<none>")));
}

int cell_pod_gates(struct cells *c, struct value *out)
{
    struct value *gates = value_at(c->tree, "spec.readinessGates"), *have = value_at(c->tree, "status.conditions");
    size_t open = 0;
    if (value_count(gates) == 0)
        return cell_text(c, out, "<none>");
    VALUE_EACH_ITEM (g, gates) {
        struct str type = value_text_at(g, "conditionType");
        VALUE_EACH_ITEM (v, have) {
            if (!str_eq(value_text_at(v, "type"), type))
                continue;
            open += str_is(value_text_at(v, "status"), "True");
            break;
        }
    }
    return cell_text(c, out, "%zu/%zu", open, value_count(gates));
}

/* ── nodes ── */
int cell_node_status(struct cells *c, struct value *out)
{
    const char *ready = "Unknown";
    struct value *conditions = value_at(c->tree, "status.conditions");
    VALUE_EACH_ITEM (v, conditions) {
        if (str_is(value_text_at(v, "type"), "Ready"))
            ready = str_is(value_text_at(v, "status"), "True") ? "Ready" : "NotReady";
    }
    return cell_text(c, out, "%s%s", ready, value_bool_at(c->tree, "spec.unschedulable", false) ? ",SchedulingDisabled" : "");
}

static int text_cmp(const void *a, const void *b)
{
    return str_cmp(*(const struct str *)a, *(const struct str *)b);
}

int cell_node_roles(struct cells *c, struct value *out)
{
    static const struct str prefix = STR_INIT("node-role.kubernetes.io/");
    struct value *labels = value_at(c->tree, "metadata.labels");
    struct str *roles = arena_alloc(c->arena, MAX(value_count(labels), 1) * sizeof(*roles));
    size_t n = 0;
    if (!roles)
        return -ENOMEM;
    VALUE_EACH_MEMBER (m, labels) {
        if (str_starts(m->key, prefix) && m->key.n > prefix.n)
            roles[n++] = str_from(m->key, prefix.n);
        else if (str_is(m->key, "kubernetes.io/role") && value_text(&m->value).n)
            roles[n++] = value_text(&m->value);
    }
    if (n)
        qsort(roles, n, sizeof(*roles), text_cmp);
    SCOPED_BUF b = BUF_INIT(0);
    for (size_t i = 0; i < n; i++) {
        if (i && str_eq(roles[i], roles[i - 1]))
            continue;
        buf_text(&b, i ? "," : "");
        buf_str(&b, roles[i]);
    }
    if (n == 0)
        buf_text(&b, "<none>");
    return cell_buf(c, out, &b);
}

static int node_address(struct cells *c, const char *type, struct value *out)
{
    struct value *list = value_at(c->tree, "status.addresses");
    VALUE_EACH_ITEM (v, list) {
        if (str_is(value_text_at(v, "type"), type))
            return cell_text(c, out, "%.*s", STR_FMT(value_text_at(v, "address")));
    }
    return cell_text(c, out, "<none>");
}

int cell_node_internal(struct cells *c, struct value *out)
{
    return node_address(c, "InternalIP", out);
}

int cell_node_external(struct cells *c, struct value *out)
{
    return node_address(c, "ExternalIP", out);
}
