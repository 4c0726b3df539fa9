/* Certificate requests: who may approve for a signer, who may sign for it, and
 * who may never be asked for. */
#include "admit/inside.h"
#include "tls/tls.h"

/* `verb` on signers/<name>, or on signers/<domain>/ * as a whole. */
static int signer_may(struct admit_request *q, const char *verb, struct str signer)
{
    struct auth_ask ask = {
        .user = q->user, .verb = str_of(verb), .group = STR("certificates.k8s.io"), .version = STR("*"), .resource = STR("signers"), .name = signer};
    struct str domain, rest;
    int r = admit_may(q, &ask);
    if (r != ADMIT_FORBIDDEN)
        return r;
    str_cut(signer, '/', &domain, &rest);
    ask.name = arena_fmt(q->arena, "%.*s/*", STR_FMT(domain));
    return ask.name.p ? admit_may(q, &ask) : -ENOMEM;
}

int certificate_approval(struct admit_request *q, struct admit_answer *ans, struct err *err)
{
    (void)err;
    struct str signer = value_text_at(q->old, "spec.signerName");
    int r = str_is(q->subresource, "approval") ? signer_may(q, "approve", signer) : 0;
    if (r != ADMIT_FORBIDDEN)
        return r;
    return admit_forbid(q, ans, "user not permitted to approve requests with signerName \"%.*s\"", STR_FMT(signer));
}

static bool conditions_same(const struct value *a, const struct value *b)
{
    return value_equal(a, b) || (value_count(a) == 0 && value_count(b) == 0);
}

int certificate_signing(struct admit_request *q, struct admit_answer *ans, struct err *err)
{
    (void)err;
    struct str signer = value_text_at(q->old, "spec.signerName");
    if (!str_is(q->subresource, "status"))
        return 0;
    bool signs = !str_eq(value_text_at(q->old, "status.certificate"), value_text_at(q->object, "status.certificate")) ||
                 !conditions_same(value_at(q->old, "status.conditions"), value_at(q->object, "status.conditions"));
    int r = signs ? signer_may(q, "sign", signer) : 0;
    if (r != ADMIT_FORBIDDEN)
        return r;
    return admit_forbid(q, ans, "user not permitted to sign requests with signerName \"%.*s\"", STR_FMT(signer));
}

int certificate_subject(struct admit_request *q, struct admit_answer *ans, struct err *err)
{
    struct tls_subject s;
    SCOPED_BUF pem = BUF_INIT(1u << 20);
    struct str signer = value_text_at(q->object, "spec.signerName");
    if (q->subresource.n || !str_is(signer, "kubernetes.io/kube-apiserver-client"))
        return 0;
    int r = buf_unbase64(&pem, value_text_at(q->object, "spec.request"));
    if (r == 0)
        r = buf_error(&pem);
    if (r == 0)
        r = tls_csr_read(q->arena, buf_view(&pem), &s, err);
    if (r == -ENOMEM)
        return admit_no_memory(err);
    if (r < 0)
        return admit_forbid(q, ans, "failed to parse CSR");
    for (size_t i = 0; i < s.n_organizations; i++)
        if (str_is(s.organizations[i], "system:masters"))
            return admit_forbid(q, ans, "use of %.*s signer with system:masters group is not allowed", STR_FMT(signer));
    return 0;
}

/* Has anything changed that is not the garbage collector's or bookkeeping? */
static bool says_the_same(const struct value *a, const struct value *b)
{
    static const char *const ours[] = {"ownerReferences", "finalizers", "managedFields", "resourceVersion"};
    if (!value_equal(value_at(a, "spec"), value_at(b, "spec")))
        return false;
    for (int turn = 0; turn < 2; turn++) {
        const struct value *x = value_at(turn ? b : a, "metadata"), *y = value_at(turn ? a : b, "metadata");
        VALUE_EACH_MEMBER (m, x) {
            bool free_to_change = false;
            for (size_t i = 0; i < ARRAY_LEN(ours); i++)
                free_to_change |= str_is(m->key, ours[i]);
            if (!free_to_change && !value_equal(&m->value, value_get(y, m->key)))
                return false;
        }
    }
    return true;
}

int certificate_attest(struct admit_request *q, struct admit_answer *ans, struct err *err)
{
    (void)err;
    struct str signer = value_text_at(q->object, "spec.signerName");
    int r = !signer.n || (q->old && says_the_same(q->old, q->object)) ? 0 : signer_may(q, "attest", signer);
    if (r != ADMIT_FORBIDDEN)
        return r;
    return admit_forbid(q, ans, "user not permitted to attest for signerName \"%.*s\"", STR_FMT(signer));
}
