#include "patch/patch.h"

/* RFC 7386: maps merge, null takes away, everything else replaces. */
static int merge(struct arena *a, struct value *target, const struct value *patch)
{
    if (patch->type != VALUE_MAP)
        return value_copy(a, patch, target);
    if (target->type != VALUE_MAP)
        *target = value_make_map();
    VALUE_EACH_MEMBER (m, patch) {
        if (m->value.type == VALUE_NULL) {
            value_del(target, m->key);
            continue;
        }
        struct value *at = value_get(target, m->key);
        struct str key = m->key;
        if (!at) {
            if (arena_str(a, m->key, &key) < 0)
                return -ENOMEM;
            at = value_set(a, target, key, (struct value){0});
        }
        if (!at || merge(a, at, &m->value) < 0)
            return -ENOMEM;
    }
    return 0;
}

int patch_merge(struct arena *a, const struct value *target, const struct value *patch, struct value *out, struct err *err)
{
    struct value doc = {0};
    int r = value_copy(a, target, &doc);
    if (r == 0)
        r = merge(a, &doc, patch);
    if (r < 0)
        return err_raise(err, r, "no memory for a merge patch");
    *out = doc;
    return 0;
}
