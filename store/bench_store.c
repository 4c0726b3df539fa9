/* Measures the store alone: durable creates, start, memory.
 *
 *   bench_store [folder]     one figure a line: name, value, unit */
#include <dirent.h>
#include <malloc.h>

#include "os/os.h"
#include "store/store.h"

enum { WRITERS = 64, SECONDS = 3, PODS = 10000 };

struct bench {
    struct loop *loop;
    struct store *store;
    struct store_options options;
    struct object *pattern; /* a pod of the size wanted */
    int64_t end_ns;
    size_t next, stop_at, created, waiting;
    int64_t *took_ns; /* by write */
};

struct writer {
    struct bench *bench;
    int64_t sent_ns;
};

static void fail(const char *what, const char *why)
{
    fprintf(stderr, "bench_store: %s: %s\n", what, why);
    exit(1);
}

static const char POD_HEAD[] = "{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"metadata\":{\"name\":\"web-000000\",\"namespace\":\"default\","
                               "\"uid\":\"7c1f0a9e-4b1d-4a52-9d0c-1f2e3d4c5b6a\",\"creationTimestamp\":\"2026-11-22T06:00:00Z\","
                               "\"labels\":{\"app\":\"web\",\"tier\":\"front\"},\"annotations\":{\"note\":\"";
static const char POD_TAIL[] = "\"}},\"spec\":{\"nodeName\":\"node-1\",\"containers\":[{\"name\":\"web\",\"image\":\"example.com/web:1\","
                               "\"ports\":[{\"containerPort\":8080,\"protocol\":\"TCP\"}],"
                               "\"resources\":{\"requests\":{\"cpu\":\"100m\",\"memory\":\"64Mi\"}}}],\"restartPolicy\":\"Always\"},"
                               "\"status\":{\"phase\":\"Running\",\"podIP\":\"10.0.0.1\"}}";

/* A pod as a client would send it, stretched by an annotation until its JSON reply has `bytes`. */
static struct object *make_pod(size_t bytes)
{
    SCOPED(arena) mem = NULL;
    struct err err;
    struct value tree;
    struct object *o = NULL;
    struct str body = STR_NONE;
    if (arena_new(&mem, 16 << 20) < 0)
        fail("pod", "no memory");
    for (size_t pad = 0;; pad = bytes - body.n) {
        SCOPED_BUF b = BUF_INIT(0);
        buf_text(&b, POD_HEAD);
        for (size_t i = 0; i < pad; i++)
            buf_char(&b, 'n');
        buf_text(&b, POD_TAIL);
        const struct schema_kind *kind;
        o = object_unref(o);
        if (object_decode(mem, OBJECT_JSON, buf_view(&b), NULL, &tree, &kind, NULL, &err) < 0 ||
            object_freeze(&o, STR("/registry/pods/default/web-000000"), kind, &tree, &err) < 0 || object_json(o, &body, &err) < 0)
            fail("pod", err.text);
        if (body.n >= bytes)
            return o;
    }
}

static void start(struct bench *b)
{
    struct err err;
    if (store_open(&b->store, b->loop, &b->options, &err) < 0)
        fail("open", err.text);
}

/* ── creates ── */

static void create(struct writer *w);

static void on_created(void *ctx, enum store_outcome outcome, struct object *o, int64_t revision)
{
    (void)o;
    (void)revision;
    struct writer *w = ctx;
    struct bench *b = w->bench;
    if (outcome != STORE_OK)
        fail("create", "refused");
    int64_t now = loop_now_ns(b->loop);
    if (b->took_ns)
        b->took_ns[b->created] = now - w->sent_ns;
    b->created++;
    b->waiting--;
    if (b->next < b->stop_at && (!b->end_ns || now < b->end_ns))
        create(w);
    else if (!b->waiting)
        loop_stop(b->loop);
}

static void create(struct writer *w)
{
    struct bench *b = w->bench;
    char key[64];
    snprintf(key, sizeof(key), "/registry/pods/default/web-%08zx", (b->next++ * 2654435761u) & 0xffffffff);
    struct store_write put = {.expect = STORE_ABSENT, .done = on_created, .ctx = w};
    if (object_load(&put.object, str_of(key), b->pattern->stored, 0, 0, NULL) < 0)
        fail("create", "no memory");
    w->sent_ns = loop_now_ns(b->loop);
    b->waiting++;
    int r = store_write(b->store, &put);
    if (r)
        fail("create", strerror(r < 0 ? -r : EEXIST));
}

static void creates(struct bench *b)
{
    static struct writer writers[1024];
    size_t n = MIN(b->stop_at, b->end_ns ? (size_t)WRITERS : ARRAY_LEN(writers));
    for (size_t i = 0; i < n; i++) {
        writers[i].bench = b;
        create(&writers[i]);
    }
    if (loop_run(b->loop) < 0)
        fail("creates", "loop");
}

