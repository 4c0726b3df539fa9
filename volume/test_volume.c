#include "volume/volume.h"

#include <fcntl.h>
#include <sys/mount.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>

#include "tests/unit.h"
#include "volume/inside.h"

/* Volumes of a pretended pod in a temporary folder. What needs root (tmpfs,
 * owners, bind mounts) is skipped without it. */

static char root[64];

struct world {
    struct arena *a;
    struct volume_pod pod;
    struct value config, secret;
    bool config_there;
    int token;
};

static struct value parse(struct world *w, const char *json)
{
    struct value v;
    struct err err;
    if (value_parse(w->a, str_of(json), NULL, NULL, &v, &err) < 0)
        fail_msg("%s", err.text);
    return v;
}

static int config_map(void *ctx, struct str name, const struct value **out)
{
    struct world *w = ctx;
    if (str_is(name, "later"))
        return -EAGAIN;
    *out = &w->config;
    return w->config_there && str_is(name, "settings") ? 0 : VOLUME_ABSENT;
}

static int secret(void *ctx, struct str name, const struct value **out)
{
    struct world *w = ctx;
    *out = &w->secret;
    return str_is(name, "keys") ? 0 : VOLUME_ABSENT;
}

static int token(void *ctx, struct str audience, int64_t seconds, struct buf *out)
{
    struct world *w = ctx;
    buf_fmt(out, "token %d for %.*s, %d s", w->token, STR_FMT(audience), (int)seconds);
    return 0;
}

static int field(void *ctx, const struct value *item, struct buf *out)
{
    (void)ctx;
    buf_fmt(out, "<%.*s>", STR_FMT(value_text_at(item, "fieldRef.fieldPath")));
    return 0;
}

static int bundle(void *ctx, const struct value *source, struct buf *out)
{
    (void)ctx;
    if (str_is(value_text_at(source, "name"), "gone") || str_is(value_text_at(source, "signerName"), "example.com/gone"))
        return VOLUME_ABSENT;
    buf_text(out, "PEM");
    return 0;
}

static int image(void *ctx, const struct value *source, char path[OS_PATH_MAX])
{
    (void)ctx;
    return str_is(value_text_at(source, "reference"), "here") ? os_path(path, "/images/here") : VOLUME_ABSENT;
}

/* Claims are told as volumes by their names: "own", "host", "local", "block", "net"; others are not known yet. */
static int claim(void *ctx, const struct value *volume, const struct value **out, struct err *err)
{
    struct world *w = ctx;
    struct str name = value_text_at(volume, "persistentVolumeClaim.claimName");
    static struct value v;
    char text[600];
    const char *spec = str_is(name, "block") ? "\"volumeMode\":\"Block\",\"local\":{\"path\":\"/dev/sda\"}"
                       : str_is(name, "net") ? "\"nfs\":{\"server\":\"s\",\"path\":\"/\"}"
                                             : NULL;
    if (str_is(name, "own"))
        snprintf(text, sizeof(text),
                 "{\"metadata\":{\"annotations\":{\"pv.kubernetes.io/provisioned-by\":\"coracle.dev/local\"}},"
                 "\"spec\":{\"hostPath\":{\"path\":\"%s/kept/pvc-1\",\"type\":\"DirectoryOrCreate\"}}}",
                 root);
    else if (str_is(name, "local"))
        snprintf(text, sizeof(text), "{\"spec\":{\"local\":{\"path\":\"%s/disk\"}}}", root);
    else if (spec)
        snprintf(text, sizeof(text), "{\"spec\":{%s}}", spec);
    else
        return err_raise(err, -EAGAIN, "not known yet");
    v = parse(w, text);
    *out = &v;
    return 0;
}

static void begin(struct world *w)
{
    static char folder[128];
    *w = (struct world){.config_there = true};
    snprintf(folder, sizeof(folder), "%s/pod", root);
    w->pod = (struct volume_pod){.folder = folder, .fs_group = -1, .now_sec = 1475713029, .now_nsec = 7};
    assert_done(arena_new(&w->a, 1 << 24));
    w->config = parse(w, "{\"data\":{\"color\":\"blue\",\"size\":\"3\"},\"binaryData\":{\"raw\":\"AAEC\"}}");
    w->secret = parse(w, "{\"data\":{\"password\":\"c2VzYW1l\"}}");
}

