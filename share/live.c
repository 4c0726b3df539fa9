#include "share/inside.h"

#include "object/object.h"

/* On a running cluster: nodes come, change and go, pods are told by their trees, and what work is expected is learnt from the pods that came. */

#define KINDS_MAX 256    /* kinds of pods the expectation is made of; further ones are not expected */
#define SEEN_MAX  4096.0 /* pods after which the past counts half */

int share_new_live(struct share **out)
{
    int r = share_new(out, SHARE_GRADIENT);
    if (r == 0)
        (*out)->live = true;
    return r;
}

/* ── machines ── */

static struct machine *machine_get(struct share *s, struct str name)
{
    struct machine *m = map_get(&s->by_name, name);
    if (m)
        return m;
    m = mem_alloc(sizeof(*m));
    if (!m)
        return NULL;
    m->name = mem_text(name.p, name.n);
    m->model = mem_text("", 0);
    for (int i = 0; i < SHARE_GPUS_MAX; i++)
        m->free[i] = SHARE_WHOLE;
    if (m->name && m->model && map_put(&s->by_name, str_of(m->name), m) == 0)
        return m;
    mem_free(m->name);
    mem_free(m->model);
    mem_free(m);
    return NULL;
}

static void machine_free(struct share *s, struct machine *m)
{
    map_del(&s->by_name, str_of(m->name));
    mem_free(m->name);
    mem_free(m->model);
    mem_free(m);
}

static void drop_if_idle(struct share *s, struct machine *m)
{
    for (int i = 0; i < SHARE_GPUS_MAX; i++)
        if (m->known || m->free[i] != SHARE_WHOLE)
            return;
    machine_free(s, m);
}

static void touch(struct share *s, struct str name)
{
    uint32_t node = sched_node_find(s->engine, name);
    if (node != SCHED_NOWHERE)
        sched_touch(s->engine, node);
}

int share_node_put(struct share *s, const struct value *node)
{
    struct str name = value_text_at(node, "metadata.name"), model = value_text(value_get(value_at(node, "metadata.labels"), STR(SHARE_MODEL)));
    int64_t milli = quantity_value(quantity_of(value_get(value_at(node, "status.allocatable"), STR(SHARE_RESOURCE))));
    int n = (int)MAX(MIN(milli / SHARE_WHOLE, (int64_t)SHARE_GPUS_MAX), (int64_t)0);
    struct machine *m = map_get(&s->by_name, name);
    if (n == 0 && !m)
        return 0;
    m = machine_get(s, name);
    char *copy = m ? mem_text(model.p, model.n) : NULL;
    if (!copy)
        return -ENOMEM;
    bool same = m->known && m->n == n && str_is(model, m->model);
    m->known = true;
    m->n = n;
    mem_free(m->model);
    m->model = copy;
    if (!same)
        touch(s, name);
    return !same;
}

void share_node_gone(struct share *s, struct str name)
{
    struct machine *m = map_get(&s->by_name, name);
    if (!m)
        return;
    m->known = false;
    m->n = 0;
    drop_if_idle(s, m);
}

/* ── what is expected ── */

/* From time to time what has come is what is expected; all answers are anew then. */
static int expect(struct share *s, const struct share_demand *d)
{
    if (s->kinds.n >= KINDS_MAX)
        return 0;
    struct kind *k = share_kind(s, d);
    if (!k)
        return -ENOMEM;
    k->seen++;
    s->seen++;
    if (s->seen < s->weight * 1.25 + 1 && k->weight > 0)
        return 0;
    bool old = s->seen > SEEN_MAX;
    s->weight = 0;
    for (size_t i = 0; i < s->kinds.n; i++) {
        k = &s->kinds.p[i];
        k->seen = old ? k->seen / 2 : k->seen;
        k->weight = k->seen;
        s->weight += k->weight;
    }
    s->seen = s->weight;
    sched_touch(s->engine, SCHED_NOWHERE);
    return 0;
}

/* ── pods ── */

static void release(struct share *s, struct claim *k)
{
    struct machine *m = k->on;
    if (!m)
        return;
    share_take(m, k->held, -k->demand.milli);
    k->held = 0;
    k->on = NULL;
    touch(s, str_of(m->name));
    drop_if_idle(s, m);
}

static void claim_free(struct share *s, struct claim *k)
{
    release(s, k);
    map_del(&s->claims, str_of(k->uid));
    mem_free(k->uid);
    mem_free(k);
}

