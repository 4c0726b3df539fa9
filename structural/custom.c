/* A definition's rows: one block of memory, sized before it is filled. */
#include "structural/inside.h"

#define DEFINITION_BYTES_MAX ((size_t)16 << 20)

struct block {
    struct schema_custom base;
    struct object *definition;
    struct structural **compiled; /* one a version; set once, atomically */
};

/* Takes pieces off one allocation; with base NULL it only counts. */
struct pieces {
    char *base;
    size_t used;
};

static void *piece(struct pieces *p, size_t n)
{
    void *at = p->base ? p->base + p->used : NULL;
    p->used += (n + 7) / 8 * 8;
    return at;
}

static struct str piece_text(struct pieces *p, struct str s)
{
    char *at = piece(p, s.n + 1);
    if (at && s.n)
        memcpy(at, s.p, s.n);
    return str_make(at, s.n);
}

static struct str piece_join(struct pieces *p, struct str a, char between, struct str b)
{
    char *at = piece(p, a.n + b.n + 2);
    if (at) {
        memcpy(at, a.p, a.n);
        at[a.n] = between;
        memcpy(at + a.n + 1, b.p, b.n);
    }
    return str_make(at, a.n + b.n + 1);
}

static struct str piece_list(struct pieces *p, const struct value *list)
{
    size_t n = 0;
    VALUE_EACH_ITEM (item, list)
        n += value_text(item).n + 1;
    char *at = piece(p, n + 1);
    size_t used = 0;
    VALUE_EACH_ITEM (item, list) {
        struct str s = value_text(item);
        if (at && used)
            at[used] = ',';
        used += used ? 1 : 0;
        if (at && s.n)
            memcpy(at + used, s.p, s.n);
        used += s.n;
    }
    return str_make(at, used);
}

/* ── versions in the order Kubernetes prefers them: v2, v1, v1beta2, v1alpha1, then all others by name ── */

struct rank {
    int stage; /* 3 GA, 2 beta, 1 alpha, 0 none */
    int64_t major, minor;
};

static bool digits(struct str *s, int64_t *out)
{
    size_t n = 0;
    while (n < s->n && s->p[n] >= '0' && s->p[n] <= '9')
        n++;
    if (!n || str_to_int(str_head(*s, n), out) < 0)
        return false;
    *s = str_from(*s, n);
    return true;
}

static struct rank rank_of(struct str v)
{
    struct rank none = {0}, r = {.stage = 3};
    if (!str_starts(v, STR("v")))
        return none;
    v = str_from(v, 1);
    if (!digits(&v, &r.major))
        return none;
    if (!v.n)
        return r;
    r.stage = str_starts(v, STR("beta")) ? 2 : str_starts(v, STR("alpha")) ? 1 : 0;
    v = str_from(v, r.stage == 2 ? 4 : 5);
    return r.stage && digits(&v, &r.minor) && !v.n ? r : none;
}

int structural_version_cmp(struct str a, struct str b)
{
    struct rank x = rank_of(a), y = rank_of(b);
    if (x.stage != y.stage)
        return y.stage - x.stage;
    if (x.stage == 0)
        return str_cmp(a, b);
    if (x.major != y.major)
        return x.major < y.major ? 1 : -1;
    return x.minor < y.minor ? 1 : x.minor > y.minor ? -1 : 0;
}

static size_t order_versions(const struct value *versions, const struct value **out, size_t max)
{
    size_t n = 0;
    VALUE_EACH_ITEM (v, versions) {
        size_t at = n;
        if (n == max)
            break;
        for (; at > 0 && structural_version_cmp(value_text_at(out[at - 1], "name"), value_text_at(v, "name")) > 0; at--)
            out[at] = out[at - 1];
        out[at] = v;
        n++;
    }
    return n;
}

/* ── filling ── */

#define VERSIONS_MAX 64

struct source {
    const struct value *tree, *names;
    struct str group, plural;
    bool namespaced;
    const struct value *versions[VERSIONS_MAX];
    size_t n;
};

static struct str plain_path(struct str path) /* ".spec.replicas" → "spec.replicas" */
{
    return str_starts(path, STR(".")) ? str_from(path, 1) : path;
}

static void fill_subresources(struct pieces *p, const struct value *v, struct schema_resource *row, const struct schema_kind *kind)
{
    const struct value *status = value_at(v, "subresources.status"), *scale = value_at(v, "subresources.scale");
    uint16_t n = (status ? 1 : 0) + (scale ? 1 : 0), i = 0;
    struct schema_subresource *subs = piece(p, n * sizeof(*subs));
    uint16_t verbs = SCHEMA_VERB_GET | SCHEMA_VERB_PATCH | SCHEMA_VERB_UPDATE;
    struct str spec = piece_text(p, plain_path(value_text_at(scale, "specReplicasPath")));
    struct str now = piece_text(p, plain_path(value_text_at(scale, "statusReplicasPath")));
    struct str selector = piece_text(p, plain_path(value_text_at(scale, "labelSelectorPath")));
    (void)kind;
    if (!row)
        return;
    if (status)
        subs[i++] = (struct schema_subresource){.name = STR("status"), .verbs = verbs};
    if (scale) {
        subs[i++] =
            (struct schema_subresource){.name = STR("scale"), .kind = schema_kind_find(STR("autoscaling"), STR("v1"), STR("Scale")), .verbs = verbs};
        row->scale_spec = spec;
        row->scale_status = now;
        row->scale_selector = selector;
    }
    row->subresources = subs;
    row->n_subresources = n;
}

