#include "valid/inside.h"

/* ResourceSlices. */

#define DEVICES_MAX          128
#define DEVICES_MAX_ADVANCED 64 /* with taints, counters or lists */
#define SETS_MAX             8
#define COUNTERS_MAX         32
#define TRAITS_MAX           32 /* attributes and capacities of a device */
#define VALUES_MAX           48 /* of its attributes, each item of a list for itself */

static const struct at *const spec_at = &(const struct at){.name = "spec"};

static void too_many(struct judge *j, const struct at *at, size_t n, size_t most)
{
    struct value v = value_make_int((int64_t)n);
    judge_fault(j, at, FAULT_TOO_MANY, &v, "must have at most %zu items", most);
}

static void only_true(struct judge *j, const struct at *at, const struct value *v)
{
    if (judge_present(v) && !value_bool(v, false))
        judge_invalid(j, at, v, "must be either unset or set to true");
}

/* Exactly one way to say where: what was said, as upstream lists it. */
static void one_place(struct judge *j, const struct at *at, const struct value *of, const char *const *names, size_t n, const char *why)
{
    SCOPED_BUF set = BUF_INIT(256), both = BUF_INIT(512);
    size_t count = 0;
    for (size_t i = 0; i < n; i++) {
        const struct value *v = value_at(of, names[i]);
        if (!judge_present(v) || (v->type == VALUE_TEXT && !v->text.n) || (v->type == VALUE_BOOL && !v->boolean))
            continue;
        buf_fmt(&set, "%s`%s`", count++ ? ", " : "{", names[i]);
    }
    buf_text(&set, "}");
    buf_fmt(&both, "%s, but multiple fields are set", why);
    if (count == 0)
        judge_required(j, at, why);
    else if (count > 1)
        judge_invalid_text(j, at, buf_view(&set), buf_cstr(&both));
}

static void node_name(struct judge *j, const struct at *at, const struct value *v, const char *empty)
{
    if (!judge_present(v))
        return;
    if (!value_text(v).n)
        judge_invalid(j, at, v, empty);
    else
        judge_name(j, at, value_text(v), name_dns_subdomain);
}

/* ── devices ── */

static bool digits(struct str s, bool leading)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] < '0' || s.p[i] > '9')
            return false;
    return s.n && (leading || s.n == 1 || s.p[0] != '0');
}

static bool pieces(struct str s, bool numbers_plain)
{
    struct str piece;
    if (!s.n)
        return false;
    while (str_next(&s, '.', &piece)) {
        for (size_t i = 0; i < piece.n; i++) {
            char c = piece.p[i];
            if (!(c >= '0' && c <= '9') && !(c >= 'a' && c <= 'z') && !(c >= 'A' && c <= 'Z') && c != '-')
                return false;
        }
        if (!piece.n || (numbers_plain && digits(piece, true) && !digits(piece, false)))
            return false;
    }
    return true;
}

static bool semver(struct str s)
{
    struct str core, build, pre, piece;
    size_t n = 0;
    if (str_cut(s, '+', &core, &build) && !pieces(build, false))
        return false;
    s = core;
    if (str_cut(s, '-', &core, &pre) && !pieces(pre, true))
        return false;
    while (str_next(&core, '.', &piece))
        if (++n > 3 || !digits(piece, false))
            return false;
    return n == 3;
}

static void attribute_text(struct judge *j, const struct at *at, const struct value *v, bool version)
{
    if (version && !semver(value_text(v)))
        judge_invalid(j, at, v, "must be a string compatible with semver.org spec 2.0.0");
    if (value_text(v).n > 64)
        judge_too_long(j, at, 64);
}

static void attribute(struct judge *j, const struct at *at, const struct value *a)
{
    static const char *const names[] = {"bool", "int", "string", "version", "bools", "ints", "strings", "versions"};
    size_t n = 0;
    for (size_t i = 0; i < ARRAY_LEN(names); i++) {
        const struct value *v = value_at(a, names[i]);
        if (!judge_present(v))
            continue;
        n++;
        if (i == 2 || i == 3)
            attribute_text(j, AT(at, names[i]), v, i == 3);
        if (i >= 4 && !value_count(v))
            judge_invalid(j, AT(at, names[i]), v, "must not be empty if specified");
        for (size_t k = 0; i >= 6 && k < value_count(v); k++)
            attribute_text(j, AT_ITEM(AT(at, names[i]), k), value_item(v, k), i == 7);
    }
    if (n != 1)
        judge_invalid(j, at, a, "exactly one value must be specified");
}

/* What it is compared with is told as it was written. */
static void invalid_beside(struct judge *j, const struct at *at, const struct value *bad, const char *what, const struct value *other)
{
    judge_fault(j, at, FAULT_INVALID, bad, "%s: %.*s", what, STR_FMT(value_text(other)));
}

