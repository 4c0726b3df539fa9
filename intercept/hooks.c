/* The configurations, read and kept. */
#include "object/object.h"
#include "query/query.h"

#include "intercept/inside.h"

#define SET_MEMORY ((size_t)64 << 20)
#define TIMEOUT_MS 10000

static const char *const resources[KINDS] = {"mutatingwebhookconfigurations", "validatingwebhookconfigurations"};

static const struct schema_resource *row(int kind)
{
    return schema_resource_find(STR("admissionregistration.k8s.io"), STR("v1"), str_of(resources[kind]));
}

/* ── reading ── */

static struct str review_version(const struct value *versions)
{
    VALUE_EACH_ITEM (v, versions) {
        if (str_is(value_text(v), "v1") || str_is(value_text(v), "v1beta1"))
            return value_text(v);
    }
    return STR("v1");
}

static int read_hook(struct intercept *x, struct arena *a, struct str configuration, const struct value *tree, struct hook *h)
{
    struct err err = {{0}};
    struct str effects = value_text_at(tree, "sideEffects");
    *h = (struct hook){
        .name = value_text_at(tree, "name"),
        .configuration = configuration,
        .timeout_ms = 1000 * value_int_at(tree, "timeoutSeconds", TIMEOUT_MS / 1000),
        .ignores = str_is(value_text_at(tree, "failurePolicy"), "Ignore"),
        .returns = str_is(value_text_at(tree, "reinvocationPolicy"), "IfNeeded"),
        .quiet = str_is(effects, "None") || str_is(effects, "NoneOnDryRun"),
        .version = review_version(value_at(tree, "admissionReviewVersions")),
    };
    int r = rules_read(a, tree, "rules", NULL, false, &h->rules, &err);
    if (r == 0)
        r = webhook_new(&h->webhook, x->loop, x->store, value_at(tree, "clientConfig"), &err);
    if (r == 0)
        r = policy_conditions_read(x->policies, value_at(tree, "matchConditions"), &h->conditions);
    if (r == -ENOMEM)
        return r;
    if (r < 0)
        h->broken = arena_text(a, err.text, strlen(err.text));
    return r < 0 && !h->broken ? -ENOMEM : 0;
}

static void hooks_free(struct hooks *s)
{
    list_del(&s->link);
    for (size_t i = 0; i < s->n; i++) {
        webhook_free(s->items[i].webhook);
        policy_conditions_free(s->items[i].conditions);
    }
    arena_free(s->mem);
    mem_free(s);
}

struct loading {
    struct intercept *x;
    struct hooks *set;
    VEC(struct hook) found;
};

static int load_object(struct loading *l, struct object *o)
{
    struct value tree = {0};
    int r = object_tree(l->set->mem, o, &tree, NULL);
    VALUE_EACH_ITEM (w, value_at(&tree, "webhooks")) {
        struct hook *h = r == 0 ? VEC_ADD(&l->found) : NULL;
        if (!h)
            return r < 0 ? r : -ENOMEM;
        r = read_hook(l->x, l->set->mem, value_text_at(&tree, "metadata.name"), w, h);
        if (r == 0 && !h->rules)
            l->found.n--; /* a selector nobody can read fits nothing; validation lets none in */
    }
    return r;
}

static int load_all(struct loading *l, int kind)
{
    struct store_snapshot *v = store_snapshot(l->x->store);
    struct store_cursor c;
    struct object *o;
    struct str prefix;
    int r = v ? query_prefix(l->set->mem, row(kind), STR_NONE, &prefix) : -ENOMEM;
    if (r == 0) {
        store_cursor_start(&c, v, prefix, prefix);
        while (r == 0 && (o = store_cursor_next(&c)) != NULL)
            r = load_object(l, o);
    }
    store_snapshot_unref(v);
    return r;
}

static int load(struct intercept *x, int kind, struct hooks **out)
{
    struct loading l = {.x = x, .set = mem_alloc(sizeof(*l.set))};
    if (!l.set)
        return -ENOMEM;
    list_init(&l.set->link);
    l.set->refs = 1;
    int r = arena_new(&l.set->mem, SET_MEMORY);
    if (r == 0)
        r = load_all(&l, kind);
    l.set->items = l.found.p;
    l.set->n = l.found.n;
    if (r == 0 && l.found.n) {
        l.set->items = arena_alloc(l.set->mem, l.found.n * sizeof(struct hook));
        r = l.set->items ? 0 : -ENOMEM;
        if (r == 0)
            memcpy(l.set->items, l.found.p, l.found.n * sizeof(struct hook));
        else
            l.set->items = l.found.p;
    }
    if (r < 0) {
        hooks_free(l.set);
        VEC_DONE(&l.found);
        return r;
    }
    VEC_DONE(&l.found);
    list_add(&x->sets, &l.set->link);
    *out = l.set;
    return 0;
}

/* ── who uses them ── */

static void on_sweep(void *ctx)
{
    hooks_sweep(ctx);
}

void hooks_sweep(struct intercept *x)
{
    LIST_EACH (s, &x->sets, struct hooks, link)
        if (!s->refs)
            hooks_free(s);
}

