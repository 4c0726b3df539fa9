/* Made by tools/gen.py from spec/: change those, not this. */
#include "gen/rows.h"

static const struct schema_extra extra_0 = {.gate = STR_INIT("DRAConsumableCapacity"), .rules = STR_INIT("format=k8s-uuid")};
static const struct str keys_0[] = {STR_INIT("type"), STR_INIT("")};
const struct schema_field schema_fields_resource_v1beta2_AllocatedDeviceStatus[] = {
    {STR_INIT("driver"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\"")},
    {STR_INIT("pool"), 2, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\"")},
    {STR_INIT("device"), 3, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\"")},
    {STR_INIT("shareID"), 7, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_STRING, .extra = &extra_0},
    {STR_INIT("conditions"), 4, .flags = SCHEMA_REPEATED, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_Condition, .list = SCHEMA_LIST_MAP, .list_keys = keys_0, .doc = STR_INIT("What is known of it, each with its last change.")},
    {STR_INIT("data"), 5, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_runtime_RawExtension, .doc = STR_INIT("Any object.")},
    {STR_INIT("networkData"), 6, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_resource_v1beta2_NetworkDeviceData},
};
static const uint16_t schema_numbers_resource_v1beta2_AllocatedDeviceStatus[] = {0, 1, 2, 4, 5, 6, 3};
static const uint8_t schema_lookup_resource_v1beta2_AllocatedDeviceStatus[] = {4, 7, 0, 0, 0, 0, 0, 0, 0, 0, 2, 1, 6, 0, 3, 5};
const struct schema_message schema_message_resource_v1beta2_AllocatedDeviceStatus = {
    .package = STR_INIT("io.k8s.api.resource.v1beta2"),
    .name = STR_INIT("AllocatedDeviceStatus"),
    .fields = schema_fields_resource_v1beta2_AllocatedDeviceStatus,
    .n_fields = 7,
    .by_number = schema_numbers_resource_v1beta2_AllocatedDeviceStatus,
    .n_numbered = 7,
    .n_slots = 7,
    .lookup_mask = 15,
    .lookup = schema_lookup_resource_v1beta2_AllocatedDeviceStatus,
};
static const struct schema_extra extra_1 = {.gate = STR_INIT("DRADeviceBindingConditions,DRAResourceClaimDeviceStatus")};
const struct schema_field schema_fields_resource_v1beta2_AllocationResult[] = {
    {STR_INIT("devices"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_resource_v1beta2_DeviceAllocationResult, .key_default = STR_INIT("{}")},
    {STR_INIT("nodeSelector"), 3, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_NodeSelector, .doc = STR_INIT("Which nodes; one matching term is enough.")},
    {STR_INIT("allocationTimestamp"), 5, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_Time, .doc = STR_INIT("A time: RFC 3339, to the second."), .extra = &extra_1},
};
static const uint16_t schema_numbers_resource_v1beta2_AllocationResult[] = {0, 1, 2};
static const uint8_t schema_lookup_resource_v1beta2_AllocationResult[] = {3, 0, 0, 0, 0, 0, 1, 2};
const struct schema_message schema_message_resource_v1beta2_AllocationResult = {
    .package = STR_INIT("io.k8s.api.resource.v1beta2"),
    .name = STR_INIT("AllocationResult"),
    .fields = schema_fields_resource_v1beta2_AllocationResult,
    .n_fields = 3,
    .by_number = schema_numbers_resource_v1beta2_AllocationResult,
    .n_numbered = 3,
    .n_slots = 3,
    .lookup_mask = 7,
    .lookup = schema_lookup_resource_v1beta2_AllocationResult,
};
const struct schema_field schema_fields_resource_v1beta2_CELDeviceSelector[] = {
    {STR_INIT("expression"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .doc = STR_INIT("In the Common Expression Language (CEL).")},
};
static const uint16_t schema_numbers_resource_v1beta2_CELDeviceSelector[] = {0};
static const uint8_t schema_lookup_resource_v1beta2_CELDeviceSelector[] = {1, 0, 0, 0};
const struct schema_message schema_message_resource_v1beta2_CELDeviceSelector = {
    .package = STR_INIT("io.k8s.api.resource.v1beta2"),
    .name = STR_INIT("CELDeviceSelector"),
    .fields = schema_fields_resource_v1beta2_CELDeviceSelector,
    .n_fields = 1,
    .by_number = schema_numbers_resource_v1beta2_CELDeviceSelector,
    .n_numbered = 1,
    .n_slots = 1,
    .lookup_mask = 3,
    .lookup = schema_lookup_resource_v1beta2_CELDeviceSelector,
};
static const struct schema_extra extra_2 = {.choice = STR_INIT("oneOf:ValidRequestValues")};
const struct schema_field schema_fields_resource_v1beta2_CapacityRequestPolicy[] = {
    {STR_INIT("default"), 1, .flags = SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_resource_Quantity, .doc = STR_INIT("A number with a unit, such as 500m, 1.5 or 2Gi.")},
    {STR_INIT("validValues"), 3, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_resource_Quantity, .doc = STR_INIT("A number with a unit, such as 500m, 1.5 or 2Gi."), .extra = &extra_2},
    {STR_INIT("validRange"), 4, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_resource_v1beta2_CapacityRequestPolicyRange, .extra = &extra_2},
};
static const uint16_t schema_numbers_resource_v1beta2_CapacityRequestPolicy[] = {0, 1, 2};
static const uint8_t schema_lookup_resource_v1beta2_CapacityRequestPolicy[] = {0, 0, 0, 0, 3, 0, 1, 2};
const struct schema_message schema_message_resource_v1beta2_CapacityRequestPolicy = {
    .package = STR_INIT("io.k8s.api.resource.v1beta2"),
    .name = STR_INIT("CapacityRequestPolicy"),
    .fields = schema_fields_resource_v1beta2_CapacityRequestPolicy,
    .n_fields = 3,
    .by_number = schema_numbers_resource_v1beta2_CapacityRequestPolicy,
    .n_numbered = 3,
    .n_slots = 3,
    .lookup_mask = 7,
    .lookup = schema_lookup_resource_v1beta2_CapacityRequestPolicy,
};
const struct schema_field schema_fields_resource_v1beta2_CapacityRequestPolicyRange[] = {
    {STR_INIT("min"), 1, .flags = SCHEMA_REQUIRED | SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_resource_Quantity, .doc = STR_INIT("A number with a unit, such as 500m, 1.5 or 2Gi.")},
    {STR_INIT("max"), 2, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_resource_Quantity, .doc = STR_INIT("A number with a unit, such as 500m, 1.5 or 2Gi.")},
    {STR_INIT("step"), 3, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_resource_Quantity, .doc = STR_INIT("A number with a unit, such as 500m, 1.5 or 2Gi.")},
};
static const uint16_t schema_numbers_resource_v1beta2_CapacityRequestPolicyRange[] = {0, 1, 2};
static const uint8_t schema_lookup_resource_v1beta2_CapacityRequestPolicyRange[] = {2, 0, 0, 0, 0, 3, 0, 1};
const struct schema_message schema_message_resource_v1beta2_CapacityRequestPolicyRange = {
    .package = STR_INIT("io.k8s.api.resource.v1beta2"),
    .name = STR_INIT("CapacityRequestPolicyRange"),
    .fields = schema_fields_resource_v1beta2_CapacityRequestPolicyRange,
    .n_fields = 3,
    .by_number = schema_numbers_resource_v1beta2_CapacityRequestPolicyRange,
    .n_numbered = 3,
    .n_slots = 3,
    .lookup_mask = 7,
    .lookup = schema_lookup_resource_v1beta2_CapacityRequestPolicyRange,
};
const struct schema_field schema_fields_resource_v1beta2_CapacityRequirements[] = {
    {STR_INIT("requests"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MAP_MESSAGE, .message = &schema_message_resource_Quantity, .doc = STR_INIT("A number with a unit, such as 500m, 1.5 or 2Gi.")},
};
static const uint16_t schema_numbers_resource_v1beta2_CapacityRequirements[] = {0};
static const uint8_t schema_lookup_resource_v1beta2_CapacityRequirements[] = {0, 1, 0, 0};
const struct schema_message schema_message_resource_v1beta2_CapacityRequirements = {
    .package = STR_INIT("io.k8s.api.resource.v1beta2"),
    .name = STR_INIT("CapacityRequirements"),
    .fields = schema_fields_resource_v1beta2_CapacityRequirements,
    .n_fields = 1,
    .by_number = schema_numbers_resource_v1beta2_CapacityRequirements,
    .n_numbered = 1,
    .n_slots = 1,
    .lookup_mask = 3,
    .lookup = schema_lookup_resource_v1beta2_CapacityRequirements,
};
const struct schema_field schema_fields_resource_v1beta2_Counter[] = {
    {STR_INIT("value"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_resource_Quantity, .doc = STR_INIT("The value.")},
};
static const uint16_t schema_numbers_resource_v1beta2_Counter[] = {0};
static const uint8_t schema_lookup_resource_v1beta2_Counter[] = {1, 0, 0, 0};
const struct schema_message schema_message_resource_v1beta2_Counter = {
    .package = STR_INIT("io.k8s.api.resource.v1beta2"),
    .name = STR_INIT("Counter"),
    .fields = schema_fields_resource_v1beta2_Counter,
    .n_fields = 1,
    .by_number = schema_numbers_resource_v1beta2_Counter,
    .n_numbered = 1,
    .n_slots = 1,
    .lookup_mask = 3,
    .lookup = schema_lookup_resource_v1beta2_Counter,
};
static const struct schema_extra extra_3 = {.rules = STR_INIT("format=k8s-short-name")};
static const struct schema_extra extra_4 = {.rules = STR_INIT("eachKey=format=k8s-short-name")};
const struct schema_field schema_fields_resource_v1beta2_CounterSet[] = {
    {STR_INIT("name"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .doc = STR_INIT("The name."), .extra = &extra_3},
    {STR_INIT("counters"), 2, .flags = SCHEMA_REQUIRED | SCHEMA_OMITEMPTY, .type = SCHEMA_MAP_MESSAGE, .message = &schema_message_resource_v1beta2_Counter, .extra = &extra_4},
};
static const uint16_t schema_numbers_resource_v1beta2_CounterSet[] = {0, 1};
static const uint8_t schema_lookup_resource_v1beta2_CounterSet[] = {1, 0, 0, 2};
const struct schema_message schema_message_resource_v1beta2_CounterSet = {
    .package = STR_INIT("io.k8s.api.resource.v1beta2"),
    .name = STR_INIT("CounterSet"),
    .fields = schema_fields_resource_v1beta2_CounterSet,
    .n_fields = 2,
    .by_number = schema_numbers_resource_v1beta2_CounterSet,
    .n_numbered = 2,
    .n_slots = 2,
    .lookup_mask = 3,
    .lookup = schema_lookup_resource_v1beta2_CounterSet,
};
static const struct schema_extra extra_5 = {.gate = STR_INIT("DRAPartitionableDevices"), .rules = STR_INIT("unique=map;maxItems=2")};
static const struct schema_extra extra_6 = {.gate = STR_INIT("DRAPartitionableDevices"), .choice = STR_INIT("oneOf:DeviceNodeSelection")};
static const struct schema_extra extra_7 = {.gate = STR_INIT("DRADeviceTaints")};
static const struct schema_extra extra_8 = {.gate = STR_INIT("DRADeviceBindingConditions,DRAResourceClaimDeviceStatus"), .rules = STR_INIT("maxItems=4")};
static const struct schema_extra extra_9 = {.gate = STR_INIT("DRAConsumableCapacity")};
static const struct schema_extra extra_10 = {.gate = STR_INIT("DRANodeAllocatableResources")};
const struct schema_field schema_fields_resource_v1beta2_Device[] = {
    {STR_INIT("name"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .doc = STR_INIT("The name.")},
    {STR_INIT("attributes"), 2, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MAP_MESSAGE, .message = &schema_message_resource_v1beta2_DeviceAttribute},
    {STR_INIT("capacity"), 3, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MAP_MESSAGE, .message = &schema_message_resource_v1beta2_DeviceCapacity},
    {STR_INIT("consumesCounters"), 4, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_resource_v1beta2_DeviceCounterConsumption, .doc = STR_INIT("What a device takes of counters that several devices share."), .extra = &extra_5},
    {STR_INIT("nodeName"), 5, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_STRING, .extra = &extra_6},
    {STR_INIT("nodeSelector"), 6, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_NodeSelector, .doc = STR_INIT("Which nodes; one matching term is enough."), .extra = &extra_6},
    {STR_INIT("allNodes"), 7, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_BOOL, .extra = &extra_6},
    {STR_INIT("taints"), 8, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_resource_v1beta2_DeviceTaint, .extra = &extra_7},
    {STR_INIT("bindsToNode"), 9, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_BOOL, .extra = &extra_1},
    {STR_INIT("bindingConditions"), 10, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .extra = &extra_8},
    {STR_INIT("bindingFailureConditions"), 11, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .extra = &extra_8},
    {STR_INIT("allowMultipleAllocations"), 12, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_BOOL, .extra = &extra_9},
    {STR_INIT("nodeAllocatableResources"), 14, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MAP_MESSAGE, .message = &schema_message_resource_v1beta2_NodeAllocatableResource, .extra = &extra_10},
};
static const uint16_t schema_numbers_resource_v1beta2_Device[] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
static const uint8_t schema_lookup_resource_v1beta2_Device[] = {13, 0, 0, 10, 1, 12, 0, 0, 2, 0, 0, 9, 0, 0, 0, 6, 0, 0, 0, 5, 0, 0, 7, 0, 0, 0, 4, 11, 0, 0, 3, 8};
const struct schema_message schema_message_resource_v1beta2_Device = {
    .package = STR_INIT("io.k8s.api.resource.v1beta2"),
    .name = STR_INIT("Device"),
    .fields = schema_fields_resource_v1beta2_Device,
    .n_fields = 13,
    .by_number = schema_numbers_resource_v1beta2_Device,
    .n_numbered = 13,
    .n_slots = 13,
    .lookup_mask = 31,
    .lookup = schema_lookup_resource_v1beta2_Device,
};
static const struct str enums_0[] = {STR_INIT("FromClaim"), STR_INIT("FromClass"), {NULL, 0}};
static const struct schema_extra extra_11 = {.rules = STR_INIT("unique=set;maxItems=32")};
const struct schema_field schema_fields_resource_v1beta2_DeviceAllocationConfiguration[] = {
    {STR_INIT("source"), 1, .flags = SCHEMA_REQUIRED | SCHEMA_ENUM_CLOSED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .enums = enums_0},
    {STR_INIT("requests"), 2, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .extra = &extra_11},
    {STR_INIT("deviceConfiguration"), 3, .flags = SCHEMA_INLINE, .type = SCHEMA_MESSAGE, .message = &schema_message_resource_v1beta2_DeviceConfiguration},
};
static const uint16_t schema_numbers_resource_v1beta2_DeviceAllocationConfiguration[] = {0, 1, 2};
static const struct schema_field *const schema_slots_resource_v1beta2_DeviceAllocationConfiguration[] = {&schema_fields_resource_v1beta2_DeviceAllocationConfiguration[0], &schema_fields_resource_v1beta2_DeviceAllocationConfiguration[1], &schema_fields_resource_v1beta2_DeviceConfiguration[0]};
static const uint8_t schema_starts_resource_v1beta2_DeviceAllocationConfiguration[] = {0, 1, 2};
static const uint8_t schema_lookup_resource_v1beta2_DeviceAllocationConfiguration[] = {0, 1, 2, 3, 0, 0, 0, 0};
const struct schema_message schema_message_resource_v1beta2_DeviceAllocationConfiguration = {
    .package = STR_INIT("io.k8s.api.resource.v1beta2"),
    .name = STR_INIT("DeviceAllocationConfiguration"),
    .fields = schema_fields_resource_v1beta2_DeviceAllocationConfiguration,
    .n_fields = 3,
    .by_number = schema_numbers_resource_v1beta2_DeviceAllocationConfiguration,
    .n_numbered = 3,
    .slots = schema_slots_resource_v1beta2_DeviceAllocationConfiguration,
    .starts = schema_starts_resource_v1beta2_DeviceAllocationConfiguration,
    .n_slots = 3,
    .lookup_mask = 7,
    .lookup = schema_lookup_resource_v1beta2_DeviceAllocationConfiguration,
};
static const struct schema_extra extra_12 = {.rules = STR_INIT("maxItems=32")};
static const struct schema_extra extra_13 = {.rules = STR_INIT("maxItems=64")};
const struct schema_field schema_fields_resource_v1beta2_DeviceAllocationResult[] = {
    {STR_INIT("results"), 1, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_resource_v1beta2_DeviceRequestAllocationResult, .extra = &extra_12},
    {STR_INIT("config"), 2, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_resource_v1beta2_DeviceAllocationConfiguration, .extra = &extra_13},
};
static const uint16_t schema_numbers_resource_v1beta2_DeviceAllocationResult[] = {0, 1};
static const uint8_t schema_lookup_resource_v1beta2_DeviceAllocationResult[] = {0, 0, 1, 2};
const struct schema_message schema_message_resource_v1beta2_DeviceAllocationResult = {
    .package = STR_INIT("io.k8s.api.resource.v1beta2"),
    .name = STR_INIT("DeviceAllocationResult"),
    .fields = schema_fields_resource_v1beta2_DeviceAllocationResult,
    .n_fields = 2,
    .by_number = schema_numbers_resource_v1beta2_DeviceAllocationResult,
    .n_numbered = 2,
    .n_slots = 2,
    .lookup_mask = 3,
    .lookup = schema_lookup_resource_v1beta2_DeviceAllocationResult,
};
static const struct schema_extra extra_14 = {.choice = STR_INIT("unionMember")};
static const struct schema_extra extra_15 = {.gate = STR_INIT("DRAListTypeAttributes"), .choice = STR_INIT("unionMember")};
static const struct schema_extra extra_16 = {.gate = STR_INIT("DRAListTypeAttributes"), .rules = STR_INIT("eachVal=maxBytes=64"), .choice = STR_INIT("unionMember")};
const struct schema_field schema_fields_resource_v1beta2_DeviceAttribute[] = {
    {STR_INIT("int"), 2, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_INT64, .extra = &extra_14},
    {STR_INIT("bool"), 3, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_BOOL, .extra = &extra_14},
    {STR_INIT("string"), 4, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_STRING, .extra = &extra_14},
    {STR_INIT("version"), 5, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_STRING, .extra = &extra_14},
    {STR_INIT("ints"), 6, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_INT64, .extra = &extra_15},
    {STR_INIT("bools"), 7, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_BOOL, .extra = &extra_15},
    {STR_INIT("strings"), 8, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .extra = &extra_16},
    {STR_INIT("versions"), 9, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .extra = &extra_15},
};
static const uint16_t schema_numbers_resource_v1beta2_DeviceAttribute[] = {0, 1, 2, 3, 4, 5, 6, 7};
static const uint8_t schema_lookup_resource_v1beta2_DeviceAttribute[] = {3, 0, 2, 0, 0, 0, 0, 7, 0, 0, 6, 5, 8, 0, 1, 4};
const struct schema_message schema_message_resource_v1beta2_DeviceAttribute = {
    .package = STR_INIT("io.k8s.api.resource.v1beta2"),
    .name = STR_INIT("DeviceAttribute"),
    .fields = schema_fields_resource_v1beta2_DeviceAttribute,
    .n_fields = 8,
    .by_number = schema_numbers_resource_v1beta2_DeviceAttribute,
    .n_numbered = 8,
    .n_slots = 8,
    .lookup_mask = 15,
    .lookup = schema_lookup_resource_v1beta2_DeviceAttribute,
};
const struct schema_field schema_fields_resource_v1beta2_DeviceCapacity[] = {
    {STR_INIT("value"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_resource_Quantity, .doc = STR_INIT("The value.")},
    {STR_INIT("requestPolicy"), 2, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_resource_v1beta2_CapacityRequestPolicy, .extra = &extra_9},
};
static const uint16_t schema_numbers_resource_v1beta2_DeviceCapacity[] = {0, 1};
static const uint8_t schema_lookup_resource_v1beta2_DeviceCapacity[] = {1, 2, 0, 0};
const struct schema_message schema_message_resource_v1beta2_DeviceCapacity = {
    .package = STR_INIT("io.k8s.api.resource.v1beta2"),
    .name = STR_INIT("DeviceCapacity"),
    .fields = schema_fields_resource_v1beta2_DeviceCapacity,
    .n_fields = 2,
    .by_number = schema_numbers_resource_v1beta2_DeviceCapacity,
    .n_numbered = 2,
    .n_slots = 2,
    .lookup_mask = 3,
    .lookup = schema_lookup_resource_v1beta2_DeviceCapacity,
};
static const struct schema_extra extra_17 = {.rules = STR_INIT("unique=map;maxItems=32")};
const struct schema_field schema_fields_resource_v1beta2_DeviceClaim[] = {
    {STR_INIT("requests"), 1, .flags = SCHEMA_REPEATED, .type = SCHEMA_MESSAGE, .message = &schema_message_resource_v1beta2_DeviceRequest, .extra = &extra_17},
    {STR_INIT("constraints"), 2, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_resource_v1beta2_DeviceConstraint, .extra = &extra_12},
    {STR_INIT("config"), 3, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_resource_v1beta2_DeviceClaimConfiguration, .extra = &extra_12},
};
static const uint16_t schema_numbers_resource_v1beta2_DeviceClaim[] = {0, 1, 2};
static const uint8_t schema_lookup_resource_v1beta2_DeviceClaim[] = {0, 1, 3, 2, 0, 0, 0, 0};
const struct schema_message schema_message_resource_v1beta2_DeviceClaim = {
    .package = STR_INIT("io.k8s.api.resource.v1beta2"),
    .name = STR_INIT("DeviceClaim"),
    .fields = schema_fields_resource_v1beta2_DeviceClaim,
    .n_fields = 3,
    .by_number = schema_numbers_resource_v1beta2_DeviceClaim,
    .n_numbered = 3,
    .n_slots = 3,
    .lookup_mask = 7,
    .lookup = schema_lookup_resource_v1beta2_DeviceClaim,
};
const struct schema_field schema_fields_resource_v1beta2_DeviceClaimConfiguration[] = {
    {STR_INIT("requests"), 1, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .extra = &extra_11},
    {STR_INIT("deviceConfiguration"), 2, .flags = SCHEMA_INLINE, .type = SCHEMA_MESSAGE, .message = &schema_message_resource_v1beta2_DeviceConfiguration},
};
static const uint16_t schema_numbers_resource_v1beta2_DeviceClaimConfiguration[] = {0, 1};
static const struct schema_field *const schema_slots_resource_v1beta2_DeviceClaimConfiguration[] = {&schema_fields_resource_v1beta2_DeviceClaimConfiguration[0], &schema_fields_resource_v1beta2_DeviceConfiguration[0]};
static const uint8_t schema_starts_resource_v1beta2_DeviceClaimConfiguration[] = {0, 1};
static const uint8_t schema_lookup_resource_v1beta2_DeviceClaimConfiguration[] = {0, 1, 2, 0};
const struct schema_message schema_message_resource_v1beta2_DeviceClaimConfiguration = {
    .package = STR_INIT("io.k8s.api.resource.v1beta2"),
    .name = STR_INIT("DeviceClaimConfiguration"),
    .fields = schema_fields_resource_v1beta2_DeviceClaimConfiguration,
    .n_fields = 2,
    .by_number = schema_numbers_resource_v1beta2_DeviceClaimConfiguration,
    .n_numbered = 2,
    .slots = schema_slots_resource_v1beta2_DeviceClaimConfiguration,
    .starts = schema_starts_resource_v1beta2_DeviceClaimConfiguration,
    .n_slots = 2,
    .lookup_mask = 3,
    .lookup = schema_lookup_resource_v1beta2_DeviceClaimConfiguration,
};
static const struct schema_extra extra_18 = {.rules = STR_INIT("subfield(name)=optional;subfield(name)=format=k8s-long-name")};
const struct schema_field schema_fields_resource_v1beta2_DeviceClass[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ObjectMeta, .key_default = STR_INIT("{}"), .doc = STR_INIT("Standard object's metadata: name, labels and the like."), .extra = &extra_18},
    {STR_INIT("spec"), 2, .type = SCHEMA_MESSAGE, .message = &schema_message_resource_v1beta2_DeviceClassSpec, .key_default = STR_INIT("{}"), .doc = STR_INIT("What is wanted.")},
};
static const uint16_t schema_numbers_resource_v1beta2_DeviceClass[] = {1, 2, 0};
static const struct schema_field *const schema_slots_resource_v1beta2_DeviceClass[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_resource_v1beta2_DeviceClass[1], &schema_fields_resource_v1beta2_DeviceClass[2]};
static const uint8_t schema_starts_resource_v1beta2_DeviceClass[] = {0, 2, 3};
static const uint8_t schema_lookup_resource_v1beta2_DeviceClass[] = {1, 2, 3, 0, 0, 4, 0, 0};
const struct schema_message schema_message_resource_v1beta2_DeviceClass = {
    .package = STR_INIT("io.k8s.api.resource.v1beta2"),
    .name = STR_INIT("DeviceClass"),
    .doc = STR_INIT("A sort of devices."),
    .fields = schema_fields_resource_v1beta2_DeviceClass,
    .n_fields = 3,
    .by_number = schema_numbers_resource_v1beta2_DeviceClass,
    .n_numbered = 2,
    .slots = schema_slots_resource_v1beta2_DeviceClass,
    .starts = schema_starts_resource_v1beta2_DeviceClass,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_resource_v1beta2_DeviceClass,
};
const struct schema_field schema_fields_resource_v1beta2_DeviceClassConfiguration[] = {
    {STR_INIT("deviceConfiguration"), 1, .flags = SCHEMA_INLINE, .type = SCHEMA_MESSAGE, .message = &schema_message_resource_v1beta2_DeviceConfiguration},
};
static const uint16_t schema_numbers_resource_v1beta2_DeviceClassConfiguration[] = {0};
static const struct schema_field *const schema_slots_resource_v1beta2_DeviceClassConfiguration[] = {&schema_fields_resource_v1beta2_DeviceConfiguration[0]};
static const uint8_t schema_starts_resource_v1beta2_DeviceClassConfiguration[] = {0};
static const uint8_t schema_lookup_resource_v1beta2_DeviceClassConfiguration[] = {0, 1, 0, 0};
const struct schema_message schema_message_resource_v1beta2_DeviceClassConfiguration = {
    .package = STR_INIT("io.k8s.api.resource.v1beta2"),
    .name = STR_INIT("DeviceClassConfiguration"),
    .fields = schema_fields_resource_v1beta2_DeviceClassConfiguration,
    .n_fields = 1,
    .by_number = schema_numbers_resource_v1beta2_DeviceClassConfiguration,
    .n_numbered = 1,
    .slots = schema_slots_resource_v1beta2_DeviceClassConfiguration,
    .starts = schema_starts_resource_v1beta2_DeviceClassConfiguration,
    .n_slots = 1,
    .lookup_mask = 3,
    .lookup = schema_lookup_resource_v1beta2_DeviceClassConfiguration,
};
const struct schema_field schema_fields_resource_v1beta2_DeviceClassList[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ListMeta, .doc = STR_INIT("Where the list was read, and how to go on.")},
    {STR_INIT("items"), 2, .flags = SCHEMA_REPEATED | SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_resource_v1beta2_DeviceClass, .doc = STR_INIT("The objects of the list.")},
};
static const uint16_t schema_numbers_resource_v1beta2_DeviceClassList[] = {1, 2, 0};
static const struct schema_field *const schema_slots_resource_v1beta2_DeviceClassList[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_resource_v1beta2_DeviceClassList[1], &schema_fields_resource_v1beta2_DeviceClassList[2]};
static const uint8_t schema_starts_resource_v1beta2_DeviceClassList[] = {0, 2, 3};
static const uint8_t schema_lookup_resource_v1beta2_DeviceClassList[] = {1, 2, 3, 4, 0, 0, 0, 0};
const struct schema_message schema_message_resource_v1beta2_DeviceClassList = {
    .package = STR_INIT("io.k8s.api.resource.v1beta2"),
    .name = STR_INIT("DeviceClassList"),
    .fields = schema_fields_resource_v1beta2_DeviceClassList,
    .n_fields = 3,
    .by_number = schema_numbers_resource_v1beta2_DeviceClassList,
    .n_numbered = 2,
    .slots = schema_slots_resource_v1beta2_DeviceClassList,
    .starts = schema_starts_resource_v1beta2_DeviceClassList,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_resource_v1beta2_DeviceClassList,
};
static const struct schema_extra extra_19 = {.gate = STR_INIT("DRAExtendedResource"), .rules = STR_INIT("format=k8s-extended-resource-name")};
const struct schema_field schema_fields_resource_v1beta2_DeviceClassSpec[] = {
    {STR_INIT("selectors"), 1, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_resource_v1beta2_DeviceSelector, .extra = &extra_12},
    {STR_INIT("config"), 2, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_resource_v1beta2_DeviceClassConfiguration, .extra = &extra_12},
    {STR_INIT("extendedResourceName"), 4, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_STRING, .extra = &extra_19},
};
static const uint16_t schema_numbers_resource_v1beta2_DeviceClassSpec[] = {0, 1, 2};
static const uint8_t schema_lookup_resource_v1beta2_DeviceClassSpec[] = {1, 0, 2, 3, 0, 0, 0, 0};
const struct schema_message schema_message_resource_v1beta2_DeviceClassSpec = {
    .package = STR_INIT("io.k8s.api.resource.v1beta2"),
    .name = STR_INIT("DeviceClassSpec"),
    .fields = schema_fields_resource_v1beta2_DeviceClassSpec,
    .n_fields = 3,
    .by_number = schema_numbers_resource_v1beta2_DeviceClassSpec,
    .n_numbered = 3,
    .n_slots = 3,
    .lookup_mask = 7,
    .lookup = schema_lookup_resource_v1beta2_DeviceClassSpec,
};
static const struct schema_extra extra_20 = {.choice = STR_INIT("oneOf:ConfigurationType")};
const struct schema_field schema_fields_resource_v1beta2_DeviceConfiguration[] = {
    {STR_INIT("opaque"), 1, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_resource_v1beta2_OpaqueDeviceConfiguration, .extra = &extra_20},
};
static const uint16_t schema_numbers_resource_v1beta2_DeviceConfiguration[] = {0};
static const uint8_t schema_lookup_resource_v1beta2_DeviceConfiguration[] = {0, 1, 0, 0};
const struct schema_message schema_message_resource_v1beta2_DeviceConfiguration = {
    .package = STR_INIT("io.k8s.api.resource.v1beta2"),
    .name = STR_INIT("DeviceConfiguration"),
    .fields = schema_fields_resource_v1beta2_DeviceConfiguration,
    .n_fields = 1,
    .by_number = schema_numbers_resource_v1beta2_DeviceConfiguration,
    .n_numbered = 1,
    .n_slots = 1,
    .lookup_mask = 3,
    .lookup = schema_lookup_resource_v1beta2_DeviceConfiguration,
};
static const struct schema_extra extra_21 = {.rules = STR_INIT("format=k8s-resource-fully-qualified-name"), .choice = STR_INIT("oneOf:ConstraintType")};
static const struct schema_extra extra_22 = {.gate = STR_INIT("DRAConsumableCapacity"), .choice = STR_INIT("oneOf:ConstraintType")};
const struct schema_field schema_fields_resource_v1beta2_DeviceConstraint[] = {
    {STR_INIT("requests"), 1, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .extra = &extra_11},
    {STR_INIT("matchAttribute"), 2, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_STRING, .extra = &extra_21},
    {STR_INIT("distinctAttribute"), 3, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_STRING, .extra = &extra_22},
};
static const uint16_t schema_numbers_resource_v1beta2_DeviceConstraint[] = {0, 1, 2};
static const uint8_t schema_lookup_resource_v1beta2_DeviceConstraint[] = {0, 1, 3, 0, 0, 2, 0, 0};
const struct schema_message schema_message_resource_v1beta2_DeviceConstraint = {
    .package = STR_INIT("io.k8s.api.resource.v1beta2"),
    .name = STR_INIT("DeviceConstraint"),
    .fields = schema_fields_resource_v1beta2_DeviceConstraint,
    .n_fields = 3,
    .by_number = schema_numbers_resource_v1beta2_DeviceConstraint,
    .n_numbered = 3,
    .n_slots = 3,
    .lookup_mask = 7,
    .lookup = schema_lookup_resource_v1beta2_DeviceConstraint,
};
static const struct schema_extra extra_23 = {.gate = STR_INIT("DRADeviceCompatibilityGroups"), .rules = STR_INIT("unique=set;maxItems=2;eachVal=format=k8s-short-name")};
const struct schema_field schema_fields_resource_v1beta2_DeviceCounterConsumption[] = {
    {STR_INIT("counterSet"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .extra = &extra_3},
    {STR_INIT("counters"), 2, .flags = SCHEMA_REQUIRED | SCHEMA_OMITEMPTY, .type = SCHEMA_MAP_MESSAGE, .message = &schema_message_resource_v1beta2_Counter, .extra = &extra_4},
    {STR_INIT("compatibilityGroups"), 3, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("Groups a device shares its counters with; dropped here, as where DRADeviceCompatibilityGroups is off."), .extra = &extra_23},
};
static const uint16_t schema_numbers_resource_v1beta2_DeviceCounterConsumption[] = {0, 1, 2};
static const uint8_t schema_lookup_resource_v1beta2_DeviceCounterConsumption[] = {2, 3, 0, 0, 0, 0, 0, 1};
const struct schema_message schema_message_resource_v1beta2_DeviceCounterConsumption = {
    .package = STR_INIT("io.k8s.api.resource.v1beta2"),
    .name = STR_INIT("DeviceCounterConsumption"),
    .doc = STR_INIT("What a device takes of counters that several devices share."),
    .fields = schema_fields_resource_v1beta2_DeviceCounterConsumption,
    .n_fields = 3,
    .by_number = schema_numbers_resource_v1beta2_DeviceCounterConsumption,
    .n_numbered = 3,
    .n_slots = 3,
    .lookup_mask = 7,
    .lookup = schema_lookup_resource_v1beta2_DeviceCounterConsumption,
};
static const struct schema_extra extra_24 = {.rules = STR_INIT("format=k8s-resource-fully-qualified-name")};
const struct schema_field schema_fields_resource_v1beta2_DeviceDerivedAttribute[] = {
    {STR_INIT("name"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .doc = STR_INIT("The name."), .extra = &extra_24},
    {STR_INIT("expression"), 2, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .doc = STR_INIT("In the Common Expression Language (CEL).")},
};
static const uint16_t schema_numbers_resource_v1beta2_DeviceDerivedAttribute[] = {0, 1};
static const uint8_t schema_lookup_resource_v1beta2_DeviceDerivedAttribute[] = {1, 2, 0, 0};
const struct schema_message schema_message_resource_v1beta2_DeviceDerivedAttribute = {
    .package = STR_INIT("io.k8s.api.resource.v1beta2"),
    .name = STR_INIT("DeviceDerivedAttribute"),
    .doc = STR_INIT("An attribute computed from a device by an expression."),
    .fields = schema_fields_resource_v1beta2_DeviceDerivedAttribute,
    .n_fields = 2,
    .by_number = schema_numbers_resource_v1beta2_DeviceDerivedAttribute,
    .n_numbered = 2,
    .n_slots = 2,
    .lookup_mask = 3,
    .lookup = schema_lookup_resource_v1beta2_DeviceDerivedAttribute,
};
static const struct schema_extra extra_25 = {.choice = STR_INIT("oneOf:deviceRequestType")};
static const struct schema_extra extra_26 = {.gate = STR_INIT("DRAPrioritizedList"), .rules = STR_INIT("unique=map;maxItems=8"), .choice = STR_INIT("oneOf:deviceRequestType")};
const struct schema_field schema_fields_resource_v1beta2_DeviceRequest[] = {
    {STR_INIT("name"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .doc = STR_INIT("The name.")},
    {STR_INIT("exactly"), 2, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_resource_v1beta2_ExactDeviceRequest, .doc = STR_INIT("Devices of one class that a claim asks for."), .extra = &extra_25},
    {STR_INIT("firstAvailable"), 3, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_resource_v1beta2_DeviceSubRequest, .extra = &extra_26},
};
static const uint16_t schema_numbers_resource_v1beta2_DeviceRequest[] = {0, 1, 2};
static const uint8_t schema_lookup_resource_v1beta2_DeviceRequest[] = {0, 0, 2, 0, 1, 0, 3, 0};
const struct schema_message schema_message_resource_v1beta2_DeviceRequest = {
    .package = STR_INIT("io.k8s.api.resource.v1beta2"),
    .name = STR_INIT("DeviceRequest"),
    .fields = schema_fields_resource_v1beta2_DeviceRequest,
    .n_fields = 3,
    .by_number = schema_numbers_resource_v1beta2_DeviceRequest,
    .n_numbered = 3,
    .n_slots = 3,
    .lookup_mask = 7,
    .lookup = schema_lookup_resource_v1beta2_DeviceRequest,
};
static const struct schema_extra extra_27 = {.rules = STR_INIT("format=k8s-long-name-caseless;maxLength=63")};
static const struct schema_extra extra_28 = {.rules = STR_INIT("format=k8s-resource-pool-name")};
static const struct schema_extra extra_29 = {.gate = STR_INIT("DRAAdminAccess")};
static const struct str enums_1[] = {STR_INIT("*"), STR_INIT("NodePrepareResources"), STR_INIT("NodeUnprepareResources"), {NULL, 0}};
static const struct schema_extra extra_30 = {.gate = STR_INIT("DRAOptionalNodeOperations")};
const struct schema_field schema_fields_resource_v1beta2_DeviceRequestAllocationResult[] = {
    {STR_INIT("request"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\"")},
    {STR_INIT("driver"), 2, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .extra = &extra_27},
    {STR_INIT("pool"), 3, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .extra = &extra_28},
    {STR_INIT("device"), 4, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\"")},
    {STR_INIT("adminAccess"), 5, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_BOOL, .extra = &extra_29},
    {STR_INIT("tolerations"), 6, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_resource_v1beta2_DeviceToleration, .extra = &extra_7},
    {STR_INIT("bindingConditions"), 7, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .extra = &extra_8},
    {STR_INIT("bindingFailureConditions"), 8, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .extra = &extra_8},
    {STR_INIT("shareID"), 9, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_STRING, .extra = &extra_0},
    {STR_INIT("consumedCapacity"), 10, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MAP_MESSAGE, .message = &schema_message_resource_Quantity, .doc = STR_INIT("A number with a unit, such as 500m, 1.5 or 2Gi."), .extra = &extra_9},
    {STR_INIT("skipNodeOperations"), 11, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY | SCHEMA_ENUM_CLOSED, .type = SCHEMA_STRING, .list = SCHEMA_LIST_SET, .enums = enums_1, .extra = &extra_30},
};
static const uint16_t schema_numbers_resource_v1beta2_DeviceRequestAllocationResult[] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
static const uint8_t schema_lookup_resource_v1beta2_DeviceRequestAllocationResult[] = {9, 11, 0, 7, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 4, 5, 0, 0, 0, 0, 0, 0, 0, 6, 0, 0, 1, 3, 8, 10, 0, 0};
const struct schema_message schema_message_resource_v1beta2_DeviceRequestAllocationResult = {
    .package = STR_INIT("io.k8s.api.resource.v1beta2"),
    .name = STR_INIT("DeviceRequestAllocationResult"),
    .fields = schema_fields_resource_v1beta2_DeviceRequestAllocationResult,
    .n_fields = 11,
    .by_number = schema_numbers_resource_v1beta2_DeviceRequestAllocationResult,
    .n_numbered = 11,
    .n_slots = 11,
    .lookup_mask = 31,
    .lookup = schema_lookup_resource_v1beta2_DeviceRequestAllocationResult,
};
static const struct schema_extra extra_31 = {.choice = STR_INIT("oneOf:SelectorType")};
const struct schema_field schema_fields_resource_v1beta2_DeviceSelector[] = {
    {STR_INIT("cel"), 1, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_resource_v1beta2_CELDeviceSelector, .extra = &extra_31},
};
static const uint16_t schema_numbers_resource_v1beta2_DeviceSelector[] = {0};
static const uint8_t schema_lookup_resource_v1beta2_DeviceSelector[] = {0, 0, 1, 0};
const struct schema_message schema_message_resource_v1beta2_DeviceSelector = {
    .package = STR_INIT("io.k8s.api.resource.v1beta2"),
    .name = STR_INIT("DeviceSelector"),
    .fields = schema_fields_resource_v1beta2_DeviceSelector,
    .n_fields = 1,
    .by_number = schema_numbers_resource_v1beta2_DeviceSelector,
    .n_numbered = 1,
    .n_slots = 1,
    .lookup_mask = 3,
    .lookup = schema_lookup_resource_v1beta2_DeviceSelector,
};
static const struct schema_extra extra_32 = {.rules = STR_INIT("format=k8s-long-name")};
static const struct str enums_2[] = {STR_INIT("All"), STR_INIT("ExactCount"), {NULL, 0}};
static const struct schema_extra extra_33 = {.choice = STR_INIT("oneOf:AllocationMode")};
static const struct schema_extra extra_34 = {.gate = STR_INIT("DRADerivedAttributes"), .rules = STR_INIT("maxItems=32")};
const struct schema_field schema_fields_resource_v1beta2_DeviceSubRequest[] = {
    {STR_INIT("name"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .doc = STR_INIT("The name.")},
    {STR_INIT("deviceClassName"), 2, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .extra = &extra_32},
    {STR_INIT("selectors"), 3, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_resource_v1beta2_DeviceSelector, .extra = &extra_12},
    {STR_INIT("allocationMode"), 4, .flags = SCHEMA_OMITEMPTY | SCHEMA_ENUM_CLOSED, .type = SCHEMA_STRING, .enums = enums_2},
    {STR_INIT("count"), 5, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_INT64, .extra = &extra_33},
    {STR_INIT("tolerations"), 6, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_resource_v1beta2_DeviceToleration, .extra = &extra_7},
    {STR_INIT("capacity"), 7, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_resource_v1beta2_CapacityRequirements, .extra = &extra_9},
    {STR_INIT("derivedAttributes"), 8, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_resource_v1beta2_DeviceDerivedAttribute, .doc = STR_INIT("An attribute computed from a device by an expression."), .extra = &extra_34},
};
static const uint16_t schema_numbers_resource_v1beta2_DeviceSubRequest[] = {0, 1, 2, 3, 4, 5, 6, 7};
static const uint8_t schema_lookup_resource_v1beta2_DeviceSubRequest[] = {3, 0, 0, 0, 1, 2, 0, 6, 0, 5, 0, 0, 8, 4, 7, 0};
const struct schema_message schema_message_resource_v1beta2_DeviceSubRequest = {
    .package = STR_INIT("io.k8s.api.resource.v1beta2"),
    .name = STR_INIT("DeviceSubRequest"),
    .fields = schema_fields_resource_v1beta2_DeviceSubRequest,
    .n_fields = 8,
    .by_number = schema_numbers_resource_v1beta2_DeviceSubRequest,
    .n_numbered = 8,
    .n_slots = 8,
    .lookup_mask = 15,
    .lookup = schema_lookup_resource_v1beta2_DeviceSubRequest,
};
static const struct str enums_3[] = {STR_INIT("NoExecute"), STR_INIT("NoSchedule"), STR_INIT("None"), {NULL, 0}};
const struct schema_field schema_fields_resource_v1beta2_DeviceTaint[] = {
    {STR_INIT("key"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .doc = STR_INIT("The key.")},
    {STR_INIT("value"), 2, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("The value.")},
    {STR_INIT("effect"), 3, .flags = SCHEMA_REQUIRED | SCHEMA_ENUM_CLOSED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .enums = enums_3},
    {STR_INIT("timeAdded"), 4, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_Time, .doc = STR_INIT("A time: RFC 3339, to the second.")},
};
static const uint16_t schema_numbers_resource_v1beta2_DeviceTaint[] = {0, 1, 2, 3};
static const uint8_t schema_lookup_resource_v1beta2_DeviceTaint[] = {1, 2, 4, 0, 3, 0, 0, 0};
const struct schema_message schema_message_resource_v1beta2_DeviceTaint = {
    .package = STR_INIT("io.k8s.api.resource.v1beta2"),
    .name = STR_INIT("DeviceTaint"),
    .fields = schema_fields_resource_v1beta2_DeviceTaint,
    .n_fields = 4,
    .by_number = schema_numbers_resource_v1beta2_DeviceTaint,
    .n_numbered = 4,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_resource_v1beta2_DeviceTaint,
};
const struct schema_field schema_fields_resource_v1beta2_DeviceTaintRule[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ObjectMeta, .key_default = STR_INIT("{}"), .doc = STR_INIT("Standard object's metadata: name, labels and the like.")},
    {STR_INIT("spec"), 2, .flags = SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_resource_v1beta2_DeviceTaintRuleSpec, .key_default = STR_INIT("{}"), .doc = STR_INIT("What is wanted.")},
    {STR_INIT("status"), 3, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_resource_v1beta2_DeviceTaintRuleStatus, .key_default = STR_INIT("{}"), .doc = STR_INIT("What is, as those who look after it tell.")},
};
static const uint16_t schema_numbers_resource_v1beta2_DeviceTaintRule[] = {1, 2, 3, 0};
static const struct schema_field *const schema_slots_resource_v1beta2_DeviceTaintRule[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_resource_v1beta2_DeviceTaintRule[1], &schema_fields_resource_v1beta2_DeviceTaintRule[2], &schema_fields_resource_v1beta2_DeviceTaintRule[3]};
static const uint8_t schema_starts_resource_v1beta2_DeviceTaintRule[] = {0, 2, 3, 4};
static const uint8_t schema_lookup_resource_v1beta2_DeviceTaintRule[] = {3, 0, 0, 0, 0, 0, 0, 0, 1, 2, 0, 5, 0, 4, 0, 0};
const struct schema_message schema_message_resource_v1beta2_DeviceTaintRule = {
    .package = STR_INIT("io.k8s.api.resource.v1beta2"),
    .name = STR_INIT("DeviceTaintRule"),
    .doc = STR_INIT("Taints devices that match."),
    .fields = schema_fields_resource_v1beta2_DeviceTaintRule,
    .n_fields = 4,
    .by_number = schema_numbers_resource_v1beta2_DeviceTaintRule,
    .n_numbered = 3,
    .slots = schema_slots_resource_v1beta2_DeviceTaintRule,
    .starts = schema_starts_resource_v1beta2_DeviceTaintRule,
    .n_slots = 5,
    .lookup_mask = 15,
    .lookup = schema_lookup_resource_v1beta2_DeviceTaintRule,
};
const struct schema_field schema_fields_resource_v1beta2_DeviceTaintRuleList[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ListMeta, .doc = STR_INIT("Where the list was read, and how to go on.")},
    {STR_INIT("items"), 2, .flags = SCHEMA_REPEATED | SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_resource_v1beta2_DeviceTaintRule, .doc = STR_INIT("The objects of the list.")},
};
static const uint16_t schema_numbers_resource_v1beta2_DeviceTaintRuleList[] = {1, 2, 0};
static const struct schema_field *const schema_slots_resource_v1beta2_DeviceTaintRuleList[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_resource_v1beta2_DeviceTaintRuleList[1], &schema_fields_resource_v1beta2_DeviceTaintRuleList[2]};
static const uint8_t schema_starts_resource_v1beta2_DeviceTaintRuleList[] = {0, 2, 3};
static const uint8_t schema_lookup_resource_v1beta2_DeviceTaintRuleList[] = {1, 2, 3, 4, 0, 0, 0, 0};
const struct schema_message schema_message_resource_v1beta2_DeviceTaintRuleList = {
    .package = STR_INIT("io.k8s.api.resource.v1beta2"),
    .name = STR_INIT("DeviceTaintRuleList"),
    .fields = schema_fields_resource_v1beta2_DeviceTaintRuleList,
    .n_fields = 3,
    .by_number = schema_numbers_resource_v1beta2_DeviceTaintRuleList,
    .n_numbered = 2,
    .slots = schema_slots_resource_v1beta2_DeviceTaintRuleList,
    .starts = schema_starts_resource_v1beta2_DeviceTaintRuleList,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_resource_v1beta2_DeviceTaintRuleList,
};
const struct schema_field schema_fields_resource_v1beta2_DeviceTaintRuleSpec[] = {
    {STR_INIT("deviceSelector"), 1, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_resource_v1beta2_DeviceTaintSelector},
    {STR_INIT("taint"), 2, .flags = SCHEMA_REQUIRED | SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_resource_v1beta2_DeviceTaint, .key_default = STR_INIT("{}")},
};
static const uint16_t schema_numbers_resource_v1beta2_DeviceTaintRuleSpec[] = {0, 1};
static const uint8_t schema_lookup_resource_v1beta2_DeviceTaintRuleSpec[] = {0, 0, 1, 2};
const struct schema_message schema_message_resource_v1beta2_DeviceTaintRuleSpec = {
    .package = STR_INIT("io.k8s.api.resource.v1beta2"),
    .name = STR_INIT("DeviceTaintRuleSpec"),
    .fields = schema_fields_resource_v1beta2_DeviceTaintRuleSpec,
    .n_fields = 2,
    .by_number = schema_numbers_resource_v1beta2_DeviceTaintRuleSpec,
    .n_numbered = 2,
    .n_slots = 2,
    .lookup_mask = 3,
    .lookup = schema_lookup_resource_v1beta2_DeviceTaintRuleSpec,
};
const struct schema_field schema_fields_resource_v1beta2_DeviceTaintRuleStatus[] = {
    {STR_INIT("conditions"), 1, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY | SCHEMA_PATCH_MERGE, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_Condition, .list = SCHEMA_LIST_MAP, .list_keys = keys_0, .merge_key = STR_INIT("type"), .doc = STR_INIT("What is known of it, each with its last change.")},
};
static const uint16_t schema_numbers_resource_v1beta2_DeviceTaintRuleStatus[] = {0};
static const uint8_t schema_lookup_resource_v1beta2_DeviceTaintRuleStatus[] = {0, 0, 1, 0};
const struct schema_message schema_message_resource_v1beta2_DeviceTaintRuleStatus = {
    .package = STR_INIT("io.k8s.api.resource.v1beta2"),
    .name = STR_INIT("DeviceTaintRuleStatus"),
    .fields = schema_fields_resource_v1beta2_DeviceTaintRuleStatus,
    .n_fields = 1,
    .by_number = schema_numbers_resource_v1beta2_DeviceTaintRuleStatus,
    .n_numbered = 1,
    .n_slots = 1,
    .lookup_mask = 3,
    .lookup = schema_lookup_resource_v1beta2_DeviceTaintRuleStatus,
};
const struct schema_field schema_fields_resource_v1beta2_DeviceTaintSelector[] = {
    {STR_INIT("driver"), 2, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_STRING},
    {STR_INIT("pool"), 3, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_STRING},
    {STR_INIT("device"), 4, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_STRING},
};
static const uint16_t schema_numbers_resource_v1beta2_DeviceTaintSelector[] = {0, 1, 2};
static const uint8_t schema_lookup_resource_v1beta2_DeviceTaintSelector[] = {0, 0, 2, 1, 0, 0, 3, 0};
const struct schema_message schema_message_resource_v1beta2_DeviceTaintSelector = {
    .package = STR_INIT("io.k8s.api.resource.v1beta2"),
    .name = STR_INIT("DeviceTaintSelector"),
    .fields = schema_fields_resource_v1beta2_DeviceTaintSelector,
    .n_fields = 3,
    .by_number = schema_numbers_resource_v1beta2_DeviceTaintSelector,
    .n_numbered = 3,
    .n_slots = 3,
    .lookup_mask = 7,
    .lookup = schema_lookup_resource_v1beta2_DeviceTaintSelector,
};
static const struct schema_extra extra_35 = {.rules = STR_INIT("format=k8s-label-key")};
static const struct str enums_4[] = {STR_INIT("Equal"), STR_INIT("Exists"), {NULL, 0}};
const struct schema_field schema_fields_resource_v1beta2_DeviceToleration[] = {
    {STR_INIT("key"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("The key."), .extra = &extra_35},
    {STR_INIT("operator"), 2, .flags = SCHEMA_OMITEMPTY | SCHEMA_ENUM_CLOSED, .type = SCHEMA_STRING, .fallback = STR_INIT("\"Equal\""), .key_default = STR_INIT("\"Equal\""), .enums = enums_4, .doc = STR_INIT("How they are compared.")},
    {STR_INIT("value"), 3, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("The value.")},
    {STR_INIT("effect"), 4, .flags = SCHEMA_OMITEMPTY | SCHEMA_ENUM_CLOSED, .type = SCHEMA_STRING, .enums = enums_3},
    {STR_INIT("tolerationSeconds"), 5, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_INT64},
};
static const uint16_t schema_numbers_resource_v1beta2_DeviceToleration[] = {0, 1, 2, 3, 4};
static const uint8_t schema_lookup_resource_v1beta2_DeviceToleration[] = {2, 0, 5, 0, 4, 0, 0, 0, 1, 3, 0, 0, 0, 0, 0, 0};
const struct schema_message schema_message_resource_v1beta2_DeviceToleration = {
    .package = STR_INIT("io.k8s.api.resource.v1beta2"),
    .name = STR_INIT("DeviceToleration"),
    .fields = schema_fields_resource_v1beta2_DeviceToleration,
    .n_fields = 5,
    .by_number = schema_numbers_resource_v1beta2_DeviceToleration,
    .n_numbered = 5,
    .n_slots = 5,
    .lookup_mask = 15,
    .lookup = schema_lookup_resource_v1beta2_DeviceToleration,
};
const struct schema_field schema_fields_resource_v1beta2_ExactDeviceRequest[] = {
    {STR_INIT("deviceClassName"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\"")},
    {STR_INIT("selectors"), 2, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_resource_v1beta2_DeviceSelector, .extra = &extra_12},
    {STR_INIT("allocationMode"), 3, .flags = SCHEMA_OMITEMPTY | SCHEMA_ENUM_CLOSED, .type = SCHEMA_STRING, .enums = enums_2},
    {STR_INIT("count"), 4, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_INT64, .extra = &extra_33},
    {STR_INIT("adminAccess"), 5, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_BOOL, .extra = &extra_29},
    {STR_INIT("tolerations"), 6, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_resource_v1beta2_DeviceToleration, .extra = &extra_7},
    {STR_INIT("capacity"), 7, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_resource_v1beta2_CapacityRequirements, .extra = &extra_9},
    {STR_INIT("derivedAttributes"), 8, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_resource_v1beta2_DeviceDerivedAttribute, .doc = STR_INIT("Attributes computed from each device for the constraints; dropped here, as where DRADerivedAttributes is off."), .extra = &extra_34},
};
static const uint16_t schema_numbers_resource_v1beta2_ExactDeviceRequest[] = {0, 1, 2, 3, 4, 5, 6, 7};
static const uint8_t schema_lookup_resource_v1beta2_ExactDeviceRequest[] = {2, 0, 0, 0, 0, 1, 0, 6, 0, 4, 0, 0, 8, 3, 7, 5};
const struct schema_message schema_message_resource_v1beta2_ExactDeviceRequest = {
    .package = STR_INIT("io.k8s.api.resource.v1beta2"),
    .name = STR_INIT("ExactDeviceRequest"),
    .doc = STR_INIT("Devices of one class that a claim asks for."),
    .fields = schema_fields_resource_v1beta2_ExactDeviceRequest,
    .n_fields = 8,
    .by_number = schema_numbers_resource_v1beta2_ExactDeviceRequest,
    .n_numbered = 8,
    .n_slots = 8,
    .lookup_mask = 15,
    .lookup = schema_lookup_resource_v1beta2_ExactDeviceRequest,
};
static const struct schema_extra extra_36 = {.rules = STR_INIT("maxBytes=256")};
static const struct schema_extra extra_37 = {.rules = STR_INIT("unique=set;maxItems=16")};
static const struct schema_extra extra_38 = {.rules = STR_INIT("maxBytes=128")};
const struct schema_field schema_fields_resource_v1beta2_NetworkDeviceData[] = {
    {STR_INIT("interfaceName"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .extra = &extra_36},
    {STR_INIT("ips"), 2, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .extra = &extra_37},
    {STR_INIT("hardwareAddress"), 3, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .extra = &extra_38},
};
static const uint16_t schema_numbers_resource_v1beta2_NetworkDeviceData[] = {0, 1, 2};
static const uint8_t schema_lookup_resource_v1beta2_NetworkDeviceData[] = {2, 0, 0, 1, 0, 3, 0, 0};
const struct schema_message schema_message_resource_v1beta2_NetworkDeviceData = {
    .package = STR_INIT("io.k8s.api.resource.v1beta2"),
    .name = STR_INIT("NetworkDeviceData"),
    .fields = schema_fields_resource_v1beta2_NetworkDeviceData,
    .n_fields = 3,
    .by_number = schema_numbers_resource_v1beta2_NetworkDeviceData,
    .n_numbered = 3,
    .n_slots = 3,
    .lookup_mask = 7,
    .lookup = schema_lookup_resource_v1beta2_NetworkDeviceData,
};
static const struct schema_extra extra_39 = {.rules = STR_INIT("dependentRequired(capacityMultiplier)"), .choice = STR_INIT("unionMember")};
static const struct schema_extra extra_40 = {.rules = STR_INIT("dependentRequired(capacityKey)")};
const struct schema_field schema_fields_resource_v1beta2_NodeAllocatableMapping[] = {
    {STR_INIT("capacityKey"), 1, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_STRING, .extra = &extra_39},
    {STR_INIT("capacityMultiplier"), 2, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_resource_Quantity, .doc = STR_INIT("A number with a unit, such as 500m, 1.5 or 2Gi."), .extra = &extra_40},
    {STR_INIT("deviceMultiplier"), 3, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_resource_Quantity, .doc = STR_INIT("A number with a unit, such as 500m, 1.5 or 2Gi."), .extra = &extra_14},
};
static const uint16_t schema_numbers_resource_v1beta2_NodeAllocatableMapping[] = {0, 1, 2};
static const uint8_t schema_lookup_resource_v1beta2_NodeAllocatableMapping[] = {0, 0, 1, 2, 3, 0, 0, 0};
const struct schema_message schema_message_resource_v1beta2_NodeAllocatableMapping = {
    .package = STR_INIT("io.k8s.api.resource.v1beta2"),
    .name = STR_INIT("NodeAllocatableMapping"),
    .fields = schema_fields_resource_v1beta2_NodeAllocatableMapping,
    .n_fields = 3,
    .by_number = schema_numbers_resource_v1beta2_NodeAllocatableMapping,
    .n_numbered = 3,
    .n_slots = 3,
    .lookup_mask = 7,
    .lookup = schema_lookup_resource_v1beta2_NodeAllocatableMapping,
};
const struct schema_field schema_fields_resource_v1beta2_NodeAllocatableOverhead[] = {
    {STR_INIT("perPod"), 1, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_resource_Quantity, .doc = STR_INIT("A number with a unit, such as 500m, 1.5 or 2Gi.")},
    {STR_INIT("perContainer"), 2, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_resource_Quantity, .doc = STR_INIT("A number with a unit, such as 500m, 1.5 or 2Gi.")},
};
static const uint16_t schema_numbers_resource_v1beta2_NodeAllocatableOverhead[] = {0, 1};
static const uint8_t schema_lookup_resource_v1beta2_NodeAllocatableOverhead[] = {0, 0, 1, 2};
const struct schema_message schema_message_resource_v1beta2_NodeAllocatableOverhead = {
    .package = STR_INIT("io.k8s.api.resource.v1beta2"),
    .name = STR_INIT("NodeAllocatableOverhead"),
    .fields = schema_fields_resource_v1beta2_NodeAllocatableOverhead,
    .n_fields = 2,
    .by_number = schema_numbers_resource_v1beta2_NodeAllocatableOverhead,
    .n_numbered = 2,
    .n_slots = 2,
    .lookup_mask = 3,
    .lookup = schema_lookup_resource_v1beta2_NodeAllocatableOverhead,
};
const struct schema_field schema_fields_resource_v1beta2_NodeAllocatableResource[] = {
    {STR_INIT("mapping"), 3, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_resource_v1beta2_NodeAllocatableMapping},
    {STR_INIT("overhead"), 4, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_resource_v1beta2_NodeAllocatableOverhead},
};
static const uint16_t schema_numbers_resource_v1beta2_NodeAllocatableResource[] = {0, 1};
static const uint8_t schema_lookup_resource_v1beta2_NodeAllocatableResource[] = {1, 0, 0, 2};
const struct schema_message schema_message_resource_v1beta2_NodeAllocatableResource = {
    .package = STR_INIT("io.k8s.api.resource.v1beta2"),
    .name = STR_INIT("NodeAllocatableResource"),
    .fields = schema_fields_resource_v1beta2_NodeAllocatableResource,
    .n_fields = 2,
    .by_number = schema_numbers_resource_v1beta2_NodeAllocatableResource,
    .n_numbered = 2,
    .n_slots = 2,
    .lookup_mask = 3,
    .lookup = schema_lookup_resource_v1beta2_NodeAllocatableResource,
};
static const struct schema_extra extra_41 = {.rules = STR_INIT("maxLength=63;format=k8s-long-name-caseless")};
const struct schema_field schema_fields_resource_v1beta2_OpaqueDeviceConfiguration[] = {
    {STR_INIT("driver"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .extra = &extra_41},
    {STR_INIT("parameters"), 2, .flags = SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_runtime_RawExtension, .doc = STR_INIT("Any object.")},
};
static const uint16_t schema_numbers_resource_v1beta2_OpaqueDeviceConfiguration[] = {0, 1};
static const uint8_t schema_lookup_resource_v1beta2_OpaqueDeviceConfiguration[] = {0, 2, 0, 1};
const struct schema_message schema_message_resource_v1beta2_OpaqueDeviceConfiguration = {
    .package = STR_INIT("io.k8s.api.resource.v1beta2"),
    .name = STR_INIT("OpaqueDeviceConfiguration"),
    .fields = schema_fields_resource_v1beta2_OpaqueDeviceConfiguration,
    .n_fields = 2,
    .by_number = schema_numbers_resource_v1beta2_OpaqueDeviceConfiguration,
    .n_numbered = 2,
    .n_slots = 2,
    .lookup_mask = 3,
    .lookup = schema_lookup_resource_v1beta2_OpaqueDeviceConfiguration,
};
static const struct schema_extra extra_42 = {.rules = STR_INIT("immutable")};
const struct schema_field schema_fields_resource_v1beta2_ResourceClaim[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ObjectMeta, .key_default = STR_INIT("{}"), .doc = STR_INIT("Standard object's metadata: name, labels and the like.")},
    {STR_INIT("spec"), 2, .type = SCHEMA_MESSAGE, .message = &schema_message_resource_v1beta2_ResourceClaimSpec, .key_default = STR_INIT("{}"), .doc = STR_INIT("What is wanted."), .extra = &extra_42},
    {STR_INIT("status"), 3, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_resource_v1beta2_ResourceClaimStatus, .key_default = STR_INIT("{}"), .doc = STR_INIT("What is, as those who look after it tell.")},
};
static const uint16_t schema_numbers_resource_v1beta2_ResourceClaim[] = {1, 2, 3, 0};
static const struct schema_field *const schema_slots_resource_v1beta2_ResourceClaim[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_resource_v1beta2_ResourceClaim[1], &schema_fields_resource_v1beta2_ResourceClaim[2], &schema_fields_resource_v1beta2_ResourceClaim[3]};
static const uint8_t schema_starts_resource_v1beta2_ResourceClaim[] = {0, 2, 3, 4};
static const uint8_t schema_lookup_resource_v1beta2_ResourceClaim[] = {3, 0, 0, 0, 0, 0, 0, 0, 1, 2, 0, 5, 0, 4, 0, 0};
const struct schema_message schema_message_resource_v1beta2_ResourceClaim = {
    .package = STR_INIT("io.k8s.api.resource.v1beta2"),
    .name = STR_INIT("ResourceClaim"),
    .doc = STR_INIT("A wish for devices, and what it got."),
    .fields = schema_fields_resource_v1beta2_ResourceClaim,
    .n_fields = 4,
    .by_number = schema_numbers_resource_v1beta2_ResourceClaim,
    .n_numbered = 3,
    .slots = schema_slots_resource_v1beta2_ResourceClaim,
    .starts = schema_starts_resource_v1beta2_ResourceClaim,
    .n_slots = 5,
    .lookup_mask = 15,
    .lookup = schema_lookup_resource_v1beta2_ResourceClaim,
};
const struct schema_field schema_fields_resource_v1beta2_ResourceClaimConsumerReference[] = {
    {STR_INIT("apiGroup"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("The API group.")},
    {STR_INIT("resource"), 3, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\"")},
    {STR_INIT("name"), 4, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .doc = STR_INIT("The name.")},
    {STR_INIT("uid"), 5, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .doc = STR_INIT("The identity the server gave it.")},
};
static const uint16_t schema_numbers_resource_v1beta2_ResourceClaimConsumerReference[] = {0, 1, 2, 3};
static const uint8_t schema_lookup_resource_v1beta2_ResourceClaimConsumerReference[] = {0, 1, 2, 0, 3, 4, 0, 0};
const struct schema_message schema_message_resource_v1beta2_ResourceClaimConsumerReference = {
    .package = STR_INIT("io.k8s.api.resource.v1beta2"),
    .name = STR_INIT("ResourceClaimConsumerReference"),
    .fields = schema_fields_resource_v1beta2_ResourceClaimConsumerReference,
    .n_fields = 4,
    .by_number = schema_numbers_resource_v1beta2_ResourceClaimConsumerReference,
    .n_numbered = 4,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_resource_v1beta2_ResourceClaimConsumerReference,
};
const struct schema_field schema_fields_resource_v1beta2_ResourceClaimList[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ListMeta, .doc = STR_INIT("Where the list was read, and how to go on.")},
    {STR_INIT("items"), 2, .flags = SCHEMA_REPEATED | SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_resource_v1beta2_ResourceClaim, .doc = STR_INIT("The objects of the list.")},
};
static const uint16_t schema_numbers_resource_v1beta2_ResourceClaimList[] = {1, 2, 0};
static const struct schema_field *const schema_slots_resource_v1beta2_ResourceClaimList[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_resource_v1beta2_ResourceClaimList[1], &schema_fields_resource_v1beta2_ResourceClaimList[2]};
static const uint8_t schema_starts_resource_v1beta2_ResourceClaimList[] = {0, 2, 3};
static const uint8_t schema_lookup_resource_v1beta2_ResourceClaimList[] = {1, 2, 3, 4, 0, 0, 0, 0};
const struct schema_message schema_message_resource_v1beta2_ResourceClaimList = {
    .package = STR_INIT("io.k8s.api.resource.v1beta2"),
    .name = STR_INIT("ResourceClaimList"),
    .fields = schema_fields_resource_v1beta2_ResourceClaimList,
    .n_fields = 3,
    .by_number = schema_numbers_resource_v1beta2_ResourceClaimList,
    .n_numbered = 2,
    .slots = schema_slots_resource_v1beta2_ResourceClaimList,
    .starts = schema_starts_resource_v1beta2_ResourceClaimList,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_resource_v1beta2_ResourceClaimList,
};
const struct schema_field schema_fields_resource_v1beta2_ResourceClaimSpec[] = {
    {STR_INIT("devices"), 1, .type = SCHEMA_MESSAGE, .message = &schema_message_resource_v1beta2_DeviceClaim, .key_default = STR_INIT("{}")},
};
static const uint16_t schema_numbers_resource_v1beta2_ResourceClaimSpec[] = {0};
static const uint8_t schema_lookup_resource_v1beta2_ResourceClaimSpec[] = {0, 0, 1, 0};
const struct schema_message schema_message_resource_v1beta2_ResourceClaimSpec = {
    .package = STR_INIT("io.k8s.api.resource.v1beta2"),
    .name = STR_INIT("ResourceClaimSpec"),
    .fields = schema_fields_resource_v1beta2_ResourceClaimSpec,
    .n_fields = 1,
    .by_number = schema_numbers_resource_v1beta2_ResourceClaimSpec,
    .n_numbered = 1,
    .n_slots = 1,
    .lookup_mask = 3,
    .lookup = schema_lookup_resource_v1beta2_ResourceClaimSpec,
};
static const struct schema_extra extra_43 = {.rules = STR_INIT("update=NoModify")};
static const struct str keys_1[] = {STR_INIT("uid"), STR_INIT("")};
static const struct schema_extra extra_44 = {.rules = STR_INIT("maxItems=256")};
static const struct str keys_2[] = {STR_INIT("driver"), STR_INIT("device"), STR_INIT("pool"), STR_INIT("shareID"), STR_INIT("")};
static const struct schema_extra extra_45 = {.gate = STR_INIT("DRAResourceClaimDeviceStatus")};
const struct schema_field schema_fields_resource_v1beta2_ResourceClaimStatus[] = {
    {STR_INIT("allocation"), 1, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_resource_v1beta2_AllocationResult, .extra = &extra_43},
    {STR_INIT("reservedFor"), 2, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY | SCHEMA_PATCH_MERGE, .type = SCHEMA_MESSAGE, .message = &schema_message_resource_v1beta2_ResourceClaimConsumerReference, .list = SCHEMA_LIST_MAP, .list_keys = keys_1, .merge_key = STR_INIT("uid"), .extra = &extra_44},
    {STR_INIT("devices"), 4, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_resource_v1beta2_AllocatedDeviceStatus, .list = SCHEMA_LIST_MAP, .list_keys = keys_2, .extra = &extra_45},
};
static const uint16_t schema_numbers_resource_v1beta2_ResourceClaimStatus[] = {0, 1, 2};
static const uint8_t schema_lookup_resource_v1beta2_ResourceClaimStatus[] = {0, 2, 0, 0, 0, 0, 3, 1};
const struct schema_message schema_message_resource_v1beta2_ResourceClaimStatus = {
    .package = STR_INIT("io.k8s.api.resource.v1beta2"),
    .name = STR_INIT("ResourceClaimStatus"),
    .fields = schema_fields_resource_v1beta2_ResourceClaimStatus,
    .n_fields = 3,
    .by_number = schema_numbers_resource_v1beta2_ResourceClaimStatus,
    .n_numbered = 3,
    .n_slots = 3,
    .lookup_mask = 7,
    .lookup = schema_lookup_resource_v1beta2_ResourceClaimStatus,
};
const struct schema_field schema_fields_resource_v1beta2_ResourceClaimTemplate[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ObjectMeta, .key_default = STR_INIT("{}"), .doc = STR_INIT("Standard object's metadata: name, labels and the like.")},
    {STR_INIT("spec"), 2, .type = SCHEMA_MESSAGE, .message = &schema_message_resource_v1beta2_ResourceClaimTemplateSpec, .key_default = STR_INIT("{}"), .doc = STR_INIT("What is wanted.")},
};
static const uint16_t schema_numbers_resource_v1beta2_ResourceClaimTemplate[] = {1, 2, 0};
static const struct schema_field *const schema_slots_resource_v1beta2_ResourceClaimTemplate[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_resource_v1beta2_ResourceClaimTemplate[1], &schema_fields_resource_v1beta2_ResourceClaimTemplate[2]};
static const uint8_t schema_starts_resource_v1beta2_ResourceClaimTemplate[] = {0, 2, 3};
static const uint8_t schema_lookup_resource_v1beta2_ResourceClaimTemplate[] = {1, 2, 3, 0, 0, 4, 0, 0};
const struct schema_message schema_message_resource_v1beta2_ResourceClaimTemplate = {
    .package = STR_INIT("io.k8s.api.resource.v1beta2"),
    .name = STR_INIT("ResourceClaimTemplate"),
    .doc = STR_INIT("What claims made for pods look like."),
    .fields = schema_fields_resource_v1beta2_ResourceClaimTemplate,
    .n_fields = 3,
    .by_number = schema_numbers_resource_v1beta2_ResourceClaimTemplate,
    .n_numbered = 2,
    .slots = schema_slots_resource_v1beta2_ResourceClaimTemplate,
    .starts = schema_starts_resource_v1beta2_ResourceClaimTemplate,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_resource_v1beta2_ResourceClaimTemplate,
};
const struct schema_field schema_fields_resource_v1beta2_ResourceClaimTemplateList[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ListMeta, .doc = STR_INIT("Where the list was read, and how to go on.")},
    {STR_INIT("items"), 2, .flags = SCHEMA_REPEATED | SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_resource_v1beta2_ResourceClaimTemplate, .doc = STR_INIT("The objects of the list.")},
};
static const uint16_t schema_numbers_resource_v1beta2_ResourceClaimTemplateList[] = {1, 2, 0};
static const struct schema_field *const schema_slots_resource_v1beta2_ResourceClaimTemplateList[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_resource_v1beta2_ResourceClaimTemplateList[1], &schema_fields_resource_v1beta2_ResourceClaimTemplateList[2]};
static const uint8_t schema_starts_resource_v1beta2_ResourceClaimTemplateList[] = {0, 2, 3};
static const uint8_t schema_lookup_resource_v1beta2_ResourceClaimTemplateList[] = {1, 2, 3, 4, 0, 0, 0, 0};
const struct schema_message schema_message_resource_v1beta2_ResourceClaimTemplateList = {
    .package = STR_INIT("io.k8s.api.resource.v1beta2"),
    .name = STR_INIT("ResourceClaimTemplateList"),
    .fields = schema_fields_resource_v1beta2_ResourceClaimTemplateList,
    .n_fields = 3,
    .by_number = schema_numbers_resource_v1beta2_ResourceClaimTemplateList,
    .n_numbered = 2,
    .slots = schema_slots_resource_v1beta2_ResourceClaimTemplateList,
    .starts = schema_starts_resource_v1beta2_ResourceClaimTemplateList,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_resource_v1beta2_ResourceClaimTemplateList,
};
const struct schema_field schema_fields_resource_v1beta2_ResourceClaimTemplateSpec[] = {
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ObjectMeta, .key_default = STR_INIT("{}"), .doc = STR_INIT("Standard object's metadata: name, labels and the like.")},
    {STR_INIT("spec"), 2, .type = SCHEMA_MESSAGE, .message = &schema_message_resource_v1beta2_ResourceClaimSpec, .key_default = STR_INIT("{}"), .doc = STR_INIT("What is wanted.")},
};
static const uint16_t schema_numbers_resource_v1beta2_ResourceClaimTemplateSpec[] = {0, 1};
static const uint8_t schema_lookup_resource_v1beta2_ResourceClaimTemplateSpec[] = {1, 2, 0, 0};
const struct schema_message schema_message_resource_v1beta2_ResourceClaimTemplateSpec = {
    .package = STR_INIT("io.k8s.api.resource.v1beta2"),
    .name = STR_INIT("ResourceClaimTemplateSpec"),
    .fields = schema_fields_resource_v1beta2_ResourceClaimTemplateSpec,
    .n_fields = 2,
    .by_number = schema_numbers_resource_v1beta2_ResourceClaimTemplateSpec,
    .n_numbered = 2,
    .n_slots = 2,
    .lookup_mask = 3,
    .lookup = schema_lookup_resource_v1beta2_ResourceClaimTemplateSpec,
};
const struct schema_field schema_fields_resource_v1beta2_ResourcePool[] = {
    {STR_INIT("name"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .doc = STR_INIT("The name.")},
    {STR_INIT("generation"), 2, .flags = SCHEMA_REQUIRED, .type = SCHEMA_INT64, .key_default = STR_INIT("0")},
    {STR_INIT("resourceSliceCount"), 3, .flags = SCHEMA_REQUIRED, .type = SCHEMA_INT64, .key_default = STR_INIT("0")},
};
static const uint16_t schema_numbers_resource_v1beta2_ResourcePool[] = {0, 1, 2};
static const uint8_t schema_lookup_resource_v1beta2_ResourcePool[] = {0, 2, 0, 3, 1, 0, 0, 0};
const struct schema_message schema_message_resource_v1beta2_ResourcePool = {
    .package = STR_INIT("io.k8s.api.resource.v1beta2"),
    .name = STR_INIT("ResourcePool"),
    .fields = schema_fields_resource_v1beta2_ResourcePool,
    .n_fields = 3,
    .by_number = schema_numbers_resource_v1beta2_ResourcePool,
    .n_numbered = 3,
    .n_slots = 3,
    .lookup_mask = 7,
    .lookup = schema_lookup_resource_v1beta2_ResourcePool,
};
const struct schema_field schema_fields_resource_v1beta2_ResourceSlice[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ObjectMeta, .key_default = STR_INIT("{}"), .doc = STR_INIT("Standard object's metadata: name, labels and the like.")},
    {STR_INIT("spec"), 2, .flags = SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_resource_v1beta2_ResourceSliceSpec, .key_default = STR_INIT("{}"), .doc = STR_INIT("What is wanted.")},
};
static const uint16_t schema_numbers_resource_v1beta2_ResourceSlice[] = {1, 2, 0};
static const struct schema_field *const schema_slots_resource_v1beta2_ResourceSlice[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_resource_v1beta2_ResourceSlice[1], &schema_fields_resource_v1beta2_ResourceSlice[2]};
static const uint8_t schema_starts_resource_v1beta2_ResourceSlice[] = {0, 2, 3};
static const uint8_t schema_lookup_resource_v1beta2_ResourceSlice[] = {1, 2, 3, 0, 0, 4, 0, 0};
const struct schema_message schema_message_resource_v1beta2_ResourceSlice = {
    .package = STR_INIT("io.k8s.api.resource.v1beta2"),
    .name = STR_INIT("ResourceSlice"),
    .doc = STR_INIT("Devices that a driver offers."),
    .fields = schema_fields_resource_v1beta2_ResourceSlice,
    .n_fields = 3,
    .by_number = schema_numbers_resource_v1beta2_ResourceSlice,
    .n_numbered = 2,
    .slots = schema_slots_resource_v1beta2_ResourceSlice,
    .starts = schema_starts_resource_v1beta2_ResourceSlice,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_resource_v1beta2_ResourceSlice,
};
const struct schema_field schema_fields_resource_v1beta2_ResourceSliceList[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ListMeta, .doc = STR_INIT("Where the list was read, and how to go on.")},
    {STR_INIT("items"), 2, .flags = SCHEMA_REPEATED | SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_resource_v1beta2_ResourceSlice, .doc = STR_INIT("The objects of the list.")},
};
static const uint16_t schema_numbers_resource_v1beta2_ResourceSliceList[] = {1, 2, 0};
static const struct schema_field *const schema_slots_resource_v1beta2_ResourceSliceList[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_resource_v1beta2_ResourceSliceList[1], &schema_fields_resource_v1beta2_ResourceSliceList[2]};
static const uint8_t schema_starts_resource_v1beta2_ResourceSliceList[] = {0, 2, 3};
static const uint8_t schema_lookup_resource_v1beta2_ResourceSliceList[] = {1, 2, 3, 4, 0, 0, 0, 0};
const struct schema_message schema_message_resource_v1beta2_ResourceSliceList = {
    .package = STR_INIT("io.k8s.api.resource.v1beta2"),
    .name = STR_INIT("ResourceSliceList"),
    .fields = schema_fields_resource_v1beta2_ResourceSliceList,
    .n_fields = 3,
    .by_number = schema_numbers_resource_v1beta2_ResourceSliceList,
    .n_numbered = 2,
    .slots = schema_slots_resource_v1beta2_ResourceSliceList,
    .starts = schema_starts_resource_v1beta2_ResourceSliceList,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_resource_v1beta2_ResourceSliceList,
};
static const struct schema_extra extra_46 = {.choice = STR_INIT("oneOf:NodeSelection")};
static const struct schema_extra extra_47 = {.choice = STR_INIT("zeroOrOneOf:ResourceSliceType")};
static const struct schema_extra extra_48 = {.gate = STR_INIT("DRAPartitionableDevices"), .choice = STR_INIT("oneOf:NodeSelection")};
static const struct schema_extra extra_49 = {.gate = STR_INIT("DRAPartitionableDevices"), .rules = STR_INIT("unique=map;maxItems=8"), .choice = STR_INIT("zeroOrOneOf:ResourceSliceType")};
static const struct schema_extra extra_50 = {.gate = STR_INIT("DRAPartitionableDevicesType"), .rules = STR_INIT("ifDisabled(DRAPartitionableDevicesType)=forbidden;ifEnabled(DRAPartitionableDevicesType)=optional;ifEnabled(DRAPartitionableDevicesType)=format=k8s-resource-fully-qualified-name")};
const struct schema_field schema_fields_resource_v1beta2_ResourceSliceSpec[] = {
    {STR_INIT("driver"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\"")},
    {STR_INIT("pool"), 2, .flags = SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_resource_v1beta2_ResourcePool, .key_default = STR_INIT("{}")},
    {STR_INIT("nodeName"), 3, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_STRING, .extra = &extra_46},
    {STR_INIT("nodeSelector"), 4, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_NodeSelector, .doc = STR_INIT("Which nodes; one matching term is enough."), .extra = &extra_46},
    {STR_INIT("allNodes"), 5, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_BOOL, .extra = &extra_46},
    {STR_INIT("devices"), 6, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_resource_v1beta2_Device, .extra = &extra_47},
    {STR_INIT("perDeviceNodeSelection"), 7, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_BOOL, .extra = &extra_48},
    {STR_INIT("sharedCounters"), 8, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_resource_v1beta2_CounterSet, .extra = &extra_49},
    {STR_INIT("partitionTypeAttribute"), 9, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_STRING, .extra = &extra_50},
    {STR_INIT("skipNodeOperations"), 10, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY | SCHEMA_ENUM_CLOSED, .type = SCHEMA_STRING, .list = SCHEMA_LIST_SET, .enums = enums_1, .extra = &extra_30},
};
static const uint16_t schema_numbers_resource_v1beta2_ResourceSliceSpec[] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9};
static const uint8_t schema_lookup_resource_v1beta2_ResourceSliceSpec[] = {0, 10, 0, 0, 0, 7, 6, 0, 0, 0, 0, 1, 0, 0, 0, 4, 0, 9, 8, 3, 0, 0, 5, 0, 0, 0, 2, 0, 0, 0, 0, 0};
const struct schema_message schema_message_resource_v1beta2_ResourceSliceSpec = {
    .package = STR_INIT("io.k8s.api.resource.v1beta2"),
    .name = STR_INIT("ResourceSliceSpec"),
    .fields = schema_fields_resource_v1beta2_ResourceSliceSpec,
    .n_fields = 10,
    .by_number = schema_numbers_resource_v1beta2_ResourceSliceSpec,
    .n_numbered = 10,
    .n_slots = 10,
    .lookup_mask = 31,
    .lookup = schema_lookup_resource_v1beta2_ResourceSliceSpec,
};
