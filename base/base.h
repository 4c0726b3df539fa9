/* base: what every room stands on — slices, errors, arenas, buffers, containers.
 *
 * Knows nothing of the machine: no file, no clock, no thread. Anyone may call
 * it from any thread; no value in here is shared between threads unless its
 * comment says so. What can go wrong is memory, and that is reported, never
 * fatal: functions answer 0, a positive outcome listed with them, or a negative
 * errno that the caller passes up. */
#ifndef CORACLE_BASE_H
#define CORACLE_BASE_H

#include <errno.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/param.h> /* MIN, MAX */
#include <sys/types.h>
#include <time.h>
#include <unistd.h>

#define MUST_USE                        __attribute__((warn_unused_result))
#define PRINTF(fmt, args)               __attribute__((format(printf, fmt, args)))
#define ARRAY_LEN(a)                    (sizeof(a) / sizeof((a)[0]))
#define CONTAINER_OF(ptr, type, member) ((type *)(void *)((char *)(ptr)-offsetof(type, member)))

/* An invariant that holds unless this program is wrong. Stays in release builds. */
#define CHECK(cond) ((cond) ? (void)0 : check_failed(#cond, __FILE__, __LINE__))
_Noreturn void check_failed(const char *cond, const char *file, int line);

/* ── ownership ─────────────────────────────────────────────────────────────
 * SCOPED(arena) mem = NULL;   freed when the scope is left, unless taken
 * owner->mem = TAKE(mem);     hands it on and clears the local */
#define SCOPED(type) __attribute__((cleanup(type##_scope_end))) struct type *
#define SCOPED_FD    __attribute__((cleanup(fd_scope_end))) int
#define TAKE(x) \
    (__extension__({ \
        __typeof__(x) taken_ = (x); \
        (x) = NULL; \
        taken_; \
    }))
#define TAKE_FD(x) \
    (__extension__({ \
        int taken_ = (x); \
        (x) = -1; \
        taken_; \
    }))
void fd_scope_end(int *fd); /* closes *fd when it is ≥ 0 */

/* ── memory ────────────────────────────────────────────────────────────────
 * The only allocator of the program. Tests make the n-th call fail with
 * mem_fail_at(n) (1 = the next one; 0 = never) and see with mem_fail_hit()
 * whether it was reached; that state is per thread. */
void *mem_alloc(size_t n) MUST_USE;               /* zeroed; NULL when there is none */
void *mem_resize(void *p, size_t n) MUST_USE;     /* new bytes are not zeroed */
void *mem_free(void *p);                          /* returns NULL */
char *mem_text(const char *p, size_t n) MUST_USE; /* copy with a NUL behind it */
void mem_fail_at(unsigned long n);
bool mem_fail_hit(void);

/* ── str: borrowed text, not NUL-terminated ────────────────────────────────
 * p may be NULL when n is 0. Whoever keeps it beyond the call copies it. */
struct str {
    const char *p;
    size_t n;
};
#define STR(lit) ((struct str){"" lit "", sizeof(lit) - 1})
#define STR_INIT(lit) \
    { \
        "" lit "", sizeof(lit) - 1 \
    }
#define STR_FMT(s) (int)(s).n, ((s).p ? (s).p : "")
#define STR_NONE   ((struct str){NULL, 0})

static inline struct str str_make(const void *p, size_t n)
{
    return (struct str){p, n};
}
/* Inline, since nearly every line asks them: the length of a literal is then a constant. */
static inline struct str str_of(const char *text) /* a C string; NULL gives an empty one */
{
    return str_make(text, text ? __builtin_strlen(text) : 0);
}
static inline bool str_eq(struct str a, struct str b)
{
    return a.n == b.n && (a.n == 0 || __builtin_memcmp(a.p, b.p, a.n) == 0);
}
static inline bool str_is(struct str a, const char *text)
{
    return str_eq(a, str_of(text));
}
bool str_eq_nocase(struct str a, struct str b); /* ASCII */
int str_cmp(struct str a, struct str b);        /* byte order, shorter first */
bool str_starts(struct str s, struct str prefix);
bool str_ends(struct str s, struct str suffix);
bool str_cut(struct str s, char at, struct str *head, struct str *tail); /* at first `at`; false: none, head = s */
bool str_cut_last(struct str s, char at, struct str *head, struct str *tail);
struct str str_trim(struct str s);               /* ASCII white space off both ends */
ssize_t str_find(struct str s, struct str what); /* byte offset, -1 = not there */
struct str str_from(struct str s, size_t at);    /* the rest from `at`, clamped */
struct str str_head(struct str s, size_t n);     /* first n bytes, clamped */
/* Takes the next piece up to `sep` off *rest; false when *rest is used up (p NULL).
 * "a,b" gives a, b; "a," gives a and ""; an empty text with p set gives one "". */
