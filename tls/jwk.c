/* Other people's keys and signatures: JWK (RFC 7517) to PEM, and the algorithms
 * of RFC 7518 that sign with a key pair. The algorithm must fit the key's type
 * and curve: a token that names another one than its key has is refused before
 * anything is computed. */
#include "tls/inside.h"

#define RSA_BYTES_MAX 2048 /* 16,384 bits: larger ones only cost time */

/* ── algorithms ── */

struct jose_row {
    const char *name;
    const char *type;  /* of the key */
    const char *group; /* of an EC key, as OpenSSL calls it; "" else */
    int half;          /* bytes of r and of s */
    bool pss;
    const EVP_MD *(*digest)(void);
};
static const struct jose_row rows[] = {
    {"RS256", "RSA", "", 0, false, EVP_sha256},
    {"RS384", "RSA", "", 0, false, EVP_sha384},
    {"RS512", "RSA", "", 0, false, EVP_sha512},
    {"PS256", "RSA", "", 0, true, EVP_sha256},
    {"PS384", "RSA", "", 0, true, EVP_sha384},
    {"PS512", "RSA", "", 0, true, EVP_sha512},
    {"ES256", "EC", "prime256v1", 32, false, EVP_sha256},
    {"ES384", "EC", "secp384r1", 48, false, EVP_sha384},
    {"ES512", "EC", "secp521r1", 66, false, EVP_sha512},
};

static bool row_fits(const struct jose_row *row, EVP_PKEY *key)
{
    char group[64];
    size_t n = 0;
    if (!EVP_PKEY_is_a(key, row->type))
        return false;
    if (!row->group[0])
        return EVP_PKEY_get_bits(key) >= 2048;
    if (EVP_PKEY_get_group_name(key, group, sizeof(group), &n) != 1)
        return false;
    return !strcmp(group, row->group) || (row->half == 32 && !strcmp(group, "P-256")) || (row->half == 48 && !strcmp(group, "P-384")) ||
           (row->half == 66 && !strcmp(group, "P-521"));
}

static const struct jose_row *row_of(struct str algorithm, EVP_PKEY *key)
{
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        if (str_is(algorithm, rows[i].name))
            return row_fits(&rows[i], key) ? &rows[i] : NULL;
    return NULL;
}

/* *der is OPENSSL_free()d by the caller. */
static int der_of_raw(struct str raw, int half, unsigned char **der, int *n)
{
    if (raw.n != 2 * (size_t)half)
        return -EKEYREJECTED;
    SCOPED(ECDSA_SIG_st) sig = ECDSA_SIG_new();
    SCOPED(bignum_st) r = BN_bin2bn((const unsigned char *)raw.p, half, NULL);
    SCOPED(bignum_st) s = BN_bin2bn((const unsigned char *)raw.p + half, half, NULL);
    if (!sig || !r || !s || ECDSA_SIG_set0(sig, r, s) != 1)
        return -ENOMEM;
    r = s = NULL; /* sig owns them now */
    *der = NULL;
    *n = i2d_ECDSA_SIG(sig, der);
    return *n > 0 ? 0 : -ENOMEM;
}

static int verify_with(const struct jose_row *row, EVP_PKEY *key, struct str data, struct str signature)
{
    SCOPED(evp_md_ctx_st) md = EVP_MD_CTX_new();
    EVP_PKEY_CTX *c = NULL;
    if (!md || EVP_DigestVerifyInit(md, &c, row->digest(), NULL, key) != 1)
        return -ENOMEM;
    if (row->pss && (EVP_PKEY_CTX_set_rsa_padding(c, RSA_PKCS1_PSS_PADDING) != 1 || EVP_PKEY_CTX_set_rsa_pss_saltlen(c, RSA_PSS_SALTLEN_DIGEST) != 1))
        return -ENOMEM;
    int ok = EVP_DigestVerify(md, (const unsigned char *)(signature.n ? signature.p : ""), signature.n, (const unsigned char *)(data.n ? data.p : ""),
                              data.n);
    return ok == 1 ? 0 : -EKEYREJECTED;
}

