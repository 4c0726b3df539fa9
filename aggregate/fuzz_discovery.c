/* What an API server behind says it serves: whatever it is, what is learnt of it is a list of resources, each with a
 * responseKind. The first line is aggregated discovery, the second an APIResourceList, the third OpenAPI's index. */
#include "aggregate/inside.h"
#include "json/json.h"

static void judge(struct arena *a, struct value *list)
{
    SCOPED_BUF out = BUF_INIT(0);
    const struct schema_kind *k = schema_kind_find(STR("apidiscovery.k8s.io"), STR("v2"), STR("APIGroupDiscoveryList"));
    struct value tree = value_make_map(), items = value_make_list(), item = value_make_map(), versions = value_make_list(), v = value_make_map();
    int r = 0;
    CHECK(list->type == VALUE_LIST);
    VALUE_EACH_ITEM (one, list)
        CHECK(one->type != VALUE_MAP || value_get(one, STR("responseKind")));
    if (learn_sound(a, STR("g.io"), STR("v1"), list) < 0)
        return;
    VALUE_SET(&r, a, &v, "version", value_make_text(STR("v1")));
    VALUE_SET(&r, a, &v, "resources", *list);
    CHECK(r == 0 && value_add(a, &versions, v));
    VALUE_SET(&r, a, &item, "versions", versions);
    CHECK(r == 0 && value_add(a, &items, item));
    VALUE_SET(&r, a, &tree, "items", items);
    for (int form = OBJECT_JSON; form <= OBJECT_PROTOBUF; form++)
        CHECK(r == 0 && object_encode(&out, (enum object_format)form, k, &tree, NULL) == 0);
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
        judge(a, &found);
    if (learn_legacy(a, &trees[1], STR("g.io"), STR("v1"), &found) == 0)
        judge(a, &found);
    struct str url = learn_openapi(&trees[2], STR("g.io"), STR("v1"));
    CHECK(!url.n || str_starts(url, STR("/openapi/v3/")));
    return 0;
}
