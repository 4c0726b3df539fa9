#include "ctl/inside.h"
#include "resourceclaim/resourceclaim.h"

/* Feeds the controllers: caches → keys → queue → reconcile → intents → client. */

struct runner;

struct listener {
    struct client_listener base;
    struct runner *runner;
    void (*map)(struct view *v, struct object *old, struct object *now, void (*add)(void *ctx, struct str key), void *ctx);
};

struct runner {
    struct ctl *ctl;
    const struct controller *controller;
    struct client *client; /* it writes as */
    struct client_queue *queue;
    void *state;
    VEC(struct listener *) listeners;
    struct map troubles; /* key → struct trouble: why its last writes failed */
    uint64_t runs, failures;
};

struct trouble {
    struct str key;
    char text[];
};

struct work {
    struct list link; /* in ctl->works */
    struct runner *runner;
    struct str key;
    char text[];
};

struct ctl {
    struct client *client;
    struct ctl_options options;
    char *root_ca, *pod_cidr, *server_address;
    struct view view; /* caches and resources; the rest is filled for each look */
    struct client_caches notes;
    struct runner *runners;
    struct list works; /* whose intents are being performed */
    struct arena *scratch;
    struct loop_timer resync;
    bool synced; /* it stays so */
};

static void add_key(void *ctx, struct str key)
{
    struct runner *r = ctx;
    client_queue_add(r->queue, key);
}

static struct view *look(struct ctl *k, struct runner *r)
{
    struct view *v = &k->view;
    int32_t nsec;
    arena_reset(k->scratch);
    v->mem = k->scratch;
    v->options = &k->options.reconcile;
    loop_wall_ns(client_loop(k->client), &v->now, &nsec);
    v->now_ms = v->now * 1000 + nsec / 1000000;
    v->state = r->state;
    v->synced = k->synced = k->synced || ctl_synced(k);
    v->out = NULL;
    return v;
}

static void on_change(void *ctx, struct object *old, struct object *now)
{
    struct listener *l = ctx;
    char scratch[512];
    if (l->map)
        l->map(look(l->runner->ctl, l->runner), old, now, add_key, l->runner);
    else
        client_queue_add(l->runner->queue, client_key(now ? now : old, scratch));
}

/* What the next look is told in view.trouble. */
static void remember(struct runner *run, struct str key, const char *error)
{
    mem_free(map_del(&run->troubles, key));
    size_t n = error ? strlen(error) + 1 : 0;
    struct trouble *t = error ? mem_alloc(sizeof(*t) + n + key.n) : NULL;
    if (!t)
        return;
    memcpy(t->text, error, n);
    memcpy(t->text + n, key.p, key.n);
    t->key = str_make(t->text + n, key.n);
    if (map_put(&run->troubles, t->key, t) < 0)
        mem_free(t);
}

static void on_performed(void *ctx, int r, const char *error, int64_t again_ms)
{
    struct work *w = ctx;
    struct runner *run = w->runner;
    if (r < 0) {
        run->failures++;
        if (r != -EAGAIN && run->ctl->options.log)
            run->ctl->options.log(run->ctl->options.log_ctx, run->controller->name, error);
    }
    if (r != -EAGAIN)
        remember(run, w->key, r < 0 ? error : NULL);
    if (r == 0 && again_ms)
        client_queue_add_after(run->queue, w->key, again_ms);
    client_queue_done(run->queue, w->key, r < 0);
    list_del(&w->link);
    mem_free(w);
}

static void on_work(void *ctx, struct str key)
{
    struct runner *r = ctx;
    struct ctl *k = r->ctl;
    struct work *w = mem_alloc(sizeof(*w) + key.n + 1);
    struct client_intents *out = NULL;
    if (!ctl_synced(k) || !w || client_intents_new(&out, CTL_SCRATCH) < 0) {
        mem_free(w);
        client_queue_add_after(r->queue, key, 20);
        client_queue_done(r->queue, key, false);
        return;
    }
    w->runner = r;
    list_add(&k->works, &w->link);
    memcpy(w->text, key.p, key.n);
    w->key = str_make(w->text, key.n);
    struct view *v = look(k, r);
    v->out = out;
    const struct trouble *t = map_get(&r->troubles, w->key);
    v->trouble = t ? str_of(t->text) : STR_NONE;
    r->runs++;
    r->controller->reconcile(v, w->key);
    v->out = NULL;
    client_perform(r->client, out, &k->notes, on_performed, w);
}

/* ── life ── */