static void sorted_values(struct judge *j, const struct at *at, const struct value *list, const struct value *capacity, const struct value *standard)
{
    struct quantity most = quantity_of(capacity);
    bool found = false;
    if (value_count(list) > 10) {
        too_many(j, at, value_count(list), 10);
        return;
    }
    for (size_t i = 0; i < value_count(list); i++) {
        struct quantity q = quantity_of(value_item(list, i));
        if (i && quantity_cmp(quantity_of(value_item(list, i - 1)), q) > 0)
            judge_invalid(j, AT_ITEM(at, i), value_item(list, i), "values must be sorted in ascending order");
        if (i && quantity_cmp(quantity_of(value_item(list, i - 1)), q) == 0)
            judge_duplicate(j, AT_ITEM(at, i), value_item(list, i));
        if (quantity_cmp(q, most) > 0)
            invalid_beside(j, AT_ITEM(at, i), value_item(list, i), "option is larger than capacity value", capacity);
        found = found || quantity_cmp(q, quantity_of(standard)) == 0;
    }
    if (!found)
        judge_invalid(j, at, standard, "default value is not valid according to the requestPolicy");
}

static void step_fits(struct judge *j, const struct at *at, const struct value *v, const struct value *min, const struct value *step)
{
    if ((quantity_of(v).nano - quantity_of(min).nano) % quantity_of(step).nano != 0)
        judge_fault(j, at, FAULT_INVALID, v, "value is not a multiple of a given step (%.*s) from (%.*s)", STR_FMT(value_text(step)),
                    STR_FMT(value_text(min)));
}

static void range(struct judge *j, const struct at *at, const struct value *r, const struct value *capacity, const struct value *standard)
{
    struct quantity most = quantity_of(capacity);
    const struct value *min = value_at(r, "min"), *max = value_at(r, "max"), *step = value_at(r, "step");
    if (!judge_present(min)) {
        judge_required(j, AT(at, "min"), "required when validRange is defined");
        return;
    }
    struct quantity low = quantity_of(min), by = quantity_of(step);
    if (quantity_cmp(low, most) > 0)
        invalid_beside(j, AT(at, "min"), min, "min is larger than capacity value", capacity);
    if (quantity_cmp(quantity_of(standard), low) < 0)
        invalid_beside(j, AT(at, "min"), standard, "default is less than min", min);
    if (judge_present(max)) {
        if (quantity_cmp(low, quantity_of(max)) > 0)
            invalid_beside(j, AT(at, "max"), min, "min is larger than max", max);
        if (quantity_cmp(quantity_of(max), most) > 0)
            invalid_beside(j, AT(at, "max"), max, "max is larger than capacity value", capacity);
        if (quantity_cmp(quantity_of(standard), quantity_of(max)) > 0)
            invalid_beside(j, AT(at, "max"), standard, "default is more than max", max);
    }
    if (!judge_present(step))
        return;
    if (by.nano <= 0) {
        judge_invalid(j, AT(at, "step"), step, "must be greater than zero");
        return;
    }
    if (low.nano + by.nano > most.nano) {
        SCOPED_BUF sum = BUF_INIT(256);
        struct quantity one = low;
        one.nano += by.nano;
        quantity_print(one, &sum);
        judge_fault(j, AT(at, "step"), FAULT_INVALID, step, "one step %.*s is larger than capacity value: %.*s", STR_FMT(buf_view(&sum)),
                    STR_FMT(value_text(capacity)));
    }
    step_fits(j, AT(at, "step"), standard, min, step);
    if (judge_present(max))
        step_fits(j, AT(at, "step"), max, min, step);
}

static void capacity(struct judge *j, const struct at *at, const struct value *c, bool multi)
{
    const struct value *policy = value_at(c, "requestPolicy"), *standard = value_at(policy, "default");
    const struct value *values = value_at(policy, "validValues"), *between = value_at(policy, "validRange");
    const struct at *here = AT(at, "requestPolicy");
    const struct value *most = value_at(c, "value");
    if (!judge_present(policy))
        return;
    if (!multi)
        judge_forbidden(j, here, "allowMultipleAllocations must be true");
    else if (value_count(values) && judge_present(between))
        judge_forbidden(j, here, "exactly one policy can be specified, cannot specify \"validValues\" and \"validRange\" at the same time");
    else if (value_count(values) && !judge_present(standard))
        judge_required(j, AT(here, "default"), "required when validValues is defined");
    else if (value_count(values))
        sorted_values(j, AT(here, "validValues"), values, most, standard);
    else if (judge_present(between) && !judge_present(standard))
        judge_required(j, AT(here, "default"), "required when validRange is defined");
    else if (judge_present(between))
        range(j, AT(here, "validRange"), between, most, standard);
}

