/* ask: what a pod asks of its node, compiled once.
 *
 * A pod's spec is read into a `struct ask`: its requests, tolerations, node selectors, ports, images, volumes, affinity
 * terms and spread constraints, all with texts replaced by numbers from a book, so that to match is to compare numbers.
 * Pods with the same ask_key() share one. Nothing here knows nodes, time or other pods; the rooms `sched` and above do.
 *
 * Everything counts references, the book's texts too, so that what the last pod asked for goes with it. Single threaded. */
#ifndef CORACLE_ASK_H
#define CORACLE_ASK_H

#include "base/base.h"
#include "value/value.h"

/* ── the book: texts as numbers from 1; 0 is "none" ── */
struct ask_book;
int ask_book_new(struct ask_book **out) MUST_USE;
struct ask_book *ask_book_free(struct ask_book *b);
uint32_t ask_text(struct ask_book *b, struct str s) MUST_USE;   /* one reference more; 0: no memory */
uint32_t ask_text_find(const struct ask_book *b, struct str s); /* 0: nobody holds it */
void ask_text_drop(struct ask_book *b, uint32_t id);
void ask_text_again(struct ask_book *b, uint32_t id);          /* one reference more on one that is held */
struct str ask_text_of(const struct ask_book *b, uint32_t id); /* while somebody holds it */

/* Numbers a compiled thing holds, dropped together. */
struct ask_held {
    VEC(uint32_t) ids;
};
uint32_t ask_hold(struct ask_book *b, struct ask_held *h, struct str s) MUST_USE; /* 0: no memory */
void ask_held_drop(struct ask_book *b, struct ask_held *h);

/* ── label sets: interned, so that equal ones are one pointer ── */
struct ask_pair {
    uint32_t key, value;
};
struct ask_labels {
    uint32_t refs, n;
    uint32_t ns;             /* a pod's namespace; 0: a node's or a namespace's own */
    struct str bytes;        /* its key in the book */
    void *cache;             /* its user's: freed by ask_book's on_labels_end */
    struct ask_pair pairs[]; /* by key */
};
int ask_labels_get(struct ask_book *b, struct str ns, const struct value *labels, struct ask_labels **out) MUST_USE; /* one reference */
struct ask_labels *ask_labels_ref(struct ask_labels *l);
void ask_labels_unref(struct ask_book *b, struct ask_labels *l); /* NULL is fine */
uint32_t ask_label(const struct ask_labels *l, uint32_t key);    /* value; 0: none */
void ask_book_on_labels_end(struct ask_book *b, void (*fn)(void *ctx, struct ask_labels *l), void *ctx);

/* ── selectors ── */
enum ask_op { ASK_IN, ASK_NOT_IN, ASK_EXISTS, ASK_NOT_EXISTS, ASK_GREATER, ASK_LESS, ASK_NEVER };
struct ask_need {
    uint32_t key, n;
    enum ask_op op;
    uint32_t *values;
    int64_t number; /* GREATER, LESS */
};
struct ask_selector {
    uint32_t n;
    bool nothing; /* a null selector */
    struct ask_need *needs;
};
/* A metav1.LabelSelector. Malformed requirements match nothing. */
int ask_selector_of(struct arena *a, struct ask_book *b, struct ask_held *h, const struct value *tree, struct ask_selector *out) MUST_USE;
/* A map of texts, as of a Service: an empty or missing one matches nothing. */
int ask_selector_of_map(struct arena *a, struct ask_book *b, struct ask_held *h, const struct value *map, struct ask_selector *out) MUST_USE;
/* One more need: key in (value), or not. */
int ask_selector_add(struct arena *a, struct ask_selector *s, uint32_t key, uint32_t value, bool equal) MUST_USE;
int ask_selector_join(struct arena *a, struct ask_selector *s, const struct ask_selector *more) MUST_USE;
bool ask_selector_matches(const struct ask_book *b, const struct ask_selector *s, const struct ask_labels *l);
void ask_selector_key(const struct ask_selector *s, struct buf *out); /* bytes that are equal when the selectors are */

