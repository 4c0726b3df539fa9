#include "queue/inside.h"

#include "object/object.h"

#define OBJECT_BYTES (1u << 20)

/* ── life ── */

int queue_new(struct queue **out, const struct queue_options *o)
{
    struct queue *q = mem_alloc(sizeof(*q));
    if (!q)
        return -ENOMEM;
    q->options = o ? *o : (struct queue_options){0};
    int r = ask_book_new(&q->book);
    if (r == 0)
        r = arena_new(&q->pair_keys, 16u << 20);
    if (r == 0)
        r = arena_new(&q->scratch, 16u << 20);
    if (r == 0)
        r = arena_new(&q->telling, 64u << 20);
    if (r < 0) {
        queue_free(q);
        return r;
    }
    *out = q;
    return 0;
}

struct queue *queue_free(struct queue *q)
{
    struct map_slot *slot;
    if (!q)
        return NULL;
    release_held(q);
    q->closing = true;
    while ((slot = map_next(&q->works, NULL)))
        work_free(q, slot->value); /* before the sites they are counted at */
    facts_free(q);
    topologies_free(q);
    map_done(&q->works);
    map_done(&q->flavors);
    map_done(&q->places);
    map_done(&q->locals);
    map_done(&q->pair_index);
    VEC_DONE(&q->pairs);
    VEC_DONE(&q->told);
    VEC_DONE(&q->held);
    ask_book_free(q->book);
    arena_free(q->pair_keys);
    arena_free(q->scratch);
    arena_free(q->telling);
    return mem_free(q);
}

static void place_empty(struct place *p)
{
    p->mem = arena_free(p->mem);
    p->blocks = NULL;
    p->n_blocks = 0;
}

static void place_free(struct place *p)
{
    if (!p)
        return;
    place_empty(p);
    heap_done(&p->pending);
    mem_free(p->nominal);
    mem_free(p->borrow);
    mem_free(p->lend);
    mem_free(p->subtree);
    mem_free(p->usage);
    mem_free(p->key);
    mem_free(p->name);
    mem_free(p);
}

static void local_free(struct local *l)
{
    if (!l)
        return;
    mem_free(l->key);
    mem_free(l->cluster);
    mem_free(l);
}

static void flavor_free(struct flavor *f)
{
    if (!f)
        return;
    arena_free(f->mem);
    ground_free(f->ground);
    mem_free(f->name);
    mem_free(f);
}

void facts_free(struct queue *q)
{
    struct map_slot *slot;
    while ((slot = map_next(&q->places, NULL))) {
        struct place *p = slot->value;
        map_del(&q->places, slot->key);
        place_free(p);
    }
    while ((slot = map_next(&q->locals, NULL))) {
        struct local *l = slot->value;
        map_del(&q->locals, slot->key);
        local_free(l);
    }
    while ((slot = map_next(&q->flavors, NULL))) {
        struct flavor *f = slot->value;
        map_del(&q->flavors, slot->key);
        flavor_free(f);
    }
}

/* ── names ── */

int flavor_of(struct queue *q, struct str name, struct flavor **out)
{
    if ((*out = map_get(&q->flavors, name)))
        return 0;
    struct flavor *f = mem_alloc(sizeof(*f));
    if (f)
        f->name = mem_text(name.p, name.n);
    if (!f || !f->name || map_put(&q->flavors, str_of(f->name), f) < 0) {
        flavor_free(f);
        return -ENOMEM;
    }
    *out = f;
    return 0;
}

int place_of(struct queue *q, bool cluster, struct str name, struct place **out)
{
    SCOPED_BUF b = BUF_INIT(1u << 12);
    buf_fmt(&b, "%c/%.*s", cluster ? 'q' : 'c', STR_FMT(name));
    if (buf_error(&b) < 0)
        return -ENOMEM;
    if ((*out = map_get(&q->places, buf_view(&b))))
        return 0;
    struct place *p = mem_alloc(sizeof(*p));
    if (!p)
        return -ENOMEM;
    list_init(&p->sibling);
    list_init(&p->children);
    list_init(&p->parked);
    list_init(&p->admitted);
    p->cluster = cluster;
    p->weight = 1000;
    p->key = mem_text(b.p, b.n);
    p->name = mem_text(name.p, name.n);
    if (!p->key || !p->name || ledger_room(q, p) < 0 || map_put(&q->places, str_of(p->key), p) < 0) {
        place_free(p);
        return -ENOMEM;
    }
    *out = p;
    return 0;
}

