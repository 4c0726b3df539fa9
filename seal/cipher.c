/* AES by libcrypto, in the two modes Kubernetes has. */
#include <openssl/evp.h>
#include <openssl/rand.h>

#include "seal/inside.h"

enum { GCM_NONCE = 12, GCM_TAG = 16, BLOCK = 16 };

static int random_bytes(void *p, size_t n)
{
    return RAND_bytes(p, (int)n) == 1 ? 0 : -EIO;
}

static const EVP_CIPHER *aes(size_t n, bool gcm)
{
    switch (n) {
    case 16:
        return gcm ? EVP_aes_128_gcm() : EVP_aes_128_cbc();
    case 24:
        return gcm ? EVP_aes_192_gcm() : EVP_aes_192_cbc();
    default:
        return gcm ? EVP_aes_256_gcm() : EVP_aes_256_cbc();
    }
}

static const unsigned char *bytes(struct str s)
{
    return (const unsigned char *)(s.p ? s.p : "");
}

/* ── GCM ── */

static int gcm_run(EVP_CIPHER_CTX *c, bool closing, struct str aad, struct str in, unsigned char *out)
{
    int n = 0, tail = 0;
    if (aad.n && EVP_CipherUpdate(c, NULL, &n, bytes(aad), (int)aad.n) != 1)
        return -EIO;
    if (EVP_CipherUpdate(c, out, &n, bytes(in), (int)in.n) != 1)
        return -EIO;
    if (EVP_CipherFinal_ex(c, out + n, &tail) != 1)
        return closing ? -EIO : -EKEYREJECTED;
    return 0;
}

static int gcm_close(const unsigned char *secret, size_t n, struct str aad, struct str plain, struct buf *out)
{
    unsigned char *at = buf_room(out, GCM_NONCE + plain.n + GCM_TAG);
    EVP_CIPHER_CTX *c = at ? EVP_CIPHER_CTX_new() : NULL;
    if (!c)
        return -ENOMEM;
    int r = random_bytes(at, GCM_NONCE);
    if (r == 0 && EVP_EncryptInit_ex(c, aes(n, true), NULL, secret, at) != 1)
        r = -EIO;
    if (r == 0)
        r = gcm_run(c, true, aad, plain, at + GCM_NONCE);
    if (r == 0 && EVP_CIPHER_CTX_ctrl(c, EVP_CTRL_GCM_GET_TAG, GCM_TAG, at + GCM_NONCE + plain.n) != 1)
        r = -EIO;
    EVP_CIPHER_CTX_free(c);
    if (r == 0)
        buf_grew(out, GCM_NONCE + plain.n + GCM_TAG);
    return r;
}

static int gcm_open(const unsigned char *secret, size_t n, struct str aad, struct str in, struct buf *out)
{
    if (in.n < GCM_NONCE + GCM_TAG)
        return -EKEYREJECTED;
    struct str body = str_make(in.p + GCM_NONCE, in.n - GCM_NONCE - GCM_TAG);
    unsigned char tag[GCM_TAG], *at = buf_room(out, body.n + 1);
    memcpy(tag, in.p + in.n - GCM_TAG, GCM_TAG);
    EVP_CIPHER_CTX *c = at ? EVP_CIPHER_CTX_new() : NULL;
    if (!c)
        return -ENOMEM;
    int r = EVP_DecryptInit_ex(c, aes(n, true), NULL, secret, bytes(in)) == 1 && EVP_CIPHER_CTX_ctrl(c, EVP_CTRL_GCM_SET_TAG, GCM_TAG, tag) == 1
                ? gcm_run(c, false, aad, body, at)
                : -EIO;
    EVP_CIPHER_CTX_free(c);
    if (r == 0)
        buf_grew(out, body.n);
    return r;
}

/* ── CBC ── */

static int cbc_close(const unsigned char *secret, size_t n, struct str aad, struct str plain, struct buf *out)
{
    (void)aad;
    int body = 0, tail = 0;
    unsigned char *at = buf_room(out, BLOCK + plain.n + BLOCK);
    EVP_CIPHER_CTX *c = at ? EVP_CIPHER_CTX_new() : NULL;
    if (!c)
        return -ENOMEM;
    int r = random_bytes(at, BLOCK);
    if (r == 0 && (EVP_EncryptInit_ex(c, aes(n, false), NULL, secret, at) != 1 ||
                   EVP_EncryptUpdate(c, at + BLOCK, &body, bytes(plain), (int)plain.n) != 1 || EVP_EncryptFinal_ex(c, at + BLOCK + body, &tail) != 1))
        r = -EIO;
    EVP_CIPHER_CTX_free(c);
    if (r == 0)
        buf_grew(out, (size_t)(BLOCK + body + tail));
    return r;
}

static int cbc_open(const unsigned char *secret, size_t n, struct str aad, struct str in, struct buf *out)
{
    (void)aad;
    int body = 0, tail = 0;
    if (in.n < 2 * BLOCK || in.n % BLOCK)
        return -EKEYREJECTED;
    unsigned char *at = buf_room(out, in.n);
    EVP_CIPHER_CTX *c = at ? EVP_CIPHER_CTX_new() : NULL;
    if (!c)
        return -ENOMEM;
    int r = 0;
    if (EVP_DecryptInit_ex(c, aes(n, false), NULL, secret, bytes(in)) != 1 ||
        EVP_DecryptUpdate(c, at, &body, bytes(in) + BLOCK, (int)(in.n - BLOCK)) != 1)
        r = -EIO;
    if (r == 0 && EVP_DecryptFinal_ex(c, at + body, &tail) != 1)
        r = -EKEYREJECTED; /* the padding is wrong */
    EVP_CIPHER_CTX_free(c);
    if (r == 0)
        buf_grew(out, (size_t)(body + tail));
    return r;
}

const struct cipher_row cipher_rows[CIPHERS] = {
    [CIPHER_AESGCM] = {"aesgcm", {16, 24, 32}, GCM_NONCE + GCM_TAG, gcm_close, gcm_open},
    [CIPHER_AESCBC] = {"aescbc", {16, 24, 32}, BLOCK + BLOCK, cbc_close, cbc_open},
    [CIPHER_SECRETBOX] = {"secretbox", {32, 32, 32}, 24 + 16, box_close, box_open},
};
