/* AdmissionReview: the question, and what is made of the answer. */
#include "json/json.h"
#include "os/os.h"

#include "intercept/inside.h"

#define REVIEW_MAX ((size_t)16 << 20)

/* ── the question ── */

static void write_gvk(struct buf *b, const char *name, const struct schema_kind *k)
{
    buf_fmt(b, "\"%s\":{\"group\":\"%.*s\",\"version\":\"%.*s\",\"kind\":\"%.*s\"},", name, STR_FMT(k->group), STR_FMT(k->version), STR_FMT(k->name));
}

static void write_gvr(struct buf *b, const char *name, const struct schema_resource *r)
{
    buf_fmt(b, "\"%s\":{\"group\":\"%.*s\",\"version\":\"%.*s\",\"resource\":\"%.*s\"},", name, STR_FMT(r->group), STR_FMT(r->version),
            STR_FMT(r->name));
}

static void write_text(struct buf *b, const char *name, struct str text)
{
    if (!text.n)
        return;
    buf_fmt(b, "\"%s\":", name);
    json_string(b, text);
    buf_char(b, ',');
}

static const char *operation_text(enum admit_operation op)
{
    switch (op) {
    case ADMIT_CREATE:
        return "CREATE";
    case ADMIT_UPDATE:
        return "UPDATE";
    case ADMIT_DELETE:
        return "DELETE";
    case ADMIT_CONNECT:
    default:
        return "CONNECT";
    }
}

static int review_write(const struct intercept_request *q, const struct hook *h, const struct schema_resource *as, const struct schema_kind *kind,
                        const struct value *object, const struct value *old, struct str uid, struct buf *b)
{
    struct value user = {0};
    int r = q->user ? auth_user_tree(q->arena, q->user, &user) : 0;
    if (r < 0)
        return r;
    b->max = REVIEW_MAX;
    buf_fmt(b, "{\"kind\":\"AdmissionReview\",\"apiVersion\":\"admission.k8s.io/%.*s\",\"request\":{\"uid\":\"%.*s\",", STR_FMT(h->version),
            STR_FMT(uid));
    write_gvk(b, "kind", kind);
    write_gvr(b, "resource", as);
    write_text(b, "subResource", q->subresource);
    write_gvk(b, "requestKind", q->kind);
    write_gvr(b, "requestResource", q->resource);
    write_text(b, "requestSubResource", q->subresource);
    write_text(b, "name", q->name);
    write_text(b, "namespace", q->namespace);
    buf_fmt(b, "\"operation\":\"%s\",\"userInfo\":", operation_text(q->operation));
    if (user.type == VALUE_NULL)
        buf_text(b, "{}");
    else
        json_print(b, &user);
    buf_text(b, ",\"object\":");
    json_print(b, object);
    buf_text(b, ",\"oldObject\":");
    json_print(b, old);
    buf_fmt(b, ",\"dryRun\":%s,\"options\":", q->dry_run ? "true" : "false");
    json_print(b, q->options);
    buf_text(b, "}}");
    return buf_error(b);
}

int review_prepare(struct intercept_request *q, const struct schema_resource *resource, const struct schema_resource *as,
                   void (*ready)(void *ctx, int r, struct str error), void *ctx)
{
    if (!q->prepare || q->kind != resource->kind || as->kind == q->kind)
        return 0;
    int r = q->object ? q->prepare(q->ctx, q->kind, as->kind, q->object, ready, ctx) : 0;
    return r == 0 && q->old ? q->prepare(q->ctx, q->kind, as->kind, q->old, ready, ctx) : r;
}

int review_ask(struct intercept_request *q, const struct hook *h, const struct schema_resource *resource, const struct schema_resource *as,
               struct str *uid, void (*answered)(void *ctx, const struct webhook_answer *a), void *ctx)
{
    const struct schema_kind *kind = q->kind;
    const struct value *object = q->object, *old = q->old;
    struct value object_as = {0}, old_as = {0};
    struct err err = {{0}};
    SCOPED_BUF body = BUF_INIT(0);
    char fresh[37];
    int r = 0;
    if (kind == resource->kind && as->kind != kind) {
        kind = as->kind;
        r = object ? q->convert(q->ctx, q->kind, kind, object, &object_as, &err) : 0;
        if (r == 0 && old)
            r = q->convert(q->ctx, q->kind, kind, old, &old_as, &err);
        object = object ? &object_as : NULL;
        old = old ? &old_as : NULL;
    }
    os_uuid(fresh);
    if (r == 0)
        r = arena_str(q->arena, str_of(fresh), uid);
    if (r == 0)
        r = review_write(q, h, as, kind, object, old, *uid, &body);
    if (r == 0)
        r = webhook_call(h->webhook, buf_view(&body), h->timeout_ms, answered, ctx);
    return r;
}

