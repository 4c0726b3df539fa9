/* One request under way: dispatch, replies, and the steps all writes share. */
#include "intercept/intercept.h"
#include "json/json.h"
#include "kinds/kinds.h"
#include "os/os.h"
#include "registry/inside.h"
#include "apply/apply.h"
#include "yaml/yaml.h"

/* ── replies ── */

/* The op lies in the caller's arena, which may be gone when done comes back; the reply may borrow from old. */
static void finish(struct op *op)
{
    struct object *old = op->old, *shown = op->shown;
    struct seen *seen = op->seen;
    struct registry *g = op->g;
    op->old = op->shown = NULL;
    op->seen = NULL;
    charge_over(op);
    op->done(op->ctx, &op->reply);
    object_unref(old);
    object_unref(shown);
    op_seen_free(seen);
    registry_op_over(g);
}

void op_status(struct op *op)
{
    op->reply.code = op->st.code;
    op->reply.status = &op->st;
    op->reply.object = NULL;
    op->reply.tree = NULL;
    if (op->reserved.p && op->st.code >= 300)
        ports_give_back(op);
    finish(op);
}

void op_object(struct op *op, int code, struct object *o)
{
    op->reply.code = code;
    op->reply.object = o;
    finish(op);
}

void op_tree(struct op *op, int code, const struct schema_kind *kind, const struct value *tree)
{
    op->reply.code = code;
    op->reply.tree = tree;
    op->reply.tree_kind = kind;
    finish(op);
}

void op_list(struct op *op, int code, struct query_list *l)
{
    op->reply.code = code;
    op->reply.list = l;
    finish(op);
}

void op_fail(struct op *op, int r, const struct err *err)
{
    if (r == -ENOMEM)
        apireq_status_memory(&op->st);
    else if (r == -E2BIG)
        apireq_status_error(op->a, &op->st, 413, "RequestEntityTooLarge", "%s",
                            err && err->text[0] ? err->text : "the object takes more memory than one may");
    else
        apireq_status_internal(op->a, &op->st, "%s", err && err->text[0] ? err->text : strerror(-r));
    op_status(op);
}

void op_note(struct op *op, struct str key, struct str value)
{
    if (!op->q.notes)
        return;
    for (size_t i = 0; i < op->reply.n_notes; i++)
        if (str_eq(op->reply.notes[i].key, key)) { /* the request has begun anew */
            op->reply.notes[i].value = value;
            return;
        }
    if (op->reply.n_notes == REGISTRY_NOTES_MAX)
        return;
    if (!op->reply.notes)
        op->reply.notes = arena_alloc(op->a, REGISTRY_NOTES_MAX * sizeof(*op->reply.notes));
    if (op->reply.notes) /* without memory the log lacks it */
        op->reply.notes[op->reply.n_notes++] = (struct registry_note){key, value};
}

void op_warn(struct op *op, struct str text)
{
    if (op->reply.n_warnings < REGISTRY_WARNINGS_MAX)
        op->reply.warnings[op->reply.n_warnings++] = text;
}

void op_warn_text(struct op *op, const char *fmt, ...)
{
    char text[1024];
    struct str kept;
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(text, sizeof(text), fmt, ap);
    va_end(ap);
    if (arena_str(op->a, str_of(text), &kept) == 0)
        op_warn(op, kept);
}

int op_from_stored(struct op *op, const struct value *in, struct value *out)
{
    struct err err = {{0}};
    int r = strategy_convert(op->a, op->stored->kind, op->res->kind, in, out, &err);
    if (r == 0)
        return 0;
    op_fail(op, r, &err);
    return 1;
}

int op_to_stored(struct op *op, const struct value *in, struct value *out)
{
    struct err err = {{0}};
    int r = strategy_convert(op->a, op->res->kind, op->stored->kind, in, out, &err);
    if (r == 0)
        return 0;
    op_fail(op, r, &err);
    return 1;
}

static void reply_shown(struct op *op)
{
    op_reply_stored(op, op->code, op->shown);
}

