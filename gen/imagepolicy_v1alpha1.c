/* Made by tools/gen.py from spec/: change those, not this. */
#include "gen/rows.h"

const struct schema_field schema_fields_imagepolicy_v1alpha1_ImageReview[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ObjectMeta, .key_default = STR_INIT("{}"), .doc = STR_INIT("Standard object's metadata: name, labels and the like.")},
    {STR_INIT("spec"), 2, .type = SCHEMA_MESSAGE, .message = &schema_message_imagepolicy_v1alpha1_ImageReviewSpec, .key_default = STR_INIT("{}"), .doc = STR_INIT("What is wanted.")},
    {STR_INIT("status"), 3, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_imagepolicy_v1alpha1_ImageReviewStatus, .key_default = STR_INIT("{}"), .doc = STR_INIT("What is, as those who look after it tell.")},
};
static const uint16_t schema_numbers_imagepolicy_v1alpha1_ImageReview[] = {1, 2, 3, 0};
static const struct schema_field *const schema_slots_imagepolicy_v1alpha1_ImageReview[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_imagepolicy_v1alpha1_ImageReview[1], &schema_fields_imagepolicy_v1alpha1_ImageReview[2], &schema_fields_imagepolicy_v1alpha1_ImageReview[3]};
static const uint8_t schema_starts_imagepolicy_v1alpha1_ImageReview[] = {0, 2, 3, 4};
static const uint8_t schema_lookup_imagepolicy_v1alpha1_ImageReview[] = {3, 0, 0, 0, 0, 0, 0, 0, 1, 2, 0, 5, 0, 4, 0, 0};
const struct schema_message schema_message_imagepolicy_v1alpha1_ImageReview = {
    .package = STR_INIT("io.k8s.api.imagepolicy.v1alpha1"),
    .name = STR_INIT("ImageReview"),
    .fields = schema_fields_imagepolicy_v1alpha1_ImageReview,
    .n_fields = 4,
    .by_number = schema_numbers_imagepolicy_v1alpha1_ImageReview,
    .n_numbered = 3,
    .slots = schema_slots_imagepolicy_v1alpha1_ImageReview,
    .starts = schema_starts_imagepolicy_v1alpha1_ImageReview,
    .n_slots = 5,
    .lookup_mask = 15,
    .lookup = schema_lookup_imagepolicy_v1alpha1_ImageReview,
};
const struct schema_field schema_fields_imagepolicy_v1alpha1_ImageReviewContainerSpec[] = {
    {STR_INIT("image"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
};
static const uint16_t schema_numbers_imagepolicy_v1alpha1_ImageReviewContainerSpec[] = {0};
static const uint8_t schema_lookup_imagepolicy_v1alpha1_ImageReviewContainerSpec[] = {0, 0, 0, 1};
const struct schema_message schema_message_imagepolicy_v1alpha1_ImageReviewContainerSpec = {
    .package = STR_INIT("io.k8s.api.imagepolicy.v1alpha1"),
    .name = STR_INIT("ImageReviewContainerSpec"),
    .fields = schema_fields_imagepolicy_v1alpha1_ImageReviewContainerSpec,
    .n_fields = 1,
    .by_number = schema_numbers_imagepolicy_v1alpha1_ImageReviewContainerSpec,
    .n_numbered = 1,
    .n_slots = 1,
    .lookup_mask = 3,
    .lookup = schema_lookup_imagepolicy_v1alpha1_ImageReviewContainerSpec,
};
const struct schema_field schema_fields_imagepolicy_v1alpha1_ImageReviewSpec[] = {
    {STR_INIT("containers"), 1, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_imagepolicy_v1alpha1_ImageReviewContainerSpec},
    {STR_INIT("annotations"), 2, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MAP_STRING},
    {STR_INIT("namespace"), 3, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("The namespace.")},
};
static const uint16_t schema_numbers_imagepolicy_v1alpha1_ImageReviewSpec[] = {0, 1, 2};
static const uint8_t schema_lookup_imagepolicy_v1alpha1_ImageReviewSpec[] = {3, 0, 0, 1, 0, 0, 0, 2};
const struct schema_message schema_message_imagepolicy_v1alpha1_ImageReviewSpec = {
    .package = STR_INIT("io.k8s.api.imagepolicy.v1alpha1"),
    .name = STR_INIT("ImageReviewSpec"),
    .fields = schema_fields_imagepolicy_v1alpha1_ImageReviewSpec,
    .n_fields = 3,
    .by_number = schema_numbers_imagepolicy_v1alpha1_ImageReviewSpec,
    .n_numbered = 3,
    .n_slots = 3,
    .lookup_mask = 7,
    .lookup = schema_lookup_imagepolicy_v1alpha1_ImageReviewSpec,
};
const struct schema_field schema_fields_imagepolicy_v1alpha1_ImageReviewStatus[] = {
    {STR_INIT("allowed"), 1, .type = SCHEMA_BOOL, .key_default = STR_INIT("false")},
    {STR_INIT("reason"), 2, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("Why, in one word of CamelCase.")},
    {STR_INIT("auditAnnotations"), 3, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MAP_STRING},
};
static const uint16_t schema_numbers_imagepolicy_v1alpha1_ImageReviewStatus[] = {0, 1, 2};
static const uint8_t schema_lookup_imagepolicy_v1alpha1_ImageReviewStatus[] = {2, 0, 3, 0, 0, 0, 0, 1};
const struct schema_message schema_message_imagepolicy_v1alpha1_ImageReviewStatus = {
    .package = STR_INIT("io.k8s.api.imagepolicy.v1alpha1"),
    .name = STR_INIT("ImageReviewStatus"),
    .fields = schema_fields_imagepolicy_v1alpha1_ImageReviewStatus,
    .n_fields = 3,
    .by_number = schema_numbers_imagepolicy_v1alpha1_ImageReviewStatus,
    .n_numbered = 3,
    .n_slots = 3,
    .lookup_mask = 7,
    .lookup = schema_lookup_imagepolicy_v1alpha1_ImageReviewStatus,
};
