/* apireq: what an API request says and how the API answers no — pure text work.
 *
 * Route: method and path → verb, group, version, resource, subresource,
 * namespace, name (upstream's RequestInfo). Options: the query's list, get,
 * delete and write options. Accept: which form the reply takes. Status: every
 * refusal in upstream's words. Tokens: `continue`. Fields: which field
 * selectors a kind takes. Columns and objects are not known here.
 *
 * Everything made lives in the caller's arena; any thread. */
#ifndef CORACLE_APIREQ_H
#define CORACLE_APIREQ_H

#include "base/base.h"
#include "object/object.h"
#include "schema/schema.h"
#include "selector/selector.h"
#include "value/value.h"
#include "apply/apply.h"

/* ── route ── */
enum apireq_verb {
    APIREQ_NONE, /* not a resource request */
    APIREQ_GET,
    APIREQ_LIST,
    APIREQ_WATCH,
    APIREQ_CREATE,
    APIREQ_UPDATE,
    APIREQ_PATCH,
    APIREQ_DELETE,
    APIREQ_DELETECOLLECTION,
};
struct apireq_route {
    struct str path; /* decoded, whole */
    bool is_resource;
    enum apireq_verb verb;
    struct str verb_text; /* for authorization: "get" …; for other paths the method in lower case */
    struct str group, version;
    struct str ns; /* "" : cluster scope or all namespaces */
    struct str resource, subresource, name;
    struct str rest;   /* behind subresource proxy: "a/b" */
    bool rest_slash;   /* the path went on after "proxy" with a slash */
    bool legacy_watch; /* /api/v1/watch/… */
};
/* -EINVAL: the path is malformed; -ENOMEM. `query` is looked at for watch and for fieldSelector=metadata.name=x only. */
int apireq_route_parse(struct arena *a, struct str method, struct str path, struct str query, struct apireq_route *out, struct err *err) MUST_USE;
const char *apireq_verb_text(enum apireq_verb v);

/* ── options: one struct for all verbs; each verb reads what is its own ── */
enum apireq_validation { APIREQ_VALIDATE_WARN, APIREQ_VALIDATE_IGNORE, APIREQ_VALIDATE_STRICT };
enum apireq_propagation { APIREQ_PROPAGATE_DEFAULT, APIREQ_PROPAGATE_ORPHAN, APIREQ_PROPAGATE_BACKGROUND, APIREQ_PROPAGATE_FOREGROUND };
struct apireq_options {
    /* list and watch */
    struct str label_selector, field_selector, continue_token;
    int64_t limit;
    struct str resource_version; /* as sent */
    int64_t revision;            /* its number; 0 when "" or "0" */
    struct str version_match;    /* "", "Exact", "NotOlderThan" */
    bool watch, bookmarks;
    bool has_initial_events, initial_events;
    int64_t timeout_seconds; /* 0: none given */
    /* create, update, patch, delete */
    bool dry_run, force, has_force;
    struct str manager;                /* fieldManager */
    enum apireq_validation validation; /* none given: Warn */
    /* delete; also from a DeleteOptions body */
    bool has_grace;
    int64_t grace_seconds;
    enum apireq_propagation propagation;
    bool orphan_dependents_set, orphan_dependents;
    bool ignore_store_read_error;
    struct str expect_uid, expect_version;
    bool has_expect_uid, has_expect_version;
    /* form */
    bool pretty;
};
struct apireq_status;
/* 0, or 1 with a 400 or 422 in `st`. */
int apireq_options_parse(struct arena *a, const struct apireq_route *route, struct str query, struct apireq_options *out,
                         struct apireq_status *st) MUST_USE;
/* A DeleteOptions tree over the query's options. Answers as above. */
int apireq_options_delete(struct arena *a, const struct value *tree, struct apireq_options *o, struct apireq_status *st) MUST_USE;
/* The manager when none was named: the User-Agent up to its first slash, printable, at most 128 bytes. */
int apireq_default_manager(struct arena *a, struct str user_agent, struct str *out) MUST_USE;

