#include "pod/pod.h"

/* ConfigMaps, Secrets and tokens that pods here need. Each object is watched by
 * its name alone, since the Node authorizer lets an agent see no others, and
 * only while a pod refers to it. */

static struct str part(const struct source *s, size_t at, size_t n)
{
    return str_make(s->key.p + at, n);
}

static void poke_users(struct source *s)
{
    MAP_EACH (slot, &s->host->workers) {
        struct worker *w = slot->value;
        for (size_t i = 0; i < w->n_sources; i++) {
            if (w->sources[i] != s)
                continue;
            pod_checkpoint_write_source(w, s);
            w->volumes_stale = true;
            pod_worker_poke(w);
        }
    }
}

static void on_change(void *ctx, struct object *old, struct object *now)
{
    struct source *s = ctx;
    (void)old;
    SCOPED(arena) fresh = NULL;
    struct value tree = {0};
    if (now && (arena_new(&fresh, POD_BYTES) < 0 || object_tree(fresh, now, &tree, NULL) < 0)) {
        log_error("node", "%.*s cannot be read", STR_FMT(s->key));
        return;
    }
    arena_free(s->mem);
    s->mem = TAKE(fresh);
    s->tree = tree;
    s->known = s->known || now;
    poke_users(s);
}

static void on_synced(void *ctx)
{
    struct source *s = ctx;
    bool first = !s->known;
    s->known = true;
    /* The server's word stands above what was read from the disk. */
    if (!client_cache_get(s->cache, s->ns, s->name) && s->tree.type != VALUE_NULL)
        on_change(s, NULL, NULL);
    else if (first)
        poke_users(s);
}

static void source_free(struct source *s)
{
    map_del(&s->host->sources, s->key);
    client_cache_free(s->cache);
    arena_free(s->mem);
    union {
        const char *in;
        char *out;
    } key = {.in = s->key.p};
    mem_free(key.out);
    mem_free(s);
}

static struct source *source_new(struct pod_host *n, struct str key, size_t resource_n, size_t ns_n)
{
    struct source *s = mem_alloc(sizeof(*s));
    char *text = mem_text(key.p, key.n);
    if (!s || !text) {
        mem_free(s);
        mem_free(text);
        return NULL;
    }
    s->host = n;
    s->key = str_make(text, key.n);
    s->ns = part(s, resource_n + 1, ns_n);
    s->name = str_from(s->key, resource_n + ns_n + 2);
    s->resource = schema_resource_find(STR_NONE, STR("v1"), str_make(text, resource_n));
    s->listener = (struct client_listener){.on_change = on_change, .on_synced = on_synced, .ctx = s};
    char selector[300];
    int len = snprintf(selector, sizeof(selector), "metadata.name=%.*s", STR_FMT(s->name));
    struct client_cache_options o = {.resource = s->resource, .ns = s->ns, .field_selector = str_make(selector, (size_t)len)};
    if (len < 0 || len >= (int)sizeof(selector) || !s->resource || map_put(&n->sources, s->key, s) < 0 ||
        client_cache_new(&s->cache, n->client, &o) < 0) {
        source_free(s);
        return NULL;
    }
    client_cache_listen(s->cache, &s->listener);
    return s;
}

struct source *pod_source_get(struct worker *w, const char *resource, struct str name)
{
    char text[512];
    int n = snprintf(text, sizeof(text), "%s/%s/%.*s", resource, w->ns, STR_FMT(name));
    if (n < 0 || n >= (int)sizeof(text) || !name.n)
        return NULL;
    struct str key = str_make(text, (size_t)n);
    for (size_t i = 0; i < w->n_sources; i++)
        if (str_eq(w->sources[i]->key, key))
            return w->sources[i];
    if (w->n_sources == POD_SOURCES_MAX)
        return NULL;
    struct source *s = map_get(&w->host->sources, key);
    if (!s)
        s = source_new(w->host, key, strlen(resource), strlen(w->ns));
    if (!s)
        return NULL;
    s->refs++;
    w->sources[w->n_sources++] = s;
    if (!s->known && pod_checkpoint_read_source(w, s) == 0)
        s->known = true;
    return s;
}

