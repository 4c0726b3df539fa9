#include "json/json.h"
#include "crd/crd.h"
#include "kinds/inside.h"
#include "structural/structural.h"

bool value_is_empty(const struct value *v)
{
    if (!v)
        return true;
    switch (v->type) {
    case VALUE_NULL:
        return true;
    case VALUE_BOOL:
        return !v->boolean;
    case VALUE_INT:
        return v->integer == 0;
    case VALUE_DOUBLE:
        return v->number == 0;
    case VALUE_TEXT:
        return v->text.n == 0;
    case VALUE_RAW:
        return false;
    default:
        return value_count(v) == 0;
    }
}

int default_put(struct defaulting *d, struct value *parent, const char *field, struct value v)
{
    return value_set(d->arena, parent, str_of(field), v) ? 0 : -ENOMEM;
}

int default_text(struct defaulting *d, struct value *parent, const char *field, const char *json, enum default_when when)
{
    const struct value *have = value_get(parent, str_of(field));
    struct value v;
    if (when == WHEN_EMPTY ? !value_is_empty(have) : !value_is_null(have))
        return 0;
    int r = json_parse(d->arena, str_of(json), &v, NULL);
    return r < 0 ? r : default_put(d, parent, field, v);
}

static int name_cmp(const char *row, struct str message)
{
    for (size_t i = 0; i < message.n; i++)
        if (row[i] != message.p[i]) /* also where the row ends */
            return (unsigned char)row[i] < (unsigned char)message.p[i] ? -1 : 1;
    return row[message.n] != 0;
}

static size_t rows_search(const struct schema_message *m)
{
    size_t low = 0, high = n_default_rows;
    while (low < high) {
        size_t mid = (low + high) / 2;
        if (name_cmp(default_rows[mid].message, m->name) < 0)
            low = mid + 1;
        else
            high = mid;
    }
    return low < n_default_rows && name_cmp(default_rows[low].message, m->name) == 0 ? low : n_default_rows;
}

/* The first row of a message, or n_default_rows. An object has many structs of few types, so what was found is kept by the place
 * of the message's rows, which never move: here are only built-in kinds. */
static size_t rows_of(const struct schema_message *m)
{
    static _Thread_local struct {
        const struct schema_message *message;
        size_t row;
    } known[64];
    size_t at = ((uintptr_t)m / sizeof(*m)) % ARRAY_LEN(known);
    if (known[at].message != m) {
        known[at].row = rows_search(m);
        known[at].message = m;
    }
    return known[at].row;
}

static int rows_apply(struct defaulting *d, const struct schema_message *m, struct value *v)
{
    for (size_t i = rows_of(m); i < n_default_rows && name_cmp(default_rows[i].message, m->name) == 0; i++) {
        const struct default_row *row = &default_rows[i];
        int r = 0;
        if (!str_ends(m->package, str_of(row->package)))
            continue;
        if (row->fill)
            r = row->fill(d, v);
        else if (!row->only_if || row->only_if(v))
            r = default_text(d, v, row->field, row->json, row->when);
        if (r < 0)
            return r;
    }
    return 0;
}

/* "" , 0, false and {} only make a difference where a pointer could be nil. */
static bool fallback_counts(const struct schema_field *f)
{
    struct str t = f->fallback;
    if (t.n == 0 || str_is(t, "{}"))
        return false;
    return (f->flags & SCHEMA_PTR) || !(str_is(t, "\"\"") || str_is(t, "0") || str_is(t, "false"));
}

static int struct_default(struct defaulting *d, const struct schema_message *m, struct value *v, unsigned depth);

/* Quantities of resource lists are kept to thousandths. */
static int round_milli(struct defaulting *d, struct value *v)
{
    struct quantity q;
    if (v->type != VALUE_TEXT || quantity_parse(v->text, &q) < 0 || q.nano % 1000000 == 0)
        return 0;
    q.nano = quantity_milli(q);
    q.nano *= 1000000;
    SCOPED_BUF b = BUF_INIT(0);
    quantity_print(q, &b);
    if (buf_error(&b) < 0)
        return -ENOMEM;
    return arena_str(d->arena, buf_view(&b), &v->text);
}

static int child_default(struct defaulting *d, const struct schema_field *f, struct value *v, unsigned depth)
{
    const struct schema_message *m = f->message;
    int r = 0;
    if (f->flags & SCHEMA_REPEATED) {
        VALUE_EACH_ITEM (item, v) {
            r = item->type == VALUE_MAP ? struct_default(d, m, item, depth + 1) : 0;
            if (r < 0)
                return r;
        }
    } else if (f->type == SCHEMA_MAP_MESSAGE) {
        VALUE_EACH_MEMBER (at, v) {
            if (m->form == SCHEMA_FORM_QUANTITY)
                r = round_milli(d, &at->value);
            else if (at->value.type == VALUE_MAP)
                r = struct_default(d, m, &at->value, depth + 1);
            if (r < 0)
                return r;
        }
    } else if (v->type == VALUE_MAP && m->form == SCHEMA_FORM_OBJECT) {
        r = struct_default(d, m, v, depth + 1);
    }
    return r;
}

