/* Tokens of an issuer that answers over real TLS: keys that turn, claims of all sorts, configurations that are wrong.
 */
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>

#include "http/http.h"
#include "issuer/inside.h"
#include "json/json.h"
#include "tests/unit.h"

#define AUTH_KIND "apiVersion: apiserver.config.k8s.io/v1\nkind: AuthenticationConfiguration\n"

struct world {
    struct loop *loop;
    struct http_server *server;
    struct tls_pair ca, own;
    SSL_CTX *serving;
    struct issuer *x;
    struct auth *auth;
    struct arena *a;
    char url[100];
    char jwks[16384];
    unsigned documents, key_sets;
    int code;                /* 0: as it should be */
    const char *said_issuer; /* NULL: url */
    unsigned woken;
};

/* ── the issuer ── */

static void on_request(void *ctx, struct http_req *q)
{
    struct world *w = ctx;
    char text[400];
    struct str path = http_req_path(q);
    snprintf(text, sizeof(text), "{\"issuer\":\"%s\",\"jwks_uri\":\"%s/keys\"}", w->said_issuer ? w->said_issuer : w->url, w->url);
    if (w->code)
        http_reply(q, w->code, NULL, 0, (struct http_bytes){.bytes = STR_INIT("no")});
    else if (str_ends(path, STR("/.well-known/openid-configuration")) && ++w->documents)
        http_reply(q, 200, NULL, 0, (struct http_bytes){.bytes = str_of(text)});
    else if (str_is(path, "/keys") && ++w->key_sets)
        http_reply(q, 200, NULL, 0, (struct http_bytes){.bytes = str_of(w->jwks)});
    else
        http_reply(q, 404, NULL, 0, (struct http_bytes){.bytes = STR_INIT("no")});
}

static EVP_PKEY *make_key(const char *alg)
{
    if (alg[0] != 'E')
        return EVP_RSA_gen(2048);
    return EVP_EC_gen(!strcmp(alg, "ES256") ? "P-256" : !strcmp(alg, "ES384") ? "P-384" : "P-521");
}

static void put_number(struct buf *b, const char *name, EVP_PKEY *key, const char *param, int width)
{
    BIGNUM *n = NULL;
    unsigned char bytes[1024];
    assert_int_equal(EVP_PKEY_get_bn_param(key, param, &n), 1);
    int len = width ? BN_bn2binpad(n, bytes, width) : BN_bn2bin(n, bytes);
    buf_fmt(b, ",\"%s\":\"", name);
    buf_base64url(b, str_make(bytes, (size_t)len));
    buf_char(b, '"');
    BN_free(n);
}

static void put_jwk(struct buf *b, EVP_PKEY *key, const char *alg, const char *kid)
{
    int half = !strcmp(alg, "ES256") ? 32 : !strcmp(alg, "ES384") ? 48 : 66;
    buf_fmt(b, "{\"kid\":\"%s\",\"use\":\"sig\"", kid);
    if (alg[0] == 'E') {
        buf_fmt(b, ",\"kty\":\"EC\",\"crv\":\"P-%s\"", half == 32 ? "256" : half == 48 ? "384" : "521");
        put_number(b, "x", key, OSSL_PKEY_PARAM_EC_PUB_X, half);
        put_number(b, "y", key, OSSL_PKEY_PARAM_EC_PUB_Y, half);
    } else {
        buf_text(b, ",\"kty\":\"RSA\"");
        put_number(b, "n", key, OSSL_PKEY_PARAM_RSA_N, 0);
        put_number(b, "e", key, OSSL_PKEY_PARAM_RSA_E, 0);
    }
    buf_char(b, '}');
}

static void publish(struct world *w, EVP_PKEY *key, const char *alg, const char *kid)
{
    SCOPED_BUF b = BUF_INIT(0);
    buf_text(&b, "{\"keys\":[{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"AAAA\"},{\"kty\":\"RSA\",\"use\":\"enc\","
                 "\"n\":\"AAAA\",\"e\":\"AQAB\"},");
    put_jwk(&b, key, alg, kid);
    buf_text(&b, "]}");
    snprintf(w->jwks, sizeof(w->jwks), "%s", buf_cstr(&b));
}

