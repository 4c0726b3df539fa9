/* Every verb over HTTP, and upstream's exact words when it says no. */
#include "api/fixture.h"

#define CM     "/api/v1/namespaces/default/configmaps"
#define DEPLOY "/apis/apps/v1/namespaces/default/deployments"
#define PODS   "/api/v1/namespaces/default/pods"

static void test_objects(void **state)
{
    struct fixture f;
    (void)state;
    fixture_start(&f, NULL);
    assert_code(&f, ask(&f, "POST", CM, "{\"metadata\":{\"name\":\"a\"},\"data\":{\"k\":\"v\"}}"), 201);
    assert_str(said(&f, "kind"), "ConfigMap");
    assert_str(said(&f, "metadata.namespace"), "default");
    struct str uid = said(&f, "metadata.uid"), version = said(&f, "metadata.resourceVersion");
    assert_int_equal(uid.n, 36);
    assert_str(said(&f, "metadata.managedFields"), "");
    assert_str(value_text_at(value_item(value_at(tree_of(&f), "metadata.managedFields"), 0), "operation"), "Update");

    assert_code(&f, ask(&f, "POST", CM, "{\"metadata\":{\"name\":\"a\"}}"), 409);
    assert_str(f.body, "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"metadata\":{},\"status\":\"Failure\",\"message\":\"configmaps \\\"a\\\" "
                       "already exists\",\"reason\":\"AlreadyExists\",\"details\":{\"name\":\"a\",\"kind\":\"configmaps\"},\"code\":409}\n");
    assert_code(&f, ask(&f, "GET", CM "/b", NULL), 404);
    assert_str(f.body, "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"metadata\":{},\"status\":\"Failure\",\"message\":\"configmaps \\\"b\\\" "
                       "not found\",\"reason\":\"NotFound\",\"details\":{\"name\":\"b\",\"kind\":\"configmaps\"},\"code\":404}\n");
    assert_code(&f, ask(&f, "GET", DEPLOY "/b", NULL), 404);
    assert_str(said(&f, "message"), "deployments.apps \"b\" not found");
    assert_str(said(&f, "details.group"), "apps");

    assert_code(&f, ask(&f, "PUT", CM "/a", "{\"metadata\":{\"name\":\"a\",\"resourceVersion\":\"1\"},\"data\":{\"k\":\"w\"}}"), 409);
    assert_str(said(&f, "message"), "Operation cannot be fulfilled on configmaps \"a\": the object has been modified; please apply your "
                                    "changes to the latest version and try again");
    assert_code(&f, ask(&f, "PUT", CM "/a", "{\"metadata\":{\"name\":\"a\"},\"data\":{\"k\":\"w\"}}"), 200);
    assert_str(said(&f, "data.k"), "w");
    assert_str(said(&f, "metadata.uid"), arena_text(f.mem, uid.p, uid.n));
    assert_false(str_eq(said(&f, "metadata.resourceVersion"), version));
    version = said(&f, "metadata.resourceVersion");
    assert_code(&f, ask(&f, "PUT", CM "/a", "{\"metadata\":{\"name\":\"a\"},\"data\":{\"k\":\"w\"}}"), 200);
    assert_true(str_eq(said(&f, "metadata.resourceVersion"), version)); /* nothing changed, nothing written */
    assert_code(&f, ask(&f, "PUT", CM "/z", "{\"metadata\":{\"name\":\"a\"}}"), 400);
    assert_code(&f, ask(&f, "PUT", CM "/z", "{\"metadata\":{\"name\":\"z\"}}"), 404);
    assert_code(&f, ask(&f, "DELETE", CM "/a", NULL), 200);
    assert_str(said(&f, "status"), "Success");
    assert_str(said(&f, "details.uid"), arena_text(f.mem, uid.p, uid.n));
    assert_code(&f, ask(&f, "DELETE", CM "/a", NULL), 404);
    fixture_stop(&f);
}

static void test_refusals(void **state)
{
    struct fixture f;
    (void)state;
    fixture_start(&f, NULL);
    assert_code(&f, ask(&f, "POST", CM, "{\"kind\":\"Pod\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"a\"}}"), 400);
    assert_code(&f, ask(&f, "POST", CM, "{\"kind\":\"Deployment\",\"apiVersion\":\"apps/v1\",\"metadata\":{\"name\":\"a\"}}"), 400);
    assert_str(said(&f, "message"), "the API version in the data (apps/v1) does not match the expected API version (v1)");
    assert_code(&f, ask(&f, "POST", CM, "{\"kind\":\"Foo\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"a\"}}"), 400);
    assert_code(&f, ask(&f, "POST", CM, "{nonsense"), 400);
    assert_code(&f, ask(&f, "POST", CM, ""), 400);
    assert_code(&f, ask(&f, "POST", CM, "{\"metadata\":{\"name\":\"a\",\"namespace\":\"other\"}}"), 400);
    assert_str(said(&f, "message"), "the namespace of the provided object does not match the namespace sent on the request");
    assert_code(&f, ask(&f, "POST", "/api/v1/configmaps", "{\"metadata\":{\"name\":\"a\"}}"), 404);
    assert_code(&f, ask(&f, "GET", "/api/v1/namespaces/default/nothings", NULL), 404);
    assert_code(&f, ask(&f, "GET", "/apis/resource.k8s.io/v1beta1/resourceslices", NULL), 404);
    assert_code(&f, ask(&f, "POST", "/api/v1/componentstatuses", "{}"), 405);
    assert_code(&f, ask(&f, "GET", CM "?labelSelector=a+b+c", NULL), 400);
    assert_code(&f, ask(&f, "GET", PODS "?fieldSelector=spec.nope%3D1", NULL), 400);
    assert_str(said(&f, "message"), "field label not supported: spec.nope");
    assert_code(&f, ask(&f, "GET", CM "?resourceVersion=999999", NULL), 504);
    assert_str(said(&f, "reason"), "Timeout");
    assert_code(&f, ask(&f, "GET", CM "?resourceVersionMatch=Exact", NULL), 422);
    assert_code(&f, ask(&f, "GET", CM "?limit=x", NULL), 400);
    assert_str(said(&f, "message"), "strconv.ParseInt: parsing \"x\": invalid syntax");
    assert_code(&f, ask(&f, "GET", CM "?continue=x", NULL), 400);
    ask_with(&f, "GET", CM, "accept: text/html", STR_NONE);
    assert_int_equal(f.code, 406);
    ask_with(&f, "POST", CM, "content-type: text/plain", STR("x"));
    assert_int_equal(f.code, 415);
    assert_code(&f, ask_patch(&f, "application/json", CM "/a", "{}"), 415);
    assert_code(&f, ask(&f, "POST", CM "?fieldValidation=Strict", "{\"metadata\":{\"name\":\"a\"},\"datum\":1}"), 400);
    assert_str(said(&f, "message"), "ConfigMap in version \"v1\" cannot be handled as a ConfigMap: strict decoding error: unknown field \"datum\"");
    assert_code(&f, ask(&f, "POST", CM "?fieldValidation=Warn", "{\"metadata\":{\"name\":\"a\"},\"datum\":1}"), 201);
    assert_string_equal(f.warning, "299 - \"unknown field \\\"datum\\\"\"");
    assert_code(&f, ask(&f, "POST", CM "?dryRun=All", "{\"metadata\":{\"name\":\"dry\"}}"), 201);
    assert_code(&f, ask(&f, "GET", CM "/dry", NULL), 404);
    assert_code(&f, ask(&f, "POST", CM "?dryRun=Some", "{\"metadata\":{\"name\":\"dry\"}}"), 422);
    fixture_stop(&f);
}