int local_of(struct queue *q, struct str ns, struct str name, struct local **out)
{
    SCOPED_BUF b = BUF_INIT(1u << 12);
    buf_fmt(&b, "%.*s/%.*s", STR_FMT(ns), STR_FMT(name));
    if (buf_error(&b) < 0)
        return -ENOMEM;
    if ((*out = map_get(&q->locals, buf_view(&b))))
        return 0;
    struct local *l = mem_alloc(sizeof(*l));
    if (!l)
        return -ENOMEM;
    list_init(&l->works);
    l->key = mem_text(b.p, b.n);
    if (!l->key || map_put(&q->locals, str_of(l->key), l) < 0) {
        local_free(l);
        return -ENOMEM;
    }
    *out = l;
    return 0;
}

int pair_of(struct queue *q, struct flavor *f, uint32_t column, uint32_t *out)
{
    SCOPED_BUF b = BUF_INIT(1u << 12);
    struct str key;
    buf_fmt(&b, "%u/%s", column, f->name);
    void *known = map_get(&q->pair_index, buf_view(&b));
    if (known) {
        *out = (uint32_t)(uintptr_t)known - 1;
        return 0;
    }
    if (q->pairs.n >= PAIRS_MAX)
        return -E2BIG;
    struct pair *p = buf_error(&b) == 0 && arena_str(q->pair_keys, buf_view(&b), &key) == 0 ? VEC_ADD(&q->pairs) : NULL;
    if (!p)
        return -ENOMEM;
    *p = (struct pair){f, column};
    if (map_put(&q->pair_index, key, (void *)(uintptr_t)q->pairs.n) < 0) {
        q->pairs.n--;
        return -ENOMEM;
    }
    *out = (uint32_t)q->pairs.n - 1;
    MAP_EACH (slot, &q->places)
        if (ledger_room(q, slot->value) < 0)
            return -ENOMEM; /* the pair stays; it is made room for the next time */
    return 0;
}

/* ── quotas ── */

static int64_t quantity_in(uint32_t column, struct quantity n)
{
    return column == ASK_CPU ? quantity_milli(n) : quantity_value(n);
}

static int read_amount(const struct value *v, const char *field, uint32_t column, int64_t otherwise, int64_t *out, struct err *err)
{
    const struct value *text = value_get(v, str_of(field));
    struct quantity n;
    *out = otherwise;
    if (value_is_null(text))
        return 0;
    if (text->type == VALUE_INT) {
        *out = column == ASK_CPU ? text->integer * 1000 : text->integer;
        return 0;
    }
    if (quantity_parse(value_text(text), &n) < 0)
        return err_raise(err, -EINVAL, "%s: \"%.*s\" is no quantity", field, STR_FMT(value_text(text)));
    *out = quantity_in(column, n);
    return 0;
}

