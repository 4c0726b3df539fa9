/* From FlowSchemas and PriorityLevelConfigurations to rows that a request is compared with. */
#include "fair/inside.h"
#include "flow/flow.h"

#define SCHEMA_BYTES_MAX ((size_t)4 * 1024 * 1024)

/* ── a schema ── */

void schema_unref(struct schema *s)
{
    if (!s || --s->refs)
        return;
    if (s->stats && !--s->stats->refs)
        mem_free(s->stats);
    arena_free(s->a);
}

static int read_names(struct arena *a, const struct value *list, struct names *out)
{
    out->n = 0;
    out->all = value_count(list) == 1 && str_is(value_text(value_item(list, 0)), "*");
    out->p = arena_alloc(a, (value_count(list) + 1) * sizeof(*out->p));
    if (!out->p)
        return -ENOMEM;
    VALUE_EACH_ITEM (v, list)
        if (arena_str(a, value_text(v), &out->p[out->n++]) < 0)
            return -ENOMEM;
    return 0;
}

static int read_subject(struct arena *a, const struct value *v, struct subject *s)
{
    struct str kind = value_text_at(v, "kind");
    if (str_is(kind, "ServiceAccount")) {
        struct str ns = value_text_at(v, "serviceAccount.namespace"), name = value_text_at(v, "serviceAccount.name");
        s->kind = SUBJECT_ACCOUNT;
        s->prefix = str_is(name, "*");
        s->name = arena_fmt(a, "system:serviceaccount:%.*s:%.*s", STR_FMT(ns), STR_FMT(s->prefix ? STR("") : name));
        return s->name.p ? 0 : -ENOMEM;
    }
    s->kind = str_is(kind, "Group") ? SUBJECT_GROUP : SUBJECT_USER;
    return arena_str(a, value_text_at(v, s->kind == SUBJECT_GROUP ? "group.name" : "user.name"), &s->name);
}

static int read_resources(struct arena *a, const struct value *list, struct rule *r)
{
    r->resources = arena_alloc(a, (value_count(list) + 1) * sizeof(*r->resources));
    if (!r->resources)
        return -ENOMEM;
    VALUE_EACH_ITEM (v, list) {
        struct resource_rule *to = &r->resources[r->n_resources++];
        *to = (struct resource_rule){.cluster = value_bool_at(v, "clusterScope", false)};
        if (read_names(a, value_at(v, "verbs"), &to->verbs) < 0 || read_names(a, value_at(v, "apiGroups"), &to->groups) < 0 ||
            read_names(a, value_at(v, "resources"), &to->resources) < 0 || read_names(a, value_at(v, "namespaces"), &to->namespaces) < 0)
            return -ENOMEM;
    }
    return 0;
}

static int read_paths(struct arena *a, const struct value *list, struct rule *r)
{
    r->paths = arena_alloc(a, (value_count(list) + 1) * sizeof(*r->paths));
    if (!r->paths)
        return -ENOMEM;
    VALUE_EACH_ITEM (v, list) {
        struct path_rule *to = &r->paths[r->n_paths++];
        if (read_names(a, value_at(v, "verbs"), &to->verbs) < 0 || read_names(a, value_at(v, "nonResourceURLs"), &to->paths) < 0)
            return -ENOMEM;
    }
    return 0;
}

static int read_rules(struct schema *s, const struct value *list)
{
    s->rules = arena_alloc(s->a, (value_count(list) + 1) * sizeof(*s->rules));
    if (!s->rules)
        return -ENOMEM;
    VALUE_EACH_ITEM (v, list) {
        const struct value *subjects = value_at(v, "subjects");
        struct rule *r = &s->rules[s->n_rules++];
        *r = (struct rule){.subjects = arena_alloc(s->a, (value_count(subjects) + 1) * sizeof(*r->subjects))};
        if (!r->subjects)
            return -ENOMEM;
        VALUE_EACH_ITEM (x, subjects) {
            struct subject *to = &r->subjects[r->n_subjects++];
            *to = (struct subject){0};
            if (read_subject(s->a, x, to) < 0)
                return -ENOMEM;
        }
        if (read_resources(s->a, value_at(v, "resourceRules"), r) < 0 || read_paths(s->a, value_at(v, "nonResourceRules"), r) < 0)
            return -ENOMEM;
    }
    return 0;
}

static struct stats *stats_of(struct fair *f, struct str name)
{
    for (size_t i = 0; i < f->n_schemas; i++)
        if (str_eq(f->schemas[i]->name, name)) {
            f->schemas[i]->stats->refs++;
            return f->schemas[i]->stats;
        }
    struct stats *st = mem_alloc(sizeof(*st));
    if (st)
        st->refs = 1;
    return st;
}