/* Who makes a pod owns what it said and what that came to by default, not what admission added. */
static void test_owners_of_new(void **state)
{
    struct fixture f;
    (void)state;
    fixture_start(&f, NULL);
    assert_code(&f, ask(&f, "POST", "/api/v1/namespaces/default/serviceaccounts", "{\"metadata\":{\"name\":\"default\"}}"), 201);
    for (int i = 0; i < 2; i++) { /* the second is made like the first */
        static const char *const bodies[] = {
            "{\"metadata\":{\"name\":\"own-0\"},\"spec\":{\"serviceAccountName\":\"\",\"containers\":[{\"name\":\"c\",\"image\":\"x/y:1\"}]}}",
            "{\"metadata\":{\"name\":\"own-1\"},\"spec\":{\"serviceAccountName\":\"\",\"containers\":[{\"name\":\"c\",\"image\":\"x/y:1\"}]}}"};
        assert_code(&f, ask(&f, "POST", PODS, bodies[i]), 201);
        assert_true(value_count(value_at(tree_of(&f), "spec.tolerations")) > 0); /* of admission */
        const struct value *entry = value_item(value_at(tree_of(&f), "metadata.managedFields"), 0), *fields = value_get(entry, STR("fieldsV1"));
        const struct value *spec = value_get(fields, STR("f:spec"));
        assert_non_null(value_get(spec, STR("f:containers")));
        assert_non_null(value_get(spec, STR("f:dnsPolicy")));
        assert_null(value_get(spec, STR("f:tolerations")));
        assert_null(value_get(spec, STR("f:priority")));
        assert_null(value_get(spec, STR("f:volumes")));
    }
    fixture_stop(&f);
}

static void test_patches(void **state)
{
    struct fixture f;
    (void)state;
    fixture_start(&f, NULL);
    assert_code(&f, ask(&f, "POST", CM, "{\"metadata\":{\"name\":\"a\"},\"data\":{\"k\":\"v\",\"l\":\"m\"}}"), 201);
    assert_code(&f, ask_patch(&f, "application/merge-patch+json", CM "/a", "{\"data\":{\"k\":null,\"n\":\"o\"}}"), 200);
    assert_str(said(&f, "data.n"), "o");
    assert_str(said(&f, "data.k"), "");
    assert_code(&f, ask_patch(&f, "application/json-patch+json", CM "/a", "[{\"op\":\"add\",\"path\":\"/data/q\",\"value\":\"r\"}]"), 200);
    assert_str(said(&f, "data.q"), "r");
    assert_code(&f, ask_patch(&f, "application/json-patch+json", CM "/a", "[{\"op\":\"remove\",\"path\":\"/data/nope\"}]"), 422);
    assert_code(&f, ask_patch(&f, "application/strategic-merge-patch+json", CM "/a", "{\"metadata\":{\"labels\":{\"x\":\"y\"}}}"), 200);
    assert_str(said(&f, "metadata.labels.x"), "y");
    assert_code(&f, ask_patch(&f, "application/merge-patch+json", CM "/a", "{\"metadata\":{\"resourceVersion\":\"1\"}}"), 409);
    assert_code(&f, ask_patch(&f, "application/merge-patch+json", CM "/a", "{\"metadata\":{\"name\":\"b\"}}"), 400);
    assert_code(&f, ask_patch(&f, "application/merge-patch+json", CM "/a", "{\"kind\":\"Secret\"}"), 422);
    assert_code(&f, ask_patch(&f, "application/merge-patch+json", CM "/a", "{\"apiVersion\":\"v9\"}"), 422);
    assert_code(&f, ask_patch(&f, "application/merge-patch+json", CM "/none", "{}"), 404);
    assert_code(&f, ask_patch(&f, "application/merge-patch+json", CM "/a?force=true", "{}"), 422);

    /* server-side apply: creates, owns, conflicts, is forced */
    const char *applied = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: s\ndata:\n  k: v\n";
    assert_code(&f, ask_patch(&f, "application/apply-patch+yaml", CM "/s", applied), 422);
    assert_str(said(&f, "message"), "PatchOptions.meta.k8s.io \"\" is invalid: fieldManager: Required value: is required for apply patch");
    assert_code(&f, ask_patch(&f, "application/apply-patch+yaml", CM "/s?fieldManager=one", applied), 201);
    assert_str(value_text_at(value_item(value_at(tree_of(&f), "metadata.managedFields"), 0), "operation"), "Apply");
    assert_code(&f, ask_patch(&f, "application/apply-patch+yaml", CM "/s?fieldManager=one", applied), 200);
    const char *other = "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"s\"},\"data\":{\"k\":\"w\"}}";
    assert_code(&f, ask_patch(&f, "application/apply-patch+yaml", CM "/s?fieldManager=two", other), 409);
    assert_str(said(&f, "message"), "Apply failed with 1 conflict: conflict with \"one\": .data.k");
    assert_code(&f, ask_patch(&f, "application/apply-patch+yaml", CM "/s?fieldManager=two&force=true", other), 200);
    assert_str(said(&f, "data.k"), "w");
    assert_code(&f, ask_patch(&f, "application/apply-patch+yaml", CM "/t?fieldManager=two", other), 400);
    fixture_stop(&f);
}

