/* Validation by schema, in the sentences of the OpenAPI validator upstream uses. */
#include <math.h>

#include "json/json.h"
#include "structural/inside.h"

struct judge {
    struct faults *f;
    struct path at;
    size_t right; /* validators that had nothing to say: of several alternatives the nearest is told about */
};

static void judge_value(struct judge *j, const struct node *n, const struct value *v, const struct value *old);

/* A Go float as %v prints it. */
static const char *number(double d, char out[40])
{
    char text[40];
    for (int digits = 0; digits <= 17; digits++) {
        snprintf(text, sizeof(text), "%.*e", digits, d);
        if (strtod(text, NULL) != d && digits < 17)
            continue;
        int exponent = atoi(strchr(text, 'e') + 1);
        if (exponent < -4 || exponent >= 21)
            snprintf(out, 40, "%s", text);
        else
            snprintf(out, 40, "%.*f", MAX(0, digits - exponent), d);
        if (exponent >= 6 && exponent < 21)
            snprintf(out, 40, "%s", text);
        break;
    }
    return out;
}

/* ── types ── */

static const char *type_name(const struct value *v)
{
    switch (v->type) {
    case VALUE_NULL:
        return "null";
    case VALUE_BOOL:
        return "boolean";
    case VALUE_INT:
        return "integer";
    case VALUE_DOUBLE:
        return "number";
    case VALUE_TEXT:
        return "string";
    case VALUE_LIST:
        return "array";
    default:
        return "object";
    }
}

static bool type_fits(unsigned flags, const struct value *v)
{
    switch (v->type) {
    case VALUE_NULL:
        return flags & NODE_NULLABLE;
    case VALUE_BOOL:
        return flags & NODE_BOOLEAN;
    case VALUE_INT:
        return flags & (NODE_INTEGER | NODE_NUMBER);
    case VALUE_DOUBLE:
        return (flags & NODE_NUMBER) || ((flags & NODE_INTEGER) && floor(v->number) == v->number);
    case VALUE_TEXT:
        return flags & NODE_STRING;
    case VALUE_LIST:
        return flags & NODE_ARRAY;
    default:
        return flags & NODE_OBJECT;
    }
}

static void type_fault(struct judge *j, const char *wanted, const char *got)
{
    struct value bad = value_make_text(str_of(got));
    fault_add(j->f, FAULT_TYPE, j->at.text, &bad, "%s in body must be of type %s: \"%s\"", j->at.text, wanted, got);
}

static bool judge_type(struct judge *j, const struct node *n, const struct value *v)
{
    static const struct {
        unsigned flag;
        const char *name;
    } names[] = {{NODE_OBJECT, "object"}, {NODE_ARRAY, "array"},   {NODE_INTEGER, "integer"},
                 {NODE_NUMBER, "number"}, {NODE_STRING, "string"}, {NODE_BOOLEAN, "boolean"}};
    char wanted[64] = "";
    size_t at = 0;
    if (!(n->flags & NODE_TYPES) || type_fits(n->flags, v)) {
        j->right++;
        return true;
    }
    for (size_t i = 0; i < ARRAY_LEN(names); i++)
        if (n->flags & names[i].flag)
            at += (size_t)snprintf(wanted + at, sizeof(wanted) - at, "%s%s", at ? "," : "", names[i].name);
    type_fault(j, wanted, type_name(v));
    return false;
}

/* ── scalars ── */

static size_t runes(struct str s)
{
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++)
        n += ((unsigned char)s.p[i] & 0xc0) != 0x80;
    return n;
}

