/* Hooks that answer over real TLS: caches, waiting together, retries, conditions, failures, configurations that are wrong. */
#include "json/json.h"
#include "os/os.h"
#include "referee/inside.h"
#include "tests/unit.h"

#define HEAD "apiVersion: apiserver.config.k8s.io/v1\nkind: AuthorizationConfiguration\nauthorizers:\n"

struct world {
    struct loop *loop;
    struct http_server *server;
    struct tls_pair ca, own;
    SSL_CTX *serving;
    struct auth *auth;
    struct referee_tokens *tokens;
    struct referee *referee;
    struct arena *a;
    char folder[64], kubeconfig[100];
    unsigned asked;
    int fail;  /* so many answers of 503 come first */
    bool mute; /* no answer at all */
    struct http_req *held;
    char last[8192], path[100], authorization[100];
    const char *answer; /* the status */
    unsigned woken;
};

static void on_request(void *ctx, struct http_req *q)
{
    struct world *w = ctx;
    struct value tree = {0};
    SCOPED_BUF b = BUF_INIT(0);
    w->asked++;
    snprintf(w->last, sizeof(w->last), "%.*s", STR_FMT(http_req_body(q)));
    snprintf(w->path, sizeof(w->path), "%.*s", STR_FMT(http_req_path(q)));
    snprintf(w->authorization, sizeof(w->authorization), "%.*s", STR_FMT(http_req_header(q, "authorization")));
    if (w->fail > 0) {
        w->fail--;
        http_reply(q, 503, NULL, 0, (struct http_bytes){.bytes = STR_INIT("no")});
        return;
    }
    if (w->mute)
        return;
    assert_done(json_parse(w->a, http_req_body(q), &tree, NULL));
    buf_fmt(&b, "{\"kind\":\"%.*s\",\"apiVersion\":\"%.*s\",\"status\":%s}", STR_FMT(value_text_at(&tree, "kind")),
            STR_FMT(value_text_at(&tree, "apiVersion")), w->answer);
    http_reply(q, 200, NULL, 0, (struct http_bytes){.bytes = buf_view(&b)});
}

static void write_kubeconfig(struct world *w)
{
    SCOPED_BUF b = BUF_INIT(0);
    buf_fmt(&b,
            "apiVersion: v1\nkind: Config\ncurrent-context: c\ncontexts: [{name: c, context: {cluster: x, user: u}}]\n"
            "users: [{name: u, user: {token: secret}}]\nclusters:\n- name: x\n  cluster:\n    server: https://127.0.0.1:%d/ask/me\n"
            "    certificate-authority-data: ",
            http_server_port(w->server));
    buf_base64(&b, str_of(w->ca.cert_pem));
    buf_char(&b, '\n');
    assert_done(os_file_replace(w->kubeconfig, buf_view(&b), 0600));
}

static void start(struct world *w)
{
    static const char *const ips[] = {"127.0.0.1", NULL};
    struct tls_names names = {.ips = ips};
    int64_t now = time(NULL);
    *w = (struct world){.folder = "/tmp/coracle-referee-XXXXXX"};
    assert_non_null(mkdtemp(w->folder));
    snprintf(w->kubeconfig, sizeof(w->kubeconfig), "%s/kubeconfig", w->folder);
    assert_done(loop_new(&w->loop));
    assert_done(arena_new(&w->a, 64u << 20));
    assert_done(tls_ca_make(&w->ca, "ca", now, 1, NULL));
    assert_done(tls_cert_make(&w->own, &w->ca, "hook", NULL, &names, TLS_USAGE_SERVER, now, 1, NULL));
    assert_done(tls_server_context(&w->serving, &w->own, NULL, STR_NONE, NULL));
    struct http_server_options o = {.address = "127.0.0.1", .tls = w->serving, .on_request = on_request, .ctx = w};
    assert_done(http_server_new(&w->server, w->loop, &o, NULL));
    static const char *const audiences[] = {"api", NULL};
    assert_done(auth_new(&w->auth, &(struct auth_options){.audiences = audiences}, NULL));
    write_kubeconfig(w);
}

