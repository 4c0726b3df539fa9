#include "sched/inside.h"
#include "selector/selector.h"

/* What is neither node nor pod: namespaces, the selectors of services and workloads, disruption budgets; and the life of it all. */

#define FACT_BYTES    (1u << 20)
#define PROFILE_BYTES (4u << 20)

/* ── profiles ── */

const char *sched_rule_name(unsigned rule)
{
    static const char *const names[] = {
        [SCHED_RULE_NODE_NAME] = "NodeName",
        [SCHED_RULE_UNSCHEDULABLE] = "NodeUnschedulable",
        [SCHED_RULE_TAINTS] = "TaintToleration",
        [SCHED_RULE_NODE_AFFINITY] = "NodeAffinity",
        [SCHED_RULE_PORTS] = "NodePorts",
        [SCHED_RULE_FIT] = "NodeResourcesFit",
        [SCHED_RULE_VOLUME_RESTRICTIONS] = "VolumeRestrictions",
        [SCHED_RULE_VOLUME_LIMITS] = "NodeVolumeLimits",
        [SCHED_RULE_VOLUME_BINDING] = "VolumeBinding",
        [SCHED_RULE_VOLUME_ZONE] = "VolumeZone",
        [SCHED_RULE_SPREAD] = "PodTopologySpread",
        [SCHED_RULE_POD_AFFINITY] = "InterPodAffinity",
        [SCHED_RULE_BALANCED] = "NodeResourcesBalancedAllocation",
        [SCHED_RULE_IMAGES] = "ImageLocality",
        [SCHED_RULE_GATES] = "SchedulingGates",
        [SCHED_RULE_PREEMPTION] = "DefaultPreemption",
    };
    return rule < ARRAY_LEN(names) ? names[rule] : NULL;
}

void sched_profile_default(struct sched_profile *out, struct str name)
{
    *out = (struct sched_profile){.name = name,
                                  .filters = UINT32_MAX,
                                  .scores = UINT32_MAX,
                                  .hard_affinity_weight = 1,
                                  .candidates_percentage = 10,
                                  .candidates_absolute = 100,
                                  .volume_timeout_ms = 600000,
                                  .device_timeout_ms = 600000,
                                  .n_fit = 2,
                                  .n_balanced = 2};
    out->fit[0] = out->balanced[0] = (struct sched_scored){STR("cpu"), 1};
    out->fit[1] = out->balanced[1] = (struct sched_scored){STR("memory"), 1};
    out->weights[SCHED_RULE_TAINTS] = 3;
    out->weights[SCHED_RULE_NODE_AFFINITY] = out->weights[SCHED_RULE_SPREAD] = out->weights[SCHED_RULE_POD_AFFINITY] = 2;
    out->weights[SCHED_RULE_FIT] = out->weights[SCHED_RULE_BALANCED] = out->weights[SCHED_RULE_IMAGES] = 1;
}

ssize_t sched_profile_find(const struct sched *s, struct str name)
{
    for (size_t i = 0; name.n && i < s->n_profiles; i++)
        if (str_eq(s->profiles[i].name, name))
            return (ssize_t)i;
    return -1;
}

struct str sched_profile_name(const struct sched *s, ssize_t profile)
{
    return profile >= 0 && (size_t)profile < s->n_profiles ? s->profiles[profile].name : STR_NONE;
}

int64_t sched_profile_weight(const struct sched *s, ssize_t profile, unsigned rule)
{
    if (profile < 0 || (size_t)profile >= s->n_profiles || !(s->profiles[profile].scores >> rule & 1))
        return 0;
    return s->profiles[profile].weights[rule];
}

void sched_profile_timeouts(const struct sched *s, ssize_t profile, int64_t *volume_ms, int64_t *device_ms)
{
    struct sched_profile standard;
    const struct sched_profile *p = profile >= 0 && (size_t)profile < s->n_profiles ? &s->profiles[profile] : NULL;
    if (!p) {
        sched_profile_default(&standard, STR_NONE);
        p = &standard;
    }
    *volume_ms = p->volume_timeout_ms;
    *device_ms = p->device_timeout_ms;
}

