#include "measure/inside.h"

#include "object/object.h"

/* Nodes and pods as they are told, and the plugins' rows. */

/* ── places ── */

static void place_free(struct measure *m, struct place *p)
{
    map_del(&m->places, str_of(p->name));
    mem_free(p->name);
    mem_free(p->site);
    mem_free(p->told);
    mem_free(p);
}

struct place *place_get(struct measure *m, struct str name)
{
    struct place *p = map_get(&m->places, name);
    if (!p) {
        p = mem_alloc(sizeof(*p));
        if (p) {
            p->name = mem_text(name.p, name.n);
            p->site = mem_text("", 0);
        }
        if (!p || !p->name || !p->site || map_put(&m->places, str_of(p->name), p) < 0) {
            mem_free(p ? p->name : NULL);
            mem_free(p ? p->site : NULL);
            mem_free(p);
            return NULL;
        }
    }
    p->refs++;
    return p;
}

void place_drop(struct measure *m, struct place *p)
{
    if (--p->refs == 0 && !p->known)
        place_free(m, p);
}

/* What this room reads of a Node; when none of it has changed there is nothing to do. */
static void gist(const struct value *node, struct buf *out)
{
    const struct value *notes = value_at(node, "metadata.annotations"), *labels = value_at(node, "metadata.labels");
    struct str site = value_text(value_get(labels, STR(MEASURE_SITE)));
    buf_fmt(out, "%.*s\n", STR_FMT(site.n ? site : value_text(value_get(labels, STR(MEASURE_ZONE)))));
    buf_fmt(out, "%lld\n", (long long)quantity_milli(quantity_of(value_at(node, "status.allocatable.cpu"))));
    VALUE_EACH_MEMBER (x, notes)
        if (str_starts(x->key, STR(MEASURE_DATA)) || str_is(x->key, MEASURE_RTT) || str_is(x->key, MEASURE_PRICE) || str_is(x->key, MEASURE_WATTS))
            buf_fmt(out, "%.*s=%.*s\n", STR_FMT(x->key), STR_FMT(value_text(&x->value)));
}

static int place_read(struct measure *m, struct place *p, const struct value *node)
{
    const struct value *notes = value_at(node, "metadata.annotations"), *labels = value_at(node, "metadata.labels");
    struct str site = value_text(value_get(labels, STR(MEASURE_SITE)));
    int r = site_set(m, p, site.n ? site : value_text(value_get(labels, STR(MEASURE_ZONE))));
    if (r == 0)
        r = trips_read(m, p, value_text(value_get(notes, STR(MEASURE_RTT))));
    if (r == 0)
        r = sets_read(m, p, notes);
    costs_read(m, p, node);
    return r;
}

static int touched(struct measure *m, int changed)
{
    if (changed > 0)
        sched_touch(m->engine, SCHED_NOWHERE);
    return changed > 0 ? MEASURE_CHANGED : changed;
}

int measure_node_put(struct measure *m, const struct value *node)
{
    SCOPED_BUF text = BUF_INIT(1u << 20);
    struct str name = value_text_at(node, "metadata.name");
    struct place *p = place_get(m, name);
    gist(node, &text);
    if (!p || buf_error(&text) < 0) {
        if (p)
            place_drop(m, p);
        return -ENOMEM;
    }
    bool fresh = !p->known, same = p->told && str_is(buf_view(&text), p->told);
    p->known = true;
    place_drop(m, p); /* it stays: it is known */
    int r = targets_node(m, name, true);
    if (same || r < 0)
        return touched(m, r);
    mem_free(p->told);
    p->told = NULL;
    int q = place_read(m, p, node);
    if (q == 0)
        p->told = mem_text(text.p, text.n);
    /* A new node with nothing to tell changes nothing: it is looked at because it is new. */
    bool tells = p->n_trips || p->n_sets || p->cost[COST_PRICE] > 0 || p->cost[COST_WATTS] > 0 || p->refs;
    return touched(m, q < 0 ? q : r || !fresh || tells);
}

int measure_node_gone(struct measure *m, struct str name)
{
    struct place *p = map_get(&m->places, name);
    int r = targets_node(m, name, false);
    if (!p || !p->known)
        return touched(m, r);
    bool told = p->n_trips || p->n_sets || p->cost[COST_PRICE] > 0 || p->cost[COST_WATTS] > 0 || p->refs;
    trips_drop(m, p);
    sets_drop(m, p);
    costs_drop(m, p);
    p->told = mem_free(p->told);
    int q = site_set(m, p, STR_NONE);
    p->known = false;
    if (!p->refs)
        place_free(m, p);
    return touched(m, r < 0 ? r : q < 0 ? q : r || told);
}

