/* Made by tools/gen.py from spec/: change those, not this. */
#include "gen/rows.h"

const struct schema_field schema_fields_authorization_v1_ExtraValue[] = {
    {STR_INIT("items"), 1, .flags = SCHEMA_REPEATED, .type = SCHEMA_STRING},
};
static const uint16_t schema_numbers_authorization_v1_ExtraValue[] = {0};
static const uint8_t schema_lookup_authorization_v1_ExtraValue[] = {0, 0, 0, 1};
const struct schema_message schema_message_authorization_v1_ExtraValue = {
    .package = STR_INIT("io.k8s.api.authorization.v1"),
    .name = STR_INIT("ExtraValue"),
    .form = SCHEMA_FORM_ARRAY,
    .fields = schema_fields_authorization_v1_ExtraValue,
    .n_fields = 1,
    .by_number = schema_numbers_authorization_v1_ExtraValue,
    .n_numbered = 1,
    .n_slots = 1,
    .lookup_mask = 3,
    .lookup = schema_lookup_authorization_v1_ExtraValue,
};
const struct schema_field schema_fields_authorization_v1_FieldSelectorAttributes[] = {
    {STR_INIT("rawSelector"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
    {STR_INIT("requirements"), 2, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_FieldSelectorRequirement},
};
static const uint16_t schema_numbers_authorization_v1_FieldSelectorAttributes[] = {0, 1};
static const uint8_t schema_lookup_authorization_v1_FieldSelectorAttributes[] = {2, 0, 0, 1};
const struct schema_message schema_message_authorization_v1_FieldSelectorAttributes = {
    .package = STR_INIT("io.k8s.api.authorization.v1"),
    .name = STR_INIT("FieldSelectorAttributes"),
    .fields = schema_fields_authorization_v1_FieldSelectorAttributes,
    .n_fields = 2,
    .by_number = schema_numbers_authorization_v1_FieldSelectorAttributes,
    .n_numbered = 2,
    .n_slots = 2,
    .lookup_mask = 3,
    .lookup = schema_lookup_authorization_v1_FieldSelectorAttributes,
};
const struct schema_field schema_fields_authorization_v1_LabelSelectorAttributes[] = {
    {STR_INIT("rawSelector"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
    {STR_INIT("requirements"), 2, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_LabelSelectorRequirement, .doc = STR_INIT("A requirement on one label.")},
};
static const uint16_t schema_numbers_authorization_v1_LabelSelectorAttributes[] = {0, 1};
static const uint8_t schema_lookup_authorization_v1_LabelSelectorAttributes[] = {2, 0, 0, 1};
const struct schema_message schema_message_authorization_v1_LabelSelectorAttributes = {
    .package = STR_INIT("io.k8s.api.authorization.v1"),
    .name = STR_INIT("LabelSelectorAttributes"),
    .fields = schema_fields_authorization_v1_LabelSelectorAttributes,
    .n_fields = 2,
    .by_number = schema_numbers_authorization_v1_LabelSelectorAttributes,
    .n_numbered = 2,
    .n_slots = 2,
    .lookup_mask = 3,
    .lookup = schema_lookup_authorization_v1_LabelSelectorAttributes,
};
const struct schema_field schema_fields_authorization_v1_LocalSubjectAccessReview[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ObjectMeta, .doc = STR_INIT("Standard object's metadata: name, labels and the like.")},
    {STR_INIT("spec"), 2, .flags = SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_authorization_v1_SubjectAccessReviewSpec, .doc = STR_INIT("What is wanted.")},
    {STR_INIT("status"), 3, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_authorization_v1_SubjectAccessReviewStatus, .doc = STR_INIT("What is, as those who look after it tell.")},
};
static const uint16_t schema_numbers_authorization_v1_LocalSubjectAccessReview[] = {1, 2, 3, 0};
static const struct schema_field *const schema_slots_authorization_v1_LocalSubjectAccessReview[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_authorization_v1_LocalSubjectAccessReview[1], &schema_fields_authorization_v1_LocalSubjectAccessReview[2], &schema_fields_authorization_v1_LocalSubjectAccessReview[3]};
static const uint8_t schema_starts_authorization_v1_LocalSubjectAccessReview[] = {0, 2, 3, 4};
static const uint8_t schema_lookup_authorization_v1_LocalSubjectAccessReview[] = {3, 0, 0, 0, 0, 0, 0, 0, 1, 2, 0, 5, 0, 4, 0, 0};
const struct schema_message schema_message_authorization_v1_LocalSubjectAccessReview = {
    .package = STR_INIT("io.k8s.api.authorization.v1"),
    .name = STR_INIT("LocalSubjectAccessReview"),
    .doc = STR_INIT("Asks whether somebody may do something in this namespace."),
    .fields = schema_fields_authorization_v1_LocalSubjectAccessReview,
    .n_fields = 4,
    .by_number = schema_numbers_authorization_v1_LocalSubjectAccessReview,
    .n_numbered = 3,
    .slots = schema_slots_authorization_v1_LocalSubjectAccessReview,
    .starts = schema_starts_authorization_v1_LocalSubjectAccessReview,
    .n_slots = 5,
    .lookup_mask = 15,
    .lookup = schema_lookup_authorization_v1_LocalSubjectAccessReview,
};
const struct schema_field schema_fields_authorization_v1_NonResourceAttributes[] = {
    {STR_INIT("path"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
    {STR_INIT("verb"), 2, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
};
static const uint16_t schema_numbers_authorization_v1_NonResourceAttributes[] = {0, 1};
static const uint8_t schema_lookup_authorization_v1_NonResourceAttributes[] = {2, 0, 0, 1};
const struct schema_message schema_message_authorization_v1_NonResourceAttributes = {
    .package = STR_INIT("io.k8s.api.authorization.v1"),
    .name = STR_INIT("NonResourceAttributes"),
    .fields = schema_fields_authorization_v1_NonResourceAttributes,
    .n_fields = 2,
    .by_number = schema_numbers_authorization_v1_NonResourceAttributes,
    .n_numbered = 2,
    .n_slots = 2,
    .lookup_mask = 3,
    .lookup = schema_lookup_authorization_v1_NonResourceAttributes,
};
const struct schema_field schema_fields_authorization_v1_NonResourceRule[] = {
    {STR_INIT("verbs"), 1, .flags = SCHEMA_REPEATED | SCHEMA_REQUIRED, .type = SCHEMA_STRING},
    {STR_INIT("nonResourceURLs"), 2, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
};
static const uint16_t schema_numbers_authorization_v1_NonResourceRule[] = {0, 1};
static const uint8_t schema_lookup_authorization_v1_NonResourceRule[] = {0, 0, 1, 2};
const struct schema_message schema_message_authorization_v1_NonResourceRule = {
    .package = STR_INIT("io.k8s.api.authorization.v1"),
    .name = STR_INIT("NonResourceRule"),
    .fields = schema_fields_authorization_v1_NonResourceRule,
    .n_fields = 2,
    .by_number = schema_numbers_authorization_v1_NonResourceRule,
    .n_numbered = 2,
    .n_slots = 2,
    .lookup_mask = 3,
    .lookup = schema_lookup_authorization_v1_NonResourceRule,
};
const struct schema_field schema_fields_authorization_v1_ResourceAttributes[] = {
    {STR_INIT("namespace"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("The namespace.")},
    {STR_INIT("verb"), 2, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
    {STR_INIT("group"), 3, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
    {STR_INIT("version"), 4, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
    {STR_INIT("resource"), 5, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
    {STR_INIT("subresource"), 6, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
    {STR_INIT("name"), 7, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("The name.")},
    {STR_INIT("fieldSelector"), 8, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_authorization_v1_FieldSelectorAttributes},
    {STR_INIT("labelSelector"), 9, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_authorization_v1_LabelSelectorAttributes, .doc = STR_INIT("Which objects, by their labels.")},
};
static const uint16_t schema_numbers_authorization_v1_ResourceAttributes[] = {0, 1, 2, 3, 4, 5, 6, 7, 8};
static const uint8_t schema_lookup_authorization_v1_ResourceAttributes[] = {1, 0, 8, 0, 7, 0, 0, 2, 0, 0, 3, 0, 0, 0, 0, 6, 0, 5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 9, 0, 4, 0};
const struct schema_message schema_message_authorization_v1_ResourceAttributes = {
    .package = STR_INIT("io.k8s.api.authorization.v1"),
    .name = STR_INIT("ResourceAttributes"),
    .fields = schema_fields_authorization_v1_ResourceAttributes,
    .n_fields = 9,
    .by_number = schema_numbers_authorization_v1_ResourceAttributes,
    .n_numbered = 9,
    .n_slots = 9,
    .lookup_mask = 31,
    .lookup = schema_lookup_authorization_v1_ResourceAttributes,
};
const struct schema_field schema_fields_authorization_v1_ResourceRule[] = {
    {STR_INIT("verbs"), 1, .flags = SCHEMA_REPEATED | SCHEMA_REQUIRED, .type = SCHEMA_STRING},
    {STR_INIT("apiGroups"), 2, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
    {STR_INIT("resources"), 3, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
    {STR_INIT("resourceNames"), 4, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
};
static const uint16_t schema_numbers_authorization_v1_ResourceRule[] = {0, 1, 2, 3};
static const uint8_t schema_lookup_authorization_v1_ResourceRule[] = {0, 2, 3, 0, 4, 0, 1, 0};
const struct schema_message schema_message_authorization_v1_ResourceRule = {
    .package = STR_INIT("io.k8s.api.authorization.v1"),
    .name = STR_INIT("ResourceRule"),
    .fields = schema_fields_authorization_v1_ResourceRule,
    .n_fields = 4,
    .by_number = schema_numbers_authorization_v1_ResourceRule,
    .n_numbered = 4,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_authorization_v1_ResourceRule,
};
const struct schema_field schema_fields_authorization_v1_SelfSubjectAccessReview[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ObjectMeta, .doc = STR_INIT("Standard object's metadata: name, labels and the like.")},
    {STR_INIT("spec"), 2, .flags = SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_authorization_v1_SelfSubjectAccessReviewSpec, .doc = STR_INIT("What is wanted.")},
    {STR_INIT("status"), 3, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_authorization_v1_SubjectAccessReviewStatus, .doc = STR_INIT("What is, as those who look after it tell.")},
};
static const uint16_t schema_numbers_authorization_v1_SelfSubjectAccessReview[] = {1, 2, 3, 0};
static const struct schema_field *const schema_slots_authorization_v1_SelfSubjectAccessReview[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_authorization_v1_SelfSubjectAccessReview[1], &schema_fields_authorization_v1_SelfSubjectAccessReview[2], &schema_fields_authorization_v1_SelfSubjectAccessReview[3]};
static const uint8_t schema_starts_authorization_v1_SelfSubjectAccessReview[] = {0, 2, 3, 4};
static const uint8_t schema_lookup_authorization_v1_SelfSubjectAccessReview[] = {3, 0, 0, 0, 0, 0, 0, 0, 1, 2, 0, 5, 0, 4, 0, 0};
const struct schema_message schema_message_authorization_v1_SelfSubjectAccessReview = {
    .package = STR_INIT("io.k8s.api.authorization.v1"),
    .name = STR_INIT("SelfSubjectAccessReview"),
    .doc = STR_INIT("Asks whether one may do something."),
    .fields = schema_fields_authorization_v1_SelfSubjectAccessReview,
    .n_fields = 4,
    .by_number = schema_numbers_authorization_v1_SelfSubjectAccessReview,
    .n_numbered = 3,
    .slots = schema_slots_authorization_v1_SelfSubjectAccessReview,
    .starts = schema_starts_authorization_v1_SelfSubjectAccessReview,
    .n_slots = 5,
    .lookup_mask = 15,
    .lookup = schema_lookup_authorization_v1_SelfSubjectAccessReview,
};
static const struct schema_extra extra_0 = {.choice = STR_INIT("unionMember")};
const struct schema_field schema_fields_authorization_v1_SelfSubjectAccessReviewSpec[] = {
    {STR_INIT("resourceAttributes"), 1, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_authorization_v1_ResourceAttributes, .extra = &extra_0},
    {STR_INIT("nonResourceAttributes"), 2, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_authorization_v1_NonResourceAttributes, .extra = &extra_0},
};
static const uint16_t schema_numbers_authorization_v1_SelfSubjectAccessReviewSpec[] = {0, 1};
static const uint8_t schema_lookup_authorization_v1_SelfSubjectAccessReviewSpec[] = {2, 0, 0, 1};
const struct schema_message schema_message_authorization_v1_SelfSubjectAccessReviewSpec = {
    .package = STR_INIT("io.k8s.api.authorization.v1"),
    .name = STR_INIT("SelfSubjectAccessReviewSpec"),
    .fields = schema_fields_authorization_v1_SelfSubjectAccessReviewSpec,
    .n_fields = 2,
    .by_number = schema_numbers_authorization_v1_SelfSubjectAccessReviewSpec,
    .n_numbered = 2,
    .n_slots = 2,
    .lookup_mask = 3,
    .lookup = schema_lookup_authorization_v1_SelfSubjectAccessReviewSpec,
};
const struct schema_field schema_fields_authorization_v1_SelfSubjectRulesReview[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ObjectMeta, .doc = STR_INIT("Standard object's metadata: name, labels and the like.")},
    {STR_INIT("spec"), 2, .flags = SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_authorization_v1_SelfSubjectRulesReviewSpec, .doc = STR_INIT("What is wanted.")},
    {STR_INIT("status"), 3, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_authorization_v1_SubjectRulesReviewStatus, .doc = STR_INIT("What is, as those who look after it tell.")},
};
static const uint16_t schema_numbers_authorization_v1_SelfSubjectRulesReview[] = {1, 2, 3, 0};
static const struct schema_field *const schema_slots_authorization_v1_SelfSubjectRulesReview[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_authorization_v1_SelfSubjectRulesReview[1], &schema_fields_authorization_v1_SelfSubjectRulesReview[2], &schema_fields_authorization_v1_SelfSubjectRulesReview[3]};
static const uint8_t schema_starts_authorization_v1_SelfSubjectRulesReview[] = {0, 2, 3, 4};
static const uint8_t schema_lookup_authorization_v1_SelfSubjectRulesReview[] = {3, 0, 0, 0, 0, 0, 0, 0, 1, 2, 0, 5, 0, 4, 0, 0};
const struct schema_message schema_message_authorization_v1_SelfSubjectRulesReview = {
    .package = STR_INIT("io.k8s.api.authorization.v1"),
    .name = STR_INIT("SelfSubjectRulesReview"),
    .doc = STR_INIT("Asks what one may do in a namespace."),
    .fields = schema_fields_authorization_v1_SelfSubjectRulesReview,
    .n_fields = 4,
    .by_number = schema_numbers_authorization_v1_SelfSubjectRulesReview,
    .n_numbered = 3,
    .slots = schema_slots_authorization_v1_SelfSubjectRulesReview,
    .starts = schema_starts_authorization_v1_SelfSubjectRulesReview,
    .n_slots = 5,
    .lookup_mask = 15,
    .lookup = schema_lookup_authorization_v1_SelfSubjectRulesReview,
};
const struct schema_field schema_fields_authorization_v1_SelfSubjectRulesReviewSpec[] = {
    {STR_INIT("namespace"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("The namespace.")},
};
static const uint16_t schema_numbers_authorization_v1_SelfSubjectRulesReviewSpec[] = {0};
static const uint8_t schema_lookup_authorization_v1_SelfSubjectRulesReviewSpec[] = {1, 0, 0, 0};
const struct schema_message schema_message_authorization_v1_SelfSubjectRulesReviewSpec = {
    .package = STR_INIT("io.k8s.api.authorization.v1"),
    .name = STR_INIT("SelfSubjectRulesReviewSpec"),
    .fields = schema_fields_authorization_v1_SelfSubjectRulesReviewSpec,
    .n_fields = 1,
    .by_number = schema_numbers_authorization_v1_SelfSubjectRulesReviewSpec,
    .n_numbered = 1,
    .n_slots = 1,
    .lookup_mask = 3,
    .lookup = schema_lookup_authorization_v1_SelfSubjectRulesReviewSpec,
};
const struct schema_field schema_fields_authorization_v1_SubjectAccessReview[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ObjectMeta, .doc = STR_INIT("Standard object's metadata: name, labels and the like.")},
    {STR_INIT("spec"), 2, .flags = SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_authorization_v1_SubjectAccessReviewSpec, .doc = STR_INIT("What is wanted.")},
    {STR_INIT("status"), 3, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_authorization_v1_SubjectAccessReviewStatus, .doc = STR_INIT("What is, as those who look after it tell.")},
};
static const uint16_t schema_numbers_authorization_v1_SubjectAccessReview[] = {1, 2, 3, 0};
static const struct schema_field *const schema_slots_authorization_v1_SubjectAccessReview[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_authorization_v1_SubjectAccessReview[1], &schema_fields_authorization_v1_SubjectAccessReview[2], &schema_fields_authorization_v1_SubjectAccessReview[3]};
static const uint8_t schema_starts_authorization_v1_SubjectAccessReview[] = {0, 2, 3, 4};
static const uint8_t schema_lookup_authorization_v1_SubjectAccessReview[] = {3, 0, 0, 0, 0, 0, 0, 0, 1, 2, 0, 5, 0, 4, 0, 0};
const struct schema_message schema_message_authorization_v1_SubjectAccessReview = {
    .package = STR_INIT("io.k8s.api.authorization.v1"),
    .name = STR_INIT("SubjectAccessReview"),
    .doc = STR_INIT("Asks whether somebody may do something."),
    .fields = schema_fields_authorization_v1_SubjectAccessReview,
    .n_fields = 4,
    .by_number = schema_numbers_authorization_v1_SubjectAccessReview,
    .n_numbered = 3,
    .slots = schema_slots_authorization_v1_SubjectAccessReview,
    .starts = schema_starts_authorization_v1_SubjectAccessReview,
    .n_slots = 5,
    .lookup_mask = 15,
    .lookup = schema_lookup_authorization_v1_SubjectAccessReview,
};
const struct schema_field schema_fields_authorization_v1_SubjectAccessReviewSpec[] = {
    {STR_INIT("resourceAttributes"), 1, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_authorization_v1_ResourceAttributes, .extra = &extra_0},
    {STR_INIT("nonResourceAttributes"), 2, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_authorization_v1_NonResourceAttributes, .extra = &extra_0},
    {STR_INIT("user"), 3, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
    {STR_INIT("groups"), 4, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
    {STR_INIT("extra"), 5, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MAP_MESSAGE, .message = &schema_message_authorization_v1_ExtraValue},
    {STR_INIT("uid"), 6, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("The identity the server gave it.")},
};
static const uint16_t schema_numbers_authorization_v1_SubjectAccessReviewSpec[] = {0, 1, 2, 3, 4, 5};
static const uint8_t schema_lookup_authorization_v1_SubjectAccessReviewSpec[] = {3, 0, 0, 0, 0, 0, 0, 0, 4, 0, 0, 1, 2, 5, 6, 0};
const struct schema_message schema_message_authorization_v1_SubjectAccessReviewSpec = {
    .package = STR_INIT("io.k8s.api.authorization.v1"),
    .name = STR_INIT("SubjectAccessReviewSpec"),
    .fields = schema_fields_authorization_v1_SubjectAccessReviewSpec,
    .n_fields = 6,
    .by_number = schema_numbers_authorization_v1_SubjectAccessReviewSpec,
    .n_numbered = 6,
    .n_slots = 6,
    .lookup_mask = 15,
    .lookup = schema_lookup_authorization_v1_SubjectAccessReviewSpec,
};
const struct schema_field schema_fields_authorization_v1_SubjectAccessReviewStatus[] = {
    {STR_INIT("allowed"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_BOOL},
    {STR_INIT("denied"), 4, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_BOOL},
    {STR_INIT("reason"), 2, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("Why, in one word of CamelCase.")},
    {STR_INIT("evaluationError"), 3, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
};
static const uint16_t schema_numbers_authorization_v1_SubjectAccessReviewStatus[] = {0, 2, 3, 1};
static const uint8_t schema_lookup_authorization_v1_SubjectAccessReviewStatus[] = {3, 0, 0, 4, 0, 0, 2, 1};
const struct schema_message schema_message_authorization_v1_SubjectAccessReviewStatus = {
    .package = STR_INIT("io.k8s.api.authorization.v1"),
    .name = STR_INIT("SubjectAccessReviewStatus"),
    .fields = schema_fields_authorization_v1_SubjectAccessReviewStatus,
    .n_fields = 4,
    .by_number = schema_numbers_authorization_v1_SubjectAccessReviewStatus,
    .n_numbered = 4,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_authorization_v1_SubjectAccessReviewStatus,
};
const struct schema_field schema_fields_authorization_v1_SubjectRulesReviewStatus[] = {
    {STR_INIT("resourceRules"), 1, .flags = SCHEMA_REPEATED | SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_authorization_v1_ResourceRule},
    {STR_INIT("nonResourceRules"), 2, .flags = SCHEMA_REPEATED | SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_authorization_v1_NonResourceRule},
    {STR_INIT("incomplete"), 3, .flags = SCHEMA_REQUIRED, .type = SCHEMA_BOOL},
    {STR_INIT("evaluationError"), 4, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
};
static const uint16_t schema_numbers_authorization_v1_SubjectRulesReviewStatus[] = {0, 1, 2, 3};
static const uint8_t schema_lookup_authorization_v1_SubjectRulesReviewStatus[] = {0, 0, 0, 2, 1, 3, 4, 0};
const struct schema_message schema_message_authorization_v1_SubjectRulesReviewStatus = {
    .package = STR_INIT("io.k8s.api.authorization.v1"),
    .name = STR_INIT("SubjectRulesReviewStatus"),
    .fields = schema_fields_authorization_v1_SubjectRulesReviewStatus,
    .n_fields = 4,
    .by_number = schema_numbers_authorization_v1_SubjectRulesReviewStatus,
    .n_numbered = 4,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_authorization_v1_SubjectRulesReviewStatus,
};
