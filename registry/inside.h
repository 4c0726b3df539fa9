/* What the files of this room share; nobody else looks in here. */
#ifndef CORACLE_REGISTRY_INSIDE_H
#define CORACLE_REGISTRY_INSIDE_H

#include <netinet/in.h>

#include "convert/convert.h"
#include "crd/crd.h"
#include "registry/registry.h"
#include "apply/apply.h"
#include "structural/structural.h"
#include "strategy/strategy.h"

struct ports;
struct charges;
struct charge;
struct gate;
struct intercept;
struct seen;
struct made;

struct registry {
    struct loop *loop;
    struct store *store;
    struct auth *auth;
    struct query_feed *feed;
    struct ports *ports; /* cluster IPs and node ports in use */
    struct cidrs *cidrs;
    struct charges *charges;     /* ResourceQuotas */
    struct intercept *intercept; /* webhooks */
    struct convert *convert;     /* custom objects in other versions than they are stored in */
    struct admit_choice choice;  /* plugins that run */
    struct admit_settings *settings;
    bool no_quota;
    char *enable;
    int64_t event_ms;
    struct loop_timer expire;
    int64_t pages_from; /* the revision of the last sweep: lists begun before it go on from newer ones */
    struct admit_lookup lookup;
    size_t ops; /* requests under way */
    bool dying; /* registry_free() was called: memory goes with the last of them */
};
void registry_op_over(struct registry *g);

/* A request under way; lives in its own arena (the request's). */
struct op {
    struct registry *g;
    struct registry_request q, asked; /* the second as it came */
    struct arena *a;
    const struct schema_resource *res;    /* as addressed */
    const struct schema_resource *stored; /* the version in the store */
    struct str sub;                       /* subresource or "" */
    struct str ns, name, key;
    int64_t now;
    struct registry_reply reply;
    void (*done)(void *ctx, const struct registry_reply *r);
    void *ctx;
    int code; /* of the reply when the write succeeds */
    unsigned tries;
    bool generated;     /* its name was made of generateName */
    bool deletes;       /* the write is a removal */
    bool tracked;       /* managed fields are in op->tree already */
    bool touched;       /* mutating admission may have changed op->tree since it was defaulted */
    bool exact;         /* op->tree is what the bytes on their way to the store say */
    struct value tree;  /* new state, stored version */
    struct value owned; /* its managed fields before mutating admission */
    struct value old_tree;
    struct object *old;                                    /* reference held while the op lives */
    void (*written)(struct op *op, struct object *object); /* instead of replying with the object */
    struct apireq_status st;
    struct str reserved;   /* key of addresses taken for this request, given back when it fails */
    struct charge *charge; /* to ResourceQuotas; NULL: none */
    struct value body;     /* of a subresource that is no object: Binding, Eviction … */
    struct gate *gate;     /* admission under way */
    struct auth_wait wait; /* somebody else is asked: op_wait() */
    unsigned waits;        /* how often that was so */
    bool quiet;            /* webhooks have had their say already */
    unsigned again_tries;
    void (*again)(struct op *op); /* how it begins anew when its object changed while it waited; NULL: wholly */
    /* ── versions.c ── */
    struct seen *seen;                     /* conversions it holds, until it ends */
    struct made *made;                     /* trees converted for it; in the arena */
    struct object *shown;                  /* what the reply is made of, while that is converted; a reference */
    struct value form;                     /* op->tree as it is stored, when a webhook has made that */
    void (*resume)(struct op *op);         /* where it goes on when the webhook has answered */
    const struct schema_resource *lacking; /* what managed fields are to be compared in, … */
    struct value lacks;                    /* … and what of */
};

