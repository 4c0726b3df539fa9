/* Keys and certificates on disk, and their renewal.
 *
 * The authority lives in three steps: alone; from half its life on with a
 * successor (ca-next.*) that is trusted but does not sign; from two thirds on the
 * successor signs and the old one is only trusted until it ends. ca.crt always
 * holds every trusted certificate, the signing one first; ca.key is replaced
 * before ca.crt, and whichever certificate fits ca.key is the signing one, so a
 * power cut between the two leaves nothing to repair by hand.
 *
 * To find that all of this is as it should be, every key and certificate is decoded and each chain verified: some thirty
 * milliseconds. Once found it is written down — the digest of all files and settings, and from when to when it holds — and
 * while files and settings have this digest and the time lies between, nothing is found anew (`sealed`). Files that were
 * lost, spoilt or replaced, other names or addresses, and the day on which something is due, have another.
 *
 * A clock that stands before this program was written, or before the authority
 * was made, is wrong (boards without a battery): the later time is taken, since
 * certificates dated by it would all have ended once the clock is set. */
#include <arpa/inet.h>
#include <fcntl.h>
#include <sys/stat.h>

#include "auth/inside.h"

#define FILE_MAX    (256u << 10)
#define NAMES_MAX   64
#define CERTS_MAX   16
#define CLOCK_FLOOR 1767225600 /* 2026-01-01 */
#define DAYS        365
#define CA_DAYS     3650
#define SEAL_HEX    64
#define SEAL_FILE   ".checked"

struct auth_pki {
    struct arena *mem; /* options */
    const char *folder;
    const char *node_name, *domain;
    const char **service_ips, **node_ips, **extra;
    int days, ca_days;
    struct tls_pair ca, next;
    struct tls_pair proxy_ca, proxy; /* front-proxy-ca, front-proxy-client: an authority of its own */
    int64_t proxy_due;
    char *bundle;
    struct tls_pair pairs[AUTH_PKI_PAIRS];
    int64_t due[AUTH_PKI_PAIRS]; /* when two thirds of each one's life are over */
    int64_t trust_ends;          /* when the first of the trusted certificates does */
    char *sa_key, *sa_pub;
    struct seal {
        char digest[SEAL_HEX + 1]; /* "": none */
        int64_t from, next;
    } seal; /* of what is in here */
};

static const struct {
    const char *file, *common_name; /* "%s": the node's name */
    const char *organization;
    int usage;
} rows[AUTH_PKI_PAIRS] = {
    [AUTH_PKI_APISERVER] = {"apiserver", "kube-apiserver", NULL, TLS_USAGE_SERVER},
    [AUTH_PKI_KUBELET_CLIENT] = {"apiserver-kubelet-client", "kube-apiserver-kubelet-client", "system:masters", TLS_USAGE_CLIENT},
    [AUTH_PKI_NODE_SERVER] = {"kubelet", "system:node:%s", "system:nodes", TLS_USAGE_SERVER},
    [AUTH_PKI_NODE_CLIENT] = {"kubelet-client", "system:node:%s", "system:nodes", TLS_USAGE_CLIENT},
    [AUTH_PKI_ADMIN] = {"admin", "kubernetes-admin", "system:masters", TLS_USAGE_CLIENT},
    [AUTH_PKI_CONTROLLER_MANAGER] = {"controller-manager", "system:kube-controller-manager", NULL, TLS_USAGE_CLIENT},
    [AUTH_PKI_SCHEDULER] = {"scheduler", "system:kube-scheduler", NULL, TLS_USAGE_CLIENT},
};

static bool row_is_node(size_t i)
{
    return i == AUTH_PKI_NODE_SERVER || i == AUTH_PKI_NODE_CLIENT;
}

/* ── files ── */

static int file_load(const struct auth_pki *p, const char *name, const char *suffix, char **out, struct err *err)
{
    char path[OS_PATH_MAX];
    SCOPED_BUF b = BUF_INIT(FILE_MAX);
    *out = NULL;
    int r = os_path(path, "%s/%s%s", p->folder, name, suffix);
    if (r == 0)
        r = os_file_read(path, FILE_MAX, &b);
    if (r == -ENOENT)
        return 0;
    if (r < 0)
        return err_raise(err, r, "cannot read %s: %s", path, strerror(-r));
    *out = mem_text(b.p, b.n);
    explicit_bzero(b.p, b.n);
    return *out ? 0 : err_raise(err, -ENOMEM, "no memory to read %s", path);
}

