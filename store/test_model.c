/* Random days of a store, step by step beside the plainest model of it: a list of
 * all writes accepted. In memory and on disk, with failing commits, restarts and
 * crashes; fixed seeds. */
#include "store/test_trial.h"

enum { KEYS = 48, WATCHES = 5, STEPS = 4000 };

struct write {
    int64_t revision;
    int key;
    int body, previous; /* 0: nothing there */
};

/* Revisions that crashes skipped: whoever names one in between is told to list again. */
struct gap {
    int64_t from, to;
};

struct watching {
    struct store_watch *watch;
    const char *prefix;
    int64_t after; /* last revision seen, or started from */
    bool woken, asleep;
};

struct model {
    struct trial t;
    VEC(struct write) writes; /* accepted and not refused since */
    int64_t given;
    int bodies;
    struct watching watching[WATCHES];
    VEC(struct gap) gaps;
    uint64_t seed;
    size_t failed;
};

static unsigned dice(struct model *m, unsigned n)
{
    m->seed = m->seed * 6364136223846793005u + 1442695040888963407u;
    return (unsigned)(m->seed >> 33) % n;
}

static const char *const PREFIXES[] = {"/registry/", "/registry/p/", "/registry/q/", "/registry/q/a-1", ""};

static const char *key_name(int k)
{
    static char names[4][32];
    static int turn;
    char *name = names[turn++ % 4];
    snprintf(name, sizeof(names[0]), "/registry/%c/%c-%d", k % 3 ? 'q' : 'p', 'a' + k % 5, k);
    return name;
}

static int key_number(struct str key)
{
    int64_t n;
    struct str head, tail;
    assert_true(str_cut_last(key, '-', &head, &tail));
    assert_done(str_to_int(tail, &n));
    return (int)n;
}

static int body_number(const struct object *o)
{
    ssize_t at = str_find(o->stored, STR("body"));
    struct str digits, rest;
    int64_t n;
    assert_true(at >= 0);
    assert_true(str_cut(str_from(o->stored, (size_t)at + 4), '.', &digits, &rest));
    assert_done(str_to_int(digits, &n));
    return (int)n;
}

static void state_at(const struct model *m, int64_t revision, struct write now[KEYS])
{
    memset(now, 0, KEYS * sizeof(*now));
    for (size_t i = 0; i < m->writes.n && m->writes.p[i].revision <= revision; i++)
        now[m->writes.p[i].key] = m->writes.p[i];
}

static bool lost(const struct model *m, int64_t revision)
{
    struct store_stats stats;
    store_stats(m->t.store, &stats);
    for (size_t i = 0; i < m->gaps.n; i++)
        if (revision > m->gaps.p[i].from && revision < m->gaps.p[i].to)
            return true;
    return revision < stats.compacted;
}

/* ── writing ── */

struct sent {
    struct model *m;
    int64_t revision;
};

static void on_done(void *ctx, enum store_outcome outcome, struct object *o, int64_t revision)
{
    struct sent *sent = ctx;
    struct model *m = sent->m;
    assert_int_equal(revision, sent->revision);
    mem_free(sent);
    if (outcome == STORE_OK) {
        assert_int_equal(o->revision, revision);
    } else {
        assert_null(o);
        size_t i = 0;
        while (m->writes.p[i].revision != revision)
            i++;
        memmove(&m->writes.p[i], &m->writes.p[i + 1], (m->writes.n - i - 1) * sizeof(struct write));
        m->writes.n--;
        m->failed++;
    }
    if (--m->t.waiting == 0)
        loop_stop(m->t.loop);
}

static int64_t pick_expect(struct model *m, const struct write *now)
{
    int64_t near = m->given - dice(m, 20);
    switch (dice(m, 6)) {
    case 0:
        return STORE_ABSENT;
    case 1:
        return MAX(near, 1);
    case 2:
    case 3:
        return now->body ? now->revision : STORE_ABSENT;
    default:
        return STORE_ANY;
    }
}

