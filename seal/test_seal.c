/* Values sealed by other programs are opened, ours are opened again, and what was tampered with is not. */
#include "seal/seal.h"
#include "tests/unit.h"

#define HEAD    "apiVersion: apiserver.config.k8s.io/v1\nkind: EncryptionConfiguration\nresources:\n"
#define KEY32   "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="
#define OTHER32 "AQECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="
#define KEY16   "AAECAwQFBgcICQoLDA0ODw=="
#define SECRET  STR("/registry/secrets/a/b")

static struct seal *with(const char *yaml)
{
    struct seal *s;
    struct err err = {{0}};
    assert_done(seal_new(&s));
    int r = seal_configure(s, str_of(yaml), &err);
    if (r < 0)
        fail_msg("%d: %s", r, err.text);
    return s;
}

static const char all[] = HEAD "- resources: [secrets]\n"
                               "  providers:\n"
                               "  - aesgcm: {keys: [{name: g, secret: " KEY32 "}]}\n"
                               "  - aescbc: {keys: [{name: c, secret: " KEY32 "}, {name: d, secret: " KEY16 "}]}\n"
                               "  - secretbox: {keys: [{name: s, secret: " KEY32 "}]}\n"
                               "  - identity: {}\n";

static int open_text(struct seal *s, struct str key, const char *prefix, const char *base64, struct buf *plain, struct err *err)
{
    SCOPED_BUF b = BUF_INIT(0);
    uint8_t n;
    buf_text(&b, prefix);
    assert_done(buf_unbase64(&b, str_of(base64)));
    return seal_open(s, key, buf_view(&b), plain, &n, err);
}

/* Made with OpenSSL's tool, Python's cryptography and libsodium, key 00 01 … 1f. */
static void test_foreign(void **state)
{
    (void)state;
    static const struct {
        const char *prefix, *base64, *plain;
    } rows[] = {
        {"k8s:enc:aesgcm:v1:g:", "AAECAwQFBgcICQoLN263cqvFtn71NQcesLc7bq0VNLwYzPLq5mk=", "plain text"},
        {"k8s:enc:aescbc:v1:c:", "ICEiIyQlJicoKSorLC0uL4uXkznv3JXPhvWtgRYqHhw=", "plain text"},
        {"k8s:enc:secretbox:v1:s:",
         "ZGVmZ2hpamtsbW5vcHFyc3R1dnd4eXp7S0Kjw3/Y9WvFRzmORd+ueGOZ6qxZxKudkJJFtFrr0X0e3lDGioYkdcMsIPhl6KKyiA7UaypU6YGBNngEIH6yF6Sw2nBz"
         "6BkwbYRzZrfd/Q95qy1Nu1kr+Nz7P50m44D8JvKtc8+eFSL99ewHGoqKpZHzyRrPql+kcR4Lq9M6tVUXXfNqo0MhZ2DjYMbEc7pT3Ws3OFbubmwuUU5M/aaGdQ5E"
         "hHoNUxp9xSnIHAMYq5zuHEAS/Q==",
         "a secret of more than one block: a secret of more than one block: a secret of more than one block: "
         "a secret of more than one block: a secret of more than one block: "},
    };
    struct seal *s = with(all);
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        SCOPED_BUF plain = BUF_INIT(0);
        struct err err = {{0}};
        int r = open_text(s, SECRET, rows[i].prefix, rows[i].base64, &plain, &err);
        if (r < 0)
            fail_msg("%s %d: %s", rows[i].prefix, r, err.text);
        assert_str(buf_view(&plain), rows[i].plain);
    }
    SCOPED_BUF none = BUF_INIT(0); /* another key's place */
    assert_int_equal(open_text(s, STR("/registry/secrets/a/c"), rows[0].prefix, rows[0].base64, &none, NULL), -EKEYREJECTED);
    assert_int_equal(none.n, 0);
    seal_free(s);
}

