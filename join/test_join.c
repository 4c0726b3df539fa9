#include "join/join.h"
#include "json/json.h"
#include "tests/unit.h"
#include "tls/tls.h"

#define TOKEN STR("abcdef.0123456789abcdef")

static void tokens(void **state)
{
    (void)state;
    assert_true(join_token_valid(TOKEN));
    static const char *const bad[] = {
        "", "abcdef", "abcdef.0123456789abcde", "abcdef-0123456789abcdef", "Abcdef.0123456789abcdef", "abcdef.0123456789abcdef0"};
    for (size_t i = 0; i < ARRAY_LEN(bad); i++)
        assert_false(join_token_valid(str_of(bad[i])));
}

struct info {
    struct arena *a;
    struct tls_pair ca;
    char hash[80];
    struct value map;
};

static int setup(void **state)
{
    struct info *x = calloc(1, sizeof(*x));
    unsigned char sum[32];
    SCOPED_BUF hex = BUF_INIT(0);
    SCOPED_BUF text = BUF_INIT(0);
    SCOPED_BUF jws = BUF_INIT(0);
    struct str kept, signature;
    int r = 0;
    assert_done(arena_new(&x->a, 16u << 20));
    assert_done(tls_ca_make(&x->ca, "test", 1800000000, 30, NULL));
    assert_done(tls_public_sha256(str_of(x->ca.cert_pem), sum, NULL));
    buf_hex(&hex, str_make(sum, 32));
    snprintf(x->hash, sizeof(x->hash), "sha256:%s", buf_cstr(&hex));
    buf_text(&text, "apiVersion: v1\nclusters:\n- cluster:\n    certificate-authority-data: ");
    buf_base64(&text, str_of(x->ca.cert_pem));
    buf_text(&text, "\n    server: https://10.0.0.1:6443\n  name: \"\"\nkind: Config\n");
    assert_done(arena_str(x->a, buf_view(&text), &kept));
    assert_done(tls_jws_detached(STR("abcdef"), STR("0123456789abcdef"), kept, &jws));
    assert_done(arena_str(x->a, buf_view(&jws), &signature));
    VALUE_SET(&r, x->a, &x->map, "data.kubeconfig", value_make_text(kept));
    VALUE_SET(&r, x->a, &x->map, "data.jws-kubeconfig-abcdef", value_make_text(signature));
    assert_done(r);
    *state = x;
    return 0;
}

static int teardown(void **state)
{
    struct info *x = *state;
    tls_pair_done(&x->ca);
    arena_free(x->a);
    free(x);
    return 0;
}

static void true_one(void **state)
{
    struct info *x = *state;
    struct str ca;
    const char *hashes[] = {"sha256:0000000000000000000000000000000000000000000000000000000000000000", x->hash, NULL};
    assert_done(join_judge(x->a, &x->map, TOKEN, NULL, &ca, NULL));
    assert_str(ca, x->ca.cert_pem);
    assert_done(join_judge(x->a, &x->map, TOKEN, hashes, &ca, NULL));
}

static void false_ones(void **state)
{
    struct info *x = *state;
    struct str ca;
    struct err err = {{0}};
    const char *hashes[] = {"sha256:0000000000000000000000000000000000000000000000000000000000000000", NULL};
    assert_int_equal(join_judge(x->a, &x->map, STR("abcdeg.0123456789abcdef"), NULL, &ca, &err), JOIN_UNSIGNED);
    assert_int_equal(join_judge(x->a, &x->map, STR("abcdef.0123456789abcdee"), NULL, &ca, &err), -EKEYREJECTED);
    assert_int_equal(join_judge(x->a, &x->map, TOKEN, hashes, &ca, &err), -EKEYREJECTED);
    /* somebody between has put another authority in */
    struct tls_pair other;
    SCOPED_BUF text = BUF_INIT(0);
    assert_done(tls_ca_make(&other, "test", 1800000000, 30, NULL));
    buf_text(&text, "clusters:\n- cluster:\n    certificate-authority-data: ");
    buf_base64(&text, str_of(other.cert_pem));
    buf_text(&text, "\n");
    assert_non_null(value_put(x->a, &x->map, "data.kubeconfig", value_make_text(buf_view(&text))));
    assert_int_equal(join_judge(x->a, &x->map, TOKEN, NULL, &ca, &err), -EKEYREJECTED);
    tls_pair_done(&other);
}

static void unreadable(void **state)
{
    struct info *x = *state;
    struct str ca;
    struct err err = {{0}};
    static const char *const texts[] = {"{", "clusters: 7\n", "clusters:\n- cluster:\n    certificate-authority-data: \"!!\"\n"};
    for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
        SCOPED_BUF jws = BUF_INIT(0);
        assert_done(tls_jws_detached(STR("abcdef"), STR("0123456789abcdef"), str_of(texts[i]), &jws));
        assert_non_null(value_put(x->a, &x->map, "data.kubeconfig", value_make_text(str_of(texts[i]))));
        assert_non_null(value_put(x->a, &x->map, "data.jws-kubeconfig-abcdef", value_make_text(buf_view(&jws))));
        assert_true(join_judge(x->a, &x->map, TOKEN, NULL, &ca, &err) < 0);
    }
}

static int judge_body(void *ctx)
{
    struct info *x = ctx;
    SCOPED(arena) a = NULL;
    struct str ca;
    const char *hashes[] = {x->hash, NULL};
    int r = arena_new(&a, 16u << 20);
    return r < 0 ? r : join_judge(a, &x->map, TOKEN, hashes, &ca, NULL);
}

static void judge_without_memory(void **state)
{
    unit_fail_allocations(judge_body, *state);
}

int main(void)
{
    const struct CMUnitTest all[] = {
        cmocka_unit_test(tokens),
        cmocka_unit_test_setup_teardown(true_one, setup, teardown),
        cmocka_unit_test_setup_teardown(false_ones, setup, teardown),
        cmocka_unit_test_setup_teardown(unreadable, setup, teardown),
        cmocka_unit_test_setup_teardown(judge_without_memory, setup, teardown),
    };
    return cmocka_run_group_tests_name("join", all, NULL, NULL);
}
