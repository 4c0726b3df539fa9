#include "runtime/inside.h"

#include <linux/capability.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/vfs.h>

#define MOUNTINFO_MAX     (16 * 1024 * 1024)
#define MESSAGE_BYTES_MAX 4096

/* ── what this machine is ── */

static int program_find(const char *given, const char *name, char **out, struct err *err)
{
    struct str rest = str_of(getenv("PATH")), folder;
    char path[OS_PATH_MAX];
    if (rest.n == 0)
        rest = STR("/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
    while (!given && str_next(&rest, ':', &folder))
        if (os_path(path, "%.*s/%s", STR_FMT(folder), name) == 0 && access(path, X_OK) == 0)
            given = path;
    if (!given)
        return err_raise(err, -ENOENT, "%s is not installed (looked in PATH)", name);
    *out = mem_text(given, strlen(given));
    return *out ? 0 : -ENOMEM;
}

static int host_read(struct runtime *rt, struct err *err)
{
    SCOPED_BUF text = BUF_INIT(0);
    int r = os_file_read("/proc/self/mountinfo", MOUNTINFO_MAX, &text);
    if (r == 0)
        r = cgroup_host_read(&rt->host, buf_view(&text));
    if (r < 0)
        return err_raise(err, r, "cgroups are not mounted on this machine");
    snprintf(rt->unified, sizeof(rt->unified), "/sys/fs/cgroup/unified");
    struct statfs fs;
    rt->hide_unified = rt->host.mode == RUNTIME_CGROUPS_HYBRID && statfs(rt->unified, &fs) == 0;
    return 0;
}

/* Without CAP_SYS_RESOURCE a process may raise its oom_score_adj, never lower it. */
static int rights_read(struct runtime *rt)
{
    SCOPED_BUF text = BUF_INIT(0);
    SCOPED_BUF score = BUF_INIT(0);
    struct str rest, line, name, number;
    int64_t floor = 0;
    uint64_t effective = 0;
    int r = os_file_read("/proc/self/status", 65536, &text);
    if (r < 0)
        return r;
    rest = buf_view(&text);
    while (str_next(&rest, '\n', &line)) {
        if (!str_cut(line, ':', &name, &number))
            continue;
        if (str_is(name, "CapBnd"))
            rt->caps = strtoull(str_trim(number).p, NULL, 16);
        if (str_is(name, "CapEff"))
            effective = strtoull(str_trim(number).p, NULL, 16);
    }
    rt->oom_floor = -1000;
    if (effective & (1ULL << CAP_SYS_RESOURCE))
        return 0;
    r = os_file_read("/proc/self/oom_score_adj", 64, &score);
    if (r == 0)
        r = str_to_int(str_trim(buf_view(&score)), &floor);
    rt->oom_floor = (int)floor;
    return r;
}

static int options_copy(struct runtime *rt, const struct runtime_options *o)
{
    rt->run = mem_text(o->run, strlen(o->run));
    rt->cgroup = mem_text(o->cgroup, strlen(o->cgroup));
    rt->seccomp = o->seccomp ? mem_text(o->seccomp, strlen(o->seccomp)) : NULL;
    rt->resources_off = o->resources_off;
    if (!rt->run || !rt->cgroup || (o->seccomp && !rt->seccomp))
        return -ENOMEM;
    if (!o->init_argv)
        return 0;
    size_t n = 0;
    while (o->init_argv[n])
        n++;
    rt->init_argv = mem_alloc((n + 2) * sizeof(*rt->init_argv));
    if (!rt->init_argv)
        return -ENOMEM;
    for (; rt->n_init_argv < n; rt->n_init_argv++) {
        const char *one = o->init_argv[rt->n_init_argv];
        rt->init_argv[rt->n_init_argv] = mem_text(one, strlen(one));
        if (!rt->init_argv[rt->n_init_argv])
            return -ENOMEM;
    }
    return 0;
}

static int check(const struct runtime_options *o, struct err *err)
{
    if (!o->run || o->run[0] != '/')
        return err_raise(err, -EINVAL, "the run folder must be an absolute path");
    if (!o->cgroup || !o->cgroup[0] || o->cgroup[0] == '/' || strstr(o->cgroup, ".."))
        return err_raise(err, -EINVAL, "the cgroup's name must not be empty, begin with '/' or have '..'");
    if (strlen(o->run) > 1024 || strlen(o->cgroup) > 512)
        return err_raise(err, -ENAMETOOLONG, "the run folder or the cgroup has too long a name");
    return 0;
}

static int prepare(struct runtime *rt, const struct runtime_options *o, struct err *err)
{
    static const char *const folders[] = {"pods", "crun", "exits"};
    int r = options_copy(rt, o);
    if (r == 0)
        r = os_boot_id(rt->boot_id);
    if (r == 0)
        r = rights_read(rt);
    if (r < 0)
        return err_raise(err, r, "%s", strerror(-r));
    r = program_find(o->crun, "crun", &rt->crun, err);
    if (r == 0)
        r = program_find(o->conmon, "conmon", &rt->conmon, err);
    if (r == 0)
        r = host_read(rt, err);
    for (size_t i = 0; r == 0 && i < ARRAY_LEN(folders); i++) {
        char path[OS_PATH_MAX];
        r = os_path(path, "%s/%s", rt->run, folders[i]);
        if (r == 0)
            r = os_dir_make(path, 0711);
        if (r < 0)
            err_raise(err, r, "%s/%s: %s", rt->run, folders[i], strerror(-r));
    }
    return r;
}

int runtime_new(struct runtime **out, struct loop *l, const struct runtime_options *o, struct err *err)
{
    int r = check(o, err);
    if (r < 0)
        return r;
    struct runtime *rt = mem_alloc(sizeof(*rt));
    if (!rt)
        return err_raise(err, -ENOMEM, "no memory for the runtime");
    signal(SIGPIPE, SIG_IGN); /* a program that closes its input is an error of one write, not our end */
    rt->loop = l;
    rt->sealed.fd = -1;
    list_init(&rt->pods);
    list_init(&rt->jobs);
    list_init(&rt->strays);
    r = prepare(rt, o, err);
    if (r == 0)
        launch_crun(rt);
    if (r == 0)
        r = state_adopt(rt, err);
    if (r == 0)
        seccomp_compiled(rt, capability_defaults() & rt->caps); /* the one that most will ask for */
    if (r < 0) {
        runtime_free(rt);
        return r;
    }
    *out = rt;
    return 0;
}

struct runtime *runtime_free(struct runtime *rt)
{
    if (!rt)
        return NULL;
    jobs_abandon(rt);
    loop_timer_stop(&rt->moves.again);
    bool empty = list_empty(&rt->pods);
    LIST_EACH (p, &rt->pods, struct runtime_pod, link) {
        LIST_EACH (c, &p->containers, struct runtime_container, link)
            streams_container_gone(c, 0, NULL);
        pod_free(p);
    }
    streams_free_strays(rt);
    map_done(&rt->containers);
    seccomp_free(rt);
    if (empty && rt->cgroup && rt->host.n) { /* the last pod is gone: so is the reason for our groups */
        int ignored = cgroup_remove(&rt->host, rt->cgroup);
        (void)ignored;
    }
    for (size_t i = 0; i < rt->n_init_argv; i++)
        mem_free(rt->init_argv[i]);
    mem_free(rt->init_argv);
    mem_free(rt->run);
    mem_free(rt->cgroup);
    mem_free(rt->seccomp);
    launch_free(rt);
    mem_free(rt->crun);
    mem_free(rt->conmon);
    return mem_free(rt);
}

enum runtime_cgroups runtime_cgroups(const struct runtime *rt)
{
    return rt->host.mode;
}

int64_t runtime_cpu_shares(int64_t millicores)
{
    return MIN(MAX(millicores * 1024 / 1000, 2), 262144);
}

int64_t runtime_cpu_quota(int64_t millicores, int64_t period)
{
    return millicores <= 0 ? 0 : MAX(millicores * period / 1000, 1000);
}

/* ── pods ── */

struct runtime_pod *runtime_pod_find(struct runtime *rt, struct str uid)
{
    LIST_EACH (p, &rt->pods, struct runtime_pod, link)
        if (str_is(uid, p->uid))
            return p;
    return NULL;
}

struct runtime_pod *runtime_pod_next(struct runtime *rt, struct runtime_pod *after)
{
    struct list *next = after ? after->link.next : rt->pods.next;
    return next == &rt->pods ? NULL : CONTAINER_OF(next, struct runtime_pod, link);
}

const char *runtime_pod_uid(const struct runtime_pod *p)
{
    return p->uid;
}

const char *runtime_pod_name(const struct runtime_pod *p)
{
    return p->name;
}

const char *runtime_pod_space(const struct runtime_pod *p)
{
    return p->space;
}

struct str runtime_pod_note(const struct runtime_pod *p)
{
    return str_make(p->note, p->note_n);
}

uint32_t runtime_pod_user_base(const struct runtime_pod *p)
{
    return p->user_base;
}

const char *runtime_pod_userns(const struct runtime_pod *p)
{
    return p->userns;
}

const char *runtime_pod_netns(const struct runtime_pod *p)
{
    return p->netns;
}

int runtime_pod_stats(const struct runtime_pod *p, struct runtime_stats *out)
{
    return cgroup_stats(&p->rt->host, p->group, out);
}

int64_t runtime_pod_created(const struct runtime_pod *p)
{
    return p->created;
}

/* ── containers ── */

struct runtime_container *runtime_container_next(struct runtime_pod *p, struct runtime_container *after)
{
    struct list *next = after ? after->link.next : p->containers.next;
    return next == &p->containers ? NULL : CONTAINER_OF(next, struct runtime_container, link);
}

struct runtime_container *runtime_container_find(struct runtime *rt, struct str id)
{
    return map_get(&rt->containers, id);
}

const char *runtime_container_id(const struct runtime_container *c)
{
    return c->id;
}

const char *runtime_container_name(const struct runtime_container *c)
{
    return c->name;
}

unsigned runtime_container_attempt(const struct runtime_container *c)
{
    return c->attempt;
}

struct str runtime_container_note(const struct runtime_container *c)
{
    return str_make(c->note, c->note_n);
}

struct runtime_pod *runtime_container_pod(const struct runtime_container *c)
{
    return c->pod;
}

enum runtime_state runtime_container_state(const struct runtime_container *c)
{
    return c->state;
}

pid_t runtime_container_pid(const struct runtime_container *c)
{
    return c->state == RUNTIME_RUNNING ? c->pid : 0;
}

const char *runtime_container_log(const struct runtime_container *c)
{
    return c->log;
}

bool runtime_container_tty(const struct runtime_container *c)
{
    return c->tty;
}

int64_t runtime_container_created(const struct runtime_container *c)
{
    return c->created;
}

void runtime_container_end(const struct runtime_container *c, struct runtime_end *out)
{
    *out = (struct runtime_end){.started = c->started, .reason = "", .message = ""};
    if (c->state != RUNTIME_EXITED)
        return;
    out->code = c->code;
    out->signal = c->signal;
    out->reason = c->reason;
    out->message = c->message ? c->message : "";
    out->finished = c->finished;
}

int runtime_container_message(const struct runtime_container *c, struct buf *out)
{
    char path[OS_PATH_MAX], text[MESSAGE_BYTES_MAX];
    int r = os_path(path, "%s/message", c->bundle);
    if (r < 0)
        return r;
    FILE *f = fopen(path, "re");
    if (!f)
        return errno == ENOENT ? 0 : -errno;
    size_t n = fread(text, 1, sizeof(text), f);
    fclose(f);
    buf_add(out, text, n);
    return buf_error(out);
}

int runtime_container_stats(const struct runtime_container *c, struct runtime_stats *out)
{
    return cgroup_stats(&c->pod->rt->host, c->group, out);
}

int runtime_container_resources(const struct runtime_container *c, struct runtime_resources *out)
{
    return c->pod->rt->resources_off ? -ENOTSUP : cgroup_limits(&c->pod->rt->host, c->group, out);
}

int runtime_container_set_resources(struct runtime_container *c, const struct runtime_resources *r, struct err *err)
{
    if (c->state != RUNTIME_RUNNING)
        return err_raise(err, -ESRCH, "container \"%s\" does not run", c->name);
    return c->pod->rt->resources_off ? 0 : cgroup_limit(&c->pod->rt->host, c->group, r, err);
}
