#include "tls/inside.h"

#include <arpa/inet.h>

/* Adds one extension and frees nothing: `ext` stays the caller's. */
static int extension_add(X509 *c, int nid, void *ext, bool critical)
{
    return ext && X509_add1_ext_i2d(c, nid, ext, critical, X509V3_ADD_DEFAULT) == 1 ? 0 : -ENOMEM;
}

static int basic_constraints_add(X509 *c, bool is_ca)
{
    BASIC_CONSTRAINTS *bc = BASIC_CONSTRAINTS_new();
    if (bc)
        bc->ca = is_ca ? 0xff : 0;
    int r = extension_add(c, NID_basic_constraints, bc, true);
    BASIC_CONSTRAINTS_free(bc);
    return r;
}

static int key_usage_add(X509 *c, bool is_ca, int usage)
{
    ASN1_BIT_STRING *bits = ASN1_BIT_STRING_new();
    int r = -ENOMEM;
    /* bit 0 digitalSignature, 2 keyEncipherment, 5 keyCertSign, 6 cRLSign (RFC 5280 §4.2.1.3) */
    bool second = is_ca || !(usage & TLS_USAGE_NO_ENCIPHERMENT);
    if (bits && ASN1_BIT_STRING_set_bit(bits, 0, 1) == 1 && (!second || ASN1_BIT_STRING_set_bit(bits, is_ca ? 5 : 2, 1) == 1) &&
        (!is_ca || ASN1_BIT_STRING_set_bit(bits, 6, 1) == 1))
        r = extension_add(c, NID_key_usage, bits, true);
    ASN1_BIT_STRING_free(bits);
    return r;
}

static int purposes_add(X509 *c, int usage)
{
    EXTENDED_KEY_USAGE *purposes = sk_ASN1_OBJECT_new_null();
    int r = purposes ? 0 : -ENOMEM;
    if (r == 0 && (usage & TLS_USAGE_SERVER) && sk_ASN1_OBJECT_push(purposes, OBJ_nid2obj(NID_server_auth)) <= 0)
        r = -ENOMEM;
    if (r == 0 && (usage & TLS_USAGE_CLIENT) && sk_ASN1_OBJECT_push(purposes, OBJ_nid2obj(NID_client_auth)) <= 0)
        r = -ENOMEM;
    if (r == 0)
        r = extension_add(c, NID_ext_key_usage, purposes, false);
    sk_ASN1_OBJECT_pop_free(purposes, ASN1_OBJECT_free);
    return r;
}

static int key_ids_add(X509 *c, X509 *issuer, bool is_ca)
{
    X509V3_CTX ctx;
    X509V3_set_ctx_nodb(&ctx);
    X509V3_set_ctx(&ctx, issuer, c, NULL, NULL, 0);
    const char *const texts[] = {"hash", "keyid"};
    const int nids[] = {NID_subject_key_identifier, NID_authority_key_identifier};
    for (size_t i = is_ca ? 0 : 1; i < (is_ca ? 1 : 2); i++) {
        X509_EXTENSION *ext = X509V3_EXT_conf_nid(NULL, &ctx, nids[i], texts[i]);
        int ok = ext && X509_add_ext(c, ext, -1) == 1;
        X509_EXTENSION_free(ext);
        if (!ok)
            return -ENOMEM;
    }
    return 0;
}

int tls_cert_extend(X509 *c, X509 *issuer, int usage, struct err *err)
{
    bool is_ca = usage == 0;
    int r = key_usage_add(c, is_ca, usage);
    if (r == 0 && (usage & (TLS_USAGE_SERVER | TLS_USAGE_CLIENT)))
        r = purposes_add(c, usage);
    if (r == 0)
        r = basic_constraints_add(c, is_ca);
    if (r == 0)
        r = key_ids_add(c, issuer, is_ca);
    return r < 0 ? tls_raise(err, r, "cannot extend a certificate") : 0;
}

int tls_cert_fill(X509 *c, EVP_PKEY *key, X509 *issuer, int64_t from, int64_t to, struct err *err)
{
    SCOPED(bignum_st) serial = BN_new();
    /* 127 random bits, never zero: positive and within RFC 5280's 20 octets. */
    if (!serial || BN_rand(serial, 127, BN_RAND_TOP_ONE, BN_RAND_BOTTOM_ANY) != 1 || !BN_to_ASN1_INTEGER(serial, X509_get_serialNumber(c)) ||
        X509_set_version(c, X509_VERSION_3) != 1 || !ASN1_TIME_set(X509_getm_notBefore(c), from) || !ASN1_TIME_set(X509_getm_notAfter(c), to) ||
        X509_set_pubkey(c, key) != 1 || X509_set_issuer_name(c, X509_get_subject_name(issuer)) != 1)
        return tls_raise(err, -ENOMEM, "cannot fill a certificate");
    return 0;
}

int tls_cert_seal(X509 *c, EVP_PKEY *issuer_key, struct err *err)
{
    return X509_sign(c, issuer_key, EVP_sha256()) > 0 ? 0 : tls_raise(err, -EIO, "cannot sign a certificate");
}

static int name_add(X509_NAME *name, const char *field, const char *text)
{
    return X509_NAME_add_entry_by_txt(name, field, MBSTRING_UTF8, (const unsigned char *)text, -1, -1, 0) == 1 ? 0 : -EINVAL;
}

static int subject_set(X509 *c, const char *common_name, const char *const *organizations, struct err *err)
{
    X509_NAME *name = X509_get_subject_name(c);
    for (size_t i = 0; organizations && organizations[i]; i++)
        if (name_add(name, "O", organizations[i]) < 0)
            return tls_raise(err, -EINVAL, "\"%s\" cannot be an organization", organizations[i]);
    if (name_add(name, "CN", common_name) < 0)
        return tls_raise(err, -EINVAL, "\"%s\" cannot be a common name", common_name);
    return 0;
}

