/* Made by tools/gen.py from spec/: change those, not this. */
#include "gen/rows.h"

const struct schema_field schema_fields_meta_v1_APIGroup[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("name"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .doc = STR_INIT("The name.")},
    {STR_INIT("versions"), 2, .flags = SCHEMA_REPEATED | SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_GroupVersionForDiscovery},
    {STR_INIT("preferredVersion"), 3, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_GroupVersionForDiscovery},
    {STR_INIT("serverAddressByClientCIDRs"), 4, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ServerAddressByClientCIDR},
};
static const uint16_t schema_numbers_meta_v1_APIGroup[] = {1, 2, 3, 4, 0};
static const struct schema_field *const schema_slots_meta_v1_APIGroup[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_meta_v1_APIGroup[1], &schema_fields_meta_v1_APIGroup[2], &schema_fields_meta_v1_APIGroup[3], &schema_fields_meta_v1_APIGroup[4]};
static const uint8_t schema_starts_meta_v1_APIGroup[] = {0, 2, 3, 4, 5};
static const uint8_t schema_lookup_meta_v1_APIGroup[] = {0, 0, 0, 0, 3, 0, 0, 0, 1, 2, 5, 0, 4, 0, 6, 0};
const struct schema_message schema_message_meta_v1_APIGroup = {
    .package = STR_INIT("io.k8s.apimachinery.pkg.apis.meta.v1"),
    .name = STR_INIT("APIGroup"),
    .fields = schema_fields_meta_v1_APIGroup,
    .n_fields = 5,
    .by_number = schema_numbers_meta_v1_APIGroup,
    .n_numbered = 4,
    .slots = schema_slots_meta_v1_APIGroup,
    .starts = schema_starts_meta_v1_APIGroup,
    .n_slots = 6,
    .lookup_mask = 15,
    .lookup = schema_lookup_meta_v1_APIGroup,
};
const struct schema_field schema_fields_meta_v1_APIGroupList[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("groups"), 1, .flags = SCHEMA_REPEATED | SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_APIGroup},
};
static const uint16_t schema_numbers_meta_v1_APIGroupList[] = {1, 0};
static const struct schema_field *const schema_slots_meta_v1_APIGroupList[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_meta_v1_APIGroupList[1]};
static const uint8_t schema_starts_meta_v1_APIGroupList[] = {0, 2};
static const uint8_t schema_lookup_meta_v1_APIGroupList[] = {1, 2, 3, 0, 0, 0, 0, 0};
const struct schema_message schema_message_meta_v1_APIGroupList = {
    .package = STR_INIT("io.k8s.apimachinery.pkg.apis.meta.v1"),
    .name = STR_INIT("APIGroupList"),
    .fields = schema_fields_meta_v1_APIGroupList,
    .n_fields = 2,
    .by_number = schema_numbers_meta_v1_APIGroupList,
    .n_numbered = 1,
    .slots = schema_slots_meta_v1_APIGroupList,
    .starts = schema_starts_meta_v1_APIGroupList,
    .n_slots = 3,
    .lookup_mask = 7,
    .lookup = schema_lookup_meta_v1_APIGroupList,
};
const struct schema_field schema_fields_meta_v1_APIResource[] = {
    {STR_INIT("name"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .doc = STR_INIT("The name.")},
    {STR_INIT("singularName"), 6, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING},
    {STR_INIT("namespaced"), 2, .flags = SCHEMA_REQUIRED, .type = SCHEMA_BOOL},
    {STR_INIT("group"), 8, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
    {STR_INIT("version"), 9, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
    {STR_INIT("kind"), 3, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .doc = STR_INIT("The kind.")},
    {STR_INIT("verbs"), 4, .flags = SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_Verbs},
    {STR_INIT("shortNames"), 5, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
    {STR_INIT("categories"), 7, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
    {STR_INIT("storageVersionHash"), 10, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
};
static const uint16_t schema_numbers_meta_v1_APIResource[] = {0, 2, 5, 6, 7, 1, 8, 3, 4, 9};
static const uint8_t schema_lookup_meta_v1_APIResource[] = {0, 0, 0, 8, 1, 3, 10, 0, 6, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 9, 0, 0, 0, 0, 5, 7};
const struct schema_message schema_message_meta_v1_APIResource = {
    .package = STR_INIT("io.k8s.apimachinery.pkg.apis.meta.v1"),
    .name = STR_INIT("APIResource"),
    .fields = schema_fields_meta_v1_APIResource,
    .n_fields = 10,
    .by_number = schema_numbers_meta_v1_APIResource,
    .n_numbered = 10,
    .n_slots = 10,
    .lookup_mask = 31,
    .lookup = schema_lookup_meta_v1_APIResource,
};
const struct schema_field schema_fields_meta_v1_APIResourceList[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("groupVersion"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING},
    {STR_INIT("resources"), 2, .flags = SCHEMA_REPEATED | SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_APIResource},
};
static const uint16_t schema_numbers_meta_v1_APIResourceList[] = {1, 2, 0};
static const struct schema_field *const schema_slots_meta_v1_APIResourceList[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_meta_v1_APIResourceList[1], &schema_fields_meta_v1_APIResourceList[2]};
static const uint8_t schema_starts_meta_v1_APIResourceList[] = {0, 2, 3};
static const uint8_t schema_lookup_meta_v1_APIResourceList[] = {1, 2, 4, 0, 3, 0, 0, 0};
const struct schema_message schema_message_meta_v1_APIResourceList = {
    .package = STR_INIT("io.k8s.apimachinery.pkg.apis.meta.v1"),
    .name = STR_INIT("APIResourceList"),
    .fields = schema_fields_meta_v1_APIResourceList,
    .n_fields = 3,
    .by_number = schema_numbers_meta_v1_APIResourceList,
    .n_numbered = 2,
    .slots = schema_slots_meta_v1_APIResourceList,
    .starts = schema_starts_meta_v1_APIResourceList,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_meta_v1_APIResourceList,
};
const struct schema_field schema_fields_meta_v1_APIVersions[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("versions"), 1, .flags = SCHEMA_REPEATED | SCHEMA_REQUIRED, .type = SCHEMA_STRING},
    {STR_INIT("serverAddressByClientCIDRs"), 2, .flags = SCHEMA_REPEATED | SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ServerAddressByClientCIDR},
};
static const uint16_t schema_numbers_meta_v1_APIVersions[] = {1, 2, 0};
static const struct schema_field *const schema_slots_meta_v1_APIVersions[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_meta_v1_APIVersions[1], &schema_fields_meta_v1_APIVersions[2]};
static const uint8_t schema_starts_meta_v1_APIVersions[] = {0, 2, 3};
static const uint8_t schema_lookup_meta_v1_APIVersions[] = {1, 2, 0, 0, 3, 0, 4, 0};
const struct schema_message schema_message_meta_v1_APIVersions = {
    .package = STR_INIT("io.k8s.apimachinery.pkg.apis.meta.v1"),
    .name = STR_INIT("APIVersions"),
    .fields = schema_fields_meta_v1_APIVersions,
    .n_fields = 3,
    .by_number = schema_numbers_meta_v1_APIVersions,
    .n_numbered = 2,
    .slots = schema_slots_meta_v1_APIVersions,
    .starts = schema_starts_meta_v1_APIVersions,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_meta_v1_APIVersions,
};
const struct schema_field schema_fields_meta_v1_ApplyOptions[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("dryRun"), 1, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
    {STR_INIT("force"), 2, .flags = SCHEMA_REQUIRED, .type = SCHEMA_BOOL},
    {STR_INIT("fieldManager"), 3, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING},
};
static const uint16_t schema_numbers_meta_v1_ApplyOptions[] = {1, 2, 3, 0};
static const struct schema_field *const schema_slots_meta_v1_ApplyOptions[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_meta_v1_ApplyOptions[1], &schema_fields_meta_v1_ApplyOptions[2], &schema_fields_meta_v1_ApplyOptions[3]};
static const uint8_t schema_starts_meta_v1_ApplyOptions[] = {0, 2, 3, 4};
static const uint8_t schema_lookup_meta_v1_ApplyOptions[] = {0, 0, 0, 4, 0, 0, 0, 3, 1, 2, 5, 0, 0, 0, 0, 0};
const struct schema_message schema_message_meta_v1_ApplyOptions = {
    .package = STR_INIT("io.k8s.apimachinery.pkg.apis.meta.v1"),
    .name = STR_INIT("ApplyOptions"),
    .fields = schema_fields_meta_v1_ApplyOptions,
    .n_fields = 4,
    .by_number = schema_numbers_meta_v1_ApplyOptions,
    .n_numbered = 3,
    .slots = schema_slots_meta_v1_ApplyOptions,
    .starts = schema_starts_meta_v1_ApplyOptions,
    .n_slots = 5,
    .lookup_mask = 15,
    .lookup = schema_lookup_meta_v1_ApplyOptions,
};
static const struct str enums_0[] = {STR_INIT("False"), STR_INIT("True"), STR_INIT("Unknown"), {NULL, 0}};
static const struct schema_extra extra_0 = {.rules = STR_INIT("minimum=0")};
static const struct schema_extra extra_1 = {.rules = STR_INIT("maxBytes=1024")};
const struct schema_field schema_fields_meta_v1_Condition[] = {
    {STR_INIT("type"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .doc = STR_INIT("Which condition.")},
    {STR_INIT("status"), 2, .flags = SCHEMA_REQUIRED | SCHEMA_ENUM_CLOSED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .enums = enums_0, .doc = STR_INIT("True, False or Unknown.")},
    {STR_INIT("observedGeneration"), 3, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_INT64, .doc = STR_INIT("The metadata.generation this was written for."), .extra = &extra_0},
    {STR_INIT("lastTransitionTime"), 4, .flags = SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_Time, .doc = STR_INIT("When the condition last changed between True, False and Unknown.")},
    {STR_INIT("reason"), 5, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .doc = STR_INIT("Why, in one word of CamelCase."), .extra = &extra_1},
    {STR_INIT("message"), 6, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .doc = STR_INIT("Why, for people.")},
};
static const uint16_t schema_numbers_meta_v1_Condition[] = {0, 1, 2, 3, 4, 5};
static const uint8_t schema_lookup_meta_v1_Condition[] = {5, 0, 1, 0, 0, 0, 4, 6, 0, 0, 0, 2, 0, 0, 0, 3};
const struct schema_message schema_message_meta_v1_Condition = {
    .package = STR_INIT("io.k8s.apimachinery.pkg.apis.meta.v1"),
    .name = STR_INIT("Condition"),
    .doc = STR_INIT("One thing known of an object."),
    .fields = schema_fields_meta_v1_Condition,
    .n_fields = 6,
    .by_number = schema_numbers_meta_v1_Condition,
    .n_numbered = 6,
    .n_slots = 6,
    .lookup_mask = 15,
    .lookup = schema_lookup_meta_v1_Condition,
};
const struct schema_field schema_fields_meta_v1_CreateOptions[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("dryRun"), 1, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
    {STR_INIT("fieldManager"), 3, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
    {STR_INIT("fieldValidation"), 4, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
};
static const uint16_t schema_numbers_meta_v1_CreateOptions[] = {1, 2, 3, 0};
static const struct schema_field *const schema_slots_meta_v1_CreateOptions[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_meta_v1_CreateOptions[1], &schema_fields_meta_v1_CreateOptions[2], &schema_fields_meta_v1_CreateOptions[3]};
static const uint8_t schema_starts_meta_v1_CreateOptions[] = {0, 2, 3, 4};
static const uint8_t schema_lookup_meta_v1_CreateOptions[] = {0, 0, 0, 0, 0, 0, 0, 3, 1, 2, 4, 5, 0, 0, 0, 0};
const struct schema_message schema_message_meta_v1_CreateOptions = {
    .package = STR_INIT("io.k8s.apimachinery.pkg.apis.meta.v1"),
    .name = STR_INIT("CreateOptions"),
    .fields = schema_fields_meta_v1_CreateOptions,
    .n_fields = 4,
    .by_number = schema_numbers_meta_v1_CreateOptions,
    .n_numbered = 3,
    .slots = schema_slots_meta_v1_CreateOptions,
    .starts = schema_starts_meta_v1_CreateOptions,
    .n_slots = 5,
    .lookup_mask = 15,
    .lookup = schema_lookup_meta_v1_CreateOptions,
};
const struct schema_field schema_fields_meta_v1_DeleteOptions[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("gracePeriodSeconds"), 1, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_INT64},
    {STR_INIT("preconditions"), 2, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_Preconditions},
    {STR_INIT("orphanDependents"), 3, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_BOOL},
    {STR_INIT("propagationPolicy"), 4, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_STRING},
    {STR_INIT("dryRun"), 5, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
    {STR_INIT("ignoreStoreReadErrorWithClusterBreakingPotential"), 6, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_BOOL},
};
static const uint16_t schema_numbers_meta_v1_DeleteOptions[] = {1, 2, 3, 4, 5, 6, 0};
static const struct schema_field *const schema_slots_meta_v1_DeleteOptions[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_meta_v1_DeleteOptions[1], &schema_fields_meta_v1_DeleteOptions[2], &schema_fields_meta_v1_DeleteOptions[3], &schema_fields_meta_v1_DeleteOptions[4], &schema_fields_meta_v1_DeleteOptions[5], &schema_fields_meta_v1_DeleteOptions[6]};
static const uint8_t schema_starts_meta_v1_DeleteOptions[] = {0, 2, 3, 4, 5, 6, 7};
static const uint8_t schema_lookup_meta_v1_DeleteOptions[] = {0, 0, 4, 8, 0, 6, 0, 7, 1, 2, 0, 3, 5, 0, 0, 0};
const struct schema_message schema_message_meta_v1_DeleteOptions = {
    .package = STR_INIT("io.k8s.apimachinery.pkg.apis.meta.v1"),
    .name = STR_INIT("DeleteOptions"),
    .fields = schema_fields_meta_v1_DeleteOptions,
    .n_fields = 7,
    .by_number = schema_numbers_meta_v1_DeleteOptions,
    .n_numbered = 6,
    .slots = schema_slots_meta_v1_DeleteOptions,
    .starts = schema_starts_meta_v1_DeleteOptions,
    .n_slots = 8,
    .lookup_mask = 15,
    .lookup = schema_lookup_meta_v1_DeleteOptions,
};
const struct schema_field schema_fields_meta_v1_Duration[] = {
    {STR_INIT("duration"), 1, .type = SCHEMA_INT64},
};
static const uint16_t schema_numbers_meta_v1_Duration[] = {0};
static const uint8_t schema_lookup_meta_v1_Duration[] = {1, 0, 0, 0};
const struct schema_message schema_message_meta_v1_Duration = {
    .package = STR_INIT("io.k8s.apimachinery.pkg.apis.meta.v1"),
    .name = STR_INIT("Duration"),
    .form = SCHEMA_FORM_DURATION,
    .doc = STR_INIT("A length of time, such as 90s or 1h30m."),
    .fields = schema_fields_meta_v1_Duration,
    .n_fields = 1,
    .by_number = schema_numbers_meta_v1_Duration,
    .n_numbered = 1,
    .n_slots = 1,
    .lookup_mask = 3,
    .lookup = schema_lookup_meta_v1_Duration,
};
const struct schema_field schema_fields_meta_v1_FieldSelectorRequirement[] = {
    {STR_INIT("key"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .doc = STR_INIT("The key.")},
    {STR_INIT("operator"), 2, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .doc = STR_INIT("How they are compared.")},
    {STR_INIT("values"), 3, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
};
static const uint16_t schema_numbers_meta_v1_FieldSelectorRequirement[] = {0, 1, 2};
static const uint8_t schema_lookup_meta_v1_FieldSelectorRequirement[] = {1, 2, 3, 0, 0, 0, 0, 0};
const struct schema_message schema_message_meta_v1_FieldSelectorRequirement = {
    .package = STR_INIT("io.k8s.apimachinery.pkg.apis.meta.v1"),
    .name = STR_INIT("FieldSelectorRequirement"),
    .fields = schema_fields_meta_v1_FieldSelectorRequirement,
    .n_fields = 3,
    .by_number = schema_numbers_meta_v1_FieldSelectorRequirement,
    .n_numbered = 3,
    .n_slots = 3,
    .lookup_mask = 7,
    .lookup = schema_lookup_meta_v1_FieldSelectorRequirement,
};
const struct schema_field schema_fields_meta_v1_FieldsV1[] = {
    {STR_INIT("Raw"), 1, .type = SCHEMA_BYTES},
};
static const uint16_t schema_numbers_meta_v1_FieldsV1[] = {0};
static const uint8_t schema_lookup_meta_v1_FieldsV1[] = {0, 0, 1, 0};
const struct schema_message schema_message_meta_v1_FieldsV1 = {
    .package = STR_INIT("io.k8s.apimachinery.pkg.apis.meta.v1"),
    .name = STR_INIT("FieldsV1"),
    .form = SCHEMA_FORM_RAW_OBJECT,
    .doc = STR_INIT("Fields, as a tree of keys: f: a field, k: a list's entry by its keys, v: a value."),
    .fields = schema_fields_meta_v1_FieldsV1,
    .n_fields = 1,
    .by_number = schema_numbers_meta_v1_FieldsV1,
    .n_numbered = 1,
    .n_slots = 1,
    .lookup_mask = 3,
    .lookup = schema_lookup_meta_v1_FieldsV1,
};
const struct schema_field schema_fields_meta_v1_GetOptions[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("resourceVersion"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("The revision of its last change.")},
};
static const uint16_t schema_numbers_meta_v1_GetOptions[] = {1, 0};
static const struct schema_field *const schema_slots_meta_v1_GetOptions[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_meta_v1_GetOptions[1]};
static const uint8_t schema_starts_meta_v1_GetOptions[] = {0, 2};
static const uint8_t schema_lookup_meta_v1_GetOptions[] = {1, 2, 0, 0, 0, 3, 0, 0};
const struct schema_message schema_message_meta_v1_GetOptions = {
    .package = STR_INIT("io.k8s.apimachinery.pkg.apis.meta.v1"),
    .name = STR_INIT("GetOptions"),
    .fields = schema_fields_meta_v1_GetOptions,
    .n_fields = 2,
    .by_number = schema_numbers_meta_v1_GetOptions,
    .n_numbered = 1,
    .slots = schema_slots_meta_v1_GetOptions,
    .starts = schema_starts_meta_v1_GetOptions,
    .n_slots = 3,
    .lookup_mask = 7,
    .lookup = schema_lookup_meta_v1_GetOptions,
};
const struct schema_field schema_fields_meta_v1_GroupKind[] = {
    {STR_INIT("group"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING},
    {STR_INIT("kind"), 2, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .doc = STR_INIT("The kind.")},
};
static const uint16_t schema_numbers_meta_v1_GroupKind[] = {0, 1};
static const uint8_t schema_lookup_meta_v1_GroupKind[] = {2, 0, 1, 0};
const struct schema_message schema_message_meta_v1_GroupKind = {
    .package = STR_INIT("io.k8s.apimachinery.pkg.apis.meta.v1"),
    .name = STR_INIT("GroupKind"),
    .fields = schema_fields_meta_v1_GroupKind,
    .n_fields = 2,
    .by_number = schema_numbers_meta_v1_GroupKind,
    .n_numbered = 2,
    .n_slots = 2,
    .lookup_mask = 3,
    .lookup = schema_lookup_meta_v1_GroupKind,
};
const struct schema_field schema_fields_meta_v1_GroupResource[] = {
    {STR_INIT("group"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\"")},
    {STR_INIT("resource"), 2, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\"")},
};
static const uint16_t schema_numbers_meta_v1_GroupResource[] = {0, 1};
static const uint8_t schema_lookup_meta_v1_GroupResource[] = {0, 2, 1, 0};
const struct schema_message schema_message_meta_v1_GroupResource = {
    .package = STR_INIT("io.k8s.apimachinery.pkg.apis.meta.v1"),
    .name = STR_INIT("GroupResource"),
    .fields = schema_fields_meta_v1_GroupResource,
    .n_fields = 2,
    .by_number = schema_numbers_meta_v1_GroupResource,
    .n_numbered = 2,
    .n_slots = 2,
    .lookup_mask = 3,
    .lookup = schema_lookup_meta_v1_GroupResource,
};
const struct schema_field schema_fields_meta_v1_GroupVersion[] = {
    {STR_INIT("group"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING},
    {STR_INIT("version"), 2, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING},
};
static const uint16_t schema_numbers_meta_v1_GroupVersion[] = {0, 1};
static const uint8_t schema_lookup_meta_v1_GroupVersion[] = {0, 0, 1, 2};
const struct schema_message schema_message_meta_v1_GroupVersion = {
    .package = STR_INIT("io.k8s.apimachinery.pkg.apis.meta.v1"),
    .name = STR_INIT("GroupVersion"),
    .fields = schema_fields_meta_v1_GroupVersion,
    .n_fields = 2,
    .by_number = schema_numbers_meta_v1_GroupVersion,
    .n_numbered = 2,
    .n_slots = 2,
    .lookup_mask = 3,
    .lookup = schema_lookup_meta_v1_GroupVersion,
};
const struct schema_field schema_fields_meta_v1_GroupVersionForDiscovery[] = {
    {STR_INIT("groupVersion"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING},
    {STR_INIT("version"), 2, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING},
};
static const uint16_t schema_numbers_meta_v1_GroupVersionForDiscovery[] = {0, 1};
static const uint8_t schema_lookup_meta_v1_GroupVersionForDiscovery[] = {1, 0, 2, 0};
const struct schema_message schema_message_meta_v1_GroupVersionForDiscovery = {
    .package = STR_INIT("io.k8s.apimachinery.pkg.apis.meta.v1"),
    .name = STR_INIT("GroupVersionForDiscovery"),
    .fields = schema_fields_meta_v1_GroupVersionForDiscovery,
    .n_fields = 2,
    .by_number = schema_numbers_meta_v1_GroupVersionForDiscovery,
    .n_numbered = 2,
    .n_slots = 2,
    .lookup_mask = 3,
    .lookup = schema_lookup_meta_v1_GroupVersionForDiscovery,
};
const struct schema_field schema_fields_meta_v1_GroupVersionKind[] = {
    {STR_INIT("group"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING},
    {STR_INIT("version"), 2, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING},
    {STR_INIT("kind"), 3, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .doc = STR_INIT("The kind.")},
};
static const uint16_t schema_numbers_meta_v1_GroupVersionKind[] = {0, 1, 2};
static const uint8_t schema_lookup_meta_v1_GroupVersionKind[] = {3, 0, 1, 0, 0, 0, 2, 0};
const struct schema_message schema_message_meta_v1_GroupVersionKind = {
    .package = STR_INIT("io.k8s.apimachinery.pkg.apis.meta.v1"),
    .name = STR_INIT("GroupVersionKind"),
    .fields = schema_fields_meta_v1_GroupVersionKind,
    .n_fields = 3,
    .by_number = schema_numbers_meta_v1_GroupVersionKind,
    .n_numbered = 3,
    .n_slots = 3,
    .lookup_mask = 7,
    .lookup = schema_lookup_meta_v1_GroupVersionKind,
};
const struct schema_field schema_fields_meta_v1_GroupVersionResource[] = {
    {STR_INIT("group"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING},
    {STR_INIT("version"), 2, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING},
    {STR_INIT("resource"), 3, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING},
};
static const uint16_t schema_numbers_meta_v1_GroupVersionResource[] = {0, 1, 2};
static const uint8_t schema_lookup_meta_v1_GroupVersionResource[] = {0, 3, 1, 0, 0, 0, 2, 0};
const struct schema_message schema_message_meta_v1_GroupVersionResource = {
    .package = STR_INIT("io.k8s.apimachinery.pkg.apis.meta.v1"),
    .name = STR_INIT("GroupVersionResource"),
    .fields = schema_fields_meta_v1_GroupVersionResource,
    .n_fields = 3,
    .by_number = schema_numbers_meta_v1_GroupVersionResource,
    .n_numbered = 3,
    .n_slots = 3,
    .lookup_mask = 7,
    .lookup = schema_lookup_meta_v1_GroupVersionResource,
};
const struct schema_field schema_fields_meta_v1_LabelSelector[] = {
    {STR_INIT("matchLabels"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MAP_STRING, .doc = STR_INIT("Keys and the values they must have.")},
    {STR_INIT("matchExpressions"), 2, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_LabelSelectorRequirement, .doc = STR_INIT("Requirements on keys.")},
};
static const uint16_t schema_numbers_meta_v1_LabelSelector[] = {0, 1};
static const uint8_t schema_lookup_meta_v1_LabelSelector[] = {0, 2, 1, 0};
const struct schema_message schema_message_meta_v1_LabelSelector = {
    .package = STR_INIT("io.k8s.apimachinery.pkg.apis.meta.v1"),
    .name = STR_INIT("LabelSelector"),
    .map_atomic = true,
    .doc = STR_INIT("Which labels; all of it must match. {} matches everything."),
    .fields = schema_fields_meta_v1_LabelSelector,
    .n_fields = 2,
    .by_number = schema_numbers_meta_v1_LabelSelector,
    .n_numbered = 2,
    .n_slots = 2,
    .lookup_mask = 3,
    .lookup = schema_lookup_meta_v1_LabelSelector,
};
const struct schema_field schema_fields_meta_v1_LabelSelectorRequirement[] = {
    {STR_INIT("key"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .doc = STR_INIT("The key.")},
    {STR_INIT("operator"), 2, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .doc = STR_INIT("In, NotIn, Exists or DoesNotExist.")},
    {STR_INIT("values"), 3, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("The values, for In and NotIn.")},
};
static const uint16_t schema_numbers_meta_v1_LabelSelectorRequirement[] = {0, 1, 2};
static const uint8_t schema_lookup_meta_v1_LabelSelectorRequirement[] = {1, 2, 3, 0, 0, 0, 0, 0};
const struct schema_message schema_message_meta_v1_LabelSelectorRequirement = {
    .package = STR_INIT("io.k8s.apimachinery.pkg.apis.meta.v1"),
    .name = STR_INIT("LabelSelectorRequirement"),
    .doc = STR_INIT("A requirement on one label."),
    .fields = schema_fields_meta_v1_LabelSelectorRequirement,
    .n_fields = 3,
    .by_number = schema_numbers_meta_v1_LabelSelectorRequirement,
    .n_numbered = 3,
    .n_slots = 3,
    .lookup_mask = 7,
    .lookup = schema_lookup_meta_v1_LabelSelectorRequirement,
};
const struct schema_field schema_fields_meta_v1_List[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ListMeta, .doc = STR_INIT("Where the list was read, and how to go on.")},
    {STR_INIT("items"), 2, .flags = SCHEMA_REPEATED | SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_runtime_RawExtension, .doc = STR_INIT("The objects of the list.")},
};
static const uint16_t schema_numbers_meta_v1_List[] = {1, 2, 0};
static const struct schema_field *const schema_slots_meta_v1_List[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_meta_v1_List[1], &schema_fields_meta_v1_List[2]};
static const uint8_t schema_starts_meta_v1_List[] = {0, 2, 3};
static const uint8_t schema_lookup_meta_v1_List[] = {1, 2, 3, 4, 0, 0, 0, 0};
const struct schema_message schema_message_meta_v1_List = {
    .package = STR_INIT("io.k8s.apimachinery.pkg.apis.meta.v1"),
    .name = STR_INIT("List"),
    .fields = schema_fields_meta_v1_List,
    .n_fields = 3,
    .by_number = schema_numbers_meta_v1_List,
    .n_numbered = 2,
    .slots = schema_slots_meta_v1_List,
    .starts = schema_starts_meta_v1_List,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_meta_v1_List,
};
static const struct schema_extra extra_2 = {.gate = STR_INIT("ShardedListAndWatch")};
const struct schema_field schema_fields_meta_v1_ListMeta[] = {
    {STR_INIT("selfLink"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("Not used any more; the server leaves it empty.")},
    {STR_INIT("resourceVersion"), 2, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("The revision the list was read at: begin a watch from here.")},
    {STR_INIT("continue"), 3, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("Set when there is more: send it with the same query to read on.")},
    {STR_INIT("remainingItemCount"), 4, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_INT64, .doc = STR_INIT("How many more there are, where the server can tell.")},
    {STR_INIT("shardInfo"), 5, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ShardInfo, .extra = &extra_2},
};
static const uint16_t schema_numbers_meta_v1_ListMeta[] = {0, 1, 2, 3, 4};
static const uint8_t schema_lookup_meta_v1_ListMeta[] = {4, 5, 1, 0, 3, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};
const struct schema_message schema_message_meta_v1_ListMeta = {
    .package = STR_INIT("io.k8s.apimachinery.pkg.apis.meta.v1"),
    .name = STR_INIT("ListMeta"),
    .doc = STR_INIT("Metadata of the list: the revision it was read at, and where to go on reading."),
    .fields = schema_fields_meta_v1_ListMeta,
    .n_fields = 5,
    .by_number = schema_numbers_meta_v1_ListMeta,
    .n_numbered = 5,
    .n_slots = 5,
    .lookup_mask = 15,
    .lookup = schema_lookup_meta_v1_ListMeta,
};
const struct schema_field schema_fields_meta_v1_ListOptions[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("labelSelector"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("Which objects, by their labels.")},
    {STR_INIT("fieldSelector"), 2, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
    {STR_INIT("watch"), 3, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_BOOL},
    {STR_INIT("allowWatchBookmarks"), 9, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_BOOL},
    {STR_INIT("resourceVersion"), 4, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("The revision of its last change.")},
    {STR_INIT("resourceVersionMatch"), 10, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
    {STR_INIT("timeoutSeconds"), 5, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_INT64},
    {STR_INIT("limit"), 7, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_INT64},
    {STR_INIT("continue"), 8, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
    {STR_INIT("sendInitialEvents"), 11, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_BOOL},
    {STR_INIT("shardSelector"), 15, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .extra = &extra_2},
};
static const uint16_t schema_numbers_meta_v1_ListOptions[] = {1, 2, 3, 5, 7, 8, 9, 4, 6, 10, 11, 0};
static const struct schema_field *const schema_slots_meta_v1_ListOptions[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_meta_v1_ListOptions[1], &schema_fields_meta_v1_ListOptions[2], &schema_fields_meta_v1_ListOptions[3], &schema_fields_meta_v1_ListOptions[4], &schema_fields_meta_v1_ListOptions[5], &schema_fields_meta_v1_ListOptions[6], &schema_fields_meta_v1_ListOptions[7], &schema_fields_meta_v1_ListOptions[8], &schema_fields_meta_v1_ListOptions[9], &schema_fields_meta_v1_ListOptions[10], &schema_fields_meta_v1_ListOptions[11]};
static const uint8_t schema_starts_meta_v1_ListOptions[] = {0, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
static const uint8_t schema_lookup_meta_v1_ListOptions[] = {0, 0, 4, 6, 11, 7, 0, 0, 1, 10, 0, 0, 0, 0, 0, 9, 13, 0, 12, 0, 0, 0, 0, 0, 2, 8, 5, 0, 3, 0, 0, 0};
const struct schema_message schema_message_meta_v1_ListOptions = {
    .package = STR_INIT("io.k8s.apimachinery.pkg.apis.meta.v1"),
    .name = STR_INIT("ListOptions"),
    .fields = schema_fields_meta_v1_ListOptions,
    .n_fields = 12,
    .by_number = schema_numbers_meta_v1_ListOptions,
    .n_numbered = 11,
    .slots = schema_slots_meta_v1_ListOptions,
    .starts = schema_starts_meta_v1_ListOptions,
    .n_slots = 13,
    .lookup_mask = 31,
    .lookup = schema_lookup_meta_v1_ListOptions,
};
static const struct str enums_1[] = {STR_INIT("Apply"), STR_INIT("Update"), {NULL, 0}};
const struct schema_field schema_fields_meta_v1_ManagedFieldsEntry[] = {
    {STR_INIT("manager"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("Who: a name the client chose.")},
    {STR_INIT("operation"), 2, .flags = SCHEMA_OMITEMPTY | SCHEMA_ENUM_CLOSED, .type = SCHEMA_STRING, .enums = enums_1, .doc = STR_INIT("Apply or Update.")},
    {STR_INIT("apiVersion"), 3, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("Group and version of the API.")},
    {STR_INIT("time"), 4, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_Time, .doc = STR_INIT("When it last changed something.")},
    {STR_INIT("fieldsType"), 6, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("The form of fieldsV1; FieldsV1.")},
    {STR_INIT("fieldsV1"), 7, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_FieldsV1, .doc = STR_INIT("The fields, as a tree of keys.")},
    {STR_INIT("subresource"), 8, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("The subresource it was done through.")},
};
static const uint16_t schema_numbers_meta_v1_ManagedFieldsEntry[] = {0, 1, 2, 3, 4, 5, 6};
static const uint8_t schema_lookup_meta_v1_ManagedFieldsEntry[] = {7, 0, 0, 0, 0, 1, 0, 0, 2, 3, 5, 0, 6, 0, 0, 4};
const struct schema_message schema_message_meta_v1_ManagedFieldsEntry = {
    .package = STR_INIT("io.k8s.apimachinery.pkg.apis.meta.v1"),
    .name = STR_INIT("ManagedFieldsEntry"),
    .doc = STR_INIT("What one manager has set."),
    .fields = schema_fields_meta_v1_ManagedFieldsEntry,
    .n_fields = 7,
    .by_number = schema_numbers_meta_v1_ManagedFieldsEntry,
    .n_numbered = 7,
    .n_slots = 7,
    .lookup_mask = 15,
    .lookup = schema_lookup_meta_v1_ManagedFieldsEntry,
};
const struct schema_field schema_fields_meta_v1_MicroTime[] = {
    {STR_INIT("seconds"), 1, .type = SCHEMA_INT64},
    {STR_INIT("nanos"), 2, .type = SCHEMA_INT32},
};
static const uint16_t schema_numbers_meta_v1_MicroTime[] = {0, 1};
static const uint8_t schema_lookup_meta_v1_MicroTime[] = {0, 1, 2, 0};
const struct schema_message schema_message_meta_v1_MicroTime = {
    .package = STR_INIT("io.k8s.apimachinery.pkg.apis.meta.v1"),
    .name = STR_INIT("MicroTime"),
    .form = SCHEMA_FORM_MICRO_TIME,
    .doc = STR_INIT("A time: RFC 3339, to the microsecond."),
    .fields = schema_fields_meta_v1_MicroTime,
    .n_fields = 2,
    .by_number = schema_numbers_meta_v1_MicroTime,
    .n_numbered = 2,
    .n_slots = 2,
    .lookup_mask = 3,
    .lookup = schema_lookup_meta_v1_MicroTime,
};
static const struct schema_extra extra_3 = {.rules = STR_INIT("immutable")};
static const struct str keys_0[] = {STR_INIT("uid"), STR_INIT("")};
const struct schema_field schema_fields_meta_v1_ObjectMeta[] = {
    {STR_INIT("name"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("The name, unique among objects of this resource in the namespace. It never changes.")},
    {STR_INIT("generateName"), 2, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("A beginning to which the server adds five letters and digits when no name is given.")},
    {STR_INIT("namespace"), 3, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("The namespace the object lives in; empty for resources of the whole cluster. It never changes.")},
    {STR_INIT("selfLink"), 4, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("Not used any more; the server leaves it empty.")},
    {STR_INIT("uid"), 5, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("An identity in space and time, made by the server: an object made later under the same name has another."), .extra = &extra_3},
    {STR_INIT("resourceVersion"), 6, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("The revision of the last change. Compare for equality only; send it along to refuse a write over newer changes.")},
    {STR_INIT("generation"), 7, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_INT64, .doc = STR_INIT("How often what is wanted has changed. The server counts."), .extra = &extra_0},
    {STR_INIT("creationTimestamp"), 8, .flags = SCHEMA_OMITEMPTY | SCHEMA_OMITZERO, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_Time, .doc = STR_INIT("CreationTimestamp is a timestamp the server sets when it stores the object for the first time; in UTC, to the second."), .extra = &extra_3},
    {STR_INIT("deletionTimestamp"), 9, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_Time, .doc = STR_INIT("When the object is to be gone, set by the server once somebody asked for its deletion and it must still wait."), .extra = &extra_3},
    {STR_INIT("deletionGracePeriodSeconds"), 10, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_INT64, .doc = STR_INIT("Seconds the object gets to end in order. May only be made shorter."), .extra = &extra_3},
    {STR_INIT("labels"), 11, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MAP_STRING, .doc = STR_INIT("Keys and values that selectors of Services, controllers and clients look for.")},
    {STR_INIT("annotations"), 12, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MAP_STRING, .doc = STR_INIT("Keys and values for people and tools; nothing is selected by them.")},
    {STR_INIT("ownerReferences"), 13, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY | SCHEMA_PATCH_MERGE, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_OwnerReference, .list = SCHEMA_LIST_MAP, .list_keys = keys_0, .merge_key = STR_INIT("uid"), .doc = STR_INIT("The objects this one belongs to; when all of them are gone, it is collected too.")},
    {STR_INIT("finalizers"), 14, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY | SCHEMA_PATCH_MERGE, .type = SCHEMA_STRING, .list = SCHEMA_LIST_SET, .doc = STR_INIT("Who must still finish work, and then take their entry away, before the object may go.")},
    {STR_INIT("managedFields"), 17, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ManagedFieldsEntry, .doc = STR_INIT("Which manager set which fields, as server-side apply needs it; kept by the server.")},
};
static const uint16_t schema_numbers_meta_v1_ObjectMeta[] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14};
static const uint8_t schema_lookup_meta_v1_ObjectMeta[] = {3, 14, 0, 2, 1, 6, 15, 0, 0, 13, 0, 0, 9, 0, 0, 12, 0, 7, 4, 8, 0, 0, 0, 0, 11, 0, 0, 10, 0, 5, 0, 0};
const struct schema_message schema_message_meta_v1_ObjectMeta = {
    .package = STR_INIT("io.k8s.apimachinery.pkg.apis.meta.v1"),
    .name = STR_INIT("ObjectMeta"),
    .doc = STR_INIT("An object's name, its labels and what the server notes of it."),
    .fields = schema_fields_meta_v1_ObjectMeta,
    .n_fields = 15,
    .by_number = schema_numbers_meta_v1_ObjectMeta,
    .n_numbered = 15,
    .n_slots = 15,
    .lookup_mask = 31,
    .lookup = schema_lookup_meta_v1_ObjectMeta,
};
const struct schema_field schema_fields_meta_v1_OwnerReference[] = {
    {STR_INIT("apiVersion"), 5, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .doc = STR_INIT("Group and version of the owner's API.")},
    {STR_INIT("kind"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .doc = STR_INIT("The owner's kind.")},
    {STR_INIT("name"), 3, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .doc = STR_INIT("The owner's name.")},
    {STR_INIT("uid"), 4, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .doc = STR_INIT("The owner's identity; one of the same name and another identity is no owner.")},
    {STR_INIT("controller"), 6, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_BOOL, .doc = STR_INIT("Whether this owner is the one that manages the object; at most one is.")},
    {STR_INIT("blockOwnerDeletion"), 7, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_BOOL, .doc = STR_INIT("Whether an owner deleted in the foreground waits until this object is gone.")},
};
static const uint16_t schema_numbers_meta_v1_OwnerReference[] = {1, 2, 3, 0, 4, 5};
static const uint8_t schema_lookup_meta_v1_OwnerReference[] = {0, 0, 0, 0, 3, 0, 0, 0, 1, 2, 5, 0, 0, 4, 6, 0};
const struct schema_message schema_message_meta_v1_OwnerReference = {
    .package = STR_INIT("io.k8s.apimachinery.pkg.apis.meta.v1"),
    .name = STR_INIT("OwnerReference"),
    .map_atomic = true,
    .doc = STR_INIT("What every object says first: its kind, and the version it is written in."),
    .fields = schema_fields_meta_v1_OwnerReference,
    .n_fields = 6,
    .by_number = schema_numbers_meta_v1_OwnerReference,
    .n_numbered = 6,
    .n_slots = 6,
    .lookup_mask = 15,
    .lookup = schema_lookup_meta_v1_OwnerReference,
};
const struct schema_field schema_fields_meta_v1_PartialObjectMetadata[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ObjectMeta, .doc = STR_INIT("Standard object's metadata: name, labels and the like.")},
};
static const uint16_t schema_numbers_meta_v1_PartialObjectMetadata[] = {1, 0};
static const struct schema_field *const schema_slots_meta_v1_PartialObjectMetadata[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_meta_v1_PartialObjectMetadata[1]};
static const uint8_t schema_starts_meta_v1_PartialObjectMetadata[] = {0, 2};
static const uint8_t schema_lookup_meta_v1_PartialObjectMetadata[] = {1, 2, 3, 0, 0, 0, 0, 0};
const struct schema_message schema_message_meta_v1_PartialObjectMetadata = {
    .package = STR_INIT("io.k8s.apimachinery.pkg.apis.meta.v1"),
    .name = STR_INIT("PartialObjectMetadata"),
    .fields = schema_fields_meta_v1_PartialObjectMetadata,
    .n_fields = 2,
    .by_number = schema_numbers_meta_v1_PartialObjectMetadata,
    .n_numbered = 1,
    .slots = schema_slots_meta_v1_PartialObjectMetadata,
    .starts = schema_starts_meta_v1_PartialObjectMetadata,
    .n_slots = 3,
    .lookup_mask = 7,
    .lookup = schema_lookup_meta_v1_PartialObjectMetadata,
};
const struct schema_field schema_fields_meta_v1_PartialObjectMetadataList[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ListMeta, .doc = STR_INIT("Where the list was read, and how to go on.")},
    {STR_INIT("items"), 2, .flags = SCHEMA_REPEATED | SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_PartialObjectMetadata, .doc = STR_INIT("The objects of the list.")},
};
static const uint16_t schema_numbers_meta_v1_PartialObjectMetadataList[] = {1, 2, 0};
static const struct schema_field *const schema_slots_meta_v1_PartialObjectMetadataList[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_meta_v1_PartialObjectMetadataList[1], &schema_fields_meta_v1_PartialObjectMetadataList[2]};
static const uint8_t schema_starts_meta_v1_PartialObjectMetadataList[] = {0, 2, 3};
static const uint8_t schema_lookup_meta_v1_PartialObjectMetadataList[] = {1, 2, 3, 4, 0, 0, 0, 0};
const struct schema_message schema_message_meta_v1_PartialObjectMetadataList = {
    .package = STR_INIT("io.k8s.apimachinery.pkg.apis.meta.v1"),
    .name = STR_INIT("PartialObjectMetadataList"),
    .fields = schema_fields_meta_v1_PartialObjectMetadataList,
    .n_fields = 3,
    .by_number = schema_numbers_meta_v1_PartialObjectMetadataList,
    .n_numbered = 2,
    .slots = schema_slots_meta_v1_PartialObjectMetadataList,
    .starts = schema_starts_meta_v1_PartialObjectMetadataList,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_meta_v1_PartialObjectMetadataList,
};
const struct schema_message schema_message_meta_v1_Patch = {
    .package = STR_INIT("io.k8s.apimachinery.pkg.apis.meta.v1"),
    .name = STR_INIT("Patch"),
};
const struct schema_field schema_fields_meta_v1_PatchOptions[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("dryRun"), 1, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
    {STR_INIT("force"), 2, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_BOOL},
    {STR_INIT("fieldManager"), 3, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
    {STR_INIT("fieldValidation"), 4, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
};
static const uint16_t schema_numbers_meta_v1_PatchOptions[] = {1, 2, 3, 4, 0};
static const struct schema_field *const schema_slots_meta_v1_PatchOptions[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_meta_v1_PatchOptions[1], &schema_fields_meta_v1_PatchOptions[2], &schema_fields_meta_v1_PatchOptions[3], &schema_fields_meta_v1_PatchOptions[4]};
static const uint8_t schema_starts_meta_v1_PatchOptions[] = {0, 2, 3, 4, 5};
static const uint8_t schema_lookup_meta_v1_PatchOptions[] = {0, 0, 0, 4, 0, 0, 0, 3, 1, 2, 5, 6, 0, 0, 0, 0};
const struct schema_message schema_message_meta_v1_PatchOptions = {
    .package = STR_INIT("io.k8s.apimachinery.pkg.apis.meta.v1"),
    .name = STR_INIT("PatchOptions"),
    .fields = schema_fields_meta_v1_PatchOptions,
    .n_fields = 5,
    .by_number = schema_numbers_meta_v1_PatchOptions,
    .n_numbered = 4,
    .slots = schema_slots_meta_v1_PatchOptions,
    .starts = schema_starts_meta_v1_PatchOptions,
    .n_slots = 6,
    .lookup_mask = 15,
    .lookup = schema_lookup_meta_v1_PatchOptions,
};
const struct schema_field schema_fields_meta_v1_Preconditions[] = {
    {STR_INIT("uid"), 1, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_STRING, .doc = STR_INIT("The identity the server gave it.")},
    {STR_INIT("resourceVersion"), 2, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_STRING, .doc = STR_INIT("The revision of its last change.")},
};
static const uint16_t schema_numbers_meta_v1_Preconditions[] = {0, 1};
static const uint8_t schema_lookup_meta_v1_Preconditions[] = {0, 1, 2, 0};
const struct schema_message schema_message_meta_v1_Preconditions = {
    .package = STR_INIT("io.k8s.apimachinery.pkg.apis.meta.v1"),
    .name = STR_INIT("Preconditions"),
    .fields = schema_fields_meta_v1_Preconditions,
    .n_fields = 2,
    .by_number = schema_numbers_meta_v1_Preconditions,
    .n_numbered = 2,
    .n_slots = 2,
    .lookup_mask = 3,
    .lookup = schema_lookup_meta_v1_Preconditions,
};
const struct schema_field schema_fields_meta_v1_RootPaths[] = {
    {STR_INIT("paths"), 1, .flags = SCHEMA_REPEATED | SCHEMA_REQUIRED, .type = SCHEMA_STRING},
};
static const uint16_t schema_numbers_meta_v1_RootPaths[] = {0};
static const uint8_t schema_lookup_meta_v1_RootPaths[] = {0, 0, 1, 0};
const struct schema_message schema_message_meta_v1_RootPaths = {
    .package = STR_INIT("io.k8s.apimachinery.pkg.apis.meta.v1"),
    .name = STR_INIT("RootPaths"),
    .fields = schema_fields_meta_v1_RootPaths,
    .n_fields = 1,
    .by_number = schema_numbers_meta_v1_RootPaths,
    .n_numbered = 1,
    .n_slots = 1,
    .lookup_mask = 3,
    .lookup = schema_lookup_meta_v1_RootPaths,
};
const struct schema_field schema_fields_meta_v1_ServerAddressByClientCIDR[] = {
    {STR_INIT("clientCIDR"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING},
    {STR_INIT("serverAddress"), 2, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING},
};
static const uint16_t schema_numbers_meta_v1_ServerAddressByClientCIDR[] = {0, 1};
static const uint8_t schema_lookup_meta_v1_ServerAddressByClientCIDR[] = {2, 0, 1, 0};
const struct schema_message schema_message_meta_v1_ServerAddressByClientCIDR = {
    .package = STR_INIT("io.k8s.apimachinery.pkg.apis.meta.v1"),
    .name = STR_INIT("ServerAddressByClientCIDR"),
    .fields = schema_fields_meta_v1_ServerAddressByClientCIDR,
    .n_fields = 2,
    .by_number = schema_numbers_meta_v1_ServerAddressByClientCIDR,
    .n_numbered = 2,
    .n_slots = 2,
    .lookup_mask = 3,
    .lookup = schema_lookup_meta_v1_ServerAddressByClientCIDR,
};
const struct schema_field schema_fields_meta_v1_ShardInfo[] = {
    {STR_INIT("selector"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING},
};
static const uint16_t schema_numbers_meta_v1_ShardInfo[] = {0};
static const uint8_t schema_lookup_meta_v1_ShardInfo[] = {0, 1, 0, 0};
const struct schema_message schema_message_meta_v1_ShardInfo = {
    .package = STR_INIT("io.k8s.apimachinery.pkg.apis.meta.v1"),
    .name = STR_INIT("ShardInfo"),
    .fields = schema_fields_meta_v1_ShardInfo,
    .n_fields = 1,
    .by_number = schema_numbers_meta_v1_ShardInfo,
    .n_numbered = 1,
    .n_slots = 1,
    .lookup_mask = 3,
    .lookup = schema_lookup_meta_v1_ShardInfo,
};
const struct schema_field schema_fields_meta_v1_Status[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ListMeta, .doc = STR_INIT("Standard object's metadata: name, labels and the like.")},
    {STR_INIT("status"), 2, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("What is, as those who look after it tell.")},
    {STR_INIT("message"), 3, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("Why, for people.")},
    {STR_INIT("reason"), 4, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("Why, in one word of CamelCase.")},
    {STR_INIT("details"), 5, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_StatusDetails},
    {STR_INIT("code"), 6, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_INT32},
};
static const uint16_t schema_numbers_meta_v1_Status[] = {1, 2, 3, 4, 5, 6, 0};
static const struct schema_field *const schema_slots_meta_v1_Status[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_meta_v1_Status[1], &schema_fields_meta_v1_Status[2], &schema_fields_meta_v1_Status[3], &schema_fields_meta_v1_Status[4], &schema_fields_meta_v1_Status[5], &schema_fields_meta_v1_Status[6]};
static const uint8_t schema_starts_meta_v1_Status[] = {0, 2, 3, 4, 5, 6, 7};
static const uint8_t schema_lookup_meta_v1_Status[] = {3, 6, 8, 0, 0, 0, 0, 5, 1, 2, 0, 4, 0, 0, 7, 0};
const struct schema_message schema_message_meta_v1_Status = {
    .package = STR_INIT("io.k8s.apimachinery.pkg.apis.meta.v1"),
    .name = STR_INIT("Status"),
    .fields = schema_fields_meta_v1_Status,
    .n_fields = 7,
    .by_number = schema_numbers_meta_v1_Status,
    .n_numbered = 6,
    .slots = schema_slots_meta_v1_Status,
    .starts = schema_starts_meta_v1_Status,
    .n_slots = 8,
    .lookup_mask = 15,
    .lookup = schema_lookup_meta_v1_Status,
};
const struct schema_field schema_fields_meta_v1_StatusCause[] = {
    {STR_INIT("reason"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("Why, in one word of CamelCase.")},
    {STR_INIT("message"), 2, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("Why, for people.")},
    {STR_INIT("field"), 3, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
};
static const uint16_t schema_numbers_meta_v1_StatusCause[] = {0, 1, 2};
static const uint8_t schema_lookup_meta_v1_StatusCause[] = {1, 0, 0, 0, 0, 0, 3, 2};
const struct schema_message schema_message_meta_v1_StatusCause = {
    .package = STR_INIT("io.k8s.apimachinery.pkg.apis.meta.v1"),
    .name = STR_INIT("StatusCause"),
    .fields = schema_fields_meta_v1_StatusCause,
    .n_fields = 3,
    .by_number = schema_numbers_meta_v1_StatusCause,
    .n_numbered = 3,
    .n_slots = 3,
    .lookup_mask = 7,
    .lookup = schema_lookup_meta_v1_StatusCause,
};
const struct schema_field schema_fields_meta_v1_StatusDetails[] = {
    {STR_INIT("name"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("The name.")},
    {STR_INIT("group"), 2, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
    {STR_INIT("kind"), 3, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("The kind.")},
    {STR_INIT("uid"), 6, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("The identity the server gave it.")},
    {STR_INIT("causes"), 4, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_StatusCause},
    {STR_INIT("retryAfterSeconds"), 5, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_INT32},
};
static const uint16_t schema_numbers_meta_v1_StatusDetails[] = {0, 1, 2, 4, 5, 3};
static const uint8_t schema_lookup_meta_v1_StatusDetails[] = {0, 0, 0, 0, 1, 6, 0, 0, 3, 0, 2, 0, 0, 4, 0, 5};
const struct schema_message schema_message_meta_v1_StatusDetails = {
    .package = STR_INIT("io.k8s.apimachinery.pkg.apis.meta.v1"),
    .name = STR_INIT("StatusDetails"),
    .fields = schema_fields_meta_v1_StatusDetails,
    .n_fields = 6,
    .by_number = schema_numbers_meta_v1_StatusDetails,
    .n_numbered = 6,
    .n_slots = 6,
    .lookup_mask = 15,
    .lookup = schema_lookup_meta_v1_StatusDetails,
};
const struct schema_field schema_fields_meta_v1_Table[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 0, .flags = SCHEMA_OMITEMPTY | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ListMeta, .doc = STR_INIT("Standard object's metadata: name, labels and the like.")},
    {STR_INIT("columnDefinitions"), 0, .flags = SCHEMA_REPEATED | SCHEMA_REQUIRED | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TableColumnDefinition},
    {STR_INIT("rows"), 0, .flags = SCHEMA_REPEATED | SCHEMA_REQUIRED | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TableRow},
};
static const uint16_t schema_numbers_meta_v1_Table[] = {0, 1, 2, 3};
static const struct schema_field *const schema_slots_meta_v1_Table[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_meta_v1_Table[1], &schema_fields_meta_v1_Table[2], &schema_fields_meta_v1_Table[3]};
static const uint8_t schema_starts_meta_v1_Table[] = {0, 2, 3, 4};
static const uint8_t schema_lookup_meta_v1_Table[] = {3, 0, 0, 0, 4, 5, 0, 0, 1, 2, 0, 0, 0, 0, 0, 0};
const struct schema_message schema_message_meta_v1_Table = {
    .package = STR_INIT("io.k8s.apimachinery.pkg.apis.meta.v1"),
    .name = STR_INIT("Table"),
    .fields = schema_fields_meta_v1_Table,
    .n_fields = 4,
    .by_number = schema_numbers_meta_v1_Table,
    .n_numbered = 0,
    .slots = schema_slots_meta_v1_Table,
    .starts = schema_starts_meta_v1_Table,
    .n_slots = 5,
    .lookup_mask = 15,
    .lookup = schema_lookup_meta_v1_Table,
};
const struct schema_field schema_fields_meta_v1_TableColumnDefinition[] = {
    {STR_INIT("name"), 0, .flags = SCHEMA_REQUIRED | SCHEMA_JSON_ONLY, .type = SCHEMA_STRING, .doc = STR_INIT("The name.")},
    {STR_INIT("type"), 0, .flags = SCHEMA_REQUIRED | SCHEMA_JSON_ONLY, .type = SCHEMA_STRING},
    {STR_INIT("format"), 0, .flags = SCHEMA_REQUIRED | SCHEMA_JSON_ONLY, .type = SCHEMA_STRING},
    {STR_INIT("description"), 0, .flags = SCHEMA_REQUIRED | SCHEMA_JSON_ONLY, .type = SCHEMA_STRING},
    {STR_INIT("priority"), 0, .flags = SCHEMA_REQUIRED | SCHEMA_JSON_ONLY, .type = SCHEMA_INT32},
};
static const uint16_t schema_numbers_meta_v1_TableColumnDefinition[] = {0, 1, 2, 3, 4};
static const uint8_t schema_lookup_meta_v1_TableColumnDefinition[] = {0, 0, 2, 0, 1, 4, 3, 0, 0, 0, 0, 5, 0, 0, 0, 0};
const struct schema_message schema_message_meta_v1_TableColumnDefinition = {
    .package = STR_INIT("io.k8s.apimachinery.pkg.apis.meta.v1"),
    .name = STR_INIT("TableColumnDefinition"),
    .fields = schema_fields_meta_v1_TableColumnDefinition,
    .n_fields = 5,
    .by_number = schema_numbers_meta_v1_TableColumnDefinition,
    .n_numbered = 0,
    .n_slots = 5,
    .lookup_mask = 15,
    .lookup = schema_lookup_meta_v1_TableColumnDefinition,
};
const struct schema_field schema_fields_meta_v1_TableOptions[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("includeObject"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
};
static const uint16_t schema_numbers_meta_v1_TableOptions[] = {1, 0};
static const struct schema_field *const schema_slots_meta_v1_TableOptions[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_meta_v1_TableOptions[1]};
static const uint8_t schema_starts_meta_v1_TableOptions[] = {0, 2};
static const uint8_t schema_lookup_meta_v1_TableOptions[] = {1, 2, 0, 0, 0, 0, 0, 3};
const struct schema_message schema_message_meta_v1_TableOptions = {
    .package = STR_INIT("io.k8s.apimachinery.pkg.apis.meta.v1"),
    .name = STR_INIT("TableOptions"),
    .fields = schema_fields_meta_v1_TableOptions,
    .n_fields = 2,
    .by_number = schema_numbers_meta_v1_TableOptions,
    .n_numbered = 1,
    .slots = schema_slots_meta_v1_TableOptions,
    .starts = schema_starts_meta_v1_TableOptions,
    .n_slots = 3,
    .lookup_mask = 7,
    .lookup = schema_lookup_meta_v1_TableOptions,
};
const struct schema_field schema_fields_meta_v1_TableRow[] = {
    {STR_INIT("cells"), 0, .flags = SCHEMA_REPEATED | SCHEMA_REQUIRED | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_apiextensions_v1_JSON},
    {STR_INIT("conditions"), 0, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TableRowCondition, .doc = STR_INIT("What is known of it, each with its last change.")},
    {STR_INIT("object"), 0, .flags = SCHEMA_OMITEMPTY | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_runtime_RawExtension, .doc = STR_INIT("Any object.")},
};
static const uint16_t schema_numbers_meta_v1_TableRow[] = {0, 1, 2};
static const uint8_t schema_lookup_meta_v1_TableRow[] = {1, 0, 0, 0, 0, 3, 2, 0};
const struct schema_message schema_message_meta_v1_TableRow = {
    .package = STR_INIT("io.k8s.apimachinery.pkg.apis.meta.v1"),
    .name = STR_INIT("TableRow"),
    .fields = schema_fields_meta_v1_TableRow,
    .n_fields = 3,
    .by_number = schema_numbers_meta_v1_TableRow,
    .n_numbered = 0,
    .n_slots = 3,
    .lookup_mask = 7,
    .lookup = schema_lookup_meta_v1_TableRow,
};
const struct schema_field schema_fields_meta_v1_TableRowCondition[] = {
    {STR_INIT("type"), 0, .flags = SCHEMA_REQUIRED | SCHEMA_JSON_ONLY, .type = SCHEMA_STRING, .doc = STR_INIT("Which condition.")},
    {STR_INIT("status"), 0, .flags = SCHEMA_REQUIRED | SCHEMA_ENUM_CLOSED | SCHEMA_JSON_ONLY, .type = SCHEMA_STRING, .enums = enums_0, .doc = STR_INIT("True, False or Unknown.")},
    {STR_INIT("reason"), 0, .flags = SCHEMA_OMITEMPTY | SCHEMA_JSON_ONLY, .type = SCHEMA_STRING, .doc = STR_INIT("Why, in one word of CamelCase.")},
    {STR_INIT("message"), 0, .flags = SCHEMA_OMITEMPTY | SCHEMA_JSON_ONLY, .type = SCHEMA_STRING, .doc = STR_INIT("Why, for people.")},
};
static const uint16_t schema_numbers_meta_v1_TableRowCondition[] = {0, 1, 2, 3};
static const uint8_t schema_lookup_meta_v1_TableRowCondition[] = {3, 0, 1, 2, 0, 0, 0, 4};
const struct schema_message schema_message_meta_v1_TableRowCondition = {
    .package = STR_INIT("io.k8s.apimachinery.pkg.apis.meta.v1"),
    .name = STR_INIT("TableRowCondition"),
    .fields = schema_fields_meta_v1_TableRowCondition,
    .n_fields = 4,
    .by_number = schema_numbers_meta_v1_TableRowCondition,
    .n_numbered = 0,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_meta_v1_TableRowCondition,
};
const struct schema_field schema_fields_meta_v1_Time[] = {
    {STR_INIT("seconds"), 1, .type = SCHEMA_INT64},
    {STR_INIT("nanos"), 2, .type = SCHEMA_INT32},
};
static const uint16_t schema_numbers_meta_v1_Time[] = {0, 1};
static const uint8_t schema_lookup_meta_v1_Time[] = {0, 1, 2, 0};
const struct schema_message schema_message_meta_v1_Time = {
    .package = STR_INIT("io.k8s.apimachinery.pkg.apis.meta.v1"),
    .name = STR_INIT("Time"),
    .form = SCHEMA_FORM_TIME,
    .doc = STR_INIT("A time: RFC 3339, to the second."),
    .fields = schema_fields_meta_v1_Time,
    .n_fields = 2,
    .by_number = schema_numbers_meta_v1_Time,
    .n_numbered = 2,
    .n_slots = 2,
    .lookup_mask = 3,
    .lookup = schema_lookup_meta_v1_Time,
};
const struct schema_field schema_fields_meta_v1_Timestamp[] = {
    {STR_INIT("seconds"), 1, .type = SCHEMA_INT64},
    {STR_INIT("nanos"), 2, .type = SCHEMA_INT32},
};
static const uint16_t schema_numbers_meta_v1_Timestamp[] = {0, 1};
static const uint8_t schema_lookup_meta_v1_Timestamp[] = {0, 1, 2, 0};
const struct schema_message schema_message_meta_v1_Timestamp = {
    .package = STR_INIT("io.k8s.apimachinery.pkg.apis.meta.v1"),
    .name = STR_INIT("Timestamp"),
    .form = SCHEMA_FORM_PROTO_ONLY,
    .fields = schema_fields_meta_v1_Timestamp,
    .n_fields = 2,
    .by_number = schema_numbers_meta_v1_Timestamp,
    .n_numbered = 2,
    .n_slots = 2,
    .lookup_mask = 3,
    .lookup = schema_lookup_meta_v1_Timestamp,
};
const struct schema_field schema_fields_meta_v1_TypeMeta[] = {
    {STR_INIT("kind"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("What sort of object this is, such as Pod: one word in CamelCase.")},
    {STR_INIT("apiVersion"), 2, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("Group and version of the API this object is written in, such as apps/v1.")},
};
static const uint16_t schema_numbers_meta_v1_TypeMeta[] = {0, 1};
static const uint8_t schema_lookup_meta_v1_TypeMeta[] = {1, 2, 0, 0};
const struct schema_message schema_message_meta_v1_TypeMeta = {
    .package = STR_INIT("io.k8s.apimachinery.pkg.apis.meta.v1"),
    .name = STR_INIT("TypeMeta"),
    .doc = STR_INIT("What every object says first: its kind, and the version it is written in."),
    .fields = schema_fields_meta_v1_TypeMeta,
    .n_fields = 2,
    .by_number = schema_numbers_meta_v1_TypeMeta,
    .n_numbered = 2,
    .n_slots = 2,
    .lookup_mask = 3,
    .lookup = schema_lookup_meta_v1_TypeMeta,
};
const struct schema_field schema_fields_meta_v1_UpdateOptions[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("dryRun"), 1, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
    {STR_INIT("fieldManager"), 2, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
    {STR_INIT("fieldValidation"), 3, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
};
static const uint16_t schema_numbers_meta_v1_UpdateOptions[] = {1, 2, 3, 0};
static const struct schema_field *const schema_slots_meta_v1_UpdateOptions[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_meta_v1_UpdateOptions[1], &schema_fields_meta_v1_UpdateOptions[2], &schema_fields_meta_v1_UpdateOptions[3]};
static const uint8_t schema_starts_meta_v1_UpdateOptions[] = {0, 2, 3, 4};
static const uint8_t schema_lookup_meta_v1_UpdateOptions[] = {0, 0, 0, 0, 0, 0, 0, 3, 1, 2, 4, 5, 0, 0, 0, 0};
const struct schema_message schema_message_meta_v1_UpdateOptions = {
    .package = STR_INIT("io.k8s.apimachinery.pkg.apis.meta.v1"),
    .name = STR_INIT("UpdateOptions"),
    .fields = schema_fields_meta_v1_UpdateOptions,
    .n_fields = 4,
    .by_number = schema_numbers_meta_v1_UpdateOptions,
    .n_numbered = 3,
    .slots = schema_slots_meta_v1_UpdateOptions,
    .starts = schema_starts_meta_v1_UpdateOptions,
    .n_slots = 5,
    .lookup_mask = 15,
    .lookup = schema_lookup_meta_v1_UpdateOptions,
};
const struct schema_field schema_fields_meta_v1_Verbs[] = {
    {STR_INIT("items"), 1, .flags = SCHEMA_REPEATED, .type = SCHEMA_STRING},
};
static const uint16_t schema_numbers_meta_v1_Verbs[] = {0};
static const uint8_t schema_lookup_meta_v1_Verbs[] = {0, 0, 0, 1};
const struct schema_message schema_message_meta_v1_Verbs = {
    .package = STR_INIT("io.k8s.apimachinery.pkg.apis.meta.v1"),
    .name = STR_INIT("Verbs"),
    .form = SCHEMA_FORM_ARRAY,
    .fields = schema_fields_meta_v1_Verbs,
    .n_fields = 1,
    .by_number = schema_numbers_meta_v1_Verbs,
    .n_numbered = 1,
    .n_slots = 1,
    .lookup_mask = 3,
    .lookup = schema_lookup_meta_v1_Verbs,
};
const struct schema_field schema_fields_meta_v1_WatchEvent[] = {
    {STR_INIT("type"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING},
    {STR_INIT("object"), 2, .flags = SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_runtime_RawExtension, .doc = STR_INIT("Any object.")},
};
static const uint16_t schema_numbers_meta_v1_WatchEvent[] = {0, 1};
static const uint8_t schema_lookup_meta_v1_WatchEvent[] = {0, 2, 1, 0};
const struct schema_message schema_message_meta_v1_WatchEvent = {
    .package = STR_INIT("io.k8s.apimachinery.pkg.apis.meta.v1"),
    .name = STR_INIT("WatchEvent"),
    .fields = schema_fields_meta_v1_WatchEvent,
    .n_fields = 2,
    .by_number = schema_numbers_meta_v1_WatchEvent,
    .n_numbered = 2,
    .n_slots = 2,
    .lookup_mask = 3,
    .lookup = schema_lookup_meta_v1_WatchEvent,
};
