/* apply: server-side apply and the fields' owners (KEP-555), over trees.
 *
 * Called by registry for each write, by policy for what mutates, from the
 * thread that judges; pure: what it is given stays as it is. Owners that cannot
 * be read are an error, conflicts are an answer. */
#ifndef CORACLE_APPLY_H
#define CORACLE_APPLY_H

#include "object/object.h"

/* ── server-side apply and managed fields (KEP-555) ── */
struct apply_conflict {
    struct str manager; /* the cause's message behind "conflict with ": "kubectl" using apps/v1 */
    struct str field;   /* .spec.replicas */
};
struct apply_options {
    const struct schema_kind *kind;
    const struct schema_message *message; /* of a custom kind, whose rows know none; NULL: the kind's own */
    bool whole;                           /* status is no subresource: it is written with all the rest */
    struct str manager;
    struct str subresource; /* "" or "status", "scale" */
    bool force;
    int64_t now; /* seconds, for managedFields[].time */
    /* Where versions have fields of different names (a webhook converts): `tree` in another version, and what that looks
     * like; so others' fields are compared in the version they were written in. 1: there is no such version any more, and
     * its owners are forgotten; < 0, passed up (-EAGAIN: when it has been asked for). NULL: names are the same in all. */
    int (*in_version)(void *ctx, struct str api_version, const struct value *tree, struct value *out, const struct schema_message **message);
    void *ctx;
};
/* live may be NULL (create). On conflict without force returns 1 with conflicts listed. `out` shares maps and lists with live and
 * applied, all but its outermost map and its metadata; when the apply changes nothing at all, it is live itself: value_same(). */
int apply_server_side(struct arena *a, const struct apply_options *o, const struct value *live, const struct value *applied, struct value *out,
                      struct apply_conflict **conflicts, size_t *n_conflicts, struct err *err) MUST_USE;
/* The sentence of the Status: Apply failed with 1 conflict: conflict with "x" using apps/v1: .spec.replicas */
void apply_conflicts_print(const struct apply_conflict *list, size_t n, struct buf *out);
/* After create, update or any other patch: gives changed fields to the manager (operation Update). old may be NULL. */
int apply_track_update(struct arena *a, const struct apply_options *o, const struct value *old, struct value *now_tree, struct err *err) MUST_USE;
/* Are these metadata.managedFields? -EBADMSG: err says what is wrong. */
int apply_owners_readable(struct arena *a, const struct value *managed_fields, struct err *err) MUST_USE;

#endif