static int file_save(const struct auth_pki *p, const char *name, const char *suffix, const char *text, mode_t mode, struct err *err)
{
    char path[OS_PATH_MAX];
    int r = os_path(path, "%s/%s%s", p->folder, name, suffix);
    if (r == 0)
        r = os_file_replace(path, str_of(text), mode);
    return r < 0 ? err_raise(err, r, "cannot write %s: %s", path, strerror(-r)) : 0;
}

/* For what can be made anew: renamed into place, but not forced to the disk. After a power cut such a file may be empty
 * or of yesterday; then it does not fit and is made again. A first start waits for four files instead of eighteen. */
static int file_save_lazily(const struct auth_pki *p, const char *name, const char *suffix, const char *text, mode_t mode, struct err *err)
{
    char path[OS_PATH_MAX], beside[OS_PATH_MAX];
    int r = os_path(path, "%s/%s%s", p->folder, name, suffix);
    if (r == 0)
        r = os_path(beside, "%s/.%s%s.new", p->folder, name, suffix);
    if (r < 0)
        return err_raise(err, r, "the path of %s%s is too long", name, suffix);
    (void)unlink(beside);
    SCOPED_FD fd = open(beside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, mode);
    r = fd < 0 ? -errno : os_write_all(fd, text, strlen(text));
    if (r == 0 && fchmod(fd, mode) < 0)
        r = -errno;
    if (r == 0 && rename(beside, path) < 0)
        r = -errno;
    return r < 0 ? err_raise(err, r, "cannot write %s: %s", path, strerror(-r)) : 0;
}

static int pair_load(const struct auth_pki *p, const char *name, struct tls_pair *out, struct err *err)
{
    *out = (struct tls_pair){0};
    int r = file_load(p, name, ".crt", &out->cert_pem, err);
    if (r == 0)
        r = file_load(p, name, ".key", &out->key_pem, err);
    if (r < 0)
        tls_pair_done(out);
    return r;
}

static int pair_save(const struct auth_pki *p, const char *name, const struct tls_pair *pair, struct err *err)
{
    int r = file_save(p, name, ".key", pair->key_pem, 0600, err);
    return r < 0 ? r : file_save(p, name, ".crt", pair->cert_pem, 0644, err);
}

/* ── certificates ── */

static bool keys_match(char *cert_pem, char *key_pem)
{
    struct tls_pair pair = {.cert_pem = cert_pem, .key_pem = key_pem};
    struct tls_subject s;
    SCOPED(arena) a = NULL;
    return cert_pem && key_pem && arena_new(&a, 1u << 20) == 0 && tls_pair_read(a, &pair, NULL, 0, 0, &s, NULL) == 0;
}

/* The time at which num/den of a certificate's life is over; 0 when it cannot be read. */
static int64_t life_at(const char *cert_pem, int num, int den, int64_t *end)
{
    struct tls_subject s;
    SCOPED(arena) a = NULL;
    if (!cert_pem || arena_new(&a, 1u << 20) < 0 || tls_cert_read(a, str_of(cert_pem), &s, NULL) < 0)
        return 0;
    if (end)
        *end = s.not_after;
    return num == 1 && den == 1 ? s.not_after : s.not_before + (s.not_after - s.not_before) / den * num;
}

static bool cert_next(struct str *rest, struct str *pem)
{
    const struct str begin = STR("-----BEGIN CERTIFICATE-----"), end = STR("-----END CERTIFICATE-----");
    ssize_t from = str_find(*rest, begin);
    ssize_t to = from < 0 ? -1 : str_find(str_from(*rest, (size_t)from), end);
    if (to < 0)
        return false;
    *pem = str_head(str_from(*rest, (size_t)from), (size_t)to + end.n);
    *rest = str_from(*rest, (size_t)from + pem->n);
    return true;
}

static void bundle_add(struct buf *b, struct str pem)
{
    if (str_find(buf_view(b), pem) >= 0)
        return;
    buf_str(b, pem);
    buf_char(b, '\n');
}

/* Everything to be trusted, the signing certificate first, then its successor, then what has not ended. */
static int bundle_make(struct auth_pki *p, const char *trusted, int64_t now, char **out)
{
    SCOPED_BUF b = BUF_INIT(FILE_MAX);
    struct str rest = str_of(p->ca.cert_pem), pem;
    p->trust_ends = INT64_MAX;
    if (cert_next(&rest, &pem))
        bundle_add(&b, pem);
    rest = str_of(p->next.cert_pem);
    if (cert_next(&rest, &pem))
        bundle_add(&b, pem);
    rest = str_of(trusted);
    while (cert_next(&rest, &pem)) {
        int64_t end = 0;
        char *one = mem_text(pem.p, pem.n);
        if (!one)
            return -ENOMEM;
        (void)life_at(one, 1, 1, &end);
        mem_free(one);
        if (end <= now)
            continue;
        bundle_add(&b, pem);
        p->trust_ends = MIN(p->trust_ends, end);
    }
    int r = buf_error(&b);
    if (r < 0)
        return r;
    *out = mem_text(b.p, b.n);
    return *out ? 0 : -ENOMEM;
}

