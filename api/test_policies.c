/* Admission policies, and conditions of webhooks, through a whole API server. */
#include "api/fixture.h"

#define REGISTRATION "/apis/admissionregistration.k8s.io/v1/"
#define MAPS         "/api/v1/namespaces/default/configmaps"
#define MATCH \
    "\"matchConstraints\":{\"resourceRules\":[{\"operations\":[\"CREATE\",\"UPDATE\"],\"apiGroups\":[\"\"],\"apiVersions\":[\"v1\"]," \
    "\"resources\":[\"configmaps\"]}]}"

static void policy(struct fixture *f, const char *kind, const char *name, const char *spec, const char *binding)
{
    char path[128];
    SCOPED_BUF b = BUF_INIT(65536);
    buf_fmt(&b, "{\"metadata\":{\"name\":\"%s\"},\"spec\":{%s}}", name, spec);
    snprintf(path, sizeof(path), REGISTRATION "%sadmissionpolicies", kind);
    assert_code(f, ask(f, "POST", path, buf_cstr(&b)), 201);
    if (!binding)
        return;
    SCOPED_BUF c = BUF_INIT(65536);
    buf_fmt(&c, "{\"metadata\":{\"name\":\"%s-b\"},\"spec\":{\"policyName\":\"%s\"%s%s}}", name, name, binding[0] ? "," : "", binding);
    snprintf(path, sizeof(path), REGISTRATION "%sadmissionpolicybindings", kind);
    assert_code(f, ask(f, "POST", path, buf_cstr(&c)), 201);
}

static void forget(struct fixture *f, const char *kind, const char *name)
{
    char path[160];
    snprintf(path, sizeof(path), REGISTRATION "%sadmissionpolicies/%s", kind, name);
    assert_code(f, ask(f, "DELETE", path, NULL), 200);
}

#define DENY "\"validationActions\":[\"Deny\"]"

