/* Type checking (KEP-3488): what a policy's expressions would say of objects of the kinds its rules name, were they judged
 * by those kinds' schemas. Only warnings come of it; evaluation stays dynamic. */
#include "policy/inside.h"
#include "structural/structural.h"

#define KINDS_CHECKED 10 /* of one policy, as upstream */
#define MEMORY        ((size_t)256 << 20)

struct typing {
    struct arena *a;
    struct map messages; /* by address: struct cel_type of built-in messages */
    const struct schema_resource *resources[KINDS_CHECKED];
    size_t n;
};

/* ── types of what is built in ── */

static const struct cel_type *message_type(struct typing *t, const struct schema_message *m);

static const struct cel_type *item_type(struct typing *t, const struct schema_field *f)
{
    static const struct cel_type text_map = {.kind = CEL_MAP,
                                             .params = {&cel_type_string, &cel_type_string},
                                             .n_params = 2,
                                             .max_size = CEL_SIZE_UNKNOWN},
                                 bytes_map = {
                                     .kind = CEL_MAP, .params = {&cel_type_string, &cel_type_bytes}, .n_params = 2, .max_size = CEL_SIZE_UNKNOWN};
    switch ((enum schema_type)f->type) {
    case SCHEMA_STRING:
        return &cel_type_string;
    case SCHEMA_INT32:
    case SCHEMA_INT64:
        return &cel_type_int;
    case SCHEMA_BOOL:
        return &cel_type_bool;
    case SCHEMA_DOUBLE:
        return &cel_type_double;
    case SCHEMA_BYTES:
        return &cel_type_bytes;
    case SCHEMA_MESSAGE:
        return message_type(t, f->message);
    case SCHEMA_MAP_STRING:
        return &text_map;
    case SCHEMA_MAP_BYTES:
        return &bytes_map;
    case SCHEMA_MAP_MESSAGE: {
        const struct cel_type *value = message_type(t, f->message);
        return value ? cel_type_map(t->a, &cel_type_string, value) : NULL;
    }
    default:
        return &cel_type_dyn;
    }
}

static const struct cel_type *object_type(struct typing *t, const struct schema_message *m)
{
    struct cel_type *out = arena_alloc(t->a, sizeof(*out));
    size_t n = schema_slots(m), count = 0;
    struct cel_field *fields = arena_alloc(t->a, (n + 1) * sizeof(*fields));
    for (size_t i = 0; out && fields && i < n; i++) {
        const struct schema_field *f = schema_slot(m, i);
        const struct cel_type *type = item_type(t, f);
        struct str name;
        int r = 0;
        if (type && (f->flags & SCHEMA_REPEATED))
            type = cel_type_list(t->a, type);
        if (!type)
            return NULL;
        if (cel_name_escape(t->a, f->name, &name, &r))
            fields[count++] = (struct cel_field){.name = name, .key = f->name, .type = type};
        if (r < 0)
            return NULL;
    }
    if (!out || !fields)
        return NULL;
    cel_type_sort(fields, count);
    *out = (struct cel_type){.kind = CEL_OBJECT, .name = m->name, .fields = fields, .n_fields = (uint32_t)count, .max_size = CEL_SIZE_UNKNOWN};
    return out;
}

/* What has a JSON form of its own, and what contains itself, may be anything. */
static const struct cel_type *message_type(struct typing *t, const struct schema_message *m)
{
    struct str key = str_make(&m, sizeof(m));
    if (m->form == SCHEMA_FORM_TIME || m->form == SCHEMA_FORM_MICRO_TIME)
        return &cel_type_timestamp;
    if (m->form == SCHEMA_FORM_DURATION)
        return &cel_type_string;
    if (m->form != SCHEMA_FORM_OBJECT)
        return &cel_type_dyn;
    const struct cel_type *known = map_get(&t->messages, key), *made;
    if (known)
        return known;
    if (arena_str(t->a, key, &key) < 0 || map_put(&t->messages, key, (void *)(uintptr_t)&cel_type_dyn) < 0)
        return NULL;
    made = object_type(t, m);
    return made && map_put(&t->messages, key, (void *)(uintptr_t)made) == 0 ? made : NULL;
}

static const struct cel_type *kind_type(struct typing *t, const struct schema_kind *k)
{
    if (!k->custom)
        return message_type(t, k->message);
    const struct structural *s = structural_of(k);
    const struct schema_message *meta = schema_kind_find(STR(""), STR("v1"), STR("ConfigMap"))->message;
    const struct cel_type *metadata = message_type(t, schema_field_find(meta, STR("metadata"))->message);
    return s && metadata ? structural_type(s, t->a, metadata) : NULL;
}

/* ── the kinds the rules name ── */

static bool any_star(const struct value *list)
{
    VALUE_EACH_ITEM (v, list)
        if (str_find(value_text(v), STR("*")) >= 0)
            return true;
    return false;
}

static bool add_resource(struct typing *t, struct str group, struct str version, struct str name)
{
    const struct schema_resource *r = schema_resource_take(group, version, name);
    for (size_t i = 0; r && i < t->n; i++)
        if (t->resources[i]->kind == r->kind) {
            schema_resource_put(r);
            return true;
        }
    if (r && r->kind)
        t->resources[t->n++] = r;
    else
        schema_resource_put(r);
    return t->n < KINDS_CHECKED;
}

