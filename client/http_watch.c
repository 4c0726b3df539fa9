#include "client/inside.h"

#include "pb/pb.h"

/* A watch over HTTP: pages of a LIST first when asked from 0, then the WATCH
 * stream in protobuf frames: four bytes of length, then a WatchEvent. */
#define PAGE          500
#define FRAME_MAX     (16u << 20)
#define WATCH_SECONDS 480

struct http_watch {
    struct list link;
    struct client_http *http;
    struct client_watch_call call;
    char *texts;
    struct http_call *stream;
    struct loop_task task;
    struct buf frame;
    char *continue_token;
    int64_t after;
    int code;
    int end_code; /* what an ERROR event said */
    char end_message[256];
    bool listing;
};

static void watch_free(struct http_watch *w)
{
    list_del(&w->link);
    loop_defer_cancel(&w->task);
    if (w->stream)
        http_call_cancel(w->stream);
    buf_done(&w->frame);
    mem_free(w->continue_token);
    mem_free(w->texts);
    mem_free(w);
}

static void end(struct http_watch *w, int code, const char *message)
{
    void (*on_end)(void *, int, const char *) = w->call.on_end;
    void *ctx = w->call.ctx;
    char text[256];
    snprintf(text, sizeof(text), "%s", message ? message : "");
    watch_free(w);
    on_end(ctx, code, text);
}

/* ── frames ── */

/* A WatchEvent stands bare in its frame; the object inside it has an envelope. */
enum { EVENT_TYPE = 1, EVENT_OBJECT = 2, EXTENSION_RAW = 1 };

static int on_watch_event(struct http_watch *w, struct str type, const struct value *tree)
{
    struct object *o = NULL;
    int64_t revision = 0;
    if (str_is(type, "ERROR")) {
        w->end_code = (int)value_int_at(tree, "code", 500);
        snprintf(w->end_message, sizeof(w->end_message), "%.*s", STR_FMT(value_text_at(tree, "message")));
        return 0;
    }
    int r = str_to_int(value_text_at(tree, "metadata.resourceVersion"), &revision);
    if (r < 0)
        return r;
    if (str_is(type, "BOOKMARK")) {
        w->call.on_event(w->call.ctx, CLIENT_BOOKMARK, NULL, revision);
        return 0;
    }
    r = client_object_from_tree(&o, w->call.resource, tree, NULL);
    if (r < 0)
        return r;
    w->call.on_event(w->call.ctx, str_is(type, "DELETED") ? CLIENT_DELETED : CLIENT_PUT, o, revision);
    object_unref(o);
    return 0;
}

static int read_frame(struct http_watch *w, struct str frame)
{
    SCOPED(arena) a = NULL;
    struct value tree = {0};
    struct pb_field type, extension, raw;
    if (!pb_find(frame, EVENT_TYPE, PB_BYTES, &type) || !pb_find(frame, EVENT_OBJECT, PB_BYTES, &extension) ||
        !pb_find(extension.bytes, EXTENSION_RAW, PB_BYTES, &raw))
        return -EBADMSG;
    int r = arena_new(&a, frame.n * 64 + 65536);
    if (r == 0)
        r = object_decode(a, OBJECT_PROTOBUF, raw.bytes, NULL, &tree, NULL, NULL, NULL);
    return r < 0 ? r : on_watch_event(w, type.bytes, &tree);
}

/* Hands out whole frames. False: the watch is gone or the stream cannot be read. */
static int read_frames(struct http_watch *w)
{
    size_t at = 0;
    int r = 0;
    while (r == 0 && w->frame.n - at >= 4) {
        const unsigned char *p = (const unsigned char *)w->frame.p + at;
        size_t n = (size_t)p[0] << 24 | (size_t)p[1] << 16 | (size_t)p[2] << 8 | p[3];
        if (n > FRAME_MAX)
            return -EMSGSIZE;
        if (w->frame.n - at - 4 < n)
            break;
        r = read_frame(w, str_make(w->frame.p + at + 4, n));
        at += 4 + n;
    }
    buf_drop(&w->frame, at);
    return r;
}

static void on_stream_head(void *ctx, int code, const struct http_header *headers, size_t n)
{
    struct http_watch *w = ctx;
    (void)headers;
    (void)n;
    w->code = code;
}

static void broken(void *ctx)
{
    struct http_watch *w = ctx;
    end(w, 0, "the watch sent what is no event");
}

static void on_stream_data(void *ctx, struct str bytes)
{
    struct http_watch *w = ctx;
    buf_str(&w->frame, bytes);
    if (w->code != 200 || w->task.queued)
        return; /* an error reply is kept for its message */
    if (buf_error(&w->frame) < 0 || read_frames(w) < 0)
        loop_defer(w->http->loop, &w->task, broken, w);
}

static void on_stream_end(void *ctx, int r, int code, struct str body, const char *error)
{
    struct http_watch *w = ctx;
    (void)body;
    w->stream = NULL;
    if (w->end_code)
        end(w, w->end_code, w->end_message);
    else
        end(w, r < 0 ? 0 : code, r < 0 ? error : "");
}

