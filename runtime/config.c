#include "runtime/inside.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>

#include "json/json.h"

/* The OCI runtime specification's config.json, made from runtime_container_options. */

#define CONFIG_BYTES_MAX (16 * 1024 * 1024)
#define DEVICES_MAX      1024

struct config {
    struct arena *a;
    struct runtime *rt;
    const struct runtime_pod *pod;
    const struct runtime_container *c;
    const struct runtime_container_options *o;
    struct err *err;
    uint64_t caps;
    int r;
};

static void set(struct config *g, struct value *v, const char *path, struct value leaf)
{
    VALUE_SET(&g->r, g->a, v, path, leaf);
}

static void set_text(struct config *g, struct value *v, const char *path, const char *text)
{
    set(g, v, path, value_make_text(str_of(text)));
}

static void set_int(struct config *g, struct value *v, const char *path, int64_t i)
{
    set(g, v, path, value_make_int(i));
}

static void add(struct config *g, struct value *list, struct value v)
{
    if (g->r == 0 && !value_add(g->a, list, v))
        g->r = -ENOMEM;
}

static void add_text(struct config *g, struct value *list, const char *text)
{
    add(g, list, value_make_text(str_of(text)));
}

static struct value texts(struct config *g, const char *const *all)
{
    struct value list = value_make_list();
    for (; all && *all; all++)
        add_text(g, &list, *all);
    return list;
}

/* ── process ── */

static uint64_t caps_of(struct config *g, const char *const *all)
{
    uint64_t set_ = 0;
    for (; all && *all; all++) {
        int n = capability_find(*all);
        if (strcasecmp(*all, "ALL") == 0)
            set_ |= g->rt->caps;
        else if (n >= 0)
            set_ |= 1ULL << n;
        else if (g->r == 0)
            g->r = err_raise(g->err, -EINVAL, "capability \"%s\" is not known", *all);
    }
    return set_;
}

/* "ALL" in one list and names in the other: the names win, as CRI defines it. */
static uint64_t caps_wanted(struct config *g)
{
    if (g->o->privileged)
        return g->rt->caps;
    bool drop_all = false;
    for (const char *const *d = g->o->cap_drop; d && *d; d++)
        drop_all |= strcasecmp(*d, "ALL") == 0;
    uint64_t caps = drop_all ? 0 : capability_defaults();
    caps |= caps_of(g, g->o->cap_add);
    if (!drop_all)
        caps &= ~caps_of(g, g->o->cap_drop);
    return caps & g->rt->caps;
}

static struct value capabilities(struct config *g)
{
    static const char *const sets[] = {"bounding", "effective", "permitted"};
    struct value list = value_make_list(), all = value_make_map();
    for (unsigned i = 0; i < 64; i++) {
        const char *name = g->caps & (1ULL << i) ? capability_name(i) : NULL;
        struct str full = name ? arena_fmt(g->a, "CAP_%s", name) : STR_NONE;
        if (name && !full.p)
            g->r = -ENOMEM;
        else if (name)
            add(g, &list, value_make_text(full));
    }
    for (size_t i = 0; i < ARRAY_LEN(sets); i++)
        set(g, &all, sets[i], list);
    return all;
}

static bool env_has(const char *const *env, const char *name)
{
    size_t n = strlen(name);
    for (; env && *env; env++)
        if (strncmp(*env, name, n) == 0 && (*env)[n] == '=')
            return true;
    return false;
}

