#include "json/json.h"
#include "patch/patch.h"

/* Strategic merge patch, as k8s.io/apimachinery/pkg/util/strategicpatch merges
 * a patch into an object. Original and patch are copies of our own, changed in
 * place: directives are taken out of the patch as they are obeyed. */
#define DIRECTIVE     STR("$patch")
#define RETAIN_KEYS   STR("$retainKeys")
#define DELETE_LIST   STR("$deleteFromPrimitiveList/")
#define ELEMENT_ORDER STR("$setElementOrder/")

struct merging {
    struct arena *arena;
    struct err *err;
};

/* What the rows say about one field of a map. */
struct field_rule {
    const struct schema_message *message; /* of the value, of an item, of a map's element; NULL: unknown or scalar */
    struct str merge_key;
    bool merge; /* a list that merges */
    bool replace;
};

static int no_memory(struct merging *g)
{
    return err_raise(g->err, -ENOMEM, "no memory for a strategic merge patch");
}

static struct field_rule rule_of(const struct schema_message *m, const struct schema_message *element, struct str key)
{
    if (!m)
        return (struct field_rule){.message = element};
    const struct schema_field *f = schema_field_find(m, key);
    if (!f)
        return (struct field_rule){0};
    return (struct field_rule){
        .message = f->message,
        .merge_key = f->merge_key,
        .merge = (f->flags & SCHEMA_PATCH_MERGE) != 0,
        .replace = (f->flags & SCHEMA_PATCH_REPLACE) != 0,
    };
}

static bool is_map_field(const struct schema_message *m, struct str key)
{
    const struct schema_field *f = m ? schema_field_find(m, key) : NULL;
    return f && !(f->flags & SCHEMA_REPEATED) && f->type >= SCHEMA_MAP_STRING;
}

static int merge_map(struct merging *g, struct value *original, struct value *patch, const struct schema_message *m,
                     const struct schema_message *element, unsigned depth);

/* ── directives and nulls out of values that are taken over as they are ── */
static void nulls_discard(struct value *v)
{
    for (size_t i = 0; i < value_count(v);) {
        struct value_member *m = value_members(v);
        if (!m) {
            nulls_discard(value_item(v, i++));
        } else if (m[i].value.type == VALUE_NULL) {
            value_del(v, m[i].key);
        } else {
            nulls_discard(&m[i++].value);
        }
    }
}

/* false: the value itself is a directive and is not kept */
static bool directives_remove(struct value *v)
{
    if (v->type == VALUE_MAP && value_get(v, DIRECTIVE))
        return false;
    for (size_t i = 0; i < value_count(v);) {
        struct value_member *m = value_members(v);
        if (directives_remove(m ? &m[i].value : value_item(v, i)))
            i++;
        else if (m)
            value_del(v, m[i].key);
        else
            value_del_item(v, i);
    }
    return true;
}

static int take_over(struct merging *g, struct value *original, struct str key, struct value v, bool discard_nulls)
{
    if (discard_nulls)
        nulls_discard(&v);
    if (!directives_remove(&v)) {
        value_del(original, key);
        return 0;
    }
    return value_set(g->arena, original, key, v) ? 0 : no_memory(g);
}

/* ── lists ── */
static int key_missing(struct merging *g, const struct value *item, struct str key)
{
    SCOPED_BUF shown = BUF_INIT(512);
    json_print(&shown, item);
    return err_raise(g->err, -EINVAL, "map: %s does not contain declared merge key: %.*s", buf_cstr(&shown), STR_FMT(key));
}

/* -1: not found */
static ssize_t find_item(const struct value *list, struct str key, const struct value *want)
{
    for (size_t i = 0; i < value_count(list); i++) {
        struct value *item = value_item(list, i), *have = key.n ? value_get(item, key) : item;
        if (have && value_equal(have, want))
            return (ssize_t)i;
    }
    return -1;
}

static struct value *item_identity(struct value *item, struct str key)
{
    return key.n ? value_get(item, key) : item;
}

static int types_check(struct merging *g, const struct value *a, const struct value *b)
{
    const struct value *first = NULL;
    const struct value *lists[] = {a, b};
    for (size_t k = 0; k < 2; k++) {
        VALUE_EACH_ITEM (item, lists[k]) {
            if (item->type == VALUE_LIST)
                return err_raise(g->err, -EINVAL, "lists of lists are not supported");
            if (!first)
                first = item;
            if ((first->type == VALUE_MAP) != (item->type == VALUE_MAP))
                return err_raise(g->err, -EINVAL, "list element types are not identical");
        }
    }
    return 0;
}

