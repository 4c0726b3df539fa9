#include "tls/inside.h"

struct tls_digest {
    EVP_MD_CTX *md;
};

int tls_sha256(struct str in, unsigned char out[32])
{
    unsigned n = 0;
    if (EVP_Digest(in.n ? in.p : "", in.n, out, &n, EVP_sha256(), NULL) != 1 || n != 32) {
        ERR_clear_error();
        return -ENOMEM;
    }
    return 0;
}

int tls_digest_new(struct tls_digest **out, struct str algorithm)
{
    const EVP_MD *md = str_is(algorithm, "sha256") ? EVP_sha256() : str_is(algorithm, "sha512") ? EVP_sha512() : NULL;
    if (!md)
        return -ENOTSUP;
    struct tls_digest *d = mem_alloc(sizeof(*d));
    if (!d)
        return -ENOMEM;
    d->md = EVP_MD_CTX_new();
    if (!d->md || EVP_DigestInit_ex(d->md, md, NULL) != 1) {
        ERR_clear_error();
        tls_digest_free(d);
        return -ENOMEM;
    }
    *out = d;
    return 0;
}

int tls_digest_add(struct tls_digest *d, struct str bytes)
{
    if (bytes.n == 0 || EVP_DigestUpdate(d->md, bytes.p, bytes.n) == 1)
        return 0;
    ERR_clear_error();
    return -EIO;
}

int tls_digest_end(struct tls_digest *d, struct buf *hex)
{
    unsigned char sum[EVP_MAX_MD_SIZE];
    unsigned n = 0;
    int ok = EVP_DigestFinal_ex(d->md, sum, &n);
    tls_digest_free(d);
    if (ok != 1) {
        ERR_clear_error();
        return -EIO;
    }
    buf_hex(hex, str_make(sum, n));
    return buf_error(hex);
}

void tls_digest_free(struct tls_digest *d)
{
    if (!d)
        return;
    EVP_MD_CTX_free(d->md);
    mem_free(d);
}

bool tls_equal(struct str a, struct str b)
{
    return a.n == b.n && (a.n == 0 || CRYPTO_memcmp(a.p, b.p, a.n) == 0);
}
