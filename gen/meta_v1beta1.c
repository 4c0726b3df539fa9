/* Made by tools/gen.py from spec/: change those, not this. */
#include "gen/rows.h"

const struct schema_field schema_fields_meta_v1beta1_PartialObjectMetadataList[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 2, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ListMeta, .doc = STR_INIT("Where the list was read, and how to go on.")},
    {STR_INIT("items"), 1, .flags = SCHEMA_REPEATED | SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_PartialObjectMetadata, .doc = STR_INIT("The objects of the list.")},
};
static const uint16_t schema_numbers_meta_v1beta1_PartialObjectMetadataList[] = {2, 1, 0};
static const struct schema_field *const schema_slots_meta_v1beta1_PartialObjectMetadataList[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_meta_v1beta1_PartialObjectMetadataList[1], &schema_fields_meta_v1beta1_PartialObjectMetadataList[2]};
static const uint8_t schema_starts_meta_v1beta1_PartialObjectMetadataList[] = {0, 2, 3};
static const uint8_t schema_lookup_meta_v1beta1_PartialObjectMetadataList[] = {1, 2, 3, 4, 0, 0, 0, 0};
const struct schema_message schema_message_meta_v1beta1_PartialObjectMetadataList = {
    .package = STR_INIT("io.k8s.apimachinery.pkg.apis.meta.v1beta1"),
    .name = STR_INIT("PartialObjectMetadataList"),
    .fields = schema_fields_meta_v1beta1_PartialObjectMetadataList,
    .n_fields = 3,
    .by_number = schema_numbers_meta_v1beta1_PartialObjectMetadataList,
    .n_numbered = 2,
    .slots = schema_slots_meta_v1beta1_PartialObjectMetadataList,
    .starts = schema_starts_meta_v1beta1_PartialObjectMetadataList,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_meta_v1beta1_PartialObjectMetadataList,
};
