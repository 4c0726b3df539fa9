/* The room from its door: a definition in the catalogue, a hook that speaks TLS, and memory that runs out. */
#include "tests/unit.h"

#include "convert/convert.h"
#include "http/http.h"
#include "json/json.h"
#include "structural/structural.h"
#include "tls/tls.h"

struct world {
    struct loop *loop;
    struct store *store;
    struct convert *x;
    struct http_server *server;
    struct tls_pair ca, own;
    SSL_CTX *serving;
    struct schema_custom *custom;
    const struct schema_resource *v1, *v2;
    struct object *objects[8];
    unsigned asked, sent;
    int answers, failures;
    char error[1024];
};

/* Relabels what it gets. */
static void on_question(void *ctx, struct http_req *q)
{
    struct world *w = ctx;
    SCOPED(arena) a = NULL;
    SCOPED_BUF b = BUF_INIT(1 << 20);
    struct value tree = {0};
    struct http_header type = {STR("content-type"), STR("application/json")};
    int r = arena_new(&a, 16 << 20);
    if (r == 0)
        r = json_parse(a, http_req_body(q), &tree, NULL);
    struct value *list = value_at(&tree, "request.objects");
    w->asked++;
    VALUE_EACH_ITEM (o, list) {
        VALUE_SET(&r, a, o, "apiVersion", value_make_text(value_text_at(&tree, "request.desiredAPIVersion")));
        w->sent++;
    }
    buf_fmt(&b,
            "{\"apiVersion\":\"apiextensions.k8s.io/v1\",\"kind\":\"ConversionReview\",\"response\":{\"uid\":\"%.*s\",\"result\":{\"status\":"
            "\"Success\"},\"convertedObjects\":",
            STR_FMT(value_text_at(&tree, "request.uid")));
    json_print(&b, list);
    buf_text(&b, "}}");
    http_reply(q, r == 0 ? 200 : 500, &type, 1, (struct http_bytes){.bytes = r == 0 ? buf_view(&b) : STR("no memory")});
}

static struct object *object(const char *name)
{
    char key[128], text[256];
    struct object *o = NULL;
    snprintf(key, sizeof(key), "/registry/example.com/widgets/default/%s", name);
    snprintf(text, sizeof(text), "{\"apiVersion\":\"example.com/v1\",\"kind\":\"Widget\",\"metadata\":{\"name\":\"%s\",\"namespace\":\"default\"}}\n",
             name);
    assert_done(object_load(&o, str_of(key), str_of(text), 7, 7, NULL));
    return o;
}

static void begin(struct world *w)
{
    static const char *const ips[] = {"127.0.0.1", NULL};
    struct tls_names names = {.ips = ips};
    struct store_options so = {0};
    SCOPED_BUF b = BUF_INIT(65536);
    struct object *crd = NULL;
    int64_t now = time(NULL);
    *w = (struct world){0};
    assert_done(loop_new(&w->loop));
    assert_done(store_open(&w->store, w->loop, &so, NULL));
    assert_done(tls_ca_make(&w->ca, "ca", now, 1, NULL));
    assert_done(tls_cert_make(&w->own, &w->ca, "hook", NULL, &names, TLS_USAGE_SERVER, now, 1, NULL));
    assert_done(tls_server_context(&w->serving, &w->own, NULL, STR_NONE, NULL));
    struct http_server_options o = {.address = "127.0.0.1", .tls = w->serving, .on_request = on_question, .ctx = w};
    assert_done(http_server_new(&w->server, w->loop, &o, NULL));
    buf_text(
        &b,
        "{\"apiVersion\":\"apiextensions.k8s.io/v1\",\"kind\":\"CustomResourceDefinition\",\"metadata\":{\"name\":\"widgets.example.com\"},"
        "\"spec\":{\"group\":\"example.com\",\"scope\":\"Namespaced\",\"names\":{\"plural\":\"widgets\",\"singular\":\"widget\",\"kind\":"
        "\"Widget\",\"listKind\":\"WidgetList\"},\"versions\":[{\"name\":\"v1\",\"served\":true,\"storage\":true},{\"name\":\"v2\",\"served\":true,"
        "\"storage\":false}],\"conversion\":{\"strategy\":\"Webhook\",\"webhook\":{\"conversionReviewVersions\":[\"v1\"],\"clientConfig\":{");
    buf_fmt(&b, "\"url\":\"https://127.0.0.1:%d/c\",\"caBundle\":\"", http_server_port(w->server));
    buf_base64(&b, str_of(w->ca.cert_pem));
    buf_text(
        &b,
        "\"}}}},\"status\":{\"acceptedNames\":{\"plural\":\"widgets\",\"singular\":\"widget\",\"kind\":\"Widget\",\"listKind\":\"WidgetList\"}}}");
    SCOPED(arena) a = NULL;
    struct value tree = {0};
    assert_done(arena_new(&a, 16 << 20));
    assert_done(json_parse(a, buf_view(&b), &tree, NULL));
    assert_done(object_freeze(&crd, STR("/registry/apiextensions.k8s.io/customresourcedefinitions/widgets.example.com"),
                              schema_kind_find(STR("apiextensions.k8s.io"), STR("v1"), STR("CustomResourceDefinition")), &tree, NULL));
    assert_done(structural_custom(&w->custom, crd, NULL, NULL));
    object_unref(crd);
    schema_custom_ref(w->custom);
    assert_done(schema_custom_publish(w->custom));
    for (size_t i = 0; i < w->custom->n; i++)
        *(str_is(w->custom->resources[i].version, "v1") ? &w->v1 : &w->v2) = &w->custom->resources[i];
    for (size_t i = 0; i < ARRAY_LEN(w->objects); i++) {
        char name[8];
        snprintf(name, sizeof(name), "o%zu", i);
        w->objects[i] = object(name);
    }
}

