/* cel: the Common Expression Language as Kubernetes uses it.
 *
 * An environment says which variables and functions there are; a text is
 * compiled in it once (parsed, type-checked, its greatest cost estimated) and
 * evaluated many times over `struct value` trees, which are read where they
 * lie. The language is the CEL specification's; error sentences, cost rules and
 * type rules are those of cel-go as the API server configures it, because
 * clients see them. Kubernetes' libraries and the extension libraries are in
 * `cellib`, whose door makes the environment most callers start from.
 *
 *   struct cel_env *env;                      cellib_env(&env, &(struct cellib_options){.version = 37}, &err)
 *   cel_env_declare(env, "self", type)        … once per schema
 *   cel_compile(env, text, NULL, &program, &issues)
 *   cel_eval(program, &activation, arena, &run, &value, &err)
 *
 * Pure: no clock, no file, no thread of its own. An environment is changed by
 * one thread, and only before its first cel_compile(); from then on it, its
 * programs and its types are immutable and may be used from any thread. What
 * can go wrong: memory (-ENOMEM, also when the caller's arena is full), a text
 * that does not compile (CEL_REFUSED, told with position), an evaluation that
 * fails (CEL_FAILED) or costs more than it may (CEL_OVER_BUDGET). Text length,
 * nesting, number of nodes and of errors are bounded; time is bounded by cost. */
#ifndef CORACLE_CEL_H
#define CORACLE_CEL_H

#include "base/base.h"
#include "value/value.h"

/* ── types ─────────────────────────────────────────────────────────────────
 * Constants and plain structs: a caller that turns a schema into types makes
 * them in its own arena (or through cel_type_…()), with cycles if it likes.
 * They must outlive every environment that names them, and its programs. */
enum cel_kind {
    CEL_NULL, /* also what a zeroed value is */
    CEL_BOOL,
    CEL_INT,
    CEL_UINT,
    CEL_DOUBLE,
    CEL_STRING,
    CEL_BYTES,
    CEL_DURATION,
    CEL_TIMESTAMP,
    CEL_LIST,
    CEL_MAP,
    CEL_OBJECT, /* a tree map with declared fields */
    CEL_TYPE,
    CEL_OPTIONAL,
    CEL_OPAQUE, /* a library's own: quantity, URL, authorizer … */
    CEL_ERROR,  /* values only, from here: a failed evaluation under way */
    CEL_UNKNOWN,
    CEL_DYN,     /* types only, from here */
    CEL_WRAPPER, /* a primitive (params[0]) or null */
    CEL_PARAM,   /* a function's type parameter */
    CEL_NONE,    /* what could not be typed; makes no further errors */
};

struct cel_type {
    enum cel_kind kind;
    struct str name;                  /* of OBJECT, OPAQUE, PARAM; else empty */
    const struct cel_type *params[2]; /* LIST: item; MAP: key, value; OPTIONAL, WRAPPER, TYPE: one */
    uint8_t n_params;
    uint8_t list;                   /* how a list is compared and added: enum cel_list_type */
    const struct cel_field *fields; /* OBJECT, sorted by name (cel_type_sort() does); NULL: any field, dyn; no fields: not NULL, n 0 */
    uint32_t n_fields;
    const struct str *keys; /* list CEL_LIST_KEYED: JSON names of the key fields, ended by an empty one */
    /* For cost estimates: the most items, members, characters or bytes a value can have; 0 counts as 0, so a type
     * made from a schema sets it always. CEL_SIZE_UNKNOWN: nothing known. Ignored below a variable declared unsized. */
    uint64_t max_size;
};
#define CEL_SIZE_UNKNOWN UINT64_MAX
enum cel_list_type { CEL_LIST_ATOMIC, CEL_LIST_SET, CEL_LIST_KEYED };
struct cel_field {
    struct str name; /* as an expression writes it, escaped: "__namespace__" */
    struct str key;  /* as JSON has it; empty: the name */
    const struct cel_type *type;
};

