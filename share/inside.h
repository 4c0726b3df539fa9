/* What share's files share; no other room sees it. */
#ifndef CORACLE_SHARE_INSIDE_H
#define CORACLE_SHARE_INSIDE_H

#include "share/share.h"

struct machine {
    bool known;
    int n;
    int free[SHARE_GPUS_MAX];
    char *model;
    char *name; /* live */
};

struct kind { /* of expected pod */
    struct share_demand demand;
    char *key; /* cpu/count/milli/models */
    double weight;
    double seen; /* live: how many came; their weight from the next time that all are looked at anew */
};

struct claim { /* hung on a pod; live: found by its uid */
    struct share_demand demand;
    uint32_t held;
    struct machine *on; /* live: whose GPUs it holds */
    char *uid;          /* live */
    char models[];
};

struct share {
    enum share_policy policy;
    struct sched *engine;
    unsigned plugin;
    VEC(struct machine) machines; /* by the engine's slots */
    VEC(struct kind) kinds;
    struct map by_demand; /* kind's key → its place + 1 */
    double weight;        /* of all kinds */
    int64_t taken;        /* thousandths; not live */
    bool live;
    struct map by_name, claims; /* live: node name → machine, uid → claim */
    double seen;                /* of all kinds */
};

struct choice {
    uint32_t gpus;
    double worth;
};

bool share_holds(const struct machine *m, const struct share_demand *d);
void share_take(struct machine *m, uint32_t gpus, int milli);
int64_t share_cpu_free(const struct share *s, uint32_t node);
struct choice share_choose(const struct share *s, const struct machine *m, const struct share_demand *d, int64_t cpu);
struct kind *share_kind(struct share *s, const struct share_demand *d); /* made if need be; NULL: no memory */
void share_live_done(struct share *s);

#endif
