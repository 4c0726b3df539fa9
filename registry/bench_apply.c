/* What a server-side apply of a Deployment of 4 KiB costs: from the bytes of the patch to the committed object and its JSON
 * answer, over a store in memory, in microseconds of processor time. One that changes an image, and one that changes nothing; one
 * after the other, and each after a sleep, in which others have the caches and the processor slows down.
 * bench_apply [rounds [change | same]]: fewer rounds and one of the first two, for tools that count instructions. */
#include "json/json.h"
#include "registry/inside.h"

static int waiting, code, rounds = 1000;
static struct loop *loop;
static bool sleeps;

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
    CHECK(!r->status && r->object);
    code = r->code;
    buf_clear(answer);
    if (r->formed)
        object_json_formed(r->object, r->formed, answer);
    else
        CHECK(object_json_put(r->object, answer, NULL) == 0);
    CHECK(buf_error(answer) == 0);
    waiting--;
    if (!sleeps)
        loop_stop(loop); /* else it waits for what may come yet */
}

static void container(struct buf *b, const char *name, int round)
{
    buf_fmt(b,
            "{\"name\":\"%s\",\"image\":\"registry.example.com/team/%s:1.%d\",\"args\":[\"--verbose\",\"--listen=:8080\"],"
            "\"ports\":[{\"name\":\"http\",\"containerPort\":8080,\"protocol\":\"TCP\"}],\"env\":[",
            name, name, 1000 + round);
    for (int i = 0; i < 8; i++)
        buf_fmt(b, "%s{\"name\":\"SETTING_%d\",\"value\":\"what it was told to be\"}", i ? "," : "", i);
    buf_text(
        b, "],\"resources\":{\"requests\":{\"cpu\":\"100m\",\"memory\":\"64Mi\"},\"limits\":{\"memory\":\"128Mi\"}},"
           "\"readinessProbe\":{\"httpGet\":{\"path\":\"/ready\",\"port\":8080},\"periodSeconds\":10},"
           "\"livenessProbe\":{\"httpGet\":{\"path\":\"/live\",\"port\":8080},\"initialDelaySeconds\":5},"
           "\"volumeMounts\":[{\"name\":\"data\",\"mountPath\":\"/data\"},{\"name\":\"settings\",\"mountPath\":\"/etc/settings\",\"readOnly\":true}],"
           "\"securityContext\":{\"runAsNonRoot\":true,\"allowPrivilegeEscalation\":false,\"capabilities\":{\"drop\":[\"ALL\"]}}}");
}

static void deployment(struct buf *b, int round)
{
    buf_text(b, "{\"apiVersion\":\"apps/v1\",\"kind\":\"Deployment\",\"metadata\":{\"name\":\"web\",\"namespace\":\"default\",\"labels\":"
                "{\"app.kubernetes.io/name\":\"web\",\"app.kubernetes.io/instance\":\"one\",\"app.kubernetes.io/part-of\":\"shop\"},"
                "\"annotations\":{\"example.com/owner\":\"team\",\"example.com/note\":\"what people write into annotations, which is not short\"}},"
                "\"spec\":{\"replicas\":3,\"selector\":{\"matchLabels\":{\"app\":\"web\"}},\"strategy\":{\"type\":\"RollingUpdate\","
                "\"rollingUpdate\":{\"maxSurge\":1,\"maxUnavailable\":0}},\"template\":{\"metadata\":{\"labels\":{\"app\":\"web\"}},\"spec\":{"
                "\"serviceAccountName\":\"default\",\"terminationGracePeriodSeconds\":30,\"containers\":[");
    container(b, "web", round);
    buf_char(b, ',');
    container(b, "proxy", 0);
    buf_char(b, ',');
    container(b, "logs", 0);
    buf_text(b, "],\"volumes\":[{\"name\":\"data\",\"emptyDir\":{\"sizeLimit\":\"1Gi\"}},{\"name\":\"settings\",\"configMap\":{\"name\":\"web\"}}],"
                "\"tolerations\":[{\"key\":\"edge\",\"operator\":\"Exists\",\"effect\":\"NoSchedule\"}]}}}}");
    CHECK(buf_error(b) == 0);
}

static void apply(struct registry *g, struct arena *a, struct str body, struct buf *answer)
{
    static struct auth_user admin = {.name = STR_INIT("admin")};
    static const struct apireq_options o = {.manager = STR_INIT("kubectl"), .force = true, .has_force = true, .validation = APIREQ_VALIDATE_STRICT};
    static const struct apireq_route route = {.is_resource = true,
                                              .verb = APIREQ_PATCH,
                                              .verb_text = STR_INIT("patch"),
                                              .group = STR_INIT("apps"),
                                              .version = STR_INIT("v1"),
                                              .resource = STR_INIT("deployments"),
                                              .ns = STR_INIT("default"),
                                              .name = STR_INIT("web")};
    struct registry_request q = {.arena = a,
                                 .user = &admin,
                                 .route = &route,
                                 .options = &o,
                                 .body = body,
                                 .format = OBJECT_YAML,
                                 .patch = APIREQ_PATCH_APPLY,
                                 .resource = schema_resource_find(STR("apps"), STR("v1"), STR("deployments"))};
    waiting++;
    registry_do(g, &q, made, answer);
    while (waiting > 0)
        CHECK(loop_run_for(g->loop, 5) >= 0);
    arena_reset(a);
}

static void measure(struct registry *g, struct arena *a, bool changes)
{
    SCOPED_BUF body = BUF_INIT(0), answer = BUF_INIT(0);
    int64_t spent = 0;
    for (int i = 0; i < rounds; i++) {
        if (changes || !i) {
            buf_clear(&body);
            deployment(&body, changes ? i : rounds);
        }
        int64_t before = spent_ns();
        apply(g, a, buf_view(&body), &answer);
        spent += i < rounds / 10 ? 0 : spent_ns() - before; /* the first warm up */
    }
    CHECK(code == 200 && body.n > 3900 && body.n < 4400);
    printf("%.1f us: server-side apply of a Deployment of %zu bytes, %s%s\n", (double)spent / (rounds - rounds / 10) / 1000, body.n,
           changes ? "an image changes" : "nothing changes", sleeps ? " after a sleep" : "");
}

int main(int argc, char **argv)
{
    if (argc > 1)
        rounds = atoi(argv[1]);
    struct store *s = NULL;
    struct registry *g = NULL;
    struct arena *a = NULL;
    struct err err = {{0}};
    CHECK(loop_new(&loop) == 0 && store_open(&s, loop, &(struct store_options){0}, &err) == 0);
    CHECK(registry_new(&g, &(struct registry_options){.loop = loop, .store = s}, &err) == 0 && arena_new(&a, 128u << 20) == 0);
    waiting = 1;
    registry_bootstrap(g, NULL, 0, begun, NULL);
    while (waiting > 0)
        CHECK(loop_run_for(loop, 5) >= 0);
    if (argc < 3 || strcmp(argv[2], "change") == 0)
        measure(g, a, true);
    if (argc < 3 || strcmp(argv[2], "same") == 0)
        measure(g, a, false);
    sleeps = true;
    rounds = MIN(rounds, 250);
    for (int changes = 1; argc < 2 && changes >= 0; changes--)
        measure(g, a, changes);
    registry_free(g);
    store_close(s);
    loop_free(loop);
    arena_free(a);
    return 0;
}
