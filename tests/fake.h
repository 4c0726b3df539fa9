/* An API in memory for tests: objects with revisions, watches, finalizers; all
 * answers come from the loop, one simulated millisecond later. What a server
 * would default or validate is not done here. */
#ifndef CORACLE_TESTS_FAKE_H
#define CORACLE_TESTS_FAKE_H

#include "client/client.h"
#include "patch/patch.h"
#include "tests/quoted.h"

struct fake {
    struct loop *loop;
    struct client *client;
    struct list objects; /* struct fake_object, in order of arrival */
    struct list watches; /* struct fake_watch */
    struct list calls;   /* struct fake_call */
    int64_t revision;
    unsigned uids;
    unsigned writes; /* that were done */
    int fail_next;   /* HTTP code for the next write; 0: none */
    bool mute;       /* watches are given no events */
    bool no_pods;    /* creates of pods are refused, as by a quota or a namespace that ends */
};
struct fake_object {
    struct list link;
    const struct schema_resource *resource;
    struct object *object;
};
struct fake_watch {
    struct list link;
    struct fake *fake;
    struct client_watch_call call;
    struct list events;
    struct loop_task task;
    bool ended;
    int end_code;
};
struct fake_event {
    struct list link;
    enum client_event event;
    struct object *object;
    int64_t revision;
};
struct fake_call {
    struct list link;
    struct fake *fake;
    struct loop_timer timer;
    struct arena *mem;
    struct client_call call;
    struct value body;
    void (*done)(void *ctx, const struct client_reply *r);
    void *ctx;
};

/* ── watches ── */

static inline void fake_deliver(void *ctx)
{
    struct fake_watch *w = ctx;
    struct fake_event *e;
    if (list_empty(&w->events)) {
        if (w->ended) {
            struct client_watch_call call = w->call;
            int code = w->end_code;
            list_del(&w->link);
            mem_free(w);
            call.on_end(call.ctx, code, "");
        }
        return;
    }
    e = CONTAINER_OF(w->events.next, struct fake_event, link);
    list_del(&e->link);
    loop_defer(w->fake->loop, &w->task, fake_deliver, w);
    w->call.on_event(w->call.ctx, e->event, e->object, e->revision);
    object_unref(e->object);
    mem_free(e);
}

static inline void fake_push(struct fake_watch *w, enum client_event event, struct object *o, int64_t revision)
{
    struct fake_event *e = mem_alloc(sizeof(*e));
    assert_non_null(e);
    e->event = event;
    e->object = o ? object_ref(o) : NULL;
    e->revision = revision;
    list_add(&w->events, &e->link);
    loop_defer(w->fake->loop, &w->task, fake_deliver, w);
}

static inline void fake_tell(struct fake *f, const struct schema_resource *r, enum client_event event, struct object *o)
{
    LIST_EACH (w, &f->watches, struct fake_watch, link)
        if (!f->mute && !w->ended && (w->call.resource == r || (r->custom && w->call.resource == &schema_custom_all)) &&
            (!w->call.ns.n || str_eq(w->call.ns, object_namespace(o))))
            fake_push(w, event, o, f->revision);
}

/* All watches end, as when a server restarts; 410: they must list afresh. */
static inline void fake_end_watches(struct fake *f, int code)
{
    LIST_EACH (w, &f->watches, struct fake_watch, link) {
        w->ended = true;
        w->end_code = code;
        loop_defer(f->loop, &w->task, fake_deliver, w);
    }
}

static inline int fake_watch_new(void *self, const struct client_watch_call *call, void **handle)
{
    struct fake *f = self;
    struct fake_watch *w = mem_alloc(sizeof(*w));
    if (!w)
        return -ENOMEM;
    w->fake = f;
    w->call = *call;
    list_init(&w->events);
    list_add(&f->watches, &w->link);
    LIST_EACH (o, &f->objects, struct fake_object, link)
        if ((o->resource == call->resource || (o->resource->custom && call->resource == &schema_custom_all)) && o->object->revision > call->after &&
            (!call->ns.n || str_eq(call->ns, object_namespace(o->object))))
            fake_push(w, CLIENT_PUT, o->object, o->object->revision);
    if (call->after == 0)
        fake_push(w, CLIENT_SYNCED, NULL, f->revision);
    *handle = w;
    return 0;
}

