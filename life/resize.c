#include "life/inside.h"

#include "json/json.h"

/* In-place resize (KEP-1287). Three amounts are told apart:
 *
 *   desired    what the API asks for now: worker->desired, by container name ("": of the whole pod), only while it differs
 *   allocated  what this node has promised: in the worker's tree, so that all that reads the tree goes by it
 *   given      what the cgroups have: member "given" of the tree, by the same names, only while a resize is under way
 *
 *   newer tree ─▶ desired ─fits?─▶ allocated (old amounts become `given`) ─cgroups written, containers restarted─▶ done
 *                    ▲ Deferred │
 *                    └──────────┘ again when another pod gives room back, and every three minutes
 *
 * Tree, promise and `given` are in the pod's checkpoint together, and there before anything is done or told: an agent that
 * starts in the middle goes on with it. What it finds the cgroups to have is what is given, whatever it remembers. */
#define RETRY_MS 180000
#define AGAIN_MS 5000 /* what could not be written to the cgroups is tried again */

static const char *const lists[] = {"initContainers", "containers"};

static struct value *holder(const struct value *pod, struct str name)
{
    for (size_t l = 0; name.n && l < ARRAY_LEN(lists); l++) {
        const struct value *list = value_get(value_at(pod, "spec"), str_of(lists[l]));
        VALUE_EACH_ITEM (c, list)
            if (str_eq(value_text_at(c, "name"), name))
                return c;
    }
    return name.n ? NULL : value_at(pod, "spec");
}

static struct quantity amount(const struct value *resources, const char *list, const char *name)
{
    return quantity_of(value_get(value_get(resources, str_of(list)), str_of(name)));
}

static bool same(const struct value *a, const struct value *b, const char *name)
{
    return quantity_cmp(amount(a, "requests", name), amount(b, "requests", name)) == 0 &&
           quantity_cmp(amount(a, "limits", name), amount(b, "limits", name)) == 0;
}

static bool same_amounts(const struct value *a, const struct value *b)
{
    return same(a, b, "cpu") && same(a, b, "memory");
}

/* ── taking a newer tree ── */

static int hold_back(struct worker *w, struct arena *a, const struct value *old, struct value *fresh, struct str name)
{
    struct value *now = holder(fresh, name), *before = holder(old, name), kept = value_make_map();
    const struct value *wanted = value_get(now, STR("resources")), *had = value_get(before, STR("resources"));
    if (!now || !before || same_amounts(wanted, had))
        return 0;
    int r = had ? value_copy(a, had, &kept) : 0;
    if (r == 0 && !value_set(a, &w->desired, name, wanted ? *wanted : value_make_map()))
        r = -ENOMEM;
    if (r == 0 && !value_set(a, now, STR("resources"), kept))
        r = -ENOMEM;
    return r;
}

int life_resize_take(struct worker *w, struct arena *a, const struct value *old, struct value *fresh)
{
    const struct value *given = value_get(old, STR("given"));
    struct value copy = {0}, before = w->desired;
    w->desired = value_make_map();
    int r = hold_back(w, a, old, fresh, STR_NONE);
    for (size_t l = 0; r == 0 && l < ARRAY_LEN(lists); l++) {
        const struct value *list = value_get(value_at(fresh, "spec"), str_of(lists[l]));
        for (size_t i = 0; r == 0 && i < value_count(list); i++)
            r = hold_back(w, a, old, fresh, value_text_at(value_item(list, i), "name"));
    }
    if (r == 0 && given)
        r = value_copy(a, given, &copy);
    if (r == 0 && given && !value_set(a, fresh, STR("given"), copy))
        r = -ENOMEM;
    if (r < 0) {
        w->desired = before;
        return r;
    }
    w->resize.judged = w->resize.judged && value_equal(&before, &w->desired);
    if (!value_count(&w->desired))
        w->resize.reason[0] = 0; /* taken back, or never */
    return 0;
}

/* ── may it be? ── */