static void reply_custom(struct op *op, int code, struct object *o)
{
    struct err err = {{0}};
    struct value tree = {0};
    op->code = code;
    if (op_seen(op, o, reply_shown, &o))
        return;
    int e = crd_reads_plain(op->res, o) ? 0 : crd_read(op->a, op->res, o, &tree, &err);
    if (e < 0)
        op_fail(op, e, &err);
    else if (tree.type == VALUE_NULL)
        op_object(op, code, o);
    else {
        op->reply.object = o; /* for a Table of it */
        op_tree(op, code, op->res->kind, &tree);
    }
}

void op_reply_stored(struct op *op, int code, struct object *o)
{
    struct err err = {{0}};
    struct value tree = {0}, out = {0};
    if (op->res->custom) {
        reply_custom(op, code, o);
        return;
    }
    if (op->res == op->stored) {
        op_object(op, code, o);
        return;
    }
    int r = object_tree(op->a, o, &tree, &err);
    if (r < 0) {
        op_fail(op, r, &err);
        return;
    }
    if (op_from_stored(op, &tree, &out) == 0)
        op_tree(op, code, op->res->kind, &out);
}

/* ── bodies ── */

/* Bytes of a patch that is no object: JSON, or YAML for apply. */
static int cannot_read(struct op *op, const struct schema_kind *want, const char *why)
{
    apireq_status_bad_request(op->a, &op->st, "%.*s in version \"%.*s\" cannot be handled as a %.*s: %s", STR_FMT(want->name), STR_FMT(want->version),
                              STR_FMT(want->name), why);
    op_status(op);
    return 1;
}

/* Of applied objects unknown fields are told as the merge of typed objects tells them. */
static bool undeclared(struct op *op, const struct schema_kind *want, const struct object_notes *notes)
{
    static const struct str unknown = STR_INIT("unknown field \"");
    SCOPED_BUF b = BUF_INIT(64 * 1024);
    size_t n = 0, all = 0;
    for (size_t i = 0; i < MIN(notes->n, (size_t)FAULTS_MAX); i++)
        all += str_starts(notes->items[i], unknown);
    for (size_t i = 0; i < MIN(notes->n, (size_t)FAULTS_MAX); i++) {
        struct str path = str_from(notes->items[i], unknown.n);
        if (!str_starts(notes->items[i], unknown) || !path.n)
            continue;
        if (all > 1)
            buf_text(&b, n ? "\n  " : "errors:\n  ");
        buf_fmt(&b, ".%.*s: field not declared in schema", STR_FMT(str_head(path, path.n - 1)));
        n++;
    }
    if (!n)
        return false;
    apireq_status_error(op->a, &op->st, 500, "", "failed to create typed patch object (%.*s/%.*s; %.*s, Kind=%.*s): %s", STR_FMT(op->ns),
                        STR_FMT(op->name), STR_FMT(want->api_version), STR_FMT(want->name), buf_cstr(&b));
    op_status(op);
    return true;
}

int op_use_notes(struct op *op, const struct schema_kind *want, const struct object_notes *notes)
{
    if (notes->n && op->q.patch == APIREQ_PATCH_APPLY && op->q.route->verb == APIREQ_PATCH && undeclared(op, want, notes))
        return 1; /* whatever fieldValidation says: what has no place in the schema has no owner */
    if (!notes->n || op->q.options->validation == APIREQ_VALIDATE_IGNORE)
        return 0;
    if (op->q.options->validation == APIREQ_VALIDATE_WARN) {
        for (size_t i = 0; i < MIN(notes->n, (size_t)FAULTS_MAX); i++)
            op_warn(op, notes->items[i]);
        return 0;
    }
    SCOPED_BUF b = BUF_INIT(64 * 1024);
    object_notes_say(notes, &b);
    return cannot_read(op, want, buf_cstr(&b));
}

