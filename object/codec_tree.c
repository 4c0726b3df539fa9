#include "object/codec_inside.h"

/* ── what Go's encoding/json leaves out, and what it cannot ── */

/* A struct held by value is never empty to omitempty; only omitzero looks into it. */
static bool is_struct(const struct schema_field *f)
{
    return f->type == SCHEMA_MESSAGE && !(f->flags & (SCHEMA_REPEATED | SCHEMA_PTR)) && f->message->form != SCHEMA_FORM_ARRAY;
}

bool codec_omits_absent(const struct schema_field *f)
{
    if (!(f->flags & (SCHEMA_OMITZERO | SCHEMA_OMITEMPTY)))
        return false;
    return (f->flags & SCHEMA_OMITZERO) || !is_struct(f);
}

bool codec_omits(const struct schema_field *f, const struct value *v)
{
    if (!(f->flags & SCHEMA_OMITEMPTY) || (f->flags & SCHEMA_PTR))
        return false;
    switch (v->type) {
    case VALUE_LIST:
        return v->list.n == 0;
    case VALUE_MAP:
        return v->map.n == 0 && f->type != SCHEMA_MESSAGE;
    case VALUE_TEXT:
        return v->text.n == 0 && f->type != SCHEMA_MESSAGE;
    case VALUE_INT:
        return v->integer == 0 && f->type != SCHEMA_MESSAGE;
    case VALUE_DOUBLE:
        return v->number == 0 && f->type != SCHEMA_MESSAGE;
    case VALUE_BOOL:
        return !v->boolean && f->type != SCHEMA_MESSAGE;
    default:
        return false;
    }
}

static int zero_message(struct codec *c, const struct schema_message *m, struct value *out)
{
    size_t base;
    if (m->form != SCHEMA_FORM_OBJECT)
        return codec_form_zero(c, m, out);
    int r = codec_open(c, m, &base);
    return r < 0 ? r : codec_close(c, m, base, out);
}

int codec_zero(struct codec *c, const struct schema_field *f, struct value *out)
{
    *out = (struct value){0};
    switch (f->type) {
    case SCHEMA_STRING:
    case SCHEMA_MAP_STRING:
        *out = value_make_text(STR(""));
        return 0;
    case SCHEMA_INT32:
    case SCHEMA_INT64:
        *out = value_make_int(0);
        return 0;
    case SCHEMA_BOOL:
        *out = value_make_bool(false);
        return 0;
    case SCHEMA_DOUBLE:
        *out = value_make_double(0);
        return 0;
    case SCHEMA_MESSAGE:
    case SCHEMA_MAP_MESSAGE:
        return zero_message(c, f->message, out);
    default:
        return 0; /* nil bytes are null */
    }
}

/* A field that is not there but cannot be left out: null for what is nil in Go, else its zero. */
int codec_fill(struct codec *c, const struct schema_field *f, struct value *out)
{
    bool nil = (f->flags & (SCHEMA_REPEATED | SCHEMA_PTR)) || f->type == SCHEMA_BYTES || f->type >= SCHEMA_MAP_STRING;
    *out = (struct value){0};
    return nil ? 0 : codec_zero(c, f, out);
}

/* ── slots ── */

int codec_open(struct codec *c, const struct schema_message *m, size_t *base)
{
    size_t n = schema_slots(m);
    *base = c->slots.n;
    if (codec_stack_room((void **)(void *)&c->slots.p, &c->slots.cap, c->slots.n + n, sizeof(*c->slots.p)) < 0)
        return codec_no_memory(c);
    if (n)
        memset(c->slots.p + c->slots.n, 0, n * sizeof(*c->slots.p));
    c->slots.n += n;
    return 0;
}

#define SLOTS_MAX 256 /* rows of messages number their slots by bytes */

static int fill_slot(struct codec *c, const struct schema_field *f, size_t at)
{
    struct value zero;
    int r = codec_enter(c, f->name, 0);
    if (r == 0)
        r = codec_fill(c, f, &zero);
    if (r < 0)
        return r;
    codec_leave(c);
    c->slots.p[at] = zero; /* the stack may have moved */
    return 0;
}

