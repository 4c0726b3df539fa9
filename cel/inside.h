/* What the files of `cel` share: tokens, the tree of an expression, types under inference; not a door. */
#ifndef CORACLE_CEL_INSIDE_H
#define CORACLE_CEL_INSIDE_H

#include "cel/cel.h"

/* ── the expression ── */
enum node_kind { NODE_CONST, NODE_IDENT, NODE_SELECT, NODE_CALL, NODE_LIST, NODE_MAP, NODE_STRUCT, NODE_LOOP };

/* Operators are calls of functions with these names; `op` saves the comparing. */
enum op {
    OP_CALL, /* any other function */
    OP_COND,
    OP_AND,
    OP_OR,
    OP_NOT,
    OP_NOT_FALSE,
    OP_EQ,
    OP_NE,
    OP_LT,
    OP_LE,
    OP_GT,
    OP_GE,
    OP_IN,
    OP_ADD,
    OP_SUB,
    OP_MUL,
    OP_DIV,
    OP_MOD,
    OP_NEG,
    OP_INDEX,
    OP_OPT_INDEX,
    OP_OPT_SELECT,
    OPS
};
extern const char *const op_names[OPS]; /* "_+_" */

struct node_entry {   /* of a map or struct */
    struct node *key; /* maps */
    struct str field; /* structs */
    struct node *value;
    bool optional;
    uint32_t at;
};
struct node {
    uint8_t kind;    /* enum node_kind */
    uint8_t op;      /* CALL: enum op */
    bool test;       /* SELECT: has() */
    bool local;      /* IDENT: slot is a loop's */
    bool attribute;  /* a chain of selects and indexes that ends in an identifier */
    uint16_t height; /* of what was written, as far as nesting is limited */
    uint32_t at;     /* offset in the text, for messages */
    const struct cel_type *type;
    struct estimate *estimate;  /* while costs are estimated */
    const struct node *written; /* a macro's call, as it stood in the text */
    union {
        struct cel_value constant;
        struct {
            struct str name;
            int32_t slot;           /* of the activation or the loop; -1: `value` */
            struct cel_value value; /* a type's name stands for the type */
        } ident;
        struct {
            struct node *of;
            struct str field;
            struct str key; /* as JSON has it, once the type is known */
            bool folds;     /* a qualified name: was turned into an IDENT */
        } select;
        struct {
            struct str name;
            struct node *target; /* NULL: global */
            struct node **args;  /* after the check: target first */
            uint32_t n;
            bool member; /* was written with a target */
            const struct overload **overloads;
            uint32_t n_overloads;
            struct regex *regex; /* a constant pattern, compiled */
        } call;
        struct {
            struct node **items;
            bool *optional; /* NULL: none is */
            uint32_t n;
        } list;
        struct {
            struct str name; /* STRUCT */
            struct node_entry *entries;
            uint32_t n;
            const struct cel_type *object;
        } map;
        struct {
            struct str iter, iter2, accu; /* iter2 empty: one variable */
            struct node *range, *init, *cond, *step, *result;
            int32_t slot; /* accu, iter, iter2 stand at slot, +1, +2 */
            bool bind;    /* cel.bind(): no loop at all; accu is what init is bound to */
            bool hidden;  /* a bind of our own making, which costs nothing */
        } loop;
    };
};

/* ── compiling ── */
struct issue {
    uint32_t at;
    struct str text;
};
#define ISSUES_MAX 100
struct compile {         /* one cel_compile() under way */
    struct arena *arena; /* the program's */
    struct cel_env *env;
    unsigned features;
    struct str text;
    struct cel_limits limits;
    uint32_t nodes;
    uint32_t depth;
    struct issue issues[ISSUES_MAX];
    size_t n_issues;
    int r; /* -ENOMEM, once it happened */
};
struct node *node_make(struct compile *c, enum node_kind kind, uint32_t at); /* NULL: no memory or too many nodes; noted */
void issue_add(struct compile *c, uint32_t at, const char *fmt, ...) PRINTF(3, 4);
void issues_print(struct compile *c, struct buf *out);