static void counters(struct judge *j, const struct at *at, const struct value *map)
{
    if (!value_count(map))
        judge_required(j, at, "");
    if (value_count(map) > COUNTERS_MAX) {
        too_many(j, at, value_count(map), COUNTERS_MAX);
        return;
    }
    VALUE_EACH_MEMBER (m, map)
        judge_name(j, at, m->key, name_dns_label);
}

static void counter_sets(struct judge *j, const struct at *at, const struct value *list, const char *name, size_t most)
{
    if (value_count(list) > most) {
        too_many(j, at, value_count(list), most);
        return;
    }
    for (size_t i = 0; i < value_count(list); i++) {
        const struct value *s = value_item(list, i);
        const struct at *here = AT_ITEM(at, i);
        struct str set = value_text_at(s, name);
        if (!set.n)
            judge_required(j, AT(here, name), "");
        else
            judge_name(j, AT(here, name), set, name_dns_label);
        counters(j, AT(here, "counters"), value_at(s, "counters"));
        for (size_t k = 0; k < i; k++)
            if (str_eq(value_text_at(value_item(list, k), name), set)) {
                judge_duplicate_text(j, here, set);
                break;
            }
    }
}

static void device_place(struct judge *j, const struct at *at, const struct value *d, bool each)
{
    static const char *const names[] = {"nodeName", "nodeSelector", "allNodes"};
    static const struct value none;
    bool any = false;
    for (size_t i = 0; i < ARRAY_LEN(names); i++)
        any = any || judge_present(value_at(d, names[i]));
    if (!each) {
        if (any)
            judge_invalid(
                j, at, &none,
                "`nodeName`, `nodeSelector` and `allNodes` can only be set if `perDeviceNodeSelection` is set to true in the ResourceSlice spec");
        return;
    }
    node_name(j, AT(at, "nodeName"), value_at(d, "nodeName"), "must not be empty");
    if (judge_present(value_at(d, "nodeSelector")))
        judge_node_selector(j, AT(at, "nodeSelector"), value_at(d, "nodeSelector"));
    only_true(j, AT(at, "allNodes"), value_at(d, "allNodes"));
    one_place(j, at, d, names, ARRAY_LEN(names),
              "exactly one of `nodeName`, `nodeSelector`, or `allNodes` is required when `perDeviceNodeSelection` is set to true in the "
              "ResourceSlice spec");
}

static size_t attribute_values(const struct value *attributes)
{
    static const char *const lists[] = {"bools", "ints", "strings", "versions"};
    size_t sum = 0;
    VALUE_EACH_MEMBER (m, attributes) {
        size_t n = 0;
        for (size_t i = 0; i < ARRAY_LEN(lists); i++)
            n += value_count(value_at(&m->value, lists[i]));
        sum += n ? n : 1;
    }
    return sum;
}

static void device(struct judge *j, const struct at *at, const struct value *d, bool each)
{
    const struct value *attributes = value_at(d, "attributes"), *capacities = value_at(d, "capacity"), *taints = value_at(d, "taints");
    size_t n = value_count(attributes) + value_count(capacities);
    judge_name(j, AT(at, "name"), value_text_at(d, "name"), name_dns_label);
    if (n > TRAITS_MAX)
        judge_invalid_int(j, at, (int64_t)n, "the total number of attributes and capacities must not exceed 32");
    n = attribute_values(attributes);
    if (n > VALUES_MAX)
        judge_invalid_int(j, at, (int64_t)n, "the total number of attribute values must not exceed 48");
    VALUE_EACH_MEMBER (m, attributes) {
        judge_device_trait(j, AT(at, "attributes"), m->key);
        attribute(j, AT_KEY(AT(at, "attributes"), m->key), &m->value);
    }
    VALUE_EACH_MEMBER (m, capacities) {
        judge_device_trait(j, AT(at, "capacity"), m->key);
        capacity(j, AT_KEY(AT(at, "capacity"), m->key), &m->value, value_bool_at(d, "allowMultipleAllocations", false));
    }
    if (value_count(taints) > 16)
        too_many(j, AT(at, "taints"), value_count(taints), 16);
    for (size_t i = 0; i < value_count(taints) && value_count(taints) <= 16; i++)
        judge_device_taint(j, AT_ITEM(AT(at, "taints"), i), value_item(taints, i));
    counter_sets(j, AT(at, "consumesCounters"), value_at(d, "consumesCounters"), "counterSet", 2);
    device_place(j, at, d, each);
    judge_binding_conditions(j, at, d);
}

