#include "tests/unit.h"

#include <openssl/ssl.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "tls/tls.h"

#define NOW 1790000000

static const char *const org[] = {"system:masters", "dev", NULL};
static const char *const dns[] = {"kubernetes", "localhost", NULL};
static const char *const ips[] = {"127.0.0.1", "fd00::1", NULL};

static void make(struct tls_pair *ca, struct tls_pair *leaf, int usage, int64_t now)
{
    struct tls_names names = {.dns = dns, .ips = ips};
    struct err err = {{0}};
    assert_done(tls_ca_make(ca, "test-ca", now, 3650, &err));
    assert_done(tls_cert_make(leaf, ca, "somebody", org, &names, usage, now, 365, &err));
}

static void cert_roundtrip(void **state)
{
    (void)state;
    struct tls_pair ca, leaf;
    struct tls_subject s;
    SCOPED(arena) a = NULL;
    assert_done(arena_new(&a, 1 << 20));
    make(&ca, &leaf, TLS_USAGE_SERVER, NOW);
    assert_done(tls_cert_read(a, str_of(leaf.cert_pem), &s, NULL));
    assert_str(s.common_name, "somebody");
    assert_int_equal(s.n_organizations, 2);
    assert_str(s.organizations[0], "system:masters");
    assert_str(s.organizations[1], "dev");
    assert_int_equal(s.n_dns, 2);
    assert_str(s.dns[1], "localhost");
    assert_int_equal(s.n_ips, 2);
    assert_str(s.ips[0], "127.0.0.1");
    assert_str(s.ips[1], "fd00::1");
    assert_int_equal(s.n_others, 0);
    assert_true(s.not_before == NOW - 300);
    assert_true(s.not_after == NOW + 365 * 86400);
    assert_done(tls_cert_check(str_of(leaf.cert_pem), ca.cert_pem, TLS_USAGE_SERVER, NOW, NULL));
    assert_int_equal(tls_cert_check(str_of(leaf.cert_pem), ca.cert_pem, TLS_USAGE_CLIENT, NOW, NULL), -EKEYREJECTED);
    assert_int_equal(tls_cert_check(str_of(leaf.cert_pem), ca.cert_pem, TLS_USAGE_SERVER, NOW + 366 * 86400, NULL), -EKEYREJECTED);
    assert_int_equal(tls_cert_check(str_of(leaf.cert_pem), ca.cert_pem, TLS_USAGE_SERVER, NOW - 400, NULL), -EKEYREJECTED);
    struct tls_pair other;
    assert_done(tls_ca_make(&other, "test-ca", NOW, 10, NULL));
    assert_int_equal(tls_cert_check(str_of(leaf.cert_pem), other.cert_pem, TLS_USAGE_SERVER, NOW, NULL), -EKEYREJECTED);
    tls_pair_done(&other);
    tls_pair_done(&leaf);
    tls_pair_done(&ca);
}

static void write_file(const char *path, const char *text)
{
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    fputs(text, f);
    fclose(f);
}

/* Another reader agrees: the openssl program. */
static void cert_openssl(void **state)
{
    (void)state;
    struct tls_pair ca, leaf;
    char folder[] = "/tmp/coracle-tls-XXXXXX", path[256], command[1024];
    assert_non_null(mkdtemp(folder));
    make(&ca, &leaf, TLS_USAGE_SERVER, time(NULL));
    snprintf(path, sizeof(path), "%s/ca.pem", folder);
    write_file(path, ca.cert_pem);
    snprintf(path, sizeof(path), "%s/leaf.pem", folder);
    write_file(path, leaf.cert_pem);
    snprintf(command, sizeof(command),
             "command -v openssl >/dev/null || exit 77; openssl verify -x509_strict -purpose sslserver "
             "-verify_hostname localhost "
             "-verify_ip 127.0.0.1 -CAfile %s/ca.pem %s/leaf.pem >/dev/null",
             folder, folder);
    int r = system(command);
    assert_true(WIFEXITED(r) && (WEXITSTATUS(r) == 0 || WEXITSTATUS(r) == 77));
    snprintf(command, sizeof(command), "rm -r %s", folder);
    assert_int_equal(system(command), 0);
    tls_pair_done(&leaf);
    tls_pair_done(&ca);
}

