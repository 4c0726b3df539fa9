#include "sched/inside.h"

#include "object/object.h"

#define NODE_BYTES (8u << 20)

/* ── slots and columns ── */

static int grow_one(void **p, uint32_t old, uint32_t cap, size_t size)
{
    char *q = *p ? mem_resize(*p, (size_t)cap * size) : NULL;
    if (!q)
        return *p ? -ENOMEM : 0;
    memset(q + (size_t)old * size, 0, (size_t)(cap - old) * size);
    *p = q;
    return 0;
}

static int fresh(void **p, uint32_t n, size_t size)
{
    if (!*p)
        *p = mem_alloc((size_t)n * size);
    return *p ? 0 : -ENOMEM;
}

/* Arrays that have grown stay grown when a later one fails: `cap` tells what may be used. */
static int grow(struct sched *s)
{
    uint32_t cap = s->cap ? s->cap * 2 : 64, log_size = MAX(cap, 4096u);
    uint32_t *log = log_size > s->log_size ? mem_alloc(log_size * sizeof(*log)) : NULL;
    int r = log_size > s->log_size && !log ? -ENOMEM : 0;
    void **always[] = {(void **)(void *)&s->machines, (void **)(void *)&s->n_pods, (void **)(void *)&s->seeming[0], (void **)(void *)&s->seeming[1]};
    static const size_t sizes[] = {sizeof(*s->machines), sizeof(*s->n_pods), sizeof(int64_t), sizeof(int64_t)};
    for (size_t i = 0; r == 0 && i < ARRAY_LEN(always); i++)
        r = *always[i] ? grow_one(always[i], s->cap, cap, sizes[i]) : fresh(always[i], cap, sizes[i]);
    for (uint32_t i = 0; r == 0 && i < ASK_COLUMNS_MAX; i++) {
        r = grow_one((void **)(void *)&s->has[i], s->cap, cap, sizeof(int64_t));
        if (r == 0)
            r = grow_one((void **)(void *)&s->used[i], s->cap, cap, sizeof(int64_t));
    }
    if (r == 0)
        r = topologies_grow(s, cap);
    if (r < 0) {
        mem_free(log);
        return r;
    }
    s->cap = cap;
    if (log) { /* classes that have read less than this start anew */
        mem_free(s->log);
        s->log = log;
        s->log_size = log_size;
        s->log_at += 2 * (uint64_t)log_size;
    }
    return 0;
}

int column_need(struct sched *s, int64_t **columns, uint32_t column)
{
    return s->cap ? fresh((void **)(void *)&columns[column], s->cap, sizeof(int64_t)) : -ENOMEM;
}

void node_touch(struct sched *s, uint32_t node, bool more)
{
    s->log[s->log_at++ & (s->log_size - 1)] = more ? node | LOG_STATIC : node;
}

void touch_all(struct sched *s)
{
    s->log_at += 2 * (uint64_t)s->log_size;
}

void sched_touch(struct sched *s, uint32_t node)
{
    if (node == SCHED_NOWHERE)
        touch_all(s);
    else if (node < s->slots)
        node_touch(s, node, false);
}

/* ── machines ── */

struct machine *machine_find(const struct sched *s, struct str name)
{
    return map_get(&s->by_name, name);
}

static void machine_free(struct sched *s, struct machine *m)
{
    if (m->name) {
        if (machine_find(s, ask_text_of(s->book, m->name)) == m)
            map_del(&s->by_name, ask_text_of(s->book, m->name));
        ask_text_drop(s->book, m->name);
    }
    ask_labels_unref(s->book, m->labels);
    ask_held_drop(s->book, &m->held);
    arena_free(m->mem);
    mem_free(m);
}

