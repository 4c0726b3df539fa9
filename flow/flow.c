#include "flow/flow.h"

#include "json/json.h"

#define LEVELS  "prioritylevelconfigurations"
#define SCHEMAS "flowschemas"

static const struct level_row {
    const char *name;
    int shares, lendable;
    int queues, hand, length; /* queues 0: refuses at once; shares < 0: exempt */
} levels[] = {
    {"exempt", -1, 0, 0, 0, 0},
    {"catch-all", 5, 0, 0, 0, 0},
    {"system", 30, 33, 64, 6, 50},
    {"node-high", 40, 25, 64, 6, 50},
    {"leader-election", 10, 0, 16, 4, 50},
    {"workload-high", 40, 50, 128, 6, 50},
    {"workload-low", 100, 90, 128, 6, 50},
    {"global-default", 20, 50, 128, 6, 50},
};

/* Subjects: g(roup), u(ser) or s(ervice accounts of kube-system). Rules, one a line: "verbs groups resources", where a
 * leading + says that cluster-scoped objects are meant too, or "verbs /path,/path". */
static const struct schema_row {
    const char *name, *level;
    int precedence;
    const char *by;
    const char *subjects, *rules;
} schemas[] = {
    {"exempt", "exempt", 1, NULL, "g:system:masters", "+* * *\n* *"},
    {"catch-all", "catch-all", 10000, "ByUser", "g:system:unauthenticated,g:system:authenticated", "+* * *\n* *"},
    {"system-nodes", "system", 500, "ByUser", "g:system:nodes", "+* * *\n* *"},
    {"system-node-high", "node-high", 400, "ByUser", "g:system:nodes", "+* - nodes,nodes/status\n* coordination.k8s.io leases"},
    {"probes", "exempt", 2, NULL, "g:system:unauthenticated,g:system:authenticated", "get /healthz,/readyz,/livez"},
    {"system-leader-election", "leader-election", 100, "ByUser", "u:system:kube-controller-manager,u:system:kube-scheduler,s:*",
     "get,create,update coordination.k8s.io leases"},
    {"kube-controller-manager", "workload-high", 800, "ByNamespace", "u:system:kube-controller-manager", "+* * *\n* *"},
    {"kube-scheduler", "workload-high", 800, "ByNamespace", "u:system:kube-scheduler", "+* * *\n* *"},
    {"kube-system-service-accounts", "workload-high", 900, "ByNamespace", "s:*", "+* * *\n* *"},
    {"service-accounts", "workload-low", 9000, "ByUser", "g:system:serviceaccounts", "+* * *\n* *"},
    {"global-default", "global-default", 9900, "ByUser", "g:system:unauthenticated,g:system:authenticated", "+* * *\n* *"},
};

static void put_begin(struct buf *b, const char *kind, const char *name)
{
    buf_fmt(b,
            "{\"apiVersion\":\"" FLOW_GROUP "/v1\",\"kind\":\"%s\",\"metadata\":{\"name\":\"%s\",\"annotations\":{\"" FLOW_AUTOUPDATE
            "\":\"true\"}},\"spec\":",
            kind, name);
}

static void put_level(struct buf *b, const struct level_row *l)
{
    put_begin(b, "PriorityLevelConfiguration", l->name);
    if (l->shares < 0)
        buf_text(b, "{\"type\":\"Exempt\",\"exempt\":{\"nominalConcurrencyShares\":0,\"lendablePercent\":0}}");
    else
        buf_fmt(b, "{\"type\":\"Limited\",\"limited\":{\"nominalConcurrencyShares\":%d,\"lendablePercent\":%d,\"limitResponse\":", l->shares,
                l->lendable);
    if (l->queues)
        buf_fmt(b, "{\"type\":\"Queue\",\"queuing\":{\"queues\":%d,\"handSize\":%d,\"queueLengthLimit\":%d}}}}", l->queues, l->hand, l->length);
    else if (l->shares >= 0)
        buf_text(b, "{\"type\":\"Reject\"}}}");
    buf_char(b, '}');
}

static void put_subjects(struct buf *b, struct str list)
{
    struct str one;
    for (bool first = true; str_next(&list, ',', &one); first = false) {
        struct str name = str_from(one, 2);
        buf_text(b, first ? "" : ",");
        if (one.p[0] == 's')
            buf_fmt(b, "{\"kind\":\"ServiceAccount\",\"serviceAccount\":{\"namespace\":\"kube-system\",\"name\":\"%.*s\"}}", STR_FMT(name));
        else if (one.p[0] == 'u')
            buf_fmt(b, "{\"kind\":\"User\",\"user\":{\"name\":\"%.*s\"}}", STR_FMT(name));
        else
            buf_fmt(b, "{\"kind\":\"Group\",\"group\":{\"name\":\"%.*s\"}}", STR_FMT(name));
    }
}

