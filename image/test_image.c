#include <signal.h>
#include <sched.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <sys/xattr.h>

#include "image/inside.h"
#include "tests/unit.h"

/* ── references ── */

static void test_references(void **state)
{
    (void)state;
    static const char *const rows[][2] = {
        {"busybox", "docker.io/library/busybox:latest"},
        {"busybox:1.36", "docker.io/library/busybox:1.36"},
        {"index.docker.io/a/b", "docker.io/a/b:latest"},
        {"localhost/x", "localhost/x:latest"},
        {"localhost:5000/a/b/c:v1", "localhost:5000/a/b/c:v1"},
        {"registry.k8s.io/pause:3.9", "registry.k8s.io/pause:3.9"},
        {"[::1]:5000/x", "[::1]:5000/x:latest"},
        {"a/b__c/d-e--f.g", "docker.io/a/b__c/d-e--f.g:latest"},
        {"x:latest@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
         "docker.io/library/x@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"},
    };
    static const char *const bad[] = {"",
                                      "Busybox",
                                      "a//b",
                                      "a/",
                                      "/a",
                                      "a:",
                                      "a:b:c",
                                      "a@b",
                                      "a b",
                                      "-a",
                                      "a..b",
                                      "a___b",
                                      "host:0x/b",
                                      "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
                                      "x@sha256:12",
                                      "a:.x"};
    struct image_ref ref;
    struct err err = {""};
    char text[IMAGE_REF_MAX + 512];
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        assert_done(image_ref_parse(&ref, str_of(rows[i][0]), &err));
        image_ref_print(&ref, text);
        assert_string_equal(text, rows[i][1]);
    }
    for (size_t i = 0; i < ARRAY_LEN(bad); i++)
        if (image_ref_parse(&ref, str_of(bad[i]), &err) != -EINVAL)
            fail_msg("\"%s\" was taken", bad[i]);
    assert_int_equal(image_ref_parse(&ref, STR("Foo"), &err), -EINVAL);
    assert_string_equal(err.text, "couldn't parse image name \"Foo\": invalid reference format: repository name (library/Foo) must be lowercase");
    assert_done(image_ref_parse(&ref, STR("a:latest"), NULL));
    assert_true(image_ref_is_latest(&ref));
}

/* ── manifests ── */

#define DIGEST_A "sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define DIGEST_B "sha256:bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"

static int manifest_answer(const char *text)
{
    struct image_manifest m;
    struct err err = {""};
    int r = image_manifest_parse(&m, str_of(text), STR_NONE, &err);
    arena_free(m.mem);
    return r;
}

static void test_manifests(void **state)
{
    (void)state;
    struct image_manifest m;
    static const char index[] =
        "{\"schemaVersion\":2,\"manifests\":["
        "{\"digest\":\"" DIGEST_A "\",\"size\":5,\"platform\":{\"os\":\"linux\",\"architecture\":\"arm\",\"variant\":\"v6\"}},"
        "{\"digest\":\"" DIGEST_B "\",\"size\":5,\"platform\":{\"os\":\"linux\",\"architecture\":\"arm\",\"variant\":\"v7\"}}]}";
    assert_done(image_manifest_parse(&m, str_of(index), STR_NONE, NULL));
    assert_int_equal(m.media, IMAGE_MEDIA_INDEX);
    const struct image_descriptor *d = image_manifest_choose(&m, STR("linux"), STR("arm"), STR("v7"));
    assert_non_null(d);
    assert_str(d->digest, DIGEST_B);
    assert_null(image_manifest_choose(&m, STR("linux"), STR("amd64"), STR_NONE));
    arena_free(m.mem);
    static const char manifest[] = "{\"schemaVersion\":2,\"config\":{\"digest\":\"" DIGEST_A "\",\"size\":2},\"layers\":[]}";
    assert_done(image_manifest_parse(&m, str_of(manifest), STR("application/vnd.oci.image.manifest.v1+json; charset=utf-8"), NULL));
    assert_int_equal(m.media, IMAGE_MEDIA_MANIFEST);
    arena_free(m.mem);
    assert_int_equal(manifest_answer("{\"schemaVersion\":1,\"fsLayers\":[]}"), -ENOTSUP);
    assert_int_equal(manifest_answer("{}"), -EBADMSG);
    assert_int_equal(manifest_answer("[]"), -EBADMSG);
    assert_int_equal(manifest_answer("{"), -EBADMSG);
    assert_int_equal(manifest_answer("{\"layers\":[],\"manifests\":[]}"), -EBADMSG);
    assert_int_equal(manifest_answer("{\"layers\":[],\"config\":{\"digest\":\"x\",\"size\":1}}"), -EBADMSG);
    assert_int_equal(manifest_answer("{\"layers\":[],\"config\":{\"digest\":\"" DIGEST_A "\",\"size\":-1}}"), -EBADMSG);
}

