#include <fcntl.h>
#include <signal.h>
#include <linux/capability.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "os/os.h"
#include "tests/unit.h"

/* Rights are given up in a child: what it then can and cannot do is its exit code. */

static int in_child(int (*body)(void *ctx), void *ctx)
{
    int status = 0;
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0)
        _exit(body(ctx));
    assert_int_equal(waitpid(child, &status, 0), child);
    return WIFSIGNALED(status) ? 1000 + WTERMSIG(status) : WEXITSTATUS(status);
}

struct place {
    char top[64], own[128], other[128];
};

static int setup(void **state)
{
    struct place *p = calloc(1, sizeof(*p));
    snprintf(p->top, sizeof(p->top), "/tmp/coracle-confine-XXXXXX");
    assert_non_null(mkdtemp(p->top));
    assert_int_equal(chmod(p->top, 0711), 0);
    snprintf(p->own, sizeof(p->own), "%s/own", p->top);
    snprintf(p->other, sizeof(p->other), "%s/other", p->top);
    assert_done(os_dir_make(p->own, 0700));
    assert_done(os_dir_make(p->other, 0777));
    *state = p;
    return 0;
}

static int teardown(void **state)
{
    struct place *p = *state;
    assert_done(os_tree_remove(p->top));
    free(p);
    return 0;
}

static bool makes(const char *folder, const char *name)
{
    char path[OS_PATH_MAX];
    int fd = os_path(path, "%s/%s", folder, name) == 0 ? open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600) : -1;
    if (fd >= 0)
        close(fd);
    return fd >= 0;
}

static int landlocked(void *ctx)
{
    struct place *p = ctx;
    const char *reads[] = {"/etc/hostname", "/nowhere/at/all", NULL}, *writes[] = {p->own, NULL};
    char from[OS_PATH_MAX], to[OS_PATH_MAX];
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0)
        return 1;
    int r = os_landlock(reads, writes);
    if (r == OS_ABSENT)
        return 77;
    if (r < 0 || os_path(from, "%s/a", p->own) < 0 || os_path(to, "%s/b", p->own) < 0)
        return 2;
    if (!makes(p->own, "a") || rename(from, to) < 0 || truncate(to, 0) < 0 || unlink(to) < 0)
        return 3;
    if (makes(p->other, "a"))
        return 4;
    if (open("/etc/passwd", O_RDONLY | O_CLOEXEC) >= 0)
        return 5;
    return open("/etc/hostname", O_WRONLY | O_CLOEXEC) >= 0 ? 6 : 0;
}

static void files(void **state)
{
    int r = in_child(landlocked, *state);
    if (r == 77)
        skip();
    assert_int_equal(r, 0);
}

static int other_user(void *ctx)
{
    struct place *p = ctx;
    struct __user_cap_header_struct head = {.version = _LINUX_CAPABILITY_VERSION_3};
    struct __user_cap_data_struct set[2];
    if (os_dir_give(p->own, 0700, 61184, 61184) < 0)
        return 1;
    if (!os_user_reaches(p->own, 61184, 61184) || os_user_reaches("/root", 61184, 61184))
        return 2;
    if (os_user_become(61184, 61184) < 0)
        return 3;
    if (geteuid() != 61184 || getegid() != 61184 || setuid(0) == 0 || prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) != 1)
        return 4;
    if (syscall(SYS_capget, &head, set) < 0 || set[0].permitted || set[0].effective || set[1].permitted)
        return 5;
    for (unsigned long c = 0; c < 40; c++)
        if (prctl(PR_CAPBSET_READ, c) == 1)
            return 6;
    return makes(p->own, "mine") && !makes(p->top, "theirs") ? 0 : 7;
}

static void user(void **state)
{
    if (geteuid() != 0)
        skip();
    assert_int_equal(in_child(other_user, *state), 0);
}