static int claim_new(struct share *s, struct str uid, const struct share_demand *d, struct claim **out)
{
    struct claim *k = mem_alloc(sizeof(*k) + d->models.n + 1);
    if (k)
        k->uid = mem_text(uid.p, uid.n);
    if (!k || !k->uid || map_put(&s->claims, str_of(k->uid), k) < 0) {
        mem_free(k ? k->uid : NULL);
        mem_free(k);
        return -ENOMEM;
    }
    k->demand = *d;
    if (d->models.n)
        memcpy(k->models, d->models.p, d->models.n);
    k->demand.models = str_make(k->models, d->models.n);
    *out = k;
    return 0;
}

/* "0,3": as many as it asks for; 0: it does not name them. */
static uint32_t named(const struct value *pod, const struct share_demand *d)
{
    struct str rest = value_text(value_get(value_at(pod, "metadata.annotations"), STR(SHARE_GPUS))), piece = STR_NONE;
    uint32_t gpus = 0;
    while (str_next(&rest, ',', &piece)) {
        int64_t i;
        if (str_to_int(piece, &i) < 0 || i < 0 || i >= SHARE_GPUS_MAX)
            return 0;
        gpus |= 1u << i;
    }
    return __builtin_popcount(gpus) == d->count ? gpus : 0;
}

/* It is on a node: it holds what its annotation names; where it names none, what would be chosen, or the first ones: it runs already. */
static int occupy(struct share *s, struct claim *k, struct str node, const struct value *pod)
{
    struct machine *m = machine_get(s, node);
    uint32_t slot = sched_node_find(s->engine, node);
    if (!m)
        return -ENOMEM;
    if (k->on == m)
        return 0;
    release(s, k);
    k->held = named(pod, &k->demand);
    if (!k->held && share_holds(m, &k->demand))
        k->held = share_choose(s, m, &k->demand, slot == SCHED_NOWHERE ? 0 : share_cpu_free(s, slot)).gpus;
    if (!k->held)
        k->held = (1u << k->demand.count) - 1;
    share_take(m, k->held, k->demand.milli);
    k->on = m;
    touch(s, node);
    return 0;
}

int share_pod_put(struct share *s, const struct value *pod)
{
    struct share_demand d;
    struct str uid = value_text_at(pod, "metadata.uid"), node = value_text_at(pod, "spec.nodeName"), phase = value_text_at(pod, "status.phase");
    struct claim *k = map_get(&s->claims, uid);
    bool over = str_is(phase, "Succeeded") || str_is(phase, "Failed"), bad = share_read(pod, &d, NULL) < 0;
    if (k && (over || (!k->on && (bad || d.count == 0)))) {
        claim_free(s, k);
        return 0;
    }
    if (over || bad || (!k && d.count == 0))
        return 0;
    if (k && !k->on && !node.n) { /* it waits, and may ask for something else now */
        claim_free(s, k);
        return claim_new(s, uid, &d, &k);
    }
    int r = 0;
    if (!k && (r = claim_new(s, uid, &d, &k)) == 0)
        r = expect(s, &d);
    return r < 0 || !node.n ? r : occupy(s, k, node, pod);
}

void share_pod_over(struct share *s, struct str uid)
{
    struct claim *k = map_get(&s->claims, uid);
    if (k)
        claim_free(s, k);
}

bool share_gpus(const struct share *s, struct str uid, struct buf *out)
{
    const struct claim *k = map_get(&s->claims, uid);
    bool any = false;
    for (unsigned i = 0; k && k->on && i < SHARE_GPUS_MAX; i++)
        if (k->held >> i & 1) {
            buf_fmt(out, "%s%u", any ? "," : "", i);
            any = true;
        }
    return any;
}

int share_free_of(const struct share *s, struct str node, int out[SHARE_GPUS_MAX])
{
    const struct machine *m = map_get(&s->by_name, node);
    if (m)
        memcpy(out, m->free, sizeof(m->free));
    return m ? m->n : 0;
}

void share_live_done(struct share *s)
{
    struct map_slot *slot;
    while ((slot = map_next(&s->claims, NULL))) {
        struct claim *k = slot->value;
        map_del(&s->claims, str_of(k->uid));
        mem_free(k->uid);
        mem_free(k);
    }
    while ((slot = map_next(&s->by_name, NULL)))
        machine_free(s, slot->value);
    map_done(&s->claims);
    map_done(&s->by_name);
}
