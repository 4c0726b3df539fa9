/* Made by tools/gen.py from spec/: change those, not this. */
#include "gen/rows.h"

const struct schema_field schema_fields_autoscaling_v2_ContainerResourceMetricSource[] = {
    {STR_INIT("name"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .doc = STR_INIT("The name.")},
    {STR_INIT("target"), 2, .flags = SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_autoscaling_v2_MetricTarget, .key_default = STR_INIT("{}")},
    {STR_INIT("container"), 3, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\"")},
};
static const uint16_t schema_numbers_autoscaling_v2_ContainerResourceMetricSource[] = {0, 1, 2};
static const uint8_t schema_lookup_autoscaling_v2_ContainerResourceMetricSource[] = {2, 0, 0, 3, 1, 0, 0, 0};
const struct schema_message schema_message_autoscaling_v2_ContainerResourceMetricSource = {
    .package = STR_INIT("io.k8s.api.autoscaling.v2"),
    .name = STR_INIT("ContainerResourceMetricSource"),
    .fields = schema_fields_autoscaling_v2_ContainerResourceMetricSource,
    .n_fields = 3,
    .by_number = schema_numbers_autoscaling_v2_ContainerResourceMetricSource,
    .n_numbered = 3,
    .n_slots = 3,
    .lookup_mask = 7,
    .lookup = schema_lookup_autoscaling_v2_ContainerResourceMetricSource,
};
const struct schema_field schema_fields_autoscaling_v2_ContainerResourceMetricStatus[] = {
    {STR_INIT("name"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .doc = STR_INIT("The name.")},
    {STR_INIT("current"), 2, .flags = SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_autoscaling_v2_MetricValueStatus, .key_default = STR_INIT("{}")},
    {STR_INIT("container"), 3, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\"")},
};
static const uint16_t schema_numbers_autoscaling_v2_ContainerResourceMetricStatus[] = {0, 1, 2};
static const uint8_t schema_lookup_autoscaling_v2_ContainerResourceMetricStatus[] = {0, 0, 0, 3, 1, 2, 0, 0};
const struct schema_message schema_message_autoscaling_v2_ContainerResourceMetricStatus = {
    .package = STR_INIT("io.k8s.api.autoscaling.v2"),
    .name = STR_INIT("ContainerResourceMetricStatus"),
    .fields = schema_fields_autoscaling_v2_ContainerResourceMetricStatus,
    .n_fields = 3,
    .by_number = schema_numbers_autoscaling_v2_ContainerResourceMetricStatus,
    .n_numbered = 3,
    .n_slots = 3,
    .lookup_mask = 7,
    .lookup = schema_lookup_autoscaling_v2_ContainerResourceMetricStatus,
};
const struct schema_field schema_fields_autoscaling_v2_CrossVersionObjectReference[] = {
    {STR_INIT("kind"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .doc = STR_INIT("The kind.")},
    {STR_INIT("name"), 2, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .doc = STR_INIT("The name.")},
    {STR_INIT("apiVersion"), 3, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("Group and version of the API.")},
};
static const uint16_t schema_numbers_autoscaling_v2_CrossVersionObjectReference[] = {0, 1, 2};
static const uint8_t schema_lookup_autoscaling_v2_CrossVersionObjectReference[] = {1, 3, 0, 0, 2, 0, 0, 0};
const struct schema_message schema_message_autoscaling_v2_CrossVersionObjectReference = {
    .package = STR_INIT("io.k8s.api.autoscaling.v2"),
    .name = STR_INIT("CrossVersionObjectReference"),
    .fields = schema_fields_autoscaling_v2_CrossVersionObjectReference,
    .n_fields = 3,
    .by_number = schema_numbers_autoscaling_v2_CrossVersionObjectReference,
    .n_numbered = 3,
    .n_slots = 3,
    .lookup_mask = 7,
    .lookup = schema_lookup_autoscaling_v2_CrossVersionObjectReference,
};
const struct schema_field schema_fields_autoscaling_v2_ExternalMetricSource[] = {
    {STR_INIT("metric"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_autoscaling_v2_MetricIdentifier, .key_default = STR_INIT("{}")},
    {STR_INIT("target"), 2, .flags = SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_autoscaling_v2_MetricTarget, .key_default = STR_INIT("{}")},
};
static const uint16_t schema_numbers_autoscaling_v2_ExternalMetricSource[] = {0, 1};
static const uint8_t schema_lookup_autoscaling_v2_ExternalMetricSource[] = {2, 0, 0, 1};
const struct schema_message schema_message_autoscaling_v2_ExternalMetricSource = {
    .package = STR_INIT("io.k8s.api.autoscaling.v2"),
    .name = STR_INIT("ExternalMetricSource"),
    .fields = schema_fields_autoscaling_v2_ExternalMetricSource,
    .n_fields = 2,
    .by_number = schema_numbers_autoscaling_v2_ExternalMetricSource,
    .n_numbered = 2,
    .n_slots = 2,
    .lookup_mask = 3,
    .lookup = schema_lookup_autoscaling_v2_ExternalMetricSource,
};
const struct schema_field schema_fields_autoscaling_v2_ExternalMetricStatus[] = {
    {STR_INIT("metric"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_autoscaling_v2_MetricIdentifier, .key_default = STR_INIT("{}")},
    {STR_INIT("current"), 2, .flags = SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_autoscaling_v2_MetricValueStatus, .key_default = STR_INIT("{}")},
};
static const uint16_t schema_numbers_autoscaling_v2_ExternalMetricStatus[] = {0, 1};
static const uint8_t schema_lookup_autoscaling_v2_ExternalMetricStatus[] = {0, 2, 0, 1};
const struct schema_message schema_message_autoscaling_v2_ExternalMetricStatus = {
    .package = STR_INIT("io.k8s.api.autoscaling.v2"),
    .name = STR_INIT("ExternalMetricStatus"),
    .fields = schema_fields_autoscaling_v2_ExternalMetricStatus,
    .n_fields = 2,
    .by_number = schema_numbers_autoscaling_v2_ExternalMetricStatus,
    .n_numbered = 2,
    .n_slots = 2,
    .lookup_mask = 3,
    .lookup = schema_lookup_autoscaling_v2_ExternalMetricStatus,
};
const struct schema_field schema_fields_autoscaling_v2_HPAScalingPolicy[] = {
    {STR_INIT("type"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\"")},
    {STR_INIT("value"), 2, .flags = SCHEMA_REQUIRED, .type = SCHEMA_INT32, .key_default = STR_INIT("0"), .doc = STR_INIT("The value.")},
    {STR_INIT("periodSeconds"), 3, .flags = SCHEMA_REQUIRED, .type = SCHEMA_INT32, .key_default = STR_INIT("0")},
};
static const uint16_t schema_numbers_autoscaling_v2_HPAScalingPolicy[] = {0, 1, 2};
static const uint8_t schema_lookup_autoscaling_v2_HPAScalingPolicy[] = {2, 3, 1, 0, 0, 0, 0, 0};
const struct schema_message schema_message_autoscaling_v2_HPAScalingPolicy = {
    .package = STR_INIT("io.k8s.api.autoscaling.v2"),
    .name = STR_INIT("HPAScalingPolicy"),
    .fields = schema_fields_autoscaling_v2_HPAScalingPolicy,
    .n_fields = 3,
    .by_number = schema_numbers_autoscaling_v2_HPAScalingPolicy,
    .n_numbered = 3,
    .n_slots = 3,
    .lookup_mask = 7,
    .lookup = schema_lookup_autoscaling_v2_HPAScalingPolicy,
};
static const struct schema_extra extra_0 = {.gate = STR_INIT("HPAConfigurableTolerance")};
const struct schema_field schema_fields_autoscaling_v2_HPAScalingRules[] = {
    {STR_INIT("stabilizationWindowSeconds"), 3, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_INT32},
    {STR_INIT("selectPolicy"), 1, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_STRING},
    {STR_INIT("policies"), 2, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_autoscaling_v2_HPAScalingPolicy},
    {STR_INIT("tolerance"), 4, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_resource_Quantity, .doc = STR_INIT("A number with a unit, such as 500m, 1.5 or 2Gi."), .extra = &extra_0},
};
static const uint16_t schema_numbers_autoscaling_v2_HPAScalingRules[] = {1, 2, 0, 3};
static const uint8_t schema_lookup_autoscaling_v2_HPAScalingRules[] = {0, 4, 0, 1, 2, 3, 0, 0};
const struct schema_message schema_message_autoscaling_v2_HPAScalingRules = {
    .package = STR_INIT("io.k8s.api.autoscaling.v2"),
    .name = STR_INIT("HPAScalingRules"),
    .fields = schema_fields_autoscaling_v2_HPAScalingRules,
    .n_fields = 4,
    .by_number = schema_numbers_autoscaling_v2_HPAScalingRules,
    .n_numbered = 4,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_autoscaling_v2_HPAScalingRules,
};
const struct schema_field schema_fields_autoscaling_v2_HorizontalPodAutoscaler[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ObjectMeta, .key_default = STR_INIT("{}"), .doc = STR_INIT("Standard object's metadata: name, labels and the like.")},
    {STR_INIT("spec"), 2, .flags = SCHEMA_REQUIRED | SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_autoscaling_v2_HorizontalPodAutoscalerSpec, .key_default = STR_INIT("{}"), .doc = STR_INIT("What is wanted.")},
    {STR_INIT("status"), 3, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_autoscaling_v2_HorizontalPodAutoscalerStatus, .key_default = STR_INIT("{}"), .doc = STR_INIT("What is, as those who look after it tell.")},
};
static const uint16_t schema_numbers_autoscaling_v2_HorizontalPodAutoscaler[] = {1, 2, 3, 0};
static const struct schema_field *const schema_slots_autoscaling_v2_HorizontalPodAutoscaler[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_autoscaling_v2_HorizontalPodAutoscaler[1], &schema_fields_autoscaling_v2_HorizontalPodAutoscaler[2], &schema_fields_autoscaling_v2_HorizontalPodAutoscaler[3]};
static const uint8_t schema_starts_autoscaling_v2_HorizontalPodAutoscaler[] = {0, 2, 3, 4};
static const uint8_t schema_lookup_autoscaling_v2_HorizontalPodAutoscaler[] = {3, 0, 0, 0, 0, 0, 0, 0, 1, 2, 0, 5, 0, 4, 0, 0};
const struct schema_message schema_message_autoscaling_v2_HorizontalPodAutoscaler = {
    .package = STR_INIT("io.k8s.api.autoscaling.v2"),
    .name = STR_INIT("HorizontalPodAutoscaler"),
    .doc = STR_INIT("Sets the number of replicas by measured load."),
    .fields = schema_fields_autoscaling_v2_HorizontalPodAutoscaler,
    .n_fields = 4,
    .by_number = schema_numbers_autoscaling_v2_HorizontalPodAutoscaler,
    .n_numbered = 3,
    .slots = schema_slots_autoscaling_v2_HorizontalPodAutoscaler,
    .starts = schema_starts_autoscaling_v2_HorizontalPodAutoscaler,
    .n_slots = 5,
    .lookup_mask = 15,
    .lookup = schema_lookup_autoscaling_v2_HorizontalPodAutoscaler,
};
const struct schema_field schema_fields_autoscaling_v2_HorizontalPodAutoscalerBehavior[] = {
    {STR_INIT("scaleUp"), 1, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_autoscaling_v2_HPAScalingRules},
    {STR_INIT("scaleDown"), 2, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_autoscaling_v2_HPAScalingRules},
};
static const uint16_t schema_numbers_autoscaling_v2_HorizontalPodAutoscalerBehavior[] = {0, 1};
static const uint8_t schema_lookup_autoscaling_v2_HorizontalPodAutoscalerBehavior[] = {0, 0, 1, 2};
const struct schema_message schema_message_autoscaling_v2_HorizontalPodAutoscalerBehavior = {
    .package = STR_INIT("io.k8s.api.autoscaling.v2"),
    .name = STR_INIT("HorizontalPodAutoscalerBehavior"),
    .fields = schema_fields_autoscaling_v2_HorizontalPodAutoscalerBehavior,
    .n_fields = 2,
    .by_number = schema_numbers_autoscaling_v2_HorizontalPodAutoscalerBehavior,
    .n_numbered = 2,
    .n_slots = 2,
    .lookup_mask = 3,
    .lookup = schema_lookup_autoscaling_v2_HorizontalPodAutoscalerBehavior,
};
const struct schema_field schema_fields_autoscaling_v2_HorizontalPodAutoscalerCondition[] = {
    {STR_INIT("type"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .doc = STR_INIT("Which condition.")},
    {STR_INIT("status"), 2, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .doc = STR_INIT("True, False or Unknown.")},
    {STR_INIT("lastTransitionTime"), 3, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_Time, .doc = STR_INIT("When the condition last changed between True, False and Unknown.")},
    {STR_INIT("reason"), 4, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("Why, in one word of CamelCase.")},
    {STR_INIT("message"), 5, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("Why, for people.")},
    {STR_INIT("observedGeneration"), 6, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_INT64, .doc = STR_INIT("The metadata.generation this was written for.")},
};
static const uint16_t schema_numbers_autoscaling_v2_HorizontalPodAutoscalerCondition[] = {0, 1, 2, 3, 4, 5};
static const uint8_t schema_lookup_autoscaling_v2_HorizontalPodAutoscalerCondition[] = {4, 0, 1, 0, 0, 0, 3, 5, 0, 0, 0, 2, 0, 0, 0, 6};
const struct schema_message schema_message_autoscaling_v2_HorizontalPodAutoscalerCondition = {
    .package = STR_INIT("io.k8s.api.autoscaling.v2"),
    .name = STR_INIT("HorizontalPodAutoscalerCondition"),
    .fields = schema_fields_autoscaling_v2_HorizontalPodAutoscalerCondition,
    .n_fields = 6,
    .by_number = schema_numbers_autoscaling_v2_HorizontalPodAutoscalerCondition,
    .n_numbered = 6,
    .n_slots = 6,
    .lookup_mask = 15,
    .lookup = schema_lookup_autoscaling_v2_HorizontalPodAutoscalerCondition,
};
const struct schema_field schema_fields_autoscaling_v2_HorizontalPodAutoscalerList[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ListMeta, .doc = STR_INIT("Where the list was read, and how to go on.")},
    {STR_INIT("items"), 2, .flags = SCHEMA_REPEATED | SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_autoscaling_v2_HorizontalPodAutoscaler, .doc = STR_INIT("The objects of the list.")},
};
static const uint16_t schema_numbers_autoscaling_v2_HorizontalPodAutoscalerList[] = {1, 2, 0};
static const struct schema_field *const schema_slots_autoscaling_v2_HorizontalPodAutoscalerList[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_autoscaling_v2_HorizontalPodAutoscalerList[1], &schema_fields_autoscaling_v2_HorizontalPodAutoscalerList[2]};
static const uint8_t schema_starts_autoscaling_v2_HorizontalPodAutoscalerList[] = {0, 2, 3};
static const uint8_t schema_lookup_autoscaling_v2_HorizontalPodAutoscalerList[] = {1, 2, 3, 4, 0, 0, 0, 0};
const struct schema_message schema_message_autoscaling_v2_HorizontalPodAutoscalerList = {
    .package = STR_INIT("io.k8s.api.autoscaling.v2"),
    .name = STR_INIT("HorizontalPodAutoscalerList"),
    .fields = schema_fields_autoscaling_v2_HorizontalPodAutoscalerList,
    .n_fields = 3,
    .by_number = schema_numbers_autoscaling_v2_HorizontalPodAutoscalerList,
    .n_numbered = 2,
    .slots = schema_slots_autoscaling_v2_HorizontalPodAutoscalerList,
    .starts = schema_starts_autoscaling_v2_HorizontalPodAutoscalerList,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_autoscaling_v2_HorizontalPodAutoscalerList,
};
static const struct schema_extra extra_1 = {.rules = STR_INIT("ifEnabled(HPAScaleToZero)=minimum=0;ifDisabled(HPAScaleToZero)=minimum=1")};
static const struct schema_extra extra_2 = {.rules = STR_INIT("minimum=1")};
const struct schema_field schema_fields_autoscaling_v2_HorizontalPodAutoscalerSpec[] = {
    {STR_INIT("scaleTargetRef"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_autoscaling_v2_CrossVersionObjectReference, .key_default = STR_INIT("{}"), .doc = STR_INIT("What is scaled.")},
    {STR_INIT("minReplicas"), 2, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_INT32, .doc = STR_INIT("The fewest replicas."), .extra = &extra_1},
    {STR_INIT("maxReplicas"), 3, .flags = SCHEMA_REQUIRED, .type = SCHEMA_INT32, .key_default = STR_INIT("0"), .doc = STR_INIT("The most replicas."), .extra = &extra_2},
    {STR_INIT("metrics"), 4, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_autoscaling_v2_MetricSpec, .doc = STR_INIT("What is measured; the one that asks for most replicas counts.")},
    {STR_INIT("behavior"), 5, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_autoscaling_v2_HorizontalPodAutoscalerBehavior, .doc = STR_INIT("How fast it may grow and shrink.")},
};
static const uint16_t schema_numbers_autoscaling_v2_HorizontalPodAutoscalerSpec[] = {0, 1, 2, 3, 4};
static const uint8_t schema_lookup_autoscaling_v2_HorizontalPodAutoscalerSpec[] = {0, 0, 2, 3, 0, 1, 4, 5, 0, 0, 0, 0, 0, 0, 0, 0};
const struct schema_message schema_message_autoscaling_v2_HorizontalPodAutoscalerSpec = {
    .package = STR_INIT("io.k8s.api.autoscaling.v2"),
    .name = STR_INIT("HorizontalPodAutoscalerSpec"),
    .doc = STR_INIT("What is scaled, between which bounds, by what."),
    .fields = schema_fields_autoscaling_v2_HorizontalPodAutoscalerSpec,
    .n_fields = 5,
    .by_number = schema_numbers_autoscaling_v2_HorizontalPodAutoscalerSpec,
    .n_numbered = 5,
    .n_slots = 5,
    .lookup_mask = 15,
    .lookup = schema_lookup_autoscaling_v2_HorizontalPodAutoscalerSpec,
};
static const struct str keys_0[] = {STR_INIT("type"), STR_INIT("")};
const struct schema_field schema_fields_autoscaling_v2_HorizontalPodAutoscalerStatus[] = {
    {STR_INIT("observedGeneration"), 1, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_INT64, .doc = STR_INIT("The metadata.generation this was written for.")},
    {STR_INIT("lastScaleTime"), 2, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_Time, .doc = STR_INIT("A time: RFC 3339, to the second.")},
    {STR_INIT("currentReplicas"), 3, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_INT32},
    {STR_INIT("desiredReplicas"), 4, .flags = SCHEMA_REQUIRED, .type = SCHEMA_INT32, .key_default = STR_INIT("0")},
    {STR_INIT("currentMetrics"), 5, .flags = SCHEMA_REPEATED, .type = SCHEMA_MESSAGE, .message = &schema_message_autoscaling_v2_MetricStatus},
    {STR_INIT("conditions"), 6, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY | SCHEMA_PATCH_MERGE, .type = SCHEMA_MESSAGE, .message = &schema_message_autoscaling_v2_HorizontalPodAutoscalerCondition, .list = SCHEMA_LIST_MAP, .list_keys = keys_0, .merge_key = STR_INIT("type"), .doc = STR_INIT("What is known of it, each with its last change.")},
};
static const uint16_t schema_numbers_autoscaling_v2_HorizontalPodAutoscalerStatus[] = {0, 1, 2, 3, 4, 5};
static const uint8_t schema_lookup_autoscaling_v2_HorizontalPodAutoscalerStatus[] = {0, 3, 0, 0, 0, 5, 0, 0, 2, 0, 0, 4, 0, 0, 6, 1};
const struct schema_message schema_message_autoscaling_v2_HorizontalPodAutoscalerStatus = {
    .package = STR_INIT("io.k8s.api.autoscaling.v2"),
    .name = STR_INIT("HorizontalPodAutoscalerStatus"),
    .fields = schema_fields_autoscaling_v2_HorizontalPodAutoscalerStatus,
    .n_fields = 6,
    .by_number = schema_numbers_autoscaling_v2_HorizontalPodAutoscalerStatus,
    .n_numbered = 6,
    .n_slots = 6,
    .lookup_mask = 15,
    .lookup = schema_lookup_autoscaling_v2_HorizontalPodAutoscalerStatus,
};
const struct schema_field schema_fields_autoscaling_v2_MetricIdentifier[] = {
    {STR_INIT("name"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .doc = STR_INIT("The name.")},
    {STR_INIT("selector"), 2, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_LabelSelector, .doc = STR_INIT("Which labels; all of it must match. {} matches everything.")},
};
static const uint16_t schema_numbers_autoscaling_v2_MetricIdentifier[] = {0, 1};
static const uint8_t schema_lookup_autoscaling_v2_MetricIdentifier[] = {1, 2, 0, 0};
const struct schema_message schema_message_autoscaling_v2_MetricIdentifier = {
    .package = STR_INIT("io.k8s.api.autoscaling.v2"),
    .name = STR_INIT("MetricIdentifier"),
    .fields = schema_fields_autoscaling_v2_MetricIdentifier,
    .n_fields = 2,
    .by_number = schema_numbers_autoscaling_v2_MetricIdentifier,
    .n_numbered = 2,
    .n_slots = 2,
    .lookup_mask = 3,
    .lookup = schema_lookup_autoscaling_v2_MetricIdentifier,
};
const struct schema_field schema_fields_autoscaling_v2_MetricSpec[] = {
    {STR_INIT("type"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\"")},
    {STR_INIT("object"), 2, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_autoscaling_v2_ObjectMetricSource},
    {STR_INIT("pods"), 3, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_autoscaling_v2_PodsMetricSource},
    {STR_INIT("resource"), 4, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_autoscaling_v2_ResourceMetricSource},
    {STR_INIT("containerResource"), 7, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_autoscaling_v2_ContainerResourceMetricSource},
    {STR_INIT("external"), 5, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_autoscaling_v2_ExternalMetricSource},
};
static const uint16_t schema_numbers_autoscaling_v2_MetricSpec[] = {0, 1, 2, 3, 5, 4};
static const uint8_t schema_lookup_autoscaling_v2_MetricSpec[] = {5, 4, 1, 6, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3};
const struct schema_message schema_message_autoscaling_v2_MetricSpec = {
    .package = STR_INIT("io.k8s.api.autoscaling.v2"),
    .name = STR_INIT("MetricSpec"),
    .fields = schema_fields_autoscaling_v2_MetricSpec,
    .n_fields = 6,
    .by_number = schema_numbers_autoscaling_v2_MetricSpec,
    .n_numbered = 6,
    .n_slots = 6,
    .lookup_mask = 15,
    .lookup = schema_lookup_autoscaling_v2_MetricSpec,
};
const struct schema_field schema_fields_autoscaling_v2_MetricStatus[] = {
    {STR_INIT("type"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\"")},
    {STR_INIT("object"), 2, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_autoscaling_v2_ObjectMetricStatus},
    {STR_INIT("pods"), 3, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_autoscaling_v2_PodsMetricStatus},
    {STR_INIT("resource"), 4, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_autoscaling_v2_ResourceMetricStatus},
    {STR_INIT("containerResource"), 7, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_autoscaling_v2_ContainerResourceMetricStatus},
    {STR_INIT("external"), 5, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_autoscaling_v2_ExternalMetricStatus},
};
static const uint16_t schema_numbers_autoscaling_v2_MetricStatus[] = {0, 1, 2, 3, 5, 4};
static const uint8_t schema_lookup_autoscaling_v2_MetricStatus[] = {5, 4, 1, 6, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3};
const struct schema_message schema_message_autoscaling_v2_MetricStatus = {
    .package = STR_INIT("io.k8s.api.autoscaling.v2"),
    .name = STR_INIT("MetricStatus"),
    .fields = schema_fields_autoscaling_v2_MetricStatus,
    .n_fields = 6,
    .by_number = schema_numbers_autoscaling_v2_MetricStatus,
    .n_numbered = 6,
    .n_slots = 6,
    .lookup_mask = 15,
    .lookup = schema_lookup_autoscaling_v2_MetricStatus,
};
const struct schema_field schema_fields_autoscaling_v2_MetricTarget[] = {
    {STR_INIT("type"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\"")},
    {STR_INIT("value"), 2, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_resource_Quantity, .doc = STR_INIT("The value.")},
    {STR_INIT("averageValue"), 3, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_resource_Quantity, .doc = STR_INIT("A number with a unit, such as 500m, 1.5 or 2Gi.")},
    {STR_INIT("averageUtilization"), 4, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_INT32},
};
static const uint16_t schema_numbers_autoscaling_v2_MetricTarget[] = {0, 1, 2, 3};
static const uint8_t schema_lookup_autoscaling_v2_MetricTarget[] = {2, 0, 1, 3, 4, 0, 0, 0};
const struct schema_message schema_message_autoscaling_v2_MetricTarget = {
    .package = STR_INIT("io.k8s.api.autoscaling.v2"),
    .name = STR_INIT("MetricTarget"),
    .fields = schema_fields_autoscaling_v2_MetricTarget,
    .n_fields = 4,
    .by_number = schema_numbers_autoscaling_v2_MetricTarget,
    .n_numbered = 4,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_autoscaling_v2_MetricTarget,
};
const struct schema_field schema_fields_autoscaling_v2_MetricValueStatus[] = {
    {STR_INIT("value"), 1, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_resource_Quantity, .doc = STR_INIT("The value.")},
    {STR_INIT("averageValue"), 2, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_resource_Quantity, .doc = STR_INIT("A number with a unit, such as 500m, 1.5 or 2Gi.")},
    {STR_INIT("averageUtilization"), 3, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_INT32},
};
static const uint16_t schema_numbers_autoscaling_v2_MetricValueStatus[] = {0, 1, 2};
static const uint8_t schema_lookup_autoscaling_v2_MetricValueStatus[] = {1, 0, 2, 3, 0, 0, 0, 0};
const struct schema_message schema_message_autoscaling_v2_MetricValueStatus = {
    .package = STR_INIT("io.k8s.api.autoscaling.v2"),
    .name = STR_INIT("MetricValueStatus"),
    .fields = schema_fields_autoscaling_v2_MetricValueStatus,
    .n_fields = 3,
    .by_number = schema_numbers_autoscaling_v2_MetricValueStatus,
    .n_numbered = 3,
    .n_slots = 3,
    .lookup_mask = 7,
    .lookup = schema_lookup_autoscaling_v2_MetricValueStatus,
};
const struct schema_field schema_fields_autoscaling_v2_ObjectMetricSource[] = {
    {STR_INIT("describedObject"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_autoscaling_v2_CrossVersionObjectReference, .key_default = STR_INIT("{}")},
    {STR_INIT("target"), 2, .flags = SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_autoscaling_v2_MetricTarget, .key_default = STR_INIT("{}")},
    {STR_INIT("metric"), 3, .flags = SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_autoscaling_v2_MetricIdentifier, .key_default = STR_INIT("{}")},
};
static const uint16_t schema_numbers_autoscaling_v2_ObjectMetricSource[] = {0, 1, 2};
static const uint8_t schema_lookup_autoscaling_v2_ObjectMetricSource[] = {2, 0, 0, 0, 0, 0, 1, 3};
const struct schema_message schema_message_autoscaling_v2_ObjectMetricSource = {
    .package = STR_INIT("io.k8s.api.autoscaling.v2"),
    .name = STR_INIT("ObjectMetricSource"),
    .fields = schema_fields_autoscaling_v2_ObjectMetricSource,
    .n_fields = 3,
    .by_number = schema_numbers_autoscaling_v2_ObjectMetricSource,
    .n_numbered = 3,
    .n_slots = 3,
    .lookup_mask = 7,
    .lookup = schema_lookup_autoscaling_v2_ObjectMetricSource,
};
const struct schema_field schema_fields_autoscaling_v2_ObjectMetricStatus[] = {
    {STR_INIT("metric"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_autoscaling_v2_MetricIdentifier, .key_default = STR_INIT("{}")},
    {STR_INIT("current"), 2, .flags = SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_autoscaling_v2_MetricValueStatus, .key_default = STR_INIT("{}")},
    {STR_INIT("describedObject"), 3, .flags = SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_autoscaling_v2_CrossVersionObjectReference, .key_default = STR_INIT("{}")},
};
static const uint16_t schema_numbers_autoscaling_v2_ObjectMetricStatus[] = {0, 1, 2};
static const uint8_t schema_lookup_autoscaling_v2_ObjectMetricStatus[] = {0, 0, 0, 0, 0, 2, 3, 1};
const struct schema_message schema_message_autoscaling_v2_ObjectMetricStatus = {
    .package = STR_INIT("io.k8s.api.autoscaling.v2"),
    .name = STR_INIT("ObjectMetricStatus"),
    .fields = schema_fields_autoscaling_v2_ObjectMetricStatus,
    .n_fields = 3,
    .by_number = schema_numbers_autoscaling_v2_ObjectMetricStatus,
    .n_numbered = 3,
    .n_slots = 3,
    .lookup_mask = 7,
    .lookup = schema_lookup_autoscaling_v2_ObjectMetricStatus,
};
const struct schema_field schema_fields_autoscaling_v2_PodsMetricSource[] = {
    {STR_INIT("metric"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_autoscaling_v2_MetricIdentifier, .key_default = STR_INIT("{}")},
    {STR_INIT("target"), 2, .flags = SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_autoscaling_v2_MetricTarget, .key_default = STR_INIT("{}")},
};
static const uint16_t schema_numbers_autoscaling_v2_PodsMetricSource[] = {0, 1};
static const uint8_t schema_lookup_autoscaling_v2_PodsMetricSource[] = {2, 0, 0, 1};
const struct schema_message schema_message_autoscaling_v2_PodsMetricSource = {
    .package = STR_INIT("io.k8s.api.autoscaling.v2"),
    .name = STR_INIT("PodsMetricSource"),
    .fields = schema_fields_autoscaling_v2_PodsMetricSource,
    .n_fields = 2,
    .by_number = schema_numbers_autoscaling_v2_PodsMetricSource,
    .n_numbered = 2,
    .n_slots = 2,
    .lookup_mask = 3,
    .lookup = schema_lookup_autoscaling_v2_PodsMetricSource,
};
const struct schema_field schema_fields_autoscaling_v2_PodsMetricStatus[] = {
    {STR_INIT("metric"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_autoscaling_v2_MetricIdentifier, .key_default = STR_INIT("{}")},
    {STR_INIT("current"), 2, .flags = SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_autoscaling_v2_MetricValueStatus, .key_default = STR_INIT("{}")},
};
static const uint16_t schema_numbers_autoscaling_v2_PodsMetricStatus[] = {0, 1};
static const uint8_t schema_lookup_autoscaling_v2_PodsMetricStatus[] = {0, 2, 0, 1};
const struct schema_message schema_message_autoscaling_v2_PodsMetricStatus = {
    .package = STR_INIT("io.k8s.api.autoscaling.v2"),
    .name = STR_INIT("PodsMetricStatus"),
    .fields = schema_fields_autoscaling_v2_PodsMetricStatus,
    .n_fields = 2,
    .by_number = schema_numbers_autoscaling_v2_PodsMetricStatus,
    .n_numbered = 2,
    .n_slots = 2,
    .lookup_mask = 3,
    .lookup = schema_lookup_autoscaling_v2_PodsMetricStatus,
};
const struct schema_field schema_fields_autoscaling_v2_ResourceMetricSource[] = {
    {STR_INIT("name"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .doc = STR_INIT("The name.")},
    {STR_INIT("target"), 2, .flags = SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_autoscaling_v2_MetricTarget, .key_default = STR_INIT("{}")},
};
static const uint16_t schema_numbers_autoscaling_v2_ResourceMetricSource[] = {0, 1};
static const uint8_t schema_lookup_autoscaling_v2_ResourceMetricSource[] = {1, 2, 0, 0};
const struct schema_message schema_message_autoscaling_v2_ResourceMetricSource = {
    .package = STR_INIT("io.k8s.api.autoscaling.v2"),
    .name = STR_INIT("ResourceMetricSource"),
    .fields = schema_fields_autoscaling_v2_ResourceMetricSource,
    .n_fields = 2,
    .by_number = schema_numbers_autoscaling_v2_ResourceMetricSource,
    .n_numbered = 2,
    .n_slots = 2,
    .lookup_mask = 3,
    .lookup = schema_lookup_autoscaling_v2_ResourceMetricSource,
};
const struct schema_field schema_fields_autoscaling_v2_ResourceMetricStatus[] = {
    {STR_INIT("name"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .doc = STR_INIT("The name.")},
    {STR_INIT("current"), 2, .flags = SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_autoscaling_v2_MetricValueStatus, .key_default = STR_INIT("{}")},
};
static const uint16_t schema_numbers_autoscaling_v2_ResourceMetricStatus[] = {0, 1};
static const uint8_t schema_lookup_autoscaling_v2_ResourceMetricStatus[] = {1, 2, 0, 0};
const struct schema_message schema_message_autoscaling_v2_ResourceMetricStatus = {
    .package = STR_INIT("io.k8s.api.autoscaling.v2"),
    .name = STR_INIT("ResourceMetricStatus"),
    .fields = schema_fields_autoscaling_v2_ResourceMetricStatus,
    .n_fields = 2,
    .by_number = schema_numbers_autoscaling_v2_ResourceMetricStatus,
    .n_numbered = 2,
    .n_slots = 2,
    .lookup_mask = 3,
    .lookup = schema_lookup_autoscaling_v2_ResourceMetricStatus,
};
