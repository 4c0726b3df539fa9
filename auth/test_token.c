#include "tests/unit.h"

#include "auth/auth.h"
#include "json/json.h"

#define NOW 1790000000ll

struct fixture {
    struct arena *a;
    struct auth *x;
    char *key, *other;
    bool no_account, no_pod;
    const char *account_uid, *pod_uid, *pod_deleted, *expiration;
    int asked;
};

static int get(void *ctx, struct arena *a, struct str group, struct str resource, struct str namespace, struct str name, struct value *out)
{
    struct fixture *f = ctx;
    SCOPED_BUF b = BUF_INIT(0);
    f->asked++;
    if (group.n)
        return AUTH_ABSENT;
    if (str_is(resource, "serviceaccounts") && !f->no_account && str_is(namespace, "ns") && str_is(name, "robot"))
        buf_fmt(&b, "{\"metadata\":{\"name\":\"robot\",\"namespace\":\"ns\",\"uid\":\"%s\"}}", f->account_uid);
    else if (str_is(resource, "pods") && !f->no_pod && str_is(namespace, "ns") && str_is(name, "web"))
        buf_fmt(&b,
                "{\"metadata\":{\"name\":\"web\",\"namespace\":\"ns\",\"uid\":\"%s\"%s},\"spec\":{\"nodeName\":\"n1\","
                "\"serviceAccountName\":\"robot\"}}",
                f->pod_uid, f->pod_deleted);
    else if (str_is(resource, "nodes") && str_is(name, "n1"))
        buf_text(&b, "{\"metadata\":{\"name\":\"n1\",\"uid\":\"node-uid\"}}");
    else if (str_is(resource, "secrets") && str_is(name, "bootstrap-token-abcdef"))
        buf_fmt(&b,
                "{\"metadata\":{\"name\":\"bootstrap-token-abcdef\",\"namespace\":\"kube-system\"},"
                "\"type\":\"bootstrap.kubernetes.io/token\",\"data\":{\"token-id\":\"YWJjZGVm\","
                "\"token-secret\":\"MDEyMzQ1Njc4OWFiY2RlZg==\",\"usage-bootstrap-authentication\":\"dHJ1ZQ==\"%s}}",
                f->expiration);
    else
        return AUTH_ABSENT;
    int r = buf_error(&b);
    return r < 0 ? r : json_parse(a, buf_view(&b), out, NULL);
}

static void setup(struct fixture *f)
{
    *f = (struct fixture){.account_uid = "sa-uid", .pod_uid = "pod-uid", .pod_deleted = "", .expiration = ""};
    assert_done(arena_new(&f->a, 64 << 20));
    assert_done(tls_key_make(&f->key, NULL));
    assert_done(tls_key_make(&f->other, NULL));
    const char *const audiences[] = {"https://api", NULL};
    struct auth_options o = {.issuer = "https://issuer", .audiences = audiences, .signing_key = f->key, .lookup = {get, f}};
    assert_done(auth_new(&f->x, &o, NULL));
}

static void done(struct fixture *f)
{
    auth_free(f->x);
    mem_free(f->key);
    mem_free(f->other);
    arena_free(f->a);
}

static struct value json(struct fixture *f, const char *text)
{
    struct value v;
    assert_done(json_parse(f->a, str_of(text), &v, NULL));
    return v;
}

static struct str mint(struct fixture *f, const char *request, struct value *tree)
{
    struct faults faults;
    struct err err = {{0}};
    struct value account = json(f, "{\"metadata\":{\"name\":\"robot\",\"namespace\":\"ns\",\"uid\":\"sa-uid\"}}");
    *tree = json(f, request);
    faults_init(&faults, f->a);
    int r = auth_token_mint(f->x, f->a, &account, tree, NOW, &faults, &err);
    if (r != 0)
        fail_msg("%d %s", r, err.text);
    return value_text_at(tree, "status.token");
}

static int judge(struct fixture *f, struct str token, int64_t now, struct auth_user *u)
{
    struct err err = {{0}};
    SCOPED_BUF b = BUF_INIT(0);
    buf_text(&b, "Bearer ");
    buf_str(&b, token);
    struct auth_credentials c = {.authorization = buf_view(&b), .path = STR("/api")};
    return auth_authenticate(f->x, f->a, &c, now, u, &err);
}

#define POD "\"boundObjectRef\":{\"kind\":\"Pod\",\"apiVersion\":\"v1\",\"name\":\"web\",\"uid\":\"pod-uid\"}"

