/* LIST: written as it is walked, never whole in memory when it is long. */
#include "api/inside.h"
#include "convert/convert.h"
#include "json/json.h"
#include "pb/pb.h"
#include "yaml/yaml.h"

#define STAGE_BYTES ((size_t)60 * 1024)  /* what a turn of the socket takes, with its chunk's head and end; a tenth of a millisecond */
#define PACK_BYTES  ((size_t)16 * 1024)  /* of what is compressed: a fifth of a millisecond */
#define WHOLE_BYTES ((size_t)128 * 1024) /* shorter lists go in one piece; longer ones compressed, as upstream */

struct listing {
    struct call *c;
    struct query_list list;
    struct form form;
    struct buf stage;
    struct buf item;
    bool begun;  /* the head has been sent */
    bool packed; /* … of a compressed answer */
    bool first;
    bool slow; /* items are decoded */
    int64_t now;
    bool measures; /* protobuf: lengths are added up first */
    size_t total;
    /* objects that are converted on the way */
    struct convert_line *line; /* NULL: they are not */
    bool collects;             /* all of the page, or of the list, before the first byte */
    struct object **held;      /* with references: what has been collected */
    size_t n_held, held_bytes;
    /* responseObject of the audit log: the same once more, as JSON */
    bool tells;
    struct form told_form;
    struct buf told;
};

#define TOLD_BYTES ((size_t)4 << 20) /* longer ones are not told: an event is one line */

#define HELD_BYTES ((size_t)64 << 20) /* then a page ends; what must be whole and is larger is refused */

#define LOOK_EACH 8   /* items between looks at the clock */
#define PATIENCE  128 /* objects that selectors may pass over between them */
#define PAUSED    7   /* beside CONVERT_WAITS: ask again */

static void release_bytes(void *owner)
{
    mem_free(owner);
}

static void close_list(struct listing *l)
{
    query_list_close(&l->list);
    l->line = convert_line_free(l->line);
    while (l->n_held)
        object_unref(l->held[--l->n_held]);
    l->held = mem_free(l->held);
    buf_done(&l->item);
    buf_done(&l->told);
}

static void listing_free(void *ctx)
{
    struct listing *l = ctx;
    struct call *c = l->c;
    close_list(l);
    buf_done(&l->stage);
    c->gone = NULL;
    call_finish(c);
}

static void fail(struct listing *l, int r, const struct err *err)
{
    struct call *c = l->c;
    struct apireq_status st;
    if (l->begun) {
        c->code = 500;
        http_req_set_data(c->q, NULL, NULL);
        http_reply_abort(call_release(c));
        listing_free(l);
        return;
    }
    if (r == -ENOMEM)
        apireq_status_memory(&st);
    else
        apireq_status_internal(c->a, &st, "%s", err->text);
    close_list(l);
    buf_done(&l->stage);
    c->gone = NULL;
    call_status(c, &st);
}

static void write_meta(struct listing *l, struct buf *b)
{
    buf_text(b, "\"metadata\":{");
    buf_fmt(b, "\"resourceVersion\":\"%lld\"", (long long)l->list.revision);
    if (l->list.continue_token.n)
        buf_fmt(b, ",\"continue\":\"%.*s\"", STR_FMT(l->list.continue_token));
    if (l->list.remaining >= 0)
        buf_fmt(b, ",\"remainingItemCount\":%lld", (long long)l->list.remaining);
    buf_char(b, '}');
}

