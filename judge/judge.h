/* judge: a judgement of one object — where it stands, what it found wrong, and
 * the rules that come again and again: names, labels, quantities, addresses,
 * metadata, conditions.
 *
 * Called by the rooms that validate (podvalid, valid). Pure: it reads trees and
 * puts faults with upstream's sentences into the caller's list. Nothing can go
 * wrong but the list's memory, and a fault too many is only counted. */
#ifndef CORACLE_JUDGE_H
#define CORACLE_JUDGE_H

#include "object/object.h"
#include "schema/schema.h"
#include "value/value.h"

/* A field's path as a chain on the stack; it is only written out when there is a fault. */
struct at {
    const struct at *up;
    const char *name; /* NULL: a field of the schema, a key or an index */
    struct str field; /* a schema's name; p NULL: a key or an index */
    struct str key;   /* p NULL: an index */
    size_t index;
};
#define AT(parent, field)  (&(const struct at){.up = (parent), .name = (field)})
#define AT_ITEM(parent, i) (&(const struct at){.up = (parent), .index = (i)})
#define AT_KEY(parent, k)  (&(const struct at){.up = (parent), .key = (k)})

struct judge {
    struct faults *f;
    const struct value *tree;
    bool pod; /* the object is a pod, not something with a pod template */
};

/* ── faults; `detail` "" for none ── */
void judge_fault(struct judge *j, const struct at *at, enum fault_type type, const struct value *bad, const char *fmt, ...) PRINTF(5, 6);
void judge_required(struct judge *j, const struct at *at, const char *detail);
void judge_forbidden(struct judge *j, const struct at *at, const char *detail);
void judge_invalid(struct judge *j, const struct at *at, const struct value *bad, const char *detail);
void judge_invalid_text(struct judge *j, const struct at *at, struct str bad, const char *detail);
void judge_invalid_int(struct judge *j, const struct at *at, int64_t bad, const char *detail);
void judge_duplicate(struct judge *j, const struct at *at, const struct value *bad);
void judge_duplicate_text(struct judge *j, const struct at *at, struct str bad);
void judge_not_found(struct judge *j, const struct at *at, struct str bad);
void judge_too_long(struct judge *j, const struct at *at, size_t most);

/* ── rules ── */
typedef size_t judge_rule(struct str s, const char *why[NAME_FAULTS_MAX]);
void judge_name(struct judge *j, const struct at *at, struct str name, judge_rule *rule);
/* The text of `parent`'s field, judged when it is not empty; `needed`: empty is a fault. */
void judge_name_field(struct judge *j, const struct at *up, const struct value *parent, const char *field, bool needed, judge_rule *rule);
bool judge_has(struct judge *j, const struct at *up, const struct value *parent, const char *field); /* required text */
/* A closed set; `allowed` ends with NULL and is in the order upstream lists it. */
void judge_one_of(struct judge *j, const struct at *at, const struct value *v, bool needed, const char *const *allowed);
void judge_not_negative(struct judge *j, const struct at *up, const struct value *parent, const char *field);
void judge_range(struct judge *j, const struct at *at, int64_t v, int64_t low, int64_t high);
void judge_port(struct judge *j, const struct at *at, int64_t port);
void judge_port_or_name(struct judge *j, const struct at *at, const struct value *v);
void judge_labels(struct judge *j, const struct at *at, const struct value *labels);
void judge_annotations(struct judge *j, const struct at *at, const struct value *annotations);
void judge_label_selector(struct judge *j, const struct at *at, const struct value *selector);
void judge_immutable(struct judge *j, const struct at *at, const struct value *now, const struct value *old);
void judge_ip(struct judge *j, const struct at *at, struct str ip);
void judge_public_ip(struct judge *j, const struct at *at, struct str ip); /* not loopback, link-local … */
void judge_cidr(struct judge *j, const struct at *at, struct str cidr);
int judge_ip_family(struct str ip); /* 4, 6, or 0 when it is none */
void judge_quantity(struct judge *j, const struct at *at, struct str resource, const struct value *v);
void judge_int_or_percent(struct judge *j, const struct at *at, const struct value *v);
int64_t judge_percent(const struct value *v); /* -1: not a percentage */
void judge_resource_name(struct judge *j, const struct at *at, struct str name, bool container);
void judge_local_path(struct judge *j, const struct at *at, struct str path); /* relative, without .. */
void judge_no_backsteps(struct judge *j, const struct at *at, struct str path);
bool judge_same(const struct value *a, const struct value *b); /* absent and empty are the same */
bool judge_present(const struct value *v);                     /* there and not null */
bool judge_overcommit(struct str resource);                    /* request may differ from limit */
bool judge_hugepages(struct str resource);
bool judge_quota_name(struct str s);    /* a plain name that a ResourceQuota may limit */
bool judge_native(struct str resource); /* cpu, memory …, or under kubernetes.io */

/* ── metadata and conditions ── */
void judge_meta(struct judge *j, const struct value *meta, bool namespaced, judge_rule *rule);
void judge_meta_update(struct judge *j, const struct value *meta, const struct value *old);
void judge_conditions(struct judge *j, const struct at *at, const struct value *conditions);

/* ── whole objects: `old` NULL on create, `sub` the subresource or "" ── */
struct judging {
    struct judge *j;
    const struct schema_kind *kind;
    const struct value *now, *old;
    struct str sub;
};
typedef void judge_object(const struct judging *w);

#endif
