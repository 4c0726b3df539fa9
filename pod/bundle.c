#include "pod/pod.h"

#include <signal.h>

/* Everything runtime needs to know of one container. */
#define BUNDLE_BYTES (16u << 20)
#define MOUNTS_MAX   512

static const char *cstr(struct arena *a, struct str s)
{
    return arena_fmt(a, "%.*s", STR_FMT(s)).p;
}

/* ── command ── */

static int set_command(struct arena *a, struct container *c, const struct value *image, const char *const *env, struct runtime_container_options *o,
                       struct err *err)
{
    const struct value *command = value_at(c->spec, "command"), *args = value_at(c->spec, "args");
    /* A command of the pod's own also does away with the image's arguments. */
    const struct value *first = value_count(command) ? command : value_at(image, "Entrypoint");
    const struct value *second = value_count(args) ? args : value_count(command) ? NULL : value_at(image, "Cmd");
    const struct value *lists[] = {first, second};
    const char **out = arena_alloc(a, (value_count(first) + value_count(second) + 1) * sizeof(char *));
    size_t n = 0;
    if (!out)
        return err_raise(err, -ENOMEM, "no memory for a command");
    for (size_t l = 0; l < ARRAY_LEN(lists); l++)
        VALUE_EACH_ITEM (v, lists[l]) {
            struct str text;
            int r = pod_environment_expand(a, env, value_text(v), &text);
            if (r < 0)
                return err_raise(err, r, "no memory for a command");
            out[n++] = text.p;
        }
    if (n == 0)
        return err_raise(err, -EINVAL, "no command specified");
    struct str cwd = value_text_at(c->spec, "workingDir");
    if (!cwd.n)
        cwd = value_text_at(image, "WorkingDir");
    o->args = out;
    o->cwd = cwd.n ? cstr(a, cwd) : "/";
    return 0;
}

/* ── files of the pod: hosts, hostname, resolv.conf ── */

static int write_file(struct worker *w, const char *name, struct str text)
{
    char folder[OS_PATH_MAX], path[OS_PATH_MAX];
    int r = os_path(path, "%s/etc", pod_worker_folder(w, folder));
    if (r == 0)
        r = os_dir_make(path, 0755);
    if (r == 0)
        r = os_path(path, "%s/etc/%s", folder, name);
    if (r < 0)
        return r;
    /* In place: bind mounts of running containers follow the inode. */
    FILE *f = fopen(path, "we");
    if (!f)
        return -errno;
    bool ok = fwrite(text.p, 1, text.n, f) == text.n;
    return fclose(f) == 0 && ok ? 0 : -EIO;
}

static int pod_files(struct worker *w, struct arena *a, struct err *err)
{
    SCOPED_BUF hosts = BUF_INIT(1u << 20);
    SCOPED_BUF resolv = BUF_INIT(1u << 20);
    SCOPED_BUF node_resolv = BUF_INIT(0);
    SCOPED_BUF node_hosts = BUF_INIT(0);
    struct plan_ip dns[2];
    struct str ips[2], hostname, fqdn;
    const struct pod_host *o = w->host;
    size_t n_dns = 0;
    for (size_t i = 0; o->dns_addresses && o->dns_addresses[i] && n_dns < 2; i++)
        if (plan_ip_parse(&dns[n_dns], str_of(o->dns_addresses[i])) == 0)
            n_dns++;
    for (size_t i = 0; i < w->n_ips; i++)
        ips[i] = str_of(w->ips[i]);
    const char *source = o->resolv_conf ? o->resolv_conf : "/etc/resolv.conf";
    if (os_file_read(source, 1u << 20, &node_resolv) < 0)
        buf_clear(&node_resolv);
    if (pod_resources_host_flag(w, "hostNetwork") && os_file_read("/etc/hosts", 1u << 20, &node_hosts) < 0)
        buf_clear(&node_hosts);
    struct plan_resolver resolver = {.dns = dns, .n_dns = n_dns, .domain = str_of(o->domain), .host = buf_view(&node_resolv)};
    int r = plan_hostname(a, &w->pod, str_of(o->domain), &hostname, &fqdn);
    if (r == 0)
        r = plan_hosts_file(&hosts, &w->pod, hostname, str_of(o->domain), ips, w->n_ips, buf_view(&node_hosts));
    if (r == 0)
        r = plan_resolv_conf(&resolv, &w->pod, &resolver);
    buf_char(&node_hosts, '\n');
    if (r >= 0)
        r = write_file(w, "hosts", buf_view(&hosts));
    if (r == 0)
        r = write_file(w, "resolv.conf", buf_view(&resolv));
    if (r == 0)
        r = write_file(w, "hostname", arena_fmt(a, "%.*s\n", STR_FMT(hostname)));
    return r < 0 ? err_raise(err, r, "the pod's own files could not be written: %s", strerror(-r)) : 0;
}