const struct value *sched_profile_args(const struct sched *s, ssize_t profile, unsigned plugin)
{
    const struct value *v = profile >= 0 && (size_t)profile < s->n_profiles ? &s->profiles[profile].args[plugin] : NULL;
    return value_is_null(v) ? NULL : v;
}

static int copy_texts(struct sched *s, const struct sched_profile *from, struct sched_profile *to, struct added *added)
{
    int r = arena_str(added->mem, from->name, &to->name);
    for (size_t i = 0; r == 0 && i < from->n_fit; i++)
        if ((r = arena_str(added->mem, from->fit[i].name, &to->fit[i].name)) == 0)
            added->fit[i] = ask_column(s->book, to->fit[i].name);
    for (size_t i = 0; r == 0 && i < from->n_balanced; i++)
        if ((r = arena_str(added->mem, from->balanced[i].name, &to->balanced[i].name)) == 0)
            added->balanced[i] = ask_column(s->book, to->balanced[i].name);
    for (size_t i = 0; r == 0 && i < from->n_ignored; i++)
        r = arena_str(added->mem, from->ignored[i], &to->ignored[i]);
    return r;
}

static int copy_profile(struct sched *s, const struct sched_profile *from, struct sched_profile *to, struct added *added)
{
    *to = *from;
    int r = arena_new(&added->mem, PROFILE_BYTES);
    if (r == 0)
        r = copy_texts(s, from, to, added);
    if (r == 0)
        r = value_copy(added->mem, &from->default_constraints, &to->default_constraints);
    if (r == 0)
        r = value_copy(added->mem, &from->added_affinity, &to->added_affinity);
    if (r == 0)
        r = ask_node_selector_of(added->mem, s->book, &added->held,
                                 value_get(&to->added_affinity, STR("requiredDuringSchedulingIgnoredDuringExecution")), &added->required);
    if (r == 0)
        r = ask_preferred_of(added->mem, s->book, &added->held,
                             value_get(&to->added_affinity, STR("preferredDuringSchedulingIgnoredDuringExecution")), &added->preferred,
                             &added->n_preferred);
    for (size_t i = 0; i < s->n_plugins; i++) {
        int64_t *w = &to->weights[SCHED_RULE_PLUGIN + i];
        *w = *w ? *w : s->plugins[i].weight;
        if (r == 0)
            r = value_copy(added->mem, &from->args[i], &to->args[i]);
    }
    return r;
}

static void added_done(struct sched *s, struct added *a)
{
    ask_held_drop(s->book, &a->held);
    arena_free(a->mem);
}

/* Into a slot that is in use or was: classes of it, which point there, start anew. */
static int profile_set(struct sched *s, size_t i, const struct sched_profile *from)
{
    struct sched_profile to;
    struct added added = {.serial = s->added[i].serial + 1};
    int r = copy_profile(s, from, &to, &added);
    if (r < 0) {
        added_done(s, &added);
        return r;
    }
    added_done(s, &s->added[i]);
    s->profiles[i] = to;
    s->added[i] = added;
    MAP_EACH (slot, &s->asks) {
        struct ask *q = slot->value;
        if (q->profile == (int32_t)i && q->class)
            class_void(s, q->class);
    }
    return 0;
}

int sched_profile_put(struct sched *s, const struct sched_profile *p)
{
    ssize_t known = sched_profile_find(s, p->name);
    size_t i = known < 0 ? s->n_fixed : (size_t)known;
    while (known < 0 && i < s->n_profiles && s->profiles[i].name.n)
        i++;
    if (!p->name.n || (known >= 0 && i < s->n_fixed))
        return known >= 0 ? -EEXIST : -EINVAL;
    if (i >= SCHED_PROFILES_MAX)
        return -ENOSPC;
    int r = profile_set(s, i, p);
    s->n_profiles = r == 0 ? MAX(s->n_profiles, i + 1) : s->n_profiles;
    return r;
}