static void judge_text(struct judge *j, const struct checks *c, const struct value *v)
{
    int64_t n = (int64_t)runes(v->text);
    if (c->max_length >= 0 && n > c->max_length)
        fault_add(j->f, FAULT_TOO_LONG, j->at.text, v, "may not be more than %lld bytes", (long long)c->max_length);
    else if (c->min_length >= 0 && n < c->min_length)
        fault_add(j->f, FAULT_INVALID, j->at.text, v, "%s in body should be at least %lld chars long", j->at.text, (long long)c->min_length);
    else if (c->compiled && pattern_match(c->compiled, v->text) != 0)
        fault_add(j->f, FAULT_INVALID, j->at.text, v, "%s in body should match '%.*s'", j->at.text, STR_FMT(c->pattern));
    else
        j->right++;
    if (c->format.n && !structural_format_is(c->format, v->text)) {
        SCOPED_BUF b = BUF_INIT(0);
        fault_quote(v->text, &b);
        fault_add(j->f, FAULT_TYPE, j->at.text, v, "%s in body must be of type %.*s: %s", j->at.text, STR_FMT(c->format), buf_cstr(&b));
    }
}

static void judge_number(struct judge *j, const struct checks *c, const struct value *v)
{
    double d = value_double(v, 0);
    char text[40];
    size_t before = j->f->n;
    bool low = (c->flags & CHECK_MIN) && (c->flags & CHECK_MIN_OUT ? d <= c->min : d < c->min);
    bool high = (c->flags & CHECK_MAX) && (c->flags & CHECK_MAX_OUT ? d >= c->max : d > c->max);
    if ((c->flags & CHECK_MULTIPLE) && c->multiple > 0) {
        double n = d / c->multiple;
        if (fabs(n - round(n)) > 1e-9 * MAX(1.0, fabs(n)))
            fault_add(j->f, FAULT_INVALID, j->at.text, v, "%s in body should be a multiple of %s", j->at.text, number(c->multiple, text));
    }
    if (high)
        fault_add(j->f, FAULT_INVALID, j->at.text, v, "%s in body should be less than%s %s", j->at.text,
                  c->flags & CHECK_MAX_OUT ? "" : " or equal to", number(c->max, text));
    if (low)
        fault_add(j->f, FAULT_INVALID, j->at.text, v, "%s in body should be greater than%s %s", j->at.text,
                  c->flags & CHECK_MIN_OUT ? "" : " or equal to", number(c->min, text));
    j->right += j->f->n == before;
    if (v->type == VALUE_INT && str_is(c->format, "int32") && v->integer != (int32_t)v->integer)
        type_fault(j, "int32", "int64");
}

static void judge_choices(struct judge *j, const struct checks *c, const struct value *v)
{
    SCOPED_BUF b = BUF_INIT(0);
    bool first = true;
    VALUE_EACH_ITEM (item, c->choices) {
        if (value_equal(item, v)) {
            j->right++;
            return;
        }
        SCOPED_BUF one = BUF_INIT(0);
        if (item->type == VALUE_TEXT)
            buf_str(&one, item->text);
        else
            json_print(&one, item);
        buf_text(&b, first ? "" : ", ");
        fault_quote(buf_view(&one), &b);
        first = false;
    }
    fault_add(j->f, FAULT_NOT_SUPPORTED, j->at.text, v, "supported values: %s", buf_cstr(&b));
}

/* ── lists and maps ── */

static const struct value *item_before(const struct node *n, const struct value *old, const struct value *item, size_t i)
{
    if (!old || old->type != VALUE_LIST)
        return NULL;
    if (!(n->flags & NODE_KEYED))
        return NULL;
    const struct value *same = value_item(old, i); /* mostly in its old place */
    if (same && node_same_item(n, same, item))
        return same;
    VALUE_EACH_ITEM (o, old)
        if (node_same_item(n, o, item))
            return o;
    return NULL;
}

static void judge_list(struct judge *j, const struct node *n, const struct value *v, const struct value *old)
{
    const struct checks *c = n->checks;
    int64_t count = (int64_t)v->list.n;
    if (c && c->min_items >= 0 && count < c->min_items)
        fault_add(j->f, FAULT_INVALID, j->at.text, &(struct value){.type = VALUE_INT, .integer = count}, "%s in body should have at least %lld items",
                  j->at.text, (long long)c->min_items);
    if (c && c->max_items >= 0 && count > c->max_items) {
        struct value bad = value_make_int(count);
        fault_add(j->f, FAULT_TOO_MANY, j->at.text, &bad, "must have at most %lld item%s", (long long)c->max_items, c->max_items == 1 ? "" : "s");
        return; /* whoever sends too much does not make us read it all */
    }
    for (size_t i = 0; n->items && i < v->list.n; i++) {
        size_t before = path_item(&j->at, i);
        judge_value(j, n->items, &v->list.items[i], item_before(n, old, &v->list.items[i], i));
        path_cut(&j->at, before);
    }
}

