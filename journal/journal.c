/* Appending, reading, forgetting. */
#include <endian.h>

#include "journal/inside.h"

static const char MAGIC[4] = {'C', 'J', 'R', '1'};

/* ── heads ── */

static void put32(char *p, uint32_t v)
{
    v = htole32(v);
    memcpy(p, &v, sizeof(v));
}

static void put64(char *p, uint64_t v)
{
    v = htole64(v);
    memcpy(p, &v, sizeof(v));
}

static uint32_t get32(const char *p)
{
    uint32_t v;
    memcpy(&v, p, sizeof(v));
    return le32toh(v);
}

static uint64_t get64(const char *p)
{
    uint64_t v;
    memcpy(&v, p, sizeof(v));
    return le64toh(v);
}

void head_write(char out[JOURNAL_HEAD], struct head *h)
{
    memcpy(out, MAGIC, sizeof(MAGIC));
    put32(out + 4, h->bytes);
    put64(out + 8, h->number);
    put64(out + 16, h->previous);
    put64(out + 24, h->identity);
    put32(out + 32, h->previous_sum);
    put32(out + 36, h->body_sum);
    put32(out + 40, 0);
    h->sum = journal_sum(0, out, 44);
    put32(out + 44, h->sum);
}

bool head_read(const char *p, uint64_t identity, struct head *h)
{
    if (memcmp(p, MAGIC, sizeof(MAGIC)) != 0 || get64(p + 24) != identity || get32(p + 44) != journal_sum(0, p, 44))
        return false;
    *h = (struct head){get32(p + 4), get64(p + 8), get64(p + 16), identity, get32(p + 32), get32(p + 36), get32(p + 44)};
    return true;
}

size_t record_pages(size_t bytes)
{
    return (JOURNAL_HEAD + bytes + JOURNAL_PAGE - 1) / JOURNAL_PAGE * JOURNAL_PAGE;
}

off_t segment_place(const struct journal *j, unsigned i)
{
    return (off_t)JOURNAL_PAGE + (off_t)i * j->segment_bytes;
}

/* ── appending ── */

/* Under the lock. */
static void close_segment(struct journal *j)
{
    struct segment *s = &j->segments[j->at];
    s->state = s->end ? CLOSED : FREE;
    if (s->end)
        j->closed[j->closed_n++] = (unsigned)j->at;
    j->at = -1;
}

/* Under the lock. */
static bool open_segment(struct journal *j)
{
    for (unsigned k = 0; k < j->n; k++) {
        unsigned i = (j->next + k) % j->n;
        if (j->segments[i].state != FREE)
            continue;
        j->segments[i] = (struct segment){.state = WRITTEN};
        j->at = (int)i;
        j->next = i + 1;
        return true;
    }
    return false;
}

static int write_record(const struct journal *j, const char *p, size_t all, off_t at)
{
    for (size_t done = 0; done < all;) {
        ssize_t n = pwrite(j->fd, p + done, all - done, at + (off_t)done);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return n < 0 ? -errno : -EIO;
        done += (size_t)n;
    }
    return j->no_sync || fdatasync(j->fd) == 0 ? 0 : -errno;
}

/* A place for a record of so many bytes, and its number. */
static int take_place(struct journal *j, size_t pages, off_t *at, uint64_t *number)
{
    int r = 0;
    pthread_mutex_lock(&j->lock);
    if (j->at >= 0 && j->segments[j->at].end + pages > j->segment_bytes)
        close_segment(j);
    if (j->at < 0 && !open_segment(j))
        r = JOURNAL_FULL;
    if (r == 0) {
        *at = segment_place(j, (unsigned)j->at) + (off_t)j->segments[j->at].end;
        *number = ++j->used;
        j->writing = true;
    }
    pthread_mutex_unlock(&j->lock);
    return r;
}

