#include "judge/judge.h"

#include <arpa/inet.h>

/* ── faults ── */
static void path_print(const struct at *at, struct buf *out)
{
    if (!at)
        return;
    path_print(at->up, out);
    if (at->name)
        buf_fmt(out, "%s%s", out->n ? "." : "", at->name);
    else if (at->field.p)
        buf_fmt(out, "%s%.*s", out->n ? "." : "", STR_FMT(at->field));
    else if (at->key.p)
        buf_fmt(out, "[%.*s]", STR_FMT(at->key));
    else
        buf_fmt(out, "[%zu]", at->index);
}

void judge_fault(struct judge *j, const struct at *at, enum fault_type type, const struct value *bad, const char *fmt, ...)
{
    SCOPED_BUF path = BUF_INIT(0), detail = BUF_INIT(0);
    path_print(at, &path);
    va_list ap;
    va_start(ap, fmt);
    buf_vfmt(&detail, fmt, ap);
    va_end(ap);
    fault_add(j->f, type, buf_cstr(&path), bad, "%s", buf_cstr(&detail));
}

void judge_required(struct judge *j, const struct at *at, const char *detail)
{
    judge_fault(j, at, FAULT_REQUIRED, NULL, "%s", detail);
}

void judge_forbidden(struct judge *j, const struct at *at, const char *detail)
{
    judge_fault(j, at, FAULT_FORBIDDEN, NULL, "%s", detail);
}

void judge_invalid(struct judge *j, const struct at *at, const struct value *bad, const char *detail)
{
    static const struct value none;
    judge_fault(j, at, FAULT_INVALID, bad ? bad : &none, "%s", detail);
}

void judge_invalid_text(struct judge *j, const struct at *at, struct str bad, const char *detail)
{
    struct value v = value_make_text(bad);
    judge_invalid(j, at, &v, detail);
}

void judge_invalid_int(struct judge *j, const struct at *at, int64_t bad, const char *detail)
{
    struct value v = value_make_int(bad);
    judge_invalid(j, at, &v, detail);
}

void judge_duplicate(struct judge *j, const struct at *at, const struct value *bad)
{
    judge_fault(j, at, FAULT_DUPLICATE, bad, "%s", "");
}

void judge_duplicate_text(struct judge *j, const struct at *at, struct str bad)
{
    struct value v = value_make_text(bad);
    judge_duplicate(j, at, &v);
}

void judge_not_found(struct judge *j, const struct at *at, struct str bad)
{
    struct value v = value_make_text(bad);
    judge_fault(j, at, FAULT_NOT_FOUND, &v, "%s", "");
}

void judge_too_long(struct judge *j, const struct at *at, size_t most)
{
    judge_fault(j, at, FAULT_TOO_LONG, NULL, "may not be more than %zu bytes", most);
}

/* ── names and closed sets ── */
void judge_name(struct judge *j, const struct at *at, struct str name, judge_rule *rule)
{
    const char *why[NAME_FAULTS_MAX];
    size_t n = rule(name, why);
    for (size_t i = 0; i < n; i++)
        judge_invalid_text(j, at, name, why[i]);
}

void judge_name_field(struct judge *j, const struct at *up, const struct value *parent, const char *field, bool needed, judge_rule *rule)
{
    struct str name = value_text(value_get(parent, str_of(field)));
    if (name.n)
        judge_name(j, AT(up, field), name, rule);
    else if (needed)
        judge_required(j, AT(up, field), "");
}

bool judge_has(struct judge *j, const struct at *up, const struct value *parent, const char *field)
{
    if (value_text(value_get(parent, str_of(field))).n)
        return true;
    judge_required(j, AT(up, field), "");
    return false;
}

void judge_one_of(struct judge *j, const struct at *at, const struct value *v, bool needed, const char *const *allowed)
{
    struct str text = value_text(v);
    if (text.n == 0 && (needed || value_is_null(v))) {
        if (needed)
            judge_required(j, at, "");
        return;
    }
    for (size_t i = 0; allowed[i]; i++)
        if (str_is(text, allowed[i]))
            return;
    SCOPED_BUF list = BUF_INIT(0);
    for (size_t i = 0; allowed[i]; i++)
        buf_fmt(&list, "%s\"%s\"", i ? ", " : "", allowed[i]);
    struct value bad = value_make_text(text);
    judge_fault(j, at, FAULT_NOT_SUPPORTED, &bad, "supported values: %s", buf_cstr(&list));
}

