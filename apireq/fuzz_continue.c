/* Continue tokens: whatever is read is written again the same. */
#include "apireq/apireq.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    SCOPED(arena) a = NULL;
    struct apireq_token t, back;
    struct str text;
    if (size > 65536 || arena_new(&a, (size_t)32 << 20) < 0 || apireq_token_read(a, str_make(data, size), &t, NULL) < 0)
        return 0;
    if (apireq_token_make(a, t, &text) < 0 || apireq_token_read(a, text, &back, NULL) < 0)
        return 0;
    CHECK(back.revision == t.revision && str_eq(back.start, t.start));
    return 0;
}
