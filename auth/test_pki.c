#include "tests/unit.h"

#include <sys/stat.h>
#include <sys/wait.h>

#include "auth/auth.h"
#include "os/os.h"

#define NOW 1790000000ll
#define DAY 86400ll

static const char *const service_ips[] = {"10.96.0.1", NULL};
static const char *const node_ips[] = {"192.0.2.7", NULL};
static const char *const extra[] = {"api.example.com", "2001:db8:0:0::1", NULL};
static const struct auth_pki_options options = {.node_name = "n1", .service_ips = service_ips, .node_ips = node_ips, .extra_names = extra};

static void folder_make(char folder[64])
{
    snprintf(folder, 64, "/tmp/coracle-pki-XXXXXX");
    assert_non_null(mkdtemp(folder));
}

static int run(const char *fmt, const char *folder)
{
    char command[2048];
    snprintf(command, sizeof(command), "cd %s && %s", folder, fmt);
    int r = system(command);
    return WIFEXITED(r) ? WEXITSTATUS(r) : -1;
}

static void first_start(void **state)
{
    (void)state;
    char folder[64], path[128];
    struct auth_pki *p, *again;
    struct err err = {{0}};
    struct stat st;
    struct timespec t0, t1;
    SCOPED(arena) a = NULL;
    struct tls_subject s;
    int64_t now = time(NULL);
    folder_make(folder);
    snprintf(path, sizeof(path), "%s/pki", folder);
    clock_gettime(CLOCK_MONOTONIC, &t0);
    assert_done(auth_pki_open(&p, path, &options, now, &err));
    clock_gettime(CLOCK_MONOTONIC, &t1);
    print_message("first start: %.1f ms\n", (double)(t1.tv_sec - t0.tv_sec) * 1e3 + (double)(t1.tv_nsec - t0.tv_nsec) / 1e6);
    assert_int_equal(stat(path, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0700);
    assert_int_equal(run("test -z \"$(find pki -name '*.key' ! -perm 600)\" && test $(ls pki | wc -l) = 22", folder), 0);
    assert_done(arena_new(&a, 1 << 20));
    assert_done(tls_cert_read(a, str_of(auth_pki_get(p, AUTH_PKI_NODE_CLIENT)->cert_pem), &s, NULL));
    assert_str(s.common_name, "system:node:n1");
    assert_str(s.organizations[0], "system:nodes");
    assert_done(tls_cert_read(a, str_of(auth_pki_get(p, AUTH_PKI_APISERVER)->cert_pem), &s, NULL));
    assert_int_equal(s.n_dns, 7);
    assert_int_equal(s.n_ips, 5);
    /* the openssl program agrees with every one of them */
    assert_int_equal(run("command -v openssl >/dev/null || exit 0; cd pki && for c in apiserver kubelet; do openssl verify "
                         "-x509_strict "
                         "-purpose sslserver -CAfile ca.crt $c.crt || exit 1; done >/dev/null; for c in admin scheduler "
                         "controller-manager kubelet-client apiserver-kubelet-client; do openssl verify -x509_strict -purpose "
                         "sslclient "
                         "-CAfile ca.crt $c.crt || exit 1; done >/dev/null; openssl verify -CAfile ca.crt -verify_hostname "
                         "kubernetes.default.svc.cluster.local -verify_ip 10.96.0.1 apiserver.crt >/dev/null",
                         folder),
                     0);
    /* what aggregated servers believe is signed by nobody the API server believes, and the other way round */
    struct str front = str_of(auth_pki_front_proxy(p)->cert_pem), admin = str_of(auth_pki_get(p, AUTH_PKI_ADMIN)->cert_pem);
    assert_done(tls_cert_check(front, auth_pki_front_proxy_ca(p), TLS_USAGE_CLIENT, now, NULL));
    assert_true(tls_cert_check(front, auth_pki_ca_bundle(p), TLS_USAGE_CLIENT, now, NULL) < 0);
    assert_true(tls_cert_check(admin, auth_pki_front_proxy_ca(p), TLS_USAGE_CLIENT, now, NULL) < 0);
    struct value extension;
    assert_done(auth_extension_config(a, p, &extension));
    assert_str(value_text_at(&extension, "data.requestheader-client-ca-file"), auth_pki_front_proxy_ca(p));
    assert_str(value_text_at(&extension, "data.client-ca-file"), auth_pki_ca_bundle(p));
    assert_str(value_text_at(&extension, "data.requestheader-allowed-names"), "[\"front-proxy-client\"]");
    assert_done(auth_pki_open(&again, path, &options, now, &err)); /* a second start changes nothing */
    assert_string_equal(auth_pki_front_proxy(p)->cert_pem, auth_pki_front_proxy(again)->cert_pem);
    assert_string_equal(auth_pki_get(p, AUTH_PKI_ADMIN)->cert_pem, auth_pki_get(again, AUTH_PKI_ADMIN)->cert_pem);
    assert_string_equal(auth_pki_get(p, AUTH_PKI_APISERVER)->cert_pem, auth_pki_get(again, AUTH_PKI_APISERVER)->cert_pem);
    assert_string_equal(auth_pki_ca_bundle(p), auth_pki_ca_bundle(again));
    assert_string_equal(auth_pki_signing_key(p), auth_pki_signing_key(again));
    auth_pki_free(again);
    /* another address: only what carries it is made anew */
    struct auth_pki_options moved = options;
    const char *const other[] = {"192.0.2.8", NULL};
    moved.node_ips = other;
    assert_done(auth_pki_open(&again, path, &moved, now, &err));
    assert_string_equal(auth_pki_get(p, AUTH_PKI_ADMIN)->cert_pem, auth_pki_get(again, AUTH_PKI_ADMIN)->cert_pem);
    assert_string_not_equal(auth_pki_get(p, AUTH_PKI_APISERVER)->cert_pem, auth_pki_get(again, AUTH_PKI_APISERVER)->cert_pem);
    auth_pki_free(again);
    snprintf(path, sizeof(path), "%s/admin.conf", folder);
    assert_done(auth_kubeconfig_write(path, "coracle", "https://127.0.0.1:6443", auth_pki_ca_bundle(p), "kubernetes-admin",
                                      auth_pki_get(p, AUTH_PKI_ADMIN), &err));
    assert_int_equal(stat(path, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0600);
    auth_pki_free(p);
    assert_done(os_tree_remove(folder));
}

static void renewal(void **state)
{
    (void)state;
    char folder[64];
    struct auth_pki *p;
    struct err err = {{0}};
    unsigned changed;
    int64_t next;
    folder_make(folder);
    assert_done(auth_pki_open(&p, folder, &options, NOW, &err));
    assert_done(auth_pki_renew(p, NOW, &changed, &next, &err));
    assert_int_equal(changed, 0);
    assert_true(next > NOW + 242 * DAY && next < NOW + 244 * DAY);
    assert_done(auth_pki_renew(p, next - 10, &changed, &next, &err));
    assert_int_equal(changed, 0);
    assert_done(auth_pki_renew(p, next, &changed, &next, &err));
    assert_int_equal(changed, ((1u << AUTH_PKI_PAIRS) - 1) | AUTH_PKI_PROXY_CHANGED);
    /* one file lost, one spoilt: just these come back */
    assert_int_equal(run("rm admin.key && echo x >scheduler.crt", folder), 0);
    assert_done(auth_pki_renew(p, NOW + 250 * DAY, &changed, &next, &err));
    assert_int_equal(changed, 1u << AUTH_PKI_ADMIN | 1u << AUTH_PKI_SCHEDULER);
    auth_pki_free(p);
    assert_done(os_tree_remove(folder));
}

static size_t certs_in(const char *pem)
{
    size_t n = 0;
    while ((pem = strstr(pem, "BEGIN CERTIFICATE"))) {
        n++;
        pem++;
    }
    return n;
}

/* Ten years and more of an authority's life, a season at a time. At every moment what was issued before is still
 * trusted. */
static void authority(void **state)
{
    (void)state;
    char folder[64];
    struct auth_pki *p;
    struct err err = {{0}};
    unsigned changed, authorities = 0;
    int64_t next;
    char *first = NULL, *held = NULL;
    folder_make(folder);
    assert_done(auth_pki_open(&p, folder, &options, NOW, &err));
    first = mem_text(auth_pki_ca(p)->cert_pem, strlen(auth_pki_ca(p)->cert_pem));
    for (int64_t t = NOW; t < NOW + 4000 * DAY; t += 120 * DAY) {
        mem_free(held);
        held = mem_text(auth_pki_ca_bundle(p), strlen(auth_pki_ca_bundle(p))); /* what a client knew a season ago */
        assert_done(auth_pki_renew(p, t, &changed, &next, &err));
        authorities += (changed & AUTH_PKI_CA_CHANGED) != 0;
        assert_non_null(strstr(held, auth_pki_ca(p)->cert_pem));
        assert_done(tls_cert_check(str_of(auth_pki_get(p, AUTH_PKI_APISERVER)->cert_pem), auth_pki_ca(p)->cert_pem, TLS_USAGE_SERVER, t, NULL));
        assert_true(certs_in(auth_pki_ca_bundle(p)) <= 3);
    }
    assert_string_not_equal(first, auth_pki_ca(p)->cert_pem);
    assert_null(strstr(auth_pki_ca_bundle(p), first)); /* ended, and no longer trusted */
    assert_true(authorities >= 3);
    mem_free(first);
    mem_free(held);
    auth_pki_free(p);
    assert_done(os_tree_remove(folder));
}

static void power_cuts(void **state)
{
    (void)state;
    char folder[64];
    struct auth_pki *p;
    struct err err = {{0}};
    unsigned changed;
    int64_t next, half = NOW + 1900 * DAY;
    folder_make(folder);
    assert_done(auth_pki_open(&p, folder, &options, NOW, &err));
    assert_done(auth_pki_renew(p, half, &changed, &next, &err));
    assert_int_equal(certs_in(auth_pki_ca_bundle(p)), 2);
    assert_int_equal(run("test -f ca-next.key", folder), 0);
    /* promoted, but the power failed before ca.crt was written and ca-next.* removed */
    assert_int_equal(run("cp ca-next.key ca.key", folder), 0);
    assert_done(auth_pki_renew(p, half, &changed, &next, &err));
    assert_int_equal(certs_in(auth_pki_ca_bundle(p)), 2);
    assert_int_equal(run("test ! -f ca-next.key", folder), 0);
    assert_done(tls_cert_check(str_of(auth_pki_get(p, AUTH_PKI_ADMIN)->cert_pem), auth_pki_ca(p)->cert_pem, TLS_USAGE_CLIENT, half, NULL));
    /* a key nobody knows is a fault to be told, not to be papered over */
    assert_int_equal(run("cp sa.key ca.key", folder), 0);
    assert_int_equal(auth_pki_renew(p, half, &changed, &next, &err), -EKEYREJECTED);
    assert_int_equal(run("rm ca.key", folder), 0);
    assert_int_equal(auth_pki_renew(p, half, &changed, &next, &err), -ENOKEY);
    auth_pki_free(p);
    assert_done(os_tree_remove(folder));
}

static void same(const struct auth_pki *a, const struct auth_pki *b)
{
    for (int i = 0; i < AUTH_PKI_PAIRS; i++) {
        assert_string_equal(auth_pki_get(a, i)->cert_pem, auth_pki_get(b, i)->cert_pem);
        assert_string_equal(auth_pki_get(a, i)->key_pem, auth_pki_get(b, i)->key_pem);
    }
    assert_true(str_eq(str_trim(str_of(auth_pki_ca(a)->cert_pem)), str_trim(str_of(auth_pki_ca(b)->cert_pem))));
    assert_string_equal(auth_pki_ca(a)->key_pem, auth_pki_ca(b)->key_pem);
    assert_string_equal(auth_pki_ca_bundle(a), auth_pki_ca_bundle(b));
    assert_string_equal(auth_pki_signing_key(a), auth_pki_signing_key(b));
    assert_string_equal(auth_pki_verify_keys(a), auth_pki_verify_keys(b));
    assert_string_equal(auth_pki_front_proxy(a)->cert_pem, auth_pki_front_proxy(b)->cert_pem);
    assert_string_equal(auth_pki_front_proxy_ca(a), auth_pki_front_proxy_ca(b));
}

/* What is taken because it was found good before is what would be found; and a seal vouches for nothing else. */
static void seals(void **state)
{
    (void)state;
    char folder[64];
    struct auth_pki *p, *sealed, *found;
    struct err err = {{0}};
    unsigned changed;
    int64_t next;
    folder_make(folder);
    assert_done(auth_pki_open(&p, folder, &options, NOW, &err));
    for (int64_t t = NOW; t < NOW + 2600 * DAY; t += 200 * DAY) { /* also with two authorities, and after their change */
        assert_done(auth_pki_renew(p, t, &changed, &next, &err));
        assert_int_equal(run("cp .checked before", folder), 0);
        assert_done(auth_pki_open(&sealed, folder, &options, t + 60, &err));
        assert_int_equal(run("cmp -s .checked before", folder), 0);
        same(p, sealed);
        assert_int_equal(run("rm .checked before", folder), 0);
        assert_done(auth_pki_open(&found, folder, &options, t + 60, &err));
        same(p, found);
        assert_int_equal(run("test -f .checked", folder), 0);
        auth_pki_free(sealed);
        auth_pki_free(found);
    }
    /* somebody else has put another certificate there: the next renewal tells, with the seal he left or without */
    assert_done(auth_pki_open(&found, folder, &options, NOW + 2600 * DAY, &err));
    assert_int_equal(run("rm admin.crt", folder), 0);
    assert_done(auth_pki_renew(found, NOW + 2600 * DAY, &changed, &next, &err));
    assert_done(auth_pki_renew(p, NOW + 2600 * DAY, &changed, &next, &err));
    assert_true(changed & 1u << AUTH_PKI_ADMIN);
    same(p, found);
    auth_pki_free(found);
    /* whether another thread must look: not while nothing has changed */
    struct auth_pki *fresh;
    int64_t at;
    assert_true(auth_pki_holds(p, NOW + 2600 * DAY, &at) && at == next);
    assert_false(auth_pki_holds(p, next, &at));
    assert_int_equal(run("rm admin.crt", folder), 0);
    assert_false(auth_pki_holds(p, NOW + 2600 * DAY, &at));
    assert_done(auth_pki_like(&fresh, p, &err));
    assert_done(auth_pki_renew(fresh, NOW + 2600 * DAY, &changed, &next, &err));
    assert_int_equal(auth_pki_differ(p, fresh), 1u << AUTH_PKI_ADMIN);
    assert_false(auth_pki_holds(p, NOW + 2600 * DAY, &at));
    assert_true(auth_pki_holds(fresh, NOW + 2600 * DAY, &at));
    auth_pki_free(p);
    p = fresh;
    /* torn and forged ones */
    static const char *const spoils[] = {": >.checked",
                                         "head -c 40 .checked >x && mv x .checked",
                                         "sed -i s/^./Z/ .checked",
                                         "sed -i 's/ .*/ 0 99999999999/' .checked && rm kubelet.key",
                                         "sed -i 's/ .*/ 0 99999999999/' .checked && cp admin.crt scheduler.crt",
                                         "rm .checked && mkdir .checked",
                                         "head -c 600 /dev/zero >.checked"};
    for (size_t i = 0; i < ARRAY_LEN(spoils); i++) {
        assert_int_equal(run(spoils[i], folder), 0);
        assert_done(auth_pki_renew(p, NOW + 2600 * DAY, &changed, &next, &err));
        assert_true(next < NOW + 2900 * DAY);
        assert_done(auth_pki_open(&sealed, folder, &options, NOW + 2600 * DAY, &err));
        same(p, sealed);
        auth_pki_free(sealed);
        (void)run("rmdir .checked 2>/dev/null", folder);
    }
    auth_pki_free(p);
    assert_done(os_tree_remove(folder));
}

/* A board without a battery starts in 1970, and later its clock is set. */
static void wrong_clock(void **state)
{
    (void)state;
    char folder[64];
    struct auth_pki *p;
    struct err err = {{0}};
    unsigned changed;
    int64_t next;
    folder_make(folder);
    assert_done(auth_pki_open(&p, folder, &options, 100, &err));
    assert_done(auth_pki_renew(p, 1790000000 - 200 * DAY, &changed, &next, &err));
    assert_int_equal(changed, 0);
    assert_done(auth_pki_renew(p, 100, &changed, &next, &err));
    assert_int_equal(changed, 0);
    auth_pki_free(p);
    assert_done(os_tree_remove(folder));
}

/* One certificate to make, the rest to read: a whole first start each time would take minutes. */
static int all_body(void *ctx)
{
    const char *folder = ctx;
    struct auth_pki *p = NULL;
    struct err err;
    char path[128];
    snprintf(path, sizeof(path), "%s/apiserver.crt", folder);
    (void)unlink(path);
    int r = auth_pki_open(&p, folder, &options, NOW, &err);
    auth_pki_free(p);
    return r;
}

static void allocations(void **state)
{
    (void)state;
    char folder[64];
    struct auth_pki *p;
    folder_make(folder);
    assert_done(auth_pki_open(&p, folder, &options, NOW, NULL));
    auth_pki_free(p);
    unit_fail_allocations(all_body, folder);
    assert_done(os_tree_remove(folder));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(first_start), cmocka_unit_test(renewal), cmocka_unit_test(authority),   cmocka_unit_test(power_cuts),
        cmocka_unit_test(wrong_clock), cmocka_unit_test(seals),   cmocka_unit_test(allocations),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
