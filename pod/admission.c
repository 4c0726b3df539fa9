#include "pod/pod.h"

#include "object/object.h"

/* May this pod run here at all? What the scheduler could not know or was not asked (spec.nodeName given by hand), as the
 * kubelet judges it. A pod that is refused ends as Failed, with reason and message. */

static int refuse(struct pod_refusal *out, const char *reason, const char *fmt, ...) PRINTF(3, 4);
static int refuse(struct pod_refusal *out, const char *reason, const char *fmt, ...)
{
    va_list ap;
    snprintf(out->reason, sizeof(out->reason), "%s", reason);
    va_start(ap, fmt);
    vsnprintf(out->message, sizeof(out->message), fmt, ap);
    va_end(ap);
    return POD_REFUSED;
}

/* ── pressure ── */

static bool tolerates(const struct value *pod, const char *key)
{
    const struct value *list = value_at(pod, "spec.tolerations");
    VALUE_EACH_ITEM (t, list) {
        struct str k = value_text_at(t, "key"), effect = value_text_at(t, "effect");
        bool exists = str_is(value_text_at(t, "operator"), "Exists");
        if ((!k.n || str_is(k, key)) && (exists || (k.n && !value_text_at(t, "value").n)) && (!effect.n || str_is(effect, "NoSchedule")))
            return true;
    }
    return false;
}

bool pod_is_critical(const struct value *pod)
{
    enum { SYSTEM_CRITICAL = 2000000000 };
    return value_int_at(pod, "spec.priority", 0) >= SYSTEM_CRITICAL;
}

static int under_pressure(const struct pod_host *h, const struct value *pod, struct pod_refusal *out)
{
    static const char *const names[PRESSURE_CONDITIONS] = {"MemoryPressure", "DiskPressure", "PIDPressure"};
    char list[64] = "";
    bool only_memory = true;
    if (pod_is_critical(pod))
        return 0;
    for (size_t i = 0; i < PRESSURE_CONDITIONS; i++) {
        if (!h->pressure[i])
            continue;
        only_memory = only_memory && i == PRESSURE_OF_MEMORY;
        snprintf(list + strlen(list), sizeof(list) - strlen(list), "%s%s", list[0] ? " " : "", names[i]);
    }
    if (!list[0])
        return 0;
    if (only_memory && (pod_resources_qos(pod) != RUNTIME_BEST_EFFORT || tolerates(pod, "node.kubernetes.io/memory-pressure")))
        return 0;
    return refuse(out, "Evicted", "The node had condition: [%s]. ", list);
}

/* ── system settings ── */

static bool listed(const char *const *list, struct str name)
{
    for (; list && *list; list++) {
        struct str l = str_of(*list);
        if (str_eq(l, name) || (str_ends(l, STR("*")) && str_starts(name, str_head(l, l.n - 1))))
            return true;
    }
    return false;
}

static bool named(struct str name, char sep, const char *const *list)
{
    for (; *list; list++) {
        struct str l = str_of(*list);
        bool same = l.n <= name.n;
        for (size_t i = 0; same && i < l.n; i++)
            same = name.p[i] == l.p[i] || (l.p[i] == '.' && name.p[i] == sep);
        if (same && (l.n == name.n || l.p[l.n - 1] == '.'))
            return true;
    }
    return false;
}

