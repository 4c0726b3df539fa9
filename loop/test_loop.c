#include "tests/unit.h"

#include <fcntl.h>
#include <netinet/in.h>
#include <pthread.h>
#include <signal.h>
#include <sys/socket.h>

#include "loop/loop.h"

struct seen {
    struct loop *loop;
    struct loop_timer timer[3];
    struct loop_task task;
    char order[64];
    int n;
};

static void mark(struct seen *s, char c)
{
    if (s->n < 60)
        s->order[s->n++] = c;
}

static void mark_a(void *ctx)
{
    mark(ctx, 'a');
}

static void mark_b(void *ctx)
{
    mark(ctx, 'b');
}

static void stop(void *ctx)
{
    struct seen *s = ctx;
    mark(s, '.');
    loop_stop(s->loop);
}

static void timers_and_tasks(struct loop *l)
{
    struct seen s = {.loop = l};
    assert_done(loop_timer_start(l, &s.timer[0], 30, mark_b, &s));
    assert_done(loop_timer_start(l, &s.timer[1], 10, mark_a, &s));
    assert_done(loop_timer_start(l, &s.timer[2], 50, stop, &s));
    loop_defer(l, &s.task, mark_b, &s);
    loop_defer(l, &s.task, mark_b, &s); /* harmless when queued */
    assert_int_equal(s.n, 0);
    int64_t before = loop_now(l);
    assert_done(loop_run(l));
    assert_string_equal(s.order, "bab.");
    assert_true(loop_now(l) - before >= 50);
    assert_done(loop_timer_start(l, &s.timer[0], 5, mark_a, &s));
    loop_timer_stop(&s.timer[0]);
    loop_timer_stop(&s.timer[0]);
    assert_done(loop_run_for(l, 20));
    assert_string_equal(s.order, "bab.");
}

static void test_real(void **state)
{
    (void)state;
    struct loop *l;
    assert_done(loop_new(&l));
    timers_and_tasks(l);
    loop_free(l);
}

static void test_simulated(void **state)
{
    (void)state;
    struct loop *l;
    assert_done(loop_new_simulated(&l, 1000));
    timers_and_tasks(l);
    struct seen s = {.loop = l};
    int64_t wall = loop_wall(l);
    assert_done(loop_timer_start(l, &s.timer[0], 86400 * 1000, mark_a, &s));
    assert_done(loop_run(l)); /* a day in no time; ends when nothing is left */
    assert_int_equal(loop_wall(l) - wall, 86400);
    assert_string_equal(s.order, "a");
    loop_free(l);
}

static void *poster(void *ctx)
{
    struct seen *s = ctx;
    loop_post(s->loop, &s->task, stop, s);
    return NULL;
}

static void test_post(void **state)
{
    (void)state;
    struct seen s = {0};
    pthread_t t;
    assert_done(loop_new(&s.loop));
    pthread_create(&t, NULL, poster, &s);
    assert_done(loop_run(s.loop));
    pthread_join(t, NULL);
    assert_string_equal(s.order, ".");
    loop_free(s.loop);
}

/* Posted and taken back: it neither runs nor leaves anything that a freed task would be found in. */
static void test_post_cancelled(void **state)
{
    (void)state;
    struct seen s = {0};
    pthread_t t;
    assert_done(loop_new(&s.loop));
    pthread_create(&t, NULL, poster, &s);
    pthread_join(t, NULL);
    loop_post_cancel(s.loop, &s.task);
    loop_post_cancel(s.loop, &s.task);
    assert_done(loop_run_for(s.loop, 5));
    assert_string_equal(s.order, "");
    loop_free(s.loop);
}

struct ran {
    struct loop *loop;
    int code, signal;
    char out[64], err[64];
    size_t out_n;
};

