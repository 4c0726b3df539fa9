#include "devicecel/devicecel.h"

#include "cellib/cellib.h"

/* What selectors see of a device (KEP-4381, "CEL selectors"): its driver, its attributes and capacity by domain and name, and whether
 * it may be shared. A domain nobody set is an empty map, so that device.attributes["x"].y says "no such key: y". */

static struct cel_type inner_attributes = {.kind = CEL_MAP, .params = {&cel_type_string, &cel_type_dyn}, .n_params = 2, .max_size = 32};
static struct cel_type inner_capacity = {.kind = CEL_MAP, .params = {&cel_type_string, &cellib_quantity_type}, .n_params = 2, .max_size = 32};
static struct cel_type outer_attributes = {.kind = CEL_MAP, .params = {&cel_type_string, &inner_attributes}, .n_params = 2, .max_size = 32};
static struct cel_type outer_capacity = {.kind = CEL_MAP, .params = {&cel_type_string, &inner_capacity}, .n_params = 2, .max_size = 32};
static struct cel_field fields[] = {
    {STR_INIT("allowMultipleAllocations"), STR_INIT(""), &cel_type_bool},
    {STR_INIT("attributes"), STR_INIT(""), &outer_attributes},
    {STR_INIT("capacity"), STR_INIT(""), &outer_capacity},
    {STR_INIT("driver"), STR_INIT(""), &cel_type_string},
};
static const struct cel_type device_type = {
    .kind = CEL_OBJECT, .name = STR_INIT("kubernetes.DRADevice"), .fields = fields, .n_fields = ARRAY_LEN(fields)};

int devicecel_env(struct cel_env **out)
{
    SCOPED(cel_env) base = NULL;
    SCOPED(cel_env) env = NULL;
    struct cellib_options o = {.version = 37, .sets = CELLIB_BINDINGS, .no_authorizer = true};
    int r = cellib_env(&base, &o);
    if (r == 0)
        r = cel_env_extend(&env, base);
    if (r == 0)
        r = cel_env_declare(env, STR("device"), &device_type, false);
    if (r < 0)
        return r;
    CHECK(r == 0);
    *out = TAKE(env);
    return 0;
}

int devicecel_compile(struct cel_env *env, struct str text, struct cel_program **out, struct buf *issues)
{
    SCOPED_BUF why = BUF_INIT(1u << 20);
    int r = cel_compile(env, text, NULL, out, &why);
    if (r == CEL_REFUSED && issues)
        buf_fmt(issues, "compilation failed: %s", buf_cstr(&why));
    if (r != 0 || cel_type_fits(&cel_type_bool, cel_program_type(*out)))
        return r;
    if (issues)
        buf_text(issues, "must evaluate to bool or the unknown type, not ");
    if (issues)
        cel_type_print(cel_program_type(*out), issues);
    *out = cel_program_free(*out);
    return CEL_REFUSED;
}

/* ── a device as a value ── */

static struct cel_value attribute_value(struct arena *a, const struct value *attribute)
{
    const struct value *v;
    if ((v = value_get(attribute, STR("int"))))
        return cel_of_int(value_int(v, 0));
    if ((v = value_get(attribute, STR("bool"))))
        return cel_of_bool(value_bool(v, false));
    if ((v = value_get(attribute, STR("string"))))
        return cel_of_text(value_text(v));
    if ((v = value_get(attribute, STR("version"))))
        return cellib_make_semver(a, value_text(v));
    static const char *const lists[] = {"ints", "bools", "strings"};
    for (size_t i = 0; i < ARRAY_LEN(lists); i++)
        if ((v = value_get(attribute, str_of(lists[i]))))
            return cel_of_tree(a, v, NULL);
    v = value_get(attribute, STR("versions"));
    struct cel_value *items = arena_alloc(a, (value_count(v) + 1) * sizeof(*items));
    for (size_t i = 0; items && i < value_count(v); i++)
        items[i] = cellib_make_semver(a, value_text(value_item(v, i)));
    return items ? cel_make_list(a, items, value_count(v)) : cel_no_memory;
}

#define DOMAINS_MAX 64
struct domain {
    struct str name;
    struct cel_value keys[DOMAINS_MAX], values[DOMAINS_MAX];
    size_t n;
};

/* attributes or capacity → map of maps. */
static struct cel_value by_domain(const struct devicecel *of, const char *what)
{
    struct arena *a = of->mem;
    static const struct cel_value none;
    const struct value *all = value_get(of->device, str_of(what));
    struct domain *domains = arena_alloc(a, (value_count(all) + 1) * sizeof(*domains));
    struct cel_value *empty = arena_alloc(a, sizeof(*empty)), keys[DOMAINS_MAX], values[DOMAINS_MAX];
    size_t n = 0;
    if (!domains || !empty)
        return cel_no_memory;
    *empty = cel_make_map(a, &none, &none, 0);
    VALUE_EACH_MEMBER (m, all) {
        struct str domain = of->driver, id = m->key, head, tail;
        if (str_cut(m->key, '/', &head, &tail)) {
            domain = head;
            id = tail;
        }
        size_t i = 0;
        while (i < n && !str_eq(domains[i].name, domain))
            i++;
        if (i == DOMAINS_MAX || domains[i].n == DOMAINS_MAX)
            continue;
        n = MAX(n, i + 1);
        domains[i].name = domain;
        domains[i].keys[domains[i].n] = cel_of_text(id);
        domains[i].values[domains[i].n++] =
            str_is(str_of(what), "attributes") ? attribute_value(a, &m->value) : cellib_make_quantity(a, value_text_at(&m->value, "value"));
    }
    for (size_t i = 0; i < n; i++) {
        keys[i] = cel_of_text(domains[i].name);
        values[i] = cel_make_map(a, domains[i].keys, domains[i].values, domains[i].n);
    }
    return cel_make_map_or(a, keys, values, n, empty);
}

static int get(void *ctx, struct str name, struct cel_value *out)
{
    struct devicecel *n = ctx;
    if (str_is(name, "driver"))
        *out = cel_of_text(n->driver);
    else if (str_is(name, "allowMultipleAllocations"))
        *out = cel_of_bool(value_bool_at(n->device, "allowMultipleAllocations", false));
    else if (str_is(name, "attributes") || str_is(name, "capacity"))
        *out = by_domain(n, str_is(name, "capacity") ? "capacity" : "attributes");
    else
        return -ENOENT;
    return 0;
}

struct cel_value devicecel_value(struct devicecel *d)
{
    d->lazy = (struct cel_lazy){get, d};
    return cel_make_lazy(d->mem, &d->lazy, &device_type);
}