static inline void fake_unwatch(void *self, void *handle)
{
    struct fake_watch *w = handle;
    (void)self;
    LIST_EACH (e, &w->events, struct fake_event, link) {
        object_unref(e->object);
        mem_free(e);
    }
    loop_defer_cancel(&w->task);
    list_del(&w->link);
    mem_free(w);
}

/* ── objects ── */

static inline const struct schema_resource *fake_resource(const char *group, const char *name)
{
    const struct schema_resource *r = schema_resource_find(str_of(group), STR("v1"), str_of(name));
    if (!r)
        r = schema_resource_find(str_of(group), STR("v1beta1"), str_of(name));
    char definition[256];
    if (!r) { /* custom: the catalogue keeps it */
        snprintf(definition, sizeof(definition), "%s.%s", name, group);
        r = schema_resource_take_custom(str_of(definition));
        schema_resource_put(r);
    }
    assert_non_null(r);
    return r;
}

static inline struct fake_object *fake_find(struct fake *f, const struct schema_resource *r, struct str ns, struct str name)
{
    LIST_EACH (o, &f->objects, struct fake_object, link)
        if (o->resource == r && str_eq(object_name(o->object), name) && str_eq(object_namespace(o->object), ns))
            return o;
    return NULL;
}

static inline void fake_key(const struct schema_resource *r, const struct value *v, char out[600])
{
    struct str ns = value_text_at(v, "metadata.namespace"), name = value_text_at(v, "metadata.name");
    if (r->custom)
        snprintf(out, 600, "/registry/%.*s/%.*s/%.*s%s%.*s", STR_FMT(r->group), STR_FMT(r->name), STR_FMT(ns), ns.n ? "/" : "", STR_FMT(name));
    else if (ns.n)
        snprintf(out, 600, "/registry/%.*s/%.*s/%.*s", STR_FMT(r->name), STR_FMT(ns), STR_FMT(name));
    else
        snprintf(out, 600, "/registry/%.*s/%.*s", STR_FMT(r->name), STR_FMT(name));
}

/* Puts a tree in, new or over the old one, and tells the watches. An object without finalizers that is being deleted goes. */
static inline struct object *fake_store(struct fake *f, const struct schema_resource *r, struct value *v)
{
    char key[600];
    struct err err = {""};
    struct object *o = NULL;
    fake_key(r, v, key);
    if (object_freeze(&o, str_of(key), r->kind, v, &err) < 0)
        fail_msg("%s: %s", key, err.text);
    struct fake_object *at = fake_find(f, r, object_namespace(o), object_name(o));
    o->revision = ++f->revision;
    o->created_revision = at ? at->object->created_revision : o->revision;
    if (!at) {
        at = mem_alloc(sizeof(*at));
        assert_non_null(at);
        at->resource = r;
        list_add(&f->objects, &at->link);
    }
    object_unref(at->object);
    at->object = o;
    bool held = value_count(value_at(v, "metadata.finalizers")) || value_count(value_at(v, "spec.finalizers")) ||
                value_int_at(v, "metadata.deletionGracePeriodSeconds", 0) > 0;
    if (!value_is_null(value_at(v, "metadata.deletionTimestamp")) && !held) {
        list_del(&at->link);
        fake_tell(f, r, CLIENT_DELETED, o);
        object_unref(o);
        mem_free(at);
        return NULL;
    }
    fake_tell(f, r, CLIENT_PUT, o);
    return o;
}

static inline void fake_stamp(struct fake *f, struct arena *a, struct value *v, const char *field)
{
    char now[32];
    int r = 0;
    time_fmt_rfc3339(now, loop_wall(f->loop));
    VALUE_SET(&r, a, v, field, value_make_text(arena_fmt(a, "%s", now)));
    assert_int_equal(r, 0);
}

