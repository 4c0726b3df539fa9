/* TLS contexts. The server asks for a client certificate but lets a connection
 * live whose certificate does not verify: whether that is a 401 is decided with
 * the request, where a bearer token may stand in. SSL_get_verify_result() keeps
 * the truth, also across resumed sessions (the ticket carries it). */
#include "tls/inside.h"

#define CIPHERS_12 \
    "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-CHACHA20-POLY1305:" \
    "ECDHE-RSA-CHACHA20-POLY1305:ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384"
#define CIPHERS_13 "TLS_AES_128_GCM_SHA256:TLS_CHACHA20_POLY1305_SHA256:TLS_AES_256_GCM_SHA384"

struct protocols { /* what the server offers by ALPN, in its order */
    unsigned n;
    unsigned char wire[];
};

static void protocols_drop(void *parent, void *ptr, CRYPTO_EX_DATA *ad, int idx, long argl, void *argp)
{
    (void)parent, (void)ad, (void)idx, (void)argl, (void)argp;
    mem_free(ptr);
}

static int protocols_index(void)
{
    static int index = -1;
    int have = __atomic_load_n(&index, __ATOMIC_ACQUIRE);
    if (have >= 0)
        return have;
    int made = SSL_CTX_get_ex_new_index(0, NULL, NULL, NULL, protocols_drop);
    int expected = -1; /* two threads at once: the loser's index stays unused */
    return __atomic_compare_exchange_n(&index, &expected, made, false, __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE) ? made : expected;
}

static int protocol_select(SSL *ssl, const unsigned char **out, unsigned char *n, const unsigned char *in, unsigned in_n, void *ctx)
{
    (void)ssl;
    const struct protocols *own = ctx;
    unsigned char *chosen = NULL;
    if (SSL_select_next_proto(&chosen, n, own->wire, own->n, in, in_n) != OPENSSL_NPN_NEGOTIATED)
        return SSL_TLSEXT_ERR_ALERT_FATAL; /* RFC 7301 §3.2 */
    *out = chosen;
    return SSL_TLSEXT_ERR_OK;
}

static int keep_connection(int verified, X509_STORE_CTX *ctx)
{
    (void)verified, (void)ctx;
    return 1;
}

static int own_use(SSL_CTX *ctx, const struct tls_pair *own, struct err *err)
{
    SCOPED(bio_st) b = NULL;
    SCOPED(x509_st) leaf = NULL;
    SCOPED(evp_pkey_st) key = NULL;
    int r = tls_pem_bio(&b, str_of(own->cert_pem), err);
    if (r == 0)
        r = tls_pem_private(&key, str_of(own->key_pem), err);
    if (r < 0)
        return r;
    leaf = PEM_read_bio_X509(b, NULL, NULL, NULL);
    if (!leaf || SSL_CTX_use_certificate(ctx, leaf) != 1 || SSL_CTX_use_PrivateKey(ctx, key) != 1 || SSL_CTX_check_private_key(ctx) != 1)
        return tls_raise(err, -EBADMSG, "certificate and key cannot be used");
    for (;;) {
        SCOPED(x509_st) link = PEM_read_bio_X509(b, NULL, NULL, NULL);
        if (!link)
            break;
        if (SSL_CTX_add1_chain_cert(ctx, link) != 1)
            return tls_raise(err, -ENOMEM, "no memory for a certificate chain");
    }
    ERR_clear_error();
    return 0;
}

/* Every certificate of `pem` becomes a root; servers also name them to their clients. */
static int roots_use(SSL_CTX *ctx, const char *pem, bool name_them, struct err *err)
{
    SCOPED(bio_st) b = NULL;
    int r = tls_pem_bio(&b, str_of(pem), err);
    if (r < 0)
        return r;
    size_t n = 0;
    for (;; n++) {
        SCOPED(x509_st) root = PEM_read_bio_X509(b, NULL, NULL, NULL);
        if (!root)
            break;
        if (X509_STORE_add_cert(SSL_CTX_get_cert_store(ctx), root) != 1 || (name_them && SSL_CTX_add_client_CA(ctx, root) != 1))
            return tls_raise(err, -ENOMEM, "no memory for a root certificate");
    }
    ERR_clear_error();
    return n ? 0 : err_raise(err, -EBADMSG, "no root certificate in the PEM text");
}

