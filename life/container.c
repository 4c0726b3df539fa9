#include "life/inside.h"

#include <signal.h>

#define RESTART_FIRST_MS 10000
#define RESTART_MOST_MS  300000
#define RESTART_RESET_S  600 /* a run this long forgives what was before */

struct container *life_container_new(struct worker *w, const struct value *spec, enum container_kind kind)
{
    struct container *c = mem_alloc(sizeof(*c));
    if (!c)
        return NULL;
    list_init(&c->followers);
    c->worker = w;
    c->kind = kind;
    c->spec = spec;
    snprintf(c->name, sizeof(c->name), "%.*s", STR_FMT(value_text_at(spec, "name")));
    life_container_wait(c, "ContainerCreating", "%s", "");
    return c;
}

void life_container_free(struct container *c)
{
    life_health_stop(c);
    life_health_hook_cancel(c);
    c->worker->host->log_ended(c);
    if (c->pull)
        image_pull_cancel(c->pull);
    mem_free(c);
}

void life_container_wait(struct container *c, const char *reason, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    snprintf(c->reason, sizeof(c->reason), "%s", reason);
    vsnprintf(c->message, sizeof(c->message), fmt, ap);
    va_end(ap);
    c->worker->status_dirty = true;
}

bool life_container_succeeded(const struct container *c)
{
    return c->end.set && c->end.code == 0;
}

static bool rule_matches(const struct value *rule, int code)
{
    const struct value *codes = value_at(rule, "exitCodes"), *values = value_at(codes, "values");
    bool in = false;
    VALUE_EACH_ITEM (v, values)
        in = in || value_int(v, -1) == code;
    return str_is(value_text_at(codes, "operator"), "NotIn") ? !in : in;
}

/* spec.restartPolicy, the container's own, and its restartPolicyRules (KEP-5307). */
bool life_container_restarts(const struct container *c)
{
    if (c->kind == CONTAINER_EPHEMERAL || c->resized)
        return c->resized;
    const struct value *rules = value_at(c->spec, "restartPolicyRules");
    VALUE_EACH_ITEM (rule, rules)
        if (str_is(value_text_at(rule, "action"), "Restart") && rule_matches(rule, c->end.code))
            return true;
    struct str policy = value_text_at(c->spec, "restartPolicy");
    if (!policy.n)
        policy = value_text_at(pod_worker_spec(c->worker), "restartPolicy");
    if (c->kind == CONTAINER_SIDECAR || (c->kind == CONTAINER_APP && (!policy.n || str_is(policy, "Always"))))
        return true;
    return !str_is(policy, "Never") && !life_container_succeeded(c);
}

bool life_container_over(const struct container *c)
{
    return c->end.set && c->state == CONTAINER_EXITED && !life_container_restarts(c);
}

int life_container_root_name(const struct container *c, unsigned attempt, char out[256])
{
    int n = snprintf(out, 256, "%s_%s_%u", c->worker->uid, c->name, attempt);
    return n < 0 || n >= 256 ? -ENAMETOOLONG : 0;
}

/* ── its end ── */

static void read_message(struct container *c)
{
    SCOPED_BUF text = BUF_INIT(4096);
    int r = runtime_container_message(c->handle, &text);
    bool from_log = str_is(value_text_at(c->spec, "terminationMessagePolicy"), "FallbackToLogsOnError");
    if ((r < 0 || text.n == 0) && from_log && c->end.code != 0)
        r = podlog_tail(runtime_container_log(c->handle), 80, 2048, &text);
    if (r == 0 && text.n)
        snprintf(c->end.message, sizeof(c->end.message), "%.*s", (int)text.n, text.p);
}