/* ── wishes ── */

int wish_get(struct measure *m, struct str uid, struct wish **out)
{
    struct wish *w = map_get(&m->wishes, uid);
    if (!w) {
        w = mem_alloc(sizeof(*w));
        if (w)
            w->uid = mem_text(uid.p, uid.n);
        if (!w || !w->uid || map_put(&m->wishes, str_of(w->uid), w) < 0) {
            mem_free(w ? w->uid : NULL);
            mem_free(w);
            return -ENOMEM;
        }
    }
    *out = w;
    return 0;
}

void wish_free(struct measure *m, struct wish *w)
{
    map_del(&m->wishes, str_of(w->uid));
    target_unref(m, w->nodes);
    target_unref(m, w->pods);
    for (size_t i = 0; i < w->n_sets; i++)
        mem_free(w->sets[i].name);
    mem_free(w->sets);
    mem_free(w->uid);
    mem_free(w);
}

int measure_pod_put(struct measure *m, struct str uid)
{
    return touched(m, targets_pod(m, uid, true));
}

int measure_pod_gone(struct measure *m, struct str uid)
{
    struct wish *w = map_get(&m->wishes, uid);
    int r = targets_pod(m, uid, false);
    if (w)
        wish_free(m, w);
    return touched(m, r);
}

bool measure_enabled(const struct measure *m, const struct value *pod, enum measure_plugin which, ssize_t *profile)
{
    struct str by = value_text_at(pod, "spec.schedulerName");
    *profile = sched_profile_find(m->engine, by.n ? by : STR("default-scheduler"));
    return sched_profile_weight(m->engine, *profile, SCHED_RULE_PLUGIN + m->first + which) > 0;
}

/* ── life ── */

int measure_new(struct measure **out)
{
    *out = mem_alloc(sizeof(**out));
    return *out ? 0 : -ENOMEM;
}

struct measure *measure_free(struct measure *m)
{
    struct map_slot *slot;
    if (!m)
        return NULL;
    while ((slot = map_next(&m->wishes, NULL)))
        wish_free(m, slot->value);
    MAP_EACH (at, &m->places) {
        struct place *p = at->value;
        p->refs++; /* none goes while they are walked */
    }
    MAP_EACH (at, &m->places) {
        struct place *p = at->value;
        trips_drop(m, p);
        sets_drop(m, p);
    }
    while ((slot = map_next(&m->places, NULL)))
        place_free(m, slot->value);
    map_done(&m->wishes);
    map_done(&m->places);
    map_done(&m->sites);
    map_done(&m->targets);
    map_done(&m->sizes);
    return mem_free(m);
}

void measure_attach(struct measure *m, struct sched *engine, unsigned first)
{
    m->engine = engine;
    m->first = first;
}

/* Only what other nodes and pods are can help, and numbers that come in: those make an event of their own. */
static bool helps(void *self, const struct sched_pod *pod, unsigned kind, unsigned what, const struct value *object)
{
    (void)self;
    (void)pod;
    (void)what;
    (void)object;
    return kind == SCHED_FOREIGN || kind == SCHED_NODE;
}

struct sched_plugin measure_plugin(struct measure *m, enum measure_plugin which)
{
    static const struct sched_plugin rows[MEASURE_PLUGINS] = {
        [MEASURE_LATENCY] = {.name = "NetworkLatency",
                             .weight = 5,
                             .claims = latency_claims,
                             .before = latency_before,
                             .filter = latency_filter,
                             .score = latency_score,
                             .args = latency_args,
                             .helps = helps},
        [MEASURE_LOCALITY] = {.name = "DataLocality", .weight = 5, .claims = data_claims, .before = data_before, .score = data_score, .helps = helps},
        [MEASURE_COST] = {.name = "NodePrice", .claims = cost_claims, .score = cost_score, .helps = helps},
        [MEASURE_ENERGY] = {.name = "NodeEnergy", .claims = energy_claims, .score = energy_score, .helps = helps},
    };
    struct sched_plugin p = rows[which];
    p.self = m;
    return p;
}
