/* Made by tools/gen.py from spec/: change those, not this. */
#include "gen/rows.h"

const struct schema_field schema_fields_authentication_v1_AttestationValue[] = {
    {STR_INIT("items"), 1, .flags = SCHEMA_REPEATED, .type = SCHEMA_STRING},
};
static const uint16_t schema_numbers_authentication_v1_AttestationValue[] = {0};
static const uint8_t schema_lookup_authentication_v1_AttestationValue[] = {0, 0, 0, 1};
const struct schema_message schema_message_authentication_v1_AttestationValue = {
    .package = STR_INIT("io.k8s.api.authentication.v1"),
    .name = STR_INIT("AttestationValue"),
    .form = SCHEMA_FORM_ARRAY,
    .fields = schema_fields_authentication_v1_AttestationValue,
    .n_fields = 1,
    .by_number = schema_numbers_authentication_v1_AttestationValue,
    .n_numbered = 1,
    .n_slots = 1,
    .lookup_mask = 3,
    .lookup = schema_lookup_authentication_v1_AttestationValue,
};
static const struct schema_extra extra_0 = {.proto = STR_INIT("uID")};
const struct schema_field schema_fields_authentication_v1_BoundObjectReference[] = {
    {STR_INIT("kind"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("The kind.")},
    {STR_INIT("apiVersion"), 2, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("Group and version of the API.")},
    {STR_INIT("name"), 3, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("The name.")},
    {STR_INIT("uid"), 4, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("The identity the server gave it."), .extra = &extra_0},
};
static const uint16_t schema_numbers_authentication_v1_BoundObjectReference[] = {0, 1, 2, 3};
static const uint8_t schema_lookup_authentication_v1_BoundObjectReference[] = {1, 2, 0, 0, 3, 4, 0, 0};
const struct schema_message schema_message_authentication_v1_BoundObjectReference = {
    .package = STR_INIT("io.k8s.api.authentication.v1"),
    .name = STR_INIT("BoundObjectReference"),
    .fields = schema_fields_authentication_v1_BoundObjectReference,
    .n_fields = 4,
    .by_number = schema_numbers_authentication_v1_BoundObjectReference,
    .n_numbered = 4,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_authentication_v1_BoundObjectReference,
};
const struct schema_field schema_fields_authentication_v1_ExtraValue[] = {
    {STR_INIT("items"), 1, .flags = SCHEMA_REPEATED, .type = SCHEMA_STRING},
};
static const uint16_t schema_numbers_authentication_v1_ExtraValue[] = {0};
static const uint8_t schema_lookup_authentication_v1_ExtraValue[] = {0, 0, 0, 1};
const struct schema_message schema_message_authentication_v1_ExtraValue = {
    .package = STR_INIT("io.k8s.api.authentication.v1"),
    .name = STR_INIT("ExtraValue"),
    .form = SCHEMA_FORM_ARRAY,
    .fields = schema_fields_authentication_v1_ExtraValue,
    .n_fields = 1,
    .by_number = schema_numbers_authentication_v1_ExtraValue,
    .n_numbered = 1,
    .n_slots = 1,
    .lookup_mask = 3,
    .lookup = schema_lookup_authentication_v1_ExtraValue,
};
const struct schema_field schema_fields_authentication_v1_SelfSubjectReview[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ObjectMeta, .doc = STR_INIT("Standard object's metadata: name, labels and the like.")},
    {STR_INIT("status"), 2, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_authentication_v1_SelfSubjectReviewStatus, .doc = STR_INIT("What is, as those who look after it tell.")},
};
static const uint16_t schema_numbers_authentication_v1_SelfSubjectReview[] = {1, 2, 0};
static const struct schema_field *const schema_slots_authentication_v1_SelfSubjectReview[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_authentication_v1_SelfSubjectReview[1], &schema_fields_authentication_v1_SelfSubjectReview[2]};
static const uint8_t schema_starts_authentication_v1_SelfSubjectReview[] = {0, 2, 3};
static const uint8_t schema_lookup_authentication_v1_SelfSubjectReview[] = {1, 2, 3, 4, 0, 0, 0, 0};
const struct schema_message schema_message_authentication_v1_SelfSubjectReview = {
    .package = STR_INIT("io.k8s.api.authentication.v1"),
    .name = STR_INIT("SelfSubjectReview"),
    .doc = STR_INIT("Asks who one is."),
    .fields = schema_fields_authentication_v1_SelfSubjectReview,
    .n_fields = 3,
    .by_number = schema_numbers_authentication_v1_SelfSubjectReview,
    .n_numbered = 2,
    .slots = schema_slots_authentication_v1_SelfSubjectReview,
    .starts = schema_starts_authentication_v1_SelfSubjectReview,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_authentication_v1_SelfSubjectReview,
};
const struct schema_field schema_fields_authentication_v1_SelfSubjectReviewStatus[] = {
    {STR_INIT("userInfo"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_authentication_v1_UserInfo},
};
static const uint16_t schema_numbers_authentication_v1_SelfSubjectReviewStatus[] = {0};
static const uint8_t schema_lookup_authentication_v1_SelfSubjectReviewStatus[] = {0, 0, 1, 0};
const struct schema_message schema_message_authentication_v1_SelfSubjectReviewStatus = {
    .package = STR_INIT("io.k8s.api.authentication.v1"),
    .name = STR_INIT("SelfSubjectReviewStatus"),
    .fields = schema_fields_authentication_v1_SelfSubjectReviewStatus,
    .n_fields = 1,
    .by_number = schema_numbers_authentication_v1_SelfSubjectReviewStatus,
    .n_numbered = 1,
    .n_slots = 1,
    .lookup_mask = 3,
    .lookup = schema_lookup_authentication_v1_SelfSubjectReviewStatus,
};
const struct schema_field schema_fields_authentication_v1_TokenRequest[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ObjectMeta, .doc = STR_INIT("Standard object's metadata: name, labels and the like.")},
    {STR_INIT("spec"), 2, .type = SCHEMA_MESSAGE, .message = &schema_message_authentication_v1_TokenRequestSpec, .doc = STR_INIT("What is wanted.")},
    {STR_INIT("status"), 3, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_authentication_v1_TokenRequestStatus, .doc = STR_INIT("What is, as those who look after it tell.")},
};
static const uint16_t schema_numbers_authentication_v1_TokenRequest[] = {1, 2, 3, 0};
static const struct schema_field *const schema_slots_authentication_v1_TokenRequest[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_authentication_v1_TokenRequest[1], &schema_fields_authentication_v1_TokenRequest[2], &schema_fields_authentication_v1_TokenRequest[3]};
static const uint8_t schema_starts_authentication_v1_TokenRequest[] = {0, 2, 3, 4};
static const uint8_t schema_lookup_authentication_v1_TokenRequest[] = {3, 0, 0, 0, 0, 0, 0, 0, 1, 2, 0, 5, 0, 4, 0, 0};
const struct schema_message schema_message_authentication_v1_TokenRequest = {
    .package = STR_INIT("io.k8s.api.authentication.v1"),
    .name = STR_INIT("TokenRequest"),
    .doc = STR_INIT("Asks for a token of a ServiceAccount."),
    .fields = schema_fields_authentication_v1_TokenRequest,
    .n_fields = 4,
    .by_number = schema_numbers_authentication_v1_TokenRequest,
    .n_numbered = 3,
    .slots = schema_slots_authentication_v1_TokenRequest,
    .starts = schema_starts_authentication_v1_TokenRequest,
    .n_slots = 5,
    .lookup_mask = 15,
    .lookup = schema_lookup_authentication_v1_TokenRequest,
};
const struct schema_field schema_fields_authentication_v1_TokenRequestSpec[] = {
    {STR_INIT("audiences"), 1, .flags = SCHEMA_REPEATED, .type = SCHEMA_STRING},
    {STR_INIT("expirationSeconds"), 4, .flags = SCHEMA_PTR, .type = SCHEMA_INT64},
    {STR_INIT("boundObjectRef"), 3, .flags = SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_authentication_v1_BoundObjectReference},
    {STR_INIT("attestations"), 5, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MAP_MESSAGE, .message = &schema_message_authentication_v1_AttestationValue},
};
static const uint16_t schema_numbers_authentication_v1_TokenRequestSpec[] = {0, 2, 1, 3};
static const uint8_t schema_lookup_authentication_v1_TokenRequestSpec[] = {2, 3, 0, 0, 1, 0, 4, 0};
const struct schema_message schema_message_authentication_v1_TokenRequestSpec = {
    .package = STR_INIT("io.k8s.api.authentication.v1"),
    .name = STR_INIT("TokenRequestSpec"),
    .fields = schema_fields_authentication_v1_TokenRequestSpec,
    .n_fields = 4,
    .by_number = schema_numbers_authentication_v1_TokenRequestSpec,
    .n_numbered = 4,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_authentication_v1_TokenRequestSpec,
};
const struct schema_field schema_fields_authentication_v1_TokenRequestStatus[] = {
    {STR_INIT("token"), 1, .type = SCHEMA_STRING},
    {STR_INIT("expirationTimestamp"), 2, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_Time, .doc = STR_INIT("A time: RFC 3339, to the second.")},
};
static const uint16_t schema_numbers_authentication_v1_TokenRequestStatus[] = {0, 1};
static const uint8_t schema_lookup_authentication_v1_TokenRequestStatus[] = {1, 0, 2, 0};
const struct schema_message schema_message_authentication_v1_TokenRequestStatus = {
    .package = STR_INIT("io.k8s.api.authentication.v1"),
    .name = STR_INIT("TokenRequestStatus"),
    .fields = schema_fields_authentication_v1_TokenRequestStatus,
    .n_fields = 2,
    .by_number = schema_numbers_authentication_v1_TokenRequestStatus,
    .n_numbered = 2,
    .n_slots = 2,
    .lookup_mask = 3,
    .lookup = schema_lookup_authentication_v1_TokenRequestStatus,
};
const struct schema_field schema_fields_authentication_v1_TokenReview[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ObjectMeta, .doc = STR_INIT("Standard object's metadata: name, labels and the like.")},
    {STR_INIT("spec"), 2, .flags = SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_authentication_v1_TokenReviewSpec, .doc = STR_INIT("What is wanted.")},
    {STR_INIT("status"), 3, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_authentication_v1_TokenReviewStatus, .doc = STR_INIT("What is, as those who look after it tell.")},
};
static const uint16_t schema_numbers_authentication_v1_TokenReview[] = {1, 2, 3, 0};
static const struct schema_field *const schema_slots_authentication_v1_TokenReview[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_authentication_v1_TokenReview[1], &schema_fields_authentication_v1_TokenReview[2], &schema_fields_authentication_v1_TokenReview[3]};
static const uint8_t schema_starts_authentication_v1_TokenReview[] = {0, 2, 3, 4};
static const uint8_t schema_lookup_authentication_v1_TokenReview[] = {3, 0, 0, 0, 0, 0, 0, 0, 1, 2, 0, 5, 0, 4, 0, 0};
const struct schema_message schema_message_authentication_v1_TokenReview = {
    .package = STR_INIT("io.k8s.api.authentication.v1"),
    .name = STR_INIT("TokenReview"),
    .doc = STR_INIT("Asks whose a token is."),
    .fields = schema_fields_authentication_v1_TokenReview,
    .n_fields = 4,
    .by_number = schema_numbers_authentication_v1_TokenReview,
    .n_numbered = 3,
    .slots = schema_slots_authentication_v1_TokenReview,
    .starts = schema_starts_authentication_v1_TokenReview,
    .n_slots = 5,
    .lookup_mask = 15,
    .lookup = schema_lookup_authentication_v1_TokenReview,
};
const struct schema_field schema_fields_authentication_v1_TokenReviewSpec[] = {
    {STR_INIT("token"), 1, .flags = SCHEMA_REQUIRED | SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
    {STR_INIT("audiences"), 2, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
};
static const uint16_t schema_numbers_authentication_v1_TokenReviewSpec[] = {0, 1};
static const uint8_t schema_lookup_authentication_v1_TokenReviewSpec[] = {1, 2, 0, 0};
const struct schema_message schema_message_authentication_v1_TokenReviewSpec = {
    .package = STR_INIT("io.k8s.api.authentication.v1"),
    .name = STR_INIT("TokenReviewSpec"),
    .fields = schema_fields_authentication_v1_TokenReviewSpec,
    .n_fields = 2,
    .by_number = schema_numbers_authentication_v1_TokenReviewSpec,
    .n_numbered = 2,
    .n_slots = 2,
    .lookup_mask = 3,
    .lookup = schema_lookup_authentication_v1_TokenReviewSpec,
};
const struct schema_field schema_fields_authentication_v1_TokenReviewStatus[] = {
    {STR_INIT("authenticated"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_BOOL},
    {STR_INIT("user"), 2, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_authentication_v1_UserInfo},
    {STR_INIT("audiences"), 4, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
    {STR_INIT("error"), 3, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
};
static const uint16_t schema_numbers_authentication_v1_TokenReviewStatus[] = {0, 1, 3, 2};
static const uint8_t schema_lookup_authentication_v1_TokenReviewStatus[] = {2, 1, 4, 0, 3, 0, 0, 0};
const struct schema_message schema_message_authentication_v1_TokenReviewStatus = {
    .package = STR_INIT("io.k8s.api.authentication.v1"),
    .name = STR_INIT("TokenReviewStatus"),
    .fields = schema_fields_authentication_v1_TokenReviewStatus,
    .n_fields = 4,
    .by_number = schema_numbers_authentication_v1_TokenReviewStatus,
    .n_numbered = 4,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_authentication_v1_TokenReviewStatus,
};
const struct schema_field schema_fields_authentication_v1_UserInfo[] = {
    {STR_INIT("username"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
    {STR_INIT("uid"), 2, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("The identity the server gave it.")},
    {STR_INIT("groups"), 3, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
    {STR_INIT("extra"), 4, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MAP_MESSAGE, .message = &schema_message_authentication_v1_ExtraValue},
};
static const uint16_t schema_numbers_authentication_v1_UserInfo[] = {0, 1, 2, 3};
static const uint8_t schema_lookup_authentication_v1_UserInfo[] = {3, 0, 0, 0, 4, 2, 0, 1};
const struct schema_message schema_message_authentication_v1_UserInfo = {
    .package = STR_INIT("io.k8s.api.authentication.v1"),
    .name = STR_INIT("UserInfo"),
    .fields = schema_fields_authentication_v1_UserInfo,
    .n_fields = 4,
    .by_number = schema_numbers_authentication_v1_UserInfo,
    .n_numbered = 4,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_authentication_v1_UserInfo,
};
