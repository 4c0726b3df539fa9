#include "client/inside.h"

#include "json/json.h"
#include "os/os.h"

#define TOKEN_FRESH_MS 60000

struct http_send {
    struct list link;
    struct client_http *http;
    struct http_call *call;
    enum client_verb verb;
    const struct schema_resource *resource;
    const struct schema_kind *kind; /* of the reply */
    void (*done)(void *ctx, const struct client_reply *r);
    void *ctx;
};

/* ── writing requests ── */

int client_http_path(struct buf *out, const struct schema_resource *r, struct str ns, struct str name, struct str subresource)
{
    if (r->group.n)
        buf_fmt(out, "/apis/%.*s/%.*s", STR_FMT(r->group), STR_FMT(r->version));
    else
        buf_fmt(out, "/api/%.*s", STR_FMT(r->version));
    if (r->namespaced && ns.n)
        buf_fmt(out, "/namespaces/%.*s", STR_FMT(ns));
    buf_fmt(out, "/%.*s", STR_FMT(r->name));
    if (name.n) {
        buf_char(out, '/');
        http_percent_encode(name, out);
    }
    if (subresource.n)
        buf_fmt(out, "/%.*s", STR_FMT(subresource));
    return buf_error(out);
}

void client_http_query(struct buf *out, bool *first, const char *name, struct str value)
{
    if (!value.n)
        return;
    buf_fmt(out, "%c%s=", *first ? '?' : '&', name);
    http_percent_encode(value, out);
    *first = false;
}

static void token_refresh(struct client_http *h)
{
    int64_t now = loop_now(h->loop);
    if (!h->token_file || (h->token && now - h->token_read_at < TOKEN_FRESH_MS))
        return;
    SCOPED_BUF b = BUF_INIT(0);
    if (os_file_read(h->token_file, 65536, &b) < 0)
        return;
    struct str text = str_trim(buf_view(&b));
    char *token = mem_text(text.p, text.n);
    if (!token)
        return;
    mem_free(h->token);
    h->token = token;
    h->token_read_at = now;
}

size_t client_http_headers(struct client_http *h, struct http_header out[8], const char *accept, const char *content_type, struct buf *scratch)
{
    size_t n = 0;
    out[n++] = (struct http_header){STR("accept"), str_of(accept)};
    out[n++] = (struct http_header){STR("user-agent"), h->user_agent};
    if (content_type)
        out[n++] = (struct http_header){STR("content-type"), str_of(content_type)};
    token_refresh(h);
    if (h->token) {
        buf_fmt(scratch, "Bearer %s", h->token);
        out[n++] = (struct http_header){STR("authorization"), buf_view(scratch)};
    }
    return n;
}

static const char *const methods[] = {[CLIENT_GET] = "GET",
                                      [CLIENT_LIST] = "GET",
                                      [CLIENT_CREATE] = "POST",
                                      [CLIENT_UPDATE] = "PUT",
                                      [CLIENT_PATCH] = "PATCH",
                                      [CLIENT_DELETE] = "DELETE",
                                      [CLIENT_DELETE_COLLECTION] = "DELETE"};
static const char *const patch_types[] = {[CLIENT_PATCH_MERGE] = "application/merge-patch+json",
                                          [CLIENT_PATCH_JSON] = "application/json-patch+json",
                                          [CLIENT_PATCH_STRATEGIC] = "application/strategic-merge-patch+json",
                                          [CLIENT_PATCH_APPLY] = "application/apply-patch+yaml"};
static const char *const propagations[] = {[CLIENT_BACKGROUND] = "Background", [CLIENT_FOREGROUND] = "Foreground", [CLIENT_ORPHAN] = "Orphan"};

static int delete_options(struct buf *out, const struct client_call *call)
{
    const char *comma = "";
    buf_text(out, "{\"kind\":\"DeleteOptions\",\"apiVersion\":\"v1\"");
    if (call->grace >= 0)
        buf_fmt(out, ",\"gracePeriodSeconds\":%lld", (long long)call->grace);
    if (call->propagation != CLIENT_PROPAGATION_DEFAULT)
        buf_fmt(out, ",\"propagationPolicy\":\"%s\"", propagations[call->propagation]);
    if (call->uid.n || call->revision) {
        buf_text(out, ",\"preconditions\":{");
        if (call->uid.n) {
            buf_fmt(out, "\"uid\":\"%.*s\"", STR_FMT(call->uid));
            comma = ",";
        }
        if (call->revision)
            buf_fmt(out, "%s\"resourceVersion\":\"%lld\"", comma, (long long)call->revision);
        buf_char(out, '}');
    }
    buf_char(out, '}');
    return buf_error(out);
}