static void take_end(struct container *c)
{
    struct runtime_end end;
    runtime_container_end(c->handle, &end);
    c->end = (struct container_end){
        .set = true, .code = end.code, .signal = end.signal, .started = end.started / 1000000000, .finished = end.finished / 1000000000};
    snprintf(c->end.reason, sizeof(c->end.reason), "%s", end.reason);
    snprintf(c->end.message, sizeof(c->end.message), "%s", end.message);
    snprintf(c->end.id, sizeof(c->end.id), "%s", c->id);
    read_message(c);
}

static void back_off(struct container *c)
{
    int64_t ran = c->end.finished - c->end.started, now = loop_now(c->worker->host->loop);
    if (c->end.started && ran > RESTART_RESET_S)
        c->wait_ms = 0;
    if (c->resized) {
        c->start_at = now;
        return;
    }
    c->start_at = now + c->wait_ms;
    c->wait_ms = c->wait_ms ? MIN(c->wait_ms * 2, (int64_t)RESTART_MOST_MS) : RESTART_FIRST_MS;
}

static void start_afresh(struct container *c);

static void ended(struct container *c)
{
    struct worker *w = c->worker;
    struct runtime_end end;
    runtime_container_end(c->handle, &end);
    if (strcmp(end.reason, "StartInterrupted") == 0 && !c->stop_asked && w->state <= WORKER_RUNNING && !w->failed && !w->deleting) {
        start_afresh(c);
        return;
    }
    life_health_stop(c);
    life_health_hook_cancel(c);
    c->state = CONTAINER_EXITED;
    c->ready = c->started = false;
    c->stop_asked = c->restart_asked = false;
    c->resized = c->resized && w->state <= WORKER_RUNNING && !w->failed && !w->deleting;
    c->stop_deadline = 0;
    c->post_start_due = c->post_start_done = false;
    take_end(c);
    c->worker->host->log_ended(c);
    volume_sub_paths_release(&(struct volume_pod){.folder = pod_worker_folder(w, (char[OS_PATH_MAX]){0})}, c->name);
    back_off(c);
    life_status_changed(w);
    pod_worker_poke(w);
}

static void on_exit_event(void *ctx)
{
    ended(ctx);
}

static void send_stop(struct container *c)
{
    int64_t left = MAX(c->stop_deadline - loop_now(c->worker->host->loop), (int64_t)0);
    runtime_container_stop(c->handle, left);
}

/* ── its start ── */

static void on_post_start(struct container *c, int r, const char *why)
{
    c->post_start_done = true;
    if (r < 0) {
        pod_event_send(c->worker, c, true, "FailedPostStartHook", "PostStartHook failed: %s", why);
        runtime_container_stop(c->handle, 2000);
        return;
    }
    life_health_start(c, 0, false, false);
    life_status_changed(c->worker);
    pod_worker_poke(c->worker);
}

void life_container_started(struct container *c)
{
    struct runtime_end times;
    runtime_container_end(c->handle, &times);
    c->state = CONTAINER_RUNNING;
    c->started_at = times.started ? times.started / 1000000000 : loop_wall(c->worker->host->loop);
    c->reason[0] = c->message[0] = 0;
}

static void on_started(void *ctx, int r, const char *error)
{
    struct container *c = ctx;
    struct worker *w = c->worker;
    if (r < 0) {
        if (r != -EINTR)
            pod_event_send(w, c, true, "Failed", "Error: failed to start container \"%s\": %s", c->name, error);
        ended(c);
        return;
    }
    bool stopping = c->stop_asked; /* asked for while it was still being started */
    life_container_started(c);
    pod_event_send(w, c, false, "Started", "Container started");
    if (stopping) {
        c->state = CONTAINER_STOPPING;
        send_stop(c);
        return;
    }
    c->post_start_due = life_health_hook(c, "postStart", 0, on_post_start);
    if (!c->post_start_due)
        life_health_start(c, 0, false, false);
    life_status_changed(w);
    pod_worker_poke(w);
}

