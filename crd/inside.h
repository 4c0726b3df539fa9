/* What the files of this room share; nobody else looks in here. */
#ifndef CORACLE_CRD_INSIDE_H
#define CORACLE_CRD_INSIDE_H

#include "crd/crd.h"

/* A field path while walking: text that grows and is cut back. */
struct crd_path {
    char text[1024];
    size_t n;
};
size_t crd_path_field(struct crd_path *p, const char *name); /* .name; all answer the length before */
size_t crd_path_key(struct crd_path *p, struct str key);     /* [key] */
size_t crd_path_item(struct crd_path *p, size_t i);
void crd_path_cut(struct crd_path *p, size_t n);

/* One version's openAPIV3Schema. */
void crd_check_schema(const struct value *schema, struct crd_path *at, struct faults *f);
/* What a field path like ".spec.color" leads to in a schema; NULL: nothing is declared there. */
const struct value *crd_schema_at(const struct value *schema, struct str path);

#endif
