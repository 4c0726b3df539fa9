#include "columns/columns.h"
#include "crd/crd.h"
#include "kinds/kinds.h"
#include "structural/structural.h"
#include "valid/valid.h"

/* What a definition says of its objects, and what is asked of definitions themselves. */
static void by_definition(const struct schema_kind *kind, const struct value *old, const struct value *now, struct faults *f)
{
    const struct structural *s = kind->custom ? structural_of(kind) : NULL;
    if (s)
        structural_validate(s, now, old, f);
    else if (kind->custom)
        fault_add(f, FAULT_INTERNAL, "", NULL, "no memory for the schema of %.*s", STR_FMT(kind->name));
    else if (str_is(kind->name, "CustomResourceDefinition") && str_is(kind->group, "apiextensions.k8s.io"))
        crd_validate(now, old, f);
}

void kinds_zones(bool (*known)(struct str name))
{
    valid_zones(known);
}

void kinds_validate_create(const struct schema_kind *kind, const struct value *tree, struct faults *f)
{
    valid_create(kind, tree, f);
    by_definition(kind, NULL, tree, f);
}

void kinds_validate_update(const struct schema_kind *kind, struct str subresource, const struct value *old, const struct value *now, struct faults *f)
{
    valid_update(kind, subresource, old, now, f);
    by_definition(kind, old, now, f);
}

const struct column *kinds_columns(const struct schema_kind *kind, size_t *n)
{
    return columns_of(kind, n);
}

int kinds_cells(struct arena *a, const struct schema_kind *kind, const struct value *tree, int64_t now, struct value *cells)
{
    return columns_cells(a, kind, tree, now, cells);
}
