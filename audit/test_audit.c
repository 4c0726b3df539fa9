#include "audit/audit.h"

#include <stdlib.h>
#include <unistd.h>

#include "http/http.h"
#include "json/json.h"
#include "os/os.h"
#include "tests/unit.h"

#define HEAD "apiVersion: audit.k8s.io/v1\nkind: Policy\n"

static struct audit_policy *policy(const char *text)
{
    struct audit_policy *p = NULL;
    struct err err = {{0}};
    if (audit_policy_parse(&p, str_of(text), &err) < 0)
        fail_msg("%s", err.text);
    return p;
}

/* ── policy ── */

static struct apireq_route resource(const char *verb, const char *group, const char *name, const char *sub, const char *ns, const char *object)
{
    return (struct apireq_route){.is_resource = true,
                                 .verb_text = str_of(verb),
                                 .group = str_of(group),
                                 .version = STR("v1"),
                                 .resource = str_of(name),
                                 .subresource = str_of(sub),
                                 .ns = str_of(ns),
                                 .name = str_of(object)};
}

static void test_judge(void **state)
{
    static struct str groups[] = {STR_INIT("system:authenticated"), STR_INIT("team")};
    struct auth_user jane = {.name = STR("jane"), .groups = groups, .n_groups = 2}, joe = {.name = STR("joe"), .groups = groups, .n_groups = 1};
    struct audit_policy *p =
        policy(HEAD "omitStages: [RequestReceived]\nomitManagedFields: true\nrules:\n"
                    "- {level: None, users: [joe], verbs: [watch]}\n"
                    "- {level: RequestResponse, resources: [{group: '', resources: [secrets], resourceNames: [s]}], omitManagedFields: false}\n"
                    "- {level: Request, resources: [{group: '', resources: ['pods/*', '*/scale']}, {group: apps}], omitStages: [Panic]}\n"
                    "- {level: None, nonResourceURLs: ['/healthz*', /version]}\n"
                    "- {level: Metadata, userGroups: [team], namespaces: ['', kube-system]}\n");
    const struct {
        const struct auth_user *user;
        struct apireq_route route;
        enum audit_level level;
        unsigned omits;
        bool fields;
    } cases[] = {
        {&joe, resource("watch", "", "pods", "", "d", ""), AUDIT_NONE, 0, false},
        {&jane, resource("get", "", "secrets", "", "d", "s"), AUDIT_REQUEST_RESPONSE, 1, false},
        {&jane, resource("get", "", "secrets", "", "d", "t"), AUDIT_NONE, 0, false},
        {&joe, resource("create", "", "pods", "exec", "d", "p"), AUDIT_REQUEST, 1 | 1 << AUDIT_PANIC, true},
        {&joe, resource("create", "", "pods", "", "d", ""), AUDIT_NONE, 0, false},
        {&joe, resource("update", "", "replicationcontrollers", "scale", "d", "p"), AUDIT_REQUEST, 1 | 1 << AUDIT_PANIC, true},
        {&joe, resource("list", "apps", "deployments", "", "", ""), AUDIT_REQUEST, 1 | 1 << AUDIT_PANIC, true},
        {&jane, {.verb_text = STR("get"), .path = STR("/healthz/etcd")}, AUDIT_NONE, 0, false},
        {&jane, resource("list", "", "nodes", "", "", ""), AUDIT_METADATA, 1, true},
        {&joe, resource("list", "", "nodes", "", "", ""), AUDIT_NONE, 0, false},
        {&jane, resource("list", "", "configmaps", "", "kube-system", ""), AUDIT_METADATA, 1, true},
        {&jane, {.verb_text = STR("get"), .path = STR("/metrics")}, AUDIT_NONE, 0, false},
    };
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct audit_verdict v = audit_policy_judge(p, cases[i].user, &cases[i].route);
        if (v.level != cases[i].level || (v.level && (v.omits != cases[i].omits || v.omits_fields != cases[i].fields)))
            fail_msg("case %zu: level %d, omits %u", i, v.level, v.omits);
    }
    audit_policy_free(p);
}

