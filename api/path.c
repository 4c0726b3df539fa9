/* Everything that is no resource: discovery, OpenAPI, version, health, metrics, OpenID. */
#include "api/inside.h"
#include "audit/audit.h"
#include "http/http.h"
#include "json/json.h"
#include "meter/meter.h"

#define DISCOVERY_BYTES_MAX ((size_t)32 * 1024 * 1024)

static void not_found(struct call *c)
{
    call_text(c, 404, "404 page not found\n");
}

/* ── documents made on demand ── */

static void serve_made(struct call *c, const char *key, const char *content_type, int (*make)(struct call *c, struct buf *out, struct err *err))
{
    struct document *d = document_get(c->api, str_of(key));
    if (!d) {
        SCOPED_BUF b = BUF_INIT(OPENAPI_BYTES_MAX);
        struct err err = {{0}};
        int r = make(c, &b, &err);
        if (r == OPENAPI_ABSENT) {
            not_found(c);
            return;
        }
        if (r == 0)
            d = document_keep(c->api, str_of(key), &b, content_type);
        if (r < 0 || !d) {
            call_memory(c);
            return;
        }
    }
    call_document(c, d);
}

/* ── discovery ── */

static int encode(struct call *c, const char *group, const char *version, const char *kind, const struct value *tree, struct buf *out,
                  struct err *err)
{
    const struct schema_kind *k = schema_kind_find(str_of(group), str_of(version), str_of(kind));
    int r = k ? object_encode(out, c->accept.format, k, tree, err) : -ENOENT;
    if (r == 0 && c->accept.format == OBJECT_JSON && (!out->n || out->p[out->n - 1] != '\n'))
        buf_char(out, '\n');
    return r < 0 ? r : buf_error(out);
}

static int make_discovery(struct call *c, struct buf *out, struct err *err)
{
    SCOPED(arena) mem = NULL;
    struct value tree = {0};
    struct str path = c->route.path, rest, group, version;
    int r = arena_new(&mem, DISCOVERY_BYTES_MAX);
    if (r < 0)
        return r;
    while (path.n && path.p[path.n - 1] == '/')
        path.n--;
    bool core = str_is(path, "/api") || str_starts(path, STR("/api/"));
    if (str_is(path, "/api") || str_is(path, "/apis")) {
        if (c->accept.shape == APIREQ_DISCOVERY) {
            const char *v = str_is(c->accept.version, "v2beta1") ? "v2beta1" : "v2";
            r = openapi_aggregated(mem, &c->api->set, core, str_of(v), &tree);
            if (r == 0 && !core)
                r = aggregate_add_discovery(c->api->aggregate, mem, &tree);
            return r ? r : encode(c, "apidiscovery.k8s.io", v, "APIGroupDiscoveryList", &tree, out, err);
        }
        if (core) {
            struct str address = arena_fmt(mem, "%s:%d", c->api->advertise_address ? c->api->advertise_address : "127.0.0.1",
                                           c->api->advertise_port ? c->api->advertise_port : 6443);
            r = openapi_versions(mem, address, &tree);
            return r ? r : encode(c, "", "v1", "APIVersions", &tree, out, err);
        }
        r = openapi_groups(mem, &c->api->set, &tree);
        if (r == 0)
            r = aggregate_add_groups(c->api->aggregate, mem, &tree);
        return r ? r : encode(c, "", "v1", "APIGroupList", &tree, out, err);
    }
    rest = str_from(path, core ? 5 : 6);
    if (core) {
        r = openapi_resources(mem, &c->api->set, STR(""), rest, &tree);
        return r ? r : encode(c, "", "v1", "APIResourceList", &tree, out, err);
    }
    if (!str_cut(rest, '/', &group, &version)) {
        r = openapi_group(mem, &c->api->set, group, &tree);
        if (r >= 0 && aggregate_has_group(c->api->aggregate, group))
            r = aggregate_add_group(c->api->aggregate, mem, group, &tree);
        return r ? r : encode(c, "", "v1", "APIGroup", &tree, out, err);
    }
    r = openapi_resources(mem, &c->api->set, group, version, &tree);
    return r ? r : encode(c, "", "v1", "APIResourceList", &tree, out, err);
}

