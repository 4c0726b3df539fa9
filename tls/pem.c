#include "tls/inside.h"

int tls_raise(struct err *err, int r, const char *fmt, ...)
{
    char what[512];
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(what, sizeof(what), fmt, ap);
    va_end(ap);
    unsigned long code = ERR_peek_error();
    const char *reason = code ? ERR_reason_error_string(code) : NULL;
    ERR_clear_error();
    return reason ? err_raise(err, r, "%s: %s", what, reason) : err_raise(err, r, "%s", what);
}

void tls_pair_done(struct tls_pair *p)
{
    if (p->key_pem)
        OPENSSL_cleanse(p->key_pem, strlen(p->key_pem));
    p->key_pem = mem_free(p->key_pem);
    p->cert_pem = mem_free(p->cert_pem);
}

int tls_pem_bio(BIO **out, struct str pem, struct err *err)
{
    if (pem.n > TLS_PEM_MAX)
        return err_raise(err, -E2BIG, "PEM text of %zu bytes is too large", pem.n);
    *out = BIO_new_mem_buf(pem.n ? pem.p : "", (int)pem.n);
    return *out ? 0 : tls_raise(err, -ENOMEM, "no memory to read PEM");
}

int tls_pem_take(BIO *b, char **text)
{
    char *p = NULL;
    long n = BIO_get_mem_data(b, &p);
    *text = mem_text(p, n < 0 ? 0 : (size_t)n);
    return *text ? 0 : -ENOMEM;
}

/* ── P-256 keys in the form in which OpenSSL (and we) write them ──
 * OpenSSL 3 reads any key by asking all of its decoders for every kind of key in turn: five million instructions, for a
 * structure whose bytes can only be these. Whatever is not exactly so goes the long way. */

#define P256_OID     0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07
#define P256_SECRET  32
#define P256_POINT   65 /* uncompressed: 4, x, y */
#define P256_PRIVATE (sizeof(private_head) + P256_SECRET + sizeof(private_mid) + P256_POINT)

static const unsigned char private_head[] = {0x30, 0x81, 0x87, 0x02, 0x01, 0x00, P256_OID, 0x04,
                                             0x6d, 0x30, 0x6b, 0x02, 0x01, 0x01, 0x04,     P256_SECRET};
static const unsigned char private_mid[] = {0xa1, 0x44, 0x03, 0x42, 0x00}; /* RFC 5915: the public key behind the secret */
static const unsigned char public_head[] = {0x30, 0x59, P256_OID, 0x03, 0x42, 0x00};

/* The `n` bytes between the marks when the text is exactly one such block, in lines of 64. */
static bool block_read(struct str pem, struct str begin, struct str end, unsigned char *out, size_t n)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    size_t chars = (n + 2) / 3 * 4, text = chars + (chars - 1) / 64, done = 0, bits = 0;
    unsigned held = 0;
    while (pem.n && pem.p[pem.n - 1] == '\n')
        pem.n--;
    if (pem.n != begin.n + text + end.n || !str_starts(pem, begin) || !str_ends(pem, end))
        return false;
    pem = str_head(str_from(pem, begin.n), text);
    for (size_t i = 0; i < text && done < n; i++) {
        const char *at = i % 65 == 64 || !pem.p[i] ? NULL : strchr(digits, pem.p[i]);
        if (i % 65 == 64 && pem.p[i] == '\n')
            continue;
        if (!at)
            return false;
        held = held << 6 | (unsigned)(at - digits);
        bits += 6;
        if (bits >= 8) {
            bits -= 8;
            out[done++] = (unsigned char)(held >> bits);
        }
    }
    struct str padding = str_from(pem, text - (3 - n % 3) % 3);
    return done == n && (padding.n == 0 || str_is(padding, padding.n == 1 ? "=" : "=="));
}