/* Of the certificates in ca.crt (and ca-next.crt) the one that fits ca.key. */
static int signing_find(struct auth_pki *p, const char *trusted, char *key, struct err *err)
{
    struct str pem;
    const char *const texts[] = {trusted, p->next.cert_pem};
    for (size_t i = 0; i < 2; i++) {
        struct str rest = str_of(texts[i]);
        while (cert_next(&rest, &pem)) {
            char *one = mem_text(pem.p, pem.n);
            if (!one)
                return err_raise(err, -ENOMEM, "no memory for an authority");
            if (keys_match(one, key)) {
                mem_free(p->ca.cert_pem);
                p->ca.cert_pem = one;
                return 0;
            }
            mem_free(one);
        }
    }
    return err_raise(err, -EKEYREJECTED, "%s/ca.key fits no certificate in %s/ca.crt", p->folder, p->folder);
}

static int authority_make(struct auth_pki *p, const char *file, struct tls_pair *out, int64_t now, struct err *err)
{
    tls_pair_done(out);
    int r = tls_ca_make(out, "kubernetes-ca", now, p->ca_days, err);
    return r < 0 ? r : pair_save(p, file, out, err);
}

static void authority_promote(struct auth_pki *p)
{
    tls_pair_done(&p->ca);
    p->ca = p->next;
    p->next = (struct tls_pair){0};
}

static int authority_unlink_next(struct auth_pki *p)
{
    char path[OS_PATH_MAX];
    const char *const files[] = {"ca-next.key", "ca-next.crt"};
    for (size_t i = 0; i < 2; i++)
        if (os_path(path, "%s/%s", p->folder, files[i]) == 0 && unlink(path) < 0 && errno != ENOENT)
            return -errno;
    return 0;
}

/* Brings ca and next to where they should be at `now`. `trusted`: ca.crt as it was read, NULL when there is none. */
static int authority_renew(struct auth_pki *p, const char *trusted, int64_t now, struct err *err)
{
    int r = 0;
    if (!p->ca.key_pem && !trusted) {
        r = authority_make(p, "ca", &p->ca, now, err);
    } else if (!p->ca.key_pem) {
        return err_raise(err, -ENOKEY, "%s/ca.crt has no ca.key beside it", p->folder);
    } else {
        r = signing_find(p, trusted ? trusted : "", p->ca.key_pem, err);
    }
    if (r == 0 && p->next.key_pem && !keys_match(p->next.cert_pem, p->next.key_pem))
        tls_pair_done(&p->next);                                 /* half written: made again */
    if (r == 0 && keys_match(p->ca.cert_pem, p->next.key_pem)) { /* promoted, but not tidied up */
        tls_pair_done(&p->next);
        r = authority_unlink_next(p);
    }
    if (r == 0 && !p->next.key_pem && now >= life_at(p->ca.cert_pem, 1, 2, NULL))
        r = authority_make(p, "ca-next", &p->next, now, err);
    if (r == 0 && p->next.key_pem && now >= life_at(p->ca.cert_pem, 2, 3, NULL)) {
        r = file_save(p, "ca", ".key", p->next.key_pem, 0600, err);
        if (r == 0)
            authority_promote(p);
    }
    return r;
}

static int authority_step(struct auth_pki *p, int64_t now, bool *changed, struct err *err)
{
    char *trusted = NULL, *bundle = NULL;
    tls_pair_done(&p->ca);
    tls_pair_done(&p->next);
    int r = file_load(p, "ca", ".crt", &trusted, err);
    if (r == 0)
        r = file_load(p, "ca", ".key", &p->ca.key_pem, err);
    if (r == 0)
        r = pair_load(p, "ca-next", &p->next, err);
    if (r == 0)
        r = authority_renew(p, trusted, now, err);
    if (r == 0 && bundle_make(p, trusted, now, &bundle) < 0)
        r = err_raise(err, -ENOMEM, "no memory for trusted certificates");
    if (r == 0 && (!trusted || strcmp(trusted, bundle)))
        r = file_save(p, "ca", ".crt", bundle, 0644, err);
    if (r == 0 && !p->next.key_pem)
        (void)authority_unlink_next(p);
    mem_free(trusted);
    if (r < 0) {
        mem_free(bundle);
        return r;
    }
    *changed = !p->bundle || strcmp(p->bundle, bundle);
    mem_free(p->bundle);
    p->bundle = bundle;
    return 0;
}

/* ── leaves ── */

