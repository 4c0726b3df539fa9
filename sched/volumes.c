#include "sched/inside.h"

#include "object/object.h"
#include "selector/selector.h"

/* Volumes: what PersistentVolumes, claims, classes and CSI drivers say about where a pod may run. Looked at only for pods that have
 * claims or disks; each change of these objects, and each such pod that comes or goes, makes their classes look anew. */

#define VOLUME_BYTES (1u << 20)

struct fact { /* one object: claim, volume, class, CSI node or driver */
    struct arena *mem;
    struct ask_held held;
    struct str key; /* "kind/ns/name" */
    enum sched_kind kind;
    struct str ns, name, volume, class, driver, handle, bound_ns, bound_name; /* volume: a claim's; bound: a volume's claimRef */
    bool deleting, lost, bound, single, waits, provisions, available, tracks; /* tracks: a driver that tells its capacity */
    int64_t size;
    unsigned modes;
    struct value labels, selector;     /* a volume's; a claim's */
    struct ask_node_selector affinity; /* a volume's; a class's allowed topologies */
    struct ask_selector reach;         /* of a capacity: nodes it can be had from */
    struct ask_pair *zones;            /* of a volume: its labels that are zones or regions; value: first of those it may be */
    uint32_t n_zones, **zone_values, *n_zone_values;
    struct limit {
        struct str driver;
        int64_t most;
    } * limits;              /* of a CSI node */
    uint32_t n_limits, uses; /* uses: pods on nodes that use this claim */
};

struct volumes {
    struct map facts;
    uint64_t changed;
    struct map uses; /* "ns/name" of claims in use → use: also of claims nobody has seen */
    char words[400];
};
struct use {
    char *key;
    uint32_t n;
};

int volumes_new(struct volumes **out)
{
    *out = mem_alloc(sizeof(**out));
    if (*out)
        (*out)->changed = 1;
    return *out ? 0 : -ENOMEM;
}

static void fact_free(struct sched *s, struct fact *f)
{
    if (!f)
        return;
    ask_held_drop(s->book, &f->held);
    arena_free(f->mem);
    mem_free(f);
}

void volumes_free(struct sched *s, struct volumes *v)
{
    struct map_slot *slot;
    while ((slot = map_next(&v->facts, NULL))) {
        struct fact *f = slot->value;
        map_del(&v->facts, f->key);
        fact_free(s, f);
    }
    while ((slot = map_next(&v->uses, NULL))) {
        struct use *u = slot->value;
        map_del(&v->uses, str_of(u->key));
        mem_free(u->key);
        mem_free(u);
    }
    map_done(&v->facts);
    map_done(&v->uses);
    mem_free(v);
}

uint64_t volumes_changed(const struct sched *s)
{
    return s->volumes->changed;
}

bool volumes_concern(const struct ask *q)
{
    return q->n_claims || q->n_disks || q->n_csi;
}

static struct fact *find(const struct sched *s, enum sched_kind kind, struct str ns, struct str name)
{
    SCOPED_BUF key = BUF_INIT(1024);
    buf_fmt(&key, "%d/%.*s/%.*s", (int)kind, STR_FMT(ns), STR_FMT(name));
    return buf_error(&key) < 0 ? NULL : map_get(&s->volumes->facts, buf_view(&key));
}

/* ── reading ── */

static unsigned modes_of(const struct value *list)
{
    static const char *const names[] = {"ReadWriteOnce", "ReadOnlyMany", "ReadWriteMany", "ReadWriteOncePod"};
    unsigned modes = 0;
    VALUE_EACH_ITEM (m, list)
        for (unsigned i = 0; i < ARRAY_LEN(names); i++)
            if (str_is(value_text(m), names[i]))
                modes |= 1u << i;
    return modes;
}

static int text_at(struct fact *f, const struct value *o, const char *path, struct str *out)
{
    return arena_str(f->mem, value_text_at(o, path), out);
}

