#include "device/inside.h"

/* A choice as an AllocationResult. */

static struct str share_id(struct device_store *s, struct arena *a)
{
    uint64_t w[2];
    for (size_t i = 0; i < 2; i++) { /* splitmix64 */
        uint64_t z = s->dice += UINT64_C(0x9e3779b97f4a7c15);
        z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
        z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
        w[i] = z ^ (z >> 31);
    }
    return arena_fmt(a, "%08x-%04x-4%03x-%04x-%012llx", (unsigned)(w[0] >> 32), (unsigned)(w[0] >> 16 & 0xffff), (unsigned)(w[0] & 0xfff),
                     (unsigned)(w[1] >> 48 & 0x3fff) | 0x8000u, (unsigned long long)(w[1] & UINT64_C(0xffffffffffff)));
}

static struct value consumed(struct arena *a, const struct wanted *w, const struct device *d, int *r)
{
    struct value out = {0};
    VALUE_EACH_MEMBER (m, value_get(&d->shape->spec, STR("capacity"))) {
        SCOPED_BUF text = BUF_INIT(256);
        const struct value *asked = value_get(w->requests, m->key);
        struct quantity q = quantity_of(asked ? asked : value_get(&m->value, STR("value")));
        struct str copy = STR_NONE;
        if (!capacity_taken(&m->value, asked, &q.nano))
            continue;
        quantity_print(q, &text);
        if (buf_error(&text) < 0 || arena_str(a, buf_view(&text), &copy) < 0 || !value_set(a, &out, m->key, value_make_text(copy)))
            *r = -ENOMEM;
    }
    return out;
}

static void copy_if(struct arena *a, int *r, struct value *to, const char *name, const struct value *v)
{
    if (!value_is_null(v) && (v->type != VALUE_LIST || value_count(v)))
        VALUE_SET(r, a, to, name, *v);
}

static int one_result(struct device_store *s, struct arena *a, const struct device_ask *q, const struct device_pick *p, struct value *to)
{
    const struct wanted *w = &q->requests[p->request].ways[p->alternative];
    const struct device *d = p->device;
    const struct value *spec = &d->shape->spec;
    int r = 0;
    VALUE_SET(&r, a, to, "request", value_make_text(w->full));
    VALUE_SET(&r, a, to, "driver", value_make_text(d->pool->driver));
    VALUE_SET(&r, a, to, "pool", value_make_text(d->pool->name));
    VALUE_SET(&r, a, to, "device", value_make_text(d->name));
    if (w->admin)
        VALUE_SET(&r, a, to, "adminAccess", value_make_bool(true));
    copy_if(a, &r, to, "tolerations", w->tolerations);
    copy_if(a, &r, to, "bindingConditions", value_get(spec, STR("bindingConditions")));
    copy_if(a, &r, to, "bindingFailureConditions", value_get(spec, STR("bindingFailureConditions")));
    if (d->multi && !w->admin) {
        struct value amounts = consumed(a, w, d, &r);
        struct str id = share_id(s, a);
        r = r == 0 && !id.p ? -ENOMEM : r;
        VALUE_SET(&r, a, to, "shareID", value_make_text(id));
        if (value_count(&amounts))
            VALUE_SET(&r, a, to, "consumedCapacity", amounts);
    }
    copy_if(a, &r, to, "skipNodeOperations", value_get(&d->slice->spec, STR("skipNodeOperations")));
    return r;
}

/* ── configuration ── */

static int config_add(struct arena *a, struct value *list, const char *source, const struct value *of, struct value requests)
{
    struct value one = value_make_map();
    int r = 0;
    VALUE_SET(&r, a, &one, "source", value_make_text(str_of(source)));
    if (value_count(&requests))
        VALUE_SET(&r, a, &one, "requests", requests);
    copy_if(a, &r, &one, "opaque", value_get(of, STR("opaque")));
    return r == 0 && !value_add(a, list, one) ? -ENOMEM : r;
}

/* The way each request was met. -1: no device of it was picked (it asked for none). */
static int way_of(const struct device_ask *q, const struct device_choice *c, uint32_t request)
{
    for (size_t i = 0; i < c->n; i++)
        if (c->picks[i].request == request)
            return c->picks[i].alternative;
    return q->requests[request].ranked ? -1 : 0;
}

/* A class's configuration stands once, for all requests that name it; for all there are: for none in particular. */
static int configs_of_classes(struct arena *a, const struct device_ask *q, const struct device_choice *c, struct value *list)
{
    int r = 0;
    for (uint32_t i = 0; r == 0 && i < q->n; i++) {
        int way = way_of(q, c, i);
        const struct class *k = way < 0 ? NULL : q->requests[i].ways[way].want->class;
        const struct value *configs = k ? value_get(&k->spec, STR("config")) : NULL;
        struct value names = {0};
        bool first = true;
        for (uint32_t n = 0; k && n < q->n; n++) {
            int other = way_of(q, c, n);
            if (other < 0 || q->requests[n].ways[other].want->class != k)
                continue;
            first = first && n >= i;
            if (!value_add(a, &names, value_make_text(q->requests[n].ways[other].full)))
                return -ENOMEM;
        }
        if (value_count(&names) == q->n)
            names = (struct value){0};
        VALUE_EACH_ITEM (x, first ? configs : NULL)
            if (r == 0)
                r = config_add(a, list, "FromClass", x, names);
    }
    return r;
}