static int by_number(const void *x, const void *y)
{
    int64_t a = *(const int64_t *)x, b = *(const int64_t *)y;
    return a < b ? -1 : a > b;
}

static void measure_creates(struct bench *b)
{
    b->pattern = make_pod(1024);
    start(b);
    b->stop_at = 2000000;
    b->took_ns = mem_alloc(b->stop_at * sizeof(*b->took_ns));
    if (!b->took_ns)
        fail("creates", "no memory");
    int64_t begin = loop_now_ns(b->loop);
    b->end_ns = begin + SECONDS * 1000000000LL;
    creates(b);
    double seconds = (double)(loop_now_ns(b->loop) - begin) / 1e9;
    struct store_stats stats;
    store_stats(b->store, &stats);
    qsort(b->took_ns, b->created, sizeof(*b->took_ns), by_number);
    printf("creates of 1 KiB, %d writers\t%.0f\t1/s\n", WRITERS, (double)b->created / seconds);
    printf("create p50\t%.2f\tms\n", (double)b->took_ns[b->created / 2] / 1e6);
    printf("create p99\t%.2f\tms\n", (double)b->took_ns[b->created * 99 / 100] / 1e6);
    printf("writes a commit\t%.1f\t\n", (double)b->created / (double)stats.commits);
    printf("commit\t%.2f\tms\n", (double)stats.commit_ns / 1e6 / (double)stats.commits);
    b->took_ns = mem_free(b->took_ns);
    b->store = store_close(b->store);
    b->pattern = object_unref(b->pattern);
}

/* ── start and memory ── */

static int64_t cpu_ns(void)
{
    struct timespec ts;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &ts);
    return ts.tv_sec * 1000000000LL + ts.tv_nsec;
}

static void measure_start(struct bench *b)
{
    b->pattern = make_pod(4096);
    struct str json;
    if (object_json(b->pattern, &json, NULL) < 0)
        fail("pod", "no memory");
    start(b);
    b->created = b->next = 0;
    b->stop_at = PODS;
    b->end_ns = 0;
    creates(b);
    struct store_stats stats;
    store_stats(b->store, &stats);
    size_t counted = stats.object_bytes + stats.tree_bytes + PODS * sizeof(struct object);
    printf("pods of %zu bytes of JSON, stored as\t%zu\tbytes\n", json.n, b->pattern->stored.n);
    printf("counted memory an object, to its JSON\t%.2f\t\n", (double)counted / PODS / (double)json.n);
    printf("tree an object\t%.1f\tbytes\n", (double)stats.tree_bytes / PODS);
    b->store = store_close(b->store);
    malloc_trim(0);
    int64_t rss = os_rss_self(), begin = loop_now_ns(b->loop), begin_cpu = cpu_ns();
    start(b);
    printf("open with %d pods\t%.1f\tms\n", PODS, (double)(loop_now_ns(b->loop) - begin) / 1e6);
    printf("open with %d pods, processor\t%.1f\tms\n", PODS, (double)(cpu_ns() - begin_cpu) / 1e6);
    double each = (double)(os_rss_self() - rss) / PODS;
    printf("resident memory an object with its share of the log\t%.0f\tbytes\n", each);
    printf("resident memory an object, to its JSON\t%.2f\t\n", each / (double)json.n);
    struct store_snapshot *v = store_snapshot(b->store);
    struct store_cursor c;
    begin = loop_now_ns(b->loop);
    store_cursor_start(&c, v, STR("/registry/pods/"), STR_NONE);
    for (struct object *o; (o = store_cursor_next(&c));)
        if (object_json(o, &json, NULL) < 0)
            fail("list", "no memory");
    printf("first JSON of them all\t%.1f\tms\n", (double)(loop_now_ns(b->loop) - begin) / 1e6);
    store_snapshot_unref(v);
    printf("resident memory an object with JSON, to its JSON\t%.2f\t\n", (double)(os_rss_self() - rss) / PODS / (double)json.n);
    b->store = store_close(b->store);
    b->pattern = object_unref(b->pattern);
}

int main(int argc, char **argv)
{
    struct bench b = {0};
    char folder[OS_PATH_MAX], creating[OS_PATH_MAX], starting[OS_PATH_MAX];
    snprintf(folder, sizeof(folder), "%s", argc > 1 ? argv[1] : "/tmp/coracle-store-bench");
    if (os_path(creating, "%s/creates", folder) < 0 || os_path(starting, "%s/start", folder) < 0 || os_dir_make(folder, 0700) < 0 ||
        loop_new(&b.loop) < 0)
        fail(folder, "cannot be made");
    b.options.folder = creating;
    measure_creates(&b);
    b.options.folder = starting;
    measure_start(&b);
    loop_free(b.loop);
    if (os_tree_remove(creating) < 0 || os_tree_remove(starting) < 0)
        fail(folder, "cannot be removed");
    rmdir(folder);
    return 0;
}
