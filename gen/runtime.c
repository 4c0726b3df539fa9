/* Made by tools/gen.py from spec/: change those, not this. */
#include "gen/rows.h"

const struct schema_field schema_fields_runtime_RawExtension[] = {
    {STR_INIT("raw"), 1, .type = SCHEMA_BYTES},
};
static const uint16_t schema_numbers_runtime_RawExtension[] = {0};
static const uint8_t schema_lookup_runtime_RawExtension[] = {1, 0, 0, 0};
const struct schema_message schema_message_runtime_RawExtension = {
    .package = STR_INIT("io.k8s.apimachinery.pkg.runtime"),
    .name = STR_INIT("RawExtension"),
    .form = SCHEMA_FORM_RAW,
    .doc = STR_INIT("Any object."),
    .fields = schema_fields_runtime_RawExtension,
    .n_fields = 1,
    .by_number = schema_numbers_runtime_RawExtension,
    .n_numbered = 1,
    .n_slots = 1,
    .lookup_mask = 3,
    .lookup = schema_lookup_runtime_RawExtension,
};
const struct schema_field schema_fields_runtime_TypeMeta[] = {
    {STR_INIT("apiVersion"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("Group and version of the API.")},
    {STR_INIT("kind"), 2, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("The kind.")},
};
static const uint16_t schema_numbers_runtime_TypeMeta[] = {0, 1};
static const uint8_t schema_lookup_runtime_TypeMeta[] = {1, 2, 0, 0};
const struct schema_message schema_message_runtime_TypeMeta = {
    .package = STR_INIT("io.k8s.apimachinery.pkg.runtime"),
    .name = STR_INIT("TypeMeta"),
    .fields = schema_fields_runtime_TypeMeta,
    .n_fields = 2,
    .by_number = schema_numbers_runtime_TypeMeta,
    .n_numbered = 2,
    .n_slots = 2,
    .lookup_mask = 3,
    .lookup = schema_lookup_runtime_TypeMeta,
};
const struct schema_field schema_fields_runtime_Unknown[] = {
    {STR_INIT("typeMeta"), 1, .type = SCHEMA_MESSAGE, .message = &schema_message_runtime_TypeMeta},
    {STR_INIT("raw"), 2, .type = SCHEMA_BYTES},
    {STR_INIT("contentEncoding"), 3, .type = SCHEMA_STRING},
    {STR_INIT("contentType"), 4, .type = SCHEMA_STRING},
};
static const uint16_t schema_numbers_runtime_Unknown[] = {0, 1, 2, 3};
static const uint8_t schema_lookup_runtime_Unknown[] = {2, 0, 0, 0, 3, 1, 0, 4};
const struct schema_message schema_message_runtime_Unknown = {
    .package = STR_INIT("io.k8s.apimachinery.pkg.runtime"),
    .name = STR_INIT("Unknown"),
    .form = SCHEMA_FORM_ENVELOPE,
    .fields = schema_fields_runtime_Unknown,
    .n_fields = 4,
    .by_number = schema_numbers_runtime_Unknown,
    .n_numbered = 4,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_runtime_Unknown,
};
