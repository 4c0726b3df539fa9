#include "dynamic/inside.h"

/* ResourceClaims: what the API says of them, and what was decided since. */

struct claim *claim_get(struct dynamic *d, struct str ns, struct str name)
{
    SCOPED_BUF key = BUF_INIT(1024);
    buf_fmt(&key, "%.*s/%.*s", STR_FMT(ns), STR_FMT(name));
    struct claim *c = buf_error(&key) ? NULL : map_get(&d->claims, buf_view(&key));
    if (c || buf_error(&key))
        return c;
    c = mem_alloc(sizeof(*c));
    if (!c)
        return NULL;
    c->key = mem_text(key.p, key.n);
    if (!c->key || map_put(&d->claims, str_of(c->key), c) < 0) {
        mem_free(c->key);
        return mem_free(c);
    }
    c->ns = str_make(c->key, ns.n);
    c->name = str_from(str_of(c->key), ns.n + 1);
    c->number = ++d->numbers;
    return c;
}

void reach_touch(struct dynamic *d, struct str reach)
{
    if (!reach.p)
        return;
    uint32_t node = reach.n ? sched_node_find(d->engine, reach) : SCHED_NOWHERE;
    if (!reach.n || node != SCHED_NOWHERE)
        sched_touch(d->engine, node);
}

static void hold_end(struct dynamic *d, struct device_hold *h)
{
    SCOPED_BUF reach = BUF_INIT(1024);
    struct str r = device_hold_reach(h);
    buf_str(&reach, r);
    device_release(d->devices, h);
    if (r.p)
        reach_touch(d, buf_error(&reach) ? STR("") : r.n ? buf_view(&reach) : STR(""));
}

void assumption_end(struct dynamic *d, struct assumption *a)
{
    if (!a)
        return;
    hold_end(d, a->hold);
    group_unref(d, a->group);
    arena_free(a->mem);
    mem_free(a);
    d->assumed--;
}

/* Another pod of the group that has its node because of it. */
static struct user *heir_of(const struct claim *c)
{
    const struct assumption *a = c->assumed;
    for (size_t i = 0; a->group && i < c->users.n; i++)
        if (c->users.p[i] != a->by && c->users.p[i]->placed && c->users.p[i]->group == a->group)
            return c->users.p[i];
    return NULL;
}

void claim_unassume(struct dynamic *d, struct claim *c)
{
    struct assumption *a = c->assumed;
    struct user *heir = heir_of(c);
    a->by = heir;
    if (heir)
        return;
    bool undone = d->in_turn && a->turn == d->turn && !a->sent;
    if (a->group)
        users_touch(d, c, a->group);
    if (!a->sent) {
        assumption_end(d, TAKE(c->assumed));
        d->freed = d->freed || !undone;
    }
    if (undone) /* it is as it was when the turn began */
        return;
    c->number = ++d->numbers;
    users_stale(d, c);
}

void users_touch(struct dynamic *d, struct claim *c, const struct group *g)
{
    for (size_t i = 0; i < c->users.n; i++) {
        const struct sched_pod *p = c->users.p[i]->group == g ? sched_pod_find(d->engine, str_of(c->users.p[i]->uid)) : NULL;
        if (p)
            sched_pod_touch(d->engine, p);
    }
}

void dynamic_turn(struct dynamic *d, bool begins)
{
    d->turn += begins;
    d->in_turn = begins;
}

void dynamic_sending(struct dynamic *d, struct str ns, struct str name)
{
    struct claim *c = claim_get(d, ns, name);
    if (c && c->assumed)
        c->assumed->sent = true;
    if (c)
        claim_drop_if_idle(d, c);
}

void dynamic_sent(struct dynamic *d, struct str ns, struct str name, int64_t revision)
{
    struct claim *c = claim_get(d, ns, name);
    if (c && c->assumed) {
        c->assumed->sent = revision != 0;
        c->assumed->written = revision;
        if (!c->assumed->by && !c->assumed->sent)
            claim_unassume(d, c);
    }
    if (c)
        claim_drop_if_idle(d, c);
}

static void forget_facts(struct dynamic *d, struct claim *c)
{
    if (c->hold)
        hold_end(d, TAKE(c->hold));
    if (c->ask)
        device_ask_unref(d->devices, TAKE(c->ask));
    c->uid = mem_free(c->uid);
    c->mem = arena_free(c->mem);
    c->owner = STR_NONE;
    c->allocation = c->reserved = (struct value){0};
    c->known = c->deleting = false;
}