/* ── amounts: columns of numbers ── */
enum { ASK_CPU, ASK_MEMORY, ASK_EPHEMERAL, ASK_PODS, ASK_COLUMNS_FIXED }; /* milli, bytes, bytes, pieces; more follow */
#define ASK_COLUMNS_MAX 512                                               /* extended resources beyond so many are nowhere to be had */
#define ASK_COLUMN_NONE UINT32_MAX
uint32_t ask_column(struct ask_book *b, struct str resource); /* makes one; ASK_COLUMN_NONE: too many, or no memory */
uint32_t ask_column_find(const struct ask_book *b, struct str resource);
struct str ask_column_name(const struct ask_book *b, uint32_t column);
uint32_t ask_columns(const struct ask_book *b);
struct ask_amount {
    uint32_t column;
    uint32_t name; /* of a resource without a column */
    int64_t n;
};
#define ASK_AMOUNTS_MAX 31
struct ask_amounts { /* interned; sorted by column; no zeros, no "pods" */
    uint32_t refs, n;
    int64_t seeming[2]; /* cpu, memory for scores: a container that asks for nothing still counts a little */
    bool too_many;      /* more than ASK_AMOUNTS_MAX kinds: fits nowhere */
    struct ask_amount items[];
};
/* What the pod asks for: its containers, sidecars and init containers (KEP-753), pod-level resources (KEP-2837), overhead; when `status` is set,
 * what a resize under way still holds (KEP-1287). One reference. */
int ask_amounts_of(struct ask_book *b, const struct value *pod, bool status, struct ask_amounts **out) MUST_USE;
struct ask_amounts *ask_amounts_ref(struct ask_amounts *m);
void ask_amounts_unref(struct ask_book *b, struct ask_amounts *m);
int64_t ask_amount_of(const struct ask_amounts *m, uint32_t column);
/* A ResourceList, as of a node: fn is told each. */
int ask_list_each(struct ask_book *b, const struct value *list, int (*fn)(void *ctx, uint32_t column, int64_t n), void *ctx) MUST_USE;

/* ── nodes' side: taints, node selectors ── */
enum ask_effect { ASK_NO_SCHEDULE, ASK_PREFER_NO_SCHEDULE, ASK_NO_EXECUTE, ASK_EFFECT_ANY };
struct ask_taint {
    uint32_t key, value;
    enum ask_effect effect;
};
struct ask_toleration {
    uint32_t key, value; /* key 0: all */
    enum ask_effect effect;
    enum { ASK_EQUAL, ASK_TOLERATE_EXISTS, ASK_TOLERATE_GREATER, ASK_TOLERATE_LESS } op;
};
struct ask_node_term {
    struct ask_need *needs, *fields;
    uint32_t n, n_fields;
    int64_t weight; /* of a preferred one */
};
struct ask_node_selector { /* terms are alternatives */
    bool set;
    uint32_t n;
    struct ask_node_term *terms;
};
int ask_taints_of(struct arena *a, struct ask_book *b, struct ask_held *h, const struct value *list, struct ask_taint **out, uint32_t *n) MUST_USE;
bool ask_tolerates(const struct ask_book *b, const struct ask_toleration *list, uint32_t n, const struct ask_taint *t);
int ask_node_selector_of(struct arena *a, struct ask_book *b, struct ask_held *h, const struct value *tree, struct ask_node_selector *out) MUST_USE;
int ask_preferred_of(struct arena *a, struct ask_book *b, struct ask_held *h, const struct value *list, struct ask_node_term **out,
                     uint32_t *n) MUST_USE;
bool ask_node_term_matches(const struct ask_book *b, const struct ask_node_term *t, const struct ask_labels *l, uint32_t name);
bool ask_node_selector_matches(const struct ask_book *b, const struct ask_node_selector *s, const struct ask_labels *l, uint32_t name);

