/* Bearer tokens of any kind, and the token file. */
#include "auth/auth.h"
#include "json/json.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int get(void *ctx, struct arena *a, struct str group, struct str resource, struct str namespace, struct str name, struct value *out)
{
    (void)ctx, (void)group, (void)namespace, (void)name;
    if (!str_is(resource, "secrets"))
        return AUTH_ABSENT;
    return json_parse(a,
                      STR("{\"type\":\"bootstrap.kubernetes.io/token\",\"data\":{\"token-id\":\"YWJjZGVm\",\"token-secret\":"
                          "\"MDEyMzQ1Njc4OWFiY2RlZg==\",\"usage-bootstrap-authentication\":\"dHJ1ZQ==\"}}"),
                      out, NULL);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char key[] = "-----BEGIN PUBLIC KEY-----\n"
                              "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEaffOErd0eC8KUsozba408pgCUcjZ\n"
                              "vt6ICCKDBuGfbJ6ed7qP8KfuqRiXRww3nAa33Yl0FZTLHwiyGgRkQ8NlRw==\n"
                              "-----END PUBLIC KEY-----\n"; /* its private half was never kept */
    static struct auth *x;
    struct auth_options o = {.verify_keys = key, .lookup = {get, NULL}};
    struct auth_user u;
    struct err err;
    struct arena *a = NULL;
    struct str *audiences;
    size_t n;
    if (!x && auth_new(&x, &o, &err) < 0)
        return 0;
    if (arena_new(&a, 1 << 20) < 0)
        return 0;
    int r = auth_token_check(x, a, str_make(data, size), NULL, 0, 1790000000, NULL, &u, &audiences, &n, &err);
    if (r == 0) /* nothing else can be right */
        CHECK(str_is(u.name, "system:bootstrap:abcdef"));
    struct auth_credentials c = {.authorization = str_make(data, size), .path = str_make(data, size)};
    (void)!auth_authenticate(x, a, &c, 1790000000, &u, &err);
    struct auth_credentials cert = {.peer_cert = str_make(data, size)};
    (void)!auth_authenticate(x, a, &cert, 1790000000, &u, &err);
    arena_free(a);
    return 0;
}
