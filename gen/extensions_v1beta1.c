/* Made by tools/gen.py from spec/: change those, not this. */
#include "gen/rows.h"

const struct schema_field schema_fields_extensions_v1beta1_DaemonSet[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ObjectMeta, .key_default = STR_INIT("{}"), .doc = STR_INIT("Standard object's metadata: name, labels and the like.")},
    {STR_INIT("spec"), 2, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_extensions_v1beta1_DaemonSetSpec, .key_default = STR_INIT("{}"), .doc = STR_INIT("What is wanted.")},
    {STR_INIT("status"), 3, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_extensions_v1beta1_DaemonSetStatus, .key_default = STR_INIT("{}"), .doc = STR_INIT("What is, as those who look after it tell.")},
};
static const uint16_t schema_numbers_extensions_v1beta1_DaemonSet[] = {1, 2, 3, 0};
static const struct schema_field *const schema_slots_extensions_v1beta1_DaemonSet[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_extensions_v1beta1_DaemonSet[1], &schema_fields_extensions_v1beta1_DaemonSet[2], &schema_fields_extensions_v1beta1_DaemonSet[3]};
static const uint8_t schema_starts_extensions_v1beta1_DaemonSet[] = {0, 2, 3, 4};
static const uint8_t schema_lookup_extensions_v1beta1_DaemonSet[] = {3, 0, 0, 0, 0, 0, 0, 0, 1, 2, 0, 5, 0, 4, 0, 0};
const struct schema_message schema_message_extensions_v1beta1_DaemonSet = {
    .package = STR_INIT("io.k8s.api.extensions.v1beta1"),
    .name = STR_INIT("DaemonSet"),
    .fields = schema_fields_extensions_v1beta1_DaemonSet,
    .n_fields = 4,
    .by_number = schema_numbers_extensions_v1beta1_DaemonSet,
    .n_numbered = 3,
    .slots = schema_slots_extensions_v1beta1_DaemonSet,
    .starts = schema_starts_extensions_v1beta1_DaemonSet,
    .n_slots = 5,
    .lookup_mask = 15,
    .lookup = schema_lookup_extensions_v1beta1_DaemonSet,
};
const struct schema_field schema_fields_extensions_v1beta1_DaemonSetCondition[] = {
    {STR_INIT("type"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .doc = STR_INIT("Which condition.")},
    {STR_INIT("status"), 2, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .doc = STR_INIT("True, False or Unknown.")},
    {STR_INIT("lastTransitionTime"), 3, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_Time, .doc = STR_INIT("When the condition last changed between True, False and Unknown.")},
    {STR_INIT("reason"), 4, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("Why, in one word of CamelCase.")},
    {STR_INIT("message"), 5, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("Why, for people.")},
};
static const uint16_t schema_numbers_extensions_v1beta1_DaemonSetCondition[] = {0, 1, 2, 3, 4};
static const uint8_t schema_lookup_extensions_v1beta1_DaemonSetCondition[] = {4, 0, 1, 0, 0, 0, 3, 5, 0, 0, 0, 2, 0, 0, 0, 0};
const struct schema_message schema_message_extensions_v1beta1_DaemonSetCondition = {
    .package = STR_INIT("io.k8s.api.extensions.v1beta1"),
    .name = STR_INIT("DaemonSetCondition"),
    .fields = schema_fields_extensions_v1beta1_DaemonSetCondition,
    .n_fields = 5,
    .by_number = schema_numbers_extensions_v1beta1_DaemonSetCondition,
    .n_numbered = 5,
    .n_slots = 5,
    .lookup_mask = 15,
    .lookup = schema_lookup_extensions_v1beta1_DaemonSetCondition,
};
const struct schema_field schema_fields_extensions_v1beta1_DaemonSetList[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ListMeta, .doc = STR_INIT("Where the list was read, and how to go on.")},
    {STR_INIT("items"), 2, .flags = SCHEMA_REPEATED | SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_extensions_v1beta1_DaemonSet, .doc = STR_INIT("The objects of the list.")},
};
static const uint16_t schema_numbers_extensions_v1beta1_DaemonSetList[] = {1, 2, 0};
static const struct schema_field *const schema_slots_extensions_v1beta1_DaemonSetList[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_extensions_v1beta1_DaemonSetList[1], &schema_fields_extensions_v1beta1_DaemonSetList[2]};
static const uint8_t schema_starts_extensions_v1beta1_DaemonSetList[] = {0, 2, 3};
static const uint8_t schema_lookup_extensions_v1beta1_DaemonSetList[] = {1, 2, 3, 4, 0, 0, 0, 0};
const struct schema_message schema_message_extensions_v1beta1_DaemonSetList = {
    .package = STR_INIT("io.k8s.api.extensions.v1beta1"),
    .name = STR_INIT("DaemonSetList"),
    .fields = schema_fields_extensions_v1beta1_DaemonSetList,
    .n_fields = 3,
    .by_number = schema_numbers_extensions_v1beta1_DaemonSetList,
    .n_numbered = 2,
    .slots = schema_slots_extensions_v1beta1_DaemonSetList,
    .starts = schema_starts_extensions_v1beta1_DaemonSetList,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_extensions_v1beta1_DaemonSetList,
};
const struct schema_field schema_fields_extensions_v1beta1_DaemonSetSpec[] = {
    {STR_INIT("selector"), 1, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_LabelSelector, .doc = STR_INIT("Which labels; all of it must match. {} matches everything.")},
    {STR_INIT("template"), 2, .flags = SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_PodTemplateSpec, .key_default = STR_INIT("{}"), .doc = STR_INIT("What the pods made from this look like: their labels and annotations, and their spec.")},
    {STR_INIT("updateStrategy"), 3, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_extensions_v1beta1_DaemonSetUpdateStrategy, .key_default = STR_INIT("{}")},
    {STR_INIT("minReadySeconds"), 4, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_INT32},
    {STR_INIT("templateGeneration"), 5, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_INT64},
    {STR_INIT("revisionHistoryLimit"), 6, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_INT32},
};
static const uint16_t schema_numbers_extensions_v1beta1_DaemonSetSpec[] = {0, 1, 2, 3, 4, 5};
static const uint8_t schema_lookup_extensions_v1beta1_DaemonSetSpec[] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 3, 4, 2, 6, 0, 5};
const struct schema_message schema_message_extensions_v1beta1_DaemonSetSpec = {
    .package = STR_INIT("io.k8s.api.extensions.v1beta1"),
    .name = STR_INIT("DaemonSetSpec"),
    .fields = schema_fields_extensions_v1beta1_DaemonSetSpec,
    .n_fields = 6,
    .by_number = schema_numbers_extensions_v1beta1_DaemonSetSpec,
    .n_numbered = 6,
    .n_slots = 6,
    .lookup_mask = 15,
    .lookup = schema_lookup_extensions_v1beta1_DaemonSetSpec,
};
static const struct str keys_0[] = {STR_INIT("type"), STR_INIT("")};
const struct schema_field schema_fields_extensions_v1beta1_DaemonSetStatus[] = {
    {STR_INIT("currentNumberScheduled"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_INT32, .key_default = STR_INIT("0")},
    {STR_INIT("numberMisscheduled"), 2, .flags = SCHEMA_REQUIRED, .type = SCHEMA_INT32, .key_default = STR_INIT("0")},
    {STR_INIT("desiredNumberScheduled"), 3, .flags = SCHEMA_REQUIRED, .type = SCHEMA_INT32, .key_default = STR_INIT("0")},
    {STR_INIT("numberReady"), 4, .flags = SCHEMA_REQUIRED, .type = SCHEMA_INT32, .key_default = STR_INIT("0")},
    {STR_INIT("observedGeneration"), 5, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_INT64, .doc = STR_INIT("The metadata.generation this was written for.")},
    {STR_INIT("updatedNumberScheduled"), 6, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_INT32},
    {STR_INIT("numberAvailable"), 7, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_INT32},
    {STR_INIT("numberUnavailable"), 8, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_INT32},
    {STR_INIT("collisionCount"), 9, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_INT32, .doc = STR_INIT("How often a name was taken already and another was tried.")},
    {STR_INIT("conditions"), 10, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY | SCHEMA_PATCH_MERGE, .type = SCHEMA_MESSAGE, .message = &schema_message_extensions_v1beta1_DaemonSetCondition, .list = SCHEMA_LIST_MAP, .list_keys = keys_0, .merge_key = STR_INIT("type"), .doc = STR_INIT("What is known of it, each with its last change.")},
};
static const uint16_t schema_numbers_extensions_v1beta1_DaemonSetStatus[] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9};
static const uint8_t schema_lookup_extensions_v1beta1_DaemonSetStatus[] = {7, 0, 3, 0, 0, 0, 0, 0, 1, 0, 8, 0, 0, 0, 10, 0, 0, 0, 0, 2, 0, 0, 0, 6, 9, 0, 0, 0, 0, 0, 4, 5};
const struct schema_message schema_message_extensions_v1beta1_DaemonSetStatus = {
    .package = STR_INIT("io.k8s.api.extensions.v1beta1"),
    .name = STR_INIT("DaemonSetStatus"),
    .fields = schema_fields_extensions_v1beta1_DaemonSetStatus,
    .n_fields = 10,
    .by_number = schema_numbers_extensions_v1beta1_DaemonSetStatus,
    .n_numbered = 10,
    .n_slots = 10,
    .lookup_mask = 31,
    .lookup = schema_lookup_extensions_v1beta1_DaemonSetStatus,
};
const struct schema_field schema_fields_extensions_v1beta1_DaemonSetUpdateStrategy[] = {
    {STR_INIT("type"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
    {STR_INIT("rollingUpdate"), 2, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_extensions_v1beta1_RollingUpdateDaemonSet},
};
static const uint16_t schema_numbers_extensions_v1beta1_DaemonSetUpdateStrategy[] = {0, 1};
static const uint8_t schema_lookup_extensions_v1beta1_DaemonSetUpdateStrategy[] = {2, 0, 1, 0};
const struct schema_message schema_message_extensions_v1beta1_DaemonSetUpdateStrategy = {
    .package = STR_INIT("io.k8s.api.extensions.v1beta1"),
    .name = STR_INIT("DaemonSetUpdateStrategy"),
    .fields = schema_fields_extensions_v1beta1_DaemonSetUpdateStrategy,
    .n_fields = 2,
    .by_number = schema_numbers_extensions_v1beta1_DaemonSetUpdateStrategy,
    .n_numbered = 2,
    .n_slots = 2,
    .lookup_mask = 3,
    .lookup = schema_lookup_extensions_v1beta1_DaemonSetUpdateStrategy,
};
const struct schema_field schema_fields_extensions_v1beta1_Deployment[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ObjectMeta, .key_default = STR_INIT("{}"), .doc = STR_INIT("Standard object's metadata: name, labels and the like.")},
    {STR_INIT("spec"), 2, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_extensions_v1beta1_DeploymentSpec, .key_default = STR_INIT("{}"), .doc = STR_INIT("What is wanted.")},
    {STR_INIT("status"), 3, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_extensions_v1beta1_DeploymentStatus, .key_default = STR_INIT("{}"), .doc = STR_INIT("What is, as those who look after it tell.")},
};
static const uint16_t schema_numbers_extensions_v1beta1_Deployment[] = {1, 2, 3, 0};
static const struct schema_field *const schema_slots_extensions_v1beta1_Deployment[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_extensions_v1beta1_Deployment[1], &schema_fields_extensions_v1beta1_Deployment[2], &schema_fields_extensions_v1beta1_Deployment[3]};
static const uint8_t schema_starts_extensions_v1beta1_Deployment[] = {0, 2, 3, 4};
static const uint8_t schema_lookup_extensions_v1beta1_Deployment[] = {3, 0, 0, 0, 0, 0, 0, 0, 1, 2, 0, 5, 0, 4, 0, 0};
const struct schema_message schema_message_extensions_v1beta1_Deployment = {
    .package = STR_INIT("io.k8s.api.extensions.v1beta1"),
    .name = STR_INIT("Deployment"),
    .fields = schema_fields_extensions_v1beta1_Deployment,
    .n_fields = 4,
    .by_number = schema_numbers_extensions_v1beta1_Deployment,
    .n_numbered = 3,
    .slots = schema_slots_extensions_v1beta1_Deployment,
    .starts = schema_starts_extensions_v1beta1_Deployment,
    .n_slots = 5,
    .lookup_mask = 15,
    .lookup = schema_lookup_extensions_v1beta1_Deployment,
};
const struct schema_field schema_fields_extensions_v1beta1_DeploymentCondition[] = {
    {STR_INIT("type"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .doc = STR_INIT("Which condition.")},
    {STR_INIT("status"), 2, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .doc = STR_INIT("True, False or Unknown.")},
    {STR_INIT("lastUpdateTime"), 6, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_Time, .doc = STR_INIT("When it was last written.")},
    {STR_INIT("lastTransitionTime"), 7, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_Time, .doc = STR_INIT("When the condition last changed between True, False and Unknown.")},
    {STR_INIT("reason"), 4, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("Why, in one word of CamelCase.")},
    {STR_INIT("message"), 5, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("Why, for people.")},
};
static const uint16_t schema_numbers_extensions_v1beta1_DeploymentCondition[] = {0, 1, 4, 5, 2, 3};
static const uint8_t schema_lookup_extensions_v1beta1_DeploymentCondition[] = {3, 5, 1, 0, 0, 0, 4, 6, 0, 0, 0, 2, 0, 0, 0, 0};
const struct schema_message schema_message_extensions_v1beta1_DeploymentCondition = {
    .package = STR_INIT("io.k8s.api.extensions.v1beta1"),
    .name = STR_INIT("DeploymentCondition"),
    .fields = schema_fields_extensions_v1beta1_DeploymentCondition,
    .n_fields = 6,
    .by_number = schema_numbers_extensions_v1beta1_DeploymentCondition,
    .n_numbered = 6,
    .n_slots = 6,
    .lookup_mask = 15,
    .lookup = schema_lookup_extensions_v1beta1_DeploymentCondition,
};
const struct schema_field schema_fields_extensions_v1beta1_DeploymentList[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ListMeta, .doc = STR_INIT("Where the list was read, and how to go on.")},
    {STR_INIT("items"), 2, .flags = SCHEMA_REPEATED | SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_extensions_v1beta1_Deployment, .doc = STR_INIT("The objects of the list.")},
};
static const uint16_t schema_numbers_extensions_v1beta1_DeploymentList[] = {1, 2, 0};
static const struct schema_field *const schema_slots_extensions_v1beta1_DeploymentList[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_extensions_v1beta1_DeploymentList[1], &schema_fields_extensions_v1beta1_DeploymentList[2]};
static const uint8_t schema_starts_extensions_v1beta1_DeploymentList[] = {0, 2, 3};
static const uint8_t schema_lookup_extensions_v1beta1_DeploymentList[] = {1, 2, 3, 4, 0, 0, 0, 0};
const struct schema_message schema_message_extensions_v1beta1_DeploymentList = {
    .package = STR_INIT("io.k8s.api.extensions.v1beta1"),
    .name = STR_INIT("DeploymentList"),
    .fields = schema_fields_extensions_v1beta1_DeploymentList,
    .n_fields = 3,
    .by_number = schema_numbers_extensions_v1beta1_DeploymentList,
    .n_numbered = 2,
    .slots = schema_slots_extensions_v1beta1_DeploymentList,
    .starts = schema_starts_extensions_v1beta1_DeploymentList,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_extensions_v1beta1_DeploymentList,
};
const struct schema_field schema_fields_extensions_v1beta1_DeploymentRollback[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("name"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .doc = STR_INIT("The name.")},
    {STR_INIT("updatedAnnotations"), 2, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MAP_STRING},
    {STR_INIT("rollbackTo"), 3, .flags = SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_extensions_v1beta1_RollbackConfig},
};
static const uint16_t schema_numbers_extensions_v1beta1_DeploymentRollback[] = {1, 2, 3, 0};
static const struct schema_field *const schema_slots_extensions_v1beta1_DeploymentRollback[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_extensions_v1beta1_DeploymentRollback[1], &schema_fields_extensions_v1beta1_DeploymentRollback[2], &schema_fields_extensions_v1beta1_DeploymentRollback[3]};
static const uint8_t schema_starts_extensions_v1beta1_DeploymentRollback[] = {0, 2, 3, 4};
static const uint8_t schema_lookup_extensions_v1beta1_DeploymentRollback[] = {0, 0, 4, 0, 3, 0, 0, 0, 1, 2, 0, 0, 5, 0, 0, 0};
const struct schema_message schema_message_extensions_v1beta1_DeploymentRollback = {
    .package = STR_INIT("io.k8s.api.extensions.v1beta1"),
    .name = STR_INIT("DeploymentRollback"),
    .fields = schema_fields_extensions_v1beta1_DeploymentRollback,
    .n_fields = 4,
    .by_number = schema_numbers_extensions_v1beta1_DeploymentRollback,
    .n_numbered = 3,
    .slots = schema_slots_extensions_v1beta1_DeploymentRollback,
    .starts = schema_starts_extensions_v1beta1_DeploymentRollback,
    .n_slots = 5,
    .lookup_mask = 15,
    .lookup = schema_lookup_extensions_v1beta1_DeploymentRollback,
};
const struct schema_field schema_fields_extensions_v1beta1_DeploymentSpec[] = {
    {STR_INIT("replicas"), 1, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_INT32},
    {STR_INIT("selector"), 2, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_LabelSelector, .doc = STR_INIT("Which labels; all of it must match. {} matches everything.")},
    {STR_INIT("template"), 3, .flags = SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_PodTemplateSpec, .key_default = STR_INIT("{}"), .doc = STR_INIT("What the pods made from this look like: their labels and annotations, and their spec.")},
    {STR_INIT("strategy"), 4, .flags = SCHEMA_OMITEMPTY | SCHEMA_PATCH_RETAIN_KEYS, .type = SCHEMA_MESSAGE, .message = &schema_message_extensions_v1beta1_DeploymentStrategy, .key_default = STR_INIT("{}")},
    {STR_INIT("minReadySeconds"), 5, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_INT32},
    {STR_INIT("revisionHistoryLimit"), 6, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_INT32},
    {STR_INIT("paused"), 7, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_BOOL},
    {STR_INIT("rollbackTo"), 8, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_extensions_v1beta1_RollbackConfig},
    {STR_INIT("progressDeadlineSeconds"), 9, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_INT32},
};
static const uint16_t schema_numbers_extensions_v1beta1_DeploymentSpec[] = {0, 1, 2, 3, 4, 5, 6, 7, 8};
static const uint8_t schema_lookup_extensions_v1beta1_DeploymentSpec[] = {0, 0, 0, 0, 0, 1, 0, 0, 0, 6, 0, 0, 3, 7, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 4, 5, 0, 9, 0, 0};
const struct schema_message schema_message_extensions_v1beta1_DeploymentSpec = {
    .package = STR_INIT("io.k8s.api.extensions.v1beta1"),
    .name = STR_INIT("DeploymentSpec"),
    .fields = schema_fields_extensions_v1beta1_DeploymentSpec,
    .n_fields = 9,
    .by_number = schema_numbers_extensions_v1beta1_DeploymentSpec,
    .n_numbered = 9,
    .n_slots = 9,
    .lookup_mask = 31,
    .lookup = schema_lookup_extensions_v1beta1_DeploymentSpec,
};
const struct schema_field schema_fields_extensions_v1beta1_DeploymentStatus[] = {
    {STR_INIT("observedGeneration"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_INT64, .doc = STR_INIT("The metadata.generation this was written for.")},
    {STR_INIT("replicas"), 2, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_INT32},
    {STR_INIT("updatedReplicas"), 3, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_INT32},
    {STR_INIT("readyReplicas"), 7, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_INT32},
    {STR_INIT("availableReplicas"), 4, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_INT32},
    {STR_INIT("unavailableReplicas"), 5, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_INT32},
    {STR_INIT("terminatingReplicas"), 9, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_INT32},
    {STR_INIT("conditions"), 6, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY | SCHEMA_PATCH_MERGE, .type = SCHEMA_MESSAGE, .message = &schema_message_extensions_v1beta1_DeploymentCondition, .list = SCHEMA_LIST_MAP, .list_keys = keys_0, .merge_key = STR_INIT("type"), .doc = STR_INIT("What is known of it, each with its last change.")},
    {STR_INIT("collisionCount"), 8, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_INT32, .doc = STR_INIT("How often a name was taken already and another was tried.")},
};
static const uint16_t schema_numbers_extensions_v1beta1_DeploymentStatus[] = {0, 1, 2, 4, 5, 7, 3, 8, 6};
static const uint8_t schema_lookup_extensions_v1beta1_DeploymentStatus[] = {5, 0, 0, 0, 0, 2, 0, 6, 0, 0, 0, 0, 0, 0, 8, 0, 3, 7, 0, 0, 0, 0, 4, 9, 0, 0, 0, 0, 0, 0, 0, 1};
const struct schema_message schema_message_extensions_v1beta1_DeploymentStatus = {
    .package = STR_INIT("io.k8s.api.extensions.v1beta1"),
    .name = STR_INIT("DeploymentStatus"),
    .fields = schema_fields_extensions_v1beta1_DeploymentStatus,
    .n_fields = 9,
    .by_number = schema_numbers_extensions_v1beta1_DeploymentStatus,
    .n_numbered = 9,
    .n_slots = 9,
    .lookup_mask = 31,
    .lookup = schema_lookup_extensions_v1beta1_DeploymentStatus,
};
const struct schema_field schema_fields_extensions_v1beta1_DeploymentStrategy[] = {
    {STR_INIT("type"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
    {STR_INIT("rollingUpdate"), 2, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_extensions_v1beta1_RollingUpdateDeployment},
};
static const uint16_t schema_numbers_extensions_v1beta1_DeploymentStrategy[] = {0, 1};
static const uint8_t schema_lookup_extensions_v1beta1_DeploymentStrategy[] = {2, 0, 1, 0};
const struct schema_message schema_message_extensions_v1beta1_DeploymentStrategy = {
    .package = STR_INIT("io.k8s.api.extensions.v1beta1"),
    .name = STR_INIT("DeploymentStrategy"),
    .fields = schema_fields_extensions_v1beta1_DeploymentStrategy,
    .n_fields = 2,
    .by_number = schema_numbers_extensions_v1beta1_DeploymentStrategy,
    .n_numbered = 2,
    .n_slots = 2,
    .lookup_mask = 3,
    .lookup = schema_lookup_extensions_v1beta1_DeploymentStrategy,
};
const struct schema_field schema_fields_extensions_v1beta1_HTTPIngressPath[] = {
    {STR_INIT("path"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
    {STR_INIT("pathType"), 3, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_STRING},
    {STR_INIT("backend"), 2, .flags = SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_extensions_v1beta1_IngressBackend, .key_default = STR_INIT("{}")},
};
static const uint16_t schema_numbers_extensions_v1beta1_HTTPIngressPath[] = {0, 2, 1};
static const uint8_t schema_lookup_extensions_v1beta1_HTTPIngressPath[] = {0, 0, 0, 0, 0, 2, 3, 1};
const struct schema_message schema_message_extensions_v1beta1_HTTPIngressPath = {
    .package = STR_INIT("io.k8s.api.extensions.v1beta1"),
    .name = STR_INIT("HTTPIngressPath"),
    .fields = schema_fields_extensions_v1beta1_HTTPIngressPath,
    .n_fields = 3,
    .by_number = schema_numbers_extensions_v1beta1_HTTPIngressPath,
    .n_numbered = 3,
    .n_slots = 3,
    .lookup_mask = 7,
    .lookup = schema_lookup_extensions_v1beta1_HTTPIngressPath,
};
const struct schema_field schema_fields_extensions_v1beta1_HTTPIngressRuleValue[] = {
    {STR_INIT("paths"), 1, .flags = SCHEMA_REPEATED | SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_extensions_v1beta1_HTTPIngressPath},
};
static const uint16_t schema_numbers_extensions_v1beta1_HTTPIngressRuleValue[] = {0};
static const uint8_t schema_lookup_extensions_v1beta1_HTTPIngressRuleValue[] = {0, 0, 1, 0};
const struct schema_message schema_message_extensions_v1beta1_HTTPIngressRuleValue = {
    .package = STR_INIT("io.k8s.api.extensions.v1beta1"),
    .name = STR_INIT("HTTPIngressRuleValue"),
    .fields = schema_fields_extensions_v1beta1_HTTPIngressRuleValue,
    .n_fields = 1,
    .by_number = schema_numbers_extensions_v1beta1_HTTPIngressRuleValue,
    .n_numbered = 1,
    .n_slots = 1,
    .lookup_mask = 3,
    .lookup = schema_lookup_extensions_v1beta1_HTTPIngressRuleValue,
};
const struct schema_field schema_fields_extensions_v1beta1_IPBlock[] = {
    {STR_INIT("cidr"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\"")},
    {STR_INIT("except"), 2, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
};
static const uint16_t schema_numbers_extensions_v1beta1_IPBlock[] = {0, 1};
static const uint8_t schema_lookup_extensions_v1beta1_IPBlock[] = {2, 1, 0, 0};
const struct schema_message schema_message_extensions_v1beta1_IPBlock = {
    .package = STR_INIT("io.k8s.api.extensions.v1beta1"),
    .name = STR_INIT("IPBlock"),
    .fields = schema_fields_extensions_v1beta1_IPBlock,
    .n_fields = 2,
    .by_number = schema_numbers_extensions_v1beta1_IPBlock,
    .n_numbered = 2,
    .n_slots = 2,
    .lookup_mask = 3,
    .lookup = schema_lookup_extensions_v1beta1_IPBlock,
};
const struct schema_field schema_fields_extensions_v1beta1_Ingress[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ObjectMeta, .key_default = STR_INIT("{}"), .doc = STR_INIT("Standard object's metadata: name, labels and the like.")},
    {STR_INIT("spec"), 2, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_extensions_v1beta1_IngressSpec, .key_default = STR_INIT("{}"), .doc = STR_INIT("What is wanted.")},
    {STR_INIT("status"), 3, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_extensions_v1beta1_IngressStatus, .key_default = STR_INIT("{}"), .doc = STR_INIT("What is, as those who look after it tell.")},
};
static const uint16_t schema_numbers_extensions_v1beta1_Ingress[] = {1, 2, 3, 0};
static const struct schema_field *const schema_slots_extensions_v1beta1_Ingress[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_extensions_v1beta1_Ingress[1], &schema_fields_extensions_v1beta1_Ingress[2], &schema_fields_extensions_v1beta1_Ingress[3]};
static const uint8_t schema_starts_extensions_v1beta1_Ingress[] = {0, 2, 3, 4};
static const uint8_t schema_lookup_extensions_v1beta1_Ingress[] = {3, 0, 0, 0, 0, 0, 0, 0, 1, 2, 0, 5, 0, 4, 0, 0};
const struct schema_message schema_message_extensions_v1beta1_Ingress = {
    .package = STR_INIT("io.k8s.api.extensions.v1beta1"),
    .name = STR_INIT("Ingress"),
    .fields = schema_fields_extensions_v1beta1_Ingress,
    .n_fields = 4,
    .by_number = schema_numbers_extensions_v1beta1_Ingress,
    .n_numbered = 3,
    .slots = schema_slots_extensions_v1beta1_Ingress,
    .starts = schema_starts_extensions_v1beta1_Ingress,
    .n_slots = 5,
    .lookup_mask = 15,
    .lookup = schema_lookup_extensions_v1beta1_Ingress,
};
const struct schema_field schema_fields_extensions_v1beta1_IngressBackend[] = {
    {STR_INIT("serviceName"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
    {STR_INIT("servicePort"), 2, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_intstr_IntOrString, .doc = STR_INIT("A number, or a text such as a name or a percentage.")},
    {STR_INIT("resource"), 3, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_TypedLocalObjectReference},
};
static const uint16_t schema_numbers_extensions_v1beta1_IngressBackend[] = {0, 1, 2};
static const uint8_t schema_lookup_extensions_v1beta1_IngressBackend[] = {2, 3, 0, 0, 0, 0, 0, 1};
const struct schema_message schema_message_extensions_v1beta1_IngressBackend = {
    .package = STR_INIT("io.k8s.api.extensions.v1beta1"),
    .name = STR_INIT("IngressBackend"),
    .fields = schema_fields_extensions_v1beta1_IngressBackend,
    .n_fields = 3,
    .by_number = schema_numbers_extensions_v1beta1_IngressBackend,
    .n_numbered = 3,
    .n_slots = 3,
    .lookup_mask = 7,
    .lookup = schema_lookup_extensions_v1beta1_IngressBackend,
};
const struct schema_field schema_fields_extensions_v1beta1_IngressList[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ListMeta, .doc = STR_INIT("Where the list was read, and how to go on.")},
    {STR_INIT("items"), 2, .flags = SCHEMA_REPEATED | SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_extensions_v1beta1_Ingress, .doc = STR_INIT("The objects of the list.")},
};
static const uint16_t schema_numbers_extensions_v1beta1_IngressList[] = {1, 2, 0};
static const struct schema_field *const schema_slots_extensions_v1beta1_IngressList[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_extensions_v1beta1_IngressList[1], &schema_fields_extensions_v1beta1_IngressList[2]};
static const uint8_t schema_starts_extensions_v1beta1_IngressList[] = {0, 2, 3};
static const uint8_t schema_lookup_extensions_v1beta1_IngressList[] = {1, 2, 3, 4, 0, 0, 0, 0};
const struct schema_message schema_message_extensions_v1beta1_IngressList = {
    .package = STR_INIT("io.k8s.api.extensions.v1beta1"),
    .name = STR_INIT("IngressList"),
    .fields = schema_fields_extensions_v1beta1_IngressList,
    .n_fields = 3,
    .by_number = schema_numbers_extensions_v1beta1_IngressList,
    .n_numbered = 2,
    .slots = schema_slots_extensions_v1beta1_IngressList,
    .starts = schema_starts_extensions_v1beta1_IngressList,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_extensions_v1beta1_IngressList,
};
const struct schema_field schema_fields_extensions_v1beta1_IngressLoadBalancerIngress[] = {
    {STR_INIT("ip"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
    {STR_INIT("hostname"), 2, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
    {STR_INIT("ports"), 4, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_extensions_v1beta1_IngressPortStatus},
};
static const uint16_t schema_numbers_extensions_v1beta1_IngressLoadBalancerIngress[] = {0, 1, 2};
static const uint8_t schema_lookup_extensions_v1beta1_IngressLoadBalancerIngress[] = {1, 2, 0, 0, 3, 0, 0, 0};
const struct schema_message schema_message_extensions_v1beta1_IngressLoadBalancerIngress = {
    .package = STR_INIT("io.k8s.api.extensions.v1beta1"),
    .name = STR_INIT("IngressLoadBalancerIngress"),
    .fields = schema_fields_extensions_v1beta1_IngressLoadBalancerIngress,
    .n_fields = 3,
    .by_number = schema_numbers_extensions_v1beta1_IngressLoadBalancerIngress,
    .n_numbered = 3,
    .n_slots = 3,
    .lookup_mask = 7,
    .lookup = schema_lookup_extensions_v1beta1_IngressLoadBalancerIngress,
};
const struct schema_field schema_fields_extensions_v1beta1_IngressLoadBalancerStatus[] = {
    {STR_INIT("ingress"), 1, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_extensions_v1beta1_IngressLoadBalancerIngress},
};
static const uint16_t schema_numbers_extensions_v1beta1_IngressLoadBalancerStatus[] = {0};
static const uint8_t schema_lookup_extensions_v1beta1_IngressLoadBalancerStatus[] = {0, 0, 0, 1};
const struct schema_message schema_message_extensions_v1beta1_IngressLoadBalancerStatus = {
    .package = STR_INIT("io.k8s.api.extensions.v1beta1"),
    .name = STR_INIT("IngressLoadBalancerStatus"),
    .fields = schema_fields_extensions_v1beta1_IngressLoadBalancerStatus,
    .n_fields = 1,
    .by_number = schema_numbers_extensions_v1beta1_IngressLoadBalancerStatus,
    .n_numbered = 1,
    .n_slots = 1,
    .lookup_mask = 3,
    .lookup = schema_lookup_extensions_v1beta1_IngressLoadBalancerStatus,
};
static const struct str enums_0[] = {STR_INIT("SCTP"), STR_INIT("TCP"), STR_INIT("UDP"), {NULL, 0}};
const struct schema_field schema_fields_extensions_v1beta1_IngressPortStatus[] = {
    {STR_INIT("port"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_INT32, .key_default = STR_INIT("0")},
    {STR_INIT("protocol"), 2, .flags = SCHEMA_REQUIRED | SCHEMA_ENUM_CLOSED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .enums = enums_0},
    {STR_INIT("error"), 3, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_STRING},
};
static const uint16_t schema_numbers_extensions_v1beta1_IngressPortStatus[] = {0, 1, 2};
static const uint8_t schema_lookup_extensions_v1beta1_IngressPortStatus[] = {2, 0, 3, 0, 0, 1, 0, 0};
const struct schema_message schema_message_extensions_v1beta1_IngressPortStatus = {
    .package = STR_INIT("io.k8s.api.extensions.v1beta1"),
    .name = STR_INIT("IngressPortStatus"),
    .fields = schema_fields_extensions_v1beta1_IngressPortStatus,
    .n_fields = 3,
    .by_number = schema_numbers_extensions_v1beta1_IngressPortStatus,
    .n_numbered = 3,
    .n_slots = 3,
    .lookup_mask = 7,
    .lookup = schema_lookup_extensions_v1beta1_IngressPortStatus,
};
const struct schema_field schema_fields_extensions_v1beta1_IngressRule[] = {
    {STR_INIT("host"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
    {STR_INIT("ingressRuleValue"), 2, .flags = SCHEMA_INLINE, .type = SCHEMA_MESSAGE, .message = &schema_message_extensions_v1beta1_IngressRuleValue},
};
static const uint16_t schema_numbers_extensions_v1beta1_IngressRule[] = {0, 1};
static const struct schema_field *const schema_slots_extensions_v1beta1_IngressRule[] = {&schema_fields_extensions_v1beta1_IngressRule[0], &schema_fields_extensions_v1beta1_IngressRuleValue[0]};
static const uint8_t schema_starts_extensions_v1beta1_IngressRule[] = {0, 1};
static const uint8_t schema_lookup_extensions_v1beta1_IngressRule[] = {1, 2, 0, 0};
const struct schema_message schema_message_extensions_v1beta1_IngressRule = {
    .package = STR_INIT("io.k8s.api.extensions.v1beta1"),
    .name = STR_INIT("IngressRule"),
    .fields = schema_fields_extensions_v1beta1_IngressRule,
    .n_fields = 2,
    .by_number = schema_numbers_extensions_v1beta1_IngressRule,
    .n_numbered = 2,
    .slots = schema_slots_extensions_v1beta1_IngressRule,
    .starts = schema_starts_extensions_v1beta1_IngressRule,
    .n_slots = 2,
    .lookup_mask = 3,
    .lookup = schema_lookup_extensions_v1beta1_IngressRule,
};
const struct schema_field schema_fields_extensions_v1beta1_IngressRuleValue[] = {
    {STR_INIT("http"), 1, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_extensions_v1beta1_HTTPIngressRuleValue},
};
static const uint16_t schema_numbers_extensions_v1beta1_IngressRuleValue[] = {0};
static const uint8_t schema_lookup_extensions_v1beta1_IngressRuleValue[] = {0, 1, 0, 0};
const struct schema_message schema_message_extensions_v1beta1_IngressRuleValue = {
    .package = STR_INIT("io.k8s.api.extensions.v1beta1"),
    .name = STR_INIT("IngressRuleValue"),
    .fields = schema_fields_extensions_v1beta1_IngressRuleValue,
    .n_fields = 1,
    .by_number = schema_numbers_extensions_v1beta1_IngressRuleValue,
    .n_numbered = 1,
    .n_slots = 1,
    .lookup_mask = 3,
    .lookup = schema_lookup_extensions_v1beta1_IngressRuleValue,
};
const struct schema_field schema_fields_extensions_v1beta1_IngressSpec[] = {
    {STR_INIT("ingressClassName"), 4, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_STRING},
    {STR_INIT("backend"), 1, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_extensions_v1beta1_IngressBackend},
    {STR_INIT("tls"), 2, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_extensions_v1beta1_IngressTLS},
    {STR_INIT("rules"), 3, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_extensions_v1beta1_IngressRule},
};
static const uint16_t schema_numbers_extensions_v1beta1_IngressSpec[] = {1, 2, 3, 0};
static const uint8_t schema_lookup_extensions_v1beta1_IngressSpec[] = {0, 0, 4, 0, 0, 1, 2, 3};
const struct schema_message schema_message_extensions_v1beta1_IngressSpec = {
    .package = STR_INIT("io.k8s.api.extensions.v1beta1"),
    .name = STR_INIT("IngressSpec"),
    .fields = schema_fields_extensions_v1beta1_IngressSpec,
    .n_fields = 4,
    .by_number = schema_numbers_extensions_v1beta1_IngressSpec,
    .n_numbered = 4,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_extensions_v1beta1_IngressSpec,
};
const struct schema_field schema_fields_extensions_v1beta1_IngressStatus[] = {
    {STR_INIT("loadBalancer"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_extensions_v1beta1_IngressLoadBalancerStatus, .key_default = STR_INIT("{}")},
};
static const uint16_t schema_numbers_extensions_v1beta1_IngressStatus[] = {0};
static const uint8_t schema_lookup_extensions_v1beta1_IngressStatus[] = {1, 0, 0, 0};
const struct schema_message schema_message_extensions_v1beta1_IngressStatus = {
    .package = STR_INIT("io.k8s.api.extensions.v1beta1"),
    .name = STR_INIT("IngressStatus"),
    .fields = schema_fields_extensions_v1beta1_IngressStatus,
    .n_fields = 1,
    .by_number = schema_numbers_extensions_v1beta1_IngressStatus,
    .n_numbered = 1,
    .n_slots = 1,
    .lookup_mask = 3,
    .lookup = schema_lookup_extensions_v1beta1_IngressStatus,
};
const struct schema_field schema_fields_extensions_v1beta1_IngressTLS[] = {
    {STR_INIT("hosts"), 1, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
    {STR_INIT("secretName"), 2, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
};
static const uint16_t schema_numbers_extensions_v1beta1_IngressTLS[] = {0, 1};
static const uint8_t schema_lookup_extensions_v1beta1_IngressTLS[] = {1, 2, 0, 0};
const struct schema_message schema_message_extensions_v1beta1_IngressTLS = {
    .package = STR_INIT("io.k8s.api.extensions.v1beta1"),
    .name = STR_INIT("IngressTLS"),
    .fields = schema_fields_extensions_v1beta1_IngressTLS,
    .n_fields = 2,
    .by_number = schema_numbers_extensions_v1beta1_IngressTLS,
    .n_numbered = 2,
    .n_slots = 2,
    .lookup_mask = 3,
    .lookup = schema_lookup_extensions_v1beta1_IngressTLS,
};
const struct schema_field schema_fields_extensions_v1beta1_NetworkPolicy[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ObjectMeta, .key_default = STR_INIT("{}"), .doc = STR_INIT("Standard object's metadata: name, labels and the like.")},
    {STR_INIT("spec"), 2, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_extensions_v1beta1_NetworkPolicySpec, .key_default = STR_INIT("{}"), .doc = STR_INIT("What is wanted.")},
};
static const uint16_t schema_numbers_extensions_v1beta1_NetworkPolicy[] = {1, 2, 0};
static const struct schema_field *const schema_slots_extensions_v1beta1_NetworkPolicy[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_extensions_v1beta1_NetworkPolicy[1], &schema_fields_extensions_v1beta1_NetworkPolicy[2]};
static const uint8_t schema_starts_extensions_v1beta1_NetworkPolicy[] = {0, 2, 3};
static const uint8_t schema_lookup_extensions_v1beta1_NetworkPolicy[] = {1, 2, 3, 0, 0, 4, 0, 0};
const struct schema_message schema_message_extensions_v1beta1_NetworkPolicy = {
    .package = STR_INIT("io.k8s.api.extensions.v1beta1"),
    .name = STR_INIT("NetworkPolicy"),
    .fields = schema_fields_extensions_v1beta1_NetworkPolicy,
    .n_fields = 3,
    .by_number = schema_numbers_extensions_v1beta1_NetworkPolicy,
    .n_numbered = 2,
    .slots = schema_slots_extensions_v1beta1_NetworkPolicy,
    .starts = schema_starts_extensions_v1beta1_NetworkPolicy,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_extensions_v1beta1_NetworkPolicy,
};
const struct schema_field schema_fields_extensions_v1beta1_NetworkPolicyEgressRule[] = {
    {STR_INIT("ports"), 1, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_extensions_v1beta1_NetworkPolicyPort},
    {STR_INIT("to"), 2, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_extensions_v1beta1_NetworkPolicyPeer},
};
static const uint16_t schema_numbers_extensions_v1beta1_NetworkPolicyEgressRule[] = {0, 1};
static const uint8_t schema_lookup_extensions_v1beta1_NetworkPolicyEgressRule[] = {1, 0, 2, 0};
const struct schema_message schema_message_extensions_v1beta1_NetworkPolicyEgressRule = {
    .package = STR_INIT("io.k8s.api.extensions.v1beta1"),
    .name = STR_INIT("NetworkPolicyEgressRule"),
    .fields = schema_fields_extensions_v1beta1_NetworkPolicyEgressRule,
    .n_fields = 2,
    .by_number = schema_numbers_extensions_v1beta1_NetworkPolicyEgressRule,
    .n_numbered = 2,
    .n_slots = 2,
    .lookup_mask = 3,
    .lookup = schema_lookup_extensions_v1beta1_NetworkPolicyEgressRule,
};
const struct schema_field schema_fields_extensions_v1beta1_NetworkPolicyIngressRule[] = {
    {STR_INIT("ports"), 1, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_extensions_v1beta1_NetworkPolicyPort},
    {STR_INIT("from"), 2, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_extensions_v1beta1_NetworkPolicyPeer},
};
static const uint16_t schema_numbers_extensions_v1beta1_NetworkPolicyIngressRule[] = {0, 1};
static const uint8_t schema_lookup_extensions_v1beta1_NetworkPolicyIngressRule[] = {1, 2, 0, 0};
const struct schema_message schema_message_extensions_v1beta1_NetworkPolicyIngressRule = {
    .package = STR_INIT("io.k8s.api.extensions.v1beta1"),
    .name = STR_INIT("NetworkPolicyIngressRule"),
    .fields = schema_fields_extensions_v1beta1_NetworkPolicyIngressRule,
    .n_fields = 2,
    .by_number = schema_numbers_extensions_v1beta1_NetworkPolicyIngressRule,
    .n_numbered = 2,
    .n_slots = 2,
    .lookup_mask = 3,
    .lookup = schema_lookup_extensions_v1beta1_NetworkPolicyIngressRule,
};
const struct schema_field schema_fields_extensions_v1beta1_NetworkPolicyList[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ListMeta, .doc = STR_INIT("Where the list was read, and how to go on.")},
    {STR_INIT("items"), 2, .flags = SCHEMA_REPEATED | SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_extensions_v1beta1_NetworkPolicy, .doc = STR_INIT("The objects of the list.")},
};
static const uint16_t schema_numbers_extensions_v1beta1_NetworkPolicyList[] = {1, 2, 0};
static const struct schema_field *const schema_slots_extensions_v1beta1_NetworkPolicyList[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_extensions_v1beta1_NetworkPolicyList[1], &schema_fields_extensions_v1beta1_NetworkPolicyList[2]};
static const uint8_t schema_starts_extensions_v1beta1_NetworkPolicyList[] = {0, 2, 3};
static const uint8_t schema_lookup_extensions_v1beta1_NetworkPolicyList[] = {1, 2, 3, 4, 0, 0, 0, 0};
const struct schema_message schema_message_extensions_v1beta1_NetworkPolicyList = {
    .package = STR_INIT("io.k8s.api.extensions.v1beta1"),
    .name = STR_INIT("NetworkPolicyList"),
    .fields = schema_fields_extensions_v1beta1_NetworkPolicyList,
    .n_fields = 3,
    .by_number = schema_numbers_extensions_v1beta1_NetworkPolicyList,
    .n_numbered = 2,
    .slots = schema_slots_extensions_v1beta1_NetworkPolicyList,
    .starts = schema_starts_extensions_v1beta1_NetworkPolicyList,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_extensions_v1beta1_NetworkPolicyList,
};
const struct schema_field schema_fields_extensions_v1beta1_NetworkPolicyPeer[] = {
    {STR_INIT("podSelector"), 1, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_LabelSelector, .doc = STR_INIT("Which labels; all of it must match. {} matches everything.")},
    {STR_INIT("namespaceSelector"), 2, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_LabelSelector, .doc = STR_INIT("Only in namespaces that match.")},
    {STR_INIT("ipBlock"), 3, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_extensions_v1beta1_IPBlock},
};
static const uint16_t schema_numbers_extensions_v1beta1_NetworkPolicyPeer[] = {0, 1, 2};
static const uint8_t schema_lookup_extensions_v1beta1_NetworkPolicyPeer[] = {0, 3, 0, 1, 0, 0, 2, 0};
const struct schema_message schema_message_extensions_v1beta1_NetworkPolicyPeer = {
    .package = STR_INIT("io.k8s.api.extensions.v1beta1"),
    .name = STR_INIT("NetworkPolicyPeer"),
    .fields = schema_fields_extensions_v1beta1_NetworkPolicyPeer,
    .n_fields = 3,
    .by_number = schema_numbers_extensions_v1beta1_NetworkPolicyPeer,
    .n_numbered = 3,
    .n_slots = 3,
    .lookup_mask = 7,
    .lookup = schema_lookup_extensions_v1beta1_NetworkPolicyPeer,
};
const struct schema_field schema_fields_extensions_v1beta1_NetworkPolicyPort[] = {
    {STR_INIT("protocol"), 1, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR | SCHEMA_ENUM_CLOSED, .type = SCHEMA_STRING, .enums = enums_0},
    {STR_INIT("port"), 2, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_intstr_IntOrString, .doc = STR_INIT("A number, or a text such as a name or a percentage.")},
    {STR_INIT("endPort"), 3, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_INT32},
};
static const uint16_t schema_numbers_extensions_v1beta1_NetworkPolicyPort[] = {0, 1, 2};
static const uint8_t schema_lookup_extensions_v1beta1_NetworkPolicyPort[] = {1, 0, 0, 0, 0, 2, 0, 3};
const struct schema_message schema_message_extensions_v1beta1_NetworkPolicyPort = {
    .package = STR_INIT("io.k8s.api.extensions.v1beta1"),
    .name = STR_INIT("NetworkPolicyPort"),
    .fields = schema_fields_extensions_v1beta1_NetworkPolicyPort,
    .n_fields = 3,
    .by_number = schema_numbers_extensions_v1beta1_NetworkPolicyPort,
    .n_numbered = 3,
    .n_slots = 3,
    .lookup_mask = 7,
    .lookup = schema_lookup_extensions_v1beta1_NetworkPolicyPort,
};
const struct schema_field schema_fields_extensions_v1beta1_NetworkPolicySpec[] = {
    {STR_INIT("podSelector"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_LabelSelector, .key_default = STR_INIT("{}"), .doc = STR_INIT("Which labels; all of it must match. {} matches everything.")},
    {STR_INIT("ingress"), 2, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_extensions_v1beta1_NetworkPolicyIngressRule},
    {STR_INIT("egress"), 3, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_extensions_v1beta1_NetworkPolicyEgressRule},
    {STR_INIT("policyTypes"), 4, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
};
static const uint16_t schema_numbers_extensions_v1beta1_NetworkPolicySpec[] = {0, 1, 2, 3};
static const uint8_t schema_lookup_extensions_v1beta1_NetworkPolicySpec[] = {4, 0, 0, 1, 3, 0, 0, 2};
const struct schema_message schema_message_extensions_v1beta1_NetworkPolicySpec = {
    .package = STR_INIT("io.k8s.api.extensions.v1beta1"),
    .name = STR_INIT("NetworkPolicySpec"),
    .fields = schema_fields_extensions_v1beta1_NetworkPolicySpec,
    .n_fields = 4,
    .by_number = schema_numbers_extensions_v1beta1_NetworkPolicySpec,
    .n_numbered = 4,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_extensions_v1beta1_NetworkPolicySpec,
};
const struct schema_field schema_fields_extensions_v1beta1_ReplicaSet[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ObjectMeta, .key_default = STR_INIT("{}"), .doc = STR_INIT("Standard object's metadata: name, labels and the like.")},
    {STR_INIT("spec"), 2, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_extensions_v1beta1_ReplicaSetSpec, .key_default = STR_INIT("{}"), .doc = STR_INIT("What is wanted.")},
    {STR_INIT("status"), 3, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_extensions_v1beta1_ReplicaSetStatus, .key_default = STR_INIT("{}"), .doc = STR_INIT("What is, as those who look after it tell.")},
};
static const uint16_t schema_numbers_extensions_v1beta1_ReplicaSet[] = {1, 2, 3, 0};
static const struct schema_field *const schema_slots_extensions_v1beta1_ReplicaSet[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_extensions_v1beta1_ReplicaSet[1], &schema_fields_extensions_v1beta1_ReplicaSet[2], &schema_fields_extensions_v1beta1_ReplicaSet[3]};
static const uint8_t schema_starts_extensions_v1beta1_ReplicaSet[] = {0, 2, 3, 4};
static const uint8_t schema_lookup_extensions_v1beta1_ReplicaSet[] = {3, 0, 0, 0, 0, 0, 0, 0, 1, 2, 0, 5, 0, 4, 0, 0};
const struct schema_message schema_message_extensions_v1beta1_ReplicaSet = {
    .package = STR_INIT("io.k8s.api.extensions.v1beta1"),
    .name = STR_INIT("ReplicaSet"),
    .fields = schema_fields_extensions_v1beta1_ReplicaSet,
    .n_fields = 4,
    .by_number = schema_numbers_extensions_v1beta1_ReplicaSet,
    .n_numbered = 3,
    .slots = schema_slots_extensions_v1beta1_ReplicaSet,
    .starts = schema_starts_extensions_v1beta1_ReplicaSet,
    .n_slots = 5,
    .lookup_mask = 15,
    .lookup = schema_lookup_extensions_v1beta1_ReplicaSet,
};
const struct schema_field schema_fields_extensions_v1beta1_ReplicaSetCondition[] = {
    {STR_INIT("type"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .doc = STR_INIT("Which condition.")},
    {STR_INIT("status"), 2, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .doc = STR_INIT("True, False or Unknown.")},
    {STR_INIT("lastTransitionTime"), 3, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_Time, .doc = STR_INIT("When the condition last changed between True, False and Unknown.")},
    {STR_INIT("reason"), 4, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("Why, in one word of CamelCase.")},
    {STR_INIT("message"), 5, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("Why, for people.")},
};
static const uint16_t schema_numbers_extensions_v1beta1_ReplicaSetCondition[] = {0, 1, 2, 3, 4};
static const uint8_t schema_lookup_extensions_v1beta1_ReplicaSetCondition[] = {4, 0, 1, 0, 0, 0, 3, 5, 0, 0, 0, 2, 0, 0, 0, 0};
const struct schema_message schema_message_extensions_v1beta1_ReplicaSetCondition = {
    .package = STR_INIT("io.k8s.api.extensions.v1beta1"),
    .name = STR_INIT("ReplicaSetCondition"),
    .fields = schema_fields_extensions_v1beta1_ReplicaSetCondition,
    .n_fields = 5,
    .by_number = schema_numbers_extensions_v1beta1_ReplicaSetCondition,
    .n_numbered = 5,
    .n_slots = 5,
    .lookup_mask = 15,
    .lookup = schema_lookup_extensions_v1beta1_ReplicaSetCondition,
};
const struct schema_field schema_fields_extensions_v1beta1_ReplicaSetList[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ListMeta, .doc = STR_INIT("Where the list was read, and how to go on.")},
    {STR_INIT("items"), 2, .flags = SCHEMA_REPEATED | SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_extensions_v1beta1_ReplicaSet, .doc = STR_INIT("The objects of the list.")},
};
static const uint16_t schema_numbers_extensions_v1beta1_ReplicaSetList[] = {1, 2, 0};
static const struct schema_field *const schema_slots_extensions_v1beta1_ReplicaSetList[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_extensions_v1beta1_ReplicaSetList[1], &schema_fields_extensions_v1beta1_ReplicaSetList[2]};
static const uint8_t schema_starts_extensions_v1beta1_ReplicaSetList[] = {0, 2, 3};
static const uint8_t schema_lookup_extensions_v1beta1_ReplicaSetList[] = {1, 2, 3, 4, 0, 0, 0, 0};
const struct schema_message schema_message_extensions_v1beta1_ReplicaSetList = {
    .package = STR_INIT("io.k8s.api.extensions.v1beta1"),
    .name = STR_INIT("ReplicaSetList"),
    .fields = schema_fields_extensions_v1beta1_ReplicaSetList,
    .n_fields = 3,
    .by_number = schema_numbers_extensions_v1beta1_ReplicaSetList,
    .n_numbered = 2,
    .slots = schema_slots_extensions_v1beta1_ReplicaSetList,
    .starts = schema_starts_extensions_v1beta1_ReplicaSetList,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_extensions_v1beta1_ReplicaSetList,
};
const struct schema_field schema_fields_extensions_v1beta1_ReplicaSetSpec[] = {
    {STR_INIT("replicas"), 1, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_INT32},
    {STR_INIT("minReadySeconds"), 4, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_INT32},
    {STR_INIT("selector"), 2, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_LabelSelector, .doc = STR_INIT("Which labels; all of it must match. {} matches everything.")},
    {STR_INIT("template"), 3, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_PodTemplateSpec, .key_default = STR_INIT("{}"), .doc = STR_INIT("What the pods made from this look like: their labels and annotations, and their spec.")},
};
static const uint16_t schema_numbers_extensions_v1beta1_ReplicaSetSpec[] = {0, 2, 3, 1};
static const uint8_t schema_lookup_extensions_v1beta1_ReplicaSetSpec[] = {0, 2, 3, 0, 4, 1, 0, 0};
const struct schema_message schema_message_extensions_v1beta1_ReplicaSetSpec = {
    .package = STR_INIT("io.k8s.api.extensions.v1beta1"),
    .name = STR_INIT("ReplicaSetSpec"),
    .fields = schema_fields_extensions_v1beta1_ReplicaSetSpec,
    .n_fields = 4,
    .by_number = schema_numbers_extensions_v1beta1_ReplicaSetSpec,
    .n_numbered = 4,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_extensions_v1beta1_ReplicaSetSpec,
};
const struct schema_field schema_fields_extensions_v1beta1_ReplicaSetStatus[] = {
    {STR_INIT("replicas"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_INT32, .key_default = STR_INIT("0")},
    {STR_INIT("fullyLabeledReplicas"), 2, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_INT32},
    {STR_INIT("readyReplicas"), 4, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_INT32},
    {STR_INIT("availableReplicas"), 5, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_INT32},
    {STR_INIT("terminatingReplicas"), 7, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_INT32},
    {STR_INIT("observedGeneration"), 3, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_INT64, .doc = STR_INIT("The metadata.generation this was written for.")},
    {STR_INIT("conditions"), 6, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY | SCHEMA_PATCH_MERGE, .type = SCHEMA_MESSAGE, .message = &schema_message_extensions_v1beta1_ReplicaSetCondition, .list = SCHEMA_LIST_MAP, .list_keys = keys_0, .merge_key = STR_INIT("type"), .doc = STR_INIT("What is known of it, each with its last change.")},
};
static const uint16_t schema_numbers_extensions_v1beta1_ReplicaSetStatus[] = {0, 1, 5, 2, 3, 6, 4};
static const uint8_t schema_lookup_extensions_v1beta1_ReplicaSetStatus[] = {4, 5, 0, 0, 0, 1, 3, 2, 0, 0, 0, 0, 0, 0, 7, 6};
const struct schema_message schema_message_extensions_v1beta1_ReplicaSetStatus = {
    .package = STR_INIT("io.k8s.api.extensions.v1beta1"),
    .name = STR_INIT("ReplicaSetStatus"),
    .fields = schema_fields_extensions_v1beta1_ReplicaSetStatus,
    .n_fields = 7,
    .by_number = schema_numbers_extensions_v1beta1_ReplicaSetStatus,
    .n_numbered = 7,
    .n_slots = 7,
    .lookup_mask = 15,
    .lookup = schema_lookup_extensions_v1beta1_ReplicaSetStatus,
};
const struct schema_field schema_fields_extensions_v1beta1_RollbackConfig[] = {
    {STR_INIT("revision"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_INT64},
};
static const uint16_t schema_numbers_extensions_v1beta1_RollbackConfig[] = {0};
static const uint8_t schema_lookup_extensions_v1beta1_RollbackConfig[] = {0, 0, 0, 1};
const struct schema_message schema_message_extensions_v1beta1_RollbackConfig = {
    .package = STR_INIT("io.k8s.api.extensions.v1beta1"),
    .name = STR_INIT("RollbackConfig"),
    .fields = schema_fields_extensions_v1beta1_RollbackConfig,
    .n_fields = 1,
    .by_number = schema_numbers_extensions_v1beta1_RollbackConfig,
    .n_numbered = 1,
    .n_slots = 1,
    .lookup_mask = 3,
    .lookup = schema_lookup_extensions_v1beta1_RollbackConfig,
};
const struct schema_field schema_fields_extensions_v1beta1_RollingUpdateDaemonSet[] = {
    {STR_INIT("maxUnavailable"), 1, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_intstr_IntOrString, .doc = STR_INIT("A number, or a text such as a name or a percentage.")},
    {STR_INIT("maxSurge"), 2, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_intstr_IntOrString, .doc = STR_INIT("A number, or a text such as a name or a percentage.")},
};
static const uint16_t schema_numbers_extensions_v1beta1_RollingUpdateDaemonSet[] = {0, 1};
static const uint8_t schema_lookup_extensions_v1beta1_RollingUpdateDaemonSet[] = {0, 2, 1, 0};
const struct schema_message schema_message_extensions_v1beta1_RollingUpdateDaemonSet = {
    .package = STR_INIT("io.k8s.api.extensions.v1beta1"),
    .name = STR_INIT("RollingUpdateDaemonSet"),
    .fields = schema_fields_extensions_v1beta1_RollingUpdateDaemonSet,
    .n_fields = 2,
    .by_number = schema_numbers_extensions_v1beta1_RollingUpdateDaemonSet,
    .n_numbered = 2,
    .n_slots = 2,
    .lookup_mask = 3,
    .lookup = schema_lookup_extensions_v1beta1_RollingUpdateDaemonSet,
};
const struct schema_field schema_fields_extensions_v1beta1_RollingUpdateDeployment[] = {
    {STR_INIT("maxUnavailable"), 1, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_intstr_IntOrString, .doc = STR_INIT("A number, or a text such as a name or a percentage.")},
    {STR_INIT("maxSurge"), 2, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_intstr_IntOrString, .doc = STR_INIT("A number, or a text such as a name or a percentage.")},
};
static const uint16_t schema_numbers_extensions_v1beta1_RollingUpdateDeployment[] = {0, 1};
static const uint8_t schema_lookup_extensions_v1beta1_RollingUpdateDeployment[] = {0, 2, 1, 0};
const struct schema_message schema_message_extensions_v1beta1_RollingUpdateDeployment = {
    .package = STR_INIT("io.k8s.api.extensions.v1beta1"),
    .name = STR_INIT("RollingUpdateDeployment"),
    .fields = schema_fields_extensions_v1beta1_RollingUpdateDeployment,
    .n_fields = 2,
    .by_number = schema_numbers_extensions_v1beta1_RollingUpdateDeployment,
    .n_numbered = 2,
    .n_slots = 2,
    .lookup_mask = 3,
    .lookup = schema_lookup_extensions_v1beta1_RollingUpdateDeployment,
};
const struct schema_field schema_fields_extensions_v1beta1_Scale[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ObjectMeta, .doc = STR_INIT("Standard object's metadata: name, labels and the like.")},
    {STR_INIT("spec"), 2, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_extensions_v1beta1_ScaleSpec, .doc = STR_INIT("What is wanted.")},
    {STR_INIT("status"), 3, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_extensions_v1beta1_ScaleStatus, .doc = STR_INIT("What is, as those who look after it tell.")},
};
static const uint16_t schema_numbers_extensions_v1beta1_Scale[] = {1, 2, 3, 0};
static const struct schema_field *const schema_slots_extensions_v1beta1_Scale[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_extensions_v1beta1_Scale[1], &schema_fields_extensions_v1beta1_Scale[2], &schema_fields_extensions_v1beta1_Scale[3]};
static const uint8_t schema_starts_extensions_v1beta1_Scale[] = {0, 2, 3, 4};
static const uint8_t schema_lookup_extensions_v1beta1_Scale[] = {3, 0, 0, 0, 0, 0, 0, 0, 1, 2, 0, 5, 0, 4, 0, 0};
const struct schema_message schema_message_extensions_v1beta1_Scale = {
    .package = STR_INIT("io.k8s.api.extensions.v1beta1"),
    .name = STR_INIT("Scale"),
    .fields = schema_fields_extensions_v1beta1_Scale,
    .n_fields = 4,
    .by_number = schema_numbers_extensions_v1beta1_Scale,
    .n_numbered = 3,
    .slots = schema_slots_extensions_v1beta1_Scale,
    .starts = schema_starts_extensions_v1beta1_Scale,
    .n_slots = 5,
    .lookup_mask = 15,
    .lookup = schema_lookup_extensions_v1beta1_Scale,
};
static const struct schema_extra extra_0 = {.rules = STR_INIT("minimum=0")};
const struct schema_field schema_fields_extensions_v1beta1_ScaleSpec[] = {
    {STR_INIT("replicas"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_INT32, .fallback = STR_INIT("0"), .key_default = STR_INIT("0"), .extra = &extra_0},
};
static const uint16_t schema_numbers_extensions_v1beta1_ScaleSpec[] = {0};
static const uint8_t schema_lookup_extensions_v1beta1_ScaleSpec[] = {0, 1, 0, 0};
const struct schema_message schema_message_extensions_v1beta1_ScaleSpec = {
    .package = STR_INIT("io.k8s.api.extensions.v1beta1"),
    .name = STR_INIT("ScaleSpec"),
    .fields = schema_fields_extensions_v1beta1_ScaleSpec,
    .n_fields = 1,
    .by_number = schema_numbers_extensions_v1beta1_ScaleSpec,
    .n_numbered = 1,
    .n_slots = 1,
    .lookup_mask = 3,
    .lookup = schema_lookup_extensions_v1beta1_ScaleSpec,
};
const struct schema_field schema_fields_extensions_v1beta1_ScaleStatus[] = {
    {STR_INIT("replicas"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_INT32},
    {STR_INIT("selector"), 2, .flags = SCHEMA_OMITEMPTY | SCHEMA_MAP_ATOMIC, .type = SCHEMA_MAP_STRING},
    {STR_INIT("targetSelector"), 3, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
};
static const uint16_t schema_numbers_extensions_v1beta1_ScaleStatus[] = {0, 1, 2};
static const uint8_t schema_lookup_extensions_v1beta1_ScaleStatus[] = {0, 2, 3, 0, 0, 1, 0, 0};
const struct schema_message schema_message_extensions_v1beta1_ScaleStatus = {
    .package = STR_INIT("io.k8s.api.extensions.v1beta1"),
    .name = STR_INIT("ScaleStatus"),
    .fields = schema_fields_extensions_v1beta1_ScaleStatus,
    .n_fields = 3,
    .by_number = schema_numbers_extensions_v1beta1_ScaleStatus,
    .n_numbered = 3,
    .n_slots = 3,
    .lookup_mask = 7,
    .lookup = schema_lookup_extensions_v1beta1_ScaleStatus,
};
