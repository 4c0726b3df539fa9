/* Schedules of CronJobs: when they come due next is always later, and a whole minute. */
#include "cron/cron.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct cron c;
    if (size > 4096 || !cron_parse(str_make(data, size), &c, NULL))
        return 0;
    for (int64_t t = 1700000000; t < 1700000000 + 8; t++) {
        int64_t next = cron_next(&c, NULL, t);
        CHECK(next == 0 || next > t);
        CHECK(c.every || next % 60 == 0);
    }
    return 0;
}