extern const struct cel_type cel_type_null, cel_type_bool, cel_type_int, cel_type_uint, cel_type_double, cel_type_string, cel_type_bytes,
    cel_type_duration, cel_type_timestamp, cel_type_dyn, cel_type_none;
struct cel_type *cel_type_list(struct arena *a, const struct cel_type *item) MUST_USE; /* max_size unknown; NULL: no memory */
struct cel_type *cel_type_map(struct arena *a, const struct cel_type *key, const struct cel_type *value) MUST_USE;
struct cel_type *cel_type_optional(struct arena *a, const struct cel_type *of) MUST_USE;
/* Sorts an object's fields in place, as lookups need them. */
void cel_type_sort(struct cel_field *fields, size_t n);
const struct cel_field *cel_type_field(const struct cel_type *object, struct str name); /* NULL: none */
void cel_type_print(const struct cel_type *t, struct buf *out);                         /* list(int), map(string, dyn), my.Type */
/* May a value of type `from` stand where `to` is wanted (dyn may, everywhere)? For checks of a program's result. */
bool cel_type_fits(const struct cel_type *to, const struct cel_type *from);
/* A JSON name as an expression must write it (KEP-2876: namespace → __namespace__, a-b → a__dash__b), in the arena;
 * false: the name cannot be written as an identifier at all. */
bool cel_name_escape(struct arena *a, struct str name, struct str *out, int *r);

/* ── values ────────────────────────────────────────────────────────────────
 * Small, copied freely; what they point at is in the tree or the arena of the
 * evaluation and lives as long as those. */
struct cel_list;
struct cel_map;
struct cel_opaque;
struct cel_value {
    uint8_t kind; /* enum cel_kind */
    bool tree;    /* LIST, MAP and OBJECT: `json` holds it; else `list` or `map` */
    union {
        bool boolean;
        struct {
            const struct value *of;
            const struct cel_type *type; /* as declared, or NULL */
        } json;
        int64_t integer;  /* also DURATION: nanoseconds */
        uint64_t natural; /* UINT */
        double number;
        struct str text; /* STRING, BYTES; ERROR and UNKNOWN: what went wrong */
        struct {
            int64_t sec; /* TIMESTAMP: since 1970, year 1 to 9999 */
            int32_t nsec;
        } time;
        const struct cel_list *list;
        const struct cel_map *map;        /* MAP, OBJECT */
        const struct cel_type *type;      /* TYPE */
        const struct cel_value *optional; /* OPTIONAL: NULL is none */
        const struct cel_opaque *opaque;
    };
};

/* A tree as a value: no copy. `type` says how JSON is to be read (a time is text in JSON); NULL or dyn: as it looks. */
struct cel_value cel_of_tree(struct arena *a, const struct value *tree,
                             const struct cel_type *type); /* CEL_ERROR: its text is not what the type says, or no memory */
static inline struct cel_value cel_of_text(struct str s)
{
    return (struct cel_value){.kind = CEL_STRING, .text = s};
}
static inline struct cel_value cel_of_int(int64_t i)
{
    return (struct cel_value){.kind = CEL_INT, .integer = i};
}
static inline struct cel_value cel_of_bool(bool b)
{
    return (struct cel_value){.kind = CEL_BOOL, .boolean = b};
}
/* The JSON of a value (times as text, bytes as base64; a list or map that came from a tree is shared with it).
 * CEL_FAILED: it has none (a type, a quantity, an absent optional). */
