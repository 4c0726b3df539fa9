#include "store/inside.h"

/* ── opening ── */

static void apply_options(struct store *s, const struct store_options *o)
{
    s->seal = o->seal;
    s->lazy_ms = o->lazy_ms > 0 ? o->lazy_ms : 5000;
    s->log.max_events = o->log_events ? o->log_events : 100000;
    s->log.max_bytes = o->log_bytes ? o->log_bytes : (size_t)64 << 20;
}

static struct store *store_new(struct loop *l, const struct store_options *o, struct kv *kv)
{
    struct store *s = mem_alloc(sizeof(*s));
    if (!s)
        return NULL;
    s->loop = l;
    s->kv = kv;
    apply_options(s, o);
    for (size_t i = 0; i < ARRAY_LEN(s->batches); i++)
        batch_init(&s->batches[i]);
    s->gathering = &s->batches[0];
    list_init(&s->answers);
    watches_init(&s->watches);
    list_init(&s->backups);
    pthread_mutex_init(&s->copy_lock, NULL);
    pthread_cond_init(&s->copy_done, NULL);
    s->writer.fd = -1;
    s->given = s->durable = s->reserved = 1;
    return s;
}

static struct store *store_free(struct store *s)
{
    loop_timer_stop(&s->lazy_timer);
    loop_defer_cancel(&s->commit_task);
    loop_defer_cancel(&s->answer_task);
    loop_defer_cancel(&s->wake_task);
    batch_done(&s->batches[0]);
    batch_done(&s->batches[1]);
    history_done(&s->history);
    log_done(&s->log);
    tree_unref(s->newest);
    store_snapshot_unref(s->visible);
    watches_done(&s->watches);
    pthread_mutex_destroy(&s->copy_lock);
    pthread_cond_destroy(&s->copy_done);
    if (s->kv)
        s->kv->ops->close(s->kv);
    return mem_free(s);
}

int store_open_on(struct store **out, struct loop *l, const struct store_options *o, struct kv *kv, struct err *err)
{
    struct store *s = store_new(l, o, kv);
    if (!s) {
        if (kv)
            kv->ops->close(kv);
        return err_raise(err, -ENOMEM, "no memory for a store");
    }
    int r = 0;
    if (!(s->visible = snapshot_new()))
        r = err_raise(err, -ENOMEM, "no memory for a store");
    if (r == 0) { /* before what takes long: so the thread that opens is not urgent for long */
        r = writer_start(s, err);
        if (r == 0)
            r = store_load(s, err);
        if (r < 0)
            writer_stop(s);
    }
    if (r < 0) {
        store_free(s);
        return r;
    }
    *out = s;
    return 0;
}

int store_open(struct store **out, struct loop *l, const struct store_options *o, struct err *err)
{
    struct kv *kv = NULL;
    if (o->folder) {
        int r = kv_disk_open(&kv, o, err);
        if (r < 0)
            return err_wrap(err, r, "store \"%s\"", o->folder);
    }
    int r = store_open_on(out, l, o, kv, err);
    return r < 0 && o->folder ? err_wrap(err, r, "store \"%s\"", o->folder) : r;
}

/* Tells the disk that no revision above the last was given, so that numbering goes on there. */
static void mark_clean(struct store *s)
{
    struct list none = LIST_INIT(none);
    bool clean = s->durable == s->given && s->reserved == s->given;
    if (!s->kv || clean || s->gathering->n)
        return;
    struct kv_batch job = {&none, s->durable, {s->given, s->log.compacted, s->given}};
    writer_give(s, &job);
    if (writer_wait(s) == 0)
        s->durable = s->reserved = s->given;
}

struct store *store_close(struct store *s)
{
    if (!s)
        return NULL;
    CHECK(s->watches.n == 0);
    s->closing = true;
    batch_drain(s);
    mark_clean(s);
    writer_stop(s);
    backup_finish(s);
    return store_free(s);
}

/* ── looking ── */

int64_t store_revision(const struct store *s)
{
    return s->visible->revision;
}

struct object *store_newest(const struct store *s, struct str key)
{
    return tree_get(s->newest, key);
}