static int json_head(struct listing *l, const struct form *f, struct buf *b)
{
    struct str v = f->shape_version.n ? f->shape_version : STR("v1");
    int r = 0;
    if (f->shape == APIREQ_TABLE) {
        buf_fmt(b, "{\"kind\":\"Table\",\"apiVersion\":\"meta.k8s.io/%.*s\",", STR_FMT(v));
        write_meta(l, b);
        buf_char(b, ',');
        r = form_columns(f, b);
        buf_text(b, ",\"rows\":[");
    } else if (f->shape == APIREQ_PARTIAL_LIST || f->shape == APIREQ_PARTIAL) {
        buf_fmt(b, "{\"kind\":\"PartialObjectMetadataList\",\"apiVersion\":\"meta.k8s.io/%.*s\",", STR_FMT(v));
        write_meta(l, b);
        buf_text(b, ",\"items\":[");
    } else {
        const struct schema_kind *k = f->res->list_kind;
        buf_fmt(b, "{\"kind\":\"%.*s\",\"apiVersion\":\"%.*s\",", STR_FMT(k->name), STR_FMT(k->api_version));
        write_meta(l, b);
        buf_text(b, ",\"items\":[");
    }
    return r < 0 ? r : buf_error(b);
}

/* YAML's keys are in order: a Table's rows are its last, items stand before kind and metadata, which yaml_tail() brings. */
static int yaml_head(struct listing *l)
{
    SCOPED_BUF json = BUF_INIT(0);
    struct err err = {{0}};
    struct value tree = {0};
    const struct form *f = &l->form;
    if (f->shape == APIREQ_OBJECT) {
        buf_fmt(&l->stage, "apiVersion: %.*s\n", STR_FMT(f->res->list_kind->api_version));
        return buf_error(&l->stage);
    }
    if (f->shape != APIREQ_TABLE) {
        buf_fmt(&l->stage, "apiVersion: meta.k8s.io/%.*s\n", STR_FMT(f->shape_version));
        return buf_error(&l->stage);
    }
    buf_fmt(&json, "{\"kind\":\"Table\",\"apiVersion\":\"meta.k8s.io/%.*s\",", STR_FMT(f->shape_version));
    write_meta(l, &json);
    buf_char(&json, ',');
    int r = form_columns(f, &json);
    buf_char(&json, '}');
    if (r == 0)
        r = json_parse(l->c->a, buf_view(&json), &tree, &err);
    return r < 0 ? r : yaml_print(&l->stage, &tree, &err);
}

static const char *yaml_entries(const struct listing *l)
{
    return l->form.shape == APIREQ_TABLE ? "rows:" : "items:";
}

static int yaml_tail(struct listing *l)
{
    SCOPED_BUF json = BUF_INIT(0);
    struct err err = {{0}};
    struct value tree = {0};
    if (l->first)
        buf_fmt(&l->stage, "%s []\n", yaml_entries(l));
    if (l->form.shape == APIREQ_TABLE)
        return buf_error(&l->stage);
    struct str kind = l->form.shape == APIREQ_OBJECT ? l->form.res->list_kind->name : STR("PartialObjectMetadataList");
    buf_fmt(&json, "{\"kind\":\"%.*s\",", STR_FMT(kind));
    write_meta(l, &json);
    buf_char(&json, '}');
    int r = buf_error(&json);
    if (r == 0)
        r = json_parse(l->c->a, buf_view(&json), &tree, &err);
    return r < 0 ? r : yaml_print(&l->stage, &tree, &err);
}

static void begin(struct listing *l)
{
    struct call_headers h;
    if (l->begun)
        return;
    call_headers(l->c, apireq_content_type(l->form.format, false), &h);
    l->packed = http_reply_compress(l->c->q);
    http_reply_begin(l->c->q, 200, h.at, h.n);
    l->begun = true;
}

static size_t stage_most(const struct listing *l)
{
    return !l->begun ? WHOLE_BYTES : l->packed ? PACK_BYTES : STAGE_BYTES;
}

static int flush(struct listing *l)
{
    char *p;
    size_t n;
    begin(l);
    int r = buf_take(&l->stage, &p, &n);
    if (r < 0)
        return r;
    (void)buf_room(&l->stage, stage_most(l) + 4096); /* for the next, not step by step; a fault sticks to it */
    size_t unsent = http_req_unsent(l->c->q);
    http_reply_write(l->c->q, (struct http_bytes){.bytes = str_make(p, n), .release = release_bytes, .owner = p});
    http_reply_flush(l->c->q); /* what it costs is this turn's */
    size_t left = http_req_unsent(l->c->q);
    l->c->api->sent += left > unsent ? left - unsent : 0;
    return 0;
}

