#include "sim/inside.h"

#include "object/object.h"

/* Templates: many alike, said once. */

#define AMOUNT_MAX (INT64_C(1) << 40)

struct sheet { /* one template, being read */
    const char *what;
    size_t place;
    const struct value *item;
    struct err *err;
};

static int fault(const struct sheet *t, const char *field, const struct value *v, const char *must)
{
    return err_raise(t->err, -EINVAL, "%s[%zu].%s: Invalid value: \"%.*s\": must be %s", t->what, t->place, field, STR_FMT(value_text(v)), must);
}

static int read_amount(const struct sheet *t, const char *field, bool milli, int64_t most, int64_t *out)
{
    const struct value *v = value_get(t->item, str_of(field));
    struct quantity q;
    if (!v)
        return 0;
    if (v->type != VALUE_TEXT) { /* cpu: 2 */
        *out = value_int(v, -1) > most ? -1 : milli ? value_int(v, -1) * 1000 : value_int(v, -1);
    } else {
        if (quantity_parse(value_text(v), &q) < 0)
            return fault(t, field, v, "a quantity");
        *out = milli ? quantity_milli(q) : quantity_value(q);
    }
    return *out < 0 || *out > most ? fault(t, field, v, "neither negative nor too large") : 0;
}

static int read_seconds(const struct sheet *t, const char *field, int64_t *out)
{
    const struct value *v = value_get(t->item, str_of(field));
    int64_t ns;
    if (!v)
        return 0;
    if (duration_parse(value_text(v), &ns) < 0 || ns < 0 || ns % INT64_C(1000000000))
        return fault(t, field, v, "whole seconds, as 90s or 2h");
    *out = ns / INT64_C(1000000000);
    return 0;
}

static int read_count(const struct sheet *t, size_t have, int64_t *count)
{
    int r = read_amount(t, "count", false, SIM_ROWS_MAX, count);
    return r == 0 && (int64_t)have + *count > SIM_ROWS_MAX ? fault(t, "count", value_get(t->item, STR("count")), "less: there are too many") : r;
}

static int known_fields(const struct sheet *t, const char *const *names)
{
    if (t->item->type != VALUE_MAP)
        return err_raise(t->err, -EINVAL, "%s[%zu]: must be an object", t->what, t->place);
    VALUE_EACH_MEMBER (m, t->item) {
        bool known = false;
        for (size_t i = 0; names[i]; i++)
            known = known || str_is(m->key, names[i]);
        if (!known)
            return err_raise(t->err, -EINVAL, "%s[%zu].%.*s: unknown field", t->what, t->place, STR_FMT(m->key));
    }
    return 0;
}

static int name_of(struct sim_trace *trace, struct str *out, struct str base, int64_t i)
{
    *out = arena_fmt(trace->names, "%.*s-%lld", STR_FMT(base), (long long)i);
    return out->p ? 0 : -ENOMEM;
}

static int copy_text(struct sim_trace *trace, struct str *text)
{
    *text = arena_fmt(trace->names, "%.*s", STR_FMT(*text));
    return text->p ? 0 : -ENOMEM;
}

static int add_nodes(struct sim_trace *trace, const struct sheet *t)
{
    static const char *const fields[] = {"count", "name", "cpu", "memory", "gpus", "gpuModel", NULL};
    struct sim_node n = {.model = value_text_at(t->item, "gpuModel")};
    struct str base = value_text_at(t->item, "name");
    int64_t count = 1, bytes = 0, gpus = 0;
    int r = known_fields(t, fields);
    if (r == 0)
        r = read_count(t, trace->nodes.n, &count);
    if (r == 0)
        r = read_amount(t, "cpu", true, AMOUNT_MAX, &n.cpu_milli);
    if (r == 0)
        r = read_amount(t, "memory", false, AMOUNT_MAX << 20, &bytes);
    if (r == 0)
        r = read_amount(t, "gpus", false, SHARE_GPUS_MAX, &gpus);
    if (r == 0 && !base.n)
        r = err_raise(t->err, -EINVAL, "%s[%zu].name: Required value", t->what, t->place);
    if (r == 0)
        r = copy_text(trace, &n.model);
    n.memory_mib = bytes >> 20;
    n.gpus = (int)gpus;
    for (int64_t i = 0; r == 0 && i < count; i++) {
        r = name_of(trace, &n.name, base, i);
        if (r == 0)
            r = sim_trace_add_node(trace, &n);
    }
    return r;
}

