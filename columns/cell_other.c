#include "columns/inside.h"
#include "selector/selector.h"

/* ── volumes and claims ── */
static int modes(struct cells *c, const struct value *list, struct value *out)
{
    static const char *const names[][2] = {{"ReadWriteOnce", "RWO"}, {"ReadOnlyMany", "ROX"}, {"ReadWriteMany", "RWX"}, {"ReadWriteOncePod", "RWOP"}};
    SCOPED_BUF b = BUF_INIT(0);
    for (size_t i = 0; i < ARRAY_LEN(names); i++) {
        VALUE_EACH_ITEM (v, list) {
            if (!str_is(value_text(v), names[i][0]))
                continue;
            buf_fmt(&b, "%s%s", b.n ? "," : "", names[i][1]);
            break;
        }
    }
    return cell_buf(c, out, &b);
}

int cell_volume_modes(struct cells *c, struct value *out)
{
    return modes(c, value_at(c->tree, "spec.accessModes"), out);
}

int cell_claim_modes(struct cells *c, struct value *out)
{
    if (value_text_at(c->tree, "spec.volumeName").n == 0)
        return cell_text(c, out, "%s", "");
    return modes(c, value_at(c->tree, "status.accessModes"), out);
}

int cell_volume_size(struct cells *c, struct value *out)
{
    struct str size = value_text_at(c->tree, "spec.capacity.storage");
    return cell_text(c, out, "%.*s", STR_FMT(size.n ? size : STR("0")));
}

int cell_claim_size(struct cells *c, struct value *out)
{
    struct str size = value_text_at(c->tree, "status.capacity.storage");
    if (value_text_at(c->tree, "spec.volumeName").n == 0)
        return cell_text(c, out, "%s", "");
    return cell_text(c, out, "%.*s", STR_FMT(size.n ? size : STR("0")));
}

int cell_volume_phase(struct cells *c, struct value *out)
{
    if (!value_is_null(value_at(c->tree, "metadata.deletionTimestamp")))
        return cell_text(c, out, "Terminating");
    return cell_text(c, out, "%.*s", STR_FMT(value_text_at(c->tree, "status.phase")));
}

int cell_volume_claim(struct cells *c, struct value *out)
{
    struct value *ref = value_at(c->tree, "spec.claimRef");
    if (value_is_null(ref))
        return cell_text(c, out, "%s", "");
    return cell_text(c, out, "%.*s/%.*s", STR_FMT(value_text_at(ref, "namespace")), STR_FMT(value_text_at(ref, "name")));
}

int cell_volume_class(struct cells *c, struct value *out)
{
    const struct value *old = value_get(value_at(c->tree, "metadata.annotations"), STR("volume.beta.kubernetes.io/storage-class"));
    return cell_text(c, out, "%.*s", STR_FMT(old ? value_text(old) : value_text_at(c->tree, "spec.storageClassName")));
}

int cell_class_name(struct cells *c, struct value *out)
{
    static const char *const keys[] = {"storageclass.kubernetes.io/is-default-class", "storageclass.beta.kubernetes.io/is-default-class",
                                       "volumeattributesclass.kubernetes.io/is-default-class"};
    const struct value *annotations = value_at(c->tree, "metadata.annotations");
    bool chosen = false;
    for (size_t i = 0; i < ARRAY_LEN(keys); i++)
        chosen |= str_is(value_text(value_get(annotations, str_of(keys[i]))), "true");
    return cell_text(c, out, "%.*s%s", STR_FMT(value_text_at(c->tree, "metadata.name")), chosen ? " (default)" : "");
}

int cell_token_requests(struct cells *c, struct value *out)
{
    struct value *list = value_at(c->tree, "spec.tokenRequests");
    SCOPED_BUF b = BUF_INIT(0);
    if (value_is_null(list))
        return cell_text(c, out, "<unset>");
    VALUE_EACH_ITEM (t, list) {
        buf_text(&b, t == value_item(list, 0) ? "" : ",");
        buf_str(&b, value_text_at(t, "audience"));
    }
    return cell_buf(c, out, &b);
}

