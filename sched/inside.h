/* What sched's files share; no other room sees it. */
#ifndef CORACLE_SCHED_INSIDE_H
#define CORACLE_SCHED_INSIDE_H

#include "ask/ask.h"
#include "selector/selector.h"
#include "sched/sched.h"

/* ── reasons: what a look at one node says. Codes of plugins follow. ── */
enum {
    REASON_FITS,
    REASON_ABSENT, /* no such node */
    REASON_UNSCHEDULABLE,
    REASON_TAINT,
    REASON_AFFINITY,
    REASON_ENFORCED, /* addedAffinity */
    REASON_PORTS,
    REASON_FIT,
    REASON_FIT_FINAL, /* asks for more than the node has at all */
    REASON_DISK,
    REASON_RWOP,
    REASON_VOLUMES_MAX,
    REASON_VOLUME_NODE,
    REASON_VOLUME_NONE,
    REASON_VOLUME_GONE,
    REASON_VOLUME_SPACE,
    REASON_ZONE,
    REASON_SPREAD_LABEL,
    REASON_SPREAD,
    REASON_POD_AFFINITY,
    REASON_POD_ANTI,
    REASON_EXISTING_ANTI,
    REASONS_FIXED,
};
#define REASONS_MAX 1024
struct reason {
    uint16_t rule;
    bool final; /* removing pods would not help */
    const char *text;
};

/* ── topologies: nodes by the value of one label ── */
struct topology {
    uint32_t key;           /* text */
    uint32_t refs;          /* tallies and classes */
    uint32_t *domain;       /* of each node slot; 0: it has no such label */
    VEC(uint32_t) values;   /* of each domain: text, held; [0] unused */
    VEC(uint32_t) by_value; /* text → domain */
    VEC(uint32_t) nodes;    /* how many known nodes each domain has */
    VEC(uint32_t) free;     /* domains no node has any more */
};

/* ── tallies: how many pods of one sort there are in each domain ── */
enum tally_kind { TALLY_PODS, TALLY_OWNERS }; /* that match; that have the term */
struct tally_matcher {
    struct ask_selector selector, namespace_selector;
    uint32_t *namespaces;
    uint32_t n_namespaces;
};
struct tally {
    struct str key; /* in the index */
    enum tally_kind kind;
    uint32_t refs;
    struct arena *mem;
    struct ask_held held;
    struct tally_matcher *matchers; /* all must match */
    uint32_t n_matchers;
    enum ask_term_kind term; /* OWNERS */
    int32_t weight;
    bool living; /* pods that are being deleted do not count */
    struct topology *topology;
    uint8_t *eligible;                  /* of each node slot; NULL: every node with the label */
    const struct ask *judge;            /* whose node affinity and tolerations make nodes eligible; only its own class has such a tally. NULL: none */
    uint32_t *needs_keys, n_needs_keys; /* topologies an eligible node must have */
    bool honor_affinity, honor_taints;
    int32_t *counts; /* of each domain */
    uint32_t *live;  /* eligible nodes of each domain */
    uint32_t domains, cap;
    int64_t total;
    uint32_t n_live; /* domains with eligible nodes */
    int32_t least;   /* the smallest count among them, and how many have it; 0: to be looked for again */
    uint32_t n_least;
    size_t place; /* in sched->tallies */
};

/* ── nodes ── */
struct image {
    uint32_t name;
    int64_t size;
};
struct machine {
    struct arena *mem;
    struct ask_held held;
    struct ask_labels *labels;
    struct ask_taint *taints;
    struct image *images;
    uint32_t index, name, n_taints, n_images;
    bool known, unschedulable;
    struct list pods, nominees;
    uint32_t n_nominees, n_ports; /* pods with host ports */
};

struct sched_pod {
    struct list link;    /* in its machine's pods */
    struct list nominee; /* in its machine's nominees */
    char *uid, *name;
    struct ask *ask;
    struct ask_amounts *amounts; /* its ask's, unless a resize changed them */
    void *note, *marks[SCHED_PLUGINS_MAX];
    int64_t started; /* seconds: start time, or creation while it has none */
    uint32_t node, nominated;
    bool deleting, preempted, gated, assumed;
    bool aside;         /* a dry run has taken it out of the numbers */
    bool owner_counted; /* in its class's `placed` */
};

