/* Definitions in the store → rows in the catalogue. */
#include "crd/crd.h"
#include "structural/structural.h"

#define PREFIX "/registry/apiextensions.k8s.io/customresourcedefinitions/"

static const void *only_status(const void *parent, struct str key)
{
    static const char top, status;
    if (parent == &top || !parent)
        return str_is(key, "status") ? (const void *)&status : VALUE_GUIDE_RAW;
    return parent;
}

static bool is_established(const struct value *tree)
{
    VALUE_EACH_ITEM (c, value_at(tree, "status.conditions")) {
        if (str_is(value_text_at(c, "type"), "Established"))
            return str_is(value_text_at(c, "status"), "True");
    }
    return false;
}

int crd_publish(struct object *definition, const struct value *tree, struct err *err)
{
    SCOPED(arena) mem = NULL;
    static const char top;
    const struct value_guide look = {only_status, &top};
    struct schema_custom *c = NULL;
    struct value status = {0};
    int r = tree ? 0 : arena_new(&mem, (size_t)16 << 20);
    if (r == 0 && !tree)
        r = value_parse(mem, definition->stored, &look, NULL, &status, err);
    if (r < 0)
        return r;
    if (!is_established(tree ? tree : &status)) {
        schema_custom_withdraw(object_name(definition));
        return 0;
    }
    r = structural_custom(&c, definition, tree, err);
    if (r == 0)
        r = schema_custom_publish(c);
    if (r < 0)
        schema_custom_unref(c);
    return r < 0 ? err_wrap(err, r, "customresourcedefinition \"%.*s\"", STR_FMT(object_name(definition))) : 0;
}

int crd_load(struct store *store, struct err *err)
{
    struct store_snapshot *v = store_snapshot(store);
    struct store_cursor c;
    struct object *o;
    int r = v ? 0 : err_raise(err, -ENOMEM, "no memory for the definitions");
    if (v)
        store_cursor_start(&c, v, STR(PREFIX), STR(PREFIX));
    while (r == 0 && v && (o = store_cursor_next(&c)) != NULL) {
        r = crd_publish(o, NULL, err);
        if (r == -EBADMSG) /* one that cannot be read is not served; the others are */
            r = 0;
    }
    store_snapshot_unref(v);
    return r;
}

void crd_unload(void)
{
    struct schema_custom **list;
    size_t n;
    if (schema_custom_list(&list, &n) < 0)
        return;
    for (size_t i = 0; i < n; i++)
        schema_custom_withdraw(list[i]->name);
    schema_custom_list_free(list, n);
}