int cel_to_tree(struct arena *a, const struct cel_value *v, struct value *out, struct err *err) MUST_USE;
bool cel_equal(struct arena *a, const struct cel_value *x, const struct cel_value *y); /* == of the language */
int cel_order(const struct cel_value *x, const struct cel_value *y, int *order);       /* 0; 1: they have none; 2: one is NaN */
void cel_print(struct buf *out, const struct cel_value *v);                            /* for people and tests: as a literal of the language */
/* Reading lists and maps. Keys are BOOL, INT, UINT or STRING. */
size_t cel_size(const struct cel_value *v); /* items, members, code points, bytes; 1 for what has no size */
struct cel_value cel_list_at(struct arena *a, const struct cel_value *list, size_t i);
bool cel_map_get(struct arena *a, const struct cel_value *map, const struct cel_value *key, struct cel_value *out);
void cel_map_at(struct arena *a, const struct cel_value *map, size_t i, struct cel_value *key, struct cel_value *value);
struct cel_value cel_make_list(struct arena *a, const struct cel_value *items, size_t n); /* copies; CEL_ERROR: no memory */
struct cel_value cel_make_map(struct arena *a, const struct cel_value *keys, const struct cel_value *values, size_t n); /* copies */
/* A map that answers `otherwise` (kept) for keys it has not, when it is indexed; `in`, has() and macros see its own keys only. */
struct cel_value cel_make_map_or(struct arena *a, const struct cel_value *keys, const struct cel_value *values, size_t n,
                                 const struct cel_value *otherwise);
struct cel_value cel_make_optional(struct arena *a, const struct cel_value *v); /* NULL: none */
extern const struct cel_value cel_no_memory;                                    /* a CEL_ERROR that cel_eval() turns into -ENOMEM */

/* A map whose members are worked out when asked for (policy variables). The answer is kept by the owner. */
struct cel_lazy {
    int (*get)(void *ctx, struct str name, struct cel_value *out); /* 0; CEL_FAILED with out an error; <0 */
    void *ctx;
};
struct cel_value cel_make_lazy(struct arena *a, const struct cel_lazy *lazy, const struct cel_type *object);

/* ── environments ── */
struct cel_env;
#define CEL_REFUSED 1 /* the text does not compile; `issues` says why */

int cel_env_new(struct cel_env **out) MUST_USE; /* the standard library only */
/* A child sees all its parent has. Declaring in it leaves the parent as it is; it holds a reference to it. */
int cel_env_extend(struct cel_env **out, struct cel_env *parent) MUST_USE;
struct cel_env *cel_env_ref(struct cel_env *e);   /* atomic */
struct cel_env *cel_env_unref(struct cel_env *e); /* NULL is fine; returns NULL */
void cel_env_scope_end(struct cel_env **e);
struct arena *cel_env_arena(struct cel_env *e); /* lives as long as the environment: for types */
/* Declares a variable. `name` may have dots. The answer is its slot in an activation, or < 0. `sized`: the type carries
 * max_size everywhere and cost estimates may believe it. */
int cel_env_declare(struct cel_env *e, struct str name, const struct cel_type *type, bool sized) MUST_USE;
int cel_env_variable(const struct cel_env *e, struct str name); /* the slot, or -ENOENT */
size_t cel_env_slots(const struct cel_env *e);
/* Names an object type, so that `Name{field: …}` makes one and `type(x) == Name` can be written. */
int cel_env_type(struct cel_env *e, const struct cel_type *object) MUST_USE;
/* `prefix` and every name below it (Object, Object.spec.template …) are types of objects whose fields may be called
 * anything and hold anything: what mutating policies build. The name is borrowed for ever. */
int cel_env_dynamic(struct cel_env *e, const char *prefix) MUST_USE;
int cel_env_container(struct cel_env *e, struct str container) MUST_USE; /* names are looked up in it first */

