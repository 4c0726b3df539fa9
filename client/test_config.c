#include <fcntl.h>
#include <sys/stat.h>

#include "client/client.h"
#include "tests/unit.h"

struct ground {
    char folder[64], path[96];
};

static void write_file(const char *path, const char *text)
{
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    assert_true(fputs(text, f) >= 0);
    assert_int_equal(fclose(f), 0);
}

static int setup(void **state)
{
    struct ground *g = calloc(1, sizeof(*g));
    snprintf(g->folder, sizeof(g->folder), "/tmp/coracle-config-XXXXXX");
    assert_non_null(mkdtemp(g->folder));
    snprintf(g->path, sizeof(g->path), "%s/config", g->folder);
    *state = g;
    return 0;
}

static int teardown(void **state)
{
    struct ground *g = *state;
    char path[128];
    snprintf(path, sizeof(path), "%s/ca.pem", g->folder);
    unlink(path);
    unlink(g->path);
    rmdir(g->folder);
    free(g);
    return 0;
}

#define HEAD          "apiVersion: v1\nkind: Config\ncurrent-context: one\n"
#define CONTEXT       "contexts:\n- name: one\n  context: {cluster: c, user: u, namespace: ns}\n"
#define CLUSTER(more) "clusters:\n- name: c\n  cluster: {" more "}\n"
#define USER(more)    "users:\n- name: u\n  user: {" more "}\n"

static int load(struct ground *g, const char *text, const char *context, struct client_config *k, struct err *err)
{
    write_file(g->path, text);
    *err = (struct err){""};
    return client_config_load(k, g->path, context, err);
}

static void good_ones(void **state)
{
    struct ground *g = *state;
    struct client_config k;
    struct err err;
    char path[128];
    snprintf(path, sizeof(path), "%s/ca.pem", g->folder);
    write_file(path, "roots");
    assert_done(load(g,
                     HEAD CONTEXT CLUSTER("server: 'https://api.example:6443/', certificate-authority: ca.pem")
                         USER("client-certificate-data: Y2VydA==, client-key-data: a2V5, token: secret, tokenFile: tok"),
                     NULL, &k, &err));
    assert_string_equal(k.host, "api.example");
    assert_int_equal(k.port, 6443);
    assert_string_equal(k.ca_pem, "roots"); /* relative to the kubeconfig */
    assert_string_equal(k.cert_pem, "cert");
    assert_string_equal(k.key_pem, "key");
    assert_string_equal(k.token, "secret");
    snprintf(path, sizeof(path), "%s/tok", g->folder);
    assert_string_equal(k.token_file, path);
    assert_string_equal(k.namespace_, "ns");
    assert_false(k.insecure);
    client_config_done(&k);
    assert_done(load(g, HEAD CONTEXT CLUSTER("server: 'https://[::1]:1234', insecure-skip-tls-verify: true") USER(""), "one", &k, &err));
    assert_string_equal(k.host, "::1");
    assert_int_equal(k.port, 1234);
    assert_true(k.insecure);
    assert_null(k.token);
    client_config_done(&k);
    assert_done(load(g, HEAD CONTEXT CLUSTER("server: 'https://h'") USER("token: t"), NULL, &k, &err));
    assert_int_equal(k.port, 443);
    client_config_done(&k);
    assert_done(load(g,
                     "{\"current-context\":\"o\",\"contexts\":[{\"name\":\"o\",\"context\":{\"cluster\":\"c\"}}],\"clusters\":[{\"name\":\"c\","
                     "\"cluster\":{\"server\":\"https://h\"}}]}",
                     NULL, &k, &err));
    client_config_done(&k);
}

static void bad_ones(void **state)
{
    struct ground *g = *state;
    static const struct {
        const char *text, *context, *says;
    } rows[] = {
        {"", NULL, "context \"\" does not exist"},
        {HEAD, NULL, "context \"one\" does not exist"},
        {HEAD CONTEXT, "two", "context \"two\" does not exist"},
        {HEAD CONTEXT, NULL, "cluster \"c\" does not exist"},
        {HEAD CONTEXT CLUSTER("server: 'https://h'"), NULL, "user \"u\" does not exist"},
        {HEAD CONTEXT CLUSTER("server: 'http://h'") USER(""), NULL, "must begin with https://"},
        {HEAD CONTEXT CLUSTER("server: ''") USER(""), NULL, "must begin with https://"},
        {HEAD CONTEXT CLUSTER("server: 'https://'") USER(""), NULL, "no host"},
        {HEAD CONTEXT CLUSTER("server: 'https://[::1'") USER(""), NULL, "a bracket is not closed"},
        {HEAD CONTEXT CLUSTER("server: 'https://h:0'") USER(""), NULL, "bad port"},
        {HEAD CONTEXT CLUSTER("server: 'https://h:x'") USER(""), NULL, "bad port"},
        {HEAD CONTEXT CLUSTER("server: 'https://h', certificate-authority: gone.pem") USER(""), NULL, "cannot read gone.pem"},
        {HEAD CONTEXT CLUSTER("server: 'https://h', certificate-authority-data: '***'") USER(""), NULL, "certificate-authority-data: not base64"},
        {HEAD CONTEXT CLUSTER("server: 'https://h'") USER("exec: {command: x}"), NULL, "exec is not supported"},
        {"a: [", NULL, ""},
        {"a:\n- b\n c: d\n", NULL, ""},
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct client_config k;
        struct err err;
        assert_true(load(g, rows[i].text, rows[i].context, &k, &err) < 0);
        if (!strstr(err.text, rows[i].says) || !strstr(err.text, g->path))
            fail_msg("row %zu: %s", i, err.text);
        assert_null(k.host);
    }
    struct client_config k;
    struct err err;
    assert_int_equal(client_config_load(&k, "/nonexistent/config", NULL, &err), -ENOENT);
    assert_non_null(strstr(err.text, "cannot read /nonexistent/config"));
}

static int once(void *ctx)
{
    struct ground *g = ctx;
    struct client_config k;
    struct err err;
    int r = client_config_load(&k, g->path, NULL, &err);
    client_config_done(&k);
    return r;
}

static void allocations_fail(void **state)
{
    struct ground *g = *state;
    write_file(g->path, HEAD CONTEXT CLUSTER("server: 'https://h:1', certificate-authority-data: Y2VydA==") USER("token: t"));
    unit_fail_allocations(once, g);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(good_ones, setup, teardown),
        cmocka_unit_test_setup_teardown(bad_ones, setup, teardown),
        cmocka_unit_test_setup_teardown(allocations_fail, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
