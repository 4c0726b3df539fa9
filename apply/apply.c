#include "json/json.h"
#include "apply/inside.h"

/* KEP-555, as structured-merge-diff's Updater and apiserver's field managers do it. */

/* Sets as constants: they are the same for every request, and sets are not changed once built. */
#define MEMBER(name) \
    { \
        .part = {'f', STR_INIT(name)}, .bits = SET_MEMBER \
    }
#define SET_OF(nodes) \
    { \
        (struct field_node *)(uintptr_t)(nodes), ARRAY_LEN(nodes), ARRAY_LEN(nodes) \
    }
static const struct field_node stripped_metadata[] = {
    MEMBER("clusterName"), MEMBER("creationTimestamp"), MEMBER("generation"), MEMBER("managedFields"), MEMBER("name"),
    MEMBER("namespace"),   MEMBER("resourceVersion"),   MEMBER("selfLink"),   MEMBER("uid"),
};
static const struct field_node stripped[] = {
    MEMBER("apiVersion"),
    MEMBER("kind"),
    {.part = {'f', STR_INIT("metadata")}, .bits = SET_MEMBER, .below = SET_OF(stripped_metadata)},
};
static const struct field_node only_spec[] = {MEMBER("spec")}, only_status[] = {MEMBER("status")};

/* What a strategy resets, beside the main rule "status is not for main updates, spec not for status updates". */
static const struct {
    const char *kind, *outer, *inner;
} status_resets[] = {
    {"Deployment", "metadata", "labels"},
    {"Pod", "metadata", "deletionTimestamp"},
    {"Pod", "metadata", "ownerReferences"},
    {"CustomResourceDefinition", "metadata", NULL},
};

struct changes;
struct elsewhere;
struct applying {
    struct elsewhere *others; /* the changes as other versions see them */
    struct field_set given;   /* all the configuration mentions, its name and type included */
    struct arena *arena;
    const struct apply_options *o;
    struct shaping shape;
    struct owners owners;
    struct field_set strip, reset;
    bool same; /* the applier owns what it did: its text stays, and need not be read */
    struct err *err;
};

static int no_memory(struct applying *p)
{
    return err_raise(p->err, -ENOMEM, "no memory for managed fields");
}

static struct field_node *node_at(struct arena *a, struct field_set *s, const char *name)
{
    struct path_part part = {'f', str_of(name)};
    struct field_node *at = set_find(s, part);
    if (at)
        return at;
    if (!set_append(a, s, part))
        return NULL;
    set_sort(s);
    return set_find(s, part);
}

static int member_add(struct arena *a, struct field_set *s, const char *outer, const char *inner)
{
    struct field_node *at = node_at(a, s, outer);
    if (at && inner)
        at = node_at(a, &at->below, inner);
    if (!at)
        return -ENOMEM;
    at->bits |= SET_MEMBER;
    return 0;
}

static int rules_make(struct applying *p)
{
    static const struct field_set strip = SET_OF(stripped), spec = SET_OF(only_spec), status = SET_OF(only_status);
    bool of_status = str_is(p->o->subresource, "status");
    int r = 0;
    p->strip = strip;
    if (!p->o->whole && !str_is(p->o->subresource, "scale"))
        p->reset = of_status ? spec : status;
    for (size_t i = 0; r == 0 && of_status && p->o->kind && i < ARRAY_LEN(status_resets); i++) {
        if (!str_is(p->o->kind->name, status_resets[i].kind))
            continue;
        if (p->reset.nodes == spec.nodes) { /* a copy that can grow */
            p->reset = (struct field_set){0};
            r = member_add(p->arena, &p->reset, "spec", NULL);
        }
        if (r == 0)
            r = member_add(p->arena, &p->reset, status_resets[i].outer, status_resets[i].inner);
    }
    return r < 0 ? no_memory(p) : 0;
}

static int start(struct applying *p, struct arena *a, const struct apply_options *o, struct err *err)
{
    *p = (struct applying){.arena = a, .o = o, .err = err};
    p->owners.arena = a;
    const struct schema_message *m = o->message ? o->message : o->kind ? o->kind->message : NULL;
    p->shape = m ? shape_of_message(m) : (struct shaping){SHAPE_UNTYPED, NULL, NULL};
    return rules_make(p);
}

