/* Named formats: format.dns1123Label().validate(text). */
#include "cellib/inside.h"
#include "object/object.h"

struct named {
    struct cel_opaque opaque;
    const char *name;
    size_t (*names)(struct str s, const char *why[NAME_FAULTS_MAX]); /* one of object's, or NULL */
    const char *(*other)(struct str s);                              /* why not, or NULL */
    bool prefix;                                                     /* a dash at the end will have something behind it */
    size_t size;                                                     /* of the pattern it stands for, for costs */
};

const struct cel_type cellib_format_type = {.kind = CEL_OPAQUE, .name = STR_INIT("kubernetes.NamedFormat"), .max_size = CEL_SIZE_UNKNOWN};

static bool format_equal(const struct cel_opaque *x, const struct cel_opaque *y)
{
    return x == y;
}

static size_t format_size(const struct cel_opaque *x)
{
    return ((const struct named *)(const void *)x)->size;
}

static const struct cel_class format_class = {.type = &cellib_format_type, .equal = format_equal, .size = format_size, .equal_cost = 1};

static const char *uuid_fault(struct str s)
{
    static const char shape[] = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";
    static const char why[] = "does not match the UUID format";
    size_t k = 0;
    for (size_t i = 0; i < s.n; i++) { /* dashes may be left out */
        if (shape[k] == '-' && s.p[i] != '-')
            k++;
        bool digit = (s.p[i] >= '0' && s.p[i] <= '9') || ((s.p[i] | 32) >= 'a' && (s.p[i] | 32) <= 'f');
        if (k >= sizeof(shape) - 1 || (shape[k] == '-' ? s.p[i] != '-' : !digit))
            return why;
        k++;
    }
    return k == sizeof(shape) - 1 ? NULL : why;
}

static const char *byte_fault(struct str s)
{
    SCOPED_BUF b = BUF_INIT(0);
    return s.n && s.n % 4 == 0 && buf_unbase64(&b, s) == 0 ? NULL : "invalid base64";
}

static const char *date_fault(struct str s)
{
    char text[32];
    int64_t sec;
    int32_t nsec;
    if (s.n != 10)
        return "invalid date";
    snprintf(text, sizeof(text), "%.*sT00:00:00Z", STR_FMT(s));
    return time_parse_rfc3339(str_of(text), &sec, &nsec) == 0 ? NULL : "invalid date";
}

static const char *datetime_fault(struct str s)
{
    int64_t sec;
    int32_t nsec;
    return time_parse_rfc3339(s, &sec, &nsec) == 0 ? NULL : "invalid datetime";
}

#define NAMES(name, rule, prefix, size) \
    { \
        {&format_class}, name, rule, NULL, prefix, size \
    }
#define OTHER(name, rule, size) \
    { \
        {&format_class}, name, NULL, rule, false, size \
    }
static const struct named formats[] = {
    NAMES("dns1123Label", name_dns_label, false, 30),
    NAMES("dns1123Subdomain", name_dns_subdomain, false, 60),
    NAMES("dns1035Label", name_dns_1035, false, 30),
    NAMES("qualifiedName", name_label_key, false, 60),
    NAMES("dns1123LabelPrefix", name_dns_label, true, 30),
    NAMES("dns1123SubdomainPrefix", name_dns_subdomain, true, 60),
    NAMES("dns1035LabelPrefix", name_dns_1035, true, 30),
    NAMES("labelValue", name_label_value, false, 40),
    OTHER("uri", url_fault, 128),
    OTHER("uuid", uuid_fault, 91),
    OTHER("byte", byte_fault, 72),
    OTHER("date", date_fault, 84),
    OTHER("datetime", datetime_fault, 84),
};

static const struct named *format_find(const char *name)
{
    for (size_t i = 0; i < ARRAY_LEN(formats); i++)
        if (!strcmp(formats[i].name, name))
            return &formats[i];
    return NULL;
}

static struct cel_value constant(struct cel_call *call, const struct cel_value *args)
{
    (void)args;
    return value_opaque(&format_find(call->function->name + strlen("format."))->opaque);
}

static struct cel_value by_name(struct cel_call *call, const struct cel_value *args)
{
    for (size_t i = 0; i < ARRAY_LEN(formats); i++)
        if (str_is(args[0].text, formats[i].name)) {
            struct cel_value v = value_opaque(&formats[i].opaque);
            return cel_make_optional(call->arena, &v);
        }
    return cel_make_optional(call->arena, NULL);
}

static struct cel_value validate(struct cel_call *call, const struct cel_value *args)
{
    const struct named *f = (const struct named *)(const void *)args[0].opaque;
    const char *why[NAME_FAULTS_MAX];
    struct cel_value sentences[NAME_FAULTS_MAX], list;
    struct str s = args[1].text;
    size_t n = 0;
    if (f->names) {
        if (f->prefix && s.n > 1 && s.p[s.n - 1] == '-') { /* what stands before and behind the dash is somebody's to come */
            s = arena_fmt(call->arena, "%.*sa", (int)s.n - 2, s.p);
            if (!s.p)
                return cel_no_memory;
        }
        n = f->names(s, why);
    } else {
        why[0] = f->other(s);
        n = why[0] != NULL;
    }
    for (size_t i = 0; i < n; i++)
        sentences[i] = cel_of_text(str_of(why[i]));
    list = cel_make_list(call->arena, sentences, n);
    return list.kind == CEL_ERROR ? list : cel_make_optional(call->arena, n ? &list : NULL);
}

#define FORMAT "kubernetes.NamedFormat"
#define CONSTANT(name) \
    { \
        "format." name, "format." name, "() " FORMAT, constant, CEL_COST_ONE \
    }
const struct cel_function format_rows[] = {
    {"format.named", "format-named", "(string) optional_type(" FORMAT ")", by_name, CEL_COST_ONE},
    {"validate", "format-validate", FORMAT ".(string) optional_type(list(string))", validate, CEL_COST_VALIDATE},
    CONSTANT("dns1123Label"),
    CONSTANT("dns1123Subdomain"),
    CONSTANT("dns1035Label"),
    CONSTANT("qualifiedName"),
    CONSTANT("dns1123LabelPrefix"),
    CONSTANT("dns1123SubdomainPrefix"),
    CONSTANT("dns1035LabelPrefix"),
    CONSTANT("labelValue"),
    CONSTANT("uri"),
    CONSTANT("uuid"),
    CONSTANT("byte"),
    CONSTANT("date"),
    CONSTANT("datetime"),
};
const size_t n_format_rows = ARRAY_LEN(format_rows);
