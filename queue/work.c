#include "queue/inside.h"

#include "object/object.h"

/* Workloads: what they ask for, and where they stand. */

#define WORK_BYTES (1u << 20)
#define MANY       (INT64_C(1) << 50) /* no sum of so few overflows */

/* ── where they stand ── */

static void move_to(struct queue *q, struct work *w, enum work_state state)
{
    struct place *p = w->cluster;
    bool counted = w->state == WORK_ADMITTED || w->state == WORK_EVICTING, counts = state == WORK_ADMITTED || state == WORK_EVICTING;
    if (p)
        heap_del(&p->pending, &w->item);
    if (counted && counts) {
        q->counts[w->state]--;
        w->state = state;
        q->counts[state]++;
        return;
    }
    list_del(&w->link);
    if (counted) {
        if (place_root(p) && !q->rebuild)
            work_count(w, -1);
        p->n_admitted--;
    }
    if (p && w->state == WORK_PARKED)
        p->n_parked--;
    q->counts[w->state]--;
    w->state = state;
    q->counts[state]++;
    if (counts) {
        list_add(&p->admitted, &w->link);
        p->n_admitted++;
        if (place_root(p) && !q->rebuild)
            work_count(w, 1);
    }
    if (counted) {
        q->stirred = true;
        unpark(q, p);
    }
}

void unpark(struct queue *q, struct place *place)
{
    struct place *root = place_root(place);
    if (q->closing)
        return;
    MAP_EACH (slot, &q->places) {
        struct place *p = slot->value;
        if (!p->n_parked || (p != place && place_root(p) != root))
            continue;
        LIST_EACH (w, &p->parked, struct work, link)
            (void)!work_queue(q, w); /* without memory it stays parked until the next time */
    }
}

/* The more important first, then who waits longest. */
static int64_t rank(const struct work *w)
{
    return -((int64_t)w->priority << 31) + MIN(MAX(w->created, INT64_C(0)), (INT64_C(1) << 31) - 1);
}

int work_queue(struct queue *q, struct work *w)
{
    struct place *p = w->cluster;
    move_to(q, w, WORK_IDLE);
    if (!p || !p->known || p->stopped || !w->queue->known || w->queue->stopped)
        return 0;
    int r = heap_add(&p->pending, &w->item, rank(w));
    if (r < 0) {
        w->state = WORK_PARKED;
        q->counts[WORK_IDLE]--;
        q->counts[WORK_PARKED]++;
        p->n_parked++;
        list_add(&p->parked, &w->link);
        return r;
    }
    q->counts[WORK_IDLE]--;
    w->state = WORK_PENDING;
    q->counts[WORK_PENDING]++;
    q->stirred = true;
    return 0;
}

void work_park(struct queue *q, struct work *w)
{
    move_to(q, w, WORK_PARKED);
    list_add(&w->cluster->parked, &w->link);
    w->cluster->n_parked++;
}

void work_idle(struct queue *q, struct work *w)
{
    move_to(q, w, WORK_IDLE);
}

void work_admit(struct queue *q, struct work *w)
{
    w->since = ++q->seq;
    move_to(q, w, WORK_ADMITTED);
}

/* Its queue points elsewhere, came, or went: who waits waits there from now on; who is admitted stays. */
void works_of_local(struct queue *q, struct local *l)
{
    struct place *p = NULL;
    if (l->cluster && place_of(q, true, str_of(l->cluster), &p) < 0)
        return;
    LIST_EACH (w, &l->works, struct work, of_queue) {
        if (w->state == WORK_ADMITTED || w->state == WORK_EVICTING)
            continue;
        move_to(q, w, WORK_IDLE);
        w->cluster = p;
        (void)!work_queue(q, w);
    }
}

void work_free(struct queue *q, struct work *w)
{
    move_to(q, w, WORK_IDLE);
    q->counts[WORK_IDLE]--;
    list_del(&w->of_queue);
    map_del(&q->works, str_of(w->key));
    for (size_t i = 0; i < w->n_sets; i++)
        set_clear_spots(&w->sets[i]);
    arena_free(w->mem);
    mem_free(w->key);
    mem_free(w->uid);
    mem_free(w);
}

/* ── reading ── */