void pod_sources_drop(struct worker *w)
{
    for (size_t i = 0; i < w->n_sources; i++)
        if (--w->sources[i]->refs == 0)
            source_free(w->sources[i]);
    w->n_sources = 0;
}

int pod_sources_look(struct worker *w, const char *resource, struct str name, const struct value **out)
{
    struct source *s = pod_source_get(w, resource, name);
    if (!s)
        return -ENOMEM;
    if (!s->known)
        return -EAGAIN;
    if (s->tree.type == VALUE_NULL)
        return VOLUME_ABSENT;
    *out = &s->tree;
    return 0;
}

/* ── tokens ── */

static void token_free(struct token *t)
{
    mem_free(t->audience);
    mem_free(t->text);
    mem_free(t);
}

static void on_token(void *ctx, const struct client_reply *r)
{
    struct token *t = ctx;
    t->asked = false;
    struct worker *w = t->worker;
    int64_t now = loop_wall(w->host->loop), expires = 0;
    int32_t nsec;
    struct str text = value_text_at(r->tree, "status.token");
    char *copy = text.n ? mem_text(text.p, text.n) : NULL;
    if (!client_ok(r) || !copy || time_parse_rfc3339(value_text_at(r->tree, "status.expirationTimestamp"), &expires, &nsec) < 0) {
        mem_free(copy);
        snprintf(t->failure, sizeof(t->failure), "%.*s", STR_FMT(r->message));
        log_warn("node", "pod %s/%s: no token: %s", w->ns, w->name, t->failure);
        t->renew_at = now + 2;
        pod_worker_poke_after(w, 2000);
        return;
    }
    mem_free(t->text);
    t->text = copy;
    t->failure[0] = 0;
    t->expires_at = expires;
    t->renew_at = now + (expires - now) * 8 / 10; /* as the kubelet: at 80 % of its life */
    w->volumes_stale = true;
    pod_worker_poke(w);
}

static void ask(struct token *t)
{
    SCOPED(arena) a = NULL;
    struct worker *w = t->worker;
    struct value body = {0}, audiences = value_make_list();
    int r = arena_new(&a, 1u << 20);
    if (r < 0)
        return;
    VALUE_SET(&r, a, &body, "apiVersion", value_make_text(STR("authentication.k8s.io/v1")));
    VALUE_SET(&r, a, &body, "kind", value_make_text(STR("TokenRequest")));
    if (t->audience[0] && !value_add(a, &audiences, value_make_text(str_of(t->audience))))
        r = -ENOMEM;
    VALUE_SET(&r, a, &body, "spec.audiences", audiences);
    VALUE_SET(&r, a, &body, "spec.expirationSeconds", value_make_int(t->seconds));
    VALUE_SET(&r, a, &body, "spec.boundObjectRef.kind", value_make_text(STR("Pod")));
    VALUE_SET(&r, a, &body, "spec.boundObjectRef.apiVersion", value_make_text(STR("v1")));
    VALUE_SET(&r, a, &body, "spec.boundObjectRef.name", value_make_text(str_of(w->name)));
    VALUE_SET(&r, a, &body, "spec.boundObjectRef.uid", value_make_text(str_of(w->uid)));
    struct str account = value_text_at(pod_worker_spec(w), "serviceAccountName");
    struct client_call call = {.verb = CLIENT_CREATE,
                               .resource = schema_resource_find(STR_NONE, STR("v1"), STR("serviceaccounts")),
                               .ns = str_of(w->ns),
                               .name = account.n ? account : STR("default"),
                               .subresource = STR("token"),
                               .body = &body};
    t->asked = r == 0 && client_send(w->host->client, &call, on_token, t) == 0;
    if (!t->asked)
        pod_worker_poke_after(w, 1000);
}