static inline struct object *fake_create(struct fake *f, struct arena *a, const struct schema_resource *r, struct value *v)
{
    int e = 0;
    if (!value_text_at(v, "metadata.name").n)
        VALUE_SET(&e, a, v, "metadata.name",
                  value_make_text(arena_fmt(a, "%.*s%05u", STR_FMT(value_text_at(v, "metadata.generateName")), f->uids + 1)));
    VALUE_SET(&e, a, v, "metadata.uid", value_make_text(arena_fmt(a, "uid-%05u", ++f->uids)));
    VALUE_SET(&e, a, v, "apiVersion", value_make_text(arena_fmt(a, "%.*s%s%.*s", STR_FMT(r->group), r->group.n ? "/" : "", STR_FMT(r->version))));
    VALUE_SET(&e, a, v, "kind", value_make_text(r->kind->name));
    VALUE_SET(&e, a, v, "metadata.generation", value_make_int(1));
    assert_int_equal(e, 0);
    fake_stamp(f, a, v, "metadata.creationTimestamp");
    return fake_store(f, r, v);
}

/* What a test does to the cluster from outside: group, resource, namespace ("" none), JSON of the object. */
static inline void fake_put(struct fake *f, const char *group, const char *resource, const char *json)
{
    SCOPED(arena) a = NULL;
    assert_done(arena_new(&a, 4u << 20));
    struct value *v = quoted(a, "%s", json);
    const struct schema_resource *r = fake_resource(group, resource);
    assert_null(fake_find(f, r, value_text_at(v, "metadata.namespace"), value_text_at(v, "metadata.name")));
    fake_create(f, a, r, v);
}

/* Merges JSON into an object that is there. */
static inline void fake_change(struct fake *f, const char *group, const char *resource, const char *ns, const char *name, const char *json)
{
    SCOPED(arena) a = NULL;
    struct value tree = {0}, out = {0};
    assert_done(arena_new(&a, 4u << 20));
    const struct schema_resource *r = fake_resource(group, resource);
    struct fake_object *o = fake_find(f, r, str_of(ns), str_of(name));
    if (!o)
        fail_msg("no %s %s/%s", resource, ns, name);
    assert_done(object_tree(a, o->object, &tree, NULL));
    struct value *patch = quoted(a, "%s", json);
    assert_done(patch_merge(a, &tree, patch, &out, NULL));
    if (value_get(patch, STR("spec")))
        assert_non_null(value_put(a, &out, "metadata.generation", value_make_int(value_int_at(&tree, "metadata.generation", 0) + 1)));
    fake_store(f, r, &out);
}

/* The tree of an object, or NULL. */
static inline struct value *fake_get(struct fake *f, struct arena *a, const char *group, const char *resource, const char *ns, const char *name)
{
    struct fake_object *o = fake_find(f, fake_resource(group, resource), str_of(ns), str_of(name));
    struct value *v = o ? arena_alloc(a, sizeof(*v)) : NULL;
    if (v)
        assert_done(object_tree(a, o->object, v, NULL));
    return v;
}

static inline size_t fake_count(const struct fake *f, const char *group, const char *resource)
{
    size_t n = 0;
    LIST_EACH (o, &f->objects, struct fake_object, link)
        n += o->resource == fake_resource(group, resource);
    return n;
}

/* ── calls ── */

static inline struct client_reply fake_refuse(int code, const char *reason)
{
    return (struct client_reply){.code = code, .reason = str_of(reason), .message = str_of(reason)};
}

static inline struct object *fake_delete(struct fake *f, struct arena *a, struct fake_object *at, const struct client_call *k)
{
    struct value tree = {0}, finalizers = value_make_list();
    int r = object_tree(a, at->object, &tree, NULL);
    struct object *last = object_ref(at->object);
    const struct value *had = value_at(&tree, "metadata.finalizers");
    const char *propagation = k->propagation == CLIENT_FOREGROUND ? "foregroundDeletion" : k->propagation == CLIENT_ORPHAN ? "orphan" : NULL;
    int64_t grace = k->grace >= 0 ? k->grace : value_int_at(&tree, "spec.terminationGracePeriodSeconds", 0);
    bool placed = value_text_at(&tree, "spec.nodeName").n > 0 && str_is(at->resource->name, "pods");
    VALUE_EACH_ITEM (x, had)
        assert_non_null(value_add(a, &finalizers, *x));
    if (propagation)
        assert_non_null(value_add(a, &finalizers, value_make_text(str_of(propagation))));
    if (value_count(&finalizers))
        VALUE_SET(&r, a, &tree, "metadata.finalizers", finalizers);
    VALUE_SET(&r, a, &tree, "metadata.deletionGracePeriodSeconds", value_make_int(placed ? grace : 0));
    assert_int_equal(r, 0);
    if (value_is_null(value_at(&tree, "metadata.deletionTimestamp")) || k->grace == 0)
        fake_stamp(f, a, &tree, "metadata.deletionTimestamp");
    struct object *now = fake_store(f, at->resource, &tree);
    if (!now)
        return last;
    object_unref(last);
    return object_ref(now);
}

