#include "tls/inside.h"

#include <arpa/inet.h>

#define SUBJECT_TEXTS_MAX 256 /* organizations or alternative names of one certificate */

int tls_time_of(const ASN1_TIME *t, int64_t *out)
{
    struct tm tm;
    if (!t || ASN1_TIME_to_tm(t, &tm) != 1) {
        ERR_clear_error();
        return -EBADMSG;
    }
    *out = timegm(&tm);
    return 0;
}

static int text_of(struct arena *a, const ASN1_STRING *s, struct str *out, struct err *err)
{
    unsigned char *utf8 = NULL;
    int n = ASN1_STRING_to_UTF8(&utf8, s);
    if (n < 0)
        return tls_raise(err, -EBADMSG, "the subject holds text of no known encoding");
    char *copy = arena_text(a, (const char *)utf8, (size_t)n);
    OPENSSL_free(utf8);
    if (!copy)
        return err_raise(err, -ENOMEM, "no memory for a subject");
    *out = str_make(copy, (size_t)n);
    return 0;
}

int tls_subject_name(struct arena *a, const X509_NAME *name, struct tls_subject *out, struct err *err)
{
    int n = X509_NAME_entry_count(name);
    if (n > SUBJECT_TEXTS_MAX)
        return err_raise(err, -E2BIG, "the subject has %d parts", n);
    out->organizations = arena_alloc(a, (size_t)MAX(n, 1) * sizeof(struct str));
    if (!out->organizations)
        return err_raise(err, -ENOMEM, "no memory for a subject");
    for (int i = 0; i < n; i++) {
        X509_NAME_ENTRY *e = X509_NAME_get_entry(name, i);
        int nid = OBJ_obj2nid(X509_NAME_ENTRY_get_object(e));
        struct str text;
        if (nid != NID_commonName && nid != NID_organizationName) {
            out->n_others++;
            continue;
        }
        int r = text_of(a, X509_NAME_ENTRY_get_data(e), &text, err);
        if (r < 0)
            return r;
        if (nid == NID_commonName)
            out->common_name = text; /* the last one counts, as in Go */
        else
            out->organizations[out->n_organizations++] = text;
    }
    return 0;
}

static int alternative_read(struct arena *a, const GENERAL_NAME *g, struct tls_subject *out, struct err *err)
{
    int type;
    const ASN1_STRING *s = GENERAL_NAME_get0_value(g, &type);
    if (type == GEN_DNS) {
        struct str text = str_make(ASN1_STRING_get0_data(s), (size_t)ASN1_STRING_length(s));
        return arena_str(a, text, &out->dns[out->n_dns++]) < 0 ? err_raise(err, -ENOMEM, "no memory for a subject") : 0;
    }
    int n = type == GEN_IPADD ? ASN1_STRING_length(s) : 0;
    if (n != 4 && n != 16) {
        out->n_others++;
        return 0;
    }
    char text[INET6_ADDRSTRLEN];
    if (!inet_ntop(n == 4 ? AF_INET : AF_INET6, ASN1_STRING_get0_data(s), text, sizeof(text)) ||
        arena_str(a, str_of(text), &out->ips[out->n_ips++]) < 0)
        return err_raise(err, -ENOMEM, "no memory for a subject");
    return 0;
}

int tls_subject_alternatives(struct arena *a, const GENERAL_NAMES *names, struct tls_subject *out, struct err *err)
{
    int n = sk_GENERAL_NAME_num(names);
    if (n > SUBJECT_TEXTS_MAX)
        return err_raise(err, -E2BIG, "%d subject alternative names", n);
    out->dns = arena_alloc(a, (size_t)MAX(n, 1) * sizeof(struct str));
    out->ips = arena_alloc(a, (size_t)MAX(n, 1) * sizeof(struct str));
    if (!out->dns || !out->ips)
        return err_raise(err, -ENOMEM, "no memory for a subject");
    for (int i = 0; i < n; i++) {
        int r = alternative_read(a, sk_GENERAL_NAME_value(names, i), out, err);
        if (r < 0)
            return r;
    }
    return 0;
}

