#define BASE_INSIDE
#include "base/base.h"

#include <pthread.h>

#define CHUNK_FIRST 4096u
#define CHUNK_MOST  (256u * 1024u)
#define ALIGN       16u
#define SMALL       96u

struct chunk {
    struct chunk *next;
    size_t cap, used;
    _Alignas(ALIGN) unsigned char bytes[];
};

struct arena {
    struct chunk *chunks; /* the newest first */
    size_t max, used;
};

int arena_new(struct arena **out, size_t max)
{
    struct arena *a = mem_alloc(sizeof(*a));
    if (!a)
        return -ENOMEM;
    a->max = max;
    *out = a;
    return 0;
}

/* Arenas come and go with requests and events: what one leaves, the thread's next one takes, so that malloc need not split and join
 * these sizes all the time. Bounded: 64 of the first size, 32 of the next, … 8: 1 MiB. A thread that ends gives its own back. */
#define SIZES     4
#define KEPT_MOST 64u
#ifndef ARENA_ONE_MALLOC
static _Thread_local struct {
    struct chunk *chunks[SIZES];
    unsigned n[SIZES];
    bool known; /* to the key below */
} kept;
static pthread_key_t kept_key;
static bool kept_usable;

static void kept_free(void *unused)
{
    (void)unused;
    for (size_t i = 0; i < SIZES; i++)
        for (struct chunk *c; (c = kept.chunks[i]) != NULL;) {
            kept.chunks[i] = c->next;
            mem_free(c);
        }
    memset(&kept, 0, sizeof(kept));
}

static void kept_start(void)
{
    kept_usable = pthread_key_create(&kept_key, kept_free) == 0;
}

static bool keep_chunk(struct chunk *c)
{
    static pthread_once_t started = PTHREAD_ONCE_INIT;
    size_t i = 0;
    while (i < SIZES && c->cap != CHUNK_FIRST << i)
        i++;
    if (i == SIZES || kept.n[i] == KEPT_MOST >> i)
        return false;
    if (!kept.known) {
        pthread_once(&started, kept_start);
        if (!kept_usable || pthread_setspecific(kept_key, &kept) != 0)
            return false;
        kept.known = true;
    }
    c->next = kept.chunks[i];
    kept.chunks[i] = c;
    kept.n[i]++;
    return true;
}

static struct chunk *kept_chunk(size_t cap)
{
    for (size_t i = 0; i < SIZES; i++)
        if (cap == CHUNK_FIRST << i && kept.n[i]) {
            struct chunk *c = kept.chunks[i];
            kept.chunks[i] = c->next;
            kept.n[i]--;
            return c;
        }
    return NULL;
}
#else
static bool keep_chunk(struct chunk *c)
{
    (void)c;
    return false;
}
static struct chunk *kept_chunk(size_t cap)
{
    (void)cap;
    return NULL;
}
#endif

static void chunks_free(struct chunk *c)
{
    while (c) {
        struct chunk *next = c->next;
        if (!keep_chunk(c))
            mem_free(c);
        c = next;
    }
}

struct arena *arena_free(struct arena *a)
{
    if (!a)
        return NULL;
    chunks_free(a->chunks);
    return mem_free(a);
}

void arena_scope_end(struct arena **a)
{
    *a = arena_free(*a);
}

void arena_reset(struct arena *a)
{
    struct chunk *keep = NULL;
#ifndef ARENA_ONE_MALLOC
    keep = a->chunks;
#endif
    chunks_free(keep ? keep->next : a->chunks);
    if (keep) {
        keep->next = NULL;
        keep->used = 0;
    }
    a->chunks = keep;
    a->used = 0;
}

static struct chunk *chunk_add(struct arena *a, size_t cap)
{
    struct chunk *c = kept_chunk(cap);
    if (!c)
        c = mem_resize(NULL, sizeof(*c) + cap); /* zeroed as it is handed out: most of the last one never is */
    if (!c)
        return NULL;
    c->cap = cap;
    c->used = 0;
    c->next = a->chunks;
    a->chunks = c;
    return c;
}

static void *take(struct arena *a, size_t n)
{
    if (n > a->max || a->used > a->max - n)
        return NULL;
#ifdef ARENA_ONE_MALLOC
    struct chunk *c = chunk_add(a, n ? n : 1);
    if (!c)
        return NULL;
    a->used += n;
    return c->bytes;
#else
    size_t size = (n + ALIGN - 1) & ~(size_t)(ALIGN - 1);
    struct chunk *c = a->chunks;
    if (!c || c->cap - c->used < size) {
        size_t cap = c ? MIN(c->cap * 2, CHUNK_MOST) : CHUNK_FIRST;
        c = chunk_add(a, MAX(cap, size));
        if (!c)
            return NULL;
    }
    void *p = c->bytes + c->used;
    c->used += size;
    a->used += n;
    return p;
#endif
}

void *arena_alloc(struct arena *a, size_t n)
{
    unsigned char *p = take(a, n);
    if (!p)
        return NULL;
#ifndef ARENA_ONE_MALLOC
    if (n <= SMALL) {
        for (size_t i = 0; i < n; i += ALIGN) /* most are a few words, sooner zeroed than called for; a piece ends on ALIGN */
            memset(p + i, 0, ALIGN);
        return p;
    }
#endif
    return memset(p, 0, n);
}

char *arena_text(struct arena *a, const char *p, size_t n)
{
    char *copy = n < SIZE_MAX ? take(a, n + 1) : NULL;
    if (!copy)
        return NULL;
    if (n)
        memcpy(copy, p, n);
    copy[n] = 0;
    return copy;
}

int arena_str(struct arena *a, struct str s, struct str *out)
{
    char *copy = arena_text(a, s.p, s.n);
    if (!copy)
        return -ENOMEM;
    *out = str_make(copy, s.n);
    return 0;
}

struct str arena_fmt(struct arena *a, const char *fmt, ...)
{
    va_list ap, again;
    va_start(ap, fmt);
    va_copy(again, ap);
    int n = vsnprintf(NULL, 0, fmt, ap);
    char *p = n < 0 ? NULL : arena_alloc(a, (size_t)n + 1);
    if (p)
        vsnprintf(p, (size_t)n + 1, fmt, again);
    va_end(again);
    va_end(ap);
    return p ? str_make(p, (size_t)n) : STR_NONE;
}

size_t arena_used(const struct arena *a)
{
    return a->used;
}