void hooks_put(struct intercept *x, struct hooks *s)
{
    if (s && --s->refs == 0 && !x->freeing)
        loop_defer(x->loop, &x->sweep, on_sweep, x);
}

int hooks_take(struct intercept *x, int kind, struct hooks **out)
{
    *out = NULL;
    if (x->stale[kind]) {
        struct hooks *fresh;
        int r = load(x, kind, &fresh);
        if (r < 0)
            return r;
        hooks_put(x, x->now[kind]);
        x->now[kind] = fresh;
        x->stale[kind] = false;
    }
    if (!x->now[kind]->n)
        return 0;
    *out = x->now[kind];
    (*out)->refs++;
    return 0;
}

/* ── is one asked? ── */

struct policy_request policy_view(struct intercept_request *q)
{
    return (struct policy_request){
        .arena = q->arena,
        .user = q->user,
        .operation = q->operation,
        .resource = q->resource,
        .kind = q->kind,
        .subresource = q->subresource,
        .namespace = q->namespace,
        .name = q->name,
        .dry_run = q->dry_run,
        .options = q->options,
        .object = q->object,
        .old = q->old,
        .convert = q->convert,
        .settle = q->settle,
        .warn = q->warn,
        .note = q->note,
        .ctx = q->ctx,
        .status = q->status,
        .wait = q->wait,
    };
}

int hook_wanted(struct intercept *x, const struct hook *h, struct intercept_request *q, struct rules_request *what, const struct schema_resource **as,
                struct apireq_status *st)
{
    struct err err = {{0}};
    int r = rules_fit(h->rules, what, as);
    if (r <= 0 || !h->conditions)
        return r;
    struct policy_request view = policy_view(q);
    r = policy_conditions_hold(x->policies, h->conditions, &view, &err);
    if (r != POLICY_BROKEN)
        return r;
    if (h->ignores)
        return 0;
    struct str why = arena_fmt(q->arena, "%s", err.text);
    apireq_status_denied(q->arena, st, q->resource->group, q->resource->name, q->name, why);
    return 2;
}

int intercept_check(struct intercept *x, const struct schema_kind *kind, const struct value *now, const struct value *old, struct faults *f)
{
    return policy_check(x->policies, kind, now, old, f);
}

int intercept_warnings(struct intercept *x, struct arena *a, const struct value *policy, struct value *out)
{
    return policy_warnings(x->policies, a, policy, out);
}

/* ── watching ── */

static int watch(struct intercept *x, int kind);

static void drain(struct intercept *x, int kind)
{
    while (store_watch_next(x->watches[kind]))
        x->stale[kind] = true;
    if (!store_watch_lost(x->watches[kind]))
        return;
    x->stale[kind] = true;
    x->watches[kind] = store_watch_free(x->watches[kind]);
    if (watch(x, kind) < 0)
        x->watches[kind] = NULL; /* what there is stays in force */
}

static void on_mutating(void *ctx)
{
    drain(ctx, MUTATING);
}

static void on_validating(void *ctx)
{
    drain(ctx, VALIDATING);
}

static int watch(struct intercept *x, int kind)
{
    SCOPED(arena) mem = NULL;
    struct str prefix;
    int r = arena_new(&mem, 4096);
    if (r == 0)
        r = query_prefix(mem, row(kind), STR_NONE, &prefix);
    if (r == 0)
        r = store_watch_new(&x->watches[kind], x->store, prefix, store_revision(x->store), kind == MUTATING ? on_mutating : on_validating, x);
    if (r == 0)
        drain(x, kind); /* it calls again only after it was found empty */
    return r > 0 ? -ESTALE : r;
}

int intercept_new(struct intercept **out, const struct intercept_options *o, struct err *err)
{
    struct intercept *x = mem_alloc(sizeof(*x));
    if (!x)
        return err_raise(err, -ENOMEM, "no memory for admission webhooks");
    x->loop = o->loop;
    x->store = o->store;
    x->lookup = o->lookup;
    x->hooks_off[MUTATING] = !admit_chosen(o->choice, "MutatingAdmissionWebhook");
    x->hooks_off[VALIDATING] = !admit_chosen(o->choice, "ValidatingAdmissionWebhook");
    x->policies_off[MUTATING] = !admit_chosen(o->choice, "MutatingAdmissionPolicy");
    x->policies_off[VALIDATING] = !admit_chosen(o->choice, "ValidatingAdmissionPolicy");
    list_init(&x->sets);
    int r = policies_new(&x->policies, x->store, x->lookup, err);
    for (int k = 0; r == 0 && k < KINDS; k++) {
        r = watch(x, k);
        if (r == 0)
            r = load(x, k, &x->now[k]);
    }
    if (r < 0) {
        intercept_free(x);
        return err_raise(err, r, "the admission webhooks cannot be read");
    }
    *out = x;
    return 0;
}

struct intercept *intercept_free(struct intercept *x)
{
    if (!x)
        return NULL;
    x->freeing = true;
    loop_defer_cancel(&x->sweep);
    for (int k = 0; k < KINDS; k++)
        store_watch_free(x->watches[k]);
    while (!list_empty(&x->sets)) /* calls under way end, and with them the requests */
        hooks_free(CONTAINER_OF(x->sets.next, struct hooks, link));
    policies_free(x->policies);
    return mem_free(x);
}