/* "get,-" → ["get",""] */
static void put_list(struct buf *b, const char *name, struct str list)
{
    struct str one;
    buf_fmt(b, "\"%s\":[", name);
    for (bool first = true; str_next(&list, ',', &one); first = false)
        buf_fmt(b, "%s\"%.*s\"", first ? "" : ",", STR_FMT(str_is(one, "-") ? STR("") : one));
    buf_char(b, ']');
}

/* The lines with groups, or those without. */
static void put_rules(struct buf *b, const char *name, struct str lines, bool of_resources)
{
    struct str line, verbs, rest, groups, resources;
    bool any = false;
    while (str_next(&lines, '\n', &line)) {
        bool cluster = line.p[0] == '+';
        if (!str_cut(cluster ? str_from(line, 1) : line, ' ', &verbs, &rest))
            continue;
        if (str_cut(rest, ' ', &groups, &resources) != of_resources)
            continue;
        if (any)
            buf_char(b, ',');
        else
            buf_fmt(b, ",\"%s\":[", name);
        any = true;
        buf_char(b, '{');
        put_list(b, "verbs", verbs);
        buf_char(b, ',');
        if (of_resources) {
            put_list(b, "apiGroups", groups);
            buf_char(b, ',');
            put_list(b, "resources", resources);
            buf_fmt(b, "%s,\"namespaces\":[\"*\"]", cluster ? ",\"clusterScope\":true" : "");
        } else {
            put_list(b, "nonResourceURLs", rest);
        }
        buf_char(b, '}');
    }
    if (any)
        buf_char(b, ']');
}

static void put_schema(struct buf *b, const struct schema_row *s)
{
    put_begin(b, "FlowSchema", s->name);
    buf_fmt(b, "{\"priorityLevelConfiguration\":{\"name\":\"%s\"},\"matchingPrecedence\":%d", s->level, s->precedence);
    if (s->by)
        buf_fmt(b, ",\"distinguisherMethod\":{\"type\":\"%s\"}", s->by);
    buf_text(b, ",\"rules\":[{\"subjects\":[");
    put_subjects(b, str_of(s->subjects));
    buf_char(b, ']');
    put_rules(b, "resourceRules", str_of(s->rules), true);
    put_rules(b, "nonResourceRules", str_of(s->rules), false);
    buf_text(b, "}]}}");
}

static const char *name_at(struct str resource, size_t i)
{
    if (str_is(resource, LEVELS))
        return i < ARRAY_LEN(levels) ? levels[i].name : NULL;
    return str_is(resource, SCHEMAS) && i < ARRAY_LEN(schemas) ? schemas[i].name : NULL;
}

struct str flow_default_name(struct str resource, size_t i)
{
    const char *name = name_at(resource, i);
    return name ? str_of(name) : STR_NONE;
}

static int make(struct arena *a, struct str resource, size_t i, struct value *object)
{
    SCOPED_BUF b = BUF_INIT(16384);
    if (str_is(resource, LEVELS))
        put_level(&b, &levels[i]);
    else
        put_schema(&b, &schemas[i]);
    return buf_error(&b) < 0 ? -ENOMEM : json_parse(a, buf_view(&b), object, NULL);
}

int flow_default(struct arena *a, struct str resource, struct str name, struct value *object)
{
    for (size_t i = 0; name_at(resource, i); i++)
        if (str_is(name, name_at(resource, i)))
            return make(a, resource, i, object);
    return FLOW_ABSENT;
}

int flow_defaults(struct arena *a, struct value *list)
{
    static const char *const resources[] = {LEVELS, SCHEMAS};
    int r = 0;
    for (size_t k = 0; k < ARRAY_LEN(resources); k++)
        for (size_t i = 0; r == 0 && name_at(str_of(resources[k]), i); i++) {
            struct value item = value_make_map(), object = {0};
            r = make(a, str_of(resources[k]), i, &object);
            VALUE_SET(&r, a, &item, "group", value_make_text(STR(FLOW_GROUP)));
            VALUE_SET(&r, a, &item, "resource", value_make_text(str_of(resources[k])));
            VALUE_SET(&r, a, &item, "object", object);
            if (r == 0 && !value_add(a, list, item))
                r = -ENOMEM;
        }
    return r;
}

