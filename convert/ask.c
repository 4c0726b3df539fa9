/* Questions under way: calls wait for entries, batches bring them. */
#include "convert/inside.h"
#include "json/json.h"
#include "os/os.h"

#define TIMEOUT_MS   30000 /* as upstream's */
#define BATCH_MEMORY ((size_t)256 << 20)

struct convert_call {
    struct list link;
    struct convert *x;
    struct entry **entries;
    size_t n;
    void (*done)(void *ctx, const struct convert_answer *answer);
    void *ctx;
    int r;
    char *error;
};

struct batch { /* one ConversionReview */
    struct list link;
    struct convert *x;
    struct asked *hook;
    struct arena *mem;
    struct conversion review;
    struct entry **entries; /* NULL: of a tree that is being written */
    void (*done)(void *ctx, int r, const struct value *made, struct str error);
    void *ctx;
    struct loop_task failing;
};

/* ── life ── */

int convert_new(struct convert **out, struct loop *loop, struct store *store, struct err *err)
{
    struct convert *x = mem_alloc(sizeof(*x));
    if (!x)
        return err_raise(err, -ENOMEM, "no memory for conversions");
    x->loop = loop;
    x->store = store;
    list_init(&x->lru);
    list_init(&x->calls);
    list_init(&x->batches);
    *out = x;
    return 0;
}

static void call_free(struct convert_call *k)
{
    list_del(&k->link);
    for (size_t i = 0; i < k->n; i++)
        kept_unref(k->entries[i]);
    mem_free(k->entries);
    mem_free(k->error);
    mem_free(k);
}

struct convert_call *convert_cancel(struct convert_call *k)
{
    if (k)
        call_free(k);
    return NULL;
}

static void batch_free(struct batch *b)
{
    for (size_t i = 0; b->entries && i < b->review.n; i++)
        kept_unref(b->entries[i]);
    list_del(&b->link);
    loop_defer_cancel(&b->failing);
    asked_put(b->hook);
    arena_free(b->mem);
    mem_free(b);
}

/* ── who can be answered ── */

static bool call_ready(const struct convert_call *k)
{
    for (size_t i = 0; k->r == 0 && i < k->n; i++)
        if (!k->entries[i]->to)
            return false;
    return true;
}

static void call_answer(struct convert_call *k)
{
    struct object **objects = k->r == 0 ? mem_alloc(MAX(k->n, 1) * sizeof(*objects)) : NULL;
    struct convert_answer a = {.r = k->r, .objects = objects, .error = str_of(k->error ? k->error : "out of memory")};
    for (size_t i = 0; objects && i < k->n; i++)
        objects[i] = k->entries[i]->to;
    if (k->r == 0 && !objects)
        a.r = -ENOMEM;
    list_del(&k->link); /* whoever cancels from now on is too late, and knows: done has come */
    k->done(k->ctx, &a);
    mem_free(objects);
    call_free(k);
}

static void answer_ready(void *ctx)
{
    struct convert *x = ctx;
    bool more = true;
    while (more) { /* done may ask anew, or cancel others */
        more = false;
        LIST_EACH (k, &x->calls, struct convert_call, link) {
            if (!call_ready(k))
                continue;
            call_answer(k);
            more = true;
            break;
        }
    }
}

static void call_fail(struct convert_call *k, int r, struct str error)
{
    if (k->r)
        return;
    k->r = r;
    k->error = mem_text(error.p ? error.p : "", error.n);
}

/* Those who wait for one of the batch's objects are told, and who asks again asks anew. */
static void batch_failed(struct batch *b, int r, struct str error)
{
    struct convert *x = b->x;
    for (size_t i = 0; i < b->review.n; i++) {
        b->entries[i]->failed = true;
        kept_forget(x, b->entries[i]);
    }
    LIST_EACH (k, &x->calls, struct convert_call, link) {
        for (size_t i = 0; i < k->n; i++)
            if (k->entries[i]->failed)
                call_fail(k, r, error);
    }
}

/* ── the answer ── */

static int batch_take(struct batch *b, struct value *made)
{
    const struct schema_kind *kind = b->review.to->kind;
    for (size_t i = 0; i < b->review.n; i++) {
        struct object *from = b->entries[i]->from, *to = NULL;
        int r = object_freeze(&to, from->key, kind, &made[i], NULL);
        if (r < 0)
            return r;
        to->revision = from->revision; /* nobody else has seen it yet */
        to->created_revision = from->created_revision;
        kept_settle(b->x, b->entries[i], to);
    }
    return 0;
}

