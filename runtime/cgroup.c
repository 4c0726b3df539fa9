#include "runtime/inside.h"

#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>

#define CGROUP_VALUE_MAX 65536
#define CGROUP_REMOVE_MS 2000

/* Where the mounts are is read from mountinfo rather than guessed: v1 machines
 * join controllers differently ("cpu,cpuacct"), and some mount them elsewhere. */

static bool names_have(const char *controllers, const char *one)
{
    struct str rest = str_of(controllers), piece;
    while (str_next(&rest, ',', &piece))
        if (str_is(piece, one))
            return true;
    return false;
}

static void tree_add(struct cgroup_host *h, struct str path, struct str options)
{
    if (h->n == ARRAY_LEN(h->trees) || path.n >= sizeof(h->trees[0].path))
        return;
    for (size_t i = 0; i < h->n; i++)
        if (str_is(path, h->trees[i].path))
            return;
    struct cgroup_tree *t = &h->trees[h->n++];
    *t = (struct cgroup_tree){0};
    memcpy(t->path, path.p, path.n);
    struct str piece;
    size_t at = 0;
    while (str_next(&options, ',', &piece)) {
        if (str_is(piece, "rw") || str_is(piece, "ro") || at + piece.n + 2 > sizeof(t->controllers))
            continue;
        if (at)
            t->controllers[at++] = ',';
        memcpy(t->controllers + at, piece.p, piece.n);
        at += piece.n;
    }
}

int cgroup_host_read(struct cgroup_host *out, struct str mountinfo)
{
    *out = (struct cgroup_host){0};
    struct str line, unified = STR_NONE;
    while (str_next(&mountinfo, '\n', &line)) {
        struct str left = line, field, path = STR_NONE;
        for (int i = 0; i < 5 && str_next(&left, ' ', &field); i++)
            path = field;
        ssize_t dash = str_find(line, STR(" - "));
        if (dash < 0 || !path.p)
            continue;
        struct str right = str_from(line, (size_t)dash + 3), type, source, options;
        if (!str_next(&right, ' ', &type) || !str_next(&right, ' ', &source) || !str_next(&right, ' ', &options))
            continue;
        if (str_is(type, "cgroup"))
            tree_add(out, path, options);
        else if (str_is(type, "cgroup2") && !unified.p)
            unified = path;
    }
    if (out->n > 0) {
        out->mode = unified.p ? RUNTIME_CGROUPS_HYBRID : RUNTIME_CGROUPS_V1;
        return 0;
    }
    if (!unified.p)
        return -ENOENT;
    out->mode = RUNTIME_CGROUPS_V2;
    tree_add(out, unified, STR_NONE);
    return 0;
}

static const char *tree_of(const struct cgroup_host *h, const char *controller)
{
    if (h->mode == RUNTIME_CGROUPS_V2)
        return h->trees[0].path;
    for (size_t i = 0; i < h->n; i++)
        if (names_have(h->trees[i].controllers, controller))
            return h->trees[i].path;
    return NULL;
}

/* ── one value ── */

static int value_write(const struct cgroup_host *h, const char *controller, const char *group, const char *file, const char *text)
{
    const char *tree = tree_of(h, controller);
    char path[OS_PATH_MAX];
    if (!tree)
        return -ENOENT;
    int r = os_path(path, "%s/%s/%s", tree, group, file);
    return r < 0 ? r : os_file_write(path, str_of(text));
}

static int value_read(const struct cgroup_host *h, const char *controller, const char *group, const char *file, struct buf *out)
{
    const char *tree = tree_of(h, controller);
    char path[OS_PATH_MAX];
    if (!tree)
        return -ENOENT;
    int r = os_path(path, "%s/%s/%s", tree, group, file);
    return r < 0 ? r : os_file_read(path, CGROUP_VALUE_MAX, out);
}

