/* The RBAC index: roles by key, bindings by the subjects they name.
 *
 * A check walks a user's own holders — one for the user and one a group,
 * cluster-wide and in the asked namespace — so its cost is what the user holds,
 * whatever the cluster's size. Aggregated ClusterRoles are resolved when a
 * ClusterRole changes that matters to them, never in a check; while that is not
 * possible for lack of memory they allow nothing. */
#include "auth/inside.h"
#include "selector/selector.h"

#define SUBJECT_MAX 1536 /* a subject's namespace and name; longer ones hold nothing */

static struct str role_key_print(char buf[SUBJECT_MAX], struct str namespace, struct str name)
{
    int n = snprintf(buf, SUBJECT_MAX, "%.*s/%.*s", STR_FMT(namespace), STR_FMT(name));
    return n > 0 && n < SUBJECT_MAX ? str_make(buf, (size_t)n) : STR_NONE;
}

/* "namespace\nuname": the newline cannot be in a namespace. */
static struct str index_print(char buf[SUBJECT_MAX], struct str namespace, char kind, struct str name)
{
    if (namespace.n + name.n + 2 > SUBJECT_MAX)
        return STR_NONE;
    size_t at = 0;
    if (namespace.n)
        memcpy(buf, namespace.p, namespace.n);
    at = namespace.n;
    buf[at++] = '\n';
    buf[at++] = kind;
    if (name.n)
        memcpy(buf + at, name.p, name.n);
    return str_make(buf, at + name.n);
}

const struct auth_role *auth_role_find(struct auth *x, struct str namespace, struct str name)
{
    char buf[SUBJECT_MAX];
    struct str key = role_key_print(buf, namespace, name);
    return key.n ? map_get(&x->roles, key) : NULL;
}

/* ── roles ── */

static struct auth_role *role_free(struct auth_role *role)
{
    if (!role)
        return NULL;
    arena_free(role->selectors_mem);
    mem_free((void *)role->all);
    return mem_free(role);
}

static int labels_build(struct auth_bump *b, const struct value *labels, struct value *out)
{
    size_t n = value_count(labels), i = 0;
    *out = value_make_map();
    if (n == 0)
        return 0;
    out->map.members = auth_bump_get(b, n * sizeof(struct value_member));
    if (!out->map.members)
        return -ENOMEM;
    VALUE_EACH_MEMBER (m, labels) {
        struct str value;
        struct value_member *to = &out->map.members[i++];
        int r = auth_bump_str(b, m->key, &to->key);
        if (r == 0)
            r = auth_bump_str(b, value_text(&m->value), &value);
        if (r < 0)
            return r;
        to->value = value_make_text(value);
    }
    out->map.n = out->map.cap = (uint32_t)n;
    return 0;
}

static int role_build(struct auth_bump *b, bool cluster, const struct value *object, struct auth_role **out)
{
    struct auth_role *role = AUTH_BUMP_OBJECT(b, struct auth_role);
    const struct value *rules = value_at(object, "rules");
    size_t n = value_count(rules), i = 0;
    char buf[SUBJECT_MAX];
    struct str namespace = cluster ? STR_NONE : value_text_at(object, "metadata.namespace");
    struct str key = role_key_print(buf, namespace, value_text_at(object, "metadata.name"));
    if (!role || auth_bump_str(b, key, &role->key) < 0)
        return -ENOMEM;
    role->cluster = cluster;
    role->name = str_from(role->key, namespace.n + 1);
    role->rules = auth_bump_get(b, n * sizeof(struct auth_rule));
    if (n && !role->rules)
        return -ENOMEM;
    VALUE_EACH_ITEM (rule, rules) {
        int r = auth_rule_compile(b, rule, &role->rules[i++]);
        if (r < 0)
            return r;
    }
    role->n_rules = (uint32_t)n;
    *out = role;
    return cluster ? labels_build(b, value_at(object, "metadata.labels"), &role->labels) : 0;
}

