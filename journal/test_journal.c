/* A journal cut, bent and refilled in every way a disk can: what was accepted comes back, or its loss is told. */
#include <fcntl.h>
#include <sys/stat.h>

#include "journal/inside.h"
#include "tests/unit.h"

enum { PAGES = 4, SEGMENTS = 3, SEGMENT = PAGES * JOURNAL_PAGE, FILE_BYTES = JOURNAL_PAGE + SEGMENTS * SEGMENT };
#define IDENTITY 0x0123456789abcdefu

static char folder[] = "/tmp/coracle-journal-XXXXXX", path[64];
static bool sync_fails;

/* The test's own, in front of libc's. */
int fdatasync(int fd)
{
    if (sync_fails) {
        errno = EIO;
        return -1;
    }
    return fsync(fd);
}

static void make(void)
{
    unlink(path);
    assert_done(journal_make(path, SEGMENT, SEGMENTS, IDENTITY, NULL));
}

static struct journal *open_at(uint64_t forgotten)
{
    struct journal *j;
    struct err err = {{0}};
    int r = journal_open(&j, path, IDENTITY, forgotten, true, &err);
    if (r)
        fail_msg("%d: %s", r, err.text);
    return j;
}

/* Body n: its number and then bytes that follow from it. */
static int append(struct journal *j, unsigned n, size_t bytes)
{
    SCOPED_BUF b = BUF_INIT(0);
    char *p = buf_room(&b, JOURNAL_HEAD + bytes);
    assert_non_null(p);
    for (size_t i = 0; i < bytes; i++)
        p[JOURNAL_HEAD + i] = (char)(n * 31 + i / 7);
    memcpy(p + JOURNAL_HEAD, &n, sizeof(n));
    buf_grew(&b, JOURNAL_HEAD + bytes);
    return journal_append(j, &b, 1);
}

struct seen {
    unsigned bodies[64];
    size_t n;
};

static int note(void *ctx, struct str body)
{
    struct seen *s = ctx;
    unsigned n;
    memcpy(&n, body.p, sizeof(n));
    for (size_t i = sizeof(n); i < body.n; i++)
        assert_int_equal(body.p[i], (char)(n * 31 + i / 7));
    assert_true(s->n < ARRAY_LEN(s->bodies));
    s->bodies[s->n++] = n;
    return 0;
}

static struct seen drain(struct journal *j)
{
    struct seen s = {.n = 0};
    uint64_t last;
    int r;
    journal_turn(j);
    while ((r = journal_read(j, note, &s, &last)) == 0)
        journal_forget(j, last);
    assert_int_equal(r, JOURNAL_NONE);
    return s;
}

static void holds(uint64_t forgotten, unsigned from, unsigned to)
{
    struct journal *j = open_at(forgotten);
    struct seen s = drain(j);
    assert_int_equal(s.n, to + 1 - from);
    for (size_t i = 0; i < s.n; i++)
        assert_int_equal(s.bodies[i], from + i);
    journal_free(j);
}

static void refused(uint64_t forgotten, const char *why)
{
    struct journal *j;
    struct err err = {{0}};
    assert_int_equal(journal_open(&j, path, IDENTITY, forgotten, true, &err), -EBADMSG);
    if (!strstr(err.text, why))
        fail_msg("\"%s\" does not say \"%s\"", err.text, why);
}

static void file_read(char out[FILE_BYTES])
{
    SCOPED_FD fd = open(path, O_RDONLY);
    assert_int_equal(read(fd, out, FILE_BYTES), FILE_BYTES);
}

static void file_write(const char *p, size_t at, size_t n)
{
    SCOPED_FD fd = open(path, O_WRONLY);
    assert_int_equal(pwrite(fd, p, n, (off_t)at), n);
}

/* ── the plain way ── */

static void test_round(void **state)
{
    (void)state;
    make();
    struct journal *j = open_at(0);
    unsigned n = 0;
    uint64_t last = 0;
    assert_int_equal(append(j, 1, SEGMENT), -EFBIG);
    for (int round = 0; round < 5; round++) {
        unsigned first = n + 1;
        while (append(j, n + 1, 100 + n * 997 % 9000) == 0)
            n++;
        assert_true(n - first >= 4);
        assert_int_equal(append(j, 0, 10), JOURNAL_FULL);
        assert_int_equal(journal_weight(j), n + 1 - first);
        assert_true(journal_oldest(j));
        journal_free(j);
        holds(last, first, n);
        j = open_at(last);
        last = journal_number(j);
        struct seen s = drain(j);
        assert_int_equal(s.n, n + 1 - first);
        assert_false(journal_oldest(j));
        assert_int_equal(journal_weight(j), 0);
        journal_free(j);
        j = open_at(last);
        assert_int_equal(drain(j).n, 0);
        journal_turn(j);
        assert_false(journal_oldest(j));
    }
    journal_free(j);
}

static int stop_at_two(void *ctx, struct str body)
{
    (void)body;
    return ++*(int *)ctx == 2 ? -ENOSPC : 0;
}

