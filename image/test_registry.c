/* Pulls from a real registry (docker-registry on loopback, filled by skopeo) and from one with faults. As root. */
#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>

#include "image/inside.h"
#include "tests/unit.h"

struct ground {
    char dir[64];
    struct loop *loop;
    struct image_store *store;
    pid_t plain, secret, faults;
    int plain_port, secret_port, fault_port;
    int done;
    enum image_outcome outcome;
    char id[DIGEST_MAX], error[ERR_TEXT_MAX];
    int64_t bytes;
};
static struct ground *ground;

#define NEED() \
    do { \
        if (!ground) { \
            print_message("skipped: needs root, docker-registry and skopeo\n"); \
            skip(); \
        } \
    } while (0)

static int run(const char *fmt, ...) PRINTF(1, 2);
static int run(const char *fmt, ...)
{
    char command[2048];
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(command, sizeof(command), fmt, ap);
    va_end(ap);
    int status = system(command);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static int free_port(void)
{
    struct sockaddr_in a = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t n = sizeof(a);
    SCOPED_FD fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (bind(fd, (struct sockaddr *)&a, n) < 0 || getsockname(fd, (struct sockaddr *)&a, &n) < 0)
        return 0;
    return ntohs(a.sin_port);
}

static bool answers(int port)
{
    struct sockaddr_in a = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK), .sin_port = htons((uint16_t)port)};
    for (int i = 0; i < 200; i++) {
        SCOPED_FD fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        if (connect(fd, (struct sockaddr *)&a, sizeof(a)) == 0)
            return true;
        usleep(50000);
    }
    return false;
}

static pid_t start(const char *const *argv)
{
    pid_t pid = fork();
    if (pid == 0) {
        int null = open("/dev/null", O_RDWR);
        dup2(null, 1);
        dup2(null, 2);
        execvp(argv[0], (char *const *)(uintptr_t)argv);
        _exit(127);
    }
    return pid;
}

static pid_t registry_start(const char *name, int port, bool secret)
{
    char config[128], data[128];
    snprintf(config, sizeof(config), "%s/%s.yml", ground->dir, name);
    snprintf(data, sizeof(data), "%s/%s", ground->dir, name);
    FILE *f = fopen(config, "w");
    fprintf(f, "version: 0.1\nlog: {level: error}\nstorage: {filesystem: {rootdirectory: %s}}\nhttp: {addr: '127.0.0.1:%d'}\n", data, port);
    if (secret)
        fprintf(f, "auth: {htpasswd: {realm: test, path: %s/htpasswd}}\n", ground->dir);
    fclose(f);
    const char *argv[] = {"docker-registry", "serve", config, NULL};
    return start(argv);
}

static void store_open(const char *name, const struct image_registry *registries, size_t n)
{
    char dir[128];
    struct err err = {""};
    if (ground->store) {
        ground->store = image_store_close(ground->store);
        assert_done(loop_run_for(ground->loop, 20));
    }
    snprintf(dir, sizeof(dir), "%s/%s", ground->dir, name);
    struct image_config c = {.dir = dir, .registries = registries, .n_registries = n, .stall_seconds = 5};
    if (image_store_open(&ground->store, ground->loop, &c, &err) < 0)
        fail_msg("%s", err.text);
}

static int group_teardown(void **state)
{
    (void)state;
    struct ground *g = ground;
    if (!g)
        return 0;
    image_store_close(g->store);
    if (loop_run_for(g->loop, 100) < 0)
        return -1;
    loop_free(g->loop);
    const pid_t pids[] = {g->plain, g->secret, g->faults};
    for (size_t i = 0; i < ARRAY_LEN(pids); i++) {
        if (pids[i] > 0) {
            kill(pids[i], SIGKILL);
            waitpid(pids[i], NULL, 0);
        }
    }
    int r = os_tree_remove(g->dir);
    free(g);
    ground = NULL;
    return r;
}

