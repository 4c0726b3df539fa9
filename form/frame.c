/* Watch events as bytes: made once, shared by all who watch in the same form. */
#include "form/form.h"
#include "json/json.h"
#include "loop/loop.h"
#include "pb/pb.h"
#include "strategy/strategy.h"
#include "yaml/yaml.h"

#define FRAMES    64
#define FRAMES_MS 250 /* then nobody else comes for them */

struct entry {
    struct object *object; /* referenced, so that its address is its own */
    struct form form;
    enum query_event_type type;
    int64_t revision;
    bool columns;
    struct form_frame *frame;
};

struct form_frames {
    struct loop *loop;
    struct entry at[FRAMES];
    size_t next;
    struct loop_timer drop;
};

int form_frames_new(struct form_frames **out, struct loop *loop)
{
    struct form_frames *f = mem_alloc(sizeof(*f));
    if (!f)
        return -ENOMEM;
    f->loop = loop;
    *out = f;
    return 0;
}

static void entry_clear(struct entry *e)
{
    e->object = object_unref(e->object);
    e->frame = form_frame_unref(e->frame);
}

static void drop_all(void *ctx)
{
    struct form_frames *f = ctx;
    for (size_t i = 0; i < FRAMES; i++)
        entry_clear(&f->at[i]);
}

struct form_frames *form_frames_free(struct form_frames *f)
{
    if (!f)
        return NULL;
    loop_timer_stop(&f->drop);
    drop_all(f);
    return mem_free(f);
}

struct form_frame *form_frame_unref(struct form_frame *f)
{
    if (f && --f->refs == 0)
        mem_free(f);
    return NULL;
}

void form_frame_release(void *frame)
{
    form_frame_unref(frame);
}

static struct form_frame *frame_of(struct str bytes)
{
    struct form_frame *f = mem_alloc(sizeof(*f) + bytes.n);
    if (!f)
        return NULL;
    f->refs = 1;
    f->n = bytes.n;
    memcpy(f->bytes, bytes.p, bytes.n);
    return f;
}

static const char *event_name(enum query_event_type t)
{
    switch (t) {
    case QUERY_ADDED:
        return "ADDED";
    case QUERY_MODIFIED:
        return "MODIFIED";
    case QUERY_DELETED:
        return "DELETED";
    case QUERY_SYNCED:
    default:
        return "BOOKMARK";
    }
}

/* WatchEvent {type = 1, object = 2 {raw = 1}} behind its length in four bytes, most significant first. */
static struct form_frame *frame_pb(const char *type, struct str object)
{
    SCOPED_BUF b = BUF_INIT(0);
    (void)buf_room(&b, object.n + 64); /* not step by step; a fault sticks to b */
    buf_add(&b, "\0\0\0\0", 4);
    pb_put_bytes(&b, 1, str_of(type));
    size_t raw = pb_open(&b, 2);
    pb_put_bytes(&b, 1, object);
    pb_close(&b, raw);
    if (buf_error(&b) < 0)
        return NULL;
    size_t n = b.n - 4;
    for (int i = 0; i < 4; i++)
        b.p[i] = (char)(n >> (8 * (3 - i)));
    return frame_of(buf_view(&b));
}

static struct form_frame *frame_json(const char *type, struct str object)
{
    SCOPED_BUF b = BUF_INIT(0);
    buf_fmt(&b, "{\"type\":\"%s\",\"object\":", type);
    buf_str(&b, object);
    buf_text(&b, "}\n");
    return buf_error(&b) < 0 ? NULL : frame_of(buf_view(&b));
}

static struct form_frame *frame_wrap(const struct form *f, const char *type, struct str object)
{
    return f->format == OBJECT_PROTOBUF ? frame_pb(type, object) : frame_json(type, object);
}

static struct form_frame *frame_make(const struct form *f, const struct query_event *e, bool columns, int64_t now, struct err *err)
{
    SCOPED_BUF b = BUF_INIT(0);
    SCOPED(object) left = NULL;
    struct object *o = e->object;
    int r = 0;
    if (o->revision != e->revision) { /* out of view: the state it was last seen in, at the event's revision */
        r = object_load(&left, o->key, o->stored, e->revision, o->created_revision, err);
        o = left;
    }
    if (r == 0)
        r = f->shape == APIREQ_TABLE ? form_table(f, o, columns, now, &b, err) : form_object(f, o, now, &b, err);
    return r < 0 || buf_error(&b) < 0 ? NULL : frame_wrap(f, event_name(e->type), buf_view(&b));
}

static bool same_form(const struct form *a, const struct form *b)
{
    return a->res == b->res && a->format == b->format && a->shape == b->shape && a->include == b->include &&
           str_eq(a->shape_version, b->shape_version);
}