/* Resources that can be listed, watched and deleted; events are too many and own nothing. */
static int open_cache(struct ctl *k, const struct schema_resource *r)
{
    struct client_cache **cache = &k->view.caches[k->view.n];
    int rc = client_cache_new(cache, k->client, &(struct client_cache_options){.resource = r});
    if (rc < 0)
        return rc;
    k->view.resources[k->view.n++] = r;
    rc = client_cache_index(*cache, "owners", client_index_owners);
    if (rc == 0)
        rc = client_cache_index(*cache, "namespace", client_index_namespace);
    if (rc == 0)
        rc = client_cache_index(*cache, "controller", view_index_controller);
    if (rc == 0 && str_is(r->name, "pods"))
        rc = client_cache_index(*cache, "node", client_index_node);
    if (rc == 0 && str_is(r->name, "resourceslices"))
        rc = client_cache_index(*cache, "pool", resourceclaim_index_pool);
    if (rc == 0 && r == &schema_custom_all)
        rc = client_cache_index(*cache, "definition", view_index_definition);
    if (rc == 0 && str_is(r->name, "customresourcedefinitions"))
        rc = client_cache_index(*cache, "refused", definition_refused_key);
    if (rc == 0 && k->notes.n < ARRAY_LEN(k->notes.items))
        k->notes.items[k->notes.n++] = *cache;
    return rc;
}

/* Of a kind stored in a version that is asked for; one that is served in other versions only is passed over. */
static bool is_served(const struct ctl *k, const struct schema_resource *r)
{
    struct str rest = str_of(k->options.enable), piece, group, version;
    if (r->served)
        return true;
    while (rest.p && str_next(&rest, ',', &piece))
        if (str_cut(str_trim(piece), '/', &group, &version) && str_eq(group, r->group) && str_eq(version, r->version))
            return true;
    return false;
}

static bool is_watched(const struct ctl *k, const char *resource)
{
    for (size_t i = 0; i < k->view.n; i++)
        if (str_is(k->view.resources[i]->name, resource))
            return true;
    return false;
}

static int open_caches(struct ctl *k)
{
    const struct schema_resource *rows;
    size_t n = schema_resources(&rows);
    uint16_t needed = SCHEMA_VERB_LIST | SCHEMA_VERB_WATCH | SCHEMA_VERB_DELETE;
    int rc = 0;
    k->view.customs = VIEW_RESOURCES_MAX;
    for (size_t i = 0; i < n && rc == 0; i++) {
        const struct schema_resource *r = &rows[i];
        if (!is_served(k, r) || (r->verbs & needed) != needed || r->storage != r || str_is(r->name, "events") || k->view.n == VIEW_RESOURCES_MAX)
            continue;
        rc = open_cache(k, r);
    }
    if (rc == 0 && k->options.customs && k->view.n < VIEW_RESOURCES_MAX) {
        k->view.customs = k->view.n;
        rc = open_cache(k, &schema_custom_all);
    }
    return rc;
}

static int hear(struct runner *r, struct client_cache *cache,
                void (*map)(struct view *, struct object *, struct object *, void (*)(void *, struct str), void *))
{
    struct listener *l = mem_alloc(sizeof(*l));
    struct listener **place = l ? VEC_ADD(&r->listeners) : NULL;
    if (!place) {
        mem_free(l);
        return -ENOMEM;
    }
    *place = l;
    l->base = (struct client_listener){.on_change = on_change, .ctx = l};
    l->runner = r;
    l->map = map;
    client_cache_listen(cache, &l->base);
    return 0;
}

static int start(struct ctl *k, struct runner *r, const struct controller *c)
{
    r->ctl = k;
    r->controller = c;
    if ((c->only_with && !is_watched(k, c->only_with)) || (c->only_queues && !k->options.queues))
        return 0;
    r->client = k->options.client_of && c->account ? k->options.client_of(k->options.client_ctx, c->account) : k->client;
    if (!r->client)
        return -ENOMEM;
    if (c->state_new && !(r->state = c->state_new()))
        return -ENOMEM;
    int rc = client_queue_new(&r->queue, client_loop(k->client), c->name, c->workers, on_work, r);
    for (size_t i = 0; rc == 0 && c->all_resources && i < k->view.n; i++)
        rc = hear(r, k->view.caches[i], c->watches[0].map);
    for (size_t i = 0; rc == 0 && !c->all_resources && i < ARRAY_LEN(c->watches) && c->watches[i].resource; i++)
        if ((strcmp(c->watches[i].resource, "*") != 0 || k->view.customs < VIEW_RESOURCES_MAX) &&
            (!c->perhaps || strcmp(c->watches[i].resource, c->perhaps) != 0 || is_watched(k, c->perhaps)))
            rc = hear(r, view_cache(&k->view, c->watches[i].resource), c->watches[i].map);
    return rc;
}

