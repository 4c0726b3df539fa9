#include "valid/inside.h"

#include "devicecel/devicecel.h"

/* Dynamic Resource Allocation: DeviceClasses, ResourceClaims and their templates, ResourceSlices, DeviceTaintRules. Limits and sentences
 * are upstream's. */

#define SELECTORS_MAX  32
#define REQUESTS_MAX   32
#define WAYS_MAX       8
#define PARAMETERS_MAX 10240
#define RESERVED_MAX   256
#define RESULTS_MAX    32

static const struct at *const spec_at = &(const struct at){.name = "spec"};

/* ── small rules ── */

static void too_many(struct judge *j, const struct at *at, size_t n, size_t most)
{
    struct value v = value_make_int((int64_t)n);
    judge_fault(j, at, FAULT_TOO_MANY, &v, "must have at most %zu items", most);
}

/* Over the limit the items are not looked at. */
static bool within(struct judge *j, const struct at *at, const struct value *list, size_t most)
{
    if (value_count(list) <= most)
        return true;
    too_many(j, at, value_count(list), most);
    return false;
}

static void driver_name(struct judge *j, const struct at *at, struct str s)
{
    char lower[64];
    if (!s.n) {
        judge_required(j, at, "");
        return;
    }
    if (s.n > 63) {
        judge_too_long(j, at, 63);
        return;
    }
    for (size_t i = 0; i < s.n; i++)
        lower[i] = (char)(s.p[i] >= 'A' && s.p[i] <= 'Z' ? s.p[i] + 32 : s.p[i]);
    judge_name(j, at, str_make(lower, s.n), name_dns_subdomain);
}

static void pool_name(struct judge *j, const struct at *at, struct str s)
{
    struct str rest = s, piece;
    if (!s.n) {
        judge_required(j, at, "");
        return;
    }
    if (s.n > 253)
        judge_too_long(j, at, 253);
    while (str_next(&rest, '/', &piece))
        judge_name(j, at, piece, name_dns_subdomain);
}

static void device_name(struct judge *j, const struct at *at, struct str s)
{
    judge_name(j, at, s, name_dns_label);
}

static void identifier(struct judge *j, const struct at *at, struct str s)
{
    if (s.n > 32)
        judge_too_long(j, at, 32);
    judge_name(j, at, s, name_c_identifier);
}

static void qualified(struct judge *j, const struct at *at, struct str s)
{
    struct str domain, id;
    if (!str_cut(s, '/', &domain, &id)) {
        identifier(j, at, s);
        return;
    }
    if (!domain.n)
        judge_invalid_text(j, at, domain, "the domain must not be empty");
    else
        driver_name(j, at, domain);
    if (!id.n)
        judge_invalid_text(j, at, id, "the name must not be empty");
    else
        identifier(j, at, id);
}

static void fully_qualified(struct judge *j, const struct at *at, struct str s)
{
    qualified(j, at, s);
    if (str_find(s, STR("/")) < 0)
        judge_invalid_text(j, at, s, "a fully qualified name must be a domain and a name separated by a slash");
}

static void share_id(struct judge *j, const struct at *at, struct str s)
{
    bool good = s.n == 36;
    for (size_t i = 0; good && i < s.n; i++)
        good = i == 8 || i == 13 || i == 18 || i == 23 ? s.p[i] == '-' : (s.p[i] >= '0' && s.p[i] <= '9') || (s.p[i] >= 'a' && s.p[i] <= 'f');
    if (!good)
        judge_invalid_text(j, at, s,
                           "uid must be in RFC 4122 normalized form, `xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx` with lowercase hexadecimal characters");
}

static void object_of_json(struct judge *j, const struct at *at, const struct value *v, size_t most)
{
    static const struct value omitted = {.type = VALUE_TEXT, .text = STR_INIT("<value omitted>")};
    if (value_is_null(v))
        judge_required(j, at, "");
    else if (v->type == VALUE_RAW && v->text.n > most)
        judge_too_long(j, at, most);
    else if (v->type == VALUE_RAW ? !str_starts(v->text, STR("{")) : v->type != VALUE_MAP)
        judge_invalid(j, at, &omitted, "must be a valid JSON object");
}

