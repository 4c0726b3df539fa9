/* Who may what, over HTTP with real tokens. */
#include "api/fixture.h"
#include "client/client.h"

#define PODS   "/api/v1/namespaces/default/pods"
#define CM     "/api/v1/namespaces/default/configmaps"
#define RBAC   "/apis/rbac.authorization.k8s.io/v1/namespaces/default"
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
    assert_code(&f,
                as(&f, "root", "POST", RBAC "/roles",
                   "{\"metadata\":{\"name\":\"r\"},\"rules\":[{\"apiGroups\":[\"\"],\"resources\":[\"pods\"],\"verbs\":[\"list\"]}]}"),
                201);
    assert_code(&f,
                as(&f, "root", "POST", RBAC "/rolebindings",
                   "{\"metadata\":{\"name\":\"b\"},\"roleRef\":{\"apiGroup\":\"rbac.authorization.k8s.io\",\"kind\":\"Role\",\"name\":\"r\"},"
                   "\"subjects\":[{\"kind\":\"User\",\"apiGroup\":\"rbac.authorization.k8s.io\",\"name\":\"alice\"}]}"),
                201);
    assert_code(&f, as(&f, "al", "GET", PODS, NULL), 200);
    assert_code(&f, as(&f, "al", "GET", PODS "?watch=1&timeoutSeconds=1", NULL), 403);
    assert_code(&f,
                as(&f, "al", "POST", RBAC "/roles",
                   "{\"metadata\":{\"name\":\"more\"},\"rules\":[{\"apiGroups\":[\"*\"],\"resources\":[\"*\"],\"verbs\":[\"*\"]}]}"),
                403);
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
    assert_str(said(&f, "message"),
               "pods \"p\" is forbidden: User \"alice\" cannot get resource \"pods\" in API group \"\" in the namespace \"default\"");
    assert_code(&f,
                as(&f, "root", "POST", RBAC "/roles",
                   "{\"metadata\":{\"name\":\"r\"},\"rules\":[{\"apiGroups\":[\"\"],\"resources\":[\"pods\"],\"verbs\":[\"get\"],\"resourceNames\":["
                   "\"p\"]}]}"),
                201);
    assert_code(&f,
                as(&f, "root", "POST", RBAC "/rolebindings",
                   "{\"metadata\":{\"name\":\"b\"},\"roleRef\":{\"apiGroup\":\"rbac.authorization.k8s.io\",\"kind\":\"Role\",\"name\":\"r\"},"
                   "\"subjects\":[{\"kind\":\"User\",\"apiGroup\":\"rbac.authorization.k8s.io\",\"name\":\"alice\"}]}"),
                201);
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
    /* Discovery tells of it, and a role may name it as it stands there. */
    assert_code(&f, as(&f, "root", "GET", "/apis/coracle.dev/v1alpha1", NULL), 200);
    const struct value *told = NULL, *list = value_get(tree_of(&f), STR("resources"));
    VALUE_EACH_ITEM (x, list)
        told = str_is(value_text_at(x, "name"), "pods/decision") ? x : told;
    assert_non_null(told);
    assert_str(value_text_at(told, "kind"), "Decision");
    assert_true(value_bool_at(told, "namespaced", false));
    assert_int_equal(value_count(value_get(told, STR("verbs"))), 1);
    assert_code(&f, as(&f, "bo", "GET", path, NULL), 403);
    assert_code(
        &f,
        as(&f, "root", "POST", RBAC "/roles",
           "{\"metadata\":{\"name\":\"why\"},\"rules\":[{\"apiGroups\":[\"coracle.dev\"],\"resources\":[\"pods/decision\"],\"verbs\":[\"get\"]}]}"),
        201);
    assert_code(&f,
                as(&f, "root", "POST", RBAC "/rolebindings",
                   "{\"metadata\":{\"name\":\"why\"},\"roleRef\":{\"apiGroup\":\"rbac.authorization.k8s.io\",\"kind\":\"Role\",\"name\":\"why\"},"
                   "\"subjects\":[{\"kind\":\"User\",\"apiGroup\":\"rbac.authorization.k8s.io\",\"name\":\"bob\"}]}"),
                201);
    assert_code(&f, as(&f, "bo", "GET", path, NULL), 200);
    assert_code(&f, as(&f, "bo", "GET", "/api/v1/namespaces/default/pods/p", NULL), 403);
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
    assert_str(said(&f, "message"),
               "configmaps is forbidden: User \"system:serviceaccount:default:robot\" cannot list resource \"configmaps\" in API "
               "group \"\" in the namespace \"default\"");
    assert_code(&f, as(&f, "root", "GET", "/.well-known/openid-configuration", NULL), 200);
    assert_code(&f, as(&f, "root", "GET", "/openid/v1/jwks", NULL), 200);
    assert_true(value_count(value_at(tree_of(&f), "keys")) > 0);
    fixture_stop(&f);
}