static void on_output(void *ctx, const struct loop_output *o)
{
    struct ran *r = ctx;
    r->code = o->code;
    r->signal = o->signal;
    r->out_n = o->out.n;
    snprintf(r->out, sizeof(r->out), "%.*s", STR_FMT(o->out));
    snprintf(r->err, sizeof(r->err), "%.*s", STR_FMT(o->err));
    loop_stop(r->loop);
}

static struct ran run(const char *script, struct str input, size_t max, int64_t timeout)
{
    struct ran r = {0};
    const char *const argv[] = {"sh", "-c", script, NULL};
    assert_done(loop_new(&r.loop));
    assert_done(loop_run_program(r.loop, argv, input, max, timeout, on_output, &r));
    assert_done(loop_run(r.loop));
    loop_free(r.loop);
    return r;
}

static void test_programs(void **state)
{
    (void)state;
    struct ran r = run("cat; echo oops >&2; exit 3", STR("hello"), 1000, 0);
    assert_int_equal(r.code, 3);
    assert_string_equal(r.out, "hello");
    assert_string_equal(r.err, "oops\n");
    r = run("head -c 100000 /dev/zero", STR_NONE, 10, 0);
    assert_int_equal(r.code, 0);
    assert_int_equal(r.out_n, 10);
    r = run("exec sleep 100", STR_NONE, 10, 50);
    assert_int_equal(r.signal, SIGKILL);
    r = run("kill -TERM $$", STR_NONE, 10, 0);
    assert_int_equal(r.code, 128 + SIGTERM);

    struct loop *l;
    const char *const none[] = {"/no/such/program", NULL};
    assert_done(loop_new(&l));
    assert_int_equal(loop_run_program(l, none, STR_NONE, 10, 0, on_output, &r), -ENOENT);
    loop_free(l);
}

static void work(void *ctx)
{
    struct seen *s = ctx;
    mark(s, 'w');
}

static void test_work(void **state)
{
    (void)state;
    struct seen s = {0};
    assert_done(loop_new(&s.loop));
    assert_done(loop_work(s.loop, work, stop, &s));
    assert_done(loop_run(s.loop));
    assert_string_equal(s.order, "w.");
    loop_free(s.loop);
}

static void on_name(void *ctx, const char *name)
{
    struct seen *s = ctx;
    mark(s, name[0]);
    loop_stop(s->loop);
}

static void on_usr1(void *ctx, int signo)
{
    assert_int_equal(signo, SIGUSR1);
    stop(ctx);
}

static void test_watch(void **state)
{
    (void)state;
    struct seen s = {0};
    char folder[] = "/tmp/coracle-loop-XXXXXX", path[64];
    struct loop_file *f;
    assert_non_null(mkdtemp(folder));
    assert_done(loop_new(&s.loop));
    assert_done(loop_file_new(&f, s.loop, folder, on_name, &s));
    snprintf(path, sizeof(path), "%s/x", folder);
    FILE *made = fopen(path, "w");
    assert_non_null(made);
    fclose(made);
    assert_done(loop_run(s.loop));
    assert_int_equal(s.order[0], 'x');
    loop_file_free(f);
    unlink(path);
    rmdir(folder);
    s.n = 0;
    assert_done(loop_signal(s.loop, SIGUSR1, on_usr1, &s));
    raise(SIGUSR1);
    assert_done(loop_run(s.loop));
    assert_int_equal(s.order[0], '.');
    loop_free(s.loop);
}

static void on_pid(void *ctx)
{
    stop(ctx);
}

static void on_exit_code(void *ctx, int code, int sig)
{
    (void)sig;
    struct seen *s = ctx;
    mark(s, (char)('0' + code));
    loop_stop(s->loop);
}

static void test_child(void **state)
{
    (void)state;
    struct seen s = {0};
    struct loop_child *c;
    struct loop_pid *p;
    assert_done(loop_new(&s.loop));
    const char *const argv[] = {"sh", "-c", "exit 7", NULL};
    assert_done(loop_child_new(&c, s.loop, &(struct loop_spawn){.argv = argv}, on_exit_code, &s));
    assert_done(loop_run(s.loop));
    assert_string_equal(s.order, "7");
    assert_int_equal(loop_pid_new(&p, s.loop, loop_child_pid(c), on_pid, &s), -ESRCH);
    loop_child_free(c);
    loop_free(s.loop);
}