static int manifest_body(void *ctx)
{
    (void)ctx;
    struct image_manifest m;
    int r = image_manifest_parse(&m, STR("{\"layers\":[],\"config\":{\"digest\":\"" DIGEST_A "\",\"size\":1}}"), STR_NONE, NULL);
    arena_free(m.mem);
    return r;
}

static void test_manifest_without_memory(void **state)
{
    (void)state;
    unit_fail_allocations(manifest_body, NULL);
}

static void test_credentials(void **state)
{
    (void)state;
    SCOPED(arena) a = NULL;
    assert_done(arena_new(&a, 1 << 20));
    struct str configs[] = {
        STR("{\"auths\":{\"https://index.docker.io/v1/\":{\"auth\":\"dTpw\"},\"*.local:5000\":{\"username\":\"w\",\"password\":\"p\"},"
            "\"reg.local:5000/team\":{\"username\":\"t\",\"password\":\"p\"},\"bad\":{\"auth\":\"!!\"}}}"),
        STR("{\"old.local\":{\"auth\":\"bzpy\"}}"), STR("not json")};
    struct image_pull_request q = {.docker_configs = configs, .n_docker_configs = 3};
    struct image_credential *c;
    size_t n;
    assert_done(image_credentials_read(a, &q, &c, &n));
    assert_int_equal(n, 4);
    assert_str(image_credential_for(c, n, "docker.io", "library/x", 0)->username, "u");
    assert_null(image_credential_for(c, n, "docker.io", "library/x", 1));
    assert_str(image_credential_for(c, n, "reg.local:5000", "team/x", 0)->username, "t");
    assert_str(image_credential_for(c, n, "reg.local:5000", "team/x", 1)->username, "w");
    assert_str(image_credential_for(c, n, "reg.local:5000", "other/x", 0)->username, "w");
    assert_null(image_credential_for(c, n, "a.reg.local:5000", "x", 0));
    assert_str(image_credential_for(c, n, "old.local", "x", 0)->password, "r");
}

/* ── the store; as root ── */

struct ground {
    char dir[64];
    struct loop *loop;
    struct image_store *store;
    bool done;
    enum image_outcome outcome;
    char id[DIGEST_MAX];
    char error[ERR_TEXT_MAX];
};

static void run(const char *fmt, ...) PRINTF(1, 2);
static void run(const char *fmt, ...)
{
    char command[4096];
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(command, sizeof(command), fmt, ap);
    va_end(ap);
    int status = system(command);
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
        fail_msg("%s: %d", command, status);
}

static void store_open(struct ground *g, const char *name)
{
    char dir[128];
    struct err err = {""};
    snprintf(dir, sizeof(dir), "%s/%s", g->dir, name);
    struct image_config c = {.dir = dir};
    if (image_store_open(&g->store, g->loop, &c, &err) != 0)
        fail_msg("%s", err.text);
}

static int setup(void **state)
{
    if (geteuid() != 0)
        return 0;
    struct ground *g = calloc(1, sizeof(*g));
    snprintf(g->dir, sizeof(g->dir), "/tmp/coracle-image-XXXXXX");
    if (!mkdtemp(g->dir) || loop_new(&g->loop) < 0)
        return -1;
    *state = g;
    return 0;
}