/* key NULL: the file is one number; else the number behind `key` on its line. −1: not there. */
static int64_t number_read(const struct cgroup_host *h, const char *controller, const char *group, const char *file, const char *key)
{
    SCOPED_BUF b = BUF_INIT(0);
    if (value_read(h, controller, group, file, &b) < 0)
        return -1;
    struct str rest = buf_view(&b), line, name, number;
    int64_t v = -1;
    if (!key)
        return str_to_int(str_trim(rest), &v) == 0 ? v : -1;
    while (str_next(&rest, '\n', &line))
        if (str_cut(line, ' ', &name, &number) && str_is(name, key))
            return str_to_int(str_trim(number), &v) == 0 ? v : -1;
    return -1;
}

/* ── making ── */

/* v2 hands a controller down only where the level above says so. */
static int hand_down(const char *dir)
{
    char path[OS_PATH_MAX];
    SCOPED_BUF have = BUF_INIT(0);
    int r = os_path(path, "%s/cgroup.controllers", dir);
    if (r == 0)
        r = os_file_read(path, 4096, &have);
    if (r == 0)
        r = os_path(path, "%s/cgroup.subtree_control", dir);
    struct str rest = str_trim(buf_view(&have)), name;
    while (r == 0 && rest.n && str_next(&rest, ' ', &name)) {
        char text[64];
        snprintf(text, sizeof(text), "+%.*s", STR_FMT(name));
        int w = os_file_write(path, str_of(text));
        if (w == -EBUSY) /* processes sit in this very group: nothing can be handed down */
            r = w;
    }
    return r;
}

static int make_below(const char *tree, const char *group, bool v2, struct err *err)
{
    char path[OS_PATH_MAX];
    struct str rest = str_of(group), piece;
    size_t at = strlen(tree);
    int r = os_path(path, "%s/%s", tree, group);
    if (r < 0)
        return r;
    path[at] = 0;
    while (str_next(&rest, '/', &piece)) {
        r = v2 ? hand_down(path) : 0;
        if (r < 0)
            return err_raise(err, r, "cgroup %s: its controllers cannot be handed down (cgroup.subtree_control): %s", path, strerror(-r));
        path[at] = '/';
        at += 1 + piece.n;
        path[at] = 0;
        if (mkdir(path, 0755) < 0 && errno != EEXIST)
            return err_raise(err, -errno, "cgroup %s: %s", path, strerror(errno));
    }
    return 0;
}

int cgroup_make(const struct cgroup_host *h, const char *group, struct err *err)
{
    static const char *const needed[] = {"cpu", "cpuacct", "memory", "pids"};
    if (h->mode == RUNTIME_CGROUPS_V2)
        return make_below(h->trees[0].path, group, true, err);
    for (size_t i = 0; i < ARRAY_LEN(needed); i++) {
        const char *tree = tree_of(h, needed[i]);
        int r = tree ? make_below(tree, group, false, err) : 0;
        if (r < 0)
            return r;
    }
    return 0;
}

int cgroup_enter(const struct cgroup_host *h, const char *group, pid_t pid)
{
    char text[32];
    snprintf(text, sizeof(text), "%d", (int)pid);
    if (h->mode == RUNTIME_CGROUPS_V2)
        return value_write(h, "", group, "cgroup.procs", text);
    static const char *const joined[] = {"cpu", "memory", "pids"};
    for (size_t i = 0; i < ARRAY_LEN(joined); i++) {
        int r = tree_of(h, joined[i]) ? value_write(h, joined[i], group, "cgroup.procs", text) : 0;
        if (r < 0)
            return r;
    }
    return 0;
}

/* ── moving soon ──
 * A move into a group waits until every CPU has noticed that moves are under way: a grace period of RCU, 8 to 16 ms, and
 * as much as all the rest that crun does. It does without when the move before has ended only just now. Any move will do,
 * also one to where the process is already. */

int cgroup_own(const struct cgroup_host *h, struct str cgroups, char out[OS_PATH_MAX])
{
    struct str line, number, rest, names, path, name;
    while (str_next(&cgroups, '\n', &line)) { /* "4:cpu,cpuacct:/a/b", and on v2 "0::/a/b" */
        char controller[sizeof(h->trees[0].controllers)];
        if (!str_cut(line, ':', &number, &rest) || !str_cut(rest, ':', &names, &path) || (names.n == 0) != (h->mode == RUNTIME_CGROUPS_V2) ||
            str_find(path, STR("/..")) >= 0)
            continue;
        if (!str_next(&names, ',', &name))
            name = STR_NONE;
        snprintf(controller, sizeof(controller), "%.*s", STR_FMT(name));
        const char *tree = tree_of(h, controller);
        if (tree)
            return os_path(out, "%s%.*s", tree, STR_FMT(path));
    }
    return -ENOENT;
}