static void minted(void **state)
{
    (void)state;
    struct fixture f;
    struct value tree;
    struct auth_user u;
    setup(&f);
    struct str token = mint(&f, "{\"spec\":{\"expirationSeconds\":3600," POD "}}", &tree);
    assert_str(value_text_at(&tree, "status.expirationTimestamp"), "2026-09-21T15:13:20Z");
    assert_str(value_text(value_item(value_at(&tree, "spec.audiences"), 0)), "https://api");
    assert_done(judge(&f, token, NOW, &u));
    assert_str(u.name, "system:serviceaccount:ns:robot");
    assert_str(u.uid, "sa-uid");
    assert_true(auth_user_in(&u, STR("system:serviceaccounts")));
    assert_true(auth_user_in(&u, STR("system:serviceaccounts:ns")));
    assert_true(auth_user_in(&u, STR("system:authenticated")));
    assert_int_equal(u.n_extra, 5);
    assert_str(u.extra[1].key, "authentication.kubernetes.io/pod-name");
    assert_str(u.extra[1].values[0], "web");
    assert_str(u.extra[4].values[0], "node-uid");
    int asked = f.asked;
    assert_done(judge(&f, token, NOW + 5, &u)); /* from the cache */
    assert_int_equal(asked, f.asked);
    assert_done(judge(&f, token, NOW + 11, &u));
    assert_true(f.asked > asked);
    assert_done(judge(&f, token, NOW + 3600, &u));
    assert_int_equal(judge(&f, token, NOW + 3661, &u), AUTH_UNAUTHORIZED);
    assert_int_equal(judge(&f, token, NOW - 61, &u), AUTH_UNAUTHORIZED);
    done(&f);
}

static void liveness(void **state)
{
    (void)state;
    struct fixture f;
    struct value tree;
    struct auth_user u;
    setup(&f);
    struct str token = mint(&f, "{\"spec\":{" POD "}}", &tree);
    assert_done(judge(&f, token, NOW, &u));
    f.no_pod = true;
    auth_delete(f.x, STR(""), STR("pods"), STR("other"), STR("web"));
    assert_done(judge(&f, token, NOW, &u)); /* somebody else's pod: still cached */
    auth_delete(f.x, STR(""), STR("pods"), STR("ns"), STR("web"));
    assert_int_equal(judge(&f, token, NOW, &u), AUTH_UNAUTHORIZED);
    f.no_pod = false;
    assert_done(judge(&f, token, NOW, &u));
    auth_delete(f.x, STR(""), STR("serviceaccounts"), STR("ns"), STR("robot"));
    f.account_uid = "another";
    assert_int_equal(judge(&f, token, NOW, &u), AUTH_UNAUTHORIZED);
    f.account_uid = "sa-uid";
    f.no_account = true;
    assert_int_equal(judge(&f, token, NOW, &u), AUTH_UNAUTHORIZED);
    f.no_account = false;
    f.pod_deleted = ",\"deletionTimestamp\":\"2026-09-21T14:13:00Z\""; /* 20 s ago: within what clocks may differ */
    assert_done(judge(&f, token, NOW, &u));
    assert_int_equal(judge(&f, token, NOW + 60, &u), AUTH_UNAUTHORIZED);
    done(&f);
}

static struct str forge(struct fixture *f, const char *header, const char *claims, const char *key)
{
    SCOPED_BUF b = BUF_INIT(0);
    SCOPED_BUF sig = BUF_INIT(0);
    struct str out;
    buf_base64url(&b, str_of(header));
    buf_char(&b, '.');
    buf_base64url(&b, str_of(claims));
    if (key)
        assert_done(tls_sign(str_of(key), buf_view(&b), &sig, NULL));
    else
        buf_text(&sig, "x");
    buf_char(&b, '.');
    buf_base64url(&b, buf_view(&sig));
    assert_done(arena_str(f->a, buf_view(&b), &out));
    return out;
}

#define CLAIMS(aud, exp, nbf, sub, extra) \
    "{\"iss\":\"https://issuer\",\"aud\":" aud ",\"exp\":" exp ",\"nbf\":" nbf ",\"sub\":\"" sub "\",\"kubernetes.io\":{" \
    "\"namespace\":\"ns\",\"serviceaccount\":{\"name\":\"robot\",\"uid\":\"sa-uid\"}" extra "}}"
