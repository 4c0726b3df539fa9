/* Making a file, and finding out what an old one holds. */
#include <endian.h>
#include <fcntl.h>
#include <sys/stat.h>

#include "journal/inside.h"

static const char MAGIC[4] = {'C', 'J', 'F', '1'};

/* ── the file's head ── */

static void file_head_write(char out[FILE_HEAD], uint64_t identity, uint32_t bytes, uint32_t n)
{
    uint32_t format = htole32(FORMAT), sum;
    identity = htole64(identity);
    bytes = htole32(bytes);
    n = htole32(n);
    memcpy(out, MAGIC, 4);
    memcpy(out + 4, &format, 4);
    memcpy(out + 8, &identity, 8);
    memcpy(out + 16, &bytes, 4);
    memcpy(out + 20, &n, 4);
    memset(out + 24, 0, 4);
    sum = htole32(journal_sum(0, out, 28));
    memcpy(out + 28, &sum, 4);
}

static uint32_t word(const char *p)
{
    uint32_t v;
    memcpy(&v, p, sizeof(v));
    return le32toh(v);
}

static int file_head_read(struct journal *j, uint64_t identity, struct err *err)
{
    char head[FILE_HEAD];
    uint64_t found;
    struct stat st;
    int r = fstat(j->fd, &st) < 0 ? -errno : place_read(j, 0, head, sizeof(head));
    if (r < 0)
        return err_raise(err, r, "cannot read it: %s", strerror(-r));
    if (memcmp(head, MAGIC, 4) != 0 || word(head + 28) != journal_sum(0, head, 28))
        return err_raise(err, -EBADMSG, "its first page is damaged");
    if (word(head + 4) != FORMAT)
        return err_raise(err, -EPROTONOSUPPORT, "it is of format %u; this program knows format %d", word(head + 4), FORMAT);
    memcpy(&found, head + 8, 8);
    j->identity = le64toh(found);
    j->segment_bytes = word(head + 16);
    j->n = word(head + 20);
    if (j->identity != identity)
        return err_raise(err, -EBADMSG, "it belongs to another store");
    if (j->n < 1 || j->n > JOURNAL_SEGMENTS_MAX || !j->segment_bytes || j->segment_bytes > JOURNAL_SEGMENT_MAX || j->segment_bytes % JOURNAL_PAGE ||
        st.st_size != segment_place(j, j->n))
        return err_raise(err, -EBADMSG, "%u segments of %u bytes do not make a file of %lld", j->n, j->segment_bytes, (long long)st.st_size);
    return 0;
}

/* ── making ── */

static int write_whole(int fd, const char *p, size_t n, off_t at)
{
    while (n) {
        ssize_t w = pwrite(fd, p, n, at);
        if (w < 0 && errno == EINTR)
            continue;
        if (w <= 0)
            return w < 0 ? -errno : -EIO;
        p += w;
        n -= (size_t)w;
        at += w;
    }
    return 0;
}

/* Each segment begins with a record that was never accepted and is always forgotten: so its first page can be told from a
 * damaged one. */
static int write_segment(int fd, char *page, uint32_t bytes, off_t at, uint64_t identity, const _Atomic bool *stop)
{
    static const char zeros[16 * JOURNAL_PAGE];
    struct head none = {.identity = identity};
    head_write(page, &none);
    int r = write_whole(fd, page, JOURNAL_PAGE, at);
    for (uint32_t done = JOURNAL_PAGE, n; r == 0 && done < bytes; done += n) {
        n = MIN(bytes - done, (uint32_t)sizeof(zeros));
        r = stop && *stop ? -ECANCELED : write_whole(fd, zeros, n, at + done);
    }
    return r;
}

int journal_make(const char *path, uint32_t segment_bytes, uint32_t segments, uint64_t identity, const _Atomic bool *stop)
{
    CHECK(segment_bytes && segment_bytes % JOURNAL_PAGE == 0 && segments && segments <= JOURNAL_SEGMENTS_MAX);
    SCOPED_FD fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0)
        return -errno;
    char page[JOURNAL_PAGE] = {0};
    off_t all = (off_t)JOURNAL_PAGE + (off_t)segments * segment_bytes;
    int r = fallocate(fd, 0, 0, all) < 0 && errno != EOPNOTSUPP && errno != ENOSYS ? -errno : 0;
    for (uint32_t i = 0; r == 0 && i < segments; i++)
        r = write_segment(fd, page, segment_bytes, (off_t)JOURNAL_PAGE + (off_t)i * segment_bytes, identity, stop);
    file_head_write(page, identity, segment_bytes, segments);
    if (r == 0)
        r = write_whole(fd, page, JOURNAL_PAGE, 0);
    if (r == 0 && fsync(fd) < 0)
        r = -errno;
    if (r < 0)
        unlink(path);
    return r;
}

/* ── what an old one holds ── */

struct found {
    struct head head;
    unsigned segment;
    size_t at;
    bool named; /* the newest, or named by one that is named */
};

struct scan {
    struct journal *j;
    uint64_t forgotten;
    VEC(struct found) records; /* whole ones above `forgotten` */
};

