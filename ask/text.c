#include "ask/inside.h"

int ask_book_new(struct ask_book **out)
{
    static const struct str fixed[] = {[ASK_CPU] = STR_INIT("cpu"),
                                       [ASK_MEMORY] = STR_INIT("memory"),
                                       [ASK_EPHEMERAL] = STR_INIT("ephemeral-storage"),
                                       [ASK_PODS] = STR_INIT("pods")};
    struct ask_book *b = mem_alloc(sizeof(*b));
    if (!b)
        return -ENOMEM;
    bool first = VEC_ADD(&b->texts) != NULL; /* 0 is nobody's */
    for (size_t i = 0; first && i < ARRAY_LEN(fixed); i++)
        first = ask_column(b, fixed[i]) == i;
    if (!first) {
        ask_book_free(b);
        return -ENOMEM;
    }
    *out = b;
    return 0;
}

struct ask_book *ask_book_free(struct ask_book *b)
{
    if (!b)
        return NULL;
    for (size_t i = 0; i < b->texts.n; i++)
        mem_free(b->texts.p[i].own);
    VEC_DONE(&b->texts);
    VEC_DONE(&b->columns);
    map_done(&b->by_text);
    map_done(&b->labels);
    map_done(&b->amounts);
    return mem_free(b);
}

uint32_t ask_text(struct ask_book *b, struct str s)
{
    uint32_t id = ask_text_find(b, s);
    if (id) {
        b->texts.p[id].refs++;
        return id;
    }
    char *own = mem_text(s.p, s.n);
    id = b->free;
    if (own && !id) {
        id = (uint32_t)b->texts.n;
        if (!VEC_ADD(&b->texts))
            id = 0;
    } else if (own) {
        b->free = b->texts.p[id].refs;
    }
    if (!own || !id) {
        mem_free(own);
        return 0;
    }
    b->texts.p[id] = (struct text){.own = own, .n = s.n, .refs = 1};
    if (map_put(&b->by_text, str_make(own, s.n), (void *)(uintptr_t)id) < 0) {
        ask_text_drop(b, id);
        return 0;
    }
    return id;
}

uint32_t ask_text_find(const struct ask_book *b, struct str s)
{
    return (uint32_t)(uintptr_t)map_get(&b->by_text, s);
}

void ask_text_drop(struct ask_book *b, uint32_t id)
{
    struct text *t = &b->texts.p[id];
    if (!id || --t->refs)
        return;
    map_del(&b->by_text, str_make(t->own, t->n));
    mem_free(t->own);
    *t = (struct text){.refs = b->free}; /* the free ones make a chain */
    b->free = id;
}

void ask_text_again(struct ask_book *b, uint32_t id)
{
    if (id)
        b->texts.p[id].refs++;
}

struct str ask_text_of(const struct ask_book *b, uint32_t id)
{
    return str_make(b->texts.p[id].own, b->texts.p[id].n);
}

uint32_t ask_hold(struct ask_book *b, struct ask_held *h, struct str s)
{
    uint32_t id = ask_text(b, s), *slot = id ? VEC_ADD(&h->ids) : NULL;
    if (slot)
        *slot = id;
    else if (id)
        ask_text_drop(b, id);
    return slot ? id : 0;
}

void ask_held_drop(struct ask_book *b, struct ask_held *h)
{
    for (size_t i = 0; i < h->ids.n; i++)
        ask_text_drop(b, h->ids.p[i]);
    VEC_DONE(&h->ids);
}

/* ── columns: resources keep theirs for ever, so their number is bounded ── */

uint32_t ask_column_find(const struct ask_book *b, struct str resource)
{
    uint32_t id = ask_text_find(b, resource);
    for (uint32_t i = 0; id && i < b->columns.n; i++)
        if (b->columns.p[i] == id)
            return i;
    return ASK_COLUMN_NONE;
}

uint32_t ask_column(struct ask_book *b, struct str resource)
{
    uint32_t at = ask_column_find(b, resource);
    if (at != ASK_COLUMN_NONE || b->columns.n >= ASK_COLUMNS_MAX)
        return at;
    uint32_t id = ask_text(b, resource), *slot = id ? VEC_ADD(&b->columns) : NULL;
    if (!slot) {
        ask_text_drop(b, id);
        return ASK_COLUMN_NONE;
    }
    *slot = id;
    return (uint32_t)b->columns.n - 1;
}

struct str ask_column_name(const struct ask_book *b, uint32_t column)
{
    return ask_text_of(b, b->columns.p[column]);
}

uint32_t ask_columns(const struct ask_book *b)
{
    return (uint32_t)b->columns.n;
}
