#include "admit/inside.h"

#define CREATE ADMIT_CREATE
#define UPDATE ADMIT_UPDATE
#define DELETE ADMIT_DELETE

/* Upstream's order. A row's function is asked when operation, group and resource fit; what else matters it looks at
 * itself. Plugins that reserve something beside the object come last: ResourceQuota's place is the end. */
static const struct row {
    const char *name;
    unsigned operations;
    const char *group, *resource; /* "*": all */
    admit_fn mutate, validate;
    unsigned extra; /* only when asked for (enum admit_extra) */
} rows[] = {
    {"NamespaceLifecycle", CREATE | UPDATE | DELETE, "*", "*", namespace_mutate, NULL, 0},
    {"AlwaysPullImages", CREATE | UPDATE, "", "pods", always_pull_mutate, always_pull_validate, ADMIT_ALWAYS_PULL},
    {"LimitRanger", CREATE | UPDATE, "", "pods", limits_mutate, limits_validate, 0},
    {"LimitRanger", CREATE | UPDATE, "", "persistentvolumeclaims", NULL, limits_validate, 0},
    {"ServiceAccount", CREATE | UPDATE, "", "pods", account_mutate, account_validate, 0},
    {"NodeRestriction", CREATE | UPDATE | DELETE, "*", "*", node_restriction, NULL, 0},
    {"PodSecurity", CREATE | UPDATE, "", "pods", NULL, security_validate, 0},
    {"PodSecurity", CREATE | UPDATE, "", "namespaces", NULL, security_validate, 0},
    {"PodSecurity", CREATE | UPDATE, "", "replicationcontrollers", NULL, security_validate, 0},
    {"PodSecurity", CREATE | UPDATE, "", "podtemplates", NULL, security_validate, 0},
    {"PodSecurity", CREATE | UPDATE, "apps", "*", NULL, security_validate, 0},
    {"PodSecurity", CREATE | UPDATE, "batch", "*", NULL, security_validate, 0},
    {"TaintNodesByCondition", CREATE, "", "nodes", node_taints_mutate, NULL, 0},
    {"PodNodeSelector", CREATE, "", "pods", node_selector_mutate, node_selector_mutate, ADMIT_NODE_SELECTOR},
    {"Priority", CREATE | UPDATE, "", "pods", priority_mutate, NULL, 0},
    {"Priority", CREATE, "scheduling.k8s.io", "podgroups", group_priority_mutate, NULL, 0},
    {"Priority", CREATE, "scheduling.k8s.io", "compositepodgroups", group_priority_mutate, NULL, 0},
    {"Priority", CREATE | UPDATE, "scheduling.k8s.io", "priorityclasses", NULL, priority_validate, 0},
    {"DefaultTolerationSeconds", CREATE | UPDATE, "", "pods", tolerations_mutate, NULL, 0},
    {"EventRateLimit", CREATE | UPDATE, "", "events", NULL, event_rate_validate, ADMIT_EVENT_RATE},
    {"OwnerReferencesPermissionEnforcement", CREATE | UPDATE, "*", "*", NULL, owners_validate, ADMIT_OWNER_REFERENCES},
    {"StorageObjectInUseProtection", CREATE, "", "persistentvolumeclaims", storage_protect_mutate, NULL, 0},
    {"StorageObjectInUseProtection", CREATE, "", "persistentvolumes", storage_protect_mutate, NULL, 0},
    {"PersistentVolumeClaimResize", UPDATE, "", "persistentvolumeclaims", NULL, storage_resize_validate, 0},
    {"DefaultStorageClass", CREATE, "", "persistentvolumeclaims", storage_class_mutate, NULL, 0},
    {"PodGroupProtection", CREATE, "scheduling.k8s.io", "podgroups", group_protection_mutate, NULL, 0},
    {"RuntimeClass", CREATE, "", "pods", runtime_class_mutate, runtime_class_validate, 0},
    {"CertificateApproval", UPDATE, "certificates.k8s.io", "certificatesigningrequests", NULL, certificate_approval, 0},
    {"CertificateSigning", UPDATE, "certificates.k8s.io", "certificatesigningrequests", NULL, certificate_signing, 0},
    {"ClusterTrustBundleAttest", CREATE | UPDATE, "certificates.k8s.io", "clustertrustbundles", NULL, certificate_attest, 0},
    {"CertificateSubjectRestriction", CREATE, "certificates.k8s.io", "certificatesigningrequests", NULL, certificate_subject, 0},
    {"DefaultIngressClass", CREATE, "networking.k8s.io", "ingresses", ingress_class_mutate, NULL, 0},
    {"JobQueues", CREATE | UPDATE, "batch", "jobs", queues_job_mutate, queues_job_validate, ADMIT_QUEUES},
    {"JobQueues", CREATE | UPDATE, "apps", "deployments", queues_serving_mutate, queues_serving_validate, ADMIT_QUEUES},
    {"JobQueues", CREATE | UPDATE, "apps", "statefulsets", queues_serving_mutate, queues_serving_validate, ADMIT_QUEUES},
    {"JobQueues", CREATE | UPDATE, "", "pods", queues_pod_mutate, queues_pod_validate, ADMIT_QUEUES},
    /* of other rooms: here they are only switched on and off */
    {"MutatingAdmissionPolicy", 0, "", "", NULL, NULL, 0},
    {"MutatingAdmissionWebhook", 0, "", "", NULL, NULL, 0},
    {"ValidatingAdmissionPolicy", 0, "", "", NULL, NULL, 0},
    {"ValidatingAdmissionWebhook", 0, "", "", NULL, NULL, 0},
    {"ResourceQuota", 0, "", "", NULL, NULL, 0},
};

