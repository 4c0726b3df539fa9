#include "podvalid/podvalid.h"

/* What containers need to know about their pod. */
struct host {
    const struct value *spec, *volumes;
    const struct value *grace; /* terminationGracePeriodSeconds, or NULL */
    bool users;                /* hostUsers: shares the host's user namespace */
};

static const struct value *by_name(const struct value *list, struct str name)
{
    VALUE_EACH_ITEM (v, list) {
        if (str_eq(value_text_at(v, "name"), name))
            return v;
    }
    return NULL;
}

static bool comes_before(const struct value *list, size_t i, const char *member, struct str text)
{
    for (size_t k = 0; k < i; k++) {
        if (str_eq(value_text_at(value_item(list, k), member), text))
            return true;
    }
    return false;
}

/* ── ports ── */
static const char *const protocols[] = {"SCTP", "TCP", "UDP", NULL};

static void ports(struct judge *j, const struct at *at, const struct value *list)
{
    for (size_t i = 0; i < value_count(list); i++) {
        const struct value *p = value_item(list, i);
        const struct at *here = AT_ITEM(at, i);
        struct str name = value_text_at(p, "name");
        const char *why[NAME_FAULTS_MAX];
        int64_t port = value_int_at(p, "containerPort", 0), host = value_int_at(p, "hostPort", 0);
        if (name.n && name_port(name, why))
            judge_name(j, AT(here, "name"), name, name_port);
        else if (name.n && comes_before(list, i, "name", name))
            judge_duplicate_text(j, AT(here, "name"), name);
        if (port == 0)
            judge_required(j, AT(here, "containerPort"), "");
        else
            judge_port(j, AT(here, "containerPort"), port);
        if (host)
            judge_port(j, AT(here, "hostPort"), host);
        judge_one_of(j, AT(here, "protocol"), value_at(p, "protocol"), true, protocols);
    }
}

static bool same_host_port(const struct value *a, const struct value *b)
{
    return value_int_at(a, "hostPort", 0) == value_int_at(b, "hostPort", 0) && str_eq(value_text_at(a, "protocol"), value_text_at(b, "protocol")) &&
           str_eq(value_text_at(a, "hostIP"), value_text_at(b, "hostIP"));
}

/* Host ports of containers first … first + n - 1 must differ from one another. */
static void host_ports(struct judge *j, const struct at *at, const struct value *list, size_t first, size_t n)
{
    for (size_t c = first; c < first + n; c++) {
        struct value *mine = value_at(value_item(list, c), "ports");
        for (size_t i = 0; i < value_count(mine); i++) {
            const struct value *p = value_item(mine, i);
            bool taken = false;
            if (value_int_at(p, "hostPort", 0) == 0)
                continue;
            for (size_t d = first; d <= c && !taken; d++) {
                struct value *theirs = value_at(value_item(list, d), "ports");
                size_t end = d == c ? i : value_count(theirs);
                for (size_t k = 0; k < end && !taken; k++)
                    taken = same_host_port(p, value_item(theirs, k));
            }
            if (!taken)
                continue;
            SCOPED_BUF shown = BUF_INIT(0);
            buf_fmt(&shown, "%.*s/%.*s/%lld", STR_FMT(value_text_at(p, "protocol")), STR_FMT(value_text_at(p, "hostIP")),
                    (long long)value_int_at(p, "hostPort", 0));
            judge_duplicate_text(j, AT(AT_ITEM(AT(AT_ITEM(at, n == 1 ? 0 : c), "ports"), i), "hostPort"), buf_view(&shown));
        }
    }
}