static struct token *token_find(struct worker *w, struct str audience, int64_t seconds)
{
    LIST_EACH (t, &w->tokens, struct token, link)
        if (str_is(audience, t->audience) && t->seconds == seconds)
            return t;
    struct token *t = mem_alloc(sizeof(*t));
    if (!t)
        return NULL;
    t->worker = w;
    t->seconds = seconds;
    t->audience = mem_text(audience.p, audience.n);
    if (!t->audience) {
        mem_free(t);
        return NULL;
    }
    list_add(&w->tokens, &t->link);
    return t;
}

int pod_token_get(struct worker *w, struct str audience, int64_t seconds, struct buf *out)
{
    struct token *t = token_find(w, audience, seconds ? seconds : 3600);
    int64_t now = loop_wall(w->host->loop);
    if (!t)
        return -ENOMEM;
    if (now >= t->renew_at && !t->asked)
        ask(t);
    if (!t->text)
        return -EAGAIN;
    pod_worker_poke_after(w, MAX(t->renew_at - now, (int64_t)1) * 1000);
    buf_text(out, t->text);
    return buf_error(out);
}

bool pod_tokens_due(struct worker *w)
{
    int64_t now = loop_wall(w->host->loop);
    bool due = false;
    LIST_EACH (t, &w->tokens, struct token, link)
        if (!t->asked && now >= t->renew_at)
            due = true;
        else if (!t->asked)
            pod_worker_poke_after(w, (t->renew_at - now) * 1000);
    return due;
}

/* ── all at once ── */

static void ask_object(struct worker *w, const char *resource, struct str name)
{
    const struct value *ignored;
    int r = name.n ? pod_sources_look(w, resource, name, &ignored) : 0;
    (void)r; /* who needs it looks again */
}

static void ask_volume(struct worker *w, const struct value *volume)
{
    const struct value *sources = value_at(volume, "projected.sources");
    ask_object(w, "configmaps", value_text_at(volume, "configMap.name"));
    ask_object(w, "secrets", value_text_at(volume, "secret.secretName"));
    VALUE_EACH_ITEM (s, sources) {
        const struct value *token = value_at(s, "serviceAccountToken");
        SCOPED_BUF ignored = BUF_INIT(65536);
        ask_object(w, "configmaps", value_text_at(s, "configMap.name"));
        ask_object(w, "secrets", value_text_at(s, "secret.name"));
        int r = token ? pod_token_get(w, value_text_at(token, "audience"), value_int_at(token, "expirationSeconds", 0), &ignored) : 0;
        (void)r;
    }
}

static void ask_environment(struct worker *w, const struct value *container)
{
    const struct value *from = value_at(container, "envFrom"), *env = value_at(container, "env");
    VALUE_EACH_ITEM (f, from) {
        ask_object(w, "configmaps", value_text_at(f, "configMapRef.name"));
        ask_object(w, "secrets", value_text_at(f, "secretRef.name"));
    }
    VALUE_EACH_ITEM (e, env) {
        ask_object(w, "configmaps", value_text_at(e, "valueFrom.configMapKeyRef.name"));
        ask_object(w, "secrets", value_text_at(e, "valueFrom.secretKeyRef.name"));
    }
}

void pod_sources_ask(struct worker *w)
{
    static const char *const lists[] = {"initContainers", "containers"};
    const struct value *spec = pod_worker_spec(w), *volumes = value_at(spec, "volumes"), *pull = value_at(spec, "imagePullSecrets");
    VALUE_EACH_ITEM (p, pull)
        ask_object(w, "secrets", value_text_at(p, "name"));
    VALUE_EACH_ITEM (v, volumes)
        ask_volume(w, v);
    for (size_t i = 0; i < ARRAY_LEN(lists); i++) {
        const struct value *list = value_get(spec, str_of(lists[i]));
        VALUE_EACH_ITEM (c, list)
            ask_environment(w, c);
    }
}

void pod_tokens_drop(struct worker *w)
{
    while (!list_empty(&w->tokens)) {
        struct token *t = CONTAINER_OF(w->tokens.next, struct token, link);
        list_del(&t->link);
        client_forget(w->host->client, t);
        token_free(t);
    }
}
