#include "reconcile/reconcile.h"
#include "json/json.h"
#include "selector/selector.h"

const struct schema_resource *view_resource(const char *group, const char *resource)
{
    return schema_resource_find(str_of(group), STR("v1"), str_of(resource));
}

size_t view_index_definition(const struct object *o, struct str out[CLIENT_INDEX_KEYS], char scratch[256])
{
    static const char registry[] = "/registry/";
    struct str rest = str_from(o->key, sizeof(registry) - 1), group, plural;
    if (o->kind || !str_starts(o->key, str_of(registry)) || !str_next(&rest, '/', &group) || !rest.p || !str_next(&rest, '/', &plural))
        return 0;
    int n = snprintf(scratch, 256, "%.*s.%.*s", STR_FMT(plural), STR_FMT(group));
    if (n <= 0 || n >= 256)
        return 0;
    out[0] = str_make(scratch, (size_t)n);
    return 1;
}

const struct schema_resource *view_custom(const struct object *o)
{
    struct str name[CLIENT_INDEX_KEYS];
    char scratch[256];
    return view_index_definition(o, name, scratch) ? schema_resource_take_custom(name[0]) : NULL;
}

static struct client_cache *cache_of(const struct view *v, const char *resource)
{
    for (size_t i = 0; i < v->n; i++)
        if (v->resources[i]->name.p[0] == resource[0] && str_is(v->resources[i]->name, resource))
            return v->caches[i];
    return NULL;
}

struct client_cache *view_cache(const struct view *v, const char *resource)
{
    struct client_cache *c = cache_of(v, resource);
    CHECK(c); /* a resource that is watched */
    return c;
}

bool view_watches(const struct view *v, const char *resource)
{
    return cache_of(v, resource) != NULL;
}

size_t view_index_of(const struct view *v, const struct schema_resource *r)
{
    for (size_t i = 0; i < v->n; i++)
        if (v->resources[i] == r)
            return i;
    return VIEW_RESOURCES_MAX;
}

static void out_of_memory(struct view *v)
{
    if (v->out)
        v->out->failed = true;
}

struct value *view_tree(struct view *v, struct object *o)
{
    struct value *tree = arena_alloc(v->mem, sizeof(*tree));
    if (tree && object_tree(v->mem, o, tree, NULL) == 0)
        return tree;
    out_of_memory(v);
    return NULL;
}

struct value *view_get(struct view *v, const char *resource, struct str ns, struct str name)
{
    struct object *o = client_cache_get(view_cache(v, resource), ns, name);
    return o ? view_tree(v, o) : NULL;
}

void view_key(struct str key, struct str *ns, struct str *name)
{
    if (!str_cut(key, '/', ns, name)) {
        *name = *ns;
        *ns = STR_NONE;
    }
}

struct object *const *view_controlled(struct view *v, const char *resource, struct str uid, size_t *n)
{
    return client_cache_lookup(view_cache(v, resource), "controller", uid, n);
}

/* Keys no uid is likely to be: whoever reads them looks again. */
size_t view_index_controller(const struct object *o, struct str out[CLIENT_INDEX_KEYS], char scratch[256])
{
    struct str ns = object_namespace(o), job;
    bool owned = object_controller(o, &out[0]);
    if (!ns.n)
        return owned;
    if (owned && (!o->kind || !str_is(o->kind->name, "Pod") || !object_label(o, STR("batch.kubernetes.io/job-name"), &job)))
        return 1;
    int n = owned ? snprintf(scratch, 256, "/%.*s/%.*s", STR_FMT(ns), STR_FMT(job)) : snprintf(scratch, 256, "/%.*s", STR_FMT(ns));
    if (n <= 0 || n >= 256)
        return owned;
    out[owned] = str_make(scratch, (size_t)n);
    return (size_t)owned + 1;
}

struct object *const *view_orphans(struct view *v, const char *resource, struct str ns, size_t *n)
{
    return client_cache_lookup(view_cache(v, resource), "controller", arena_fmt(v->mem, "/%.*s", STR_FMT(ns)), n);
}