/* What is apart for each pod, and of that what does no harm to others; the rest an administrator has to allow. */
static int forbidden_sysctl(const struct pod_host *h, const struct value *pod, struct pod_refusal *out)
{
    static const char *const safe[] = {"kernel.shm_rmid_forced",
                                       "net.ipv4.ip_local_port_range",
                                       "net.ipv4.tcp_syncookies",
                                       "net.ipv4.ping_group_range",
                                       "net.ipv4.ip_unprivileged_port_start",
                                       "net.ipv4.ip_local_reserved_ports",
                                       "net.ipv4.tcp_keepalive_time",
                                       "net.ipv4.tcp_fin_timeout",
                                       "net.ipv4.tcp_keepalive_intvl",
                                       "net.ipv4.tcp_keepalive_probes",
                                       "net.ipv4.tcp_rmem",
                                       "net.ipv4.tcp_wmem",
                                       NULL};
    static const char *const of_ipc[] = {"kernel.shm_rmid_forced", "kernel.shmall", "kernel.shmmax", "kernel.shmmni", "kernel.msgmax",
                                         "kernel.msgmnb",          "kernel.msgmni", "kernel.sem",    "fs.mqueue.",    NULL};
    static const char *const of_net[] = {"net.", NULL};
    const struct value *list = value_at(pod, "spec.securityContext.sysctls");
    VALUE_EACH_ITEM (s, list) {
        struct str name = value_text_at(s, "name");
        bool net = named(name, '/', of_net), ipc = named(name, '/', of_ipc);
        if (!named(name, '/', safe) && !listed(h->unsafe_sysctls, name))
            return refuse(out, "SysctlForbidden", "forbidden sysctl: \"%.*s\" not allowlisted", STR_FMT(name));
        if (net && value_bool_at(pod, "spec.hostNetwork", false))
            return refuse(out, "SysctlForbidden", "forbidden sysctl: \"%.*s\" not allowed with host net enabled", STR_FMT(name));
        if (ipc && value_bool_at(pod, "spec.hostIPC", false))
            return refuse(out, "SysctlForbidden", "forbidden sysctl: \"%.*s\" not allowed with host ipc enabled", STR_FMT(name));
        if (!net && !ipc)
            return refuse(out, "SysctlForbidden", "forbidden sysctl: \"%.*s\" not allowlisted", STR_FMT(name));
    }
    return 0;
}

/* ── AppArmor ── */

static bool confined(const struct value *security)
{
    struct str type = value_text_at(security, "appArmorProfile.type");
    return type.n && !str_is(type, "Unconfined");
}

static int no_apparmor(const struct value *pod, struct pod_refusal *out)
{
    static const char *const lists[] = {"spec.initContainers", "spec.containers"};
    bool asked = confined(value_at(pod, "spec.securityContext"));
    for (size_t l = 0; l < ARRAY_LEN(lists); l++) {
        const struct value *list = value_at(pod, lists[l]);
        VALUE_EACH_ITEM (c, list)
            asked = asked || confined(value_at(c, "securityContext"));
    }
    if (!asked || os_file_exists("/sys/kernel/security/apparmor/profiles"))
        return 0;
    return refuse(out, "AppArmor", "Cannot enforce AppArmor: AppArmor is not enabled on the host");
}

/* ── room ── */

static bool takes_room(const struct worker *w)
{
    bool runs = false;
    for (size_t i = 0; i < w->n_containers; i++)
        runs = runs || w->containers[i]->state == CONTAINER_RUNNING || w->containers[i]->state == CONTAINER_STOPPING;
    return w->admitted && (runs || (!w->failed && w->state <= WORKER_RUNNING));
}

static int64_t in_use(const struct pod_host *h, const struct worker *but, const char *resource)
{
    __extension__ __int128 sum = 0;
    MAP_EACH (slot, &h->workers) {
        const struct worker *w = slot->value;
        if (w != but && takes_room(w))
            sum += pod_resources_request(&w->pod, resource).nano;
    }
    return quantity_milli((struct quantity){.nano = sum});
}

static int too_many(const struct worker *w, struct pod_refusal *out)
{
    unsigned used = 0, most = w->host->pods_max;
    MAP_EACH (slot, &w->host->workers)
        used += slot->value != w && takes_room(slot->value);
    if (!most || used < most)
        return 0;
    return refuse(out, "OutOfpods", "Node didn't have enough resource: pods, requested: 1, used: %u, capacity: %u", used, most);
}

