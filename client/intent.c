#include "client/inside.h"

int client_intents_new(struct client_intents **out, size_t max_bytes)
{
    struct client_intents *w = mem_alloc(sizeof(*w));
    int r = w ? arena_new(&w->arena, max_bytes) : -ENOMEM;
    if (r < 0) {
        mem_free(w);
        return r;
    }
    *out = w;
    return 0;
}

struct client_intents *client_intents_free(struct client_intents *w)
{
    if (!w)
        return NULL;
    for (size_t i = 0; i < w->items.n; i++)
        schema_resource_put(w->items.p[i].call.resource);
    arena_free(w->arena);
    VEC_DONE(&w->items);
    return mem_free(w);
}

struct client_call *client_intend(struct client_intents *w, enum client_verb verb, const struct schema_resource *resource, struct str ns,
                                  struct str name)
{
    static struct client_call nowhere;
    struct client_intent *i = VEC_ADD(&w->items);
    if (!i) {
        w->failed = true;
        return &nowhere;
    }
    i->call.verb = verb;
    i->call.resource = resource;
    schema_custom_ref(resource->custom); /* until the intents are freed */
    i->call.grace = -1;
    if (arena_str(w->arena, ns, &i->call.ns) < 0 || arena_str(w->arena, name, &i->call.name) < 0)
        w->failed = true;
    return &i->call;
}

void client_intend_again(struct client_intents *w, int64_t ms)
{
    ms = MAX(ms, 1);
    w->again_ms = w->again_ms ? MIN(w->again_ms, ms) : ms;
}

/* ── performing: one after another ── */

struct performance {
    struct list link;
    struct client *client;
    struct client_intents *work;
    struct client_caches caches;
    size_t at;
    int result;
    char error[ERR_TEXT_MAX];
    struct loop_task task;
    void (*done)(void *ctx, int r, const char *error, int64_t again_ms);
    void *ctx;
};

static void next(struct performance *p);

static void performance_free(struct performance *p)
{
    loop_defer_cancel(&p->task);
    list_del(&p->link);
    client_intents_free(p->work);
    mem_free(p);
}

void client_performances_free(struct client *c)
{
    while (!list_empty(&c->performances))
        performance_free(CONTAINER_OF(c->performances.next, struct performance, link));
}

void client_performances_forget(struct client *c, const void *ctx)
{
    LIST_EACH (p, &c->performances, struct performance, link)
        if (p->ctx == ctx) {
            client_forget(c, p); /* its own write; nothing is performed with a performance for ctx */
            performance_free(p);
        }
}

static void finish(void *ctx)
{
    struct performance *p = ctx;
    list_del(&p->link); /* done() may free the client, and all that is in its list */
    p->done(p->ctx, p->result, p->error, p->work->again_ms);
    performance_free(p);
}

static bool counts_as_done(const struct client_call *call, const struct client_reply *r)
{
    if (client_ok(r))
        return true;
    if (r->code == 404 && call->verb == CLIENT_DELETE)
        return true;
    return r->code == 409 && call->verb == CLIENT_CREATE && call->name.n && str_is(r->reason, "AlreadyExists");
}

static void note(struct performance *p, const struct client_call *call, const struct client_reply *r)
{
    for (size_t i = 0; client_ok(r) && r->object && i < p->caches.n; i++) {
        struct client_cache *k = p->caches.items[i];
        bool all = client_cache_resource(k) == &schema_custom_all && call->resource->custom && call->resource->storage == call->resource;
        if (client_cache_resource(k) != call->resource && !all)
            continue;
        if (call->verb == CLIENT_DELETE && !object_deleting(r->object))
            client_cache_note_deleted(k, r->object);
        else
            client_cache_note(k, r->object);
    }
}

static void on_reply(void *ctx, const struct client_reply *r)
{
    struct performance *p = ctx;
    struct client_intent *i = &p->work->items.p[p->at];
    note(p, &i->call, r);
    if (!counts_as_done(&i->call, r) && !i->may_fail) {
        p->result = r->code == 409 ? -EAGAIN : -EIO;
        snprintf(p->error, sizeof(p->error), "%.*s %.*s/%.*s: %d %.*s: %.*s", STR_FMT(i->call.resource->name), STR_FMT(i->call.ns),
                 STR_FMT(i->call.name), r->code, STR_FMT(r->reason), STR_FMT(r->message));
        finish(p);
        return;
    }
    p->at++;
    next(p);
}

static void next(struct performance *p)
{
    if (p->at == p->work->items.n) {
        finish(p);
        return;
    }
    int r = client_send(p->client, &p->work->items.p[p->at].call, on_reply, p);
    if (r < 0) {
        p->result = r;
        snprintf(p->error, sizeof(p->error), "the request could not be sent: %s", strerror(-r));
        loop_defer(p->client->loop, &p->task, finish, p);
    }
}

static void begin(void *ctx)
{
    next(ctx);
}

void client_perform(struct client *c, struct client_intents *w, const struct client_caches *caches,
                    void (*done)(void *ctx, int r, const char *error, int64_t again_ms), void *ctx)
{
    struct performance *p = mem_alloc(sizeof(*p));
    if (!p) { /* the only answer that comes from inside: there is nothing to carry it */
        client_intents_free(w);
        done(ctx, -ENOMEM, "no memory", 0);
        return;
    }
    list_add(&c->performances, &p->link);
    p->client = c;
    p->work = w;
    p->caches = caches ? *caches : (struct client_caches){.n = 0};
    p->done = done;
    p->ctx = ctx;
    if (w->failed) {
        p->result = -ENOMEM;
        snprintf(p->error, sizeof(p->error), "no memory for the intents");
        loop_defer(c->loop, &p->task, finish, p);
        return;
    }
    loop_defer(c->loop, &p->task, begin, p);
}
