#include "life/inside.h"

/* A pod's status, made afresh from facts whenever they change, and sent as a
 * strategic merge patch when it differs from what was sent last. */
#define STATUS_BYTES     (1u << 20)
#define STATUS_GATHER_MS 100

struct maker {
    struct arena *a;
    struct worker *w;
    int r;
};

static struct value text(struct str s)
{
    return value_make_text(s);
}

static struct str text_of(struct maker *m, const char *s)
{
    return s[0] ? arena_fmt(m->a, "%s", s) : STR_NONE;
}

static struct value time_of(struct maker *m, int64_t sec)
{
    char out[32];
    if (sec <= 0)
        return (struct value){.type = VALUE_NULL};
    time_fmt_rfc3339(out, sec);
    return text(arena_fmt(m->a, "%s", out));
}

/* ── containers ── */

static void put_end(struct maker *m, struct value *state, const struct container_end *e)
{
    VALUE_SET(&m->r, m->a, state, "terminated.exitCode", value_make_int(e->code));
    if (e->signal)
        VALUE_SET(&m->r, m->a, state, "terminated.signal", value_make_int(e->signal));
    VALUE_SET(&m->r, m->a, state, "terminated.reason", text(str_of(e->reason)));
    if (e->message[0])
        VALUE_SET(&m->r, m->a, state, "terminated.message", text(str_of(e->message)));
    if (e->started)
        VALUE_SET(&m->r, m->a, state, "terminated.startedAt", time_of(m, e->started));
    if (e->finished)
        VALUE_SET(&m->r, m->a, state, "terminated.finishedAt", time_of(m, e->finished));
    if (e->id[0])
        VALUE_SET(&m->r, m->a, state, "terminated.containerID", text(arena_fmt(m->a, "crun://%s", e->id)));
}

static bool runs(const struct container *c)
{
    return c->state == CONTAINER_RUNNING || (c->state == CONTAINER_STOPPING && c->started_at);
}

/* As the kubelet says it: what waits in a pod with init containers waits for the pod, whichever container it is. */
static struct str waiting_reason(const struct container *c)
{
    if (c->reason[0] && strcmp(c->reason, "ContainerCreating") != 0)
        return str_of(c->reason);
    return value_count(value_at(pod_worker_spec(c->worker), "initContainers")) ? STR("PodInitializing") : STR("ContainerCreating");
}

/* It has ended and is to come back, but something holds it up that there is a word for. */
static bool held_up(const struct container *c)
{
    return c->end.set && life_container_restarts(c) && c->reason[0] && strcmp(c->reason, "ContainerCreating") != 0 && !c->worker->deleting;
}

static struct value state_of(struct maker *m, const struct container *c)
{
    struct value state = value_make_map();
    if (runs(c)) {
        VALUE_SET(&m->r, m->a, &state, "running.startedAt", time_of(m, c->started_at));
    } else if (c->end.set && !held_up(c)) {
        put_end(m, &state, &c->end);
    } else {
        VALUE_SET(&m->r, m->a, &state, "waiting.reason", text(waiting_reason(c)));
        if (c->message[0])
            VALUE_SET(&m->r, m->a, &state, "waiting.message", text(str_of(c->message)));
    }
    return state;
}

/* What it has, and what it was promised: the tree's; the two differ while a resize is under way. */
static void put_given(struct maker *m, struct value *v, const struct container *c)
{
    static const char *const lists[] = {"limits", "requests"};
    const struct value *has = runs(c) ? life_resize_given(c) : value_get(c->spec, STR("resources"));
    const struct value *promised = value_at(c->spec, "resources.requests");
    struct value given = value_make_map();
    if (c->kind == CONTAINER_EPHEMERAL)
        return;
    for (size_t i = 0; i < ARRAY_LEN(lists); i++) {
        const struct value *list = value_get(has, str_of(lists[i]));
        if (value_count(list))
            VALUE_SET(&m->r, m->a, &given, lists[i], *list);
    }
    if (value_count(promised))
        VALUE_SET(&m->r, m->a, v, "allocatedResources", *promised);
    VALUE_SET(&m->r, m->a, v, "resources", given);
}