static int cert_subject(struct arena *a, X509 *c, struct tls_subject *out, struct err *err)
{
    struct tls_subject s = {0};
    s.ca = X509_get_extension_flags(c) & EXFLAG_CA;
    if (tls_time_of(X509_get0_notBefore(c), &s.not_before) < 0 || tls_time_of(X509_get0_notAfter(c), &s.not_after) < 0)
        return err_raise(err, -EBADMSG, "the certificate's validity cannot be read");
    int r = tls_subject_name(a, X509_get_subject_name(c), &s, err);
    if (r < 0)
        return r;
    GENERAL_NAMES *names = X509_get_ext_d2i(c, NID_subject_alt_name, NULL, NULL);
    if (names)
        r = tls_subject_alternatives(a, names, &s, err);
    sk_GENERAL_NAME_pop_free(names, GENERAL_NAME_free);
    ERR_clear_error();
    if (r == 0)
        *out = s;
    return r;
}

int tls_cert_read(struct arena *a, struct str cert_pem, struct tls_subject *out, struct err *err)
{
    SCOPED(x509_st) c = NULL;
    int r = tls_pem_cert(&c, cert_pem, err);
    return r < 0 ? r : cert_subject(a, c, out, err);
}

int tls_cert_read_der(struct arena *a, struct str der, struct tls_subject *out, struct err *err)
{
    if (der.n > TLS_PEM_MAX)
        return err_raise(err, -E2BIG, "a certificate of %zu bytes is too large", der.n);
    const unsigned char *p = (const unsigned char *)der.p;
    SCOPED(x509_st) c = der.n ? d2i_X509(NULL, &p, (long)der.n) : NULL;
    return c ? cert_subject(a, c, out, err) : tls_raise(err, -EBADMSG, "not a certificate");
}

/* X509_V_OK, or why not. */
static int chain_judge(X509 *c, const char *ca_pem, int usage, int64_t now)
{
    SCOPED(x509_st) ca = NULL;
    int r = tls_pem_cert(&ca, str_of(ca_pem), NULL);
    if (r < 0)
        return r == -ENOMEM ? X509_V_ERR_OUT_OF_MEM : X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY;
    X509_STORE *store = X509_STORE_new();
    X509_STORE_CTX *ctx = X509_STORE_CTX_new();
    int why = X509_V_ERR_OUT_OF_MEM;
    if (store && ctx && X509_STORE_add_cert(store, ca) == 1 && X509_STORE_CTX_init(ctx, store, c, NULL) == 1) {
        X509_STORE_CTX_set_time(ctx, 0, now);
        X509_STORE_CTX_set_purpose(ctx, usage == TLS_USAGE_SERVER ? X509_PURPOSE_SSL_SERVER : X509_PURPOSE_SSL_CLIENT);
        why = X509_verify_cert(ctx) == 1 ? X509_V_OK : X509_STORE_CTX_get_error(ctx);
    }
    X509_STORE_CTX_free(ctx);
    X509_STORE_free(store);
    ERR_clear_error();
    return why;
}

static int chain_raise(int why, struct err *err)
{
    if (why == X509_V_OK)
        return 0;
    return err_raise(err, why == X509_V_ERR_OUT_OF_MEM ? -ENOMEM : -EKEYREJECTED, "certificate refused: %s", X509_verify_cert_error_string(why));
}

int tls_cert_check(struct str cert_pem, const char *ca_pem, int usage, int64_t now, struct err *err)
{
    SCOPED(x509_st) c = NULL;
    int r = tls_pem_cert(&c, cert_pem, err);
    return r < 0 ? r : chain_raise(chain_judge(c, ca_pem, usage, now), err);
}

int tls_pair_read(struct arena *a, const struct tls_pair *pair, const char *ca_pem, int usage, int64_t now, struct tls_subject *out, struct err *err)
{
    SCOPED(x509_st) c = NULL;
    SCOPED(evp_pkey_st) key = NULL;
    int r = tls_pem_cert(&c, str_of(pair->cert_pem), err);
    if (r == 0)
        r = tls_pem_private(&key, str_of(pair->key_pem), err);
    if (r < 0)
        return r;
    if (X509_check_private_key(c, key) != 1)
        return tls_raise(err, -EKEYREJECTED, "the key is not the certificate's");
    r = ca_pem ? chain_raise(chain_judge(c, ca_pem, usage, now), err) : 0;
    return r < 0 ? r : cert_subject(a, c, out, err);
}
