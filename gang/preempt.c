#include "gang/inside.h"

/* Which pods would have to go so that a whole tree fits?
 *
 * Everything of lower priority is taken out of the numbers, and the tree is tried. If it fits, what was taken out is put back one
 * after another, the most important first — pods whose budget their going would break before all others — as long as the tree's pods
 * still fit where they were placed. Nothing is moved for real. Pods of a group that is disrupted as one stand in one unit. */

struct unit {
    struct gang_group *group; /* disrupted as one; NULL: a pod */
    bool in_group, breaks, aside;
    int32_t priority;
    int64_t started;
    size_t first, n; /* in hunt.pods */
};
struct hunt {
    struct gang *gang;
    struct gang_group *root;
    bool elsewhere; /* a pod's answer depends on other nodes than its own */
    VEC(struct unit) units;
    VEC(struct sched_pod *) pods;
    VEC(struct move) moves; /* where the tree's pods would go */
    uint32_t *heads, *nexts;
    VEC(uint32_t) touched;
};

static void hunt_done(struct hunt *h)
{
    VEC_DONE(&h->units);
    VEC_DONE(&h->pods);
    VEC_DONE(&h->moves);
    VEC_DONE(&h->touched);
    mem_free(h->heads);
    mem_free(h->nexts);
}

/* ── who could go ── */

static int add_pod(struct hunt *h, struct sched_pod *p)
{
    struct sched_pod **slot = VEC_ADD(&h->pods);
    if (!slot)
        return -ENOMEM;
    *slot = p;
    return 0;
}

/* The first of its pods that is met brings all of them. */
static int add_unit(struct hunt *h, struct sched_pod *p, struct gang_group *leaf, struct gang_group *whole)
{
    struct unit *u = VEC_ADD(&h->units);
    int r = 0;
    if (!u)
        return -ENOMEM;
    *u = (struct unit){.group = whole, .in_group = leaf != NULL, .priority = sched_pod_priority(p), .first = h->pods.n, .started = INT64_MAX};
    if (!whole)
        r = add_pod(h, p);
    for (struct gang_pod *m = whole ? gang_pod_next(whole, NULL) : NULL; r == 0 && m; m = gang_pod_next(whole, m))
        if (sched_pod_node(m->pod) != SCHED_NOWHERE)
            r = add_pod(h, m->pod);
    u->n = h->pods.n - u->first;
    for (size_t i = u->first; i < h->pods.n; i++)
        u->started = MIN(u->started, sched_pod_started(h->pods.p[i]));
    return r;
}

static struct sched_pod *first_of(const struct hunt *h, const struct gang_group *whole)
{
    (void)h;
    for (struct gang_pod *m = gang_pod_next(whole, NULL); m; m = gang_pod_next(whole, m))
        if (sched_pod_node(m->pod) != SCHED_NOWHERE)
            return m->pod;
    return NULL;
}

static int32_t priority_of(const struct sched_pod *p, struct gang_group *leaf)
{
    struct gang_group *root = leaf && leaf->known ? gang_root(leaf) : NULL;
    return root && root->known ? root->priority : sched_pod_priority(p);
}

static int find_units(struct hunt *h)
{
    struct sched *s = h->gang->sched;
    int r = 0;
    for (uint32_t node = 0; node < sched_node_slots(s); node++) {
        if (!sched_node_known(s, node))
            continue;
        for (struct sched_pod *p = sched_node_next(s, node, NULL); r == 0 && p; p = sched_node_next(s, node, p)) {
            struct gang_group *leaf = gang_of_pod(h->gang, sched_pod_uid(p)), *whole = undivided(leaf);
            int32_t priority = priority_of(p, leaf);
            if (priority >= h->root->priority || (whole && first_of(h, whole) != p))
                continue;
            r = add_unit(h, p, leaf, whole);
            if (r == 0)
                h->units.p[h->units.n - 1].priority = priority;
        }
    }
    return r;
}

