#include "queues/inside.h"

#include "tls/tls.h"

/* Pod templates on their way into a Workload, and what comes back to them with its admission. */

#define PRIORITY  GROUP "/priority-class"
#define MOST_TIME GROUP "/max-exec-time-seconds"
#define JOB_UID   GROUP "/job-uid"

/* ── names ── */

/* kind-name-12345: the digits are of a hash that nobody else's name gives. */
struct str workload_name(struct view *v, const char *kind, const char *group, const struct value *owner)
{
    unsigned char hash[32];
    char lower[64];
    struct str name = value_text_at(owner, "metadata.name"), uid = value_text_at(owner, "metadata.uid");
    struct str all = arena_fmt(v->mem, "%s\n%s\n%.*s\n%.*s", kind, group, STR_FMT(name), STR_FMT(uid));
    size_t n = strlen(kind);
    for (size_t i = 0; i <= n && i < sizeof(lower); i++)
        lower[i] = kind[i] >= 'A' && kind[i] <= 'Z' ? (char)(kind[i] + 32) : kind[i];
    if (!all.p || tls_sha256(all, hash) < 0) {
        v->out->failed = true;
        return STR_NONE;
    }
    struct str head = arena_fmt(v->mem, "%s-%.*s", lower, STR_FMT(name));
    struct str out = arena_fmt(v->mem, "%.*s-%02x%02x%x", STR_FMT(str_head(head, 247)), hash[0], hash[1], hash[2] >> 4);
    if (!out.p)
        v->out->failed = true;
    return out;
}

/* ── into a Workload ── */

struct value merged(struct view *v, const struct value *base, const struct value *more)
{
    struct value out = value_make_map();
    const struct value *both[] = {base, more};
    for (size_t i = 0; i < 2; i++)
        VALUE_EACH_MEMBER (m, both[i])
            if (!value_set(v->mem, &out, m->key, m->value))
                v->out->failed = true;
    return out;
}

/* What the API server would give the pods as they are made: a runtime class' overhead, a namespace's defaults. */

static void put_overhead(struct view *v, struct value *spec)
{
    struct str class = value_text_at(spec, "runtimeClassName");
    if (!class.n || value_count(value_at(spec, "overhead")))
        return;
    const struct value *fixed = value_at(view_get(v, "runtimeclasses", STR_NONE, class), "overhead.podFixed");
    int r = 0;
    if (fixed)
        VALUE_SET(&r, v->mem, spec, "overhead", *fixed);
    if (r < 0)
        v->out->failed = true;
}

/* The first that says something of a resource is right. */
struct defaults {
    struct value limits, requests;
};

static void defaults_of(struct view *v, struct str ns, const char *type, struct defaults *out)
{
    size_t n = 0, at = view_index_of(v, view_resource("", "limitranges"));
    struct object *const *ranges = at < VIEW_RESOURCES_MAX ? view_in_namespace(v, at, ns, &n) : NULL;
    *out = (struct defaults){value_make_map(), value_make_map()};
    for (size_t i = 0; i < n; i++)
        VALUE_EACH_ITEM (x, value_at(view_tree(v, ranges[i]), "spec.limits")) {
            if (!str_is(value_text_at(x, "type"), type))
                continue;
            out->limits = merged(v, value_get(x, STR("default")), &out->limits);
            out->requests = merged(v, value_get(x, STR("defaultRequest")), &out->requests);
        }
}

/* Of a container, or of a pod as a whole. What has a limit and no request asks for the limit. */
static void settle_resources(struct view *v, struct value *holder, const struct defaults *d)
{
    struct value limits = merged(v, &d->limits, value_at(holder, "resources.limits"));
    struct value requests = merged(v, &d->requests, value_at(holder, "resources.requests"));
    struct value all = merged(v, &limits, &requests);
    int r = 0;
    if (value_count(&limits))
        VALUE_SET(&r, v->mem, holder, "resources.limits", limits);
    if (value_count(&all))
        VALUE_SET(&r, v->mem, holder, "resources.requests", all);
    if (r < 0)
        v->out->failed = true;
}

static void settle_pods(struct view *v, struct str ns, struct value *spec)
{
    static const char *const lists[] = {"containers", "initContainers"};
    struct defaults of_containers, of_pods;
    put_overhead(v, spec);
    defaults_of(v, ns, "Container", &of_containers);
    defaults_of(v, ns, "Pod", &of_pods);
    for (size_t i = 0; i < ARRAY_LEN(lists); i++)
        VALUE_EACH_ITEM (c, value_get(spec, str_of(lists[i])))
            settle_resources(v, c, &of_containers);
    if (value_at(spec, "resources"))
        settle_resources(v, spec, &of_pods);
}

