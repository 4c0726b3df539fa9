#include "scheduler/inside.h"

#define NODE_BYTES (4u << 20)
#define POD_BYTES (1u << 20)

int scheduler_cluster_new(struct scheduler_cluster **out)
{
    *out = mem_alloc(sizeof(**out));
    return *out ? 0 : -ENOMEM;
}

/* ── nodes ── */

static struct machine *machine_get(struct scheduler_cluster *c, struct str name)
{
    struct machine *m = map_get(&c->nodes, name);
    if (m)
        return m;
    m = mem_alloc(sizeof(*m));
    if (!m)
        return NULL;
    list_init(&m->pods);
    struct machine **place = arena_new(&m->mem, NODE_BYTES) < 0 ? NULL : VEC_ADD(&c->order);
    if (!place) {
        arena_free(m->mem);
        mem_free(m);
        return NULL;
    }
    if (arena_str(m->mem, name, &m->name) < 0 || map_put(&c->nodes, m->name, m) < 0) {
        c->order.n--;
        arena_free(m->mem);
        mem_free(m);
        return NULL;
    }
    m->place = c->order.n - 1;
    *place = m;
    return m;
}

static void machine_free(struct scheduler_cluster *c, struct machine *m)
{
    map_del(&c->nodes, m->name);
    c->order.n--;
    c->order.p[m->place] = c->order.p[c->order.n];
    c->order.p[m->place]->place = m->place;
    arena_free(m->mem);
    mem_free(m);
}

int scheduler_node_put(struct scheduler_cluster *c, const struct value *node)
{
    SCOPED(arena) fresh = NULL;
    struct machine *m = machine_get(c, value_text_at(node, "metadata.name"));
    struct value labels = {0}, taints = {0}, images = {0};
    struct str name;
    struct amounts has;
    const struct value *parts[] = {value_at(node, "metadata.labels"), value_at(node, "spec.taints"), value_at(node, "status.images")};
    struct value *to[] = {&labels, &taints, &images};
    int r = m ? arena_new(&fresh, NODE_BYTES) : -ENOMEM;
    for (size_t i = 0; r == 0 && i < ARRAY_LEN(parts); i++)
        r = parts[i] ? value_copy(fresh, parts[i], to[i]) : 0;
    if (r == 0)
        r = arena_str(fresh, m->name, &name);
    if (r < 0)
        return r;
    amounts_of_list(fresh, value_at(node, "status.allocatable"), &has);
    /* The map's key lies in the old arena: put it in anew before that goes. */
    r = map_put(&c->nodes, name, m);
    if (r < 0)
        return r;
    arena_free(m->mem);
    m->mem = TAKE(fresh);
    m->name = name;
    m->labels = labels;
    m->taints = taints;
    m->images = images;
    m->has = has;
    m->unschedulable = value_bool_at(node, "spec.unschedulable", false);
    m->known = true;
    return 0;
}

void scheduler_node_del(struct scheduler_cluster *c, struct str name)
{
    struct machine *m = map_get(&c->nodes, name);
    if (!m)
        return;
    m->known = false;
    if (list_empty(&m->pods))
        machine_free(c, m);
}

size_t scheduler_nodes(const struct scheduler_cluster *c)
{
    size_t n = 0;
    for (size_t i = 0; i < c->order.n; i++)
        n += c->order.p[i]->known;
    return n;
}

/* ── pods ── */

static void count_again(struct machine *m)
{
    m->used = (struct amounts){0};
    LIST_EACH(p, &m->pods, struct placed, link)
        amounts_add(&m->used, &p->asks, 1);
}

void scheduler_pod_del(struct scheduler_cluster *c, struct str uid)
{
    struct placed *p = map_del(&c->pods, uid);
    if (!p)
        return;
    struct machine *m = map_get(&c->nodes, p->node);
    list_del(&p->link);
    arena_free(p->mem);
    mem_free(p);
    if (!m)
        return;
    count_again(m); /* names of extended resources lie in the pods' arenas: sums are made afresh */
    if (!m->known && list_empty(&m->pods))
        machine_free(c, m);
}

int scheduler_assume(struct scheduler_cluster *c, const struct value *pod, struct str node)
{
    struct placed *p = mem_alloc(sizeof(*p));
    struct machine *m = p ? machine_get(c, node) : NULL;
    int32_t nsec;
    int r = m ? arena_new(&p->mem, POD_BYTES) : -ENOMEM;
    if (r == 0)
        r = arena_str(p->mem, value_text_at(pod, "metadata.uid"), &p->uid);
    if (r == 0)
        r = arena_str(p->mem, node, &p->node);
    if (r < 0) {
        if (p)
            arena_free(p->mem);
        mem_free(p);
        return r;
    }
    asks_of_pod(p->mem, pod, &p->asks);
    p->n_ports = ports_of_pod(p->mem, pod, &p->ports);
    p->priority = (int32_t)value_int_at(pod, "spec.priority", 0);
    p->deleting = !value_is_null(value_at(pod, "metadata.deletionTimestamp"));
    if (time_parse_rfc3339(value_text_at(pod, "metadata.creationTimestamp"), &p->created, &nsec) < 0)
        p->created = 0;
    scheduler_pod_del(c, p->uid);
    m = machine_get(c, node); /* the deletion may have taken an unknown node with it */
    r = m ? map_put(&c->pods, p->uid, p) : -ENOMEM;
    if (r < 0) {
        arena_free(p->mem);
        mem_free(p);
        return r;
    }
    list_add(&m->pods, &p->link);
    amounts_add(&m->used, &p->asks, 1);
    return 0;
}

