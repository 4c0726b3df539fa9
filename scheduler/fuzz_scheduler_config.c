/* KubeSchedulerConfiguration, as YAML or JSON. */
#include "scheduler/scheduler.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct sched_plugin more[] = {{.name = "ShareGPU"}, {.name = "Other"}};
    struct scheduler_config *c;
    struct err err = {{0}};
    if (size > 65536)
        return 0;
    if (scheduler_config_parse(&c, str_make(data, size), more, ARRAY_LEN(more), &err) < 0) {
        CHECK(err.text[0]);
        return 0;
    }
    CHECK(c->n_profiles > 0 && c->backoff_first_ms > 0 && c->backoff_most_ms >= c->backoff_first_ms);
    for (size_t i = 0; i < c->n_profiles; i++)
        CHECK(c->profiles[i].name.n > 0);
    scheduler_config_free(c);
    return 0;
}
