/* Every refusal of the API, in upstream's words (apimachinery, api/errors). */
#include "apireq/apireq.h"
#include "apply/apply.h"
#include "json/json.h"

static void set(struct apireq_status *st, int code, const char *reason, struct str message)
{
    *st = (struct apireq_status){.code = code, .reason = str_of(reason), .message = message};
    if (!message.p)
        apireq_status_memory(st);
}

static void details(struct apireq_status *st, struct str group, struct str kind, struct str name)
{
    st->has_details = true;
    st->group = group;
    st->kind = kind;
    st->name = name;
}

void apireq_status_memory(struct apireq_status *st)
{
    *st = (struct apireq_status){.code = 500, .reason = STR_INIT("InternalError"), .message = STR_INIT("Internal error occurred: out of memory")};
}

/* "deployments.apps", "pods" */
static struct str qualified(struct arena *a, struct str group, struct str resource)
{
    if (!group.n)
        return resource;
    struct str s = arena_fmt(a, "%.*s.%.*s", STR_FMT(resource), STR_FMT(group));
    return s.p ? s : resource;
}

static struct str quoted(struct arena *a, struct str s)
{
    SCOPED_BUF b = BUF_INIT(0);
    struct str out = STR_NONE;
    fault_quote(s, &b);
    if (buf_error(&b) < 0 || arena_str(a, buf_view(&b), &out) < 0)
        return STR("\"\"");
    return out;
}

void apireq_status_success(struct apireq_status *st, struct str group, struct str resource, struct str name, struct str uid)
{
    *st = (struct apireq_status){.code = 200, .success = true, .uid = uid};
    details(st, group, resource, name);
}

void apireq_status_error(struct arena *a, struct apireq_status *st, int code, const char *reason, const char *fmt, ...)
{
    SCOPED_BUF b = BUF_INIT(64 * 1024);
    struct str text = STR_NONE;
    va_list ap;
    va_start(ap, fmt);
    buf_vfmt(&b, fmt, ap);
    va_end(ap);
    if (buf_error(&b) == 0 && arena_str(a, buf_view(&b), &text) == 0 && !text.p)
        text = STR("");
    set(st, code, reason, text);
}

void apireq_status_not_found(struct arena *a, struct apireq_status *st, struct str group, struct str resource, struct str name)
{
    set(st, 404, "NotFound", arena_fmt(a, "%.*s %.*s not found", STR_FMT(qualified(a, group, resource)), STR_FMT(quoted(a, name))));
    details(st, group, resource, name);
}

void apireq_status_exists(struct arena *a, struct apireq_status *st, struct str group, struct str resource, struct str name)
{
    set(st, 409, "AlreadyExists", arena_fmt(a, "%.*s %.*s already exists", STR_FMT(qualified(a, group, resource)), STR_FMT(quoted(a, name))));
    details(st, group, resource, name);
}

void apireq_status_conflict(struct arena *a, struct apireq_status *st, struct str group, struct str resource, struct str name, struct str why)
{
    if (!why.n)
        why = STR("the object has been modified; please apply your changes to the latest version and try again");
    set(st, 409, "Conflict",
        arena_fmt(a, "Operation cannot be fulfilled on %.*s %.*s: %.*s", STR_FMT(qualified(a, group, resource)), STR_FMT(quoted(a, name)),
                  STR_FMT(why)));
    details(st, group, resource, name);
}

/* The faults as field.ErrorList.ToAggregate prints them: equal texts once. */
static void print_faults(struct buf *b, const struct faults *f)
{
    size_t n = MIN(f->n, (size_t)FAULTS_MAX), printed = 0;
    bool many = n > 1;
    size_t start = b->n;
    for (size_t i = 0; i < n; i++) {
        bool seen = false;
        for (size_t k = 0; k < i && !seen; k++)
            seen = str_eq(f->items[k].field, f->items[i].field) && str_eq(f->items[k].message, f->items[i].message);
        if (seen)
            continue;
        if (printed++)
            buf_text(b, ", ");
        else if (many)
            buf_char(b, '[');
        if (f->items[i].field.n) {
            buf_str(b, f->items[i].field);
            buf_text(b, ": ");
        }
        buf_str(b, f->items[i].message);
    }
    if (many && printed > 1)
        buf_char(b, ']');
    else if (many && b->n > start && b->p)
        memmove(b->p + start, b->p + start + 1, --b->n - start);
}