static int wrong_kind(struct op *op, const struct schema_kind *got, const struct schema_kind *want)
{
    if (!str_eq(got->api_version, want->api_version))
        apireq_status_bad_request(op->a, &op->st, "the API version in the data (%.*s) does not match the expected API version (%.*s)",
                                  STR_FMT(got->api_version), STR_FMT(want->api_version));
    else
        apireq_status_bad_request(op->a, &op->st,
                                  "%.*s in version \"%.*s\" cannot be handled as a %.*s: converting (%.*s.%.*s) to "
                                  "(%.*s.%.*s): unknown conversion",
                                  STR_FMT(got->name), STR_FMT(got->version), STR_FMT(want->name), STR_FMT(got->version), STR_FMT(got->name),
                                  STR_FMT(want->version), STR_FMT(want->name));
    op_status(op);
    return 1;
}

/* apiVersion and kind as the body has them, when it is text and its kind is not ours. */
static int unknown_kind(struct op *op, const struct schema_kind *want)
{
    struct value tree = {0};
    int r = op->q.format == OBJECT_YAML ? yaml_parse(op->a, op->q.body, NULL, &tree, NULL) : json_parse(op->a, op->q.body, &tree, NULL);
    struct str kind = value_text_at(&tree, "kind"), version = value_text_at(&tree, "apiVersion");
    if (r < 0 || (!kind.n && !version.n))
        return 0; /* what is missing is filled in from the path */
    if ((!kind.n || str_eq(kind, want->name)) && (!version.n || str_eq(version, want->api_version)))
        return 0;
    if (version.n && !str_eq(version, want->api_version))
        apireq_status_bad_request(op->a, &op->st, "the API version in the data (%.*s) does not match the expected API version (%.*s)",
                                  STR_FMT(version), STR_FMT(want->api_version));
    else
        apireq_status_bad_request(op->a, &op->st, "no kind \"%.*s\" is registered for version \"%.*s\" in scheme \"coracle\"", STR_FMT(kind),
                                  STR_FMT(version));
    op_status(op);
    return 1;
}

static int decode_bytes(struct op *op, const struct schema_kind *want, struct value *out)
{
    const struct schema_kind *found = NULL;
    struct object_notes notes = {.n = 0};
    struct err err = {{0}};
    struct object_notes *wanted_notes = op->q.options->validation == APIREQ_VALIDATE_IGNORE ? NULL : &notes;
    int r = object_decode_guess(op->a, op->q.format, op->q.body, want, out, &found, wanted_notes, &err);
    if (r == -ENOTSUP) {
        if (op->q.format != OBJECT_PROTOBUF && unknown_kind(op, want))
            return 1;
        notes.n = 0;
        found = want;
        r = object_decode(op->a, op->q.format, op->q.body, want, out, NULL, wanted_notes, &err);
    }
    if (r == -ENOMEM || r == -E2BIG) {
        op_fail(op, r, &err);
        return 1;
    }
    if (r < 0)
        return cannot_read(op, want, err.text);
    if (found && found != want && (want->custom || found->message != want->message))
        return wrong_kind(op, found, want);
    if (op_prune(op, want, out, wanted_notes))
        return 1;
    return op_use_notes(op, want, &notes);
}

int op_decode(struct op *op, const struct schema_kind *want, struct value *out)
{
    struct err err = {{0}};
    if (!op->q.tree && op->q.body.n == 0) {
        apireq_status_bad_request(op->a, &op->st, "%.*s in version \"%.*s\" cannot be handled as a %.*s: the body is empty", STR_FMT(want->name),
                                  STR_FMT(want->version), STR_FMT(want->name));
        op_status(op);
        return 1;
    }
    if (!op->q.tree)
        return decode_bytes(op, want, out);
    int r = value_copy(op->a, op->q.tree, out);
    if (r == 0 && !value_get(out, STR("kind")))
        r = value_set(op->a, out, STR("kind"), value_make_text(want->name)) ? 0 : -ENOMEM;
    if (r == 0 && !value_get(out, STR("apiVersion")))
        r = value_set(op->a, out, STR("apiVersion"), value_make_text(want->api_version)) ? 0 : -ENOMEM;
    if (r == 0)
        r = object_conform(op->a, want, out, NULL, &err);
    if (r == -EBADMSG)
        return cannot_read(op, want, err.text);
    if (r < 0) {
        op_fail(op, r, &err);
        return 1;
    }
    return op_prune(op, want, out, NULL);
}

