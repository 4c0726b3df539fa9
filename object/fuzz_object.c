/* Any bytes as JSON, YAML or protobuf (chosen by the first byte): refused with
 * a reason, or decoded into a tree that survives every way there and back, and
 * whose frozen form prints the same text as its tree. */
#include "json/json.h"
#include "object/object.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* 0 = *back is what the text of `tree` reads as; 1 = it went over a bound on the way. */
static int once(struct arena *mem, enum object_format format, const struct schema_kind *kind, const struct value *tree, struct buf *text,
                struct value *back)
{
    struct err err = {0};
    int r = object_encode(text, format, kind, tree, &err);
    if (r == 0)
        r = object_decode(mem, format, buf_view(text), kind, back, NULL, NULL, &err);
    CHECK(r == 0 || r == -E2BIG || r == -ENOMEM);
    return r < 0;
}

/* Twice, since the first text may carry bytes that are no UTF-8, which come back as U+FFFD. */
static void there_and_back(struct arena *mem, enum object_format format, const struct schema_kind *kind, const struct value *tree)
{
    SCOPED_BUF first = BUF_INIT(64u << 20), second = BUF_INIT(64u << 20), third = BUF_INIT(64u << 20);
    struct value back, again, last;
    if (once(mem, format, kind, tree, &first, &back) || once(mem, format, kind, &back, &second, &again))
        return;
    CHECK(once(mem, format, kind, &again, &third, &last) || str_eq(buf_view(&second), buf_view(&third)));
}

/* The tree is in its kind's form: so frozen it is the same object, and what is exact prints the same. */
static void freeze_formed(struct arena *mem, const struct schema_kind *kind, const struct value *tree, const struct object *o)
{
    SCOPED(object) same = NULL;
    SCOPED_BUF want = BUF_INIT(64u << 20), got = BUF_INIT(64u << 20);
    struct value own;
    bool exact;
    struct str body;
    if (value_copy(mem, tree, &own) < 0 || object_freeze_formed(&same, o->key, kind, &own, &exact, NULL) < 0)
        return;
    CHECK(str_eq(same->stored, o->stored));
    if (!exact)
        return;
    object_json_head(same, &want);
    object_json_formed(same, &own, &got);
    CHECK(object_json(same, &body, NULL) == 0);
    buf_str(&want, str_from(body, 1));
    CHECK(str_eq(buf_view(&want), buf_view(&got)));
}

/* Takes something away from within, which one the bytes say. */
static void thin_out(struct value *v, struct str dice)
{
    for (size_t i = 0; i < dice.n && value_count(v); i++) {
        size_t at = (unsigned char)dice.p[i] % value_count(v);
        struct value *next = v->type == VALUE_MAP ? &value_members(v)[at].value : value_item(v, at);
        if (value_count(next) == 0 || dice.p[i] % 5 == 0) {
            *next = (struct value){0};
            return;
        }
        v = next;
    }
}

/* The first member goes behind all others, of the object or of its metadata: messages both, whose rows say the order. */
static void turn_members(struct value *tree, struct str dice)
{
    struct value *v = dice.n && dice.p[0] % 3 == 0 ? tree : value_get(tree, STR("metadata"));
    if (value_count(v) < 2 || v->type != VALUE_MAP || dice.n < 2 || dice.p[1] % 2 == 0)
        return;
    struct value_member first = v->map.members[0];
    memmove(v->map.members, v->map.members + 1, (v->map.n - 1) * sizeof(first));
    v->map.members[v->map.n - 1] = first;
}

/* Conforming beside a tree in form is conforming, and so is finding one to be in form; and bytes that are said to be those of their tree are. */
static void twins(struct arena *mem, const struct schema_kind *kind, const struct object *o, const struct value *formed, struct str dice)
{
    SCOPED(object) again = NULL;
    SCOPED_BUF want = BUF_INIT(64u << 20), got = BUF_INIT(64u << 20);
    struct value plain, beside, alone;
    struct err err = {0};
    if (value_fork(mem, formed, &plain) < 0)
        return;
    if (o->verbatim && object_freeze(&again, o->key, kind, &plain, &err) == 0)
        CHECK(str_eq(again->stored, o->stored));
    thin_out(&plain, dice);
    if (value_fork(mem, &plain, &beside) < 0 || value_fork(mem, &plain, &alone) < 0)
        return;
    turn_members(&alone, dice);
    int r = object_conform(mem, kind, &plain, NULL, &err);
    int s = object_conform_changed(mem, kind, &beside, formed, &err);
    int t = object_conform_changed(mem, kind, &alone, NULL, &err);
    if (r == -ENOMEM || s == -ENOMEM || t == -ENOMEM)
        return;
    CHECK(r == s && r == t);
    json_print(&want, &plain);
    json_print(&got, &beside);
    CHECK(r < 0 || str_eq(buf_view(&want), buf_view(&got)));
    buf_clear(&got);
    json_print(&got, &alone);
    CHECK(r < 0 || str_eq(buf_view(&want), buf_view(&got)));
}

static void freeze_and_look(struct arena *mem, const struct schema_kind *kind, const struct value *tree, struct str dice)
{
    SCOPED(object) o = NULL;
    SCOPED(object) loaded = NULL;
    SCOPED_BUF text = BUF_INIT(64u << 20), pb = BUF_INIT(64u << 20);
    struct value thawed;
    struct str body, value;
    struct err err = {0};
    char scratch[32];
    int r = object_freeze(&o, STR("/registry/x"), kind, tree, &err);
    if (r < 0)
        return;
    CHECK(object_load(&loaded, o->key, o->stored, 9, 9, &err) == 0 || !schema_has_type(kind->message));
    r = object_tree(mem, o, &thawed, &err);
    if (r < 0)
        return;
    if (schema_has_type(kind->message))
        twins(mem, kind, o, &thawed, dice);
    CHECK(object_json(o, &body, &err) == 0);
    value_del(&thawed, STR("kind"));
    value_del(&thawed, STR("apiVersion"));
    json_print(&text, &thawed);
    CHECK(str_eq(buf_view(&text), body));
    CHECK(object_pb(o, &pb, &err) == 0);
    freeze_formed(mem, kind, tree, o);
    object_label(o, STR("a"), &value);
    object_field(o, "spec.nodeName", &value, scratch);
    object_deleting(o);
    CHECK(object_name(o).n <= o->stored.n);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    SCOPED(arena) mem = NULL;
    struct object_notes notes = {0};
    const struct schema_kind *kind = NULL;
    struct value tree;
    struct err err = {0};
    if (size < 1 || size > 1u << 15 || arena_new(&mem, 256u << 20) < 0)
        return 0;
    int r = object_decode(mem, (enum object_format)(data[0] % 3), str_make(data + 1, size - 1), NULL, &tree, &kind, &notes, &err);
    if (r < 0) {
        CHECK(err.text[0]);
        return 0;
    }
    for (int format = 0; format < 3; format++)
        there_and_back(mem, (enum object_format)format, kind, &tree);
    freeze_and_look(mem, kind, &tree, str_from(str_make(data, size), size / 2));
    return 0;
}
