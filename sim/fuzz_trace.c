/* Traces: the table of nodes, a zero byte, the table of pods; small ones are run as well. */
#include "sim/sim.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct sim_trace *t;
    struct sim_result one, two;
    struct err err = {{0}};
    struct str nodes, pods = STR_NONE;
    if (size > 65536)
        return 0;
    str_cut(str_make(data, size), 0, &nodes, &pods);
    if (sim_trace_new(&t, &(struct sim_source){.table = nodes}, &(struct sim_source){.table = pods}, &err) < 0) {
        CHECK(err.text[0]);
        return 0;
    }
    struct sim_options o = {.policy = SHARE_BEST_FIT, .replay = size & 1, .demand = 0.5, .seed = size};
    if (size < 4096 && sim_run(t, &o, &one, &err) == 0) {
        CHECK(one.placed + one.dropped <= one.pods);
        CHECK(sim_run(t, &o, &two, &err) == 0 && one.digest == two.digest);
    }
    sim_trace_free(t);
    return 0;
}
