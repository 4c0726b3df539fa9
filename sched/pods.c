#include "sched/inside.h"

#define KEY_BYTES (4u << 20)
#define IDLE_ASKS 512 /* asks nobody holds are kept a while: the next pod of the same sort comes soon */

/* ── asks ── */

static void ask_end(struct sched *s, struct ask *q)
{
    map_del(&s->asks, q->key);
    if (q->class)
        class_free(s, q->class);
    ask_free(s->book, q);
}

void ask_unref(struct sched *s, struct ask *q)
{
    if (!q || --q->refs)
        return;
    list_add(&s->idle, &q->idle);
    if (++s->n_idle <= IDLE_ASKS)
        return;
    struct ask *oldest = CONTAINER_OF(s->idle.next, struct ask, idle);
    list_del(&oldest->idle);
    s->n_idle--;
    ask_end(s, oldest);
}

static int ask_get(struct sched *s, const struct value *pod, ssize_t profile, uint32_t plugins, bool gated, struct ask **out)
{
    struct ask *q = map_get(&s->asks, buf_view(&s->key));
    if (q) {
        if (q->refs++ == 0) {
            list_del(&q->idle);
            s->n_idle--;
        }
        *out = q;
        return 0;
    }
    int r = ask_new(s->book, pod, buf_view(&s->key), &q);
    if (r < 0)
        return r;
    q->profile = (int32_t)profile;
    q->plugins = plugins;
    q->gated = gated;
    for (uint32_t i = 0; plugins && i < q->amounts->n; i++)
        for (size_t k = 0; k < s->n_plugins; k++) {
            const struct ask_amount *a = &q->amounts->items[i];
            struct str name = a->column == ASK_COLUMN_NONE ? ask_text_of(s->book, a->name) : ask_column_name(s->book, a->column);
            if (plugins >> k & 1 && s->plugins[k].provides && s->plugins[k].provides(s->plugins[k].self, name))
                q->backed |= 1u << i;
        }
    struct class *c;
    r = map_put(&s->asks, q->key, q);
    if (r == 0)
        r = class_of(s, q, &c);
    if (r < 0) {
        ask_end(s, q);
        return r;
    }
    *out = q;
    return 0;
}

/* What tells this pod's ask from others': everything ask_new() reads, and what plugins say about it. One that is
 * placed keeps what plugins said while it waited. */
static int ask_of(struct sched *s, const struct value *pod, bool waiting, struct ask *known, struct ask **out)
{
    struct str by = value_text_at(pod, "spec.schedulerName");
    ssize_t profile = sched_profile_find(s, by.n ? by : STR("default-scheduler"));
    uint32_t plugins = 0;
    bool gated = false;
    buf_clear(&s->key);
    ask_key(pod, &s->key);
    uint32_t plain = (uint32_t)s->key.n;
    if (known && !waiting && known->plain == plain && buf_error(&s->key) == 0 && memcmp(known->key.p, s->key.p, plain) == 0) {
        known->refs++;
        *out = known;
        return 0;
    }
    if (profile >= 0)
        buf_fmt(&s->key, "|%zd.%u", profile, s->added[profile].serial);
    for (size_t i = 0; waiting && profile >= 0 && i < s->n_plugins; i++) {
        buf_char(&s->key, '|');
        int r = s->plugins[i].claims ? s->plugins[i].claims(s->plugins[i].self, pod, &s->key) : 0;
        if (r < 0)
            return r;
        plugins |= (uint32_t)(r > 0) << i;
        gated = gated || r == 2;
        if (r == 2)
            buf_text(&s->key, "|gated");
    }
    int r = buf_error(&s->key);
    if (r == 0)
        r = ask_get(s, pod, profile, plugins, gated, out);
    if (r == 0)
        (*out)->plain = plain;
    return r;
}

/* ── counting ── */

void pod_count(struct sched *s, const struct sched_pod *p, uint32_t node, int sign)
{
    for (uint32_t i = 0; i < p->amounts->n; i++) {
        const struct ask_amount *a = &p->amounts->items[i];
        if (a->column != ASK_COLUMN_NONE)
            s->used[a->column][node] += sign * a->n;
    }
    for (int i = 0; i < 2; i++)
        s->seeming[i][node] += sign * p->amounts->seeming[i];
    s->n_pods[node] += (uint32_t)sign;
    s->machines[node]->n_ports += p->ask->n_ports ? (uint32_t)sign : 0;
    tallies_pod(s, p, node, sign);
}

