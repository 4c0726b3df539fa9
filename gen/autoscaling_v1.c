/* Made by tools/gen.py from spec/: change those, not this. */
#include "gen/rows.h"

const struct schema_field schema_fields_autoscaling_v1_ContainerResourceMetricSource[] = {
    {STR_INIT("name"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .doc = STR_INIT("The name.")},
    {STR_INIT("targetAverageUtilization"), 2, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_INT32},
    {STR_INIT("targetAverageValue"), 3, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_resource_Quantity, .doc = STR_INIT("A number with a unit, such as 500m, 1.5 or 2Gi.")},
    {STR_INIT("container"), 5, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING},
};
static const uint16_t schema_numbers_autoscaling_v1_ContainerResourceMetricSource[] = {0, 1, 2, 3};
static const uint8_t schema_lookup_autoscaling_v1_ContainerResourceMetricSource[] = {0, 0, 0, 4, 1, 2, 3, 0};
const struct schema_message schema_message_autoscaling_v1_ContainerResourceMetricSource = {
    .package = STR_INIT("io.k8s.api.autoscaling.v1"),
    .name = STR_INIT("ContainerResourceMetricSource"),
    .fields = schema_fields_autoscaling_v1_ContainerResourceMetricSource,
    .n_fields = 4,
    .by_number = schema_numbers_autoscaling_v1_ContainerResourceMetricSource,
    .n_numbered = 4,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_autoscaling_v1_ContainerResourceMetricSource,
};
const struct schema_field schema_fields_autoscaling_v1_ContainerResourceMetricStatus[] = {
    {STR_INIT("name"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .doc = STR_INIT("The name.")},
    {STR_INIT("currentAverageUtilization"), 2, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_INT32},
    {STR_INIT("currentAverageValue"), 3, .flags = SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_resource_Quantity, .doc = STR_INIT("A number with a unit, such as 500m, 1.5 or 2Gi.")},
    {STR_INIT("container"), 4, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING},
};
static const uint16_t schema_numbers_autoscaling_v1_ContainerResourceMetricStatus[] = {0, 1, 2, 3};
static const uint8_t schema_lookup_autoscaling_v1_ContainerResourceMetricStatus[] = {0, 2, 3, 4, 1, 0, 0, 0};
const struct schema_message schema_message_autoscaling_v1_ContainerResourceMetricStatus = {
    .package = STR_INIT("io.k8s.api.autoscaling.v1"),
    .name = STR_INIT("ContainerResourceMetricStatus"),
    .fields = schema_fields_autoscaling_v1_ContainerResourceMetricStatus,
    .n_fields = 4,
    .by_number = schema_numbers_autoscaling_v1_ContainerResourceMetricStatus,
    .n_numbered = 4,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_autoscaling_v1_ContainerResourceMetricStatus,
};
const struct schema_field schema_fields_autoscaling_v1_CrossVersionObjectReference[] = {
    {STR_INIT("kind"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .doc = STR_INIT("The kind.")},
    {STR_INIT("name"), 2, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .doc = STR_INIT("The name.")},
    {STR_INIT("apiVersion"), 3, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("Group and version of the API.")},
};
static const uint16_t schema_numbers_autoscaling_v1_CrossVersionObjectReference[] = {0, 1, 2};
static const uint8_t schema_lookup_autoscaling_v1_CrossVersionObjectReference[] = {1, 3, 0, 0, 2, 0, 0, 0};
const struct schema_message schema_message_autoscaling_v1_CrossVersionObjectReference = {
    .package = STR_INIT("io.k8s.api.autoscaling.v1"),
    .name = STR_INIT("CrossVersionObjectReference"),
    .map_atomic = true,
    .fields = schema_fields_autoscaling_v1_CrossVersionObjectReference,
    .n_fields = 3,
    .by_number = schema_numbers_autoscaling_v1_CrossVersionObjectReference,
    .n_numbered = 3,
    .n_slots = 3,
    .lookup_mask = 7,
    .lookup = schema_lookup_autoscaling_v1_CrossVersionObjectReference,
};
const struct schema_field schema_fields_autoscaling_v1_ExternalMetricSource[] = {
    {STR_INIT("metricName"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING},
    {STR_INIT("metricSelector"), 2, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_LabelSelector, .doc = STR_INIT("Which labels; all of it must match. {} matches everything.")},
    {STR_INIT("targetValue"), 3, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_resource_Quantity, .doc = STR_INIT("A number with a unit, such as 500m, 1.5 or 2Gi.")},
    {STR_INIT("targetAverageValue"), 4, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_resource_Quantity, .doc = STR_INIT("A number with a unit, such as 500m, 1.5 or 2Gi.")},
};
static const uint16_t schema_numbers_autoscaling_v1_ExternalMetricSource[] = {0, 1, 2, 3};
static const uint8_t schema_lookup_autoscaling_v1_ExternalMetricSource[] = {0, 0, 3, 0, 4, 0, 1, 2};
const struct schema_message schema_message_autoscaling_v1_ExternalMetricSource = {
    .package = STR_INIT("io.k8s.api.autoscaling.v1"),
    .name = STR_INIT("ExternalMetricSource"),
    .fields = schema_fields_autoscaling_v1_ExternalMetricSource,
    .n_fields = 4,
    .by_number = schema_numbers_autoscaling_v1_ExternalMetricSource,
    .n_numbered = 4,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_autoscaling_v1_ExternalMetricSource,
};
const struct schema_field schema_fields_autoscaling_v1_ExternalMetricStatus[] = {
    {STR_INIT("metricName"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING},
    {STR_INIT("metricSelector"), 2, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_LabelSelector, .doc = STR_INIT("Which labels; all of it must match. {} matches everything.")},
    {STR_INIT("currentValue"), 3, .flags = SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_resource_Quantity, .doc = STR_INIT("A number with a unit, such as 500m, 1.5 or 2Gi.")},
    {STR_INIT("currentAverageValue"), 4, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_resource_Quantity, .doc = STR_INIT("A number with a unit, such as 500m, 1.5 or 2Gi.")},
};
static const uint16_t schema_numbers_autoscaling_v1_ExternalMetricStatus[] = {0, 1, 2, 3};
static const uint8_t schema_lookup_autoscaling_v1_ExternalMetricStatus[] = {0, 0, 4, 0, 0, 3, 1, 2};
const struct schema_message schema_message_autoscaling_v1_ExternalMetricStatus = {
    .package = STR_INIT("io.k8s.api.autoscaling.v1"),
    .name = STR_INIT("ExternalMetricStatus"),
    .fields = schema_fields_autoscaling_v1_ExternalMetricStatus,
    .n_fields = 4,
    .by_number = schema_numbers_autoscaling_v1_ExternalMetricStatus,
    .n_numbered = 4,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_autoscaling_v1_ExternalMetricStatus,
};
const struct schema_field schema_fields_autoscaling_v1_HorizontalPodAutoscaler[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ObjectMeta, .key_default = STR_INIT("{}"), .doc = STR_INIT("Standard object's metadata: name, labels and the like.")},
    {STR_INIT("spec"), 2, .flags = SCHEMA_REQUIRED | SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_autoscaling_v1_HorizontalPodAutoscalerSpec, .key_default = STR_INIT("{}"), .doc = STR_INIT("What is wanted.")},
    {STR_INIT("status"), 3, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_autoscaling_v1_HorizontalPodAutoscalerStatus, .key_default = STR_INIT("{}"), .doc = STR_INIT("What is, as those who look after it tell.")},
};
static const uint16_t schema_numbers_autoscaling_v1_HorizontalPodAutoscaler[] = {1, 2, 3, 0};
static const struct schema_field *const schema_slots_autoscaling_v1_HorizontalPodAutoscaler[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_autoscaling_v1_HorizontalPodAutoscaler[1], &schema_fields_autoscaling_v1_HorizontalPodAutoscaler[2], &schema_fields_autoscaling_v1_HorizontalPodAutoscaler[3]};
static const uint8_t schema_starts_autoscaling_v1_HorizontalPodAutoscaler[] = {0, 2, 3, 4};
static const uint8_t schema_lookup_autoscaling_v1_HorizontalPodAutoscaler[] = {3, 0, 0, 0, 0, 0, 0, 0, 1, 2, 0, 5, 0, 4, 0, 0};
const struct schema_message schema_message_autoscaling_v1_HorizontalPodAutoscaler = {
    .package = STR_INIT("io.k8s.api.autoscaling.v1"),
    .name = STR_INIT("HorizontalPodAutoscaler"),
    .doc = STR_INIT("Sets the number of replicas by CPU use."),
    .fields = schema_fields_autoscaling_v1_HorizontalPodAutoscaler,
    .n_fields = 4,
    .by_number = schema_numbers_autoscaling_v1_HorizontalPodAutoscaler,
    .n_numbered = 3,
    .slots = schema_slots_autoscaling_v1_HorizontalPodAutoscaler,
    .starts = schema_starts_autoscaling_v1_HorizontalPodAutoscaler,
    .n_slots = 5,
    .lookup_mask = 15,
    .lookup = schema_lookup_autoscaling_v1_HorizontalPodAutoscaler,
};
const struct schema_field schema_fields_autoscaling_v1_HorizontalPodAutoscalerCondition[] = {
    {STR_INIT("type"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .doc = STR_INIT("Which condition.")},
    {STR_INIT("status"), 2, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .doc = STR_INIT("True, False or Unknown.")},
    {STR_INIT("lastTransitionTime"), 3, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_Time, .doc = STR_INIT("When the condition last changed between True, False and Unknown.")},
    {STR_INIT("reason"), 4, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("Why, in one word of CamelCase.")},
    {STR_INIT("message"), 5, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("Why, for people.")},
    {STR_INIT("observedGeneration"), 6, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_INT64, .doc = STR_INIT("The metadata.generation this was written for.")},
};
static const uint16_t schema_numbers_autoscaling_v1_HorizontalPodAutoscalerCondition[] = {0, 1, 2, 3, 4, 5};
static const uint8_t schema_lookup_autoscaling_v1_HorizontalPodAutoscalerCondition[] = {4, 0, 1, 0, 0, 0, 3, 5, 0, 0, 0, 2, 0, 0, 0, 6};
const struct schema_message schema_message_autoscaling_v1_HorizontalPodAutoscalerCondition = {
    .package = STR_INIT("io.k8s.api.autoscaling.v1"),
    .name = STR_INIT("HorizontalPodAutoscalerCondition"),
    .fields = schema_fields_autoscaling_v1_HorizontalPodAutoscalerCondition,
    .n_fields = 6,
    .by_number = schema_numbers_autoscaling_v1_HorizontalPodAutoscalerCondition,
    .n_numbered = 6,
    .n_slots = 6,
    .lookup_mask = 15,
    .lookup = schema_lookup_autoscaling_v1_HorizontalPodAutoscalerCondition,
};
const struct schema_field schema_fields_autoscaling_v1_HorizontalPodAutoscalerList[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ListMeta, .doc = STR_INIT("Where the list was read, and how to go on.")},
    {STR_INIT("items"), 2, .flags = SCHEMA_REPEATED | SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_autoscaling_v1_HorizontalPodAutoscaler, .doc = STR_INIT("The objects of the list.")},
};
static const uint16_t schema_numbers_autoscaling_v1_HorizontalPodAutoscalerList[] = {1, 2, 0};
static const struct schema_field *const schema_slots_autoscaling_v1_HorizontalPodAutoscalerList[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_autoscaling_v1_HorizontalPodAutoscalerList[1], &schema_fields_autoscaling_v1_HorizontalPodAutoscalerList[2]};
static const uint8_t schema_starts_autoscaling_v1_HorizontalPodAutoscalerList[] = {0, 2, 3};
static const uint8_t schema_lookup_autoscaling_v1_HorizontalPodAutoscalerList[] = {1, 2, 3, 4, 0, 0, 0, 0};
const struct schema_message schema_message_autoscaling_v1_HorizontalPodAutoscalerList = {
    .package = STR_INIT("io.k8s.api.autoscaling.v1"),
    .name = STR_INIT("HorizontalPodAutoscalerList"),
    .fields = schema_fields_autoscaling_v1_HorizontalPodAutoscalerList,
    .n_fields = 3,
    .by_number = schema_numbers_autoscaling_v1_HorizontalPodAutoscalerList,
    .n_numbered = 2,
    .slots = schema_slots_autoscaling_v1_HorizontalPodAutoscalerList,
    .starts = schema_starts_autoscaling_v1_HorizontalPodAutoscalerList,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_autoscaling_v1_HorizontalPodAutoscalerList,
};
static const struct schema_extra extra_0 = {.rules = STR_INIT("ifEnabled(HPAScaleToZero)=minimum=0;ifDisabled(HPAScaleToZero)=minimum=1")};
static const struct schema_extra extra_1 = {.rules = STR_INIT("minimum=1")};
const struct schema_field schema_fields_autoscaling_v1_HorizontalPodAutoscalerSpec[] = {
    {STR_INIT("scaleTargetRef"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_autoscaling_v1_CrossVersionObjectReference, .key_default = STR_INIT("{}")},
    {STR_INIT("minReplicas"), 2, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_INT32, .extra = &extra_0},
    {STR_INIT("maxReplicas"), 3, .flags = SCHEMA_REQUIRED, .type = SCHEMA_INT32, .key_default = STR_INIT("0"), .extra = &extra_1},
    {STR_INIT("targetCPUUtilizationPercentage"), 4, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_INT32},
};
static const uint16_t schema_numbers_autoscaling_v1_HorizontalPodAutoscalerSpec[] = {0, 1, 2, 3};
static const uint8_t schema_lookup_autoscaling_v1_HorizontalPodAutoscalerSpec[] = {0, 0, 2, 3, 0, 1, 4, 0};
const struct schema_message schema_message_autoscaling_v1_HorizontalPodAutoscalerSpec = {
    .package = STR_INIT("io.k8s.api.autoscaling.v1"),
    .name = STR_INIT("HorizontalPodAutoscalerSpec"),
    .fields = schema_fields_autoscaling_v1_HorizontalPodAutoscalerSpec,
    .n_fields = 4,
    .by_number = schema_numbers_autoscaling_v1_HorizontalPodAutoscalerSpec,
    .n_numbered = 4,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_autoscaling_v1_HorizontalPodAutoscalerSpec,
};
const struct schema_field schema_fields_autoscaling_v1_HorizontalPodAutoscalerStatus[] = {
    {STR_INIT("observedGeneration"), 1, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_INT64, .doc = STR_INIT("The metadata.generation this was written for.")},
    {STR_INIT("lastScaleTime"), 2, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_Time, .doc = STR_INIT("A time: RFC 3339, to the second.")},
    {STR_INIT("currentReplicas"), 3, .flags = SCHEMA_REQUIRED, .type = SCHEMA_INT32, .key_default = STR_INIT("0")},
    {STR_INIT("desiredReplicas"), 4, .flags = SCHEMA_REQUIRED, .type = SCHEMA_INT32, .key_default = STR_INIT("0")},
    {STR_INIT("currentCPUUtilizationPercentage"), 5, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_INT32},
};
static const uint16_t schema_numbers_autoscaling_v1_HorizontalPodAutoscalerStatus[] = {0, 1, 2, 3, 4};
static const uint8_t schema_lookup_autoscaling_v1_HorizontalPodAutoscalerStatus[] = {0, 3, 5, 0, 0, 0, 0, 0, 2, 0, 0, 4, 0, 0, 0, 1};
const struct schema_message schema_message_autoscaling_v1_HorizontalPodAutoscalerStatus = {
    .package = STR_INIT("io.k8s.api.autoscaling.v1"),
    .name = STR_INIT("HorizontalPodAutoscalerStatus"),
    .fields = schema_fields_autoscaling_v1_HorizontalPodAutoscalerStatus,
    .n_fields = 5,
    .by_number = schema_numbers_autoscaling_v1_HorizontalPodAutoscalerStatus,
    .n_numbered = 5,
    .n_slots = 5,
    .lookup_mask = 15,
    .lookup = schema_lookup_autoscaling_v1_HorizontalPodAutoscalerStatus,
};
static const struct str enums_0[] = {STR_INIT("ContainerResource"), STR_INIT("External"), STR_INIT("Object"), STR_INIT("Pods"), STR_INIT("Resource"), {NULL, 0}};
const struct schema_field schema_fields_autoscaling_v1_MetricSpec[] = {
    {STR_INIT("type"), 1, .flags = SCHEMA_REQUIRED | SCHEMA_ENUM_CLOSED, .type = SCHEMA_STRING, .enums = enums_0},
    {STR_INIT("object"), 2, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_autoscaling_v1_ObjectMetricSource},
    {STR_INIT("pods"), 3, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_autoscaling_v1_PodsMetricSource},
    {STR_INIT("resource"), 4, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_autoscaling_v1_ResourceMetricSource},
    {STR_INIT("containerResource"), 7, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_autoscaling_v1_ContainerResourceMetricSource},
    {STR_INIT("external"), 5, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_autoscaling_v1_ExternalMetricSource},
};
static const uint16_t schema_numbers_autoscaling_v1_MetricSpec[] = {0, 1, 2, 3, 5, 4};
static const uint8_t schema_lookup_autoscaling_v1_MetricSpec[] = {5, 4, 1, 6, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3};
const struct schema_message schema_message_autoscaling_v1_MetricSpec = {
    .package = STR_INIT("io.k8s.api.autoscaling.v1"),
    .name = STR_INIT("MetricSpec"),
    .fields = schema_fields_autoscaling_v1_MetricSpec,
    .n_fields = 6,
    .by_number = schema_numbers_autoscaling_v1_MetricSpec,
    .n_numbered = 6,
    .n_slots = 6,
    .lookup_mask = 15,
    .lookup = schema_lookup_autoscaling_v1_MetricSpec,
};
const struct schema_field schema_fields_autoscaling_v1_MetricStatus[] = {
    {STR_INIT("type"), 1, .flags = SCHEMA_REQUIRED | SCHEMA_ENUM_CLOSED, .type = SCHEMA_STRING, .enums = enums_0},
    {STR_INIT("object"), 2, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_autoscaling_v1_ObjectMetricStatus},
    {STR_INIT("pods"), 3, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_autoscaling_v1_PodsMetricStatus},
    {STR_INIT("resource"), 4, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_autoscaling_v1_ResourceMetricStatus},
    {STR_INIT("containerResource"), 7, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_autoscaling_v1_ContainerResourceMetricStatus},
    {STR_INIT("external"), 5, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_autoscaling_v1_ExternalMetricStatus},
};
static const uint16_t schema_numbers_autoscaling_v1_MetricStatus[] = {0, 1, 2, 3, 5, 4};
static const uint8_t schema_lookup_autoscaling_v1_MetricStatus[] = {5, 4, 1, 6, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3};
const struct schema_message schema_message_autoscaling_v1_MetricStatus = {
    .package = STR_INIT("io.k8s.api.autoscaling.v1"),
    .name = STR_INIT("MetricStatus"),
    .fields = schema_fields_autoscaling_v1_MetricStatus,
    .n_fields = 6,
    .by_number = schema_numbers_autoscaling_v1_MetricStatus,
    .n_numbered = 6,
    .n_slots = 6,
    .lookup_mask = 15,
    .lookup = schema_lookup_autoscaling_v1_MetricStatus,
};
const struct schema_field schema_fields_autoscaling_v1_ObjectMetricSource[] = {
    {STR_INIT("target"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_autoscaling_v1_CrossVersionObjectReference},
    {STR_INIT("metricName"), 2, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING},
    {STR_INIT("targetValue"), 3, .flags = SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_resource_Quantity, .doc = STR_INIT("A number with a unit, such as 500m, 1.5 or 2Gi.")},
    {STR_INIT("selector"), 4, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_LabelSelector, .doc = STR_INIT("Which labels; all of it must match. {} matches everything.")},
    {STR_INIT("averageValue"), 5, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_resource_Quantity, .doc = STR_INIT("A number with a unit, such as 500m, 1.5 or 2Gi.")},
};
static const uint16_t schema_numbers_autoscaling_v1_ObjectMetricSource[] = {0, 1, 2, 3, 4};
static const uint8_t schema_lookup_autoscaling_v1_ObjectMetricSource[] = {0, 0, 0, 0, 0, 0, 0, 0, 1, 4, 3, 5, 0, 0, 2, 0};
const struct schema_message schema_message_autoscaling_v1_ObjectMetricSource = {
    .package = STR_INIT("io.k8s.api.autoscaling.v1"),
    .name = STR_INIT("ObjectMetricSource"),
    .fields = schema_fields_autoscaling_v1_ObjectMetricSource,
    .n_fields = 5,
    .by_number = schema_numbers_autoscaling_v1_ObjectMetricSource,
    .n_numbered = 5,
    .n_slots = 5,
    .lookup_mask = 15,
    .lookup = schema_lookup_autoscaling_v1_ObjectMetricSource,
};
const struct schema_field schema_fields_autoscaling_v1_ObjectMetricStatus[] = {
    {STR_INIT("target"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_autoscaling_v1_CrossVersionObjectReference},
    {STR_INIT("metricName"), 2, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING},
    {STR_INIT("currentValue"), 3, .flags = SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_resource_Quantity, .doc = STR_INIT("A number with a unit, such as 500m, 1.5 or 2Gi.")},
    {STR_INIT("selector"), 4, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_LabelSelector, .doc = STR_INIT("Which labels; all of it must match. {} matches everything.")},
    {STR_INIT("averageValue"), 5, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_resource_Quantity, .doc = STR_INIT("A number with a unit, such as 500m, 1.5 or 2Gi.")},
};
static const uint16_t schema_numbers_autoscaling_v1_ObjectMetricStatus[] = {0, 1, 2, 3, 4};
static const uint8_t schema_lookup_autoscaling_v1_ObjectMetricStatus[] = {0, 0, 0, 0, 0, 0, 0, 0, 1, 4, 5, 0, 0, 3, 2, 0};
const struct schema_message schema_message_autoscaling_v1_ObjectMetricStatus = {
    .package = STR_INIT("io.k8s.api.autoscaling.v1"),
    .name = STR_INIT("ObjectMetricStatus"),
    .fields = schema_fields_autoscaling_v1_ObjectMetricStatus,
    .n_fields = 5,
    .by_number = schema_numbers_autoscaling_v1_ObjectMetricStatus,
    .n_numbered = 5,
    .n_slots = 5,
    .lookup_mask = 15,
    .lookup = schema_lookup_autoscaling_v1_ObjectMetricStatus,
};
const struct schema_field schema_fields_autoscaling_v1_PodsMetricSource[] = {
    {STR_INIT("metricName"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING},
    {STR_INIT("targetAverageValue"), 2, .flags = SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_resource_Quantity, .doc = STR_INIT("A number with a unit, such as 500m, 1.5 or 2Gi.")},
    {STR_INIT("selector"), 3, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_LabelSelector, .doc = STR_INIT("Which labels; all of it must match. {} matches everything.")},
};
static const uint16_t schema_numbers_autoscaling_v1_PodsMetricSource[] = {0, 1, 2};
static const uint8_t schema_lookup_autoscaling_v1_PodsMetricSource[] = {0, 3, 0, 0, 2, 0, 1, 0};
const struct schema_message schema_message_autoscaling_v1_PodsMetricSource = {
    .package = STR_INIT("io.k8s.api.autoscaling.v1"),
    .name = STR_INIT("PodsMetricSource"),
    .fields = schema_fields_autoscaling_v1_PodsMetricSource,
    .n_fields = 3,
    .by_number = schema_numbers_autoscaling_v1_PodsMetricSource,
    .n_numbered = 3,
    .n_slots = 3,
    .lookup_mask = 7,
    .lookup = schema_lookup_autoscaling_v1_PodsMetricSource,
};
const struct schema_field schema_fields_autoscaling_v1_PodsMetricStatus[] = {
    {STR_INIT("metricName"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING},
    {STR_INIT("currentAverageValue"), 2, .flags = SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_resource_Quantity, .doc = STR_INIT("A number with a unit, such as 500m, 1.5 or 2Gi.")},
    {STR_INIT("selector"), 3, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_LabelSelector, .doc = STR_INIT("Which labels; all of it must match. {} matches everything.")},
};
static const uint16_t schema_numbers_autoscaling_v1_PodsMetricStatus[] = {0, 1, 2};
static const uint8_t schema_lookup_autoscaling_v1_PodsMetricStatus[] = {0, 3, 2, 0, 0, 0, 1, 0};
const struct schema_message schema_message_autoscaling_v1_PodsMetricStatus = {
    .package = STR_INIT("io.k8s.api.autoscaling.v1"),
    .name = STR_INIT("PodsMetricStatus"),
    .fields = schema_fields_autoscaling_v1_PodsMetricStatus,
    .n_fields = 3,
    .by_number = schema_numbers_autoscaling_v1_PodsMetricStatus,
    .n_numbered = 3,
    .n_slots = 3,
    .lookup_mask = 7,
    .lookup = schema_lookup_autoscaling_v1_PodsMetricStatus,
};
const struct schema_field schema_fields_autoscaling_v1_ResourceMetricSource[] = {
    {STR_INIT("name"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .doc = STR_INIT("The name.")},
    {STR_INIT("targetAverageUtilization"), 2, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_INT32},
    {STR_INIT("targetAverageValue"), 3, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_resource_Quantity, .doc = STR_INIT("A number with a unit, such as 500m, 1.5 or 2Gi.")},
};
static const uint16_t schema_numbers_autoscaling_v1_ResourceMetricSource[] = {0, 1, 2};
static const uint8_t schema_lookup_autoscaling_v1_ResourceMetricSource[] = {0, 0, 0, 0, 1, 2, 3, 0};
const struct schema_message schema_message_autoscaling_v1_ResourceMetricSource = {
    .package = STR_INIT("io.k8s.api.autoscaling.v1"),
    .name = STR_INIT("ResourceMetricSource"),
    .fields = schema_fields_autoscaling_v1_ResourceMetricSource,
    .n_fields = 3,
    .by_number = schema_numbers_autoscaling_v1_ResourceMetricSource,
    .n_numbered = 3,
    .n_slots = 3,
    .lookup_mask = 7,
    .lookup = schema_lookup_autoscaling_v1_ResourceMetricSource,
};
const struct schema_field schema_fields_autoscaling_v1_ResourceMetricStatus[] = {
    {STR_INIT("name"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .doc = STR_INIT("The name.")},
    {STR_INIT("currentAverageUtilization"), 2, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_INT32},
    {STR_INIT("currentAverageValue"), 3, .flags = SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_resource_Quantity, .doc = STR_INIT("A number with a unit, such as 500m, 1.5 or 2Gi.")},
};
static const uint16_t schema_numbers_autoscaling_v1_ResourceMetricStatus[] = {0, 1, 2};
static const uint8_t schema_lookup_autoscaling_v1_ResourceMetricStatus[] = {0, 2, 3, 0, 1, 0, 0, 0};
const struct schema_message schema_message_autoscaling_v1_ResourceMetricStatus = {
    .package = STR_INIT("io.k8s.api.autoscaling.v1"),
    .name = STR_INIT("ResourceMetricStatus"),
    .fields = schema_fields_autoscaling_v1_ResourceMetricStatus,
    .n_fields = 3,
    .by_number = schema_numbers_autoscaling_v1_ResourceMetricStatus,
    .n_numbered = 3,
    .n_slots = 3,
    .lookup_mask = 7,
    .lookup = schema_lookup_autoscaling_v1_ResourceMetricStatus,
};
const struct schema_field schema_fields_autoscaling_v1_Scale[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ObjectMeta, .doc = STR_INIT("Standard object's metadata: name, labels and the like.")},
    {STR_INIT("spec"), 2, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_autoscaling_v1_ScaleSpec, .doc = STR_INIT("What is wanted.")},
    {STR_INIT("status"), 3, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_autoscaling_v1_ScaleStatus, .doc = STR_INIT("What is, as those who look after it tell.")},
};
static const uint16_t schema_numbers_autoscaling_v1_Scale[] = {1, 2, 3, 0};
static const struct schema_field *const schema_slots_autoscaling_v1_Scale[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_autoscaling_v1_Scale[1], &schema_fields_autoscaling_v1_Scale[2], &schema_fields_autoscaling_v1_Scale[3]};
static const uint8_t schema_starts_autoscaling_v1_Scale[] = {0, 2, 3, 4};
static const uint8_t schema_lookup_autoscaling_v1_Scale[] = {3, 0, 0, 0, 0, 0, 0, 0, 1, 2, 0, 5, 0, 4, 0, 0};
const struct schema_message schema_message_autoscaling_v1_Scale = {
    .package = STR_INIT("io.k8s.api.autoscaling.v1"),
    .name = STR_INIT("Scale"),
    .doc = STR_INIT("How many replicas something has and should have."),
    .fields = schema_fields_autoscaling_v1_Scale,
    .n_fields = 4,
    .by_number = schema_numbers_autoscaling_v1_Scale,
    .n_numbered = 3,
    .slots = schema_slots_autoscaling_v1_Scale,
    .starts = schema_starts_autoscaling_v1_Scale,
    .n_slots = 5,
    .lookup_mask = 15,
    .lookup = schema_lookup_autoscaling_v1_Scale,
};
static const struct schema_extra extra_2 = {.rules = STR_INIT("minimum=0")};
const struct schema_field schema_fields_autoscaling_v1_ScaleSpec[] = {
    {STR_INIT("replicas"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_INT32, .fallback = STR_INIT("0"), .key_default = STR_INIT("0"), .extra = &extra_2},
};
static const uint16_t schema_numbers_autoscaling_v1_ScaleSpec[] = {0};
static const uint8_t schema_lookup_autoscaling_v1_ScaleSpec[] = {0, 1, 0, 0};
const struct schema_message schema_message_autoscaling_v1_ScaleSpec = {
    .package = STR_INIT("io.k8s.api.autoscaling.v1"),
    .name = STR_INIT("ScaleSpec"),
    .fields = schema_fields_autoscaling_v1_ScaleSpec,
    .n_fields = 1,
    .by_number = schema_numbers_autoscaling_v1_ScaleSpec,
    .n_numbered = 1,
    .n_slots = 1,
    .lookup_mask = 3,
    .lookup = schema_lookup_autoscaling_v1_ScaleSpec,
};
const struct schema_field schema_fields_autoscaling_v1_ScaleStatus[] = {
    {STR_INIT("replicas"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_INT32},
    {STR_INIT("selector"), 2, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
};
static const uint16_t schema_numbers_autoscaling_v1_ScaleStatus[] = {0, 1};
static const uint8_t schema_lookup_autoscaling_v1_ScaleStatus[] = {0, 1, 2, 0};
const struct schema_message schema_message_autoscaling_v1_ScaleStatus = {
    .package = STR_INIT("io.k8s.api.autoscaling.v1"),
    .name = STR_INIT("ScaleStatus"),
    .fields = schema_fields_autoscaling_v1_ScaleStatus,
    .n_fields = 2,
    .by_number = schema_numbers_autoscaling_v1_ScaleStatus,
    .n_numbered = 2,
    .n_slots = 2,
    .lookup_mask = 3,
    .lookup = schema_lookup_autoscaling_v1_ScaleStatus,
};
