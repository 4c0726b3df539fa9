#include "object/codec_inside.h"
#include "pb/pb.h"

/* Writing what was made from a tree whose bytes are there: what it shares with that tree is copied, only the rest is written. Both
 * are walked with the old bytes beside them, whose fields stand by number as codec_write() puts them; where they do not, or hold
 * one no row knows, the answer is 1 and all is written anew. */

struct run { /* the fields of one number */
    struct str bytes;
    size_t n;
    struct pb_field last;
};

struct walk {
    struct pb_reader r;
    struct pb_field next;
    const char *from; /* where `next` starts */
    int there;        /* 1: there is one; 0: the end; < 0 */
};

static void step(struct walk *w)
{
    w->from = w->r.p;
    w->there = pb_next(&w->r, &w->next, NULL);
}

static struct run take_run(struct walk *w, uint32_t number)
{
    struct run run = {.bytes = str_make(w->from, 0)};
    while (w->there == 1 && w->next.number == number) {
        run.n++;
        run.last = w->next;
        step(w);
    }
    run.bytes.n = (size_t)(w->from - run.bytes.p);
    return run;
}

static bool same(const struct value *a, const struct value *b)
{
    if (!a || !b)
        return a == b;
    return a->type == VALUE_MAP || a->type == VALUE_LIST ? value_same(a, b) : value_identical(a, b);
}

static bool is_object(const struct schema_field *f)
{
    return f->type == SCHEMA_MESSAGE && f->message->form == SCHEMA_FORM_OBJECT;
}

static int write_nested(struct codec *c, struct buf *out, const struct schema_field *f, const struct value *v, const struct value *old,
                        struct str bytes)
{
    size_t at = pb_open(out, f->number);
    int r = codec_write_beside(c, f->message, v, old, bytes, out);
    pb_close(out, at);
    return r;
}

static int write_list(struct codec *c, struct buf *out, const struct schema_field *f, const struct value *v, const struct value *old,
                      struct str bytes)
{
    struct walk w = {.r = pb_reader_of(bytes)};
    step(&w);
    for (uint32_t i = 0; i < v->list.n; i++) {
        const struct value *item = &v->list.items[i], *was = i < old->list.n ? &old->list.items[i] : NULL;
        bool maps = was && w.there == 1 && w.next.wire == PB_BYTES && item->type == VALUE_MAP && was->type == VALUE_MAP;
        int r = codec_enter(c, STR_NONE, i);
        if (r == 0 && maps && value_same(item, was))
            buf_add(out, w.from, (size_t)(w.r.p - w.from));
        else if (r == 0 && maps)
            r = write_nested(c, out, f, item, was, w.next.bytes);
        else if (r == 0)
            r = codec_write_item(c, out, f, item);
        if (r)
            return r;
        codec_leave(c);
        c->inexact |= item->type == VALUE_NULL;
        if (was)
            step(&w);
    }
    return 0;
}

static int write_field(struct codec *c, struct buf *out, const struct schema_field *f, const struct value *v, const struct value *old,
                       const struct run *run)
{
    bool repeated = (f->flags & SCHEMA_REPEATED) != 0;
    int r;
    if (same(v, old)) {
        buf_add(out, run->bytes.p, run->bytes.n);
        return 0;
    }
    if (!v || !old || v->type != old->type || !is_object(f) || v->type != (repeated ? VALUE_LIST : VALUE_MAP) ||
        (repeated ? !v->list.n || run->n != old->list.n : run->n != 1 || run->last.wire != PB_BYTES))
        return codec_write_field(c, out, f, v);
    r = codec_enter(c, f->name, 0);
    if (r < 0)
        return r;
    r = repeated ? write_list(c, out, f, v, old, run->bytes) : write_nested(c, out, f, v, old, run->last.bytes);
    if (r == 0)
        codec_leave(c);
    return r;
}

static bool any_inlined(const struct schema_message *m)
{
    for (size_t i = 0; i < m->n_numbered; i++)
        if (m->fields[m->by_number[i]].flags & SCHEMA_INLINE)
            return true;
    return false;
}

int codec_write_beside(struct codec *c, const struct schema_message *m, const struct value *v, const struct value *old, struct str bytes,
                       struct buf *out)
{
    struct walk w = {.r = pb_reader_of(bytes)};
    size_t now = 0, then = 0;
    if (m->form != SCHEMA_FORM_OBJECT || any_inlined(m))
        return codec_write(c, m, v, out);
    int r = codec_refs_open(c, m, v, &now);
    if (r == 0)
        r = codec_refs_open(c, m, old, &then);
    step(&w);
    for (size_t i = 0; i < m->n_numbered && r == 0; i++) {
        const struct schema_field *f = &m->fields[m->by_number[i]];
        size_t slot = schema_start(m, m->by_number[i]);
        if (w.there == 1 && w.next.number < f->number)
            return 1;
        struct run run = take_run(&w, f->number);
        r = write_field(c, out, f, c->refs.p[now + slot], c->refs.p[then + slot], &run);
    }
    c->refs.n = now;
    return r ? r : w.there != 0;
}