/* The more important first: priority, composite groups before groups before pods, the larger, the one that runs longer. */
static int rank_of(const struct unit *u)
{
    return u->group && u->group->composite ? 3 : u->in_group ? 2 : 1;
}

static int by_importance(const void *x, const void *y)
{
    const struct unit *a = x, *b = y;
    if (a->priority != b->priority)
        return a->priority > b->priority ? -1 : 1;
    if (rank_of(a) != rank_of(b))
        return rank_of(a) > rank_of(b) ? -1 : 1;
    if (a->n != b->n)
        return a->n > b->n ? -1 : 1;
    if (a->started != b->started)
        return a->started < b->started ? -1 : 1;
    return a->first < b->first ? -1 : 1;
}

static void set_aside(struct hunt *h, struct unit *u, bool aside)
{
    for (size_t i = 0; i < u->n; i++)
        sched_set_aside(h->gang->sched, h->pods.p[u->first + i], aside);
    u->aside = aside;
}

static int judge_budgets(struct hunt *h)
{
    size_t n = sched_budgets(h->gang->sched);
    int64_t *left = mem_alloc((n + 1) * sizeof(*left));
    if (!left)
        return -ENOMEM;
    sched_budgets_left(h->gang->sched, left);
    for (size_t i = 0; i < h->units.n; i++)
        for (size_t k = 0; k < h->units.p[i].n; k++)
            h->units.p[i].breaks |= sched_breaks_budget(h->gang->sched, h->pods.p[h->units.p[i].first + k], left);
    mem_free(left);
    return 0;
}

/* ── who may stay ── */

#define NO_MOVE UINT32_MAX

/* Which moves go to a node: a chain from h->heads over h->nexts. */
static int chain_moves(struct hunt *h)
{
    size_t slots = sched_node_slots(h->gang->sched);
    h->heads = mem_alloc((slots + 1) * sizeof(*h->heads));
    h->nexts = mem_alloc((h->moves.n + 1) * sizeof(*h->nexts));
    if (!h->heads || !h->nexts)
        return -ENOMEM;
    for (size_t i = 0; i < slots; i++)
        h->heads[i] = NO_MOVE;
    for (uint32_t i = (uint32_t)h->moves.n; i-- > 0;) {
        h->nexts[i] = h->heads[h->moves.p[i].node];
        h->heads[h->moves.p[i].node] = i;
    }
    return 0;
}

static int by_number(const void *x, const void *y)
{
    uint32_t a = *(const uint32_t *)x, b = *(const uint32_t *)y;
    return a < b ? -1 : a > b;
}

static int note_touched(struct hunt *h, uint32_t move)
{
    uint32_t *slot = VEC_ADD(&h->touched);
    if (!slot)
        return -ENOMEM;
    *slot = move;
    return 0;
}

/* The moves whose answer the unit's staying can change, in their order, each once: h->touched. */
static int find_touched(struct hunt *h, const struct unit *u)
{
    size_t kept = 0;
    int r = 0;
    h->touched.n = 0;
    for (uint32_t i = 0; h->elsewhere && r == 0 && i < h->moves.n; i++)
        r = note_touched(h, i);
    for (size_t i = 0; !h->elsewhere && i < u->n; i++)
        for (uint32_t m = h->heads[sched_pod_node(h->pods.p[u->first + i])]; r == 0 && m != NO_MOVE; m = h->nexts[m])
            r = note_touched(h, m);
    if (r < 0 || h->elsewhere || h->touched.n < 2)
        return r;
    qsort(h->touched.p, h->touched.n, sizeof(*h->touched.p), by_number);
    for (size_t i = 0; i < h->touched.n; i++)
        if (i == 0 || h->touched.p[i] != h->touched.p[kept - 1])
            h->touched.p[kept++] = h->touched.p[i];
    h->touched.n = kept;
    return 0;
}

/* Those of the tree whose answer the unit can change are taken off their nodes and put there again, in order, with it. 0; 1: one does not
 * fit any more (then some are off); <0 */