struct object *const *view_of_job(struct view *v, struct str ns, struct str job, size_t *n)
{
    return client_cache_lookup(view_cache(v, "pods"), "controller", arena_fmt(v->mem, "/%.*s/%.*s", STR_FMT(ns), STR_FMT(job)), n);
}

struct object *const *view_in_namespace(struct view *v, size_t resource, struct str ns, size_t *n)
{
    return client_cache_lookup(v->caches[resource], "namespace", ns, n);
}

/* ── wants ── */

struct client_call *want(struct view *v, enum client_verb verb, const char *group, const char *resource, const struct value *object)
{
    return client_intend(v->out, verb, view_resource(group, resource), value_text_at(object, "metadata.namespace"),
                         value_text_at(object, "metadata.name"));
}

/* Bodies are copied: the scratch they were made in does not outlive this look. */
static void set_body(struct view *v, struct client_call *call, const struct value *body)
{
    struct value *copy = arena_alloc(v->out->arena, sizeof(*copy));
    if (!copy || value_copy(v->out->arena, body, copy) < 0) {
        v->out->failed = true;
        return;
    }
    call->body = copy;
}

struct client_call *want_create(struct view *v, const char *group, const char *resource, struct str ns, struct value *body)
{
    struct client_call *call = client_intend(v->out, CLIENT_CREATE, view_resource(group, resource), ns, value_text_at(body, "metadata.name"));
    set_body(v, call, body);
    return call;
}

void want_status(struct view *v, const char *group, const char *resource, struct value *object)
{
    struct client_call *call = want(v, CLIENT_UPDATE, group, resource, object);
    call->subresource = STR("status");
    set_body(v, call, object);
}

void want_body(struct view *v, struct client_call *call, const struct value *body)
{
    set_body(v, call, body);
}

void want_delete(struct view *v, const struct schema_resource *r, const struct value *object, enum client_propagation p)
{
    struct client_call *call =
        client_intend(v->out, CLIENT_DELETE, r, value_text_at(object, "metadata.namespace"), value_text_at(object, "metadata.name"));
    call->propagation = p;
    if (arena_str(v->out->arena, value_text_at(object, "metadata.uid"), &call->uid) < 0)
        v->out->failed = true;
}

void want_event(struct view *v, const struct value *about, bool warning, const char *component, const char *reason, const char *fmt, ...)
{
    char text[1024];
    struct value e = {0};
    int r = 0;
    va_list ap;
    va_start(ap, fmt);
    int n = vsnprintf(text, sizeof(text), fmt, ap);
    va_end(ap);
    if (n < 0)
        return;
    struct str ns = value_text_at(about, "metadata.namespace"), now = view_time(v, v->now);
    static const char *const same[][2] = {{"involvedObject.kind", "kind"},
                                          {"involvedObject.apiVersion", "apiVersion"},
                                          {"involvedObject.namespace", "metadata.namespace"},
                                          {"involvedObject.name", "metadata.name"},
                                          {"involvedObject.uid", "metadata.uid"},
                                          {"involvedObject.resourceVersion", "metadata.resourceVersion"}};
    VALUE_SET(&r, v->mem, &e, "apiVersion", value_make_text(STR("v1")));
    VALUE_SET(&r, v->mem, &e, "kind", value_make_text(STR("Event")));
    VALUE_SET(&r, v->mem, &e, "metadata.generateName", value_make_text(arena_fmt(v->mem, "%.*s.", STR_FMT(value_text_at(about, "metadata.name")))));
    VALUE_SET(&r, v->mem, &e, "metadata.namespace", value_make_text(ns.n ? ns : STR("default")));
    for (size_t i = 0; i < ARRAY_LEN(same); i++)
        if (value_text_at(about, same[i][1]).n)
            VALUE_SET(&r, v->mem, &e, same[i][0], value_make_text(value_text_at(about, same[i][1])));
    VALUE_SET(&r, v->mem, &e, "reason", value_make_text(str_of(reason)));
    VALUE_SET(&r, v->mem, &e, "message", value_make_text(str_of(text)));
    VALUE_SET(&r, v->mem, &e, "source.component", value_make_text(str_of(component)));
    VALUE_SET(&r, v->mem, &e, "firstTimestamp", value_make_text(now));
    VALUE_SET(&r, v->mem, &e, "lastTimestamp", value_make_text(now));
    VALUE_SET(&r, v->mem, &e, "count", value_make_int(1));
    VALUE_SET(&r, v->mem, &e, "type", value_make_text(warning ? STR("Warning") : STR("Normal")));
    VALUE_SET(&r, v->mem, &e, "reportingComponent", value_make_text(str_of(component)));
    if (r < 0)
        return; /* an event is worth no retry */
    want_create(v, "", "events", ns.n ? ns : STR("default"), &e);
    if (!v->out->failed)
        v->out->items.p[v->out->items.n - 1].may_fail = true;
}

