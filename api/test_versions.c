/* Custom objects in other versions than they are stored in, converted by a webhook over real TLS. */
#include "api/fixture.h"

#define CRDS "/apis/apiextensions.k8s.io/v1/customresourcedefinitions"
#define V1   "/apis/example.com/v1/namespaces/default/widgets"
#define V2   "/apis/example.com/v2/namespaces/default/widgets"

/* v1 has spec.hostPort "h:p", v2 has spec.host and spec.port. */
struct hooks {
    struct fixture *f;
    struct http_server *server;
    struct tls_pair ca, own;
    SSL_CTX *serving;
    unsigned asked, objects;
    char last[65536], admitted[65536];
    const char *mischief; /* NULL: it does its work */
    struct http_req *held;
    bool hold;
};

static void convert_one(struct arena *a, struct value *o, struct str to)
{
    struct str text = value_text_at(o, "spec.hostPort"), host, port;
    int r = 0;
    if (str_is(to, "example.com/v2") && str_cut(text, ':', &host, &port)) {
        value_del(value_at(o, "spec"), STR("hostPort"));
        VALUE_SET(&r, a, o, "spec.host", value_make_text(host));
        VALUE_SET(&r, a, o, "spec.port", value_make_text(port));
    } else if (str_is(to, "example.com/v1") && value_text_at(o, "spec.host").n) {
        struct str both = arena_fmt(a, "%.*s:%.*s", STR_FMT(value_text_at(o, "spec.host")), STR_FMT(value_text_at(o, "spec.port")));
        value_del(value_at(o, "spec"), STR("host"));
        value_del(value_at(o, "spec"), STR("port"));
        VALUE_SET(&r, a, o, "spec.hostPort", value_make_text(both));
    }
    VALUE_SET(&r, a, o, "apiVersion", value_make_text(to));
    assert_done(r);
}

static void break_one(struct arena *a, struct value *o, const char *how)
{
    int r = 0;
    if (!strcmp(how, "name"))
        VALUE_SET(&r, a, o, "metadata.name", value_make_text(STR("other")));
    else if (!strcmp(how, "version"))
        VALUE_SET(&r, a, o, "apiVersion", value_make_text(STR("example.com/v7")));
    else if (!strcmp(how, "kind"))
        VALUE_SET(&r, a, o, "kind", value_make_text(STR("Gadget")));
    else if (!strcmp(how, "metadata"))
        value_del(o, STR("metadata"));
    else if (!strcmp(how, "label"))
        VALUE_SET(&r, a, o, "metadata.labels.k", value_make_text(STR("not a value!")));
    else if (!strcmp(how, "more")) { /* what may change, and what may not */
        VALUE_SET(&r, a, o, "metadata.labels.made", value_make_text(STR("yes")));
        VALUE_SET(&r, a, o, "metadata.generation", value_make_int(77));
    }
    assert_done(r);
}

static void answer(struct hooks *h, struct http_req *q)
{
    SCOPED_BUF b = BUF_INIT(1 << 20);
    struct arena *a = h->f->mem;
    struct value tree = {0};
    struct http_header type = {STR("content-type"), STR("application/json")};
    const char *how = h->mischief ? h->mischief : "";
    assert_done(json_parse(a, http_req_body(q), &tree, NULL));
    struct str to = value_text_at(&tree, "request.desiredAPIVersion"), version = value_text_at(&tree, "apiVersion");
    struct value *list = value_at(&tree, "request.objects");
    VALUE_EACH_ITEM (o, list) {
        assert_false(str_eq(value_text_at(o, "apiVersion"), to));
        convert_one(a, o, to);
        break_one(a, o, how);
    }
    if (!strcmp(how, "few"))
        value_del_item(list, 0);
    buf_fmt(&b, "{\"apiVersion\":\"%.*s\",\"kind\":\"ConversionReview\",\"response\":{\"uid\":\"%.*s\",\"result\":", STR_FMT(version),
            STR_FMT(strcmp(how, "uid") ? value_text_at(&tree, "request.uid") : STR("wrong")));
    buf_text(&b, strcmp(how, "refuse") ? "{\"status\":\"Success\"}" : "{\"status\":\"Failure\",\"message\":\"I will not\"}");
    buf_text(&b, ",\"convertedObjects\":");
    json_print(&b, list);
    buf_text(&b, "}}");
    if (!strcmp(how, "rubbish"))
        http_reply(q, 200, &type, 1, (struct http_bytes){.bytes = STR_INIT("<html>")});
    else if (!strcmp(how, "500"))
        http_reply(q, 500, &type, 1, (struct http_bytes){.bytes = STR_INIT("it broke")});
    else
        http_reply(q, 200, &type, 1, (struct http_bytes){.bytes = buf_view(&b)});
}

