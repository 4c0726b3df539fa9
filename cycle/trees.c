#include "cycle/inside.h"

/* Trees of groups: one item of the queue each, while some of their pods wait. The pods themselves are members; what came of an attempt is
 * handed out pod by pod. */

bool is_member(const struct cycle *k, const struct sched_pod *p)
{
    return gang_pods(k->gang) && gang_of_pod(k->gang, sched_pod_uid(p));
}

#define VOICES_COMPARED 32 /* beyond so many sorts of pods some are asked about twice */

/* ── its place in the queue ── */

static int tree_new(struct cycle *k, struct gang_group *root, struct waiting **out)
{
    char name[32];
    struct waiting *w = mem_alloc(sizeof(*w));
    if (!w)
        return -ENOMEM;
    int n = snprintf(name, sizeof(name), "tree %llu", (unsigned long long)++k->tree_numbers); /* no pod's uid has a space */
    w->uid = mem_text(name, (size_t)n);
    if (!w->uid || map_put(&k->waiting, str_of(w->uid), w) < 0) {
        mem_free(w->uid);
        mem_free(w);
        return -ENOMEM;
    }
    list_init(&w->link);
    w->tree = root;
    k->counts[WAITING_NEW]++;
    gang_set_note(root, w);
    *out = w;
    return 0;
}

/* One that is no root any more, or a group whose last pod went, has no place. */
int tree_review(struct cycle *k, struct gang_group *x, bool helps, int64_t now)
{
    struct gang_group *root = x ? gang_root(x) : NULL;
    struct waiting *w = x && x != root ? gang_note(x) : NULL;
    if (w)
        waiting_end(k, w);
    if (!root)
        return 0;
    w = gang_note(root);
    if (w)
        w->heard = false; /* somebody came, went or changed */
    if (gang_waits(k->gang, root) || !gang_anybody_waits(root)) {
        if (w)
            waiting_end(k, w);
        return 0;
    }
    if (!w) {
        int r = tree_new(k, root, &w);
        return r < 0 ? r : go_active(k, w);
    }
    if (w->state == WAITING_UNSCHEDULABLE && helps)
        waiting_stir(k, w, now);
    return 0;
}

static struct gang_group *lost_tree(struct cycle *k)
{
    MAP_EACH (slot, &k->waiting) {
        const struct waiting *w = slot->value;
        struct gang_group *root = w->state == WAITING_MEMBER ? gang_root(gang_of_pod(k->gang, str_of(w->uid))) : NULL;
        if (root && !gang_note(root) && !gang_waits(k->gang, root) && gang_anybody_waits(root))
            return root;
    }
    return NULL;
}

void trees_find(struct cycle *k, int64_t now)
{
    struct gang_group *root;
    while ((root = lost_tree(k)))
        if (tree_review(k, root, true, now) < 0) {
            k->lost = true;
            return;
        }
}

/* ── events ── */

static bool heard_already(const struct waiting *w, const struct gang_pod *p)
{
    for (size_t i = 0; i < w->voices.n; i++) {
        const struct gang_pod *v = w->voices.p[i];
        if (v->rejectors == p->rejectors && sched_pod_class(v->pod) == sched_pod_class(p->pod) && sched_pod_nominated(v->pod) == SCHED_NOWHERE)
            return true;
        if (i == VOICES_COMPARED)
            return false;
    }
    return false;
}

/* Pods of one class that the same rules refused are asked about once; one that room is kept for is asked about its node. */
static int find_voices(struct waiting *w)
{
    w->voices.n = 0;
    for (struct gang_pod *p = gang_pod_next(w->tree, NULL); p; p = gang_pod_next(w->tree, p)) {
        if (!gang_pod_waiting(p) || !p->tried || (sched_pod_nominated(p->pod) == SCHED_NOWHERE && heard_already(w, p)))
            continue;
        struct gang_pod **slot = VEC_ADD(&w->voices);
        if (!slot)
            return -ENOMEM;
        *slot = p;
    }
    w->heard = true;
    return 0;
}

static bool helped(struct cycle *k, struct waiting *w, const struct sched_event *e)
{
    if (e->kind == SCHED_NODE && e->what & (SCHED_ADDED | SCHED_LABELS) && gang_by_topology(w->tree))
        return true;
    if (!w->heard && find_voices(w) < 0)
        return true; /* it is tried again, to be on the safe side */
    for (size_t i = 0; i < w->voices.n; i++)
        if (sched_helps(k->sched, w->voices.p[i]->pod, w->voices.p[i]->rejectors, e))
            return true;
    return false;
}

void trees_stir(struct cycle *k, const struct sched_event *e, int64_t now)
{
    LIST_EACH (w, &k->trees, struct waiting, link)
        if (helped(k, w, e))
            waiting_stir(k, w, now);
}