static void end(struct world *w)
{
    convert_free(w->x);
    for (size_t i = 0; i < ARRAY_LEN(w->objects); i++)
        object_unref(w->objects[i]);
    schema_custom_withdraw(STR("widgets.example.com"));
    schema_custom_unref(w->custom);
    http_server_free(w->server);
    tls_context_free(w->serving);
    tls_pair_done(&w->ca);
    tls_pair_done(&w->own);
    store_close(w->store);
    loop_free(w->loop);
}

static void on_answer(void *ctx, const struct convert_answer *a)
{
    struct world *w = ctx;
    if (a->r < 0) {
        w->failures++;
        snprintf(w->error, sizeof(w->error), "%.*s", STR_FMT(a->error));
        return;
    }
    char scratch[32];
    struct str version;
    assert_true(object_field(a->objects[0], "apiVersion", &version, scratch));
    assert_str(version, "example.com/v2");
    assert_int_equal(a->objects[0]->revision, 7);
    w->answers++;
}

static void run(struct world *w, int until)
{
    int64_t late = loop_now(w->loop) + 20000;
    while (w->answers + w->failures < until && loop_now(w->loop) < late)
        assert_true(loop_run_for(w->loop, 5) >= 0);
    assert_int_equal(w->answers + w->failures, until);
}

static void test_sharing(void **state)
{
    struct world w;
    struct convert_call *one, *two, *gone;
    (void)state;
    begin(&w);
    assert_done(convert_new(&w.x, w.loop, w.store, NULL));
    assert_false(convert_needed(w.v1, w.objects[0]));
    assert_true(convert_needed(w.v2, w.objects[0]));
    assert_null(convert_known(w.x, w.v2, w.objects[0]));
    struct object *same = convert_known(w.x, w.v1, w.objects[0]);
    assert_ptr_equal(same, w.objects[0]);
    object_unref(same);
    /* what one asks for, others do not ask again */
    assert_done(convert_fetch(&one, w.x, w.v2, w.objects, 4, on_answer, &w));
    assert_done(convert_fetch(&gone, w.x, w.v2, w.objects + 1, 1, on_answer, &w));
    assert_done(convert_fetch(&two, w.x, w.v2, w.objects + 2, 4, on_answer, &w));
    assert_null(convert_cancel(gone));
    run(&w, 2);
    assert_int_equal(w.answers, 2);
    assert_int_equal(w.sent, 6);
    assert_int_equal(w.asked, 2);
    struct object *a = convert_known(w.x, w.v2, w.objects[5]), *b = convert_known(w.x, w.v2, w.objects[5]);
    assert_non_null(a);
    assert_ptr_equal(a, b);
    object_unref(a);
    object_unref(b);
    /* all known: told all the same */
    assert_done(convert_fetch(&one, w.x, w.v2, w.objects, 2, on_answer, &w));
    assert_int_equal(w.answers, 2);
    run(&w, 3);
    assert_int_equal(w.asked, 2);
    /* a definition that is another asks anew */
    struct schema_custom *fresh = NULL;
    assert_done(structural_custom(&fresh, structural_definition(w.custom), NULL, NULL));
    assert_done(schema_custom_publish(fresh));
    assert_done(convert_fetch(&one, w.x,
                              fresh->resources[0].kind == w.v2->kind ? w.v2 : &fresh->resources[str_is(fresh->resources[0].version, "v2") ? 0 : 1],
                              w.objects, 2, on_answer, &w));
    run(&w, 4);
    assert_int_equal(w.asked, 3);
    assert_null(convert_known(w.x, w.v2, w.objects[5]));
    /* nobody there any more */
    w.server = http_server_free(w.server);
    assert_done(convert_fetch(&one, w.x, w.v2, w.objects + 7, 1, on_answer, &w));
    run(&w, 5);
    assert_int_equal(w.failures, 1);
    assert_non_null(strstr(w.error, "conversion webhook for example.com/v1, Kind=Widget failed: Post \"https://127.0.0.1:"));
    assert_non_null(strstr(w.error, "/c?timeout=30s\": "));
    /* the end finds somebody waiting */
    assert_done(convert_fetch(&one, w.x, w.v2, w.objects + 6, 1, on_answer, &w));
    w.x = convert_free(w.x);
    assert_int_equal(w.failures, 2);
    end(&w);
}