/* Admission: shown v2, it adds a port of its own. */
static void admit(struct hooks *h, struct http_req *q)
{
    SCOPED_BUF b = BUF_INIT(65536);
    struct http_header type = {STR("content-type"), STR("application/json")};
    struct value tree = {0};
    assert_done(json_parse(h->f->mem, http_req_body(q), &tree, NULL));
    snprintf(h->admitted, sizeof(h->admitted), "%.*s", STR_FMT(http_req_body(q)));
    buf_fmt(&b, "{\"apiVersion\":\"admission.k8s.io/v1\",\"kind\":\"AdmissionReview\",\"response\":{\"uid\":\"%.*s\",\"allowed\":true",
            STR_FMT(value_text_at(&tree, "request.uid")));
    if (str_is(http_req_path(q), "/mutate")) {
        buf_text(&b, ",\"patchType\":\"JSONPatch\",\"patch\":\"");
        buf_base64(&b, STR("[{\"op\":\"replace\",\"path\":\"/spec/port\",\"value\":\"99\"}]"));
        buf_char(&b, '"');
    }
    buf_text(&b, "}}");
    http_reply(q, 200, &type, 1, (struct http_bytes){.bytes = buf_view(&b)});
}

static void on_question(void *ctx, struct http_req *q)
{
    struct hooks *h = ctx;
    struct value tree = {0};
    if (!str_is(http_req_path(q), "/convert")) {
        admit(h, q);
        return;
    }
    h->asked++;
    snprintf(h->last, sizeof(h->last), "%.*s", STR_FMT(http_req_body(q)));
    assert_done(json_parse(h->f->mem, http_req_body(q), &tree, NULL));
    h->objects += (unsigned)value_count(value_at(&tree, "request.objects"));
    if (h->hold)
        h->held = q;
    else
        answer(h, q);
}

static void hooks_start(struct hooks *h, struct fixture *f)
{
    static const char *const ips[] = {"127.0.0.1", NULL}, *const dns[] = {"127.0.0.1", NULL};
    struct tls_names names = {.ips = ips, .dns = dns};
    int64_t now = time(NULL);
    *h = (struct hooks){.f = f};
    assert_done(tls_ca_make(&h->ca, "ca", now, 1, NULL));
    assert_done(tls_cert_make(&h->own, &h->ca, "hook", NULL, &names, TLS_USAGE_SERVER, now, 1, NULL));
    assert_done(tls_server_context(&h->serving, &h->own, NULL, STR_NONE, NULL));
    struct http_server_options o = {.address = "127.0.0.1", .tls = h->serving, .on_request = on_question, .ctx = h};
    assert_done(http_server_new(&h->server, f->loop, &o, NULL));
}

static void hooks_stop(struct hooks *h)
{
    http_server_free(h->server);
    tls_context_free(h->serving);
    tls_pair_done(&h->ca);
    tls_pair_done(&h->own);
}

#define SCHEMA(members) \
    "\"schema\":{\"openAPIV3Schema\":{\"type\":\"object\",\"properties\":{\"spec\":{\"type\":\"object\",\"properties\":{" members \
    ",\"replicas\":{\"type\":\"integer\"}}},\"status\":{\"type\":\"object\",\"properties\":{\"replicas\":{\"type\":\"integer\"}}}}}}," \
    "\"subresources\":{\"status\":{},\"scale\":{\"specReplicasPath\":\".spec.replicas\",\"statusReplicasPath\":\".status.replicas\"}}"
#define STRING "{\"type\":\"string\"}"

