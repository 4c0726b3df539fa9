/* What the files of this room share; not a door. */
#ifndef CORACLE_SEAL_INSIDE_H
#define CORACLE_SEAL_INSIDE_H

#include "meter/meter.h"
#include "schema/schema.h"
#include "seal/seal.h"
#include "value/value.h"

#define SEAL_KEYS_MAX   255
#define SEAL_SECRET_MAX 32
#define SEAL_MARK       STR("k8s:enc:")

enum cipher { CIPHER_AESGCM, CIPHER_AESCBC, CIPHER_SECRETBOX, CIPHERS };
struct cipher_row {
    const char *name;   /* as in the configuration and in prefixes */
    uint8_t lengths[3]; /* of secrets, in bytes */
    uint8_t overhead;   /* behind the prefix */
    /* Both append. seal_box_…: see box.c. 0, -ENOMEM, -EIO; opening also -EKEYREJECTED. */
    int (*close)(const unsigned char *secret, size_t n, struct str aad, struct str plain, struct buf *out);
    int (*open)(const unsigned char *secret, size_t n, struct str aad, struct str sealed, struct buf *out);
};
extern const struct cipher_row cipher_rows[CIPHERS];
int box_close(const unsigned char *secret, size_t n, struct str aad, struct str plain, struct buf *out) MUST_USE;
int box_open(const unsigned char *secret, size_t n, struct str aad, struct str sealed, struct buf *out) MUST_USE;

struct seal_key { /* never changed and never freed while its seal lives */
    enum cipher cipher;
    char *name;
    char *prefix; /* k8s:enc:aesgcm:v1:NAME: */
    unsigned char secret[SEAL_SECRET_MAX];
    size_t n;
    struct meter_series *closed, *opened, *failed;
};

/* ── what a configuration says ── */
struct pattern { /* of one entry's `resources` */
    struct str group, resource;
    bool any_group, any_resource;
};
struct entry {
    struct pattern *patterns;
    size_t n_patterns;
    uint8_t writer; /* 0: plain */
    bool plain;     /* identity is among the providers: plain values are read too */
    uint8_t keys[SEAL_KEYS_MAX];
    size_t n_keys;
};
struct plan {
    struct arena *mem;
    struct entry *entries;
    size_t n;
    struct map paths; /* storage path → entry, of built-in resources; `none` where no entry is meant */
};
struct plan *plan_free(struct plan *p);
const struct entry *plan_entry(const struct plan *p, struct str key); /* NULL: not meant */

struct seal {
    struct plan *plan; /* NULL: not configured */
    struct seal_key *keys[SEAL_KEYS_MAX + 1];
    unsigned n_keys;
    _Atomic size_t overhead; /* the writer thread asks too */
};
/* The number of this key, a new one if it was never seen. -E2BIG, -ENOMEM. */
int seal_key_number(struct seal *s, enum cipher c, struct str name, struct str secret, uint8_t *out) MUST_USE;
int plan_read(struct plan **out, struct seal *s, struct str text, struct err *err) MUST_USE;

#endif
