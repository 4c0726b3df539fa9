/* The APIServices there are, kept current by watches. */
#include "aggregate/inside.h"
#include "webhook/webhook.h"

#define SERVICE_MEMORY ((size_t)4 << 20)

const struct schema_resource *aggregate_row(void)
{
    return schema_resource_find(STR("apiregistration.k8s.io"), STR("v1"), STR("apiservices"));
}

static struct str place(const struct aggregate_service *s)
{
    return str_head(s->key, s->group.n + 1 + s->version.n);
}

static void service_free(struct aggregate *x, struct aggregate_service *s)
{
    if (s->service.n && map_get(&x->at, place(s)) == s)
        map_del(&x->at, place(s));
    if (map_get(&x->services, s->name) == s)
        map_del(&x->services, s->name);
    list_del(&s->link);
    check_stop(s);
    loop_timer_stop(&s->timer);
    service_forget_tls(s);
    arena_free(s->found);
    arena_free(s->mem);
    mem_free(s->local_name);
    mem_free(s);
}

/* ── reading ── */

static bool is_available(const struct value *tree)
{
    VALUE_EACH_ITEM (c, value_at(tree, "status.conditions")) {
        if (str_is(value_text_at(c, "type"), "Available"))
            return str_is(value_text_at(c, "status"), "True");
    }
    return false;
}

static int read_texts(struct aggregate_service *s, const struct value *tree)
{
    const struct value *spec = value_get(tree, STR("spec")), *service = value_get(spec, STR("service"));
    struct {
        struct str from, *to;
    } texts[] = {
        {value_text_at(tree, "metadata.name"), &s->name}, {value_text_at(spec, "group"), &s->group},
        {value_text_at(spec, "version"), &s->version},    {value_text_at(service, "namespace"), &s->ns},
        {value_text_at(service, "name"), &s->service},    {value_text_at(spec, "caBundle"), &s->ca},
    };
    for (size_t i = 0; i < ARRAY_LEN(texts); i++)
        if (arena_str(s->mem, texts[i].from, texts[i].to) < 0)
            return -ENOMEM;
    s->key = arena_fmt(s->mem, "%.*s/%.*s", STR_FMT(s->group), STR_FMT(s->version));
    struct str name = arena_fmt(s->mem, "%.*s.%.*s.svc", STR_FMT(s->service), STR_FMT(s->ns));
    s->server_name = name.p;
    s->port = (int)value_int_at(service, "port", 443);
    s->group_priority = (int)value_int_at(spec, "groupPriorityMinimum", 0);
    s->version_priority = (int)value_int_at(spec, "versionPriority", 0);
    s->insecure = value_bool_at(spec, "insecureSkipTLSVerify", false);
    s->available = is_available(tree);
    return s->key.p && name.p ? 0 : -ENOMEM;
}

static int service_read(struct aggregate *x, struct object *o, struct aggregate_service **out)
{
    SCOPED(arena) mem = NULL;
    struct value tree = {0};
    struct aggregate_service *s = mem_alloc(sizeof(*s));
    if (!s)
        return -ENOMEM;
    list_init(&s->link);
    s->x = x;
    char scratch[32];
    struct str text;
    int r = 0;
    if (object_field(o, "spec.service.name", &text, scratch) && text.n) {
        r = arena_new(&mem, SERVICE_MEMORY);
        if (r == 0)
            r = object_tree(mem, o, &tree, NULL);
        if (r == 0)
            r = arena_new(&s->mem, SERVICE_MEMORY);
        if (r == 0)
            r = read_texts(s, &tree);
    } else { /* one for each group-version served here: only its name counts */
        struct str name = object_name(o);
        s->automanaged = object_label(o, STR("kube-aggregator.kubernetes.io/automanaged"), &text) && str_is(text, "true");
        s->local_name = mem_text(name.p, name.n);
        s->name = str_of(s->local_name);
        r = s->local_name ? 0 : -ENOMEM;
    }
    if (r < 0) {
        service_free(x, s);
        return r;
    }
    *out = s;
    return 0;
}

/* ── taking its place ── */

