#include "apps/inside.h"

/* How the pods of ReplicaSets stand, kept from change to change: a set of 5,000 pods is counted by looking at the pods that changed since, not at all
 * of them. Every change of the cache is told by census_note(); a set's roll is read anew when its spec changed, or memory ran out in between. */

struct member {
    char *uid, *name;
    struct list changed; /* in roll->changed; alone: what is known is true */
    unsigned facts;
    int64_t ready_since;
};
struct roll {
    char *uid, *key; /* of the set; key: ns/name */
    int64_t generation;
    bool known;     /* false: all its pods are to be read */
    struct map all; /* uid → struct member */
    struct list changed;
    size_t counts[CENSUS_FACTS];
    uint64_t orphans; /* census->orphans when none was found that it selects */
};
struct census {
    struct map by_uid, by_key;
    uint64_t orphans; /* changes of pods nobody controls */
};

static void member_free(struct roll *r, struct member *m)
{
    if (m->uid)
        map_del(&r->all, str_of(m->uid));
    list_del(&m->changed);
    mem_free(m->uid);
    mem_free(m->name);
    mem_free(m);
}

static void count(struct roll *r, const struct member *m, size_t by)
{
    for (size_t i = 0; i < CENSUS_FACTS; i++)
        r->counts[i] += m->facts >> i & 1 ? by : 0;
}

static void members_forget(struct roll *r)
{
    struct map_slot *slot;
    while ((slot = map_next(&r->all, NULL)))
        member_free(r, slot->value);
    memset(r->counts, 0, sizeof(r->counts));
    r->known = false;
}

static void roll_free(struct census *c, struct roll *r)
{
    members_forget(r);
    if (r->uid && map_get(&c->by_uid, str_of(r->uid)) == r)
        map_del(&c->by_uid, str_of(r->uid));
    if (r->key && map_get(&c->by_key, str_of(r->key)) == r)
        map_del(&c->by_key, str_of(r->key));
    map_done(&r->all);
    mem_free(r->uid);
    mem_free(r->key);
    mem_free(r);
}

void *replicaset_state_new(void)
{
    return mem_alloc(sizeof(struct census));
}

void replicaset_state_free(void *state)
{
    struct census *c = state;
    struct map_slot *slot;
    while ((slot = map_next(&c->by_key, NULL)))
        roll_free(c, slot->value);
    map_done(&c->by_key);
    map_done(&c->by_uid);
    mem_free(c);
}

/* ── what changes ── */

static struct member *member_get(struct roll *r, const struct object *pod)
{
    struct member *m = map_get(&r->all, object_uid(pod));
    if (m)
        return m;
    struct str uid = object_uid(pod), name = object_name(pod);
    m = mem_alloc(sizeof(*m));
    if (!m)
        return NULL;
    list_init(&m->changed);
    m->uid = mem_text(uid.p, uid.n);
    m->name = mem_text(name.p, name.n);
    if (m->uid && m->name && map_put(&r->all, str_of(m->uid), m) == 0)
        return m;
    mem_free(m->uid);
    mem_free(m->name);
    return mem_free(m);
}

static void note(struct census *c, const struct object *pod)
{
    struct str uid;
    if (!object_controller(pod, &uid)) {
        c->orphans++;
        return;
    }
    struct roll *r = map_get(&c->by_uid, uid);
    struct member *m = r && r->known ? member_get(r, pod) : NULL;
    if (r && r->known && !m)
        members_forget(r);
    if (m && list_empty(&m->changed))
        list_add(&r->changed, &m->changed);
}

void replicaset_note(void *state, const struct object *old, const struct object *now)
{
    if (old)
        note(state, old);
    if (now)
        note(state, now);
}

/* ── what is asked ── */

static bool fully_labelled(const struct value *set, const struct value *pod)
{
    const struct value *wanted = value_at(set, "spec.template.metadata.labels"), *labels = value_at(pod, "metadata.labels");
    VALUE_EACH_MEMBER (m, wanted)
        if (!str_eq(value_text(value_get(labels, m->key)), value_text(&m->value)))
            return false;
    return true;
}

unsigned census_facts(const struct value *set, const struct value *pod)
{
    unsigned facts = 0;
    if (is_deleting(pod) && !pod_over(pod))
        facts |= 1u << CENSUS_TERMINATING;
    if (!pod_active(pod))
        return facts;
    facts |= 1u << CENSUS_ACTIVE;
    facts |= fully_labelled(set, pod) ? 1u << CENSUS_LABELLED : 0;
    facts |= pod_ready(pod) ? 1u << CENSUS_READY : 0;
    return facts;
}