static void end(struct world *w)
{
    struct err err;
    if (volume_tear_down(&w->pod, &err) < 0)
        fail_msg("%s", err.text);
    assert_false(os_file_exists(w->pod.folder));
    w->a = arena_free(w->a);
}

static int try(struct world *w, const char *volume, struct volume_result *out, struct err *err)
{
    struct volume_lookups look = {config_map, secret, token, field, bundle, NULL, image, claim, w};
    struct value v = parse(w, volume);
    w->pod.now_nsec += 1000;
    return volume_set_up(&w->pod, &v, &look, out, err);
}

static struct volume_result set_up(struct world *w, const char *volume)
{
    struct volume_result out;
    struct err err;
    if (try(w, volume, &out, &err) < 0)
        fail_msg("%s", err.text);
    return out;
}

#define assert_file(volume_path, name, expected) \
    do { \
        char path_[OS_PATH_MAX]; \
        SCOPED_BUF text_ = BUF_INIT(0); \
        assert_done(os_path(path_, "%s/%s", (volume_path), (name))); \
        assert_done(os_file_read(path_, 1 << 20, &text_)); \
        assert_str(buf_view(&text_), (expected)); \
    } while (0)

static mode_t mode_of(const char *volume_path, const char *name)
{
    char path[OS_PATH_MAX];
    struct stat st;
    assert_done(os_path(path, "%s/%s", volume_path, name));
    assert_int_equal(stat(path, &st), 0);
    return st.st_mode & 07777;
}

static bool there(const char *volume_path, const char *name)
{
    char path[OS_PATH_MAX];
    struct stat st;
    return os_path(path, "%s/%s", volume_path, name) == 0 && lstat(path, &st) == 0;
}

static void need_root(void)
{
    if (geteuid() == 0)
        return;
    print_message("skipped: needs root\n");
    skip();
}

static int count(void *ctx, const char *name, unsigned char type)
{
    (void)name;
    (void)type;
    ++*(int *)ctx;
    return 0;
}

/* ── tests ── */

static void test_config_map(void **state)
{
    (void)state;
    struct world w;
    const char *all = "{\"name\":\"c\",\"configMap\":{\"name\":\"settings\",\"defaultMode\":416}}";
    begin(&w);
    struct volume_result v = set_up(&w, all);
    assert_true(v.changed && v.read_only && v.updates);
    assert_file(v.path, "color", "blue");
    char raw[OS_PATH_MAX];
    SCOPED_BUF bytes = BUF_INIT(0);
    assert_done(os_path(raw, "%s/raw", v.path));
    assert_done(os_file_read(raw, 100, &bytes));
    assert_true(str_eq(buf_view(&bytes), str_make("\0\1\2", 3)));
    assert_int_equal(mode_of(v.path, "color"), 0640);
    assert_true(there(v.path, "..2016_10_06_00_17_09.000001007"));
    assert_false(set_up(&w, all).changed);
    /* an update: a reader that holds the old folder goes on reading old contents, whole */
    char data[OS_PATH_MAX];
    assert_done(os_path(data, "%s/..data", v.path));
    SCOPED_FD before = open(data, O_PATH | O_DIRECTORY | O_CLOEXEC);
    SCOPED_FD held = openat(before, "color", O_RDONLY | O_CLOEXEC);
    w.config = parse(&w, "{\"data\":{\"color\":\"red\",\"new\":\"n\"}}");
    assert_true(set_up(&w, all).changed);
    assert_file(v.path, "color", "red");
    assert_file(v.path, "new", "n");
    assert_false(there(v.path, "size"));
    assert_false(there(v.path, "raw"));
    char text[8];
    assert_int_equal(read(held, text, sizeof(text)), 4);
    assert_memory_equal(text, "blue", 4);
    int entries = 0;
    assert_done(os_dir_each(v.path, count, &entries));
    assert_int_equal(entries, 4); /* ..data, its folder, color, new */
    end(&w);
}

