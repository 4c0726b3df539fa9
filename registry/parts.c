/* Subresources that change their object: scale, binding, eviction. */
#include "json/json.h"
#include "patch/patch.h"
#include "selector/selector.h"
#include "registry/inside.h"
#include "yaml/yaml.h"

/* ── scale ── */

static int scale_read(struct op *op, const struct value *tree, struct value *scale)
{
    return op->res->custom ? crd_scale_read(op->a, op->res, tree, scale) : strategy_scale_read(op->a, tree, scale);
}

static void scale_written(struct op *op, struct object *o);

static void scale_shown(struct op *op)
{
    scale_written(op, op->shown);
}

static void scale_written(struct op *op, struct object *o)
{
    struct value tree = {0}, scale = {0};
    struct err err = {{0}};
    if (op_seen(op, o, scale_shown, &o))
        return;
    int r = op->res->custom ? crd_read(op->a, op->res, o, &tree, &err) : object_tree(op->a, o, &tree, &err);
    if (r == 0)
        r = scale_read(op, &tree, &scale);
    if (r < 0)
        op_fail(op, r, &err);
    else
        op_tree(op, 200, op->q.subresource->kind, &scale);
}

static int scale_invalid(struct op *op, int64_t n)
{
    struct faults f;
    struct value bad = value_make_int(n);
    faults_init(&f, op->a);
    fault_add(&f, FAULT_INVALID, "spec.replicas", &bad, "must be greater than or equal to 0");
    apireq_status_invalid(op->a, &op->st, STR("autoscaling"), STR("Scale"), op->name, &f);
    op_status(op);
    return 1;
}

static int yaml_or_json(struct op *op, struct value *out, struct err *err)
{
    return op->q.patch == APIREQ_PATCH_APPLY ? yaml_parse(op->a, op->q.body, NULL, out, err) : json_parse(op->a, op->q.body, out, err);
}

static int scale_patch(struct op *op, const struct value *now, struct value *scale)
{
    struct value patch = {0};
    struct err err = {{0}};
    int r = op->q.tree ? value_copy(op->a, op->q.tree, &patch) : yaml_or_json(op, &patch, &err);
    if (r == 0 && op->q.patch == APIREQ_PATCH_JSON)
        r = patch_json(op->a, now, &patch, scale, &err);
    else if (r == 0)
        r = patch_merge(op->a, now, &patch, scale, &err);
    if (r == 0)
        r = object_conform(op->a, op->q.subresource->kind, scale, NULL, &err);
    if (r == 0)
        return 0;
    if (r == -ENOMEM) {
        op_fail(op, r, &err);
        return 1;
    }
    apireq_status_bad_request(op->a, &op->st, "%s", err.text);
    op_status(op);
    return 1;
}

void op_scale(struct op *op)
{
    struct value now = {0}, scale = {0};
    if (op_find(op))
        return;
    if (scale_read(op, &op->old_tree, &now) < 0) {
        op_fail(op, -ENOMEM, NULL);
        return;
    }
    if (op->q.route->verb == APIREQ_GET) {
        op_tree(op, 200, op->q.subresource->kind, &now);
        return;
    }
    if (op->q.route->verb == APIREQ_PATCH ? scale_patch(op, &now, &scale) : op_decode(op, op->q.subresource->kind, &scale))
        return;
    struct str version = value_text_at(&scale, "metadata.resourceVersion");
    int r = value_copy(op->a, &op->old_tree, &op->tree);
    if (r == 0)
        r = op->res->custom ? crd_scale_write(op->a, op->res, &scale, &op->tree) : strategy_scale_write(op->a, &scale, &op->tree);
    if (r == -EINVAL) {
        scale_invalid(op, value_int_at(&scale, "spec.replicas", 0));
        return;
    }
    if (r == 0 && version.n) /* "": unconditional */
        VALUE_SET(&r, op->a, &op->tree, "metadata.resourceVersion", value_make_text(version));
    else if (r == 0)
        value_del(value_at(&op->tree, "metadata"), STR("resourceVersion"));
    if (r < 0) {
        op_fail(op, r, NULL);
        return;
    }
    op->written = scale_written;
    op_update_with(op);
}