static int by_kind(const void *x, const void *y)
{
    const struct schema_kind *a = (*(const struct schema_resource *const *)x)->kind, *b = (*(const struct schema_resource *const *)y)->kind;
    int c = str_cmp(a->group, b->group);
    c = c ? c : str_cmp(a->version, b->version);
    return c ? c : str_cmp(a->name, b->name);
}

static void find_kinds(struct typing *t, const struct value *spec)
{
    bool room = true;
    VALUE_EACH_ITEM (rule, value_at(spec, "matchConstraints.resourceRules")) {
        const struct value *groups = value_get(rule, STR("apiGroups")), *versions = value_get(rule, STR("apiVersions"));
        if (any_star(groups) || any_star(versions))
            continue;
        VALUE_EACH_ITEM (g, groups)
            VALUE_EACH_ITEM (v, versions)
                VALUE_EACH_ITEM (r, value_get(rule, STR("resources")))
                    if (room && str_find(value_text(r), STR("*")) < 0 && str_find(value_text(r), STR("/")) < 0)
                        room = add_resource(t, value_text(g), value_text(v), value_text(r));
    }
    qsort(t->resources, t->n, sizeof(t->resources[0]), by_kind);
}

/* ── the verdict ── */

/* What a kind has against the policy's expressions goes into texts[i], the message expressions' behind those. */
static int check_kind(struct typing *t, struct policies *p, const struct schema_kind *kind, const struct value *spec, struct buf *texts)
{
    struct policies own = *p; /* its environments, with types */
    struct policy_set *s = NULL;
    struct policy one = {.spec = spec};
    const struct schema_resource *params = NULL;
    struct str group, version;
    const struct cel_type *object = kind_type(t, kind), *of_params = &cel_type_dyn;
    own.base[VALIDATING] = own.params[VALIDATING] = NULL;
    if (!str_cut(value_text_at(spec, "paramKind.apiVersion"), '/', &group, &version)) {
        version = value_text_at(spec, "paramKind.apiVersion");
        group = STR("");
    }
    if (version.n)
        params = schema_resource_take_kind(group, version, value_text_at(spec, "paramKind.kind"));
    if (params && params->kind)
        of_params = kind_type(t, params->kind);
    int r = object && of_params ? environment_typed(&own, object, of_params) : -ENOMEM;
    if (r == 0)
        r = set_new(&s);
    if (r == 0)
        r = policy_compile(&own, s, VALIDATING, &one);
    for (size_t i = 0; r == 0 && i < one.n_checks; i++) {
        const struct expression *both[] = {&one.checks[i].e, &one.checks[i].message};
        for (size_t k = 0; k < 2; k++) {
            struct buf *b = &texts[2 * i + k];
            if (both[k]->program || !both[k]->fault.n || !str_starts(both[k]->fault, STR("compilation failed")))
                continue;
            buf_fmt(b, "%s%.*s%s%.*s, Kind=%.*s: %.*s\n", b->n ? "\n" : "", STR_FMT(kind->group), "/", STR_FMT(kind->version), STR_FMT(kind->name),
                    STR_FMT(both[k]->fault));
        }
    }
    set_free(s);
    cel_env_unref(own.params[VALIDATING]);
    cel_env_unref(own.base[VALIDATING]);
    schema_resource_put(params);
    return r;
}

static int report(struct arena *a, struct buf *texts, size_t n, struct value *out)
{
    int r = 0;
    for (size_t i = 0; r == 0 && i < n; i++) {
        struct value one = value_make_map();
        struct str text = STR_NONE, where = arena_fmt(a, "spec.validations[%zu].%s", i / 2, i % 2 ? "messageExpression" : "expression");
        if (!texts[i].n)
            continue;
        r = buf_error(&texts[i]) < 0 || !where.p ? -ENOMEM : arena_str(a, buf_view(&texts[i]), &text);
        VALUE_SET(&r, a, &one, "fieldRef", value_make_text(where));
        VALUE_SET(&r, a, &one, "warning", value_make_text(text));
        if (r == 0 && !value_add(a, out, one))
            r = -ENOMEM;
    }
    return r;
}

int policy_warnings(struct policies *p, struct arena *a, const struct value *policy, struct value *out)
{
    const struct value *spec = value_at(policy, "spec");
    struct typing t = {0};
    size_t n = 2 * value_count(value_at(spec, "validations"));
    struct buf *texts = arena_alloc(a, (n + 1) * sizeof(*texts));
    *out = value_make_list();
    int r = texts ? arena_new(&t.a, MEMORY) : -ENOMEM;
    for (size_t i = 0; r == 0 && i < n; i++)
        texts[i] = BUF_INIT(64u << 10);
    if (r == 0)
        find_kinds(&t, spec);
    for (size_t i = 0; r == 0 && i < t.n; i++)
        r = check_kind(&t, p, t.resources[i]->kind, spec, texts);
    if (r == 0)
        r = report(a, texts, n, out);
    for (size_t i = 0; t.a && i < n; i++)
        buf_done(&texts[i]);
    for (size_t i = 0; i < t.n; i++)
        schema_resource_put(t.resources[i]);
    map_done(&t.messages);
    arena_free(t.a);
    return r;
}
