/* wire: what bench_cluster says and hears, in JSON or in protobuf.
 *
 * Typed clients speak protobuf both ways, as client-go does of itself since 1.32: bodies are `k8s\0` and an Unknown with the object's bytes in
 * it, a watch is frames of a length in four bytes and a WatchEvent. Bodies are encoded by the product's codec, which gives the very bytes a Go
 * client sends — those of a pod once, before the first is sent. What comes is looked through by thirty lines of this file's own. */
#ifndef CORACLE_BENCH_WIRE_H
#define CORACLE_BENCH_WIRE_H

#include "base/base.h"

struct wire;
struct wire *wire_new(bool json); /* exits with a sentence on failure, as all here do */

/* A request to create or to update (PUT) what `json` says, an object of that kind; borrowed until the next. */
struct str wire_write(struct wire *w, const char *method, const char *path, struct str group, const char *kind, struct str json);
/* A request without a body that wants JSON whatever is spoken else, or what is spoken. */
struct str wire_read(struct wire *w, const char *path, bool json);

/* One request over and over, of which only the number at the end of a name changes: "pod-0000000". */
struct wire_form {
    char *bytes;
    size_t n, end, digits;
};
void wire_form_make(struct wire *w, struct wire_form *f, const char *path, const char *kind, struct str json, const char *name);
struct str wire_form_fill(struct wire_form *f, long number);

/* The first event of a watch's text: how many bytes it takes, 0: it is not whole yet. */
size_t wire_event(const struct wire *w, struct str text, struct str *object);
struct wire_seen {
    struct str name;
    long version;        /* resourceVersion */
    bool bound, tainted; /* of a pod, of a node */
};
void wire_look(const struct wire *w, struct str object, bool node, struct wire_seen *seen);

#endif
