#include "gang/inside.h"

#include "object/object.h"

#define TEXT_BYTES (64u << 10)

/* ── life ── */

int gang_new(struct gang **out, struct sched *s)
{
    struct gang *g = mem_alloc(sizeof(*g));
    if (!g)
        return -ENOMEM;
    g->sched = s;
    list_init(&g->trash);
    g->text = BUF_INIT(1u << 16);
    int r = arena_new(&g->words, 64u << 20);
    if (r < 0) {
        mem_free(g);
        return r;
    }
    *out = g;
    return 0;
}

static void group_free(struct gang_group *x)
{
    if (!x)
        return;
    arena_free(x->mem);
    mem_free(x->key);
    mem_free(x->ns);
    mem_free(x->name);
    mem_free(x->uid);
    mem_free(x);
}

/* What was found of those above is void. Groups may name each other in a circle. */
static void forget_waiters(struct gang_group *x)
{
    for (int i = 0; x && i <= GANG_DEPTH_MAX; i++, x = x->parent) {
        x->idle = false;
        x->waiter = NULL;
    }
}

static void pod_free(struct gang *g, struct gang_pod *p)
{
    p->group->n_there -= p->there;
    forget_waiters(p->group);
    list_del(&p->link);
    map_del(&g->pods, str_of(p->uid));
    mem_free(p->uid);
    mem_free(p);
}

struct gang *gang_free(struct gang *g)
{
    struct map_slot *slot;
    if (!g)
        return NULL;
    while ((slot = map_next(&g->pods, NULL)))
        pod_free(g, slot->value);
    while ((slot = map_next(&g->groups, NULL))) {
        struct gang_group *x = slot->value;
        map_del(&g->groups, slot->key);
        group_free(x);
    }
    gang_sweep(g);
    map_done(&g->pods);
    map_done(&g->groups);
    VEC_DONE(&g->moves);
    VEC_DONE(&g->victims);
    buf_done(&g->text);
    arena_free(g->words);
    return mem_free(g);
}

void gang_sweep(struct gang *g)
{
    LIST_EACH (x, &g->trash, struct gang_group, trash) {
        list_del(&x->trash);
        group_free(x);
    }
}

/* ── groups ── */

static struct str key_of(struct buf *b, bool composite, struct str ns, struct str name)
{
    buf_clear(b);
    buf_fmt(b, "%c/%.*s/%.*s", composite ? 'c' : 'g', STR_FMT(ns), STR_FMT(name));
    return buf_error(b) < 0 ? STR_NONE : buf_view(b);
}

struct gang_group *gang_find(const struct gang *g, enum sched_kind kind, struct str ns, struct str name)
{
    SCOPED_BUF b = BUF_INIT(1u << 12);
    return map_get(&g->groups, key_of(&b, kind == SCHED_COMPOSITE_POD_GROUP, ns, name));
}

static int group_of(struct gang *g, bool composite, struct str ns, struct str name, struct gang_group **out)
{
    struct str key = key_of(&g->text, composite, ns, name);
    if (!key.n)
        return -ENOMEM;
    if ((*out = map_get(&g->groups, key)))
        return 0;
    struct gang_group *x = mem_alloc(sizeof(*x));
    if (!x)
        return -ENOMEM;
    list_init(&x->trash);
    list_init(&x->sibling);
    list_init(&x->children);
    list_init(&x->pods);
    x->composite = composite;
    x->least = 1;
    x->key = mem_text(key.p, key.n);
    x->ns = mem_text(ns.p, ns.n);
    x->name = mem_text(name.p, name.n);
    if (!x->key || !x->ns || !x->name || map_put(&g->groups, str_of(x->key), x) < 0) {
        group_free(x);
        return -ENOMEM;
    }
    *out = x;
    return 0;
}

/* Out of the tree once nothing is known of it and nobody names it. */
static void drop_if_unnamed(struct gang *g, struct gang_group *x)
{
    while (x && !x->known && list_empty(&x->children) && list_empty(&x->pods) && list_empty(&x->trash)) {
        struct gang_group *up = x->parent;
        map_del(&g->groups, str_of(x->key));
        list_del(&x->sibling);
        x->parent = NULL;
        list_add(&g->trash, &x->trash);
        x = up;
    }
}

static void set_parent(struct gang *g, struct gang_group *x, struct gang_group *parent)
{
    struct gang_group *old = x->parent;
    if (old == parent)
        return;
    forget_waiters(x);
    list_del(&x->sibling);
    x->parent = parent;
    forget_waiters(x);
    if (parent)
        list_add(&parent->children, &x->sibling);
    drop_if_unnamed(g, old);
}

static bool initially_scheduled(const struct value *object)
{
    const struct value *conditions = value_at(object, "status.conditions");
    VALUE_EACH_ITEM (c, conditions)
        if (str_is(value_text_at(c, "type"), "PodGroupInitiallyScheduled"))
            return str_is(value_text_at(c, "status"), "True");
    return false;
}