#define AUD   "[\"https://api\"]"
#define SUB   "system:serviceaccount:ns:robot"
#define GOOD  CLAIMS(AUD, "1790000600", "1790000000", SUB, "")
#define ES256 "{\"alg\":\"ES256\"}"

static void forged(void **state)
{
    (void)state;
    struct fixture f;
    struct auth_user u;
    setup(&f);
    static const struct {
        const char *what, *header, *claims;
        int key; /* 0 the right one, 1 another, 2 none */
        bool good;
    } table[] = {
        {"the real thing", ES256, GOOD, 0, true},
        {"one audience as text", ES256, CLAIMS("\"https://api\"", "1790000600", "1790000000", SUB, ""), 0, true},
        {"two audiences", ES256, CLAIMS("[\"vault\",\"https://api\"]", "1790000600", "1790000000", SUB, ""), 0, true},
        {"alg none", "{\"alg\":\"none\"}", GOOD, 2, false},
        {"alg None with a signature", "{\"alg\":\"None\"}", GOOD, 0, false},
        {"no alg", "{}", GOOD, 0, false},
        {"HS256 over the public key", "{\"alg\":\"HS256\"}", GOOD, 2, false},
        {"another algorithm than the key's", "{\"alg\":\"RS256\"}", GOOD, 0, false},
        {"somebody else's key", ES256, GOOD, 1, false},
        {"somebody else's key, brought along", "{\"alg\":\"ES256\",\"jwk\":{\"kty\":\"EC\"},\"kid\":\"x\"}", GOOD, 1, false},
        {"critical extensions", "{\"alg\":\"ES256\",\"crit\":[\"b64\"]}", GOOD, 0, false},
        {"another audience", ES256, CLAIMS("[\"vault\"]", "1790000600", "1790000000", SUB, ""), 0, false},
        {"no audience", ES256, CLAIMS("[]", "1790000600", "1790000000", SUB, ""), 0, false},
        {"expired", ES256, CLAIMS(AUD, "1789999900", "1789999000", SUB, ""), 0, false},
        {"never expires", ES256, CLAIMS(AUD, "null", "1790000000", SUB, ""), 0, false},
        {"expires as text", ES256, CLAIMS(AUD, "\"1790000600\"", "1790000000", SUB, ""), 0, false},
        {"not yet", ES256, CLAIMS(AUD, "1790000600", "1790000100", SUB, ""), 0, false},
        {"another subject", ES256, CLAIMS(AUD, "1790000600", "1790000000", "system:admin", ""), 0, false},
        {"a secret that is not there", ES256, CLAIMS(AUD, "1790000600", "1790000000", SUB, ",\"secret\":{\"name\":\"s\",\"uid\":\"u\"}"), 0, false},
        {"a pod of another uid", ES256, CLAIMS(AUD, "1790000600", "1790000000", SUB, ",\"pod\":{\"name\":\"web\",\"uid\":\"u\"}"), 0, false},
        {"a node of another uid", ES256, CLAIMS(AUD, "1790000600", "1790000000", SUB, ",\"node\":{\"name\":\"n1\",\"uid\":\"u\"}"), 0, false},
        {"bound to a node", ES256, CLAIMS(AUD, "1790000600", "1790000000", SUB, ",\"node\":{\"name\":\"n1\",\"uid\":\"node-uid\"}"), 0, true},
        {"another issuer", ES256, "{\"iss\":\"https://evil\",\"exp\":1790000600}", 0, false},
        {"no account", ES256, "{\"iss\":\"https://issuer\",\"exp\":1790000600,\"aud\":[\"https://api\"],\"sub\":\"x\"}", 0, false},
        {"claims that are no object", ES256, "[1]", 0, false},
    };
    for (size_t i = 0; i < ARRAY_LEN(table); i++) {
        const char *key = table[i].key == 0 ? f.key : table[i].key == 1 ? f.other : NULL;
        int r = judge(&f, forge(&f, table[i].header, table[i].claims, key), NOW, &u);
        if (r != (table[i].good ? 0 : AUTH_UNAUTHORIZED))
            fail_msg("%s: %d", table[i].what, r);
    }
    struct str good = forge(&f, ES256, GOOD, f.key);
    char *bent = arena_text(f.a, good.p, good.n);
    for (size_t i = 0; i < good.n; i += 7) { /* any change anywhere */
        char was = bent[i];
        bent[i] = was == 'A' ? 'B' : 'A';
        {
            int r = judge(&f, str_make(bent, good.n), NOW, &u);
            /* the last character of each part holds bits nobody reads */
            if (r != AUTH_UNAUTHORIZED && !(i + 1 == good.n))
                fail_msg("byte %zu: %d", i, r);
        }
        bent[i] = was;
    }
    assert_int_equal(judge(&f, str_head(good, good.n - 1), NOW, &u), AUTH_UNAUTHORIZED);
    assert_int_equal(judge(&f, STR(""), NOW, &u), AUTH_UNAUTHORIZED);
    assert_int_equal(judge(&f, STR("..."), NOW, &u), AUTH_UNAUTHORIZED);
    done(&f);
}