static void end(struct world *w)
{
    auth_set_outsiders(w->auth, NULL, 0);
    auth_set_judges(w->auth, NULL, 0);
    referee_tokens_free(w->tokens);
    referee_free(w->referee);
    auth_free(w->auth);
    http_server_free(w->server);
    tls_context_free(w->serving);
    tls_pair_done(&w->ca);
    tls_pair_done(&w->own);
    assert_done(loop_run_for(w->loop, 1)); /* what was deferred */
    arena_free(w->a);
    loop_free(w->loop);
    assert_done(os_tree_remove(w->folder));
}

static void woken(void *ctx)
{
    struct world *w = ctx;
    w->woken++;
    loop_stop(w->loop);
}

/* Asks again as soon as it is woken, as it must. */
struct asker {
    struct world *w;
    struct auth_wait wait;
    const char *token;
    struct auth_user *u;
    struct err *err;
    struct auth_ask *ask; /* instead of a token */
    char *reason;
    int result;
};

static void try(struct asker *k)
{
    struct auth_credentials c = {.bearer = str_of(k->token), .path = STR("/api"), .wait = &k->wait};
    if (k->ask) {
        enum auth_decision d = auth_authorize(k->w->auth, k->ask, k->reason);
        k->result = d == AUTH_UNDECIDED ? AUTH_WAITS : (int)d;
        return;
    }
    k->err->text[0] = 0;
    k->result = auth_authenticate(k->w->auth, k->w->a, &c, time(NULL), k->u, k->err);
}

static void asker_woken(void *ctx)
{
    struct asker *k = ctx;
    try(k);
    loop_stop(k->w->loop);
}

static int run(struct asker *k)
{
    try(k);
    for (int i = 0; i < 3 && k->result == AUTH_WAITS; i++)
        assert_done(loop_run(k->w->loop));
    assert_int_not_equal(k->result, AUTH_WAITS);
    return k->result;
}

/* ── tokens ── */

static void with_tokens(struct world *w, int64_t ttl_ms, const char *version)
{
    static const char *const audiences[] = {"api", NULL};
    struct referee_tokens_options o = {.loop = w->loop, .kubeconfig = w->kubeconfig, .version = version, .ttl_ms = ttl_ms, .audiences = audiences};
    struct err err = {{0}};
    int r = referee_tokens_new(&w->tokens, &o, &err);
    if (r < 0)
        fail_msg("%s", err.text);
    struct auth_outsider other = {referee_token, w->tokens};
    auth_set_outsiders(w->auth, &other, 1);
}

static int check(struct world *w, const char *token, struct auth_user *u, struct err *err)
{
    struct asker k = {.w = w, .token = token, .u = u, .err = err};
    auth_wait_init(&k.wait, asker_woken, &k);
    return run(&k);
}

