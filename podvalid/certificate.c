/* certificates.k8s.io: signing requests, trust bundles, certificates of pods. */
#include "tls/tls.h"
#include "podvalid/podvalid.h"

#define SIGN_SECONDS_MIN 600
#define BUNDLE_MAX       (1u << 20)
#define REQUEST_MAX      (10u << 10)
#define UID_MAX          128
#define HOUR             3600
#define LONGEST          (91 * 24 * HOUR)
#define LONGEST_OURS     (24 * HOUR) /* of signers of kubernetes.io */

static const struct at *const spec_at = AT(NULL, "spec");

static void open_meta(const struct judging *w, judge_rule *rule)
{
    const struct schema_resource *r = schema_resource_of_kind(w->kind);
    const struct value *meta = value_at(w->now, "metadata");
    if (w->old)
        judge_meta_update(w->j, meta, value_at(w->old, "metadata"));
    else
        judge_meta(w->j, meta, r && r->namespaced, rule);
}

/* ── signers: domain/path ── */

static void judge_labels_of(struct judge *j, const struct at *at, struct str part, judge_rule *rule)
{
    struct str rest = part, label;
    const char *why[NAME_FAULTS_MAX];
    while (str_next(&rest, '.', &label)) {
        size_t n = rule(label, why);
        for (size_t i = 0; i < n; i++) {
            struct value bad = value_make_text(part);
            judge_fault(j, at, FAULT_INVALID, &bad, "validating label \"%.*s\": %s", STR_FMT(label), why[i]);
        }
        if (n)
            return;
    }
}

void judge_signer(struct judge *j, const struct at *at, struct str signer)
{
    struct str host, path, more, rest;
    if (!signer.n) {
        judge_required(j, at, "");
        return;
    }
    if (!str_cut(signer, '/', &host, &path) || str_cut(path, '/', &more, &rest)) {
        judge_invalid_text(j, at, signer, "must be a fully qualified domain and path of the form 'example.com/signer-name'");
        return;
    }
    if (host.n > 253)
        judge_too_long(j, at, 253);
    judge_labels_of(j, at, host, name_dns_label);
    if (str_find(host, STR(".")) < 0)
        judge_invalid_text(j, at, host, "should be a domain with at least two segments separated by dots");
    judge_labels_of(j, at, path, name_dns_subdomain);
    if (signer.n > 253 + 1 + 253 + 63 + 1)
        judge_too_long(j, at, 253 + 1 + 253 + 63 + 1);
}

static int64_t longest(struct str signer)
{
    struct str host, path;
    str_cut(signer, '/', &host, &path);
    return str_is(host, "kubernetes.io") || str_ends(host, STR(".kubernetes.io")) ? LONGEST_OURS : LONGEST;
}

void judge_signing_request(const struct judging *w)
{
    struct judge *j = w->j;
    const struct value *spec = value_at(w->now, "spec"), *seconds = value_at(spec, "expirationSeconds");
    open_meta(w, name_path_segment);
    judge_has(j, spec_at, spec, "request");
    if (value_count(value_at(spec, "usages")) == 0)
        judge_required(j, AT(spec_at, "usages"), "");
    judge_signer(j, AT(spec_at, "signerName"), value_text_at(spec, "signerName"));
    if (judge_present(seconds) && value_int(seconds, 0) < SIGN_SECONDS_MIN)
        judge_invalid(j, AT(spec_at, "expirationSeconds"), seconds, "may not specify a duration less than 600 seconds (10 minutes)");
}

/* ── trust bundles ── */

/* "signer.com/foo" → "signer.com:foo:" must be in front of the name; without a signer no colon may be in it. */
static void bundle_name(struct judge *j, const struct at *at, struct str name, struct str signer)
{
    char prefix[640];
    int n = snprintf(prefix, sizeof(prefix), "%.*s:", STR_FMT(signer));
    struct value bad = value_make_text(name);
    for (char *p = prefix; *p; p++)
        *p = *p == '/' ? ':' : *p;
    if (!signer.n && str_find(name, STR(":")) >= 0)
        judge_invalid_text(j, at, name, "ClusterTrustBundle without signer name must not have \":\" in its name");
    else if (!signer.n)
        judge_name(j, at, name, name_dns_subdomain);
    else if (n < (int)sizeof(prefix) && !str_starts(name, str_of(prefix)))
        judge_fault(j, at, FAULT_INVALID, &bad, "ClusterTrustBundle for signerName %.*s must be named with prefix %s", STR_FMT(signer), prefix);
    else
        judge_name(j, at, str_from(name, (size_t)n), name_dns_subdomain);
}

