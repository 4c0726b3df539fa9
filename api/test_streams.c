/* Lists in pages and forms, watches, documents, ceilings, and the client inside the process. */
#include "api/fixture.h"
#include "client/client.h"
#include "registry/registry.h"
#include "yaml/yaml.h"

#define CM    "/api/v1/namespaces/default/configmaps"
#define TABLE "accept: application/json;as=Table;v=v1;g=meta.k8s.io,application/json"

static void create(struct fixture *f, const char *name, const char *label)
{
    char body[128];
    snprintf(body, sizeof(body), "{\"metadata\":{\"name\":\"%s\",\"labels\":{\"l\":\"%s\"}}}", name, label);
    assert_code(f, ask(f, "POST", CM, body), 201);
}

static void test_pages(void **state)
{
    struct fixture f;
    char name[16], path[512];
    (void)state;
    fixture_start(&f, NULL);
    for (int i = 0; i < 10; i++) {
        snprintf(name, sizeof(name), "c%02d", i);
        create(&f, name, "x");
    }
    assert_code(&f, ask(&f, "GET", CM "?limit=4", NULL), 200);
    struct value *page = tree_of(&f);
    struct str token = value_text_at(page, "metadata.continue"), version = value_text_at(page, "metadata.resourceVersion");
    assert_int_equal(value_count(value_at(page, "items")), 4);
    assert_int_equal(value_int_at(page, "metadata.remainingItemCount", 0), 6);
    assert_str(value_text_at(value_item(value_at(page, "items"), 3), "metadata.name"), "c03");
    assert_null(value_at(value_item(value_at(page, "items"), 0), "kind")); /* items of a list carry no type */

    create(&f, "c035", "x"); /* between the pages: not seen by the list under way */
    assert_code(&f, ask(&f, "DELETE", CM "/c04", NULL), 200);
    snprintf(path, sizeof(path), CM "?limit=4&continue=%.*s", STR_FMT(token));
    assert_code(&f, ask(&f, "GET", path, NULL), 200);
    page = tree_of(&f);
    assert_str(value_text_at(value_item(value_at(page, "items"), 0), "metadata.name"), "c04");
    assert_true(str_eq(value_text_at(page, "metadata.resourceVersion"), version));
    assert_int_equal(value_int_at(page, "metadata.remainingItemCount", 0), 2);
    token = value_text_at(page, "metadata.continue");
    snprintf(path, sizeof(path), CM "?limit=4&continue=%.*s", STR_FMT(token));
    assert_code(&f, ask(&f, "GET", path, NULL), 200);
    page = tree_of(&f);
    assert_int_equal(value_count(value_at(page, "items")), 2);
    assert_str(value_text_at(page, "metadata.continue"), "");

    /* compacted: 410, with a token that goes on inconsistently */
    create(&f, "z", "y");
    assert_done(store_compact(f.store, store_revision(f.store), NULL));
    assert_code(&f, ask(&f, "GET", path, NULL), 410);
    assert_str(said(&f, "reason"), "Expired");
    token = said(&f, "metadata.continue");
    assert_true(token.n > 0);
    snprintf(path, sizeof(path), CM "?limit=4&continue=%.*s", STR_FMT(token));
    assert_code(&f, ask(&f, "GET", path, NULL), 200);

    assert_code(&f, ask(&f, "GET", CM "?labelSelector=l%20in%20(y)", NULL), 200);
    assert_int_equal(value_count(value_at(tree_of(&f), "items")), 1);
    assert_code(&f, ask(&f, "GET", CM "?fieldSelector=metadata.name%3Dc01", NULL), 200);
    assert_int_equal(value_count(value_at(tree_of(&f), "items")), 1);
    assert_code(&f, ask(&f, "GET", CM "?resourceVersion=1&resourceVersionMatch=Exact", NULL), 410);
    assert_code(&f, ask(&f, "GET", CM "?resourceVersion=1&resourceVersionMatch=NotOlderThan", NULL), 200);
    fixture_stop(&f);
}