/* ── slow callbacks ── */

struct told {
    struct seen seen;
    uintptr_t what[8];
    enum loop_kind kind[8];
    int n;
};

static void on_told(void *ctx, enum loop_kind kind, uintptr_t what, int64_t ns)
{
    struct told *t = ctx;
    assert_true(ns >= 30000000 && t->n < 8);
    t->what[t->n] = what;
    t->kind[t->n++] = kind;
}

static void dawdle(void *ctx)
{
    struct seen *s = ctx;
    int64_t until = loop_now_ns(s->loop) + 31000000;
    while (loop_now_ns(s->loop) < until)
        ;
}

static void dawdle_io(void *ctx, int events)
{
    (void)events;
    dawdle(ctx);
    stop(ctx);
}

static void test_slow(void **state)
{
    (void)state;
    struct told t = {{0}};
    struct loop *l;
    struct loop_io *io;
    int fds[2];
    assert_done(loop_new(&l));
    t.seen.loop = l;
    loop_on_slow(l, 30, on_told, &t);
    assert_int_equal(pipe2(fds, O_NONBLOCK | O_CLOEXEC), 0);
    assert_int_equal(write(fds[1], "x", 1), 1);
    assert_done(loop_io_new(&io, l, fds[0], dawdle_io, &t.seen));
    assert_done(loop_io_watch(io, LOOP_READ));
    loop_defer(l, &t.seen.task, dawdle, &t.seen);
    assert_done(loop_timer_start(l, &t.seen.timer[0], 0, dawdle, &t.seen));
    assert_done(loop_run(l));
    assert_true(t.n >= 3); /* a busy machine makes any callback slow: only ours are looked for */
    bool kinds[3] = {false};
    for (int i = 0; i < t.n; i++)
        kinds[t.kind[i]] |= t.what[i] == (t.kind[i] == LOOP_KIND_IO ? (uintptr_t)dawdle_io : (uintptr_t)dawdle);
    assert_true(kinds[LOOP_KIND_TASK] && kinds[LOOP_KIND_TIMER] && kinds[LOOP_KIND_IO]);
    loop_on_slow(l, 0, NULL, NULL);
    loop_defer(l, &t.seen.task, dawdle, &t.seen);
    int before = t.n;
    assert_done(loop_run_for(l, 1));
    assert_int_equal(t.n, before);
    loop_io_free(io);
    loop_free(l);
    close(fds[0]);
    close(fds[1]);
}

/* ── who is heard first ── */

enum { ALWAYS = 4 };

struct crowd {
    struct loop *loop;
    struct member {
        struct crowd *crowd;
        struct loop_io *io;
        int fds[2], ran;
    } at[ALWAYS + 1];
    int n, last, quiet_after; /* callbacks so far, the last one's, and those before the quiet one's since it was written to */
};

static void busy_for(struct loop *l, int64_t ns)
{
    int64_t until = loop_now_ns(l) + ns;
    while (loop_now_ns(l) < until)
        ;
}

static void on_member(void *ctx, int events)
{
    struct member *m = ctx;
    struct crowd *c = m->crowd;
    assert_true(events & LOOP_READ);
    m->ran++;
    if (m == &c->at[ALWAYS]) {
        c->quiet_after = c->n - c->last;
        loop_stop(c->loop);
        return;
    }
    busy_for(c->loop, 100000);
    if (++c->n == ALWAYS * 5 + 1) {
        c->last = c->n;
        assert_int_equal(write(c->at[ALWAYS].fds[1], "x", 1), 1);
    }
}

/* Four are always ready, each with as much to do as half of what one look at the sockets may take: all come to it the same
 * number of times, and one that was quiet comes before any of them is run twice. */