/* One PEM block after the other; what stands between them is passed over. */
static bool next_block(struct str *rest, struct str *whole, struct str *type)
{
    ssize_t at = str_find(*rest, STR("-----BEGIN "));
    if (at < 0)
        return false;
    struct str from = str_from(*rest, (size_t)at), head = str_from(from, 11);
    ssize_t end = str_find(head, STR("-----"));
    ssize_t stop = str_find(from, STR("-----END "));
    if (end < 0 || stop < 0)
        return false;
    *type = str_head(head, (size_t)end);
    ssize_t line = str_find(str_from(from, (size_t)stop), STR("\n"));
    *whole = line < 0 ? from : str_head(from, (size_t)(stop + line + 1));
    *rest = str_from(from, whole->n);
    return true;
}

/* What is said of a bundle never shows its bytes. */
static void hidden(struct judge *j, const struct at *at, size_t i, const char *what, struct str text)
{
    struct value omitted = value_make_text(STR("<value omitted>"));
    judge_fault(j, at, FAULT_INVALID, &omitted, "entry %zu %s%.*s", i, what, STR_FMT(text));
}

static void bundle_text(struct judge *j, const struct at *at, struct str text)
{
    struct str rest = text, block, type, all[256];
    size_t i = 0, n = 0, before = j->f->n;
    if (text.n > BUNDLE_MAX) {
        judge_too_long(j, at, BUNDLE_MAX);
        return;
    }
    for (; next_block(&rest, &block, &type); i++) {
        struct tls_subject who;
        SCOPED(arena) a = NULL;
        if (!str_is(type, "CERTIFICATE")) {
            hidden(j, at, i, "has bad block type: ", type);
            continue;
        }
        if (arena_new(&a, 1u << 20) < 0 || tls_cert_read(a, block, &who, NULL) < 0) {
            hidden(j, at, i, "does not parse as X.509", STR_NONE);
            continue;
        }
        if (!who.ca) {
            hidden(j, at, i, "does not have the CA bit set", STR_NONE);
            continue;
        }
        for (size_t k = 0; k < n; k++)
            if (str_eq(all[k], block))
                hidden(j, at, i, "is a duplicate trust anchor", STR_NONE);
        if (n < ARRAY_LEN(all))
            all[n++] = block;
    }
    if (j->f->n == before && n == 0)
        judge_invalid_text(j, at, STR("<value omitted>"), "at least one trust anchor must be provided");
}

void judge_trust_bundle(const struct judging *w)
{
    struct judge *j = w->j;
    struct str signer = value_text_at(w->now, "spec.signerName"), text = value_text_at(w->now, "spec.trustBundle");
    const struct value *meta = value_at(w->now, "metadata");
    open_meta(w, name_path_segment);
    if (!w->old)
        bundle_name(j, AT(AT(NULL, "metadata"), "name"), value_text_at(meta, "name"), signer);
    if (signer.n)
        judge_signer(j, AT(spec_at, "signerName"), signer);
    if (!w->old || !str_eq(text, value_text_at(w->old, "spec.trustBundle")))
        bundle_text(j, AT(spec_at, "trustBundle"), text);
    if (w->old)
        judge_immutable(j, AT(spec_at, "signerName"), value_at(w->now, "spec.signerName"), value_at(w->old, "spec.signerName"));
}

/* ── certificates of pods ── */

static void uid(struct judge *j, const struct value *spec, const char *field)
{
    struct str text = value_text(value_get(spec, str_of(field)));
    if (!text.n)
        judge_invalid_text(j, AT(spec_at, field), text, "must not be empty");
    if (text.n > UID_MAX)
        judge_too_long(j, AT(spec_at, field), UID_MAX);
}

static void stub(struct judge *j, const struct value *spec)
{
    const struct at *at = AT(spec_at, "stubPKCS10Request");
    struct str body = value_text_at(spec, "stubPKCS10Request");
    struct tls_subject who;
    SCOPED(arena) a = NULL;
    SCOPED_BUF pem = BUF_INIT(4 * REQUEST_MAX);
    if (!body.n) {
        judge_invalid(j, spec_at, NULL, "exactly one of (stubPKCS10Request) or (pkixPublicKey, proofOfPossession) must be set");
        return;
    }
    if (body.n / 4 * 3 > REQUEST_MAX) {
        judge_too_long(j, at, REQUEST_MAX);
        return;
    }
    buf_text(&pem, "-----BEGIN CERTIFICATE REQUEST-----\n");
    for (struct str rest = body; rest.n; rest = str_from(rest, 64))
        buf_fmt(&pem, "%.*s\n", STR_FMT(str_head(rest, 64)));
    buf_text(&pem, "-----END CERTIFICATE REQUEST-----\n");
    int r = arena_new(&a, 1u << 20);
    if (r == 0)
        r = tls_csr_read(a, buf_view(&pem), &who, NULL);
    if (r == -EKEYREJECTED)
        judge_invalid(j, at, NULL, "invalid signature");
    else if (r < 0)
        judge_invalid(j, at, NULL, "must be a valid PKCS#10 CSR");
}

