/* Admission, and waiting for it: the plugins in this process answer at once; webhooks answer later, and the request goes
 * on where it stood. What has changed in the store meanwhile makes it begin anew with the newest state, as upstream
 * retries a conflict; nothing has been written by then. */
#include "intercept/intercept.h"
#include "kinds/kinds.h"
#include "registry/inside.h"

#define TRIES     5
#define WAITS_MAX 256

struct gate { /* in the op's arena */
    struct op *op;
    struct gate_subject s;
    struct value object, old; /* as the webhooks see them */
    struct intercept_request q;
    bool mutating, second;
    void (*next)(struct op *op);
    /* What a policy could not be shown yet, in another version; the pass that met it begins again. */
    const struct schema_resource *lacking;
    struct value lacks;
    bool again_before, waited;
    size_t warnings_before;
};

/* ── what is shown ── */

static int convert(void *ctx, const struct schema_kind *from, const struct schema_kind *to, const struct value *in, struct value *out,
                   struct err *err)
{
    struct op *op = ctx;
    if (!to->custom)
        return strategy_convert(op->a, from, to, in, out, err);
    if (from == to) {
        *out = *in;
        return 0;
    }
    struct gate *k = op->gate;
    const struct schema_resource *res = &to->custom->resources[to->place];
    int r = op_tree_as(op, res, in, out, err);
    if (r == -EAGAIN && !k->q.postponed) {
        k->q.postponed = true; /* asked for when the policies are through with this try */
        k->lacking = res;
        r = value_copy(op->a, in, &k->lacks);
        r = r < 0 ? r : -EAGAIN;
    }
    return r;
}

static int prepare(void *ctx, const struct schema_kind *from, const struct schema_kind *to, const struct value *in,
                   void (*ready)(void *ready_ctx, int r, struct str error), void *ready_ctx)
{
    if (!to->custom || from == to)
        return 0;
    return op_tree_prepare(ctx, &to->custom->resources[to->place], in, ready, ready_ctx);
}

static bool scales(const struct gate *k)
{
    return !k->s.kind && str_is(k->op->sub, "scale");
}

static int show_one(struct gate *k, const struct value *in, struct value *out, struct err *err)
{
    struct op *op = k->op;
    if (k->s.kind) {
        *out = *in;
        return 0;
    }
    if (scales(k))
        return op->res->custom ? crd_scale_read(op->a, op->res, in, out) : strategy_scale_read(op->a, in, out);
    return convert(op, op->stored->kind, op->res->kind, in, out, err);
}

static int show(struct gate *k, struct err *err)
{
    int r = k->s.object ? show_one(k, k->s.object, &k->object, err) : 0;
    return r == 0 && k->s.old ? show_one(k, k->s.old, &k->old, err) : r;
}

static int take_back(struct gate *k, struct err *err)
{
    struct op *op = k->op;
    struct value out = {0};
    if (!k->s.object || !k->q.again)
        return 0;
    if (scales(k))
        return op->res->custom ? crd_scale_write(op->a, op->res, &k->object, k->s.object) : strategy_scale_write(op->a, &k->object, k->s.object);
    int r = k->s.kind ? 0 : convert(op, op->res->kind, op->stored->kind, &k->object, &out, err);
    if (r == 0)
        *k->s.object = k->s.kind ? k->object : out;
    return r;
}

static int settle(void *ctx)
{
    struct op *op = ctx;
    struct gate *k = op->gate;
    return k->s.kind || scales(k) || op->res != op->stored ? 0 : kinds_default(op->a, op->stored->kind, &k->object);
}

static void warn(void *ctx, struct str text)
{
    op_warn(ctx, text);
}

static void note(void *ctx, struct str key, struct str value)
{
    op_note(ctx, key, value);
}