static void put_user(struct maker *m, struct value *v, const struct container *c)
{
    const struct value *told = value_at(life_container_told(c), "user");
    struct value groups = value_make_list(), user = value_make_map();
    if (!c->user.known) {
        if (told) /* of a container that an earlier agent started */
            VALUE_SET(&m->r, m->a, v, "user", *told);
        return;
    }
    for (size_t i = 0; i < c->user.n_groups; i++)
        if (!value_add(m->a, &groups, value_make_int(c->user.groups[i])))
            m->r = -ENOMEM;
    VALUE_SET(&m->r, m->a, &user, "linux.uid", value_make_int(c->user.uid));
    VALUE_SET(&m->r, m->a, &user, "linux.gid", value_make_int(c->user.gid));
    VALUE_SET(&m->r, m->a, &user, "linux.supplementalGroups", groups);
    VALUE_SET(&m->r, m->a, v, "user", user);
}

static void put_mounts(struct maker *m, struct value *v, const struct container *c)
{
    const struct value *mounts = value_at(c->spec, "volumeMounts");
    struct value list = value_make_list();
    VALUE_EACH_ITEM (mount, mounts) {
        struct value one = value_make_map();
        struct str recursive = value_text_at(mount, "recursiveReadOnly");
        VALUE_SET(&m->r, m->a, &one, "name", text(value_text_at(mount, "name")));
        VALUE_SET(&m->r, m->a, &one, "mountPath", text(value_text_at(mount, "mountPath")));
        if (value_bool_at(mount, "readOnly", false)) {
            VALUE_SET(&m->r, m->a, &one, "readOnly", value_make_bool(true));
            VALUE_SET(&m->r, m->a, &one, "recursiveReadOnly", text(recursive.n && !str_is(recursive, "Disabled") ? STR("Enabled") : STR("Disabled")));
        }
        if (!value_add(m->a, &list, one))
            m->r = -ENOMEM;
    }
    if (value_count(&list))
        VALUE_SET(&m->r, m->a, v, "volumeMounts", list);
}

static struct value container_status(struct maker *m, const struct container *c)
{
    struct value v = value_make_map(), last = value_make_map();
    const struct container_end *before = held_up(c) ? &c->end : &c->last;
    if (before->set)
        put_end(m, &last, before);
    bool ready = c->kind == CONTAINER_INIT ? life_container_over(c) && life_container_succeeded(c) : runs(c) && c->ready;
    VALUE_SET(&m->r, m->a, &v, "name", text(str_of(c->name)));
    VALUE_SET(&m->r, m->a, &v, "state", state_of(m, c));
    VALUE_SET(&m->r, m->a, &v, "lastState", last);
    VALUE_SET(&m->r, m->a, &v, "ready", value_make_bool(ready));
    VALUE_SET(&m->r, m->a, &v, "restartCount", value_make_int(c->attempt));
    VALUE_SET(&m->r, m->a, &v, "image", text(value_text_at(c->spec, "image")));
    VALUE_SET(&m->r, m->a, &v, "imageID", text(str_of(c->image_id)));
    if (c->id[0])
        VALUE_SET(&m->r, m->a, &v, "containerID", text(arena_fmt(m->a, "crun://%s", c->id)));
    VALUE_SET(&m->r, m->a, &v, "started", value_make_bool(runs(c) && c->started));
    put_given(m, &v, c);
    put_mounts(m, &v, c);
    if (c->id[0])
        put_user(m, &v, c);
    return v;
}

static void put_containers(struct maker *m, struct value *status)
{
    static const char *const names[] = {[CONTAINER_INIT] = "initContainerStatuses",
                                        [CONTAINER_SIDECAR] = "initContainerStatuses",
                                        [CONTAINER_APP] = "containerStatuses",
                                        [CONTAINER_EPHEMERAL] = "ephemeralContainerStatuses"};
    for (size_t i = 0; i < m->w->n_containers; i++) {
        const struct container *c = m->w->containers[i];
        struct value one = container_status(m, c);
        struct value *list = value_get(status, str_of(names[c->kind]));
        if (!list)
            list = value_set(m->a, status, str_of(names[c->kind]), value_make_list());
        if (!list || !value_add(m->a, list, one))
            m->r = -ENOMEM;
    }
}

/* ── phase and conditions ── */