/* ── lexing ── */
enum token_kind {
    TOKEN_END,
    TOKEN_BAD,
    TOKEN_NAME,
    TOKEN_QUOTED_NAME,
    TOKEN_INT,
    TOKEN_UINT,
    TOKEN_DOUBLE,
    TOKEN_TEXT,
    TOKEN_BYTES,
    TOKEN_TRUE,
    TOKEN_FALSE,
    TOKEN_NULL,
    TOKEN_IN,
    TOKEN_EQ,
    TOKEN_NE,
    TOKEN_LT,
    TOKEN_LE,
    TOKEN_GE,
    TOKEN_GT,
    TOKEN_AND,
    TOKEN_OR,
    TOKEN_LBRACKET,
    TOKEN_RBRACKET,
    TOKEN_LBRACE,
    TOKEN_RBRACE,
    TOKEN_LPAREN,
    TOKEN_RPAREN,
    TOKEN_DOT,
    TOKEN_COMMA,
    TOKEN_MINUS,
    TOKEN_NOT,
    TOKEN_QUESTION,
    TOKEN_COLON,
    TOKEN_PLUS,
    TOKEN_STAR,
    TOKEN_SLASH,
    TOKEN_PERCENT,
};
struct token {
    enum token_kind kind;
    uint32_t at;
    struct str text; /* as written */
};
struct token token_next(struct str text, size_t *at);
/* The text between the quotes of a TEXT or BYTES token, unescaped. -EINVAL with a sentence. */
int token_unquote(struct compile *c, struct str token, bool bytes, struct str *out);

/* ── parsing ── */
struct node *parse_text(struct compile *c); /* NULL: refused or no memory */
/* Answers the expansion, `call` itself when it is no macro's, NULL after an error. */
struct node *macro_expand(struct compile *c, struct node *call);
struct node *make_ident(struct compile *c, uint32_t at, struct str name);
struct node *make_call(struct compile *c, uint32_t at, enum op op, struct node *const *args, uint32_t n);
struct node *make_const(struct compile *c, uint32_t at, struct cel_value v);
struct node *make_list(struct compile *c, uint32_t at, struct node *const *items, uint32_t n);
void node_print(const struct node *n, struct buf *out);

/* ── types under inference ── */
struct type_bindings {
    VEC(const struct cel_type *) bound; /* by the variable's number */
    VEC(struct {
        uint32_t variable;
        const struct cel_type *was;
    })
    undo;
    uint32_t steps; /* spent; over TYPE_STEPS_MAX nothing fits any more */
    int r;
};
#define TYPE_STEPS_MAX 2000000u
extern const struct cel_type type_type, type_list_dyn, type_map_dyn, type_map_text_dyn, type_optional_dyn;
struct cel_type *type_make(struct arena *a, enum cel_kind kind, const struct cel_type *first, const struct cel_type *second);
bool type_same(const struct cel_type *x, const struct cel_type *y);
struct str type_name(const struct cel_type *t);
bool type_assignable(struct type_bindings *b, const struct cel_type *t1, const struct cel_type *t2); /* all or nothing is bound */
bool type_assignable_list(struct type_bindings *b, const struct cel_type *const *t1, const struct cel_type *const *t2, size_t n);
const struct cel_type *type_general(const struct cel_type *t1, const struct cel_type *t2);
/* NULL: no memory. A variable's number is its max_size. */
const struct cel_type *type_substitute(struct type_bindings *b, struct arena *a, const struct cel_type *t, bool free_to_dyn);
const struct cel_type *type_variable(struct type_bindings *b, struct arena *a);
void type_bindings_done(struct type_bindings *b);
bool word_reserved(struct str s, bool grammar);

/* ── environments ── */
#define PARAMS_MAX 6
struct overload {
    const struct cel_function *row;
    bool member;
    uint8_t n;
    uint8_t n_vars;
    uint8_t model; /* of its cost */
    const struct cel_type *params[PARAMS_MAX];
    const struct cel_type *result;
    uint32_t kinds[PARAMS_MAX]; /* bits of the kinds a value may have there */
};
struct env_function {
    struct str name;
    VEC(struct overload *) overloads;
};
struct env_variable {
    struct str name;
    const struct cel_type *type;
    int slot;
    bool sized;
};
struct cel_env {
    unsigned refs; /* atomic */
    struct cel_env *parent;
    struct arena *arena;
    struct map variables, functions, types;
    const char *dynamic[4];
    size_t n_dynamic;
    struct str container;
    unsigned features;
    int slots;
};
const struct env_variable *env_variable_slot(const struct cel_env *e, int slot);
const struct env_variable *env_variable_find(const struct cel_env *e, struct str name);
const struct cel_type *env_type_find(const struct cel_env *e, struct str name, struct arena *a); /* dynamic ones are made in `a` */
bool env_function_known(const struct cel_env *e, struct str name);
/* All overloads of a name, the eldest environment's first; how many, SIZE_MAX: no memory. */
size_t env_overloads(const struct cel_env *e, struct str name, struct arena *a, const struct overload ***out);
/* The n-th name an unqualified one may mean in the container: "a.b.x", "a.x", "x"; false: no more. */
bool env_candidate(const struct cel_env *e, struct arena *a, struct str name, unsigned i, struct str *out);
int standard_functions(struct cel_env *e);
bool standard_enabled(const struct cel_function *row, unsigned features);
void double_print(double d, struct buf *out); /* as Go's %g */

