/* seal: encryption of resources at rest, as an EncryptionConfiguration
 * (apiserver.config.k8s.io/v1) asks for it.
 *
 * Stands between the store's memory, which holds everything plain, and its disk:
 * what is written is sealed on the store's writer thread, what is loaded is
 * opened before it becomes an object. A sealed value is byte for byte what
 * Kubernetes would keep in etcd,
 *
 *   k8s:enc:aesgcm:v1:NAME:    nonce (12) · ciphertext · tag (16); the etcd key is authenticated too
 *   k8s:enc:aescbc:v1:NAME:    iv (16) · ciphertext, padded as PKCS #7 says; nothing is authenticated
 *   k8s:enc:secretbox:v1:NAME: nonce (24) · tag (16) · ciphertext (XSalsa20-Poly1305, as NaCl)
 *
 * so that a cluster can move with its keys. The first provider of a resource's
 * entry seals (identity: not at all), all of them open.
 *
 * Each key ever configured has a number from 1 to 255 for the life of the
 * process, 0 stands for plain; an object at rest remembers the number it was
 * sealed with, and by it the store sees that it is stale after a rotation.
 *
 * seal_configure() and seal_number() are the loop thread's; seal_close() and
 * seal_open() may be called from any thread, with numbers seal_number() gave. */
#ifndef CORACLE_SEAL_H
#define CORACLE_SEAL_H

#include "base/base.h"

struct seal;
int seal_new(struct seal **out) MUST_USE; /* everything is plain until it is configured; -ENOMEM */
struct seal *seal_free(struct seal *s);   /* NULL is fine; returns NULL; key bytes are wiped */
/* An EncryptionConfiguration in YAML or JSON takes the place of the one before. -EINVAL with the field's path, -ENOTSUP
 * (kms), -E2BIG (too many keys in one life): everything stays as it was. */
int seal_configure(struct seal *s, struct str text, struct err *err) MUST_USE;

/* What a value of this key ("/registry/secrets/ns/name") is to be sealed with now. s NULL: 0. */
uint8_t seal_number(const struct seal *s, struct str key);
/* Appends the value as it goes to disk. number 0 is not for here. -ENOMEM, -EIO: no random numbers, or libcrypto's fault. */
int seal_close(struct seal *s, uint8_t number, struct str key, struct str plain, struct buf *out) MUST_USE;
size_t seal_overhead(const struct seal *s); /* bytes a sealed value may be longer than the plain one, at most */

bool seal_closed(struct str stored); /* it begins with k8s:enc: */
/* Appends the plain value; number: whom it was sealed by. s NULL is one without a configuration. -ENOKEY: nobody listed
 * for this resource has sealed it; -EKEYREJECTED: whoever is named did not, or it was changed since. */
int seal_open(struct seal *s, struct str key, struct str stored, struct buf *plain, uint8_t *number, struct err *err) MUST_USE;

#endif