static const struct {
    const char *annotation, *field;
    char type; /* s, b, i */
} topology[] = {
    {GROUP "/podset-required-topology", "required", 's'},           {GROUP "/podset-preferred-topology", "preferred", 's'},
    {GROUP "/podset-unconstrained-topology", "unconstrained", 'b'}, {GROUP "/podset-slice-required-topology", "podSetSliceRequiredTopology", 's'},
    {GROUP "/podset-slice-size", "podSetSliceSize", 'i'},           {GROUP "/podset-group-name", "podSetGroupName", 's'}};

static void topology_request(struct view *v, const struct value *template_, struct value *set)
{
    const struct value *notes = value_at(template_, "metadata.annotations");
    struct value request = value_make_map();
    int r = 0;
    for (size_t i = 0; i < ARRAY_LEN(topology); i++) {
        struct str text = value_text(value_get(notes, str_of(topology[i].annotation)));
        int64_t n = 0;
        if (!text.n || (topology[i].type == 'i' && str_to_int(text, &n) < 0))
            continue;
        struct value x = topology[i].type == 'b'   ? value_make_bool(str_is(text, "true"))
                         : topology[i].type == 'i' ? value_make_int(n)
                                                   : value_make_text(text);
        VALUE_SET(&r, v->mem, &request, topology[i].field, x);
    }
    if (value_count(&request))
        VALUE_SET(&r, v->mem, set, "topologyRequest", request);
    if (r < 0)
        v->out->failed = true;
}

struct value pod_set(struct view *v, struct str ns, struct str name, const struct value *template_, int64_t count, int64_t least)
{
    static const char *const managed[] = {"job-name", "controller-uid", "batch.kubernetes.io/job-name", "batch.kubernetes.io/controller-uid"};
    struct value set = value_make_map(), copy = value_make_map();
    int r = template_ ? value_copy(v->mem, template_, &copy) : 0;
    struct value *labels = value_at(&copy, "metadata.labels");
    for (size_t i = 0; i < ARRAY_LEN(managed); i++)
        value_del(labels, str_of(managed[i]));
    value_del(value_get(&copy, STR("metadata")), STR("creationTimestamp"));
    if (value_get(&copy, STR("spec")))
        settle_pods(v, ns, value_get(&copy, STR("spec")));
    VALUE_SET(&r, v->mem, &set, "name", value_make_text(name));
    VALUE_SET(&r, v->mem, &set, "template", copy);
    VALUE_SET(&r, v->mem, &set, "count", value_make_int(count));
    if (least > 0 && least < count)
        VALUE_SET(&r, v->mem, &set, "minCount", value_make_int(least));
    if (r < 0)
        v->out->failed = true;
    topology_request(v, template_, &set);
    return set;
}

static int put_reference(struct view *v, struct value *spec, const char *group, const char *kind, struct str name, int64_t value)
{
    int r = 0;
    VALUE_SET(&r, v->mem, spec, "priorityClassRef.group", value_make_text(str_of(group)));
    VALUE_SET(&r, v->mem, spec, "priorityClassRef.kind", value_make_text(str_of(kind)));
    VALUE_SET(&r, v->mem, spec, "priorityClassRef.name", value_make_text(name));
    VALUE_SET(&r, v->mem, spec, "priority", value_make_int(value));
    return r;
}

static int64_t default_priority(struct view *v)
{
    struct map_slot *at = NULL;
    const struct client_cache *classes = view_cache(v, "priorityclasses");
    for (struct object *o; (o = client_cache_next(classes, &at));) {
        const struct value *c = view_tree(v, o);
        if (value_bool_at(c, "globalDefault", false))
            return value_int_at(c, "value", 0);
    }
    return 0;
}

/* False: a class that is named is not there. */
static bool put_priority(struct view *v, const struct value *owner, const struct value *first, struct value *spec)
{
    struct str own = label_of(owner, PRIORITY), name = value_text_at(first, "template.spec.priorityClassName");
    const struct value *class = own.n    ? custom_get(v, "workloadpriorityclasses", STR_NONE, own)
                                : name.n ? view_get(v, "priorityclasses", STR_NONE, name)
                                         : NULL;
    int r = 0;
    if ((own.n || name.n) && !class) {
        want_event(v, owner, true, COMPONENT "-job-controller", "ErrWorkloadCompose", "%sriorityclass \"%.*s\" not found", own.n ? "workloadp" : "p",
                   STR_FMT(own.n ? own : name));
        return false;
    }
    if (own.n)
        r = put_reference(v, spec, GROUP, "WorkloadPriorityClass", own, value_int_at(class, "value", 0));
    else if (name.n)
        r = put_reference(v, spec, "scheduling.k8s.io", "PriorityClass", name, value_int_at(class, "value", 0));
    else
        VALUE_SET(&r, v->mem, spec, "priority", value_make_int(default_priority(v)));
    if (r < 0)
        v->out->failed = true;
    return true;
}