static void request_spec(struct judge *j, const struct value *spec)
{
    static const char *const names[] = {"podName", "serviceAccountName", "nodeName"}, *const uids[] = {"podUID", "serviceAccountUID", "nodeUID"};
    struct str signer = value_text_at(spec, "signerName");
    const struct value *seconds = value_at(spec, "maxExpirationSeconds");
    int64_t n = value_int(seconds, 0);
    judge_signer(j, AT(spec_at, "signerName"), signer);
    for (size_t i = 0; i < ARRAY_LEN(names); i++) {
        judge_name(j, AT(spec_at, names[i]), value_text(value_get(spec, str_of(names[i]))), name_dns_subdomain);
        uid(j, spec, uids[i]);
    }
    if (!judge_present(seconds))
        judge_required(j, AT(spec_at, "maxExpirationSeconds"), "must be set");
    else if (n < HOUR || n > longest(signer))
        judge_fault(j, AT(spec_at, "maxExpirationSeconds"), FAULT_INVALID, seconds, "must be in the range [%d, %lld]", HOUR,
                    (long long)longest(signer));
    if (!judge_present(value_at(spec, "pkixPublicKey")) && !judge_present(value_at(spec, "proofOfPossession")))
        stub(j, spec);
}

static const char *outcome(const struct value *status)
{
    static const char *const ends[] = {"Issued", "Denied", "Failed"};
    VALUE_EACH_ITEM (c, value_at(status, "conditions"))
        for (size_t i = 0; i < ARRAY_LEN(ends); i++)
            if (str_is(value_text_at(c, "type"), ends[i]))
                return ends[i];
    return NULL;
}

static void issued(struct judge *j, const struct at *at, const struct judging *w)
{
    static const char *const times[] = {"notBefore", "notAfter", "beginRefreshAt"};
    const struct value *status = value_at(w->now, "status");
    int64_t sec[3] = {0};
    int32_t nsec;
    struct tls_subject who;
    SCOPED(arena) a = NULL;
    struct str chain = value_text_at(status, "certificateChain");
    if (arena_new(&a, 1u << 20) < 0 || tls_cert_read(a, chain, &who, NULL) < 0) {
        judge_invalid_text(j, AT(at, "certificateChain"), chain, "leaf certificate does not parse as valid X.509");
        return;
    }
    for (size_t i = 0; i < ARRAY_LEN(times); i++)
        if (time_parse_rfc3339(value_text(value_get(status, str_of(times[i]))), &sec[i], &nsec) < 0)
            judge_required(j, AT(at, times[i]), "must be present and consistent with the issued certificate");
    if (!sec[0] || !sec[1] || !sec[2])
        return;
    if (sec[0] != who.not_before)
        judge_invalid(j, AT(at, "notBefore"), value_at(status, "notBefore"), "must be set to the NotBefore time encoded in the leaf certificate");
    if (sec[1] != who.not_after)
        judge_invalid(j, AT(at, "notAfter"), value_at(status, "notAfter"), "must be set to the NotAfter time encoded in the leaf certificate");
    int64_t life = who.not_after - who.not_before;
    if (life < HOUR)
        judge_invalid_int(j, AT(at, "certificateChain"), life, "leaf certificate lifetime must be >= 1 hour");
    if (life > value_int_at(w->now, "spec.maxExpirationSeconds", LONGEST))
        judge_invalid_int(j, AT(at, "certificateChain"), life, "leaf certificate lifetime must be <= spec.maxExpirationSeconds");
    if (sec[2] < sec[0] + 600)
        judge_invalid(j, AT(at, "beginRefreshAt"), value_at(status, "beginRefreshAt"), "must be at least 10 minutes after status.notBefore");
    if (sec[2] > sec[1] - 600)
        judge_invalid(j, AT(at, "beginRefreshAt"), value_at(status, "beginRefreshAt"), "must be at least 10 minutes before status.notAfter");
}

