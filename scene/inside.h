/* What scene's files share; no other room sees it. */
#ifndef CORACLE_SCENE_INSIDE_H
#define CORACLE_SCENE_INSIDE_H

#include "client/client.h"
#include "object/object.h"
#include "scene/scene.h"

#define TREE_MAX (64u << 20)

/* ── world.c: the API in memory ── */
struct topic {        /* all objects of one resource */
    struct list link; /* in the world's, oldest first */
    const struct schema_resource *resource;
    struct map objects;   /* "ns/name" → struct object; the key lies in the object's own */
    VEC(struct news) log; /* not told yet */
    struct list watches;
};
struct news {
    struct object *object;
    bool gone;
};

struct world {
    struct loop *loop;
    struct client *client;
    struct map topics; /* storage path → struct topic */
    struct list in_order;
    struct list calls; /* struct call: waiting for the next tick */
    size_t waiting;
    struct loop_timer tick;
    struct loop_task full, deliver;
    struct arena *scratch; /* of one write */
    int64_t revision;
    uint64_t dice, uids;
    struct scene_result *result;
    struct agents *agents;
};
int world_new(struct world **out, struct loop *l, uint64_t seed, struct scene_result *result) MUST_USE;     /* client_free(w->client) frees it */
struct topic *world_topic(struct world *w, const struct schema_resource *r);                                /* NULL: no memory */
struct object *world_get(struct world *w, const struct schema_resource *r, struct str ns, struct str name); /* borrowed; NULL */
/* The tree is put in, new or over what is there, and told; an object that is being deleted and that nothing holds goes. */
int world_store(struct world *w, const struct schema_resource *r, struct value *tree, struct object **now) MUST_USE;
/* References to all objects of a topic, in order of names; mem_free() and unref are the caller's. */
int world_list(struct topic *t, struct object ***out, size_t *n) MUST_USE;
struct str world_time(struct world *w, struct arena *a);

/* ── write.c: what the server does to an object ── */
struct answer { /* code 200, 201: done */
    int code;
    const char *reason;
    struct object *object; /* a reference */
    char message[512];
};
/* In w->scratch, which is theirs alone meanwhile; body may be changed. */
int world_create(struct world *w, const struct client_call *call, struct value *body, struct answer *out) MUST_USE;
int world_change(struct world *w, const struct client_call *call, struct value *body, struct answer *out) MUST_USE; /* update and patch */
int world_delete(struct world *w, const struct schema_resource *r, struct object *o, const struct client_call *call, struct answer *out) MUST_USE;
int world_bind(struct world *w, const struct client_call *call, struct value *body, struct answer *out) MUST_USE;
int world_refuse(struct answer *out, int code, const char *reason, const char *format, ...) PRINTF(4, 5);

/* ── agents.c: what nodes do ── */
struct agents_options {
    int64_t renew_ms, start_ms, run_ms;
};
int agents_new(struct agents **out, struct world *w, const struct agents_options *o) MUST_USE;
struct agents *agents_free(struct agents *a);
int agents_node(struct agents *a, struct str name) MUST_USE;         /* it stands, and renews from now on */
bool agents_silence(struct agents *a, struct str name, bool silent); /* false: no such node */
int agents_pod(struct agents *a, struct object *now) MUST_USE;       /* world.c: a pod is so */

/* ── expect.c ── */
int scene_expect(struct world *w, const struct value *e, const char *path, const struct scene_options *o, struct err *err) MUST_USE;
const struct schema_resource *scene_resource(const struct value *object, const char *path, struct err *err); /* of apiVersion and kind; NULL: err */

#endif