/* ── what the audit log is to have ── */

static void tell_item(struct listing *l, struct object *o)
{
    struct err err = {{0}};
    if (!l->tells || l->told.error)
        return;
    if (!l->first)
        buf_char(&l->told, ',');
    if (form_item(&l->told_form, o, l->now, &l->told, &err) < 0)
        l->told.error = -EINVAL;
}

/* In upstream's word: an event whose object was left out says so. */
static void tell(struct listing *l)
{
    struct value tree = {0};
    if (!l->tells)
        return;
    buf_text(&l->told, "]}");
    if (buf_error(&l->told) == 0 && json_parse(l->c->a, buf_view(&l->told), &tree, NULL) == 0)
        auditing_tree(l->c, &tree);
    else
        auditing_note(l->c, STR("audit.k8s.io/truncated"), STR("true"));
}

static int write_item(struct listing *l, struct object *o, struct err *err)
{
    tell_item(l, o);
    if (l->form.format == OBJECT_PROTOBUF) {
        l->first = false;
        buf_clear(&l->item);
        int r = form_item(&l->form, o, l->now, &l->item, err);
        if (r < 0)
            return r;
        pb_put_bytes(&l->stage, 2, buf_view(&l->item));
        return buf_error(&l->stage);
    }
    if (l->form.format == OBJECT_YAML && l->first)
        buf_fmt(&l->stage, "%s\n", yaml_entries(l));
    else if (l->form.format == OBJECT_JSON && !l->first)
        buf_char(&l->stage, ',');
    l->first = false;
    return form_item(&l->form, o, l->now, &l->stage, err);
}

static void finish(struct listing *l)
{
    struct call *c = l->c;
    struct call_headers h;
    int r = 0;
    if (l->form.format == OBJECT_PROTOBUF)
        form_pb_envelope_end(&l->stage);
    else if (l->form.format == OBJECT_YAML)
        r = yaml_tail(l);
    else
        buf_text(&l->stage, "]}\n");
    if (r < 0) {
        fail(l, r, &(struct err){"the list has no YAML form"});
        return;
    }
    c->code = 200;
    tell(l);
    if (!l->begun) { /* short: in one piece, with its length */
        c->gone = NULL;
        call_headers(c, apireq_content_type(l->form.format, false), &h);
        struct buf body = l->stage;
        l->stage = BUF_INIT(0);
        close_list(l);
        call_bytes(c, 200, &h, &body);
        buf_done(&body);
        return;
    }
    if (flush(l) < 0) {
        fail(l, -ENOMEM, NULL);
        return;
    }
    http_req_on_drain(c->q, NULL);
    http_req_set_data(c->q, NULL, NULL);
    http_reply_end(call_release(c));
    listing_free(l);
}

static int next_object(struct listing *l, struct object **o)
{
    if (l->line && !l->list.limited)
        return convert_line_next(l->line, &l->list, CONVERT_BATCH, o);
    *o = query_list_next(&l->list);
    return !*o && l->list.paused ? PAUSED : 0;
}

/* Protobuf puts lengths in front: one walk adds them up, a second one writes. */
static int pb_head(struct listing *l)
{
    SCOPED_BUF meta = BUF_INIT(0);
    char revision[24];
    snprintf(revision, sizeof(revision), "%lld", (long long)l->list.revision);
    size_t m = pb_open(&meta, 1);
    pb_put_bytes(&meta, 1, STR(""));
    pb_put_bytes(&meta, 2, str_of(revision));
    pb_put_bytes(&meta, 3, l->list.continue_token);
    if (l->list.remaining >= 0)
        pb_put_integer(&meta, 4, (uint64_t)l->list.remaining);
    pb_close(&meta, m);
    bool whole = l->form.shape == APIREQ_OBJECT;
    form_pb_envelope(&l->stage, whole ? l->form.res->list_kind->api_version : STR("meta.k8s.io/v1"),
                     whole ? l->form.res->list_kind->name : STR("PartialObjectMetadataList"), l->total + meta.n);
    buf_str(&l->stage, buf_view(&meta));
    int r = buf_error(&meta);
    return r < 0 ? r : buf_error(&l->stage);
}

