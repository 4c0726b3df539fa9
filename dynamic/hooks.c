#include "dynamic/inside.h"

/* What the engine asks. */

static bool label_of_node(void *ctx, struct str key, struct str *value)
{
    const struct site_ctx *c = ctx;
    return sched_node_label(c->engine, c->node, key, value);
}

struct device_node site_of(struct site_ctx *ctx)
{
    return (struct device_node){.name = sched_node_name(ctx->engine, ctx->node), .label = label_of_node, .ctx = ctx};
}

size_t user_asks(const struct user *u, struct device_ask *asks[DEVICE_CLAIMS_MAX], struct claim *of[DEVICE_CLAIMS_MAX])
{
    size_t n = 0;
    for (size_t i = 0; i < u->claims.n; i++)
        if (u->claims.p[i]->ask && !group_allocation(u, u->claims.p[i])) {
            of[n] = u->claims.p[i];
            asks[n++] = u->claims.p[i]->ask;
        }
    return n;
}

/* ── claims ── */

static int on_claims(void *self, const struct value *pod, struct buf *key)
{
    struct dynamic *d = self;
    struct user *u;
    int r = user_of(d, pod, &u);
    if (r != 0)
        return r < 0 ? r : 0;
    if (u->gate) {
        buf_text(key, "gate");
        return 2;
    }
    for (size_t i = 0; i < u->claims.n; i++) {
        const struct claim *c = u->claims.p[i];
        bool other = c->assumed && c->assumed->by != u, shared = u->group && !str_eq(c->owner, str_of(u->uid));
        if (claim_allocation(c) || other || shared || !c->ask)
            buf_fmt(key, "c%u", c->number);
        else
            buf_fmt(key, "a%u", device_ask_number(c->ask));
    }
    for (size_t i = 0; u->extra && i < u->extra->n; i++)
        if (u->extra->backed >> i & 1)
            buf_fmt(key, "e%.*s=%.*s;", STR_FMT(u->extra->names[i]), STR_FMT(device_class_of_resource(d->devices, u->extra->names[i])));
    return 1;
}

/* ── before ── */

static const char *on_before(void *self, const struct sched_pod *pod)
{
    struct dynamic *d = self;
    const struct user *u = user_find(d, pod);
    struct str request, class;
    if (!u)
        return NULL;
    if (u->gate)
        return u->gate;
    for (size_t i = 0; i < u->claims.n; i++) {
        const struct claim *c = u->claims.p[i];
        if (claim_allocation(c)) {
            if (value_count(&c->reserved) >= DYNAMIC_RESERVED_MAX && !claim_has(c, u))
                return "resourceclaim in use";
        } else if (c->assumed && !group_decided(u, c)) {
            snprintf(d->words, sizeof(d->words), "resource claim %s is in the process of being allocated", c->key);
            return d->words;
        } else if (c->ask && device_ask_lacks(d->devices, c->ask, &request, &class)) {
            snprintf(d->words, sizeof(d->words), "request %.*s: device class %.*s does not exist", STR_FMT(request), STR_FMT(class));
            return d->words;
        }
    }
    return NULL;
}

/* ── filter and score ── */

/* What is asked for on this node: claims that are to be allocated, and at the end (of NULL) the claim for extended resources. */
static ssize_t asks_here(struct dynamic *d, struct user *u, uint32_t node, struct device_ask *asks[DEVICE_CLAIMS_MAX + 1],
                         struct claim *of[DEVICE_CLAIMS_MAX + 1], unsigned *mask)
{
    size_t n = user_asks(u, asks, of);
    int r = 0;
    *mask = extra_here(d, u->extra, node);
    if (!*mask)
        return (ssize_t)n;
    asks[n] = extra_ask(d, u->extra, *mask, &r);
    of[n] = NULL;
    return asks[n] ? (ssize_t)n + 1 : r;
}

static const char *on_filter(void *self, const struct sched_pod *pod, uint32_t node, bool *final)
{
    struct dynamic *d = self;
    struct user *u = user_find(d, pod);
    struct device_ask *asks[DEVICE_CLAIMS_MAX + 1];
    struct claim *of[DEVICE_CLAIMS_MAX + 1];
    struct site_ctx ctx = {d->engine, node};
    struct device_node site = site_of(&ctx);
    const char *why = NULL;
    unsigned mask;
    if (!u)
        return NULL;
    *final = true; /* claims stay when pods go */
    for (size_t i = 0; i < u->claims.n; i++)
        if (group_allocation(u, u->claims.p[i]) && !device_allocation_fits(group_allocation(u, u->claims.p[i]), &site))
            return "resourceclaim not available on the node";
    ssize_t n = asks_here(d, u, node, asks, of, &mask);
    int r = n > 0 ? device_find(d->devices, asks, (size_t)n, &site, d->choices, &why) : (int)n;
    return r == 0 ? NULL : r < 0 ? "no memory to look for devices" : why;
}

/* Alternatives (KEP-4816): as good as the share of the first choices it would get. */
static int64_t on_score(void *self, const struct sched_pod *pod, uint32_t node)
{
    struct dynamic *d = self;
    const struct user *u = user_find(d, pod);
    struct device_ask *asks[DEVICE_CLAIMS_MAX];
    struct claim *of[DEVICE_CLAIMS_MAX];
    const char *why;
    int64_t most = 0, sum = 0;
    size_t n = u ? user_asks(u, asks, of) : 0;
    for (size_t i = 0; i < n; i++)
        most += 8 * (int64_t)device_ask_ranked(asks[i]);
    if (!most)
        return 0;
    struct site_ctx ctx = {d->engine, node};
    struct device_node site = site_of(&ctx);
    if (device_find(d->devices, asks, n, &site, d->choices, &why) != 0)
        return 0;
    for (size_t i = 0; i < n; i++)
        sum += device_choice_rank(asks[i], &d->choices[i]);
    return sum * 100 / most;
}

