/* What the files of this room share. */
#ifndef CORACLE_KINDS_INSIDE_H
#define CORACLE_KINDS_INSIDE_H

#include "kinds/kinds.h"

struct defaulting {
    struct arena *arena;
    const struct schema_kind *kind;
    struct value *root;
};

enum default_when {
    WHEN_NULL,  /* absent or null */
    WHEN_EMPTY, /* or a zero value: "", 0, an empty list or map */
};

/* One row: in every `message` of `group` (package's last part), `field` becomes the JSON text `json`. A row without a
 * field is a function that sees the whole message. Rows are sorted by message name; those of one message apply in
 * order. */
struct default_row {
    const char *message;
    const char *package; /* "core.v1": the end of the package's name */
    const char *field;
    const char *json;
    enum default_when when;
    bool (*only_if)(const struct value *parent);
    int (*fill)(struct defaulting *d, struct value *parent);
};

extern const struct default_row default_rows[];
extern const size_t n_default_rows;

bool value_is_empty(const struct value *v); /* as WHEN_EMPTY has it */
int default_put(struct defaulting *d, struct value *parent, const char *field, struct value v) MUST_USE;
int default_text(struct defaulting *d, struct value *parent, const char *field, const char *json, enum default_when when) MUST_USE;

/* What tables cannot say: default_pod.c */
int fill_container(struct defaulting *d, struct value *v);
int fill_image_volume(struct defaulting *d, struct value *v);
int fill_volume(struct defaulting *d, struct value *v);
int fill_pod_spec(struct defaulting *d, struct value *v);
int fill_pod(struct defaulting *d, struct value *v);
/* default_kinds.c */
int fill_replication_controller(struct defaulting *d, struct value *v);
int fill_service(struct defaulting *d, struct value *v);
int fill_service_port(struct defaulting *d, struct value *v);
int fill_namespace(struct defaulting *d, struct value *v);
int fill_node_status(struct defaulting *d, struct value *v);
int fill_limit_range_item(struct defaulting *d, struct value *v);
int fill_stateful_set_strategy(struct defaulting *d, struct value *v);
int fill_job(struct defaulting *d, struct value *v);
int fill_hpa_behavior(struct defaulting *d, struct value *v);
int fill_network_policy_spec(struct defaulting *d, struct value *v);
int fill_subject(struct defaulting *d, struct value *v);
int fill_crd(struct defaulting *d, struct value *v);

#endif