bool str_next(struct str *rest, char sep, struct str *piece);
int str_to_int(struct str s, int64_t *out) MUST_USE; /* decimal, whole text; -EINVAL, -ERANGE */
int str_to_uint(struct str s, uint64_t *out) MUST_USE;
int str_to_double(struct str s, double *out) MUST_USE; /* locale independent */
uint64_t str_hash(struct str s);                       /* keyed per process: not stable across runs */
bool str_utf8_valid(struct str s);

/* ── err: one sentence from outside in, told once ──────────────────────────
 * No allocation. A function that returns < 0 has filled it when it was given. */
#define ERR_TEXT_MAX 1024
struct err {
    char text[ERR_TEXT_MAX];
};
/* Both return r, so that `return err_raise(err, -EINVAL, …)` reads as one thing. err may be NULL. */
int err_raise(struct err *err, int r, const char *fmt, ...) PRINTF(3, 4);
int err_wrap(struct err *err, int r, const char *fmt, ...) PRINTF(3, 4); /* "fmt: what stood there" */
int err_fold(int outcome); /* a positive outcome nobody listed is a bug: -ENOTRECOVERABLE; others unchanged */

/* ── arena: many objects, one life ─────────────────────────────────────────
 * With -DARENA_ONE_MALLOC each object is a malloc of its own, so that
 * sanitizers see overruns. `max` bounds the bytes asked for; over it NULL. */
struct arena;
int arena_new(struct arena **out, size_t max) MUST_USE;
struct arena *arena_free(struct arena *a); /* NULL is fine; returns NULL */
void arena_scope_end(struct arena **a);
void *arena_alloc(struct arena *a, size_t n) MUST_USE;               /* zeroed, aligned to 16 */
char *arena_text(struct arena *a, const char *p, size_t n) MUST_USE; /* copy with a NUL behind it */
int arena_str(struct arena *a, struct str s, struct str *out) MUST_USE;
struct str arena_fmt(struct arena *a, const char *fmt, ...) PRINTF(2, 3); /* NUL behind it; p NULL: no memory */
size_t arena_used(const struct arena *a);
void arena_reset(struct arena *a); /* frees all objects, keeps the arena */

/* ── buf: bytes that grow ──────────────────────────────────────────────────
 * The first failure (no memory, over max) sticks: later writes do nothing and
 * buf_error() tells. Encoders write without looking and check once at the end. */
struct buf {
    char *p;
    size_t n;
    size_t cap;
    size_t max; /* 0: no ceiling of its own */
    int error;
};
#define BUF_INIT(ceiling) ((struct buf){.max = (ceiling)})
void buf_done(struct buf *b); /* frees and clears */
void buf_scope_end(struct buf *b);
#define SCOPED_BUF __attribute__((cleanup(buf_scope_end))) struct buf
void buf_clear(struct buf *b); /* keeps the memory, forgets bytes and error */
void buf_add(struct buf *b, const void *p, size_t n);
void buf_str(struct buf *b, struct str s);
void buf_text(struct buf *b, const char *text);
void buf_char(struct buf *b, char c);
void buf_fmt(struct buf *b, const char *fmt, ...) PRINTF(2, 3);
void buf_vfmt(struct buf *b, const char *fmt, va_list ap) PRINTF(2, 0);
void buf_int(struct buf *b, int64_t v);
void *buf_room(struct buf *b, size_t n); /* n writable bytes behind the end, then buf_grew(); NULL: failed */
void buf_grew(struct buf *b, size_t n);
void buf_drop(struct buf *b, size_t n);                    /* off the front */
int buf_error(const struct buf *b) MUST_USE;               /* 0, -ENOMEM or -E2BIG */
struct str buf_view(const struct buf *b);                  /* borrowed until the next write */
const char *buf_cstr(struct buf *b);                       /* puts a NUL behind; "" after a failure */
int buf_take(struct buf *b, char **p, size_t *n) MUST_USE; /* hands over the bytes (mem_free), NUL behind */

/* ── base64 and hex ── */
void buf_base64(struct buf *b, struct str bytes);             /* RFC 4648 §4, padded */
void buf_base64url(struct buf *b, struct str bytes);          /* §5, no padding */
int buf_unbase64(struct buf *b, struct str text) MUST_USE;    /* -EINVAL; takes both alphabets' padding rules as §4 */
int buf_unbase64url(struct buf *b, struct str text) MUST_USE; /* padding optional */
void buf_hex(struct buf *b, struct str bytes);

/* ── list: intrusive, circular, doubly linked ── */
struct list {
    struct list *next, *prev;
};
#define LIST_INIT(name) \
    { \
        &(name), &(name) \
    }