static struct value environment(struct config *g)
{
    const char *const *env = g->o->env;
    struct value list = texts(g, env);
    if (!env_has(env, "PATH"))
        add_text(g, &list, "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
    if (g->pod->hostname && !env_has(env, "HOSTNAME")) {
        struct str s = arena_fmt(g->a, "HOSTNAME=%s", g->pod->hostname);
        add(g, &list, value_make_text(s));
    }
    if (g->o->tty && !env_has(env, "TERM"))
        add_text(g, &list, "TERM=xterm");
    return list;
}

static struct value process(struct config *g)
{
    const struct runtime_container_options *o = g->o;
    struct value p = value_make_map(), user = value_make_map(), groups = value_make_list();
    set(g, &p, "terminal", value_make_bool(o->tty));
    set_int(g, &user, "uid", o->uid);
    set_int(g, &user, "gid", o->gid);
    if (o->umask > 0)
        set_int(g, &user, "umask", o->umask);
    for (size_t i = 0; i < o->n_groups; i++)
        add(g, &groups, value_make_int(o->groups[i]));
    if (o->n_groups)
        set(g, &user, "additionalGids", groups);
    set(g, &p, "user", user);
    set(g, &p, "args", texts(g, o->args));
    set(g, &p, "env", environment(g));
    set_text(g, &p, "cwd", o->cwd && o->cwd[0] ? o->cwd : "/");
    set(g, &p, "capabilities", capabilities(g));
    set(g, &p, "noNewPrivileges", value_make_bool(o->no_new_privileges));
    set_int(g, &p, "oomScoreAdj", MAX(o->oom_score_adj, g->rt->oom_floor));
    return p;
}

/* ── mounts ── */

static void add_mount(struct config *g, struct value *list, const char *target, const char *type, const char *source, const char *const *options)
{
    struct value m = value_make_map();
    set_text(g, &m, "destination", target);
    set_text(g, &m, "type", type);
    set_text(g, &m, "source", source);
    set(g, &m, "options", texts(g, options));
    add(g, list, m);
}

static bool target_taken(const struct config *g, const char *target)
{
    for (size_t i = 0; i < g->o->n_mounts; i++) {
        struct str t = str_of(g->o->mounts[i].target);
        while (t.n > 1 && t.p[t.n - 1] == '/')
            t.n--;
        if (str_is(t, target))
            return true;
    }
    return false;
}

#define OPTIONS(...) ((const char *const[]){__VA_ARGS__, NULL})

static void system_mounts(struct config *g, struct value *list)
{
    bool privileged = g->o->privileged;
    const char *rights = privileged ? "rw" : "ro";
    add_mount(g, list, "/proc", "proc", "proc", OPTIONS("nosuid", "noexec", "nodev"));
    if (!target_taken(g, "/dev"))
        add_mount(g, list, "/dev", "tmpfs", "tmpfs", OPTIONS("nosuid", "strictatime", "mode=755", "size=65536k"));
    add_mount(g, list, "/dev/pts", "devpts", "devpts", OPTIONS("nosuid", "noexec", "newinstance", "ptmxmode=0666", "mode=0620", "gid=5"));
    if (!target_taken(g, "/dev/mqueue"))
        add_mount(g, list, "/dev/mqueue", "mqueue", "mqueue", OPTIONS("nosuid", "noexec", "nodev"));
    if (!target_taken(g, "/sys"))
        add_mount(g, list, "/sys", "sysfs", "sysfs", OPTIONS("nosuid", "noexec", "nodev", rights));
    if (!target_taken(g, "/sys") && !target_taken(g, "/sys/fs/cgroup"))
        add_mount(g, list, "/sys/fs/cgroup", "cgroup", "cgroup", OPTIONS("nosuid", "noexec", "nodev", "relatime", rights));
    if (!target_taken(g, "/dev/shm")) {
        struct str shm = arena_fmt(g->a, "%s/shm", g->pod->folder);
        add_mount(g, list, "/dev/shm", "bind",
                  g->pod->host_ipc ? "/dev/shm"
                  : shm.p          ? shm.p
                                   : "",
                  OPTIONS("rbind", "rw", "nosuid", "nodev", "noexec"));
    }
}

/* With the mapping told: crun 1.8.1, left to find it at the container's process, looks at another one where the pod's process
 * namespace was there before it. */
static const char *mapped(struct config *g)
{
    uint32_t base = g->pod->user_base;
    struct str s = arena_fmt(g->a, "idmap=uids=0-%u-%u;gids=0-%u-%u", base, RUNTIME_USERS, base, RUNTIME_USERS);
    if (!s.p)
        g->r = -ENOMEM;
    return s.p;
}

static void user_mount(struct config *g, struct value *list, const struct runtime_mount *m)
{
    static const char *const propagation[] = {"rprivate", "rslave", "rshared"};
    if (!m->target || m->target[0] != '/' || (!m->tmpfs && !m->source)) {
        g->r = err_raise(g->err, -EINVAL, "mount \"%s\" has no absolute target or no source", m->target ? m->target : "");
        return;
    }
    const char *rights = m->read_only_recursive ? "rro" : m->read_only ? "ro" : "rw";
    if (m->tmpfs)
        add_mount(g, list, m->target, "tmpfs", "tmpfs", OPTIONS("nosuid", "nodev", rights));
    else
        add_mount(g, list, m->target, "bind", m->source, OPTIONS("rbind", propagation[m->propagation], rights, m->idmap ? mapped(g) : NULL));
}

static size_t depth(const char *path)
{
    size_t n = 0;
    for (; *path; path++)
        n += *path == '/' && path[1] && path[1] != '/';
    return n;
}

/* A mount below another one must come after it, whatever order the pod lists them in. */
static void user_mounts(struct config *g, struct value *list)
{
    size_t deepest = 0, seen = 0;
    for (size_t i = 0; i < g->o->n_mounts; i++)
        deepest = MAX(deepest, g->o->mounts[i].target ? depth(g->o->mounts[i].target) : 0);
    for (size_t level = 0; level <= deepest && seen < g->o->n_mounts; level++)
        for (size_t i = 0; i < g->o->n_mounts && g->r == 0; i++)
            if (!g->o->mounts[i].target || depth(g->o->mounts[i].target) == level) {
                user_mount(g, list, &g->o->mounts[i]);
                seen++;
            }
}

static struct value mounts(struct config *g)
{
    struct value list = value_make_list();
    system_mounts(g, &list);
    user_mounts(g, &list);
    if (g->o->message_path) {
        struct str file = arena_fmt(g->a, "%s/message", g->c->bundle);
        if (!file.p)
            g->r = -ENOMEM;
        else
            add_mount(g, &list, g->o->message_path, "bind", file.p, OPTIONS("rbind", "rprivate", "rw", g->pod->user_base ? mapped(g) : NULL));
    }
    return list;
}

static const char *root_propagation(const struct runtime_container_options *o)
{
    const char *p = "private";
    for (size_t i = 0; i < o->n_mounts; i++) {
        if (o->mounts[i].propagation == RUNTIME_BIDIRECTIONAL)
            return "shared";
        if (o->mounts[i].propagation == RUNTIME_HOST_TO_CONTAINER)
            p = "slave";
    }
    return p;
}

/* ── devices ── */

static void add_device(struct config *g, struct value *nodes, struct value *rules, const char *path, const char *source, const char *access)
{
    struct stat st;
    if (stat(source, &st) < 0 || !(S_ISCHR(st.st_mode) || S_ISBLK(st.st_mode))) {
        g->r = err_raise(g->err, -ENODEV, "device \"%s\" is not one on this machine", source);
        return;
    }
    const char *type = S_ISCHR(st.st_mode) ? "c" : "b";
    struct value d = value_make_map(), rule = value_make_map();
    set_text(g, &d, "path", path);
    set_text(g, &d, "type", type);
    set_int(g, &d, "major", major(st.st_rdev));
    set_int(g, &d, "minor", minor(st.st_rdev));
    set_int(g, &d, "fileMode", st.st_mode & 07777);
    set_int(g, &d, "uid", st.st_uid);
    set_int(g, &d, "gid", st.st_gid);
    add(g, nodes, d);
    set(g, &rule, "allow", value_make_bool(true));
    set_text(g, &rule, "type", type);
    set_int(g, &rule, "major", major(st.st_rdev));
    set_int(g, &rule, "minor", minor(st.st_rdev));
    set_text(g, &rule, "access", access && access[0] ? access : "rwm");
    add(g, rules, rule);
}

/* What a privileged container sees of /dev: all devices but terminals and those crun makes itself. */
static void host_devices(struct config *g, struct value *nodes, const char *folder, unsigned level)
{
    static const char *const not_these[] = {"pts",  "shm",  "mqueue", "fd",      "console", "ptmx", "tty",      "null",
                                            "zero", "full", "random", "urandom", ".udev",   ".lxc", "hugepages"};
    DIR *d = level > 4 ? NULL : opendir(folder);
    struct dirent *e;
    while (d && g->r == 0 && (e = readdir(d)) != NULL) {
        bool skip = e->d_name[0] == '.';
        for (size_t i = 0; level == 0 && i < ARRAY_LEN(not_these); i++)
            skip |= strcmp(e->d_name, not_these[i]) == 0;
        struct str path = skip ? STR_NONE : arena_fmt(g->a, "%s/%s", folder, e->d_name);
        if (!path.p || value_count(nodes) >= DEVICES_MAX)
            continue;
        struct value ignored = value_make_list();
        if (e->d_type == DT_DIR)
            host_devices(g, nodes, path.p, level + 1);
        else if (e->d_type == DT_CHR || e->d_type == DT_BLK)
            add_device(g, nodes, &ignored, path.p, path.p, "rwm");
    }
    if (d)
        closedir(d);
}

static struct value devices(struct config *g, struct value *nodes)
{
    struct value rules = value_make_list(), first = value_make_map();
    set(g, &first, "allow", value_make_bool(g->o->privileged));
    set_text(g, &first, "access", "rwm");
    add(g, &rules, first);
    if (g->o->privileged)
        host_devices(g, nodes, "/dev", 0);
    for (size_t i = 0; i < g->o->n_devices; i++)
        add_device(g, nodes, &rules, g->o->devices[i].path, g->o->devices[i].source, g->o->devices[i].access);
    return rules;
}

/* ── resources ── */

static struct value resources(struct config *g, struct value device_rules)
{
    const struct runtime_resources *r = &g->o->resources;
    struct value v = value_make_map();
    set(g, &v, "devices", device_rules);
    if (g->rt->resources_off)
        return v;
    if (r->cpu_shares)
        set_int(g, &v, "cpu.shares", r->cpu_shares);
    if (r->cpu_quota) {
        set_int(g, &v, "cpu.quota", r->cpu_quota);
        set_int(g, &v, "cpu.period", r->cpu_period ? r->cpu_period : 100000);
    }
    if (r->cpus)
        set_text(g, &v, "cpu.cpus", r->cpus);
    if (r->mems)
        set_text(g, &v, "cpu.mems", r->mems);
    if (r->memory)
        set_int(g, &v, "memory.limit", r->memory);
    if (r->memory && r->memory_swap && cgroup_swap_known(&g->rt->host))
        set_int(g, &v, "memory.swap", r->memory_swap);
    if (r->pids > 0)
        set_int(g, &v, "pids.limit", r->pids);
    if (r->memory && g->rt->host.mode == RUNTIME_CGROUPS_V2) { /* kubelet: the whole container dies, not one of its processes */
        struct value unified = value_make_map();
        if (!value_set(g->a, &unified, STR("memory.oom.group"), value_make_text(STR("1"))))
            g->r = -ENOMEM;
        set(g, &v, "unified", unified);
    }
    struct value pages = value_make_list();
    for (size_t i = 0; i < r->n_hugepages; i++) {
        struct value one = value_make_map();
        set_text(g, &one, "pageSize", r->hugepages[i].page_size);
        set_int(g, &one, "limit", r->hugepages[i].bytes);
        add(g, &pages, one);
    }
    if (r->n_hugepages)
        set(g, &v, "hugepageLimits", pages);
    return v;
}

/* ── namespaces ── */

static void add_namespace_of(struct config *g, struct value *list, const char *type, struct str path)
{
    struct value n = value_make_map();
    set_text(g, &n, "type", type);
    if (path.n)
        set(g, &n, "path", value_make_text(path));
    add(g, list, n);
}

static void add_namespace(struct config *g, struct value *list, const char *type, const char *file)
{
    add_namespace_of(g, list, type, file ? arena_fmt(g->a, "%s/%s", g->pod->folder, file) : STR_NONE);
}

static struct value namespaces(struct config *g)
{
    struct value list = value_make_list();
    add_namespace(g, &list, "mount", NULL);
    if (g->pod->user_base)
        add_namespace(g, &list, "user", "user");
    if (!g->pod->host_network) {
        add_namespace(g, &list, "network", "net");
        add_namespace(g, &list, "uts", "uts");
    }
    if (!g->pod->host_ipc)
        add_namespace(g, &list, "ipc", "ipc");
    if (g->pod->share_pid)
        add_namespace(g, &list, "pid", "pid");
    else if (g->o->target && !g->pod->host_pid)
        add_namespace_of(g, &list, "pid", arena_fmt(g->a, "/proc/%d/ns/pid", (int)g->o->target->pid));
    else if (!g->pod->host_pid)
        add_namespace(g, &list, "pid", NULL);
    if (g->rt->host.mode == RUNTIME_CGROUPS_V2 && !g->o->privileged)
        add_namespace(g, &list, "cgroup", NULL);
    return list;
}

/* ── seccomp ── */

static int seccomp_local(struct config *g, struct value *out)
{
    char path[OS_PATH_MAX];
    const char *file = g->o->seccomp_file;
    if (!g->rt->seccomp || !file || !file[0] || file[0] == '/' || strstr(file, ".."))
        return err_raise(g->err, -EINVAL, "seccomp profile \"%s\" is not below the node's folder of profiles", file ? file : "");
    SCOPED_BUF text = BUF_INIT(0);
    int r = os_path(path, "%s/%s", g->rt->seccomp, file);
    if (r == 0)
        r = os_file_read(path, RUNTIME_STATE_MAX, &text);
    if (r < 0)
        return err_raise(g->err, r, "seccomp profile \"%s\": %s", file, strerror(-r));
    r = json_parse(g->a, buf_view(&text), out, g->err);
    return r < 0 ? err_wrap(g->err, r, "seccomp profile \"%s\"", file) : 0;
}

static void seccomp(struct config *g, struct value *linux_)
{
    struct value profile = {0};
    if (g->o->privileged || g->o->seccomp == RUNTIME_SECCOMP_UNCONFINED || g->r < 0)
        return;
    int r = g->o->seccomp == RUNTIME_SECCOMP_LOCALHOST ? seccomp_local(g, &profile) : seccomp_default(g->a, g->caps, &profile);
    if (r < 0)
        g->r = r;
    else
        set(g, linux_, "seccomp", profile);
}

/* ── the whole ── */

static const char *const masked[] = {"/proc/asound",
                                     "/proc/acpi",
                                     "/proc/interrupts",
                                     "/proc/kcore",
                                     "/proc/keys",
                                     "/proc/latency_stats",
                                     "/proc/timer_list",
                                     "/proc/timer_stats",
                                     "/proc/sched_debug",
                                     "/proc/scsi",
                                     "/sys/firmware",
                                     "/sys/devices/virtual/powercap",
                                     NULL};
static const char *const read_only[] = {"/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger", NULL};

static struct value users(struct config *g)
{
    struct value list = value_make_list(), all = value_make_map();
    set_int(g, &all, "containerID", 0);
    set_int(g, &all, "hostID", g->pod->user_base);
    set_int(g, &all, "size", RUNTIME_USERS);
    add(g, &list, all);
    return list;
}

static struct value linux_part(struct config *g)
{
    struct value v = value_make_map(), nodes = value_make_list();
    struct value rules = devices(g, &nodes);
    struct str group = arena_fmt(g->a, "/%s", g->c->group);
    set(g, &v, "cgroupsPath", value_make_text(group));
    set(g, &v, "namespaces", namespaces(g));
    if (g->pod->user_base) {
        set(g, &v, "uidMappings", users(g));
        set(g, &v, "gidMappings", users(g));
    }
    set(g, &v, "resources", resources(g, rules));
    if (value_count(&nodes))
        set(g, &v, "devices", nodes);
    set_text(g, &v, "rootfsPropagation", root_propagation(g->o));
    if (!g->o->privileged && !g->o->proc_unmasked) {
        set(g, &v, "maskedPaths", texts(g, masked));
        set(g, &v, "readonlyPaths", texts(g, read_only));
    }
    seccomp(g, &v);
    return v;
}

static struct value annotations(struct config *g)
{
    struct value v = value_make_map();
    bool standard = !g->o->privileged && g->o->seccomp == RUNTIME_SECCOMP_DEFAULT;
    const char *filter = standard ? seccomp_compiled(g->rt, g->caps) : NULL;
    if (filter && g->r == 0 && !value_set(g->a, &v, STR("run.oci.seccomp_bpf_data"), value_make_text(str_of(filter))))
        g->r = -ENOMEM;
    for (size_t i = 0; i < g->o->n_annotations && g->r == 0; i++)
        if (!value_set(g->a, &v, str_of(g->o->annotations[i].name), value_make_text(str_of(g->o->annotations[i].value))))
            g->r = -ENOMEM;
    return v;
}

static int message_file(const struct config *g)
{
    char path[OS_PATH_MAX];
    int r = g->o->message_path ? os_path(path, "%s/message", g->c->bundle) : 0;
    if (r < 0 || !g->o->message_path)
        return r;
    SCOPED_FD fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0666);
    return fd < 0 || fchmod(fd, 0666) < 0 ? -errno : 0; /* whatever user the container runs as, past our umask */
}