struct asked {
    int code, ended;
};

static void on_asked_end(void *ctx, int r, int code, struct str body, const char *error)
{
    struct asked *k = ctx;
    (void)r, (void)body, (void)error;
    k->code = code;
    k->ended = 1;
}

/* Two creates sent at once: the first waits for its commit while the second comes. */
static void two_creates(struct fixture *f, const char *token, const char *names[2], struct asked out[2])
{
    char authorization[64], bodies[2][96];
    snprintf(authorization, sizeof(authorization), "Bearer %s", token);
    struct http_header headers[] = {{STR("authorization"), str_of(authorization)}, {STR("content-type"), STR("application/json")}};
    for (int i = 0; i < 2; i++) {
        struct http_call *call;
        struct http_call_events e = {.on_end = on_asked_end, .ctx = &out[i]};
        snprintf(bodies[i], sizeof(bodies[i]), "{\"metadata\":{\"name\":\"%s\"}}", names[i]);
        struct http_call_options o = {.method = "POST", .path = CM, .headers = headers, .n_headers = 2, .body = str_of(bodies[i])};
        out[i] = (struct asked){0};
        assert_done(http_client_call(&call, f->client, &o, &e));
    }
    for (int i = 0; i < 500 && (!out[0].ended || !out[1].ended); i++)
        assert_true(loop_run_for(f->loop, 20) >= 0);
}

static void test_too_many(void **state)
{
    struct api_limits limits = {.requests_per_user = 1};
    struct asked got[2];
    struct fixture f;
    (void)state;
    fixture_start_as(&f, &limits, TOKENS);
    assert_code(&f, as(&f, "al", "GET", "/version", NULL), 200);
    assert_code(&f, as(&f, "al", "GET", "/version", NULL), 200); /* one after the other is one at a time */
    assert_code(&f,
                as(&f, "root", "POST", "/apis/rbac.authorization.k8s.io/v1/clusterrolebindings",
                   "{\"metadata\":{\"name\":\"b\"},\"roleRef\":{\"apiGroup\":\"rbac.authorization.k8s.io\",\"kind\":\"ClusterRole\",\"name\":"
                   "\"cluster-admin\"},\"subjects\":[{\"kind\":\"User\",\"apiGroup\":\"rbac.authorization.k8s.io\",\"name\":\"alice\"}]}"),
                201);
    two_creates(&f, "al", (const char *[]){"one", "two"}, got);
    assert_int_equal(got[0].code, 201);
    assert_int_equal(got[1].code, 429);
    assert_code(&f, as(&f, "al", "GET", CM "/two", NULL), 404); /* what was refused left nothing */
    assert_code(&f, as(&f, "al", "POST", CM, "{\"metadata\":{\"name\":\"two\"}}"), 201);
    two_creates(&f, "root", (const char *[]){"three", "four"}, got); /* who keeps the cluster is not counted so */
    assert_int_equal(got[0].code, 201);
    assert_int_equal(got[1].code, 201);
    fixture_stop(&f);
}

static void on_watch_head(void *ctx, int code, const struct http_header *h, size_t n)
{
    (void)h;
    (void)n;
    *(int *)ctx = code;
}

static void on_watch_end(void *ctx, int r, int code, struct str body, const char *error)
{
    (void)ctx, (void)r, (void)code, (void)body, (void)error;
}

