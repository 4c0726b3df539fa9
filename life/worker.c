#include "life/inside.h"

/* The state machine of one pod. worker_sync() is the only place that moves
 * `state`; everything else changes facts and pokes it. */

int64_t life_worker_grace(const struct worker *w)
{
    /* Who clears the node waits for it, but not as long as any pod may ask. */
    enum { CLEARING_SECONDS = 30 };
    int64_t asked = value_int_at(&w->pod, "metadata.deletionGracePeriodSeconds", -1);
    int64_t grace = asked >= 0 ? asked : value_int_at(&w->pod, "spec.terminationGracePeriodSeconds", 30);
    if (w->grace_at_most >= 0)
        grace = MIN(grace, w->grace_at_most);
    return w->host->clearing ? MIN(grace, (int64_t)CLEARING_SECONDS) : grace;
}

/* ── taking a pod ── */

static enum container_kind kind_of(const char *list, const struct value *spec)
{
    if (strcmp(list, "containers") == 0)
        return CONTAINER_APP;
    if (strcmp(list, "ephemeralContainers") == 0)
        return CONTAINER_EPHEMERAL;
    return str_is(value_text_at(spec, "restartPolicy"), "Always") ? CONTAINER_SIDECAR : CONTAINER_INIT;
}

/* Containers keep their place and their state; only ephemeral ones come later. */
static int take_containers(struct worker *w)
{
    static const char *const lists[] = {"initContainers", "containers", "ephemeralContainers"};
    for (size_t l = 0; l < ARRAY_LEN(lists); l++) {
        const struct value *list = value_get(pod_worker_spec(w), str_of(lists[l]));
        VALUE_EACH_ITEM (spec, list) {
            struct container *c = pod_worker_container(w, value_text_at(spec, "name"));
            if (c) {
                c->spec = spec;
                continue;
            }
            if (w->n_containers == POD_CONTAINERS_MAX)
                return -E2BIG;
            c = life_container_new(w, spec, kind_of(lists[l], spec));
            if (!c)
                return -ENOMEM;
            w->containers[w->n_containers++] = c;
        }
    }
    return 0;
}

/* A newer tree of the same pod; the old one lives until all has been moved over. */
static int take_tree(struct worker *w, const struct value *pod, int64_t revision)
{
    SCOPED(arena) fresh = NULL;
    struct value copy = {0};
    bool promised = w->mem && (w->admitted || w->revision == 0); /* or it came from the disk, where promises are kept */
    int r = arena_new(&fresh, POD_BYTES);
    if (r == 0)
        r = value_copy(fresh, pod, &copy);
    if (r == 0 && promised)
        r = life_resize_take(w, fresh, &w->pod, &copy);
    if (r < 0)
        return r;
    struct arena *old = w->mem;
    w->mem = TAKE(fresh);
    w->pod = copy;
    w->revision = revision;
    r = take_containers(w);
    arena_free(old);
    return r;
}

static struct worker *worker_new(struct pod_host *n, const struct value *pod)
{
    struct worker *w = mem_alloc(sizeof(*w));
    if (!w)
        return NULL;
    w->host = n;
    w->grace_at_most = -1;
    list_init(&w->tokens);
    list_init(&w->certificates);
    list_init(&w->claims);
    snprintf(w->uid, sizeof(w->uid), "%.*s", STR_FMT(value_text_at(pod, "metadata.uid")));
    snprintf(w->ns, sizeof(w->ns), "%.*s", STR_FMT(value_text_at(pod, "metadata.namespace")));
    snprintf(w->name, sizeof(w->name), "%.*s", STR_FMT(value_text_at(pod, "metadata.name")));
    int32_t nsec;
    if (time_parse_rfc3339(value_text_at(pod, "status.startTime"), &w->started_at, &nsec) < 0)
        w->started_at = loop_wall(n->loop);
    if (map_put(&n->workers, str_of(w->uid), w) < 0)
        return mem_free(w);
    return w;
}