static void test_items_and_absence(void **state)
{
    (void)state;
    struct world w;
    struct volume_result v;
    struct err err;
    begin(&w);
    v = set_up(&w, "{\"name\":\"c\",\"configMap\":{\"name\":\"settings\",\"items\":[{\"key\":\"color\",\"path\":\"deep/er/paint\",\"mode\":256},"
                   "{\"key\":\"size\",\"path\":\"deep/size\"}]}}");
    assert_file(v.path, "deep/er/paint", "blue");
    assert_int_equal(mode_of(v.path, "deep/er/paint"), 0400);
    assert_int_equal(mode_of(v.path, "deep/size"), 0644);
    assert_false(there(v.path, "color"));
    assert_int_equal(try(&w, "{\"name\":\"d\",\"configMap\":{\"name\":\"settings\",\"items\":[{\"key\":\"no\",\"path\":\"x\"}]}}", &v, &err),
                     -ENOENT);
    assert_string_equal(err.text, "volume \"d\": configmap \"settings\" has no key \"no\"");
    assert_int_equal(try(&w, "{\"name\":\"d\",\"configMap\":{\"name\":\"gone\"}}", &v, &err), -ENOENT);
    assert_string_equal(err.text, "volume \"d\": configmap \"gone\" not found");
    assert_int_equal(try(&w, "{\"name\":\"d\",\"configMap\":{\"name\":\"later\"}}", &v, &err), -EAGAIN);
    v = set_up(&w, "{\"name\":\"d\",\"configMap\":{\"name\":\"gone\",\"optional\":true}}");
    assert_true(there(v.path, "..data"));
    /* paths that lead out are refused */
    static const char *const bad[] = {"../x", "/x", "a/../../x", "..data", "a//b", "", "./a"};
    for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
        char text[256];
        snprintf(text, sizeof(text), "{\"name\":\"e\",\"configMap\":{\"name\":\"settings\",\"items\":[{\"key\":\"color\",\"path\":\"%s\"}]}}",
                 bad[i]);
        assert_int_equal(try(&w, text, &v, &err), -EINVAL);
    }
    assert_int_equal(try(&w, "{\"name\":\"../e\",\"emptyDir\":{}}", &v, &err), -EINVAL);
    assert_int_equal(try(&w, "{\"name\":\"e\",\"persistentVolumeClaim\":{\"claimName\":\"x\"}}", &v, &err), -EAGAIN);
    end(&w);
}

#define CLAIM(name, more) "{\"name\":\"c\",\"persistentVolumeClaim\":{\"claimName\":\"" name "\"" more "}}"

static void test_claims(void **state)
{
    struct world w;
    struct volume_result v;
    struct err err;
    struct stat st;
    char path[OS_PATH_MAX];
    (void)state;
    need_root();
    begin(&w);
    v = set_up(&w, CLAIM("own", ""));
    assert_false(v.read_only);
    assert_int_equal(stat(v.path, &st), 0);
    assert_int_equal(st.st_mode & 07777, 0777); /* made with its first use, for whoever the pod runs as */
    assert_done(os_path(path, "%s/file", v.path));
    assert_done(os_file_replace(path, STR("kept"), 0600));
    v = set_up(&w, CLAIM("own", ",\"readOnly\":true"));
    assert_true(v.read_only);
    w.pod.fs_group = 2000;
    v = set_up(&w, CLAIM("own", ""));
    assert_int_equal(stat(path, &st), 0);
    assert_int_equal(st.st_gid, 2000);
    assert_int_equal(st.st_mode & 07777, 0660);
    assert_int_equal(stat(v.path, &st), 0);
    assert_int_equal(st.st_mode & 07777, 02777);
    w.pod.fs_group = 3000;
    w.pod.fs_group_on_mismatch = true;
    v = set_up(&w, CLAIM("own", ""));
    assert_int_equal(stat(path, &st), 0);
    assert_int_equal(st.st_gid, 3000);
    assert_int_equal(try(&w, CLAIM("local", ""), &v, &err), -ENOENT); /* what an administrator promised is not made up */
    assert_done(os_path(path, "%s/disk", root));
    assert_done(os_dir_make(path, 0755));
    v = set_up(&w, CLAIM("local", ""));
    assert_string_equal(v.path, path);
    assert_int_equal(try(&w, CLAIM("block", ""), &v, &err), -ENOTSUP);
    assert_int_equal(try(&w, CLAIM("net", ""), &v, &err), -ENOTSUP);
    assert_string_equal(err.text, "volume \"c\": volumes nfs are not served here");
    end(&w);
    assert_done(os_path(path, "%s/kept/pvc-1/file", root));
    assert_true(os_file_exists(path)); /* the pod is gone, what it wrote is not */
}

