#include "columns/columns.h"
#include "kinds/kinds.h"
#include "valid/valid.h"

void kinds_validate_create(const struct schema_kind *kind, const struct value *tree, struct faults *f)
{
    valid_create(kind, tree, f);
}

void kinds_validate_update(const struct schema_kind *kind, struct str subresource, const struct value *old,
                           const struct value *now, struct faults *f)
{
    valid_update(kind, subresource, old, now, f);
}

const struct column *kinds_columns(const struct schema_kind *kind, size_t *n)
{
    return columns_of(kind, n);
}

int kinds_cells(struct arena *a, const struct schema_kind *kind, const struct value *tree, int64_t now,
                struct value *cells)
{
    return columns_cells(a, kind, tree, now, cells);
}
