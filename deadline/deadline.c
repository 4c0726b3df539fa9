#include "deadline/deadline.h"

#include "object/object.h"

#define SEARCH_STEPS  20000 /* of one question about one node */
#define DENSITY_WHOLE 1000000

struct held {         /* what a pod asks for, and has */
    char *uid, *node; /* node NULL: none */
    size_t n;
    struct deadline_task tasks[DEADLINE_TASKS_MAX];
    uint16_t core[DEADLINE_TASKS_MAX];
    char fault[200]; /* why its annotations cannot be read; "" : they can */
};

struct machine_cores {
    char *name;
    size_t n;                         /* cores it has now */
    int32_t used[DEADLINE_CORES_MAX]; /* also of cores it no longer has: pods hold them still */
};

struct deadline {
    struct sched *engine;
    unsigned plugin;
    struct map pods, nodes; /* uid → held, name → machine_cores */
};

/* ── reading ── */

/* "500us", "2ms", "1s"; nanoseconds without a unit. */
static int read_time(struct str text, int64_t *ns)
{
    static const struct {
        const char *unit;
        int64_t ns;
    } units[] = {{"ns", 1}, {"us", 1000}, {"ms", 1000000}, {"s", 1000000000}};
    size_t digits = 0;
    int64_t number;
    while (digits < text.n && text.p[digits] >= '0' && text.p[digits] <= '9')
        digits++;
    if (digits == 0 || digits > 12 || str_to_int(str_head(text, digits), &number) < 0)
        return -EINVAL;
    struct str unit = str_from(text, digits);
    if (!unit.n) {
        *ns = number;
        return 0;
    }
    for (size_t i = 0; i < ARRAY_LEN(units); i++)
        if (str_is(unit, units[i].unit) && number <= INT64_C(4000000000) * 1000 / units[i].ns) {
            *ns = number * units[i].ns;
            return 0;
        }
    return -EINVAL;
}

static int bad(struct err *err, struct str key, struct str value, const char *what)
{
    return err_raise(err, -EINVAL, "metadata.annotations[%.*s]: Invalid value: \"%.*s\": %s", STR_FMT(key), STR_FMT(value), what);
}

static int read_task(struct str key, struct str value, struct deadline_task *t, struct err *err)
{
    struct str rest = value, piece = STR_NONE, name, text;
    struct str container = str_from(key, sizeof(DEADLINE_ASKS) - 1);
    *t = (struct deadline_task){0};
    snprintf(t->name, sizeof(t->name), "%.*s", STR_FMT(container));
    while (str_next(&rest, ',', &piece)) {
        int64_t *to = NULL;
        str_cut(str_trim(piece), '=', &name, &text);
        to = str_is(name, "runtime") ? &t->runtime_ns : str_is(name, "deadline") ? &t->deadline_ns : str_is(name, "period") ? &t->period_ns : NULL;
        if (!to || read_time(text, to) < 0)
            return bad(err, key, value, "must be runtime=TIME,deadline=TIME,period=TIME, each a number with ns, us, ms or s");
    }
    if (!t->deadline_ns)
        t->deadline_ns = t->period_ns;
    /* The kernel's own limits: a runtime of more than a microsecond, a period below some four seconds. */
    if (t->runtime_ns < 1024 || t->runtime_ns > t->deadline_ns || t->deadline_ns > t->period_ns || t->period_ns > INT64_C(1) << 32)
        return bad(err, key, value, "must have 1024ns <= runtime <= deadline <= period <= 4.29s");
    t->density = (int32_t)((t->runtime_ns * DENSITY_WHOLE + t->deadline_ns - 1) / t->deadline_ns);
    return 0;
}

static bool has_container(const struct value *pod, struct str name)
{
    static const char *const lists[] = {"spec.containers", "spec.initContainers"};
    for (size_t i = 0; i < ARRAY_LEN(lists); i++) {
        const struct value *list = value_at(pod, lists[i]);
        VALUE_EACH_ITEM (c, list)
            if (str_eq(value_text_at(c, "name"), name))
                return true;
    }
    return false;
}

int deadline_read(const struct value *pod, struct deadline_task out[DEADLINE_TASKS_MAX], size_t *n, struct err *err)
{
    const struct value *notes = value_at(pod, "metadata.annotations");
    *n = 0;
    VALUE_EACH_MEMBER (m, notes) {
        struct str value = value_text(&m->value);
        if (!str_starts(m->key, STR(DEADLINE_ASKS)))
            continue;
        if (*n == DEADLINE_TASKS_MAX)
            return bad(err, m->key, value, "too many: more than 32 containers");
        if (!has_container(pod, str_from(m->key, sizeof(DEADLINE_ASKS) - 1)))
            return bad(err, m->key, value, "the pod has no such container");
        int r = read_task(m->key, value, &out[*n], err);
        if (r < 0)
            return r;
        ++*n;
    }
    return 0;
}