/* Whole records of a segment, wherever they lie in it. */
static int scan_pages(struct scan *s, unsigned i, const char *p)
{
    size_t n = s->j->segment_bytes;
    struct head h;
    for (size_t at = 0; at < n;) {
        size_t step = JOURNAL_PAGE;
        if (head_read(p + at, s->j->identity, &h) && h.number > s->forgotten) {
            s->j->used = MAX(s->j->used, h.number);
            if (h.bytes <= n - at - JOURNAL_HEAD && journal_sum(0, p + at + JOURNAL_HEAD, h.bytes) == h.body_sum) {
                struct found *f = VEC_ADD(&s->records);
                if (!f)
                    return -ENOMEM;
                *f = (struct found){h, i, at, false};
                step = record_pages(h.bytes);
            }
        }
        at += step;
    }
    return 0;
}

/* A segment is forgotten as a whole: when its first record is, there is nothing in it. */
static int scan_segment(struct scan *s, unsigned i)
{
    char first[JOURNAL_HEAD];
    struct head h;
    int r = place_read(s->j, segment_place(s->j, i), first, sizeof(first));
    if (r < 0 || (head_read(first, s->j->identity, &h) && h.number <= s->forgotten))
        return r;
    char *p = mem_alloc(s->j->segment_bytes);
    if (!p)
        return -ENOMEM;
    r = place_read(s->j, segment_place(s->j, i), p, s->j->segment_bytes);
    if (r == 0)
        r = scan_pages(s, i, p);
    mem_free(p);
    return r;
}

static int by_number(const void *a, const void *b)
{
    const struct found *x = a, *y = b;
    return x->head.number < y->head.number ? -1 : x->head.number > y->head.number;
}

static long long place_of(const struct scan *s, const struct found *f)
{
    return (long long)segment_place(s->j, f->segment) + (long long)f->at;
}

/* From the newest back: whatever is named must be there. */
static int follow(struct scan *s, struct err *err)
{
    if (!s->records.n)
        return 0;
    struct found *at = &s->records.p[s->records.n - 1];
    s->j->last = at->head.number;
    s->j->last_sum = at->head.sum;
    at->named = true;
    while (at->head.previous > s->forgotten) {
        struct found want = {.head.number = at->head.previous};
        struct found *before = bsearch(&want, s->records.p, s->records.n, sizeof(want), by_number);
        if (!before || before >= at || before->head.sum != at->head.previous_sum)
            return err_raise(err, -EBADMSG, "record %llu is damaged or lost, and record %llu, which was written after it, is whole (byte %lld)",
                             (unsigned long long)at->head.previous, (unsigned long long)at->head.number, place_of(s, at));
        before->named = true;
        at = before;
    }
    return 0;
}

/* Closed segments, oldest first: their named records lie one behind the other from the segment's beginning. */
static int arrange(struct scan *s, struct err *err)
{
    struct journal *j = s->j;
    for (size_t k = 0; k < s->records.n; k++) {
        const struct found *f = &s->records.p[k];
        struct segment *g = &j->segments[f->segment];
        if (!f->named)
            continue;
        if (f->at != g->end || (g->end && j->closed[j->closed_n - 1] != f->segment))
            return err_raise(err, -EBADMSG, "record %llu lies where it cannot have been written (byte %lld)", (unsigned long long)f->head.number,
                             place_of(s, f));
        if (!g->end)
            j->closed[j->closed_n++] = f->segment;
        g->state = CLOSED;
        g->end += record_pages(f->head.bytes);
        g->last = f->head.number;
    }
    return 0;
}

static int find_records(struct journal *j, uint64_t forgotten, struct err *err)
{
    struct scan s = {.j = j, .forgotten = forgotten};
    j->last = j->used = forgotten;
    int r = 0;
    for (unsigned i = 0; r == 0 && i < j->n; i++)
        r = scan_segment(&s, i);
    if (r < 0)
        r = err_raise(err, r, "cannot read it: %s", strerror(-r));
    if (r == 0 && s.records.n)
        qsort(s.records.p, s.records.n, sizeof(s.records.p[0]), by_number);
    if (r == 0)
        r = follow(&s, err);
    if (r == 0)
        r = arrange(&s, err);
    VEC_DONE(&s.records);
    return r;
}

int journal_open(struct journal **out, const char *path, uint64_t identity, uint64_t forgotten, bool no_sync, struct err *err)
{
    struct journal *j = mem_alloc(sizeof(*j));
    if (!j)
        return err_raise(err, -ENOMEM, "no memory for it");
    j->no_sync = no_sync;
    j->at = -1;
    pthread_mutex_init(&j->lock, NULL);
    pthread_cond_init(&j->quiet, NULL);
    j->fd = open(path, O_RDWR | O_CLOEXEC);
    if (j->fd < 0 && (errno == EROFS || errno == EACCES))
        j->fd = open(path, O_RDONLY | O_CLOEXEC);
    int r = j->fd < 0 ? err_raise(err, -errno, "cannot open it: %s", strerror(errno)) : file_head_read(j, identity, err);
    if (r == 0)
        r = find_records(j, forgotten, err);
    if (r < 0)
        journal_free(j);
    else
        *out = j;
    return r;
}

struct journal *journal_free(struct journal *j)
{
    if (!j)
        return NULL;
    if (j->fd >= 0)
        close(j->fd);
    pthread_mutex_destroy(&j->lock);
    pthread_cond_destroy(&j->quiet);
    return mem_free(j);
}
