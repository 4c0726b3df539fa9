#include "cmd/inside.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/sendfile.h>

#include "cmd/local.h"
#include "http/http.h"
#include "image/image.h"
#include "net/net.h"
#include "runtime/runtime.h"
#include "store/store.h"
#include "volume/volume.h"

/* Commands that ask a running server or agent over its local socket, or do the work themselves when none runs. */

struct answer {
    struct loop *loop;
    int code;
    bool quiet;
};

static void on_end(void *ctx, int r, int code, struct str body, const char *error)
{
    struct answer *a = ctx;
    a->code = r < 0 ? 0 : code;
    if (r < 0 || code >= 300)
        fprintf(stderr, "coracle: %.*s\n", STR_FMT(r < 0 ? str_of(error) : body));
    else if (!a->quiet)
        printf("%.*s", STR_FMT(body));
    loop_stop(a->loop);
}

int local_ask(struct settings *c, const char *which, const char *path, bool quiet)
{
    struct answer a = {.quiet = quiet};
    struct http_client *client = NULL;
    struct http_call *call;
    struct err err = {{0}};
    if (loop_new(&a.loop) < 0)
        return -ENOMEM;
    struct http_client_options o = {.host = "localhost",
                                    .unix_path =
                                        arena_fmt(c->mem, strcmp(which, "server") == 0 ? "%s/server/%s.sock" : "%s/%s.sock", c->run_dir, which).p,
                                    .http1_only = true};
    struct http_call_options q = {.method = "POST", .path = path, .timeout_ms = 3600000};
    struct http_call_events e = {.on_end = on_end, .ctx = &a};
    int r = http_client_new(&client, a.loop, &o, &err);
    if (r == 0)
        r = http_client_call(&call, client, &q, &e);
    if (r == 0)
        r = loop_run(a.loop);
    http_client_free(client);
    loop_free(a.loop);
    return r < 0 ? r : a.code;
}

const char *local_path(struct settings *c, const char *path, const char *name, const char *value, const char *name2, const char *value2)
{
    SCOPED_BUF b = BUF_INIT(16384);
    buf_fmt(&b, "%s?%s=", path, name);
    http_percent_encode(str_of(value), &b);
    if (name2) {
        buf_fmt(&b, "&%s=", name2);
        http_percent_encode(str_of(value2), &b);
    }
    return arena_fmt(c->mem, "%s", buf_cstr(&b)).p;
}

/* ── images ── */

struct work {
    struct loop *loop;
    int failed;
};

static void on_image(void *ctx, const struct image_pull_result *r)
{
    struct work *w = ctx;
    if (r->outcome == IMAGE_PULLED)
        printf("%.*s\n", STR_FMT(r->image->n_tags ? r->image->tags[0] : r->image->id));
    else
        fprintf(stderr, "coracle image: %s\n", r->error);
    w->failed = r->outcome != IMAGE_PULLED;
    loop_stop(w->loop);
}

static void print_image(struct str name, struct str id, int64_t size)
{
    printf("%-60.*s %.*s  %8.1f MB\n", STR_FMT(name), STR_FMT(id), (double)size / 1e6);
}

static int work_alone(struct settings *c, const char *verb, const char *first, const char *second)
{
    struct work w = {.failed = 1};
    struct image_store *s = NULL;
    struct err err = {{0}};
    struct image_config im = {.dir = arena_fmt(c->mem, "%s/images", c->data_dir).p};
    int r = loop_new(&w.loop);
    if (r == 0)
        r = image_store_open(&s, w.loop, &im, &err);
    if (r == 0 && strcmp(verb, "ls") == 0) {
        struct image *const *images;
        size_t n = image_list(s, &images);
        for (size_t i = 0; i < n; i++)
            for (size_t k = 0; k < MAX(images[i]->n_tags, (size_t)1); k++) /* a line for each of its names */
                print_image(images[i]->n_tags ? images[i]->tags[k] : images[i]->id, str_head(str_from(images[i]->id, 7), 12), images[i]->size);
        w.failed = 0;
    } else if (r == 0 && strcmp(verb, "rm") == 0) {
        r = image_remove(s, str_of(first), &err);
        w.failed = r != 0;
        if (r == IMAGE_ABSENT)
            fprintf(stderr, "coracle image: no such image\n");
    } else if (r == 0) {
        struct image_pull_request q = {.reference = str_of(first), .done = on_image, .ctx = &w};
        r = strcmp(verb, "import") == 0 ? image_import(s, first, str_of(second), on_image, &w, &err) : image_pull(s, &q, NULL, &err);
        if (r == 0)
            r = loop_run(w.loop);
    }
    if (r < 0)
        fprintf(stderr, "coracle image: %s\n", err.text);
    if (s)
        image_store_close(s);
    loop_free(w.loop);
    return w.failed || r < 0;
}