/* What came twice or has no place, by each way of writing it; what is said is upstream's. */
static void test_strict_faults(void **state)
{
    static const char apply_type[] = "application/apply-patch+yaml", merge_type[] = "application/merge-patch+json";
    static const char twice[] = "\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: s\ndata:\n  k: v\n  k: w\n";
    static const char unknown[] = "apiVersion: v1\nkind: ConfigMap\nextra: 1\nmetadata:\n  name: s\n  more: 2\n";
    struct fixture f;
    (void)state;
    fixture_start(&f, NULL);
    assert_code(&f, ask_patch(&f, apply_type, CM "/s?fieldManager=one&fieldValidation=Strict", twice), 400);
    assert_str(said(&f, "message"), "error strict decoding patch: error converting YAML to JSON: yaml: unmarshal errors:\n"
                                    "  line 8: key \"k\" already set in map");
    for (int i = 0; i < 3; i++) {
        static const char *const ways[] = {"Strict", "Warn", "Ignore"};
        char path[128];
        snprintf(path, sizeof(path), CM "/s?fieldManager=one&fieldValidation=%s", ways[i]);
        assert_code(&f, ask_patch(&f, apply_type, path, unknown), 500);
        assert_str(said(&f, "message"), "failed to create typed patch object (default/s; v1, Kind=ConfigMap): errors:\n"
                                        "  .extra: field not declared in schema\n  .metadata.more: field not declared in schema");
    }
    assert_code(&f, ask_patch(&f, apply_type, CM "/s?fieldManager=one&fieldValidation=Warn", twice), 201);
    assert_str(said(&f, "data.k"), "w");
    assert_non_null(strstr(f.warning, "line 8: key \\\"k\\\" already set in map"));
    assert_code(&f, ask_patch(&f, merge_type, CM "/s?fieldValidation=Strict", "{\"data\":{\"k\":\"1\",\"k\":\"2\"},\"x\":1}"), 422);
    assert_true(str_starts(said(&f, "message"), STR(" \"\" is invalid: patch: Invalid value: \"{\\\"kind\\\":\\\"ConfigMap\\\",")));
    assert_true(
        str_ends(said(&f, "message"),
                 STR("\\\"data\\\":{\\\"k\\\":\\\"2\\\"},\\\"x\\\":1}\": strict decoding error: duplicate field \"data.k\", unknown field \"x\"")));
    assert_str(said(&f, "reason"), "Invalid");
    assert_str(value_text_at(value_item(value_at(tree_of(&f), "details.causes"), 0), "field"), "patch");
    assert_code(&f, ask_patch(&f, merge_type, CM "/s?fieldValidation=Strict", "{\"data\":{\"k\":\"1\",\"k\":\"2\"}}"), 422);
    assert_str(said(&f, "message"), " \"\" is invalid: patch: Invalid value: \"{\\\"data\\\":{\\\"k\\\":\\\"1\\\",\\\"k\\\":\\\"2\\\"}}\": strict "
                                    "decoding error: duplicate field \"data.k\"");
    assert_code(&f,
                ask_patch(&f, "application/strategic-merge-patch+json", CM "/s?fieldValidation=Strict", "{\"x\":{\"b\":[1,null,true],\"a\":\"t\"}}"),
                422);
    assert_str(said(&f, "message"),
               " \"\" is invalid: patch: Invalid value: \"map[x:map[a:t b:[1 <nil> true]]]\": strict decoding error: unknown field \"x\"");
    assert_code(&f, ask_patch(&f, merge_type, CM "/s", "{\"data\":{\"k\":7}}"), 422); /* of the wrong type, strict or not */
    assert_true(str_starts(said(&f, "message"), STR(" \"\" is invalid: patch: Invalid value: ")));
    assert_code(&f, ask_patch(&f, merge_type, CM "/s?fieldValidation=Warn", "{\"x\":1}"), 200);
    assert_non_null(strstr(f.warning, "unknown field"));
    ask_with(&f, "POST", CM "?fieldValidation=Strict", "content-type: application/yaml",
             STR("apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: t\n  name: u\nx: 1\n"));
    assert_str(said(&f, "message"), "ConfigMap in version \"v1\" cannot be handled as a ConfigMap: strict decoding error: yaml: unmarshal errors:\n"
                                    "  line 5: key \"name\" already set in map, unknown field \"x\"");
    fixture_stop(&f);
}

static void test_names(void **state)
{
    struct fixture f;
    (void)state;
    fixture_start(&f, NULL);
    assert_code(&f, ask(&f, "POST", CM, "{\"metadata\":{\"generateName\":\"x-\"}}"), 201);
    struct str name = said(&f, "metadata.name");
    assert_int_equal(name.n, 7);
    assert_true(str_starts(name, STR("x-")));
    fixture_stop(&f);
}

#define POD "{\"metadata\":{\"name\":\"%s\"%s},\"spec\":{%s\"containers\":[{\"name\":\"c\",\"image\":\"i\"}]}}"

/* what a controller does in a whole cluster */
static void make_account(struct fixture *f)
{
    assert_code(f, ask(f, "POST", "/api/v1/namespaces/default/serviceaccounts", "{\"metadata\":{\"name\":\"default\"}}"), 201);
}