static int selectors_build(struct auth_role *role, const struct value *object)
{
    const struct value *list = value_at(object, "aggregationRule.clusterRoleSelectors");
    if (value_is_null(value_at(object, "aggregationRule")))
        return 0;
    int r = arena_new(&role->selectors_mem, AUTH_OBJECT_BYTES);
    if (r < 0)
        return r;
    role->selectors = arena_alloc(role->selectors_mem, (value_count(list) + 1) * sizeof(struct selector *));
    if (!role->selectors)
        return -ENOMEM;
    VALUE_EACH_ITEM (item, list) {
        struct value copy; /* the selector may borrow from its tree */
        r = value_copy(role->selectors_mem, item, &copy);
        if (r == 0)
            r = selector_from_tree(role->selectors_mem, &copy, &role->selectors[role->n_selectors], NULL);
        if (r == -ENOMEM)
            return r;
        if (r == 0)
            role->n_selectors++; /* a malformed one selects nothing */
    }
    return 0;
}

static bool role_selects(const struct auth_role *role, const struct value *labels)
{
    for (size_t i = 0; i < role->n_selectors; i++)
        if (selector_matches_labels(role->selectors[i], labels))
            return true;
    return false;
}

typedef VEC(const struct auth_role *) role_vec;
typedef VEC(const struct auth_rule *) rule_vec;

static int role_order(const void *a, const void *b)
{
    const struct auth_role *const *x = a, *const *y = b;
    return str_cmp((*x)->name, (*y)->name);
}

/* Adds the rules `role` stands for, those of the roles it selects in order of their names. */
static int rules_gather(struct auth *x, struct auth_role *role, rule_vec *out)
{
    if (role->visited)
        return 0;
    role->visited = true;
    for (size_t i = 0; !role->selectors_mem && i < role->n_rules; i++) {
        const struct auth_rule **slot = VEC_ADD(out);
        if (!slot)
            return -ENOMEM;
        *slot = &role->rules[i];
    }
    if (!role->selectors_mem)
        return 0;
    role_vec members = {0};
    int r = 0;
    MAP_EACH (slot, &x->roles) {
        const struct auth_role *other = slot->value;
        if (!other->cluster || other == role || !role_selects(role, &other->labels))
            continue;
        const struct auth_role **at = VEC_ADD(&members);
        if (!at) {
            r = -ENOMEM;
            break;
        }
        *at = other;
    }
    if (members.n)
        qsort(members.p, members.n, sizeof(*members.p), role_order);
    for (size_t i = 0; r == 0 && i < members.n; i++)
        r = rules_gather(x, map_get(&x->roles, members.p[i]->key), out);
    VEC_DONE(&members);
    return r;
}

static void aggregates_forget(struct auth *x)
{
    for (size_t i = 0; i < x->aggregated.n; i++) {
        struct auth_role *role = x->aggregated.p[i];
        role->all = mem_free((void *)role->all);
        role->n_all = 0;
    }
    x->aggregates_stale = x->aggregated.n > 0;
}

static int aggregates_resolve(struct auth *x)
{
    aggregates_forget(x);
    for (size_t i = 0; i < x->aggregated.n; i++) {
        struct auth_role *role = x->aggregated.p[i];
        rule_vec rules = {0};
        int r = rules_gather(x, role, &rules);
        MAP_EACH (slot, &x->roles)
            ((struct auth_role *)slot->value)->visited = false;
        if (r < 0) {
            VEC_DONE(&rules);
            aggregates_forget(x);
            return r;
        }
        role->all = rules.p;
        role->n_all = (uint32_t)rules.n;
    }
    x->aggregates_stale = false;
    return 0;
}

/* Does a ClusterRole's coming, going or change touch what some aggregated role stands for? */
static bool aggregates_concern(const struct auth *x, const struct auth_role *role)
{
    if (!role || !role->cluster)
        return false;
    if (role->selectors_mem)
        return true;
    for (size_t i = 0; i < x->aggregated.n; i++)
        if (role_selects(x->aggregated.p[i], &role->labels))
            return true;
    return false;
}

static void aggregated_remove(struct auth *x, const struct auth_role *role)
{
    for (size_t i = 0; i < x->aggregated.n; i++)
        if (x->aggregated.p[i] == role)
            x->aggregated.p[i--] = x->aggregated.p[--x->aggregated.n];
}

static int role_make(struct auth *x, bool cluster, const struct value *object, struct auth_role **out)
{
    struct auth_bump b = {.scratch = x->scratch};
    struct auth_role *role;
    arena_reset(x->scratch);
    int r = role_build(&b, cluster, object, &role);
    if (r == 0) {
        b = (struct auth_bump){.block = mem_alloc(b.used)};
        r = b.block ? role_build(&b, cluster, object, &role) : -ENOMEM;
    }
    arena_reset(x->scratch);
    if (r == 0 && cluster)
        r = selectors_build(role, object);
    if (r < 0) {
        if (b.block) /* the role is the block's first object */
            role_free((struct auth_role *)(void *)b.block);
        return r;
    }
    *out = role;
    return 0;
}

