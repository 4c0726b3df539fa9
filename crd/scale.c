/* The scale subresource of custom resources. */
#include "crd/crd.h"

static const struct value *at(const struct value *object, struct str path)
{
    struct str rest = path, name;
    const struct value *v = object;
    while (v && rest.n && str_next(&rest, '.', &name))
        v = value_get(v, name);
    return path.n ? v : NULL;
}

int crd_scale_read(struct arena *a, const struct schema_resource *r, const struct value *object, struct value *scale)
{
    static const char *const copied[] = {"name", "namespace", "uid", "resourceVersion", "creationTimestamp"};
    int e = 0;
    int64_t wanted = value_int(at(object, r->scale_spec), 0);
    struct str selector = value_text(at(object, r->scale_selector));
    *scale = value_make_map();
    VALUE_SET(&e, a, scale, "kind", value_make_text(STR("Scale")));
    VALUE_SET(&e, a, scale, "apiVersion", value_make_text(STR("autoscaling/v1")));
    VALUE_SET(&e, a, scale, "metadata", value_make_map());
    for (size_t i = 0; i < ARRAY_LEN(copied); i++) {
        const struct value *v = value_get(value_at(object, "metadata"), str_of(copied[i]));
        if (v && e == 0 && !value_set(a, value_at(scale, "metadata"), str_of(copied[i]), *v))
            e = -ENOMEM;
    }
    VALUE_SET(&e, a, scale, "spec", value_make_map());
    if (wanted)
        VALUE_SET(&e, a, scale, "spec.replicas", value_make_int(wanted));
    VALUE_SET(&e, a, scale, "status.replicas", value_make_int(value_int(at(object, r->scale_status), 0)));
    if (selector.n)
        VALUE_SET(&e, a, scale, "status.selector", value_make_text(selector));
    return e;
}

int crd_scale_write(struct arena *a, const struct schema_resource *r, const struct value *scale, struct value *object)
{
    int64_t wanted = value_int_at(scale, "spec.replicas", 0);
    if (wanted < 0)
        return -EINVAL;
    const char *path = arena_text(a, r->scale_spec.p, r->scale_spec.n); /* the tree borrows its keys */
    return path && value_put(a, object, path, value_make_int(wanted)) ? 0 : -ENOMEM;
}
