/* ConversionReview: the question, and what is made of the answer. Pure. */
#include "convert/inside.h"
#include "json/json.h"

#define REVIEW_MAX      ((size_t)32 << 20)
#define ANNOTATIONS_MAX ((size_t)256 << 10)

int conversion_write(const struct conversion *q, struct buf *b)
{
    b->max = REVIEW_MAX;
    buf_fmt(b, "{\"kind\":\"ConversionReview\",\"apiVersion\":\"apiextensions.k8s.io/%.*s\",\"request\":{\"uid\":\"%.*s\",\"desiredAPIVersion\":",
            STR_FMT(q->version), STR_FMT(q->uid));
    json_string(b, q->to->kind->api_version);
    buf_text(b, ",\"objects\":[");
    for (size_t i = 0; i < q->n; i++) {
        if (i)
            buf_char(b, ',');
        buf_str(b, str_trim(q->texts[i]));
    }
    buf_text(b, "]}}");
    return buf_error(b);
}

struct str conversion_whose(struct arena *a, const struct conversion *q)
{
    struct value first = {0};
    if (q->n != 1)
        return arena_fmt(a, "conversion webhook for %.*s, Kind=%.*s", STR_FMT(q->to->kind->api_version), STR_FMT(q->to->list_kind->name));
    if (json_parse(a, q->texts[0], &first, NULL) == -ENOMEM)
        return STR_NONE;
    return arena_fmt(a, "conversion webhook for %.*s, Kind=%.*s", STR_FMT(value_text_at(&first, "apiVersion")),
                     STR_FMT(value_text_at(&first, "kind")));
}

/* ── judging the answer ── */

struct reading {
    struct arena *a;
    const struct conversion *q;
    struct str *error;
};

/* The sentence: whose it is, then `fmt`. */
static int PRINTF(2, 3) wrong(struct reading *k, const char *fmt, ...)
{
    SCOPED_BUF b = BUF_INIT(64u << 10);
    struct str whose = conversion_whose(k->a, k->q);
    va_list ap;
    if (!whose.p)
        return -ENOMEM;
    buf_str(&b, whose);
    buf_char(&b, ' ');
    va_start(ap, fmt);
    buf_vfmt(&b, fmt, ap);
    va_end(ap);
    if (buf_error(&b) == -E2BIG) {
        b.error = 0; /* what a webhook says may be of any length: its beginning will do */
    }
    return buf_error(&b) < 0 || arena_str(k->a, buf_view(&b), k->error) < 0 ? -ENOMEM : -EPROTO;
}

static int wrong_object(struct reading *k, size_t i, struct str why)
{
    if (!why.p)
        return -ENOMEM;
    if (k->q->n == 1)
        return wrong(k, "returned invalid object%s: %.*s", str_starts(why, STR("invalid ")) ? " at index 0" : "", STR_FMT(why));
    return wrong(k, "returned invalid converted object at index %zu: %.*s", i, STR_FMT(why));
}

static int wrong_metadata(struct reading *k, size_t i, struct str why)
{
    if (!why.p)
        return -ENOMEM;
    if (k->q->n == 1)
        return wrong(k, "returned invalid metadata: %.*s", STR_FMT(why));
    return wrong(k, "returned invalid metadata in object at index %zu: %.*s", i, STR_FMT(why));
}

static const char *type_text(const struct value *v)
{
    switch (v->type) {
    case VALUE_BOOL:
        return "bool";
    case VALUE_INT:
        return "int64";
    case VALUE_DOUBLE:
        return "float64";
    case VALUE_TEXT:
    case VALUE_RAW:
        return "string";
    case VALUE_LIST:
        return "[]interface {}";
    case VALUE_MAP:
        return "map[string]interface {}";
    case VALUE_NULL:
    default:
        return "<nil>";
    }
}

