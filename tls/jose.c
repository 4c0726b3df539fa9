/* Our own signatures as JOSE writes them (RFC 7518): RS256 and ES256, the latter
 * r‖s and not DER. Others' are verified in jwk.c. */
#include "tls/inside.h"

#define ES256_HALF    32
#define SIGNATURE_MAX 1024 /* RSA 8192 */

enum jose { JOSE_NONE, JOSE_RS256, JOSE_ES256 };

static enum jose jose_of(EVP_PKEY *key)
{
    if (EVP_PKEY_is_a(key, "RSA"))
        return EVP_PKEY_get_bits(key) >= 2048 ? JOSE_RS256 : JOSE_NONE;
    char group[64];
    size_t n = 0;
    if (!EVP_PKEY_is_a(key, "EC") || EVP_PKEY_get_group_name(key, group, sizeof(group), &n) != 1)
        return JOSE_NONE;
    struct str name = str_of(group);
    return str_is(name, "prime256v1") || str_is(name, "P-256") ? JOSE_ES256 : JOSE_NONE;
}

static int es256_to_raw(const unsigned char *der, size_t n, struct buf *signature)
{
    SCOPED(ECDSA_SIG_st) sig = d2i_ECDSA_SIG(NULL, &der, (long)n);
    unsigned char raw[2 * ES256_HALF];
    if (!sig || BN_bn2binpad(ECDSA_SIG_get0_r(sig), raw, ES256_HALF) != ES256_HALF ||
        BN_bn2binpad(ECDSA_SIG_get0_s(sig), raw + ES256_HALF, ES256_HALF) != ES256_HALF)
        return -EIO;
    buf_add(signature, raw, sizeof(raw));
    return buf_error(signature);
}

int tls_sign(struct str key_pem, struct str data, struct buf *signature, struct err *err)
{
    SCOPED(evp_pkey_st) key = NULL;
    int r = tls_pem_private(&key, key_pem, err);
    if (r < 0)
        return r;
    enum jose kind = jose_of(key);
    if (kind == JOSE_NONE)
        return err_raise(err, -ENOTSUP, "a signing key must be RSA of 2048 bits or more, or ECDSA P-256");
    SCOPED(evp_md_ctx_st) md = EVP_MD_CTX_new();
    unsigned char sig[SIGNATURE_MAX];
    size_t n = sizeof(sig);
    if (!md || EVP_DigestSignInit(md, NULL, EVP_sha256(), NULL, key) != 1 ||
        EVP_DigestSign(md, sig, &n, (const unsigned char *)(data.n ? data.p : ""), data.n) != 1)
        return tls_raise(err, -EIO, "cannot sign");
    if (kind == JOSE_ES256) {
        r = es256_to_raw(sig, n, signature);
    } else {
        buf_add(signature, sig, n);
        r = buf_error(signature);
    }
    return r < 0 ? tls_raise(err, r, "no room for a signature") : 0;
}

static int jwk_number(EVP_PKEY *key, const char *param, int width, const char *name, struct buf *json)
{
    SCOPED(bignum_st) n = NULL;
    unsigned char bytes[SIGNATURE_MAX];
    if (EVP_PKEY_get_bn_param(key, param, &n) != 1 || BN_num_bytes(n) > (int)sizeof(bytes))
        return -EIO;
    int len = width ? BN_bn2binpad(n, bytes, width) : BN_bn2bin(n, bytes);
    if (len <= 0)
        return -EIO;
    buf_fmt(json, ",\"%s\":\"", name);
    buf_base64url(json, str_make(bytes, (size_t)len));
    buf_char(json, '"');
    return 0;
}

int tls_jwk(struct str key_pem, const char *kid, struct buf *json, struct err *err)
{
    SCOPED(evp_pkey_st) key = NULL;
    int r = tls_pem_public(&key, key_pem, err);
    if (r < 0)
        return r;
    switch (jose_of(key)) {
    case JOSE_ES256:
        buf_fmt(json, "{\"use\":\"sig\",\"kty\":\"EC\",\"kid\":\"%s\",\"crv\":\"P-256\",\"alg\":\"ES256\"", kid);
        r = jwk_number(key, OSSL_PKEY_PARAM_EC_PUB_X, ES256_HALF, "x", json);
        if (r == 0)
            r = jwk_number(key, OSSL_PKEY_PARAM_EC_PUB_Y, ES256_HALF, "y", json);
        break;
    case JOSE_RS256:
        buf_fmt(json, "{\"use\":\"sig\",\"kty\":\"RSA\",\"kid\":\"%s\",\"alg\":\"RS256\"", kid);
        r = jwk_number(key, OSSL_PKEY_PARAM_RSA_N, 0, "n", json);
        if (r == 0)
            r = jwk_number(key, OSSL_PKEY_PARAM_RSA_E, 0, "e", json);
        break;
    default:
        r = -ENOTSUP;
    }
    buf_char(json, '}');
    if (r == 0)
        r = buf_error(json);
    return r < 0 ? tls_raise(err, r, "no JWK for this key") : 0;
}

static int hmac_sha256(struct str key, struct str in, unsigned char out[32])
{
    unsigned n = 0;
    if (!HMAC(EVP_sha256(), key.n ? key.p : "", (int)key.n, (const unsigned char *)(in.n ? in.p : ""), in.n, out, &n) || n != 32) {
        ERR_clear_error();
        return -ENOMEM;
    }
    return 0;
}

int tls_jws_detached(struct str kid, struct str secret, struct str payload, struct buf *out)
{
    SCOPED_BUF input = BUF_INIT(TLS_PEM_MAX * 4);
    SCOPED_BUF header = BUF_INIT(1024);
    unsigned char mac[32];
    buf_fmt(&header, "{\"alg\":\"HS256\",\"kid\":\"%.*s\"}", STR_FMT(kid));
    buf_base64url(&input, buf_view(&header));
    size_t head = input.n;
    buf_char(&input, '.');
    buf_base64url(&input, payload);
    int r = buf_error(&input) ? buf_error(&input) : buf_error(&header);
    if (r == 0)
        r = hmac_sha256(secret, buf_view(&input), mac);
    if (r < 0)
        return r;
    buf_str(out, str_head(buf_view(&input), head));
    buf_text(out, "..");
    buf_base64url(out, str_make(mac, sizeof(mac)));
    return buf_error(out);
}

int tls_public_sha256(struct str key_or_cert_pem, unsigned char out[32], struct err *err)
{
    SCOPED(evp_pkey_st) key = NULL;
    int r = tls_pem_public(&key, key_or_cert_pem, err);
    if (r < 0)
        return r;
    unsigned char *der = NULL;
    int n = i2d_PUBKEY(key, &der);
    r = n > 0 ? tls_sha256(str_make(der, (size_t)n), out) : -ENOMEM;
    OPENSSL_free(der);
    return r < 0 ? tls_raise(err, r, "no digest of this key") : 0;
}

int tls_key_id(struct str key_pem, struct buf *out, struct err *err)
{
    unsigned char sum[32];
    int r = tls_public_sha256(key_pem, sum, err);
    if (r < 0)
        return r;
    buf_base64url(out, str_make(sum, sizeof(sum)));
    r = buf_error(out);
    return r < 0 ? tls_raise(err, r, "no id for this key") : 0;
}
