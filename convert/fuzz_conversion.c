/* What a conversion webhook answers: an object of the reader's kind and version, of the same name, comes out of it, or a
 * sentence that tells what is wrong. */
#include "convert/inside.h"
#include "json/json.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    static const struct schema_kind kind = {.group = STR_INIT("example.com"),
                                            .version = STR_INIT("v2"),
                                            .name = STR_INIT("Widget"),
                                            .api_version = STR_INIT("example.com/v2")},
                                    list = {.name = STR_INIT("WidgetList")};
    static const struct schema_resource to = {.kind = &kind, .list_kind = &list};
    static const struct str texts[] = {
        STR_INIT("{\"apiVersion\":\"example.com/v1\",\"kind\":\"Widget\",\"metadata\":{\"name\":\"a\",\"namespace\":\"d\",\"uid\":\"u\"}}"),
        STR_INIT("{\"apiVersion\":\"example.com/v1\",\"kind\":\"Widget\",\"metadata\":{\"name\":\"b\",\"labels\":{\"k\":\"v\"}},\"spec\":{}}"),
    };
    SCOPED(arena) a = NULL;
    struct value made[2] = {{0}};
    struct str error;
    if (n < 2 || n > 64 * 1024 || arena_new(&a, (size_t)64 << 20) < 0)
        return 0;
    struct conversion q = {
        .version = data[0] & 1 ? STR("v1") : STR("v1beta1"), .uid = STR("u1"), .to = &to, .texts = texts, .n = data[0] & 2 ? 2 : 1};
    int r = conversion_read(a, &q, str_make(data + 1, n - 1), made, &error);
    CHECK(r == 0 || r == -EPROTO || r == -ENOMEM);
    CHECK(r != -EPROTO || error.n > 0);
    for (size_t i = 0; r == 0 && i < q.n; i++) {
        struct value was = {0};
        CHECK(json_parse(a, texts[i], &was, NULL) == 0);
        CHECK(str_is(value_text_at(&made[i], "apiVersion"), "example.com/v2") && str_is(value_text_at(&made[i], "kind"), "Widget"));
        CHECK(str_eq(value_text_at(&made[i], "metadata.name"), value_text_at(&was, "metadata.name")));
        VALUE_EACH_MEMBER (m, value_get(&made[i], STR("metadata"))) {
            bool free = str_is(m->key, "labels") || str_is(m->key, "annotations");
            CHECK(free || value_equal(&m->value, value_get(value_get(&was, STR("metadata")), m->key)));
        }
    }
    return 0;
}
