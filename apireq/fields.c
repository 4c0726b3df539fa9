/* Which field selectors each resource takes, as upstream registers them. */
#include "apireq/apireq.h"
#include "selector/selector.h"

struct labels {
    const char *group, *resource;
    const char *names; /* comma separated */
};

static const struct labels labels[] = {
    {"", "pods",
     "spec.nodeName,spec.restartPolicy,spec.schedulerName,spec.serviceAccountName,spec.hostNetwork,"
     "status.phase,status.podIP,status.podIPs,status.nominatedNodeName"},
    {"", "events",
     "involvedObject.kind,involvedObject.namespace,involvedObject.name,involvedObject.uid,"
     "involvedObject.apiVersion,involvedObject.resourceVersion,involvedObject.fieldPath,reason,"
     "reportingComponent,source,type"},
    {"events.k8s.io", "events",
     "regarding.kind,regarding.namespace,regarding.name,regarding.uid,regarding.apiVersion,"
     "regarding.resourceVersion,regarding.fieldPath,reason,reportingController,type,"
     "involvedObject.kind,involvedObject.namespace,involvedObject.name,involvedObject.uid,"
     "involvedObject.apiVersion,involvedObject.resourceVersion,involvedObject.fieldPath,"
     "reportingComponent,source"},
    {"", "secrets", "type"},
    {"", "nodes", "spec.unschedulable"},
    {"", "namespaces", "status.phase"},
    {"", "services", "spec.clusterIP,spec.type"},
    {"", "replicationcontrollers", "status.replicas"},
    {"apps", "replicasets", "status.replicas"},
    {"batch", "jobs", "status.successful"},
    {"certificates.k8s.io", "certificatesigningrequests", "spec.signerName"},
    {"certificates.k8s.io", "clustertrustbundles", "spec.signerName"},
    {"certificates.k8s.io", "podcertificaterequests", "spec.signerName,spec.podName,spec.nodeName"},
    {"resource.k8s.io", "resourceslices", "spec.nodeName,spec.driver"},
};

/* A label's field where the two differ in the stored version. */
static const struct {
    const char *group, *resource, *label, *path;
} moved[] = {
    {"", "events", "source", "source.component|reportingComponent"},
    {"events.k8s.io", "events", "source", "source.component|reportingComponent"},
    {"events.k8s.io", "events", "regarding.kind", "involvedObject.kind"},
    {"events.k8s.io", "events", "regarding.namespace", "involvedObject.namespace"},
    {"events.k8s.io", "events", "regarding.name", "involvedObject.name"},
    {"events.k8s.io", "events", "regarding.uid", "involvedObject.uid"},
    {"events.k8s.io", "events", "regarding.apiVersion", "involvedObject.apiVersion"},
    {"events.k8s.io", "events", "regarding.resourceVersion", "involvedObject.resourceVersion"},
    {"events.k8s.io", "events", "regarding.fieldPath", "involvedObject.fieldPath"},
    {"events.k8s.io", "events", "reportingController", "reportingComponent"},
    {"batch", "jobs", "status.successful", "status.succeeded"},
};

static bool listed(const char *names, struct str name)
{
    struct str rest = str_of(names), piece;
    while (str_next(&rest, ',', &piece))
        if (str_eq(piece, name))
            return true;
    return false;
}

static bool supported(const struct schema_resource *r, struct str label)
{
    if (str_is(label, "metadata.name") || (str_is(label, "metadata.namespace") && r->namespaced))
        return true;
    for (const struct str *own = r->selectable; own && own->p; own++)
        if (str_eq(*own, label))
            return true;
    for (size_t i = 0; i < ARRAY_LEN(labels); i++)
        if (str_is(r->group, labels[i].group) && str_is(r->name, labels[i].resource))
            return listed(labels[i].names, label);
    return false;
}

static bool has_own(const struct schema_resource *r)
{
    if (r->custom)
        return true;
    for (size_t i = 0; i < ARRAY_LEN(labels); i++)
        if (str_is(r->group, labels[i].group) && str_is(r->name, labels[i].resource))
            return true;
    return false;
}