static void define(struct hooks *h, const char *review, bool v2_stores, int code)
{
    SCOPED_BUF b = BUF_INIT(65536);
    buf_text(&b, "{\"metadata\":{\"name\":\"widgets.example.com\"},\"spec\":{\"group\":\"example.com\",\"scope\":\"Namespaced\",\"names\":{"
                 "\"plural\":\"widgets\",\"kind\":\"Widget\"},");
    buf_fmt(&b,
            "\"versions\":[{\"name\":\"v1\",\"served\":true,\"storage\":%s,\"selectableFields\":[{\"jsonPath\":\".spec.hostPort\"}]," SCHEMA(
                "\"hostPort\":" STRING) "},",
            v2_stores ? "false" : "true");
    buf_fmt(&b,
            "{\"name\":\"v2\",\"served\":true,\"storage\":%s,\"selectableFields\":[{\"jsonPath\":\".spec.host\"}]," SCHEMA("\"host\":" STRING
                                                                                                                           ",\"port\":" STRING) "}],",
            v2_stores ? "true" : "false");
    buf_fmt(&b,
            "\"conversion\":{\"strategy\":\"Webhook\",\"webhook\":{\"conversionReviewVersions\":[\"%s\"],\"clientConfig\":{\"url\":"
            "\"https://127.0.0.1:%d/convert\",\"caBundle\":\"",
            review, http_server_port(h->server));
    buf_base64(&b, str_of(h->ca.cert_pem));
    buf_text(&b, "\"}}}}}");
    if (code == 201)
        assert_code(h->f, ask(h->f, "POST", CRDS, buf_cstr(&b)), 201);
    else
        assert_code(h->f, ask_patch(h->f, "application/merge-patch+json", CRDS "/widgets.example.com", buf_cstr(&b)), code);
}

static void make(struct fixture *f, const char *where, const char *name, const char *spec)
{
    char text[512];
    bool v2 = strstr(where, "/v2/") != NULL;
    snprintf(text, sizeof(text), "{\"apiVersion\":\"example.com/%s\",\"kind\":\"Widget\",\"metadata\":{\"name\":\"%s\"},\"spec\":{%s}}",
             v2 ? "v2" : "v1", name, spec);
    assert_code(f, ask(f, "POST", where, text), 201);
}

static void begin(struct fixture *f, struct hooks *h)
{
    fixture_start(f, NULL);
    hooks_start(h, f);
    define(h, "v1", false, 201);
}

static void end(struct fixture *f, struct hooks *h)
{
    hooks_stop(h);
    fixture_stop(f);
}