/* The pod as it would be with other amounts. */
static int overlay(struct arena *a, const struct worker *w, const struct value *amounts, struct value *out)
{
    int r = value_copy(a, &w->pod, out);
    VALUE_EACH_MEMBER (m, amounts) {
        struct value *h = r == 0 ? holder(out, m->key) : NULL;
        if (h && !value_set(a, h, STR("resources"), m->value))
            r = -ENOMEM;
    }
    return r;
}

static void tell(struct worker *w, bool warning, const char *reason, const char *what, const char *error)
{
    SCOPED_BUF b = BUF_INIT(65536);
    SCOPED(arena) a = NULL;
    struct value all = value_make_map();
    int r = arena_new(&a, POD_BYTES);
    for (size_t l = 0; r == 0 && l < ARRAY_LEN(lists); l++) {
        const struct value *list = value_get(value_at(&w->pod, "spec"), str_of(lists[l]));
        struct value told = value_make_list();
        VALUE_EACH_ITEM (c, list) {
            struct value one = value_make_map();
            const struct value *wanted = value_get(&w->desired, value_text_at(c, "name"));
            VALUE_SET(&r, a, &one, "name", value_make_text(value_text_at(c, "name")));
            wanted = wanted ? wanted : value_get(c, STR("resources"));
            VALUE_SET(&r, a, &one, "resources", wanted ? *wanted : value_make_map());
            if (!value_add(a, &told, one))
                r = -ENOMEM;
        }
        if (value_count(&told))
            VALUE_SET(&r, a, &all, lists[l], told);
    }
    VALUE_SET(&r, a, &all, "generation", value_make_int(w->resize.generation));
    if (error[0])
        VALUE_SET(&r, a, &all, "error", value_make_text(str_of(error)));
    json_print(&b, &all);
    pod_event_send(w, NULL, warning, reason, "%s: %s", what, r == 0 && buf_error(&b) == 0 ? buf_cstr(&b) : "");
}

static void put_off(struct worker *w, const struct pod_refusal *why)
{
    bool news = strcmp(w->resize.reason, "Deferred") != 0 || w->resize.pending_generation != w->resize.generation;
    if (!w->resize.reason[0])
        w->resize.since = loop_wall(w->host->loop);
    snprintf(w->resize.reason, sizeof(w->resize.reason), "Deferred");
    snprintf(w->resize.message, sizeof(w->resize.message), "%s", why->message);
    w->resize.pending_generation = w->resize.generation;
    if (news)
        tell(w, true, "ResizeDeferred", "Pod resize Deferred", why->message);
    life_status_changed(w);
    pod_worker_poke_after(w, RETRY_MS);
}

static bool has_old_amounts(const struct worker *w, struct str name)
{
    if (!name.n)
        return w->sandbox_ready;
    for (size_t i = 0; i < w->n_containers; i++) {
        const struct container *c = w->containers[i];
        if (str_is(name, c->name))
            return c->state == CONTAINER_STARTING || c->state == CONTAINER_RUNNING || c->state == CONTAINER_STOPPING;
    }
    return false;
}

/* The promise changes; what stands in the cgroups until they are written is remembered once, however often that happens. */
static int promise(const struct worker *w, struct arena *a, struct value *pod)
{
    struct value *given = value_get(pod, STR("given"));
    if (!given)
        given = value_set(a, pod, STR("given"), value_make_map());
    if (!given)
        return -ENOMEM;
    VALUE_EACH_MEMBER (m, &w->desired) {
        struct value *h = holder(pod, m->key);
        const struct value *had = value_get(h, STR("resources"));
        if (!h)
            continue;
        if (has_old_amounts(w, m->key) && !value_get(given, m->key) && !value_set(a, given, m->key, had ? *had : value_make_map()))
            return -ENOMEM;
        if (!value_set(a, h, STR("resources"), m->value))
            return -ENOMEM;
    }
    return 0;
}