/* A list longer than one piece comes whole, whichever way it is encoded. */
static void test_long_list(void **state)
{
    struct fixture f;
    char body[8300], name[16];
    (void)state;
    fixture_start(&f, NULL);
    memset(body, 'x', sizeof(body));
    for (int i = 0; i < 60; i++) {
        int n = snprintf(body, sizeof(body), "{\"metadata\":{\"name\":\"c%02d\"},\"data\":{\"k\":\"", i);
        body[n] = 'x';
        memcpy(body + sizeof(body) - 4, "\"}}", 4);
        assert_code(&f, ask(&f, "POST", CM, body), 201);
        memset(body, 'x', sizeof(body));
    }
    assert_code(&f, ask(&f, "GET", CM, NULL), 200);
    assert_true(f.body.n > 400000);
    assert_int_equal(value_count(value_at(tree_of(&f), "items")), 60);
    ask_with(&f, "GET", CM, "accept-encoding: gzip", STR_NONE);
    assert_int_equal(f.code, 200);
    assert_true(f.body.n < 40000 && f.body.p[0] == 0x1f && (unsigned char)f.body.p[1] == 0x8b);
    ask_with(&f, "GET", CM, "accept: application/vnd.kubernetes.protobuf", STR_NONE);
    assert_int_equal(f.code, 200);
    assert_string_equal(f.type, "application/vnd.kubernetes.protobuf");
    struct value tree = {0};
    struct err err = {{0}};
    assert_done(object_decode(f.mem, OBJECT_PROTOBUF, f.body, NULL, &tree, NULL, NULL, &err));
    assert_str(value_text_at(&tree, "kind"), "ConfigMapList");
    assert_int_equal(value_count(value_at(&tree, "items")), 60);
    snprintf(name, sizeof(name), "c%02d", 59);
    assert_str(value_text_at(value_item(value_at(&tree, "items"), 59), "metadata.name"), name);
    fixture_stop(&f);
}

static bool is_same_list(struct fixture *f, const char *path, const char *as, size_t n)
{
    char accept[160];
    struct value tree = {0};
    struct err err = {{0}};
    snprintf(accept, sizeof(accept), "accept: application/json%s", as);
    ask_with(f, "GET", path, accept, STR_NONE);
    assert_int_equal(f->code, 200);
    struct value *json = tree_of(f), *entries = value_at(json, "items");
    entries = entries ? entries : value_at(json, "rows");
    assert_int_equal(value_count(entries), n);
    snprintf(accept, sizeof(accept), "accept: application/yaml%s", as);
    ask_with(f, "GET", path, accept, STR_NONE);
    assert_int_equal(f->code, 200);
    assert_string_equal(f->type, "application/yaml");
    assert_done(yaml_parse(f->mem, f->body, NULL, &tree, &err));
    SCOPED_BUF again = BUF_INIT(0); /* as if it had been printed at once */
    assert_done(yaml_print(&again, &tree, &err));
    assert_true(str_eq(buf_view(&again), f->body));
    return value_equal(json, &tree);
}

/* The same list in two forms: what is told is the same, unless a Table's ages have moved on in between. */
static void same_list(struct fixture *f, const char *path, const char *as, size_t n)
{
    for (int i = 0; i < 5; i++)
        if (is_same_list(f, path, as, n))
            return;
    fail_msg("%s%s is not the same in YAML", path, as);
}

static void same_metadata(struct fixture *f, const char *path, size_t n)
{
    struct value tree = {0};
    struct err err = {{0}};
    const struct schema_kind *list = schema_kind_find(STR("meta.k8s.io"), STR("v1"), STR("PartialObjectMetadataList"));
    ask_with(f, "GET", path, "accept: application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io", STR_NONE);
    struct value *json = tree_of(f);
    ask_with(f, "GET", path, "accept: application/vnd.kubernetes.protobuf;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io", STR_NONE);
    assert_int_equal(f->code, 200);
    assert_done(object_decode(f->mem, OBJECT_PROTOBUF, f->body, list, &tree, NULL, NULL, &err));
    assert_str(value_text_at(&tree, "kind"), "PartialObjectMetadataList");
    assert_true(str_eq(value_text_at(&tree, "metadata.resourceVersion"), value_text_at(json, "metadata.resourceVersion")));
    assert_int_equal(value_count(value_at(&tree, "items")), n);
    for (size_t i = 0; i < n; i++)
        assert_true(
            value_equal(value_at(value_item(value_at(&tree, "items"), i), "metadata"), value_at(value_item(value_at(json, "items"), i), "metadata")));
}