static int read_claim(struct sched *s, struct fact *f, const struct value *o)
{
    (void)s;
    const struct value *selector = value_at(o, "spec.selector");
    int r = text_at(f, o, "spec.volumeName", &f->volume);
    if (r == 0)
        r = text_at(f, o, "spec.storageClassName", &f->class);
    if (r == 0 && selector)
        r = value_copy(f->mem, selector, &f->selector);
    f->deleting = !value_is_null(value_at(o, "metadata.deletionTimestamp"));
    f->lost = str_is(value_text_at(o, "status.phase"), "Lost");
    f->bound = f->volume.n > 0 && str_is(value_text_at(o, "status.phase"), "Bound");
    f->modes = modes_of(value_at(o, "spec.accessModes"));
    f->single = f->modes >> 3 & 1;
    f->size = quantity_value(quantity_of(value_at(o, "spec.resources.requests.storage")));
    return r;
}

static int read_zones(struct sched *s, struct fact *f, const struct value *labels)
{
    static const char *const keys[] = {"topology.kubernetes.io/zone", "topology.kubernetes.io/region", "failure-domain.beta.kubernetes.io/zone",
                                       "failure-domain.beta.kubernetes.io/region"};
    f->zones = arena_alloc(f->mem, ARRAY_LEN(keys) * sizeof(*f->zones));
    f->zone_values = arena_alloc(f->mem, ARRAY_LEN(keys) * sizeof(*f->zone_values));
    f->n_zone_values = arena_alloc(f->mem, ARRAY_LEN(keys) * sizeof(*f->n_zone_values));
    if (!f->zones || !f->zone_values || !f->n_zone_values)
        return -ENOMEM;
    for (size_t i = 0; i < ARRAY_LEN(keys); i++) {
        struct str text = value_text(value_get(labels, str_of(keys[i]))), rest = text, one;
        if (!text.n)
            continue;
        uint32_t k = f->n_zones++, n = 0;
        f->zones[k].key = ask_hold(s->book, &f->held, str_of(keys[i]));
        f->zone_values[k] = arena_alloc(f->mem, (text.n + 1) * sizeof(uint32_t));
        if (!f->zones[k].key || !f->zone_values[k])
            return -ENOMEM;
        while (rest.n) { /* "a__b": any of them */
            ssize_t at = str_find(rest, STR("__"));
            one = str_trim(at < 0 ? rest : str_head(rest, (size_t)at));
            rest = at < 0 ? STR_NONE : str_from(rest, (size_t)at + 2);
            if (!(f->zone_values[k][n++] = ask_hold(s->book, &f->held, one)))
                return -ENOMEM;
        }
        f->n_zone_values[k] = n;
    }
    return 0;
}

static int read_volume(struct sched *s, struct fact *f, const struct value *o)
{
    const struct value *labels = value_at(o, "metadata.labels");
    struct str phase = value_text_at(o, "status.phase");
    int r = ask_node_selector_of(f->mem, s->book, &f->held, value_at(o, "spec.nodeAffinity.required"), &f->affinity);
    if (r == 0)
        r = text_at(f, o, "spec.storageClassName", &f->class);
    if (r == 0)
        r = text_at(f, o, "spec.csi.driver", &f->driver);
    if (r == 0)
        r = text_at(f, o, "spec.csi.volumeHandle", &f->handle);
    if (r == 0)
        r = text_at(f, o, "spec.claimRef.namespace", &f->bound_ns);
    if (r == 0)
        r = text_at(f, o, "spec.claimRef.name", &f->bound_name);
    if (r == 0 && labels)
        r = value_copy(f->mem, labels, &f->labels);
    f->available = str_is(phase, "Available") || (!phase.n && !f->bound_name.n);
    f->modes = modes_of(value_at(o, "spec.accessModes"));
    f->size = quantity_value(quantity_of(value_at(o, "spec.capacity.storage")));
    return r < 0 ? r : read_zones(s, f, labels);
}