/* ── what is there ── */

int op_look(struct op *op)
{
    struct object *o = store_newest(op->g->store, op->key);
    op->old = object_unref(op->old);
    op->old_tree = (struct value){0};
    if (!o) {
        apireq_status_not_found(op->a, &op->st, op->res->group, op->res->name, op->name);
        op_status(op);
        return 1;
    }
    op->old = object_ref(o);
    return 0;
}

int op_find(struct op *op)
{
    struct err err = {{0}};
    if (op_look(op))
        return 1;
    struct object *o = op->old;
    if (op_seen(op, o, op_again, &o))
        return 1;
    int r = op->stored->custom ? crd_read(op->a, op->stored, o, &op->old_tree, &err) : object_tree(op->a, o, &op->old_tree, &err);
    if (r < 0) {
        op_fail(op, r, &err);
        return 1;
    }
    return 0;
}

/* ── admission ── */

static int admission_says(struct op *op, int r, struct admit_answer *ans, const struct err *err)
{
    for (size_t i = 0; i < ans->n_warnings; i++)
        op_warn(op, ans->warnings[i]);
    for (size_t i = 0; i < ans->n_notes; i++)
        op_note(op, ans->notes[i].key, ans->notes[i].text);
    if (r == ADMIT_OK)
        return 0;
    if (r < 0) {
        op_fail(op, r, err);
        return 1;
    }
    switch ((enum admit_outcome)r) {
    case ADMIT_TOO_MANY:
        apireq_status_error(op->a, &op->st, 429, "TooManyRequests", "%.*s", STR_FMT(ans->message));
        break;
    case ADMIT_WAITS:
        return 1; /* op_wait(): it begins anew */
    case ADMIT_NOT_FOUND:
        apireq_status_not_found(op->a, &op->st, ans->group, ans->resource, ans->name);
        break;
    case ADMIT_INVALID:
        apireq_status_invalid(op->a, &op->st, op->stored->kind->group, op->stored->kind->name, op->name, ans->faults);
        break;
    case ADMIT_BAD:
        apireq_status_bad_request(op->a, &op->st, "%.*s", STR_FMT(ans->message));
        break;
    case ADMIT_RETRY:
        apireq_status_error(op->a, &op->st, 500, "ServerTimeout", "%.*s", STR_FMT(ans->message));
        op->st.has_details = true;
        op->st.retry_after = ans->retry_seconds;
        break;
    case ADMIT_METHOD:
        apireq_status_error(op->a, &op->st, 405, "MethodNotAllowed", "%.*s", STR_FMT(ans->message));
        break;
    case ADMIT_FORBIDDEN:
    default:
        apireq_status_error(op->a, &op->st, 403, "Forbidden", "%.*s", STR_FMT(ans->message));
        op->st.has_details = true;
        op->st.group = ans->group.n ? ans->group : op->res->group;
        op->st.kind = ans->resource.n ? ans->resource : op->res->name;
        op->st.name = ans->name.n ? ans->name : op->name;
        break;
    }
    if (ans->cause.reason.n) {
        struct apireq_cause *c = arena_alloc(op->a, sizeof(*c));
        if (c) {
            *c = (struct apireq_cause){ans->cause.reason, ans->cause.message, ans->cause.field};
            op->st.causes = c;
            op->st.n_causes = 1;
        }
    }
    op_status(op);
    return 1;
}

int op_admit(struct op *op, enum admit_operation what, struct value *object, const struct value *old, const struct value *options, bool mutate)
{
    struct err err = {{0}};
    struct admit_answer ans = {.n_warnings = 0};
    if (!admit_wants(what, op->res->group, op->res->name, op->sub))
        return 0;
    struct admit_request q = {
        .arena = op->a,
        .lookup = &op->g->lookup,
        .user = op->q.user,
        .operation = what,
        .group = op->res->group,
        .version = op->res->version,
        .resource = op->res->name,
        .subresource = op->sub,
        .namespace = op->ns,
        .name = op->name,
        .dry_run = op->q.options->dry_run,
        .object = object,
        .old = old,
        .options = options,
        .now = op->now,
        .choice = &op->g->choice,
        .notes = op->q.notes,
        .wait = op_wait(op),
        .settings = op->g->settings,
        .now_ms = loop_now(op->g->loop),
    };
    int r = mutate ? admit_mutate(&q, &ans, &err) : admit_validate(&q, &ans, &err);
    return admission_says(op, r, &ans, &err);
}