static void test_reading_stops(void **state)
{
    (void)state;
    make();
    struct journal *j = open_at(0);
    uint64_t last;
    int calls = 0;
    for (unsigned n = 1; n <= 3; n++)
        assert_done(append(j, n, 50));
    assert_int_equal(journal_read(j, stop_at_two, &calls, &last), JOURNAL_NONE);
    journal_turn(j);
    assert_int_equal(journal_read(j, stop_at_two, &calls, &last), -ENOSPC);
    assert_done(append(j, 4, 50)); /* into the next segment */
    struct seen s = drain(j);
    assert_int_equal(s.n, 4);
    journal_free(j);
}

/* ── torn ── */

static char before[FILE_BYTES], after[FILE_BYTES];

/* `older` records have gone through the file before: what lies behind the end is not zeros then. */
static void tear(unsigned older)
{
    make();
    struct journal *j = open_at(0);
    unsigned n = 0;
    while (n < older) {
        if (append(j, n + 1, 6000 + n) == JOURNAL_FULL)
            drain(j);
        else
            n++;
    }
    drain(j);
    uint64_t forgotten = journal_number(j);
    assert_done(append(j, n + 1, 100));
    assert_done(append(j, n + 2, 3000));
    file_read(before);
    assert_done(append(j, n + 3, 2 * JOURNAL_PAGE - 200));
    file_read(after);
    journal_free(j);
    size_t from = 0, to = FILE_BYTES;
    while (before[from] == after[from])
        from++;
    while (before[to - 1] == after[to - 1])
        to--;
    for (size_t cut = from; cut <= to; cut += cut < from + 60 || cut > to - 60 ? 1 : 61) {
        file_write(before, 0, FILE_BYTES);
        file_write(after, 0, cut);
        holds(forgotten, n + 1, cut >= to ? n + 3 : n + 2);
        file_write(before, 0, FILE_BYTES); /* pages need not reach the disk in order */
        file_write(after + cut, cut, FILE_BYTES - cut);
        holds(forgotten, n + 1, cut <= from ? n + 3 : n + 2);
    }
}

static void test_torn(void **state)
{
    (void)state;
    tear(0);
    tear(10);
    tear(50);
}

/* The first record of all cut short: its number is not given again, and what another life writes beside it counts. */
static void test_torn_again(void **state)
{
    (void)state;
    make();
    struct journal *j = open_at(0);
    assert_done(append(j, 7, 100));
    journal_free(j);
    file_read(before);
    before[JOURNAL_PAGE + JOURNAL_HEAD + 20] ^= 4;
    for (unsigned later = 0; later <= 3; later++) {
        file_write(before, 0, FILE_BYTES);
        j = open_at(0);
        assert_false(journal_oldest(j));
        assert_int_equal(journal_number(j), 1);
        j->next = later; /* whichever segment it takes */
        for (unsigned n = 1; n <= later; n++)
            assert_done(append(j, n, 9000));
        assert_int_equal(journal_number(j), 1 + later);
        journal_free(j);
        if (later)
            holds(0, 1, later);
    }
}

/* ── damaged ── */

/* Three segments' worth; `last` is where the newest record lies. */
static void fill(void)
{
    make();
    struct journal *j = open_at(0);
    for (unsigned n = 1; n <= 6; n++)
        assert_done(append(j, n, n == 3 ? 100 : 5000));
    journal_free(j);
    file_read(before);
}

static void flip(size_t at, int bit)
{
    char c = (char)(before[at] ^ (1 << bit));
    file_write(&c, at, 1);
}

static void unflip(size_t at)
{
    file_write(before + at, at, 1);
}

static void test_flipped(void **state)
{
    (void)state;
    fill();
    holds(0, 1, 6);
    for (size_t at = 0; at < FILE_HEAD; at++) {
        flip(at, (int)(at % 8));
        refused(0, at >= 24 && at < 28 ? "damaged" : "");
        unflip(at);
    }
    size_t newest = 0;
    for (size_t at = JOURNAL_PAGE; at < FILE_BYTES; at += JOURNAL_PAGE) {
        struct head h;
        if (!head_read(before + at, IDENTITY, &h) || !h.number)
            continue;
        newest = h.number == 6 ? at : newest;
        size_t end = at + JOURNAL_HEAD + h.bytes;
        for (size_t k = at; k < end; k += k < at + JOURNAL_HEAD ? 1 : 487) {
            flip(k, (int)(k % 8));
            if (h.number == 6)
                holds(0, 1, 5);
            else
                refused(0, "is damaged or lost");
            unflip(k);
        }
        flip(end, 1); /* behind it: nobody's */
        holds(0, 1, 6);
        unflip(end);
    }
    assert_true(newest);
    for (size_t i = 0; i < SEGMENTS; i++) { /* whole segments gone */
        static const char zeros[SEGMENT];
        size_t at = JOURNAL_PAGE + i * SEGMENT;
        file_write(zeros, at, SEGMENT);
        if (newest >= at && newest < at + SEGMENT)
            holds(0, 1, 4);
        else
            refused(0, "is damaged or lost");
        file_write(before, 0, FILE_BYTES);
    }
}