static void fill_selectable(struct pieces *p, const struct value *v, struct schema_resource *row)
{
    const struct value *list = value_get(v, STR("selectableFields"));
    size_t i = 0, n = value_count(list);
    struct str *paths = piece(p, (n + 1) * sizeof(*paths));
    VALUE_EACH_ITEM (f, list) {
        struct str path = piece_text(p, plain_path(value_text_at(f, "jsonPath")));
        if (paths)
            paths[i++] = path;
    }
    if (row)
        row->selectable = paths;
}

static void fill_warning(struct pieces *p, const struct source *s, const struct value *v, struct schema_resource *row)
{
    struct str own = value_text_at(v, "deprecationWarning"), warning = STR("");
    char text[512];
    if (value_bool_at(v, "deprecated", false)) {
        if (!own.n) {
            int n = snprintf(text, sizeof(text), "%.*s/%.*s %.*s is deprecated", STR_FMT(s->group), STR_FMT(value_text_at(v, "name")),
                             STR_FMT(value_text_at(s->names, "kind")));
            own = str_make(text, MIN((size_t)n, sizeof(text) - 1));
        }
        warning = piece_text(p, own);
    }
    if (row)
        row->warning = warning;
}

struct shared { /* by all versions */
    struct str group, plural, singular, kind, list_kind, short_names, categories, storage_path;
};

static void fill_version(struct pieces *p, const struct source *s, const struct shared *t, size_t i, struct block *b, struct schema_resource *rows,
                         struct schema_kind *kinds)
{
    const struct value *v = s->versions[i];
    struct schema_resource *row = rows ? &rows[i] : NULL;
    struct schema_kind *kind = kinds ? &kinds[2 * i] : NULL;
    struct str version = piece_text(p, value_text_at(v, "name"));
    struct str api_version = piece_join(p, s->group, '/', value_text_at(v, "name"));
    if (row) {
        kind[0] = (struct schema_kind){t->group, version, t->kind, api_version, .custom = &b->base, .place = (uint16_t)i};
        kind[1] = (struct schema_kind){t->group, version, t->list_kind, api_version, .custom = &b->base, .place = (uint16_t)i};
        *row = (struct schema_resource){
            .group = t->group,
            .version = version,
            .name = t->plural,
            .singular = t->singular,
            .short_names = t->short_names,
            .categories = t->categories,
            .kind = &kind[0],
            .list_kind = &kind[1],
            .namespaced = s->namespaced,
            .served = value_bool_at(v, "served", false),
            .group_order = UINT16_MAX,
            .version_order = (uint16_t)i,
            .verbs = SCHEMA_VERB_CREATE | SCHEMA_VERB_GET | SCHEMA_VERB_LIST | SCHEMA_VERB_WATCH | SCHEMA_VERB_UPDATE | SCHEMA_VERB_PATCH |
                     SCHEMA_VERB_DELETE | SCHEMA_VERB_DELETECOLLECTION,
            .storage_path = t->storage_path,
            .stability = STR("GA"),
            .since = STR(""),
            .deprecated = STR(""),
            .removed = STR(""),
            .custom = &b->base,
        };
    }
    fill_subresources(p, v, row, kind);
    fill_selectable(p, v, row);
    fill_warning(p, s, v, row);
}

static void fill(struct pieces *p, const struct source *s, struct str name, struct block *b)
{
    struct schema_resource *rows = piece(p, s->n * sizeof(*rows));
    struct schema_kind *kinds = piece(p, 2 * s->n * sizeof(*kinds));
    struct structural **compiled = piece(p, s->n * sizeof(*compiled));
    struct str kept = piece_text(p, name);
    struct shared t = {
        .group = piece_text(p, s->group),
        .plural = piece_text(p, s->plural),
        .singular = piece_text(p, value_text_at(s->names, "singular")),
        .kind = piece_text(p, value_text_at(s->names, "kind")),
        .list_kind = piece_text(p, value_text_at(s->names, "listKind")),
        .short_names = piece_list(p, value_get(s->names, STR("shortNames"))),
        .categories = piece_list(p, value_get(s->names, STR("categories"))),
        .storage_path = piece_join(p, s->group, '/', s->plural),
    };
    for (size_t i = 0; i < s->n; i++)
        fill_version(p, s, &t, i, b, rows, kinds);
    if (!b)
        return;
    b->compiled = compiled;
    b->base.name = kept;
    b->base.group = t.group;
    b->base.plural = t.plural;
    b->base.kind = t.kind;
    b->base.resources = rows;
    b->base.n = (uint16_t)s->n;
    const struct schema_resource *storage = NULL;
    for (size_t i = 0; i < s->n; i++)
        if (value_bool_at(s->versions[i], "storage", false))
            storage = &rows[i];
    for (size_t i = 0; i < s->n; i++)
        rows[i].storage = storage;
}