/* ── binding ── */

static int bind_refused(struct op *op, struct str why)
{
    apireq_status_conflict(op->a, &op->st, STR(""), STR("pods/binding"), op->name, why);
    op_status(op);
    return 1;
}

static void bind_written(struct op *op, struct object *o)
{
    (void)o;
    apireq_status_success(&op->st, STR(""), STR(""), STR_NONE, STR_NONE);
    op->st.code = 201;
    op->st.has_details = false;
    op_status(op);
}

static int make_condition(struct op *op, struct value *c)
{
    char text[32];
    struct str now;
    int r = 0;
    time_fmt_rfc3339(text, op->now);
    if (arena_str(op->a, str_of(text), &now) < 0)
        return -ENOMEM;
    *c = value_make_map();
    VALUE_SET(&r, op->a, c, "type", value_make_text(STR("PodScheduled")));
    VALUE_SET(&r, op->a, c, "status", value_make_text(STR("True")));
    VALUE_SET(&r, op->a, c, "lastProbeTime", (struct value){.type = VALUE_NULL});
    VALUE_SET(&r, op->a, c, "lastTransitionTime", value_make_text(now));
    return r;
}

static int scheduled_condition(struct op *op)
{
    struct value *list = value_at(&op->tree, "status.conditions"), *c = NULL;
    if (!list)
        list = value_put(op->a, &op->tree, "status.conditions", value_make_list());
    VALUE_EACH_ITEM (item, list) {
        if (str_is(value_text_at(item, "type"), "PodScheduled"))
            c = item;
    }
    if (list && !c)
        c = value_add(op->a, list, value_make_map());
    if (!c)
        return -ENOMEM;
    return str_is(value_text_at(c, "status"), "True") ? 0 : make_condition(op, c);
}

/* labels and annotations of the Binding go onto the pod, upstream's way of handing on a scheduler's notes */
static int merge_notes(struct op *op, const struct value *from, const char *path)
{
    struct value *to = value_at(&op->tree, path);
    if (!value_count(from))
        return 0;
    if (!to)
        to = value_put(op->a, &op->tree, path, value_make_map());
    VALUE_EACH_MEMBER (m, from) {
        if (!to || !value_set(op->a, to, m->key, m->value))
            return -ENOMEM;
    }
    return 0;
}

static int check_binding(struct op *op, const struct value *binding, struct str node)
{
    struct str kind = value_text_at(binding, "target.kind"), uid = value_text_at(binding, "metadata.uid");
    struct str bound = STR_NONE;
    char scratch[32];
    struct faults f;
    faults_init(&f, op->a);
    if (kind.n && !str_is(kind, "Node") && !str_is(kind, "Minion")) {
        struct value bad = value_make_text(kind);
        fault_add(&f, FAULT_NOT_SUPPORTED, "target.kind", &bad, "supported values: \"Node\", \"<empty>\"");
    }
    if (!node.n)
        fault_add(&f, FAULT_REQUIRED, "target.name", NULL, "%s", "");
    if (f.n) {
        apireq_status_invalid(op->a, &op->st, STR(""), STR("Binding"), op->name, &f);
        op_status(op);
        return 1;
    }
    if (uid.n && !str_eq(uid, object_uid(op->old)))
        return bind_refused(op, arena_fmt(op->a, "Precondition failed: UID in precondition: %.*s, UID in object meta: %.*s", STR_FMT(uid),
                                          STR_FMT(object_uid(op->old))));
    if (object_deleting(op->old))
        return bind_refused(op, arena_fmt(op->a, "pod %.*s is being deleted, cannot be assigned to a host", STR_FMT(op->name)));
    if (object_field(op->old, "spec.nodeName", &bound, scratch) && bound.n)
        return bind_refused(op, arena_fmt(op->a, "pod %.*s is already assigned to node \"%.*s\"", STR_FMT(op->name), STR_FMT(bound)));
    return 0;
}

