/* What scheduler's tests share: the scheduler on an API in memory, in simulated time. */
#ifndef CORACLE_SCHEDULER_TEST_GROUND_H
#define CORACLE_SCHEDULER_TEST_GROUND_H

#include "json/json.h"
#include "scheduler/scheduler.h"
#include "tests/fake.h"

struct ground {
    struct fake *f;
    struct scheduler *s;
    struct scheduler_config *config;
    struct arena *a;
};

static inline void ground_log(void *ctx, const char *line)
{
    (void)ctx;
    print_message("scheduler: %s\n", line);
}

/* loop NULL: simulated time. */
static inline struct ground *ground_new_with(struct loop *loop, const char *config, bool groups)
{
    struct ground *g = mem_alloc(sizeof(*g));
    struct err err = {{0}};
    assert_done(arena_new(&g->a, 64u << 20));
    g->f = loop ? fake_new_on(loop) : fake_new();
    if (config && scheduler_config_parse(&g->config, str_of(config), NULL, 0, &err) < 0)
        fail_msg("%s", err.text);
    struct scheduler_options o = {.config = g->config, .log = ground_log, .groups = groups};
    assert_done(scheduler_new(&g->s, g->f->client, &o, &err));
    return g;
}

static inline struct ground *ground_new_on(struct loop *loop, const char *config)
{
    return ground_new_with(loop, config, false);
}

static inline struct ground *ground_new(const char *config)
{
    return ground_new_on(NULL, config);
}

static inline void ground_free(struct ground *g)
{
    scheduler_free(g->s);
    scheduler_config_free(g->config);
    fake_end(g->f);
    arena_free(g->a);
    mem_free(g);
}

static inline void ground_node(struct ground *g, const char *name, const char *cpu, const char *spec)
{
    char text[1024];
    snprintf(text, sizeof(text),
             "{'metadata':{'name':'%s','labels':{'kubernetes.io/"
             "hostname':'%s'}},'spec':{%s},'status':{'allocatable':{'cpu':'%s','memory':'8Gi','pods':'10'}}}",
             name, name, spec, cpu);
    fake_put(g->f, "", "nodes", text);
}

static inline void ground_pod(struct ground *g, const char *name, const char *cpu, const char *more)
{
    char text[2048];
    snprintf(text, sizeof(text),
             "{'metadata':{'name':'%s','namespace':'default'},'spec':{'schedulerName':'default-scheduler',"
             "'containers':[{'name':'c','image':'i','resources':{'requests':{'cpu':'%s'}}}]%s}}",
             name, cpu, more);
    fake_put(g->f, "", "pods", text);
}

static inline struct str ground_place(struct ground *g, const char *name)
{
    return value_text_at(fake_get(g->f, g->a, "", "pods", "default", name), "spec.nodeName");
}

#endif
