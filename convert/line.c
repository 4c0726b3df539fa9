/* Objects in order, converted a batch at a time. */
#include "convert/inside.h"

struct slot {
    struct convert_item item;            /* with references */
    struct object *seen, *seen_previous; /* what is handed out */
};

struct convert_line {
    struct convert *x;
    const struct schema_resource *res;
    void (*ready)(void *ctx, int r, struct str error);
    void *ctx;
    struct slot slots[CONVERT_BATCH];
    size_t n, at, bytes;
    bool known; /* all slots can be taken */
    struct convert_call *call;
};

int convert_line_new(struct convert_line **out, struct convert *x, const struct schema_resource *r, void (*ready)(void *ctx, int r, struct str error),
                     void *ctx)
{
    struct convert_line *l = mem_alloc(sizeof(*l));
    if (!l)
        return -ENOMEM;
    l->x = x;
    l->res = r;
    l->ready = ready;
    l->ctx = ctx;
    *out = l;
    return 0;
}

static void slot_clear(struct slot *s)
{
    s->item.object = object_unref(s->item.object);
    s->item.previous = object_unref(s->item.previous);
    s->seen = object_unref(s->seen);
    s->seen_previous = object_unref(s->seen_previous);
}

static void line_clear(struct convert_line *l)
{
    for (size_t i = 0; i < l->n; i++)
        slot_clear(&l->slots[i]);
    l->n = l->at = l->bytes = 0;
    l->known = false;
}

struct convert_line *convert_line_free(struct convert_line *l)
{
    if (!l)
        return NULL;
    convert_cancel(l->call);
    line_clear(l);
    return mem_free(l);
}

bool convert_line_full(const struct convert_line *l)
{
    return l->n == CONVERT_BATCH || l->bytes >= CONVERT_BATCH_BYTES;
}

bool convert_line_waits(const struct convert_line *l)
{
    return l->call != NULL;
}

bool convert_line_empty(const struct convert_line *l)
{
    return !l->call && l->at == l->n;
}

int convert_line_put(struct convert_line *l, const struct convert_item *item)
{
    if (l->at == l->n && !l->call)
        line_clear(l);
    if (convert_line_full(l) || l->call || l->known)
        return -ENOBUFS;
    struct slot *s = &l->slots[l->n++];
    *s = (struct slot){.item = *item};
    object_ref(item->object);
    if (item->previous)
        object_ref(item->previous);
    l->bytes += item->object->stored.n + (item->previous ? item->previous->stored.n : 0);
    return 0;
}

/* What is known already is held; the others are listed. */
static size_t look(struct convert_line *l, struct object **missing)
{
    size_t n = 0;
    for (size_t i = 0; i < l->n; i++) {
        struct slot *s = &l->slots[i];
        if (!s->seen && !(s->seen = convert_known(l->x, l->res, s->item.object)))
            missing[n++] = s->item.object;
        if (s->item.previous && !s->seen_previous && !(s->seen_previous = convert_known(l->x, l->res, s->item.previous)))
            missing[n++] = s->item.previous;
    }
    return n;
}

/* The missing ones come in the order look() listed them in. */
static void fill(struct convert_line *l, struct object *const *objects)
{
    size_t n = 0;
    for (size_t i = 0; i < l->n; i++) {
        struct slot *s = &l->slots[i];
        if (!s->seen)
            s->seen = object_ref(objects[n++]);
        if (s->item.previous && !s->seen_previous)
            s->seen_previous = object_ref(objects[n++]);
    }
    l->known = true;
}

static void on_fetched(void *ctx, const struct convert_answer *a)
{
    struct convert_line *l = ctx;
    l->call = NULL;
    if (a->r == 0)
        fill(l, a->objects);
    l->ready(l->ctx, a->r, a->error); /* may free l */
}

int convert_line_go(struct convert_line *l)
{
    struct object *missing[2 * CONVERT_BATCH];
    if (l->call)
        return CONVERT_WAITS;
    size_t n = look(l, missing);
    if (!n) {
        l->known = true;
        return 0;
    }
    int r = convert_fetch(&l->call, l->x, l->res, missing, n, on_fetched, l);
    return r < 0 ? r : CONVERT_WAITS;
}

bool convert_line_take(struct convert_line *l, struct convert_item *item)
{
    if (l->known && l->at == l->n)
        line_clear(l);
    if (!l->known)
        return false;
    if (l->at)
        slot_clear(&l->slots[l->at - 1]);
    struct slot *s = &l->slots[l->at++];
    *item = s->item;
    item->object = s->seen;
    item->previous = s->seen_previous;
    return true;
}

int convert_line_next(struct convert_line *l, struct query_list *list, size_t most, struct object **o)
{
    struct convert_item item;
    for (;;) {
        size_t n = 0;
        if (convert_line_waits(l))
            return CONVERT_WAITS;
        while (convert_line_take(l, &item))
            if (query_list_matches(list, item.object)) {
                *o = item.object;
                return 0;
            }
        *o = NULL;
        while (n < most && !convert_line_full(l) && (item.object = query_list_next(list)) != NULL) {
            int r = convert_line_put(l, &(struct convert_item){.object = item.object});
            if (r < 0)
                return r;
            n++;
        }
        int r = n ? convert_line_go(l) : 0;
        if (r || !n)
            return r;
    }
}
