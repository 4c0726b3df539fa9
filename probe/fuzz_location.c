#include "probe/inside.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Whatever a Location header says: an address that prints and reads back as itself, or a refusal. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    SCOPED(arena) a = NULL;
    struct url base = {.host = STR_INIT("10.0.0.1"), .port = 80, .path = STR_INIT("/a/b?c")}, first, again;
    if (arena_new(&a, 1 << 20) < 0 || url_resolve(a, &base, str_make(data, size), &first) < 0)
        return 0;
    struct str text = url_print(a, &first);
    CHECK(first.port > 0 && first.port < 65536 && first.host.n > 0 && first.path.n > 0 && first.path.p[0] == '/');
    if (memchr(first.host.p, '[', first.host.n) || memchr(first.host.p, ']', first.host.n))
        return 0; /* not a host that anything resolves */
    CHECK(url_resolve(a, &base, text, &again) == 0);
    CHECK(str_eq(url_print(a, &again), text));
    return 0;
}
