/* Made by tools/gen.py from spec/: change those, not this. */
#include "gen/rows.h"

const struct schema_field schema_fields_storage_v1beta1_CSIDriver[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ObjectMeta, .key_default = STR_INIT("{}"), .doc = STR_INIT("Standard object's metadata: name, labels and the like.")},
    {STR_INIT("spec"), 2, .flags = SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_storage_v1beta1_CSIDriverSpec, .key_default = STR_INIT("{}"), .doc = STR_INIT("What is wanted.")},
};
static const uint16_t schema_numbers_storage_v1beta1_CSIDriver[] = {1, 2, 0};
static const struct schema_field *const schema_slots_storage_v1beta1_CSIDriver[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_storage_v1beta1_CSIDriver[1], &schema_fields_storage_v1beta1_CSIDriver[2]};
static const uint8_t schema_starts_storage_v1beta1_CSIDriver[] = {0, 2, 3};
static const uint8_t schema_lookup_storage_v1beta1_CSIDriver[] = {1, 2, 3, 0, 0, 4, 0, 0};
const struct schema_message schema_message_storage_v1beta1_CSIDriver = {
    .package = STR_INIT("io.k8s.api.storage.v1beta1"),
    .name = STR_INIT("CSIDriver"),
    .doc = STR_INIT("A storage driver and what it can do."),
    .fields = schema_fields_storage_v1beta1_CSIDriver,
    .n_fields = 3,
    .by_number = schema_numbers_storage_v1beta1_CSIDriver,
    .n_numbered = 2,
    .slots = schema_slots_storage_v1beta1_CSIDriver,
    .starts = schema_starts_storage_v1beta1_CSIDriver,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_storage_v1beta1_CSIDriver,
};
const struct schema_field schema_fields_storage_v1beta1_CSIDriverList[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ListMeta, .doc = STR_INIT("Where the list was read, and how to go on.")},
    {STR_INIT("items"), 2, .flags = SCHEMA_REPEATED | SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_storage_v1beta1_CSIDriver, .doc = STR_INIT("The objects of the list.")},
};
static const uint16_t schema_numbers_storage_v1beta1_CSIDriverList[] = {1, 2, 0};
static const struct schema_field *const schema_slots_storage_v1beta1_CSIDriverList[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_storage_v1beta1_CSIDriverList[1], &schema_fields_storage_v1beta1_CSIDriverList[2]};
static const uint8_t schema_starts_storage_v1beta1_CSIDriverList[] = {0, 2, 3};
static const uint8_t schema_lookup_storage_v1beta1_CSIDriverList[] = {1, 2, 3, 4, 0, 0, 0, 0};
const struct schema_message schema_message_storage_v1beta1_CSIDriverList = {
    .package = STR_INIT("io.k8s.api.storage.v1beta1"),
    .name = STR_INIT("CSIDriverList"),
    .fields = schema_fields_storage_v1beta1_CSIDriverList,
    .n_fields = 3,
    .by_number = schema_numbers_storage_v1beta1_CSIDriverList,
    .n_numbered = 2,
    .slots = schema_slots_storage_v1beta1_CSIDriverList,
    .starts = schema_starts_storage_v1beta1_CSIDriverList,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_storage_v1beta1_CSIDriverList,
};
static const struct schema_extra extra_0 = {.rules = STR_INIT("immutable")};
static const struct schema_extra extra_1 = {.gate = STR_INIT("SELinuxMountReadWriteOncePod")};
static const struct schema_extra extra_2 = {.gate = STR_INIT("MutableCSINodeAllocatableCount")};
static const struct schema_extra extra_3 = {.gate = STR_INIT("CSIServiceAccountTokenSecrets")};
static const struct schema_extra extra_4 = {.gate = STR_INIT("VolumeLimitScaling")};
const struct schema_field schema_fields_storage_v1beta1_CSIDriverSpec[] = {
    {STR_INIT("attachRequired"), 1, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_BOOL},
    {STR_INIT("podInfoOnMount"), 2, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_BOOL},
    {STR_INIT("volumeLifecycleModes"), 3, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .extra = &extra_0},
    {STR_INIT("storageCapacity"), 4, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_BOOL},
    {STR_INIT("fsGroupPolicy"), 5, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_STRING},
    {STR_INIT("tokenRequests"), 6, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_storage_v1beta1_TokenRequest},
    {STR_INIT("requiresRepublish"), 7, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_BOOL},
    {STR_INIT("seLinuxMount"), 8, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_BOOL, .extra = &extra_1},
    {STR_INIT("nodeAllocatableUpdatePeriodSeconds"), 9, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_INT64, .extra = &extra_2},
    {STR_INIT("serviceAccountTokenInSecrets"), 10, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_BOOL, .extra = &extra_3},
    {STR_INIT("preventPodSchedulingIfMissing"), 11, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_BOOL, .extra = &extra_4},
};
static const uint16_t schema_numbers_storage_v1beta1_CSIDriverSpec[] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
static const uint8_t schema_lookup_storage_v1beta1_CSIDriverSpec[] = {3, 0, 0, 0, 0, 2, 0, 0, 0, 0, 6, 11, 9, 0, 0, 10, 0, 7, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 8, 4, 5, 0};
const struct schema_message schema_message_storage_v1beta1_CSIDriverSpec = {
    .package = STR_INIT("io.k8s.api.storage.v1beta1"),
    .name = STR_INIT("CSIDriverSpec"),
    .fields = schema_fields_storage_v1beta1_CSIDriverSpec,
    .n_fields = 11,
    .by_number = schema_numbers_storage_v1beta1_CSIDriverSpec,
    .n_numbered = 11,
    .n_slots = 11,
    .lookup_mask = 31,
    .lookup = schema_lookup_storage_v1beta1_CSIDriverSpec,
};
const struct schema_field schema_fields_storage_v1beta1_CSINode[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ObjectMeta, .key_default = STR_INIT("{}"), .doc = STR_INIT("Standard object's metadata: name, labels and the like.")},
    {STR_INIT("spec"), 2, .flags = SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_storage_v1beta1_CSINodeSpec, .key_default = STR_INIT("{}"), .doc = STR_INIT("What is wanted.")},
    {STR_INIT("status"), 3, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_storage_v1beta1_CSINodeStatus, .key_default = STR_INIT("{}"), .doc = STR_INIT("What is, as those who look after it tell.")},
};
static const uint16_t schema_numbers_storage_v1beta1_CSINode[] = {1, 2, 3, 0};
static const struct schema_field *const schema_slots_storage_v1beta1_CSINode[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_storage_v1beta1_CSINode[1], &schema_fields_storage_v1beta1_CSINode[2], &schema_fields_storage_v1beta1_CSINode[3]};
static const uint8_t schema_starts_storage_v1beta1_CSINode[] = {0, 2, 3, 4};
static const uint8_t schema_lookup_storage_v1beta1_CSINode[] = {3, 0, 0, 0, 0, 0, 0, 0, 1, 2, 0, 5, 0, 4, 0, 0};
const struct schema_message schema_message_storage_v1beta1_CSINode = {
    .package = STR_INIT("io.k8s.api.storage.v1beta1"),
    .name = STR_INIT("CSINode"),
    .doc = STR_INIT("The storage drivers of a node."),
    .fields = schema_fields_storage_v1beta1_CSINode,
    .n_fields = 4,
    .by_number = schema_numbers_storage_v1beta1_CSINode,
    .n_numbered = 3,
    .slots = schema_slots_storage_v1beta1_CSINode,
    .starts = schema_starts_storage_v1beta1_CSINode,
    .n_slots = 5,
    .lookup_mask = 15,
    .lookup = schema_lookup_storage_v1beta1_CSINode,
};
const struct schema_field schema_fields_storage_v1beta1_CSINodeDriver[] = {
    {STR_INIT("name"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .doc = STR_INIT("The name.")},
    {STR_INIT("nodeID"), 2, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\"")},
    {STR_INIT("topologyKeys"), 3, .flags = SCHEMA_REPEATED, .type = SCHEMA_STRING},
    {STR_INIT("allocatable"), 4, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_storage_v1beta1_VolumeNodeResources},
};
static const uint16_t schema_numbers_storage_v1beta1_CSINodeDriver[] = {0, 1, 2, 3};
static const uint8_t schema_lookup_storage_v1beta1_CSINodeDriver[] = {0, 0, 0, 2, 1, 3, 0, 4};
const struct schema_message schema_message_storage_v1beta1_CSINodeDriver = {
    .package = STR_INIT("io.k8s.api.storage.v1beta1"),
    .name = STR_INIT("CSINodeDriver"),
    .fields = schema_fields_storage_v1beta1_CSINodeDriver,
    .n_fields = 4,
    .by_number = schema_numbers_storage_v1beta1_CSINodeDriver,
    .n_numbered = 4,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_storage_v1beta1_CSINodeDriver,
};
const struct schema_field schema_fields_storage_v1beta1_CSINodeList[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ListMeta, .doc = STR_INIT("Where the list was read, and how to go on.")},
    {STR_INIT("items"), 2, .flags = SCHEMA_REPEATED | SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_storage_v1beta1_CSINode, .doc = STR_INIT("The objects of the list.")},
};
static const uint16_t schema_numbers_storage_v1beta1_CSINodeList[] = {1, 2, 0};
static const struct schema_field *const schema_slots_storage_v1beta1_CSINodeList[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_storage_v1beta1_CSINodeList[1], &schema_fields_storage_v1beta1_CSINodeList[2]};
static const uint8_t schema_starts_storage_v1beta1_CSINodeList[] = {0, 2, 3};
static const uint8_t schema_lookup_storage_v1beta1_CSINodeList[] = {1, 2, 3, 4, 0, 0, 0, 0};
const struct schema_message schema_message_storage_v1beta1_CSINodeList = {
    .package = STR_INIT("io.k8s.api.storage.v1beta1"),
    .name = STR_INIT("CSINodeList"),
    .fields = schema_fields_storage_v1beta1_CSINodeList,
    .n_fields = 3,
    .by_number = schema_numbers_storage_v1beta1_CSINodeList,
    .n_numbered = 2,
    .slots = schema_slots_storage_v1beta1_CSINodeList,
    .starts = schema_starts_storage_v1beta1_CSINodeList,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_storage_v1beta1_CSINodeList,
};
static const struct str keys_0[] = {STR_INIT("name"), STR_INIT("")};
const struct schema_field schema_fields_storage_v1beta1_CSINodeSpec[] = {
    {STR_INIT("drivers"), 1, .flags = SCHEMA_REPEATED | SCHEMA_REQUIRED | SCHEMA_PATCH_MERGE, .type = SCHEMA_MESSAGE, .message = &schema_message_storage_v1beta1_CSINodeDriver, .list = SCHEMA_LIST_MAP, .list_keys = keys_0, .merge_key = STR_INIT("name")},
};
static const uint16_t schema_numbers_storage_v1beta1_CSINodeSpec[] = {0};
static const uint8_t schema_lookup_storage_v1beta1_CSINodeSpec[] = {0, 0, 0, 1};
const struct schema_message schema_message_storage_v1beta1_CSINodeSpec = {
    .package = STR_INIT("io.k8s.api.storage.v1beta1"),
    .name = STR_INIT("CSINodeSpec"),
    .fields = schema_fields_storage_v1beta1_CSINodeSpec,
    .n_fields = 1,
    .by_number = schema_numbers_storage_v1beta1_CSINodeSpec,
    .n_numbered = 1,
    .n_slots = 1,
    .lookup_mask = 3,
    .lookup = schema_lookup_storage_v1beta1_CSINodeSpec,
};
static const struct schema_extra extra_5 = {.gate = STR_INIT("CSIVolumeHealth")};
const struct schema_field schema_fields_storage_v1beta1_CSINodeStatus[] = {
    {STR_INIT("storageHealth"), 1, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY | SCHEMA_PATCH_MERGE, .type = SCHEMA_MESSAGE, .message = &schema_message_storage_v1beta1_StorageHealth, .list = SCHEMA_LIST_MAP, .list_keys = keys_0, .merge_key = STR_INIT("name"), .extra = &extra_5},
};
static const uint16_t schema_numbers_storage_v1beta1_CSINodeStatus[] = {0};
static const uint8_t schema_lookup_storage_v1beta1_CSINodeStatus[] = {1, 0, 0, 0};
const struct schema_message schema_message_storage_v1beta1_CSINodeStatus = {
    .package = STR_INIT("io.k8s.api.storage.v1beta1"),
    .name = STR_INIT("CSINodeStatus"),
    .fields = schema_fields_storage_v1beta1_CSINodeStatus,
    .n_fields = 1,
    .by_number = schema_numbers_storage_v1beta1_CSINodeStatus,
    .n_numbered = 1,
    .n_slots = 1,
    .lookup_mask = 3,
    .lookup = schema_lookup_storage_v1beta1_CSINodeStatus,
};
const struct schema_field schema_fields_storage_v1beta1_CSIStorageCapacity[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ObjectMeta, .key_default = STR_INIT("{}"), .doc = STR_INIT("Standard object's metadata: name, labels and the like.")},
    {STR_INIT("nodeTopology"), 2, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_LabelSelector, .doc = STR_INIT("Which labels; all of it must match. {} matches everything.")},
    {STR_INIT("storageClassName"), 3, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\"")},
    {STR_INIT("capacity"), 4, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_resource_Quantity, .doc = STR_INIT("A number with a unit, such as 500m, 1.5 or 2Gi.")},
    {STR_INIT("maximumVolumeSize"), 5, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_resource_Quantity, .doc = STR_INIT("A number with a unit, such as 500m, 1.5 or 2Gi.")},
};
static const uint16_t schema_numbers_storage_v1beta1_CSIStorageCapacity[] = {1, 2, 3, 4, 5, 0};
static const struct schema_field *const schema_slots_storage_v1beta1_CSIStorageCapacity[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_storage_v1beta1_CSIStorageCapacity[1], &schema_fields_storage_v1beta1_CSIStorageCapacity[2], &schema_fields_storage_v1beta1_CSIStorageCapacity[3], &schema_fields_storage_v1beta1_CSIStorageCapacity[4], &schema_fields_storage_v1beta1_CSIStorageCapacity[5]};
static const uint8_t schema_starts_storage_v1beta1_CSIStorageCapacity[] = {0, 2, 3, 4, 5, 6};
static const uint8_t schema_lookup_storage_v1beta1_CSIStorageCapacity[] = {3, 7, 0, 4, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 5, 6};
const struct schema_message schema_message_storage_v1beta1_CSIStorageCapacity = {
    .package = STR_INIT("io.k8s.api.storage.v1beta1"),
    .name = STR_INIT("CSIStorageCapacity"),
    .doc = STR_INIT("How much room a driver has somewhere."),
    .fields = schema_fields_storage_v1beta1_CSIStorageCapacity,
    .n_fields = 6,
    .by_number = schema_numbers_storage_v1beta1_CSIStorageCapacity,
    .n_numbered = 5,
    .slots = schema_slots_storage_v1beta1_CSIStorageCapacity,
    .starts = schema_starts_storage_v1beta1_CSIStorageCapacity,
    .n_slots = 7,
    .lookup_mask = 15,
    .lookup = schema_lookup_storage_v1beta1_CSIStorageCapacity,
};
const struct schema_field schema_fields_storage_v1beta1_CSIStorageCapacityList[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ListMeta, .doc = STR_INIT("Where the list was read, and how to go on.")},
    {STR_INIT("items"), 2, .flags = SCHEMA_REPEATED | SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_storage_v1beta1_CSIStorageCapacity, .doc = STR_INIT("The objects of the list.")},
};
static const uint16_t schema_numbers_storage_v1beta1_CSIStorageCapacityList[] = {1, 2, 0};
static const struct schema_field *const schema_slots_storage_v1beta1_CSIStorageCapacityList[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_storage_v1beta1_CSIStorageCapacityList[1], &schema_fields_storage_v1beta1_CSIStorageCapacityList[2]};
static const uint8_t schema_starts_storage_v1beta1_CSIStorageCapacityList[] = {0, 2, 3};
static const uint8_t schema_lookup_storage_v1beta1_CSIStorageCapacityList[] = {1, 2, 3, 4, 0, 0, 0, 0};
const struct schema_message schema_message_storage_v1beta1_CSIStorageCapacityList = {
    .package = STR_INIT("io.k8s.api.storage.v1beta1"),
    .name = STR_INIT("CSIStorageCapacityList"),
    .fields = schema_fields_storage_v1beta1_CSIStorageCapacityList,
    .n_fields = 3,
    .by_number = schema_numbers_storage_v1beta1_CSIStorageCapacityList,
    .n_numbered = 2,
    .slots = schema_slots_storage_v1beta1_CSIStorageCapacityList,
    .starts = schema_starts_storage_v1beta1_CSIStorageCapacityList,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_storage_v1beta1_CSIStorageCapacityList,
};
static const struct str enums_0[] = {STR_INIT("Delete"), STR_INIT("Recycle"), STR_INIT("Retain"), {NULL, 0}};
const struct schema_field schema_fields_storage_v1beta1_StorageClass[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ObjectMeta, .key_default = STR_INIT("{}"), .doc = STR_INIT("Standard object's metadata: name, labels and the like.")},
    {STR_INIT("provisioner"), 2, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .doc = STR_INIT("Who makes volumes of this class."), .extra = &extra_0},
    {STR_INIT("parameters"), 3, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MAP_STRING, .doc = STR_INIT("Told to who makes them."), .extra = &extra_0},
    {STR_INIT("reclaimPolicy"), 4, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR | SCHEMA_ENUM_CLOSED, .type = SCHEMA_STRING, .enums = enums_0, .doc = STR_INIT("What becomes of volumes when their claim is gone."), .extra = &extra_0},
    {STR_INIT("mountOptions"), 5, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("Options for the mount; not checked.")},
    {STR_INIT("allowVolumeExpansion"), 6, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_BOOL, .doc = STR_INIT("Whether claims may grow.")},
    {STR_INIT("volumeBindingMode"), 7, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_STRING, .doc = STR_INIT("Immediate binds as soon as a claim is there, WaitForFirstConsumer when a pod that uses it is placed."), .extra = &extra_0},
    {STR_INIT("allowedTopologies"), 8, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_TopologySelectorTerm, .doc = STR_INIT("Where volumes may be made.")},
};
static const uint16_t schema_numbers_storage_v1beta1_StorageClass[] = {1, 2, 3, 4, 5, 6, 7, 8, 0};
static const struct schema_field *const schema_slots_storage_v1beta1_StorageClass[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_storage_v1beta1_StorageClass[1], &schema_fields_storage_v1beta1_StorageClass[2], &schema_fields_storage_v1beta1_StorageClass[3], &schema_fields_storage_v1beta1_StorageClass[4], &schema_fields_storage_v1beta1_StorageClass[5], &schema_fields_storage_v1beta1_StorageClass[6], &schema_fields_storage_v1beta1_StorageClass[7], &schema_fields_storage_v1beta1_StorageClass[8]};
static const uint8_t schema_starts_storage_v1beta1_StorageClass[] = {0, 2, 3, 4, 5, 6, 7, 8, 9};
static const uint8_t schema_lookup_storage_v1beta1_StorageClass[] = {0, 0, 4, 0, 0, 0, 8, 0, 1, 0, 10, 0, 0, 0, 0, 0, 3, 0, 0, 0, 9, 0, 0, 0, 2, 0, 7, 0, 0, 5, 6, 0};
const struct schema_message schema_message_storage_v1beta1_StorageClass = {
    .package = STR_INIT("io.k8s.api.storage.v1beta1"),
    .name = STR_INIT("StorageClass"),
    .doc = STR_INIT("A sort of storage, and who makes it."),
    .fields = schema_fields_storage_v1beta1_StorageClass,
    .n_fields = 9,
    .by_number = schema_numbers_storage_v1beta1_StorageClass,
    .n_numbered = 8,
    .slots = schema_slots_storage_v1beta1_StorageClass,
    .starts = schema_starts_storage_v1beta1_StorageClass,
    .n_slots = 10,
    .lookup_mask = 31,
    .lookup = schema_lookup_storage_v1beta1_StorageClass,
};
const struct schema_field schema_fields_storage_v1beta1_StorageClassList[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ListMeta, .doc = STR_INIT("Where the list was read, and how to go on.")},
    {STR_INIT("items"), 2, .flags = SCHEMA_REPEATED | SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_storage_v1beta1_StorageClass, .doc = STR_INIT("The objects of the list.")},
};
static const uint16_t schema_numbers_storage_v1beta1_StorageClassList[] = {1, 2, 0};
static const struct schema_field *const schema_slots_storage_v1beta1_StorageClassList[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_storage_v1beta1_StorageClassList[1], &schema_fields_storage_v1beta1_StorageClassList[2]};
static const uint8_t schema_starts_storage_v1beta1_StorageClassList[] = {0, 2, 3};
static const uint8_t schema_lookup_storage_v1beta1_StorageClassList[] = {1, 2, 3, 4, 0, 0, 0, 0};
const struct schema_message schema_message_storage_v1beta1_StorageClassList = {
    .package = STR_INIT("io.k8s.api.storage.v1beta1"),
    .name = STR_INIT("StorageClassList"),
    .fields = schema_fields_storage_v1beta1_StorageClassList,
    .n_fields = 3,
    .by_number = schema_numbers_storage_v1beta1_StorageClassList,
    .n_numbered = 2,
    .slots = schema_slots_storage_v1beta1_StorageClassList,
    .starts = schema_starts_storage_v1beta1_StorageClassList,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_storage_v1beta1_StorageClassList,
};
const struct schema_field schema_fields_storage_v1beta1_StorageHealth[] = {
    {STR_INIT("name"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .doc = STR_INIT("The name.")},
    {STR_INIT("healthConditions"), 2, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_storage_v1beta1_StorageHealthCondition},
};
static const uint16_t schema_numbers_storage_v1beta1_StorageHealth[] = {0, 1};
static const uint8_t schema_lookup_storage_v1beta1_StorageHealth[] = {1, 2, 0, 0};
const struct schema_message schema_message_storage_v1beta1_StorageHealth = {
    .package = STR_INIT("io.k8s.api.storage.v1beta1"),
    .name = STR_INIT("StorageHealth"),
    .fields = schema_fields_storage_v1beta1_StorageHealth,
    .n_fields = 2,
    .by_number = schema_numbers_storage_v1beta1_StorageHealth,
    .n_numbered = 2,
    .n_slots = 2,
    .lookup_mask = 3,
    .lookup = schema_lookup_storage_v1beta1_StorageHealth,
};
static const struct str enums_1[] = {STR_INIT("StorageDegraded"), STR_INIT("StorageUnreachable"), {NULL, 0}};
static const struct str enums_2[] = {STR_INIT("ReadOnlyMany"), STR_INIT("ReadWriteMany"), STR_INIT("ReadWriteOnce"), STR_INIT("ReadWriteOncePod"), {NULL, 0}};
static const struct str enums_3[] = {STR_INIT("Block"), STR_INIT("Filesystem"), {NULL, 0}};
const struct schema_field schema_fields_storage_v1beta1_StorageHealthCondition[] = {
    {STR_INIT("status"), 1, .flags = SCHEMA_REQUIRED | SCHEMA_ENUM_CLOSED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .enums = enums_1, .doc = STR_INIT("True, False or Unknown.")},
    {STR_INIT("reason"), 2, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .doc = STR_INIT("Why, in one word of CamelCase.")},
    {STR_INIT("message"), 3, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("Why, for people.")},
    {STR_INIT("accessMode"), 4, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR | SCHEMA_ENUM_CLOSED, .type = SCHEMA_STRING, .enums = enums_2},
    {STR_INIT("volumeMode"), 5, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR | SCHEMA_ENUM_CLOSED, .type = SCHEMA_STRING, .enums = enums_3},
    {STR_INIT("lastTransitionTime"), 6, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_Time, .doc = STR_INIT("When the condition last changed between True, False and Unknown.")},
};
static const uint16_t schema_numbers_storage_v1beta1_StorageHealthCondition[] = {0, 1, 2, 3, 4, 5};
static const uint8_t schema_lookup_storage_v1beta1_StorageHealthCondition[] = {2, 0, 0, 0, 0, 0, 6, 3, 5, 4, 0, 1, 0, 0, 0, 0};
const struct schema_message schema_message_storage_v1beta1_StorageHealthCondition = {
    .package = STR_INIT("io.k8s.api.storage.v1beta1"),
    .name = STR_INIT("StorageHealthCondition"),
    .fields = schema_fields_storage_v1beta1_StorageHealthCondition,
    .n_fields = 6,
    .by_number = schema_numbers_storage_v1beta1_StorageHealthCondition,
    .n_numbered = 6,
    .n_slots = 6,
    .lookup_mask = 15,
    .lookup = schema_lookup_storage_v1beta1_StorageHealthCondition,
};
const struct schema_field schema_fields_storage_v1beta1_TokenRequest[] = {
    {STR_INIT("audience"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\"")},
    {STR_INIT("expirationSeconds"), 2, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_INT64},
};
static const uint16_t schema_numbers_storage_v1beta1_TokenRequest[] = {0, 1};
static const uint8_t schema_lookup_storage_v1beta1_TokenRequest[] = {1, 2, 0, 0};
const struct schema_message schema_message_storage_v1beta1_TokenRequest = {
    .package = STR_INIT("io.k8s.api.storage.v1beta1"),
    .name = STR_INIT("TokenRequest"),
    .fields = schema_fields_storage_v1beta1_TokenRequest,
    .n_fields = 2,
    .by_number = schema_numbers_storage_v1beta1_TokenRequest,
    .n_numbered = 2,
    .n_slots = 2,
    .lookup_mask = 3,
    .lookup = schema_lookup_storage_v1beta1_TokenRequest,
};
const struct schema_field schema_fields_storage_v1beta1_VolumeAttachment[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ObjectMeta, .key_default = STR_INIT("{}"), .doc = STR_INIT("Standard object's metadata: name, labels and the like.")},
    {STR_INIT("spec"), 2, .flags = SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_storage_v1beta1_VolumeAttachmentSpec, .key_default = STR_INIT("{}"), .doc = STR_INIT("What is wanted."), .extra = &extra_0},
    {STR_INIT("status"), 3, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_storage_v1beta1_VolumeAttachmentStatus, .key_default = STR_INIT("{}"), .doc = STR_INIT("What is, as those who look after it tell.")},
};
static const uint16_t schema_numbers_storage_v1beta1_VolumeAttachment[] = {1, 2, 3, 0};
static const struct schema_field *const schema_slots_storage_v1beta1_VolumeAttachment[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_storage_v1beta1_VolumeAttachment[1], &schema_fields_storage_v1beta1_VolumeAttachment[2], &schema_fields_storage_v1beta1_VolumeAttachment[3]};
static const uint8_t schema_starts_storage_v1beta1_VolumeAttachment[] = {0, 2, 3, 4};
static const uint8_t schema_lookup_storage_v1beta1_VolumeAttachment[] = {3, 0, 0, 0, 0, 0, 0, 0, 1, 2, 0, 5, 0, 4, 0, 0};
const struct schema_message schema_message_storage_v1beta1_VolumeAttachment = {
    .package = STR_INIT("io.k8s.api.storage.v1beta1"),
    .name = STR_INIT("VolumeAttachment"),
    .doc = STR_INIT("A volume that is, or is to be, attached to a node."),
    .fields = schema_fields_storage_v1beta1_VolumeAttachment,
    .n_fields = 4,
    .by_number = schema_numbers_storage_v1beta1_VolumeAttachment,
    .n_numbered = 3,
    .slots = schema_slots_storage_v1beta1_VolumeAttachment,
    .starts = schema_starts_storage_v1beta1_VolumeAttachment,
    .n_slots = 5,
    .lookup_mask = 15,
    .lookup = schema_lookup_storage_v1beta1_VolumeAttachment,
};
const struct schema_field schema_fields_storage_v1beta1_VolumeAttachmentList[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ListMeta, .doc = STR_INIT("Where the list was read, and how to go on.")},
    {STR_INIT("items"), 2, .flags = SCHEMA_REPEATED | SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_storage_v1beta1_VolumeAttachment, .doc = STR_INIT("The objects of the list.")},
};
static const uint16_t schema_numbers_storage_v1beta1_VolumeAttachmentList[] = {1, 2, 0};
static const struct schema_field *const schema_slots_storage_v1beta1_VolumeAttachmentList[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_storage_v1beta1_VolumeAttachmentList[1], &schema_fields_storage_v1beta1_VolumeAttachmentList[2]};
static const uint8_t schema_starts_storage_v1beta1_VolumeAttachmentList[] = {0, 2, 3};
static const uint8_t schema_lookup_storage_v1beta1_VolumeAttachmentList[] = {1, 2, 3, 4, 0, 0, 0, 0};
const struct schema_message schema_message_storage_v1beta1_VolumeAttachmentList = {
    .package = STR_INIT("io.k8s.api.storage.v1beta1"),
    .name = STR_INIT("VolumeAttachmentList"),
    .fields = schema_fields_storage_v1beta1_VolumeAttachmentList,
    .n_fields = 3,
    .by_number = schema_numbers_storage_v1beta1_VolumeAttachmentList,
    .n_numbered = 2,
    .slots = schema_slots_storage_v1beta1_VolumeAttachmentList,
    .starts = schema_starts_storage_v1beta1_VolumeAttachmentList,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_storage_v1beta1_VolumeAttachmentList,
};
const struct schema_field schema_fields_storage_v1beta1_VolumeAttachmentSource[] = {
    {STR_INIT("persistentVolumeName"), 1, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_STRING},
    {STR_INIT("inlineVolumeSpec"), 2, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_PersistentVolumeSpec, .doc = STR_INIT("Where the storage is and what may be done with it.")},
};
static const uint16_t schema_numbers_storage_v1beta1_VolumeAttachmentSource[] = {0, 1};
static const uint8_t schema_lookup_storage_v1beta1_VolumeAttachmentSource[] = {1, 2, 0, 0};
const struct schema_message schema_message_storage_v1beta1_VolumeAttachmentSource = {
    .package = STR_INIT("io.k8s.api.storage.v1beta1"),
    .name = STR_INIT("VolumeAttachmentSource"),
    .fields = schema_fields_storage_v1beta1_VolumeAttachmentSource,
    .n_fields = 2,
    .by_number = schema_numbers_storage_v1beta1_VolumeAttachmentSource,
    .n_numbered = 2,
    .n_slots = 2,
    .lookup_mask = 3,
    .lookup = schema_lookup_storage_v1beta1_VolumeAttachmentSource,
};
static const struct schema_extra extra_6 = {.rules = STR_INIT("format=k8s-long-name-caseless;maxLength=63")};
const struct schema_field schema_fields_storage_v1beta1_VolumeAttachmentSpec[] = {
    {STR_INIT("attacher"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .extra = &extra_6},
    {STR_INIT("source"), 2, .flags = SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_storage_v1beta1_VolumeAttachmentSource, .key_default = STR_INIT("{}")},
    {STR_INIT("nodeName"), 3, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\"")},
};
static const uint16_t schema_numbers_storage_v1beta1_VolumeAttachmentSpec[] = {0, 1, 2};
static const uint8_t schema_lookup_storage_v1beta1_VolumeAttachmentSpec[] = {0, 2, 1, 3, 0, 0, 0, 0};
const struct schema_message schema_message_storage_v1beta1_VolumeAttachmentSpec = {
    .package = STR_INIT("io.k8s.api.storage.v1beta1"),
    .name = STR_INIT("VolumeAttachmentSpec"),
    .fields = schema_fields_storage_v1beta1_VolumeAttachmentSpec,
    .n_fields = 3,
    .by_number = schema_numbers_storage_v1beta1_VolumeAttachmentSpec,
    .n_numbered = 3,
    .n_slots = 3,
    .lookup_mask = 7,
    .lookup = schema_lookup_storage_v1beta1_VolumeAttachmentSpec,
};
const struct schema_field schema_fields_storage_v1beta1_VolumeAttachmentStatus[] = {
    {STR_INIT("attached"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_BOOL, .key_default = STR_INIT("false")},
    {STR_INIT("attachmentMetadata"), 2, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MAP_STRING},
    {STR_INIT("attachError"), 3, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_storage_v1beta1_VolumeError},
    {STR_INIT("detachError"), 4, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_storage_v1beta1_VolumeError},
};
static const uint16_t schema_numbers_storage_v1beta1_VolumeAttachmentStatus[] = {0, 1, 2, 3};
static const uint8_t schema_lookup_storage_v1beta1_VolumeAttachmentStatus[] = {0, 0, 1, 4, 0, 0, 2, 3};
const struct schema_message schema_message_storage_v1beta1_VolumeAttachmentStatus = {
    .package = STR_INIT("io.k8s.api.storage.v1beta1"),
    .name = STR_INIT("VolumeAttachmentStatus"),
    .fields = schema_fields_storage_v1beta1_VolumeAttachmentStatus,
    .n_fields = 4,
    .by_number = schema_numbers_storage_v1beta1_VolumeAttachmentStatus,
    .n_numbered = 4,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_storage_v1beta1_VolumeAttachmentStatus,
};
const struct schema_field schema_fields_storage_v1beta1_VolumeAttributesClass[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ObjectMeta, .key_default = STR_INIT("{}"), .doc = STR_INIT("Standard object's metadata: name, labels and the like.")},
    {STR_INIT("driverName"), 2, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\"")},
    {STR_INIT("parameters"), 3, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MAP_STRING},
};
static const uint16_t schema_numbers_storage_v1beta1_VolumeAttributesClass[] = {1, 2, 3, 0};
static const struct schema_field *const schema_slots_storage_v1beta1_VolumeAttributesClass[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_storage_v1beta1_VolumeAttributesClass[1], &schema_fields_storage_v1beta1_VolumeAttributesClass[2], &schema_fields_storage_v1beta1_VolumeAttributesClass[3]};
static const uint8_t schema_starts_storage_v1beta1_VolumeAttributesClass[] = {0, 2, 3, 4};
static const uint8_t schema_lookup_storage_v1beta1_VolumeAttributesClass[] = {3, 0, 0, 0, 0, 4, 0, 0, 1, 2, 0, 0, 0, 5, 0, 0};
const struct schema_message schema_message_storage_v1beta1_VolumeAttributesClass = {
    .package = STR_INIT("io.k8s.api.storage.v1beta1"),
    .name = STR_INIT("VolumeAttributesClass"),
    .doc = STR_INIT("Settings of volumes that can be changed later."),
    .fields = schema_fields_storage_v1beta1_VolumeAttributesClass,
    .n_fields = 4,
    .by_number = schema_numbers_storage_v1beta1_VolumeAttributesClass,
    .n_numbered = 3,
    .slots = schema_slots_storage_v1beta1_VolumeAttributesClass,
    .starts = schema_starts_storage_v1beta1_VolumeAttributesClass,
    .n_slots = 5,
    .lookup_mask = 15,
    .lookup = schema_lookup_storage_v1beta1_VolumeAttributesClass,
};
const struct schema_field schema_fields_storage_v1beta1_VolumeAttributesClassList[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ListMeta, .doc = STR_INIT("Where the list was read, and how to go on.")},
    {STR_INIT("items"), 2, .flags = SCHEMA_REPEATED | SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_storage_v1beta1_VolumeAttributesClass, .doc = STR_INIT("The objects of the list.")},
};
static const uint16_t schema_numbers_storage_v1beta1_VolumeAttributesClassList[] = {1, 2, 0};
static const struct schema_field *const schema_slots_storage_v1beta1_VolumeAttributesClassList[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_storage_v1beta1_VolumeAttributesClassList[1], &schema_fields_storage_v1beta1_VolumeAttributesClassList[2]};
static const uint8_t schema_starts_storage_v1beta1_VolumeAttributesClassList[] = {0, 2, 3};
static const uint8_t schema_lookup_storage_v1beta1_VolumeAttributesClassList[] = {1, 2, 3, 4, 0, 0, 0, 0};
const struct schema_message schema_message_storage_v1beta1_VolumeAttributesClassList = {
    .package = STR_INIT("io.k8s.api.storage.v1beta1"),
    .name = STR_INIT("VolumeAttributesClassList"),
    .fields = schema_fields_storage_v1beta1_VolumeAttributesClassList,
    .n_fields = 3,
    .by_number = schema_numbers_storage_v1beta1_VolumeAttributesClassList,
    .n_numbered = 2,
    .slots = schema_slots_storage_v1beta1_VolumeAttributesClassList,
    .starts = schema_starts_storage_v1beta1_VolumeAttributesClassList,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_storage_v1beta1_VolumeAttributesClassList,
};
const struct schema_field schema_fields_storage_v1beta1_VolumeError[] = {
    {STR_INIT("time"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_Time, .doc = STR_INIT("A time: RFC 3339, to the second.")},
    {STR_INIT("message"), 2, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("Why, for people.")},
    {STR_INIT("errorCode"), 3, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_INT32, .extra = &extra_2},
};
static const uint16_t schema_numbers_storage_v1beta1_VolumeError[] = {0, 1, 2};
static const uint8_t schema_lookup_storage_v1beta1_VolumeError[] = {2, 3, 0, 0, 0, 0, 0, 1};
const struct schema_message schema_message_storage_v1beta1_VolumeError = {
    .package = STR_INIT("io.k8s.api.storage.v1beta1"),
    .name = STR_INIT("VolumeError"),
    .fields = schema_fields_storage_v1beta1_VolumeError,
    .n_fields = 3,
    .by_number = schema_numbers_storage_v1beta1_VolumeError,
    .n_numbered = 3,
    .n_slots = 3,
    .lookup_mask = 7,
    .lookup = schema_lookup_storage_v1beta1_VolumeError,
};
const struct schema_field schema_fields_storage_v1beta1_VolumeNodeResources[] = {
    {STR_INIT("count"), 1, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_INT32},
};
static const uint16_t schema_numbers_storage_v1beta1_VolumeNodeResources[] = {0};
static const uint8_t schema_lookup_storage_v1beta1_VolumeNodeResources[] = {0, 1, 0, 0};
const struct schema_message schema_message_storage_v1beta1_VolumeNodeResources = {
    .package = STR_INIT("io.k8s.api.storage.v1beta1"),
    .name = STR_INIT("VolumeNodeResources"),
    .fields = schema_fields_storage_v1beta1_VolumeNodeResources,
    .n_fields = 1,
    .by_number = schema_numbers_storage_v1beta1_VolumeNodeResources,
    .n_numbered = 1,
    .n_slots = 1,
    .lookup_mask = 3,
    .lookup = schema_lookup_storage_v1beta1_VolumeNodeResources,
};
