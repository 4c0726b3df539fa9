/* Objects in the forms clients ask for: JSON, YAML, protobuf; whole, as metadata only, as Table rows. */
#include "crd/crd.h"
#include "form/form.h"
#include "json/json.h"
#include "kinds/kinds.h"
#include "pb/pb.h"
#include "strategy/strategy.h"
#include "yaml/yaml.h"

#define TREE_BYTES_MAX ((size_t)64 * 1024 * 1024)

static const struct schema_resource *stored(const struct form *f)
{
    return f->res->storage ? f->res->storage : f->res;
}

/* Of custom resources each object tells by itself: see write_whole(). */
static bool converts(const struct form *f)
{
    if (f->res->custom)
        return false;
    return stored(f) != f->res;
}

int form_tree(const struct form *f, struct arena *a, struct object *o, struct value *out, struct err *err)
{
    struct value tree = {0};
    if (f->res->custom)
        return crd_read(a, f->res, o, out, err);
    int r = object_tree(a, o, &tree, err);
    return r < 0 ? r : strategy_convert(a, stored(f)->kind, f->res->kind, &tree, out, err);
}

void form_pb_envelope(struct buf *out, struct str api_version, struct str kind, size_t raw)
{
    buf_add(out, "k8s\0", 4);
    size_t type = pb_open(out, 1);
    pb_put_bytes(out, 1, api_version);
    pb_put_bytes(out, 2, kind);
    pb_close(out, type);
    pb_put_tag(out, 2, PB_BYTES);
    pb_put_varint(out, raw);
}

void form_pb_envelope_end(struct buf *out)
{
    pb_put_bytes(out, 3, STR(""));
    pb_put_bytes(out, 4, STR(""));
}

/* ── metadata only ── */

/* The end of the JSON value that starts at text[at]: braces and brackets are counted outside of strings. */
static size_t value_end(struct str text, size_t at)
{
    int depth = 0;
    bool quoted = false;
    for (size_t i = at; i < text.n; i++) {
        char c = text.p[i];
        if (quoted) {
            if (c == '\\')
                i++;
            else if (c == '"')
                quoted = false;
        } else if (c == '"') {
            quoted = true;
        } else if (c == '{' || c == '[') {
            depth++;
        } else if ((c == '}' || c == ']') && --depth == 0) {
            return i + 1;
        }
    }
    return text.n;
}

static struct str metadata_of(struct str body)
{
    static const char head[] = "{\"metadata\":";
    if (!str_starts(body, str_of(head))) /* encoders write metadata first; custom objects by name */
        return STR_NONE;
    size_t at = sizeof(head) - 1;
    return str_make(body.p + at, value_end(body, at) - at);
}

int form_partial(struct object *o, struct str version, bool typed, struct buf *out, struct err *err)
{
    SCOPED_BUF body = BUF_INIT(0);
    int r = object_json_put(o, &body, err);
    if (r < 0)
        return r;
    if (typed)
        buf_fmt(out,
                "{\"kind\":\"PartialObjectMetadata\",\"apiVersion\":\"meta.k8s.io/%.*s\",\"metadata\":", STR_FMT(version.n ? version : STR("v1")));
    else
        buf_text(out, "{\"metadata\":");
    struct str metadata = metadata_of(buf_view(&body));
    if (metadata.n) {
        buf_str(out, metadata);
    } else {
        SCOPED(arena) mem = NULL;
        struct value tree = {0};
        r = arena_new(&mem, TREE_BYTES_MAX);
        if (r == 0)
            r = object_tree(mem, o, &tree, err);
        if (r < 0)
            return r;
        json_print(out, value_get(&tree, STR("metadata")));
    }
    buf_char(out, '}');
    return buf_error(out);
}

static int partial_tree(struct arena *a, struct object *o, struct str version, struct value *out, struct err *err)
{
    struct value tree = {0};
    int r = object_tree(a, o, &tree, err);
    struct str v = arena_fmt(a, "meta.k8s.io/%.*s", STR_FMT(version.n ? version : STR("v1")));
    const struct value *meta = value_get(&tree, STR("metadata"));
    *out = value_make_map();
    VALUE_SET(&r, a, out, "kind", value_make_text(STR("PartialObjectMetadata")));
    VALUE_SET(&r, a, out, "apiVersion", value_make_text(v));
    if (r == 0 && meta)
        VALUE_SET(&r, a, out, "metadata", *meta);
    return r;
}

/* ── tables ── */

int form_columns(const struct form *f, struct buf *out)
{
    size_t n;
    const struct column *c = kinds_columns(f->res->kind, &n);
    buf_text(out, "\"columnDefinitions\":[");
    for (size_t i = 0; i < n; i++) {
        buf_text(out, i ? ",{\"name\":" : "{\"name\":");
        json_string(out, c[i].name);
        buf_text(out, ",\"type\":");
        json_string(out, c[i].type);
        buf_text(out, ",\"format\":");
        json_string(out, c[i].format);
        buf_text(out, ",\"description\":");
        json_string(out, c[i].description);
        buf_fmt(out, ",\"priority\":%d}", c[i].priority);
    }
    buf_char(out, ']');
    return buf_error(out);
}