int cgroup_stir(const struct cgroup_host *h)
{
    char group[OS_PATH_MAX], path[OS_PATH_MAX];
    SCOPED_BUF text = BUF_INIT(0);
    int r = os_file_read("/proc/self/cgroup", CGROUP_VALUE_MAX, &text); /* afresh: somebody may have moved us */
    if (r == 0)
        r = cgroup_own(h, buf_view(&text), group);
    if (r == 0)
        r = os_path(path, "%s/cgroup.procs", group);
    return r < 0 ? r : os_file_write(path, STR("0"));
}

/* ── limits ── */

bool cgroup_swap_known(const struct cgroup_host *h)
{
    if (h->mode == RUNTIME_CGROUPS_V2)
        return true; /* crun and we leave out what is not there */
    const char *tree = tree_of(h, "memory");
    char path[OS_PATH_MAX];
    return tree && os_path(path, "%s/memory.memsw.limit_in_bytes", tree) == 0 && os_file_exists(path);
}

/* crun's and the kernel documentation's mapping of 2…262144 onto 1…10000. */
int64_t cgroup_weight(int64_t shares)
{
    shares = MIN(MAX(shares, 2), 262144);
    return 1 + (shares - 2) * 9999 / 262142;
}

struct limit {
    const struct cgroup_host *h;
    const char *group;
    struct err *err;
    int r;
};

static void limit_set(struct limit *l, const char *controller, const char *file, const char *text)
{
    if (l->r < 0 || !tree_of(l->h, controller))
        return;
    int r = value_write(l->h, controller, l->group, file, text);
    if (r < 0)
        l->r = err_raise(l->err, r, "cgroup %s: cannot set %s to \"%s\": %s", l->group, file, text, strerror(-r));
}

static void limit_number(struct limit *l, const char *controller, const char *file, int64_t v)
{
    char text[32];
    snprintf(text, sizeof(text), "%lld", (long long)v);
    limit_set(l, controller, file, text);
}

static void limit_v2(struct limit *l, const struct runtime_resources *r)
{
    char text[64];
    if (r->cpu_shares)
        limit_number(l, "cpu", "cpu.weight", cgroup_weight(r->cpu_shares));
    if (r->cpu_quota) {
        long long period = r->cpu_period ? r->cpu_period : 100000;
        if (r->cpu_quota < 0)
            snprintf(text, sizeof(text), "max %lld", period);
        else
            snprintf(text, sizeof(text), "%lld %lld", (long long)r->cpu_quota, period);
        limit_set(l, "cpu", "cpu.max", text);
    }
    if (r->memory)
        limit_number(l, "memory", "memory.max", r->memory);
    if (r->memory && r->memory_swap >= r->memory && number_read(l->h, "memory", l->group, "memory.swap.current", NULL) >= 0)
        limit_number(l, "memory", "memory.swap.max", r->memory_swap - r->memory);
    for (size_t i = 0; i < r->n_hugepages; i++) {
        snprintf(text, sizeof(text), "hugetlb.%s.max", r->hugepages[i].page_size);
        limit_number(l, "hugetlb", text, r->hugepages[i].bytes);
    }
}

