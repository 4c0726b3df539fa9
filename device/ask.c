#include "device/inside.h"

#include "json/json.h"

/* A claim's spec, compiled. */

static int read_way(struct device_store *s, struct device_ask *q, const struct value *of, struct str parent, struct wanted *w)
{
    struct str mode = value_text_at(of, "allocationMode");
    w->name = value_text_at(of, "name");
    w->full = parent.n ? arena_fmt(q->mem, "%.*s/%.*s", STR_FMT(parent), STR_FMT(w->name)) : STR_NONE;
    if (parent.n && !w->full.p)
        return -ENOMEM;
    w->all = str_is(mode, "All");
    w->count = value_int_at(of, "count", 1);
    w->admin = value_bool_at(of, "adminAccess", false);
    w->tolerations = value_get(of, STR("tolerations"));
    w->requests = value_at(of, "capacity.requests");
    return want_get(s, value_text_at(of, "deviceClassName"), value_get(of, STR("selectors")), &w->want);
}

static int read_request(struct device_store *s, struct device_ask *q, const struct value *of, struct request *out)
{
    const struct value *ways = value_get(of, STR("firstAvailable")), *exactly = value_get(of, STR("exactly"));
    int r = 0;
    out->name = value_text_at(of, "name");
    out->ranked = value_count(ways) > 0;
    size_t n = out->ranked ? value_count(ways) : 1;
    out->ways = arena_alloc(q->mem, n * sizeof(*out->ways));
    if (!out->ways)
        return -ENOMEM;
    for (size_t i = 0; r == 0 && i < n; i++) {
        r = read_way(s, q, out->ranked ? value_item(ways, i) : exactly, out->ranked ? out->name : STR_NONE, &out->ways[i]);
        if (!out->ranked) {
            out->ways[i].name = out->name;
            out->ways[i].full = out->name;
        }
        out->n += r == 0;
    }
    return r;
}

static int read_all(struct device_store *s, struct device_ask *q)
{
    const struct value *requests = value_get(&q->tree, STR("requests")), *constraints = value_get(&q->tree, STR("constraints"));
    int r = 0;
    q->requests = arena_alloc(q->mem, (value_count(requests) + 1) * sizeof(*q->requests));
    q->constraints = arena_alloc(q->mem, (value_count(constraints) + 1) * sizeof(*q->constraints));
    if (!q->requests || !q->constraints)
        return -ENOMEM;
    VALUE_EACH_ITEM (x, requests)
        if (r == 0)
            r = read_request(s, q, x, &q->requests[q->n++]);
    VALUE_EACH_ITEM (x, constraints) {
        struct str match = value_text_at(x, "matchAttribute"), distinct = value_text_at(x, "distinctAttribute");
        q->constraints[q->n_constraints++] = (struct constraint){match.n ? match : distinct, match.n == 0, value_get(x, STR("requests"))};
    }
    return r;
}

static void ask_end(struct device_store *s, struct device_ask *q)
{
    for (uint32_t i = 0; i < q->n; i++)
        for (uint32_t k = 0; k < q->requests[i].n; k++)
            want_unref(s, q->requests[i].ways[k].want);
    arena_free(q->mem);
}

int device_ask_get(struct device_store *s, const struct value *devices, struct device_ask **out)
{
    SCOPED_BUF key = BUF_INIT(4u << 20);
    struct arena *mem = NULL;
    json_print(&key, devices);
    if (buf_error(&key) < 0)
        return buf_error(&key);
    struct device_ask *q = map_get(&s->asks, buf_view(&key));
    if (q) {
        *out = device_ask_ref(q);
        return 0;
    }
    int r = arena_new(&mem, 8u << 20);
    q = r == 0 ? arena_alloc(mem, sizeof(*q)) : NULL;
    if (!q) {
        arena_free(mem);
        return -ENOMEM;
    }
    q->mem = mem;
    q->refs = 1;
    q->number = ++s->n_asks;
    r = arena_str(mem, buf_view(&key), &q->key);
    if (r == 0 && devices)
        r = value_copy(mem, devices, &q->tree);
    if (r == 0)
        r = read_all(s, q);
    if (r == 0)
        r = map_put(&s->asks, q->key, q);
    if (r < 0) {
        ask_end(s, q);
        return r;
    }
    *out = q;
    return 0;
}

struct device_ask *device_ask_ref(struct device_ask *q)
{
    q->refs++;
    return q;
}

void device_ask_unref(struct device_store *s, struct device_ask *q)
{
    if (!q || --q->refs)
        return;
    map_del(&s->asks, q->key);
    ask_end(s, q);
}

unsigned device_ask_number(const struct device_ask *q)
{
    return q->number;
}

bool device_ask_lacks(const struct device_store *s, const struct device_ask *q, struct str *request, struct str *device_class)
{
    (void)s;
    for (uint32_t i = 0; i < q->n; i++)
        for (uint32_t k = 0; k < q->requests[i].n; k++) {
            const struct wanted *w = &q->requests[i].ways[k];
            if (w->want->class->mem)
                continue;
            *request = w->full;
            *device_class = str_of(w->want->class->name);
            return true;
        }
    return false;
}

size_t device_ask_ranked(const struct device_ask *q)
{
    size_t n = 0;
    for (uint32_t i = 0; i < q->n; i++)
        n += q->requests[i].ranked;
    return n;
}
