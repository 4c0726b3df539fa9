/* How go-yaml 2 reads a scalar; shared by reading and writing, since a string
 * is quoted when it would be read as something else. Not a door. */
#ifndef CORACLE_YAML_INSIDE_H
#define CORACLE_YAML_INSIDE_H

#include "yaml/yaml.h"

enum scalar_type { SCALAR_TEXT, SCALAR_NULL, SCALAR_BOOL, SCALAR_INT, SCALAR_FLOAT, SCALAR_TIMESTAMP, SCALAR_MERGE };
enum scalar_type scalar_resolve(struct str s, struct value *out); /* what plain text stands for */
bool scalar_base60(struct str s);                                 /* 1:30, quoted on the way out for older readers */

/* What a string looks like to the emitter (libyaml's analysis). */
struct scalar_look {
    bool multiline, flow_plain, block_plain, single_quoted, block;
};
struct scalar_look scalar_look(struct str s);
bool scalar_printable(struct str rest, size_t *length); /* the character at the front */
bool scalar_break(struct str rest, size_t *length);     /* it is a line break */
int key_less(struct str a, struct str b);               /* go-yaml's natural order of map keys: 1 = a first */

#endif
