/* In-process callers: the same registry, the same checks, no bytes. */
#include "api/inside.h"
#include "selector/selector.h"

#define SENT_BYTES_MAX ((size_t)64 * 1024 * 1024)

struct transport {
    struct list link; /* in api->transports */
    struct api *api;  /* NULL: the server has gone */
    struct auth_user user;
    struct arena *arena; /* of the user */
    struct list sents, streams;
};

/* A request of theirs. */
struct sent {
    struct list link;
    struct transport *t; /* NULL: the caller has gone */
    struct arena *a;
    struct apireq_route route;
    struct apireq_options options;
    struct auth_user user; /* the caller's, which may go first */
    const struct schema_resource *res;
    const struct schema_subresource *sub;
    struct query_list list;
    bool lists;
    struct apireq_status st;
    struct client_reply reply;
    struct object *object;
    struct value tree;
    struct loop_task task;
    struct registry_request q;
    struct auth_wait wait; /* somebody outside is asked about rights */
    bool waits;
    void (*done)(void *ctx, const struct client_reply *r);
    void *ctx;
};

static void sent_free(struct sent *s)
{
    loop_defer_cancel(&s->task);
    auth_wait_cancel(&s->wait);
    if (s->lists)
        query_list_close(&s->list);
    object_unref(s->object);
    list_del(&s->link);
    schema_resource_put(s->res);
    arena_free(s->a);
    mem_free(s);
}

static void answer_status(struct sent *s)
{
    s->reply.code = s->st.code;
    s->reply.reason = s->st.reason;
    s->reply.message = s->st.message;
    s->reply.retry_after = (int)s->st.retry_after;
}

static void deliver(struct sent *s)
{
    if (s->t)
        s->done(s->ctx, &s->reply);
    sent_free(s);
}

static void deliver_later(void *ctx)
{
    deliver(ctx);
}

/* registry's answer may come from inside client_send(): it is handed on from the loop. The reply's texts and trees
 * live in the request's own arena; the object is referenced. */
static void replied(void *ctx, const struct registry_reply *r)
{
    struct sent *s = ctx;
    s->reply.code = r->code;
    if (r->status) {
        s->st = *r->status;
        answer_status(s);
    } else if (r->object && !r->tree) {
        s->object = object_ref(r->object);
        s->reply.object = s->object;
    } else if (r->list) { /* what a collection held: nobody in the process asks for it */
        apireq_status_success(&s->st, STR(""), STR(""), STR_NONE, STR_NONE);
        answer_status(s);
    } else {
        s->tree = *r->tree;
        s->reply.tree = &s->tree;
    }
    if (!s->t) {
        sent_free(s);
        return;
    }
    loop_defer(s->t->api->loop, &s->task, deliver_later, s);
}

static enum apireq_verb verb_of(enum client_verb v)
{
    switch (v) {
    case CLIENT_LIST:
        return APIREQ_LIST;
    case CLIENT_CREATE:
        return APIREQ_CREATE;
    case CLIENT_UPDATE:
        return APIREQ_UPDATE;
    case CLIENT_PATCH:
        return APIREQ_PATCH;
    case CLIENT_DELETE:
        return APIREQ_DELETE;
    case CLIENT_DELETE_COLLECTION:
        return APIREQ_DELETECOLLECTION;
    case CLIENT_GET:
    default:
        return APIREQ_GET;
    }
}

static enum apireq_patch patch_of(enum client_patch p)
{
    switch (p) {
    case CLIENT_PATCH_JSON:
        return APIREQ_PATCH_JSON;
    case CLIENT_PATCH_STRATEGIC:
        return APIREQ_PATCH_STRATEGIC;
    case CLIENT_PATCH_APPLY:
        return APIREQ_PATCH_APPLY;
    case CLIENT_PATCH_MERGE:
    default:
        return APIREQ_PATCH_MERGE;
    }
}

static enum apireq_propagation propagation_of(enum client_propagation p)
{
    switch (p) {
    case CLIENT_BACKGROUND:
        return APIREQ_PROPAGATE_BACKGROUND;
    case CLIENT_FOREGROUND:
        return APIREQ_PROPAGATE_FOREGROUND;
    case CLIENT_ORPHAN:
        return APIREQ_PROPAGATE_ORPHAN;
    case CLIENT_PROPAGATION_DEFAULT:
    default:
        return APIREQ_PROPAGATE_DEFAULT;
    }
}