static int teardown(void **state)
{
    struct ground *g = *state;
    if (!g)
        return 0;
    image_store_close(g->store);
    if (loop_run_for(g->loop, 50) < 0)
        return -1;
    loop_free(g->loop);
    int r = os_tree_remove(g->dir);
    free(g);
    return r;
}

#define NEED_ROOT(g) \
    do { \
        if (!(g)) { \
            print_message("skipped: needs root\n"); \
            skip(); \
        } \
    } while (0)

static void on_done(void *ctx, const struct image_pull_result *r)
{
    struct ground *g = ctx;
    g->done = true;
    g->outcome = r->outcome;
    snprintf(g->id, sizeof(g->id), "%.*s", STR_FMT(r->image ? r->image->id : STR_NONE));
    snprintf(g->error, sizeof(g->error), "%s", r->error);
}

static enum image_outcome wait_done(struct ground *g)
{
    for (int i = 0; i < 600 && !g->done; i++)
        assert_done(loop_run_for(g->loop, 100));
    assert_true(g->done);
    g->done = false;
    return g->outcome;
}

static enum image_outcome import(struct ground *g, const char *path, const char *name)
{
    struct err err = {""};
    char full[256];
    snprintf(full, sizeof(full), "%s/%s", g->dir, path);
    if (image_import(g->store, full, str_of(name), on_done, g, &err) != 0)
        fail_msg("%s", err.text);
    return wait_done(g);
}

static void assert_file(const char *root, const char *name, const char *text)
{
    char path[1024];
    SCOPED_BUF b = BUF_INIT(65536);
    snprintf(path, sizeof(path), "%s/%s", root, name);
    int r = os_file_read(path, 65536, &b);
    if (!text) {
        assert_int_equal(r, -ENOENT);
        return;
    }
    if (r < 0)
        fail_msg("%s: %s", path, strerror(-r));
    assert_str(buf_view(&b), text);
}

static void users_end(pid_t child)
{
    kill(child, SIGKILL);
    assert_int_equal(waitpid(child, NULL, 0), child);
}

/* A process in a user namespace whose users 0… are those from base on. */
static pid_t users_begin(uint32_t base)
{
    char path[64], map[64];
    int ready[2];
    assert_int_equal(pipe(ready), 0);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        if (unshare(CLONE_NEWUSER) == 0 && write(ready[1], "x", 1) == 1)
            for (;;)
                pause();
        _exit(1);
    }
    close(ready[1]);
    bool born = read(ready[0], map, 1) == 1;
    close(ready[0]);
    snprintf(map, sizeof(map), "0 %u 65536\n", base);
    snprintf(path, sizeof(path), "/proc/%d/uid_map", (int)child);
    if (born)
        assert_done(os_file_write(path, str_of(map)));
    snprintf(path, sizeof(path), "/proc/%d/gid_map", (int)child);
    if (born)
        assert_done(os_file_write(path, str_of(map)));
    if (!born)
        users_end(child);
    return born ? child : 0;
}

static void check_owner(const char *root, const char *name, uint32_t owner)
{
    struct stat st;
    char path[1024];
    snprintf(path, sizeof(path), "%s/%s", root, name);
    assert_int_equal(stat(path, &st), 0);
    assert_int_equal(st.st_uid, owner);
}

/* The same layers for whose users are others: owners are theirs, in the layer itself nothing changes. */
static void check_mapped(struct ground *g, struct image *i)
{
    const uint32_t base = 50 * 65536;
    struct err err = {{0}};
    struct image_root root;
    char users[64], low[1024];
    struct stat inner, outer;
    pid_t child = users_begin(base);
    if (!child) {
        print_message("left out: no user namespaces here\n");
        return;
    }
    snprintf(users, sizeof(users), "/proc/%d/ns/user", (int)child);
    struct image_users u = {users, base};
    int r = image_root_mount_for(g->store, i, STR("mapped"), false, &u, &root, &err);
    if (r == -ENOTSUP)
        print_message("left out: %s\n", err.text);
    if (r == 0) {
        check_owner(root.path, "home/file", base + 1000);
        check_owner(root.path, "bin/sh", base);
        check_owner(root.path, "", base);
        snprintf(low, sizeof(low), "%s/../low/0", root.path);
        assert_int_equal(stat(low, &inner), 0);
        snprintf(low, sizeof(low), "%s/../low", root.path);
        assert_int_equal(stat(low, &outer), 0);
        assert_int_equal(inner.st_dev, outer.st_dev);
        run("test -z \"$(ls %s/0)\" && ! grep -q %s/ /proc/mounts", low, low); /* nothing of it stays mounted */
        run("echo more >>%s/home/file", root.path);                            /* copied up: to the same owner */
        check_owner(root.path, "home/file", base + 1000);
        check_owner(root.upper, "home/file", base + 1000);
        assert_done(image_root_unmount(g->store, STR("mapped"), &err));
    } else {
        assert_int_equal(r, -ENOTSUP);
    }
    users_end(child);
}