static void go_on(void *ctx);

/* Whether the turn is over, asked once in n objects, and never before the first. What must be taken apart and put
 * together again takes long for each. */
static bool look(const struct listing *l, unsigned *n)
{
    if (*n < (l->slow ? 1u : LOOK_EACH))
        return false;
    *n = 0;
    return turn_over(l->c->api);
}

/* false: another turn is needed, or it has failed */
static bool measured(struct listing *l)
{
    struct err err = {{0}};
    struct object *o;
    int r = 0;
    for (unsigned n = 0; r == 0; n++) {
        if (look(l, &n)) {
            call_again(l->c, go_on, l);
            return false;
        }
        o = query_list_next(&l->list);
        if (!o && l->list.paused) {
            n = LOOK_EACH;
            continue;
        }
        if (!o)
            break;
        buf_clear(&l->item);
        r = form_item(&l->form, o, l->now, &l->item, &err);
        size_t item = l->item.n;
        buf_clear(&l->item);
        pb_put_tag(&l->item, 2, PB_BYTES);
        pb_put_varint(&l->item, item);
        l->total += item + l->item.n;
    }
    query_list_rewind(&l->list);
    l->measures = false;
    if (r == 0)
        r = pb_head(l);
    if (r < 0)
        fail(l, r, &err);
    return r == 0;
}

static void go_on(void *ctx)
{
    struct listing *l = ctx;
    struct err err = {{0}};
    if (l->measures && !measured(l))
        return;
    for (unsigned n = 0;; n++) {
        if (l->begun && http_req_full(l->c->q))
            return; /* drained() comes */
        if (look(l, &n)) {
            call_again(l->c, go_on, l);
            return;
        }
        struct object *o = NULL;
        int r = next_object(l, &o);
        if (r == CONVERT_WAITS)
            return; /* converted() comes */
        if (r == PAUSED) {
            n = LOOK_EACH;
            continue;
        }
        if (r == 0 && !o) {
            finish(l);
            return;
        }
        if (r == 0)
            r = write_item(l, o, &err);
        if (r == 0 && l->stage.n >= stage_most(l))
            r = flush(l);
        if (r < 0) {
            fail(l, r, &err);
            return;
        }
    }
}

static void drained(void *data)
{
    struct call *c = data;
    struct listing *l = c->gone_ctx;
    if (l)
        call_again(c, go_on, l);
}

/* ── objects that a webhook converts ── */

static void show(struct listing *l)
{
    struct err err = {{0}};
    struct call *c = l->c;
    http_req_on_drain(c->q, drained);
    l->list.patience = PATIENCE;
    l->measures = l->form.format == OBJECT_PROTOBUF;
    int r = l->measures ? 0 : l->form.format == OBJECT_YAML ? yaml_head(l) : json_head(l, &l->form, &l->stage);
    if (l->tells)
        l->told.error = json_head(l, &l->told_form, &l->told);
    if (r < 0)
        fail(l, r, &err);
    else
        go_on(l);
}

static int hold(struct listing *l, struct object *o)
{
    if ((l->n_held & (l->n_held - 1)) == 0) { /* room for the next power of two */
        struct object **more = mem_alloc(MAX(2 * l->n_held, (size_t)16) * sizeof(*more));
        if (!more)
            return -ENOMEM;
        if (l->n_held)
            memcpy(more, l->held, l->n_held * sizeof(*more));
        mem_free(l->held);
        l->held = more;
    }
    l->held[l->n_held++] = object_ref(o);
    l->held_bytes += object_bytes(o);
    return 0;
}