/* One watch too many is refused, whoever else may still open some. */
static void test_too_many_watches(void **state)
{
    struct api_limits limits = {.watches_per_user = 1};
    struct http_header bearer = {STR("authorization"), STR("Bearer al")};
    struct http_call_options o = {.method = "GET", .path = PODS "?watch=1", .headers = &bearer, .n_headers = 1};
    int code = 0;
    struct http_call_events e = {.on_head = on_watch_head, .on_end = on_watch_end, .ctx = &code};
    struct http_call *call = NULL;
    struct fixture f;
    (void)state;
    fixture_start_as(&f, &limits, TOKENS);
    assert_code(&f,
                as(&f, "root", "POST", RBAC "/roles",
                   "{\"metadata\":{\"name\":\"r\"},\"rules\":[{\"apiGroups\":[\"\"],\"resources\":[\"pods\"],\"verbs\":[\"list\",\"watch\"]}]}"),
                201);
    assert_code(&f,
                as(&f, "root", "POST", RBAC "/rolebindings",
                   "{\"metadata\":{\"name\":\"b\"},\"roleRef\":{\"apiGroup\":\"rbac.authorization.k8s.io\",\"kind\":\"Role\",\"name\":\"r\"},"
                   "\"subjects\":[{\"kind\":\"User\",\"apiGroup\":\"rbac.authorization.k8s.io\",\"name\":\"alice\"}]}"),
                201);
    assert_done(http_client_call(&call, f.client, &o, &e));
    for (int i = 0; i < 500 && !code; i++)
        assert_true(loop_run_for(f.loop, 20) >= 0);
    assert_int_equal(code, 200);
    assert_code(&f, as(&f, "al", "GET", PODS "?watch=1", NULL), 429);
    assert_str(said(&f, "reason"), "TooManyRequests");
    assert_code(&f, as(&f, "al", "GET", PODS, NULL), 200);
    assert_code(&f, as(&f, "root", "GET", PODS "?watch=1&timeoutSeconds=1", NULL), 200);
    http_call_cancel(call);
    for (int i = 0; i < 20; i++)
        assert_true(loop_run_for(f.loop, 10) >= 0);
    assert_code(&f, as(&f, "al", "GET", PODS "?watch=1&timeoutSeconds=1", NULL), 200); /* there is room again */
    fixture_stop(&f);
}

/* Somebody outside who takes a moment for each question, and forgets the answer as soon as whoever asked has gone on. */
struct oracle {
    struct fixture *f;
    struct loop_timer timer;
    struct list waiting;
    char known[64][256];
    int64_t since[64];
    unsigned n, answered, questions;
    const char *no; /* a verb nobody may use */
    bool down;      /* failurePolicy Deny, and it does not answer */
};

static void oracle_answers(void *ctx)
{
    struct oracle *o = ctx;
    o->answered = o->n;
    auth_wake(&o->waiting);
}

static enum auth_decision oracle_decides(void *ctx, const struct auth_ask *ask, char reason[AUTH_REASON_MAX])
{
    struct oracle *o = ctx;
    char text[256];
    snprintf(text, sizeof(text), "%.*s|%.*s|%.*s|%.*s|%.*s", STR_FMT(ask->user->name), STR_FMT(ask->verb), STR_FMT(ask->resource),
             STR_FMT(ask->subresource), STR_FMT(ask->name));
    snprintf(reason, AUTH_REASON_MAX, "the oracle said so");
    if (!ask->wait)
        return o->down ? AUTH_DENY : AUTH_NO_OPINION;
    for (unsigned i = 0; i < o->answered; i++)
        if (!strcmp(o->known[i], text) && ask->wait->since && o->since[i] >= ask->wait->since)
            return o->down || str_is(ask->verb, o->no) ? AUTH_DENY : AUTH_ALLOW;
    assert_true(o->n < ARRAY_LEN(o->known));
    o->since[o->n] = ++o->questions;
    memcpy(o->known[o->n++], text, sizeof(text));
    if (!ask->wait->since)
        ask->wait->since = o->questions;
    if (list_empty(&ask->wait->link))
        list_add(&o->waiting, &ask->wait->link);
    assert_done(loop_timer_start(o->f->loop, &o->timer, 1, oracle_answers, o));
    return AUTH_UNDECIDED;
}

static void oracle_forget(struct oracle *o, const char *no)
{
    assert_true(list_empty(&o->waiting));
    o->n = o->answered = 0;
    o->no = no;
}

static void told(void *ctx, const struct client_reply *r)
{
    struct fixture *f = ctx;
    f->code = r->code;
    f->done = true;
    loop_stop(f->loop);
}