/* ── which of them run ── */

static bool row_runs(const struct row *row, const struct admit_request *q, size_t place)
{
    return q->choice ? q->choice->on >> place & 1 : !(row->extra & ~q->extra);
}

static size_t place_after(size_t row, size_t place)
{
    const char *name = rows[row].name, *next = row + 1 < ARRAY_LEN(rows) ? rows[row + 1].name : name;
    return name[0] != next[0] || strcmp(name, next) ? place + 1 : place;
}

static size_t place_of(size_t row) /* few fit a write: only theirs are asked for */
{
    size_t place = 0;
    for (size_t i = 0; i < row; i++)
        place = place_after(i, place);
    return place;
}

static int switch_named(const char *list, uint64_t *set, struct err *err)
{
    struct str rest = str_of(list), piece;
    while (list && list[0] && str_next(&rest, ',', &piece)) {
        bool found = false;
        for (size_t i = 0, place = 0; i < ARRAY_LEN(rows); place = place_after(i, place), i++)
            if (str_is(str_trim(piece), rows[i].name)) {
                *set |= UINT64_C(1) << place;
                found = true;
            }
        if (!found)
            return err_raise(err, -EINVAL, "unknown admission plugin \"%.*s\"", STR_FMT(str_trim(piece)));
    }
    return 0;
}

int admit_choose(struct admit_choice *out, const char *enable, const char *disable, struct err *err)
{
    uint64_t on = 0, off = 0, normal = 0;
    int r = switch_named(enable, &on, err);
    if (r == 0)
        r = switch_named(disable, &off, err);
    if (r == 0 && (on & off))
        r = err_raise(err, -EINVAL, "an admission plugin is both enabled and disabled");
    for (size_t i = 0, place = 0; i < ARRAY_LEN(rows); place = place_after(i, place), i++)
        if (!rows[i].extra)
            normal |= UINT64_C(1) << place;
    out->on = (normal | on) & ~off;
    return r;
}

bool admit_chosen(const struct admit_choice *c, const char *plugin)
{
    struct admit_choice normal;
    uint64_t wanted = 0;
    if (!c && admit_choose(&normal, NULL, NULL, NULL) == 0)
        c = &normal;
    return c && switch_named(plugin, &wanted, NULL) == 0 && (c->on & wanted);
}

/* Asked for each row of each write: one byte tells nearly always. */
static bool names(const char *row, struct str s)
{
    return row[0] == '*' || (row[0] == (s.n ? s.p[0] : 0) && str_is(s, row));
}

static bool row_fits(const struct row *row, enum admit_operation operation, struct str group, struct str resource)
{
    return (row->operations & operation) && names(row->group, group) && names(row->resource, resource);
}

_Static_assert(ARRAY_LEN(rows) <= 64, "a set of rows is a word");

/* The rows that fit, a bit each. One write asks five times, and the next one is often of the same resource. */
static uint64_t rows_fitting(enum admit_operation operation, struct str group, struct str resource)
{
    static _Thread_local struct {
        enum admit_operation operation; /* 0: none yet */
        size_t group, resource;
        char text[96]; /* both, for theirs may go */
        uint64_t rows;
    } last;
    if (last.operation == operation && str_eq(str_make(last.text, last.group), group) &&
        str_eq(str_make(last.text + last.group, last.resource), resource))
        return last.rows;
    uint64_t found = 0;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        if (row_fits(&rows[i], operation, group, resource))
            found |= UINT64_C(1) << i;
    last.operation = 0;
    if (group.n + resource.n > sizeof(last.text))
        return found;
    if (group.n)
        memcpy(last.text, group.p, group.n);
    if (resource.n)
        memcpy(last.text + group.n, resource.p, resource.n);
    last.operation = operation;
    last.group = group.n;
    last.resource = resource.n;
    return last.rows = found;
}