/* ── role bindings ── */
int cell_role_ref(struct cells *c, struct value *out)
{
    return cell_text(c, out, "%.*s/%.*s", STR_FMT(value_text_at(c->tree, "roleRef.kind")), STR_FMT(value_text_at(c->tree, "roleRef.name")));
}

static int subjects(struct cells *c, const char *kind, struct value *out)
{
    struct value *list = value_at(c->tree, "subjects");
    SCOPED_BUF b = BUF_INIT(0);
    VALUE_EACH_ITEM (s, list) {
        struct str ns = value_text_at(s, "namespace");
        if (!str_is(value_text_at(s, "kind"), kind))
            continue;
        buf_text(&b, b.n ? ", " : "");
        if (str_is(str_of(kind), "ServiceAccount") && ns.n)
            buf_fmt(&b, "%.*s/", STR_FMT(ns));
        buf_str(&b, value_text_at(s, "name"));
    }
    return cell_buf(c, out, &b);
}

int cell_users(struct cells *c, struct value *out)
{
    return subjects(c, "User", out);
}

int cell_groups(struct cells *c, struct value *out)
{
    return subjects(c, "Group", out);
}

int cell_accounts(struct cells *c, struct value *out)
{
    return subjects(c, "ServiceAccount", out);
}

/* ── certificate requests ── */
int cell_request_condition(struct cells *c, struct value *out)
{
    struct value *list = value_at(c->tree, "status.conditions");
    bool approved = false, denied = false, broken = false;
    VALUE_EACH_ITEM (v, list) {
        struct str type = value_text_at(v, "type");
        approved |= str_is(type, "Approved");
        denied |= str_is(type, "Denied");
        broken |= str_is(type, "Failed");
    }
    return cell_text(c, out, "%s%s%s",
                     denied     ? "Denied"
                     : approved ? "Approved"
                                : "Pending",
                     broken ? ",Failed" : "", value_text_at(c->tree, "status.certificate").n ? ",Issued" : "");
}

int cell_request_duration(struct cells *c, struct value *out)
{
    struct value *seconds = value_at(c->tree, "spec.expirationSeconds");
    char text[32];
    if (value_is_null(seconds))
        return cell_text(c, out, "<none>");
    columns_duration(value_int(seconds, 0), text);
    return cell_text(c, out, "%s", text);
}

int cell_config_data(struct cells *c, struct value *out)
{
    *out = value_make_int((int64_t)(value_count(value_at(c->tree, "data")) + value_count(value_at(c->tree, "binaryData"))));
    return 0;
}

/* ── admission policies ── */
int cell_param_kind(struct cells *c, struct value *out)
{
    struct value *p = value_at(c->tree, "spec.paramKind");
    if (value_is_null(p))
        return cell_text(c, out, "<unset>");
    return cell_text(c, out, "%.*s/%.*s", STR_FMT(value_text_at(p, "apiVersion")), STR_FMT(value_text_at(p, "kind")));
}

int cell_param_ref(struct cells *c, struct value *out)
{
    struct value *p = value_at(c->tree, "spec.paramRef");
    struct str name = value_text_at(p, "name"), ns = value_text_at(p, "namespace");
    struct selector *s;
    if (name.n)
        return cell_text(c, out, "%.*s/%.*s", STR_FMT(ns.n ? ns : STR("*")), STR_FMT(name));
    if (value_is_null(value_at(p, "selector")))
        return cell_text(c, out, "<unset>");
    int r = selector_from_tree(c->arena, value_at(p, "selector"), &s, NULL);
    if (r < 0)
        return r == -ENOMEM ? r : cell_text(c, out, "<error>");
    SCOPED_BUF b = BUF_INIT(0);
    selector_print(s, &b);
    return cell_buf(c, out, &b);
}

