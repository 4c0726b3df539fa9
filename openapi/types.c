/* Schema rows → OpenAPI schemas. */
#include "json/json.h"
#include "openapi/inside.h"

static struct str row_key(const struct schema_message *const *slot)
{
    return str_make(slot, sizeof(*slot));
}

void openapi_mention(struct openapi_writer *w, const struct schema_message *m)
{
    struct openapi_messages *all = w->messages;
    if (w->error < 0 || map_get(&all->seen, row_key(&m)))
        return;
    if (all->n >= OPENAPI_MESSAGES_MAX) {
        w->error = -E2BIG;
        return;
    }
    all->at[all->n] = m;
    int r = map_put(&all->seen, row_key(&all->at[all->n]), &all->at[all->n]);
    if (r < 0)
        w->error = r;
    else
        all->n++;
}

static void write_name(struct openapi_writer *w, const struct schema_message *m)
{
    buf_str(w->out, m->package);
    buf_char(w->out, '.');
    buf_str(w->out, m->name);
}

void openapi_write_ref(struct openapi_writer *w, const struct schema_message *m)
{
    openapi_mention(w, m);
    buf_fmt(w->out, "{\"$ref\":\"%s", w->ref);
    write_name(w, m);
    buf_text(w->out, "\"}");
}

void openapi_write_kind(struct openapi_writer *w, const struct schema_kind *k)
{
    if (!k->custom) {
        openapi_write_ref(w, k->message);
        return;
    }
    buf_fmt(w->out, "{\"$ref\":\"%s", w->ref);
    openapi_write_custom_name(w, k);
    buf_text(w->out, "\"}");
}

void openapi_write_gvk(struct openapi_writer *w, const struct schema_kind *k)
{
    buf_fmt(w->out, "{\"group\":\"%.*s\",\"kind\":\"%.*s\",\"version\":\"%.*s\"}", STR_FMT(k->group), STR_FMT(k->name), STR_FMT(k->version));
}

static const char *scalar(enum schema_type t)
{
    switch (t) {
    case SCHEMA_INT32:
        return "{\"format\":\"int32\",\"type\":\"integer\"}";
    case SCHEMA_INT64:
        return "{\"format\":\"int64\",\"type\":\"integer\"}";
    case SCHEMA_BOOL:
        return "{\"type\":\"boolean\"}";
    case SCHEMA_DOUBLE:
        return "{\"format\":\"double\",\"type\":\"number\"}";
    case SCHEMA_BYTES:
    case SCHEMA_MAP_BYTES:
        return "{\"format\":\"byte\",\"type\":\"string\"}";
    default:
        return "{\"type\":\"string\"}";
    }
}

/* One value of the field: an item of a list, a member of a map, or the field itself. */
static void write_one(struct openapi_writer *w, const struct schema_field *f)
{
    if (f->message && (f->type == SCHEMA_MESSAGE || f->type == SCHEMA_MAP_MESSAGE))
        openapi_write_ref(w, f->message);
    else
        buf_text(w->out, scalar(f->type));
}

static void write_enum(struct openapi_writer *w, const struct schema_field *f)
{
    bool first = true;
    if (!f->enums || !(f->flags & SCHEMA_ENUM_CLOSED))
        return;
    buf_text(w->out, "\"enum\":[");
    for (const struct str *e = f->enums; e->p; e++) {
        buf_text(w->out, first ? "" : ",");
        json_string(w->out, *e);
        first = false;
    }
    buf_text(w->out, "],");
}

static void write_list_marks(struct openapi_writer *w, const struct schema_field *f)
{
    if (f->list == SCHEMA_LIST_MAP && f->list_keys) {
        buf_text(w->out, "\"x-kubernetes-list-map-keys\":[");
        for (const struct str *k = f->list_keys; k->n; k++) {
            buf_text(w->out, k == f->list_keys ? "" : ",");
            json_string(w->out, *k);
        }
        buf_text(w->out, "],");
    }
    buf_fmt(w->out, "\"x-kubernetes-list-type\":\"%s\",", f->list == SCHEMA_LIST_MAP ? "map" : f->list == SCHEMA_LIST_SET ? "set" : "atomic");
}

static void write_patch_marks(struct openapi_writer *w, const struct schema_field *f)
{
    const char *merge = f->flags & SCHEMA_PATCH_MERGE ? "merge" : "";
    const char *retain = f->flags & SCHEMA_PATCH_RETAIN_KEYS ? "retainKeys" : "";
    if (f->merge_key.n)
        buf_fmt(w->out, "\"x-kubernetes-patch-merge-key\":\"%.*s\",", STR_FMT(f->merge_key));
    if (*merge || *retain)
        buf_fmt(w->out, "\"x-kubernetes-patch-strategy\":\"%s%s%s\",", merge, *merge && *retain ? "," : "", retain);
    if (f->flags & SCHEMA_MAP_ATOMIC)
        buf_text(w->out, "\"x-kubernetes-map-type\":\"atomic\",");
}

/* A default only where its JSON stands ready; a copied one ("= other") is no schema matter. */
static void write_default(struct openapi_writer *w, const struct schema_field *f)
{
    if (f->fallback.n && f->fallback.p[0] != '=')
        buf_fmt(w->out, "\"default\":%.*s,", STR_FMT(f->fallback));
}