/* Go's structs are there even when nothing was said of them: so are their defaults. */
static int absent_default(struct defaulting *d, const struct schema_field *f, struct value *parent, unsigned depth)
{
    struct value v = value_make_map();
    if ((f->flags & (SCHEMA_PTR | SCHEMA_REPEATED)) || f->type != SCHEMA_MESSAGE || f->message->form != SCHEMA_FORM_OBJECT ||
        str_is(f->name, "metadata"))
        return 0;
    int r = struct_default(d, f->message, &v, depth + 1);
    if (r == 0 && value_count(&v) && !value_set(d->arena, parent, f->name, v))
        r = -ENOMEM;
    return r;
}

/* A member, looked for first behind the last one found: they mostly stand in the rows' order. */
static struct value *member_of(const struct value *v, struct str name, uint32_t *hint)
{
    uint32_t n = v->map.n;
    for (uint32_t k = 0, i = *hint; k < n; k++, i++) {
        struct value_member *m = &v->map.members[i < n ? i : (i -= n)];
        if (m->key.n == name.n && m->key.p[0] == name.p[0] && str_eq(m->key, name)) {
            *hint = i + 1;
            return &m->value;
        }
    }
    return NULL;
}

static int fields_default(struct defaulting *d, const struct schema_message *m, struct value *v, unsigned depth)
{
    uint32_t hint = 0;
    for (uint16_t i = 0; i < m->n_fields; i++) {
        const struct schema_field *f = &m->fields[i];
        int r = 0;
        if ((f->flags & SCHEMA_INLINE) && f->message) {
            r = fields_default(d, f->message, v, depth);
            if (r < 0)
                return r;
            continue;
        }
        if (!f->message && !f->fallback.n)
            continue;
        struct value *at = member_of(v, f->name, &hint);
        bool absent = value_is_null(at) || (!(f->flags & SCHEMA_PTR) && f->fallback.n && value_is_empty(at));
        if (absent && fallback_counts(f)) {
            struct value made;
            r = json_parse(d->arena, f->fallback, &made, NULL);
            if (r == 0 && !value_set(d->arena, v, f->name, made))
                r = -ENOMEM;
        } else if (!value_is_null(at) && f->message) {
            r = child_default(d, f, at, depth);
        } else if (f->message) {
            r = absent_default(d, f, v, depth);
        }
        if (r < 0)
            return r;
    }
    return 0;
}

/* Outer rows first, as upstream: inner defaults see what outer ones put in. */
static int struct_default(struct defaulting *d, const struct schema_message *m, struct value *v, unsigned depth)
{
    if (!m || depth > VALUE_DEPTH_MAX)
        return 0;
    int r = rows_apply(d, m, v);
    return r < 0 ? r : fields_default(d, m, v, depth);
}

/* A spec that is there even when nobody wrote it. */
static bool has_spec(const struct schema_message *m)
{
    for (size_t i = 0; i < schema_slots(m); i++) {
        const struct schema_field *f = schema_slot(m, i);
        if (str_is(f->name, "spec"))
            return f->type == SCHEMA_MESSAGE && f->message->form == SCHEMA_FORM_OBJECT && !(f->flags & (SCHEMA_PTR | SCHEMA_REPEATED));
    }
    return false;
}

int kinds_default(struct arena *a, const struct schema_kind *kind, struct value *tree)
{
    struct defaulting d = {.arena = a, .kind = kind, .root = tree};
    if (!kind || tree->type != VALUE_MAP)
        return 0;
    if (kind->custom) {
        const struct structural *s = structural_of(kind);
        return s ? structural_default(a, s, tree) : -ENOMEM;
    }
    if (str_is(kind->name, "CustomResourceDefinition") && str_is(kind->group, "apiextensions.k8s.io")) {
        int r = crd_default(a, tree);
        if (r < 0)
            return r;
    }
    bool bare = has_spec(kind->message) && value_is_null(value_get(tree, STR("spec")));
    if (bare && !value_set(a, tree, STR("spec"), value_make_map()))
        return -ENOMEM;
    int r = struct_default(&d, kind->message, tree, 0);
    if (bare && value_count(value_get(tree, STR("spec"))) == 0)
        value_del(tree, STR("spec"));
    return r;
}