static void retry_config(struct container *c, const char *reason, const char *error)
{
    struct worker *w = c->worker;
    if (strcmp(c->reason, reason) != 0)
        pod_event_send(w, c, true, "Failed", "Error: %s", error);
    life_container_wait(c, reason, "%s", error);
    c->state = CONTAINER_WAITING;
    c->start_at = loop_now(w->host->loop) + 5000;
    pod_worker_poke_after(w, 5000);
}

static int on_created(void *ctx, pid_t pid)
{
    return life_realtime_set(ctx, pid);
}

static int start_in(struct container *c, struct image *image, struct err *err)
{
    struct pod_host *n = c->worker->host;
    struct image_root root;
    char name[256];
    struct bundle b = {0};
    /* Never mounted read-only itself: runtime makes it so once mount points have been made in it. */
    int r = life_container_root_name(c, c->attempt, name);
    if (r == 0)
        r = life_setup_root(c->worker, image, str_of(name), false, &root, err);
    if (r < 0)
        return r;
    r = pod_bundle_make(&b, c, image, root.path, err);
    b.options.held = !c->worker->network_ready;
    if (r == 0) {
        struct runtime_events e = {.on_created = on_created, .on_started = on_started, .on_exit = on_exit_event, .ctx = c};
        r = runtime_container_start(&c->handle, c->worker->sandbox, &b.options, &e, err);
    }
    arena_free(b.mem);
    struct err ignored;
    if (r < 0 && image_root_unmount(n->images, str_of(name), &ignored) < 0)
        log_warn("node", "%s: %s", name, ignored.text);
    return r;
}

static void start(struct container *c, struct image *image)
{
    struct err err = {{0}};
    c->state = CONTAINER_STARTING;
    int r = start_in(c, image, &err);
    if (r == -EAGAIN) { /* a source is on its way and will poke us */
        c->state = CONTAINER_WAITING;
        pod_worker_poke_after(c->worker, 1000);
        return;
    }
    if (r < 0) {
        retry_config(c, r == -ENOENT || r == -EINVAL || r == -EPERM ? "CreateContainerConfigError" : "CreateContainerError", err.text);
        return;
    }
    c->end = (struct container_end){0};
    c->resized = false;
    snprintf(c->id, sizeof(c->id), "%s", runtime_container_id(c->handle));
    pod_event_send(c->worker, c, false, "Created", "Container created");
    life_container_wait(c, c->worker->n_containers ? "ContainerCreating" : "", "%s", "");
}

/* What is left of the attempt before goes away before the next one. */
static void on_removed(void *ctx, int r, const char *error)
{
    struct container *c = ctx;
    if (r < 0)
        log_warn("node", "%s: a container is not quite gone: %s", c->worker->name, error);
    c->state = CONTAINER_WAITING;
    pod_worker_poke(c->worker);
}

static void remove_attempt(struct container *c, unsigned attempt)
{
    char name[256];
    struct err err = {{0}};
    c->state = CONTAINER_STARTING;
    runtime_container_remove(c->handle, on_removed, c);
    c->handle = NULL;
    if (life_container_root_name(c, attempt, name) == 0 && image_root_unmount(c->worker->host->images, str_of(name), &err) < 0)
        log_warn("node", "%s: %s", name, err.text);
}

/* The agent before us ended while it was being made. It has never run, so this is not an end of it: the same attempt again. */
static void start_afresh(struct container *c)
{
    log_info("node", "pod %s/%s: container %s was being made when the agent ended; it is made again", c->worker->ns, c->worker->name, c->name);
    c->id[0] = 0;
    remove_attempt(c, c->attempt);
}

void life_container_unmake(struct container *c)
{
    if (!c->handle || c->state != CONTAINER_STARTING)
        return;
    c->id[0] = 0;
    remove_attempt(c, c->attempt);
}

static void remove_old(struct container *c)
{
    char log[OS_PATH_MAX];
    c->last = c->end;
    c->attempt++;
    life_past_keep(c->worker);
    remove_attempt(c, c->attempt - 1);
    if (c->attempt >= 2) {
        pod_container_log_path(c, c->attempt - 2, log);
        unlink(log);
    }
}

