/* Lines into a file, by a thread of its own. A file that is large enough is renamed after the time, and a new one begun. */
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "audit/inside.h"
#include "log/log.h"
#include "os/os.h"

#define AHEAD_BYTES ((size_t)64 << 20)
#define LOOK_S      5 /* seconds until a disk that failed is tried again */

struct file {
    char folder[OS_PATH_MAX], stem[256], ending[64]; /* /var/log/, audit, .log */
    char path[OS_PATH_MAX];
    bool standard;
    size_t max_bytes, ahead;
    unsigned max_backups, max_days;
    pthread_t thread;
    bool threaded;
    /* shared with the thread */
    pthread_mutex_t lock;
    pthread_cond_t todo;
    struct buf lines; /* to be written */
    size_t n_lines;
    bool ends;
    _Atomic int64_t failed;
    /* the thread's */
    int fd;
    size_t size;
    bool told;
};

/* ── the thread ── */

static int reopen(struct file *f)
{
    struct stat st;
    if (f->fd >= 0)
        return 0;
    f->fd = open(f->path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (f->fd < 0)
        return -errno;
    f->size = fstat(f->fd, &st) == 0 ? (size_t)st.st_size : 0;
    return 0;
}

struct backup {
    char name[256];
};
struct backups {
    struct file *f;
    struct backup *all;
    size_t n, cap;
};

/* STEM-2006-01-02T15-04-05.000ENDING */
static bool is_backup(const struct file *f, const char *name)
{
    struct str s = str_of(name), stem = str_of(f->stem), ending = str_of(f->ending);
    return s.n == stem.n + 24 + ending.n && str_starts(s, stem) && s.p[stem.n] == '-' && s.p[stem.n + 11] == 'T' &&
           str_eq(str_from(s, stem.n + 24), ending);
}

static int see(void *ctx, const char *name, unsigned char type)
{
    struct backups *b = ctx;
    (void)type;
    if (!is_backup(b->f, name))
        return 0;
    if (b->n == b->cap) {
        size_t cap = b->cap ? b->cap * 2 : 16;
        struct backup *more = mem_alloc(cap * sizeof(*more));
        if (!more)
            return -ENOMEM;
        if (b->n)
            memcpy(more, b->all, b->n * sizeof(*more));
        mem_free(b->all);
        b->all = more;
        b->cap = cap;
    }
    snprintf(b->all[b->n++].name, sizeof(b->all->name), "%s", name);
    return 0;
}

static int newest_first(const void *x, const void *y)
{
    return strcmp(((const struct backup *)y)->name, ((const struct backup *)x)->name);
}

static void time_name(const struct file *f, int64_t seconds, int ms, char out[64])
{
    char text[32];
    time_fmt_rfc3339(text, seconds); /* 2006-01-02T15:04:05Z */
    text[13] = text[16] = '-';
    text[19] = 0;
    (void)f;
    snprintf(out, 64, "%s.%03d", text, ms);
}

static void drop_old(struct file *f, int64_t now)
{
    struct backups b = {.f = f};
    char oldest[64], path[OS_PATH_MAX];
    time_name(f, now - (int64_t)f->max_days * 86400, 0, oldest);
    if (os_dir_each(f->folder, see, &b) < 0)
        b.n = 0;
    if (b.n)
        qsort(b.all, b.n, sizeof(*b.all), newest_first);
    for (size_t i = 0; i < b.n; i++) {
        bool old = f->max_days && strncmp(b.all[i].name + strlen(f->stem) + 1, oldest, 19) < 0;
        if ((i >= f->max_backups || old) && os_path(path, "%s/%s", f->folder, b.all[i].name) == 0)
            unlink(path);
    }
    mem_free(b.all);
}

static void rotate(struct file *f)
{
    struct timespec now;
    char when[64], path[OS_PATH_MAX];
    clock_gettime(CLOCK_REALTIME, &now);
    time_name(f, now.tv_sec, (int)(now.tv_nsec / 1000000), when);
    if (os_path(path, "%s/%s-%s%s", f->folder, f->stem, when, f->ending) < 0 || rename(f->path, path) < 0)
        return; /* it goes on in the old one */
    close(f->fd);
    f->fd = -1;
    drop_old(f, now.tv_sec);
}

static void put_out(struct file *f, struct str lines, size_t n)
{
    int r = reopen(f);
    if (r == 0 && !f->standard && f->size && f->size + lines.n > f->max_bytes) {
        rotate(f);
        r = reopen(f);
    }
    if (r == 0)
        r = os_write_all(f->fd, lines.p, lines.n);
    if (r == 0) {
        f->size += lines.n;
        f->told = false;
        return;
    }
    atomic_fetch_add(&f->failed, (int64_t)n);
    if (!f->told)
        log_error("audit", "%s: %s; events are lost", f->path, strerror(-r));
    f->told = true;
    if (!f->standard && f->fd >= 0) {
        close(f->fd);
        f->fd = -1;
    }
}

/* Lines go out in pieces that end with a line, so that no file is much larger than it may be. */
static void put_all(struct file *f, struct str lines, size_t n)
{
    while (lines.n) {
        size_t most = MIN(lines.n, MAX(f->max_bytes / 4, (size_t)65536)), cut = most;
        while (cut > 0 && lines.p[cut - 1] != '\n')
            cut--;
        if (!cut) { /* a longer line */
            const char *end = memchr(lines.p + most, '\n', lines.n - most);
            cut = end ? (size_t)(end - lines.p) + 1 : lines.n;
        }
        put_out(f, str_make(lines.p, cut), n);
        lines = str_from(lines, cut);
        n = 1;
    }
}

static void *write_lines(void *ctx)
{
    struct file *f = ctx;
    pthread_mutex_lock(&f->lock);
    for (;;) {
        while (!f->lines.n && !f->ends)
            pthread_cond_wait(&f->todo, &f->lock);
        if (!f->lines.n)
            break;
        SCOPED_BUF taken = f->lines;
        size_t n = f->n_lines;
        f->lines = BUF_INIT(f->ahead);
        f->n_lines = 0;
        pthread_mutex_unlock(&f->lock);
        put_all(f, buf_view(&taken), n);
        pthread_mutex_lock(&f->lock);
    }
    pthread_mutex_unlock(&f->lock);
    return NULL;
}

/* ── the loop's side ── */

bool file_put(struct file *f, struct str line)
{
    bool fits = false;
    pthread_mutex_lock(&f->lock);
    if (f->lines.n + line.n <= f->ahead) {
        size_t before = f->lines.n;
        buf_str(&f->lines, line);
        fits = buf_error(&f->lines) == 0;
        if (fits) {
            f->n_lines++;
        } else { /* no memory: what is there stays */
            f->lines.n = before;
            struct buf kept = BUF_INIT(f->ahead);
            buf_add(&kept, f->lines.p, before);
            if (buf_error(&kept) == 0) {
                buf_done(&f->lines);
                f->lines = kept;
            } else {
                buf_done(&kept);
                atomic_fetch_add(&f->failed, (int64_t)f->n_lines);
                buf_done(&f->lines);
                f->lines = BUF_INIT(f->ahead);
                f->n_lines = 0;
            }
        }
        pthread_cond_signal(&f->todo);
    }
    pthread_mutex_unlock(&f->lock);
    return fits;
}

int64_t file_failed(const struct file *f)
{
    return atomic_load(&f->failed);
}

static int split(struct file *f, const char *path)
{
    struct str folder, name = str_of(path), stem, ending;
    if (!str_cut_last(str_of(path), '/', &folder, &name)) {
        folder = STR(".");
        name = str_of(path);
    } else if (!folder.n) {
        folder = STR("/");
    }
    bool dotted = str_cut_last(name, '.', &stem, &ending) && stem.n;
    if (!dotted)
        stem = name;
    if (!name.n || stem.n >= sizeof(f->stem) - 64 || (dotted && ending.n >= sizeof(f->ending) - 1))
        return -EINVAL;
    snprintf(f->stem, sizeof(f->stem), "%.*s", STR_FMT(stem));
    if (dotted)
        snprintf(f->ending, sizeof(f->ending), ".%.*s", STR_FMT(ending));
    int r = os_path(f->folder, "%.*s", STR_FMT(folder));
    return r < 0 ? r : os_path(f->path, "%s", path);
}

int file_open(struct file **out, const struct audit_options *o, struct err *err)
{
    struct file *f = mem_alloc(sizeof(*f));
    if (!f)
        return err_raise(err, -ENOMEM, "no memory for the audit log");
    f->standard = strcmp(o->path, "-") == 0;
    f->fd = f->standard ? STDOUT_FILENO : -1;
    f->max_bytes = o->max_bytes ? o->max_bytes : (size_t)100 << 20;
    f->max_backups = o->max_backups ? o->max_backups : 10;
    f->max_days = o->max_days ? o->max_days : 30;
    f->ahead = o->ahead_bytes ? o->ahead_bytes : AHEAD_BYTES;
    f->lines = BUF_INIT(f->ahead);
    pthread_mutex_init(&f->lock, NULL);
    pthread_cond_init(&f->todo, NULL);
    int r = split(f, o->path);
    if (r == 0)
        r = reopen(f); /* a path that cannot be written to is told at once */
    if (r == 0) {
        sigset_t all, before;
        sigfillset(&all); /* signals are the loop thread's */
        pthread_sigmask(SIG_SETMASK, &all, &before);
        r = -pthread_create(&f->thread, NULL, write_lines, f);
        pthread_sigmask(SIG_SETMASK, &before, NULL);
    }
    if (r < 0) {
        file_close(f);
        return err_raise(err, r, "%s: %s", o->path, strerror(-r));
    }
    pthread_setname_np(f->thread, "audit-log");
    f->threaded = true;
    *out = f;
    return 0;
}

struct file *file_close(struct file *f)
{
    if (!f)
        return NULL;
    if (f->threaded) {
        pthread_mutex_lock(&f->lock);
        f->ends = true;
        pthread_cond_signal(&f->todo);
        pthread_mutex_unlock(&f->lock);
        pthread_join(f->thread, NULL);
    }
    if (!f->standard && f->fd >= 0)
        close(f->fd);
    buf_done(&f->lines);
    pthread_mutex_destroy(&f->lock);
    pthread_cond_destroy(&f->todo);
    return mem_free(f);
}
