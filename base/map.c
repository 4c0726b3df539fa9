#define BASE_INSIDE
#include "base/base.h"

/* A free slot has key.p and value NULL; a tombstone has value NULL and
 * key.p TOMB. An empty key is stored with key.p EMPTY, never NULL. */
static const char TOMB[1], EMPTY[1];

void map_done(struct map *m)
{
    mem_free(m->slots);
    *m = (struct map){0};
}

static struct map_slot *find(const struct map *m, struct str key, uint64_t hash)
{
    for (size_t i = hash;; i++) {
        struct map_slot *s = &m->slots[i & (m->cap - 1)];
        if (s->value ? s->hash == hash && str_eq(s->key, key) : s->key.p != TOMB)
            return s;
    }
}

void *map_get(const struct map *m, struct str key)
{
    return m->n ? find(m, key, str_hash(key))->value : NULL;
}

static int rehash(struct map *m, size_t cap)
{
    struct map to = {.cap = cap, .slots = mem_alloc(cap * sizeof(struct map_slot))};
    if (!to.slots)
        return -ENOMEM;
    MAP_EACH (s, m)
        *find(&to, s->key, s->hash) = *s;
    to.n = to.used = m->n;
    mem_free(m->slots);
    *m = to;
    return 0;
}

int map_put(struct map *m, struct str key, void *value)
{
    CHECK(value);
    if ((m->used + 1) * 4 > m->cap * 3) {
        int r = rehash(m, m->n * 2 >= m->cap ? MAX(m->cap * 2, (size_t)8) : m->cap);
        if (r < 0)
            return r;
    }
    uint64_t hash = str_hash(key);
    struct map_slot *s = find(m, key, hash);
    if (!s->value) {
        m->n++;
        m->used++;
    }
    *s = (struct map_slot){key, hash, value};
    if (!s->key.p)
        s->key.p = EMPTY;
    return 0;
}

void *map_del(struct map *m, struct str key)
{
    struct map_slot *s = m->n ? find(m, key, str_hash(key)) : NULL;
    if (!s || !s->value)
        return NULL;
    void *value = s->value;
    *s = (struct map_slot){.key = {TOMB, 0}};
    m->n--;
    return value;
}

struct map_slot *map_next(const struct map *m, struct map_slot *at)
{
    for (at = at ? at + 1 : m->slots; at && at < m->slots + m->cap; at++)
        if (at->value)
            return at;
    return NULL;
}

int vec_grow(void **p, size_t n, size_t *cap, size_t size)
{
    if (n < *cap)
        return 0;
    size_t want = MAX(*cap * 2, (size_t)8), bytes;
    if (__builtin_mul_overflow(want, size, &bytes))
        return -ENOMEM;
    void *grown = mem_resize(*p, bytes);
    if (!grown)
        return -ENOMEM;
    *p = grown;
    *cap = want;
    return 0;
}
