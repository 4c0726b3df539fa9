/* Kueue's Configuration, as YAML or JSON. */
#include "queues/queues.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct reconcile_queues c;
    struct err err = {{0}};
    if (size > 65536)
        return 0;
    if (queues_config_parse(&c, str_make(data, size), &err) < 0)
        CHECK(err.text[0]);
    else
        CHECK(c.timeout >= 0 && c.recovery >= 0 && c.limit >= -1 && c.base >= 0 && c.most >= 0);
    return 0;
}
