/* What the create of a CustomResourceDefinition costs: from the bytes a client sends to the committed object, its kind served, and
 * its JSON answer, over a store in memory, in microseconds of processor time. bench_crd [rounds]: for tools that count instructions. */
#include "json/json.h"
#include "registry/inside.h"

static int waiting;
static struct loop *loop;

static int64_t spent_ns(void)
{
    struct timespec t;
    CHECK(clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t) == 0);
    return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

static void begun(void *ctx, int r, const char *error)
{
    (void)ctx;
    CHECK(r == 0 && !error);
    waiting--;
}

static void made(void *ctx, const struct registry_reply *r)
{
    struct buf *answer = ctx;
    if (r->status)
        fprintf(stderr, "%d %s\n", r->status->code, r->status->message.n ? r->status->message.p : "");
    CHECK(!r->status && r->object && r->code == 201);
    buf_clear(answer);
    if (r->formed)
        object_json_formed(r->object, r->formed, answer);
    else
        CHECK(object_json_put(r->object, answer, NULL) == 0);
    CHECK(buf_error(answer) == 0);
    waiting--;
    loop_stop(loop);
}

/* The definition of bench/run. */
static void definition(struct buf *b, int n)
{
    buf_fmt(b,
            "{\"apiVersion\": \"apiextensions.k8s.io/v1\", \"kind\": \"CustomResourceDefinition\", \"metadata\": {\"name\": \"w%09d.example.com\"}, "
            "\"spec\": {\"group\": \"example.com\", \"scope\": \"Namespaced\", \"names\": {\"plural\": \"w%09d\", \"kind\": \"W%09d\"}, "
            "\"versions\": [{\"name\": \"v1\", \"served\": true, \"storage\": true, \"subresources\": {\"status\": {}}, "
            "\"schema\": {\"openAPIV3Schema\": {\"type\": \"object\", \"properties\": {\"spec\": ",
            n, n, n);
    buf_text(
        b, "{\"type\": \"object\", \"required\": [\"size\"], \"properties\": {\"size\": {\"type\": \"integer\", \"minimum\": 1, \"default\": 1}, "
           "\"image\": {\"type\": \"string\", \"pattern\": \"^[a-z/:.-]+$\"}, \"mode\": {\"type\": \"string\", \"enum\": [\"fast\", \"slow\"]}, "
           "\"labels\": {\"type\": \"object\", \"additionalProperties\": {\"type\": \"string\"}}, \"ports\": {\"type\": \"array\", \"items\": "
           "{\"type\": \"object\", \"properties\": {\"name\": {\"type\": \"string\", \"description\": \"one of the things that can be said of it\"}, "
           "\"port\": {\"type\": \"integer\"}}}}}}, ");
    buf_text(b, "\"status\": {\"type\": \"object\", \"properties\": {\"phase\": {\"type\": \"string\", \"description\": "
                "\"one of the things that can be said of it\"}, \"observed\": {\"type\": \"integer\"}}}}}}}]}}");
    CHECK(buf_error(b) == 0);
}

static void create(struct registry *g, struct arena *a, struct str body, struct buf *answer)
{
    static struct auth_user admin = {.name = STR_INIT("admin")};
    static const struct apireq_options o = {.manager = STR_INIT("bench"), .validation = APIREQ_VALIDATE_WARN};
    static const struct apireq_route route = {.is_resource = true,
                                              .verb = APIREQ_CREATE,
                                              .verb_text = STR_INIT("create"),
                                              .group = STR_INIT("apiextensions.k8s.io"),
                                              .version = STR_INIT("v1"),
                                              .resource = STR_INIT("customresourcedefinitions")};
    struct registry_request q = {.arena = a,
                                 .user = &admin,
                                 .route = &route,
                                 .options = &o,
                                 .body = body,
                                 .format = OBJECT_JSON,
                                 .resource = schema_resource_find(route.group, route.version, route.resource)};
    waiting++;
    registry_do(g, &q, made, answer);
    while (waiting > 0)
        CHECK(loop_run_for(g->loop, 5) >= 0);
    arena_reset(a);
}

int main(int argc, char **argv)
{
    int rounds = argc > 1 ? atoi(argv[1]) : 10000;
    struct store *s = NULL;
    struct registry *g = NULL;
    struct arena *a = NULL;
    struct err err = {{0}};
    SCOPED_BUF body = BUF_INIT(0), answer = BUF_INIT(0);
    CHECK(loop_new(&loop) == 0 && store_open(&s, loop, &(struct store_options){0}, &err) == 0);
    CHECK(registry_new(&g, &(struct registry_options){.loop = loop, .store = s}, &err) == 0 && arena_new(&a, 128u << 20) == 0);
    waiting = 1;
    registry_bootstrap(g, NULL, 0, begun, NULL);
    while (waiting > 0)
        CHECK(loop_run_for(loop, 5) >= 0);
    int64_t spent = 0;
    for (int i = 0; i < rounds; i++) {
        buf_clear(&body);
        definition(&body, i);
        int64_t before = spent_ns();
        create(g, a, buf_view(&body), &answer);
        spent += spent_ns() - before;
    }
    CHECK(schema_custom_count() == (size_t)rounds);
    printf("%.1f us: the create of a CustomResourceDefinition of %zu bytes, answered in %zu\n", (double)spent / rounds / 1000, body.n, answer.n);
    registry_free(g);
    store_close(s);
    crd_unload();
    loop_free(loop);
    arena_free(a);
    return 0;
}
