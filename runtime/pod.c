#include "runtime/inside.h"

#include <ctype.h>
#include <signal.h>

/* A pod's life. What each step waits for:
 *
 *   pin        a pool thread makes and pins the namespaces        → on_pinned()
 *   init       only shareProcessNamespace: process 1 is there     → on_init()
 *   ready      the caller
 *   removing   its containers are gone                            → pod_container_gone()
 *   clearing   a pool thread unmounts, removes cgroup and folder  → on_cleared()
 *
 * A pod whose making failed goes straight to clearing. */

#define SHM_BYTES (64 * 1024 * 1024)

/* ── making and freeing ── */

static char *format(const char *fmt, ...) PRINTF(1, 2);
static char *format(const char *fmt, ...)
{
    char text[OS_PATH_MAX];
    va_list ap;
    va_start(ap, fmt);
    int n = vsnprintf(text, sizeof(text), fmt, ap);
    va_end(ap);
    return n < 0 || (size_t)n >= sizeof(text) ? NULL : mem_text(text, (size_t)n);
}

struct runtime_pod *pod_alloc(struct runtime *rt, struct str uid)
{
    struct runtime_pod *p = mem_alloc(sizeof(*p));
    if (!p)
        return NULL;
    list_init(&p->link);
    list_init(&p->containers);
    p->rt = rt;
    p->uid = mem_text(uid.p, uid.n);
    p->folder = format("%s/pods/%.*s", rt->run, STR_FMT(uid));
    if (!p->uid || !p->folder) {
        pod_free(p);
        return NULL;
    }
    list_add(&rt->pods, &p->link);
    return p;
}

static void pin_free(struct pin *pin)
{
    for (size_t i = 0; pin && pin->sysctls && i < pin->n_sysctls; i++) {
        union {
            const char *in;
            char *out;
        } name = {.in = pin->sysctls[i].name}, value = {.in = pin->sysctls[i].value};
        mem_free(name.out);
        mem_free(value.out);
    }
    if (pin)
        mem_free(pin->sysctls);
    mem_free(pin);
}

void pod_free(struct runtime_pod *p)
{
    LIST_EACH (c, &p->containers, struct runtime_container, link)
        container_free(c);
    list_del(&p->link);
    loop_defer_cancel(&p->answer);
    loop_child_free(p->init_child);
    mem_free(p->uid);
    mem_free(p->name);
    mem_free(p->space);
    mem_free(p->note);
    mem_free(p->folder);
    mem_free(p->group);
    mem_free(p->hostname);
    mem_free(p->netns);
    mem_free(p->userns);
    mem_free(p);
}

/* ── cgroups ── */

const char *pod_group_class(enum runtime_qos qos)
{
    static const char *const classes[] = {"", "/burstable", "/besteffort"};
    return classes[qos];
}

/* kubelet gives the Burstable class the sum of its pods' shares, so that Guaranteed pods stand beside them fairly. */
void pods_weigh_burstable(struct runtime *rt)
{
    char group[OS_PATH_MAX];
    struct runtime_resources r = {0};
    LIST_EACH (p, &rt->pods, struct runtime_pod, link)
        if (p->qos == RUNTIME_BURSTABLE && !p->removing)
            r.cpu_shares += p->cpu_shares;
    r.cpu_shares = MIN(MAX(r.cpu_shares, 2), 262144);
    if (rt->resources_off || os_path(group, "%s/burstable", rt->cgroup) < 0)
        return;
    int ignored = cgroup_limit(&rt->host, group, &r, NULL); /* a machine without the class or the controller */
    (void)ignored;
}

static int group_make(struct runtime_pod *p, const struct runtime_resources *r, struct err *err)
{
    struct runtime *rt = p->rt;
    int done = cgroup_make(&rt->host, p->group, err);
    if (done < 0 || rt->resources_off)
        return done;
    done = cgroup_limit(&rt->host, p->group, r, err);
    if (done < 0)
        return done;
    if (p->qos == RUNTIME_BURSTABLE)
        pods_weigh_burstable(rt);
    char class[OS_PATH_MAX];
    if (p->qos == RUNTIME_BEST_EFFORT && os_path(class, "%s/besteffort", rt->cgroup) == 0)
        done = cgroup_limit(&rt->host, class, &(struct runtime_resources){.cpu_shares = 2}, err);
    return done;
}

/* ── clearing ── */

struct remains { /* of a pod, for the pool */
    struct cgroup_host host;
    char *group, *folder;
    pid_t init;
    int r;
    struct err err;
};

static void remains_drop(void *data)
{
    struct remains *m = data;
    mem_free(m->group);
    mem_free(m->folder);
    mem_free(m);
}

