#include "json/json.h"
#include "apply/inside.h"

#define UPDATERS_MAX 10
#define OWNERS_MAX   1000
#define UNREAD_LEAST 32 /* bytes; a set this short is read at once */

int owner_known(struct owners *o, struct owner *one, struct err *err)
{
    int r = one->unread ? set_parse(o->arena, one->text, &one->set) : 0;
    if (r < 0)
        return err_raise(err, r, "error decoding set of manager \"%.*s\"", STR_FMT(one->manager));
    one->unread = false;
    return 0;
}

int owners_known(struct owners *o, struct err *err)
{
    int r = 0;
    for (size_t i = 0; i < o->list.n && r == 0; i++)
        r = owner_known(o, &o->list.p[i], err);
    return r;
}

static int entry_read(struct owners *o, const struct value *entry, struct err *err)
{
    struct str operation = value_text_at(entry, "operation");
    struct str type = value_text_at(entry, "fieldsType");
    struct value *fields = value_get(entry, STR("fieldsV1"));
    if (!str_is(operation, "Apply") && !str_is(operation, "Update"))
        return err_raise(err, -EBADMSG, "operation must be `Apply` or `Update`");
    if (value_text_at(entry, "apiVersion").n == 0)
        return err_raise(err, -EBADMSG, "apiVersion must not be empty");
    if (type.n == 0)
        return err_raise(err, -EBADMSG, "missing fieldsType in managed fields entry %zu", o->list.n);
    if (!str_is(type, "FieldsV1"))
        return err_raise(err, -EBADMSG, "invalid fieldsType \"%.*s\" in managed fields entry %zu", STR_FMT(type), o->list.n);
    struct owner one = {
        .manager = value_text_at(entry, "manager"),
        .api_version = value_text_at(entry, "apiVersion"),
        .subresource = value_text_at(entry, "subresource"),
        .time = value_text_at(entry, "time"),
        .applied = str_is(operation, "Apply"),
    };
    struct str text = fields && fields->type == VALUE_RAW ? fields->text : STR("{}");
    if (fields && fields->type == VALUE_MAP) {
        SCOPED_BUF b = BUF_INIT(0);
        json_print(&b, fields);
        if (buf_error(&b) < 0 || arena_str(o->arena, buf_view(&b), &text) < 0)
            return err_raise(err, -ENOMEM, "no memory for managed fields");
    }
    one.text = text;
    one.unread = true;
    int r = text.n > UNREAD_LEAST ? 0 : owner_known(o, &one, err); /* empty ones are dropped */
    if (r < 0)
        return r;
    struct owner *twin = owners_find(o, &one); /* the same owner twice: the last one counts */
    if (twin)
        *twin = one;
    else if (!owners_add(o, &one))
        return err_raise(err, -ENOMEM, "no memory for managed fields");
    return 0;
}

int owners_read(struct owners *o, const struct value *managed_fields, struct err *err)
{
    if (value_count(managed_fields) > OWNERS_MAX)
        return err_raise(err, -EBADMSG, "an object has at most %d managed fields entries", OWNERS_MAX);
    VALUE_EACH_ITEM (entry, managed_fields) {
        int r = entry_read(o, entry, err);
        if (r < 0)
            return r;
    }
    return 0;
}

void owners_done(struct owners *o)
{
    VEC_DONE(&o->list);
}

struct owner *owners_find(struct owners *o, const struct owner *like)
{
    for (size_t i = 0; i < o->list.n; i++) {
        struct owner *at = &o->list.p[i];
        if (at->applied == like->applied && str_eq(at->manager, like->manager) && str_eq(at->subresource, like->subresource) &&
            (at->applied || str_eq(at->api_version, like->api_version)))
            return at;
    }
    return NULL;
}

struct owner *owners_add(struct owners *o, const struct owner *like)
{
    struct owner *at = VEC_ADD(&o->list);
    if (at)
        *at = *like;
    return at;
}

static void drop_at(struct owners *o, size_t i)
{
    memmove(&o->list.p[i], &o->list.p[i + 1], (o->list.n - i - 1) * sizeof(*o->list.p));
    o->list.n--;
}

void owners_drop_empty(struct owners *o)
{
    for (size_t i = o->list.n; i-- > 0;) {
        if (!o->list.p[i].unread && set_empty(&o->list.p[i].set))
            drop_at(o, i);
    }
}

static int64_t owner_time(const struct owner *o)
{
    int64_t sec = 0;
    int32_t nsec;
    return o->time.n && time_parse_rfc3339(o->time, &sec, &nsec) == 0 ? sec : 0;
}

/* As managers are told apart in text upstream: by name, operation, version, subresource. */
static int identity_cmp(const struct owner *a, const struct owner *b)
{
    int c = str_cmp(a->manager, b->manager);
    if (c == 0)
        c = (int)b->applied - (int)a->applied;
    if (c == 0)
        c = str_cmp(a->api_version, b->api_version);
    return c ? c : str_cmp(a->subresource, b->subresource);
}

