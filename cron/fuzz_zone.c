/* TZif files: an offset for any time, and never a day away. */
#include "cron/cron.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const int64_t times[] = {INT64_C(-99999999999), -1, 0, 1700000000, 1720000000, INT64_C(99999999999)};
    SCOPED(arena) a = NULL;
    struct zone *z;
    struct cron c;
    if (size > 65536 || arena_new(&a, 1u << 20) < 0 || !zone_parse(a, str_make(data, size), &z))
        return 0;
    for (size_t i = 0; i < ARRAY_LEN(times); i++)
        zone_offset(z, times[i]);
    if (cron_parse(STR("30 2 * * *"), &c, NULL)) {
        int64_t next = cron_next(&c, z, 1700000000);
        CHECK(next == 0 || next > 1700000000);
    }
    return 0;
}