static void test_tokens(void **state)
{
    (void)state;
    struct world w;
    struct auth_user u;
    struct err err = {{0}};
    start(&w);
    with_tokens(&w, 0, "v1");
    w.answer = "{\"authenticated\":true,\"user\":{\"username\":\"jane\",\"uid\":\"7\",\"groups\":[\"a\",\"b\"],\"extra\":{\"k\":[\"v\"]}}}";
    assert_done(check(&w, "tok", &u, &err));
    assert_str(u.name, "jane");
    assert_str(u.uid, "7");
    assert_int_equal(u.n_groups, 3);
    assert_str(u.groups[2], "system:authenticated");
    assert_str(u.extra[0].values[0], "v");
    assert_string_equal(w.path, "/ask/me");
    assert_string_equal(w.authorization, "Bearer secret");
    assert_non_null(strstr(w.last, "\"apiVersion\":\"authentication.k8s.io/v1\""));
    assert_non_null(strstr(w.last, "\"spec\":{\"token\":\"tok\",\"audiences\":[\"api\"]}"));
    for (int i = 0; i < 5; i++)
        assert_done(check(&w, "tok", &u, &err));
    assert_int_equal(w.asked, 1); /* the answer is kept */
    w.answer = "{\"authenticated\":false}";
    assert_int_equal(check(&w, "other", &u, &err), AUTH_UNAUTHORIZED);
    w.answer = "{\"authenticated\":false,\"error\":\"it is stolen\"}";
    assert_int_equal(check(&w, "third", &u, &err), AUTH_UNAUTHORIZED);
    assert_string_equal(err.text, "it is stolen");
    assert_int_equal(w.asked, 3);
    w.answer = "{\"authenticated\":true,\"user\":{\"username\":\"jane\"},\"audiences\":[\"elsewhere\"]}";
    assert_int_equal(check(&w, "fourth", &u, &err), AUTH_UNAUTHORIZED);
    struct str wanted[] = {STR_INIT("x"), STR_INIT("elsewhere")}, *both;
    size_t n;
    struct auth_wait wait;
    auth_wait_init(&wait, woken, &w);
    int r = auth_token_check(w.auth, w.a, STR("tok"), wanted, 2, time(NULL), &wait, &u, &both, &n, &err);
    assert_int_equal(r, AUTH_WAITS); /* for other audiences it is another question */
    assert_done(loop_run(w.loop));
    assert_done(auth_token_check(w.auth, w.a, STR("tok"), wanted, 2, time(NULL), &wait, &u, &both, &n, &err));
    assert_int_equal(n, 1);
    assert_str(both[0], "elsewhere");
    end(&w);
}

static void test_failures(void **state)
{
    (void)state;
    struct world w;
    struct auth_user u;
    struct err err = {{0}};
    start(&w);
    with_tokens(&w, -1, NULL); /* nothing is kept */
    w.answer = "{\"authenticated\":true,\"user\":{\"username\":\"jane\"}}";
    assert_done(check(&w, "tok", &u, &err));
    assert_non_null(strstr(w.last, "authentication.k8s.io/v1beta1"));
    assert_done(check(&w, "tok", &u, &err));
    assert_int_equal(w.asked, 2);
    w.fail = 2; /* tried again */
    assert_done(check(&w, "tok", &u, &err));
    assert_int_equal(w.asked, 5);
    w.fail = 3;
    assert_int_equal(check(&w, "tok", &u, &err), AUTH_UNAUTHORIZED);
    assert_non_null(strstr(err.text, "the answer is 503"));
    w.answer = "7}, {";
    assert_int_equal(check(&w, "tok", &u, &err), AUTH_UNAUTHORIZED);
    w.answer = "{\"authenticated\":true}";
    assert_int_equal(check(&w, "tok", &u, &err), AUTH_UNAUTHORIZED);
    assert_non_null(strstr(err.text, "names no user"));
    struct auth_credentials c = {.bearer = STR("tok"), .path = STR("/api")}; /* who cannot wait */
    assert_int_equal(auth_authenticate(w.auth, w.a, &c, time(NULL), &u, &err), AUTH_UNAUTHORIZED);
    end(&w);
}

/* A hundred who show the same token make one question; those who have gone are not told. */
static void test_together(void **state)
{
    (void)state;
    struct world w;
    struct auth_user u;
    struct err err = {{0}};
    struct auth_wait waits[100];
    start(&w);
    with_tokens(&w, 0, "v1");
    w.answer = "{\"authenticated\":true,\"user\":{\"username\":\"jane\"}}";
    for (size_t i = 0; i < 100; i++) {
        auth_wait_init(&waits[i], woken, &w);
        struct auth_credentials c = {.bearer = STR("tok"), .path = STR("/api"), .wait = &waits[i]};
        assert_int_equal(auth_authenticate(w.auth, w.a, &c, time(NULL), &u, &err), AUTH_WAITS);
    }
    for (size_t i = 0; i < 100; i += 2)
        auth_wait_cancel(&waits[i]);
    while (w.woken < 50)
        assert_done(loop_run(w.loop));
    assert_int_equal(w.woken, 50);
    assert_int_equal(w.asked, 1);
    auth_wait_init(&waits[0], woken, &w); /* who waits when the hook is taken away is woken */
    w.mute = true;
    struct auth_credentials c = {.bearer = STR("more"), .path = STR("/api"), .wait = &waits[0]};
    assert_int_equal(auth_authenticate(w.auth, w.a, &c, time(NULL), &u, &err), AUTH_WAITS);
    assert_done(loop_run_for(w.loop, 20));
    auth_set_outsiders(w.auth, NULL, 0);
    w.tokens = referee_tokens_free(w.tokens);
    assert_int_equal(w.woken, 51);
    end(&w);
}