static int context_new(SSL_CTX **out, const SSL_METHOD *method, struct err *err)
{
    SCOPED(ssl_ctx_st) ctx = SSL_CTX_new(method);
    if (!ctx || SSL_CTX_set_min_proto_version(ctx, TLS1_2_VERSION) != 1 || SSL_CTX_set_cipher_list(ctx, CIPHERS_12) != 1 ||
        SSL_CTX_set_ciphersuites(ctx, CIPHERS_13) != 1 || SSL_CTX_set1_groups_list(ctx, "X25519:P-256:P-384") != 1)
        return tls_raise(err, -ENOMEM, "cannot make a TLS context");
    SSL_CTX_set_options(ctx, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION | SSL_OP_IGNORE_UNEXPECTED_EOF);
    /* Idle connections give their buffers back: a watch costs its state, not 34 KiB of records. */
    SSL_CTX_set_mode(ctx, SSL_MODE_RELEASE_BUFFERS | SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
    *out = TAKE(ctx);
    return 0;
}

static int protocols_offer(SSL_CTX *ctx, struct str alpn, struct err *err)
{
    if (alpn.n == 0)
        return 0;
    int index = protocols_index();
    struct protocols *own = mem_alloc(sizeof(*own) + alpn.n);
    if (!own || index < 0 || SSL_CTX_set_ex_data(ctx, index, own) != 1) {
        mem_free(own);
        return tls_raise(err, -ENOMEM, "no memory for ALPN");
    }
    own->n = (unsigned)alpn.n;
    memcpy(own->wire, alpn.p, alpn.n);
    SSL_CTX_set_alpn_select_cb(ctx, protocol_select, own);
    return 0;
}

int tls_server_context(SSL_CTX **out, const struct tls_pair *own, const char *client_ca_pem, struct str alpn, struct err *err)
{
    SCOPED(ssl_ctx_st) ctx = NULL;
    int r = context_new(&ctx, TLS_server_method(), err);
    if (r == 0)
        r = own_use(ctx, own, err);
    if (r == 0)
        r = protocols_offer(ctx, alpn, err);
    if (r < 0)
        return err_wrap(err, r, "TLS server");
    SSL_CTX_set_options(ctx, SSL_OP_CIPHER_SERVER_PREFERENCE | SSL_OP_PRIORITIZE_CHACHA);
    if (SSL_CTX_set_session_id_context(ctx, (const unsigned char *)"coracle", 7) != 1 || SSL_CTX_set_num_tickets(ctx, 1) != 1)
        return tls_raise(err, -EIO, "TLS server sessions");
    SSL_CTX_set_session_cache_mode(ctx, SSL_SESS_CACHE_OFF); /* tickets only: clients hold the state */
    if (client_ca_pem) {
        r = roots_use(ctx, client_ca_pem, true, err);
        if (r < 0)
            return err_wrap(err, r, "TLS server's client authorities");
        SSL_CTX_set_verify(ctx, SSL_VERIFY_PEER, keep_connection);
    }
    *out = TAKE(ctx);
    return 0;
}

int tls_client_context(SSL_CTX **out, const struct tls_pair *own, const char *ca_pem, bool insecure, struct str alpn, struct err *err)
{
    SCOPED(ssl_ctx_st) ctx = NULL;
    int r = context_new(&ctx, TLS_client_method(), err);
    if (r == 0 && own)
        r = own_use(ctx, own, err);
    if (r == 0 && ca_pem)
        r = roots_use(ctx, ca_pem, false, err);
    if (r < 0)
        return err_wrap(err, r, "TLS client");
    if (!ca_pem && !insecure && SSL_CTX_set_default_verify_paths(ctx) != 1)
        return tls_raise(err, -EIO, "TLS client: cannot load the system's roots");
    SSL_CTX_set_verify(ctx, insecure ? SSL_VERIFY_NONE : SSL_VERIFY_PEER, NULL);
    if (alpn.n && SSL_CTX_set_alpn_protos(ctx, (const unsigned char *)alpn.p, (unsigned)alpn.n) != 0)
        return tls_raise(err, -EINVAL, "TLS client: ALPN list is malformed");
    *out = TAKE(ctx);
    return 0;
}

void tls_context_free(SSL_CTX *ctx)
{
    SSL_CTX_free(ctx);
}
