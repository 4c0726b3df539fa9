/* What is asked of a definition beside its names, which the room valid looks at. */
#include "crd/inside.h"
#include "structural/structural.h"

struct check {
    struct faults *f;
    struct crd_path at;
};

static void fault(struct check *c, enum fault_type type, const char *field, const struct value *bad, const char *fmt, ...) PRINTF(5, 6);
static void fault(struct check *c, enum fault_type type, const char *field, const struct value *bad, const char *fmt, ...)
{
    char why[768];
    size_t before = field ? crd_path_field(&c->at, field) : c->at.n;
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(why, sizeof(why), fmt, ap);
    va_end(ap);
    fault_add(c->f, type, c->at.text, bad, "%s", why);
    crd_path_cut(&c->at, before);
}

/* ── columns ── */

static bool one_of(struct str s, const char *const *list, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (str_is(s, list[i]))
            return true;
    return false;
}

static void check_columns(struct check *c, const struct value *columns)
{
    static const char *const types[] = {"boolean", "date", "integer", "number", "string"};
    static const char *const formats[] = {"byte", "date", "date-time", "double", "float", "int32", "int64", "password"};
    const struct value *hit;
    size_t i = 0, before = crd_path_field(&c->at, "additionalPrinterColumns");
    VALUE_EACH_ITEM (column, columns) {
        size_t here = crd_path_item(&c->at, i++);
        const struct value *type = value_get(column, STR("type")), *format = value_get(column, STR("format"));
        const struct value *path = value_get(column, STR("jsonPath"));
        if (!value_text_at(column, "name").n)
            fault(c, FAULT_REQUIRED, "name", NULL, "%s", "");
        if (!value_text(type).n)
            fault(c, FAULT_REQUIRED, "type", NULL, "must be one of boolean,date,integer,number,string");
        else if (!one_of(value_text(type), types, ARRAY_LEN(types)))
            fault(c, FAULT_INVALID, "type", type, "must be one of boolean,date,integer,number,string");
        if (value_text(format).n && !one_of(value_text(format), formats, ARRAY_LEN(formats)))
            fault(c, FAULT_INVALID, "format", format, "must be one of byte,date,date-time,double,float,int32,int64,password");
        if (!value_text(path).n) /* the name of this field is that of upstream's own form of a definition */
            fault(c, FAULT_REQUIRED, "JSONPath", NULL, "%s", "");
        else if (!str_starts(value_text(path), STR(".")) || structural_path_find(value_text(path), NULL, &hit, 1) < 0)
            fault(c, FAULT_INVALID, "JSONPath", path, "must be a simple json path starting with .");
        crd_path_cut(&c->at, here);
    }
    crd_path_cut(&c->at, before);
}

/* ── subresources ── */

static bool is_simple(struct str path) /* .a.b without brackets */
{
    for (size_t i = 0; i < path.n; i++)
        if (path.p[i] == '[' || path.p[i] == ']' || path.p[i] == '*' || (path.p[i] == '.' && i + 1 < path.n && path.p[i + 1] == '.'))
            return false;
    return str_starts(path, STR(".")) && path.n > 1;
}

static void check_scale_path(struct check *c, const struct value *scale, const char *field, const char *under, const char * or, bool required)
{
    const struct value *v = value_get(scale, str_of(field));
    struct str path = value_text(v);
    if (!path.n) {
        if (required)
            fault(c, FAULT_REQUIRED, field, NULL, "%s", "");
        return;
    }
    if (!str_starts(path, STR(".")))
        fault(c, FAULT_INVALID, field, v, "must be a simple json path starting with .");
    else if (!is_simple(path))
        fault(c, FAULT_INVALID, field, v, "should be a json path without array notation");
    else if (!str_starts(path, str_of(under)) && !(or &&str_starts(path, str_of(or))))
        fault(c, FAULT_INVALID, field, v, "should be a json path under %s%.*s%s%.*s", or ? "either " : "", (int)strlen(under) - 1, under,
              or ? " or " : "", or ? (int)strlen(or) - 1 : 0, or ? or : "");
}