#define HPAS "/namespaces/default/horizontalpodautoscalers"

static void test_list_forms(void **state)
{
    static const char *const shapes[] = {"", ";as=Table;v=v1;g=meta.k8s.io", ";as=PartialObjectMetadataList;v=v1;g=meta.k8s.io"};
    struct fixture f;
    char body[2100];
    (void)state;
    fixture_start(&f, &(struct api_limits){.turn_ns = 1});
    for (size_t i = 0; i < ARRAY_LEN(shapes); i++)
        same_list(&f, CM, shapes[i], 0);
    for (int i = 0; i < 150; i++) { /* more than goes in one piece; lines to fold, to quote and to keep */
        int n = snprintf(
            body, sizeof(body),
            "{\"metadata\":{\"name\":\"c%03d\",\"annotations\":{\"n\":\"one line\\nand  two: # of %d\\n\"}},\"data\":{\"yes\":\"0x1\",\"k\":\"", i,
            i);
        while (n < 2000)
            n += snprintf(body + n, sizeof(body) - (size_t)n, "word%d %s", n, n % 7 ? "" : "  ");
        snprintf(body + n, sizeof(body) - (size_t)n, "\"}}");
        assert_code(&f, ask(&f, "POST", CM, body), 201);
    }
    for (size_t i = 0; i < ARRAY_LEN(shapes); i++) {
        same_list(&f, CM, shapes[i], 150);
        same_list(&f, CM "?limit=7", shapes[i], 7);
    }
    same_metadata(&f, CM, 150);
    same_metadata(&f, CM "?labelSelector=none=such", 0);
    for (int i = 0; i < 3; i++) {
        snprintf(body, sizeof(body),
                 "{\"metadata\":{\"name\":\"h%d\"},\"spec\":{\"maxReplicas\":3,\"scaleTargetRef\":{\"kind\":\"Deployment\",\"name\":\"d\"}}}", i);
        assert_code(&f, ask(&f, "POST", "/apis/autoscaling/v2" HPAS, body), 201);
    }
    same_list(&f, "/apis/autoscaling/v1" HPAS, "", 3);
    same_list(&f, "/apis/autoscaling/v2" HPAS, "", 3);
    ask_with(&f, "GET", "/apis/autoscaling/v1" HPAS, "accept: application/vnd.kubernetes.protobuf", STR_NONE);
    struct value tree = {0};
    struct err err = {{0}};
    assert_done(object_decode(f.mem, OBJECT_PROTOBUF, f.body, NULL, &tree, NULL, NULL, &err));
    assert_str(value_text_at(&tree, "apiVersion"), "autoscaling/v1");
    assert_int_equal(value_int_at(value_item(value_at(&tree, "items"), 2), "spec.maxReplicas", 0), 3);
    assert_code(&f, ask(&f, "GET", "/apis/autoscaling/v1" HPAS, NULL), 200);
    assert_str(value_text_at(value_item(value_at(tree_of(&f), "items"), 1), "spec.scaleTargetRef.name"), "d");
    assert_null(value_at(value_item(value_at(tree_of(&f), "items"), 1), "kind"));
    fixture_stop(&f);
}