static int group_setup(void **state)
{
    if (geteuid() != 0 || run("command -v docker-registry >/dev/null && command -v skopeo >/dev/null") != 0)
        return 0;
    struct ground *g = ground = calloc(1, sizeof(*g));
    snprintf(g->dir, sizeof(g->dir), "/tmp/coracle-pull-XXXXXX");
    if (!mkdtemp(g->dir) || loop_new(&g->loop) < 0)
        return -1;
    g->plain_port = free_port();
    g->secret_port = free_port();
    g->fault_port = free_port();
    char port[16], oci[128], log[128];
    snprintf(port, sizeof(port), "%d", g->fault_port);
    snprintf(oci, sizeof(oci), "%s/oci", g->dir);
    snprintf(log, sizeof(log), "%s/log", g->dir);
    int r = run("python3 tests/oci_layout.py %s/oci gzip && python3 tests/oci_layout.py %s/zstd zstd", g->dir, g->dir);
    r |= run("python3 -W ignore -c 'import crypt; print(\"u:\" + crypt.crypt(\"p\", \"$2b$05$abcdefghijklmnopqrstuu\"))' > %s/htpasswd", g->dir);
    g->plain = registry_start("plain", g->plain_port, false);
    g->secret = registry_start("secret", g->secret_port, true);
    const char *argv[] = {"python3", "tests/fault_registry.py", oci, port, log, NULL};
    g->faults = start(argv);
    if (r != 0 || !answers(g->plain_port) || !answers(g->secret_port) || !answers(g->fault_port)) {
        group_teardown(state);
        return -1;
    }
    const char *copy = "skopeo copy --all --dest-tls-verify=false --quiet";
    r = run("%s oci:%s/oci docker://127.0.0.1:%d/team/busybox:1", copy, g->dir, g->plain_port);
    r |= run("%s oci:%s/zstd docker://127.0.0.1:%d/team/zstd:1", copy, g->dir, g->plain_port);
    r |= run("%s --format v2s2 oci:%s/oci docker://127.0.0.1:%d/library/v2:latest", copy, g->dir, g->plain_port);
    r |= run("%s --dest-creds u:p oci:%s/oci docker://127.0.0.1:%d/team/busybox:1", copy, g->dir, g->secret_port);
    return r;
}

static void on_done(void *ctx, const struct image_pull_result *r)
{
    struct ground *g = ctx;
    g->done++;
    g->outcome = r->outcome;
    g->bytes = r->bytes;
    snprintf(g->id, sizeof(g->id), "%.*s", STR_FMT(r->image ? r->image->id : STR_NONE));
    snprintf(g->error, sizeof(g->error), "%s", r->error ? r->error : "");
}

static void wait_done(int n)
{
    for (int i = 0; i < 600 && ground->done < n; i++)
        assert_done(loop_run_for(ground->loop, 100));
    assert_int_equal(ground->done, n);
    ground->done = 0;
}

static enum image_outcome pull(const char *secret, const char *fmt, ...) PRINTF(2, 3);
static enum image_outcome pull(const char *secret, const char *fmt, ...)
{
    char name[256];
    struct err err = {""};
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(name, sizeof(name), fmt, ap);
    va_end(ap);
    struct str config = str_of(secret);
    struct image_pull_request q = {
        .reference = str_of(name), .docker_configs = &config, .n_docker_configs = secret != NULL, .done = on_done, .ctx = ground};
    if (image_pull(ground->store, &q, NULL, &err) < 0)
        fail_msg("%s", err.text);
    wait_done(1);
    if (getenv("SHOW"))
        print_message("%s: %d %s\n", name, ground->outcome, ground->error);
    return ground->outcome;
}

static void check_mount(const char *name)
{
    struct image *i;
    struct image_root root;
    struct err err = {""};
    assert_int_equal(image_find(ground->store, str_of(name), &i), 0);
    assert_done(image_root_mount(ground->store, i, STR("c"), false, &root, &err));
    assert_int_equal(run("test $(cat %s/etc/second) = 2 && chroot %s /bin/sh -c 'echo fine' | grep -q fine", root.path, root.path), 0);
    assert_done(image_root_unmount(ground->store, STR("c"), &err));
}