static int fits_with(struct hunt *h)
{
    struct sched *s = h->gang->sched;
    int r = 0;
    for (size_t i = h->touched.n; i-- > 0;)
        sched_forget(s, h->moves.p[h->touched.p[i]].pod->pod);
    for (size_t i = 0; r == 0 && i < h->touched.n; i++) {
        const struct move *m = &h->moves.p[h->touched.p[i]];
        r = sched_fits(s, m->pod->pod, m->node) ? 1 : sched_assume(s, m->pod->pod, m->node);
    }
    return r;
}

static int again(struct hunt *h)
{
    int r = 0;
    for (size_t i = 0; r == 0 && i < h->touched.n; i++) {
        const struct move *m = &h->moves.p[h->touched.p[i]];
        if (sched_pod_node(m->pod->pod) == SCHED_NOWHERE)
            r = sched_assume(h->gang->sched, m->pod->pod, m->node);
    }
    return r > 0 ? -EAGAIN : r;
}

static int reprieve(struct hunt *h)
{
    int r = 0;
    for (int breaking = 1; breaking >= 0; breaking--)
        for (size_t i = 0; r == 0 && i < h->units.n; i++) {
            struct unit *u = &h->units.p[i];
            if (u->breaks != breaking)
                continue;
            r = find_touched(h, u);
            if (r < 0)
                return r;
            set_aside(h, u, false);
            r = h->touched.n ? fits_with(h) : 0;
            if (r > 0) {
                set_aside(h, u, true);
                r = again(h);
            }
        }
    return r;
}

/* ── the whole ── */

static int simulate(struct hunt *h, struct trial *t)
{
    struct gang *g = h->gang;
    int r = 0;
    for (size_t i = 0; i < h->units.n; i++)
        set_aside(h, &h->units.p[i], true);
    g->quiet = true;
    g->moves.n = 0;
    r = trial_tree(g, h->root, t);
    g->quiet = false;
    if (r < 0 || !t->placed) {
        trial_undo(g, 0);
        return r;
    }
    for (size_t i = 0; r == 0 && i < g->moves.n; i++) {
        struct move *m = VEC_ADD(&h->moves);
        if (m)
            *m = g->moves.p[i];
        r = m ? 0 : -ENOMEM;
        h->elsewhere = h->elsewhere || sched_pod_elsewhere(g->sched, g->moves.p[i].pod->pod);
    }
    if (r == 0)
        r = chain_moves(h);
    if (r == 0)
        r = reprieve(h);
    for (size_t i = g->moves.n; i-- > 0;)
        sched_forget(g->sched, g->moves.p[i].pod->pod); /* harmless for those that are off already */
    g->moves.n = 0;
    return r;
}

static int tell(struct hunt *h, struct gang_preemption *out)
{
    struct gang *g = h->gang;
    g->victims.n = 0;
    for (size_t i = 0; i < h->units.n; i++)
        for (size_t k = 0; h->units.p[i].aside && k < h->units.p[i].n; k++) {
            struct sched_pod **slot = VEC_ADD(&g->victims);
            if (!slot)
                return -ENOMEM;
            *slot = h->pods.p[h->units.p[i].first + k];
        }
    out->victims = g->victims.p;
    out->n_victims = g->victims.n;
    return 0;
}

/* Victims of before are about to go from where room is kept. */
static bool under_way(struct gang *g, const struct gang_group *root)
{
    for (struct gang_pod *p = gang_pod_next(root, NULL); p; p = gang_pod_next(root, p)) {
        uint32_t node = gang_pod_waiting(p) ? sched_pod_nominated(p->pod) : SCHED_NOWHERE;
        for (struct sched_pod *q = node == SCHED_NOWHERE ? NULL : sched_node_next(g->sched, node, NULL); q; q = sched_node_next(g->sched, node, q))
            if (sched_pod_preempted(q) && priority_of(q, gang_of_pod(g, sched_pod_uid(q))) < root->priority)
                return true;
    }
    return false;
}