static struct owner self(const struct applying *p, bool applied)
{
    return (struct owner){
        .manager = p->o->manager.n ? p->o->manager : STR("unknown"),
        .api_version = p->o->kind ? p->o->kind->api_version : STR(""),
        .subresource = p->o->subresource,
        .applied = applied,
    };
}

static int stamp(struct applying *p, struct owner *o)
{
    char text[32];
    time_fmt_rfc3339(text, p->o->now);
    return arena_str(p->arena, str_of(text), &o->time) < 0 ? no_memory(p) : 0;
}

/* What changed between two objects, without what this request may not change. */
struct changes {
    struct field_set taken; /* added and modified */
    struct field_set removed;
};

static int changes_find(struct applying *p, const struct value *before, const struct value *after, bool zeros, struct changes *out)
{
    static const struct value nothing = {.type = VALUE_MAP};
    struct field_set all, kept;
    int r = apply_compare(p->arena, p->shape, before ? before : &nothing, after, zeros, &all, p->err);
    if (r < 0)
        return r;
    r = set_cut(p->arena, &all, &p->reset, &kept);
    if (r == 0)
        r = set_select(p->arena, &kept, SET_ADDED | SET_MODIFIED, &out->taken);
    out->removed = (struct field_set){0};
    if (r == 0 && before) /* of a new object nothing was */
        r = set_select(p->arena, &kept, SET_REMOVED, &out->removed);
    return r < 0 ? no_memory(p) : 0;
}

struct elsewhere { /* in the arena */
    struct elsewhere *next;
    struct str api_version;
    bool missing;
    struct changes changes;
};

static int compare_elsewhere(struct applying *p, const struct value *before, const struct value *after, bool zeros, struct elsewhere *e)
{
    struct shaping own = p->shape;
    struct value was = {0}, is = {0};
    const struct schema_message *m = NULL;
    int r = before ? p->o->in_version(p->o->ctx, e->api_version, before, &was, &m) : 0;
    if (r == 0)
        r = p->o->in_version(p->o->ctx, e->api_version, after, &is, &m);
    e->missing = r == 1;
    if (r)
        return MIN(r, 0);
    p->shape = m ? shape_of_message(m) : (struct shaping){SHAPE_UNTYPED, NULL, NULL};
    r = changes_find(p, before ? &was : NULL, &is, zeros, &e->changes);
    p->shape = own;
    return r;
}

/* What changed, in the version the owner wrote in; *out NULL: there is none such any more. */
static int changes_for(struct applying *p, const struct owner *o, const struct value *before, const struct value *after, bool zeros,
                       const struct changes *own, const struct changes **out)
{
    struct elsewhere *e = p->others;
    *out = own;
    if (!p->o->in_version || !p->o->kind || str_eq(o->api_version, p->o->kind->api_version))
        return 0;
    while (e && !str_eq(e->api_version, o->api_version))
        e = e->next;
    if (!e) {
        e = arena_alloc(p->arena, sizeof(*e));
        if (!e)
            return no_memory(p);
        e->api_version = o->api_version;
        int r = compare_elsewhere(p, before, after, zeros, e);
        if (r < 0)
            return r;
        e->next = p->others;
        p->others = e;
    }
    *out = e->missing ? NULL : &e->changes;
    return 0;
}

/* Neither in this version nor, then, in any other: nobody else's fields need to be looked at. */
static bool nothing_changed(const struct applying *p, const struct changes *c)
{
    return set_empty(&c->taken) && set_empty(&c->removed) && !p->o->in_version;
}

