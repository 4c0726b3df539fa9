/* Who may what, over HTTP with real tokens. */
#include "api/fixture.h"

#define PODS "/api/v1/namespaces/default/pods"
#define CM "/api/v1/namespaces/default/configmaps"
#define RBAC "/apis/rbac.authorization.k8s.io/v1/namespaces/default"
#define TOKENS "root,admin,1,\"system:masters\"\nal,alice,2\nbo,bob,3\n"

static int as(struct fixture *f, const char *token, const char *method, const char *path, const char *body)
{
    char headers[4096];
    snprintf(headers, sizeof(headers), "authorization: Bearer %s\ncontent-type: application/json", token);
    ask_with(f, method, path, headers, str_of(body));
    return f->code;
}

static void test_access(void **state)
{
    struct fixture f;
    (void)state;
    fixture_start_as(&f, NULL, TOKENS);
    assert_code(&f, as(&f, "wrong", "GET", PODS, NULL), 401);
    assert_str(f.body, "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"metadata\":{},\"status\":\"Failure\",\"message\":\"Unauthorized\",\"reason\":"
                       "\"Unauthorized\",\"code\":401}\n");
    assert_code(&f, ask(&f, "GET", "/livez", NULL), 200); /* anybody may ask how the server is */
    assert_code(&f, ask(&f, "GET", PODS, NULL), 401);
    assert_code(&f, as(&f, "al", "GET", PODS, NULL), 403);
    assert_str(said(&f, "message"), "pods is forbidden: User \"alice\" cannot list resource \"pods\" in API group \"\" in the namespace \"default\"");
    assert_str(said(&f, "details.kind"), "pods");

    /* a role and a binding are in force as soon as they are answered */
    assert_code(&f, as(&f, "root", "POST", RBAC "/roles",
                       "{\"metadata\":{\"name\":\"r\"},\"rules\":[{\"apiGroups\":[\"\"],\"resources\":[\"pods\"],\"verbs\":[\"list\"]}]}"), 201);
    assert_code(&f, as(&f, "root", "POST", RBAC "/rolebindings",
                       "{\"metadata\":{\"name\":\"b\"},\"roleRef\":{\"apiGroup\":\"rbac.authorization.k8s.io\",\"kind\":\"Role\",\"name\":\"r\"},"
                       "\"subjects\":[{\"kind\":\"User\",\"apiGroup\":\"rbac.authorization.k8s.io\",\"name\":\"alice\"}]}"), 201);
    assert_code(&f, as(&f, "al", "GET", PODS, NULL), 200);
    assert_code(&f, as(&f, "al", "GET", PODS "?watch=1&timeoutSeconds=1", NULL), 403);
    assert_code(&f, as(&f, "al", "POST", RBAC "/roles",
                       "{\"metadata\":{\"name\":\"more\"},\"rules\":[{\"apiGroups\":[\"*\"],\"resources\":[\"*\"],\"verbs\":[\"*\"]}]}"), 403);
    assert_code(&f, as(&f, "root", "DELETE", RBAC "/rolebindings/b", NULL), 200);
    assert_code(&f, as(&f, "al", "GET", PODS, NULL), 403);
    fixture_stop(&f);
}

/* Whoever may get a pod may ask for what is made of it; nobody else learns whether there is one. */
static void test_views(void **state)
{
    static const char path[] = "/apis/coracle.dev/v1alpha1/namespaces/default/pods/p/decision";
    struct fixture f;
    (void)state;
    fixture_start_as(&f, NULL, TOKENS);
    assert_code(&f, ask(&f, "GET", path, NULL), 401);
    assert_code(&f, as(&f, "al", "GET", path, NULL), 403);
    assert_str(said(&f, "message"), "pods \"p\" is forbidden: User \"alice\" cannot get resource \"pods\" in API group \"\" in the namespace \"default\"");
    assert_code(&f, as(&f, "root", "POST", RBAC "/roles",
                       "{\"metadata\":{\"name\":\"r\"},\"rules\":[{\"apiGroups\":[\"\"],\"resources\":[\"pods\"],\"verbs\":[\"get\"],\"resourceNames\":[\"p\"]}]}"), 201);
    assert_code(&f, as(&f, "root", "POST", RBAC "/rolebindings",
                       "{\"metadata\":{\"name\":\"b\"},\"roleRef\":{\"apiGroup\":\"rbac.authorization.k8s.io\",\"kind\":\"Role\",\"name\":\"r\"},"
                       "\"subjects\":[{\"kind\":\"User\",\"apiGroup\":\"rbac.authorization.k8s.io\",\"name\":\"alice\"}]}"), 201);
    assert_code(&f, as(&f, "al", "GET", path, NULL), 200);
    assert_str(said(&f, "of"), "default/p");
    assert_code(&f, as(&f, "al", "GET", "/apis/coracle.dev/v1alpha1/namespaces/default/pods/q/decision", NULL), 403);
    assert_code(&f, as(&f, "root", "GET", "/apis/coracle.dev/v1alpha1/namespaces/default/pods/p/decision?limit=7", NULL), 200);
    assert_int_equal(value_int_at(tree_of(&f), "limit", 0), 7);
    assert_code(&f, as(&f, "root", "GET", "/apis/coracle.dev/v1alpha1/namespaces/default/pods/p/decision?limit=x", NULL), 400);
    assert_code(&f, as(&f, "root", "GET", "/apis/coracle.dev/v1alpha1/namespaces/default/pods/none/decision", NULL), 404);
    assert_str(said(&f, "message"), "pods \"none\" not found");
    assert_code(&f, as(&f, "root", "DELETE", path, NULL), 405);
    assert_code(&f, as(&f, "root", "GET", "/apis/coracle.dev/v1alpha1/namespaces/default/pods", NULL), 404);
    f.ill = true;
    assert_code(&f, as(&f, "root", "GET", path, NULL), 503);
    fixture_stop(&f);
}