static int add_need(struct queue *q, struct set *s, uint32_t column, int64_t each, struct err *err)
{
    (void)q;
    if (s->n == QUEUE_RESOURCES_MAX)
        return err_raise(err, -EINVAL, "more than %d resources", QUEUE_RESOURCES_MAX);
    s->needs[s->n++] = (struct need){column, PAIRS_MAX, each * s->count, each};
    return 0;
}

static int read_request(struct work *w, struct set *s, const struct value *request)
{
    struct str required = value_text_at(request, "required"), preferred = value_text_at(request, "preferred");
    s->required = required.n > 0;
    s->unconstrained = value_bool_at(request, "unconstrained", false) && !required.n && !preferred.n;
    s->slice = value_int_at(request, "podSetSliceSize", 0);
    int r = arena_str(w->mem, required.n ? required : preferred, &s->level);
    if (r == 0)
        r = arena_str(w->mem, value_text_at(request, "podSetSliceRequiredTopology"), &s->slice_level);
    s->placed = s->level.n || s->slice_level.n || s->unconstrained;
    return r;
}

static int read_set(struct queue *q, struct work *w, const struct value *v, struct err *err)
{
    struct set *s = &w->sets[w->n_sets];
    const struct value *spec = value_at(v, "template.spec");
    struct value pod = value_make_map(), copy;
    struct ask_amounts *m;
    int r = spec && !value_set(w->mem, &pod, STR("spec"), *spec) ? -ENOMEM : 0;
    s->count = MAX(value_int_at(v, "count", 1), INT64_C(0));
    s->least = value_int_at(v, "minCount", 0);
    if (s->count > MANY)
        return err_raise(err, -EINVAL, "count: too many pods");
    if (r == 0)
        r = arena_str(w->mem, value_text_at(v, "name"), &s->name);
    if (r == 0)
        r = ask_amounts_of(q->book, &pod, false, &m);
    if (r < 0)
        return r;
    for (uint32_t i = 0; r == 0 && i < m->n; i++) {
        int64_t each = m->items[i].n;
        if (m->items[i].column == ASK_COLUMN_NONE || (s->count && each > MANY / s->count))
            r = err_raise(err, -EINVAL, "template: asks for more than can be counted");
        else
            r = add_need(q, s, m->items[i].column, each, err);
    }
    ask_amounts_unref(q->book, m);
    if (r == 0)
        r = add_need(q, s, ASK_PODS, 1, err);
    if (r == 0)
        r = read_request(w, s, value_get(v, STR("topologyRequest")));
    static const char *const kept[] = {"spec.nodeSelector", "spec.affinity", "spec.tolerations"};
    s->pod = value_make_map();
    s->plain = true;
    for (size_t i = 0; r == 0 && i < ARRAY_LEN(kept); i++) {
        const struct value *x = value_at(&pod, kept[i]);
        if (value_is_null(x))
            continue;
        s->plain = false;
        r = value_copy(w->mem, x, &copy);
        if (r == 0 && !value_put(w->mem, &s->pod, kept[i], copy))
            r = -ENOMEM;
    }
    w->n_sets++;
    return r;
}

static bool condition(const struct value *object, const char *type)
{
    VALUE_EACH_ITEM (c, value_at(object, "status.conditions"))
        if (str_is(value_text_at(c, "type"), type))
            return str_is(value_text_at(c, "status"), "True");
    return false;
}

static int work_new(struct queue *q, struct str key, struct work **out)
{
    struct work *w = mem_alloc(sizeof(*w));
    if (!w)
        return -ENOMEM;
    list_init(&w->link);
    list_init(&w->of_queue);
    w->key = mem_text(key.p, key.n);
    if (!w->key || map_put(&q->works, str_of(w->key), w) < 0) {
        mem_free(w->key);
        mem_free(w);
        return -ENOMEM;
    }
    w->seq = ++q->seq;
    q->counts[WORK_IDLE]++;
    *out = w;
    return 0;
}