struct names {
    const char *dns[NAMES_MAX + 1], *ips[NAMES_MAX + 1];
    size_t n_dns, n_ips;
};

static void names_add(struct names *n, const char *name)
{
    unsigned char ip[16];
    if (!name || !name[0])
        return;
    bool is_ip = inet_pton(AF_INET, name, ip) == 1 || inet_pton(AF_INET6, name, ip) == 1;
    if (is_ip && n->n_ips < NAMES_MAX)
        n->ips[n->n_ips++] = name;
    else if (!is_ip && n->n_dns < NAMES_MAX)
        n->dns[n->n_dns++] = name;
}

static void names_add_all(struct names *n, const char *const *list)
{
    for (size_t i = 0; list && list[i]; i++)
        names_add(n, list[i]);
}

static void names_fill(const struct auth_pki *p, size_t which, struct names *n, char service[512])
{
    if (which != AUTH_PKI_APISERVER && which != AUTH_PKI_NODE_SERVER)
        return;
    if (which == AUTH_PKI_APISERVER) {
        snprintf(service, 512, "kubernetes.default.svc.%s", p->domain);
        const char *const fixed[] = {"kubernetes", "kubernetes.default", "kubernetes.default.svc", service, NULL};
        names_add_all(n, fixed);
        names_add_all(n, p->service_ips);
        names_add_all(n, p->extra);
    }
    const char *const local[] = {"localhost", p->node_name ? p->node_name : "", "127.0.0.1", "::1", NULL};
    names_add_all(n, local);
    names_add_all(n, p->node_ips);
}

static bool list_has(const struct str *list, size_t n, const char *text)
{
    for (size_t i = 0; i < n; i++)
        if (str_is(list[i], text))
            return true;
    return false;
}

static int64_t due_of(const struct tls_subject *s)
{
    return s->not_before + (s->not_after - s->not_before) / 3 * 2;
}

/* Does the certificate carry each name (addresses compared as printed), this subject, and no two thirds of its life? */
static bool leaf_fits(const struct auth_pki *p, size_t which, const struct tls_pair *pair, const struct names *n, const char *cn, int64_t now,
                      int64_t *due)
{
    struct tls_subject s;
    SCOPED(arena) a = NULL;
    if (!pair->cert_pem || !pair->key_pem || arena_new(&a, 1u << 20) < 0 ||
        tls_pair_read(a, pair, p->ca.cert_pem, rows[which].usage, now, &s, NULL) < 0 || !str_is(s.common_name, cn))
        return false;
    *due = due_of(&s);
    if (now >= *due)
        return false;
    if (s.n_organizations != (rows[which].organization ? 1u : 0u) || (s.n_organizations && !str_is(s.organizations[0], rows[which].organization)))
        return false;
    for (size_t i = 0; i < n->n_dns; i++)
        if (!list_has(s.dns, s.n_dns, n->dns[i]))
            return false;
    for (size_t i = 0; i < n->n_ips; i++) {
        unsigned char ip[16];
        char text[INET6_ADDRSTRLEN];
        int family = strchr(n->ips[i], ':') ? AF_INET6 : AF_INET;
        if (inet_pton(family, n->ips[i], ip) != 1 || !inet_ntop(family, ip, text, sizeof(text)) || !list_has(s.ips, s.n_ips, text))
            return false;
    }
    return true;
}

static int leaf_step(struct auth_pki *p, size_t which, int64_t now, bool *changed, struct err *err)
{
    char service[512], cn[512];
    struct names n = {.n_dns = 0};
    struct tls_pair pair;
    const char *organizations[] = {rows[which].organization, NULL};
    if (row_is_node(which) && !p->node_name)
        return 0;
    int len = snprintf(cn, sizeof(cn), "%s%s", row_is_node(which) ? "system:node:" : rows[which].common_name, row_is_node(which) ? p->node_name : "");
    if (len < 0 || (size_t)len >= sizeof(cn))
        return err_raise(err, -ENAMETOOLONG, "the node's name is too long for a certificate");
    names_fill(p, which, &n, service);
    int r = pair_load(p, rows[which].file, &pair, err);
    if (r < 0)
        return r;
    if (!leaf_fits(p, which, &pair, &n, cn, now, &p->due[which])) {
        struct tls_names names = {.dns = n.dns, .ips = n.ips};
        tls_pair_done(&pair);
        r = tls_cert_make(&pair, &p->ca, cn, organizations, &names, rows[which].usage, now, p->days, err);
        if (r == 0)
            r = file_save_lazily(p, rows[which].file, ".key", pair.key_pem, 0600, err);
        if (r == 0)
            r = file_save_lazily(p, rows[which].file, ".crt", pair.cert_pem, 0644, err);
        if (r < 0) {
            tls_pair_done(&pair);
            return r;
        }
        p->due[which] = life_at(pair.cert_pem, 2, 3, NULL);
    }
    struct tls_pair *have = &p->pairs[which];
    *changed = !have->cert_pem || strcmp(have->cert_pem, pair.cert_pem) || strcmp(have->key_pem, pair.key_pem);
    tls_pair_done(have);
    *have = pair;
    return 0;
}