static void step_write(struct model *m)
{
    struct write state[KEYS];
    state_at(m, INT64_MAX, state);
    int key = (int)dice(m, KEYS);
    struct write *now = &state[key];
    bool del = dice(m, 3) == 0;
    int64_t expect = pick_expect(m, now);
    bool conflict = (del && !now->body) || (expect == STORE_ABSENT && now->body) || (expect > 0 && (!now->body || now->revision != expect));
    char body[300];
    snprintf(body, sizeof(body), "body%d.%*s", ++m->bodies, (int)dice(m, 200), "");
    struct sent *sent = mem_alloc(sizeof(*sent));
    *sent = (struct sent){m, m->given + 1};
    const char *name = key_name(key);
    struct object *newest = store_newest(m->t.store, str_of(name));
    assert_int_equal(newest ? newest->revision : 0, now->body ? now->revision : 0);
    struct store_write w = {.object = del ? NULL : trial_object(name, body),
                            .key = str_of(name),
                            .expect = expect,
                            .lazy = dice(m, 4) == 0,
                            .done = on_done,
                            .ctx = sent};
    int r = store_write(m->t.store, &w);
    if (r != conflict)
        fail_msg("answered %d: key %d, delete %d, expected %lld, was %lld with body %d", r, key, del, (long long)expect, (long long)now->revision,
                 now->body);
    if (r) {
        mem_free(sent);
        return;
    }
    struct write *accepted = VEC_ADD(&m->writes);
    *accepted = (struct write){++m->given, key, del ? 0 : m->bodies, now->body};
    m->t.waiting++;
}

/* ── reading ── */

static void compare(struct model *m, struct store_snapshot *v)
{
    struct write state[KEYS];
    state_at(m, store_snapshot_revision(v), state);
    const char *prefix = PREFIXES[dice(m, ARRAY_LEN(PREFIXES))];
    size_t n = 0, seen = 0;
    for (int k = 0; k < KEYS; k++)
        n += state[k].body && str_starts(str_of(key_name(k)), str_of(prefix));
    assert_int_equal(store_count(v, str_of(prefix)), n);
    struct store_cursor c;
    store_cursor_start(&c, v, str_of(prefix), STR_NONE);
    struct str last = STR_NONE;
    for (struct object *o; (o = store_cursor_next(&c)); seen++) {
        assert_true(!last.p || str_cmp(last, o->key) < 0);
        last = o->key;
        const struct write *w = &state[key_number(o->key)];
        assert_int_equal(o->revision, w->revision);
        assert_int_equal(body_number(o), w->body);
        assert_ptr_equal(store_snapshot_get(v, o->key), o);
    }
    assert_int_equal(seen, n);
}

static void step_read(struct model *m)
{
    struct store_snapshot *v = store_snapshot(m->t.store);
    assert_int_equal(store_snapshot_revision(v), store_revision(m->t.store));
    compare(m, v);
    int64_t past = store_revision(m->t.store) - dice(m, 300);
    store_snapshot_unref(v);
    int r = store_snapshot_at(m->t.store, past, &v);
    if (lost(m, past)) {
        assert_int_equal(r, STORE_COMPACTED);
        return;
    }
    assert_done(r);
    compare(m, v);
    store_snapshot_unref(v);
}

/* ── watching ── */

static void on_wake(void *ctx)
{
    struct watching *w = ctx;
    assert_true(w->asleep);
    assert_false(w->woken);
    w->woken = true;
}

static void watch_start(struct model *m, struct watching *w)
{
    store_watch_free(w->watch);
    int64_t after = store_revision(m->t.store) - dice(m, 100);
    after = MAX(after, 0);
    *w = (struct watching){.prefix = PREFIXES[dice(m, ARRAY_LEN(PREFIXES))], .after = after};
    int r = store_watch_new(&w->watch, m->t.store, str_of(w->prefix), after, on_wake, w);
    if (lost(m, after)) {
        assert_int_equal(r, STORE_COMPACTED);
        w->watch = NULL;
    } else {
        assert_done(r);
    }
}

static const struct write *next_expected(const struct model *m, const struct watching *w)
{
    for (size_t i = 0; i < m->writes.n; i++)
        if (m->writes.p[i].revision > w->after && str_starts(str_of(key_name(m->writes.p[i].key)), str_of(w->prefix)))
            return m->writes.p[i].revision <= store_revision(m->t.store) ? &m->writes.p[i] : NULL;
    return NULL;
}