/* ── environment ── */
static void field_ref(struct judge *j, const struct at *at, const struct value *ref, const char *const *allowed)
{
    struct str path = value_text_at(ref, "fieldPath"), base, key;
    if (!judge_has(j, at, ref, "apiVersion") || !judge_has(j, at, ref, "fieldPath"))
        return;
    if (str_ends(path, STR("']")) && str_cut(path, '[', &base, &key)) {
        struct str name = key.n >= 4 ? str_make(key.p + 1, key.n - 3) : STR("");
        if (str_is(base, "metadata.annotations") || str_is(base, "metadata.labels"))
            judge_name(j, at, name, name_label_key);
        else
            judge_invalid_text(j, at, base, "does not support subscript");
        return;
    }
    judge_one_of(j, AT(at, "fieldPath"), value_at(ref, "fieldPath"), true, allowed);
}

static bool one_of(struct str s, const char *const *list)
{
    for (size_t i = 0; list[i]; i++) {
        if (str_is(s, list[i]))
            return true;
    }
    return false;
}

static void divisor(struct judge *j, const struct at *at, const struct value *ref)
{
    static const char *const sizes[] = {"1", "1k", "1M", "1G", "1T", "1P", "1E", "1Ki", "1Mi", "1Gi", "1Ti", "1Pi", "1Ei", NULL};
    static const char *const cpu[] = {"1m", "1", NULL};
    struct str resource = value_text_at(ref, "resource");
    struct quantity q = quantity_of(value_at(ref, "divisor"));
    SCOPED_BUF shown = BUF_INIT(0);
    if (q.nano == 0)
        return;
    quantity_print(q, &shown);
    bool is_cpu = str_ends(resource, STR(".cpu"));
    const char *what = str_ends(resource, STR(".memory"))              ? "memory"
                       : str_ends(resource, STR(".ephemeral-storage")) ? "local ephemeral storage"
                                                                       : "hugepages";
    struct value bad = value_make_text(resource);
    if (one_of(buf_view(&shown), is_cpu ? cpu : sizes))
        return;
    if (is_cpu)
        judge_invalid(j, AT(at, "divisor"), &bad, "only divisor's values 1m and 1 are supported with the cpu resource");
    else
        judge_fault(j, AT(at, "divisor"), FAULT_INVALID, &bad,
                    "only divisor's values 1, 1k, 1M, 1G, 1T, 1P, 1E, 1Ki, 1Mi, 1Gi, 1Ti, 1Pi, 1Ei are supported with "
                    "the %s resource",
                    what);
}

static void resource_ref(struct judge *j, const struct at *at, const struct value *ref, bool volume)
{
    static const char *const known[] = {
        "limits.cpu", "limits.ephemeral-storage", "limits.memory", "requests.cpu", "requests.ephemeral-storage", "requests.memory", NULL};
    struct str resource = value_text_at(ref, "resource");
    if (volume && value_text_at(ref, "containerName").n == 0)
        judge_required(j, AT(at, "containerName"), "");
    else if (!str_starts(resource, STR("requests.hugepages-")) && !str_starts(resource, STR("limits.hugepages-")))
        judge_one_of(j, AT(at, "resource"), value_at(ref, "resource"), true, known);
    divisor(j, at, ref);
}

static void key_ref(struct judge *j, const struct at *at, const struct value *ref)
{
    judge_name(j, AT(at, "name"), value_text_at(ref, "name"), name_dns_subdomain);
    judge_name_field(j, at, ref, "key", true, name_config_key);
}

static void value_from(struct judge *j, const struct at *at, const struct value *env)
{
    static const char *const fields[] = {"metadata.name", "metadata.namespace", "metadata.uid", "spec.nodeName", "spec.serviceAccountName",
                                         "status.hostIP", "status.hostIPs",     "status.podIP", "status.podIPs", NULL};
    const struct value *from = value_at(env, "valueFrom");
    size_t n = 0;
    if (!judge_present(from))
        return;
    VALUE_EACH_MEMBER (m, from) {
        if (!judge_present(&m->value))
            continue;
        n++;
        if (str_is(m->key, "fieldRef"))
            field_ref(j, AT(at, "fieldRef"), &m->value, fields);
        else if (str_is(m->key, "resourceFieldRef"))
            resource_ref(j, AT(at, "resourceFieldRef"), &m->value, false);
        else if (str_is(m->key, "configMapKeyRef"))
            key_ref(j, AT(at, "configMapKeyRef"), &m->value);
        else if (str_is(m->key, "secretKeyRef"))
            key_ref(j, AT(at, "secretKeyRef"), &m->value);
    }
    if (n == 0)
        judge_invalid_text(j, at, STR(""),
                           "must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef`, `secretKeyRef` or "
                           "`fileKeyRef`");
    else if (value_text_at(env, "value").n)
        judge_invalid_text(j, at, STR(""), "may not be specified when `value` is not empty");
    else if (n > 1)
        judge_invalid_text(j, at, STR(""), "may not have more than one field specified at a time");
}