int config_write(const struct runtime_container *c, const struct runtime_container_options *o, struct err *err)
{
    SCOPED(arena) mem = NULL;
    int r = arena_new(&mem, CONFIG_BYTES_MAX);
    if (r < 0)
        return err_raise(err, r, "no memory for a container's configuration");
    struct config g = {.a = mem, .rt = c->pod->rt, .pod = c->pod, .c = c, .o = o, .err = err};
    g.caps = caps_wanted(&g);
    struct value root = value_make_map(), v = value_make_map();
    set_text(&g, &v, "ociVersion", "1.0.0");
    set(&g, &v, "process", process(&g));
    set_text(&g, &root, "path", o->rootfs);
    set(&g, &root, "readonly", value_make_bool(o->read_only_root));
    set(&g, &v, "root", root);
    set(&g, &v, "mounts", mounts(&g));
    set(&g, &v, "linux", linux_part(&g));
    set(&g, &v, "annotations", annotations(&g));
    if (g.r == 0)
        g.r = message_file(&g);
    SCOPED_BUF text = BUF_INIT(CONFIG_BYTES_MAX);
    json_print(&text, &v);
    char path[OS_PATH_MAX];
    if (g.r == 0)
        g.r = buf_error(&text);
    if (g.r == 0)
        g.r = os_path(path, "%s/config.json", c->bundle);
    if (g.r == 0)
        g.r = state_write(path, buf_view(&text));
    if (g.r == -ENOMEM || (g.r < 0 && err && !err->text[0]))
        return err_raise(err, g.r, "the container's configuration cannot be written: %s", strerror(-g.r));
    return g.r;
}