static int create_pod(struct fixture *f, const char *name, const char *meta, const char *spec)
{
    char body[1024];
    snprintf(body, sizeof(body), POD, name, meta, spec);
    return ask(f, "POST", PODS, body);
}

static void test_deletion(void **state)
{
    struct fixture f;
    (void)state;
    fixture_start(&f, NULL);
    make_account(&f);
    assert_code(&f, create_pod(&f, "free", "", ""), 201);
    assert_code(&f, ask(&f, "DELETE", PODS "/free", NULL), 200); /* on no node: goes at once, and the object is shown */
    assert_str(said(&f, "kind"), "Pod");
    assert_code(&f, ask(&f, "GET", PODS "/free", NULL), 404);

    assert_code(&f, create_pod(&f, "bound", "", ""), 201);
    assert_code(&f, ask(&f, "POST", PODS "/bound/binding", "{\"target\":{\"kind\":\"Node\",\"name\":\"n1\"}}"), 201);
    assert_code(&f, ask(&f, "POST", PODS "/bound/binding", "{\"target\":{\"kind\":\"Node\",\"name\":\"n2\"}}"), 409);
    assert_str(said(&f, "message"), "Operation cannot be fulfilled on pods/binding \"bound\": pod bound is already assigned to node \"n1\"");
    /* a nomination ends with the binding, and none is made after it */
    assert_code(&f, create_pod(&f, "nominated", "", ""), 201);
    assert_code(&f, ask_patch(&f, "application/merge-patch+json", PODS "/nominated/status", "{\"status\":{\"nominatedNodeName\":\"n2\"}}"), 200);
    assert_str(said(&f, "status.nominatedNodeName"), "n2");
    assert_code(&f, ask(&f, "POST", PODS "/nominated/binding", "{\"target\":{\"kind\":\"Node\",\"name\":\"n1\"}}"), 201);
    assert_code(&f, ask(&f, "GET", PODS "/nominated", NULL), 200);
    assert_null(value_at(tree_of(&f), "status.nominatedNodeName"));
    assert_str(said(&f, "spec.nodeName"), "n1");
    assert_code(&f, ask_patch(&f, "application/merge-patch+json", PODS "/nominated/status", "{\"status\":{\"nominatedNodeName\":\"n2\"}}"), 422);
    assert_true(str_find(said(&f, "message"), STR("status.nominatedNodeName: Forbidden: may not be set on pods that are already bound")) >= 0);
    assert_code(&f, ask(&f, "DELETE", PODS "/bound", "{\"gracePeriodSeconds\":7}"), 200);
    assert_int_equal(value_int_at(tree_of(&f), "metadata.deletionGracePeriodSeconds", 0), 7);
    assert_code(&f, ask(&f, "GET", PODS "/bound", NULL), 200);
    assert_str(said(&f, "spec.nodeName"), "n1");
    assert_code(&f, ask(&f, "DELETE", PODS "/bound?gracePeriodSeconds=0", NULL), 200);
    assert_code(&f, ask(&f, "GET", PODS "/bound", NULL), 404);

    /* finalizers hold an object until they are taken off */
    assert_code(&f, ask(&f, "POST", CM, "{\"metadata\":{\"name\":\"held\",\"finalizers\":[\"x.io/y\"]}}"), 201);
    assert_code(&f, ask(&f, "DELETE", CM "/held", NULL), 200);
    assert_true(said(&f, "metadata.deletionTimestamp").n > 0);
    assert_code(&f, ask(&f, "GET", CM "/held", NULL), 200);
    assert_code(&f, ask_patch(&f, "application/merge-patch+json", CM "/held", "{\"metadata\":{\"finalizers\":null}}"), 200);
    assert_code(&f, ask(&f, "GET", CM "/held", NULL), 404);

    assert_code(&f, ask(&f, "POST", CM, "{\"metadata\":{\"name\":\"pre\"}}"), 201);
    assert_code(&f, ask(&f, "DELETE", CM "/pre", "{\"preconditions\":{\"uid\":\"not-it\"}}"), 409);
    assert_code(&f, ask(&f, "DELETE", CM "/pre?propagationPolicy=Foreground", NULL), 202);
    assert_str(value_text(value_item(value_at(tree_of(&f), "metadata.finalizers"), 0)), "foregroundDeletion");

    for (int i = 0; i < 5; i++) {
        char body[64];
        snprintf(body, sizeof(body), "{\"metadata\":{\"name\":\"many-%d\",\"labels\":{\"l\":\"%d\"}}}", i, i % 2);
        assert_code(&f, ask(&f, "POST", CM, body), 201);
    }
    assert_code(&f, ask(&f, "DELETE", CM "?labelSelector=l%3D1", NULL), 200);
    assert_str(said(&f, "kind"), "ConfigMapList"); /* what was deleted */
    assert_int_equal(value_count(value_at(tree_of(&f), "items")), 2);
    assert_str(value_text_at(value_item(value_at(tree_of(&f), "items"), 1), "metadata.name"), "many-3");
    assert_code(&f, ask(&f, "DELETE", CM "?labelSelector=l%3D1", NULL), 200);
    assert_int_equal(value_count(value_at(tree_of(&f), "items")), 0);
    assert_code(&f, ask(&f, "GET", CM "?labelSelector=l", NULL), 200);
    assert_int_equal(value_count(value_at(tree_of(&f), "items")), 3);

    /* a namespace stays, terminating, until its spec.finalizers are gone */
    assert_code(&f, ask(&f, "POST", "/api/v1/namespaces", "{\"metadata\":{\"name\":\"ns1\"}}"), 201);
    assert_str(said(&f, "status.phase"), "Active");
    assert_code(&f, ask(&f, "DELETE", "/api/v1/namespaces/ns1", NULL), 200);
    assert_str(said(&f, "status.phase"), "Terminating");
    assert_code(&f, ask(&f, "PUT", "/api/v1/namespaces/ns1/finalize", "{\"metadata\":{\"name\":\"ns1\"},\"spec\":{\"finalizers\":[]}}"), 200);
    assert_code(&f, ask(&f, "GET", "/api/v1/namespaces/ns1", NULL), 404);
    fixture_stop(&f);
}