void sched_profile_del(struct sched *s, struct str name)
{
    struct sched_profile usual;
    ssize_t i = sched_profile_find(s, name);
    if (i < (ssize_t)s->n_fixed)
        return;
    sched_profile_default(&usual, STR_NONE);
    if (profile_set(s, (size_t)i, &usual) < 0)
        s->profiles[i].name = STR_NONE; /* its rules stay for those that were placed by them */
}

static int copy_profiles(struct sched *s, const struct sched_options *o)
{
    struct sched_profile usual;
    sched_profile_default(&usual, STR("default-scheduler"));
    const struct sched_profile *from = o && o->n_profiles ? o->profiles : &usual;
    size_t n = o && o->n_profiles ? o->n_profiles : 1;
    s->profiles = mem_alloc(SCHED_PROFILES_MAX * sizeof(*s->profiles));
    s->added = mem_alloc(SCHED_PROFILES_MAX * sizeof(*s->added));
    if (!s->profiles || !s->added)
        return -ENOMEM;
    int r = n > SCHED_PROFILES_MAX ? -ENOSPC : 0;
    for (size_t i = 0; r == 0 && i < n; i++) {
        s->n_profiles = s->n_fixed = i + 1;
        r = copy_profile(s, &from[i], &s->profiles[i], &s->added[i]);
    }
    return r;
}

static void profiles_done(struct sched *s)
{
    for (size_t i = 0; s->added && i < s->n_profiles; i++)
        added_done(s, &s->added[i]);
    mem_free(s->added);
    mem_free(s->profiles);
}

static int fixed_reasons(struct sched *s)
{
    static const struct reason rows[REASONS_FIXED] = {
        [REASON_UNSCHEDULABLE] = {SCHED_RULE_UNSCHEDULABLE, true, "node(s) were unschedulable"},
        [REASON_TAINT] = {SCHED_RULE_TAINTS, true, "node(s) had untolerated taint(s)"},
        [REASON_AFFINITY] = {SCHED_RULE_NODE_AFFINITY, true, "node(s) didn't match Pod's node affinity/selector"},
        [REASON_ENFORCED] = {SCHED_RULE_NODE_AFFINITY, true, "node(s) didn't match scheduler-enforced node affinity"},
        [REASON_PORTS] = {SCHED_RULE_PORTS, false, "node(s) didn't have free ports for the requested pod ports"},
        [REASON_FIT] = {SCHED_RULE_FIT, false, NULL},
        [REASON_FIT_FINAL] = {SCHED_RULE_FIT, true, NULL},
        [REASON_DISK] = {SCHED_RULE_VOLUME_RESTRICTIONS, false, "node(s) had no available disk"},
        [REASON_RWOP] = {SCHED_RULE_VOLUME_RESTRICTIONS, false,
                         "node(s) unavailable due to PersistentVolumeClaim with ReadWriteOncePod access mode already in-use by another pod"},
        [REASON_VOLUMES_MAX] = {SCHED_RULE_VOLUME_LIMITS, false, "node(s) exceed max volume count"},
        [REASON_VOLUME_NODE] = {SCHED_RULE_VOLUME_BINDING, true, "node(s) didn't match PersistentVolume's node affinity"},
        [REASON_VOLUME_NONE] = {SCHED_RULE_VOLUME_BINDING, true, "node(s) didn't find available persistent volumes to bind"},
        [REASON_VOLUME_GONE] = {SCHED_RULE_VOLUME_BINDING, true, "node(s) unavailable due to one or more pvc(s) bound to non-existent pv(s)"},
        [REASON_VOLUME_SPACE] = {SCHED_RULE_VOLUME_BINDING, true, "node(s) did not have enough free storage"},
        [REASON_ZONE] = {SCHED_RULE_VOLUME_ZONE, true, "node(s) had no available volume zone"},
        [REASON_SPREAD_LABEL] = {SCHED_RULE_SPREAD, true, "node(s) didn't match pod topology spread constraints (missing required label)"},
        [REASON_SPREAD] = {SCHED_RULE_SPREAD, false, "node(s) didn't match pod topology spread constraints"},
        [REASON_POD_AFFINITY] = {SCHED_RULE_POD_AFFINITY, true, "node(s) didn't match pod affinity rules"},
        [REASON_POD_ANTI] = {SCHED_RULE_POD_AFFINITY, false, "node(s) didn't match pod anti-affinity rules"},
        [REASON_EXISTING_ANTI] = {SCHED_RULE_POD_AFFINITY, false, "node(s) didn't satisfy existing pods anti-affinity rules"},
    };
    for (size_t i = 0; i < REASONS_FIXED; i++) {
        struct reason *to = VEC_ADD(&s->reasons);
        if (!to)
            return -ENOMEM;
        *to = rows[i];
    }
    return 0;
}