struct machine *machine_get(struct sched *s, struct str name)
{
    struct machine *m = machine_find(s, name);
    if (m)
        return m;
    if (s->slots == s->cap && s->free_slots.n == 0 && grow(s) < 0)
        return NULL;
    /* A place in the chain of free slots is made now, so that giving the slot back cannot fail. */
    while (s->free_slots.cap < s->cap)
        if (vec_grow((void **)(void *)&s->free_slots.p, s->free_slots.cap, &s->free_slots.cap, sizeof(uint32_t)) < 0)
            return NULL;
    m = mem_alloc(sizeof(*m));
    if (!m)
        return NULL;
    list_init(&m->pods);
    list_init(&m->nominees);
    m->name = ask_text(s->book, name);
    if (!m->name || map_put(&s->by_name, ask_text_of(s->book, m->name), m) < 0) {
        machine_free(s, m);
        return NULL;
    }
    m->index = s->free_slots.n ? s->free_slots.p[--s->free_slots.n] : s->slots++;
    s->machines[m->index] = m;
    return m;
}

void machine_drop_if_empty(struct sched *s, struct machine *m)
{
    if (m->known || !list_empty(&m->pods) || !list_empty(&m->nominees))
        return;
    s->machines[m->index] = NULL;
    s->free_slots.p[s->free_slots.n++] = m->index;
    node_touch(s, m->index, true);
    machine_free(s, m);
}

/* ── images: how many nodes have each ── */

struct image *node_image(const struct sched *s, uint32_t name)
{
    uint32_t at = name < s->by_image.n ? s->by_image.p[name] : 0;
    return at ? &s->images.p[at - 1] : NULL;
}

static int image_count(struct sched *s, uint32_t name)
{
    struct image *i = node_image(s, name);
    if (!i) {
        while (s->by_image.n <= name)
            if (!VEC_ADD(&s->by_image))
                return -ENOMEM;
        i = VEC_ADD(&s->images);
        if (!i)
            return -ENOMEM;
        ask_text_again(s->book, name);
        i->name = name;
        s->by_image.p[name] = (uint32_t)s->images.n;
    }
    i->size++; /* here: the number of nodes */
    return 0;
}

static void image_uncount(struct sched *s, uint32_t name)
{
    struct image *i = node_image(s, name);
    if (!i || --i->size)
        return;
    struct image *last = &s->images.p[--s->images.n];
    s->by_image.p[last->name] = (uint32_t)(i - s->images.p) + 1;
    s->by_image.p[name] = 0;
    *i = *last;
    ask_text_drop(s->book, name);
}

static void images_uncount(struct sched *s, const struct machine *m)
{
    for (uint32_t i = 0; i < m->n_images; i++)
        image_uncount(s, m->images[i].name);
}

static int images_of(struct sched *s, const struct value *node, struct machine *to)
{
    const struct value *list = value_at(node, "status.images");
    size_t n = 0;
    VALUE_EACH_ITEM (i, list)
        n += value_count(value_get(i, STR("names")));
    to->images = arena_alloc(to->mem, (n + 1) * sizeof(*to->images));
    if (!to->images)
        return -ENOMEM;
    VALUE_EACH_ITEM (i, list) {
        const struct value *names = value_get(i, STR("names"));
        VALUE_EACH_ITEM (t, names) {
            struct image *im = &to->images[to->n_images];
            *im = (struct image){ask_hold(s->book, &to->held, value_text(t)), value_int_at(i, "sizeBytes", 0)};
            if (!im->name)
                return -ENOMEM;
            to->n_images++;
        }
    }
    return 0;
}

static bool same_images(const struct machine *a, const struct machine *b)
{
    if (a->n_images != b->n_images)
        return false;
    for (uint32_t i = 0; i < a->n_images; i++)
        if (a->images[i].name != b->images[i].name || a->images[i].size != b->images[i].size)
            return false;
    return true;
}

static bool same_taints(const struct machine *a, const struct machine *b)
{
    if (a->n_taints != b->n_taints || a->unschedulable != b->unschedulable)
        return false;
    for (uint32_t i = 0; i < a->n_taints; i++)
        if (memcmp(&a->taints[i], &b->taints[i], sizeof(a->taints[i])) != 0)
            return false;
    return true;
}

/* ── a node comes, changes, goes ── */

struct amounts_in {
    struct sched *s;
    uint32_t node;
    bool changed, seen[ASK_COLUMNS_MAX];
};

static int prepare_column(void *ctx, uint32_t column, int64_t n)
{
    struct amounts_in *in = ctx;
    (void)n;
    return column_need(in->s, in->s->has, column);
}