static void each_name(struct judge *j, const struct at *at, const struct value *list, size_t most)
{
    if (!within(j, at, list, most))
        return;
    for (size_t i = 0; i < value_count(list); i++)
        judge_name(j, AT_ITEM(at, i), value_text(value_item(list, i)), name_label_key);
}

static void duplicates(struct judge *j, const struct at *at, const struct value *list, const char *field)
{
    for (size_t i = 1; i < value_count(list); i++)
        for (size_t k = 0; k < i; k++) {
            struct str a = field ? value_text_at(value_item(list, i), field) : value_text(value_item(list, i));
            if (str_eq(a, field ? value_text_at(value_item(list, k), field) : value_text(value_item(list, k)))) {
                judge_duplicate_text(j, AT_ITEM(at, i), a);
                break;
            }
        }
}

static void open_meta(const struct judging *w, bool namespaced)
{
    const struct value *meta = value_at(w->now, "metadata");
    if (w->old)
        judge_meta_update(w->j, meta, value_at(w->old, "metadata"));
    else
        judge_meta(w->j, meta, namespaced, name_dns_subdomain);
}

/* ── expressions ── */

/* Compiled only to see whether they compile; the environment is made once and stays. */
static void expression(struct judge *j, const struct at *at, struct str text)
{
    static struct cel_env *env;
    struct cel_program *p = NULL;
    SCOPED_BUF why = BUF_INIT(1u << 16);
    if (text.n > DEVICECEL_TEXT_MAX) {
        judge_too_long(j, at, DEVICECEL_TEXT_MAX);
        return;
    }
    if (!env && devicecel_env(&env) < 0) {
        judge_fault(j, at, FAULT_INTERNAL, NULL, "no memory to compile it");
        return;
    }
    int r = devicecel_compile(env, text, &p, &why);
    if (r == CEL_REFUSED)
        judge_invalid_text(j, at, text, buf_cstr(&why));
    else if (r < 0)
        judge_fault(j, at, FAULT_INTERNAL, NULL, "no memory to compile it");
    cel_program_free(p);
}

static void selectors(struct judge *j, const struct at *at, const struct value *list, bool stored)
{
    if (!within(j, at, list, SELECTORS_MAX))
        return;
    for (size_t i = 0; i < value_count(list); i++) {
        const struct value *cel = value_get(value_item(list, i), STR("cel"));
        if (!judge_present(cel))
            judge_required(j, AT(AT_ITEM(at, i), "cel"), "");
        else if (!stored)
            expression(j, AT(AT(AT_ITEM(at, i), "cel"), "expression"), value_text_at(cel, "expression"));
    }
}

/* ── taints ── */

static bool effect_known(struct str s)
{
    return str_is(s, "NoSchedule") || str_is(s, "NoExecute") || str_is(s, "None");
}

static void effect(struct judge *j, const struct at *at, const struct value *v, bool needed)
{
    struct str s = value_text(v);
    if (!s.n && needed)
        judge_required(j, at, "");
    else if (s.n && !effect_known(s))
        judge_fault(j, at, FAULT_NOT_SUPPORTED, v, "supported values: \"NoExecute\", \"NoSchedule\", \"None\"");
}

static void taint(struct judge *j, const struct at *at, const struct value *t)
{
    struct str value = value_text_at(t, "value");
    judge_name(j, AT(at, "key"), value_text_at(t, "key"), name_label_key);
    if (value.n)
        judge_name(j, AT(at, "value"), value, name_label_value);
    effect(j, AT(at, "effect"), value_at(t, "effect"), true);
}

static void tolerations(struct judge *j, const struct at *at, const struct value *list)
{
    if (!within(j, at, list, 16))
        return;
    for (size_t i = 0; i < value_count(list); i++) {
        const struct value *t = value_item(list, i), *op = value_at(t, "operator");
        const struct at *here = AT_ITEM(at, i);
        struct str value = value_text_at(t, "value");
        if (value_text_at(t, "key").n)
            judge_name(j, AT(here, "key"), value_text_at(t, "key"), name_label_key);
        if (!value_text(op).n)
            judge_required(j, AT(here, "operator"), "");
        else if (str_is(value_text(op), "Exists") && value.n)
            judge_invalid_text(j, AT(here, "value"), value, "must be empty for operator `Exists`");
        else if (str_is(value_text(op), "Equal"))
            judge_name(j, AT(here, "value"), value, name_label_value);
        else if (!str_is(value_text(op), "Exists"))
            judge_fault(j, AT(here, "operator"), FAULT_NOT_SUPPORTED, op, "supported values: \"Equal\", \"Exists\"");
        effect(j, AT(here, "effect"), value_at(t, "effect"), false);
    }
}

