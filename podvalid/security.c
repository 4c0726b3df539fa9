#include "podvalid/podvalid.h"

/* What containers may do: security contexts of pods and containers, and the annotations from before them. */

#define ID_MAX INT32_MAX

static void id(struct judge *j, const struct at *at, const struct value *context, const char *field)
{
    const struct value *v = value_get(context, str_of(field));
    if (judge_present(v))
        judge_range(j, AT(at, field), value_int(v, 0), 0, ID_MAX);
}

static void profile_type(struct judge *j, const struct at *at, const struct value *profile, const char *missing)
{
    static const char *const types[] = {"Localhost", "RuntimeDefault", "Unconfined", NULL};
    if (value_text_at(profile, "type").n == 0)
        judge_required(j, AT(at, "type"), missing);
    else
        judge_one_of(j, AT(at, "type"), value_at(profile, "type"), true, types);
}

static void seccomp(struct judge *j, const struct at *at, const struct value *context)
{
    const struct value *profile = value_at(context, "seccompProfile"), *path = value_at(profile, "localhostProfile");
    const struct at *here = AT(at, "seccompProfile");
    if (!judge_present(profile))
        return;
    profile_type(j, here, profile, "type is required when seccompProfile is set");
    if (!str_is(value_text_at(profile, "type"), "Localhost")) {
        if (judge_present(path))
            judge_invalid(j, AT(here, "localhostProfile"), profile, "can only be set when seccomp type is Localhost");
    } else if (!judge_present(path)) {
        judge_required(j, AT(here, "localhostProfile"), "must be set when seccomp type is Localhost");
    } else {
        judge_local_path(j, AT(here, "localhostProfile"), value_text(path));
    }
}

#define APPARMOR_PATH_MAX 4095

static void apparmor(struct judge *j, const struct at *at, const struct value *context)
{
    const struct value *profile = value_at(context, "appArmorProfile"), *name = value_at(profile, "localhostProfile");
    const struct at *here = AT(at, "appArmorProfile");
    struct str text = value_text(name);
    if (!judge_present(profile))
        return;
    profile_type(j, here, profile, "type is required when appArmorProfile is set");
    if (!str_is(value_text_at(profile, "type"), "Localhost")) {
        if (judge_present(name))
            judge_invalid(j, AT(here, "localhostProfile"), name, "can only be set when AppArmor type is Localhost");
        return;
    }
    if (str_trim(text).n != text.n)
        judge_invalid(j, AT(here, "localhostProfile"), name, "must not be padded with whitespace");
    else if (text.n == 0)
        judge_required(j, AT(here, "localhostProfile"), "must be set when AppArmor type is Localhost");
    if (text.n > APPARMOR_PATH_MAX)
        judge_too_long(j, AT(here, "localhostProfile"), APPARMOR_PATH_MAX);
}

void judge_security(struct judge *j, const struct at *at, const struct value *context, bool host_users)
{
    static const char *const proc_mounts[] = {"Default", "Unmasked", NULL};
    const struct value *mount = value_at(context, "procMount"), *add = value_at(context, "capabilities.add");
    if (!judge_present(context))
        return;
    id(j, at, context, "runAsUser");
    id(j, at, context, "runAsGroup");
    judge_one_of(j, AT(at, "procMount"), mount, false, proc_mounts);
    if (host_users && str_is(value_text(mount), "Unmasked"))
        judge_invalid(j, AT(at, "procMount"), mount, "`hostUsers` must be false to use `Unmasked`");
    seccomp(j, at, context);
    apparmor(j, at, context);
    if (value_bool_at(context, "allowPrivilegeEscalation", true))
        return;
    if (value_bool_at(context, "privileged", false))
        judge_invalid(j, at, context, "cannot set `allowPrivilegeEscalation` to false and `privileged` to true");
    VALUE_EACH_ITEM (cap, add) {
        if (str_is(value_text(cap), "CAP_SYS_ADMIN"))
            judge_invalid(j, at, context, "cannot set `allowPrivilegeEscalation` to false and `capabilities.Add` CAP_SYS_ADMIN");
    }
}

