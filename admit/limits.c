/* LimitRanger: a namespace's LimitRanges complete what containers ask for and
 * bound what containers, pods and claims may. */
#include "admit/inside.h"

#define PROBLEMS_MAX 32

struct problems {
    struct admit_request *q;
    struct str items[PROBLEMS_MAX];
    size_t n;
    int error;
};

static void problem(struct problems *p, const char *fmt, ...) PRINTF(2, 3);
static void problem(struct problems *p, const char *fmt, ...)
{
    SCOPED_BUF b = BUF_INIT(4096);
    va_list ap;
    va_start(ap, fmt);
    buf_vfmt(&b, fmt, ap);
    va_end(ap);
    if (p->n >= PROBLEMS_MAX || p->error < 0)
        return;
    p->error = arena_str(p->q->arena, buf_view(&b), &p->items[p->n]);
    p->n += p->error == 0;
}

struct shown {
    char text[64];
};

static struct shown show(struct quantity q)
{
    struct shown s;
    SCOPED_BUF b = BUF_INIT(0);
    quantity_print(q, &b);
    snprintf(s.text, sizeof(s.text), "%s", buf_cstr(&b));
    return s;
}

/* ── completing ── */

/* Adds below `path` (a constant: the tree borrows its names) what the limit range's `from` has and the container has
 * not; lists the names. */
static int part_complete(struct arena *a, struct value *container, const char *path, const struct value *from, struct buf *names)
{
    VALUE_EACH_MEMBER (m, from) {
        struct value *own = value_at(container, path);
        if (value_get(own, m->key))
            continue;
        if (!own || own->type != VALUE_MAP)
            own = value_put(a, container, path, value_make_map());
        struct value copy;
        if (!own || value_copy(a, &m->value, &copy) < 0 || !value_set(a, own, m->key, copy))
            return -ENOMEM;
        buf_fmt(names, "%s%.*s", names->n ? ", " : "", STR_FMT(m->key));
    }
    return buf_error(names);
}

static int containers_complete(struct arena *a, struct value *containers, const char *what, const struct value *limits, const struct value *requests,
                               struct buf *notes)
{
    VALUE_EACH_ITEM (c, containers) {
        SCOPED_BUF set_requests = BUF_INIT(4096);
        SCOPED_BUF set_limits = BUF_INIT(4096);
        struct str name = value_text_at(c, "name");
        int r = part_complete(a, c, "resources.limits", limits, &set_limits);
        if (r == 0)
            r = part_complete(a, c, "resources.requests", requests, &set_requests);
        if (r < 0)
            return r;
        if (set_requests.n)
            buf_fmt(notes, "%s%.*s request for %s %.*s", notes->n ? "; " : "", STR_FMT(buf_view(&set_requests)), what, STR_FMT(name));
        if (set_limits.n)
            buf_fmt(notes, "%s%.*s limit for %s %.*s", notes->n ? "; " : "", STR_FMT(buf_view(&set_limits)), what, STR_FMT(name));
    }
    return buf_error(notes);
}

/* A range's defaults for containers: requests fall back to the default limits, as its own defaulting has it. */
static int range_complete(void *ctx, const struct value *range)
{
    struct admit_request *q = ctx;
    SCOPED_BUF notes = BUF_INIT(64u << 10);
    int r = 0;
    VALUE_EACH_ITEM (item, value_at(range, "spec.limits")) {
        if (!str_is(value_text_at(item, "type"), "Container"))
            continue;
        const struct value *limits = value_get(item, STR("default")), *requests = value_get(item, STR("defaultRequest"));
        r = containers_complete(q->arena, value_at(q->object, "spec.containers"), "container", limits, requests, &notes);
        if (r == 0)
            r = containers_complete(q->arena, value_at(q->object, "spec.initContainers"), "init container", limits, requests, &notes);
        if (r < 0)
            return r;
    }
    if (notes.n == 0)
        return 0;
    struct value *annotations = value_at(q->object, "metadata.annotations");
    struct str text = arena_fmt(q->arena, "LimitRanger plugin set: %.*s", STR_FMT(buf_view(&notes)));
    if (!annotations || annotations->type != VALUE_MAP)
        annotations = value_put(q->arena, q->object, "metadata.annotations", value_make_map());
    if (!text.p || !annotations || !value_set(q->arena, annotations, STR("kubernetes.io/limit-ranger"), value_make_text(text)))
        return -ENOMEM;
    return 0;
}