static struct str sign(struct world *w, EVP_PKEY *key, const char *alg, const char *kid, const char *claims)
{
    SCOPED_BUF b = BUF_INIT(0);
    unsigned char sig[1024], raw[132];
    size_t n = sizeof(sig);
    struct str out;
    SCOPED_BUF head = BUF_INIT(0);
    buf_fmt(&head, "{\"alg\":\"%s\",\"kid\":\"%s\"}", alg, kid);
    buf_base64url(&b, buf_view(&head));
    buf_char(&b, '.');
    buf_base64url(&b, str_of(claims));
    const EVP_MD *md = alg[2] == '2' ? EVP_sha256() : alg[2] == '3' ? EVP_sha384() : EVP_sha512();
    EVP_MD_CTX *c = EVP_MD_CTX_new();
    EVP_PKEY_CTX *p = NULL;
    assert_int_equal(EVP_DigestSignInit(c, &p, md, NULL, key), 1);
    if (alg[0] == 'P') {
        assert_int_equal(EVP_PKEY_CTX_set_rsa_padding(p, RSA_PKCS1_PSS_PADDING), 1);
        assert_int_equal(EVP_PKEY_CTX_set_rsa_pss_saltlen(p, RSA_PSS_SALTLEN_DIGEST), 1);
    }
    assert_int_equal(EVP_DigestSign(c, sig, &n, (const unsigned char *)b.p, b.n), 1);
    EVP_MD_CTX_free(c);
    const unsigned char *at = sig;
    if (alg[0] == 'E') {
        int half = alg[2] == '2' ? 32 : alg[2] == '3' ? 48 : 66;
        ECDSA_SIG *s = d2i_ECDSA_SIG(NULL, &at, (long)n);
        BN_bn2binpad(ECDSA_SIG_get0_r(s), raw, half);
        BN_bn2binpad(ECDSA_SIG_get0_s(s), raw + half, half);
        ECDSA_SIG_free(s);
        at = raw;
        n = 2 * (size_t)half;
    }
    buf_char(&b, '.');
    buf_base64url(&b, str_make(at, n));
    assert_done(arena_str(w->a, buf_view(&b), &out));
    return out;
}

/* ── the world ── */

static void start(struct world *w)
{
    static const char *const ips[] = {"127.0.0.1", NULL};
    struct tls_names names = {.ips = ips};
    int64_t now = time(NULL);
    *w = (struct world){0};
    assert_done(loop_new(&w->loop));
    assert_done(arena_new(&w->a, 64u << 20));
    assert_done(tls_ca_make(&w->ca, "ca", now, 1, NULL));
    assert_done(tls_cert_make(&w->own, &w->ca, "issuer", NULL, &names, TLS_USAGE_SERVER, now, 1, NULL));
    assert_done(tls_server_context(&w->serving, &w->own, NULL, STR_NONE, NULL));
    struct http_server_options o = {.address = "127.0.0.1", .tls = w->serving, .on_request = on_request, .ctx = w};
    assert_done(http_server_new(&w->server, w->loop, &o, NULL));
    snprintf(w->url, sizeof(w->url), "https://127.0.0.1:%d", http_server_port(w->server));
    assert_done(issuer_new(&w->x, w->loop, "https://own.example", NULL));
    assert_done(auth_new(&w->auth, &(struct auth_options){0}, NULL));
    struct auth_outsider other = {issuer_token, w->x};
    auth_set_outsiders(w->auth, &other, 1);
}

static void end(struct world *w)
{
    auth_set_outsiders(w->auth, NULL, 0);
    issuer_free(w->x);
    auth_free(w->auth);
    http_server_free(w->server);
    tls_context_free(w->serving);
    tls_pair_done(&w->ca);
    tls_pair_done(&w->own);
    arena_free(w->a);
    loop_free(w->loop);
}

static void put_ca(struct world *w, struct buf *b, const char *indent)
{
    struct str rest = str_of(w->ca.cert_pem), line;
    while (str_next(&rest, '\n', &line))
        if (line.n)
            buf_fmt(b, "%s%.*s\n", indent, STR_FMT(line));
}