static void test_reviews(void **state)
{
    struct fixture f;
    (void)state;
    fixture_start_as(&f, NULL, TOKENS);
    const char *spec = "{\"spec\":{\"resourceAttributes\":{\"verb\":\"get\",\"resource\":\"pods\",\"namespace\":\"default\"}}}";
    assert_code(&f, as(&f, "al", "POST", "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews", spec), 201);
    assert_false(value_bool_at(tree_of(&f), "status.allowed", true));
    assert_code(&f, as(&f, "root", "POST", "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews", spec), 201);
    assert_true(value_bool_at(tree_of(&f), "status.allowed", false));
    assert_code(&f, as(&f, "al", "POST", "/apis/authorization.k8s.io/v1/selfsubjectrulesreviews", "{\"spec\":{\"namespace\":\"default\"}}"), 201);
    assert_code(&f, as(&f, "al", "POST", "/apis/authentication.k8s.io/v1/selfsubjectreviews", "{}"), 201);
    assert_str(said(&f, "status.userInfo.username"), "alice");
    assert_code(&f, as(&f, "root", "POST", "/apis/authentication.k8s.io/v1/tokenreviews", "{\"spec\":{\"token\":\"bo\"}}"), 201);
    assert_str(said(&f, "status.user.username"), "bob");

    /* impersonation */
    ask_with(&f, "GET", PODS, "authorization: Bearer root\nimpersonate-user: alice", STR_NONE);
    assert_int_equal(f.code, 403);
    ask_with(&f, "GET", PODS, "authorization: Bearer al\nimpersonate-user: admin", STR_NONE);
    assert_int_equal(f.code, 403);

    /* a service account's token is minted, is who it says, and is void when the account goes */
    char token[3000];
    assert_code(&f, as(&f, "root", "POST", "/api/v1/namespaces/default/serviceaccounts", "{\"metadata\":{\"name\":\"robot\"}}"), 201);
    assert_code(&f, as(&f, "root", "POST", "/api/v1/namespaces/default/serviceaccounts/robot/token", "{\"spec\":{\"expirationSeconds\":3600}}"), 201);
    snprintf(token, sizeof(token), "%.*s", STR_FMT(said(&f, "status.token")));
    assert_code(&f, as(&f, token, "GET", CM, NULL), 403);
    assert_str(said(&f, "message"), "configmaps is forbidden: User \"system:serviceaccount:default:robot\" cannot list resource \"configmaps\" in API "
                                    "group \"\" in the namespace \"default\"");
    assert_code(&f, as(&f, "root", "GET", "/.well-known/openid-configuration", NULL), 200);
    assert_code(&f, as(&f, "root", "GET", "/openid/v1/jwks", NULL), 200);
    assert_true(value_count(value_at(tree_of(&f), "keys")) > 0);
    fixture_stop(&f);
}

static void test_too_many(void **state)
{
    struct api_limits limits = {.requests_per_user = 1};
    struct fixture f;
    (void)state;
    fixture_start_as(&f, &limits, TOKENS);
    assert_code(&f, as(&f, "al", "GET", "/version", NULL), 200);
    assert_code(&f, as(&f, "al", "GET", "/version", NULL), 200); /* one after the other is one at a time */
    fixture_stop(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_access), cmocka_unit_test(test_views), cmocka_unit_test(test_reviews), cmocka_unit_test(test_too_many)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