int sched_new(struct sched **out, const struct sched_options *o)
{
    struct sched *s = mem_alloc(sizeof(*s));
    if (!s)
        return -ENOMEM;
    list_init(&s->idle);
    list_init(&s->classes);
    s->key = BUF_INIT(4u << 20);
    s->tallies_changed = s->terms_changed = s->namespaces_changed = s->defaults_changed = s->budgets_changed = s->images_changed = 1;
    s->columns = o ? o->columns : 0;
    s->n_plugins = o ? MIN(o->n_plugins, (size_t)SCHED_PLUGINS_MAX) : 0;
    for (size_t i = 0; i < s->n_plugins; i++)
        s->plugins[i] = o->plugins[i];
    int r = ask_book_new(&s->book);
    if (r == 0)
        ask_book_on_labels_end(s->book, labels_end, s);
    s->has = mem_alloc(ASK_COLUMNS_MAX * sizeof(*s->has));
    s->used = mem_alloc(ASK_COLUMNS_MAX * sizeof(*s->used));
    if (r == 0)
        r = s->has && s->used ? volumes_new(&s->volumes) : -ENOMEM;
    if (r == 0)
        r = fixed_reasons(s);
    if (r == 0)
        r = copy_profiles(s, o);
    if (r == 0 && (!(s->key_host = ask_hold(s->book, &s->held, STR("kubernetes.io/hostname"))) ||
                   !(s->key_zone = ask_hold(s->book, &s->held, STR("topology.kubernetes.io/zone"))) ||
                   !(s->text_empty = ask_hold(s->book, &s->held, STR(""))) ||
                   !(s->text_unschedulable = ask_hold(s->book, &s->held, STR("node.kubernetes.io/unschedulable")))))
        r = -ENOMEM;
    if (r < 0) {
        sched_free(s);
        return r;
    }
    *out = s;
    return 0;
}

struct sched *sched_free(struct sched *s)
{
    if (!s)
        return NULL;
    pods_done(s);
    tallies_done(s);
    facts_done(s);
    if (s->volumes)
        volumes_free(s, s->volumes);
    if (s->has && s->used)
        nodes_done(s);
    else {
        mem_free(s->has);
        mem_free(s->used);
    }
    VEC_DONE(&s->reasons);
    VEC_DONE(&s->found);
    VEC_DONE(&s->raw);
    VEC_DONE(&s->raw2);
    VEC_DONE(&s->victims);
    if (s->book) {
        ask_held_drop(s->book, &s->held);
        profiles_done(s);
    }
    ask_book_free(s->book);
    return mem_free(s);
}

/* ── namespaces ── */

static bool namespaces_matter(const struct sched *s)
{
    for (size_t i = 0; i < s->tallies.n; i++)
        for (uint32_t k = 0; k < s->tallies.p[i]->n_matchers; k++)
            if (!s->tallies.p[i]->matchers[k].namespace_selector.nothing && s->tallies.p[i]->matchers[k].namespace_selector.n)
                return true;
    return false;
}

