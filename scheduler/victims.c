#include "scheduler/inside.h"

#include "http/http.h"
#include "json/json.h"

/* What extenders with a preemptVerb make of a preemption (k8s.io/kube-scheduler/extender/v1).
 *
 * The queue asks here before it acts on what the engine found. The candidates are named to one extender after the other, each with what the one
 * before left of them; meanwhile the pod waits and other pods go on. When all have answered the pod has its turn again, and if it still has to
 * preempt, the best of what they left is taken. One that fails and is not ignorable ends it: the pod stays pending with its words. */

#define UIDS_MAX (1u << 20) /* victims of one answer */

struct proposed { /* one node, and who would go */
    struct str node;
    struct str *uids;
    size_t n;
    int64_t violations;
};

struct proposal {
    struct asking *asking;
    char *uid;
    struct arena *mem;
    VEC(struct proposed) list; /* its texts are in mem */
    size_t at;                 /* whose turn it is */
    bool answered;
    char error[400]; /* "": nobody failed */
    struct http_call *call;
    struct loop_task start; /* not from inside a cycle */
};

static void proposal_free(struct proposal *x)
{
    if (x->call)
        http_call_cancel(x->call);
    loop_defer_cancel(&x->start);
    map_del(&x->asking->proposals, str_of(x->uid));
    VEC_DONE(&x->list);
    arena_free(x->mem);
    mem_free(x->uid);
    mem_free(x);
}

bool victims_pending(const struct asking *a, const struct sched_pod *p)
{
    const struct proposal *x = map_get(&a->proposals, sched_pod_uid(p));
    return x && !x->answered;
}

void victims_forget(struct asking *a, struct str uid)
{
    struct proposal *x = map_get(&a->proposals, uid);
    if (x)
        proposal_free(x);
}

void victims_done(struct asking *a)
{
    struct map_slot *slot;
    while ((slot = map_next(&a->proposals, NULL)))
        proposal_free(slot->value);
    map_done(&a->proposals);
}

/* ── what is proposed ── */

static int propose(void *ctx, const struct sched_candidate *c)
{
    struct proposal *x = ctx;
    struct str name = sched_node_name(x->asking->scheduler->sched, c->node);
    struct proposed *p = VEC_ADD(&x->list);
    if (!p)
        return -ENOMEM;
    *p = (struct proposed){.violations = (int64_t)c->violations, .uids = arena_alloc(x->mem, c->n_victims * sizeof(*p->uids))};
    int r = p->uids ? arena_str(x->mem, name, &p->node) : -ENOMEM;
    for (; r == 0 && p->n < c->n_victims; p->n++)
        r = arena_str(x->mem, sched_pod_uid(c->victims[p->n]), &p->uids[p->n]);
    return r;
}

static int proposal_new(struct asking *a, struct sched_pod *pod, uint32_t first, struct proposal **out)
{
    struct str uid = sched_pod_uid(pod);
    struct proposal *x = mem_alloc(sizeof(*x));
    int r = x ? arena_new(&x->mem, ASKING_BODY_MAX) : -ENOMEM;
    if (r < 0) {
        mem_free(x);
        return r;
    }
    x->asking = a;
    x->uid = mem_text(uid.p, uid.n);
    r = x->uid ? map_put(&a->proposals, str_of(x->uid), x) : -ENOMEM;
    if (r < 0) {
        arena_free(x->mem);
        mem_free(x->uid);
        mem_free(x);
        return r;
    }
    r = sched_candidates(a->scheduler->sched, pod, first, propose, x);
    if (r < 0)
        proposal_free(x);
    else
        *out = x;
    return r;
}

static int put_victims(const struct proposal *x, const struct proposed *p, bool names_only, struct buf *out)
{
    struct scheduler *s = x->asking->scheduler;
    size_t n = 0;
    int r = 0;
    buf_text(out, "{\"Pods\":[");
    for (size_t i = 0; r == 0 && i < p->n; i++) {
        struct sched_pod *v = sched_pod_find(s->sched, p->uids[i]);
        struct object *o = v && !names_only ? client_cache_get(s->pods, sched_pod_namespace(s->sched, v), sched_pod_name(v)) : NULL;
        if (!v || (!names_only && !o))
            continue;
        buf_text(out, n++ ? "," : "");
        if (names_only) {
            buf_text(out, "{\"UID\":");
            json_string(out, p->uids[i]);
            buf_char(out, '}');
        } else {
            r = asking_put_object(o, out);
        }
    }
    buf_fmt(out, "],\"NumPDBViolations\":%lld}", (long long)p->violations);
    return r;
}