static void on_ready(void *ctx, int r, struct str error)
{
    struct world *w = ctx;
    (void)error;
    *(r < 0 ? &w->failures : &w->answers) += 1;
}

static void on_tree(void *ctx, int r, const struct value *made, struct str error)
{
    struct world *w = ctx;
    (void)error;
    if (r == 0)
        assert_str(value_text_at(made, "apiVersion"), "example.com/v2");
    *(r < 0 ? &w->failures : &w->answers) += 1;
}

static void test_line(void **state)
{
    struct world w;
    struct convert_line *l;
    struct convert_item item;
    (void)state;
    begin(&w);
    assert_done(convert_new(&w.x, w.loop, w.store, NULL));
    assert_done(convert_line_new(&l, w.x, w.v2, on_ready, &w));
    assert_true(convert_line_empty(l));
    for (int i = 0; i < 8; i++)
        assert_done(convert_line_put(l, &(struct convert_item){.object = w.objects[i], .previous = i ? w.objects[i - 1] : NULL, .tag = i}));
    assert_false(convert_line_take(l, &item));
    assert_int_equal(convert_line_go(l), CONVERT_WAITS);
    assert_true(convert_line_waits(l));
    assert_int_equal(convert_line_put(l, &(struct convert_item){.object = w.objects[0]}), -ENOBUFS);
    run(&w, 1);
    assert_int_equal(w.sent, 8);
    for (int i = 0; i < 8; i++) {
        assert_true(convert_line_take(l, &item));
        assert_int_equal(item.tag, i);
        assert_true(str_eq(object_name(item.object), object_name(w.objects[i])));
        assert_true(i == 0 || !convert_needed(w.v2, item.previous));
    }
    assert_false(convert_line_take(l, &item));
    assert_true(convert_line_empty(l));
    /* what is known goes straight through */
    assert_done(convert_line_put(l, &(struct convert_item){.object = w.objects[3]}));
    assert_int_equal(convert_line_go(l), 0);
    assert_true(convert_line_take(l, &item));
    /* left while it waits */
    struct object *fresh = object("fresh");
    assert_done(convert_line_put(l, &(struct convert_item){.object = fresh}));
    assert_int_equal(convert_line_go(l), CONVERT_WAITS);
    convert_line_free(l);
    object_unref(fresh);
    end(&w);
}

static int starved(void *ctx)
{
    struct world *w = ctx;
    struct convert_call *call;
    struct value tree = {0};
    SCOPED(arena) a = NULL;
    int wanted = 0;
    w->answers = w->failures = 0;
    int r = convert_new(&w->x, w->loop, w->store, NULL);
    if (r == 0)
        r = convert_fetch(&call, w->x, w->v2, w->objects, 3, on_answer, w);
    wanted += r == 0;
    if (r == 0)
        r = arena_new(&a, 1 << 20);
    if (r == 0)
        r = object_tree(a, w->objects[4], &tree, NULL);
    if (r == 0 && (r = convert_tree(w->x, w->v2, &tree, on_tree, w)) == 0)
        wanted++;
    for (int i = 0; i < 2000 && w->answers + w->failures < wanted; i++)
        if (loop_run_for(w->loop, 5) < 0)
            break;
    w->x = convert_free(w->x);
    if (r == 0 && w->answers + w->failures != 2)
        return 1; /* somebody has not been told */
    return r < 0 || w->failures ? -ENOMEM : 0;
}

static void test_memory(void **state)
{
    struct world w;
    (void)state;
    begin(&w);
    unit_fail_allocations(starved, &w);
    end(&w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_sharing), cmocka_unit_test(test_line), cmocka_unit_test(test_memory)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