static void test_refused(void **state)
{
    static const char *const cases[][2] = {
        {"kind: Policy\nrules: [{level: None}]", "apiVersion: must be audit.k8s.io/v1"},
        {"[]", "kind: must be Policy"},
        {HEAD, "rules: must be a list of at least one rule"},
        {HEAD "rules: []", "rules: must be a list of at least one rule"},
        {HEAD "rules: [{level: Loud}]", "rules[0].level: \"Loud\" must be None, Metadata, Request or RequestResponse"},
        {HEAD "rules: [{level: None}, {level: None, user: [x]}]", "rules[1].user: there is no such field"},
        {HEAD "rules: [{level: None, users: x}]", "rules[0].users: must be a list of texts"},
        {HEAD "rules: [{level: None, omitStages: [Never]}]",
         "rules[0].omitStages[0]: \"Never\" must be RequestReceived, ResponseStarted, ResponseComplete or Panic"},
        {HEAD "rules: [{level: None, nonResourceURLs: ['/a*b']}]",
         "rules[0].nonResourceURLs[0]: \"/a*b\" must begin with a / and may have a * at its end"},
        {HEAD "rules: [{level: None, namespaces: [x], nonResourceURLs: [/a]}]",
         "rules[0].nonResourceURLs: rules cannot apply to both regular resources and non-resource URLs"},
        {HEAD "rules: [{level: None, resources: [{resourceNames: [x]}]}]",
         "rules[0].resources.resourceNames: using resourceNames requires at least one resource"},
    };
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct audit_policy *p = NULL;
        struct err err = {{0}};
        assert_int_equal(audit_policy_parse(&p, str_of(cases[i][0]), &err), -EINVAL);
        assert_string_equal(err.text, cases[i][1]);
    }
}

/* ── events ── */

static struct audit_event event(const struct auth_user *u, const struct apireq_route *r)
{
    return (struct audit_event){.stage = AUDIT_COMPLETE,
                                .verdict = {.level = AUDIT_METADATA},
                                .id = STR("id-1"),
                                .uri = STR("/api/v1/pods?x=\"1\""),
                                .peer = STR("[::1]:4711"),
                                .agent = STR("test"),
                                .user = u,
                                .route = r,
                                .received_ns = 1700000000123456789,
                                .now_ns = 1700000001000000000,
                                .code = 200};
}

