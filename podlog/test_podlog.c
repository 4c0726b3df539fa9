#include "podlog/podlog.h"

#include <fcntl.h>
#include <sys/stat.h>

#include "os/os.h"
#include "podlog/inside.h"
#include "tests/unit.h"

#define LINES \
    "2016-10-06T00:17:09.000000001Z stdout F one\n" \
    "2016-10-06T00:17:10.5+00:00 stderr F two\n" \
    "2016-10-06T02:17:11.000000003+02:00 stdout P thr\n" \
    "2016-10-06T00:17:11.000000004Z stdout F ee\n" \
    "torn line\n" \
    "2016-10-06T00:17:12Z stdout F\n" \
    "2016-10-06T00:17:13Z stdout F last\n"

struct world {
    struct loop *loop;
    struct podlog_reader *reader;
    char folder[64], path[96];
    struct buf out;
    int ends, end_r;
    int pause_every, pieces;
    bool close_at_first;
};

static void on_bytes(void *ctx, struct str bytes)
{
    struct world *w = ctx;
    assert_true(bytes.n <= PODLOG_PIECE_MAX);
    buf_str(&w->out, bytes);
    w->pieces++;
    if (w->close_at_first)
        podlog_close(w->reader);
    else if (w->pause_every)
        podlog_pause(w->reader, true);
}

static void on_end(void *ctx, int r, const char *error)
{
    struct world *w = ctx;
    (void)error;
    w->ends++;
    w->end_r = r;
}

static void begin(struct world *w, const char *text)
{
    *w = (struct world){0};
    assert_done(loop_new(&w->loop));
    snprintf(w->folder, sizeof(w->folder), "/tmp/coracle-podlog-%d", (int)getpid());
    snprintf(w->path, sizeof(w->path), "%s/0.log", w->folder);
    assert_done(os_tree_remove(w->folder));
    assert_done(os_dir_make(w->folder, 0755));
    if (text)
        assert_done(os_file_replace(w->path, str_of(text), 0644));
}

static void end(struct world *w)
{
    assert_done(loop_run_for(w->loop, 5));
    w->loop = loop_free(w->loop);
    buf_done(&w->out);
    assert_done(os_tree_remove(w->folder));
}

static void open_log(struct world *w, struct podlog_options o)
{
    struct err err;
    struct podlog_events e = {on_bytes, on_end, w};
    buf_clear(&w->out);
    w->ends = 0;
    if (podlog_open(&w->reader, w->loop, w->path, &o, &e, &err) < 0)
        fail_msg("%s", err.text);
}

static void until_end(struct world *w)
{
    for (int i = 0; i < 2000 && !w->ends; i++)
        assert_done(loop_run_for(w->loop, 2));
    assert_int_equal(w->ends, 1);
    assert_int_equal(w->end_r, 0);
}

static void until_text(struct world *w, const char *text)
{
    for (int i = 0; i < 2000 && !str_is(buf_view(&w->out), text); i++)
        assert_done(loop_run_for(w->loop, 2));
    assert_str(buf_view(&w->out), text);
}

static void read_all(struct world *w, struct podlog_options o, const char *expected)
{
    open_log(w, o);
    until_end(w);
    assert_str(buf_view(&w->out), expected);
}

static void append(struct world *w, const char *text)
{
    SCOPED_FD fd = open(w->path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0644);
    assert_true(fd >= 0);
    assert_done(os_write_all(fd, text, strlen(text)));
}

static void test_records(void **state)
{
    (void)state;
    struct podlog_record r;
    struct err err;
    assert_done(podlog_record_parse(STR("2016-10-06T00:17:09.6Z stderr P:x a b "), &r, &err));
    assert_int_equal(r.stream, PODLOG_STDERR);
    assert_true(r.partial);
    assert_str(r.text, "a b ");
    assert_done(podlog_record_parse(STR("t stdout F "), &r, &err));
    assert_str(r.text, "");
    assert_int_equal(podlog_record_parse(STR("t stdlog F x"), &r, &err), -EBADMSG);
    assert_string_equal(err.text, "\"stdlog\" is not a log stream");
    assert_int_equal(podlog_record_parse(STR("t stdout X x"), &r, &err), -EBADMSG);
    assert_int_equal(podlog_record_parse(STR(""), &r, &err), -EBADMSG);
    assert_int_equal(podlog_record_parse(STR("t"), &r, &err), -EBADMSG);
}

static void test_read(void **state)
{
    (void)state;
    struct world w;
    struct podlog_options all = {.tail_lines = -1, .limit_bytes = -1}, o;
    begin(&w, LINES);
    read_all(&w, all, "one\ntwo\nthree\n\nlast\n");
    o = all;
    o.streams = PODLOG_STDERR;
    read_all(&w, o, "two\n");
    o = all;
    o.timestamps = true;
    read_all(&w, o,
             "2016-10-06T00:17:09.000000001Z one\n2016-10-06T00:17:10.500000000Z two\n2016-10-06T00:17:11.000000003Z three\n"
             "2016-10-06T00:17:12.000000000Z \n2016-10-06T00:17:13.000000000Z last\n");
    o = all;
    o.since = true;
    o.since_sec = 1475713031; /* 00:17:11 */
    o.since_nsec = 4;
    read_all(&w, o, "ee\n\nlast\n");
    o = all;
    o.tail_lines = 2;
    read_all(&w, o, "\nlast\n");
    o.tail_lines = 0;
    read_all(&w, o, "");
    o.tail_lines = 100;
    read_all(&w, o, "one\ntwo\nthree\n\nlast\n");
    o = all;
    o.limit_bytes = 6;
    read_all(&w, o, "one\ntw");
    o.limit_bytes = 0;
    read_all(&w, o, "");
    struct podlog_events e = {on_bytes, on_end, &w};
    struct err err;
    assert_int_equal(podlog_open(&w.reader, w.loop, "/no/such/0.log", &all, &e, &err), -ENOENT);
    w.close_at_first = true;
    open_log(&w, all);
    assert_done(loop_run_for(w.loop, 20));
    assert_int_equal(w.ends, 0);
    end(&w);
}