static void remains_clear(void *data)
{
    struct remains *m = data;
    if (m->init > 0)
        kill(m->init, SIGKILL);
    cgroup_kill(&m->host, m->group);
    m->r = namespaces_unpin(m->folder, &m->err);
    int r = cgroup_remove(&m->host, m->group);
    if (r < 0 && m->r == 0)
        m->r = err_raise(&m->err, r, "cgroup %s: %s", m->group, strerror(-r));
    r = os_tree_remove(m->folder);
    if (r < 0 && m->r == 0)
        m->r = err_raise(&m->err, r, "%s: %s", m->folder, strerror(-r));
}

static void answer_and_free(struct runtime_pod *p, int r, const char *why)
{
    runtime_done done = p->done;
    void *ctx = p->ctx;
    struct runtime *rt = p->rt;
    char text[ERR_TEXT_MAX];
    snprintf(text, sizeof(text), "%s", p->r < 0 ? p->why : why ? why : "");
    r = p->r < 0 ? p->r : r;
    pod_free(p);
    pods_weigh_burstable(rt);
    if (done)
        done(ctx, r, r < 0 ? text : NULL);
}

static void on_cleared(void *owner, void *data)
{
    struct remains *m = data;
    answer_and_free(owner, m->r, m->err.text);
}

static void no_memory(void *ctx)
{
    answer_and_free(ctx, -ENOMEM, "no memory to clear a pod away");
}

static void clear(struct runtime_pod *p)
{
    struct remains *m = mem_alloc(sizeof(*m));
    if (m) {
        m->host = p->rt->host;
        m->group = mem_text(p->group, strlen(p->group));
        m->folder = mem_text(p->folder, strlen(p->folder));
        m->init = p->init;
        if (m->group && m->folder && job_start(p->rt, remains_clear, on_cleared, remains_drop, p, m) == 0)
            return;
        remains_drop(m);
    }
    loop_defer(p->rt->loop, &p->answer, no_memory, p);
}

static void clear_when_empty(void *ctx)
{
    struct runtime_pod *p = ctx;
    if (!p->pin && !p->init_child && list_empty(&p->containers))
        clear(p);
}

void pod_container_gone(struct runtime_pod *p)
{
    if (p->removing)
        clear_when_empty(p);
}

void pod_container_failed(struct runtime_pod *p, int r, const char *why)
{
    if (!p->removing || p->r < 0)
        return;
    p->r = r;
    snprintf(p->why, sizeof(p->why), "%s", why ? why : "");
}

void runtime_pod_remove(struct runtime_pod *p, runtime_done done, void *ctx)
{
    p->done = done;
    p->ctx = ctx;
    if (p->removing)
        return;
    p->removing = true;
    LIST_EACH (c, &p->containers, struct runtime_container, link)
        runtime_container_remove(c, NULL, NULL);
    clear_when_empty(p);
}

/* State of another boot, or one that cannot be read: nothing of it runs under our care. */
int pod_folder_clear(struct runtime *rt, const char *uid, struct err *err)
{
    static const enum runtime_qos all[] = {RUNTIME_GUARANTEED, RUNTIME_BURSTABLE, RUNTIME_BEST_EFFORT};
    struct remains m = {.host = rt->host, .folder = format("%s/pods/%s", rt->run, uid)};
    for (size_t i = 0; i < ARRAY_LEN(all) && m.r == 0; i++) {
        m.group = format("%s%s/pod%s", rt->cgroup, pod_group_class(all[i]), uid);
        if (!m.group || !m.folder)
            m.r = err_raise(&m.err, -ENOMEM, "no memory to clear a pod away");
        else
            remains_clear(&m);
        m.group = mem_free(m.group);
    }
    mem_free(m.folder);
    return m.r < 0 ? err_raise(err, m.r, "%s", m.err.text) : 0;
}

/* ── making ── */

static void failed(struct runtime_pod *p, int r, const char *why)
{
    p->r = r;
    snprintf(p->why, sizeof(p->why), "%s", why);
    p->removing = true;
    clear(p);
}

static void ready(struct runtime_pod *p)
{
    struct err err;
    int r = state_pod_save(p, &err);
    if (r < 0) {
        failed(p, r, err.text);
        return;
    }
    runtime_done done = p->done;
    p->done = NULL;
    if (done)
        done(p->ctx, 0, NULL);
}

