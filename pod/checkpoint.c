#include "pod/pod.h"

#include <dirent.h>

#include "json/json.h"

/* Pods on disk: data/pods/<uid>/pod.json and the objects they need beside it, so
 * that a machine that comes up alone starts what it ran. Private: 0600. */

static int write_tree(struct worker *w, const char *name, const struct value *v)
{
    char folder[OS_PATH_MAX], path[OS_PATH_MAX];
    SCOPED_BUF text = BUF_INIT(POD_BYTES);
    int r = os_dir_make(pod_worker_folder(w, folder), 0755);
    if (r == 0)
        r = os_path(path, "%s/%s", folder, name);
    json_print(&text, v);
    if (r == 0)
        r = buf_error(&text);
    return r < 0 ? r : os_file_replace(path, buf_view(&text), 0600);
}

static int read_tree(const char *path, struct arena *a, struct value *out)
{
    SCOPED_BUF text = BUF_INIT(POD_BYTES);
    struct str copy;
    int r = os_file_read(path, POD_BYTES, &text);
    if (r == 0)
        r = arena_str(a, buf_view(&text), &copy);
    return r < 0 ? r : json_parse(a, copy, out, NULL);
}

void pod_checkpoint_write(struct worker *w)
{
    if (w->state > WORKER_RUNNING)
        return; /* it does not come back, and its folder is being taken away */
    int r = write_tree(w, "pod.json", &w->pod);
    if (r < 0)
        log_warn("node", "pod %s/%s could not be kept on disk: %s", w->ns, w->name, strerror(-r));
}

static void source_file(const struct source *s, char out[OS_PATH_MAX])
{
    if (os_path(out, "%.*s_%.*s.json", STR_FMT(s->resource->name), STR_FMT(s->name)) < 0)
        out[0] = 0;
}

void pod_checkpoint_write_source(struct worker *w, const struct source *s)
{
    char name[OS_PATH_MAX];
    if (w->state > WORKER_RUNNING)
        return;
    source_file(s, name);
    int r = s->tree.type == VALUE_NULL ? 0 : write_tree(w, name, &s->tree);
    if (r < 0)
        log_warn("node", "%.*s could not be kept on disk: %s", STR_FMT(s->key), strerror(-r));
}

int pod_checkpoint_read_source(struct worker *w, struct source *s)
{
    char folder[OS_PATH_MAX], path[OS_PATH_MAX], name[OS_PATH_MAX];
    SCOPED(arena) a = NULL;
    struct value tree = {0};
    source_file(s, name);
    int r = os_path(path, "%s/%s", pod_worker_folder(w, folder), name);
    if (r == 0)
        r = arena_new(&a, POD_BYTES);
    if (r == 0)
        r = read_tree(path, a, &tree);
    if (r < 0)
        return r;
    s->mem = TAKE(a);
    s->tree = tree;
    return 0;
}

struct finding {
    struct pod_host *host;
    int (*take)(struct pod_host *h, const struct value *pod, int64_t revision, struct worker **out);
};

static int read_one(void *ctx, const char *name, unsigned char type)
{
    struct finding *f = ctx;
    char path[OS_PATH_MAX];
    SCOPED(arena) a = NULL;
    struct value pod = {0};
    struct worker *w;
    if (type != DT_DIR && type != DT_UNKNOWN)
        return 0;
    int r = os_path(path, "%s/pods/%s/pod.json", f->host->data, name);
    if (r == 0)
        r = arena_new(&a, POD_BYTES);
    if (r == 0)
        r = read_tree(path, a, &pod);
    if (r == 0)
        r = f->take(f->host, &pod, 0, &w);
    if (r < 0 && r != -ENOENT)
        log_warn("node", "%s cannot be read: %s", path, strerror(-r));
    return 0;
}

void pod_checkpoint_read_all(struct pod_host *h, int (*take)(struct pod_host *h, const struct value *pod, int64_t revision, struct worker **out))
{
    struct finding f = {h, take};
    char path[OS_PATH_MAX];
    int r = os_path(path, "%s/pods", h->data);
    if (r == 0)
        r = os_dir_make(path, 0755);
    if (r == 0)
        r = os_dir_each(path, read_one, &f);
    if (r < 0)
        log_warn("node", "%s: %s", path, strerror(-r));
}
