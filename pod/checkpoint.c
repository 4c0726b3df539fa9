#include "pod/pod.h"

#include <dirent.h>

#include "json/json.h"

/* Pods on disk: data/pods/<uid>/pod.json and the objects they need beside it, so
 * that a machine that comes up alone starts what it ran. Private: 0600. */

/* ── the files' way to the disk ──
 *
 *   pod_checkpoint_write ─▶ waiting ─▶ busy (a pool thread: fsync, rename) ─▶ gone
 *                             ▲  newer text of the same file
 *
 * One is busy at a time: fsync may stall for long, and the pool's other threads set up pods. The first waits a moment:
 * while a pod starts its texts change, and on the same disk the server's writes that it starts by would queue behind.
 */
#define KEEP_GATHER_MS 250
struct keeper {
    struct loop *loop;
    struct list files; /* of struct keep, first come first served */
    struct loop_timer gather;
    bool running;
    bool orphaned; /* its host is gone: it goes with its last file */
};

struct keep {
    struct list link;
    struct keeper *keeper;
    struct worker *worker; /* NULL: gone */
    char path[OS_PATH_MAX];
    struct buf text;
    unsigned promises;   /* that the text holds: 1 + worker->promises as it was; 0: not the pod's */
    bool busy, unwanted; /* unwanted: gone from the API while it was on its way */
    int r;
};

/* ── promises ──
 * What the node has decided itself nobody can tell an agent again that was killed, so it is placed before anybody hears of it.
 * Not in the file's own place: a text that no sync has made safe would take that of one that is. It lies beside it until the
 * keeper has written it, or a newer one; who comes in between reads it first, and turns to the other if a power cut spoilt it. */
static int beside_of(const char *path, char out[OS_PATH_MAX])
{
    return os_path(out, "%s.promise", path);
}

static void promise_forget(const char *path)
{
    char beside[OS_PATH_MAX];
    if (beside_of(path, beside) == 0 && unlink(beside) < 0 && errno != ENOENT)
        log_warn("node", "%s: %s", beside, strerror(errno));
}

static struct keeper *keeper_of(struct pod_host *h)
{
    if (!h->keeper && (h->keeper = mem_alloc(sizeof(*h->keeper)))) {
        h->keeper->loop = h->loop;
        list_init(&h->keeper->files);
    }
    return h->keeper;
}

static void keep_free(struct keep *k)
{
    if (k->worker)
        k->worker->keeping--;
    list_del(&k->link);
    buf_done(&k->text);
    mem_free(k);
}

static void keep_run(void *ctx)
{
    struct keep *k = ctx;
    k->r = os_file_replace(k->path, buf_view(&k->text), 0600);
}

/* Nothing newer of it is placed or waits. An earlier agent's promise is in the text too: it was read from there. */
static bool keeps_promises(const struct keep *k)
{
    if (k->worker || !k->promises)
        return k->promises && k->promises == 1 + k->worker->promises;
    LIST_EACH (other, &k->keeper->files, struct keep, link)
        if (other != k && strcmp(other->path, k->path) == 0)
            return false;
    return true;
}

static void keep_settle(struct keep *k)
{
    struct worker *w = k->worker;
    if (k->r < 0)
        log_warn("node", "%s could not be kept on disk: %s", k->path, strerror(-k->r));
    else if (k->unwanted && unlink(k->path) < 0 && errno != ENOENT)
        log_warn("node", "%s: %s", k->path, strerror(errno));
    else if (keeps_promises(k)) /* on the loop, where none is placed meanwhile */
        promise_forget(k->path);
    keep_free(k);
    if (w && w->keeping == 0 && w->state > WORKER_RUNNING)
        pod_worker_poke(w);
}

static void keep_done(void *ctx);

static void keep_next(struct keeper *keeper)
{
    while (!keeper->running && !list_empty(&keeper->files)) {
        struct keep *k = CONTAINER_OF(keeper->files.next, struct keep, link);
        k->busy = true;
        keeper->running = loop_work(keeper->loop, keep_run, keep_done, k) == 0;
        if (!keeper->running) { /* the pool is full: here, late rather than never */
            keep_run(k);
            keep_settle(k);
        }
    }
    if (!keeper->running && keeper->orphaned)
        mem_free(keeper);
}

static void on_gathered(void *ctx)
{
    keep_next(ctx);
}

static void keep_soon(struct keeper *keeper, bool at_once)
{
    if (at_once)
        loop_timer_stop(&keeper->gather);
    if (at_once)
        keep_next(keeper);
    else if (!keeper->running && !loop_timer_active(&keeper->gather) &&
             loop_timer_start(keeper->loop, &keeper->gather, KEEP_GATHER_MS, on_gathered, keeper) < 0)
        keep_next(keeper);
}

static void keep_done(void *ctx)
{
    struct keep *k = ctx;
    struct keeper *keeper = k->keeper;
    keep_settle(k);
    keeper->running = false;
    keep_next(keeper);
}

static int keep_add(struct worker *w, const char *path, struct buf *text, unsigned promises, bool at_once)
{
    struct keeper *keeper = keeper_of(w->host);
    if (!keeper)
        return -ENOMEM;
    LIST_EACH (k, &keeper->files, struct keep, link)
        if (!k->busy && k->worker == w && strcmp(k->path, path) == 0) {
            buf_done(&k->text);
            k->text = *text;
            k->promises = promises;
            *text = BUF_INIT(0);
            keep_soon(keeper, at_once);
            return 0;
        }
    struct keep *k = mem_alloc(sizeof(*k));
    if (!k)
        return -ENOMEM;
    *k = (struct keep){.keeper = keeper, .worker = w, .text = *text, .promises = promises};
    *text = BUF_INIT(0);
    snprintf(k->path, sizeof(k->path), "%s", path);
    w->keeping++;
    list_add(&keeper->files, &k->link);
    keep_soon(keeper, at_once);
    return 0;
}

