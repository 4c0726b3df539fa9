#include "json/json.h"
#include "pod/pod.h"
#include "tls/tls.h"

/* Certificates of pods (KEP-4317): key and request made on a pool thread → PodCertificateRequest → its signer answers
 * (Issued, Denied, Failed) → files; renewed from beginRefreshAt on, the old pair staying until the new one is there.
 *
 * Private keys live in memory and in the pod's volume only. */
#define RETRY_MS 2000

struct certificates {
    struct pod_host *host;
    struct client_cache *requests; /* of this node */
    struct client_listener listener;
};

enum step { STEP_IDLE, STEP_KEY, STEP_ACCOUNT, STEP_NODE, STEP_CREATE, STEP_WAIT, STEP_REFUSED };

struct making {                /* on a pool thread; outlives the pod if it must */
    struct certificate *owner; /* NULL: nobody wants it any more */
    char kind[16];
    char *key, *request; /* PEM */
    struct err err;
    int r;
};

struct certificate {
    struct list link; /* in worker->certificates */
    struct worker *worker;
    char *source; /* the projection as JSON: what it is known by */
    enum step step;
    struct making *making;
    char *key, *chain;             /* in use; NULL: none yet */
    char *next_key, *next_request; /* on their way */
    char account_uid[64], node_uid[64], name[254];
    int64_t renew_at, retry_at; /* wall seconds */
    char failure[512];
};

static struct certificates *opened(struct pod_host *h)
{
    if (!h->certificates && (h->certificates = mem_alloc(sizeof(*h->certificates))))
        h->certificates->host = h;
    return h->certificates;
}

/* ── certificates: the request ── */

static void step(struct certificate *c);

static void again_later(struct certificate *c, const char *fmt, ...) PRINTF(2, 3);
static void again_later(struct certificate *c, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(c->failure, sizeof(c->failure), fmt, ap);
    va_end(ap);
    log_warn("node", "pod %s/%s: no certificate: %s", c->worker->ns, c->worker->name, c->failure);
    c->step = STEP_IDLE;
    c->retry_at = loop_wall(c->worker->host->loop) + RETRY_MS / 1000;
    pod_worker_poke_after(c->worker, RETRY_MS);
}

static void make(void *ctx)
{
    struct making *m = ctx;
    m->r = tls_key_make_of(str_of(m->kind), &m->key, &m->err);
    if (m->r == 0)
        m->r = tls_csr_make(&m->request, str_of(m->key), "", NULL, NULL, &m->err);
}

static void making_free(struct making *m)
{
    mem_free(m->key);
    mem_free(m->request);
    mem_free(m);
}

static void on_made(void *ctx)
{
    struct making *m = ctx;
    struct certificate *c = m->owner;
    if (c && m->r == 0) {
        c->making = NULL;
        mem_free(c->next_key);
        mem_free(c->next_request);
        c->next_key = m->key;
        c->next_request = m->request;
        m->key = m->request = NULL;
        c->step = STEP_ACCOUNT;
        step(c);
    } else if (c) {
        c->making = NULL;
        again_later(c, "%s", m->err.text);
    }
    making_free(m);
}

static int projection(const struct certificate *c, struct arena *a, struct value *out)
{
    return json_parse(a, str_of(c->source), out, NULL) == 0 ? 0 : -ENOMEM;
}

static void start_key(struct certificate *c)
{
    SCOPED(arena) a = NULL;
    struct value source = {0};
    struct making *m = mem_alloc(sizeof(*m));
    if (!m || arena_new(&a, 1u << 20) < 0 || projection(c, a, &source) < 0) {
        mem_free(m);
        again_later(c, "no memory");
        return;
    }
    m->owner = c;
    snprintf(m->kind, sizeof(m->kind), "%.*s", STR_FMT(value_text_at(&source, "keyType")));
    c->making = m;
    c->step = STEP_KEY;
    if (loop_work(c->worker->host->loop, make, on_made, m) < 0) {
        c->making = NULL;
        making_free(m);
        again_later(c, "too much is waiting for the pool");
    }
}

