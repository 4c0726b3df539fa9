/* Continue tokens: base64url of {"v":"meta.k8s.io/v1","rv":7,"start":"default/web\u0000"}, as upstream makes them. */
#include "apireq/apireq.h"
#include "json/json.h"

int apireq_token_make(struct arena *a, struct apireq_token t, struct str *out)
{
    SCOPED_BUF json = BUF_INIT(0);
    SCOPED_BUF text = BUF_INIT(0);
    buf_fmt(&json, "{\"v\":\"meta.k8s.io/v1\",\"rv\":%lld,\"start\":", (long long)t.revision);
    json_string(&json, t.start);
    buf_char(&json, '}');
    buf_base64url(&text, buf_view(&json));
    int r = buf_error(&json);
    if (r == 0)
        r = buf_error(&text);
    return r < 0 ? r : arena_str(a, buf_view(&text), out);
}

static int read_fields(const struct value *tree, struct apireq_token *out, struct err *err)
{
    if (!str_is(value_text_at(tree, "v"), "meta.k8s.io/v1"))
        return err_raise(err, -EINVAL, "continue key is not valid: server does not recognize this encoded version \"%.*s\"",
                         STR_FMT(value_text_at(tree, "v")));
    out->revision = value_int_at(tree, "rv", 0);
    if (out->revision == 0)
        return err_raise(err, -EINVAL, "continue key is not valid: incorrect encoded start resourceVersion (version meta.k8s.io/v1)");
    out->start = value_text_at(tree, "start");
    if (!out->start.n)
        return err_raise(err, -EINVAL, "continue key is not valid: encoded start key empty (version meta.k8s.io/v1)");
    /* a key that walks out of its prefix would read another resource */
    struct str rest = out->start, piece;
    while (str_next(&rest, '/', &piece))
        if (str_is(piece, "..") || str_is(piece, "."))
            return err_raise(err, -EINVAL, "continue key is not valid: %.*s", STR_FMT(out->start));
    return 0;
}

int apireq_token_read(struct arena *a, struct str text, struct apireq_token *out, struct err *err)
{
    *out = (struct apireq_token){0};
    SCOPED_BUF json = BUF_INIT(64 * 1024);
    int r = buf_unbase64url(&json, text);
    if (r == 0)
        r = buf_error(&json);
    if (r == -ENOMEM)
        return err_raise(err, r, "no memory for a continue token");
    if (r < 0)
        return err_raise(err, -EINVAL, "continue key is not valid: illegal base64 data");
    struct value tree = {0};
    struct err why = {{0}};
    r = json_parse(a, buf_view(&json), &tree, &why);
    if (r == -ENOMEM)
        return err_raise(err, r, "no memory for a continue token");
    if (r < 0)
        return err_raise(err, -EINVAL, "continue key is not valid: %s", why.text);
    return read_fields(&tree, out, err);
}