static void request_status(const struct judging *w)
{
    static const char *const types[] = {"Issued", "Denied", "Failed", NULL}, *const yes[] = {"True", NULL};
    struct judge *j = w->j;
    const struct at *at = AT(NULL, "status"), *list_at = AT(at, "conditions");
    const struct value *now = value_at(w->now, "status"), *old = value_at(w->old, "status"), *list = value_at(now, "conditions");
    size_t before = j->f->n;
    for (size_t i = 0; i < value_count(list); i++) {
        const struct value *c = value_item(list, i);
        judge_one_of(j, AT(AT_ITEM(list_at, i), "type"), value_at(c, "type"), true, types);
        judge_one_of(j, AT(AT_ITEM(list_at, i), "status"), value_at(c, "status"), true, yes);
        if (i)
            judge_invalid(j, AT(AT_ITEM(list_at, i), "type"), value_at(c, "type"),
                          "There may be at most one condition with type \"Issued\", \"Denied\", or \"Failed\"");
    }
    judge_conditions(j, list_at, list);
    if (j->f->n != before)
        return;
    const char *end = outcome(now);
    if (outcome(old)) {
        if (!judge_same(now, old))
            judge_invalid(j, at, NULL, "immutable after PodCertificateRequest is issued, denied, or failed");
    } else if (end && strcmp(end, "Issued") == 0)
        issued(j, at, w);
    else if (end && value_count(now) > 1)
        judge_invalid(j, at, NULL, "non-condition status fields must be empty when denying or failing the PodCertificateRequest");
}

void judge_pod_certificate(const struct judging *w)
{
    open_meta(w, name_dns_subdomain);
    if (str_is(w->sub, "status"))
        request_status(w);
    else if (w->old)
        judge_immutable(w->j, spec_at, value_at(w->now, "spec"), value_at(w->old, "spec"));
    else
        request_spec(w->j, value_at(w->now, "spec"));
}

/* ── both as sources of projected volumes ── */

void judge_bundle_source(struct judge *j, const struct at *at, const struct value *v)
{
    const struct value *name = value_at(v, "name"), *signer = value_at(v, "signerName");
    if (judge_present(name) && judge_present(signer))
        judge_invalid(j, at, v, "only one of name and signerName may be used");
    else if (judge_present(name)) {
        struct str text = value_text(name), host, path, colons = text;
        char as_signer[640] = "";
        if (!text.n)
            judge_required(j, AT(at, "name"), "must be a valid object name");
        if (str_cut(colons, ':', &host, &path) && str_cut(path, ':', &path, &colons))
            snprintf(as_signer, sizeof(as_signer), "%.*s/%.*s", STR_FMT(host), STR_FMT(path));
        if (text.n)
            bundle_name(j, AT(at, "name"), text, str_of(as_signer));
        if (judge_present(value_at(v, "labelSelector")))
            judge_invalid(j, AT(at, "labelSelector"), value_at(v, "labelSelector"), "labelSelector must be unset if name is specified");
    } else if (judge_present(signer)) {
        judge_signer(j, AT(at, "signerName"), value_text(signer));
        judge_label_selector(j, AT(at, "labelSelector"), value_at(v, "labelSelector"));
    } else
        judge_required(j, at, "either name or signerName must be specified");
    if (judge_has(j, at, v, "path"))
        judge_local_path(j, AT(at, "path"), value_text_at(v, "path"));
}

void judge_certificate_source(struct judge *j, const struct at *at, const struct value *v)
{
    static const char *const keys[] = {"RSA3072", "RSA4096", "ECDSAP256", "ECDSAP384", "ECDSAP521", "ED25519", NULL};
    static const char *const paths[] = {"credentialBundlePath", "keyPath", "certificateChainPath"};
    struct str signer = value_text_at(v, "signerName");
    const struct value *seconds = value_at(v, "maxExpirationSeconds");
    size_t n = 0;
    judge_signer(j, AT(at, "signerName"), signer);
    judge_one_of(j, AT(at, "keyType"), value_at(v, "keyType"), true, keys);
    if (judge_present(seconds) && value_int(seconds, 0) < HOUR)
        judge_invalid(j, AT(at, "maxExpirationSeconds"), seconds, "if provided, maxExpirationSeconds must be >= 3600");
    if (judge_present(seconds) && value_int(seconds, 0) > longest(signer))
        judge_fault(j, AT(at, "maxExpirationSeconds"), FAULT_INVALID, seconds, "if provided, maxExpirationSeconds must be <= %lld",
                    (long long)longest(signer));
    for (size_t i = 0; i < ARRAY_LEN(paths); i++) {
        struct str path = value_text(value_get(v, str_of(paths[i])));
        if (!path.n)
            continue;
        n++;
        judge_local_path(j, AT(at, paths[i]), path);
    }
    if (!n)
        judge_required(j, at, "specify at least one of credentialBundlePath, keyPath, and certificateChainPath");
}