static const char *discovery_type(const struct call *c)
{
    bool beta = str_is(c->accept.version, "v2beta1");
    if (c->accept.shape != APIREQ_DISCOVERY)
        return apireq_content_type(c->accept.format, false);
    switch (c->accept.format) {
    case OBJECT_PROTOBUF:
        return beta ? "application/vnd.kubernetes.protobuf;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList"
                    : "application/vnd.kubernetes.protobuf;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";
    case OBJECT_YAML:
        return beta ? "application/yaml;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList"
                    : "application/yaml;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";
    case OBJECT_JSON:
    default:
        return beta ? "application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList"
                    : "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";
    }
}

static void discovery(struct call *c)
{
    struct str types, path = c->route.path;
    struct apireq_status st;
    while (path.n && path.p[path.n - 1] == '/')
        path.n--;
    bool top = str_is(path, "/api") || str_is(path, "/apis");
    if (apireq_accept_parse(http_req_header(c->q, "accept"), top ? APIREQ_ACCEPT_DISCOVERY : 0, &c->accept, &types)) {
        apireq_status_not_acceptable(c->a, &st, types);
        call_status(c, &st);
        return;
    }
    struct str key = arena_fmt(c->a, "discovery %llu %llu %d %d %.*s %.*s", (unsigned long long)schema_custom_generation(),
                               (unsigned long long)aggregate_generation(c->api->aggregate), c->accept.format, c->accept.shape,
                               STR_FMT(c->accept.version), STR_FMT(path));
    if (!key.p)
        call_memory(c);
    else
        serve_made(c, key.p, discovery_type(c), make_discovery);
}

/* ── OpenAPI ── */

/* With the documents of the API servers behind: the closing }} is opened once more. */
static int v3_index(struct call *c, struct buf *out)
{
    SCOPED_BUF more = BUF_INIT(4u << 20);
    int r = openapi_v3_index(&c->api->set, out);
    aggregate_add_openapi(c->api->aggregate, false, &more);
    if (r || !more.n)
        return r;
    out->n -= 2;
    buf_str(out, buf_view(&more));
    buf_text(out, "}}");
    return MIN(buf_error(&more), buf_error(out));
}

static int make_v3(struct call *c, struct buf *out, struct err *err)
{
    struct str rest = str_from(c->route.path, sizeof("/openapi/v3") - 1), group, version;
    (void)err;
    while (rest.n && rest.p[0] == '/')
        rest = str_from(rest, 1);
    if (!rest.n)
        return v3_index(c, out);
    if (str_starts(rest, STR("api/")))
        return openapi_v3(&c->api->set, STR(""), str_from(rest, 4), out);
    if (str_starts(rest, STR("apis/")) && str_cut(str_from(rest, 5), '/', &group, &version))
        return openapi_v3(&c->api->set, group, version, out);
    return OPENAPI_ABSENT;
}

static int make_openapi(struct call *c, struct buf *out, struct err *err)
{
    (void)err;
    return str_is(c->route.path, "/openapi/v2") ? openapi_v2(&c->api->set, out) : make_v3(c, out, err);
}

/* Documents change with the custom kinds there are. */
static struct str openapi_key(struct call *c, const char *form)
{
    return arena_fmt(c->a, "%s%llu %llu %.*s", form, (unsigned long long)schema_custom_generation(),
                     (unsigned long long)aggregate_generation(c->api->aggregate), STR_FMT(c->route.path));
}

/* From the JSON form, which most likely stands in the cache. */
static int make_openapi_protobuf(struct call *c, struct buf *out, struct err *err)
{
    bool v3 = !str_is(c->route.path, "/openapi/v2");
    struct document *json = document_get(c->api, openapi_key(c, ""));
    int r;
    if (json) {
        r = openapi_protobuf(str_make(json->bytes, json->n), v3, out);
        document_put(json);
        return r;
    }
    SCOPED_BUF b = BUF_INIT(OPENAPI_BYTES_MAX);
    r = make_openapi(c, &b, err);
    return r ? r : openapi_protobuf(buf_view(&b), v3, out);
}

