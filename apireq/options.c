/* The query's options, judged as upstream's parameter codec and list validation do. */
#include "apireq/apireq.h"
#include "http/http.h"

static bool read_bool(struct str v) /* "" is true: the key alone was given */
{
    return !str_is(v, "0") && !str_eq_nocase(v, STR("false"));
}

static int read_int(struct arena *a, struct str v, int64_t *out, struct apireq_status *st)
{
    int r = str_to_int(v, out);
    if (r == 0)
        return 0;
    apireq_status_bad_request(a, st, "strconv.ParseInt: parsing \"%.*s\": %s", STR_FMT(v), r == -ERANGE ? "value out of range" : "invalid syntax");
    return 1;
}

static int read_propagation(struct arena *a, struct str v, struct apireq_options *o, struct apireq_status *st)
{
    if (str_is(v, "Orphan"))
        o->propagation = APIREQ_PROPAGATE_ORPHAN;
    else if (str_is(v, "Background"))
        o->propagation = APIREQ_PROPAGATE_BACKGROUND;
    else if (str_is(v, "Foreground"))
        o->propagation = APIREQ_PROPAGATE_FOREGROUND;
    else if (v.n) {
        struct faults f;
        struct value bad = value_make_text(v);
        faults_init(&f, a);
        fault_add(&f, FAULT_NOT_SUPPORTED, "propagationPolicy", &bad, "supported values: \"Background\", \"Foreground\", \"Orphan\"");
        apireq_status_invalid(a, st, STR("meta.k8s.io"), STR("DeleteOptions"), STR(""), &f);
        return 1;
    }
    return 0;
}

static int read_dry_run(struct arena *a, struct str v, const char *kind, struct apireq_options *o, struct apireq_status *st)
{
    if (str_is(v, "All")) {
        o->dry_run = true;
        return 0;
    }
    struct faults f;
    struct value list = value_make_list();
    faults_init(&f, a);
    if (!value_add(a, &list, value_make_text(v))) {
        apireq_status_memory(st);
        return 1;
    }
    fault_add(&f, FAULT_NOT_SUPPORTED, "dryRun", &list, "supported values: \"All\"");
    apireq_status_invalid(a, st, STR("meta.k8s.io"), str_of(kind), STR(""), &f);
    return 1;
}

static const char *options_kind(enum apireq_verb v)
{
    switch (v) {
    case APIREQ_UPDATE:
        return "UpdateOptions";
    case APIREQ_PATCH:
        return "PatchOptions";
    case APIREQ_DELETE:
    case APIREQ_DELETECOLLECTION:
        return "DeleteOptions";
    default:
        return "CreateOptions";
    }
}

static int read_validation(struct arena *a, struct str v, const struct apireq_route *route, struct apireq_options *o, struct apireq_status *st)
{
    if (str_is(v, "Strict"))
        o->validation = APIREQ_VALIDATE_STRICT;
    else if (str_is(v, "Ignore"))
        o->validation = APIREQ_VALIDATE_IGNORE;
    else if (v.n && !str_is(v, "Warn")) {
        struct faults f;
        struct value bad = value_make_text(v);
        faults_init(&f, a);
        fault_add(&f, FAULT_NOT_SUPPORTED, "fieldValidation", &bad, "supported values: \"\", \"Ignore\", \"Strict\", \"Warn\"");
        apireq_status_invalid(a, st, STR("meta.k8s.io"), str_of(options_kind(route->verb)), STR(""), &f);
        return 1;
    }
    return 0;
}

static int check_manager(struct arena *a, const struct apireq_route *route, struct apireq_options *o, struct apireq_status *st)
{
    const char *why = NULL;
    struct faults f;
    struct value bad = value_make_text(o->manager);
    faults_init(&f, a);
    if (o->manager.n > 128)
        why = "may not be more than 128 bytes";
    if (why)
        fault_add(&f, FAULT_TOO_LONG, "fieldManager", NULL, "%s", why);
    for (size_t i = 0; !why && i < o->manager.n; i++)
        if ((unsigned char)o->manager.p[i] < 0x20 || o->manager.p[i] == 0x7f) {
            why = "should only contain printable characters";
            fault_add(&f, FAULT_INVALID, "fieldManager", &bad, "%s", why);
        }
    if (!why)
        return 0;
    apireq_status_invalid(a, st, STR("meta.k8s.io"), str_of(options_kind(route->verb)), STR(""), &f);
    return 1;
}