static void check_subresources(struct check *c, const struct value *subs)
{
    const struct value *scale = value_get(subs, STR("scale"));
    if (value_is_null(scale))
        return;
    size_t before = crd_path_field(&c->at, "subresources");
    crd_path_field(&c->at, "scale");
    check_scale_path(c, scale, "specReplicasPath", ".spec.", NULL, true);
    check_scale_path(c, scale, "statusReplicasPath", ".status.", NULL, true);
    check_scale_path(c, scale, "labelSelectorPath", ".spec.", ".status.", false);
    crd_path_cut(&c->at, before);
}

static struct str first_name(struct str path)
{
    size_t n = 0;
    while (n < path.n && path.p[n] != '.' && path.p[n] != '[')
        n++;
    return str_head(path, n);
}

static void check_selectable_path(struct check *c, const struct value *schema, const struct value *list, size_t i, size_t *distinct)
{
    const struct value *path = value_get(value_item(list, i), STR("jsonPath")), *at = crd_schema_at(schema, value_text(path));
    struct str type = value_text_at(at, "type");
    if (!value_text(path).n)
        return fault(c, FAULT_REQUIRED, "jsonPath", NULL, "%s", "");
    if (value_text(path).p[0] != '.')
        return fault(c, FAULT_INVALID, "jsonPath", path, "is an invalid path: expected [ or . but got: %.*s", STR_FMT(first_name(value_text(path))));
    if (!is_simple(value_text(path)))
        return fault(c, FAULT_INVALID, "jsonPath", path, "is an invalid path: array notation is not allowed");
    if (at && str_starts(value_text(path), STR(".metadata")))
        fault(c, FAULT_INVALID, "jsonPath", path, "must not point to fields in metadata");
    else if (!at)
        return fault(c, FAULT_INVALID, "jsonPath", path, "is an invalid path: does not refer to a valid field");
    else if (!str_is(type, "string") && !str_is(type, "integer") && !str_is(type, "boolean"))
        fault(c, FAULT_INVALID, "jsonPath", path,
              "must point to a field of type string, boolean or integer. Enum string fields and strings with formats are allowed.");
    bool known = false;
    for (size_t k = 0; k < i && !known; k++)
        known = str_eq(value_text_at(value_item(list, k), "jsonPath"), value_text(path));
    *distinct += !known;
    if (known)
        fault(c, FAULT_DUPLICATE, "jsonPath", path, "%s", "");
}

static void check_selectable(struct check *c, const struct value *v)
{
    const struct value *list = value_get(v, STR("selectableFields")), *schema = value_at(v, "schema.openAPIV3Schema");
    size_t distinct = 0, before = crd_path_field(&c->at, "selectableFields");
    for (size_t i = 0; i < value_count(list); i++) {
        size_t here = crd_path_item(&c->at, i);
        check_selectable_path(c, schema, list, i, &distinct);
        crd_path_cut(&c->at, here);
    }
    if (distinct > 8) {
        struct value n = value_make_int((int64_t)distinct);
        fault(c, FAULT_TOO_MANY, NULL, &n, "must have at most 8 items");
    }
    crd_path_cut(&c->at, before);
}

/* ── versions and conversion ── */

/* Upstream's own form of a definition holds what is the same in all versions once, outside of them, and so do its field paths. */
static const char *const shared_fields[] = {"schema", "subresources", "additionalPrinterColumns", "selectableFields"};
enum { SHARED_SCHEMA = 1 << 0, SHARED_SUBRESOURCES = 1 << 1, SHARED_COLUMNS = 1 << 2, SHARED_SELECTABLE = 1 << 3, SHARED_NONE = 0 };

static unsigned shared_by(const struct value *versions)
{
    unsigned shared = 0;
    for (size_t k = 0; k < ARRAY_LEN(shared_fields); k++) {
        const struct value *first = value_get(value_item(versions, 0), str_of(shared_fields[k]));
        bool same = value_count(versions) > 0;
        for (size_t i = 1; same && i < value_count(versions); i++) {
            const struct value *other = value_get(value_item(versions, i), str_of(shared_fields[k]));
            same = value_is_null(first) || value_is_null(other) ? value_is_null(first) && value_is_null(other) : value_equal(first, other);
        }
        shared |= same ? 1u << k : 0;
    }
    return shared;
}