static void keep_drop(struct worker *w, const char *path)
{
    if (w->keeping)
        LIST_EACH (k, &w->host->keeper->files, struct keep, link) {
            if (k->worker != w || strcmp(k->path, path) != 0)
                continue;
            if (k->busy)
                k->unwanted = true;
            else
                keep_free(k);
        }
}

bool pod_checkpoint_settled(struct worker *w)
{
    if (w->keeping)
        LIST_EACH (k, &w->host->keeper->files, struct keep, link)
            if (k->worker == w && !k->busy)
                keep_free(k);
    return w->keeping == 0;
}

void pod_checkpoint_leave(struct worker *w)
{
    if (w->keeping)
        LIST_EACH (k, &w->host->keeper->files, struct keep, link)
            if (k->worker == w)
                k->worker = NULL;
    w->keeping = 0;
}

void pod_checkpoint_close(struct pod_host *h)
{
    if (!h->keeper)
        return;
    h->keeper->orphaned = true;
    loop_timer_stop(&h->keeper->gather);
    keep_next(h->keeper);
    h->keeper = NULL;
}

/* ── what is written ── */

static int text_of(struct worker *w, const char *name, const struct value *v, char path[OS_PATH_MAX], struct buf *text)
{
    char folder[OS_PATH_MAX];
    int r = os_dir_make(pod_worker_folder(w, folder), 0755);
    if (r == 0)
        r = os_path(path, "%s/%s", folder, name);
    json_print(text, v);
    return r < 0 ? r : buf_error(text);
}

/* A file that is not there yet is placed at once, so that who is killed a moment later finds it; only its sync waits. */
static int write_tree(struct worker *w, const char *name, const struct value *v, unsigned promises)
{
    char path[OS_PATH_MAX];
    SCOPED_BUF text = BUF_INIT(POD_BYTES);
    int r = text_of(w, name, v, path, &text);
    if (r == 0 && !os_file_exists(path))
        r = os_file_place(path, buf_view(&text), 0600);
    return r < 0 ? r : keep_add(w, path, &text, promises, false);
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
    bool from_disk = w->revision == 0;
    int r = from_disk ? 0 : write_tree(w, "pod.json", &w->pod, 1 + w->promises);
    if (r < 0)
        log_warn("node", "pod %s/%s could not be kept on disk: %s", w->ns, w->name, strerror(-r));
}

int pod_checkpoint_promise(struct worker *w, const struct value *pod, struct err *err)
{
    char path[OS_PATH_MAX], beside[OS_PATH_MAX];
    SCOPED_BUF text = BUF_INIT(POD_BYTES);
    if (w->state > WORKER_RUNNING)
        return 0; /* it does not come back: nobody will ask */
    int r = text_of(w, "pod.json", pod, path, &text);
    if (r == 0)
        r = beside_of(path, beside);
    if (r == 0)
        r = os_file_place(beside, buf_view(&text), 0600);
    if (r < 0)
        return err_raise(err, r, "the pod cannot be kept on disk: %s", strerror(-r));
    w->promises++;
    r = keep_add(w, path, &text, 1 + w->promises, true);
    if (r < 0) /* a power cut may take it; who is only killed finds it */
        log_warn("node", "pod %s/%s: what was promised waits for another write: %s", w->ns, w->name, strerror(-r));
    return 0;
}

void pod_checkpoint_forget(struct worker *w)
{
    char folder[OS_PATH_MAX], path[OS_PATH_MAX];
    if (os_path(path, "%s/pod.json", pod_worker_folder(w, folder)) < 0)
        return;
    promise_forget(path);
    if (unlink(path) < 0 && errno != ENOENT)
        log_warn("node", "%s: %s", path, strerror(errno));
}

static void source_file(const struct source *s, char out[OS_PATH_MAX])
{
    if (os_path(out, "%.*s_%.*s.json", STR_FMT(s->resource->name), STR_FMT(s->name)) < 0)
        out[0] = 0;
}

/* Gone from the API: who starts later with no server in reach may not bring it back. */
static void forget_source(struct worker *w, const char *name)
{
    char folder[OS_PATH_MAX], path[OS_PATH_MAX];
    if (os_path(path, "%s/%s", pod_worker_folder(w, folder), name) < 0)
        return;
    keep_drop(w, path);
    if (unlink(path) < 0 && errno != ENOENT)
        log_warn("node", "%s: %s", path, strerror(errno));
}

void pod_checkpoint_write_source(struct worker *w, const struct source *s)
{
    char name[OS_PATH_MAX];
    if (w->state > WORKER_RUNNING)
        return;
    source_file(s, name);
    if (s->tree.type == VALUE_NULL) {
        forget_source(w, name);
        return;
    }
    int r = write_tree(w, name, &s->tree, 0);
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

static int read_pod(const char *path, struct arena *a, struct value *out)
{
    char beside[OS_PATH_MAX];
    int r = beside_of(path, beside);
    if (r == 0 && read_tree(beside, a, out) == 0 && out->type == VALUE_MAP)
        return 0;
    *out = (struct value){0};
    return r < 0 ? r : read_tree(path, a, out);
}

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
        r = read_pod(path, a, &pod);
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