static int put_proposal(const struct proposal *x, bool names_only, struct buf *out)
{
    int r = 0;
    buf_text(out, names_only ? ",\"NodeNameToVictims\":null,\"NodeNameToMetaVictims\":{" : ",\"NodeNameToMetaVictims\":null,\"NodeNameToVictims\":{");
    for (size_t i = 0; r == 0 && i < x->list.n; i++) {
        buf_text(out, i ? "," : "");
        json_string(out, x->list.p[i].node);
        buf_char(out, ':');
        r = put_victims(x, &x->list.p[i], names_only, out);
    }
    buf_text(out, "}}");
    return r < 0 ? r : buf_error(out);
}

/* ── what comes back ── */

/* Who was to go and has gone meanwhile need not be named; anybody else must be there. */
static int take_victim(struct proposal *x, struct proposed *p, uint32_t node, struct str uid, struct err *err)
{
    const struct sched *engine = x->asking->scheduler->sched;
    const struct sched_pod *v = sched_pod_find(engine, uid);
    if (!v || sched_pod_node(v) != node)
        return err_raise(err, -EPROTO, "it claims to preempt pod (UID: %.*s) on node: %.*s, but the pod is not found on that node", STR_FMT(uid),
                         STR_FMT(p->node));
    return arena_str(x->mem, uid, &p->uids[p->n++]) < 0 ? err_raise(err, -ENOMEM, "no memory for its answer") : 0;
}

static bool was_proposed(const struct proposed *old, size_t n, struct str node, struct str uid)
{
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; str_eq(old[i].node, node) && j < old[i].n; j++)
            if (str_eq(old[i].uids[j], uid))
                return true;
    return false;
}

static int take_node(struct proposal *x, size_t n_old, const struct value_member *m, struct err *err)
{
    const struct sched *engine = x->asking->scheduler->sched;
    const struct value *pods = asking_member(&m->value, "Pods");
    uint32_t node = sched_node_find(engine, m->key);
    struct proposed p = {.violations = MAX(value_int(asking_member(&m->value, "NumPDBViolations"), 0), (int64_t)0)};
    if (node == SCHED_NOWHERE)
        return err_raise(err, -EPROTO, "it names the node %.*s, which is not known", STR_FMT(m->key));
    if (value_count(pods) > UIDS_MAX)
        return err_raise(err, -E2BIG, "it names too many victims");
    p.uids = arena_alloc(x->mem, (value_count(pods) + 1) * sizeof(*p.uids));
    int r = p.uids ? arena_str(x->mem, m->key, &p.node) : -ENOMEM;
    VALUE_EACH_ITEM (v, pods) {
        const struct value *uid = asking_member(v, "UID");
        struct str id = value_text(uid ? uid : value_at(v, "metadata.uid"));
        if (r == 0 && (sched_pod_find(engine, id) || !was_proposed(x->list.p, n_old, m->key, id)))
            r = take_victim(x, &p, node, id, err);
    }
    struct proposed *slot = r == 0 ? VEC_ADD(&x->list) : NULL;
    if (r == 0 && !slot)
        r = -ENOMEM;
    if (r == 0)
        *slot = p;
    return r;
}

/* The extender's answer takes the place of what was asked: nodes it left out are no candidates any more. */
static int take_answer(struct proposal *x, const struct scheduler_extender *o, const struct value *v, struct err *err)
{
    const struct value *map = asking_member(v, "NodeNameToMetaVictims");
    size_t old = x->list.n;
    int r = 0;
    if (value_is_null(map))
        map = asking_member(v, "NodeNameToVictims");
    VALUE_EACH_MEMBER (m, map)
        if (r == 0)
            r = take_node(x, old, m, err);
    for (size_t i = old; r == 0 && i < x->list.n; i++)
        if (x->list.p[i].n == 0 && !o->ignorable)
            r = err_raise(err, -EPROTO, "expected at least one victim pod on node \"%.*s\"", STR_FMT(x->list.p[i].node));
    if (r < 0) { /* what was asked stands */
        x->list.n = old;
        return r;
    }
    size_t kept = 0;
    for (size_t i = old; i < x->list.n; i++)
        if (x->list.p[i].n)
            x->list.p[kept++] = x->list.p[i];
    x->list.n = kept;
    return 0;
}

/* ── asking ── */

static void next(struct proposal *x);

static void settle(struct proposal *x)
{
    struct scheduler *s = x->asking->scheduler;
    struct sched_pod *p = sched_pod_find(s->sched, str_of(x->uid));
    x->answered = true;
    if (!p) {
        proposal_free(x);
        return;
    }
    cycle_resume(s->cycle, p, false, loop_now(client_loop(s->client)));
    scheduler_wake(s);
}

static void failed(struct proposal *x, const struct extender *e, const char *why)
{
    snprintf(x->error, sizeof(x->error), "running extender \"http%s://%s:%d%.*s/%.*s\": %.200s", e->o->https ? "s" : "", e->host, e->o->port,
             STR_FMT(e->o->prefix), STR_FMT(e->o->preempt), why);
    settle(x);
}