/* allowedTopologies: alternatives of label needs, each key with its values: a node selector in other words. */
static int read_class(struct sched *s, struct fact *f, const struct value *o)
{
    const struct value *terms = value_get(o, STR("allowedTopologies"));
    struct value list = value_make_list(), tree = value_make_map();
    int r = 0;
    f->waits = str_is(value_text_at(o, "volumeBindingMode"), "WaitForFirstConsumer");
    f->provisions = !str_is(value_text_at(o, "provisioner"), "kubernetes.io/no-provisioner");
    r = text_at(f, o, "provisioner", &f->driver);
    VALUE_EACH_ITEM (t, terms) {
        const struct value *needs = value_get(t, STR("matchLabelExpressions"));
        struct value to = value_make_list(), term = value_make_map();
        VALUE_EACH_ITEM (n, needs) {
            struct value need = {0}, values = {0};
            if (r == 0 && value_get(n, STR("values")))
                r = value_copy(f->mem, value_get(n, STR("values")), &values);
            VALUE_SET(&r, f->mem, &need, "key", value_make_text(value_text_at(n, "key")));
            VALUE_SET(&r, f->mem, &need, "operator", value_make_text(STR("In")));
            VALUE_SET(&r, f->mem, &need, "values", values);
            if (r == 0 && !value_add(f->mem, &to, need))
                r = -ENOMEM;
        }
        VALUE_SET(&r, f->mem, &term, "matchExpressions", to);
        if (r == 0 && !value_add(f->mem, &list, term))
            r = -ENOMEM;
    }
    if (r < 0 || value_count(&list) == 0)
        return r;
    VALUE_SET(&r, f->mem, &tree, "nodeSelectorTerms", list);
    return r < 0 ? r : ask_node_selector_of(f->mem, s->book, &f->held, &tree, &f->affinity);
}

/* How much a class can still make for the nodes its topology names; without one it reaches none. */
static int read_capacity(struct sched *s, struct fact *f, const struct value *o)
{
    const struct value *most = value_get(o, STR("maximumVolumeSize")), *all = value_get(o, STR("capacity"));
    f->size = most || all ? quantity_value(quantity_of(most ? most : all)) : -1;
    int r = text_at(f, o, "storageClassName", &f->class);
    return r < 0 ? r : ask_selector_of(f->mem, s->book, &f->held, value_get(o, STR("nodeTopology")), &f->reach);
}

static int read_csi_node(struct fact *f, const struct value *o)
{
    const struct value *drivers = value_at(o, "spec.drivers");
    f->limits = arena_alloc(f->mem, (value_count(drivers) + 1) * sizeof(*f->limits));
    if (!f->limits)
        return -ENOMEM;
    VALUE_EACH_ITEM (d, drivers) {
        int64_t most = value_int_at(d, "allocatable.count", -1);
        if (most < 0)
            continue;
        struct limit *l = &f->limits[f->n_limits++];
        l->most = most;
        if (arena_str(f->mem, value_text_at(d, "name"), &l->driver) < 0)
            return -ENOMEM;
    }
    return 0;
}

int volumes_put(struct sched *s, enum sched_kind kind, const struct value *o)
{
    struct str ns = value_text_at(o, "metadata.namespace"), name = value_text_at(o, "metadata.name");
    struct fact *f = mem_alloc(sizeof(*f)), *old;
    int r = f ? arena_new(&f->mem, VOLUME_BYTES) : -ENOMEM;
    if (r == 0) {
        f->kind = kind;
        f->key = arena_fmt(f->mem, "%d/%.*s/%.*s", (int)kind, STR_FMT(ns), STR_FMT(name));
        r = f->key.p ? arena_str(f->mem, ns, &f->ns) : -ENOMEM;
    }
    if (r == 0)
        r = arena_str(f->mem, name, &f->name);
    if (r == 0)
        r = kind == SCHED_CLAIM           ? read_claim(s, f, o)
            : kind == SCHED_VOLUME        ? read_volume(s, f, o)
            : kind == SCHED_STORAGE_CLASS ? read_class(s, f, o)
            : kind == SCHED_CSI_NODE      ? read_csi_node(f, o)
            : kind == SCHED_CAPACITY      ? read_capacity(s, f, o)
                                          : 0;
    if (r == 0 && kind == SCHED_CSI_DRIVER)
        f->tracks = value_bool_at(o, "spec.storageCapacity", false);
    old = r == 0 ? map_get(&s->volumes->facts, f->key) : NULL;
    if (r == 0)
        r = map_put(&s->volumes->facts, f->key, f);
    fact_free(s, r < 0 ? f : old);
    s->volumes->changed++;
    return r;
}