static int judge_pair(struct arena *a, bool labels, struct value_member *m, struct buf *b)
{
    const char *why[NAME_FAULTS_MAX];
    struct str key = m->key, lower = key;
    if (!labels) { /* annotations' keys may have capitals */
        char *p = arena_text(a, key.p, key.n);
        if (!p)
            return -ENOMEM;
        for (size_t i = 0; i < key.n; i++)
            p[i] = (char)(p[i] >= 'A' && p[i] <= 'Z' ? p[i] + 32 : p[i]);
        lower = str_make(p, key.n);
    }
    size_t n = name_label_key(lower, why);
    for (size_t i = 0; i < n; i++) {
        buf_text(b, b->n ? ", " : "");
        buf_fmt(b, "metadata.%s: Invalid value: ", labels ? "labels" : "annotation");
        fault_quote(key, b);
        buf_fmt(b, ": %s", why[i]);
    }
    n = labels ? name_label_value(value_text(&m->value), why) : 0;
    for (size_t i = 0; i < n; i++) {
        buf_text(b, b->n ? ", " : "");
        buf_text(b, "metadata.labels: Invalid value: ");
        fault_quote(value_text(&m->value), b);
        buf_fmt(b, ": %s", why[i]);
    }
    return 0;
}

/* labels or annotations that differ from the original's must be what they may be. */
static int judge_pairs(struct reading *k, size_t i, bool labels, struct value *pairs)
{
    SCOPED_BUF b = BUF_INIT(64u << 10);
    size_t bytes = 0;
    int r = 0;
    VALUE_EACH_MEMBER (m, pairs) {
        if (r == 0)
            r = judge_pair(k->a, labels, m, &b);
        bytes += m->key.n + value_text(&m->value).n;
    }
    if (r < 0)
        return r;
    if (!labels && bytes > ANNOTATIONS_MAX)
        buf_fmt(&b, "%smetadata.annotation: Too long: may not be more than %zu bytes", b.n ? ", " : "", ANNOTATIONS_MAX);
    if (!b.n)
        return 0;
    struct str why = arena_fmt(k->a, "%s", buf_cstr(&b));
    return wrong_metadata(k, i, why);
}

static int restore_pairs(struct reading *k, size_t i, bool labels, const struct value *said, struct value *metadata)
{
    struct str name = labels ? STR("labels") : STR("annotations");
    struct value *now = value_get(said, name), *before = value_get(metadata, name);
    if (value_is_null(now)) {
        value_del(metadata, name);
        return 0;
    }
    if (now->type != VALUE_MAP)
        return wrong_metadata(k, i, arena_fmt(k->a, "invalid metadata.%.*s of type %s in converted object", STR_FMT(name), type_text(now)));
    VALUE_EACH_MEMBER (m, now) {
        if (m->value.type != VALUE_TEXT)
            return wrong_metadata(k, i,
                                  arena_fmt(k->a, "metadata.%.*s[%.*s] must be a string, but is %s in converted object", STR_FMT(name),
                                            STR_FMT(m->key), type_text(&m->value)));
    }
    if (!before || !value_equal(before, now)) {
        int r = judge_pairs(k, i, labels, now);
        if (r < 0)
            return r;
    }
    return value_set(k->a, metadata, name, *now) ? 0 : -ENOMEM;
}

/* Of the metadata only labels and annotations are the webhook's to change. */
static int restore(struct reading *k, size_t i, const struct value *original, struct value *made)
{
    struct value *said = value_get(made, STR("metadata")), metadata = {0};
    if (!said)
        return wrong_metadata(k, i, STR("missing metadata in converted object"));
    if (said->type != VALUE_MAP)
        return wrong_metadata(k, i, arena_fmt(k->a, "invalid metadata of type %s in converted object", type_text(said)));
    const struct value *own = value_get(original, STR("metadata"));
    int r = own ? value_copy(k->a, own, &metadata) : 0;
    if (!own)
        metadata = value_make_map();
    for (int labels = 1; r == 0 && labels >= 0; labels--)
        r = restore_pairs(k, i, labels, said, &metadata);
    if (r == 0 && !value_set(k->a, made, STR("metadata"), metadata))
        r = -ENOMEM;
    return r;
}