/* ── sysctls ── */
#define SYSCTL_SEGMENT "[a-z0-9]([-_a-z0-9]*[a-z0-9])?"
#define SYSCTL_MAX     253

static bool sysctl_name(struct str s)
{
    bool edge = true; /* a segment starts */
    char last = '.';
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        if (c == '.' || c == '/') {
            if (edge || last == '-' || last == '_')
                return false;
            edge = true;
        } else if (plain || (!edge && (c == '-' || c == '_'))) {
            edge = false;
        } else {
            return false;
        }
        last = c;
    }
    return s.n && s.n <= SYSCTL_MAX && !edge && last != '-' && last != '_';
}

static bool ipc_sysctl(struct str s)
{
    return str_is(s, "kernel.sem") || str_starts(s, STR("kernel.shm")) || str_starts(s, STR("kernel.msg")) || str_starts(s, STR("fs.mqueue."));
}

static void sysctls(struct judge *j, const struct at *at, const struct value *list, const struct value *spec)
{
    for (size_t i = 0; i < value_count(list); i++) {
        struct str name = value_text_at(value_item(list, i), "name");
        const struct at *here = AT(AT_ITEM(at, i), "name");
        bool again = false;
        for (size_t k = 0; k < i && !again; k++)
            again = str_eq(value_text_at(value_item(list, k), "name"), name);
        if (name.n == 0)
            judge_required(j, here, "");
        else if (!sysctl_name(name))
            judge_invalid_text(j, here, name, "must have at most 253 characters and match regex ^(" SYSCTL_SEGMENT "[\\./])*" SYSCTL_SEGMENT "$");
        else if (again)
            judge_duplicate_text(j, here, name);
        if (value_bool_at(spec, "hostNetwork", false) && str_starts(name, STR("net.")))
            judge_invalid_text(j, here, name, "may not be specified when 'hostNetwork' is true");
        else if (value_bool_at(spec, "hostIPC", false) && ipc_sysctl(name))
            judge_invalid_text(j, here, name, "may not be specified when 'hostIPC' is true");
    }
}

/* ── pods ── */
static const char *const container_lists[] = {"initContainers", "containers", "ephemeralContainers"};

static void host_users(struct judge *j, const struct at *at, const struct value *spec)
{
    static const char *const shared[] = {"hostNetwork", "hostPID", "hostIPC"};
    static const char *const shown[] = {"hostNetwork", "HostPID", "HostIPC"}; /* upstream's spelling */
    if (value_bool_at(spec, "hostUsers", true))
        return;
    for (size_t i = 0; i < ARRAY_LEN(shared); i++) {
        if (value_bool_at(spec, shared[i], false))
            judge_forbidden(j, AT(at, shown[i]), "when `hostUsers` is false");
    }
    for (size_t i = 0; i < ARRAY_LEN(container_lists); i++) {
        const struct value *list = value_at(spec, container_lists[i]);
        for (size_t k = 0; k < value_count(list); k++) /* a device has one owner on the machine, which nothing maps */
            if (value_count(value_get(value_item(list, k), STR("volumeDevices"))))
                judge_forbidden(j, AT(AT_ITEM(AT(at, container_lists[i]), k), "volumeDevices"), "when `hostUsers` is false");
    }
}

static void forbid(struct judge *j, const struct at *at, const struct value *v, const char *const *fields, const char *why)
{
    for (size_t i = 0; fields[i]; i++) {
        const struct value *m = value_get(v, str_of(fields[i]));
        if (judge_present(m) && !(m->type == VALUE_BOOL && !m->boolean && str_starts(str_of(fields[i]), STR("host"))))
            judge_forbidden(j, AT(at, fields[i]), why);
    }
}