static int read_flavor(struct queue *q, struct place *p, struct block *b, const struct value *v, const struct value *covered, struct err *err)
{
    struct str name = value_text_at(v, "name");
    struct flavor *f;
    if (!name.n)
        return err_raise(err, -EINVAL, "name: Required value");
    int r = flavor_of(q, name, &f);
    if (r < 0)
        return r;
    b->flavors[b->n_flavors] = f;
    VALUE_EACH_MEMBER (m, value_at(&f->tree, "metadata.labels"))
        if (!value_set(p->mem, &b->keys, m->key, value_make_bool(true)))
            return -ENOMEM;
    for (size_t i = 0; i < b->n_columns; i++) {
        uint32_t pair;
        const struct value *of = NULL;
        r = pair_of(q, f, b->columns[i], &pair);
        if (r == 0)
            r = ledger_room(q, p);
        if (r < 0)
            return r == -E2BIG ? err_raise(err, -EINVAL, "more than %d pairs of flavor and resource", PAIRS_MAX) : r;
        b->pairs[b->n_flavors * b->n_columns + i] = pair;
        VALUE_EACH_ITEM (one, value_get(v, STR("resources")))
            if (str_eq(value_text_at(one, "name"), value_text(value_item(covered, i))))
                of = one;
        r = read_amount(of, "nominalQuota", b->columns[i], 0, &p->nominal[pair], err);
        if (r == 0)
            r = read_amount(of, "borrowingLimit", b->columns[i], NO_LIMIT, &p->borrow[pair], err);
        if (r == 0)
            r = read_amount(of, "lendingLimit", b->columns[i], NO_LIMIT, &p->lend[pair], err);
        if (r < 0)
            return err_wrap(err, r, "%.*s", STR_FMT(name));
    }
    b->n_flavors++;
    return 0;
}

static int read_block(struct queue *q, struct place *p, struct block *b, const struct value *v, struct err *err)
{
    const struct value *covered = value_get(v, STR("coveredResources")), *flavors = value_get(v, STR("flavors"));
    size_t n = value_count(covered), m = value_count(flavors);
    b->columns = arena_alloc(p->mem, (n + 1) * sizeof(*b->columns));
    b->pairs = arena_alloc(p->mem, (n * m + 1) * sizeof(*b->pairs));
    b->flavors = arena_alloc(p->mem, (m + 1) * sizeof(struct flavor *));
    b->keys = value_make_map();
    if (!b->columns || !b->pairs || !b->flavors)
        return -ENOMEM;
    VALUE_EACH_ITEM (c, covered) {
        b->columns[b->n_columns] = ask_column(q->book, value_text(c));
        if (b->columns[b->n_columns++] == ASK_COLUMN_NONE)
            return err_raise(err, -EINVAL, "coveredResources: too many resources");
    }
    VALUE_EACH_ITEM (f, flavors) {
        int r = read_flavor(q, p, b, f, covered, err);
        if (r < 0)
            return err_wrap(err, r, "flavors[%zu]", b->n_flavors);
    }
    return 0;
}

static enum policy policy_of(const struct value *v, const char *path)
{
    struct str s = value_text_at(v, path);
    return str_is(s, "Any")                         ? POLICY_ANY
           : str_is(s, "LowerPriority")             ? POLICY_LOWER
           : str_is(s, "LowerOrNewerEqualPriority") ? POLICY_LOWER_OR_NEWER
                                                    : POLICY_NEVER;
}

static int read_weight(const struct value *spec, int64_t *out, struct err *err)
{
    const struct value *w = value_at(spec, "fairSharing.weight");
    struct quantity n;
    *out = 1000;
    if (value_is_null(w))
        return 0;
    if (w->type == VALUE_INT)
        *out = w->integer * 1000;
    else if (quantity_parse(value_text(w), &n) < 0)
        return err_raise(err, -EINVAL, "fairSharing.weight: \"%.*s\" is no quantity", STR_FMT(value_text(w)));
    else
        *out = quantity_milli(n);
    return 0;
}

static void read_policies(struct place *p, const struct value *spec)
{
    const struct value *threshold = value_at(spec, "preemption.borrowWithinCohort.maxPriorityThreshold");
    p->within = policy_of(spec, "preemption.withinClusterQueue");
    p->reclaim = policy_of(spec, "preemption.reclaimWithinCohort");
    p->borrowing = policy_of(spec, "preemption.borrowWithinCohort.policy");
    p->has_threshold = !value_is_null(threshold);
    p->threshold = (int32_t)value_int(threshold, 0);
    p->strict = str_is(value_text_at(spec, "queueingStrategy"), "StrictFIFO");
    p->try_next_before_borrowing = str_is(value_text_at(spec, "flavorFungibility.whenCanBorrow"), "TryNextFlavor");
    struct str preempt = value_text_at(spec, "flavorFungibility.whenCanPreempt");
    p->preempt_before_next = str_is(preempt, "Preempt") || str_is(preempt, "MayStopSearch");
    struct str stop = value_text_at(spec, "stopPolicy");
    p->stopped = stop.n && !str_is(stop, "None");
}

