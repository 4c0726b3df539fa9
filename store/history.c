/* The log, a ring of the newest events; and snapshots, of now and of the past.
 *
 * A past state is made by undoing the log's events from the nearest later root
 * at hand: the visible one, an anchor (kept every so many events, so that no
 * request undoes more than those), or one that was made for an earlier page of
 * the same list. */
#include "store/inside.h"

/* ── the log ── */

struct log_slot *log_at(const struct log *g, uint64_t seq)
{
    return &g->chunks[seq / LOG_CHUNK & (g->n_chunks - 1)][seq % LOG_CHUNK];
}

/* Room in the ring for chunks up to `end`. */
static int ring_reserve(struct log *g, uint64_t end)
{
    uint64_t from = g->first / LOG_CHUNK;
    size_t n = MAX(g->n_chunks, (size_t)8);
    while (n < end - from)
        n *= 2;
    if (n == g->n_chunks)
        return 0;
    struct log_slot **chunks = mem_alloc(n * sizeof(struct log_slot *));
    if (!chunks)
        return -ENOMEM;
    for (uint64_t c = from; c < g->chunk_end; c++)
        chunks[c & (n - 1)] = g->chunks[c & (g->n_chunks - 1)];
    mem_free(g->chunks);
    g->chunks = chunks;
    g->n_chunks = n;
    return 0;
}

int log_reserve(struct log *g, size_t more)
{
    uint64_t end = (g->end + more + LOG_CHUNK - 1) / LOG_CHUNK;
    int r = ring_reserve(g, end);
    for (; r == 0 && g->chunk_end < end; g->chunk_end++) {
        struct log_slot *chunk = mem_alloc(LOG_CHUNK * sizeof(*chunk));
        if (!chunk)
            return -ENOMEM;
        g->chunks[g->chunk_end & (g->n_chunks - 1)] = chunk;
    }
    return r;
}

static void chunk_free(struct log *g, uint64_t c)
{
    struct log_slot **at = &g->chunks[c & (g->n_chunks - 1)];
    *at = mem_free(*at);
}

static void drop_first(struct log *g)
{
    struct log_slot *slot = log_at(g, g->first);
    g->compacted = slot->event.revision;
    g->bytes -= slot->cost;
    object_unref(slot->event.object);
    object_unref(slot->event.previous);
    if (++g->first % LOG_CHUNK == 0)
        chunk_free(g, g->first / LOG_CHUNK - 1);
}

/* The new state is the tree's, or an event's behind it, to account for; what it replaced is kept for the log alone. */
static size_t event_cost(const struct store_event *e)
{
    size_t cost = sizeof(struct log_slot);
    if (e->previous)
        cost += object_bytes(e->previous);
    if (e->object && e->type == STORE_DELETE)
        cost += object_bytes(e->object);
    return cost;
}

void log_add(struct log *g, const struct store_event *e, int64_t gap_from)
{
    size_t cost = event_cost(e);
    while (g->first != g->end && (g->end - g->first >= g->max_events || g->bytes + cost > g->max_bytes))
        drop_first(g);
    CHECK(g->end / LOG_CHUNK < g->chunk_end);
    struct log_slot *slot = log_at(g, g->end++);
    *slot = (struct log_slot){.event = *e, .cost = cost, .gap_from = gap_from};
    g->bytes += cost;
    if (e->object)
        object_ref(e->object);
    if (e->previous)
        object_ref(e->previous);
}