static const char *const writers[] = {"aesgcm: {keys: [{name: k, secret: " KEY32 "}]}", "aesgcm: {keys: [{name: k, secret: " KEY16 "}]}",
                                      "aescbc: {keys: [{name: k, secret: " KEY16 "}]}", "aescbc: {keys: [{name: k, secret: " KEY32 "}]}",
                                      "secretbox: {keys: [{name: k, secret: " KEY32 "}]}"};

static void round_trip(struct seal *s, size_t n, bool authentic)
{
    SCOPED_BUF plain = BUF_INIT(0);
    SCOPED_BUF closed = BUF_INIT(0);
    SCOPED_BUF opened = BUF_INIT(0);
    uint8_t number = seal_number(s, SECRET), by = 0;
    assert_true(number > 0);
    for (size_t i = 0; i < n; i++)
        buf_char(&plain, (char)(i * 7));
    assert_done(seal_close(s, number, SECRET, buf_view(&plain), &closed));
    assert_true(seal_closed(buf_view(&closed)));
    assert_true(closed.n <= n + seal_overhead(s));
    assert_done(seal_open(s, SECRET, buf_view(&closed), &opened, &by, NULL));
    assert_int_equal(by, number);
    assert_true(str_eq(buf_view(&plain), buf_view(&opened)));
    for (size_t at = 20; at < closed.n; at += 1 + closed.n / 50) { /* behind the prefix, nothing may be changed */
        SCOPED_BUF out = BUF_INIT(0);
        closed.p[at] ^= 4;
        int r = seal_open(s, SECRET, buf_view(&closed), &out, &by, NULL);
        assert_true(r == -EKEYREJECTED || r == -ENOKEY || (r == 0 && !authentic));
        closed.p[at] ^= 4;
    }
    for (size_t cut = 0; cut < MIN(closed.n, (size_t)80); cut++) {
        SCOPED_BUF out = BUF_INIT(0);
        (void)!seal_open(s, SECRET, str_head(buf_view(&closed), cut), &out, &by, NULL);
    }
}

static void test_round_trip(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(writers); i++) {
        char yaml[600];
        snprintf(yaml, sizeof(yaml), HEAD "- resources: [secrets]\n  providers:\n  - %s\n", writers[i]);
        struct seal *s = with(yaml);
        for (size_t n = 0; n < 200; n += 1 + n / 3)
            round_trip(s, n, i != 2 && i != 3);
        round_trip(s, 3u << 20, i != 2 && i != 3);
        seal_free(s);
    }
}

/* ── who is meant ── */