/* By its tree. Managed fields stay as they are: upstream changes the pod below what keeps them. */
static void bind_whole(struct op *op)
{
    const struct value *binding = &op->body;
    struct err err = {{0}};
    int r = object_tree(op->a, op->old, &op->old_tree, &err);
    if (r == 0)
        r = value_copy(op->a, &op->old_tree, &op->tree);
    if (r == 0)
        VALUE_SET(&r, op->a, &op->tree, "spec.nodeName", value_make_text(value_text_at(binding, "target.name")));
    value_del(value_at(&op->tree, "status"), STR("nominatedNodeName")); /* it has come about, or is void */
    if (r == 0)
        r = merge_notes(op, value_at(binding, "metadata.annotations"), "metadata.annotations");
    if (r == 0)
        r = merge_notes(op, value_at(binding, "metadata.labels"), "metadata.labels");
    if (r == 0)
        r = scheduled_condition(op);
    if (r < 0)
        op_fail(op, r, &err);
    else
        op_write(op, 201);
}

/* A pod nobody has said anything about yet, and a Binding that only names a node: nothing of it need be decoded. */
static void bind_admitted(struct op *op)
{
    const struct value *binding = &op->body;
    struct value conditions = value_make_list(), node = value_make_text(value_text_at(binding, "target.name")), c;
    const struct object_change changes[] = {{"spec.nodeName", &node}, {"status.conditions", &conditions}};
    struct object *fresh = NULL;
    struct err err = {{0}};
    bool bare = !value_count(value_at(binding, "metadata.annotations")) && !value_count(value_at(binding, "metadata.labels"));
    op->written = bind_written;
    if (!bare || op->q.options->dry_run || object_has(op->old, "status.conditions") || object_has(op->old, "status.nominatedNodeName")) {
        bind_whole(op);
        return;
    }
    int r = make_condition(op, &c);
    if (r == 0 && !value_add(op->a, &conditions, c))
        r = -ENOMEM;
    if (r == 0)
        r = object_freeze_fields(&fresh, op->old, changes, ARRAY_LEN(changes), &err);
    if (r == OBJECT_LONG_WAY)
        bind_whole(op);
    else if (r < 0)
        op_fail(op, r, &err);
    else {
        op_write_frozen(op, fresh, 201);
        struct object *o = store_newest(op->g->store, op->key); /* its watchers in this process look at it next */
        if (o == fresh)
            object_tree_pass(o, op->old, changes, ARRAY_LEN(changes));
    }
}

static struct gate_subject binding_subject(struct op *op)
{
    return (struct gate_subject){.what = ADMIT_CREATE, .kind = schema_kind_find(STR(""), STR("v1"), STR("Binding")), .object = &op->body};
}

static void bind_mutated(struct op *op)
{
    struct gate_subject s = binding_subject(op);
    op_validate(op, &s, bind_admitted);
}

void op_bind(struct op *op)
{
    const struct schema_resource *pods = schema_resource_find(STR(""), STR("v1"), STR("pods"));
    struct gate_subject s = binding_subject(op);
    if (op_decode(op, s.kind, &op->body))
        return;
    struct str name = value_text_at(&op->body, "metadata.name"), node = value_text_at(&op->body, "target.name");
    if (!op->name.n)
        op->name = name;
    op->res = op->stored = pods;
    if (query_key(op->a, pods, op->ns, op->name, &op->key) < 0) {
        op_fail(op, -ENOMEM, NULL);
        return;
    }
    if (op_look(op) || check_binding(op, &op->body, node))
        return;
    op->sub = STR("binding");
    op_mutate(op, &s, bind_mutated);
}

/* ── eviction ── */