void apireq_status_invalid(struct arena *a, struct apireq_status *st, struct str group, struct str kind, struct str name, const struct faults *f)
{
    SCOPED_BUF b = BUF_INIT(0);
    struct str text = STR_NONE;
    size_t n = MIN(f->n, (size_t)FAULTS_MAX);
    struct apireq_cause *causes = arena_alloc(a, MAX(n, 1) * sizeof(*causes));
    buf_fmt(&b, "%.*s %.*s is invalid: ", STR_FMT(qualified(a, group, kind)), STR_FMT(quoted(a, name)));
    print_faults(&b, f);
    if (!causes || buf_error(&b) < 0 || arena_str(a, buf_view(&b), &text) < 0) {
        apireq_status_memory(st);
        return;
    }
    set(st, 422, "Invalid", text);
    details(st, group, kind, name);
    for (size_t i = 0; i < n; i++)
        causes[i] =
            (struct apireq_cause){.reason = str_of(fault_reason(f->items[i].type)), .message = f->items[i].message, .field = f->items[i].field};
    st->causes = causes;
    st->n_causes = n;
}

static void print_conflicts(struct buf *b, const struct apply_conflict *c, size_t n)
{
    if (n == 1) {
        buf_fmt(b, "Apply failed with 1 conflict: conflict with %.*s: %.*s", STR_FMT(c->manager), STR_FMT(c->field));
        return;
    }
    buf_fmt(b, "Apply failed with %zu conflicts: ", n);
    for (size_t i = 0; i < n; i++) {
        bool first = true;
        for (size_t k = 0; k < i; k++)
            first &= !str_eq(c[k].manager, c[i].manager);
        if (!first)
            continue;
        buf_fmt(b, "%sconflicts with %.*s:", i ? "\n" : "", STR_FMT(c[i].manager));
        for (size_t k = i; k < n; k++)
            if (str_eq(c[k].manager, c[i].manager))
                buf_fmt(b, "\n- %.*s", STR_FMT(c[k].field));
    }
}

void apireq_status_apply_conflict(struct arena *a, struct apireq_status *st, const struct apply_conflict *c, size_t n)
{
    SCOPED_BUF b = BUF_INIT(0);
    struct str text = STR_NONE;
    struct apireq_cause *causes = arena_alloc(a, MAX(n, 1) * sizeof(*causes));
    print_conflicts(&b, c, n);
    if (!causes || buf_error(&b) < 0 || arena_str(a, buf_view(&b), &text) < 0) {
        apireq_status_memory(st);
        return;
    }
    set(st, 409, "Conflict", text);
    st->has_details = true;
    for (size_t i = 0; i < n; i++) {
        struct str message = arena_fmt(a, "conflict with %.*s", STR_FMT(c[i].manager));
        causes[i] = (struct apireq_cause){.reason = STR("FieldManagerConflict"), .message = message, .field = c[i].field};
    }
    st->causes = causes;
    st->n_causes = n;
}

void apireq_status_bad_request(struct arena *a, struct apireq_status *st, const char *fmt, ...)
{
    SCOPED_BUF b = BUF_INIT(64 * 1024);
    struct str text = STR_NONE;
    va_list ap;
    va_start(ap, fmt);
    buf_vfmt(&b, fmt, ap);
    va_end(ap);
    if (buf_error(&b) == 0 && arena_str(a, buf_view(&b), &text) == 0 && !text.p)
        text = STR("");
    set(st, 400, "BadRequest", text);
}