static void for_system(struct judge *j, const struct at *at, const struct value *spec)
{
    static const char *const windows_pod[] = {"hostPID", "hostIPC", "shareProcessNamespace", NULL};
    static const char *const windows_context[] = {"appArmorProfile",     "seLinuxOptions",
                                                  "seccompProfile",      "fsGroup",
                                                  "fsGroupChangePolicy", "sysctls",
                                                  "runAsUser",           "runAsGroup",
                                                  "supplementalGroups",  "supplementalGroupsPolicy",
                                                  "seLinuxChangePolicy", NULL};
    static const char *const windows_container[] = {"appArmorProfile",
                                                    "seLinuxOptions",
                                                    "seccompProfile",
                                                    "capabilities",
                                                    "readOnlyRootFilesystem",
                                                    "privileged",
                                                    "allowPrivilegeEscalation",
                                                    "procMount",
                                                    "runAsUser",
                                                    "runAsGroup",
                                                    NULL};
    static const char *const linux_any[] = {"windowsOptions", NULL};
    static const char not_linux[] = "windows options cannot be set for a linux pod";
    static const char not_windows[] = "cannot be set for a windows pod";
    struct str os = value_text_at(spec, "os.name");
    bool windows = str_is(os, "windows");
    if (!windows && !str_is(os, "linux"))
        return;
    if (windows)
        forbid(j, at, spec, windows_pod, not_windows);
    if (windows && judge_present(value_at(spec, "hostUsers")))
        judge_forbidden(j, AT(at, "hostUsers"), not_windows);
    forbid(j, AT(at, "securityContext"), value_at(spec, "securityContext"), windows ? windows_context : linux_any, windows ? not_windows : not_linux);
    for (size_t l = 0; l < ARRAY_LEN(container_lists); l++) {
        const struct value *list = value_at(spec, container_lists[l]);
        for (size_t i = 0; i < value_count(list); i++)
            forbid(j, AT(AT_ITEM(AT(at, container_lists[l]), i), "securityContext"), value_at(value_item(list, i), "securityContext"),
                   windows ? windows_container : linux_any, windows ? not_windows : not_linux);
    }
}

void judge_pod_security(struct judge *j, const struct at *at, const struct value *spec)
{
    static const char *const changes[] = {"Always", "OnRootMismatch", NULL};
    static const char *const groups[] = {"Merge", "Strict", NULL};
    static const char *const se_linux[] = {"MountOption", "Recursive", NULL};
    static const char *const systems[] = {"linux", "windows", NULL};
    const struct value *context = value_at(spec, "securityContext"), *more = value_at(context, "supplementalGroups");
    const struct at *here = AT(at, "securityContext");
    id(j, here, context, "fsGroup");
    id(j, here, context, "runAsUser");
    id(j, here, context, "runAsGroup");
    for (size_t i = 0; i < value_count(more); i++)
        judge_range(j, AT_ITEM(AT(here, "supplementalGroups"), i), value_int(value_item(more, i), 0), 0, ID_MAX);
    if (value_bool_at(spec, "shareProcessNamespace", false) && value_bool_at(spec, "hostPID", false))
        judge_invalid(j, AT(here, "shareProcessNamespace"), value_at(spec, "shareProcessNamespace"),
                      "ShareProcessNamespace and HostPID cannot both be enabled");
    sysctls(j, AT(here, "sysctls"), value_at(context, "sysctls"), spec);
    judge_one_of(j, AT(here, "fsGroupChangePolicy"), value_at(context, "fsGroupChangePolicy"), false, changes);
    seccomp(j, here, context);
    apparmor(j, here, context);
    judge_one_of(j, AT(here, "supplementalGroupsPolicy"), value_at(context, "supplementalGroupsPolicy"), false, groups);
    judge_one_of(j, AT(here, "seLinuxChangePolicy"), value_at(context, "seLinuxChangePolicy"), false, se_linux);
    host_users(j, at, spec);
    if (!judge_present(value_at(spec, "os")))
        return;
    if (value_text_at(spec, "os.name").n == 0)
        judge_required(j, AT(AT(at, "os"), "name"), "cannot be empty");
    else
        judge_one_of(j, AT(at, "os"), value_at(spec, "os.name"), true, systems);
    for_system(j, at, spec);
}

