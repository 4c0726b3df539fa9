/* kill -9 at random moments under write load.
 *
 *   test_store_crash [kills]     25 when not given
 *
 * A child writes as fast as the store takes it, one write at a time for each of
 * its clients, durable and lazy, puts and deletes, and tells through a pipe what
 * it is about to write and what was answered. It is killed; then the store must
 * hold, for each key, the last write known to be durable or one sent after it,
 * whole, and the watch log every revision up to there; and numbering must go on
 * above every revision ever answered. The journal's segments are so small that one
 * is brought over every few commits, and some batches go past them. */
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>

#include "store/test_trial.h"

enum { CLIENTS = 24, KEYS_EACH = 6, KEYS = CLIENTS * KEYS_EACH, TELL_FD = 3, SEGMENT = 64 << 10 };

/* What the child tells: shorter than PIPE_BUF, so always whole. */
struct told {
    int32_t key;
    bool answer; /* else: about to be sent */
    bool deleted, lazy;
    int64_t seq;
    int64_t revision; /* of an answer */
};

static void key_of(char out[48], int key)
{
    snprintf(out, 48, "/registry/crash/c%02d/k%02d", key / KEYS_EACH, key % KEYS_EACH);
}

/* A body that shows when a part of it is missing: the same number again and again. */
static void body_of(struct buf *b, int64_t seq)
{
    buf_text(b, "{\"apiVersion\":\"x.io/v1\",\"kind\":\"Crash\",\"data\":\"");
    for (int i = 0; i < 20 + seq % 150; i++)
        buf_fmt(b, "%011lld.", (long long)seq);
    buf_text(b, "\"}");
}

/* ── the child ── */

struct client {
    struct child *child;
    int number;
    struct told last;
};

struct child {
    struct trial t;
    struct client clients[CLIENTS];
    int64_t seq;
    uint64_t seed;
};

static unsigned dice(uint64_t *seed, unsigned n)
{
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return (unsigned)(*seed >> 33) % n;
}

static void tell(const struct told *told)
{
    CHECK(write(TELL_FD, told, sizeof(*told)) == sizeof(*told));
}

static void send_next(struct client *c);

static void on_done(void *ctx, enum store_outcome outcome, struct object *o, int64_t revision)
{
    (void)o;
    struct client *c = ctx;
    CHECK(outcome == STORE_OK);
    c->last.answer = true;
    c->last.revision = revision;
    tell(&c->last);
    send_next(c);
}

static void send_next(struct client *c)
{
    struct child *h = c->child;
    int key = c->number * KEYS_EACH + (int)dice(&h->seed, KEYS_EACH);
    char name[48];
    key_of(name, key);
    struct object *now = store_newest(h->t.store, str_of(name));
    c->last = (struct told){.key = key, .seq = ++h->seq, .lazy = dice(&h->seed, 4) == 0};
    c->last.deleted = now && dice(&h->seed, 4) == 0;
    struct store_write w = {.key = str_of(name), .expect = now ? now->revision : STORE_ABSENT, .lazy = c->last.lazy, .done = on_done, .ctx = c};
    if (!c->last.deleted) {
        SCOPED_BUF body = BUF_INIT(0);
        body_of(&body, c->last.seq);
        CHECK(object_load(&w.object, str_of(name), buf_view(&body), 0, 0, NULL) == 0);
    }
    tell(&c->last);
    CHECK(store_write(h->t.store, &w) == 0);
}

static int child_main(char **argv)
{
    struct child h = {.t.options = {.folder = argv[2], .log_events = 5000, .lazy_ms = 20, .segment_bytes = SEGMENT, .journal_after_ms = 1}};
    int64_t seed;
    struct err err;
    CHECK(str_to_int(str_of(argv[3]), &h.seq) == 0 && str_to_int(str_of(argv[4]), &seed) == 0);
    h.seed = (uint64_t)seed;
    CHECK(loop_new(&h.t.loop) == 0);
    if (store_open(&h.t.store, h.t.loop, &h.t.options, &err) < 0) {
        fprintf(stderr, "child: %s\n", err.text);
        return 1;
    }
    for (int i = 0; i < CLIENTS; i++) {
        h.clients[i] = (struct client){.child = &h, .number = i};
        send_next(&h.clients[i]);
    }
    return loop_run(h.t.loop);
}