static bool precedes(const struct value *order, struct str key, struct value *a, struct value *b)
{
    return find_item(order, key, item_identity(a, key)) < find_item(order, key, item_identity(b, key));
}

static void sort_by(const struct value *order, struct str key, struct value *items, size_t n)
{
    for (size_t i = 1; i < n; i++) {
        struct value v = items[i];
        size_t at = i;
        for (; at > 0 && precedes(order, key, &v, &items[at - 1]); at--)
            items[at] = items[at - 1];
        items[at] = v;
    }
}

/* Items the patch names in the patch's order, the server's own in the server's
 * order; the two runs are woven together by where the items stood before. */
static int order_items(struct merging *g, struct value *merged, const struct value *patch_order, const struct value *server_order, struct str key,
                       struct value *out)
{
    size_t n = value_count(merged), n_patch = 0, n_server = 0;
    struct value *items = arena_alloc(g->arena, MAX(n, 1) * 2 * sizeof(*items));
    if (!items)
        return no_memory(g);
    struct value *server = items + n;
    VALUE_EACH_ITEM (item, merged) {
        struct value *id = item_identity(item, key);
        if (!id)
            return key_missing(g, item, key);
        if (find_item(patch_order, key, id) >= 0)
            items[n_patch++] = *item;
        else
            server[n_server++] = *item;
    }
    sort_by(patch_order, key, items, n_patch);
    sort_by(server_order, key, server, n_server);
    struct value list = value_make_list();
    for (size_t l = 0, r = 0; l < n_server || r < n_patch;) {
        ssize_t left = l < n_server ? find_item(server_order, key, item_identity(&server[l], key)) : -1;
        ssize_t right = r < n_patch ? find_item(server_order, key, item_identity(&items[r], key)) : -1;
        /* As upstream: when one side is spent, or an item was not in the old list, the other side goes first. */
        bool take_server = r >= n_patch || (l < n_server && left >= 0 && right >= 0 && left < right);
        if (!value_add(g->arena, &list, take_server ? server[l++] : items[r++]))
            return no_memory(g);
    }
    *out = list;
    return 0;
}

/* Obeys $patch: delete and replace items; leaves only ordinary items in the patch. */
static int special_items(struct merging *g, struct value *original, struct value *patch, struct str key)
{
    bool replace = false;
    for (size_t i = 0; i < value_count(patch);) {
        struct value *item = value_item(patch, i), *directive = value_get(item, DIRECTIVE);
        if (!directive) {
            i++;
            continue;
        }
        struct str text = value_text(directive);
        if (str_is(text, "delete")) {
            struct value *id = value_get(item, key);
            ssize_t at;
            if (!id)
                return key_missing(g, item, key);
            while ((at = find_item(original, key, id)) >= 0)
                value_del_item(original, (size_t)at);
        } else if (str_is(text, "replace")) {
            replace = true;
        } else if (str_is(text, "merge")) {
            return err_raise(g->err, -EINVAL, "merging lists cannot yet be specified in the patch");
        } else {
            return err_raise(g->err, -EINVAL, "unknown patch type: %.*s", STR_FMT(text));
        }
        value_del_item(patch, i);
    }
    if (replace) {
        *original = *patch;
        *patch = value_make_list();
    }
    return 0;
}

static int merge_items(struct merging *g, struct value *original, struct value *patch, struct field_rule rule, unsigned depth)
{
    VALUE_EACH_ITEM (item, patch) {
        struct value *id = value_get(item, rule.merge_key);
        if (!id)
            return key_missing(g, item, rule.merge_key);
        ssize_t at = find_item(original, rule.merge_key, id);
        int r = 0;
        if (at >= 0)
            r = merge_map(g, value_item(original, (size_t)at), item, rule.message, NULL, depth + 1);
        else if (!value_add(g->arena, original, *item))
            r = no_memory(g);
        if (r < 0)
            return r;
    }
    return 0;
}

static int merge_scalars(struct merging *g, struct value *original, const struct value *patch)
{
    VALUE_EACH_ITEM (item, patch) {
        if (find_item(original, STR(""), item) < 0 && !value_add(g->arena, original, *item))
            return no_memory(g);
    }
    return 0;
}