static void drop(struct schema_custom *c)
{
    struct block *b = CONTAINER_OF(c, struct block, base);
    for (size_t i = 0; i < c->n; i++)
        structural_free(b->compiled[i]);
    object_unref(b->definition);
    mem_free(b);
}

/* ── the definition ── */

static const void *leave_schema(const void *parent, struct str key)
{
    (void)parent;
    return str_is(key, "openAPIV3Schema") || str_is(key, "managedFields") ? VALUE_GUIDE_RAW : "";
}

static int read_source(const struct value *tree, struct source *s, struct err *err)
{
    s->tree = tree;
    s->names = value_at(tree, "status.acceptedNames");
    s->group = value_text_at(tree, "spec.group");
    s->plural = value_text_at(s->names, "plural");
    s->namespaced = str_is(value_text_at(tree, "spec.scope"), "Namespaced");
    s->n = order_versions(value_at(tree, "spec.versions"), s->versions, VERSIONS_MAX);
    if (!s->group.n || !s->plural.n || !s->n || !value_text_at(s->names, "kind").n)
        return err_raise(err, -EBADMSG, "the definition has no group, names or versions");
    return 0;
}

int structural_custom(struct schema_custom **out, struct object *definition, const struct value *tree, struct err *err)
{
    SCOPED(arena) mem = NULL;
    const struct value_guide look = {leave_schema, ""};
    struct source s = {0};
    struct value read = {0};
    struct pieces p = {0};
    int r = 0;
    if (!tree) {
        r = arena_new(&mem, DEFINITION_BYTES_MAX);
        r = r < 0 ? err_raise(err, r, "no memory for a definition") : value_parse(mem, definition->stored, &look, NULL, &read, err);
        tree = &read;
    }
    if (r == 0)
        r = read_source(tree, &s, err);
    if (r < 0)
        return r;
    struct str name = value_text_at(tree, "metadata.name");
    fill(&p, &s, name, NULL);
    struct block *b = mem_alloc(sizeof(*b) + p.used);
    if (!b)
        return err_raise(err, -ENOMEM, "no memory for a definition");
    p = (struct pieces){.base = (char *)(b + 1)};
    b->base.refs = 1;
    b->base.drop = drop;
    b->base.webhook = str_is(value_text_at(tree, "spec.conversion.strategy"), "Webhook");
    b->base.terminating = !value_is_null(value_at(tree, "metadata.deletionTimestamp"));
    b->definition = object_ref(definition);
    fill(&p, &s, name, b);
    *out = &b->base;
    return 0;
}

struct object *structural_definition(const struct schema_custom *c)
{
    return ((const struct block *)(const void *)((const char *)c - offsetof(struct block, base)))->definition;
}

bool structural_changes(const struct structural *s)
{
    return s->revised || (s->root->flags & NODE_DEFAULTS);
}

/* ── compiling on first use ── */

static int compile(const struct schema_kind *kind, struct structural **out)
{
    SCOPED(arena) mem = NULL;
    struct value tree;
    const struct value *version = NULL;
    int r = arena_new(&mem, DEFINITION_BYTES_MAX);
    if (r == 0)
        r = value_parse(mem, structural_definition(kind->custom)->stored, NULL, NULL, &tree, NULL);
    if (r < 0)
        return r;
    VALUE_EACH_ITEM (v, value_at(&tree, "spec.versions")) {
        if (str_eq(value_text_at(v, "name"), kind->version))
            version = v;
    }
    r = structural_new(out, value_at(version, "schema.openAPIV3Schema"), value_get(version, STR("additionalPrinterColumns")), NULL);
    if (r == 0)
        (*out)->revised = value_int_at(&tree, "metadata.generation", 1) > 1;
    return r;
}

const struct structural *structural_of(const struct schema_kind *kind)
{
    struct block *b = CONTAINER_OF(kind->custom, struct block, base);
    struct structural *s = __atomic_load_n(&b->compiled[kind->place], __ATOMIC_ACQUIRE), *expected = NULL;
    if (s)
        return s;
    if (compile(kind, &s) < 0)
        return NULL;
    if (__atomic_compare_exchange_n(&b->compiled[kind->place], &expected, s, false, __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE))
        return s;
    structural_free(s);
    return expected;
}
