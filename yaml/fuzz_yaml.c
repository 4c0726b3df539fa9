/* Any bytes: parsing refuses them or gives a tree that prints, and what is
 * printed reads back equal and prints the same. The same goes for the strings of
 * a hostile JSON document. */
#include "json/json.h"
#include "yaml/yaml.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool print_and_read(struct arena *mem, const struct value *v, struct buf *text, struct value *back)
{
    struct err err = {0};
    CHECK(yaml_print(text, v, &err) == 0 && buf_error(text) == 0);
    int r = yaml_parse(mem, buf_view(text), NULL, back, &err);
    CHECK(r == 0 || r == -E2BIG || r == -ENOMEM);
    return r == 0;
}

static void round_trip(struct arena *mem, const struct value *v)
{
    SCOPED_BUF first = BUF_INIT(64u << 20), second = BUF_INIT(64u << 20), third = BUF_INIT(64u << 20);
    struct value back, again, last;
    /* The first text may write a whole float as 1e+10, which reads back as an integer. */
    if (!print_and_read(mem, v, &first, &back) || !print_and_read(mem, &back, &second, &again))
        return;
    CHECK(value_equal(v, &back) && value_equal(&back, &again));
    CHECK(print_and_read(mem, &again, &third, &last) && str_eq(buf_view(&second), buf_view(&third)));
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
