#include "scene/inside.h"
#include "selector/selector.h"

/* How many objects are so? */

struct counted {
    uint64_t objects, nodes;
};

const struct schema_resource *scene_resource(const struct value *object, const char *path, struct err *err)
{
    struct str version = value_text_at(object, "apiVersion"), kind = value_text_at(object, "kind");
    const struct schema_resource *rows;
    size_t n = schema_resources(&rows);
    for (size_t i = 0; i < n; i++)
        if (rows[i].kind && str_eq(rows[i].kind->name, kind) && str_eq(rows[i].kind->api_version, version) && rows[i].storage_path.n)
            return &rows[i];
    err_raise(err, -EINVAL, "%s: no kind \"%.*s\" of \"%.*s\"", path, STR_FMT(kind), STR_FMT(version));
    return NULL;
}

static struct str condition_of(const struct value *tree, struct str type)
{
    const struct value *list = value_at(tree, "status.conditions");
    VALUE_EACH_ITEM (c, list)
        if (str_eq(value_text_at(c, "type"), type))
            return value_text_at(c, "status");
    return STR_NONE;
}

static bool has(const struct value *tree, const struct value *paths, bool wanted)
{
    char path[256];
    VALUE_EACH_ITEM (p, paths) {
        struct str text = value_text(p);
        snprintf(path, sizeof(path), "%.*s", STR_FMT(text));
        if (value_is_null(value_at(tree, path)) == wanted)
            return false;
    }
    return true;
}

static bool same(const struct value *is, const struct value *wanted)
{
    return value_equal(is, wanted) || (!is && value_text(wanted).n == 0 && wanted->type == VALUE_TEXT);
}

static bool is_so(const struct value *e, const struct value *tree)
{
    char path[256];
    const struct value *fields = value_at(e, "fields"), *conditions = value_at(e, "conditions");
    VALUE_EACH_MEMBER (m, fields) {
        snprintf(path, sizeof(path), "%.*s", STR_FMT(m->key));
        if (!same(value_at(tree, path), &m->value))
            return false;
    }
    VALUE_EACH_MEMBER (m, conditions)
        if (!str_eq(condition_of(tree, m->key), value_text(&m->value)))
            return false;
    return has(tree, value_at(e, "has"), true) && has(tree, value_at(e, "lacks"), false);
}

static int count(struct world *w, const struct value *e, const struct schema_resource *r, struct selector *s, struct counted *out)
{
    struct topic *t = world_topic(w, r);
    struct str ns = value_text_at(e, "namespace"), name = value_text_at(e, "name");
    struct map nodes = {0};
    SCOPED(arena) a = NULL;
    int rc = t ? arena_new(&a, TREE_MAX) : -ENOMEM;
    for (struct map_slot *at = NULL; rc == 0 && (at = map_next(&t->objects, at)) != NULL;) {
        struct object *o = at->value;
        struct value tree = {0};
        char scratch[32];
        struct str node = STR_NONE;
        if ((ns.n && !str_eq(object_namespace(o), ns)) || (name.n && !str_eq(object_name(o), name)) || (s && !selector_matches_object(s, o)))
            continue;
        arena_reset(a);
        rc = object_tree(a, o, &tree, NULL);
        if (rc < 0 || !is_so(e, &tree))
            continue;
        out->objects++;
        if (object_field(o, "spec.nodeName", &node, scratch) && node.n)
            rc = map_put(&nodes, node, o);
    }
    out->nodes = nodes.n;
    map_done(&nodes);
    return rc;
}

static bool holds(const struct value *e, const struct counted *c)
{
    int64_t n = (int64_t)c->objects;
    return value_int_at(e, "count", n) == n && value_int_at(e, "atLeast", n) <= n && value_int_at(e, "atMost", n) >= n &&
           value_int_at(e, "nodes", (int64_t)c->nodes) == (int64_t)c->nodes;
}

int scene_expect(struct world *w, const struct value *e, const char *path, const struct scene_options *o, struct err *err)
{
    static const char *const names[] = {"apiVersion", "kind",  "namespace", "name",    "selector", "fields", "conditions",
                                        "has",        "lacks", "count",     "atLeast", "atMost",   "nodes",  NULL};
    const struct schema_resource *res = scene_resource(e, path, err);
    struct selector *s = NULL;
    struct counted c = {0};
    SCOPED(arena) a = NULL;
    SCOPED_BUF line = BUF_INIT(0);
    int r = arena_new(&a, 1u << 20);
    if (!res || r < 0)
        return r < 0 ? r : -EINVAL;
    r = value_only(e, path, names, err);
    if (r == 0 && !value_at(e, "count") && !value_at(e, "atLeast") && !value_at(e, "atMost") && !value_at(e, "nodes"))
        r = err_raise(err, -EINVAL, "%s.count: Required value: or atLeast, atMost, nodes", path);
    if (r == 0 && value_at(e, "selector"))
        r = selector_parse_labels(a, value_text_at(e, "selector"), &s, err);
    if (r == 0)
        r = count(w, e, res, s, &c);
    if (r < 0)
        return r;
    bool good = holds(e, &c);
    w->result->expected++;
    w->result->missed += !good;
    buf_fmt(&line, "%s: %llu %.*s", path, (unsigned long long)c.objects, STR_FMT(res->name));
    if (c.nodes)
        buf_fmt(&line, " on %llu nodes", (unsigned long long)c.nodes);
    for (size_t i = 9; !good && names[i]; i++)
        if (value_at(e, names[i]))
            buf_fmt(&line, ", wanted %s %lld", names[i], (long long)value_int_at(e, names[i], 0));
    if (o->tell)
        o->tell(o->ctx, good, buf_cstr(&line));
    return 0;
}