static void test_verbs(void **state)
{
    struct fixture f;
    struct hooks h;
    (void)state;
    begin(&f, &h);
    make(&f, V1, "a", "\"hostPort\":\"x:1\"");
    assert_int_equal(h.asked, 0); /* nobody is asked where versions agree */
    assert_code(&f, ask(&f, "GET", V2 "/a", NULL), 200);
    assert_str(said(&f, "apiVersion"), "example.com/v2");
    assert_str(said(&f, "spec.host"), "x");
    assert_str(said(&f, "spec.port"), "1");
    assert_null(value_at(tree_of(&f), "spec.hostPort"));
    assert_int_equal(h.asked, 1);
    assert_non_null(strstr(h.last, "\"desiredAPIVersion\":\"example.com/v2\""));
    assert_code(&f, ask(&f, "GET", V2 "/a", NULL), 200);
    assert_int_equal(h.asked, 1); /* known by now */
    /* written in the other version: stored in v1, shown in v2 */
    make(&f, V2, "b", "\"host\":\"y\",\"port\":\"2\"");
    assert_str(said(&f, "spec.host"), "y");
    assert_code(&f, ask(&f, "GET", V1 "/b", NULL), 200);
    assert_str(said(&f, "spec.hostPort"), "y:2");
    assert_code(&f, ask_patch(&f, "application/merge-patch+json", V2 "/b", "{\"spec\":{\"port\":\"3\"}}"), 200);
    assert_str(said(&f, "spec.port"), "3");
    assert_code(&f, ask(&f, "GET", V1 "/b", NULL), 200);
    assert_str(said(&f, "spec.hostPort"), "y:3");
    assert_code(&f,
                ask(&f, "PUT", V2 "/b",
                    "{\"apiVersion\":\"example.com/v2\",\"kind\":\"Widget\",\"metadata\":{\"name\":\"b\"},\"spec\":"
                    "{\"host\":\"z\",\"port\":\"4\",\"replicas\":2}}"),
                200);
    assert_int_equal(value_int_at(tree_of(&f), "metadata.generation", 0), 3);
    assert_code(&f, ask(&f, "GET", V1 "/b", NULL), 200);
    assert_str(said(&f, "spec.hostPort"), "z:4");
    /* subresources */
    assert_code(&f, ask_patch(&f, "application/merge-patch+json", V2 "/b/scale", "{\"spec\":{\"replicas\":5}}"), 200);
    assert_int_equal(value_int_at(tree_of(&f), "spec.replicas", 0), 5);
    assert_code(&f, ask(&f, "GET", V2 "/b/scale", NULL), 200);
    assert_int_equal(value_int_at(tree_of(&f), "spec.replicas", 0), 5);
    assert_code(&f, ask_patch(&f, "application/merge-patch+json", V2 "/b/status", "{\"status\":{\"replicas\":1}}"), 200);
    assert_str(said(&f, "spec.host"), "z");
    assert_code(&f, ask(&f, "GET", V1 "/b", NULL), 200);
    assert_int_equal(value_int_at(tree_of(&f), "status.replicas", 0), 1);
    /* apply */
    ask_with(&f, "PATCH", V2 "/c?fieldManager=me", "content-type: application/apply-patch+yaml",
             STR("{apiVersion: example.com/v2, kind: Widget, metadata: {name: c}, spec: {host: q, port: '9'}}"));
    assert_code(&f, f.code, 201);
    ask_with(&f, "PATCH", V2 "/c?fieldManager=me", "content-type: application/apply-patch+yaml",
             STR("{apiVersion: example.com/v2, kind: Widget, metadata: {name: c}, spec: {host: r, port: '9'}}"));
    assert_code(&f, f.code, 200);
    assert_code(&f, ask(&f, "GET", V1 "/c", NULL), 200);
    assert_str(said(&f, "spec.hostPort"), "r:9");
    /* what does not change is not written */
    struct str before;
    assert_done(arena_str(f.mem, said(&f, "metadata.resourceVersion"), &before));
    assert_code(&f, ask_patch(&f, "application/merge-patch+json", V2 "/c", "{\"spec\":{\"port\":\"9\"}}"), 200);
    assert_true(str_eq(said(&f, "metadata.resourceVersion"), before));
    assert_code(&f, ask_patch(&f, "application/merge-patch+json", V2 "/c?dryRun=All", "{\"spec\":{\"port\":\"1\"}}"), 200);
    assert_str(said(&f, "spec.port"), "1");
    assert_code(&f, ask(&f, "DELETE", V2 "/c", NULL), 200);
    assert_code(&f, ask(&f, "GET", V1 "/c", NULL), 404);
    end(&f, &h);
}

static struct str item_text(struct fixture *f, size_t i, const char *path)
{
    return value_text_at(value_item(value_at(tree_of(f), "items"), i), path);
}