/* On disk first: who starts after us may not know less than was told. */
static int promise_kept(struct worker *w, struct arena *a, struct err *err)
{
    struct value next = {0};
    int r = value_copy(a, &w->pod, &next);
    if (r == 0)
        r = promise(w, a, &next);
    if (r < 0)
        return err_raise(err, r, "no memory for a resize");
    r = pod_checkpoint_promise(w, &next, err);
    if (r == 0 && (r = promise(w, w->mem, &w->pod)) < 0)
        return err_raise(err, r, "no memory for a resize"); /* the next attempt promises the same */
    if (r == 0)
        w->desired = value_make_map();
    return r;
}

static void judge(struct worker *w)
{
    SCOPED(arena) a = NULL;
    struct value wished = {0};
    struct pod_refusal why;
    struct err err = {{0}};
    w->resize.judged = true;
    w->resize.generation = value_int_at(&w->pod, "metadata.generation", 1);
    w->resize.retry_at = loop_now(w->host->loop) + RETRY_MS;
    if (arena_new(&a, POD_BYTES) < 0 || overlay(a, w, &w->desired, &wished) < 0) {
        w->resize.retry_at = loop_now(w->host->loop) + AGAIN_MS;
        pod_worker_poke_after(w, AGAIN_MS);
        return;
    }
    if (pod_admit_room(w, &wished, &why) == POD_REFUSED) {
        put_off(w, &why);
        return;
    }
    if (promise_kept(w, a, &err) < 0) {
        log_warn("node", "pod %s/%s: a resize is put off: %s", w->ns, w->name, err.text);
        w->resize.retry_at = loop_now(w->host->loop) + AGAIN_MS;
        pod_worker_poke_after(w, AGAIN_MS);
        return;
    }
    w->resize.reason[0] = w->resize.error[0] = 0;
    tell(w, false, "ResizeStarted", "Pod resize started", "");
    life_status_changed(w);
    pod_worker_poke(w);
}

/* Those that give back come first; then by priority, by class, and by how long they have waited: the kubelet's order. */
struct waiting {
    struct worker *worker;
    bool grows;
    int64_t priority, since;
    enum runtime_qos qos;
};

static int by_rank(const void *x, const void *y)
{
    const struct waiting *a = x, *b = y;
    if (a->grows != b->grows)
        return a->grows ? 1 : -1;
    if (a->priority != b->priority)
        return a->priority > b->priority ? -1 : 1;
    if (a->qos != b->qos)
        return a->qos < b->qos ? -1 : 1;
    return a->since < b->since ? -1 : a->since > b->since;
}

static bool grows(const struct worker *w)
{
    static const char *const names[] = {"cpu", "memory"};
    SCOPED(arena) a = NULL;
    struct value wished = {0};
    bool more = arena_new(&a, POD_BYTES) < 0 || overlay(a, w, &w->desired, &wished) < 0;
    for (size_t i = 0; !more && i < ARRAY_LEN(names); i++)
        more = quantity_cmp(pod_resources_request(&wished, names[i]), pod_resources_request(&w->pod, names[i])) > 0;
    return more;
}

static bool waits(const struct worker *w)
{
    return value_count(&w->desired) && w->admitted && !w->failed && !w->deleting && w->state <= WORKER_RUNNING;
}

void life_resize_retry(struct pod_host *h)
{
    struct waiting *list = NULL;
    size_t n = 0;
    MAP_EACH (slot, &h->workers)
        n += waits(slot->value);
    if (!n || !(list = mem_alloc(n * sizeof(*list))))
        return;
    n = 0;
    MAP_EACH (slot, &h->workers) {
        struct worker *w = slot->value;
        if (waits(w))
            list[n++] = (struct waiting){w, grows(w), value_int_at(&w->pod, "spec.priority", 0), w->resize.reason[0] ? w->resize.since : INT64_MAX,
                                         pod_resources_qos(&w->pod)};
    }
    qsort(list, n, sizeof(*list), by_rank);
    for (size_t i = 0; i < n; i++)
        judge(list[i].worker);
    mem_free(list);
}

