/* Keys as etcd has them. */
#include "query/query.h"

int query_prefix(struct arena *a, const struct schema_resource *r, struct str ns, struct str *out)
{
    const struct schema_resource *stored = r->storage ? r->storage : r;
    if (r->namespaced && ns.n)
        *out = arena_fmt(a, "/registry/%.*s/%.*s/", STR_FMT(stored->storage_path), STR_FMT(ns));
    else
        *out = arena_fmt(a, "/registry/%.*s/", STR_FMT(stored->storage_path));
    return out->p ? 0 : -ENOMEM;
}

int query_key(struct arena *a, const struct schema_resource *r, struct str ns, struct str name, struct str *out)
{
    const struct schema_resource *stored = r->storage ? r->storage : r;
    if (r->namespaced)
        *out = arena_fmt(a, "/registry/%.*s/%.*s/%.*s", STR_FMT(stored->storage_path), STR_FMT(ns), STR_FMT(name));
    else
        *out = arena_fmt(a, "/registry/%.*s/%.*s", STR_FMT(stored->storage_path), STR_FMT(name));
    return out->p ? 0 : -ENOMEM;
}