static void check_tree(const char *root)
{
    struct stat st;
    char path[1024], mark[8] = "";
    assert_file(root, "old/a", NULL);
    assert_file(root, "old/c", "c");
    assert_file(root, "gone/file", NULL);
    assert_file(root, "home/setuid", NULL);
    assert_file(root, "home/n\xc3\xa4me \xe2\x9c\x93", "odd");
    assert_file(root, "var/folder", "now a file");
    assert_file(root, "etc/second", "2");
    snprintf(path, sizeof(path), "%s/home/file", root);
    assert_int_equal(stat(path, &st), 0);
    assert_int_equal(st.st_uid, 1000);
    assert_int_equal(st.st_mode & 07777, 0640);
    assert_int_equal(st.st_mtime, 1600000000);
    snprintf(path, sizeof(path), "%s/tmp", root);
    assert_int_equal(stat(path, &st), 0);
    assert_int_equal(st.st_mode & 07777, 01777);
    snprintf(path, sizeof(path), "%s/bin/sh", root);
    assert_int_equal(stat(path, &st), 0);
    assert_true(st.st_nlink > 10);
    snprintf(path, sizeof(path), "%s/home/link", root);
    assert_int_equal(lstat(path, &st), 0);
    assert_true(S_ISLNK(st.st_mode));
    snprintf(path, sizeof(path), "%s/home/marked", root);
    assert_int_equal(getxattr(path, "user.mark", mark, sizeof(mark)), 3);
}

static void test_import_mount(void **state)
{
    struct ground *g = *state;
    NEED_ROOT(g);
    struct err err = {""};
    struct image *i;
    struct image_root root;
    SCOPED(arena) a = NULL;
    struct value config;
    run("python3 tests/oci_layout.py %s/oci", g->dir);
    store_open(g, "store");
    if (import(g, "oci", "busybox:test") != IMAGE_PULLED)
        fail_msg("%s", g->error);
    assert_int_equal(image_find(g->store, STR("busybox:test"), &i), 0);
    assert_int_equal(image_find(g->store, str_head(str_of(g->id), 7 + 12), &i), 0);
    assert_int_equal(image_find(g->store, STR("busybox"), &i), IMAGE_ABSENT);
    assert_int_equal(image_find(g->store, STR("docker.io/library/busybox:test"), &i), 0);
    assert_done(arena_new(&a, 1 << 20));
    assert_done(image_config_read(g->store, i, a, &config, &err));
    assert_str(value_text_at(&config, "config.User"), "user");
    if (image_root_mount(g->store, i, STR("c1"), false, &root, &err) < 0)
        fail_msg("%s", err.text);
    check_tree(root.path);
    assert_int_equal(image_remove(g->store, STR("busybox:test"), &err), IMAGE_IN_USE);
    run("echo new >%s/home/new && rm %s/etc/second && test -f %s/home/new", root.path, root.path, root.upper);
    /* A restart adopts the mounted root. */
    g->store = image_store_close(g->store);
    assert_done(loop_run_for(g->loop, 20));
    store_open(g, "store");
    assert_int_equal(image_find(g->store, STR("busybox:test"), &i), 0);
    assert_done(image_root_find(g->store, STR("c1"), &root));
    assert_file(root.path, "home/new", "new\n");
    assert_done(image_root_mount(g->store, i, STR("c1"), false, &root, &err));
    assert_file(root.path, "home/new", "new\n");
    assert_done(image_root_mount(g->store, i, STR("ro"), true, &root, &err));
    check_tree(root.path);
    char path[1024];
    snprintf(path, sizeof(path), "%s/x", root.path);
    assert_int_equal(open(path, O_WRONLY | O_CREAT, 0600), -1);
    check_mapped(g, i);
    assert_done(image_root_unmount(g->store, STR("c1"), &err));
    assert_done(image_root_unmount(g->store, STR("ro"), &err));
    assert_done(image_root_unmount(g->store, STR("ro"), &err));
    struct image_usage u;
    assert_done(image_usage(g->store, &u));
    assert_true(u.bytes > 1000000 && u.images == 1);
    assert_int_equal(image_collect(g->store, true, NULL, NULL, &err), 0); /* used a moment ago */
    g->store->config.gc_min_seconds = 0;
    struct image_config *marks = &g->store->config; /* this disk is never quite empty, nor quite full */
    marks->gc_high_percent = 100;
    marks->gc_low_percent = 0;
    assert_int_equal(image_collect(g->store, false, NULL, NULL, &err), 0); /* not full enough */
    marks->gc_high_percent = 0;
    marks->gc_low_percent = 100;
    assert_int_equal(image_collect(g->store, false, NULL, NULL, &err), 0); /* nothing needs to go */
    marks->gc_low_percent = 0;
    assert_int_equal(image_collect(g->store, false, NULL, NULL, &err), 1);
    assert_done(loop_run_for(g->loop, 100));
    run("test -z \"$(ls %s/store/layers %s/store/blobs/sha256 | grep -v :)\" && test -z \"$(ls %s/store/roots)\"", g->dir, g->dir, g->dir);
}

