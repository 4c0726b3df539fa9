/* What is said of a field: its sentence from spec/words.txt, and then the facts its rows hold. A field nobody
 * wrote a sentence for is told by its facts alone, beginning with its form, so that none is without a description. */
#include "json/json.h"
#include "openapi/inside.h"

static const char *form_words(const struct schema_field *f)
{
    switch ((enum schema_type)f->type) {
    case SCHEMA_INT32:
    case SCHEMA_INT64:
        return "A whole number";
    case SCHEMA_DOUBLE:
        return "A number";
    case SCHEMA_BOOL:
        return "true or false";
    case SCHEMA_BYTES:
        return "Bytes, in base64";
    case SCHEMA_MAP_STRING:
        return "Keys and texts";
    case SCHEMA_MAP_BYTES:
        return "Keys and bytes, in base64";
    case SCHEMA_STRING:
        return "A text";
    case SCHEMA_MESSAGE:
    case SCHEMA_MAP_MESSAGE:
        break;
    }
    return NULL;
}

static void say_form(struct buf *out, const struct schema_field *f)
{
    const char *form = form_words(f);
    bool list = f->flags & SCHEMA_REPEATED;
    if (form && list)
        buf_text(out, f->type == SCHEMA_STRING ? "A list of texts." : "A list of numbers.");
    else if (form)
        buf_fmt(out, "%s.", form);
    else
        buf_fmt(out, "%s%.*s.", list ? "A list of " : f->type == SCHEMA_MAP_MESSAGE ? "Keys, and for each a " : "A ", STR_FMT(f->message->name));
}

static void say_list(struct buf *out, const struct schema_field *f)
{
    if (!(f->flags & SCHEMA_REPEATED))
        return;
    if (f->list == SCHEMA_LIST_SET)
        buf_text(out, " No entry comes twice.");
    if (f->list != SCHEMA_LIST_MAP || !f->list_keys || !f->list_keys->n)
        return;
    buf_text(out, " Entries differ in ");
    for (const struct str *k = f->list_keys; k->n; k++)
        buf_fmt(out, "%s%.*s", k == f->list_keys ? "" : k[1].n ? ", " : " or ", STR_FMT(*k));
    buf_char(out, '.');
}

static void say_values(struct buf *out, const struct schema_field *f)
{
    if (!f->enums || !f->enums->p || f->flags & SCHEMA_ENUM_CLOSED) /* those of a closed set are in the schema */
        return;
    buf_text(out, " Known values: ");
    for (const struct str *e = f->enums; e->p; e++)
        buf_fmt(out, "%s%.*s", e == f->enums ? "" : e[1].p ? ", " : " or ", STR_FMT(e->n ? *e : STR("\"\"")));
    buf_char(out, '.');
}

/* Text, number or truth value, without its quotes; empty: nothing one could say in a word. */
static struct str plain(struct str json)
{
    if (json.n > 2 && json.p[0] == '"')
        return str_make(json.p + 1, json.n - 2);
    bool word = json.n && ((json.p[0] >= '0' && json.p[0] <= '9') || str_is(json, "true") || str_is(json, "false"));
    return word ? json : STR_NONE;
}

/* The one value the server fills in whatever else is set; rows that depend on more are left to the sentences. */
static struct str filled_in(const struct schema_field *f)
{
    const struct schema_default *rows;
    size_t n = schema_defaults(&rows), met = 0;
    struct str value = f->fallback;
    for (size_t i = 0; i < n; i++) {
        const struct schema_message *m = rows[i].message;
        if (!m || f < m->fields || f >= m->fields + m->n_fields || !str_eq(rows[i].field, f->name))
            continue;
        bool always = str_starts(rows[i].condition, STR("when ")) || str_starts(rows[i].condition, STR("null and type "));
        value = always && !str_starts(rows[i].scope, STR("gate ")) ? rows[i].value : STR_NONE;
        met++;
    }
    return met > 1 ? STR_NONE : plain(value);
}

/* Bounds and the like, of the rules in spec/ ("immutable;maximum=100;ifEnabled(…)=…"). */
static void say_rules(struct buf *out, struct str rules)
{
    static const struct {
        const char *rule, *words;
    } known[] = {{"minimum=", " At least %.*s."},
                 {"maximum=", " At most %.*s."},
                 {"maxItems=", " At most %.*s entries."},
                 {"maxLength=", " At most %.*s characters."},
                 {"maxBytes=", " At most %.*s bytes."}};
    struct str rule;
    while (str_next(&rules, ';', &rule)) {
        if (str_is(rule, "immutable") || str_is(rule, "update=NoModify"))
            buf_text(out, " It cannot be changed.");
        for (size_t i = 0; i < ARRAY_LEN(known); i++)
            if (str_starts(rule, str_of(known[i].rule))) {
                struct str bound = str_from(rule, strlen(known[i].rule));
                const char *at = strchr(known[i].words, '%');
                buf_fmt(out, "%.*s%.*s%s", (int)(at - known[i].words), known[i].words, STR_FMT(bound), at + 4);
            }
    }
}

void openapi_write_description(struct openapi_writer *w, const struct schema_field *f)
{
    struct buf *out = &w->words;
    buf_clear(out);
    if (f->doc.n)
        buf_str(out, f->doc);
    else
        say_form(out, f);
    say_values(out, f);
    say_list(out, f);
    struct str value = filled_in(f);
    if (value.n)
        buf_fmt(out, " Default: %.*s.", STR_FMT(value));
    if (f->extra)
        say_rules(out, f->extra->rules);
    if (buf_error(out) < 0) {
        w->error = buf_error(out);
        return;
    }
    buf_text(w->out, "\"description\":");
    json_string(w->out, buf_view(out));
    buf_char(w->out, ',');
}
