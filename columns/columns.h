/* columns: the columns Kubernetes prints for each kind, and their cells.
 *
 * Names, order, formats and texts are those of upstream's printers, because
 * scripts cut them apart. Reached through kinds/kinds.h. Pure. */
#ifndef CORACLE_COLUMNS_H
#define CORACLE_COLUMNS_H

#include "base/base.h"
#include "schema/schema.h"
#include "structural/structural.h" /* struct column */
#include "value/value.h"

const struct column *columns_of(const struct schema_kind *kind, size_t *n);
/* cells: room for as many values as columns_of() counts. -ENOMEM. */
int columns_cells(struct arena *a, const struct schema_kind *kind, const struct value *tree, int64_t now, struct value *cells) MUST_USE;
/* Upstream's duration.HumanDuration: 5s, 3m20s, 12h, 4d3h, 2y; "<invalid>" when it lies ahead. */
void columns_duration(int64_t seconds, char out[32]);

#endif