static void test_meant(void **state)
{
    (void)state;
#define AES(name) "  providers: [{aesgcm: {keys: [{name: " name ", secret: " KEY32 "}]}}]\n"
    struct seal *s = with(HEAD "- resources: [configmaps]\n  providers: [{identity: {}}]\n"
                               "- resources: [deployments.apps, services, widgets.example.com, nodes]\n" AES("one") "- resources: ['*.batch']\n" AES(
                                   "two") "- resources: ['*.']\n" AES("three") "- resources: ['*.example.org']\n" AES("four"));
    static const struct {
        const char *key;
        uint8_t number;
    } rows[] = {
        {"/registry/configmaps/a/b", 0},
        {"/registry/deployments/a/b", 1},
        {"/registry/services/specs/a/b", 1},
        {"/registry/minions/n", 1},
        {"/registry/services/endpoints/a/b", 3},
        {"/registry/example.com/widgets/a/b", 1},
        {"/registry/example.com/gears/x", 0},
        {"/registry/jobs/a/b", 2},
        {"/registry/secrets/a/b", 3},
        {"/registry/events/a/b", 3},
        {"/registry/daemonsets/a/b", 0},
        {"/registry/example.org/gears/a", 4},
        {"/registry/roles/a/b", 0},
        {"/other", 0},
        {"/registry/", 0},
        {"/registry/secrets", 0},
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        if (seal_number(s, str_of(rows[i].key)) != rows[i].number)
            fail_msg("%s: %d", rows[i].key, seal_number(s, str_of(rows[i].key)));
    assert_int_equal(seal_number(NULL, SECRET), 0);
    seal_free(s);
    s = with(HEAD "- resources: ['*.*']\n" AES("x"));
    assert_int_equal(seal_number(s, STR("/registry/example.com/widgets/a/b")), 1);
    assert_int_equal(seal_number(s, STR("/registry/leases/a/b")), 1);
    seal_free(s);
}

/* ── rotation ── */

static void test_rotation(void **state)
{
    (void)state;
    static const char first[] = HEAD "- resources: [secrets]\n  providers:\n  - aesgcm: {keys: [{name: a, secret: " KEY32 "}]}\n";
    static const char both[] =
        HEAD "- resources: [secrets]\n  providers:\n  - aesgcm: {keys: [{name: b, secret: " OTHER32 "}, {name: a, secret: " KEY32 "}]}\n";
    static const char second[] = HEAD "- resources: [secrets]\n  providers:\n  - aesgcm: {keys: [{name: b, secret: " OTHER32 "}]}\n";
    static const char wrong[] = HEAD "- resources: [secrets]\n  providers:\n  - aesgcm: {keys: [{name: a, secret: " OTHER32 "}]}\n";
    static const char none[] = HEAD "- resources: [secrets]\n  providers: [{identity: {}}]\n";
    struct seal *s = with(first);
    SCOPED_BUF closed = BUF_INIT(0);
    SCOPED_BUF out = BUF_INIT(0);
    struct err err = {{0}};
    uint8_t by;
    assert_int_equal(seal_number(s, SECRET), 1);
    assert_done(seal_close(s, 1, SECRET, STR("xyz"), &closed));
    assert_int_equal(seal_open(s, SECRET, STR("xyz"), &out, &by, &err), -ENOKEY); /* no identity: plain values are foreign */
    assert_done(seal_configure(s, str_of(both), &err));
    assert_int_equal(seal_number(s, SECRET), 2);
    assert_done(seal_open(s, SECRET, buf_view(&closed), &out, &by, &err));
    assert_int_equal(by, 1);
    assert_str(buf_view(&out), "xyz");
    assert_done(seal_configure(s, str_of(second), &err));
    assert_int_equal(seal_open(s, SECRET, buf_view(&closed), &out, &by, &err), -ENOKEY);
    assert_non_null(strstr(err.text, "aesgcm v1 with key \"a\""));
    assert_done(seal_configure(s, str_of(wrong), &err));
    assert_int_equal(seal_open(s, SECRET, buf_view(&closed), &out, &by, &err), -EKEYREJECTED);
    assert_non_null(strstr(err.text, "aesgcm key \"a\" does not decrypt it"));
    assert_done(seal_configure(s, str_of(none), &err));
    assert_int_equal(seal_number(s, SECRET), 0);
    assert_int_equal(seal_open(s, SECRET, buf_view(&closed), &out, &by, &err), -ENOKEY);
    assert_done(seal_configure(s, str_of(first), &err)); /* the same key again: the same number */
    assert_int_equal(seal_number(s, SECRET), 1);
    assert_int_equal(seal_configure(s, STR("kind: No"), &err), -EINVAL); /* what was there stays */
    assert_int_equal(seal_number(s, SECRET), 1);
    seal_free(s);
    assert_int_equal(seal_open(NULL, SECRET, buf_view(&closed), &out, &by, &err), -ENOKEY);
    assert_non_null(strstr(err.text, "no encryption configuration"));
}

/* ── what is refused ── */

static void test_faults(void **state)
{
    (void)state;
    static const struct {
        const char *yaml, *why;
    } rows[] = {
        {"", "not an EncryptionConfiguration"},
        {"apiVersion: apiserver.config.k8s.io/v1\nkind: EncryptionConfiguration\n", "resources: at least one"},
        {HEAD "- resources: []\n", "resources[0].resources: at least one"},
        {HEAD "- resources: [secrets]\n", "resources[0].providers: at least one"},
        {HEAD "- resources: [secrets]\n  providers: [{}]\n", "resources[0].providers[0]: must name exactly one"},
        {HEAD "- resources: [secrets]\n  providers: [{identity: {}, aesgcm: {}}]\n", "resources[0].providers[0]: must name exactly one"},
        {HEAD "- resources: [secrets]\n  providers: [{rot13: {}}]\n", "resources[0].providers[0].rot13: no such field"},
        {HEAD "- resources: [secrets]\n  providers: [{aesgcm: {}}]\n", "resources[0].providers[0].aesgcm.keys: at least one key"},
        {HEAD "- resources: [secrets]\n  providers: [{aesgcm: {keys: [{secret: " KEY32 "}]}}]\n", "aesgcm.keys[0].name: a name"},
        {HEAD "- resources: [secrets]\n  providers: [{aesgcm: {keys: [{name: a}]}}]\n", "aesgcm.keys[0].secret: a secret is required"},
        {HEAD "- resources: [secrets]\n  providers: [{aesgcm: {keys: [{name: a, secret: '!?!'}]}}]\n", "aesgcm.keys[0].secret: is no base64"},
        {HEAD "- resources: [secrets]\n  providers: [{aesgcm: {keys: [{name: a, secret: AAAA}]}}]\n", "is 3 bytes long, must be 16, 24 or 32"},
        {HEAD "- resources: [secrets]\n  providers: [{secretbox: {keys: [{name: a, secret: " KEY16 "}]}}]\n", "is 16 bytes long, must be 32"},
        {HEAD "- resources: [secrets]\n  providers: [{kms: {name: x}}]\n", "resources[0].providers[0].kms: "},
        {HEAD "- resources: ['*']\n  providers: [{identity: {}}]\n", "resources[0].resources[0]: \"*\""},
        {HEAD "- resources: ['secrets.*']\n  providers: [{identity: {}}]\n", "resources[0].resources[0]"},
        {HEAD "- resources: [Secrets]\n  providers: [{identity: {}}]\n", "capital"},
        {HEAD "- resources: [secrets, secrets]\n  providers: [{identity: {}}]\n", "resources[0].resources[1]"},
        {HEAD "- resources: [secrets, '*.']\n  providers: [{identity: {}}]\n", "resources[0].resources[1]"},
        {HEAD "- resources: [events.events.k8s.io]\n  providers: [{identity: {}}]\n", "say \"events\""},
        {HEAD "- resources: [secrets]\n  provider: [{identity: {}}]\n  providers: [{identity: {}}]\n", "resources[0].provider: no such field"},
        {HEAD "- resources: [secrets]\n  providers: [{identity: {}}]\nkind: EncryptionConfiguration\n", "already set"},
        {"a: [", "yaml"},
    };
    struct seal *s;
    assert_done(seal_new(&s));
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct err err = {{0}};
        assert_true(seal_configure(s, str_of(rows[i].yaml), &err) < 0);
        if (!strstr(err.text, rows[i].why))
            fail_msg("%s\ngot: %s", rows[i].yaml, err.text);
        assert_null(strstr(err.text, "!?!"));
    }
    seal_free(s);
}

static int whole(void *ctx)
{
    (void)ctx;
    struct seal *s = NULL;
    SCOPED_BUF closed = BUF_INIT(0);
    SCOPED_BUF out = BUF_INIT(0);
    uint8_t by;
    int r = seal_new(&s);
    if (r == 0)
        r = seal_configure(s, str_of(all), NULL);
    if (r == 0)
        r = seal_close(s, seal_number(s, SECRET), SECRET, STR("xyz"), &closed);
    if (r == 0)
        r = seal_open(s, SECRET, buf_view(&closed), &out, &by, NULL);
    if (r == 0)
        assert_str(buf_view(&out), "xyz");
    seal_free(s);
    return r;
}

static void test_allocations(void **state)
{
    (void)state;
    unit_fail_allocations(whole, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_foreign),  cmocka_unit_test(test_round_trip), cmocka_unit_test(test_meant),
        cmocka_unit_test(test_rotation), cmocka_unit_test(test_faults),     cmocka_unit_test(test_allocations),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