static void configure(struct world *w, const char *more)
{
    SCOPED_BUF b = BUF_INIT(0);
    struct err err = {{0}};
    buf_fmt(&b,
            AUTH_KIND "jwt:\n- issuer:\n    url: %s\n    audiences: [me, you]\n    audienceMatchPolicy: MatchAny\n    "
                      "certificateAuthority: |\n",
            w->url);
    put_ca(w, &b, "      ");
    buf_text(&b, more);
    int r = issuer_configure(w->x, buf_view(&b), &err);
    if (r < 0)
        fail_msg("%d: %s", r, err.text);
}

static void woken(void *ctx)
{
    struct world *w = ctx;
    w->woken++;
    loop_stop(w->loop);
}

/* Waits for whom it must. */
static int check(struct world *w, struct str token, struct auth_user *u, struct err *err)
{
    struct auth_wait wait;
    auth_wait_init(&wait, woken, w);
    struct auth_credentials c = {.bearer = token, .path = STR("/api"), .wait = &wait};
    for (int i = 0; i < 4; i++) {
        err->text[0] = 0;
        int r = auth_authenticate(w->auth, w->a, &c, time(NULL), u, err);
        if (r != AUTH_WAITS)
            return r;
        assert_done(loop_run(w->loop));
    }
    fail_msg("it waits for ever");
    return 0;
}

static const char *claims(struct world *w, const char *more)
{
    struct str s = arena_fmt(w->a, "{\"iss\":\"%s\",\"aud\":\"me\",\"exp\":%lld,\"sub\":\"jane\",\"jti\":\"id-1\"%s%s}", w->url,
                             (long long)time(NULL) + 600, more[0] ? "," : "", more);
    return s.p;
}

#define SUB "  claimMappings:\n    username: {claim: sub, prefix: 'x:'}\n"

static void refused(struct world *w, struct str token, const char *why)
{
    struct auth_user u;
    struct err err = {{0}};
    assert_int_equal(check(w, token, &u, &err), AUTH_UNAUTHORIZED);
    if (!strstr(err.text, why))
        fail_msg("got: %s", err.text);
}

static void test_algorithms(void **state)
{
    (void)state;
    static const char *const algs[] = {"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"};
    for (size_t i = 0; i < ARRAY_LEN(algs); i++) {
        struct world w;
        struct auth_user u;
        struct err err = {{0}};
        start(&w);
        EVP_PKEY *key = make_key(algs[i]);
        publish(&w, key, algs[i], "one");
        configure(&w, SUB);
        struct str token = sign(&w, key, algs[i], "one", claims(&w, ""));
        int r = check(&w, token, &u, &err); /* waits for the keys */
        if (r)
            fail_msg("%s: %d %s", algs[i], r, err.text);
        assert_int_equal(w.woken, 1);
        assert_str(u.name, "x:jane");
        assert_int_equal(u.n_groups, 1);
        assert_str(u.groups[0], "system:authenticated");
        assert_str(u.extra[0].key, "authentication.kubernetes.io/credential-id");
        assert_str(u.extra[0].values[0], "JTI=id-1");
        assert_true(u.expires > time(NULL));
        char *bad = arena_text(w.a, token.p, token.n);
        bad[token.n - 20] ^= 1;
        refused(&w, str_make(bad, token.n), "signature");
        EVP_PKEY_free(key);
        end(&w);
    }
}

