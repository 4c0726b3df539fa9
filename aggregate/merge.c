/* What the servers behind add to what this one says it serves. */
#include "aggregate/inside.h"
#include "json/json.h"

#define LIST_MAX 1024 /* group-versions behind, in all */

uint64_t aggregate_generation(const struct aggregate *x)
{
    return x->generation;
}

bool aggregate_has_group(const struct aggregate *x, struct str group)
{
    MAP_EACH (slot, &x->at) {
        const struct aggregate_service *s = slot->value;
        if (str_eq(s->group, group))
            return true;
    }
    return false;
}

/* Groups by priority, then by name; versions of one likewise. */
static int order(const void *a, const void *b)
{
    const struct aggregate_service *x = *(struct aggregate_service *const *)a, *y = *(struct aggregate_service *const *)b;
    if (!str_eq(x->group, y->group) && x->group_priority != y->group_priority)
        return x->group_priority > y->group_priority ? -1 : 1;
    int c = str_cmp(x->group, y->group);
    if (c)
        return c;
    if (x->version_priority != y->version_priority)
        return x->version_priority > y->version_priority ? -1 : 1;
    return str_cmp(x->version, y->version);
}

static int sorted(const struct aggregate *x, struct arena *a, struct aggregate_service ***out, size_t *n)
{
    *n = 0;
    *out = arena_alloc(a, MAX(x->at.n, 1) * sizeof(struct aggregate_service *));
    if (!*out)
        return -ENOMEM;
    MAP_EACH (slot, &x->at) {
        struct aggregate_service *s = slot->value;
        if (s->group.n && *n < LIST_MAX)
            (*out)[(*n)++] = s;
    }
    qsort(*out, *n, sizeof(**out), order);
    return 0;
}

static struct value *find(struct value *list, const char *path, struct str name)
{
    VALUE_EACH_ITEM (v, list) {
        if (str_eq(value_text_at(v, path), name))
            return v;
    }
    return NULL;
}

/* ── places ──
 * What is added takes its place by priority, between what is served here: first the higher, among equals by name. */

struct ranking {
    const struct aggregate *x;
    struct str group; /* of the versions; empty: groups are ranked */
    const char *path; /* to the name of what is ranked */
};

static int rank(const struct ranking *k, const struct value *v)
{
    struct str name = value_text_at(v, k->path);
    int most = INT_MIN;
    MAP_EACH (slot, &k->x->at) {
        const struct aggregate_service *s = slot->value;
        if (k->group.n && str_eq(s->group, k->group) && str_eq(s->version, name))
            return s->version_priority;
        if (!k->group.n && str_eq(s->group, name))
            most = MAX(most, s->group_priority);
    }
    if (k->group.n)
        return local_version_priority(k->group, name);
    return most != INT_MIN ? most : local_group_priority(name);
}

static void place_last(const struct ranking *k, struct value *list)
{
    size_t n = value_count(list), at = 0;
    if (n < 2)
        return;
    struct value *items = value_item(list, 0), last = items[n - 1];
    int own = rank(k, &last);
    for (; at < n - 1; at++) {
        int here = rank(k, &items[at]);
        if (here < own || (here == own && str_cmp(value_text_at(&items[at], k->path), value_text_at(&last, k->path)) > 0))
            break;
    }
    memmove(&items[at + 1], &items[at], (n - 1 - at) * sizeof(*items));
    items[at] = last;
}

/* ── APIGroup ── */

static int put_version(const struct aggregate *x, struct arena *a, const struct aggregate_service *s, struct value *group)
{
    struct value one = value_make_map(), *versions = value_get(group, STR("versions"));
    struct str both = arena_fmt(a, "%.*s/%.*s", STR_FMT(s->group), STR_FMT(s->version));
    int r = both.p ? 0 : -ENOMEM;
    if (!versions)
        versions = value_set(a, group, STR("versions"), value_make_list());
    if (versions && find(versions, "groupVersion", both))
        return 0;
    VALUE_SET(&r, a, &one, "groupVersion", value_make_text(both));
    VALUE_SET(&r, a, &one, "version", value_make_text(str_from(both, s->group.n + 1)));
    if (r == 0 && (!versions || !value_add(a, versions, one)))
        r = -ENOMEM;
    if (r == 0)
        place_last(&(struct ranking){x, s->group, "version"}, versions);
    if (r == 0 && !value_is_null(value_item(versions, 0)))
        VALUE_SET(&r, a, group, "preferredVersion", *value_item(versions, 0));
    return r;
}

