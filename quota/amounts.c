#include "quota/quota.h"

static struct quota_amount *slot(const struct quota_amounts *in, struct str name)
{
    for (size_t i = 0; i < in->n; i++)
        if (str_eq(in->items[i].name, name))
            return &in->items[i];
    return NULL;
}

void quota_add(struct quota_amounts *to, struct str name, struct quantity n)
{
    struct quota_amount *s = name.p ? slot(to, name) : NULL;
    if (s) {
        s->n.nano += n.nano;
        return;
    }
    if (to->n == to->cap) {
        size_t cap = to->cap ? to->cap * 2 : 16;
        struct quota_amount *more = arena_alloc(to->arena, cap * sizeof(*more));
        if (!more) {
            to->failed = true;
            return;
        }
        if (to->n)
            memcpy(more, to->items, to->n * sizeof(*more));
        to->items = more;
        to->cap = cap;
    }
    if (name.p)
        to->items[to->n++] = (struct quota_amount){name, n};
    else
        to->failed = true;
}

void quota_add_all(struct quota_amounts *to, const struct quota_amounts *from, int sign)
{
    for (size_t i = 0; i < from->n; i++) {
        struct quantity n = from->items[i].n;
        n.nano *= sign;
        quota_add(to, from->items[i].name, n);
    }
    to->failed = to->failed || from->failed;
}

struct quantity quota_find(const struct quota_amounts *in, struct str name)
{
    const struct quota_amount *s = slot(in, name);
    return s ? s->n : (struct quantity){0};
}

static int put(struct arena *a, struct value *map, struct str name, struct quantity n)
{
    struct str text;
    SCOPED_BUF b = BUF_INIT(128);
    quantity_print(n, &b);
    int r = arena_str(a, buf_view(&b), &text);
    return r < 0 ? r : value_set(a, map, name, value_make_text(text)) ? 0 : -ENOMEM;
}

/* ── refusing ── */

static int by_name(const void *a, const void *b)
{
    return str_cmp(((const struct quota_amount *)a)->name, ((const struct quota_amount *)b)->name);
}

static void print_amounts(struct buf *out, const struct quota_amounts *of)
{
    for (size_t i = 0; i < of->n; i++) {
        buf_fmt(out, "%s%.*s=", i ? "," : "", STR_FMT(of->items[i].name));
        quantity_print(of->items[i].n, out);
    }
}

static int exceeded(struct arena *a, const struct value *quota, const struct quota_amounts *over, struct str *why)
{
    SCOPED_BUF b = BUF_INIT(16384);
    const struct value *used = value_at(quota, "status.used"), *hard = value_at(quota, "status.hard");
    struct quota_amounts was = {.arena = a}, most = {.arena = a};
    for (size_t i = 0; i < over->n; i++) {
        quota_add(&was, over->items[i].name, quantity_of(value_get(used, over->items[i].name)));
        quota_add(&most, over->items[i].name, quantity_of(value_get(hard, over->items[i].name)));
    }
    buf_fmt(&b, "exceeded quota: %.*s, requested: ", STR_FMT(value_text_at(quota, "metadata.name")));
    print_amounts(&b, over);
    buf_text(&b, ", used: ");
    print_amounts(&b, &was);
    buf_text(&b, ", limited: ");
    print_amounts(&b, &most);
    if (was.failed || most.failed || buf_error(&b) < 0 || arena_str(a, buf_view(&b), why) < 0)
        return -ENOMEM;
    return QUOTA_REFUSED;
}

/* ── a pod under a quota of compute must say what it asks for ── */

static bool says(const struct value *holder, struct str name)
{
    const struct value *requests = value_at(holder, "resources.requests"), *limits = value_at(holder, "resources.limits");
    struct str rest = name;
    if (str_starts(name, STR("limits.")))
        return value_get(limits, str_from(name, 7)) != NULL;
    if (str_starts(name, STR("requests.")))
        rest = str_from(name, 9);
    return value_get(requests, rest) != NULL || value_get(limits, rest) != NULL; /* a limit alone is a request too, by default */
}