/* A new key is fetched when it is first met, but not for every token that names one nobody knows. */
static void test_rotation(void **state)
{
    (void)state;
    struct world w;
    struct auth_user u;
    struct err err = {{0}};
    start(&w);
    EVP_PKEY *one = make_key("ES256"), *two = make_key("ES256");
    publish(&w, one, "ES256", "one");
    configure(&w, SUB);
    assert_done(check(&w, sign(&w, one, "ES256", "one", claims(&w, "")), &u, &err));
    assert_int_equal(w.key_sets, 1);
    publish(&w, two, "ES256", "two");
    refused(&w, sign(&w, two, "ES256", "two", claims(&w, "")), "signature"); /* keys were fetched just now */
    assert_int_equal(w.key_sets, 1);
    w.x->now->providers[0]->next_try = 0; /* ten seconds later */
    assert_done(check(&w, sign(&w, two, "ES256", "two", claims(&w, "")), &u, &err));
    assert_int_equal(w.key_sets, 2);
    refused(&w, sign(&w, one, "ES256", "one", claims(&w, "")), "signature");
    w.x->now->providers[0]->next_try = 0; /* worthless tokens make nobody fetch */
    refused(&w, sign(&w, one, "ES256", "three", "{\"iss\":\"x\"}"), "of no known kind");
    struct str late = arena_fmt(w.a, "{\"iss\":\"%s\",\"aud\":\"me\",\"exp\":1000,\"sub\":\"jane\"}", w.url);
    refused(&w, sign(&w, one, "ES256", "three", late.p), "token is expired (Token Expiry: 1970-01-01T00:16:40Z)");
    assert_int_equal(w.key_sets, 2);
    w.code = 500; /* a failed fetch leaves the keys there were */
    refused(&w, sign(&w, one, "ES256", "three", claims(&w, "")), "signature");
    assert_done(check(&w, sign(&w, two, "ES256", "two", claims(&w, "")), &u, &err));
    EVP_PKEY_free(one);
    EVP_PKEY_free(two);
    end(&w);
}

static void stop_loop(void *ctx)
{
    struct world *w = ctx;
    loop_stop(w->loop);
}

/* Another configuration while the first one's keys are being fetched, at each step of it. */
static void test_changed_meanwhile(void **state)
{
    (void)state;
    EVP_PKEY *one = make_key("ES256");
    for (int turns = 0; turns < 12; turns++) {
        struct world w;
        struct auth_user u;
        struct err err = {{0}};
        struct loop_task stop;
        start(&w);
        publish(&w, one, "ES256", "one");
        configure(&w, SUB);
        for (int i = 0; i < turns; i++) {
            stop = (struct loop_task){0};
            loop_defer(w.loop, &stop, stop_loop, &w);
            assert_done(loop_run(w.loop));
        }
        configure(&w, SUB "  userValidationRules:\n  - {expression: 'true'}\n");
        assert_done(check(&w, sign(&w, one, "ES256", "one", claims(&w, "")), &u, &err));
        end(&w);
    }
    EVP_PKEY_free(one);
}

static void test_unreachable(void **state)
{
    (void)state;
    static const struct {
        int code;
        const char *said, *jwks, *why;
    } rows[] = {
        {503, NULL, "", "the answer is 503"},
        {0, "https://other.example", "", "issuer did not match the issuer returned by provider"},
        {0, NULL, "{}", "there is no list \"keys\""},
        {0, NULL, "<html>", "keys at \"https://127.0.0.1:"},
        {0, NULL, "{\"keys\":[{\"kty\":\"RSA\",\"n\":\"AAAA\",\"e\":\"AQAB\"}]}", "none of 1 keys is usable"},
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct world w;
        start(&w);
        EVP_PKEY *key = make_key("ES256");
        w.code = rows[i].code;
        w.said_issuer = rows[i].said;
        snprintf(w.jwks, sizeof(w.jwks), "%s", rows[i].jwks);
        configure(&w, SUB);
        struct str token = sign(&w, key, "ES256", "one", claims(&w, ""));
        refused(&w, token, "is not initialized");
        refused(&w, token, rows[i].why);
        w.code = 0; /* it comes to itself */
        w.said_issuer = NULL;
        publish(&w, key, "ES256", "one");
        w.x->now->providers[0]->next_try = 0;
        struct auth_user u;
        struct err err = {{0}};
        assert_done(check(&w, token, &u, &err));
        EVP_PKEY_free(key);
        end(&w);
    }
}

