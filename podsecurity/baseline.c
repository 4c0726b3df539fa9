#include "podsecurity/inside.h"

/* The baseline: known ways out of a container. */

const char *const container_lists[3] = {"initContainers", "containers", "ephemeralContainers"};

static struct str name_of(const struct value *c)
{
    return value_text_at(c, "name");
}

static bool one_of(struct str s, const char *const *list)
{
    for (; *list; list++)
        if (str_is(s, *list))
            return true;
    return false;
}

bool relaxed(const struct check_run *k)
{
    return k->minor >= 35 && !value_bool_at(k->spec, "hostUsers", true);
}

/* ── namespaces, paths, ports ── */

void check_host_namespaces(struct check_run *k)
{
    static const char *const fields[] = {"hostNetwork", "hostPID", "hostIPC"};
    for (size_t i = 0; i < ARRAY_LEN(fields); i++)
        if (value_bool_at(k->spec, fields[i], false)) {
            buf_fmt(k->detail, "%s%s=true", k->why ? ", " : "", fields[i]);
            check_says(k, "host namespaces");
        }
}

void check_host_paths(struct check_run *k)
{
    struct texts bad = {.n = 0};
    VALUE_EACH_ITEM (v, value_at(k->spec, "volumes"))
        if (!value_is_null(value_at(v, "hostPath")))
            texts_add(&bad, name_of(v));
    if (!bad.n)
        return;
    buf_text(k->detail, bad.n == 1 ? "volume " : "volumes ");
    texts_print(&bad, true, k->detail);
    check_says(k, "hostPath volumes");
}

void check_host_ports(struct check_run *k)
{
    struct texts bad = {.n = 0}, ports = {.n = 0};
    static _Thread_local char numbers[TEXTS_MAX][8];
    EACH_CONTAINER(c, k)
    {
        bool wrong = false;
        VALUE_EACH_ITEM (p, value_at(c, "ports")) {
            int64_t port = value_int_at(p, "hostPort", 0);
            if (!port)
                continue;
            wrong = true;
            if (ports.n < TEXTS_MAX) {
                int n = snprintf(numbers[ports.n], sizeof(numbers[0]), "%u", (unsigned)port & 0xffff);
                texts_put(&ports, str_make(numbers[ports.n], (size_t)n));
            }
        }
        if (wrong)
            texts_add(&bad, name_of(c));
    }
    if (!bad.n)
        return;
    print_containers(&bad, k->detail);
    buf_fmt(k->detail, " %s %s ", bad.n == 1 ? "uses" : "use", ports.n == 1 ? "hostPort" : "hostPorts");
    texts_print(&ports, false, k->detail);
    check_says(k, "hostPort");
}

/* Probes and hooks that are sent to some host instead of the pod: 1.34. */
void check_hosts(struct check_run *k)
{
    static const char *const handlers[] = {"livenessProbe", "readinessProbe", "startupProbe", "lifecycle.postStart", "lifecycle.preStop"};
    static const char *const ways[] = {"httpGet.host", "tcpSocket.host"};
    struct texts bad = {.n = 0}, hosts = {.n = 0};
    EACH_CONTAINER(c, k)
    for (size_t h = 0; h < ARRAY_LEN(handlers); h++)
        for (size_t w = 0; w < ARRAY_LEN(ways); w++) {
            struct str host = value_text_at(value_at(c, handlers[h]), ways[w]);
            if (!host.n)
                continue;
            texts_put(&bad, name_of(c));
            texts_put(&hosts, host);
        }
    if (!bad.n)
        return;
    print_containers(&bad, k->detail);
    buf_fmt(k->detail, " %s probe or lifecycle %s ", bad.n == 1 ? "uses" : "use", hosts.n == 1 ? "host" : "hosts");
    texts_print(&hosts, true, k->detail);
    check_says(k, "probe or lifecycle host");
}

/* ── security contexts ── */

void check_privileged(struct check_run *k)
{
    struct texts bad = {.n = 0};
    EACH_CONTAINER(c, k)
    if (value_bool_at(c, "securityContext.privileged", false))
        texts_add(&bad, name_of(c));
    if (!bad.n)
        return;
    print_containers(&bad, k->detail);
    buf_text(k->detail, " must not set securityContext.privileged=true");
    check_says(k, "privileged");
}