static void namespaces_moved(struct sched *s)
{
    s->namespaces_changed++;
    if (namespaces_matter(s))
        tallies_rebuild(s);
}

static int namespace_put(struct sched *s, const struct value *o, struct sched_event *e)
{
    struct str name = value_text_at(o, "metadata.name");
    struct ask_labels *l, *old = map_get(&s->namespaces, name);
    int r = ask_labels_get(s->book, STR_NONE, value_at(o, "metadata.labels"), &l);
    if (r < 0)
        return r;
    uint32_t id = ask_text(s->book, name); /* the key's text; held as long as the entry */
    r = id ? map_put(&s->namespaces, ask_text_of(s->book, id), l) : -ENOMEM;
    if (r < 0 || old)
        ask_text_drop(s->book, id);
    if (r < 0) {
        ask_labels_unref(s->book, l);
        return r;
    }
    ask_labels_unref(s->book, old);
    if (old != l) {
        namespaces_moved(s);
        e->what = old ? SCHED_LABELS : SCHED_ADDED;
    }
    return 0;
}

static void namespace_del(struct sched *s, struct str name)
{
    struct ask_labels *l = map_del(&s->namespaces, name);
    if (!l)
        return;
    ask_labels_unref(s->book, l);
    ask_text_drop(s->book, ask_text_find(s->book, name));
    namespaces_moved(s);
}

/* ── selectors of services and workloads, for default spread constraints ── */

struct selection {
    struct arena *mem;
    struct ask_held held;
    struct str key;
    enum sched_kind kind;
    uint32_t ns;
    struct ask_selector selector;
};

static struct selection *selection_free(struct sched *s, struct selection *x)
{
    if (!x)
        return NULL;
    ask_held_drop(s->book, &x->held);
    arena_free(x->mem);
    return mem_free(x);
}

static void selection_key(struct buf *b, enum sched_kind kind, struct str ns, struct str name)
{
    buf_fmt(b, "%d/%.*s/%.*s", (int)kind, STR_FMT(ns), STR_FMT(name));
}

static bool same_selector(const struct ask_selector *a, const struct ask_selector *b)
{
    SCOPED_BUF x = BUF_INIT(1u << 20), y = BUF_INIT(1u << 20);
    ask_selector_key(a, &x);
    ask_selector_key(b, &y);
    return buf_error(&x) == 0 && buf_error(&y) == 0 && str_eq(buf_view(&x), buf_view(&y));
}

static int selection_put(struct sched *s, enum sched_kind kind, const struct value *o, struct sched_event *e)
{
    SCOPED_BUF key = BUF_INIT(4096);
    struct str ns = value_text_at(o, "metadata.namespace");
    struct selection *x = mem_alloc(sizeof(*x)), *old;
    int r = x ? arena_new(&x->mem, FACT_BYTES) : -ENOMEM;
    selection_key(&key, kind, ns, value_text_at(o, "metadata.name"));
    if (r == 0)
        r = buf_error(&key);
    if (r == 0)
        r = arena_str(x->mem, buf_view(&key), &x->key);
    if (r == 0 && !(x->ns = ask_hold(s->book, &x->held, ns)))
        r = -ENOMEM;
    const struct value *tree = value_at(o, "spec.selector");
    if (r == 0)
        r = kind == SCHED_SERVICE || kind == SCHED_REPLICATION_CONTROLLER ? ask_selector_of_map(x->mem, s->book, &x->held, tree, &x->selector)
                                                                          : ask_selector_of(x->mem, s->book, &x->held, tree, &x->selector);
    old = r == 0 ? map_get(&s->selectors, x->key) : NULL;
    if (old && same_selector(&old->selector, &x->selector)) { /* its status, say */
        selection_free(s, x);
        return 0;
    }
    if (r == 0)
        r = map_put(&s->selectors, x->key, x);
    if (r < 0) {
        selection_free(s, x);
        return r;
    }
    x->kind = kind;
    selection_free(s, old);
    s->defaults_changed++;
    e->what = old ? SCHED_OTHER : SCHED_ADDED;
    return 0;
}

