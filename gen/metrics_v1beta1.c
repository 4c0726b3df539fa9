/* Made by tools/gen.py from spec/: change those, not this. */
#include "gen/rows.h"

const struct schema_field schema_fields_metrics_v1beta1_ContainerMetrics[] = {
    {STR_INIT("name"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .doc = STR_INIT("The name.")},
    {STR_INIT("usage"), 2, .flags = SCHEMA_REQUIRED, .type = SCHEMA_MAP_MESSAGE, .message = &schema_message_resource_Quantity, .doc = STR_INIT("A number with a unit, such as 500m, 1.5 or 2Gi.")},
};
static const uint16_t schema_numbers_metrics_v1beta1_ContainerMetrics[] = {0, 1};
static const uint8_t schema_lookup_metrics_v1beta1_ContainerMetrics[] = {1, 2, 0, 0};
const struct schema_message schema_message_metrics_v1beta1_ContainerMetrics = {
    .package = STR_INIT("io.k8s.metrics.pkg.apis.metrics.v1beta1"),
    .name = STR_INIT("ContainerMetrics"),
    .fields = schema_fields_metrics_v1beta1_ContainerMetrics,
    .n_fields = 2,
    .by_number = schema_numbers_metrics_v1beta1_ContainerMetrics,
    .n_numbered = 2,
    .n_slots = 2,
    .lookup_mask = 3,
    .lookup = schema_lookup_metrics_v1beta1_ContainerMetrics,
};
const struct schema_field schema_fields_metrics_v1beta1_NodeMetrics[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ObjectMeta, .doc = STR_INIT("Standard object's metadata: name, labels and the like.")},
    {STR_INIT("timestamp"), 2, .flags = SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_Time, .doc = STR_INIT("A time: RFC 3339, to the second.")},
    {STR_INIT("window"), 3, .flags = SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_Duration, .doc = STR_INIT("A length of time, such as 90s or 1h30m.")},
    {STR_INIT("usage"), 4, .flags = SCHEMA_REQUIRED, .type = SCHEMA_MAP_MESSAGE, .message = &schema_message_resource_Quantity, .doc = STR_INIT("A number with a unit, such as 500m, 1.5 or 2Gi.")},
};
static const uint16_t schema_numbers_metrics_v1beta1_NodeMetrics[] = {1, 2, 3, 4, 0};
static const struct schema_field *const schema_slots_metrics_v1beta1_NodeMetrics[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_metrics_v1beta1_NodeMetrics[1], &schema_fields_metrics_v1beta1_NodeMetrics[2], &schema_fields_metrics_v1beta1_NodeMetrics[3], &schema_fields_metrics_v1beta1_NodeMetrics[4]};
static const uint8_t schema_starts_metrics_v1beta1_NodeMetrics[] = {0, 2, 3, 4, 5};
static const uint8_t schema_lookup_metrics_v1beta1_NodeMetrics[] = {3, 0, 5, 0, 6, 0, 0, 0, 1, 2, 4, 0, 0, 0, 0, 0};
const struct schema_message schema_message_metrics_v1beta1_NodeMetrics = {
    .package = STR_INIT("io.k8s.metrics.pkg.apis.metrics.v1beta1"),
    .name = STR_INIT("NodeMetrics"),
    .fields = schema_fields_metrics_v1beta1_NodeMetrics,
    .n_fields = 5,
    .by_number = schema_numbers_metrics_v1beta1_NodeMetrics,
    .n_numbered = 4,
    .slots = schema_slots_metrics_v1beta1_NodeMetrics,
    .starts = schema_starts_metrics_v1beta1_NodeMetrics,
    .n_slots = 6,
    .lookup_mask = 15,
    .lookup = schema_lookup_metrics_v1beta1_NodeMetrics,
};
const struct schema_field schema_fields_metrics_v1beta1_NodeMetricsList[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ListMeta, .doc = STR_INIT("Where the list was read, and how to go on.")},
    {STR_INIT("items"), 2, .flags = SCHEMA_REPEATED | SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_metrics_v1beta1_NodeMetrics, .doc = STR_INIT("The objects of the list.")},
};
static const uint16_t schema_numbers_metrics_v1beta1_NodeMetricsList[] = {1, 2, 0};
static const struct schema_field *const schema_slots_metrics_v1beta1_NodeMetricsList[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_metrics_v1beta1_NodeMetricsList[1], &schema_fields_metrics_v1beta1_NodeMetricsList[2]};
static const uint8_t schema_starts_metrics_v1beta1_NodeMetricsList[] = {0, 2, 3};
static const uint8_t schema_lookup_metrics_v1beta1_NodeMetricsList[] = {1, 2, 3, 4, 0, 0, 0, 0};
const struct schema_message schema_message_metrics_v1beta1_NodeMetricsList = {
    .package = STR_INIT("io.k8s.metrics.pkg.apis.metrics.v1beta1"),
    .name = STR_INIT("NodeMetricsList"),
    .fields = schema_fields_metrics_v1beta1_NodeMetricsList,
    .n_fields = 3,
    .by_number = schema_numbers_metrics_v1beta1_NodeMetricsList,
    .n_numbered = 2,
    .slots = schema_slots_metrics_v1beta1_NodeMetricsList,
    .starts = schema_starts_metrics_v1beta1_NodeMetricsList,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_metrics_v1beta1_NodeMetricsList,
};
const struct schema_field schema_fields_metrics_v1beta1_PodMetrics[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ObjectMeta, .doc = STR_INIT("Standard object's metadata: name, labels and the like.")},
    {STR_INIT("timestamp"), 2, .flags = SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_Time, .doc = STR_INIT("A time: RFC 3339, to the second.")},
    {STR_INIT("window"), 3, .flags = SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_Duration, .doc = STR_INIT("A length of time, such as 90s or 1h30m.")},
    {STR_INIT("containers"), 4, .flags = SCHEMA_REPEATED | SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_metrics_v1beta1_ContainerMetrics},
};
static const uint16_t schema_numbers_metrics_v1beta1_PodMetrics[] = {1, 2, 3, 4, 0};
static const struct schema_field *const schema_slots_metrics_v1beta1_PodMetrics[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_metrics_v1beta1_PodMetrics[1], &schema_fields_metrics_v1beta1_PodMetrics[2], &schema_fields_metrics_v1beta1_PodMetrics[3], &schema_fields_metrics_v1beta1_PodMetrics[4]};
static const uint8_t schema_starts_metrics_v1beta1_PodMetrics[] = {0, 2, 3, 4, 5};
static const uint8_t schema_lookup_metrics_v1beta1_PodMetrics[] = {3, 0, 5, 6, 0, 0, 0, 0, 1, 2, 4, 0, 0, 0, 0, 0};
const struct schema_message schema_message_metrics_v1beta1_PodMetrics = {
    .package = STR_INIT("io.k8s.metrics.pkg.apis.metrics.v1beta1"),
    .name = STR_INIT("PodMetrics"),
    .fields = schema_fields_metrics_v1beta1_PodMetrics,
    .n_fields = 5,
    .by_number = schema_numbers_metrics_v1beta1_PodMetrics,
    .n_numbered = 4,
    .slots = schema_slots_metrics_v1beta1_PodMetrics,
    .starts = schema_starts_metrics_v1beta1_PodMetrics,
    .n_slots = 6,
    .lookup_mask = 15,
    .lookup = schema_lookup_metrics_v1beta1_PodMetrics,
};
const struct schema_field schema_fields_metrics_v1beta1_PodMetricsList[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ListMeta, .doc = STR_INIT("Where the list was read, and how to go on.")},
    {STR_INIT("items"), 2, .flags = SCHEMA_REPEATED | SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_metrics_v1beta1_PodMetrics, .doc = STR_INIT("The objects of the list.")},
};
static const uint16_t schema_numbers_metrics_v1beta1_PodMetricsList[] = {1, 2, 0};
static const struct schema_field *const schema_slots_metrics_v1beta1_PodMetricsList[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_metrics_v1beta1_PodMetricsList[1], &schema_fields_metrics_v1beta1_PodMetricsList[2]};
static const uint8_t schema_starts_metrics_v1beta1_PodMetricsList[] = {0, 2, 3};
static const uint8_t schema_lookup_metrics_v1beta1_PodMetricsList[] = {1, 2, 3, 4, 0, 0, 0, 0};
const struct schema_message schema_message_metrics_v1beta1_PodMetricsList = {
    .package = STR_INIT("io.k8s.metrics.pkg.apis.metrics.v1beta1"),
    .name = STR_INIT("PodMetricsList"),
    .fields = schema_fields_metrics_v1beta1_PodMetricsList,
    .n_fields = 3,
    .by_number = schema_numbers_metrics_v1beta1_PodMetricsList,
    .n_numbered = 2,
    .slots = schema_slots_metrics_v1beta1_PodMetricsList,
    .starts = schema_starts_metrics_v1beta1_PodMetricsList,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_metrics_v1beta1_PodMetricsList,
};