int scheduler_pod_put(struct scheduler_cluster *c, const struct value *pod)
{
    struct str node = value_text_at(pod, "spec.nodeName"), phase = value_text_at(pod, "status.phase");
    if (node.n && !str_is(phase, "Succeeded") && !str_is(phase, "Failed"))
        return scheduler_assume(c, pod, node);
    scheduler_pod_del(c, value_text_at(pod, "metadata.uid"));
    return 0;
}

struct scheduler_cluster *scheduler_cluster_free(struct scheduler_cluster *c)
{
    if (!c)
        return NULL;
    struct map_slot *slot;
    while ((slot = map_next(&c->pods, NULL))) {
        struct placed *p = slot->value;
        map_del(&c->pods, p->uid);
        arena_free(p->mem);
        mem_free(p);
    }
    for (size_t i = 0; i < c->order.n; i++) {
        arena_free(c->order.p[i]->mem);
        mem_free(c->order.p[i]);
    }
    map_done(&c->pods);
    map_done(&c->nodes);
    VEC_DONE(&c->order);
    return mem_free(c);
}

/* ── the question ── */

int scheduler_place(struct scheduler_cluster *c, const struct value *pod, struct scheduler_verdict *out)
{
    SCOPED(arena) a = NULL;
    struct amounts asks;
    struct port *ports;
    struct machine *best = NULL;
    int64_t best_score = -1;
    *out = (struct scheduler_verdict){0};
    int r = arena_new(&a, POD_BYTES);
    if (r < 0)
        return r;
    asks_of_pod(a, pod, &asks);
    size_t n_ports = ports_of_pod(a, pod, &ports);
    for (size_t i = 0; i < c->order.n; i++) {
        struct machine *m = c->order.p[i];
        struct str detail = STR_NONE;
        if (!m->known)
            continue;
        enum scheduler_refusal why = filter_static(m, pod, &detail);
        if (why == SCHEDULER_FITS && n_ports && ports_clash(m, ports, n_ports, INT32_MIN))
            why = SCHEDULER_PORTS;
        if (why == SCHEDULER_FITS)
            why = filter_room(m, &m->used, &asks, &detail);
        out->refused[why]++;
        if (why != SCHEDULER_FITS) {
            if (!out->detail[why].n && why == SCHEDULER_TAINT)
                out->detail[why] = detail;
            continue;
        }
        int64_t score = score_of(m, pod, &asks);
        if (score > best_score) {
            best = m;
            best_score = score;
        }
    }
    if (best) {
        out->placed = true;
        out->node = best->name;
    } else {
        preempt_find(c, pod, &asks, ports, n_ports, out);
    }
    return 0;
}

void scheduler_verdict_print(const struct scheduler_cluster *c, const struct scheduler_verdict *v, struct buf *out)
{
    static const char *const texts[] = {
        [SCHEDULER_UNSCHEDULABLE] = "node(s) were unschedulable", [SCHEDULER_NODE_NAME] = "node(s) didn't match the requested node name",
        [SCHEDULER_TAINT] = "node(s) had untolerated taint(s)", [SCHEDULER_AFFINITY] = "node(s) didn't match Pod's node affinity/selector",
        [SCHEDULER_PORTS] = "node(s) didn't have free ports for the requested pod ports", [SCHEDULER_PODS] = "Too many pods",
        [SCHEDULER_CPU] = "Insufficient cpu", [SCHEDULER_MEMORY] = "Insufficient memory", [SCHEDULER_EPHEMERAL] = "Insufficient ephemeral-storage",
        [SCHEDULER_EXTENDED] = "Insufficient extended resources"};
    size_t all = scheduler_nodes(c);
    const char *comma = ": ";
    if (all == 0) {
        buf_text(out, "no nodes available to schedule pods");
        return;
    }
    buf_fmt(out, "0/%zu nodes are available", all);
    for (size_t i = SCHEDULER_FITS + 1; i < SCHEDULER_REFUSALS; i++) {
        if (!v->refused[i])
            continue;
        buf_fmt(out, "%s%zu %s", comma, v->refused[i], texts[i]);
        if (i == SCHEDULER_TAINT && v->detail[i].n && v->refused[i] == 1)
            buf_fmt(out, " {%.*s: }", STR_FMT(v->detail[i]));
        comma = ", ";
    }
    buf_char(out, '.');
    if (v->n_victims)
        buf_fmt(out, " preemption: %zu pod(s) of lower priority would have to go.", v->n_victims);
    else
        buf_fmt(out, " preemption: 0/%zu nodes are available: %zu Preemption is not helpful for scheduling.", all, all);
}