static void test_print(void **state)
{
    static struct str groups[] = {STR_INIT("g")};
    struct auth_user u = {.name = STR("jane"), .uid = STR("7"), .groups = groups, .n_groups = 1}, as = {.name = STR("joe")};
    struct apireq_route r = resource("update", "apps", "deployments", "status", "d", "web");
    struct audit_note notes[] = {{STR("authorization.k8s.io/decision"), STR("allow")}, {STR("b"), STR("c")}};
    struct audit_event e = event(&u, &r);
    SCOPED(arena) a = NULL;
    SCOPED_BUF b = BUF_INIT(0);
    struct value object = {0};
    (void)state;
    assert_done(arena_new(&a, 1 << 20));
    assert_done(audit_print(&e, &b));
    assert_string_equal(
        buf_cstr(&b),
        "{\"kind\":\"Event\",\"apiVersion\":\"audit.k8s.io/v1\",\"level\":\"Metadata\",\"auditID\":\"id-1\",\"stage\":\"ResponseComplete\","
        "\"requestURI\":\"/api/v1/pods?x=\\\"1\\\"\",\"verb\":\"update\",\"user\":{\"username\":\"jane\",\"uid\":\"7\",\"groups\":[\"g\"]},"
        "\"sourceIPs\":[\"::1\"],\"userAgent\":\"test\",\"objectRef\":{\"resource\":\"deployments\",\"namespace\":\"d\",\"name\":\"web\","
        "\"apiGroup\":\"apps\",\"apiVersion\":\"v1\",\"subresource\":\"status\"},\"responseStatus\":{\"metadata\":{},\"code\":200},"
        "\"requestReceivedTimestamp\":\"2023-11-14T22:13:20.123456Z\",\"stageTimestamp\":\"2023-11-14T22:13:21.000000Z\"}");
    assert_done(json_parse(a, STR("{\"a\":1,\"metadata\":{\"name\":\"x\",\"managedFields\":[{}],\"uid\":\"u\"},\"b\":2}"), &object, NULL));
    struct apireq_status st = {.code = 403, .reason = STR("Forbidden"), .message = STR("no \"x\"")};
    e.verdict = (struct audit_verdict){.level = AUDIT_REQUEST_RESPONSE, .omits_fields = true};
    e.as = &as;
    e.request = e.response = &object;
    e.notes = notes;
    e.n_notes = 2;
    e.code = 403;
    e.status = &st;
    buf_clear(&b);
    assert_done(audit_print(&e, &b));
    struct value tree = {0};
    assert_done(json_parse(a, buf_view(&b), &tree, NULL));
    assert_str(value_text_at(&tree, "impersonatedUser.username"), "joe");
    assert_str(value_text_at(&tree, "responseStatus.message"), "no \"x\"");
    assert_str(value_text_at(&tree, "responseStatus.reason"), "Forbidden");
    assert_int_equal(value_int_at(&tree, "requestObject.b", 0), 2);
    assert_str(value_text_at(&tree, "responseObject.metadata.uid"), "u");
    assert_null(value_at(&tree, "responseObject.metadata.managedFields"));
    assert_str(value_text(value_get(value_at(&tree, "annotations"), STR("authorization.k8s.io/decision"))), "allow");
    e.verdict.level = AUDIT_REQUEST;
    buf_clear(&b);
    assert_done(audit_print(&e, &b));
    assert_null(strstr(buf_cstr(&b), "responseObject"));
    e.verdict.level = AUDIT_METADATA;
    buf_clear(&b);
    assert_done(audit_print(&e, &b));
    assert_null(strstr(buf_cstr(&b), "requestObject"));
}

/* ── file ── */

struct seen {
    char folder[64];
    size_t files, lines;
    size_t largest;
};

static int count_file(void *ctx, const char *name, unsigned char type)
{
    struct seen *s = ctx;
    char path[OS_PATH_MAX];
    SCOPED_BUF b = BUF_INIT(0);
    (void)type;
    assert_done(os_path(path, "%s/%s", s->folder, name));
    assert_done(os_file_read(path, 64u << 20, &b));
    s->files++;
    s->largest = MAX(s->largest, b.n);
    for (size_t i = 0; i < b.n; i++)
        s->lines += b.p[i] == '\n';
    return 0;
}

static void test_file(void **state)
{
    struct auth_user u = {.name = STR("jane")};
    struct apireq_route r = resource("get", "", "pods", "", "d", "p");
    struct seen s = {.folder = "/tmp/coracle-audit-XXXXXX"};
    char path[OS_PATH_MAX];
    struct audit *a = NULL;
    struct err err = {{0}};
    (void)state;
    assert_non_null(mkdtemp(s.folder));
    assert_done(os_path(path, "%s/audit.log", s.folder));
    for (int round = 0; round < 2; round++) { /* the second appends */
        struct audit_options o = {
            .policy = policy(HEAD "omitStages: [ResponseStarted]\nrules: [{level: Metadata}]"), .path = path, .max_bytes = 20000, .max_backups = 3};
        assert_done(audit_new(&a, &o, &err));
        for (int i = 0; i < 500; i++) {
            struct audit_event e = event(&u, &r);
            e.verdict = audit_judge(a, &u, &r);
            audit_tell(a, &e);
            e.stage = AUDIT_STARTED; /* omitted */
            audit_tell(a, &e);
            e.verdict.level = AUDIT_NONE;
            audit_tell(a, &e);
            if (i % 20 == 0)
                usleep(2000); /* backups are named after milliseconds */
        }
        struct audit_counts c;
        audit_counts(a, &c);
        assert_int_equal(c.events, 500);
        assert_int_equal(c.file_dropped + c.file_failed, 0);
        a = audit_free(a);
    }
    assert_done(os_dir_each(s.folder, count_file, &s));
    assert_int_equal(s.files, 4);
    assert_true(s.largest <= 20000 && s.lines > 100);
    assert_done(os_tree_remove(s.folder));
    struct audit_options o = {.policy = policy(HEAD "rules: [{level: None}]"), .path = path};
    assert_true(audit_new(&a, &o, &err) < 0); /* its folder is gone */
    assert_non_null(strstr(err.text, "audit.log: "));
}