static void environment(struct judge *j, const struct at *at, const struct value *c)
{
    struct value *env = value_at(c, "env"), *from = value_at(c, "envFrom");
    const struct at *vars = AT(at, "env"), *sources = AT(at, "envFrom");
    for (size_t i = 0; i < value_count(env); i++) {
        const struct value *e = value_item(env, i);
        judge_name_field(j, AT_ITEM(vars, i), e, "name", true, name_env_var);
        value_from(j, AT(AT_ITEM(vars, i), "valueFrom"), e);
    }
    for (size_t i = 0; i < value_count(from); i++) {
        const struct value *e = value_item(from, i), *map = value_at(e, "configMapRef"), *secret = value_at(e, "secretRef");
        const struct at *here = AT_ITEM(sources, i);
        judge_name_field(j, here, e, "prefix", false, name_env_var);
        if (judge_present(map))
            judge_name_field(j, AT(here, "configMapRef"), map, "name", true, name_dns_subdomain);
        if (judge_present(secret))
            judge_name_field(j, AT(here, "secretRef"), secret, "name", true, name_dns_subdomain);
        if (!judge_present(map) && !judge_present(secret))
            judge_invalid_text(j, sources, STR(""), "must specify one of: `configMapRef` or `secretRef`");
        else if (judge_present(map) && judge_present(secret))
            judge_invalid_text(j, sources, STR(""), "may not have more than one field specified at a time");
    }
}

/* ── mounts ── */
static void mount(struct judge *j, const struct at *list_at, const struct value *list, size_t i, const struct host *h, const struct value *container)
{
    static const char *const propagations[] = {"Bidirectional", "HostToContainer", "None", NULL};
    const struct value *m = value_item(list, i), *devices = value_at(container, "volumeDevices");
    const struct at *at = AT_ITEM(list_at, i);
    struct str name = value_text_at(m, "name"), path = value_text_at(m, "mountPath");
    struct str sub = value_text_at(m, "subPath"), expr = value_text_at(m, "subPathExpr");
    const struct value *volume = by_name(h->volumes, name);
    if (name.n == 0)
        judge_required(j, AT(at, "name"), "");
    if (!volume)
        judge_not_found(j, AT(at, "name"), name);
    if (path.n == 0)
        judge_required(j, AT(at, "mountPath"), "");
    if (comes_before(list, i, "mountPath", path))
        judge_invalid_text(j, AT(at, "mountPath"), path, "must be unique");
    if (by_name(devices, name))
        judge_invalid_text(j, AT(at, "name"), name, "must not already exist in volumeDevices");
    if (comes_before(devices, value_count(devices), "devicePath", path))
        judge_invalid_text(j, AT(at, "mountPath"), path, "must not already exist as a path in volumeDevices");
    if (sub.n)
        judge_local_path(j, AT(list_at, "subPath"), sub);
    if (sub.n && expr.n)
        judge_invalid_text(j, AT(at, "subPathExpr"), expr, "subPathExpr and subPath are mutually exclusive");
    if (expr.n)
        judge_local_path(j, AT(list_at, "subPathExpr"), expr);
    const struct value *propagation = value_at(m, "mountPropagation");
    if (judge_present(propagation)) {
        judge_one_of(j, AT(list_at, "mountPropagation"), propagation, false, propagations);
        if (str_is(value_text(propagation), "Bidirectional") && !value_bool_at(container, "securityContext.privileged", false))
            judge_forbidden(j, AT(list_at, "mountPropagation"), "Bidirectional mount propagation is available only to privileged containers");
    }
}