int pod_countable(struct sched *s, struct sched_pod *p)
{
    int r = 0;
    for (uint32_t i = 0; r == 0 && i < p->amounts->n; i++)
        if (p->amounts->items[i].column != ASK_COLUMN_NONE)
            r = column_need(s, s->used, p->amounts->items[i].column);
    if (r == 0 && !p->owner_counted && (r = class_own(s, p->ask->class, 1)) == 0)
        p->owner_counted = true;
    return r < 0 ? r : labels_prepare(s, p->ask->labels);
}

static void owner_forget(struct sched *s, struct sched_pod *p)
{
    if (p->owner_counted)
        (void)!class_own(s, p->ask->class, -1);
    p->owner_counted = false;
}

int pod_enter(struct sched *s, struct sched_pod *p, uint32_t node)
{
    int r = pod_countable(s, p);
    if (r < 0) {
        if (p->nominated == SCHED_NOWHERE)
            owner_forget(s, p);
        return r;
    }
    p->node = node;
    list_add(&s->machines[node]->pods, &p->link);
    pod_count(s, p, node, 1);
    if (volumes_concern(p->ask))
        volumes_pod(s, p, 1);
    node_touch(s, node, false);
    return 0;
}

void pod_leave(struct sched *s, struct sched_pod *p)
{
    if (p->node == SCHED_NOWHERE)
        return;
    struct machine *m = s->machines[p->node];
    if (volumes_concern(p->ask))
        volumes_pod(s, p, -1);
    pod_count(s, p, p->node, -1);
    node_touch(s, p->node, false);
    list_del(&p->link);
    p->node = SCHED_NOWHERE;
    if (p->nominated == SCHED_NOWHERE)
        owner_forget(s, p);
    machine_drop_if_empty(s, m);
}

void nominee_drop(struct sched *s, struct sched_pod *p)
{
    if (p->nominated == SCHED_NOWHERE)
        return;
    struct machine *m = s->machines[p->nominated];
    list_del(&p->nominee);
    m->n_nominees--;
    node_touch(s, p->nominated, false);
    p->nominated = SCHED_NOWHERE;
    if (p->node == SCHED_NOWHERE)
        owner_forget(s, p);
    machine_drop_if_empty(s, m);
}

int sched_nominate(struct sched *s, struct sched_pod *p, uint32_t node)
{
    if (p->nominated == node)
        return 0;
    if (node != SCHED_NOWHERE && (node >= s->slots || !s->machines[node]))
        return -EINVAL;
    nominee_drop(s, p);
    if (node == SCHED_NOWHERE)
        return 0;
    int r = pod_countable(s, p);
    if (r < 0) {
        if (p->node == SCHED_NOWHERE)
            owner_forget(s, p);
        return r;
    }
    struct machine *m = s->machines[node];
    p->nominated = node;
    list_add(&m->nominees, &p->nominee);
    m->n_nominees++;
    node_touch(s, node, false);
    return 0;
}

/* ── a pod comes, changes, goes ── */

static void pod_free(struct sched *s, struct sched_pod *p)
{
    nominee_drop(s, p);
    pod_leave(s, p);
    map_del(&s->pods, str_of(p->uid));
    ask_amounts_unref(s->book, p->amounts);
    ask_unref(s, p->ask);
    mem_free(p->uid);
    mem_free(p->name);
    mem_free(p);
}

static int pod_new(struct sched *s, const struct value *pod, struct sched_pod **out)
{
    struct str uid = value_text_at(pod, "metadata.uid"), name = value_text_at(pod, "metadata.name");
    struct sched_pod *p = mem_alloc(sizeof(*p));
    if (!p)
        return -ENOMEM;
    list_init(&p->link);
    list_init(&p->nominee);
    p->node = p->nominated = SCHED_NOWHERE;
    p->uid = mem_text(uid.p, uid.n);
    p->name = mem_text(name.p, name.n);
    if (!p->uid || !p->name || map_put(&s->pods, str_of(p->uid), p) < 0) {
        mem_free(p->uid);
        mem_free(p->name);
        mem_free(p);
        return -ENOMEM;
    }
    *out = p;
    return 0;
}

