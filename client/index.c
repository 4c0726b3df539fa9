#include "client/inside.h"

/* A bucket keeps its objects in order of store key, so that lookups are stable
 * and removal is a binary search. */
struct client_bucket {
    struct str key; /* owned */
    VEC(struct object *) objects;
};

static struct client_bucket *bucket_free(struct client_bucket *b)
{
    union {
        const char *in;
        char *out;
    } key = {.in = b->key.p};
    mem_free(key.out);
    VEC_DONE(&b->objects);
    return mem_free(b);
}

static struct client_bucket *bucket_make(struct client_index *x, struct str key)
{
    struct client_bucket *b = map_get(&x->buckets, key);
    if (b)
        return b;
    b = mem_alloc(sizeof(*b));
    if (!b)
        return NULL;
    b->key = str_make(mem_text(key.p, key.n), key.n);
    if (!b->key.p || map_put(&x->buckets, b->key, b) < 0)
        return bucket_free(b);
    return b;
}

/* The place of `key` in the bucket, or where it would be. */
static size_t place(const struct client_bucket *b, struct str key)
{
    size_t low = 0, high = b->objects.n;
    while (low < high) {
        size_t mid = (low + high) / 2;
        if (str_cmp(b->objects.p[mid]->key, key) < 0)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

static int bucket_add(struct client_bucket *b, struct object *o)
{
    size_t at = place(b, o->key);
    if (at < b->objects.n && str_eq(b->objects.p[at]->key, o->key)) {
        b->objects.p[at] = o;
        return 0;
    }
    if (!VEC_ADD(&b->objects))
        return -ENOMEM;
    memmove(b->objects.p + at + 1, b->objects.p + at, (b->objects.n - 1 - at) * sizeof(*b->objects.p));
    b->objects.p[at] = o;
    return 0;
}

int client_index_put(struct client_index *x, struct object *o)
{
    struct str keys[CLIENT_INDEX_KEYS];
    char scratch[256];
    size_t n = x->keys(o, keys, scratch);
    for (size_t i = 0; i < n; i++) {
        struct client_bucket *b = bucket_make(x, keys[i]);
        if (!b || bucket_add(b, o) < 0)
            return -ENOMEM;
    }
    return 0;
}

/* Under the same keys as before, as most changes leave it: nothing moves. */
bool client_index_replace(struct client_index *x, const struct object *old, struct object *now)
{
    struct str before[CLIENT_INDEX_KEYS], after[CLIENT_INDEX_KEYS];
    char scratch[2][256];
    size_t n = x->keys(old, before, scratch[0]), m = x->keys(now, after, scratch[1]);
    if (n != m || !str_eq(old->key, now->key))
        return false;
    for (size_t i = 0; i < n; i++)
        if (!str_eq(before[i], after[i]))
            return false;
    for (size_t i = 0; i < n; i++) {
        struct client_bucket *b = map_get(&x->buckets, after[i]);
        size_t at = b ? place(b, now->key) : 0;
        if (!b || at >= b->objects.n || (b->objects.p[at] != old && b->objects.p[at] != now))
            return false; /* memory had run out as it was put: once more */
        b->objects.p[at] = now;
    }
    return true;
}

void client_index_del(struct client_index *x, struct object *o)
{
    struct str keys[CLIENT_INDEX_KEYS];
    char scratch[256];
    size_t n = x->keys(o, keys, scratch);
    for (size_t i = 0; i < n; i++) {
        struct client_bucket *b = map_get(&x->buckets, keys[i]);
        size_t at = b ? place(b, o->key) : 0;
        if (!b || at >= b->objects.n || b->objects.p[at] != o)
            continue;
        b->objects.n--;
        memmove(b->objects.p + at, b->objects.p + at + 1, (b->objects.n - at) * sizeof(*b->objects.p));
        if (b->objects.n == 0) {
            map_del(&x->buckets, b->key);
            bucket_free(b);
        }
    }
}

void client_index_done(struct client_index *x)
{
    MAP_EACH (slot, &x->buckets)
        bucket_free(slot->value);
    map_done(&x->buckets);
}

struct object *const *client_index_find(const struct client_index *x, struct str key, size_t *n)
{
    const struct client_bucket *b = map_get(&x->buckets, key);
    *n = b ? b->objects.n : 0;
    return b ? b->objects.p : NULL;
}

/* ── ready-made ── */

size_t client_index_owners(const struct object *o, struct str out[CLIENT_INDEX_KEYS], char scratch[256])
{
    (void)scratch;
    return object_owners(o, out, CLIENT_INDEX_KEYS);
}

size_t client_index_namespace(const struct object *o, struct str out[CLIENT_INDEX_KEYS], char scratch[256])
{
    (void)scratch;
    out[0] = object_namespace(o);
    return out[0].n ? 1 : 0;
}

size_t client_index_uid(const struct object *o, struct str out[CLIENT_INDEX_KEYS], char scratch[256])
{
    (void)scratch;
    out[0] = object_uid(o);
    return out[0].n ? 1 : 0;
}

size_t client_index_node(const struct object *o, struct str out[CLIENT_INDEX_KEYS], char scratch[256])
{
    return object_field(o, "spec.nodeName", &out[0], scratch) && out[0].n ? 1 : 0;
}
