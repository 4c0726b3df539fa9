/* kinds: what Kubernetes' registry knows about each kind — how objects of it
 * are completed, prepared, judged and shown.
 *
 *   decode → kinds_prepare_* → kinds_default → admission → kinds_default →
 *   kinds_validate_* → store;   kinds_columns, kinds_cells: for Table replies
 *
 * Pure functions over trees in the caller's arena; any thread, nothing kept.
 * The knowledge is tables (default rows, column rows, rule lists) read by one
 * interpreter each; what no table can say is a small function beside its rows.
 * Validation proper stands in the room valid, columns in the room columns; this
 * is the one door to both. Wording and field paths are upstream's, for people
 * and programs match on them.
 *
 * `kind` is always the version the tree is in. Kinds nobody wrote rules for
 * (custom resources among them) get what the schema's rows say and the rules of
 * metadata. */
#ifndef CORACLE_KINDS_H
#define CORACLE_KINDS_H

#include "base/base.h"
#include "columns/columns.h"
#include "object/object.h"
#include "schema/schema.h"
#include "value/value.h"

/* Fills in what the server fills in. Idempotent. -ENOMEM. */
int kinds_default(struct arena *a, const struct schema_kind *kind, struct value *tree) MUST_USE;

/* Before admission: takes out what a request may not say and puts in what a new object starts with: status
 * dropped (where it is a subresource), first phase, generation 1, Secret's stringData into data, a namespace's
 * finalizer. metadata.uid, creationTimestamp and managedFields are the caller's; the uid must be there before, as a
 * job's selector is made of it. */
int kinds_prepare_create(struct arena *a, const struct schema_kind *kind, struct value *now) MUST_USE;
/* The same for updates: status kept on a main write, all but status on a status write; system metadata kept from
 * `old`; generation counted when what counts for the kind has changed. `seconds`: the current time. */
int kinds_prepare_update(struct arena *a, const struct schema_kind *kind, struct str subresource, const struct value *old, struct value *now,
                         int64_t seconds) MUST_USE;

/* All that is wrong, at once. The trees have been defaulted and have their name. */
void kinds_validate_create(const struct schema_kind *kind, const struct value *tree, struct faults *f);
void kinds_validate_update(const struct schema_kind *kind, struct str subresource, const struct value *old, const struct value *now,
                           struct faults *f);

/* Who knows whether there is a time zone of that name, for CronJobs; asked on the thread that validates. Set once, before
 * anything is judged; until then every name is taken. */
void kinds_zones(bool (*known)(struct str name));

/* Table replies. Never empty: kinds without columns of their own have Name and Created At, custom ones Name and Age. */
const struct column *kinds_columns(const struct schema_kind *kind, size_t *n);
/* One cell per column, text or number (or bool), made in the arena; `now` in seconds. */
int kinds_cells(struct arena *a, const struct schema_kind *kind, const struct value *tree, int64_t now, struct value *cells) MUST_USE;

#endif
