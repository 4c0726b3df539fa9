/* What the files of this room share. */
#ifndef CORACLE_COLUMNS_INSIDE_H
#define CORACLE_COLUMNS_INSIDE_H

#include "columns/columns.h"
#include "object/object.h"

struct cells {
    struct arena *arena;
    const struct value *tree;
    int64_t now;
};

enum cell_how {
    CELL_TEXT,      /* text at the path, or the fallback */
    CELL_INT,       /* number, 0 when absent */
    CELL_COUNT,     /* items or members */
    CELL_BOOL,      /* a JSON bool; fallback "true" or "" */
    CELL_BOOL_TEXT, /* True, False, or the fallback */
    CELL_AGE,       /* since the time at the path */
    CELL_TIME,      /* the time as it is */
    CELL_NAMES,     /* the containers' names */
    CELL_IMAGES,
    CELL_LABELS,   /* k=v,… or <none> */
    CELL_SELECTOR, /* metav1.LabelSelector, or <none> */
    CELL_JOIN,     /* a list of texts, joined by commas; fallback when empty */
    CELL_QUANTITY,
    CELL_MADE, /* by a function */
};

struct cell {
    enum cell_how how;
    const char *path;
    const char *fallback;
    int (*make)(struct cells *c, struct value *out);
};

struct column_kind {
    const char *group, *kind;
    const struct column *columns;
    const struct cell *cells;
    size_t n;
};

/* Into *out; -ENOMEM. */
int cell_text(struct cells *c, struct value *out, const char *fmt, ...) PRINTF(3, 4);
int cell_buf(struct cells *c, struct value *out, const struct buf *b);          /* also answers the buffer's own failure */
bool cell_time(const struct value *v, int64_t *seconds);                        /* false: none */
void cell_since(const struct cells *c, const struct value *time, char out[32]); /* <unknown> when none */
bool cell_condition(const struct value *conditions, const char *type, const char *status);

/* cell_pod.c */
int cell_pod_ready(struct cells *c, struct value *out);
int cell_pod_status(struct cells *c, struct value *out);
int cell_pod_restarts(struct cells *c, struct value *out);
int cell_pod_ip(struct cells *c, struct value *out);
int cell_pod_gates(struct cells *c, struct value *out);
int cell_node_status(struct cells *c, struct value *out);
int cell_node_roles(struct cells *c, struct value *out);
int cell_node_internal(struct cells *c, struct value *out);
int cell_node_external(struct cells *c, struct value *out);
/* cell_work.c */
int cell_ready_of(struct cells *c, struct value *out);
int cell_deployment_selector(struct cells *c, struct value *out);
int cell_job_status(struct cells *c, struct value *out);
int cell_job_completions(struct cells *c, struct value *out);
int cell_job_duration(struct cells *c, struct value *out);
int cell_cron_last(struct cells *c, struct value *out);
int cell_revision_controller(struct cells *c, struct value *out);
int cell_hpa_reference(struct cells *c, struct value *out);
int cell_hpa_targets(struct cells *c, struct value *out);
int cell_quota_requests(struct cells *c, struct value *out);
int cell_quota_limits(struct cells *c, struct value *out);
int cell_event_last(struct cells *c, struct value *out);
int cell_event_first(struct cells *c, struct value *out);
int cell_event_object(struct cells *c, struct value *out);
int cell_event_source(struct cells *c, struct value *out);
int cell_event_message(struct cells *c, struct value *out);
int cell_event_count(struct cells *c, struct value *out);
/* cell_net.c */
int cell_service_ip(struct cells *c, struct value *out);
int cell_service_external(struct cells *c, struct value *out);
int cell_service_ports(struct cells *c, struct value *out);
int cell_endpoints(struct cells *c, struct value *out);
int cell_slice_ports(struct cells *c, struct value *out);
int cell_slice_endpoints(struct cells *c, struct value *out);
int cell_ingress_hosts(struct cells *c, struct value *out);
int cell_ingress_address(struct cells *c, struct value *out);
int cell_ingress_ports(struct cells *c, struct value *out);
int cell_class_parameters(struct cells *c, struct value *out);
int cell_parent_ref(struct cells *c, struct value *out);
/* cell_other.c */
int cell_volume_modes(struct cells *c, struct value *out);
int cell_volume_phase(struct cells *c, struct value *out);
int cell_volume_claim(struct cells *c, struct value *out);
int cell_volume_class(struct cells *c, struct value *out);
int cell_volume_size(struct cells *c, struct value *out);
int cell_claim_size(struct cells *c, struct value *out);
int cell_claim_modes(struct cells *c, struct value *out);
int cell_class_name(struct cells *c, struct value *out);
int cell_token_requests(struct cells *c, struct value *out);
int cell_role_ref(struct cells *c, struct value *out);
int cell_users(struct cells *c, struct value *out);
int cell_groups(struct cells *c, struct value *out);
int cell_accounts(struct cells *c, struct value *out);
int cell_request_condition(struct cells *c, struct value *out);
int cell_request_duration(struct cells *c, struct value *out);
int cell_config_data(struct cells *c, struct value *out);
int cell_param_kind(struct cells *c, struct value *out);
int cell_param_ref(struct cells *c, struct value *out);
int cell_dangling(struct cells *c, struct value *out);
int cell_claim_state(struct cells *c, struct value *out);
int cell_api_service(struct cells *c, struct value *out);
int cell_api_available(struct cells *c, struct value *out);
int cell_component(struct cells *c, struct value *out);
int cell_group_policy(struct cells *c, struct value *out);
int cell_group_status(struct cells *c, struct value *out);
int cell_profile_accepted(struct cells *c, struct value *out);
int cell_component_message(struct cells *c, struct value *out);
int cell_component_error(struct cells *c, struct value *out);

#endif