static void export(struct ground *g, struct image *i, enum image_archive form, const char *name)
{
    struct err err = {""};
    char path[256];
    snprintf(path, sizeof(path), "%s/%s", g->dir, name);
    assert_done(image_export(g->store, i, form, path, on_done, g, &err));
    if (wait_done(g) != IMAGE_PULLED)
        fail_msg("%s", g->error);
}

static void test_export_import(void **state)
{
    struct ground *g = *state;
    NEED_ROOT(g);
    struct image *i;
    struct err err = {""};
    struct image_root root;
    static const char *const packs[] = {"gzip", "zstd", "plain"};
    for (size_t p = 0; p < ARRAY_LEN(packs); p++) {
        run("rm -rf %s/oci %s/out* %s/store* && python3 tests/oci_layout.py %s/oci %s", g->dir, g->dir, g->dir, g->dir, packs[p]);
        store_open(g, "store");
        if (import(g, "oci", "local.test/a:1") != IMAGE_PULLED)
            fail_msg("%s: %s", packs[p], g->error);
        char id[DIGEST_MAX];
        memcpy(id, g->id, sizeof(id));
        assert_done(image_find(g->store, STR("local.test/a:1"), &i));
        assert_done(image_tag(g->store, i, STR("local.test/a:2"), &err));
        assert_done(image_find(g->store, STR("local.test/a:2"), &i));
        assert_int_equal(i->n_tags, 2);
        export(g, i, IMAGE_OCI_DIR, "out-dir");
        export(g, i, IMAGE_OCI_TAR, "out-oci.tar");
        export(g, i, IMAGE_DOCKER_TAR, "out-docker.tar");
        run("! command -v skopeo >/dev/null || { rm -rf %s/seen && skopeo copy --quiet docker-archive:%s/out-docker.tar dir:%s/seen && "
            "skopeo inspect --raw oci-archive:%s/out-oci.tar:1 >/dev/null; }",
            g->dir, g->dir, g->dir, g->dir);
        g->store = image_store_close(g->store);
        static const char *const outs[] = {"out-dir", "out-oci.tar", "out-docker.tar"};
        for (size_t k = 0; k < ARRAY_LEN(outs); k++) {
            char name[32];
            snprintf(name, sizeof(name), "store%zu", k);
            store_open(g, name);
            if (import(g, outs[k], "") != IMAGE_PULLED)
                fail_msg("%s: %s", outs[k], g->error);
            assert_string_equal(g->id, id);
            assert_done(image_find(g->store, STR("local.test/a:1"), &i));
            assert_int_equal(i->n_tags, 2);
            assert_done(image_root_mount(g->store, i, STR("c"), false, &root, &err));
            check_tree(root.path);
            assert_done(image_root_unmount(g->store, STR("c"), &err));
            assert_done(image_remove(g->store, STR("local.test/a:1"), &err));
            assert_int_equal(image_find(g->store, STR("local.test/a:2"), &i), 0);
            assert_done(image_remove(g->store, STR("local.test/a:2"), &err));
            assert_int_equal(image_find(g->store, str_of(id), &i), IMAGE_ABSENT);
            g->store = image_store_close(g->store);
            assert_done(loop_run_for(g->loop, 20));
        }
    }
}

