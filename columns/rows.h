/* The two tables of columns by kind. */
#ifndef CORACLE_COLUMNS_ROWS_H
#define CORACLE_COLUMNS_ROWS_H

#include "columns/inside.h"

extern const struct column_kind column_rows_core[], column_rows_other[];
extern const size_t n_column_rows_core, n_column_rows_other;

#endif