/* ── ending a request: each calls done; the op is over ── */
void op_status(struct op *op); /* op->st is filled */
void op_object(struct op *op, int code, struct object *o);
void op_tree(struct op *op, int code, const struct schema_kind *kind, const struct value *tree);
void op_list(struct op *op, int code, struct query_list *l);
void op_fail(struct op *op, int r, const struct err *err);     /* < 0 from below: 500, 507 … */
void op_note(struct op *op, struct str key, struct str value); /* for the audit log */
void op_warn(struct op *op, struct str text);
void op_warn_text(struct op *op, const char *fmt, ...) PRINTF(2, 3);
/* The object as the addressed version's tree, or frozen when versions are the same. */
void op_reply_stored(struct op *op, int code, struct object *o);

/* ── steps (0 go on; 1: answered already) ── */
int op_decode(struct op *op, const struct schema_kind *kind, struct value *out) MUST_USE;
/* Warns of or refuses what a body's reader noticed, as fieldValidation wants it; applied unknown fields are refused always. */
int op_use_notes(struct op *op, const struct schema_kind *want, const struct object_notes *notes) MUST_USE;
int op_to_stored(struct op *op, const struct value *in, struct value *out) MUST_USE;
int op_from_stored(struct op *op, const struct value *in, struct value *out) MUST_USE;
int op_look(struct op *op) MUST_USE;    /* op->old of a built-in kind, not decoded; 404 */
int op_find(struct op *op) MUST_USE;    /* op->old, op->old_tree; 404 */
int op_default(struct op *op) MUST_USE; /* op->tree */
int op_prune(struct op *op, const struct schema_kind *kind, struct value *tree, struct object_notes *notes) MUST_USE; /* custom kinds */
void op_apply_options(const struct op *op, struct apply_options *o);                                                  /* kind and shape */
int op_judge_create(struct op *op) MUST_USE;
int op_judge_update(struct op *op) MUST_USE;
int op_admit(struct op *op, enum admit_operation what, struct value *object, const struct value *old, const struct value *options,
             bool mutate) MUST_USE;
struct gate_subject {
    enum admit_operation what;
    const struct schema_kind *kind; /* of object and old; NULL: the stored version's */
    struct value *object;           /* in the op or its arena; NULL: none */
    const struct value *old;
};
/* All of admission; `next` is where the op goes on, perhaps later. Else it is answered, or begins anew. */
void op_mutate(struct op *op, const struct gate_subject *s, void (*next)(struct op *op));
void op_validate(struct op *op, const struct gate_subject *s, void (*next)(struct op *op));
void op_restart(struct op *op);     /* as if it had just come */
bool op_moved(const struct op *op); /* its object has changed since op_find() */
void op_begin_anew(struct op *op);  /* so it starts again; too often: 409 */
/* For a question about rights that may have to be answered outside: the op begins anew once it is. */
struct auth_wait *op_wait(struct op *op);
int op_rbac_check(struct op *op, const struct value *old) MUST_USE; /* privilege escalation; old NULL: it is new */

/* ── other versions of custom objects: a webhook may have to be asked ── */
/* o as op->res shows it, held by the op. 1: answered, or `resume` is called when it is known. */
int op_seen(struct op *op, struct object *o, void (*resume)(struct op *op), struct object **out) MUST_USE;
void op_again(struct op *op); /* a resume: from the start, with what is known by now */
void op_seen_free(struct seen *list);
bool op_stored_elsewhere(const struct op *op);                 /* a webhook makes the stored form of op->tree */
void op_make_form(struct op *op, void (*next)(struct op *op)); /* op->form; begins anew when its object has changed meanwhile */
/* What apply lacked (-EAGAIN) is asked for; then `resume`, or it begins anew when its object has changed meanwhile. */
void op_ask_lacking(struct op *op, void (*resume)(struct op *op));
int op_in_version(void *op, struct str api_version, const struct value *tree, struct value *out, const struct schema_message **message);
/* A tree of the resource in another of its versions: -EAGAIN until op_tree_prepare() has made it. */
int op_tree_as(struct op *op, const struct schema_resource *to, const struct value *in, struct value *out, struct err *err) MUST_USE;
/* 0: op_tree_as() can answer; 1: ready(ctx, r, error) follows; < 0 */
int op_tree_prepare(struct op *op, const struct schema_resource *to, const struct value *in, void (*ready)(void *ctx, int r, struct str error),
                    void *ctx) MUST_USE;