static int role_put(struct auth *x, bool cluster, const struct value *object)
{
    struct auth_role *role;
    int r = role_make(x, cluster, object, &role);
    if (r < 0)
        return r;
    struct auth_role *old = map_get(&x->roles, role->key);
    struct auth_role **slot = role->selectors_mem ? VEC_ADD(&x->aggregated) : NULL;
    if (role->selectors_mem && !slot) {
        role_free(role);
        return -ENOMEM;
    }
    if (slot)
        *slot = role;
    r = map_put(&x->roles, role->key, role);
    if (r < 0) {
        aggregated_remove(x, role);
        role_free(role);
        return r;
    }
    bool concern = aggregates_concern(x, role) || aggregates_concern(x, old);
    if (concern)
        aggregates_forget(x);
    aggregated_remove(x, old);
    role_free(old);
    return concern ? aggregates_resolve(x) : 0;
}

static void role_delete(struct auth *x, struct str key)
{
    struct auth_role *old = map_del(&x->roles, key);
    if (!old)
        return;
    bool concern = aggregates_concern(x, old);
    if (concern)
        aggregates_forget(x);
    aggregated_remove(x, old);
    role_free(old);
    if (concern && aggregates_resolve(x) < 0)
        x->aggregates_stale = true;
}

/* ── bindings ── */

static int subject_build(struct auth_bump *b, const struct value *subject, struct str namespace, struct auth_subject *out)
{
    char account[SUBJECT_MAX], buf[SUBJECT_MAX];
    struct str kind = value_text_at(subject, "kind"), name = value_text_at(subject, "name");
    struct str of = value_text_at(subject, "namespace");
    int r = auth_bump_str(b, kind, &out->kind);
    if (r == 0)
        r = auth_bump_str(b, name, &out->name);
    if (str_is(kind, "ServiceAccount")) {
        of = of.n ? of : namespace;
        int n = snprintf(account, sizeof(account), "system:serviceaccount:%.*s:%.*s", STR_FMT(of), STR_FMT(name));
        name = of.n && n > 0 && n < SUBJECT_MAX ? str_make(account, (size_t)n) : STR_NONE;
    }
    if (r == 0)
        r = auth_bump_str(b, of, &out->namespace);
    struct str index = name.n ? index_print(buf, namespace, str_is(kind, "Group") ? 'g' : 'u', name) : STR_NONE;
    return r == 0 ? auth_bump_str(b, index, &out->index) : r;
}

static int binding_build(struct auth_bump *b, bool cluster, const struct value *object, struct auth_binding **out)
{
    char buf[SUBJECT_MAX];
    struct auth_binding *binding = AUTH_BUMP_OBJECT(b, struct auth_binding);
    struct str namespace = cluster ? STR_NONE : value_text_at(object, "metadata.namespace");
    const struct value *subjects = value_at(object, "subjects");
    size_t n = value_count(subjects), i = 0;
    if (!binding || auth_bump_str(b, role_key_print(buf, namespace, value_text_at(object, "metadata.name")), &binding->key) < 0)
        return -ENOMEM;
    binding->namespace = str_head(binding->key, namespace.n);
    binding->name = str_from(binding->key, namespace.n + 1);
    binding->role_cluster = cluster || str_is(value_text_at(object, "roleRef.kind"), "ClusterRole");
    struct str role = role_key_print(buf, binding->role_cluster ? STR_NONE : namespace, value_text_at(object, "roleRef.name"));
    if (auth_bump_str(b, role, &binding->role_key) < 0)
        return -ENOMEM;
    binding->role_name = str_from(binding->role_key, binding->role_cluster ? 1 : namespace.n + 1);
    binding->subjects = auth_bump_get(b, n * sizeof(struct auth_subject));
    if (n && !binding->subjects)
        return -ENOMEM;
    VALUE_EACH_ITEM (subject, subjects) {
        int r = subject_build(b, subject, namespace, &binding->subjects[i++]);
        if (r < 0)
            return r;
    }
    binding->n_subjects = (uint32_t)n;
    *out = binding;
    return 0;
}

