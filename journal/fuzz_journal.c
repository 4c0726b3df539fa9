/* A journal written, damaged and cut as the input says. What comes back is a run of what was accepted, in order and
 * byte for byte, beginning with the first not forgotten, or the damage is told; and what was not touched is never told
 * damaged. */
#include <fcntl.h>

#include "journal/inside.h"

enum { PAGES = 3, SEGMENTS = 3, SEGMENT = PAGES * JOURNAL_PAGE, FILE_BYTES = JOURNAL_PAGE + SEGMENTS * SEGMENT, IDENTITY = 77 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct model {
    struct journal *j;
    char path[64];
    unsigned next, first; /* bodies given; the oldest not forgotten */
    uint64_t forgotten;
    bool touched;
    unsigned seen;
};

static struct model m;

static int on_record(void *ctx, struct str body)
{
    (void)ctx;
    unsigned n;
    CHECK(body.n >= sizeof(n));
    memcpy(&n, body.p, sizeof(n));
    CHECK(n == m.seen && n < m.next);
    for (size_t i = sizeof(n); i < body.n; i++)
        CHECK(body.p[i] == (char)(n + i));
    m.seen++;
    return 0;
}

static void append(size_t bytes)
{
    struct buf b = BUF_INIT(0);
    size_t n = JOURNAL_HEAD + sizeof(m.next) + bytes;
    char *p = buf_room(&b, n);
    CHECK(p);
    for (size_t i = 0; i < bytes + sizeof(m.next); i++)
        p[JOURNAL_HEAD + i] = (char)(m.next + i);
    memcpy(p + JOURNAL_HEAD, &m.next, sizeof(m.next));
    buf_grew(&b, n);
    int r = journal_append(m.j, &b, 1);
    CHECK(r == 0 || r == JOURNAL_FULL);
    m.next += r == 0;
    buf_done(&b);
}

static void bring_over(void)
{
    uint64_t last;
    m.seen = m.first;
    int r = journal_read(m.j, on_record, NULL, &last);
    CHECK(r == 0 || r == JOURNAL_NONE || (m.touched && r == -EBADMSG));
    if (r == 0) {
        journal_forget(m.j, last);
        m.first = m.seen;
        m.forgotten = last;
    }
}

/* False: it is told to be damaged. */
static bool open_again(void)
{
    struct err err;
    journal_free(m.j);
    m.j = NULL;
    int r = journal_open(&m.j, m.path, IDENTITY, m.forgotten, true, &err);
    CHECK(r == 0 || m.touched);
    if (r < 0)
        return false;
    if (!m.touched)
        return true;
    m.seen = m.first;
    uint64_t last;
    while ((r = journal_read(m.j, on_record, NULL, &last)) == 0)
        journal_forget(m.j, last);
    CHECK(r == JOURNAL_NONE);
    return false;
}

static void damage(int fd, const uint8_t *op)
{
    off_t at = (off_t)(((unsigned)op[0] << 16 | (unsigned)op[1] << 8 | op[2]) % FILE_BYTES);
    uint8_t byte;
    CHECK(pread(fd, &byte, 1, at) == 1);
    uint8_t now = (uint8_t)(byte ^ op[3]);
    CHECK(pwrite(fd, &now, 1, at) == 1);
    m.touched |= now != byte;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct err err;
    m = (struct model){.next = 1, .first = 1};
    snprintf(m.path, sizeof(m.path), "/tmp/coracle-fuzz-journal-%d", (int)getpid());
    unlink(m.path);
    CHECK(journal_make(m.path, SEGMENT, SEGMENTS, IDENTITY, NULL) == 0);
    int fd = open(m.path, O_RDWR | O_CLOEXEC);
    CHECK(fd >= 0 && journal_open(&m.j, m.path, IDENTITY, 0, true, &err) == 0);
    for (size_t i = 0; i + 4 < size && i < 400 && m.j; i += 5) {
        switch (data[i] % 8) {
        case 0:
        case 1:
        case 2:
            append(((unsigned)data[i + 1] << 8 | data[i + 2]) % (SEGMENT - JOURNAL_HEAD - 4));
            break;
        case 3:
            journal_turn(m.j);
            break;
        case 4:
        case 5:
            bring_over();
            break;
        case 6:
            damage(fd, data + i + 1);
            break;
        default:
            if (!open_again())
                i = size; /* who was told stops */
        }
    }
    if (m.j)
        (void)open_again();
    journal_free(m.j);
    close(fd);
    unlink(m.path);
    return 0;
}
