#include "dynamic/inside.h"

/* What is written before a pod is bound, and what is looked at then. */

static bool has_conditions(const struct value *allocation)
{
    VALUE_EACH_ITEM (x, value_at(allocation, "devices.results"))
        if (value_count(value_get(x, STR("bindingConditions"))))
            return true;
    return false;
}

size_t dynamic_plan(struct dynamic *d, const struct sched_pod *pod, struct dynamic_write *out, size_t max)
{
    const struct user *u = user_find(d, pod);
    size_t n = 0;
    for (size_t i = 0; u && i < u->claims.n && n < max; i++) {
        const struct claim *c = u->claims.p[i];
        const struct value *allocation = claim_allocation(c);
        bool mine = !allocation && group_decided(u, c), shared = u->for_group >> i & 1 && u->group->uid;
        if (!c->known || (!allocation && !mine))
            continue;
        struct dynamic_write w = {.ns = c->ns,
                                  .name = c->name,
                                  .uid = str_of(c->uid),
                                  .allocation = mine ? &c->assumed->allocation : NULL,
                                  .reserve = !claim_has(c, u),
                                  .shared = shared || c->users.n > 1,
                                  .group = shared ? u->group->name : STR_NONE,
                                  .group_uid = shared ? str_of(u->group->uid) : STR_NONE,
                                  .conditions = has_conditions(mine ? &c->assumed->allocation : allocation)};
        if (w.allocation || w.reserve || w.conditions)
            out[n++] = w;
    }
    if (u && u->extra && u->extra->assumed && n < max)
        out[n++] = (struct dynamic_write){.ns = str_of(u->ns),
                                          .allocation = &u->extra->assumed->allocation,
                                          .reserve = true,
                                          .conditions = has_conditions(&u->extra->assumed->allocation),
                                          .spec = &u->extra->specs[u->extra->mask],
                                          .mappings = &u->extra->mappings[u->extra->mask]};
    return n;
}

int dynamic_made(struct dynamic *d, const struct sched_pod *pod, const struct value *tree)
{
    struct user *u = user_find(d, pod);
    if (!u || !u->extra || !u->extra->assumed)
        return 0;
    struct claim *c = claim_get(d, value_text_at(tree, "metadata.namespace"), value_text_at(tree, "metadata.name"));
    int r = c ? user_add(u, c) : -ENOMEM;
    if (r == 0)
        c->assumed = TAKE(u->extra->assumed);
    else if (c)
        claim_drop_if_idle(d, c);
    return r;
}

/* ── binding conditions (KEP-5007) ── */

static const struct value *status_of(const struct value *claim, const struct value *result)
{
    static const char *const same[] = {"driver", "pool", "device", "shareID"};
    VALUE_EACH_ITEM (x, value_at(claim, "status.devices")) {
        bool is = true;
        for (size_t i = 0; i < ARRAY_LEN(same); i++)
            is = is && str_eq(value_text_at(x, same[i]), value_text_at(result, same[i]));
        if (is)
            return x;
    }
    return NULL;
}

static const struct value *condition_true(const struct value *status, struct str type)
{
    VALUE_EACH_ITEM (x, value_get(status, STR("conditions")))
        if (str_eq(value_text_at(x, "type"), type))
            return str_is(value_text_at(x, "status"), "True") ? x : NULL;
    return NULL;
}

int dynamic_bound(const struct value *claim, struct err *why)
{
    int answer = DYNAMIC_READY;
    VALUE_EACH_ITEM (x, value_at(claim, "status.allocation.devices.results")) {
        const struct value *status = status_of(claim, x), *needs = value_get(x, STR("bindingConditions"));
        if (!value_count(needs))
            continue;
        VALUE_EACH_ITEM (t, value_get(x, STR("bindingFailureConditions"))) {
            const struct value *c = condition_true(status, value_text(t));
            if (c) {
                err_raise(why, -EIO, "device binding failed: claim=%.*s, reason=%.*s, message=\"%.*s\"",
                          STR_FMT(value_text_at(claim, "metadata.name")), STR_FMT(value_text_at(c, "reason")), STR_FMT(value_text_at(c, "message")));
                return DYNAMIC_FAILED;
            }
        }
        VALUE_EACH_ITEM (t, needs)
            if (!condition_true(status, value_text(t)))
                answer = DYNAMIC_WAITS;
    }
    return answer;
}

/* ── giving back ── */

/* Used by nobody, or only by the pod, or only by its group. */
static bool given_up(const struct user *u, const struct claim *c, bool shared)
{
    struct str uid = !shared ? str_of(u->uid) : u->group->uid ? str_of(u->group->uid) : STR_NONE;
    size_t n = value_count(&c->reserved);
    return claim_allocation(c) && (n == 0 || (n == 1 && claim_reserved_for(c, uid)));
}

bool dynamic_to_deallocate(struct dynamic *d, const struct sched_pod *pod, struct str *ns, struct str *name, struct str *group, struct str *group_uid)
{
    const struct user *u = user_find(d, pod);
    struct site_ctx ctx = {d->engine, 0};
    for (size_t i = 0; u && i < u->claims.n; i++) {
        const struct claim *c = u->claims.p[i];
        bool elsewhere = false, shared = u->for_group >> i & 1;
        if (!given_up(u, c, shared))
            continue;
        for (ctx.node = 0; ctx.node < sched_node_slots(d->engine) && !elsewhere; ctx.node++) {
            struct device_node site = site_of(&ctx);
            elsewhere = site.name.n && !device_allocation_fits(claim_allocation(c), &site);
        }
        if (!elsewhere)
            continue;
        *ns = c->ns;
        *name = c->name;
        *group = shared ? u->group->name : STR_NONE;
        *group_uid = shared && u->group->uid ? str_of(u->group->uid) : STR_NONE;
        return true;
    }
    return false;
}