static void test_validate(void **state)
{
    struct fixture f;
    (void)state;
    fixture_start(&f, NULL);
    policy(&f, "validating", "p",
           MATCH ",\"variables\":[{\"name\":\"n\",\"expression\":\"has(object.data) ? size(object.data) : 0\"},"
                 "{\"name\":\"m\",\"expression\":\"variables.n + 1\"}],\"validations\":[{\"expression\":\"variables.m <= 3\",\"messageExpression\":"
                 "\"'too many: ' + string(variables.n)\"},{\"expression\":\"object.metadata.name != 'bad'\",\"message\":\"a bad name\",\"reason\":"
                 "\"Forbidden\"},{\"expression\":\"request.namespace == 'default' && request.operation in ['CREATE','UPDATE'] && "
                 "namespaceObject.metadata.name == 'default'\"}]",
           DENY);
    assert_code(&f, ask(&f, "POST", MAPS, "{\"metadata\":{\"name\":\"m\"},\"data\":{\"a\":\"b\"}}"), 201);
    assert_code(&f, ask(&f, "POST", MAPS, "{\"metadata\":{\"name\":\"n\"},\"data\":{\"a\":\"b\",\"c\":\"d\",\"e\":\"f\"}}"), 422);
    assert_str(said(&f, "message"), "configmaps \"n\" is forbidden: ValidatingAdmissionPolicy 'p' with binding 'p-b' denied request: too many: 3");
    assert_str(said(&f, "reason"), "Invalid");
    assert_code(&f, ask(&f, "POST", MAPS, "{\"metadata\":{\"name\":\"bad\"}}"), 403);
    assert_str(said(&f, "message"), "configmaps \"bad\" is forbidden: ValidatingAdmissionPolicy 'p' with binding 'p-b' denied request: a bad name");
    assert_code(&f, ask(&f, "POST", "/api/v1/namespaces/kube-public/configmaps", "{\"metadata\":{\"name\":\"n\"}}"), 422);
    assert_str(said(&f, "message"),
               "configmaps \"n\" is forbidden: ValidatingAdmissionPolicy 'p' with binding 'p-b' denied request: failed expression: "
               "request.namespace == 'default' && request.operation in ['CREATE','UPDATE'] && namespaceObject.metadata.name == 'default'");
    assert_code(&f, ask_patch(&f, "application/merge-patch+json", MAPS "/m", "{\"data\":{\"b\":\"1\",\"c\":\"2\"}}"), 422);
    forget(&f, "validating", "p");
    assert_code(&f, ask_patch(&f, "application/merge-patch+json", MAPS "/m", "{\"data\":{\"b\":\"1\",\"c\":\"2\"}}"), 200);
    policy(&f, "validating", "w",
           MATCH ",\"matchConditions\":[{\"name\":\"c\",\"expression\":\"object.metadata.name.startsWith('w')\"}],"
                 "\"validations\":[{\"expression\":\"false\"}]",
           "\"validationActions\":[\"Warn\"]");
    assert_code(&f, ask(&f, "POST", MAPS, "{\"metadata\":{\"name\":\"w1\"}}"), 201);
    assert_string_equal(f.warning, "299 - \"Validation failed for ValidatingAdmissionPolicy 'w' with binding 'w-b': failed expression: false\"");
    assert_code(&f, ask(&f, "POST", MAPS, "{\"metadata\":{\"name\":\"x1\"}}"), 201);
    assert_string_equal(f.warning, "");
    forget(&f, "validating", "w");
    /* what cannot be worked out: failurePolicy */
    policy(&f, "validating", "e", MATCH ",\"validations\":[{\"expression\":\"object.data.missing == 'x'\"}]", DENY);
    assert_code(&f, ask(&f, "POST", MAPS, "{\"metadata\":{\"name\":\"e1\"},\"data\":{}}"), 422);
    assert_str(said(&f, "message"), "configmaps \"e1\" is forbidden: ValidatingAdmissionPolicy 'e' with binding 'e-b' denied request: expression "
                                    "'object.data.missing == 'x'' resulted in error: no such key: data");
    forget(&f, "validating", "e");
    policy(&f, "validating", "i", "\"failurePolicy\":\"Ignore\"," MATCH ",\"validations\":[{\"expression\":\"object.data.missing == 'x'\"}]", DENY);
    assert_code(&f, ask(&f, "POST", MAPS, "{\"metadata\":{\"name\":\"e1\"},\"data\":{}}"), 201);
    fixture_stop(&f);
}