/* sa.pub may hold more keys than sa.key's: those of tokens still under way after the key was changed. */
static int account_keys_step(struct auth_pki *p, struct err *err)
{
    char *key = NULL, *pub = NULL, *own = NULL;
    SCOPED_BUF all = BUF_INIT(FILE_MAX);
    int r = file_load(p, "sa", ".key", &key, err);
    if (r == 0)
        r = file_load(p, "sa", ".pub", &pub, err);
    if (r == 0 && !key) {
        r = tls_key_make(&key, err);
        if (r == 0)
            r = file_save(p, "sa", ".key", key, 0600, err);
    }
    if (r == 0)
        r = tls_public_key(str_of(key), &own, err);
    if (r == 0 && (!pub || str_find(str_of(pub), str_of(own)) < 0)) {
        buf_text(&all, own);
        buf_text(&all, pub ? pub : "");
        mem_free(pub);
        pub = buf_error(&all) < 0 ? NULL : mem_text(all.p, all.n);
        r = pub ? file_save(p, "sa", ".pub", pub, 0644, err) : err_raise(err, -ENOMEM, "no memory for keys");
    }
    mem_free(own);
    if (r < 0) {
        mem_free(key);
        mem_free(pub);
        return r;
    }
    mem_free(p->sa_key);
    mem_free(p->sa_pub);
    p->sa_key = key;
    p->sa_pub = pub;
    return 0;
}

/* How the API server shows itself to aggregated API servers, which believe it who a request is of. Its authority signs
 * nothing else, so that no client certificate of the cluster passes for it; it is renewed together with the leaf. */
static bool proxy_fits(struct auth_pki *p, int64_t now)
{
    struct tls_subject s;
    SCOPED(arena) a = NULL;
    if (!keys_match(p->proxy_ca.cert_pem, p->proxy_ca.key_pem) || !p->proxy.cert_pem || !p->proxy.key_pem || arena_new(&a, 1u << 20) < 0 ||
        now >= life_at(p->proxy_ca.cert_pem, 2, 3, NULL) || tls_pair_read(a, &p->proxy, p->proxy_ca.cert_pem, TLS_USAGE_CLIENT, now, &s, NULL) < 0)
        return false;
    p->proxy_due = due_of(&s);
    return str_is(s.common_name, AUTH_FRONT_PROXY) && now < p->proxy_due;
}

static int proxy_save(struct auth_pki *p, const char *name, const struct tls_pair *pair, struct err *err)
{
    int r = file_save_lazily(p, name, ".key", pair->key_pem, 0600, err);
    return r < 0 ? r : file_save_lazily(p, name, ".crt", pair->cert_pem, 0644, err);
}

static int proxy_step(struct auth_pki *p, int64_t now, bool *changed, struct err *err)
{
    tls_pair_done(&p->proxy_ca);
    tls_pair_done(&p->proxy);
    int r = pair_load(p, "front-proxy-ca", &p->proxy_ca, err);
    if (r == 0)
        r = pair_load(p, AUTH_FRONT_PROXY, &p->proxy, err);
    if (r < 0 || proxy_fits(p, now))
        return r;
    *changed = true;
    bool keeps = keys_match(p->proxy_ca.cert_pem, p->proxy_ca.key_pem) && now < life_at(p->proxy_ca.cert_pem, 2, 3, NULL);
    tls_pair_done(&p->proxy);
    if (!keeps) {
        tls_pair_done(&p->proxy_ca);
        r = tls_ca_make(&p->proxy_ca, "front-proxy-ca", now, p->ca_days, err);
        if (r == 0)
            r = proxy_save(p, "front-proxy-ca", &p->proxy_ca, err);
    }
    if (r == 0)
        r = tls_cert_make(&p->proxy, &p->proxy_ca, AUTH_FRONT_PROXY, NULL, NULL, TLS_USAGE_CLIENT, now, p->days, err);
    if (r == 0)
        r = proxy_save(p, AUTH_FRONT_PROXY, &p->proxy, err);
    p->proxy_due = r == 0 ? life_at(p->proxy.cert_pem, 2, 3, NULL) : now;
    return r;
}

