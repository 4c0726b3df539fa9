#include "json/json.h"
#include "apply/inside.h"

struct shaping shape_of_message(const struct schema_message *m)
{
    if (!m)
        return (struct shaping){SHAPE_LEAF, NULL, NULL};
    if (m->form == SCHEMA_FORM_RAW && m->open)
        return (struct shaping){SHAPE_UNTYPED, NULL, NULL};
    if (m->form != SCHEMA_FORM_OBJECT || m->map_atomic)
        return (struct shaping){SHAPE_LEAF, NULL, NULL};
    return (struct shaping){SHAPE_STRUCT, m, NULL};
}

struct shaping shape_of_field(const struct schema_field *f)
{
    if (!f)
        return (struct shaping){SHAPE_UNTYPED, NULL, NULL};
    if (f->flags & SCHEMA_REPEATED) {
        if (f->list == SCHEMA_LIST_ATOMIC)
            return (struct shaping){SHAPE_LEAF, NULL, NULL};
        return (struct shaping){f->list == SCHEMA_LIST_MAP ? SHAPE_LIST_MAP : SHAPE_LIST_SET, f->message, f};
    }
    if (f->flags & SCHEMA_MAP_ATOMIC)
        return (struct shaping){SHAPE_LEAF, NULL, NULL};
    if (f->type >= SCHEMA_MAP_STRING)
        return (struct shaping){SHAPE_MAP, f->message, f};
    return shape_of_message(f->message);
}

struct shaping shape_of_item(struct shaping s)
{
    return s.shape == SHAPE_UNTYPED ? s : shape_of_message(s.message);
}

struct shaping shape_for(struct shaping s, const struct value *v)
{
    if (s.shape == SHAPE_UNTYPED)
        return v && v->type == VALUE_MAP ? s : (struct shaping){SHAPE_LEAF, NULL, NULL};
    return s;
}

static const struct value zero_null, zero_map = {.type = VALUE_MAP}, zero_int = {.type = VALUE_INT}, zero_bool = {.type = VALUE_BOOL},
                                     zero_text = {.type = VALUE_TEXT, .text = STR_INIT("")},
                                     zero_quantity = {.type = VALUE_TEXT, .text = STR_INIT("0")},
                                     zero_duration = {.type = VALUE_TEXT, .text = STR_INIT("0s")};

static bool is_zero(const struct value *v)
{
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
    default:
        return false;
    }
}

static const struct value *view_of_message(const struct schema_field *f, const struct value *v)
{
    if (v && v->type != VALUE_NULL)
        return v;
    if (f->flags & SCHEMA_OMITZERO)
        return NULL;
    switch (f->message ? f->message->form : SCHEMA_FORM_RAW) {
    case SCHEMA_FORM_OBJECT:
        return &zero_map;
    case SCHEMA_FORM_QUANTITY:
        return &zero_quantity;
    case SCHEMA_FORM_INT_OR_STRING:
        return &zero_int;
    case SCHEMA_FORM_DURATION:
        return &zero_duration;
    case SCHEMA_FORM_ARRAY:
        return f->flags & SCHEMA_OMITEMPTY ? NULL : &zero_null;
    default:
        return &zero_null;
    }
}

const struct value *shape_view(const struct schema_field *f, const struct value *v)
{
    bool omit = (f->flags & SCHEMA_OMITEMPTY) != 0;
    if (f->flags & SCHEMA_PTR) {
        if (v && v->type != VALUE_NULL)
            return v;
        return omit || (f->flags & SCHEMA_OMITZERO) ? NULL : &zero_null;
    }
    if ((f->flags & SCHEMA_REPEATED) || f->type >= SCHEMA_MAP_STRING) {
        if (v && v->type != VALUE_NULL && (value_count(v) || v->type == VALUE_RAW || !omit))
            return v;
        return omit ? NULL : &zero_null;
    }
    if (f->type == SCHEMA_MESSAGE)
        return view_of_message(f, v);
    if (v && v->type != VALUE_NULL && (!omit || !is_zero(v)))
        return v;
    if (omit)
        return NULL;
    switch (f->type) {
    case SCHEMA_BOOL:
        return &zero_bool;
    case SCHEMA_STRING:
        return &zero_text;
    case SCHEMA_BYTES:
        return &zero_null;
    default:
        return &zero_int;
    }
}

/* ── list items ── */

/* A declared default of a key field: JSON text of a scalar. */
static bool key_default(const struct schema_field *f, struct value *out)
{
    struct str t = f->key_default;
    int64_t i;
    if (t.n == 0)
        return false;
    if (t.p[0] == '"')
        *out = value_make_text(str_make(t.p + 1, t.n >= 2 ? t.n - 2 : 0));
    else if (str_is(t, "true") || str_is(t, "false"))
        *out = value_make_bool(t.p[0] == 't');
    else if (str_to_int(t, &i) == 0)
        *out = value_make_int(i);
    else
        return false;
    return true;
}

