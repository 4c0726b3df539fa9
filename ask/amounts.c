#include "ask/inside.h"

#include "object/object.h"

/* What a pod asks for: the sum of its containers, or the largest of its init containers when that is more; sidecars
 * count with both (KEP-753). Amounts are summed by column; of resources without a column nothing is to be had. */

#define LITTLE_CPU    100 /* as kube-scheduler counts a container that says nothing */
#define LITTLE_MEMORY (200 << 20)

struct sum {
    struct ask_book *book;
    struct ask_held *held; /* names without a column */
    struct ask_amount items[ASK_AMOUNTS_MAX];
    uint32_t n;
    bool too_many, failed;
    bool said[2]; /* cpu, memory stood in the list last read */
    int64_t seeming[2];
};

static int64_t saturated(int64_t a, int64_t b)
{
    int64_t sum;
    return __builtin_add_overflow(a, b, &sum) ? INT64_MAX : sum;
}

static int64_t *slot(struct sum *s, uint32_t column, uint32_t name)
{
    uint32_t at = s->n;
    while (at > 0 && (s->items[at - 1].column > column || (s->items[at - 1].column == column && s->items[at - 1].name > name)))
        at--;
    if (at > 0 && s->items[at - 1].column == column && s->items[at - 1].name == name)
        return &s->items[at - 1].n;
    if (s->n == ASK_AMOUNTS_MAX) {
        s->too_many = true;
        return NULL;
    }
    memmove(&s->items[at + 1], &s->items[at], (s->n - at) * sizeof(*s->items));
    s->n++;
    s->items[at] = (struct ask_amount){column, name, 0};
    return &s->items[at].n;
}

static int64_t quantity_in(uint32_t column, const struct value *v)
{
    struct quantity q = quantity_of(v);
    return column == ASK_CPU ? quantity_milli(q) : quantity_value(q);
}

/* Reads a list into an empty sum, keeping the larger of what stands there. */
static void raise_list(struct sum *s, const struct value *list)
{
    VALUE_EACH_MEMBER (m, list) {
        uint32_t column = ask_column(s->book, m->key), name = 0;
        if (column == ASK_COLUMN_NONE && (ask_columns(s->book) < ASK_COLUMNS_MAX || !(name = ask_hold(s->book, s->held, m->key))))
            s->failed = true; /* no memory */
        int64_t n = quantity_in(column, &m->value);
        if (column == ASK_CPU || column == ASK_MEMORY)
            s->said[column] = true;
        int64_t *to = n > 0 && column != ASK_PODS ? slot(s, column, name) : NULL;
        if (to)
            *to = MAX(*to, n);
    }
}

static void add(struct sum *to, const struct sum *more)
{
    for (uint32_t i = 0; i < more->n; i++) {
        int64_t *n = slot(to, more->items[i].column, more->items[i].name);
        if (n)
            *n = saturated(*n, more->items[i].n);
    }
    for (int i = 0; i < 2; i++)
        to->seeming[i] = saturated(to->seeming[i], more->seeming[i]);
    to->too_many = to->too_many || more->too_many;
}

static void raise_to(struct sum *to, const struct sum *more)
{
    for (uint32_t i = 0; i < more->n; i++) {
        int64_t *n = slot(to, more->items[i].column, more->items[i].name);
        if (n)
            *n = MAX(*n, more->items[i].n);
    }
    for (int i = 0; i < 2; i++)
        to->seeming[i] = MAX(to->seeming[i], more->seeming[i]);
    to->too_many = to->too_many || more->too_many;
}

static const struct value *status_of(const struct value *list, struct str name)
{
    VALUE_EACH_ITEM (s, list)
        if (str_eq(value_text_at(s, "name"), name))
            return s;
    return NULL;
}

static int64_t has(const struct sum *s, uint32_t column)
{
    for (uint32_t i = 0; i < s->n; i++)
        if (s->items[i].column == column)
            return s->items[i].n;
    return 0;
}

/* One container: what it asks for, and while a resize is under way what it was given, whichever is more. */
static void container(struct sum *s, const struct value *c, const struct value *statuses, bool infeasible)
{
    static const int64_t little[2] = {LITTLE_CPU, LITTLE_MEMORY};
    const struct value *status = statuses ? status_of(statuses, value_text_at(c, "name")) : NULL;
    if (!status || !infeasible)
        raise_list(s, value_at(c, "resources.requests"));
    if (status) {
        raise_list(s, value_at(status, "resources.requests"));
        raise_list(s, value_at(status, "allocatedResources"));
    }
    for (uint32_t i = 0; i < 2; i++)
        s->seeming[i] = s->said[i] ? has(s, i) : little[i];
}

static bool resize_infeasible(const struct value *pod)
{
    const struct value *conditions = value_at(pod, "status.conditions");
    VALUE_EACH_ITEM (c, conditions)
        if (str_is(value_text_at(c, "type"), "PodResizePending"))
            return str_is(value_text_at(c, "reason"), "Infeasible");
    return false;
}

static struct sum fresh(const struct sum *like)
{
    return (struct sum){.book = like->book, .held = like->held};
}

