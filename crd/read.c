/* Objects of custom kinds, as they are read and as they are stored. */
#include "crd/crd.h"
#include "structural/structural.h"

static struct str stored_version(const struct object *o, char scratch[32], struct str *out)
{
    return object_field(o, "apiVersion", out, scratch) ? *out : STR("");
}

bool crd_reads_plain(const struct schema_resource *r, const struct object *o)
{
    char scratch[32];
    struct str version;
    const struct structural *s = structural_of(r->kind);
    return s && !structural_changes(s) && str_eq(stored_version(o, scratch, &version), r->kind->api_version);
}

/* Who comes here has not asked the webhook (room convert); to relabel what it would have changed would be worse than to refuse. */
static int no_webhook(const struct schema_resource *to, struct err *err)
{
    return err_raise(err, -EOPNOTSUPP, "conversion webhook for %.*s, Kind=%.*s failed: nobody has asked it", STR_FMT(to->kind->api_version),
                     STR_FMT(to->kind->name));
}

static struct {
    const char *group;
    crd_conversion convert;
} known;

void crd_convert_by(const char *group, crd_conversion convert)
{
    known.group = group;
    known.convert = convert;
}

static int convert_known(struct arena *a, const struct schema_resource *to, struct value *tree)
{
    return known.convert && str_is(to->group, known.group) ? known.convert(a, to->kind->name, to->version, tree) : 0;
}

int crd_convert(struct arena *a, const struct schema_resource *to, const struct value *in, struct value *out, struct err *err)
{
    const struct structural *s = structural_of(to->kind);
    bool same = str_eq(value_text_at(in, "apiVersion"), to->kind->api_version);
    if (!same && to->custom->webhook)
        return no_webhook(to, err);
    int r = s ? value_copy(a, in, out) : -ENOMEM;
    if (r == 0 && !same)
        r = convert_known(a, to, out);
    if (r == 0 && !same && !value_set(a, out, STR("apiVersion"), value_make_text(to->kind->api_version)))
        r = -ENOMEM;
    if (r == 0)
        r = structural_prune(a, s, out, NULL);
    if (r == 0)
        r = structural_default(a, s, out);
    return r < 0 ? err_raise(err, r, "no memory to read a %.*s", STR_FMT(to->kind->name)) : 0;
}

int crd_read(struct arena *a, const struct schema_resource *to, const struct object *o, struct value *out, struct err *err)
{
    struct value tree = {0};
    int r = object_tree(a, o, &tree, err);
    if (r < 0)
        return r;
    return crd_convert(a, to, &tree, out, err);
}

bool crd_stores_plain(const struct schema_resource *r)
{
    return !r->storage || r->storage == r || !known.convert || !str_is(r->group, known.group);
}

int crd_store_form(struct arena *a, const struct schema_resource *r, struct value *tree, struct err *err)
{
    const struct schema_resource *stored = r->storage ? r->storage : r;
    if (stored != r && r->custom->webhook)
        return no_webhook(stored, err);
    int e = stored != r ? convert_known(a, stored, tree) : 0;
    if (e < 0)
        return e;
    return value_set(a, tree, STR("apiVersion"), value_make_text(stored->kind->api_version)) ? 0 : -ENOMEM;
}
