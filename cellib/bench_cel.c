/* How long a validation rule takes to evaluate, and to compile. */
#include "cellib/cellib.h"
#include "json/json.h"

static int64_t spent_ns(void)
{
    struct timespec t;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t); /* other programs do not count */
    return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

static const char *const texts[] = {
    "self.a < self.b && self.c == 'x' && self.d > 1 && self.e != self.f && self.g >= 0",
    "self.l.all(x, x > 0 && x < 100)",
    "self.c.matches('^[a-z0-9]([-a-z0-9]*[a-z0-9])?$')",
};

static void measure(struct cel_env *env, const struct cel_value *self, const char *text)
{
    SCOPED(cel_program) p = NULL;
    SCOPED(arena) a = NULL;
    struct cel_activation vars = {.slots = self, .n = 1};
    struct cel_value v;
    struct err err = {0};
    int rounds = 50000;
    int64_t start = spent_ns();
    for (int i = 0; i < 1000; i++) {
        cel_program_free(p);
        CHECK(cel_compile(env, str_of(text), NULL, &p, NULL) == 0);
    }
    double compile = (double)(spent_ns() - start) / 1000;
    CHECK(arena_new(&a, 16u << 20) == 0);
    start = spent_ns();
    for (int i = 0; i < rounds; i++) {
        CHECK(cel_eval(p, &vars, a, NULL, &v, &err) == 0 && v.kind == CEL_BOOL && v.boolean);
        arena_reset(a);
    }
    printf("%.0f ns evaluate, %.1f us compile, %zu bytes: %s\n", (double)(spent_ns() - start) / rounds, compile / 1000, cel_program_bytes(p), text);
}

int main(void)
{
    SCOPED(arena) a = NULL;
    SCOPED(cel_env) env = NULL;
    struct value tree;
    CHECK(arena_new(&a, 16u << 20) == 0 && cellib_env(&env, &(struct cellib_options){.version = 37}) == 0);
    CHECK(cel_env_declare(env, STR("self"), &cel_type_dyn, false) == 0);
    CHECK(json_parse(a, STR("{\"a\":1,\"b\":2,\"c\":\"x\",\"d\":5,\"e\":\"y\",\"f\":\"z\",\"g\":0,\"l\":[1,2,3,4,5,6,7,8,9,10]}"), &tree, NULL) == 0);
    struct cel_value self = cel_of_tree(a, &tree, NULL);
    for (size_t i = 0; i < ARRAY_LEN(texts); i++)
        measure(env, &self, texts[i]);
    return 0;
}