static const struct mapping_row {
    const char *config, *claims, *user; /* user: as a tree; else the refusal */
} rows[] = {
    {SUB, "\"aud\":[\"no\",\"you\"]", "{\"username\":\"x:jane\",\"groups\":[\"system:authenticated\"]"},
    {SUB, "\"aud\":\"no\"", "expected audience"},
    {SUB, "\"aud\":7", "expected audience"},
    {SUB, "\"nbf\":99999999999", "before the nbf"},
    {SUB, "\"exp\":\"never\"", "token is expired"},
    {SUB, "\"sub\":7", "parse username claims"},
    {"  claimMappings:\n    username: {claim: email, prefix: ''}\n", "\"email\":\"j@x\"", "{\"username\":\"j@x\""},
    {"  claimMappings:\n    username: {claim: email, prefix: ''}\n", "\"email\":\"j@x\",\"email_verified\":false", "email not verified"},
    {"  claimMappings:\n    username: {claim: sub, prefix: ''}\n    groups: {claim: roles, prefix: 'g:'}\n", "\"roles\":[\"a\",\"b\"]",
     "\"groups\":[\"g:a\",\"g:b\",\"system:authenticated\"]"},
    {"  claimMappings:\n    username: {claim: sub, prefix: ''}\n    groups: {claim: roles, prefix: ''}\n", "\"roles\":\"a\"",
     "\"groups\":[\"a\",\"system:authenticated\"]"},
    {"  claimMappings:\n    username: {claim: sub, prefix: ''}\n    groups: {claim: roles, prefix: ''}\n", "\"roles\":[1]", "parse groups claim"},
    {"  claimMappings:\n    username: {claim: sub, prefix: ''}\n    uid: {claim: oid}\n", "\"oid\":\"77\"", "\"uid\":\"77\""},
    {"  claimMappings:\n    username: {claim: sub, prefix: ''}\n    uid: {claim: oid}\n", "\"x\":1", "parse uid claim"},
    {"  claimMappings:\n    username: {expression: 'claims.sub + \"@\" + claims.org.name'}\n    groups: {expression: "
     "'claims.roles.split(\",\")'}\n"
     "    uid: {expression: 'string(claims.n)'}\n    extra:\n    - {key: example.com/tier, valueExpression: "
     "'claims.tier'}\n"
     "    - {key: example.com/none, valueExpression: '[\"\"]'}\n",
     "\"org\":{\"name\":\"o\"},\"roles\":\"a,b\",\"n\":5,\"tier\":[\"gold\",\"\"]",
     "{\"username\":\"jane@o\",\"uid\":\"5\",\"groups\":[\"a\",\"b\",\"system:authenticated\"],\"extra\":{\"example."
     "com/tier\":[\"gold\"],"},
    {"  claimMappings:\n    username: {expression: 'claims.nothing'}\n", "",
     "error evaluating username expression: expression 'claims.nothing' resulted in error: no such key"},
    {"  claimMappings:\n    username: {expression: 'claims.n'}\n", "\"n\":5", "must return a string"},
    {"  claimMappings:\n    username: {expression: 'claims.n'}\n", "\"n\":\"\"", "empty string"},
    {"  claimValidationRules:\n  - {claim: hd, requiredValue: x}\n" SUB, "\"hd\":\"x\"", "x:jane"},
    {"  claimValidationRules:\n  - {claim: hd, requiredValue: x}\n" SUB, "\"hd\":\"y\"", "required claim hd value does not match. Got = y, want = x"},
    {"  claimValidationRules:\n  - {claim: hd, requiredValue: x}\n" SUB, "", "required claim hd not present"},
    {"  claimValidationRules:\n  - {expression: 'claims.n < 5', message: too much}\n" SUB, "\"n\":4", "x:jane"},
    {"  claimValidationRules:\n  - {expression: 'claims.n < 5', message: too much}\n" SUB, "\"n\":6",
     "validation expression 'claims.n < 5' failed: too much"},
    {SUB "  userValidationRules:\n  - {expression: \"!user.username.startsWith('system:')\", message: reserved}\n", "", "x:jane"},
    {"  claimMappings:\n    username: {claim: sub, prefix: 'system:'}\n"
     "  userValidationRules:\n  - {expression: \"!user.username.startsWith('system:')\", message: reserved}\n",
     "", "failed: reserved"},
    {SUB "  userValidationRules:\n  - {expression: \"user.groups.all(g, g != 'x') && user.uid == '' && !('k' in "
         "user.extra)\"}\n",
     "", "x:jane"},
};

