#include "join/inside.h"

/* A certificate by CertificateSigningRequest: made, then watched until it is signed, denied or failed. */

struct join_asking {
    struct join_request q;
    char *key_pem;
    char name[64]; /* of the request */
    struct client_cache *cache;
    struct client_listener listener;
    struct loop_task over;
    int r;
    struct tls_pair pair;
    char error[512];
    bool ended;
};

static void tell(void *ctx)
{
    struct join_asking *x = ctx;
    struct tls_pair pair = x->pair;
    x->pair = (struct tls_pair){0};
    x->q.done(x->q.ctx, x->r, &pair, x->error);
}

static void end(struct join_asking *x, int r, const char *what, struct str detail)
{
    if (x->ended)
        return;
    x->ended = true;
    x->r = r;
    snprintf(x->error, sizeof(x->error), "%s%.*s", what, STR_FMT(detail));
    loop_defer(client_loop(x->q.client), &x->over, tell, x);
}

static const struct schema_resource *requests(void)
{
    return schema_resource_find(STR("certificates.k8s.io"), STR("v1"), STR("certificatesigningrequests"));
}

static void look(struct join_asking *x, const struct value *csr)
{
    SCOPED_BUF pem = BUF_INIT(JOIN_TEXT_MAX);
    VALUE_EACH_ITEM (c, value_at(csr, "status.conditions"))
        if (str_is(value_text_at(c, "type"), "Denied") || str_is(value_text_at(c, "type"), "Failed")) {
            end(x, -EACCES, "the certificate request was refused: ", value_text_at(c, "message"));
            return;
        }
    struct str text = value_text_at(csr, "status.certificate");
    if (!text.n || x->ended)
        return;
    if (buf_unbase64(&pem, text) < 0 || !(x->pair.cert_pem = mem_text(pem.p, pem.n))) {
        end(x, -EBADMSG, "the certificate cannot be read", STR_NONE);
        return;
    }
    x->pair.key_pem = x->key_pem;
    x->key_pem = NULL;
    end(x, 0, "", STR_NONE);
}

static void on_change(void *ctx, struct object *old, struct object *now)
{
    struct join_asking *x = ctx;
    SCOPED(arena) a = NULL;
    struct value tree = {0};
    (void)old;
    if (!now)
        end(x, -ENOENT, "the certificate request is gone", STR_NONE);
    else if (str_is(object_name(now), x->name) && arena_new(&a, 4u << 20) == 0 && object_tree(a, now, &tree, NULL) == 0)
        look(x, &tree);
}

static void on_created(void *ctx, const struct client_reply *r)
{
    struct join_asking *x = ctx;
    char selector[100];
    if (!client_ok(r)) {
        end(x, r->code == 401 || r->code == 403 ? -EACCES : -EAGAIN,
            "the certificate request could not be made: ", r->message.n ? r->message : STR("no reply"));
        return;
    }
    snprintf(selector, sizeof(selector), "metadata.name=%s", x->name);
    struct client_cache_options o = {.resource = requests(), .field_selector = str_of(selector)};
    if (client_cache_new(&x->cache, x->q.client, &o) < 0) {
        end(x, -ENOMEM, "no memory for a certificate request", STR_NONE);
        return;
    }
    x->listener = (struct client_listener){.on_change = on_change, .ctx = x};
    client_cache_listen(x->cache, &x->listener);
}

static int body_make(struct arena *a, struct join_asking *x, struct str csr_pem, struct value *body)
{
    SCOPED_BUF b = BUF_INIT(JOIN_TEXT_MAX);
    struct value usages = value_make_list();
    struct str request = STR_NONE;
    int r = 0;
    buf_base64(&b, csr_pem);
    r = buf_error(&b);
    if (r == 0)
        r = arena_str(a, buf_view(&b), &request);
    /* The keys are ECDSA: they sign and encipher nothing. */
    if (r == 0 && (!value_add(a, &usages, value_make_text(STR("digital signature"))) || !value_add(a, &usages, value_make_text(str_of(x->q.usage)))))
        r = -ENOMEM;
    VALUE_SET(&r, a, body, "apiVersion", value_make_text(STR("certificates.k8s.io/v1")));
    VALUE_SET(&r, a, body, "kind", value_make_text(STR("CertificateSigningRequest")));
    VALUE_SET(&r, a, body, "metadata.name", value_make_text(str_of(x->name)));
    VALUE_SET(&r, a, body, "spec.request", value_make_text(request));
    VALUE_SET(&r, a, body, "spec.signerName", value_make_text(str_of(x->q.signer)));
    VALUE_SET(&r, a, body, "spec.usages", usages);
    return r;
}

static int request_send(struct join_asking *x, struct err *err)
{
    static const char *const nodes[] = {"system:nodes", NULL};
    char subject[300], random[11];
    char *csr = NULL;
    SCOPED(arena) a = NULL;
    struct value body = {0};
    snprintf(subject, sizeof(subject), "system:node:%s", x->q.node_name);
    os_random_suffix(random, 10);
    snprintf(x->name, sizeof(x->name), "node-csr-%s", random);
    int r = tls_key_make(&x->key_pem, err);
    if (r == 0)
        r = tls_csr_make(&csr, str_of(x->key_pem), subject, nodes, x->q.names, err);
    if (r < 0)
        return r;
    r = arena_new(&a, 4u << 20);
    if (r == 0)
        r = body_make(a, x, str_of(csr), &body);
    struct client_call call = {.verb = CLIENT_CREATE, .resource = requests(), .name = str_of(x->name), .body = &body};
    if (r == 0)
        r = client_send(x->q.client, &call, on_created, x);
    mem_free(csr);
    return r < 0 ? err_raise(err, r, "no memory for a certificate request") : 0;
}

int join_ask(struct join_asking **out, const struct join_request *q, struct err *err)
{
    struct join_asking *x = mem_alloc(sizeof(*x));
    if (!x)
        return err_raise(err, -ENOMEM, "no memory for a certificate request");
    x->q = *q;
    int r = request_send(x, err);
    x->q.names = NULL;
    if (r < 0) {
        join_asking_free(x);
        return r;
    }
    *out = x;
    return 0;
}

struct join_asking *join_asking_free(struct join_asking *x)
{
    if (!x)
        return NULL;
    client_forget(x->q.client, x);
    loop_defer_cancel(&x->over);
    if (x->cache)
        client_cache_unlisten(&x->listener);
    client_cache_free(x->cache);
    tls_pair_done(&x->pair);
    if (x->key_pem)
        explicit_bzero(x->key_pem, strlen(x->key_pem));
    mem_free(x->key_pem);
    return mem_free(x);
}