static void judge_required(struct judge *j, const struct node *n, const struct value *v)
{
    for (size_t i = 0; i < n->n_required; i++) {
        if (value_get(v, n->required[i])) {
            j->right++;
            continue;
        }
        size_t before = path_member(&j->at, n->required[i]);
        fault_add(j->f, FAULT_REQUIRED, j->at.text, NULL, "%s", "");
        path_cut(&j->at, before);
    }
}

static void judge_embedded(struct judge *j, const struct value *v)
{
    static const char *const names[] = {"apiVersion", "kind"};
    for (size_t i = 0; i < ARRAY_LEN(names); i++) {
        if (value_text_at(v, names[i]).n)
            continue;
        size_t before = path_member(&j->at, str_of(names[i]));
        fault_add(j->f, FAULT_REQUIRED, j->at.text, NULL, "must not be empty");
        path_cut(&j->at, before);
    }
}

static void judge_map(struct judge *j, const struct node *n, const struct value *v, const struct value *old)
{
    const struct checks *c = n->checks;
    int64_t count = (int64_t)v->map.n;
    if (c && c->min_properties >= 0 && count < c->min_properties)
        fault_add(j->f, FAULT_INVALID, j->at.text, &(struct value){.type = VALUE_INT, .integer = count},
                  "%s in body should have at least %lld properties", j->at.text, (long long)c->min_properties);
    if (c && c->max_properties >= 0 && count > c->max_properties) {
        struct value bad = value_make_int(count);
        fault_add(j->f, FAULT_TOO_MANY, j->at.text, &bad, "must have at most %lld item%s", (long long)c->max_properties,
                  c->max_properties == 1 ? "" : "s");
        return;
    }
    judge_required(j, n, v);
    if (n->flags & NODE_EMBEDDED)
        judge_embedded(j, v);
    VALUE_EACH_MEMBER (m, v) {
        const struct node *child = node_property(n, m->key);
        if (!child)
            child = n->additional;
        if (!child || ((n->flags & (NODE_ROOT | NODE_EMBEDDED)) && node_is_root_member(m->key) && m->value.type != VALUE_MAP))
            continue;
        size_t before = path_member(&j->at, m->key);
        judge_value(j, child, &m->value, value_get(old, m->key));
        path_cut(&j->at, before);
    }
}

/* ── allOf, anyOf, oneOf, not ── */

struct trial {
    struct faults f;
    size_t right;
};

/* True: nothing is wrong. What is wrong goes into the trial. */
static bool try_one(struct judge *j, const struct node *n, const struct value *v, const struct value *old, struct trial *t)
{
    struct faults *outer = j->f;
    size_t before = j->right;
    faults_init(&t->f, outer->arena);
    j->f = &t->f;
    judge_value(j, n, v, old);
    j->f = outer;
    t->right = j->right - before;
    return t->f.n == 0;
}

static void merge(struct faults *into, const struct faults *from)
{
    for (size_t i = 0; i < from->n; i++, into->n++)
        if (into->n < FAULTS_MAX && i < FAULTS_MAX)
            into->items[into->n] = from->items[i];
}

/* How many of them hold; the nearest failure is kept. */
static size_t try_list(struct judge *j, const struct node *const *list, const struct value *v, const struct value *old, bool first_wins,
                       struct trial **best)
{
    size_t good = 0;
    struct trial *spare = NULL;
    for (size_t i = 0; list[i]; i++) {
        struct trial *t = spare ? spare : arena_alloc(j->f->arena, sizeof(*t));
        spare = NULL;
        if (!t)
            return 0;
        if (try_one(j, list[i], v, old, t)) {
            good++;
            spare = t;
            if (first_wins)
                break;
        } else if (!*best || t->right > (*best)->right) {
            spare = *best;
            *best = t;
        } else {
            spare = t;
        }
    }
    return good;
}