/* ── classes ── */
struct group { /* feasible nodes with equal raw scores of the rules that are scored against each other */
    int32_t affinity, taints;
    uint32_t feasible;
    uint32_t *first, *last; /* of each bucket: slot + 1 */
    uint64_t *bits;         /* which buckets are not empty */
    VEC(uint32_t) heap;     /* instead: nodes, the best first */
};
struct spread {
    struct tally *tally;
    int32_t max_skew, min_domains;
    uint32_t key;
    bool host; /* the topology is the host name: counted on the node itself */
    int self;
};
struct wish { /* a tally and what it weighs */
    struct tally *tally;
    int64_t weight;
};
#define SPREAD_MAX        64 /* constraints of one pod */
#define CLASS_BUCKETS_MAX 20000
#define CLASS_GROUPS_MAX  1024
struct candidate { /* what would have to go from one node */
    bool known, possible;
    uint16_t why; /* when impossible: what refuses it though they went; REASON_FITS: there are none */
    uint32_t lack;
    uint32_t victims, violations;
    int32_t highest;
    int64_t sum, started; /* of priorities; earliest start of the highest ones */
};
struct class
{
    struct ask *ask;
    const struct sched_profile *profile;
    const struct added *added;
    struct list used; /* in sched->classes, least recently used first; only with columns */
    unsigned number;
    uint32_t placed;      /* pods counted on nodes */
    struct tally **owned; /* of ask->terms while placed */
    /* topology */
    bool linked; /* the lists below are made */
    bool walks;  /* answers depend on where other pods are */
    uint64_t terms_seen, defaults_seen, namespaces_seen;
    struct spread *hard, *soft;
    uint32_t n_hard, n_soft;
    bool soft_all;                                 /* a node must have all keys of the soft constraints */
    struct wish *near, *apart, *wishes, *blockers; /* required, required anti, preferred (both ways), existing anti */
    uint32_t n_near, n_apart, n_wishes, n_blockers;
    bool near_self;
    struct arena *links_mem;
    struct ask_held links_held;
    struct str default_key;
    /* columns */
    uint32_t cap;
    uint64_t log_seen, volumes_seen, images_seen;
    uint16_t *still, *why, *group;
    uint32_t *lack, *next, *prev;
    int32_t *score;
    struct candidate *candidates;
    uint64_t budgets_seen;
    VEC(struct group) groups;
    enum { ORDER_NONE, ORDER_BUCKETS, ORDER_HEAPS } order; /* of feasible nodes; NONE: each attempt walks them */
    uint32_t n_buckets, turns, feasible;
    uint32_t counts[REASONS_FIXED], lacks[ASK_AMOUNTS_MAX + 1];
    VEC(uint32_t) plugin_counts;
    size_t bytes;
};

struct budget {
    char *ns, *name;
    struct arena *mem;
    struct ask_held held;
    struct ask_selector selector;
    uint32_t ns_id;
    int64_t allowed;
    struct map disrupted; /* pod names in mem */
};

struct volumes;
#define SPLITS_KEPT 4