static bool named(const struct value *names, const struct request *q, const struct wanted *w)
{
    VALUE_EACH_ITEM (v, names)
        if (str_eq(value_text(v), q->name) || str_eq(value_text(v), w->full))
            return true;
    return false;
}

static int configs_of_claim(struct arena *a, const struct device_ask *q, const struct device_choice *c, struct value *list)
{
    int r = 0;
    VALUE_EACH_ITEM (x, value_get(&q->tree, STR("config"))) {
        const struct value *names = value_get(x, STR("requests"));
        uint32_t met = 0;
        for (uint32_t i = 0; i < q->n; i++) {
            int way = way_of(q, c, i);
            met += way >= 0 && named(names, &q->requests[i], &q->requests[i].ways[way]);
        }
        struct value keep = names && value_count(names) && met < q->n ? *names : (struct value){0};
        if (r == 0 && (met || !value_count(names)))
            r = config_add(a, list, "FromClaim", x, keep);
    }
    return r;
}

/* ── where it can be used ── */

static bool has_need(const struct value *list, const struct value *need)
{
    VALUE_EACH_ITEM (x, list)
        if (value_equal(x, need))
            return true;
    return false;
}

static int needs_add(struct arena *a, struct value *term, const char *field, const struct value *from)
{
    int r = 0;
    VALUE_EACH_ITEM (x, value_get(from, str_of(field))) {
        struct value *list = value_get(term, str_of(field));
        if (!list)
            list = value_set(a, term, str_of(field), value_make_list());
        if (!list || (!has_need(list, x) && !value_add(a, list, *x)))
            r = -ENOMEM;
    }
    return r;
}

static int only_here(struct arena *a, struct str node, struct value *term)
{
    struct value names = {0}, need = {0}, needs = {0};
    int r = value_add(a, &names, value_make_text(node)) ? 0 : -ENOMEM;
    VALUE_SET(&r, a, &need, "key", value_make_text(STR("metadata.name")));
    VALUE_SET(&r, a, &need, "operator", value_make_text(STR("In")));
    VALUE_SET(&r, a, &need, "values", names);
    if (r == 0 && !value_add(a, &needs, need))
        r = -ENOMEM;
    *term = (struct value){0};
    VALUE_SET(&r, a, term, "matchFields", needs);
    return r;
}

static int node_selector(struct arena *a, const struct device_choice *c, struct str node, struct value *to)
{
    struct value term = {0}, terms = {0};
    int r = 0;
    for (size_t i = 0; r == 0 && i < c->n; i++) {
        const struct device *d = c->picks[i].device;
        const struct value *of = d->slice->where == WHERE_EACH ? &d->shape->spec : &d->slice->spec;
        if (value_text_at(of, "nodeName").n || value_bool_at(&d->shape->spec, "bindsToNode", false)) {
            r = only_here(a, node, &term);
            break;
        }
        const struct value *first = value_item(value_at(of, "nodeSelector.nodeSelectorTerms"), 0);
        r = needs_add(a, &term, "matchExpressions", first);
        if (r == 0)
            r = needs_add(a, &term, "matchFields", first);
    }
    if (r == 0 && value_count(&term) && !value_add(a, &terms, term))
        r = -ENOMEM;
    if (value_count(&terms))
        VALUE_SET(&r, a, to, "nodeSelector.nodeSelectorTerms", terms);
    return r;
}

int device_choice_tree(struct device_store *s, struct arena *a, const struct device_ask *q, const struct device_choice *c,
                       const struct device_node *node, struct value *out)
{
    struct value results = value_make_list(), configs = {0}, tree = value_make_map(), copy = {0};
    int r = 0;
    for (size_t i = 0; r == 0 && i < c->n; i++) {
        struct value one = value_make_map();
        r = one_result(s, a, q, &c->picks[i], &one);
        if (r == 0 && !value_add(a, &results, one))
            r = -ENOMEM;
    }
    if (r == 0)
        r = configs_of_classes(a, q, c, &configs);
    if (r == 0)
        r = configs_of_claim(a, q, c, &configs);
    VALUE_SET(&r, a, &tree, "devices.results", results);
    if (value_count(&configs))
        VALUE_SET(&r, a, &tree, "devices.config", configs);
    if (r == 0)
        r = node_selector(a, c, node->name, &tree);
    if (r == 0)
        r = value_copy(a, &tree, &copy); /* what it borrowed may go */
    if (r == 0)
        *out = copy;
    return r;
}
