#include "tests/unit.h"

#include <sys/stat.h>

#include "os/os.h"

#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>

static void test_files(void **state)
{
    (void)state;
    char folder[] = "/tmp/coracle-os-XXXXXX", path[OS_PATH_MAX];
    assert_non_null(mkdtemp(folder));
    assert_done(os_path(path, "%s/a/b/c", folder));
    assert_done(os_dir_make(path, 0700));
    assert_done(os_dir_make(path, 0700));
    assert_done(os_path(path, "%s/a/b/c/file", folder));
    assert_done(os_file_replace(path, STR("one"), 0600));
    assert_done(os_file_replace(path, STR("two"), 0640));
    struct stat st;
    assert_int_equal(stat(path, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0640);
    SCOPED_BUF b = BUF_INIT(0);
    assert_done(os_file_read(path, 3, &b));
    assert_str(buf_view(&b), "two");
    buf_clear(&b);
    assert_int_equal(os_file_read(path, 2, &b), -EFBIG);
    assert_int_equal(os_file_read(folder, 100, &b), -EISDIR);
    char under[OS_PATH_MAX];
    assert_done(os_path(under, "%s/a/b/c/file/x", folder));
    assert_int_equal(os_dir_make(under, 0700), -ENOTDIR);
    /* A link out of the tree is removed, not followed. */
    char keep[] = "/tmp/coracle-keep-XXXXXX";
    assert_non_null(mkdtemp(keep));
    assert_done(os_path(path, "%s/a/link", folder));
    assert_int_equal(symlink(keep, path), 0);
    assert_done(os_tree_remove(folder));
    assert_false(os_file_exists(folder));
    assert_true(os_file_exists(keep));
    assert_done(os_tree_remove(keep));
    assert_done(os_tree_remove(keep));
}

static void test_host(void **state)
{
    (void)state;
    char a[37], b[37], name[256];
    os_uuid(a);
    os_uuid(b);
    assert_int_equal(strlen(a), 36);
    assert_string_not_equal(a, b);
    assert_int_equal(a[14], '4');
    os_random_suffix(a, 5);
    assert_int_equal(strspn(a, "bcdfghjklmnpqrstvwxz2456789"), 5);
    assert_done(os_hostname(name));
    assert_done(os_boot_id(a));
    assert_true(os_memory_total() > 1 << 20);
    assert_true(os_processors() > 0);
    assert_true(os_rss_self() > 0);
}

/* Relocated tables, text and heap are what they were, and less of them is resident. */
static const char *const relocated[] = {"one", "two", "three"};

static void test_settling(void **state)
{
    (void)state;
    char text[64];
    char *heap = strdup("kept");
    snprintf(text, sizeof(text), "%s %.3f", relocated[1], 3.14159);
    int64_t before = os_rss_self();
    os_memory_settle();
    int64_t after = os_rss_self();
    assert_true(after < before);
    char again[64];
    snprintf(again, sizeof(again), "%s %.3f", relocated[1], 3.14159);
    assert_string_equal(text, again);
    assert_string_equal(heap, "kept");
    free(heap);
    os_memory_settle();
}

/* Objects keep their bytes whatever comes and goes around them, and blocks that nobody uses go. */
static void test_slab(void **state)
{
    (void)state;
    enum { N = 3000, SIZE = 200 };
    static char *all[N];
    struct os_slab s;
    os_slab_init(&s, SIZE);
    s.apart = false;
    assert_null(os_slab_free(&s, NULL));
    unsigned seed = 1;
    for (int round = 0; round < 5; round++) {
        for (unsigned i = 0; i < N; i++) {
            seed = seed * 1103515245 + 12345;
            if (all[i] && (seed >> 16 & 1))
                all[i] = os_slab_free(&s, all[i]);
            if (all[i])
                continue;
            all[i] = os_slab_alloc(&s);
            assert_non_null(all[i]);
            assert_true((uintptr_t)all[i] % sizeof(void *) == 0);
            for (size_t k = 0; k < SIZE; k++)
                assert_int_equal(all[i][k], 0);
            memset(all[i], (int)(i % 255) + 1, SIZE);
        }
        for (unsigned i = 0; i < N; i++)
            for (size_t k = 0; k < SIZE; k++)
                assert_int_equal((unsigned char)all[i][k], i % 255 + 1);
    }
    for (unsigned i = 0; i < N; i++)
        all[i] = os_slab_free(&s, all[i]);
    assert_true(list_empty(&s.blocks) || s.blocks.next->next == &s.blocks); /* one is kept */
    os_slab_done(&s);
}

static int slab_fails(void *ctx)
{
    (void)ctx;
    struct os_slab s;
    os_slab_init(&s, 64);
    s.apart = false;
    void *a = os_slab_alloc(&s), *b = a ? os_slab_alloc(&s) : NULL;
    int r = a && b ? 0 : -ENOMEM;
    os_slab_free(&s, a);
    os_slab_free(&s, b);
    os_slab_done(&s);
    return r;
}

static void test_slab_memory(void **state)
{
    (void)state;
    unit_fail_allocations(slab_fails, NULL);
}

/* Kernels may refuse it; what they answer and what the task is scheduled by agree all the same. */
static void test_deadline(void **state)
{
    (void)state;
    pid_t pid = fork();
    assert_true(pid >= 0);
    if (pid == 0)
        for (;;)
            pause();
    int r = os_deadline_set(pid, 2000000, 5000000, 10000000), policy = sched_getscheduler(pid) & ~0x40000000;
    assert_true(r == 0 || r == -EPERM || r == -EBUSY || r == -EINVAL);
    assert_int_equal(policy, r == 0 ? 6 : 0);
    assert_int_equal(os_deadline_set(pid, 6000000, 5000000, 10000000), -EINVAL);
    kill(pid, SIGKILL);
    waitpid(pid, NULL, 0);
    assert_int_equal(os_deadline_set(pid, 2000000, 5000000, 10000000), -ESRCH);
}

/* The tests may run as what gives way to all others. */
static bool be_ordinary(void)
{
    return sched_setscheduler(0, SCHED_OTHER, &(struct sched_param){.sched_priority = 0}) == 0;
}

/* What a thread was and what it starts are as before; elsewhere than on a new kernel nothing changes at all. */
static void test_hasten(void **state)
{
    (void)state;
    pid_t pid = fork();
    assert_true(pid >= 0);
    if (pid == 0) {
        if (!be_ordinary() || setpriority(PRIO_PROCESS, 0, 3) < 0)
            _exit(2);
        os_thread_hasten(200000);
        os_thread_hasten(100000);
        bool kept = getpriority(PRIO_PROCESS, 0) == 3 && (sched_getscheduler(0) & ~0x40000000) == SCHED_OTHER;
        _exit(kept ? 0 : 1);
    }
    int status;
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_int_equal(status, 0);
}

static void *policy_of_thread(void *out)
{
    ((int *)out)[0] = sched_getscheduler(0) & ~0x40000000;
    os_thread_calm();
    ((int *)out)[1] = sched_getscheduler(0) & ~0x40000000;
    return NULL;
}

static int urge(bool chosen)
{
    struct sched_param p = {.sched_priority = 1};
    int of[2];
    pthread_t t;
    if (!be_ordinary())
        return 1;
    if (chosen && sched_setscheduler(0, SCHED_FIFO, &p) < 0)
        return errno == EPERM ? 0 : 1;
    int r = os_thread_urge(), wanted = r == 0 ? SCHED_FIFO : SCHED_OTHER, calm = chosen ? SCHED_FIFO : SCHED_OTHER;
    if ((r != 0 && r != -EPERM) || sched_getscheduler(0) != wanted || pthread_create(&t, NULL, policy_of_thread, of) || pthread_join(t, NULL))
        return 2;
    os_thread_calm();
    return of[0] == wanted && of[1] == calm && (sched_getscheduler(0) & ~0x40000000) == calm ? 0 : 3;
}

/* Threads are urgent as who started them; all become what they were, but what was chosen from outside stays. */
static void test_urge(void **state)
{
    (void)state;
    for (int chosen = 0; chosen < 2; chosen++) {
        int status;
        pid_t pid = fork();
        assert_true(pid >= 0);
        if (pid == 0)
            _exit(urge(chosen));
        assert_int_equal(waitpid(pid, &status, 0), pid);
        assert_int_equal(status, 0);
    }
}

static void *wait_for_end(void *lock)
{
    pthread_mutex_lock(lock);
    pthread_mutex_unlock(lock);
    return NULL;
}

/* Another thread is kept off a processor, and off another then, and off none; never off all. */
static void test_avoid(void **state)
{
    (void)state;
    pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
    pthread_t t;
    cpu_set_t mine, its;
    pthread_mutex_lock(&lock);
    assert_int_equal(pthread_create(&t, NULL, wait_for_end, &lock), 0);
    assert_int_equal(sched_getaffinity(0, sizeof(mine), &mine), 0);
    assert_true(CPU_ISSET((size_t)os_processor(), &mine));
    for (int i = -1; i <= CPU_SETSIZE; i++) {
        os_thread_avoid(t, i);
        assert_int_equal(pthread_getaffinity_np(t, sizeof(its), &its), 0);
        bool off = i >= 0 && i < CPU_SETSIZE && CPU_ISSET((size_t)i, &mine) && CPU_COUNT(&mine) > 1;
        assert_int_equal(CPU_COUNT(&its), CPU_COUNT(&mine) - off);
        assert_true(!off || !CPU_ISSET((size_t)i, &its));
    }
    cpu_set_t one;
    CPU_ZERO(&one);
    int only = os_processor();
    CPU_SET((size_t)only, &one);
    assert_int_equal(sched_setaffinity(0, sizeof(one), &one), 0);
    os_thread_avoid(t, only);
    assert_int_equal(pthread_getaffinity_np(t, sizeof(its), &its), 0);
    assert_true(CPU_EQUAL(&its, &one));
    assert_int_equal(sched_setaffinity(0, sizeof(mine), &mine), 0);
    pthread_mutex_unlock(&lock);
    assert_int_equal(pthread_join(t, NULL), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_files),  cmocka_unit_test(test_host),        cmocka_unit_test(test_settling),
                                       cmocka_unit_test(test_slab),   cmocka_unit_test(test_slab_memory), cmocka_unit_test(test_deadline),
                                       cmocka_unit_test(test_hasten), cmocka_unit_test(test_urge),        cmocka_unit_test(test_avoid)};
    return cmocka_run_group_tests_name("os", tests, NULL, NULL);
}
