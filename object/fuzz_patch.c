/* Two lines of JSON: a pod and a patch, tried as each kind of patch. The inputs
 * must stay as they were, and a patched pod must take the same patch again. */
#include "json/json.h"
#include "object/object.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str head, tail;
    SCOPED(arena) a = NULL;
    struct err err;
    struct value target, patch, out, kept;
    CHECK(arena_new(&a, 64 << 20) == 0);
    if (size > 65536 || !str_cut(str_make(data, size), '\n', &head, &tail))
        return 0;
    if (json_parse(a, head, &target, &err) < 0 || json_parse(a, tail, &patch, &err) < 0)
        return 0;
    CHECK(value_copy(a, &target, &kept) == 0);
    const struct schema_kind *pod = schema_kind_parse(STR("v1"), STR("Pod"));
    if (patch_json(a, &target, &patch, &out, &err) == 0)
        (void)!patch_json(a, &out, &patch, &out, &err);
    if (patch_merge(a, &target, &patch, &out, &err) == 0) {
        struct value again;
        CHECK(patch_merge(a, &out, &patch, &again, &err) == 0);
        CHECK(value_equal(&out, &again)); /* merge patches are idempotent */
    }
    if (patch_strategic(a, pod->message, &target, &patch, &out, &err) == 0)
        (void)!patch_strategic(a, pod->message, &out, &patch, &out, &err);
    CHECK(value_equal(&target, &kept));
    return 0;
}
