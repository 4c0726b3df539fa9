#include "tests/fake.h"

struct ground {
    struct fake *f;
    struct client_cache *k;
    struct client_listener l;
    int added, changed, deleted, synced;
    char last[64];
};

static void on_change(void *ctx, struct object *old, struct object *now)
{
    struct ground *g = ctx;
    g->added += !old;
    g->deleted += !now;
    g->changed += old && now;
    snprintf(g->last, sizeof(g->last), "%.*s", STR_FMT(object_name(now ? now : old)));
}

static void on_synced(void *ctx)
{
    struct ground *g = ctx;
    g->synced++;
}

static int setup(void **state)
{
    struct ground *g = calloc(1, sizeof(*g));
    g->f = fake_new();
    fake_put(g->f, "", "pods", "{'metadata':{'name':'a','namespace':'x'},'spec':{'nodeName':'n1'}}");
    fake_put(g->f, "", "pods", "{'metadata':{'name':'b','namespace':'y'},'spec':{'nodeName':'n1'}}");
    assert_done(client_cache_new(&g->k, g->f->client, &(struct client_cache_options){.resource = fake_resource("", "pods")}));
    assert_done(client_cache_index(g->k, "node", client_index_node));
    assert_done(client_cache_index(g->k, "namespace", client_index_namespace));
    g->l = (struct client_listener){.on_change = on_change, .on_synced = on_synced, .ctx = g};
    client_cache_listen(g->k, &g->l);
    assert_false(client_cache_synced(g->k));
    fake_run(g->f, 1);
    *state = g;
    return 0;
}

static int teardown(void **state)
{
    struct ground *g = *state;
    client_cache_free(g->k);
    fake_end(g->f);
    free(g);
    return 0;
}

static size_t found(struct ground *g, const char *index, const char *key)
{
    size_t n;
    client_cache_lookup(g->k, index, str_of(key), &n);
    return n;
}

static void lists_and_watches(void **state)
{
    struct ground *g = *state;
    assert_true(client_cache_synced(g->k));
    assert_int_equal(g->added, 2);
    assert_int_equal(g->synced, 1);
    assert_non_null(client_cache_get(g->k, STR("x"), STR("a")));
    assert_null(client_cache_get(g->k, STR("y"), STR("a")));
    fake_put(g->f, "", "pods", "{'metadata':{'name':'c','namespace':'x'}}");
    fake_change(g->f, "", "pods", "x", "a", "{'spec':{'nodeName':'n2'}}");
    fake_run(g->f, 1);
    assert_int_equal(g->added, 3);
    assert_int_equal(g->changed, 1);
    assert_int_equal(client_cache_count(g->k), 3);
    assert_int_equal(client_cache_revision(g->k), g->f->revision);
    fake_change(g->f, "", "pods", "y", "b", "{'metadata':{'deletionTimestamp':'2026-01-01T00:00:00Z'}}");
    fake_run(g->f, 1);
    assert_int_equal(g->deleted, 1);
    assert_string_equal(g->last, "b");
    assert_null(client_cache_get(g->k, STR("y"), STR("b")));
}

static void indexes(void **state)
{
    struct ground *g = *state;
    size_t n;
    assert_int_equal(found(g, "node", "n1"), 2);
    assert_int_equal(found(g, "namespace", "x"), 1);
    assert_int_equal(found(g, "node", "n9"), 0);
    fake_change(g->f, "", "pods", "x", "a", "{'spec':{'nodeName':'n2'}}");
    fake_run(g->f, 1);
    assert_int_equal(found(g, "node", "n1"), 1);
    struct object *const *at = client_cache_lookup(g->k, "node", STR("n2"), &n);
    assert_int_equal(n, 1);
    assert_str(object_name(at[0]), "a");
    for (int i = 20; i--;) {
        char json[128];
        snprintf(json, sizeof(json), "{'metadata':{'name':'p%02d','namespace':'z'},'spec':{'nodeName':'n3'}}", i);
        fake_put(g->f, "", "pods", json);
    }
    fake_run(g->f, 1);
    at = client_cache_lookup(g->k, "node", STR("n3"), &n);
    assert_int_equal(n, 20);
    for (size_t i = 1; i < n; i++)
        assert_true(str_cmp(object_name(at[i - 1]), object_name(at[i])) < 0);
    assert_int_equal(client_cache_index(g->k, "late", client_index_uid), -EINVAL);
}