static void try_row(struct world *w, EVP_PKEY *key, const struct mapping_row *row)
{
    struct auth_user u;
    struct err err = {{0}};
    struct value tree;
    SCOPED_BUF b = BUF_INIT(0);
    configure(w, row->config);
    int r = check(w, sign(w, key, "ES256", "one", claims(w, row->claims)), &u, &err);
    if (r == 0) {
        assert_done(auth_user_tree(w->a, &u, &tree));
        json_print(&b, &tree);
    } else {
        assert_int_equal(r, AUTH_UNAUTHORIZED);
        buf_text(&b, err.text);
    }
    if (!strstr(buf_cstr(&b), row->user))
        fail_msg("%s\n%s\ngot %s", row->config, row->claims, buf_cstr(&b));
}

static void test_mappings(void **state)
{
    (void)state;
    struct world w;
    start(&w);
    EVP_PKEY *key = make_key("ES256");
    publish(&w, key, "ES256", "one");
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        try_row(&w, key, &rows[i]);
    EVP_PKEY_free(key);
    end(&w);
}

static void test_flags(void **state)
{
    (void)state;
    struct world w;
    struct auth_user u;
    struct err err = {{0}};
    start(&w);
    EVP_PKEY *key = make_key("RS256");
    publish(&w, key, "RS256", "one");
    static const char *const required[] = {"hd=x", NULL}, *const bad[] = {"hd", NULL};
    struct issuer_flags f = {
        .url = w.url, .client_id = "me", .groups_claim = "roles", .groups_prefix = "g:", .ca_pem = w.ca.cert_pem, .required = required};
    assert_done(issuer_configure_flags(w.x, &f, &err));
    assert_done(check(&w, sign(&w, key, "RS256", "one", claims(&w, "\"hd\":\"x\",\"roles\":[\"a\"]")), &u, &err));
    assert_true(str_starts(u.name, str_of(w.url)) && str_ends(u.name, STR("#jane")));
    assert_str(u.groups[0], "g:a");
    refused(&w, sign(&w, key, "RS256", "one", claims(&w, "")), "required claim hd");
    refused(&w, sign(&w, key, "PS256", "one", claims(&w, "\"hd\":\"x\"")), "unsupported algorithm \"PS256\"");
    f.required = bad;
    assert_int_equal(issuer_configure_flags(w.x, &f, &err), -EINVAL);
    f.required = NULL;
    f.signing_algs = "HS256";
    assert_int_equal(issuer_configure_flags(w.x, &f, &err), -EINVAL);
    f.signing_algs = NULL;
    f.client_id = NULL;
    assert_int_equal(issuer_configure_flags(w.x, &f, &err), -EINVAL);
    EVP_PKEY_free(key);
    end(&w);
}

