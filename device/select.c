#include "device/inside.h"

#include "devicecel/devicecel.h"
#include "json/json.h"

/* Selectors: expressions compiled once, devices' shapes, and what the ones said of the others. */

/* ── programs ── */

static struct program *program_get(struct device_store *s, struct str text)
{
    struct program *p = map_get(&s->programs, text);
    if (p) {
        p->refs++;
        return p;
    }
    p = mem_alloc(sizeof(*p));
    if (!p)
        return NULL;
    p->refs = 1;
    p->text = mem_text(text.p, text.n);
    int r = p->text ? devicecel_compile(s->env, text, &p->compiled, NULL) : -ENOMEM;
    if (r >= 0)
        r = map_put(&s->programs, str_of(p->text), p);
    if (r >= 0)
        return p;
    cel_program_free(p->compiled);
    mem_free(p->text);
    return mem_free(p);
}

static void program_unref(struct device_store *s, struct program *p)
{
    if (--p->refs)
        return;
    map_del(&s->programs, str_of(p->text));
    cel_program_free(p->compiled);
    mem_free(p->text);
    mem_free(p);
}

/* ── shapes ── */

static int shape_number(struct device_store *s, uint32_t *out)
{
    if (s->free_shapes.n)
        *out = s->free_shapes.p[--s->free_shapes.n];
    else
        *out = s->n_shapes++;
    return 0;
}

int shape_get(struct device_store *s, struct str driver, const struct value *device, struct shape **out)
{
    SCOPED(arena) mem = NULL;
    buf_clear(&s->key);
    buf_str(&s->key, driver);
    VALUE_EACH_MEMBER (m, device) {
        if (str_is(m->key, "name"))
            continue;
        buf_char(&s->key, '\n');
        buf_str(&s->key, m->key);
        json_print(&s->key, &m->value);
    }
    if (buf_error(&s->key) < 0)
        return buf_error(&s->key);
    struct shape *h = map_get(&s->shapes, buf_view(&s->key));
    if (h) {
        h->refs++;
        *out = h;
        return 0;
    }
    int r = arena_new(&mem, 8u << 20);
    h = r == 0 ? arena_alloc(mem, sizeof(*h)) : NULL;
    if (!h)
        return -ENOMEM;
    h->refs = 1;
    r = arena_str(mem, buf_view(&s->key), &h->key);
    if (r == 0)
        r = arena_str(mem, driver, &h->driver);
    if (r == 0)
        r = value_copy(mem, device, &h->spec);
    if (r == 0)
        r = map_put(&s->shapes, h->key, h);
    if (r < 0)
        return r;
    value_del(&h->spec, STR("name"));
    h->mem = TAKE(mem);
    *out = h;
    return shape_number(s, &h->number);
}

void shape_unref(struct device_store *s, struct shape *h)
{
    if (!h || --h->refs)
        return;
    map_del(&s->shapes, h->key);
    MAP_EACH (slot, &s->wants) {
        struct want *w = slot->value;
        if (h->number < w->found.n)
            w->found.p[h->number] = FOUND_UNKNOWN;
    }
    uint32_t *to = VEC_ADD(&s->free_shapes); /* without memory the number is lost, not reused */
    if (to)
        *to = h->number;
    arena_free(h->mem);
}

/* An attribute by its full name; those of the driver's own domain may be written without it. */
const struct value *shape_attribute(const struct shape *h, struct str name)
{
    const struct value *all = value_get(&h->spec, STR("attributes")), *v = value_get(all, name);
    struct str domain, id;
    if (v || !str_cut(name, '/', &domain, &id) || !str_eq(domain, h->driver))
        return v;
    return value_get(all, id);
}

/* ── wants ── */

static void programs_drop(struct device_store *s, struct want *w)
{
    for (size_t i = 0; i < w->programs.n; i++)
        program_unref(s, w->programs.p[i]);
    w->programs.n = 0;
    w->found.n = 0;
}

static int program_add(struct device_store *s, struct want *w, struct str text)
{
    struct program *p = program_get(s, text), **to = p ? VEC_ADD(&w->programs) : NULL;
    if (!to) {
        if (p)
            program_unref(s, p);
        return -ENOMEM;
    }
    *to = p;
    return 0;
}

/* The class may have changed since. */
static int want_renew(struct device_store *s, struct want *w)
{
    int r = 0;
    if (w->version == w->class->version + 1)
        return 0;
    programs_drop(s, w);
    const struct value *selectors = value_get(&w->class->spec, STR("selectors"));
    VALUE_EACH_ITEM (x, selectors)
        if (r == 0)
            r = program_add(s, w, value_text_at(x, "cel.expression"));
    w->n_of_class = w->programs.n;
    for (size_t i = 0; r == 0 && i < w->n_own; i++)
        r = program_add(s, w, w->own[i]);
    if (r == 0)
        w->version = w->class->version + 1;
    return r;
}

