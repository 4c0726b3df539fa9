/* What is answered, not stored: access and token reviews, tokens of service accounts. */
#include "registry/inside.h"

static int access_review(struct op *op, struct value *review, struct faults *f, struct err *err)
{
    if (op->res->namespaced && !value_text_at(review, "spec.resourceAttributes.namespace").n && value_at(review, "spec.resourceAttributes") &&
        !value_put(op->a, review, "spec.resourceAttributes.namespace", value_make_text(op->ns)))
        return -ENOMEM;
    return auth_access_review(op->g->auth, op->a, op->q.user, review, op_wait(op), f, err);
}

static int rules_review(struct op *op, struct value *review, struct faults *f, struct err *err)
{
    (void)f;
    return auth_rules_review(op->g->auth, op->a, op->q.user, review, err);
}

static int token_review(struct op *op, struct value *review, struct faults *f, struct err *err)
{
    (void)f;
    return auth_token_review(op->g->auth, op->a, review, op->now, op_wait(op), err);
}

static int self_review(struct op *op, struct value *review, struct faults *f, struct err *err)
{
    struct value user = {0};
    int r = auth_user_tree(op->a, op->q.user, &user);
    (void)f;
    (void)err;
    VALUE_SET(&r, op->a, review, "status.userInfo", user);
    return r;
}

static const struct {
    const char *group, *resource;
    int (*answer)(struct op *op, struct value *review, struct faults *f, struct err *err);
} reviews[] = {
    {"authorization.k8s.io", "subjectaccessreviews", access_review},
    {"authorization.k8s.io", "selfsubjectaccessreviews", access_review},
    {"authorization.k8s.io", "localsubjectaccessreviews", access_review},
    {"authorization.k8s.io", "selfsubjectrulesreviews", rules_review},
    {"authentication.k8s.io", "tokenreviews", token_review},
    {"authentication.k8s.io", "selfsubjectreviews", self_review},
};

static ssize_t review_of(const struct op *op)
{
    for (size_t i = 0; i < ARRAY_LEN(reviews); i++)
        if (resource_is(op->res, reviews[i].group, reviews[i].resource))
            return (ssize_t)i;
    return -1;
}

bool op_is_review(const struct op *op)
{
    return review_of(op) >= 0 || str_is(op->sub, "token");
}

static void answer(struct op *op, int r, const struct schema_kind *kind, struct value *tree, const struct faults *f, struct err *err)
{
    switch (r) {
    case 0:
        r = object_conform(op->a, kind, tree, NULL, err);
        if (r < 0)
            op_fail(op, r, err);
        else
            op_tree(op, 201, kind, tree);
        return;
    case AUTH_INVALID:
        apireq_status_invalid(op->a, &op->st, kind->group, kind->name, op->name, f);
        break;
    case AUTH_CONFLICT:
        apireq_status_error(op->a, &op->st, 409, "Conflict", "%s", err->text);
        break;
    case AUTH_ABSENT:
        apireq_status_error(op->a, &op->st, 404, "NotFound", "%s", err->text);
        break;
    default:
        op_fail(op, r < 0 ? r : -EIO, err);
        return;
    }
    op_status(op);
}

static void mint_admitted(struct op *op)
{
    struct value *request = &op->body;
    struct err err = {{0}};
    struct faults f;
    int r = 0;
    faults_init(&f, op->a);
    VALUE_SET(&r, op->a, request, "metadata.name", value_make_text(op->name));
    VALUE_SET(&r, op->a, request, "metadata.namespace", value_make_text(op->ns));
    if (r == 0)
        r = auth_token_mint(op->g->auth, op->a, &op->old_tree, request, op->now, &f, &err);
    answer(op, r, op->q.subresource->kind, request, &f, &err);
}

static void mint_mutated(struct op *op)
{
    struct gate_subject s = {.what = ADMIT_CREATE, .kind = op->q.subresource->kind, .object = &op->body};
    op_validate(op, &s, mint_admitted);
}

static void mint(struct op *op)
{
    struct gate_subject s = {.what = ADMIT_CREATE, .kind = op->q.subresource->kind, .object = &op->body};
    if (op_decode(op, op->q.subresource->kind, &op->body) || op_find(op))
        return;
    struct str name = value_text_at(&op->body, "metadata.name");
    if (name.n && !str_eq(name, op->name)) {
        apireq_status_bad_request(op->a, &op->st, "metadata.name: Invalid value: \"%.*s\": must match the service account name", STR_FMT(name));
        op_status(op);
        return;
    }
    op_mutate(op, &s, mint_mutated);
}

void op_review(struct op *op)
{
    struct value review = {0};
    struct err err = {{0}};
    struct faults f;
    faults_init(&f, op->a);
    if (!op->g->auth || op->q.route->verb != APIREQ_CREATE) {
        apireq_status_method(op->a, &op->st, op->q.route);
        op_status(op);
        return;
    }
    if (str_is(op->sub, "token")) {
        mint(op);
        return;
    }
    if (op_decode(op, op->res->kind, &review))
        return;
    ssize_t i = review_of(op);
    int r = reviews[i].answer(op, &review, &f, &err);
    if (r == AUTH_WAITS)
        return;
    answer(op, r, op->res->kind, &review, &f, &err);
}