int limits_mutate(struct admit_request *q, struct admit_answer *ans, struct err *err)
{
    (void)ans;
    if (q->subresource.n || q->operation != ADMIT_CREATE)
        return 0;
    int r = q->lookup->each(q->lookup->ctx, q->arena, STR(""), STR("limitranges"), q->namespace, range_complete, q);
    return r < 0 ? err_raise(err, r, "cannot apply limit ranges") : 0;
}

/* ── bounding ── */

struct usage {
    const char *type; /* Container, Pod, PersistentVolumeClaim */
    const struct value *requests, *limits;
};

static void check_min(struct problems *p, const struct usage *u, struct str name, struct quantity enforced)
{
    const struct value *req = value_get(u->requests, name), *lim = value_get(u->limits, name);
    struct quantity r = quantity_of(req), l = quantity_of(lim);
    if (!req)
        problem(p, "minimum %.*s usage per %s is %s.  No request is specified", STR_FMT(name), u->type, show(enforced).text);
    else if (quantity_cmp(r, enforced) < 0)
        problem(p, "minimum %.*s usage per %s is %s, but request is %s", STR_FMT(name), u->type, show(enforced).text, show(r).text);
    else if (lim && quantity_cmp(l, enforced) < 0)
        problem(p, "minimum %.*s usage per %s is %s, but limit is %s", STR_FMT(name), u->type, show(enforced).text, show(l).text);
}

static void check_max(struct problems *p, const struct usage *u, struct str name, struct quantity enforced, bool requests_only)
{
    const struct value *req = value_get(u->requests, name), *lim = value_get(u->limits, name);
    struct quantity r = quantity_of(req), l = quantity_of(lim);
    if (requests_only && !req)
        problem(p, "maximum %.*s usage per %s is %s.  No request is specified", STR_FMT(name), u->type, show(enforced).text);
    else if (!requests_only && !lim)
        problem(p, "maximum %.*s usage per %s is %s.  No limit is specified", STR_FMT(name), u->type, show(enforced).text);
    else if (!requests_only && quantity_cmp(l, enforced) > 0)
        problem(p, "maximum %.*s usage per %s is %s, but limit is %s", STR_FMT(name), u->type, show(enforced).text, show(l).text);
    else if (req && quantity_cmp(r, enforced) > 0)
        problem(p, "maximum %.*s usage per %s is %s, but request is %s", STR_FMT(name), u->type, show(enforced).text, show(r).text);
}

static void check_ratio(struct problems *p, const struct usage *u, struct str name, struct quantity enforced)
{
    const struct value *req = value_get(u->requests, name), *lim = value_get(u->limits, name);
    struct quantity r = quantity_of(req), l = quantity_of(lim);
    const char *none = !req || r.nano == 0 ? "request" : !lim || l.nano == 0 ? "limit" : NULL;
    if (none) {
        problem(p, "%.*s max limit to request ratio per %s is %s, but no %s is specified or %s is 0", STR_FMT(name), u->type, show(enforced).text,
                none, none);
        return;
    }
    double ratio = (double)l.nano / (double)r.nano;
    if (ratio > (double)enforced.nano / 1e9)
        problem(p, "%.*s max limit to request ratio per %s is %s, but provided ratio is %f", STR_FMT(name), u->type, show(enforced).text, ratio);
}

static void item_check(struct problems *p, const struct value *item, const struct usage *u, bool claim)
{
    VALUE_EACH_MEMBER (m, value_get(item, STR("min")))
        check_min(p, u, m->key, quantity_of(&m->value));
    VALUE_EACH_MEMBER (m, value_get(item, STR("max")))
        check_max(p, u, m->key, quantity_of(&m->value), claim);
    if (claim)
        return;
    VALUE_EACH_MEMBER (m, value_get(item, STR("maxLimitRequestRatio")))
        check_ratio(p, u, m->key, quantity_of(&m->value));
}

static int quantity_put(struct arena *a, struct value *map, struct str name, struct quantity q)
{
    struct shown s = show(q);
    struct str text;
    if (arena_str(a, str_of(s.text), &text) < 0 || !value_set(a, map, name, value_make_text(text)))
        return -ENOMEM;
    return 0;
}

/* What a whole pod asks for: its containers and sidecars at once, or the largest init container with the sidecars
 * before it, whichever is more. Limits count only where each container has one. */
