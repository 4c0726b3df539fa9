/* queue: bytes that wait to be sent, in segments of their own or shared with others. */
#include "http/inside.h"

#define POOL_SPARE 64u

void http_queue_spare_drop(struct http_pool *p)
{
    while (p->spare) {
        struct http_segment *s = p->spare;
        p->spare = s->next;
        mem_free(s);
    }
}

static void segment_free(struct http_pool *p, struct http_segment *s)
{
    if (s->release)
        s->release(s->owner);
#ifndef ARENA_ONE_MALLOC
    if (s->cap == HTTP_SEGMENT_LARGE && p->n_spare < POOL_SPARE) {
        s->next = p->spare;
        p->spare = s;
        p->n_spare++;
        return;
    }
#endif
    (void)p;
    mem_free(s);
}

static void queue_append(struct http_queue *q, struct http_segment *s)
{
    s->next = NULL;
    if (q->last)
        q->last->next = s;
    else
        q->first = s;
    q->last = s;
    q->n += s->n;
}

static struct http_segment *segment_own(struct http_pool *p, struct http_queue *q, size_t need)
{
    struct http_segment *s = NULL;
    size_t cap = need <= HTTP_SEGMENT_SMALL ? HTTP_SEGMENT_SMALL : HTTP_SEGMENT_LARGE;
    if (cap == HTTP_SEGMENT_LARGE && p->spare) {
        s = p->spare;
        p->spare = s->next;
        p->n_spare--;
    } else {
        s = mem_resize(NULL, sizeof(*s) + cap);
        if (!s)
            return NULL;
    }
    *s = (struct http_segment){.p = s->bytes, .cap = cap};
    queue_append(q, s);
    return s;
}

static size_t segment_room(const struct http_segment *s)
{
    return s && s->cap ? s->cap - (size_t)(s->p - s->bytes) - s->n : 0;
}

int http_queue_reserve(struct http_pool *p, struct http_queue *q, size_t n)
{
    n = MIN(n, (size_t)HTTP_SEGMENT_LARGE);
    return segment_room(q->last) >= n || segment_own(p, q, n) ? 0 : -ENOMEM;
}

int http_queue_add(struct http_pool *p, struct http_queue *q, struct str bytes)
{
    while (bytes.n) {
        struct http_segment *s = q->last;
        size_t room = segment_room(s);
        if (room == 0) {
            s = segment_own(p, q, MIN(bytes.n, (size_t)HTTP_SEGMENT_LARGE));
            if (!s)
                return -ENOMEM;
            room = s->cap;
        }
        size_t n = MIN(room, bytes.n);
        memcpy(s->bytes + (size_t)(s->p - s->bytes) + s->n, bytes.p, n);
        s->n += n;
        q->n += n;
        bytes = str_from(bytes, n);
    }
    return 0;
}

int http_queue_share(struct http_pool *p, struct http_queue *q, struct http_bytes part)
{
    int r = 0;
    if (part.bytes.n < HTTP_SHARE_LEAST || !part.release) {
        r = http_queue_add(p, q, part.bytes);
        http_bytes_release(part);
        return r;
    }
    /* A started record is filled up first: a record of its own for a few header bytes costs a system call. */
    size_t fill = MIN(segment_room(q->last), part.bytes.n);
    r = http_queue_add(p, q, str_head(part.bytes, fill));
    struct http_segment *s = r < 0 || fill == part.bytes.n ? NULL : mem_alloc(sizeof(*s));
    if (!s) {
        http_bytes_release(part);
        return fill == part.bytes.n ? r : -ENOMEM;
    }
    part.bytes = str_from(part.bytes, fill);
    *s = (struct http_segment){.p = part.bytes.p, .n = part.bytes.n, .release = part.release, .owner = part.owner};
    queue_append(q, s);
    return 0;
}

void http_queue_drop(struct http_pool *p, struct http_queue *q, size_t n)
{
    CHECK(n <= q->n);
    q->n -= n;
    while (q->first && n >= q->first->n) {
        struct http_segment *s = q->first;
        n -= s->n;
        q->first = s->next;
        if (!q->first)
            q->last = NULL;
        segment_free(p, s);
    }
    if (n) {
        q->first->p += n;
        q->first->n -= n;
    }
}

int http_queue_move(struct http_pool *p, struct http_queue *from, struct http_queue *to, size_t n)
{
    while (n) {
        struct http_segment *s = from->first;
        size_t step = MIN(n, s->n);
        int r = http_queue_add(p, to, str_make(s->p, step));
        if (r < 0)
            return r;
        http_queue_drop(p, from, step);
        n -= step;
    }
    return 0;
}

void http_queue_clear(struct http_pool *p, struct http_queue *q)
{
    while (q->first) {
        struct http_segment *s = q->first;
        q->first = s->next;
        segment_free(p, s);
    }
    *q = (struct http_queue){0};
}