/* ── questions ── */

struct str view_time(struct view *v, int64_t seconds)
{
    char out[32];
    time_fmt_rfc3339(out, seconds);
    return arena_fmt(v->mem, "%s", out);
}

int64_t time_of(const struct value *text)
{
    int64_t sec = 0;
    int32_t nsec;
    return time_parse_rfc3339(value_text(text), &sec, &nsec) < 0 ? 0 : sec;
}

bool is_deleting(const struct value *o)
{
    return !value_is_null(value_at(o, "metadata.deletionTimestamp"));
}

struct value *condition_find(const struct value *status, const char *type)
{
    const struct value *list = value_at(status, "conditions");
    VALUE_EACH_ITEM (c, list)
        if (str_is(value_text_at(c, "type"), type))
            return c;
    return NULL;
}

bool condition_drop(struct value *status, const char *type)
{
    struct value *list = value_at(status, "conditions");
    for (size_t i = 0; i < value_count(list); i++)
        if (str_is(value_text_at(value_item(list, i), "type"), type)) {
            value_del_item(list, i);
            return true;
        }
    return false;
}

bool condition_set(struct view *v, struct value *status, const char *type, const char *is, const char *reason, const char *message)
{
    struct value *c = condition_find(status, type);
    bool moved = !c || !str_is(value_text_at(c, "status"), is);
    if (c && !moved && str_is(value_text_at(c, "reason"), reason) && str_is(value_text_at(c, "message"), message))
        return false;
    int r = 0;
    if (!c) {
        struct value *list = value_at(status, "conditions");
        if (!list || list->type != VALUE_LIST)
            list = value_put(v->mem, status, "conditions", value_make_list());
        c = list ? value_add(v->mem, list, value_make_map()) : NULL;
        if (!c) {
            out_of_memory(v);
            return false;
        }
    }
    struct value now = value_make_text(view_time(v, v->now));
    VALUE_SET(&r, v->mem, c, "type", value_make_text(str_of(type)));
    VALUE_SET(&r, v->mem, c, "status", value_make_text(arena_fmt(v->mem, "%s", is)));
    if (moved)
        VALUE_SET(&r, v->mem, c, "lastTransitionTime", now);
    VALUE_SET(&r, v->mem, c, "reason", value_make_text(arena_fmt(v->mem, "%s", reason)));
    VALUE_SET(&r, v->mem, c, "message", value_make_text(arena_fmt(v->mem, "%s", message)));
    if (r < 0)
        out_of_memory(v);
    return true;
}

bool pod_ready(const struct value *pod)
{
    return str_is(value_text_at(condition_find(value_at(pod, "status"), "Ready"), "status"), "True");
}

bool pod_available(const struct value *pod, int64_t min_ready, int64_t now)
{
    if (!pod_ready(pod))
        return false;
    int64_t since = time_of(value_at(condition_find(value_at(pod, "status"), "Ready"), "lastTransitionTime"));
    return min_ready == 0 || (since && since + min_ready <= now);
}

bool pod_over(const struct value *pod)
{
    struct str phase = value_text_at(pod, "status.phase");
    return str_is(phase, "Succeeded") || str_is(phase, "Failed");
}