static bool preempted(const struct value *pod)
{
    const struct value *conditions = value_at(pod, "status.conditions");
    VALUE_EACH_ITEM (c, conditions)
        if (str_is(value_text_at(c, "type"), "DisruptionTarget"))
            return str_is(value_text_at(c, "status"), "True") && str_is(value_text_at(c, "reason"), "PreemptionByScheduler");
    return false;
}

static void read_flags(struct sched_pod *p, const struct value *pod)
{
    struct str since = value_text_at(pod, "status.startTime");
    int32_t nsec;
    p->deleting = !value_is_null(value_at(pod, "metadata.deletionTimestamp"));
    p->preempted = p->deleting && preempted(pod);
    p->gated = value_count(value_at(pod, "spec.schedulingGates")) > 0 || p->ask->gated;
    if (time_parse_rfc3339(since.n ? since : value_text_at(pod, "metadata.creationTimestamp"), &p->started, &nsec) < 0)
        p->started = 0;
}

static bool smaller(const struct ask_amounts *now, const struct ask_amounts *was)
{
    for (uint32_t i = 0; i < was->n; i++)
        if (ask_amount_of(now, was->items[i].column) < was->items[i].n)
            return true;
    return false;
}

static unsigned compare(const struct sched_pod *p, const struct ask *q, const struct ask_amounts *m, const struct sched_pod *was)
{
    unsigned what = 0;
    if (q->labels != was->ask->labels)
        what |= SCHED_LABELS;
    if (m != was->amounts && smaller(m, was->amounts))
        what |= SCHED_SMALLER;
    if (was->gated && !p->gated)
        what |= SCHED_GATES;
    if (q != was->ask && q->n_tolerations != was->ask->n_tolerations)
        what |= SCHED_TOLERATIONS;
    if (!what && (q != was->ask || m != was->amounts || p->deleting != was->deleting))
        what |= SCHED_OTHER;
    return what;
}

/* Replaces what the pod asks for; where it is counted it is counted anew. What can fail is tried first, with a pod that
 * stands for it; so a failure changes nothing. */
static int pod_replace(struct sched *s, struct sched_pod *p, struct ask *q, struct ask_amounts *m, const struct value *pod, struct sched_event *e)
{
    struct sched_pod was = *p, probe = {.ask = q, .amounts = m, .node = SCHED_NOWHERE, .nominated = SCHED_NOWHERE};
    uint32_t node = p->node, nominated = p->nominated;
    struct machine *pin = node != SCHED_NOWHERE ? s->machines[node] : NULL, *pin2 = nominated != SCHED_NOWHERE ? s->machines[nominated] : NULL;
    bool again = q != p->ask || m != p->amounts || p->deleting != !value_is_null(value_at(pod, "metadata.deletionTimestamp"));
    bool known = pin && pin->known, known2 = pin2 && pin2->known, counted = again && (pin || pin2);
    int r = counted ? pod_countable(s, &probe) : 0;
    if (r < 0) {
        owner_forget(s, &probe);
        return r;
    }
    if (counted) { /* the machines must outlive the moment they have no pods */
        if (pin)
            pin->known = true;
        if (pin2)
            pin2->known = true;
        nominee_drop(s, p);
        pod_leave(s, p);
    }
    p->ask = q;
    p->amounts = m;
    read_flags(p, pod);
    if (counted && node != SCHED_NOWHERE)
        r = pod_enter(s, p, node);
    if (counted && r == 0 && nominated != SCHED_NOWHERE)
        r = sched_nominate(s, p, nominated);
    owner_forget(s, &probe);
    if (pin)
        pin->known = known;
    if (pin2)
        pin2->known = known2;
    if (r == 0)
        e->what |= compare(p, q, m, &was);
    return r;
}

static int settle(struct sched *s, struct sched_pod *p, const struct value *pod, struct sched_event *e)
{
    struct str name = value_text_at(pod, "spec.nodeName");
    struct machine *m = name.n ? machine_get(s, name) : NULL;
    if (!name.n)
        return 0;
    if (!m)
        return -ENOMEM;
    if (p->node == m->index) {
        if (p->assumed)
            e->what |= SCHED_ADDED | SCHED_ASSUMED;
        p->assumed = false;
    } else {
        if (p->node != SCHED_NOWHERE)
            sched_forget(s, p);
        int r = pod_enter(s, p, m->index);
        if (r < 0) {
            machine_drop_if_empty(s, m);
            return r;
        }
        e->what |= SCHED_ADDED;
    }
    nominee_drop(s, p);
    return 0;
}