void volumes_del(struct sched *s, enum sched_kind kind, struct str ns, struct str name)
{
    struct fact *f = find(s, kind, ns, name);
    if (!f)
        return;
    map_del(&s->volumes->facts, f->key);
    fact_free(s, f);
    s->volumes->changed++;
}

/* ── who uses which claim ── */

static struct use *use_of(const struct sched *s, uint32_t ns, uint32_t name)
{
    SCOPED_BUF key = BUF_INIT(1024);
    buf_fmt(&key, "%.*s/%.*s", STR_FMT(ask_text_of(s->book, ns)), STR_FMT(ask_text_of(s->book, name)));
    return buf_error(&key) < 0 ? NULL : map_get(&s->volumes->uses, buf_view(&key));
}

static void use_add(struct sched *s, uint32_t ns, uint32_t name)
{
    struct use *u = use_of(s, ns, name);
    if (u) {
        u->n++;
        return;
    }
    SCOPED_BUF key = BUF_INIT(1024);
    buf_fmt(&key, "%.*s/%.*s", STR_FMT(ask_text_of(s->book, ns)), STR_FMT(ask_text_of(s->book, name)));
    u = buf_error(&key) < 0 ? NULL : mem_alloc(sizeof(*u));
    if (!u)
        return;
    u->key = mem_text(key.p, key.n);
    u->n = 1;
    if (!u->key || map_put(&s->volumes->uses, str_of(u->key), u) < 0) {
        mem_free(u->key);
        mem_free(u);
    }
}

void volumes_pod(struct sched *s, const struct sched_pod *p, int sign)
{
    s->volumes->changed += p->ask->n_claims > 0;
    for (uint32_t i = 0; i < p->ask->n_claims; i++) {
        if (sign > 0) {
            use_add(s, p->ask->ns, p->ask->claims[i].name);
            continue;
        }
        struct use *u = use_of(s, p->ask->ns, p->ask->claims[i].name);
        if (!u || --u->n)
            continue;
        map_del(&s->volumes->uses, str_of(u->key));
        mem_free(u->key);
        mem_free(u);
    }
}

void volumes_told(struct sched *s)
{
    s->volumes->changed++;
}

void volumes_aside(struct sched *s, const struct sched_pod *p, bool aside)
{
    for (uint32_t i = 0; i < p->ask->n_claims; i++) {
        struct use *u = use_of(s, p->ask->ns, p->ask->claims[i].name);
        if (u)
            u->n += aside ? -1u : 1u;
    }
}

/* ── judging ── */

static struct fact *claim_of(const struct sched *s, const struct ask *q, uint32_t i)
{
    return find(s, SCHED_CLAIM, ask_text_of(s->book, q->ns), ask_text_of(s->book, q->claims[i].name));
}

static const char *say(struct sched *s, const char *before, struct str name, const char *after)
{
    snprintf(s->volumes->words, sizeof(s->volumes->words), "%spersistentvolumeclaim \"%.*s\"%s", before, STR_FMT(name), after);
    return s->volumes->words;
}

const char *volumes_before(struct sched *s, const struct ask *q)
{
    for (uint32_t i = 0; i < q->n_claims; i++) {
        struct str name = ask_text_of(s->book, q->claims[i].name);
        const struct fact *c = claim_of(s, q, i), *class;
        if (!c && q->claims[i].ephemeral)
            return say(s, "waiting for ephemeral volume controller to create the ", name, "");
        if (!c)
            return say(s, "", name, " not found");
        if (c->lost)
            return say(s, "", name, " bound to non-existent persistentvolume");
        if (c->deleting)
            return say(s, "", name, " is being deleted");
        class = c->bound ? NULL : find(s, SCHED_STORAGE_CLASS, STR_NONE, c->class);
        if (!c->bound && (c->volume.n || !class || !class->waits))
            return "pod has unbound immediate PersistentVolumeClaims";
    }
    return NULL;
}

