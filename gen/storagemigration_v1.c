/* Made by tools/gen.py from spec/: change those, not this. */
#include "gen/rows.h"

const struct schema_field schema_fields_storagemigration_v1_StorageVersionMigration[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ObjectMeta, .key_default = STR_INIT("{}"), .doc = STR_INIT("Standard object's metadata: name, labels and the like.")},
    {STR_INIT("spec"), 2, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_storagemigration_v1_StorageVersionMigrationSpec, .key_default = STR_INIT("{}"), .doc = STR_INIT("What is wanted.")},
    {STR_INIT("status"), 3, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_storagemigration_v1_StorageVersionMigrationStatus, .key_default = STR_INIT("{}"), .doc = STR_INIT("What is, as those who look after it tell.")},
};
static const uint16_t schema_numbers_storagemigration_v1_StorageVersionMigration[] = {1, 2, 3, 0};
static const struct schema_field *const schema_slots_storagemigration_v1_StorageVersionMigration[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_storagemigration_v1_StorageVersionMigration[1], &schema_fields_storagemigration_v1_StorageVersionMigration[2], &schema_fields_storagemigration_v1_StorageVersionMigration[3]};
static const uint8_t schema_starts_storagemigration_v1_StorageVersionMigration[] = {0, 2, 3, 4};
static const uint8_t schema_lookup_storagemigration_v1_StorageVersionMigration[] = {3, 0, 0, 0, 0, 0, 0, 0, 1, 2, 0, 5, 0, 4, 0, 0};
const struct schema_message schema_message_storagemigration_v1_StorageVersionMigration = {
    .package = STR_INIT("io.k8s.api.storagemigration.v1"),
    .name = STR_INIT("StorageVersionMigration"),
    .doc = STR_INIT("Writes all objects of a resource anew, in the version stored now."),
    .fields = schema_fields_storagemigration_v1_StorageVersionMigration,
    .n_fields = 4,
    .by_number = schema_numbers_storagemigration_v1_StorageVersionMigration,
    .n_numbered = 3,
    .slots = schema_slots_storagemigration_v1_StorageVersionMigration,
    .starts = schema_starts_storagemigration_v1_StorageVersionMigration,
    .n_slots = 5,
    .lookup_mask = 15,
    .lookup = schema_lookup_storagemigration_v1_StorageVersionMigration,
};
const struct schema_field schema_fields_storagemigration_v1_StorageVersionMigrationList[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ListMeta, .doc = STR_INIT("Where the list was read, and how to go on.")},
    {STR_INIT("items"), 2, .flags = SCHEMA_REPEATED | SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_storagemigration_v1_StorageVersionMigration, .doc = STR_INIT("The objects of the list.")},
};
static const uint16_t schema_numbers_storagemigration_v1_StorageVersionMigrationList[] = {1, 2, 0};
static const struct schema_field *const schema_slots_storagemigration_v1_StorageVersionMigrationList[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_storagemigration_v1_StorageVersionMigrationList[1], &schema_fields_storagemigration_v1_StorageVersionMigrationList[2]};
static const uint8_t schema_starts_storagemigration_v1_StorageVersionMigrationList[] = {0, 2, 3};
static const uint8_t schema_lookup_storagemigration_v1_StorageVersionMigrationList[] = {1, 2, 3, 4, 0, 0, 0, 0};
const struct schema_message schema_message_storagemigration_v1_StorageVersionMigrationList = {
    .package = STR_INIT("io.k8s.api.storagemigration.v1"),
    .name = STR_INIT("StorageVersionMigrationList"),
    .fields = schema_fields_storagemigration_v1_StorageVersionMigrationList,
    .n_fields = 3,
    .by_number = schema_numbers_storagemigration_v1_StorageVersionMigrationList,
    .n_numbered = 2,
    .slots = schema_slots_storagemigration_v1_StorageVersionMigrationList,
    .starts = schema_starts_storagemigration_v1_StorageVersionMigrationList,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_storagemigration_v1_StorageVersionMigrationList,
};
const struct schema_field schema_fields_storagemigration_v1_StorageVersionMigrationSpec[] = {
    {STR_INIT("resource"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_GroupResource, .key_default = STR_INIT("{}")},
};
static const uint16_t schema_numbers_storagemigration_v1_StorageVersionMigrationSpec[] = {0};
static const uint8_t schema_lookup_storagemigration_v1_StorageVersionMigrationSpec[] = {0, 1, 0, 0};
const struct schema_message schema_message_storagemigration_v1_StorageVersionMigrationSpec = {
    .package = STR_INIT("io.k8s.api.storagemigration.v1"),
    .name = STR_INIT("StorageVersionMigrationSpec"),
    .fields = schema_fields_storagemigration_v1_StorageVersionMigrationSpec,
    .n_fields = 1,
    .by_number = schema_numbers_storagemigration_v1_StorageVersionMigrationSpec,
    .n_numbered = 1,
    .n_slots = 1,
    .lookup_mask = 3,
    .lookup = schema_lookup_storagemigration_v1_StorageVersionMigrationSpec,
};
static const struct str keys_0[] = {STR_INIT("type"), STR_INIT("")};
const struct schema_field schema_fields_storagemigration_v1_StorageVersionMigrationStatus[] = {
    {STR_INIT("conditions"), 1, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY | SCHEMA_PATCH_MERGE, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_Condition, .list = SCHEMA_LIST_MAP, .list_keys = keys_0, .merge_key = STR_INIT("type"), .doc = STR_INIT("What is known of it, each with its last change.")},
    {STR_INIT("resourceVersion"), 2, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("The revision of its last change.")},
};
static const uint16_t schema_numbers_storagemigration_v1_StorageVersionMigrationStatus[] = {0, 1};
static const uint8_t schema_lookup_storagemigration_v1_StorageVersionMigrationStatus[] = {0, 2, 1, 0};
const struct schema_message schema_message_storagemigration_v1_StorageVersionMigrationStatus = {
    .package = STR_INIT("io.k8s.api.storagemigration.v1"),
    .name = STR_INIT("StorageVersionMigrationStatus"),
    .fields = schema_fields_storagemigration_v1_StorageVersionMigrationStatus,
    .n_fields = 2,
    .by_number = schema_numbers_storagemigration_v1_StorageVersionMigrationStatus,
    .n_numbered = 2,
    .n_slots = 2,
    .lookup_mask = 3,
    .lookup = schema_lookup_storagemigration_v1_StorageVersionMigrationStatus,
};
