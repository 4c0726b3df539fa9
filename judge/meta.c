#include "judge/judge.h"

/* A name that something will be put behind may end in a dash. */
static void name_prefix(struct judge *j, const struct at *at, struct str name, judge_rule *rule)
{
    char masked[256];
    const char *why[NAME_FAULTS_MAX];
    if (name.n < 2 || name.n > sizeof(masked) || name.p[name.n - 1] != '-') {
        judge_name(j, at, name, rule);
        return;
    }
    memcpy(masked, name.p, name.n);
    masked[name.n - 2] = 'a'; /* upstream drops the last two and puts an a */
    size_t n = rule(str_make(masked, name.n - 1), why);
    for (size_t i = 0; i < n; i++)
        judge_invalid_text(j, at, name, why[i]);
}

static void owner(struct judge *j, const struct at *at, const struct value *o)
{
    static const char *const needed[] = {"kind", "name", "uid"};
    struct str api = value_text_at(o, "apiVersion"), group, version;
    bool two = str_cut(api, '/', &group, &version);
    if (api.n == 0)
        judge_required(j, AT(at, "apiVersion"), "must not be empty");
    else if (two && (str_find(version, STR("/")) >= 0 || version.n == 0))
        judge_invalid_text(j, AT(at, "apiVersion"), api, "must be <group>/<version> or <version>");
    for (size_t i = 0; i < ARRAY_LEN(needed); i++) {
        if (value_text_at(o, needed[i]).n == 0)
            judge_required(j, AT(at, needed[i]), "must not be empty");
    }
    if (str_is(api, "v1") && str_is(value_text_at(o, "kind"), "Event"))
        judge_invalid(j, at, o, "/v1, Kind=Event is disallowed from being an owner");
}

static void owners(struct judge *j, const struct at *at, const struct value *list)
{
    const struct value *first = NULL;
    for (size_t i = 0; i < value_count(list); i++) {
        const struct value *o = value_item(list, i);
        owner(j, AT_ITEM(at, i), o);
        if (!value_bool_at(o, "controller", false))
            continue;
        if (first)
            judge_fault(j, at, FAULT_INVALID, list,
                        "Only one reference can have Controller set to true. Found \"true\" in references for "
                        "%.*s/%.*s and %.*s/%.*s",
                        STR_FMT(value_text_at(first, "kind")), STR_FMT(value_text_at(first, "name")), STR_FMT(value_text_at(o, "kind")),
                        STR_FMT(value_text_at(o, "name")));
        else
            first = o;
    }
}

static bool standard_finalizer(struct str s)
{
    return str_is(s, "kubernetes") || str_is(s, "orphan") || str_is(s, "foregroundDeletion");
}

static void finalizers(struct judge *j, const struct at *at, const struct value *list, bool names)
{
    bool orphan = false, foreground = false;
    for (size_t i = 0; i < value_count(list); i++) {
        struct str f = value_text(value_item(list, i));
        if (names)
            judge_name(j, at, f, name_label_key);
        orphan |= str_is(f, "orphan");
        foreground |= str_is(f, "foregroundDeletion");
    }
    if (names && orphan && foreground)
        judge_invalid(j, at, list, "finalizer orphan and foregroundDeletion cannot be both set");
    for (size_t i = 0; i < value_count(list); i++) {
        struct str f = value_text(value_item(list, i));
        if (str_find(f, STR("/")) < 0 && !standard_finalizer(f))
            judge_invalid_text(j, AT_ITEM(at, i), f, "name is neither a standard finalizer name nor is it fully qualified");
    }
}

static void managed(struct judge *j, const struct at *at, const struct value *list)
{
    static const char *const operations[] = {"Apply", "Update", NULL};
    for (size_t i = 0; i < value_count(list); i++) {
        const struct value *e = value_item(list, i);
        const struct at *here = AT_ITEM(at, i);
        struct str type = value_text_at(e, "fieldsType");
        if (value_text_at(e, "operation").n == 0)
            judge_required(j, AT(here, "operation"), "must not be empty");
        else
            judge_one_of(j, AT(here, "operation"), value_at(e, "operation"), true, operations);
        if (type.n && !str_is(type, "FieldsV1"))
            judge_invalid_text(j, AT(here, "fieldsType"), type, "must be `FieldsV1`");
        if (value_text_at(e, "manager").n > 128)
            judge_too_long(j, AT(here, "manager"), 128);
        if (value_text_at(e, "subresource").n > 256)
            judge_too_long(j, AT(here, "subresource"), 256);
    }
}

static void common(struct judge *j, const struct at *at, const struct value *meta)
{
    judge_not_negative(j, at, meta, "generation");
    judge_labels(j, AT(at, "labels"), value_get(meta, STR("labels")));
    judge_annotations(j, AT(at, "annotations"), value_get(meta, STR("annotations")));
    owners(j, AT(at, "ownerReferences"), value_get(meta, STR("ownerReferences")));
}