static void test_params(void **state)
{
    struct fixture f;
    (void)state;
    fixture_start(&f, NULL);
    const char *spec = "\"paramKind\":{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\"}," MATCH ",\"matchConditions\":[{\"name\":\"c\",\"expression\":"
                       "\"object.metadata.name.startsWith('t')\"}],\"validations\":[{\"expression\":\"size(object.data) <= int(params.data.most)\"}]";
    policy(&f, "validating", "p", spec,
           DENY ",\"paramRef\":{\"name\":\"limits\",\"namespace\":\"kube-public\",\"parameterNotFoundAction\":\"Deny\"}");
    assert_code(&f, ask(&f, "POST", MAPS, "{\"metadata\":{\"name\":\"t1\"},\"data\":{\"a\":\"b\"}}"), 422);
    assert_true(str_find(said(&f, "message"),
                         STR("failed to configure binding: no params found for policy binding with `Deny` parameterNotFoundAction")) >= 0);
    assert_code(&f,
                ask(&f, "POST", "/api/v1/namespaces/kube-public/configmaps",
                    "{\"metadata\":{\"name\":\"limits\",\"labels\":{\"l\":\"y\"}},\"data\":{\"most\":\"1\"}}"),
                422);
    forget(&f, "validating", "p");
    assert_code(&f,
                ask(&f, "POST", "/api/v1/namespaces/kube-public/configmaps",
                    "{\"metadata\":{\"name\":\"limits\",\"labels\":{\"l\":\"y\"}},\"data\":{\"most\":\"1\"}}"),
                201);
    policy(&f, "validating", "p", spec, NULL);
    assert_code(&f, ask(&f, "POST", MAPS, "{\"metadata\":{\"name\":\"t1\"},\"data\":{\"a\":\"b\"}}"), 201);
    assert_code(&f, ask(&f, "POST", MAPS, "{\"metadata\":{\"name\":\"t2\"},\"data\":{\"a\":\"b\",\"c\":\"d\"}}"), 422);
    assert_code(&f, ask(&f, "DELETE", REGISTRATION "validatingadmissionpolicybindings/p-b", NULL), 200);
    assert_code(
        &f,
        ask(&f, "POST", REGISTRATION "validatingadmissionpolicybindings",
            "{\"metadata\":{\"name\":\"s\"},\"spec\":{\"policyName\":\"p\"," DENY
            ",\"paramRef\":{\"selector\":{\"matchLabels\":{\"l\":\"y\"}},\"namespace\":\"kube-public\",\"parameterNotFoundAction\":\"Allow\"}}}"),
        201);
    assert_code(&f, ask(&f, "POST", MAPS, "{\"metadata\":{\"name\":\"t2\"},\"data\":{\"a\":\"b\",\"c\":\"d\"}}"), 422);
    assert_code(&f, ask_patch(&f, "application/merge-patch+json", "/api/v1/namespaces/kube-public/configmaps/limits", "{\"data\":{\"most\":\"2\"}}"),
                200);
    assert_code(&f, ask(&f, "POST", MAPS, "{\"metadata\":{\"name\":\"t2\"},\"data\":{\"a\":\"b\",\"c\":\"d\"}}"), 201);
    fixture_stop(&f);
}

static void test_refused(void **state)
{
    struct fixture f;
    (void)state;
    fixture_start(&f, NULL);
    const char *path = REGISTRATION "validatingadmissionpolicies";
    assert_code(&f, ask(&f, "POST", path, "{\"metadata\":{\"name\":\"p\"},\"spec\":{" MATCH ",\"validations\":[{\"expression\":\"object.x = 1\"}]}}"),
                422);
    const struct value *cause = value_item(value_at(tree_of(&f), "details.causes"), 0);
    assert_str(value_text_at(cause, "field"), "spec.validations[0].expression");
    if (!str_starts(value_text_at(cause, "message"), STR("Invalid value: \"object.x = 1\": compilation failed: ERROR: <input>:1:")))
        fail_msg("%.*s", STR_FMT(value_text_at(cause, "message")));
    assert_code(&f, ask(&f, "POST", path, "{\"metadata\":{\"name\":\"p\"},\"spec\":{" MATCH ",\"validations\":[{\"expression\":\"1 + 1\"}]}}"), 422);
    cause = value_item(value_at(tree_of(&f), "details.causes"), 0);
    assert_str(value_text_at(cause, "message"), "Invalid value: \"1 + 1\": must evaluate to bool");
    assert_code(&f, ask(&f, "POST", path, "{\"metadata\":{\"name\":\"p\"},\"spec\":{" MATCH ",\"validations\":[{\"expression\":\"params.x\"}]}}"),
                422);
    assert_code(&f, ask(&f, "POST", path, "{\"metadata\":{\"name\":\"p\"},\"spec\":{" MATCH ",\"validations\":[{\"expression\":\"variables.x\"}]}}"),
                422);
    assert_code(&f, ask(&f, "POST", path, "{\"metadata\":{\"name\":\"p\"},\"spec\":{\"validations\":[{\"expression\":\"true\"}]}}"), 422);
    assert_code(
        &f,
        ask(&f, "POST", REGISTRATION "validatingwebhookconfigurations",
            "{\"metadata\":{\"name\":\"h\"},\"webhooks\":[{\"name\":\"a.b.c\",\"sideEffects\":"
            "\"None\",\"admissionReviewVersions\":[\"v1\"],\"clientConfig\":{\"url\":\"https://127.0.0.1:1/\"},\"matchConditions\":[{\"name\":\"x\","
            "\"expression\":\"... [] bad expression\"}]}]}"),
        422);
    cause = value_item(value_at(tree_of(&f), "details.causes"), 0);
    assert_str(value_text_at(cause, "field"), "webhooks[0].matchConditions[0].expression");
    /* one whose condition does not hold is not asked: nobody listens there */
    assert_code(
        &f,
        ask(&f, "POST", REGISTRATION "validatingwebhookconfigurations",
            "{\"metadata\":{\"name\":\"h\"},\"webhooks\":[{\"name\":\"a.b.c\",\"sideEffects\":"
            "\"None\",\"admissionReviewVersions\":[\"v1\"],\"clientConfig\":{\"url\":\"https://127.0.0.1:1/\"},\"rules\":[{\"operations\":[\"*\"],"
            "\"apiGroups\":[\"\"],\"apiVersions\":[\"*\"],\"resources\":[\"configmaps\"]}],\"matchConditions\":[{\"name\":\"x\",\"expression\":"
            "\"object.metadata.name == 'asked'\"}]}]}"),
        201);
    assert_code(&f, ask(&f, "POST", MAPS, "{\"metadata\":{\"name\":\"other\"}}"), 201);
    assert_code(&f, ask(&f, "POST", MAPS, "{\"metadata\":{\"name\":\"asked\"}}"), 500);
    assert_code(&f, ask(&f, "DELETE", MAPS "/other", NULL), 403); /* no object: the condition fails */
    fixture_stop(&f);
}

