#include "ctl/inside.h"

#include "tls/tls.h"

/* CertificateSigningRequests: what a node asks for itself is approved (as kubeadm sets a cluster up, by permission to
 * create certificatesigningrequests/nodeclient, /selfnodeclient or /selfnodeserver), what is approved is signed for the
 * four built-in signers, and what nobody needs any more goes.
 *
 * A serving certificate is approved when it names nothing but the Node's own name and addresses as its status has them:
 * upstream leaves that to people or to add-ons. */
#define GROUP           "certificates.k8s.io"
#define REQUESTS        "certificatesigningrequests"
#define LIFE_SECONDS    (365 * 86400)
#define LIFE_LEAST      600
#define DONE_SECONDS    3600    /* approved or denied requests are kept so long … */
#define ASKED_MS        200     /* by then the authorizer may have answered */
#define PENDING_SECONDS (86400) /* … and those nobody has answered */

enum signer { SIGNER_CLIENT, SIGNER_NODE_CLIENT, SIGNER_NODE_SERVER, SIGNER_LEGACY, SIGNERS };
static const char *const signers[SIGNERS] = {"kubernetes.io/kube-apiserver-client", "kubernetes.io/kube-apiserver-client-kubelet",
                                             "kubernetes.io/kubelet-serving", "kubernetes.io/legacy-unknown"};

enum { SIGNS = 1, ENCIPHERS = 2, SERVES = 4, ASKS = 8, OTHER = 16 };

struct request {
    const struct value *tree;
    enum signer signer;
    unsigned usages;
    struct str pem;
    struct tls_subject subject;
};

static enum signer signer_of(const struct value *csr)
{
    size_t i = 0;
    while (i < SIGNERS && !str_is(value_text_at(csr, "spec.signerName"), signers[i]))
        i++;
    return (enum signer)i;
}

static unsigned usages_of(const struct value *csr)
{
    static const struct {
        const char *name;
        unsigned bit;
    } rows[] = {{"digital signature", SIGNS}, {"signing", SIGNS}, {"key encipherment", ENCIPHERS}, {"server auth", SERVES}, {"client auth", ASKS}};
    unsigned all = 0;
    VALUE_EACH_ITEM (u, value_at(csr, "spec.usages")) {
        unsigned bit = OTHER;
        for (size_t i = 0; i < ARRAY_LEN(rows); i++)
            if (str_is(value_text(u), rows[i].name))
                bit = rows[i].bit;
        all |= bit;
    }
    return all;
}

/* Reads the request inside; false: err says what is wrong with it (or there is no memory). */
static bool request_read(struct view *v, const struct value *csr, struct request *q, struct err *err)
{
    SCOPED_BUF pem = BUF_INIT(1u << 20);
    *q = (struct request){.tree = csr, .signer = signer_of(csr), .usages = usages_of(csr)};
    if (buf_unbase64(&pem, value_text_at(csr, "spec.request")) < 0) {
        err_raise(err, -EBADMSG, "unable to parse csr: it is not base64");
        return false;
    }
    int r = arena_str(v->mem, buf_view(&pem), &q->pem);
    if (r == 0)
        r = tls_csr_read(v->mem, q->pem, &q->subject, err);
    if (r == -ENOMEM)
        v->out->failed = true;
    if (r < 0)
        err_wrap(err, r, "unable to parse csr %.*s", STR_FMT(value_text_at(csr, "metadata.name")));
    return r == 0;
}

/* ── what each signer takes: NULL, or why not (upstream's words) ── */

static const char *node_subject_fault(const struct tls_subject *s)
{
    if (s->n_organizations != 1 || !str_is(s->organizations[0], "system:nodes"))
        return "subject organization is not system:nodes";
    if (!str_starts(s->common_name, STR("system:node:")))
        return "subject common name does not begin with system:node: ";
    return NULL;
}

static const char *fault_of(const struct request *q)
{
    const struct tls_subject *s = &q->subject;
    const char *why = NULL;
    switch (q->signer) {
    case SIGNER_CLIENT:
        return !(q->usages & ASKS) || (q->usages & ~(unsigned)(SIGNS | ENCIPHERS | ASKS)) ? "usages did not match" : NULL;
    case SIGNER_NODE_CLIENT:
        why = node_subject_fault(s);
        if (why)
            return why;
        if (s->n_dns)
            return "DNS subjectAltNames are not allowed";
        if (s->n_ips || s->n_others)
            return "IP, URI and Email subjectAltNames are not allowed";
        return (q->usages & ~(unsigned)ENCIPHERS) == (SIGNS | ASKS) ? NULL : "usages did not match [client auth digital signature]";
    case SIGNER_NODE_SERVER:
        why = node_subject_fault(s);
        if (why)
            return why;
        if (!s->n_dns && !s->n_ips)
            return "DNS or IP subjectAltName is required";
        if (s->n_others)
            return "URI and Email subjectAltNames are not allowed";
        return (q->usages & ~(unsigned)ENCIPHERS) == (SIGNS | SERVES) ? NULL : "usages did not match [server auth digital signature]";
    case SIGNER_LEGACY:
    case SIGNERS:
        break;
    }
    return NULL;
}