static int read_group(struct gang_group *x, const struct value *object)
{
    const struct value *gang = value_at(object, "spec.schedulingPolicy.gang");
    const struct value *topology = value_item(value_at(object, "spec.schedulingConstraints.topology"), 0);
    struct str uid = value_text_at(object, "metadata.uid"), label;
    struct arena *mem = NULL;
    char *copy = mem_text(uid.p, uid.n);
    int r = copy ? arena_new(&mem, TEXT_BYTES) : -ENOMEM;
    if (r == 0)
        r = arena_str(mem, value_text_at(topology, "key"), &label);
    if (r < 0) {
        arena_free(mem);
        mem_free(copy);
        return r;
    }
    arena_free(x->mem);
    mem_free(x->uid);
    x->mem = mem;
    x->uid = copy;
    x->topology = label;
    x->gang = gang && !value_is_null(gang);
    x->least = x->gang ? (int32_t)value_int_at(gang, x->composite ? "minGroupCount" : "minCount", 1) : 1;
    x->priority = (int32_t)value_int_at(object, "spec.priority", 0);
    x->all = !value_is_null(value_at(object, "spec.disruptionMode.all"));
    x->never_preempts = str_is(value_text_at(object, "spec.preemptionPolicy"), "Never");
    x->generation = value_int_at(object, "metadata.generation", 0);
    x->scheduled = initially_scheduled(object);
    x->known = true;
    return 0;
}

int gang_put(struct gang *g, enum sched_kind kind, const struct value *object, bool *eased)
{
    struct str ns = value_text_at(object, "metadata.namespace"), name = value_text_at(object, "metadata.name");
    struct str above = value_text_at(object, "spec.parentCompositePodGroupName");
    struct gang_group *x, *parent = NULL;
    if (!name.n)
        return -EINVAL;
    int r = group_of(g, kind == SCHED_COMPOSITE_POD_GROUP, ns, name, &x);
    if (r == 0 && above.n)
        r = group_of(g, true, ns, above, &parent);
    bool known = r == 0 && x->known;
    int32_t least = r == 0 ? x->least : 0;
    if (r == 0)
        r = read_group(x, object);
    if (r < 0) {
        drop_if_unnamed(g, gang_find(g, kind, ns, name));
        if (above.n)
            drop_if_unnamed(g, gang_find(g, SCHED_COMPOSITE_POD_GROUP, ns, above));
        return r;
    }
    *eased = !known || x->least < least || x->parent != parent;
    set_parent(g, x, parent);
    return 0;
}

void gang_del(struct gang *g, enum sched_kind kind, struct str ns, struct str name)
{
    struct gang_group *x = gang_find(g, kind, ns, name);
    if (!x)
        return;
    x->known = x->scheduled = x->gang = x->all = false;
    x->topology = STR_NONE;
    x->least = 1;
    set_parent(g, x, NULL);
    drop_if_unnamed(g, x);
}

/* ── pods ── */

static void look(struct gang_pod *m)
{
    bool there = gang_pod_waiting(m) || counts_as_placed(m);
    m->group->n_there += there - m->there;
    m->there = there;
    if (gang_pod_waiting(m))
        gang_pod_back(m);
}

void gang_pod_back(struct gang_pod *p)
{
    struct gang_group *x = p->group;
    for (int i = 0; x && i <= GANG_DEPTH_MAX; i++, x = x->parent)
        x->idle = false;
}

bool gang_anybody_waits(struct gang_group *root)
{
    if (root->waiter && gang_pod_waiting(root->waiter))
        return true;
    root->waiter = NULL;
    for (struct gang_pod *p = root->idle ? NULL : gang_pod_next(root, NULL); p; p = gang_pod_next(root, p))
        if (gang_pod_waiting(p)) {
            root->waiter = p;
            return true;
        }
    root->idle = true;
    return false;
}

struct gang_pod *gang_pod_find(const struct gang *g, struct str uid)
{
    return g->pods.n ? map_get(&g->pods, uid) : NULL;
}

int gang_pod_put(struct gang *g, struct sched_pod *p, struct str group)
{
    struct str uid = sched_pod_uid(p);
    struct gang_pod *m = map_get(&g->pods, uid);
    struct gang_group *x;
    if (m) { /* spec.schedulingGroup does not change */
        look(m);
        return 0;
    }
    int r = group_of(g, false, sched_pod_namespace(g->sched, p), group, &x);
    if (r < 0)
        return r;
    m = mem_alloc(sizeof(*m));
    if (m)
        m->uid = mem_text(uid.p, uid.n);
    if (!m || !m->uid || map_put(&g->pods, str_of(m->uid), m) < 0) {
        if (m)
            mem_free(m->uid);
        mem_free(m);
        drop_if_unnamed(g, x);
        return -ENOMEM;
    }
    m->pod = p;
    m->group = x;
    m->to = m->nominated = SCHED_NOWHERE;
    list_add(&x->pods, &m->link);
    look(m);
    return 0;
}

void gang_pod_del(struct gang *g, struct str uid)
{
    struct gang_pod *m = g->pods.n ? map_get(&g->pods, uid) : NULL;
    if (!m)
        return;
    struct gang_group *x = m->group;
    pod_free(g, m);
    drop_if_unnamed(g, x);
}

