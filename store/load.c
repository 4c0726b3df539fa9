/* From disk to memory: objects into the tree, log records into events. */
#include "store/inside.h"

struct loading {
    VEC(struct object *) objects;
    VEC(struct log_slot) events; /* newest first; hold references */
    struct map after;            /* key → state in front of the oldest event seen, or ABSENT */
    struct tree_node *root;
    struct seal *seal;
    struct buf plain; /* of the value at hand */
    int64_t cut;      /* the log begins behind this revision: what stands there cannot be decrypted any more */
};

static struct object absent; /* marks a key that did not exist then */

/* Opens what was sealed and makes an object of it. */
static int load_sealed(struct loading *g, struct object **out, struct str key, struct str stored, int64_t revision, int64_t created, struct err *err)
{
    uint8_t number = 0;
    if (!g->seal && !seal_closed(stored))
        return object_load(out, key, stored, revision, created, err);
    buf_clear(&g->plain);
    int r = seal_open(g->seal, key, stored, &g->plain, &number, err);
    if (r == 0)
        r = object_load(out, key, buf_view(&g->plain), revision, created, err);
    if (r == 0)
        (*out)->sealed = number;
    return r;
}

static int on_object(void *ctx, struct str key, struct str stored, int64_t revision, int64_t created, struct err *err)
{
    struct loading *g = ctx;
    struct object **slot = VEC_ADD(&g->objects);
    if (!slot)
        return err_raise(err, -ENOMEM, "no memory for its objects");
    int r = load_sealed(g, slot, key, stored, revision, created, err);
    if (r < 0)
        g->objects.n--;
    return r < 0 ? err_wrap(err, r, "object \"%.*s\"", STR_FMT(key)) : 0;
}

static int by_key(const void *a, const void *b)
{
    return str_cmp((*(struct object *const *)a)->key, (*(struct object *const *)b)->key);
}

static int plant(struct loading *g, struct err *err)
{
    if (g->objects.n)
        qsort(g->objects.p, g->objects.n, sizeof(g->objects.p[0]), by_key);
    for (size_t i = 1; i < g->objects.n; i++)
        if (by_key(&g->objects.p[i - 1], &g->objects.p[i]) == 0)
            return err_raise(err, -EBADMSG, "object \"%.*s\" is there twice", STR_FMT(g->objects.p[i]->key));
    if (tree_build(&g->root, g->objects.p, g->objects.n) < 0)
        return err_raise(err, -ENOMEM, "no memory for its objects");
    return 0;
}

/* ── events, newest first ── */

static struct object *state_after(struct loading *g, struct str key)
{
    struct object *o = map_get(&g->after, key);
    if (o)
        return o == &absent ? NULL : o;
    return tree_get(g->root, key);
}

static int fill_event(struct loading *g, struct store_event *e, const struct kv_event *from, struct err *err)
{
    struct object *after = state_after(g, from->key);
    e->revision = from->revision;
    e->type = from->deleted ? STORE_DELETE : STORE_PUT;
    if (from->had_previous) {
        int r = load_sealed(g, &e->previous, from->key, from->previous, from->previous_revision, from->previous_created, err);
        if (r < 0)
            return r;
    }
    if (!from->deleted) {
        if (!after || after->revision != from->revision)
            return err_raise(err, -EBADMSG, "the state it led to is not there");
        e->object = object_ref(after);
    } else {
        if (after || !e->previous)
            return err_raise(err, -EBADMSG, "it deletes what was not there");
        int r = object_load(&e->object, from->key, e->previous->stored, from->revision, from->previous_created, err);
        if (r < 0)
            return r;
    }
    if (map_put(&g->after, e->object->key, e->previous ? e->previous : &absent) < 0)
        return err_raise(err, -ENOMEM, "no memory for its log");
    return 0;
}

static int on_event(void *ctx, const struct kv_event *from, struct err *err)
{
    struct loading *g = ctx;
    if (g->cut)
        return 0;
    struct log_slot *slot = VEC_ADD(&g->events);
    if (!slot)
        return err_raise(err, -ENOMEM, "no memory for its log");
    if (from->gap) {
        slot->event.revision = from->revision;
        slot->gap_from = from->gap_from;
        return 0;
    }
    int r = fill_event(g, &slot->event, from, err);
    if (r == -ENOKEY || r == -EKEYREJECTED) { /* a key that was taken away: only watchers that come from so far back feel it */
        g->cut = from->revision;
        g->events.n--;
        return 0;
    }
    return r < 0 ? err_wrap(err, r, "log record %lld of \"%.*s\"", (long long)from->revision, STR_FMT(from->key)) : 0;
}

/* ── putting it together ── */

static int keep_log(struct store *s, struct loading *g, struct err *err)
{
    if (log_reserve(&s->log, g->events.n + 1) < 0)
        return err_raise(err, -ENOMEM, "no memory for its log");
    for (size_t i = g->events.n; i-- > 0;)
        log_add(&s->log, &g->events.p[i].event, g->events.p[i].gap_from);
    return 0;
}

/* After a crash: revisions up to the mark may have been seen. Numbering goes on behind it, and the gap goes into the
 * log, so that whoever saw something in it lists again. It reaches the disk with the next batch; until then another
 * crash only finds the same gap again. */
static int bridge_gap(struct store *s, const struct kv_state *state, struct err *err)
{
    struct store_change *c = mem_alloc(sizeof(*c));
    if (!c)
        return err_raise(err, -ENOMEM, "no memory for a store");
    list_init(&c->answer);
    c->gap = c->seen = true;
    c->gap_from = state->revision;
    c->event.revision = state->reserved;
    list_add(&s->gathering->changes, &c->link);
    s->gathering->n++;
    s->gathering->last = state->reserved;
    log_add(&s->log, &c->event, c->gap_from);
    return 0;
}

static int settle(struct store *s, struct loading *g, const struct kv_state *state, struct err *err)
{
    s->log.compacted = MAX(state->compacted, g->cut);
    int r = keep_log(s, g, err);
    if (r == 0 && state->reserved > state->revision)
        r = bridge_gap(s, state, err);
    if (r < 0)
        return r;
    s->durable = state->revision;
    s->given = s->reserved = MAX(state->revision, state->reserved);
    for (size_t i = 0; i < g->objects.n; i++)
        s->object_bytes += g->objects.p[i]->key.n + g->objects.p[i]->stored.n;
    s->newest = tree_ref(g->root);
    return 0;
}

int store_load(struct store *s, struct err *err)
{
    struct loading g = {.seal = s->seal};
    struct kv_state state;
    int r = 0;
    if (s->kv) {
        struct kv_sink objects = {on_object, NULL, &g}, events = {NULL, on_event, &g};
        r = s->kv->ops->load(s->kv, &objects, &state, err);
        if (r == 0)
            r = plant(&g, err);
        if (r == 0)
            r = s->kv->ops->load(s->kv, &events, &state, err);
        if (r == 0)
            r = settle(s, &g, &state, err);
    }
    snapshot_fill(s->visible, s->newest, s->given);
    for (size_t i = 0; i < g.objects.n; i++)
        object_unref(g.objects.p[i]);
    for (size_t i = 0; i < g.events.n; i++) {
        object_unref(g.events.p[i].event.object);
        object_unref(g.events.p[i].event.previous);
    }
    buf_done(&g.plain);
    VEC_DONE(&g.objects);
    VEC_DONE(&g.events);
    map_done(&g.after);
    tree_unref(g.root);
    return r;
}