static void tree_unschedulable(struct cycle *k, struct waiting *w, int64_t now)
{
    waiting_detach(k, w);
    w->heard = false;
    w->failed_at = now;
    waiting_enter(k, w, WAITING_UNSCHEDULABLE);
    list_add(&k->trees, &w->link);
    if (heap_add(&k->flush, &w->stale, now + k->options.flush_ms) < 0)
        go_wait(k, w, now);
}

void member_back(struct cycle *k, struct waiting *w, uint32_t rejectors, bool failed, int64_t now)
{
    struct gang_pod *p = gang_pod_find(k->gang, str_of(w->uid));
    struct gang_group *root = p ? gang_root(p->group) : NULL;
    waiting_enter(k, w, WAITING_MEMBER);
    if (p) {
        gang_pod_back(p);
        p->rejectors |= rejectors;
        p->tried = p->tried || rejectors;
    }
    if (!root)
        return;
    if (tree_review(k, root, false, now) < 0) {
        k->lost = true;
        return;
    }
    struct waiting *tree = gang_note(root);
    if (tree && failed)
        go_wait(k, tree, now);
    else if (tree)
        tree_unschedulable(k, tree, now);
}

/* ── what came of it ── */

void told_forget(struct cycle *k, const struct waiting *w)
{
    if (w->told < k->told.n && k->told.p[w->told].pod == w)
        k->told.p[w->told] = (struct told){.kind = CYCLE_PLACED};
}

size_t cycle_group_placed(const struct cycle *k, struct sched_pod **out, size_t max)
{
    size_t n = 0;
    for (size_t i = 0; i < k->told.n; i++) {
        const struct told *t = &k->told.p[i];
        if (t->kind != CYCLE_PLACED || !t->pod)
            continue;
        if (n < max)
            out[n] = t->pod->pod;
        n++;
    }
    return n;
}

void cycle_withdraw_group(struct cycle *k, uint32_t rejectors, int64_t now)
{
    for (size_t i = 0; i < k->told.n; i++) { /* first all of them: a tree is looked at as a whole */
        struct told *t = &k->told.p[i];
        if (t->kind == CYCLE_PLACED && t->pod)
            sched_forget(k->sched, t->pod->pod);
    }
    for (size_t i = 0; i < k->told.n; i++) {
        struct told *t = &k->told.p[i];
        if (t->kind != CYCLE_PLACED || !t->pod)
            continue;
        k->done.placed--;
        member_back(k, t->pod, rejectors, false, now);
    }
    k->told_at = k->told.n;
}