static void test_secret_and_projected(void **state)
{
    (void)state;
    need_root();
    struct world w;
    begin(&w);
    w.pod.fs_group = 2000;
    struct volume_result v = set_up(&w, "{\"name\":\"s\",\"secret\":{\"secretName\":\"keys\",\"defaultMode\":256}}");
    assert_file(v.path, "password", "sesame");
    assert_true(mount_point_is(v.path)); /* never on a disk */
    assert_int_equal(mode_of(v.path, "password"), 0440);
    struct stat st;
    char path[OS_PATH_MAX];
    assert_done(os_path(path, "%s/password", v.path));
    assert_int_equal(stat(path, &st), 0);
    assert_int_equal(st.st_gid, 2000);
    const char *projected = "{\"name\":\"kube-api-access\",\"projected\":{\"defaultMode\":420,\"sources\":["
                            "{\"serviceAccountToken\":{\"audience\":\"api\",\"expirationSeconds\":3607,\"path\":\"token\"}},"
                            "{\"configMap\":{\"name\":\"settings\",\"items\":[{\"key\":\"color\",\"path\":\"ca.crt\"}]}},"
                            "{\"secret\":{\"name\":\"keys\"}},"
                            "{\"downwardAPI\":{\"items\":[{\"path\":\"namespace\",\"fieldRef\":{\"fieldPath\":\"metadata.namespace\"}}]}}]}}";
    v = set_up(&w, projected);
    assert_file(v.path, "token", "token 0 for api, 3607 s");
    assert_file(v.path, "ca.crt", "blue");
    assert_file(v.path, "password", "sesame");
    assert_file(v.path, "namespace", "<metadata.namespace>");
    assert_int_equal(mode_of(v.path, "token"), 0640);
    w.token = 1;
    assert_true(set_up(&w, projected).changed);
    assert_file(v.path, "token", "token 1 for api, 3607 s");
    v = set_up(&w, "{\"name\":\"d\",\"downwardAPI\":{\"items\":[{\"path\":\"labels\",\"fieldRef\":{\"fieldPath\":\"metadata.labels\"}}]}}");
    assert_file(v.path, "labels", "<metadata.labels>");
    end(&w);
}

/* One that is not there is named as the pod names it. */
static void test_trust_bundles(void **state)
{
    static const struct {
        const char *source, *wanted;
    } rows[] = {{"\"name\":\"gone\"", "trust bundle \"gone\" not found"},
                {"\"signerName\":\"example.com/gone\",\"labelSelector\":{}", "no trust bundle of signer \"example.com/gone\" with such labels"},
                {"\"signerName\":\"example.com/gone\",\"optional\":true", NULL},
                {"\"signerName\":\"example.com/there\"", NULL}};
    (void)state;
    need_root();
    struct world w;
    begin(&w);
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct volume_result out;
        struct err err = {{0}};
        char text[400];
        snprintf(text, sizeof(text), "{\"name\":\"t%zu\",\"projected\":{\"sources\":[{\"clusterTrustBundle\":{%s,\"path\":\"ca\"}}]}}", i,
                 rows[i].source);
        int r = try(&w, text, &out, &err);
        assert_int_equal(r < 0, rows[i].wanted != NULL);
        if (rows[i].wanted && !strstr(err.text, rows[i].wanted))
            fail_msg("%s", err.text);
    }
    end(&w);
}

static void test_empty_dir(void **state)
{
    (void)state;
    need_root();
    struct world w;
    begin(&w);
    struct volume_result v = set_up(&w, "{\"name\":\"e\",\"emptyDir\":{}}");
    assert_int_equal(mode_of(v.path, "."), 0777);
    assert_false(v.read_only);
    w.pod.fs_group = 77;
    v = set_up(&w, "{\"name\":\"g\",\"emptyDir\":{\"sizeLimit\":\"8Ki\"}}");
    assert_int_equal(mode_of(v.path, "."), 02777);
    struct value volumes = parse(&w, "[{\"name\":\"g\",\"emptyDir\":{\"sizeLimit\":\"8Ki\"}}]");
    char name[256], path[OS_PATH_MAX];
    int64_t used;
    assert_int_equal(volume_usage_check(&w.pod, &volumes, name, &used), 0);
    char big[20000] = {0};
    assert_done(os_path(path, "%s/big", v.path));
    assert_done(os_file_replace(path, str_make(big, sizeof(big)), 0644));
    assert_int_equal(volume_usage_check(&w.pod, &volumes, name, &used), VOLUME_OVER);
    assert_string_equal(name, "g");
    v = set_up(&w, "{\"name\":\"m\",\"emptyDir\":{\"medium\":\"Memory\",\"sizeLimit\":\"64Ki\"}}");
    assert_true(v.changed && mount_point_is(v.path));
    assert_false(set_up(&w, "{\"name\":\"m\",\"emptyDir\":{\"medium\":\"Memory\",\"sizeLimit\":\"64Ki\"}}").changed);
    assert_done(os_path(path, "%s/big", v.path));
    SCOPED_FD fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0644);
    ssize_t wrote = 0;
    for (int i = 0; i < 10 && wrote >= 0; i++)
        wrote = write(fd, big, sizeof(big));
    assert_true(wrote < 0 && errno == ENOSPC);
    end(&w);
}

