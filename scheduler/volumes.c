#include "scheduler/inside.h"

#include "object/object.h"

/* Volumes that are bound when their first consumer has its node (WaitForFirstConsumer).
 *
 * The pod keeps its node meanwhile: what it asks for there is counted, so that when its volume has come to lie on that node there is still room for
 * it. Once all its claims are bound it is taken back and has its turn again at once, with every filter; its volumes leave it no other node. When a
 * write is refused, a claim goes, its provisioner gives the node up (takes the annotation away), the node goes, or it takes longer than the profile's
 * bindTimeoutSeconds, the pod waits in back-off. Pods of groups are not held: they come back together. */

#define SELECTED STR("volume.kubernetes.io/selected-node")

struct volume_wait {
    struct list link; /* in scheduler->volume_waits */
    struct scheduler *scheduler;
    char *uid;
    uint32_t node;
    char *claims[CLAIMS_MAX];
    bool told[CLAIMS_MAX]; /* the claim was seen with its node's name */
    size_t n;
    struct loop_timer timer;
};

static int64_t now_of(const struct scheduler *s)
{
    return loop_now(client_loop(s->client));
}

static void wait_free(struct volume_wait *w)
{
    client_forget(w->scheduler->client, w);
    loop_timer_stop(&w->timer);
    list_del(&w->link);
    for (size_t i = 0; i < w->n; i++)
        mem_free(w->claims[i]);
    mem_free(w->uid);
    mem_free(w);
}

static void fail(struct volume_wait *w, const char *why)
{
    struct scheduler *s = w->scheduler;
    struct sched_pod *p = sched_pod_find(s->sched, str_of(w->uid));
    arena_reset(s->scratch);
    if (p) {
        struct pod_name name = name_of(s, p);
        write_event(s, &name, scheduler_name_of(s, p), true, "FailedScheduling", "Scheduling",
                    arena_fmt(s->scratch, "running PreBind plugin \"VolumeBinding\": binding volumes: %s", why));
        cycle_bound(s->cycle, sched_pod_uid(p), false, now_of(s));
    }
    s->failed++;
    wait_free(w);
    devices_settle(s);
    scheduler_wake(s);
}

static void on_timeout(void *ctx)
{
    fail(ctx, "context deadline exceeded");
}

static void on_written(void *ctx, const struct client_reply *r)
{
    struct volume_wait *w = ctx;
    char text[300];
    if (client_ok(r))
        return;
    snprintf(text, sizeof(text), "%.*s", (int)MIN(r->message.n, (size_t)250), r->message.p ? r->message.p : "");
    fail(w, text);
}

static const struct client_cache *claims_of(const struct scheduler *s)
{
    size_t i = 0;
    while (s->feeds[i].kind != SCHED_CLAIM)
        i++;
    return s->feeds[i].cache;
}

/* What stands in the way of waiting on; NULL: nothing. */
static const char *broken(struct volume_wait *w, const struct sched_pod *p)
{
    struct scheduler *s = w->scheduler;
    struct str node = sched_node_name(s->sched, w->node);
    if (sched_pod_node(p) != w->node || !sched_node_known(s->sched, w->node))
        return "the node is gone";
    for (size_t i = 0; i < w->n; i++) {
        struct value tree = {0};
        struct object *o = client_cache_get(claims_of(s), sched_pod_namespace(s->sched, p), str_of(w->claims[i]));
        arena_reset(s->scratch);
        if (!o || object_deleting(o))
            return "a claim is gone";
        if (object_tree(s->scratch, o, &tree, NULL) < 0 || value_text_at(&tree, "spec.volumeName").n)
            continue;
        bool here = str_eq(value_text(value_get(value_at(&tree, "metadata.annotations"), SELECTED)), node);
        if (w->told[i] && !here)
            return "the node is not selected any more";
        w->told[i] = w->told[i] || here;
    }
    return NULL;
}

static void look(struct volume_wait *w)
{
    struct scheduler *s = w->scheduler;
    struct sched_pod *p = sched_pod_find(s->sched, str_of(w->uid));
    struct sched_binding one;
    const char *why = p ? broken(w, p) : NULL;
    if (why) {
        fail(w, why);
        return;
    }
    if (p && sched_unbound(s->sched, p, w->node, &one, 1))
        return;
    wait_free(w);
    if (!p)
        return;
    cycle_withdraw(s->cycle, p, 1u << SCHED_RULE_VOLUME_BINDING, now_of(s));
    cycle_resume(s->cycle, p, false, now_of(s));
    devices_settle(s);
}

void waits_look(struct scheduler *s)
{
    LIST_EACH (w, &s->volume_waits, struct volume_wait, link)
        look(w);
}

void waits_pod_gone(struct scheduler *s, struct str uid)
{
    LIST_EACH (w, &s->volume_waits, struct volume_wait, link)
        if (str_is(uid, w->uid))
            wait_free(w);
}

void waits_close(struct scheduler *s)
{
    LIST_EACH (w, &s->volume_waits, struct volume_wait, link)
        wait_free(w);
}

int waits_begin(struct scheduler *s, struct sched_pod *p, uint32_t node, const struct sched_binding *list, size_t n)
{
    struct str uid = sched_pod_uid(p);
    struct volume_wait *w = mem_alloc(sizeof(*w));
    int64_t ms, device_ms;
    if (!w)
        return -ENOMEM;
    w->scheduler = s;
    w->node = node;
    w->uid = mem_text(uid.p, uid.n);
    list_add(&s->volume_waits, &w->link);
    int r = w->uid ? 0 : -ENOMEM;
    for (size_t i = 0; r == 0 && i < n; i++) {
        w->claims[w->n] = mem_text(list[i].claim.p, list[i].claim.n);
        r = w->claims[w->n] ? 0 : -ENOMEM;
        w->n += r == 0;
    }
    sched_profile_timeouts(s->sched, sched_pod_profile(p), &ms, &device_ms);
    if (r == 0)
        r = loop_timer_start(client_loop(s->client), &w->timer, MAX(ms, INT64_C(1)), on_timeout, w);
    if (r == 0)
        r = write_claims(s, p, sched_node_name(s->sched, node), list, n, on_written, w);
    if (r < 0)
        wait_free(w);
    return r;
}