static void gone(struct sched *s, const struct sched_pod *p, struct sched_event *e)
{
    ask_unref(s, s->gone);
    ask_amounts_unref(s->book, s->gone_amounts);
    s->gone = p->ask;
    s->gone->refs++;
    s->gone_amounts = ask_amounts_ref(p->amounts);
    e->ask = s->gone_amounts;
    e->labels = s->gone->labels;
    e->terms = s->gone;
}

/* What a pod that is placed asks for can be another thing than what its spec says: a resize. */
static int amounts_of(struct sched *s, const struct value *pod, bool placed, struct ask *q, struct ask_amounts **out)
{
    bool told =
        value_at(pod, "status.containerStatuses") || value_at(pod, "status.initContainerStatuses") || value_at(pod, "status.allocatedResources");
    if (placed && told)
        return ask_amounts_of(s->book, pod, true, out);
    *out = ask_amounts_ref(q->amounts);
    return 0;
}

int pod_put(struct sched *s, const struct value *pod, struct sched_event *e)
{
    struct str uid = value_text_at(pod, "metadata.uid"), phase = value_text_at(pod, "status.phase");
    bool over = str_is(phase, "Succeeded") || str_is(phase, "Failed"), placed = value_text_at(pod, "spec.nodeName").n > 0;
    struct sched_pod *p = uid.n ? map_get(&s->pods, uid) : NULL;
    struct ask *q;
    struct ask_amounts *m;
    if (!uid.n)
        return -EINVAL;
    if (over) {
        pod_del(s, uid, e);
        return 0;
    }
    int r = ask_of(s, pod, !placed, p ? p->ask : NULL, &q);
    if (r < 0)
        return r;
    r = amounts_of(s, pod, placed, q, &m);
    if (r < 0) {
        ask_unref(s, q);
        return r;
    }
    bool fresh = !p;
    if (fresh) {
        r = pod_new(s, pod, &p);
        if (r == 0) {
            p->ask = q;
            p->amounts = m;
            read_flags(p, pod);
            e->what |= placed ? 0 : SCHED_ADDED;
        }
    } else {
        struct ask *old = p->ask;
        struct ask_amounts *old_amounts = p->amounts;
        r = pod_replace(s, p, q, m, pod, e);
        if (r == 0) {
            ask_unref(s, old);
            ask_amounts_unref(s->book, old_amounts);
        }
    }
    if (r < 0) {
        ask_unref(s, q);
        ask_amounts_unref(s->book, m);
        return r;
    }
    r = settle(s, p, pod, e);
    if (r < 0) {
        if (fresh)
            pod_free(s, p);
        return r;
    }
    struct str nominated = fresh && !placed ? value_text_at(pod, "status.nominatedNodeName") : STR_NONE;
    struct machine *to = nominated.n ? machine_find(s, nominated) : NULL;
    if (to && sched_nominate(s, p, to->index) < 0)
        nominee_drop(s, p); /* a wish that is only kept when there is memory for it */
    gone(s, p, e);
    e->pod = p;
    e->node = p->node;
    return 0;
}

void pod_del(struct sched *s, struct str uid, struct sched_event *e)
{
    struct sched_pod *p = map_get(&s->pods, uid);
    if (!p)
        return;
    e->what = SCHED_DELETED;
    e->node = p->node;
    e->note = p->note;
    gone(s, p, e);
    if (p->assumed)
        sched_forget(s, p);
    pod_free(s, p);
}

int sched_pod_again(struct sched *s, struct sched_pod *p, const struct value *pod)
{
    struct sched_event e = {0};
    struct ask *q, *old = p->ask;
    struct ask_amounts *m, *old_amounts = p->amounts;
    int r = ask_of(s, pod, true, NULL, &q);
    if (r < 0)
        return r;
    m = ask_amounts_ref(q->amounts);
    r = pod_replace(s, p, q, m, pod, &e);
    ask_unref(s, r < 0 ? q : old);
    ask_amounts_unref(s->book, r < 0 ? m : old_amounts);
    return r;
}

/* ── reserve ── */

static void unreserve(struct sched *s, struct sched_pod *p, uint32_t node, size_t n)
{
    while (n--)
        if (p->ask->plugins >> n & 1 && s->plugins[n].unreserve)
            s->plugins[n].unreserve(s->plugins[n].self, p, node);
}