static void limit_v1(struct limit *l, const struct runtime_resources *r)
{
    char text[64];
    if (r->cpu_shares)
        limit_number(l, "cpu", "cpu.shares", r->cpu_shares);
    if (r->cpu_period)
        limit_number(l, "cpu", "cpu.cfs_period_us", r->cpu_period);
    if (r->cpu_quota)
        limit_number(l, "cpu", "cpu.cfs_quota_us", r->cpu_quota);
    bool swap = r->memory_swap && cgroup_swap_known(l->h);
    if (r->memory) {
        /* memsw may never stand below the plain limit, so growing goes from the top, shrinking from the bottom. */
        int64_t now = number_read(l->h, "memory", l->group, "memory.limit_in_bytes", NULL);
        bool grows = now >= 0 && r->memory > now;
        if (swap && grows)
            limit_number(l, "memory", "memory.memsw.limit_in_bytes", r->memory_swap);
        limit_number(l, "memory", "memory.limit_in_bytes", r->memory);
        if (swap && !grows)
            limit_number(l, "memory", "memory.memsw.limit_in_bytes", r->memory_swap);
    }
    for (size_t i = 0; i < r->n_hugepages; i++) {
        snprintf(text, sizeof(text), "hugetlb.%s.limit_in_bytes", r->hugepages[i].page_size);
        limit_number(l, "hugetlb", text, r->hugepages[i].bytes);
    }
}

int cgroup_limit(const struct cgroup_host *h, const char *group, const struct runtime_resources *r, struct err *err)
{
    struct limit l = {.h = h, .group = group, .err = err};
    if (h->mode == RUNTIME_CGROUPS_V2)
        limit_v2(&l, r);
    else
        limit_v1(&l, r);
    if (r->pids > 0)
        limit_number(&l, "pids", "pids.max", r->pids);
    if (r->cpus)
        limit_set(&l, "cpuset", "cpuset.cpus", r->cpus);
    if (r->mems)
        limit_set(&l, "cpuset", "cpuset.mems", r->mems);
    return l.r;
}

/* ── looking ── */

int cgroup_stats(const struct cgroup_host *h, const char *group, struct runtime_stats *out)
{
    int64_t inactive;
    if (h->mode == RUNTIME_CGROUPS_V2) {
        int64_t us = number_read(h, "", group, "cpu.stat", "usage_usec");
        int64_t throttled = number_read(h, "", group, "cpu.stat", "throttled_usec");
        *out = (struct runtime_stats){
            .cpu_ns = us < 0 ? -1 : us * 1000,
            .throttled_ns = throttled < 0 ? -1 : throttled * 1000,
            .memory_usage = number_read(h, "", group, "memory.current", NULL),
            .memory_rss = number_read(h, "", group, "memory.stat", "anon"),
            .page_faults = number_read(h, "", group, "memory.stat", "pgfault"),
            .major_page_faults = number_read(h, "", group, "memory.stat", "pgmajfault"),
            .pids = number_read(h, "", group, "pids.current", NULL),
        };
        inactive = number_read(h, "", group, "memory.stat", "inactive_file");
    } else {
        *out = (struct runtime_stats){
            .cpu_ns = number_read(h, "cpuacct", group, "cpuacct.usage", NULL),
            .throttled_ns = number_read(h, "cpu", group, "cpu.stat", "throttled_time"),
            .memory_usage = number_read(h, "memory", group, "memory.usage_in_bytes", NULL),
            .memory_rss = number_read(h, "memory", group, "memory.stat", "total_rss"),
            .page_faults = number_read(h, "memory", group, "memory.stat", "total_pgfault"),
            .major_page_faults = number_read(h, "memory", group, "memory.stat", "total_pgmajfault"),
            .pids = number_read(h, "pids", group, "pids.current", NULL),
        };
        inactive = number_read(h, "memory", group, "memory.stat", "total_inactive_file");
    }
    out->memory_working_set = out->memory_usage < 0 ? -1 : MAX(out->memory_usage - MAX(inactive, 0), 0);
    return out->cpu_ns < 0 && out->memory_usage < 0 ? -ENOENT : 0;
}

/* One word of a file: a number, "max" or -1 for none; 0: not known here. v1 has a number nobody can reach for no memory limit. */
static int64_t bound_read(const struct cgroup_host *h, const char *controller, const char *group, const char *file, size_t word)
{
    SCOPED_BUF b = BUF_INIT(0);
    struct str rest, piece = STR_NONE;
    int64_t v;
    if (value_read(h, controller, group, file, &b) < 0)
        return 0;
    rest = str_trim(buf_view(&b));
    for (size_t i = 0; i <= word; i++)
        if (!str_next(&rest, ' ', &piece))
            return 0;
    if (str_is(piece, "max"))
        return -1;
    if (str_to_int(piece, &v) < 0)
        return 0;
    return v < 0 || v >= INT64_MAX / 4096 * 4096 ? -1 : v;
}