/* A body's own apiVersion and kind decide how it is written; subresources have kinds of their own. */
static int write_body(struct buf *out, const struct client_call *call, const char **type)
{
    *type = "application/json";
    if (call->verb == CLIENT_DELETE || call->verb == CLIENT_DELETE_COLLECTION)
        return delete_options(out, call);
    if (!call->body)
        return 0;
    if (call->verb == CLIENT_PATCH) {
        *type = patch_types[call->patch];
        json_print(out, call->body);
        return buf_error(out);
    }
    const struct schema_subresource *sub = schema_subresource_find(call->resource, call->subresource);
    const struct schema_kind *kind = schema_kind_parse(value_text_at(call->body, "apiVersion"), value_text_at(call->body, "kind"));
    if (!kind)
        kind = sub && sub->kind ? sub->kind : call->resource->kind;
    *type = CLIENT_PROTOBUF;
    return object_encode(out, OBJECT_PROTOBUF, kind, call->body, NULL);
}

/* ── reading replies ── */

int client_object_from_tree(struct object **out, const struct schema_resource *r, const struct value *tree, struct err *err)
{
    struct str ns = value_text_at(tree, "metadata.namespace"), name = value_text_at(tree, "metadata.name");
    SCOPED_BUF key = BUF_INIT(4096);
    buf_fmt(&key, "/registry/%.*s/", STR_FMT(r->storage_path));
    if (ns.n)
        buf_fmt(&key, "%.*s/", STR_FMT(ns));
    buf_str(&key, name);
    if (buf_error(&key) < 0)
        return err_raise(err, buf_error(&key), "no memory for a key");
    int64_t revision;
    if (str_to_int(value_text_at(tree, "metadata.resourceVersion"), &revision) < 0)
        return err_raise(err, -EBADMSG, "metadata.resourceVersion: not a number");
    int rc = object_freeze(out, buf_view(&key), r->kind, tree, err);
    if (rc == 0)
        (*out)->revision = revision;
    return rc;
}

static void read_status(struct client_reply *reply, const struct value *tree)
{
    reply->tree = tree;
    reply->reason = value_text_at(tree, "reason");
    reply->message = value_text_at(tree, "message");
    reply->retry_after = (int)value_int_at(tree, "details.retryAfterSeconds", 0);
}

static int read_items(struct arena *a, struct http_send *s, const struct value *tree, struct client_reply *reply)
{
    const struct value *items = value_at(tree, "items");
    size_t n = value_count(items);
    struct object **objects = arena_alloc(a, (n + 1) * sizeof(struct object *));
    if (!objects)
        return -ENOMEM;
    for (size_t i = 0; i < n; i++) {
        int r = client_object_from_tree(&objects[i], s->resource, value_item(items, i), NULL);
        if (r < 0) {
            while (i--)
                object_unref(objects[i]);
            return r;
        }
    }
    reply->items = objects;
    reply->n_items = n;
    return str_to_int(value_text_at(tree, "metadata.resourceVersion"), &reply->revision);
}

static void answer(struct http_send *s, struct client_reply *reply)
{
    list_del(&s->link);
    s->done(s->ctx, reply);
    mem_free(s);
}

static void answer_failure(struct http_send *s, int code, const char *message)
{
    struct client_reply reply = {.code = code, .message = str_of(message)};
    answer(s, &reply);
}

static void on_end(void *ctx, int r, int code, struct str body, const char *error)
{
    struct http_send *s = ctx;
    s->call = NULL;
    if (r < 0) {
        answer_failure(s, 0, error);
        return;
    }
    SCOPED(arena) a = NULL;
    struct err err = {{0}};
    struct value tree = {0};
    const struct schema_kind *kind = NULL;
    struct client_reply reply = {.code = code};
    enum object_format format = str_starts(body, STR("k8s\0")) ? OBJECT_PROTOBUF : OBJECT_JSON;
    r = arena_new(&a, body.n * 64 + (1 << 20));
    if (r == 0)
        r = object_decode(a, format, body, NULL, &tree, &kind, NULL, &err);
    if (r < 0) {
        /* Errors of proxies and of plain paths are text. */
        answer_failure(s, code >= 300 ? code : 0, code >= 300 ? "the reply is no Status" : err.text);
        return;
    }
    struct object *object = NULL;
    if (str_is(kind->name, "Status") && !kind->group.n)
        read_status(&reply, &tree);
    else if (s->verb == CLIENT_LIST)
        r = read_items(a, s, &tree, &reply);
    else if (kind == s->resource->kind)
        r = client_object_from_tree(&object, s->resource, &tree, &err);
    else
        reply.tree = &tree;
    reply.object = object;
    if (r < 0)
        answer_failure(s, 0, err.text);
    else
        answer(s, &reply);
    object_unref(object);
    for (size_t i = 0; i < reply.n_items; i++)
        object_unref(reply.items[i]);
}