/* ── numbers ── */
void judge_not_negative(struct judge *j, const struct at *up, const struct value *parent, const char *field)
{
    const struct value *v = value_get(parent, str_of(field));
    if (v && v->type == VALUE_INT && v->integer < 0)
        judge_invalid(j, AT(up, field), v, "must be greater than or equal to 0");
}

void judge_range(struct judge *j, const struct at *at, int64_t v, int64_t low, int64_t high)
{
    struct value bad = value_make_int(v);
    if (v < low || v > high)
        judge_fault(j, at, FAULT_INVALID, &bad, "must be between %lld and %lld, inclusive", (long long)low, (long long)high);
}

void judge_port(struct judge *j, const struct at *at, int64_t port)
{
    judge_range(j, at, port, 1, 65535);
}

void judge_port_or_name(struct judge *j, const struct at *at, const struct value *v)
{
    if (v && v->type == VALUE_TEXT)
        judge_name(j, at, v->text, name_port);
    else
        judge_port(j, at, value_int(v, 0));
}

int64_t judge_percent(const struct value *v)
{
    struct str text = value_text(v);
    int64_t n;
    if (!str_ends(text, STR("%")) || text.n < 2 || text.p[0] == '-' || str_to_int(str_head(text, text.n - 1), &n) < 0)
        return -1;
    return n;
}

void judge_int_or_percent(struct judge *j, const struct at *at, const struct value *v)
{
    if (v && v->type == VALUE_TEXT) {
        if (judge_percent(v) < 0)
            judge_invalid(j, at, v,
                          "a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%',  or "
                          "'93%', regex used for validation is '[0-9]+%')");
    } else if (value_int(v, 0) < 0) {
        judge_invalid(j, at, v, "must be greater than or equal to 0");
    }
}

/* ── labels, annotations, selectors ── */
void judge_labels(struct judge *j, const struct at *at, const struct value *labels)
{
    VALUE_EACH_MEMBER (m, labels) {
        judge_name(j, at, m->key, name_label_key);
        judge_name(j, at, value_text(&m->value), name_label_value);
    }
}

#define ANNOTATIONS_MAX (256u * 1024)

void judge_annotations(struct judge *j, const struct at *at, const struct value *annotations)
{
    size_t size = 0;
    VALUE_EACH_MEMBER (m, annotations) {
        char lower[512];
        const char *why[NAME_FAULTS_MAX];
        struct str key = m->key;
        size_t n = MIN(key.n, sizeof(lower));
        for (size_t i = 0; i < n; i++)
            lower[i] = (char)(key.p[i] >= 'A' && key.p[i] <= 'Z' ? key.p[i] + 32 : key.p[i]);
        size_t faults = name_label_key(str_make(lower, n), why);
        for (size_t i = 0; i < faults; i++)
            judge_invalid_text(j, at, key, why[i]);
        size += key.n + value_text(&m->value).n;
    }
    if (size > ANNOTATIONS_MAX)
        judge_too_long(j, at, ANNOTATIONS_MAX);
}

void judge_label_selector(struct judge *j, const struct at *at, const struct value *selector)
{
    struct value *expressions = value_at(selector, "matchExpressions");
    judge_labels(j, AT(at, "matchLabels"), value_at(selector, "matchLabels"));
    for (size_t i = 0; i < value_count(expressions); i++) {
        const struct value *e = value_item(expressions, i), *values = value_at(e, "values");
        const struct at *list = AT(at, "matchExpressions"), *here = AT_ITEM(list, i);
        struct str op = value_text_at(e, "operator");
        if (str_is(op, "In") || str_is(op, "NotIn")) {
            if (value_count(values) == 0)
                judge_required(j, AT(here, "values"), "must be specified when `operator` is 'In' or 'NotIn'");
        } else if (str_is(op, "Exists") || str_is(op, "DoesNotExist")) {
            if (value_count(values))
                judge_forbidden(j, AT(here, "values"), "may not be specified when `operator` is 'Exists' or 'DoesNotExist'");
        } else {
            judge_invalid_text(j, AT(here, "operator"), op, "not a valid selector operator");
        }
        judge_name(j, AT(here, "key"), value_text_at(e, "key"), name_label_key);
        for (size_t k = 0; k < value_count(values); k++) {
            const struct at *value_path = AT(here, "values");
            judge_name(j, AT_ITEM(value_path, k), value_text(value_item(values, k)), name_label_value);
        }
    }
}