/* ── managed fields ── */

int op_track(struct op *op, const struct value *old, void (*again)(struct op *op))
{
    struct err err = {{0}};
    struct str manager = op->q.options->manager;
    int r = manager.n ? 0 : apireq_default_manager(op->a, op->q.user_agent, &manager);
    struct apply_options o = {.manager = manager, .subresource = op->sub, .now = op->now};
    op_apply_options(op, &o);
    if (r == 0)
        r = apply_track_update(op->a, &o, old, &op->tree, &err);
    if (r == -EAGAIN) {
        op_ask_lacking(op, again);
        return 1;
    }
    if (r < 0) {
        op_fail(op, r, &err);
        return 1;
    }
    const struct value *owned = value_at(&op->tree, "metadata.managedFields");
    op->owned = owned ? *owned : (struct value){0};
    return 0;
}

/* A webhook that makes them unreadable does not get its way, and upstream's words. */
int op_keep_owners(struct op *op)
{
    struct err err = {{0}};
    struct value *meta = value_at(&op->tree, "metadata"), *now = value_get(meta, STR("managedFields"));
    if (!now || value_same(now, &op->owned))
        return 0;
    int r = apply_owners_readable(op->a, now, &err);
    if (r == -EBADMSG) {
        op_warn_text(op,
                     ".metadata.managedFields was in an invalid state after admission; this could be caused by an outdated mutating admission "
                     "controller; please fix your requests: %s",
                     err.text);
        r = 0;
        if (op->owned.type == VALUE_NULL)
            value_del(meta, STR("managedFields"));
        else
            *now = op->owned;
    }
    if (r < 0)
        op_fail(op, r, &err);
    return r < 0;
}

/* ── the store ── */

static void store_refused(struct op *op, int outcome)
{
    if (outcome == STORE_CONFLICT)
        apireq_status_conflict(op->a, &op->st, op->res->group, op->res->name, op->name, STR_NONE);
    else if (outcome == STORE_FULL)
        apireq_status_error(op->a, &op->st, 507, "InternalError", "the store is full: writes are refused until there is room");
    else
        apireq_status_error(op->a, &op->st, 500, "InternalError", "the store cannot write: its disk fails");
    op_status(op);
}

/* A definition's rows stand in the catalogue before its writer is answered. */
static int publish(struct op *op, struct object *object)
{
    struct err err = {{0}};
    if (op->deletes) {
        schema_custom_withdraw(op->name);
        return 0;
    }
    int r = crd_publish(object, op->exact ? &op->tree : NULL, &err);
    if (r == 0)
        return 0;
    op_fail(op, r, &err);
    return 1;
}

static void write_done(void *ctx, enum store_outcome outcome, struct object *object, int64_t revision)
{
    struct op *op = ctx;
    (void)revision;
    if (outcome != STORE_OK) {
        store_refused(op, (int)outcome);
        return;
    }
    if (crd_is(op->stored) && publish(op, object))
        return;
    if (op->old && (object == op->old || op->exact)) /* written again: so it may well be once more */
        object_tree_keep(object, object == op->old ? &op->old_tree : &op->tree);
    if (op->written) {
        op->written(op, object);
        return;
    }
    if (op->q.blind) {
        op_object(op, op->code, object);
        return;
    }
    op->reply.formed = op->exact && op->res == op->stored ? &op->tree : NULL;
    op_reply_stored(op, op->code, object);
}

