#include "json/json.h"
#include "object/codec_inside.h"

#define STACK_FIRST 96 /* objects' metadata and what holds it fit */

int codec_stack_room(void **p, size_t *cap, size_t need, size_t size)
{
    if (need <= *cap)
        return 0;
    size_t want = MAX(need, MAX(*cap * 2, (size_t)STACK_FIRST)), bytes;
    void *grown = __builtin_mul_overflow(want, size, &bytes) ? NULL : mem_resize(*p, bytes);
    if (!grown)
        return -ENOMEM;
    *p = grown;
    *cap = want;
    return 0;
}

void codec_done(struct codec *c)
{
    VEC_DONE(&c->slots);
    VEC_DONE(&c->refs);
}

int codec_enter(struct codec *c, struct str name, size_t item)
{
    if (c->depth >= ARRAY_LEN(c->path))
        return err_raise(c->err, -E2BIG, "exceeded max depth of %d", VALUE_DEPTH_MAX);
    c->path[c->depth++] = (struct codec_place){name, item};
    return 0;
}

int codec_no_memory(struct codec *c)
{
    return err_raise(c->err, -ENOMEM, "no memory for an object, or it is too large");
}

static void print_path(const struct codec *c, struct buf *out, bool items)
{
    for (unsigned i = 0; i < c->depth; i++) {
        if (c->path[i].name.p && (items || c->path[i].item != CODEC_KEY))
            buf_fmt(out, "%s%.*s", out->n ? "." : "", STR_FMT(c->path[i].name));
        else if (!c->path[i].name.p && items)
            buf_fmt(out, "[%zu]", c->path[i].item);
    }
}

int codec_fault(struct codec *c, const char *fmt, ...)
{
    char text[ERR_TEXT_MAX];
    SCOPED_BUF path = BUF_INIT(ERR_TEXT_MAX);
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(text, sizeof(text), fmt, ap);
    va_end(ap);
    print_path(c, &path, true);
    return err_raise(c->err, -EBADMSG, "%s%s%s", buf_cstr(&path), path.n ? ": " : "", text);
}

/* ── Go's names for what was wanted and what came ── */

static void print_go_message(struct buf *out, const struct schema_message *m)
{
    struct str head, version;
    if (!str_cut_last(m->package, '.', &head, &version))
        version = head;
    buf_fmt(out, "%.*s.%.*s", STR_FMT(version), STR_FMT(m->name));
}

/* The type Go was filling in: the list or map itself, or (`item`) what it holds. */
static void print_go_type(struct buf *out, const struct schema_field *f, bool item)
{
    static const char *const names[] = {
        [SCHEMA_STRING] = "string",  [SCHEMA_INT32] = "int32",   [SCHEMA_INT64] = "int64",       [SCHEMA_BOOL] = "bool",
        [SCHEMA_DOUBLE] = "float64", [SCHEMA_BYTES] = "[]uint8", [SCHEMA_MAP_STRING] = "string", [SCHEMA_MAP_BYTES] = "[]uint8",
    };
    if (!item && (f->flags & SCHEMA_REPEATED))
        buf_text(out, "[]");
    if (!item && f->type >= SCHEMA_MAP_STRING)
        buf_text(out, "map[string]");
    if (!f->message)
        buf_text(out, names[f->type]);
    else if (f->message->form == SCHEMA_FORM_INT_OR_STRING)
        buf_text(out, "int32");
    else if (f->message->form >= SCHEMA_FORM_TIME && f->message->form <= SCHEMA_FORM_DURATION)
        buf_text(out, "string");
    else
        print_go_message(out, f->message);
}

static bool is_number(const struct schema_field *f)
{
    return f->type == SCHEMA_INT32 || f->type == SCHEMA_INT64 || (f->message && f->message->form == SCHEMA_FORM_INT_OR_STRING);
}

static void print_go_value(struct buf *out, const struct value *v, bool literal)
{
    static const char *const names[] = {
        [VALUE_NULL] = "null",   [VALUE_BOOL] = "bool",  [VALUE_INT] = "number", [VALUE_DOUBLE] = "number",
        [VALUE_TEXT] = "string", [VALUE_LIST] = "array", [VALUE_MAP] = "object", [VALUE_RAW] = "value",
    };
    buf_text(out, names[v->type]);
    if (literal && (v->type == VALUE_INT || v->type == VALUE_DOUBLE)) {
        buf_char(out, ' ');
        json_print(out, v);
    }
}

int codec_wrong_type(struct codec *c, const struct value *got)
{
    SCOPED_BUF text = BUF_INIT(ERR_TEXT_MAX), path = BUF_INIT(ERR_TEXT_MAX);
    const struct codec_place *last = c->depth ? &c->path[c->depth - 1] : NULL;
    buf_text(&text, "json: cannot unmarshal ");
    print_go_value(&text, got, c->field && is_number(c->field));
    buf_text(&text, c->field ? " into Go struct field " : " into Go value of type ");
    if (c->field) {
        print_path(c, &path, false);
        buf_fmt(&text, "%.*s.%.*s of type ", STR_FMT(c->owner->name), STR_FMT(buf_view(&path)));
        print_go_type(&text, c->field, last && (!last->name.p || last->item == CODEC_KEY));
    } else if (c->owner) {
        print_go_message(&text, c->owner);
    }
    return err_raise(c->err, -EBADMSG, "%s", buf_cstr(&text));
}

int codec_note_unknown(struct codec *c, struct str name)
{
    struct object_notes *notes = c->notes;
    if (!notes || notes->n++ >= FAULTS_MAX)
        return 0;
    SCOPED_BUF path = BUF_INIT(0);
    print_path(c, &path, true);
    struct str view = buf_view(&path);
    notes->items[notes->n - 1] =
        buf_error(&path) < 0 ? STR_NONE : arena_fmt(c->arena, "unknown field \"%.*s%s%.*s\"", STR_FMT(view), view.n ? "." : "", STR_FMT(name));
    return notes->items[notes->n - 1].p ? 0 : codec_no_memory(c);
}
