/* Made by tools/gen.py from spec/: change those, not this. */
#include "gen/rows.h"

const struct schema_field schema_fields_admission_v1beta1_AdmissionRequest[] = {
    {STR_INIT("uid"), 1, .type = SCHEMA_STRING, .doc = STR_INIT("The identity the server gave it.")},
    {STR_INIT("kind"), 2, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_GroupVersionKind, .doc = STR_INIT("The kind.")},
    {STR_INIT("resource"), 3, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_GroupVersionResource},
    {STR_INIT("subResource"), 4, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
    {STR_INIT("requestKind"), 13, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_GroupVersionKind},
    {STR_INIT("requestResource"), 14, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_GroupVersionResource},
    {STR_INIT("requestSubResource"), 15, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
    {STR_INIT("name"), 5, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("The name.")},
    {STR_INIT("namespace"), 6, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("The namespace.")},
    {STR_INIT("operation"), 7, .type = SCHEMA_STRING},
    {STR_INIT("userInfo"), 8, .type = SCHEMA_MESSAGE, .message = &schema_message_authentication_v1_UserInfo},
    {STR_INIT("object"), 9, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_runtime_RawExtension, .doc = STR_INIT("Any object.")},
    {STR_INIT("oldObject"), 10, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_runtime_RawExtension, .doc = STR_INIT("Any object.")},
    {STR_INIT("dryRun"), 11, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_BOOL},
    {STR_INIT("options"), 12, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_runtime_RawExtension, .doc = STR_INIT("Any object.")},
};
static const uint16_t schema_numbers_admission_v1beta1_AdmissionRequest[] = {0, 1, 2, 3, 7, 8, 9, 10, 11, 12, 13, 14, 4, 5, 6};
static const uint8_t schema_lookup_admission_v1beta1_AdmissionRequest[] = {9, 15, 6, 0, 8, 12, 0, 14, 2, 10, 0, 0, 0, 0, 0, 4, 0, 3, 11, 0, 0, 0, 5, 0, 0, 7, 13, 0, 0, 1, 0, 0};
const struct schema_message schema_message_admission_v1beta1_AdmissionRequest = {
    .package = STR_INIT("io.k8s.api.admission.v1beta1"),
    .name = STR_INIT("AdmissionRequest"),
    .fields = schema_fields_admission_v1beta1_AdmissionRequest,
    .n_fields = 15,
    .by_number = schema_numbers_admission_v1beta1_AdmissionRequest,
    .n_numbered = 15,
    .n_slots = 15,
    .lookup_mask = 31,
    .lookup = schema_lookup_admission_v1beta1_AdmissionRequest,
};
const struct schema_field schema_fields_admission_v1beta1_AdmissionResponse[] = {
    {STR_INIT("uid"), 1, .type = SCHEMA_STRING, .doc = STR_INIT("The identity the server gave it.")},
    {STR_INIT("allowed"), 2, .type = SCHEMA_BOOL},
    {STR_INIT("status"), 3, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_Status, .doc = STR_INIT("What is, as those who look after it tell.")},
    {STR_INIT("patch"), 4, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_BYTES},
    {STR_INIT("patchType"), 5, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_STRING},
    {STR_INIT("auditAnnotations"), 6, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MAP_STRING},
    {STR_INIT("warnings"), 7, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
};
static const uint16_t schema_numbers_admission_v1beta1_AdmissionResponse[] = {0, 1, 2, 3, 4, 5, 6};
static const uint8_t schema_lookup_admission_v1beta1_AdmissionResponse[] = {0, 0, 6, 0, 0, 0, 4, 7, 5, 0, 0, 3, 0, 1, 0, 2};
const struct schema_message schema_message_admission_v1beta1_AdmissionResponse = {
    .package = STR_INIT("io.k8s.api.admission.v1beta1"),
    .name = STR_INIT("AdmissionResponse"),
    .fields = schema_fields_admission_v1beta1_AdmissionResponse,
    .n_fields = 7,
    .by_number = schema_numbers_admission_v1beta1_AdmissionResponse,
    .n_numbered = 7,
    .n_slots = 7,
    .lookup_mask = 15,
    .lookup = schema_lookup_admission_v1beta1_AdmissionResponse,
};
const struct schema_field schema_fields_admission_v1beta1_AdmissionReview[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("request"), 1, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_admission_v1beta1_AdmissionRequest},
    {STR_INIT("response"), 2, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_admission_v1beta1_AdmissionResponse},
};
static const uint16_t schema_numbers_admission_v1beta1_AdmissionReview[] = {1, 2, 0};
static const struct schema_field *const schema_slots_admission_v1beta1_AdmissionReview[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_admission_v1beta1_AdmissionReview[1], &schema_fields_admission_v1beta1_AdmissionReview[2]};
static const uint8_t schema_starts_admission_v1beta1_AdmissionReview[] = {0, 2, 3};
static const uint8_t schema_lookup_admission_v1beta1_AdmissionReview[] = {1, 2, 3, 4, 0, 0, 0, 0};
const struct schema_message schema_message_admission_v1beta1_AdmissionReview = {
    .package = STR_INIT("io.k8s.api.admission.v1beta1"),
    .name = STR_INIT("AdmissionReview"),
    .fields = schema_fields_admission_v1beta1_AdmissionReview,
    .n_fields = 3,
    .by_number = schema_numbers_admission_v1beta1_AdmissionReview,
    .n_numbered = 2,
    .slots = schema_slots_admission_v1beta1_AdmissionReview,
    .starts = schema_starts_admission_v1beta1_AdmissionReview,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_admission_v1beta1_AdmissionReview,
};
