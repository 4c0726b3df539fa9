/* Method and path → what is asked of which resource, as upstream's RequestInfoFactory reads them. */
#include "apireq/apireq.h"
#include "http/http.h"
#include "selector/selector.h"

#define SEGMENTS_MAX 64

static const char *const verb_names[] = {
    [APIREQ_NONE] = "",       [APIREQ_GET] = "get",       [APIREQ_LIST] = "list",
    [APIREQ_WATCH] = "watch", [APIREQ_CREATE] = "create", [APIREQ_UPDATE] = "update",
    [APIREQ_PATCH] = "patch", [APIREQ_DELETE] = "delete", [APIREQ_DELETECOLLECTION] = "deletecollection",
};

const char *apireq_verb_text(enum apireq_verb v)
{
    return verb_names[v];
}

static const struct {
    const char *method;
    enum apireq_verb verb;
} methods[] = {
    {"GET", APIREQ_GET}, {"HEAD", APIREQ_GET}, {"POST", APIREQ_CREATE}, {"PUT", APIREQ_UPDATE}, {"PATCH", APIREQ_PATCH}, {"DELETE", APIREQ_DELETE},
};

static enum apireq_verb method_verb(struct str method)
{
    for (size_t i = 0; i < ARRAY_LEN(methods); i++)
        if (str_is(method, methods[i].method))
            return methods[i].verb;
    return APIREQ_NONE;
}

static int decode_path(struct arena *a, struct str raw, struct str *out, struct err *err)
{
    if (!memchr(raw.p ? raw.p : "", '%', raw.n))
        return arena_str(a, raw, out) < 0 ? err_raise(err, -ENOMEM, "no memory for a path") : 0;
    SCOPED_BUF b = BUF_INIT(raw.n + 1);
    if (http_percent_decode(raw, false, &b) < 0)
        return err_raise(err, -EINVAL, "the path is not well percent-encoded");
    int r = buf_error(&b);
    if (r == 0)
        r = arena_str(a, buf_view(&b), out);
    return r < 0 ? err_raise(err, r, "no memory for a path") : 0;
}

struct segments {
    struct str at[SEGMENTS_MAX];
    size_t n;
    struct str whole; /* behind the slashes around it */
};

/* Empty pieces inside stay, as strings.Split has them. Pieces past the last slot are folded into it. */
static void split(struct str path, struct segments *s)
{
    while (path.n && path.p[0] == '/')
        path = str_from(path, 1);
    while (path.n && path.p[path.n - 1] == '/')
        path.n--;
    s->n = 0;
    s->whole = path;
    if (!path.n)
        return;
    struct str rest = path, piece;
    while (s->n < SEGMENTS_MAX && str_next(&rest, '/', &piece))
        s->at[s->n++] = piece;
}

static void drop(struct segments *s, size_t n)
{
    memmove(s->at, s->at + n, (s->n - n) * sizeof(s->at[0]));
    s->n -= n;
}

/* What follows the subresource, verbatim, slash at its end included: a proxied path. */
static void take_rest(struct apireq_route *out)
{
    const char *from = out->subresource.p + out->subresource.n;
    const char *end = out->path.p + out->path.n;
    if (from < end && *from == '/') {
        out->rest_slash = true;
        out->rest = str_make(from + 1, (size_t)(end - from - 1));
    }
}

static void name_parts(struct segments *s, struct apireq_route *out)
{
    if (s->n && str_is(s->at[0], "namespaces")) {
        if (s->n > 1) {
            out->ns = s->at[1];
            /* namespaces/x/status is about the namespace; namespaces/x/pods about pods in it */
            if (s->n > 2 && !str_is(s->at[2], "status") && !str_is(s->at[2], "finalize"))
                drop(s, 2);
        }
    }
    if (s->n >= 1)
        out->resource = s->at[0];
    if (s->n >= 2)
        out->name = s->at[1];
    if (s->n >= 3) {
        out->subresource = s->at[2];
        take_rest(out);
    }
}

static int look_at_query(struct arena *a, struct str query, struct apireq_route *out)
{
    struct str rest = query, name, value, fields = STR_NONE;
    bool watch = out->legacy_watch;
    while (http_query_next(a, &rest, &name, &value)) {
        if (str_is(name, "watch") && !watch)
            watch = !str_is(value, "0") && !str_eq_nocase(value, STR("false"));
        else if (str_is(name, "fieldSelector") && !fields.n)
            fields = value;
    }
    if (watch)
        out->verb = APIREQ_WATCH;
    if (fields.n && !out->name.n) {
        struct selector *s = NULL;
        struct str only;
        int r = selector_parse_fields(a, fields, &s, NULL);
        if (r == -ENOMEM)
            return r;
        if (r >= 0 && selector_requires(s, "metadata.name", &only)) {
            const char *why[NAME_FAULTS_MAX];
            if (only.n && name_path_segment(only, why) == 0)
                out->name = only;
        }
    }
    return 0;
}

static int other_path(struct arena *a, struct str method, struct apireq_route *out)
{
    char *low = arena_text(a, method.p ? method.p : "", method.n);
    if (!low)
        return -ENOMEM;
    for (size_t i = 0; i < method.n; i++)
        if (low[i] >= 'A' && low[i] <= 'Z')
            low[i] = (char)(low[i] - 'A' + 'a');
    out->is_resource = false;
    out->verb = APIREQ_NONE;
    out->verb_text = str_make(low, method.n);
    return 0;
}

int apireq_route_parse(struct arena *a, struct str method, struct str path, struct str query, struct apireq_route *out, struct err *err)
{
    *out = (struct apireq_route){0};
    int r = decode_path(a, path, &out->path, err);
    if (r < 0)
        return r;
    struct segments s;
    split(out->path, &s);
    bool core = s.n && str_is(s.at[0], "api");
    bool grouped = s.n && str_is(s.at[0], "apis");
    if (!(core && s.n >= 3) && !(grouped && s.n >= 4)) {
        r = other_path(a, method, out);
        return r < 0 ? err_raise(err, r, "no memory for a request") : 0;
    }
    out->is_resource = true;
    if (grouped)
        out->group = s.at[1];
    out->version = s.at[core ? 1 : 2];
    drop(&s, core ? 2 : 3);
    out->verb = method_verb(method);
    bool asks_options = str_is(method, "OPTIONS"); /* a proxied server may answer it; who may get may ask */
    if (asks_options)
        out->verb = APIREQ_GET;
    if (out->verb == APIREQ_NONE)
        return err_raise(err, -EINVAL, "method %.*s", STR_FMT(method));
    if (str_is(s.at[0], "watch") && s.n > 1) {
        out->legacy_watch = true;
        drop(&s, 1);
    }
    name_parts(&s, out);
    if (asks_options && !str_is(out->subresource, "proxy"))
        return err_raise(err, -EINVAL, "method %.*s", STR_FMT(method));
    bool one = out->name.n > 0;
    if (!one && out->verb == APIREQ_DELETE)
        out->verb = APIREQ_DELETECOLLECTION;
    if (out->verb == APIREQ_GET && (!one || out->legacy_watch))
        out->verb = APIREQ_LIST;
    if (out->verb == APIREQ_LIST || out->verb == APIREQ_DELETECOLLECTION) {
        bool deletes = out->verb == APIREQ_DELETECOLLECTION;
        r = look_at_query(a, query, out);
        if (deletes)
            out->verb = APIREQ_DELETECOLLECTION;
        if (r < 0)
            return err_raise(err, r, "no memory for a request");
    }
    out->verb_text = str_of(apireq_verb_text(out->verb));
    return 0;
}