int pod_admit_room(const struct worker *w, const struct value *pod, struct pod_refusal *out)
{
    const struct pod_host *h = w->host;
    const struct {
        const char *name;
        int64_t whole; /* thousandths */
        int64_t unit;
    } rows[] = {{"cpu", h->allocatable_cpu, 1}, {"memory", h->allocatable_memory * 1000, 1000}};
    int r = too_many(w, out);
    for (size_t i = 0; r == 0 && i < ARRAY_LEN(rows); i++) {
        int64_t asked = quantity_milli(pod_resources_request(pod, rows[i].name)), used = asked && rows[i].whole ? in_use(h, w, rows[i].name) : 0;
        if (asked && rows[i].whole && used + asked > rows[i].whole) {
            char reason[32];
            snprintf(reason, sizeof(reason), "OutOf%s", rows[i].name);
            return refuse(out, reason, "Node didn't have enough resource: %s, requested: %lld, used: %lld, capacity: %lld", rows[i].name,
                          (long long)(asked / rows[i].unit), (long long)(used / rows[i].unit), (long long)(rows[i].whole / rows[i].unit));
        }
    }
    return r;
}

/* ── host ports ── */

static bool same_port(const struct value *a, const struct value *b)
{
    struct str ip = value_text_at(a, "hostIP"), other = value_text_at(b, "hostIP"), p = value_text_at(a, "protocol"),
               q = value_text_at(b, "protocol");
    int64_t number = value_int_at(a, "hostPort", 0);
    bool all = !ip.n || !other.n || str_is(ip, "0.0.0.0") || str_is(other, "0.0.0.0");
    return number && number == value_int_at(b, "hostPort", 0) && str_eq(p.n ? p : STR("TCP"), q.n ? q : STR("TCP")) && (all || str_eq(ip, other));
}

static bool has_port(const struct value *pod, const struct value *port)
{
    static const char *const lists[] = {"spec.containers", "spec.initContainers"};
    for (size_t i = 0; i < ARRAY_LEN(lists); i++) {
        const struct value *containers = value_at(pod, lists[i]);
        VALUE_EACH_ITEM (c, containers) {
            const struct value *ports = value_at(c, "ports");
            if (i == 1 && !str_is(value_text_at(c, "restartPolicy"), "Always"))
                continue;
            VALUE_EACH_ITEM (p, ports)
                if (same_port(p, port))
                    return true;
        }
    }
    return false;
}

static int port_taken(const struct worker *w, struct pod_refusal *out)
{
    const struct value *containers = value_at(&w->pod, "spec.containers");
    VALUE_EACH_ITEM (c, containers) {
        const struct value *ports = value_at(c, "ports");
        VALUE_EACH_ITEM (p, ports)
            MAP_EACH (slot, &w->host->workers) {
                const struct worker *other = slot->value;
                if (other != w && takes_room(other) && has_port(&other->pod, p))
                    return refuse(out, "NodePorts",
                                  "Pod was rejected: Predicate NodePorts failed: node(s) didn't have free ports for the requested pod ports");
            }
    }
    return 0;
}

static int refuse_for_room(const struct worker *w, const struct value *pod, struct pod_refusal *out)
{
    struct pod_refusal why;
    int r = pod_admit_room(w, pod, &why);
    return r == POD_REFUSED ? refuse(out, why.reason, "Pod was rejected: %.480s", why.message) : r;
}

int pod_admit(const struct worker *w, struct pod_refusal *out)
{
    const struct value *pod = &w->pod;
    struct str os = value_text_at(pod, "spec.os.name");
    if (os.n && !str_is(os, "linux"))
        return refuse(out, "PodOSNotSupported", "Failed to admit pod as the OS field doesn't match node OS");
    int r = under_pressure(w->host, pod, out);
    if (r == 0)
        r = forbidden_sysctl(w->host, pod, out);
    if (r == 0)
        r = no_apparmor(pod, out);
    if (r == 0)
        r = port_taken(w, out);
    if (r == 0 && !pod_is_critical(pod))
        r = refuse_for_room(w, pod, out);
    return r;
}
