/* value: the JSON data model as a tree in an arena.
 *
 * Every object that is being made, changed or judged is such a tree, whether it
 * came as JSON, YAML or protobuf, and whether its kind is built in or custom.
 * (Objects at rest are frozen bytes: see object/object.h.) Trees are single
 * threaded and owned by their arena; copying a struct value copies a reference
 * to its parts. Keys keep their order of arrival. A missing member is NULL from
 * value_get(); all readers below take NULL and answer "empty", so that
 * value_text(value_at(pod, "spec.nodeName")) needs no checks between.
 *
 * Bytes are base64 text, quantities and times are text, exactly as in JSON. */
#ifndef CORACLE_VALUE_H
#define CORACLE_VALUE_H

#include "base/base.h"

enum value_type {
    VALUE_NULL, /* also what a zeroed struct is */
    VALUE_BOOL,
    VALUE_INT,    /* a number without fraction or exponent that fits int64 */
    VALUE_DOUBLE, /* any other number */
    VALUE_TEXT,
    VALUE_LIST,
    VALUE_MAP,
    VALUE_RAW, /* JSON text kept verbatim (already checked to be valid and compact): fieldsV1, raw extensions */
};

struct value {
    enum value_type type;
    union {
        bool boolean;
        int64_t integer;
        double number;
        struct str text; /* also RAW */
        struct {
            struct value *items;
            uint32_t n, cap;
        } list;
        struct {
            struct value_member *members;
            uint32_t n, cap;
        } map;
    };
};

struct value_member {
    struct str key;
    struct value value;
};

#define VALUE_DEPTH_MAX 128 /* decoders refuse deeper nesting */

/* ── reading; v may be NULL everywhere ── */
struct value *value_get(const struct value *v, struct str key);  /* member of a map, or NULL */
struct value *value_at(const struct value *v, const char *path); /* "spec.template.metadata": plain field names only */
struct value *value_item(const struct value *v, size_t i);       /* i-th of a list, or NULL */
size_t value_count(const struct value *v);                       /* items of a list, members of a map, else 0 */
bool value_is_null(const struct value *v);                       /* absent or null */
struct str value_text(const struct value *v);                    /* "" when not text */
int64_t value_int(const struct value *v, int64_t otherwise);     /* INT, or a whole DOUBLE */
bool value_bool(const struct value *v, bool otherwise);
double value_double(const struct value *v, double otherwise);
/* Shorthands for value_…(value_at(v, path)). */
struct str value_text_at(const struct value *v, const char *path);
int64_t value_int_at(const struct value *v, const char *path, int64_t otherwise);
bool value_bool_at(const struct value *v, const char *path, bool otherwise);
/* Semantic equality: numbers by worth, maps without order, RAW by its parsed worth, null ≠ absent. */
bool value_equal(const struct value *a, const struct value *b);
/* The same to the letter: what prints as the same JSON, members in the same order. Neither may be NULL. */
bool value_identical(const struct value *a, const struct value *b);
/* Copies of one struct value: equal for sure. false says nothing. */
static inline bool value_same(const struct value *a, const struct value *b)
{
    if (a == b)
        return true;
    return a->type == b->type && (a->type == VALUE_MAP || a->type == VALUE_LIST) && a->map.members == b->map.members && a->map.n == b->map.n;
}