static bool same_way(const struct aggregate_service *a, const struct aggregate_service *b)
{
    return str_eq(a->group, b->group) && str_eq(a->version, b->version) && str_eq(a->ns, b->ns) && str_eq(a->service, b->service) &&
           a->port == b->port && a->insecure == b->insecure && str_eq(a->ca, b->ca);
}

/* What is known of the old one that leads the same way is the new one's. */
static void inherit(struct aggregate_service *s, struct aggregate_service *old)
{
    s->found = old->found;
    s->resources = old->resources;
    s->openapi = old->openapi;
    s->current = old->current;
    s->wait_ms = old->wait_ms;
    old->found = NULL;
}

static int put(struct aggregate *x, struct object *o)
{
    struct aggregate_service *s = NULL, *old = map_get(&x->services, object_name(o));
    int r = service_read(x, o, &s);
    if (r < 0)
        return r;
    if (old && old->service.n && same_way(s, old)) { /* only its status, priorities or metadata */
        bool changed = old->available != s->available || old->group_priority != s->group_priority || old->version_priority != s->version_priority;
        old->available = s->available;
        old->group_priority = s->group_priority;
        old->version_priority = s->version_priority;
        x->generation += changed;
        service_free(x, s);
        return 0;
    }
    if (old && old->service.n && s->service.n)
        inherit(s, old);
    if (old)
        service_free(x, old);
    r = map_put(&x->services, s->name, s);
    if (r == 0 && s->service.n)
        r = map_put(&x->at, place(s), s);
    if (r < 0) {
        service_free(x, s);
        return r;
    }
    if (s->service.n) {
        s->current = false;
        check_soon(s, 0);
        x->generation++;
    }
    return 0;
}

static void take_away(struct aggregate *x, struct str name)
{
    struct aggregate_service *old = map_get(&x->services, name);
    if (!old)
        return;
    x->generation += old->service.n > 0;
    service_free(x, old);
    local_settle_soon(x, 0); /* one that is kept comes back */
}

/* ── watching ── */

static int watch_begin(struct aggregate *x);

static void on_services(void *ctx)
{
    struct aggregate *x = ctx;
    const struct store_event *e;
    int r = 0;
    while ((e = store_watch_next(x->watch)) != NULL) {
        if (e->type == STORE_PUT)
            r |= put(x, e->object) < 0;
        else
            take_away(x, object_name(e->object));
    }
    if (!r && !store_watch_lost(x->watch))
        return;
    x->watch = store_watch_free(x->watch);
    if (watch_begin(x) < 0) /* without memory: what is known stays in force until the next change of a definition */
        local_settle_soon(x, x->check_ms);
}

static int load(struct aggregate *x, struct store_snapshot *v, struct str prefix)
{
    struct store_cursor c;
    struct object *o;
    int r = 0;
    store_cursor_start(&c, v, prefix, prefix);
    while (r == 0 && (o = store_cursor_next(&c)) != NULL)
        r = put(x, o);
    return r;
}

static int watch_begin(struct aggregate *x)
{
    SCOPED(arena) mem = NULL;
    struct str prefix;
    int r = arena_new(&mem, 4096);
    if (r == 0)
        r = query_prefix(mem, aggregate_row(), STR_NONE, &prefix);
    struct store_snapshot *v = r == 0 ? store_snapshot(x->store) : NULL;
    if (!v)
        return r < 0 ? r : -ENOMEM;
    r = store_watch_new(&x->watch, x->store, prefix, store_snapshot_revision(v), on_services, x);
    if (r == 0)
        r = load(x, v, prefix);
    store_snapshot_unref(v);
    if (r == 0)
        on_services(x); /* it calls again only after it was found empty */
    return r > 0 ? -ESTALE : r;
}

/* Somebody's Service or endpoints have changed. */
static void touched(struct aggregate *x, struct str ns, struct str name)
{
    MAP_EACH (slot, &x->at) {
        struct aggregate_service *s = slot->value;
        if (str_eq(s->ns, ns) && str_eq(s->service, name))
            check_soon(s, 0);
    }
}