/* ── status: a reply that is no object ── */
struct apireq_cause {
    struct str reason, message, field;
};
struct apireq_status {
    int code;
    bool success;
    struct str reason, message;
    struct str name, group, kind, uid; /* details */
    struct apireq_cause *causes;
    size_t n_causes;
    int64_t retry_after;
    struct str continue_token; /* metadata.continue, with 410 of an expired list */
    bool has_details;
};
/* All fill *st; texts are made in the arena, and when that is full the status becomes a 500 saying so. */
void apireq_status_success(struct apireq_status *st, struct str group, struct str resource, struct str name, struct str uid);
void apireq_status_error(struct arena *a, struct apireq_status *st, int code, const char *reason, const char *fmt, ...) PRINTF(5, 6);
void apireq_status_not_found(struct arena *a, struct apireq_status *st, struct str group, struct str resource, struct str name);
void apireq_status_exists(struct arena *a, struct apireq_status *st, struct str group, struct str resource, struct str name);
/* why "": "the object has been modified; please apply your changes to the latest version and try again" */
void apireq_status_conflict(struct arena *a, struct apireq_status *st, struct str group, struct str resource, struct str name, struct str why);
void apireq_status_invalid(struct arena *a, struct apireq_status *st, struct str group, struct str kind, struct str name, const struct faults *f);
void apireq_status_apply_conflict(struct arena *a, struct apireq_status *st, const struct apply_conflict *c, size_t n);
void apireq_status_bad_request(struct arena *a, struct apireq_status *st, const char *fmt, ...) PRINTF(3, 4);
/* why "": no colon and reason behind */
void apireq_status_forbidden(struct arena *a, struct apireq_status *st, const struct apireq_route *r, struct str user, struct str why);
/* Admission's no: `pods "x" is forbidden: why` */
void apireq_status_denied(struct arena *a, struct apireq_status *st, struct str group, struct str resource, struct str name, struct str why);
void apireq_status_unauthorized(struct apireq_status *st);
void apireq_status_too_many(struct arena *a, struct apireq_status *st, struct str why, int64_t seconds);
void apireq_status_expired(struct arena *a, struct apireq_status *st, const char *fmt, ...) PRINTF(3, 4);
void apireq_status_too_large_version(struct arena *a, struct apireq_status *st, int64_t asked, int64_t current);
void apireq_status_method(struct arena *a, struct apireq_status *st, const struct apireq_route *r);
void apireq_status_no_resource(struct apireq_status *st); /* "the server could not find the requested resource" */
void apireq_status_not_acceptable(struct arena *a, struct apireq_status *st, struct str types);
void apireq_status_media_type(struct arena *a, struct apireq_status *st, struct str types);
void apireq_status_memory(struct apireq_status *st);
/* Of a failure inside: 500 InternalError, `Internal error occurred: …`. */
void apireq_status_internal(struct arena *a, struct apireq_status *st, const char *fmt, ...) PRINTF(3, 4);
int apireq_status_tree(struct arena *a, const struct apireq_status *st, struct value *out) MUST_USE;
int apireq_status_json(const struct apireq_status *st, struct buf *out) MUST_USE; /* compact, no newline */

/* ── accept: the form of the reply ── */
enum apireq_shape { APIREQ_OBJECT, APIREQ_TABLE, APIREQ_PARTIAL, APIREQ_PARTIAL_LIST, APIREQ_DISCOVERY };
struct apireq_accept {
    enum object_format format;
    enum apireq_shape shape;
    bool stream;        /* ;stream=watch was said */
    bool pretty;        /* pretty=1, or a browser or curl asked */
    struct str version; /* v= of the shape */
};
enum { APIREQ_ACCEPT_TABLE = 1, APIREQ_ACCEPT_PARTIAL = 2, APIREQ_ACCEPT_DISCOVERY = 4 };
/* `shapes` are those this request may take. 0; 1: nothing fits → 406, *types lists what would. */
int apireq_accept_parse(struct str header, unsigned shapes, struct apireq_accept *out, struct str *types) MUST_USE;
/* Which of n media types without parameters a header likes best; none and wildcards take the first; -1: none of them. */
int apireq_accept_pick(struct str header, const char *const *types, size_t n);
const char *apireq_content_type(enum object_format f, bool watch);
/* A body's Content-Type: 0, or 1: none of the three → 415. An empty header means JSON. */
int apireq_body_format(struct str header, enum object_format *out) MUST_USE;
enum apireq_patch { APIREQ_PATCH_JSON, APIREQ_PATCH_MERGE, APIREQ_PATCH_STRATEGIC, APIREQ_PATCH_APPLY };
int apireq_patch_type(struct str header, bool strategic, enum apireq_patch *out, struct str *types) MUST_USE;

/* ── continue tokens ── */
struct apireq_token {
    int64_t revision; /* < 0: whatever is newest (inconsistent continuation) */
    struct str start; /* key to go on from, behind the resource's prefix */
};
int apireq_token_make(struct arena *a, struct apireq_token t, struct str *out) MUST_USE;
/* -EINVAL with upstream's sentence in err. */
int apireq_token_read(struct arena *a, struct str text, struct apireq_token *out, struct err *err) MUST_USE;

/* ── selectors: what a kind's field selectors may name ──
 * Parses the options' selectors (NULL: none given). Field labels become paths of the stored version's fields
 * ("involvedObject.name" of either Event). 0, or 1 with a 400 (`field label not supported: x`). */
int apireq_selectors(struct arena *a, const struct schema_resource *r, const struct apireq_options *o, struct selector **labels,
                     struct selector **fields, struct apireq_status *st) MUST_USE;

#endif