void judge_meta(struct judge *j, const struct value *meta, bool namespaced, judge_rule *rule)
{
    const struct at *at = AT(NULL, "metadata");
    struct str name = value_text_at(meta, "name"), generate = value_text_at(meta, "generateName");
    struct str ns = value_text_at(meta, "namespace");
    if (generate.n)
        name_prefix(j, AT(at, "generateName"), generate, rule);
    if (name.n == 0)
        judge_required(j, AT(at, "name"), "name or generateName is required");
    else
        judge_name(j, AT(at, "name"), name, rule);
    if (namespaced && ns.n == 0)
        judge_required(j, AT(at, "namespace"), "");
    else if (namespaced)
        judge_name(j, AT(at, "namespace"), ns, name_dns_label);
    else if (ns.n)
        judge_forbidden(j, AT(at, "namespace"), "not allowed on this type");
    common(j, at, meta);
    finalizers(j, AT(at, "finalizers"), value_get(meta, STR("finalizers")), true);
    managed(j, AT(at, "managedFields"), value_get(meta, STR("managedFields")));
}

static bool holds(const struct value *list, struct str text)
{
    VALUE_EACH_ITEM (v, list) {
        if (str_eq(value_text(v), text))
            return true;
    }
    return false;
}

static void no_new_finalizers(struct judge *j, const struct at *at, const struct value *now, const struct value *old)
{
    SCOPED_BUF found = BUF_INIT(0);
    VALUE_EACH_ITEM (v, now) {
        if (holds(old, value_text(v)))
            continue;
        buf_text(&found, found.n ? ", " : "");
        fault_quote(value_text(v), &found);
    }
    if (found.n)
        judge_fault(j, at, FAULT_FORBIDDEN, NULL, "no new finalizers can be added if the object is being deleted, found new finalizers []string{%s}",
                    buf_cstr(&found));
}

void judge_meta_update(struct judge *j, const struct value *meta, const struct value *old)
{
    static const char *const fixed[] = {"name", "namespace", "uid", "creationTimestamp", "deletionTimestamp", "deletionGracePeriodSeconds"};
    const struct at *at = AT(NULL, "metadata");
    if (judge_present(value_get(old, STR("deletionTimestamp"))))
        no_new_finalizers(j, AT(at, "finalizers"), value_get(meta, STR("finalizers")), value_get(old, STR("finalizers")));
    if (value_text_at(meta, "resourceVersion").n == 0)
        judge_invalid_text(j, AT(at, "resourceVersion"), STR(""), "must be specified for an update");
    if (value_int_at(meta, "generation", 0) < value_int_at(old, "generation", 0))
        judge_invalid_int(j, AT(at, "generation"), value_int_at(meta, "generation", 0), "must not be decremented");
    for (size_t i = 0; i < ARRAY_LEN(fixed); i++) {
        const struct value *now = value_get(meta, str_of(fixed[i]));
        struct value empty = value_make_text(STR(""));
        if (i < 3 && !now)
            now = &empty; /* names are texts: shown as "" */
        judge_immutable(j, AT(at, fixed[i]), now, value_get(old, str_of(fixed[i])));
    }
    common(j, at, meta);
    finalizers(j, AT(at, "finalizers"), value_get(meta, STR("finalizers")), false);
    managed(j, AT(at, "managedFields"), value_get(meta, STR("managedFields")));
}

static bool good_reason(struct str s)
{
    if (s.n == 0)
        return false;
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'), digit = c >= '0' && c <= '9';
        bool inner = i > 0 && (digit || c == '_' || (i + 1 < s.n && (c == ',' || c == ':')));
        if (!letter && !inner)
            return false;
    }
    return true;
}

/* metav1.Condition */
void judge_conditions(struct judge *j, const struct at *at, const struct value *conditions)
{
    static const char *const statuses[] = {"False", "True", "Unknown", NULL};
    for (size_t i = 0; i < value_count(conditions); i++) {
        const struct value *c = value_item(conditions, i);
        const struct at *here = AT_ITEM(at, i);
        struct str type = value_text_at(c, "type"), reason = value_text_at(c, "reason");
        for (size_t k = 0; k < i; k++) {
            if (str_eq(value_text_at(value_item(conditions, k), "type"), type)) {
                judge_duplicate_text(j, here, type);
                break;
            }
        }
        if (type.n == 0)
            judge_required(j, AT(here, "type"), "is required");
        else
            judge_name(j, AT(here, "type"), type, name_label_key);
        judge_one_of(j, AT(here, "status"), value_at(c, "status"), true, statuses);
        judge_not_negative(j, here, c, "observedGeneration");
        if (!judge_present(value_at(c, "lastTransitionTime")))
            judge_required(j, AT(here, "lastTransitionTime"), "");
        if (reason.n == 0)
            judge_required(j, AT(here, "reason"), "");
        else if (!good_reason(reason))
            judge_invalid_text(j, AT(here, "reason"), reason,
                               "a condition reason must start with alphabetic character, optionally followed by a "
                               "string of alphanumeric characters or '_,:', and must end with an alphanumeric "
                               "character or '_' (e.g. 'my_name',  or 'MY_NAME',  or 'MyName',  or 'ReasonA,ReasonB',  "
                               "or 'ReasonA:ReasonB', regex used for validation is "
                               "'[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?')");
        if (value_text_at(c, "message").n > 32 * 1024)
            judge_too_long(j, AT(here, "message"), 32 * 1024);
    }
}