#define ONE  "jwt:\n- issuer: {url: 'https://i.example', audiences: [a]}\n"
#define NAME "  claimMappings: {username: {claim: sub, prefix: ''}}\n"
static const struct {
    const char *yaml, *why;
} wrong[] = {
    {"", "not an AuthenticationConfiguration"},
    {"kind: AuthenticationConfiguration\napiVersion: v1\n", "not an AuthenticationConfiguration"},
    {AUTH_KIND "jwt: {}\n", "jwt: must be a list"},
    {AUTH_KIND "jwts: []\n", "jwts: no such field"},
    {AUTH_KIND "jwt:\n- {}\n", "jwt[0].issuer.url: a URL is required"},
    {AUTH_KIND "jwt:\n- issuer: {url: 'http://x'}\n", "jwt[0].issuer.url: \"http://x\" must be an https URL"},
    {AUTH_KIND "jwt:\n- issuer: {url: 'https://x?y'}\n", "neither user, query nor fragment"},
    {AUTH_KIND "jwt:\n- issuer: {url: 'https://own.example', audiences: [a]}\n", "this cluster's own issuer"},
    {AUTH_KIND "jwt:\n- issuer: {url: 'https://x'}\n", "jwt[0].issuer.audiences: at least one"},
    {AUTH_KIND "jwt:\n- issuer: {url: 'https://x', audiences: ['']}\n", "jwt[0].issuer.audiences[0]"},
    {AUTH_KIND "jwt:\n- issuer: {url: 'https://x', audiences: [a, a]}\n", "twice"},
    {AUTH_KIND "jwt:\n- issuer: {url: 'https://x', audiences: [a, b]}\n", "audienceMatchPolicy: must be MatchAny"},
    {AUTH_KIND "jwt:\n- issuer: {url: 'https://x', audiences: [a], audienceMatchPolicy: All}\n", "audienceMatchPolicy: \"All\""},
    {AUTH_KIND "jwt:\n- issuer: {url: 'https://x/', audiences: [a], discoveryURL: 'https://x'}\n", "discoveryURL: must differ"},
    {AUTH_KIND "jwt:\n- issuer: {url: 'https://x', audiences: [a], certificateAuthority: none}\n", "certificateAuthority"},
    {AUTH_KIND ONE, "jwt[0].claimMappings.username: claim or expression is required"},
    {AUTH_KIND ONE "  claimMappings: {username: {claim: sub}}\n", "username.prefix: is required"},
    {AUTH_KIND ONE "  claimMappings: {username: {claim: sub, prefix: '', expression: x}}\n", "exclude each other"},
    {AUTH_KIND ONE "  claimMappings: {username: {expression: 'claims.sub', prefix: ''}}\n", "username.prefix"},
    {AUTH_KIND ONE "  claimMappings: {username: {expression: 'claims.'}}\n", "username.expression: compilation failed"},
    {AUTH_KIND ONE "  claimMappings: {username: {expression: '1'}}\n", "username.expression: must evaluate to string, not to int"},
    {AUTH_KIND ONE "  claimMappings: {username: {expression: 'user.username'}}\n", "undeclared reference to 'user'"},
    {AUTH_KIND ONE "  claimMappings: {username: {expression: 'claims.email'}}\n", "claims.email_verified"},
    {AUTH_KIND ONE "  claimMappings: {username: {claim: sub, prefix: ''}, groups: {claim: g}}\n", "groups.prefix: is required"},
    {AUTH_KIND ONE "  claimMappings: {username: {claim: sub, prefix: ''}, groups: {expression: 'true'}}\n", "string or list(string)"},
    {AUTH_KIND ONE "  claimMappings: {username: {claim: sub, prefix: ''}, uid: {claim: g, prefix: x}}\n", "uid.prefix: no such field"},
    {AUTH_KIND ONE "  claimMappings: {username: {claim: sub, prefix: ''}, extra: [{key: foo, valueExpression: \"'x'\"}]}\n", "a domain and a path"},
    {AUTH_KIND ONE "  claimMappings: {username: {claim: sub, prefix: ''}, extra: [{key: a.k8s.io/x, valueExpression: \"'x'\"}]}\n",
     "kept for Kubernetes"},
    {AUTH_KIND ONE "  claimMappings: {username: {claim: sub, prefix: ''}, extra: [{key: a.b/X, valueExpression: \"'x'\"}]}\n", "lower case"},
    {AUTH_KIND ONE "  claimMappings: {username: {claim: sub, prefix: ''}, extra: [{key: a.b/x}]}\n", "valueExpression: is required"},
    {AUTH_KIND ONE "  claimValidationRules: [{}]\n" NAME, "jwt[0].claimValidationRules[0]: either"},
    {AUTH_KIND ONE "  claimValidationRules: [{claim: a, message: b}]\n" NAME, "claimValidationRules[0].message"},
    {AUTH_KIND ONE "  claimValidationRules: [{claim: a}, {claim: a}]\n" NAME, "claimValidationRules[1]: stands there twice"},
    {AUTH_KIND ONE "  claimValidationRules: [{expression: '1'}]\n" NAME, "must evaluate to bool, not to int"},
    {AUTH_KIND ONE NAME "  userValidationRules: [{message: x}]\n", "userValidationRules[0].expression: is required"},
    {AUTH_KIND ONE NAME "- issuer: {url: 'https://i.example', audiences: [a]}\n" NAME, "is jwt[0]'s too"},
    {AUTH_KIND "anonymous: {enabled: false, conditions: [{path: /x}]}\n", "anonymous.conditions"},
    {AUTH_KIND "anonymous: {enabled: true, conditions: [{path: x}]}\n", "anonymous.conditions[0].path"},
};

