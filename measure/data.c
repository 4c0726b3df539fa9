#include "measure/inside.h"

#include "object/object.h"

/* DataLocality: which datasets lie where, and which a pod reads. */

/* ── nodes ── */

static int64_t most_anywhere(const struct measure *m, struct str name, const struct place *but)
{
    int64_t most = 0;
    MAP_EACH (slot, &m->places) {
        const struct place *p = slot->value;
        for (size_t i = 0; p != but && i < p->n_sets; i++)
            if (str_is(name, p->sets[i].name))
                most = MAX(most, p->sets[i].bytes);
    }
    return most;
}

static int size_grow(struct measure *m, const struct set *x)
{
    struct set *size = map_get(&m->sizes, str_of(x->name));
    if (!size) {
        size = mem_alloc(sizeof(*size));
        if (size)
            size->name = mem_text(x->name, strlen(x->name));
        if (!size || !size->name || map_put(&m->sizes, str_of(size->name), size) < 0) {
            mem_free(size ? size->name : NULL);
            mem_free(size);
            return -ENOMEM;
        }
    }
    size->bytes = MAX(size->bytes, x->bytes);
    return 0;
}

void sets_drop(struct measure *m, struct place *p)
{
    struct set *sets = p->sets;
    size_t n = p->n_sets;
    p->sets = NULL;
    p->n_sets = 0;
    for (size_t i = 0; i < n; i++) {
        struct set *size = map_get(&m->sizes, str_of(sets[i].name));
        if (size && size->bytes == sets[i].bytes)
            size->bytes = most_anywhere(m, str_of(sets[i].name), p);
        if (size && !size->bytes) {
            map_del(&m->sizes, str_of(size->name));
            mem_free(size->name);
            mem_free(size);
        }
        mem_free(sets[i].name);
    }
    mem_free(sets);
}

int sets_read(struct measure *m, struct place *p, const struct value *notes)
{
    sets_drop(m, p);
    VALUE_EACH_MEMBER (x, notes) {
        struct quantity q;
        struct str text = value_text(&x->value), name = str_from(x->key, sizeof(MEASURE_DATA) - 1);
        if (!str_starts(x->key, STR(MEASURE_DATA)) || !name.n || quantity_parse(text, &q) < 0 || quantity_value(q) <= 0 ||
            p->n_sets == MEASURE_SETS_MAX)
            continue;
        if (!p->sets && !(p->sets = mem_alloc(MEASURE_SETS_MAX * sizeof(*p->sets))))
            return -ENOMEM;
        struct set *to = &p->sets[p->n_sets];
        *to = (struct set){mem_text(name.p, name.n), quantity_value(q)};
        if (!to->name)
            return -ENOMEM;
        p->n_sets++;
        int r = size_grow(m, to);
        if (r < 0)
            return r;
    }
    return 0;
}

/* ── pods ── */

static void wanted_drop(struct wish *w)
{
    for (size_t i = 0; i < w->n_sets; i++)
        mem_free(w->sets[i].name);
    w->sets = mem_free(w->sets);
    w->n_sets = 0;
}

static int wanted_read(struct wish *w, struct str text)
{
    struct str rest = text, piece = STR_NONE, name, size;
    wanted_drop(w);
    w->data_fault[0] = 0;
    w->sets = mem_alloc(MEASURE_SETS_MAX * sizeof(*w->sets));
    if (!w->sets)
        return -ENOMEM;
    while (str_next(&rest, ',', &piece)) {
        struct quantity q = {0};
        bool sized = str_cut(str_trim(piece), '=', &name, &size);
        if (!name.n || w->n_sets == MEASURE_SETS_MAX || (sized && (quantity_parse(size, &q) < 0 || quantity_value(q) <= 0))) {
            snprintf(w->data_fault, sizeof(w->data_fault),
                     "metadata.annotations[" MEASURE_DATASETS
                     "]: Invalid value: \"%.*s\": must be NAME or NAME=BYTES, at most 64, with a comma between",
                     (int)MIN(text.n, (size_t)60), text.p);
            return 0;
        }
        w->sets[w->n_sets] = (struct set){mem_text(name.p, name.n), quantity_value(q)};
        if (!w->sets[w->n_sets].name)
            return -ENOMEM;
        w->n_sets++;
    }
    return 0;
}

int data_claims(void *self, const struct value *pod, struct buf *key)
{
    struct measure *m = self;
    ssize_t profile;
    struct wish *w;
    struct str text = value_text(value_get(value_at(pod, "metadata.annotations"), STR(MEASURE_DATASETS)));
    if (!text.n || !measure_enabled(m, pod, MEASURE_LOCALITY, &profile))
        return 0;
    int r = wish_get(m, value_text_at(pod, "metadata.uid"), &w);
    if (r == 0)
        r = wanted_read(w, text);
    if (r < 0)
        return r;
    buf_str(key, text);
    return 1;
}

const char *data_before(void *self, const struct sched_pod *pod)
{
    const struct wish *w = map_get(&((struct measure *)self)->wishes, sched_pod_uid(pod));
    return w && w->data_fault[0] ? w->data_fault : NULL;
}

static int64_t local(const struct place *p, const char *name)
{
    for (size_t i = 0; p && i < p->n_sets; i++)
        if (strcmp(p->sets[i].name, name) == 0)
            return p->sets[i].bytes;
    return 0;
}

int64_t data_score(void *self, const struct sched_pod *pod, uint32_t node)
{
    const struct measure *m = self;
    const struct wish *w = map_get(&m->wishes, sched_pod_uid(pod));
    const struct place *p = map_get(&m->places, sched_node_name(m->engine, node));
    double here = 0, all = 0;
    for (size_t i = 0; w && i < w->n_sets; i++) {
        const struct set *size = map_get(&m->sizes, str_of(w->sets[i].name));
        int64_t bytes = w->sets[i].bytes ? w->sets[i].bytes : size ? size->bytes : 0;
        all += (double)bytes;
        here += (double)MIN(local(p, w->sets[i].name), bytes);
    }
    return all > 0 ? (int64_t)(100 * here / all) : 0;
}
