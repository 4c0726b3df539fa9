/* yaml: YAML text in and out, as sigs.k8s.io/yaml (go-yaml 2 over a JSON model) has it.
 *
 * Reading: libyaml finds the tokens; plain scalars are resolved by YAML 1.1 as
 * go-yaml 2 does (yes/no/on/off are booleans, 0x/0o/0b/octal numbers, `~`;
 * time stamps stay text); whole floats become integers, as they do on the way
 * through JSON. Aliases are copied, within a bound, so a small document cannot
 * unfold into a large one. Writing: block style, keys in go-yaml's natural
 * order, lists not indented, strings quoted only when they would read back as
 * something else, lines folded beyond 80 columns. Pure, any thread. */
#ifndef CORACLE_YAML_H
#define CORACLE_YAML_H

#include "value/value.h"

/* The first document of the text; an empty text gives null. The tree does not borrow from it. -EBADMSG with
 * "yaml: line 3: …", -E2BIG too deep, -ENOMEM. Keys that come again are noted (may be NULL) in go-yaml's words,
 * `line 9: key "foo" already set in map`, the line being that of the value; the last one counts. */
int yaml_parse(struct arena *a, struct str text, struct value_duplicates *duplicates, struct value *out, struct err *err) MUST_USE;
/* Each document in turn: `each` answers < 0 to stop with that answer. Empty documents are passed over. */
int yaml_parse_all(struct arena *a, struct str text, int (*each)(void *ctx, struct value *document), void *ctx, struct err *err) MUST_USE;
/* Appends a document, newline at its end. -EBADMSG: a RAW that is no JSON; buffer errors stick in the buffer. */
int yaml_print(struct buf *out, const struct value *v, struct err *err) MUST_USE;

#endif