/* CreateOptions and its like, as the request's own options have them. */
static const struct value *make_options(struct op *op, enum admit_operation what)
{
    const struct apireq_options *o = op->q.options;
    const char *kind = what == ADMIT_CREATE ? "CreateOptions" : what == ADMIT_UPDATE ? "UpdateOptions" : "DeleteOptions";
    struct value *v = arena_alloc(op->a, sizeof(*v)), all = value_make_list();
    int r = v ? 0 : -ENOMEM;
    if (what == ADMIT_CONNECT || !v)
        return NULL;
    VALUE_SET(&r, op->a, v, "kind", value_make_text(str_of(kind)));
    VALUE_SET(&r, op->a, v, "apiVersion", value_make_text(STR("meta.k8s.io/v1")));
    if (o->manager.n && what != ADMIT_DELETE)
        VALUE_SET(&r, op->a, v, "fieldManager", value_make_text(o->manager));
    if (o->dry_run) {
        if (!value_add(op->a, &all, value_make_text(STR("All"))))
            return NULL;
        VALUE_SET(&r, op->a, v, "dryRun", all);
    }
    if (what == ADMIT_DELETE) {
        static const char *const policies[] = {"", "Orphan", "Foreground", "Background"};
        const char *p = o->propagation == APIREQ_PROPAGATE_ORPHAN       ? policies[1]
                        : o->propagation == APIREQ_PROPAGATE_FOREGROUND ? policies[2]
                        : o->propagation == APIREQ_PROPAGATE_BACKGROUND ? policies[3]
                                                                        : policies[0];
        if (o->has_grace)
            VALUE_SET(&r, op->a, v, "gracePeriodSeconds", value_make_int(o->grace_seconds));
        if (p[0])
            VALUE_SET(&r, op->a, v, "propagationPolicy", value_make_text(str_of(p)));
        if (o->has_expect_uid)
            VALUE_SET(&r, op->a, v, "preconditions.uid", value_make_text(o->expect_uid));
    }
    return r == 0 ? v : NULL;
}

/* ── beginning anew ── */

bool op_moved(const struct op *op)
{
    return op->old && store_newest(op->g->store, op->key) != op->old;
}

static void begin_again(struct op *op)
{
    if (op->charge) { /* what it was charged is counted again */
        op->reply.code = 409;
        charge_over(op);
        op->reply.code = 0;
    }
    op->reply.n_warnings = 0;
    if (op->again)
        op->again(op);
    else
        op_restart(op);
}

void op_begin_anew(struct op *op)
{
    if (++op->again_tries <= TRIES) {
        begin_again(op);
        return;
    }
    apireq_status_conflict(op->a, &op->st, op->res->group, op->res->name, op->name, STR_NONE);
    op_status(op);
}

/* ── waiting for who is asked about rights ── */

static void too_often(struct op *op)
{
    apireq_status_internal(op->a, &op->st, "the request asks about rights too often");
    op_status(op);
}

static void op_answered(void *ctx)
{
    struct op *op = ctx;
    if (++op->waits > WAITS_MAX)
        too_often(op);
    else
        begin_again(op);
}

struct auth_wait *op_wait(struct op *op)
{
    auth_wait_aim(&op->wait, op_answered, op);
    return &op->wait;
}

int op_rbac_check(struct op *op, const struct value *old)
{
    struct str why;
    if (!op->g->auth || !str_is(op->res->group, "rbac.authorization.k8s.io"))
        return 0;
    int r = auth_rbac_may_write(op->g->auth, op->a, op->q.user, op->res->name, &op->tree, old, op_wait(op), &why);
    if (r == 0 || r == AUTH_WAITS)
        return r;
    if (r < 0) {
        op_fail(op, r, NULL);
        return 1;
    }
    apireq_status_denied(op->a, &op->st, op->res->group, op->res->name, op->name, why);
    op_status(op);
    return 1;
}

/* ── going on ── */

static void pass(struct gate *k);

static int fail(struct gate *k, int r, const struct err *err)
{
    op_fail(k->op, r, err);
    return 1;
}

static int second_look(struct gate *k)
{
    struct op *op = k->op;
    struct err err = {{0}};
    k->second = true;
    if (op_admit(op, k->s.what, k->s.object, k->s.old, NULL, true) || (!k->s.kind && op->tree.type == VALUE_MAP && op_default(op)))
        return 1;
    k->q.second = true;
    int r = show(k, &err);
    return r < 0 ? fail(k, r, &err) : 0;
}

static void concluded(struct gate *k, int outcome, bool waited)
{
    struct op *op = k->op;
    struct err err = {{0}};
    if (outcome == INTERCEPT_REFUSED) {
        op_status(op);
        return;
    }
    if (waited && op_moved(op)) {
        intercept_forget(op->g->intercept, &k->q);
        op_begin_anew(op);
        return;
    }
    int r = k->mutating ? take_back(k, &err) : 0;
    if (r == 0 && k->mutating && k->q.again && k->s.object == &op->tree && op_prune(op, op->stored->kind, &op->tree, NULL)) {
        intercept_forget(op->g->intercept, &k->q); /* what a webhook put into a custom object beside its schema */
        return;
    }
    if (r < 0) {
        intercept_forget(op->g->intercept, &k->q);
        op_fail(op, r, &err);
    } else if (k->mutating && k->q.again && !k->second) {
        if (second_look(k))
            intercept_forget(op->g->intercept, &k->q);
        else
            pass(k);
    } else {
        k->next(op);
    }
}

static void answered(void *ctx, int outcome)
{
    struct op *op = ctx;
    concluded(op->gate, outcome, true);
}