static void test_mutate(void **state)
{
    struct fixture f;
    (void)state;
    fixture_start(&f, NULL);
    policy(
        &f, "mutating", "a",
        "\"reinvocationPolicy\":\"Never\"," MATCH ",\"mutations\":[{\"patchType\":\"ApplyConfiguration\",\"applyConfiguration\":{\"expression\":"
        "\"Object{metadata: Object.metadata{labels: {'added': object.metadata.name}}}\"}},{\"patchType\":\"JSONPatch\",\"jsonPatch\":{\"expression\":"
        "\"[JSONPatch{op: 'add', path: '/metadata/labels/' + jsonpatch.escapeKey('x.io/y'), value: 'z'}]\"}}]",
        "");
    assert_code(&f, ask(&f, "POST", MAPS, "{\"metadata\":{\"name\":\"m\",\"labels\":{\"own\":\"1\"}},\"data\":{\"a\":\"b\"}}"), 201);
    assert_str(said(&f, "metadata.labels.added"), "m");
    assert_str(said(&f, "metadata.labels.own"), "1");
    assert_str(value_text(value_get(value_at(tree_of(&f), "metadata.labels"), STR("x.io/y"))), "z");
    assert_str(said(&f, "data.a"), "b");
    fixture_stop(&f);
}

/* ── type checking ── */

static const struct value *warnings(struct fixture *f, const char *spec)
{
    struct value *out = arena_alloc(f->mem, sizeof(*out)), tree = {0};
    struct err err = {{0}};
    char text[4096];
    snprintf(text, sizeof(text), "{\"spec\":{%s}}", spec);
    if (json_parse(f->mem, str_of(text), &tree, &err) < 0)
        fail_msg("%s: %s", text, err.text);
    assert_done(api_policy_warnings(f->api, f->mem, &tree, out));
    return out;
}

#define RULES(group, version, resource) \
    "\"matchConstraints\":{\"resourceRules\":[{\"operations\":[\"CREATE\"],\"apiGroups\":[\"" group "\"],\"apiVersions\":[\"" version \
    "\"],\"resources\":[\"" resource "\"]}]},"

