/* A definition's status: accepted names, conditions, stored versions. */
#include "crd/crd.h"

struct settling {
    struct arena *a;
    struct value *tree;
    struct str now, group, own; /* own: the definition's name */
    const char *reason;         /* of the first conflict */
    struct buf message;
    int error;
};

/* ── conditions ── */

static void set_condition(struct settling *s, const char *type, const char *status, const char *reason, struct str message)
{
    struct value *list = value_at(s->tree, "status.conditions"), *c = NULL;
    struct str text;
    if (s->error)
        return;
    if (value_is_null(list))
        list = value_put(s->a, s->tree, "status.conditions", value_make_list());
    VALUE_EACH_ITEM (item, list) {
        if (str_is(value_text_at(item, "type"), type))
            c = item;
    }
    if (c && str_is(value_text_at(c, "status"), status) && str_is(value_text_at(c, "reason"), reason) && str_eq(value_text_at(c, "message"), message))
        return;
    bool changed = !c || !str_is(value_text_at(c, "status"), status);
    struct str since = changed ? s->now : value_text_at(c, "lastTransitionTime");
    if (!c)
        c = list ? value_add(s->a, list, value_make_map()) : NULL;
    if (!c || arena_str(s->a, message, &text) < 0) {
        s->error = -ENOMEM;
        return;
    }
    VALUE_SET(&s->error, s->a, c, "type", value_make_text(str_of(type)));
    VALUE_SET(&s->error, s->a, c, "status", value_make_text(str_of(status)));
    VALUE_SET(&s->error, s->a, c, "lastTransitionTime", value_make_text(since));
    VALUE_SET(&s->error, s->a, c, "reason", value_make_text(str_of(reason)));
    VALUE_SET(&s->error, s->a, c, "message", value_make_text(text));
}

static bool condition_is(const struct value *tree, const char *type, const char *status)
{
    VALUE_EACH_ITEM (c, value_at(tree, "status.conditions")) {
        if (str_is(value_text_at(c, "type"), type))
            return str_is(value_text_at(c, "status"), status);
    }
    return false;
}

/* ── names ── */

static bool is_taken(struct settling *s, enum schema_name what, struct str name)
{
    SCOPED(schema_custom) owner = schema_custom_named(what, s->group, name);
    return owner && !str_eq(owner->name, s->own);
}

static void conflict(struct settling *s, const char *reason, struct str name)
{
    if (!s->message.n)
        s->reason = reason;
    if (s->message.n)
        buf_text(&s->message, ", ");
    fault_quote(name, &s->message);
    buf_text(&s->message, " is already in use");
}

static void take_name(struct settling *s, const char *field, enum schema_name what, const char *reason)
{
    struct str wanted = value_text(value_get(value_at(s->tree, "spec.names"), str_of(field)));
    if (!wanted.n)
        return;
    if (is_taken(s, what, wanted))
        conflict(s, reason, wanted);
    else if (!value_set(s->a, value_at(s->tree, "status.acceptedNames"), str_of(field), value_make_text(wanted)))
        s->error = -ENOMEM;
}

/* A list comes over as a whole or not at all. */
static void take_short_names(struct settling *s)
{
    struct value *list = value_at(s->tree, "spec.names.shortNames"), copy;
    size_t before = s->message.n;
    VALUE_EACH_ITEM (item, list) {
        if (is_taken(s, SCHEMA_NAME_RESOURCE, value_text(item)))
            conflict(s, "ShortNamesConflict", value_text(item));
    }
    if (s->message.n > before)
        return;
    value_del(value_at(s->tree, "status.acceptedNames"), STR("shortNames"));
    if (!value_count(list))
        return;
    if (value_copy(s->a, list, &copy) < 0)
        s->error = -ENOMEM;
    else
        VALUE_SET(&s->error, s->a, s->tree, "status.acceptedNames.shortNames", copy);
}

static void take_names(struct settling *s)
{
    struct value *categories = value_at(s->tree, "spec.names.categories"), copy;
    if (value_is_null(value_at(s->tree, "status.acceptedNames")))
        VALUE_SET(&s->error, s->a, s->tree, "status.acceptedNames", value_make_map());
    take_name(s, "plural", SCHEMA_NAME_RESOURCE, "PluralConflict");
    take_name(s, "singular", SCHEMA_NAME_RESOURCE, "SingularConflict");
    take_short_names(s);
    take_name(s, "kind", SCHEMA_NAME_KIND, "KindConflict");
    take_name(s, "listKind", SCHEMA_NAME_KIND, "ListKindConflict");
    value_del(value_at(s->tree, "status.acceptedNames"), STR("categories"));
    if (!value_count(categories))
        return;
    if (value_copy(s->a, categories, &copy) < 0)
        s->error = -ENOMEM;
    else
        VALUE_SET(&s->error, s->a, s->tree, "status.acceptedNames.categories", copy);
}

