/* Three lines: a live pod, an applied configuration, FieldsV1 text of another
 * owner. Applying twice is applying once; updates never lose their footing. */
#include "json/json.h"
#include "object/object.h"
#include "apply/apply.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int add_owner(struct arena *a, struct value *live, struct str fields)
{
    struct value list = value_make_list(), entry = value_make_map();
    int r = 0;
    VALUE_SET(&r, a, &entry, "manager", value_make_text(STR("other")));
    VALUE_SET(&r, a, &entry, "operation", value_make_text(STR("Apply")));
    VALUE_SET(&r, a, &entry, "apiVersion", value_make_text(STR("v1")));
    VALUE_SET(&r, a, &entry, "fieldsType", value_make_text(STR("FieldsV1")));
    VALUE_SET(&r, a, &entry, "fieldsV1", value_make_raw(fields));
    if (r < 0 || !value_add(a, &list, entry) || live->type != VALUE_MAP)
        return -EINVAL;
    struct value *meta = value_get(live, STR("metadata"));
    if (!meta || meta->type != VALUE_MAP)
        return -EINVAL;
    return value_put(a, live, "metadata.managedFields", list) ? 0 : -EINVAL;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str head, middle, tail;
    SCOPED(arena) a = NULL;
    struct err err;
    struct value live, config, once = {0}, twice = {0};
    struct apply_conflict *conflicts;
    size_t n;
    CHECK(arena_new(&a, 64 << 20) == 0);
    if (size > 65536 || !str_cut(str_make(data, size), '\n', &head, &tail) || !str_cut(tail, '\n', &middle, &tail))
        return 0;
    if (json_parse(a, head, &live, &err) < 0 || json_parse(a, middle, &config, &err) < 0)
        return 0;
    if (add_owner(a, &live, tail) < 0)
        return 0;
    struct apply_options o = {.kind = schema_kind_parse(STR("v1"), STR("Pod")), .manager = STR("me"), .force = true};
    if (apply_server_side(a, &o, &live, &config, &once, &conflicts, &n, &err) == 0 && once.type == VALUE_MAP) {
        o.now = 5;
        (void)!apply_server_side(a, &o, &once, &config, &twice, &conflicts, &n, &err);
        (void)!apply_track_update(a, &o, &live, &once, &err);
    }
    if (config.type == VALUE_MAP)
        (void)!apply_track_update(a, &o, &live, &config, &err);
    return 0;
}