static int check(struct arena *a, const struct schema_resource *r, const struct selector *s, struct apireq_status *st)
{
    const char *label;
    for (size_t i = 0; (label = selector_field(s, i)) != NULL; i++) {
        if (supported(r, str_of(label)))
            continue;
        if (has_own(r)) /* upstream's wording differs where a kind has registered nothing of its own */
            apireq_status_bad_request(a, st, "field label not supported: %s", label);
        else
            apireq_status_bad_request(a, st, "%s is not a known field selector: only \"metadata.name\", \"metadata.namespace\"", label);
        return 1;
    }
    return 0;
}

static struct str path_of(const struct schema_resource *r, struct str label)
{
    for (size_t i = 0; i < ARRAY_LEN(moved); i++)
        if (str_is(r->group, moved[i].group) && str_is(r->name, moved[i].resource) && str_is(label, moved[i].label))
            return str_of(moved[i].path);
    return label;
}

/* An absent boolean reads as "" but means false: `f=false` asks for anything but true. */
static void write_term(struct buf *b, const struct schema_resource *r, struct str label, bool unequal, struct str value)
{
    bool flag = str_is(label, "spec.unschedulable") || str_is(label, "spec.hostNetwork");
    if (flag && str_is(value, "false")) {
        unequal = !unequal;
        value = STR("true");
    }
    buf_str(b, path_of(r, label));
    buf_text(b, unequal ? "!=" : "=");
    buf_str(b, value);
}

/* The next term, up to a comma that is not escaped. */
static bool next_term(struct str *rest, struct str *term)
{
    if (!rest->p)
        return false;
    for (size_t i = 0; i < rest->n; i++) {
        if (rest->p[i] == '\\') {
            i++;
        } else if (rest->p[i] == ',') {
            *term = str_head(*rest, i);
            *rest = str_from(*rest, i + 1);
            return true;
        }
    }
    *term = *rest;
    *rest = STR_NONE;
    return true;
}

static int rewrite(struct arena *a, const struct schema_resource *r, struct str text, struct selector **out, struct err *err)
{
    SCOPED_BUF b = BUF_INIT(1024 * 1024);
    struct str rest = text, term;
    while (next_term(&rest, &term)) {
        size_t at = 0;
        while (at < term.n && term.p[at] != '=' && term.p[at] != '!')
            at++;
        if (at >= term.n)
            continue;
        bool unequal = term.p[at] == '!';
        size_t op = unequal || (at + 1 < term.n && term.p[at + 1] == '=') ? 2 : 1;
        if (b.n)
            buf_char(&b, ',');
        write_term(&b, r, str_head(term, at), unequal, str_from(term, at + op));
    }
    int e = buf_error(&b);
    return e < 0 ? e : selector_parse_fields(a, buf_view(&b), out, err);
}

static int refuse(struct arena *a, int r, const struct err *err, struct apireq_status *st)
{
    if (r == -ENOMEM)
        apireq_status_memory(st);
    else
        apireq_status_bad_request(a, st, "%s", err->text);
    return 1;
}

int apireq_selectors(struct arena *a, const struct schema_resource *r, const struct apireq_options *o, struct selector **labels_out,
                     struct selector **fields_out, struct apireq_status *st)
{
    struct err err = {{0}};
    *labels_out = *fields_out = NULL;
    if (o->label_selector.n) {
        int e = selector_parse_labels(a, o->label_selector, labels_out, &err);
        if (e < 0)
            return refuse(a, e, &err, st);
    }
    if (o->field_selector.n) {
        struct selector *asked = NULL;
        int e = selector_parse_fields(a, o->field_selector, &asked, &err);
        if (e < 0)
            return refuse(a, e, &err, st);
        if (check(a, r, asked, st))
            return 1;
        e = rewrite(a, r, o->field_selector, fields_out, &err);
        if (e < 0)
            return refuse(a, e, &err, st);
    }
    return 0;
}