static void test_room(void **state)
{
    struct auth_user u = {.name = STR("jane")};
    struct apireq_route r = resource("get", "", "pods", "", "d", "p");
    struct audit *a = NULL;
    struct audit_counts c;
    struct err err = {{0}};
    (void)state;
    struct audit_options o = {.policy = policy(HEAD "rules: [{level: Metadata}]"), .path = "/dev/full", .ahead_bytes = 4096};
    assert_done(audit_new(&a, &o, &err));
    for (int i = 0; i < 2000; i++) {
        struct audit_event e = event(&u, &r);
        audit_tell(a, &e);
    }
    for (int i = 0; i < 1000; i++) {
        audit_counts(a, &c);
        if (c.file_failed)
            break;
        usleep(1000);
    }
    assert_true(c.file_failed > 0); /* the disk is full: lost, and counted */
    audit_free(a);
}

/* ── webhook ── */

struct post {
    struct loop *loop;
    unsigned posts, refusals;
    size_t events;
    bool wrong;
};

static void on_post(void *ctx, struct http_req *q)
{
    struct post *p = ctx;
    SCOPED(arena) a = NULL;
    struct value tree = {0};
    p->posts++;
    if (p->refusals) {
        p->refusals--;
        http_reply(q, 500, NULL, 0, (struct http_bytes){.bytes = STR("no")});
        return;
    }
    assert_done(arena_new(&a, 8 << 20));
    assert_done(json_parse(a, http_req_body(q), &tree, NULL));
    p->wrong = p->wrong || !str_is(http_req_path(q), "/k8s/audit") || !str_is(value_text_at(&tree, "kind"), "EventList") ||
               !str_is(http_req_header(q, "authorization"), "Bearer secret") || value_count(value_at(&tree, "items")) > 10;
    p->events += value_count(value_at(&tree, "items"));
    http_reply(q, 200, NULL, 0, (struct http_bytes){.bytes = STR("{}")});
}

static void run_until(struct post *p, size_t events, unsigned posts)
{
    for (int i = 0; i < 2000 && (p->events < events || p->posts < posts); i++)
        assert_true(loop_run_for(p->loop, 5) >= 0);
}

