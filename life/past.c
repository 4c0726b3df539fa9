#include "life/inside.h"

#include "json/json.h"

/* What was before the present attempt of a container: how often it ran and how it ended. Its own state goes with it when it is
 * removed, and the next attempt may be long in coming (an image that is pulled again, a Secret that is gone). So it is noted
 * with the sandbox first, where an agent finds it that takes both up: { NAME: { attempt, code, … } }. */
#define PAST_BYTES (2u << 20)

static struct value told(struct arena *a, const struct container *c, int *r)
{
    const struct container_end *e = &c->last;
    struct value v = value_make_map();
    VALUE_SET(r, a, &v, "attempt", value_make_int(c->attempt));
    if (!e->set)
        return v;
    VALUE_SET(r, a, &v, "code", value_make_int(e->code));
    VALUE_SET(r, a, &v, "signal", value_make_int(e->signal));
    VALUE_SET(r, a, &v, "started", value_make_int(e->started));
    VALUE_SET(r, a, &v, "finished", value_make_int(e->finished));
    VALUE_SET(r, a, &v, "reason", value_make_text(str_of(e->reason)));
    VALUE_SET(r, a, &v, "message", value_make_text(str_of(e->message)));
    VALUE_SET(r, a, &v, "id", value_make_text(str_of(e->id)));
    return v;
}

void life_past_keep(struct worker *w)
{
    SCOPED(arena) a = NULL;
    SCOPED_BUF b = BUF_INIT(PAST_BYTES);
    struct value all = value_make_map();
    struct err err = {{0}};
    if (!w->sandbox)
        return;
    int r = arena_new(&a, PAST_BYTES);
    for (size_t i = 0; r == 0 && i < w->n_containers; i++) {
        const struct container *c = w->containers[i];
        if (!c->attempt)
            continue;
        struct value one = told(a, c, &r);
        if (r == 0 && !value_set(a, &all, str_of(c->name), one))
            r = -ENOMEM;
    }
    json_print(&b, &all);
    if (r == 0)
        r = buf_error(&b);
    if (r < 0)
        err_raise(&err, r, "no memory");
    else
        r = runtime_pod_set_note(w->sandbox, buf_view(&b), &err);
    if (r < 0)
        log_warn("node", "pod %s/%s: how often its containers ran cannot be noted: %s", w->ns, w->name, err.text);
}

static void take_end(struct container *c, const struct value *v)
{
    if (!value_at(v, "code"))
        return;
    c->last = (struct container_end){.set = true,
                                     .code = (int)value_int_at(v, "code", 0),
                                     .signal = (int)value_int_at(v, "signal", 0),
                                     .started = value_int_at(v, "started", 0),
                                     .finished = value_int_at(v, "finished", 0)};
    snprintf(c->last.reason, sizeof(c->last.reason), "%.*s", STR_FMT(value_text_at(v, "reason")));
    snprintf(c->last.message, sizeof(c->last.message), "%.*s", STR_FMT(value_text_at(v, "message")));
    snprintf(c->last.id, sizeof(c->last.id), "%.*s", STR_FMT(value_text_at(v, "id")));
}

void life_past_take(struct worker *w, struct str note)
{
    SCOPED(arena) a = NULL;
    struct value all = {0};
    if (!note.n)
        return;
    int r = arena_new(&a, 2 * PAST_BYTES);
    if (r == 0)
        r = json_parse(a, note, &all, NULL);
    if (r < 0) {
        log_warn("node", "pod %s/%s: how often its containers ran cannot be read: %s", w->ns, w->name, strerror(-r));
        return;
    }
    for (size_t i = 0; i < w->n_containers; i++) {
        struct container *c = w->containers[i];
        const struct value *v = value_get(&all, str_of(c->name));
        unsigned attempt = (unsigned)value_int_at(v, "attempt", 0);
        if (!v || (c->handle && c->attempt != attempt)) /* what was to be removed is there still */
            continue;
        c->attempt = attempt;
        take_end(c, v);
        if (!c->handle)
            c->end = c->last; /* between two attempts, as it was */
    }
}
