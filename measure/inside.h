/* What measure's files share; no other room sees it. */
#ifndef CORACLE_MEASURE_INSIDE_H
#define CORACLE_MEASURE_INSIDE_H

#include "measure/measure.h"

struct place;
struct trip {
    struct place *to; /* held */
    int64_t ns;
};
struct set { /* bytes of a dataset on a node */
    char *name;
    int64_t bytes;
};
enum cost { COST_PRICE, COST_WATTS, COSTS };
struct place { /* a node, or a name that another node has measured */
    char *name;
    uint32_t refs; /* trips to it */
    bool known;    /* there is such a node */
    char *site;    /* "": none */
    char *told;    /* the annotations it was made of: the same text means the same numbers */
    struct trip *trips;
    size_t n_trips;
    struct set *sets;
    size_t n_sets;
    double cost[COSTS]; /* of one processor; 0: not told */
};

struct between { /* two sites */
    char *key;
    int64_t sum;
    uint32_t n;
};

struct pair {
    struct str key, value; /* value.p NULL: that there is such a label */
};
struct target { /* what pods want to be near: all that want the same share one */
    char *key, *text;
    bool pods; /* else nodes */
    uint32_t refs;
    struct pair pairs[MEASURE_PAIRS_MAX];
    size_t n_pairs;
    struct str ns;
    struct map members; /* node name → struct member */
    struct map by_uid;  /* of pods: uid → struct guest */
};
struct member {
    char *node;
    uint32_t n;
};
struct guest {
    char *uid;
    struct member *at;
};

struct wish { /* what a waiting pod asks for */
    char *uid;
    struct target *nodes, *pods;
    int64_t most;     /* 0: none */
    struct set *sets; /* bytes 0: it does not say */
    size_t n_sets;
    char fault[200], data_fault[200];
};

struct measure {
    struct sched *engine;
    unsigned first;      /* plugin */
    struct map places;   /* name → place */
    struct map sites;    /* "a\nb", a <= b → between */
    struct map targets;  /* key → target */
    struct map wishes;   /* uid → wish */
    struct map sizes;    /* dataset → struct set: the most any node has */
    double least[COSTS]; /* of all that tell; 0: none does */
};

/* measure.c */
struct place *place_get(struct measure *m, struct str name); /* made if need be, and held; NULL: no memory */
void place_drop(struct measure *m, struct place *p);         /* gives the hold back */
void wish_free(struct measure *m, struct wish *w);
int wish_get(struct measure *m, struct str uid, struct wish **out) MUST_USE;
bool measure_enabled(const struct measure *m, const struct value *pod, enum measure_plugin which, ssize_t *profile);

/* rtt.c */
int trips_read(struct measure *m, struct place *p, struct str text) MUST_USE; /* replaces them */
void trips_drop(struct measure *m, struct place *p);
int site_set(struct measure *m, struct place *p, struct str site) MUST_USE;
int64_t places_apart(const struct measure *m, const struct place *a, const struct place *b); /* -1: nobody knows */

/* latency.c */
void target_unref(struct measure *m, struct target *t);                    /* NULL is fine */
int targets_node(struct measure *m, struct str name, bool there) MUST_USE; /* 1: members changed */
int targets_pod(struct measure *m, struct str uid, bool there) MUST_USE;
int latency_claims(void *self, const struct value *pod, struct buf *key);
const char *latency_before(void *self, const struct sched_pod *pod);
const char *latency_filter(void *self, const struct sched_pod *pod, uint32_t node, bool *final);
int64_t latency_score(void *self, const struct sched_pod *pod, uint32_t node);
int latency_args(const struct value *args, const char *path, struct err *err);

/* data.c */
int sets_read(struct measure *m, struct place *p, const struct value *notes) MUST_USE;
void sets_drop(struct measure *m, struct place *p);
int data_claims(void *self, const struct value *pod, struct buf *key);
const char *data_before(void *self, const struct sched_pod *pod);
int64_t data_score(void *self, const struct sched_pod *pod, uint32_t node);

/* cost.c */
void costs_read(struct measure *m, struct place *p, const struct value *node);
void costs_drop(struct measure *m, struct place *p);
int cost_claims(void *self, const struct value *pod, struct buf *key);
int64_t cost_score(void *self, const struct sched_pod *pod, uint32_t node);
int energy_claims(void *self, const struct value *pod, struct buf *key);
int64_t energy_score(void *self, const struct sched_pod *pod, uint32_t node);

#endif