static int freeze(struct op *op, struct object **out)
{
    struct err err = {{0}};
    bool formed = op->stored->kind && !op->stored->custom;
    int r = object_conform_changed(op->a, op->stored->kind, &op->tree, op->old ? &op->old_tree : NULL, &err);
    if (r == 0 && op->form.type == VALUE_MAP) {
        r = object_freeze(out, op->key, op->res->storage->kind, &op->form, &err);
        if (r == 0)
            return 0;
        op_fail(op, r, &err);
        return 1;
    }
    if (r == 0 && op->stored->custom && !crd_stores_plain(op->stored)) { /* the tree stays what the writer knows */
        struct value form;
        r = value_copy(op->a, &op->tree, &form);
        if (r == 0)
            r = crd_store_form(op->a, op->stored, &form, &err);
        if (r == 0)
            r = object_freeze(out, op->key, op->stored->kind, &form, &err);
        if (r < 0)
            op_fail(op, r, &err);
        return r < 0;
    }
    struct value *version = op->stored->custom ? value_get(&op->tree, STR("apiVersion")) : NULL;
    struct value own = version ? *version : (struct value){0};
    if (r == 0 && version) /* custom objects are worked on in the version asked for, and stored in one */
        r = crd_store_form(op->a, op->stored, &op->tree, &err);
    if (r == 0 && formed && op->old)
        r = object_freeze_changed(out, op->key, op->stored->kind, &op->tree, op->old, &op->old_tree, &op->exact, &err);
    else if (r == 0)
        r = formed ? object_freeze_formed(out, op->key, op->stored->kind, &op->tree, &op->exact, &err)
                   : object_freeze(out, op->key, op->stored->kind, &op->tree, &err);
    if (version)
        *version = own;
    if (r < 0) {
        op_fail(op, r, &err);
        return 1;
    }
    return 0;
}

static void reply_unwritten(struct op *op, int code)
{
    struct value out = {0};
    if (op->old &&
        !value_put(op->a, &op->tree, "metadata.resourceVersion", value_make_text(arena_fmt(op->a, "%lld", (long long)op->old->revision)))) {
        op_fail(op, -ENOMEM, NULL);
        return;
    }
    if (op->reserved.p)
        ports_give_back(op);
    if (op_from_stored(op, &op->tree, &out) == 0)
        op_tree(op, code, op->res->kind, &out);
}

/* Nothing changes, so nothing is written, as upstream; but what is answered must be durable. */
static void confirm(struct op *op)
{
    int e = store_confirm(op->g->store, op->old, write_done, op);
    if (e < 0)
        op_fail(op, e, NULL);
    else if (e)
        store_refused(op, e);
}

/* Told by the trees: their bytes, which are what counts, would be the same. */
static bool moves_nothing(const struct op *op)
{
    const struct object *old = op->old;
    return old && old->verbatim && old->kind == op->stored->kind && op->form.type == VALUE_NULL && !op->q.options->dry_run &&
           value_identical(&op->tree, &op->old_tree) && !store_stale(op->g->store, old);
}

/* A new pod is looked at by the scheduler in this process as soon as its batch is durable. */
static void keep_for_watchers(struct op *op)
{
    struct object *o = op->exact && !op->old && resource_is(op->stored, "", "pods") ? store_newest(op->g->store, op->key) : NULL;
    if (o)
        object_tree_keep(o, &op->tree);
}

static void write_frozen(struct op *op, struct object *fresh)
{
    struct store_write w = {
        .object = fresh,
        .expect = op->old ? op->old->revision : STORE_ABSENT,
        .lazy = strategy_traits(op->stored) & STRATEGY_LAZY,
        .done = write_done,
        .ctx = op,
    };
    int r = store_write(op->g->store, &w);
    if (r == 0) {
        keep_for_watchers(op);
        return;
    }
    if (r == STORE_CONFLICT && !op->old)
        apireq_status_exists(op->a, &op->st, op->res->group, op->res->name, op->name);
    else if (r < 0) {
        op_fail(op, r, NULL);
        return;
    } else {
        store_refused(op, r);
        return;
    }
    op_status(op);
}

