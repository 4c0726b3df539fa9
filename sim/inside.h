#ifndef CORACLE_SIM_INSIDE_H
#define CORACLE_SIM_INSIDE_H

#include "sim/sim.h"

struct sim_node {
    struct str name, model;
    int64_t cpu_milli, memory_mib;
    int gpus;
};

struct sim_pod {
    struct str name, gang; /* gang "": on its own */
    int64_t memory_mib, created_s, ran_s;
    struct share_demand demand;
};

struct sim_trace {
    char *text; /* both tables; the rows borrow from it, or from names */
    struct arena *names;
    VEC(struct sim_node) nodes;
    VEC(struct sim_pod) pods;
    int64_t cpu_milli, memory_mib, gpu_milli; /* of all nodes */
};

int sim_trace_add_node(struct sim_trace *t, const struct sim_node *n) MUST_USE;
int sim_trace_templates(struct sim_trace *t, const char *what, const struct value *list, struct err *err) MUST_USE; /* "nodes" or "pods" */

#endif
