#define BASE_INSIDE
#include "base/base.h"

static bool before(const struct heap_item *a, const struct heap_item *b)
{
    return a->at != b->at ? a->at < b->at : a->seq < b->seq;
}

static void set(struct heap *h, size_t pos, struct heap_item *item)
{
    h->items[pos - 1] = item;
    item->pos = pos;
}

static void sift_up(struct heap *h, struct heap_item *item)
{
    size_t pos = item->pos;
    for (; pos > 1 && before(item, h->items[pos / 2 - 1]); pos /= 2)
        set(h, pos, h->items[pos / 2 - 1]);
    set(h, pos, item);
}

static void sift_down(struct heap *h, struct heap_item *item)
{
    size_t pos = item->pos;
    while (pos * 2 <= h->n) {
        size_t child = pos * 2;
        if (child < h->n && before(h->items[child], h->items[child - 1]))
            child++;
        if (!before(h->items[child - 1], item))
            break;
        set(h, pos, h->items[child - 1]);
        pos = child;
    }
    set(h, pos, item);
}

void heap_done(struct heap *h)
{
    for (size_t i = 0; i < h->n; i++)
        h->items[i]->pos = 0;
    mem_free(h->items);
    *h = (struct heap){0};
}

int heap_reserve(struct heap *h, size_t n)
{
    int r = 0;
    while (r == 0 && h->cap < n)
        r = vec_grow((void **)(void *)&h->items, h->cap, &h->cap, sizeof(struct heap_item *));
    return r;
}

int heap_add(struct heap *h, struct heap_item *item, int64_t at)
{
    CHECK(item->pos == 0);
    if (vec_grow((void **)(void *)&h->items, h->n, &h->cap, sizeof(struct heap_item *)) < 0)
        return -ENOMEM;
    item->at = at;
    item->seq = ++h->seq;
    set(h, ++h->n, item);
    sift_up(h, item);
    return 0;
}

void heap_del(struct heap *h, struct heap_item *item)
{
    size_t pos = item->pos;
    if (!pos)
        return;
    item->pos = 0;
    struct heap_item *last = h->items[--h->n];
    if (last == item)
        return;
    set(h, pos, last);
    sift_up(h, last);
    sift_down(h, last);
}

struct heap_item *heap_first(const struct heap *h)
{
    return h->n ? h->items[0] : NULL;
}