/* ── sameness ── */
bool judge_present(const struct value *v)
{
    return !value_is_null(v);
}

static bool hollow(const struct value *v)
{
    if (value_is_null(v))
        return true;
    if (v->type == VALUE_TEXT)
        return v->text.n == 0;
    return (v->type == VALUE_MAP || v->type == VALUE_LIST) && value_count(v) == 0;
}

bool judge_same(const struct value *a, const struct value *b)
{
    if (hollow(a) || hollow(b))
        return hollow(a) && hollow(b);
    if (a->type == VALUE_MAP && b->type == VALUE_MAP) {
        VALUE_EACH_MEMBER (m, a) {
            if (!judge_same(&m->value, value_get(b, m->key)))
                return false;
        }
        VALUE_EACH_MEMBER (m, b) {
            if (!value_get(a, m->key) && !hollow(&m->value))
                return false;
        }
        return true;
    }
    if (a->type == VALUE_LIST && b->type == VALUE_LIST) {
        if (value_count(a) != value_count(b))
            return false;
        for (size_t i = 0; i < value_count(a); i++) {
            if (!judge_same(value_item(a, i), value_item(b, i)))
                return false;
        }
        return true;
    }
    struct quantity x, y;
    if (a->type == VALUE_TEXT && b->type == VALUE_TEXT && !str_eq(a->text, b->text) && quantity_parse(a->text, &x) == 0 &&
        quantity_parse(b->text, &y) == 0)
        return quantity_cmp(x, y) == 0; /* 1000m and 1 */
    return value_equal(a, b);
}

void judge_immutable(struct judge *j, const struct at *at, const struct value *now, const struct value *old)
{
    if (!judge_same(now, old))
        judge_invalid(j, at, now, "field is immutable");
}

/* ── addresses ── */
struct address {
    int family; /* 4, 6; 0: none */
    unsigned char bytes[16];
    bool mapped; /* ::ffff:1.2.3.4 */
};

