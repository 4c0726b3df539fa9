/* What gang's files share; no other room sees it. */
#ifndef CORACLE_GANG_INSIDE_H
#define CORACLE_GANG_INSIDE_H

#include "gang/gang.h"

struct gang_group {
    struct list trash;   /* in gang->trash once nobody names it */
    struct list sibling; /* in its parent's children */
    struct list children, pods;
    struct gang_group *parent;
    char *key; /* in gang->groups: "kind/ns/name" */
    char *ns, *name, *uid;
    void *note;
    struct arena *mem;   /* the texts below */
    struct str topology; /* label; "" : none */
    int64_t generation;
    int32_t priority, least; /* least: pods or children that must be placed */
    int32_t n_there;         /* of its own pods */
    bool idle;               /* as a root: a walk found none that waits */
    struct gang_pod *waiter; /* as a root: one that waited when it was looked at last */
    bool composite, known, gang, all, never_preempts;
    bool scheduled; /* its condition says so */
    /* the last attempt */
    struct str message;
    bool tried, placed;
};

struct move { /* of the last attempt, in order */
    struct gang_pod *pod;
    uint32_t node;
};

struct gang {
    struct sched *sched;
    struct map groups; /* key → group */
    struct map pods;   /* uid → gang_pod */
    struct list trash;
    struct arena *words; /* of the last attempt */
    VEC(struct move) moves;
    VEC(struct sched_pod *) victims;
    struct buf text;
    bool quiet; /* a trial within a preemption: messages stay what they are */
};

/* What trying a group came to. */
struct trial {
    bool placed, mistaken;
    struct str message;
};
int trial_tree(struct gang *g, struct gang_group *x, struct trial *out); /* assumes as it goes; not placed: nothing assumed */
void trial_undo(struct gang *g, size_t to);                              /* moves beyond the first `to` are taken back */
struct str gang_says(struct gang *g, const char *fmt, ...) PRINTF(2, 3);
bool counts_as_placed(const struct gang_pod *p);
struct gang_group *undivided(struct gang_group *x); /* the highest group that is disrupted as one; NULL: none */
void remember_nominations(const struct gang_group *root);
void restore_nominations(struct gang *g, const struct gang_group *root);

#endif
