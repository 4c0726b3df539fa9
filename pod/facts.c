#include "pod/pod.h"

struct worker *pod_worker_find(struct pod_host *h, struct str uid)
{
    return map_get(&h->workers, uid);
}

struct worker *pod_worker_by_name(struct pod_host *h, struct str ns, struct str name)
{
    struct worker *found = NULL;
    MAP_EACH (slot, &h->workers) {
        struct worker *w = slot->value;
        if (str_is(ns, w->ns) && str_is(name, w->name) && (!found || !w->deleting))
            found = w;
    }
    return found;
}

const struct value *pod_worker_spec(const struct worker *w)
{
    return value_at(&w->pod, "spec");
}

void pod_worker_poke(struct worker *w)
{
    loop_defer(w->host->loop, &w->sync, w->host->advance, w);
}

void pod_worker_poke_after(struct worker *w, int64_t ms)
{
    if (ms <= 0) {
        pod_worker_poke(w);
        return;
    }
    if (loop_timer_active(&w->wake) && w->wake.item.at <= loop_now(w->host->loop) + ms)
        return;
    if (loop_timer_start(w->host->loop, &w->wake, ms, w->host->advance, w) < 0)
        pod_worker_poke(w);
}

struct container *pod_worker_container(struct worker *w, struct str name)
{
    for (size_t i = 0; i < w->n_containers; i++)
        if (str_is(name, w->containers[i]->name))
            return w->containers[i];
    return NULL;
}

const char *pod_worker_folder(const struct worker *w, char out[OS_PATH_MAX])
{
    if (os_path(out, "%s/pods/%s", w->host->data, w->uid) < 0)
        out[0] = 0;
    return out;
}

void pod_container_log_path(const struct container *c, unsigned attempt, char out[OS_PATH_MAX])
{
    const struct worker *w = c->worker;
    if (os_path(out, "%s/%s_%s_%s/%s/%u.log", w->host->logs, w->ns, w->name, w->uid, c->name, attempt) < 0)
        out[0] = 0;
}