/* ── mounts ── */

struct mounts {
    struct arena *a;
    struct container *container;
    struct runtime_mount *items;
    size_t n;
};

static int add(struct mounts *m, struct runtime_mount mount, struct err *err)
{
    if (m->n == MOUNTS_MAX)
        return err_raise(err, -E2BIG, "too many mounts");
    if (!mount.target || (!mount.source && !mount.tmpfs))
        return err_raise(err, -ENOMEM, "no memory for mounts");
    m->items[m->n++] = mount;
    return 0;
}

static int sub_path(struct mounts *m, const struct value *mount, const char *const *env, const char *volume, size_t index, char out[OS_PATH_MAX],
                    struct err *err)
{
    struct str sub = value_text_at(mount, "subPath"), expr = value_text_at(mount, "subPathExpr");
    char folder[OS_PATH_MAX];
    struct volume_pod pod = {.folder = pod_worker_folder(m->container->worker, folder), .fs_group = -1};
    if (expr.n) {
        int r = pod_environment_expand(m->a, env, expr, &sub);
        if (r < 0)
            return err_raise(err, r, "no memory for a path");
        if (str_find(sub, STR("$(")) >= 0)
            return err_raise(err, -EINVAL, "subPathExpr \"%.*s\": a variable is not known", STR_FMT(expr));
    }
    if (!sub.n)
        return os_path(out, "%s", volume);
    return volume_sub_path(&pod, volume, sub, m->container->name, index, out, err);
}

static int add_volume_mount(struct mounts *m, const struct value *mount, const char *const *env, size_t index, struct err *err)
{
    struct worker *w = m->container->worker;
    struct str name = value_text_at(mount, "name"), how = value_text_at(mount, "mountPropagation");
    char path[OS_PATH_MAX];
    size_t i = 0;
    while (i < w->n_volumes && !str_is(name, w->volumes[i].name))
        i++;
    if (i == w->n_volumes || !w->volumes[i].path)
        return err_raise(err, -ENOENT, "volume \"%.*s\" is not there", STR_FMT(name));
    int r = sub_path(m, mount, env, w->volumes[i].path, index, path, err);
    if (r < 0)
        return err_wrap(err, r, "failed to prepare subPath for volumeMount \"%.*s\" of container \"%s\"", STR_FMT(name), m->container->name);
    bool own_users = runtime_pod_user_base(w->sandbox) && !w->volumes[i].mapped;
    bool read_only = value_bool_at(mount, "readOnly", false) || w->volumes[i].read_only;
    struct str recursive = value_text_at(mount, "recursiveReadOnly");
    return add(m,
               (struct runtime_mount){.source = cstr(m->a, str_of(path)),
                                      .target = cstr(m->a, value_text_at(mount, "mountPath")),
                                      .idmap = own_users,
                                      .read_only = read_only,
                                      .read_only_recursive = read_only && recursive.n && !str_is(recursive, "Disabled"),
                                      .propagation = str_is(how, "Bidirectional")     ? RUNTIME_BIDIRECTIONAL
                                                     : str_is(how, "HostToContainer") ? RUNTIME_HOST_TO_CONTAINER
                                                                                      : RUNTIME_PRIVATE},
               err);
}

/* /etc/hosts and friends, unless the pod mounts something there itself. */
static int add_pod_file(struct mounts *m, const char *target, const char *name, struct err *err)
{
    const struct value *list = value_at(m->container->spec, "volumeMounts");
    char folder[OS_PATH_MAX];
    VALUE_EACH_ITEM (v, list)
        if (str_is(value_text_at(v, "mountPath"), target))
            return 0;
    return add(m,
               (struct runtime_mount){.source = arena_fmt(m->a, "%s/etc/%s", pod_worker_folder(m->container->worker, folder), name).p,
                                      .target = target,
                                      .idmap = runtime_pod_user_base(m->container->worker->sandbox) != 0},
               err);
}

