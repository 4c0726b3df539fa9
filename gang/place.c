#include "gang/inside.h"

/* Trying a tree. What is assumed stands in g->moves in order, so that any part of it can be taken back. */

#define RESERVES_MAX 16 /* tries after a plugin could not reserve */

struct str gang_says(struct gang *g, const char *fmt, ...)
{
    SCOPED_BUF b = BUF_INIT(1u << 16);
    struct str out;
    va_list ap;
    va_start(ap, fmt);
    buf_vfmt(&b, fmt, ap);
    va_end(ap);
    return buf_error(&b) < 0 || arena_str(g->words, buf_view(&b), &out) < 0 ? STR("pod group is unschedulable") : out;
}

void trial_undo(struct gang *g, size_t to)
{
    while (g->moves.n > to) {
        struct gang_pod *p = g->moves.p[--g->moves.n].pod;
        sched_forget(g->sched, p->pod);
        p->to = SCHED_NOWHERE;
    }
}

/* ── one pod ── */

/* 0; 1: no longer possible there. */
static int move(struct gang *g, struct gang_pod *p, uint32_t node)
{
    int r = sched_assume(g->sched, p->pod, node);
    if (r != 0)
        return r;
    struct move *m = VEC_ADD(&g->moves);
    if (!m) {
        sched_forget(g->sched, p->pod);
        return -ENOMEM;
    }
    *m = (struct move){p, node};
    p->to = node;
    return 0;
}

static int place_pod(struct gang *g, struct gang_pod *p, bool explain)
{
    struct sched_verdict v = {.node = SCHED_NOWHERE};
    int r = 1;
    for (int i = 0; r > 0 && i < RESERVES_MAX; i++) {
        r = sched_place(g->sched, p->pod, &v);
        if (r < 0)
            return r;
        if (v.node == SCHED_NOWHERE)
            break;
        r = move(g, p, v.node);
    }
    if (r <= 0 && v.node != SCHED_NOWHERE)
        return r;
    if (g->quiet)
        return 0;
    p->tried = true;
    p->rejectors |= v.rejectors;
    if (!explain)
        return 0;
    buf_clear(&g->text);
    sched_explain(g->sched, p->pod, &v, &g->text);
    p->message = gang_says(g, "%.*s", STR_FMT(buf_view(&g->text)));
    return 0;
}

/* ── one group on the nodes in sight ── */

static void cannot(struct gang *g, struct trial *out, int32_t least, int32_t scheduled, int32_t remaining)
{
    out->placed = scheduled >= least;
    if (!out->placed)
        out->message = gang_says(g,
                                 remaining + scheduled < least ? "minCount (%d) cannot be satisfied: %d scheduled, %d remaining"
                                                               : "minCount (%d) is not yet satisfied: %d scheduled, %d remaining",
                                 least, scheduled, remaining);
}

static int pods_here(struct gang *g, struct gang_group *x, bool explain, struct trial *out)
{
    size_t mark = g->moves.n;
    int32_t scheduled = 0, remaining = 0;
    int r = 0;
    *out = (struct trial){0};
    LIST_EACH (p, &x->pods, struct gang_pod, link) {
        scheduled += counts_as_placed(p);
        remaining += gang_pod_waiting(p);
    }
    if (remaining + scheduled >= x->least)
        LIST_EACH (p, &x->pods, struct gang_pod, link) {
            if (!gang_pod_waiting(p))
                continue;
            r = place_pod(g, p, explain);
            if (r < 0)
                break;
            remaining--;
            scheduled += p->to != SCHED_NOWHERE;
            if (remaining + scheduled < x->least)
                break;
        }
    if (r == 0)
        cannot(g, out, x->least, scheduled, remaining);
    if (r < 0 || !out->placed)
        trial_undo(g, mark);
    return r;
}

static int tree(struct gang *g, struct gang_group *x, int depth, bool explain, struct trial *out);

static int children_here(struct gang *g, struct gang_group *x, int depth, bool explain, struct trial *out)
{
    size_t mark = g->moves.n;
    int32_t scheduled = 0, remaining = 0;
    int r = 0;
    *out = (struct trial){0};
    LIST_EACH (child, &x->children, struct gang_group, sibling)
        remaining++;
    if (remaining >= x->least)
        LIST_EACH (child, &x->children, struct gang_group, sibling) {
            struct trial one;
            r = tree(g, child, depth + 1, explain, &one);
            if (r < 0)
                break;
            if (one.mistaken) {
                *out = one;
                out->message = gang_says(g, "composite pod group evaluation failed due to child error: %.*s", STR_FMT(one.message));
                break;
            }
            remaining--;
            scheduled += one.placed;
            if (remaining + scheduled < x->least)
                break;
        }
    if (r == 0 && !out->mistaken)
        cannot(g, out, x->least, scheduled, remaining);
    if (r < 0 || !out->placed)
        trial_undo(g, mark);
    return r;
}

static int here(struct gang *g, struct gang_group *x, int depth, bool explain, struct trial *out)
{
    return x->composite ? children_here(g, x, depth, explain, out) : pods_here(g, x, explain, out);
}

