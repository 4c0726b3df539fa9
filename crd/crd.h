/* crd: CustomResourceDefinitions — what is asked of them, what their status
 * says, and how the objects they define are read from the store.
 *
 *   a write of a definition  crd_default → crd_validate → crd_settle (names,
 *                            conditions) → store → crd_publish: its rows stand
 *                            in the catalogue before the writer is answered
 *   start                    crd_load: those the store holds
 *   a read of their objects  as stored, or crd_read: in the version asked for,
 *                            pruned and defaulted by today's schema
 *
 * Names, conditions and sentences are upstream's. Names are judged against the
 * catalogue: a definition is established in the very write that creates it,
 * where upstream needs two more by controllers. The first three and crd_read are
 * pure but for that look; called from the loop that owns the store. */
#ifndef CORACLE_CRD_H
#define CORACLE_CRD_H

#include "base/base.h"
#include "object/object.h"
#include "schema/schema.h"
#include "store/store.h"
#include "value/value.h"

#define CRD_FINALIZER "customresourcecleanup.apiextensions.k8s.io"

bool crd_is(const struct schema_resource *r); /* the resource customresourcedefinitions itself */

int crd_default(struct arena *a, struct value *tree) MUST_USE; /* singular, listKind, conversion */
void crd_validate(const struct value *now, const struct value *old, struct faults *f);
/* storedVersions, acceptedNames and conditions of a definition about to be written; old may be NULL. */
int crd_settle(struct arena *a, struct value *tree, const struct value *old, int64_t seconds) MUST_USE;
/* The condition and the finalizer a first DELETE puts in. */
int crd_terminate(struct arena *a, struct value *tree, int64_t seconds) MUST_USE;

/* Established: into the catalogue; else out of it. `tree`: what its bytes say, where that is at hand, or NULL. */
int crd_publish(struct object *definition, const struct value *tree, struct err *err) MUST_USE;
int crd_load(struct store *store, struct err *err) MUST_USE;
void crd_unload(void); /* empties the catalogue: the server ends */

/* ── objects of custom kinds ── */
/* True: the bytes in the store are what a reader in that version is to see. */
bool crd_stores_plain(const struct schema_resource *r); /* the stored form differs in its apiVersion alone */
bool crd_reads_plain(const struct schema_resource *r, const struct object *o);
/* As a tree in r's version, resourceVersion put in. */
int crd_read(struct arena *a, const struct schema_resource *r, const struct object *o, struct value *out, struct err *err) MUST_USE;
/* Between versions: apiVersion is all that changes (conversion None); defaults of the new one are filled in.
 * -EOPNOTSUPP: the definition wants a webhook asked: room convert does, and its result passes through here too. */
int crd_convert(struct arena *a, const struct schema_resource *to, const struct value *in, struct value *out, struct err *err) MUST_USE;
/* The stored form of an object in any of its versions. */
int crd_store_form(struct arena *a, const struct schema_resource *r, struct value *tree, struct err *err) MUST_USE;

/* Versions of a group that differ in more than their name, and whose conversion this program knows (strategy None): `convert` changes a tree in
 * place, its apiVersion apart. Set once, before the first request; NULL: none. */
typedef int (*crd_conversion)(struct arena *a, struct str kind, struct str version, struct value *object);
void crd_convert_by(const char *group, crd_conversion convert);

/* autoscaling/v1 Scale by the paths the definition names; -EINVAL: replicas is negative. */
int crd_scale_read(struct arena *a, const struct schema_resource *r, const struct value *object, struct value *scale) MUST_USE;
int crd_scale_write(struct arena *a, const struct schema_resource *r, const struct value *scale, struct value *object) MUST_USE;

#endif
