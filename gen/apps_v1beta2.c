/* Made by tools/gen.py from spec/: change those, not this. */
#include "gen/rows.h"

const struct schema_field schema_fields_apps_v1beta2_ControllerRevision[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ObjectMeta, .key_default = STR_INIT("{}"), .doc = STR_INIT("Standard object's metadata: name, labels and the like.")},
    {STR_INIT("data"), 2, .flags = SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_runtime_RawExtension, .doc = STR_INIT("The template as it was.")},
    {STR_INIT("revision"), 3, .type = SCHEMA_INT64, .key_default = STR_INIT("0"), .doc = STR_INIT("Its number; higher is newer.")},
};
static const uint16_t schema_numbers_apps_v1beta2_ControllerRevision[] = {1, 2, 3, 0};
static const struct schema_field *const schema_slots_apps_v1beta2_ControllerRevision[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_apps_v1beta2_ControllerRevision[1], &schema_fields_apps_v1beta2_ControllerRevision[2], &schema_fields_apps_v1beta2_ControllerRevision[3]};
static const uint8_t schema_starts_apps_v1beta2_ControllerRevision[] = {0, 2, 3, 4};
static const uint8_t schema_lookup_apps_v1beta2_ControllerRevision[] = {3, 0, 0, 0, 0, 0, 0, 0, 1, 2, 0, 4, 0, 0, 0, 5};
const struct schema_message schema_message_apps_v1beta2_ControllerRevision = {
    .package = STR_INIT("io.k8s.api.apps.v1beta2"),
    .name = STR_INIT("ControllerRevision"),
    .doc = STR_INIT("A former state of a DaemonSet's or StatefulSet's template, kept to be able to go back."),
    .fields = schema_fields_apps_v1beta2_ControllerRevision,
    .n_fields = 4,
    .by_number = schema_numbers_apps_v1beta2_ControllerRevision,
    .n_numbered = 3,
    .slots = schema_slots_apps_v1beta2_ControllerRevision,
    .starts = schema_starts_apps_v1beta2_ControllerRevision,
    .n_slots = 5,
    .lookup_mask = 15,
    .lookup = schema_lookup_apps_v1beta2_ControllerRevision,
};
const struct schema_field schema_fields_apps_v1beta2_ControllerRevisionList[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ListMeta, .doc = STR_INIT("Where the list was read, and how to go on.")},
    {STR_INIT("items"), 2, .flags = SCHEMA_REPEATED | SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_apps_v1beta2_ControllerRevision, .doc = STR_INIT("The objects of the list.")},
};
static const uint16_t schema_numbers_apps_v1beta2_ControllerRevisionList[] = {1, 2, 0};
static const struct schema_field *const schema_slots_apps_v1beta2_ControllerRevisionList[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_apps_v1beta2_ControllerRevisionList[1], &schema_fields_apps_v1beta2_ControllerRevisionList[2]};
static const uint8_t schema_starts_apps_v1beta2_ControllerRevisionList[] = {0, 2, 3};
static const uint8_t schema_lookup_apps_v1beta2_ControllerRevisionList[] = {1, 2, 3, 4, 0, 0, 0, 0};
const struct schema_message schema_message_apps_v1beta2_ControllerRevisionList = {
    .package = STR_INIT("io.k8s.api.apps.v1beta2"),
    .name = STR_INIT("ControllerRevisionList"),
    .fields = schema_fields_apps_v1beta2_ControllerRevisionList,
    .n_fields = 3,
    .by_number = schema_numbers_apps_v1beta2_ControllerRevisionList,
    .n_numbered = 2,
    .slots = schema_slots_apps_v1beta2_ControllerRevisionList,
    .starts = schema_starts_apps_v1beta2_ControllerRevisionList,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_apps_v1beta2_ControllerRevisionList,
};
const struct schema_field schema_fields_apps_v1beta2_DaemonSet[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ObjectMeta, .key_default = STR_INIT("{}"), .doc = STR_INIT("Standard object's metadata: name, labels and the like.")},
    {STR_INIT("spec"), 2, .flags = SCHEMA_REQUIRED | SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_apps_v1beta2_DaemonSetSpec, .key_default = STR_INIT("{}"), .doc = STR_INIT("What is wanted.")},
    {STR_INIT("status"), 3, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_apps_v1beta2_DaemonSetStatus, .key_default = STR_INIT("{}"), .doc = STR_INIT("What is, as those who look after it tell.")},
};
static const uint16_t schema_numbers_apps_v1beta2_DaemonSet[] = {1, 2, 3, 0};
static const struct schema_field *const schema_slots_apps_v1beta2_DaemonSet[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_apps_v1beta2_DaemonSet[1], &schema_fields_apps_v1beta2_DaemonSet[2], &schema_fields_apps_v1beta2_DaemonSet[3]};
static const uint8_t schema_starts_apps_v1beta2_DaemonSet[] = {0, 2, 3, 4};
static const uint8_t schema_lookup_apps_v1beta2_DaemonSet[] = {3, 0, 0, 0, 0, 0, 0, 0, 1, 2, 0, 5, 0, 4, 0, 0};
const struct schema_message schema_message_apps_v1beta2_DaemonSet = {
    .package = STR_INIT("io.k8s.api.apps.v1beta2"),
    .name = STR_INIT("DaemonSet"),
    .doc = STR_INIT("Keeps one pod on every node, or on every node that matches."),
    .fields = schema_fields_apps_v1beta2_DaemonSet,
    .n_fields = 4,
    .by_number = schema_numbers_apps_v1beta2_DaemonSet,
    .n_numbered = 3,
    .slots = schema_slots_apps_v1beta2_DaemonSet,
    .starts = schema_starts_apps_v1beta2_DaemonSet,
    .n_slots = 5,
    .lookup_mask = 15,
    .lookup = schema_lookup_apps_v1beta2_DaemonSet,
};
const struct schema_field schema_fields_apps_v1beta2_DaemonSetCondition[] = {
    {STR_INIT("type"), 1, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .doc = STR_INIT("Which condition.")},
    {STR_INIT("status"), 2, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .doc = STR_INIT("True, False or Unknown.")},
    {STR_INIT("lastTransitionTime"), 3, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_Time, .doc = STR_INIT("When the condition last changed between True, False and Unknown.")},
    {STR_INIT("reason"), 4, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("Why, in one word of CamelCase.")},
    {STR_INIT("message"), 5, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("Why, for people.")},
};
static const uint16_t schema_numbers_apps_v1beta2_DaemonSetCondition[] = {0, 1, 2, 3, 4};
static const uint8_t schema_lookup_apps_v1beta2_DaemonSetCondition[] = {4, 0, 1, 0, 0, 0, 3, 5, 0, 0, 0, 2, 0, 0, 0, 0};
const struct schema_message schema_message_apps_v1beta2_DaemonSetCondition = {
    .package = STR_INIT("io.k8s.api.apps.v1beta2"),
    .name = STR_INIT("DaemonSetCondition"),
    .fields = schema_fields_apps_v1beta2_DaemonSetCondition,
    .n_fields = 5,
    .by_number = schema_numbers_apps_v1beta2_DaemonSetCondition,
    .n_numbered = 5,
    .n_slots = 5,
    .lookup_mask = 15,
    .lookup = schema_lookup_apps_v1beta2_DaemonSetCondition,
};
const struct schema_field schema_fields_apps_v1beta2_DaemonSetList[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ListMeta, .doc = STR_INIT("Where the list was read, and how to go on.")},
    {STR_INIT("items"), 2, .flags = SCHEMA_REPEATED | SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_apps_v1beta2_DaemonSet, .doc = STR_INIT("The objects of the list.")},
};
static const uint16_t schema_numbers_apps_v1beta2_DaemonSetList[] = {1, 2, 0};
static const struct schema_field *const schema_slots_apps_v1beta2_DaemonSetList[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_apps_v1beta2_DaemonSetList[1], &schema_fields_apps_v1beta2_DaemonSetList[2]};
static const uint8_t schema_starts_apps_v1beta2_DaemonSetList[] = {0, 2, 3};
static const uint8_t schema_lookup_apps_v1beta2_DaemonSetList[] = {1, 2, 3, 4, 0, 0, 0, 0};
const struct schema_message schema_message_apps_v1beta2_DaemonSetList = {
    .package = STR_INIT("io.k8s.api.apps.v1beta2"),
    .name = STR_INIT("DaemonSetList"),
    .fields = schema_fields_apps_v1beta2_DaemonSetList,
    .n_fields = 3,
    .by_number = schema_numbers_apps_v1beta2_DaemonSetList,
    .n_numbered = 2,
    .slots = schema_slots_apps_v1beta2_DaemonSetList,
    .starts = schema_starts_apps_v1beta2_DaemonSetList,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_apps_v1beta2_DaemonSetList,
};
const struct schema_field schema_fields_apps_v1beta2_DaemonSetSpec[] = {
    {STR_INIT("selector"), 1, .flags = SCHEMA_REQUIRED | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_LabelSelector, .doc = STR_INIT("Which pods are its own; it must match the template's labels and cannot be changed.")},
    {STR_INIT("template"), 2, .flags = SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_PodTemplateSpec, .key_default = STR_INIT("{}"), .doc = STR_INIT("What the pods look like. Its node selector and affinity choose the nodes.")},
    {STR_INIT("updateStrategy"), 3, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_apps_v1beta2_DaemonSetUpdateStrategy, .key_default = STR_INIT("{}"), .doc = STR_INIT("How pods are replaced when the template changes.")},
    {STR_INIT("minReadySeconds"), 4, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_INT32, .doc = STR_INIT("Seconds a new pod must have been ready before it counts as available.")},
    {STR_INIT("revisionHistoryLimit"), 6, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_INT32, .doc = STR_INIT("How many old ControllerRevisions are kept, to be able to go back.")},
};
static const uint16_t schema_numbers_apps_v1beta2_DaemonSetSpec[] = {0, 1, 2, 3, 4};
static const uint8_t schema_lookup_apps_v1beta2_DaemonSetSpec[] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 3, 4, 2, 5, 0, 0};
const struct schema_message schema_message_apps_v1beta2_DaemonSetSpec = {
    .package = STR_INIT("io.k8s.api.apps.v1beta2"),
    .name = STR_INIT("DaemonSetSpec"),
    .doc = STR_INIT("What runs on each node, and how it is replaced."),
    .fields = schema_fields_apps_v1beta2_DaemonSetSpec,
    .n_fields = 5,
    .by_number = schema_numbers_apps_v1beta2_DaemonSetSpec,
    .n_numbered = 5,
    .n_slots = 5,
    .lookup_mask = 15,
    .lookup = schema_lookup_apps_v1beta2_DaemonSetSpec,
};
static const struct str keys_0[] = {STR_INIT("type"), STR_INIT("")};
const struct schema_field schema_fields_apps_v1beta2_DaemonSetStatus[] = {
    {STR_INIT("currentNumberScheduled"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_INT32, .key_default = STR_INIT("0"), .doc = STR_INIT("Nodes that should have a pod and have one.")},
    {STR_INIT("numberMisscheduled"), 2, .flags = SCHEMA_REQUIRED, .type = SCHEMA_INT32, .key_default = STR_INIT("0"), .doc = STR_INIT("Nodes that have a pod and should not.")},
    {STR_INIT("desiredNumberScheduled"), 3, .flags = SCHEMA_REQUIRED, .type = SCHEMA_INT32, .key_default = STR_INIT("0"), .doc = STR_INIT("Nodes that should have a pod.")},
    {STR_INIT("numberReady"), 4, .flags = SCHEMA_REQUIRED, .type = SCHEMA_INT32, .key_default = STR_INIT("0"), .doc = STR_INIT("Nodes that should have a pod and have a ready one.")},
    {STR_INIT("observedGeneration"), 5, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_INT64, .doc = STR_INIT("The metadata.generation this was written for.")},
    {STR_INIT("updatedNumberScheduled"), 6, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_INT32, .doc = STR_INIT("Nodes with a pod of the newest template.")},
    {STR_INIT("numberAvailable"), 7, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_INT32, .doc = STR_INIT("Nodes whose pod has been ready for minReadySeconds.")},
    {STR_INIT("numberUnavailable"), 8, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_INT32, .doc = STR_INIT("Nodes still without such a pod.")},
    {STR_INIT("collisionCount"), 9, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_INT32, .doc = STR_INIT("How often a name was taken already and another was tried.")},
    {STR_INIT("conditions"), 10, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY | SCHEMA_PATCH_MERGE, .type = SCHEMA_MESSAGE, .message = &schema_message_apps_v1beta2_DaemonSetCondition, .list = SCHEMA_LIST_MAP, .list_keys = keys_0, .merge_key = STR_INIT("type"), .doc = STR_INIT("What is known of it, each with its last change.")},
};
static const uint16_t schema_numbers_apps_v1beta2_DaemonSetStatus[] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9};
static const uint8_t schema_lookup_apps_v1beta2_DaemonSetStatus[] = {7, 0, 3, 0, 0, 0, 0, 0, 1, 0, 8, 0, 0, 0, 10, 0, 0, 0, 0, 2, 0, 0, 0, 6, 9, 0, 0, 0, 0, 0, 4, 5};
const struct schema_message schema_message_apps_v1beta2_DaemonSetStatus = {
    .package = STR_INIT("io.k8s.api.apps.v1beta2"),
    .name = STR_INIT("DaemonSetStatus"),
    .doc = STR_INIT("On how many nodes the pods are, and in what state."),
    .fields = schema_fields_apps_v1beta2_DaemonSetStatus,
    .n_fields = 10,
    .by_number = schema_numbers_apps_v1beta2_DaemonSetStatus,
    .n_numbered = 10,
    .n_slots = 10,
    .lookup_mask = 31,
    .lookup = schema_lookup_apps_v1beta2_DaemonSetStatus,
};
const struct schema_field schema_fields_apps_v1beta2_DaemonSetUpdateStrategy[] = {
    {STR_INIT("type"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("RollingUpdate does so by itself, OnDelete waits until somebody deletes the old pod.")},
    {STR_INIT("rollingUpdate"), 2, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_apps_v1beta2_RollingUpdateDaemonSet, .doc = STR_INIT("How many at a time, with RollingUpdate.")},
};
static const uint16_t schema_numbers_apps_v1beta2_DaemonSetUpdateStrategy[] = {0, 1};
static const uint8_t schema_lookup_apps_v1beta2_DaemonSetUpdateStrategy[] = {2, 0, 1, 0};
const struct schema_message schema_message_apps_v1beta2_DaemonSetUpdateStrategy = {
    .package = STR_INIT("io.k8s.api.apps.v1beta2"),
    .name = STR_INIT("DaemonSetUpdateStrategy"),
    .doc = STR_INIT("How pods are replaced."),
    .fields = schema_fields_apps_v1beta2_DaemonSetUpdateStrategy,
    .n_fields = 2,
    .by_number = schema_numbers_apps_v1beta2_DaemonSetUpdateStrategy,
    .n_numbered = 2,
    .n_slots = 2,
    .lookup_mask = 3,
    .lookup = schema_lookup_apps_v1beta2_DaemonSetUpdateStrategy,
};
const struct schema_field schema_fields_apps_v1beta2_Deployment[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ObjectMeta, .key_default = STR_INIT("{}"), .doc = STR_INIT("Standard object's metadata: name, labels and the like.")},
    {STR_INIT("spec"), 2, .flags = SCHEMA_REQUIRED | SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_apps_v1beta2_DeploymentSpec, .key_default = STR_INIT("{}"), .doc = STR_INIT("What is wanted.")},
    {STR_INIT("status"), 3, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_apps_v1beta2_DeploymentStatus, .key_default = STR_INIT("{}"), .doc = STR_INIT("What is, as those who look after it tell.")},
};
static const uint16_t schema_numbers_apps_v1beta2_Deployment[] = {1, 2, 3, 0};
static const struct schema_field *const schema_slots_apps_v1beta2_Deployment[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_apps_v1beta2_Deployment[1], &schema_fields_apps_v1beta2_Deployment[2], &schema_fields_apps_v1beta2_Deployment[3]};
static const uint8_t schema_starts_apps_v1beta2_Deployment[] = {0, 2, 3, 4};
static const uint8_t schema_lookup_apps_v1beta2_Deployment[] = {3, 0, 0, 0, 0, 0, 0, 0, 1, 2, 0, 5, 0, 4, 0, 0};
const struct schema_message schema_message_apps_v1beta2_Deployment = {
    .package = STR_INIT("io.k8s.api.apps.v1beta2"),
    .name = STR_INIT("Deployment"),
    .doc = STR_INIT("Keeps a number of like pods running, and replaces them little by little when their template changes."),
    .fields = schema_fields_apps_v1beta2_Deployment,
    .n_fields = 4,
    .by_number = schema_numbers_apps_v1beta2_Deployment,
    .n_numbered = 3,
    .slots = schema_slots_apps_v1beta2_Deployment,
    .starts = schema_starts_apps_v1beta2_Deployment,
    .n_slots = 5,
    .lookup_mask = 15,
    .lookup = schema_lookup_apps_v1beta2_Deployment,
};
const struct schema_field schema_fields_apps_v1beta2_DeploymentCondition[] = {
    {STR_INIT("type"), 1, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .doc = STR_INIT("Which condition.")},
    {STR_INIT("status"), 2, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .doc = STR_INIT("True, False or Unknown.")},
    {STR_INIT("lastUpdateTime"), 6, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_Time, .doc = STR_INIT("When it was last written.")},
    {STR_INIT("lastTransitionTime"), 7, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_Time, .doc = STR_INIT("When the condition last changed between True, False and Unknown.")},
    {STR_INIT("reason"), 4, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("Why, in one word of CamelCase.")},
    {STR_INIT("message"), 5, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("Why, for people.")},
};
static const uint16_t schema_numbers_apps_v1beta2_DeploymentCondition[] = {0, 1, 4, 5, 2, 3};
static const uint8_t schema_lookup_apps_v1beta2_DeploymentCondition[] = {3, 5, 1, 0, 0, 0, 4, 6, 0, 0, 0, 2, 0, 0, 0, 0};
const struct schema_message schema_message_apps_v1beta2_DeploymentCondition = {
    .package = STR_INIT("io.k8s.api.apps.v1beta2"),
    .name = STR_INIT("DeploymentCondition"),
    .fields = schema_fields_apps_v1beta2_DeploymentCondition,
    .n_fields = 6,
    .by_number = schema_numbers_apps_v1beta2_DeploymentCondition,
    .n_numbered = 6,
    .n_slots = 6,
    .lookup_mask = 15,
    .lookup = schema_lookup_apps_v1beta2_DeploymentCondition,
};
const struct schema_field schema_fields_apps_v1beta2_DeploymentList[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ListMeta, .doc = STR_INIT("Where the list was read, and how to go on.")},
    {STR_INIT("items"), 2, .flags = SCHEMA_REPEATED | SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_apps_v1beta2_Deployment, .doc = STR_INIT("The objects of the list.")},
};
static const uint16_t schema_numbers_apps_v1beta2_DeploymentList[] = {1, 2, 0};
static const struct schema_field *const schema_slots_apps_v1beta2_DeploymentList[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_apps_v1beta2_DeploymentList[1], &schema_fields_apps_v1beta2_DeploymentList[2]};
static const uint8_t schema_starts_apps_v1beta2_DeploymentList[] = {0, 2, 3};
static const uint8_t schema_lookup_apps_v1beta2_DeploymentList[] = {1, 2, 3, 4, 0, 0, 0, 0};
const struct schema_message schema_message_apps_v1beta2_DeploymentList = {
    .package = STR_INIT("io.k8s.api.apps.v1beta2"),
    .name = STR_INIT("DeploymentList"),
    .fields = schema_fields_apps_v1beta2_DeploymentList,
    .n_fields = 3,
    .by_number = schema_numbers_apps_v1beta2_DeploymentList,
    .n_numbered = 2,
    .slots = schema_slots_apps_v1beta2_DeploymentList,
    .starts = schema_starts_apps_v1beta2_DeploymentList,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_apps_v1beta2_DeploymentList,
};
const struct schema_field schema_fields_apps_v1beta2_DeploymentSpec[] = {
    {STR_INIT("replicas"), 1, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_INT32, .doc = STR_INIT("How many pods are wanted.")},
    {STR_INIT("selector"), 2, .flags = SCHEMA_REQUIRED | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_LabelSelector, .doc = STR_INIT("Which pods are its own; it must match the template's labels and cannot be changed.")},
    {STR_INIT("template"), 3, .flags = SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_PodTemplateSpec, .key_default = STR_INIT("{}"), .doc = STR_INIT("What the pods look like. A change here starts a rollout.")},
    {STR_INIT("strategy"), 4, .flags = SCHEMA_OMITEMPTY | SCHEMA_PATCH_RETAIN_KEYS, .type = SCHEMA_MESSAGE, .message = &schema_message_apps_v1beta2_DeploymentStrategy, .key_default = STR_INIT("{}"), .doc = STR_INIT("How old pods give way to new ones.")},
    {STR_INIT("minReadySeconds"), 5, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_INT32, .doc = STR_INIT("Seconds a new pod must have been ready before it counts as available.")},
    {STR_INIT("revisionHistoryLimit"), 6, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_INT32, .doc = STR_INIT("How many old ReplicaSets are kept, to be able to go back.")},
    {STR_INIT("paused"), 7, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_BOOL, .doc = STR_INIT("No rollout is started or carried on while this is set.")},
    {STR_INIT("progressDeadlineSeconds"), 9, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_INT32, .doc = STR_INIT("Seconds without progress after which the rollout is said to have failed. It goes on all the same.")},
};
static const uint16_t schema_numbers_apps_v1beta2_DeploymentSpec[] = {0, 1, 2, 3, 4, 5, 6, 7};
static const uint8_t schema_lookup_apps_v1beta2_DeploymentSpec[] = {0, 0, 0, 0, 0, 1, 0, 0, 0, 2, 4, 5, 3, 6, 7, 8};
const struct schema_message schema_message_apps_v1beta2_DeploymentSpec = {
    .package = STR_INIT("io.k8s.api.apps.v1beta2"),
    .name = STR_INIT("DeploymentSpec"),
    .doc = STR_INIT("How many pods, of what kind, and how they are replaced."),
    .fields = schema_fields_apps_v1beta2_DeploymentSpec,
    .n_fields = 8,
    .by_number = schema_numbers_apps_v1beta2_DeploymentSpec,
    .n_numbered = 8,
    .n_slots = 8,
    .lookup_mask = 15,
    .lookup = schema_lookup_apps_v1beta2_DeploymentSpec,
};
const struct schema_field schema_fields_apps_v1beta2_DeploymentStatus[] = {
    {STR_INIT("observedGeneration"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_INT64, .doc = STR_INIT("The metadata.generation this was written for.")},
    {STR_INIT("replicas"), 2, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_INT32, .doc = STR_INIT("Pods there are.")},
    {STR_INIT("updatedReplicas"), 3, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_INT32, .doc = STR_INIT("Pods of the newest template.")},
    {STR_INIT("readyReplicas"), 7, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_INT32, .doc = STR_INIT("Pods that are ready.")},
    {STR_INIT("availableReplicas"), 4, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_INT32, .doc = STR_INIT("Pods that have been ready for minReadySeconds.")},
    {STR_INIT("unavailableReplicas"), 5, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_INT32, .doc = STR_INIT("Pods still missing.")},
    {STR_INIT("terminatingReplicas"), 9, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_INT32, .doc = STR_INIT("Pods that are ending.")},
    {STR_INIT("conditions"), 6, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY | SCHEMA_PATCH_MERGE, .type = SCHEMA_MESSAGE, .message = &schema_message_apps_v1beta2_DeploymentCondition, .list = SCHEMA_LIST_MAP, .list_keys = keys_0, .merge_key = STR_INIT("type"), .doc = STR_INIT("What is known of it, each with its last change.")},
    {STR_INIT("collisionCount"), 8, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_INT32, .doc = STR_INIT("How often a name was taken already and another was tried.")},
};
static const uint16_t schema_numbers_apps_v1beta2_DeploymentStatus[] = {0, 1, 2, 4, 5, 7, 3, 8, 6};
static const uint8_t schema_lookup_apps_v1beta2_DeploymentStatus[] = {5, 0, 0, 0, 0, 2, 0, 6, 0, 0, 0, 0, 0, 0, 8, 0, 3, 7, 0, 0, 0, 0, 4, 9, 0, 0, 0, 0, 0, 0, 0, 1};
const struct schema_message schema_message_apps_v1beta2_DeploymentStatus = {
    .package = STR_INIT("io.k8s.api.apps.v1beta2"),
    .name = STR_INIT("DeploymentStatus"),
    .doc = STR_INIT("How far the Deployment is."),
    .fields = schema_fields_apps_v1beta2_DeploymentStatus,
    .n_fields = 9,
    .by_number = schema_numbers_apps_v1beta2_DeploymentStatus,
    .n_numbered = 9,
    .n_slots = 9,
    .lookup_mask = 31,
    .lookup = schema_lookup_apps_v1beta2_DeploymentStatus,
};
const struct schema_field schema_fields_apps_v1beta2_DeploymentStrategy[] = {
    {STR_INIT("type"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("RollingUpdate replaces them little by little, Recreate ends all old ones first.")},
    {STR_INIT("rollingUpdate"), 2, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_apps_v1beta2_RollingUpdateDeployment, .doc = STR_INIT("How many at a time, with RollingUpdate.")},
};
static const uint16_t schema_numbers_apps_v1beta2_DeploymentStrategy[] = {0, 1};
static const uint8_t schema_lookup_apps_v1beta2_DeploymentStrategy[] = {2, 0, 1, 0};
const struct schema_message schema_message_apps_v1beta2_DeploymentStrategy = {
    .package = STR_INIT("io.k8s.api.apps.v1beta2"),
    .name = STR_INIT("DeploymentStrategy"),
    .doc = STR_INIT("How old pods give way to new ones."),
    .fields = schema_fields_apps_v1beta2_DeploymentStrategy,
    .n_fields = 2,
    .by_number = schema_numbers_apps_v1beta2_DeploymentStrategy,
    .n_numbered = 2,
    .n_slots = 2,
    .lookup_mask = 3,
    .lookup = schema_lookup_apps_v1beta2_DeploymentStrategy,
};
const struct schema_field schema_fields_apps_v1beta2_ReplicaSet[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ObjectMeta, .key_default = STR_INIT("{}"), .doc = STR_INIT("Standard object's metadata: name, labels and the like.")},
    {STR_INIT("spec"), 2, .flags = SCHEMA_REQUIRED | SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_apps_v1beta2_ReplicaSetSpec, .key_default = STR_INIT("{}"), .doc = STR_INIT("What is wanted.")},
    {STR_INIT("status"), 3, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_apps_v1beta2_ReplicaSetStatus, .key_default = STR_INIT("{}"), .doc = STR_INIT("What is, as those who look after it tell.")},
};
static const uint16_t schema_numbers_apps_v1beta2_ReplicaSet[] = {1, 2, 3, 0};
static const struct schema_field *const schema_slots_apps_v1beta2_ReplicaSet[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_apps_v1beta2_ReplicaSet[1], &schema_fields_apps_v1beta2_ReplicaSet[2], &schema_fields_apps_v1beta2_ReplicaSet[3]};
static const uint8_t schema_starts_apps_v1beta2_ReplicaSet[] = {0, 2, 3, 4};
static const uint8_t schema_lookup_apps_v1beta2_ReplicaSet[] = {3, 0, 0, 0, 0, 0, 0, 0, 1, 2, 0, 5, 0, 4, 0, 0};
const struct schema_message schema_message_apps_v1beta2_ReplicaSet = {
    .package = STR_INIT("io.k8s.api.apps.v1beta2"),
    .name = STR_INIT("ReplicaSet"),
    .doc = STR_INIT("Keeps a number of like pods running. Deployments make and fill them."),
    .fields = schema_fields_apps_v1beta2_ReplicaSet,
    .n_fields = 4,
    .by_number = schema_numbers_apps_v1beta2_ReplicaSet,
    .n_numbered = 3,
    .slots = schema_slots_apps_v1beta2_ReplicaSet,
    .starts = schema_starts_apps_v1beta2_ReplicaSet,
    .n_slots = 5,
    .lookup_mask = 15,
    .lookup = schema_lookup_apps_v1beta2_ReplicaSet,
};
const struct schema_field schema_fields_apps_v1beta2_ReplicaSetCondition[] = {
    {STR_INIT("type"), 1, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .doc = STR_INIT("Which condition.")},
    {STR_INIT("status"), 2, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .doc = STR_INIT("True, False or Unknown.")},
    {STR_INIT("lastTransitionTime"), 3, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_Time, .doc = STR_INIT("When the condition last changed between True, False and Unknown.")},
    {STR_INIT("reason"), 4, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("Why, in one word of CamelCase.")},
    {STR_INIT("message"), 5, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("Why, for people.")},
};
static const uint16_t schema_numbers_apps_v1beta2_ReplicaSetCondition[] = {0, 1, 2, 3, 4};
static const uint8_t schema_lookup_apps_v1beta2_ReplicaSetCondition[] = {4, 0, 1, 0, 0, 0, 3, 5, 0, 0, 0, 2, 0, 0, 0, 0};
const struct schema_message schema_message_apps_v1beta2_ReplicaSetCondition = {
    .package = STR_INIT("io.k8s.api.apps.v1beta2"),
    .name = STR_INIT("ReplicaSetCondition"),
    .fields = schema_fields_apps_v1beta2_ReplicaSetCondition,
    .n_fields = 5,
    .by_number = schema_numbers_apps_v1beta2_ReplicaSetCondition,
    .n_numbered = 5,
    .n_slots = 5,
    .lookup_mask = 15,
    .lookup = schema_lookup_apps_v1beta2_ReplicaSetCondition,
};
const struct schema_field schema_fields_apps_v1beta2_ReplicaSetList[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ListMeta, .doc = STR_INIT("Where the list was read, and how to go on.")},
    {STR_INIT("items"), 2, .flags = SCHEMA_REPEATED | SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_apps_v1beta2_ReplicaSet, .doc = STR_INIT("The objects of the list.")},
};
static const uint16_t schema_numbers_apps_v1beta2_ReplicaSetList[] = {1, 2, 0};
static const struct schema_field *const schema_slots_apps_v1beta2_ReplicaSetList[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_apps_v1beta2_ReplicaSetList[1], &schema_fields_apps_v1beta2_ReplicaSetList[2]};
static const uint8_t schema_starts_apps_v1beta2_ReplicaSetList[] = {0, 2, 3};
static const uint8_t schema_lookup_apps_v1beta2_ReplicaSetList[] = {1, 2, 3, 4, 0, 0, 0, 0};
const struct schema_message schema_message_apps_v1beta2_ReplicaSetList = {
    .package = STR_INIT("io.k8s.api.apps.v1beta2"),
    .name = STR_INIT("ReplicaSetList"),
    .fields = schema_fields_apps_v1beta2_ReplicaSetList,
    .n_fields = 3,
    .by_number = schema_numbers_apps_v1beta2_ReplicaSetList,
    .n_numbered = 2,
    .slots = schema_slots_apps_v1beta2_ReplicaSetList,
    .starts = schema_starts_apps_v1beta2_ReplicaSetList,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_apps_v1beta2_ReplicaSetList,
};
const struct schema_field schema_fields_apps_v1beta2_ReplicaSetSpec[] = {
    {STR_INIT("replicas"), 1, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_INT32, .doc = STR_INIT("How many pods are wanted.")},
    {STR_INIT("minReadySeconds"), 4, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_INT32, .doc = STR_INIT("Seconds a new pod must have been ready before it counts as available.")},
    {STR_INIT("selector"), 2, .flags = SCHEMA_REQUIRED | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_LabelSelector, .doc = STR_INIT("Which pods are its own; it must match the template's labels and cannot be changed.")},
    {STR_INIT("template"), 3, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_PodTemplateSpec, .key_default = STR_INIT("{}"), .doc = STR_INIT("What new pods look like. Pods that are there stay as they are.")},
};
static const uint16_t schema_numbers_apps_v1beta2_ReplicaSetSpec[] = {0, 2, 3, 1};
static const uint8_t schema_lookup_apps_v1beta2_ReplicaSetSpec[] = {0, 2, 3, 0, 4, 1, 0, 0};
const struct schema_message schema_message_apps_v1beta2_ReplicaSetSpec = {
    .package = STR_INIT("io.k8s.api.apps.v1beta2"),
    .name = STR_INIT("ReplicaSetSpec"),
    .doc = STR_INIT("How many pods, and of what kind."),
    .fields = schema_fields_apps_v1beta2_ReplicaSetSpec,
    .n_fields = 4,
    .by_number = schema_numbers_apps_v1beta2_ReplicaSetSpec,
    .n_numbered = 4,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_apps_v1beta2_ReplicaSetSpec,
};
const struct schema_field schema_fields_apps_v1beta2_ReplicaSetStatus[] = {
    {STR_INIT("replicas"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_INT32, .key_default = STR_INIT("0"), .doc = STR_INIT("Pods there are.")},
    {STR_INIT("fullyLabeledReplicas"), 2, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_INT32, .doc = STR_INIT("Pods with all labels of the template.")},
    {STR_INIT("readyReplicas"), 4, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_INT32, .doc = STR_INIT("Pods that are ready.")},
    {STR_INIT("availableReplicas"), 5, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_INT32, .doc = STR_INIT("Pods that have been ready for minReadySeconds.")},
    {STR_INIT("terminatingReplicas"), 7, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_INT32, .doc = STR_INIT("Pods that are ending.")},
    {STR_INIT("observedGeneration"), 3, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_INT64, .doc = STR_INIT("The metadata.generation this was written for.")},
    {STR_INIT("conditions"), 6, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY | SCHEMA_PATCH_MERGE, .type = SCHEMA_MESSAGE, .message = &schema_message_apps_v1beta2_ReplicaSetCondition, .list = SCHEMA_LIST_MAP, .list_keys = keys_0, .merge_key = STR_INIT("type"), .doc = STR_INIT("What is known of it, each with its last change.")},
};
static const uint16_t schema_numbers_apps_v1beta2_ReplicaSetStatus[] = {0, 1, 5, 2, 3, 6, 4};
static const uint8_t schema_lookup_apps_v1beta2_ReplicaSetStatus[] = {4, 5, 0, 0, 0, 1, 3, 2, 0, 0, 0, 0, 0, 0, 7, 6};
const struct schema_message schema_message_apps_v1beta2_ReplicaSetStatus = {
    .package = STR_INIT("io.k8s.api.apps.v1beta2"),
    .name = STR_INIT("ReplicaSetStatus"),
    .doc = STR_INIT("How many pods there are and in what state."),
    .fields = schema_fields_apps_v1beta2_ReplicaSetStatus,
    .n_fields = 7,
    .by_number = schema_numbers_apps_v1beta2_ReplicaSetStatus,
    .n_numbered = 7,
    .n_slots = 7,
    .lookup_mask = 15,
    .lookup = schema_lookup_apps_v1beta2_ReplicaSetStatus,
};
const struct schema_field schema_fields_apps_v1beta2_RollingUpdateDaemonSet[] = {
    {STR_INIT("maxUnavailable"), 1, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_intstr_IntOrString, .doc = STR_INIT("A number, or a text such as a name or a percentage.")},
    {STR_INIT("maxSurge"), 2, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_intstr_IntOrString, .doc = STR_INIT("A number, or a text such as a name or a percentage.")},
};
static const uint16_t schema_numbers_apps_v1beta2_RollingUpdateDaemonSet[] = {0, 1};
static const uint8_t schema_lookup_apps_v1beta2_RollingUpdateDaemonSet[] = {0, 2, 1, 0};
const struct schema_message schema_message_apps_v1beta2_RollingUpdateDaemonSet = {
    .package = STR_INIT("io.k8s.api.apps.v1beta2"),
    .name = STR_INIT("RollingUpdateDaemonSet"),
    .fields = schema_fields_apps_v1beta2_RollingUpdateDaemonSet,
    .n_fields = 2,
    .by_number = schema_numbers_apps_v1beta2_RollingUpdateDaemonSet,
    .n_numbered = 2,
    .n_slots = 2,
    .lookup_mask = 3,
    .lookup = schema_lookup_apps_v1beta2_RollingUpdateDaemonSet,
};
const struct schema_field schema_fields_apps_v1beta2_RollingUpdateDeployment[] = {
    {STR_INIT("maxUnavailable"), 1, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_intstr_IntOrString, .doc = STR_INIT("How many pods may be missing meanwhile: a number, or a percentage rounded down. Not 0 when maxSurge is.")},
    {STR_INIT("maxSurge"), 2, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_intstr_IntOrString, .doc = STR_INIT("How many pods more than wanted there may be meanwhile: a number, or a percentage rounded up. Not 0 when maxUnavailable is.")},
};
static const uint16_t schema_numbers_apps_v1beta2_RollingUpdateDeployment[] = {0, 1};
static const uint8_t schema_lookup_apps_v1beta2_RollingUpdateDeployment[] = {0, 2, 1, 0};
const struct schema_message schema_message_apps_v1beta2_RollingUpdateDeployment = {
    .package = STR_INIT("io.k8s.api.apps.v1beta2"),
    .name = STR_INIT("RollingUpdateDeployment"),
    .doc = STR_INIT("How many pods may be missing, or there beside, during a rollout."),
    .fields = schema_fields_apps_v1beta2_RollingUpdateDeployment,
    .n_fields = 2,
    .by_number = schema_numbers_apps_v1beta2_RollingUpdateDeployment,
    .n_numbered = 2,
    .n_slots = 2,
    .lookup_mask = 3,
    .lookup = schema_lookup_apps_v1beta2_RollingUpdateDeployment,
};
static const struct schema_extra extra_0 = {.gate = STR_INIT("MaxUnavailableStatefulSet")};
const struct schema_field schema_fields_apps_v1beta2_RollingUpdateStatefulSetStrategy[] = {
    {STR_INIT("partition"), 1, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_INT32, .doc = STR_INIT("Pods with smaller numbers stay as they are.")},
    {STR_INIT("maxUnavailable"), 2, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_intstr_IntOrString, .doc = STR_INIT("How many pods may be missing meanwhile: a number or a percentage."), .extra = &extra_0},
};
static const uint16_t schema_numbers_apps_v1beta2_RollingUpdateStatefulSetStrategy[] = {0, 1};
static const uint8_t schema_lookup_apps_v1beta2_RollingUpdateStatefulSetStrategy[] = {0, 1, 2, 0};
const struct schema_message schema_message_apps_v1beta2_RollingUpdateStatefulSetStrategy = {
    .package = STR_INIT("io.k8s.api.apps.v1beta2"),
    .name = STR_INIT("RollingUpdateStatefulSetStrategy"),
    .doc = STR_INIT("Which and how many pods are replaced."),
    .fields = schema_fields_apps_v1beta2_RollingUpdateStatefulSetStrategy,
    .n_fields = 2,
    .by_number = schema_numbers_apps_v1beta2_RollingUpdateStatefulSetStrategy,
    .n_numbered = 2,
    .n_slots = 2,
    .lookup_mask = 3,
    .lookup = schema_lookup_apps_v1beta2_RollingUpdateStatefulSetStrategy,
};
const struct schema_field schema_fields_apps_v1beta2_Scale[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ObjectMeta, .doc = STR_INIT("Standard object's metadata: name, labels and the like.")},
    {STR_INIT("spec"), 2, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_apps_v1beta2_ScaleSpec, .doc = STR_INIT("What is wanted.")},
    {STR_INIT("status"), 3, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_apps_v1beta2_ScaleStatus, .doc = STR_INIT("What is, as those who look after it tell.")},
};
static const uint16_t schema_numbers_apps_v1beta2_Scale[] = {1, 2, 3, 0};
static const struct schema_field *const schema_slots_apps_v1beta2_Scale[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_apps_v1beta2_Scale[1], &schema_fields_apps_v1beta2_Scale[2], &schema_fields_apps_v1beta2_Scale[3]};
static const uint8_t schema_starts_apps_v1beta2_Scale[] = {0, 2, 3, 4};
static const uint8_t schema_lookup_apps_v1beta2_Scale[] = {3, 0, 0, 0, 0, 0, 0, 0, 1, 2, 0, 5, 0, 4, 0, 0};
const struct schema_message schema_message_apps_v1beta2_Scale = {
    .package = STR_INIT("io.k8s.api.apps.v1beta2"),
    .name = STR_INIT("Scale"),
    .fields = schema_fields_apps_v1beta2_Scale,
    .n_fields = 4,
    .by_number = schema_numbers_apps_v1beta2_Scale,
    .n_numbered = 3,
    .slots = schema_slots_apps_v1beta2_Scale,
    .starts = schema_starts_apps_v1beta2_Scale,
    .n_slots = 5,
    .lookup_mask = 15,
    .lookup = schema_lookup_apps_v1beta2_Scale,
};
static const struct schema_extra extra_1 = {.rules = STR_INIT("minimum=0")};
const struct schema_field schema_fields_apps_v1beta2_ScaleSpec[] = {
    {STR_INIT("replicas"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_INT32, .fallback = STR_INIT("0"), .key_default = STR_INIT("0"), .extra = &extra_1},
};
static const uint16_t schema_numbers_apps_v1beta2_ScaleSpec[] = {0};
static const uint8_t schema_lookup_apps_v1beta2_ScaleSpec[] = {0, 1, 0, 0};
const struct schema_message schema_message_apps_v1beta2_ScaleSpec = {
    .package = STR_INIT("io.k8s.api.apps.v1beta2"),
    .name = STR_INIT("ScaleSpec"),
    .fields = schema_fields_apps_v1beta2_ScaleSpec,
    .n_fields = 1,
    .by_number = schema_numbers_apps_v1beta2_ScaleSpec,
    .n_numbered = 1,
    .n_slots = 1,
    .lookup_mask = 3,
    .lookup = schema_lookup_apps_v1beta2_ScaleSpec,
};
const struct schema_field schema_fields_apps_v1beta2_ScaleStatus[] = {
    {STR_INIT("replicas"), 1, .type = SCHEMA_INT32},
    {STR_INIT("selector"), 2, .flags = SCHEMA_OMITEMPTY | SCHEMA_MAP_ATOMIC, .type = SCHEMA_MAP_STRING},
    {STR_INIT("targetSelector"), 3, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
};
static const uint16_t schema_numbers_apps_v1beta2_ScaleStatus[] = {0, 1, 2};
static const uint8_t schema_lookup_apps_v1beta2_ScaleStatus[] = {0, 2, 3, 0, 0, 1, 0, 0};
const struct schema_message schema_message_apps_v1beta2_ScaleStatus = {
    .package = STR_INIT("io.k8s.api.apps.v1beta2"),
    .name = STR_INIT("ScaleStatus"),
    .fields = schema_fields_apps_v1beta2_ScaleStatus,
    .n_fields = 3,
    .by_number = schema_numbers_apps_v1beta2_ScaleStatus,
    .n_numbered = 3,
    .n_slots = 3,
    .lookup_mask = 7,
    .lookup = schema_lookup_apps_v1beta2_ScaleStatus,
};
const struct schema_field schema_fields_apps_v1beta2_StatefulSet[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ObjectMeta, .key_default = STR_INIT("{}"), .doc = STR_INIT("Standard object's metadata: name, labels and the like.")},
    {STR_INIT("spec"), 2, .flags = SCHEMA_REQUIRED | SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_apps_v1beta2_StatefulSetSpec, .key_default = STR_INIT("{}"), .doc = STR_INIT("What is wanted.")},
    {STR_INIT("status"), 3, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_apps_v1beta2_StatefulSetStatus, .key_default = STR_INIT("{}"), .doc = STR_INIT("What is, as those who look after it tell.")},
};
static const uint16_t schema_numbers_apps_v1beta2_StatefulSet[] = {1, 2, 3, 0};
static const struct schema_field *const schema_slots_apps_v1beta2_StatefulSet[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_apps_v1beta2_StatefulSet[1], &schema_fields_apps_v1beta2_StatefulSet[2], &schema_fields_apps_v1beta2_StatefulSet[3]};
static const uint8_t schema_starts_apps_v1beta2_StatefulSet[] = {0, 2, 3, 4};
static const uint8_t schema_lookup_apps_v1beta2_StatefulSet[] = {3, 0, 0, 0, 0, 0, 0, 0, 1, 2, 0, 5, 0, 4, 0, 0};
const struct schema_message schema_message_apps_v1beta2_StatefulSet = {
    .package = STR_INIT("io.k8s.api.apps.v1beta2"),
    .name = STR_INIT("StatefulSet"),
    .doc = STR_INIT("Keeps numbered pods, each with its own name and storage that it keeps when it is replaced."),
    .fields = schema_fields_apps_v1beta2_StatefulSet,
    .n_fields = 4,
    .by_number = schema_numbers_apps_v1beta2_StatefulSet,
    .n_numbered = 3,
    .slots = schema_slots_apps_v1beta2_StatefulSet,
    .starts = schema_starts_apps_v1beta2_StatefulSet,
    .n_slots = 5,
    .lookup_mask = 15,
    .lookup = schema_lookup_apps_v1beta2_StatefulSet,
};
const struct schema_field schema_fields_apps_v1beta2_StatefulSetCondition[] = {
    {STR_INIT("type"), 1, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .doc = STR_INIT("Which condition.")},
    {STR_INIT("status"), 2, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .doc = STR_INIT("True, False or Unknown.")},
    {STR_INIT("lastTransitionTime"), 3, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_Time, .doc = STR_INIT("When the condition last changed between True, False and Unknown.")},
    {STR_INIT("reason"), 4, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("Why, in one word of CamelCase.")},
    {STR_INIT("message"), 5, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("Why, for people.")},
};
static const uint16_t schema_numbers_apps_v1beta2_StatefulSetCondition[] = {0, 1, 2, 3, 4};
static const uint8_t schema_lookup_apps_v1beta2_StatefulSetCondition[] = {4, 0, 1, 0, 0, 0, 3, 5, 0, 0, 0, 2, 0, 0, 0, 0};
const struct schema_message schema_message_apps_v1beta2_StatefulSetCondition = {
    .package = STR_INIT("io.k8s.api.apps.v1beta2"),
    .name = STR_INIT("StatefulSetCondition"),
    .fields = schema_fields_apps_v1beta2_StatefulSetCondition,
    .n_fields = 5,
    .by_number = schema_numbers_apps_v1beta2_StatefulSetCondition,
    .n_numbered = 5,
    .n_slots = 5,
    .lookup_mask = 15,
    .lookup = schema_lookup_apps_v1beta2_StatefulSetCondition,
};
const struct schema_field schema_fields_apps_v1beta2_StatefulSetList[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ListMeta, .doc = STR_INIT("Where the list was read, and how to go on.")},
    {STR_INIT("items"), 2, .flags = SCHEMA_REPEATED | SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_apps_v1beta2_StatefulSet, .doc = STR_INIT("The objects of the list.")},
};
static const uint16_t schema_numbers_apps_v1beta2_StatefulSetList[] = {1, 2, 0};
static const struct schema_field *const schema_slots_apps_v1beta2_StatefulSetList[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_apps_v1beta2_StatefulSetList[1], &schema_fields_apps_v1beta2_StatefulSetList[2]};
static const uint8_t schema_starts_apps_v1beta2_StatefulSetList[] = {0, 2, 3};
static const uint8_t schema_lookup_apps_v1beta2_StatefulSetList[] = {1, 2, 3, 4, 0, 0, 0, 0};
const struct schema_message schema_message_apps_v1beta2_StatefulSetList = {
    .package = STR_INIT("io.k8s.api.apps.v1beta2"),
    .name = STR_INIT("StatefulSetList"),
    .fields = schema_fields_apps_v1beta2_StatefulSetList,
    .n_fields = 3,
    .by_number = schema_numbers_apps_v1beta2_StatefulSetList,
    .n_numbered = 2,
    .slots = schema_slots_apps_v1beta2_StatefulSetList,
    .starts = schema_starts_apps_v1beta2_StatefulSetList,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_apps_v1beta2_StatefulSetList,
};
const struct schema_field schema_fields_apps_v1beta2_StatefulSetOrdinals[] = {
    {STR_INIT("start"), 1, .type = SCHEMA_INT32, .key_default = STR_INIT("0")},
};
static const uint16_t schema_numbers_apps_v1beta2_StatefulSetOrdinals[] = {0};
static const uint8_t schema_lookup_apps_v1beta2_StatefulSetOrdinals[] = {1, 0, 0, 0};
const struct schema_message schema_message_apps_v1beta2_StatefulSetOrdinals = {
    .package = STR_INIT("io.k8s.api.apps.v1beta2"),
    .name = STR_INIT("StatefulSetOrdinals"),
    .fields = schema_fields_apps_v1beta2_StatefulSetOrdinals,
    .n_fields = 1,
    .by_number = schema_numbers_apps_v1beta2_StatefulSetOrdinals,
    .n_numbered = 1,
    .n_slots = 1,
    .lookup_mask = 3,
    .lookup = schema_lookup_apps_v1beta2_StatefulSetOrdinals,
};
const struct schema_field schema_fields_apps_v1beta2_StatefulSetPersistentVolumeClaimRetentionPolicy[] = {
    {STR_INIT("whenDeleted"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
    {STR_INIT("whenScaled"), 2, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
};
static const uint16_t schema_numbers_apps_v1beta2_StatefulSetPersistentVolumeClaimRetentionPolicy[] = {0, 1};
static const uint8_t schema_lookup_apps_v1beta2_StatefulSetPersistentVolumeClaimRetentionPolicy[] = {1, 0, 0, 2};
const struct schema_message schema_message_apps_v1beta2_StatefulSetPersistentVolumeClaimRetentionPolicy = {
    .package = STR_INIT("io.k8s.api.apps.v1beta2"),
    .name = STR_INIT("StatefulSetPersistentVolumeClaimRetentionPolicy"),
    .fields = schema_fields_apps_v1beta2_StatefulSetPersistentVolumeClaimRetentionPolicy,
    .n_fields = 2,
    .by_number = schema_numbers_apps_v1beta2_StatefulSetPersistentVolumeClaimRetentionPolicy,
    .n_numbered = 2,
    .n_slots = 2,
    .lookup_mask = 3,
    .lookup = schema_lookup_apps_v1beta2_StatefulSetPersistentVolumeClaimRetentionPolicy,
};
static const struct schema_extra extra_2 = {.rules = STR_INIT("immutable")};
static const struct schema_extra extra_3 = {.rules = STR_INIT("immutable;eachVal=opaqueType")};
const struct schema_field schema_fields_apps_v1beta2_StatefulSetSpec[] = {
    {STR_INIT("replicas"), 1, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_INT32, .doc = STR_INIT("How many pods are wanted.")},
    {STR_INIT("selector"), 2, .flags = SCHEMA_REQUIRED | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_LabelSelector, .doc = STR_INIT("Which pods are its own; it must match the template's labels and cannot be changed."), .extra = &extra_2},
    {STR_INIT("template"), 3, .flags = SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_PodTemplateSpec, .key_default = STR_INIT("{}"), .doc = STR_INIT("What the pods look like. Each is named after the set, with its number.")},
    {STR_INIT("volumeClaimTemplates"), 4, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_PersistentVolumeClaim, .doc = STR_INIT("Claims made for each pod, under names of their own, and kept when it is replaced."), .extra = &extra_3},
    {STR_INIT("serviceName"), 5, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .doc = STR_INIT("A headless Service that gives each pod a name in DNS."), .extra = &extra_2},
    {STR_INIT("podManagementPolicy"), 6, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("OrderedReady makes one pod after the other, Parallel all at once."), .extra = &extra_2},
    {STR_INIT("updateStrategy"), 7, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_apps_v1beta2_StatefulSetUpdateStrategy, .key_default = STR_INIT("{}"), .doc = STR_INIT("How pods are replaced when the template changes.")},
    {STR_INIT("revisionHistoryLimit"), 8, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_INT32, .doc = STR_INIT("How many old ControllerRevisions are kept, to be able to go back.")},
    {STR_INIT("minReadySeconds"), 9, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_INT32, .doc = STR_INIT("Seconds a new pod must have been ready before it counts as available.")},
    {STR_INIT("persistentVolumeClaimRetentionPolicy"), 10, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_apps_v1beta2_StatefulSetPersistentVolumeClaimRetentionPolicy, .doc = STR_INIT("Whether claims are deleted with the set, or when it gets smaller.")},
    {STR_INIT("ordinals"), 11, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_apps_v1beta2_StatefulSetOrdinals, .doc = STR_INIT("Which number is the first.")},
};
static const uint16_t schema_numbers_apps_v1beta2_StatefulSetSpec[] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
static const uint8_t schema_lookup_apps_v1beta2_StatefulSetSpec[] = {0, 0, 0, 0, 0, 1, 0, 0, 0, 8, 4, 0, 3, 11, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 6, 2, 7, 9, 10, 0, 0, 5};
const struct schema_message schema_message_apps_v1beta2_StatefulSetSpec = {
    .package = STR_INIT("io.k8s.api.apps.v1beta2"),
    .name = STR_INIT("StatefulSetSpec"),
    .doc = STR_INIT("How many pods, of what kind, with what storage."),
    .fields = schema_fields_apps_v1beta2_StatefulSetSpec,
    .n_fields = 11,
    .by_number = schema_numbers_apps_v1beta2_StatefulSetSpec,
    .n_numbered = 11,
    .n_slots = 11,
    .lookup_mask = 31,
    .lookup = schema_lookup_apps_v1beta2_StatefulSetSpec,
};
const struct schema_field schema_fields_apps_v1beta2_StatefulSetStatus[] = {
    {STR_INIT("observedGeneration"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_INT64, .doc = STR_INIT("The metadata.generation this was written for.")},
    {STR_INIT("replicas"), 2, .flags = SCHEMA_REQUIRED, .type = SCHEMA_INT32, .key_default = STR_INIT("0"), .doc = STR_INIT("Pods there are.")},
    {STR_INIT("readyReplicas"), 3, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_INT32, .doc = STR_INIT("Pods that are ready.")},
    {STR_INIT("currentReplicas"), 4, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_INT32, .doc = STR_INIT("Pods of the current revision.")},
    {STR_INIT("updatedReplicas"), 5, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_INT32, .doc = STR_INIT("Pods of the newest template.")},
    {STR_INIT("currentRevision"), 6, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("The revision pods are replaced from.")},
    {STR_INIT("updateRevision"), 7, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("The revision pods are replaced by.")},
    {STR_INIT("collisionCount"), 9, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_INT32, .doc = STR_INIT("How often a name was taken already and another was tried.")},
    {STR_INIT("conditions"), 10, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY | SCHEMA_PATCH_MERGE, .type = SCHEMA_MESSAGE, .message = &schema_message_apps_v1beta2_StatefulSetCondition, .list = SCHEMA_LIST_MAP, .list_keys = keys_0, .merge_key = STR_INIT("type"), .doc = STR_INIT("What is known of it, each with its last change.")},
    {STR_INIT("availableReplicas"), 11, .type = SCHEMA_INT32, .key_default = STR_INIT("0"), .doc = STR_INIT("Pods that have been ready for minReadySeconds.")},
};
static const uint16_t schema_numbers_apps_v1beta2_StatefulSetStatus[] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9};
static const uint8_t schema_lookup_apps_v1beta2_StatefulSetStatus[] = {10, 4, 6, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 9, 0, 5, 0, 0, 0, 0, 0, 3, 8, 0, 0, 0, 7, 0, 0, 0, 1};
const struct schema_message schema_message_apps_v1beta2_StatefulSetStatus = {
    .package = STR_INIT("io.k8s.api.apps.v1beta2"),
    .name = STR_INIT("StatefulSetStatus"),
    .doc = STR_INIT("How many pods there are and in what state."),
    .fields = schema_fields_apps_v1beta2_StatefulSetStatus,
    .n_fields = 10,
    .by_number = schema_numbers_apps_v1beta2_StatefulSetStatus,
    .n_numbered = 10,
    .n_slots = 10,
    .lookup_mask = 31,
    .lookup = schema_lookup_apps_v1beta2_StatefulSetStatus,
};
const struct schema_field schema_fields_apps_v1beta2_StatefulSetUpdateStrategy[] = {
    {STR_INIT("type"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("RollingUpdate does so by itself, from the highest number down; OnDelete waits until somebody deletes the old pod.")},
    {STR_INIT("rollingUpdate"), 2, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_apps_v1beta2_RollingUpdateStatefulSetStrategy, .doc = STR_INIT("Which and how many, with RollingUpdate.")},
};
static const uint16_t schema_numbers_apps_v1beta2_StatefulSetUpdateStrategy[] = {0, 1};
static const uint8_t schema_lookup_apps_v1beta2_StatefulSetUpdateStrategy[] = {2, 0, 1, 0};
const struct schema_message schema_message_apps_v1beta2_StatefulSetUpdateStrategy = {
    .package = STR_INIT("io.k8s.api.apps.v1beta2"),
    .name = STR_INIT("StatefulSetUpdateStrategy"),
    .doc = STR_INIT("How pods are replaced."),
    .fields = schema_fields_apps_v1beta2_StatefulSetUpdateStrategy,
    .n_fields = 2,
    .by_number = schema_numbers_apps_v1beta2_StatefulSetUpdateStrategy,
    .n_numbered = 2,
    .n_slots = 2,
    .lookup_mask = 3,
    .lookup = schema_lookup_apps_v1beta2_StatefulSetUpdateStrategy,
};
