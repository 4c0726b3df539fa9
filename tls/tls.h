/* tls: keys, certificates and TLS contexts (OpenSSL 3).
 *
 * Pure in-memory work: certificates are made, signed, read and judged here;
 * where they lie on disk and when they are renewed is `auth`'s and `cmd`'s.
 * Any thread; a context may be used by many connections of one thread. */
#ifndef CORACLE_TLS_H
#define CORACLE_TLS_H

#include "base/base.h"

typedef struct ssl_ctx_st SSL_CTX; /* <openssl/ssl.h> */

/* A certificate with its private key, both PEM. */
struct tls_pair {
    char *cert_pem; /* leaf first, chain behind */
    char *key_pem;
};
void tls_pair_done(struct tls_pair *p);

struct tls_names {          /* subjectAltName */
    const char *const *dns; /* ended by NULL; may be NULL */
    const char *const *ips;
};
enum tls_usage {
    TLS_USAGE_SERVER = 1,
    TLS_USAGE_CLIENT = 2,
    TLS_USAGE_NO_ENCIPHERMENT = 4, /* the key signs only: keyEncipherment stays out */
};
/* ECDSA P-256. days from `now`; back-dated by five minutes against skewed clocks. */
int tls_ca_make(struct tls_pair *out, const char *common_name, int64_t now, int days, struct err *err) MUST_USE;
int tls_cert_make(struct tls_pair *out, const struct tls_pair *ca, const char *common_name, const char *const *organizations,
                  const struct tls_names *names, int usage, int64_t now, int days, struct err *err) MUST_USE;
int tls_key_make(char **key_pem, struct err *err) MUST_USE;
/* A key of a kind as PodCertificateProjection names it: RSA3072, RSA4096, ECDSAP256, ECDSAP384, ECDSAP521, ED25519. RSA takes
 * up to seconds: on a pool thread. -ENOTSUP: another kind. */
int tls_key_make_of(struct str kind, char **key_pem, struct err *err) MUST_USE;
/* Signs a PKCS#10 request (PEM) as it stands; the caller has judged its subject and usages. */
int tls_csr_sign(char **cert_pem, const struct tls_pair *ca, struct str csr_pem, int usage, int64_t now, int64_t seconds, struct err *err) MUST_USE;
struct tls_subject { /* texts in the arena */
    struct str common_name;
    struct str *organizations;
    size_t n_organizations;
    struct str *dns;
    size_t n_dns;
    struct str *ips;
    size_t n_ips;
    size_t n_others; /* parts of the subject other than CN and O, and alternative names other than DNS and IP */
    int64_t not_before, not_after;
    bool ca; /* basicConstraints says so */
};
int tls_cert_read(struct arena *a, struct str cert_pem, struct tls_subject *out, struct err *err) MUST_USE;
int tls_cert_read_der(struct arena *a, struct str der, struct tls_subject *out, struct err *err) MUST_USE;
/* Was it signed by one of this authority's keys, for this usage, and is it valid at `now`? -EKEYREJECTED. */
int tls_cert_check(struct str cert_pem, const char *ca_pem, int usage, int64_t now, struct err *err) MUST_USE;
/* All of it in one go: the key is the certificate's, tls_cert_check() (ca_pem NULL: not asked), and what
 * tls_cert_read() says. */
int tls_pair_read(struct arena *a, const struct tls_pair *pair, const char *ca_pem, int usage, int64_t now, struct tls_subject *out,
                  struct err *err) MUST_USE;
/* common_name "": the subject is left empty. */
int tls_csr_make(char **csr_pem, struct str key_pem, const char *common_name, const char *const *organizations, const struct tls_names *names,
                 struct err *err) MUST_USE;                                                               /* names may be NULL */
int tls_csr_read(struct arena *a, struct str csr_pem, struct tls_subject *out, struct err *err) MUST_USE; /* its own signature is checked */

/* ── contexts: reference counted by OpenSSL; replacing one leaves open connections alone ── */
/* client_ca_pem NULL: no client certificates are asked for. Else one is asked for, and a connection lives on whatever
 * came: only SSL_get_verify_result() == X509_V_OK with a peer certificate makes it a verified one (that is http's to
 * look at). alpn as wire format, e.g. "\x02h2\x08http/1.1". */
int tls_server_context(SSL_CTX **out, const struct tls_pair *own, const char *client_ca_pem, struct str alpn, struct err *err) MUST_USE;
/* ca_pem NULL: the system's roots; insecure: nothing is verified (the API server's "skip TLS verify" only). own may be
 * NULL. */
int tls_client_context(SSL_CTX **out, const struct tls_pair *own, const char *ca_pem, bool insecure, struct str alpn, struct err *err) MUST_USE;
void tls_context_free(SSL_CTX *ctx);

/* ── signatures and digests ── */
int tls_sha256(struct str in, unsigned char out[32]) MUST_USE;
struct tls_digest;                                                          /* running SHA-256 or SHA-512 */
int tls_digest_new(struct tls_digest **out, struct str algorithm) MUST_USE; /* "sha256", "sha512"; -ENOTSUP */
int tls_digest_add(struct tls_digest *d, struct str bytes) MUST_USE;
int tls_digest_end(struct tls_digest *d, struct buf *hex) MUST_USE; /* appends lower-case hex, frees d */
void tls_digest_free(struct tls_digest *d);
/* JWS: RS256 or ES256, chosen by the key; signature appended raw (ES256: r‖s). */
int tls_sign(struct str key_pem, struct str data, struct buf *signature, struct err *err) MUST_USE;
/* RS, PS and ES with 256, 384 and 512; the curve of an ES key must be its algorithm's. */
int tls_verify(struct str public_or_cert_pem, struct str algorithm, struct str data, struct str signature,
               struct err *err) MUST_USE; /* -EKEYREJECTED */
/* "header..signature" (RFC 7515 appendix F: the payload is left out) by HS256, written as Kubernetes writes it under
 * cluster-info's jws-kubeconfig-<kid>: it is compared as text. */
int tls_jws_detached(struct str kid, struct str secret, struct str payload, struct buf *out) MUST_USE;
int tls_public_key(struct str key_pem, char **public_pem, struct err *err) MUST_USE;
/* The public key of a JWK's members (RFC 7518), decoded: RSA (n, e; at least 2048 bits) or EC (crv P-256, P-384, P-521; x, y). -ENOTSUP:
 * another kind; -EBADMSG: no key. */
int tls_jwk_rsa(struct str n, struct str e, char **public_pem, struct err *err) MUST_USE;
int tls_jwk_ec(struct str crv, struct str x, struct str y, char **public_pem, struct err *err) MUST_USE;
int tls_jwk(struct str key_pem, const char *kid, struct buf *json, struct err *err) MUST_USE; /* one JWK object */
/* SHA-256 of the SubjectPublicKeyInfo of a key or certificate: what "sha256:…" of a join command is. */
int tls_public_sha256(struct str key_or_cert_pem, unsigned char out[32], struct err *err) MUST_USE;
int tls_key_id(struct str key_pem, struct buf *out, struct err *err) MUST_USE; /* kid as upstream: base64url(SHA-256(SubjectPublicKeyInfo)) */
bool tls_equal(struct str a, struct str b);                                    /* constant time for equal lengths */

#endif