void op_write_frozen(struct op *op, struct object *fresh, int code)
{
    op->code = code;
    write_frozen(op, fresh);
}

static void write_now(struct op *op)
{
    struct object *fresh = NULL;
    int code = op->code;
    if (moves_nothing(op)) {
        confirm(op);
        return;
    }
    if (freeze(op, &fresh))
        return;
    if (op->q.options->dry_run && op->written) {
        fresh->revision = op->old ? op->old->revision : 0;
        op->written(op, fresh);
        object_unref(fresh);
        return;
    }
    if (op->q.options->dry_run) {
        object_unref(fresh);
        reply_unwritten(op, code);
        return;
    }
    if (op->old && str_eq(fresh->stored, op->old->stored) && !store_stale(op->g->store, op->old)) {
        op->old->verbatim = fresh->verbatim && fresh->kind == op->old->kind;
        object_unref(fresh);
        confirm(op);
        return;
    }
    fresh->awaited = op->exact && op->res == op->stored && !op->q.tree && op->q.format == OBJECT_JSON && !op->written;
    write_frozen(op, fresh);
}

void op_write(struct op *op, int code)
{
    op->code = code;
    if (op_stored_elsewhere(op))
        op_make_form(op, write_now);
    else
        write_now(op);
}

void op_remove(struct op *op, int code)
{
    op->code = code;
    op->deletes = true;
    if (op->q.options->dry_run) {
        if (op->written)
            op->written(op, op->old);
        else
            op_reply_stored(op, code, op->old);
        return;
    }
    struct store_write w = {
        .key = op->key,
        .expect = op->old->revision,
        .lazy = strategy_traits(op->stored) & STRATEGY_LAZY,
        .done = write_done,
        .ctx = op,
    };
    int r = store_write(op->g->store, &w);
    if (r < 0)
        op_fail(op, r, NULL);
    else if (r)
        store_refused(op, r);
}

/* ── dispatch ── */

static void op_get(struct op *op)
{
    struct object *o = registry_get(op->g, op->res, op->ns, op->name);
    if (!o) {
        apireq_status_not_found(op->a, &op->st, op->res->group, op->res->name, op->name);
        op_status(op);
        return;
    }
    if (op->q.options->revision > store_revision(op->g->store)) {
        apireq_status_too_large_version(op->a, &op->st, op->q.options->revision, store_revision(op->g->store));
        object_unref(o);
        op_status(op);
        return;
    }
    op_reply_stored(op, 200, o);
    object_unref(o);
}

static void dispatch(struct op *op)
{
    if (op->q.connect) {
        op_connect(op);
        return;
    }
    if (op_is_review(op)) {
        op_review(op);
        return;
    }
    if (str_is(op->sub, "scale")) {
        op_scale(op);
        return;
    }
    if (str_is(op->sub, "binding") || resource_is(op->res, "", "bindings")) {
        op_bind(op);
        return;
    }
    if (str_is(op->sub, "eviction")) {
        op_evict(op);
        return;
    }
    switch (op->q.route->verb) {
    case APIREQ_GET:
        op_get(op);
        return;
    case APIREQ_CREATE:
        op_create(op);
        return;
    case APIREQ_UPDATE:
        op_update(op);
        return;
    case APIREQ_PATCH:
        op_patch(op);
        return;
    case APIREQ_DELETE:
        op_delete(op);
        return;
    case APIREQ_DELETECOLLECTION:
        op_delete_collection(op);
        return;
    default:
        apireq_status_method(op->a, &op->st, op->q.route);
        op_status(op);
    }
}

static void op_start(struct op *op)
{
    const struct registry_request *q = &op->q;
    op->res = q->resource;
    op->stored = q->resource->storage && !q->resource->custom ? q->resource->storage : q->resource;
    op->sub = q->route->subresource;
    op->ns = q->route->ns;
    op->name = q->route->name;
    if (query_key(op->a, op->res, op->ns, op->name, &op->key) < 0) {
        op_fail(op, -ENOMEM, NULL);
        return;
    }
    dispatch(op);
}