static void test_forms(void **state)
{
    struct fixture f;
    (void)state;
    fixture_start(&f, NULL);
    create(&f, "a", "x");
    ask_with(&f, "GET", CM, TABLE, STR_NONE);
    assert_int_equal(f.code, 200);
    assert_str(said(&f, "kind"), "Table");
    assert_str(said(&f, "apiVersion"), "meta.k8s.io/v1");
    struct value *t = tree_of(&f), *row = value_item(value_at(t, "rows"), 0);
    assert_str(value_text(value_item(value_at(row, "cells"), 0)), "a");
    assert_str(value_text_at(row, "object.kind"), "PartialObjectMetadata");
    assert_str(value_text_at(row, "object.metadata.labels.l"), "x");
    assert_str(value_text_at(value_item(value_at(t, "columnDefinitions"), 0), "name"), "Name");
    ask_with(&f, "GET", CM "/a?includeObject=Object", TABLE, STR_NONE);
    assert_str(value_text_at(value_item(value_at(tree_of(&f), "rows"), 0), "object.kind"), "ConfigMap");
    ask_with(&f, "GET", CM, "accept: application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io", STR_NONE);
    assert_str(said(&f, "kind"), "PartialObjectMetadataList");
    ask_with(&f, "GET", CM "/a", "accept: application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io", STR_NONE);
    assert_str(said(&f, "kind"), "PartialObjectMetadata");
    assert_str(said(&f, "metadata.name"), "a");
    ask_with(&f, "GET", CM "/a", "accept: application/yaml", STR_NONE);
    assert_string_equal(f.type, "application/yaml");
    assert_true(str_starts(f.body, STR("apiVersion: v1\nkind: ConfigMap\n")));
    ask_with(&f, "GET", CM "/a", "accept: application/vnd.kubernetes.protobuf", STR_NONE);
    assert_true(f.body.n > 4 && !memcmp(f.body.p, "k8s\0", 4));
    struct str pb = f.body;
    assert_code(&f, ask(&f, "DELETE", CM "/a", NULL), 200);
    struct value tree = {0};
    struct err err = {{0}};
    assert_done(object_decode(f.mem, OBJECT_PROTOBUF, pb, NULL, &tree, NULL, NULL, &err));
    value_del(value_at(&tree, "metadata"), STR("resourceVersion"));
    SCOPED_BUF b = BUF_INIT(0);
    assert_done(object_encode(&b, OBJECT_PROTOBUF, schema_kind_find(STR(""), STR("v1"), STR("ConfigMap")), &tree, &err));
    ask_with(&f, "POST", CM, "content-type: application/vnd.kubernetes.protobuf\naccept: application/vnd.kubernetes.protobuf", buf_view(&b));
    assert_int_equal(f.code, 201);
    assert_true(!memcmp(f.body.p, "k8s\0", 4));
    ask_with(&f, "GET", CM "/none", "accept: application/vnd.kubernetes.protobuf", STR_NONE);
    assert_int_equal(f.code, 404);
    assert_done(object_decode(f.mem, OBJECT_PROTOBUF, f.body, NULL, &tree, NULL, NULL, &err));
    assert_str(value_text_at(&tree, "reason"), "NotFound");
    fixture_stop(&f);
}

/* ── watches ── */

struct watcher {
    struct fixture *f;
    struct buf text;
    bool ended;
    int code;
};

static void watcher_head(void *ctx, int code, const struct http_header *h, size_t n)
{
    struct watcher *w = ctx;
    (void)h;
    (void)n;
    w->code = code;
}

static void watcher_data(void *ctx, struct str bytes)
{
    struct watcher *w = ctx;
    buf_str(&w->text, bytes);
}

static void watcher_end(void *ctx, int r, int code, struct str body, const char *error)
{
    struct watcher *w = ctx;
    (void)r;
    (void)body;
    (void)error;
    w->code = code;
    w->ended = true;
}

static struct http_call *watch(struct fixture *f, struct watcher *w, const char *path)
{
    struct http_call *call = NULL;
    struct http_call_options o = {.method = "GET", .path = path};
    struct http_call_events e = {.on_head = watcher_head, .on_data = watcher_data, .on_end = watcher_end, .ctx = w};
    *w = (struct watcher){.f = f};
    assert_done(http_client_call(&call, f->client, &o, &e));
    for (int i = 0; i < 100 && !w->code; i++)
        assert_true(loop_run_for(f->loop, 20) >= 0);
    assert_true(w->code);
    return call;
}

/* "ADDED a|DELETED b|BOOKMARK " … of all events so far */
static const char *events(struct watcher *w, size_t at_least)
{
    static char out[4096];
    for (int i = 0; i < 150; i++) {
        size_t n = 0, lines = 0;
        struct str rest = buf_view(&w->text), line;
        out[0] = 0;
        while (rest.n && str_next(&rest, '\n', &line) && line.n && rest.p) {
            struct value *e = arena_alloc(w->f->mem, sizeof(*e));
            assert_non_null(e);
            assert_done(json_parse(w->f->mem, line, e, NULL));
            bool end = value_get(value_at(e, "object.metadata.annotations"), STR("k8s.io/initial-events-end")) != NULL;
            struct str name = value_text_at(e, "object.metadata.name");
            if (!name.n)
                name = value_text_at(e, "object.reason");
            n += (size_t)snprintf(out + n, sizeof(out) - n, "%s%.*s %.*s%s", lines ? "|" : "", STR_FMT(value_text_at(e, "type")), STR_FMT(name),
                                  end ? "end" : "");
            lines++;
        }
        if (lines >= at_least)
            return out;
        assert_true(loop_run_for(w->f->loop, 20) >= 0);
    }
    return out;
}