struct sched {
    struct ask_book *book;
    struct sched_profile *profiles; /* SCHED_PROFILES_MAX of them: pointers into it hold; one that went has no name, and is as by default */
    size_t n_profiles, n_fixed;
    struct added {
        struct arena *mem; /* of the profile's texts and of this */
        struct ask_held held;
        unsigned serial; /* another with each change of the profile */
        struct ask_node_selector required;
        struct ask_node_term *preferred;
        uint32_t n_preferred;
        uint32_t fit[SCHED_SCORED_MAX], balanced[SCHED_SCORED_MAX]; /* columns */
    } * added;                                                      /* what is compiled of each profile */
    struct ask_held held;
    struct sched_plugin plugins[SCHED_PLUGINS_MAX];
    size_t n_plugins;
    uint32_t key_host, key_zone, text_unschedulable, text_empty;
    /* nodes */
    struct machine **machines; /* by slot; NULL: free */
    struct map by_name;
    uint32_t slots, cap, n_known;
    VEC(uint32_t) free_slots;
    int64_t **has, **used; /* by column, then slot; NULL: nobody has any */
    int64_t *seeming[2];
    uint32_t *n_pods;
    VEC(struct image) images; /* nodes that have each image: name, count; `by_image` finds them */
    VEC(uint32_t) by_image;   /* text → place in images + 1 */
    uint64_t images_changed;  /* also with the number of nodes */
    /* the log of touched nodes: slot, with LOG_STATIC when more than its pods changed */
    uint32_t *log;
    uint32_t log_size; /* a power of two */
    uint64_t log_at;
    /* pods */
    struct map pods;  /* uid → sched_pod */
    struct map asks;  /* key → ask */
    struct list idle; /* asks nobody holds, oldest first */
    size_t n_idle;
    struct buf key;
    VEC(struct topology *) topologies;
    VEC(struct tally *) tallies;
    struct map tally_index;
    uint64_t tallies_changed, terms_changed, namespaces_changed, defaults_changed, budgets_changed;
    struct map namespaces; /* name → ask_labels */
    struct map selectors;  /* "kind/ns/name" → struct selection: services and workloads */
    VEC(struct budget *) budgets;
    struct volumes *volumes;
    struct list classes;
    size_t class_bytes, columns; /* columns: how many there may be; 0: the default */
    unsigned class_numbers;
    VEC(struct reason) reasons; /* by code */
    /* scratch */
    VEC(uint32_t) found;
    VEC(int64_t) raw, raw2;
    VEC(struct sched_pod *) victims;
    struct ask *gone; /* kept for the last event */
    struct ask_amounts *gone_amounts;
    struct topology *split_by[SPLITS_KEPT];
    unsigned split_turn;
    const uint32_t *sight; /* the nodes looked at, ascending; NULL: all */
    size_t n_sight;
    const struct sched_pod *asking;                  /* whose class is looked at just now: plugins are asked about it */
    uint32_t walk_counts[REASONS_FIXED], walk_start; /* refusals topology made in the last walk */
    int64_t *by_rule; /* when set: shares of by_rule_node's score; or SCHED_RULES of them for each row of by_rule_rows */
    uint32_t by_rule_node;
    uint32_t *by_rule_rows; /* of each node slot: its row + 1, 0: nobody wants to know. NULL: by_rule_node alone */
    bool everywhere;        /* a walk does not stop where enough nodes are found */
    uint64_t dice;
    char words[512];
    struct sched_stats stats;
};
#define LOG_STATIC (1u << 31)

/* ── nodes.c ── */
struct machine *machine_get(struct sched *s, struct str name); /* makes one; NULL: no memory */
struct machine *machine_find(const struct sched *s, struct str name);
void machine_drop_if_empty(struct sched *s, struct machine *m);
int node_put(struct sched *s, const struct value *node, struct sched_event *e);
void node_del(struct sched *s, struct str name, struct sched_event *e);
void node_touch(struct sched *s, uint32_t node, bool more); /* more: than its pods */
void touch_all(struct sched *s);
int column_need(struct sched *s, int64_t **columns, uint32_t column);
struct image *node_image(const struct sched *s, uint32_t name);
void nodes_done(struct sched *s);

/* ── pods.c ── */
int pod_put(struct sched *s, const struct value *pod, struct sched_event *e);
void pod_del(struct sched *s, struct str uid, struct sched_event *e);
int pod_enter(struct sched *s, struct sched_pod *p, uint32_t node); /* counts it there, among the node's pods */
void pod_leave(struct sched *s, struct sched_pod *p);
int pod_countable(struct sched *s, struct sched_pod *p);                             /* before pod_count(+1) of one that never was */
void pod_count(struct sched *s, const struct sched_pod *p, uint32_t node, int sign); /* numbers only; nothing can fail */
void nominee_drop(struct sched *s, struct sched_pod *p);
void ask_unref(struct sched *s, struct ask *q);
void pods_done(struct sched *s);

/* ── tally.c ── */
struct topology *topology_get(struct sched *s, uint32_t key);
void topology_unref(struct sched *s, struct topology *t);        /* NULL is fine */
int topology_node(struct sched *s, struct machine *m, int sign); /* a known node comes (+1; may fail) or goes (−1) */
int topologies_grow(struct sched *s, uint32_t cap);
bool matcher_matches(const struct sched *s, const struct tally_matcher *m, const struct ask_labels *l);
bool tally_matches(const struct sched *s, const struct tally *t, const struct ask_labels *l);
int tally_of_term(struct sched *s, const struct ask_term *terms, uint32_t n, uint32_t topology, enum tally_kind kind, struct tally **out);
int tally_of_spread(struct sched *s, struct class *c, const struct ask_spread *spread, const uint32_t *keys, uint32_t n_keys, struct tally **out);
void tally_unref(struct sched *s, struct tally *t);
void tallies_pod(struct sched *s, const struct sched_pod *p, uint32_t node, int sign);
void tallies_node(struct sched *s, uint32_t node, int sign); /* its eligibility and its pods */
int tallies_room(struct sched *s);                           /* every tally has room for every domain */
void tallies_rebuild(struct sched *s);                       /* namespaces changed their labels */
int labels_prepare(struct sched *s, struct ask_labels *l);   /* so that tallies_pod() is quick */
void labels_end(void *ctx, struct ask_labels *l);
static inline int32_t tally_at(const struct tally *t, uint32_t node)
{
    return t->counts[t->topology->domain[node]];
}
int32_t tally_least(struct tally *t, int32_t min_domains);
void tallies_done(struct sched *s);