static int set_mounts(struct arena *a, struct container *c, const char *const *env, struct runtime_container_options *o, struct err *err)
{
    struct mounts m = {.a = a, .container = c, .items = arena_alloc(a, MOUNTS_MAX * sizeof(struct runtime_mount))};
    const struct value *list = value_at(c->spec, "volumeMounts");
    if (!m.items)
        return err_raise(err, -ENOMEM, "no memory for mounts");
    size_t index = 0;
    int r = pod_files(c->worker, a, err);
    VALUE_EACH_ITEM (v, list)
        if (r == 0)
            r = add_volume_mount(&m, v, env, index++, err);
    if (r == 0)
        r = add_pod_file(&m, "/etc/hosts", "hosts", err);
    if (r == 0)
        r = add_pod_file(&m, "/etc/resolv.conf", "resolv.conf", err);
    if (r == 0 && !pod_resources_host_flag(c->worker, "hostNetwork"))
        r = add_pod_file(&m, "/etc/hostname", "hostname", err);
    o->mounts = m.items;
    o->n_mounts = m.n;
    return r;
}

static int stop_signal(const struct container *c, const struct value *image)
{
    struct str text = value_text_at(c->spec, "lifecycle.stopSignal");
    int64_t number;
    if (!text.n)
        text = value_text_at(image, "StopSignal");
    if (str_to_int(text, &number) == 0 && number > 0 && number < 65)
        return (int)number;
    if (str_starts(text, STR("SIG")))
        text = str_from(text, 3);
    for (int s = 1; text.n && s < 32; s++) {
        const char *name = sigabbrev_np(s);
        if (name && str_is(text, name))
            return s;
    }
    return 0;
}

/* An ephemeral container sees the processes of the one it is to look into. */
static int set_target(struct container *c, struct runtime_container_options *o, struct err *err)
{
    struct str name = value_text_at(c->spec, "targetContainerName");
    if (!name.n)
        return 0;
    const struct container *other = pod_worker_container(c->worker, name);
    if (!other || !other->handle || runtime_container_state(other->handle) != RUNTIME_RUNNING)
        return err_raise(err, -ENOENT, "unable to find target container \"%.*s\"", STR_FMT(name));
    o->target = other->handle;
    return 0;
}

int pod_bundle_make(struct bundle *b, struct container *c, struct image *image, const char *rootfs, struct err *err)
{
    struct runtime_container_options *o = &b->options;
    struct worker *w = c->worker;
    struct value config = {0};
    char log[OS_PATH_MAX];
    const char *const *env = NULL;
    int r = arena_new(&b->mem, BUNDLE_BYTES);
    if (r < 0)
        return err_raise(err, r, "no memory for a container");
    r = image_config_read(w->host->images, image, b->mem, &config, err);
    const struct value *image_config = value_at(&config, "config");
    if (r == 0)
        r = pod_environment_make(b->mem, c, image_config, &env, err);
    if (r == 0)
        r = set_command(b->mem, c, image_config, env, o, err);
    if (r == 0)
        r = pod_security_make(b->mem, c, image_config, rootfs, o, err);
    if (r == 0)
        r = set_mounts(b->mem, c, env, o, err);
    if (r == 0)
        r = set_target(c, o, err);
    if (r < 0)
        return r;
    pod_container_log_path(c, c->attempt, log);
    struct str message = value_text_at(c->spec, "terminationMessagePath");
    o->name = c->name;
    o->attempt = c->attempt;
    o->rootfs = cstr(b->mem, str_of(rootfs));
    o->env = env;
    o->log_path = cstr(b->mem, str_of(log));
    o->tty = value_bool_at(c->spec, "tty", false);
    o->stdin_open = value_bool_at(c->spec, "stdin", false);
    o->stdin_once = value_bool_at(c->spec, "stdinOnce", false);
    o->oom_score_adj = pod_resources_oom_score(w->host, &w->pod, c->spec);
    o->message_path = message.n ? cstr(b->mem, message) : NULL;
    o->stop_signal = stop_signal(c, image_config);
    o->note = str_of(c->image_id);
    pod_resources_of_container(b->mem, c->spec, &o->resources);
    return 0;
}