static struct address address_read(struct str s)
{
    struct address a = {0};
    char text[64];
    if (s.n == 0 || s.n >= sizeof(text))
        return a;
    memcpy(text, s.p, s.n);
    text[s.n] = 0;
    static const unsigned char prefix[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
    if (inet_pton(AF_INET, text, a.bytes) == 1)
        a.family = 4;
    else if (inet_pton(AF_INET6, text, a.bytes) == 1)
        a.family = 6;
    a.mapped = a.family == 6 && memcmp(a.bytes, prefix, sizeof(prefix)) == 0;
    return a;
}

int judge_ip_family(struct str ip)
{
    return address_read(ip).family;
}

void judge_ip(struct judge *j, const struct at *at, struct str ip)
{
    struct address a = address_read(ip);
    if (a.family == 0)
        judge_invalid_text(j, at, ip, "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)");
    else if (a.mapped)
        judge_invalid_text(j, at, ip, "must not be an IPv4-mapped IPv6 address");
}

void judge_public_ip(struct judge *j, const struct at *at, struct str ip)
{
    struct address a = address_read(ip);
    static const unsigned char zero[16], one[16] = {[15] = 1};
    const unsigned char *b = a.bytes;
    size_t n = a.family == 4 ? 4 : 16;
    if (a.family == 0) {
        judge_invalid_text(j, at, ip, "must be a valid IP address");
        return;
    }
    struct value bad = value_make_text(ip);
    if (memcmp(b, zero, n) == 0)
        judge_fault(j, at, FAULT_INVALID, &bad, "may not be unspecified (%.*s)", STR_FMT(ip));
    if (a.family == 4 ? b[0] == 127 : memcmp(b, one, 16) == 0)
        judge_invalid(j, at, &bad, "may not be in the loopback range (127.0.0.0/8, ::1/128)");
    if (a.family == 4 ? b[0] == 169 && b[1] == 254 : b[0] == 0xfe && (b[1] & 0xc0) == 0x80)
        judge_invalid(j, at, &bad, "may not be in the link-local range (169.254.0.0/16, fe80::/10)");
    if (a.family == 4 ? b[0] == 224 && b[1] == 0 && b[2] == 0 : b[0] == 0xff && (b[1] & 0x0f) == 2)
        judge_invalid(j, at, &bad, "may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)");
}

void judge_cidr(struct judge *j, const struct at *at, struct str cidr)
{
    struct str ip, size;
    uint64_t bits = 0;
    struct address a = {0};
    if (str_cut(cidr, '/', &ip, &size))
        a = address_read(ip);
    unsigned whole = a.family == 4 ? 32 : 128;
    if (a.family == 0 || str_to_uint(size, &bits) < 0 || bits > whole) {
        judge_invalid_text(j, at, cidr, "must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)");
        return;
    }
    for (unsigned i = (unsigned)bits; i < whole; i++) {
        if (a.bytes[i / 8] & (0x80 >> i % 8)) {
            judge_invalid_text(j, at, cidr, "must not have bits set beyond the prefix length");
            return;
        }
    }
}

/* ── resources ── */
static bool is_in(struct str s, const char *const *list)
{
    for (size_t i = 0; list[i]; i++) {
        if (str_is(s, list[i]))
            return true;
    }
    return false;
}

bool judge_hugepages(struct str resource)
{
    return str_starts(resource, STR("hugepages-"));
}

bool judge_native(struct str resource)
{
    return str_find(resource, STR("/")) < 0 || str_find(resource, STR("kubernetes.io/")) >= 0;
}

bool judge_overcommit(struct str resource)
{
    return judge_native(resource) && !judge_hugepages(resource);
}

bool judge_quota_name(struct str s)
{
    static const char *const names[] = {"cpu",
                                        "memory",
                                        "ephemeral-storage",
                                        "requests.cpu",
                                        "requests.memory",
                                        "requests.storage",
                                        "requests.ephemeral-storage",
                                        "limits.cpu",
                                        "limits.memory",
                                        "limits.ephemeral-storage",
                                        "pods",
                                        "resourcequotas",
                                        "services",
                                        "replicationcontrollers",
                                        "secrets",
                                        "persistentvolumeclaims",
                                        "configmaps",
                                        "services.nodeports",
                                        "services.loadbalancers",
                                        NULL};
    return is_in(s, names);
}

void judge_resource_name(struct judge *j, const struct at *at, struct str name, bool container)
{
    static const char *const of_containers[] = {"cpu", "memory", "ephemeral-storage", NULL};
    const char *why[NAME_FAULTS_MAX];
    if (name_label_key(name, why)) {
        judge_name(j, at, name, name_label_key);
        return;
    }
    bool plain = str_find(name, STR("/")) < 0;
    if (plain && !judge_quota_name(name) && !str_is(name, "storage") && !judge_hugepages(name) && !str_starts(name, STR("requests.hugepages-")))
        judge_invalid_text(j, at, name, "must be a standard resource type or fully qualified");
    if (container && plain && !is_in(name, of_containers) && !judge_hugepages(name))
        judge_invalid_text(j, at, name, "must be a standard resource for containers");
    else if (container && !plain && !judge_native(name) && str_starts(name, STR("requests.")))
        judge_invalid_text(j, at, name, "doesn't follow extended resource name standard");
}

static bool is_whole(struct str resource)
{
    static const char *const counted[] = {"pods",       "resourcequotas",         "services",           "replicationcontrollers", "secrets",
                                          "configmaps", "persistentvolumeclaims", "services.nodeports", "services.loadbalancers", NULL};
    return is_in(resource, counted) || str_starts(resource, STR("count/")) || !judge_native(resource);
}

void judge_quantity(struct judge *j, const struct at *at, struct str resource, const struct value *v)
{
    struct quantity q = quantity_of(v);
    if (q.nano < 0)
        judge_invalid(j, at, v, "must be greater than or equal to 0");
    if (is_whole(resource) && q.nano % 1000000000 != 0)
        judge_invalid(j, at, v, "must be an integer");
}

/* ── paths ── */
void judge_no_backsteps(struct judge *j, const struct at *at, struct str path)
{
    struct str rest = path, part;
    while (str_next(&rest, '/', &part)) {
        if (str_is(part, "..")) {
            judge_invalid_text(j, at, path, "must not contain '..'");
            return;
        }
    }
}

void judge_local_path(struct judge *j, const struct at *at, struct str path)
{
    if (str_starts(path, STR("/")))
        judge_invalid_text(j, at, path, "must be a relative path");
    judge_no_backsteps(j, at, path);
}