/* ── access ── */

static void configure(struct world *w, const char *more)
{
    SCOPED_BUF b = BUF_INIT(0);
    struct err err = {{0}};
    struct auth_judge list[AUTH_JUDGES_MAX];
    buf_fmt(&b,
            HEAD "- type: Webhook\n  name: hook\n  webhook:\n    timeout: 2s\n    subjectAccessReviewVersion: v1\n"
                 "    matchConditionSubjectAccessReviewVersion: v1\n    connectionInfo: {type: KubeConfigFile, kubeConfigFile: %s}\n%s",
            w->kubeconfig, more);
    if (!w->referee)
        assert_done(referee_new(&w->referee, w->loop, NULL));
    int r = referee_configure(w->referee, buf_view(&b), &err);
    if (r < 0)
        fail_msg("%s", err.text);
    auth_set_judges(w->auth, list, referee_judges(w->referee, list));
}

static enum auth_decision decide(struct world *w, const char *verb, const char *resource, const char *ns, char reason[AUTH_REASON_MAX])
{
    struct str groups[] = {STR_INIT("g")};
    struct auth_user u = {.name = STR("jane"), .groups = groups, .n_groups = 1};
    struct asker k = {.w = w, .reason = reason};
    auth_wait_init(&k.wait, asker_woken, &k);
    struct auth_ask ask = {.user = &u, .verb = str_of(verb), .wait = &k.wait};
    k.ask = &ask;
    if (resource[0] == '/')
        ask.path = str_of(resource);
    else {
        ask.resource = str_of(resource);
        ask.version = STR("v1");
        ask.namespace = str_of(ns);
    }
    return (enum auth_decision)run(&k);
}

/* A request with two questions, asked again from its start after each answer. */
struct double_asker {
    struct world *w;
    struct auth_wait wait;
    struct auth_ask asks[2];
    enum auth_decision is[2];
    unsigned turns;
};

static void ask_both(void *ctx)
{
    struct double_asker *k = ctx;
    k->turns++;
    for (size_t i = 0; i < 2; i++) {
        k->is[i] = auth_authorize(k->w->auth, &k->asks[i], NULL);
        if (k->is[i] == AUTH_UNDECIDED)
            return;
    }
    loop_stop(k->w->loop);
}

static void test_both(void **state)
{
    (void)state;
    struct world w;
    struct auth_user u = {.name = STR("jane")};
    struct double_asker k = {.w = &w};
    static const char *const times[] = {"    authorizedTTL: 1ms\n    unauthorizedTTL: 1ms\n    failurePolicy: NoOpinion\n",
                                        "    failurePolicy: NoOpinion\n", "    failurePolicy: Deny\n"};
    start(&w);
    for (int i = 0; i < 2; i++)
        k.asks[i] =
            (struct auth_ask){.user = &u, .verb = STR("get"), .resource = i ? STR("pods") : STR("nodes"), .version = STR("v1"), .wait = &k.wait};
    for (size_t i = 0; i < ARRAY_LEN(times); i++) {
        configure(&w, times[i]);
        unsigned before = w.asked;
        w.answer = i == 0 ? "{\"allowed\":true}" : "}"; /* kept for no time; no answer at all */
        auth_wait_init(&k.wait, ask_both, &k);
        k.turns = 0;
        ask_both(&k);
        assert_done(loop_run(w.loop));
        assert_int_equal(k.turns, 3);
        assert_int_equal(w.asked - before, 2);
        for (int j = 0; j < 2; j++)
            assert_int_equal(k.is[j], i == 0 ? AUTH_ALLOW : i == 1 ? AUTH_NO_OPINION : AUTH_DENY);
        assert_done(loop_run_for(w.loop, 10));
        auth_wait_init(&k.wait, ask_both, &k); /* the next request asks anew */
        assert_int_equal(auth_authorize(w.auth, &k.asks[0], NULL), AUTH_UNDECIDED);
        auth_wait_cancel(&k.wait);
        struct auth_ask rash = k.asks[0]; /* who cannot wait: as if nobody had answered */
        rash.wait = NULL;
        assert_int_equal(auth_authorize(w.auth, &rash, NULL), i == 2 ? AUTH_DENY : AUTH_NO_OPINION);
    }
    end(&w);
}