/* ── approval ── */

static bool may(struct view *v, const struct value *csr, const char *sub)
{
    struct reconcile_ask ask = {.user = value_text_at(csr, "spec.username"),
                                .groups = value_at(csr, "spec.groups"),
                                .extra = value_at(csr, "spec.extra"),
                                .verb = STR("create"),
                                .group = STR(GROUP),
                                .resource = STR(REQUESTS),
                                .subresource = str_of(sub)};
    int r = v->options->may ? v->options->may(v->options->trust_ctx, &ask) : 0;
    if (r == -EAGAIN)
        client_intend_again(v->out, ASKED_MS);
    return r == 1;
}

static bool has_address(const struct value *node, struct str text)
{
    VALUE_EACH_ITEM (a, value_at(node, "status.addresses"))
        if (str_eq(value_text_at(a, "address"), text))
            return true;
    return false;
}

/* A node says itself what its addresses are: it may not claim the API server's, this host's or another node's. */
static bool address_fits(struct view *v, const struct value *node, struct str text)
{
    static const char *const taken[] = {"localhost", "kubernetes"};
    struct str name = value_text_at(node, "metadata.name");
    for (size_t i = 0; i < ARRAY_LEN(taken); i++)
        if (str_is(text, taken[i]))
            return false;
    if (str_starts(text, STR("kubernetes.default")) || str_starts(text, STR("127.")) || str_is(text, "::1") ||
        (v->options->server_address && str_is(text, v->options->server_address)) || (!str_eq(text, name) && !has_address(node, text)))
        return false;
    struct client_cache *nodes = view_cache(v, "nodes");
    for (struct map_slot *at = NULL;;) {
        struct object *o = client_cache_next(nodes, &at);
        if (!o)
            return true;
        if (str_eq(object_name(o), name))
            continue;
        const struct value *other = view_tree(v, o);
        if (!other || str_eq(object_name(o), text) || has_address(other, text))
            return false;
    }
}

/* The node asks for its own names and addresses only. */
static bool serves_itself(struct view *v, const struct request *q)
{
    const struct tls_subject *s = &q->subject;
    if (!str_eq(s->common_name, value_text_at(q->tree, "spec.username")))
        return false;
    struct value *node = view_get(v, "nodes", STR_NONE, str_from(s->common_name, STR("system:node:").n));
    bool all = node != NULL;
    for (size_t i = 0; i < s->n_dns; i++)
        all = all && address_fits(v, node, s->dns[i]);
    for (size_t i = 0; i < s->n_ips; i++)
        all = all && address_fits(v, node, s->ips[i]);
    return all;
}

static void add_condition(struct view *v, struct value *csr, const char *type, const char *reason, const char *message)
{
    int r = 0;
    struct value c = value_make_map(), now = value_make_text(view_time(v, v->now));
    struct value *list = value_at(csr, "status.conditions");
    VALUE_SET(&r, v->mem, &c, "type", value_make_text(str_of(type)));
    VALUE_SET(&r, v->mem, &c, "status", value_make_text(STR("True")));
    VALUE_SET(&r, v->mem, &c, "reason", value_make_text(str_of(reason)));
    VALUE_SET(&r, v->mem, &c, "message", value_make_text(arena_fmt(v->mem, "%s", message)));
    VALUE_SET(&r, v->mem, &c, "lastUpdateTime", now);
    VALUE_SET(&r, v->mem, &c, "lastTransitionTime", now);
    if (!list || list->type != VALUE_LIST)
        list = value_put(v->mem, csr, "status.conditions", value_make_list());
    if (r < 0 || !list || !value_add(v->mem, list, c))
        v->out->failed = true;
}

static bool has(const struct value *csr, const char *type)
{
    return condition_find(value_at(csr, "status"), type) != NULL;
}

void approval_reconcile(struct view *v, struct str key)
{
    struct value *csr = view_get(v, REQUESTS, STR_NONE, key);
    struct request q;
    struct err err = {{0}};
    const char *message = NULL;
    if (!csr || value_text_at(csr, "status.certificate").n || has(csr, "Approved") || has(csr, "Denied"))
        return;
    enum signer signer = signer_of(csr);
    if ((signer != SIGNER_NODE_CLIENT && signer != SIGNER_NODE_SERVER) || !request_read(v, csr, &q, &err) || fault_of(&q))
        return;
    bool self = str_eq(q.subject.common_name, value_text_at(csr, "spec.username"));
    if (signer == SIGNER_NODE_SERVER) {
        if (serves_itself(v, &q) && may(v, csr, "selfnodeserver"))
            message = "Auto approving kubelet serving certificate: it names the Node's own name and addresses.";
    } else if (self && may(v, csr, "selfnodeclient")) {
        message = "Auto approving self kubelet client certificate after SubjectAccessReview.";
    } else if (may(v, csr, "nodeclient")) {
        message = "Auto approving kubelet client certificate after SubjectAccessReview.";
    }
    if (!message)
        return;
    add_condition(v, csr, "Approved", "AutoApproved", message);
    struct client_call *call = want(v, CLIENT_UPDATE, GROUP, REQUESTS, csr);
    call->subresource = STR("approval");
    want_body(v, call, csr);
}

