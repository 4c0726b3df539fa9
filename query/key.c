/* Keys as etcd has them. */
#include "query/query.h"

static int join(struct arena *a, const struct str *parts, size_t n_parts, struct str *out)
{
    size_t n = 0;
    for (size_t i = 0; i < n_parts; i++)
        n += parts[i].n;
    char *at = arena_alloc(a, n + 1);
    *out = str_make(at, n);
    for (size_t i = 0; at && i < n_parts; i++) {
        if (parts[i].n)
            memcpy(at, parts[i].p, parts[i].n);
        at += parts[i].n;
    }
    return at ? 0 : -ENOMEM;
}

int query_prefix(struct arena *a, const struct schema_resource *r, struct str ns, struct str *out)
{
    const struct schema_resource *stored = r->storage ? r->storage : r;
    if (r == &schema_custom_all)
        return arena_str(a, STR("/registry/"), out); /* who asks leaves out what is not custom */
    bool one = r->namespaced && ns.n;
    return join(a, (struct str[]){STR("/registry/"), stored->storage_path, STR("/"), one ? ns : STR_NONE, one ? STR("/") : STR_NONE}, 5, out);
}

int query_key(struct arena *a, const struct schema_resource *r, struct str ns, struct str name, struct str *out)
{
    const struct schema_resource *stored = r->storage ? r->storage : r;
    struct str slash = r->namespaced ? STR("/") : STR_NONE, space = r->namespaced ? ns : STR_NONE;
    return join(a, (struct str[]){STR("/registry/"), stored->storage_path, slash, space, STR("/"), name}, 6, out);
}