/* Everybody but `but` loses what was changed or removed. */
static int owners_yield(struct applying *p, const struct owner *but, const struct value *before, const struct value *after, bool zeros,
                        const struct changes *own)
{
    if (nothing_changed(p, own))
        return 0;
    for (size_t i = 0; i < p->owners.list.n; i++) {
        struct owner *o = &p->owners.list.p[i];
        struct field_set lost, left;
        const struct changes *c;
        if (o == but)
            continue;
        int r = changes_for(p, o, before, after, zeros, own, &c);
        if (r == 0 && c)
            r = owner_known(&p->owners, o, p->err);
        if (r < 0)
            return r;
        if (!c) {
            o->set = (struct field_set){0};
            o->text = STR_NONE;
            o->unread = false;
            continue;
        }
        r = set_union(p->arena, &c->taken, &c->removed, &lost);
        if (r == 0)
            r = set_intersection(p->arena, &o->set, &lost, &lost);
        if (r == 0 && set_empty(&lost))
            continue;
        if (r == 0)
            r = set_difference(p->arena, &o->set, &lost, &left);
        if (r < 0)
            return no_memory(p);
        o->set = left;
        o->text = STR_NONE;
    }
    return 0;
}

/* ── create, update, patch ── */
static int track(struct applying *p, const struct value *before, const struct value *after, struct str manager)
{
    struct changes c;
    struct field_set mine;
    int r = changes_find(p, before, after, false, &c);
    if (r == 0)
        r = owners_yield(p, NULL, before, after, false, &c);
    if (r == 0 && set_difference(p->arena, &c.taken, &p->strip, &mine) < 0)
        r = no_memory(p);
    if (r == 0 && !set_empty(&mine)) {
        struct owner like = self(p, false);
        like.manager = manager;
        struct owner *o = owners_find(&p->owners, &like);
        if (!o)
            o = owners_add(&p->owners, &like);
        if (!o || set_union(p->arena, &mine, &o->set, &mine) < 0)
            return no_memory(p);
        o->set = mine;
        o->text = STR_NONE;
        r = stamp(p, o);
    }
    if (r < 0)
        return r;
    owners_drop_empty(&p->owners);
    return owners_cap(&p->owners) < 0 ? no_memory(p) : 0;
}

/* What a comparison gave becomes a set of members, but for some: in place, for it is nobody else's. */
static void members_keep(struct field_set *s, const struct field_set *but, const struct field_set *below)
{
    uint32_t n = 0, i = 0, k = 0;
    for (uint32_t at = 0; at < s->n; at++) {
        struct field_node node = s->nodes[at];
        int c = 1, b = 1;
        while (i < but->n && (c = part_cmp(but->nodes[i].part, node.part)) < 0)
            i++;
        while (k < below->n && (b = part_cmp(below->nodes[k].part, node.part)) < 0)
            k++;
        static const struct field_set none;
        bool out = i < but->n && c == 0, cut = k < below->n && b == 0;
        if (cut && (below->nodes[k].bits & SET_MEMBER))
            continue;
        node.bits = !(node.bits & (SET_ADDED | SET_MODIFIED)) || (out && (but->nodes[i].bits & SET_MEMBER)) ? 0 : SET_MEMBER;
        members_keep(&node.below, out ? &but->nodes[i].below : &none, cut ? &below->nodes[k].below : &none);
        if (node.bits || node.below.n)
            s->nodes[n++] = node;
    }
    s->n = n;
}

/* An object nobody owned anything of is made. */
static int track_first(struct applying *p, const struct value *tree)
{
    struct owner me = self(p, false);
    struct first_made made;
    int r = 0;
    if (first_known(p->o, tree, &made, &me.text)) {
        me.unread = true;
    } else {
        r = apply_compare_first(p->arena, p->shape, tree, &p->strip, &me.set, p->err);
        if (r < 0)
            return r;
        members_keep(&me.set, &p->strip, &p->reset);
        if (set_empty(&me.set))
            return 0;
        SCOPED_BUF b = BUF_INIT(0);
        (void)buf_room(&b, 512); /* not step by step; a fault sticks to b */
        set_print(&me.set, &b);
        if (buf_error(&b) < 0 || arena_str(p->arena, buf_view(&b), &me.text) < 0)
            return no_memory(p);
        first_keep(p->o, &made, me.text);
    }
    r = stamp(p, &me);
    return r == 0 && !owners_add(&p->owners, &me) ? no_memory(p) : r;
}

/* A list given but empty, or holding one empty entry, asks to forget all owners. */
static bool asks_reset(const struct value *managed_fields)
{
    if (!managed_fields || managed_fields->type != VALUE_LIST)
        return false;
    return value_count(managed_fields) == 0 || (value_count(managed_fields) == 1 && value_count(value_item(managed_fields, 0)) == 0);
}