static void found(void *ctx, int r, struct str error)
{
    struct gate *k = ctx;
    struct op *op = k->op;
    struct err err = {{0}};
    if (r < 0 && r != -ENOMEM) {
        apireq_status_internal(op->a, &op->st, "%.*s", STR_FMT(error));
        intercept_forget(op->g->intercept, &k->q);
        op_status(op);
        return;
    }
    k->q.postponed = k->q.undecided = false;
    k->q.again = k->again_before;
    op->reply.n_warnings = k->warnings_before;
    if (r == 0)
        r = show(k, &err);
    if (r == 0) {
        pass(k);
        return;
    }
    intercept_forget(op->g->intercept, &k->q);
    op_fail(op, r, &err);
}

/* What an expression's authorizer was asked is known. */
static void decided(void *ctx)
{
    struct gate *k = ctx;
    if (++k->op->waits <= WAITS_MAX) {
        found(k, 0, STR_NONE);
        return;
    }
    intercept_forget(k->op->g->intercept, &k->q);
    too_often(k->op);
}

static void pass(struct gate *k)
{
    struct intercept *x = k->op->g->intercept;
    auth_wait_aim(&k->op->wait, decided, k);
    k->again_before = k->q.again;
    k->warnings_before = k->op->reply.n_warnings;
    int outcome = k->mutating ? intercept_mutate(x, &k->q) : intercept_validate(x, &k->q);
    if (outcome == INTERCEPT_WAITS)
        return;
    if (!k->q.postponed) {
        concluded(k, outcome, k->waited);
        return;
    }
    k->waited = true;
    if (k->q.undecided)
        return;
    int r = op_tree_prepare(k->op, k->lacking, &k->lacks, found, k);
    if (r <= 0)
        found(k, r == 0 ? -ENOMEM : r, STR("out of memory"));
}

static void start(struct op *op, const struct gate_subject *s, bool mutating, void (*next)(struct op *op))
{
    struct err err = {{0}};
    struct gate *k = arena_alloc(op->a, sizeof(*k));
    if (!k) {
        op_fail(op, -ENOMEM, NULL);
        return;
    }
    *k = (struct gate){.op = op, .s = *s, .mutating = mutating, .next = next};
    op->gate = k;
    int r = show(k, &err);
    if (r < 0) {
        op_fail(op, r, &err);
        return;
    }
    k->q = (struct intercept_request){
        .arena = op->a,
        .user = op->q.user,
        .operation = s->what,
        .resource = op->res,
        .kind = s->kind     ? s->kind
                : scales(k) ? op->q.subresource->kind
                            : op->res->kind,
        .subresource = op->sub,
        .namespace = op->ns,
        .name = op->name,
        .dry_run = op->q.options->dry_run,
        .options = make_options(op, s->what),
        .object = s->object ? &k->object : NULL,
        .old = s->old ? &k->old : NULL,
        .convert = convert,
        .prepare = prepare,
        .settle = settle,
        .warn = warn,
        .note = op->q.notes ? note : NULL,
        .done = answered,
        .ctx = op,
        .status = &op->st,
        .wait = &op->wait,
    };
    if (!op->ns.n && resource_is(op->res, "", "namespaces"))
        k->q.namespace = op->name;
    pass(k);
}

void op_mutate(struct op *op, const struct gate_subject *s, void (*next)(struct op *op))
{
    bool idle = op->quiet || intercept_idle(op->g->intercept, true);
    op->touched = !idle || admit_changes(s->what, op->res->group, op->res->name);
    if (op_admit(op, s->what, s->object, s->old, NULL, true))
        return;
    if (idle)
        next(op);
    else
        start(op, s, true, next);
}

void op_validate(struct op *op, const struct gate_subject *s, void (*next)(struct op *op))
{
    if (op_admit(op, s->what, s->object, s->old, NULL, false))
        return;
    if (op->quiet || intercept_idle(op->g->intercept, false))
        next(op);
    else
        start(op, s, false, next);
}

/* ── connections: exec, attach, portforward, proxy ── */

static void connect_passed(struct op *op)
{
    op_tree(op, 200, NULL, NULL);
}

static void connect_mutated(struct op *op)
{
    struct gate_subject s = {.what = ADMIT_CONNECT, .kind = op->q.connect, .object = &op->body};
    op_validate(op, &s, connect_passed);
}

void op_connect(struct op *op)
{
    struct gate_subject s = {.what = ADMIT_CONNECT, .kind = op->q.connect, .object = &op->body};
    if (op->q.tree && value_copy(op->a, op->q.tree, &op->body) < 0)
        op_fail(op, -ENOMEM, NULL);
    else
        op_mutate(op, &s, connect_mutated);
}
