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
    {"Priority", CREATE | UPDATE, "", "pods", priority_mutate, NULL, 0},
    {"Priority", CREATE | UPDATE, "scheduling.k8s.io", "priorityclasses", NULL, priority_validate, 0},
    {"DefaultTolerationSeconds", CREATE | UPDATE, "", "pods", tolerations_mutate, NULL, 0},
    {"OwnerReferencesPermissionEnforcement", CREATE | UPDATE, "*", "*", NULL, owners_validate, ADMIT_OWNER_REFERENCES},
    {"DefaultStorageClass", CREATE, "", "persistentvolumeclaims", storage_class_mutate, NULL, 0},
    {"RuntimeClass", CREATE, "", "pods", runtime_class_mutate, runtime_class_validate, 0},
    {"CertificateApproval", UPDATE, "certificates.k8s.io", "certificatesigningrequests", NULL, certificate_approval, 0},
    {"CertificateSigning", UPDATE, "certificates.k8s.io", "certificatesigningrequests", NULL, certificate_signing, 0},
    {"CertificateSubjectRestriction", CREATE, "certificates.k8s.io", "certificatesigningrequests", NULL,
     certificate_subject, 0},
    {"DefaultIngressClass", CREATE, "networking.k8s.io", "ingresses", ingress_class_mutate, NULL, 0},
};

static bool row_fits(const struct row *row, enum admit_operation operation, struct str group, struct str resource)
{
    return (row->operations & operation) && (row->resource[0] == '*' || str_is(resource, row->resource)) &&
           (row->group[0] == '*' || str_is(group, row->group));
}

static int plugins_run(struct admit_request *q, struct admit_answer *ans, bool mutate, struct err *err)
{
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        admit_fn fn = mutate ? rows[i].mutate : rows[i].validate;
        if (!fn || !row_fits(&rows[i], q->operation, q->group, q->resource) || (rows[i].extra & ~q->extra))
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
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        if (row_fits(&rows[i], operation, group, resource))
            return true;
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

int admit_get(struct admit_request *q, const char *group, const char *resource, struct str namespace, struct str name,
              struct value *out, struct err *err)
{
    int r = q->lookup->get(q->lookup->ctx, q->arena, str_of(group), str_of(resource), namespace, name, out);
    return r < 0 ? err_raise(err, r, "cannot look up %s \"%.*s\"", resource, STR_FMT(name)) : r;
}

int admit_no_memory(struct err *err)
{
    return err_raise(err, -ENOMEM, "no memory to admit a request");
}

bool admit_is_mirror(const struct value *pod)
{
    return value_get(value_at(pod, "metadata.annotations"), ADMIT_MIRROR) != NULL;
}
