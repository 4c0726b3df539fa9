/* The first byte says what follows: a configuration, a key set, a discovery document, or claims for a configuration
 * that maps all of them. */
#include "issuer/inside.h"
#include "json/json.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct issuer *mapping(struct loop *loop)
{
    static const char yaml[] = "{\"apiVersion\":\"apiserver.config.k8s.io/"
                               "v1\",\"kind\":\"AuthenticationConfiguration\",\"jwt\":[{\"issuer\":{\"url\":"
                               "\"https://"
                               "i\",\"audiences\":[\"a\"]},\"claimValidationRules\":[{\"claim\":\"c\","
                               "\"requiredValue\":\"d\"},{\"expression\":"
                               "\"claims.x != "
                               "'y'\"}],\"claimMappings\":{\"username\":{\"expression\":\"claims.sub\"},\"groups\":{"
                               "\"claim\":\"g\",\"prefix\":"
                               "\"p\"},\"uid\":{\"claim\":\"u\"},\"extra\":[{\"key\":\"a.b/"
                               "c\",\"valueExpression\":\"claims.e\"}]},\"userValidationRules\":"
                               "[{\"expression\":\"user.username != user.uid\"}]}]}";
    struct issuer *x = NULL;
    CHECK(issuer_new(&x, loop, "", NULL) == 0 && issuer_configure(x, str_of(yaml), NULL) == 0);
    return x;
}

static void map_claims(struct issuer *x, struct str text)
{
    struct arena *a = NULL;
    struct value claims = {0};
    struct auth_user u;
    struct err err;
    if (arena_new(&a, 8u << 20) < 0)
        return;
    if (json_parse(a, text, &claims, NULL) == 0 && claims.type == VALUE_MAP) {
        (void)!claims_judge(x->now->providers[0], a, &claims, 1700000000, &err);
        if (claims_map(x->now->providers[0], a, &claims, &u, &err) == 0)
            CHECK(u.name.n > 0);
    }
    arena_free(a);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct loop *loop;
    static struct issuer *x, *mapped;
    struct str in = str_make(data + 1, size ? size - 1 : 0), uri;
    struct jwks k;
    struct err err;
    struct arena *a = NULL;
    if (!loop) {
        CHECK(loop_new_simulated(&loop, 1700000000) == 0 && issuer_new(&x, loop, "", NULL) == 0);
        mapped = mapping(loop);
    }
    if (size == 0 || arena_new(&a, 8u << 20) < 0)
        return 0;
    if (data[0] == 'c' && issuer_configure(x, in, &err) < 0)
        CHECK(err.text[0]);
    if (data[0] == 'k' && jwks_parse(&k, in, &err) == 0)
        jwks_done(&k);
    if (data[0] == 'd' && discovery_parse(a, in, STR("https://i"), &uri, &err) == 0)
        CHECK(str_starts(uri, STR("https://")));
    if (data[0] == 'm')
        map_claims(mapped, in);
    arena_free(a);
    return 0;
}