/* Which slots are written: those that are set and not left out, and those that cannot be left out. */
static int kept_slots(struct codec *c, const struct schema_message *m, size_t base, uint8_t kept[SLOTS_MAX], size_t *count)
{
    size_t n = schema_slots(m);
    *count = 0;
    CHECK(n <= SLOTS_MAX);
    for (size_t i = 0; i < n; i++) {
        const struct schema_field *f = schema_slot(m, i);
        const struct value *v = &c->slots.p[base + i];
        if (v->type == VALUE_NULL) {
            if (codec_omits_absent(f))
                continue;
            int r = fill_slot(c, f, base + i);
            if (r < 0)
                return r;
        } else if (codec_omits(f, v)) {
            continue;
        }
        kept[(*count)++] = (uint8_t)i;
    }
    return 0;
}

int codec_close(struct codec *c, const struct schema_message *m, size_t base, struct value *out)
{
    uint8_t kept[SLOTS_MAX];
    size_t count;
    if (c->depth == 0 && c->type && schema_has_type(m)) {
        /* Slots 0 and 1 are kind and apiVersion, inlined from TypeMeta. */
        if (c->slots.p[base].type == VALUE_NULL)
            c->slots.p[base] = value_make_text(c->type->name);
        if (c->slots.p[base + 1].type == VALUE_NULL)
            c->slots.p[base + 1] = value_make_text(c->type->api_version);
    }
    if (c->revision.p && c->depth == 1 && str_is(c->path[0].name, "metadata")) {
        ssize_t slot = schema_slot_find(m, STR("resourceVersion"), SIZE_MAX);
        if (slot >= 0)
            c->slots.p[base + (size_t)slot] = value_make_text(c->revision);
    }
    int r = kept_slots(c, m, base, kept, &count);
    if (r < 0)
        return r;
    struct value_member *members = count ? arena_alloc(c->arena, count * sizeof(*members)) : NULL;
    if (count && !members)
        return codec_no_memory(c);
    for (size_t i = 0; i < count; i++)
        members[i] = (struct value_member){schema_slot(m, kept[i])->name, c->slots.p[base + kept[i]]};
    c->slots.n = base;
    *out = (struct value){.type = VALUE_MAP, .map = {members, (uint32_t)count, (uint32_t)count}};
    return 0;
}

/* ── map keys: Go writes them sorted ── */

static int member_cmp(const void *a, const void *b)
{
    const struct value_member *x = a, *y = b;
    return str_cmp(x->key, y->key);
}

/* qsort is not stable, so equal keys are ordered by where they stood, which their item number tells. */
struct placed {
    struct value_member member;
    size_t at;
};

static int placed_cmp(const void *a, const void *b)
{
    const struct placed *x = a, *y = b;
    int r = member_cmp(&x->member, &y->member);
    return r ? r : (x->at > y->at) - (x->at < y->at);
}

int codec_sort_map(struct codec *c, struct value *map)
{
    size_t n = map->map.n, kept = 0;
    struct value_member *m = map->map.members;
    bool sorted = true;
    for (size_t i = 1; i < n && sorted; i++)
        sorted = str_cmp(m[i - 1].key, m[i].key) < 0;
    if (sorted)
        return 0;
    struct placed *order = mem_alloc(n * sizeof(*order));
    if (!order)
        return codec_no_memory(c);
    for (size_t i = 0; i < n; i++)
        order[i] = (struct placed){m[i], i};
    qsort(order, n, sizeof(*order), placed_cmp);
    for (size_t i = 0; i < n; i++)
        if (i + 1 == n || !str_eq(order[i].member.key, order[i + 1].member.key))
            m[kept++] = order[i].member;
    mem_free(order);
    map->map.n = (uint32_t)kept;
    return 0;
}

static int sort_below(struct codec *c, struct value *v, unsigned depth)
{
    int r = 0;
    if (depth > VALUE_DEPTH_MAX)
        return err_raise(c->err, -E2BIG, "exceeded max depth of %d", VALUE_DEPTH_MAX);
    if (v->type == VALUE_MAP)
        r = codec_sort_map(c, v);
    VALUE_EACH_MEMBER (m, v)
        if (r == 0)
            r = sort_below(c, &m->value, depth + 1);
    VALUE_EACH_ITEM (item, v)
        if (r == 0)
            r = sort_below(c, item, depth + 1);
    return r;
}

int codec_sort_tree(struct codec *c, struct value *v)
{
    return sort_below(c, v, 0);
}
