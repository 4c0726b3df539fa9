/* Made by tools/gen.py from spec/: change those, not this. */
#include "gen/rows.h"

const struct schema_field schema_fields_certificates_v1alpha1_ClusterTrustBundle[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ObjectMeta, .key_default = STR_INIT("{}"), .doc = STR_INIT("Standard object's metadata: name, labels and the like.")},
    {STR_INIT("spec"), 2, .flags = SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_certificates_v1alpha1_ClusterTrustBundleSpec, .key_default = STR_INIT("{}"), .doc = STR_INIT("What is wanted.")},
};
static const uint16_t schema_numbers_certificates_v1alpha1_ClusterTrustBundle[] = {1, 2, 0};
static const struct schema_field *const schema_slots_certificates_v1alpha1_ClusterTrustBundle[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_certificates_v1alpha1_ClusterTrustBundle[1], &schema_fields_certificates_v1alpha1_ClusterTrustBundle[2]};
static const uint8_t schema_starts_certificates_v1alpha1_ClusterTrustBundle[] = {0, 2, 3};
static const uint8_t schema_lookup_certificates_v1alpha1_ClusterTrustBundle[] = {1, 2, 3, 0, 0, 4, 0, 0};
const struct schema_message schema_message_certificates_v1alpha1_ClusterTrustBundle = {
    .package = STR_INIT("io.k8s.api.certificates.v1alpha1"),
    .name = STR_INIT("ClusterTrustBundle"),
    .fields = schema_fields_certificates_v1alpha1_ClusterTrustBundle,
    .n_fields = 3,
    .by_number = schema_numbers_certificates_v1alpha1_ClusterTrustBundle,
    .n_numbered = 2,
    .slots = schema_slots_certificates_v1alpha1_ClusterTrustBundle,
    .starts = schema_starts_certificates_v1alpha1_ClusterTrustBundle,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_certificates_v1alpha1_ClusterTrustBundle,
};
const struct schema_field schema_fields_certificates_v1alpha1_ClusterTrustBundleList[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ListMeta, .doc = STR_INIT("Where the list was read, and how to go on.")},
    {STR_INIT("items"), 2, .flags = SCHEMA_REPEATED | SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_certificates_v1alpha1_ClusterTrustBundle, .doc = STR_INIT("The objects of the list.")},
};
static const uint16_t schema_numbers_certificates_v1alpha1_ClusterTrustBundleList[] = {1, 2, 0};
static const struct schema_field *const schema_slots_certificates_v1alpha1_ClusterTrustBundleList[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_certificates_v1alpha1_ClusterTrustBundleList[1], &schema_fields_certificates_v1alpha1_ClusterTrustBundleList[2]};
static const uint8_t schema_starts_certificates_v1alpha1_ClusterTrustBundleList[] = {0, 2, 3};
static const uint8_t schema_lookup_certificates_v1alpha1_ClusterTrustBundleList[] = {1, 2, 3, 4, 0, 0, 0, 0};
const struct schema_message schema_message_certificates_v1alpha1_ClusterTrustBundleList = {
    .package = STR_INIT("io.k8s.api.certificates.v1alpha1"),
    .name = STR_INIT("ClusterTrustBundleList"),
    .fields = schema_fields_certificates_v1alpha1_ClusterTrustBundleList,
    .n_fields = 3,
    .by_number = schema_numbers_certificates_v1alpha1_ClusterTrustBundleList,
    .n_numbered = 2,
    .slots = schema_slots_certificates_v1alpha1_ClusterTrustBundleList,
    .starts = schema_starts_certificates_v1alpha1_ClusterTrustBundleList,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_certificates_v1alpha1_ClusterTrustBundleList,
};
static const struct schema_extra extra_0 = {.rules = STR_INIT("immutable")};
const struct schema_field schema_fields_certificates_v1alpha1_ClusterTrustBundleSpec[] = {
    {STR_INIT("signerName"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .extra = &extra_0},
    {STR_INIT("trustBundle"), 2, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\"")},
};
static const uint16_t schema_numbers_certificates_v1alpha1_ClusterTrustBundleSpec[] = {0, 1};
static const uint8_t schema_lookup_certificates_v1alpha1_ClusterTrustBundleSpec[] = {2, 0, 0, 1};
const struct schema_message schema_message_certificates_v1alpha1_ClusterTrustBundleSpec = {
    .package = STR_INIT("io.k8s.api.certificates.v1alpha1"),
    .name = STR_INIT("ClusterTrustBundleSpec"),
    .fields = schema_fields_certificates_v1alpha1_ClusterTrustBundleSpec,
    .n_fields = 2,
    .by_number = schema_numbers_certificates_v1alpha1_ClusterTrustBundleSpec,
    .n_numbered = 2,
    .n_slots = 2,
    .lookup_mask = 3,
    .lookup = schema_lookup_certificates_v1alpha1_ClusterTrustBundleSpec,
};