static void test_host_path(void **state)
{
    (void)state;
    struct world w;
    struct volume_result v;
    struct err err;
    char text[512], path[128];
    begin(&w);
#define HOST(name, type) (snprintf(text, sizeof(text), "{\"name\":\"h\",\"hostPath\":{\"path\":\"%s/%s\",\"type\":\"%s\"}}", root, name, type), text)
    v = set_up(&w, HOST("made/dir", "DirectoryOrCreate"));
    snprintf(path, sizeof(path), "%s/made/dir", root);
    assert_string_equal(v.path, path);
    set_up(&w, HOST("made/dir", "Directory"));
    assert_int_equal(try(&w, HOST("made/dir", "File"), &v, &err), -EINVAL);
    assert_non_null(strstr(err.text, "hostPath type check failed"));
    assert_int_equal(try(&w, HOST("made/none", "File"), &v, &err), -ENOENT);
    set_up(&w, HOST("made/file", "FileOrCreate"));
    set_up(&w, HOST("made/file", "File"));
    assert_int_equal(try(&w, HOST("no/parent/file", "FileOrCreate"), &v, &err), -ENOENT);
    assert_int_equal(try(&w, HOST("made/../../etc", ""), &v, &err), -EINVAL);
    assert_int_equal(try(&w, HOST("made/file", "Odd"), &v, &err), -EINVAL);
    set_up(&w, "{\"name\":\"n\",\"hostPath\":{\"path\":\"/dev/null\",\"type\":\"CharDevice\"}}");
    assert_int_equal(try(&w, "{\"name\":\"n\",\"hostPath\":{\"path\":\"/dev/null\",\"type\":\"BlockDevice\"}}", &v, &err), -EINVAL);
    SCOPED_FD s = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    struct sockaddr_un at = {.sun_family = AF_UNIX};
    snprintf(at.sun_path, sizeof(at.sun_path), "%s/made/sock", root);
    assert_int_equal(bind(s, (struct sockaddr *)&at, sizeof(at)), 0);
    set_up(&w, HOST("made/sock", "Socket"));
    v = set_up(&w, "{\"name\":\"i\",\"image\":{\"reference\":\"here\"}}");
    assert_string_equal(v.path, "/images/here");
    assert_true(v.read_only);
    assert_int_equal(try(&w, "{\"name\":\"i\",\"image\":{\"reference\":\"gone\"}}", &v, &err), -ENOENT);
    end(&w);
}

static void link_to(const char *volume_path, const char *name, const char *to)
{
    char path[OS_PATH_MAX];
    assert_done(os_path(path, "%s/%s", volume_path, name));
    unlink(path);
    assert_int_equal(symlink(to, path), 0);
}