static void read_or_none(struct applying *p, const struct value *managed_fields, int *r)
{
    *r = owners_read(&p->owners, managed_fields, NULL);
    if (*r == 0)
        *r = owners_known(&p->owners, NULL);
    if (*r < 0)
        p->owners.list.n = 0;
}

static int read_live_or_new(struct applying *p, const struct value *old, const struct value *now)
{
    struct value *given = value_at(now, "metadata.managedFields"), *live = value_at(old, "metadata.managedFields");
    int r = 0;
    if (p->o->subresource.n == 0) {
        if (asks_reset(given))
            return 0;
        read_or_none(p, given, &r);
        if (r == -ENOMEM)
            return no_memory(p);
    }
    if (p->owners.list.n == 0)
        read_or_none(p, live, &r);
    return r == -ENOMEM ? no_memory(p) : 0;
}

int apply_track_update(struct arena *a, const struct apply_options *o, const struct value *old, struct value *now_tree, struct err *err)
{
    struct applying p;
    int r = start(&p, a, o, err);
    if (r == 0)
        r = read_live_or_new(&p, old, now_tree);
    /* Objects nobody tracked so far are not tracked from an update on. */
    bool skip = p.owners.list.n == 0 && value_text_at(old, "metadata.uid").n > 0;
    struct owner me = self(&p, false);
    if (r == 0 && !old && p.owners.list.n == 0)
        r = track_first(&p, now_tree);
    else if (r == 0 && !skip)
        r = track(&p, old, now_tree, me.manager);
    if (r == 0)
        r = owners_write(&p.owners, now_tree, err);
    owners_done(&p.owners);
    return r;
}

int apply_owners_readable(struct arena *a, const struct value *managed_fields, struct err *err)
{
    struct owners o = {.arena = a};
    int r = owners_read(&o, managed_fields, err);
    if (r == 0)
        r = owners_known(&o, err);
    owners_done(&o);
    return r;
}

/* ── server-side apply ── */
static int prune_step(struct applying *p, struct value *v, const struct value *merged, const struct field_set *gone)
{
    struct value copy = {0};
    if (value_fork(p->arena, merged, &copy) < 0 || apply_remove(p->arena, p->shape, &copy, gone) < 0)
        return no_memory(p);
    *v = copy.type == VALUE_NULL ? value_make_map() : copy;
    return 0;
}

static int named_fields(struct applying *p, const struct value *v, struct field_set *out)
{
    struct field_set plain;
    int r = apply_fields(p->arena, p->shape, v, false, &plain, p->err);
    if (r < 0)
        return r;
    return apply_named(p->arena, p->shape, &plain, out) < 0 ? no_memory(p) : 0;
}

/* Takes out what the applier gave up and nobody else owns: first everything it had, then puts back what others
 * (or its new configuration) own, then what it never owned itself. */
static int prune(struct applying *p, struct value *merged, const struct field_set *last)
{
    struct arena *a = p->arena;
    struct field_set had, has, owned = p->given, left, gone; /* its name is nobody's in managed fields, but not given up */
    struct value pruned;
    if (apply_named(a, p->shape, last, &had) < 0)
        return no_memory(p);
    int r = prune_step(p, &pruned, merged, &had);
    for (size_t i = 0; r == 0 && i < p->owners.list.n; i++) {
        if (set_union(a, &owned, &p->owners.list.p[i].set, &owned) < 0)
            r = no_memory(p);
    }
    if (r == 0)
        r = named_fields(p, merged, &has);
    if (r == 0)
        r = named_fields(p, &pruned, &left);
    if (r < 0)
        return r;
    if (apply_named(a, p->shape, &owned, &owned) < 0 || set_union(a, &left, &owned, &left) < 0 || set_difference(a, &has, &left, &gone) < 0)
        return no_memory(p);
    r = prune_step(p, &pruned, merged, &gone);
    if (r == 0)
        r = named_fields(p, &pruned, &left);
    if (r < 0)
        return r;
    if (set_difference(a, &has, &left, &gone) < 0 || set_intersection(a, &gone, &had, &gone) < 0)
        return no_memory(p);
    r = prune_step(p, &pruned, merged, &gone);
    if (r == 0)
        *merged = pruned;
    return r;
}