static inline void list_init(struct list *l)
{
    l->next = l->prev = l;
}
static inline bool list_empty(const struct list *l)
{
    return l->next == l;
}
static inline void list_add(struct list *head, struct list *item) /* at the end */
{
    item->prev = head->prev;
    item->next = head;
    head->prev->next = item;
    head->prev = item;
}
static inline void list_add_front(struct list *head, struct list *item)
{
    list_add(head->next, item);
}
static inline void list_del(struct list *item) /* harmless on an item that is in no list but initialised */
{
    item->prev->next = item->next;
    item->next->prev = item->prev;
    list_init(item);
}
#define LIST_EACH(item, head, type, member) \
    for (type *item = CONTAINER_OF((head)->next, type, member), *item##_next_ = CONTAINER_OF(item->member.next, type, member); \
         &item->member != (head); item = item##_next_, item##_next_ = CONTAINER_OF(item##_next_->member.next, type, member))

/* ── map: text → pointer, open addressing ──────────────────────────────────
 * Keys are borrowed: they must live as long as their entry. Not ordered.
 * Nothing may be put in while it is walked; the current entry may be deleted. */
struct map {
    struct map_slot *slots;
    size_t n;    /* entries */
    size_t used; /* entries and tombstones */
    size_t cap;
};
struct map_slot {
    struct str key;
    uint64_t hash;
    void *value; /* NULL: free or tombstone (key.p tells) */
};
void map_done(struct map *m);
void *map_get(const struct map *m, struct str key);
int map_put(struct map *m, struct str key, void *value) MUST_USE;    /* replaces key and value; value not NULL */
void *map_del(struct map *m, struct str key);                        /* the value, or NULL */
struct map_slot *map_next(const struct map *m, struct map_slot *at); /* at NULL: first; NULL: end */
#define MAP_EACH(slot, m) for (struct map_slot *slot = map_next((m), NULL); slot; slot = map_next((m), slot))

/* ── vec: growing array of one type ────────────────────────────────────────
 * struct { struct thing *p; size_t n, cap; } v = {0};  VEC_ADD(&v) gives a
 * zeroed slot's pointer or NULL; VEC_DONE(&v) frees the array itself. */
#define VEC(type) \
    struct { \
        type *p; \
        size_t n; \
        size_t cap; \
    }
#define VEC_ADD(v) \
    ((__typeof__((v)->p))(vec_grow((void **)(void *)&(v)->p, (v)->n, &(v)->cap, sizeof(*(v)->p)) < 0 \
                              ? NULL \
                              : (void *)memset(&(v)->p[(v)->n++], 0, sizeof(*(v)->p))))
#define VEC_DONE(v) ((v)->p = mem_free((v)->p), (v)->n = (v)->cap = 0)
int vec_grow(void **p, size_t n, size_t *cap, size_t size) MUST_USE;

/* ── heap: binary min-heap of intrusive items ──────────────────────────────
 * Order by `at`, then by order of arrival. */
struct heap_item {
    int64_t at;
    uint64_t seq;
    size_t pos; /* 1-based place in the heap; 0: not in it */
};
struct heap {
    struct heap_item **items;
    size_t n, cap;
    uint64_t seq;
};
void heap_done(struct heap *h); /* items stay their owners' */
int heap_add(struct heap *h, struct heap_item *item, int64_t at) MUST_USE;
int heap_reserve(struct heap *h, size_t n) MUST_USE;   /* heap_add() does not fail until there are more than n */
void heap_del(struct heap *h, struct heap_item *item); /* harmless when not in it */
struct heap_item *heap_first(const struct heap *h);

/* ── calendar: text forms of time points; the clock itself is loop's ── */
int time_parse_rfc3339(struct str s, int64_t *sec, int32_t *nsec) MUST_USE; /* any offset; -EINVAL */
void time_fmt_rfc3339(char out[32], int64_t sec);                           /* 2006-01-02T15:04:05Z */
void time_fmt_rfc3339_micro(char out[32], int64_t sec, int32_t nsec);       /* …05.000000Z */
void time_fmt_rfc3339_nano(char out[48], int64_t sec, int32_t nsec);        /* trailing zeros trimmed, as Go's RFC3339Nano */

/* ── lengths of time as Go prints them: a sign, and decimals with units, "1h15m30.5s" ── */
int duration_parse(struct str s, int64_t *nanoseconds) MUST_USE; /* -EINVAL */
void duration_print(char out[32], int64_t nanoseconds);

/* libc's unbounded text calls do not compile outside base (style.md, habit 7). */
#ifndef BASE_INSIDE
#undef sprintf /* clang: glibc makes macros of these two under _FORTIFY_SOURCE */
#undef vsprintf
#pragma GCC poison strcpy strcat sprintf vsprintf strncpy strncat gets strtok
#endif

#endif
