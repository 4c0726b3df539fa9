/* Answers, in whole. */
#include "api/inside.h"
#include "http/http.h"
#include "json/json.h"
#include "yaml/yaml.h"

static void release_bytes(void *owner)
{
    mem_free(owner);
}

void call_header(struct call_headers *h, const char *name, struct str value)
{
    if (h->n < CALL_HEADERS_MAX)
        h->at[h->n++] = (struct http_header){str_of(name), value};
}

/* RFC 7234 §5.5: 299 - "text" */
void call_warning(struct call *c, struct call_headers *h, struct str text)
{
    SCOPED_BUF b = BUF_INIT(8192);
    struct str kept;
    buf_text(&b, "299 - \"");
    for (size_t i = 0; i < text.n && b.n < 4096; i++) {
        char ch = text.p[i];
        if (ch == '"' || ch == '\\')
            buf_char(&b, '\\');
        buf_char(&b, (unsigned char)ch < 0x20 ? ' ' : ch);
    }
    buf_char(&b, '"');
    if (buf_error(&b) == 0 && arena_str(c->a, buf_view(&b), &kept) == 0)
        call_header(h, "warning", kept);
}

void call_headers(struct call *c, const char *content_type, struct call_headers *h)
{
    h->n = 0;
    call_header(h, "audit-id", str_of(c->audit));
    call_header(h, "cache-control", STR("no-cache, private"));
    if (content_type)
        call_header(h, "content-type", str_of(content_type));
    if (c->ticket) {
        struct str schema, level;
        fair_uids(c->ticket, &schema, &level);
        call_header(h, "x-kubernetes-pf-flowschema-uid", schema);
        call_header(h, "x-kubernetes-pf-prioritylevel-uid", level);
    }
    if (c->warning)
        call_warning(c, h, str_of(c->warning));
    if (c->res && c->res->warning.n)
        call_warning(c, h, c->res->warning);
}

void call_bytes(struct call *c, int code, struct call_headers *h, struct buf *body)
{
    char *p = NULL;
    size_t n = 0;
    c->code = code;
    if (!c->q) {
        call_finish(c);
        return;
    }
    if (buf_error(body) < 0 || buf_take(body, &p, &n) < 0) {
        http_reply(c->q, 500, NULL, 0, (struct http_bytes){.bytes = STR_INIT("out of memory\n")});
        call_finish(c);
        return;
    }
    http_reply(c->q, code, h->at, h->n, (struct http_bytes){.bytes = str_make(p, n), .release = release_bytes, .owner = p});
    c->api->sent += MIN(n, http_req_unsent(c->q));
    call_finish(c);
}

void call_text(struct call *c, int code, const char *text)
{
    struct call_headers h;
    SCOPED_BUF b = BUF_INIT(0);
    call_headers(c, "text/plain; charset=utf-8", &h);
    call_header(&h, "x-content-type-options", STR("nosniff"));
    buf_text(&b, text);
    call_bytes(c, code, &h, &b);
}

/* A page for people: curl and browsers get indented JSON, as upstream gives them. */
static bool wants_pretty(const struct call *c)
{
    if (c->accept.format != OBJECT_JSON)
        return false;
    if (c->options.pretty || c->accept.pretty)
        return true;
    struct str query = c->q ? http_req_query(c->q) : STR_NONE;
    if (str_find(query, STR("pretty=")) >= 0)
        return false;
    return str_starts(c->user_agent, STR("curl")) || str_starts(c->user_agent, STR("Wget")) || str_starts(c->user_agent, STR("Mozilla/5.0"));
}

static int finish_json(const struct call *c, struct buf *b)
{
    if (c->accept.format != OBJECT_JSON)
        return buf_error(b);
    if (wants_pretty(c)) {
        SCOPED_BUF plain = *b;
        *b = BUF_INIT(0);
        json_indent(b, buf_view(&plain));
    }
    buf_char(b, '\n');
    return buf_error(b);
}

void call_status(struct call *c, const struct apireq_status *st)
{
    struct call_headers h;
    SCOPED_BUF b = BUF_INIT(0);
    struct value tree = {0};
    char retry[24];
    enum object_format format = c->accept.format;
    auditing_status(c, st);
    int r = apireq_status_tree(c->a, st, &tree);
    const struct schema_kind *k = schema_kind_find(STR(""), STR("v1"), STR("Status"));
    if (r == 0)
        r = format == OBJECT_PROTOBUF ? object_encode(&b, format, k, &tree, NULL) : 0;
    if (r == 0 && format == OBJECT_YAML)
        r = yaml_print(&b, &tree, NULL);
    else if (r == 0 && format == OBJECT_JSON)
        json_print(&b, &tree);
    if (r == 0)
        r = finish_json(c, &b);
    if (r < 0) {
        buf_clear(&b);
        format = OBJECT_JSON;
        buf_text(&b, "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"metadata\":{},\"status\":\"Failure\",\"message\":\"out of "
                     "memory\",\"reason\":\"InternalError\",\"code\":500}\n");
    }
    call_headers(c, apireq_content_type(format, false), &h);
    if (st->retry_after || st->code == 429) {
        snprintf(retry, sizeof(retry), "%lld", (long long)MAX(st->retry_after, 1));
        call_header(&h, "retry-after", str_of(retry));
    }
    call_bytes(c, st->code, &h, &b);
}