bool pod_active(const struct value *pod)
{
    return !pod_over(pod) && !is_deleting(pod);
}

struct value owner_of(struct view *v, const char *api_version, const char *kind, const struct value *owner)
{
    struct value ref = {0};
    int r = 0;
    VALUE_SET(&r, v->mem, &ref, "apiVersion", value_make_text(str_of(api_version)));
    VALUE_SET(&r, v->mem, &ref, "kind", value_make_text(str_of(kind)));
    VALUE_SET(&r, v->mem, &ref, "name", value_make_text(value_text_at(owner, "metadata.name")));
    VALUE_SET(&r, v->mem, &ref, "uid", value_make_text(value_text_at(owner, "metadata.uid")));
    VALUE_SET(&r, v->mem, &ref, "controller", value_make_bool(true));
    VALUE_SET(&r, v->mem, &ref, "blockOwnerDeletion", value_make_bool(true));
    if (r < 0)
        out_of_memory(v);
    return ref;
}

/* A pod out of a template: its labels, annotations, finalizers and spec, and who owns it. */
struct value *template_pod(struct view *v, const struct value *template_, const struct value *owner, const char *api_version, const char *kind)
{
    static const char *const parts[] = {"metadata.labels", "metadata.annotations", "metadata.finalizers", "spec"};
    struct value *pod = arena_alloc(v->mem, sizeof(*pod)), owners = value_make_list();
    int r = pod ? 0 : -ENOMEM;
    VALUE_SET(&r, v->mem, pod, "apiVersion", value_make_text(STR("v1")));
    VALUE_SET(&r, v->mem, pod, "kind", value_make_text(STR("Pod")));
    struct str name = value_text_at(owner, "metadata.name");
    VALUE_SET(&r, v->mem, pod, "metadata.generateName", value_make_text(arena_fmt(v->mem, "%.*s-", STR_FMT(str_head(name, 247)))));
    VALUE_SET(&r, v->mem, pod, "metadata.namespace", value_make_text(value_text_at(owner, "metadata.namespace")));
    for (size_t i = 0; i < ARRAY_LEN(parts); i++) {
        struct value copy = {0};
        const struct value *from = value_at(template_, parts[i]);
        if (!from)
            continue;
        if (r == 0)
            r = value_copy(v->mem, from, &copy);
        VALUE_SET(&r, v->mem, pod, parts[i], copy);
    }
    if (r == 0 && !value_add(v->mem, &owners, owner_of(v, api_version, kind, owner)))
        r = -ENOMEM;
    VALUE_SET(&r, v->mem, pod, "metadata.ownerReferences", owners);
    if (r < 0)
        out_of_memory(v);
    return r < 0 ? NULL : pod;
}

int64_t int_or_percent(const struct value *x, int64_t total, bool up, int64_t otherwise)
{
    struct str text = value_text(x);
    int64_t percent;
    if (!x || value_is_null(x))
        return otherwise;
    if (!str_ends(text, STR("%")))
        return value_int(x, otherwise);
    if (str_to_int(str_head(text, text.n - 1), &percent) < 0)
        return otherwise;
    return up ? (total * percent + 99) / 100 : total * percent / 100;
}

bool has_finalizer(const struct value *object, const char *finalizer)
{
    const struct value *list = value_at(object, "metadata.finalizers");
    VALUE_EACH_ITEM (f, list)
        if (str_is(value_text(f), finalizer))
            return true;
    return false;
}

/* A merge patch with the finalizers that stay, bound to the version they were read at. */
void want_without_finalizer(struct view *v, const struct schema_resource *resource, const struct value *object, const char *finalizer)
{
    struct value patch = {0}, rest = value_make_list();
    const struct value *list = value_at(object, "metadata.finalizers");
    int r = 0;
    VALUE_EACH_ITEM (f, list)
        if (!str_is(value_text(f), finalizer) && !value_add(v->mem, &rest, *f))
            r = -ENOMEM;
    VALUE_SET(&r, v->mem, &patch, "metadata.resourceVersion", value_make_text(value_text_at(object, "metadata.resourceVersion")));
    VALUE_SET(&r, v->mem, &patch, "metadata.finalizers", value_count(&rest) ? rest : (struct value){.type = VALUE_NULL});
    if (r < 0) {
        out_of_memory(v);
        return;
    }
    struct client_call *call =
        client_intend(v->out, CLIENT_PATCH, resource, value_text_at(object, "metadata.namespace"), value_text_at(object, "metadata.name"));
    call->patch = CLIENT_PATCH_MERGE;
    set_body(v, call, &patch);
}