static void test_hook(void **state)
{
    struct auth_user u = {.name = STR("jane")};
    struct apireq_route r = resource("get", "", "pods", "", "d", "p");
    char folder[] = "/tmp/coracle-audit-XXXXXX", path[OS_PATH_MAX];
    struct tls_pair ca, pair;
    struct post p = {0};
    struct http_server *server = NULL;
    SSL_CTX *tls = NULL;
    SCOPED_BUF ca64 = BUF_INIT(0), text = BUF_INIT(0);
    struct audit *a = NULL;
    struct audit_counts c;
    struct err err = {{0}};
    const char *ips[] = {"127.0.0.1", NULL};
    struct tls_names names = {.ips = ips};
    (void)state;
    assert_non_null(mkdtemp(folder));
    assert_done(loop_new(&p.loop));
    assert_done(tls_ca_make(&ca, "ca", loop_wall(p.loop), 10, &err));
    assert_done(tls_cert_make(&pair, &ca, "hook", NULL, &names, TLS_USAGE_SERVER, loop_wall(p.loop), 10, &err));
    assert_done(tls_server_context(&tls, &pair, NULL, STR("\x08http/1.1"), &err));
    struct http_server_options so = {.address = "127.0.0.1", .tls = tls, .on_request = on_post, .ctx = &p};
    assert_done(http_server_new(&server, p.loop, &so, &err));
    buf_base64(&ca64, str_of(ca.cert_pem));
    buf_fmt(
        &text,
        "apiVersion: v1\nkind: Config\ncurrent-context: c\ncontexts: [{name: c, context: {cluster: k, user: u}}]\nusers: [{name: u, user: {token: "
        "secret}}]\nclusters: [{name: k, cluster: {server: 'https://127.0.0.1:%d/k8s/audit', certificate-authority-data: %s}}]\n",
        http_server_port(server), buf_cstr(&ca64));
    assert_done(os_path(path, "%s/config", folder));
    assert_done(os_file_replace(path, buf_view(&text), 0600));
    struct audit_options o = {.loop = p.loop,
                              .policy = policy(HEAD "rules: [{level: Metadata}]"),
                              .kubeconfig = path,
                              .batch_events = 10,
                              .batch_ms = 100,
                              .buffer_events = 50,
                              .backoff_ms = 10};
    assert_done(audit_new(&a, &o, &err));
    struct audit_event e = event(&u, &r);
    for (int i = 0; i < 25; i++)
        audit_tell(a, &e);
    run_until(&p, 25, 3);
    assert_int_equal(p.events, 25);
    assert_false(p.wrong);
    p.refusals = 2; /* they go again */
    audit_tell(a, &e);
    run_until(&p, 26, 6);
    assert_int_equal(p.events, 26);
    p.refusals = 5; /* five times, and no more */
    audit_tell(a, &e);
    run_until(&p, 99, 11);
    for (int i = 0; i < 60; i++) /* more than there is room for */
        audit_tell(a, &e);
    run_until(&p, 76, 0);
    audit_counts(a, &c);
    assert_int_equal(p.events, 76);
    assert_int_equal(c.hook_dropped, 1 + 10);
    assert_int_equal(c.hook_sent, 76);
    assert_int_equal(c.hook_failed, 7);
    audit_tell(a, &e); /* one is waiting when all ends */
    audit_free(a);
    http_server_free(server);
    tls_context_free(tls);
    tls_pair_done(&ca);
    tls_pair_done(&pair);
    loop_free(p.loop);
    assert_done(os_tree_remove(folder));
}

/* ── without memory ── */

static int all(void *ctx)
{
    struct audit_policy *p = NULL;
    struct audit *a = NULL;
    struct auth_user u = {.name = STR("jane")};
    struct apireq_route r = resource("get", "", "pods", "", "d", "p");
    (void)ctx;
    int e = audit_policy_parse(&p, STR(HEAD "rules: [{level: Metadata, users: [jane], resources: [{group: '', resources: [pods]}]}]"), NULL);
    if (e < 0)
        return e;
    struct audit_options o = {.policy = p, .path = "/dev/null"};
    e = audit_new(&a, &o, NULL);
    if (e < 0)
        return e;
    struct audit_event ev = event(&u, &r);
    struct audit_counts c;
    audit_tell(a, &ev);
    audit_counts(a, &c);
    audit_free(a);
    return c.file_dropped ? -ENOMEM : 0;
}

static void test_memory(void **state)
{
    (void)state;
    unit_fail_allocations(all, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_judge), cmocka_unit_test(test_refused), cmocka_unit_test(test_print),
                                       cmocka_unit_test(test_file),  cmocka_unit_test(test_room),    cmocka_unit_test(test_hook),
                                       cmocka_unit_test(test_memory)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