/* ── checking, estimating ── */
bool check_expression(struct compile *c, struct node *root, int32_t *locals);
void check_homogeneous(struct compile *c, const struct node *n);
struct node *node_part(const struct node *n, size_t i); /* NULL: has no more parts */
struct cel_cost cost_estimate(struct compile *c, struct node *root);
bool fold_constants(struct compile *c, struct node *root);

struct cel_program {
    struct arena *arena;
    struct cel_env *env;
    struct node *root;
    int32_t locals;
    unsigned features;
    struct cel_cost cost;
    VEC(struct regex *) patterns;
};

/* Constant patterns are compiled, constant durations and times tried. */
bool literals_check(struct compile *c, struct cel_program *p, struct node *root);
enum cost_model { /* continues enum cel_cost_model by what the standard library needs */
                  MODEL_STARTS = 64,
                  MODEL_TO_BYTES,
                  MODEL_TO_TEXT,
                  MODEL_MATCHES,
                  MODEL_CONTAINS,
                  MODEL_DYN,
                  MODEL_IN_LIST,
                  MODEL_ADD_TEXT,
                  MODEL_ADD_LIST,
                  MODEL_COND,
                  MODEL_EQUAL,
                  MODEL_INDEX_LIST,
                  MODEL_INDEX_MAP,
};
uint8_t cost_model_of(const struct cel_function *row);
uint64_t cost_actual(const struct overload *o, const struct cel_value *args, const struct cel_value *result);
uint64_t cost_operator(enum op op, const struct cel_value *args);

/* ── values ── */
struct cel_list {
    uint32_t n;
    uint8_t depth; /* of joins; 0: items */
    const struct cel_value *items;
    struct list_store *store;            /* what items are a beginning of; NULL: nothing can be added in place */
    const struct cel_list *left, *right; /* a join */
};
struct list_store {
    uint32_t used, cap;
    struct cel_value items[];
};
struct map_entry {
    struct cel_value key, value;
};
struct cel_map {
    uint32_t n, cap;
    struct map_entry *entries;
    uint32_t *index; /* entry + 1 by hash; NULL below MAP_INDEX_MIN entries */
    uint32_t mask;
    bool open; /* an accumulator: what inserts may write to it */
    const struct cel_lazy *lazy;
    const struct cel_type *object;     /* LAZY, and what Name{…} made */
    const struct cel_value *otherwise; /* of keys it has not; NULL: that is an error */
};
#define MAP_INDEX_MIN 9u
struct cel_value value_error(struct arena *a, const char *fmt, ...) PRINTF(2, 3);
#define VALUE_ERROR(literal) ((struct cel_value){.kind = CEL_ERROR, .text = STR_INIT(literal)})
extern const struct cel_value value_no_overload;
bool value_key_valid(const struct cel_value *key);
uint64_t value_hash(const struct cel_value *v); /* of keys: 1, 1u and 1.0 are the same */
struct cel_value value_type(struct arena *a, const struct cel_value *v);
struct str value_kind_name(const struct cel_value *v);
/* Maps being built: grown in place, so only by who holds the only reference. */
struct cel_map *map_new(struct arena *a, size_t cap);
int map_insert(struct arena *a, struct cel_map *m, const struct cel_value *key, const struct cel_value *value); /* -EEXIST, -ENOMEM */
const struct cel_value *map_find(const struct cel_map *m, const struct cel_value *key);
struct cel_value list_join(struct arena *a, const struct cel_value *x, const struct cel_value *y);
struct cel_value list_append(struct arena *a, const struct cel_value *list, const struct cel_value *item);
uint64_t text_length(struct str s); /* code points */

/* ── time ── */
int cel_duration_parse(struct str s, int64_t *ns);        /* as Go's time.ParseDuration; -EINVAL, -ERANGE */
void cel_duration_print(int64_t ns, struct buf *out);     /* as JSON: 1.5s */
int timestamp_parse(struct str s, struct cel_value *out); /* RFC 3339, year 1 … 9999; -EINVAL, -ERANGE */
void timestamp_print(const struct cel_value *v, struct buf *out);
#define TIMESTAMP_MIN (-62135596800LL)
#define TIMESTAMP_MAX 253402300799LL
extern const struct cel_function time_functions[];
extern const size_t n_time_functions;

#endif