size_t gang_pods(const struct gang *g)
{
    return g->pods.n;
}

struct gang_group *gang_of_pod(const struct gang *g, struct str uid)
{
    const struct gang_pod *m = g->pods.n ? map_get(&g->pods, uid) : NULL;
    return m ? m->group : NULL;
}

bool gang_pod_waiting(const struct gang_pod *p)
{
    return sched_pod_node(p->pod) == SCHED_NOWHERE && !sched_pod_gated(p->pod) && !sched_pod_deleting(p->pod) && sched_pod_profile(p->pod) >= 0;
}

bool counts_as_placed(const struct gang_pod *p)
{
    return sched_pod_node(p->pod) != SCHED_NOWHERE && !sched_pod_deleting(p->pod);
}

/* ── the tree ── */

struct gang_group *gang_root(struct gang_group *x)
{
    for (int i = 0; x && i < GANG_DEPTH_MAX; i++) {
        if (!x->parent)
            return x;
        x = x->parent;
    }
    return NULL;
}

/* Levels too deep belong to no tree (gang_root() says so too), so nothing recurses further than GANG_DEPTH_MAX. */
static bool deepest(const struct gang_group *root, const struct gang_group *x)
{
    int depth = 1;
    for (; x != root && depth < GANG_DEPTH_MAX; x = x->parent)
        depth++;
    return depth >= GANG_DEPTH_MAX;
}

/* The group behind x in the order parents first; NULL: x was the last below root. */
static const struct gang_group *group_next(const struct gang_group *root, const struct gang_group *x)
{
    if (!list_empty(&x->children) && !deepest(root, x))
        return CONTAINER_OF(x->children.next, struct gang_group, sibling);
    while (x != root) {
        if (x->sibling.next != &x->parent->children)
            return CONTAINER_OF(x->sibling.next, struct gang_group, sibling);
        x = x->parent;
    }
    return NULL;
}

struct gang_pod *gang_pod_next(const struct gang_group *root, const struct gang_pod *after)
{
    const struct gang_group *x = after ? after->group : root;
    if (after && after->link.next != &x->pods)
        return CONTAINER_OF(after->link.next, struct gang_pod, link);
    for (x = after ? group_next(root, x) : x; x; x = group_next(root, x))
        if (!list_empty(&x->pods))
            return CONTAINER_OF(x->pods.next, struct gang_pod, link);
    return NULL;
}

static bool ready(const struct gang_group *x, int depth)
{
    int32_t n = 0;
    if (!x->known || depth > GANG_DEPTH_MAX)
        return false;
    if (!x->composite)
        return x->n_there >= x->least;
    LIST_EACH (child, &x->children, struct gang_group, sibling)
        n += ready(child, depth + 1);
    return n >= x->least;
}

const char *gang_waits(struct gang *g, const struct gang_group *root)
{
    if (ready(root, 1))
        return NULL;
    buf_clear(&g->text);
    if (!root->known && !root->composite)
        buf_fmt(&g->text, "waiting for pods's pod group \"%s\" to appear in scheduling queue", root->name);
    else if (!root->known)
        buf_fmt(&g->text, "failed to build hierarchy snapshot: composite pod group object not found in state for %s/%s", root->ns, root->name);
    else if (root->composite)
        buf_fmt(&g->text, "waiting for composite pod group \"%s\" tree to meet quorum", root->name);
    else
        buf_text(&g->text, "waiting for minCount pods from a gang to appear in scheduling queue");
    return buf_cstr(&g->text);
}

int32_t gang_priority(const struct gang_group *root)
{
    return root->priority;
}

bool gang_by_topology(const struct gang_group *root)
{
    for (const struct gang_group *x = root; x; x = group_next(root, x))
        if (x->topology.n)
            return true;
    return false;
}

void *gang_note(const struct gang_group *x)
{
    return x->note;
}

void gang_set_note(struct gang_group *x, void *note)
{
    x->note = note;
}

struct gang_group *undivided(struct gang_group *x)
{
    struct gang_group *highest = NULL;
    for (int i = 0; x && i < GANG_DEPTH_MAX; i++, x = x->parent)
        if (x->known && x->all)
            highest = x;
    return highest;
}

/* ── reports ── */

bool gang_report(struct gang *g, const struct gang_group *root, const struct gang_verdict *v, size_t i, struct gang_report *out)
{
    (void)g;
    for (const struct gang_group *x = root; x; x = group_next(root, x)) {
        bool scheduled = v->placed && x->placed;
        if (x->composite || !x->known || x->scheduled || i-- > 0)
            continue;
        *out = (struct gang_report){str_of(x->ns), str_of(x->name), str_of(x->uid), scheduled, STR("Unschedulable"), x->message, x->generation};
        if (scheduled) {
            out->reason = STR("Scheduled");
            out->message = STR("");
        } else if (v->mistaken) {
            out->reason = STR("SchedulerError");
        }
        if (!v->placed)
            out->message = v->message;
        return true;
    }
    return false;
}