#define VALUE_EACH_ITEM(item, v) \
    for (struct value *item = value_item((v), 0), *item##_end_ = item ? item + value_count(v) : NULL; item && item < item##_end_; item++)
#define VALUE_EACH_MEMBER(m, v) for (struct value_member *m = value_members(v), *m##_end_ = m ? m + value_count(v) : NULL; m && m < m##_end_; m++)
struct value_member *value_members(const struct value *v); /* NULL when not a map or empty */

/* For settings people write: a map without members but those of `names` (ended by NULL), or nothing at all. -EINVAL: err names the
 * member behind `path`. */
int value_only(const struct value *v, const char *path, const char *const *names, struct err *err) MUST_USE;

/* ── making; text is borrowed, not copied (arena_str first when it will not last) ── */
static inline struct value value_make_text(struct str s)
{
    return (struct value){.type = VALUE_TEXT, .text = s};
}
static inline struct value value_make_int(int64_t i)
{
    return (struct value){.type = VALUE_INT, .integer = i};
}
static inline struct value value_make_bool(bool b)
{
    return (struct value){.type = VALUE_BOOL, .boolean = b};
}
static inline struct value value_make_double(double d)
{
    return (struct value){.type = VALUE_DOUBLE, .number = d};
}
static inline struct value value_make_raw(struct str json)
{
    return (struct value){.type = VALUE_RAW, .text = json};
}
static inline struct value value_make_map(void)
{
    return (struct value){.type = VALUE_MAP};
}
static inline struct value value_make_list(void)
{
    return (struct value){.type = VALUE_LIST};
}

/* ── changing; all return NULL / -ENOMEM when the arena is full ──
 * A pointer into a map or list is valid until that same map or list grows. */
struct value *value_set(struct arena *a, struct value *map, struct str key,
                        struct value v) MUST_USE; /* replaces or adds at the end; turns NULL-typed `map` into a map */
struct value *value_add(struct arena *a, struct value *list, struct value v) MUST_USE; /* turns NULL-typed `list` into a list */
bool value_del(struct value *map, struct str key);                                     /* true when it was there; order kept */
void value_del_item(struct value *list, size_t i);                                     /* order kept */
/* Sets by path, making maps on the way: value_put(a, pod, "spec.nodeName", value_make_text(n)). */
struct value *value_put(struct arena *a, struct value *v, const char *path, struct value leaf) MUST_USE;
int value_copy(struct arena *a, const struct value *from, struct value *to) MUST_USE; /* deep, text included */
int value_fork(struct arena *a, const struct value *from, struct value *to) MUST_USE; /* maps and lists of its own, texts shared */

/* Builds many members at once without a check at each: errors stick in *r (0 at the start).
 *   int r = 0;
 *   VALUE_SET(&r, a, meta, "name", value_make_text(name)); */
void value_put_sticky(int *r, struct arena *a, struct value *v, const char *path, struct value leaf);
#define VALUE_SET(r, a, v, path, leaf) value_put_sticky((r), (a), (v), (path), (leaf))

/* ── JSON text → tree (json/json.h is the door for text; the parser stands here
 * because RAW members hold JSON text that value_equal() must read) ── */
#define VALUE_DUPLICATES_MAX 64
struct value_duplicates { /* keys that came again in their object: JSON tells their paths (spec.containers[0].name); the last one counts */
    struct str items[VALUE_DUPLICATES_MAX]; /* in the parser's arena */
    size_t n;                               /* may exceed the maximum: those were only counted */
};
/* Tells the parser where text is to be kept verbatim: called at each member with the guide's note on the parent
 * (`top` at the top) and its key, at each list item with an empty key (p NULL). The answer is the note on that
 * value; VALUE_GUIDE_RAW makes it a RAW, VALUE_GUIDE_SKIP checks it and makes it null. */
#define VALUE_GUIDE_RAW  ((const void *)-1)
#define VALUE_GUIDE_SKIP ((const void *)-3)
struct value_guide {
    const void *(*enter)(const void *parent, struct str key);
    const void *top;
};
/* The text is copied into the arena, the tree borrows from that copy. -EBADMSG with Go's wording of what is wrong,
 * -E2BIG too deep, -ENOMEM. duplicates and guide may be NULL. */
int value_parse(struct arena *a, struct str json, const struct value_guide *guide, struct value_duplicates *duplicates, struct value *out,
                struct err *err) MUST_USE;
/* Makes one JSON text compact without touching its tokens; the result borrows from the arena (or from `json` when it
 * was compact already). Answers as value_parse. */
int value_compact(struct arena *a, struct str json, struct str *out, struct err *err) MUST_USE;
/* Reads a RAW's text as a tree; any other value is given back as it is. */
int value_expand(struct arena *a, const struct value *v, struct value *out, struct err *err) MUST_USE;

#endif