void life_resize_advance(struct worker *w)
{
    if (!waits(w))
        return;
    if (!w->resize.judged || loop_now(w->host->loop) >= w->resize.retry_at)
        life_resize_retry(w->host);
    else
        pod_worker_poke_after(w, w->resize.retry_at - loop_now(w->host->loop));
}

/* ── what is there ──
 * The agent before us may have been killed between the promise and any of the writes, or somebody has changed a group by hand. */

static bool same_memory(int64_t has, int64_t limit)
{
    enum { PAGE = 4096 }; /* the kernel rounds down */
    return has == 0 || (has < 0 ? limit <= 0 : limit / PAGE == has / PAGE);
}

static bool same_quota(const struct runtime_resources *has, const struct runtime_resources *r)
{
    if (has->cpu_quota <= 0 || has->cpu_period <= 0)
        return has->cpu_quota == 0 || r->cpu_quota <= 0;
    return has->cpu_quota * r->cpu_period == r->cpu_quota * has->cpu_period;
}

static bool same_shares(const struct runtime_resources *has, const struct runtime_resources *r)
{
    return has->cpu_shares == 0 || has->cpu_shares == r->cpu_shares;
}

/* One amount of `out` as the group has it: in the promise's words where that is kept already; < 0: there is none. */
static int found(struct arena *a, struct value *out, const char *list, const char *name, const struct value *promised, int64_t has, const char *unit)
{
    struct value *amounts = value_get(out, str_of(list)), leaf = {0};
    char path[64];
    int r = 0;
    if (!promised && has <= 0) {
        if (amounts)
            value_del(amounts, str_of(name));
        return 0;
    }
    snprintf(path, sizeof(path), "%s.%s", list, name);
    if (promised)
        r = value_copy(a, promised, &leaf);
    else if (!(leaf = value_make_text(arena_fmt(a, "%lld%s", (long long)has, unit))).text.p)
        r = -ENOMEM;
    VALUE_SET(&r, a, out, path, leaf);
    return r;
}

/* The promised amount in its own words; NULL: there is none, or it is not what the group has. */
static const struct value *kept(const struct value *promised, const char *list, const char *name, bool is)
{
    return is ? value_get(value_get(promised, str_of(list)), str_of(name)) : NULL;
}

static void of_amounts(const struct value *amounts, struct runtime_resources *out)
{
    struct value_member m = {.key = STR("resources"), .value = amounts ? *amounts : value_make_map()};
    pod_resources_of_container(NULL, &(struct value){.type = VALUE_MAP, .map = {.members = &m, .n = 1, .cap = 1}}, out);
}

int life_resize_found(struct container *c, const struct runtime_resources *has)
{
    struct worker *w = c->worker;
    struct arena *a = w->mem;
    const struct value *promised = value_get(c->spec, STR("resources")), *remembered = life_resize_given(c);
    struct runtime_resources now, then;
    struct value is = value_make_map();
    of_amounts(promised, &now);
    of_amounts(remembered, &then);
    if (same_memory(has->memory, then.memory) && same_quota(has, &then) && same_shares(has, &then))
        return 0;
    int r = remembered ? value_copy(a, remembered, &is) : 0;
    if (r == 0 && !same_memory(has->memory, then.memory))
        r = found(a, &is, "limits", "memory", kept(promised, "limits", "memory", same_memory(has->memory, now.memory)), has->memory, "");
    if (r == 0 && !same_quota(has, &then))
        r = found(a, &is, "limits", "cpu", kept(promised, "limits", "cpu", same_quota(has, &now)),
                  has->cpu_quota > 0 ? has->cpu_quota * 1000 / has->cpu_period : -1, "m");
    if (r == 0 && !same_shares(has, &then))
        r = found(a, &is, "requests", "cpu", kept(promised, "requests", "cpu", same_shares(has, &now)), (has->cpu_shares * 1000 + 1023) / 1024, "m");
    struct value *given = value_get(&w->pod, STR("given"));
    if (r == 0 && !given && !(given = value_set(a, &w->pod, STR("given"), value_make_map())))
        r = -ENOMEM;
    if (r == 0 && !value_set(a, given, str_of(c->name), is))
        r = -ENOMEM;
    return r;
}