/* ── the answer ── */

static int check_kind(const struct hook *h, const struct value *tree, struct err *err)
{
    struct str version = value_text_at(tree, "apiVersion"), kind = value_text_at(tree, "kind"), group, tail;
    if (!str_cut(version, '/', &group, &tail)) {
        tail = group;
        group = STR("");
    }
    if (str_is(group, "admission.k8s.io") && str_eq(tail, h->version) && str_is(kind, "AdmissionReview"))
        return 0;
    return err_raise(err, -EINVAL,
                     "received invalid webhook response: expected webhook response of admission.k8s.io/%.*s, "
                     "Kind=AdmissionReview, got %.*s, Kind=%.*s",
                     STR_FMT(h->version), STR_FMT(version), STR_FMT(kind));
}

static int check_patch(const struct value *response, bool mutating, bool strict, struct str patch, struct err *err)
{
    struct str type = value_text_at(response, "patchType");
    bool typed = !value_is_null(value_at(response, "patchType"));
    if (!mutating && patch.n && strict)
        return err_raise(err, -EINVAL, "received invalid webhook response: validating webhook may not return response.patch");
    if (!mutating && typed && strict)
        return err_raise(err, -EINVAL, "received invalid webhook response: validating webhook may not return response.patchType");
    if (!mutating || !strict)
        return 0;
    if (patch.n && !typed)
        return err_raise(err, -EINVAL, "received invalid webhook response: webhook returned response.patch but not response.patchType");
    if (!patch.n && typed)
        return err_raise(err, -EINVAL, "received invalid webhook response: webhook returned response.patchType but not response.patch");
    if (typed && !str_is(type, "JSONPatch"))
        return err_raise(err, -EINVAL, "received invalid webhook response: webhook returned invalid response.patchType of \"%.*s\"", STR_FMT(type));
    return 0;
}

static int read_patch(const struct intercept_request *q, struct str text, struct review *out, struct err *err)
{
    SCOPED_BUF bytes = BUF_INIT(REVIEW_MAX);
    struct err why = {{0}};
    struct value *ops = arena_alloc(q->arena, sizeof(*ops));
    int r = !ops ? -ENOMEM : buf_unbase64(&bytes, text);
    if (r == 0)
        r = json_parse(q->arena, buf_view(&bytes), ops, &why);
    if (r == -ENOMEM)
        return r;
    if (r == 0 && ops->type != VALUE_LIST && ops->type != VALUE_NULL)
        r = err_raise(&why, -EINVAL, "it is no list of operations");
    if (r < 0)
        return err_raise(err, -EINVAL, "received undecodable patch in webhook response: %s", why.text[0] ? why.text : "it is no base64");
    if (value_count(ops))
        out->patch = ops;
    return 0;
}

int review_read(const struct intercept_request *q, const struct hook *h, bool mutating, struct str uid, struct str body, struct review *out,
                struct err *err)
{
    struct err why = {{0}};
    struct value *tree = arena_alloc(q->arena, sizeof(*tree));
    int r = tree ? json_parse(q->arena, body, tree, &why) : -ENOMEM;
    *out = (struct review){0};
    if (r == -ENOMEM)
        return r;
    if (r < 0)
        return err_raise(err, -EINVAL, "failed to call webhook: couldn't get version/kind; json parse error: %s", why.text);
    const struct value *response = value_at(tree, "response");
    bool strict = str_is(h->version, "v1");
    if (!response || response->type != VALUE_MAP)
        return err_raise(err, -EINVAL, "received invalid webhook response: webhook response was absent");
    if (strict && check_kind(h, tree, err) < 0)
        return -EINVAL;
    struct str got = value_text_at(response, "uid"), patch = value_text_at(response, "patch");
    if (strict && !str_eq(got, uid))
        return err_raise(err, -EINVAL, "received invalid webhook response: expected response.uid=\"%.*s\", got \"%.*s\"", STR_FMT(uid), STR_FMT(got));
    r = check_patch(response, mutating, strict, patch, err);
    if (r < 0)
        return r;
    VALUE_EACH_ITEM (w, value_at(response, "warnings")) {
        if (value_text(w).n && q->warn)
            q->warn(q->ctx, value_text(w));
    }
    VALUE_EACH_MEMBER (m, value_at(response, "auditAnnotations")) {
        struct str key = q->note ? arena_fmt(q->arena, "%.*s/%.*s", STR_FMT(h->name), STR_FMT(m->key)) : STR_NONE;
        if (key.n)
            q->note(q->ctx, key, value_text(&m->value));
    }
    out->uid = got;
    out->allowed = value_bool_at(response, "allowed", false);
    out->status = value_at(response, "status");
    return out->allowed && mutating && patch.n ? read_patch(q, patch, out, err) : 0;
}