static void test_lists(void **state)
{
    struct fixture f;
    struct hooks h;
    char name[16], spec[64];
    (void)state;
    begin(&f, &h);
    for (int i = 0; i < 300; i++) {
        snprintf(name, sizeof(name), "w%03d", i);
        snprintf(spec, sizeof(spec), "\"hostPort\":\"h%d:1\"", i % 3);
        make(&f, V1, name, spec);
    }
    define(&h, "v1", true, 200); /* from now on v2 is stored: a list of both */
    make(&f, V2, "x", "\"host\":\"h1\",\"port\":\"2\"");
    h.asked = h.objects = 0;
    assert_code(&f, ask(&f, "GET", V2, NULL), 200);
    assert_int_equal(value_count(value_at(tree_of(&f), "items")), 301);
    assert_str(item_text(&f, 1, "spec.host"), "h1");
    assert_str(item_text(&f, 300, "spec.port"), "2");
    assert_int_equal(h.objects, 300);
    assert_int_equal(h.asked, 2);
    assert_code(&f, ask(&f, "GET", V1, NULL), 200);
    assert_str(item_text(&f, 300, "spec.hostPort"), "h1:2");
    assert_int_equal(h.asked, 3);
    /* pages, selected by a field of the version asked for */
    assert_code(&f, ask(&f, "GET", V2 "?fieldSelector=spec.host%3Dh1&limit=60", NULL), 200);
    assert_int_equal(value_count(value_at(tree_of(&f), "items")), 60);
    SCOPED_BUF next = BUF_INIT(4096);
    buf_fmt(&next, V2 "?fieldSelector=spec.host%%3Dh1&limit=60&continue=%.*s", STR_FMT(said(&f, "metadata.continue")));
    assert_code(&f, ask(&f, "GET", buf_cstr(&next), NULL), 200);
    assert_int_equal(value_count(value_at(tree_of(&f), "items")), 41);
    assert_false(said(&f, "metadata.continue").n > 0);
    assert_code(&f, ask(&f, "GET", V1 "?fieldSelector=spec.hostPort%3Dh1:2", NULL), 200);
    assert_int_equal(value_count(value_at(tree_of(&f), "items")), 1);
    assert_code(&f, ask(&f, "GET", V2 "?limit=10", NULL), 200);
    assert_int_equal(value_count(value_at(tree_of(&f), "items")), 10);
    assert_int_equal(value_int_at(tree_of(&f), "metadata.remainingItemCount", 0), 291);
    /* other forms */
    ask_with(&f, "GET", V2 "?limit=2", "accept: application/yaml", STR_NONE);
    assert_code(&f, f.code, 200);
    assert_non_null(strstr(f.body.p, "host: h1"));
    ask_with(&f, "GET", V2, "accept: application/json;as=Table;v=v1;g=meta.k8s.io", STR_NONE);
    assert_int_equal(value_count(value_at(tree_of(&f), "rows")), 301);
    ask_with(&f, "GET", V2, "accept: application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io", STR_NONE);
    assert_int_equal(value_count(value_at(tree_of(&f), "items")), 301);
    ask_with(&f, "GET", V1 "/x", "accept: application/json;as=Table;v=v1;g=meta.k8s.io", STR_NONE);
    assert_str(said(&f, "kind"), "Table");
    assert_str(value_text(value_item(value_at(value_item(value_at(tree_of(&f), "rows"), 0), "cells"), 0)), "x");
    assert_code(&f, ask(&f, "DELETE", V1 "?fieldSelector=spec.hostPort%3Dh2:1", NULL), 200);
    assert_int_equal(value_count(value_at(tree_of(&f), "items")), 100);
    assert_code(&f, ask(&f, "GET", V2, NULL), 200);
    assert_int_equal(value_count(value_at(tree_of(&f), "items")), 201);
    end(&f, &h);
}

static void test_mischief(void **state)
{
    static const struct {
        const char *how, *says;
    } cases[] = {
        {"name", "conversion webhook for example.com/v1, Kind=Widget returned invalid object: must have the same name: a != other"},
        {"version", "conversion webhook for example.com/v1, Kind=Widget returned invalid object at index 0: invalid groupVersion (expected "
                    "example.com/v2, received example.com/v7)"},
        {"kind", "conversion webhook for example.com/v1, Kind=Widget returned invalid object at index 0: invalid kind (expected Widget, "
                 "received Gadget)"},
        {"metadata", "conversion webhook for example.com/v1, Kind=Widget returned invalid object: must have the same name: a != "},
        {"few", "conversion webhook for example.com/v1, Kind=Widget returned 0 objects, expected 1"},
        {"refuse", "conversion webhook for example.com/v1, Kind=Widget failed: I will not"},
        {"500", "conversion webhook for example.com/v1, Kind=Widget failed: an error on the server (\"it broke\")"},
        {"rubbish", "conversion webhook for example.com/v1, Kind=Widget failed: "},
        {"uid", "conversion webhook for example.com/v1, Kind=Widget failed: expected response.uid=\""},
        {"label", "conversion webhook for example.com/v1, Kind=Widget returned invalid metadata: metadata.labels: Invalid value: \"not a value!\""},
    };
    struct fixture f;
    struct hooks h;
    (void)state;
    begin(&f, &h);
    make(&f, V1, "a", "\"hostPort\":\"x:1\"");
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        h.mischief = cases[i].how;
        assert_code(&f, ask(&f, "GET", V2 "/a", NULL), 500);
        assert_str(said(&f, "reason"), "InternalError");
        struct str says = said(&f, "message"), head = STR("Internal error occurred: ");
        if (!str_starts(says, head) || !str_starts(str_from(says, head.n), str_of(cases[i].says)))
            fail_msg("%s: %.*s", cases[i].how, STR_FMT(says));
        assert_code(&f, ask(&f, "GET", V2, NULL), 500);
        assert_code(&f, ask(&f, "GET", V2 "?limit=1", NULL), 500);
        assert_code(&f, ask_patch(&f, "application/merge-patch+json", V2 "/a", "{\"spec\":{\"port\":\"7\"}}"), 500);
        assert_code(&f, ask(&f, "POST", V2, "{\"apiVersion\":\"example.com/v2\",\"kind\":\"Widget\",\"metadata\":{\"name\":\"n\"}}"), 500);
        assert_code(&f, ask(&f, "GET", V1 "/n", NULL), 404);
    }
    h.mischief = "more";
    assert_code(&f, ask(&f, "GET", V2 "/a", NULL), 200);
    assert_str(said(&f, "metadata.labels.made"), "yes");
    assert_int_equal(value_int_at(tree_of(&f), "metadata.generation", 0), 1);
    h.mischief = "uid"; /* which the older review does not look at */
    define(&h, "v1beta1", false, 200);
    assert_code(&f, ask(&f, "GET", V2 "/a", NULL), 200);
    assert_non_null(strstr(h.last, "apiextensions.k8s.io/v1beta1"));
    end(&f, &h);
}