enum cel_feature {
    CEL_FEATURE_OPTIONAL = 1 << 0,       /* ?. [?] optional.of …; Kubernetes ≥ 1.28 */
    CEL_FEATURE_CROSS_NUMERIC = 1 << 1,  /* 1 < 1.5; ≥ 1.28 */
    CEL_FEATURE_TWO_VARIABLES = 1 << 2,  /* all(k, v, …), transformMap …; ≥ 1.32 */
    CEL_FEATURE_BIND = 1 << 3,           /* cel.bind(); Kubernetes has it not */
    CEL_FEATURE_HOMOGENEOUS = 1 << 4,    /* [1, 'a'] is an error, as Kubernetes wants */
    CEL_FEATURE_LITERALS = 1 << 5,       /* constant durations, timestamps and patterns are checked at compile time; ≥ 1.29 */
    CEL_FEATURE_PRESENCE_COSTS = 1 << 6, /* has() costs one; in Kubernetes it is free */
    CEL_FEATURE_BLOCK = 1 << 7,          /* cel.block(), cel.index(): for programs made by other programs */
    CEL_FEATURE_UNCHECKED = 1 << 10,     /* what has no meaning fails when it is evaluated, not before */
    CEL_FEATURE_SORT = 1 << 8,           /* sortBy(); ≥ 1.34 */
    CEL_FEATURE_MATH = 1 << 9,           /* math.greatest(), math.least(); Kubernetes has them not */
};
void cel_env_features(struct cel_env *e, unsigned features); /* replaces; 0 at the start */
unsigned cel_env_features_of(const struct cel_env *e);

/* ── functions ─────────────────────────────────────────────────────────────
 * A row is one overload. The signature is text: "(string, int) bool" for a
 * global function, "string.(int) bool" for a method; A, B, T are type
 * parameters; opaque types are written by their names. Later rows win nothing:
 * overloads that overlap are an error of the program. */
struct cel_call {
    struct arena *arena;
    const struct cel_function *function;
    unsigned n;                  /* arguments, the receiver among them */
    const struct regex *pattern; /* the constant second argument, compiled, of matches(), find() and findAll(); or NULL */
    void *ctx;                   /* of the activation */
    int (*zone)(void *ctx, struct str name, int64_t at, int64_t *seconds_east); /* of the activation */
    uint64_t extra;                                                             /* a body may add what it costs beyond its model */
};
struct regex;
struct regex_span;
/* A search that costs 1000 more when the pattern backtracks a lot, so that time stays bounded by cost. As regex_search(). */
int cel_search(struct cel_call *call, const struct regex *r, struct str text, size_t from, struct regex_span *spans, size_t n) MUST_USE;
struct cel_value cel_error(struct cel_call *call, const char *fmt, ...) PRINTF(2, 3);
typedef struct cel_value cel_body(struct cel_call *call, const struct cel_value *args);

/* What a call costs, at run time by what it was given and before by what it may be given. */
enum cel_cost_model {
    CEL_COST_ONE,
    CEL_COST_STANDARD,    /* by the overload, as cel-go's own table has it */
    CEL_COST_CHECK,       /* an authorizer's check: 350,000 */
    CEL_COST_SELECTOR,    /* parsing a selector in argument 1 */
    CEL_COST_WALK,        /* every item of the receiver, text by its length: sum, min, isSorted, includes */
    CEL_COST_TEXT,        /* a tenth of argument 0's length; the result may be as long */
    CEL_COST_TEXT_RESULT, /* the same, and the result has a size (lowerAscii, trim …) */
    CEL_COST_TEXT_TWICE,
    CEL_COST_REPLACE,
    CEL_COST_SPLIT,
    CEL_COST_JOIN,
    CEL_COST_FIND, /* text × pattern */
    CEL_COST_CONTAINS_IP,
    CEL_COST_CONTAINS_IP_TEXT,
    CEL_COST_CONTAINS_CIDR,
    CEL_COST_CONTAINS_CIDR_TEXT,
    CEL_COST_VALIDATE, /* a named format against argument 1 */
    CEL_COST_FORMAT,   /* a tenth of the format text */
    CEL_COST_SORT,     /* all items against all */
    CEL_COST_SETS,     /* all items of argument 0 against all of argument 1 */
    CEL_COST_RANGE,    /* a new list of as many items as argument 0 says */
    CEL_COST_LIST,     /* a new list as long as argument 0 */
};
struct cel_function {
    const char *name;
    const char *id; /* cel-go's overload id */
    const char *signature;
    cel_body *body;
    enum cel_cost_model cost;
};
int cel_env_functions(struct cel_env *e, const struct cel_function *rows, size_t n) MUST_USE; /* the rows are borrowed for ever */
/* Opaque types are named here, so that signatures and expressions (`type(x) == net.IP`) can. The type is the environment's. */
int cel_env_opaque(struct cel_env *e, const struct cel_type *type) MUST_USE;

