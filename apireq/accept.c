/* Which form a reply takes, and which form a body has. */
#include "apireq/apireq.h"

/* One alternative of an Accept header. */
struct choice {
    struct str type;
    double q;
    struct apireq_accept accept;
    struct str as, group;
    bool odd; /* a parameter nobody here knows */
};

static const struct {
    const char *type;
    enum object_format format;
} types[] = {
    {"application/json", OBJECT_JSON},
    {"application/yaml", OBJECT_YAML},
    {"application/vnd.kubernetes.protobuf", OBJECT_PROTOBUF},
    {"application/*", OBJECT_JSON},
    {"*/*", OBJECT_JSON},
};

static struct str unquote(struct str v)
{
    v = str_trim(v);
    if (v.n >= 2 && v.p[0] == '"' && v.p[v.n - 1] == '"')
        return str_make(v.p + 1, v.n - 2);
    return v;
}

static void read_parameter(struct str piece, struct choice *c)
{
    struct str name, value;
    if (!str_cut(piece, '=', &name, &value))
        return;
    name = str_trim(name);
    value = unquote(value);
    if (str_eq_nocase(name, STR("q"))) {
        if (str_to_double(value, &c->q) < 0)
            c->q = 0;
    } else if (str_is(name, "as")) {
        c->as = value;
    } else if (str_is(name, "v")) {
        c->accept.version = value;
    } else if (str_is(name, "g")) {
        c->group = value;
    } else if (str_is(name, "pretty")) {
        c->accept.pretty = str_is(value, "1");
    } else if (str_is(name, "stream")) {
        c->accept.stream = str_is(value, "watch");
        c->odd |= !c->accept.stream;
    }
    /* others (charset, profile=nopeer) change nothing */
}

static bool read_shape(struct choice *c, unsigned shapes)
{
    if (!c->as.n)
        return true;
    bool meta = str_is(c->group, "meta.k8s.io") && (str_is(c->accept.version, "v1") || str_is(c->accept.version, "v1beta1"));
    if (str_is(c->as, "Table") && meta) {
        c->accept.shape = APIREQ_TABLE;
        return (shapes & APIREQ_ACCEPT_TABLE) && c->accept.format != OBJECT_PROTOBUF;
    }
    if (str_is(c->as, "PartialObjectMetadata") && meta) {
        c->accept.shape = APIREQ_PARTIAL;
        return shapes & APIREQ_ACCEPT_PARTIAL;
    }
    if (str_is(c->as, "PartialObjectMetadataList") && meta) {
        c->accept.shape = APIREQ_PARTIAL_LIST;
        return shapes & APIREQ_ACCEPT_PARTIAL;
    }
    if (str_is(c->as, "APIGroupDiscoveryList") && str_is(c->group, "apidiscovery.k8s.io")) {
        c->accept.shape = APIREQ_DISCOVERY;
        return (shapes & APIREQ_ACCEPT_DISCOVERY) && (str_is(c->accept.version, "v2") || str_is(c->accept.version, "v2beta1"));
    }
    return false;
}

static bool read_choice(struct str text, unsigned shapes, struct choice *c)
{
    *c = (struct choice){.q = 1};
    struct str piece, rest = text;
    if (!str_next(&rest, ';', &piece))
        return false;
    c->type = str_trim(piece);
    while (str_next(&rest, ';', &piece))
        read_parameter(piece, c);
    if (c->odd || c->q <= 0)
        return false;
    for (size_t i = 0; i < ARRAY_LEN(types); i++)
        if (str_eq_nocase(c->type, str_of(types[i].type))) {
            c->accept.format = types[i].format;
            return read_shape(c, shapes);
        }
    return false;
}

int apireq_accept_parse(struct str header, unsigned shapes, struct apireq_accept *out, struct str *what)
{
    *what = STR("application/json, application/yaml, application/vnd.kubernetes.protobuf");
    *out = (struct apireq_accept){.format = OBJECT_JSON};
    header = str_trim(header);
    if (!header.n)
        return 0;
    double best = 0;
    struct str rest = header, piece;
    while (str_next(&rest, ',', &piece)) {
        struct choice c;
        if (read_choice(piece, shapes, &c) && c.q > best) { /* the first of equals wins, as upstream */
            best = c.q;
            *out = c.accept;
        }
    }
    return best > 0 ? 0 : 1;
}

static bool type_matches(struct str pattern, struct str type)
{
    if (str_is(pattern, "*/*") || str_eq_nocase(pattern, type))
        return true;
    return str_ends(pattern, STR("/*")) && str_starts(type, str_head(pattern, pattern.n - 1));
}

int apireq_accept_pick(struct str header, const char *const *types_offered, size_t n)
{
    struct str rest = str_trim(header), piece;
    double best = 0;
    int picked = -1;
    if (!rest.n)
        return 0;
    while (str_next(&rest, ',', &piece)) {
        struct choice c = {.q = 1};
        struct str words = piece;
        if (!str_next(&words, ';', &piece))
            continue;
        c.type = str_trim(piece);
        while (str_next(&words, ';', &piece))
            read_parameter(piece, &c);
        for (size_t i = 0; i < n && c.q > best; i++)
            if (type_matches(c.type, str_of(types_offered[i]))) {
                best = c.q;
                picked = (int)i;
            }
    }
    return picked;
}

const char *apireq_content_type(enum object_format f, bool watch)
{
    switch (f) {
    case OBJECT_YAML:
        return "application/yaml";
    case OBJECT_PROTOBUF:
        return watch ? "application/vnd.kubernetes.protobuf;stream=watch" : "application/vnd.kubernetes.protobuf";
    case OBJECT_JSON:
    default:
        return "application/json";
    }
}

static struct str bare_type(struct str header)
{
    struct str head, tail;
    str_cut(header, ';', &head, &tail);
    return str_trim(head);
}

int apireq_body_format(struct str header, enum object_format *out)
{
    struct str type = bare_type(header);
    *out = OBJECT_JSON;
    if (!type.n)
        return 0;
    for (size_t i = 0; i < 3; i++)
        if (str_eq_nocase(type, str_of(types[i].type))) {
            *out = types[i].format;
            return 0;
        }
    return 1;
}

int apireq_patch_type(struct str header, bool strategic, enum apireq_patch *out, struct str *what)
{
    struct str type = bare_type(header);
    *what = strategic ? STR("application/json-patch+json, application/merge-patch+json, "
                            "application/strategic-merge-patch+json, application/apply-patch+yaml")
                      : STR("application/json-patch+json, application/merge-patch+json, application/apply-patch+yaml");
    if (str_is(type, "application/json-patch+json"))
        *out = APIREQ_PATCH_JSON;
    else if (str_is(type, "application/merge-patch+json"))
        *out = APIREQ_PATCH_MERGE;
    else if (str_is(type, "application/strategic-merge-patch+json") && strategic)
        *out = APIREQ_PATCH_STRATEGIC;
    else if (str_is(type, "application/apply-patch+yaml"))
        *out = APIREQ_PATCH_APPLY;
    else
        return 1;
    return 0;
}
