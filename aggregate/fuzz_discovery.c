/* What an API server behind says it serves: whatever it is, what is learnt of it is a list of resources, each with a
 * responseKind. The first line is aggregated discovery, the second an APIResourceList, the third OpenAPI's index. */
#include "aggregate/inside.h"
#include "json/json.h"

static void judge(const struct value *list)
{
    CHECK(list->type == VALUE_LIST);
    VALUE_EACH_ITEM (r, list)
        CHECK(r->type != VALUE_MAP || value_get(r, STR("responseKind")));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    SCOPED(arena) a = NULL;
    struct str lines[3], rest = str_make(data, n);
    struct value trees[3] = {{0}}, found = {0};
    if (n > 64 * 1024 || arena_new(&a, (size_t)64 << 20) < 0)
        return 0;
    for (size_t i = 0; i < 3; i++) {
        str_cut(rest, '\n', &lines[i], &rest);
        if (json_parse(a, lines[i], &trees[i], NULL) < 0)
            trees[i] = (struct value){0};
    }
    if (learn_aggregated(a, &trees[0], STR("g.io"), STR("v1"), &found) == 0)
        judge(&found);
    if (learn_legacy(a, &trees[1], STR("g.io"), STR("v1"), &found) == 0)
        judge(&found);
    struct str url = learn_openapi(&trees[2], STR("g.io"), STR("v1"));
    CHECK(!url.n || str_starts(url, STR("/openapi/v3/")));
    return 0;
}