static void composite(struct judge *j, const char *fmt, ...) PRINTF(2, 3);
static void composite(struct judge *j, const char *fmt, ...)
{
    char text[256];
    struct value none = value_make_text(STR(""));
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(text, sizeof(text), fmt, ap);
    va_end(ap);
    fault_add(j->f, FAULT_INVALID, "<nil>", &none, "\"%s\" %s", j->at.text, text);
}

static void judge_composites(struct judge *j, const struct checks *c, const struct value *v, const struct value *old)
{
    struct trial *best = NULL;
    if (c->any && !try_list(j, c->any, v, old, true, &best)) {
        composite(j, "must validate at least one schema (anyOf)");
        if (best)
            merge(j->f, &best->f);
    }
    best = NULL;
    size_t good = c->one ? try_list(j, c->one, v, old, false, &best) : 1;
    if (good == 0)
        composite(j, "must validate one and only one schema (oneOf). Found none valid");
    else if (good > 1)
        composite(j, "must validate one and only one schema (oneOf). Found %zu valid alternatives", good);
    if (good == 0 && best)
        merge(j->f, &best->f);
    if (c->all) {
        size_t before = j->f->n, n = 0, bad = 0;
        for (; c->all[n]; n++) {
            size_t here = j->f->n;
            judge_value(j, c->all[n], v, old);
            bad += j->f->n > here;
        }
        if (j->f->n > before)
            composite(j, "must validate all the schemas (allOf)%s", bad == n ? ". None validated" : "");
    }
    struct trial *t = c->not ? arena_alloc(j->f->arena, sizeof(*t)) : NULL;
    if (t && try_one(j, c->not, v, old, t))
        composite(j, "must not validate the schema (not)");
}

/* ── one value ── */

static void judge_all(struct judge *j, const struct node *n, const struct value *v, const struct value *old)
{
    const struct checks *c = n->checks;
    bool fits = judge_type(j, n, v);
    if (c && c->choices && (fits || v->type != VALUE_NULL))
        judge_choices(j, c, v);
    if (v->type == VALUE_NULL)
        return;
    if (c)
        judge_composites(j, c, v, old);
    if (c && v->type == VALUE_TEXT)
        judge_text(j, c, v);
    else if (c && (v->type == VALUE_INT || v->type == VALUE_DOUBLE))
        judge_number(j, c, v);
    else if (v->type == VALUE_LIST)
        judge_list(j, n, v, old);
    else if (v->type == VALUE_MAP)
        judge_map(j, n, v, old);
}

static void judge_value(struct judge *j, const struct node *n, const struct value *v, const struct value *old)
{
    size_t before = j->f->n;
    judge_all(j, n, v, old);
    if (j->f->n > before && old && value_equal(v, old)) /* it was there before, and nobody has touched it */
        j->f->n = before;
}

/* A list's items must still be told apart, unless the list is as it was. */
static void judge_lists(const struct structural *s, const struct value *tree, const struct value *old, struct faults *f)
{
    struct path at = {.n = 0};
    size_t before = f->n;
    lists_validate(s->root, tree, &at, f);
    if (f->n == before || !old)
        return;
    struct faults *was = arena_alloc(f->arena, sizeof(*was));
    if (!was)
        return;
    faults_init(was, f->arena);
    lists_validate(s->root, old, &at, was);
    size_t kept = before;
    for (size_t i = before; i < MIN(f->n, (size_t)FAULTS_MAX); i++) {
        bool known = false;
        for (size_t k = 0; k < MIN(was->n, (size_t)FAULTS_MAX); k++)
            known |= str_eq(was->items[k].field, f->items[i].field) && str_eq(was->items[k].message, f->items[i].message);
        if (!known)
            f->items[kept++] = f->items[i];
    }
    f->n = kept;
}

void structural_validate(const struct structural *s, const struct value *tree, const struct value *old, struct faults *f)
{
    struct judge j = {.f = f};
    judge_value(&j, s->root, tree, old);
    judge_lists(s, tree, old, f);
    rules_validate(s, tree, old, f);
}