void check_capabilities(struct check_run *k)
{
    static const char *const granted[] = {"AUDIT_WRITE",      "CHOWN",   "DAC_OVERRIDE", "FOWNER",  "FSETID", "KILL",       "MKNOD",
                                          "NET_BIND_SERVICE", "SETFCAP", "SETGID",       "SETPCAP", "SETUID", "SYS_CHROOT", NULL};
    struct texts bad = {.n = 0}, more = {.n = 0};
    EACH_CONTAINER(c, k)
    {
        bool wrong = false;
        VALUE_EACH_ITEM (cap, value_at(c, "securityContext.capabilities.add"))
            if (!one_of(value_text(cap), granted)) {
                wrong = true;
                texts_put(&more, value_text(cap));
            }
        if (wrong)
            texts_add(&bad, name_of(c));
    }
    if (!bad.n)
        return;
    print_containers(&bad, k->detail);
    buf_text(k->detail, " must not include ");
    texts_print(&more, true, k->detail);
    buf_text(k->detail, " in securityContext.capabilities.add");
    check_says(k, "non-default capabilities");
}

void check_proc_mount_always(struct check_run *k)
{
    struct texts bad = {.n = 0}, types = {.n = 0};
    EACH_CONTAINER(c, k)
    {
        const struct value *mount = value_at(c, "securityContext.procMount");
        if (value_is_null(mount) || str_is(value_text(mount), "Default"))
            continue;
        texts_add(&bad, name_of(c));
        texts_put(&types, value_text(mount));
    }
    if (!bad.n)
        return;
    print_containers(&bad, k->detail);
    buf_text(k->detail, " must not set securityContext.procMount to ");
    texts_print(&types, true, k->detail);
    check_says(k, "procMount");
}

void check_proc_mount(struct check_run *k)
{
    if (!relaxed(k))
        check_proc_mount_always(k);
}

struct selinux {
    struct texts types;
    bool user, role;
};

static bool selinux_good(const struct check_run *k, const struct value *context, struct selinux *found)
{
    static const char *const types[] = {"", "container_t", "container_init_t", "container_kvm_t", NULL};
    const struct value *o = value_at(context, "seLinuxOptions");
    struct str type = value_text_at(o, "type");
    bool type_good = one_of(type, types) || (k->minor >= 31 && str_is(type, "container_engine_t"));
    bool user = value_text_at(o, "user").n > 0, role = value_text_at(o, "role").n > 0;
    if (!type_good)
        texts_put(&found->types, type);
    found->user = found->user || user;
    found->role = found->role || role;
    return type_good && !user && !role;
}

void check_selinux(struct check_run *k)
{
    struct texts bad = {.n = 0};
    struct selinux found = {.user = false};
    bool pod = !selinux_good(k, value_at(k->spec, "securityContext"), &found);
    EACH_CONTAINER(c, k)
    if (!selinux_good(k, value_at(c, "securityContext"), &found))
        texts_add(&bad, name_of(c));
    if (!pod && !bad.n)
        return;
    print_setters(pod, &bad, k->detail);
    buf_text(k->detail, " set forbidden securityContext.seLinuxOptions: ");
    if (found.types.n) {
        buf_text(k->detail, found.types.n == 1 ? "type " : "types ");
        texts_print(&found.types, true, k->detail);
    }
    if (found.user)
        buf_fmt(k->detail, "%suser may not be set", found.types.n ? "; " : "");
    if (found.role)
        buf_fmt(k->detail, "%srole may not be set", found.types.n || found.user ? "; " : "");
    check_says(k, "seLinuxOptions");
}

/* ── profiles ── */

static bool profile_good(struct str type)
{
    return str_is(type, "RuntimeDefault") || str_is(type, "Localhost");
}

void check_apparmor(struct check_run *k)
{
    static const struct str prefix = STR_INIT("container.apparmor.security.beta.kubernetes.io/");
    struct texts bad = {.n = 0}, values = {.n = 0};
    const struct value *own = value_at(k->spec, "securityContext.appArmorProfile");
    bool pod = !value_is_null(own) && !profile_good(value_text_at(own, "type"));
    size_t annotations = 0;
    SCOPED_BUF marks = BUF_INIT(16384);
    if (pod)
        texts_put(&values, value_text_at(own, "type"));
    EACH_CONTAINER(c, k)
    {
        const struct value *p = value_at(c, "securityContext.appArmorProfile");
        if (value_is_null(p) || profile_good(value_text_at(p, "type")))
            continue;
        texts_add(&bad, name_of(c));
        texts_put(&values, value_text_at(p, "type"));
    }
    VALUE_EACH_MEMBER (m, value_at(k->metadata, "annotations")) {
        struct str v = value_text(&m->value);
        if (!str_starts(m->key, prefix) || !v.n || str_is(v, "runtime/default") || str_starts(v, STR("localhost/")))
            continue;
        buf_fmt(&marks, "%s\"%.*s=\"%.*s\"\"", annotations++ || values.n ? ", " : "", STR_FMT(m->key), STR_FMT(v));
    }
    if (!pod && !bad.n && !annotations)
        return;
    if (pod || bad.n)
        print_setters(pod, &bad, k->detail);
    if (annotations)
        buf_fmt(k->detail, "%s%s", pod || bad.n ? " and " : "", annotations == 1 ? "annotation" : "annotations");
    buf_text(k->detail, " must not set AppArmor profile type to ");
    texts_print(&values, true, k->detail);
    buf_str(k->detail, buf_view(&marks));
    check_says(k, values.n + annotations == 1 ? "forbidden AppArmor profile" : "forbidden AppArmor profiles");
}