static void evict_delete(struct op *op, const struct value *eviction)
{
    struct apireq_options *o = arena_alloc(op->a, sizeof(*o));
    struct apireq_route *route = arena_alloc(op->a, sizeof(*route));
    if (!o || !route) {
        op_fail(op, -ENOMEM, NULL);
        return;
    }
    *o = *op->q.options;
    *route = *op->q.route;
    if (apireq_options_delete(op->a, value_at(eviction, "deleteOptions"), o, &op->st)) {
        op_status(op);
        return;
    }
    route->verb = APIREQ_DELETE;
    route->subresource = STR("");
    op->q.options = o;
    op->q.route = route;
    op->q.body = STR_NONE;
    op->q.tree = NULL;
    op->sub = STR("");
    op_delete_evicted(op);
}

/* A running pod that counts as healthy takes one of its budget's disruptions; the budget's status says so at once. */
static bool budget_covers(struct op *op, const struct object *o, struct value *budget)
{
    struct selector *s = NULL;
    if (object_tree(op->a, o, budget, NULL) < 0)
        return false;
    const struct value *sel = value_at(budget, "spec.selector");
    if (!sel || selector_from_tree(op->a, sel, &s, NULL) < 0)
        return false;
    return selector_matches_labels(s, value_at(&op->old_tree, "metadata.labels"));
}

static bool pod_ready(const struct value *pod)
{
    VALUE_EACH_ITEM (c, value_at(pod, "status.conditions")) {
        if (str_is(value_text_at(c, "type"), "Ready"))
            return str_is(value_text_at(c, "status"), "True");
    }
    return false;
}

static void evict_refused(struct op *op, struct str message, struct str cause)
{
    apireq_status_too_many(op->a, &op->st, message, 0);
    struct apireq_cause *c = arena_alloc(op->a, sizeof(*c));
    if (c && cause.n) {
        *c = (struct apireq_cause){.reason = STR("DisruptionBudget"), .message = cause};
        op->st.causes = c;
        op->st.n_causes = 1;
    }
    op_status(op);
}

struct taking { /* the budget's status being written before the pod goes */
    struct op *op;
    struct value eviction;
};

static void taken(void *ctx, enum store_outcome outcome, struct object *o, int64_t revision)
{
    struct taking *t = ctx;
    (void)o;
    (void)revision;
    if (outcome != STORE_OK || t->op->g->dying) {
        apireq_status_error(t->op->a, &t->op->st, 500, "InternalError", "the store cannot write a disruption budget");
        op_status(t->op);
        return;
    }
    evict_delete(t->op, &t->eviction);
}

static int take_disruption(struct op *op, const struct object *o, struct value *budget, const struct value *eviction)
{
    char text[32];
    struct str now;
    int r = 0;
    int64_t allowed = value_int_at(budget, "status.disruptionsAllowed", 0);
    struct taking *t = arena_alloc(op->a, sizeof(*t));
    struct object *fresh = NULL;
    if (!t)
        return -ENOMEM;
    *t = (struct taking){op, *eviction};
    time_fmt_rfc3339(text, op->now);
    r = arena_str(op->a, str_of(text), &now);
    VALUE_SET(&r, op->a, budget, "status.disruptionsAllowed", value_make_int(allowed - 1));
    struct value *pods = value_at(budget, "status.disruptedPods");
    if (r == 0 && !pods)
        pods = value_put(op->a, budget, "status.disruptedPods", value_make_map());
    if (r < 0 || !pods || !value_set(op->a, pods, op->name, value_make_text(now)))
        return -ENOMEM;
    r = object_conform(op->a, o->kind, budget, NULL, NULL);
    if (r == 0)
        r = object_freeze(&fresh, o->key, o->kind, budget, NULL);
    if (r < 0)
        return r;
    struct store_write w = {.object = fresh, .expect = o->revision, .done = taken, .ctx = t};
    return store_write(op->g->store, &w);
}

