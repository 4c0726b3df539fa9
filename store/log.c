#include "store/inside.h"

struct log_slot *log_at(const struct log *g, uint64_t seq)
{
    return &g->slots[seq & (g->cap - 1)];
}

int log_reserve(struct log *g, size_t more)
{
    size_t held = (size_t)(g->end - g->first);
    size_t want = MIN(held + more, g->max_events);
    if (want <= g->cap)
        return 0;
    size_t cap = MAX(g->cap, (size_t)64);
    while (cap < want)
        cap *= 2;
    struct log_slot *slots = mem_alloc(cap * sizeof(*slots));
    if (!slots)
        return -ENOMEM;
    for (uint64_t seq = g->first; seq != g->end; seq++)
        slots[seq & (cap - 1)] = *log_at(g, seq);
    mem_free(g->slots);
    g->slots = slots;
    g->cap = cap;
    return 0;
}

static void drop_first(struct log *g)
{
    struct log_slot *slot = log_at(g, g->first);
    g->compacted = slot->event.revision;
    g->bytes -= slot->cost;
    g->first++;
    object_unref(slot->event.object);
    object_unref(slot->event.previous);
    *slot = (struct log_slot){0};
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
    CHECK(g->end - g->first < g->cap);
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
    g->slots = mem_free(g->slots);
    g->cap = 0;
}