static bool advanced(const struct value *devices)
{
    static const char *const lists[] = {"bools", "ints", "strings", "versions"};
    VALUE_EACH_ITEM (d, devices) {
        if (value_count(value_at(d, "taints")) || value_count(value_at(d, "consumesCounters")))
            return true;
        VALUE_EACH_MEMBER (m, value_at(d, "attributes"))
            for (size_t i = 0; i < ARRAY_LEN(lists); i++)
                if (judge_present(value_at(&m->value, lists[i])))
                    return true;
    }
    return false;
}

static void devices(struct judge *j, const struct value *list, bool each)
{
    const struct at *at = AT(spec_at, "devices");
    size_t most = advanced(list) ? DEVICES_MAX_ADVANCED : DEVICES_MAX;
    if (value_count(list) > most) {
        too_many(j, at, value_count(list), most);
        return;
    }
    for (size_t i = 0; i < value_count(list); i++) {
        device(j, AT_ITEM(at, i), value_item(list, i), each);
        for (size_t k = 0; k < i; k++)
            if (str_eq(value_text_at(value_item(list, k), "name"), value_text_at(value_item(list, i), "name"))) {
                judge_duplicate_text(j, AT_ITEM(at, i), value_text_at(value_item(list, i), "name"));
                break;
            }
    }
}

/* ── the slice ── */

static void place(struct judge *j, const struct value *spec)
{
    static const char *const names[] = {"nodeName", "nodeSelector", "allNodes", "perDeviceNodeSelection"};
    const struct value *selector = value_at(spec, "nodeSelector");
    node_name(j, AT(spec_at, "nodeName"), value_at(spec, "nodeName"), "must be either unset or set to a non-empty string");
    if (judge_present(selector)) {
        judge_node_selector(j, AT(spec_at, "nodeSelector"), selector);
        if (value_count(value_at(selector, "nodeSelectorTerms")) != 1)
            judge_invalid(j, AT(AT(spec_at, "nodeSelector"), "nodeSelectorTerms"), value_at(selector, "nodeSelectorTerms"),
                          "must have exactly one node selector term");
    }
    only_true(j, AT(spec_at, "allNodes"), value_at(spec, "allNodes"));
    only_true(j, AT(spec_at, "perDeviceNodeSelection"), value_at(spec, "perDeviceNodeSelection"));
    one_place(j, spec_at, spec, names, ARRAY_LEN(names),
              "exactly one of `nodeName`, `nodeSelector`, `allNodes`, `perDeviceNodeSelection` is required");
}

static void skipped(struct judge *j, const struct value *list)
{
    bool prepare = false, rest = false;
    VALUE_EACH_ITEM (v, list) {
        prepare = prepare || str_is(value_text(v), "NodePrepareResources");
        rest = rest || str_is(value_text(v), "NodeUnprepareResources") || str_is(value_text(v), "*");
    }
    if (prepare && !rest)
        judge_invalid(j, AT(spec_at, "skipNodeOperations"), list,
                      "NodePrepareResources cannot be skipped unless NodeUnprepareResources is also skipped");
}

void judge_resource_slice(const struct judging *w)
{
    static const char *const fixed[] = {"driver", "nodeName"};
    struct judge *j = w->j;
    const struct value *spec = value_at(w->now, "spec"), *old = value_at(w->old, "spec"), *pool = value_at(spec, "pool");
    const struct value *meta = value_at(w->now, "metadata");
    const struct at *at = AT(spec_at, "pool");
    if (w->old)
        judge_meta_update(j, meta, value_at(w->old, "metadata"));
    else
        judge_meta(j, meta, false, name_dns_subdomain);
    judge_device_pool(j, spec_at, spec);
    if (value_int_at(pool, "resourceSliceCount", 0) <= 0)
        judge_invalid_int(j, AT(at, "resourceSliceCount"), value_int_at(pool, "resourceSliceCount", 0), "must be greater than zero");
    if (value_int_at(pool, "generation", 0) < 0)
        judge_invalid_int(j, AT(at, "generation"), value_int_at(pool, "generation", 0), "must be greater than or equal to zero");
    if (old)
        judge_immutable(j, AT(at, "name"), value_at(pool, "name"), value_at(old, "pool.name"));
    for (size_t i = 0; old && i < ARRAY_LEN(fixed); i++)
        judge_immutable(j, AT(spec_at, fixed[i]), value_at(spec, fixed[i]), value_at(old, fixed[i]));
    place(j, spec);
    if (judge_present(value_at(spec, "sharedCounters")) && judge_present(value_at(spec, "devices")))
        judge_invalid_text(j, spec_at, STR(""), "only one of `sharedCounters` or `devices` is allowed");
    devices(j, value_at(spec, "devices"), value_bool_at(spec, "perDeviceNodeSelection", false));
    counter_sets(j, AT(spec_at, "sharedCounters"), value_at(spec, "sharedCounters"), "name", SETS_MAX);
    skipped(j, value_at(spec, "skipNodeOperations"));
}