static void test_sub_path(void **state)
{
    (void)state;
    need_root();
    struct world w;
    struct err err;
    char out[OS_PATH_MAX], path[OS_PATH_MAX], outside[OS_PATH_MAX];
    begin(&w);
    struct volume_result v = set_up(&w, "{\"name\":\"e\",\"emptyDir\":{}}");
    assert_done(volume_sub_path(&w.pod, v.path, STR("a/b/c"), "main", 0, out, &err)); /* made on the way */
    assert_true(mount_point_is(out) || os_file_exists(out));
    assert_int_equal(mode_of(v.path, "a/b"), 0777);
    assert_done(os_path(path, "%s/f", out));
    assert_done(os_file_replace(path, STR("inside"), 0644));
    assert_file(v.path, "a/b/c/f", "inside");
    /* the name is moved elsewhere: what is bound stays what it was */
    assert_done(os_path(path, "%s/a/b", v.path));
    assert_done(os_path(outside, "%s/a/old", v.path));
    assert_int_equal(rename(path, outside), 0);
    link_to(v.path, "a/b", "/etc");
    assert_file(out, "f", "inside");
    /* every way out is refused */
    assert_int_equal(volume_sub_path(&w.pod, v.path, STR("../x"), "main", 1, path, &err), -EINVAL);
    assert_int_equal(volume_sub_path(&w.pod, v.path, STR("/etc"), "main", 1, path, &err), -EINVAL);
    assert_int_equal(volume_sub_path(&w.pod, v.path, STR("a/b"), "main", 1, path, &err), -EXDEV);
    assert_int_equal(volume_sub_path(&w.pod, v.path, STR("a/b/new/folder"), "main", 1, path, &err), -EXDEV);
    assert_non_null(strstr(err.text, "leads out of the volume"));
    link_to(v.path, "up", "../../../..");
    assert_int_equal(volume_sub_path(&w.pod, v.path, STR("up/etc/passwd"), "main", 1, path, &err), -EXDEV);
    link_to(v.path, "magic", "/proc/self/root");
    assert_true(volume_sub_path(&w.pod, v.path, STR("magic"), "main", 1, path, &err) < 0);
    link_to(v.path, "dangling", "../../../new-file");
    assert_true(volume_sub_path(&w.pod, v.path, STR("dangling"), "main", 1, path, &err) < 0);
    /* links inside are fine, and so is a file */
    link_to(v.path, "in", "a/old/c");
    assert_done(volume_sub_path(&w.pod, v.path, STR("in/f"), "main", 2, out, &err));
    SCOPED_BUF text = BUF_INIT(0);
    assert_done(os_file_read(out, 100, &text));
    assert_str(buf_view(&text), "inside");
    /* a config map's key: a chain of links within the volume */
    struct volume_result c = set_up(&w, "{\"name\":\"c\",\"configMap\":{\"name\":\"settings\"}}");
    assert_done(volume_sub_path(&w.pod, c.path, STR("color"), "main", 3, out, &err));
    assert_done(volume_sub_path(&w.pod, c.path, STR("color"), "main", 3, out, &err)); /* the container starts again */
    volume_sub_paths_release(&w.pod, "main");
    assert_false(os_file_exists(out));
    assert_done(volume_sub_path(&w.pod, v.path, STR("a"), "other", 0, out, &err));
    end(&w); /* with one still bound */
    SCOPED_BUF mounts = BUF_INIT(0);
    assert_done(os_file_read("/proc/self/mountinfo", 16 << 20, &mounts));
    assert_true(str_find(buf_view(&mounts), str_of(root)) < 0);
}

struct no_memory {
    struct world *w;
    struct value volume;
};

static int write_it(void *ctx)
{
    struct no_memory *n = ctx;
    struct volume_lookups look = {config_map, secret, token, field, NULL, NULL, image, NULL, n->w};
    struct volume_result out;
    struct err err;
    return volume_set_up(&n->w->pod, &n->volume, &look, &out, &err);
}

static void test_no_memory(void **state)
{
    (void)state;
    struct world w;
    begin(&w);
    struct no_memory n = {&w, parse(&w, "{\"name\":\"c\",\"configMap\":{\"name\":\"settings\"}}")};
    unit_fail_allocations(write_it, &n);
    char path[OS_PATH_MAX];
    assert_done(os_path(path, "%s/volumes/c", w.pod.folder));
    assert_file(path, "color", "blue");
    end(&w);
}

static int make_root(void **state)
{
    (void)state;
    snprintf(root, sizeof(root), "/tmp/coracle-volume-%d", (int)getpid());
    return os_dir_make(root, 0755);
}

static int drop_root(void **state)
{
    (void)state;
    return os_tree_remove(root);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_config_map),    cmocka_unit_test(test_items_and_absence),
        cmocka_unit_test(test_claims),        cmocka_unit_test(test_secret_and_projected),
        cmocka_unit_test(test_trust_bundles), cmocka_unit_test(test_empty_dir),
        cmocka_unit_test(test_host_path),     cmocka_unit_test(test_sub_path),
        cmocka_unit_test(test_no_memory),
    };
    return cmocka_run_group_tests(tests, make_root, drop_root);
}
