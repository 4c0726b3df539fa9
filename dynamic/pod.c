#include "dynamic/inside.h"

/* Waiting pods that have claims. */

static void users_drop(struct claim *c, const struct user *u)
{
    for (size_t i = 0; i < c->users.n; i++)
        if (c->users.p[i] == u) {
            c->users.p[i] = c->users.p[--c->users.n];
            return;
        }
}

static void claims_drop(struct dynamic *d, struct user *u)
{
    for (size_t i = 0; i < u->claims.n; i++) {
        struct claim *c = u->claims.p[i];
        users_drop(c, u);
        claim_drop_if_idle(d, c);
    }
    u->claims.n = 0;
}

static void team_leave(struct dynamic *d, struct user *u)
{
    if (!u->group)
        return;
    list_del(&u->member);
    group_unref(d, TAKE(u->group));
}

static int team_join(struct dynamic *d, struct user *u, const struct value *pod)
{
    struct str name = value_text_at(pod, "spec.schedulingGroup.podGroupName"); /* which does not change */
    int r = name.n && !u->group ? group_get(d, str_of(u->ns), name, &u->group) : 0;
    if (r == 0 && u->group && list_empty(&u->member))
        list_add(&u->group->users, &u->member);
    return r;
}

void user_free(struct dynamic *d, struct user *u)
{
    for (size_t i = 0; i < u->claims.n; i++) {
        struct claim *c = u->claims.p[i];
        if (c->assumed && c->assumed->by == u)
            claim_unassume(d, c);
    }
    claims_drop(d, u);
    team_leave(d, u);
    extra_end(d, u->extra);
    if (u->stale)
        list_del(&u->link);
    map_del(&d->users, str_of(u->uid));
    VEC_DONE(&u->claims);
    mem_free(u->uid);
    mem_free(u->ns);
    mem_free(u->name);
    mem_free(u);
}

static struct user *user_new(struct dynamic *d, const struct value *pod)
{
    struct str uid = value_text_at(pod, "metadata.uid"), ns = value_text_at(pod, "metadata.namespace"), name = value_text_at(pod, "metadata.name");
    struct user *u = mem_alloc(sizeof(*u));
    if (!u)
        return NULL;
    list_init(&u->link);
    list_init(&u->member);
    u->uid = mem_text(uid.p, uid.n);
    u->ns = mem_text(ns.p, ns.n);
    u->name = mem_text(name.p, name.n);
    if (u->uid && u->ns && u->name && map_put(&d->users, str_of(u->uid), u) == 0)
        return u;
    mem_free(u->uid);
    mem_free(u->ns);
    mem_free(u->name);
    return mem_free(u);
}

struct user *user_find(const struct dynamic *d, const struct sched_pod *p)
{
    return map_get(&d->users, sched_pod_uid(p));
}

int user_add(struct user *u, struct claim *c)
{
    for (size_t i = 0; i < u->claims.n; i++)
        if (u->claims.p[i] == c)
            return 0;
    struct claim **mine = VEC_ADD(&u->claims);
    struct user **its = mine ? VEC_ADD(&c->users) : NULL;
    if (!its) {
        u->claims.n -= mine != NULL;
        return -ENOMEM;
    }
    *mine = c;
    *its = u;
    return 0;
}

static bool named_by_status(const struct value *pod, struct str row, struct str *name)
{
    VALUE_EACH_ITEM (x, value_at(pod, "status.resourceClaimStatuses"))
        if (str_eq(value_text_at(x, "name"), row)) {
            *name = value_text_at(x, "resourceClaimName");
            return true;
        }
    return false;
}

static void bind_to_group(struct user *u, const struct claim *c)
{
    for (size_t i = 0; i < u->claims.n; i++)
        if (u->claims.p[i] == c)
            u->for_group |= UINT64_C(1) << i;
}

static void not_its_owner(struct user *u, const struct claim *c)
{
    if (u->group)
        snprintf(u->words, sizeof(u->words), "ResourceClaim %s was not created for Pod %s/%s (neither Pod nor PodGroup %.*s is the owner)", c->key,
                 u->ns, u->name, STR_FMT(u->group->name));
    else
        snprintf(u->words, sizeof(u->words), "ResourceClaim %s was not created for Pod %s/%s (Pod is not owner)", c->key, u->ns, u->name);
}

