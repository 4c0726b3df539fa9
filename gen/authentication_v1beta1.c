/* Made by tools/gen.py from spec/: change those, not this. */
#include "gen/rows.h"

const struct schema_field schema_fields_authentication_v1beta1_ExtraValue[] = {
    {STR_INIT("items"), 1, .flags = SCHEMA_REPEATED, .type = SCHEMA_STRING},
};
static const uint16_t schema_numbers_authentication_v1beta1_ExtraValue[] = {0};
static const uint8_t schema_lookup_authentication_v1beta1_ExtraValue[] = {0, 0, 0, 1};
const struct schema_message schema_message_authentication_v1beta1_ExtraValue = {
    .package = STR_INIT("io.k8s.api.authentication.v1beta1"),
    .name = STR_INIT("ExtraValue"),
    .form = SCHEMA_FORM_ARRAY,
    .fields = schema_fields_authentication_v1beta1_ExtraValue,
    .n_fields = 1,
    .by_number = schema_numbers_authentication_v1beta1_ExtraValue,
    .n_numbered = 1,
    .n_slots = 1,
    .lookup_mask = 3,
    .lookup = schema_lookup_authentication_v1beta1_ExtraValue,
};
const struct schema_field schema_fields_authentication_v1beta1_SelfSubjectReview[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ObjectMeta, .doc = STR_INIT("Standard object's metadata: name, labels and the like.")},
    {STR_INIT("status"), 2, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_authentication_v1beta1_SelfSubjectReviewStatus, .doc = STR_INIT("What is, as those who look after it tell.")},
};
static const uint16_t schema_numbers_authentication_v1beta1_SelfSubjectReview[] = {1, 2, 0};
static const struct schema_field *const schema_slots_authentication_v1beta1_SelfSubjectReview[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_authentication_v1beta1_SelfSubjectReview[1], &schema_fields_authentication_v1beta1_SelfSubjectReview[2]};
static const uint8_t schema_starts_authentication_v1beta1_SelfSubjectReview[] = {0, 2, 3};
static const uint8_t schema_lookup_authentication_v1beta1_SelfSubjectReview[] = {1, 2, 3, 4, 0, 0, 0, 0};
const struct schema_message schema_message_authentication_v1beta1_SelfSubjectReview = {
    .package = STR_INIT("io.k8s.api.authentication.v1beta1"),
    .name = STR_INIT("SelfSubjectReview"),
    .doc = STR_INIT("Asks who one is."),
    .fields = schema_fields_authentication_v1beta1_SelfSubjectReview,
    .n_fields = 3,
    .by_number = schema_numbers_authentication_v1beta1_SelfSubjectReview,
    .n_numbered = 2,
    .slots = schema_slots_authentication_v1beta1_SelfSubjectReview,
    .starts = schema_starts_authentication_v1beta1_SelfSubjectReview,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_authentication_v1beta1_SelfSubjectReview,
};
const struct schema_field schema_fields_authentication_v1beta1_SelfSubjectReviewStatus[] = {
    {STR_INIT("userInfo"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_authentication_v1_UserInfo},
};
static const uint16_t schema_numbers_authentication_v1beta1_SelfSubjectReviewStatus[] = {0};
static const uint8_t schema_lookup_authentication_v1beta1_SelfSubjectReviewStatus[] = {0, 0, 1, 0};
const struct schema_message schema_message_authentication_v1beta1_SelfSubjectReviewStatus = {
    .package = STR_INIT("io.k8s.api.authentication.v1beta1"),
    .name = STR_INIT("SelfSubjectReviewStatus"),
    .fields = schema_fields_authentication_v1beta1_SelfSubjectReviewStatus,
    .n_fields = 1,
    .by_number = schema_numbers_authentication_v1beta1_SelfSubjectReviewStatus,
    .n_numbered = 1,
    .n_slots = 1,
    .lookup_mask = 3,
    .lookup = schema_lookup_authentication_v1beta1_SelfSubjectReviewStatus,
};
const struct schema_field schema_fields_authentication_v1beta1_TokenReview[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ObjectMeta, .doc = STR_INIT("Standard object's metadata: name, labels and the like.")},
    {STR_INIT("spec"), 2, .flags = SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_authentication_v1beta1_TokenReviewSpec, .doc = STR_INIT("What is wanted.")},
    {STR_INIT("status"), 3, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_authentication_v1beta1_TokenReviewStatus, .doc = STR_INIT("What is, as those who look after it tell.")},
};
static const uint16_t schema_numbers_authentication_v1beta1_TokenReview[] = {1, 2, 3, 0};
static const struct schema_field *const schema_slots_authentication_v1beta1_TokenReview[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_authentication_v1beta1_TokenReview[1], &schema_fields_authentication_v1beta1_TokenReview[2], &schema_fields_authentication_v1beta1_TokenReview[3]};
static const uint8_t schema_starts_authentication_v1beta1_TokenReview[] = {0, 2, 3, 4};
static const uint8_t schema_lookup_authentication_v1beta1_TokenReview[] = {3, 0, 0, 0, 0, 0, 0, 0, 1, 2, 0, 5, 0, 4, 0, 0};
const struct schema_message schema_message_authentication_v1beta1_TokenReview = {
    .package = STR_INIT("io.k8s.api.authentication.v1beta1"),
    .name = STR_INIT("TokenReview"),
    .doc = STR_INIT("Asks whose a token is."),
    .fields = schema_fields_authentication_v1beta1_TokenReview,
    .n_fields = 4,
    .by_number = schema_numbers_authentication_v1beta1_TokenReview,
    .n_numbered = 3,
    .slots = schema_slots_authentication_v1beta1_TokenReview,
    .starts = schema_starts_authentication_v1beta1_TokenReview,
    .n_slots = 5,
    .lookup_mask = 15,
    .lookup = schema_lookup_authentication_v1beta1_TokenReview,
};
const struct schema_field schema_fields_authentication_v1beta1_TokenReviewSpec[] = {
    {STR_INIT("token"), 1, .flags = SCHEMA_REQUIRED | SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
    {STR_INIT("audiences"), 2, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
};
static const uint16_t schema_numbers_authentication_v1beta1_TokenReviewSpec[] = {0, 1};
static const uint8_t schema_lookup_authentication_v1beta1_TokenReviewSpec[] = {1, 2, 0, 0};
const struct schema_message schema_message_authentication_v1beta1_TokenReviewSpec = {
    .package = STR_INIT("io.k8s.api.authentication.v1beta1"),
    .name = STR_INIT("TokenReviewSpec"),
    .fields = schema_fields_authentication_v1beta1_TokenReviewSpec,
    .n_fields = 2,
    .by_number = schema_numbers_authentication_v1beta1_TokenReviewSpec,
    .n_numbered = 2,
    .n_slots = 2,
    .lookup_mask = 3,
    .lookup = schema_lookup_authentication_v1beta1_TokenReviewSpec,
};
const struct schema_field schema_fields_authentication_v1beta1_TokenReviewStatus[] = {
    {STR_INIT("authenticated"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_BOOL},
    {STR_INIT("user"), 2, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_authentication_v1beta1_UserInfo},
    {STR_INIT("audiences"), 4, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
    {STR_INIT("error"), 3, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
};
static const uint16_t schema_numbers_authentication_v1beta1_TokenReviewStatus[] = {0, 1, 3, 2};
static const uint8_t schema_lookup_authentication_v1beta1_TokenReviewStatus[] = {2, 1, 4, 0, 3, 0, 0, 0};
const struct schema_message schema_message_authentication_v1beta1_TokenReviewStatus = {
    .package = STR_INIT("io.k8s.api.authentication.v1beta1"),
    .name = STR_INIT("TokenReviewStatus"),
    .fields = schema_fields_authentication_v1beta1_TokenReviewStatus,
    .n_fields = 4,
    .by_number = schema_numbers_authentication_v1beta1_TokenReviewStatus,
    .n_numbered = 4,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_authentication_v1beta1_TokenReviewStatus,
};
const struct schema_field schema_fields_authentication_v1beta1_UserInfo[] = {
    {STR_INIT("username"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
    {STR_INIT("uid"), 2, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("The identity the server gave it.")},
    {STR_INIT("groups"), 3, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
    {STR_INIT("extra"), 4, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MAP_MESSAGE, .message = &schema_message_authentication_v1beta1_ExtraValue},
};
static const uint16_t schema_numbers_authentication_v1beta1_UserInfo[] = {0, 1, 2, 3};
static const uint8_t schema_lookup_authentication_v1beta1_UserInfo[] = {3, 0, 0, 0, 4, 2, 0, 1};
const struct schema_message schema_message_authentication_v1beta1_UserInfo = {
    .package = STR_INIT("io.k8s.api.authentication.v1beta1"),
    .name = STR_INIT("UserInfo"),
    .fields = schema_fields_authentication_v1beta1_UserInfo,
    .n_fields = 4,
    .by_number = schema_numbers_authentication_v1beta1_UserInfo,
    .n_numbered = 4,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_authentication_v1beta1_UserInfo,
};