static void devices(struct judge *j, const struct at *at, const struct value *c, const struct host *h)
{
    struct value *list = value_at(c, "volumeDevices"), *mounts = value_at(c, "volumeMounts");
    for (size_t i = 0; i < value_count(list); i++) {
        const struct value *d = value_item(list, i);
        const struct at *here = AT_ITEM(at, i);
        struct str name = value_text_at(d, "name"), path = value_text_at(d, "devicePath");
        const struct value *volume = by_name(h->volumes, name);
        if (name.n == 0)
            judge_required(j, AT(here, "name"), "");
        if (name.n && comes_before(list, i, "name", name))
            judge_invalid_text(j, AT(here, "name"), name, "must be unique");
        if (!volume)
            judge_not_found(j, AT(here, "name"), name);
        else if (!judge_present(value_at(volume, "persistentVolumeClaim")) && !judge_present(value_at(volume, "ephemeral")))
            judge_invalid_text(j, AT(here, "name"), name, "can only use volume source type of PersistentVolumeClaim or Ephemeral for block mode");
        if (path.n == 0)
            judge_required(j, AT(here, "devicePath"), "");
        if (comes_before(list, i, "devicePath", path))
            judge_invalid_text(j, AT(here, "devicePath"), path, "must be unique");
        if (str_find(path, STR("..")) >= 0)
            judge_invalid_text(j, AT(here, "devicePath"), path, "can not contain backsteps ('..')");
        if (by_name(mounts, name))
            judge_invalid_text(j, AT(here, "name"), name, "must not already exist in volumeMounts");
    }
}

/* ── resources ── */
static void resource_claims(struct judge *j, const struct at *at, const struct value *list, const struct value *spec)
{
    struct value *known = value_at(spec, "resourceClaims");
    for (size_t i = 0; i < value_count(list); i++) {
        struct str name = value_text_at(value_item(list, i), "name");
        if (name.n == 0) {
            judge_required(j, AT_ITEM(at, i), "");
            continue;
        }
        if (comes_before(list, i, "name", name))
            judge_duplicate_text(j, AT_ITEM(at, i), name);
        if (by_name(known, name))
            continue;
        struct value bad = value_make_text(name);
        judge_fault(j, AT_ITEM(at, i), FAULT_NOT_FOUND, &bad, "must be one of the names in pod.spec.resourceClaims%s",
                    value_count(known) ? "" : " which is empty");
    }
}

static void request(struct judge *j, const struct at *at, struct str name, const struct value *v, const struct value *limits)
{
    const struct value *limit = value_get(limits, name);
    struct quantity want = quantity_of(v), most = quantity_of(limit);
    bool flexible = judge_overcommit(name);
    if (!limit) {
        if (!flexible)
            judge_required(j, AT(at, "limits"), "Limit must be set for non overcommitable resources");
        return;
    }
    int c = quantity_cmp(want, most);
    if (c == 0 || (c < 0 && flexible))
        return;
    judge_fault(j, AT(at, "requests"), FAULT_INVALID, v, "must be %s %.*s limit of %.*s", flexible ? "less than or equal to" : "equal to",
                STR_FMT(name), STR_FMT(value_text(limit)));
}

void judge_resources(struct judge *j, const struct at *at, const struct value *resources, const struct value *spec)
{
    static const char *const lists[] = {"limits", "requests"};
    bool compute = false, huge = false;
    const struct value *limits = value_at(resources, "limits");
    for (size_t i = 0; i < ARRAY_LEN(lists); i++) {
        const struct value *list = value_at(resources, lists[i]);
        VALUE_EACH_MEMBER (m, list) {
            const struct at *here = AT_KEY(AT(at, lists[i]), m->key);
            judge_resource_name(j, here, m->key, true);
            judge_quantity(j, here, m->key, &m->value);
            if (i == 1)
                request(j, at, m->key, &m->value, limits);
            compute |= str_is(m->key, "cpu") || str_is(m->key, "memory");
            huge |= judge_hugepages(m->key);
        }
    }
    if (huge && !compute)
        judge_forbidden(j, at, "HugePages require cpu or memory");
    resource_claims(j, AT(at, "claims"), value_at(resources, "claims"), spec);
}