static int incomplete(struct arena *a, const struct value *quota, const struct value *pod, struct str *why)
{
    static const char *const asked[] = {"cpu", "limits.cpu", "limits.memory", "memory", "requests.cpu", "requests.memory"};
    static const char *const lists[] = {"spec.containers", "spec.initContainers"};
    SCOPED_BUF b = BUF_INIT(16384);
    size_t named = 0;
    for (size_t i = 0; i < ARRAY_LEN(asked); i++) {
        struct str name = str_of(asked[i]);
        size_t n = 0;
        if (!value_get(value_at(quota, "status.hard"), name) || says(value_at(pod, "spec"), name))
            continue;
        for (size_t l = 0; l < ARRAY_LEN(lists); l++)
            VALUE_EACH_ITEM (c, value_at(pod, lists[l]))
                if (!says(c, name)) {
                    if (n++ == 0)
                        buf_fmt(&b, "%s%s for: ", named++ ? "; " : "must specify ", asked[i]);
                    else
                        buf_text(&b, ",");
                    buf_str(&b, value_text_at(c, "name"));
                }
    }
    if (!named)
        return 0;
    *why = arena_fmt(a, "failed quota: %.*s: %s", STR_FMT(value_text_at(quota, "metadata.name")), buf_cstr(&b));
    return why->p ? QUOTA_REFUSED : -ENOMEM;
}

/* Limits the controller has not counted yet refuse everything. */
static int uncounted(struct arena *a, const struct value *quota, const struct quota_amounts *delta, struct str *why)
{
    SCOPED_BUF b = BUF_INIT(8192);
    size_t n = 0;
    const struct value *hard = value_at(quota, "status.hard"), *used = value_at(quota, "status.used");
    for (size_t i = 0; i < delta->n; i++)
        if (value_get(hard, delta->items[i].name) && !value_get(used, delta->items[i].name))
            buf_fmt(&b, "%s%.*s", n++ ? "," : "", STR_FMT(delta->items[i].name));
    if (!n)
        return 0;
    *why = arena_fmt(a, "status unknown for quota: %.*s, resources: %s", STR_FMT(value_text_at(quota, "metadata.name")), buf_cstr(&b));
    return why->p ? QUOTA_REFUSED : -ENOMEM;
}

int quota_charge(struct arena *a, const struct value *quota, const struct schema_resource *r, const struct value *object,
                 const struct quota_amounts *delta, bool creates, struct value *used, struct str *why)
{
    const struct value *hard = value_at(quota, "status.hard"), *before = value_at(quota, "status.used");
    struct quota_amounts over = {.arena = a};
    bool moves = false, pods = str_is(r->name, "pods") && r->group.n == 0;
    int rc = pods && creates ? incomplete(a, quota, object, why) : 0;
    if (rc == 0)
        rc = uncounted(a, quota, delta, why);
    if (rc == 0 && before)
        rc = value_copy(a, before, used);
    for (size_t i = 0; rc == 0 && i < delta->n; i++) {
        const struct quota_amount *d = &delta->items[i];
        const struct value *limit = value_get(hard, d->name);
        if (!limit || d->n.nano == 0)
            continue;
        struct quantity sum = quantity_of(value_get(before, d->name));
        if (sum.nano == 0)
            sum.format = d->n.format;
        sum.nano += d->n.nano;
        moves = true;
        if (d->n.nano > 0 && quantity_cmp(sum, quantity_of(limit)) > 0)
            quota_add(&over, d->name, d->n);
        rc = put(a, used, d->name, sum);
    }
    if (rc)
        return rc;
    if (delta->failed || over.failed)
        return -ENOMEM;
    if (over.n) {
        qsort(over.items, over.n, sizeof(*over.items), by_name);
        return exceeded(a, quota, &over, why);
    }
    return moves ? 0 : QUOTA_SAME;
}

int quota_status(struct arena *a, const struct value *quota, const struct quota_amounts *used, struct value *out)
{
    const struct value *hard = value_at(quota, "spec.hard");
    struct value limits = value_make_map(), sums = value_make_map();
    int r = hard ? value_copy(a, hard, &limits) : 0;
    VALUE_EACH_MEMBER (m, hard) {
        struct quantity n = quota_find(used, m->key);
        if (r == 0)
            r = put(a, &sums, m->key, n);
    }
    *out = value_make_map();
    VALUE_SET(&r, a, out, "hard", limits);
    VALUE_SET(&r, a, out, "used", sums);
    return used->failed ? -ENOMEM : r;
}