/* The item's value of one key: its own, the default, or none (NULL). */
static const struct value *key_value(struct shaping list, const struct value *item, struct str key, struct value *scratch)
{
    const struct value *v = value_get(item, key);
    if (v && !is_zero(v)) /* nothing its row could say of it */
        return v;
    const struct schema_field *f = list.message ? schema_field_find(list.message, key) : NULL;
    if (v && v->type != VALUE_NULL && !(f && (f->flags & SCHEMA_OMITEMPTY) && !(f->flags & SCHEMA_PTR) && is_zero(v)))
        return v;
    return f && key_default(f, scratch) ? scratch : NULL;
}

bool shape_same_item(struct shaping list, const struct value *a, const struct value *b)
{
    if (list.shape != SHAPE_LIST_MAP)
        return value_equal(a, b);
    for (const struct str *key = list.field->list_keys; key && key->n; key++) {
        struct value x, y;
        const struct value *l = key_value(list, a, *key, &x), *r = key_value(list, b, *key, &y);
        if (!l || !r ? l != r : !value_equal(l, r))
            return false;
    }
    return true;
}

bool shape_item_twins(struct shaping list, const struct value *a, const struct value *b)
{
    bool any = false;
    if (list.shape != SHAPE_LIST_MAP)
        return a->type != VALUE_MAP && a->type != VALUE_LIST && a->type != VALUE_NULL && value_identical(a, b);
    if (a->type != VALUE_MAP || b->type != VALUE_MAP)
        return false;
    for (const struct str *key = list.field->list_keys; key && key->n; key++) {
        struct value x, y;
        const struct value *l = key_value(list, a, *key, &x), *r = key_value(list, b, *key, &y);
        if (!l || !r ? l != r : !value_identical(l, r))
            return false;
        any |= l != NULL;
    }
    return any;
}

#define KEYS_MAX 16

static int part_of_keys(struct shaping list, const struct value *item, struct buf *b)
{
    struct {
        struct str name;
        const struct value *v;
    } keys[KEYS_MAX];
    struct value scratch[KEYS_MAX];
    size_t n = 0;
    for (const struct str *key = list.field->list_keys; key && key->n && n < KEYS_MAX; key++) {
        const struct value *v = key_value(list, item, *key, &scratch[n]);
        size_t at = n;
        if (!v)
            continue;
        for (; at > 0 && str_cmp(keys[at - 1].name, *key) > 0; at--)
            keys[at] = keys[at - 1];
        keys[at].name = *key;
        keys[at].v = v;
        n++;
    }
    if (n == 0)
        return -EINVAL;
    for (size_t i = 0; i < n; i++) {
        buf_char(b, i ? ',' : '{');
        json_string(b, keys[i].name);
        buf_char(b, ':');
        json_print(b, keys[i].v);
    }
    buf_char(b, '}');
    return 0;
}

#define PART_BYTES 256 /* what nearly all fit into: no memory asked for twice */

/* A text without anything that JSON writes in another way. */
static bool is_plain(struct str s)
{
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (c < ' ' || c >= 0x7f || c == '"' || c == '\\' || c == '<' || c == '>' || c == '&')
            return false;
    }
    return true;
}

/* What most are: one key, a plain text. false: not such a one. */
static bool part_of_name(struct arena *a, struct shaping list, const struct value *item, struct path_part *out, int *r)
{
    const struct str *key = list.field->list_keys;
    const struct value *v = key && key->n && !key[1].n ? value_get(item, *key) : NULL;
    if (!v || v->type != VALUE_TEXT || !v->text.n || v->text.n > PART_BYTES || !is_plain(v->text))
        return false;
    char *text = arena_alloc(a, key->n + v->text.n + 7), *to = text; /* {"name":"web"} */
    *r = text ? 0 : -ENOMEM;
    if (!text)
        return true;
    *to++ = '{';
    *to++ = '"';
    to = (char *)memcpy(to, key->p, key->n) + key->n;
    memcpy(to, "\":\"", 3);
    to = (char *)memcpy(to + 3, v->text.p, v->text.n) + v->text.n;
    *to++ = '"';
    *to++ = '}';
    out->text = str_make(text, (size_t)(to - text));
    return true;
}

static int part_print_item(struct shaping list, const struct value *item, struct buf *b)
{
    if (list.shape == SHAPE_LIST_MAP)
        return item->type == VALUE_MAP ? part_of_keys(list, item, b) : -EINVAL;
    if (item->type == VALUE_MAP || item->type == VALUE_LIST || item->type == VALUE_NULL)
        return -EINVAL;
    json_print(b, item);
    return 0;
}

int shape_part(struct arena *a, struct shaping list, const struct value *item, struct path_part *out)
{
    char text[PART_BYTES];
    struct buf small = {.p = text, .cap = sizeof(text), .max = sizeof(text)};
    int r;
    out->kind = list.shape == SHAPE_LIST_MAP ? 'k' : 'v';
    if (list.shape == SHAPE_LIST_MAP && item->type == VALUE_MAP && part_of_name(a, list, item, out, &r))
        return r;
    r = part_print_item(list, item, &small);
    if (r < 0 || buf_error(&small) == 0)
        return r < 0 ? r : arena_str(a, buf_view(&small), &out->text);
    SCOPED_BUF b = BUF_INIT(0);
    r = part_print_item(list, item, &b);
    if (r == 0)
        r = buf_error(&b);
    return r < 0 ? r : arena_str(a, buf_view(&b), &out->text);
}
