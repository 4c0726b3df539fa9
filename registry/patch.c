/* PATCH in its four forms. */
#include "json/json.h"
#include "patch/patch.h"
#include "registry/inside.h"
#include "apply/apply.h"
#include "yaml/yaml.h"

static int bad_patch(struct op *op, const struct err *err)
{
    apireq_status_bad_request(op->a, &op->st, "error decoding patch: %s", err->text);
    op_status(op);
    return 1;
}

static void floats_settle(struct value *v)
{
    if (v->type == VALUE_DOUBLE && v->number > -1e18 && v->number < 1e18 && v->number == (double)(int64_t)v->number)
        *v = value_make_int((int64_t)v->number);
    for (uint32_t i = 0; v->type == VALUE_MAP && i < v->map.n; i++)
        floats_settle(&v->map.members[i].value);
    for (uint32_t i = 0; v->type == VALUE_LIST && i < v->list.n; i++)
        floats_settle(&v->list.items[i]);
}

/* What is applied is YAML, but clients send JSON, which is read in a tenth of the time and gives the same tree. Only faults and
 * keys that come again are told in YAML's words: false, ask its parser. */
static bool applied_json(struct op *op, struct value *out)
{
    struct value_duplicates again = {.n = 0};
    if (!str_starts(str_trim(op->q.body), STR("{")) || json_parse_noting(op->a, op->q.body, &again, out, NULL) < 0 || again.n)
        return false;
    floats_settle(out);
    return true;
}

/* Notes of duplicate keys are taken only where fieldValidation asks for them. */
static int parse(struct op *op, struct value *out, struct value_duplicates **noted)
{
    struct err err = {{0}};
    *noted = NULL;
    if (op->q.tree) {
        *out = *op->q.tree;
        return 0;
    }
    if (op->q.options->validation != APIREQ_VALIDATE_IGNORE) {
        *noted = arena_alloc(op->a, sizeof(**noted));
        if (!*noted) {
            op_fail(op, -ENOMEM, NULL);
            return 1;
        }
    }
    bool yaml = op->q.patch == APIREQ_PATCH_APPLY && !applied_json(op, out);
    int r = 0;
    if (yaml)
        r = yaml_parse(op->a, op->q.body, *noted, out, &err);
    else if (op->q.patch != APIREQ_PATCH_APPLY)
        r = json_parse_noting(op->a, op->q.body, *noted, out, &err);
    if (r == -ENOMEM) {
        op_fail(op, r, &err);
        return 1;
    }
    return r < 0 ? bad_patch(op, &err) : 0;
}

static int refuse_options(struct op *op, enum fault_type type, const char *field, const char *why)
{
    struct faults f;
    faults_init(&f, op->a);
    fault_add(&f, type, field, NULL, "%s", why);
    apireq_status_invalid(op->a, &op->st, STR("meta.k8s.io"), STR("PatchOptions"), STR(""), &f);
    op_status(op);
    return 1;
}

static int check_options(struct op *op)
{
    const struct apireq_options *o = op->q.options;
    if (op->q.patch == APIREQ_PATCH_APPLY)
        return o->manager.n ? 0 : refuse_options(op, FAULT_REQUIRED, "fieldManager", "is required for apply patch");
    return o->has_force ? refuse_options(op, FAULT_FORBIDDEN, "force", "may not be specified for non-apply patch") : 0;
}

/* As Go prints what a strategic merge patch is there: map[a:map[b:c] d:[1 2]]. */
static void print_map(struct arena *a, struct buf *b, const struct value *v);

static int by_key(const void *x, const void *y)
{
    return str_cmp((*(const struct value_member *const *)x)->key, (*(const struct value_member *const *)y)->key);
}