bool selects(struct view *v, const struct value *label_selector, const struct object *o)
{
    struct selector *s = NULL;
    if (value_is_null(label_selector) || selector_from_tree(v->mem, label_selector, &s, NULL) < 0)
        return false;
    return !selector_empty(s) && selector_matches_object(s, o);
}

int by_creation(const void *a, const void *b)
{
    const struct value *x = *(struct value *const *)a, *y = *(struct value *const *)b;
    int64_t d = time_of(value_at(x, "metadata.creationTimestamp")) - time_of(value_at(y, "metadata.creationTimestamp"));
    return d < 0 ? -1 : d > 0 ? 1 : str_cmp(value_text_at(x, "metadata.name"), value_text_at(y, "metadata.name"));
}

/* FNV-1a over its text. */
struct str view_hash(struct view *v, const struct value *tree, int64_t collisions)
{
    SCOPED_BUF text = BUF_INIT(8u << 20);
    static const char abc[] = "bcdfghjklmnpqrstvwxz2456789";
    uint32_t h = 2166136261u;
    json_print(&text, tree);
    if (collisions)
        buf_int(&text, collisions);
    for (size_t i = 0; i < text.n; i++)
        h = (h ^ (unsigned char)text.p[i]) * 16777619u;
    char digits[16];
    int n = snprintf(digits, sizeof(digits), "%u", h);
    for (int i = 0; i < n; i++)
        digits[i] = abc[(unsigned char)digits[i] % 27];
    return arena_fmt(v->mem, "%s", digits);
}

static void put_in_map(struct view *v, int *r, struct value *object, const char *field, const char *name, struct str text)
{
    struct value *meta = value_at(object, "metadata"), *map = value_get(meta, str_of(field));
    if (!meta)
        meta = value_set(v->mem, object, STR("metadata"), value_make_map());
    if (meta && (!map || map->type != VALUE_MAP))
        map = value_set(v->mem, meta, str_of(field), value_make_map());
    if (!map || !value_set(v->mem, map, str_of(name), value_make_text(text)))
        *r = -ENOMEM;
}

void put_label(struct view *v, int *r, struct value *object, const char *name, struct str text)
{
    put_in_map(v, r, object, "labels", name, text);
}

void put_annotation(struct view *v, int *r, struct value *object, const char *name, struct str text)
{
    put_in_map(v, r, object, "annotations", name, text);
}

struct str label_of(const struct value *object, const char *name)
{
    return value_text(value_get(value_at(object, "metadata.labels"), str_of(name)));
}

struct str annotation_of(const struct value *object, const char *name)
{
    return value_text(value_get(value_at(object, "metadata.annotations"), str_of(name)));
}

/* ── owning pods ── */

static void adopt(struct view *v, const struct value *owner, const struct claim *c, struct value *pod)
{
    struct value patch = {0}, owners = value_make_list();
    const struct value *others = value_at(pod, "metadata.ownerReferences");
    int r = 0;
    VALUE_EACH_ITEM (o, others)
        if (!value_add(v->mem, &owners, *o))
            r = -ENOMEM;
    if (!value_add(v->mem, &owners, owner_of(v, c->api_version, c->kind, owner)))
        r = -ENOMEM;
    VALUE_SET(&r, v->mem, &patch, "metadata.uid", value_make_text(value_text_at(pod, "metadata.uid")));
    VALUE_SET(&r, v->mem, &patch, "metadata.resourceVersion", value_make_text(value_text_at(pod, "metadata.resourceVersion")));
    VALUE_SET(&r, v->mem, &patch, "metadata.ownerReferences", owners);
    if (r < 0) {
        out_of_memory(v);
        return;
    }
    struct client_call *call = want(v, CLIENT_PATCH, c->group, c->resource, pod);
    call->patch = CLIENT_PATCH_MERGE;
    set_body(v, call, &patch);
}