static void key_change(void **state)
{
    (void)state;
    struct fixture f;
    struct value tree;
    struct auth_user u;
    SCOPED_BUF both = BUF_INIT(0);
    SCOPED_BUF jwks = BUF_INIT(0);
    char *old_pub = NULL, *new_pub = NULL;
    setup(&f);
    struct str token = mint(&f, "{\"spec\":{}}", &tree);
    assert_done(tls_public_key(str_of(f.key), &old_pub, NULL));
    assert_done(tls_public_key(str_of(f.other), &new_pub, NULL));
    buf_fmt(&both, "%s%s", new_pub, old_pub);
    assert_done(auth_set_keys(f.x, f.other, buf_cstr(&both), NULL));
    assert_done(judge(&f, token, NOW, &u));
    assert_done(judge(&f, mint(&f, "{\"spec\":{}}", &tree), NOW, &u));
    assert_done(auth_jwks(f.x, &jwks, NULL));
    struct value keys = json(&f, buf_cstr(&jwks));
    assert_int_equal(value_count(value_at(&keys, "keys")), 2);
    assert_done(auth_set_keys(f.x, f.other, new_pub, NULL)); /* the old key is withdrawn: at once, cache or not */
    assert_int_equal(judge(&f, token, NOW, &u), AUTH_UNAUTHORIZED);
    buf_clear(&jwks);
    assert_done(auth_openid_configuration(f.x, STR("https://api/openid/v1/jwks"), &jwks));
    assert_str(buf_view(&jwks), "{\"issuer\":\"https://issuer\",\"jwks_uri\":\"https://api/openid/v1/jwks\","
                                "\"response_types_supported\":[\"id_token\"],\"subject_types_supported\":[\"public\"],"
                                "\"id_token_signing_alg_values_supported\":[\"ES256\"]}");
    mem_free(old_pub);
    mem_free(new_pub);
    done(&f);
}

static int mint_outcome(struct fixture *f, const char *request, struct faults *faults, struct err *err)
{
    struct value account = json(f, "{\"metadata\":{\"name\":\"robot\",\"namespace\":\"ns\",\"uid\":\"sa-uid\"}}");
    struct value tree = json(f, request);
    faults_init(faults, f->a);
    return auth_token_mint(f->x, f->a, &account, &tree, NOW, faults, err);
}

