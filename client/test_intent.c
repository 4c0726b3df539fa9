#include "tests/fake.h"

struct ground {
    struct fake *f;
    struct client_cache *pods;
    struct client_caches caches;
    struct arena *a;
    int ended, r;
    int64_t again;
    char error[256];
};

static int setup(void **state)
{
    struct ground *g = calloc(1, sizeof(*g));
    g->f = fake_new();
    assert_done(arena_new(&g->a, 4u << 20));
    assert_done(client_cache_new(&g->pods, g->f->client, &(struct client_cache_options){.resource = fake_resource("", "pods")}));
    g->caches.items[g->caches.n++] = g->pods;
    fake_run(g->f, 1);
    *state = g;
    return 0;
}

static int teardown(void **state)
{
    struct ground *g = *state;
    client_cache_free(g->pods);
    fake_end(g->f);
    arena_free(g->a);
    free(g);
    return 0;
}

static void done(void *ctx, int r, const char *error, int64_t again_ms)
{
    struct ground *g = ctx;
    g->ended++;
    g->r = r;
    g->again = again_ms;
    snprintf(g->error, sizeof(g->error), "%s", error ? error : "");
}

static struct client_intents *list(void)
{
    struct client_intents *w;
    assert_done(client_intents_new(&w, 1u << 20));
    return w;
}

static void want_pod(struct ground *g, struct client_intents *w, const char *name)
{
    client_intend(w, CLIENT_CREATE, fake_resource("", "pods"), STR("x"), str_of(name))->body =
        quoted(g->a, "{'metadata':{'name':'%s','namespace':'x'},'spec':{}}", name);
}

static void run(struct ground *g, struct client_intents *w)
{
    g->ended = 0;
    client_perform(g->f->client, w, &g->caches, done, g);
    assert_int_equal(g->ended, 0); /* never from inside */
    fake_run(g->f, 100);
    assert_int_equal(g->ended, 1);
}

static void in_order_and_noted(void **state)
{
    struct ground *g = *state;
    struct client_intents *w = list();
    g->f->mute = true; /* what the cache knows, it knows from replies */
    want_pod(g, w, "a");
    want_pod(g, w, "b");
    client_intend_again(w, 500);
    client_intend_again(w, 300);
    client_intend_again(w, 400);
    run(g, w);
    assert_int_equal(g->r, 0);
    assert_int_equal(g->again, 300);
    assert_non_null(client_cache_get(g->pods, STR("x"), STR("a")));
    assert_non_null(client_cache_get(g->pods, STR("x"), STR("b")));
    w = list();
    client_intend(w, CLIENT_DELETE, fake_resource("", "pods"), STR("x"), STR("a"));
    run(g, w);
    assert_int_equal(g->r, 0);
    assert_null(client_cache_get(g->pods, STR("x"), STR("a")));
    w = list();
    run(g, w); /* nothing to do is done too */
    assert_int_equal(g->r, 0);
}

static void stops_at_a_failure(void **state)
{
    struct ground *g = *state;
    struct client_intents *w = list();
    want_pod(g, w, "a");
    want_pod(g, w, "b");
    g->f->fail_next = 500;
    run(g, w);
    assert_int_equal(g->r, -EIO);
    assert_non_null(strstr(g->error, "pods x/a: 500"));
    assert_int_equal(fake_count(g->f, "", "pods"), 0);
    w = list();
    want_pod(g, w, "a");
    w->items.p[0].may_fail = true;
    want_pod(g, w, "b");
    g->f->fail_next = 500;
    run(g, w);
    assert_int_equal(g->r, 0);
    assert_int_equal(fake_count(g->f, "", "pods"), 1);
    w = list();
    want_pod(g, w, "c");
    g->f->fail_next = 409;
    run(g, w);
    assert_int_equal(g->r, -EAGAIN);
}

static void what_is_so_already(void **state)
{
    struct ground *g = *state;
    struct client_intents *w = list();
    want_pod(g, w, "a");
    want_pod(g, w, "a"); /* AlreadyExists */
    client_intend(w, CLIENT_DELETE, fake_resource("", "pods"), STR("x"), STR("nobody"));
    want_pod(g, w, "b");
    run(g, w);
    assert_int_equal(g->r, 0);
    assert_int_equal(fake_count(g->f, "", "pods"), 2);
}

static void out_of_memory_does_nothing(void **state)
{
    struct ground *g = *state;
    struct client_intents *w = list();
    want_pod(g, w, "a");
    w->failed = true;
    run(g, w);
    assert_int_equal(g->r, -ENOMEM);
    assert_int_equal(fake_count(g->f, "", "pods"), 0);
}

static void forgotten(void **state)
{
    struct ground *g = *state;
    struct client_intents *w = list();
    want_pod(g, w, "a");
    want_pod(g, w, "b");
    client_perform(g->f->client, w, &g->caches, done, g);
    fake_run(g->f, 0); /* the first is under way */
    client_forget(g->f->client, g);
    fake_run(g->f, 100);
    assert_int_equal(g->ended, 0);
    assert_true(fake_count(g->f, "", "pods") <= 1);
    w = list(); /* freed with the client */
    want_pod(g, w, "c");
    client_perform(g->f->client, w, &g->caches, done, g);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(in_order_and_noted, setup, teardown),
        cmocka_unit_test_setup_teardown(stops_at_a_failure, setup, teardown),
        cmocka_unit_test_setup_teardown(what_is_so_already, setup, teardown),
        cmocka_unit_test_setup_teardown(out_of_memory_does_nothing, setup, teardown),
        cmocka_unit_test_setup_teardown(forgotten, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