static bool initialised(const struct worker *w)
{
    for (size_t i = 0; i < w->n_containers; i++) {
        const struct container *c = w->containers[i];
        if (c->kind == CONTAINER_INIT && !(life_container_over(c) && life_container_succeeded(c)))
            return false;
        if (c->kind == CONTAINER_SIDECAR && !c->started && !c->end.set)
            return false;
    }
    return true;
}

const char *life_status_phase(const struct worker *w)
{
    size_t running = 0, waiting = 0, succeeded = 0, failed = 0;
    bool any_runs = false;
    for (size_t i = 0; i < w->n_containers; i++)
        any_runs = any_runs || runs(w->containers[i]);
    if (w->failed && !any_runs)
        return "Failed"; /* not before all has ended: its room would be given away too early */
    for (size_t i = 0; i < w->n_containers; i++) {
        const struct container *c = w->containers[i];
        if (c->kind == CONTAINER_INIT && c->end.set && life_container_over(c) && !life_container_succeeded(c))
            return "Failed";
        if (c->kind != CONTAINER_APP)
            continue;
        if (runs(c))
            running++;
        else if (c->end.set && (life_container_over(c) || w->deleting))
            life_container_succeeded(c) ? succeeded++ : failed++;
        else if (c->end.set)
            running++; /* between two attempts */
        else
            waiting++;
    }
    if (!initialised(w) || waiting)
        return "Pending";
    if (running)
        return "Running";
    return failed ? "Failed" : "Succeeded";
}

static void unready(struct maker *m, struct str *out, bool init)
{
    const char *comma = "";
    SCOPED_BUF b = BUF_INIT(65536);
    for (size_t i = 0; i < m->w->n_containers; i++) {
        const struct container *c = m->w->containers[i];
        bool of_init = c->kind == CONTAINER_INIT || c->kind == CONTAINER_SIDECAR;
        bool good = init ? life_container_succeeded(c) || (c->kind == CONTAINER_SIDECAR && c->started) : runs(c) && c->ready;
        if (c->kind == CONTAINER_EPHEMERAL || of_init != init || good)
            continue;
        buf_fmt(&b, "%s%s", comma, c->name);
        comma = " ";
    }
    *out = b.n ? arena_fmt(m->a, "%s: [%s]", init ? "containers with incomplete status" : "containers with unready status", buf_cstr(&b)) : STR_NONE;
}

/* lastTransitionTime stays while the status stays. */
static struct str transition(struct maker *m, const char *type, bool is)
{
    const struct value *sent = value_at(&m->w->status, "conditions"), *old = sent ? sent : value_at(&m->w->pod, "status.conditions");
    VALUE_EACH_ITEM (c, old)
        if (str_is(value_text_at(c, "type"), type) && str_is(value_text_at(c, "status"), is ? "True" : "False") &&
            value_text_at(c, "lastTransitionTime").n)
            return arena_fmt(m->a, "%.*s", STR_FMT(value_text_at(c, "lastTransitionTime")));
    return value_text(&(struct value){.type = VALUE_TEXT, .text = time_of(m, loop_wall(m->w->host->loop)).text});
}

static void put_condition(struct maker *m, struct value *list, const char *type, bool is, const char *reason, struct str message)
{
    struct value c = value_make_map();
    VALUE_SET(&m->r, m->a, &c, "type", text(str_of(type)));
    VALUE_SET(&m->r, m->a, &c, "status", text(is ? STR("True") : STR("False")));
    VALUE_SET(&m->r, m->a, &c, "observedGeneration", value_make_int(value_int_at(&m->w->pod, "metadata.generation", 1)));
    VALUE_SET(&m->r, m->a, &c, "lastProbeTime", (struct value){.type = VALUE_NULL});
    VALUE_SET(&m->r, m->a, &c, "lastTransitionTime", text(transition(m, type, is)));
    VALUE_SET(&m->r, m->a, &c, "reason", is ? (struct value){.type = VALUE_NULL} : text(str_of(reason)));
    VALUE_SET(&m->r, m->a, &c, "message", is || !message.n ? (struct value){.type = VALUE_NULL} : text(message));
    if (!value_add(m->a, list, c))
        m->r = -ENOMEM;
}