static struct schema *schema_new(struct fair *f, const struct value *v, struct level *level)
{
    struct arena *a = NULL;
    struct schema *s = arena_new(&a, SCHEMA_BYTES_MAX) == 0 ? arena_alloc(a, sizeof(*s)) : NULL;
    if (!s) {
        arena_free(a);
        return NULL;
    }
    struct str by = value_text_at(v, "spec.distinguisherMethod.type");
    *s = (struct schema){.refs = 1, .a = a, .level = level, .precedence = value_int_at(v, "spec.matchingPrecedence", 1000)};
    s->by = str_is(by, "ByUser") ? BY_USER : str_is(by, "ByNamespace") ? BY_NAMESPACE : BY_NOTHING;
    int r = arena_str(a, value_text_at(v, "metadata.name"), &s->name);
    if (r == 0)
        r = arena_str(a, value_text_at(v, "metadata.uid"), &s->uid);
    if (r == 0)
        r = read_rules(s, value_at(v, "spec.rules"));
    if (r == 0 && !(s->stats = stats_of(f, s->name)))
        r = -ENOMEM;
    if (r == 0)
        return s;
    schema_unref(s);
    return NULL;
}

static int by_precedence(const void *x, const void *y)
{
    const struct schema *a = *(struct schema *const *)x, *b = *(struct schema *const *)y;
    if (a->precedence != b->precedence)
        return a->precedence < b->precedence ? -1 : 1;
    return str_cmp(a->name, b->name);
}

/* ── a level ── */

struct level *level_free(struct level *l)
{
    if (!l)
        return NULL;
    for (unsigned i = 0; i < l->n_queue; i++)
        mem_free(l->queue[i]);
    mem_free(l->queue);
    heap_done(&l->turns);
    heap_done(&l->places);
    mem_free(l->texts);
    return mem_free(l);
}

void level_reap(struct level *l)
{
    if (!l->quiescing || l->tickets)
        return;
    struct fair *f = l->fair;
    heap_del(&f->turns, &l->turn);
    list_del(&l->link);
    if (f->running_queue && f->running_queue->level == l)
        f->running_queue = NULL;
    level_free(l);
    borrow_limits(f);
}

static int places(struct level *l, unsigned n)
{
    if (n <= l->n_queue)
        return 0;
    struct queue **p = mem_alloc(n * sizeof(struct queue *));
    if (!p)
        return -ENOMEM;
    if (l->n_queue)
        memcpy(p, l->queue, l->n_queue * sizeof(struct queue *));
    mem_free(l->queue);
    l->queue = p;
    l->n_queue = n;
    return 0;
}

static int level_texts(struct level *l, const struct value *v)
{
    struct str name = value_text_at(v, "metadata.name"), uid = value_text_at(v, "metadata.uid");
    l->texts = mem_alloc(name.n + uid.n + 1);
    if (!l->texts)
        return -ENOMEM;
    memcpy(l->texts, name.p ? name.p : "", name.n);
    memcpy(l->texts + name.n, uid.p ? uid.p : "", uid.n);
    l->name = str_make(l->texts, name.n);
    l->uid = str_make(l->texts + name.n, uid.n);
    return 0;
}

static unsigned bounded(const struct value *v, const char *path, int64_t otherwise, unsigned most)
{
    int64_t n = value_int_at(v, path, otherwise);
    return n < 1 ? 1 : (unsigned)MIN(n, (int64_t)most);
}

static struct level *level_new(struct fair *f, const struct value *v)
{
    struct level *l = mem_alloc(sizeof(*l));
    const struct value *own = value_at(v, "spec.limited"), *queuing = value_at(own, "limitResponse.queuing");
    if (!l)
        return NULL;
    l->fair = f;
    list_init(&l->link);
    l->exempt = str_is(value_text_at(v, "spec.type"), "Exempt");
    if (l->exempt)
        own = value_at(v, "spec.exempt");
    l->rejects = !l->exempt && !str_is(value_text_at(own, "limitResponse.type"), "Queue");
    l->queues = l->exempt ? EXEMPT_QUEUES : l->rejects ? 1 : bounded(queuing, "queues", 64, QUEUES_MAX);
    l->hand = l->exempt ? 2 : l->rejects ? 1 : MIN(bounded(queuing, "handSize", 8, HAND_MAX), l->queues);
    l->length = bounded(queuing, "queueLengthLimit", 50, INT32_MAX);
    l->shares = MAX(value_int_at(own, "nominalConcurrencyShares", l->exempt ? 0 : 30), (int64_t)0);
    l->lendable = MIN(MAX(value_int_at(own, "lendablePercent", 0), (int64_t)0), (int64_t)100);
    l->borrowing = value_int_at(own, "borrowingLimitPercent", -1);
    l->retry = 1;
    if (level_texts(l, v) < 0 || places(l, l->queues) < 0)
        return level_free(l);
    return l;
}