static void requests(void **state)
{
    (void)state;
    struct tls_pair ca;
    char *key = NULL, *csr = NULL, *cert = NULL;
    struct tls_subject s;
    SCOPED(arena) a = NULL;
    assert_done(arena_new(&a, 1 << 20));
    assert_done(tls_ca_make(&ca, "test-ca", NOW, 30, NULL));
    assert_done(tls_key_make(&key, NULL));
    assert_done(tls_csr_make(&csr, str_of(key), "system:node:n1", (const char *const[]){"system:nodes", NULL}, NULL, NULL));
    assert_done(tls_csr_read(a, str_of(csr), &s, NULL));
    assert_str(s.common_name, "system:node:n1");
    assert_str(s.organizations[0], "system:nodes");
    assert_done(tls_csr_sign(&cert, &ca, str_of(csr), TLS_USAGE_CLIENT, NOW, 3600, NULL));
    assert_done(tls_cert_check(str_of(cert), ca.cert_pem, TLS_USAGE_CLIENT, NOW + 3000, NULL));
    assert_done(tls_cert_read(a, str_of(cert), &s, NULL));
    assert_true(s.not_after == NOW + 3600);
    mem_free(cert);
    /* never longer than its authority */
    assert_done(tls_csr_sign(&cert, &ca, str_of(csr), TLS_USAGE_CLIENT, NOW, 365 * 86400, NULL));
    assert_done(tls_cert_read(a, str_of(cert), &s, NULL));
    assert_true(s.not_after == NOW + 30 * 86400);
    mem_free(cert);
    /* a byte of the signed part changed */
    char *at = strchr(csr, '\n') + 60;
    *at = *at == 'A' ? 'B' : 'A';
    assert_true(tls_csr_read(a, str_of(csr), &s, NULL) < 0);
    mem_free(csr);
    mem_free(key);
    tls_pair_done(&ca);
}

static const char rsa_1024[] = "-----BEGIN PRIVATE KEY-----\n"
                               "not a key\n"
                               "-----END PRIVATE KEY-----\n";

static void signatures(void **state)
{
    (void)state;
    char *key = NULL, *other = NULL, *pub = NULL;
    SCOPED_BUF sig = BUF_INIT(0);
    SCOPED_BUF jwk = BUF_INIT(0);
    SCOPED_BUF id = BUF_INIT(0);
    struct str data = STR("eyJhbGciOiJFUzI1NiJ9.e30");
    assert_done(tls_key_make(&key, NULL));
    assert_done(tls_key_make(&other, NULL));
    assert_done(tls_public_key(str_of(key), &pub, NULL));
    assert_done(tls_sign(str_of(key), data, &sig, NULL));
    assert_int_equal(sig.n, 64);
    assert_done(tls_verify(str_of(pub), STR("ES256"), data, buf_view(&sig), NULL));
    assert_done(tls_verify(str_of(key), STR("ES256"), data, buf_view(&sig), NULL));
    assert_int_equal(tls_verify(str_of(pub), STR("RS256"), data, buf_view(&sig), NULL), -EKEYREJECTED);
    assert_int_equal(tls_verify(str_of(pub), STR("none"), data, STR(""), NULL), -EKEYREJECTED);
    assert_int_equal(tls_verify(str_of(pub), STR("HS256"), data, buf_view(&sig), NULL), -EKEYREJECTED);
    assert_int_equal(tls_verify(str_of(other), STR("ES256"), data, buf_view(&sig), NULL), -EKEYREJECTED);
    assert_int_equal(tls_verify(str_of(pub), STR("ES256"), STR("x"), buf_view(&sig), NULL), -EKEYREJECTED);
    assert_int_equal(tls_verify(str_of(pub), STR("ES256"), data, STR(""), NULL), -EKEYREJECTED);
    char zero[64] = {0};
    assert_int_equal(tls_verify(str_of(pub), STR("ES256"), data, str_make(zero, 64), NULL), -EKEYREJECTED);
    assert_int_equal(tls_sign(str_of(rsa_1024), data, &sig, NULL), -EBADMSG);
    assert_done(tls_jwk(str_of(key), "k1", &jwk, NULL));
    assert_true(str_starts(buf_view(&jwk), STR("{\"use\":\"sig\",\"kty\":\"EC\",\"kid\":\"k1\",\"crv\":\"P-256\",\"alg\":\"ES256\",\"x\":\"")));
    assert_done(tls_key_id(str_of(pub), &id, NULL));
    assert_int_equal(id.n, 43);
    mem_free(key);
    mem_free(other);
    mem_free(pub);
}

/* What the short way makes of a key is what OpenSSL's own reader makes of it, also when a bit of it is wrong. A line in
 * front sends a text the long way. */
static void same_both_ways(const char *pem)
{
    char *brief = NULL, *whole = NULL;
    SCOPED_BUF longer = BUF_INIT(0);
    buf_text(&longer, "a key\n");
    buf_text(&longer, pem);
    int r = tls_public_key(str_of(pem), &brief, NULL), other = tls_public_key(buf_view(&longer), &whole, NULL);
    assert_int_equal(r, other);
    if (r == 0)
        assert_string_equal(brief, whole);
    mem_free(brief);
    mem_free(whole);
}