static void holding_remove(struct auth *x, const struct auth_binding *binding)
{
    for (size_t i = 0; i < binding->n_subjects; i++) {
        struct auth_holder *h = map_get(&x->subjects, binding->subjects[i].index);
        if (!h)
            continue;
        size_t keep = 0;
        for (size_t k = 0; k < h->held.n; k++)
            if (h->held.p[k].binding != binding)
                h->held.p[keep++] = h->held.p[k];
        h->held.n = keep;
        if (keep == 0) {
            map_del(&x->subjects, binding->subjects[i].index);
            VEC_DONE(&h->held);
            mem_free(h);
        }
    }
}

static int holding_add(struct auth *x, const struct auth_binding *binding, const struct auth_subject *subject)
{
    if (subject->index.n == 0)
        return 0; /* names nobody */
    struct auth_holder *h = map_get(&x->subjects, subject->index);
    if (!h) {
        h = mem_alloc(sizeof(*h) + subject->index.n);
        if (!h)
            return -ENOMEM;
        memcpy(h->key, subject->index.p, subject->index.n);
        int r = map_put(&x->subjects, str_make(h->key, subject->index.n), h);
        if (r < 0) {
            mem_free(h);
            return r;
        }
    }
    struct auth_holding *at = VEC_ADD(&h->held);
    if (!at) {
        if (h->held.n == 0) {
            map_del(&x->subjects, subject->index);
            VEC_DONE(&h->held);
            mem_free(h);
        }
        return -ENOMEM;
    }
    *at = (struct auth_holding){.binding = binding, .subject = subject};
    return 0;
}

static int binding_put(struct auth *x, bool cluster, const struct value *object)
{
    struct auth_bump b = {.scratch = x->scratch};
    struct auth_binding *binding;
    arena_reset(x->scratch);
    int r = binding_build(&b, cluster, object, &binding);
    if (r == 0) {
        b = (struct auth_bump){.block = mem_alloc(b.used)};
        r = b.block ? binding_build(&b, cluster, object, &binding) : -ENOMEM;
    }
    arena_reset(x->scratch);
    if (r < 0) {
        mem_free(b.block);
        return r;
    }
    for (size_t i = 0; r == 0 && i < binding->n_subjects; i++)
        r = holding_add(x, binding, &binding->subjects[i]);
    struct auth_binding *old = map_get(&x->bindings, binding->key);
    if (r == 0)
        r = map_put(&x->bindings, binding->key, binding);
    if (r < 0) {
        holding_remove(x, binding);
        mem_free(binding);
        return r;
    }
    if (old)
        holding_remove(x, old);
    mem_free(old);
    return 0;
}

int auth_rbac_put(struct auth *x, struct str resource, const struct value *object)
{
    if (str_is(resource, "roles") || str_is(resource, "clusterroles"))
        return role_put(x, str_is(resource, "clusterroles"), object);
    if (str_is(resource, "rolebindings") || str_is(resource, "clusterrolebindings"))
        return binding_put(x, str_is(resource, "clusterrolebindings"), object);
    return 0;
}

void auth_rbac_delete(struct auth *x, struct str resource, struct str namespace, struct str name)
{
    char buf[SUBJECT_MAX];
    struct str key = role_key_print(buf, namespace, name);
    if (str_is(resource, "roles") || str_is(resource, "clusterroles")) {
        role_delete(x, key);
    } else if (str_is(resource, "rolebindings") || str_is(resource, "clusterrolebindings")) {
        struct auth_binding *old = map_del(&x->bindings, key);
        if (old)
            holding_remove(x, old);
        mem_free(old);
    }
}

void auth_rbac_done(struct auth *x)
{
    MAP_EACH (slot, &x->roles)
        role_free(slot->value);
    MAP_EACH (slot, &x->bindings)
        mem_free(slot->value);
    MAP_EACH (slot, &x->subjects) {
        struct auth_holder *h = slot->value;
        VEC_DONE(&h->held);
        mem_free(h);
    }
    map_done(&x->roles);
    map_done(&x->bindings);
    map_done(&x->subjects);
    VEC_DONE(&x->aggregated);
}

/* ── questions ── */

static bool holder_each(struct auth *x, struct str index, auth_rule_fn fn, void *ctx)
{
    const struct auth_holder *h = index.n ? map_get(&x->subjects, index) : NULL;
    for (size_t i = 0; h && i < h->held.n; i++) {
        const struct auth_holding *by = &h->held.p[i];
        const struct auth_role *role = map_get(&x->roles, by->binding->role_key);
        if (!role)
            continue;
        if (role->selectors_mem) {
            for (size_t k = 0; k < role->n_all; k++)
                if (fn(ctx, role->all[k], by))
                    return true;
            continue;
        }
        for (size_t k = 0; k < role->n_rules; k++)
            if (fn(ctx, &role->rules[k], by))
                return true;
    }
    return false;
}