static int write_whole(const struct form *f, struct arena *a, struct object *o, struct buf *out, struct err *err);

static int table_row(const struct form *f, struct object *o, int64_t now, struct buf *out, struct err *err)
{
    SCOPED(arena) mem = NULL;
    struct value tree = {0}, *cells;
    size_t n;
    int r = arena_new(&mem, TREE_BYTES_MAX);
    if (r == 0)
        r = form_tree(f, mem, o, &tree, err);
    if (r < 0)
        return r;
    kinds_columns(f->res->kind, &n);
    cells = arena_alloc(mem, n * sizeof(*cells));
    r = cells ? kinds_cells(mem, f->res->kind, &tree, now, cells) : -ENOMEM;
    if (r < 0)
        return r;
    buf_text(out, "{\"cells\":[");
    for (size_t i = 0; i < n; i++) {
        if (i)
            buf_char(out, ',');
        json_print(out, &cells[i]);
    }
    buf_text(out, "]");
    if (f->include != FORM_INCLUDE_NONE) {
        buf_text(out, ",\"object\":");
        r = f->include == FORM_INCLUDE_OBJECT ? write_whole(f, mem, o, out, err) : form_partial(o, f->shape_version, true, out, err);
    }
    buf_char(out, '}');
    return r < 0 ? r : buf_error(out);
}

int form_table(const struct form *f, struct object *o, bool columns, int64_t now, struct buf *out, struct err *err)
{
    int r = 0;
    buf_fmt(out, "{\"kind\":\"Table\",\"apiVersion\":\"meta.k8s.io/%.*s\",\"metadata\":{\"resourceVersion\":\"%lld\"},",
            STR_FMT(f->shape_version.n ? f->shape_version : STR("v1")), (long long)o->revision);
    if (columns)
        r = form_columns(f, out);
    else
        buf_text(out, "\"columnDefinitions\":null");
    buf_text(out, ",\"rows\":[");
    if (r == 0)
        r = table_row(f, o, now, out, err);
    buf_text(out, "]}");
    return r < 0 ? r : buf_error(out);
}

/* ── whole objects ── */

static int write_json(struct object *o, struct buf *out, struct err *err)
{
    object_json_head(o, out);
    /* The head's comma goes where the body's bracket would. */
    size_t comma = out->n - 1;
    if (buf_error(out) == 0)
        out->n = comma;
    int r = object_json_put(o, out, err);
    if (r == 0)
        out->p[comma] = ',';
    return r;
}

static int write_pb(const struct form *f, struct object *o, struct buf *out, struct err *err)
{
    SCOPED_BUF raw = BUF_INIT(0);
    size_t about = o->stored.n + 64; /* its version comes in, the envelope stays out */
    (void)buf_room(&raw, about);     /* not step by step; a fault sticks to raw, and to out */
    (void)buf_room(out, about + 64);
    int r = object_pb(o, &raw, err);
    if (r == 0)
        r = buf_error(&raw);
    if (r < 0)
        return r;
    form_pb_envelope(out, f->res->kind->api_version, f->res->kind->name, raw.n);
    buf_str(out, buf_view(&raw));
    form_pb_envelope_end(out);
    return buf_error(out);
}

static int write_whole(const struct form *f, struct arena *a, struct object *o, struct buf *out, struct err *err)
{
    struct value tree = {0};
    if (f->res->custom ? crd_reads_plain(f->res, o) : !converts(f))
        return write_json(o, out, err);
    int r = form_tree(f, a, o, &tree, err);
    if (r == 0)
        json_print(out, &tree);
    return r < 0 ? r : buf_error(out);
}

static int write_partial(const struct form *f, struct arena *a, struct object *o, struct buf *out, struct err *err)
{
    struct value tree = {0};
    if (f->format == OBJECT_JSON)
        return form_partial(o, f->shape_version, true, out, err);
    int r = partial_tree(a, o, f->shape_version, &tree, err);
    const struct schema_kind *k = schema_kind_find(STR("meta.k8s.io"), STR("v1"), STR("PartialObjectMetadata"));
    return r < 0 ? r : object_encode(out, f->format, k, &tree, err);
}

static int yaml_of_json(struct arena *a, const struct buf *json, struct buf *out, struct err *err)
{
    struct value tree = {0};
    int r = json_parse(a, buf_view(json), &tree, err);
    return r < 0 ? r : yaml_print(out, &tree, err);
}