#define WEB \
    "{\"metadata\":{\"name\":\"web\"},\"spec\":{\"replicas\":2,\"selector\":{\"matchLabels\":{\"a\":\"b\"}},\"template\":{\"metadata\":{" \
    "\"labels\":{\"a\":\"b\"}},\"spec\":{\"containers\":[{\"name\":\"c\",\"image\":\"i\"}]}}}}"

static void test_parts(void **state)
{
    struct fixture f;
    (void)state;
    fixture_start(&f, NULL);
    make_account(&f);
    assert_code(&f, ask(&f, "POST", DEPLOY, WEB), 201);
    assert_int_equal(value_int_at(tree_of(&f), "metadata.generation", 0), 1);
    assert_code(&f, ask(&f, "GET", DEPLOY "/web/scale", NULL), 200);
    assert_str(said(&f, "kind"), "Scale");
    assert_str(said(&f, "status.selector"), "a=b");
    assert_code(&f, ask_patch(&f, "application/merge-patch+json", DEPLOY "/web/scale", "{\"spec\":{\"replicas\":5}}"), 200);
    assert_int_equal(value_int_at(tree_of(&f), "spec.replicas", 0), 5);
    assert_code(&f, ask(&f, "GET", DEPLOY "/web", NULL), 200);
    assert_int_equal(value_int_at(tree_of(&f), "spec.replicas", 0), 5);
    assert_int_equal(value_int_at(tree_of(&f), "metadata.generation", 0), 2);
    assert_code(&f, ask_patch(&f, "application/merge-patch+json", DEPLOY "/web/status", "{\"spec\":{\"replicas\":9},\"status\":{\"replicas\":4}}"),
                200);
    assert_int_equal(value_int_at(tree_of(&f), "spec.replicas", 0), 5);
    assert_int_equal(value_int_at(tree_of(&f), "status.replicas", 0), 4);
    assert_code(&f, ask_patch(&f, "application/merge-patch+json", DEPLOY "/web/scale", "{\"spec\":{\"replicas\":-1}}"), 422);

    /* Services get addresses and ports, each once, and give them back */
    assert_code(&f,
                ask(&f, "POST", "/api/v1/namespaces/default/services",
                    "{\"metadata\":{\"name\":\"s\"},\"spec\":{\"type\":\"NodePort\",\"ports\":[{"
                    "\"port\":80,\"nodePort\":30080}]}}"),
                201);
    struct str ip = said(&f, "spec.clusterIP");
    assert_true(str_starts(ip, STR("10.96.")));
    assert_str(said(&f, "spec.ipFamilyPolicy"), "SingleStack");
    assert_code(&f,
                ask(&f, "POST", "/api/v1/namespaces/default/services",
                    "{\"metadata\":{\"name\":\"t\"},\"spec\":{\"type\":\"NodePort\",\"ports\":[{"
                    "\"port\":80,\"nodePort\":30080}]}}"),
                422);
    assert_str(said(&f, "message"), "Service \"t\" is invalid: spec.ports[0].nodePort: Invalid value: 30080: provided port is already allocated");
    assert_code(&f, ask(&f, "DELETE", "/api/v1/namespaces/default/services/s", NULL), 200);
    assert_code(&f,
                ask(&f, "POST", "/api/v1/namespaces/default/services",
                    "{\"metadata\":{\"name\":\"t\"},\"spec\":{\"type\":\"NodePort\",\"ports\":[{"
                    "\"port\":80,\"nodePort\":30080}]}}"),
                201);
    assert_code(&f, ask(&f, "GET", "/api/v1/namespaces/default/services/kubernetes", NULL), 200);
    assert_str(said(&f, "spec.clusterIP"), "10.96.0.1");

    /* a load balancer's health check port: given where traffic stays on its node, kept, taken back */
    assert_code(&f,
                ask(&f, "POST", "/api/v1/namespaces/default/services",
                    "{\"metadata\":{\"name\":\"lb\"},\"spec\":{\"type\":\"LoadBalancer\",\"externalTrafficPolicy\":\"Local\","
                    "\"ports\":[{\"port\":80}]}}"),
                201);
    int64_t health = value_int_at(tree_of(&f), "spec.healthCheckNodePort", 0);
    assert_in_range(health, 30000, 32767);
    assert_code(&f,
                ask_patch(&f, "application/merge-patch+json", "/api/v1/namespaces/default/services/lb", "{\"spec\":{\"healthCheckNodePort\":30999}}"),
                422);
    assert_str(said(&f, "message"), "Service \"lb\" is invalid: spec.healthCheckNodePort: Invalid value: 30999: field is immutable");
    assert_code(&f,
                ask_patch(&f, "application/merge-patch+json", "/api/v1/namespaces/default/services/lb", "{\"spec\":{\"healthCheckNodePort\":null}}"),
                200);
    assert_int_equal(value_int_at(tree_of(&f), "spec.healthCheckNodePort", 0), health);
    assert_code(
        &f,
        ask_patch(&f, "application/merge-patch+json", "/api/v1/namespaces/default/services/lb", "{\"spec\":{\"externalTrafficPolicy\":\"Cluster\"}}"),
        200);
    assert_int_equal(value_int_at(tree_of(&f), "spec.healthCheckNodePort", 0), 0);
    assert_code(&f, ask(&f, "DELETE", "/api/v1/namespaces/default/services/lb", NULL), 200);

    /* eviction respects a budget */
    assert_code(&f, create_pod(&f, "guarded", ",\"labels\":{\"g\":\"1\"}", ""), 201);
    assert_code(&f, ask(&f, "POST", PODS "/guarded/binding", "{\"target\":{\"name\":\"n1\"}}"), 201);
    assert_code(&f,
                ask_patch(&f, "application/merge-patch+json", PODS "/guarded/status",
                          "{\"status\":{\"phase\":\"Running\",\"conditions\":[{\"type\":\"Ready\",\"status\":\"True\"}]}}"),
                200);
    assert_code(&f,
                ask(&f, "POST", "/apis/policy/v1/namespaces/default/poddisruptionbudgets",
                    "{\"metadata\":{\"name\":\"pdb\"},\"spec\":{\"minAvailable\":1,\"selector\":{\"matchLabels\":{\"g\":\"1\"}}}}"),
                201);
    assert_code(&f,
                ask_patch(&f, "application/merge-patch+json", "/apis/policy/v1/namespaces/default/poddisruptionbudgets/pdb/status",
                          "{\"status\":{\"observedGeneration\":1,\"disruptionsAllowed\":0,\"currentHealthy\":1,\"desiredHealthy\":1,"
                          "\"expectedPods\":1}}"),
                200);
    assert_code(&f, ask(&f, "POST", PODS "/guarded/eviction", "{\"metadata\":{\"name\":\"guarded\"}}"), 429);
    assert_str(said(&f, "message"), "Cannot evict pod as it would violate the pod's disruption budget.");
    assert_code(&f,
                ask_patch(&f, "application/merge-patch+json", "/apis/policy/v1/namespaces/default/poddisruptionbudgets/pdb/status",
                          "{\"status\":{\"disruptionsAllowed\":1}}"),
                200);
    assert_code(&f, ask(&f, "POST", PODS "/guarded/eviction", "{\"metadata\":{\"name\":\"guarded\"}}"), 201);
    assert_code(&f, ask(&f, "GET", PODS "/guarded", NULL), 200);
    assert_true(said(&f, "metadata.deletionTimestamp").n > 0);
    assert_true(str_find(f.body, STR("EvictionByEvictionAPI")) >= 0);

    /* one Event, two versions */
    assert_code(
        &f,
        ask(&f, "POST", "/api/v1/namespaces/default/events",
            "{\"metadata\":{\"name\":\"e\"},\"involvedObject\":{\"kind\":\"Pod\",\"name\":\"p\",\"namespace\":\"default\"},\"message\":\"hello\","
            "\"reason\":\"R\",\"type\":\"Normal\",\"count\":3}"),
        201);
    assert_code(&f, ask(&f, "GET", "/apis/events.k8s.io/v1/namespaces/default/events/e", NULL), 200);
    assert_str(said(&f, "note"), "hello");
    assert_str(said(&f, "apiVersion"), "events.k8s.io/v1");
    assert_int_equal(value_int_at(tree_of(&f), "deprecatedCount", 0), 3);
    assert_code(&f, ask(&f, "GET", "/apis/events.k8s.io/v1/events?fieldSelector=regarding.name%3Dp", NULL), 200);
    assert_int_equal(value_count(value_at(tree_of(&f), "items")), 1);
    assert_code(&f, ask(&f, "GET", "/api/v1/events?fieldSelector=involvedObject.name%3Dq", NULL), 200);
    assert_int_equal(value_count(value_at(tree_of(&f), "items")), 0);
    /* source is source.component, or who reports where that is empty. */
    assert_code(&f,
                ask(&f, "POST", "/apis/events.k8s.io/v1/namespaces/default/events",
                    "{\"metadata\":{\"name\":\"n\"},\"regarding\":{\"kind\":\"Pod\",\"name\":\"p\",\"namespace\":\"default\"},"
                    "\"eventTime\":\"2024-01-01T00:00:00.000000Z\",\"type\":\"Normal\",\"action\":\"Do\",\"reason\":\"Test\","
                    "\"reportingController\":\"test-controller\",\"reportingInstance\":\"test-1\"}"),
                201);
    assert_code(&f, ask(&f, "GET", "/api/v1/events?fieldSelector=source%3Dtest-controller", NULL), 200);
    assert_int_equal(value_count(value_at(tree_of(&f), "items")), 1);

    /* a Service that becomes a name drops what only addresses have, when the client left it as it was */
    assert_code(&f,
                ask(&f, "POST", "/api/v1/namespaces/default/services",
                    "{\"metadata\":{\"name\":\"s\"},\"spec\":{\"type\":\"NodePort\",\"ports\":[{\"port\":80}]}}"),
                201);
    assert_true(said(&f, "spec.clusterIP").n > 0);
    assert_code(&f,
                ask_patch(&f, "application/merge-patch+json", "/api/v1/namespaces/default/services/s",
                          "{\"spec\":{\"type\":\"ExternalName\",\"externalName\":\"example.com\"}}"),
                200);
    assert_int_equal(said(&f, "spec.clusterIP").n, 0);
    assert_null(value_at(tree_of(&f), "spec.clusterIPs"));
    assert_code(&f,
                ask_patch(&f, "application/merge-patch+json", "/api/v1/namespaces/default/services/s",
                          "{\"spec\":{\"type\":\"ClusterIP\",\"externalName\":null}}"),
                200);
    assert_true(said(&f, "spec.clusterIP").n > 0);
    assert_code(&f, ask(&f, "GET", "/apis/networking.k8s.io/v1/servicecidrs/kubernetes", NULL), 200);
    assert_true(value_count(value_at(tree_of(&f), "spec.cidrs")) > 0);
    fixture_stop(&f);
}