static void on_uid(void *ctx, const struct client_reply *r)
{
    struct certificate *c = ctx;
    bool account = c->step == STEP_ACCOUNT;
    if (!client_ok(r) || !r->object) {
        again_later(c, "%s: %.*s", account ? "its service account" : "this node", STR_FMT(r->message));
        return;
    }
    snprintf(account ? c->account_uid : c->node_uid, sizeof(c->node_uid), "%.*s", STR_FMT(object_uid(r->object)));
    c->step = account ? STEP_NODE : STEP_CREATE;
    step(c);
}

static struct str account_of(const struct worker *w)
{
    struct str account = value_text_at(pod_worker_spec(w), "serviceAccountName");
    return account.n ? account : STR("default");
}

static void ask_uid(struct certificate *c, const char *resource, struct str ns, struct str name)
{
    struct client_call call = {.verb = CLIENT_GET, .resource = schema_resource_find(STR_NONE, STR("v1"), str_of(resource)), .ns = ns, .name = name};
    if (client_send(c->worker->host->client, &call, on_uid, c) < 0)
        again_later(c, "no memory");
}

static void on_created(void *ctx, const struct client_reply *r)
{
    struct certificate *c = ctx;
    if (!client_ok(r) || !r->object) {
        again_later(c, "%.*s", STR_FMT(r->message));
        return;
    }
    snprintf(c->name, sizeof(c->name), "%.*s", STR_FMT(object_name(r->object)));
    c->step = STEP_WAIT;
    step(c);
}

/* PEM's lines between its marks are the DER in base64. */
static struct str body_of(struct arena *a, const char *pem)
{
    SCOPED_BUF out = BUF_INIT(65536);
    struct str rest = str_of(pem), line, text = STR_NONE;
    while (str_next(&rest, '\n', &line))
        if (!str_starts(line, STR("-----")))
            buf_str(&out, line);
    return arena_str(a, buf_view(&out), &text) < 0 ? STR_NONE : text;
}

static int request_body(struct certificate *c, struct arena *a, struct value *body)
{
    struct worker *w = c->worker;
    struct value source = {0}, owners = value_make_list(), owner = {0};
    int r = projection(c, a, &source);
    const struct value *seconds = value_at(&source, "maxExpirationSeconds"), *marks = value_at(&source, "userAnnotations");
    const struct {
        const char *path;
        struct str text;
    } texts[] = {{"apiVersion", STR("certificates.k8s.io/v1")},
                 {"kind", STR("PodCertificateRequest")},
                 {"metadata.generateName", STR("req-")},
                 {"metadata.namespace", str_of(w->ns)},
                 {"spec.signerName", value_text_at(&source, "signerName")},
                 {"spec.podName", str_of(w->name)},
                 {"spec.podUID", str_of(w->uid)},
                 {"spec.serviceAccountName", account_of(w)},
                 {"spec.serviceAccountUID", str_of(c->account_uid)},
                 {"spec.nodeName", str_of(w->host->name)},
                 {"spec.nodeUID", str_of(c->node_uid)},
                 {"spec.stubPKCS10Request", body_of(a, c->next_request)}};
    for (size_t i = 0; i < ARRAY_LEN(texts); i++)
        VALUE_SET(&r, a, body, texts[i].path, value_make_text(texts[i].text));
    VALUE_SET(&r, a, body, "spec.maxExpirationSeconds", seconds ? *seconds : value_make_int(86400));
    if (value_count(marks))
        VALUE_SET(&r, a, body, "spec.unverifiedUserAnnotations", *marks);
    VALUE_SET(&r, a, &owner, "apiVersion", value_make_text(STR("v1")));
    VALUE_SET(&r, a, &owner, "kind", value_make_text(STR("Pod")));
    VALUE_SET(&r, a, &owner, "name", value_make_text(str_of(w->name)));
    VALUE_SET(&r, a, &owner, "uid", value_make_text(str_of(w->uid)));
    if (r == 0 && !value_add(a, &owners, owner))
        r = -ENOMEM;
    VALUE_SET(&r, a, body, "metadata.ownerReferences", owners);
    return r;
}