static bool of_maps(const struct value *a, const struct value *b)
{
    const struct value *first = value_item(a, 0) ? value_item(a, 0) : value_item(b, 0);
    return first && first->type == VALUE_MAP;
}

static int merge_list(struct merging *g, struct value *original, struct value *patch, struct field_rule rule, unsigned depth)
{
    if (value_count(original) == 0 && value_count(patch) == 0)
        return 0;
    int r = types_check(g, original, patch);
    if (r < 0)
        return r;
    struct value before = value_make_list();
    bool maps = of_maps(original, patch);
    if (maps && rule.merge_key.n == 0)
        return err_raise(g->err, -EINVAL, "cannot merge lists without merge key");
    if (!maps)
        rule.merge_key = STR("");
    if (maps)
        r = special_items(g, original, patch, rule.merge_key);
    VALUE_EACH_ITEM (item, original) { /* the order things stood in, before items are added behind */
        if (!value_add(g->arena, &before, *item))
            return no_memory(g);
    }
    if (r == 0)
        r = maps ? merge_items(g, original, patch, rule, depth) : merge_scalars(g, original, patch);
    struct value ordered;
    if (r == 0)
        r = order_items(g, original, patch, &before, rule.merge_key, &ordered);
    if (r == 0)
        *original = ordered;
    return r;
}

static void delete_scalars(struct value *original, const struct value *gone)
{
    for (size_t i = 0; i < value_count(original);) {
        if (find_item(gone, STR(""), value_item(original, i)) >= 0)
            value_del_item(original, i);
        else
            i++;
    }
}

/* ── $setElementOrder ── */
static int order_matches(struct merging *g, const struct value *patch, const struct value *order, struct str key)
{
    size_t at = 0;
    if (value_count(patch) == 0 || value_count(order) == 0)
        return 0;
    VALUE_EACH_ITEM (item, patch) {
        if (value_get(item, DIRECTIVE))
            continue;
        struct value *id = item_identity(item, key);
        if (!id)
            return key_missing(g, item, key);
        bool found = false;
        while (!found && at < value_count(order)) {
            struct value *want = item_identity(value_item(order, at++), key);
            if (!want)
                return key_missing(g, value_item(order, at - 1), key);
            found = value_equal(id, want);
        }
        if (!found)
            return err_raise(g->err, -EINVAL, "The order in patch list doesn't match $setElementOrder list");
    }
    return 0;
}

static int element_order(struct merging *g, struct value *original, struct value *patch, struct str field, struct value order, struct field_rule rule,
                         unsigned depth)
{
    struct value *have = value_get(original, field), *change = value_get(patch, field);
    if (order.type != VALUE_LIST || (have && have->type != VALUE_LIST) || (change && change->type != VALUE_LIST))
        return err_raise(g->err, -EINVAL, "invalid patch format of setElementOrder list");
    struct str key = rule.merge_key;
    if (!have && !change)
        return 0;
    int r = change ? order_matches(g, change, &order, key) : 0;
    if (r < 0)
        return r;
    struct value before = value_make_list(), merged = {0}, ordered;
    VALUE_EACH_ITEM (item, have) {
        if (!value_add(g->arena, &before, *item))
            return no_memory(g);
    }
    if (have)
        merged = *have;
    if (have && change && rule.merge)
        r = merge_list(g, &merged, change, rule, depth);
    else if (change) {
        directives_remove(change);
        merged = *change;
    }
    if (r == 0)
        r = order_items(g, &merged, &order, &before, key, &ordered);
    if (r < 0)
        return r;
    value_del(patch, field);
    return value_set(g->arena, original, field, ordered) ? 0 : no_memory(g);
}

static int element_orders(struct merging *g, struct value *original, struct value *patch, const struct schema_message *m, unsigned depth)
{
    for (size_t i = 0; i < value_count(patch);) {
        struct value_member at = value_members(patch)[i];
        if (!str_starts(at.key, ELEMENT_ORDER)) {
            i++;
            continue;
        }
        struct str field = str_from(at.key, ELEMENT_ORDER.n);
        value_del(patch, at.key);
        int r = element_order(g, original, patch, field, at.value, rule_of(m, NULL, field), depth);
        if (r < 0)
            return r;
        i = 0; /* members moved */
    }
    return 0;
}