/* ── the ask ── */
enum ask_term_kind { ASK_AFFINITY, ASK_ANTI, ASK_PREFER, ASK_PREFER_NOT };
struct ask_term {
    enum ask_term_kind kind;
    int32_t weight;    /* of the preferred ones */
    uint32_t topology; /* key */
    uint32_t n_namespaces;
    uint32_t *namespaces;
    struct ask_selector namespace_selector; /* nothing: only the list */
    struct ask_selector selector;
    struct str key; /* bytes, equal when the terms are */
};
struct ask_spread {
    int32_t max_skew, min_domains; /* min_domains 0: not set */
    uint32_t topology;
    bool hard; /* DoNotSchedule */
    bool honor_affinity, honor_taints;
    struct ask_selector selector;
};
struct ask_port {
    uint32_t ip; /* 0: any */
    uint16_t number;
    uint8_t protocol; /* enum: 0 TCP, 1 UDP, 2 SCTP */
};
enum ask_disk_kind { ASK_GCE, ASK_EBS, ASK_ISCSI, ASK_RBD };
struct ask_disk { /* in-tree volumes that must not be shared */
    enum ask_disk_kind kind;
    uint32_t name, part, image; /* pool and image of RBD */
    uint32_t *monitors, n_monitors;
    bool read_only;
};
struct ask_claim {
    uint32_t name;
    bool ephemeral; /* made by the pod: <pod>-<volume> */
};
enum ask_owner { ASK_OWNER_NONE, ASK_OWNER_RC, ASK_OWNER_RS, ASK_OWNER_SS };
struct ask {
    uint32_t refs;
    struct arena *mem;
    struct ask_held held;
    struct str key;
    uint32_t plain;   /* how much of it ask_key() wrote; its user's */
    void *class;      /* its user's: what it remembers of the answers */
    struct list idle; /* its user's */
    int32_t profile;  /* -1: none of ours */
    uint32_t ns;
    struct ask_labels *labels; /* with the namespace */
    int32_t priority;
    bool never_preempts;
    struct ask_amounts *amounts;
    struct ask_pair *node_pairs; /* nodeSelector */
    uint32_t n_node_pairs;
    struct ask_node_selector required;
    struct ask_node_term *preferred;
    uint32_t n_preferred;
    struct ask_toleration *tolerations;
    uint32_t n_tolerations;
    struct ask_port *ports;
    uint32_t n_ports;
    uint32_t *images; /* normalised names: containers, init containers and image volumes, each time they come */
    uint32_t n_images;
    struct ask_term *terms;
    uint32_t n_terms;
    struct ask_spread *spread;
    uint32_t n_spread;
    struct ask_disk *disks;
    uint32_t n_disks;
    struct ask_claim *claims;
    uint32_t n_claims;
    uint32_t *csi; /* drivers of inline volumes */
    uint32_t n_csi;
    enum ask_owner owner; /* controller, for default spread constraints */
    uint32_t owner_name;
    uint32_t plugins; /* bits: who claims it */
    uint32_t backed;  /* bits of `amounts`: one of them may provide it where a node has none */
    bool gated;       /* one of them wants it to wait */
};
/* Bytes that are equal when two pods ask the same of their nodes: everything ask_new() reads. */
void ask_key(const struct value *pod, struct buf *out);
/* key: what ask_key() gave and whatever its user put behind it. One reference; -ENOMEM. */
int ask_new(struct ask_book *b, const struct value *pod, struct str key, struct ask **out) MUST_USE;
void ask_free(struct ask_book *b, struct ask *q); /* whoever took the last reference away */
bool ask_port_clash(const struct ask_port *a, const struct ask_port *b);
bool ask_disk_clash(const struct ask_disk *a, const struct ask_disk *b);
/* A list of TopologySpreadConstraints; labels: of the pod, for matchLabelKeys. */
int ask_spread_of(struct arena *a, struct ask_book *b, struct ask_held *h, const struct value *list, const struct ask_labels *labels,
                  struct ask_spread **out, uint32_t *n) MUST_USE;
struct str ask_image_name(struct arena *a, struct str image); /* with ":latest" where nothing is said; p NULL: no memory */

#endif
