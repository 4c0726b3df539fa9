/* What the servers behind say they serve, made into one form: the resources of an APIVersionDiscovery. Pure. */
#include "aggregate/inside.h"

static int fill_kinds(struct arena *a, struct value *list)
{
    VALUE_EACH_ITEM (r, list) {
        if (r->type != VALUE_MAP)
            continue;
        if (value_is_null(value_get(r, STR("responseKind"))) && !value_set(a, r, STR("responseKind"), value_make_map()))
            return -ENOMEM;
        int k = fill_kinds(a, value_get(r, STR("subresources")));
        if (k < 0)
            return k;
    }
    return 0;
}

int learn_aggregated(struct arena *a, const struct value *list, struct str group, struct str version, struct value *resources)
{
    VALUE_EACH_ITEM (g, value_get(list, STR("items"))) {
        if (!str_eq(value_text_at(g, "metadata.name"), group))
            continue;
        VALUE_EACH_ITEM (v, value_get(g, STR("versions"))) {
            if (!str_eq(value_text_at(v, "version"), version))
                continue;
            const struct value *all = value_get(v, STR("resources"));
            *resources = value_make_list();
            if (!all || all->type != VALUE_LIST)
                return 0;
            int r = value_copy(a, all, resources);
            return r < 0 ? r : fill_kinds(a, resources); /* clients of 1.26 fall over what has no responseKind */
        }
    }
    return 1;
}

static int copy_member(struct arena *a, const struct value *from, const char *member, struct value *to)
{
    const struct value *v = value_get(from, str_of(member));
    struct value copy = {0};
    if (value_is_null(v))
        return 0;
    int r = value_copy(a, v, &copy);
    return r < 0 ? r : value_set(a, to, str_of(member), copy) ? 0 : -ENOMEM;
}

static int put_one(struct arena *a, const struct value *from, struct str group, struct str version, const char *named, struct str name,
                   struct value *to)
{
    static const char *const same[] = {"verbs", "shortNames", "categories"};
    struct str own_group = value_text_at(from, "group"), own_version = value_text_at(from, "version");
    struct value kind = value_make_map();
    int r = 0;
    *to = value_make_map();
    VALUE_SET(&r, a, to, named, value_make_text(name));
    VALUE_SET(&r, a, &kind, "group", value_make_text(own_group.n ? own_group : group));
    VALUE_SET(&r, a, &kind, "version", value_make_text(own_version.n ? own_version : version));
    VALUE_SET(&r, a, &kind, "kind", value_make_text(value_text_at(from, "kind")));
    VALUE_SET(&r, a, to, "responseKind", kind);
    for (size_t i = 0; r == 0 && i < ARRAY_LEN(same); i++)
        r = copy_member(a, from, same[i], to);
    return r;
}

static struct value *find(struct value *list, struct str name)
{
    VALUE_EACH_ITEM (r, list) {
        if (str_eq(value_text_at(r, "resource"), name))
            return r;
    }
    return NULL;
}

int learn_legacy(struct arena *a, const struct value *list, struct str group, struct str version, struct value *resources)
{
    int r = 0;
    *resources = value_make_list();
    for (int subs = 0; subs < 2; subs++)
        VALUE_EACH_ITEM (from, value_get(list, STR("resources"))) {
            struct str name, sub;
            struct value one;
            bool is_sub = str_cut(value_text_at(from, "name"), '/', &name, &sub);
            if (is_sub != (subs == 1))
                continue;
            if (is_sub) {
                struct value *of = find(resources, name), *under = value_get(of, STR("subresources"));
                if (of && !under)
                    under = value_set(a, of, STR("subresources"), value_make_list());
                r = !of ? 0 : under ? put_one(a, from, group, version, "subresource", sub, &one) : -ENOMEM;
                if (of && r == 0 && !value_add(a, under, one))
                    r = -ENOMEM;
            } else {
                bool namespaced = value_bool_at(from, "namespaced", false);
                r = put_one(a, from, group, version, "resource", value_text_at(from, "name"), &one);
                VALUE_SET(&r, a, &one, "scope", value_make_text(namespaced ? STR("Namespaced") : STR("Cluster")));
                VALUE_SET(&r, a, &one, "singularResource", value_make_text(value_text_at(from, "singularName")));
                if (r == 0 && !value_add(a, resources, one))
                    r = -ENOMEM;
            }
            if (r < 0)
                return r;
        }
    return 0;
}

int learn_sound(struct arena *a, struct str group, struct str version, struct value *resources)
{
    const struct schema_kind *k = schema_kind_find(STR("apidiscovery.k8s.io"), STR("v2"), STR("APIGroupDiscoveryList"));
    struct value tree = value_make_map(), items = value_make_list(), item = value_make_map(), versions = value_make_list(), one = value_make_map();
    int r = 0;
    VALUE_SET(&r, a, &one, "version", value_make_text(version));
    VALUE_SET(&r, a, &one, "resources", *resources);
    VALUE_SET(&r, a, &item, "metadata.name", value_make_text(group));
    if (r < 0 || !value_add(a, &versions, one))
        return -ENOMEM;
    VALUE_SET(&r, a, &item, "versions", versions);
    if (r < 0 || !value_add(a, &items, item))
        return -ENOMEM;
    VALUE_SET(&r, a, &tree, "kind", value_make_text(k->name));
    VALUE_SET(&r, a, &tree, "apiVersion", value_make_text(k->api_version));
    VALUE_SET(&r, a, &tree, "items", items);
    if (r == 0)
        r = object_conform(a, k, &tree, NULL, NULL);
    if (r < 0)
        return r;
    const struct value *found = value_at(value_item(value_at(value_item(value_at(&tree, "items"), 0), "versions"), 0), "resources");
    *resources = found && found->type == VALUE_LIST ? *found : value_make_list();
    return 0;
}

struct str learn_openapi(const struct value *index, struct str group, struct str version)
{
    char path[512];
    if (group.n + version.n + 8 > sizeof(path))
        return STR_NONE;
    snprintf(path, sizeof(path), "%s%.*s%s%.*s", group.n ? "apis/" : "api", STR_FMT(group), "/", STR_FMT(version));
    struct str url = value_text_at(value_get(value_get(index, STR("paths")), str_of(path)), "serverRelativeURL");
    return str_starts(url, STR("/openapi/v3/")) ? url : STR_NONE;
}