/* secret NULL: a public key. NULL: not a key of that curve, or no memory; the long way tells which. */
static EVP_PKEY *p256_make(const unsigned char *secret, const unsigned char *point)
{
    static const char group[] = "prime256v1";
    unsigned char number[P256_SECRET] = {0}; /* in the machine's order */
    EVP_PKEY *key = NULL;
    OSSL_PARAM parts[] = {
        OSSL_PARAM_construct_utf8_string(OSSL_PKEY_PARAM_GROUP_NAME, (char *)(uintptr_t)group, 0),
        OSSL_PARAM_construct_octet_string(OSSL_PKEY_PARAM_PUB_KEY, (void *)(uintptr_t)point, P256_POINT),
        OSSL_PARAM_END,
        OSSL_PARAM_END,
    };
    for (size_t i = 0; secret && i < sizeof(number); i++)
        number[__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__ ? sizeof(number) - 1 - i : i] = secret[i];
    if (secret)
        parts[2] = OSSL_PARAM_construct_BN(OSSL_PKEY_PARAM_PRIV_KEY, number, sizeof(number));
    EVP_PKEY_CTX *ctx = EVP_PKEY_CTX_new_from_name(NULL, "EC", NULL);
    if (ctx && EVP_PKEY_fromdata_init(ctx) == 1)
        (void)!EVP_PKEY_fromdata(ctx, &key, secret ? EVP_PKEY_KEYPAIR : EVP_PKEY_PUBLIC_KEY, parts);
    EVP_PKEY_CTX_free(ctx);
    OPENSSL_cleanse(number, sizeof(number));
    ERR_clear_error();
    return key;
}

static EVP_PKEY *p256_private(struct str pem)
{
    unsigned char der[P256_PRIVATE];
    const unsigned char *secret = der + sizeof(private_head), *mid = secret + P256_SECRET, *point = mid + sizeof(private_mid);
    EVP_PKEY *key = NULL;
    bool whole = block_read(pem, STR("-----BEGIN PRIVATE KEY-----\n"), STR("\n-----END PRIVATE KEY-----"), der, sizeof(der));
    if (whole && memcmp(der, private_head, sizeof(private_head)) == 0 && memcmp(mid, private_mid, sizeof(private_mid)) == 0)
        key = p256_make(secret, point);
    OPENSSL_cleanse(der, sizeof(der));
    return key;
}

static EVP_PKEY *p256_public(struct str pem)
{
    unsigned char der[sizeof(public_head) + P256_POINT];
    bool whole = block_read(pem, STR("-----BEGIN PUBLIC KEY-----\n"), STR("\n-----END PUBLIC KEY-----"), der, sizeof(der));
    return whole && memcmp(der, public_head, sizeof(public_head)) == 0 ? p256_make(NULL, der + sizeof(public_head)) : NULL;
}

/* ── any ── */

/* A key under a pass phrase must fail, not ask on the terminal. */
static int no_pass_phrase(char *buf, int size, int writing, void *ctx)
{
    (void)buf, (void)size, (void)writing, (void)ctx;
    return -1;
}

int tls_pem_cert(X509 **out, struct str pem, struct err *err)
{
    SCOPED(bio_st) b = NULL;
    int r = tls_pem_bio(&b, pem, err);
    if (r < 0)
        return r;
    *out = PEM_read_bio_X509(b, NULL, no_pass_phrase, NULL);
    return *out ? 0 : tls_raise(err, -EBADMSG, "not a PEM certificate");
}

int tls_pem_private(EVP_PKEY **out, struct str pem, struct err *err)
{
    SCOPED(bio_st) b = NULL;
    *out = p256_private(pem);
    if (*out)
        return 0;
    int r = tls_pem_bio(&b, pem, err);
    if (r < 0)
        return r;
    *out = PEM_read_bio_PrivateKey(b, NULL, no_pass_phrase, NULL);
    return *out ? 0 : tls_raise(err, -EBADMSG, "not a PEM private key");
}

int tls_pem_public(EVP_PKEY **out, struct str pem, struct err *err)
{
    SCOPED(bio_st) b = NULL;
    *out = p256_public(pem);
    if (!*out)
        *out = p256_private(pem);
    if (*out)
        return 0;
    int r = tls_pem_bio(&b, pem, err);
    if (r < 0)
        return r;
    if (str_find(pem, STR("-----BEGIN CERTIFICATE-----")) >= 0) {
        SCOPED(x509_st) c = PEM_read_bio_X509(b, NULL, no_pass_phrase, NULL);
        *out = c ? X509_get_pubkey(c) : NULL;
    } else if (str_find(pem, STR("-----BEGIN PUBLIC KEY-----")) >= 0) {
        *out = PEM_read_bio_PUBKEY(b, NULL, no_pass_phrase, NULL);
    } else {
        *out = PEM_read_bio_PrivateKey(b, NULL, no_pass_phrase, NULL);
    }
    return *out ? 0 : tls_raise(err, -EBADMSG, "no public key in PEM text");
}