void claim_drop_if_idle(struct dynamic *d, struct claim *c)
{
    if (c->known || c->users.n || c->assumed)
        return;
    forget_facts(d, c);
    map_del(&d->claims, str_of(c->key));
    VEC_DONE(&c->users);
    mem_free(c->key);
    mem_free(c);
}

bool claim_reserved_for(const struct claim *c, struct str uid)
{
    VALUE_EACH_ITEM (x, &c->reserved)
        if (str_eq(value_text_at(x, "uid"), uid))
            return true;
    return false;
}

bool claim_has(const struct claim *c, const struct user *u)
{
    return claim_reserved_for(c, str_of(u->uid)) || (u->group && u->group->uid && claim_reserved_for(c, str_of(u->group->uid)));
}

const struct value *claim_allocation(const struct claim *c)
{
    return c->allocation.type == VALUE_MAP ? &c->allocation : NULL;
}

void users_stale(struct dynamic *d, struct claim *c)
{
    for (size_t i = 0; i < c->users.n; i++) {
        struct user *u = c->users.p[i];
        if (u->stale || u->placed)
            continue;
        u->stale = true;
        list_add(&d->stale, &u->link);
    }
}

static struct str controller_of(const struct value *tree)
{
    VALUE_EACH_ITEM (x, value_at(tree, "metadata.ownerReferences"))
        if (value_bool_at(x, "controller", false))
            return value_text_at(x, "uid");
    return STR_NONE;
}

struct facts {
    struct arena *mem;
    struct value allocation, reserved;
    struct str owner;
    char *uid;
    struct device_ask *ask;
    struct device_hold *hold;
};

static void facts_done(struct dynamic *d, struct facts *f)
{
    device_release(d->devices, f->hold);
    if (f->ask)
        device_ask_unref(d->devices, f->ask);
    mem_free(f->uid);
    arena_free(f->mem);
}

static int facts_read(struct dynamic *d, const struct value *tree, struct facts *f)
{
    const struct value *allocation = value_at(tree, "status.allocation"), *reserved = value_at(tree, "status.reservedFor");
    struct str uid = value_text_at(tree, "metadata.uid");
    int r = arena_new(&f->mem, 8u << 20);
    if (r == 0 && !value_is_null(allocation))
        r = value_copy(f->mem, allocation, &f->allocation);
    if (r == 0 && !value_is_null(reserved))
        r = value_copy(f->mem, reserved, &f->reserved);
    if (r == 0)
        r = arena_str(f->mem, controller_of(tree), &f->owner);
    f->uid = r == 0 ? mem_text(uid.p, uid.n) : NULL;
    if (r == 0 && !f->uid)
        r = -ENOMEM;
    if (r == 0)
        r = device_ask_get(d->devices, value_at(tree, "spec.devices"), &f->ask);
    return r;
}

/* The devices of the new allocation are taken before those of the old, or of an assumption, are given back: never none between. A device
 * that both have is counted twice for this moment, which nobody sees. */
static int put_claim(struct dynamic *d, const struct value *tree)
{
    struct claim *c = claim_get(d, value_text_at(tree, "metadata.namespace"), value_text_at(tree, "metadata.name"));
    struct facts f = {0};
    if (!c)
        return -ENOMEM;
    int r = facts_read(d, tree, &f);
    bool same = r == 0 && c->known && str_eq(str_of(c->uid), str_of(f.uid)) && value_equal(&c->allocation, &f.allocation);
    if (r == 0 && same)
        f.hold = TAKE(c->hold);
    else if (r == 0 && f.allocation.type == VALUE_MAP)
        r = device_hold(d->devices, &f.allocation, &f.hold);
    if (r < 0) {
        facts_done(d, &f);
        claim_drop_if_idle(d, c);
        return r;
    }
    bool had = c->hold != NULL, deleting = !value_is_null(value_at(tree, "metadata.deletionTimestamp"));
    bool changed = !same || c->deleting != deleting || !value_equal(&c->reserved, &f.reserved);
    if (f.hold && !same)
        reach_touch(d, device_hold_reach(f.hold));
    forget_facts(d, c);
    c->known = true;
    c->deleting = deleting;
    c->mem = f.mem;
    c->uid = f.uid;
    c->owner = f.owner;
    c->allocation = f.allocation;
    c->reserved = f.reserved;
    c->ask = f.ask;
    c->hold = f.hold;
    int64_t revision = 0;
    if (str_to_int(value_text_at(tree, "metadata.resourceVersion"), &revision) < 0)
        revision = 0;
    if (c->assumed &&
        (c->hold || deleting || (c->assumed->written && revision >= c->assumed->written))) /* what was decided has come about, or never will */
        assumption_end(d, TAKE(c->assumed));
    if (changed) {
        c->number = ++d->numbers;
        users_stale(d, c);
    }
    d->claim = changed ? c : NULL;
    d->released = had && !c->hold;
    return 0;
}