static int64_t next_due(const struct auth_pki *p, int64_t now)
{
    int64_t next = p->next.key_pem ? life_at(p->ca.cert_pem, 2, 3, NULL) : life_at(p->ca.cert_pem, 1, 2, NULL);
    for (size_t i = 0; i < AUTH_PKI_PAIRS; i++)
        if (p->pairs[i].cert_pem)
            next = MIN(next, p->due[i]);
    next = MIN(next, MIN(p->proxy_due, p->trust_ends));
    return MAX(next, now + 60);
}

/* ── the seal ── */

/* The i-th file and where its text is kept; false: there are no more. ca.crt is the bundle: what is kept of the authority
 * itself is its first certificate. */
static bool file_at(struct auth_pki *p, size_t i, const char **name, const char **suffix, char ***text)
{
    struct tls_pair *pair = NULL;
    *suffix = i % 2 ? ".key" : ".crt";
    switch (i / 2) {
    case 0:
        *name = "ca";
        *text = i % 2 ? &p->ca.key_pem : &p->bundle;
        return true;
    case 1:
        *name = "ca-next", pair = &p->next;
        break;
    case 2:
        *name = "front-proxy-ca", pair = &p->proxy_ca;
        break;
    case 3:
        *name = AUTH_FRONT_PROXY, pair = &p->proxy;
        break;
    case 4:
        *name = "sa", *suffix = i % 2 ? ".key" : ".pub";
        *text = i % 2 ? &p->sa_key : &p->sa_pub;
        return true;
    default:
        if (i / 2 - 5 >= AUTH_PKI_PAIRS)
            return false;
        *name = rows[i / 2 - 5].file, pair = &p->pairs[i / 2 - 5];
    }
    *text = i % 2 ? &pair->key_pem : &pair->cert_pem;
    return true;
}

static int digest_text(struct tls_digest *d, const char *text)
{
    int64_t n = text ? (int64_t)strlen(text) : -1;
    int r = tls_digest_add(d, str_make((const char *)&n, sizeof(n)));
    return r < 0 || !text ? r : tls_digest_add(d, str_of(text));
}

static int digest_list(struct tls_digest *d, const char *const *list)
{
    int r = 0;
    for (size_t i = 0; r == 0 && list && list[i]; i++)
        r = digest_text(d, list[i]);
    return r < 0 ? r : digest_text(d, NULL);
}

/* Of all texts and settings in p. */
static int digest_make(struct auth_pki *p, char out[SEAL_HEX + 1])
{
    struct tls_digest *d;
    SCOPED_BUF hex = BUF_INIT(SEAL_HEX + 1);
    const char *name, *suffix;
    char **text;
    int life[] = {p->days, p->ca_days};
    int r = tls_digest_new(&d, STR("sha256"));
    if (r < 0)
        return r;
    r = tls_digest_add(d, str_make((const char *)life, sizeof(life)));
    if (r == 0)
        r = digest_text(d, p->node_name);
    if (r == 0)
        r = digest_text(d, p->domain);
    const char *const *const lists[] = {p->service_ips, p->node_ips, p->extra};
    for (size_t i = 0; r == 0 && i < ARRAY_LEN(lists); i++)
        r = digest_list(d, lists[i]);
    for (size_t i = 0; r == 0 && file_at(p, i, &name, &suffix, &text); i++)
        r = digest_text(d, *text);
    if (r < 0) {
        tls_digest_free(d);
        return r;
    }
    r = tls_digest_end(d, &hex);
    snprintf(out, SEAL_HEX + 1, "%.*s", (int)hex.n, hex.p);
    return r;
}

static void seal_read(const struct auth_pki *p, struct seal *out)
{
    char path[OS_PATH_MAX];
    SCOPED_BUF b = BUF_INIT(FILE_MAX);
    struct str digest, rest, from, next;
    *out = (struct seal){.digest = ""};
    if (os_path(path, "%s/" SEAL_FILE, p->folder) < 0 || os_file_read(path, 512, &b) < 0 || !str_cut(buf_view(&b), ' ', &digest, &rest) ||
        !str_cut(rest, ' ', &from, &next) || digest.n != SEAL_HEX || str_to_int(from, &out->from) < 0 || str_to_int(str_trim(next), &out->next) < 0)
        return;
    snprintf(out->digest, sizeof(out->digest), "%.*s", STR_FMT(digest));
}

/* What was found at `now` holds until `next`. A seal that cannot be written costs the next start its time and nothing else. */
static void seal_set(struct auth_pki *p, int64_t now, int64_t next)
{
    char text[SEAL_HEX + 64];
    struct err ignored;
    p->seal = (struct seal){.from = now, .next = next};
    if (digest_make(p, p->seal.digest) < 0) {
        p->seal.digest[0] = 0;
        return;
    }
    snprintf(text, sizeof(text), "%s %lld %lld\n", p->seal.digest, (long long)now, (long long)next);
    (void)!file_save_lazily(p, SEAL_FILE, "", text, 0600, &ignored);
}

