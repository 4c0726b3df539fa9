/* Whose webhook is asked, and the answers kept. */
#include "convert/inside.h"
#include "structural/structural.h"

/* ── hooks: one a definition, as it is in the catalogue ── */

static struct str review_version(const struct value *versions)
{
    VALUE_EACH_ITEM (v, versions) {
        if (str_is(value_text(v), "v1"))
            return STR("v1");
        if (str_is(value_text(v), "v1beta1"))
            return STR("v1beta1");
    }
    return STR("");
}

static int asked_read(struct convert *x, struct asked *h)
{
    SCOPED(arena) mem = NULL;
    struct err err = {{0}};
    struct value tree = {0};
    int r = arena_new(&mem, (size_t)64 << 20);
    if (r == 0)
        r = object_tree(mem, structural_definition(h->custom), &tree, &err);
    if (r < 0)
        return r;
    h->version = review_version(value_at(&tree, "spec.conversion.webhook.conversionReviewVersions"));
    r = webhook_new(&h->webhook, x->loop, x->store, value_at(&tree, "spec.conversion.webhook.clientConfig"), &err);
    if (r == -ENOMEM)
        return r;
    if (r < 0 && !(h->broken = mem_text(err.text, strlen(err.text))))
        return -ENOMEM;
    return 0;
}

static struct str asked_key(struct schema_custom *const *custom)
{
    return str_make((const char *)custom, sizeof(*custom));
}

static void asked_drop(struct convert *x, struct asked *h)
{
    map_del(&x->hooks, asked_key(&h->custom));
    LIST_EACH (e, &h->entries, struct entry, of_hook)
        kept_forget(x, e);
    webhook_free(h->webhook);
    mem_free(h->broken);
    schema_custom_unref(h->custom);
    mem_free(h);
}

static int asked_make(struct convert *x, struct schema_custom *custom, struct asked **out)
{
    struct asked *h = mem_alloc(sizeof(*h));
    if (!h)
        return -ENOMEM;
    h->custom = schema_custom_ref(custom);
    list_init(&h->entries);
    int r = asked_read(x, h);
    if (r == 0)
        r = map_put(&x->hooks, asked_key(&h->custom), h);
    if (r < 0) {
        asked_drop(x, h);
        return r;
    }
    *out = h;
    return 0;
}

int asked_take(struct convert *x, struct schema_custom *custom, struct asked **out)
{
    struct asked *h = map_get(&x->hooks, asked_key(&custom));
    int r = h ? 0 : asked_make(x, custom, &h);
    if (r < 0)
        return r;
    h->calls++;
    *out = h;
    return 0;
}

void asked_put(struct asked *h)
{
    if (h)
        h->calls--; /* kept_sweep() takes it away when its definition has changed */
}

void asked_free(struct convert *x)
{
    MAP_EACH (slot, &x->hooks)
        asked_drop(x, slot->value);
    map_done(&x->hooks);
    map_done(&x->entries);
}

static bool is_current(const struct schema_custom *c)
{
    struct schema_custom *now = schema_custom_get(c->name);
    schema_custom_unref(now);
    return now == c; /* compared only */
}

void kept_sweep(struct convert *x)
{
    uint64_t generation = schema_custom_generation();
    bool all = true;
    if (generation == x->generation)
        return;
    MAP_EACH (slot, &x->hooks) {
        struct asked *h = slot->value;
        if (is_current(h->custom))
            continue;
        if (h->calls)
            all = false;
        else
            asked_drop(x, h);
    }
    if (all)
        x->generation = generation;
}

/* ── entries ── */

static struct str entry_key(const struct entry_key *k)
{
    return str_make((const char *)k, sizeof(*k));
}

struct entry *kept_find(struct convert *x, const struct schema_resource *r, const struct object *o)
{
    struct entry_key k = {.from = o, .res = r};
    struct entry *e = map_get(&x->entries, entry_key(&k));
    if (e && e->to) { /* used just now */
        list_del(&e->lru);
        list_add(&x->lru, &e->lru);
    }
    return e;
}

struct entry *kept_unref(struct entry *e)
{
    if (!e || --e->refs)
        return NULL;
    object_unref(e->from);
    object_unref(e->to);
    schema_custom_unref(e->custom);
    return mem_free(e);
}

int kept_make(struct convert *x, struct asked *h, const struct schema_resource *r, struct object *o, struct entry **out)
{
    struct entry *e = mem_alloc(sizeof(*e));
    if (!e)
        return -ENOMEM;
    list_init(&e->lru);
    list_init(&e->of_hook);
    e->refs = 2;
    e->res = r;
    e->custom = schema_custom_ref(r->custom);
    e->from = object_ref(o);
    e->key = (struct entry_key){.from = o, .res = r};
    if (map_put(&x->entries, entry_key(&e->key), e) < 0) {
        e->refs = 1;
        kept_unref(e);
        return -ENOMEM;
    }
    e->kept = true;
    list_add(&h->entries, &e->of_hook);
    *out = e;
    return 0;
}

void kept_forget(struct convert *x, struct entry *e)
{
    if (!e->kept)
        return;
    e->kept = false;
    map_del(&x->entries, entry_key(&e->key));
    list_del(&e->lru);
    list_del(&e->of_hook);
    x->bytes -= e->bytes;
    e->bytes = 0;
    kept_unref(e);
}

void kept_settle(struct convert *x, struct entry *e, struct object *to)
{
    e->to = to;
    if (!e->kept)
        return;
    e->bytes = object_bytes(to) + sizeof(*e);
    x->bytes += e->bytes;
    list_add(&x->lru, &e->lru);
    while (x->bytes > CONVERT_KEPT_BYTES && x->lru.next != &e->lru)
        kept_forget(x, CONTAINER_OF(x->lru.next, struct entry, lru));
}
