/* What store's tests share: a store on a loop, writes that are waited for, and a
 * disk that fails when told. */
#ifndef CORACLE_STORE_TEST_TRIAL_H
#define CORACLE_STORE_TEST_TRIAL_H

#include <sys/stat.h>

#include "os/os.h"
#include "store/inside.h"
#include "tests/unit.h"

/* ── a disk that fails ── */

struct faulty {
    struct kv kv;
    struct kv *under;
    _Atomic int fail_in; /* the n-th commit from now fails; -1: each one */
    _Atomic int error;
    _Atomic bool lands; /* it fails, but what it wrote is there */
    _Atomic int commits, delay_us;
};

static inline int faulty_load(struct kv *kv, const struct kv_sink *sink, struct kv_state *state, struct err *err)
{
    struct faulty *f = CONTAINER_OF(kv, struct faulty, kv);
    return f->under->ops->load(f->under, sink, state, err);
}

static inline int faulty_commit(struct kv *kv, const struct kv_batch *b)
{
    struct faulty *f = CONTAINER_OF(kv, struct faulty, kv);
    f->commits++;
    if (f->delay_us)
        usleep((useconds_t)f->delay_us);
    bool fail = f->fail_in < 0 || (f->fail_in > 0 && --f->fail_in == 0);
    if (!fail)
        return f->under->ops->commit(f->under, b);
    if (f->lands)
        assert_done(f->under->ops->commit(f->under, b));
    return -f->error;
}

static inline int faulty_copy(struct kv *kv, const char *folder, struct err *err)
{
    struct faulty *f = CONTAINER_OF(kv, struct faulty, kv);
    return f->under->ops->copy(f->under, folder, err);
}

static inline void faulty_close(struct kv *kv)
{
    struct faulty *f = CONTAINER_OF(kv, struct faulty, kv);
    f->under->ops->close(f->under);
    mem_free(f);
}

/* ── a store on a loop ── */

struct trial {
    struct loop *loop;
    struct store *store;
    struct faulty *disk; /* NULL: memory only */
    struct store_options options;
    char folder[64];
    unsigned waiting, answered;
    enum store_outcome outcome; /* of the last answer */
    int64_t revision;
    int64_t object_revision; /* 0: no object came with it */
};

static inline void trial_start(struct trial *t, bool disk)
{
    if (disk) {
        assert_done(os_dir_make("/tmp/coracle-store", 0700));
        snprintf(t->folder, sizeof(t->folder), "/tmp/coracle-store/XXXXXX");
        assert_non_null(mkdtemp(t->folder));
        t->options.folder = t->folder;
        assert_done(loop_new(&t->loop));
    } else {
        assert_done(loop_new_simulated(&t->loop, 1700000000));
    }
}

static inline int trial_try_open(struct trial *t, struct err *err)
{
    static const struct kv_ops ops = {faulty_load, faulty_commit, faulty_copy, NULL, faulty_close};
    struct kv *kv = NULL;
    t->disk = NULL;
    if (t->options.folder) {
        int r = kv_disk_open(&kv, &t->options, err);
        if (r < 0)
            return r;
        t->disk = mem_alloc(sizeof(*t->disk));
        if (!t->disk) {
            kv->ops->close(kv);
            return -ENOMEM;
        }
        t->disk->kv.ops = &ops;
        t->disk->under = kv;
        kv = &t->disk->kv;
    }
    return store_open_on(&t->store, t->loop, &t->options, kv, err);
}

static inline void trial_open(struct trial *t)
{
    struct err err = {""};
    int r = trial_try_open(t, &err);
    if (r < 0)
        fail_msg("%d: %s", r, err.text);
}

static inline void trial_close(struct trial *t)
{
    t->store = store_close(t->store);
}

/* Opens it so that the journal is used from the first write on. */
static inline void trial_open_journal(struct trial *t)
{
    char path[100];
    snprintf(path, sizeof(path), "%s/journal", t->folder);
    t->options.journal_after_ms = 1;
    trial_open(t);
    for (int i = 0; !os_file_exists(path); i++) { /* the keeper makes it */
        assert_true(i < 20000);
        usleep(1000);
    }
    trial_close(t);
    trial_open(t);
}

static inline void trial_end(struct trial *t)
{
    trial_close(t);
    t->loop = loop_free(t->loop);
    if (t->options.folder)
        assert_done(os_tree_remove(t->folder));
}

/* As a crash would: nothing more reaches the disk, what waits is lost. */
static inline void trial_crash(struct trial *t)
{
    t->disk->fail_in = -1;
    t->disk->error = EIO;
    trial_close(t);
}

static inline void trial_done(void *ctx, enum store_outcome outcome, struct object *o, int64_t revision)
{
    struct trial *t = ctx;
    t->outcome = outcome;
    t->revision = revision;
    t->object_revision = o ? o->revision : 0;
    t->answered++;
    if (--t->waiting == 0)
        loop_stop(t->loop);
}

/* Runs until every write accepted so far is answered. */
static inline void trial_settle(struct trial *t)
{
    if (t->waiting)
        assert_done(loop_run(t->loop));
    assert_int_equal(t->waiting, 0);
}

static inline struct object *trial_object(const char *key, const char *body)
{
    char text[8192];
    int n = snprintf(text, sizeof(text), "{\"apiVersion\":\"x.io/v1\",\"kind\":\"Thing\",\"spec\":\"%s\"}", body);
    assert_true(n > 0 && (size_t)n < sizeof(text));
    struct object *o;
    assert_done(object_load(&o, str_of(key), str_make(text, (size_t)n), 0, 0, NULL));
    return o;
}

static inline bool trial_is(const struct object *o, const char *body)
{
    return o && str_find(o->stored, str_of(body)) >= 0;
}

/* body NULL: delete. Not waited for. */
static inline int trial_send(struct trial *t, const char *key, const char *body, int64_t expect, bool lazy)
{
    struct store_write w = {
        .object = body ? trial_object(key, body) : NULL,
        .key = str_of(key),
        .expect = expect,
        .lazy = lazy,
        .done = trial_done,
        .ctx = t,
    };
    int r = store_write(t->store, &w);
    t->waiting += r == 0;
    return r;
}

/* Waited for: its revision. */
static inline int64_t trial_put(struct trial *t, const char *key, const char *body)
{
    assert_done(trial_send(t, key, body, STORE_ANY, false));
    trial_settle(t);
    assert_int_equal(t->outcome, STORE_OK);
    return t->revision;
}

static inline struct object *trial_get(struct trial *t, const char *key)
{
    struct store_snapshot *v = store_snapshot(t->store);
    struct object *o = store_snapshot_get(v, str_of(key));
    store_snapshot_unref(v);
    return o;
}

#endif