/* ── one family or two (KEP-563) ── */

#define SERVICES "/api/v1/namespaces/default/services"

static int service_make(struct fixture *f, const char *name, const char *spec)
{
    char body[512];
    snprintf(body, sizeof(body), "{\"metadata\":{\"name\":\"%s\"},\"spec\":{\"ports\":[{\"port\":80}]%s%s}}", name, spec[0] ? "," : "", spec);
    return ask(f, "POST", SERVICES, body);
}

static int service_patch(struct fixture *f, const char *name, const char *spec)
{
    char path[128], body[512];
    snprintf(path, sizeof(path), SERVICES "/%s", name);
    snprintf(body, sizeof(body), "{\"spec\":{%s}}", spec);
    return ask_patch(f, "application/merge-patch+json", path, body);
}

/* "IPv4 IPv6/SingleStack", and that each address is of its family. */
static void assert_families(struct fixture *f, const char *what)
{
    SCOPED_BUF b = BUF_INIT(4096);
    const struct value *families = value_at(tree_of(f), "spec.ipFamilies"), *ips = value_at(tree_of(f), "spec.clusterIPs");
    for (size_t i = 0; i < value_count(families); i++)
        buf_fmt(&b, "%s%.*s", i ? " " : "", STR_FMT(value_text(value_item(families, i))));
    buf_fmt(&b, "/%.*s", STR_FMT(said(f, "spec.ipFamilyPolicy")));
    assert_string_equal(buf_cstr(&b), what);
    bool headless = str_is(said(f, "spec.clusterIP"), "None");
    assert_int_equal(value_count(ips), headless ? 1 : value_count(families));
    for (size_t i = 0; i < value_count(ips) && !headless; i++)
        assert_true(
            str_starts(value_text(value_item(ips, i)), str_is(value_text(value_item(families, i)), "IPv6") ? STR("fd00:96::") : STR("10.96.")));
    assert_true(str_eq(said(f, "spec.clusterIP"), value_text(value_item(ips, 0))));
}