static struct value *event_at(struct watcher *w, size_t n)
{
    struct str rest = buf_view(&w->text), line = STR_NONE;
    for (size_t i = 0; i <= n; i++)
        assert_true(str_next(&rest, '\n', &line));
    struct value *e = arena_alloc(w->f->mem, sizeof(*e));
    assert_non_null(e);
    assert_done(json_parse(w->f->mem, line, e, NULL));
    return e;
}

static void test_watch(void **state)
{
    struct fixture f;
    struct watcher w, x, y, z;
    char path[256];
    (void)state;
    struct api_limits limits = {.bookmark_ms = 300};
    fixture_start(&f, &limits);
    create(&f, "a", "x");
    struct str before = said(&f, "metadata.resourceVersion");
    struct http_call *one = watch(&f, &w, CM "?watch=1");
    struct http_call *two = watch(&f, &x, CM "?watch=1&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true");
    struct http_call *three = watch(&f, &y, CM "?watch=1&labelSelector=l%3Dx");
    snprintf(path, sizeof(path), CM "?watch=1&timeoutSeconds=1&resourceVersion=%.*s", STR_FMT(before));
    watch(&f, &z, path);
    create(&f, "b", "y");
    assert_code(&f, ask_patch(&f, "application/merge-patch+json", CM "/b", "{\"metadata\":{\"labels\":{\"l\":\"x\"}}}"), 200);
    assert_code(&f, ask_patch(&f, "application/merge-patch+json", CM "/a", "{\"metadata\":{\"labels\":{\"l\":\"y\"}}}"), 200);
    struct str left_at = said(&f, "metadata.resourceVersion");
    assert_code(&f, ask(&f, "DELETE", CM "/b", NULL), 200);
    assert_string_equal(events(&w, 5), "ADDED a|ADDED b|MODIFIED b|MODIFIED a|DELETED b");
    assert_string_equal(events(&y, 4), "ADDED a|ADDED b|DELETED a|DELETED b");
    struct value *left = event_at(&y, 2); /* it left the selector: told as it was, at the revision of the change */
    assert_str(value_text_at(left, "object.metadata.labels.l"), "x");
    assert_true(str_eq(value_text_at(left, "object.metadata.resourceVersion"), left_at));
    assert_string_equal(events(&z, 4), "ADDED b|MODIFIED b|MODIFIED a|DELETED b");
    assert_string_equal(events(&x, 7), "ADDED a|BOOKMARK end|ADDED b|MODIFIED b|MODIFIED a|DELETED b|BOOKMARK ");
    for (int i = 0; i < 100 && !z.ended; i++)
        assert_true(loop_run_for(f.loop, 20) >= 0);
    assert_true(z.ended);
    http_call_cancel(one);
    http_call_cancel(two);
    http_call_cancel(three);
    buf_done(&w.text);
    buf_done(&x.text);
    buf_done(&y.text);
    buf_done(&z.text);

    assert_done(store_compact(f.store, store_revision(f.store), NULL));
    watch(&f, &w, CM "?watch=1&resourceVersion=2");
    assert_string_equal(events(&w, 1), "ERROR Expired");
    buf_done(&w.text);
    fixture_stop(&f);
}