static int set_amount(void *ctx, uint32_t column, int64_t n)
{
    struct amounts_in *in = ctx;
    int64_t *at = &in->s->has[column][in->node];
    in->changed = in->changed || *at != n;
    *at = n;
    in->seen[column] = true;
    return 0;
}

static bool set_amounts(struct sched *s, uint32_t node, const struct value *list)
{
    struct amounts_in in = {.s = s, .node = node};
    if (ask_list_each(s->book, list, set_amount, &in) < 0)
        return false; /* nothing of it fails any more: columns were prepared */
    for (uint32_t i = 0; i < ask_columns(s->book); i++)
        if (!in.seen[i] && s->has[i] && s->has[i][node]) {
            s->has[i][node] = 0;
            in.changed = true;
        }
    return in.changed;
}

static int read_node(struct sched *s, const struct value *node, struct machine *to)
{
    int r = arena_new(&to->mem, NODE_BYTES);
    if (r == 0)
        r = ask_labels_get(s->book, STR_NONE, value_at(node, "metadata.labels"), &to->labels);
    if (r == 0)
        r = ask_taints_of(to->mem, s->book, &to->held, value_at(node, "spec.taints"), &to->taints, &to->n_taints);
    if (r == 0)
        r = images_of(s, node, to);
    to->unschedulable = value_bool_at(node, "spec.unschedulable", false);
    return r;
}

static void drop_read(struct sched *s, struct machine *t)
{
    ask_labels_unref(s->book, t->labels);
    ask_held_drop(s->book, &t->held);
    arena_free(t->mem);
}

/* Domains and eligibility are taken back under the old labels and taints and counted anew under the new ones. What can fail
 * comes first; what follows cannot. */
static int replace(struct sched *s, struct machine *m, struct machine *read, bool topology)
{
    struct machine old = *m;
    uint32_t counted = 0;
    int r = 0;
    for (; r == 0 && counted < read->n_images; counted++)
        r = image_count(s, read->images[counted].name);
    if (r == 0 && topology) {
        if (m->known) {
            tallies_node(s, m->index, -1);
            topology_node(s, m, -1);
        }
        m->labels = read->labels;
        m->taints = read->taints;
        m->n_taints = read->n_taints;
        m->known = true;
        r = topology_node(s, m, 1);
        if (r == 0)
            r = tallies_room(s);
        if (r < 0) {
            topology_node(s, m, -1);
            m->labels = old.labels;
            m->taints = old.taints;
            m->n_taints = old.n_taints;
            m->known = old.known;
            if (m->known && topology_node(s, m, 1) < 0) /* the domains are all there: nothing is asked for */
                m->known = false;
        }
        if (m->known)
            tallies_node(s, m->index, 1);
    }
    if (r < 0) {
        while (counted--)
            image_uncount(s, read->images[counted].name);
        return r;
    }
    images_uncount(s, &old);
    m->labels = read->labels;
    m->taints = read->taints;
    m->n_taints = read->n_taints;
    m->images = read->images;
    m->n_images = read->n_images;
    m->unschedulable = read->unschedulable;
    m->mem = read->mem;
    m->held = read->held;
    drop_read(s, &old);
    return 0;
}

int node_put(struct sched *s, const struct value *node, struct sched_event *e)
{
    struct str name = value_text_at(node, "metadata.name");
    const struct value *list = value_at(node, "status.allocatable");
    struct machine read = {0}, *m = name.n ? machine_get(s, name) : NULL;
    if (!m)
        return name.n ? -ENOMEM : -EINVAL;
    struct amounts_in in = {.s = s, .node = m->index};
    int r = read_node(s, node, &read);
    if (r == 0)
        r = ask_list_each(s->book, list, prepare_column, &in);
    bool fresh_node = !m->known, labels = r == 0 && (fresh_node || m->labels != read.labels);
    bool taints = r == 0 && (fresh_node || !same_taints(m, &read)), images = r == 0 && (fresh_node ? read.n_images > 0 : !same_images(m, &read));
    if (r == 0 && (labels || taints || images))
        r = replace(s, m, &read, labels || taints);
    else
        drop_read(s, &read);
    if (r < 0) {
        if (labels || taints || images)
            drop_read(s, &read);
        machine_drop_if_empty(s, m);
        return r;
    }
    bool amounts = set_amounts(s, m->index, list);
    s->n_known += fresh_node;
    s->images_changed += images || fresh_node;
    if (labels || taints || amounts)
        node_touch(s, m->index, labels || taints);
    e->node = m->index;
    e->what = fresh_node ? SCHED_ADDED
                         : (labels ? SCHED_LABELS : 0) | (taints ? SCHED_TAINTS : 0) | (amounts ? SCHED_ALLOCATABLE : 0) | (images ? SCHED_OTHER : 0);
    return 0;
}