static struct level *level_find(struct fair *f, struct str name)
{
    LIST_EACH (l, &f->levels, struct level, link)
        if (str_eq(l->name, name))
            return l;
    return NULL;
}

/* Takes over what is configured, keeps who is in it. */
static void level_take(struct level *l, struct level *from)
{
    char *texts = l->texts;
    l->texts = from->texts;
    from->texts = texts;
    l->name = from->name;
    l->uid = from->uid;
    l->exempt = from->exempt;
    l->rejects = from->rejects;
    l->queues = from->queues;
    l->hand = from->hand;
    l->length = from->length;
    l->shares = from->shares;
    l->lendable = from->lendable;
    l->borrowing = from->borrowing;
    level_free(from);
}

/* ── the whole ── */

struct making {
    struct fair *f;
    VEC(struct level *) levels;  /* as configured, new */
    VEC(struct level *) targets; /* … and who they become: themselves, or the one there is */
    VEC(struct schema *) schemas;
};

static int make_level(struct making *m, const struct value *v)
{
    struct level *l = level_new(m->f, v), **slot = l ? VEC_ADD(&m->levels) : NULL;
    if (!slot) {
        level_free(l);
        return -ENOMEM;
    }
    *slot = l;
    struct level *there = level_find(m->f, l->name), **target = VEC_ADD(&m->targets);
    if (!target)
        return -ENOMEM;
    *target = there ? there : l;
    return there ? places(there, l->queues) : 0;
}

static struct level *target_of(struct making *m, struct str name)
{
    for (size_t i = 0; i < m->levels.n; i++)
        if (str_eq(m->levels.p[i]->name, name))
            return m->targets.p[i];
    return NULL;
}

/* One that leads nowhere is passed over. */
static int make_schema(struct making *m, const struct value *v)
{
    struct level *l = target_of(m, value_text_at(v, "spec.priorityLevelConfiguration.name"));
    if (!l)
        return 0;
    struct schema *s = schema_new(m->f, v, l), **slot = s ? VEC_ADD(&m->schemas) : NULL;
    if (!slot) {
        schema_unref(s);
        return -ENOMEM;
    }
    *slot = s;
    return 0;
}

/* The mandatory ones are there even when nobody has stored them yet. */
static int make_missing(struct making *m, const char *resource, const struct value *list, int (*make)(struct making *m, const struct value *v))
{
    static const char *const names[] = {"exempt", "catch-all"};
    for (size_t i = 0; i < ARRAY_LEN(names); i++) {
        bool there = false;
        VALUE_EACH_ITEM (v, list)
            there = there || str_is(value_text_at(v, "metadata.name"), names[i]);
        if (there)
            continue;
        SCOPED(arena) a = NULL;
        struct value v = {0};
        int r = arena_new(&a, 1024 * 1024);
        if (r == 0)
            r = flow_default(a, str_of(resource), str_of(names[i]), &v);
        if (r == 0)
            r = make(m, &v);
        if (r < 0)
            return r;
    }
    return 0;
}

static int make_all(struct making *m, const struct value *schemas, const struct value *levels)
{
    int r = make_missing(m, "prioritylevelconfigurations", levels, make_level);
    VALUE_EACH_ITEM (v, levels)
        r = r < 0 ? r : make_level(m, v);
    if (r == 0)
        r = make_missing(m, "flowschemas", schemas, make_schema);
    VALUE_EACH_ITEM (v, schemas)
        r = r < 0 ? r : make_schema(m, v);
    if (r == 0) {
        size_t n = m->levels.n;
        LIST_EACH (l, &m->f->levels, struct level, link)
            n++;
        r = heap_reserve(&m->f->turns, n);
    }
    return r;
}