static int alternative_add(GENERAL_NAMES *all, int type, const void *bytes, size_t n)
{
    GENERAL_NAME *g = GENERAL_NAME_new();
    ASN1_STRING *s = type == GEN_DNS ? ASN1_IA5STRING_new() : ASN1_OCTET_STRING_new();
    if (!g || !s || ASN1_STRING_set(s, bytes, (int)n) != 1) {
        GENERAL_NAME_free(g);
        ASN1_STRING_free(s);
        return -ENOMEM;
    }
    GENERAL_NAME_set0_value(g, type, s);
    if (sk_GENERAL_NAME_push(all, g) > 0)
        return 0;
    GENERAL_NAME_free(g);
    return -ENOMEM;
}

int tls_alternatives_fill(GENERAL_NAMES *all, const struct tls_names *names, struct err *err)
{
    int r = 0;
    for (size_t i = 0; r == 0 && names->dns && names->dns[i]; i++)
        r = alternative_add(all, GEN_DNS, names->dns[i], strlen(names->dns[i]));
    for (size_t i = 0; r == 0 && names->ips && names->ips[i]; i++) {
        unsigned char ip[16];
        bool v6 = strchr(names->ips[i], ':') != NULL;
        if (inet_pton(v6 ? AF_INET6 : AF_INET, names->ips[i], ip) != 1)
            return err_raise(err, -EINVAL, "\"%s\" is not an IP address", names->ips[i]);
        r = alternative_add(all, GEN_IPADD, ip, v6 ? 16 : 4);
    }
    return r < 0 ? tls_raise(err, r, "no memory for subject alternative names") : 0;
}

static int alternatives_add(X509 *c, const struct tls_names *names, struct err *err)
{
    if (!names || !((names->dns && names->dns[0]) || (names->ips && names->ips[0])))
        return 0;
    GENERAL_NAMES *all = sk_GENERAL_NAME_new_null();
    int r = all ? tls_alternatives_fill(all, names, err) : -ENOMEM;
    if (r == 0)
        r = extension_add(c, NID_subject_alt_name, all, false);
    sk_GENERAL_NAME_pop_free(all, GENERAL_NAME_free);
    return r;
}

static int pair_write(struct tls_pair *out, X509 *c, EVP_PKEY *key, struct err *err)
{
    struct tls_pair pair = {0};
    int r = tls_pem_write_cert(c, &pair.cert_pem, err);
    if (r < 0)
        return r;
    SCOPED(bio_st) b = BIO_new(BIO_s_secmem());
    if (!b || PEM_write_bio_PrivateKey(b, key, NULL, NULL, 0, NULL, NULL) != 1 || tls_pem_take(b, &pair.key_pem) < 0) {
        tls_pair_done(&pair);
        return tls_raise(err, -ENOMEM, "no memory for a private key");
    }
    *out = pair;
    return 0;
}

int tls_ca_make(struct tls_pair *out, const char *common_name, int64_t now, int days, struct err *err)
{
    SCOPED(evp_pkey_st) key = NULL;
    SCOPED(x509_st) c = X509_new();
    int r = c ? tls_key_new(&key, err) : tls_raise(err, -ENOMEM, "no memory for a certificate");
    if (r == 0)
        r = subject_set(c, common_name, NULL, err);
    if (r == 0)
        r = tls_cert_fill(c, key, c, now - TLS_SKEW, now + (int64_t)days * 86400, err);
    if (r == 0)
        r = tls_cert_extend(c, c, 0, err);
    if (r == 0)
        r = tls_cert_seal(c, key, err);
    if (r == 0)
        r = pair_write(out, c, key, err);
    return r < 0 ? err_wrap(err, r, "certificate authority \"%s\"", common_name) : 0;
}

static int cert_make(struct tls_pair *out, const struct tls_pair *ca, const char *common_name, const char *const *organizations,
                     const struct tls_names *names, int usage, int64_t now, int days, struct err *err)
{
    SCOPED(x509_st) issuer = NULL;
    SCOPED(evp_pkey_st) issuer_key = NULL;
    SCOPED(evp_pkey_st) key = NULL;
    int64_t limit = 0;
    int r = tls_pem_cert(&issuer, str_of(ca->cert_pem), err);
    if (r == 0)
        r = tls_pem_private(&issuer_key, str_of(ca->key_pem), err);
    if (r == 0 && tls_time_of(X509_get0_notAfter(issuer), &limit) < 0)
        r = tls_raise(err, -EBADMSG, "the authority's certificate has no end");
    if (r == 0)
        r = tls_key_new(&key, err);
    SCOPED(x509_st) c = X509_new();
    if (r == 0 && !c)
        r = tls_raise(err, -ENOMEM, "no memory for a certificate");
    if (r == 0)
        r = subject_set(c, common_name, organizations, err);
    if (r == 0)
        r = tls_cert_fill(c, key, issuer, now - TLS_SKEW, MIN(now + (int64_t)days * 86400, limit), err);
    if (r == 0)
        r = tls_cert_extend(c, issuer, usage, err);
    if (r == 0)
        r = alternatives_add(c, names, err);
    if (r == 0)
        r = tls_cert_seal(c, issuer_key, err);
    if (r == 0)
        r = pair_write(out, c, key, err);
    return r;
}

int tls_cert_make(struct tls_pair *out, const struct tls_pair *ca, const char *common_name, const char *const *organizations,
                  const struct tls_names *names, int usage, int64_t now, int days, struct err *err)
{
    int r = cert_make(out, ca, common_name, organizations, names, usage, now, days, err);
    return r < 0 ? err_wrap(err, r, "certificate \"%s\"", common_name) : 0;
}