static void test_access(void **state)
{
    (void)state;
    struct world w;
    char reason[AUTH_REASON_MAX];
    start(&w);
    configure(&w, "    failurePolicy: NoOpinion\n- {type: RBAC, name: rbac}\n");
    w.answer = "{\"allowed\":true,\"reason\":\"she may\"}";
    assert_int_equal(decide(&w, "get", "pods", "default", reason), AUTH_ALLOW);
    assert_string_equal(reason, "she may");
    assert_non_null(strstr(w.last,
                           "\"spec\":{\"resourceAttributes\":{\"namespace\":\"default\",\"verb\":\"get\",\"version\":\"v1\",\"resource\":\"pods\"},"
                           "\"user\":\"jane\",\"groups\":[\"g\"]}"));
    w.answer = "{\"allowed\":false}";
    assert_int_equal(decide(&w, "get", "pods", "default", reason), AUTH_ALLOW); /* kept */
    assert_int_equal(w.asked, 1);
    assert_int_equal(decide(&w, "list", "pods", "default", reason), AUTH_NO_OPINION); /* RBAC has none either */
    w.answer = "{\"allowed\":false,\"denied\":true,\"reason\":\"never\"}";
    assert_int_equal(decide(&w, "get", "/metrics", "", reason), AUTH_DENY);
    assert_string_equal(reason, "never");
    assert_non_null(strstr(w.last, "\"nonResourceAttributes\":{\"path\":\"/metrics\",\"verb\":\"get\"}"));
    w.answer = "{\"allowed\":true,\"denied\":true}";
    assert_int_equal(decide(&w, "get", "/both", "", reason), AUTH_NO_OPINION);
    struct str groups[] = {STR_INIT("system:masters")};
    struct auth_user master = {.name = STR("root"), .groups = groups, .n_groups = 1};
    assert_int_equal(auth_authorize(w.auth, &(struct auth_ask){.user = &master, .verb = STR("get"), .resource = STR("pods")}, reason), AUTH_ALLOW);
    w.fail = 99;
    assert_int_equal(decide(&w, "get", "nodes", "", reason), AUTH_NO_OPINION);
    configure(&w, "    failurePolicy: Deny\n- {type: AlwaysAllow, name: all}\n");
    assert_int_equal(decide(&w, "get", "nodes", "", reason), AUTH_DENY);
    w.fail = 0;
    w.mute = true; /* two seconds, then it has failed */
    assert_int_equal(decide(&w, "get", "nodes", "", reason), AUTH_DENY);
    end(&w);
}

