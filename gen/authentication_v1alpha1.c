/* Made by tools/gen.py from spec/: change those, not this. */
#include "gen/rows.h"

const struct schema_field schema_fields_authentication_v1alpha1_SelfSubjectReview[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ObjectMeta, .doc = STR_INIT("Standard object's metadata: name, labels and the like.")},
    {STR_INIT("status"), 2, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_authentication_v1alpha1_SelfSubjectReviewStatus, .doc = STR_INIT("What is, as those who look after it tell.")},
};
static const uint16_t schema_numbers_authentication_v1alpha1_SelfSubjectReview[] = {1, 2, 0};
static const struct schema_field *const schema_slots_authentication_v1alpha1_SelfSubjectReview[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_authentication_v1alpha1_SelfSubjectReview[1], &schema_fields_authentication_v1alpha1_SelfSubjectReview[2]};
static const uint8_t schema_starts_authentication_v1alpha1_SelfSubjectReview[] = {0, 2, 3};
static const uint8_t schema_lookup_authentication_v1alpha1_SelfSubjectReview[] = {1, 2, 3, 4, 0, 0, 0, 0};
const struct schema_message schema_message_authentication_v1alpha1_SelfSubjectReview = {
    .package = STR_INIT("io.k8s.api.authentication.v1alpha1"),
    .name = STR_INIT("SelfSubjectReview"),
    .doc = STR_INIT("Asks who one is."),
    .fields = schema_fields_authentication_v1alpha1_SelfSubjectReview,
    .n_fields = 3,
    .by_number = schema_numbers_authentication_v1alpha1_SelfSubjectReview,
    .n_numbered = 2,
    .slots = schema_slots_authentication_v1alpha1_SelfSubjectReview,
    .starts = schema_starts_authentication_v1alpha1_SelfSubjectReview,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_authentication_v1alpha1_SelfSubjectReview,
};
const struct schema_field schema_fields_authentication_v1alpha1_SelfSubjectReviewStatus[] = {
    {STR_INIT("userInfo"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_authentication_v1_UserInfo},
};
static const uint16_t schema_numbers_authentication_v1alpha1_SelfSubjectReviewStatus[] = {0};
static const uint8_t schema_lookup_authentication_v1alpha1_SelfSubjectReviewStatus[] = {0, 0, 1, 0};
const struct schema_message schema_message_authentication_v1alpha1_SelfSubjectReviewStatus = {
    .package = STR_INIT("io.k8s.api.authentication.v1alpha1"),
    .name = STR_INIT("SelfSubjectReviewStatus"),
    .fields = schema_fields_authentication_v1alpha1_SelfSubjectReviewStatus,
    .n_fields = 1,
    .by_number = schema_numbers_authentication_v1alpha1_SelfSubjectReviewStatus,
    .n_numbered = 1,
    .n_slots = 1,
    .lookup_mask = 3,
    .lookup = schema_lookup_authentication_v1alpha1_SelfSubjectReviewStatus,
};