static void test_long_and_slow(void **state)
{
    (void)state;
    struct world w;
    struct podlog_options all = {.tail_lines = -1, .limit_bytes = -1};
    begin(&w, "");
    SCOPED_BUF b = BUF_INIT(0);
    SCOPED_BUF expected = BUF_INIT(0);
    for (int i = 0; i < 5000; i++) {
        buf_fmt(&b, "2016-10-06T00:17:09Z stdout F line %d of a longish log with some text\n", i);
        buf_fmt(&expected, "line %d of a longish log with some text\n", i);
    }
    buf_text(&b, "2016-10-06T00:17:09Z stdout F ");
    for (int i = 0; i < 20000; i++) {
        buf_text(&b, "0123456789");
        buf_text(&expected, "0123456789");
    }
    buf_text(&b, "\n2016-10-06T00:17:09Z stdout F end\n");
    buf_text(&expected, "\nend\n");
    assert_done(os_file_replace(w.path, buf_view(&b), 0644));
    w.pause_every = 1;
    open_log(&w, all);
    for (int i = 0; i < 10000 && !w.ends; i++) {
        int before = w.pieces;
        assert_done(loop_run_for(w.loop, 1));
        assert_true(w.pieces <= before + 1); /* a paused reader says nothing */
        if (!w.ends)
            podlog_pause(w.reader, false);
    }
    assert_int_equal(w.end_r, 0);
    assert_true(str_eq(buf_view(&w.out), buf_view(&expected)));
    end(&w);
}

static void test_follow_and_rotate(void **state)
{
    (void)state;
    struct world w;
    struct err err;
    begin(&w, NULL);
    open_log(&w, (struct podlog_options){.tail_lines = -1, .limit_bytes = -1, .follow = true}); /* before there is a file */
    assert_done(loop_run_for(w.loop, 20));
    append(&w, "2016-10-06T00:17:09Z stdout F one\n2016-10-06T00:17:09Z std");
    until_text(&w, "one\n");
    append(&w, "out F two\n");
    until_text(&w, "one\ntwo\n");
    struct podlog_rotation o = {.path = w.path, .size_max = 1000, .now = 1475713031};
    assert_int_equal(podlog_rotate(&o, &err), 0);
    o.size_max = 10;
    assert_int_equal(podlog_rotate(&o, &err), PODLOG_ROTATED);
    char old[160];
    snprintf(old, sizeof(old), "%s.20161006-001711", w.path);
    SCOPED_FD fd = open(old, O_WRONLY | O_APPEND | O_CLOEXEC); /* the writer has not noticed yet */
    assert_done(os_write_all(fd, "2016-10-06T00:17:09Z stdout F three\n", 36));
    until_text(&w, "one\ntwo\nthree\n");
    append(&w, "2016-10-06T00:17:09Z stdout F four\n");
    until_text(&w, "one\ntwo\nthree\nfour\n");
    assert_int_equal(w.ends, 0);
    podlog_finish(w.reader);
    until_end(&w);
    end(&w);
}

static int refuse(void *ctx)
{
    (void)ctx;
    return -ENXIO;
}

static void test_rotation_keeps(void **state)
{
    (void)state;
    struct world w;
    struct err err;
    char name[200];
    begin(&w, NULL);
    for (int i = 0; i < 6; i++) {
        append(&w, LINES);
        struct podlog_rotation o = {.path = w.path, .size_max = 10, .now = 1475713031 + (i == 5 ? 4 : i)}; /* twice in one second */
        assert_int_equal(podlog_rotate(&o, &err), PODLOG_ROTATED);
        assert_done(podlog_compact(w.path, 4, &err));
    }
    append(&w, LINES);
    for (int i = 0; i < 6; i++) {
        snprintf(name, sizeof(name), "%s.20161006-00171%d%s", w.path, i + 1, i < 5 ? ".gz" : "");
        assert_int_equal(os_file_exists(name), i >= 3);
    }
    struct podlog_rotation o = {.path = w.path, .size_max = 10, .now = 1475713031, .reopen = refuse};
    assert_int_equal(podlog_rotate(&o, &err), -ENXIO);
    assert_true(os_file_exists(w.path));
    end(&w);
}

static void test_tail(void **state)
{
    (void)state;
    struct world w;
    begin(&w, LINES);
    SCOPED_BUF b = BUF_INIT(0);
    assert_done(podlog_tail(w.path, 3, 2048, &b));
    assert_str(buf_view(&b), "\nlast\n");
    buf_clear(&b);
    assert_done(podlog_tail(w.path, 80, 8, &b));
    assert_str(buf_view(&b), "e\n\nlast\n");
    assert_int_equal(podlog_tail("/no/such/file", 80, 8, &b), -ENOENT);
    end(&w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_records),           cmocka_unit_test(test_read),           cmocka_unit_test(test_long_and_slow),
        cmocka_unit_test(test_follow_and_rotate), cmocka_unit_test(test_rotation_keeps), cmocka_unit_test(test_tail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