static void test_conditions(void **state)
{
    (void)state;
    struct world w;
    char reason[AUTH_REASON_MAX];
    start(&w);
    w.answer = "{\"denied\":true}";
    configure(&w, "    failurePolicy: Deny\n    matchConditions:\n    - expression: has(request.resourceAttributes)\n"
                  "    - expression: request.resourceAttributes.namespace == 'kube-system'\n    - expression: \"!('x' in request.groups)\"\n"
                  "- {type: AlwaysAllow, name: all}\n");
    assert_int_equal(decide(&w, "get", "pods", "default", reason), AUTH_ALLOW);
    assert_int_equal(decide(&w, "get", "nodes", "", reason), AUTH_ALLOW);
    assert_int_equal(decide(&w, "get", "/x", "", reason), AUTH_ALLOW);
    assert_int_equal(w.asked, 0);
    assert_int_equal(decide(&w, "get", "pods", "kube-system", reason), AUTH_DENY);
    assert_int_equal(w.asked, 1);
    configure(&w, "    failurePolicy: Deny\n    matchConditions:\n    - expression: request.resourceAttributes.namespace == 'kube-system'\n"
                  "- {type: AlwaysAllow, name: all}\n");
    assert_int_equal(decide(&w, "get", "/x", "", reason), AUTH_DENY); /* it cannot be evaluated */
    configure(&w, "    failurePolicy: NoOpinion\n    matchConditions:\n    - expression: request.resourceAttributes.namespace == 'kube-system'\n"
                  "- {type: AlwaysAllow, name: all}\n");
    assert_int_equal(decide(&w, "get", "/x", "", reason), AUTH_ALLOW);
    assert_int_equal(w.asked, 1);
    end(&w);
}

static void test_flags(void **state)
{
    (void)state;
    struct world w;
    struct err err = {{0}};
    struct auth_judge list[AUTH_JUDGES_MAX];
    start(&w);
    assert_done(referee_new(&w.referee, w.loop, NULL));
    struct referee_flags f = {.modes = "Node,Webhook,RBAC", .kubeconfig = w.kubeconfig};
    assert_done(referee_configure_flags(w.referee, &f, &err));
    assert_int_equal(referee_judges(w.referee, list), 3);
    assert_int_equal(list[1].kind, AUTH_JUDGE_OUTSIDER);
    static const char *const bad[] = {"", "Nodes", "Node,Node", "ABAC"};
    for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
        f.modes = bad[i];
        assert_int_equal(referee_configure_flags(w.referee, &f, &err), -EINVAL);
    }
    f = (struct referee_flags){.modes = "Webhook"};
    assert_int_equal(referee_configure_flags(w.referee, &f, &err), -EINVAL);
    assert_int_equal(referee_judges(w.referee, list), 3);
    static const struct {
        const char *text;
        int64_t ms;
    } times[] = {{"5m", 300000}, {"1h1m1.5s", 3661500}, {"250ms", 250}, {"0", 0}, {"-3s", -3000}, {"0s", 0}};
    int64_t ms;
    for (size_t i = 0; i < ARRAY_LEN(times); i++) {
        assert_done(referee_duration(str_of(times[i].text), &ms));
        assert_int_equal(ms, times[i].ms);
    }
    assert_int_equal(referee_duration(STR("5"), &ms), -EINVAL);
    assert_int_equal(referee_duration(STR("m"), &ms), -EINVAL);
    assert_int_equal(referee_duration(STR(""), &ms), -EINVAL);
    end(&w);
}