void openapi_write_property(struct openapi_writer *w, const struct schema_field *f)
{
    bool map = f->type == SCHEMA_MAP_STRING || f->type == SCHEMA_MAP_BYTES || f->type == SCHEMA_MAP_MESSAGE;
    buf_char(w->out, '{');
    openapi_write_description(w, f);
    write_default(w, f);
    write_patch_marks(w, f);
    if (f->flags & SCHEMA_REPEATED) {
        write_list_marks(w, f);
        buf_text(w->out, "\"type\":\"array\",\"items\":");
        write_one(w, f);
    } else if (map) {
        buf_text(w->out, "\"type\":\"object\",\"additionalProperties\":");
        write_one(w, f);
    } else if (f->type == SCHEMA_MESSAGE && f->message && !w->v3) { /* where readers of v2 look for it */
        size_t from = w->out->n;
        openapi_write_ref(w, f->message);
        if (!w->out->error)
            memmove(w->out->p + from, w->out->p + from + 1, --w->out->n - from); /* this object's brace stands already */
        return;
    } else if (f->type == SCHEMA_MESSAGE && f->message) {
        buf_text(w->out, "\"allOf\":[");
        openapi_write_ref(w, f->message);
        buf_char(w->out, ']');
    } else {
        write_enum(w, f);
        buf_str(w->out, str_from(str_of(scalar(f->type)), 1)); /* which closes the brace */
        return;
    }
    buf_char(w->out, '}');
}

static bool write_form(struct openapi_writer *w, const struct schema_message *m)
{
    const char *text = NULL;
    switch ((enum schema_form)m->form) {
    case SCHEMA_FORM_QUANTITY:
        text = w->v3 ? "{\"oneOf\":[{\"type\":\"string\"},{\"type\":\"number\"}]}" : "{\"type\":\"string\"}";
        break;
    case SCHEMA_FORM_INT_OR_STRING:
        text = w->v3 ? "{\"format\":\"int-or-string\",\"oneOf\":[{\"type\":\"integer\"},{\"type\":\"string\"}]}"
                     : "{\"format\":\"int-or-string\",\"type\":\"string\"}";
        break;
    case SCHEMA_FORM_TIME:
    case SCHEMA_FORM_MICRO_TIME:
        text = "{\"format\":\"date-time\",\"type\":\"string\"}";
        break;
    case SCHEMA_FORM_DURATION:
        text = "{\"type\":\"string\"}";
        break;
    case SCHEMA_FORM_RAW_OBJECT:
    case SCHEMA_FORM_PROTO_ONLY:
    case SCHEMA_FORM_ENVELOPE:
        text = "{\"type\":\"object\"}";
        break;
    case SCHEMA_FORM_RAW:
    case SCHEMA_FORM_OR_ARRAY:
    case SCHEMA_FORM_OR_BOOL:
    case SCHEMA_FORM_OR_STRINGS:
        text = "{\"x-kubernetes-preserve-unknown-fields\":true}";
        break;
    case SCHEMA_FORM_ARRAY:
        text = "{\"type\":\"array\",\"items\":{\"type\":\"string\"}}";
        break;
    case SCHEMA_FORM_OBJECT:
        break;
    }
    if (text)
        buf_text(w->out, text);
    return text != NULL;
}

static void write_kinds(struct openapi_writer *w, const struct schema_message *m)
{
    const struct schema_kind *kinds;
    size_t n = schema_kinds(&kinds);
    bool first = true;
    for (size_t i = 0; i < n; i++) {
        if (kinds[i].message != m)
            continue;
        buf_text(w->out, first ? ",\"x-kubernetes-group-version-kind\":[" : ",");
        openapi_write_gvk(w, &kinds[i]);
        first = false;
    }
    if (!first)
        buf_char(w->out, ']');
}

static void write_object(struct openapi_writer *w, const struct schema_message *m)
{
    size_t n = schema_slots(m);
    bool first = true, typed = schema_has_type(m);
    buf_text(w->out, "{\"type\":\"object\"");
    if (m->doc.n) {
        buf_text(w->out, ",\"description\":");
        json_string(w->out, m->doc);
    }
    for (size_t i = 0; i < n; i++)
        if (schema_slot(m, i)->flags & SCHEMA_REQUIRED) {
            buf_text(w->out, first ? ",\"required\":[" : ",");
            json_string(w->out, schema_slot(m, i)->name);
            first = false;
        }
    buf_text(w->out, first ? ",\"properties\":{" : "],\"properties\":{");
    first = true;
    bool kind = false, version = false;
    for (size_t i = 0; i < n; i++) {
        const struct schema_field *f = schema_slot(m, i);
        kind |= str_is(f->name, "kind");
        version |= str_is(f->name, "apiVersion");
        buf_text(w->out, first ? "" : ",");
        json_string(w->out, f->name);
        buf_char(w->out, ':');
        openapi_write_property(w, f);
        first = false;
    }
    if (typed && !kind)
        buf_fmt(w->out, "%s\"kind\":{\"type\":\"string\"}", first ? "" : ",");
    if (typed && !version)
        buf_fmt(w->out, "%s\"apiVersion\":{\"type\":\"string\"}", first && kind ? "" : ",");
    buf_char(w->out, '}');
    if (m->map_atomic)
        buf_text(w->out, ",\"x-kubernetes-map-type\":\"atomic\"");
    write_kinds(w, m);
    buf_char(w->out, '}');
}

void openapi_write_schemas(struct openapi_writer *w)
{
    for (size_t i = 0; i < w->messages->n && w->error == 0; i++) { /* grows while it is walked */
        const struct schema_message *m = w->messages->at[i];
        buf_text(w->out, i ? ",\"" : "\"");
        write_name(w, m);
        buf_text(w->out, "\":");
        if (!write_form(w, m))
            write_object(w, m);
    }
}