static int take_object(struct reading *k, size_t i, struct value *made)
{
    static const struct {
        const char *path, *word;
    } same[] = {{"metadata.name", "name"}, {"metadata.namespace", "namespace"}, {"metadata.uid", "UID"}};
    const struct schema_kind *kind = k->q->to->kind;
    struct value original = {0};
    int r = json_parse(k->a, k->q->texts[i], &original, NULL);
    if (r < 0)
        return r == -ENOMEM ? r : wrong(k, "failed: the object to be converted cannot be read");
    struct str version = value_text_at(made, "apiVersion"), name = value_text_at(made, "kind");
    if (made->type != VALUE_MAP)
        return wrong_object(k, i, STR("no object"));
    if (!str_eq(version, kind->api_version))
        return wrong_object(k, i,
                            arena_fmt(k->a, "invalid groupVersion (expected %.*s, received %.*s)", STR_FMT(kind->api_version), STR_FMT(version)));
    if (!str_eq(name, value_text_at(&original, "kind")))
        return wrong_object(k, i,
                            arena_fmt(k->a, "invalid kind (expected %.*s, received %.*s)", STR_FMT(value_text_at(&original, "kind")), STR_FMT(name)));
    for (size_t s = 0; s < ARRAY_LEN(same); s++) {
        struct str was = value_text_at(&original, same[s].path), is = value_text_at(made, same[s].path);
        if (!str_eq(was, is))
            return wrong_object(k, i, arena_fmt(k->a, "must have the same %s: %.*s != %.*s", same[s].word, STR_FMT(was), STR_FMT(is)));
    }
    return restore(k, i, &original, made);
}

static int check_review(struct reading *k, const struct value *tree)
{
    struct str version = value_text_at(tree, "apiVersion"), kind = value_text_at(tree, "kind"), uid = value_text_at(tree, "response.uid");
    struct str status = value_text_at(tree, "response.result.status"), message = value_text_at(tree, "response.result.message");
    bool v1 = str_is(k->q->version, "v1"); /* the older one checks neither what it is nor whose */
    if (v1 && (!str_is(version, "apiextensions.k8s.io/v1") || !str_is(kind, "ConversionReview")))
        return wrong(k, "failed: expected webhook response of apiextensions.k8s.io/v1, Kind=ConversionReview, got %.*s, Kind=%.*s", STR_FMT(version),
                     STR_FMT(kind));
    if (value_is_null(value_get(tree, STR("response"))))
        return wrong(k, "failed: no response provided");
    if (v1 && !str_eq(uid, k->q->uid))
        return wrong(k, "failed: expected response.uid=\"%.*s\", got \"%.*s\"", STR_FMT(k->q->uid), STR_FMT(uid));
    if (str_is(status, "Success"))
        return 0;
    if (message.n)
        return wrong(k, "failed: %.*s", STR_FMT(str_head(message, 32u << 10)));
    return wrong(k, "failed: response.result.status was '%.*s', not 'Success'", STR_FMT(status));
}

int conversion_read(struct arena *a, const struct conversion *q, struct str body, struct value *made, struct str *error)
{
    struct reading k = {a, q, error};
    struct value tree = {0};
    struct err err = {{0}};
    *error = STR_NONE;
    int r = json_parse(a, body, &tree, &err);
    if (r == -ENOMEM)
        return r;
    if (r < 0 || tree.type != VALUE_MAP)
        return wrong(&k, "failed: %s", r < 0 ? err.text : "the answer is no object");
    r = check_review(&k, &tree);
    if (r < 0)
        return r;
    const struct value *list = value_at(&tree, "response.convertedObjects");
    if ((list && list->type != VALUE_LIST && list->type != VALUE_NULL) || value_count(list) != q->n)
        return wrong(&k, "returned %zu objects, expected %zu", list && list->type == VALUE_LIST ? value_count(list) : 0, q->n);
    for (size_t i = 0; i < q->n; i++) {
        made[i] = *value_item(list, i);
        r = take_object(&k, i, &made[i]);
        if (r < 0)
            return r;
    }
    return 0;
}