int tls_verify(struct str public_or_cert_pem, struct str algorithm, struct str data, struct str signature, struct err *err)
{
    SCOPED(evp_pkey_st) key = NULL;
    int r = tls_pem_public(&key, public_or_cert_pem, err);
    if (r < 0)
        return r;
    const struct jose_row *row = row_of(algorithm, key);
    if (!row)
        return err_raise(err, -EKEYREJECTED, "algorithm \"%.*s\" does not fit the key", STR_FMT(algorithm));
    unsigned char *der = NULL;
    int n = 0;
    if (row->half) {
        r = der_of_raw(signature, row->half, &der, &n);
        if (r < 0)
            return tls_raise(err, r, "not an %s signature", row->name);
        signature = str_make(der, (size_t)n);
    }
    r = verify_with(row, key, data, signature);
    OPENSSL_free(der);
    return r < 0 ? tls_raise(err, r, "signature does not fit") : 0;
}

/* ── keys ── */

static int key_of(OSSL_PARAM_BLD *parts, const char *type, char **pem, struct err *err)
{
    SCOPED(evp_pkey_st) key = NULL;
    SCOPED(ossl_param_st) all = OSSL_PARAM_BLD_to_param(parts);
    SCOPED(evp_pkey_ctx_st) c = EVP_PKEY_CTX_new_from_name(NULL, type, NULL);
    if (!all || !c || EVP_PKEY_fromdata_init(c) != 1)
        return tls_raise(err, -ENOMEM, "no memory for a key");
    if (EVP_PKEY_fromdata(c, &key, EVP_PKEY_PUBLIC_KEY, all) != 1)
        return tls_raise(err, -EBADMSG, "it is no %s key", type);
    return tls_pem_write_public(key, pem, err);
}

int tls_jwk_rsa(struct str n, struct str e, char **public_pem, struct err *err)
{
    if (n.n > RSA_BYTES_MAX || e.n == 0 || e.n > 8)
        return err_raise(err, -EBADMSG, "the numbers of an RSA key are too large");
    SCOPED(bignum_st) modulus = BN_bin2bn((const unsigned char *)n.p, (int)n.n, NULL);
    SCOPED(bignum_st) exponent = BN_bin2bn((const unsigned char *)e.p, (int)e.n, NULL);
    SCOPED(ossl_param_bld_st) parts = OSSL_PARAM_BLD_new();
    if (!modulus || !exponent || !parts)
        return tls_raise(err, -ENOMEM, "no memory for a key");
    if (BN_num_bits(modulus) < 2048)
        return err_raise(err, -EBADMSG, "an RSA key has %d bits; it must have 2048", BN_num_bits(modulus));
    if (OSSL_PARAM_BLD_push_BN(parts, OSSL_PKEY_PARAM_RSA_N, modulus) != 1 || OSSL_PARAM_BLD_push_BN(parts, OSSL_PKEY_PARAM_RSA_E, exponent) != 1)
        return tls_raise(err, -ENOMEM, "no memory for a key");
    return key_of(parts, "RSA", public_pem, err);
}

int tls_jwk_ec(struct str crv, struct str x, struct str y, char **public_pem, struct err *err)
{
    static const struct {
        const char *name, *group;
        size_t half;
    } curves[] = {{"P-256", "prime256v1", 32}, {"P-384", "secp384r1", 48}, {"P-521", "secp521r1", 66}};
    unsigned char point[1 + 2 * 66] = {POINT_CONVERSION_UNCOMPRESSED};
    size_t i = 0;
    while (i < ARRAY_LEN(curves) && !str_is(crv, curves[i].name))
        i++;
    if (i == ARRAY_LEN(curves))
        return err_raise(err, -ENOTSUP, "curve \"%.*s\" is not known", STR_FMT(crv));
    size_t half = curves[i].half;
    if (x.n > half || y.n > half || !x.n || !y.n)
        return err_raise(err, -EBADMSG, "the numbers of a key on %s have another length", curves[i].name);
    memcpy(point + 1 + half - x.n, x.p, x.n);
    memcpy(point + 1 + 2 * half - y.n, y.p, y.n);
    SCOPED(ossl_param_bld_st) parts = OSSL_PARAM_BLD_new();
    if (!parts || OSSL_PARAM_BLD_push_utf8_string(parts, OSSL_PKEY_PARAM_GROUP_NAME, curves[i].group, 0) != 1 ||
        OSSL_PARAM_BLD_push_octet_string(parts, OSSL_PKEY_PARAM_PUB_KEY, point, 1 + 2 * half) != 1)
        return tls_raise(err, -ENOMEM, "no memory for a key");
    return key_of(parts, "EC", public_pem, err);
}
