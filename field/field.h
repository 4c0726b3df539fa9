/* field: what may stand in a field — names and quantities — and faults, which say
 * what is wrong with one.
 *
 * Called by every room that reads or judges objects, from any thread; pure, keeps nothing. */
#ifndef CORACLE_FIELD_H
#define CORACLE_FIELD_H

#include "base/base.h"
#include "value/value.h"

/* ── faults: all that is wrong with an object, each with its field path ────
 * Become Status.details.causes. Bounded: after FAULTS_MAX only counted. */
#define FAULTS_MAX 64
enum fault_type {                      /* the API convention's cause reasons */
                  FAULT_REQUIRED,      /* FieldValueRequired */
                  FAULT_INVALID,       /* FieldValueInvalid */
                  FAULT_NOT_SUPPORTED, /* FieldValueNotSupported */
                  FAULT_DUPLICATE,     /* FieldValueDuplicate */
                  FAULT_FORBIDDEN,     /* FieldValueForbidden */
                  FAULT_TOO_LONG,      /* FieldValueTooLong */
                  FAULT_TOO_MANY,      /* FieldValueTooMany */
                  FAULT_NOT_FOUND,     /* FieldValueNotFound */
                  FAULT_TYPE,          /* FieldValueTypeInvalid */
                  FAULT_INTERNAL,      /* InternalError */
};
struct fault {
    enum fault_type type;
    struct str field;   /* spec.containers[0].image */
    struct str message; /* upstream's wording: 'Invalid value: "…": must be …' */
};
struct faults {
    struct arena *arena; /* texts live here */
    struct fault items[FAULTS_MAX];
    size_t n; /* may exceed FAULTS_MAX: those were only counted */
};
void faults_init(struct faults *f, struct arena *a);
/* `bad` is the offending value (may be NULL: none is shown), put before `fmt` as upstream does. */
void fault_add(struct faults *f, enum fault_type type, const char *path, const struct value *bad, const char *fmt, ...) PRINTF(5, 6);
const char *fault_reason(enum fault_type type);  /* "FieldValueInvalid" */
void fault_quote(struct str s, struct buf *out); /* as Go's %q */

/* ── names: is a text a valid name of some sort? ───────────────────────────
 * Each answers how many rules were broken and puts upstream's sentence about
 * each into why[]; the sentences are constants. 0: the name is good. */
#define NAME_FAULTS_MAX 5
size_t name_dns_label(struct str s, const char *why[NAME_FAULTS_MAX]);     /* RFC 1123 label */
size_t name_dns_subdomain(struct str s, const char *why[NAME_FAULTS_MAX]); /* RFC 1123 subdomain */
size_t name_dns_1035(struct str s, const char *why[NAME_FAULTS_MAX]);
size_t name_wildcard_subdomain(struct str s, const char *why[NAME_FAULTS_MAX]);
size_t name_label_key(struct str s, const char *why[NAME_FAULTS_MAX]); /* "qualified name" */
size_t name_label_value(struct str s, const char *why[NAME_FAULTS_MAX]);
size_t name_config_key(struct str s, const char *why[NAME_FAULTS_MAX]);
size_t name_env_var(struct str s, const char *why[NAME_FAULTS_MAX]);
size_t name_c_identifier(struct str s, const char *why[NAME_FAULTS_MAX]);
size_t name_port(struct str s, const char *why[NAME_FAULTS_MAX]); /* IANA service name */
size_t name_http_header(struct str s, const char *why[NAME_FAULTS_MAX]);
size_t name_path_segment(struct str s, const char *why[NAME_FAULTS_MAX]);

/* ── quantity (resource.Quantity, k8s API conventions) ── */
struct quantity { /* value = digits × 10^-9, exact within ±9.2e18 nano … carried as 128 bit */
    __extension__ __int128 nano;
    uint8_t format; /* 0 decimal SI, 1 binary SI, 2 decimal exponent */
};
int quantity_parse(struct str s, struct quantity *q) MUST_USE; /* -EINVAL, -ERANGE */
void quantity_print(struct quantity q, struct buf *out);       /* canonical form */
int64_t quantity_value(struct quantity q);                     /* rounded up to a whole number, saturating */
int64_t quantity_milli(struct quantity q);                     /* rounded up to thousandths, saturating */
int quantity_cmp(struct quantity a, struct quantity b);
struct quantity quantity_of(const struct value *v); /* 0 when absent or malformed */

#endif