int ctl_new(struct ctl **out, struct client *c, const struct ctl_options *o, struct err *err)
{
    struct ctl *k = mem_alloc(sizeof(*k));
    if (!k)
        return err_raise(err, -ENOMEM, "no memory for the controllers");
    k->client = c;
    list_init(&k->works);
    k->options = *o;
    k->root_ca = o->reconcile.root_ca_pem ? mem_text(o->reconcile.root_ca_pem, strlen(o->reconcile.root_ca_pem)) : NULL;
    k->pod_cidr = o->reconcile.pod_cidr ? mem_text(o->reconcile.pod_cidr, strlen(o->reconcile.pod_cidr)) : NULL;
    k->server_address = o->reconcile.server_address ? mem_text(o->reconcile.server_address, strlen(o->reconcile.server_address)) : NULL;
    k->options.reconcile.server_address = k->server_address;
    k->options.reconcile.root_ca_pem = k->root_ca;
    k->options.reconcile.pod_cidr = k->pod_cidr;
    if (!k->options.reconcile.lease_grace_ms)
        k->options.reconcile.lease_grace_ms = 40000;
    if (!k->options.reconcile.finished_pods_max)
        k->options.reconcile.finished_pods_max = 12500;
    int r = arena_new(&k->scratch, CTL_SCRATCH);
    k->runners = mem_alloc(controllers_n * sizeof(struct runner));
    if (!k->runners)
        r = -ENOMEM;
    if (r == 0)
        r = open_caches(k);
    for (size_t i = 0; r == 0 && i < controllers_n; i++)
        r = start(k, &k->runners[i], &controllers[i]);
    if (r < 0) {
        ctl_free(k);
        return err_raise(err, r, "the controllers could not be started: %s", strerror(-r));
    }
    *out = k;
    return 0;
}

struct ctl *ctl_free(struct ctl *k)
{
    if (!k)
        return NULL;
    LIST_EACH (w, &k->works, struct work, link) {
        client_forget(w->runner->client, w); /* its performance knows our caches */
        mem_free(w);
    }
    for (size_t i = 0; k->runners && i < controllers_n; i++) {
        struct runner *r = &k->runners[i];
        for (size_t n = 0; n < r->listeners.n; n++) {
            client_cache_unlisten(&r->listeners.p[n]->base);
            mem_free(r->listeners.p[n]);
        }
        VEC_DONE(&r->listeners);
        MAP_EACH (slot, &r->troubles)
            mem_free(slot->value);
        map_done(&r->troubles);
        client_queue_free(r->queue);
        if (r->state)
            r->controller->state_free(r->state);
    }
    for (size_t i = 0; i < k->view.n; i++)
        client_cache_free(k->view.caches[i]);
    mem_free(k->runners);
    mem_free(k->root_ca);
    mem_free(k->pod_cidr);
    mem_free(k->server_address);
    arena_free(k->scratch);
    return mem_free(k);
}

int ctl_set_root_ca(struct ctl *k, const char *pem)
{
    struct client_cache *namespaces = view_cache(&k->view, "namespaces");
    char *copy = mem_text(pem, strlen(pem));
    if (!copy)
        return -ENOMEM;
    mem_free(k->root_ca);
    k->options.reconcile.root_ca_pem = k->root_ca = copy;
    for (size_t i = 0; i < controllers_n; i++) {
        struct map_slot *at = NULL;
        if (controllers[i].reconcile != root_ca_reconcile)
            continue;
        for (struct object *o; (o = client_cache_next(namespaces, &at));)
            client_queue_add(k->runners[i].queue, object_name(o));
    }
    return 0;
}

bool ctl_synced(const struct ctl *k)
{
    for (size_t i = 0; i < k->view.n; i++)
        if (!client_cache_synced(k->view.caches[i]))
            return false;
    return true;
}

size_t ctl_stats(const struct ctl *k, struct ctl_stats *out, size_t max)
{
    for (size_t i = 0; i < controllers_n && i < max; i++)
        out[i] = (struct ctl_stats){controllers[i].name, k->runners[i].queue ? client_queue_length(k->runners[i].queue) : 0, k->runners[i].runs,
                                    k->runners[i].failures};
    return controllers_n;
}