/* ── handlers and probes ── */
static void http_get(struct judge *j, const struct at *at, const struct value *h)
{
    static const char *const schemes[] = {"HTTP", "HTTPS", NULL};
    struct value *headers = value_at(h, "httpHeaders");
    judge_has(j, at, h, "path");
    judge_port_or_name(j, AT(at, "port"), value_at(h, "port"));
    judge_one_of(j, AT(at, "scheme"), value_at(h, "scheme"), true, schemes);
    VALUE_EACH_ITEM (v, headers)
        judge_name(j, AT(at, "httpHeaders"), value_text_at(v, "name"), name_http_header);
}

static void sleeps(struct judge *j, const struct at *at, const struct value *h, const struct host *host)
{
    int64_t seconds = value_int_at(h, "seconds", 0), grace = value_int(host->grace, 0);
    struct value bad = value_make_int(seconds);
    if (host->grace && (seconds < 0 || seconds > grace))
        judge_fault(j, at, FAULT_INVALID, &bad, "must be non-negative and less than terminationGracePeriodSeconds (%lld)", (long long)grace);
}

static void handler(struct judge *j, const struct at *at, const struct value *h, const struct host *host)
{
    static const char *const kinds[] = {"exec", "httpGet", "tcpSocket", "grpc", "sleep"};
    size_t n = 0;
    for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
        const struct value *v = value_at(h, kinds[i]);
        const struct at *here = AT(at, kinds[i]);
        if (!judge_present(v))
            continue;
        if (n++) {
            judge_forbidden(j, here, "may not specify more than 1 handler type");
            continue;
        }
        if (i == 0 && value_count(value_at(v, "command")) == 0)
            judge_required(j, AT(here, "command"), "");
        else if (i == 1)
            http_get(j, here, v);
        else if (i == 2 || i == 3)
            judge_port_or_name(j, AT(here, "port"), value_at(v, "port"));
        else if (i == 4)
            sleeps(j, here, v, host);
    }
    if (n == 0)
        judge_required(j, at, "must specify a handler type");
}

enum probe_kind { PROBE_LIVENESS, PROBE_READINESS, PROBE_STARTUP };

static void probe(struct judge *j, const struct at *at, const struct value *p, enum probe_kind kind, const struct host *host)
{
    static const char *const numbers[] = {"initialDelaySeconds", "timeoutSeconds", "periodSeconds", "successThreshold", "failureThreshold"};
    const struct value *grace = value_at(p, "terminationGracePeriodSeconds");
    if (!judge_present(p))
        return;
    handler(j, at, p, host);
    for (size_t i = 0; i < ARRAY_LEN(numbers); i++)
        judge_not_negative(j, at, p, numbers[i]);
    if (judge_present(grace) && value_int(grace, 0) <= 0)
        judge_invalid(j, AT(at, "terminationGracePeriodSeconds"), grace, "must be greater than 0");
    if (kind == PROBE_READINESS && judge_present(grace))
        judge_invalid(j, AT(at, "terminationGracePeriodSeconds"), grace, "must not be set for readinessProbes");
    if (kind != PROBE_READINESS && value_int_at(p, "successThreshold", 1) != 1)
        judge_invalid(j, AT(at, "successThreshold"), value_at(p, "successThreshold"), "must be 1");
}

