/* Keys as etcd has them. */
#include "query/query.h"

int query_prefix(struct arena *a, const struct schema_resource *r, struct str ns, struct str *out)
{
    const struct schema_resource *stored = r->storage ? r->storage : r;
    if (r == &schema_custom_all)
        return arena_str(a, STR("/registry/"), out); /* who asks leaves out what is not custom */
    if (r->namespaced && ns.n)
        *out = arena_fmt(a, "/registry/%.*s/%.*s/", STR_FMT(stored->storage_path), STR_FMT(ns));
    else
        *out = arena_fmt(a, "/registry/%.*s/", STR_FMT(stored->storage_path));
    return out->p ? 0 : -ENOMEM;
}

int query_key(struct arena *a, const struct schema_resource *r, struct str ns, struct str name, struct str *out)
{
    const struct schema_resource *stored = r->storage ? r->storage : r;
    struct str parts[] = {STR("/registry/"), stored->storage_path, STR("/"), ns, STR("/"), name};
    size_t n = 0;
    for (size_t i = 0; i < ARRAY_LEN(parts); i++) {
        if (!r->namespaced && (i == 2 || i == 3))
            parts[i].n = 0;
        n += parts[i].n;
    }
    char *at = arena_alloc(a, n + 1);
    *out = str_make(at, n);
    for (size_t i = 0; at && i < ARRAY_LEN(parts); i++) {
        if (parts[i].n)
            memcpy(at, parts[i].p, parts[i].n);
        at += parts[i].n;
    }
    return out->p ? 0 : -ENOMEM;
}
