#include "dynamic/inside.h"

/* PodGroups: who shares what was decided (KEP-5729). */

int group_get(struct dynamic *d, struct str ns, struct str name, struct group **out)
{
    SCOPED_BUF key = BUF_INIT(1024);
    buf_fmt(&key, "%.*s/%.*s", STR_FMT(ns), STR_FMT(name));
    if (buf_error(&key))
        return -ENOMEM;
    struct group *g = map_get(&d->groups, buf_view(&key));
    if (!g) {
        g = mem_alloc(sizeof(*g));
        if (!g)
            return -ENOMEM;
        list_init(&g->users);
        g->key = mem_text(key.p, key.n);
        if (!g->key || map_put(&d->groups, str_of(g->key), g) < 0) {
            mem_free(g->key);
            mem_free(g);
            return -ENOMEM;
        }
        g->name = str_from(str_of(g->key), ns.n + 1);
    }
    g->refs++;
    *out = g;
    return 0;
}

static void facts_forget(struct group *g)
{
    g->uid = mem_free(g->uid);
    g->mem = arena_free(g->mem);
    g->rows = (struct value){0};
}

void group_unref(struct dynamic *d, struct group *g)
{
    if (!g || --g->refs)
        return;
    facts_forget(g);
    map_del(&d->groups, str_of(g->key));
    mem_free(g->key);
    mem_free(g);
}

/* Whom claims are reserved for may be another now. */
static void members_stale(struct dynamic *d, struct group *g)
{
    LIST_EACH (u, &g->users, struct user, member) {
        if (u->stale || u->placed)
            continue;
        u->stale = true;
        list_add(&d->stale, &u->link);
    }
}

int group_put(struct dynamic *d, const struct value *tree)
{
    struct str uid = value_text_at(tree, "metadata.uid");
    const struct value *rows = value_at(tree, "spec.resourceClaims");
    struct group *g;
    struct arena *mem = NULL;
    struct value copy = {0};
    int r = group_get(d, value_text_at(tree, "metadata.namespace"), value_text_at(tree, "metadata.name"), &g);
    if (r < 0)
        return r;
    if (g->uid && str_eq(str_of(g->uid), uid)) { /* rows do not change */
        group_unref(d, g);
        return 0;
    }
    char *known = mem_text(uid.p, uid.n);
    r = known ? arena_new(&mem, 1u << 20) : -ENOMEM;
    if (r == 0 && rows)
        r = value_copy(mem, rows, &copy);
    if (r < 0) {
        mem_free(known);
        arena_free(mem);
        group_unref(d, g);
        return r;
    }
    bool there = g->uid != NULL;
    facts_forget(g);
    g->uid = known;
    g->mem = mem;
    g->rows = copy;
    members_stale(d, g);
    if (there)
        group_unref(d, g);
    return 0;
}

void group_del(struct dynamic *d, struct str ns, struct str name)
{
    struct group *g;
    if (group_get(d, ns, name, &g) < 0)
        return; /* its uid tells it from the next of this name */
    bool there = g->uid != NULL;
    facts_forget(g);
    members_stale(d, g);
    group_unref(d, g);
    if (there)
        group_unref(d, g);
}

bool group_has(const struct group *g, const struct value *row)
{
    static const char *const members[] = {"name", "resourceClaimName", "resourceClaimTemplateName"};
    VALUE_EACH_ITEM (x, &g->rows) {
        bool same = true;
        for (size_t i = 0; i < ARRAY_LEN(members); i++)
            same = same && str_eq(value_text_at(x, members[i]), value_text_at(row, members[i]));
        if (same)
            return true;
    }
    return false;
}

const struct assumption *group_decided(const struct user *u, const struct claim *c)
{
    return c->assumed && (c->assumed->by == u || (u->group && c->assumed->group == u->group)) ? c->assumed : NULL;
}

const struct value *group_allocation(const struct user *u, const struct claim *c)
{
    const struct assumption *a = group_decided(u, c);
    return claim_allocation(c) ? claim_allocation(c) : a && a->by != u ? &a->allocation : NULL;
}
