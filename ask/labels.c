#include "ask/inside.h"

/* ── label sets ── */

static int by_key(const void *x, const void *y)
{
    const struct ask_pair *a = x, *b = y;
    return a->key < b->key ? -1 : a->key > b->key;
}

void ask_book_on_labels_end(struct ask_book *b, void (*fn)(void *ctx, struct ask_labels *l), void *ctx)
{
    b->on_labels_end = fn;
    b->labels_ctx = ctx;
}

static void labels_free(struct ask_book *b, struct ask_labels *l)
{
    for (uint32_t i = 0; i < l->n; i++) {
        ask_text_drop(b, l->pairs[i].key);
        ask_text_drop(b, l->pairs[i].value);
    }
    ask_text_drop(b, l->ns);
    mem_free(l);
}

int ask_labels_get(struct ask_book *b, struct str ns, const struct value *labels, struct ask_labels **out)
{
    size_t n = value_count(labels), bytes = n * sizeof(struct ask_pair);
    struct ask_labels *l = mem_alloc(sizeof(*l) + bytes + sizeof(uint32_t));
    if (!l)
        return -ENOMEM;
    bool whole = true;
    l->refs = 1;
    VALUE_EACH_MEMBER (m, labels) {
        struct ask_pair *p = &l->pairs[l->n++];
        p->key = ask_text(b, m->key);
        p->value = ask_text(b, value_text(&m->value));
        whole = whole && p->key && p->value;
    }
    if (ns.n)
        whole = (l->ns = ask_text(b, ns)) != 0 && whole;
    qsort(l->pairs, l->n, sizeof(*l->pairs), by_key);
    /* The namespace stands behind the pairs, so that both are one run of bytes. */
    memcpy(&l->pairs[l->n], &l->ns, sizeof(l->ns));
    l->bytes = str_make(l->pairs, bytes + sizeof(l->ns));
    struct ask_labels *there = whole ? map_get(&b->labels, l->bytes) : NULL;
    if (there) {
        labels_free(b, l);
        *out = ask_labels_ref(there);
        return 0;
    }
    if (!whole || map_put(&b->labels, l->bytes, l) < 0) {
        labels_free(b, l);
        return -ENOMEM;
    }
    *out = l;
    return 0;
}

struct ask_labels *ask_labels_ref(struct ask_labels *l)
{
    l->refs++;
    return l;
}

void ask_labels_unref(struct ask_book *b, struct ask_labels *l)
{
    if (!l || --l->refs)
        return;
    if (b->on_labels_end)
        b->on_labels_end(b->labels_ctx, l);
    map_del(&b->labels, l->bytes);
    labels_free(b, l);
}

uint32_t ask_label(const struct ask_labels *l, uint32_t key)
{
    size_t from = 0, to = l->n;
    while (from < to) {
        size_t mid = (from + to) / 2;
        if (l->pairs[mid].key == key)
            return l->pairs[mid].value;
        if (l->pairs[mid].key < key)
            from = mid + 1;
        else
            to = mid;
    }
    return 0;
}

/* ── selectors ── */

static enum ask_op op_of(struct str s)
{
    static const struct {
        const char *text;
        enum ask_op op;
    } ops[] = {{"In", ASK_IN},      {"NotIn", ASK_NOT_IN}, {"Exists", ASK_EXISTS}, {"DoesNotExist", ASK_NOT_EXISTS},
               {"Gt", ASK_GREATER}, {"Lt", ASK_LESS}};
    for (size_t i = 0; i < ARRAY_LEN(ops); i++)
        if (str_is(s, ops[i].text))
            return ops[i].op;
    return ASK_NEVER;
}

int needs_of(struct arena *a, struct ask_book *b, struct ask_held *h, const struct value *list, struct ask_need **out, uint32_t *n)
{
    *n = 0;
    *out = arena_alloc(a, MAX(value_count(list), (size_t)1) * sizeof(**out));
    if (!*out)
        return -ENOMEM;
    VALUE_EACH_ITEM (e, list) {
        const struct value *values = value_get(e, STR("values"));
        struct ask_need *need = &(*out)[(*n)++];
        *need = (struct ask_need){.op = op_of(value_text_at(e, "operator")), .key = ask_hold(b, h, value_text_at(e, "key"))};
        need->values = arena_alloc(a, MAX(value_count(values), (size_t)1) * sizeof(*need->values));
        if (!need->key || !need->values)
            return -ENOMEM;
        VALUE_EACH_ITEM (v, values)
            if (!(need->values[need->n++] = ask_hold(b, h, value_text(v))))
                return -ENOMEM;
        if ((need->op == ASK_GREATER || need->op == ASK_LESS) && (need->n != 1 || str_to_int(value_text(value_item(values, 0)), &need->number) < 0))
            need->op = ASK_NEVER;
    }
    return 0;
}