static struct want *want_new(struct device_store *s, struct str class_name, const struct value *selectors)
{
    struct want *w = mem_alloc(sizeof(*w));
    if (!w)
        return NULL;
    int r = arena_new(&w->mem, 4u << 20);
    size_t n = value_count(selectors);
    w->own = r == 0 ? arena_alloc(w->mem, (n + 1) * sizeof(*w->own)) : NULL;
    r = w->own ? 0 : -ENOMEM;
    for (size_t i = 0; r == 0 && i < n; i++)
        r = arena_str(w->mem, value_text_at(value_item(selectors, i), "cel.expression"), &w->own[i]);
    w->n_own = n;
    w->refs = 1;
    w->key = r == 0 ? mem_text(s->key.p, s->key.n) : NULL;
    w->key_n = s->key.n;
    w->class = w->key ? class_get(s, class_name) : NULL;
    if (w->class && map_put(&s->wants, str_make(w->key, w->key_n), w) == 0)
        return w;
    class_unref(s, w->class);
    mem_free(w->key);
    arena_free(w->mem);
    return mem_free(w);
}

int want_get(struct device_store *s, struct str class_name, const struct value *selectors, struct want **out)
{
    buf_clear(&s->key);
    buf_str(&s->key, class_name);
    VALUE_EACH_ITEM (x, selectors) {
        buf_char(&s->key, '\0');
        buf_str(&s->key, value_text_at(x, "cel.expression"));
    }
    if (buf_error(&s->key) < 0)
        return buf_error(&s->key);
    struct want *w = map_get(&s->wants, buf_view(&s->key));
    if (w)
        w->refs++;
    else if (!(w = want_new(s, class_name, selectors)))
        return -ENOMEM;
    *out = w;
    return 0;
}

void want_unref(struct device_store *s, struct want *w)
{
    if (!w || --w->refs)
        return;
    map_del(&s->wants, str_make(w->key, w->key_n));
    programs_drop(s, w);
    VEC_DONE(&w->programs);
    VEC_DONE(&w->found);
    class_unref(s, w->class);
    mem_free(w->key);
    arena_free(w->mem);
    mem_free(w);
}

static const char *went_wrong(struct device_store *s, const struct want *w, size_t i, const char *what, const struct err *err)
{
    bool of_class = i < w->n_of_class;
    return why_text(s, "%s%s%sselector #%zu: %s%s%s", of_class ? "class " : "claim", of_class ? w->class->name : "", ": ",
                    of_class ? i : i - w->n_of_class, what, err ? ": " : "", err ? err->text : "");
}

static enum found evaluate(struct device_store *s, struct want *w, const struct device *d)
{
    struct devicecel seen = {.mem = s->scratch, .driver = d->shape->driver, .device = &d->shape->spec};
    for (size_t i = 0; i < w->programs.n; i++) {
        const struct program *p = w->programs.p[i];
        struct err err = {{0}};
        struct cel_value answer;
        if (!p->compiled) {
            w->why = went_wrong(s, w, i, "CEL compile error", NULL);
            return FOUND_ERROR;
        }
        arena_reset(s->scratch);
        struct cel_value slots[1] = {devicecel_value(&seen)};
        struct cel_activation vars = {.slots = slots, .n = 1};
        struct cel_run run = {.limit = DEVICECEL_COST_MAX};
        s->stats.evaluations++;
        int r = cel_eval(p->compiled, &vars, s->scratch, &run, &answer, &err);
        if (r == -ENOMEM)
            return FOUND_UNKNOWN;
        if (r != 0 || answer.kind != CEL_BOOL) {
            w->why = went_wrong(s, w, i, "CEL runtime error", &err);
            return FOUND_ERROR;
        }
        if (!answer.boolean)
            return FOUND_NO;
    }
    return FOUND_YES;
}

/* UNKNOWN: no memory. */
enum found want_asks(struct device_store *s, struct want *w, const struct device *d)
{
    uint32_t n = d->shape->number;
    if (want_renew(s, w) < 0)
        return FOUND_UNKNOWN;
    while (w->found.n <= n)
        if (!VEC_ADD(&w->found))
            return FOUND_UNKNOWN;
    if (w->found.p[n] == FOUND_UNKNOWN)
        w->found.p[n] = (uint8_t)evaluate(s, w, d);
    return w->found.p[n];
}