/* ── claims ── */

static bool names_request(const struct value *devices, struct str ref)
{
    struct str request, way;
    bool both = str_cut(ref, '/', &request, &way);
    VALUE_EACH_ITEM (x, value_get(devices, STR("requests"))) {
        if (!str_eq(value_text_at(x, "name"), request))
            continue;
        bool found = !both;
        VALUE_EACH_ITEM (y, value_get(x, STR("firstAvailable")))
            found = found || str_eq(value_text_at(y, "name"), way);
        return found;
    }
    return false;
}

static void request_ref(struct judge *j, const struct at *at, const struct value *devices, struct str ref)
{
    static const char why[] = "must be the name of a request in the claim or the name of a request and a subrequest separated by '/'";
    struct str rest = ref, piece, one, two, three;
    if (str_cut(ref, '/', &one, &two) && str_cut(two, '/', &two, &three)) {
        judge_invalid_text(j, at, ref, why);
        return;
    }
    if (!ref.n)
        judge_name(j, at, ref, name_dns_label);
    while (str_next(&rest, '/', &piece))
        judge_name(j, at, piece, name_dns_label);
    if (!names_request(devices, ref))
        judge_invalid_text(j, at, ref, why);
}

static void request_refs(struct judge *j, const struct at *at, const struct value *devices, const struct value *list)
{
    if (!within(j, at, list, REQUESTS_MAX))
        return;
    for (size_t i = 0; i < value_count(list); i++)
        request_ref(j, AT_ITEM(at, i), devices, value_text(value_item(list, i)));
    duplicates(j, at, list, NULL);
}

static void way(struct judge *j, const struct at *at, const struct value *r)
{
    struct str class = value_text_at(r, "deviceClassName"), mode = value_text_at(r, "allocationMode");
    int64_t count = value_int_at(r, "count", 0);
    if (!class.n)
        judge_required(j, AT(at, "deviceClassName"), "");
    else
        judge_name(j, AT(at, "deviceClassName"), class, name_dns_subdomain);
    selectors(j, AT(at, "selectors"), value_at(r, "selectors"), false);
    if (str_is(mode, "All") && count != 0)
        judge_invalid_int(j, AT(at, "count"), count, "must not be specified when allocationMode is 'All'");
    else if (str_is(mode, "ExactCount") && count <= 0)
        judge_invalid_int(j, AT(at, "count"), count, "must be greater than zero");
    else if (!str_is(mode, "All") && !str_is(mode, "ExactCount"))
        judge_fault(j, AT(at, "allocationMode"), FAULT_NOT_SUPPORTED, value_at(r, "allocationMode"), "supported values: \"All\", \"ExactCount\"");
    tolerations(j, AT(at, "tolerations"), value_at(r, "tolerations"));
}

static void request(struct judge *j, const struct at *at, const struct value *r)
{
    static const struct value none;
    const struct value *exactly = value_at(r, "exactly"), *ways = value_at(r, "firstAvailable");
    judge_name(j, AT(at, "name"), value_text_at(r, "name"), name_dns_label);
    if (!judge_present(exactly) && !value_count(ways)) {
        judge_required(j, at, "exactly one of `exactly` or `firstAvailable` is required");
    } else if (judge_present(exactly) && value_count(ways)) {
        judge_invalid(j, at, &none, "exactly one of `exactly` or `firstAvailable` is required, but multiple fields are set");
    } else if (judge_present(exactly)) {
        way(j, AT(at, "exactly"), exactly);
    } else if (within(j, AT(at, "firstAvailable"), ways, WAYS_MAX)) {
        const struct at *list = AT(at, "firstAvailable");
        for (size_t i = 0; i < value_count(ways); i++) {
            judge_name(j, AT(AT_ITEM(list, i), "name"), value_text_at(value_item(ways, i), "name"), name_dns_label);
            way(j, AT_ITEM(list, i), value_item(ways, i));
        }
        duplicates(j, list, ways, "name");
    }
}