static void seccomp_annotation(const struct check_run *k, struct str key, size_t *n, struct buf *out)
{
    const struct value *mark = value_get(value_at(k->metadata, "annotations"), key);
    struct str v = value_text(mark);
    if (!mark || str_is(v, "runtime/default") || str_is(v, "docker/default") || str_starts(v, STR("localhost/")))
        return;
    buf_fmt(out, "%s%.*s=\"%.*s\"", (*n)++ ? ", " : "", STR_FMT(key), STR_FMT(v));
}

static void seccomp_by_annotations(struct check_run *k) /* before 1.19 */
{
    size_t n = 0;
    char key[400];
    SCOPED_BUF marks = BUF_INIT(16384);
    EACH_CONTAINER(c, k)
    {
        int len = snprintf(key, sizeof(key), "container.seccomp.security.alpha.kubernetes.io/%.*s", STR_FMT(name_of(c)));
        seccomp_annotation(k, str_make(key, (size_t)MIN(len, (int)sizeof(key) - 1)), &n, &marks);
    }
    seccomp_annotation(k, STR("seccomp.security.alpha.kubernetes.io/pod"), &n, &marks);
    if (!n)
        return;
    buf_fmt(k->detail, "forbidden %s %.*s", n == 1 ? "annotation" : "annotations", STR_FMT(buf_view(&marks)));
    check_says(k, "seccompProfile");
}

void check_seccomp(struct check_run *k)
{
    struct texts bad = {.n = 0}, values = {.n = 0};
    if (k->minor < 19) {
        seccomp_by_annotations(k);
        return;
    }
    const struct value *own = value_at(k->spec, "securityContext.seccompProfile");
    bool pod = !value_is_null(own) && !profile_good(value_text_at(own, "type"));
    if (pod)
        texts_put(&values, value_text_at(own, "type"));
    EACH_CONTAINER(c, k)
    {
        const struct value *p = value_at(c, "securityContext.seccompProfile");
        if (value_is_null(p) || profile_good(value_text_at(p, "type")))
            continue;
        texts_add(&bad, name_of(c));
        texts_put(&values, value_text_at(p, "type"));
    }
    if (!pod && !bad.n)
        return;
    print_setters(pod, &bad, k->detail);
    buf_text(k->detail, " must not set securityContext.seccompProfile.type to ");
    texts_print(&values, true, k->detail);
    check_says(k, "seccompProfile");
}

/* ── the rest ── */

void check_sysctls(struct check_run *k)
{
    static const struct {
        const char *name;
        int32_t since;
    } safe[] = {{"kernel.shm_rmid_forced", 0},
                {"net.ipv4.ip_local_port_range", 0},
                {"net.ipv4.tcp_syncookies", 0},
                {"net.ipv4.ping_group_range", 0},
                {"net.ipv4.ip_unprivileged_port_start", 0},
                {"net.ipv4.ip_local_reserved_ports", 27},
                {"net.ipv4.tcp_keepalive_time", 29},
                {"net.ipv4.tcp_fin_timeout", 29},
                {"net.ipv4.tcp_keepalive_intvl", 29},
                {"net.ipv4.tcp_keepalive_probes", 29},
                {"net.ipv4.tcp_rmem", 32},
                {"net.ipv4.tcp_wmem", 32},
                {"net.ipv4.tcp_slow_start_after_idle", 37},
                {"net.ipv4.tcp_notsent_lowat", 37}};
    VALUE_EACH_ITEM (s, value_at(k->spec, "securityContext.sysctls")) {
        bool good = false;
        for (size_t i = 0; i < ARRAY_LEN(safe) && !good; i++)
            good = safe[i].since <= k->minor && str_is(name_of(s), safe[i].name);
        if (good)
            continue;
        buf_fmt(k->detail, "%s%.*s", k->why ? ", " : "", STR_FMT(name_of(s)));
        check_says(k, "forbidden sysctls");
    }
}

void check_windows(struct check_run *k)
{
    struct texts bad = {.n = 0};
    bool pod = value_bool_at(k->spec, "securityContext.windowsOptions.hostProcess", false);
    EACH_CONTAINER(c, k)
    if (value_bool_at(c, "securityContext.windowsOptions.hostProcess", false))
        texts_add(&bad, name_of(c));
    if (!pod && !bad.n)
        return;
    print_setters(pod, &bad, k->detail);
    buf_text(k->detail, " must not set securityContext.windowsOptions.hostProcess=true");
    check_says(k, "hostProcess");
}
