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
    int r = tls_pem_bio(&b, pem, err);
    if (r < 0)
        return r;
    *out = PEM_read_bio_PrivateKey(b, NULL, no_pass_phrase, NULL);
    return *out ? 0 : tls_raise(err, -EBADMSG, "not a PEM private key");
}

int tls_pem_public(EVP_PKEY **out, struct str pem, struct err *err)
{
    SCOPED(bio_st) b = NULL;
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
    } kinds[] = {{"RSA3072", "RSA", NULL, 3072},       {"RSA4096", "RSA", NULL, 4096},      {"ECDSAP256", "EC", "P-256", 0},
                 {"ECDSAP384", "EC", "P-384", 0}, {"ECDSAP521", "EC", "P-521", 0}, {"ED25519", "ED25519", NULL, 0}};
    for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
        if (!str_is(kind, kinds[i].kind))
            continue;
        SCOPED(evp_pkey_st) key = kinds[i].bits    ? EVP_PKEY_Q_keygen(NULL, NULL, kinds[i].algorithm, kinds[i].bits)
                                  : kinds[i].curve ? EVP_PKEY_Q_keygen(NULL, NULL, kinds[i].algorithm, kinds[i].curve)
                                                   : EVP_PKEY_Q_keygen(NULL, NULL, kinds[i].algorithm);
        return key ? key_write(key, key_pem, err) : tls_raise(err, -ENOMEM, "no key of kind %s can be made", kinds[i].kind);
    }
    return err_raise(err, -ENOTSUP, "\"%.*s\" is no kind of key", STR_FMT(kind));
}

int tls_public_key(struct str key_pem, char **public_pem, struct err *err)
{
    SCOPED(evp_pkey_st) key = NULL;
    int r = tls_pem_public(&key, key_pem, err);
    if (r < 0)
        return r;
    SCOPED(bio_st) b = BIO_new(BIO_s_mem());
    if (!b || PEM_write_bio_PUBKEY(b, key) != 1 || tls_pem_take(b, public_pem) < 0)
        return tls_raise(err, -ENOMEM, "no memory for a public key");
    return 0;
}