/* They come evenly between `from` and `to`. */
static int add_some(struct sim_trace *trace, struct sim_pod p, struct str base, int64_t count, int64_t from, int64_t to, int64_t gang)
{
    int r = 0;
    for (int64_t i = 0; r == 0 && i < count; i++) {
        int64_t first = gang ? i / gang * gang : i;
        p.created_s = from + (int64_t)((double)(to - from) * (double)first / (double)count);
        if (gang && i == first)
            r = name_of(trace, &p.gang, base, i / gang);
        struct sim_pod *slot = r == 0 ? VEC_ADD(&trace->pods) : NULL;
        if (!slot)
            return -ENOMEM;
        *slot = p;
    }
    return r;
}

static int add_pods(struct sim_trace *trace, const struct sheet *t)
{
    static const char *const fields[] = {"count", "name", "cpu", "memory", "gpus", "gpuMilli", "gpuModels", "from", "to", "runs", "gang", NULL};
    struct sim_pod p = {.name = value_text_at(t->item, "name"), .demand = {.models = value_text_at(t->item, "gpuModels")}};
    int64_t count = 1, bytes = 0, gpus = 0, milli = SHARE_WHOLE, from = 0, to = 0, gang = 0;
    int r = known_fields(t, fields);
    if (r == 0)
        r = read_count(t, trace->pods.n, &count);
    if (r == 0)
        r = read_amount(t, "cpu", true, AMOUNT_MAX, &p.demand.cpu);
    if (r == 0)
        r = read_amount(t, "memory", false, AMOUNT_MAX << 20, &bytes);
    if (r == 0)
        r = read_amount(t, "gpus", false, SHARE_GPUS_MAX, &gpus);
    if (r == 0)
        r = read_amount(t, "gpuMilli", false, SHARE_WHOLE, &milli);
    if (r == 0 && gpus > 1 && milli != SHARE_WHOLE)
        r = fault(t, "gpuMilli", value_get(t->item, STR("gpuMilli")), "1000: several GPUs are whole ones");
    if (r == 0)
        r = read_amount(t, "gang", false, SIM_ROWS_MAX, &gang);
    if (r == 0)
        r = read_seconds(t, "from", &from);
    to = from;
    if (r == 0)
        r = read_seconds(t, "to", &to);
    if (r == 0 && to < from)
        r = fault(t, "to", value_get(t->item, STR("to")), "no earlier than from");
    if (r == 0)
        r = read_seconds(t, "runs", &p.ran_s);
    if (r == 0 && !p.name.n)
        r = err_raise(t->err, -EINVAL, "%s[%zu].name: Required value", t->what, t->place);
    if (r == 0)
        r = copy_text(trace, &p.name);
    if (r == 0)
        r = copy_text(trace, &p.demand.models);
    if (r < 0)
        return r;
    p.memory_mib = bytes >> 20;
    p.demand.count = gpus && milli ? (int)gpus : 0;
    p.demand.milli = p.demand.count ? (int)milli : 0;
    p.demand.models = p.demand.count ? p.demand.models : STR_NONE;
    return add_some(trace, p, p.name, count, from, to, gang);
}

int sim_trace_templates(struct sim_trace *trace, const char *what, const struct value *list, struct err *err)
{
    struct sheet t = {.what = what, .err = err};
    int r = 0;
    if (list->type != VALUE_LIST)
        return err_raise(err, -EINVAL, "%s: must be a file's name or a list of templates", what);
    VALUE_EACH_ITEM (item, list) {
        t.item = item;
        if (r == 0)
            r = str_is(str_of(what), "nodes") ? add_nodes(trace, &t) : add_pods(trace, &t);
        t.place++;
    }
    return r == -ENOMEM ? err_raise(err, r, "no memory for the %s", what) : r;
}