static void test_pull(void **state)
{
    (void)state;
    NEED();
    char name[256];
    store_open("a", NULL, 0);
    assert_int_equal(pull(NULL, "127.0.0.1:%d/team/busybox:1", ground->plain_port), IMAGE_PULLED);
    assert_true(ground->bytes > 100000);
    snprintf(name, sizeof(name), "127.0.0.1:%d/team/busybox:1", ground->plain_port);
    check_mount(name);
    struct image *i;
    assert_int_equal(image_find(ground->store, str_of(name), &i), 0);
    assert_int_equal(i->n_digests, 1);
    char digest[IMAGE_REF_MAX];
    snprintf(digest, sizeof(digest), "%.*s", STR_FMT(i->digests[0]));
    /* Again: only the manifest is asked for. By digest: the same image. */
    assert_int_equal(pull(NULL, "%s", name), IMAGE_PULLED);
    assert_int_equal(ground->bytes, 0);
    assert_int_equal(pull(NULL, "%s", digest), IMAGE_PULLED);
    assert_int_equal(image_list(ground->store, &(struct image *const *){NULL}), 1);
    assert_int_equal(pull(NULL, "127.0.0.1:%d/team/zstd:1", ground->plain_port), IMAGE_PULLED);
    snprintf(name, sizeof(name), "127.0.0.1:%d/team/zstd:1", ground->plain_port);
    check_mount(name);
    assert_int_equal(pull(NULL, "127.0.0.1:%d/team/none:1", ground->plain_port), IMAGE_NOT_FOUND);
    assert_non_null(strstr(ground->error, "not found"));
    assert_int_equal(pull(NULL, "127.0.0.1:%d/team/busybox:other", ground->plain_port), IMAGE_NOT_FOUND);
    assert_int_equal(pull(NULL, "127.0.0.1:1/x:1"), IMAGE_UNREACHABLE);
}

static void test_mirror(void **state)
{
    (void)state;
    NEED();
    char url[64];
    snprintf(url, sizeof(url), "http://127.0.0.1:%d/", ground->plain_port);
    const char *mirrors[] = {"http://127.0.0.1:1", url, NULL};
    struct image_registry r = {.host = "docker.io", .mirrors = mirrors};
    store_open("m", &r, 1);
    assert_int_equal(pull(NULL, "v2"), IMAGE_PULLED);
    check_mount("v2");
    check_mount("docker.io/library/v2:latest");
}

static void test_secrets(void **state)
{
    (void)state;
    NEED();
    char good[256], bad[256];
    snprintf(good, sizeof(good), "{\"auths\":{\"127.0.0.1:%d\":{\"auth\":\"dTpw\"},\"127.0.0.1:%d\":{\"auth\":\"dTpw\"}}}", ground->secret_port,
             ground->fault_port);
    snprintf(bad, sizeof(bad), "{\"auths\":{\"127.0.0.1:%d\":{\"auth\":\"dTp3cm9uZw==\"}}}", ground->secret_port);
    store_open("s", NULL, 0);
    assert_int_equal(pull(NULL, "127.0.0.1:%d/team/busybox:1", ground->secret_port), IMAGE_DENIED);
    assert_int_equal(pull(bad, "127.0.0.1:%d/team/busybox:1", ground->secret_port), IMAGE_DENIED);
    assert_int_equal(pull(good, "127.0.0.1:%d/team/busybox:1", ground->secret_port), IMAGE_PULLED);
    assert_int_equal(pull(NULL, "127.0.0.1:%d/token/x", ground->fault_port), IMAGE_DENIED);
    assert_int_equal(pull(good, "127.0.0.1:%d/token/x", ground->fault_port), IMAGE_PULLED);
    assert_int_equal(pull(NULL, "127.0.0.1:%d/anon/x", ground->fault_port), IMAGE_PULLED);
    /* Tokens in the place of passwords; what "auth" says beside them does not count. */
    static const struct {
        const char *entry;
        enum image_outcome outcome;
    } rows[] = {{"\"auth\":\"dTpw\"", IMAGE_DENIED},
                {"\"identitytoken\":\"wrong\"", IMAGE_DENIED},
                {"\"auth\":\"PHRva2VuPjo=\",\"identitytoken\":\"id+en/ti=ty&\"", IMAGE_PULLED},
                {"\"registrytoken\":\"bad\"", IMAGE_DENIED},
                {"\"registrytoken\":\"good\"", IMAGE_PULLED}};
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        store_open(rows[i].entry[1] == 'r' ? "r" : "i", NULL, 0);
        snprintf(good, sizeof(good), "{\"auths\":{\"127.0.0.1:%d\":{%s}}}", ground->fault_port, rows[i].entry);
        assert_int_equal(pull(good, "127.0.0.1:%d/ident/x", ground->fault_port), rows[i].outcome);
    }
    snprintf(good, sizeof(good), "{\"auths\":{\"127.0.0.1:%d\":{\"identitytoken\":\"x\"}}}", ground->secret_port);
    assert_int_equal(pull(good, "127.0.0.1:%d/team/busybox:1", ground->secret_port), IMAGE_DENIED);
}