static int conflict_add(struct applying *p, const struct owner *o, const struct buf *path, struct apply_conflict **list, size_t *n, size_t *cap)
{
    if (*n == *cap) {
        size_t grown = *cap ? *cap * 2 : 8;
        struct apply_conflict *more = arena_alloc(p->arena, grown * sizeof(*more));
        if (!more)
            return no_memory(p);
        if (*n)
            memcpy(more, *list, *n * sizeof(*more));
        *list = more;
        *cap = grown;
    }
    SCOPED_BUF who = BUF_INIT(0);
    owner_print(o, &who);
    struct apply_conflict *c = &(*list)[*n];
    if (buf_error(&who) < 0 || buf_error(path) < 0 || arena_str(p->arena, buf_view(&who), &c->manager) < 0 ||
        arena_str(p->arena, buf_view(path), &c->field) < 0)
        return no_memory(p);
    ++*n;
    return 0;
}

struct listing {
    struct apply_conflict *list;
    size_t n, cap;
};

static int conflicts_list(struct applying *p, const struct owner *o, const struct field_set *s, struct buf *path, struct listing *out)
{
    for (int below = 0; below < 2; below++) { /* a level's own members first, then what is below */
        for (uint32_t i = 0; i < s->n; i++) {
            size_t at = path->n;
            int r = 0;
            part_print(s->nodes[i].part, path);
            if (below)
                r = conflicts_list(p, o, &s->nodes[i].below, path, out);
            else if (s->nodes[i].bits & SET_MEMBER)
                r = conflict_add(p, o, path, &out->list, &out->n, &out->cap);
            path->n = MIN(path->n, at);
            if (r < 0)
                return r;
        }
    }
    return 0;
}

static int owner_order(const void *a, const void *b)
{
    const struct owner *const *x = a, *const *y = b;
    int c = str_cmp((*x)->manager, (*y)->manager);
    if (c == 0)
        c = (int)(*y)->applied - (int)(*x)->applied;
    if (c == 0)
        c = str_cmp((*x)->api_version, (*y)->api_version);
    return c ? c : str_cmp((*x)->subresource, (*y)->subresource);
}

/* Lists what others own of `taken`, but not what `allowed` holds. */
static int conflicts_find(struct applying *p, const struct owner *me, const struct value *before, const struct value *after,
                          const struct changes *own, const struct field_set *allowed, struct listing *out)
{
    size_t n = p->owners.list.n;
    if (nothing_changed(p, own))
        return 0;
    struct owner **sorted = arena_alloc(p->arena, MAX(n, 1) * sizeof(struct owner *));
    if (!sorted)
        return no_memory(p);
    for (size_t i = 0; i < n; i++)
        sorted[i] = &p->owners.list.p[i];
    qsort(sorted, n, sizeof(struct owner *), owner_order);
    for (size_t i = 0; i < n; i++) {
        struct field_set both;
        const struct changes *c;
        if (sorted[i] == me)
            continue;
        int e = changes_for(p, sorted[i], before, after, true, own, &c);
        if (e == 0 && c)
            e = owner_known(&p->owners, sorted[i], p->err);
        if (e < 0)
            return e;
        if (!c)
            continue;
        if (set_intersection(p->arena, &sorted[i]->set, &c->taken, &both) < 0 || set_difference(p->arena, &both, allowed, &both) < 0)
            return no_memory(p);
        SCOPED_BUF path = BUF_INIT(0);
        int r = conflicts_list(p, sorted[i], &both, &path, out);
        if (r < 0)
            return r;
    }
    return 0;
}

void apply_conflicts_print(const struct apply_conflict *list, size_t n, struct buf *out)
{
    if (n == 1) {
        buf_fmt(out, "Apply failed with 1 conflict: conflict with %.*s: %.*s", STR_FMT(list->manager), STR_FMT(list->field));
        return;
    }
    buf_fmt(out, "Apply failed with %zu conflicts: ", n);
    for (size_t i = 0; i < n; i++) {
        if (i == 0 || !str_eq(list[i].manager, list[i - 1].manager))
            buf_fmt(out, "%sconflicts with %.*s:", i ? "\n" : "", STR_FMT(list[i].manager));
        buf_fmt(out, "\n- %.*s", STR_FMT(list[i].field));
    }
}