static void running(struct judge *j, const struct at *at, const struct value *c, const struct host *h)
{
    static const char *const hooks[] = {"postStart", "preStop"};
    const struct value *lifecycle = value_at(c, "lifecycle");
    for (size_t i = 0; i < ARRAY_LEN(hooks); i++) {
        if (judge_present(value_at(lifecycle, hooks[i])))
            handler(j, AT(AT(at, "lifecycle"), hooks[i]), value_at(lifecycle, hooks[i]), h);
    }
    probe(j, AT(at, "livenessProbe"), value_at(c, "livenessProbe"), PROBE_LIVENESS, h);
    probe(j, AT(at, "readinessProbe"), value_at(c, "readinessProbe"), PROBE_READINESS, h);
    probe(j, AT(at, "startupProbe"), value_at(c, "startupProbe"), PROBE_STARTUP, h);
}

/* ── containers ── */
static void resize_policy(struct judge *j, const struct at *at, const struct value *list, const struct host *h)
{
    static const char *const resources[] = {"cpu", "memory", NULL};
    static const char *const policies[] = {"NotRequired", "RestartContainer", NULL};
    for (size_t i = 0; i < value_count(list); i++) {
        const struct value *p = value_item(list, i);
        struct str name = value_text_at(p, "resourceName");
        if (comes_before(list, i, "resourceName", name))
            judge_duplicate_text(j, AT_ITEM(at, i), name);
        judge_one_of(j, at, value_at(p, "resourceName"), true, resources);
        judge_one_of(j, at, value_at(p, "restartPolicy"), true, policies);
        if (str_is(value_text_at(h->spec, "restartPolicy"), "Never") && !str_is(value_text_at(p, "restartPolicy"), "NotRequired"))
            judge_invalid(j, at, value_at(p, "restartPolicy"), "must be 'NotRequired' when `restartPolicy` is 'Never'");
    }
}

static void container(struct judge *j, const struct at *at, const struct value *c, const struct host *h)
{
    static const char *const messages[] = {"File", "FallbackToLogsOnError", NULL};
    static const char *const pulls[] = {"Always", "IfNotPresent", "Never", NULL};
    struct str image = value_text_at(c, "image");
    const struct value *mounts = value_at(c, "volumeMounts");
    judge_name_field(j, at, c, "name", true, name_dns_label);
    judge_has(j, at, c, "image");
    judge_one_of(j, AT(at, "terminationMessagePolicy"), value_at(c, "terminationMessagePolicy"), true, messages);
    ports(j, AT(at, "ports"), value_at(c, "ports"));
    environment(j, at, c);
    for (size_t i = 0; i < value_count(mounts); i++)
        mount(j, AT(at, "volumeMounts"), mounts, i, h, c);
    devices(j, AT(at, "volumeDevices"), c, h);
    judge_one_of(j, AT(at, "imagePullPolicy"), value_at(c, "imagePullPolicy"), true, pulls);
    judge_resources(j, AT(at, "resources"), value_at(c, "resources"), h->spec);
    resize_policy(j, AT(at, "resizePolicy"), value_at(c, "resizePolicy"), h);
    judge_security(j, AT(at, "securityContext"), value_at(c, "securityContext"), h->users);
    if (j->pod && str_trim(image).n != image.n)
        judge_invalid_text(j, AT(at, "image"), image, "must not have leading or trailing whitespace");
}

static void restart_rules(struct judge *j, const struct at *at, const struct value *c)
{
    static const char *const policies[] = {"Always", "Never", "OnFailure", NULL};
    judge_one_of(j, AT(at, "restartPolicy"), value_at(c, "restartPolicy"), false, policies);
}

static void plain(struct judge *j, const struct at *at, const struct host *h)
{
    struct value *list = value_at(h->spec, "containers");
    if (value_count(list) == 0) {
        judge_required(j, at, "");
        return;
    }
    for (size_t i = 0; i < value_count(list); i++) {
        const struct value *c = value_item(list, i);
        const struct at *here = AT_ITEM(at, i);
        container(j, here, c, h);
        if (comes_before(list, i, "name", value_text_at(c, "name")))
            judge_duplicate_text(j, AT(here, "name"), value_text_at(c, "name"));
        running(j, here, c, h);
        restart_rules(j, here, c);
    }
    host_ports(j, at, list, 0, value_count(list));
}

