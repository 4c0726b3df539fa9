/* What device's files share; no other room sees it. */
#ifndef CORACLE_DEVICE_INSIDE_H
#define CORACLE_DEVICE_INSIDE_H

#include "cel/cel.h"
#include "device/device.h"
#include "object/object.h"

__extension__ typedef __int128 amount; /* a quantity, in thousand-millionths */
#define WHYS_MAX 200                   /* different reasons kept */

/* ── select.c: expressions, shapes, wants ── */
struct program { /* one CEL text */
    char *text;
    struct cel_program *compiled; /* NULL: it does not compile */
    uint32_t refs;
};
struct shape {      /* all that can be asked about a device, its name apart */
    struct str key; /* JSON, in mem */
    struct arena *mem;
    uint32_t refs, number;
    struct value spec; /* a Device without its name */
    struct str driver;
};
enum found { FOUND_UNKNOWN, FOUND_YES, FOUND_NO, FOUND_ERROR };
struct class
{
    char *name;
    struct arena *mem; /* NULL: it is not there, but asked for */
    struct value spec;
    int64_t created;
    struct str resource; /* extendedResourceName */
    uint32_t refs;       /* wants */
    uint64_t version;
};
struct want { /* a class and more selectors */
    char *key;
    size_t key_n;
    uint32_t refs;
    struct class *class;
    uint64_t version;               /* of the class, when `programs` were made */
    VEC(struct program *) programs; /* the class's first */
    size_t n_of_class;
    struct arena *mem;
    struct str *own; /* selectors of the request */
    size_t n_own;
    VEC(uint8_t) found; /* enum found, by the shape's number */
    const char *why;    /* the last error */
};

struct slice;
struct pool;

/* ── devices and pools ── */
struct counter {
    struct str set, name;
    amount total, used, taking; /* taking: by the search under way */
};
struct consumption {
    uint32_t counter; /* in the pool */
    amount n;
};
struct capacity {    /* of a device that several claims share */
    struct str name; /* in the spec of the shape, or of `lost` */
    char *own;       /* the text when nothing published lends it */
    amount used, taking;
};
struct device {
    struct str key; /* driver/pool/name, one block with the device */
    struct str name;
    struct pool *pool; /* NULL: not published */
    struct slice *slice;
    struct shape *shape;
    struct consumption *consumes;
    uint32_t n_consumes;
    const struct value *taints, *rules;     /* rules: list of taints made by rules, or NULL */
    bool multi, bad;                        /* bad: cannot be used at all */
    uint32_t held, shares, taking, sharing; /* exclusive holds, shared ones; those of the search */
    uint32_t admin;                         /* picks with admin access of the search */
    VEC(struct capacity) used;
    uint32_t place; /* in the search's candidates */
};
enum where { WHERE_NOWHERE, WHERE_NODE, WHERE_SELECTOR, WHERE_ALL, WHERE_EACH };
struct slice {
    char *name;
    struct arena *mem;
    struct value spec;
    struct pool *pool;
    int64_t generation, count;
    enum where where;
    struct str node;
    const struct value *selector;
};
struct pool {
    char *key;
    struct str driver, name;
    VEC(struct slice *) slices; /* by name */
    int64_t generation;
    bool incomplete, invalid, wide, conditions;
    struct str node;   /* where all of it is, unless wide */
    struct arena *mem; /* of what follows */
    VEC(struct device *) devices;
    VEC(struct counter) counters;
    bool listed; /* in store->wide or in its node's */
};
struct site { /* pools that are on one node alone */
    char *name;
    VEC(struct pool *) pools;
};
struct rule {
    char *name;
    struct arena *mem;
    struct value taint;
    struct str driver, pool, device; /* p NULL: any */
};

/* ── asks ── */
struct wanted {            /* one request, or one alternative of it */
    struct str name, full; /* full: request/alternative */
    struct want *want;
    int64_t count;
    bool all, admin;
    const struct value *tolerations, *requests; /* capacity.requests */
};
struct request {
    struct str name;
    bool ranked; /* its alternatives are firstAvailable */
    uint32_t n;
    struct wanted *ways;
};
struct constraint {
    struct str attribute;
    bool distinct;
    const struct value *requests; /* empty: all */
};
struct device_ask {
    struct str key;
    struct arena *mem;
    uint32_t refs;
    unsigned number;
    struct value tree;
    struct request *requests;
    uint32_t n;
    struct constraint *constraints;
    uint32_t n_constraints;
};

struct taken {
    struct device *device;
    bool shared;
    uint32_t n;
    struct {
        struct str name;
        amount n;
    } * amounts;
};
struct device_hold {
    struct arena *mem;
    struct taken *items;
    size_t n;
    struct str node; /* a copy */
};

struct device_store {
    struct map slices, pools, devices, sites, classes, rules, asks, programs, shapes, wants;
    VEC(struct pool *) wide;
    VEC(uint32_t) free_shapes;
    uint32_t n_shapes;
    unsigned n_asks;
    struct cel_env *env;
    struct arena *scratch;
    struct buf key;
    VEC(char *) whys;
    char *reach;
    uint64_t dice;
    struct device_stats stats;
    /* the search's */
    VEC(struct pool *) pools_here;
    VEC(struct device *) here;
};

/* store.c */
const char *why_text(struct device_store *s, const char *fmt, ...) PRINTF(2, 3);
struct device *device_get(struct device_store *s, struct str driver, struct str pool, struct str name); /* makes one; NULL: no memory */
struct device *device_at(const struct device_store *s, struct str driver, struct str pool, struct str name);
void device_drop_if_idle(struct device_store *s, struct device *d);
struct str reach_of(struct device_store *s, struct str node);

/* select.c */
int shape_get(struct device_store *s, struct str driver, const struct value *device, struct shape **out);
void shape_unref(struct device_store *s, struct shape *h);
int want_get(struct device_store *s, struct str class_name, const struct value *selectors, struct want **out);
void want_unref(struct device_store *s, struct want *w);
enum found want_asks(struct device_store *s, struct want *w, const struct device *d);
const struct value *shape_attribute(const struct shape *h, struct str name);

/* class.c */
struct class *class_get(struct device_store *s, struct str name); /* one reference more; NULL: no memory */
void class_unref(struct device_store *s, struct class *c);

/* pool.c */
bool node_selected(const struct value *selector, const struct device_node *node);
bool slice_here(const struct slice *l, const struct device_node *node);
bool device_here(const struct device *d, const struct device_node *node);
void pool_uses(struct device *d, int sign); /* its counters, as it is first taken or no longer is */

/* taint.c */
bool taints_tolerated(const struct device *d, const struct value *tolerations);
int taints_renew(struct device_store *s, struct device *d);
int taints_renew_all(struct device_store *s);

/* capacity.c */
amount amount_of(const struct value *quantity);
/* What a request for a capacity takes: rounded as the policy says. False: the policy does not allow it, or it cannot be. */
bool capacity_taken(const struct value *capacity, const struct value *wanted, amount *out);
bool capacity_has(const struct device *d, const struct value *requests); /* room for one more such request */
void capacity_add(struct device *d, struct str name, amount used, amount taking, int *r);

/* match.c: are there enough devices, constraints apart? */
bool match_possible(struct device_store *s, struct device_ask *const *asks, size_t n,
                    bool (*may)(struct device_store *s, const struct wanted *w, struct device *d));

#endif