int form_object(const struct form *f, struct object *o, int64_t now, struct buf *out, struct err *err)
{
    if (f->shape == APIREQ_OBJECT && !converts(f) && (!f->res->custom || crd_reads_plain(f->res, o))) {
        if (f->format == OBJECT_JSON)
            return write_json(o, out, err);
        if (f->format == OBJECT_PROTOBUF && o->kind)
            return write_pb(f, o, out, err);
    }
    SCOPED(arena) mem = NULL;
    struct value tree = {0};
    int r = arena_new(&mem, TREE_BYTES_MAX);
    if (r < 0)
        return r;
    if (f->shape == APIREQ_PARTIAL)
        return write_partial(f, mem, o, out, err);
    if (f->shape == APIREQ_TABLE) {
        SCOPED_BUF json = BUF_INIT(0);
        if (f->format == OBJECT_JSON)
            return form_table(f, o, true, now, out, err);
        r = form_table(f, o, true, now, &json, err);
        return r < 0 ? r : yaml_of_json(mem, &json, out, err);
    }
    r = form_tree(f, mem, o, &tree, err);
    return r < 0 ? r : object_encode(out, f->format, f->res->kind, &tree, err);
}

/* What an envelope holds. */
static int pb_bare(struct buf *enveloped, struct buf *out, struct err *err)
{
    struct pb_field raw;
    struct str all = buf_view(enveloped);
    if (buf_error(enveloped) < 0)
        return buf_error(enveloped);
    if (!str_starts(all, str_make("k8s\0", 4)) || !pb_find(str_from(all, 4), 2, PB_BYTES, &raw))
        return err_raise(err, -EBADMSG, "an object has no protobuf form");
    buf_str(out, raw.bytes);
    return buf_error(out);
}

static int pb_item(const struct form *f, struct arena *a, struct object *o, struct buf *out, struct err *err)
{
    SCOPED_BUF whole = BUF_INIT(0);
    struct value tree = {0};
    int r;
    if (f->shape != APIREQ_OBJECT) {
        r = write_partial(f, a, o, &whole, err);
    } else {
        r = form_tree(f, a, o, &tree, err);
        if (r == 0)
            r = object_encode(&whole, OBJECT_PROTOBUF, f->res->kind, &tree, err);
    }
    return r < 0 ? r : pb_bare(&whole, out, err);
}

/* In the version asked for, as its encoder orders it. */
static int item_tree(const struct form *f, struct arena *a, struct object *o, struct value *out, struct err *err)
{
    SCOPED_BUF json = BUF_INIT(0);
    struct value tree = {0};
    int r = form_tree(f, a, o, &tree, err);
    if (r == 0)
        r = object_encode(&json, OBJECT_JSON, f->res->kind, &tree, err);
    if (r == 0)
        r = json_parse(a, buf_view(&json), out, err);
    if (r == 0) {
        value_del(out, STR("kind"));
        value_del(out, STR("apiVersion"));
    }
    return r;
}

static int yaml_item(const struct form *f, struct arena *a, struct object *o, int64_t now, struct buf *out, struct err *err)
{
    struct form as_json = *f;
    SCOPED_BUF json = BUF_INIT(0);
    struct value tree = {0}, one = value_make_list();
    int r;
    as_json.format = OBJECT_JSON;
    if (f->shape == APIREQ_OBJECT && !f->res->custom) {
        r = item_tree(f, a, o, &tree, err);
    } else {
        r = form_item(&as_json, o, now, &json, err);
        if (r == 0)
            r = json_parse(a, buf_view(&json), &tree, err);
    }
    if (r == 0 && !value_add(a, &one, tree))
        r = -ENOMEM;
    return r < 0 ? r : yaml_print(out, &one, err);
}

int form_item(const struct form *f, struct object *o, int64_t now, struct buf *out, struct err *err)
{
    SCOPED(arena) mem = NULL;
    struct value tree = {0};
    bool partial = f->shape == APIREQ_PARTIAL_LIST || f->shape == APIREQ_PARTIAL, whole = !partial && f->shape != APIREQ_TABLE;
    if (f->format == OBJECT_JSON && partial)
        return form_partial(o, f->shape_version, false, out, err);
    if (f->format == OBJECT_JSON && f->shape == APIREQ_TABLE)
        return table_row(f, o, now, out, err);
    if (f->format == OBJECT_PROTOBUF && whole && !converts(f))
        return object_pb(o, out, err);
    if (f->format == OBJECT_JSON && !f->res->custom && !converts(f))
        return object_json_put(o, out, err);
    int r = arena_new(&mem, TREE_BYTES_MAX);
    if (r < 0)
        return r;
    if (f->format == OBJECT_YAML)
        return yaml_item(f, mem, o, now, out, err);
    if (f->format == OBJECT_PROTOBUF)
        return pb_item(f, mem, o, out, err);
    if (f->res->custom) /* items of custom lists say what they are */
        return write_whole(f, mem, o, out, err);
    r = item_tree(f, mem, o, &tree, err);
    if (r == 0)
        json_print(out, &tree);
    return r < 0 ? r : buf_error(out);
}