static bool zones_fit(const struct fact *v, const struct machine *m, const struct sched *s)
{
    bool zoned = false;
    for (uint32_t k = 0; k < v->n_zones && !zoned; k++)
        zoned = ask_label(m->labels, v->zones[k].key) != 0;
    if (!zoned)
        return true; /* a node that tells no zone is taken to be in all */
    (void)s;
    for (uint32_t k = 0; k < v->n_zones; k++) {
        uint32_t there = ask_label(m->labels, v->zones[k].key);
        bool fits = false;
        for (uint32_t i = 0; i < v->n_zone_values[k]; i++)
            fits = fits || v->zone_values[k][i] == there;
        if (!fits)
            return false;
    }
    return true;
}

static bool labels_selected(struct sched *s, const struct fact *claim, const struct fact *volume)
{
    SCOPED(arena) a = NULL;
    struct selector *sel;
    (void)s;
    if (value_is_null(&claim->selector))
        return true;
    return arena_new(&a, 1u << 18) == 0 && selector_from_tree(a, &claim->selector, &sel, NULL) == 0 && selector_matches_labels(sel, &volume->labels);
}

/* KEP-1472. A driver that does not say how much it has has enough. */
static bool has_capacity(const struct sched *s, const struct fact *class, int64_t size, const struct machine *m)
{
    const struct fact *driver = find(s, SCHED_CSI_DRIVER, STR_NONE, class->driver);
    if (!driver || !driver->tracks || size == 0)
        return true;
    MAP_EACH (slot, &s->volumes->facts) {
        const struct fact *f = slot->value;
        if (f->kind == SCHED_CAPACITY && f->size >= size && str_eq(f->class, class->name) && ask_selector_matches(s->book, &f->reach, m->labels))
            return true;
    }
    return false;
}

/* A volume that waits to be taken by this claim on this node, or a class that makes one there. */
static uint16_t can_bind(struct sched *s, const struct fact *c, const struct machine *m)
{
    MAP_EACH (slot, &s->volumes->facts) {
        const struct fact *v = slot->value;
        if (v->kind != SCHED_VOLUME || v->size < c->size || (c->modes & ~v->modes) || !str_eq(v->class, c->class))
            continue;
        bool promised = v->bound_name.n > 0, mine = str_eq(v->bound_ns, c->ns) && str_eq(v->bound_name, c->name);
        if ((promised ? mine : v->available) && ask_node_selector_matches(s->book, &v->affinity, m->labels, m->name) && labels_selected(s, c, v))
            return REASON_FITS;
    }
    const struct fact *class = find(s, SCHED_STORAGE_CLASS, STR_NONE, c->class);
    if (!class || !class->provisions || !ask_node_selector_matches(s->book, &class->affinity, m->labels, m->name))
        return REASON_VOLUME_NONE;
    return has_capacity(s, class, c->size, m) ? REASON_FITS : REASON_VOLUME_SPACE;
}

static uint16_t claim_fits(struct sched *s, const struct class *c, const struct fact *claim, const struct machine *m)
{
    bool binding = c->profile->filters >> SCHED_RULE_VOLUME_BINDING & 1, zone = c->profile->filters >> SCHED_RULE_VOLUME_ZONE & 1;
    if (!claim->bound)
        return binding ? can_bind(s, claim, m) : REASON_FITS;
    const struct fact *v = find(s, SCHED_VOLUME, STR_NONE, claim->volume);
    if (!v)
        return binding ? REASON_VOLUME_GONE : REASON_FITS;
    if (binding && !ask_node_selector_matches(s->book, &v->affinity, m->labels, m->name))
        return REASON_VOLUME_NODE;
    return zone && !zones_fit(v, m, s) ? REASON_ZONE : REASON_FITS;
}