/* What there is at a watch's beginning is told at the reader's pace, long after the request has been dealt with. */
static void test_slow_start(void **state)
{
    struct fixture f;
    struct watcher w = {.f = &f};
    char body[65600], name[64];
    (void)state;
    fixture_start(&f, NULL);
    for (int i = 0; i < 300; i++) {
        memset(body, 'x', sizeof(body));
        int n = snprintf(name, sizeof(name), "{\"metadata\":{\"name\":\"c%03d\"},\"data\":{\"k\":\"", i);
        memcpy(body, name, (size_t)n);
        memcpy(body + sizeof(body) - 4, "\"}}", 4);
        assert_code(&f, ask(&f, "POST", CM, body), 201);
    }
    struct http_call *call = NULL;
    struct http_call_options o = {.method = "GET", .path = CM "?watch=1&timeoutSeconds=5"};
    struct http_call_events e = {.on_head = watcher_head, .on_data = watcher_data, .on_end = watcher_end, .ctx = &w};
    assert_done(http_client_call(&call, f.client, &o, &e));
    http_call_pause(call, true);
    assert_true(loop_run_for(f.loop, 500) >= 0);
    assert_true(w.text.n < 300 * sizeof(body));
    http_call_pause(call, false);
    for (int i = 0; i < 500 && w.text.n < 300 * sizeof(body); i++)
        assert_true(loop_run_for(f.loop, 20) >= 0);
    assert_true(str_find(buf_view(&w.text), STR("\"c299\"")) > 0);
    http_call_cancel(call);
    buf_done(&w.text);
    fixture_stop(&f);
}

/* A revision that is yet to come is waited for; one that does not come is told so. */
static void test_future(void **state)
{
    struct fixture f;
    struct watcher w, x, y, gone;
    char path[256];
    (void)state;
    fixture_start(&f, NULL);
    create(&f, "a", "x");
    long long next = store_revision(f.store) + 1;
    struct http_call *calls[4];
    struct watcher *all[] = {&w, &x, &y, &gone};
    const char *const paths[] = {CM "?resourceVersion=", CM "/a?resourceVersion=",
                                 CM "?watch=1&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&resourceVersion=", CM "?resourceVersion="};
    for (int i = 0; i < 4; i++) {
        snprintf(path, sizeof(path), "%s%lld", paths[i], next);
        struct http_call_options o = {.method = "GET", .path = path};
        struct http_call_events e = {.on_head = watcher_head, .on_data = watcher_data, .on_end = watcher_end, .ctx = all[i]};
        *all[i] = (struct watcher){.f = &f};
        assert_done(http_client_call(&calls[i], f.client, &o, &e));
    }
    assert_true(loop_run_for(f.loop, 100) >= 0);
    for (int i = 0; i < 4; i++)
        assert_int_equal(all[i]->code, 0);
    http_call_cancel(calls[3]); /* who goes is forgotten */
    create(&f, "b", "x");
    for (int i = 0; i < 100 && !(w.ended && x.ended && y.code); i++)
        assert_true(loop_run_for(f.loop, 20) >= 0);
    assert_int_equal(w.code, 200);
    assert_int_equal(x.code, 200);
    assert_true(str_find(buf_view(&w.text), STR("\"b\"")) > 0);
    assert_string_equal(events(&y, 2), "ADDED a|ADDED b");
    http_call_cancel(calls[2]);
    snprintf(path, sizeof(path), CM "?resourceVersion=%lld", next + 1000);
    assert_code(&f, ask(&f, "GET", path, NULL), 504);
    assert_str(said(&f, "reason"), "Timeout");
    assert_int_equal(value_int_at(tree_of(&f), "details.retryAfterSeconds", 0), 1);
    assert_str(value_text_at(value_item(value_at(tree_of(&f), "details.causes"), 0), "reason"), "ResourceVersionTooLarge");
    snprintf(path, sizeof(path), CM "?resourceVersionMatch=Exact&resourceVersion=%lld", next + 1000);
    assert_code(&f, ask(&f, "GET", path, NULL), 504);
    for (int i = 0; i < 4; i++)
        buf_done(&all[i]->text);
    fixture_stop(&f);
}

static void test_watch_limit(void **state)
{
    struct fixture f;
    struct watcher w;
    struct api_limits limits = {.watches = 1};
    (void)state;
    fixture_start(&f, &limits);
    struct http_call *one = watch(&f, &w, CM "?watch=1");
    assert_code(&f, ask(&f, "GET", CM "?watch=1", NULL), 429);
    assert_str(said(&f, "reason"), "TooManyRequests");
    http_call_cancel(one);
    buf_done(&w.text);
    fixture_stop(&f);
}

/* ── what is no resource ── */

