/* Made by tools/gen.py from spec/: change those, not this. */
#include "gen/rows.h"

const struct schema_field schema_fields_policy_v1beta1_Eviction[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ObjectMeta, .key_default = STR_INIT("{}"), .doc = STR_INIT("Standard object's metadata: name, labels and the like.")},
    {STR_INIT("deleteOptions"), 2, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_DeleteOptions, .doc = STR_INIT("How it is deleted.")},
};
static const uint16_t schema_numbers_policy_v1beta1_Eviction[] = {1, 2, 0};
static const struct schema_field *const schema_slots_policy_v1beta1_Eviction[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_policy_v1beta1_Eviction[1], &schema_fields_policy_v1beta1_Eviction[2]};
static const uint8_t schema_starts_policy_v1beta1_Eviction[] = {0, 2, 3};
static const uint8_t schema_lookup_policy_v1beta1_Eviction[] = {1, 2, 3, 4, 0, 0, 0, 0};
const struct schema_message schema_message_policy_v1beta1_Eviction = {
    .package = STR_INIT("io.k8s.api.policy.v1beta1"),
    .name = STR_INIT("Eviction"),
    .doc = STR_INIT("Asks a pod to go, if its budgets allow."),
    .fields = schema_fields_policy_v1beta1_Eviction,
    .n_fields = 3,
    .by_number = schema_numbers_policy_v1beta1_Eviction,
    .n_numbered = 2,
    .slots = schema_slots_policy_v1beta1_Eviction,
    .starts = schema_starts_policy_v1beta1_Eviction,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_policy_v1beta1_Eviction,
};
const struct schema_field schema_fields_policy_v1beta1_PodDisruptionBudget[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ObjectMeta, .key_default = STR_INIT("{}"), .doc = STR_INIT("Standard object's metadata: name, labels and the like.")},
    {STR_INIT("spec"), 2, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_policy_v1beta1_PodDisruptionBudgetSpec, .key_default = STR_INIT("{}"), .doc = STR_INIT("What is wanted.")},
    {STR_INIT("status"), 3, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_policy_v1beta1_PodDisruptionBudgetStatus, .key_default = STR_INIT("{}"), .doc = STR_INIT("What is, as those who look after it tell.")},
};
static const uint16_t schema_numbers_policy_v1beta1_PodDisruptionBudget[] = {1, 2, 3, 0};
static const struct schema_field *const schema_slots_policy_v1beta1_PodDisruptionBudget[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_policy_v1beta1_PodDisruptionBudget[1], &schema_fields_policy_v1beta1_PodDisruptionBudget[2], &schema_fields_policy_v1beta1_PodDisruptionBudget[3]};
static const uint8_t schema_starts_policy_v1beta1_PodDisruptionBudget[] = {0, 2, 3, 4};
static const uint8_t schema_lookup_policy_v1beta1_PodDisruptionBudget[] = {3, 0, 0, 0, 0, 0, 0, 0, 1, 2, 0, 5, 0, 4, 0, 0};
const struct schema_message schema_message_policy_v1beta1_PodDisruptionBudget = {
    .package = STR_INIT("io.k8s.api.policy.v1beta1"),
    .name = STR_INIT("PodDisruptionBudget"),
    .doc = STR_INIT("How many pods of a set must stay when somebody drains nodes."),
    .fields = schema_fields_policy_v1beta1_PodDisruptionBudget,
    .n_fields = 4,
    .by_number = schema_numbers_policy_v1beta1_PodDisruptionBudget,
    .n_numbered = 3,
    .slots = schema_slots_policy_v1beta1_PodDisruptionBudget,
    .starts = schema_starts_policy_v1beta1_PodDisruptionBudget,
    .n_slots = 5,
    .lookup_mask = 15,
    .lookup = schema_lookup_policy_v1beta1_PodDisruptionBudget,
};
const struct schema_field schema_fields_policy_v1beta1_PodDisruptionBudgetList[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ListMeta, .doc = STR_INIT("Where the list was read, and how to go on.")},
    {STR_INIT("items"), 2, .flags = SCHEMA_REPEATED | SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_policy_v1beta1_PodDisruptionBudget, .doc = STR_INIT("The objects of the list.")},
};
static const uint16_t schema_numbers_policy_v1beta1_PodDisruptionBudgetList[] = {1, 2, 0};
static const struct schema_field *const schema_slots_policy_v1beta1_PodDisruptionBudgetList[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_policy_v1beta1_PodDisruptionBudgetList[1], &schema_fields_policy_v1beta1_PodDisruptionBudgetList[2]};
static const uint8_t schema_starts_policy_v1beta1_PodDisruptionBudgetList[] = {0, 2, 3};
static const uint8_t schema_lookup_policy_v1beta1_PodDisruptionBudgetList[] = {1, 2, 3, 4, 0, 0, 0, 0};
const struct schema_message schema_message_policy_v1beta1_PodDisruptionBudgetList = {
    .package = STR_INIT("io.k8s.api.policy.v1beta1"),
    .name = STR_INIT("PodDisruptionBudgetList"),
    .fields = schema_fields_policy_v1beta1_PodDisruptionBudgetList,
    .n_fields = 3,
    .by_number = schema_numbers_policy_v1beta1_PodDisruptionBudgetList,
    .n_numbered = 2,
    .slots = schema_slots_policy_v1beta1_PodDisruptionBudgetList,
    .starts = schema_starts_policy_v1beta1_PodDisruptionBudgetList,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_policy_v1beta1_PodDisruptionBudgetList,
};
static const struct str enums_0[] = {STR_INIT("AlwaysAllow"), STR_INIT("IfHealthyBudget"), {NULL, 0}};
const struct schema_field schema_fields_policy_v1beta1_PodDisruptionBudgetSpec[] = {
    {STR_INIT("minAvailable"), 1, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_intstr_IntOrString, .doc = STR_INIT("How many must stay available: a number or a percentage. Not beside maxUnavailable.")},
    {STR_INIT("selector"), 2, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_LabelSelector, .doc = STR_INIT("The pods it is about; {} means all of the namespace.")},
    {STR_INIT("maxUnavailable"), 3, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_intstr_IntOrString, .doc = STR_INIT("How many may be missing: a number or a percentage. Not beside minAvailable.")},
    {STR_INIT("unhealthyPodEvictionPolicy"), 4, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR | SCHEMA_ENUM_CLOSED, .type = SCHEMA_STRING, .enums = enums_0, .doc = STR_INIT("Whether running pods that are not ready may always be evicted.")},
};
static const uint16_t schema_numbers_policy_v1beta1_PodDisruptionBudgetSpec[] = {0, 1, 2, 3};
static const uint8_t schema_lookup_policy_v1beta1_PodDisruptionBudgetSpec[] = {0, 2, 3, 1, 0, 0, 4, 0};
const struct schema_message schema_message_policy_v1beta1_PodDisruptionBudgetSpec = {
    .package = STR_INIT("io.k8s.api.policy.v1beta1"),
    .name = STR_INIT("PodDisruptionBudgetSpec"),
    .doc = STR_INIT("Which pods, and how many must stay."),
    .fields = schema_fields_policy_v1beta1_PodDisruptionBudgetSpec,
    .n_fields = 4,
    .by_number = schema_numbers_policy_v1beta1_PodDisruptionBudgetSpec,
    .n_numbered = 4,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_policy_v1beta1_PodDisruptionBudgetSpec,
};
static const struct str keys_0[] = {STR_INIT("type"), STR_INIT("")};
const struct schema_field schema_fields_policy_v1beta1_PodDisruptionBudgetStatus[] = {
    {STR_INIT("observedGeneration"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_INT64, .doc = STR_INIT("The metadata.generation this was written for.")},
    {STR_INIT("disruptedPods"), 2, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MAP_MESSAGE, .message = &schema_message_meta_v1_Time, .doc = STR_INIT("A time: RFC 3339, to the second.")},
    {STR_INIT("disruptionsAllowed"), 3, .type = SCHEMA_INT32, .key_default = STR_INIT("0"), .doc = STR_INIT("How many may be evicted now.")},
    {STR_INIT("currentHealthy"), 4, .type = SCHEMA_INT32, .key_default = STR_INIT("0"), .doc = STR_INIT("Pods that are healthy.")},
    {STR_INIT("desiredHealthy"), 5, .type = SCHEMA_INT32, .key_default = STR_INIT("0"), .doc = STR_INIT("Pods that must be.")},
    {STR_INIT("expectedPods"), 6, .type = SCHEMA_INT32, .key_default = STR_INIT("0"), .doc = STR_INIT("Pods that are counted.")},
    {STR_INIT("conditions"), 7, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY | SCHEMA_PATCH_MERGE, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_Condition, .list = SCHEMA_LIST_MAP, .list_keys = keys_0, .merge_key = STR_INIT("type"), .doc = STR_INIT("What is known of it, each with its last change.")},
};
static const uint16_t schema_numbers_policy_v1beta1_PodDisruptionBudgetStatus[] = {0, 1, 2, 3, 4, 5, 6};
static const uint8_t schema_lookup_policy_v1beta1_PodDisruptionBudgetStatus[] = {4, 6, 7, 0, 0, 0, 0, 0, 0, 5, 0, 0, 0, 3, 2, 1};
const struct schema_message schema_message_policy_v1beta1_PodDisruptionBudgetStatus = {
    .package = STR_INIT("io.k8s.api.policy.v1beta1"),
    .name = STR_INIT("PodDisruptionBudgetStatus"),
    .doc = STR_INIT("How many may go now."),
    .fields = schema_fields_policy_v1beta1_PodDisruptionBudgetStatus,
    .n_fields = 7,
    .by_number = schema_numbers_policy_v1beta1_PodDisruptionBudgetStatus,
    .n_numbered = 7,
    .n_slots = 7,
    .lookup_mask = 15,
    .lookup = schema_lookup_policy_v1beta1_PodDisruptionBudgetStatus,
};