/* ── reserve ── */

static int assume(struct dynamic *d, struct user *u, struct claim *c, const struct device_ask *ask, const struct device_choice *choice,
                  const struct device_node *site)
{
    struct assumption *a = mem_alloc(sizeof(*a));
    if (!a)
        return -ENOMEM;
    int r = arena_new(&a->mem, 1u << 20);
    if (r == 0)
        r = device_choice_tree(d->devices, a->mem, ask, choice, site, &a->allocation);
    if (r == 0)
        r = device_hold(d->devices, &a->allocation, &a->hold);
    if (r < 0) {
        arena_free(a->mem);
        mem_free(a);
        return r;
    }
    a->by = u;
    a->turn = d->turn;
    if (c && u->group && !str_eq(c->owner, str_of(u->uid))) {
        a->group = u->group;
        a->group->refs++;
    }
    if (c)
        c->assumed = a;
    else
        u->extra->assumed = a;
    d->assumed++;
    struct str reach = device_hold_reach(a->hold);
    if (reach.p && !str_eq(reach, site->name))
        reach_touch(d, reach);
    return 0;
}

static void unassume(struct dynamic *d, struct user *u)
{
    for (size_t i = 0; i < u->claims.n; i++) {
        struct claim *c = u->claims.p[i];
        if (c->assumed && c->assumed->by == u)
            claim_unassume(d, c);
    }
    if (u->extra && u->extra->assumed) {
        d->freed = d->freed || !(d->in_turn && u->extra->assumed->turn == d->turn);
        assumption_end(d, TAKE(u->extra->assumed));
    }
}

/* Who shares the claim waits until it is written; but those of its group go where it went. */
static void others_look(struct dynamic *d, const struct user *u, struct claim *c)
{
    const struct group *g = c->assumed->group;
    for (size_t i = 0; i < c->users.n; i++) {
        struct user *x = c->users.p[i];
        if (x == u || x->stale || x->placed || (g && x->group == g))
            continue;
        x->stale = true;
        list_add(&d->stale, &x->link);
    }
    if (g)
        users_touch(d, c, g);
}

static int on_reserve(void *self, struct sched_pod *pod, uint32_t node)
{
    struct dynamic *d = self;
    struct user *u = user_find(d, pod);
    struct device_ask *asks[DEVICE_CLAIMS_MAX + 1];
    struct claim *of[DEVICE_CLAIMS_MAX + 1];
    const char *why;
    unsigned mask;
    if (!u)
        return 0;
    ssize_t some = asks_here(d, u, node, asks, of, &mask);
    if (some < 0)
        return (int)some;
    size_t n = (size_t)some;
    for (size_t i = 0; i < n; i++)
        if (of[i] && of[i]->assumed)
            return 1;
    if (u->extra)
        u->extra->mask = mask;
    struct site_ctx ctx = {d->engine, node};
    struct device_node site = site_of(&ctx);
    int r = n ? device_find(d->devices, asks, n, &site, d->choices, &why) : 0;
    for (size_t i = 0; r == 0 && i < n; i++) {
        r = assume(d, u, of[i], asks[i], &d->choices[i], &site);
        if (r == 0 && of[i] && of[i]->users.n > 1)
            others_look(d, u, of[i]);
    }
    if (r != 0) {
        unassume(d, u);
        return r;
    }
    if (u->stale) /* itself it knows */
        list_del(&u->link);
    u->stale = false;
    u->placed = true;
    u->turn = d->turn;
    return 0;
}

static void on_unreserve(void *self, struct sched_pod *pod, uint32_t node)
{
    struct dynamic *d = self;
    struct user *u = user_find(d, pod);
    (void)node;
    if (!u)
        return;
    u->placed = false;
    unassume(d, u);
    if (d->in_turn && u->turn == d->turn)
        return;
    if (!u->stale) /* its claims may be others by now */
        list_add(&d->stale, &u->link);
    u->stale = true;
}

/* ── may it help? ── */

static bool on_helps(void *self, const struct sched_pod *pod, unsigned kind, unsigned what, const struct value *object)
{
    struct dynamic *d = self;
    const struct user *u = user_find(d, pod);
    (void)object;
    if (kind == SCHED_NODE)
        return what & (SCHED_ADDED | SCHED_LABELS);
    if (kind != SCHED_FOREIGN || !u)
        return false;
    if (d->changed != DYNAMIC_CLAIM || d->released)
        return true;
    for (size_t i = 0; i < u->claims.n; i++)
        if (u->claims.p[i] == d->claim)
            return true;
    return false;
}

/* A resource a node has none of is no reason to refuse it, when a class stands behind it. */
static bool on_provides(void *self, struct str resource)
{
    const struct dynamic *d = self;
    return device_class_of_resource(d->devices, resource).n > 0;
}

struct sched_plugin dynamic_plugin(struct dynamic *d)
{
    return (struct sched_plugin){.name = DYNAMIC_NAME,
                                 .weight = 2,
                                 .self = d,
                                 .claims = on_claims,
                                 .before = on_before,
                                 .filter = on_filter,
                                 .score = on_score,
                                 .reserve = on_reserve,
                                 .unreserve = on_unreserve,
                                 .helps = on_helps,
                                 .provides = on_provides};
}
