#include "runtime/inside.h"

#include <dirent.h>
#include <fcntl.h>

#include "json/json.h"

/* What outlives us, as small JSON files beside the things they speak of. Each
 * is replaced whole, so that a reader finds the state before or after. */

/* ── writing ── */

static void put(int *r, struct arena *a, struct value *v, const char *name, struct value leaf)
{
    VALUE_SET(r, a, v, name, leaf);
}

static void put_text(int *r, struct arena *a, struct value *v, const char *name, const char *text)
{
    put(r, a, v, name, value_make_text(str_of(text)));
}

static void put_int(int *r, struct arena *a, struct value *v, const char *name, int64_t i)
{
    put(r, a, v, name, value_make_int(i));
}

static void put_bool(int *r, struct arena *a, struct value *v, const char *name, bool b)
{
    put(r, a, v, name, value_make_bool(b));
}

int state_write(const char *path, struct str text)
{
    char part[OS_PATH_MAX];
    int r = os_path(part, "%s.part", path);
    if (r < 0)
        return r;
    SCOPED_FD fd = open(part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (fd < 0)
        return -errno;
    r = os_write_all(fd, text.p, text.n);
    if (r == 0 && rename(part, path) < 0)
        r = -errno;
    return r;
}

static int save(const char *folder, const struct value *v, int r, struct err *err)
{
    char path[OS_PATH_MAX];
    SCOPED_BUF text = BUF_INIT(0);
    json_print(&text, v);
    if (r == 0)
        r = buf_error(&text);
    if (r == 0)
        r = os_path(path, "%s/state.json", folder);
    if (r == 0)
        r = state_write(path, buf_view(&text));
    return r < 0 ? err_raise(err, r, "state below %s cannot be saved: %s", folder, strerror(-r)) : 0;
}

int state_pod_save(const struct runtime_pod *p, struct err *err)
{
    SCOPED(arena) a = NULL;
    struct value v = value_make_map();
    int r = arena_new(&a, RUNTIME_STATE_MAX);
    if (r < 0)
        return err_raise(err, r, "no memory to save a pod's state");
    put_text(&r, a, &v, "bootID", p->rt->boot_id);
    put_text(&r, a, &v, "uid", p->uid);
    put_text(&r, a, &v, "name", p->name);
    put_text(&r, a, &v, "namespace", p->space);
    put_bool(&r, a, &v, "hostNetwork", p->host_network);
    put_bool(&r, a, &v, "hostPID", p->host_pid);
    put_bool(&r, a, &v, "hostIPC", p->host_ipc);
    put_bool(&r, a, &v, "shareProcessNamespace", p->share_pid);
    put_text(&r, a, &v, "hostname", p->hostname ? p->hostname : "");
    put_int(&r, a, &v, "userBase", p->user_base);
    put_int(&r, a, &v, "qos", p->qos);
    put_int(&r, a, &v, "cpuShares", p->cpu_shares);
    put_int(&r, a, &v, "created", p->created);
    put_int(&r, a, &v, "init", p->init);
    put_bool(&r, a, &v, "ready", !p->pin && !p->init_child);
    put(&r, a, &v, "note", value_make_text(str_make(p->note, p->note_n)));
    return save(p->folder, &v, r, err);
}

int state_container_save(const struct runtime_container *c, struct err *err)
{
    SCOPED(arena) a = NULL;
    struct value v = value_make_map();
    int r = arena_new(&a, RUNTIME_STATE_MAX);
    if (r < 0)
        return err_raise(err, r, "no memory to save a container's state");
    put_text(&r, a, &v, "name", c->name);
    put_int(&r, a, &v, "attempt", c->attempt);
    put_text(&r, a, &v, "log", c->log);
    put_bool(&r, a, &v, "tty", c->tty);
    put_bool(&r, a, &v, "stdin", c->stdin_open);
    put_bool(&r, a, &v, "ownPid", c->own_pid);
    put_bool(&r, a, &v, "held", c->held);
    put_int(&r, a, &v, "stopSignal", c->stop_signal);
    put_int(&r, a, &v, "state", c->state);
    put_int(&r, a, &v, "pid", c->pid);
    put_int(&r, a, &v, "conmon", c->conmon);
    put_int(&r, a, &v, "created", c->created);
    put_int(&r, a, &v, "started", c->started);
    put_int(&r, a, &v, "finished", c->finished);
    put_int(&r, a, &v, "code", c->code);
    put_text(&r, a, &v, "reason", c->reason);
    put_text(&r, a, &v, "message", c->message ? c->message : "");
    put(&r, a, &v, "note", value_make_text(str_make(c->note, c->note_n)));
    return save(c->bundle, &v, r, err);
}

/* ── reading ── */

int state_read(struct arena *a, const char *path, struct value *out)
{
    SCOPED_BUF text = BUF_INIT(0);
    int r = os_file_read(path, RUNTIME_STATE_MAX, &text);
    return r < 0 ? r : json_parse(a, buf_view(&text), out, NULL);
}

int state_pid_read(const char *path, pid_t *out)
{
    SCOPED_BUF text = BUF_INIT(0);
    int64_t pid;
    int r = os_file_read(path, 64, &text);
    if (r == 0)
        r = str_to_int(str_trim(buf_view(&text)), &pid);
    if (r < 0)
        return r;
    if (pid <= 1 || pid > INT_MAX)
        return -EINVAL;
    *out = (pid_t)pid;
    return 0;
}

static char *text_of(const struct value *v, const char *name)
{
    struct str s = value_text_at(v, name);
    return mem_text(s.p ? s.p : "", s.n);
}

static const char *reason_of(const struct value *v)
{
    static const char *const all[] = {"Completed", "Error", "OOMKilled", "StartError", "StartInterrupted", "ContainerStatusUnknown"};
    for (size_t i = 0; i < ARRAY_LEN(all); i++)
        if (str_is(value_text_at(v, "reason"), all[i]))
            return all[i];
    return "";
}

static int container_read(struct runtime_container *c, const struct value *v)
{
    c->name = text_of(v, "name");
    c->log = text_of(v, "log");
    c->message = text_of(v, "message");
    c->note = text_of(v, "note");
    c->note_n = value_text_at(v, "note").n;
    c->attempt = (unsigned)value_int_at(v, "attempt", 0);
    c->tty = value_bool_at(v, "tty", false);
    c->stdin_open = value_bool_at(v, "stdin", false);
    c->own_pid = value_bool_at(v, "ownPid", true);
    c->held = value_bool_at(v, "held", false);
    c->stop_signal = (int)value_int_at(v, "stopSignal", 15);
    int64_t state = value_int_at(v, "state", RUNTIME_EXITED);
    c->state = state == RUNTIME_STARTING ? RUNTIME_STARTING : state == RUNTIME_RUNNING ? RUNTIME_RUNNING : RUNTIME_EXITED;
    c->pid = c->state == RUNTIME_EXITED ? 0 : (pid_t)value_int_at(v, "pid", 0);
    c->conmon = (pid_t)value_int_at(v, "conmon", 0);
    c->created = value_int_at(v, "created", 0);
    c->started = value_int_at(v, "started", 0);
    c->finished = value_int_at(v, "finished", 0);
    c->code = (int)value_int_at(v, "code", 0);
    c->signal = c->code > 128 && c->code < 128 + 65 ? c->code - 128 : 0;
    c->reason = reason_of(v);
    return c->name && c->log && c->message && c->note ? 0 : -ENOMEM;
}

/* A bundle without a readable state never got as far as a container that anybody was told of. */
static int container_drop(struct runtime_pod *p, const char *id)
{
    char path[OS_PATH_MAX];
    int r = os_path(path, "%s/%s", p->group, id);
    if (r < 0)
        return r;
    cgroup_kill(&p->rt->host, path);
    r = cgroup_remove(&p->rt->host, path);
    if (r == 0)
        r = os_path(path, "%s/crun/%s", p->rt->run, id);
    if (r == 0)
        r = os_tree_remove(path);
    if (r == 0)
        r = os_path(path, "%s/%s", p->folder, id);
    return r < 0 ? r : os_tree_remove(path);
}

static int adopt_container(void *ctx, const char *id, unsigned char type)
{
    struct runtime_pod *p = ctx;
    char path[OS_PATH_MAX];
    SCOPED(arena) a = NULL;
    struct value v;
    if (type != DT_DIR || strlen(id) != RUNTIME_ID_LEN)
        return 0;
    int r = os_path(path, "%s/%s/state.json", p->folder, id);
    if (r == 0)
        r = arena_new(&a, 4 * RUNTIME_STATE_MAX);
    if (r < 0)
        return r;
    r = state_read(a, path, &v);
    if (r == -ENOMEM)
        return r;
    if (r < 0)
        return container_drop(p, id);
    struct runtime_container *c = container_alloc(p, id);
    if (!c)
        return -ENOMEM;
    r = container_read(c, &v);
    if (r < 0)
        return r;
    container_adopted(c);
    return 0;
}

static int pod_read(struct runtime_pod *p, const struct value *v)
{
    char path[OS_PATH_MAX];
    p->name = text_of(v, "name");
    p->space = text_of(v, "namespace");
    p->note = text_of(v, "note");
    p->note_n = value_text_at(v, "note").n;
    p->host_network = value_bool_at(v, "hostNetwork", false);
    p->host_pid = value_bool_at(v, "hostPID", false);
    p->host_ipc = value_bool_at(v, "hostIPC", false);
    p->share_pid = value_bool_at(v, "shareProcessNamespace", false);
    p->hostname = value_text_at(v, "hostname").n ? text_of(v, "hostname") : NULL;
    int64_t qos = value_int_at(v, "qos", RUNTIME_BEST_EFFORT);
    p->qos = qos == RUNTIME_GUARANTEED || qos == RUNTIME_BURSTABLE ? (enum runtime_qos)qos : RUNTIME_BEST_EFFORT;
    p->cpu_shares = value_int_at(v, "cpuShares", 0);
    p->user_base = (uint32_t)value_int_at(v, "userBase", 0);
    p->created = value_int_at(v, "created", 0);
    p->init = (pid_t)value_int_at(v, "init", 0);
    int r = os_path(path, "%s%s/pod%s", p->rt->cgroup, pod_group_class(p->qos), p->uid);
    p->group = r == 0 ? mem_text(path, strlen(path)) : NULL;
    r = os_path(path, "%s/net", p->folder);
    p->netns = r == 0 && !p->host_network ? mem_text(path, strlen(path)) : NULL;
    char users[OS_PATH_MAX];
    r = os_path(users, "%s/user", p->folder);
    p->userns = r == 0 && p->user_base ? mem_text(users, strlen(users)) : NULL;
    return p->name && p->space && p->note && p->group && (p->netns || p->host_network) && (p->userns || !p->user_base) ? 0 : -ENOMEM;
}

static int adopt_pod(void *ctx, const char *uid, unsigned char type)
{
    struct runtime *rt = ctx;
    char path[OS_PATH_MAX];
    SCOPED(arena) a = NULL;
    struct value v;
    if (type != DT_DIR)
        return 0;
    int r = os_path(path, "%s/pods/%s/state.json", rt->run, uid);
    if (r == 0)
        r = arena_new(&a, 4 * RUNTIME_STATE_MAX);
    if (r < 0)
        return r;
    r = state_read(a, path, &v);
    if (r == -ENOMEM)
        return r;
    if (r < 0 || !str_is(value_text_at(&v, "bootID"), rt->boot_id) || !value_bool_at(&v, "ready", false))
        return pod_folder_clear(rt, uid, NULL);
    struct runtime_pod *p = pod_alloc(rt, str_of(uid));
    if (!p)
        return -ENOMEM;
    r = pod_read(p, &v);
    return r < 0 ? r : os_dir_each(p->folder, adopt_container, p);
}

int state_adopt(struct runtime *rt, struct err *err)
{
    char path[OS_PATH_MAX];
    int r = os_path(path, "%s/pods", rt->run);
    if (r == 0)
        r = os_dir_each(path, adopt_pod, rt);
    return r < 0 ? err_raise(err, r, "what an earlier agent left below %s cannot be taken up: %s", path, strerror(-r)) : 0;
}