static void test_documents(void **state)
{
    static const char *const paths[] = {
        "/",           "/api",    "/apis", "/api/v1", "/apis/apps", "/apis/apps/v1", "/openapi/v3", "/openapi/v3/api/v1", "/openapi/v3/apis/apps/v1",
        "/openapi/v2", "/version"};
    struct fixture f;
    (void)state;
    fixture_start(&f, NULL);
    for (size_t i = 0; i < ARRAY_LEN(paths); i++) {
        assert_code(&f, ask(&f, "GET", paths[i], NULL), 200);
        assert_non_null(tree_of(&f));
    }
    ask_with(&f, "GET", "/apis", "accept: application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json", STR_NONE);
    assert_string_equal(f.type, "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList");
    assert_str(said(&f, "kind"), "APIGroupDiscoveryList");
    ask_with(&f, "GET", "/apis", "accept: application/vnd.kubernetes.protobuf;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList", STR_NONE);
    assert_true(!memcmp(f.body.p, "k8s\0", 4));
    ask_with(&f, "GET", "/openapi/v2", "accept: application/com.github.proto-openapi.spec.v2@v1.0+protobuf", STR_NONE);
    assert_string_equal(f.type, "application/com.github.proto-openapi.spec.v2.v1.0+protobuf");
    assert_true(!memcmp(f.body.p, "\n\0032.0", 5));
    ask_with(&f, "GET", "/openapi/v3/apis/apps/v1", "accept: application/com.github.proto-openapi.spec.v3.v1.0+protobuf, application/json", STR_NONE);
    assert_string_equal(f.type, "application/com.github.proto-openapi.spec.v3.v1.0+protobuf");
    assert_true(!memcmp(f.body.p, "\n\0053.0.0", 7));
    ask_with(&f, "GET", "/openapi/v2", "accept: application/com.github.proto-openapi.spec.v3@v1.0+protobuf", STR_NONE);
    assert_int_equal(f.code, 406);
    ask_with(&f, "GET", "/openapi/v3/apis/nope/v1", "accept: application/com.github.proto-openapi.spec.v3@v1.0+protobuf", STR_NONE);
    assert_int_equal(f.code, 404);
    assert_code(&f, ask(&f, "GET", "/readyz?verbose", NULL), 200);
    assert_true(str_ends(f.body, STR("readyz check passed\n")));
    assert_code(&f, ask(&f, "GET", "/livez/ping", NULL), 200);
    assert_str(f.body, "ok");
    assert_code(&f, ask(&f, "GET", "/livez/nothing", NULL), 404);
    assert_code(&f, ask(&f, "GET", "/metrics", NULL), 200);
    assert_true(str_find(f.body, STR("apiserver_request_total{")) >= 0);
    assert_code(&f, ask(&f, "GET", "/nowhere", NULL), 404);
    assert_code(&f, ask(&f, "POST", "/version", "{}"), 405);
    fixture_stop(&f);
}

static void test_components(void **state)
{
    struct fixture f;
    static const char path[] = "/api/v1/componentstatuses";
    (void)state;
    fixture_start(&f, &(struct api_limits){.turn_ns = 1}); /* every object is a turn of its own */
    assert_code(&f, ask(&f, "GET", path, NULL), 200);
    assert_str(said(&f, "kind"), "ComponentStatusList");
    const struct value *items = value_at(tree_of(&f), "items");
    assert_int_equal(value_count(items), 2);
    assert_str(value_text_at(value_item(items, 1), "metadata.name"), "etcd-0");
    assert_str(value_text_at(value_item(value_at(value_item(items, 0), "conditions"), 0), "status"), "True");
    assert_str(value_text_at(value_item(value_at(value_item(items, 0), "conditions"), 0), "message"), "ok");
    f.ill = true;
    assert_code(&f, ask(&f, "GET", "/api/v1/componentstatuses/scheduler", NULL), 200);
    assert_str(said(&f, "kind"), "ComponentStatus");
    assert_str(value_text_at(value_item(value_at(tree_of(&f), "conditions"), 0), "status"), "False");
    assert_str(value_text_at(value_item(value_at(tree_of(&f), "conditions"), 0), "message"), "it is ill");
    assert_code(&f, ask(&f, "GET", "/api/v1/componentstatuses/other", NULL), 404);
    assert_code(&f, ask(&f, "GET", "/api/v1/componentstatuses?fieldSelector=metadata.name=etcd-0", NULL), 200);
    assert_int_equal(value_count(value_at(tree_of(&f), "items")), 1);
    assert_code(&f, ask(&f, "GET", "/api/v1/componentstatuses?labelSelector=a=b", NULL), 200);
    assert_int_equal(value_count(value_at(tree_of(&f), "items")), 0);
    ask_with(&f, "GET", path, "accept: application/json;as=Table;v=v1;g=meta.k8s.io", STR_NONE);
    const struct value *cells = value_at(value_item(value_at(tree_of(&f), "rows"), 0), "cells");
    assert_str(value_text(value_item(cells, 0)), "scheduler");
    assert_str(value_text(value_item(cells, 1)), "Unhealthy");
    ask_with(&f, "GET", path, "accept: application/vnd.kubernetes.protobuf", STR_NONE);
    assert_true(!memcmp(f.body.p, "k8s\0", 4));
    ask_with(&f, "GET", path, "accept: application/yaml", STR_NONE);
    assert_true(str_find(f.body, STR("kind: ComponentStatusList")) >= 0);
    assert_code(&f, ask(&f, "DELETE", "/api/v1/componentstatuses/etcd-0", NULL), 405);
    fixture_stop(&f);
}