/* Webhooks and policies that want to see another version than the one that is written. */
static void configure(struct hooks *h, const char *kind, const char *path)
{
    SCOPED_BUF b = BUF_INIT(65536);
    char where[128];
    buf_fmt(&b,
            "{\"metadata\":{\"name\":\"w\"},\"webhooks\":[{\"name\":\"w.example.com\",\"sideEffects\":\"None\",\"matchPolicy\":\"Equivalent\","
            "\"admissionReviewVersions\":[\"v1\"],\"rules\":[{\"operations\":[\"*\"],\"apiGroups\":[\"example.com\"],\"apiVersions\":[\"v2\"],"
            "\"resources\":[\"widgets\"]}],\"clientConfig\":{\"url\":\"https://127.0.0.1:%d%s\",\"caBundle\":\"",
            http_server_port(h->server), path);
    buf_base64(&b, str_of(h->ca.cert_pem));
    buf_text(&b, "\"}}]}");
    snprintf(where, sizeof(where), "/apis/admissionregistration.k8s.io/v1/%s", kind);
    assert_code(h->f, ask(h->f, "POST", where, buf_cstr(&b)), 201);
}

#define ADMIT "/apis/admissionregistration.k8s.io/v1/"
static void test_admission(void **state)
{
    struct fixture f;
    struct hooks h;
    (void)state;
    begin(&f, &h);
    configure(&h, "mutatingwebhookconfigurations", "/mutate");
    make(&f, V1, "a", "\"hostPort\":\"x:1\"");
    assert_str(said(&f, "spec.hostPort"), "x:99");
    assert_non_null(strstr(h.admitted, "\"host\":\"x\""));
    assert_non_null(strstr(h.admitted, "\"requestKind\":{\"group\":\"example.com\",\"version\":\"v1\""));
    assert_code(&f, ask(&f, "DELETE", ADMIT "mutatingwebhookconfigurations/w", NULL), 200);
    configure(&h, "validatingwebhookconfigurations", "/validate");
    assert_code(&f, ask_patch(&f, "application/merge-patch+json", V1 "/a", "{\"spec\":{\"hostPort\":\"y:3\"}}"), 200);
    assert_non_null(strstr(h.admitted, "\"host\":\"y\""));
    assert_non_null(strstr(h.admitted, "\"port\":\"99\"")); /* oldObject */
    h.mischief = "refuse";
    assert_code(&f, ask_patch(&f, "application/merge-patch+json", V1 "/a", "{\"spec\":{\"hostPort\":\"z:3\"}}"), 500);
    assert_non_null(strstr(f.body.p, "Kind=Widget failed: I will not"));
    h.mischief = NULL;
    assert_code(&f, ask(&f, "DELETE", ADMIT "validatingwebhookconfigurations/w", NULL), 200);
    /* policies */
    assert_code(&f,
                ask(&f, "POST", ADMIT "validatingadmissionpolicies",
                    "{\"metadata\":{\"name\":\"p\"},\"spec\":{\"matchConstraints\":{"
                    "\"resourceRules\":[{\"operations\":[\"CREATE\",\"UPDATE\"],\"apiGroups\":[\"example.com\"],\"apiVersions\":[\"v2\"],"
                    "\"resources\":[\"widgets\"]}]},"
                    "\"validations\":[{\"expression\":\"object.spec.host != 'bad'\",\"message\":\"bad host\"}]}}"),
                201);
    assert_code(&f,
                ask(&f, "POST", ADMIT "validatingadmissionpolicybindings",
                    "{\"metadata\":{\"name\":\"p\"},\"spec\":{\"policyName\":\"p\","
                    "\"validationActions\":[\"Deny\"]}}"),
                201);
    assert_code(&f, ask_patch(&f, "application/merge-patch+json", V1 "/a", "{\"spec\":{\"hostPort\":\"bad:3\"}}"), 422);
    assert_non_null(strstr(f.body.p, "bad host"));
    assert_code(&f, ask_patch(&f, "application/merge-patch+json", V1 "/a", "{\"spec\":{\"hostPort\":\"good:3\"}}"), 200);
    end(&f, &h);
}

