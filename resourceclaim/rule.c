#include "device/device.h"
#include "resourceclaim/inside.h"

/* How it stands with a DeviceTaintRule: its condition EvictionInProgress (KEP-5055). It is written when something new is to be said, and then not
 * more often than every ten seconds: evicting a thousand pods is not a thousand writes. A rule without effect says what it would do, once for each
 * of its generations. */

#define PERIOD    10   /* seconds between two writes */
#define RULES_MAX 4096 /* whose evictions are counted */
#define CONDITION "EvictionInProgress"

struct rules {
    struct map evicted; /* uid of a rule → struct evicted */
};
struct evicted {
    char *uid;
    uint64_t pods;
};

void *resourceclaim_rules_new(void)
{
    evict_meters();
    return mem_alloc(sizeof(struct rules));
}

void resourceclaim_rules_free(void *state)
{
    struct rules *s = state;
    struct map_slot *slot;
    while ((slot = map_next(&s->evicted, NULL))) {
        struct evicted *e = slot->value;
        map_del(&s->evicted, slot->key);
        mem_free(e->uid);
        mem_free(e);
    }
    map_done(&s->evicted);
    mem_free(s);
}

void rule_evicted(void *state, struct str uid)
{
    struct rules *s = state;
    struct evicted *e = s ? map_get(&s->evicted, uid) : NULL;
    if (!e && s && s->evicted.n < RULES_MAX && (e = mem_alloc(sizeof(*e)))) {
        e->uid = mem_text(uid.p, uid.n);
        if (!e->uid || map_put(&s->evicted, str_of(e->uid), e) < 0) { /* it is not counted */
            mem_free(e->uid);
            e = mem_free(e);
        }
    }
    if (e)
        e->pods++;
}

/* ── whom it means ── */

struct tally {
    uint64_t published, allocated, pods, namespaces;
    struct map seen; /* uids of pods, and namespaces with a slash before them; texts in the view's memory */
};

static bool newly_seen(struct view *v, struct tally *t, struct str name)
{
    struct str copy;
    if (map_get(&t->seen, name))
        return false;
    if (arena_str(v->mem, name, &copy) < 0 || map_put(&t->seen, copy, t) < 0)
        v->out->failed = true;
    return true;
}

static void count_pods(struct view *v, const struct value *claim, struct tally *t)
{
    struct str ns = value_text_at(claim, "metadata.namespace");
    VALUE_EACH_ITEM (x, value_at(claim, "status.reservedFor")) {
        struct str uid = value_text_at(x, "uid");
        const struct value *pod = str_is(value_text_at(x, "resource"), "pods") ? view_get(v, "pods", ns, value_text_at(x, "name")) : NULL;
        if (!pod || !str_eq(value_text_at(pod, "metadata.uid"), uid) || is_deleting(pod) || pod_over(pod) || !newly_seen(v, t, uid))
            continue;
        t->pods++;
        t->namespaces += newly_seen(v, t, arena_fmt(v->mem, "/%.*s", STR_FMT(ns)));
    }
}

static void count_claims(struct view *v, const struct value *selector, const struct value *taint, struct tally *t)
{
    const struct client_cache *claims = view_cache(v, "resourceclaims");
    struct map_slot *at = NULL;
    int64_t seconds;
    for (struct object *o = client_cache_next(claims, &at); o; o = client_cache_next(claims, &at)) {
        const struct value *claim = object_has(o, "status.allocation") ? view_tree(v, o) : NULL;
        bool evicts = false;
        VALUE_EACH_ITEM (x, value_at(claim, "status.allocation.devices.results"))
            if (rule_means(selector, value_text_at(x, "driver"), value_text_at(x, "pool"), value_text_at(x, "device"))) {
                t->allocated++;
                evicts = evicts || device_evicts(value_get(x, STR("tolerations")), taint, &seconds);
            }
        if (evicts)
            count_pods(v, claim, t);
    }
}

static int64_t generation_of(const struct value *slice)
{
    return value_int_at(slice, "spec.pool.generation", 0);
}

/* Devices of each pool's newest generation. Two walks: the newest generations first. */
static void count_published(struct view *v, const struct value *selector, struct tally *t)
{
    const struct client_cache *slices = view_cache(v, "resourceslices");
    struct map newest = {0};
    struct map_slot *at = NULL;
    for (int pass = 0; pass < 2; pass++, at = NULL)
        for (struct object *o = client_cache_next(slices, &at); o; o = client_cache_next(slices, &at)) {
            struct value *slice = view_tree(v, o);
            struct str driver = value_text_at(slice, "spec.driver"), pool = value_text_at(slice, "spec.pool.name");
            struct str key = slice ? arena_fmt(v->mem, "%.*s %.*s", STR_FMT(driver), STR_FMT(pool)) : STR_NONE;
            const struct value *best = key.p ? map_get(&newest, key) : NULL;
            if (!key.p || (pass && best && generation_of(best) != generation_of(slice)))
                continue;
            if (!pass && (!best || generation_of(best) < generation_of(slice)) && map_put(&newest, key, slice) < 0)
                v->out->failed = true;
            VALUE_EACH_ITEM (d, pass ? value_at(slice, "spec.devices") : NULL)
                t->published += rule_means(selector, driver, pool, value_text_at(d, "name"));
        }
    map_done(&newest);
}

/* ── what is said ── */

static const char *plural(uint64_t n, const char *one, const char *many)
{
    return n == 1 ? one : many;
}