/* No snapshot keeps what was found, and writing it may take several turns. */
static int hold_found(struct listing *l)
{
    int r = 0;
    for (size_t i = 0; r == 0 && i < l->list.n_found; i++)
        r = hold(l, l->list.found[i]);
    l->list.found = l->held;
    l->list.n_found = l->n_held;
    return r;
}

/* The page's or the list's end has been reached. */
static int collected(struct listing *l, bool full)
{
    int r = 0;
    bool large = l->held_bytes >= HELD_BYTES;
    if (full && (large || query_list_next(&l->list)))
        r = query_list_cut(l->c->a, &l->list, l->held[l->n_held - 1]->key);
    if (large)
        l->list.remaining = -1;
    l->list.found = l->held;
    l->list.n_found = l->n_held;
    l->list.limited = true;
    l->list.only = STR_NONE;
    return r;
}

static void collect(struct listing *l)
{
    int64_t limit = l->c->options.limit;
    struct err err = {{0}};
    struct object *o;
    bool full = false;
    int r = 0;
    while (!full) {
        r = convert_line_next(l->line, &l->list, limit > 0 ? (size_t)limit - l->n_held : CONVERT_BATCH, &o);
        if (r == CONVERT_WAITS)
            return;
        if (r < 0 || !o)
            break;
        r = hold(l, o);
        full = limit > 0 && (l->n_held >= (size_t)limit || l->held_bytes >= HELD_BYTES);
        if (r == 0 && !full && l->held_bytes >= HELD_BYTES)
            r = err_raise(&err, -E2BIG, "the list takes more memory than one may: ask for pages of it (limit), as JSON");
        if (r < 0)
            break;
    }
    if (r == 0)
        r = collected(l, full);
    if (r < 0)
        fail(l, r, &err);
    else
        show(l);
}

static void converted(void *ctx, int r, struct str error)
{
    struct listing *l = ctx;
    struct err err = {{0}};
    if (r < 0) {
        (void)err_raise(&err, r, "%.*s", STR_FMT(error));
        fail(l, r, &err);
    } else if (l->collects && !l->list.limited) {
        collect(l);
    } else {
        go_on(l);
    }
}

static bool converts(const struct call *c)
{
    return c->res->custom && c->res->custom->webhook;
}

void call_list(struct call *c)
{
    struct apireq_status st;
    struct query_list found;
    if (converts(c) ? query_list_open_raw(c->api->store, c->a, &c->route, &c->options, c->res, &found, &st)
                    : query_list_open(c->api->store, c->a, &c->route, &c->options, c->res, &found, &st))
        call_status(c, &st);
    else
        call_list_found(c, &found);
}

void call_list_found(struct call *c, struct query_list *found)
{
    struct listing *l = arena_alloc(c->a, sizeof(*l));
    struct convert_line *line = NULL;
    if (!l || (found->raw && convert_line_new(&line, registry_convert(c->api->registry), c->res, converted, l) < 0)) {
        query_list_close(found);
        call_memory(c);
        return;
    }
    *l = (struct listing){.c = c, .list = *found, .first = true, .now = loop_wall(c->api->loop), .form = call_form(c), .line = line};
    found->snapshot = NULL;
    if (!l->list.snapshot && hold_found(l) < 0) {
        close_list(l);
        call_memory(c);
        return;
    }
    if (l->form.shape == APIREQ_PARTIAL)
        l->form.shape = APIREQ_PARTIAL_LIST;
    l->tells = auditing_wants_response(c);
    l->told = BUF_INIT(TOLD_BYTES);
    l->told_form = l->form;
    l->told_form.format = OBJECT_JSON;
    c->gone = listing_free;
    c->gone_ctx = l;
    l->slow = l->form.format == OBJECT_YAML || l->form.shape != APIREQ_OBJECT || (c->res->storage && c->res->storage != c->res);
    l->collects = line && (c->options.limit > 0 || l->form.format == OBJECT_PROTOBUF); /* which is walked twice */
    if (l->collects)
        collect(l);
    else
        show(l);
}