/* One row of spec.resourceClaims; what keeps the pod out of the queue is said in u->words. */
static int read_row(struct dynamic *d, struct user *u, const struct value *pod, const struct value *row)
{
    struct str name = value_text_at(row, "resourceClaimName");
    bool owned = value_text_at(row, "resourceClaimTemplateName").n > 0 && !name.n;
    if (owned && !named_by_status(pod, value_text_at(row, "name"), &name)) {
        snprintf(u->words, sizeof(u->words), "pod \"%s/%s\": ResourceClaim not created yet", u->ns, u->name);
        u->gate = u->words;
        return 0;
    }
    if (!name.n)
        return 0; /* none was made on purpose */
    struct claim *c = claim_get(d, str_of(u->ns), name);
    int r = c ? user_add(u, c) : -ENOMEM;
    if (r < 0) {
        if (c)
            claim_drop_if_idle(d, c);
        return r;
    }
    bool shared = u->group && group_has(u->group, row);
    if (shared)
        bind_to_group(u, c);
    if (u->gate)
        return 0;
    if (!c->known)
        snprintf(u->words, sizeof(u->words), "resourceclaim.resource.k8s.io \"%.*s\" not found", STR_FMT(name));
    else if (c->deleting)
        snprintf(u->words, sizeof(u->words), "resourceclaim \"%.*s\" is being deleted", STR_FMT(name));
    else if (owned && !str_eq(c->owner, str_of(shared ? u->group->uid : u->uid)))
        not_its_owner(u, c);
    else
        return 0;
    u->gate = u->words;
    return 0;
}

int user_of(struct dynamic *d, const struct value *pod, struct user **out)
{
    const struct value *rows = value_at(pod, "spec.resourceClaims");
    struct user *u = map_get(&d->users, value_text_at(pod, "metadata.uid"));
    int r = 0;
    if (u && u->placed) { /* it has a node: what it takes there is settled */
        *out = u;
        return 0;
    }
    struct extra *extra;
    r = extra_read(d, pod, &extra);
    if (r < 0)
        return r;
    if (!value_count(rows) && !extra) {
        if (u)
            user_free(d, u);
        return 1;
    }
    if (!u && !(u = user_new(d, pod))) {
        extra_end(d, extra);
        return -ENOMEM;
    }
    extra_end(d, u->extra);
    u->extra = extra;
    if (u->stale)
        list_del(&u->link);
    u->stale = false;
    u->gate = NULL;
    u->for_group = 0;
    struct user before = *u; /* its claims must not vanish between */
    memset(&u->claims, 0, sizeof(u->claims));
    r = team_join(d, u, pod);
    VALUE_EACH_ITEM (row, rows)
        if (r == 0 && u->claims.n < DEVICE_CLAIMS_MAX)
            r = read_row(d, u, pod, row);
    for (size_t i = 0; i < before.claims.n; i++) {
        users_drop(before.claims.p[i], u);
        claim_drop_if_idle(d, before.claims.p[i]);
    }
    VEC_DONE(&before.claims);
    if (r < 0) {
        user_free(d, u);
        return r;
    }
    *out = u;
    return value_count(rows) || extra->backed ? 0 : 1; /* one that might be backed once is remembered */
}

void dynamic_pod_gone(struct dynamic *d, struct str uid)
{
    struct user *u = map_get(&d->users, uid);
    if (u)
        user_free(d, u);
}

bool dynamic_stale(struct dynamic *d, struct str *ns, struct str *name, struct str *uid)
{
    if (list_empty(&d->stale))
        return false;
    struct user *u = CONTAINER_OF(d->stale.next, struct user, link);
    list_del(&u->link);
    u->stale = false;
    *ns = str_of(u->ns);
    *name = str_of(u->name);
    *uid = str_of(u->uid);
    return true;
}

bool dynamic_freed(struct dynamic *d)
{
    if (!d->freed)
        return false;
    d->freed = false;
    d->changed = DYNAMIC_CLAIM;
    d->claim = NULL;
    d->released = true;
    return true;
}
