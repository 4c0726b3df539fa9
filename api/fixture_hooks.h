/* A webhook server for tests that run a whole API server: its path decides what it answers. */
#ifndef CORACLE_API_FIXTURE_HOOKS_H
#define CORACLE_API_FIXTURE_HOOKS_H

#include "api/fixture.h"

#define CONFIGS "/apis/admissionregistration.k8s.io/v1/"

struct hooks {
    struct fixture *f;
    struct http_server *server;
    struct tls_pair ca, own;
    SSL_CTX *serving;
    unsigned asked;
    char last[65536];      /* the last question */
    struct http_req *held; /* /hold: answered when told */
    struct str held_uid;
};

static inline void say(struct http_req *q, struct str uid, const char *rest)
{
    SCOPED_BUF b = BUF_INIT(65536);
    struct http_header h = {STR("content-type"), STR("application/json")};
    buf_fmt(&b, "{\"apiVersion\":\"admission.k8s.io/v1\",\"kind\":\"AdmissionReview\",\"response\":{\"uid\":\"%.*s\",%s}}", STR_FMT(uid), rest);
    http_reply(q, 200, &h, 1, (struct http_bytes){.bytes = buf_view(&b)});
}

static inline void say_patch(struct http_req *q, struct str uid, const char *patch)
{
    SCOPED_BUF b = BUF_INIT(65536);
    buf_text(&b, "\"allowed\":true,\"patchType\":\"JSONPatch\",\"patch\":\"");
    buf_base64(&b, str_of(patch));
    buf_char(&b, '"');
    say(q, uid, buf_cstr(&b));
}

/* Adds key name = how many keys it sees. */
static inline void count_keys(struct http_req *q, struct str uid, const struct value *object, const char *name)
{
    char patch[256];
    const struct value *data = value_at(object, "data");
    if (data)
        snprintf(patch, sizeof(patch), "[{\"op\":\"add\",\"path\":\"/data/%s\",\"value\":\"%zu\"}]", name, value_count(data));
    else
        snprintf(patch, sizeof(patch), "[{\"op\":\"add\",\"path\":\"/data\",\"value\":{\"%s\":\"0\"}}]", name);
    say_patch(q, uid, patch);
}

static inline void on_question(void *ctx, struct http_req *q)
{
    struct hooks *h = ctx;
    struct str path = http_req_path(q), body = http_req_body(q);
    struct value tree = {0};
    h->asked++;
    snprintf(h->last, sizeof(h->last), "%.*s", STR_FMT(body));
    assert_done(json_parse(h->f->mem, body, &tree, NULL));
    assert_str(value_text_at(&tree, "kind"), "AdmissionReview");
    struct str uid = value_text_at(&tree, "request.uid");
    const struct value *object = value_at(&tree, "request.object");
    if (str_is(path, "/deny"))
        say(q, uid,
            "\"allowed\":false,\"status\":{\"code\":402,\"reason\":\"Because\",\"message\":\"not today\",\"details\":{\"causes\":"
            "[{\"reason\":\"r\",\"message\":\"m\",\"field\":\"spec.x\"}]}}");
    else if (str_is(path, "/mute"))
        say(q, uid, "\"allowed\":false");
    else if (str_is(path, "/warn"))
        say(q, uid, "\"allowed\":true,\"warnings\":[\"beware\"]");
    else if (str_is(path, "/a"))
        count_keys(q, uid, object, "a");
    else if (str_is(path, "/b"))
        count_keys(q, uid, object, "b");
    else if (str_is(path, "/unknown"))
        say_patch(q, uid, "[{\"op\":\"add\",\"path\":\"/nonsense\",\"value\":1},{\"op\":\"add\",\"path\":\"/data\",\"value\":{\"k\":\"v\"}}]");
    else if (str_is(path, "/image"))
        say_patch(q, uid, "[{\"op\":\"add\",\"path\":\"/spec/initContainers\",\"value\":[{\"name\":\"init\",\"image\":\"x\"}]}]");
    else if (str_is(path, "/uid"))
        say(q, STR("wrong"), "\"allowed\":true");
    else if (str_is(path, "/rubbish"))
        http_reply(q, 200, NULL, 0, (struct http_bytes){.bytes = STR_INIT("<html>")});
    else if (str_is(path, "/broken"))
        http_reply(q, 500, NULL, 0, (struct http_bytes){.bytes = STR_INIT("it broke")});
    else if (str_is(path, "/hold")) {
        h->held = q;
        assert_done(arena_str(h->f->mem, uid, &h->held_uid));
    } else
        say(q, uid, "\"allowed\":true");
}

static inline void hooks_start(struct hooks *h, struct fixture *f)
{
    static const char *const ips[] = {"127.0.0.1", NULL}, *const dns[] = {"hook.default.svc", "127.0.0.1", NULL};
    struct tls_names names = {.ips = ips, .dns = dns};
    int64_t now = time(NULL);
    *h = (struct hooks){.f = f};
    assert_done(tls_ca_make(&h->ca, "ca", now, 1, NULL));
    assert_done(tls_cert_make(&h->own, &h->ca, "hook", NULL, &names, TLS_USAGE_SERVER, now, 1, NULL));
    assert_done(tls_server_context(&h->serving, &h->own, NULL, STR_NONE, NULL));
    struct http_server_options o = {.address = "127.0.0.1", .tls = h->serving, .on_request = on_question, .ctx = h};
    assert_done(http_server_new(&h->server, f->loop, &o, NULL));
}

static inline void hooks_stop(struct hooks *h)
{
    http_server_free(h->server);
    tls_context_free(h->serving);
    tls_pair_done(&h->ca);
    tls_pair_done(&h->own);
}

/* One configuration of one webhook; `more` are further members of it. */
static inline void configure(struct hooks *h, const char *kind, const char *name, const char *path, const char *more)
{
    char where[128];
    SCOPED_BUF b = BUF_INIT(65536);
    bool mutating = kind[0] == 'M';
    buf_fmt(&b,
            "{\"metadata\":{\"name\":\"%s\"},\"webhooks\":[{\"name\":\"%s.example.com\",\"sideEffects\":\"None\",\"timeoutSeconds\":1,"
            "\"admissionReviewVersions\":[\"v1\"],\"clientConfig\":{\"url\":\"https://127.0.0.1:%d%s\",\"caBundle\":\"",
            name, name, http_server_port(h->server), path);
    buf_base64(&b, str_of(h->ca.cert_pem));
    buf_fmt(&b, "\"},%s}]}", more);
    snprintf(where, sizeof(where), CONFIGS "%s", mutating ? "mutatingwebhookconfigurations" : "validatingwebhookconfigurations");
    assert_code(h->f, ask(h->f, "POST", where, buf_cstr(&b)), 201);
}

static inline void forget(struct hooks *h, const char *kind, const char *name)
{
    char where[256];
    snprintf(where, sizeof(where), CONFIGS "%s/%s", kind[0] == 'M' ? "mutatingwebhookconfigurations" : "validatingwebhookconfigurations", name);
    assert_code(h->f, ask(h->f, "DELETE", where, NULL), 200);
}

#define ALL_MAPS               "\"rules\":[{\"operations\":[\"CREATE\",\"UPDATE\"],\"apiGroups\":[\"\"],\"apiVersions\":[\"v1\"],\"resources\":[\"configmaps\"]}]"
#define ALL_OF(ops, resources) "\"rules\":[{\"operations\":[" ops "],\"apiGroups\":[\"*\"],\"apiVersions\":[\"*\"],\"resources\":[" resources "]}]"

#endif