static int http_transport_send(void *self, const struct client_call *call, void (*done)(void *ctx, const struct client_reply *r), void *ctx)
{
    struct client_http *h = self;
    SCOPED_BUF path = BUF_INIT(16384);
    SCOPED_BUF body = BUF_INIT(16u << 20);
    SCOPED_BUF bearer = BUF_INIT(0);
    struct http_header headers[8];
    const char *type = NULL;
    bool first = true;
    int r = client_http_path(&path, call->resource, call->ns, call->verb == CLIENT_CREATE && !call->subresource.n ? STR_NONE : call->name,
                             call->subresource);
    client_http_query(&path, &first, "labelSelector", call->label_selector);
    client_http_query(&path, &first, "fieldSelector", call->field_selector);
    if (call->verb == CLIENT_CREATE || call->verb == CLIENT_UPDATE || call->verb == CLIENT_PATCH)
        client_http_query(&path, &first, "fieldManager", call->manager);
    if (call->force)
        client_http_query(&path, &first, "force", STR("true"));
    if (r == 0)
        r = write_body(&body, call, &type);
    struct http_send *s = r < 0 ? NULL : mem_alloc(sizeof(*s));
    if (!s)
        return r < 0 ? r : -ENOMEM;
    *s = (struct http_send){.http = h, .verb = call->verb, .resource = call->resource, .done = done, .ctx = ctx};
    size_t n = client_http_headers(h, headers, CLIENT_PROTOBUF ", application/json", body.n ? type : NULL, &bearer);
    struct http_call_options o = {.method = methods[call->verb],
                                  .path = buf_cstr(&path),
                                  .headers = headers,
                                  .n_headers = n,
                                  .body = buf_view(&body),
                                  .timeout_ms = 60000,
                                  .body_max = 256u << 20};
    struct http_call_events e = {.on_end = on_end, .ctx = s};
    list_add(&h->calls, &s->link);
    r = http_client_call(&s->call, h->http, &o, &e);
    if (r < 0) {
        list_del(&s->link);
        mem_free(s);
    }
    return r;
}

/* ── life ── */

static void http_transport_free(void *self)
{
    struct client_http *h = self;
    client_http_watches_free(h);
    while (!list_empty(&h->calls)) {
        struct http_send *s = CONTAINER_OF(h->calls.next, struct http_send, link);
        list_del(&s->link);
        if (s->call)
            http_call_cancel(s->call);
        mem_free(s);
    }
    http_client_free(h->http);
    mem_free(h->token);
    mem_free(h->token_file);
    union {
        const char *in;
        char *out;
    } agent = {.in = h->user_agent.p};
    mem_free(agent.out);
    mem_free(h);
}

const struct client_transport client_http_transport = {
    .send = http_transport_send, .watch = client_http_watch, .unwatch = client_http_unwatch, .free = http_transport_free};

static int context_of(const struct client_config *k, SSL_CTX **tls, struct err *err)
{
    struct tls_pair own = {.cert_pem = k->cert_pem, .key_pem = k->key_pem};
    return tls_client_context(tls, k->cert_pem ? &own : NULL, k->ca_pem, k->insecure, STR("\x02h2\x08http/1.1"), err);
}

int client_http_new(struct client **out, struct loop *l, const struct client_config *k, struct str user_agent, struct err *err)
{
    struct client_http *h = mem_alloc(sizeof(*h));
    if (!h)
        return err_raise(err, -ENOMEM, "no memory for a client");
    h->loop = l;
    list_init(&h->calls);
    list_init(&h->watches);
    SSL_CTX *tls = NULL;
    int r = context_of(k, &tls, err);
    if (r < 0) {
        mem_free(h);
        return r;
    }
    struct http_client_options o = {.host = k->host, .port = k->port, .tls = tls};
    r = http_client_new(&h->http, l, &o, err);
    tls_context_free(tls);
    char *agent = mem_text(user_agent.p, user_agent.n);
    if (r == 0 && ((k->token && !(h->token = mem_text(k->token, strlen(k->token)))) ||
                   (k->token_file && !(h->token_file = mem_text(k->token_file, strlen(k->token_file)))) || !agent))
        r = err_raise(err, -ENOMEM, "no memory for a client");
    h->user_agent = str_make(agent, user_agent.n);
    if (r == 0)
        r = client_new(out, l, &client_http_transport, h, user_agent);
    if (r < 0)
        http_transport_free(h);
    return r;
}

int client_http_set_identity(struct client *c, const struct client_config *k, struct err *err)
{
    CHECK(c->transport.send == http_transport_send);
    struct client_http *h = c->self;
    SSL_CTX *tls = NULL;
    int r = context_of(k, &tls, err);
    if (r < 0)
        return r;
    http_client_set_tls(h->http, tls);
    tls_context_free(tls);
    if (k->token) {
        char *token = mem_text(k->token, strlen(k->token));
        if (!token)
            return err_raise(err, -ENOMEM, "no memory for a token");
        mem_free(h->token);
        h->token = token;
    }
    return 0;
}