#define LAST_APPLIED "kubectl.kubernetes.io/last-applied-configuration"

static struct value *last_applied(const struct value *tree)
{
    return value_get(value_at(tree, "metadata.annotations"), STR(LAST_APPLIED));
}

/* Fields kubectl's client-side apply set and nobody changed since: kubectl may take them over without a conflict. */
static int allowed_from_last_applied(struct applying *p, const struct value *live, struct field_set *out)
{
    struct value *text = last_applied(live), config;
    struct field_set applied, changed;
    *out = (struct field_set){0};
    if (!str_is(p->o->manager, "kubectl") || value_text(text).n == 0)
        return 0;
    int r = json_parse(p->arena, text->text, &config, NULL);
    if (r == -ENOMEM)
        return no_memory(p);
    if (r < 0 || config.type != VALUE_MAP || !str_eq(value_text_at(&config, "apiVersion"), p->o->kind->api_version))
        return 0;
    r = apply_fields(p->arena, p->shape, &config, false, &applied, NULL);
    if (r == 0)
        r = apply_compare(p->arena, p->shape, &config, live, true, &changed, NULL);
    if (r == 0)
        r = set_select(p->arena, &changed, SET_ADDED | SET_MODIFIED | SET_REMOVED, &changed);
    if (r == 0)
        r = set_difference(p->arena, &applied, &changed, out);
    return r < 0 ? no_memory(p) : 0;
}

#define ANNOTATIONS_BYTES_MAX (256u * 1024)

/* kubectl's annotation follows its server-side applies, so that a later client-side apply starts from the truth. */
static int last_applied_follow(struct applying *p, const struct value *config, struct value *out)
{
    struct value *at = last_applied(out), copy = {0};
    if (!str_is(p->o->manager, "kubectl") || value_text(at).n == 0)
        return 0;
    if (value_copy(p->arena, config, &copy) < 0)
        return no_memory(p);
    struct value *annotations = value_at(&copy, "metadata.annotations");
    if (annotations)
        value_del(annotations, STR(LAST_APPLIED));
    SCOPED_BUF b = BUF_INIT(0);
    json_print(&b, &copy);
    buf_char(&b, '\n');
    if (buf_error(&b) < 0 || arena_str(p->arena, buf_view(&b), &at->text) < 0)
        return no_memory(p);
    size_t bytes = 0;
    annotations = value_at(out, "metadata.annotations");
    VALUE_EACH_MEMBER (m, annotations)
        bytes += m->key.n + value_text(&m->value).n;
    if (bytes > ANNOTATIONS_BYTES_MAX)
        value_del(annotations, STR(LAST_APPLIED));
    return 0;
}

static int config_check(struct applying *p, const struct value *config)
{
    const struct schema_kind *k = p->o->kind;
    struct str version = value_text_at(config, "apiVersion");
    if (config->type != VALUE_MAP)
        return err_raise(p->err, -EINVAL, "an applied configuration is an object");
    if (k && !str_eq(version, k->api_version))
        return err_raise(p->err, -EINVAL, "Incorrect version specified in apply patch. Specified patch version: %.*s, expected: %.*s",
                         STR_FMT(version), STR_FMT(k->api_version));
    if (!value_is_null(value_at(config, "metadata.managedFields")))
        return err_raise(p->err, -EINVAL, "metadata.managedFields must be nil");
    return 0;
}

static int config_fields(struct applying *p, const struct value *config, struct field_set *out)
{
    const struct schema_kind *k = p->o->kind;
    struct field_set all;
    int r = apply_fields(p->arena, p->shape, config, p->shape.shape == SHAPE_STRUCT, &all, p->err);
    if (r == -EINVAL && k) {
        struct str name = value_text_at(config, "metadata.name"), ns = value_text_at(config, "metadata.namespace");
        return err_wrap(p->err, r, "failed to create typed patch object (%.*s/%.*s; %.*s/%.*s, Kind=%.*s)", STR_FMT(ns), STR_FMT(name),
                        STR_FMT(k->group), STR_FMT(k->version), STR_FMT(k->name));
    }
    if (r < 0)
        return r;
    if (set_cut(p->arena, &all, &p->reset, &all) < 0 || set_difference(p->arena, &all, &p->strip, out) < 0)
        return no_memory(p);
    p->given = all;
    return 0;
}