static void test_evil_layers(void **state)
{
    struct ground *g = *state;
    NEED_ROOT(g);
    static const struct {
        const char *kind;
        enum image_outcome outcome;
        const char *outside;
    } rows[] = {
        {"dots", IMAGE_BROKEN, "/evil-dots"}, {"link", IMAGE_BROKEN, "/tmp/evil-link"}, {"up", IMAGE_BROKEN, "/tmp/evil-up"},
        {"hard", IMAGE_BROKEN, NULL},         {"whiteout", IMAGE_BROKEN, NULL},         {"device", IMAGE_BROKEN, NULL},
        {"bomb", IMAGE_BROKEN, NULL},
    };
    store_open(g, "store");
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        char folder[64];
        snprintf(folder, sizeof(folder), "evil-%s", rows[i].kind);
        run("python3 tests/oci_layout.py %s/%s %s", g->dir, folder, folder);
        enum image_outcome o = import(g, folder, "evil:1");
        if (o != rows[i].outcome)
            fail_msg("%s: %d %s", rows[i].kind, o, g->error);
        assert_true(!rows[i].outside || !os_file_exists(rows[i].outside));
    }
    run("test -z \"$(ls %s/store/tmp | grep -v trash)\"", g->dir);
}

static void test_one_process(void **state)
{
    struct ground *g = *state;
    NEED_ROOT(g);
    char dir[128];
    struct err err = {""};
    struct image_store *other = NULL;
    store_open(g, "store");
    snprintf(dir, sizeof(dir), "%s/store", g->dir);
    struct image_config c = {.dir = dir};
    assert_int_equal(image_store_open(&other, g->loop, &c, &err), -EBUSY);
}

static void nobody(void *ctx, const struct image_pull_result *r)
{
    (void)ctx;
    (void)r;
    fail_msg("an agent that has ended was told");
}

/* An agent ends during pulls, one running and others waiting: the loop never turns again, and nothing is left behind. */
static void test_closed_in_mid_pull(void **state)
{
    struct ground *g = *state;
    struct err err = {""};
    char name[64];
    if (!g)
        skip();
    store_open(g, "store");
    for (int i = 0; i < 6; i++) {
        snprintf(name, sizeof(name), "127.0.0.1:1/team/x:%d", i);
        struct str secret = STR("{\"auths\":{\"127.0.0.1:1\":{\"auth\":\"dTpw\"}}}");
        struct image_pull_request q = {.reference = str_of(name), .docker_configs = &secret, .n_docker_configs = 1, .done = nobody};
        assert_done(image_pull(g->store, &q, NULL, &err));
    }
    g->store = image_store_close(g->store);
    loop_free(g->loop);
    assert_done(loop_new(&g->loop));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_references),
        cmocka_unit_test(test_manifests),
        cmocka_unit_test(test_manifest_without_memory),
        cmocka_unit_test(test_credentials),
        cmocka_unit_test_setup_teardown(test_import_mount, setup, teardown),
        cmocka_unit_test_setup_teardown(test_export_import, setup, teardown),
        cmocka_unit_test_setup_teardown(test_evil_layers, setup, teardown),
        cmocka_unit_test_setup_teardown(test_one_process, setup, teardown),
        cmocka_unit_test_setup_teardown(test_closed_in_mid_pull, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