static const struct schema_resource *requests_row(void)
{
    return schema_resource_find(STR("certificates.k8s.io"), STR("v1"), STR("podcertificaterequests"));
}

static void create(struct certificate *c)
{
    SCOPED(arena) a = NULL;
    struct value body = {0};
    int r = arena_new(&a, 1u << 20);
    if (r == 0)
        r = request_body(c, a, &body);
    struct client_call call = {.verb = CLIENT_CREATE, .resource = requests_row(), .ns = str_of(c->worker->ns), .body = &body};
    if (r < 0 || client_send(c->worker->host->client, &call, on_created, c) < 0)
        again_later(c, "no memory");
}

/* ── certificates: the answer ── */

static int64_t seconds_of(const struct value *status, const char *field)
{
    int64_t sec = 0;
    int32_t nsec;
    return time_parse_rfc3339(value_text_at(status, field), &sec, &nsec) < 0 ? 0 : sec;
}

static void take_up(struct certificate *c, const struct value *status)
{
    struct str chain = value_text_at(status, "certificateChain");
    char *copy = mem_text(chain.p, chain.n);
    int64_t now = loop_wall(c->worker->host->loop);
    if (!copy) {
        again_later(c, "no memory");
        return;
    }
    mem_free(c->key);
    mem_free(c->chain);
    c->key = c->next_key;
    c->chain = copy;
    c->next_key = NULL;
    c->renew_at = MAX(seconds_of(status, "beginRefreshAt"), now + 1);
    c->failure[0] = 0;
    c->step = STEP_IDLE;
    c->worker->volumes_stale = true;
    pod_worker_poke(c->worker);
    pod_worker_poke_after(c->worker, (c->renew_at - now) * 1000);
}

static void refused(struct certificate *c, const char *how, const struct value *condition)
{
    struct str reason = value_text_at(condition, "reason"), message = value_text_at(condition, "message");
    snprintf(c->failure, sizeof(c->failure), "PodCertificateRequest %s/%s %s, reason=\"%.*s\", message=\"%.*s\"", c->worker->ns, c->name, how,
             STR_FMT(reason), STR_FMT(message));
    pod_event_send(c->worker, NULL, true, strcmp(how, "failed") == 0 ? "Failed" : "Denied", "%s", c->failure);
    c->step = STEP_REFUSED; /* for good, as upstream has it */
    pod_worker_poke(c->worker);
}

static void look_at_answer(struct certificate *c)
{
    struct certificates *k = c->worker->host->certificates;
    struct object *o = client_cache_get(k->requests, str_of(c->worker->ns), str_of(c->name));
    SCOPED(arena) a = NULL;
    struct value tree = {0};
    if (!o || arena_new(&a, POD_BYTES) < 0 || object_tree(a, o, &tree, NULL) < 0)
        return;
    const struct value *status = value_at(&tree, "status"), *conditions = value_at(status, "conditions");
    VALUE_EACH_ITEM (one, conditions) {
        struct str type = value_text_at(one, "type");
        if (str_is(type, "Issued"))
            take_up(c, status);
        else if (str_is(type, "Denied"))
            refused(c, "was denied", one);
        else if (str_is(type, "Failed"))
            refused(c, "failed", one);
        else
            continue;
        return;
    }
}

static void step(struct certificate *c)
{
    switch (c->step) {
    case STEP_ACCOUNT:
        ask_uid(c, "serviceaccounts", str_of(c->worker->ns), account_of(c->worker));
        return;
    case STEP_NODE:
        ask_uid(c, "nodes", STR_NONE, str_of(c->worker->host->name));
        return;
    case STEP_CREATE:
        create(c);
        return;
    case STEP_WAIT:
        look_at_answer(c);
        return;
    case STEP_IDLE:
    case STEP_KEY:
    case STEP_REFUSED:
        return;
    }
}