int cgroup_limits(const struct cgroup_host *h, const char *group, struct runtime_resources *out)
{
    bool v2 = h->mode == RUNTIME_CGROUPS_V2;
    *out = (struct runtime_resources){
        .memory = bound_read(h, "memory", group, v2 ? "memory.max" : "memory.limit_in_bytes", 0),
        .cpu_quota = bound_read(h, "cpu", group, v2 ? "cpu.max" : "cpu.cfs_quota_us", 0),
        .cpu_period = bound_read(h, "cpu", group, v2 ? "cpu.max" : "cpu.cfs_period_us", v2),
        .cpu_shares = v2 ? 0 : bound_read(h, "cpu", group, "cpu.shares", 0),
    };
    return out->memory || out->cpu_quota ? 0 : -ENOENT;
}

int64_t cgroup_oom_kills(const struct cgroup_host *h, const char *group)
{
    const char *file = h->mode == RUNTIME_CGROUPS_V2 ? "memory.events" : "memory.oom_control";
    return MAX(number_read(h, "memory", group, file, "oom_kill"), 0);
}

/* ── ending ── */

/* Calls fn for the group's folder and those below it, deepest first. */
static int each_below(const char *path, int depth, int (*fn)(const char *path))
{
    DIR *d = depth > 16 ? NULL : opendir(path);
    if (!d)
        return errno == ENOENT ? 0 : -errno;
    int r = 0;
    struct dirent *e;
    while ((e = readdir(d)) != NULL) {
        char child[OS_PATH_MAX];
        if (e->d_type != DT_DIR || e->d_name[0] == '.' || os_path(child, "%s/%s", path, e->d_name) < 0)
            continue;
        int got = each_below(child, depth + 1, fn);
        r = got < 0 ? got : r;
    }
    closedir(d);
    int got = fn(path);
    return got < 0 ? got : r;
}

static int kill_members(const char *path)
{
    char file[OS_PATH_MAX];
    SCOPED_BUF b = BUF_INIT(0);
    if (os_path(file, "%s/cgroup.procs", path) < 0 || os_file_read(file, CGROUP_VALUE_MAX, &b) < 0)
        return 0;
    struct str rest = buf_view(&b), line;
    int64_t pid;
    while (str_next(&rest, '\n', &line))
        if (str_to_int(line, &pid) == 0 && pid > 1)
            kill((pid_t)pid, SIGKILL);
    return 0;
}

void cgroup_kill(const struct cgroup_host *h, const char *group)
{
    const char *tree = h->mode == RUNTIME_CGROUPS_V2 ? h->trees[0].path : tree_of(h, "pids");
    char path[OS_PATH_MAX];
    if (!tree)
        tree = tree_of(h, "memory");
    if (!tree || os_path(path, "%s/%s", tree, group) < 0)
        return;
    if (h->mode == RUNTIME_CGROUPS_V2 && value_write(h, "", group, "cgroup.kill", "1") == 0)
        return;
    int ignored = each_below(path, 0, kill_members);
    (void)ignored;
}

static int remove_one(const char *path)
{
    return rmdir(path) < 0 && errno != ENOENT ? -errno : 0;
}

int cgroup_remove(const struct cgroup_host *h, const char *group)
{
    int r = 0;
    for (size_t i = 0; i < h->n; i++) {
        char path[OS_PATH_MAX];
        int got = os_path(path, "%s/%s", h->trees[i].path, group);
        if (got == 0)
            got = each_below(path, 0, remove_one);
        /* A killed process leaves its group a moment after the signal; nothing tells when on v1. */
        for (int waited = 0; got == -EBUSY && waited < CGROUP_REMOVE_MS; waited += 5) {
            nanosleep(&(struct timespec){.tv_nsec = 5000000}, NULL);
            got = each_below(path, 0, remove_one);
        }
        r = got < 0 ? got : r;
    }
    return r;
}