static struct str what_cannot(struct arena *a, const struct apireq_route *r, struct str user)
{
    if (!r->is_resource)
        return arena_fmt(a, "User %.*s cannot %.*s path %.*s", STR_FMT(quoted(a, user)), STR_FMT(r->verb_text), STR_FMT(quoted(a, r->path)));
    struct str resource = r->resource;
    if (r->subresource.n)
        resource = arena_fmt(a, "%.*s/%.*s", STR_FMT(r->resource), STR_FMT(r->subresource));
    if (r->ns.n)
        return arena_fmt(a, "User %.*s cannot %.*s resource %.*s in API group %.*s in the namespace %.*s", STR_FMT(quoted(a, user)),
                         STR_FMT(r->verb_text), STR_FMT(quoted(a, resource)), STR_FMT(quoted(a, r->group)), STR_FMT(quoted(a, r->ns)));
    return arena_fmt(a, "User %.*s cannot %.*s resource %.*s in API group %.*s at the cluster scope", STR_FMT(quoted(a, user)), STR_FMT(r->verb_text),
                     STR_FMT(quoted(a, resource)), STR_FMT(quoted(a, r->group)));
}

void apireq_status_forbidden(struct arena *a, struct apireq_status *st, const struct apireq_route *r, struct str user, struct str why)
{
    struct str what = what_cannot(a, r, user);
    if (why.n)
        what = arena_fmt(a, "%.*s: %.*s", STR_FMT(what), STR_FMT(why));
    if (!r->is_resource) {
        set(st, 403, "Forbidden", arena_fmt(a, "forbidden: %.*s", STR_FMT(what)));
        st->has_details = true;
        return;
    }
    apireq_status_denied(a, st, r->group, r->resource, r->name, what);
}

void apireq_status_denied(struct arena *a, struct apireq_status *st, struct str group, struct str resource, struct str name, struct str why)
{
    struct str q = qualified(a, group, resource);
    if (name.n)
        set(st, 403, "Forbidden", arena_fmt(a, "%.*s %.*s is forbidden: %.*s", STR_FMT(q), STR_FMT(quoted(a, name)), STR_FMT(why)));
    else
        set(st, 403, "Forbidden", arena_fmt(a, "%.*s is forbidden: %.*s", STR_FMT(q), STR_FMT(why)));
    details(st, group, resource, name);
}

void apireq_status_unauthorized(struct apireq_status *st)
{
    set(st, 401, "Unauthorized", STR("Unauthorized"));
}

void apireq_status_too_many(struct arena *a, struct apireq_status *st, struct str why, int64_t seconds)
{
    set(st, 429, "TooManyRequests", arena_fmt(a, "%.*s", STR_FMT(why)));
    st->has_details = true;
    st->retry_after = seconds;
}

void apireq_status_expired(struct arena *a, struct apireq_status *st, const char *fmt, ...)
{
    SCOPED_BUF b = BUF_INIT(64 * 1024);
    struct str text = STR_NONE;
    va_list ap;
    va_start(ap, fmt);
    buf_vfmt(&b, fmt, ap);
    va_end(ap);
    if (buf_error(&b) == 0 && arena_str(a, buf_view(&b), &text) < 0)
        text = STR_NONE;
    set(st, 410, "Expired", text);
}

void apireq_status_too_large_version(struct arena *a, struct apireq_status *st, int64_t asked, int64_t current)
{
    set(st, 504, "Timeout", arena_fmt(a, "Timeout: Too large resource version: %lld, current: %lld", (long long)asked, (long long)current));
    struct apireq_cause *cause = arena_alloc(a, sizeof(*cause));
    st->has_details = true;
    st->retry_after = 1;
    if (!cause)
        return;
    *cause = (struct apireq_cause){.reason = STR("ResourceVersionTooLarge"), .message = STR("Too large resource version")};
    st->causes = cause;
    st->n_causes = 1;
}

void apireq_status_method(struct arena *a, struct apireq_status *st, const struct apireq_route *r)
{
    set(st, 405, "MethodNotAllowed", arena_fmt(a, "the server does not allow this method on the requested resource"));
    details(st, r->group, r->resource, r->name);
}

void apireq_status_no_resource(struct apireq_status *st)
{
    set(st, 404, "NotFound", STR("the server could not find the requested resource"));
    st->has_details = true;
}

void apireq_status_not_acceptable(struct arena *a, struct apireq_status *st, struct str types)
{
    set(st, 406, "NotAcceptable", arena_fmt(a, "only the following media types are accepted: %.*s", STR_FMT(types)));
}