/* ── topology ── */

/* Where its pods are already. 1: they contradict each other, which is told. */
static int domain_taken(struct gang *g, const struct gang_group *x, struct str *out, struct trial *told)
{
    *out = STR_NONE;
    for (struct gang_pod *p = gang_pod_next(x, NULL); p; p = gang_pod_next(x, p)) {
        struct str value;
        if (!counts_as_placed(p))
            continue;
        struct str name = sched_pod_name(p->pod);
        if (!sched_node_label(g->sched, sched_pod_node(p->pod), x->topology, &value))
            told->message =
                gang_says(g, "cannot determine domain for already scheduled pods: no topology domain found for pod %s/%.*s", x->ns, STR_FMT(name));
        else if (out->p && !str_eq(*out, value))
            told->message = gang_says(g, "cannot determine domain for already scheduled pods: more than 1 domain found for pod group: %.*s, %.*s",
                                      STR_FMT(*out), STR_FMT(value));
        if (told->message.n) {
            told->mistaken = true;
            return 1;
        }
        *out = value;
    }
    return 0;
}

struct part { /* a domain it would fit into: its moves in `saved`, and what speaks for it */
    size_t first, n;
    int64_t pods, fullness;
};
struct parts {
    VEC(struct part) fits;
    VEC(struct move) saved;
};

static int keep_part(struct gang *g, struct parts *all, size_t mark, const uint32_t *nodes, size_t n_nodes)
{
    struct part *part = VEC_ADD(&all->fits);
    size_t n = g->moves.n - mark;
    if (!part)
        return -ENOMEM;
    *part = (struct part){all->saved.n, n, (int64_t)n, n ? sched_fullness(g->sched, g->moves.p[mark].pod->pod, nodes, n_nodes) : 0};
    for (size_t i = mark; i < g->moves.n; i++) {
        struct move *m = VEC_ADD(&all->saved);
        if (!m)
            return -ENOMEM;
        *m = g->moves.p[i];
    }
    return 0;
}

/* The best of them is assumed again: it fitted a moment ago. 1: a plugin thinks otherwise now. */
static int take_best(struct gang *g, const struct parts *all, int64_t before)
{
    const struct part *best = &all->fits.p[0];
    size_t mark = g->moves.n;
    int64_t most = 1;
    int r = 0;
    for (size_t i = 0; i < all->fits.n; i++)
        most = MAX(most, all->fits.p[i].pods + before);
    for (size_t i = 1; i < all->fits.n; i++) {
        const struct part *one = &all->fits.p[i];
        if ((one->pods + before) * 100 / most + one->fullness > (best->pods + before) * 100 / most + best->fullness)
            best = one;
    }
    for (size_t i = 0; r == 0 && i < best->n; i++)
        r = move(g, all->saved.p[best->first + i].pod, all->saved.p[best->first + i].node);
    if (r != 0)
        trial_undo(g, mark);
    return r;
}

static int64_t placed_before(const struct gang_group *x)
{
    int64_t n = 0;
    for (struct gang_pod *p = gang_pod_next(x, NULL); p; p = gang_pod_next(x, p))
        n += counts_as_placed(p);
    return n;
}

/* All parts, one after another; what the first one that does not fit says is told. */
static int try_parts(struct gang *g, struct gang_group *x, int depth, const struct sched_split *s, struct str only, struct parts *all, bool explain,
                     struct trial *out)
{
    size_t n_before, tried = 0, mark = g->moves.n;
    const uint32_t *before = sched_in_sight(g->sched, &n_before);
    struct str first = STR_NONE;
    int r = 0;
    for (size_t i = 0; r == 0 && i < sched_split_count(s); i++) {
        size_t n;
        const uint32_t *nodes = sched_split_nodes(s, i, &n);
        struct trial one;
        if (only.p && !str_eq(only, sched_split_value(g->sched, s, i)))
            continue;
        sched_look_at(g->sched, nodes, n);
        r = here(g, x, depth, explain && tried == 0, &one);
        if (r == 0 && one.placed)
            r = keep_part(g, all, mark, nodes, n);
        trial_undo(g, mark);
        sched_look_at(g->sched, before, n_before);
        if (one.mistaken && r == 0) {
            *out = one;
            return 0;
        }
        if (r == 0 && tried++ == 0)
            first = one.message;
    }
    out->message = tried ? gang_says(g, "0/%zu placements are available, first placement status: %.*s", tried, STR_FMT(first))
                         : gang_says(g, "0/0 placements are available: no node in sight has the label %.*s", STR_FMT(x->topology));
    return r;
}

static int by_topology(struct gang *g, struct gang_group *x, int depth, bool explain, struct trial *out)
{
    struct sched_split *s = NULL;
    struct parts all = {0};
    struct str only;
    *out = (struct trial){0};
    if (domain_taken(g, x, &only, out))
        return 0;
    int64_t before = placed_before(x);
    int r = sched_split_new(&s, g->sched, x->topology);
    if (r == 0)
        r = try_parts(g, x, depth, s, only, &all, explain, out);
    if (r == 0 && !out->mistaken && all.fits.n) {
        r = take_best(g, &all, before);
        out->placed = r == 0;
        r = MIN(r, 0);
    }
    VEC_DONE(&all.fits);
    VEC_DONE(&all.saved);
    sched_split_free(s);
    return r;
}

