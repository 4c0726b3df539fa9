/* Certificate requests (PKCS#10). Of what a request asks for, only its subject,
 * its key and its alternative names enter the certificate; usages, constraints
 * and validity are the signer's. */
#include "tls/inside.h"

#define SECURITY_BITS_MIN 112 /* RSA 2048, P-224: what a requester may bring */

static int request_open(X509_REQ **out, EVP_PKEY **key, struct str csr_pem, struct err *err)
{
    SCOPED(X509_req_st) req = NULL;
    int r = tls_pem_request(&req, csr_pem, err);
    if (r < 0)
        return r;
    SCOPED(evp_pkey_st) own = X509_REQ_get_pubkey(req);
    if (!own || X509_REQ_verify(req, own) != 1)
        return tls_raise(err, -EKEYREJECTED, "the request is not signed by its own key");
    if (EVP_PKEY_get_security_bits(own) < SECURITY_BITS_MIN)
        return err_raise(err, -EKEYREJECTED, "the request's key of %d bits is too weak", EVP_PKEY_get_bits(own));
    *out = TAKE(req);
    *key = TAKE(own);
    return 0;
}

static int alternatives_copy(X509 *c, X509_REQ *req, struct err *err)
{
    STACK_OF(X509_EXTENSION) *exts = X509_REQ_get_extensions(req);
    int at = exts ? X509v3_get_ext_by_NID(exts, NID_subject_alt_name, -1) : -1;
    int ok = at < 0 || X509_add_ext(c, X509v3_get_ext(exts, at), -1) == 1;
    sk_X509_EXTENSION_pop_free(exts, X509_EXTENSION_free);
    ERR_clear_error();
    return ok ? 0 : tls_raise(err, -ENOMEM, "no memory for subject alternative names");
}

static int request_sign(char **cert_pem, X509 *issuer, EVP_PKEY *issuer_key, struct str csr_pem, int usage, int64_t now, int64_t seconds,
                        struct err *err)
{
    SCOPED(X509_req_st) req = NULL;
    SCOPED(evp_pkey_st) key = NULL;
    int64_t limit;
    int r = request_open(&req, &key, csr_pem, err);
    if (r < 0)
        return r;
    SCOPED(x509_st) c = X509_new();
    if (!c || X509_set_subject_name(c, X509_REQ_get_subject_name(req)) != 1)
        return tls_raise(err, -ENOMEM, "no memory for a certificate");
    if (tls_time_of(X509_get0_notAfter(issuer), &limit) < 0)
        return tls_raise(err, -EBADMSG, "the authority's certificate has no end");
    if (limit <= now)
        return err_raise(err, -EKEYEXPIRED, "the authority's certificate has expired");
    r = tls_cert_fill(c, key, issuer, now - TLS_SKEW, MIN(now + seconds, limit), err);
    if (r == 0)
        r = tls_cert_extend(c, issuer, usage | TLS_LEAF, err);
    if (r == 0)
        r = alternatives_copy(c, req, err);
    if (r == 0)
        r = tls_cert_seal(c, issuer_key, err);
    return r < 0 ? r : tls_pem_write_cert(c, cert_pem, err);
}

int tls_csr_sign(char **cert_pem, const struct tls_pair *ca, struct str csr_pem, int usage, int64_t now, int64_t seconds, struct err *err)
{
    SCOPED(x509_st) issuer = NULL;
    SCOPED(evp_pkey_st) issuer_key = NULL;
    int r = tls_pem_cert(&issuer, str_of(ca->cert_pem), err);
    if (r == 0)
        r = tls_pem_private(&issuer_key, str_of(ca->key_pem), err);
    if (r == 0)
        r = request_sign(cert_pem, issuer, issuer_key, csr_pem, usage, now, seconds, err);
    return r < 0 ? err_wrap(err, r, "cannot sign the request") : 0;
}

static int request_alternatives(X509_REQ *req, const struct tls_names *names, struct err *err)
{
    if (!names || !((names->dns && names->dns[0]) || (names->ips && names->ips[0])))
        return 0;
    GENERAL_NAMES *all = sk_GENERAL_NAME_new_null();
    STACK_OF(X509_EXTENSION) *exts = sk_X509_EXTENSION_new_null();
    int r = all && exts ? tls_alternatives_fill(all, names, err) : tls_raise(err, -ENOMEM, "no memory for a certificate request");
    if (r == 0 && (X509V3_add1_i2d(&exts, NID_subject_alt_name, all, 0, X509V3_ADD_DEFAULT) != 1 || X509_REQ_add_extensions(req, exts) != 1))
        r = tls_raise(err, -ENOMEM, "no memory for subject alternative names");
    sk_GENERAL_NAME_pop_free(all, GENERAL_NAME_free);
    sk_X509_EXTENSION_pop_free(exts, X509_EXTENSION_free);
    return r;
}

int tls_csr_make(char **csr_pem, struct str key_pem, const char *common_name, const char *const *organizations, const struct tls_names *names,
                 struct err *err)
{
    SCOPED(evp_pkey_st) key = NULL;
    int r = tls_pem_private(&key, key_pem, err);
    if (r < 0)
        return r;
    SCOPED(X509_req_st) req = X509_REQ_new();
    if (!req || X509_REQ_set_version(req, X509_REQ_VERSION_1) != 1 || X509_REQ_set_pubkey(req, key) != 1)
        return tls_raise(err, -ENOMEM, "no memory for a certificate request");
    X509_NAME *name = X509_REQ_get_subject_name(req);
    int ok = 1;
    for (size_t i = 0; ok == 1 && organizations && organizations[i]; i++)
        ok = X509_NAME_add_entry_by_txt(name, "O", MBSTRING_UTF8, (const unsigned char *)organizations[i], -1, -1, 0);
    if (ok != 1 || (common_name[0] && X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8, (const unsigned char *)common_name, -1, -1, 0) != 1))
        return tls_raise(err, -EINVAL, "\"%s\" cannot be a subject", common_name);
    r = request_alternatives(req, names, err);
    if (r < 0)
        return r;
    bool hashes_itself = EVP_PKEY_is_a(key, "ED25519");
    if (X509_REQ_sign(req, key, hashes_itself ? NULL : EVP_sha256()) <= 0)
        return tls_raise(err, -EIO, "cannot sign a certificate request");
    SCOPED(bio_st) b = BIO_new(BIO_s_mem());
    if (!b || PEM_write_bio_X509_REQ(b, req) != 1 || tls_pem_take(b, csr_pem) < 0)
        return tls_raise(err, -ENOMEM, "no memory for a certificate request");
    return 0;
}

int tls_csr_read(struct arena *a, struct str csr_pem, struct tls_subject *out, struct err *err)
{
    SCOPED(X509_req_st) req = NULL;
    SCOPED(evp_pkey_st) key = NULL;
    int r = request_open(&req, &key, csr_pem, err);
    if (r < 0)
        return r;
    struct tls_subject s = {0};
    r = tls_subject_name(a, X509_REQ_get_subject_name(req), &s, err);
    if (r < 0)
        return r;
    STACK_OF(X509_EXTENSION) *exts = X509_REQ_get_extensions(req);
    GENERAL_NAMES *names = exts ? X509V3_get_d2i(exts, NID_subject_alt_name, NULL, NULL) : NULL;
    if (names)
        r = tls_subject_alternatives(a, names, &s, err);
    sk_GENERAL_NAME_pop_free(names, GENERAL_NAME_free);
    sk_X509_EXTENSION_pop_free(exts, X509_EXTENSION_free);
    ERR_clear_error();
    if (r == 0)
        *out = s;
    return r;
}
