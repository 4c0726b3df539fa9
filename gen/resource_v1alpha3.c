/* Made by tools/gen.py from spec/: change those, not this. */
#include "gen/rows.h"

const struct schema_field schema_fields_resource_v1alpha3_CELDeviceSelector[] = {
    {STR_INIT("expression"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .doc = STR_INIT("In the Common Expression Language (CEL).")},
};
static const uint16_t schema_numbers_resource_v1alpha3_CELDeviceSelector[] = {0};
static const uint8_t schema_lookup_resource_v1alpha3_CELDeviceSelector[] = {1, 0, 0, 0};
const struct schema_message schema_message_resource_v1alpha3_CELDeviceSelector = {
    .package = STR_INIT("io.k8s.api.resource.v1alpha3"),
    .name = STR_INIT("CELDeviceSelector"),
    .fields = schema_fields_resource_v1alpha3_CELDeviceSelector,
    .n_fields = 1,
    .by_number = schema_numbers_resource_v1alpha3_CELDeviceSelector,
    .n_numbered = 1,
    .n_slots = 1,
    .lookup_mask = 3,
    .lookup = schema_lookup_resource_v1alpha3_CELDeviceSelector,
};
static const struct schema_extra extra_0 = {.choice = STR_INIT("oneOf:SelectorType")};
const struct schema_field schema_fields_resource_v1alpha3_DeviceSelector[] = {
    {STR_INIT("cel"), 1, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_resource_v1alpha3_CELDeviceSelector, .extra = &extra_0},
};
static const uint16_t schema_numbers_resource_v1alpha3_DeviceSelector[] = {0};
static const uint8_t schema_lookup_resource_v1alpha3_DeviceSelector[] = {0, 0, 1, 0};
const struct schema_message schema_message_resource_v1alpha3_DeviceSelector = {
    .package = STR_INIT("io.k8s.api.resource.v1alpha3"),
    .name = STR_INIT("DeviceSelector"),
    .fields = schema_fields_resource_v1alpha3_DeviceSelector,
    .n_fields = 1,
    .by_number = schema_numbers_resource_v1alpha3_DeviceSelector,
    .n_numbered = 1,
    .n_slots = 1,
    .lookup_mask = 3,
    .lookup = schema_lookup_resource_v1alpha3_DeviceSelector,
};
static const struct str enums_0[] = {STR_INIT("NoExecute"), STR_INIT("NoSchedule"), STR_INIT("None"), {NULL, 0}};
const struct schema_field schema_fields_resource_v1alpha3_DeviceTaint[] = {
    {STR_INIT("key"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .doc = STR_INIT("The key.")},
    {STR_INIT("value"), 2, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("The value.")},
    {STR_INIT("effect"), 3, .flags = SCHEMA_REQUIRED | SCHEMA_ENUM_CLOSED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .enums = enums_0},
    {STR_INIT("timeAdded"), 4, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_Time, .doc = STR_INIT("A time: RFC 3339, to the second.")},
};
static const uint16_t schema_numbers_resource_v1alpha3_DeviceTaint[] = {0, 1, 2, 3};
static const uint8_t schema_lookup_resource_v1alpha3_DeviceTaint[] = {1, 2, 4, 0, 3, 0, 0, 0};
const struct schema_message schema_message_resource_v1alpha3_DeviceTaint = {
    .package = STR_INIT("io.k8s.api.resource.v1alpha3"),
    .name = STR_INIT("DeviceTaint"),
    .fields = schema_fields_resource_v1alpha3_DeviceTaint,
    .n_fields = 4,
    .by_number = schema_numbers_resource_v1alpha3_DeviceTaint,
    .n_numbered = 4,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_resource_v1alpha3_DeviceTaint,
};
const struct schema_field schema_fields_resource_v1alpha3_DeviceTaintRule[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ObjectMeta, .key_default = STR_INIT("{}"), .doc = STR_INIT("Standard object's metadata: name, labels and the like.")},
    {STR_INIT("spec"), 2, .flags = SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_resource_v1alpha3_DeviceTaintRuleSpec, .key_default = STR_INIT("{}"), .doc = STR_INIT("What is wanted.")},
    {STR_INIT("status"), 3, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_resource_v1alpha3_DeviceTaintRuleStatus, .key_default = STR_INIT("{}"), .doc = STR_INIT("What is, as those who look after it tell.")},
};
static const uint16_t schema_numbers_resource_v1alpha3_DeviceTaintRule[] = {1, 2, 3, 0};
static const struct schema_field *const schema_slots_resource_v1alpha3_DeviceTaintRule[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_resource_v1alpha3_DeviceTaintRule[1], &schema_fields_resource_v1alpha3_DeviceTaintRule[2], &schema_fields_resource_v1alpha3_DeviceTaintRule[3]};
static const uint8_t schema_starts_resource_v1alpha3_DeviceTaintRule[] = {0, 2, 3, 4};
static const uint8_t schema_lookup_resource_v1alpha3_DeviceTaintRule[] = {3, 0, 0, 0, 0, 0, 0, 0, 1, 2, 0, 5, 0, 4, 0, 0};
const struct schema_message schema_message_resource_v1alpha3_DeviceTaintRule = {
    .package = STR_INIT("io.k8s.api.resource.v1alpha3"),
    .name = STR_INIT("DeviceTaintRule"),
    .doc = STR_INIT("Taints devices that match."),
    .fields = schema_fields_resource_v1alpha3_DeviceTaintRule,
    .n_fields = 4,
    .by_number = schema_numbers_resource_v1alpha3_DeviceTaintRule,
    .n_numbered = 3,
    .slots = schema_slots_resource_v1alpha3_DeviceTaintRule,
    .starts = schema_starts_resource_v1alpha3_DeviceTaintRule,
    .n_slots = 5,
    .lookup_mask = 15,
    .lookup = schema_lookup_resource_v1alpha3_DeviceTaintRule,
};
const struct schema_field schema_fields_resource_v1alpha3_DeviceTaintRuleList[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ListMeta, .doc = STR_INIT("Where the list was read, and how to go on.")},
    {STR_INIT("items"), 2, .flags = SCHEMA_REPEATED | SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_resource_v1alpha3_DeviceTaintRule, .doc = STR_INIT("The objects of the list.")},
};
static const uint16_t schema_numbers_resource_v1alpha3_DeviceTaintRuleList[] = {1, 2, 0};
static const struct schema_field *const schema_slots_resource_v1alpha3_DeviceTaintRuleList[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_resource_v1alpha3_DeviceTaintRuleList[1], &schema_fields_resource_v1alpha3_DeviceTaintRuleList[2]};
static const uint8_t schema_starts_resource_v1alpha3_DeviceTaintRuleList[] = {0, 2, 3};
static const uint8_t schema_lookup_resource_v1alpha3_DeviceTaintRuleList[] = {1, 2, 3, 4, 0, 0, 0, 0};
const struct schema_message schema_message_resource_v1alpha3_DeviceTaintRuleList = {
    .package = STR_INIT("io.k8s.api.resource.v1alpha3"),
    .name = STR_INIT("DeviceTaintRuleList"),
    .fields = schema_fields_resource_v1alpha3_DeviceTaintRuleList,
    .n_fields = 3,
    .by_number = schema_numbers_resource_v1alpha3_DeviceTaintRuleList,
    .n_numbered = 2,
    .slots = schema_slots_resource_v1alpha3_DeviceTaintRuleList,
    .starts = schema_starts_resource_v1alpha3_DeviceTaintRuleList,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_resource_v1alpha3_DeviceTaintRuleList,
};
const struct schema_field schema_fields_resource_v1alpha3_DeviceTaintRuleSpec[] = {
    {STR_INIT("deviceSelector"), 1, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_resource_v1alpha3_DeviceTaintSelector},
    {STR_INIT("taint"), 2, .flags = SCHEMA_REQUIRED | SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_resource_v1alpha3_DeviceTaint, .key_default = STR_INIT("{}")},
};
static const uint16_t schema_numbers_resource_v1alpha3_DeviceTaintRuleSpec[] = {0, 1};
static const uint8_t schema_lookup_resource_v1alpha3_DeviceTaintRuleSpec[] = {0, 0, 1, 2};
const struct schema_message schema_message_resource_v1alpha3_DeviceTaintRuleSpec = {
    .package = STR_INIT("io.k8s.api.resource.v1alpha3"),
    .name = STR_INIT("DeviceTaintRuleSpec"),
    .fields = schema_fields_resource_v1alpha3_DeviceTaintRuleSpec,
    .n_fields = 2,
    .by_number = schema_numbers_resource_v1alpha3_DeviceTaintRuleSpec,
    .n_numbered = 2,
    .n_slots = 2,
    .lookup_mask = 3,
    .lookup = schema_lookup_resource_v1alpha3_DeviceTaintRuleSpec,
};
static const struct str keys_0[] = {STR_INIT("type"), STR_INIT("")};
const struct schema_field schema_fields_resource_v1alpha3_DeviceTaintRuleStatus[] = {
    {STR_INIT("conditions"), 1, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY | SCHEMA_PATCH_MERGE, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_Condition, .list = SCHEMA_LIST_MAP, .list_keys = keys_0, .merge_key = STR_INIT("type"), .doc = STR_INIT("What is known of it, each with its last change.")},
};
static const uint16_t schema_numbers_resource_v1alpha3_DeviceTaintRuleStatus[] = {0};
static const uint8_t schema_lookup_resource_v1alpha3_DeviceTaintRuleStatus[] = {0, 0, 1, 0};
const struct schema_message schema_message_resource_v1alpha3_DeviceTaintRuleStatus = {
    .package = STR_INIT("io.k8s.api.resource.v1alpha3"),
    .name = STR_INIT("DeviceTaintRuleStatus"),
    .fields = schema_fields_resource_v1alpha3_DeviceTaintRuleStatus,
    .n_fields = 1,
    .by_number = schema_numbers_resource_v1alpha3_DeviceTaintRuleStatus,
    .n_numbered = 1,
    .n_slots = 1,
    .lookup_mask = 3,
    .lookup = schema_lookup_resource_v1alpha3_DeviceTaintRuleStatus,
};
const struct schema_field schema_fields_resource_v1alpha3_DeviceTaintSelector[] = {
    {STR_INIT("driver"), 2, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_STRING},
    {STR_INIT("pool"), 3, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_STRING},
    {STR_INIT("device"), 4, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_STRING},
};
static const uint16_t schema_numbers_resource_v1alpha3_DeviceTaintSelector[] = {0, 1, 2};
static const uint8_t schema_lookup_resource_v1alpha3_DeviceTaintSelector[] = {0, 0, 2, 1, 0, 0, 3, 0};
const struct schema_message schema_message_resource_v1alpha3_DeviceTaintSelector = {
    .package = STR_INIT("io.k8s.api.resource.v1alpha3"),
    .name = STR_INIT("DeviceTaintSelector"),
    .fields = schema_fields_resource_v1alpha3_DeviceTaintSelector,
    .n_fields = 3,
    .by_number = schema_numbers_resource_v1alpha3_DeviceTaintSelector,
    .n_numbered = 3,
    .n_slots = 3,
    .lookup_mask = 7,
    .lookup = schema_lookup_resource_v1alpha3_DeviceTaintSelector,
};
static const struct schema_extra extra_1 = {.rules = STR_INIT("minimum=0")};
const struct schema_field schema_fields_resource_v1alpha3_PartitionTypeStatus[] = {
    {STR_INIT("attribute"), 4, .flags = SCHEMA_REQUIRED | SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
    {STR_INIT("type"), 1, .flags = SCHEMA_REQUIRED | SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
    {STR_INIT("total"), 2, .flags = SCHEMA_REQUIRED | SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_INT32, .extra = &extra_1},
    {STR_INIT("allocatable"), 3, .flags = SCHEMA_REQUIRED | SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_INT32, .extra = &extra_1},
};
static const uint16_t schema_numbers_resource_v1alpha3_PartitionTypeStatus[] = {1, 2, 3, 0};
static const uint8_t schema_lookup_resource_v1alpha3_PartitionTypeStatus[] = {1, 0, 2, 0, 0, 3, 0, 4};
const struct schema_message schema_message_resource_v1alpha3_PartitionTypeStatus = {
    .package = STR_INIT("io.k8s.api.resource.v1alpha3"),
    .name = STR_INIT("PartitionTypeStatus"),
    .fields = schema_fields_resource_v1alpha3_PartitionTypeStatus,
    .n_fields = 4,
    .by_number = schema_numbers_resource_v1alpha3_PartitionTypeStatus,
    .n_numbered = 4,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_resource_v1alpha3_PartitionTypeStatus,
};
static const struct schema_extra extra_2 = {.rules = STR_INIT("format=k8s-long-name-caseless")};
static const struct schema_extra extra_3 = {.rules = STR_INIT("format=k8s-resource-pool-name")};
static const struct schema_extra extra_4 = {.rules = STR_INIT("minimum=1")};
static const struct schema_extra extra_5 = {.rules = STR_INIT("format=k8s-long-name")};
static const struct schema_extra extra_6 = {.rules = STR_INIT("maxBytes=256")};
static const struct schema_extra extra_7 = {.rules = STR_INIT("unique=map;maxItems=32")};
const struct schema_field schema_fields_resource_v1alpha3_PoolStatus[] = {
    {STR_INIT("driver"), 1, .flags = SCHEMA_REQUIRED | SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .extra = &extra_2},
    {STR_INIT("poolName"), 2, .flags = SCHEMA_REQUIRED | SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .extra = &extra_3},
    {STR_INIT("generation"), 9, .flags = SCHEMA_REQUIRED, .type = SCHEMA_INT64, .key_default = STR_INIT("0"), .extra = &extra_1},
    {STR_INIT("resourceSliceCount"), 8, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_INT32, .extra = &extra_4},
    {STR_INIT("totalDevices"), 4, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_INT32, .extra = &extra_1},
    {STR_INIT("allocatedDevices"), 5, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_INT32, .extra = &extra_1},
    {STR_INIT("availableDevices"), 6, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_INT32, .extra = &extra_1},
    {STR_INIT("unavailableDevices"), 7, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_INT32, .extra = &extra_1},
    {STR_INIT("nodeName"), 3, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_STRING, .extra = &extra_5},
    {STR_INIT("validationError"), 10, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_STRING, .extra = &extra_6},
    {STR_INIT("partitionSummary"), 11, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_resource_v1alpha3_PartitionTypeStatus, .extra = &extra_7},
    {STR_INIT("shareableSummary"), 13, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_resource_v1alpha3_ShareableSummaryStatus},
};
static const uint16_t schema_numbers_resource_v1alpha3_PoolStatus[] = {0, 1, 8, 4, 5, 6, 7, 3, 2, 9, 10, 11};
static const uint8_t schema_lookup_resource_v1alpha3_PoolStatus[] = {0, 0, 0, 4, 11, 0, 0, 2, 7, 0, 0, 1, 0, 0, 0, 0, 8, 3, 5, 9, 10, 0, 0, 6, 12, 0, 0, 0, 0, 0, 0, 0};
const struct schema_message schema_message_resource_v1alpha3_PoolStatus = {
    .package = STR_INIT("io.k8s.api.resource.v1alpha3"),
    .name = STR_INIT("PoolStatus"),
    .fields = schema_fields_resource_v1alpha3_PoolStatus,
    .n_fields = 12,
    .by_number = schema_numbers_resource_v1alpha3_PoolStatus,
    .n_numbered = 12,
    .n_slots = 12,
    .lookup_mask = 31,
    .lookup = schema_lookup_resource_v1alpha3_PoolStatus,
};
static const struct schema_extra extra_8 = {.rules = STR_INIT("immutable")};
const struct schema_field schema_fields_resource_v1alpha3_ResourcePoolStatusRequest[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_REQUIRED | SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ObjectMeta, .key_default = STR_INIT("{}"), .doc = STR_INIT("Standard object's metadata: name, labels and the like.")},
    {STR_INIT("spec"), 2, .flags = SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_resource_v1alpha3_ResourcePoolStatusRequestSpec, .key_default = STR_INIT("{}"), .doc = STR_INIT("What is wanted."), .extra = &extra_8},
    {STR_INIT("status"), 3, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_resource_v1alpha3_ResourcePoolStatusRequestStatus, .doc = STR_INIT("What is, as those who look after it tell.")},
};
static const uint16_t schema_numbers_resource_v1alpha3_ResourcePoolStatusRequest[] = {1, 2, 3, 0};
static const struct schema_field *const schema_slots_resource_v1alpha3_ResourcePoolStatusRequest[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_resource_v1alpha3_ResourcePoolStatusRequest[1], &schema_fields_resource_v1alpha3_ResourcePoolStatusRequest[2], &schema_fields_resource_v1alpha3_ResourcePoolStatusRequest[3]};
static const uint8_t schema_starts_resource_v1alpha3_ResourcePoolStatusRequest[] = {0, 2, 3, 4};
static const uint8_t schema_lookup_resource_v1alpha3_ResourcePoolStatusRequest[] = {3, 0, 0, 0, 0, 0, 0, 0, 1, 2, 0, 5, 0, 4, 0, 0};
const struct schema_message schema_message_resource_v1alpha3_ResourcePoolStatusRequest = {
    .package = STR_INIT("io.k8s.api.resource.v1alpha3"),
    .name = STR_INIT("ResourcePoolStatusRequest"),
    .fields = schema_fields_resource_v1alpha3_ResourcePoolStatusRequest,
    .n_fields = 4,
    .by_number = schema_numbers_resource_v1alpha3_ResourcePoolStatusRequest,
    .n_numbered = 3,
    .slots = schema_slots_resource_v1alpha3_ResourcePoolStatusRequest,
    .starts = schema_starts_resource_v1alpha3_ResourcePoolStatusRequest,
    .n_slots = 5,
    .lookup_mask = 15,
    .lookup = schema_lookup_resource_v1alpha3_ResourcePoolStatusRequest,
};
const struct schema_field schema_fields_resource_v1alpha3_ResourcePoolStatusRequestList[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ListMeta, .doc = STR_INIT("Where the list was read, and how to go on.")},
    {STR_INIT("items"), 2, .flags = SCHEMA_REPEATED | SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_resource_v1alpha3_ResourcePoolStatusRequest, .doc = STR_INIT("The objects of the list.")},
};
static const uint16_t schema_numbers_resource_v1alpha3_ResourcePoolStatusRequestList[] = {1, 2, 0};
static const struct schema_field *const schema_slots_resource_v1alpha3_ResourcePoolStatusRequestList[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_resource_v1alpha3_ResourcePoolStatusRequestList[1], &schema_fields_resource_v1alpha3_ResourcePoolStatusRequestList[2]};
static const uint8_t schema_starts_resource_v1alpha3_ResourcePoolStatusRequestList[] = {0, 2, 3};
static const uint8_t schema_lookup_resource_v1alpha3_ResourcePoolStatusRequestList[] = {1, 2, 3, 4, 0, 0, 0, 0};
const struct schema_message schema_message_resource_v1alpha3_ResourcePoolStatusRequestList = {
    .package = STR_INIT("io.k8s.api.resource.v1alpha3"),
    .name = STR_INIT("ResourcePoolStatusRequestList"),
    .fields = schema_fields_resource_v1alpha3_ResourcePoolStatusRequestList,
    .n_fields = 3,
    .by_number = schema_numbers_resource_v1alpha3_ResourcePoolStatusRequestList,
    .n_numbered = 2,
    .slots = schema_slots_resource_v1alpha3_ResourcePoolStatusRequestList,
    .starts = schema_starts_resource_v1alpha3_ResourcePoolStatusRequestList,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_resource_v1alpha3_ResourcePoolStatusRequestList,
};
static const struct schema_extra extra_9 = {.rules = STR_INIT("minimum=1;maximum=1000")};
static const struct schema_extra extra_10 = {.gate = STR_INIT("DRAPartitionableDevicesType"), .rules = STR_INIT("ifDisabled(DRAPartitionableDevicesType)=forbidden;ifEnabled(DRAPartitionableDevicesType)=optional;ifEnabled(DRAPartitionableDevicesType)=format=k8s-resource-fully-qualified-name")};
const struct schema_field schema_fields_resource_v1alpha3_ResourcePoolStatusRequestSpec[] = {
    {STR_INIT("driver"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .extra = &extra_2},
    {STR_INIT("poolName"), 2, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_STRING, .extra = &extra_3},
    {STR_INIT("limit"), 3, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_INT32, .fallback = STR_INIT("100"), .key_default = STR_INIT("100"), .extra = &extra_9},
    {STR_INIT("defaultPartitionTypeAttribute"), 4, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_STRING, .extra = &extra_10},
};
static const uint16_t schema_numbers_resource_v1alpha3_ResourcePoolStatusRequestSpec[] = {0, 1, 2, 3};
static const uint8_t schema_lookup_resource_v1alpha3_ResourcePoolStatusRequestSpec[] = {4, 3, 0, 1, 0, 0, 0, 2};
const struct schema_message schema_message_resource_v1alpha3_ResourcePoolStatusRequestSpec = {
    .package = STR_INIT("io.k8s.api.resource.v1alpha3"),
    .name = STR_INIT("ResourcePoolStatusRequestSpec"),
    .fields = schema_fields_resource_v1alpha3_ResourcePoolStatusRequestSpec,
    .n_fields = 4,
    .by_number = schema_numbers_resource_v1alpha3_ResourcePoolStatusRequestSpec,
    .n_numbered = 4,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_resource_v1alpha3_ResourcePoolStatusRequestSpec,
};
static const struct schema_extra extra_11 = {.rules = STR_INIT("maxItems=1000")};
static const struct schema_extra extra_12 = {.rules = STR_INIT("maxItems=10")};
const struct schema_field schema_fields_resource_v1alpha3_ResourcePoolStatusRequestStatus[] = {
    {STR_INIT("poolCount"), 6, .flags = SCHEMA_REQUIRED | SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_INT32, .extra = &extra_1},
    {STR_INIT("pools"), 2, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_resource_v1alpha3_PoolStatus, .extra = &extra_11},
    {STR_INIT("conditions"), 3, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY | SCHEMA_PATCH_MERGE, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_Condition, .list = SCHEMA_LIST_MAP, .list_keys = keys_0, .merge_key = STR_INIT("type"), .doc = STR_INIT("What is known of it, each with its last change."), .extra = &extra_12},
};
static const uint16_t schema_numbers_resource_v1alpha3_ResourcePoolStatusRequestStatus[] = {1, 2, 0};
static const uint8_t schema_lookup_resource_v1alpha3_ResourcePoolStatusRequestStatus[] = {0, 2, 0, 1, 0, 0, 3, 0};
const struct schema_message schema_message_resource_v1alpha3_ResourcePoolStatusRequestStatus = {
    .package = STR_INIT("io.k8s.api.resource.v1alpha3"),
    .name = STR_INIT("ResourcePoolStatusRequestStatus"),
    .fields = schema_fields_resource_v1alpha3_ResourcePoolStatusRequestStatus,
    .n_fields = 3,
    .by_number = schema_numbers_resource_v1alpha3_ResourcePoolStatusRequestStatus,
    .n_numbered = 3,
    .n_slots = 3,
    .lookup_mask = 7,
    .lookup = schema_lookup_resource_v1alpha3_ResourcePoolStatusRequestStatus,
};
const struct schema_field schema_fields_resource_v1alpha3_ShareableCapacityStatus[] = {
    {STR_INIT("name"), 1, .flags = SCHEMA_REQUIRED | SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("The name.")},
    {STR_INIT("total"), 2, .flags = SCHEMA_REQUIRED | SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_resource_Quantity, .doc = STR_INIT("A number with a unit, such as 500m, 1.5 or 2Gi.")},
    {STR_INIT("consumed"), 3, .flags = SCHEMA_REQUIRED | SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_resource_Quantity, .doc = STR_INIT("A number with a unit, such as 500m, 1.5 or 2Gi.")},
    {STR_INIT("available"), 4, .flags = SCHEMA_REQUIRED | SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_resource_Quantity, .doc = STR_INIT("A number with a unit, such as 500m, 1.5 or 2Gi.")},
};
static const uint16_t schema_numbers_resource_v1alpha3_ShareableCapacityStatus[] = {0, 1, 2, 3};
static const uint8_t schema_lookup_resource_v1alpha3_ShareableCapacityStatus[] = {3, 0, 0, 4, 1, 2, 0, 0};
const struct schema_message schema_message_resource_v1alpha3_ShareableCapacityStatus = {
    .package = STR_INIT("io.k8s.api.resource.v1alpha3"),
    .name = STR_INIT("ShareableCapacityStatus"),
    .fields = schema_fields_resource_v1alpha3_ShareableCapacityStatus,
    .n_fields = 4,
    .by_number = schema_numbers_resource_v1alpha3_ShareableCapacityStatus,
    .n_numbered = 4,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_resource_v1alpha3_ShareableCapacityStatus,
};
static const struct schema_extra extra_13 = {.rules = STR_INIT("maxItems=32")};
const struct schema_field schema_fields_resource_v1alpha3_ShareableSummaryStatus[] = {
    {STR_INIT("fullyAvailableDevices"), 1, .flags = SCHEMA_REQUIRED | SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_INT32, .extra = &extra_1},
    {STR_INIT("partiallyAvailableDevices"), 2, .flags = SCHEMA_REQUIRED | SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_INT32, .extra = &extra_1},
    {STR_INIT("capacity"), 3, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_resource_v1alpha3_ShareableCapacityStatus, .extra = &extra_13},
};
static const uint16_t schema_numbers_resource_v1alpha3_ShareableSummaryStatus[] = {0, 1, 2};
static const uint8_t schema_lookup_resource_v1alpha3_ShareableSummaryStatus[] = {0, 2, 1, 0, 0, 0, 3, 0};
const struct schema_message schema_message_resource_v1alpha3_ShareableSummaryStatus = {
    .package = STR_INIT("io.k8s.api.resource.v1alpha3"),
    .name = STR_INIT("ShareableSummaryStatus"),
    .fields = schema_fields_resource_v1alpha3_ShareableSummaryStatus,
    .n_fields = 3,
    .by_number = schema_numbers_resource_v1alpha3_ShareableSummaryStatus,
    .n_numbered = 3,
    .n_slots = 3,
    .lookup_mask = 7,
    .lookup = schema_lookup_resource_v1alpha3_ShareableSummaryStatus,
};