static void relists_and_sweeps(void **state)
{
    struct ground *g = *state;
    g->f->mute = true; /* the cache misses these */
    fake_change(g->f, "", "pods", "x", "a", "{'metadata':{'deletionTimestamp':'2026-01-01T00:00:00Z'}}");
    fake_put(g->f, "", "pods", "{'metadata':{'name':'new','namespace':'x'}}");
    fake_change(g->f, "", "pods", "y", "b", "{'spec':{'nodeName':'n7'}}");
    fake_run(g->f, 1);
    assert_int_equal(g->deleted, 0);
    g->f->mute = false;
    fake_end_watches(g->f, 410);
    fake_run(g->f, 1000);
    assert_int_equal(g->deleted, 1);
    assert_int_equal(g->changed, 1);
    assert_int_equal(g->added, 3);
    assert_int_equal(g->synced, 2);
    assert_null(client_cache_get(g->k, STR("x"), STR("a")));
    assert_int_equal(found(g, "node", "n7"), 1);
    /* Any other end goes on from where it was. */
    fake_end_watches(g->f, 0);
    fake_put(g->f, "", "pods", "{'metadata':{'name':'newer','namespace':'x'}}");
    fake_run(g->f, 1000);
    assert_int_equal(g->added, 4);
    assert_int_equal(g->synced, 2);
}

static struct object *take(struct ground *g, const char *ns, const char *name)
{
    struct fake_object *o = fake_find(g->f, fake_resource("", "pods"), str_of(ns), str_of(name));
    assert_non_null(o);
    return object_ref(o->object);
}

static void notes(void **state)
{
    struct ground *g = *state;
    g->f->mute = true;
    SCOPED(object) before = take(g, "x", "a");
    fake_change(g->f, "", "pods", "x", "a", "{'spec':{'nodeName':'n5'}}");
    SCOPED(object) after = take(g, "x", "a");
    client_cache_note(g->k, after); /* the writer sees it before the event comes */
    assert_int_equal(g->changed, 1);
    assert_int_equal(found(g, "node", "n5"), 1);
    client_cache_note(g->k, before); /* an older one never overwrites it */
    assert_int_equal(g->changed, 1);
    assert_ptr_equal(client_cache_get(g->k, STR("x"), STR("a")), after);
    struct fake_watch *w = CONTAINER_OF(g->f->watches.next, struct fake_watch, link);
    fake_push(w, CLIENT_PUT, before, before->revision);
    fake_push(w, CLIENT_PUT, after, after->revision);
    fake_run(g->f, 1);
    assert_int_equal(g->changed, 1);
    assert_ptr_equal(client_cache_get(g->k, STR("x"), STR("a")), after);
    client_cache_note_deleted(g->k, after);
    assert_int_equal(g->deleted, 1);
    assert_null(client_cache_get(g->k, STR("x"), STR("a")));
}

static void late_replies_raise_nobody(void **state)
{
    struct ground *g = *state;
    fake_change(g->f, "", "pods", "x", "a", "{'spec':{'nodeName':'n5'}}");
    SCOPED(object) written = take(g, "x", "a");
    fake_change(g->f, "", "pods", "x", "a", "{'metadata':{'deletionTimestamp':'2026-01-01T00:00:00Z'}}");
    fake_run(g->f, 1);
    assert_int_equal(g->deleted, 1);
    client_cache_note(g->k, written); /* the reply comes after the deletion's event */
    assert_null(client_cache_get(g->k, STR("x"), STR("a")));
    /* A new one of that name is not taken away by the end of the old one. */
    fake_put(g->f, "", "pods", "{'metadata':{'name':'a','namespace':'x'}}");
    SCOPED(object) second = take(g, "x", "a");
    client_cache_note(g->k, second);
    fake_push(CONTAINER_OF(g->f->watches.next, struct fake_watch, link), CLIENT_DELETED, written, written->revision);
    fake_run(g->f, 1);
    assert_ptr_equal(client_cache_get(g->k, STR("x"), STR("a")), second);
}

static void later_listeners(void **state)
{
    struct ground *g = *state;
    struct ground second = {.f = g->f};
    second.l = (struct client_listener){.on_change = on_change, .on_synced = on_synced, .ctx = &second};
    client_cache_listen(g->k, &second.l);
    assert_int_equal(second.added, 0); /* from the loop, not from inside */
    fake_run(g->f, 1);
    assert_int_equal(second.added, 2);
    assert_int_equal(second.synced, 1);
    client_cache_unlisten(&second.l);
    fake_put(g->f, "", "pods", "{'metadata':{'name':'c','namespace':'x'}}");
    fake_run(g->f, 1);
    assert_int_equal(second.added, 2);
    assert_int_equal(g->added, 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(lists_and_watches, setup, teardown),
        cmocka_unit_test_setup_teardown(indexes, setup, teardown),
        cmocka_unit_test_setup_teardown(relists_and_sweeps, setup, teardown),
        cmocka_unit_test_setup_teardown(notes, setup, teardown),
        cmocka_unit_test_setup_teardown(late_replies_raise_nobody, setup, teardown),
        cmocka_unit_test_setup_teardown(later_listeners, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