static void forget_status(struct worker *w)
{
    w->status_mem = arena_free(w->status_mem);
    w->status = (struct value){0};
}

int life_worker_take(struct pod_host *n, const struct value *pod, int64_t revision, struct worker **out)
{
    struct str uid = value_text_at(pod, "metadata.uid");
    struct worker *w = pod_worker_find(n, uid);
    if (w && w->revision >= revision && revision) {
        *out = w;
        return 0;
    }
    bool fresh = !w, unsent = w && w->revision == 0;
    if (fresh && !(w = worker_new(n, pod)))
        return -ENOMEM;
    int r = take_tree(w, pod, revision);
    if (r < 0) {
        if (fresh)
            life_worker_free(w);
        return r;
    }
    if (!value_is_null(value_at(&w->pod, "metadata.deletionTimestamp")))
        w->deleting = true;
    if (unsent)
        forget_status(w);
    w->forgotten = false;
    w->volumes_stale = true;
    w->status_dirty = true;
    if (!w->deleting)
        pod_checkpoint_write(w);
    *out = w;
    pod_worker_poke(w);
    return 0;
}

int life_worker_recall(struct pod_host *h, const struct value *pod, int64_t revision)
{
    struct worker *w;
    int r = life_worker_take(h, pod, revision, &w);
    if (r < 0)
        return r;
    w->admitted = w->recalled = true;
    w->state = WORKER_TEARING_DOWN; /* what an agent left that was killed meanwhile; mostly nothing */
    life_setup_recall(w);
    pod_checkpoint_forget(w); /* written just now by taking it */
    for (size_t i = 0; i < w->n_containers; i++)
        life_container_recall_end(w->containers[i]);
    return 0;
}

void life_worker_gone(struct worker *w)
{
    w->forgotten = true;
    w->deleting = true;
    pod_worker_poke(w);
}

void life_worker_end_early(struct worker *w, const char *reason, const char *message)
{
    if (w->failed || w->state > WORKER_RUNNING)
        return;
    w->failed = true;
    snprintf(w->failure_reason, sizeof(w->failure_reason), "%s", reason);
    snprintf(w->failure, sizeof(w->failure), "%s", message);
    life_status_changed(w);
    pod_worker_poke(w);
}

void life_worker_free(struct worker *w)
{
    map_del(&w->host->workers, str_of(w->uid));
    client_forget(w->host->client, w);
    life_setup_abandon(w);
    pod_checkpoint_leave(w);
    loop_timer_stop(&w->wake);
    for (size_t i = 0; i < w->n_containers; i++)
        life_container_free(w->containers[i]);
    loop_defer_cancel(&w->sync);
    if (w->volume_pull)
        image_pull_cancel(w->volume_pull);
    pod_tokens_drop(w);
    pod_certificates_drop(w);
    pod_claims_drop(w);
    pod_sources_drop(w);
    life_setup_forget_volumes(w);
    forget_status(w);
    arena_free(w->mem);
    mem_free(w);
}

/* ── what a running pod needs next ── */

/* Init containers one after the other; a sidecar lets the next one go as soon as it has started. */
static bool init_done(struct worker *w)
{
    for (size_t i = 0; i < w->n_containers; i++) {
        struct container *c = w->containers[i];
        if (c->kind == CONTAINER_INIT && !(life_container_over(c) && life_container_succeeded(c))) {
            life_container_advance(c);
            return false;
        }
        if (c->kind == CONTAINER_SIDECAR) {
            life_container_advance(c);
            if (!c->started)
                return false;
        }
    }
    return true;
}

static bool any_app_has_run(const struct worker *w)
{
    for (size_t i = 0; i < w->n_containers; i++)
        if (w->containers[i]->kind == CONTAINER_APP && (w->containers[i]->attempt || w->containers[i]->handle || w->containers[i]->end.set))
            return true;
    return false;
}