static void end_nominations(struct gang *g, const struct gang_group *root)
{
    for (struct gang_pod *p = gang_pod_next(root, NULL); p; p = gang_pod_next(root, p)) {
        p->to = SCHED_NOWHERE;
        if (gang_pod_waiting(p))
            (void)!sched_nominate(g->sched, p->pod, SCHED_NOWHERE); /* ending one asks for nothing */
    }
}

static int nominate(struct hunt *h)
{
    int r = 0;
    end_nominations(h->gang, h->root);
    for (size_t i = 0; r == 0 && i < h->moves.n; i++) {
        struct gang_pod *p = h->moves.p[i].pod;
        p->to = h->moves.p[i].node;
        r = sched_nominate(h->gang->sched, p->pod, p->to);
    }
    return r;
}

static int hunt(struct hunt *h, struct gang_preemption *out)
{
    struct gang *g = h->gang;
    struct trial t = {0};
    int r = find_units(h);
    if (r < 0)
        return r;
    if (h->units.n == 0) {
        out->message = STR("No preemption victims found for incoming preemptor");
        return 0;
    }
    qsort(h->units.p, h->units.n, sizeof(*h->units.p), by_importance);
    r = judge_budgets(h);
    if (r == 0)
        r = simulate(h, &t);
    if (r == 0 && t.placed)
        r = tell(h, out);
    for (size_t i = 0; i < h->units.n; i++)
        set_aside(h, &h->units.p[i], false);
    if (r < 0)
        return r;
    if (!t.placed) {
        out->message = t.message;
        return 0;
    }
    r = nominate(h);
    if (r < 0) {
        end_nominations(g, h->root);
        return r;
    }
    out->found = true;
    out->message = gang_says(g, "found a placement for podgroup, preempting %zu victims", out->n_victims);
    return 0;
}

int gang_preempt(struct gang *g, struct gang_group *root, struct gang_preemption *out)
{
    struct hunt h = {.gang = g, .root = root};
    *out = (struct gang_preemption){0};
    if (root->never_preempts) {
        out->message = STR("not eligible due to preemptionPolicy=Never.");
        return 0;
    }
    if (under_way(g, root)) {
        for (struct gang_pod *p = gang_pod_next(root, NULL); p; p = gang_pod_next(root, p))
            p->to = gang_pod_waiting(p) ? sched_pod_nominated(p->pod) : SCHED_NOWHERE;
        out->found = true;
        out->message = STR("ongoing preemption on nominated nodes");
        return 0;
    }
    remember_nominations(root);
    int r = hunt(&h, out);
    if (r < 0)
        restore_nominations(g, root);
    else if (!out->found)
        end_nominations(g, root);
    hunt_done(&h);
    return r;
}

int gang_companions(struct gang *g, struct sched_pod *const *victims, size_t n, struct sched_pod ***out, size_t *n_out)
{
    struct map known = {0};
    int r = 0;
    g->victims.n = 0;
    for (size_t i = 0; r == 0 && i < n; i++) {
        struct sched_pod **slot = VEC_ADD(&g->victims);
        r = slot ? map_put(&known, sched_pod_uid(victims[i]), g) : -ENOMEM;
        if (slot)
            *slot = victims[i];
    }
    for (size_t i = 0; r == 0 && i < n; i++) {
        struct gang_group *whole = undivided(gang_of_pod(g, sched_pod_uid(victims[i])));
        if (whole && map_get(&known, str_of(whole->key))) /* another of its pods brought them all */
            continue;
        if (whole)
            r = map_put(&known, str_of(whole->key), g);
        for (struct gang_pod *m = whole ? gang_pod_next(whole, NULL) : NULL; r == 0 && m; m = gang_pod_next(whole, m)) {
            if (sched_pod_node(m->pod) == SCHED_NOWHERE || map_get(&known, str_of(m->uid)))
                continue;
            struct sched_pod **slot = VEC_ADD(&g->victims);
            r = slot ? map_put(&known, str_of(m->uid), g) : -ENOMEM;
            if (slot)
                *slot = m->pod;
        }
    }
    map_done(&known);
    *out = g->victims.p;
    *n_out = g->victims.n;
    return r;
}