int tls_pem_request(X509_REQ **out, struct str pem, struct err *err)
{
    SCOPED(bio_st) b = NULL;
    int r = tls_pem_bio(&b, pem, err);
    if (r < 0)
        return r;
    *out = PEM_read_bio_X509_REQ(b, NULL, no_pass_phrase, NULL);
    return *out ? 0 : tls_raise(err, -EBADMSG, "not a PEM certificate request");
}

int tls_pem_write_cert(X509 *c, char **pem, struct err *err)
{
    SCOPED(bio_st) b = BIO_new(BIO_s_mem());
    if (!b || PEM_write_bio_X509(b, c) != 1 || tls_pem_take(b, pem) < 0)
        return tls_raise(err, -ENOMEM, "no memory for a certificate");
    return 0;
}

int tls_key_new(EVP_PKEY **out, struct err *err)
{
    *out = EVP_EC_gen("P-256");
    return *out ? 0 : tls_raise(err, -EIO, "cannot make a P-256 key");
}

static int key_write(EVP_PKEY *key, char **key_pem, struct err *err)
{
    SCOPED(bio_st) b = BIO_new(BIO_s_secmem());
    if (!b || PEM_write_bio_PrivateKey(b, key, NULL, NULL, 0, NULL, NULL) != 1 || tls_pem_take(b, key_pem) < 0)
        return tls_raise(err, -ENOMEM, "no memory for a private key");
    return 0;
}

int tls_key_make(char **key_pem, struct err *err)
{
    SCOPED(evp_pkey_st) key = NULL;
    int r = tls_key_new(&key, err);
    return r < 0 ? r : key_write(key, key_pem, err);
}

int tls_key_make_of(struct str kind, char **key_pem, struct err *err)
{
    static const struct {
        const char *kind, *algorithm, *curve;
        size_t bits;
    } kinds[] = {{"RSA3072", "RSA", NULL, 3072},  {"RSA4096", "RSA", NULL, 4096},  {"ECDSAP256", "EC", "P-256", 0},
                 {"ECDSAP384", "EC", "P-384", 0}, {"ECDSAP521", "EC", "P-521", 0}, {"ED25519", "ED25519", NULL, 0}};
    for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
        if (!str_is(kind, kinds[i].kind))
            continue;
        SCOPED(evp_pkey_st)
        key = kinds[i].bits    ? EVP_PKEY_Q_keygen(NULL, NULL, kinds[i].algorithm, kinds[i].bits)
              : kinds[i].curve ? EVP_PKEY_Q_keygen(NULL, NULL, kinds[i].algorithm, kinds[i].curve)
                               : EVP_PKEY_Q_keygen(NULL, NULL, kinds[i].algorithm);
        return key ? key_write(key, key_pem, err) : tls_raise(err, -ENOMEM, "no key of kind %s can be made", kinds[i].kind);
    }
    return err_raise(err, -ENOTSUP, "\"%.*s\" is no kind of key", STR_FMT(kind));
}

int tls_pem_write_public(EVP_PKEY *key, char **pem, struct err *err)
{
    SCOPED(bio_st) b = BIO_new(BIO_s_mem());
    if (!b || PEM_write_bio_PUBKEY(b, key) != 1 || tls_pem_take(b, pem) < 0)
        return tls_raise(err, -ENOMEM, "no memory for a public key");
    return 0;
}

int tls_public_key(struct str key_pem, char **public_pem, struct err *err)
{
    SCOPED(evp_pkey_st) key = NULL;
    int r = tls_pem_public(&key, key_pem, err);
    if (r < 0)
        return r;
    return tls_pem_write_public(key, public_pem, err);
}
