/* FlowSchemas and PriorityLevelConfigurations as anybody who may writes them: {"schemas":[…],"levels":[…]}. Whatever they say,
 * requests are classified, get their turn or are refused, and none is lost. */
#include "fair/fair.h"
#include "json/json.h"

#define ASKED 40

static int turns;
static void on_turn(void *ctx)
{
    (void)ctx;
    turns++;
}

static void ask(struct fair *f)
{
    static const char *const names[] = {"alice", "system:admin", "system:serviceaccount:kube-system:x", ""};
    struct str groups[] = {STR_INIT("system:authenticated"), STR_INIT("system:masters")};
    struct apireq_route routes[] = {
        {.is_resource = true, .verb_text = STR_INIT("list"), .version = STR_INIT("v1"), .resource = STR_INIT("pods"), .ns = STR_INIT("default")},
        {.is_resource = true,
         .verb_text = STR_INIT("create"),
         .group = STR_INIT("apps"),
         .version = STR_INIT("v1"),
         .resource = STR_INIT("deployments")},
        {.path = STR_INIT("/healthz"), .verb_text = STR_INIT("get")}};
    struct fair_ticket *tickets[ASKED] = {NULL};
    void (*run)(void *ctx);
    void *ctx;
    turns = 0;
    for (int i = 0; i < ASKED; i++) {
        struct auth_user user = {.name = str_of(names[i % 4]), .groups = groups, .n_groups = (size_t)(i % 3)};
        struct fair_ask q = {.user = &user, .route = &routes[i % 3], .seats = (unsigned)(i % 5), .now_ns = i, .run = on_turn};
        tickets[i] = fair_enter(f, &q);
    }
    for (int i = 0; i < 3 * ASKED && fair_next(f, 1000 + i, &run, &ctx); i++) {
        run(ctx);
        fair_charge(f, 1000);
    }
    fair_adjust(f, 10000000000);
    fair_expire(f, 10000000000);
    for (int i = 0; i < 3 * ASKED && fair_next(f, 20000000000 + i, &run, &ctx); i++) {
        run(ctx);
        fair_charge(f, 1000);
    }
    CHECK(turns <= ASKED);
    for (int i = 0; i < ASKED; i++)
        fair_leave(tickets[i]);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    SCOPED(arena) a = NULL;
    struct value all = {0};
    struct fair *f = NULL;
    if (size > 65536 || arena_new(&a, 16u << 20) < 0 || json_parse(a, str_make(data, size), &all, NULL) < 0 || fair_new(&f, 10) < 0)
        return 0;
    if (fair_configure(f, value_get(&all, STR("schemas")), value_get(&all, STR("levels")), 1) == 0)
        ask(f);
    fair_free(f);
    return 0;
}