void op_restart(struct op *op)
{
    struct op *fresh = arena_alloc(op->a, sizeof(*fresh));
    if (!fresh) {
        op_fail(op, -ENOMEM, NULL);
        return;
    }
    object_unref(op->old);
    *fresh = (struct op){.g = op->g,
                         .q = op->asked,
                         .asked = op->asked,
                         .a = op->a,
                         .now = op->now,
                         .done = op->done,
                         .ctx = op->ctx,
                         .again_tries = op->again_tries,
                         .wait = {.since = op->wait.since},
                         .waits = op->waits,
                         .seen = op->seen,
                         .made = op->made,
                         .shown = op->shown};
    *op = *fresh;
    op_start(op);
}

void registry_do(struct registry *g, const struct registry_request *q, void (*done)(void *ctx, const struct registry_reply *r), void *ctx)
{
    struct op *op = arena_alloc(q->arena, sizeof(*op));
    if (!op) {
        struct apireq_status st;
        apireq_status_memory(&st);
        done(ctx, &(struct registry_reply){.code = st.code, .status = &st});
        return;
    }
    *op = (struct op){.g = g, .q = *q, .asked = *q, .a = q->arena, .now = loop_wall(g->loop), .done = done, .ctx = ctx};
    g->ops++;
    op_start(op);
}

/* ── what kinds says about an object becomes a reply ── */

int op_prune(struct op *op, const struct schema_kind *kind, struct value *tree, struct object_notes *notes)
{
    const struct structural *s = kind->custom ? structural_of(kind) : NULL;
    if (!kind->custom)
        return 0;
    int r = s ? structural_prune(op->a, s, tree, notes) : -ENOMEM;
    if (r == 0)
        return 0;
    op_fail(op, r, NULL);
    return 1;
}

void op_apply_options(const struct op *op, struct apply_options *o)
{
    const struct structural *s = op->res->custom ? structural_of(op->res->kind) : NULL;
    o->kind = op->res->custom ? op->res->kind : op->stored->kind;
    o->message = s ? structural_message(s) : NULL;
    o->in_version = op->res->custom && op->res->custom->webhook ? op_in_version : NULL;
    o->ctx = (void *)(uintptr_t)op;
    o->whole = op->res->custom && !schema_subresource_find(op->res, STR("status"));
}

/* A definition's status is the server's to write. */
static int settle(struct op *op, const struct value *old)
{
    if (!crd_is(op->stored) || op->sub.n)
        return 0;
    int r = crd_settle(op->a, &op->tree, old, op->now);
    if (r == 0)
        return 0;
    op_fail(op, r, NULL);
    return 1;
}

int op_default(struct op *op)
{
    int r = kinds_default(op->a, op->stored->kind, &op->tree);
    if (r == 0)
        return 0;
    op_fail(op, r, NULL);
    return 1;
}

static int answer_faults(struct op *op, struct faults *f)
{
    struct str name = op->name.n ? op->name : value_text_at(&op->tree, "metadata.generateName");
    if (!f->n)
        return 0;
    apireq_status_invalid(op->a, &op->st, op->stored->kind->group, op->stored->kind->name, name, f);
    op_status(op);
    return 1;
}

int op_judge_create(struct op *op)
{
    struct faults f;
    if (settle(op, NULL))
        return 1;
    faults_init(&f, op->a);
    kinds_validate_create(op->stored->kind, &op->tree, &f);
    if (intercept_check(op->g->intercept, op->stored->kind, &op->tree, NULL, &f) < 0) {
        op_fail(op, -ENOMEM, NULL);
        return 1;
    }
    return answer_faults(op, &f);
}

int op_judge_update(struct op *op)
{
    struct faults f;
    if (settle(op, &op->old_tree))
        return 1;
    faults_init(&f, op->a);
    kinds_validate_update(op->stored->kind, op->sub, &op->old_tree, &op->tree, &f);
    if (intercept_check(op->g->intercept, op->stored->kind, &op->tree, &op->old_tree, &f) < 0) {
        op_fail(op, -ENOMEM, NULL);
        return 1;
    }
    return answer_faults(op, &f);
}
