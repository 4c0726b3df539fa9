/* The audit log, as requests over HTTP leave it. */
#include "api/fixture_hooks.h"
#include "audit/audit.h"
#include "os/os.h"

#define CM     "/api/v1/namespaces/default/configmaps"
#define TOKENS "root,admin,1,\"system:masters\"\nal,alice,2\n"
#define FOLDER "/tmp/coracle-auditing-XXXXXX"

static int as(struct fixture *f, const char *token, const char *more, const char *method, const char *path, const char *body)
{
    char headers[512];
    snprintf(headers, sizeof(headers), "authorization: Bearer %s\ncontent-type: application/json\nuser-agent: tester%s%s", token, more ? "\n" : "",
             more ? more : "");
    ask_with(f, method, path, headers, str_of(body));
    return f->code;
}

static void audited(struct fixture *f, char folder[sizeof(FOLDER)], const char *rules)
{
    char path[OS_PATH_MAX];
    SCOPED_BUF text = BUF_INIT(0);
    struct audit_policy *p = NULL;
    struct err err = {{0}};
    *f = (struct fixture){0};
    snprintf(folder, sizeof(FOLDER), "%s", FOLDER);
    assert_non_null(mkdtemp(folder));
    assert_done(os_path(path, "%s/audit.log", folder));
    buf_fmt(&text, "apiVersion: audit.k8s.io/v1\nkind: Policy\nrules:\n%s", rules);
    assert_done(audit_policy_parse(&p, buf_view(&text), &err));
    assert_done(audit_new(&f->audit, &(struct audit_options){.policy = p, .path = path}, &err));
    fixture_start_with(f, NULL, TOKENS);
}

/* Ends the server; the lines there are, in the arena. */
static size_t lines_of(struct fixture *f, char *folder, struct arena *a, struct value *lines, size_t max)
{
    char path[OS_PATH_MAX];
    SCOPED_BUF text = BUF_INIT(0);
    struct str rest, line;
    size_t n = 0;
    struct audit *log = f->audit;
    fixture_stop(f);
    audit_free(log);
    assert_done(os_path(path, "%s/audit.log", folder));
    assert_done(os_file_read(path, 64u << 20, &text));
    for (rest = buf_view(&text); str_next(&rest, '\n', &line) && n < max;)
        if (line.n)
            assert_done(json_parse(a, line, &lines[n++], NULL));
    assert_done(os_tree_remove(folder));
    return n;
}

static struct str note_of(const struct value *line, const char *key)
{
    return value_text(value_get(value_at(line, "annotations"), str_of(key)));
}