static void selection_del(struct sched *s, enum sched_kind kind, struct str ns, struct str name)
{
    SCOPED_BUF key = BUF_INIT(4096);
    selection_key(&key, kind, ns, name);
    if (buf_error(&key) == 0 && selection_free(s, map_del(&s->selectors, buf_view(&key))) == NULL)
        s->defaults_changed++;
}

/* As upstream's DefaultSelector: what every Service that selects the pod asks for, and its controller's selector. */
int selector_of_defaults(struct sched *s, const struct ask *q, struct arena *a, struct ask_held *h, struct ask_selector *out)
{
    static const enum sched_kind kinds[] = {
        [ASK_OWNER_RC] = SCHED_REPLICATION_CONTROLLER, [ASK_OWNER_RS] = SCHED_REPLICA_SET, [ASK_OWNER_SS] = SCHED_STATEFUL_SET};
    int r = 0;
    *out = (struct ask_selector){0};
    (void)h;
    MAP_EACH (slot, &s->selectors) {
        const struct selection *x = slot->value;
        if (r == 0 && x->kind == SCHED_SERVICE && x->ns == q->ns && ask_selector_matches(s->book, &x->selector, q->labels))
            r = ask_selector_join(a, out, &x->selector);
    }
    if (r < 0 || q->owner == ASK_OWNER_NONE)
        return r;
    SCOPED_BUF key = BUF_INIT(4096);
    selection_key(&key, kinds[q->owner], ask_text_of(s->book, q->ns), ask_text_of(s->book, q->owner_name));
    const struct selection *x = buf_error(&key) == 0 ? map_get(&s->selectors, buf_view(&key)) : NULL;
    return x && !x->selector.nothing ? ask_selector_join(a, out, &x->selector) : 0;
}

/* ── disruption budgets ── */

static struct budget *budget_free(struct sched *s, struct budget *b)
{
    if (!b)
        return NULL;
    mem_free(b->ns);
    mem_free(b->name);
    map_done(&b->disrupted);
    ask_held_drop(s->book, &b->held);
    arena_free(b->mem);
    return mem_free(b);
}

static void budget_del(struct sched *s, struct str ns, struct str name)
{
    for (size_t i = 0; i < s->budgets.n; i++) {
        struct budget *b = s->budgets.p[i];
        if (!str_eq(str_of(b->ns), ns) || !str_eq(str_of(b->name), name))
            continue;
        s->budgets.p[i] = s->budgets.p[--s->budgets.n];
        budget_free(s, b);
        s->budgets_changed++;
        return;
    }
}

static int budget_put(struct sched *s, const struct value *o, struct sched_event *e)
{
    struct str ns = value_text_at(o, "metadata.namespace"), name = value_text_at(o, "metadata.name");
    const struct value *disrupted = value_at(o, "status.disruptedPods");
    struct budget *b = mem_alloc(sizeof(*b));
    int r = b ? arena_new(&b->mem, FACT_BYTES) : -ENOMEM;
    if (r == 0 && (!(b->ns = mem_text(ns.p, ns.n)) || !(b->name = mem_text(name.p, name.n)) || !(b->ns_id = ask_hold(s->book, &b->held, ns))))
        r = -ENOMEM;
    if (r == 0)
        r = ask_selector_of(b->mem, s->book, &b->held, value_at(o, "spec.selector"), &b->selector);
    VALUE_EACH_MEMBER (m, disrupted) {
        struct str pod;
        if (r == 0)
            r = arena_str(b->mem, m->key, &pod);
        if (r == 0)
            r = map_put(&b->disrupted, pod, b);
    }
    if (r == 0 && !VEC_ADD(&s->budgets))
        r = -ENOMEM;
    if (r < 0) {
        budget_free(s, b);
        return r;
    }
    s->budgets.n--; /* room is there: the old one goes first */
    b->allowed = value_int_at(o, "status.disruptionsAllowed", 0);
    budget_del(s, ns, name);
    s->budgets.p[s->budgets.n++] = b;
    s->budgets_changed++;
    e->what = SCHED_OTHER;
    return 0;
}

