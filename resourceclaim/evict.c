#include "device/device.h"
#include "meter/meter.h"
#include "resourceclaim/inside.h"

/* Eviction from tainted devices (KEP-5055). A key is a claim, or a DeviceTaintRule whose status is to be told (rule.c). */

#define POOLS_MAX 32 /* remembered within one look */
#define RULES_MAX 64 /* that one claim's eviction is put down to */

struct soonest {
    int64_t at; /* seconds; -1: never */
    struct {
        struct str uid;
        int64_t at;
    } rules[RULES_MAX];
    size_t n;
};

static void consider(struct view *v, const struct value *result, const struct value *taint, struct soonest *s)
{
    int64_t seconds;
    if (!device_evicts(value_get(result, STR("tolerations")), taint, &seconds))
        return;
    int64_t since = time_of(value_at(taint, "timeAdded")), at = seconds < 0 ? v->now : (since ? since : v->now) + seconds;
    s->at = s->at < 0 ? at : MIN(s->at, at);
}

bool rule_means(const struct value *selector, struct str driver, struct str pool, struct str device)
{
    static const char *const parts[] = {"driver", "pool", "device"};
    const struct str is[] = {driver, pool, device};
    for (size_t i = 0; i < ARRAY_LEN(parts); i++) {
        const struct value *wanted = value_get(selector, str_of(parts[i]));
        if (!value_is_null(wanted) && !str_eq(value_text(wanted), is[i]))
            return false;
    }
    return true;
}

static bool means(const struct value *selector, const struct value *result)
{
    return rule_means(selector, value_text_at(result, "driver"), value_text_at(result, "pool"), value_text_at(result, "device"));
}

static void by_rules(struct view *v, const struct value *result, struct soonest *s)
{
    const struct client_cache *rules = view_cache(v, "devicetaintrules");
    struct map_slot *at = NULL;
    for (struct object *o = client_cache_next(rules, &at); o; o = client_cache_next(rules, &at)) {
        const struct value *tree = view_tree(v, o);
        struct soonest mine = {-1, {{STR_NONE, 0}}, 0};
        if (!tree || !means(value_at(tree, "spec.deviceSelector"), result))
            continue;
        consider(v, result, value_at(tree, "spec.taint"), &mine);
        if (mine.at < 0)
            continue;
        s->at = s->at < 0 ? mine.at : MIN(s->at, mine.at);
        size_t i = 0;
        while (i < s->n && !str_eq(s->rules[i].uid, value_text_at(tree, "metadata.uid")))
            i++;
        if (i == RULES_MAX)
            continue;
        if (i == s->n || mine.at < s->rules[i].at)
            s->rules[i].at = mine.at;
        s->rules[i].uid = value_text_at(tree, "metadata.uid");
        s->n = MAX(s->n, i + 1);
    }
}

/* The slices of one look, decoded when their pool is asked for the first time. */
struct slice {
    struct str driver, pool; /* of this pool's slices */
    const struct value **trees;
    size_t n;
};
struct slices {
    struct slice pools[POOLS_MAX];
    size_t n;
};

size_t resourceclaim_index_pool(const struct object *slice, struct str out[CLIENT_INDEX_KEYS], char scratch[256])
{
    struct str of = STR_NONE, by = STR_NONE;
    char a[64], b[64];
    if (!object_field(slice, "spec.driver", &by, a) || !object_field(slice, "spec.pool.name", &of, b))
        return 0;
    int n = snprintf(scratch, 256, "%.*s/%.*s", STR_FMT(by), STR_FMT(of));
    out[0] = str_make(scratch, (size_t)MIN(n, 255)); /* whoever looks there looks at the names again */
    return 1;
}

static bool of_pool(const struct value *slice, struct str driver, struct str pool)
{
    return str_eq(value_text_at(slice, "spec.driver"), driver) && str_eq(value_text_at(slice, "spec.pool.name"), pool);
}