/* ── notes for the audit log ── */

static void note(const struct intercept_request *q, const char *what, bool second, size_t i, struct str value)
{
    struct str key = arena_fmt(q->arena, "%s.admission.k8s.io/round_%d_index_%zu", what, second, i);
    if (key.p && value.p) /* without memory the log lacks it */
        q->note(q->ctx, key, value);
}

void review_note_mutation(const struct intercept_request *q, const struct hook *h, bool second, size_t i, const struct value *ops, bool mutated)
{
    SCOPED_BUF patch = BUF_INIT(REVIEW_MAX);
    if (!q->note)
        return;
    struct str names = arena_fmt(q->arena, "\"configuration\":\"%.*s\",\"webhook\":\"%.*s\"", STR_FMT(h->configuration), STR_FMT(h->name));
    note(q, "mutation.webhook", second, i, arena_fmt(q->arena, "{%.*s,\"mutated\":%s}", STR_FMT(names), mutated ? "true" : "false"));
    if (ops)
        json_print(&patch, ops);
    if (!ops || buf_error(&patch) < 0)
        return;
    note(q, "patch.webhook", second, i,
         arena_fmt(q->arena, "{%.*s,\"patch\":%.*s,\"patchType\":\"JSONPatch\"}", STR_FMT(names), STR_FMT(buf_view(&patch))));
}

void review_note_open(const struct intercept_request *q, const struct hook *h, bool mutating, bool second, size_t i)
{
    if (q->note)
        note(q, mutating ? "failed-open.mutation.webhook" : "failed-open.validating.webhook", second, i,
             arena_fmt(q->arena, "%.*s", STR_FMT(h->name)));
}

/* ── statuses ── */

static void read_causes(const struct intercept_request *q, const struct value *list, struct apireq_status *st)
{
    size_t n = MIN(value_count(list), (size_t)FAULTS_MAX);
    struct apireq_cause *causes = n ? arena_alloc(q->arena, n * sizeof(*causes)) : NULL;
    for (size_t i = 0; causes && i < n; i++) {
        const struct value *c = value_item(list, i);
        causes[i] = (struct apireq_cause){value_text_at(c, "reason"), value_text_at(c, "message"), value_text_at(c, "field")};
    }
    st->causes = causes;
    st->n_causes = causes ? n : 0;
}

void review_denied(const struct intercept_request *q, const struct hook *h, const struct value *status, struct apireq_status *st)
{
    struct str message = value_text_at(status, "message"), reason = value_text_at(status, "reason");
    const struct value *details = value_at(status, "details");
    int64_t code = value_int_at(status, "code", 0);
    struct str why = message.n ? message : reason;
    apireq_status_error(q->arena, st, code < 400 || code > 599 ? 400 : (int)code, "", "admission webhook \"%.*s\" denied the request%s%.*s",
                        STR_FMT(h->name), why.n ? ": " : " without explanation", STR_FMT(why));
    st->reason = reason;
    if (!details || details->type != VALUE_MAP)
        return;
    st->has_details = true;
    st->name = value_text_at(details, "name");
    st->group = value_text_at(details, "group");
    st->kind = value_text_at(details, "kind");
    st->uid = value_text_at(details, "uid");
    st->retry_after = value_int_at(details, "retryAfterSeconds", 0);
    read_causes(q, value_at(details, "causes"), st);
}

void review_failed(const struct intercept_request *q, const struct hook *h, struct apireq_status *st, const char *fmt, ...)
{
    SCOPED_BUF b = BUF_INIT(64u << 10);
    va_list ap;
    va_start(ap, fmt);
    buf_vfmt(&b, fmt, ap);
    va_end(ap);
    apireq_status_internal(q->arena, st, "failed calling webhook \"%.*s\": %s", STR_FMT(h->name), buf_cstr(&b));
}

void review_not_dry(const struct intercept_request *q, const struct hook *h, struct apireq_status *st)
{
    apireq_status_bad_request(q->arena, st, "admission webhook \"%.*s\" does not support dry run", STR_FMT(h->name));
}
