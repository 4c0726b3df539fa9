#include "store/tree.h"
#include "tests/unit.h"

#define THING STR("{\"apiVersion\":\"x.io/v1\",\"kind\":\"Thing\"}")

static uint64_t seed;
static unsigned dice(unsigned n)
{
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return (unsigned)(seed >> 33) % n;
}

static struct str key_of(char text[64], unsigned n)
{
    return str_make(text, (size_t)snprintf(text, 64, "/registry/things/ns-%u/t%05u", n % 7, n));
}

static struct object *thing(unsigned n, int64_t revision)
{
    char key[64];
    struct object *o;
    assert_done(object_load(&o, key_of(key, n), THING, revision, 1, NULL));
    return o;
}

enum { KEYS = 2000 };

/* The plainest thing that does the same: one slot a key. */
struct model {
    int64_t revision[KEYS]; /* 0: not there */
};

static int by_text(const void *a, const void *b)
{
    return str_cmp(*(const struct str *)a, *(const struct str *)b);
}

static void compare(struct tree_node *root, const struct model *m)
{
    struct str keys[KEYS];
    size_t n = 0;
    assert_true(tree_sound(root));
    for (unsigned i = 0; i < KEYS; i++) {
        char key[64];
        struct object *got = tree_get(root, key_of(key, i));
        assert_int_equal(got ? got->revision : 0, m->revision[i]);
        if (got)
            keys[n++] = got->key;
    }
    assert_int_equal(tree_count(root), n);
    qsort(keys, n, sizeof(keys[0]), by_text);
    void *path[2 * TREE_LEVELS_MAX];
    int depth;
    tree_seek(path, &depth, root, STR(""));
    for (size_t i = 0; i < n; i++, tree_step(path, &depth))
        assert_ptr_equal(tree_here(path, depth)->key.p, keys[i].p);
    assert_null(tree_here(path, depth));
    for (size_t i = 0; i < n; i += 1 + n / 50) {
        assert_int_equal(tree_rank(root, keys[i], false), i);
        assert_int_equal(tree_rank(root, keys[i], true), i + 1);
        tree_seek(path, &depth, root, keys[i]);
        assert_ptr_equal(tree_here(path, depth)->key.p, keys[i].p);
    }
}

static void step(struct tree_node **root, struct model *m, unsigned keys, bool shrink, int64_t revision)
{
    unsigned k = dice(keys);
    if (dice(10) < (shrink ? 8u : 3u)) {
        char key[64];
        assert_done(tree_del(root, key_of(key, k)));
        m->revision[k] = 0;
        return;
    }
    struct object *o = thing(k, revision);
    assert_done(tree_put(root, o));
    m->revision[k] = revision;
    object_unref(o);
}

/* Random edits while old roots are held; each old root must still show its old state. */
static void test_random(void **state)
{
    (void)state;
    for (seed = 1; seed < 4; seed++) {
        enum { OLD = 6 };
        static struct model now, then[OLD];
        struct tree_node *root = NULL, *old[OLD] = {0};
        now = (struct model){0};
        uint64_t round = seed;
        for (int64_t i = 1; i <= 12000; i++) {
            step(&root, &now, i < 3000 ? 60 : KEYS, i > 8000, i);
            if (i % 1500 == 0) {
                unsigned slot = dice(OLD);
                tree_unref(old[slot]);
                old[slot] = tree_ref(root);
                then[slot] = now;
                compare(root, &now);
                for (int k = 0; k < OLD; k++)
                    if (old[k])
                        compare(old[k], &then[k]);
            }
        }
        for (int k = 0; k < OLD; k++)
            tree_unref(old[k]);
        for (unsigned k = 0; k < KEYS; k++) {
            char key[64];
            assert_done(tree_del(&root, key_of(key, k)));
        }
        assert_null(root);
        seed = round;
    }
}

static void test_build(void **state)
{
    (void)state;
    static const size_t sizes[] = {0, 1, 2, 23, 24, 25, 31, 32, 33, 575, 576, 577, 577 * 24 + 1, 20000};
    struct object **all = mem_alloc(20000 * sizeof(*all));
    for (size_t i = 0; i < 20000; i++) {
        char key[32];
        snprintf(key, sizeof(key), "/registry/pods/p%06zu", i);
        assert_done(object_load(&all[i], str_of(key), THING, 5, 5, NULL));
    }
    for (size_t k = 0; k < ARRAY_LEN(sizes); k++) {
        struct tree_node *root;
        assert_done(tree_build(&root, all, sizes[k]));
        assert_true(tree_sound(root));
        assert_int_equal(tree_count(root), sizes[k]);
        for (size_t i = 0; i < sizes[k]; i += 97)
            assert_ptr_equal(tree_get(root, all[i]->key), all[i]);
        assert_int_equal(tree_rank(root, STR("/registry/pods/"), true), sizes[k]);
        assert_int_equal(tree_rank(root, STR("/registry/pods/"), false), 0);
        assert_int_equal(tree_rank(root, STR("/registry/pods/p0000"), true), MIN(sizes[k], 100));
        if (sizes[k] == 20000) /* what the tree costs beside its objects */
            assert_true(tree_bytes(root) / 20000 < 20);
        tree_unref(root);
    }
    for (size_t i = 0; i < 20000; i++)
        object_unref(all[i]);
    mem_free(all);
}

enum { FEW = 70 };

/* Edits with objects made before; an edit that runs out of memory must leave what it found. */
static int edits(void *ctx)
{
    struct object *(*pool)[2] = ctx;
    struct object *model[FEW] = {0};
    struct tree_node *root = NULL, *shared = NULL;
    int r = 0;
    seed = 7;
    for (unsigned i = 1; i < 300 && r == 0; i++) {
        unsigned k = dice(FEW), which = dice(3);
        r = which < 2 ? tree_put(&root, pool[k][which]) : tree_del(&root, pool[k][0]->key);
        if (r == 0)
            model[k] = which < 2 ? pool[k][which] : NULL;
        if (i == 150)
            shared = tree_ref(root);
    }
    assert_true(tree_sound(root));
    for (unsigned k = 0; k < FEW; k++)
        assert_ptr_equal(tree_get(root, pool[k][0]->key), model[k]);
    tree_unref(root);
    tree_unref(shared);
    return r;
}

static void test_no_memory(void **state)
{
    (void)state;
    struct object *pool[FEW][2];
    for (unsigned k = 0; k < FEW; k++)
        for (unsigned i = 0; i < 2; i++)
            pool[k][i] = thing(k, i + 1);
    unit_fail_allocations(edits, pool);
    for (unsigned k = 0; k < FEW; k++)
        for (unsigned i = 0; i < 2; i++) {
            assert_int_equal(pool[k][i]->refs, 1);
            object_unref(pool[k][i]);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_random),
        cmocka_unit_test(test_build),
        cmocka_unit_test(test_no_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
