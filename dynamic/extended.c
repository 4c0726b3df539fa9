#include "dynamic/inside.h"

#include "json/json.h"

/* Extended resources that DeviceClasses stand behind (KEP-5004). A node that has such a resource of its own (a device plugin's) gives that;
 * on others the pod gets a claim that asks for the class's devices. Which resources those are differs from node to node, so there is an
 * ask for each set of them. */

static bool is_extended(struct str name)
{
    struct str domain, rest;
    return str_cut(name, '/', &domain, &rest) && !str_is(domain, "kubernetes.io") && !str_ends(domain, STR(".kubernetes.io")) &&
           !str_starts(name, STR("requests.")) && !str_starts(name, STR("hugepages-"));
}

static bool may_be_backed(struct str name)
{
    return is_extended(name) || str_starts(name, STR("deviceclass.resource.kubernetes.io/"));
}

static int note_names(struct extra *x, const struct value *container)
{
    VALUE_EACH_MEMBER (m, value_at(container, "resources.requests")) {
        bool there = !may_be_backed(m->key) || value_is_null(&m->value);
        for (size_t i = 0; i < x->n && !there; i++)
            there = str_eq(x->names[i], m->key);
        if (there || x->n == EXTRA_MAX)
            continue;
        size_t at = x->n;
        struct str copy;
        if (arena_str(x->mem, m->key, &copy) < 0)
            return -ENOMEM;
        for (; at > 0 && str_cmp(x->names[at - 1], copy) > 0; at--)
            x->names[at] = x->names[at - 1];
        x->names[at] = copy;
        x->n++;
    }
    return 0;
}

void extra_end(struct dynamic *d, struct extra *x)
{
    if (!x)
        return;
    for (size_t i = 0; i < ARRAY_LEN(x->asks); i++)
        device_ask_unref(d->devices, x->asks[i]);
    assumption_end(d, x->assumed);
    arena_free(x->mem);
}

/* *out NULL: it asks for none that could be backed. */
int extra_read(struct dynamic *d, const struct value *pod, struct extra **out)
{
    static const char *const lists[] = {"spec.initContainers", "spec.containers"};
    bool any = false;
    *out = NULL;
    for (size_t i = 0; i < ARRAY_LEN(lists); i++)
        VALUE_EACH_ITEM (c, value_at(pod, lists[i]))
            VALUE_EACH_MEMBER (m, value_at(c, "resources.requests"))
                any = any || may_be_backed(m->key);
    if (!any)
        return 0;
    struct arena *mem = NULL;
    int r = arena_new(&mem, 1u << 20);
    struct extra *x = r == 0 ? arena_alloc(mem, sizeof(*x)) : NULL;
    if (!x) {
        arena_free(mem);
        return -ENOMEM;
    }
    x->mem = mem;
    for (size_t i = 0; i < ARRAY_LEN(lists); i++)
        VALUE_EACH_ITEM (c, value_at(pod, lists[i]))
            if (r == 0)
                r = note_names(x, c);
    for (size_t i = 0; i < x->n; i++)
        x->backed |= (unsigned)(device_class_of_resource(d->devices, x->names[i]).n > 0) << i;
    for (size_t i = 0; r == 0 && x->backed && i < ARRAY_LEN(lists); i++)
        if (value_at(pod, lists[i]))
            r = value_copy(mem, value_at(pod, lists[i]), i ? &x->containers : &x->inits);
    if (r < 0) {
        extra_end(d, x);
        return r;
    }
    *out = x;
    return 0;
}

/* Which of its resources the node has none of, and classes stand behind. */
unsigned extra_here(const struct dynamic *d, const struct extra *x, uint32_t node)
{
    unsigned mask = 0;
    for (size_t i = 0; x && i < x->n; i++) {
        int64_t has = 0, used;
        if (!(x->backed >> i & 1))
            continue;
        sched_node_amounts(d->engine, node, x->names[i], &has, &used);
        mask |= (unsigned)(has == 0) << i;
    }
    return mask;
}

/* ── the claim's requests ── */

#define CONTAINERS_MAX 64
struct asked {                  /* a container's wish for one resource */
    bool brief;                 /* an init container that ends before the others begin */
    int64_t n;                  /* pieces */
    int64_t own;                /* of them in a request of its own */
    struct str container, name; /* name of its request */
};

static struct str request_name(struct arena *a, size_t index, const struct value *container, struct str resource)
{
    size_t before = 0;
    VALUE_EACH_MEMBER (m, value_at(container, "resources.requests"))
        before += str_cmp(m->key, resource) < 0;
    return arena_fmt(a, "container-%zu-request-%zu", index, before);
}

