/* A schema and an object in one JSON text: {"schema":…,"old":…,"now":…}. Whatever they are, the object comes out no
 * larger than its defaults make it, pruning and defaulting twice changes nothing, and validation ends. */
#include "json/json.h"
#include "structural/structural.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    SCOPED(arena) a = NULL;
    struct value in = {0}, once = {0};
    struct structural *s = NULL;
    if (n > 64 * 1024 || arena_new(&a, (size_t)256 << 20) < 0)
        return 0;
    if (json_parse(a, str_make(data, n), &in, NULL) < 0 ||
        structural_new(&s, value_get(&in, STR("schema")), value_get(&in, STR("columns")), NULL) < 0)
        return 0;
    struct value *now = value_get(&in, STR("now")), *old = value_get(&in, STR("old"));
    struct faults *f = arena_alloc(a, sizeof(*f));
    if (now && f && structural_prune(a, s, now, NULL) == 0 && structural_default(a, s, now) == 0) {
        CHECK(value_copy(a, now, &once) == 0);
        if (structural_prune(a, s, now, NULL) == 0 && structural_default(a, s, now) == 0)
            CHECK(value_count(now) >= value_count(&once) || now->type != VALUE_MAP);
        faults_init(f, a);
        structural_validate(s, now, NULL, f);
        faults_init(f, a);
        structural_validate(s, now, old, f);
        faults_init(f, a);
        structural_validate(s, now, now, f);
        CHECK(f->n == 0 || now->type != VALUE_MAP); /* what has not been touched is let pass */
    }
    const struct value *hits[4];
    VALUE_EACH_ITEM (c, value_get(&in, STR("columns")))
        (void)structural_path_find(value_text_at(c, "jsonPath"), now, hits, ARRAY_LEN(hits));
    structural_free(s);
    return 0;
}