static int by_age(const void *a, const void *b)
{
    const struct owner *x = a, *y = b;
    int64_t s = owner_time(x), t = owner_time(y);
    return s != t ? (s < t ? -1 : 1) : identity_cmp(x, y);
}

static int by_place(const void *a, const void *b)
{
    const struct owner *x = a, *y = b;
    return x->applied != y->applied ? (int)y->applied - (int)x->applied : by_age(a, b);
}

static size_t updaters(const struct owners *o)
{
    size_t n = 0;
    for (size_t i = 0; i < o->list.n; i++)
        n += !o->list.p[i].applied;
    return n;
}

int owners_cap(struct owners *o)
{
    if (updaters(o) <= UPDATERS_MAX)
        return 0;
    qsort(o->list.p, o->list.n, sizeof(*o->list.p), by_age);
    for (size_t i = 0; i < o->list.n && updaters(o) > UPDATERS_MAX; i++) {
        struct owner *at = &o->list.p[i], *first = NULL;
        if (at->applied)
            continue;
        for (size_t k = 0; k < i && !first; k++) {
            if (!o->list.p[k].applied && str_eq(o->list.p[k].api_version, at->api_version))
                first = &o->list.p[k];
        }
        if (!first)
            continue;
        struct field_set both;
        int r = set_union(o->arena, &first->set, &at->set, &both);
        if (r < 0)
            return r;
        first->manager = STR("ancient-changes");
        first->subresource = STR("");
        first->set = both;
        first->text = STR_NONE;
        first->time = at->time;
        drop_at(o, i--);
    }
    return 0;
}

static int entry_write(struct owners *o, const struct owner *one, struct value *list)
{
    struct str text = one->text;
    if (!text.p) {
        SCOPED_BUF b = BUF_INIT(0);
        (void)buf_room(&b, 512); /* not step by step; a fault sticks to b */
        set_print(&one->set, &b);
        if (buf_error(&b) < 0 || arena_str(o->arena, buf_view(&b), &text) < 0)
            return -ENOMEM;
    }
    struct value_member *m = arena_alloc(o->arena, 7 * sizeof(*m));
    uint32_t n = 0;
    if (!m)
        return -ENOMEM;
    if (one->manager.n)
        m[n++] = (struct value_member){STR("manager"), value_make_text(one->manager)};
    m[n++] = (struct value_member){STR("operation"), value_make_text(one->applied ? STR("Apply") : STR("Update"))};
    m[n++] = (struct value_member){STR("apiVersion"), value_make_text(one->api_version)};
    if (one->time.n)
        m[n++] = (struct value_member){STR("time"), value_make_text(one->time)};
    m[n++] = (struct value_member){STR("fieldsType"), value_make_text(STR("FieldsV1"))};
    m[n++] = (struct value_member){STR("fieldsV1"), value_make_raw(text)};
    if (one->subresource.n)
        m[n++] = (struct value_member){STR("subresource"), value_make_text(one->subresource)};
    struct value entry = {.type = VALUE_MAP, .map = {m, n, 7}};
    return value_add(o->arena, list, entry) ? 0 : -ENOMEM;
}

/* Texts an entry borrowed may belong to another tree than the one it goes into. */
static int owner_copy(struct arena *a, struct owner *o)
{
    struct str *texts[] = {&o->manager, &o->api_version, &o->subresource, &o->time, &o->text};
    for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
        if (texts[i]->n && arena_str(a, *texts[i], texts[i]) < 0)
            return -ENOMEM;
    }
    return 0;
}

int owners_write(struct owners *o, struct value *tree, struct err *err)
{
    struct value *meta = value_get(tree, STR("metadata")), list = value_make_list();
    if (o->list.n == 0) {
        if (meta)
            value_del(meta, STR("managedFields"));
        return 0;
    }
    if (o->list.n > 1)
        qsort(o->list.p, o->list.n, sizeof(*o->list.p), by_place);
    for (size_t i = 0; i < o->list.n; i++) {
        if (owner_copy(o->arena, &o->list.p[i]) < 0 || entry_write(o, &o->list.p[i], &list) < 0)
            return err_raise(err, -ENOMEM, "no memory for managed fields");
    }
    if (!value_put(o->arena, tree, "metadata.managedFields", list))
        return err_raise(err, -ENOMEM, "no memory for managed fields");
    return 0;
}

void owner_print(const struct owner *o, struct buf *out)
{
    fault_quote(o->manager, out);
    if (o->subresource.n) {
        buf_text(out, " with subresource ");
        fault_quote(o->subresource, out);
    }
    if (!o->applied) {
        buf_text(out, " using ");
        buf_str(out, o->api_version);
    }
}