static void on_init(void *ctx, int code, int signo)
{
    struct runtime_pod *p = ctx;
    char path[OS_PATH_MAX];
    (void)signo;
    p->init_child = loop_child_free(p->init_child);
    if (p->removing) {
        if (os_path(path, "%s/init.pid", p->folder) == 0)
            code = state_pid_read(path, &p->init);
        clear_when_empty(p);
        return;
    }
    int r = os_path(path, "%s/init", p->group);
    struct err err = {{0}};
    if (r == 0)
        r = cgroup_make(&p->rt->host, path, &err);
    char file[OS_PATH_MAX];
    if (r == 0)
        r = os_path(file, "%s/init.pid", p->folder);
    if (r == 0)
        r = code == 0 ? state_pid_read(file, &p->init) : -EIO;
    if (r == 0)
        r = cgroup_enter(&p->rt->host, path, p->init);
    if (r < 0)
        failed(p, r, err.text[0] ? err.text : "process 1 of the pod's shared process namespace could not be started");
    else
        ready(p);
}

static int init_start(struct runtime_pod *p)
{
    struct runtime *rt = p->rt;
    if (!rt->init_argv)
        return -ENOTSUP;
    rt->init_argv[rt->n_init_argv] = p->folder;
    union {
        char **in;
        const char *const *out;
    } argv = {.in = rt->init_argv};
    int r = loop_child_new(&p->init_child, rt->loop, &(struct loop_spawn){.argv = argv.out, .new_session = true}, on_init, p);
    rt->init_argv[rt->n_init_argv] = NULL;
    return r;
}

static void pinned(void *owner, void *data)
{
    struct runtime_pod *p = owner;
    struct pin *pin = data;
    p->pin = NULL;
    if (p->removing)
        clear_when_empty(p);
    else if (pin->r < 0)
        failed(p, pin->r, pin->err.text);
    else if (!p->share_pid)
        ready(p);
    else {
        int r = init_start(p);
        if (r < 0)
            failed(p, r, "process 1 of the pod's shared process namespace could not be started");
    }
}

static void pin_work(void *data)
{
    namespaces_pin(data);
}

static void pin_drop(void *data)
{
    pin_free(data);
}

static struct pin *pin_make(const struct runtime_pod *p, const struct runtime_pod_options *o)
{
    struct pin *pin = mem_alloc(sizeof(*pin));
    if (!pin)
        return NULL;
    snprintf(pin->folder, sizeof(pin->folder), "%s", p->folder);
    snprintf(pin->hostname, sizeof(pin->hostname), "%s", o->hostname && !o->host_network ? o->hostname : "");
    pin->net = pin->uts = !o->host_network;
    pin->ipc = !o->host_ipc;
    pin->user_base = o->user_base;
    pin->shm_bytes = o->host_ipc ? 0 : o->shm_bytes > 0 ? o->shm_bytes : SHM_BYTES;
    pin->sysctls = o->n_sysctls ? mem_alloc(o->n_sysctls * sizeof(*pin->sysctls)) : NULL;
    if (o->n_sysctls && !pin->sysctls)
        return mem_free(pin);
    for (; pin->n_sysctls < o->n_sysctls; pin->n_sysctls++) {
        const struct runtime_pair *s = &o->sysctls[pin->n_sysctls];
        char *name = mem_text(s->name, strlen(s->name)), *value = mem_text(s->value, strlen(s->value));
        pin->sysctls[pin->n_sysctls] = (struct runtime_pair){name, value};
        if (!name || !value) {
            pin->n_sysctls++;
            pin_free(pin);
            return NULL;
        }
    }
    return pin;
}

static bool sysctl_is_namespaced(const struct runtime_pod_options *o, const char *name)
{
    static const char *const ipc[] = {"kernel.shm", "kernel.msg", "kernel.sem", "fs.mqueue."};
    char dotted[256];
    snprintf(dotted, sizeof(dotted), "%s", name);
    char *slash = strchr(dotted, '/');
    if (slash && !memchr(dotted, '.', (size_t)(slash - dotted)))
        for (char *c = dotted; *c; c++)
            *c = *c == '/' ? '.' : *c;
    if (strncmp(dotted, "net.", 4) == 0)
        return !o->host_network;
    for (size_t i = 0; i < ARRAY_LEN(ipc); i++)
        if (strncmp(dotted, ipc[i], strlen(ipc[i])) == 0)
            return !o->host_ipc;
    return false;
}

