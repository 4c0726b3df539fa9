/* What admission of a pod costs where no webhook and no policy is configured: all plugins of this process, over a real
 * store with a namespace, its service account, a LimitRange and a priority class. Prints microseconds of processor time a pod. */
#include "intercept/intercept.h"
#include "json/json.h"
#include "registry/inside.h"

#define ROUNDS 5000

static int waiting;

/* Of this thread's processor time: other programs do not count. */
static int64_t spent_ns(void)
{
    struct timespec t;
    CHECK(clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t) == 0);
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
    (void)ctx;
    CHECK(r->code == 201);
    waiting--;
}

static void settle(struct loop *l)
{
    while (waiting > 0)
        CHECK(loop_run_for(l, 5) >= 0);
}

static void create(struct registry *g, struct arena *a, const char *resource, const char *text)
{
    struct value *tree = arena_alloc(a, sizeof(*tree));
    static struct auth_user admin = {.name = STR_INIT("admin")};
    struct apireq_route *route = arena_alloc(a, sizeof(*route));
    struct apireq_options *o = arena_alloc(a, sizeof(*o));
    CHECK(tree && route && o && json_parse(a, str_of(text), tree, NULL) == 0);
    *route = (struct apireq_route){.is_resource = true,
                                   .verb = APIREQ_CREATE,
                                   .verb_text = STR("create"),
                                   .version = STR("v1"),
                                   .resource = str_of(resource),
                                   .ns = STR("default")};
    struct registry_request q = {.arena = a,
                                 .user = &admin,
                                 .route = route,
                                 .options = o,
                                 .tree = tree,
                                 .resource = schema_resource_find(STR(""), STR("v1"), str_of(resource))};
    waiting++;
    registry_do(g, &q, made, NULL);
    settle(g->loop);
}

static const char pod_text[] =
    "{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"metadata\":{\"name\":\"p\",\"namespace\":\"default\",\"labels\":{\"app\":\"web\"}},\"spec\":{"
    "\"containers\":[{\"name\":\"a\",\"image\":\"web:1\",\"imagePullPolicy\":\"IfNotPresent\",\"resources\":{\"requests\":{\"cpu\":\"100m\"}},"
    "\"ports\":[{\"containerPort\":80,\"protocol\":\"TCP\"}]},{\"name\":\"b\",\"image\":\"log:1\",\"imagePullPolicy\":\"IfNotPresent\"}],"
    "\"restartPolicy\":\"Always\",\"dnsPolicy\":\"ClusterFirst\",\"securityContext\":{},\"priorityClassName\":\"system-node-critical\"}}";

int main(void)
{
    struct loop *l = NULL;
    struct store *s = NULL;
    struct registry *g = NULL;
    struct arena *a = NULL, *mem = NULL;
    struct value pod, work;
    struct err err = {{0}};
    CHECK(loop_new(&l) == 0 && store_open(&s, l, &(struct store_options){0}, &err) == 0);
    CHECK(registry_new(&g, &(struct registry_options){.loop = l, .store = s}, &err) == 0);
    CHECK(arena_new(&a, 64u << 20) == 0 && arena_new(&mem, 64u << 20) == 0);
    waiting = 1;
    registry_bootstrap(g, NULL, 0, begun, NULL);
    settle(l);
    create(g, a, "serviceaccounts", "{\"metadata\":{\"name\":\"default\"}}");
    create(g, a, "limitranges", "{\"metadata\":{\"name\":\"l\"},\"spec\":{\"limits\":[{\"type\":\"Container\",\"default\":{\"memory\":\"64Mi\"}}]}}");
    CHECK(json_parse(a, str_of(pod_text), &pod, NULL) == 0);
    static struct auth_user admin = {.name = STR_INIT("admin")};
    int64_t spent = 0, before;
    for (int i = 0; i < ROUNDS; i++) {
        struct admit_answer ans = {.n_warnings = 0};
        struct admit_request q = {.arena = mem,
                                  .lookup = &g->lookup,
                                  .user = &admin,
                                  .operation = ADMIT_CREATE,
                                  .version = STR("v1"),
                                  .resource = STR("pods"),
                                  .namespace = STR("default"),
                                  .name = STR("p"),
                                  .object = &work,
                                  .now = loop_wall(l),
                                  .choice = &g->choice};
        arena_reset(mem);
        CHECK(value_copy(mem, &pod, &work) == 0);
        before = spent_ns();
        CHECK(admit_mutate(&q, &ans, &err) == 0 && intercept_idle(g->intercept, true));
        CHECK(admit_validate(&q, &ans, &err) == 0 && intercept_idle(g->intercept, false));
        spent += spent_ns() - before;
    }
    printf("%.2f us: admission of a pod by all plugins in process\n", (double)spent / ROUNDS / 1000);
    registry_free(g);
    store_close(s);
    loop_free(l);
    arena_free(a);
    arena_free(mem);
    return 0;
}