/* ── $retainKeys ── */
static int retain_keys(struct merging *g, struct value *original, struct value *patch)
{
    struct value *at = value_get(patch, RETAIN_KEYS);
    if (!at)
        return 0;
    struct value keep = *at;
    value_del(patch, RETAIN_KEYS);
    if (keep.type != VALUE_LIST)
        return err_raise(g->err, -EINVAL, "invalid patch format of retainKeys");
    VALUE_EACH_MEMBER (m, patch) {
        struct value name = value_make_text(m->key);
        if (m->value.type == VALUE_NULL || str_starts(m->key, DELETE_LIST) || str_starts(m->key, ELEMENT_ORDER))
            continue;
        if (find_item(&keep, STR(""), &name) < 0)
            return err_raise(g->err, -EINVAL, "invalid patch format of retainKeys");
    }
    for (size_t i = 0; i < value_count(original);) {
        struct value name = value_make_text(value_members(original)[i].key);
        if (find_item(&keep, STR(""), &name) < 0)
            value_del(original, name.text);
        else
            i++;
    }
    return 0;
}

/* ── maps ── */
static int merge_member(struct merging *g, struct value *original, struct value_member *p, const struct schema_message *m,
                        const struct schema_message *element, unsigned depth)
{
    bool deleting = str_starts(p->key, DELETE_LIST);
    struct str key = deleting ? str_from(p->key, DELETE_LIST.n) : p->key;
    struct value *have = value_get(original, key);
    if (p->value.type == VALUE_NULL) {
        value_del(original, key);
        return 0;
    }
    if (!deleting && m && key.n && key.p[0] == '$' && !schema_field_find(m, key))
        return err_raise(g->err, -EINVAL, "unknown patch directive \"%.*s\"", STR_FMT(key));
    if (deleting) {
        if (p->value.type != VALUE_LIST)
            return err_raise(g->err, -EINVAL, "invalid patch format of primitive list");
        if (have && have->type == VALUE_LIST)
            delete_scalars(have, &p->value);
        return 0;
    }
    if (!have || have->type != p->value.type)
        return take_over(g, original, key, p->value, true);
    struct field_rule rule = rule_of(m, element, key);
    if (have->type == VALUE_MAP && !rule.replace) {
        bool map = is_map_field(m, key);
        return merge_map(g, have, &p->value, map ? NULL : rule.message, map ? rule.message : NULL, depth + 1);
    }
    if (have->type == VALUE_LIST && rule.merge)
        return merge_list(g, have, &p->value, rule, depth + 1);
    if (have->type == VALUE_MAP || have->type == VALUE_LIST) {
        *have = p->value;
        return 0;
    }
    return take_over(g, original, key, p->value, false);
}

/* `m` is the message the map is, or NULL with `element` the message of each member. */
static int merge_map(struct merging *g, struct value *original, struct value *patch, const struct schema_message *m,
                     const struct schema_message *element, unsigned depth)
{
    if (depth > VALUE_DEPTH_MAX)
        return err_raise(g->err, -E2BIG, "the patch is nested too deeply");
    struct value *directive = value_get(patch, DIRECTIVE);
    if (directive) {
        struct str text = value_text(directive);
        if (str_is(text, "replace")) {
            value_del(patch, DIRECTIVE);
            *original = *patch;
        } else if (str_is(text, "delete")) {
            *original = value_make_map();
        } else if (str_is(text, "merge")) {
            value_del(patch, DIRECTIVE);
            return merge_map(g, original, patch, m, element, depth + 1);
        } else {
            return err_raise(g->err, -EINVAL, "unknown patch type: %.*s", STR_FMT(text));
        }
        return 0;
    }
    int r = retain_keys(g, original, patch);
    if (r == 0)
        r = element_orders(g, original, patch, m, depth);
    for (size_t i = 0; r == 0 && i < value_count(patch); i++)
        r = merge_member(g, original, &value_members(patch)[i], m, element, depth);
    return r;
}

int patch_strategic(struct arena *a, const struct schema_message *m, const struct value *target, const struct value *patch, struct value *out,
                    struct err *err)
{
    struct merging g = {.arena = a, .err = err};
    struct value doc = {0}, change = {0};
    if (patch->type != VALUE_MAP)
        return err_raise(err, -EINVAL, "a strategic merge patch is an object");
    if (value_copy(a, target, &doc) < 0 || value_copy(a, patch, &change) < 0)
        return no_memory(&g);
    if (doc.type != VALUE_MAP)
        doc = value_make_map();
    int r = merge_map(&g, &doc, &change, m, NULL, 0);
    if (r == 0)
        *out = doc;
    return r;
}