void facts_done(struct sched *s)
{
    struct map_slot *slot;
    while ((slot = map_next(&s->namespaces, NULL)))
        namespace_del(s, slot->key);
    map_done(&s->namespaces);
    while ((slot = map_next(&s->selectors, NULL))) {
        struct selection *x = slot->value;
        map_del(&s->selectors, x->key);
        selection_free(s, x);
    }
    map_done(&s->selectors);
    for (size_t i = 0; i < s->budgets.n; i++)
        budget_free(s, s->budgets.p[i]);
    VEC_DONE(&s->budgets);
}

/* ── the door ── */

int sched_put(struct sched *s, enum sched_kind kind, const struct value *object, struct sched_event *event)
{
    struct sched_event mine, *e = event ? event : &mine;
    *e = (struct sched_event){.kind = kind, .node = SCHED_NOWHERE, .object = object};
    switch (kind) {
    case SCHED_NODE:
        return node_put(s, object, e);
    case SCHED_POD:
        return pod_put(s, object, e);
    case SCHED_NAMESPACE:
        return namespace_put(s, object, e);
    case SCHED_SERVICE:
    case SCHED_REPLICA_SET:
    case SCHED_STATEFUL_SET:
    case SCHED_REPLICATION_CONTROLLER:
        return selection_put(s, kind, object, e);
    case SCHED_BUDGET:
        return budget_put(s, object, e);
    case SCHED_POD_GROUP:
    case SCHED_COMPOSITE_POD_GROUP:
        e->what = SCHED_OTHER;
        return 0;
    case SCHED_FOREIGN:
    case SCHED_KINDS:
        return -EINVAL;
    default:
        e->what = SCHED_OTHER | SCHED_ADDED;
        return volumes_put(s, kind, object);
    }
}

void sched_del(struct sched *s, enum sched_kind kind, struct str ns, struct str name, struct sched_event *event)
{
    struct sched_event mine, *e = event ? event : &mine;
    *e = (struct sched_event){.kind = kind, .node = SCHED_NOWHERE};
    switch (kind) {
    case SCHED_NODE:
        node_del(s, name, e);
        break;
    case SCHED_POD:
        pod_del(s, name, e);
        break;
    case SCHED_NAMESPACE:
        namespace_del(s, name);
        break;
    case SCHED_SERVICE:
    case SCHED_REPLICA_SET:
    case SCHED_STATEFUL_SET:
    case SCHED_REPLICATION_CONTROLLER:
        selection_del(s, kind, ns, name);
        break;
    case SCHED_BUDGET:
        budget_del(s, ns, name);
        break;
    case SCHED_POD_GROUP:
    case SCHED_COMPOSITE_POD_GROUP:
    case SCHED_FOREIGN:
    case SCHED_KINDS:
        break;
    default:
        volumes_del(s, kind, ns, name);
        e->what = SCHED_DELETED;
    }
}

void sched_tell(struct sched *s, unsigned what, const struct value *object, struct sched_event *event)
{
    (void)s;
    *event = (struct sched_event){.kind = SCHED_FOREIGN, .what = what, .node = SCHED_NOWHERE, .object = object};
}

void sched_stats(const struct sched *s, struct sched_stats *out)
{
    *out = s->stats;
    out->tallies = s->tallies.n;
    out->pods = s->pods.n;
    out->nodes = s->n_known;
    out->bytes = s->class_bytes;
    LIST_EACH (c, &s->classes, struct class, used)
        out->classes++;
}