int journal_append(struct journal *j, struct buf *record, size_t weight)
{
    CHECK(record->n >= JOURNAL_HEAD);
    size_t bytes = record->n - JOURNAL_HEAD, pages = record_pages(bytes);
    if (pages > j->segment_bytes)
        return -EFBIG;
    off_t at;
    struct head h = {.bytes = (uint32_t)bytes, .previous = j->last, .identity = j->identity, .previous_sum = j->last_sum};
    size_t more = pages - record->n;
    char *end = buf_room(record, more);
    if (!end)
        return buf_error(record);
    memset(end, 0, more);
    int r = take_place(j, pages, &at, &h.number);
    if (r)
        return r;
    h.body_sum = journal_sum(0, record->p + JOURNAL_HEAD, bytes);
    head_write(record->p, &h);
    r = write_record(j, record->p, pages, at);
    pthread_mutex_lock(&j->lock);
    struct segment *s = &j->segments[j->at];
    if (r == 0) {
        s->end += pages;
        s->weight += weight;
        s->last = j->last = h.number;
        j->last_sum = h.sum;
    } else {
        close_segment(j);
    }
    j->writing = false;
    pthread_cond_broadcast(&j->quiet);
    pthread_mutex_unlock(&j->lock);
    return r;
}

/* ── looking ── */

void journal_turn(struct journal *j)
{
    pthread_mutex_lock(&j->lock);
    while (j->writing)
        pthread_cond_wait(&j->quiet, &j->lock);
    if (j->at >= 0)
        close_segment(j);
    pthread_mutex_unlock(&j->lock);
}

uint64_t journal_oldest(struct journal *j)
{
    pthread_mutex_lock(&j->lock);
    uint64_t last = j->closed_n ? j->segments[j->closed[0]].last : 0;
    pthread_mutex_unlock(&j->lock);
    return last;
}

size_t journal_weight(struct journal *j)
{
    size_t weight = 0;
    pthread_mutex_lock(&j->lock);
    for (unsigned i = 0; i < j->n; i++)
        weight += j->segments[i].weight;
    pthread_mutex_unlock(&j->lock);
    return weight;
}

uint64_t journal_number(struct journal *j)
{
    pthread_mutex_lock(&j->lock);
    uint64_t used = j->used;
    pthread_mutex_unlock(&j->lock);
    return used;
}

/* ── reading ── */

int place_read(const struct journal *j, off_t at, char *p, size_t n)
{
    while (n) {
        ssize_t r = pread(j->fd, p, n, at);
        if (r < 0 && errno == EINTR)
            continue;
        if (r <= 0)
            return r < 0 ? -errno : -EIO;
        p += r;
        n -= (size_t)r;
        at += r;
    }
    return 0;
}

static int read_records(const struct journal *j, const char *p, size_t n, uint64_t last, int (*fn)(void *ctx, struct str body), void *ctx)
{
    struct head h = {.number = 0};
    for (size_t at = 0; at < n; at += record_pages(h.bytes)) {
        if (!head_read(p + at, j->identity, &h) || h.bytes > n - at - JOURNAL_HEAD || journal_sum(0, p + at + JOURNAL_HEAD, h.bytes) != h.body_sum)
            return -EBADMSG;
        int r = fn(ctx, str_make(p + at + JOURNAL_HEAD, h.bytes));
        if (r)
            return r;
    }
    return h.number == last ? 0 : -EBADMSG;
}

int journal_read(struct journal *j, int (*fn)(void *ctx, struct str body), void *ctx, uint64_t *last)
{
    pthread_mutex_lock(&j->lock);
    unsigned i = j->closed[0];
    bool none = j->closed_n == 0;
    struct segment s = j->segments[i];
    pthread_mutex_unlock(&j->lock);
    if (none)
        return JOURNAL_NONE;
    char *p = mem_alloc(s.end);
    if (!p)
        return -ENOMEM;
    int r = place_read(j, segment_place(j, i), p, s.end);
    if (r == 0)
        r = read_records(j, p, s.end, s.last, fn, ctx);
    mem_free(p);
    *last = s.last;
    return r;
}

void journal_forget(struct journal *j, uint64_t last)
{
    pthread_mutex_lock(&j->lock);
    CHECK(j->closed_n && j->segments[j->closed[0]].last == last);
    j->segments[j->closed[0]] = (struct segment){.state = FREE};
    j->closed_n--;
    memmove(&j->closed[0], &j->closed[1], j->closed_n * sizeof(j->closed[0]));
    pthread_mutex_unlock(&j->lock);
}