static void batch_over(struct batch *b, int r, struct value *made, struct str error)
{
    struct convert *x = b->x;
    if (r == -ENOMEM)
        error = STR("out of memory");
    if (!b->entries) {
        b->done(b->ctx, r, r == 0 ? made : NULL, error);
    } else {
        if (r == 0)
            r = batch_take(b, made);
        if (r < 0)
            batch_failed(b, r, error.p ? error : STR("out of memory"));
    }
    bool entries = b->entries != NULL;
    batch_free(b);
    if (entries && !x->freeing)
        answer_ready(x);
}

static void on_answer(void *ctx, const struct webhook_answer *a)
{
    struct batch *b = ctx;
    struct str error = STR_NONE;
    struct value *made = a->r == 0 ? arena_alloc(b->mem, b->review.n * sizeof(*made)) : NULL;
    if (a->r < 0) {
        struct str whose = conversion_whose(b->mem, &b->review);
        error = arena_fmt(b->mem, "%.*s failed: %.*s", STR_FMT(whose), STR_FMT(a->error));
        batch_over(b, whose.p && error.p ? a->r : -ENOMEM, NULL, error);
        return;
    }
    int r = made ? conversion_read(b->mem, &b->review, a->body, made, &error) : -ENOMEM;
    batch_over(b, r, made, error);
}

/* ── the question ── */

static void tell_broken(void *ctx)
{
    struct batch *b = ctx;
    struct str whose = conversion_whose(b->mem, &b->review);
    struct str error =
        b->hook->broken ? arena_fmt(b->mem, "%.*s failed: %s", STR_FMT(whose), b->hook->broken) : STR("no supported conversion review versions");
    batch_over(b, whose.p && error.p ? -EPROTO : -ENOMEM, NULL, error);
}

static int batch_send(struct batch *b)
{
    SCOPED_BUF body = BUF_INIT(0);
    if (b->hook->broken || !b->hook->version.n) {
        loop_defer(b->x->loop, &b->failing, tell_broken, b);
        return 0;
    }
    int r = conversion_write(&b->review, &body);
    return r < 0 ? r : webhook_call(b->hook->webhook, buf_view(&body), TIMEOUT_MS, on_answer, b);
}

static int batch_new(struct convert *x, const struct schema_resource *r, size_t n, struct batch **out, struct str **texts)
{
    char uid[37];
    struct batch *b = mem_alloc(sizeof(*b));
    if (!b)
        return -ENOMEM;
    list_init(&b->link);
    b->x = x;
    int e = arena_new(&b->mem, BATCH_MEMORY);
    if (e == 0)
        e = asked_take(x, r->custom, &b->hook);
    os_uuid(uid);
    *texts = e == 0 ? arena_alloc(b->mem, n * sizeof(struct str)) : NULL;
    if (!*texts || arena_str(b->mem, str_of(uid), &b->review.uid) < 0) {
        batch_free(b);
        return -ENOMEM;
    }
    b->review.version = b->hook->version;
    b->review.to = r;
    b->review.texts = *texts;
    b->review.n = n;
    list_add(&x->batches, &b->link);
    *out = b;
    return 0;
}

static int ask(struct convert *x, const struct schema_resource *r, struct entry *const *entries, size_t n)
{
    struct batch *b;
    struct str *texts;
    int e = batch_new(x, r, n, &b, &texts);
    if (e < 0)
        return e;
    struct entry **own = arena_alloc(b->mem, n * sizeof(struct entry *));
    if (!own) {
        batch_free(b);
        return -ENOMEM;
    }
    for (size_t i = 0; i < n; i++) {
        own[i] = entries[i];
        own[i]->refs++;
        texts[i] = entries[i]->from->stored;
    }
    b->entries = own;
    e = batch_send(b);
    if (e < 0)
        batch_free(b);
    return e;
}

/* ── stored objects ── */

bool convert_needed(const struct schema_resource *r, const struct object *o)
{
    char scratch[32];
    struct str version;
    if (!r->custom || !r->custom->webhook)
        return false;
    return !object_field(o, "apiVersion", &version, scratch) || !str_eq(version, r->kind->api_version);
}

struct object *convert_known(struct convert *x, const struct schema_resource *r, struct object *o)
{
    if (!convert_needed(r, o))
        return object_ref(o);
    struct entry *e = kept_find(x, r, o);
    return e && e->to ? object_ref(e->to) : NULL;
}

