/* The condition Available, written where it says something new. */
#include "aggregate/inside.h"
#include "os/os.h"

static bool says(const struct value *c, const struct condition *wanted)
{
    return str_is(value_text_at(c, "status"), wanted->status) && str_is(value_text_at(c, "reason"), wanted->reason) &&
           str_eq(value_text_at(c, "message"), wanted->message);
}

int status_condition(struct arena *a, struct value *tree, const struct condition *c, int64_t now, bool *changed)
{
    struct value *list = value_at(tree, "status.conditions"), *at = NULL;
    char text[32];
    struct str when;
    *changed = false;
    if (!list)
        list = value_put(a, tree, "status.conditions", value_make_list());
    VALUE_EACH_ITEM (one, list) {
        if (str_is(value_text_at(one, "type"), "Available"))
            at = one;
    }
    if (at && says(at, c))
        return 0;
    *changed = true;
    bool turned = !at || !str_is(value_text_at(at, "status"), c->status);
    time_fmt_rfc3339(text, now);
    int r = arena_str(a, str_of(text), &when);
    if (r == 0 && !turned)
        when = value_text_at(at, "lastTransitionTime");
    if (list && !at)
        at = value_add(a, list, value_make_map());
    if (r < 0 || !at)
        return -ENOMEM;
    *at = value_make_map();
    VALUE_SET(&r, a, at, "type", value_make_text(STR("Available")));
    VALUE_SET(&r, a, at, "status", value_make_text(str_of(c->status)));
    VALUE_SET(&r, a, at, "lastTransitionTime", value_make_text(when));
    VALUE_SET(&r, a, at, "reason", value_make_text(str_of(c->reason)));
    VALUE_SET(&r, a, at, "message", value_make_text(c->message));
    return r;
}

static void written(void *ctx, enum store_outcome outcome, struct object *o, int64_t revision)
{
    (void)ctx;
    (void)outcome; /* what could not be written is seen again by the next check */
    (void)o;
    (void)revision;
}

int status_set(struct aggregate_service *s, const struct condition *c)
{
    SCOPED(arena) mem = NULL;
    struct value tree = {0};
    struct str key;
    struct object *fresh = NULL;
    bool changed;
    int r = arena_new(&mem, (size_t)16 << 20);
    if (r == 0)
        r = query_key(mem, aggregate_row(), STR_NONE, s->name, &key);
    struct object *o = r == 0 ? store_newest(s->x->store, key) : NULL;
    if (!o)
        return r;
    r = object_tree(mem, o, &tree, NULL);
    if (r == 0)
        r = status_condition(mem, &tree, c, loop_wall(s->x->loop), &changed);
    if (r < 0 || !changed)
        return r;
    r = object_conform(mem, o->kind, &tree, NULL, NULL);
    if (r == 0)
        r = object_freeze(&fresh, o->key, o->kind, &tree, NULL);
    if (r < 0)
        return r;
    struct store_write w = {.object = fresh, .expect = o->revision, .done = written};
    r = store_write(s->x->store, &w);
    return r > 0 ? -EAGAIN : r;
}