/* The index of v3 is JSON alone. */
static void openapi(struct call *c)
{
    static const char *const types2[] = {"application/json", "application/com.github.proto-openapi.spec.v2.v1.0+protobuf",
                                         "application/com.github.proto-openapi.spec.v2@v1.0+protobuf"};
    static const char *const types3[] = {"application/json", "application/com.github.proto-openapi.spec.v3.v1.0+protobuf",
                                         "application/com.github.proto-openapi.spec.v3@v1.0+protobuf"};
    bool index = str_is(c->route.path, "/openapi/v3") || str_is(c->route.path, "/openapi/v3/");
    const char *const *types = str_is(c->route.path, "/openapi/v2") ? types2 : types3;
    struct apireq_status st;
    int at = index ? 0 : apireq_accept_pick(http_req_header(c->q, "accept"), types, ARRAY_LEN(types2));
    if (at < 0) {
        apireq_status_not_acceptable(c->a, &st, arena_fmt(c->a, "%s, %s", types[0], types[1]));
        call_status(c, &st);
        return;
    }
    struct str key = openapi_key(c, at ? "protobuf " : "");
    if (!key.p)
        call_memory(c);
    else
        serve_made(c, key.p, at ? types[1] : types[0], at ? make_openapi_protobuf : make_openapi);
}

/* ── health ── */

static int check_store(void *ctx, struct err *err)
{
    struct api *a = ctx;
    struct store_stats s;
    store_stats(a->store, &s);
    return s.failed ? err_raise(err, -EIO, "the last commit failed") : 0;
}

static int check_nothing(void *ctx, struct err *err)
{
    (void)ctx;
    (void)err;
    return 0;
}

static int check_begun(void *ctx, struct err *err)
{
    struct api *a = ctx;
    return a->ready ? 0 : err_raise(err, -EAGAIN, "not finished");
}

static int check_staying(void *ctx, struct err *err)
{
    struct api *a = ctx;
    return a->draining ? err_raise(err, -ESHUTDOWN, "the server is about to stop") : 0;
}

static const struct api_check own_checks[] = {
    {"ping", check_nothing, NULL, false},
    {"log", check_nothing, NULL, false},
    {"etcd", check_store, NULL, false},
    {"etcd-readiness", check_store, NULL, true},
    {"poststarthook/rbac/bootstrap-roles", check_begun, NULL, true},
    {"shutdown", check_staying, NULL, true},
};

static const struct api_check *check_at(const struct api *a, size_t i)
{
    if (i < ARRAY_LEN(own_checks))
        return &own_checks[i];
    i -= ARRAY_LEN(own_checks);
    return i < a->n_checks ? &a->checks[i] : NULL;
}

static int run_check(struct api *a, size_t i, struct err *err)
{
    const struct api_check *k = check_at(a, i);
    return k->fn(i < ARRAY_LEN(own_checks) ? a : k->ctx, err);
}

static bool excluded(struct call *c, const char *name)
{
    struct str rest = http_req_query(c->q), key, value;
    while (http_query_next(c->a, &rest, &key, &value))
        if (str_is(key, "exclude") && str_is(value, name))
            return true;
    return false;
}