static void test_types(void **state)
{
    struct fixture f;
    (void)state;
    fixture_start(&f, NULL);
    const struct value *w = warnings(
        &f, RULES("apps", "v1",
                  "deployments") "\"variables\":[{\"name\":\"n\",\"expression\":\"object.spec.replicas\"}],\"validations\":["
                                 "{\"expression\":\"object.spec.replicas > '1'\",\"messageExpression\":\"'wants ' + object.spec.replicas\"},"
                                 "{\"expression\":\"variables.n > 1 && object.spec.template.spec.containers.all(c, c.image.contains('x') && "
                                 "c.resources.limits['cpu'] != '') && object.metadata.creationTimestamp < timestamp('2030-01-01T00:00:00Z') && "
                                 "object.spec.strategy.rollingUpdate.maxSurge == 1 && object.metadata.labels['a'] == 'b'\"},"
                                 "{\"expression\":\"object.spec.replica > 1\"}]");
    assert_int_equal(value_count(w), 3);
    assert_str(value_text_at(value_item(w, 0), "fieldRef"), "spec.validations[0].expression");
    assert_str(value_text_at(value_item(w, 0), "warning"),
               "apps/v1, Kind=Deployment: compilation failed: ERROR: <input>:1:22: found no matching overload for '_>_' applied to '(int, string)'\n"
               " | object.spec.replicas > '1'\n | .....................^\n");
    assert_str(value_text_at(value_item(w, 1), "fieldRef"), "spec.validations[0].messageExpression");
    assert_true(str_find(value_text_at(value_item(w, 1), "warning"), STR("found no matching overload for '_+_' applied to '(string, int)'")) >= 0);
    assert_str(value_text_at(value_item(w, 2), "fieldRef"), "spec.validations[2].expression");
    assert_true(str_find(value_text_at(value_item(w, 2), "warning"), STR("undefined field 'replica'")) >= 0);
    w = warnings(&f, RULES("apps", "v1", "*") "\"validations\":[{\"expression\":\"object.nothing > 1\"}]"); /* nobody knows what is meant */
    assert_int_equal(value_count(w), 0);
    w = warnings(&f,
                 RULES("", "v1",
                       "pods\",\"configmaps\",\"pods/status") "\"paramKind\":{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\"},"
                                                              "\"validations\":[{\"expression\":\"object.data == params.data && params.dat == 1\"}]");
    assert_int_equal(value_count(w), 1);
    struct str text = value_text_at(value_item(w, 0), "warning");
    assert_true(str_starts(text, STR("/v1, Kind=ConfigMap: compilation failed: ")));
    assert_true(str_find(text, STR("\n\n/v1, Kind=Pod: compilation failed: ")) > 0 && str_find(text, STR("undefined field 'dat'")) > 0);

    assert_code(
        &f,
        ask(&f, "POST", "/apis/apiextensions.k8s.io/v1/customresourcedefinitions",
            "{\"metadata\":{\"name\":\"crontabs.example.com\"},\"spec\":{\"group\":\"example.com\",\"scope\":\"Namespaced\",\"names\":{\"plural\":"
            "\"crontabs\",\"kind\":\"CronTab\"},\"versions\":[{\"name\":\"v1\",\"served\":true,\"storage\":true,\"schema\":{\"openAPIV3Schema\":{"
            "\"type\":"
            "\"object\",\"properties\":{\"spec\":{\"type\":\"object\",\"properties\":{\"replicas\":{\"type\":\"integer\"}}}}}}}]}}"),
        201);
    w = warnings(&f,
                 RULES("example.com", "v1", "crontabs") "\"validations\":[{\"expression\":\"object.spec.replicas > '1'\"},"
                                                        "{\"expression\":\"object.spec.maxRetries < "
                                                        "10\"},{\"expression\":\"object.metadata.labels.size() > 0 && object.spec.replicas > 1\"}]");
    assert_int_equal(value_count(w), 2);
    assert_true(str_find(value_text_at(value_item(w, 1), "warning"), STR("undefined field 'maxRetries'")) >= 0);
    fixture_stop(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_types),   cmocka_unit_test(test_validate), cmocka_unit_test(test_params),
        cmocka_unit_test(test_refused), cmocka_unit_test(test_mutate),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
