/* What the maker of an object owns follows from what is said in it, hardly ever from the values: pods of one template, and Events, are made
 * by thousands. So the last few answers are kept beside what they were made of, byte for byte all that they can depend on. */
#include "apply/inside.h"

struct first {
    const struct schema_kind *kind; /* built-in kinds never go; NULL: nothing is kept here */
    bool whole;
    uint32_t made, text;
    char bytes[FIRST_MADE_MAX + FIRST_TEXT_MAX]; /* both, one behind the other */
};
static _Thread_local struct first kept[8];
static _Thread_local unsigned next_place;

static void add(struct first_made *m, const void *p, size_t n)
{
    if (n > sizeof(m->bytes) - m->n) {
        m->whole = false;
        return;
    }
    memcpy(m->bytes + m->n, p, n);
    m->n += n;
}

static void add_text(struct first_made *m, char kind, struct str s)
{
    uint32_t n = (uint32_t)s.n;
    add(m, &kind, 1);
    add(m, &n, sizeof(n));
    add(m, s.p ? s.p : "", s.n);
}

/* In a list all counts, for items may be told apart by it; elsewhere whether a value is as good as none. */
static void describe(struct first_made *m, const struct value *v, bool in_list, unsigned depth)
{
    if (depth > 32 || !m->whole) {
        m->whole = false;
        return;
    }
    switch (v->type) {
    case VALUE_NULL:
        add(m, "n", 1);
        break;
    case VALUE_BOOL:
        add(m, v->boolean ? "t" : "f", 1);
        break;
    case VALUE_INT:
        add(m, v->integer ? "i" : "z", 1);
        if (in_list)
            add(m, &v->integer, sizeof(v->integer));
        break;
    case VALUE_DOUBLE:
        add(m, "d", 1);
        add(m, &v->number, sizeof(v->number));
        break;
    case VALUE_TEXT:
        if (in_list || v->text.n <= 4) /* 0 and 0s are values of their own */
            add_text(m, 's', v->text);
        else
            add(m, "S", 1);
        break;
    case VALUE_RAW:
        add_text(m, 'r', v->text);
        break;
    case VALUE_MAP:
        add(m, "{", 1);
        VALUE_EACH_MEMBER (at, v) {
            add_text(m, 'k', at->key);
            describe(m, &at->value, in_list, depth + 1);
        }
        add(m, "}", 1);
        break;
    case VALUE_LIST:
        add(m, "[", 1);
        VALUE_EACH_ITEM (item, v) {
            describe(m, item, true, depth + 1);
        }
        add(m, "]", 1);
        break;
    }
}

bool first_known(const struct apply_options *o, const struct value *tree, struct first_made *made, struct str *text)
{
    made->n = 0;
    made->whole = o->kind && !o->kind->custom && !o->message && !o->subresource.n;
    describe(made, tree, false, 0);
    if (!made->whole)
        return false;
    for (size_t i = 0; i < ARRAY_LEN(kept); i++) {
        const struct first *k = &kept[i];
        if (k->kind != o->kind || k->whole != o->whole || k->made != made->n || memcmp(k->bytes, made->bytes, made->n) != 0)
            continue;
        *text = str_make(k->bytes + k->made, k->text);
        return true;
    }
    return false;
}

void first_keep(const struct apply_options *o, const struct first_made *made, struct str text)
{
    struct first *k = &kept[next_place % ARRAY_LEN(kept)];
    if (!made->whole || text.n > FIRST_TEXT_MAX)
        return;
    next_place++;
    *k = (struct first){.kind = o->kind, .whole = o->whole, .made = (uint32_t)made->n, .text = (uint32_t)text.n};
    memcpy(k->bytes, made->bytes, made->n);
    memcpy(k->bytes + made->n, text.p, text.n);
}