bool workload_make(struct view *v, const struct value *owner, const char *api_version, const char *kind, struct value *pod_sets, struct value *out)
{
    struct value finalizers = value_make_list(), owners = value_make_list(), labels = value_make_map(), spec = value_make_map();
    struct str group = STR_NONE, rest;
    int64_t most = 0;
    int r = 0;
    *out = value_make_map();
    if (!str_cut(str_of(api_version), '/', &group, &rest))
        group = STR_NONE;
    const char *group_text = arena_text(v->mem, group.p ? group.p : "", group.n);
    if (!group_text || !value_add(v->mem, &finalizers, value_make_text(STR(IN_USE))) ||
        !value_add(v->mem, &owners, owner_of(v, api_version, kind, owner)) ||
        !value_set(v->mem, &labels, STR(JOB_UID), value_make_text(value_text_at(owner, "metadata.uid"))))
        r = -ENOMEM;
    VALUE_SET(&r, v->mem, &spec, "podSets", *pod_sets);
    VALUE_SET(&r, v->mem, &spec, "queueName", value_make_text(label_of(owner, QUEUE)));
    if (str_to_int(label_of(owner, MOST_TIME), &most) == 0 && most > 0 && most <= INT32_MAX)
        VALUE_SET(&r, v->mem, &spec, "maximumExecutionTimeSeconds", value_make_int(most));
    if (!put_priority(v, owner, value_item(pod_sets, 0), &spec))
        return false;
    VALUE_SET(&r, v->mem, out, "apiVersion", value_make_text(STR(GROUP "/v1beta2")));
    VALUE_SET(&r, v->mem, out, "kind", value_make_text(STR("Workload")));
    VALUE_SET(&r, v->mem, out, "metadata.name", value_make_text(r == 0 ? workload_name(v, kind, group_text, owner) : STR_NONE));
    VALUE_SET(&r, v->mem, out, "metadata.namespace", value_make_text(value_text_at(owner, "metadata.namespace")));
    VALUE_SET(&r, v->mem, out, "metadata.labels", labels);
    VALUE_SET(&r, v->mem, out, "metadata.finalizers", finalizers);
    VALUE_SET(&r, v->mem, out, "metadata.ownerReferences", owners);
    VALUE_SET(&r, v->mem, out, "spec", spec);
    if (r < 0)
        v->out->failed = true;
    return r == 0;
}

/* ── out of it ── */

static void add_items(struct view *v, struct value *list, const struct value *more)
{
    VALUE_EACH_ITEM (x, more) {
        bool there = false;
        VALUE_EACH_ITEM (y, list)
            there = there || value_equal(x, y);
        if (!there && !value_add(v->mem, list, *x))
            v->out->failed = true;
    }
}

static void add_updates(struct view *v, const struct value *workload, struct str name, struct marks *out)
{
    VALUE_EACH_ITEM (check, value_at(workload, "status.admissionChecks"))
        VALUE_EACH_ITEM (u, value_get(check, STR("podSetUpdates"))) {
            if (!str_eq(value_text_at(u, "name"), name))
                continue;
            out->labels = merged(v, &out->labels, value_get(u, STR("labels")));
            out->annotations = merged(v, &out->annotations, value_get(u, STR("annotations")));
            out->selector = merged(v, &out->selector, value_get(u, STR("nodeSelector")));
            add_items(v, &out->tolerations, value_get(u, STR("tolerations")));
        }
}

bool marks_of(struct view *v, const struct value *workload, size_t set, struct marks *out)
{
    const struct value *spec = value_item(value_at(workload, "spec.podSets"), set), *given = NULL;
    struct str name = value_text_at(spec, "name");
    *out = (struct marks){value_make_map(), value_make_map(), value_make_map(), value_make_list(), value_make_list(), value_int_at(spec, "count", 1)};
    VALUE_EACH_ITEM (a, value_at(workload, "status.admission.podSetAssignments"))
        if (str_eq(value_text_at(a, "name"), name))
            given = a;
    out->count = value_int_at(given, "count", out->count);
    VALUE_EACH_MEMBER (m, value_get(given, STR("flavors"))) {
        const struct value *flavor = custom_get(v, "resourceflavors", STR_NONE, value_text(&m->value));
        if (!flavor)
            return false;
        out->selector = merged(v, &out->selector, value_at(flavor, "spec.nodeLabels"));
        add_items(v, &out->tolerations, value_at(flavor, "spec.tolerations"));
    }
    add_updates(v, workload, name, out);
    if (value_get(given, STR("topologyAssignment"))) {
        struct value gate = value_make_map();
        if (!value_set(v->mem, &out->labels, STR(PLACED), value_make_text(STR("true"))) ||
            !value_set(v->mem, &out->labels, STR(POD_SET), value_make_text(name)) ||
            !value_set(v->mem, &out->annotations, STR(OF_WORKLOAD), value_make_text(value_text_at(workload, "metadata.name"))) ||
            !value_set(v->mem, &gate, STR("name"), value_make_text(STR(TOPOLOGY_GATE))) || !value_add(v->mem, &out->gates, gate))
            v->out->failed = true;
    }
    return true;
}