static void containers(struct sum *out, const struct value *pod, bool status)
{
    const struct value *list = value_at(pod, "spec.containers"), *inits = value_at(pod, "spec.initContainers");
    const struct value *states = status ? value_at(pod, "status.containerStatuses") : NULL;
    const struct value *init_states = status ? value_at(pod, "status.initContainerStatuses") : NULL;
    bool infeasible = status && resize_infeasible(pod);
    struct sum sidecars = fresh(out), most = fresh(out);
    VALUE_EACH_ITEM (c, list) {
        struct sum one = fresh(out);
        container(&one, c, states, infeasible);
        add(out, &one);
        out->failed = out->failed || one.failed;
    }
    VALUE_EACH_ITEM (c, inits) {
        struct sum one = fresh(out);
        bool sidecar = str_is(value_text_at(c, "restartPolicy"), "Always");
        container(&one, c, sidecar ? init_states : NULL, infeasible);
        if (sidecar)
            add(&sidecars, &one);
        else
            add(&one, &sidecars); /* beside the sidecars started before it */
        raise_to(&most, sidecar ? &sidecars : &one);
        out->failed = out->failed || one.failed;
    }
    add(out, &sidecars);
    raise_to(out, &most);
}

/* Pod-level requests take the place of the sum: cpu, memory and huge pages (KEP-2837). */
static void whole_pod(struct sum *out, const struct value *pod, bool status)
{
    struct sum whole = fresh(out);
    const struct value *list = value_at(pod, "spec.resources.requests");
    bool infeasible = status && value_at(pod, "status.allocatedResources") && resize_infeasible(pod);
    if (!infeasible)
        raise_list(&whole, list);
    if (list && status) {
        raise_list(&whole, value_at(pod, "status.resources.requests"));
        raise_list(&whole, value_at(pod, "status.allocatedResources"));
    }
    VALUE_EACH_MEMBER (m, list) {
        uint32_t column = ask_column_find(out->book, m->key);
        if (column == ASK_COLUMN_NONE || (column > ASK_MEMORY && !str_starts(m->key, STR("hugepages-"))))
            continue;
        int64_t *n = slot(out, column, 0);
        if (n)
            *n = has(&whole, column);
        if (column <= ASK_MEMORY)
            out->seeming[column] = has(&whole, column);
    }
    out->failed = out->failed || whole.failed;
}

static int intern(struct ask_book *b, struct sum *s, struct ask_amounts **out)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < s->n; i++)
        if (s->items[i].n > 0)
            s->items[n++] = s->items[i];
    size_t bytes = sizeof(struct ask_amounts) + n * sizeof(struct ask_amount);
    struct ask_amounts *m = mem_alloc(bytes);
    if (!m)
        return -ENOMEM;
    m->n = n;
    m->too_many = s->too_many;
    memcpy(m->seeming, s->seeming, sizeof(m->seeming));
    memcpy(m->items, s->items, n * sizeof(*m->items));
    struct str key = str_make(&m->n, bytes - offsetof(struct ask_amounts, n));
    struct ask_amounts *there = map_get(&b->amounts, key);
    int r = there ? 0 : map_put(&b->amounts, key, m);
    if (there || r < 0) {
        mem_free(m);
        m = there ? ask_amounts_ref(there) : NULL;
    } else {
        m->refs = 1;
        for (uint32_t i = 0; i < n; i++)
            if (m->items[i].name)
                b->texts.p[m->items[i].name].refs++;
    }
    *out = m;
    return r;
}

int ask_amounts_of(struct ask_book *b, const struct value *pod, bool status, struct ask_amounts **out)
{
    struct ask_held held = {0};
    struct sum s = {.book = b, .held = &held}, overhead = {.book = b, .held = &held};
    containers(&s, pod, status);
    whole_pod(&s, pod, status);
    raise_list(&overhead, value_at(pod, "spec.overhead"));
    for (uint32_t i = 0; i < 2; i++)
        overhead.seeming[i] = has(&overhead, i);
    add(&s, &overhead);
    int r = s.failed || overhead.failed ? -ENOMEM : intern(b, &s, out);
    ask_held_drop(b, &held);
    return r;
}

struct ask_amounts *ask_amounts_ref(struct ask_amounts *m)
{
    m->refs++;
    return m;
}

void ask_amounts_unref(struct ask_book *b, struct ask_amounts *m)
{
    if (!m || --m->refs)
        return;
    map_del(&b->amounts, str_make(&m->n, sizeof(*m) + m->n * sizeof(*m->items) - offsetof(struct ask_amounts, n)));
    for (uint32_t i = 0; i < m->n; i++)
        ask_text_drop(b, m->items[i].name);
    mem_free(m);
}

int64_t ask_amount_of(const struct ask_amounts *m, uint32_t column)
{
    for (uint32_t i = 0; i < m->n; i++)
        if (m->items[i].column == column)
            return m->items[i].n;
    return 0;
}

int ask_list_each(struct ask_book *b, const struct value *list, int (*fn)(void *ctx, uint32_t column, int64_t n), void *ctx)
{
    VALUE_EACH_MEMBER (m, list) {
        uint32_t column = ask_column(b, m->key);
        if (column == ASK_COLUMN_NONE && ask_columns(b) < ASK_COLUMNS_MAX)
            return -ENOMEM;
        int r = column == ASK_COLUMN_NONE ? 0 : fn(ctx, column, quantity_in(column, &m->value));
        if (r < 0)
            return r;
    }
    return 0;
}
