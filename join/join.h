/* join: how a machine becomes a node of a cluster, and stays known to it.
 *
 * What kubeadm and the kubelet do between them: with a bootstrap token
 * ("id.secret") the cluster's authority is learned from ConfigMap
 * kube-public/cluster-info — asked for without knowing whom one asks, and
 * believed because it is signed with the token's secret and, where "sha256:…"
 * of the authority's key is given, because the authority is that one —, then a
 * CertificateSigningRequest gives the node an identity of its own. From there
 * on the keeper renews the node's two certificates before they end and takes
 * new authorities over.
 *
 *   DATA/agent.kubeconfig        server, authorities, the client certificate
 *   DATA/pki/kubelet-client.*    the client certificate and its key
 *   DATA/pki/kubelet.*           the serving one
 *   DATA/cluster.yaml            settings of the cluster (ConfigMap kube-system/coracle-cluster)
 *
 * One loop, one thread; nothing is logged. Keys never leave the machine. */
#ifndef CORACLE_JOIN_H
#define CORACLE_JOIN_H

#include "base/base.h"
#include "client/client.h"
#include "loop/loop.h"
#include "tls/tls.h"
#include "value/value.h"

/* ── joining ── */
struct join_options {             /* texts are copied */
    const char *server;           /* "https://host:port" */
    const char *token;            /* "id.secret" */
    const char *const *ca_hashes; /* "sha256:<hex>", ended by NULL; none: the token's signature must do */
    const char *node_name;
    const char *data; /* folder */
    /* Something is not there yet (server, signature, approval): it is waited for. May be NULL. */
    void (*on_wait)(void *ctx, const char *what);
    /* r 0: the files are written. -EKEYREJECTED: this is not the cluster the token and hashes are of. */
    void (*done)(void *ctx, int r, const char *error);
    void *ctx;
};
struct join;
int join_new(struct join **out, struct loop *l, const struct join_options *o, struct err *err) MUST_USE;
struct join *join_free(struct join *j);

/* What cluster-info says, judged: its kubeconfig's authority (PEM) into the arena. JOIN_UNSIGNED: not signed with that
 * token (yet). -EKEYREJECTED: signed with another secret, or the authority is another one; -EBADMSG: not readable. */
#define JOIN_UNSIGNED 1
int join_judge(struct arena *a, const struct value *cluster_info, struct str token, const char *const *ca_hashes, struct str *ca_pem,
               struct err *err) MUST_USE;
bool join_token_valid(struct str token); /* [a-z0-9]{6}.[a-z0-9]{16} */

/* ── one certificate by request ── */
struct join_request {
    struct client *client; /* as whom it is asked for; must outlive the request */
    const char *signer;    /* "kubernetes.io/kubelet-serving", … */
    const char *usage;     /* "client auth", "server auth" */
    const char *node_name;
    const struct tls_names *names; /* may be NULL; read at once */
    /* pair is the callee's to take (tls_pair_done otherwise). r < 0: refused, failed, or the API could not be asked. */
    void (*done)(void *ctx, int r, struct tls_pair *pair, const char *error);
    void *ctx;
};
struct join_asking;
int join_ask(struct join_asking **out, const struct join_request *q, struct err *err) MUST_USE;
struct join_asking *join_asking_free(struct join_asking *x); /* not from inside done */

/* ── keeping them ── */
struct join_keeper_options {
    struct client *client; /* the node's own */
    const char *data, *node_name;
    const char *const *addresses;                    /* of the serving certificate, ended by NULL */
    void (*on_renewed)(void *ctx);                   /* files have changed */
    void (*on_problem)(void *ctx, const char *what); /* tried again; may be NULL */
    void *ctx;
};
struct join_keeper;
int join_keeper_new(struct join_keeper **out, const struct join_keeper_options *o, struct err *err) MUST_USE;
struct join_keeper *join_keeper_free(struct join_keeper *k);

#endif