static int root_without(void *ctx)
{
    struct place *p = ctx;
    if (os_user_become(0, 0) < 0 || geteuid() != 0)
        return 1;
    if (chown(p->other, 1, 1) == 0) /* CAP_CHOWN */
        return 2;
    return makes(p->own, "mine") ? 0 : 3;
}

static void root_without_capabilities(void **state)
{
    if (geteuid() != 0)
        skip();
    assert_int_equal(in_child(root_without, *state), 0);
}

/* A folder of the server's may hold links it made: what they lead to stays root's. */
static void links_are_not_followed(void **state)
{
    struct place *p = *state;
    struct stat st;
    char soft[OS_PATH_MAX], hard[OS_PATH_MAX], file[OS_PATH_MAX], plain[OS_PATH_MAX];
    if (geteuid() != 0)
        skip();
    assert_done(os_path(file, "%s/secret", p->other));
    assert_done(os_path(soft, "%s/soft", p->own));
    assert_done(os_path(hard, "%s/hard", p->own));
    assert_done(os_path(plain, "%s/plain", p->own));
    assert_true(makes(p->other, "secret") && makes(p->own, "plain"));
    assert_int_equal(symlink(file, soft), 0);
    assert_int_equal(link(file, hard), 0);
    assert_done(os_dir_give(p->own, 0700, 61184, 61184));
    assert_int_equal(stat(file, &st), 0);
    assert_int_equal(st.st_uid, 0);
    assert_int_equal(stat(plain, &st), 0);
    assert_int_equal(st.st_uid, 61184);
    /* nor is the folder itself, where it is a link */
    assert_done(os_path(soft, "%s/folder", p->top));
    assert_int_equal(symlink(p->other, soft), 0);
    assert_true(os_dir_give(soft, 0700, 61184, 61184) < 0);
}

static int filtered(void *ctx)
{
    (void)ctx;
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0)
        return 1;
    int r = os_seccomp_server();
    if (r == OS_ABSENT)
        return 77;
    if (r < 0)
        return 2;
    if (getpid() <= 0 || open("/dev/null", O_RDONLY | O_CLOEXEC) < 0)
        return 3;
    if (syscall(SYS_semget, 1, 1, 0) >= 0 || errno != ENOSYS)
        return 4;
    char *argv[] = {NULL};
    execve("/bin/true", argv, argv);
    return 5; /* not reached: it has been ended */
}

static void calls(void **state)
{
    int r = in_child(filtered, *state);
    if (r == 77)
        skip();
    assert_int_equal(r, 1000 + SIGSYS);
}

static int agent(void *ctx)
{
    struct __user_cap_header_struct head = {.version = _LINUX_CAPABILITY_VERSION_3};
    struct __user_cap_data_struct set[2];
    (void)ctx;
    if (os_capabilities_reduce() < 0 || syscall(SYS_capget, &head, set) < 0)
        return 1;
    bool modules = set[0].permitted & 1u << CAP_SYS_MODULE, clock = set[0].permitted & 1u << CAP_SYS_TIME;
    return modules || clock ? 2 : !(set[0].effective & 1u << CAP_CHOWN) ? 3 : 0;
}

static void agent_keeps_what_it_needs(void **state)
{
    if (geteuid() != 0)
        skip();
    assert_int_equal(in_child(agent, *state), 0);
}

int main(void)
{
    const struct CMUnitTest all[] = {
        cmocka_unit_test_setup_teardown(files, setup, teardown),
        cmocka_unit_test_setup_teardown(user, setup, teardown),
        cmocka_unit_test_setup_teardown(root_without_capabilities, setup, teardown),
        cmocka_unit_test_setup_teardown(links_are_not_followed, setup, teardown),
        cmocka_unit_test_setup_teardown(calls, setup, teardown),
        cmocka_unit_test(agent_keeps_what_it_needs),
    };
    return cmocka_run_group_tests_name("os/confine", all, NULL, NULL);
}
