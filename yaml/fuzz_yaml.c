/* Any bytes: parsing refuses them or gives a tree that prints, and what is
 * printed reads back equal and prints the same. Anything printed is also what
 * the strings of a hostile JSON document look like. */
#include "json/json.h"
#include "yaml/yaml.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void round_trip(struct arena *mem, const struct value *v)
{
    SCOPED_BUF first = BUF_INIT(64u << 20), again = BUF_INIT(64u << 20);
    struct value back;
    struct err err = {0};
    CHECK(yaml_print(&first, v, &err) == 0 && buf_error(&first) == 0);
    int r = yaml_parse(mem, buf_view(&first), NULL, &back, &err);
    if (r == -E2BIG || r == -ENOMEM)
        return;
    CHECK(r == 0);
    CHECK(yaml_print(&again, &back, &err) == 0);
    CHECK(str_eq(buf_view(&first), buf_view(&again)));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    SCOPED(arena) mem = NULL;
    struct value_duplicates duplicates = {0};
    struct value v;
    struct err err = {0};
    struct str text = str_make(data, size);
    if (size > 1u << 14 || arena_new(&mem, 256u << 20) < 0)
        return 0;
    int r = yaml_parse(mem, text, &duplicates, &v, &err);
    CHECK(r == 0 || err.text[0]);
    if (r == 0)
        round_trip(mem, &v);
    if (json_parse(mem, text, &v, NULL) == 0)
        round_trip(mem, &v);
    return 0;
}