static void on_slices(void *ctx)
{
    struct aggregate *x = ctx;
    const struct store_event *e;
    struct str owner;
    while ((e = store_watch_next(x->slices)) != NULL)
        if (x->at.n && object_label(e->object, STR("kubernetes.io/service-name"), &owner))
            touched(x, object_namespace(e->object), owner);
}

static void on_backing(void *ctx)
{
    struct aggregate *x = ctx;
    const struct store_event *e;
    while ((e = store_watch_next(x->backing)) != NULL)
        if (x->at.n)
            touched(x, object_namespace(e->object), object_name(e->object));
}

static int watch_one(struct aggregate *x, const char *group, const char *name, struct store_watch **out, void (*wake)(void *ctx))
{
    SCOPED(arena) mem = NULL;
    struct str prefix;
    int r = arena_new(&mem, 4096);
    if (r == 0)
        r = query_prefix(mem, schema_resource_find(str_of(group), STR("v1"), str_of(name)), STR_NONE, &prefix);
    if (r == 0)
        r = store_watch_new(out, x->store, prefix, store_revision(x->store), wake, x);
    if (r == 0)
        wake(x);
    return r > 0 ? -ESTALE : r;
}

/* ── life ── */

int aggregate_new(struct aggregate **out, const struct aggregate_options *o, struct err *err)
{
    struct aggregate *x = mem_alloc(sizeof(*x));
    if (!x)
        return err_raise(err, -ENOMEM, "no memory for the aggregation of API servers");
    x->loop = o->loop;
    x->store = o->store;
    x->served = o->served;
    x->ctx = o->ctx;
    list_init(&x->ending);
    x->check_ms = o->check_ms ? o->check_ms : 30000;
    int r = watch_begin(x);
    if (r == 0)
        r = watch_one(x, "discovery.k8s.io", "endpointslices", &x->slices, on_slices);
    if (r == 0)
        r = watch_one(x, "", "services", &x->backing, on_backing);
    if (r < 0) {
        aggregate_free(x);
        return err_raise(err, r, "the APIServices cannot be read");
    }
    *out = x;
    return 0;
}

struct aggregate *aggregate_free(struct aggregate *x)
{
    if (!x)
        return NULL;
    x->begun = false;
    loop_timer_stop(&x->settle);
    store_watch_free(x->watch);
    store_watch_free(x->slices);
    store_watch_free(x->backing);
    store_watch_free(x->definitions);
    MAP_EACH (slot, &x->services)
        service_free(x, slot->value);
    probes_free(x);
    map_done(&x->services);
    map_done(&x->at);
    if (x->has_front)
        tls_pair_done(&x->front);
    x->freeing = true;
    if (!x->pending)
        mem_free(x);
    return NULL;
}

void aggregate_begin(struct aggregate *x, void (*done)(void *ctx), void *ctx)
{
    x->begun = true;
    x->done = done;
    x->done_ctx = ctx;
    if (local_watch(x) < 0)
        local_settle_soon(x, x->check_ms);
    local_begin(x);
}

int aggregate_show(struct aggregate *x, const struct tls_pair *front)
{
    struct tls_pair copy = {0};
    if (front) {
        copy.cert_pem = mem_text(front->cert_pem, strlen(front->cert_pem));
        copy.key_pem = mem_text(front->key_pem, strlen(front->key_pem));
        if (!copy.cert_pem || !copy.key_pem) {
            tls_pair_done(&copy);
            return -ENOMEM;
        }
    }
    if (x->has_front)
        tls_pair_done(&x->front);
    x->front = copy;
    x->has_front = front != NULL;
    MAP_EACH (slot, &x->at) {
        struct aggregate_service *s = slot->value;
        service_forget_tls(s);
    }
    return 0;
}

/* ── where a request goes ── */

const struct aggregate_service *aggregate_find(const struct aggregate *x, struct str group, struct str version)
{
    char key[512];
    if (!x->at.n || group.n + version.n + 2 > sizeof(key))
        return NULL;
    snprintf(key, sizeof(key), "%.*s/%.*s", STR_FMT(group), STR_FMT(version));
    return map_get(&x->at, str_of(key));
}

bool aggregate_available(const struct aggregate_service *s)
{
    return s->available;
}