/* ── annotations ── */
#define APPARMOR_PREFIX "container.apparmor.security.beta.kubernetes.io/"
#define MIRROR          "kubernetes.io/config.mirror"
#define DELETION_COST   "controller.kubernetes.io/pod-deletion-cost"

static bool has_container(const struct value *spec, struct str name)
{
    for (size_t l = 0; l < ARRAY_LEN(container_lists); l++) {
        const struct value *list = value_at(spec, container_lists[l]);
        VALUE_EACH_ITEM (c, list) {
            if (str_eq(value_text_at(c, "name"), name))
                return true;
        }
    }
    return false;
}

static void apparmor_annotation(struct judge *j, const struct at *at, struct str key, struct str text, const struct value *spec)
{
    struct str name = str_from(key, sizeof(APPARMOR_PREFIX) - 1);
    struct value bad = value_make_text(text);
    if (!has_container(spec, name))
        judge_invalid_text(j, at, name, "container not found");
    if (text.n == 0 || str_is(text, "runtime/default") || str_is(text, "unconfined") || str_starts(text, STR("localhost/")))
        return;
    SCOPED_BUF quoted = BUF_INIT(0);
    fault_quote(text, &quoted);
    judge_fault(j, at, FAULT_INVALID, &bad, "invalid AppArmor profile name: %s", buf_cstr(&quoted));
}

static bool cost(struct str s)
{
    int64_t n;
    bool plain = s.n == 1 || (s.n && s.p[0] != '0' && s.p[0] != '+' && !str_starts(s, STR("-0")));
    return plain && str_to_int(s, &n) == 0 && n >= INT32_MIN && n <= INT32_MAX;
}

void judge_pod_annotations(struct judge *j, const struct at *at, const struct value *annotations, const struct value *spec)
{
    VALUE_EACH_MEMBER (m, annotations) {
        struct str text = value_text(&m->value);
        const struct at *here = AT_KEY(at, m->key);
        if (str_is(m->key, MIRROR) && value_text_at(spec, "nodeName").n == 0)
            judge_invalid_text(j, here, text, "must set spec.nodeName if mirror pod annotation is set");
        else if (str_is(m->key, DELETION_COST) && !cost(text))
            judge_invalid_text(j, here, text, "must be a 32bit integer");
        else if (str_starts(m->key, STR(APPARMOR_PREFIX)))
            apparmor_annotation(j, here, m->key, text, spec);
    }
}

void judge_pod_annotation_update(struct judge *j, const struct value *now, const struct value *old)
{
    const struct at *at = AT(AT(NULL, "metadata"), "annotations");
    VALUE_EACH_MEMBER (m, old) {
        const struct value *same = value_get(now, m->key);
        if (same && str_eq(value_text(same), value_text(&m->value)))
            continue;
        if (str_starts(m->key, STR(APPARMOR_PREFIX)))
            judge_forbidden(j, AT_KEY(at, m->key), "may not remove or update AppArmor annotations");
        else if (str_is(m->key, MIRROR))
            judge_forbidden(j, AT_KEY(at, m->key), "may not remove or update mirror pod annotation");
    }
    VALUE_EACH_MEMBER (m, now) {
        if (value_get(old, m->key))
            continue;
        if (str_starts(m->key, STR(APPARMOR_PREFIX)))
            judge_forbidden(j, AT_KEY(at, m->key), "may not add AppArmor annotations");
        else if (str_is(m->key, MIRROR))
            judge_forbidden(j, AT_KEY(at, m->key), "may not add mirror pod annotation");
    }
}