/* All texts are copied: the caller's need not outlive client_send(). */
static int take_call(struct sent *s, const struct client_call *c)
{
    struct apireq_route *r = &s->route;
    struct apireq_options *o = &s->options;
    int e = arena_str(s->a, c->ns, &r->ns);
    if (e == 0)
        e = arena_str(s->a, c->name, &r->name);
    if (e == 0)
        e = arena_str(s->a, c->subresource, &r->subresource);
    if (e == 0)
        e = arena_str(s->a, c->label_selector, &o->label_selector);
    if (e == 0)
        e = arena_str(s->a, c->field_selector, &o->field_selector);
    if (e == 0)
        e = arena_str(s->a, c->manager, &o->manager);
    if (e == 0)
        e = arena_str(s->a, c->uid, &o->expect_uid);
    if (e < 0)
        return e;
    s->res = c->resource;
    schema_custom_ref(c->resource->custom);
    s->sub = r->subresource.n ? schema_subresource_find(c->resource, r->subresource) : NULL;
    r->is_resource = true;
    r->verb = verb_of(c->verb);
    r->verb_text = str_of(apireq_verb_text(r->verb));
    r->group = c->resource->group;
    r->version = c->resource->version;
    r->resource = c->resource->name;
    o->force = c->force;
    o->validation = APIREQ_VALIDATE_IGNORE;
    o->has_expect_uid = c->uid.n > 0;
    o->has_grace = c->grace >= 0 && c->verb == CLIENT_DELETE;
    o->grace_seconds = c->grace;
    o->propagation = propagation_of(c->propagation);
    if (c->revision > 0) {
        o->has_expect_version = true;
        o->expect_version = arena_fmt(s->a, "%lld", (long long)c->revision);
        if (!o->expect_version.p)
            return -ENOMEM;
    }
    return 0;
}

static int take_body(struct sent *s, const struct client_call *c, struct registry_request *q)
{
    struct value *copy;
    if (!c->body)
        return 0;
    copy = arena_alloc(s->a, sizeof(*copy));
    if (!copy || value_copy(s->a, c->body, copy) < 0)
        return -ENOMEM;
    q->tree = copy;
    return 0;
}

static int collect(struct sent *s)
{
    VEC(struct object *) found = {0};
    struct object *o;
    int r = 0;
    while ((o = query_list_next(&s->list)) != NULL) {
        struct object **slot = VEC_ADD(&found);
        if (!slot) {
            r = -ENOMEM;
            break;
        }
        *slot = o;
    }
    struct object **kept = arena_alloc(s->a, MAX(found.n, 1) * sizeof(*kept));
    if (!kept)
        r = -ENOMEM;
    if (r == 0 && found.n)
        memcpy(kept, found.p, found.n * sizeof(*kept));
    s->reply.items = kept;
    s->reply.n_items = found.n;
    VEC_DONE(&found);
    return r;
}

static void do_list(struct sent *s)
{
    s->lists = true;
    if (query_list_open(s->t->api->store, s->a, &s->route, &s->options, s->res, &s->list, &s->st)) {
        answer_status(s);
    } else if (collect(s) < 0) {
        apireq_status_memory(&s->st);
        answer_status(s);
    } else {
        s->reply.code = 200;
        s->reply.revision = s->list.revision;
    }
    loop_defer(s->t->api->loop, &s->task, deliver_later, s);
}

/* Once it may be asked at all. */
static void enter(struct sent *s)
{
    struct api *a = s->t->api;
    char reason[AUTH_REASON_MAX];
    int r = registry_authorize(a->registry, s->a, &s->route, &s->options, &s->user, &s->wait, reason, &s->st);
    s->waits = r == REGISTRY_WAITS;
    if (s->waits)
        return;
    if (r) {
        answer_status(s);
        loop_defer(a->loop, &s->task, deliver_later, s);
    } else if (s->route.verb == APIREQ_LIST) {
        do_list(s);
    } else {
        registry_do(a->registry, &s->q, replied, s);
    }
}

static void sent_decided(void *ctx)
{
    enter(ctx);
}

