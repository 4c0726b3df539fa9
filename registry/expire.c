/* Events live for an hour after they were last seen, as upstream's leases on them. */
#include "registry/inside.h"

#define SWEEP_MS (5 * 60 * 1000)
#define SWEEP_MOST 2000 /* deletions at one go */

static void gone(void *ctx, enum store_outcome outcome, struct object *o, int64_t revision)
{
    (void)ctx;
    (void)outcome;
    (void)o;
    (void)revision; /* one that could not be deleted is met again by the next sweep */
}

static int64_t last_seen(const struct object *o)
{
    static const char *const fields[] = {"lastTimestamp", "series.lastObservedTime", "eventTime", "metadata.creationTimestamp"};
    int64_t newest = 0;
    for (size_t i = 0; i < ARRAY_LEN(fields); i++) {
        struct str text;
        char scratch[32];
        int64_t sec;
        int32_t nsec;
        if (object_field(o, fields[i], &text, scratch) && time_parse_rfc3339(text, &sec, &nsec) == 0)
            newest = MAX(newest, sec);
    }
    return newest;
}

static void sweep(struct registry *g)
{
    SCOPED(arena) mem = NULL;
    const struct schema_resource *events = schema_resource_find(STR(""), STR("v1"), STR("events"));
    struct str prefix;
    if (!events || arena_new(&mem, 4096) < 0 || registry_prefix(mem, events, STR_NONE, &prefix) < 0)
        return;
    struct store_snapshot *v = store_snapshot(g->store);
    struct store_cursor c;
    struct object *o;
    int64_t before = loop_wall(g->loop) - g->event_ms / 1000;
    size_t n = 0;
    if (!v)
        return;
    store_cursor_start(&c, v, prefix, prefix);
    while (n < SWEEP_MOST && (o = store_cursor_next(&c)) != NULL) {
        if (last_seen(o) >= before)
            continue;
        struct store_write w = {.key = o->key, .expect = o->revision, .lazy = true, .done = gone};
        n++;
        if (store_write(g->store, &w) < 0)
            break;
    }
    store_snapshot_unref(v);
}

static void tick(void *ctx)
{
    struct registry *g = ctx;
    sweep(g);
    expire_start(g);
}

void expire_start(struct registry *g)
{
    /* without memory for the timer old events stay until the next start */
    if (loop_timer_start(g->loop, &g->expire, SWEEP_MS, tick, g) < 0)
        return;
}

void expire_stop(struct registry *g)
{
    loop_timer_stop(&g->expire);
}