/* Fields are owned in the version they were written in. */
static void test_owners(void **state)
{
    static const char apply2[] = "{apiVersion: example.com/v2, kind: Widget, metadata: {name: a}, spec: {host: %s, port: '9'}}";
    struct fixture f;
    struct hooks h;
    char body[256];
    (void)state;
    begin(&f, &h);
    ask_with(&f, "PATCH", V1 "/a?fieldManager=one", "content-type: application/apply-patch+yaml",
             STR("{apiVersion: example.com/v1, kind: Widget, metadata: {name: a}, spec: {hostPort: 'x:1', replicas: 3}}"));
    assert_code(&f, f.code, 201);
    snprintf(body, sizeof(body), apply2, "yy");
    ask_with(&f, "PATCH", V2 "/a?fieldManager=two", "content-type: application/apply-patch+yaml", str_of(body));
    assert_code(&f, f.code, 409);
    assert_str(said(&f, "message"), "Apply failed with 1 conflict: conflict with \"one\": .spec.hostPort");
    ask_with(&f, "PATCH", V2 "/a?fieldManager=two&force=true", "content-type: application/apply-patch+yaml", str_of(body));
    assert_code(&f, f.code, 200);
    assert_code(&f, ask(&f, "GET", V1 "/a", NULL), 200);
    assert_str(said(&f, "spec.hostPort"), "yy:9");
    assert_null(strstr(f.body.p, "f:hostPort")); /* it is "two"'s, as host and port */
    assert_non_null(strstr(f.body.p, "f:host\""));
    assert_non_null(strstr(f.body.p, "f:replicas"));
    /* whoever changes it in v1 takes it over, whatever it is called there */
    assert_code(&f, ask_patch(&f, "application/merge-patch+json", V1 "/a?fieldManager=three", "{\"spec\":{\"hostPort\":\"z:9\"}}"), 200);
    assert_null(strstr(f.body.p, "f:host\""));
    assert_non_null(strstr(f.body.p, "f:hostPort"));
    assert_non_null(strstr(f.body.p, "f:port")); /* that has not changed */
    end(&f, &h);
}

/* ── watches ── */

struct watcher {
    struct http_call *call;
    char text[262144];
    size_t n;
    bool over;
};

static void on_body(void *ctx, struct str bytes)
{
    struct watcher *w = ctx;
    assert_true(w->n + bytes.n < sizeof(w->text));
    memcpy(w->text + w->n, bytes.p, bytes.n);
    w->n += bytes.n;
    w->text[w->n] = 0;
}

static void on_over(void *ctx, int r, int code, struct str body, const char *error)
{
    struct watcher *w = ctx;
    (void)r;
    (void)code;
    (void)body;
    (void)error;
    w->over = true;
}

static void watch(struct fixture *f, struct watcher *w, const char *path)
{
    struct http_call_options o = {.method = "GET", .path = path, .timeout_ms = 60000};
    struct http_call_events e = {.on_data = on_body, .on_end = on_over, .ctx = w};
    *w = (struct watcher){0};
    assert_done(http_client_call(&w->call, f->client, &o, &e));
}

static void wait_for(struct fixture *f, struct watcher *w, const char *text)
{
    int64_t until = loop_now(f->loop) + 20000;
    while (!strstr(w->text, text) && loop_now(f->loop) < until)
        assert_true(loop_run_for(f->loop, 10) >= 0);
    if (!strstr(w->text, text))
        fail_msg("no %s in %s", text, w->text);
}

