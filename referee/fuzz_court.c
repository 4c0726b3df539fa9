/* Authorization configurations; no file they name exists. */
#include "referee/inside.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct loop *loop;
    static struct referee *x;
    struct err err;
    int64_t ms;
    if (!loop)
        CHECK(loop_new_simulated(&loop, 1700000000) == 0 && referee_new(&x, loop, &err) == 0);
    if (referee_configure(x, str_make(data, size), &err) < 0)
        CHECK(err.text[0]);
    else
        CHECK(loop_run_for(loop, 1) == 0);
    (void)!referee_duration(str_make(data, size), &ms);
    return 0;
}