static int plugins_run(struct admit_request *q, struct admit_answer *ans, bool mutate, struct err *err)
{
    for (uint64_t left = rows_fitting(q->operation, q->group, q->resource); left; left &= left - 1) {
        size_t i = (size_t)__builtin_ctzll(left);
        admit_fn fn = mutate ? rows[i].mutate : rows[i].validate;
        if (!fn || !row_runs(&rows[i], q, place_of(i)))
            continue;
        int r = fn(q, ans, err);
        if (r < 0)
            return err_wrap(err, r, "admission plugin %s", rows[i].name);
        if (r > 0)
            return r;
    }
    return 0;
}

int admit_mutate(struct admit_request *q, struct admit_answer *ans, struct err *err)
{
    return plugins_run(q, ans, true, err);
}

int admit_validate(struct admit_request *q, struct admit_answer *ans, struct err *err)
{
    return plugins_run(q, ans, false, err);
}

bool admit_wants(enum admit_operation operation, struct str group, struct str resource, struct str subresource)
{
    (void)subresource; /* NodeRestriction looks at subresources of several kinds */
    return rows_fitting(operation, group, resource) != 0;
}

bool admit_changes(enum admit_operation operation, struct str group, struct str resource)
{
    for (uint64_t left = rows_fitting(operation, group, resource); left; left &= left - 1) {
        const struct row *row = &rows[__builtin_ctzll(left)];
        if (row->mutate && row->resource[0] != '*')
            return true;
    }
    return false;
}

const char *admit_plugin(size_t i)
{
    size_t n = 0;
    for (size_t k = 0; k < ARRAY_LEN(rows); k++) {
        if (k && !strcmp(rows[k].name, rows[k - 1].name))
            continue;
        if (n++ == i)
            return rows[k].name;
    }
    return NULL;
}

/* ── what plugins share ── */

bool admit_is(const struct admit_request *q, const char *group, const char *resource)
{
    return str_is(q->resource, resource) && str_is(q->group, group);
}

bool admit_is_main(const struct admit_request *q, const char *group, const char *resource)
{
    return q->subresource.n == 0 && admit_is(q, group, resource);
}

static struct str name_shown(const struct admit_request *q)
{
    struct str name = q->name.n ? q->name : value_text_at(q->object, "metadata.name");
    if (!name.n)
        name = value_text_at(q->object, "metadata.generateName");
    return name.n ? name : STR("Unknown");
}

int admit_forbid(struct admit_request *q, struct admit_answer *ans, const char *fmt, ...)
{
    SCOPED_BUF b = BUF_INIT(64u << 10);
    struct str name = name_shown(q);
    va_list ap;
    buf_str(&b, q->resource);
    if (q->group.n)
        buf_fmt(&b, ".%.*s", STR_FMT(q->group));
    buf_fmt(&b, " \"%.*s\" is forbidden: ", STR_FMT(name));
    va_start(ap, fmt);
    buf_vfmt(&b, fmt, ap);
    va_end(ap);
    int r = buf_error(&b);
    if (r == 0)
        r = arena_str(q->arena, buf_view(&b), &ans->message);
    ans->group = q->group;
    ans->resource = q->resource;
    ans->name = name;
    return r < 0 ? r : ADMIT_FORBIDDEN;
}

int admit_get(struct admit_request *q, const char *group, const char *resource, struct str namespace, struct str name, struct value *out,
              struct err *err)
{
    int r = q->lookup->get(q->lookup->ctx, q->arena, str_of(group), str_of(resource), namespace, name, out);
    return r < 0 ? err_raise(err, r, "cannot look up %s \"%.*s\"", resource, STR_FMT(name)) : r;
}

int admit_may(struct admit_request *q, const struct auth_ask *ask)
{
    struct auth_ask one = *ask;
    one.wait = q->wait;
    enum auth_decision d = q->lookup->may(q->lookup->ctx, &one);
    return d == AUTH_ALLOW ? 0 : d == AUTH_UNDECIDED ? ADMIT_WAITS : ADMIT_FORBIDDEN;
}

int admit_no_memory(struct err *err)
{
    return err_raise(err, -ENOMEM, "no memory to admit a request");
}

bool admit_is_mirror(const struct value *pod)
{
    return value_get(value_at(pod, "metadata.annotations"), ADMIT_MIRROR) != NULL;
}