void life_resize_adopt(struct worker *w)
{
    for (size_t i = 0; i < w->n_containers; i++) {
        struct container *c = w->containers[i];
        struct runtime_resources has;
        if (c->state == CONTAINER_RUNNING && c->kind != CONTAINER_EPHEMERAL && runtime_container_resources(c->handle, &has) == 0 &&
            life_resize_found(c, &has) < 0)
            log_warn("node", "pod %s/%s: no memory to look what container %s was given", w->ns, w->name, c->name);
    }
}

/* ── doing it ── */

const struct value *life_resize_given(const struct container *c)
{
    const struct value *given = value_get(value_get(&c->worker->pod, STR("given")), str_of(c->name));
    return given ? given : value_get(c->spec, STR("resources"));
}

bool life_resize_under_way(const struct worker *w)
{
    return value_get(&w->pod, STR("given")) && w->state <= WORKER_RUNNING && !w->failed && !w->deleting;
}

static const struct value *old_amounts(const struct container *c)
{
    return value_get(value_get(&c->worker->pod, STR("given")), str_of(c->name));
}

static bool wants_restart(const struct container *c)
{
    const struct value *policies = value_at(c->spec, "resizePolicy"), *given = old_amounts(c), *now = value_get(c->spec, STR("resources"));
    VALUE_EACH_ITEM (p, policies) {
        struct str name = value_text_at(p, "resourceName");
        if (!str_is(value_text_at(p, "restartPolicy"), "RestartContainer"))
            continue;
        if ((str_is(name, "cpu") && !same(given, now, "cpu")) || (str_is(name, "memory") && !same(given, now, "memory")))
            return true;
    }
    return false;
}

/* Containers that do not run start with the new amounts anyhow; true when some are on the way from one state to another. */
static bool unsettled(struct worker *w)
{
    struct value *given = value_get(&w->pod, STR("given"));
    bool any = false;
    for (size_t i = 0; i < w->n_containers; i++) {
        struct container *c = w->containers[i];
        if (!old_amounts(c))
            continue;
        if (c->state == CONTAINER_RUNNING && !c->resized && wants_restart(c)) {
            c->resized = true;
            life_container_end(c, 1000 * life_worker_grace(w));
        }
        if (c->state == CONTAINER_STARTING || c->state == CONTAINER_STOPPING)
            any = true;
        else if (c->state != CONTAINER_RUNNING)
            value_del(given, str_of(c->name));
    }
    return any;
}

struct amounts {
    struct runtime_resources before, after;
};

static void amounts_of(struct amounts *out, const struct container *c)
{
    of_amounts(old_amounts(c), &out->before);
    pod_resources_of_container(NULL, c->spec, &out->after);
}

/* A limit where there was none is a smaller one. */
static int64_t bound(int64_t limit)
{
    return limit > 0 ? limit : INT64_MAX;
}

/* Nothing is begun that would have to kill. */
static int check_usage(struct worker *w, const struct amounts *pod, struct err *err)
{
    struct runtime_stats stats;
    if (bound(pod->after.memory) < bound(pod->before.memory) && runtime_pod_stats(w->sandbox, &stats) == 0 && stats.memory_usage >= pod->after.memory)
        return err_raise(err, -EBUSY, "cannot decrease memory limits: attempting to set pod memory limit (%lld) below current usage (%lld)",
                         (long long)pod->after.memory, (long long)stats.memory_usage);
    for (size_t i = 0; i < w->n_containers; i++) {
        struct container *c = w->containers[i];
        struct amounts m;
        if (!old_amounts(c) || c->state != CONTAINER_RUNNING)
            continue;
        amounts_of(&m, c);
        if (bound(m.after.memory) < bound(m.before.memory) && runtime_container_stats(c->handle, &stats) == 0 && stats.memory_usage >= m.after.memory)
            return err_raise(err, -EBUSY,
                             "cannot decrease memory limits: attempting to set container \"%s\" memory limit (%lld) below current usage (%lld)",
                             c->name, (long long)m.after.memory, (long long)stats.memory_usage);
    }
    return 0;
}