void call_memory(struct call *c)
{
    struct apireq_status st;
    apireq_status_memory(&st);
    call_status(c, &st);
}

static void refuse(struct call *c, int r, const struct err *err)
{
    struct apireq_status st;
    if (r == -ENOMEM)
        apireq_status_memory(&st);
    else
        apireq_status_internal(c->a, &st, "%s", err->text[0] ? err->text : strerror(-r));
    call_status(c, &st);
}

static void add_warnings(struct call *c, struct call_headers *h, const struct registry_reply *r)
{
    for (size_t i = 0; r && i < r->n_warnings; i++)
        call_warning(c, h, r->warnings[i]);
}

void call_tree(struct call *c, int code, const struct schema_kind *kind, const struct value *tree, const struct registry_reply *r)
{
    struct call_headers h;
    SCOPED_BUF b = BUF_INIT(0);
    struct err err = {{0}};
    auditing_tree(c, tree);
    int e = object_encode(&b, c->accept.format, kind, tree, &err);
    if (e == 0 && c->accept.format == OBJECT_JSON && b.n && b.p[b.n - 1] == '\n')
        b.n--;
    if (e == 0)
        e = finish_json(c, &b);
    if (e < 0) {
        refuse(c, e, &err);
        return;
    }
    call_headers(c, apireq_content_type(c->accept.format, false), &h);
    add_warnings(c, &h, r);
    call_bytes(c, code, &h, &b);
}

struct form call_form(const struct call *c)
{
    struct form f = {.res = c->res, .format = c->accept.format, .shape = c->accept.shape};
    f.shape_version = str_is(c->accept.version, "v1beta1") ? STR("v1beta1") : STR("v1"); /* outlives the header */
    SCOPED_BUF b = BUF_INIT(64);
    if (f.shape == APIREQ_TABLE && c->q && http_query_get(http_req_query(c->q), "includeObject", &b))
        f.include = str_is(buf_view(&b), "Object") ? FORM_INCLUDE_OBJECT : str_is(buf_view(&b), "None") ? FORM_INCLUDE_NONE : FORM_INCLUDE_METADATA;
    return f;
}

#define REPLY_AHEAD  ((size_t)64 * 1024)
#define REPLY_COPIED ((size_t)4096) /* stored bytes; http copies what comes of them */

/* Prints into memory that stays with the server, and http copies it. */
static int call_object_shortly(struct call *c, int code, struct object *o, const struct registry_reply *r)
{
    struct call_headers h;
    struct buf *b = &c->api->text;
    buf_clear(b);
    object_json_formed(o, r->formed, b);
    if (finish_json(c, b) < 0 || b->n > 2 * REPLY_COPIED) {
        buf_done(b);
        return 1;
    }
    call_headers(c, apireq_content_type(OBJECT_JSON, false), &h);
    add_warnings(c, &h, r);
    c->code = code;
    http_reply(c->q, code, h.at, h.n, (struct http_bytes){.bytes = buf_view(b)});
    c->api->sent += MIN(b->n, http_req_unsent(c->q));
    call_finish(c);
    return 0;
}

void call_object(struct call *c, int code, struct object *o, const struct registry_reply *r)
{
    struct call_headers h;
    SCOPED_BUF b = BUF_INIT(0);
    struct err err = {{0}};
    struct form f = call_form(c);
    auditing_object(c, o);
    if (f.shape == APIREQ_PARTIAL_LIST) /* a single object is never a list of them */
        f.shape = APIREQ_PARTIAL;
    bool formed = r && r->formed && f.format == OBJECT_JSON && f.shape == APIREQ_OBJECT;
    if (formed && c->q && o->stored.n < REPLY_COPIED && !wants_pretty(c) && call_object_shortly(c, code, o, r) == 0)
        return;
    (void)buf_room(&b, MIN(o->stored.n + o->stored.n / 4 + 512, REPLY_AHEAD)); /* not step by step; a fault sticks to b */
    int e = 0;
    if (formed)
        object_json_formed(o, r->formed, &b);
    else
        e = form_object(&f, o, loop_wall(c->api->loop), &b, &err);
    if (e == 0)
        e = finish_json(c, &b);
    if (e < 0) {
        refuse(c, e, &err);
        return;
    }
    call_headers(c, apireq_content_type(f.format, false), &h);
    add_warnings(c, &h, r);
    call_bytes(c, code, &h, &b);
}

static void release_document(void *owner)
{
    document_put(owner);
}

/* Takes the document's reference over. */
void call_document(struct call *c, struct document *d)
{
    struct call_headers h;
    struct str etag;
    if (!c->q) {
        document_put(d);
        call_finish(c);
        return;
    }
    call_headers(c, d->content_type, &h);
    if (arena_str(c->a, str_of(d->etag), &etag) == 0) {
        call_header(&h, "etag", etag);
        call_header(&h, "vary", STR("Accept"));
    }
    struct str known = http_req_header(c->q, "if-none-match");
    c->code = 200;
    if (known.n && str_find(known, etag) >= 0) {
        c->code = 304;
        http_reply(c->q, 304, h.at, h.n, (struct http_bytes){.bytes = STR_NONE});
        document_put(d);
    } else {
        size_t n = d->n;
        http_reply(c->q, 200, h.at, h.n, (struct http_bytes){.bytes = str_make(d->bytes, d->n), .release = release_document, .owner = d});
        c->api->sent += MIN(n, http_req_unsent(c->q));
    }
    call_finish(c);
}