static void test_two_families(void **state)
{
    struct fixture f = {.service_cidr = "10.96.0.0/16", .service_cidr2 = "fd00:96::/112"};
    (void)state;
    fixture_start_with(&f, NULL, NULL);
    static const struct {
        const char *name, *spec, *want;
    } good[] = {
        {"plain", "", "IPv4/SingleStack"},
        {"six", "\"ipFamilies\":[\"IPv6\"]", "IPv6/SingleStack"},
        {"prefer", "\"ipFamilyPolicy\":\"PreferDualStack\"", "IPv4 IPv6/PreferDualStack"},
        {"require", "\"ipFamilyPolicy\":\"RequireDualStack\",\"ipFamilies\":[\"IPv6\"]", "IPv6 IPv4/RequireDualStack"},
        {"given", "\"clusterIP\":\"fd00:96::77\"", "IPv6/SingleStack"},
        {"both", "\"ipFamilyPolicy\":\"PreferDualStack\",\"clusterIP\":\"10.96.7.7\",\"clusterIPs\":[\"10.96.7.7\",\"fd00:96::78\"]",
         "IPv4 IPv6/PreferDualStack"},
        {"bare", "\"clusterIP\":\"None\"", "IPv4 IPv6/RequireDualStack"},
        {"headless", "\"clusterIP\":\"None\",\"selector\":{\"a\":\"b\"}", "IPv4/SingleStack"},
    };
    for (size_t i = 0; i < ARRAY_LEN(good); i++) {
        assert_code(&f, service_make(&f, good[i].name, good[i].spec), 201);
        assert_families(&f, good[i].want);
    }
    static const struct {
        const char *spec, *want;
    } bad[] = {
        {"\"ipFamilies\":[\"IPv4\",\"IPv6\"]", "spec.ipFamilyPolicy: Invalid value: \"SingleStack\": must be 'RequireDualStack' or 'PreferDualStack' "
                                               "when multiple IP families are specified"},
        {"\"ipFamilyPolicy\":\"PreferDualStack\",\"clusterIPs\":[\"fd00:96::77\"],\"clusterIP\":\"fd00:96::77\"",
         "spec.clusterIPs: Invalid value: \"fd00:96::77\": failed to allocate IP: provided IP is already allocated"},
        {"\"ipFamilies\":[\"IPv4\"],\"clusterIP\":\"fd00:96::99\"",
         "spec.clusterIPs[0]: Invalid value: \"fd00:96::99\": expected an IPv4 value as indicated by `ipFamilies[0]`"},
    };
    for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
        char want[300];
        assert_code(&f, service_make(&f, "bad", bad[i].spec), 422);
        snprintf(want, sizeof(want), "Service \"bad\" is invalid: %s", bad[i].want);
        assert_str(said(&f, "message"), want);
    }

    /* up to two, and down again: the second address comes and goes, the first stays */
    assert_code(&f, service_patch(&f, "plain", "\"ipFamilyPolicy\":\"PreferDualStack\""), 200);
    assert_families(&f, "IPv4 IPv6/PreferDualStack");
    struct str second = value_text(value_item(value_at(tree_of(&f), "spec.clusterIPs"), 1));
    char again[300];
    snprintf(again, sizeof(again), "\"ipFamilyPolicy\":\"SingleStack\",\"clusterIP\":\"%.*s\"", STR_FMT(second));
    assert_code(&f, service_patch(&f, "plain", "\"ipFamilies\":[\"IPv4\"]"), 422);
    assert_code(&f, service_patch(&f, "plain", "\"ipFamilies\":[\"IPv6\",\"IPv4\"]"), 422);
    assert_code(&f, service_patch(&f, "plain", "\"ipFamilyPolicy\":\"SingleStack\""), 200);
    assert_families(&f, "IPv4/SingleStack");
    assert_code(&f, service_make(&f, "heir", again), 201);
    assert_families(&f, "IPv6/SingleStack");
    fixture_stop(&f);
}