static void initial(struct judge *j, const struct at *at, const struct host *h)
{
    static const char *const not_for_init[] = {"lifecycle", "livenessProbe", "readinessProbe", "startupProbe"};
    struct value *list = value_at(h->spec, "initContainers"), *others = value_at(h->spec, "containers");
    for (size_t i = 0; i < value_count(list); i++) {
        const struct value *c = value_item(list, i);
        const struct at *here = AT_ITEM(at, i);
        struct str name = value_text_at(c, "name");
        container(j, here, c, h);
        restart_rules(j, here, c);
        if (name.n && (by_name(others, name) || comes_before(list, i, "name", name)))
            judge_duplicate_text(j, AT(here, "name"), name);
        host_ports(j, at, list, i, 1);
        if (str_is(value_text_at(c, "restartPolicy"), "Always")) {
            running(j, here, c, h);
            continue;
        }
        for (size_t k = 0; k < ARRAY_LEN(not_for_init); k++) {
            if (judge_present(value_at(c, not_for_init[k])))
                judge_forbidden(j, AT(here, not_for_init[k]), "may not be set for init containers without restartPolicy=Always");
        }
    }
}

static void ephemeral(struct judge *j, const struct at *at, const struct host *h)
{
    static const char *const never[] = {"ports", "livenessProbe", "readinessProbe", "startupProbe", "lifecycle", "resizePolicy"};
    struct value *list = value_at(h->spec, "ephemeralContainers");
    struct value *plain_ones = value_at(h->spec, "containers"), *inits = value_at(h->spec, "initContainers");
    for (size_t i = 0; i < value_count(list); i++) {
        const struct value *c = value_item(list, i), *mounts = value_at(c, "volumeMounts");
        const struct at *here = AT_ITEM(at, i);
        struct str name = value_text_at(c, "name"), target = value_text_at(c, "targetContainerName");
        container(j, here, c, h);
        if (by_name(plain_ones, name) || by_name(inits, name) || comes_before(list, i, "name", name))
            judge_duplicate_text(j, AT(here, "name"), name);
        if (target.n && !by_name(plain_ones, target) && !by_name(inits, target))
            judge_not_found(j, AT(here, "targetContainerName"), target);
        for (size_t k = 0; k < ARRAY_LEN(never); k++) {
            const struct value *v = value_at(c, never[k]);
            if (judge_present(v) && (v->type != VALUE_LIST || value_count(v)))
                judge_forbidden(j, AT(here, never[k]), "cannot be set for an Ephemeral Container");
        }
        if (value_count(value_at(c, "resources")))
            judge_forbidden(j, AT(here, "resources"), "cannot be set for an Ephemeral Container");
        for (size_t k = 0; k < value_count(mounts); k++) {
            const struct at *mount_at = AT_ITEM(AT(here, "volumeMounts"), k);
            if (value_text_at(value_item(mounts, k), "subPath").n)
                judge_forbidden(j, AT(mount_at, "subPath"), "cannot be set for an Ephemeral Container");
            if (value_text_at(value_item(mounts, k), "subPathExpr").n)
                judge_forbidden(j, AT(mount_at, "subPathExpr"), "cannot be set for an Ephemeral Container");
        }
    }
}

void judge_containers(struct judge *j, const struct at *at, const struct value *spec)
{
    const struct value *grace = value_at(spec, "terminationGracePeriodSeconds");
    struct host h = {
        .spec = spec,
        .volumes = value_at(spec, "volumes"),
        .grace = judge_present(grace) ? grace : NULL,
        .users = value_bool_at(spec, "hostUsers", true),
    };
    plain(j, AT(at, "containers"), &h);
    initial(j, AT(at, "initContainers"), &h);
    ephemeral(j, AT(at, "ephemeralContainers"), &h);
}