/* Those not yet known nor under way, in batches. */
static int ask_new(struct convert *x, const struct schema_resource *r, struct entry **fresh, size_t n)
{
    int e = 0;
    for (size_t i = 0; e == 0 && i < n;) {
        size_t k = 0, bytes = 0;
        while (i + k < n && k < CONVERT_BATCH && (!k || bytes + fresh[i + k]->from->stored.n <= CONVERT_BATCH_BYTES))
            bytes += fresh[i + k++]->from->stored.n;
        e = ask(x, r, fresh + i, k);
        for (size_t f = i; e < 0 && f < n; f++)
            kept_forget(x, fresh[f]);
        i += k;
    }
    return e;
}

static int call_fill(struct convert_call *k, struct asked *h, const struct schema_resource *r, struct object *const *objects, size_t n,
                     struct entry **fresh, size_t *n_fresh)
{
    for (size_t i = 0; i < n; i++) {
        struct entry *e = kept_find(k->x, r, objects[i]);
        int bad = 0;
        if (e) {
            e->refs++;
        } else {
            bad = kept_make(k->x, h, r, objects[i], &e);
            if (bad == 0 && !convert_needed(r, objects[i]))
                kept_settle(k->x, e, object_ref(objects[i]));
            else if (bad == 0)
                fresh[(*n_fresh)++] = e;
        }
        if (bad < 0)
            return bad;
        k->entries[k->n++] = e;
    }
    return 0;
}

int convert_fetch(struct convert_call **out, struct convert *x, const struct schema_resource *r, struct object *const *objects, size_t n,
                  void (*done)(void *ctx, const struct convert_answer *answer), void *ctx)
{
    struct asked *h = NULL;
    size_t n_fresh = 0;
    kept_sweep(x);
    struct convert_call *k = mem_alloc(sizeof(*k));
    struct entry **fresh = mem_alloc(MAX(n, 1) * sizeof(*fresh));
    int e = k && fresh ? asked_take(x, r->custom, &h) : -ENOMEM;
    if (e == 0) {
        *k = (struct convert_call){.x = x, .done = done, .ctx = ctx};
        list_init(&k->link);
        k->entries = mem_alloc(MAX(n, 1) * sizeof(*k->entries));
        e = k->entries ? call_fill(k, h, r, objects, n, fresh, &n_fresh) : -ENOMEM;
        if (e == 0)
            e = ask_new(x, r, fresh, n_fresh);
        else
            while (n_fresh)
                kept_forget(x, fresh[--n_fresh]);
    }
    asked_put(h);
    mem_free(fresh);
    if (e < 0) {
        if (h)
            call_free(k);
        else
            mem_free(k);
        return e;
    }
    list_add(&x->calls, &k->link);
    if (call_ready(k)) /* all were known: told all the same, but not from in here */
        loop_defer(x->loop, &x->ready, answer_ready, x);
    *out = k;
    return 0;
}

/* ── what is being written ── */

int convert_tree(struct convert *x, const struct schema_resource *r, const struct value *tree,
                 void (*done)(void *ctx, int r, const struct value *made, struct str error), void *ctx)
{
    SCOPED_BUF text = BUF_INIT(0);
    struct batch *b;
    struct str *texts;
    kept_sweep(x);
    int e = batch_new(x, r, 1, &b, &texts);
    if (e < 0)
        return e;
    b->done = done;
    b->ctx = ctx;
    json_print(&text, tree);
    e = buf_error(&text);
    if (e == 0)
        e = arena_str(b->mem, buf_view(&text), texts);
    if (e == 0)
        e = batch_send(b);
    if (e < 0)
        batch_free(b);
    return e;
}

struct convert *convert_free(struct convert *x)
{
    if (!x)
        return NULL;
    x->freeing = true;
    loop_defer_cancel(&x->ready);
    LIST_EACH (b, &x->batches, struct batch, link) { /* those that wait for nothing outside */
        if (b->hook->broken || !b->hook->version.n)
            tell_broken(b);
    }
    asked_free(x); /* calls of the others end, and with them their batches */
    while (!list_empty(&x->calls)) {
        struct convert_call *k = CONTAINER_OF(x->calls.next, struct convert_call, link);
        call_fail(k, -ECANCELED, STR("the server is stopping"));
        call_answer(k);
    }
    return mem_free(x);
}