static void print_members(struct arena *a, struct buf *b, const struct value *v)
{
    const struct value_member **sorted = arena_alloc(a, (value_count(v) + 1) * sizeof(*sorted));
    size_t n = 0;
    buf_text(b, "map[");
    VALUE_EACH_MEMBER (m, v)
        if (sorted)
            sorted[n++] = m;
    if (n)
        qsort(sorted, n, sizeof(*sorted), by_key);
    for (size_t i = 0; i < n; i++) {
        buf_fmt(b, "%s%.*s:", i ? " " : "", STR_FMT(sorted[i]->key));
        print_map(a, b, &sorted[i]->value);
    }
    buf_char(b, ']');
}

static void print_map(struct arena *a, struct buf *b, const struct value *v)
{
    const char *between = "";
    switch (v->type) {
    case VALUE_MAP:
        print_members(a, b, v);
        break;
    case VALUE_LIST:
        buf_char(b, '[');
        VALUE_EACH_ITEM (item, v) {
            buf_text(b, between);
            print_map(a, b, item);
            between = " ";
        }
        buf_char(b, ']');
        break;
    case VALUE_TEXT:
        buf_str(b, v->text);
        break;
    case VALUE_NULL:
        buf_text(b, "<nil>");
        break;
    default:
        json_print(b, v);
        break;
    }
}

/* 422 at `patch`, as upstream: beside what came of it, or it itself: a strategic one, and where only its own text is at fault
 * (result NULL). */
static int unfit(struct op *op, const struct value *result, const struct value *patch, const char *why)
{
    struct faults f;
    struct value shown;
    SCOPED_BUF b = BUF_INIT(1u << 20);
    faults_init(&f, op->a);
    if (op->q.patch == APIREQ_PATCH_STRATEGIC && !op->res->custom)
        print_map(op->a, &b, patch);
    else if (result)
        json_print(&b, result);
    else
        buf_str(&b, op->q.body);
    shown = value_make_text(buf_error(&b) < 0 ? STR("") : buf_view(&b));
    fault_add(&f, FAULT_INVALID, "patch", &shown, "%s", why);
    apireq_status_invalid(op->a, &op->st, STR(""), STR(""), STR(""), &f);
    op_status(op);
    return 1;
}

/* What came out of the patch is brought into the kind's form again; what does not fit is the patch's fault. `patch` NULL: something
 * applied. */
static int conform(struct op *op, const struct schema_kind *kind, struct value *tree, const struct value *patch, const struct value_duplicates *noted)
{
    struct err err = {{0}};
    struct value before = {0};
    struct object_notes notes = {.n = 0};
    for (size_t i = 0; noted && i < MIN(noted->n, (size_t)VALUE_DUPLICATES_MAX); i++)
        notes.items[notes.n++] = arena_fmt(op->a, "duplicate field \"%.*s\"", STR_FMT(noted->items[i]));
    size_t own = notes.n;
    int r = patch ? value_copy(op->a, tree, &before) : 0; /* fitting drops what is told of */
    if (r == 0)
        r = object_conform(op->a, kind, tree, &notes, &err);
    if (r == -ENOMEM) {
        op_fail(op, r, &err);
        return 1;
    }
    if (r < 0 && patch)
        return unfit(op, &before, patch, err.text);
    if (r < 0) {
        apireq_status_bad_request(op->a, &op->st, "%.*s in version \"%.*s\" cannot be handled as a %.*s: %s", STR_FMT(kind->name),
                                  STR_FMT(kind->version), STR_FMT(kind->name), err.text);
        op_status(op);
        return 1;
    }
    if (op_prune(op, kind, tree, &notes))
        return 1;
    if (!patch || !notes.n || op->q.options->validation != APIREQ_VALIDATE_STRICT)
        return op_use_notes(op, kind, &notes);
    SCOPED_BUF b = BUF_INIT(64 * 1024); /* the patch's own faults first */
    buf_text(&b, "strict decoding error: ");
    for (size_t i = 0; i < MIN(notes.n, (size_t)FAULTS_MAX); i++)
        buf_fmt(&b, "%s%.*s", i ? ", " : "", STR_FMT(notes.items[i]));
    return unfit(op, notes.n > own ? &before : NULL, patch, buf_cstr(&b));
}