/* Over for good: every app container is, or an init container has failed for good. */
static bool all_over(const struct worker *w)
{
    bool apps_over = true;
    for (size_t i = 0; i < w->n_containers; i++) {
        const struct container *c = w->containers[i];
        if (c->kind == CONTAINER_INIT && life_container_over(c) && !life_container_succeeded(c))
            return true;
        if (c->kind == CONTAINER_APP && !life_container_over(c))
            apps_over = false;
    }
    return apps_over;
}

static void run(struct worker *w)
{
    struct err err = {{0}};
    if (w->volumes_stale || pod_tokens_due(w) || pod_certificates_due(w)) {
        w->volumes_stale = false;
        if (life_setup_refresh_volumes(w, &err) < 0)
            pod_event_send(w, NULL, true, "FailedMount", "%s", err.text);
    }
    life_resize_apply(w);
    /* Init containers do not run again while the sandbox that saw them through lives. */
    bool initialised = any_app_has_run(w) && !w->sandbox_lost;
    if (initialised) {
        for (size_t i = 0; i < w->n_containers; i++)
            if (w->containers[i]->kind == CONTAINER_SIDECAR)
                life_container_advance(w->containers[i]);
    } else {
        initialised = init_done(w);
    }
    for (size_t i = 0; initialised && i < w->n_containers; i++)
        if (w->containers[i]->kind == CONTAINER_APP || w->containers[i]->kind == CONTAINER_EPHEMERAL)
            life_container_advance(w->containers[i]);
}

/* ── ending ── */

static bool stopped(const struct container *c)
{
    return !c->handle || c->state == CONTAINER_EXITED;
}

static bool all_stopped(const struct worker *w, bool sidecars_too)
{
    for (size_t i = 0; i < w->n_containers; i++)
        if ((sidecars_too || w->containers[i]->kind != CONTAINER_SIDECAR) && !stopped(w->containers[i]))
            return false;
    return true;
}

/* App containers first, all at once; sidecars after them, last started first (KEP-753). One grace for all of it. */
static bool ended(struct worker *w)
{
    int64_t now = loop_now(w->host->loop), grace = life_worker_grace(w) * 1000;
    if (!w->setup_at)
        w->setup_at = now; /* from here on: when the ending began */
    int64_t left = MAX(w->setup_at + grace - now, (int64_t)0);
    for (size_t i = 0; i < w->n_containers; i++)
        if (w->containers[i]->kind != CONTAINER_SIDECAR)
            life_container_end(w->containers[i], left);
    if (!all_stopped(w, false))
        return false;
    for (size_t i = w->n_containers; i--;) {
        struct container *c = w->containers[i];
        if (c->kind != CONTAINER_SIDECAR)
            continue;
        life_container_end(c, MAX(left, (int64_t)2000));
        if (!stopped(c))
            return false;
    }
    return true;
}

/* The API knows how it ended: until then the sandbox stays, from which another agent would learn it. */
static bool told(const struct worker *w)
{
    return w->deleting || (!w->status_busy && !w->status_dirty);
}

static bool busy(const struct worker *w)
{
    return w->sandbox_busy || w->network_busy || w->teardown_busy || w->status_busy || w->delete_busy;
}

static void on_deleted(void *ctx, const struct client_reply *r)
{
    struct worker *w = ctx;
    w->delete_busy = false;
    w->deleted = client_ok(r) || r->code == 404 || r->code == 409;
    if (w->deleted)
        w->forgotten = true;
    pod_worker_poke_after(w, w->deleted ? 0 : 1000);
}

/* The last word: the object itself goes once nothing of the pod is left here. */
static void delete_object(struct worker *w)
{
    struct client_call call = {.verb = CLIENT_DELETE,
                               .resource = client_cache_resource(w->host->pods),
                               .ns = str_of(w->ns),
                               .name = str_of(w->name),
                               .uid = str_of(w->uid),
                               .grace = 0,
                               .propagation = CLIENT_BACKGROUND};
    w->delete_busy = client_send(w->host->client, &call, on_deleted, w) == 0;
    if (!w->delete_busy)
        pod_worker_poke_after(w, 1000);
}