void node_del(struct sched *s, struct str name, struct sched_event *e)
{
    struct machine *m = machine_find(s, name);
    if (!m || !m->known)
        return;
    tallies_node(s, m->index, -1);
    topology_node(s, m, -1);
    images_uncount(s, m);
    m->n_images = 0;
    m->known = false;
    s->n_known--;
    s->images_changed++;
    set_amounts(s, m->index, NULL);
    node_touch(s, m->index, true);
    e->node = m->index;
    e->what = SCHED_DELETED;
    machine_drop_if_empty(s, m);
}

/* ── what others may see ── */

uint32_t sched_nodes(const struct sched *s)
{
    return s->n_known;
}

uint32_t sched_node_slots(const struct sched *s)
{
    return s->slots;
}

uint32_t sched_node_find(const struct sched *s, struct str name)
{
    struct machine *m = machine_find(s, name);
    return m && m->known ? m->index : SCHED_NOWHERE;
}

struct str sched_node_name(const struct sched *s, uint32_t node)
{
    return node < s->slots && s->machines[node] ? ask_text_of(s->book, s->machines[node]->name) : STR_NONE;
}

bool sched_node_label(const struct sched *s, uint32_t node, struct str key, struct str *value)
{
    uint32_t k = ask_text_find(s->book, key);
    const struct machine *m = node < s->slots ? s->machines[node] : NULL;
    uint32_t v = m && m->known && k ? ask_label(m->labels, k) : 0;
    if (v)
        *value = ask_text_of(s->book, v);
    return v != 0;
}

void sched_node_amounts(const struct sched *s, uint32_t node, struct str resource, int64_t *has, int64_t *used)
{
    uint32_t column = ask_column_find(s->book, resource);
    bool there = column != ASK_COLUMN_NONE && node < s->slots;
    *has = there && s->has[column] ? s->has[column][node] : 0;
    *used = column == ASK_PODS && there ? s->n_pods[node] : there && s->used[column] ? s->used[column][node] : 0;
}

bool sched_node_known(const struct sched *s, uint32_t node)
{
    return node < s->slots && s->machines[node] && s->machines[node]->known;
}

struct sched_pod *sched_node_next(const struct sched *s, uint32_t node, const struct sched_pod *after)
{
    struct machine *m = node < s->slots ? s->machines[node] : NULL;
    struct list *next = !m ? NULL : after ? after->link.next : m->pods.next;
    return !m || next == &m->pods ? NULL : CONTAINER_OF(next, struct sched_pod, link);
}

void nodes_done(struct sched *s)
{
    for (uint32_t i = 0; i < s->slots; i++)
        if (s->machines[i])
            machine_free(s, s->machines[i]);
    for (size_t i = 0; i < s->images.n; i++)
        ask_text_drop(s->book, s->images.p[i].name);
    if (s->has && s->used)
        for (uint32_t i = 0; i < ASK_COLUMNS_MAX; i++) {
            mem_free(s->has[i]);
            mem_free(s->used[i]);
        }
    mem_free(s->has);
    mem_free(s->used);
    mem_free(s->seeming[0]);
    mem_free(s->seeming[1]);
    mem_free(s->n_pods);
    mem_free(s->machines);
    mem_free(s->log);
    VEC_DONE(&s->images);
    VEC_DONE(&s->by_image);
    VEC_DONE(&s->free_slots);
    map_done(&s->by_name);
}
