#include "pod/pod.h"

#include "object/object.h"
#include "selector/selector.h"

/* Trust bundles that pods here project (KEP-3257). All are watched, as a
 * signer's are found by labels, from the first pod on that wants one. What a
 * pod sees is each certificate once, in the order of the bundles' names. */

#define CERTIFICATES_MAX 4096 /* of one projection */

static const struct str begin = STR_INIT("-----BEGIN CERTIFICATE-----"), end = STR_INIT("-----END CERTIFICATE-----");

struct pod_trust {
    struct pod_host *host;
    struct client_cache *cache;
    struct client_listener listener;
};

static bool wants(const struct worker *w)
{
    VALUE_EACH_ITEM (v, value_at(pod_worker_spec(w), "volumes"))
        VALUE_EACH_ITEM (s, value_at(v, "projected.sources"))
            if (value_at(s, "clusterTrustBundle"))
                return true;
    return false;
}

static void poke_users(struct pod_trust *t)
{
    MAP_EACH (slot, &t->host->workers) {
        struct worker *w = slot->value;
        if (!wants(w))
            continue;
        w->volumes_stale = true;
        pod_worker_poke(w);
    }
}

static void on_change(void *ctx, struct object *old, struct object *now)
{
    (void)old, (void)now;
    struct pod_trust *t = ctx;
    if (client_cache_synced(t->cache))
        poke_users(t);
}

static void on_synced(void *ctx)
{
    poke_users(ctx);
}

static struct pod_trust *trust_of(struct pod_host *h)
{
    if (h->trust)
        return h->trust;
    struct pod_trust *t = mem_alloc(sizeof(*t));
    struct client_cache_options o = {.resource = schema_resource_find(STR("certificates.k8s.io"), STR("v1"), STR("clustertrustbundles"))};
    if (!t || !o.resource || client_cache_new(&t->cache, h->client, &o) < 0) {
        mem_free(t);
        return NULL;
    }
    t->host = h;
    t->listener = (struct client_listener){.on_change = on_change, .on_synced = on_synced, .ctx = t};
    client_cache_listen(t->cache, &t->listener);
    return h->trust = t;
}

void pod_trust_done(struct pod_host *h)
{
    if (!h->trust)
        return;
    client_cache_free(h->trust->cache);
    mem_free(h->trust);
    h->trust = NULL;
}

/* ── certificates, each once ── */

/* Base64 without its line breaks; what names a certificate whoever wrapped it. */
static struct str body_of(struct arena *a, struct str text)
{
    char *out = arena_alloc(a, text.n + 1);
    size_t n = 0;
    for (size_t i = 0; out && i < text.n; i++)
        if (!strchr(" \t\r\n", text.p[i]))
            out[n++] = text.p[i];
    return out ? str_make(out, n) : STR_NONE;
}

static void put_certificate(struct buf *out, struct str body)
{
    buf_fmt(out, "%.*s\n", STR_FMT(begin));
    for (size_t at = 0; at < body.n; at += 64) {
        buf_str(out, str_head(str_from(body, at), MIN(body.n - at, (size_t)64)));
        buf_char(out, '\n');
    }
    buf_fmt(out, "%.*s\n", STR_FMT(end));
}

static int put_bundle(struct arena *a, struct map *seen, struct str pem, struct buf *out)
{
    for (;;) {
        ssize_t from = str_find(pem, begin);
        if (from < 0)
            return 0;
        pem = str_from(pem, (size_t)from + begin.n);
        ssize_t to = str_find(pem, end);
        if (to < 0)
            return 0;
        struct str body = body_of(a, str_head(pem, (size_t)to));
        pem = str_from(pem, (size_t)to + end.n);
        if (!body.p)
            return -ENOMEM;
        if (map_get(seen, body))
            continue;
        if (seen->n >= CERTIFICATES_MAX)
            return -E2BIG;
        int r = map_put(seen, body, a);
        if (r < 0)
            return r;
        put_certificate(out, body);
    }
}

/* ── which bundles ── */

static int by_name(const void *a, const void *b)
{
    return str_cmp(object_name(*(struct object *const *)a), object_name(*(struct object *const *)b));
}

static int choose(struct arena *a, struct pod_trust *t, const struct value *source, struct object ***out, size_t *n)
{
    struct str name = value_text_at(source, "name"), signer = value_text_at(source, "signerName"), held;
    struct selector *labels = NULL;
    struct map_slot *at = NULL;
    char scratch[32];
    *n = 0;
    *out = arena_alloc(a, (client_cache_count(t->cache) + 1) * sizeof(**out));
    if (!*out)
        return -ENOMEM;
    int r = name.n ? 0 : selector_from_tree(a, value_at(source, "labelSelector"), &labels, NULL);
    for (struct object *o = r == 0 ? client_cache_next(t->cache, &at) : NULL; o; o = client_cache_next(t->cache, &at)) {
        bool it = name.n ? str_eq(object_name(o), name)
                         : object_field(o, "spec.signerName", &held, scratch) && str_eq(held, signer) && selector_matches_object(labels, o);
        if (it)
            (*out)[(*n)++] = o;
    }
    qsort(*out, *n, sizeof(**out), by_name);
    return r;
}

int pod_trust_bundle(struct worker *w, const struct value *source, struct buf *out)
{
    SCOPED(arena) a = NULL;
    struct pod_trust *t = trust_of(w->host);
    struct object **chosen;
    struct map seen = {0};
    size_t n, before = out->n;
    int r = t ? arena_new(&a, POD_BYTES) : -ENOMEM;
    if (r == 0 && !client_cache_synced(t->cache))
        return -EAGAIN;
    if (r == 0)
        r = choose(a, t, source, &chosen, &n);
    for (size_t i = 0; r == 0 && i < n; i++) {
        struct value tree = {0};
        r = object_tree(a, chosen[i], &tree, NULL);
        if (r == 0)
            r = put_bundle(a, &seen, value_text_at(&tree, "spec.trustBundle"), out);
    }
    map_done(&seen);
    return r < 0 ? r : out->n == before ? VOLUME_ABSENT : 0;
}