static struct slice *pool_of(struct view *v, struct slices *all, struct str driver, struct str pool)
{
    for (size_t i = 0; i < all->n; i++)
        if (str_eq(all->pools[i].driver, driver) && str_eq(all->pools[i].pool, pool))
            return &all->pools[i];
    char key[256];
    int length = snprintf(key, sizeof(key), "%.*s/%.*s", STR_FMT(driver), STR_FMT(pool));
    size_t n;
    struct object *const *found = client_cache_lookup(view_cache(v, "resourceslices"), "pool", str_make(key, (size_t)MIN(length, 255)), &n);
    struct slice *s = &all->pools[all->n < POOLS_MAX ? all->n++ : POOLS_MAX - 1];
    *s = (struct slice){.driver = driver, .pool = pool, .trees = arena_alloc(v->mem, (n + 1) * sizeof(*s->trees))};
    if (!s->trees)
        v->out->failed = true;
    for (size_t i = 0; s->trees && i < n; i++) {
        const struct value *tree = view_tree(v, found[i]);
        if (tree && of_pool(tree, driver, pool))
            s->trees[s->n++] = tree;
    }
    return s;
}

/* The newest generation that has the device. */
static void by_slices(struct view *v, struct slices *all, const struct value *result, struct soonest *s)
{
    const struct slice *pool = pool_of(v, all, value_text_at(result, "driver"), value_text_at(result, "pool"));
    const struct value *device = NULL;
    int64_t newest = -1;
    for (size_t i = 0; i < pool->n; i++) {
        int64_t generation = value_int_at(pool->trees[i], "spec.pool.generation", 0);
        if (generation < newest)
            continue;
        device = generation > newest ? NULL : device;
        newest = generation;
        VALUE_EACH_ITEM (d, value_at(pool->trees[i], "spec.devices"))
            if (str_eq(value_text_at(d, "name"), value_text_at(result, "device")))
                device = d;
    }
    VALUE_EACH_ITEM (t, value_get(device, STR("taints")))
        consider(v, result, t, s);
}

static const double late_bounds[] = {0.005, 0.025, 0.1, 0.5, 1, 2.5, 10, 30, 60, 120, 180, 240, 0};
static struct meter evicted = {.name = "device_taint_eviction_controller_pod_deletions_total",
                               .help = "Pods deleted since the start because a device of theirs is tainted.",
                               .kind = METER_COUNTER};
static struct meter late = {.name = "device_taint_eviction_controller_pod_deletion_duration_seconds",
                            .help = "Time from when a device's taint took effect until the pod was deleted.",
                            .kind = METER_HISTOGRAM,
                            .bounds = late_bounds};

void evict_meters(void)
{
    meter_register(&evicted);
    meter_register(&late);
    (void)meter_series(&evicted, "%s", ""); /* told from the start, as nought */
    (void)meter_series(&late, "%s", "");
}

static void evict(struct view *v, const struct value *pod, int64_t at)
{
    struct value patch = value_make_map(), list = value_make_list(), c = value_make_map();
    struct str ns = value_text_at(pod, "metadata.namespace"), name = value_text_at(pod, "metadata.name");
    int r = 0;
    VALUE_SET(&r, v->mem, &c, "type", value_make_text(STR("DisruptionTarget")));
    VALUE_SET(&r, v->mem, &c, "status", value_make_text(STR("True")));
    VALUE_SET(&r, v->mem, &c, "reason", value_make_text(STR("DeletionByDeviceTaintManager")));
    VALUE_SET(&r, v->mem, &c, "message", value_make_text(STR("Device Taint manager: deleting due to NoExecute taint")));
    VALUE_SET(&r, v->mem, &c, "lastTransitionTime", value_make_text(view_time(v, v->now)));
    if (r == 0 && !value_add(v->mem, &list, c))
        r = -ENOMEM;
    VALUE_SET(&r, v->mem, &patch, "metadata.uid", value_make_text(value_text_at(pod, "metadata.uid")));
    VALUE_SET(&r, v->mem, &patch, "status.conditions", list);
    if (r < 0) {
        v->out->failed = true;
        return;
    }
    want_event(v, pod, false, "device-taint-eviction", "DeviceTaintManagerEviction", "Marking for deletion Pod %.*s/%.*s", STR_FMT(ns),
               STR_FMT(name));
    struct client_call *call = want(v, CLIENT_PATCH, "", "pods", pod);
    call->patch = CLIENT_PATCH_STRATEGIC;
    call->subresource = STR("status");
    want_body(v, call, &patch);
    want_delete(v, view_resource("", "pods"), pod, CLIENT_BACKGROUND);
    meter_add(meter_series(&evicted, "%s", ""), 1);
    meter_observe(&late, meter_series(&late, "%s", ""), (double)MAX(v->now_ms - at * 1000, INT64_C(0)) / 1000);
}

