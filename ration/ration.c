#include "ration/ration.h"

struct bucket {
    struct list link; /* in the order of use */
    struct str key;
    int64_t milli; /* thousandths of tokens … */
    int64_t at;    /* … there were at this time */
};
struct ration {
    int64_t per_second, burst;
    size_t most;
    struct map buckets;
    struct list used; /* the longest unused first */
};

int ration_new(struct ration **out, int32_t per_second, int32_t burst, size_t keys)
{
    struct ration *r = mem_alloc(sizeof(*r));
    if (!r)
        return -ENOMEM;
    r->per_second = per_second;
    r->burst = burst;
    r->most = keys;
    list_init(&r->used);
    *out = r;
    return 0;
}

static void forget(struct ration *r, struct bucket *b)
{
    map_del(&r->buckets, b->key);
    list_del(&b->link);
    mem_free(b);
}

struct ration *ration_free(struct ration *r)
{
    if (!r)
        return NULL;
    while (!list_empty(&r->used))
        forget(r, CONTAINER_OF(r->used.next, struct bucket, link));
    map_done(&r->buckets);
    return mem_free(r);
}

static struct bucket *bucket_new(struct ration *r, struct str key, int64_t now_ms)
{
    struct bucket *b = mem_alloc(sizeof(*b) + key.n);
    if (!b)
        return NULL;
    if (key.n)
        memcpy(b + 1, key.p, key.n);
    b->key = str_make(b + 1, key.n);
    b->milli = r->burst * 1000;
    b->at = now_ms;
    list_init(&b->link);
    if (map_put(&r->buckets, b->key, b) < 0)
        return mem_free(b);
    if (r->buckets.n > r->most)
        forget(r, CONTAINER_OF(r->used.next, struct bucket, link));
    list_add(&r->used, &b->link);
    return b;
}

/* Tokens a second are thousandths a millisecond. */
static void fill(const struct ration *r, struct bucket *b, int64_t now_ms)
{
    int64_t full = r->burst * 1000, passed = MAX(now_ms - b->at, (int64_t)0), lacks = full - b->milli;
    b->milli = passed >= lacks / r->per_second + 1 ? full : b->milli + passed * r->per_second;
    b->at = now_ms;
}

int ration_take(struct ration *r, struct str key, int64_t now_ms)
{
    struct bucket *b = map_get(&r->buckets, key);
    if (!b)
        b = bucket_new(r, key, now_ms);
    if (!b)
        return -ENOMEM;
    list_del(&b->link);
    list_add(&r->used, &b->link);
    fill(r, b, now_ms);
    if (b->milli < 1000)
        return RATION_SPENT;
    b->milli -= 1000;
    return 0;
}