/* 1: answered, or `again` is called when what it lacked is there */
int op_track(struct op *op, const struct value *old, void (*again)(struct op *op)) MUST_USE; /* before mutating admission */
int op_keep_owners(struct op *op) MUST_USE;                                                  /* after it */
/* Writes op->tree (expecting op->old's revision, or absence) and replies with code. */
void op_write(struct op *op, int code);
void op_write_frozen(struct op *op, struct object *fresh, int code); /* the same of what is frozen already; takes the reference; no dry run */
void op_remove(struct op *op, int code);                             /* removes op->old */

/* ── verbs ── */
void op_create(struct op *op);
void op_create_from_apply(struct op *op); /* op->tree is what was applied, managed fields and all */
void op_update(struct op *op);
void op_update_with(struct op *op); /* from op->tree (stored version) and op->old on */
void op_patch(struct op *op);
void op_delete(struct op *op);
void op_delete_evicted(struct op *op); /* op->old is found, options are final; answers as an Eviction */
void op_delete_collection(struct op *op);
void op_connect(struct op *op);
void op_scale(struct op *op);
void op_bind(struct op *op);
void op_evict(struct op *op);
void op_review(struct op *op); /* reviews and tokens */
bool op_is_review(const struct op *op);
/* What an update that leaves a deleted object without finalizers comes to. */
bool delete_is_due(const struct op *op, const struct value *tree);

/* ── Services ── */
struct range {
    bool set, v6;
    unsigned char base[16];
    unsigned bits; /* length of the prefix */
    uint64_t size; /* addresses in it, at most 2^20 are used */
};
int range_parse(struct range *r, struct str cidr, struct err *err) MUST_USE;
bool range_holds(const struct range *r, struct str ip);
/* Ranges added by ServiceCIDRs, and IPAddresses that no Service stands behind. */
struct cidrs;
int cidrs_new(struct cidrs **out, struct registry *g, struct err *err) MUST_USE;
struct cidrs *cidrs_free(struct cidrs *c);
const struct range *cidrs_next(const struct cidrs *c, size_t *at);   /* ranges in use; *at 0 at first; NULL: end */
int ports_note(struct ports *p, struct str ip, bool there) MUST_USE; /* an address that is nobody's to give */
int ports_new(struct ports **out, struct registry *g, const struct registry_options *o, struct err *err) MUST_USE;
struct ports *ports_free(struct ports *p);
/* Gives cluster IPs and node ports to the Service in op->tree; 1: answered (422). */
int ports_allocate(struct op *op) MUST_USE;
int ports_keep(struct op *op) MUST_USE; /* before validation: what an update leaves out stays; 1: answered */
/* What a Service's families and policy come to; 1: answered (422). */
int families_settle(struct op *op, struct value *spec) MUST_USE;
bool ports_has_family(const struct registry *g, struct str family); /* "IPv4", "IPv6" */
bool ports_dual(const struct registry *g);
struct str ports_family(const struct registry *g);                                        /* the first range's */
bool ports_range(const struct registry *g, size_t which, char out[INET6_ADDRSTRLEN + 4]); /* as CIDR; false: there is no such family */
const char *ports_first(const struct registry *g); /* the first address of the first range: Service default/kubernetes */
void ports_give_back(struct op *op);               /* the write has failed */

/* ── ResourceQuotas ── */
int charges_new(struct charges **out, struct registry *g, struct err *err) MUST_USE;
struct charges *charges_free(struct charges *k);
/* The last step before a write: charges what op->tree uses beyond `old` (NULL: it is new). 1: answered (403). */
int op_charge(struct op *op, const struct value *old) MUST_USE;
void charge_over(struct op *op); /* the op ends, op->reply.code says how */

void expire_start(struct registry *g);
void expire_stop(struct registry *g);
bool resource_is(const struct schema_resource *r, const char *group, const char *name);

#endif