static inline struct client_reply fake_write(struct fake *f, struct fake_call *c, struct fake_object *at, struct object **hold)
{
    struct client_call *k = &c->call;
    struct value tree = {0}, out = {0}, *v = &c->body;
    bool status = str_is(k->subresource, "status") || str_is(k->subresource, "approval");
    if (k->verb == CLIENT_CREATE)
        return (struct client_reply){.code = 201, .object = *hold = object_ref(fake_create(f, c->mem, k->resource, v))};
    if (k->uid.n && !str_eq(k->uid, object_uid(at->object)))
        return fake_refuse(409, "Conflict");
    if (k->verb == CLIENT_DELETE)
        return (struct client_reply){.code = 200, .object = *hold = fake_delete(f, c->mem, at, k)};
    assert_done(object_tree(c->mem, at->object, &tree, NULL));
    if (k->verb == CLIENT_UPDATE) {
        int64_t seen = 0;
        if (str_to_int(value_text_at(v, "metadata.resourceVersion"), &seen) == 0 && seen != at->object->revision)
            return fake_refuse(409, "Conflict");
        out = status ? tree : *v;
        const struct value *part = value_get(status ? v : &tree, STR("status"));
        if (part)
            assert_non_null(value_set(c->mem, &out, STR("status"), *part));
    } else if (k->patch == CLIENT_PATCH_STRATEGIC || k->patch == CLIENT_PATCH_APPLY) {
        assert_done(patch_strategic(c->mem, k->resource->kind->message, &tree, v, &out, NULL));
    } else if (k->patch == CLIENT_PATCH_JSON) {
        if (patch_json(c->mem, &tree, v, &out, NULL) < 0)
            return fake_refuse(422, "Invalid");
    } else {
        assert_done(patch_merge(c->mem, &tree, v, &out, NULL));
    }
    if (!status && !value_equal(value_get(&tree, STR("spec")), value_get(&out, STR("spec"))))
        assert_non_null(value_put(c->mem, &out, "metadata.generation", value_make_int(value_int_at(&tree, "metadata.generation", 0) + 1)));
    struct object *before = object_ref(at->object), *now = fake_store(f, k->resource, &out);
    *hold = now ? object_ref(now) : object_ref(before);
    object_unref(before);
    return (struct client_reply){.code = 200, .object = *hold};
}

static inline void fake_evict(struct fake *f, struct fake_call *c, struct fake_object *at)
{
    struct client_call del = {.verb = CLIENT_DELETE, .grace = -1};
    object_unref(fake_delete(f, c->mem, at, &del));
}

/* What a scheduler asks for: the pod is on that node. */
static inline void fake_bind(struct fake *f, struct fake_call *c, struct fake_object *at)
{
    struct value tree = {0};
    assert_done(object_tree(c->mem, at->object, &tree, NULL));
    assert_non_null(value_put(c->mem, &tree, "spec.nodeName", value_make_text(value_text_at(&c->body, "target.name"))));
    fake_store(f, at->resource, &tree);
}

static inline void fake_delete_collection(struct fake *f, struct fake_call *c)
{
    for (bool again = true; again;) {
        again = false;
        LIST_EACH (o, &f->objects, struct fake_object, link)
            if (o->resource == c->call.resource && str_eq(object_namespace(o->object), c->call.ns) && !object_deleting(o->object)) {
                fake_evict(f, c, o);
                again = true;
                break;
            }
    }
}