static void release(struct view *v, struct str uid, const char *group, const char *resource, struct value *pod)
{
    struct value patch = {0}, owners = value_make_list();
    const struct value *others = value_at(pod, "metadata.ownerReferences");
    int r = 0;
    VALUE_EACH_ITEM (o, others)
        if (!str_eq(value_text_at(o, "uid"), uid) && !value_add(v->mem, &owners, *o))
            r = -ENOMEM;
    VALUE_SET(&r, v->mem, &patch, "metadata.resourceVersion", value_make_text(value_text_at(pod, "metadata.resourceVersion")));
    VALUE_SET(&r, v->mem, &patch, "metadata.ownerReferences", value_count(&owners) ? owners : (struct value){.type = VALUE_NULL});
    if (r < 0) {
        out_of_memory(v);
        return;
    }
    struct client_call *call = want(v, CLIENT_PATCH, group, resource, pod);
    call->patch = CLIENT_PATCH_MERGE;
    set_body(v, call, &patch);
}

/* A map of labels stands for matchLabels. */
static struct value selector_of(struct view *v, const struct value *owner)
{
    const struct value *selector = value_at(owner, "spec.selector");
    struct value out = selector ? *selector : (struct value){0}, wrapped = {0};
    bool plain = value_count(selector) > 0 && !value_get(selector, STR("matchLabels")) && !value_get(selector, STR("matchExpressions"));
    if (!plain)
        return out;
    if (!value_set(v->mem, &wrapped, STR("matchLabels"), *selector))
        out_of_memory(v);
    return wrapped;
}

struct selector *view_selector(struct view *v, const struct value *owner)
{
    const struct value selector = selector_of(v, owner);
    struct selector *s = NULL;
    return value_is_null(&selector) || selector_from_tree(v->mem, &selector, &s, NULL) < 0 || selector_empty(s) ? NULL : s;
}

bool owner_selects(struct view *v, const struct value *owner, const struct object *o)
{
    struct value selector = selector_of(v, owner);
    return selects(v, &selector, o);
}

size_t view_claim(struct view *v, const struct value *owner, const struct claim *c, struct value ***out)
{
    size_t n_own, n_all, n = 0;
    struct str uid = value_text_at(owner, "metadata.uid"), ns = value_text_at(owner, "metadata.namespace");
    const struct selector *selector = view_selector(v, owner);
    struct object *const *own = view_controlled(v, c->resource, uid, &n_own);
    struct object *const *all = view_orphans(v, c->resource, ns, &n_all);
    struct value **claimed = arena_alloc(v->mem, (n_own + n_all + 1) * sizeof(*claimed));
    if (!claimed) {
        out_of_memory(v);
        return 0;
    }
    for (size_t i = 0; i < n_own; i++) {
        struct value *tree = view_tree(v, own[i]);
        if (!tree)
            return 0;
        if (selector && selector_matches_object(selector, own[i]) && (!c->may_own || c->may_own(owner, tree)))
            claimed[n++] = tree;
        else if (!is_deleting(owner))
            release(v, uid, c->group, c->resource, tree);
    }
    for (size_t i = 0; i < n_all && !is_deleting(owner); i++) {
        struct str other;
        if (!selector || object_controller(all[i], &other) || object_deleting(all[i]) || !selector_matches_object(selector, all[i]))
            continue;
        struct value *tree = view_tree(v, all[i]);
        if (!tree)
            return 0;
        if ((strcmp(c->resource, "pods") == 0 && pod_over(tree)) || (c->may_own && !c->may_own(owner, tree)))
            continue;
        adopt(v, owner, c, tree);
        claimed[n++] = tree;
    }
    *out = claimed;
    return n;
}
