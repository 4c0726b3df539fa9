/* What dynamic's files share; no other room sees it. */
#ifndef CORACLE_DYNAMIC_INSIDE_H
#define CORACLE_DYNAMIC_INSIDE_H

#include "dynamic/dynamic.h"
#include "object/object.h"

struct user;
struct group { /* a PodGroup: the API's, or one that pods name */
    char *key; /* ns/name */
    struct str name;
    char *uid; /* NULL: not there */
    struct arena *mem;
    struct value rows; /* its spec.resourceClaims */
    unsigned refs;     /* users, assumptions, and one for the API */
    struct list users;
};
struct assumption { /* an allocation that is decided, not yet seen in the API */
    struct arena *mem;
    struct value allocation;
    struct device_hold *hold;
    struct user *by;     /* NULL: it went; what it had sent for is still to be seen */
    struct group *group; /* its pods may use it; NULL: only `by` */
    unsigned turn;       /* in which it was decided */
    bool sent;
    int64_t written; /* revision; 0: not yet */
};
struct claim {
    char *key; /* ns/name */
    struct str ns, name;
    unsigned number; /* changes whenever pods that use it are to be told apart from those before */
    bool known, deleting;
    char *uid;
    struct arena *mem; /* of what follows: what the API says */
    struct str owner;  /* uid of the controlling pod */
    struct value allocation, reserved;
    struct device_ask *ask;
    struct device_hold *hold;
    struct assumption *assumed;
    VEC(struct user *) users; /* waiting pods */
};
#define EXTRA_MAX 4
struct extra { /* extended resources a pod asks for that classes stand behind, or may */
    struct arena *mem;
    size_t n;
    struct str names[EXTRA_MAX]; /* in order */
    unsigned backed;             /* a bit each: a class stands behind it */
    struct value inits, containers;
    struct device_ask *asks[1 << EXTRA_MAX]; /* by the set of those a node has none of; made when needed */
    struct value specs[1 << EXTRA_MAX], mappings[1 << EXTRA_MAX];
    unsigned mask;              /* of the node it has */
    struct assumption *assumed; /* until the claim is made */
};
struct user { /* a waiting pod that has claims, or asks for extended resources */
    char *uid, *ns, *name;
    VEC(struct claim *) claims; /* one row each, those without a claim left out */
    uint64_t for_group;         /* a bit each: it is a claim of its group's */
    struct group *group;        /* NULL: it is in none */
    struct list member;         /* in group->users */
    unsigned turn;              /* in which it was placed */
    struct extra *extra;
    const char *gate; /* why it waits outside the queue; in `words` */
    char words[320];
    bool stale, placed; /* placed: reserved, not bound yet: it is not put again */
    struct list link;   /* in dynamic->stale */
};

struct dynamic {
    struct device_store *devices;
    struct sched *engine;
    unsigned plugin;
    struct map claims, users, groups;
    unsigned turn;
    bool in_turn;
    struct list stale;
    unsigned numbers;
    bool freed;
    /* the last change, for helps() */
    enum dynamic_kind changed;
    const struct claim *claim; /* of a claim's change */
    bool released;             /* … it gave devices back */
    char words[320];
    struct device_choice *choices;
    size_t assumed;
};

/* claim.c */
struct claim *claim_get(struct dynamic *d, struct str ns, struct str name); /* makes one; NULL: no memory */
void claim_drop_if_idle(struct dynamic *d, struct claim *c);
bool claim_reserved_for(const struct claim *c, struct str uid);
bool claim_has(const struct claim *c, const struct user *u); /* it is reserved for the pod, or for its group */
const struct value *claim_allocation(const struct claim *c); /* in the API; NULL: none */
void reach_touch(struct dynamic *d, struct str reach);
void users_stale(struct dynamic *d, struct claim *c);
void claim_unassume(struct dynamic *d, struct claim *c); /* its pod does not want it any more */
void assumption_end(struct dynamic *d, struct assumption *a);

void users_touch(struct dynamic *d, struct claim *c, const struct group *g); /* what nodes answered its users in the group is void */

/* group.c */
int group_get(struct dynamic *d, struct str ns, struct str name, struct group **out); /* takes a reference */
void group_unref(struct dynamic *d, struct group *g);
int group_put(struct dynamic *d, const struct value *tree);
void group_del(struct dynamic *d, struct str ns, struct str name);
bool group_has(const struct group *g, const struct value *row); /* its rows say the same, word by word */
/* What is decided of the claim and not seen yet, if this pod may use it: it decided it, or another of its group. */
const struct assumption *group_decided(const struct user *u, const struct claim *c);
/* The allocation the pod has to live with: the API's, or one that another of its group decided. NULL: it is still to be found. */
const struct value *group_allocation(const struct user *u, const struct claim *c);

/* pod.c */
int user_of(struct dynamic *d, const struct value *pod, struct user **out); /* 0; 1: it has no claims */
struct user *user_find(const struct dynamic *d, const struct sched_pod *p);
void user_free(struct dynamic *d, struct user *u);
int user_add(struct user *u, struct claim *c); /* one claim more that it uses */

/* hooks.c: what a pod asks for on a node: asks of its unallocated claims, in order. */
size_t user_asks(const struct user *u, struct device_ask *asks[DEVICE_CLAIMS_MAX], struct claim *of[DEVICE_CLAIMS_MAX]);
/* extended.c */
int extra_read(struct dynamic *d, const struct value *pod, struct extra **out);
void extra_end(struct dynamic *d, struct extra *x);
unsigned extra_here(const struct dynamic *d, const struct extra *x, uint32_t node);
struct device_ask *extra_ask(struct dynamic *d, struct extra *x, unsigned mask, int *r);
struct site_ctx {
    struct sched *engine;
    uint32_t node;
};
struct device_node site_of(struct site_ctx *ctx);

#endif