static int stream_start(struct http_watch *w)
{
    SCOPED_BUF path = BUF_INIT(16384);
    SCOPED_BUF bearer = BUF_INIT(0);
    char number[24];
    struct http_header headers[8];
    bool first = true;
    int r = client_http_path(&path, w->call.resource, w->call.ns, STR_NONE, STR_NONE);
    client_http_query(&path, &first, "labelSelector", w->call.label_selector);
    client_http_query(&path, &first, "fieldSelector", w->call.field_selector);
    client_http_query(&path, &first, "watch", STR("true"));
    client_http_query(&path, &first, "allowWatchBookmarks", STR("true"));
    snprintf(number, sizeof(number), "%lld", (long long)w->after);
    client_http_query(&path, &first, "resourceVersion", str_of(number));
    snprintf(number, sizeof(number), "%d", WATCH_SECONDS);
    client_http_query(&path, &first, "timeoutSeconds", str_of(number));
    size_t n = client_http_headers(w->http, headers, CLIENT_PROTOBUF ";stream=watch", NULL, &bearer);
    struct http_call_options o = {.method = "GET", .path = buf_cstr(&path), .headers = headers, .n_headers = n, .head_ms = 30000};
    struct http_call_events e = {.on_head = on_stream_head, .on_data = on_stream_data, .on_end = on_stream_end, .ctx = w};
    buf_clear(&w->frame);
    return r < 0 ? r : http_client_call(&w->stream, w->http->http, &o, &e);
}

/* ── the list before ── */

static int list_start(struct http_watch *w);

static void on_start_failed(void *ctx)
{
    end(ctx, 0, "the watch could not be started");
}

static void then(struct http_watch *w, int r)
{
    if (r < 0)
        loop_defer(w->http->loop, &w->task, on_start_failed, w);
}

static int read_page(struct http_watch *w, struct str body)
{
    SCOPED(arena) a = NULL;
    struct value list = {0};
    int r = arena_new(&a, body.n * 64 + (1 << 20));
    if (r == 0)
        r = object_decode(a, OBJECT_PROTOBUF, body, w->call.resource->list_kind, &list, NULL, NULL, NULL);
    if (r == 0)
        r = str_to_int(value_text_at(&list, "metadata.resourceVersion"), &w->after);
    const struct value *items = r < 0 ? NULL : value_at(&list, "items");
    VALUE_EACH_ITEM (item, items) {
        struct object *o = NULL;
        r = client_object_from_tree(&o, w->call.resource, item, NULL);
        if (r < 0)
            return r;
        w->call.on_event(w->call.ctx, CLIENT_PUT, o, o->revision);
        object_unref(o);
    }
    w->continue_token = mem_free(w->continue_token);
    struct str more = r < 0 ? STR_NONE : value_text_at(&list, "metadata.continue");
    if (more.n && !(w->continue_token = mem_text(more.p, more.n)))
        return -ENOMEM;
    return r;
}

static void on_page(void *ctx, int r, int code, struct str body, const char *error)
{
    struct http_watch *w = ctx;
    w->stream = NULL;
    if (r < 0 || code != 200) {
        end(w, r < 0 ? 0 : code, r < 0 ? error : "the list was refused");
        return;
    }
    r = read_page(w, body);
    if (r == 0 && w->continue_token)
        r = list_start(w);
    else if (r == 0) {
        w->call.on_event(w->call.ctx, CLIENT_SYNCED, NULL, w->after);
        r = stream_start(w);
    }
    then(w, r);
}

static int list_start(struct http_watch *w)
{
    SCOPED_BUF path = BUF_INIT(65536);
    SCOPED_BUF bearer = BUF_INIT(0);
    struct http_header headers[8];
    char number[24];
    bool first = true;
    int r = client_http_path(&path, w->call.resource, w->call.ns, STR_NONE, STR_NONE);
    client_http_query(&path, &first, "labelSelector", w->call.label_selector);
    client_http_query(&path, &first, "fieldSelector", w->call.field_selector);
    snprintf(number, sizeof(number), "%d", PAGE);
    client_http_query(&path, &first, "limit", str_of(number));
    client_http_query(&path, &first, "continue", str_of(w->continue_token));
    size_t n = client_http_headers(w->http, headers, CLIENT_PROTOBUF, NULL, &bearer);
    struct http_call_options o = {
        .method = "GET", .path = buf_cstr(&path), .headers = headers, .n_headers = n, .timeout_ms = 60000, .body_max = 256u << 20};
    struct http_call_events e = {.on_end = on_page, .ctx = w};
    return r < 0 ? r : http_client_call(&w->stream, w->http->http, &o, &e);
}

/* ── door ── */

int client_http_watch(void *self, const struct client_watch_call *call, void **handle)
{
    struct client_http *h = self;
    struct http_watch *w = mem_alloc(sizeof(*w));
    if (!w)
        return -ENOMEM;
    w->http = h;
    w->call = *call;
    w->after = call->after;
    w->frame = BUF_INIT(FRAME_MAX + 65536);
    list_add(&h->watches, &w->link);
    struct str *texts[] = {&w->call.ns, &w->call.label_selector, &w->call.field_selector};
    char *at = w->texts = mem_alloc(call->ns.n + call->label_selector.n + call->field_selector.n + 1);
    int r = at ? 0 : -ENOMEM;
    for (size_t i = 0; r == 0 && i < ARRAY_LEN(texts); i++) {
        if (texts[i]->n)
            memcpy(at, texts[i]->p, texts[i]->n);
        texts[i]->p = at;
        at += texts[i]->n;
    }
    if (r == 0)
        r = call->after ? stream_start(w) : list_start(w);
    if (r < 0) {
        watch_free(w);
        return r;
    }
    *handle = w;
    return 0;
}

void client_http_unwatch(void *self, void *handle)
{
    (void)self;
    watch_free(handle);
}

void client_http_watches_free(struct client_http *h)
{
    while (!list_empty(&h->watches))
        watch_free(CONTAINER_OF(h->watches.next, struct http_watch, link));
}