static void test_watch(void **state)
{
    static const char *const order[] = {"\"name\":\"a\"", "\"name\":\"b\"", "\"name\":\"c\"", "\"type\":\"DELETED\""};
    struct fixture f;
    struct hooks h;
    struct watcher w, s;
    (void)state;
    begin(&f, &h);
    make(&f, V1, "a", "\"hostPort\":\"x:1\"");
    watch(&f, &w, V2 "?watch=1");
    watch(&f, &s, V2 "?watch=1&fieldSelector=spec.host%3Dy");
    wait_for(&f, &w, "\"name\":\"a\"");
    assert_non_null(strstr(w.text, "\"host\":\"x\""));
    h.hold = true; /* the answer is late: everything else happens meanwhile */
    make(&f, V1, "b", "\"hostPort\":\"y:1\"");
    while (!h.held)
        assert_true(loop_run_for(f.loop, 10) >= 0);
    make(&f, V1, "c", "\"hostPort\":\"z:1\"");
    h.hold = false;
    assert_code(&f, ask(&f, "DELETE", V1 "/a", NULL), 200);
    assert_null(strstr(w.text, "\"name\":\"c\""));
    answer(&h, h.held);
    wait_for(&f, &w, "\"type\":\"DELETED\"");
    const char *at = w.text;
    for (size_t i = 0; i < ARRAY_LEN(order); i++) {
        at = strstr(at, order[i]);
        assert_non_null(at);
    }
    assert_null(strstr(w.text, "\"hostPort\""));
    /* in and out of a selector's view */
    wait_for(&f, &s, "\"type\":\"ADDED\"");
    assert_code(&f, ask_patch(&f, "application/merge-patch+json", V1 "/b", "{\"spec\":{\"hostPort\":\"y:5\"}}"), 200);
    wait_for(&f, &s, "\"type\":\"MODIFIED\"");
    assert_code(&f, ask_patch(&f, "application/merge-patch+json", V1 "/b", "{\"spec\":{\"hostPort\":\"q:5\"}}"), 200);
    wait_for(&f, &s, "\"type\":\"DELETED\"");
    assert_null(strstr(s.text, "\"host\":\"x\""));
    assert_null(strstr(s.text, "\"host\":\"q\""));
    /* a webhook that fails: an error, and the end */
    h.mischief = "refuse";
    make(&f, V1, "d", "\"hostPort\":\"y:1\"");
    wait_for(&f, &w, "\"type\":\"ERROR\"");
    assert_non_null(strstr(w.text, "Kind=Widget failed: I will not"));
    while (!w.over || !s.over)
        assert_true(loop_run_for(f.loop, 10) >= 0);
    h.mischief = NULL;
    /* another definition: the watch ends, the next one sees it through */
    watch(&f, &w, V1 "?watch=1");
    wait_for(&f, &w, "\"name\":\"d\"");
    define(&h, "v1", true, 200);
    make(&f, V2, "e", "\"host\":\"k\",\"port\":\"2\"");
    while (!w.over)
        assert_true(loop_run_for(f.loop, 10) >= 0);
    watch(&f, &w, V1 "?watch=1&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true");
    wait_for(&f, &w, "k8s.io/initial-events-end");
    assert_non_null(strstr(w.text, "\"hostPort\":\"k:2\""));
    /* the server stops while somebody waits */
    h.hold = true;
    h.held = NULL;
    make(&f, V2, "g", "\"host\":\"k\",\"port\":\"2\"");
    while (!h.held)
        assert_true(loop_run_for(f.loop, 10) >= 0);
    struct watcher list, one, page; /* they wait for the same answer */
    watch(&f, &list, V1);
    watch(&f, &page, V1 "?limit=100");
    watch(&f, &one, V1 "/g");
    assert_true(loop_run_for(f.loop, 100) >= 0);
    assert_false(list.over || page.over || one.over);
    f.client = http_client_free(f.client);
    assert_true(loop_run_for(f.loop, 100) >= 0);
    f.server = http_server_free(f.server);
    f.api = api_free(f.api);
    end(&f, &h);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_verbs),     cmocka_unit_test(test_lists),  cmocka_unit_test(test_mischief),
        cmocka_unit_test(test_admission), cmocka_unit_test(test_owners), cmocka_unit_test(test_watch),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
