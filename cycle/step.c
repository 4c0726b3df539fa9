#include "cycle/inside.h"

#define RESERVES_MAX 16 /* tries after a plugin could not reserve */

static int place(struct cycle *k, struct waiting *w, struct sched_verdict *v)
{
    for (int i = 0; i < RESERVES_MAX; i++) {
        int r = sched_place(k->sched, w->pod, v);
        if (r < 0 || v->node == SCHED_NOWHERE)
            return r;
        r = sched_assume(k->sched, w->pod, v->node);
        if (r <= 0)
            return r;
    }
    return -EAGAIN;
}

static void end_nominations(struct cycle *k, const struct waiting *w, struct cycle_outcome *out)
{
    out->n_nominees = sched_nominees_below(k->sched, w->pod, out->node, out->nominees, CYCLE_NOMINEES_MAX);
    for (size_t i = 0; i < out->n_nominees; i++)
        (void)!sched_nominate(k->sched, out->nominees[i], SCHED_NOWHERE); /* ending one asks for nothing */
}

static int refused(struct cycle *k, struct waiting *w, struct sched_verdict *v, struct cycle_outcome *out)
{
    struct sched_preemption p;
    bool nominated = sched_pod_nominated(w->pod) != SCHED_NOWHERE;
    buf_clear(&k->message);
    sched_explain(k->sched, w->pod, v, &k->message);
    int r = sched_preempt(k->sched, w->pod, v, &p);
    if (r == 0 && p.node != SCHED_NOWHERE && k->options.preempts)
        r = k->options.preempts(k->options.ctx, w->pod, &p, &v->rejectors);
    if (r < 0)
        return r;
    if (r == CYCLE_LATER) {
        out->kind = CYCLE_ASKS;
        return 0;
    }
    out->kind = CYCLE_REFUSED;
    if (p.node != SCHED_NOWHERE && gang_pods(k->gang)) {
        r = gang_companions(k->gang, p.victims, p.n_victims, &p.victims, &p.n_victims);
        if (r < 0)
            return r;
    }
    if (p.node != SCHED_NOWHERE) {
        struct str name = sched_node_name(k->sched, p.node);
        out->kind = CYCLE_PREEMPTS;
        out->node = p.node;
        out->victims = p.victims;
        out->n_victims = p.n_victims;
        buf_fmt(&k->message, " preemption: found a potential placement for pod on node %.*s, preempting %zu victims", STR_FMT(name), p.n_victims);
        end_nominations(k, w, out);
        r = sched_nominate(k->sched, w->pod, p.node);
        k->done.preempted += p.n_victims;
    } else if (p.message[0]) {
        buf_fmt(&k->message, " %s", p.message);
        if (nominated && !p.keep) {
            r = sched_nominate(k->sched, w->pod, SCHED_NOWHERE);
            out->nomination_ended = true;
        }
    }
    out->message = buf_view(&k->message);
    k->done.refused++;
    return r;
}

int cycle_step(struct cycle *k, int64_t now, struct cycle_outcome *out)
{
    struct sched_verdict v;
    out->pod = NULL;
    out->node = SCHED_NOWHERE;
    out->nomination_ended = false;
    out->n_victims = out->n_nominees = 0;
    out->message = STR_NONE;
    out->rejectors = out->feasible = 0;
    out->score = out->stamp = 0;
    if (told_next(k, out))
        return 1;
    struct waiting *w;
    while ((w = next_waiting(k, now)) && w->tree) {
        int told = tree_turn(k, w, now, out);
        if (told != 0)
            return told;
    }
    if (!w)
        return 0;
    out->pod = w->pod;
    out->attempts = ++w->attempts;
    out->stamp = w->attempts == 1 ? w->stamp : 0;
    int r = place(k, w, &v);
    if (r == 0 && v.node != SCHED_NOWHERE) {
        out->kind = CYCLE_PLACED;
        out->node = v.node;
        out->feasible = v.feasible;
        out->score = v.score;
        k->done.placed++;
        go_binding(k, w);
        return 1;
    }
    if (r == 0)
        r = refused(k, w, &v, out);
    if (r == 0) {
        out->rejectors = v.rejectors;
        r = go_unschedulable(k, w, v.rejectors, now);
    }
    if (r < 0) {
        k->done.failed++;
        go_wait(k, w, now);
        return r;
    }
    return 1;
}

void go_binding(struct cycle *k, struct waiting *w)
{
    k->counts[w->state]--;
    w->state = WAITING_BINDING;
    k->counts[w->state]++;
}

void cycle_bound(struct cycle *k, struct str uid, bool ok, int64_t now)
{
    struct waiting *w = map_get(&k->waiting, uid);
    if (!w || w->state != WAITING_BINDING || ok)
        return;
    k->done.failed++;
    sched_forget(k->sched, w->pod);
    if (is_member(k, w->pod))
        member_back(k, w, 0, true, now);
    else
        go_wait(k, w, now);
}

void cycle_resume(struct cycle *k, struct sched_pod *p, bool failed, int64_t now)
{
    struct waiting *w = sched_pod_note(p);
    if (is_member(k, p)) {
        tree_resume(k, p, failed, now);
        return;
    }
    if (!w || (w->state != WAITING_UNSCHEDULABLE && w->state != WAITING_BACKOFF))
        return;
    if (failed) {
        go_wait(k, w, now);
        return;
    }
    w->attempts -= w->attempts > 0;
    if (go_active(k, w) < 0)
        k->lost = true;
}

bool cycle_groups(const struct cycle *k, const struct sched_pod *p)
{
    return is_member(k, p);
}

void cycle_withdraw(struct cycle *k, struct sched_pod *p, uint32_t rejectors, int64_t now)
{
    struct waiting *w = sched_pod_note(p);
    sched_forget(k->sched, p);
    if (w && is_member(k, p))
        member_back(k, w, rejectors, false, now);
    else if (w && go_unschedulable(k, w, rejectors, now) < 0)
        go_wait(k, w, now);
}