/* ── inside the process ── */

struct inside {
    struct fixture *f;
    int code;
    char name[64];
    size_t n, puts, deleted, synced;
    bool done;
};

static void inside_reply(void *ctx, const struct client_reply *r)
{
    struct inside *i = ctx;
    i->code = r->code;
    i->n = r->n_items;
    if (r->object)
        snprintf(i->name, sizeof(i->name), "%.*s", STR_FMT(object_name(r->object)));
    i->f->done = true;
}

static void inside_send(struct client *c, struct inside *i, const struct client_call *call)
{
    i->code = 0;
    assert_done(client_send(c, call, inside_reply, i));
    assert_int_equal(i->code, 0); /* never from inside */
    fixture_wait(i->f);
}

static void test_inside(void **state)
{
    static const char *const groups[] = {"system:masters", NULL};
    struct fixture f;
    struct client *c;
    (void)state;
    fixture_start(&f, NULL);
    struct inside i = {.f = &f};
    const struct schema_resource *r = schema_resource_find(STR(""), STR("v1"), STR("configmaps"));
    assert_done(api_client_new(&c, f.api, "system:test", groups, "test", NULL));
    struct value body = value_make_map();
    assert_non_null(value_put(f.mem, &body, "metadata.name", value_make_text(STR("in"))));
    struct client_call call = {.verb = CLIENT_CREATE, .resource = r, .ns = STR("default"), .body = &body, .grace = -1};
    inside_send(c, &i, &call);
    assert_int_equal(i.code, 201);
    assert_string_equal(i.name, "in");
    inside_send(c, &i, &call);
    assert_int_equal(i.code, 409);
    call = (struct client_call){.verb = CLIENT_LIST, .resource = r, .grace = -1};
    inside_send(c, &i, &call);
    assert_int_equal(i.n, 1);
    struct client_cache *k;
    assert_done(client_cache_new(&k, c, &(struct client_cache_options){.resource = r}));
    for (int t = 0; t < 50 && !client_cache_synced(k); t++)
        assert_true(loop_run_for(f.loop, 20) >= 0);
    assert_true(client_cache_synced(k));
    assert_int_equal(client_cache_count(k), 1);
    create(&f, "out", "x");
    for (int t = 0; t < 50 && client_cache_count(k) < 2; t++)
        assert_true(loop_run_for(f.loop, 20) >= 0);
    assert_int_equal(client_cache_count(k), 2);
    call = (struct client_call){.verb = CLIENT_DELETE, .resource = r, .ns = STR("default"), .name = STR("in"), .grace = -1};
    inside_send(c, &i, &call);
    assert_int_equal(i.code, 200);
    client_cache_free(k);
    client_free(c);
    fixture_stop(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_pages),     cmocka_unit_test(test_long_list),  cmocka_unit_test(test_list_forms), cmocka_unit_test(test_forms),
        cmocka_unit_test(test_watch),     cmocka_unit_test(test_future),     cmocka_unit_test(test_slow_start), cmocka_unit_test(test_watch_limit),
        cmocka_unit_test(test_documents), cmocka_unit_test(test_components), cmocka_unit_test(test_inside),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