static void health(struct call *c, const char *which, struct str only)
{
    SCOPED_BUF b = BUF_INIT(0);
    SCOPED_BUF ignored = BUF_INIT(64);
    struct call_headers h;
    bool good = true, found = !only.n, ready = !strcmp(which, "readyz");
    const struct api_check *k;
    for (size_t i = 0; (k = check_at(c->api, i)) != NULL; i++) {
        struct err err = {{0}};
        if ((k->ready_only && !ready) || (only.n && !str_is(only, k->name)))
            continue;
        found = true;
        if (excluded(c, k->name)) {
            buf_fmt(&b, "[+]%s excluded: ok\n", k->name);
        } else if (run_check(c->api, i, &err) == 0) {
            buf_fmt(&b, "[+]%s ok\n", k->name);
        } else {
            good = false;
            buf_fmt(&b, "[-]%s failed: %s\n", k->name, err.text[0] ? err.text : "reason withheld");
        }
    }
    if (!found) {
        not_found(c);
        return;
    }
    bool verbose = http_query_get(http_req_query(c->q), "verbose", &ignored);
    if (good && (!verbose || only.n)) {
        buf_clear(&b);
        buf_text(&b, "ok");
    } else {
        buf_fmt(&b, "%s check %s\n", which, good ? "passed" : "failed");
    }
    call_headers(c, "text/plain; charset=utf-8", &h);
    call_header(&h, "x-content-type-options", STR("nosniff"));
    call_bytes(c, good ? 200 : 500, &h, &b);
}

static bool health_path(struct call *c)
{
    static const char *const names[] = {"healthz", "livez", "readyz"};
    for (size_t i = 0; i < ARRAY_LEN(names); i++) {
        struct str rest = str_from(c->route.path, 1), want = str_of(names[i]);
        if (!str_starts(rest, want))
            continue;
        rest = str_from(rest, want.n);
        if (rest.n && rest.p[0] != '/')
            continue;
        health(c, names[i], str_from(rest, 1));
        return true;
    }
    return false;
}

/* ── the rest ── */

static void version(struct call *c)
{
    struct call_headers h;
    SCOPED_BUF b = BUF_INIT(0);
#if defined(__aarch64__)
    const char *machine = "arm64";
#elif defined(__riscv)
    const char *machine = "riscv64";
#else
    const char *machine = "amd64";
#endif
    call_headers(c, "application/json", &h);
    buf_fmt(&b,
            "{\n  \"major\": \"1\",\n  \"minor\": \"37\",\n  \"emulationMajor\": \"1\",\n  \"emulationMinor\": \"37\",\n"
            "  \"minCompatibilityMajor\": \"1\",\n  \"minCompatibilityMinor\": \"36\",\n  \"gitVersion\": \"v1.37.0+coracle-%s\",\n"
            "  \"gitCommit\": \"\",\n  \"gitTreeState\": \"clean\",\n  \"buildDate\": \"1970-01-01T00:00:00Z\",\n  \"goVersion\": \"\",\n"
            "  \"compiler\": \"cc\",\n  \"platform\": \"linux/%s\"\n}",
            CORACLE_VERSION, machine);
    call_bytes(c, 200, &h, &b);
}

static void metrics(struct call *c)
{
    struct call_headers h;
    struct store_stats s;
    SCOPED_BUF b = BUF_INIT(0);
    meter_print(&b);
    store_stats(c->api->store, &s);
    buf_fmt(&b, "# HELP apiserver_storage_objects Objects stored.\n# TYPE apiserver_storage_objects gauge\napiserver_storage_objects %zu\n",
            s.objects);
    buf_fmt(&b, "# HELP coracle_store_object_bytes Memory objects hold.\n# TYPE coracle_store_object_bytes gauge\ncoracle_store_object_bytes %zu\n",
            s.object_bytes);
    buf_fmt(&b, "# HELP coracle_store_log_events Events kept for watchers.\n# TYPE coracle_store_log_events gauge\ncoracle_store_log_events %zu\n",
            s.log_events);
    buf_fmt(
        &b,
        "# HELP coracle_store_commits_total Batches made durable.\n# TYPE coracle_store_commits_total counter\ncoracle_store_commits_total %lld\n",
        (long long)s.commits);
    buf_fmt(&b,
            "# HELP coracle_store_commit_seconds_total Time they took.\n# TYPE coracle_store_commit_seconds_total counter\n"
            "coracle_store_commit_seconds_total %.6f\n",
            (double)s.commit_ns / 1e9);
    fair_metrics(c->api->fair, &b);
    if (c->api->audit)
        audit_metrics(c->api->audit, &b);
    call_headers(c, "text/plain; version=0.0.4; charset=utf-8", &h);
    call_bytes(c, 200, &h, &b);
}