static int tree(struct gang *g, struct gang_group *x, int depth, bool explain, struct trial *out)
{
    *out = (struct trial){.message = STR("pod group is unschedulable")};
    if (!x->known || depth > GANG_DEPTH_MAX)
        return 0;
    int r = x->topology.n ? by_topology(g, x, depth, explain, out) : here(g, x, depth, explain, out);
    if (r == 0 && !g->quiet) {
        x->tried = true;
        if (!out->placed)
            x->message = out->message;
    }
    return r;
}

int trial_tree(struct gang *g, struct gang_group *x, struct trial *out)
{
    int r = tree(g, x, 1, !g->quiet, out);
    if (r == 0 && out->placed && g->moves.n == 0) {
        out->placed = false; /* at least one pod */
        out->message = STR("pod group is unschedulable");
    }
    return r;
}

/* ── what is asked of a tree before it is tried ── */

static bool fits_together(struct gang *g, const struct gang_group *root, struct gang_verdict *out)
{
    const struct gang_pod *first = NULL;
    for (struct gang_pod *p = gang_pod_next(root, NULL); p; p = gang_pod_next(root, p)) {
        if (!gang_pod_waiting(p) && !counts_as_placed(p))
            continue;
        first = first ? first : p;
        if (sched_pod_profile(p->pod) != sched_pod_profile(first->pod))
            out->message = STR("all pods in a single pod group should have the same .spec.schedulerName set");
        else if (sched_pod_priority(p->pod) != root->priority)
            out->message = gang_says(g, "all pods in a single pod group should have the same priority as the pod group's priority, got %d and %d",
                                     sched_pod_priority(p->pod), root->priority);
        else if (sched_pod_never_preempts(p->pod) != root->never_preempts)
            out->message = gang_says(
                g, "all pods in a single pod group should have the same preemption policy as the pod group's preemption policy, got %s and %s",
                sched_pod_never_preempts(p->pod) ? "Never" : "PreemptLowerPriority", root->never_preempts ? "Never" : "PreemptLowerPriority");
        if (out->message.n) {
            out->mistaken = true;
            return false;
        }
    }
    return true;
}

void remember_nominations(const struct gang_group *root)
{
    for (struct gang_pod *p = gang_pod_next(root, NULL); p; p = gang_pod_next(root, p))
        p->nominated = sched_pod_nominated(p->pod);
}

/* Who was assumed for a moment lost the room kept for it. */
void restore_nominations(struct gang *g, const struct gang_group *root)
{
    for (struct gang_pod *p = gang_pod_next(root, NULL); p; p = gang_pod_next(root, p))
        if (gang_pod_waiting(p) && p->nominated != SCHED_NOWHERE && sched_pod_nominated(p->pod) == SCHED_NOWHERE &&
            sched_node_known(g->sched, p->nominated))
            (void)!sched_nominate(g->sched, p->pod, p->nominated); /* without memory the room is not kept: no harm */
}

/* A leaf is placed when it has its least number now: a child may have been left out of a tree that was placed. */
static void mark_leaves(struct gang_group *x, int depth)
{
    int32_t n = 0;
    LIST_EACH (p, &x->pods, struct gang_pod, link)
        n += counts_as_placed(p);
    x->placed = !x->composite && n >= x->least;
    if (depth < GANG_DEPTH_MAX)
        LIST_EACH (child, &x->children, struct gang_group, sibling)
            mark_leaves(child, depth + 1);
}

static void forget_last(struct gang_group *x, int depth)
{
    x->tried = x->placed = false;
    x->message = STR("pod group is unschedulable");
    LIST_EACH (p, &x->pods, struct gang_pod, link) {
        p->tried = false;
        p->to = SCHED_NOWHERE;
        p->rejectors = 0;
        p->message = STR_NONE;
    }
    if (depth < GANG_DEPTH_MAX)
        LIST_EACH (child, &x->children, struct gang_group, sibling)
            forget_last(child, depth + 1);
}

int gang_place(struct gang *g, struct gang_group *root, struct gang_verdict *out)
{
    struct trial t;
    *out = (struct gang_verdict){0};
    arena_reset(g->words);
    g->moves.n = 0;
    forget_last(root, 1);
    remember_nominations(root);
    if (!fits_together(g, root, out))
        return 0;
    int r = trial_tree(g, root, &t);
    if (r < 0 || !t.placed)
        trial_undo(g, 0);
    restore_nominations(g, root);
    if (r < 0)
        return r;
    out->placed = t.placed;
    out->mistaken = t.mistaken;
    out->message = t.placed ? STR_NONE : t.message;
    if (t.placed)
        mark_leaves(root, 1);
    return 0;
}
