#include <sys/mman.h>

#include "os/os.h"

#define BLOCK_BYTES ((size_t)64 * 1024)

/* Each object has its block before it. What was never handed out has never been touched, and is no memory yet. */
struct os_slab_block {
    struct list link; /* in slab->blocks, those with room first */
    char *bytes;
    struct place *free;
    size_t fresh, used; /* places handed out ever, and now */
};
struct place {
    struct os_slab_block *block;
    struct place *next; /* while free; an object begins here */
};

static size_t place_bytes(const struct os_slab *s)
{
    return (offsetof(struct place, next) + MAX(s->size, sizeof(struct place *)) + 15) & ~(size_t)15;
}

static bool block_full(const struct os_slab *s, const struct os_slab_block *b)
{
    return !b->free && b->fresh == BLOCK_BYTES / place_bytes(s);
}

static struct os_slab_block *block_new(struct os_slab *s)
{
    struct os_slab_block *b = mem_alloc(sizeof(*b));
    if (!b)
        return NULL;
    b->bytes = mmap(NULL, BLOCK_BYTES, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (b->bytes == MAP_FAILED)
        return mem_free(b);
    list_add_front(&s->blocks, &b->link);
    return b;
}

static void block_free(struct os_slab_block *b)
{
    list_del(&b->link);
    munmap(b->bytes, BLOCK_BYTES);
    mem_free(b);
}

void os_slab_init(struct os_slab *s, size_t size)
{
    CHECK(size <= BLOCK_BYTES / 16);
    list_init(&s->blocks);
    s->size = size;
#ifdef ARENA_ONE_MALLOC
    s->apart = true;
#else
    s->apart = false;
#endif
}

void os_slab_done(struct os_slab *s)
{
    LIST_EACH (b, &s->blocks, struct os_slab_block, link) {
        CHECK(!b->used);
        block_free(b);
    }
}

void *os_slab_alloc(struct os_slab *s)
{
    if (s->apart)
        return mem_alloc(s->size);
    struct os_slab_block *b = list_empty(&s->blocks) ? NULL : CONTAINER_OF(s->blocks.next, struct os_slab_block, link);
    if (!b || block_full(s, b))
        b = block_new(s);
    if (!b)
        return NULL;
    struct place *p = b->free;
    if (p)
        b->free = p->next;
    else
        p = (struct place *)(void *)(b->bytes + b->fresh++ * place_bytes(s));
    p->block = b;
    b->used++;
    if (block_full(s, b)) {
        list_del(&b->link);
        list_add(&s->blocks, &b->link);
    }
    return memset(&p->next, 0, s->size);
}

void *os_slab_free(struct os_slab *s, void *object)
{
    if (!object || s->apart)
        return mem_free(object);
    struct place *p = CONTAINER_OF(object, struct place, next);
    struct os_slab_block *b = p->block;
    bool only = s->blocks.next == &b->link && b->link.next == &s->blocks;
    p->next = b->free;
    b->free = p;
    if (--b->used == 0 && !only) {
        block_free(b);
        return NULL;
    }
    list_del(&b->link); /* the one that came free last is filled first: others may come free altogether */
    list_add_front(&s->blocks, &b->link);
    return NULL;
}