static int read_work(struct queue *q, struct work *w, const struct value *object, struct err *err)
{
    const struct value *sets = value_at(object, "spec.podSets");
    int32_t nsec;
    int r = arena_new(&w->mem, WORK_BYTES);
    if (r == 0)
        r = arena_str(w->mem, value_text_at(object, "metadata.namespace"), &w->ns);
    if (r == 0)
        r = arena_str(w->mem, value_text_at(object, "metadata.name"), &w->name);
    if (r == 0)
        r = arena_str(w->mem, value_text_at(object, "spec.queueName"), &w->local);
    w->priority = (int32_t)value_int_at(object, "spec.priority", 0);
    if (time_parse_rfc3339(value_text_at(object, "metadata.creationTimestamp"), &w->created, &nsec) < 0)
        w->created = 0;
    VALUE_EACH_ITEM (c, value_at(object, "status.conditions")) {
        int64_t at;
        if (!q->options.by_creation && str_is(value_text_at(c, "type"), "Evicted") && str_is(value_text_at(c, "status"), "True") &&
            str_is(value_text_at(c, "reason"), "PodsReadyTimeout") && time_parse_rfc3339(value_text_at(c, "lastTransitionTime"), &at, &nsec) == 0)
            w->created = at;
    }
    if (r == 0 && value_count(sets) > QUEUE_POD_SETS_MAX)
        r = err_raise(err, -EINVAL, "spec.podSets: more than %d", QUEUE_POD_SETS_MAX);
    VALUE_EACH_ITEM (s, sets) {
        if (r == 0)
            r = read_set(q, w, s, err);
        if (r == -EINVAL && w->n_sets)
            err_wrap(err, r, "spec.podSets[%zu]", w->n_sets - 1);
    }
    return r;
}

/* ── where its pods are, as its status says ── */

static size_t places_in(const struct value *topology)
{
    size_t n = 0;
    VALUE_EACH_ITEM (slice, value_get(topology, STR("slices")))
        n += (size_t)MAX(MIN(value_int_at(slice, "domainCount", 0), INT64_C(100000)), INT64_C(0));
    return MIN(n, (size_t)100000);
}

static int read_spot(struct queue *q, struct set *s, const struct value *slice, size_t at, bool host)
{
    struct spot *to = &s->spots[s->n_spots];
    struct str values[QUEUE_LEVELS_MAX];
    const struct value *counts = value_at(slice, "podCounts.individual");
    *to = (struct spot){.count = counts ? value_int(value_item(counts, at), 0) : value_int_at(slice, "podCounts.universal", 0)};
    s->n_spots++;
    VALUE_EACH_ITEM (level, value_get(slice, STR("valuesPerLevel"))) {
        SCOPED_BUF b = BUF_INIT(1u << 12);
        const struct value *same = value_get(level, STR("universal")), *own = value_get(level, STR("individual"));
        if (to->n_values == QUEUE_LEVELS_MAX)
            break;
        if (same)
            buf_fmt(&b, "%.*s", STR_FMT(value_text(same)));
        else
            buf_fmt(&b, "%.*s%.*s%.*s", STR_FMT(value_text_at(own, "prefix")), STR_FMT(value_text(value_item(value_get(own, STR("roots")), at))),
                    STR_FMT(value_text_at(own, "suffix")));
        char *copy = buf_error(&b) < 0 ? NULL : mem_text(buf_view(&b).p ? buf_view(&b).p : "", b.n);
        if (!copy)
            return -ENOMEM;
        values[to->n_values] = str_of(copy);
        to->values[to->n_values++] = copy;
    }
    int r = to->n_values && to->count >= 0 ? place_site(q, s->flavor->topology->name, host, values, to->n_values, &to->site) : -EINVAL;
    return r < 0 ? r : spot_settle(s, to);
}

static int read_spots(struct queue *q, struct set *s, const struct value *topology)
{
    const struct value *levels = value_get(topology, STR("levels"));
    bool host = str_is(value_text(value_item(levels, value_count(levels) - 1)), "kubernetes.io/hostname");
    size_t most = places_in(topology);
    for (size_t i = 0; i < s->n; i++)
        if (s->needs[i].pair != PAIRS_MAX && q->pairs.p[s->needs[i].pair].flavor->topology)
            s->flavor = q->pairs.p[s->needs[i].pair].flavor;
    if (!value_count(levels) || !most || !s->flavor)
        return 0;
    int r = set_room_for_spots(s, most);
    VALUE_EACH_ITEM (slice, value_get(topology, STR("slices")))
        for (int64_t i = 0; r == 0 && i < value_int_at(slice, "domainCount", 0) && s->n_spots < most; i++)
            r = read_spot(q, s, slice, (size_t)i, host);
    if (r < 0)
        set_clear_spots(s);
    return r == -EINVAL ? 0 : r; /* what nobody can read holds nothing */
}