/* A patch that makes something else of the object, by its type's name. */
static int check_kind(struct op *op, const struct value *now, const struct value *patch)
{
    const struct schema_kind *want = op->res->kind;
    struct str kind = value_text_at(now, "kind"), version = value_text_at(now, "apiVersion");
    if ((!kind.n || str_eq(kind, want->name)) && (!version.n || str_eq(version, want->api_version)))
        return 0;
    struct str why = arena_fmt(op->a, "no kind \"%.*s\" is registered for version \"%.*s\" in scheme \"coracle\"",
                               STR_FMT(kind.n ? kind : want->name), STR_FMT(version.n ? version : want->api_version));
    return unfit(op, now, patch, why.p ? why.p : "it is of another kind");
}

static int run(struct op *op, const struct value *target, const struct value *patch, struct value *out, struct err *err)
{
    switch (op->q.patch) {
    case APIREQ_PATCH_JSON:
        return patch_json(op->a, target, patch, out, err);
    case APIREQ_PATCH_MERGE:
        return patch_merge(op->a, target, patch, out, err);
    case APIREQ_PATCH_STRATEGIC:
        if (op->res->custom)
            return patch_merge(op->a, target, patch, out, err);
        return patch_strategic(op->a, op->res->kind->message, target, patch, out, err);
    case APIREQ_PATCH_APPLY:
    default:
        return -EINVAL;
    }
}

static int patch_failed(struct op *op, int r, const struct err *err)
{
    if (r == -ENOMEM) {
        op_fail(op, r, err);
        return 1;
    }
    if (op->q.patch == APIREQ_PATCH_JSON) /* upstream: 422 with the library's sentence */
        apireq_status_error(op->a, &op->st, 422, "Invalid", "the server rejected our request due to an error in our request: %s", err->text);
    else
        apireq_status_bad_request(op->a, &op->st, "%s", err->text);
    if (op->q.patch == APIREQ_PATCH_JSON)
        op->st.has_details = true;
    op_status(op);
    return 1;
}

/* The name, namespace and type of the object are not for patches to change. */
static int check_identity(struct op *op, const struct value *now)
{
    struct str name = value_text_at(now, "metadata.name"), ns = value_text_at(now, "metadata.namespace");
    if (str_eq(name, op->name) && (!op->res->namespaced || str_eq(ns, op->ns)))
        return 0;
    if (!str_eq(name, op->name))
        apireq_status_bad_request(op->a, &op->st, "the name of the object (%.*s) does not match the name on the URL (%.*s)", STR_FMT(name),
                                  STR_FMT(op->name));
    else
        apireq_status_bad_request(op->a, &op->st, "the namespace of the object (%.*s) does not match the namespace on the request (%.*s)",
                                  STR_FMT(ns), STR_FMT(op->ns));
    op_status(op);
    return 1;
}

static void patch_plain(struct op *op, const struct value *patch, const struct value_duplicates *noted)
{
    struct value target = {0}, out = {0};
    struct err err = {{0}};
    if (op_find(op) || op_from_stored(op, &op->old_tree, &target))
        return;
    int r = run(op, &target, patch, &out, &err);
    if (r) {
        patch_failed(op, r < 0 ? r : -EINVAL, &err);
        return;
    }
    if (check_kind(op, &out, patch) || conform(op, op->res->kind, &out, patch, noted) || check_identity(op, &out) ||
        op_to_stored(op, &out, &op->tree))
        return;
    op_update_with(op);
}

/* ── server-side apply ── */

