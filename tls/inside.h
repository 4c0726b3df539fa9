/* tls/inside.h: what the files of this room share — scope ends for OpenSSL's
 * types, PEM in and out, and errors that carry OpenSSL's reason. */
#ifndef CORACLE_TLS_INSIDE_H
#define CORACLE_TLS_INSIDE_H

#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/param_build.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include "tls/tls.h"

#define TLS_SCOPE_END(tag, release) \
    static inline void tag##_scope_end(struct tag **p) \
    { \
        release(*p); \
    }
TLS_SCOPE_END(bio_st, BIO_free_all)
TLS_SCOPE_END(evp_pkey_st, EVP_PKEY_free)
TLS_SCOPE_END(evp_md_ctx_st, EVP_MD_CTX_free)
TLS_SCOPE_END(x509_st, X509_free)
TLS_SCOPE_END(X509_req_st, X509_REQ_free)
TLS_SCOPE_END(X509_name_st, X509_NAME_free)
TLS_SCOPE_END(bignum_st, BN_free)
TLS_SCOPE_END(ssl_ctx_st, SSL_CTX_free)
TLS_SCOPE_END(ECDSA_SIG_st, ECDSA_SIG_free)
TLS_SCOPE_END(evp_pkey_ctx_st, EVP_PKEY_CTX_free)
TLS_SCOPE_END(ossl_param_bld_st, OSSL_PARAM_BLD_free)
TLS_SCOPE_END(ossl_param_st, OSSL_PARAM_free)

#define TLS_PEM_MAX (1u << 20) /* no file of certificates we read is larger */
#define TLS_SKEW    300        /* certificates are back-dated by this many seconds */

/* As err_raise(), with OpenSSL's first reason behind; empties its error queue. */
int tls_raise(struct err *err, int r, const char *fmt, ...) PRINTF(3, 4);

int tls_pem_bio(BIO **out, struct str pem, struct err *err) MUST_USE;   /* read-only, borrows pem */
int tls_pem_take(BIO *b, char **text) MUST_USE;                         /* what was written into a memory BIO, mem_free() */
int tls_pem_cert(X509 **out, struct str pem, struct err *err) MUST_USE; /* the first certificate */
int tls_pem_private(EVP_PKEY **out, struct str pem, struct err *err) MUST_USE;
int tls_pem_public(EVP_PKEY **out, struct str pem, struct err *err) MUST_USE; /* public key, certificate or private key */
int tls_pem_request(X509_REQ **out, struct str pem, struct err *err) MUST_USE;
int tls_pem_write_cert(X509 *c, char **pem, struct err *err) MUST_USE;

int tls_pem_write_public(EVP_PKEY *key, char **pem, struct err *err) MUST_USE;

int tls_key_new(EVP_PKEY **out, struct err *err) MUST_USE; /* ECDSA P-256 */
/* Number, validity, key and issuer; the caller has set the subject and adds extensions before tls_cert_seal(). */
int tls_cert_fill(X509 *c, EVP_PKEY *key, X509 *issuer, int64_t from, int64_t to, struct err *err) MUST_USE;
#define TLS_LEAF 1024 /* a leaf that names no purpose is still no authority */
int tls_alternatives_fill(GENERAL_NAMES *all, const struct tls_names *names, struct err *err) MUST_USE;
int tls_cert_extend(X509 *c, X509 *issuer, int usage, struct err *err) MUST_USE; /* usage 0: a CA */
int tls_cert_seal(X509 *c, EVP_PKEY *issuer_key, struct err *err) MUST_USE;
int tls_subject_name(struct arena *a, const X509_NAME *name, struct tls_subject *out, struct err *err) MUST_USE;
int tls_subject_alternatives(struct arena *a, const GENERAL_NAMES *names, struct tls_subject *out, struct err *err) MUST_USE;
int tls_time_of(const ASN1_TIME *t, int64_t *out) MUST_USE;

#endif