static size_t wishes(struct extra *x, struct str resource, struct asked out[CONTAINERS_MAX])
{
    const struct value *const lists[] = {&x->inits, &x->containers};
    size_t n = 0;
    for (size_t l = 0; l < ARRAY_LEN(lists); l++)
        VALUE_EACH_ITEM (c, lists[l]) {
            if (n == CONTAINERS_MAX)
                return n;
            int64_t pieces = quantity_value(quantity_of(value_get(value_at(c, "resources.requests"), resource)));
            out[n] = (struct asked){.brief = l == 0 && !str_is(value_text_at(c, "restartPolicy"), "Always"),
                                    .n = pieces,
                                    .container = value_text_at(c, "name"),
                                    .name = request_name(x->mem, n, c, resource)};
            out[n].own = out[n].brief ? 0 : pieces;
            n++;
        }
    return n;
}

static int add_request(struct extra *x, struct value *list, struct str name, struct str class, int64_t count)
{
    struct value one = value_make_map();
    int r = 0;
    VALUE_SET(&r, x->mem, &one, "name", value_make_text(name));
    VALUE_SET(&r, x->mem, &one, "exactly.deviceClassName", value_make_text(class));
    VALUE_SET(&r, x->mem, &one, "exactly.allocationMode", value_make_text(STR("ExactCount")));
    VALUE_SET(&r, x->mem, &one, "exactly.count", value_make_int(count));
    return r == 0 && !value_add(x->mem, list, one) ? -ENOMEM : r;
}

static int add_mapping(struct extra *x, struct value *list, struct str container, struct str resource, struct str request)
{
    struct value one = value_make_map();
    int r = 0;
    VALUE_SET(&r, x->mem, &one, "containerName", value_make_text(container));
    VALUE_SET(&r, x->mem, &one, "resourceName", value_make_text(resource));
    VALUE_SET(&r, x->mem, &one, "requestName", value_make_text(request));
    return r == 0 && !value_add(x->mem, list, one) ? -ENOMEM : r;
}

/* Init containers that end use again what later containers get; only what they want beyond that is asked for besides, once for all of them. */
static int one_resource(struct extra *x, struct str resource, struct str class, struct value *requests, struct value *mappings)
{
    struct asked all[CONTAINERS_MAX];
    size_t n = wishes(x, resource, all), most = n;
    int r = 0;
    for (size_t i = 0; i < n; i++) {
        int64_t later = 0;
        for (size_t k = i + 1; all[i].brief && k < n; k++)
            later += all[k].brief ? 0 : all[k].n;
        if (!all[i].name.p)
            return -ENOMEM;
        if (all[i].brief)
            all[i].own = MAX(all[i].n - later, INT64_C(0));
        if (all[i].brief && all[i].own && (most == n || all[i].own > all[most].own))
            most = i;
    }
    for (size_t i = 0; r == 0 && i < n; i++) {
        if (all[i].own && (!all[i].brief || i == most))
            r = add_request(x, requests, all[i].name, class, all[i].own);
        int64_t sum = 0;
        for (size_t k = i + 1; r == 0 && all[i].brief && all[i].n && k < n && sum < all[i].n; k++)
            if (!all[k].brief && all[k].n) {
                r = add_mapping(x, mappings, all[i].container, resource, all[k].name);
                sum += all[k].n;
            }
        if (r == 0 && all[i].own)
            r = add_mapping(x, mappings, all[i].container, resource, all[i].brief ? all[most].name : all[i].name);
    }
    return r;
}

static int by_name(const void *a, const void *b)
{
    return str_cmp(value_text_at(a, "name"), value_text_at(b, "name"));
}

/* The ask for a set of its resources; NULL with *r < 0: no memory. */
struct device_ask *extra_ask(struct dynamic *d, struct extra *x, unsigned mask, int *r)
{
    struct value *devices = &x->specs[mask], requests = value_make_list();
    if (x->asks[mask])
        return x->asks[mask];
    *devices = (struct value){0};
    x->mappings[mask] = value_make_list();
    for (size_t i = 0; *r == 0 && i < x->n; i++)
        if (mask >> i & 1) {
            struct str class, name = device_class_of_resource(d->devices, x->names[i]);
            *r = arena_str(x->mem, name, &class);
            if (*r == 0)
                *r = one_resource(x, x->names[i], class, &requests, &x->mappings[mask]);
        }
    if (*r == 0)
        qsort(requests.list.items, requests.list.n, sizeof(*requests.list.items), by_name);
    VALUE_SET(r, x->mem, devices, "requests", requests);
    if (*r == 0)
        *r = device_ask_get(d->devices, devices, &x->asks[mask]);
    return *r < 0 ? NULL : x->asks[mask];
}