/* One pair for the verbs that read a list of objects. */
static int read_list_option(struct arena *a, struct str name, struct str value, struct apireq_options *o, struct apireq_status *st)
{
    if (str_is(name, "labelSelector"))
        o->label_selector = value;
    else if (str_is(name, "fieldSelector"))
        o->field_selector = value;
    else if (str_is(name, "continue"))
        o->continue_token = value;
    else if (str_is(name, "limit"))
        return read_int(a, value, &o->limit, st);
    else if (str_is(name, "resourceVersion"))
        o->resource_version = value;
    else if (str_is(name, "resourceVersionMatch"))
        o->version_match = value;
    else if (str_is(name, "watch"))
        o->watch = read_bool(value);
    else if (str_is(name, "allowWatchBookmarks"))
        o->bookmarks = read_bool(value);
    else if (str_is(name, "sendInitialEvents")) {
        o->has_initial_events = true;
        o->initial_events = read_bool(value);
    } else if (str_is(name, "timeoutSeconds"))
        return read_int(a, value, &o->timeout_seconds, st);
    return 0;
}

static int read_write_option(struct arena *a, const struct apireq_route *route, struct str name, struct str value, struct apireq_options *o,
                             struct apireq_status *st)
{
    if (str_is(name, "dryRun"))
        return read_dry_run(a, value, options_kind(route->verb), o, st);
    if (str_is(name, "fieldManager"))
        o->manager = value;
    else if (str_is(name, "fieldValidation"))
        return read_validation(a, value, route, o, st);
    else if (str_is(name, "force")) {
        o->has_force = true;
        o->force = read_bool(value);
    } else if (str_is(name, "gracePeriodSeconds")) {
        o->has_grace = true;
        return read_int(a, value, &o->grace_seconds, st);
    } else if (str_is(name, "propagationPolicy"))
        return read_propagation(a, value, o, st);
    else if (str_is(name, "orphanDependents")) {
        o->orphan_dependents_set = true;
        o->orphan_dependents = read_bool(value);
    } else if (str_is(name, "ignoreStoreReadErrorWithClusterBreakingPotential"))
        o->ignore_store_read_error = read_bool(value);
    return 0;
}

static void check_list(struct faults *f, const struct apireq_options *o)
{
    struct str match = o->version_match;
    struct value bad = value_make_text(match);
    if (match.n) {
        if (!o->resource_version.n)
            fault_add(f, FAULT_FORBIDDEN, "resourceVersionMatch", NULL, "resourceVersionMatch is forbidden unless resourceVersion is provided");
        if (o->continue_token.n)
            fault_add(f, FAULT_FORBIDDEN, "resourceVersionMatch", NULL, "resourceVersionMatch is forbidden when continue is provided");
        if (!str_is(match, "Exact") && !str_is(match, "NotOlderThan"))
            fault_add(f, FAULT_NOT_SUPPORTED, "resourceVersionMatch", &bad, "supported values: \"\", \"Exact\", \"NotOlderThan\"");
        if (str_is(match, "Exact") && str_is(o->resource_version, "0"))
            fault_add(f, FAULT_FORBIDDEN, "resourceVersionMatch", NULL, "resourceVersionMatch \"exact\" is forbidden for resourceVersion \"0\"");
    }
    if (o->has_initial_events)
        fault_add(f, FAULT_FORBIDDEN, "sendInitialEvents", NULL, "sendInitialEvents is forbidden for list");
}

static void check_watch(struct faults *f, const struct apireq_options *o)
{
    struct str match = o->version_match;
    struct value bad = value_make_text(match);
    if (o->has_initial_events && !str_is(match, "NotOlderThan"))
        fault_add(f, FAULT_FORBIDDEN, "resourceVersionMatch", NULL, "sendInitialEvents requires setting resourceVersionMatch to NotOlderThan");
    if (!match.n)
        return;
    if (!o->has_initial_events)
        fault_add(f, FAULT_FORBIDDEN, "resourceVersionMatch", NULL,
                  "resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided");
    if (!str_is(match, "NotOlderThan"))
        fault_add(f, FAULT_NOT_SUPPORTED, "resourceVersionMatch", &bad, "supported values: \"NotOlderThan\"");
    if (o->continue_token.n)
        fault_add(f, FAULT_FORBIDDEN, "resourceVersionMatch", NULL, "resourceVersionMatch is forbidden when continue is provided");
}

static int read_version(struct arena *a, struct apireq_options *o, struct apireq_status *st)
{
    uint64_t n = 0;
    if (!o->resource_version.n)
        return 0;
    if (str_to_uint(o->resource_version, &n) == 0 && n <= INT64_MAX) {
        o->revision = (int64_t)n;
        return 0;
    }
    apireq_status_bad_request(a, st,
                              "invalid resource version: resourceVersion: Invalid value: \"%.*s\": strconv.ParseUint: parsing "
                              "\"%.*s\": invalid syntax",
                              STR_FMT(o->resource_version), STR_FMT(o->resource_version));
    return 1;
}

