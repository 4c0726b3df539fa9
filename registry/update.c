/* UPDATE, and what it shares with PATCH: from a new tree and what is there now to the store. */
#include "kinds/kinds.h"
#include "registry/inside.h"

static int conflict(struct op *op, const char *fmt, struct str a, struct str b)
{
    struct str why = STR_NONE;
    if (fmt)
        why = arena_fmt(op->a, "%s%.*s, UID in object meta: %.*s", fmt, STR_FMT(a), STR_FMT(b));
    apireq_status_conflict(op->a, &op->st, op->res->group, op->res->name, op->name, why);
    op_status(op);
    return 1;
}

static int needs_version(struct op *op)
{
    struct faults f;
    faults_init(&f, op->a);
    fault_add(&f, FAULT_INVALID, "metadata.resourceVersion", NULL, "must be specified for an update");
    if (f.n)
        f.items[0].message = STR("Invalid value: 0x0: must be specified for an update");
    apireq_status_invalid(op->a, &op->st, op->stored->kind->group, op->stored->kind->name, op->name, &f);
    op_status(op);
    return 1;
}

/* The version and uid the writer believes in. */
static int check_belief(struct op *op)
{
    struct str version = value_text_at(&op->tree, "metadata.resourceVersion"), uid = value_text_at(&op->tree, "metadata.uid");
    uint64_t n = 0;
    if (uid.n && !str_eq(uid, object_uid(op->old)))
        return conflict(op, "Precondition failed: UID in precondition: ", uid, object_uid(op->old));
    if (!version.n || str_is(version, "0")) {
        if ((strategy_traits(op->stored) & STRATEGY_NEEDS_VERSION) && op->q.route->verb == APIREQ_UPDATE)
            return needs_version(op);
        struct str newest = arena_fmt(op->a, "%lld", (long long)op->old->revision); /* whatever is there is meant */
        if (newest.p && value_put(op->a, &op->tree, "metadata.resourceVersion", value_make_text(newest)))
            return 0;
        op_fail(op, -ENOMEM, NULL);
        return 1;
    }
    if (str_to_uint(version, &n) < 0 || n > INT64_MAX) {
        struct faults f;
        struct value bad = value_make_text(version);
        faults_init(&f, op->a);
        fault_add(&f, FAULT_INVALID, "metadata.resourceVersion", &bad, "strconv.ParseUint: parsing \"%.*s\": invalid syntax", STR_FMT(version));
        apireq_status_invalid(op->a, &op->st, op->stored->kind->group, op->stored->kind->name, op->name, &f);
        op_status(op);
        return 1;
    }
    return (int64_t)n == op->old->revision ? 0 : conflict(op, NULL, STR_NONE, STR_NONE);
}

static void update_admitted(struct op *op)
{
    if (ports_allocate(op))
        return;
    if (delete_is_due(op, &op->tree))
        op_remove(op, 200);
    else if (op_charge(op, &op->old_tree) == 0)
        op_write(op, 200);
}

static void update_mutated(struct op *op)
{
    struct gate_subject s = {.what = ADMIT_UPDATE, .object = &op->tree, .old = &op->old_tree};
    if (op_keep_owners(op) || (op->touched && op_default(op)) || ports_keep(op) || op_judge_update(op) || op_rbac_check(op, &op->old_tree))
        return;
    op_validate(op, &s, update_admitted);
}

/* What admission changes is nobody's, as upstream: owners are told before. An apply has told already. */
static void update_defaulted(struct op *op)
{
    struct gate_subject s = {.what = ADMIT_UPDATE, .object = &op->tree, .old = &op->old_tree};
    bool told = op->q.route->verb == APIREQ_PATCH && op->q.patch == APIREQ_PATCH_APPLY;
    if (told || op_track(op, &op->old_tree, update_defaulted) == 0)
        op_mutate(op, &s, update_mutated);
}

void op_update_with(struct op *op)
{
    if (check_belief(op))
        return;
    int r = kinds_prepare_update(op->a, op->stored->kind, op->sub, &op->old_tree, &op->tree, op->now);
    if (r < 0) {
        op_fail(op, r, NULL);
        return;
    }
    if (op_default(op) == 0)
        update_defaulted(op);
}

void op_update(struct op *op)
{
    struct value in = {0};
    if (op_decode(op, op->res->kind, &in))
        return;
    struct str name = value_text_at(&in, "metadata.name"), ns = value_text_at(&in, "metadata.namespace");
    if (!name.n) {
        apireq_status_bad_request(op->a, &op->st, "the name of the object must be provided");
        op_status(op);
        return;
    }
    if (!str_eq(name, op->name)) {
        apireq_status_bad_request(op->a, &op->st, "the name of the object (%.*s) does not match the name on the URL (%.*s)", STR_FMT(name),
                                  STR_FMT(op->name));
        op_status(op);
        return;
    }
    if (op->res->namespaced && ns.n && !str_eq(ns, op->ns)) {
        apireq_status_bad_request(op->a, &op->st, "the namespace of the object (%.*s) does not match the namespace on the URL (%.*s)", STR_FMT(ns),
                                  STR_FMT(op->ns));
        op_status(op);
        return;
    }
    if (op->res->namespaced && !value_put(op->a, &in, "metadata.namespace", value_make_text(op->ns))) {
        op_fail(op, -ENOMEM, NULL);
        return;
    }
    bool upserts = (strategy_traits(op->stored) & STRATEGY_CREATE_ON_UPDATE) && !op->sub.n;
    if (upserts && !store_newest(op->g->store, op->key) && !value_text_at(&in, "metadata.resourceVersion").n) {
        op_create(op);
        return;
    }
    if (op_find(op) || op_to_stored(op, &in, &op->tree))
        return;
    op_update_with(op);
}
