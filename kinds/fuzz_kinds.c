/* Input: two JSON objects, one a line; the second is an update of the first. */
#include "json/json.h"
#include "kinds/kinds.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define CELLS_MAX 32

static void judged(struct arena *a, const struct schema_kind *k, struct value *old, struct value *now)
{
    static const char *const subs[] = {"", "status", "ephemeralcontainers", "resize"};
    struct value cells[CELLS_MAX], once = {0};
    struct faults f;
    size_t n;
    faults_init(&f, a);
    if (kinds_prepare_create(a, k, old) < 0 || kinds_default(a, k, old) < 0 || value_copy(a, old, &once) < 0 || kinds_default(a, k, &once) < 0)
        return;
    if (!value_equal(old, &once)) /* defaulting is idempotent */
        __builtin_trap();
    kinds_validate_create(k, old, &f);
    kinds_columns(k, &n);
    if (n <= CELLS_MAX && kinds_cells(a, k, old, 1700000000, cells) < 0)
        return;
    for (size_t i = 0; i < ARRAY_LEN(subs); i++) {
        struct value next = {0};
        if (value_copy(a, now, &next) < 0 || kinds_prepare_update(a, k, str_of(subs[i]), old, &next, 1700000000) < 0 ||
            kinds_default(a, k, &next) < 0)
            return;
        kinds_validate_update(k, str_of(subs[i]), old, &next, &f);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str first, second;
    struct value old = {0}, now = {0};
    struct arena *a = NULL;
    struct err err = {{0}};
    if (size > (1u << 14) || arena_new(&a, 1u << 24) < 0)
        return 0;
    str_cut(str_make((const char *)data, size), '\n', &first, &second);
    if (json_parse(a, first, &old, &err) == 0 && old.type == VALUE_MAP) {
        const struct schema_kind *k = schema_kind_parse(value_text_at(&old, "apiVersion"), value_text_at(&old, "kind"));
        if (json_parse(a, second, &now, &err) < 0 || now.type != VALUE_MAP)
            now = value_make_map();
        if (k)
            judged(a, k, &old, &now);
    }
    arena_free(a);
    return 0;
}