static void test_wrong(void **state)
{
    (void)state;
    struct loop *loop;
    struct issuer *x;
    assert_done(loop_new_simulated(&loop, 1700000000));
    assert_done(issuer_new(&x, loop, "https://own.example", NULL));
    for (size_t i = 0; i < ARRAY_LEN(wrong); i++) {
        struct err err = {{0}};
        if (issuer_configure(x, str_of(wrong[i].yaml), &err) >= 0)
            fail_msg("taken: %s", wrong[i].yaml);
        if (!strstr(err.text, wrong[i].why))
            fail_msg("%s\ngot: %s", wrong[i].yaml, err.text);
    }
    issuer_free(x);
    loop_free(loop);
}

static void test_anonymous(void **state)
{
    (void)state;
    struct world w;
    const char *const *paths;
    bool enabled;
    start(&w);
    struct auth_user u;
    struct err err = {{0}};
    assert_done(issuer_configure(w.x, STR(AUTH_KIND "anonymous: {enabled: true, conditions: [{path: /livez}]}\n"), &err));
    assert_true(issuer_anonymous(w.x, &enabled, &paths));
    auth_set_anonymous(w.auth, enabled, paths);
    struct auth_credentials c = {.path = STR("/livez")};
    assert_done(auth_authenticate(w.auth, w.a, &c, 1, &u, &err));
    assert_str(u.name, "system:anonymous");
    c.path = STR("/readyz");
    assert_int_equal(auth_authenticate(w.auth, w.a, &c, 1, &u, &err), AUTH_UNAUTHORIZED);
    auth_set_anonymous(w.auth, true, NULL);
    assert_done(auth_authenticate(w.auth, w.a, &c, 1, &u, &err));
    auth_set_anonymous(w.auth, false, NULL);
    c.path = STR("/livez");
    assert_int_equal(auth_authenticate(w.auth, w.a, &c, 1, &u, &err), AUTH_UNAUTHORIZED);
    end(&w);
}

struct body {
    struct loop *loop;
    const char *yaml;
};

static int configure_body(void *ctx)
{
    struct body *b = ctx;
    struct issuer *x = NULL;
    int r = issuer_new(&x, b->loop, "", NULL);
    if (r == 0)
        r = issuer_configure(x, str_of(b->yaml), NULL);
    issuer_free(x);
    return r;
}

static int jwks_body(void *ctx)
{
    struct jwks k;
    int r = jwks_parse(&k, str_of(ctx), NULL);
    if (r == 0)
        jwks_done(&k);
    return r;
}

static void test_allocations(void **state)
{
    (void)state;
    struct body b = {.yaml = AUTH_KIND ONE "  claimValidationRules: [{expression: 'claims.a == 1'}]\n"
                                           "  claimMappings: {username: {expression: 'claims.sub'}, groups: {claim: g, prefix: ''}}\n"
                                           "anonymous: {enabled: true, conditions: [{path: /x}]}\n"};
    assert_done(loop_new_simulated(&b.loop, 1700000000));
    unit_fail_allocations(configure_body, &b);
    loop_free(b.loop);
    struct world w;
    start(&w);
    EVP_PKEY *key = make_key("ES256");
    publish(&w, key, "ES256", "one");
    unit_fail_allocations(jwks_body, w.jwks);
    EVP_PKEY_free(key);
    end(&w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_algorithms),  cmocka_unit_test(test_rotation),  cmocka_unit_test(test_changed_meanwhile),
        cmocka_unit_test(test_unreachable), cmocka_unit_test(test_mappings),  cmocka_unit_test(test_flags),
        cmocka_unit_test(test_wrong),       cmocka_unit_test(test_anonymous), cmocka_unit_test(test_allocations),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