static void constraint(struct judge *j, const struct at *at, const struct value *devices, const struct value *c)
{
    const struct value *match = value_at(c, "matchAttribute"), *distinct = value_at(c, "distinctAttribute");
    request_refs(j, AT(at, "requests"), devices, value_at(c, "requests"));
    if (judge_present(match))
        fully_qualified(j, AT(at, "matchAttribute"), value_text(match));
    else if (judge_present(distinct))
        fully_qualified(j, AT(at, "distinctAttribute"), value_text(distinct));
    else
        judge_required(j, at, "exactly one of \"matchAttribute\" or \"distinctAttribute\" is required, but multiple fields are set");
}

static void configuration(struct judge *j, const struct at *at, const struct value *c)
{
    const struct value *opaque = value_at(c, "opaque");
    if (!judge_present(opaque)) {
        judge_required(j, AT(at, "opaque"), "");
        return;
    }
    driver_name(j, AT(AT(at, "opaque"), "driver"), value_text_at(opaque, "driver"));
    object_of_json(j, AT(AT(at, "opaque"), "parameters"), value_at(opaque, "parameters"), PARAMETERS_MAX);
}

static void claim_spec(struct judge *j, const struct at *at, const struct value *spec)
{
    const struct value *devices = value_at(spec, "devices"), *requests = value_at(devices, "requests");
    const struct value *constraints = value_at(devices, "constraints"), *configs = value_at(devices, "config");
    const struct at *here = AT(at, "devices"), *list = AT(here, "requests");
    if (within(j, list, requests, REQUESTS_MAX)) {
        for (size_t i = 0; i < value_count(requests); i++)
            request(j, AT_ITEM(list, i), value_item(requests, i));
        duplicates(j, list, requests, "name");
    }
    list = AT(here, "constraints");
    for (size_t i = 0; within(j, list, constraints, 32) && i < value_count(constraints); i++)
        constraint(j, AT_ITEM(list, i), devices, value_item(constraints, i));
    list = AT(here, "config");
    for (size_t i = 0; within(j, list, configs, 32) && i < value_count(configs); i++) {
        request_refs(j, AT(AT_ITEM(list, i), "requests"), devices, value_at(value_item(configs, i), "requests"));
        configuration(j, AT_ITEM(list, i), value_item(configs, i));
    }
}

/* ── a claim's status ── */

static void result(struct judge *j, const struct at *at, const struct value *devices, const struct value *r)
{
    request_ref(j, AT(at, "request"), devices, value_text_at(r, "request"));
    driver_name(j, AT(at, "driver"), value_text_at(r, "driver"));
    pool_name(j, AT(at, "pool"), value_text_at(r, "pool"));
    device_name(j, AT(at, "device"), value_text_at(r, "device"));
    each_name(j, AT(at, "bindingConditions"), value_at(r, "bindingConditions"), 4);
    each_name(j, AT(at, "bindingFailureConditions"), value_at(r, "bindingFailureConditions"), 4);
    tolerations(j, AT(at, "tolerations"), value_at(r, "tolerations"));
    if (judge_present(value_at(r, "shareID")))
        share_id(j, AT(at, "shareID"), value_text_at(r, "shareID"));
}

static void allocation(struct judge *j, const struct at *at, const struct value *devices, const struct value *a)
{
    const struct value *results = value_at(a, "devices.results"), *configs = value_at(a, "devices.config");
    const struct at *here = AT(at, "devices"), *list = AT(here, "results");
    for (size_t i = 0; within(j, list, results, RESULTS_MAX) && i < value_count(results); i++)
        result(j, AT_ITEM(list, i), devices, value_item(results, i));
    list = AT(here, "config");
    for (size_t i = 0; within(j, list, configs, 64) && i < value_count(configs); i++) {
        const struct value *c = value_item(configs, i), *source = value_at(c, "source");
        if (!value_text(source).n)
            judge_required(j, AT(AT_ITEM(list, i), "source"), "");
        else if (!str_is(value_text(source), "FromClaim") && !str_is(value_text(source), "FromClass"))
            judge_fault(j, AT(AT_ITEM(list, i), "source"), FAULT_NOT_SUPPORTED, source, "supported values: \"FromClaim\", \"FromClass\"");
        request_refs(j, AT(AT_ITEM(list, i), "requests"), devices, value_at(c, "requests"));
        configuration(j, AT_ITEM(list, i), c);
    }
    if (judge_present(value_at(a, "nodeSelector")))
        judge_node_selector(j, AT(at, "nodeSelector"), value_at(a, "nodeSelector"));
}