/* ── what the parent knows ── */

struct known {
    VEC(struct told) of[KEYS]; /* what the key may hold, oldest first; never empty */
    VEC(struct told) answers;  /* of this round */
    int64_t durable;           /* newest revision answered to a durable write */
    int64_t highest;           /* … to any write, in the rounds before */
    int64_t seq;
    size_t total;
};

static void learn(struct known *k, const struct told *told)
{
    struct told *slot;
    k->seq = MAX(k->seq, told->seq);
    if (!told->answer) {
        slot = VEC_ADD(&k->of[told->key]);
        *slot = *told;
        return;
    }
    slot = &k->of[told->key].p[k->of[told->key].n - 1];
    assert_int_equal(slot->seq, told->seq);
    slot->answer = true;
    slot->revision = told->revision;
    assert_true(told->revision > k->highest); /* … of all rounds before */
    if (!told->lazy)
        k->durable = MAX(k->durable, told->revision);
    slot = VEC_ADD(&k->answers);
    *slot = *told;
}

static void forget(struct known *k, int key, const struct told *now)
{
    struct told kept = *now;
    k->of[key].p[0] = kept;
    k->of[key].n = 1;
}

static int by_revision(const void *a, const void *b)
{
    const struct told *x = a, *y = b;
    return x->revision < y->revision ? -1 : x->revision > y->revision;
}

/* ── judging ── */

static void judge_key(struct known *k, struct store_snapshot *v, int key)
{
    char name[48];
    key_of(name, key);
    struct object *o = store_snapshot_get(v, str_of(name));
    size_t least = 0;
    for (size_t i = 0; i < k->of[key].n; i++)
        if (k->of[key].p[i].answer && k->of[key].p[i].revision <= k->durable)
            least = i;
    for (size_t i = k->of[key].n; i-- > least;) {
        const struct told *told = &k->of[key].p[i];
        if (told->deleted != !o)
            continue;
        SCOPED_BUF body = BUF_INIT(0);
        body_of(&body, told->seq);
        if (o && !str_eq(o->stored, buf_view(&body)))
            continue;
        if (o && told->answer)
            assert_int_equal(o->revision, told->revision);
        forget(k, key, told);
        k->of[key].p[0].answer = true;
        k->of[key].p[0].revision = o ? o->revision : 0;
        return;
    }
    const struct told *told = &k->of[key].p[least];
    fail_msg("%s: answered as %s at revision %lld, %zu sent since; found %s at revision %lld", name, told->deleted ? "deleted" : "written",
             (long long)told->revision, k->of[key].n - least - 1, o ? "another state" : "nothing", o ? (long long)o->revision : 0);
}

/* Every answered write up to the last durable one is an event, as far back as the log goes. */
static void judge_log(struct known *k, struct store *s)
{
    struct store_stats stats;
    store_stats(s, &stats);
    struct store_watch *w;
    assert_done(store_watch_new(&w, s, STR("/registry/crash/"), stats.compacted, NULL, NULL));
    const struct store_event *e = store_watch_next(w);
    qsort(k->answers.p, k->answers.n, sizeof(k->answers.p[0]), by_revision);
    for (size_t i = 0; i < k->answers.n; i++) {
        const struct told *told = &k->answers.p[i];
        assert_true(i == 0 || told->revision > k->answers.p[i - 1].revision);
        if (told->revision <= stats.compacted || told->revision > k->durable)
            continue;
        while (e && e->revision < told->revision)
            e = store_watch_next(w);
        assert_non_null(e);
        char name[48];
        key_of(name, told->key);
        assert_int_equal(e->revision, told->revision);
        assert_str(e->object->key, name);
        assert_int_equal(e->type == STORE_DELETE, told->deleted);
    }
    store_watch_free(w);
}