/* Its text is what this set is written as: so that is what it owned before, and it need not be read. */
static int same_text(struct applying *p, const struct owner *o, const struct field_set *set, struct str *text, bool *same)
{
    SCOPED_BUF b = BUF_INIT(0);
    (void)buf_room(&b, o->text.n + 64);
    set_print(set, &b);
    *same = buf_error(&b) == 0 && str_eq(buf_view(&b), o->text);
    *text = o->text;
    if (!*same && (buf_error(&b) < 0 || arena_str(p->arena, buf_view(&b), text) < 0))
        return no_memory(p);
    return 0;
}

/* The owner this apply writes for, its set replaced by the new one; *last is the old, *less whether it had what is no longer there. */
static int applier(struct applying *p, struct field_set set, struct owner **out, struct field_set *last, bool *less)
{
    struct owner me = self(p, true), *o = owners_find(&p->owners, &me);
    struct str text = STR_NONE;
    bool same = p->same;
    *last = (struct field_set){0};
    *less = false;
    if (same && o) {
        o->api_version = me.api_version;
        *out = o;
        return 0;
    }
    int r = o && o->text.p ? same_text(p, o, &set, &text, &same) : 0;
    if (r == 0 && o && !same) {
        r = owner_known(&p->owners, o, p->err);
        *last = o->set;
    }
    if (r < 0)
        return r == -EBADMSG ? err_wrap(p->err, r, "failed to decode managed fields") : r;
    if (!o)
        o = owners_add(&p->owners, &me);
    if (!o)
        return no_memory(p);
    *out = o;
    if (!same) {
        *less = !set_has_all(&set, last);
        if (!*less && str_eq(o->api_version, me.api_version) && set_has_all(last, &set))
            return 0; /* the same, written in another way: its text stays */
    }
    o->api_version = me.api_version;
    o->set = set;
    o->text = text;
    o->unread = false;
    return 0;
}

/* `kept`: merged says what live said, shared. */
static int settle(struct applying *p, const struct value *live, bool kept, const struct value *config, struct value *merged, struct owner *me,
                  struct listing *conflicts)
{
    struct field_set allowed = {0};
    struct changes c = {{0}};
    int r = kept ? 0 : changes_find(p, live, merged, true, &c);
    if (r == 0 && !p->o->force) {
        r = nothing_changed(p, &c) ? 0 : allowed_from_last_applied(p, live, &allowed);
        if (r == 0)
            r = conflicts_find(p, me, live, merged, &c, &allowed, conflicts);
        if (r < 0 || conflicts->n)
            return r;
    }
    if (r == 0)
        r = owners_yield(p, me, live, merged, true, &c);
    if (r < 0)
        return r;
    bool moved = !live || (!kept && !value_equal(live, merged));
    r = moved ? stamp(p, me) : 0;
    if (r == 0 && moved)
        r = last_applied_follow(p, config, merged);
    if (r == 0)
        owners_drop_empty(&p->owners);
    return r;
}

/* The live object without its managed fields: copies of the two maps this changes, the rest shared. */
static int without_owners(struct applying *p, const struct value *live, struct value *out)
{
    *out = value_make_map();
    VALUE_EACH_MEMBER (m, live) {
        struct value v = m->value;
        if (str_is(m->key, "metadata") && v.type == VALUE_MAP) {
            v = value_make_map();
            VALUE_EACH_MEMBER (inner, &m->value) {
                if (!str_is(inner->key, "managedFields") && !value_set(p->arena, &v, inner->key, inner->value))
                    return -ENOMEM;
            }
        }
        if (!value_set(p->arena, out, m->key, v))
            return -ENOMEM;
    }
    return 0;
}

/* What is written from here on, into the outermost map and into metadata, is no one else's. */
static int own_head(struct applying *p, struct value *v)
{
    struct value head = value_make_map();
    VALUE_EACH_MEMBER (m, v) {
        struct value *at = value_set(p->arena, &head, m->key, m->value);
        if (!at || (str_is(m->key, "metadata") && value_fork(p->arena, &m->value, at) < 0))
            return no_memory(p);
    }
    *v = head;
    return 0;
}