static void wait_for_restart(struct container *c, int64_t ms)
{
    struct worker *w = c->worker;
    int64_t step = MIN(c->wait_ms / 2 < RESTART_FIRST_MS ? RESTART_FIRST_MS : c->wait_ms / 2, (int64_t)RESTART_MOST_MS);
    if (strcmp(c->reason, "CrashLoopBackOff") != 0) {
        pod_event_send(w, c, true, "BackOff", "Back-off restarting failed container %s in pod %s_%s(%s)", c->name, w->name, w->ns, w->uid);
        life_container_wait(c, "CrashLoopBackOff", "back-off %s restarting failed container=%s pod=%s_%s(%s)",
                            step >= RESTART_MOST_MS ? "5m0s"
                            : step >= 160000        ? "2m40s"
                            : step >= 80000         ? "1m20s"
                            : step >= 40000         ? "40s"
                            : step >= 20000         ? "20s"
                                                    : "10s",
                            c->name, w->name, w->ns, w->uid);
        life_status_changed(w);
    }
    pod_worker_poke_after(w, ms);
}

void life_container_advance(struct container *c)
{
    struct pod_host *n = c->worker->host;
    struct image *image = NULL;
    int64_t wait = c->start_at - loop_now(n->loop);
    switch (c->state) {
    case CONTAINER_RUNNING:
        if (c->restart_asked && !c->stop_asked)
            life_container_end(c, 1000 * value_int_at(c->spec, "livenessProbe.terminationGracePeriodSeconds",
                                                      value_int_at(pod_worker_spec(c->worker), "terminationGracePeriodSeconds", 30)));
        return;
    case CONTAINER_STARTING:
    case CONTAINER_STOPPING:
        return;
    case CONTAINER_EXITED:
        if (!life_container_restarts(c))
            return;
        if (wait > 0) {
            wait_for_restart(c, wait);
            return;
        }
        remove_old(c);
        return;
    case CONTAINER_WAITING:
    case CONTAINER_PULLING:
        if (wait > 0) {
            pod_worker_poke_after(c->worker, wait);
            return;
        }
        if (life_pulling_done(c, &image))
            start(c, image);
        return;
    }
}

/* ── stopping ── */

static void on_pre_stop(struct container *c, int r, const char *why)
{
    if (r < 0)
        pod_event_send(c->worker, c, true, "FailedPreStopHook", "PreStopHook failed: %s", why);
    /* A hook that used all of the grace leaves two seconds for the signal. */
    c->stop_deadline = MAX(c->stop_deadline, loop_now(c->worker->host->loop) + 2000);
    send_stop(c);
}

void life_container_end(struct container *c, int64_t grace_ms)
{
    int64_t deadline = loop_now(c->worker->host->loop) + grace_ms;
    if (c->pull) {
        image_pull_cancel(c->pull);
        c->pull = NULL;
        c->state = CONTAINER_WAITING;
    }
    if (!c->handle || c->state == CONTAINER_EXITED)
        return;
    if (c->stop_asked) {
        if (deadline < c->stop_deadline && !c->hook) {
            c->stop_deadline = deadline;
            send_stop(c);
        }
        return;
    }
    c->stop_asked = true;
    c->stop_deadline = deadline;
    if (c->probes)
        probe_set_stop_health(c->probes);
    life_health_hook_cancel(c);
    bool was_running = c->state == CONTAINER_RUNNING;
    c->state = CONTAINER_STOPPING;
    if (c->resized)
        pod_event_send(c->worker, c, false, "Killing", "Container %s resize requires restart", c->name);
    else
        pod_event_send(c->worker, c, false, "Killing",
                       c->restart_asked ? "Container %s failed liveness probe, will be restarted" : "Stopping container %s", c->name);
    if (!was_running || grace_ms == 0 || !life_health_hook(c, "preStop", grace_ms, on_pre_stop))
        send_stop(c);
}