/* 0: go on and delete; 1: answered, or the deletion follows later. */
static int ask_budgets(struct op *op, const struct value *eviction)
{
    const struct schema_resource *r = schema_resource_find(STR("policy"), STR("v1"), STR("poddisruptionbudgets"));
    struct store_snapshot *v = store_snapshot(op->g->store);
    struct store_cursor c;
    struct str prefix;
    struct object *o, *found = NULL;
    struct value budget = {0}, found_budget = {0};
    size_t n = 0;
    if (!v || !r || query_prefix(op->a, r, op->ns, &prefix) < 0) {
        store_snapshot_unref(v);
        op_fail(op, -ENOMEM, NULL);
        return 1;
    }
    store_cursor_start(&c, v, prefix, prefix);
    while ((o = store_cursor_next(&c)) != NULL)
        if (budget_covers(op, o, &budget)) {
            n++;
            found = o;
            found_budget = budget;
        }
    int e = 0;
    bool unhealthy_may = str_is(value_text_at(&found_budget, "spec.unhealthyPodEvictionPolicy"), "AlwaysAllow");
    int64_t wanted = value_int_at(&found_budget, "status.desiredHealthy", 0), have = value_int_at(&found_budget, "status.currentHealthy", 0);
    if (n > 1) {
        apireq_status_internal(op->a, &op->st, "This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.");
        op_status(op);
        e = 1;
    } else if (n == 1 && !pod_ready(&op->old_tree) && (unhealthy_may || (have >= wanted && wanted > 0))) {
        e = 0; /* a pod that is not ready protects nobody */
    } else if (n == 1 && value_int_at(&found_budget, "status.observedGeneration", 0) < value_int_at(&found_budget, "metadata.generation", 0)) {
        evict_refused(op, STR("Cannot evict pod as it would violate the pod's disruption budget."),
                      arena_fmt(op->a, "The disruption budget %.*s is still being processed by the server.", STR_FMT(object_name(found))));
        e = 1;
    } else if (n == 1 && value_int_at(&found_budget, "status.disruptionsAllowed", 0) <= 0) {
        evict_refused(op, STR("Cannot evict pod as it would violate the pod's disruption budget."),
                      arena_fmt(op->a, "The disruption budget %.*s needs %lld healthy pods and has %lld currently", STR_FMT(object_name(found)),
                                (long long)wanted, (long long)have));
        e = 1;
    } else if (n == 1 && !op->q.options->dry_run) {
        int w = take_disruption(op, found, &found_budget, eviction);
        if (w < 0)
            op_fail(op, w, NULL);
        else if (w)
            evict_refused(op, STR("Cannot evict pod as it would violate the pod's disruption budget."), STR(""));
        e = 1;
    }
    store_snapshot_unref(v);
    return e;
}

static void evict_admitted(struct op *op)
{
    struct str phase = value_text_at(&op->old_tree, "status.phase");
    bool idle = str_is(phase, "Succeeded") || str_is(phase, "Failed") || str_is(phase, "Pending") ||
                !value_is_null(value_at(&op->old_tree, "metadata.deletionTimestamp"));
    if (!idle && ask_budgets(op, &op->body))
        return;
    evict_delete(op, &op->body);
}

static void evict_mutated(struct op *op)
{
    struct gate_subject s = {.what = ADMIT_CREATE, .kind = op->q.subresource->kind, .object = &op->body};
    op_validate(op, &s, evict_admitted);
}

void op_evict(struct op *op)
{
    if (op_decode(op, op->q.subresource->kind, &op->body))
        return;
    struct str name = value_text_at(&op->body, "metadata.name");
    if (name.n && !str_eq(name, op->name)) {
        apireq_status_bad_request(op->a, &op->st,
                                  "name in URL does not match name in Eviction object: name in URL: \"%.*s\", name in "
                                  "object: \"%.*s\"",
                                  STR_FMT(op->name), STR_FMT(name));
        op_status(op);
        return;
    }
    struct gate_subject s = {.what = ADMIT_CREATE, .kind = op->q.subresource->kind, .object = &op->body};
    if (op_find(op) == 0)
        op_mutate(op, &s, evict_mutated);
}