static bool disks_free(const struct class *c, const struct machine *m)
{
    LIST_EACH (p, &m->pods, struct sched_pod, link)
        for (uint32_t i = 0; i < c->ask->n_disks && !p->aside; i++)
            for (uint32_t k = 0; k < p->ask->n_disks; k++)
                if (ask_disk_clash(&c->ask->disks[i], &p->ask->disks[k]))
                    return false;
    return true;
}

/* Volumes of one driver attached to a node: each handle once. `taken` holds what is counted already. */
#define HANDLES_MAX 512
static void count_handles(struct sched *s, const struct ask *q, struct str driver, struct str *taken, size_t *n)
{
    for (uint32_t i = 0; i < q->n_claims; i++) {
        const struct fact *c = claim_of(s, q, i), *v = c && c->bound ? find(s, SCHED_VOLUME, STR_NONE, c->volume) : NULL;
        bool again = !v || !str_eq(v->driver, driver);
        for (size_t k = 0; k < *n && !again; k++)
            again = str_eq(taken[k], v->handle);
        if (!again && *n < HANDLES_MAX)
            taken[(*n)++] = v->handle;
    }
}

static bool limits_kept(struct sched *s, const struct class *c, const struct machine *m)
{
    const struct fact *node = find(s, SCHED_CSI_NODE, STR_NONE, ask_text_of(s->book, m->name));
    for (uint32_t i = 0; node && i < node->n_limits; i++) {
        struct str taken[HANDLES_MAX];
        size_t before = 0, n;
        LIST_EACH (p, &m->pods, struct sched_pod, link)
            if (!p->aside)
                count_handles(s, p->ask, node->limits[i].driver, taken, &before);
        n = before;
        count_handles(s, c->ask, node->limits[i].driver, taken, &n);
        if (n > before && (int64_t)n > node->limits[i].most)
            return false;
    }
    return true;
}

uint16_t volumes_look(struct sched *s, const struct class *c, uint32_t node)
{
    const struct machine *m = s->machines[node];
    const struct ask *q = c->ask;
    bool restricts = c->profile->filters >> SCHED_RULE_VOLUME_RESTRICTIONS & 1;
    if (restricts && q->n_disks && !disks_free(c, m))
        return REASON_DISK;
    for (uint32_t i = 0; i < q->n_claims && restricts; i++) {
        const struct fact *claim = claim_of(s, q, i);
        const struct use *use = claim && claim->single ? use_of(s, q->ns, q->claims[i].name) : NULL;
        if (use && use->n)
            return REASON_RWOP;
    }
    if (q->n_claims && c->profile->filters >> SCHED_RULE_VOLUME_LIMITS & 1 && !limits_kept(s, c, m))
        return REASON_VOLUMES_MAX;
    for (uint32_t i = 0; i < q->n_claims; i++) {
        const struct fact *claim = claim_of(s, q, i);
        uint16_t why = claim ? claim_fits(s, c, claim, m) : REASON_VOLUME_NONE;
        if (why)
            return why;
    }
    return REASON_FITS;
}

size_t sched_unbound(struct sched *s, const struct sched_pod *p, uint32_t node, struct sched_binding *out, size_t max)
{
    const struct machine *m = node < s->slots ? s->machines[node] : NULL;
    size_t n = 0;
    for (uint32_t i = 0; m && i < p->ask->n_claims && n < max; i++) {
        const struct fact *c = claim_of(s, p->ask, i);
        const struct fact *best = NULL;
        if (!c || c->bound)
            continue;
        MAP_EACH (slot, &s->volumes->facts) {
            const struct fact *v = slot->value;
            bool fits = v->kind == SCHED_VOLUME && v->size >= c->size && !(c->modes & ~v->modes) && str_eq(v->class, c->class) && v->available &&
                        !v->bound_name.n && ask_node_selector_matches(s->book, &v->affinity, m->labels, m->name) && labels_selected(s, c, v);
            if (fits && (!best || v->size < best->size)) /* the smallest that is large enough */
                best = v;
        }
        out[n++] = (struct sched_binding){c->name, best ? best->name : STR_NONE};
    }
    return n;
}
