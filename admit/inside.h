/* admit/inside.h: a plugin as a row, and the words plugins answer with. */
#ifndef CORACLE_ADMIT_INSIDE_H
#define CORACLE_ADMIT_INSIDE_H

#include "admit/admit.h"

typedef int (*admit_fn)(struct admit_request *q, struct admit_answer *ans, struct err *err);

bool admit_is(const struct admit_request *q, const char *group, const char *resource);
bool admit_is_main(const struct admit_request *q, const char *group, const char *resource); /* and no subresource */
/* ADMIT_FORBIDDEN with `pods "x" is forbidden: …`. The name of a new object may be its generateName, as upstream. */
int admit_forbid(struct admit_request *q, struct admit_answer *ans, const char *fmt, ...) PRINTF(3, 4);
/* The live object: 0, AUTH_ABSENT, negative with err filled. */
int admit_get(struct admit_request *q, const char *group, const char *resource, struct str namespace, struct str name, struct value *out,
              struct err *err) MUST_USE;
int admit_no_memory(struct err *err);
/* May its user? 0; ADMIT_FORBIDDEN: no; ADMIT_WAITS. */
int admit_may(struct admit_request *q, const struct auth_ask *ask) MUST_USE;

#define ADMIT_MIRROR STR("kubernetes.io/config.mirror")
bool admit_is_mirror(const struct value *pod);

/* account.c; a pod's volumes, or its containers' environment, refer to something of the kind that the path names */
bool admit_volumes_refer(const struct value *pod, const char *path);
bool admit_containers_refer(const struct value *pod, const char *key_ref, const char *from_ref);
int account_mutate(struct admit_request *q, struct admit_answer *ans, struct err *err);
int account_validate(struct admit_request *q, struct admit_answer *ans, struct err *err);
/* certificate.c */
int certificate_approval(struct admit_request *q, struct admit_answer *ans, struct err *err);
int certificate_signing(struct admit_request *q, struct admit_answer *ans, struct err *err);
int certificate_subject(struct admit_request *q, struct admit_answer *ans, struct err *err);
int certificate_attest(struct admit_request *q, struct admit_answer *ans, struct err *err);
/* defaults.c */
int ingress_class_mutate(struct admit_request *q, struct admit_answer *ans, struct err *err);
int storage_class_mutate(struct admit_request *q, struct admit_answer *ans, struct err *err);
int storage_protect_mutate(struct admit_request *q, struct admit_answer *ans, struct err *err);
int storage_resize_validate(struct admit_request *q, struct admit_answer *ans, struct err *err);
/* limits.c */
int limits_mutate(struct admit_request *q, struct admit_answer *ans, struct err *err);
int limits_validate(struct admit_request *q, struct admit_answer *ans, struct err *err);
/* namespace.c */
int namespace_mutate(struct admit_request *q, struct admit_answer *ans, struct err *err);
/* node.c */
int node_restriction(struct admit_request *q, struct admit_answer *ans, struct err *err);
int node_taints_mutate(struct admit_request *q, struct admit_answer *ans, struct err *err);
/* owners.c */
int owners_validate(struct admit_request *q, struct admit_answer *ans, struct err *err);
/* pod.c */
int priority_mutate(struct admit_request *q, struct admit_answer *ans, struct err *err);
int group_priority_mutate(struct admit_request *q, struct admit_answer *ans, struct err *err);
int group_protection_mutate(struct admit_request *q, struct admit_answer *ans, struct err *err);
int priority_validate(struct admit_request *q, struct admit_answer *ans, struct err *err);
int tolerations_mutate(struct admit_request *q, struct admit_answer *ans, struct err *err);
int runtime_class_mutate(struct admit_request *q, struct admit_answer *ans, struct err *err);
int runtime_class_validate(struct admit_request *q, struct admit_answer *ans, struct err *err);
int always_pull_mutate(struct admit_request *q, struct admit_answer *ans, struct err *err);
int always_pull_validate(struct admit_request *q, struct admit_answer *ans, struct err *err);
int node_selector_mutate(struct admit_request *q, struct admit_answer *ans, struct err *err);
/* queues.c */
int queues_job_mutate(struct admit_request *q, struct admit_answer *ans, struct err *err);
int queues_job_validate(struct admit_request *q, struct admit_answer *ans, struct err *err);
int queues_serving_mutate(struct admit_request *q, struct admit_answer *ans, struct err *err);
int queues_serving_validate(struct admit_request *q, struct admit_answer *ans, struct err *err);
int queues_pod_mutate(struct admit_request *q, struct admit_answer *ans, struct err *err);
int queues_pod_validate(struct admit_request *q, struct admit_answer *ans, struct err *err);
/* settings.c */
int event_rate_validate(struct admit_request *q, struct admit_answer *ans, struct err *err);
/* security.c */
int security_validate(struct admit_request *q, struct admit_answer *ans, struct err *err);

#endif
