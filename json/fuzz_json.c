/* Any bytes: parsing either refuses them or gives a tree that prints, reads
 * back equal, and prints the same again. */
#include "json/json.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    SCOPED(arena) mem = NULL;
    SCOPED_BUF first = BUF_INIT(16u << 20), again = BUF_INIT(16u << 20), pretty = BUF_INIT(64u << 20);
    struct value_duplicates duplicates = {0};
    struct value v, back;
    struct str compact;
    struct err err = {0};
    if (size > 1u << 16 || arena_new(&mem, 64u << 20) < 0)
        return 0;
    struct str text = str_make(data, size);
    int r = json_parse_noting(mem, text, &duplicates, &v, &err);
    int c = value_compact(mem, text, &compact, NULL);
    CHECK(r == c || r == -ENOMEM || (r == -EBADMSG && str_starts(str_of(err.text), STR("json: cannot"))));
    if (r < 0) {
        CHECK(err.text[0]);
        return 0;
    }
    json_print(&first, &v);
    CHECK(buf_error(&first) == 0);
    CHECK(json_parse(mem, buf_view(&first), &back, NULL) == 0);
    CHECK(value_equal(&v, &back));
    /* Once more: the first text may still say -0 or carry bytes that are no UTF-8. */
    buf_clear(&first);
    json_print(&first, &back);
    CHECK(json_parse(mem, buf_view(&first), &back, NULL) == 0);
    json_print(&again, &back);
    CHECK(str_eq(buf_view(&first), buf_view(&again)));
    json_indent(&pretty, buf_view(&first));
    CHECK(json_parse(mem, buf_view(&pretty), &back, NULL) == 0 && value_equal(&v, &back));
    struct value raw = value_make_raw(compact);
    CHECK(duplicates.n || value_equal(&raw, &v));
    return 0;
}