/* What of v is to be judged: `parts`. */
static void check_parts(struct check *c, const struct value *v, unsigned parts, const char *schema_field)
{
    const struct value *schema = value_at(v, "schema.openAPIV3Schema");
    if (parts & SHARED_SCHEMA && !value_is_null(schema)) {
        size_t before = crd_path_field(&c->at, schema_field);
        crd_path_field(&c->at, "openAPIV3Schema");
        crd_check_schema(schema, &c->at, c->f);
        crd_path_cut(&c->at, before);
    }
    if (parts & SHARED_SUBRESOURCES)
        check_subresources(c, value_get(v, STR("subresources")));
    if (parts & SHARED_COLUMNS)
        check_columns(c, value_get(v, STR("additionalPrinterColumns")));
    if (parts & SHARED_SELECTABLE)
        check_selectable(c, v);
}

static void check_warning(struct check *c, const struct value *v)
{
    const struct value *warning = value_get(v, STR("deprecationWarning"));
    struct str text = value_text(warning);
    if (value_is_null(warning))
        return;
    if (!value_bool_at(v, "deprecated", false))
        return fault(c, FAULT_INVALID, "deprecationWarning", warning, "can only be set for deprecated versions");
    if (text.n > 256)
        fault(c, FAULT_INVALID, "deprecationWarning", warning, "must be <= 256 characters long");
    if (!text.n)
        fault(c, FAULT_INVALID, "deprecationWarning", warning, "must not be an empty string");
    for (size_t i = 0; i < text.n; i++)
        if ((unsigned char)text.p[i] < 0x20 || text.p[i] == 0x7f)
            return fault(c, FAULT_INVALID, "deprecationWarning", warning,
                         "must only contain printable UTF-8 characters; non-printable character found at index %zu", i);
}

static void check_versions(struct check *c, const struct value *versions)
{
    unsigned shared = shared_by(versions);
    size_t i = 0, before = crd_path_field(&c->at, "spec");
    crd_path_field(&c->at, "versions");
    VALUE_EACH_ITEM (v, versions) {
        size_t here = crd_path_item(&c->at, i++);
        check_warning(c, v);
        check_parts(c, v, ~shared, "schema");
        crd_path_cut(&c->at, here);
    }
    crd_path_cut(&c->at, before);
    crd_path_field(&c->at, "spec");
    check_parts(c, value_item(versions, 0), shared, "validation");
    crd_path_cut(&c->at, before);
}

/* What hears conversions is judged by the room valid, as of all webhooks. */
static void check_review_versions(struct check *c, const struct value *list)
{
    bool known = false;
    size_t before = crd_path_field(&c->at, "conversionReviewVersions");
    for (size_t i = 0; i < value_count(list); i++) {
        const struct value *item = value_item(list, i);
        const char *why[NAME_FAULTS_MAX];
        bool again = false;
        size_t here = crd_path_item(&c->at, i);
        for (size_t k = 0; k < i && !again; k++)
            again = str_eq(value_text(value_item(list, k)), value_text(item));
        if (again)
            fault(c, FAULT_INVALID, NULL, item, "duplicate version");
        for (size_t k = 0, n = again ? 0 : name_dns_1035(value_text(item), why); k < n; k++)
            fault(c, FAULT_INVALID, NULL, item, "%s", why[k]);
        known |= str_is(value_text(item), "v1") || str_is(value_text(item), "v1beta1");
        crd_path_cut(&c->at, here);
    }
    if (!value_count(list))
        fault(c, FAULT_REQUIRED, NULL, NULL, "%s", "");
    else if (!known)
        fault(c, FAULT_INVALID, NULL, list, "must include at least one of v1, v1beta1");
    crd_path_cut(&c->at, before);
}