static void on_victims(void *ctx, int r, int code, struct str body, const char *error)
{
    struct proposal *x = ctx;
    const struct extender *e = &x->asking->all[x->at];
    SCOPED(arena) mem = NULL;
    struct value v = {0};
    struct err err = {{0}};
    x->call = NULL;
    r = asking_reply(&mem, r, code, body, error, &v, &err);
    if (r == 0)
        r = take_answer(x, e->o, &v, &err);
    if (r < 0 && !e->o->ignorable) {
        failed(x, e, err.text);
        return;
    }
    x->at++;
    next(x);
}

static int ask(struct proposal *x, const struct sched_pod *p, const struct extender *e)
{
    struct scheduler *s = x->asking->scheduler;
    struct object *o = client_cache_get(s->pods, sched_pod_namespace(s->sched, p), sched_pod_name(p));
    SCOPED_BUF body = BUF_INIT(ASKING_BODY_MAX);
    buf_text(&body, "{\"Pod\":");
    int r = o ? asking_put_object(o, &body) : -ENOENT;
    if (r == 0)
        r = put_proposal(x, e->o->names_only, &body);
    return r < 0 ? r : asking_post(e, e->o->preempt, &body, on_victims, x, &x->call);
}

static void next(struct proposal *x)
{
    struct asking *a = x->asking;
    const struct sched_pod *p = sched_pod_find(a->scheduler->sched, str_of(x->uid));
    struct value tree = {0};
    arena_reset(a->scheduler->scratch);
    if (p && asking_pod(a, sched_pod_namespace(a->scheduler->sched, p), sched_pod_name(p), &tree) < 0)
        p = NULL;
    for (; p && x->at < a->n && x->list.n; x->at++) {
        const struct extender *e = &a->all[x->at];
        if (!e->o->preempt.n || !asking_concerned(e->o, &tree))
            continue;
        int r = ask(x, p, e);
        if (r == 0)
            return; /* on_victims goes on */
        if (!e->o->ignorable) {
            failed(x, e, strerror(-r));
            return;
        }
    }
    settle(x);
}

static void start(void *ctx)
{
    next(ctx);
}

/* ── for the queue ── */

static bool anybody_cares(struct asking *a, const struct sched_pod *p)
{
    struct pod_name n = name_of(a->scheduler, p);
    struct value tree = {0};
    bool any = false;
    if (asking_pod(a, n.ns, n.name, &tree) < 0)
        return false;
    for (size_t i = 0; i < a->n; i++)
        any = any || (a->all[i].o->preempt.n && asking_concerned(a->all[i].o, &tree));
    return any;
}

/* Victims that have gone since are not missed; a node whose victims have all gone needs none. */
static int best_of(struct proposal *x, struct sched_preemption *out)
{
    struct sched *engine = x->asking->scheduler->sched;
    struct sched_candidate *list = arena_alloc(x->mem, (x->list.n + 1) * sizeof(*list));
    if (!list)
        return -ENOMEM;
    for (size_t i = 0; i < x->list.n; i++) {
        const struct proposed *p = &x->list.p[i];
        list[i] = (struct sched_candidate){.node = sched_node_find(engine, p->node),
                                           .violations = (size_t)p->violations,
                                           .victims = arena_alloc(x->mem, (p->n + 1) * sizeof(void *))};
        if (!list[i].victims)
            return -ENOMEM;
        for (size_t k = 0; k < p->n; k++) {
            struct sched_pod *v = sched_pod_find(engine, p->uids[k]);
            if (v && sched_pod_node(v) == list[i].node && list[i].node != SCHED_NOWHERE)
                list[i].victims[list[i].n_victims++] = v;
        }
    }
    return sched_preempt_among(engine, list, x->list.n, out);
}

int victims_asked(void *asking, struct sched_pod *pod, struct sched_preemption *p, uint32_t *rejectors)
{
    struct asking *a = asking;
    struct proposal *x = map_get(&a->proposals, sched_pod_uid(pod));
    int r;
    if (!x && !anybody_cares(a, pod))
        return 0;
    if (x && x->answered) {
        *p = (struct sched_preemption){.node = SCHED_NOWHERE};
        r = x->error[0] ? 0 : best_of(x, p);
        if (r == 0 && p->node == SCHED_NOWHERE)
            snprintf(p->message, sizeof(p->message), "preemption: %s", x->error[0] ? x->error : "no candidate node for preemption");
        p->keep = x->error[0] != 0;
        proposal_free(x);
        return r;
    }
    *rejectors = 1u << a->rule; /* nothing helps until they have answered */
    if (!x) {
        r = proposal_new(a, pod, p->node, &x);
        if (r < 0)
            return r;
        loop_defer(client_loop(a->scheduler->client), &x->start, start, x);
    }
    return CYCLE_LATER;
}