static int check(struct runtime *rt, const struct runtime_pod_options *o, struct err *err)
{
    struct str uid = str_of(o->uid);
    if (uid.n == 0 || uid.n > 128)
        return err_raise(err, -EINVAL, "a pod needs a uid");
    for (size_t i = 0; i < uid.n; i++)
        if (!isalnum((unsigned char)uid.p[i]) && uid.p[i] != '-' && uid.p[i] != '_')
            return err_raise(err, -EINVAL, "pod uid \"%s\" has other characters than letters, digits, '-' and '_'", o->uid);
    if (runtime_pod_find(rt, uid))
        return err_raise(err, -EEXIST, "there is a pod of uid %s already", o->uid);
    if (o->share_pid && o->host_pid)
        return err_raise(err, -EINVAL, "a pod cannot both share its own process namespace and use the host's");
    if (o->user_base && (o->host_network || o->host_pid || o->host_ipc))
        return err_raise(err, -EINVAL, "a pod with users of its own cannot use the host's network, processes or IPC");
    if (o->user_base % RUNTIME_USERS)
        return err_raise(err, -EINVAL, "users of a pod begin at a multiple of %u, not at %u", RUNTIME_USERS, o->user_base);
    if (o->share_pid && !rt->init_argv)
        return err_raise(err, -ENOTSUP, "this agent cannot make shared process namespaces");
    if (o->hostname && strlen(o->hostname) > HOST_NAME_MAX)
        return err_raise(err, -EINVAL, "hostname \"%s\" is longer than %d characters", o->hostname, HOST_NAME_MAX);
    for (size_t i = 0; i < o->n_sysctls; i++)
        if (!sysctl_is_namespaced(o, o->sysctls[i].name))
            return err_raise(err, -EINVAL, "sysctl \"%s\" is not one of the pod's own namespaces", o->sysctls[i].name);
    return 0;
}

static int fill(struct runtime_pod *p, const struct runtime_pod_options *o)
{
    p->name = mem_text(o->name ? o->name : "", o->name ? strlen(o->name) : 0);
    p->space = mem_text(o->space ? o->space : "", o->space ? strlen(o->space) : 0);
    p->note = mem_text(o->note.p ? o->note.p : "", o->note.n);
    p->note_n = o->note.n;
    p->host_network = o->host_network;
    p->host_pid = o->host_pid;
    p->host_ipc = o->host_ipc;
    p->share_pid = o->share_pid;
    p->qos = o->qos;
    p->cpu_shares = o->resources.cpu_shares;
    p->created = loop_wall(p->rt->loop);
    p->group = format("%s%s/pod%s", p->rt->cgroup, pod_group_class(o->qos), p->uid);
    p->netns = o->host_network ? NULL : format("%s/net", p->folder);
    p->user_base = o->user_base;
    p->userns = o->user_base ? format("%s/user", p->folder) : NULL;
    p->hostname = o->hostname && !o->host_network ? mem_text(o->hostname, strlen(o->hostname)) : NULL;
    bool texts = p->name && p->space && p->note && p->group && (p->userns || !o->user_base);
    return texts && (p->netns || o->host_network) && (p->hostname || !o->hostname || o->host_network) ? 0 : -ENOMEM;
}

int runtime_pod_new(struct runtime_pod **out, struct runtime *rt, const struct runtime_pod_options *o, runtime_done done, void *ctx, struct err *err)
{
    int r = check(rt, o, err);
    if (r < 0)
        return r;
    struct runtime_pod *p = pod_alloc(rt, str_of(o->uid));
    if (!p)
        return err_raise(err, -ENOMEM, "no memory for a pod");
    p->done = done;
    p->ctx = ctx;
    r = fill(p, o);
    if (r == 0)
        r = os_dir_make(p->folder, 0711);
    p->pin = r == 0 ? pin_make(p, o) : NULL;
    if (r == 0 && !p->pin)
        r = -ENOMEM;
    if (r < 0)
        err_raise(err, r, "pod %s: %s", o->uid, strerror(-r));
    else
        r = group_make(p, &o->resources, err);
    if (r == 0)
        r = state_pod_save(p, err);
    if (r == 0) {
        r = job_start(rt, pin_work, pinned, pin_drop, p, p->pin);
        if (r == 0)
            launch_expect(rt, true); /* its first container is not far; not before its group, which would wait for the move */
        else
            err_raise(err, r, "pod %s: %s", o->uid, strerror(-r));
    }
    if (r < 0) {
        pin_free(p->pin);
        int ignored = p->group ? cgroup_remove(&rt->host, p->group) : 0;
        ignored = os_tree_remove(p->folder);
        (void)ignored;
        pod_free(p);
        return r;
    }
    *out = p;
    return 0;
}

int runtime_pod_set_resources(struct runtime_pod *p, const struct runtime_resources *r, struct err *err)
{
    if (p->rt->resources_off)
        return 0;
    int done = cgroup_limit(&p->rt->host, p->group, r, err);
    if (done < 0 || !r->cpu_shares)
        return done;
    p->cpu_shares = r->cpu_shares;
    pods_weigh_burstable(p->rt);
    return state_pod_save(p, err);
}

int runtime_pod_set_note(struct runtime_pod *p, struct str note, struct err *err)
{
    char *copy = mem_text(note.p ? note.p : "", note.n);
    if (!copy)
        return err_raise(err, -ENOMEM, "no memory for a pod's note");
    mem_free(p->note);
    p->note = copy;
    p->note_n = note.n;
    return state_pod_save(p, err);
}