/* ── which cores ── */

struct search {
    size_t cores;
    const struct held *h;
    uint8_t order[DEADLINE_TASKS_MAX]; /* tasks, greatest first */
    int32_t used[DEADLINE_CORES_MAX];
    uint16_t core[DEADLINE_TASKS_MAX];
    uint32_t steps;
};

/* Fuller cores first; of equally full ones only one is tried. */
static bool assign(struct search *s, size_t at)
{
    if (at == s->h->n)
        return true;
    int32_t density = s->h->tasks[s->order[at]].density, below = INT32_MAX;
    for (;;) {
        ssize_t best = -1;
        for (size_t i = 0; i < s->cores; i++)
            if (s->used[i] < below && s->used[i] + density <= DEADLINE_BOUND && (best < 0 || s->used[i] > s->used[best]))
                best = (ssize_t)i;
        if (best < 0 || ++s->steps > SEARCH_STEPS)
            return false;
        below = s->used[best];
        s->used[best] += density;
        s->core[s->order[at]] = (uint16_t)best;
        if (assign(s, at + 1))
            return true;
        s->used[best] -= density;
    }
}

/* used NULL: all cores are empty. */
static bool find_cores(struct search *s, size_t cores, const int32_t *used, const struct held *h)
{
    s->cores = cores;
    s->h = h;
    s->steps = 0;
    if (used)
        memcpy(s->used, used, cores * sizeof(*s->used));
    else
        memset(s->used, 0, cores * sizeof(*s->used));
    for (size_t i = 0; i < h->n; i++) {
        size_t k = i;
        for (; k > 0 && h->tasks[s->order[k - 1]].density < h->tasks[i].density; k--)
            s->order[k] = s->order[k - 1];
        s->order[k] = (uint8_t)i;
    }
    return assign(s, 0);
}

static void count(struct machine_cores *m, const struct held *h, int sign)
{
    for (size_t i = 0; m && i < h->n; i++)
        m->used[h->core[i]] += sign * h->tasks[i].density;
}

static void let_go(struct deadline *d, struct held *h)
{
    if (h->node)
        count(map_get(&d->nodes, str_of(h->node)), h, -1);
    h->node = mem_free(h->node);
}

/* ── what is known of pods and nodes ── */

static struct held *held_get(struct deadline *d, struct str uid)
{
    struct held *h = map_get(&d->pods, uid);
    if (h || !uid.n)
        return h;
    h = mem_alloc(sizeof(*h));
    if (!h)
        return NULL;
    h->uid = mem_text(uid.p, uid.n);
    if (h->uid && map_put(&d->pods, str_of(h->uid), h) == 0)
        return h;
    mem_free(h->uid);
    mem_free(h);
    return NULL;
}

static void held_free(struct deadline *d, struct held *h)
{
    let_go(d, h);
    map_del(&d->pods, str_of(h->uid));
    mem_free(h->uid);
    mem_free(h);
}

static bool asks(const struct value *pod)
{
    const struct value *notes = value_at(pod, "metadata.annotations");
    VALUE_EACH_MEMBER (m, notes)
        if (str_starts(m->key, STR(DEADLINE_ASKS)))
            return true;
    return false;
}

/* One that holds cores keeps what it was given for: annotations may change, running tasks do not. */
static int learn(struct deadline *d, const struct value *pod, struct held **out)
{
    struct err err = {{0}};
    *out = map_get(&d->pods, value_text_at(pod, "metadata.uid"));
    if (!asks(pod) || (*out && (*out)->node))
        return 0;
    struct held *h = *out = held_get(d, value_text_at(pod, "metadata.uid"));
    if (!h)
        return -ENOMEM;
    h->fault[0] = 0;
    if (deadline_read(pod, h->tasks, &h->n, &err) < 0) {
        h->n = 0;
        snprintf(h->fault, sizeof(h->fault), "%.*s", (int)sizeof(h->fault) - 1, err.text);
    }
    return 0;
}

static struct machine_cores *node_get(struct deadline *d, struct str name)
{
    struct machine_cores *m = map_get(&d->nodes, name);
    if (m)
        return m;
    m = mem_alloc(sizeof(*m));
    if (!m)
        return NULL;
    m->name = mem_text(name.p, name.n);
    if (m->name && map_put(&d->nodes, str_of(m->name), m) == 0)
        return m;
    mem_free(m->name);
    mem_free(m);
    return NULL;
}