static int check(struct arena *a, const struct apireq_route *route, struct apireq_options *o, struct apireq_status *st)
{
    struct faults f;
    faults_init(&f, a);
    switch (route->verb) {
    case APIREQ_LIST:
    case APIREQ_WATCH:
    case APIREQ_DELETECOLLECTION:
        if (o->watch || route->verb == APIREQ_WATCH)
            check_watch(&f, o);
        else
            check_list(&f, o);
        break;
    case APIREQ_PATCH:
    case APIREQ_CREATE:
    case APIREQ_UPDATE:
        return check_manager(a, route, o, st);
    default:
        break;
    }
    if (f.n) {
        apireq_status_invalid(a, st, STR("meta.k8s.io"), STR("ListOptions"), STR(""), &f);
        return 1;
    }
    return 0;
}

int apireq_options_parse(struct arena *a, const struct apireq_route *route, struct str query, struct apireq_options *out, struct apireq_status *st)
{
    struct str rest = query, name, value;
    enum apireq_verb v = route->verb;
    bool lists = v == APIREQ_LIST || v == APIREQ_WATCH || v == APIREQ_DELETECOLLECTION;
    bool writes = !lists && v != APIREQ_NONE && v != APIREQ_GET;
    *out = (struct apireq_options){.grace_seconds = -1};
    while (http_query_next(a, &rest, &name, &value)) {
        int r = 0;
        if (str_is(name, "pretty"))
            out->pretty = read_bool(value);
        if (lists)
            r = read_list_option(a, name, value, out, st);
        else if (str_is(name, "resourceVersion"))
            out->resource_version = value;
        if (r == 0 && (writes || v == APIREQ_DELETECOLLECTION))
            r = read_write_option(a, route, name, value, out, st);
        if (r)
            return r;
    }
    if (route->legacy_watch)
        out->watch = true;
    int r = read_version(a, out, st);
    return r ? r : check(a, route, out, st);
}

static int read_preconditions(const struct value *p, struct apireq_options *o)
{
    if (value_get(p, STR("uid"))) {
        o->has_expect_uid = true;
        o->expect_uid = value_text(value_get(p, STR("uid")));
    }
    if (value_get(p, STR("resourceVersion"))) {
        o->has_expect_version = true;
        o->expect_version = value_text(value_get(p, STR("resourceVersion")));
    }
    return 0;
}

int apireq_options_delete(struct arena *a, const struct value *tree, struct apireq_options *o, struct apireq_status *st)
{
    const struct value *v;
    if ((v = value_get(tree, STR("gracePeriodSeconds"))) && !value_is_null(v)) {
        o->has_grace = true;
        o->grace_seconds = value_int(v, 0);
    }
    read_preconditions(value_get(tree, STR("preconditions")), o);
    if ((v = value_get(tree, STR("orphanDependents"))) && !value_is_null(v)) {
        o->orphan_dependents_set = true;
        o->orphan_dependents = value_bool(v, false);
    }
    VALUE_EACH_ITEM (item, value_get(tree, STR("dryRun"))) {
        int r = read_dry_run(a, value_text(item), "DeleteOptions", o, st);
        if (r)
            return r;
    }
    int r = read_propagation(a, value_text(value_get(tree, STR("propagationPolicy"))), o, st);
    if (r)
        return r;
    if (o->orphan_dependents_set && o->propagation != APIREQ_PROPAGATE_DEFAULT) {
        struct faults f;
        faults_init(&f, a);
        fault_add(&f, FAULT_INVALID, "propagationPolicy", NULL, "orphanDependents and deletionPropagation cannot be both set");
        apireq_status_invalid(a, st, STR("meta.k8s.io"), STR("DeleteOptions"), STR(""), &f);
        return 1;
    }
    return 0;
}

int apireq_default_manager(struct arena *a, struct str user_agent, struct str *out)
{
    struct str head, tail;
    str_cut(user_agent, '/', &head, &tail);
    head = str_head(head, 128);
    char *p = arena_text(a, head.p ? head.p : "", head.n);
    if (!p)
        return -ENOMEM;
    size_t n = 0;
    for (size_t i = 0; i < head.n; i++)
        if ((unsigned char)p[i] >= 0x20 && p[i] != 0x7f)
            p[n++] = p[i];
    *out = n ? str_make(p, n) : STR("unknown");
    return 0;
}
