/* Two lines of JSON: an object (of the kind it names, else a pod) and a patch, tried as each kind of patch. The inputs
 * must stay as they were, and a patched object must take the same patch again. What came out goes the way registry
 * sends it: into the kind's form, and, when it fits, into bytes. */
#include "json/json.h"
#include "object/object.h"
#include "patch/patch.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void freeze(struct arena *a, const struct schema_kind *kind, const struct value *tree)
{
    struct value own;
    struct object_notes notes = {.n = 0};
    struct err err;
    if (value_copy(a, tree, &own) < 0 || own.type != VALUE_MAP || object_conform(a, kind, &own, &notes, &err) < 0)
        return;
    for (int f = 0; f < 2; f++) {
        SCOPED_BUF b = BUF_INIT(16 << 20);
        (void)!object_encode(&b, f ? OBJECT_PROTOBUF : OBJECT_JSON, kind, &own, &err);
    }
}

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
    const struct schema_kind *kind = schema_kind_parse(value_text_at(&target, "apiVersion"), value_text_at(&target, "kind"));
    if (!kind)
        kind = schema_kind_parse(STR("v1"), STR("Pod"));
    if (patch_json(a, &target, &patch, &out, &err) == 0) {
        freeze(a, kind, &out);
        (void)!patch_json(a, &out, &patch, &out, &err);
    }
    if (patch_merge(a, &target, &patch, &out, &err) == 0) {
        struct value again;
        CHECK(patch_merge(a, &out, &patch, &again, &err) == 0);
        CHECK(value_equal(&out, &again)); /* merge patches are idempotent */
        freeze(a, kind, &out);
    }
    if (patch_strategic(a, kind->message, &target, &patch, &out, &err) == 0) {
        freeze(a, kind, &out);
        (void)!patch_strategic(a, kind->message, &out, &patch, &out, &err);
    }
    CHECK(value_equal(&target, &kept));
    return 0;
}