/* A Node has new addresses: a serving request may wait for them. */
void map_requests_of_node(struct view *v, struct object *old, struct object *now, void (*add)(void *ctx, struct str key), void *ctx)
{
    (void)old;
    if (!now)
        return;
    struct client_cache *requests = view_cache(v, REQUESTS);
    for (struct map_slot *at = NULL;;) {
        struct object *o = client_cache_next(requests, &at);
        char scratch[300];
        struct str user;
        if (!o)
            return;
        if (object_field(o, "spec.username", &user, scratch) && str_starts(user, STR("system:node:")) &&
            str_eq(str_from(user, STR("system:node:").n), object_name(now)))
            add(ctx, object_name(o));
    }
}

/* ── signing ── */

static int tls_usages(const struct request *q)
{
    int usage = q->usages & SERVES ? TLS_USAGE_SERVER : 0;
    usage |= q->usages & ASKS ? TLS_USAGE_CLIENT : 0;
    return usage | (q->usages & ENCIPHERS ? 0 : TLS_USAGE_NO_ENCIPHERMENT);
}

static void put_certificate(struct view *v, struct value *csr, struct str pem)
{
    SCOPED_BUF b = BUF_INIT(1u << 20);
    struct str text = STR_NONE;
    int r = 0;
    buf_base64(&b, pem);
    r = buf_error(&b);
    if (r == 0)
        r = arena_str(v->mem, buf_view(&b), &text);
    VALUE_SET(&r, v->mem, csr, "status.certificate", value_make_text(text));
    if (r < 0)
        v->out->failed = true;
}

void signing_reconcile(struct view *v, struct str key)
{
    struct value *csr = view_get(v, REQUESTS, STR_NONE, key);
    struct request q;
    struct err err = {{0}};
    char *cert = NULL;
    if (!csr || !v->options->sign || !has(csr, "Approved") || has(csr, "Denied") || has(csr, "Failed") ||
        value_text_at(csr, "status.certificate").n || signer_of(csr) == SIGNERS)
        return;
    const char *why = request_read(v, csr, &q, &err) ? fault_of(&q) : err.text;
    if (!why) {
        int64_t seconds = value_int_at(csr, "spec.expirationSeconds", LIFE_SECONDS);
        struct reconcile_signing what = {q.pem, tls_usages(&q), MAX(MIN(seconds, (int64_t)LIFE_SECONDS), (int64_t)LIFE_LEAST)};
        int r = v->options->sign(v->options->trust_ctx, &what, &cert, &err);
        if (r < 0 && r != -EBADMSG && r != -EKEYREJECTED) {
            v->out->failed = true; /* the authority could not: again later */
            return;
        }
        why = r < 0 ? err.text : NULL;
    }
    if (v->out->failed)
        return;
    if (why && signer_of(csr) == SIGNER_LEGACY)
        return;
    if (why)
        add_condition(v, csr, "Failed", "SignerValidationFailure", why);
    else
        put_certificate(v, csr, str_of(cert));
    mem_free(cert);
    if (!v->out->failed)
        want_status(v, GROUP, REQUESTS, csr);
}

/* ── what is over ── */

/* The time at which a request may go. */
static int64_t due(struct view *v, const struct value *csr)
{
    static const char *const answers[] = {"Approved", "Denied", "Failed"};
    const struct value *status = value_at(csr, "status");
    int64_t at = time_of(value_at(csr, "metadata.creationTimestamp")) + PENDING_SECONDS;
    for (size_t i = 0; i < ARRAY_LEN(answers); i++) {
        const struct value *c = condition_find(status, answers[i]);
        if (c)
            at = MIN(at, time_of(value_at(c, "lastUpdateTime")) + DONE_SECONDS);
    }
    struct str text = value_text_at(status, "certificate");
    SCOPED_BUF pem = BUF_INIT(1u << 20);
    struct tls_subject s;
    if (text.n && buf_unbase64(&pem, text) == 0 && tls_cert_read(v->mem, buf_view(&pem), &s, NULL) == 0)
        at = MIN(at, s.not_after);
    return at;
}

void request_cleaner_reconcile(struct view *v, struct str key)
{
    struct value *csr = view_get(v, REQUESTS, STR_NONE, key);
    if (!csr || is_deleting(csr))
        return;
    int64_t at = due(v, csr);
    if (at <= v->now)
        want_delete(v, view_resource(GROUP, REQUESTS), csr, CLIENT_BACKGROUND);
    else
        client_intend_again(v->out, (at - v->now) * 1000);
}