static void set_parent(struct place *p, struct place *parent)
{
    list_del(&p->sibling);
    p->parent = parent;
    if (parent)
        list_add(&parent->children, &p->sibling);
}

static void clear_quota(const struct queue *q, struct place *p)
{
    for (size_t i = 0; i < q->pairs.n && i < p->cap; i++) {
        p->nominal[i] = 0;
        p->borrow[i] = p->lend[i] = NO_LIMIT;
    }
}

static int read_place(struct queue *q, struct place *p, const struct value *spec, struct err *err)
{
    const struct value *groups = value_get(spec, STR("resourceGroups"));
    size_t n = value_count(groups);
    int r = arena_new(&p->mem, OBJECT_BYTES);
    if (r == 0 && !(p->blocks = arena_alloc(p->mem, (n + 1) * sizeof(*p->blocks))))
        r = -ENOMEM;
    for (size_t i = 0; r == 0 && i < n; i++) {
        r = read_block(q, p, &p->blocks[i], value_item(groups, i), err);
        if (r == -EINVAL)
            err_wrap(err, r, "spec.resourceGroups[%zu]", i);
        p->n_blocks = i + 1;
    }
    if (r == 0)
        r = read_weight(spec, &p->weight, err);
    return r;
}

/* One that cannot be read stands as one without quota: nothing is admitted by a mistake. */
static int place_put(struct queue *q, bool cluster, const struct value *object, struct err *err)
{
    const struct value *spec = value_at(object, "spec");
    struct str above = value_text_at(spec, cluster ? "cohortName" : "parentName");
    struct place *p, *parent = NULL;
    if (cluster && !above.n)
        above = value_text_at(spec, "cohort"); /* v1beta1 */
    int r = place_of(q, cluster, value_text_at(object, "metadata.name"), &p);
    if (r == 0 && above.n)
        r = place_of(q, false, above, &parent);
    if (r < 0)
        return r;
    place_empty(p);
    clear_quota(q, p);
    r = read_place(q, p, spec, err);
    if (r < 0) {
        place_empty(p);
        clear_quota(q, p);
    }
    if (cluster)
        read_policies(p, spec);
    p->known = r == 0;
    set_parent(p, parent);
    q->rebuild = q->stirred = true;
    MAP_EACH (slot, &q->locals) {
        struct local *l = slot->value;
        if (cluster && l->cluster && str_is(str_of(l->cluster), p->name))
            works_of_local(q, l);
    }
    unpark(q, p);
    return r;
}

/* ── flavors and local queues ── */

static int flavor_put(struct queue *q, const struct value *object)
{
    struct flavor *f;
    struct arena *mem = NULL;
    struct value tree = value_make_map(), part;
    int r = flavor_of(q, value_text_at(object, "metadata.name"), &f);
    if (r == 0)
        r = arena_new(&mem, OBJECT_BYTES);
    static const char *const from[] = {"spec.nodeLabels", "spec.nodeTaints", "spec.tolerations"}, *const to[] = {"metadata.labels", "spec.taints",
                                                                                                                 "spec.tolerations"};
    for (size_t i = 0; r == 0 && i < 3; i++) {
        const struct value *v = value_at(object, from[i]);
        if (value_is_null(v))
            continue;
        r = value_copy(mem, v, &part);
        if (r == 0 && !value_put(mem, &tree, to[i], part))
            r = -ENOMEM;
    }
    if (r < 0) {
        arena_free(mem);
        return r;
    }
    arena_free(f->mem);
    f->mem = mem;
    f->tree = tree;
    f->known = true;
    q->stirred = true;
    r = flavor_topology(q, f, value_text_at(object, "spec.topologyName"));
    if (r < 0)
        return r;
    MAP_EACH (slot, &q->places) /* which labels a group's flavors have */
    {
        struct place *p = slot->value;
        for (size_t i = 0; i < p->n_blocks; i++)
            for (size_t k = 0; k < p->blocks[i].n_flavors; k++)
                VALUE_EACH_MEMBER (m, p->blocks[i].flavors[k] == f ? value_at(&f->tree, "metadata.labels") : NULL) {
                    struct str key;
                    if (arena_str(p->mem, m->key, &key) < 0 || !value_set(p->mem, &p->blocks[i].keys, key, value_make_bool(true)))
                        return -ENOMEM;
                }
        if (p->cluster)
            unpark(q, p);
    }
    return 0;
}