static void texts_drop(struct auth_pki *p)
{
    for (size_t i = 0; i < AUTH_PKI_PAIRS; i++)
        tls_pair_done(&p->pairs[i]);
    tls_pair_done(&p->ca);
    tls_pair_done(&p->next);
    tls_pair_done(&p->proxy_ca);
    tls_pair_done(&p->proxy);
    if (p->sa_key)
        explicit_bzero(p->sa_key, strlen(p->sa_key));
    p->sa_key = mem_free(p->sa_key);
    p->sa_pub = mem_free(p->sa_pub);
    p->bundle = mem_free(p->bundle);
}

static int texts_load(struct auth_pki *p, struct err *err)
{
    const char *name, *suffix;
    char **text;
    struct str pem;
    for (size_t i = 0; file_at(p, i, &name, &suffix, &text); i++) {
        bool skipped = i / 2 >= 5 && row_is_node(i / 2 - 5) && !p->node_name;
        int r = skipped ? 0 : file_load(p, name, suffix, text, err);
        if (r < 0)
            return r;
    }
    struct str rest = str_of(p->bundle);
    if (cert_next(&rest, &pem) && !(p->ca.cert_pem = mem_text(pem.p, pem.n)))
        return err_raise(err, -ENOMEM, "no memory for an authority");
    return 0;
}

unsigned auth_pki_differ(const struct auth_pki *a, const struct auth_pki *b)
{
    unsigned changed = 0;
    for (size_t i = 0; i < AUTH_PKI_PAIRS; i++)
        if (!str_eq(str_of(a->pairs[i].cert_pem), str_of(b->pairs[i].cert_pem)) || !str_eq(str_of(a->pairs[i].key_pem), str_of(b->pairs[i].key_pem)))
            changed |= 1u << i;
    if (!str_eq(str_of(a->bundle), str_of(b->bundle)))
        changed |= AUTH_PKI_CA_CHANGED;
    if (!str_eq(str_of(a->proxy.cert_pem), str_of(b->proxy.cert_pem)) || !str_eq(str_of(a->proxy_ca.cert_pem), str_of(b->proxy_ca.cert_pem)))
        changed |= AUTH_PKI_PROXY_CHANGED;
    return changed;
}

/* What is in the folder, when it bears a seal that holds at `now`: 1, and *out's texts are to be dropped; else 0. */
static int sealed_load(const struct auth_pki *p, int64_t now, struct auth_pki *out)
{
    struct err ignored; /* what is wrong with the folder is told by those who look closer */
    char digest[SEAL_HEX + 1];
    *out = (struct auth_pki){.mem = p->mem,
                             .folder = p->folder,
                             .node_name = p->node_name,
                             .domain = p->domain,
                             .service_ips = p->service_ips,
                             .node_ips = p->node_ips,
                             .extra = p->extra,
                             .days = p->days,
                             .ca_days = p->ca_days,
                             .seal = p->seal};
    if (!out->seal.digest[0] || now < out->seal.from || now >= out->seal.next)
        seal_read(p, &out->seal);
    if (!out->seal.digest[0] || now < out->seal.from || now >= out->seal.next)
        return 0;
    int r = texts_load(out, &ignored);
    if (r == 0)
        r = digest_make(out, digest);
    if (r == 0 && strcmp(digest, out->seal.digest) == 0)
        return 1;
    texts_drop(out);
    return r == -ENOMEM ? r : 0;
}

bool auth_pki_holds(const struct auth_pki *p, int64_t now, int64_t *next)
{
    struct auth_pki fresh;
    if (sealed_load(p, MAX(now, CLOCK_FLOOR), &fresh) != 1)
        return false;
    bool same = strcmp(p->seal.digest, fresh.seal.digest) == 0;
    texts_drop(&fresh);
    *next = p->seal.next;
    return same;
}