static bool same_device(const struct value *a, const struct value *b)
{
    static const char *const parts[] = {"driver", "pool", "device", "shareID"};
    for (size_t i = 0; i < ARRAY_LEN(parts); i++)
        if (!str_eq(value_text_at(a, parts[i]), value_text_at(b, parts[i])))
            return false;
    return true;
}

static void device_status(struct judge *j, const struct at *at, const struct value *allocated, const struct value *d)
{
    bool known = false;
    driver_name(j, AT(at, "driver"), value_text_at(d, "driver"));
    pool_name(j, AT(at, "pool"), value_text_at(d, "pool"));
    device_name(j, AT(at, "device"), value_text_at(d, "device"));
    if (judge_present(value_at(d, "shareID")))
        share_id(j, AT(at, "shareID"), value_text_at(d, "shareID"));
    VALUE_EACH_ITEM (r, value_at(allocated, "devices.results"))
        known = known || same_device(r, d);
    if (!known)
        judge_invalid_text(j, at, value_text_at(d, "device"), "must be an allocated device in the claim");
    if (value_count(value_at(d, "conditions")) > 8)
        too_many(j, AT(at, "conditions"), value_count(value_at(d, "conditions")), 8);
    judge_conditions(j, AT(at, "conditions"), value_at(d, "conditions"));
    if (judge_present(value_at(d, "data")))
        object_of_json(j, AT(at, "data"), value_at(d, "data"), PARAMETERS_MAX);
    const struct value *net = value_at(d, "networkData"), *ips = value_at(net, "ips");
    const struct at *here = AT(at, "networkData");
    if (value_text_at(net, "interfaceName").n > 256)
        judge_too_long(j, AT(here, "interfaceName"), 256);
    if (value_text_at(net, "hardwareAddress").n > 128)
        judge_too_long(j, AT(here, "hardwareAddress"), 128);
    for (size_t i = 0; within(j, AT(here, "ips"), ips, 16) && i < value_count(ips); i++)
        judge_cidr(j, AT_ITEM(AT(here, "ips"), i), value_text(value_item(ips, i)));
}

static void claim_status(const struct judging *w)
{
    static const char *const needed[] = {"resource", "name", "uid"};
    struct judge *j = w->j;
    const struct at *at = AT(NULL, "status"), *list = AT(at, "reservedFor");
    const struct value *now = value_at(w->now, "status"), *old = value_at(w->old, "status"), *reserved = value_at(now, "reservedFor");
    const struct value *mine = value_at(now, "allocation"), *was = value_at(old, "allocation"), *devices = value_at(now, "devices");
    bool deleting = judge_present(value_at(w->now, "metadata.deletionTimestamp")), fresh = false;
    for (size_t i = 0; within(j, list, reserved, RESERVED_MAX) && i < value_count(reserved); i++) {
        const struct value *r = value_item(reserved, i);
        bool before = false;
        for (size_t k = 0; k < ARRAY_LEN(needed); k++)
            if (!value_text_at(r, needed[k]).n)
                judge_required(j, AT(AT_ITEM(list, i), needed[k]), "");
        VALUE_EACH_ITEM (o, value_at(old, "reservedFor"))
            before = before || judge_same(o, r);
        fresh = fresh || !before;
    }
    duplicates(j, list, reserved, "uid");
    for (size_t i = 0; i < value_count(devices); i++)
        device_status(j, AT_ITEM(AT(at, "devices"), i), mine, value_item(devices, i));
    if (value_count(reserved) && !judge_present(mine))
        judge_forbidden(j, list, "may not be specified when `allocated` is not set");
    else if (fresh && deleting)
        judge_forbidden(j, list, "new entries may not be added while `deallocationRequested` or `deletionTimestamp` are set");
    if (judge_present(mine) && judge_present(was))
        judge_immutable(j, AT(at, "allocation"), mine, was);
    else if (judge_present(mine))
        allocation(j, AT(at, "allocation"), value_at(w->now, "spec.devices"), mine);
}

