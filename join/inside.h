/* What join's files share. */
#ifndef CORACLE_JOIN_INSIDE_H
#define CORACLE_JOIN_INSIDE_H

#include "auth/auth.h"
#include "join/join.h"
#include "object/object.h"
#include "os/os.h"

#define JOIN_CLIENT   "kubernetes.io/kube-apiserver-client-kubelet"
#define JOIN_SERVING  "kubernetes.io/kubelet-serving"
#define JOIN_TEXT_MAX (1u << 20)

int join_pair_write(const char *data, const char *name, const struct tls_pair *pair, struct err *err) MUST_USE; /* DATA/pki/NAME.{key,crt} */
int join_pair_read(const char *data, const char *name, struct tls_pair *out) MUST_USE;                          /* -ENOENT */
int join_kubeconfig_write(const char *data, const char *server, const char *ca_pem, const struct tls_pair *pair, struct err *err) MUST_USE;
/* The authorities (PEM) a cluster-info ConfigMap names, unjudged; "" none. */
int join_authority(struct arena *a, const struct value *cluster_info, struct str *pem, struct err *err) MUST_USE;
int join_settings_write(const char *data, const struct value *config_map, struct err *err) MUST_USE; /* DATA/cluster.yaml */
int join_url(const char *url, struct client_config *out, struct err *err) MUST_USE;                  /* host and port */

#endif