int image_main(struct settings *c)
{
    struct status agent;
    char full[OS_PATH_MAX];
    const char *verb = c->n_words ? c->words[0] : "", *first = c->n_words > 1 ? c->words[1] : NULL, *second = c->n_words > 2 ? c->words[2] : "";
    bool ls = strcmp(verb, "ls") == 0, import = strcmp(verb, "import") == 0;
    if (!(ls || import || strcmp(verb, "pull") == 0 || strcmp(verb, "rm") == 0) || (!ls && !first)) {
        fprintf(stderr, "usage: coracle image import FILE [NAME] | pull NAME | ls | rm NAME\n");
        return 2;
    }
    if (import && realpath(first, full))
        first = full;
    if (status_read(c, "agent", &agent) < 0)
        return work_alone(c, verb, first, second);
    const char *path = ls       ? "/image/ls"
                       : import ? local_path(c, "/image/import", "path", first, "name", second)
                                : local_path(c, arena_fmt(c->mem, "/image/%s", verb).p, "name", first, NULL, NULL);
    int code = local_ask(c, "agent", path, false);
    return code >= 200 && code < 300 ? 0 : 1;
}

/* ── backup and restore ── */

static int copy_file(const char *from, const char *to)
{
    SCOPED_FD in = open(from, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    SCOPED_FD out = in < 0 ? -1 : open(to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    ssize_t n = -1;
    if (in < 0 || out < 0)
        return -errno;
    while ((n = sendfile(out, in, NULL, 1u << 30)) > 0)
        continue;
    return n < 0 || fsync(out) < 0 ? -errno : 0;
}

struct moving {
    const char *from, *to;
};

static int move_entry(void *ctx, const char *name, unsigned char d_type)
{
    const struct moving *m = ctx;
    char from[OS_PATH_MAX], to[OS_PATH_MAX];
    (void)d_type;
    if (os_path(from, "%s/%s", m->from, name) < 0 || os_path(to, "%s/%s", m->to, name) < 0)
        return -ENAMETOOLONG;
    return copy_file(from, to);
}

/* The server writes in its own folder only: what it has written there is brought to where it was asked for. */
int backup_main(struct settings *c)
{
    if (c->n_words != 1) {
        fprintf(stderr, "usage: coracle backup FOLDER\n");
        return 2;
    }
    const char *to = c->words[0], *name = arena_fmt(c->mem, "copy-%d", (int)getpid()).p;
    struct moving m = {arena_fmt(c->mem, "%s/backup/%s", c->data_dir, name).p, to};
    if (os_file_exists(to)) {
        fprintf(stderr, "coracle backup: %s is there already\n", to);
        return 1;
    }
    if (local_ask(c, "server", local_path(c, "/backup", "to", name, NULL, NULL), true) != 200)
        return 1;
    int r = os_dir_make(to, 0700);
    if (r == 0)
        r = os_dir_each(m.from, move_entry, &m);
    if (os_tree_remove(m.from) < 0)
        fprintf(stderr, "coracle backup: %s stays behind\n", m.from);
    if (r < 0) {
        fprintf(stderr, "coracle backup: %s: %s\n", to, strerror(-r));
        return 1;
    }
    printf("backup written to %s\n", to);
    return 0;
}

int restore_main(struct settings *c)
{
    struct status server;
    char folder[OS_PATH_MAX];
    struct err err = {{0}};
    if (c->n_words != 1) {
        fprintf(stderr, "usage: coracle restore FOLDER\n");
        return 2;
    }
    if (status_read(c, "server", &server) == 0) {
        fprintf(stderr, "coracle restore: the server runs as %d; stop it first\n", (int)server.pid);
        return 1;
    }
    int r = os_path(folder, "%s/store", c->data_dir);
    if (r == 0)
        r = os_dir_make(c->data_dir, 0711);
    if (r == 0)
        r = store_restore(c->words[0], folder, &err);
    if (r < 0) {
        fprintf(stderr, "coracle restore: %s\n", err.text[0] ? err.text : strerror(-r));
        return 1;
    }
    printf("restored into %s\n", folder);
    return 0;
}

/* ── stop ── */

struct sweep {
    struct loop *loop;
    struct runtime *runtime;
};

static void on_removed(void *ctx, int r, const char *error)
{
    struct sweep *s = ctx;
    if (r < 0)
        fprintf(stderr, "coracle stop: %s\n", error);
    struct runtime_pod *p = runtime_pod_next(s->runtime, NULL);
    if (p)
        runtime_pod_remove(p, on_removed, s);
    else
        loop_stop(s->loop);
}

static int unmount(void *ctx, struct str container, struct str image_id)
{
    struct err err = {{0}};
    (void)image_id;
    if (image_root_unmount(ctx, container, &err) < 0)
        fprintf(stderr, "coracle stop: %s\n", err.text);
    return 0;
}

static int remove_pod(void *ctx, const char *uid, unsigned char type)
{
    const struct settings *c = ctx;
    char folder[OS_PATH_MAX];
    struct err err = {{0}};
    (void)type;
    if (os_path(folder, "%s/pods/%s", c->data_dir, uid) == 0 && volume_tear_down(&(struct volume_pod){.folder = folder, .fs_group = -1}, &err) < 0)
        fprintf(stderr, "coracle stop: %s\n", err.text);
    return 0;
}

/* No agent runs: what it left is taken away by its own means. */
static void sweep(struct settings *c)
{
    struct sweep s = {0};
    struct image_store *images = NULL;
    struct err err = {{0}};
    const char *init[] = {c->self, "pod-init", NULL};
    struct runtime_options rt = {.run = arena_fmt(c->mem, "%s/pods", c->run_dir).p, .cgroup = c->cgroup, .init_argv = init};
    struct image_config im = {.dir = arena_fmt(c->mem, "%s/images", c->data_dir).p};
    if (loop_new(&s.loop) < 0)
        return;
    if (runtime_new(&s.runtime, s.loop, &rt, &err) == 0) {
        struct runtime_pod *p = runtime_pod_next(s.runtime, NULL);
        if (p) {
            runtime_pod_remove(p, on_removed, &s);
            if (loop_run(s.loop) < 0)
                fprintf(stderr, "coracle stop: pods could not be ended\n");
        }
    }
    if (os_file_exists(im.dir) && image_store_open(&images, s.loop, &im, &err) == 0 && image_root_each(images, unmount, images) < 0)
        fprintf(stderr, "coracle stop: roots could not be listed\n");
    const char *pods = arena_fmt(c->mem, "%s/pods", c->data_dir).p;
    if (os_file_exists(pods) && os_dir_each(pods, remove_pod, c) < 0)
        fprintf(stderr, "coracle stop: pods' folders could not be listed\n");
    if (net_sweep(c->name, arena_fmt(c->mem, "%s/net", c->data_dir).p, &err) < 0)
        fprintf(stderr, "coracle stop: %s\n", err.text);
    if (images)
        image_store_close(images);
    runtime_free(s.runtime);
    loop_free(s.loop);
}

static bool wait_gone(pid_t pid, int64_t ms)
{
    for (; ms > 0; ms -= 10) {
        if (kill(pid, 0) < 0)
            return true;
        nanosleep(&(struct timespec){.tv_nsec = 10000000}, NULL);
    }
    return false;
}

static void end_process(struct settings *c, const char *which)
{
    struct status s;
    if (status_read(c, which, &s) < 0)
        return;
    kill(s.pid, SIGTERM);
    if (!wait_gone(s.pid, 15000)) {
        fprintf(stderr, "coracle stop: %s (%d) does not end; it is killed\n", which, (int)s.pid);
        kill(s.pid, SIGKILL);
        wait_gone(s.pid, 5000);
    }
    status_remove(c, which);
}

/* What is our own, and the folder itself if nothing else is in it. */
static void clear_run_folder(struct settings *c)
{
    static const char *const files[] = {"up.status", "agent.status", "agent.sock", "server/server.sock", "server/server.status"};
    static const char *const folders[] = {"server", ""};
    char path[OS_PATH_MAX];
    if (os_path(path, "%s/pods", c->run_dir) == 0 && os_tree_remove(path) < 0)
        fprintf(stderr, "coracle stop: %s cannot be removed: something is still mounted there\n", path);
    for (size_t i = 0; i < ARRAY_LEN(files); i++)
        if (os_path(path, "%s/%s", c->run_dir, files[i]) == 0)
            unlink(path);
    for (size_t i = 0; i < ARRAY_LEN(folders); i++)
        if (os_path(path, "%s/%s", c->run_dir, folders[i]) == 0)
            rmdir(path);
}

int stop_main(struct settings *c)
{
    static const char *const processes[] = {"up", "agent", "server"};
    bool ran = false;
    struct status agent, any;
    if (geteuid() != 0) {
        fprintf(stderr, "coracle stop: must be root\n");
        return 1;
    }
    for (size_t i = 0; i < ARRAY_LEN(processes); i++)
        ran = ran || status_read(c, processes[i], &any) == 0;
    if (status_read(c, "agent", &agent) == 0) {
        printf("ending the pods of %s …\n", c->name);
        fflush(stdout);
        if (local_ask(c, "agent", "/clear", true) == 202 && !wait_gone(agent.pid, 60000))
            fprintf(stderr, "coracle stop: pods do not end in time; they are removed\n");
    }
    for (size_t i = 0; i < ARRAY_LEN(processes); i++)
        end_process(c, processes[i]);
    sweep(c);
    clear_run_folder(c);
    const char *how = ran ? "has stopped" : "was not running";
    if (os_file_exists(c->data_dir))
        printf("%s %s; its objects and images stay in %s\n", c->name, how, c->data_dir);
    else
        printf("%s %s; there is no %s\n", c->name, how, c->data_dir);
    return 0;
}