void resourceclaim_evict_reconcile(struct view *v, struct str key)
{
    struct str ns, name;
    struct soonest s = {-1, {{STR_NONE, 0}}, 0};
    struct slices slices = {.n = 0};
    view_key(key, &ns, &name);
    if (!ns.n) {
        rule_reconcile(v, name);
        return;
    }
    const struct value *claim = view_get(v, "resourceclaims", ns, name);
    VALUE_EACH_ITEM (x, value_at(claim, "status.allocation.devices.results")) {
        if (!value_count(value_at(claim, "status.reservedFor")))
            return;
        by_rules(v, x, &s);
        by_slices(v, &slices, x, &s);
    }
    if (s.at < 0)
        return;
    if (s.at > v->now) {
        client_intend_again(v->out, (s.at - v->now) * 1000);
        return;
    }
    VALUE_EACH_ITEM (x, value_at(claim, "status.reservedFor")) {
        const struct value *pod = str_is(value_text_at(x, "resource"), "pods") ? view_get(v, "pods", ns, value_text_at(x, "name")) : NULL;
        if (pod && str_eq(value_text_at(pod, "metadata.uid"), value_text_at(x, "uid")) && !is_deleting(pod) && !pod_over(pod)) {
            evict(v, pod, s.at);
            for (size_t i = 0; i < s.n; i++)
                if (s.rules[i].at <= v->now)
                    rule_evicted(v->state, s.rules[i].uid);
        }
    }
}

/* Only a change of taints that evict is worth looking at every claim for. */
static bool evicts_any(struct view *v, struct object *o)
{
    const struct value *tree = o ? view_tree(v, o) : NULL;
    if (str_is(value_text_at(tree, "spec.taint.effect"), "NoExecute"))
        return true;
    VALUE_EACH_ITEM (d, value_at(tree, "spec.devices"))
        VALUE_EACH_ITEM (t, value_get(d, STR("taints")))
            if (str_is(value_text_at(t, "effect"), "NoExecute"))
                return true;
    return false;
}

static bool of_kind(const struct object *o, const char *kind)
{
    return o->kind && str_is(o->kind->name, kind);
}

/* A claim: itself, and the rules that evict, which count who is left. A rule: itself, to tell how it stands, and the claims. */
void resourceclaim_map_taints(struct view *v, struct object *old, struct object *now, void (*add)(void *ctx, struct str key), void *ctx)
{
    struct object *o = now ? now : old;
    const struct client_cache *claims = view_cache(v, "resourceclaims"), *rules = view_cache(v, "devicetaintrules");
    struct map_slot *at = NULL;
    char scratch[512];
    if (of_kind(o, "ResourceClaim")) {
        add(ctx, client_key(o, scratch));
        for (struct object *r = client_cache_next(rules, &at); r; r = client_cache_next(rules, &at))
            if ((object_has(o, "status.allocation") || (old && object_has(old, "status.allocation"))) && evicts_any(v, r))
                add(ctx, client_key(r, scratch));
        return;
    }
    if (now && of_kind(now, "DeviceTaintRule"))
        add(ctx, client_key(now, scratch));
    if (!now || !evicts_any(v, now))
        return;
    for (struct object *c = client_cache_next(claims, &at); c; c = client_cache_next(claims, &at))
        add(ctx, client_key(c, scratch));
}
