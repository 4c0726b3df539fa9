/* What the files of this room share; nobody else looks in here. */
#ifndef CORACLE_STRUCTURAL_INSIDE_H
#define CORACLE_STRUCTURAL_INSIDE_H

#include "structural/structural.h"

enum node_flag {
    /* the JSON types allowed; none of them: any */
    NODE_OBJECT = 1 << 0,
    NODE_ARRAY = 1 << 1,
    NODE_STRING = 1 << 2,
    NODE_INTEGER = 1 << 3,
    NODE_NUMBER = 1 << 4,
    NODE_BOOLEAN = 1 << 5,
    NODE_TYPES = (1 << 6) - 1,

    NODE_NULLABLE = 1 << 6,
    NODE_OPEN = 1 << 7,     /* x-kubernetes-preserve-unknown-fields */
    NODE_EMBEDDED = 1 << 8, /* x-kubernetes-embedded-resource */
    NODE_INT_OR_STRING = 1 << 9,
    NODE_SET = 1 << 10,      /* x-kubernetes-list-type */
    NODE_KEYED = 1 << 11,    /* … map */
    NODE_ATOMIC = 1 << 12,   /* x-kubernetes-map-type */
    NODE_ANY = 1 << 13,      /* additionalProperties: true */
    NODE_DEFAULTS = 1 << 14, /* it or something below has a default */
    NODE_RULES = 1 << 16,    /* it or something below has rules */
    NODE_ROOT = 1 << 15,     /* stands for an object: apiVersion, kind, metadata are its own */
};

struct node;
struct rules;
struct cel_type;
struct cel_program;
struct property {
    struct str name;
    const struct node *node;
};

/* What most nodes have none of. */
enum check_flag {
    CHECK_MIN = 1 << 0,
    CHECK_MIN_OUT = 1 << 1, /* exclusive */
    CHECK_MAX = 1 << 2,
    CHECK_MAX_OUT = 1 << 3,
    CHECK_MULTIPLE = 1 << 4,
    CHECK_UNIQUE = 1 << 5,
};
struct checks {
    unsigned flags;
    double min, max, multiple;
    int64_t min_length, max_length, min_items, max_items, min_properties, max_properties; /* −1: none */
    struct str pattern, format;
    void *compiled;                                          /* pattern */
    const struct value *choices;                             /* enum: a list, or NULL */
    const struct node *const *all, *const *any, *const *one; /* each ended by NULL; NULL: none */
    const struct node * not ;
};

struct node {
    uint32_t flags;
    uint16_t n_properties, n_required;
    const struct property *properties; /* by name */
    const struct str *required;
    const struct node *items, *additional;
    const struct value *fallback; /* default */
    const struct str *keys;       /* of a KEYED list; ended by an empty one */
    const struct checks *checks;  /* NULL: none */
    const struct rules *rules;    /* x-kubernetes-validations; NULL: none */
};

struct structural {
    struct arena *arena;
    const struct node *root; /* never NULL */
    const struct schema_message *message;
    const struct column *columns;
    const struct str *paths; /* of columns */
    size_t n_columns;
    bool revised;         /* its definition is not the first of its name */
    VEC(void *) patterns; /* compiled, to be freed */
    VEC(struct cel_program *) programs;
    const struct structural_rule *rules; /* what became of the outermost node's */
    size_t n_rules;
};

#define SCHEMA_DEPTH_MAX 100 /* upstream's decoder bounds it by bytes; ours by nesting as well */

const struct node *node_property(const struct node *n, struct str name);
bool node_is_root_member(struct str name);      /* apiVersion, kind, metadata */
int shapes_make(struct structural *s) MUST_USE; /* s->message */

/* patterns */
int pattern_compile(struct str text, void **out, struct err *err) MUST_USE; /* -EINVAL, -ENOMEM */
int pattern_match(const void *compiled, struct str text) MUST_USE;          /* 0 matches, 1 does not, -ENOMEM */
void *pattern_free(void *compiled);

/* ── field paths while walking: text that grows and is cut back ── */
struct path {
    char text[1024];
    size_t n;
};
size_t path_member(struct path *p, struct str name); /* both answer the length before, for path_cut() */
size_t path_item(struct path *p, size_t i);
static inline void path_cut(struct path *p, size_t n)
{
    p->n = n;
    p->text[n] = 0;
}

/* rules: expressions, compiled with the schema and run after everything else */
const struct cel_type *node_type(struct arena *a, const struct node *n, bool root, unsigned depth); /* NULL: no memory */
uint64_t node_most(const struct node *n);
int rules_make(struct structural *s, struct node *n, bool root, const struct value *list, bool told) MUST_USE;
void rules_free(struct structural *s);
void rules_validate(const struct structural *s, const struct value *tree, const struct value *old, struct faults *f);

/* lists.c: list types, after everything else */
void lists_validate(const struct node *n, const struct value *v, struct path *at, struct faults *f);
bool node_same_item(const struct node *list, const struct value *a, const struct value *b); /* by keys, or by worth */

#endif