/* ── links.c: what ties a class to other pods ── */
int class_link(struct sched *s, struct class *c);
void class_unlink(struct sched *s, struct class *c);
int class_own(struct sched *s, struct class *c, int sign); /* a pod of it is counted, or no longer */

/* ── class.c ── */
int class_of(struct sched *s, struct ask *q, struct class **out);
void class_free(struct sched *s, struct class *c);
void class_void(struct sched *s, struct class *c); /* its profile is another */
int class_refresh(struct sched *s, struct class *c);
uint16_t class_still(struct sched *s, struct class *c, uint32_t node); /* what no pod changes */
uint16_t class_moving(struct sched *s, struct class *c, const struct sched_pod *p, uint32_t node, bool nominees, uint32_t *lack);
const struct sched_pod *class_pod(struct sched *s, struct class *c);
int64_t group_score(const struct class *c, const struct group *g, int32_t most_affinity, int32_t most_taints);
void group_shares(const struct class *c, const struct group *g, int32_t most_affinity, int32_t most_taints, int64_t *affinity, int64_t *taints);
void group_most(const struct class *c, int32_t *affinity, int32_t *taints);
uint16_t reason_code(struct sched *s, unsigned rule, const char *text, bool final);
bool affinity_fits(struct sched *s, const struct class *c, const struct machine *m);
int32_t preferred_sum(struct sched *s, const struct class *c, const struct machine *m);
int32_t soft_taints(struct sched *s, const struct class *c, const struct machine *m);
int64_t node_score(struct sched *s, struct class *c, const struct sched_pod *p, uint32_t node, int64_t *by_rule);

/* ── scores.c ── */
int64_t score_fit(const struct sched *s, const struct class *c, uint32_t node);
int64_t score_balanced(const struct sched *s, const struct class *c, uint32_t node);
int64_t score_images(const struct sched *s, const struct class *c, uint32_t node);

/* ── walk.c ── */
uint16_t walk_topology(struct sched *s, const struct class *c, uint32_t node);
bool in_sight(const struct sched *s, uint32_t node);
uint16_t exact(struct sched *s, struct class *c, struct sched_pod *p, uint32_t node, uint32_t *lack);
/* Which nodes fit → sched->found, their scores → sched->raw; nothing is left out. counts: of refusals, may be NULL. */
int walk(struct sched *s, struct class *c, struct sched_pod *p, bool score);

/* ── place.c ── */
struct words {
    uint32_t n;
    const char *text;
};
void words_print(struct sched *s, const struct class *c, const uint32_t *counts, const uint32_t *lacks, const struct words *more, size_t n_more,
                 struct buf *out);

/* ── preempt.c ── */
void pod_set_aside(struct sched *s, struct sched_pod *p, bool aside);        /* out of the numbers, and back; it stays in its node's list */
bool lower_there(const struct sched *s, const struct ask *q, uint32_t node); /* a pod of lower priority is on the node */

/* ── volumes.c ── */
int volumes_new(struct volumes **out);
void volumes_free(struct sched *s, struct volumes *v);
int volumes_put(struct sched *s, enum sched_kind kind, const struct value *o);
void volumes_del(struct sched *s, enum sched_kind kind, struct str ns, struct str name);
const char *volumes_before(struct sched *s, const struct ask *q); /* refuses all nodes */
uint16_t volumes_look(struct sched *s, const struct class *c, uint32_t node);
void volumes_pod(struct sched *s, const struct sched_pod *p, int sign);
void volumes_aside(struct sched *s, const struct sched_pod *p, bool aside); /* its claims count as unused, and used again; cannot fail */
void volumes_told(struct sched *s);                                         /* what was found with them is void */
uint64_t volumes_changed(const struct sched *s);
bool volumes_concern(const struct ask *q);

/* ── facts.c ── */
int selector_of_defaults(struct sched *s, const struct ask *q, struct arena *a, struct ask_held *h, struct ask_selector *out);
void facts_done(struct sched *s);

#endif