static void put_in_place(struct making *m, int64_t now)
{
    struct fair *f = m->f;
    LIST_EACH (l, &f->levels, struct level, link)
        l->kept = false;
    for (size_t i = 0; i < m->levels.n; i++) {
        struct level *l = m->targets.p[i];
        if (l == m->levels.p[i]) {
            list_add(&f->levels, &l->link);
            l->demand_since = l->period_since = now;
        } else {
            level_take(l, m->levels.p[i]);
        }
        l->kept = true;
        l->quiescing = false;
        m->levels.p[i] = NULL;
    }
    for (size_t i = 0; i < f->n_schemas; i++)
        schema_unref(f->schemas[i]);
    mem_free(f->schemas);
    f->schemas = m->schemas.p;
    f->n_schemas = m->schemas.n;
    m->schemas.p = NULL;
    m->schemas.n = 0;
    qsort(f->schemas, f->n_schemas, sizeof(*f->schemas), by_precedence);
    LIST_EACH (l, &f->levels, struct level, link)
        l->quiescing = !l->kept;
    borrow_limits(f);
    LIST_EACH (l, &f->levels, struct level, link)
        level_reap(l);
    LIST_EACH (l, &f->levels, struct level, link)
        queue_dispatch(l);
}

int fair_configure(struct fair *f, const struct value *schemas, const struct value *levels, int64_t now_ns)
{
    struct making m = {.f = f};
    int r = make_all(&m, schemas, levels);
    f->now = MAX(f->now, now_ns);
    if (r == 0)
        put_in_place(&m, f->now);
    for (size_t i = 0; i < m.levels.n; i++)
        level_free(m.levels.p[i]);
    for (size_t i = 0; i < m.schemas.n; i++)
        schema_unref(m.schemas.p[i]);
    VEC_DONE(&m.levels);
    VEC_DONE(&m.targets);
    VEC_DONE(&m.schemas);
    return r;
}

/* ── which schema is a request's? ── */

static bool is_among(const struct names *l, struct str s)
{
    if (l->all)
        return true;
    for (size_t i = 0; i < l->n; i++)
        if (str_eq(l->p[i], s))
            return true;
    return false;
}

static bool resource_named(const struct names *l, const struct apireq_route *r)
{
    if (l->all)
        return true;
    for (size_t i = 0; i < l->n; i++) {
        struct str s = l->p[i];
        if (!r->subresource.n && str_eq(s, r->resource))
            return true;
        if (r->subresource.n && s.n == r->resource.n + 1 + r->subresource.n && str_starts(s, r->resource) && s.p[r->resource.n] == '/' &&
            str_eq(str_from(s, r->resource.n + 1), r->subresource))
            return true;
    }
    return false;
}

static bool path_named(const struct names *l, struct str path)
{
    for (size_t i = 0; i < l->n; i++) {
        struct str p = l->p[i];
        if (str_is(p, "*") || str_eq(p, path))
            return true;
        if (p.n && p.p[p.n - 1] == '*')
            p.n--;
        bool slash = p.n && p.p[p.n - 1] == '/';
        if (str_starts(path, p) && (slash || (path.n > p.n && path.p[p.n] == '/')))
            return true;
    }
    return false;
}

static bool meant(const struct rule *r, const struct auth_user *u)
{
    for (size_t i = 0; i < r->n_subjects; i++) {
        const struct subject *s = &r->subjects[i];
        if (s->kind == SUBJECT_ACCOUNT) {
            if (s->prefix ? str_starts(u->name, s->name) : str_eq(u->name, s->name))
                return true;
        } else if (str_is(s->name, "*") || (s->kind == SUBJECT_GROUP ? auth_user_in(u, s->name) : str_eq(s->name, u->name))) {
            return true;
        }
    }
    return false;
}

static bool asks_for(const struct rule *r, const struct apireq_route *q)
{
    if (!q->is_resource) {
        for (size_t i = 0; i < r->n_paths; i++)
            if (is_among(&r->paths[i].verbs, q->verb_text) && path_named(&r->paths[i].paths, q->path))
                return true;
        return false;
    }
    for (size_t i = 0; i < r->n_resources; i++) {
        const struct resource_rule *x = &r->resources[i];
        if (is_among(&x->verbs, q->verb_text) && resource_named(&x->resources, q) && is_among(&x->groups, q->group) &&
            (q->ns.n ? is_among(&x->namespaces, q->ns) : x->cluster))
            return true;
    }
    return false;
}

struct schema *schema_match(struct fair *f, const struct fair_ask *ask)
{
    struct schema *rest = NULL;
    for (size_t i = 0; i < f->n_schemas; i++) {
        struct schema *s = f->schemas[i];
        for (size_t k = 0; k < s->n_rules; k++)
            if (asks_for(&s->rules[k], ask->route) && meant(&s->rules[k], ask->user))
                return s;
        if (str_is(s->name, "catch-all"))
            rest = s;
    }
    return rest; /* there always is one: see make_missing() */
}