static void del_claim(struct dynamic *d, struct str ns, struct str name)
{
    struct claim *c = claim_get(d, ns, name);
    if (!c)
        return;
    d->released = c->hold != NULL;
    forget_facts(d, c);
    if (c->assumed)
        assumption_end(d, TAKE(c->assumed));
    c->number = ++d->numbers;
    d->claim = NULL;
    users_stale(d, c);
    claim_drop_if_idle(d, c);
}

/* Classes stand behind other resources now, perhaps: pods that ask for any are looked at again. */
static void resources_stale(struct dynamic *d)
{
    MAP_EACH (slot, &d->users) {
        struct user *u = slot->value;
        if (!u->extra || u->stale || u->placed)
            continue;
        u->stale = true;
        list_add(&d->stale, &u->link);
    }
}

/* ── the door ── */

int dynamic_put(struct dynamic *d, enum dynamic_kind kind, const struct value *object)
{
    struct str reach = STR_NONE;
    int r;
    d->changed = kind;
    d->claim = NULL;
    d->released = false;
    switch (kind) {
    case DYNAMIC_CLAIM:
        return put_claim(d, object);
    case DYNAMIC_GROUP:
        return group_put(d, object);
    case DYNAMIC_SLICE:
        r = device_slice_put(d->devices, object, &reach);
        reach_touch(d, reach);
        return r;
    case DYNAMIC_CLASS:
        r = device_class_put(d->devices, object);
        resources_stale(d);
        break;
    default:
        r = device_rule_put(d->devices, object);
    }
    sched_touch(d->engine, SCHED_NOWHERE);
    return r;
}

void dynamic_del(struct dynamic *d, enum dynamic_kind kind, struct str ns, struct str name)
{
    struct str reach = STR_NONE;
    d->changed = kind;
    d->claim = NULL;
    d->released = false;
    switch (kind) {
    case DYNAMIC_CLAIM:
        del_claim(d, ns, name);
        return;
    case DYNAMIC_GROUP:
        group_del(d, ns, name);
        return;
    case DYNAMIC_SLICE:
        device_slice_del(d->devices, name, &reach);
        reach_touch(d, reach);
        return;
    case DYNAMIC_CLASS:
        device_class_del(d->devices, name);
        resources_stale(d);
        break;
    default:
        device_rule_del(d->devices, name);
    }
    sched_touch(d->engine, SCHED_NOWHERE);
}

int dynamic_new(struct dynamic **out, uint64_t seed)
{
    struct dynamic *d = mem_alloc(sizeof(*d));
    if (!d)
        return -ENOMEM;
    list_init(&d->stale);
    d->choices = mem_alloc((DEVICE_CLAIMS_MAX + 1) * sizeof(*d->choices));
    int r = d->choices ? device_store_new(&d->devices, seed) : -ENOMEM;
    if (r < 0) {
        dynamic_free(d);
        return r;
    }
    *out = d;
    return 0;
}

struct dynamic *dynamic_free(struct dynamic *d)
{
    struct map_slot *slot;
    if (!d)
        return NULL;
    while ((slot = map_next(&d->users, NULL)))
        user_free(d, slot->value);
    while ((slot = map_next(&d->claims, NULL))) {
        struct claim *c = slot->value;
        forget_facts(d, c);
        if (c->assumed)
            assumption_end(d, TAKE(c->assumed));
        claim_drop_if_idle(d, c);
    }
    while ((slot = map_next(&d->groups, NULL))) { /* nobody refers to them any more but the API */
        struct group *g = slot->value;
        g->refs = 1;
        group_unref(d, g);
    }
    map_done(&d->groups);
    map_done(&d->claims);
    map_done(&d->users);
    device_store_free(d->devices);
    mem_free(d->choices);
    return mem_free(d);
}

void dynamic_attach(struct dynamic *d, struct sched *engine, unsigned plugin)
{
    d->engine = engine;
    d->plugin = plugin;
}

struct device_store *dynamic_devices(struct dynamic *d)
{
    return d->devices;
}

void dynamic_counts(const struct dynamic *d, struct dynamic_counts *out)
{
    *out = (struct dynamic_counts){d->claims.n, d->assumed, d->users.n};
}