static int transport_send(void *self, const struct client_call *c, void (*done)(void *ctx, const struct client_reply *r), void *ctx)
{
    struct transport *t = self;
    if (!t->api)
        return -ENOTCONN;
    struct sent *s = mem_alloc(sizeof(*s));
    if (!s || arena_new(&s->a, SENT_BYTES_MAX) < 0) {
        mem_free(s);
        return -ENOMEM;
    }
    s->t = t;
    s->done = done;
    s->ctx = ctx;
    auth_wait_init(&s->wait, sent_decided, s);
    list_add(&t->sents, &s->link);
    s->q = (struct registry_request){
        .arena = s->a,
        .user = &s->user,
        .route = &s->route,
        .options = &s->options,
        .resource = c->resource,
        .user_agent = t->user.name,
        .patch = patch_of(c->patch),
        .format = OBJECT_JSON,
        .blind = c->blind,
    };
    int r = auth_user_copy(s->a, &t->user, &s->user);
    if (r == 0)
        r = take_call(s, c);
    if (r == 0)
        r = take_body(s, c, &s->q);
    if (r < 0) {
        sent_free(s);
        return r;
    }
    s->q.subresource = s->sub;
    if (!registry_serves(t->api->registry, s->res) || (s->route.subresource.n && !s->sub)) {
        apireq_status_no_resource(&s->st);
        answer_status(s);
        loop_defer(t->api->loop, &s->task, deliver_later, s);
        return 0;
    }
    enter(s);
    return 0;
}

/* ── watches ── */

struct stream {
    struct list link;
    struct transport *t;
    struct arena *a; /* selectors and prefix */
    struct query_watch watch;
    struct client_watch_call call;
    struct auth_wait wait; /* somebody outside is asked about rights */
    struct loop_task task;
    int code; /* of the end */
    const char *message;
    bool closed;
    bool running; /* inside on_event */
};

static void stream_free(struct stream *w)
{
    loop_defer_cancel(&w->task);
    auth_wait_cancel(&w->wait);
    query_watch_close(&w->watch);
    list_del(&w->link);
    arena_free(w->a);
    mem_free(w);
}

static void stream_end(struct stream *w, int code, const char *message)
{
    struct client_watch_call call = w->call;
    stream_free(w);
    call.on_end(call.ctx, code, message);
}

/* A bounded number of events at one go: a cache that fills must not hold the loop. */
#define EVENTS_AT_ONCE 512

static void stream_run(void *ctx)
{
    struct stream *w = ctx;
    struct query_event e;
    if (w->code) {
        stream_end(w, w->code, w->message);
        return;
    }
    for (size_t n = 0; n < EVENTS_AT_ONCE; n++) {
        if (!query_watch_next(&w->watch, &e)) {
            if (query_watch_lost(&w->watch))
                stream_end(w, 410, "the watch fell behind");
            return;
        }
        static const enum client_event events[] = {
            [QUERY_ADDED] = CLIENT_PUT,
            [QUERY_MODIFIED] = CLIENT_PUT,
            [QUERY_DELETED] = CLIENT_DELETED,
            [QUERY_SYNCED] = CLIENT_SYNCED,
        };
        if (w->call.resource == &schema_custom_all && e.object && e.object->kind)
            continue;
        w->running = true;
        w->call.on_event(w->call.ctx, events[e.type], e.object, e.revision);
        w->running = false;
        if (w->closed) {
            stream_free(w);
            return;
        }
    }
    loop_defer(w->t->api->loop, &w->task, stream_run, w);
}

static void stream_wake(void *ctx)
{
    struct stream *w = ctx;
    loop_defer(w->t->api->loop, &w->task, stream_run, w);
}