bool flow_is_mandatory(struct str resource, struct str name)
{
    return (str_is(resource, LEVELS) || str_is(resource, SCHEMAS)) && (str_is(name, "exempt") || str_is(name, "catch-all"));
}

/* ── as it is and as it should be ── */

static bool hollow(const struct value *v)
{
    VALUE_EACH_MEMBER (m, v)
        if (!hollow(&m->value))
            return false;
    return value_is_null(v) || v->type == VALUE_MAP || (v->type == VALUE_LIST && !value_count(v)) || (v->type == VALUE_TEXT && !v->text.n) ||
           (v->type == VALUE_BOOL && !v->boolean);
}

bool flow_same_spec(const struct value *a, const struct value *b)
{
    if (hollow(a) || hollow(b))
        return hollow(a) && hollow(b);
    if (a->type == VALUE_LIST && b->type == VALUE_LIST) {
        bool same = value_count(a) == value_count(b);
        for (size_t i = 0; same && i < value_count(a); i++)
            same = flow_same_spec(value_item(a, i), value_item(b, i));
        return same;
    }
    if (a->type != VALUE_MAP || b->type != VALUE_MAP)
        return value_equal(a, b);
    VALUE_EACH_MEMBER (m, a)
        if (!flow_same_spec(&m->value, value_get(b, m->key)))
            return false;
    VALUE_EACH_MEMBER (m, b)
        if (!value_get(a, m->key) && !hollow(&m->value))
            return false;
    return true;
}

/* Go's forms of a boolean. */
static bool read_bool(struct str s, bool *out)
{
    static const char *const yes[] = {"1", "t", "T", "true", "TRUE", "True"}, *const no[] = {"0", "f", "F", "false", "FALSE", "False"};
    for (size_t i = 0; i < ARRAY_LEN(yes); i++)
        if (str_is(s, yes[i]) || str_is(s, no[i])) {
            *out = str_is(s, yes[i]);
            return true;
        }
    return false;
}

static const struct value *annotation(const struct value *live)
{
    return value_get(value_at(live, "metadata.annotations"), STR(FLOW_AUTOUPDATE));
}

static bool keeps_spec(const struct value *live)
{
    bool said;
    if (read_bool(value_text(annotation(live)), &said))
        return said;
    return value_int_at(live, "metadata.generation", 0) == 1;
}

static int annotate(struct arena *a, struct value *object, bool keep)
{
    struct value *meta = value_get(object, STR("metadata"));
    struct value *all = value_get(meta, STR("annotations"));
    if (value_is_null(all))
        all = meta ? value_set(a, meta, STR("annotations"), value_make_map()) : NULL;
    return all && value_set(a, all, STR(FLOW_AUTOUPDATE), value_make_text(keep ? STR("true") : STR("false"))) ? 0 : -ENOMEM;
}

/* What of the level exempt may be set by whoever rules the cluster. */
static bool differs(bool mandatory, const struct value *wanted, const struct value *live)
{
    const struct value *want = value_get(wanted, STR("spec")), *have = value_get(live, STR("spec"));
    if (mandatory && value_get(want, STR("exempt")))
        return !flow_same_spec(value_get(want, STR("type")), value_get(have, STR("type"))) || !hollow(value_get(have, STR("limited")));
    return !flow_same_spec(want, have);
}

int flow_revise(struct arena *a, bool mandatory, const struct value *wanted, const struct value *live, struct value *out)
{
    bool keep = mandatory || keeps_spec(live), said = !keep;
    bool note = !read_bool(value_text(annotation(live)), &said) || said != keep;
    bool spec = keep && differs(mandatory, wanted, live);
    if (!note && !spec)
        return 0;
    int r = value_copy(a, live, out);
    if (r == 0 && spec) {
        struct value copy = {0};
        r = value_copy(a, value_get(wanted, STR("spec")), &copy);
        if (r == 0 && !value_set(a, out, STR("spec"), copy))
            r = -ENOMEM;
    }
    if (r == 0 && note)
        r = annotate(a, out, keep);
    return r < 0 ? r : FLOW_CHANGED;
}

bool flow_is_stale(struct str resource, const struct value *live)
{
    bool said = false;
    struct str name = value_text_at(live, "metadata.name");
    for (size_t i = 0; name_at(resource, i); i++)
        if (str_is(name, name_at(resource, i)))
            return false;
    return read_bool(value_text(annotation(live)), &said) && said;
}
