/* What fair's tests share: configurations as JSON, users, requests. */
#ifndef CORACLE_FAIR_FIXTURE_H
#define CORACLE_FAIR_FIXTURE_H

#include "fair/fair.h"
#include "flow/flow.h"
#include "json/json.h"
#include "tests/unit.h"

#define MS 1000000LL

struct ground {
    struct arena *a;
    struct fair *f;
    struct value schemas, levels;
    int64_t now;
    unsigned ran; /* turns had */
    void *last;   /* whose the last one was */
};

static inline void on_turn(void *ctx)
{
    struct ground *g = *(struct ground **)ctx;
    g->ran++;
    g->last = ctx;
}

/* A request of a test; `g` first, for on_turn(). */
struct asked {
    struct ground *g;
    struct fair_ticket *t;
};

static inline void put(struct ground *g, struct value *list, const char *fmt, ...) PRINTF(3, 4);
static inline void put(struct ground *g, struct value *list, const char *fmt, ...)
{
    char text[4096];
    struct value v = {0};
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(text, sizeof(text), fmt, ap);
    va_end(ap);
    for (char *p = text; *p; p++)
        *p = *p == '\'' ? '"' : *p;
    assert_done(json_parse(g->a, str_of(text), &v, NULL));
    assert_non_null(value_add(g->a, list, v));
}

static inline void put_level(struct ground *g, const char *name, int shares, int lendable, int queues, int hand, int length)
{
    if (queues)
        put(g, &g->levels,
            "{'metadata':{'name':'%s','uid':'uid-of-%s'},'spec':{'type':'Limited','limited':{'nominalConcurrencyShares':%d,"
            "'lendablePercent':%d,'limitResponse':{'type':'Queue','queuing':{'queues':%d,'handSize':%d,'queueLengthLimit':%d}}}}}",
            name, name, shares, lendable, queues, hand, length);
    else
        put(g, &g->levels,
            "{'metadata':{'name':'%s','uid':'uid-of-%s'},'spec':{'type':'Limited','limited':{'nominalConcurrencyShares':%d,"
            "'lendablePercent':%d,'limitResponse':{'type':'Reject'}}}}",
            name, name, shares, lendable);
}

/* All that this user (or, with '*', anybody) asks for. */
static inline void put_schema(struct ground *g, const char *name, const char *level, int precedence, const char *user)
{
    put(g, &g->schemas,
        "{'metadata':{'name':'%s','uid':'uid-of-%s'},'spec':{'priorityLevelConfiguration':{'name':'%s'},'matchingPrecedence':%d,"
        "'distinguisherMethod':{'type':'ByUser'},'rules':[{'subjects':[{'kind':'User','user':{'name':'%s'}}],'resourceRules':"
        "[{'verbs':['*'],'apiGroups':['*'],'resources':['*'],'namespaces':['*'],'clusterScope':true}]}]}}",
        name, name, level, precedence, user);
}

static inline void ground_start(struct ground *g, unsigned seats)
{
    *g = (struct ground){.schemas = value_make_list(), .levels = value_make_list()};
    assert_done(arena_new(&g->a, 64 << 20));
    assert_done(fair_new(&g->f, seats));
}

static inline void ground_configure(struct ground *g)
{
    assert_done(fair_configure(g->f, &g->schemas, &g->levels, g->now));
}

static inline void ground_end(struct ground *g)
{
    fair_free(g->f);
    arena_free(g->a);
}

static inline struct apireq_route route_of(const char *verb, const char *resource, const char *ns)
{
    return (struct apireq_route){.is_resource = true, .verb_text = str_of(verb), .resource = str_of(resource), .ns = str_of(ns)};
}

static inline void ask(struct ground *g, struct asked *q, const char *user, unsigned seats)
{
    static struct str groups[] = {STR_INIT("system:authenticated")};
    struct auth_user u = {.name = str_of(user), .groups = groups, .n_groups = 1};
    struct apireq_route r = route_of("get", "pods", "default");
    struct fair_ask a = {.user = &u, .route = &r, .seats = seats, .now_ns = g->now, .run = on_turn, .ctx = q};
    q->g = g;
    q->t = fair_enter(g->f, &a);
    assert_non_null(q->t);
}

/* One turn; NULL when nobody wants one. */
static inline struct asked *turn(struct ground *g, int64_t cost)
{
    void (*run)(void *ctx), *ctx;
    if (!fair_next(g->f, g->now, &run, &ctx))
        return NULL;
    run(ctx);
    g->now += cost;
    fair_charge(g->f, cost);
    return g->last;
}

static inline void leave(struct asked *q)
{
    q->t = fair_leave(q->t);
}

#endif