static void test_order(void **state)
{
    (void)state;
    struct crowd c = {.quiet_after = -1};
    assert_done(loop_new(&c.loop));
    for (int i = 0; i <= ALWAYS; i++) {
        struct member *m = &c.at[i];
        m->crowd = &c;
        assert_int_equal(pipe2(m->fds, O_NONBLOCK | O_CLOEXEC), 0);
        assert_true(i == ALWAYS || write(m->fds[1], "x", 1) == 1);
        assert_done(loop_io_new(&m->io, c.loop, m->fds[0], on_member, m));
        assert_done(loop_io_watch(m->io, LOOP_READ));
    }
    assert_done(loop_run(c.loop));
    assert_in_range(c.quiet_after, 0, 2);
    for (int i = 0; i < ALWAYS; i++)
        assert_in_range(c.at[i].ran, 5, 6);
    for (int i = 0; i <= ALWAYS; i++) {
        loop_io_free(c.at[i].io);
        close(c.at[i].fds[0]);
        close(c.at[i].fds[1]);
    }
    loop_free(c.loop);
}

/* Faults come once: who is busy before them must not make them be forgotten. */
static void count_fault(void *ctx, int events)
{
    unsigned *faults = ctx;
    assert_true(events & LOOP_WRITE);
    ++*faults;
}

struct spender {
    struct loop *loop;
    int fds[2];
};
static void spend(void *ctx, int events)
{
    char byte;
    struct spender *s = ctx;
    int64_t until = loop_now_ns(s->loop) + 1000000;
    (void)events;
    assert_int_equal(read(s->fds[0], &byte, 1), 1);
    while (loop_now_ns(s->loop) < until)
        ;
}

#define FAULTY 8
static void test_faults_are_not_lost(void **state)
{
    (void)state;
    struct loop *l;
    struct loop_io *busy[FAULTY], *faulty[FAULTY];
    struct spender spenders[FAULTY];
    int socks[FAULTY];
    unsigned faults[FAULTY] = {0};
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t n = sizeof(at);
    assert_done(loop_new(&l));
    SCOPED_FD closed = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0); /* bound, and nobody listens */
    assert_true(bind(closed, (struct sockaddr *)&at, n) == 0 && getsockname(closed, (struct sockaddr *)&at, &n) == 0);
    for (int i = 0; i < FAULTY; i++) {
        struct spender *s = &spenders[i];
        s->loop = l;
        assert_int_equal(pipe(s->fds), 0);
        assert_int_equal(write(s->fds[1], "x", 1), 1);
        assert_done(loop_io_new(&busy[i], l, s->fds[0], spend, s));
        assert_done(loop_io_watch(busy[i], LOOP_READ));
        socks[i] = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
        assert_true(connect(socks[i], (struct sockaddr *)&at, n) < 0);
        assert_done(loop_io_new(&faulty[i], l, socks[i], count_fault, &faults[i]));
        assert_done(loop_io_watch(faulty[i], LOOP_READ | LOOP_WRITE));
    }
    assert_done(loop_run_for(l, 100));
    for (int i = 0; i < FAULTY; i++) {
        assert_int_equal(faults[i], 1);
        loop_io_free(busy[i]);
        loop_io_free(faulty[i]);
        close(spenders[i].fds[0]);
        close(spenders[i].fds[1]);
        close(socks[i]);
    }
    loop_free(l);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_real),
        cmocka_unit_test(test_simulated),
        cmocka_unit_test(test_post),
        cmocka_unit_test(test_post_cancelled),
        cmocka_unit_test(test_programs),
        cmocka_unit_test(test_work),
        cmocka_unit_test(test_watch),
        cmocka_unit_test(test_child),
        cmocka_unit_test(test_slow),
        cmocka_unit_test(test_order),
        cmocka_unit_test(test_faults_are_not_lost),
    };
    return cmocka_run_group_tests_name("loop", tests, NULL, NULL);
}
