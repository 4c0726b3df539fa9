/* Made by tools/gen.py from spec/: change those, not this. */
#include "gen/rows.h"

const struct schema_field schema_fields_apiserverinternal_v1alpha1_ServerStorageVersion[] = {
    {STR_INIT("apiServerID"), 1, .flags = SCHEMA_REQUIRED | SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
    {STR_INIT("encodingVersion"), 2, .flags = SCHEMA_REQUIRED | SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
    {STR_INIT("decodableVersions"), 3, .flags = SCHEMA_REPEATED | SCHEMA_REQUIRED | SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .list = SCHEMA_LIST_SET},
    {STR_INIT("servedVersions"), 4, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .list = SCHEMA_LIST_SET},
};
static const uint16_t schema_numbers_apiserverinternal_v1alpha1_ServerStorageVersion[] = {0, 1, 2, 3};
static const uint8_t schema_lookup_apiserverinternal_v1alpha1_ServerStorageVersion[] = {1, 2, 4, 0, 0, 3, 0, 0};
const struct schema_message schema_message_apiserverinternal_v1alpha1_ServerStorageVersion = {
    .package = STR_INIT("io.k8s.api.apiserverinternal.v1alpha1"),
    .name = STR_INIT("ServerStorageVersion"),
    .fields = schema_fields_apiserverinternal_v1alpha1_ServerStorageVersion,
    .n_fields = 4,
    .by_number = schema_numbers_apiserverinternal_v1alpha1_ServerStorageVersion,
    .n_numbered = 4,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_apiserverinternal_v1alpha1_ServerStorageVersion,
};
const struct schema_field schema_fields_apiserverinternal_v1alpha1_StorageVersion[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_REQUIRED | SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ObjectMeta, .key_default = STR_INIT("{}"), .doc = STR_INIT("Standard object's metadata: name, labels and the like.")},
    {STR_INIT("spec"), 2, .type = SCHEMA_MESSAGE, .message = &schema_message_apiserverinternal_v1alpha1_StorageVersionSpec, .key_default = STR_INIT("{}"), .doc = STR_INIT("What is wanted.")},
    {STR_INIT("status"), 3, .type = SCHEMA_MESSAGE, .message = &schema_message_apiserverinternal_v1alpha1_StorageVersionStatus, .key_default = STR_INIT("{}"), .doc = STR_INIT("What is, as those who look after it tell.")},
};
static const uint16_t schema_numbers_apiserverinternal_v1alpha1_StorageVersion[] = {1, 2, 3, 0};
static const struct schema_field *const schema_slots_apiserverinternal_v1alpha1_StorageVersion[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_apiserverinternal_v1alpha1_StorageVersion[1], &schema_fields_apiserverinternal_v1alpha1_StorageVersion[2], &schema_fields_apiserverinternal_v1alpha1_StorageVersion[3]};
static const uint8_t schema_starts_apiserverinternal_v1alpha1_StorageVersion[] = {0, 2, 3, 4};
static const uint8_t schema_lookup_apiserverinternal_v1alpha1_StorageVersion[] = {3, 0, 0, 0, 0, 0, 0, 0, 1, 2, 0, 5, 0, 4, 0, 0};
const struct schema_message schema_message_apiserverinternal_v1alpha1_StorageVersion = {
    .package = STR_INIT("io.k8s.api.apiserverinternal.v1alpha1"),
    .name = STR_INIT("StorageVersion"),
    .fields = schema_fields_apiserverinternal_v1alpha1_StorageVersion,
    .n_fields = 4,
    .by_number = schema_numbers_apiserverinternal_v1alpha1_StorageVersion,
    .n_numbered = 3,
    .slots = schema_slots_apiserverinternal_v1alpha1_StorageVersion,
    .starts = schema_starts_apiserverinternal_v1alpha1_StorageVersion,
    .n_slots = 5,
    .lookup_mask = 15,
    .lookup = schema_lookup_apiserverinternal_v1alpha1_StorageVersion,
};
const struct schema_field schema_fields_apiserverinternal_v1alpha1_StorageVersionCondition[] = {
    {STR_INIT("type"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .doc = STR_INIT("Which condition.")},
    {STR_INIT("status"), 2, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .doc = STR_INIT("True, False or Unknown.")},
    {STR_INIT("observedGeneration"), 3, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_INT64, .doc = STR_INIT("The metadata.generation this was written for.")},
    {STR_INIT("lastTransitionTime"), 4, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_Time, .doc = STR_INIT("When the condition last changed between True, False and Unknown.")},
    {STR_INIT("reason"), 5, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .doc = STR_INIT("Why, in one word of CamelCase.")},
    {STR_INIT("message"), 6, .flags = SCHEMA_REQUIRED | SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("Why, for people.")},
};
static const uint16_t schema_numbers_apiserverinternal_v1alpha1_StorageVersionCondition[] = {0, 1, 2, 3, 4, 5};
static const uint8_t schema_lookup_apiserverinternal_v1alpha1_StorageVersionCondition[] = {5, 0, 1, 0, 0, 0, 4, 6, 0, 0, 0, 2, 0, 0, 0, 3};
const struct schema_message schema_message_apiserverinternal_v1alpha1_StorageVersionCondition = {
    .package = STR_INIT("io.k8s.api.apiserverinternal.v1alpha1"),
    .name = STR_INIT("StorageVersionCondition"),
    .fields = schema_fields_apiserverinternal_v1alpha1_StorageVersionCondition,
    .n_fields = 6,
    .by_number = schema_numbers_apiserverinternal_v1alpha1_StorageVersionCondition,
    .n_numbered = 6,
    .n_slots = 6,
    .lookup_mask = 15,
    .lookup = schema_lookup_apiserverinternal_v1alpha1_StorageVersionCondition,
};
const struct schema_field schema_fields_apiserverinternal_v1alpha1_StorageVersionList[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ListMeta, .doc = STR_INIT("Where the list was read, and how to go on.")},
    {STR_INIT("items"), 2, .flags = SCHEMA_REPEATED | SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_apiserverinternal_v1alpha1_StorageVersion, .doc = STR_INIT("The objects of the list.")},
};
static const uint16_t schema_numbers_apiserverinternal_v1alpha1_StorageVersionList[] = {1, 2, 0};
static const struct schema_field *const schema_slots_apiserverinternal_v1alpha1_StorageVersionList[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_apiserverinternal_v1alpha1_StorageVersionList[1], &schema_fields_apiserverinternal_v1alpha1_StorageVersionList[2]};
static const uint8_t schema_starts_apiserverinternal_v1alpha1_StorageVersionList[] = {0, 2, 3};
static const uint8_t schema_lookup_apiserverinternal_v1alpha1_StorageVersionList[] = {1, 2, 3, 4, 0, 0, 0, 0};
const struct schema_message schema_message_apiserverinternal_v1alpha1_StorageVersionList = {
    .package = STR_INIT("io.k8s.api.apiserverinternal.v1alpha1"),
    .name = STR_INIT("StorageVersionList"),
    .fields = schema_fields_apiserverinternal_v1alpha1_StorageVersionList,
    .n_fields = 3,
    .by_number = schema_numbers_apiserverinternal_v1alpha1_StorageVersionList,
    .n_numbered = 2,
    .slots = schema_slots_apiserverinternal_v1alpha1_StorageVersionList,
    .starts = schema_starts_apiserverinternal_v1alpha1_StorageVersionList,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_apiserverinternal_v1alpha1_StorageVersionList,
};
const struct schema_message schema_message_apiserverinternal_v1alpha1_StorageVersionSpec = {
    .package = STR_INIT("io.k8s.api.apiserverinternal.v1alpha1"),
    .name = STR_INIT("StorageVersionSpec"),
};
static const struct str keys_0[] = {STR_INIT("apiServerID"), STR_INIT("")};
static const struct str keys_1[] = {STR_INIT("type"), STR_INIT("")};
const struct schema_field schema_fields_apiserverinternal_v1alpha1_StorageVersionStatus[] = {
    {STR_INIT("storageVersions"), 1, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_apiserverinternal_v1alpha1_ServerStorageVersion, .list = SCHEMA_LIST_MAP, .list_keys = keys_0},
    {STR_INIT("commonEncodingVersion"), 2, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_STRING},
    {STR_INIT("conditions"), 3, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_apiserverinternal_v1alpha1_StorageVersionCondition, .list = SCHEMA_LIST_MAP, .list_keys = keys_1, .doc = STR_INIT("What is known of it, each with its last change.")},
};
static const uint16_t schema_numbers_apiserverinternal_v1alpha1_StorageVersionStatus[] = {0, 1, 2};
static const uint8_t schema_lookup_apiserverinternal_v1alpha1_StorageVersionStatus[] = {1, 2, 0, 0, 0, 0, 3, 0};
const struct schema_message schema_message_apiserverinternal_v1alpha1_StorageVersionStatus = {
    .package = STR_INIT("io.k8s.api.apiserverinternal.v1alpha1"),
    .name = STR_INIT("StorageVersionStatus"),
    .fields = schema_fields_apiserverinternal_v1alpha1_StorageVersionStatus,
    .n_fields = 3,
    .by_number = schema_numbers_apiserverinternal_v1alpha1_StorageVersionStatus,
    .n_numbered = 3,
    .n_slots = 3,
    .lookup_mask = 7,
    .lookup = schema_lookup_apiserverinternal_v1alpha1_StorageVersionStatus,
};
