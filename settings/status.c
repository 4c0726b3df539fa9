#include "settings/settings.h"

#include <signal.h>
#include <sys/stat.h>

#include "meter/meter.h"

static int path_of(const struct settings *c, const char *which, char out[OS_PATH_MAX])
{
    /* The server owns nothing of the run folder but a folder of its own in it. */
    bool server = strcmp(which, "server") == 0;
    return os_path(out, "%s/%s%s.status", c->run_dir, server ? "server/" : "", which);
}

static int64_t exec_ns(void)
{
    /* The kernel's own start time (/proc/self/stat) counts in 10 ms: main's first look at the clock is nearer, and leaves out
     * only the dynamic loader. bench/run measures from exec itself. */
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

/* /proc/PID/stat, "pid (name) state …": when the kernel began the process, in its ticks; a process that has ended counts as none. */
static int born_of(pid_t pid, struct str *name, char room[16], uint64_t *born)
{
    char path[OS_PATH_MAX];
    SCOPED_BUF stat = BUF_INIT(0);
    struct str head, rest, pid_text, word = STR_NONE;
    int64_t ticks;
    int r = os_path(path, "/proc/%d/stat", (int)pid);
    if (r == 0)
        r = os_file_read(path, 4096, &stat);
    if (r < 0 || !str_cut_last(buf_view(&stat), ')', &head, &rest) || !str_cut(head, '(', &pid_text, &word) || str_starts(rest, STR(" Z")))
        return -ESRCH;
    *name = str_make(room, MIN(word.n, (size_t)15));
    memcpy(room, word.p, name->n);
    for (int field = 2; field < 22; field++) /* the rest begins with a space before field 3, the state */
        if (!str_next(&rest, ' ', &word))
            return -ESRCH;
    if (!str_next(&rest, ' ', &word) || str_to_int(word, &ticks) < 0)
        return -ESRCH;
    *born = (uint64_t)ticks;
    return 0;
}

struct status status_self(void)
{
    struct status s = {.pid = getpid(), .started_ns = exec_ns()};
    struct str name;
    char room[16];
    if (born_of(s.pid, &name, room, &s.born) < 0)
        s.born = 0;
    return s;
}

/* Whose the process is; the server's folder is the server's own, so what lies there may speak of no other user's process. */
static bool is_of(pid_t pid, uid_t owner)
{
    char path[OS_PATH_MAX];
    SCOPED_BUF b = BUF_INIT(0);
    struct str rest, line, word;
    int64_t uid;
    if (os_path(path, "/proc/%d/status", (int)pid) < 0 || os_file_read(path, 16384, &b) < 0)
        return false;
    rest = buf_view(&b);
    while (str_next(&rest, '\n', &line))
        if (str_starts(line, STR("Uid:\t"))) {
            line = str_from(line, 5);
            return str_next(&line, '\t', &word) && str_to_int(word, &uid) == 0 && uid == owner;
        }
    return false;
}

/* Whether the number is still that process': the kernel's start time tells, whatever the program is called. Files of former
 * versions have none; there it is the name. */
static bool is_still(const struct settings *c, const char *which, const struct status *s)
{
    char path[OS_PATH_MAX], room[16];
    struct str name;
    struct stat folder;
    uint64_t born;
    if (born_of(s->pid, &name, room, &born) < 0)
        return false;
    if (!s->born)
        return str_starts(name, STR("coracle"));
    if (strcmp(which, "server") == 0 && (os_path(path, "%s/server", c->run_dir) < 0 || lstat(path, &folder) < 0 || !is_of(s->pid, folder.st_uid)))
        return false;
    return born == s->born;
}

int status_write(const struct settings *c, const char *which, const struct status *s)
{
    char path[OS_PATH_MAX];
    SCOPED_BUF b = BUF_INIT(0);
    buf_fmt(&b, "%lld\n%lld\n%lld\n%s\n%llu\n", (long long)s->pid, (long long)s->started_ns, (long long)s->ready_ms, s->url,
            (unsigned long long)s->born);
    int r = path_of(c, which, path);
    if (r == 0)
        r = os_dir_make(c->run_dir, 0755);
    return r < 0 ? r : os_file_replace(path, buf_view(&b), 0644);
}

int status_read(const struct settings *c, const char *which, struct status *s)
{
    char path[OS_PATH_MAX];
    SCOPED_BUF b = BUF_INIT(0);
    int64_t numbers[3];
    struct str rest, line = STR_NONE;
    int r = path_of(c, which, path);
    if (r == 0)
        r = os_file_read(path, 4096, &b);
    if (r < 0)
        return r;
    rest = buf_view(&b);
    for (size_t i = 0; i < ARRAY_LEN(numbers); i++)
        if (!str_next(&rest, '\n', &line) || str_to_int(line, &numbers[i]) < 0)
            return -EBADMSG;
    *s = (struct status){.pid = (pid_t)numbers[0], .started_ns = numbers[1], .ready_ms = numbers[2]};
    if (s->pid < 1)
        return -EBADMSG;
    if (str_next(&rest, '\n', &line))
        snprintf(s->url, sizeof(s->url), "%.*s", STR_FMT(line));
    int64_t born = 0;
    if (str_next(&rest, '\n', &line) && line.n && str_to_int(line, &born) < 0)
        return -EBADMSG;
    s->born = (uint64_t)born;
    return is_still(c, which, s) ? 0 : -ESRCH;
}

void status_remove(const struct settings *c, const char *which)
{
    char path[OS_PATH_MAX];
    if (path_of(c, which, path) == 0)
        unlink(path);
}

static int64_t rss_of(pid_t pid)
{
    char path[OS_PATH_MAX];
    SCOPED_BUF b = BUF_INIT(0);
    struct str rest, piece;
    int64_t pages = 0;
    if (os_path(path, "/proc/%d/statm", (int)pid) < 0 || os_file_read(path, 256, &b) < 0)
        return 0;
    rest = buf_view(&b);
    if (!str_next(&rest, ' ', &piece) || !str_next(&rest, ' ', &piece) || str_to_int(piece, &pages) < 0)
        return 0;
    return pages * sysconf(_SC_PAGESIZE);
}

int status_main(struct settings *c)
{
    static const char *const which[] = {"up", "server", "agent"};
    struct status s;
    int running = 0;
    for (size_t i = 0; i < ARRAY_LEN(which); i++) {
        int r = status_read(c, which[i], &s);
        if (r < 0) {
            printf("%-7s does not run\n", which[i]);
            continue;
        }
        running++;
        printf("%-7s runs as %d, %.1f MB%s", which[i], (int)s.pid, (double)rss_of(s.pid) / 1e6, s.ready_ms ? "" : "\n");
        if (s.ready_ms)
            printf(", ready after %lld ms  %s\n", (long long)s.ready_ms, s.url);
    }
    return running ? 0 : 1;
}

/* ── who holds the loop up ── */

#define HELD_COUNTED_MS 5
#define HELD_TOLD_MS    100
#define TOLD_EVERY_MS   10000

extern const char __executable_start[]; /* the linker's: where the program begins, for addr2line */

static const double held_bounds[] = {0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 0};
static struct meter held = {.name = "coracle_loop_held_seconds",
                            .help = "Callbacks that held the event loop for 5 ms or longer.",
                            .kind = METER_HISTOGRAM,
                            .bounds = held_bounds};

static void on_held(void *ctx, enum loop_kind kind, uintptr_t what, int64_t ns)
{
    static const char *const kinds[] = {[LOOP_KIND_TASK] = "task", [LOOP_KIND_TIMER] = "timer", [LOOP_KIND_IO] = "descriptor"};
    static int64_t told_ms;
    const struct loop *l = ctx;
    meter_observe(&held, meter_series(&held, "kind=\"%s\"", kinds[kind]), (double)ns / 1e9);
    if (ns < HELD_TOLD_MS * 1000000ll || (told_ms && loop_now(l) < told_ms + TOLD_EVERY_MS))
        return;
    told_ms = loop_now(l);
    log_warn("loop", "the %s at coracle+0x%lx held everything up for %lld ms", kinds[kind], (unsigned long)(what - (uintptr_t)__executable_start),
             (long long)(ns / 1000000));
}

void status_watch_loop(struct loop *l)
{
    meter_register(&held);
    loop_on_slow(l, HELD_COUNTED_MS, on_held, l);
}