int deadline_node_put(struct deadline *d, const struct value *node)
{
    const struct value *cpu = value_at(node, "status.allocatable.cpu");
    struct machine_cores *m = node_get(d, value_text_at(node, "metadata.name"));
    if (!m)
        return -ENOMEM;
    int64_t whole = cpu ? quantity_milli(quantity_of(cpu)) / 1000 : 0;
    m->n = (size_t)MAX(MIN(whole, (int64_t)DEADLINE_CORES_MAX), (int64_t)0);
    return 0;
}

static bool idle(const struct machine_cores *m)
{
    for (size_t i = 0; i < DEADLINE_CORES_MAX; i++)
        if (m->used[i])
            return false;
    return true;
}

/* What its pods hold stays counted until they go, should it come back. */
void deadline_node_gone(struct deadline *d, struct str name)
{
    struct machine_cores *m = map_get(&d->nodes, name);
    if (!m)
        return;
    m->n = 0;
    if (!idle(m))
        return;
    map_del(&d->nodes, name);
    mem_free(m->name);
    mem_free(m);
}

/* "c=3,d=0"; false: it does not name a core for each task. */
static bool named_cores(const struct value *pod, struct held *h)
{
    struct str rest = value_text(value_get(value_at(pod, "metadata.annotations"), STR(DEADLINE_CORES))), piece = STR_NONE, name, number;
    size_t found = 0;
    while (str_next(&rest, ',', &piece)) {
        int64_t core;
        str_cut(piece, '=', &name, &number);
        if (str_to_int(number, &core) < 0 || core < 0 || core >= DEADLINE_CORES_MAX)
            return false;
        for (size_t i = 0; i < h->n; i++)
            if (str_is(name, h->tasks[i].name)) {
                h->core[i] = (uint16_t)core;
                found++;
            }
    }
    return found == h->n;
}

static void emptiest(const struct machine_cores *m, struct held *h)
{
    int32_t used[DEADLINE_CORES_MAX];
    memcpy(used, m->used, sizeof(used));
    for (size_t i = 0; i < h->n; i++) {
        size_t best = 0;
        for (size_t k = 1; k < m->n; k++)
            best = used[k] < used[best] ? k : best;
        h->core[i] = (uint16_t)best;
        used[best] += h->tasks[i].density;
    }
}

/* A node that is not known yet has the cores that are named. */
static bool within(const struct machine_cores *m, const struct held *h)
{
    int32_t used[DEADLINE_CORES_MAX];
    memcpy(used, m->used, sizeof(used));
    for (size_t i = 0; i < h->n; i++)
        if ((m->n && h->core[i] >= m->n) || (used[h->core[i]] += h->tasks[i].density) > DEADLINE_BOUND)
            return false;
    return true;
}

static int occupy(struct deadline *d, struct held *h, struct str node, const struct value *pod)
{
    struct search s;
    struct machine_cores *m = node_get(d, node);
    char *copy = m ? mem_text(node.p, node.n) : NULL;
    if (!copy)
        return -ENOMEM;
    let_go(d, h);
    if (!pod || !named_cores(pod, h) || !within(m, h)) {
        if (find_cores(&s, m->n, m->used, h))
            memcpy(h->core, s.core, sizeof(h->core));
        else
            emptiest(m, h);
    }
    h->node = copy;
    count(m, h, 1);
    return 0;
}

int deadline_pod_put(struct deadline *d, const struct value *pod)
{
    struct held *h;
    struct str node = value_text_at(pod, "spec.nodeName"), phase = value_text_at(pod, "status.phase");
    int r = learn(d, pod, &h);
    if (r < 0 || !h)
        return r;
    if (str_is(phase, "Succeeded") || str_is(phase, "Failed")) {
        held_free(d, h);
        return 0;
    }
    if (!node.n || h->n == 0 || (h->node && str_is(node, h->node)))
        return 0;
    return occupy(d, h, node, pod);
}

void deadline_pod_gone(struct deadline *d, struct str uid)
{
    struct held *h = map_get(&d->pods, uid);
    if (h)
        held_free(d, h);
}

bool deadline_cores(const struct deadline *d, struct str uid, struct buf *out)
{
    const struct held *h = map_get(&d->pods, uid);
    if (!h || !h->node || !h->n)
        return false;
    for (size_t i = 0; i < h->n; i++)
        buf_fmt(out, "%s%s=%u", i ? "," : "", h->tasks[i].name, h->core[i]);
    return true;
}