static void test_faults(void **state)
{
    (void)state;
    NEED();
    char name[128];
    store_open("f", NULL, 0);
    assert_int_equal(pull(NULL, "127.0.0.1:%d/corrupt/x", ground->fault_port), IMAGE_BROKEN);
    assert_non_null(strstr(ground->error, "digest mismatch"));
    assert_int_equal(pull(NULL, "127.0.0.1:%d/huge/x", ground->fault_port), IMAGE_BROKEN);
    /* Cut off half way: the second attempt asks for the rest. */
    assert_int_equal(pull(NULL, "127.0.0.1:%d/cut/x", ground->fault_port), IMAGE_PULLED);
    assert_int_equal(run("grep -q '/v2/cut/.*bytes=[1-9]' %s/log", ground->dir), 0);
    snprintf(name, sizeof(name), "127.0.0.1:%d/cut/x", ground->fault_port);
    check_mount(name);
}

static void test_shared_and_cancelled(void **state)
{
    (void)state;
    NEED();
    char name[128];
    struct err err = {""};
    struct image_pull *p[5];
    store_open("c", NULL, 0);
    snprintf(name, sizeof(name), "127.0.0.1:%d/slow/x", ground->fault_port);
    struct image_pull_request q = {.reference = str_of(name), .done = on_done, .ctx = ground};
    for (size_t i = 0; i < ARRAY_LEN(p); i++)
        assert_done(image_pull(ground->store, &q, &p[i], &err));
    image_pull_cancel(p[0]);
    wait_done(4);
    assert_int_equal(ground->outcome, IMAGE_PULLED);
    assert_int_equal(run("test $(grep -c '/v2/slow/x/manifests/latest' %s/log) = 1", ground->dir), 0);
    assert_int_equal(image_remove(ground->store, str_of(name), &err), 0);
    /* The only one who waits goes: the transfer ends, nothing is told. */
    assert_done(image_pull(ground->store, &q, &p[0], &err));
    assert_done(loop_run_for(ground->loop, 300));
    struct image_progress progress;
    image_pull_progress(p[0], &progress);
    image_pull_cancel(p[0]);
    assert_done(loop_run_for(ground->loop, 2500));
    assert_int_equal(ground->done, 0);
    assert_int_equal(image_list(ground->store, &(struct image *const *){NULL}), 0);
    /* And in the middle of one, the store closes. */
    assert_done(image_pull(ground->store, &q, NULL, &err));
    assert_done(loop_run_for(ground->loop, 300));
    ground->store = image_store_close(ground->store);
    assert_done(loop_run_for(ground->loop, 100));
    assert_int_equal(ground->done, 0);
    struct image_pull_request bad = {.reference = STR("Not/Valid"), .done = on_done, .ctx = ground};
    store_open("c", NULL, 0);
    assert_int_equal(image_pull(ground->store, &bad, NULL, &err), -EINVAL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_pull),
        cmocka_unit_test(test_mirror),
        cmocka_unit_test(test_secrets),
        cmocka_unit_test(test_faults),
        cmocka_unit_test(test_shared_and_cancelled),
    };
    return cmocka_run_group_tests(tests, group_setup, group_teardown);
}