void store_stats(const struct store *s, struct store_stats *out)
{
    *out = (struct store_stats){
        .objects = tree_count(s->visible->root),
        .object_bytes = s->object_bytes,
        .log_events = (size_t)(s->log.end - s->log.first),
        .log_bytes = s->log.bytes,
        .watches = s->watches.n,
        .pending = batch_waiting(s),
        .commits = s->commits,
        .commit_ns = s->commit_ns,
        .failed = s->failed,
        .compacted = s->log.compacted,
        .durable = s->durable,
        .tree_bytes = tree_bytes(s->visible->root),
    };
}

int store_compact(struct store *s, int64_t revision, struct err *err)
{
    if (revision > s->visible->revision)
        return err_raise(err, -ERANGE, "cannot compact up to revision %lld: the newest is %lld", (long long)revision,
                         (long long)s->visible->revision);
    log_compact(&s->log, revision); /* the disk forgets with the next batch */
    history_trim(s);
    return 0;
}

bool store_stale(const struct store *s, const struct object *o)
{
    return s->kv && o->sealed != seal_number(s->seal, o->key);
}

/* ── writing ── */

static int check_write(const struct store *s, const struct store_write *w, struct str key)
{
    if (s->closing)
        return -ESHUTDOWN;
    if (key.n == 0)
        return -EINVAL;
    if (key.n > STORE_KEY_MAX)
        return -ENAMETOOLONG;
    if (w->object && w->object->revision != 0)
        return -EINVAL;
    if (w->object && w->object->stored.n > STORE_OBJECT_MAX)
        return -E2BIG;
    size_t bytes = s->gathering->bytes + (s->inflight ? s->inflight->bytes : 0);
    return batch_waiting(s) >= WAITING_MAX || bytes >= WAITING_BYTES ? -EAGAIN : 0;
}

static bool as_expected(const struct store_write *w, const struct object *now)
{
    if (!w->object && !now)
        return false;
    switch (w->expect) {
    case STORE_ANY:
        return true;
    case STORE_ABSENT:
        return !now;
    default:
        return now && now->revision == w->expect;
    }
}

/* The new state with its revisions: the object given, or for a delete the last one once more. Takes *object. */
static int make_event(struct store_event *e, struct object **object, struct object *now, int64_t revision, uint8_t sealed)
{
    e->revision = revision;
    e->type = *object ? STORE_PUT : STORE_DELETE;
    if (*object)
        e->object = TAKE(*object);
    else if (object_load(&e->object, now->key, now->stored, revision, now->created_revision, NULL) < 0)
        return -ENOMEM;
    e->object->sealed = sealed;
    e->object->revision = revision;
    e->object->created_revision = now ? now->created_revision : revision;
    e->previous = now ? object_ref(now) : NULL;
    return 0;
}

int store_write(struct store *s, const struct store_write *w)
{
    SCOPED(object) object = w->object;
    struct str key = object ? object->key : w->key;
    int r = check_write(s, w, key);
    if (r < 0)
        return r;
    struct object *now = tree_get(s->newest, key);
    if (!as_expected(w, now))
        return STORE_CONFLICT;
    SCOPED(store_change) c = mem_alloc(sizeof(*c));
    if (!c || batch_ready(s) < 0)
        return -ENOMEM;
    list_init(&c->link);
    list_init(&c->answer);
    c->done = w->done;
    c->ctx = w->ctx;
    if (make_event(&c->event, &object, now, s->given + 1, s->kv ? seal_number(s->seal, key) : 0) < 0)
        return -ENOMEM;
    if (c->event.type == STORE_PUT)
        r = tree_put(&s->newest, c->event.object);
    else
        r = tree_del(&s->newest, key);
    if (r < 0)
        return r;
    s->given++;
    batch_add(s, TAKE(c), w->lazy);
    return 0;
}

int store_confirm(struct store *s, struct object *o, void (*done)(void *ctx, enum store_outcome outcome, struct object *object, int64_t revision),
                  void *ctx)
{
    if (tree_get(s->newest, o->key) != o)
        return STORE_CONFLICT;
    struct store_change *c = mem_alloc(sizeof(*c));
    if (!c)
        return -ENOMEM;
    list_init(&c->link);
    list_init(&c->answer);
    c->event = (struct store_event){.revision = o->revision, .type = STORE_PUT, .object = object_ref(o)};
    c->done = done;
    c->ctx = ctx;
    batch_confirm(s, c);
    return 0;
}