static int pod_sum(struct arena *a, const struct value *pod, const char *path, struct value *out)
{
    struct value side = value_make_map(), most = value_make_map();
    *out = value_make_map();
    VALUE_EACH_ITEM (c, value_at(pod, "spec.containers"))
        VALUE_EACH_MEMBER (m, value_at(c, path)) {
            struct quantity sum = quantity_of(value_get(out, m->key));
            struct quantity one = quantity_of(&m->value);
            one.nano += sum.nano;
            if (quantity_put(a, out, m->key, one) < 0)
                return -ENOMEM;
        }
    VALUE_EACH_ITEM (c, value_at(pod, "spec.initContainers")) {
        bool stays = str_is(value_text_at(c, "restartPolicy"), "Always");
        VALUE_EACH_MEMBER (m, value_at(c, path)) {
            struct quantity one = quantity_of(&m->value);
            one.nano += quantity_of(value_get(&side, m->key)).nano;
            if ((stays && quantity_put(a, &side, m->key, one) < 0) ||
                (quantity_cmp(one, quantity_of(value_get(&most, m->key))) > 0 && quantity_put(a, &most, m->key, one) < 0))
                return -ENOMEM;
        }
    }
    VALUE_EACH_MEMBER (m, &side) {
        struct quantity one = quantity_of(&m->value);
        one.nano += quantity_of(value_get(out, m->key)).nano;
        if (quantity_put(a, out, m->key, one) < 0)
            return -ENOMEM;
    }
    VALUE_EACH_MEMBER (m, &most)
        if (quantity_cmp(quantity_of(&m->value), quantity_of(value_get(out, m->key))) > 0 && quantity_put(a, out, m->key, quantity_of(&m->value)) < 0)
            return -ENOMEM;
    return 0;
}

static void containers_check(struct problems *p, const struct value *item, const struct value *containers)
{
    VALUE_EACH_ITEM (c, containers) {
        struct usage u = {"Container", value_at(c, "resources.requests"), value_at(c, "resources.limits")};
        item_check(p, item, &u, false);
    }
}

static int pod_check(struct problems *p, const struct value *item)
{
    struct value requests, limits;
    struct usage u = {"Pod", &requests, &limits};
    int r = pod_sum(p->q->arena, p->q->object, "resources.requests", &requests);
    if (r == 0)
        r = pod_sum(p->q->arena, p->q->object, "resources.limits", &limits);
    if (r == 0)
        item_check(p, item, &u, false);
    return r;
}

static int range_check(void *ctx, const struct value *range)
{
    struct problems *p = ctx;
    bool claim = str_is(p->q->resource, "persistentvolumeclaims");
    VALUE_EACH_ITEM (item, value_at(range, "spec.limits")) {
        struct str type = value_text_at(item, "type");
        if (claim && str_is(type, "PersistentVolumeClaim")) {
            struct usage u = {"PersistentVolumeClaim", value_at(p->q->object, "spec.resources.requests"), NULL};
            item_check(p, item, &u, true);
        } else if (!claim && str_is(type, "Container")) {
            containers_check(p, item, value_at(p->q->object, "spec.containers"));
            containers_check(p, item, value_at(p->q->object, "spec.initContainers"));
        } else if (!claim && str_is(type, "Pod")) {
            int r = pod_check(p, item);
            if (r < 0)
                return r;
        }
    }
    return p->error;
}

int limits_validate(struct admit_request *q, struct admit_answer *ans, struct err *err)
{
    struct problems p = {.q = q};
    SCOPED_BUF all = BUF_INIT(64u << 10);
    bool pod = admit_is(q, "", "pods");
    bool resize = pod && str_is(q->subresource, "resize");
    if ((q->subresource.n && !resize) || (pod && q->operation == ADMIT_UPDATE && !resize))
        return 0;
    if (q->operation == ADMIT_UPDATE && !value_is_null(value_at(q->object, "metadata.deletionTimestamp")))
        return 0; /* nothing may stand in the way of finalizers going */
    int r = q->lookup->each(q->lookup->ctx, q->arena, STR(""), STR("limitranges"), q->namespace, range_check, &p);
    if (r < 0)
        return err_raise(err, r, "cannot check limit ranges");
    if (p.n == 0)
        return 0;
    for (size_t i = 0; i < p.n; i++)
        buf_fmt(&all, "%s%.*s", i ? ", " : p.n > 1 ? "[" : "", STR_FMT(p.items[i]));
    if (p.n > 1)
        buf_char(&all, ']');
    return buf_error(&all) < 0 ? admit_no_memory(err) : admit_forbid(q, ans, "%s", buf_cstr(&all));
}
