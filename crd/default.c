/* What a definition's author may leave out. */
#include <ctype.h>

#include "crd/crd.h"

bool crd_is(const struct schema_resource *r)
{
    return str_is(r->name, "customresourcedefinitions") && str_is(r->group, "apiextensions.k8s.io");
}

int crd_default(struct arena *a, struct value *tree)
{
    int r = 0;
    if (value_at(tree, "spec") && value_is_null(value_at(tree, "spec.conversion")))
        VALUE_SET(&r, a, tree, "spec.conversion.strategy", value_make_text(STR("None")));
    struct value *names = value_at(tree, "spec.names"); /* spec has stopped growing */
    struct str kind = value_text_at(names, "kind");
    if (kind.n && !value_text_at(names, "singular").n) {
        char *lower = arena_text(a, kind.p, kind.n);
        if (!lower)
            return -ENOMEM;
        for (size_t i = 0; i < kind.n; i++)
            lower[i] = (char)tolower((unsigned char)lower[i]);
        VALUE_SET(&r, a, names, "singular", value_make_text(str_make(lower, kind.n)));
    }
    if (kind.n && !value_text_at(names, "listKind").n) {
        struct str list = arena_fmt(a, "%.*sList", STR_FMT(kind));
        if (!list.p)
            return -ENOMEM;
        VALUE_SET(&r, a, names, "listKind", value_make_text(list));
    }
    struct value *service = value_at(tree, "spec.conversion.webhook.clientConfig.service");
    if (service && service->type == VALUE_MAP && value_is_null(value_get(service, STR("port"))))
        VALUE_SET(&r, a, service, "port", value_make_int(443));
    return r;
}
