/* CREATE. */
#include "kinds/kinds.h"
#include "os/os.h"
#include "registry/inside.h"

#define NAME_TRIES         8
#define GENERATED_BASE_MAX 58 /* 63 less five random characters */
#define GENERATED_RANDOM   5

static int refuse(struct op *op)
{
    op_status(op);
    return 1;
}

/* The namespace of the object and that of the path must agree; one that is missing is taken from the other. */
static int settle_namespace(struct op *op, struct value *tree)
{
    struct str ns = value_text_at(tree, "metadata.namespace");
    if (!op->res->namespaced) {
        if (ns.n)
            value_del(value_at(tree, "metadata"), STR("namespace"));
        return 0;
    }
    if (!ns.n) {
        if (value_put(op->a, tree, "metadata.namespace", value_make_text(op->ns)))
            return 0;
        op_fail(op, -ENOMEM, NULL);
        return 1;
    }
    if (str_eq(ns, op->ns))
        return 0;
    apireq_status_bad_request(op->a, &op->st, "the namespace of the provided object does not match the namespace sent on the request");
    return refuse(op);
}

/* What only the server says. */
static int system_fields(struct op *op)
{
    static const char *const cleared[] = {"deletionTimestamp", "deletionGracePeriodSeconds", "selfLink", "resourceVersion"};
    char uid[37], now[32];
    struct str text;
    struct value *meta = value_at(&op->tree, "metadata");
    int r = 0;
    for (size_t i = 0; i < ARRAY_LEN(cleared); i++)
        value_del(meta, str_of(cleared[i]));
    os_uuid(uid);
    time_fmt_rfc3339(now, op->now);
    r = arena_str(op->a, str_of(uid), &text);
    if (r == 0)
        VALUE_SET(&r, op->a, &op->tree, "metadata.uid", value_make_text(text));
    if (r == 0)
        r = arena_str(op->a, str_of(now), &text);
    if (r == 0)
        VALUE_SET(&r, op->a, &op->tree, "metadata.creationTimestamp", value_make_text(text));
    return r;
}

/* Who asks for a certificate is what the server knows, never what the request says. */
static int requester(struct op *op)
{
    const struct auth_user *u = op->q.user;
    struct value *spec = value_at(&op->tree, "spec"), tree = {0};
    int r = 0;
    if (!u || !spec || !str_is(op->stored->kind->name, "CertificateSigningRequest"))
        return 0;
    r = auth_user_tree(op->a, u, &tree);
    static const char *const members[] = {"username", "uid", "groups", "extra"};
    for (size_t i = 0; i < ARRAY_LEN(members); i++) {
        const struct value *v = value_get(&tree, str_of(members[i]));
        value_del(spec, str_of(members[i]));
        if (r == 0 && v && !value_set(op->a, spec, str_of(members[i]), *v))
            r = -ENOMEM;
    }
    return r;
}

static int generate_name(struct op *op)
{
    struct str base = value_text_at(&op->tree, "metadata.generateName");
    char random[GENERATED_RANDOM + 1];
    if (!base.n)
        return 0;
    os_random_suffix(random, GENERATED_RANDOM);
    op->name = arena_fmt(op->a, "%.*s%s", STR_FMT(str_head(base, GENERATED_BASE_MAX)), random);
    if (!op->name.p)
        return -ENOMEM;
    int r = query_key(op->a, op->res, op->ns, op->name, &op->key);
    if (r == 0)
        VALUE_SET(&r, op->a, &op->tree, "metadata.name", value_make_text(op->name));
    return r;
}

/* A free name for generateName: the ones already there are passed over. */
static int settle_name(struct op *op)
{
    int r = 0;
    while (r == 0 && op->generated && store_newest(op->g->store, op->key) && ++op->tries < NAME_TRIES)
        r = generate_name(op);
    if (r < 0) {
        op_fail(op, r, NULL);
        return 1;
    }
    if (!op->name.n || !store_newest(op->g->store, op->key))
        return 0;
    apireq_status_exists(op->a, &op->st, op->res->group, op->res->name, op->name);
    if (op->generated) {
        op->st.message = arena_fmt(op->a, "%.*s, the server was not able to generate a unique name for the object", STR_FMT(op->st.message));
        op->st.retry_after = 1;
    }
    return refuse(op);
}

static void create_admitted(struct op *op)
{
    if (ports_allocate(op) == 0 && op_charge(op, NULL) == 0)
        op_write(op, 201);
}

static void create_mutated(struct op *op)
{
    struct gate_subject s = {.what = ADMIT_CREATE, .object = &op->tree};
    if (op_keep_owners(op) || (op->touched && op_default(op)) || settle_name(op) || ports_keep(op) || op_judge_create(op) || op_rbac_check(op, NULL))
        return;
    op_validate(op, &s, create_admitted);
}

/* What admission adds is nobody's, as upstream: owners are told before. */
static void create_defaulted(struct op *op)
{
    struct gate_subject s = {.what = ADMIT_CREATE, .object = &op->tree};
    if (op->tracked || op_track(op, NULL, create_defaulted) == 0)
        op_mutate(op, &s, create_mutated);
}

/* From a decoded tree in the stored version on. */
static void create_completed(struct op *op)
{
    /* Name and uid come first: preparing a Job writes them into its labels. */
    op->generated = !op->name.n && value_text_at(&op->tree, "metadata.generateName").n > 0;
    int r = system_fields(op);
    if (r == 0 && op->generated)
        r = generate_name(op);
    if (r == 0)
        r = kinds_prepare_create(op->a, op->stored->kind, &op->tree);
    if (r == 0)
        r = requester(op);
    if (r < 0) {
        op_fail(op, r, NULL);
        return;
    }
    if (op_default(op) == 0)
        create_defaulted(op);
}

void op_create(struct op *op)
{
    struct value in = {0};
    if (op->sub.n) {
        apireq_status_method(op->a, &op->st, op->q.route);
        op_status(op);
        return;
    }
    if (op->res->custom && op->res->custom->terminating) {
        apireq_status_method(op->a, &op->st, op->q.route);
        op->st.message = STR("create not allowed while custom resource definition is terminating");
        op_status(op);
        return;
    }
    if (op_decode(op, op->res->kind, &in) || settle_namespace(op, &in))
        return;
    if (value_text_at(&in, "metadata.resourceVersion").n) {
        apireq_status_bad_request(op->a, &op->st, "resourceVersion should not be set on objects to be created");
        op_status(op);
        return;
    }
    op->name = value_text_at(&in, "metadata.name");
    if (op->q.route->name.n && op->name.n && !str_eq(op->name, op->q.route->name)) { /* create by update or apply */
        apireq_status_bad_request(op->a, &op->st, "the name of the object (%.*s) does not match the name on the URL (%.*s)", STR_FMT(op->name),
                                  STR_FMT(op->q.route->name));
        op_status(op);
        return;
    }
    if (query_key(op->a, op->res, op->ns, op->name, &op->key) < 0) {
        op_fail(op, -ENOMEM, NULL);
        return;
    }
    if (op_to_stored(op, &in, &op->tree))
        return;
    create_completed(op);
}

void op_create_from_apply(struct op *op)
{
    if (settle_namespace(op, &op->tree))
        return;
    op->tracked = true;
    create_completed(op);
}