static inline void fake_answer(void *ctx)
{
    struct fake_call *c = ctx;
    struct fake *f = c->fake;
    struct client_call *k = &c->call;
    struct object *hold = NULL;
    struct client_reply r = {.code = 200};
    struct str ns = k->ns, name = k->name.n ? k->name : value_text_at(&c->body, "metadata.name");
    struct fake_object *at = fake_find(f, k->resource, ns, name);
    bool sub = k->subresource.n && !str_is(k->subresource, "status") && !str_is(k->subresource, "finalize") && !str_is(k->subresource, "approval");
    if (f->no_pods && c->call.verb == CLIENT_CREATE && str_is(c->call.resource->name, "pods")) {
        r = fake_refuse(403, "Forbidden");
    } else if (f->fail_next) {
        r = fake_refuse(f->fail_next, "Told");
        f->fail_next = 0;
    } else if (k->verb == CLIENT_DELETE_COLLECTION) {
        fake_delete_collection(f, c);
    } else if ((k->verb != CLIENT_CREATE || sub) && !at) {
        r = fake_refuse(404, "NotFound");
    } else if (k->verb == CLIENT_CREATE && !sub && at) {
        r = fake_refuse(409, "AlreadyExists");
    } else if (str_is(k->subresource, "eviction")) {
        fake_evict(f, c, at);
    } else if (str_is(k->subresource, "binding")) {
        fake_bind(f, c, at);
        r.code = 201;
    } else if (k->verb == CLIENT_GET) {
        r.object = at->object;
    } else if (!sub) {
        if (k->verb == CLIENT_CREATE && ns.n)
            assert_non_null(value_put(c->mem, &c->body, "metadata.namespace", value_make_text(ns)));
        r = fake_write(f, c, at, &hold);
        f->writes += client_ok(&r);
    }
    list_del(&c->link);
    c->done(c->ctx, &r);
    object_unref(hold);
    arena_free(c->mem);
    mem_free(c);
}

static inline int fake_send(void *self, const struct client_call *call, void (*done)(void *ctx, const struct client_reply *r), void *ctx)
{
    struct fake *f = self;
    struct fake_call *c = mem_alloc(sizeof(*c));
    if (!c || arena_new(&c->mem, 16u << 20) < 0) {
        mem_free(c);
        return -ENOMEM;
    }
    c->fake = f;
    c->call = *call;
    struct str *texts[] = {&c->call.ns, &c->call.name, &c->call.subresource, &c->call.uid};
    int r = call->body ? value_copy(c->mem, call->body, &c->body) : 0;
    for (size_t i = 0; r == 0 && i < ARRAY_LEN(texts); i++)
        r = arena_str(c->mem, *texts[i], texts[i]);
    if (r == 0)
        r = loop_timer_start(f->loop, &c->timer, 1, fake_answer, c);
    if (r < 0) {
        arena_free(c->mem);
        mem_free(c);
        return r;
    }
    c->done = done;
    c->ctx = ctx;
    list_add(&f->calls, &c->link);
    return 0;
}

static inline void fake_free(void *self)
{
    struct fake *f = self;
    LIST_EACH (c, &f->calls, struct fake_call, link) {
        loop_timer_stop(&c->timer);
        arena_free(c->mem);
        mem_free(c);
    }
    while (!list_empty(&f->watches))
        fake_unwatch(f, CONTAINER_OF(f->watches.next, struct fake_watch, link));
    LIST_EACH (o, &f->objects, struct fake_object, link) {
        object_unref(o->object);
        mem_free(o);
    }
    mem_free(f);
}

/* Nothing there; takes the loop over. */
static inline struct fake *fake_new_on(struct loop *loop)
{
    static const struct client_transport t = {.send = fake_send, .watch = fake_watch_new, .unwatch = fake_unwatch, .free = fake_free};
    struct fake *f = mem_alloc(sizeof(*f));
    assert_non_null(f);
    list_init(&f->objects);
    list_init(&f->watches);
    list_init(&f->calls);
    f->revision = 100;
    f->loop = loop;
    assert_done(client_new(&f->client, f->loop, &t, f, STR("test/1")));
    return f;
}

/* 2026-01-01T00:00:00Z on a simulated loop, nothing there. */
static inline struct fake *fake_new(void)
{
    struct loop *l = NULL;
    assert_done(loop_new_simulated(&l, 1767225600));
    return fake_new_on(l);
}

static inline void fake_end(struct fake *f)
{
    struct loop *l = f->loop;
    client_free(f->client); /* and f with it */
    loop_free(l);
}

static inline void fake_run(struct fake *f, int64_t ms)
{
    assert_done(loop_run_for(f->loop, ms));
}

#endif