/* OwnerReferencesPermissionEnforcement looks at custom kinds as at any other. */
static void test_owners(void **state)
{
    struct fixture f = {.plugins = "OwnerReferencesPermissionEnforcement"};
    (void)state;
    fixture_start_with(&f, NULL, TOKENS);
    assert_code(&f,
                as(&f, "root", "POST", "/apis/apiextensions.k8s.io/v1/customresourcedefinitions",
                   "{\"metadata\":{\"name\":\"widgets.example.com\"},\"spec\":{\"group\":\"example.com\",\"scope\":\"Namespaced\",\"names\":{"
                   "\"plural\":\"widgets\","
                   "\"kind\":\"Widget\"},\"versions\":[{\"name\":\"v1\",\"served\":true,\"storage\":true,\"schema\":{\"openAPIV3Schema\":{\"type\":"
                   "\"object\"}}}]}}"),
                201);
    assert_code(&f,
                as(&f, "root", "POST", RBAC "/roles",
                   "{\"metadata\":{\"name\":\"r\"},\"rules\":[{\"apiGroups\":[\"\"],\"resources\":[\"configmaps\"],\"verbs\":[\"*\"]}]}"),
                201);
    assert_code(&f,
                as(&f, "root", "POST", RBAC "/rolebindings",
                   "{\"metadata\":{\"name\":\"b\"},\"roleRef\":{\"apiGroup\":\"rbac.authorization.k8s.io\",\"kind\":\"Role\",\"name\":\"r\"},"
                   "\"subjects\":[{\"kind\":\"User\",\"apiGroup\":\"rbac.authorization.k8s.io\",\"name\":\"alice\"}]}"),
                201);
#define OWNED(kind) \
    "{\"metadata\":{\"name\":\"c\",\"ownerReferences\":[{\"apiVersion\":\"example.com/v1\",\"kind\":\"" kind \
    "\",\"name\":\"w\",\"uid\":\"u\",\"blockOwnerDeletion\":true}]}}"
    assert_code(&f, as(&f, "al", "POST", CM, OWNED("Widget")), 403);
    assert_true(str_find(said(&f, "message"), STR("a resource you can't set finalizers on")) > 0);
    assert_code(&f, as(&f, "al", "POST", CM, OWNED("Gadget")), 403);
    assert_true(str_find(said(&f, "message"), STR("cannot find RESTMapping for APIVersion example.com/v1 Kind Gadget")) > 0);
    assert_code(&f,
                as(&f, "root", "POST", RBAC "/roles",
                   "{\"metadata\":{\"name\":\"w\"},\"rules\":[{\"apiGroups\":[\"example.com\"],\"resources\":[\"widgets/"
                   "finalizers\"],\"verbs\":[\"update\"]}]}"),
                201);
    assert_code(&f,
                as(&f, "root", "POST", RBAC "/rolebindings",
                   "{\"metadata\":{\"name\":\"w\"},\"roleRef\":{\"apiGroup\":\"rbac.authorization.k8s.io\",\"kind\":\"Role\",\"name\":\"w\"},"
                   "\"subjects\":[{\"kind\":\"User\",\"apiGroup\":\"rbac.authorization.k8s.io\",\"name\":\"alice\"}]}"),
                201);
    assert_code(&f, as(&f, "al", "POST", CM, OWNED("Widget")), 201);
    fixture_stop(&f);
}

#define POLICIES "/apis/admissionregistration.k8s.io/v1/"
#define MATCHES \
    "\"matchConstraints\":{\"resourceRules\":[{\"operations\":[\"*\"],\"apiGroups\":[\"\"],\"apiVersions\":[\"v1\"],\"resources\":[\"configmaps\"]}" \
    "]}"
#define MAY(verb) "authorizer.group('').resource('configmaps').namespace('default').check('" verb "').allowed()"