static int local_put(struct queue *q, const struct value *object)
{
    struct local *l;
    struct str cluster = value_text_at(object, "spec.clusterQueue"), stop = value_text_at(object, "spec.stopPolicy");
    int r = local_of(q, value_text_at(object, "metadata.namespace"), value_text_at(object, "metadata.name"), &l);
    char *copy = r == 0 ? mem_text(cluster.p, cluster.n) : NULL;
    if (!copy)
        return r < 0 ? r : -ENOMEM;
    mem_free(l->cluster);
    l->cluster = copy;
    l->known = true;
    l->stopped = stop.n && !str_is(stop, "None");
    q->stirred = true;
    works_of_local(q, l);
    return 0;
}

int queue_put(struct queue *q, enum queue_kind kind, const struct value *object, struct err *err)
{
    int r = -EINVAL;
    if (!value_text_at(object, "metadata.name").n)
        return err_raise(err, -EINVAL, "metadata.name: Required value");
    release_held(q);
    if (kind == QUEUE_TOPOLOGY)
        r = topology_put(q, object, err);
    else if (kind == QUEUE_NODE)
        r = host_put(q, object);
    else if (kind == QUEUE_POD)
        r = tenant_put(q, object);
    else if (kind == QUEUE_FLAVOR)
        r = flavor_put(q, object);
    else if (kind == QUEUE_COHORT || kind == QUEUE_CLUSTER)
        r = place_put(q, kind == QUEUE_CLUSTER, object, err);
    else if (kind == QUEUE_LOCAL)
        r = local_put(q, object);
    else if (kind == QUEUE_WORKLOAD)
        r = work_put(q, object, err);
    return r == -ENOMEM ? err_raise(err, r, "no memory") : r;
}

/* Names stay, since others may name them: their number is bounded by the objects there ever were between two starts. */
void queue_del(struct queue *q, enum queue_kind kind, struct str ns, struct str name)
{
    struct place *p;
    struct local *l;
    struct flavor *f;
    release_held(q);
    q->stirred = true;
    if (kind == QUEUE_WORKLOAD) {
        work_del(q, ns, name);
    } else if (kind == QUEUE_TOPOLOGY) {
        topology_del(q, name);
    } else if (kind == QUEUE_NODE) {
        host_del(q, name);
    } else if (kind == QUEUE_POD) {
        tenant_del(q, name);
    } else if (kind == QUEUE_FLAVOR && (f = map_get(&q->flavors, name))) {
        f->known = false;
    } else if (kind == QUEUE_LOCAL && local_of(q, ns, name, &l) == 0) {
        l->known = false;
        works_of_local(q, l);
    } else if ((kind == QUEUE_CLUSTER || kind == QUEUE_COHORT) && place_of(q, kind == QUEUE_CLUSTER, name, &p) == 0) {
        place_empty(p);
        clear_quota(q, p);
        set_parent(p, NULL);
        p->known = false;
        q->rebuild = true;
        MAP_EACH (slot, &q->locals)
            if (((struct local *)slot->value)->cluster && kind == QUEUE_CLUSTER && str_is(name, ((struct local *)slot->value)->cluster))
                works_of_local(q, slot->value);
    }
}