static void test_levels(void **state)
{
    struct fixture f;
    char folder[sizeof(FOLDER)];
    SCOPED(arena) a = NULL;
    struct value l[64];
    (void)state;
    assert_done(arena_new(&a, 16 << 20));
    audited(&f, folder,
            "- {level: None, nonResourceURLs: ['/livez']}\n"
            "- {level: Metadata, users: [alice]}\n"
            "- {level: RequestResponse, resources: [{group: '', resources: [configmaps]}], omitStages: [RequestReceived], omitManagedFields: true}\n"
            "- {level: Request, verbs: [create], omitStages: [RequestReceived]}\n");
    assert_code(&f, ask(&f, "GET", "/livez", NULL), 200);
    assert_code(&f, as(&f, "al", NULL, "GET", CM "?limit=1", NULL), 403);
    assert_code(&f, as(&f, "root", NULL, "POST", CM, "{\"metadata\":{\"generateName\":\"x-\"},\"data\":{\"a\":\"1\"}}"), 201);
    assert_code(&f, as(&f, "root", NULL, "POST", "/api/v1/namespaces", "{\"metadata\":{\"name\":\"n\"}}"), 201);
    assert_code(&f, as(&f, "root", NULL, "GET", "/api/v1/namespaces/n", NULL), 200); /* no rule is its: nothing */
    assert_code(&f, as(&f, "root", "impersonate-user: alice", "GET", CM "/none", NULL), 403);
    assert_code(&f, as(&f, "wrong", NULL, "GET", CM, NULL), 401);
    size_t n = lines_of(&f, folder, a, l, ARRAY_LEN(l));
    assert_true(n >= 5);
    assert_str(value_text_at(&l[0], "stage"), "RequestReceived");
    assert_str(value_text_at(&l[0], "level"), "Metadata");
    assert_null(value_at(&l[0], "responseStatus"));
    assert_str(value_text_at(&l[1], "stage"), "ResponseComplete");
    assert_str(value_text_at(&l[1], "auditID"), arena_text(a, value_text_at(&l[0], "auditID").p, value_text_at(&l[0], "auditID").n));
    assert_str(value_text_at(&l[1], "requestURI"), CM "?limit=1");
    assert_str(value_text_at(&l[1], "user.username"), "alice");
    assert_str(value_text_at(&l[1], "userAgent"), "tester");
    assert_str(value_text_at(&l[1], "objectRef.resource"), "configmaps");
    assert_int_equal(value_int_at(&l[1], "responseStatus.code", 0), 403);
    assert_str(value_text_at(&l[1], "responseStatus.reason"), "Forbidden");
    assert_str(note_of(&l[1], "authorization.k8s.io/decision"), "forbid");
    assert_str(value_text(value_item(value_at(&l[1], "sourceIPs"), 0)), "127.0.0.1");
    assert_str(value_text_at(&l[2], "level"), "RequestResponse");
    assert_true(str_starts(value_text_at(&l[2], "objectRef.name"), STR("x-")));
    assert_str(value_text_at(&l[2], "requestObject.data.a"), "1");
    assert_str(value_text_at(&l[2], "responseObject.data.a"), "1");
    assert_true(value_text_at(&l[2], "responseObject.metadata.uid").n > 0);
    assert_null(value_at(&l[2], "responseObject.metadata.managedFields"));
    assert_int_equal(value_int_at(&l[2], "responseStatus.code", 0), 201);
    assert_str(note_of(&l[2], "authorization.k8s.io/decision"), "allow");
    assert_str(value_text_at(&l[3], "objectRef.resource"), "namespaces");
    assert_str(value_text_at(&l[3], "requestObject.metadata.name"), "n");
    assert_null(value_at(&l[3], "responseObject"));
    assert_str(value_text_at(&l[4], "user.username"), "admin");
    assert_str(value_text_at(&l[4], "impersonatedUser.username"), "alice");
    assert_int_equal(value_int_at(&l[4], "responseStatus.code", 0), 403);
    assert_int_equal(value_int_at(&l[5], "responseStatus.code", 0), 401);
    assert_int_equal(n, 6);
}

/* A list is told as it was sent, whatever its form; one that is too long for a line is not, and the event says so. */
static void test_lists(void **state)
{
    struct fixture f;
    char folder[sizeof(FOLDER)];
    static char body[900 << 10];
    SCOPED(arena) a = NULL;
    struct value l[64];
    (void)state;
    assert_done(arena_new(&a, 256 << 20));
    audited(&f, folder,
            "- {level: RequestResponse, verbs: [list], resources: [{group: '', resources: [configmaps]}], omitStages: [RequestReceived], "
            "omitManagedFields: true}\n");
    assert_code(&f, as(&f, "root", NULL, "GET", CM, NULL), 200);
    for (int i = 0; i < 6; i++) {
        int n = snprintf(body, sizeof(body), "{\"metadata\":{\"name\":\"m%d\"},\"data\":{\"a\":\"", i);
        memset(body + n, 'x', sizeof(body) - 64 - (size_t)n);
        snprintf(body + sizeof(body) - 64, 64, "\"}}");
        assert_code(&f, as(&f, "root", NULL, "POST", CM, body), 201);
        if (i == 1) { /* long enough to be sent in pieces */
            assert_code(&f, as(&f, "root", NULL, "GET", CM, NULL), 200);
            assert_code(&f, as(&f, "root", "accept: application/vnd.kubernetes.protobuf", "GET", CM, NULL), 200);
            assert_code(&f, as(&f, "root", "accept: application/json;as=Table;v=v1;g=meta.k8s.io", "GET", CM, NULL), 200);
        }
    }
    assert_code(&f, as(&f, "root", NULL, "GET", CM, NULL), 200);
    assert_int_equal(lines_of(&f, folder, a, l, ARRAY_LEN(l)), 5);
    assert_str(value_text_at(&l[0], "responseObject.kind"), "ConfigMapList");
    assert_int_equal(value_count(value_at(&l[0], "responseObject.items")), 0);
    for (int i = 1; i < 3; i++) {
        const struct value *items = value_at(&l[i], "responseObject.items");
        assert_str(value_text_at(&l[i], "responseObject.kind"), "ConfigMapList");
        assert_int_equal(value_count(items), 2);
        assert_str(value_text_at(value_item(items, 1), "metadata.name"), "m1");
        assert_true(value_text_at(value_item(items, 1), "data.a").n > 800000);
        assert_null(value_at(value_item(items, 1), "metadata.managedFields"));
    }
    assert_str(value_text_at(&l[3], "responseObject.kind"), "Table");
    assert_int_equal(value_count(value_at(&l[3], "responseObject.rows")), 2);
    assert_null(value_at(&l[4], "responseObject"));
    assert_str(note_of(&l[4], "audit.k8s.io/truncated"), "true");
    assert_int_equal(value_int_at(&l[4], "responseStatus.code", 0), 200);
}