static void keys(void **state)
{
    (void)state;
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=\n-";
    for (int i = 0; i < 4; i++) {
        char *texts[2] = {NULL, NULL};
        assert_done(tls_key_make(&texts[0], NULL));
        assert_done(tls_public_key(str_of(texts[0]), &texts[1], NULL));
        for (size_t k = 0; k < 2; k++) {
            same_both_ways(texts[k]);
            for (size_t at = 0; texts[k][at]; at++) {
                char before = texts[k][at];
                texts[k][at] = digits[(at * 7 + (size_t)i) % (sizeof(digits) - 1)];
                same_both_ways(texts[k]);
                texts[k][at] = 0; /* cut short */
                same_both_ways(texts[k]);
                texts[k][at] = before;
            }
        }
        mem_free(texts[0]);
        mem_free(texts[1]);
    }
    static const char *const kinds[] = {"ECDSAP384", "ED25519"};
    for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
        char *key = NULL;
        assert_done(tls_key_make_of(str_of(kinds[i]), &key, NULL));
        same_both_ways(key);
        mem_free(key);
    }
}

static void digests(void **state)
{
    (void)state;
    unsigned char sum[32];
    struct tls_digest *d;
    SCOPED_BUF hex = BUF_INIT(0);
    assert_done(tls_sha256(STR("abc"), sum));
    buf_hex(&hex, str_make(sum, 32));
    assert_str(buf_view(&hex), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    buf_clear(&hex);
    assert_done(tls_digest_new(&d, STR("sha256")));
    assert_done(tls_digest_add(d, STR("a")));
    assert_done(tls_digest_add(d, STR("bc")));
    assert_done(tls_digest_end(d, &hex));
    assert_str(buf_view(&hex), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assert_int_equal(tls_digest_new(&d, STR("md5")), -ENOTSUP);
    assert_true(tls_equal(STR("ab"), STR("ab")));
    assert_false(tls_equal(STR("ab"), STR("ac")));
    assert_false(tls_equal(STR("ab"), STR("abc")));
}

/* ── handshakes in memory ── */

struct talk {
    SSL *client, *server;
};

static bool shake_again(struct talk *t, SSL_CTX *server, SSL_CTX *client, SSL_SESSION *session)
{
    BIO *a, *b;
    char byte;
    t->server = SSL_new(server);
    t->client = SSL_new(client);
    assert_int_equal(BIO_new_bio_pair(&a, 0, &b, 0), 1);
    SSL_set_bio(t->server, a, a);
    SSL_set_bio(t->client, b, b);
    SSL_set_accept_state(t->server);
    SSL_set_connect_state(t->client);
    if (session)
        assert_int_equal(SSL_set_session(t->client, session), 1);
    int c = 0, s = 0;
    for (int i = 0; i < 20 && (c != 1 || s != 1); i++) {
        c = SSL_do_handshake(t->client);
        s = SSL_do_handshake(t->server);
    }
    if (c == 1 && s == 1)
        (void)!SSL_read(t->client, &byte, 1); /* takes the ticket in */
    return c == 1 && s == 1;
}

static bool shake(struct talk *t, SSL_CTX *server, SSL_CTX *client)
{
    return shake_again(t, server, client, NULL);
}

static void talk_done(struct talk *t)
{
    SSL_set_shutdown(t->client, SSL_SENT_SHUTDOWN); /* a session cut off would not be taken up again */
    SSL_free(t->client);
    SSL_free(t->server);
}

static void contexts(void **state)
{
    (void)state;
    struct tls_pair ca, foreign, own, mine, fake;
    SSL_CTX *server, *client;
    SSL_SESSION *session;
    struct talk t;
    struct str alpn = STR("\x02h2\x08http/1.1"), old = STR("\x08http/1.1"), odd = STR("\x03odd");
    const unsigned char *chosen;
    unsigned n;
    int64_t now = time(NULL);
    assert_done(tls_ca_make(&ca, "ca", now, 10, NULL));
    assert_done(tls_ca_make(&foreign, "ca", now, 10, NULL));
    struct tls_names names = {.dns = dns, .ips = ips};
    assert_done(tls_cert_make(&own, &ca, "server", NULL, &names, TLS_USAGE_SERVER, now, 9, NULL));
    assert_done(tls_cert_make(&mine, &ca, "me", org, NULL, TLS_USAGE_CLIENT, now, 9, NULL));
    assert_done(tls_cert_make(&fake, &foreign, "me", org, NULL, TLS_USAGE_CLIENT, now, 9, NULL));
    assert_done(tls_server_context(&server, &own, ca.cert_pem, alpn, NULL));

    assert_done(tls_client_context(&client, &mine, ca.cert_pem, false, alpn, NULL));
    assert_true(shake(&t, server, client));
    assert_string_equal(SSL_get_version(t.server), "TLSv1.3");
    SSL_get0_alpn_selected(t.server, &chosen, &n);
    assert_str(str_make(chosen, n), "h2");
    assert_int_equal(SSL_get_verify_result(t.server), X509_V_OK);
    assert_non_null(SSL_get0_peer_certificate(t.server));
    session = SSL_get1_session(t.client);
    talk_done(&t);
    assert_true(shake_again(&t, server, client, session));
    assert_true(SSL_session_reused(t.server));
    assert_int_equal(SSL_get_verify_result(t.server), X509_V_OK);
    assert_non_null(SSL_get0_peer_certificate(t.server));
    talk_done(&t);
    SSL_SESSION_free(session);
    tls_context_free(client);

    /* a certificate of somebody else's authority: the connection lives, unverified */
    assert_done(tls_client_context(&client, &fake, ca.cert_pem, false, old, NULL));
    assert_true(shake(&t, server, client));
    SSL_get0_alpn_selected(t.server, &chosen, &n);
    assert_str(str_make(chosen, n), "http/1.1");
    assert_true(SSL_get_verify_result(t.server) != X509_V_OK);
    session = SSL_get1_session(t.client);
    talk_done(&t);
    /* taking the session up again makes it no better */
    assert_true(shake_again(&t, server, client, session));
    assert_true(SSL_session_reused(t.server));
    assert_true(SSL_get_verify_result(t.server) != X509_V_OK);
    talk_done(&t);
    SSL_SESSION_free(session);
    tls_context_free(client);

    /* none at all */
    assert_done(tls_client_context(&client, NULL, ca.cert_pem, false, STR(""), NULL));
    assert_true(shake(&t, server, client));
    assert_null(SSL_get0_peer_certificate(t.server));
    talk_done(&t);
    tls_context_free(client);

    /* a server the client has no authority for; a protocol nobody speaks; an old TLS */
    assert_done(tls_client_context(&client, NULL, foreign.cert_pem, false, alpn, NULL));
    assert_false(shake(&t, server, client));
    talk_done(&t);
    tls_context_free(client);
    assert_done(tls_client_context(&client, NULL, ca.cert_pem, false, odd, NULL));
    assert_false(shake(&t, server, client));
    talk_done(&t);
    SSL_CTX_set_min_proto_version(client, TLS1_VERSION);
    SSL_CTX_set_max_proto_version(client, TLS1_1_VERSION);
    assert_false(shake(&t, server, client));
    talk_done(&t);
    tls_context_free(client);
    tls_context_free(server);
    tls_pair_done(&ca);
    tls_pair_done(&foreign);
    tls_pair_done(&own);
    tls_pair_done(&mine);
    tls_pair_done(&fake);
}

static int all_body(void *ctx)
{
    (void)ctx;
    struct tls_pair ca = {0}, leaf = {0};
    struct tls_names names = {.dns = dns, .ips = ips};
    struct tls_subject s;
    char *key = NULL, *pub = NULL;
    SCOPED(arena) a = NULL;
    SCOPED_BUF sig = BUF_INIT(0);
    SCOPED_BUF hex = BUF_INIT(0);
    struct tls_digest *d = NULL;
    int r = arena_new(&a, 1 << 20);
    if (r == 0)
        r = tls_ca_make(&ca, "ca", NOW, 10, NULL);
    if (r == 0)
        r = tls_cert_make(&leaf, &ca, "x", org, &names, TLS_USAGE_CLIENT, NOW, 1, NULL);
    if (r == 0)
        r = tls_cert_read(a, str_of(leaf.cert_pem), &s, NULL);
    if (r == 0)
        r = tls_key_make(&key, NULL);
    if (r == 0)
        r = tls_public_key(str_of(key), &pub, NULL);
    if (r == 0)
        r = tls_sign(str_of(key), STR("x"), &sig, NULL);
    if (r == 0)
        r = tls_digest_new(&d, STR("sha512"));
    if (r == 0)
        r = tls_digest_end(d, &hex);
    mem_free(key);
    mem_free(pub);
    tls_pair_done(&leaf);
    tls_pair_done(&ca);
    return r;
}

static void allocations(void **state)
{
    (void)state;
    unit_fail_allocations(all_body, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cert_roundtrip), cmocka_unit_test(cert_openssl), cmocka_unit_test(requests), cmocka_unit_test(keys),
        cmocka_unit_test(signatures),     cmocka_unit_test(digests),      cmocka_unit_test(contexts), cmocka_unit_test(allocations),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