static int check_applied(struct op *op, const struct value *applied)
{
    struct str kind = value_text_at(applied, "kind"), version = value_text_at(applied, "apiVersion");
    struct str name = value_text_at(applied, "metadata.name");
    if (applied->type != VALUE_MAP) {
        apireq_status_bad_request(op->a, &op->st, "error decoding YAML: the applied configuration is not an object");
    } else if (!kind.n || !version.n) {
        apireq_status_bad_request(op->a, &op->st, "error decoding YAML: Object '%s' is missing in the applied configuration",
                                  kind.n ? "apiVersion" : "Kind");
    } else if (!str_eq(version, op->res->kind->api_version) || !str_eq(kind, op->res->kind->name)) {
        apireq_status_bad_request(op->a, &op->st, "incorrect type of the applied configuration: %.*s, %.*s is expected to be %.*s, %.*s",
                                  STR_FMT(version), STR_FMT(kind), STR_FMT(op->res->kind->api_version), STR_FMT(op->res->kind->name));
    } else if (name.n && !str_eq(name, op->name)) {
        apireq_status_bad_request(op->a, &op->st, "the name of the object (%.*s) does not match the name on the URL (%.*s)", STR_FMT(name),
                                  STR_FMT(op->name));
    } else if (value_count(value_at(applied, "metadata.managedFields"))) {
        apireq_status_bad_request(op->a, &op->st, "metadata.managedFields must be nil");
    } else {
        return 0;
    }
    op_status(op);
    return 1;
}

/* Unknown fields and wrong types are found on a copy: what is applied must stay as sparse as it came. */
static int check_typed(struct op *op, const struct value *applied)
{
    struct value copy = {0};
    if (value_fork(op->a, applied, &copy) < 0) {
        op_fail(op, -ENOMEM, NULL);
        return 1;
    }
    return conform(op, op->res->kind, &copy, NULL, NULL);
}

/* The same of what came out of an apply. All that is wrong with what was applied is wrong with it too, or has no place in the schema,
 * which the merge refuses; so it is looked for there first, and what was applied is looked at only where something is found: what
 * is answered tells of that. */
static int check_result(struct op *op, const struct value *applied, const struct value *live, struct value *out)
{
    struct err err = {{0}};
    struct object_notes notes = {.n = 0};
    struct value whole = *out;
    if (object_conform_merged(op->a, op->res->kind, &whole, live, &notes, &err) == 0 && !notes.n) {
        *out = whole;
        return 0;
    }
    return check_typed(op, applied) || conform(op, op->res->kind, out, NULL, NULL);
}

/* `patch` with its name and namespace, in maps of its own where that writes. */
static int fill_identity(struct op *op, const struct value *patch, struct value *applied)
{
    int r = 0;
    *applied = value_make_map();
    VALUE_EACH_MEMBER (m, patch) {
        struct value *at = value_set(op->a, applied, m->key, m->value);
        if (!at || (str_is(m->key, "metadata") && value_fork(op->a, &m->value, at) < 0))
            return -ENOMEM;
    }
    VALUE_SET(&r, op->a, applied, "metadata.name", value_make_text(op->name));
    if (op->res->namespaced)
        VALUE_SET(&r, op->a, applied, "metadata.namespace", value_make_text(op->ns));
    return r;
}

/* `unchecked`: of what was applied nobody has looked yet whether its types are right, or NULL. That comes first. */
static int apply(struct op *op, const struct value *live, const struct value *applied, const struct value *unchecked, struct value *out)
{
    struct apply_options o = {
        .manager = op->q.options->manager,
        .subresource = op->sub,
        .force = op->q.options->force,
        .now = op->now,
    };
    struct apply_conflict *conflicts = NULL;
    size_t n = 0;
    struct err err = {{0}};
    op_apply_options(op, &o);
    o.kind = op->res->kind;
    int r = apply_server_side(op->a, &o, live, applied, out, &conflicts, &n, &err);
    if (r == 0)
        return 0;
    if (unchecked && r != -EAGAIN && r != -ENOMEM && check_typed(op, unchecked))
        return 1;
    if (r == 1) {
        apireq_status_apply_conflict(op->a, &op->st, conflicts, n);
        op_status(op);
    } else if (r == -EAGAIN) {
        op_ask_lacking(op, op_again);
    } else if (r == -EINVAL || r == -EBADMSG) {
        apireq_status_bad_request(op->a, &op->st, "%s", err.text);
        op_status(op);
    } else {
        op_fail(op, r, &err);
    }
    return 1;
}