/* Rights asked about inside a write, in an expression, by a client of this process: each waits for the answer. */
static void test_oracle(void **state)
{
    struct fixture f;
    struct oracle o = {.f = &f, .no = ""};
    const struct auth_judge list[] = {{AUTH_JUDGE_OUTSIDER, oracle_decides, &o}};
    (void)state;
    fixture_start_as(&f, NULL, TOKENS);
    list_init(&o.waiting);
    auth_set_judges(f.auth, list, 1);
    assert_code(&f, as(&f, "al", "GET", PODS, NULL), 200);
    oracle_forget(&o, "list");
    assert_code(&f, as(&f, "al", "GET", PODS, NULL), 403);

    /* escalation: `escalate` on roles */
#define ALL_ROLE "{\"metadata\":{\"name\":\"a\"},\"rules\":[{\"apiGroups\":[\"*\"],\"resources\":[\"*\"],\"verbs\":[\"*\"]}]}"
    oracle_forget(&o, "escalate");
    assert_code(&f, as(&f, "al", "POST", RBAC "/roles", ALL_ROLE), 403);
    oracle_forget(&o, "");
    assert_code(&f, as(&f, "al", "POST", RBAC "/roles", ALL_ROLE), 201);

    /* impersonation: a user and two groups are three questions */
    oracle_forget(&o, "");
    ask_with(&f, "GET", PODS, "authorization: Bearer al\nimpersonate-user: bob\nimpersonate-group: x\nimpersonate-group: y", STR_NONE);
    assert_int_equal(f.code, 200);
    assert_int_equal(o.n, 4);
    oracle_forget(&o, "impersonate");
    ask_with(&f, "GET", PODS, "authorization: Bearer al\nimpersonate-user: bob", STR_NONE);
    assert_int_equal(f.code, 403);

    /* an expression's authorizer, in both kinds of policies */
    oracle_forget(&o, "");
    assert_code(&f,
                as(&f, "root", "POST", POLICIES "validatingadmissionpolicies",
                   "{\"metadata\":{\"name\":\"v\"},\"spec\":{" MATCHES
                   ",\"validations\":[{\"expression\":\"" MAY("bless") " && !" MAY("curse") "\"}]}}"),
                201);
    assert_code(&f,
                as(&f, "root", "POST", POLICIES "validatingadmissionpolicybindings",
                   "{\"metadata\":{\"name\":\"v\"},\"spec\":{\"policyName\":\"v\","
                   "\"validationActions\":[\"Deny\"]}}"),
                201);
    assert_code(&f,
                as(&f, "root", "POST", POLICIES "mutatingadmissionpolicies",
                   "{\"metadata\":{\"name\":\"m\"},\"spec\":{" MATCHES
                   ",\"reinvocationPolicy\":\"Never\",\"mutations\":[{\"patchType\":\"ApplyConfiguration\",\"applyConfiguration\":{\"expression\":"
                   "\"Object{data: {'may': string(" MAY("mark") ")}}\"}}]}}"),
                201);
    assert_code(&f,
                as(&f, "root", "POST", POLICIES "mutatingadmissionpolicybindings", "{\"metadata\":{\"name\":\"m\"},\"spec\":{\"policyName\":\"m\"}}"),
                201);
    assert_code(&f, as(&f, "al", "POST", CM, "{\"metadata\":{\"name\":\"c1\"}}"), 422); /* she may curse */
    oracle_forget(&o, "curse");
    assert_code(&f, as(&f, "al", "POST", CM, "{\"metadata\":{\"name\":\"c1\"}}"), 201);
    assert_str(said(&f, "data.may"), "true");
    oracle_forget(&o, "bless");
    assert_code(&f, as(&f, "al", "POST", CM, "{\"metadata\":{\"name\":\"c2\"}}"), 422);

    /* a client of this process */
    struct client *c = NULL;
    struct err err = {{0}};
    assert_done(api_client_new(&c, f.api, "carol", NULL, "me", &err));
    struct client_call call = {.verb = CLIENT_GET,
                               .resource = schema_resource_find(STR(""), STR("v1"), STR("configmaps")),
                               .ns = STR("default"),
                               .name = STR("c1"),
                               .grace = -1};
    oracle_forget(&o, "get");
    assert_done(client_send(c, &call, told, &f));
    fixture_wait(&f);
    assert_int_equal(f.code, 403);
    oracle_forget(&o, "");
    assert_done(client_send(c, &call, told, &f));
    fixture_wait(&f);
    assert_int_equal(f.code, 200);
    oracle_forget(&o, "");
    assert_done(client_send(c, &call, told, &f)); /* gone before it is answered */
    client_free(c);
    assert_true(list_empty(&o.waiting));
    loop_timer_stop(&o.timer);
    auth_set_judges(f.auth, NULL, 0);
    fixture_stop(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_access),          cmocka_unit_test(test_views),   cmocka_unit_test(test_oracle),
                                       cmocka_unit_test(test_owners),          cmocka_unit_test(test_reviews), cmocka_unit_test(test_too_many),
                                       cmocka_unit_test(test_too_many_watches)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