static void step_watch(struct model *m, struct watching *w)
{
    if (!w->watch || dice(m, 12) == 0) {
        watch_start(m, w);
        return;
    }
    const struct write *want = next_expected(m, w);
    if (w->asleep && !w->woken && !want) {
        assert_null(store_watch_next(w->watch));
        assert_int_equal(store_watch_revision(w->watch), store_revision(m->t.store));
        return;
    }
    w->asleep = w->woken = false;
    for (unsigned n = 1 + dice(m, 40); n > 0; n--) {
        const struct store_event *e = store_watch_next(w->watch);
        if (store_watch_lost(w->watch)) {
            assert_null(e);
            assert_true(lost(m, w->after));
            w->watch = store_watch_free(w->watch);
            return;
        }
        if (!want) {
            assert_null(e);
            w->asleep = true;
            return;
        }
        assert_non_null(e);
        assert_int_equal(e->revision, want->revision);
        assert_int_equal(key_number(e->object->key), want->key);
        assert_int_equal(e->type == STORE_DELETE, want->body == 0);
        assert_int_equal(body_number(e->object), want->body ? want->body : want->previous);
        assert_int_equal(e->object->revision, e->revision);
        assert_int_equal(e->previous ? body_number(e->previous) : 0, want->previous);
        assert_true(store_watch_revision(w->watch) >= e->revision);
        w->after = e->revision;
        want = next_expected(m, w);
    }
}

/* ── ending and starting again ── */

static void settle(struct model *m)
{
    if (m->t.waiting)
        assert_done(loop_run(m->t.loop));
    assert_int_equal(m->t.waiting, 0);
}

static void stop_watches(struct model *m)
{
    for (int i = 0; i < WATCHES; i++) {
        store_watch_free(m->watching[i].watch);
        m->watching[i] = (struct watching){0};
    }
}

/* The disk works until nothing is under way. What a refused commit left there all the same is undone with the next one; a
 * crash between the two would bring it back, and nobody was promised that it does not. */
static void recover(struct model *m)
{
    struct store_stats stats;
    store_stats(m->t.store, &stats);
    while (m->t.store->inflight || stats.failed) {
        if (stats.failed && !stats.pending) {
            step_write(m);
            settle(m);
        } else {
            assert_done(loop_run_for(m->t.loop, 1));
        }
        store_stats(m->t.store, &stats);
    }
}

static void step_restart(struct model *m)
{
    stop_watches(m);
    settle(m);
    bool crash = dice(m, 2) == 0;
    m->t.disk->fail_in = 0;
    if (crash) {
        struct store_stats stats;
        recover(m);
        m->t.disk->lands = false;
        m->t.disk->error = EIO;
        m->t.disk->fail_in = -1;
        store_stats(m->t.store, &stats);
        while (m->writes.n && m->writes.p[m->writes.n - 1].revision > stats.durable)
            m->writes.n--;
        struct gap *gap = VEC_ADD(&m->gaps);
        gap->from = stats.durable;
    }
    trial_close(&m->t);
    trial_open(&m->t);
    if (crash)
        m->gaps.p[m->gaps.n - 1].to = store_revision(m->t.store);
    assert_true(store_revision(m->t.store) >= m->given);
    m->given = store_revision(m->t.store);
}

static void step(struct model *m)
{
    switch (dice(m, 16)) {
    case 0:
        step_read(m);
        break;
    case 1:
        settle(m);
        break;
    case 2:
    case 3:
        assert_done(loop_run_for(m->t.loop, dice(m, 3)));
        break;
    case 4:
    case 5:
    case 6:
        step_watch(m, &m->watching[dice(m, WATCHES)]);
        break;
    case 7:
        if (m->t.disk && dice(m, 10) == 0) {
            m->t.disk->lands = dice(m, 3) == 0;
            m->t.disk->error = dice(m, 2) ? ENOSPC : EIO;
            m->t.disk->fail_in = 1 + (int)dice(m, 3);
        } else if (dice(m, 20) == 0) {
            struct err err;
            assert_done(store_compact(m->t.store, store_revision(m->t.store) - dice(m, 50), &err));
        }
        break;
    case 8:
        if (m->t.disk && dice(m, 10) == 0)
            step_restart(m);
        break;
    default:
        step_write(m);
    }
}

static void run(uint64_t seed, bool disk)
{
    struct model m = {.seed = seed, .given = 1};
    m.t.options = (struct store_options){.log_events = 300, .lazy_ms = 15, .log_bytes = seed % 2 ? 40000 : 0};
    trial_start(&m.t, disk);
    trial_open(&m.t);
    for (int i = 0; i < STEPS; i++)
        step(&m);
    settle(&m);
    if (disk)
        m.t.disk->fail_in = 0;
    stop_watches(&m);
    step_read(&m);
    if (disk)
        assert_true(m.failed > 0);
    trial_end(&m.t);
    VEC_DONE(&m.writes);
    VEC_DONE(&m.gaps);
}

static void test_memory(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 8; seed++)
        run(seed, false);
}

static void test_on_disk(void **state)
{
    (void)state;
    for (uint64_t seed = 101; seed <= 103; seed++)
        run(seed, true);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_memory),
        cmocka_unit_test(test_on_disk),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