static bool subjects_each(struct auth *x, const struct auth_user *u, struct str namespace, auth_rule_fn fn, void *ctx)
{
    char buf[SUBJECT_MAX];
    if (holder_each(x, index_print(buf, namespace, 'u', u->name), fn, ctx))
        return true;
    for (size_t i = 0; i < u->n_groups; i++)
        if (holder_each(x, index_print(buf, namespace, 'g', u->groups[i]), fn, ctx))
            return true;
    return false;
}

bool auth_rbac_each(struct auth *x, const struct auth_user *u, struct str namespace, auth_rule_fn fn, void *ctx)
{
    if (x->aggregates_stale && aggregates_resolve(x) < 0)
        x->aggregates_stale = true;
    return subjects_each(x, u, STR_NONE, fn, ctx) || (namespace.n && subjects_each(x, u, namespace, fn, ctx));
}

struct decision {
    const struct auth_ask *ask;
    uint32_t bit;
    struct str combined;
    const struct auth_holding *by;
};

static bool rule_decides(void *ctx, const struct auth_rule *rule, const struct auth_holding *by)
{
    struct decision *d = ctx;
    if (!auth_rule_allows(rule, d->ask, d->bit, d->combined))
        return false;
    d->by = by;
    return true;
}

static void reason_print(char *reason, const struct auth_holding *by)
{
    const struct auth_binding *b = by->binding;
    const struct auth_subject *s = by->subject;
    bool account = str_is(s->kind, "ServiceAccount");
    const struct str slash = STR("/"), none = STR("");
    const struct str parts[] = {
        STR("RBAC: allowed by "),
        b->namespace.n ? STR("RoleBinding \"") : STR("ClusterRoleBinding \""),
        b->name,
        b->namespace.n ? slash : none,
        b->namespace,
        b->role_cluster ? STR("\" of ClusterRole \"") : STR("\" of Role \""),
        b->role_name,
        STR("\" to "),
        s->kind,
        STR(" \""),
        s->name,
        account ? slash : none,
        account ? s->namespace : none,
        STR("\""),
    };
    size_t at = 0; /* no printf: this is told of each request */
    for (size_t i = 0; i < ARRAY_LEN(parts); i++) {
        size_t n = MIN(parts[i].n, AUTH_REASON_MAX - 1 - at);
        if (n)
            memcpy(reason + at, parts[i].p, n);
        at += n;
    }
    reason[at] = 0;
}

enum auth_decision auth_rbac_decide(struct auth *x, const struct auth_ask *ask, char *reason)
{
    char buf[512];
    struct decision d = {.ask = ask, .bit = auth_verb_bit(ask->verb), .combined = ask->resource};
    if (ask->subresource.n) {
        int n = snprintf(buf, sizeof(buf), "%.*s/%.*s", STR_FMT(ask->resource), STR_FMT(ask->subresource));
        if (n < 0 || (size_t)n >= sizeof(buf))
            return AUTH_NO_OPINION;
        d.combined = str_make(buf, (size_t)n);
    }
    if (!auth_rbac_each(x, ask->user, ask->resource.n ? ask->namespace : STR_NONE, rule_decides, &d))
        return AUTH_NO_OPINION;
    if (reason)
        reason_print(reason, d.by);
    return AUTH_ALLOW;
}

int auth_rbac_aggregate(struct auth *x, struct arena *a, struct str cluster_role, struct value *rules)
{
    const struct auth_role *role = auth_role_find(x, STR_NONE, cluster_role);
    if (!role || !role->selectors_mem)
        return AUTH_ABSENT;
    if (x->aggregates_stale) {
        int r = aggregates_resolve(x);
        if (r < 0)
            return r;
    }
    *rules = value_make_list();
    for (size_t i = 0; i < role->n_all; i++) {
        struct value rule;
        bool have = false;
        int r = auth_rule_tree(a, role->all[i], &rule);
        if (r < 0)
            return r;
        VALUE_EACH_ITEM (item, rules)
            have = have || value_equal(item, &rule);
        if (!have && !value_add(a, rules, rule))
            return -ENOMEM;
    }
    return 0;
}