int aggregate_add_groups(const struct aggregate *x, struct arena *a, struct value *list)
{
    struct aggregate_service **all;
    struct value *groups = value_get(list, STR("groups"));
    size_t n;
    int r = sorted(x, a, &all, &n);
    for (size_t i = 0; r == 0 && i < n; i++) {
        struct value fresh = value_make_map(), *group = find(groups, "name", all[i]->group);
        struct str name;
        if (!group) {
            r = arena_str(a, all[i]->group, &name);
            VALUE_SET(&r, a, &fresh, "name", value_make_text(name));
            group = r == 0 ? value_add(a, groups, fresh) : NULL;
        }
        bool added = group && value_is_null(value_get(group, STR("versions")));
        r = group ? put_version(x, a, all[i], group) : -ENOMEM;
        if (r == 0 && added)
            place_last(&(struct ranking){x, STR_NONE, "name"}, groups);
    }
    return r;
}

int aggregate_add_group(const struct aggregate *x, struct arena *a, struct str group, struct value *out)
{
    struct aggregate_service **all;
    size_t n;
    struct str name;
    int r = sorted(x, a, &all, &n);
    for (size_t i = 0; r == 0 && i < n; i++) {
        if (!str_eq(all[i]->group, group))
            continue;
        if (value_is_null(value_get(out, STR("name")))) {
            r = arena_str(a, group, &name);
            VALUE_SET(&r, a, out, "name", value_make_text(name));
        }
        if (r == 0)
            r = put_version(x, a, all[i], out);
    }
    return r;
}

/* ── aggregated discovery ── */

int aggregate_add_discovery(const struct aggregate *x, struct arena *a, struct value *list)
{
    struct aggregate_service **all;
    struct value *items = value_get(list, STR("items"));
    size_t n;
    int r = sorted(x, a, &all, &n);
    for (size_t i = 0; r == 0 && i < n; i++) {
        struct value fresh = value_make_map(), v = value_make_map(), resources = value_make_list(),
                     *group = find(items, "metadata.name", all[i]->group);
        struct str text;
        bool added = false;
        if (!group) {
            r = arena_str(a, all[i]->group, &text);
            VALUE_SET(&r, a, &fresh, "metadata.name", value_make_text(text));
            VALUE_SET(&r, a, &fresh, "versions", value_make_list());
            group = r == 0 ? value_add(a, items, fresh) : NULL;
            added = true;
        }
        struct value *versions = value_get(group, STR("versions")), *own = find(versions, "version", all[i]->version);
        if (r == 0)
            r = arena_str(a, all[i]->version, &text);
        if (r == 0 && all[i]->resources.type == VALUE_LIST)
            r = value_copy(a, &all[i]->resources, &resources);
        VALUE_SET(&r, a, &v, "version", value_make_text(text));
        VALUE_SET(&r, a, &v, "resources", resources);
        VALUE_SET(&r, a, &v, "freshness", value_make_text(all[i]->current ? STR("Current") : STR("Stale")));
        if (r == 0 && own)
            *own = v; /* it has been taken over */
        else if (r == 0 && (!versions || !value_add(a, versions, v)))
            r = -ENOMEM;
        else if (r == 0)
            place_last(&(struct ranking){x, all[i]->group, "version"}, versions);
        if (r == 0 && added)
            place_last(&(struct ranking){x, STR_NONE, "metadata.name"}, items);
    }
    return r;
}

/* ── OpenAPI ── */

void aggregate_add_openapi(const struct aggregate *x, bool first, struct buf *out)
{
    MAP_EACH (slot, &x->at) {
        const struct aggregate_service *s = slot->value;
        if (!s->openapi.n || !s->group.n)
            continue;
        if (!first)
            buf_char(out, ',');
        first = false;
        buf_fmt(out, "\"apis/%.*s/%.*s\":{\"serverRelativeURL\":", STR_FMT(s->group), STR_FMT(s->version));
        json_string(out, s->openapi);
        buf_char(out, '}');
    }
}