static void test_watch(void **state)
{
    struct fixture f;
    char folder[sizeof(FOLDER)];
    SCOPED(arena) a = NULL;
    struct value l[64];
    (void)state;
    assert_done(arena_new(&a, 16 << 20));
    audited(&f, folder, "- {level: Metadata}\n");
    assert_code(&f, as(&f, "root", NULL, "GET", CM "?watch=1&timeoutSeconds=1", NULL), 200);
    assert_int_equal(lines_of(&f, folder, a, l, ARRAY_LEN(l)), 3);
    assert_str(value_text_at(&l[0], "stage"), "RequestReceived");
    assert_str(value_text_at(&l[1], "stage"), "ResponseStarted");
    assert_str(value_text_at(&l[2], "stage"), "ResponseComplete");
    assert_str(value_text_at(&l[2], "verb"), "watch");
    assert_str(value_text_at(&l[2], "user.username"), "admin");
    assert_str(note_of(&l[2], "authorization.k8s.io/decision"), "allow");
}

#define POD    "{\"metadata\":{\"name\":\"p\"},\"spec\":{\"containers\":[{\"name\":\"c\",\"image\":\"i\",\"securityContext\":{\"privileged\":true}}]}}"
#define POLICY "/apis/admissionregistration.k8s.io/v1/validatingadmissionpolicies"

/* What admission has to say goes with the event. */
static void test_notes(void **state)
{
    struct fixture f;
    char folder[sizeof(FOLDER)];
    SCOPED(arena) a = NULL;
    struct value l[64];
    (void)state;
    assert_done(arena_new(&a, 16 << 20));
    audited(&f, folder, "- {level: Metadata, resources: [{group: '', resources: [pods]}], omitStages: [RequestReceived]}\n");
    assert_code(&f,
                as(&f, "root", NULL, "POST", "/api/v1/namespaces",
                   "{\"metadata\":{\"name\":\"n\",\"labels\":{\"pod-security.kubernetes.io/audit\":\"baseline\"}}}"),
                201);
    assert_code(&f, as(&f, "root", NULL, "POST", "/api/v1/namespaces/n/serviceaccounts", "{\"metadata\":{\"name\":\"default\"}}"), 201);
    assert_code(
        &f,
        as(&f, "root", NULL, "POST", POLICY,
           "{\"metadata\":{\"name\":\"careful\"},\"spec\":{\"matchConstraints\":{\"resourceRules\":[{\"apiGroups\":[\"\"],\"apiVersions\":[\"v1\"],"
           "\"operations\":[\"CREATE\"],\"resources\":[\"pods\"]}]},\"validations\":[{\"expression\":\"object.metadata.name != 'p'\",\"message\":"
           "\"not p\"}],\"auditAnnotations\":[{\"key\":\"who\",\"valueExpression\":\"object.metadata.name\"}]}}"),
        201);
    assert_code(&f,
                as(&f, "root", NULL, "POST", "/apis/admissionregistration.k8s.io/v1/validatingadmissionpolicybindings",
                   "{\"metadata\":{\"name\":\"b\"},\"spec\":{\"policyName\":\"careful\",\"validationActions\":[\"Audit\"]}}"),
                201);
    assert_code(&f, as(&f, "root", NULL, "POST", "/api/v1/namespaces/n/pods", POD), 201);
    assert_int_equal(lines_of(&f, folder, a, l, ARRAY_LEN(l)), 1);
    struct str violations = note_of(&l[0], "pod-security.kubernetes.io/audit-violations");
    assert_true(str_starts(violations, STR("would violate PodSecurity \"baseline:latest\": privileged")));
    assert_str(note_of(&l[0], "pod-security.kubernetes.io/enforce-policy"), "privileged:latest");
    assert_str(note_of(&l[0], "careful/who"), "p");
    assert_str(note_of(&l[0], "validation.policy.admission.k8s.io/validation_failure"),
               "[{\"message\":\"not p\",\"policy\":\"careful\",\"binding\":\"b\",\"expressionIndex\":0,\"validationActions\":[\"Audit\"]}]");
}