/* One that is true and says why. */
static void put_told_condition(struct maker *m, struct value *list, const char *type, const char *reason, struct str message)
{
    put_condition(m, list, type, true, "", STR_NONE);
    if (m->r < 0)
        return;
    struct value *c = value_item(list, value_count(list) - 1);
    VALUE_SET(&m->r, m->a, c, "reason", text(str_of(reason)));
    if (message.n)
        VALUE_SET(&m->r, m->a, c, "message", text(message));
}

/* readinessGates: conditions others set, read from the pod as it is in the API. */
static bool gates_open(const struct worker *w)
{
    const struct value *gates = value_at(pod_worker_spec(w), "readinessGates"), *conditions = value_at(&w->pod, "status.conditions");
    VALUE_EACH_ITEM (g, gates) {
        bool open = false;
        VALUE_EACH_ITEM (c, conditions)
            if (str_eq(value_text_at(c, "type"), value_text_at(g, "conditionType")))
                open = str_is(value_text_at(c, "status"), "True");
        if (!open)
            return false;
    }
    return true;
}

/* Both are there only while they are true (KEP-1287). */
static void put_resize(struct maker *m, struct value *list)
{
    const struct worker *w = m->w;
    if (w->resize.reason[0] && w->state <= WORKER_RUNNING && !w->failed) {
        put_told_condition(m, list, "PodResizePending", w->resize.reason, text_of(m, w->resize.message));
        if (m->r == 0)
            VALUE_SET(&m->r, m->a, value_item(list, value_count(list) - 1), "observedGeneration", value_make_int(w->resize.pending_generation));
    }
    if (!life_resize_under_way(w))
        return;
    put_told_condition(m, list, "PodResizeInProgress", w->resize.error[0] ? "Error" : "", text_of(m, w->resize.error));
    if (m->r == 0 && w->resize.generation)
        VALUE_SET(&m->r, m->a, value_item(list, value_count(list) - 1), "observedGeneration", value_make_int(w->resize.generation));
}

static void put_conditions(struct maker *m, struct value *status, const char *phase)
{
    struct str containers, inits;
    struct value list = value_make_list();
    bool done = strcmp(phase, "Succeeded") == 0, failed = strcmp(phase, "Failed") == 0;
    unready(m, &containers, false);
    unready(m, &inits, true);
    bool init = initialised(m->w), all_ready = init && !containers.n && !done && !failed;
    const char *why = done ? "PodCompleted" : failed ? "PodFailed" : "ContainersNotReady";
    put_condition(m, &list, "PodReadyToStartContainers", m->w->sandbox_ready && m->w->network_ready, "", STR_NONE);
    put_condition(m, &list, "Initialized", init, "ContainersNotInitialized", inits);
    bool gates = gates_open(m->w);
    put_condition(m, &list, "Ready", all_ready && gates && !m->w->deleting, all_ready && !gates ? "ReadinessGatesNotReady" : why, containers);
    put_condition(m, &list, "ContainersReady", all_ready, why, containers);
    put_condition(m, &list, "PodScheduled", true, "", STR_NONE);
    if (m->w->disrupted)
        put_told_condition(m, &list, "DisruptionTarget", "TerminationByKubelet", str_of(m->w->failure));
    put_resize(m, &list);
    VALUE_SET(&m->r, m->a, status, "conditions", list);
}

/* ── the whole ── */

static void put_addresses(struct maker *m, struct value *status)
{
    const char *const *hosts = m->w->host->addresses;
    struct value host_ips = value_make_list(), ips = value_make_list();
    for (size_t i = 0; hosts && hosts[i]; i++) {
        struct value ip = {0};
        VALUE_SET(&m->r, m->a, &ip, "ip", text(str_of(hosts[i])));
        if (!value_add(m->a, &host_ips, ip))
            m->r = -ENOMEM;
    }
    if (hosts && hosts[0])
        VALUE_SET(&m->r, m->a, status, "hostIP", text(str_of(hosts[0])));
    VALUE_SET(&m->r, m->a, status, "hostIPs", host_ips);
    if (!m->w->network_ready || !m->w->n_ips)
        return;
    for (size_t i = 0; i < m->w->n_ips; i++) {
        struct value ip = {0};
        VALUE_SET(&m->r, m->a, &ip, "ip", text(arena_fmt(m->a, "%s", m->w->ips[i])));
        if (!value_add(m->a, &ips, ip))
            m->r = -ENOMEM;
    }
    VALUE_SET(&m->r, m->a, status, "podIP", text(arena_fmt(m->a, "%s", m->w->ips[0])));
    VALUE_SET(&m->r, m->a, status, "podIPs", ips);
}

