/* The configuration file: what was read can be handed on to a child process as flags. */
#include "settings/settings.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    SCOPED(arena) a = NULL;
    struct err err = {{0}};
    const char *argv[512];
    size_t n = 0;
    if (size > 65536 || arena_new(&a, (size_t)32 << 20) < 0)
        return 0;
    struct settings c = {.mem = a};
    flags_empty(&c);
    if (flags_text(&c, str_make(data, size), &err) < 0) {
        CHECK(err.text[0]);
        return 0;
    }
    if (flags_fill(&c, &err) < 0) {
        CHECK(err.text[0]);
        return 0;
    }
    flags_pass(&c, "gsca", argv, &n, ARRAY_LEN(argv));
    CHECK(n > 0);
    for (size_t i = 0; i < n; i++)
        CHECK(argv[i] && strchr(argv[i], '='));
    return 0;
}