int cell_dangling(struct cells *c, struct value *out)
{
    struct value *list = value_at(c->tree, "status.conditions");
    VALUE_EACH_ITEM (v, list) {
        if (str_is(value_text_at(v, "type"), "Dangling"))
            return cell_text(c, out, "%.*s", STR_FMT(value_text_at(v, "status")));
    }
    return cell_text(c, out, "?");
}

int cell_claim_state(struct cells *c, struct value *out)
{
    bool gone = !value_is_null(value_at(c->tree, "metadata.deletionTimestamp"));
    bool allocated = !value_is_null(value_at(c->tree, "status.allocation"));
    bool reserved = allocated && value_count(value_at(c->tree, "status.reservedFor"));
    if (!allocated)
        return cell_text(c, out, "%s", gone ? "deleted" : "pending");
    return cell_text(c, out, "%sallocated%s", gone ? "deleted," : "", reserved ? ",reserved" : "");
}

/* ── groups of pods ── */
int cell_group_policy(struct cells *c, struct value *out)
{
    return cell_text(c, out, "%s", value_is_null(value_at(c->tree, "spec.schedulingPolicy.gang")) ? "Basic" : "Gang");
}

int cell_group_status(struct cells *c, struct value *out)
{
    struct value *list = value_at(c->tree, "status.conditions");
    struct str status = STR("Pending"), disrupted = STR_NONE;
    VALUE_EACH_ITEM (v, list) {
        if (str_is(value_text_at(v, "type"), "PodGroupInitiallyScheduled"))
            status = str_is(value_text_at(v, "status"), "True") ? STR("Scheduled") : STR("Unschedulable");
        else if (str_is(value_text_at(v, "type"), "DisruptionTarget"))
            disrupted = value_text_at(v, "reason");
    }
    return cell_text(c, out, "%.*s", STR_FMT(disrupted.p ? disrupted : status));
}

/* ── aggregated APIs and components ── */
int cell_api_service(struct cells *c, struct value *out)
{
    struct value *s = value_at(c->tree, "spec.service");
    if (value_is_null(s))
        return cell_text(c, out, "Local");
    return cell_text(c, out, "%.*s/%.*s", STR_FMT(value_text_at(s, "namespace")), STR_FMT(value_text_at(s, "name")));
}

static int told_by(struct cells *c, const char *type, struct value *out)
{
    struct value *list = value_at(c->tree, "status.conditions");
    VALUE_EACH_ITEM (v, list) {
        struct str status = value_text_at(v, "status");
        if (!str_is(value_text_at(v, "type"), type))
            continue;
        if (str_is(status, "True"))
            return cell_text(c, out, "True");
        return cell_text(c, out, "%.*s (%.*s)", STR_FMT(status), STR_FMT(value_text_at(v, "reason")));
    }
    return cell_text(c, out, "Unknown");
}

int cell_api_available(struct cells *c, struct value *out)
{
    return told_by(c, "Available", out);
}

int cell_profile_accepted(struct cells *c, struct value *out)
{
    return told_by(c, "Accepted", out);
}

static const struct value *healthy(const struct cells *c)
{
    struct value *list = value_at(c->tree, "conditions");
    VALUE_EACH_ITEM (v, list) {
        if (str_is(value_text_at(v, "type"), "Healthy"))
            return v;
    }
    return NULL;
}

int cell_component(struct cells *c, struct value *out)
{
    const struct value *v = healthy(c);
    return cell_text(c, out, "%s", !v ? "Unknown" : str_is(value_text_at(v, "status"), "True") ? "Healthy" : "Unhealthy");
}

int cell_component_message(struct cells *c, struct value *out)
{
    return cell_text(c, out, "%.*s", STR_FMT(value_text_at(healthy(c), "message")));
}

int cell_component_error(struct cells *c, struct value *out)
{
    return cell_text(c, out, "%.*s", STR_FMT(value_text_at(healthy(c), "error")));
}