/* Resources of the pod as a whole (KEP-2837, KEP-5419). */
static void put_whole(struct maker *m, struct value *status)
{
    const struct value *promised = value_at(&m->w->pod, "spec.resources"), *given = value_get(value_get(&m->w->pod, STR("given")), STR_NONE);
    if (!value_count(promised))
        return;
    if (value_count(value_get(promised, STR("requests"))))
        VALUE_SET(&m->r, m->a, status, "allocatedResources", *value_get(promised, STR("requests")));
    VALUE_SET(&m->r, m->a, status, "resources", given ? *given : *promised);
}

static int make(struct worker *w, struct arena *a, struct value *status)
{
    static const char *const classes[] = {
        [RUNTIME_GUARANTEED] = "Guaranteed", [RUNTIME_BURSTABLE] = "Burstable", [RUNTIME_BEST_EFFORT] = "BestEffort"};
    struct maker m = {.a = a, .w = w};
    const char *phase = life_status_phase(w);
    *status = value_make_map();
    VALUE_SET(&m.r, a, status, "observedGeneration", value_make_int(value_int_at(&w->pod, "metadata.generation", 1)));
    VALUE_SET(&m.r, a, status, "phase", text(str_of(phase)));
    put_conditions(&m, status, phase);
    if (w->failed) {
        VALUE_SET(&m.r, a, status, "reason", text(str_of(w->failure_reason)));
        VALUE_SET(&m.r, a, status, "message", text(str_of(w->failure)));
    }
    put_addresses(&m, status);
    VALUE_SET(&m.r, a, status, "startTime", time_of(&m, w->started_at));
    put_containers(&m, status);
    put_whole(&m, status);
    VALUE_SET(&m.r, a, status, "qosClass", text(str_of(classes[pod_resources_qos(&w->pod)])));
    return m.r;
}

static void feed_plan(struct worker *w)
{
    SCOPED(arena) a = NULL;
    struct value copy = w->pod;
    if (!w->host->plan || arena_new(&a, POD_BYTES) < 0)
        return;
    struct value fresh = {0};
    if (value_copy(a, &copy, &fresh) < 0 || !value_set(a, &fresh, STR("status"), w->status))
        return;
    if (plan_pod_put(w->host->plan, &fresh) == 0 && w->host->net)
        net_changed(w->host->net);
}

static void on_reply(void *ctx, const struct client_reply *r)
{
    struct worker *w = ctx;
    w->status_busy = false;
    if (r->code == 404 || (r->code == 409 && !str_is(r->reason, "Conflict"))) {
        w->forgotten = true; /* gone, or another pod of that name */
        w->deleting = true;
    } else if (!client_ok(r)) {
        log_debug("node", "pod %s/%s: its status was not taken: %.*s", w->ns, w->name, STR_FMT(r->message));
        /* A status the server will never take must not keep a pod that has ended from being taken down and deleted. */
        if (!(r->code == 422 && w->state >= WORKER_ENDING)) {
            w->status_mem = arena_free(w->status_mem);
            w->status = (struct value){0};
            w->status_dirty = true;
        }
        pod_worker_poke_after(w, 1000);
        return;
    }
    pod_worker_poke(w);
}

/* A strategic merge would add these to what was there before: a pod that got a new sandbox has new addresses only. */
static void replace_list(struct arena *a, int *r, struct value *status, const char *name)
{
    struct value *list = value_get(status, str_of(name)), whole = value_make_list(), directive = value_make_map();
    if (!list || *r < 0)
        return;
    VALUE_SET(r, a, &directive, "$patch", value_make_text(STR("replace")));
    if (!value_add(a, &whole, directive))
        *r = -ENOMEM;
    VALUE_EACH_ITEM (item, list)
        if (!value_add(a, &whole, *item))
            *r = -ENOMEM;
    *list = whole;
}