uint64_t log_after(const struct log *g, int64_t revision)
{
    uint64_t low = g->first, high = g->end;
    while (low < high) {
        uint64_t mid = low + (high - low) / 2;
        if (log_at(g, mid)->event.revision <= revision)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

bool log_covers(const struct log *g, int64_t revision)
{
    if (revision < g->compacted)
        return false;
    uint64_t seq = log_after(g, revision);
    if (seq == g->end)
        return true;
    const struct log_slot *slot = log_at(g, seq);
    return slot->event.object || revision <= slot->gap_from;
}

void log_compact(struct log *g, int64_t revision)
{
    while (g->first != g->end && log_at(g, g->first)->event.revision <= revision)
        drop_first(g);
    g->compacted = MAX(g->compacted, revision);
}

void log_done(struct log *g)
{
    while (g->first != g->end)
        drop_first(g);
    for (uint64_t c = g->first / LOG_CHUNK; c < g->chunk_end; c++)
        chunk_free(g, c);
    g->chunks = mem_free(g->chunks);
    g->n_chunks = 0;
}

/* ── snapshots ── */

struct store_snapshot *snapshot_new(void)
{
    struct store_snapshot *v = mem_alloc(sizeof(*v));
    if (v)
        v->refs = 1;
    return v;
}

void snapshot_fill(struct store_snapshot *v, struct tree_node *root, int64_t revision)
{
    tree_ref(root);
    tree_unref(v->root);
    v->root = root;
    v->revision = revision;
}

struct store_snapshot *store_snapshot(struct store *s)
{
    return store_snapshot_ref(s->visible);
}

struct store_snapshot *store_snapshot_ref(struct store_snapshot *v)
{
    v->refs++;
    return v;
}

struct store_snapshot *store_snapshot_unref(struct store_snapshot *v)
{
    if (v && --v->refs == 0) {
        tree_unref(v->root);
        mem_free(v);
    }
    return NULL;
}

int64_t store_snapshot_revision(const struct store_snapshot *v)
{
    return v->revision;
}

struct object *store_snapshot_get(const struct store_snapshot *v, struct str key)
{
    struct object *o = tree_get(v->root, key);
    return o && !object_opaque(o) ? o : NULL;
}

size_t store_count_from(const struct store_snapshot *v, struct str prefix, struct str from)
{
    size_t end = prefix.n ? tree_rank(v->root, prefix, true) : tree_count(v->root), at = tree_rank(v->root, from, false);
    return end > at ? end - at : 0;
}

size_t store_count(const struct store_snapshot *v, struct str prefix)
{
    if (prefix.n == 0)
        return tree_count(v->root);
    return tree_rank(v->root, prefix, true) - tree_rank(v->root, prefix, false);
}

/* ── walking ── */

_Static_assert(ARRAY_LEN(((struct store_cursor *)0)->path) == 2 * TREE_LEVELS_MAX, "a path fits a cursor");

void store_cursor_start(struct store_cursor *c, const struct store_snapshot *v, struct str prefix, struct str from)
{
    c->snapshot = v;
    c->prefix = prefix;
    tree_seek(c->path, &c->depth, v->root, str_cmp(from, prefix) > 0 ? from : prefix);
}

struct object *store_cursor_next(struct store_cursor *c)
{
    struct object *o;
    while ((o = tree_here(c->path, c->depth)) != NULL) {
        if (!str_starts(o->key, c->prefix)) {
            c->depth = 0;
            return NULL;
        }
        tree_step(c->path, &c->depth);
        if (!object_opaque(o))
            break;
    }
    return o;
}

/* ── the past ── */

void history_keep(struct store *s)
{
    struct history *h = &s->history;
    uint64_t apart = MAX(s->log.max_events / (ANCHORS - 2), (size_t)256);
    if (s->log.end - h->anchor_end < apart)
        return;
    store_snapshot_unref(h->anchors[0]);
    memmove(&h->anchors[0], &h->anchors[1], sizeof(h->anchors) - sizeof(h->anchors[0]));
    h->anchors[ANCHORS - 1] = store_snapshot_ref(s->visible);
    h->anchor_end = s->log.end;
}

static void trim(struct store_snapshot **v, size_t n, int64_t compacted)
{
    for (size_t i = 0; i < n; i++)
        if (v[i] && v[i]->revision < compacted)
            v[i] = store_snapshot_unref(v[i]);
}

void history_trim(struct store *s)
{
    trim(s->history.anchors, ANCHORS, s->log.compacted);
    trim(s->history.recalled, RECALLED, s->log.compacted);
}

void history_done(struct history *h)
{
    trim(h->anchors, ANCHORS, INT64_MAX);
    trim(h->recalled, RECALLED, INT64_MAX);
}

static struct store_snapshot *nearer(struct store_snapshot *best, struct store_snapshot *v, int64_t revision)
{
    return v && v->revision >= revision && v->revision < best->revision ? v : best;
}

static struct store_snapshot *nearest(struct store *s, int64_t revision)
{
    struct history *h = &s->history;
    struct store_snapshot *best = s->visible;
    for (size_t i = 0; i < ANCHORS; i++)
        best = nearer(best, h->anchors[i], revision);
    for (size_t i = 0; i < RECALLED; i++) {
        best = nearer(best, h->recalled[i], revision);
        if (best == h->recalled[i] && best->revision == revision)
            h->used[i] = ++h->clock;
    }
    return best;
}

static void recall_keep(struct history *h, struct store_snapshot *v)
{
    size_t oldest = 0;
    for (size_t i = 1; i < RECALLED; i++)
        if (h->used[i] < h->used[oldest])
            oldest = i;
    store_snapshot_unref(h->recalled[oldest]);
    h->recalled[oldest] = store_snapshot_ref(v);
    h->used[oldest] = ++h->clock;
}

static int undo(struct tree_node **root, const struct store_event *e)
{
    if (e->previous)
        return tree_put(root, e->previous);
    return e->object ? tree_del(root, e->object->key) : 0;
}

void store_snapshots_expire(struct store *s, int64_t revision)
{
    s->snapshots_from = MAX(s->snapshots_from, revision);
}

int store_snapshot_at(struct store *s, int64_t revision, struct store_snapshot **out)
{
    if (revision > s->visible->revision)
        return -ERANGE;
    if (revision < s->visible->revision && (revision < s->snapshots_from || !log_covers(&s->log, revision)))
        return STORE_COMPACTED;
    struct store_snapshot *from = nearest(s, revision);
    if (from->revision == revision) {
        *out = store_snapshot_ref(from);
        return 0;
    }
    struct store_snapshot *v = snapshot_new();
    if (!v)
        return -ENOMEM;
    snapshot_fill(v, from->root, revision);
    uint64_t seq = log_after(&s->log, from->revision), last = log_after(&s->log, revision);
    int r = 0;
    while (r == 0 && seq-- > last)
        r = undo(&v->root, &log_at(&s->log, seq)->event);
    if (r < 0) {
        store_snapshot_unref(v);
        return r;
    }
    recall_keep(&s->history, v);
    *out = v;
    return 0;
}