static void finish(struct worker *w)
{
    char folder[OS_PATH_MAX];
    if (!w->deleting)
        return; /* Succeeded or Failed: stays to be read until somebody deletes it */
    if (!w->forgotten && !w->deleted) {
        if (w->status_dirty)
            life_status_changed(w);
        if (!busy(w) && !w->status_dirty)
            delete_object(w);
        return;
    }
    if (busy(w))
        return;
    pod_worker_folder(w, folder);
    if (os_tree_remove(folder) < 0)
        log_warn("node", "pod %s/%s: its folder %s could not be removed", w->ns, w->name, folder);
    char logs[OS_PATH_MAX];
    if (os_path(logs, "%s/%s_%s_%s", w->host->logs, w->ns, w->name, w->uid) == 0 && os_tree_remove(logs) < 0)
        log_warn("node", "pod %s/%s: its logs could not be removed", w->ns, w->name);
    struct pod_host *n = w->host;
    life_worker_free(w);
    if (n->clearing && n->workers.n == 0 && n->cleared) {
        void (*cleared)(void *) = n->cleared;
        n->cleared = NULL;
        cleared(n->cleared_ctx);
    }
}

/* ── the machine ── */

static void enter(struct worker *w, enum worker_state state)
{
    w->state = state;
    if (state == WORKER_TEARING_DOWN)
        pod_checkpoint_forget(w);
    if (state == WORKER_ENDING)
        w->setup_at = 0;
    pod_worker_poke(w);
    if (state == WORKER_TEARING_DOWN)
        life_resize_retry(w->host); /* it has given its room back */
}

/* Asked once, before anything is set up; what was found running has been asked before. */
static void admit(struct worker *w)
{
    struct pod_refusal why;
    if (w->admitted || w->deleting || w->failed)
        return;
    w->admitted = true;
    if (pod_admit(w, &why) != POD_REFUSED)
        return;
    pod_event_send(w, NULL, true, why.reason, "%s", why.message);
    life_worker_end_early(w, why.reason, why.message);
}

static void watch_deadline(struct worker *w)
{
    int64_t seconds = value_int_at(&w->pod, "spec.activeDeadlineSeconds", 0);
    if (!seconds || w->failed || w->deleting || w->state > WORKER_RUNNING)
        return;
    int64_t left = w->started_at + seconds - loop_wall(w->host->loop);
    if (left > 0) {
        pod_worker_poke_after(w, left * 1000);
        return;
    }
    static const char why[] = "Pod was active on the node longer than the specified deadline";
    pod_event_send(w, NULL, false, "DeadlineExceeded", "%s", why);
    life_worker_end_early(w, "DeadlineExceeded", why);
}

void life_worker_advance(void *ctx)
{
    struct worker *w = ctx;
    admit(w);
    watch_deadline(w);
    life_resize_advance(w);
    bool over = w->deleting || w->failed;
    life_status_changed(w);
    switch (w->state) {
    case WORKER_SETTING_UP:
        if (over)
            enter(w, WORKER_ENDING);
        else if (life_setup_done(w))
            enter(w, WORKER_RUNNING);
        break;
    case WORKER_RUNNING:
        if (over || all_over(w))
            enter(w, WORKER_ENDING);
        else if (w->sandbox_lost)
            enter(w, WORKER_SETTING_UP);
        else
            run(w);
        break;
    case WORKER_ENDING:
        if (ended(w) && told(w))
            enter(w, WORKER_TEARING_DOWN);
        break;
    case WORKER_TEARING_DOWN:
        if (life_setup_undone(w))
            enter(w, WORKER_FINISHED);
        break;
    case WORKER_FINISHED:
        finish(w);
        break;
    }
}