struct cel_class {
    const struct cel_type *type; /* kind OPAQUE */
    bool (*equal)(const struct cel_opaque *x, const struct cel_opaque *y);
    size_t (*size)(const struct cel_opaque *x); /* NULL: none (counts 1) */
    uint64_t equal_cost;                        /* what == costs; 0: by size */
    void (*print)(const struct cel_opaque *x, struct buf *out);
};
struct cel_opaque { /* stands first in the library's own struct */
    const struct cel_class *class;
};

/* ── programs ── */
struct cel_limits {     /* 0: the default */
    uint32_t text_max;  /* code points: 100,000 */
    uint32_t depth_max; /* nesting: 250 */
    uint32_t nodes_max; /* after macros are expanded: 100,000 */
};
struct cel_program;
/* 0 with a program of the caller's; CEL_REFUSED with all errors appended to `issues` (may be NULL), each
 *   ERROR: <input>:1:6: undeclared reference to 'x' (in container '')
 *    | 1 + x
 *    | ....^
 * without a newline at the end; -ENOMEM. The program holds a reference to the environment. */
int cel_compile(struct cel_env *env, struct str text, const struct cel_limits *limits, struct cel_program **out, struct buf *issues) MUST_USE;
struct cel_program *cel_program_free(struct cel_program *p); /* NULL is fine; returns NULL */
void cel_program_scope_end(struct cel_program **p);
const struct cel_type *cel_program_type(const struct cel_program *p); /* of its result */
struct cel_cost {                                                     /* saturating */
    uint64_t min, max;
};
struct cel_cost cel_program_cost(const struct cel_program *p);
bool cel_program_uses(const struct cel_program *p, int slot); /* is the variable mentioned? */
/* Does it mention a member of a variable, as in `variables.x`? Calls `each` with every one; -1 stops. */
int cel_program_members(const struct cel_program *p, int slot, int (*each)(void *ctx, struct str name), void *ctx);
void cel_program_print(const struct cel_program *p, struct buf *out); /* as text again, macros as they were written */
size_t cel_program_bytes(const struct cel_program *p);                /* memory it holds */

/* Only the grammar: is this an expression? For callers that want no types. */
int cel_parse(struct str text, unsigned features, const struct cel_limits *limits, struct buf *printed, struct buf *issues) MUST_USE;

#define CEL_FAILED      1 /* err: no such key: x */
#define CEL_OVER_BUDGET 2 /* err: operation cancelled: actual cost limit exceeded */

/* What variables stand for: by slot. A slot beyond n, or an UNKNOWN there, is unknown. */
struct cel_activation {
    const struct cel_value *slots;
    size_t n;
    void *ctx; /* handed to functions */
    /* The offset from UTC of a place ("Asia/Tokyo") at a time; < 0: unknown. NULL: no place is known, only UTC and
     * offsets are. Asked from the evaluating thread. */
    int (*zone)(void *ctx, struct str name, int64_t at, int64_t *seconds_east);
};
struct cel_run {
    uint64_t limit; /* the most it may cost; 0: Kubernetes' limit per call (1,000,000) */
    uint64_t cost;  /* out: what it did cost, also after a failure */
};
#define CEL_CALL_COST_MAX 1000000u /* PerCallLimit of the API server */
/* The value may point into the arena, the activation and the program. `run` may be NULL. */
int cel_eval(const struct cel_program *p, const struct cel_activation *vars, struct arena *a, struct cel_run *run, struct cel_value *out,
             struct err *err) MUST_USE;

#endif