void judge_resource_claim(const struct judging *w)
{
    open_meta(w, true);
    if (!w->old)
        claim_spec(w->j, spec_at, value_at(w->now, "spec"));
    else if (str_is(w->sub, "status"))
        claim_status(w);
    else
        judge_immutable(w->j, spec_at, value_at(w->now, "spec"), value_at(w->old, "spec"));
}

void judge_claim_template(const struct judging *w)
{
    const struct value *meta = value_at(w->now, "spec.metadata");
    open_meta(w, true);
    if (w->old) {
        judge_immutable(w->j, spec_at, value_at(w->now, "spec"), value_at(w->old, "spec"));
        return;
    }
    judge_labels(w->j, AT(AT(spec_at, "metadata"), "labels"), value_at(meta, "labels"));
    judge_annotations(w->j, AT(AT(spec_at, "metadata"), "annotations"), value_at(meta, "annotations"));
    claim_spec(w->j, AT(spec_at, "spec"), value_at(w->now, "spec.spec"));
}

void judge_device_class(const struct judging *w)
{
    struct judge *j = w->j;
    const struct value *spec = value_at(w->now, "spec"), *configs = value_at(spec, "config"), *name = value_at(spec, "extendedResourceName");
    const struct at *list = AT(spec_at, "config");
    open_meta(w, false);
    selectors(j, AT(spec_at, "selectors"), value_at(spec, "selectors"),
              w->old && judge_same(value_at(spec, "selectors"), value_at(w->old, "spec.selectors")));
    for (size_t i = 0; within(j, list, configs, 32) && i < value_count(configs); i++)
        configuration(j, AT_ITEM(list, i), value_item(configs, i));
    if (judge_present(name)) {
        const char *why[NAME_FAULTS_MAX];
        struct str s = value_text(name);
        if (judge_native(s) || str_starts(s, STR("requests.")) || s.n > 253 || name_label_key(s, why))
            judge_invalid(j, AT(spec_at, "extendedResourceName"), name, "must be a valid extended resource name");
    }
}

void judge_taint_rule(const struct judging *w)
{
    struct judge *j = w->j;
    const struct value *s = value_at(w->now, "spec.deviceSelector");
    const struct at *at = AT(spec_at, "deviceSelector");
    open_meta(w, false);
    if (str_is(w->sub, "status")) {
        judge_conditions(j, AT(AT(NULL, "status"), "conditions"), value_at(w->now, "status.conditions"));
        return;
    }
    if (judge_present(value_at(s, "driver")))
        driver_name(j, AT(at, "driver"), value_text_at(s, "driver"));
    if (judge_present(value_at(s, "pool")))
        pool_name(j, AT(at, "pool"), value_text_at(s, "pool"));
    if (judge_present(value_at(s, "device")))
        device_name(j, AT(at, "device"), value_text_at(s, "device"));
    taint(j, AT(spec_at, "taint"), value_at(w->now, "spec.taint"));
}

/* ── what slices ask ── */

void judge_device_trait(struct judge *j, const struct at *at, struct str name)
{
    qualified(j, at, name);
}

void judge_device_taint(struct judge *j, const struct at *at, const struct value *t)
{
    taint(j, at, t);
}

void judge_binding_conditions(struct judge *j, const struct at *at, const struct value *device)
{
    each_name(j, AT(at, "bindingConditions"), value_at(device, "bindingConditions"), 4);
    each_name(j, AT(at, "bindingFailureConditions"), value_at(device, "bindingFailureConditions"), 4);
}

void judge_device_pool(struct judge *j, const struct at *at, const struct value *spec)
{
    driver_name(j, AT(at, "driver"), value_text_at(spec, "driver"));
    pool_name(j, AT(AT(at, "pool"), "name"), value_text_at(spec, "pool.name"));
}