enum part { PART_MEMORY, PART_QUOTA, PART_SHARES, PARTS };

static int64_t value_of(const struct runtime_resources *r, enum part p)
{
    return p == PART_MEMORY ? bound(r->memory) : p == PART_QUOTA ? bound(r->cpu_quota) : r->cpu_shares;
}

static struct runtime_resources part_of(const struct runtime_resources *r, enum part p)
{
    switch (p) {
    case PART_MEMORY:
        return (struct runtime_resources){.memory = r->memory, .memory_swap = r->memory_swap};
    case PART_QUOTA:
        return (struct runtime_resources){.cpu_period = r->cpu_quota ? r->cpu_period : 0, .cpu_quota = r->cpu_quota};
    default:
        return (struct runtime_resources){.cpu_shares = r->cpu_shares};
    }
}

static int containers_set(struct worker *w, enum part p, struct err *err)
{
    int r = 0;
    for (int growing = 0; growing < 2; growing++)
        for (size_t i = 0; r == 0 && i < w->n_containers; i++) {
            struct container *c = w->containers[i];
            struct amounts m;
            if (!old_amounts(c) || c->state != CONTAINER_RUNNING)
                continue;
            amounts_of(&m, c);
            int64_t before = value_of(&m.before, p), after = value_of(&m.after, p);
            if (after == before || growing != (after > before))
                continue;
            struct runtime_resources only = part_of(&m.after, p);
            r = runtime_container_set_resources(c->handle, &only, err);
        }
    return r;
}

/* The pod's group holds its containers: it grows before them and shrinks after them. */
static int write_groups(struct worker *w, const struct amounts *pod, struct err *err)
{
    int r = 0;
    for (enum part p = 0; r == 0 && p < PARTS; p++) {
        struct runtime_resources only = part_of(&pod->after, p);
        bool shrinks = value_of(&pod->after, p) < value_of(&pod->before, p);
        if (!shrinks)
            r = runtime_pod_set_resources(w->sandbox, &only, err);
        if (r == 0)
            r = containers_set(w, p, err);
        if (r == 0 && shrinks)
            r = runtime_pod_set_resources(w->sandbox, &only, err);
    }
    return r;
}

static void done(struct worker *w)
{
    struct err err = {{0}};
    value_del(&w->pod, STR("given"));
    w->resize.error[0] = 0;
    if (pod_checkpoint_promise(w, &w->pod, &err) < 0) /* another agent would do the same once more */
        log_warn("node", "pod %s/%s: %s", w->ns, w->name, err.text);
    tell(w, false, "ResizeCompleted", "Pod resize completed", "");
    life_status_changed(w);
}

void life_resize_apply(struct worker *w)
{
    SCOPED(arena) a = NULL;
    struct err err = {{0}};
    struct value was = {0};
    struct amounts pod;
    if (!life_resize_under_way(w) || !w->sandbox_ready || unsettled(w))
        return;
    int r = arena_new(&a, POD_BYTES);
    if (r == 0)
        r = overlay(a, w, value_get(&w->pod, STR("given")), &was);
    if (r < 0)
        err_raise(&err, r, "no memory for a resize");
    if (r == 0) {
        pod_resources_of_pod(&was, &pod.before);
        pod_resources_of_pod(&w->pod, &pod.after);
        r = check_usage(w, &pod, &err);
    }
    if (r == 0)
        r = write_groups(w, &pod, &err);
    if (r == 0) {
        done(w);
        return;
    }
    if (strncmp(w->resize.error, err.text, 500) != 0) {
        snprintf(w->resize.error, sizeof(w->resize.error), "%.500s", err.text);
        tell(w, true, "ResizeError", "Pod resize error", err.text);
        life_status_changed(w);
    }
    pod_worker_poke_after(w, AGAIN_MS);
}