static void test_strangers(void **state)
{
    (void)state;
    struct journal *j;
    struct err err;
    fill();
    assert_int_equal(journal_open(&j, path, IDENTITY + 1, 0, true, &err), -EBADMSG);
    assert_non_null(strstr(err.text, "another store"));
    assert_int_equal(journal_open(&j, "/tmp/coracle-journal-none", IDENTITY, 0, true, &err), -ENOENT);
    assert_int_equal(journal_make(path, SEGMENT, SEGMENTS, IDENTITY, NULL), -EEXIST);
    assert_done(truncate(path, FILE_BYTES - 1));
    refused(0, "do not make a file");
    assert_done(truncate(path, 20));
    assert_int_equal(journal_open(&j, path, IDENTITY, 0, true, &err), -EIO);
    unlink(path);
    _Atomic bool stop = true;
    assert_int_equal(journal_make(path, SEGMENT, SEGMENTS, IDENTITY, &stop), -ECANCELED);
    assert_int_equal(access(path, F_OK), -1);
    /* Its data lie before its oldest record: an old copy was put in its place. */
    make();
    j = open_at(0);
    for (unsigned n = 1; n <= 6; n++)
        assert_done(append(j, n, 5000));
    uint64_t last;
    struct seen s = {.n = 0};
    assert_done(journal_read(j, note, &s, &last));
    journal_forget(j, last);
    for (unsigned n = 7; n <= 8; n++)
        assert_done(append(j, n, 5000));
    journal_free(j);
    holds(last, (unsigned)last + 1, 8);
    refused(last - 1, "is damaged or lost");
}

/* ── appends that fail ── */

/* A record whose sync failed lies there whole. Nobody may get to see it, unless it was the last there was. */
static void test_refused(void **state)
{
    (void)state;
    for (unsigned good = 0; good < 3; good++) {
        make();
        struct journal *j;
        struct err err;
        assert_done(journal_open(&j, path, IDENTITY, 0, false, &err));
        for (unsigned n = 1; n <= good; n++)
            assert_done(append(j, n, 500));
        sync_fails = true;
        assert_int_equal(append(j, 40, 500), -EIO);
        sync_fails = false;
        assert_int_equal(journal_number(j), good + 1);
        assert_int_equal(journal_weight(j), good);
        if (good == 1) {
            journal_free(j);
            j = open_at(0);
            struct seen s = drain(j);
            assert_int_equal(s.n, 2);
            assert_int_equal(s.bodies[1], 40);
            journal_free(j);
            continue;
        }
        for (unsigned n = good + 1; n <= good + 3; n++)
            assert_done(append(j, n, 500));
        journal_free(j);
        holds(0, 1, good + 3);
        j = open_at(good + 1); /* forgotten with the number that failed */
        assert_int_equal(drain(j).n, 3);
        journal_free(j);
    }
}

/* ── memory, sums ── */

static int open_body(void *ctx)
{
    (void)ctx;
    struct journal *j;
    struct err err;
    int r = journal_open(&j, path, IDENTITY, 0, true, &err);
    if (r < 0)
        return r;
    struct seen s = {.n = 0};
    uint64_t last;
    SCOPED_BUF b = BUF_INIT(0);
    buf_text(&b, "012345678901234567890123456789012345678901234567body");
    r = buf_error(&b);
    while (r == 0 && (r = journal_read(j, note, &s, &last)) == 0)
        journal_forget(j, last);
    if (r == JOURNAL_NONE)
        r = journal_append(j, &b, 0);
    journal_free(j);
    file_write(before, 0, FILE_BYTES);
    assert_true(r < 0 || s.n == 6);
    return r;
}

static void test_allocations(void **state)
{
    (void)state;
    fill();
    unit_fail_allocations(open_body, NULL);
}

static void test_sum(void **state)
{
    (void)state;
    assert_int_equal(journal_sum(0, "123456789", 9), 0xe3069283);
    assert_int_equal(journal_sum(0, "", 0), 0);
    unsigned char bytes[300];
    for (size_t i = 0; i < sizeof(bytes); i++)
        bytes[i] = (unsigned char)(i * i + 7 * i);
    for (size_t from = 0; from < 20; from++)
        for (size_t n = 0; n < 200; n++) {
            uint32_t sum = journal_sum(0, bytes + from, n);
            assert_int_equal(sum, ~sum_by_table(~0u, bytes + from, n));
            assert_int_equal(sum, journal_sum(journal_sum(0, bytes + from, n / 3), bytes + from + n / 3, n - n / 3));
        }
}

static int end(void **state)
{
    (void)state;
    unlink(path);
    return rmdir(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_round),      cmocka_unit_test(test_reading_stops), cmocka_unit_test(test_torn),
        cmocka_unit_test(test_torn_again), cmocka_unit_test(test_flipped),       cmocka_unit_test(test_strangers),
        cmocka_unit_test(test_refused),    cmocka_unit_test(test_allocations),   cmocka_unit_test(test_sum),
    };
    if (!mkdtemp(folder))
        return 1;
    snprintf(path, sizeof(path), "%s/journal", folder);
    return cmocka_run_group_tests(tests, NULL, end);
}
