#include "podlog/inside.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Whole and in two pieces the same comes out, and never more than the limit. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 4)
        return 0;
    struct podlog_options o = {.tail_lines = -1,
                               .limit_bytes = data[0] & 1 ? data[1] : -1,
                               .timestamps = data[0] & 2,
                               .streams = data[0] >> 2 & 3,
                               .since = data[0] & 16,
                               .since_sec = 1480000000};
    struct str all = str_make(data + 3, size - 3);
    size_t at = data[2] % (all.n + 1);
    struct shape whole, pieces;
    SCOPED_BUF a = BUF_INIT(0);
    SCOPED_BUF b = BUF_INIT(0);
    shape_init(&whole, &o);
    shape_init(&pieces, &o);
    shape_feed(&whole, all, &a);
    shape_feed(&pieces, str_head(all, at), &b);
    shape_feed(&pieces, str_from(all, at), &b);
    CHECK(str_eq(buf_view(&a), buf_view(&b)) || all.n >= PODLOG_RECORD_MAX);
    CHECK(o.limit_bytes < 0 || a.n <= (size_t)o.limit_bytes);
    shape_done(&whole);
    shape_done(&pieces);
    return 0;
}