void tree_resume(struct cycle *k, const struct sched_pod *p, bool failed, int64_t now)
{
    struct gang_group *root = gang_root(gang_of_pod(k->gang, sched_pod_uid(p)));
    struct waiting *w = root ? gang_note(root) : NULL;
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

bool told_next(struct cycle *k, struct cycle_outcome *out)
{
    while (k->told_at < k->told.n) {
        const struct told *t = &k->told.p[k->told_at++];
        if (t->kind != CYCLE_GROUP && !t->pod)
            continue;
        out->kind = t->kind;
        out->pod = t->pod ? t->pod->pod : NULL;
        out->node = t->node;
        out->message = t->message;
        out->nomination_ended = t->nomination_ended;
        out->rejectors = t->rejectors;
        out->attempts = t->attempts;
        out->group = t->group;
        return true;
    }
    return false;
}

static struct str keep(struct cycle *k, struct str s)
{
    struct str out;
    return arena_str(k->telling, s, &out) < 0 ? STR_NONE : out;
}

static int tell_placed(struct cycle *k, const struct gang_pod *p, unsigned attempts)
{
    struct waiting *w = sched_pod_note(p->pod);
    struct told *t = w ? VEC_ADD(&k->told) : NULL;
    if (!t)
        return w ? -ENOMEM : 0;
    w->told = k->told.n - 1;
    *t = (struct told){.kind = CYCLE_PLACED, .pod = w, .node = p->to, .attempts = attempts};
    return 0;
}

static int tell_refused(struct cycle *k, const struct gang_pod *p, struct str message, bool nominated, unsigned attempts)
{
    struct waiting *w = sched_pod_note(p->pod);
    struct told *t = w ? VEC_ADD(&k->told) : NULL;
    if (!t)
        return w ? -ENOMEM : 0;
    w->told = k->told.n - 1;
    bool to = nominated && p->to != SCHED_NOWHERE;
    *t = (struct told){.kind = to ? CYCLE_PREEMPTS : CYCLE_REFUSED,
                       .pod = w,
                       .node = to ? p->to : SCHED_NOWHERE,
                       .rejectors = p->rejectors,
                       .attempts = attempts,
                       .message = p->message.n ? keep(k, p->message) : message,
                       .nomination_ended = !to && p->nominated != SCHED_NOWHERE};
    return 0;
}

/* The one that comes with the victims goes first. */
static void preemptor_first(struct cycle *k)
{
    for (size_t i = 0; i < k->told.n; i++)
        if (k->told.p[i].kind == CYCLE_PREEMPTS) {
            struct told t = k->told.p[0];
            k->told.p[0] = k->told.p[i];
            k->told.p[i] = t;
            k->told.p[0].pod->told = 0;
            if (t.pod)
                t.pod->told = i;
            return;
        }
}

static bool waits_for_claims(const struct cycle *k, const struct gang_pod *p)
{
    struct sched_binding one;
    return p->to != SCHED_NOWHERE && sched_unbound(k->sched, p->pod, p->to, &one, 1) > 0;
}

/* Pods whose claims are yet to be bound are told alone: their claims are written, and they come back. The others must not start without them. */
static int tell_claims_first(struct cycle *k, const struct waiting *w, bool *first)
{
    int r = 0;
    *first = false;
    for (struct gang_pod *p = gang_pod_next(w->tree, NULL); p; p = gang_pod_next(w->tree, p))
        *first = *first || waits_for_claims(k, p);
    for (struct gang_pod *p = *first ? gang_pod_next(w->tree, NULL) : NULL; r == 0 && p; p = gang_pod_next(w->tree, p)) {
        if (p->to == SCHED_NOWHERE)
            continue;
        if (waits_for_claims(k, p)) {
            r = tell_placed(k, p, w->attempts);
        } else {
            sched_forget(k->sched, p->pod);
            gang_pod_back(p);
            p->to = SCHED_NOWHERE;
        }
    }
    return r;
}

static int tell_all(struct cycle *k, const struct waiting *w, const struct gang_verdict *v, struct str message, bool nominated)
{
    struct gang_verdict said = *v;
    struct gang_report report;
    bool claims = false;
    int r = v->placed ? tell_claims_first(k, w, &claims) : 0;
    if (r < 0 || claims)
        return r;
    said.message = message = keep(k, message);
    for (struct gang_pod *p = gang_pod_next(w->tree, NULL); r == 0 && p; p = gang_pod_next(w->tree, p)) {
        if (v->placed && p->to != SCHED_NOWHERE)
            r = tell_placed(k, p, w->attempts);
        else if (gang_pod_waiting(p))
            r = tell_refused(k, p, message, nominated, w->attempts);
    }
    preemptor_first(k);
    for (size_t i = 0; r == 0 && gang_report(k->gang, w->tree, &said, i, &report); i++) {
        struct told *t = VEC_ADD(&k->told);
        if (!t)
            return -ENOMEM;
        t->kind = CYCLE_GROUP;
        t->group = (struct cycle_group){keep(k, report.ns),     keep(k, report.name),    keep(k, report.uid), report.scheduled,
                                        keep(k, report.reason), keep(k, report.message), report.generation};
    }
    return r;
}

/* Memory was out as the news was written down: nothing of it has happened. */
static void take_back(struct cycle *k, const struct waiting *w)
{
    k->told.n = 0;
    for (struct gang_pod *p = gang_pod_next(w->tree, NULL); p; p = gang_pod_next(w->tree, p)) {
        struct waiting *m = sched_pod_note(p->pod);
        if (p->to != SCHED_NOWHERE && m && m->state == WAITING_MEMBER) {
            sched_forget(k->sched, p->pod);
            gang_pod_back(p);
        }
    }
}

static void settle(struct cycle *k, struct waiting *w, const struct gang_verdict *v, bool again, int64_t now)
{
    for (size_t i = 0; i < k->told.n; i++) {
        struct told *t = &k->told.p[i];
        k->done.placed += t->kind == CYCLE_PLACED;
        k->done.refused += t->kind == CYCLE_REFUSED || t->kind == CYCLE_PREEMPTS;
        if (t->kind == CYCLE_PLACED)
            go_binding(k, t->pod);
    }
    if (!gang_anybody_waits(w->tree))
        waiting_end(k, w);
    else if (v->mistaken || again)
        go_wait(k, w, now);
    else
        tree_unschedulable(k, w, now);
}

int tree_turn(struct cycle *k, struct waiting *w, int64_t now, struct cycle_outcome *out)
{
    struct gang_verdict v;
    struct gang_preemption p = {0};
    struct str message;
    k->told.n = k->told_at = 0;
    arena_reset(k->telling);
    w->attempts++;
    int r = gang_place(k->gang, w->tree, &v);
    message = v.message;
    if (r == 0 && !v.placed && !v.mistaken) {
        r = gang_preempt(k->gang, w->tree, &p);
        message = r == 0 ? arena_fmt(k->telling, "%.*s, %.*s", STR_FMT(v.message), STR_FMT(p.message)) : STR_NONE;
    }
    if (r == 0) {
        r = tell_all(k, w, &v, message, p.found);
        if (r < 0)
            take_back(k, w);
    }
    if (r < 0) {
        k->done.failed++;
        go_wait(k, w, now);
        return r;
    }
    k->done.preempted += p.n_victims;
    settle(k, w, &v, p.found && p.n_victims == 0, now);
    if (!told_next(k, out))
        return 0;
    out->victims = p.victims;
    out->n_victims = p.n_victims;
    return 1;
}