/* A cluster of IPv6 only: its Services are, and nothing else can be had. */
static void test_one_family(void **state)
{
    struct fixture f = {.service_cidr = "fd00:96::/112"};
    (void)state;
    fixture_start_with(&f, NULL, NULL);
    assert_code(&f, service_make(&f, "plain", ""), 201);
    assert_families(&f, "IPv6/SingleStack");
    assert_code(&f, service_make(&f, "prefer", "\"ipFamilyPolicy\":\"PreferDualStack\""), 201);
    assert_families(&f, "IPv6/PreferDualStack");
    assert_code(&f, service_make(&f, "bare", "\"clusterIP\":\"None\""), 201);
    assert_families(&f, "IPv6 IPv4/RequireDualStack");
    assert_code(&f, service_make(&f, "bad", "\"ipFamilyPolicy\":\"RequireDualStack\",\"ipFamilies\":[\"IPv4\"]"), 422);
    assert_str(said(&f, "message"),
               "Service \"bad\" is invalid: [spec.ipFamilyPolicy: Invalid value: \"RequireDualStack\": this cluster is not "
               "configured for dual-stack services, spec.ipFamilies[0]: Invalid value: \"IPv4\": not configured on this cluster]");
    assert_code(&f, service_make(&f, "bad", "\"clusterIP\":\"10.96.0.9\""), 422);
    assert_str(said(&f, "message"), "Service \"bad\" is invalid: spec.clusterIPs[0]: Invalid value: [\"10.96.0.9\"]: IPv4 is not configured on this "
                                    "cluster");
    assert_code(&f, ask(&f, "GET", SERVICES "/kubernetes", NULL), 200);
    assert_str(said(&f, "spec.clusterIP"), "fd00:96::1");
    fixture_stop(&f);
}

static const struct value *condition(struct fixture *f, size_t i)
{
    return value_item(value_at(tree_of(f), "status.conditions"), i);
}

#define BINDING(more) "{\"metadata\":{\"name\":\"p\"" more "},\"target\":{\"kind\":\"Node\",\"name\":\"n1\"}}"
#define BINDABLE      "{\"metadata\":{\"name\":\"p\"},\"spec\":{\"containers\":[{\"name\":\"c\",\"image\":\"i\"}]}}"

/* A Binding changes what it says and the condition, nothing else: managed fields, as upstream has it, stay whose they were. */
static void test_binding(void **state)
{
    struct fixture f;
    (void)state;
    fixture_start(&f, NULL);
    assert_code(&f, ask(&f, "POST", "/api/v1/namespaces/default/serviceaccounts", "{\"metadata\":{\"name\":\"default\"}}"), 201);
    assert_code(&f, ask(&f, "POST", PODS, BINDABLE), 201);
    struct str uid = said(&f, "metadata.uid"), version = said(&f, "metadata.resourceVersion");
    assert_code(&f, ask(&f, "POST", PODS "/p/binding?dryRun=All", BINDING("")), 201);
    assert_code(&f, ask(&f, "POST", PODS "/p/binding", BINDING(",\"uid\":\"other\"")), 409);
    assert_code(&f, ask(&f, "POST", PODS "/none/binding", BINDING("")), 404);
    assert_code(&f, ask(&f, "POST", PODS "/p/binding", "{\"metadata\":{\"name\":\"p\"},\"target\":{}}"), 422);
    assert_code(&f, ask(&f, "GET", PODS "/p", NULL), 200);
    assert_true(str_eq(said(&f, "metadata.resourceVersion"), version));
    const struct value was = *tree_of(&f);
    assert_code(&f, ask(&f, "POST", PODS "/p/binding", BINDING("")), 201);
    assert_str(said(&f, "status"), "Success");
    assert_code(&f, ask(&f, "GET", PODS "/p", NULL), 200);
    assert_str(said(&f, "spec.nodeName"), "n1");
    assert_int_equal(value_count(value_at(tree_of(&f), "status.conditions")), 1);
    assert_str(value_text_at(condition(&f, 0), "type"), "PodScheduled");
    assert_str(value_text_at(condition(&f, 0), "status"), "True");
    assert_true(value_text_at(condition(&f, 0), "lastTransitionTime").n > 0);
    assert_true(str_eq(said(&f, "metadata.uid"), uid));
    assert_false(str_eq(said(&f, "metadata.resourceVersion"), version));
    assert_true(value_equal(value_at(&was, "metadata.managedFields"), value_at(tree_of(&f), "metadata.managedFields")));
    assert_true(value_equal(value_at(&was, "spec.containers"), value_at(tree_of(&f), "spec.containers")));
    assert_code(&f, ask(&f, "POST", PODS "/p/binding", BINDING("")), 409);
    fixture_stop(&f);
}

/* One that had been refused before, and a Binding with notes: the long way comes to the same. */
static void test_binding_notes(void **state)
{
    struct fixture f;
    (void)state;
    fixture_start(&f, NULL);
    assert_code(&f, ask(&f, "POST", "/api/v1/namespaces/default/serviceaccounts", "{\"metadata\":{\"name\":\"default\"}}"), 201);
    assert_code(&f, ask(&f, "POST", PODS, BINDABLE), 201);
    assert_code(&f,
                ask_patch(&f, "application/strategic-merge-patch+json", PODS "/p/status",
                          "{\"status\":{\"conditions\":[{\"type\":\"Other\",\"status\":\"True\"},{\"type\":\"PodScheduled\",\"status\":"
                          "\"False\",\"reason\":\"Unschedulable\",\"message\":\"no\"}]}}"),
                200);
    assert_code(&f, ask(&f, "POST", PODS "/p/binding", BINDING(",\"annotations\":{\"a\":\"b\"},\"labels\":{\"l\":\"m\"}")), 201);
    assert_code(&f, ask(&f, "GET", PODS "/p", NULL), 200);
    assert_str(said(&f, "spec.nodeName"), "n1");
    assert_str(said(&f, "metadata.annotations.a"), "b");
    assert_str(said(&f, "metadata.labels.l"), "m");
    assert_int_equal(value_count(value_at(tree_of(&f), "status.conditions")), 2);
    assert_str(value_text_at(condition(&f, 1), "status"), "True");
    assert_str(value_text_at(condition(&f, 1), "reason"), "");
    fixture_stop(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_two_families),  cmocka_unit_test(test_one_family), cmocka_unit_test(test_objects),
        cmocka_unit_test(test_refusals),      cmocka_unit_test(test_patches),    cmocka_unit_test(test_owners_of_new),
        cmocka_unit_test(test_strict_faults), cmocka_unit_test(test_names),      cmocka_unit_test(test_deletion),
        cmocka_unit_test(test_parts),         cmocka_unit_test(test_binding),    cmocka_unit_test(test_binding_notes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