/* A strategic merge keeps conditions that are not named: those of a resize that is over are taken out. */
static void drop_resize(struct worker *w, struct arena *a, int *r, struct value *sent)
{
    static const char *const types[] = {"PodResizePending", "PodResizeInProgress"};
    const struct value *const before[] = {value_at(&w->status, "conditions"), value_at(&w->pod, "status.conditions")};
    struct value *list = value_get(sent, STR("conditions"));
    for (size_t t = 0; *r == 0 && t < ARRAY_LEN(types); t++) {
        bool is = false, was = false;
        VALUE_EACH_ITEM (c, list)
            is = is || str_is(value_text_at(c, "type"), types[t]);
        for (size_t b = 0; b < ARRAY_LEN(before); b++)
            VALUE_EACH_ITEM (c, before[b])
                was = was || str_is(value_text_at(c, "type"), types[t]);
        if (is || !was)
            continue;
        struct value gone = value_make_map();
        VALUE_SET(r, a, &gone, "$patch", value_make_text(STR("delete")));
        VALUE_SET(r, a, &gone, "type", value_make_text(str_of(types[t])));
        if (!value_add(a, list, gone))
            *r = -ENOMEM;
    }
}

/* What was sent is copied: its texts lie in the pod's tree and in the containers, which change under it. */
static void keep(struct worker *w, const struct value *status)
{
    SCOPED(arena) own = NULL;
    struct value copy = {0};
    if (arena_new(&own, STATUS_BYTES) < 0 || value_copy(own, status, &copy) < 0) {
        w->status_mem = arena_free(w->status_mem); /* sent once more next time */
        w->status = (struct value){0};
        return;
    }
    arena_free(w->status_mem);
    w->status_mem = TAKE(own);
    w->status = copy;
}

/* On its way to Running a pod changes several times within milliseconds, and each patch is a write to the server's disk that
 * the one everybody waits for would queue behind. So a Pending pod's news wait a moment for more. */
static bool may_wait(struct worker *w, struct str phase)
{
    int64_t now = loop_now(w->host->loop);
    bool starting = w->state <= WORKER_RUNNING && !w->deleting && !w->failed && str_is(phase, "Pending");
    if (starting && !w->status_due)
        w->status_due = now + STATUS_GATHER_MS;
    if (!starting || now >= w->status_due) {
        w->status_due = 0;
        return false;
    }
    pod_worker_poke_after(w, w->status_due - now);
    return true;
}

/* Sends what differs; the reply pokes the worker, which comes here again. */
void life_status_changed(struct worker *w)
{
    SCOPED(arena) a = NULL;
    struct value status = {0}, sent = {0}, patch = {0};
    if (w->status_busy || w->forgotten || w->recalled) {
        w->status_dirty = !w->forgotten && !w->recalled;
        return;
    }
    w->status_dirty = false;
    if (arena_new(&a, STATUS_BYTES) < 0 || make(w, a, &status) < 0)
        return;
    if (w->status_mem && value_equal(&status, &w->status)) {
        w->status_dirty = w->revision == 0;
        return;
    }
    if (w->revision == 0) { /* from the disk: the server's word comes first, or newer things would be told of by what was */
        w->status_dirty = true;
        keep(w, &status);
        feed_plan(w);
        return;
    }
    if (may_wait(w, value_text_at(&status, "phase"))) {
        w->status_dirty = true;
        return;
    }
    int r = 0;
    VALUE_SET(&r, a, &patch, "metadata.uid", text(str_of(w->uid)));
    if (r == 0)
        r = value_copy(a, &status, &sent);
    replace_list(a, &r, &sent, "podIPs");
    replace_list(a, &r, &sent, "hostIPs");
    drop_resize(w, a, &r, &sent);
    VALUE_SET(&r, a, &patch, "status", sent);
    struct client_call call = {.verb = CLIENT_PATCH,
                               .patch = CLIENT_PATCH_STRATEGIC,
                               .resource = client_cache_resource(w->host->pods),
                               .ns = str_of(w->ns),
                               .name = str_of(w->name),
                               .subresource = STR("status"),
                               .body = &patch,
                               .manager = STR("kubelet")};
    if (r < 0 || client_send(w->host->client, &call, on_reply, w) < 0) {
        pod_worker_poke_after(w, 1000);
        return;
    }
    w->status_busy = true;
    keep(w, &status);
    feed_plan(w);
}