/* False: no memory. */
static bool look(struct view *v, struct roll *r, const struct value *set, const struct selector *s, struct member *m)
{
    struct object *o = client_cache_get(view_cache(v, "pods"), value_text_at(set, "metadata.namespace"), str_of(m->name));
    struct str uid;
    count(r, m, (size_t)-1);
    m->facts = 0;
    if (!o || !str_eq(object_uid(o), str_of(m->uid)) || !object_controller(o, &uid) || !str_eq(uid, str_of(r->uid))) {
        member_free(r, m);
        return true;
    }
    const struct value *pod = view_tree(v, o);
    if (!pod)
        return false;
    m->facts = census_facts(set, pod) | (selector_matches_object(s, o) ? 0 : 1u << CENSUS_ODD);
    m->ready_since = time_of(value_at(condition_find(value_at(pod, "status"), "Ready"), "lastTransitionTime"));
    count(r, m, 1);
    list_del(&m->changed);
    return true;
}

static struct roll *roll_of(struct census *c, const struct value *set, struct str key)
{
    struct str uid = value_text_at(set, "metadata.uid");
    struct roll *r = map_get(&c->by_key, key);
    if (r && !str_eq(str_of(r->uid), uid)) {
        roll_free(c, r);
        r = NULL;
    }
    if (r || !uid.n)
        return r;
    r = mem_alloc(sizeof(*r));
    if (!r)
        return NULL;
    list_init(&r->changed);
    r->uid = mem_text(uid.p, uid.n);
    r->key = mem_text(key.p, key.n);
    if (r->uid && r->key && map_put(&c->by_uid, str_of(r->uid), r) == 0 && map_put(&c->by_key, str_of(r->key), r) == 0)
        return r;
    roll_free(c, r);
    return NULL;
}

static bool read_all(struct view *v, struct roll *r, const struct value *set)
{
    size_t n;
    struct object *const *own = view_controlled(v, "pods", str_of(r->uid), &n);
    members_forget(r);
    for (size_t i = 0; i < n; i++) {
        struct member *m = str_eq(object_namespace(own[i]), value_text_at(set, "metadata.namespace")) ? member_get(r, own[i]) : NULL;
        if (!m) {
            members_forget(r);
            return false;
        }
        if (list_empty(&m->changed))
            list_add(&r->changed, &m->changed);
    }
    r->generation = value_int_at(set, "metadata.generation", 0);
    r->known = true;
    r->orphans = 0;
    return true;
}

static size_t available(struct view *v, const struct roll *r, int64_t min_ready)
{
    size_t n = 0;
    MAP_EACH (slot, &r->all) {
        const struct member *m = slot->value;
        n += (m->facts >> CENSUS_READY & 1) && m->ready_since && m->ready_since + min_ready <= v->now;
    }
    return n;
}

static bool wanted_orphan(struct view *v, const struct value *set, const struct selector *s)
{
    size_t n;
    struct object *const *all = view_orphans(v, "pods", value_text_at(set, "metadata.namespace"), &n);
    for (size_t i = 0; i < n; i++)
        if (!object_deleting(all[i]) && selector_matches_object(s, all[i]))
            return true;
    return false;
}

bool census_counts(struct view *v, struct str key, const struct value *set, int64_t counts[5])
{
    struct census *c = v->state;
    const struct selector *s = view_selector(v, set);
    struct roll *r = c && s ? roll_of(c, set, key) : NULL;
    if (!r || ((!r->known || r->generation != value_int_at(set, "metadata.generation", 0)) && !read_all(v, r, set)))
        return false;
    while (!list_empty(&r->changed))
        if (!look(v, r, set, s, CONTAINER_OF(r->changed.next, struct member, changed))) {
            members_forget(r);
            return false;
        }
    if (r->counts[CENSUS_ODD])
        return false;
    if (!is_deleting(set) && r->orphans != c->orphans + 1) {
        if (wanted_orphan(v, set, s))
            return false;
        r->orphans = c->orphans + 1;
    }
    int64_t min_ready = value_int_at(set, "spec.minReadySeconds", 0);
    counts[0] = (int64_t)r->counts[CENSUS_ACTIVE];
    counts[1] = (int64_t)r->counts[CENSUS_LABELLED];
    counts[2] = (int64_t)r->counts[CENSUS_READY];
    counts[3] = min_ready ? (int64_t)available(v, r, min_ready) : counts[2];
    counts[4] = (int64_t)r->counts[CENSUS_TERMINATING];
    return true;
}

void census_forget(void *state, struct str key)
{
    struct census *c = state;
    struct roll *r = c ? map_get(&c->by_key, key) : NULL;
    if (r)
        roll_free(c, r);
}