int sched_assume(struct sched *s, struct sched_pod *p, uint32_t node)
{
    size_t n = 0;
    int r = 0;
    if (node >= s->slots || !s->machines[node] || p->node != SCHED_NOWHERE)
        return -EINVAL;
    for (; r == 0 && n < s->n_plugins; n++)
        if (p->ask->plugins >> n & 1 && s->plugins[n].reserve)
            r = s->plugins[n].reserve(s->plugins[n].self, p, node);
    if (r != 0) {
        unreserve(s, p, node, n - 1);
        node_touch(s, node, false);
        return r;
    }
    r = pod_enter(s, p, node);
    if (r < 0) {
        unreserve(s, p, node, n);
        return r;
    }
    p->assumed = true;
    nominee_drop(s, p);
    return 0;
}

void sched_forget(struct sched *s, struct sched_pod *p)
{
    uint32_t node = p->node;
    if (node == SCHED_NOWHERE)
        return;
    bool assumed = p->assumed;
    p->assumed = false;
    if (assumed)
        unreserve(s, p, node, s->n_plugins);
    pod_leave(s, p);
}

/* ── what others may see ── */

struct sched_pod *sched_pod_find(const struct sched *s, struct str uid)
{
    return map_get(&s->pods, uid);
}

struct str sched_pod_uid(const struct sched_pod *p)
{
    return str_of(p->uid);
}

struct str sched_pod_namespace(const struct sched *s, const struct sched_pod *p)
{
    return ask_text_of(s->book, p->ask->ns);
}

struct str sched_pod_name(const struct sched_pod *p)
{
    return str_of(p->name);
}

uint32_t sched_pod_node(const struct sched_pod *p)
{
    return p->node;
}

uint32_t sched_pod_nominated(const struct sched_pod *p)
{
    return p->nominated;
}

int32_t sched_pod_priority(const struct sched_pod *p)
{
    return p->ask->priority;
}

bool sched_pod_gated(const struct sched_pod *p)
{
    return p->gated;
}

bool sched_pod_deleting(const struct sched_pod *p)
{
    return p->deleting;
}

ssize_t sched_pod_profile(const struct sched_pod *p)
{
    return p->ask->profile;
}

unsigned sched_pod_class(const struct sched_pod *p)
{
    return ((const struct class *)p->ask->class)->number;
}

bool sched_pod_never_preempts(const struct sched_pod *p)
{
    return p->ask->never_preempts;
}

bool sched_pod_preempted(const struct sched_pod *p)
{
    return p->preempted;
}

int64_t sched_pod_started(const struct sched_pod *p)
{
    return p->started;
}

int64_t sched_pod_asks(const struct sched *s, const struct sched_pod *p, struct str resource)
{
    uint32_t column = ask_column_find(s->book, resource);
    return column == ASK_COLUMN_NONE ? 0 : ask_amount_of(p->amounts, column);
}

bool sched_pod_elsewhere(struct sched *s, struct sched_pod *p)
{
    const struct class *c = p->ask->class;
    return class_link(s, p->ask->class) < 0 || c->walks || p->ask->plugins || volumes_concern(p->ask);
}

void *sched_pod_note(const struct sched_pod *p)
{
    return p->note;
}

void sched_pod_set_note(struct sched_pod *p, void *note)
{
    p->note = note;
}

bool sched_pod_label(const struct sched *s, const struct sched_pod *p, struct str key, struct str *value)
{
    uint32_t k = ask_text_find(s->book, key), v = k ? ask_label(p->ask->labels, k) : 0;
    if (v)
        *value = ask_text_of(s->book, v);
    return v;
}

void *sched_pod_plugin(const struct sched_pod *p, unsigned plugin)
{
    return p->marks[plugin];
}

void sched_pod_set_plugin(struct sched_pod *p, unsigned plugin, void *mark)
{
    p->marks[plugin] = mark;
}

void pods_done(struct sched *s)
{
    struct map_slot *slot;
    while ((slot = map_next(&s->pods, NULL)))
        pod_free(s, slot->value);
    ask_unref(s, s->gone);
    ask_amounts_unref(s->book, s->gone_amounts);
    while (!list_empty(&s->idle)) {
        struct ask *q = CONTAINER_OF(s->idle.next, struct ask, idle);
        list_del(&q->idle);
        ask_end(s, q);
    }
    map_done(&s->pods);
    map_done(&s->asks);
    buf_done(&s->key);
}