size_t deadline_node_used(const struct deadline *d, struct str node, int32_t *out, size_t max)
{
    const struct machine_cores *m = map_get(&d->nodes, node);
    for (size_t i = 0; m && i < MIN(m->n, max); i++)
        out[i] = m->used[i];
    return m ? m->n : 0;
}

/* ── the plugin ── */

static int hook_claims(void *self, const struct value *pod, struct buf *key)
{
    struct deadline *d = self;
    struct held *h;
    int r = learn(d, pod, &h);
    if (r < 0 || !h || !asks(pod))
        return r;
    for (size_t i = 0; i < h->n; i++)
        buf_fmt(key, "%s=%d,", h->tasks[i].name, h->tasks[i].density);
    buf_text(key, h->fault);
    return 1;
}

static struct held *held_of(const struct deadline *d, const struct sched_pod *pod)
{
    return map_get(&d->pods, sched_pod_uid(pod));
}

static const char *hook_before(void *self, const struct sched_pod *pod)
{
    const struct held *h = held_of(self, pod);
    return h && h->fault[0] ? h->fault : NULL;
}

static const char *hook_filter(void *self, const struct sched_pod *pod, uint32_t node, bool *final)
{
    struct deadline *d = self;
    const struct held *h = held_of(d, pod);
    const struct machine_cores *m = map_get(&d->nodes, sched_node_name(d->engine, node));
    struct search s;
    if (!h || !h->n || find_cores(&s, m ? m->n : 0, m ? m->used : NULL, h))
        return NULL;
    *final = !find_cores(&s, m ? m->n : 0, NULL, h); /* not even alone */
    return "Insufficient deadline bandwidth";
}

/* Where the most is promised already: what is left elsewhere stays whole. */
static int64_t hook_score(void *self, const struct sched_pod *pod, uint32_t node)
{
    const struct deadline *d = self;
    const struct machine_cores *m = map_get(&d->nodes, sched_node_name(d->engine, node));
    const struct held *h = held_of(d, pod);
    int64_t used = 0;
    for (size_t i = 0; m && i < m->n; i++)
        used += m->used[i];
    for (size_t i = 0; h && i < h->n; i++)
        used += h->tasks[i].density;
    return m && m->n ? MIN(used * 100 / ((int64_t)m->n * DEADLINE_BOUND), (int64_t)100) : 0;
}

static int hook_reserve(void *self, struct sched_pod *pod, uint32_t node)
{
    struct deadline *d = self;
    struct held *h = held_of(d, pod);
    struct str name = sched_node_name(d->engine, node);
    const struct machine_cores *m = map_get(&d->nodes, name);
    struct search s;
    if (!h || !h->n)
        return 0;
    return m && find_cores(&s, m->n, m->used, h) ? occupy(d, h, name, NULL) : 1;
}

static void hook_unreserve(void *self, struct sched_pod *pod, uint32_t node)
{
    struct deadline *d = self;
    struct held *h = held_of(d, pod);
    (void)node;
    if (h)
        let_go(d, h);
}

static bool hook_helps(void *self, const struct sched_pod *pod, unsigned kind, unsigned what, const struct value *object)
{
    (void)self;
    (void)pod;
    (void)object;
    return (kind == SCHED_NODE && what & (SCHED_ADDED | SCHED_ALLOCATABLE)) || (kind == SCHED_POD && what & (SCHED_DELETED | SCHED_OTHER));
}

int deadline_new(struct deadline **out)
{
    *out = mem_alloc(sizeof(**out));
    return *out ? 0 : -ENOMEM;
}

struct deadline *deadline_free(struct deadline *d)
{
    struct map_slot *slot;
    if (!d)
        return NULL;
    while ((slot = map_next(&d->pods, NULL)))
        held_free(d, slot->value);
    while ((slot = map_next(&d->nodes, NULL))) {
        struct machine_cores *m = slot->value;
        map_del(&d->nodes, str_of(m->name));
        mem_free(m->name);
        mem_free(m);
    }
    map_done(&d->pods);
    map_done(&d->nodes);
    return mem_free(d);
}

struct sched_plugin deadline_plugin(struct deadline *d)
{
    return (struct sched_plugin){.name = DEADLINE_NAME,
                                 .weight = 1,
                                 .self = d,
                                 .claims = hook_claims,
                                 .before = hook_before,
                                 .filter = hook_filter,
                                 .score = hook_score,
                                 .reserve = hook_reserve,
                                 .unreserve = hook_unreserve,
                                 .helps = hook_helps};
}

void deadline_attach(struct deadline *d, struct sched *engine, unsigned plugin)
{
    d->engine = engine;
    d->plugin = plugin;
}