static void openid(struct call *c, bool keys)
{
    struct call_headers h;
    SCOPED_BUF b = BUF_INIT(0);
    int r;
    if (!c->api->auth) {
        not_found(c);
        return;
    }
    struct str uri = arena_fmt(c->a, "%s/openid/v1/jwks", c->api->external_url ? c->api->external_url : "https://kubernetes.default.svc");
    r = keys ? auth_jwks(c->api->auth, &b, NULL) : auth_openid_configuration(c->api->auth, uri, &b);
    if (r < 0) {
        not_found(c);
        return;
    }
    call_headers(c, keys ? "application/jwk-set+json" : "application/json", &h);
    h.at[1].value = STR("public, max-age=3600");
    call_bytes(c, 200, &h, &b);
}

static void root(struct call *c)
{
    static const char *const fixed[] = {"/.well-known/openid-configuration", "/api", "/api/v1", "/apis"};
    static const char *const rest[] = {"/healthz", "/livez", "/metrics", "/openapi/v2", "/openapi/v3", "/openid/v1/jwks", "/readyz", "/version"};
    const struct schema_resource *rows;
    size_t n = schema_resources(&rows);
    struct call_headers h;
    SCOPED_BUF b = BUF_INIT(0);
    buf_text(&b, "{\n  \"paths\": [");
    for (size_t i = 0; i < ARRAY_LEN(fixed); i++)
        buf_fmt(&b, "%s\n    \"%s\"", i ? "," : "", fixed[i]);
    for (size_t i = 0; i < n; i++) {
        bool new_group = i == 0 || !str_eq(rows[i].group, rows[i - 1].group);
        bool new_version = new_group || !str_eq(rows[i].version, rows[i - 1].version);
        if (!rows[i].group.n || !openapi_has_group_version(&c->api->set, rows[i].group, rows[i].version))
            continue;
        if (new_group)
            buf_fmt(&b, ",\n    \"/apis/%.*s\"", STR_FMT(rows[i].group));
        if (new_version)
            buf_fmt(&b, ",\n    \"/apis/%.*s/%.*s\"", STR_FMT(rows[i].group), STR_FMT(rows[i].version));
    }
    for (size_t i = 0; i < ARRAY_LEN(rest); i++)
        buf_fmt(&b, ",\n    \"%s\"", rest[i]);
    buf_text(&b, "\n  ]\n}");
    call_headers(c, "application/json", &h);
    call_bytes(c, 200, &h, &b);
}

void call_path(struct call *c)
{
    struct str p = c->route.path, method = http_req_method(c->q);
    struct apireq_status st;
    if (!str_is(method, "GET") && !str_is(method, "HEAD")) {
        apireq_status_error(c->a, &st, 405, "MethodNotAllowed", "the server does not allow this method on the requested resource");
        st.has_details = true;
        call_status(c, &st);
    } else if (str_is(p, "/")) {
        root(c);
    } else if (health_path(c)) {
        return;
    } else if (str_is(p, "/version") || str_is(p, "/version/")) {
        version(c);
    } else if (turns_path(c)) {
        return;
    } else if (str_is(p, "/metrics")) {
        metrics(c);
    } else if (str_is(p, "/openapi/v2") || str_is(p, "/openapi/v3") || str_starts(p, STR("/openapi/v3/"))) {
        openapi(c);
    } else if (str_is(p, "/api") || str_is(p, "/apis") || str_starts(p, STR("/api/")) || str_starts(p, STR("/apis/"))) {
        discovery(c);
    } else if (str_is(p, "/.well-known/openid-configuration")) {
        openid(c, false);
    } else if (str_is(p, "/openid/v1/jwks")) {
        openid(c, true);
    } else {
        not_found(c);
    }
}
