/* NaCl's secretbox: XSalsa20-Poly1305. libcrypto has the Poly1305 of it; the
 * Salsa20 core (D. J. Bernstein, "The Salsa20 family of stream ciphers") is here.
 * Adds, xors and rotations only: its time does not depend on what it works on. */
#include <endian.h>
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/rand.h>

#include "seal/inside.h"

enum { NONCE = 24, TAG = 16, KEY = 32, BLOCK = 64 };

static uint32_t load32(const unsigned char *p)
{
    uint32_t v;
    memcpy(&v, p, sizeof(v));
    return le32toh(v);
}

static void store32(unsigned char *p, uint32_t v)
{
    v = htole32(v);
    memcpy(p, &v, sizeof(v));
}

static uint32_t rotate(uint32_t v, int by)
{
    return v << by | v >> (32 - by);
}

static void quarter(uint32_t x[16], int a, int b, int c, int d)
{
    x[b] ^= rotate(x[a] + x[d], 7);
    x[c] ^= rotate(x[b] + x[a], 9);
    x[d] ^= rotate(x[c] + x[b], 13);
    x[a] ^= rotate(x[d] + x[c], 18);
}

static void rounds(uint32_t x[16])
{
    for (int i = 0; i < 10; i++) {
        quarter(x, 0, 4, 8, 12);
        quarter(x, 5, 9, 13, 1);
        quarter(x, 10, 14, 2, 6);
        quarter(x, 15, 3, 7, 11);
        quarter(x, 0, 1, 2, 3);
        quarter(x, 5, 6, 7, 4);
        quarter(x, 10, 11, 8, 9);
        quarter(x, 15, 12, 13, 14);
    }
}

/* The constant "expand 32-byte k" on the diagonal, the key around it, 16 bytes of input between. */
static void fill(uint32_t x[16], const unsigned char key[KEY], const unsigned char in[16])
{
    static const uint32_t sigma[4] = {0x61707865, 0x3320646e, 0x79622d32, 0x6b206574};
    for (int i = 0; i < 4; i++) {
        x[5 * i] = sigma[i];
        x[1 + i] = load32(key + 4 * i);
        x[11 + i] = load32(key + 16 + 4 * i);
        x[6 + i] = load32(in + 4 * i);
    }
}

/* HSalsa20: another key, from a key and the first 16 bytes of a nonce. */
static void derive(unsigned char out[KEY], const unsigned char key[KEY], const unsigned char in[16])
{
    uint32_t x[16];
    fill(x, key, in);
    rounds(x);
    for (int i = 0; i < 4; i++) {
        store32(out + 4 * i, x[5 * i]);
        store32(out + 16 + 4 * i, x[6 + i]);
    }
    OPENSSL_cleanse(x, sizeof(x));
}

static void block(unsigned char out[BLOCK], const unsigned char key[KEY], const unsigned char nonce[8], uint64_t at)
{
    unsigned char in[16];
    uint32_t x[16], start[16];
    memcpy(in, nonce, 8);
    store32(in + 8, (uint32_t)at);
    store32(in + 12, (uint32_t)(at >> 32));
    fill(start, key, in);
    memcpy(x, start, sizeof(x));
    rounds(x);
    for (int i = 0; i < 16; i++)
        store32(out + 4 * i, x[i] + start[i]);
    OPENSSL_cleanse(x, sizeof(x));
    OPENSSL_cleanse(start, sizeof(start));
}

/* The stream's first 32 bytes are the tag's key; the text begins behind them. */
static void salsa_xor(const unsigned char key[KEY], const unsigned char nonce[NONCE], const unsigned char *in, size_t n, unsigned char *out,
                      unsigned char tag_key[32])
{
    unsigned char sub[KEY], stream[BLOCK];
    derive(sub, key, nonce);
    block(stream, sub, nonce + 16, 0);
    if (tag_key)
        memcpy(tag_key, stream, 32);
    for (size_t i = 0; i < n; i++) {
        size_t at = i + 32;
        if (at % BLOCK == 0)
            block(stream, sub, nonce + 16, at / BLOCK);
        out[i] = in[i] ^ stream[at % BLOCK];
    }
    OPENSSL_cleanse(sub, sizeof(sub));
    OPENSSL_cleanse(stream, sizeof(stream));
}

static int poly1305(const unsigned char key[32], const unsigned char *in, size_t n, unsigned char tag[TAG])
{
    size_t got = 0;
    EVP_MAC *mac = EVP_MAC_fetch(NULL, "POLY1305", NULL);
    EVP_MAC_CTX *c = mac ? EVP_MAC_CTX_new(mac) : NULL;
    bool ok = c && EVP_MAC_init(c, key, 32, NULL) == 1 && EVP_MAC_update(c, in, n) == 1 && EVP_MAC_final(c, tag, &got, TAG) == 1;
    EVP_MAC_CTX_free(c);
    EVP_MAC_free(mac);
    return ok && got == TAG ? 0 : -EIO;
}

int box_close(const unsigned char *secret, size_t n, struct str aad, struct str plain, struct buf *out)
{
    (void)aad;
    CHECK(n == KEY);
    unsigned char tag_key[32], *at = buf_room(out, NONCE + TAG + plain.n);
    if (!at)
        return -ENOMEM;
    if (RAND_bytes(at, NONCE) != 1)
        return -EIO;
    salsa_xor(secret, at, (const unsigned char *)plain.p, plain.n, at + NONCE + TAG, tag_key);
    int r = poly1305(tag_key, at + NONCE + TAG, plain.n, at + NONCE);
    OPENSSL_cleanse(tag_key, sizeof(tag_key));
    if (r == 0)
        buf_grew(out, NONCE + TAG + plain.n);
    return r;
}

int box_open(const unsigned char *secret, size_t n, struct str aad, struct str in, struct buf *out)
{
    (void)aad;
    CHECK(n == KEY);
    if (in.n < NONCE + TAG)
        return -EKEYREJECTED;
    const unsigned char *nonce = (const unsigned char *)in.p, *tag = nonce + NONCE, *body = tag + TAG;
    size_t body_n = in.n - NONCE - TAG;
    unsigned char tag_key[32], expect[TAG], *at = buf_room(out, body_n + 1);
    if (!at)
        return -ENOMEM;
    salsa_xor(secret, nonce, NULL, 0, NULL, tag_key);
    int r = poly1305(tag_key, body, body_n, expect);
    OPENSSL_cleanse(tag_key, sizeof(tag_key));
    if (r == 0 && CRYPTO_memcmp(expect, tag, TAG) != 0)
        r = -EKEYREJECTED;
    if (r < 0)
        return r;
    salsa_xor(secret, nonce, body, body_n, at, NULL);
    buf_grew(out, body_n);
    return 0;
}
