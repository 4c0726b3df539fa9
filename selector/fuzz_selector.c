/* A selector that parses prints as text that parses and prints the same; and so do quantities. */
#include "object/object.h"
#include "selector/selector.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void selectors(struct str in, bool fields)
{
    SCOPED(arena) a = NULL;
    SCOPED_BUF once = BUF_INIT(0), twice = BUF_INIT(0);
    struct selector *s;
    struct err err;
    CHECK(arena_new(&a, 16 << 20) == 0);
    int (*parse)(struct arena *, struct str, struct selector **, struct err *) = fields ? selector_parse_fields : selector_parse_labels;
    if (parse(a, in, &s, &err) < 0)
        return;
    selector_print(s, &once);
    CHECK(parse(a, buf_view(&once), &s, &err) == 0);
    selector_print(s, &twice);
    CHECK(str_eq(buf_view(&once), buf_view(&twice)));
    (void)selector_matches_labels(s, NULL);
}

static void quantities(struct str in)
{
    SCOPED_BUF once = BUF_INIT(0), twice = BUF_INIT(0);
    struct quantity q, again;
    if (quantity_parse(in, &q) < 0)
        return;
    quantity_print(q, &once);
    CHECK(quantity_parse(buf_view(&once), &again) == 0);
    CHECK(quantity_cmp(q, again) == 0);
    quantity_print(again, &twice);
    CHECK(str_eq(buf_view(&once), buf_view(&twice)));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str in = str_make(data, size);
    selectors(in, false);
    selectors(in, true);
    quantities(in);
    return 0;
}
