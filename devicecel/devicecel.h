/* devicecel: what an expression sees of a device.
 *
 * The CEL environment of device selectors (KEP-4381): one variable, `device`, with driver, attributes and capacity by domain and name, and
 * allowMultipleAllocations. Shared by those who judge whether an expression may be written and those who ask it. Pure. */
#ifndef CORACLE_DEVICECEL_H
#define CORACLE_DEVICECEL_H

#include "base/base.h"
#include "cel/cel.h"
#include "value/value.h"

#define DEVICECEL_TEXT_MAX 10240    /* bytes of an expression */
#define DEVICECEL_COST_MAX 1000000u /* what one look may cost */

int devicecel_env(struct cel_env **out) MUST_USE; /* the variable has slot 0 */
/* Compiles; CEL_REFUSED: `issues` says why, as upstream words it. */
int devicecel_compile(struct cel_env *env, struct str text, struct cel_program **out, struct buf *issues) MUST_USE;

struct devicecel { /* a device under a look: its driver, and a Device as a tree */
    struct arena *mem;
    struct str driver;
    const struct value *device;
    struct cel_lazy lazy; /* its own */
};
/* The variable. d must outlive the evaluation, and so must d->mem. */
struct cel_value devicecel_value(struct devicecel *d);

#endif