int auth_pki_renew(struct auth_pki *p, int64_t now, unsigned *changed, int64_t *next, struct err *err)
{
    bool it = false;
    struct auth_pki fresh;
    *changed = 0;
    now = MAX(now, CLOCK_FLOOR);
    int r = sealed_load(p, now, &fresh);
    if (r < 0)
        return err_raise(err, r, "no memory for certificates");
    if (r == 1) {
        *changed = auth_pki_differ(p, &fresh);
        *next = fresh.seal.next;
        texts_drop(p);
        *p = fresh;
        return 0;
    }
    r = authority_step(p, now, &it, err);
    if (r < 0)
        return r;
    *changed |= it ? AUTH_PKI_CA_CHANGED : 0;
    int64_t begin = life_at(p->ca.cert_pem, 0, 1, NULL);
    now = MAX(now, begin + 1);
    for (size_t i = 0; i < AUTH_PKI_PAIRS; i++) {
        it = false;
        r = leaf_step(p, i, now, &it, err);
        if (r < 0)
            return r;
        *changed |= it ? 1u << i : 0;
    }
    it = false;
    r = proxy_step(p, now, &it, err);
    *changed |= it ? AUTH_PKI_PROXY_CHANGED : 0;
    if (r == 0)
        r = account_keys_step(p, err);
    *next = next_due(p, now);
    if (r == 0)
        seal_set(p, now, *next);
    return r;
}

/* ── the whole ── */

static int list_keep(struct arena *a, const char *const *list, const char ***out)
{
    size_t n = 0;
    while (list && list[n])
        n++;
    *out = arena_alloc(a, (n + 1) * sizeof(char *));
    if (!*out)
        return -ENOMEM;
    for (size_t i = 0; i < n; i++) {
        (*out)[i] = arena_text(a, list[i], strlen(list[i]));
        if (!(*out)[i])
            return -ENOMEM;
    }
    return 0;
}

static int text_keep(struct arena *a, const char *text, const char **out)
{
    *out = text ? arena_text(a, text, strlen(text)) : NULL;
    return text && !*out ? -ENOMEM : 0;
}

static int empty_new(struct auth_pki **out, const char *folder, const struct auth_pki_options *o, struct err *err)
{
    struct auth_pki *p = mem_alloc(sizeof(*p));
    int r = p ? arena_new(&p->mem, 1u << 20) : -ENOMEM;
    if (r == 0)
        r = text_keep(p->mem, folder, &p->folder);
    if (r == 0)
        r = text_keep(p->mem, o->node_name, &p->node_name);
    if (r == 0)
        r = text_keep(p->mem, o->cluster_domain ? o->cluster_domain : "cluster.local", &p->domain);
    if (r == 0)
        r = list_keep(p->mem, o->service_ips, &p->service_ips);
    if (r == 0)
        r = list_keep(p->mem, o->node_ips, &p->node_ips);
    if (r == 0)
        r = list_keep(p->mem, o->extra_names, &p->extra);
    if (r < 0) {
        auth_pki_free(p);
        return err_raise(err, r, "no memory for certificates");
    }
    p->days = o->days ? o->days : DAYS;
    p->ca_days = o->ca_days ? o->ca_days : CA_DAYS;
    *out = p;
    return 0;
}

int auth_pki_like(struct auth_pki **out, const struct auth_pki *p, struct err *err)
{
    struct auth_pki_options o = {.node_name = p->node_name,
                                 .cluster_domain = p->domain,
                                 .service_ips = p->service_ips,
                                 .node_ips = p->node_ips,
                                 .extra_names = p->extra,
                                 .days = p->days,
                                 .ca_days = p->ca_days};
    return empty_new(out, p->folder, &o, err);
}

int auth_pki_open(struct auth_pki **out, const char *folder, const struct auth_pki_options *o, int64_t now, struct err *err)
{
    unsigned changed;
    int64_t next;
    struct auth_pki *p = NULL;
    int r = empty_new(&p, folder, o, err);
    if (r < 0)
        return r;
    r = os_dir_make(folder, 0700);
    if (r < 0)
        err_raise(err, r, "cannot make %s: %s", folder, strerror(-r));
    else
        r = auth_pki_renew(p, now, &changed, &next, err);
    if (r < 0) {
        auth_pki_free(p);
        return err_wrap(err, r, "certificates");
    }
    *out = p;
    return 0;
}

struct auth_pki *auth_pki_free(struct auth_pki *p)
{
    if (!p)
        return NULL;
    texts_drop(p);
    arena_free(p->mem);
    return mem_free(p);
}

const struct tls_pair *auth_pki_get(const struct auth_pki *p, enum auth_pki_pair which)
{
    return &p->pairs[which];
}

const struct tls_pair *auth_pki_ca(const struct auth_pki *p)
{
    return &p->ca;
}

const char *auth_pki_ca_bundle(const struct auth_pki *p)
{
    return p->bundle;
}

const struct tls_pair *auth_pki_front_proxy(const struct auth_pki *p)
{
    return &p->proxy;
}

const char *auth_pki_front_proxy_ca(const struct auth_pki *p)
{
    return p->proxy_ca.cert_pem;
}

const char *auth_pki_signing_key(const struct auth_pki *p)
{
    return p->sa_key;
}

const char *auth_pki_verify_keys(const struct auth_pki *p)
{
    return p->sa_pub;
}