static void judge(struct known *k, struct trial *t)
{
    struct err err;
    if (store_open(&t->store, t->loop, &t->options, &err) < 0)
        fail_msg("%s", err.text);
    for (size_t i = 0; i < k->answers.n; i++)
        k->highest = MAX(k->highest, k->answers.p[i].revision);
    assert_true(store_revision(t->store) >= k->highest);
    struct store_snapshot *v = store_snapshot(t->store);
    size_t there = 0;
    for (int key = 0; key < KEYS; key++) {
        judge_key(k, v, key);
        there += !k->of[key].p[0].deleted;
    }
    assert_int_equal(store_count(v, STR("")), there);
    store_snapshot_unref(v);
    judge_log(k, t->store);
    k->highest = MAX(k->highest, store_revision(t->store));
    k->total += k->answers.n;
    k->answers.n = 0;
    trial_close(t);
}

/* ── rounds ── */

static int64_t now_ms(void)
{
    struct timespec ts;
    clock_gettime(CLOCK_MONOTONIC, &ts);
    return ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

static pid_t start_child(const struct known *k, const char *folder, uint64_t seed, int *from)
{
    int fds[2];
    assert_done(pipe2(fds, O_CLOEXEC));
    char seq[32], seed_text[32];
    snprintf(seq, sizeof(seq), "%lld", (long long)k->seq);
    snprintf(seed_text, sizeof(seed_text), "%llu", (unsigned long long)(seed >> 1));
    pid_t pid = fork();
    assert_true(pid >= 0);
    if (pid == 0) {
        dup2(fds[1], TELL_FD);
        if (fds[1] == TELL_FD)
            fcntl(TELL_FD, F_SETFD, 0);
        execl("/proc/self/exe", "crash-child", "--write", folder, seq, seed_text, (char *)NULL);
        _exit(127);
    }
    close(fds[1]);
    *from = fds[0];
    return pid;
}

/* Listens until `ms` after the first answer, kills, and listens to the end. */
static void round_of(struct known *k, const char *folder, uint64_t seed, int64_t ms)
{
    int from;
    pid_t pid = start_child(k, folder, seed, &from);
    struct told told;
    int64_t end = now_ms() + 20000;
    bool killed = false, heard = false;
    for (;;) {
        if (!killed && now_ms() >= end) {
            assert_done(kill(pid, SIGKILL));
            killed = true;
        }
        struct pollfd p = {from, POLLIN, 0};
        if (poll(&p, 1, killed ? 1000 : 1) <= 0)
            continue;
        ssize_t n = read(from, &told, sizeof(told));
        if (n == 0)
            break;
        assert_int_equal(n, sizeof(told));
        learn(k, &told);
        if (!heard && told.answer) {
            heard = true;
            end = now_ms() + ms;
        }
    }
    close(from);
    int status;
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(killed && heard && WIFSIGNALED(status));
}

static unsigned long kills = 25;

static void test_kill(void **state)
{
    (void)state;
    struct known k = {0};
    struct trial t = {.options = {.log_events = 5000}};
    trial_start(&t, true);
    for (int key = 0; key < KEYS; key++) {
        struct told *nothing = VEC_ADD(&k.of[key]);
        *nothing = (struct told){.key = key, .deleted = true, .answer = true};
    }
    uint64_t seed = 20261122;
    for (unsigned long i = 0; i < kills; i++) {
        round_of(&k, t.folder, seed, 5 + dice(&seed, 60));
        judge(&k, &t);
        if ((i + 1) % 100 == 0)
            print_message("%lu kills, %zu writes answered, revision %lld\n", i + 1, k.total, (long long)k.highest);
    }
    print_message("%lu kills, %zu writes answered, none lost\n", kills, k.total);
    for (int key = 0; key < KEYS; key++)
        VEC_DONE(&k.of[key]);
    VEC_DONE(&k.answers);
    trial_end(&t);
}

int main(int argc, char **argv)
{
    if (argc == 5 && str_is(str_of(argv[1]), "--write"))
        return child_main(argv);
    uint64_t n;
    if (argc == 2 && str_to_uint(str_of(argv[1]), &n) == 0)
        kills = n;
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_kill)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