static int lay_over(struct applying *p, const struct value *before, const struct value *config, const struct field_set *last, bool less,
                    struct value *merged)
{
    static const struct value nothing = {.type = VALUE_MAP};
    struct value whole = {0};
    bool custom = p->o->message || (p->o->kind && p->o->kind->custom); /* what has rows gets its nulls back when it is conformed */
    int r = apply_merge(p->arena, p->shape, before ? before : &nothing, config, p->shape.shape == SHAPE_STRUCT, &whole, p->err);
    if (r == 0 && less) {
        r = owners_known(&p->owners, p->err);
        if (r == 0)
            r = prune(p, &whole, last);
    }
    if (r == 0 && apply_drop_nulls(p->arena, p->shape, &whole, custom ? NULL : before, merged) < 0)
        r = no_memory(p);
    return r;
}

/* What it mentions is what the applier owns already, told by the text of that. */
static bool owns_same(struct applying *p, const struct value *config)
{
    struct owner me = self(p, true);
    const struct owner *o = owners_find(&p->owners, &me);
    bool same = o && o->unread && apply_fields_are(p->arena, p->shape, config, &p->strip, &p->reset, o->text);
#ifdef ARENA_ONE_MALLOC /* sure it must be */
    struct field_set set;
    struct str text;
    bool is = true;
    if (same && config_fields(p, config, &set) == 0 && same_text(p, o, &set, &text, &is) == 0)
        CHECK(is);
    p->given = (struct field_set){0};
#endif
    return same;
}

static int apply(struct applying *p, const struct value *live, const struct value *config, struct value *out, struct listing *conflicts)
{
    struct value merged = {0}, before = {0};
    struct field_set set = {0}, last;
    struct owner *me = NULL;
    bool less = false;
    int r = config_check(p, config);
    if (r == 0)
        r = owners_read(&p->owners, value_at(live, "metadata.managedFields"), p->err);
    if (r == -EBADMSG)
        return err_wrap(p->err, r, "failed to decode managed fields");
    if (r < 0)
        return r;
    p->same = owns_same(p, config);
    r = p->same ? 0 : config_fields(p, config, &set);
    if (r < 0)
        return r;
    if (live && without_owners(p, live, &before) < 0)
        return no_memory(p);
    if (live && p->owners.list.n == 0) {
        r = track(p, NULL, &before, STR("before-first-apply"));
        p->others = NULL;
        if (r < 0)
            return r;
    }
    r = applier(p, set, &me, &last, &less);
    if (r == 0)
        r = lay_over(p, live ? &before : NULL, config, &last, less, &merged);
    bool kept = r == 0 && live && value_same(&merged, &before);
    if (r == 0)
        r = own_head(p, &merged);
    if (r == 0)
        r = settle(p, live ? &before : NULL, kept, config, &merged, me, conflicts);
    if (r == 0 && conflicts->n == 0)
        r = owners_write(&p->owners, &merged, p->err);
    if (r < 0)
        return r;
    struct value *mine = kept ? value_at(&merged, "metadata.managedFields") : NULL, *theirs = value_at(live, "metadata.managedFields");
    *out = mine && theirs && value_identical(mine, theirs) ? *live : merged; /* nothing changes: nothing is anybody's but live's */
    return 0;
}

int apply_server_side(struct arena *a, const struct apply_options *o, const struct value *live, const struct value *applied, struct value *out,
                      struct apply_conflict **conflicts, size_t *n_conflicts, struct err *err)
{
    struct applying p;
    struct listing found = {0};
    int r = start(&p, a, o, err);
    if (r == 0)
        r = apply(&p, live, applied, out, &found);
    owners_done(&p.owners);
    if (r < 0)
        return r;
    *conflicts = found.list;
    *n_conflicts = found.n;
    if (found.n == 0)
        return 0;
    SCOPED_BUF text = BUF_INIT(0);
    apply_conflicts_print(found.list, found.n, &text);
    return err_raise(err, 1, "%s", buf_cstr(&text));
}