static void check_conversion(struct check *c, const struct value *conversion)
{
    const struct value *webhook = value_get(conversion, STR("webhook")), *client = value_get(webhook, STR("clientConfig"));
    const struct value *versions = value_get(webhook, STR("conversionReviewVersions"));
    size_t before = crd_path_field(&c->at, "spec");
    crd_path_field(&c->at, "conversion");
    if (str_is(value_text_at(conversion, "strategy"), "Webhook")) {
        if (value_is_null(client))
            fault(c, FAULT_REQUIRED, "webhookClientConfig", NULL, "required when strategy is set to Webhook");
        check_review_versions(c, versions);
    } else {
        if (!value_is_null(client))
            fault(c, FAULT_FORBIDDEN, "webhookClientConfig", NULL, "should not be set when strategy is not set to Webhook");
        if (value_count(versions))
            fault(c, FAULT_FORBIDDEN, "conversionReviewVersions", NULL, "should not be set when strategy is not set to Webhook");
    }
    crd_path_cut(&c->at, before);
}

static void check_stored(struct check *c, const struct value *now)
{
    size_t i = 0, before = crd_path_field(&c->at, "status");
    crd_path_field(&c->at, "storedVersions");
    VALUE_EACH_ITEM (stored, value_at(now, "status.storedVersions")) {
        size_t here = crd_path_item(&c->at, i++);
        bool known = false;
        VALUE_EACH_ITEM (v, value_at(now, "spec.versions"))
            known |= str_eq(value_text_at(v, "name"), value_text(stored));
        struct str s = value_text(stored);
        if (!known)
            fault(c, FAULT_INVALID, NULL, stored,
                  "missing from spec.versions; %.*s was previously a storage version, and must remain in spec.versions until a storage migration "
                  "ensures no data remains persisted in %.*s and removes %.*s from status.storedVersions",
                  STR_FMT(s), STR_FMT(s), STR_FMT(s));
        crd_path_cut(&c->at, here);
    }
    crd_path_cut(&c->at, before);
}

static void check_approval(struct check *c, const struct value *now)
{
    struct str group = value_text_at(now, "spec.group");
    struct str note = value_text(value_get(value_at(now, "metadata.annotations"), STR("api-approved.kubernetes.io")));
    if (!str_ends(group, STR(".k8s.io")) && !str_ends(group, STR(".kubernetes.io")) && !str_is(group, "k8s.io") && !str_is(group, "kubernetes.io"))
        return;
    size_t before = crd_path_field(&c->at, "metadata");
    crd_path_field(&c->at, "annotations");
    crd_path_key(&c->at, STR("api-approved.kubernetes.io"));
    struct value bad = value_make_text(note);
    if (!note.n)
        fault(c, FAULT_REQUIRED, NULL, NULL,
              "protected groups must have approval annotation \"api-approved.kubernetes.io\", see "
              "https://github.com/kubernetes/enhancements/pull/1111");
    else if (!str_starts(note, STR("http://")) && !str_starts(note, STR("https://")) && !str_starts(note, STR("unapproved")))
        fault(c, FAULT_INVALID, NULL, &bad,
              "protected groups must have approval annotation \"api-approved.kubernetes.io\" with either a URL or a reason starting with "
              "\"unapproved\", see https://github.com/kubernetes/enhancements/pull/1111");
    crd_path_cut(&c->at, before);
}

void crd_validate(const struct value *now, const struct value *old, struct faults *f)
{
    struct check *c = arena_alloc(f->arena, sizeof(*c));
    const struct value *spec = value_get(now, STR("spec")), *was = value_get(old, STR("spec"));
    if (!c)
        return fault_add(f, FAULT_INTERNAL, "spec", NULL, "no memory to check a definition");
    c->f = f;
    check_stored(c, now);
    if (was && value_equal(spec, was)) /* what an older server let pass is not held against a write that leaves it alone */
        return;
    if (!old)
        check_approval(c, now);
    if (value_bool_at(spec, "preserveUnknownFields", false) && !value_bool_at(was, "preserveUnknownFields", false)) {
        struct value bad = value_make_bool(true);
        fault(c, FAULT_INVALID, "spec.preserveUnknownFields", &bad,
              "cannot set to true, set x-kubernetes-preserve-unknown-fields to true in spec.versions[*].schema instead");
    }
    check_versions(c, value_get(spec, STR("versions")));
    check_conversion(c, value_get(spec, STR("conversion")));
}