/* ── what ran before a reboot ── */

const struct value *life_container_told(const struct container *c)
{
    static const char *const lists[] = {[CONTAINER_INIT] = "status.initContainerStatuses",
                                        [CONTAINER_SIDECAR] = "status.initContainerStatuses",
                                        [CONTAINER_APP] = "status.containerStatuses",
                                        [CONTAINER_EPHEMERAL] = "status.ephemeralContainerStatuses"};
    const struct value *list = value_at(&c->worker->pod, lists[c->kind]);
    VALUE_EACH_ITEM (s, list)
        if (str_is(value_text_at(s, "name"), c->name))
            return s;
    return NULL;
}

/* crun://… → … */
static void plain_id(char out[80], struct str text)
{
    ssize_t at = str_find(text, STR("://"));
    snprintf(out, 80, "%.*s", STR_FMT(at < 0 ? text : str_from(text, (size_t)at + 3)));
}

/* A new sandbox for a pod whose status tells of containers: those are gone with the old one, and count as one attempt. */
void life_container_recall(struct container *c)
{
    const struct value *s = life_container_told(c);
    struct str id = value_text_at(s, "containerID");
    if (c->handle || c->end.set || c->attempt || !id.n)
        return;
    c->attempt = (unsigned)value_int_at(s, "restartCount", 0) + 1;
    c->last = (struct container_end){.set = true, .code = 255};
    snprintf(c->last.reason, sizeof(c->last.reason), "Unknown");
    snprintf(c->last.message, sizeof(c->last.message), "The container was gone when its pod was taken up again");
    plain_id(c->last.id, id);
}

static int64_t seconds_at(const struct value *v, const char *path)
{
    int64_t sec;
    int32_t nsec;
    return time_parse_rfc3339(value_text_at(v, path), &sec, &nsec) < 0 ? 0 : sec;
}

void life_container_recall_end(struct container *c)
{
    const struct value *s = life_container_told(c), *end = value_at(s, "state.terminated");
    if (!end)
        return;
    c->state = CONTAINER_EXITED;
    c->attempt = (unsigned)value_int_at(s, "restartCount", 0);
    plain_id(c->id, value_text_at(s, "containerID"));
    snprintf(c->image_id, sizeof(c->image_id), "%.*s", STR_FMT(value_text_at(s, "imageID")));
    c->end = (struct container_end){.set = true,
                                    .code = (int)value_int_at(end, "exitCode", 0),
                                    .signal = (int)value_int_at(end, "signal", 0),
                                    .started = seconds_at(end, "startedAt"),
                                    .finished = seconds_at(end, "finishedAt")};
    snprintf(c->end.reason, sizeof(c->end.reason), "%.*s", STR_FMT(value_text_at(end, "reason")));
    snprintf(c->end.message, sizeof(c->end.message), "%.*s", STR_FMT(value_text_at(end, "message")));
    snprintf(c->end.id, sizeof(c->end.id), "%s", c->id);
}

/* ── adoption ── */

void life_container_adopt(struct container *c, struct runtime_container *h)
{
    struct runtime_events e = {.on_started = on_started, .on_exit = on_exit_event, .ctx = c};
    c->handle = h;
    c->attempt = runtime_container_attempt(h);
    snprintf(c->id, sizeof(c->id), "%s", runtime_container_id(h));
    snprintf(c->image_id, sizeof(c->image_id), "%.*s", STR_FMT(runtime_container_note(h)));
    if (runtime_container_state(h) == RUNTIME_RUNNING) {
        life_container_started(c);
        life_health_start(c, (loop_wall(c->worker->host->loop) - c->started_at) * 1000, true, true);
    } else {
        c->state = CONTAINER_STARTING;
    }
    runtime_container_watch(h, &e);
}