#define HOOK HEAD "- type: Webhook\n  name: h\n  webhook:\n    subjectAccessReviewVersion: v1\n    failurePolicy: Deny\n"
static const struct {
    const char *yaml, *why;
} wrong[] = {
    {"", "not an AuthorizationConfiguration"},
    {HEAD, "authorizers: at least one"},
    {HEAD "- {}\n", "authorizers[0].type: \"\""},
    {HEAD "- {type: ABAC, name: a}\n", "authorizers[0].type: \"ABAC\""},
    {HEAD "- {type: RBAC}\n", "authorizers[0].name"},
    {HEAD "- {type: RBAC, name: A}\n", "authorizers[0].name"},
    {HEAD "- {type: RBAC, name: a}\n- {type: RBAC, name: b}\n", "authorizers[1].type: \"RBAC\" stands there twice"},
    {HEAD "- {type: RBAC, name: a, webhook: {}}\n", "authorizers[0].webhook: goes with"},
    {HEAD "- {type: RBAC, name: a, rules: []}\n", "authorizers[0].rules: no such field"},
    {HEAD "- {type: Webhook, name: a}\n", "authorizers[0].webhook: is required"},
    {HOOK, "authorizers[0].webhook.timeout: is required"},
    {HOOK "    timeout: 31s\n", "webhook.timeout"},
    {HOOK "    timeout: fast\n", "webhook.timeout: must be a duration"},
    {HOOK "    timeout: 1s\n    authorizedTTL: 0s\n", "webhook.authorizedTTL: must be above 0"},
    {HOOK "    timeout: 1s\n", "connectionInfo.type"},
    {HOOK "    timeout: 1s\n    connectionInfo: {type: InClusterConfig}\n", "connectionInfo.type: \"InClusterConfig\""},
    {HOOK "    timeout: 1s\n    connectionInfo: {type: KubeConfigFile, kubeConfigFile: x}\n", "must be an absolute path"},
    {HOOK "    timeout: 1s\n    connectionInfo: {type: KubeConfigFile, kubeConfigFile: /nonexistent/x}\n",
     "connectionInfo.kubeConfigFile: cannot read"},
    {HOOK "    timeout: 1s\n    matchConditions: [{expression: 'true'}]\n", "matchConditionSubjectAccessReviewVersion"},
    {HOOK "    timeout: 1s\n    matchConditionSubjectAccessReviewVersion: v1\n    matchConditions: [{expression: '1'}]\n",
     "matchConditions[0].expression: must evaluate to bool, not to int"},
    {HOOK "    timeout: 1s\n    matchConditionSubjectAccessReviewVersion: v1\n    matchConditions: [{expression: 'request.nothing'}]\n",
     "matchConditions[0].expression: compilation failed: ERROR"},
    {HEAD "- type: Webhook\n  name: h\n  webhook: {timeout: 1s, failurePolicy: Maybe, subjectAccessReviewVersion: v1}\n", "failurePolicy: \"Maybe\""},
    {HEAD "- type: Webhook\n  name: h\n  webhook: {timeout: 1s, failurePolicy: Deny}\n", "subjectAccessReviewVersion: \"\""},
};

static void test_wrong(void **state)
{
    (void)state;
    struct loop *loop;
    struct referee *x;
    assert_done(loop_new_simulated(&loop, 1700000000));
    assert_done(referee_new(&x, loop, NULL));
    for (size_t i = 0; i < ARRAY_LEN(wrong); i++) {
        struct err err = {{0}};
        if (referee_configure(x, str_of(wrong[i].yaml), &err) >= 0)
            fail_msg("taken: %s", wrong[i].yaml);
        if (!strstr(err.text, wrong[i].why))
            fail_msg("%s\ngot: %s", wrong[i].yaml, err.text);
    }
    referee_free(x);
    loop_free(loop);
}

static int configure_body(void *ctx)
{
    struct world *w = ctx;
    struct referee *x = NULL;
    char yaml[1000];
    snprintf(yaml, sizeof(yaml),
             HOOK "    timeout: 1s\n    matchConditionSubjectAccessReviewVersion: v1\n    matchConditions: [{expression: 'true'}]\n"
                  "    connectionInfo: {type: KubeConfigFile, kubeConfigFile: %s}\n- {type: RBAC, name: r}\n",
             w->kubeconfig);
    int r = referee_new(&x, w->loop, NULL);
    if (r == 0)
        r = referee_configure(x, str_of(yaml), NULL);
    referee_free(x);
    mem_fail_at(0);
    assert_done(loop_run_for(w->loop, 1));
    return r;
}

static void test_allocations(void **state)
{
    (void)state;
    struct world w;
    start(&w);
    for (unsigned long n = 1;; n++) {
        mem_fail_at(n);
        if (configure_body(&w) == 0)
            break;
        assert_true(n < 100000);
    }
    end(&w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_tokens), cmocka_unit_test(test_failures), cmocka_unit_test(test_together),
        cmocka_unit_test(test_access), cmocka_unit_test(test_both),     cmocka_unit_test(test_conditions),
        cmocka_unit_test(test_flags),  cmocka_unit_test(test_wrong),    cmocka_unit_test(test_allocations),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