/* ── what is stored ── */

static void add_stored_version(struct settling *s)
{
    struct value *list = value_at(s->tree, "status.storedVersions");
    struct str storage = STR("");
    VALUE_EACH_ITEM (v, value_at(s->tree, "spec.versions")) {
        if (value_bool_at(v, "storage", false))
            storage = value_text_at(v, "name");
    }
    VALUE_EACH_ITEM (item, list) {
        if (str_eq(value_text(item), storage))
            return;
    }
    if (value_is_null(list))
        list = value_put(s->a, s->tree, "status.storedVersions", value_make_list());
    if (!list || !value_add(s->a, list, value_make_text(storage)))
        s->error = -ENOMEM;
}

static bool is_protected(struct str group)
{
    return str_is(group, "k8s.io") || str_is(group, "kubernetes.io") || str_ends(group, STR(".k8s.io")) || str_ends(group, STR(".kubernetes.io"));
}

static void judge_approval(struct settling *s)
{
    struct str note = value_text(value_get(value_at(s->tree, "metadata.annotations"), STR("api-approved.kubernetes.io")));
    SCOPED_BUF b = BUF_INIT(0);
    if (!is_protected(s->group))
        return;
    if (str_starts(note, STR("https://")) || str_starts(note, STR("http://"))) {
        buf_fmt(&b, "approved in %.*s", STR_FMT(note));
        set_condition(s, "KubernetesAPIApprovalPolicyConformant", "True", "ApprovedAnnotation", buf_view(&b));
    } else if (str_starts(note, STR("unapproved"))) {
        buf_fmt(&b, "not approved: \"%.*s\"", STR_FMT(note));
        set_condition(s, "KubernetesAPIApprovalPolicyConformant", "False", "UnapprovedAnnotation", buf_view(&b));
    } else {
        set_condition(s, "KubernetesAPIApprovalPolicyConformant", "False", note.n ? "InvalidAnnotation" : "MissingAnnotation",
                      STR("protected groups must have approval annotation \"api-approved.kubernetes.io\", see "
                          "https://github.com/kubernetes/enhancements/pull/1111"));
    }
}

static int start(struct settling *s, struct arena *a, struct value *tree, int64_t seconds)
{
    char text[32];
    *s = (struct settling){.a = a,
                           .tree = tree,
                           .group = value_text_at(tree, "spec.group"),
                           .own = value_text_at(tree, "metadata.name"),
                           .message = BUF_INIT(32 * 1024)};
    time_fmt_rfc3339(text, seconds);
    return arena_str(a, str_of(text), &s->now);
}

int crd_settle(struct arena *a, struct value *tree, const struct value *old, int64_t seconds)
{
    struct settling s;
    int r = start(&s, a, tree, seconds);
    if (r < 0)
        return r;
    bool was = old && condition_is(old, "Established", "True");
    add_stored_version(&s);
    take_names(&s);
    if (s.message.n)
        set_condition(&s, "NamesAccepted", "False", s.reason, buf_view(&s.message));
    else
        set_condition(&s, "NamesAccepted", "True", "NoConflicts", STR("no conflicts found"));
    if (was || !s.message.n)
        set_condition(&s, "Established", "True", "InitialNamesAccepted", STR("the initial names have been accepted"));
    else
        set_condition(&s, "Established", "False", "NotAccepted", STR("not all names are accepted"));
    judge_approval(&s);
    r = s.error ? s.error : buf_error(&s.message);
    buf_done(&s.message);
    return r;
}

int crd_terminate(struct arena *a, struct value *tree, int64_t seconds)
{
    struct settling s;
    int r = start(&s, a, tree, seconds);
    struct value *list = value_at(tree, "metadata.finalizers");
    if (r < 0)
        return r;
    set_condition(&s, "Terminating", "True", "InstanceDeletionPending",
                  STR("CustomResourceDefinition marked for deletion; CustomResource deletion will begin soon"));
    VALUE_EACH_ITEM (f, list) {
        if (str_is(value_text(f), CRD_FINALIZER))
            return s.error;
    }
    if (value_is_null(list))
        list = value_put(a, tree, "metadata.finalizers", value_make_list());
    return !list || !value_add(a, list, value_make_text(STR(CRD_FINALIZER))) ? -ENOMEM : s.error;
}
