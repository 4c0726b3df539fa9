/* What ctl's files share; no other room sees it. */
#ifndef CORACLE_CTL_INSIDE_H
#define CORACLE_CTL_INSIDE_H

#include "apps/apps.h"
#include "ctl/ctl.h"
#include "json/json.h"
#include "reconcile/reconcile.h"

#define CTL_SCRATCH (64u << 20)

/* ── controllers ── */
struct controller {
    const char *name;
    const char *account; /* it writes as ServiceAccount kube-system/<account>, with what ClusterRole system:controller:<account> allows */
    unsigned workers;
    void (*reconcile)(struct view *v, struct str key);
    /* Which changes of which resource give which keys; called for each change of each watched resource. */
    struct {
        const char *resource;
        /* Adds keys to the queue; NULL: the object's own key. */
        void (*map)(struct view *v, struct object *old, struct object *now, void (*add)(void *ctx, struct str key), void *ctx);
    } watches[8];
    const char *perhaps;   /* one of the resources it watches is not always served: it does without */
    const char *only_with; /* a resource that is not always served: without it the controller rests */
    bool only_queues;      /* rests unless jobs wait in queues */
    bool all_resources;    /* told of every resource, by the map of watches[0]; see view_index_of */
    void *(*state_new)(void);
    void (*state_free)(void *state);
};
extern const struct controller controllers[];
extern const size_t controllers_n;

void namespace_reconcile(struct view *v, struct str key);
void account_reconcile(struct view *v, struct str key);
void root_ca_reconcile(struct view *v, struct str key);
void policy_status_reconcile(struct view *v, struct str key);
void definition_reconcile(struct view *v, struct str key);
void definition_map(struct view *v, struct object *old, struct object *now, void (*add)(void *ctx, struct str key), void *ctx);
void definition_map_object(struct view *v, struct object *old, struct object *now, void (*add)(void *ctx, struct str key), void *ctx);
size_t definition_refused_key(const struct object *o, struct str out[CLIENT_INDEX_KEYS], char scratch[256]);
void garbage_reconcile(struct view *v, struct str key);
void garbage_map(struct view *v, struct object *old, struct object *now, void (*add)(void *ctx, struct str key), void *ctx);
void *garbage_state_new(void);
void garbage_state_free(void *state);
void nodes_reconcile(struct view *v, struct str key);
void eviction_reconcile(struct view *v, struct str key);
void eviction_map(struct view *v, struct object *old, struct object *now, void (*add)(void *ctx, struct str key), void *ctx);
void *eviction_state_new(void);
void eviction_state_free(void *state);
void pod_garbage_reconcile(struct view *v, struct str key);
void pod_garbage_map(struct view *v, struct object *old, struct object *now, void (*add)(void *ctx, struct str key), void *ctx);
void cidr_reconcile(struct view *v, struct str key);
void cidr_map(struct view *v, struct object *old, struct object *now, void (*add)(void *ctx, struct str key), void *ctx);
void *cidr_state_new(void);
void cidr_state_free(void *state);

void aggregation_reconcile(struct view *v, struct str key);
void map_roles(struct view *v, struct object *old, struct object *now, void (*add)(void *ctx, struct str key), void *ctx);
void flow_reconcile(struct view *v, struct str key);
void map_flow(struct view *v, struct object *old, struct object *now, void (*add)(void *ctx, struct str key), void *ctx);
void group_protection_reconcile(struct view *v, struct str key);
void map_pod_group(struct view *v, struct object *old, struct object *now, void (*add)(void *ctx, struct str key), void *ctx);
void approval_reconcile(struct view *v, struct str key);
void signing_reconcile(struct view *v, struct str key);
void request_cleaner_reconcile(struct view *v, struct str key);
void map_requests_of_node(struct view *v, struct object *old, struct object *now, void (*add)(void *ctx, struct str key), void *ctx);
void bootstrap_signer_reconcile(struct view *v, struct str key);
void map_bootstrap_signer(struct view *v, struct object *old, struct object *now, void (*add)(void *ctx, struct str key), void *ctx);
void token_cleaner_reconcile(struct view *v, struct str key);
void map_bootstrap_token(struct view *v, struct object *old, struct object *now, void (*add)(void *ctx, struct str key), void *ctx);

void map_replicas(struct view *v, struct object *old, struct object *now, void (*add)(void *ctx, struct str key), void *ctx);
void map_controller(struct view *v, struct object *old, struct object *now, void (*add)(void *ctx, struct str key), void *ctx);
void map_job_pods(struct view *v, struct object *old, struct object *now, void (*add)(void *ctx, struct str key), void *ctx);
void map_daemons(struct view *v, struct object *old, struct object *now, void (*add)(void *ctx, struct str key), void *ctx);
void map_budgets(struct view *v, struct object *old, struct object *now, void (*add)(void *ctx, struct str key), void *ctx);
void map_services(struct view *v, struct object *old, struct object *now, void (*add)(void *ctx, struct str key), void *ctx);
void map_namespace(struct view *v, struct object *old, struct object *now, void (*add)(void *ctx, struct str key), void *ctx);
void map_root_ca(struct view *v, struct object *old, struct object *now, void (*add)(void *ctx, struct str key), void *ctx);
void map_one(struct view *v, struct object *old, struct object *now, void (*add)(void *ctx, struct str key), void *ctx);
void map_slice_service(struct view *v, struct object *old, struct object *now, void (*add)(void *ctx, struct str key), void *ctx);

#endif