void apireq_status_media_type(struct arena *a, struct apireq_status *st, struct str types)
{
    set(st, 415, "UnsupportedMediaType",
        arena_fmt(a, "the body of the request was in an unknown format - accepted media types include: %.*s", STR_FMT(types)));
}

void apireq_status_internal(struct arena *a, struct apireq_status *st, const char *fmt, ...)
{
    SCOPED_BUF b = BUF_INIT(64 * 1024);
    struct str text = STR_NONE;
    va_list ap;
    va_start(ap, fmt);
    buf_vfmt(&b, fmt, ap);
    va_end(ap);
    struct apireq_cause *cause = arena_alloc(a, sizeof(*cause));
    if (!cause || buf_error(&b) < 0 || arena_str(a, buf_view(&b), &text) < 0) {
        apireq_status_memory(st);
        return;
    }
    set(st, 500, "InternalError", arena_fmt(a, "Internal error occurred: %.*s", STR_FMT(text)));
    *cause = (struct apireq_cause){.message = text};
    st->has_details = true;
    st->causes = cause;
    st->n_causes = 1;
}

/* ── the Status object ── */

static int causes_tree(struct arena *a, const struct apireq_status *st, struct value *details_tree)
{
    struct value list = value_make_list();
    for (size_t i = 0; i < st->n_causes; i++) {
        struct value *c = value_add(a, &list, value_make_map());
        int r = c ? 0 : -ENOMEM;
        if (r == 0 && st->causes[i].reason.n)
            VALUE_SET(&r, a, c, "reason", value_make_text(st->causes[i].reason));
        if (r == 0 && st->causes[i].message.n)
            VALUE_SET(&r, a, c, "message", value_make_text(st->causes[i].message));
        if (r == 0 && st->causes[i].field.n)
            VALUE_SET(&r, a, c, "field", value_make_text(st->causes[i].field));
        if (r < 0)
            return r;
    }
    return st->n_causes && !value_set(a, details_tree, STR("causes"), list) ? -ENOMEM : 0;
}

static int details_tree(struct arena *a, const struct apireq_status *st, struct value *out)
{
    int r = 0;
    struct value d = value_make_map();
    if (st->name.n)
        VALUE_SET(&r, a, &d, "name", value_make_text(st->name));
    if (st->group.n)
        VALUE_SET(&r, a, &d, "group", value_make_text(st->group));
    if (st->kind.n)
        VALUE_SET(&r, a, &d, "kind", value_make_text(st->kind));
    if (st->uid.n)
        VALUE_SET(&r, a, &d, "uid", value_make_text(st->uid));
    if (r == 0)
        r = causes_tree(a, st, &d);
    if (st->retry_after)
        VALUE_SET(&r, a, &d, "retryAfterSeconds", value_make_int(st->retry_after));
    VALUE_SET(&r, a, out, "details", d);
    return r;
}

int apireq_status_tree(struct arena *a, const struct apireq_status *st, struct value *out)
{
    int r = 0;
    struct value meta = value_make_map();
    *out = value_make_map();
    if (st->continue_token.n)
        VALUE_SET(&r, a, &meta, "continue", value_make_text(st->continue_token));
    VALUE_SET(&r, a, out, "kind", value_make_text(STR("Status")));
    VALUE_SET(&r, a, out, "apiVersion", value_make_text(STR("v1")));
    VALUE_SET(&r, a, out, "metadata", meta);
    VALUE_SET(&r, a, out, "status", value_make_text(st->success ? STR("Success") : STR("Failure")));
    if (st->message.n)
        VALUE_SET(&r, a, out, "message", value_make_text(st->message));
    if (st->reason.n)
        VALUE_SET(&r, a, out, "reason", value_make_text(st->reason));
    if (st->has_details && r == 0)
        r = details_tree(a, st, out);
    if (!st->success)
        VALUE_SET(&r, a, out, "code", value_make_int(st->code));
    return r;
}

int apireq_status_json(const struct apireq_status *st, struct buf *out)
{
    SCOPED(arena) mem = NULL;
    struct value tree = {0};
    int r = arena_new(&mem, 256 * 1024);
    if (r == 0)
        r = apireq_status_tree(mem, st, &tree);
    if (r < 0)
        return r;
    json_print(out, &tree);
    return buf_error(out);
}