/* Keys that come again in an applied body: told last, since upstream merges before it looks for them. */
static int duplicates(struct op *op, const struct value_duplicates *noted)
{
    if (!noted || !noted->n)
        return 0;
    if (op->q.options->validation == APIREQ_VALIDATE_WARN) {
        for (size_t i = 0; i < MIN(noted->n, (size_t)VALUE_DUPLICATES_MAX); i++)
            op_warn(op, noted->items[i]);
        return 0;
    }
    SCOPED_BUF b = BUF_INIT(64 * 1024);
    object_duplicates_say(noted, &b);
    apireq_status_bad_request(op->a, &op->st, "error strict decoding patch: %s", buf_cstr(&b));
    op_status(op);
    return 1;
}

/* What came of it, in form and nobody else's. */
static int applied_result(struct op *op, const struct value *patch, const struct value *live, bool checked, const struct value_duplicates *noted,
                          struct value *out)
{
    struct value own = *out;
    bool formed = live && value_same(out, live) && op->res == op->stored && !op->res->custom;
    /* Of custom objects only the metadata is made anew below; what changes nothing is in form already. */
    if ((formed || op->res->custom) && value_fork(op->a, out, &own) < 0) {
        op_fail(op, -ENOMEM, NULL);
        return 1;
    }
    *out = own;
    if (formed)
        return duplicates(op, noted);
    if (checked ? conform(op, op->res->kind, out, NULL, NULL) : check_result(op, patch, live, out))
        return 1;
    return duplicates(op, noted);
}

static bool is_text(const struct value *v)
{
    return !v || v->type == VALUE_TEXT;
}

static void patch_apply(struct op *op, const struct value *patch, const struct value_duplicates *noted)
{
    struct value applied = {0}, live = {0}, out = {0};
    const struct value *meta = value_get(patch, STR("metadata"));
    bool there = store_newest(op->g->store, op->key) != NULL;
    bool replaces = !is_text(value_get(meta, STR("name"))) || !is_text(value_get(meta, STR("namespace"))); /* what fill_identity() writes over */
    bool early = !there || op->res->custom || replaces || (meta && meta->type != VALUE_MAP);
    if (check_applied(op, patch) || (early && check_typed(op, patch)))
        return;
    if (fill_identity(op, patch, &applied) < 0) {
        op_fail(op, -ENOMEM, NULL);
        return;
    }
    if (!there && op->sub.n) {
        if (op_find(op)) /* answers 404 */
            return;
    }
    if (!there && value_text_at(&applied, "metadata.uid").n) {
        apireq_status_conflict(op->a, &op->st, op->res->group, op->res->name, op->name,
                               arena_fmt(op->a, "uid mismatch: the provided object specified uid %.*s, and no existing object was found",
                                         STR_FMT(value_text_at(&applied, "metadata.uid"))));
        op_status(op);
        return;
    }
    if (there && (op_find(op) || op_from_stored(op, &op->old_tree, &live)))
        return;
    const struct value *before = there ? &live : NULL;
    if (apply(op, before, &applied, early ? NULL : patch, &out) || applied_result(op, patch, before, early, noted, &out) ||
        op_to_stored(op, &out, &op->tree))
        return;
    if (there)
        op_update_with(op);
    else
        op_create_from_apply(op);
}

void op_patch(struct op *op)
{
    struct value patch = {0};
    struct value_duplicates *noted;
    if (check_options(op) || parse(op, &patch, &noted))
        return;
    if (op->q.patch == APIREQ_PATCH_APPLY)
        patch_apply(op, &patch, noted);
    else
        patch_plain(op, &patch, noted);
}