struct form_frame *form_frames_get(struct form_frames *fs, const struct form *f, const struct query_event *e, bool columns, struct err *err)
{
    columns &= f->shape == APIREQ_TABLE;
    for (size_t i = 0; i < FRAMES; i++) {
        struct entry *k = &fs->at[i];
        if (k->object == e->object && k->type == e->type && k->revision == e->revision && k->columns == columns && k->frame &&
            same_form(&k->form, f)) {
            k->frame->refs++;
            return k->frame;
        }
    }
    struct form_frame *frame = frame_make(f, e, columns, loop_wall(fs->loop), err);
    if (!frame)
        return NULL;
    /* the first of many watchers makes it; what is not kept (no timer) is only made again */
    if (loop_timer_active(&fs->drop) || loop_timer_start(fs->loop, &fs->drop, FRAMES_MS, drop_all, fs) == 0) {
        struct entry *k = &fs->at[fs->next++ % FRAMES];
        entry_clear(k);
        *k = (struct entry){object_ref(e->object), *f, e->type, e->revision, columns, frame};
        frame->refs++;
    }
    return frame;
}

/* ── frames without an object of the store ── */

static int bookmark_tree(const struct form *f, struct arena *a, int64_t revision, bool initial_end, struct value *out)
{
    char text[24];
    struct str version;
    int r = 0;
    bool partial = f->shape == APIREQ_PARTIAL || f->shape == APIREQ_PARTIAL_LIST;
    snprintf(text, sizeof(text), "%lld", (long long)revision);
    if (arena_str(a, str_of(text), &version) < 0)
        return -ENOMEM;
    *out = value_make_map();
    VALUE_SET(&r, a, out, "kind", value_make_text(partial ? STR("PartialObjectMetadata") : f->res->kind->name));
    VALUE_SET(&r, a, out, "apiVersion", value_make_text(partial ? STR("meta.k8s.io/v1") : f->res->kind->api_version));
    VALUE_SET(&r, a, out, "metadata.resourceVersion", value_make_text(version));
    if (initial_end) {
        struct value notes = value_make_map();
        if (!value_set(a, &notes, STR("k8s.io/initial-events-end"), value_make_text(STR("true"))))
            return -ENOMEM;
        VALUE_SET(&r, a, out, "metadata.annotations", notes);
    }
    return r;
}

struct form_frame *form_frame_bookmark(const struct form *f, int64_t revision, bool initial_end, bool columns, struct err *err)
{
    SCOPED(arena) mem = NULL;
    SCOPED_BUF b = BUF_INIT(0);
    struct value tree = {0};
    const struct schema_kind *k = f->res->kind;
    int r = arena_new(&mem, 1024 * 1024);
    if (r < 0)
        return NULL;
    if (f->shape == APIREQ_TABLE) { /* a table of nothing, at that version */
        buf_fmt(&b, "{\"kind\":\"Table\",\"apiVersion\":\"meta.k8s.io/v1\",\"metadata\":{\"resourceVersion\":\"%lld\"},", (long long)revision);
        if (columns)
            r = form_columns(f, &b);
        else
            buf_text(&b, "\"columnDefinitions\":null");
        r = r < 0 ? r : bookmark_tree(f, mem, revision, initial_end, &tree);
        buf_text(&b, initial_end ? ",\"rows\":[{\"cells\":[],\"object\":" : ",\"rows\":[");
        if (initial_end && r == 0)
            json_print(&b, &tree);
        buf_text(&b, initial_end ? "}]}" : "]}");
        return r < 0 || buf_error(&b) < 0 ? NULL : frame_wrap(f, "BOOKMARK", buf_view(&b));
    }
    if (f->shape != APIREQ_OBJECT)
        k = schema_kind_find(STR("meta.k8s.io"), STR("v1"), STR("PartialObjectMetadata"));
    r = bookmark_tree(f, mem, revision, initial_end, &tree);
    if (r == 0)
        r = object_conform(mem, k, &tree, NULL, err);
    if (r == 0)
        r = object_encode(&b, f->format, k, &tree, err);
    while (r == 0 && f->format != OBJECT_PROTOBUF && b.n && b.p[b.n - 1] == '\n')
        b.n--;
    return r < 0 || buf_error(&b) < 0 ? NULL : frame_wrap(f, "BOOKMARK", buf_view(&b));
}

struct form_frame *form_frame_error(const struct form *f, const struct apireq_status *st)
{
    SCOPED(arena) mem = NULL;
    SCOPED_BUF b = BUF_INIT(0);
    struct value tree = {0};
    int r = arena_new(&mem, 256 * 1024);
    if (r == 0)
        r = apireq_status_tree(mem, st, &tree);
    if (r == 0 && f->format == OBJECT_PROTOBUF)
        r = object_encode(&b, OBJECT_PROTOBUF, schema_kind_find(STR(""), STR("v1"), STR("Status")), &tree, NULL);
    else if (r == 0)
        json_print(&b, &tree);
    return r < 0 || buf_error(&b) < 0 ? NULL : frame_wrap(f, "ERROR", buf_view(&b));
}
