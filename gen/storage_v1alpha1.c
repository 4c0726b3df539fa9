/* Made by tools/gen.py from spec/: change those, not this. */
#include "gen/rows.h"

const struct schema_field schema_fields_storage_v1alpha1_CSIStorageCapacity[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ObjectMeta, .key_default = STR_INIT("{}"), .doc = STR_INIT("Standard object's metadata: name, labels and the like.")},
    {STR_INIT("nodeTopology"), 2, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_LabelSelector, .doc = STR_INIT("Which labels; all of it must match. {} matches everything.")},
    {STR_INIT("storageClassName"), 3, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\"")},
    {STR_INIT("capacity"), 4, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_resource_Quantity, .doc = STR_INIT("A number with a unit, such as 500m, 1.5 or 2Gi.")},
    {STR_INIT("maximumVolumeSize"), 5, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_resource_Quantity, .doc = STR_INIT("A number with a unit, such as 500m, 1.5 or 2Gi.")},
};
static const uint16_t schema_numbers_storage_v1alpha1_CSIStorageCapacity[] = {1, 2, 3, 4, 5, 0};
static const struct schema_field *const schema_slots_storage_v1alpha1_CSIStorageCapacity[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_storage_v1alpha1_CSIStorageCapacity[1], &schema_fields_storage_v1alpha1_CSIStorageCapacity[2], &schema_fields_storage_v1alpha1_CSIStorageCapacity[3], &schema_fields_storage_v1alpha1_CSIStorageCapacity[4], &schema_fields_storage_v1alpha1_CSIStorageCapacity[5]};
static const uint8_t schema_starts_storage_v1alpha1_CSIStorageCapacity[] = {0, 2, 3, 4, 5, 6};
static const uint8_t schema_lookup_storage_v1alpha1_CSIStorageCapacity[] = {3, 7, 0, 4, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 5, 6};
const struct schema_message schema_message_storage_v1alpha1_CSIStorageCapacity = {
    .package = STR_INIT("io.k8s.api.storage.v1alpha1"),
    .name = STR_INIT("CSIStorageCapacity"),
    .doc = STR_INIT("How much room a driver has somewhere."),
    .fields = schema_fields_storage_v1alpha1_CSIStorageCapacity,
    .n_fields = 6,
    .by_number = schema_numbers_storage_v1alpha1_CSIStorageCapacity,
    .n_numbered = 5,
    .slots = schema_slots_storage_v1alpha1_CSIStorageCapacity,
    .starts = schema_starts_storage_v1alpha1_CSIStorageCapacity,
    .n_slots = 7,
    .lookup_mask = 15,
    .lookup = schema_lookup_storage_v1alpha1_CSIStorageCapacity,
};
const struct schema_field schema_fields_storage_v1alpha1_CSIStorageCapacityList[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ListMeta, .doc = STR_INIT("Where the list was read, and how to go on.")},
    {STR_INIT("items"), 2, .flags = SCHEMA_REPEATED | SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_storage_v1alpha1_CSIStorageCapacity, .doc = STR_INIT("The objects of the list.")},
};
static const uint16_t schema_numbers_storage_v1alpha1_CSIStorageCapacityList[] = {1, 2, 0};
static const struct schema_field *const schema_slots_storage_v1alpha1_CSIStorageCapacityList[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_storage_v1alpha1_CSIStorageCapacityList[1], &schema_fields_storage_v1alpha1_CSIStorageCapacityList[2]};
static const uint8_t schema_starts_storage_v1alpha1_CSIStorageCapacityList[] = {0, 2, 3};
static const uint8_t schema_lookup_storage_v1alpha1_CSIStorageCapacityList[] = {1, 2, 3, 4, 0, 0, 0, 0};
const struct schema_message schema_message_storage_v1alpha1_CSIStorageCapacityList = {
    .package = STR_INIT("io.k8s.api.storage.v1alpha1"),
    .name = STR_INIT("CSIStorageCapacityList"),
    .fields = schema_fields_storage_v1alpha1_CSIStorageCapacityList,
    .n_fields = 3,
    .by_number = schema_numbers_storage_v1alpha1_CSIStorageCapacityList,
    .n_numbered = 2,
    .slots = schema_slots_storage_v1alpha1_CSIStorageCapacityList,
    .starts = schema_starts_storage_v1alpha1_CSIStorageCapacityList,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_storage_v1alpha1_CSIStorageCapacityList,
};
static const struct schema_extra extra_0 = {.rules = STR_INIT("immutable")};
const struct schema_field schema_fields_storage_v1alpha1_VolumeAttachment[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ObjectMeta, .key_default = STR_INIT("{}"), .doc = STR_INIT("Standard object's metadata: name, labels and the like.")},
    {STR_INIT("spec"), 2, .flags = SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_storage_v1alpha1_VolumeAttachmentSpec, .key_default = STR_INIT("{}"), .doc = STR_INIT("What is wanted."), .extra = &extra_0},
    {STR_INIT("status"), 3, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_storage_v1alpha1_VolumeAttachmentStatus, .key_default = STR_INIT("{}"), .doc = STR_INIT("What is, as those who look after it tell.")},
};
static const uint16_t schema_numbers_storage_v1alpha1_VolumeAttachment[] = {1, 2, 3, 0};
static const struct schema_field *const schema_slots_storage_v1alpha1_VolumeAttachment[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_storage_v1alpha1_VolumeAttachment[1], &schema_fields_storage_v1alpha1_VolumeAttachment[2], &schema_fields_storage_v1alpha1_VolumeAttachment[3]};
static const uint8_t schema_starts_storage_v1alpha1_VolumeAttachment[] = {0, 2, 3, 4};
static const uint8_t schema_lookup_storage_v1alpha1_VolumeAttachment[] = {3, 0, 0, 0, 0, 0, 0, 0, 1, 2, 0, 5, 0, 4, 0, 0};
const struct schema_message schema_message_storage_v1alpha1_VolumeAttachment = {
    .package = STR_INIT("io.k8s.api.storage.v1alpha1"),
    .name = STR_INIT("VolumeAttachment"),
    .doc = STR_INIT("A volume that is, or is to be, attached to a node."),
    .fields = schema_fields_storage_v1alpha1_VolumeAttachment,
    .n_fields = 4,
    .by_number = schema_numbers_storage_v1alpha1_VolumeAttachment,
    .n_numbered = 3,
    .slots = schema_slots_storage_v1alpha1_VolumeAttachment,
    .starts = schema_starts_storage_v1alpha1_VolumeAttachment,
    .n_slots = 5,
    .lookup_mask = 15,
    .lookup = schema_lookup_storage_v1alpha1_VolumeAttachment,
};
const struct schema_field schema_fields_storage_v1alpha1_VolumeAttachmentList[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ListMeta, .doc = STR_INIT("Where the list was read, and how to go on.")},
    {STR_INIT("items"), 2, .flags = SCHEMA_REPEATED | SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_storage_v1alpha1_VolumeAttachment, .doc = STR_INIT("The objects of the list.")},
};
static const uint16_t schema_numbers_storage_v1alpha1_VolumeAttachmentList[] = {1, 2, 0};
static const struct schema_field *const schema_slots_storage_v1alpha1_VolumeAttachmentList[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_storage_v1alpha1_VolumeAttachmentList[1], &schema_fields_storage_v1alpha1_VolumeAttachmentList[2]};
static const uint8_t schema_starts_storage_v1alpha1_VolumeAttachmentList[] = {0, 2, 3};
static const uint8_t schema_lookup_storage_v1alpha1_VolumeAttachmentList[] = {1, 2, 3, 4, 0, 0, 0, 0};
const struct schema_message schema_message_storage_v1alpha1_VolumeAttachmentList = {
    .package = STR_INIT("io.k8s.api.storage.v1alpha1"),
    .name = STR_INIT("VolumeAttachmentList"),
    .fields = schema_fields_storage_v1alpha1_VolumeAttachmentList,
    .n_fields = 3,
    .by_number = schema_numbers_storage_v1alpha1_VolumeAttachmentList,
    .n_numbered = 2,
    .slots = schema_slots_storage_v1alpha1_VolumeAttachmentList,
    .starts = schema_starts_storage_v1alpha1_VolumeAttachmentList,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_storage_v1alpha1_VolumeAttachmentList,
};
const struct schema_field schema_fields_storage_v1alpha1_VolumeAttachmentSource[] = {
    {STR_INIT("persistentVolumeName"), 1, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_STRING},
    {STR_INIT("inlineVolumeSpec"), 2, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_PersistentVolumeSpec, .doc = STR_INIT("Where the storage is and what may be done with it.")},
};
static const uint16_t schema_numbers_storage_v1alpha1_VolumeAttachmentSource[] = {0, 1};
static const uint8_t schema_lookup_storage_v1alpha1_VolumeAttachmentSource[] = {1, 2, 0, 0};
const struct schema_message schema_message_storage_v1alpha1_VolumeAttachmentSource = {
    .package = STR_INIT("io.k8s.api.storage.v1alpha1"),
    .name = STR_INIT("VolumeAttachmentSource"),
    .fields = schema_fields_storage_v1alpha1_VolumeAttachmentSource,
    .n_fields = 2,
    .by_number = schema_numbers_storage_v1alpha1_VolumeAttachmentSource,
    .n_numbered = 2,
    .n_slots = 2,
    .lookup_mask = 3,
    .lookup = schema_lookup_storage_v1alpha1_VolumeAttachmentSource,
};
static const struct schema_extra extra_1 = {.rules = STR_INIT("format=k8s-long-name-caseless;maxLength=63")};
const struct schema_field schema_fields_storage_v1alpha1_VolumeAttachmentSpec[] = {
    {STR_INIT("attacher"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .extra = &extra_1},
    {STR_INIT("source"), 2, .flags = SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_storage_v1alpha1_VolumeAttachmentSource, .key_default = STR_INIT("{}")},
    {STR_INIT("nodeName"), 3, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\"")},
};
static const uint16_t schema_numbers_storage_v1alpha1_VolumeAttachmentSpec[] = {0, 1, 2};
static const uint8_t schema_lookup_storage_v1alpha1_VolumeAttachmentSpec[] = {0, 2, 1, 3, 0, 0, 0, 0};
const struct schema_message schema_message_storage_v1alpha1_VolumeAttachmentSpec = {
    .package = STR_INIT("io.k8s.api.storage.v1alpha1"),
    .name = STR_INIT("VolumeAttachmentSpec"),
    .fields = schema_fields_storage_v1alpha1_VolumeAttachmentSpec,
    .n_fields = 3,
    .by_number = schema_numbers_storage_v1alpha1_VolumeAttachmentSpec,
    .n_numbered = 3,
    .n_slots = 3,
    .lookup_mask = 7,
    .lookup = schema_lookup_storage_v1alpha1_VolumeAttachmentSpec,
};
const struct schema_field schema_fields_storage_v1alpha1_VolumeAttachmentStatus[] = {
    {STR_INIT("attached"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_BOOL, .key_default = STR_INIT("false")},
    {STR_INIT("attachmentMetadata"), 2, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MAP_STRING},
    {STR_INIT("attachError"), 3, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_storage_v1alpha1_VolumeError},
    {STR_INIT("detachError"), 4, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_storage_v1alpha1_VolumeError},
};
static const uint16_t schema_numbers_storage_v1alpha1_VolumeAttachmentStatus[] = {0, 1, 2, 3};
static const uint8_t schema_lookup_storage_v1alpha1_VolumeAttachmentStatus[] = {0, 0, 1, 4, 0, 0, 2, 3};
const struct schema_message schema_message_storage_v1alpha1_VolumeAttachmentStatus = {
    .package = STR_INIT("io.k8s.api.storage.v1alpha1"),
    .name = STR_INIT("VolumeAttachmentStatus"),
    .fields = schema_fields_storage_v1alpha1_VolumeAttachmentStatus,
    .n_fields = 4,
    .by_number = schema_numbers_storage_v1alpha1_VolumeAttachmentStatus,
    .n_numbered = 4,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_storage_v1alpha1_VolumeAttachmentStatus,
};
const struct schema_field schema_fields_storage_v1alpha1_VolumeAttributesClass[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ObjectMeta, .key_default = STR_INIT("{}"), .doc = STR_INIT("Standard object's metadata: name, labels and the like.")},
    {STR_INIT("driverName"), 2, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\"")},
    {STR_INIT("parameters"), 3, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MAP_STRING},
};
static const uint16_t schema_numbers_storage_v1alpha1_VolumeAttributesClass[] = {1, 2, 3, 0};
static const struct schema_field *const schema_slots_storage_v1alpha1_VolumeAttributesClass[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_storage_v1alpha1_VolumeAttributesClass[1], &schema_fields_storage_v1alpha1_VolumeAttributesClass[2], &schema_fields_storage_v1alpha1_VolumeAttributesClass[3]};
static const uint8_t schema_starts_storage_v1alpha1_VolumeAttributesClass[] = {0, 2, 3, 4};
static const uint8_t schema_lookup_storage_v1alpha1_VolumeAttributesClass[] = {3, 0, 0, 0, 0, 4, 0, 0, 1, 2, 0, 0, 0, 5, 0, 0};
const struct schema_message schema_message_storage_v1alpha1_VolumeAttributesClass = {
    .package = STR_INIT("io.k8s.api.storage.v1alpha1"),
    .name = STR_INIT("VolumeAttributesClass"),
    .doc = STR_INIT("Settings of volumes that can be changed later."),
    .fields = schema_fields_storage_v1alpha1_VolumeAttributesClass,
    .n_fields = 4,
    .by_number = schema_numbers_storage_v1alpha1_VolumeAttributesClass,
    .n_numbered = 3,
    .slots = schema_slots_storage_v1alpha1_VolumeAttributesClass,
    .starts = schema_starts_storage_v1alpha1_VolumeAttributesClass,
    .n_slots = 5,
    .lookup_mask = 15,
    .lookup = schema_lookup_storage_v1alpha1_VolumeAttributesClass,
};
const struct schema_field schema_fields_storage_v1alpha1_VolumeAttributesClassList[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ListMeta, .doc = STR_INIT("Where the list was read, and how to go on.")},
    {STR_INIT("items"), 2, .flags = SCHEMA_REPEATED | SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_storage_v1alpha1_VolumeAttributesClass, .doc = STR_INIT("The objects of the list.")},
};
static const uint16_t schema_numbers_storage_v1alpha1_VolumeAttributesClassList[] = {1, 2, 0};
static const struct schema_field *const schema_slots_storage_v1alpha1_VolumeAttributesClassList[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_storage_v1alpha1_VolumeAttributesClassList[1], &schema_fields_storage_v1alpha1_VolumeAttributesClassList[2]};
static const uint8_t schema_starts_storage_v1alpha1_VolumeAttributesClassList[] = {0, 2, 3};
static const uint8_t schema_lookup_storage_v1alpha1_VolumeAttributesClassList[] = {1, 2, 3, 4, 0, 0, 0, 0};
const struct schema_message schema_message_storage_v1alpha1_VolumeAttributesClassList = {
    .package = STR_INIT("io.k8s.api.storage.v1alpha1"),
    .name = STR_INIT("VolumeAttributesClassList"),
    .fields = schema_fields_storage_v1alpha1_VolumeAttributesClassList,
    .n_fields = 3,
    .by_number = schema_numbers_storage_v1alpha1_VolumeAttributesClassList,
    .n_numbered = 2,
    .slots = schema_slots_storage_v1alpha1_VolumeAttributesClassList,
    .starts = schema_starts_storage_v1alpha1_VolumeAttributesClassList,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_storage_v1alpha1_VolumeAttributesClassList,
};
static const struct schema_extra extra_2 = {.gate = STR_INIT("MutableCSINodeAllocatableCount")};
const struct schema_field schema_fields_storage_v1alpha1_VolumeError[] = {
    {STR_INIT("time"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_Time, .doc = STR_INIT("A time: RFC 3339, to the second.")},
    {STR_INIT("message"), 2, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("Why, for people.")},
    {STR_INIT("errorCode"), 3, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_INT32, .extra = &extra_2},
};
static const uint16_t schema_numbers_storage_v1alpha1_VolumeError[] = {0, 1, 2};
static const uint8_t schema_lookup_storage_v1alpha1_VolumeError[] = {2, 3, 0, 0, 0, 0, 0, 1};
const struct schema_message schema_message_storage_v1alpha1_VolumeError = {
    .package = STR_INIT("io.k8s.api.storage.v1alpha1"),
    .name = STR_INIT("VolumeError"),
    .fields = schema_fields_storage_v1alpha1_VolumeError,
    .n_fields = 3,
    .by_number = schema_numbers_storage_v1alpha1_VolumeError,
    .n_numbered = 3,
    .n_slots = 3,
    .lookup_mask = 7,
    .lookup = schema_lookup_storage_v1alpha1_VolumeError,
};
