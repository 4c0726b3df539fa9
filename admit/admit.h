/* admit: the admission plugins that live in the API server, as pure functions.
 *
 * A request's object goes first through every plugin's `mutate`, in upstream's
 * order, then — after defaults have been set again and validation has passed —
 * through every plugin's `validate`. A plugin sees the attributes, the object,
 * the old object and, through struct admit_lookup, what else lives in the
 * cluster; it changes the object's tree or refuses. Nothing is written anywhere.
 *
 * What a plugin is, is a row of the table in plugins.c: name, operations,
 * resources, functions. What files tell them stands in struct admit_settings; EventRateLimit's
 * counters too, the only thing kept. A plugin that must reserve something outside the object
 * (ResourceQuota) gets its place behind all others and `lookup.ctx`. */
#ifndef CORACLE_ADMIT_H
#define CORACLE_ADMIT_H

#include "auth/auth.h"
#include "base/base.h"
#include "object/object.h"
#include "schema/schema.h"
#include "value/value.h"

enum admit_operation {
    ADMIT_CREATE = 1 << 0,
    ADMIT_UPDATE = 1 << 1,
    ADMIT_DELETE = 1 << 2,
    ADMIT_CONNECT = 1 << 3,
};

struct admit_lookup {
    /* Puts the live object's tree into `a`; AUTH_ABSENT when there is none. group "" for core. */
    int (*get)(void *ctx, struct arena *a, struct str group, struct str resource, struct str namespace, struct str name, struct value *out);
    /* Calls fn for each object of a resource (namespace "": all); stops at the first answer other than 0 and returns
     * it. */
    int (*each)(void *ctx, struct arena *a, struct str group, struct str resource, struct str namespace,
                int (*fn)(void *fn_ctx, const struct value *object), void *fn_ctx);
    /* One field of the live object, as object_field() has it; "" when it has none. No tree is made. AUTH_ABSENT */
    int (*field)(void *ctx, struct arena *a, struct str group, struct str resource, struct str namespace, struct str name, const char *path,
                 struct str *value, char scratch[32]);
    enum auth_decision (*may)(void *ctx, const struct auth_ask *ask); /* the authorizer */
    void *ctx;
};

enum admit_extra {                                  /* plugins upstream leaves off unless asked for */
                   ADMIT_OWNER_REFERENCES = 1 << 0, /* OwnerReferencesPermissionEnforcement */
                   ADMIT_ALWAYS_PULL = 1 << 1,      /* AlwaysPullImages */
                   ADMIT_NODE_SELECTOR = 1 << 2,    /* PodNodeSelector */
                   ADMIT_EVENT_RATE = 1 << 3,       /* EventRateLimit */
                   ADMIT_QUEUES = 1 << 4,           /* JobQueues, Coracle's own: jobs with a queue begin suspended, pods held by a gate */
};

/* What plugins are told in files, and what they keep between requests (EventRateLimit: who has had how much). */
struct admit_settings;
/* From the file of an AdmissionConfiguration and those it names. -EINVAL with the field's path, or why a file cannot be read. */
int admit_settings_read(struct admit_settings **out, const char *path, struct err *err) MUST_USE;
struct admit_settings *admit_settings_free(struct admit_settings *s); /* NULL is fine; returns NULL */

/* Which plugins run, by their places in admit_plugin(). */
struct admit_choice {
    uint64_t on;
};

struct admit_request {
    struct arena *arena; /* what a plugin adds lives here */
    const struct admit_lookup *lookup;
    const struct auth_user *user;
    enum admit_operation operation;
    struct str group, version, resource, subresource, namespace, name; /* name "" on create with generateName */
    bool dry_run;
    struct value *object;              /* new state; NULL on delete. Changed by admit_mutate() */
    const struct value *old;           /* NULL on create and connect */
    const struct value *options;       /* CreateOptions, DeleteOptions … or the connect options; may be NULL */
    int64_t now;                       /* seconds */
    unsigned extra;                    /* enum admit_extra; only without a choice */
    const struct admit_choice *choice; /* NULL: upstream's default and `extra` */
    bool notes;                        /* the audit log wants to know */
    struct admit_settings *settings;   /* NULL: none */
    int64_t now_ms;                    /* of the loop; for what is counted by time */
    struct auth_wait *wait;            /* for the authorizer's answers; NULL: never ADMIT_WAITS */
};

enum admit_outcome {
    ADMIT_OK = 0,
    ADMIT_FORBIDDEN = 1, /* 403: message is whole: `pods "x" is forbidden: …` */
    ADMIT_NOT_FOUND = 2, /* 404: of `kind_group`/`kind_resource` `kind_name` */
    ADMIT_INVALID = 3,   /* 422: faults */
    ADMIT_BAD = 4,       /* 400 */
    ADMIT_RETRY = 5,     /* 500 ServerTimeout, after retry_seconds */
    ADMIT_METHOD = 6,    /* 405 */
    ADMIT_TOO_MANY = 8,  /* 429 */
    ADMIT_WAITS = 7,     /* the authorizer is asked: begin again once it has answered */
};
struct admit_cause { /* becomes Status.details.causes */
    struct str reason, message, field;
};
struct admit_answer { /* zeroed by the caller; texts in the request's arena */
    struct str message;
    struct str group, resource, name; /* Status.details: of the request, or of what was not found */
    struct admit_cause cause;         /* reason "" : none */
    struct faults *faults;            /* ADMIT_INVALID */
    int retry_seconds;
    struct str warnings[8]; /* Warning headers, also when all is well */
    size_t n_warnings;
    struct {
        struct str key, text;
    } notes[2]; /* annotations for the audit log */
    size_t n_notes;
};

/* 0 or an outcome above with the answer filled; negative errno: the server failed. */
int admit_mutate(struct admit_request *q, struct admit_answer *answer, struct err *err) MUST_USE;
int admit_validate(struct admit_request *q, struct admit_answer *answer, struct err *err) MUST_USE;
/* Is any plugin interested? Saves making trees for requests nobody looks at. */
bool admit_wants(enum admit_operation operation, struct str group, struct str resource, struct str subresource);
/* May admit_mutate() write to the object? (What runs for every resource only looks.) */
bool admit_changes(enum admit_operation operation, struct str group, struct str resource);
/* Names in order, NULL behind the last. The last five are not this room's: they are only switched here. */
const char *admit_plugin(size_t i);
/* From comma separated lists of names, as --enable-admission-plugins and --disable-admission-plugins have them; NULL:
 * none. -EINVAL: no such plugin, or one in both lists. */
int admit_choose(struct admit_choice *out, const char *enable, const char *disable, struct err *err) MUST_USE;
int admit_settings_fit(const struct admit_settings *s, const struct admit_choice *c,
                       struct err *err) MUST_USE;                    /* -EINVAL: a chosen one lacks what it needs */
bool admit_chosen(const struct admit_choice *c, const char *plugin); /* c NULL: what is on by default */

#endif