static struct str message_of(struct view *v, const struct tally *t, struct str effect, uint64_t evicted)
{
    SCOPED_BUF b = BUF_INIT(4096);
    struct str out = STR_NONE;
    const char *spaces = plural(t->namespaces, "namespace", "different namespaces");
    if (str_is(effect, "None"))
        buf_fmt(&b,
                "%llu published %s selected. %llu allocated %s selected. %llu %s would be evicted in %llu %s if the effect was NoExecute. This "
                "information will not be updated again. Recreate the DeviceTaintRule to trigger an update.",
                (unsigned long long)t->published, plural(t->published, "device", "devices"), (unsigned long long)t->allocated,
                plural(t->allocated, "device", "devices"), (unsigned long long)t->pods, plural(t->pods, "pod", "pods"),
                (unsigned long long)t->namespaces, spaces);
    else if (!str_is(effect, "NoExecute"))
        buf_text(&b, "Eviction only happens for the NoExecute effect.");
    else if (t->pods)
        buf_fmt(&b, "%llu %s to be evicted in %llu %s.", (unsigned long long)t->pods, plural(t->pods, "pod needs", "pods need"),
                (unsigned long long)t->namespaces, spaces);
    if (evicted)
        buf_fmt(&b, "%s%llu %s evicted since starting the controller.", buf_view(&b).n ? " " : "", (unsigned long long)evicted,
                plural(evicted, "pod", "pods"));
    if (arena_str(v->mem, buf_view(&b), &out) < 0)
        v->out->failed = true;
    return out;
}

/* True: it says something else now. */
static bool tell(struct view *v, struct value *rule, const char *is, const char *reason, struct str message)
{
    int64_t generation = value_int_at(rule, "metadata.generation", 0);
    struct value *status = value_at(rule, "status"), *c = condition_find(status, CONDITION);
    int r = 0;
    if (c && str_is(value_text_at(c, "status"), is) && str_is(value_text_at(c, "reason"), reason) && str_eq(value_text_at(c, "message"), message) &&
        value_int_at(c, "observedGeneration", 0) == generation)
        return false;
    if (!c) {
        struct value *list = value_at(rule, "status.conditions");
        if (!list || list->type != VALUE_LIST)
            list = value_put(v->mem, rule, "status.conditions", value_make_list());
        c = list ? value_add(v->mem, list, value_make_map()) : NULL;
    }
    if (!c) {
        v->out->failed = true;
        return false;
    }
    VALUE_SET(&r, v->mem, c, "type", value_make_text(STR(CONDITION)));
    VALUE_SET(&r, v->mem, c, "status", value_make_text(str_of(is)));
    VALUE_SET(&r, v->mem, c, "observedGeneration", value_make_int(generation));
    VALUE_SET(&r, v->mem, c, "lastTransitionTime", value_make_text(view_time(v, v->now)));
    VALUE_SET(&r, v->mem, c, "reason", value_make_text(str_of(reason)));
    VALUE_SET(&r, v->mem, c, "message", value_make_text(message));
    v->out->failed = v->out->failed || r < 0;
    return true;
}

/* The taint as if it evicted. */
static const struct value *evicting(struct view *v, const struct value *taint)
{
    struct value *copy = arena_alloc(v->mem, sizeof(*copy));
    if (!copy || value_copy(v->mem, taint, copy) < 0 || !value_set(v->mem, copy, STR("effect"), value_make_text(STR("NoExecute")))) {
        v->out->failed = true;
        return NULL;
    }
    return copy;
}

void rule_reconcile(struct view *v, struct str name)
{
    struct value *rule = view_get(v, "devicetaintrules", STR_NONE, name);
    const struct value *taint = value_at(rule, "spec.taint"), *selector = value_at(rule, "spec.deviceSelector");
    struct str effect = value_text_at(taint, "effect");
    struct tally t = {0};
    const struct rules *s = v->state;
    if (!rule || is_deleting(rule))
        return;
    const struct value *was = condition_find(value_at(rule, "status"), CONDITION);
    bool seen = was && value_int_at(was, "observedGeneration", 0) == value_int_at(rule, "metadata.generation", 0), dry = str_is(effect, "None");
    int64_t wait = seen ? time_of(value_at(was, "lastTransitionTime")) + PERIOD - v->now : 0;
    if (seen && dry)
        return;
    if (wait > 0) {
        client_intend_again(v->out, wait * 1000);
        return;
    }
    if (dry)
        count_published(v, selector, &t);
    if (dry || str_is(effect, "NoExecute"))
        count_claims(v, selector, dry ? evicting(v, taint) : taint, &t);
    map_done(&t.seen);
    const struct evicted *e = s ? map_get(&s->evicted, value_text_at(rule, "metadata.uid")) : NULL;
    bool pending = !dry && t.pods > 0;
    if (pending) /* their going is no event of a claim's or a rule's */
        client_intend_again(v->out, PERIOD * 1000);
    const char *reason = dry                            ? "NoEffect"
                         : !str_is(effect, "NoExecute") ? "OtherEffect"
                         : pending                      ? "PodsPendingEviction"
                         : e                            ? "Completed"
                                                        : "NotStarted";
    if (tell(v, rule, pending ? "True" : "False", reason, message_of(v, &t, effect, e ? e->pods : 0)))
        want_status(v, GROUP, "devicetaintrules", rule);
}