/* What webhooks did: whether they changed the object; the patch only where the request itself is shown; who gave no answer and was let pass. */
static void test_hook_notes(void **state)
{
    struct fixture f;
    struct hooks h;
    char folder[sizeof(FOLDER)];
    SCOPED(arena) a = NULL;
    struct value l[64];
    (void)state;
    assert_done(arena_new(&a, 16 << 20));
    audited(&f, folder,
            "- {level: Request, verbs: [create], resources: [{group: '', resources: [configmaps]}], omitStages: [RequestReceived]}\n"
            "- {level: Metadata, verbs: [update], resources: [{group: '', resources: [configmaps]}], omitStages: [RequestReceived]}\n");
    f.bearer = "root";
    hooks_start(&h, &f);
    configure(&h, "M", "a", "/a", "\"reinvocationPolicy\":\"IfNeeded\"," ALL_MAPS);
    configure(&h, "M", "b", "/b", ALL_MAPS);
    configure(&h, "M", "c", "/rubbish", "\"failurePolicy\":\"Ignore\"," ALL_MAPS);
    configure(&h, "V", "v", "/broken", "\"failurePolicy\":\"Ignore\"," ALL_MAPS);
    assert_code(&f, ask(&f, "POST", CM, "{\"metadata\":{\"name\":\"m\"},\"data\":{\"x\":\"y\"}}"), 201);
    assert_code(&f, ask(&f, "PUT", CM "/m", "{\"metadata\":{\"name\":\"m\"},\"data\":{\"x\":\"y\",\"a\":\"3\",\"b\":\"3\"}}"), 200);
    hooks_stop(&h);
    assert_int_equal(lines_of(&f, folder, a, l, ARRAY_LEN(l)), 2);
#define KEY(i) ".webhook.admission.k8s.io/round_" i
    assert_str(note_of(&l[0], "mutation" KEY("0_index_0")), "{\"configuration\":\"a\",\"webhook\":\"a.example.com\",\"mutated\":true}");
    assert_str(note_of(&l[0], "patch" KEY("0_index_0")), "{\"configuration\":\"a\",\"webhook\":\"a.example.com\",\"patch\":[{\"op\":\"add\",\"path\":"
                                                         "\"/data/a\",\"value\":\"1\"}],\"patchType\":\"JSONPatch\"}");
    assert_str(note_of(&l[0], "mutation" KEY("0_index_2")), "{\"configuration\":\"c\",\"webhook\":\"c.example.com\",\"mutated\":false}");
    assert_int_equal(note_of(&l[0], "patch" KEY("0_index_2")).n, 0);
    assert_str(note_of(&l[0], "failed-open.mutation" KEY("0_index_2")), "c.example.com");
    assert_str(note_of(&l[0], "failed-open.validating" KEY("0_index_0")), "v.example.com");
    assert_str(note_of(&l[0], "mutation" KEY("1_index_0")), "{\"configuration\":\"a\",\"webhook\":\"a.example.com\",\"mutated\":true}");
    assert_str(note_of(&l[1], "mutation" KEY("0_index_0")), "{\"configuration\":\"a\",\"webhook\":\"a.example.com\",\"mutated\":false}");
    assert_int_equal(note_of(&l[1], "patch" KEY("0_index_0")).n, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_levels), cmocka_unit_test(test_lists), cmocka_unit_test(test_watch),
                                       cmocka_unit_test(test_notes), cmocka_unit_test(test_hook_notes)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