int ask_selector_of(struct arena *a, struct ask_book *b, struct ask_held *h, const struct value *tree, struct ask_selector *out)
{
    *out = (struct ask_selector){.nothing = value_is_null(tree)};
    const struct value *labels = value_get(tree, STR("matchLabels"));
    struct ask_need *needs = NULL;
    uint32_t n = 0;
    int r = needs_of(a, b, h, value_get(tree, STR("matchExpressions")), &needs, &n);
    if (r < 0)
        return r;
    out->needs = needs;
    out->n = n;
    VALUE_EACH_MEMBER (m, labels) {
        uint32_t key = ask_hold(b, h, m->key), value = key ? ask_hold(b, h, value_text(&m->value)) : 0;
        r = value ? ask_selector_add(a, out, key, value, true) : -ENOMEM;
        if (r < 0)
            return r;
    }
    return 0;
}

int ask_selector_of_map(struct arena *a, struct ask_book *b, struct ask_held *h, const struct value *map, struct ask_selector *out)
{
    *out = (struct ask_selector){.nothing = value_count(map) == 0};
    VALUE_EACH_MEMBER (m, map) {
        uint32_t key = ask_hold(b, h, m->key), value = key ? ask_hold(b, h, value_text(&m->value)) : 0;
        int r = value ? ask_selector_add(a, out, key, value, true) : -ENOMEM;
        if (r < 0)
            return r;
    }
    return 0;
}

int ask_selector_add(struct arena *a, struct ask_selector *s, uint32_t key, uint32_t value, bool equal)
{
    struct ask_need *needs = arena_alloc(a, (s->n + 1) * sizeof(*needs));
    uint32_t *values = arena_alloc(a, sizeof(*values));
    if (!needs || !values)
        return -ENOMEM;
    if (s->n)
        memcpy(needs, s->needs, s->n * sizeof(*needs));
    *values = value;
    needs[s->n++] = (struct ask_need){.key = key, .op = equal ? ASK_IN : ASK_NOT_IN, .n = 1, .values = values};
    s->needs = needs;
    return 0;
}

int ask_selector_join(struct arena *a, struct ask_selector *s, const struct ask_selector *more)
{
    struct ask_need *needs = arena_alloc(a, (s->n + more->n + 1) * sizeof(*needs));
    if (!needs)
        return -ENOMEM;
    if (s->n)
        memcpy(needs, s->needs, s->n * sizeof(*needs));
    if (more->n)
        memcpy(needs + s->n, more->needs, more->n * sizeof(*needs));
    s->needs = needs;
    s->n += more->n;
    s->nothing = s->nothing || more->nothing;
    return 0;
}

static bool among(const struct ask_need *need, uint32_t value)
{
    for (uint32_t i = 0; i < need->n; i++)
        if (need->values[i] == value)
            return true;
    return false;
}

bool need_matches(const struct ask_book *b, const struct ask_need *need, uint32_t value)
{
    int64_t number;
    switch (need->op) {
    case ASK_IN:
        return value && among(need, value);
    case ASK_NOT_IN:
        return !value || !among(need, value);
    case ASK_EXISTS:
        return value != 0;
    case ASK_NOT_EXISTS:
        return value == 0;
    case ASK_GREATER:
        return value && str_to_int(ask_text_of(b, value), &number) == 0 && number > need->number;
    case ASK_LESS:
        return value && str_to_int(ask_text_of(b, value), &number) == 0 && number < need->number;
    default:
        return false;
    }
}

bool ask_selector_matches(const struct ask_book *b, const struct ask_selector *s, const struct ask_labels *l)
{
    if (s->nothing)
        return false;
    for (uint32_t i = 0; i < s->n; i++)
        if (!need_matches(b, &s->needs[i], ask_label(l, s->needs[i].key)))
            return false;
    return true;
}

void ask_selector_key(const struct ask_selector *s, struct buf *out)
{
    buf_add(out, &s->nothing, sizeof(s->nothing));
    buf_add(out, &s->n, sizeof(s->n));
    for (uint32_t i = 0; i < s->n; i++) {
        const struct ask_need *need = &s->needs[i];
        buf_add(out, &need->key, sizeof(need->key));
        buf_add(out, &need->op, sizeof(need->op));
        buf_add(out, &need->n, sizeof(need->n));
        buf_add(out, &need->number, sizeof(need->number));
        buf_add(out, need->values, need->n * sizeof(*need->values));
    }
}