static void bounds(void **state)
{
    (void)state;
    struct fixture f;
    struct value tree, part;
    struct faults faults;
    struct auth_user u;
    struct err err = {{0}};
    setup(&f);
    assert_int_equal(mint_outcome(&f, "{\"spec\":{\"expirationSeconds\":599}}", &faults, &err), AUTH_INVALID);
    assert_str(faults.items[0].message, "Invalid value: 599: may not specify a duration less than 10 minutes");
    assert_int_equal(mint_outcome(&f, "{\"spec\":{\"expirationSeconds\":4294967297}}", &faults, &err), AUTH_INVALID);
    assert_int_equal(mint_outcome(&f, "{\"spec\":{\"boundObjectRef\":{\"kind\":\"Job\",\"apiVersion\":\"v1\"}}}", &faults, &err), AUTH_INVALID);
    assert_int_equal(mint_outcome(&f, "{\"spec\":{\"boundObjectRef\":{\"kind\":\"Pod\",\"apiVersion\":\"v1\",\"name\":\"x\"}}}", &faults, &err),
                     AUTH_ABSENT);
    assert_string_equal(err.text, "pods \"x\" not found");
    assert_int_equal(mint_outcome(&f,
                                  "{\"spec\":{\"boundObjectRef\":{\"kind\":\"Pod\",\"apiVersion\":\"v1\",\"name\":\"web\","
                                  "\"uid\":\"old\"}}}",
                                  &faults, &err),
                     AUTH_CONFLICT);
    /* what pods ask for by default lives on for a year, for clients that never read it again */
    struct str token = mint(&f, "{\"spec\":{\"expirationSeconds\":3607," POD "}}", &tree);
    assert_str(value_text_at(&tree, "status.expirationTimestamp"), "2026-09-21T15:13:27Z");
    assert_done(judge(&f, token, NOW + 300 * 86400, &u));
    struct str head, rest, claims;
    SCOPED_BUF raw = BUF_INIT(0);
    str_cut(token, '.', &head, &rest);
    str_cut(rest, '.', &claims, &rest);
    assert_done(buf_unbase64url(&raw, claims));
    assert_done(json_parse(f.a, buf_view(&raw), &part, NULL));
    assert_true(value_int_at(value_get(&part, STR("kubernetes.io")), "warnafter", 0) == NOW + 3607);
    /* for somebody else's ears there is no such grace */
    token = mint(&f, "{\"spec\":{\"audiences\":[\"vault\"],\"expirationSeconds\":3607," POD "}}", &tree);
    assert_int_equal(judge(&f, token, NOW, &u), AUTH_UNAUTHORIZED);
    struct value review = json(&f, "{\"spec\":{\"audiences\":[\"vault\",\"x\"]}}");
    assert_true(value_put(f.a, &review, "spec.token", value_make_text(token)) != NULL);
    assert_done(auth_token_review(f.x, f.a, &review, NOW, NULL, NULL));
    assert_true(value_bool_at(&review, "status.authenticated", false));
    assert_int_equal(value_count(value_at(&review, "status.audiences")), 1);
    assert_str(value_text_at(&review, "status.user.username"), "system:serviceaccount:ns:robot");
    struct value bad = json(&f, "{\"spec\":{\"token\":\"nonsense\"}}");
    assert_done(auth_token_review(f.x, f.a, &bad, NOW, NULL, NULL));
    assert_false(value_bool_at(&bad, "status.authenticated", false));
    assert_true(value_text_at(&bad, "status.error").n > 0);
    done(&f);
}

static void bootstrap(void **state)
{
    (void)state;
    struct fixture f;
    struct auth_user u;
    setup(&f);
    assert_done(judge(&f, STR("abcdef.0123456789abcdef"), NOW, &u));
    assert_str(u.name, "system:bootstrap:abcdef");
    assert_true(auth_user_in(&u, STR("system:bootstrappers")));
    assert_int_equal(judge(&f, STR("abcdef.0123456789abcdee"), NOW, &u), AUTH_UNAUTHORIZED);
    assert_int_equal(judge(&f, STR("zzzzzz.0123456789abcdef"), NOW, &u), AUTH_UNAUTHORIZED);
    assert_int_equal(judge(&f, STR("../../.0123456789abcdef"), NOW, &u), AUTH_UNAUTHORIZED);
    f.expiration = ",\"expiration\":\"MjAyNi0wOS0yMVQxNDoxMzowMFo=\",\"auth-extra-groups\":"
                   "\"c3lzdGVtOmJvb3RzdHJhcHBlcnM6bm9kZXM=\"";
    assert_int_equal(judge(&f, STR("abcdef.0123456789abcdef"), NOW, &u), AUTH_UNAUTHORIZED);
    assert_done(judge(&f, STR("abcdef.0123456789abcdef"), NOW - 3600, &u));
    assert_true(auth_user_in(&u, STR("system:bootstrappers:nodes")));
    f.expiration = ",\"auth-extra-groups\":\"c3lzdGVtOm1hc3RlcnM=\""; /* system:masters */
    assert_int_equal(judge(&f, STR("abcdef.0123456789abcdef"), NOW, &u), AUTH_UNAUTHORIZED);
    done(&f);
}