/* The flavors it was given, as its status says. */
static int read_admission(struct queue *q, struct work *w, const struct value *admission)
{
    VALUE_EACH_ITEM (a, value_get(admission, STR("podSetAssignments")))
        for (size_t i = 0; i < w->n_sets; i++)
            for (size_t k = 0; str_eq(w->sets[i].name, value_text_at(a, "name")) && k < w->sets[i].n; k++) {
                struct need *n = &w->sets[i].needs[k];
                struct str name = value_text(value_get(value_get(a, STR("flavors")), ask_column_name(q->book, n->column)));
                struct flavor *f;
                int r = name.n ? flavor_of(q, name, &f) : 1;
                if (r == 0)
                    r = pair_of(q, f, n->column, &n->pair);
                if (r < 0)
                    return r;
            }
    VALUE_EACH_ITEM (a, value_get(admission, STR("podSetAssignments")))
        for (size_t i = 0; i < w->n_sets; i++) {
            const struct value *topology = value_get(a, STR("topologyAssignment"));
            int r = topology && str_eq(w->sets[i].name, value_text_at(a, "name")) ? read_spots(q, &w->sets[i], topology) : 0;
            if (r < 0)
                return r;
        }
    return 0;
}

static int join_queue(struct queue *q, struct work *w)
{
    struct local *l;
    struct place *p = NULL;
    int r = local_of(q, w->ns, w->local, &l);
    if (r == 0 && l->known && l->cluster)
        r = place_of(q, true, str_of(l->cluster), &p);
    if (r < 0)
        return r;
    w->queue = l;
    w->cluster = p;
    list_add(&l->works, &w->of_queue);
    return 0;
}

/* What was there before is thrown away: of an admitted one that says the same, only the order of admission is kept. */
int work_put(struct queue *q, const struct value *object, struct err *err)
{
    SCOPED_BUF b = BUF_INIT(1u << 12);
    const struct value *admission = value_at(object, "status.admission"), *active = value_at(object, "spec.active");
    struct str cluster = value_text_at(admission, "clusterQueue");
    struct work *w;
    buf_fmt(&b, "%.*s/%.*s", STR_FMT(value_text_at(object, "metadata.namespace")), STR_FMT(value_text_at(object, "metadata.name")));
    if (buf_error(&b) < 0)
        return -ENOMEM;
    struct work *old = map_get(&q->works, buf_view(&b));
    bool evicting = old && old->state == WORK_EVICTING, admitted = old && old->state == WORK_ADMITTED;
    uint64_t since = old ? old->since : 0;
    if (admitted && !cluster.n && !condition(object, "Finished") && !condition(object, "Evicted"))
        return 0; /* our admission is on its way: what comes now was written before */
    if (old)
        work_free(q, old);
    if (condition(object, "Finished") || !value_is_null(value_at(object, "metadata.deletionTimestamp")))
        return 0;
    int r = work_new(q, buf_view(&b), &w);
    if (r < 0)
        return r;
    r = read_work(q, w, object, err);
    if (r == 0)
        r = join_queue(q, w);
    if (r == 0 && cluster.n) {
        r = place_of(q, true, cluster, &w->cluster);
        if (r == 0)
            r = read_admission(q, w, admission);
        if (r == 0)
            work_admit(q, w);
        if (r == 0 && since)
            w->since = since;
        if (r == 0 && (evicting || condition(object, "Evicted")))
            move_to(q, w, WORK_EVICTING);
    } else if (r == 0 && (value_is_null(active) || value_bool_at(object, "spec.active", true))) {
        r = work_queue(q, w);
    }
    if (r < 0)
        work_free(q, w);
    return r;
}

void work_del(struct queue *q, struct str ns, struct str name)
{
    SCOPED_BUF b = BUF_INIT(1u << 12);
    buf_fmt(&b, "%.*s/%.*s", STR_FMT(ns), STR_FMT(name));
    struct work *w = map_get(&q->works, buf_view(&b));
    if (w)
        work_free(q, w);
}

void queue_undo(struct queue *q, struct str ns, struct str name)
{
    SCOPED_BUF b = BUF_INIT(1u << 12);
    buf_fmt(&b, "%.*s/%.*s", STR_FMT(ns), STR_FMT(name));
    struct work *w = map_get(&q->works, buf_view(&b));
    release_held(q);
    if (w && w->state == WORK_EVICTING)
        move_to(q, w, WORK_ADMITTED);
    else if (w && w->state == WORK_ADMITTED)
        (void)!work_queue(q, w);
}
