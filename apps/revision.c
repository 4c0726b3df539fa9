#include "apps/inside.h"
#include "json/json.h"

/* ControllerRevisions: the history of a template, kept by DaemonSets and StatefulSets.
 *
 * A revision's data is a strategic merge patch that puts its template back:
 * {"spec":{"template":{…,"$patch":"replace"}}}; `kubectl rollout undo` applies it. */

static int by_key(const void *a, const void *b)
{
    return str_cmp(((const struct value_member *)a)->key, ((const struct value_member *)b)->key);
}

/* In place: the tree is a copy of our own. */
static void sort_keys(struct value *v)
{
    if (v->type == VALUE_LIST)
        for (size_t i = 0; i < v->list.n; i++)
            sort_keys(&v->list.items[i]);
    if (v->type != VALUE_MAP)
        return;
    for (size_t i = 0; i < v->map.n; i++)
        sort_keys(&v->map.members[i].value);
    if (v->map.n > 1)
        qsort(v->map.members, v->map.n, sizeof(*v->map.members), by_key);
}

/* Clients recognize the present revision by its bytes: they make a Go map of the template, whose keys come sorted. */
static struct value patch_of(struct view *v, const struct value *owner)
{
    struct value data = {0}, template_ = {0};
    int r = value_copy(v->mem, value_at(owner, "spec.template"), &template_);
    VALUE_SET(&r, v->mem, &template_, "$patch", value_make_text(STR("replace")));
    VALUE_SET(&r, v->mem, &data, "spec.template", template_);
    if (r < 0)
        v->out->failed = true;
    else
        sort_keys(&data);
    return data;
}

static int64_t number_of(const struct value *revision)
{
    return value_int_at(revision, "revision", 0);
}

static int by_number(const void *a, const void *b)
{
    const struct value *x = *(struct value *const *)a, *y = *(struct value *const *)b;
    return number_of(x) < number_of(y) ? -1 : number_of(x) > number_of(y) ? 1 : by_creation(a, b);
}

static void add_revision(struct revisions *h, struct value *data, struct str hash, struct str name, int64_t number)
{
    struct view *v = h->v;
    struct value *fresh = arena_alloc(v->mem, sizeof(*fresh)), owners = value_make_list();
    const struct value *labels = value_at(h->owner, "spec.template.metadata.labels"), *annotations = value_at(h->owner, "metadata.annotations");
    int r = fresh ? 0 : -ENOMEM;
    VALUE_SET(&r, v->mem, fresh, "apiVersion", value_make_text(STR("apps/v1")));
    VALUE_SET(&r, v->mem, fresh, "kind", value_make_text(STR("ControllerRevision")));
    VALUE_SET(&r, v->mem, fresh, "metadata.name", value_make_text(name));
    VALUE_SET(&r, v->mem, fresh, "metadata.namespace", value_make_text(value_text_at(h->owner, "metadata.namespace")));
    for (size_t i = 0; i < 2; i++) {
        const struct value *from = i ? annotations : labels;
        struct value copy = {0};
        if (r == 0 && from)
            r = value_copy(v->mem, from, &copy);
        if (from)
            VALUE_SET(&r, v->mem, fresh, i ? "metadata.annotations" : "metadata.labels", copy);
    }
    if (r == 0)
        put_label(v, &r, fresh, h->label, hash);
    if (r == 0 && !value_add(v->mem, &owners, owner_of(v, "apps/v1", h->kind, h->owner)))
        r = -ENOMEM;
    VALUE_SET(&r, v->mem, fresh, "metadata.ownerReferences", owners);
    VALUE_SET(&r, v->mem, fresh, "data", *data);
    VALUE_SET(&r, v->mem, fresh, "revision", value_make_int(number));
    if (r < 0) {
        v->out->failed = true;
        return;
    }
    want_create(v, "apps", "controllerrevisions", value_text_at(h->owner, "metadata.namespace"), fresh);
    h->items[h->n++] = h->now = fresh;
}

/* The newest number goes to the present template, also when it came back. */
static void renumber(struct revisions *h, struct value *revision, int64_t number)
{
    struct view *v = h->v;
    int r = 0;
    VALUE_SET(&r, v->mem, revision, "revision", value_make_int(number));
    if (r < 0)
        v->out->failed = true;
    want_body(v, want(v, CLIENT_UPDATE, "apps", "controllerrevisions", revision), revision);
}

bool revisions_gather(struct view *v, struct value *owner, const char *kind, const char *label, struct revisions *h)
{
    struct value **found = NULL;
    *h = (struct revisions){.v = v, .owner = owner, .kind = kind, .label = label};
    size_t n = view_claim(v, owner, &(struct claim){"apps/v1", kind, "apps", "controllerrevisions", NULL}, &found);
    h->items = arena_alloc(v->mem, (n + 1) * sizeof(*h->items));
    if (!h->items || v->out->failed) {
        v->out->failed = true;
        return false;
    }
    if (n)
        memcpy(h->items, found, n * sizeof(*found));
    h->n = n;
    qsort(h->items, n, sizeof(*h->items), by_number);
    struct value data = patch_of(v, owner);
    for (size_t i = 0; i < n; i++)
        if (value_equal(value_at(h->items[i], "data"), &data))
            h->now = h->items[i];
    int64_t newest = n ? number_of(h->items[n - 1]) : 0;
    if (is_deleting(owner))
        return !v->out->failed;
    if (h->now) {
        if (number_of(h->now) != newest)
            renumber(h, h->now, newest + 1);
        qsort(h->items, h->n, sizeof(*h->items), by_number);
        return !v->out->failed;
    }
    h->collisions = value_int_at(owner, "status.collisionCount", 0);
    struct str ns = value_text_at(owner, "metadata.namespace"), name, hash;
    do { /* somebody else's of that name: hash again */
        hash = view_hash(v, &data, h->collisions);
        name = arena_fmt(v->mem, "%.*s-%.*s", STR_FMT(str_head(value_text_at(owner, "metadata.name"), 223)), STR_FMT(hash));
    } while (client_cache_get(view_cache(v, "controllerrevisions"), ns, name) && h->collisions++ < 100);
    add_revision(h, &data, hash, name, newest + 1);
    return !v->out->failed;
}

struct str revision_hash(const struct revisions *h, const struct value *revision)
{
    return label_of(revision, h->label);
}

void revisions_forget(struct revisions *h, bool (*used)(void *ctx, const struct value *revision), void *ctx)
{
    int64_t limit = value_int_at(h->owner, "spec.revisionHistoryLimit", 10), old = 0;
    for (size_t i = 0; i < h->n; i++)
        old += h->items[i] != h->now && !used(ctx, h->items[i]);
    for (size_t i = 0; i < h->n && old > limit; i++) {
        if (h->items[i] == h->now || used(ctx, h->items[i]))
            continue;
        want_delete(h->v, view_resource("apps", "controllerrevisions"), h->items[i], CLIENT_BACKGROUND);
        old--;
    }
}

const struct value *revision_template(struct view *v, const struct value *revision)
{
    const struct value *data = value_at(revision, "data");
    if (data && data->type == VALUE_RAW) {
        struct value *tree = arena_alloc(v->mem, sizeof(*tree));
        if (!tree || json_parse(v->mem, data->text, tree, NULL) != 0)
            return NULL;
        data = tree;
    }
    return value_at(data, "spec.template");
}