static void statics_and_certs(void **state)
{
    (void)state;
    struct fixture f;
    struct auth_user u;
    struct tls_pair ca, pair;
    struct err err = {{0}};
    const char *const org[] = {"devs", "ops", NULL};
    setup(&f);
    assert_done(auth_set_static_tokens(f.x, STR("t1,alice,1\n# a comment\nt2,bob,2,\"g1,g2\"\n"), NULL));
    assert_done(judge(&f, STR("t2"), NOW, &u));
    assert_str(u.name, "bob");
    assert_true(auth_user_in(&u, STR("g2")));
    assert_int_equal(judge(&f, STR("t3"), NOW, &u), AUTH_UNAUTHORIZED);
    assert_int_equal(auth_set_static_tokens(f.x, STR("t1,alice"), NULL), -EINVAL);
    assert_int_equal(judge(&f, STR("t1"), NOW, &u), AUTH_UNAUTHORIZED);

    assert_done(tls_ca_make(&ca, "ca", NOW, 10, NULL));
    assert_done(tls_cert_make(&pair, &ca, "carol", org, NULL, TLS_USAGE_CLIENT, NOW, 1, NULL));
    SCOPED_BUF der = BUF_INIT(0);
    SCOPED_BUF b64 = BUF_INIT(0);
    for (const char *p = strchr(pair.cert_pem, '\n'); *p != '-'; p++)
        if (*p != '\n')
            buf_char(&b64, *p);
    assert_done(buf_unbase64(&der, buf_view(&b64)));
    struct auth_credentials c = {.peer_cert = buf_view(&der), .path = STR("/api")};
    assert_done(auth_authenticate(f.x, f.a, &c, NOW, &u, &err));
    assert_str(u.name, "carol");
    assert_true(auth_user_in(&u, STR("devs")) && auth_user_in(&u, STR("ops")) && auth_user_in(&u, STR("system:authenticated")));
    assert_true(str_starts(u.extra[0].values[0], STR("X509SHA256=")));
    assert_int_equal(auth_authenticate(f.x, f.a, &c, NOW + 2 * 86400, &u, &err), AUTH_UNAUTHORIZED);
    c = (struct auth_credentials){.path = STR("/api")};
    assert_int_equal(auth_authenticate(f.x, f.a, &c, NOW, &u, &err), AUTH_UNAUTHORIZED);
    static const struct {
        const char *path;
        bool open;
    } paths[] = {{"/healthz", true}, {"/livez/ping", true}, {"/version", true}, {"/versionx", false}, {"/", false}, {"/healthzz", false}};
    for (size_t i = 0; i < ARRAY_LEN(paths); i++) {
        c.path = str_of(paths[i].path);
        assert_int_equal(auth_authenticate(f.x, f.a, &c, NOW, &u, &err), paths[i].open ? 0 : AUTH_UNAUTHORIZED);
        if (paths[i].open)
            assert_str(u.name, "system:anonymous");
    }
    tls_pair_done(&ca);
    tls_pair_done(&pair);
    done(&f);
}

static int all_body(void *ctx)
{
    struct fixture *f = ctx;
    struct auth *x = NULL;
    struct value account, request;
    struct faults faults;
    struct auth_user u;
    struct err err;
    SCOPED(arena) a = NULL;
    const char *const audiences[] = {"https://api", NULL};
    struct auth_options o = {.issuer = "https://issuer", .audiences = audiences, .signing_key = f->key, .lookup = {get, f}};
    int r = arena_new(&a, 1 << 20);
    if (r == 0)
        r = auth_new(&x, &o, NULL);
    if (r == 0)
        r = json_parse(a, STR("{\"metadata\":{\"name\":\"robot\",\"namespace\":\"ns\",\"uid\":\"sa-uid\"}}"), &account, NULL);
    if (r == 0)
        r = json_parse(a, STR("{\"spec\":{" POD "}}"), &request, NULL);
    faults_init(&faults, a);
    if (r == 0)
        r = auth_token_mint(x, a, &account, &request, NOW, &faults, &err);
    for (int i = 0; r == 0 && i < 2; i++) {
        struct str *both;
        size_t n;
        r = auth_token_check(x, a, value_text_at(&request, "status.token"), NULL, 0, NOW, NULL, &u, &both, &n, &err);
        assert_true(r <= 0); /* never a refusal for lack of memory */
    }
    if (r == 0) {
        struct str *both;
        size_t n;
        r = auth_token_check(x, a, STR("abcdef.0123456789abcdef"), NULL, 0, NOW, NULL, &u, &both, &n, &err);
        assert_true(r <= 0);
    }
    auth_free(x);
    return r;
}

static void allocations(void **state)
{
    (void)state;
    struct fixture f;
    setup(&f);
    unit_fail_allocations(all_body, &f);
    done(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(minted),
        cmocka_unit_test(liveness),
        cmocka_unit_test(forged),
        cmocka_unit_test(key_change),
        cmocka_unit_test(bounds),
        cmocka_unit_test(bootstrap),
        cmocka_unit_test(statics_and_certs),
        cmocka_unit_test(allocations),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
