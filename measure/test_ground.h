/* What measure's tests stand on: an engine with the four plugins. */
#ifndef CORACLE_MEASURE_TEST_GROUND_H
#define CORACLE_MEASURE_TEST_GROUND_H

#include "tests/quoted.h"
#include "tests/unit.h"

#include "measure/measure.h"

#define FIRST 1 /* another plugin stands before them, as in the server */

struct ground {
    struct measure *m;
    struct sched *s;
    struct arena *a;
};

static int setup(void **state)
{
    struct ground *g = mem_alloc(sizeof(*g));
    struct sched_plugin plugins[FIRST + MEASURE_PLUGINS] = {{.name = "Other"}};
    assert_done(arena_new(&g->a, 256u << 20));
    assert_done(measure_new(&g->m));
    for (unsigned i = 0; i < MEASURE_PLUGINS; i++)
        plugins[FIRST + i] = measure_plugin(g->m, (enum measure_plugin)i);
    struct sched_profile profiles[3];
    const char *const names[] = {"default-scheduler", "cheap", "green"};
    for (int i = 0; i < 3; i++) {
        sched_profile_default(&profiles[i], str_of(names[i]));
        profiles[i].scores = 0xfu << (SCHED_RULE_PLUGIN + FIRST); /* these alone: what they say is what is chosen by */
        profiles[i].percentage = 100;
    }
    profiles[1].weights[SCHED_RULE_PLUGIN + FIRST + MEASURE_COST] = 2;
    profiles[2].weights[SCHED_RULE_PLUGIN + FIRST + MEASURE_ENERGY] = 3;
    assert_done(
        sched_new(&g->s, &(struct sched_options){.profiles = profiles, .n_profiles = 3, .plugins = plugins, .n_plugins = ARRAY_LEN(plugins)}));
    measure_attach(g->m, g->s, FIRST);
    *state = g;
    return 0;
}

static int teardown(void **state)
{
    struct ground *g = *state;
    sched_free(g->s);
    measure_free(g->m);
    arena_free(g->a);
    mem_free(g);
    return 0;
}

static int node(struct ground *g, const char *name, const char *labels, const char *notes)
{
    struct value *v = quoted(g->a,
                             "{'metadata':{'name':'%s','labels':{'kubernetes.io/hostname':'%s'%s},'annotations':{%s}},"
                             "'status':{'allocatable':{'cpu':'4','memory':'8Gi','pods':'110'}}}",
                             name, name, labels, notes);
    assert_done(sched_put(g->s, SCHED_NODE, v, NULL));
    int r = measure_node_put(g->m, v);
    assert_true(r >= 0);
    return r;
}

static int node_gone(struct ground *g, const char *name)
{
    sched_del(g->s, SCHED_NODE, STR_NONE, str_of(name), NULL);
    int r = measure_node_gone(g->m, str_of(name));
    assert_true(r >= 0);
    return r;
}

/* on "": it waits. */
static struct sched_pod *pod(struct ground *g, const char *name, const char *on, const char *labels, const char *notes, const char *by)
{
    struct sched_event e;
    char where[300] = "";
    if (*on)
        snprintf(where, sizeof(where), "'nodeName':'%s',", on);
    assert_done(sched_put(g->s, SCHED_POD,
                          quoted(g->a,
                                 "{'metadata':{'name':'%s','uid':'%s','namespace':'default','labels':{%s},'annotations':{%s}},"
                                 "'spec':{%s'schedulerName':'%s','containers':[{'image':'i'}]}}",
                                 name, name, labels, notes, where, by),
                          &e));
    assert_true(measure_pod_put(g->m, str_of(name)) >= 0);
    return e.pod;
}

static void pod_gone(struct ground *g, const char *name)
{
    sched_del(g->s, SCHED_POD, STR_NONE, str_of(name), NULL);
    assert_true(measure_pod_gone(g->m, str_of(name)) >= 0);
}

#endif