static int stream_open(struct stream *w, struct transport *t)
{
    struct apireq_route route = {
        .is_resource = true,
        .verb = APIREQ_WATCH,
        .verb_text = STR("watch"),
        .group = w->call.resource->group,
        .version = w->call.resource->version,
        .resource = w->call.resource->name,
    };
    struct apireq_options o = {.watch = true};
    struct apireq_status st;
    struct selector *labels, *fields;
    struct str prefix;
    int r = arena_str(w->a, w->call.ns, &route.ns);
    if (r == 0)
        r = arena_str(w->a, w->call.label_selector, &o.label_selector);
    if (r == 0)
        r = arena_str(w->a, w->call.field_selector, &o.field_selector);
    if (r < 0)
        return r;
    char reason[AUTH_REASON_MAX];
    int may = registry_authorize(t->api->registry, w->a, &route, &o, &t->user, &w->wait, reason, &st);
    if (may == REGISTRY_WAITS)
        return 0;
    if (may || apireq_selectors(w->a, w->call.resource, &o, &labels, &fields, &st)) {
        struct str text;
        w->code = st.code;
        w->message = arena_str(w->a, st.message, &text) == 0 && text.p ? text.p : "refused";
        loop_defer(t->api->loop, &w->task, stream_run, w);
        return 0;
    }
    r = query_prefix(w->a, w->call.resource, route.ns, &prefix);
    if (r == 0)
        r = query_watch_open(&w->watch, t->api->store, prefix, labels, fields, w->call.after, w->call.after == 0, stream_wake, w);
    if (r == STORE_COMPACTED) {
        w->code = 410;
        w->message = "too old resource version";
        r = 0;
    }
    if (r == 0)
        loop_defer(t->api->loop, &w->task, stream_run, w);
    return r;
}

static void stream_decided(void *ctx)
{
    struct stream *w = ctx;
    if (stream_open(w, w->t) == 0)
        return;
    w->code = 500;
    w->message = "no memory for a watch";
    loop_defer(w->t->api->loop, &w->task, stream_run, w);
}

static int transport_watch(void *self, const struct client_watch_call *call, void **handle)
{
    struct transport *t = self;
    if (!t->api)
        return -ENOTCONN;
    struct stream *w = mem_alloc(sizeof(*w));
    if (!w || arena_new(&w->a, 1024 * 1024) < 0) {
        mem_free(w);
        return -ENOMEM;
    }
    w->t = t;
    w->call = *call;
    auth_wait_init(&w->wait, stream_decided, w);
    list_add(&t->streams, &w->link);
    int r = stream_open(w, t);
    if (r < 0) {
        stream_free(w);
        return r;
    }
    *handle = w;
    return 0;
}

static void transport_unwatch(void *self, void *handle)
{
    struct stream *w = handle;
    (void)self;
    if (w->running)
        w->closed = true;
    else
        stream_free(w);
}

/* ── life ── */

static void let_go(struct transport *t)
{
    LIST_EACH (s, &t->sents, struct sent, link) {
        s->t = NULL; /* freed when registry has answered */
        list_del(&s->link);
        if (s->task.queued || s->waits)
            sent_free(s);
    }
    LIST_EACH (w, &t->streams, struct stream, link)
        transport_unwatch(t, w);
}

static void transport_free(void *self)
{
    struct transport *t = self;
    let_go(t);
    list_del(&t->link);
    arena_free(t->arena);
    mem_free(t);
}

void transports_end(struct api *a)
{
    LIST_EACH (t, &a->transports, struct transport, link) {
        let_go(t);
        list_del(&t->link);
        t->api = NULL;
    }
}

static int make_user(struct transport *t, const char *user, const char *const *groups)
{
    size_t n = 0;
    while (groups && groups[n])
        n++;
    int r = arena_new(&t->arena, 64 * 1024);
    if (r == 0)
        r = arena_str(t->arena, str_of(user), &t->user.name);
    if (r < 0)
        return r;
    t->user.groups = arena_alloc(t->arena, (n + 1) * sizeof(*t->user.groups));
    if (!t->user.groups)
        return -ENOMEM;
    for (size_t i = 0; i < n; i++)
        if (arena_str(t->arena, str_of(groups[i]), &t->user.groups[i]) < 0)
            return -ENOMEM;
    t->user.groups[n] = STR("system:authenticated");
    t->user.n_groups = n + 1;
    return 0;
}

int api_client_new(struct client **out, struct api *a, const char *user, const char *const *groups, const char *user_agent, struct err *err)
{
    static const struct client_transport kind = {
        .send = transport_send, .watch = transport_watch, .unwatch = transport_unwatch, .free = transport_free};
    struct transport *t = mem_alloc(sizeof(*t));
    if (!t)
        return err_raise(err, -ENOMEM, "no memory for an in-process client");
    t->api = a;
    list_init(&t->sents);
    list_init(&t->streams);
    list_add(&a->transports, &t->link);
    int r = make_user(t, user, groups);
    if (r == 0)
        r = client_new(out, a->loop, &kind, t, str_of(user_agent ? user_agent : user));
    if (r < 0) {
        transport_free(t);
        return err_raise(err, r, "no memory for an in-process client");
    }
    return 0;
}