static void on_request(void *ctx, struct object *old, struct object *now)
{
    struct certificates *k = ctx;
    struct object *o = now ? now : old;
    MAP_EACH (slot, &k->host->workers) {
        struct worker *w = slot->value;
        if (!str_is(object_namespace(o), w->ns))
            continue;
        LIST_EACH (c, &w->certificates, struct certificate, link) {
            if (c->step != STEP_WAIT || !str_is(object_name(o), c->name))
                continue;
            if (now)
                look_at_answer(c);
            else
                again_later(c, "its PodCertificateRequest %s was deleted", c->name);
        }
    }
}

static int open_requests(struct certificates *k)
{
    char selector[300];
    if (k->requests)
        return 0;
    int n = snprintf(selector, sizeof(selector), "spec.nodeName=%s", k->host->name);
    struct client_cache_options o = {.resource = requests_row(), .field_selector = str_make(selector, (size_t)MIN(n, (int)sizeof(selector) - 1))};
    if (!o.resource || client_cache_new(&k->requests, k->host->client, &o) < 0)
        return -ENOMEM;
    k->listener = (struct client_listener){.on_change = on_request, .ctx = k};
    client_cache_listen(k->requests, &k->listener);
    return 0;
}

/* ── what others call ── */

static struct certificate *find(struct worker *w, const struct value *source)
{
    SCOPED_BUF text = BUF_INIT(65536);
    json_print(&text, source);
    if (buf_error(&text) < 0)
        return NULL;
    LIST_EACH (c, &w->certificates, struct certificate, link)
        if (str_is(buf_view(&text), c->source))
            return c;
    struct certificate *c = mem_alloc(sizeof(*c));
    if (!c || !(c->source = mem_text(text.p, text.n))) {
        mem_free(c);
        return NULL;
    }
    c->worker = w;
    list_add(&w->certificates, &c->link);
    return c;
}

static bool due(const struct certificate *c, int64_t now)
{
    return c->step == STEP_IDLE && now >= c->retry_at && (!c->chain || now >= c->renew_at);
}

int pod_certificate_get(struct worker *w, const struct value *source, struct buf *key, struct buf *chain)
{
    struct certificates *k = opened(w->host);
    struct certificate *c = k && open_requests(k) == 0 ? find(w, source) : NULL;
    if (!c)
        return -ENOMEM;
    if (due(c, loop_wall(w->host->loop)))
        start_key(c);
    if (!c->chain)
        return c->step == STEP_REFUSED ? -EACCES : -EAGAIN;
    buf_text(key, c->key);
    buf_text(chain, c->chain);
    return buf_error(key) < 0 ? buf_error(key) : buf_error(chain);
}

bool pod_certificates_due(struct worker *w)
{
    int64_t now = loop_wall(w->host->loop);
    bool any = false;
    LIST_EACH (c, &w->certificates, struct certificate, link)
        if (due(c, now))
            any = true;
        else if (c->step == STEP_IDLE)
            pod_worker_poke_after(w, (MAX(c->chain ? c->renew_at : 0, c->retry_at) - now) * 1000);
    return any;
}

void pod_certificates_drop(struct worker *w)
{
    while (!list_empty(&w->certificates)) {
        struct certificate *c = CONTAINER_OF(w->certificates.next, struct certificate, link);
        list_del(&c->link);
        client_forget(w->host->client, c);
        if (c->making)
            c->making->owner = NULL;
        mem_free(c->key);
        mem_free(c->chain);
        mem_free(c->next_key);
        mem_free(c->next_request);
        mem_free(c->source);
        mem_free(c);
    }
}

void pod_certificates_close(struct pod_host *h)
{
    struct certificates *k = h->certificates;
    if (!k)
        return;
    client_cache_free(k->requests);
    mem_free(k);
    h->certificates = NULL;
}
