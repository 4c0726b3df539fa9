/* Made by tools/gen.py from spec/: change those, not this. */
#include "gen/rows.h"

const struct schema_field schema_fields_apiextensions_v1_ConversionRequest[] = {
    {STR_INIT("uid"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .doc = STR_INIT("The identity the server gave it.")},
    {STR_INIT("desiredAPIVersion"), 2, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING},
    {STR_INIT("objects"), 3, .flags = SCHEMA_REPEATED | SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_runtime_RawExtension, .doc = STR_INIT("Any object.")},
};
static const uint16_t schema_numbers_apiextensions_v1_ConversionRequest[] = {0, 1, 2};
static const uint8_t schema_lookup_apiextensions_v1_ConversionRequest[] = {2, 0, 0, 0, 0, 1, 3, 0};
const struct schema_message schema_message_apiextensions_v1_ConversionRequest = {
    .package = STR_INIT("io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1"),
    .name = STR_INIT("ConversionRequest"),
    .fields = schema_fields_apiextensions_v1_ConversionRequest,
    .n_fields = 3,
    .by_number = schema_numbers_apiextensions_v1_ConversionRequest,
    .n_numbered = 3,
    .n_slots = 3,
    .lookup_mask = 7,
    .lookup = schema_lookup_apiextensions_v1_ConversionRequest,
};
const struct schema_field schema_fields_apiextensions_v1_ConversionResponse[] = {
    {STR_INIT("uid"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .doc = STR_INIT("The identity the server gave it.")},
    {STR_INIT("convertedObjects"), 2, .flags = SCHEMA_REPEATED | SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_runtime_RawExtension, .doc = STR_INIT("Any object.")},
    {STR_INIT("result"), 3, .flags = SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_Status},
};
static const uint16_t schema_numbers_apiextensions_v1_ConversionResponse[] = {0, 1, 2};
static const uint8_t schema_lookup_apiextensions_v1_ConversionResponse[] = {0, 0, 3, 2, 0, 1, 0, 0};
const struct schema_message schema_message_apiextensions_v1_ConversionResponse = {
    .package = STR_INIT("io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1"),
    .name = STR_INIT("ConversionResponse"),
    .fields = schema_fields_apiextensions_v1_ConversionResponse,
    .n_fields = 3,
    .by_number = schema_numbers_apiextensions_v1_ConversionResponse,
    .n_numbered = 3,
    .n_slots = 3,
    .lookup_mask = 7,
    .lookup = schema_lookup_apiextensions_v1_ConversionResponse,
};
const struct schema_field schema_fields_apiextensions_v1_ConversionReview[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("request"), 1, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_apiextensions_v1_ConversionRequest},
    {STR_INIT("response"), 2, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_apiextensions_v1_ConversionResponse},
};
static const uint16_t schema_numbers_apiextensions_v1_ConversionReview[] = {1, 2, 0};
static const struct schema_field *const schema_slots_apiextensions_v1_ConversionReview[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_apiextensions_v1_ConversionReview[1], &schema_fields_apiextensions_v1_ConversionReview[2]};
static const uint8_t schema_starts_apiextensions_v1_ConversionReview[] = {0, 2, 3};
static const uint8_t schema_lookup_apiextensions_v1_ConversionReview[] = {1, 2, 3, 4, 0, 0, 0, 0};
const struct schema_message schema_message_apiextensions_v1_ConversionReview = {
    .package = STR_INIT("io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1"),
    .name = STR_INIT("ConversionReview"),
    .fields = schema_fields_apiextensions_v1_ConversionReview,
    .n_fields = 3,
    .by_number = schema_numbers_apiextensions_v1_ConversionReview,
    .n_numbered = 2,
    .slots = schema_slots_apiextensions_v1_ConversionReview,
    .starts = schema_starts_apiextensions_v1_ConversionReview,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_apiextensions_v1_ConversionReview,
};
const struct schema_field schema_fields_apiextensions_v1_CustomResourceColumnDefinition[] = {
    {STR_INIT("name"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .doc = STR_INIT("The name.")},
    {STR_INIT("type"), 2, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING},
    {STR_INIT("format"), 3, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
    {STR_INIT("description"), 4, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
    {STR_INIT("priority"), 5, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_INT32},
    {STR_INIT("jsonPath"), 6, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING},
};
static const uint16_t schema_numbers_apiextensions_v1_CustomResourceColumnDefinition[] = {0, 1, 2, 3, 4, 5};
static const uint8_t schema_lookup_apiextensions_v1_CustomResourceColumnDefinition[] = {0, 0, 2, 0, 1, 4, 3, 0, 0, 0, 0, 5, 0, 0, 0, 6};
const struct schema_message schema_message_apiextensions_v1_CustomResourceColumnDefinition = {
    .package = STR_INIT("io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1"),
    .name = STR_INIT("CustomResourceColumnDefinition"),
    .fields = schema_fields_apiextensions_v1_CustomResourceColumnDefinition,
    .n_fields = 6,
    .by_number = schema_numbers_apiextensions_v1_CustomResourceColumnDefinition,
    .n_numbered = 6,
    .n_slots = 6,
    .lookup_mask = 15,
    .lookup = schema_lookup_apiextensions_v1_CustomResourceColumnDefinition,
};
const struct schema_field schema_fields_apiextensions_v1_CustomResourceConversion[] = {
    {STR_INIT("strategy"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING},
    {STR_INIT("webhook"), 2, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_apiextensions_v1_WebhookConversion},
};
static const uint16_t schema_numbers_apiextensions_v1_CustomResourceConversion[] = {0, 1};
static const uint8_t schema_lookup_apiextensions_v1_CustomResourceConversion[] = {0, 2, 1, 0};
const struct schema_message schema_message_apiextensions_v1_CustomResourceConversion = {
    .package = STR_INIT("io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1"),
    .name = STR_INIT("CustomResourceConversion"),
    .fields = schema_fields_apiextensions_v1_CustomResourceConversion,
    .n_fields = 2,
    .by_number = schema_numbers_apiextensions_v1_CustomResourceConversion,
    .n_numbered = 2,
    .n_slots = 2,
    .lookup_mask = 3,
    .lookup = schema_lookup_apiextensions_v1_CustomResourceConversion,
};
const struct schema_field schema_fields_apiextensions_v1_CustomResourceDefinition[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ObjectMeta, .doc = STR_INIT("Standard object's metadata: name, labels and the like.")},
    {STR_INIT("spec"), 2, .flags = SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_apiextensions_v1_CustomResourceDefinitionSpec, .doc = STR_INIT("What is wanted.")},
    {STR_INIT("status"), 3, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_apiextensions_v1_CustomResourceDefinitionStatus, .doc = STR_INIT("What is, as those who look after it tell.")},
};
static const uint16_t schema_numbers_apiextensions_v1_CustomResourceDefinition[] = {1, 2, 3, 0};
static const struct schema_field *const schema_slots_apiextensions_v1_CustomResourceDefinition[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_apiextensions_v1_CustomResourceDefinition[1], &schema_fields_apiextensions_v1_CustomResourceDefinition[2], &schema_fields_apiextensions_v1_CustomResourceDefinition[3]};
static const uint8_t schema_starts_apiextensions_v1_CustomResourceDefinition[] = {0, 2, 3, 4};
static const uint8_t schema_lookup_apiextensions_v1_CustomResourceDefinition[] = {3, 0, 0, 0, 0, 0, 0, 0, 1, 2, 0, 5, 0, 4, 0, 0};
const struct schema_message schema_message_apiextensions_v1_CustomResourceDefinition = {
    .package = STR_INIT("io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1"),
    .name = STR_INIT("CustomResourceDefinition"),
    .doc = STR_INIT("A kind of one's own, served like the others."),
    .fields = schema_fields_apiextensions_v1_CustomResourceDefinition,
    .n_fields = 4,
    .by_number = schema_numbers_apiextensions_v1_CustomResourceDefinition,
    .n_numbered = 3,
    .slots = schema_slots_apiextensions_v1_CustomResourceDefinition,
    .starts = schema_starts_apiextensions_v1_CustomResourceDefinition,
    .n_slots = 5,
    .lookup_mask = 15,
    .lookup = schema_lookup_apiextensions_v1_CustomResourceDefinition,
};
static const struct schema_extra extra_0 = {.gate = STR_INIT("CRDObservedGenerationTracking")};
const struct schema_field schema_fields_apiextensions_v1_CustomResourceDefinitionCondition[] = {
    {STR_INIT("type"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .doc = STR_INIT("Which condition.")},
    {STR_INIT("status"), 2, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .doc = STR_INIT("True, False or Unknown.")},
    {STR_INIT("lastTransitionTime"), 3, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_Time, .doc = STR_INIT("When the condition last changed between True, False and Unknown.")},
    {STR_INIT("reason"), 4, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("Why, in one word of CamelCase.")},
    {STR_INIT("message"), 5, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("Why, for people.")},
    {STR_INIT("observedGeneration"), 6, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_INT64, .doc = STR_INIT("The metadata.generation this was written for."), .extra = &extra_0},
};
static const uint16_t schema_numbers_apiextensions_v1_CustomResourceDefinitionCondition[] = {0, 1, 2, 3, 4, 5};
static const uint8_t schema_lookup_apiextensions_v1_CustomResourceDefinitionCondition[] = {4, 0, 1, 0, 0, 0, 3, 5, 0, 0, 0, 2, 0, 0, 0, 6};
const struct schema_message schema_message_apiextensions_v1_CustomResourceDefinitionCondition = {
    .package = STR_INIT("io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1"),
    .name = STR_INIT("CustomResourceDefinitionCondition"),
    .fields = schema_fields_apiextensions_v1_CustomResourceDefinitionCondition,
    .n_fields = 6,
    .by_number = schema_numbers_apiextensions_v1_CustomResourceDefinitionCondition,
    .n_numbered = 6,
    .n_slots = 6,
    .lookup_mask = 15,
    .lookup = schema_lookup_apiextensions_v1_CustomResourceDefinitionCondition,
};
const struct schema_field schema_fields_apiextensions_v1_CustomResourceDefinitionList[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ListMeta, .doc = STR_INIT("Where the list was read, and how to go on.")},
    {STR_INIT("items"), 2, .flags = SCHEMA_REPEATED | SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_apiextensions_v1_CustomResourceDefinition, .doc = STR_INIT("The objects of the list.")},
};
static const uint16_t schema_numbers_apiextensions_v1_CustomResourceDefinitionList[] = {1, 2, 0};
static const struct schema_field *const schema_slots_apiextensions_v1_CustomResourceDefinitionList[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_apiextensions_v1_CustomResourceDefinitionList[1], &schema_fields_apiextensions_v1_CustomResourceDefinitionList[2]};
static const uint8_t schema_starts_apiextensions_v1_CustomResourceDefinitionList[] = {0, 2, 3};
static const uint8_t schema_lookup_apiextensions_v1_CustomResourceDefinitionList[] = {1, 2, 3, 4, 0, 0, 0, 0};
const struct schema_message schema_message_apiextensions_v1_CustomResourceDefinitionList = {
    .package = STR_INIT("io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1"),
    .name = STR_INIT("CustomResourceDefinitionList"),
    .fields = schema_fields_apiextensions_v1_CustomResourceDefinitionList,
    .n_fields = 3,
    .by_number = schema_numbers_apiextensions_v1_CustomResourceDefinitionList,
    .n_numbered = 2,
    .slots = schema_slots_apiextensions_v1_CustomResourceDefinitionList,
    .starts = schema_starts_apiextensions_v1_CustomResourceDefinitionList,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_apiextensions_v1_CustomResourceDefinitionList,
};
const struct schema_field schema_fields_apiextensions_v1_CustomResourceDefinitionNames[] = {
    {STR_INIT("plural"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING},
    {STR_INIT("singular"), 2, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
    {STR_INIT("shortNames"), 3, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
    {STR_INIT("kind"), 4, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .doc = STR_INIT("The kind.")},
    {STR_INIT("listKind"), 5, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
    {STR_INIT("categories"), 6, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
};
static const uint16_t schema_numbers_apiextensions_v1_CustomResourceDefinitionNames[] = {0, 1, 2, 3, 4, 5};
static const uint8_t schema_lookup_apiextensions_v1_CustomResourceDefinitionNames[] = {0, 0, 0, 3, 0, 0, 0, 0, 4, 6, 0, 2, 1, 5, 0, 0};
const struct schema_message schema_message_apiextensions_v1_CustomResourceDefinitionNames = {
    .package = STR_INIT("io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1"),
    .name = STR_INIT("CustomResourceDefinitionNames"),
    .fields = schema_fields_apiextensions_v1_CustomResourceDefinitionNames,
    .n_fields = 6,
    .by_number = schema_numbers_apiextensions_v1_CustomResourceDefinitionNames,
    .n_numbered = 6,
    .n_slots = 6,
    .lookup_mask = 15,
    .lookup = schema_lookup_apiextensions_v1_CustomResourceDefinitionNames,
};
const struct schema_field schema_fields_apiextensions_v1_CustomResourceDefinitionSpec[] = {
    {STR_INIT("group"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .doc = STR_INIT("Its API group. The definition's own name is plural.group.")},
    {STR_INIT("names"), 3, .flags = SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_apiextensions_v1_CustomResourceDefinitionNames, .doc = STR_INIT("What it is called.")},
    {STR_INIT("scope"), 4, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .doc = STR_INIT("Namespaced or Cluster.")},
    {STR_INIT("versions"), 7, .flags = SCHEMA_REPEATED | SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_apiextensions_v1_CustomResourceDefinitionVersion, .doc = STR_INIT("Its versions; exactly one is stored.")},
    {STR_INIT("conversion"), 9, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_apiextensions_v1_CustomResourceConversion, .doc = STR_INIT("How objects are brought from one version to another.")},
    {STR_INIT("preserveUnknownFields"), 10, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_BOOL, .doc = STR_INIT("Keep fields no schema names. Must be false; see x-kubernetes-preserve-unknown-fields.")},
};
static const uint16_t schema_numbers_apiextensions_v1_CustomResourceDefinitionSpec[] = {0, 1, 2, 3, 4, 5};
static const uint8_t schema_lookup_apiextensions_v1_CustomResourceDefinitionSpec[] = {0, 0, 0, 0, 0, 6, 0, 0, 0, 0, 1, 0, 2, 4, 3, 5};
const struct schema_message schema_message_apiextensions_v1_CustomResourceDefinitionSpec = {
    .package = STR_INIT("io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1"),
    .name = STR_INIT("CustomResourceDefinitionSpec"),
    .doc = STR_INIT("Names, versions and schemas of the kind."),
    .fields = schema_fields_apiextensions_v1_CustomResourceDefinitionSpec,
    .n_fields = 6,
    .by_number = schema_numbers_apiextensions_v1_CustomResourceDefinitionSpec,
    .n_numbered = 6,
    .n_slots = 6,
    .lookup_mask = 15,
    .lookup = schema_lookup_apiextensions_v1_CustomResourceDefinitionSpec,
};
static const struct str keys_0[] = {STR_INIT("type"), STR_INIT("")};
const struct schema_field schema_fields_apiextensions_v1_CustomResourceDefinitionStatus[] = {
    {STR_INIT("conditions"), 1, .flags = SCHEMA_REPEATED, .type = SCHEMA_MESSAGE, .message = &schema_message_apiextensions_v1_CustomResourceDefinitionCondition, .list = SCHEMA_LIST_MAP, .list_keys = keys_0, .doc = STR_INIT("What is known of it, each with its last change.")},
    {STR_INIT("acceptedNames"), 2, .type = SCHEMA_MESSAGE, .message = &schema_message_apiextensions_v1_CustomResourceDefinitionNames},
    {STR_INIT("storedVersions"), 3, .flags = SCHEMA_REPEATED, .type = SCHEMA_STRING},
    {STR_INIT("observedGeneration"), 4, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_INT64, .doc = STR_INIT("The metadata.generation this was written for."), .extra = &extra_0},
};
static const uint16_t schema_numbers_apiextensions_v1_CustomResourceDefinitionStatus[] = {0, 1, 2, 3};
static const uint8_t schema_lookup_apiextensions_v1_CustomResourceDefinitionStatus[] = {3, 0, 2, 0, 0, 0, 1, 4};
const struct schema_message schema_message_apiextensions_v1_CustomResourceDefinitionStatus = {
    .package = STR_INIT("io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1"),
    .name = STR_INIT("CustomResourceDefinitionStatus"),
    .fields = schema_fields_apiextensions_v1_CustomResourceDefinitionStatus,
    .n_fields = 4,
    .by_number = schema_numbers_apiextensions_v1_CustomResourceDefinitionStatus,
    .n_numbered = 4,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_apiextensions_v1_CustomResourceDefinitionStatus,
};
static const struct schema_extra extra_1 = {.gate = STR_INIT("CustomResourceFieldSelectors")};
const struct schema_field schema_fields_apiextensions_v1_CustomResourceDefinitionVersion[] = {
    {STR_INIT("name"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .doc = STR_INIT("The name.")},
    {STR_INIT("served"), 2, .flags = SCHEMA_REQUIRED, .type = SCHEMA_BOOL},
    {STR_INIT("storage"), 3, .flags = SCHEMA_REQUIRED, .type = SCHEMA_BOOL},
    {STR_INIT("deprecated"), 7, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_BOOL},
    {STR_INIT("deprecationWarning"), 8, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_STRING},
    {STR_INIT("schema"), 4, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_apiextensions_v1_CustomResourceValidation},
    {STR_INIT("subresources"), 5, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_apiextensions_v1_CustomResourceSubresources},
    {STR_INIT("additionalPrinterColumns"), 6, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_apiextensions_v1_CustomResourceColumnDefinition},
    {STR_INIT("selectableFields"), 9, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_apiextensions_v1_SelectableField, .extra = &extra_1},
};
static const uint16_t schema_numbers_apiextensions_v1_CustomResourceDefinitionVersion[] = {0, 1, 2, 5, 6, 7, 3, 4, 8};
static const uint8_t schema_lookup_apiextensions_v1_CustomResourceDefinitionVersion[] = {3, 0, 0, 7, 1, 0, 4, 0, 8, 0, 0, 0, 6, 2, 5, 9, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};
const struct schema_message schema_message_apiextensions_v1_CustomResourceDefinitionVersion = {
    .package = STR_INIT("io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1"),
    .name = STR_INIT("CustomResourceDefinitionVersion"),
    .fields = schema_fields_apiextensions_v1_CustomResourceDefinitionVersion,
    .n_fields = 9,
    .by_number = schema_numbers_apiextensions_v1_CustomResourceDefinitionVersion,
    .n_numbered = 9,
    .n_slots = 9,
    .lookup_mask = 31,
    .lookup = schema_lookup_apiextensions_v1_CustomResourceDefinitionVersion,
};
const struct schema_field schema_fields_apiextensions_v1_CustomResourceSubresourceScale[] = {
    {STR_INIT("specReplicasPath"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING},
    {STR_INIT("statusReplicasPath"), 2, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING},
    {STR_INIT("labelSelectorPath"), 3, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_STRING},
};
static const uint16_t schema_numbers_apiextensions_v1_CustomResourceSubresourceScale[] = {0, 1, 2};
static const uint8_t schema_lookup_apiextensions_v1_CustomResourceSubresourceScale[] = {0, 0, 3, 1, 0, 2, 0, 0};
const struct schema_message schema_message_apiextensions_v1_CustomResourceSubresourceScale = {
    .package = STR_INIT("io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1"),
    .name = STR_INIT("CustomResourceSubresourceScale"),
    .fields = schema_fields_apiextensions_v1_CustomResourceSubresourceScale,
    .n_fields = 3,
    .by_number = schema_numbers_apiextensions_v1_CustomResourceSubresourceScale,
    .n_numbered = 3,
    .n_slots = 3,
    .lookup_mask = 7,
    .lookup = schema_lookup_apiextensions_v1_CustomResourceSubresourceScale,
};
const struct schema_message schema_message_apiextensions_v1_CustomResourceSubresourceStatus = {
    .package = STR_INIT("io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1"),
    .name = STR_INIT("CustomResourceSubresourceStatus"),
};
const struct schema_field schema_fields_apiextensions_v1_CustomResourceSubresources[] = {
    {STR_INIT("status"), 1, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_apiextensions_v1_CustomResourceSubresourceStatus, .doc = STR_INIT("What is, as those who look after it tell.")},
    {STR_INIT("scale"), 2, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_apiextensions_v1_CustomResourceSubresourceScale},
};
static const uint16_t schema_numbers_apiextensions_v1_CustomResourceSubresources[] = {0, 1};
static const uint8_t schema_lookup_apiextensions_v1_CustomResourceSubresources[] = {2, 0, 0, 1};
const struct schema_message schema_message_apiextensions_v1_CustomResourceSubresources = {
    .package = STR_INIT("io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1"),
    .name = STR_INIT("CustomResourceSubresources"),
    .fields = schema_fields_apiextensions_v1_CustomResourceSubresources,
    .n_fields = 2,
    .by_number = schema_numbers_apiextensions_v1_CustomResourceSubresources,
    .n_numbered = 2,
    .n_slots = 2,
    .lookup_mask = 3,
    .lookup = schema_lookup_apiextensions_v1_CustomResourceSubresources,
};
const struct schema_field schema_fields_apiextensions_v1_CustomResourceValidation[] = {
    {STR_INIT("openAPIV3Schema"), 1, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_apiextensions_v1_JSONSchemaProps, .doc = STR_INIT("A JSON schema.")},
};
static const uint16_t schema_numbers_apiextensions_v1_CustomResourceValidation[] = {0};
static const uint8_t schema_lookup_apiextensions_v1_CustomResourceValidation[] = {0, 1, 0, 0};
const struct schema_message schema_message_apiextensions_v1_CustomResourceValidation = {
    .package = STR_INIT("io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1"),
    .name = STR_INIT("CustomResourceValidation"),
    .fields = schema_fields_apiextensions_v1_CustomResourceValidation,
    .n_fields = 1,
    .by_number = schema_numbers_apiextensions_v1_CustomResourceValidation,
    .n_numbered = 1,
    .n_slots = 1,
    .lookup_mask = 3,
    .lookup = schema_lookup_apiextensions_v1_CustomResourceValidation,
};
const struct schema_field schema_fields_apiextensions_v1_ExternalDocumentation[] = {
    {STR_INIT("description"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
    {STR_INIT("url"), 2, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
};
static const uint16_t schema_numbers_apiextensions_v1_ExternalDocumentation[] = {0, 1};
static const uint8_t schema_lookup_apiextensions_v1_ExternalDocumentation[] = {1, 0, 2, 0};
const struct schema_message schema_message_apiextensions_v1_ExternalDocumentation = {
    .package = STR_INIT("io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1"),
    .name = STR_INIT("ExternalDocumentation"),
    .fields = schema_fields_apiextensions_v1_ExternalDocumentation,
    .n_fields = 2,
    .by_number = schema_numbers_apiextensions_v1_ExternalDocumentation,
    .n_numbered = 2,
    .n_slots = 2,
    .lookup_mask = 3,
    .lookup = schema_lookup_apiextensions_v1_ExternalDocumentation,
};
const struct schema_field schema_fields_apiextensions_v1_JSON[] = {
    {STR_INIT("raw"), 1, .type = SCHEMA_BYTES},
};
static const uint16_t schema_numbers_apiextensions_v1_JSON[] = {0};
static const uint8_t schema_lookup_apiextensions_v1_JSON[] = {1, 0, 0, 0};
const struct schema_message schema_message_apiextensions_v1_JSON = {
    .package = STR_INIT("io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1"),
    .name = STR_INIT("JSON"),
    .form = SCHEMA_FORM_RAW,
    .fields = schema_fields_apiextensions_v1_JSON,
    .n_fields = 1,
    .by_number = schema_numbers_apiextensions_v1_JSON,
    .n_numbered = 1,
    .n_slots = 1,
    .lookup_mask = 3,
    .lookup = schema_lookup_apiextensions_v1_JSON,
};
static const struct schema_extra extra_2 = {.proto = STR_INIT("schema")};
static const struct schema_extra extra_3 = {.proto = STR_INIT("ref")};
static const struct schema_extra extra_4 = {.proto = STR_INIT("xKubernetesPreserveUnknownFields")};
static const struct schema_extra extra_5 = {.proto = STR_INIT("xKubernetesEmbeddedResource")};
static const struct schema_extra extra_6 = {.proto = STR_INIT("xKubernetesIntOrString")};
static const struct schema_extra extra_7 = {.proto = STR_INIT("xKubernetesListMapKeys")};
static const struct schema_extra extra_8 = {.proto = STR_INIT("xKubernetesListType")};
static const struct schema_extra extra_9 = {.proto = STR_INIT("xKubernetesMapType")};
static const struct str keys_1[] = {STR_INIT("rule"), STR_INIT("")};
static const struct schema_extra extra_10 = {.proto = STR_INIT("xKubernetesValidations")};
const struct schema_field schema_fields_apiextensions_v1_JSONSchemaProps[] = {
    {STR_INIT("id"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
    {STR_INIT("$schema"), 2, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .extra = &extra_2},
    {STR_INIT("$ref"), 3, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_STRING, .extra = &extra_3},
    {STR_INIT("description"), 4, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
    {STR_INIT("type"), 5, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
    {STR_INIT("format"), 6, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
    {STR_INIT("title"), 7, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
    {STR_INIT("default"), 8, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_apiextensions_v1_JSON},
    {STR_INIT("maximum"), 9, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_DOUBLE},
    {STR_INIT("exclusiveMaximum"), 10, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_BOOL},
    {STR_INIT("minimum"), 11, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_DOUBLE},
    {STR_INIT("exclusiveMinimum"), 12, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_BOOL},
    {STR_INIT("maxLength"), 13, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_INT64},
    {STR_INIT("minLength"), 14, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_INT64},
    {STR_INIT("pattern"), 15, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
    {STR_INIT("maxItems"), 16, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_INT64},
    {STR_INIT("minItems"), 17, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_INT64},
    {STR_INIT("uniqueItems"), 18, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_BOOL},
    {STR_INIT("multipleOf"), 19, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_DOUBLE},
    {STR_INIT("enum"), 20, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_apiextensions_v1_JSON},
    {STR_INIT("maxProperties"), 21, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_INT64},
    {STR_INIT("minProperties"), 22, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_INT64},
    {STR_INIT("required"), 23, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
    {STR_INIT("items"), 24, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_apiextensions_v1_JSONSchemaPropsOrArray, .doc = STR_INIT("The schema of a list's items.")},
    {STR_INIT("allOf"), 25, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_apiextensions_v1_JSONSchemaProps, .doc = STR_INIT("A JSON schema.")},
    {STR_INIT("oneOf"), 26, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_apiextensions_v1_JSONSchemaProps, .doc = STR_INIT("A JSON schema.")},
    {STR_INIT("anyOf"), 27, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_apiextensions_v1_JSONSchemaProps, .doc = STR_INIT("A JSON schema.")},
    {STR_INIT("not"), 28, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_apiextensions_v1_JSONSchemaProps, .doc = STR_INIT("A JSON schema.")},
    {STR_INIT("properties"), 29, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MAP_MESSAGE, .message = &schema_message_apiextensions_v1_JSONSchemaProps, .doc = STR_INIT("A JSON schema.")},
    {STR_INIT("additionalProperties"), 30, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_apiextensions_v1_JSONSchemaPropsOrBool},
    {STR_INIT("patternProperties"), 31, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MAP_MESSAGE, .message = &schema_message_apiextensions_v1_JSONSchemaProps, .doc = STR_INIT("A JSON schema.")},
    {STR_INIT("dependencies"), 32, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MAP_MESSAGE, .message = &schema_message_apiextensions_v1_JSONSchemaPropsOrStringArray},
    {STR_INIT("additionalItems"), 33, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_apiextensions_v1_JSONSchemaPropsOrBool},
    {STR_INIT("definitions"), 34, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MAP_MESSAGE, .message = &schema_message_apiextensions_v1_JSONSchemaProps, .doc = STR_INIT("A JSON schema.")},
    {STR_INIT("externalDocs"), 35, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_apiextensions_v1_ExternalDocumentation},
    {STR_INIT("example"), 36, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_apiextensions_v1_JSON},
    {STR_INIT("nullable"), 37, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_BOOL},
    {STR_INIT("x-kubernetes-preserve-unknown-fields"), 38, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_BOOL, .extra = &extra_4},
    {STR_INIT("x-kubernetes-embedded-resource"), 39, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_BOOL, .extra = &extra_5},
    {STR_INIT("x-kubernetes-int-or-string"), 40, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_BOOL, .extra = &extra_6},
    {STR_INIT("x-kubernetes-list-map-keys"), 41, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .extra = &extra_7},
    {STR_INIT("x-kubernetes-list-type"), 42, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_STRING, .extra = &extra_8},
    {STR_INIT("x-kubernetes-map-type"), 43, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_STRING, .extra = &extra_9},
    {STR_INIT("x-kubernetes-validations"), 44, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY | SCHEMA_PATCH_MERGE, .type = SCHEMA_MESSAGE, .message = &schema_message_apiextensions_v1_ValidationRule, .list = SCHEMA_LIST_MAP, .list_keys = keys_1, .merge_key = STR_INIT("rule"), .extra = &extra_10},
};
static const uint16_t schema_numbers_apiextensions_v1_JSONSchemaProps[] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43};
static const uint8_t schema_lookup_apiextensions_v1_JSONSchemaProps[] = {0, 0, 0, 0, 4, 23, 34, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 21, 22, 0, 0, 0, 37, 0, 13, 14, 0, 0, 0, 0, 8, 0, 0, 0, 0, 0, 0, 0, 6, 0, 0, 0, 38, 0, 0, 35, 26, 28, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 29, 0, 0, 0, 31, 0, 16, 17, 30, 0, 0, 20, 40, 0, 0, 0, 0, 0, 0, 39, 0, 3, 10, 12, 42, 24, 0, 18, 0, 0, 0, 41, 27, 44, 0, 25, 0, 0, 0, 0, 0, 0, 36, 0, 0, 0, 0, 0, 33, 19, 43, 7, 9, 11, 0, 0, 5, 0, 0, 15, 0, 32, 0, 0, 0, 0, 1, 0, 0, 0};
const struct schema_message schema_message_apiextensions_v1_JSONSchemaProps = {
    .package = STR_INIT("io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1"),
    .name = STR_INIT("JSONSchemaProps"),
    .doc = STR_INIT("A JSON schema."),
    .fields = schema_fields_apiextensions_v1_JSONSchemaProps,
    .n_fields = 44,
    .by_number = schema_numbers_apiextensions_v1_JSONSchemaProps,
    .n_numbered = 44,
    .n_slots = 44,
    .lookup_mask = 127,
    .lookup = schema_lookup_apiextensions_v1_JSONSchemaProps,
};
const struct schema_field schema_fields_apiextensions_v1_JSONSchemaPropsOrArray[] = {
    {STR_INIT("schema"), 1, .type = SCHEMA_MESSAGE, .message = &schema_message_apiextensions_v1_JSONSchemaProps, .doc = STR_INIT("A JSON schema.")},
    {STR_INIT("jSONSchemas"), 2, .flags = SCHEMA_REPEATED, .type = SCHEMA_MESSAGE, .message = &schema_message_apiextensions_v1_JSONSchemaProps, .doc = STR_INIT("A JSON schema.")},
};
static const uint16_t schema_numbers_apiextensions_v1_JSONSchemaPropsOrArray[] = {0, 1};
static const uint8_t schema_lookup_apiextensions_v1_JSONSchemaPropsOrArray[] = {1, 2, 0, 0};
const struct schema_message schema_message_apiextensions_v1_JSONSchemaPropsOrArray = {
    .package = STR_INIT("io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1"),
    .name = STR_INIT("JSONSchemaPropsOrArray"),
    .form = SCHEMA_FORM_OR_ARRAY,
    .fields = schema_fields_apiextensions_v1_JSONSchemaPropsOrArray,
    .n_fields = 2,
    .by_number = schema_numbers_apiextensions_v1_JSONSchemaPropsOrArray,
    .n_numbered = 2,
    .n_slots = 2,
    .lookup_mask = 3,
    .lookup = schema_lookup_apiextensions_v1_JSONSchemaPropsOrArray,
};
const struct schema_field schema_fields_apiextensions_v1_JSONSchemaPropsOrBool[] = {
    {STR_INIT("allows"), 1, .type = SCHEMA_BOOL},
    {STR_INIT("schema"), 2, .type = SCHEMA_MESSAGE, .message = &schema_message_apiextensions_v1_JSONSchemaProps, .doc = STR_INIT("A JSON schema.")},
};
static const uint16_t schema_numbers_apiextensions_v1_JSONSchemaPropsOrBool[] = {0, 1};
static const uint8_t schema_lookup_apiextensions_v1_JSONSchemaPropsOrBool[] = {2, 0, 0, 1};
const struct schema_message schema_message_apiextensions_v1_JSONSchemaPropsOrBool = {
    .package = STR_INIT("io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1"),
    .name = STR_INIT("JSONSchemaPropsOrBool"),
    .form = SCHEMA_FORM_OR_BOOL,
    .fields = schema_fields_apiextensions_v1_JSONSchemaPropsOrBool,
    .n_fields = 2,
    .by_number = schema_numbers_apiextensions_v1_JSONSchemaPropsOrBool,
    .n_numbered = 2,
    .n_slots = 2,
    .lookup_mask = 3,
    .lookup = schema_lookup_apiextensions_v1_JSONSchemaPropsOrBool,
};
const struct schema_field schema_fields_apiextensions_v1_JSONSchemaPropsOrStringArray[] = {
    {STR_INIT("schema"), 1, .type = SCHEMA_MESSAGE, .message = &schema_message_apiextensions_v1_JSONSchemaProps, .doc = STR_INIT("A JSON schema.")},
    {STR_INIT("property"), 2, .flags = SCHEMA_REPEATED, .type = SCHEMA_STRING},
};
static const uint16_t schema_numbers_apiextensions_v1_JSONSchemaPropsOrStringArray[] = {0, 1};
static const uint8_t schema_lookup_apiextensions_v1_JSONSchemaPropsOrStringArray[] = {1, 0, 2, 0};
const struct schema_message schema_message_apiextensions_v1_JSONSchemaPropsOrStringArray = {
    .package = STR_INIT("io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1"),
    .name = STR_INIT("JSONSchemaPropsOrStringArray"),
    .form = SCHEMA_FORM_OR_STRINGS,
    .fields = schema_fields_apiextensions_v1_JSONSchemaPropsOrStringArray,
    .n_fields = 2,
    .by_number = schema_numbers_apiextensions_v1_JSONSchemaPropsOrStringArray,
    .n_numbered = 2,
    .n_slots = 2,
    .lookup_mask = 3,
    .lookup = schema_lookup_apiextensions_v1_JSONSchemaPropsOrStringArray,
};
const struct schema_field schema_fields_apiextensions_v1_SelectableField[] = {
    {STR_INIT("jsonPath"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING},
};
static const uint16_t schema_numbers_apiextensions_v1_SelectableField[] = {0};
static const uint8_t schema_lookup_apiextensions_v1_SelectableField[] = {0, 0, 0, 1};
const struct schema_message schema_message_apiextensions_v1_SelectableField = {
    .package = STR_INIT("io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1"),
    .name = STR_INIT("SelectableField"),
    .fields = schema_fields_apiextensions_v1_SelectableField,
    .n_fields = 1,
    .by_number = schema_numbers_apiextensions_v1_SelectableField,
    .n_numbered = 1,
    .n_slots = 1,
    .lookup_mask = 3,
    .lookup = schema_lookup_apiextensions_v1_SelectableField,
};
const struct schema_field schema_fields_apiextensions_v1_ServiceReference[] = {
    {STR_INIT("namespace"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .doc = STR_INIT("The namespace.")},
    {STR_INIT("name"), 2, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .doc = STR_INIT("The name.")},
    {STR_INIT("path"), 3, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_STRING},
    {STR_INIT("port"), 4, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_INT32},
};
static const uint16_t schema_numbers_apiextensions_v1_ServiceReference[] = {0, 1, 2, 3};
static const uint8_t schema_lookup_apiextensions_v1_ServiceReference[] = {1, 0, 0, 0, 2, 4, 0, 3};
const struct schema_message schema_message_apiextensions_v1_ServiceReference = {
    .package = STR_INIT("io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1"),
    .name = STR_INIT("ServiceReference"),
    .fields = schema_fields_apiextensions_v1_ServiceReference,
    .n_fields = 4,
    .by_number = schema_numbers_apiextensions_v1_ServiceReference,
    .n_numbered = 4,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_apiextensions_v1_ServiceReference,
};
static const struct str enums_0[] = {STR_INIT("FieldValueDuplicate"), STR_INIT("FieldValueForbidden"), STR_INIT("FieldValueInvalid"), STR_INIT("FieldValueRequired"), {NULL, 0}};
static const struct schema_extra extra_11 = {.gate = STR_INIT("CRDValidationRatcheting")};
const struct schema_field schema_fields_apiextensions_v1_ValidationRule[] = {
    {STR_INIT("rule"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING},
    {STR_INIT("message"), 2, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("Why, for people.")},
    {STR_INIT("messageExpression"), 3, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
    {STR_INIT("reason"), 4, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR | SCHEMA_ENUM_CLOSED, .type = SCHEMA_STRING, .enums = enums_0, .doc = STR_INIT("Why, in one word of CamelCase.")},
    {STR_INIT("fieldPath"), 5, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("The field that is meant.")},
    {STR_INIT("optionalOldSelf"), 6, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_BOOL, .extra = &extra_11},
};
static const uint16_t schema_numbers_apiextensions_v1_ValidationRule[] = {0, 1, 2, 3, 4, 5};
static const uint8_t schema_lookup_apiextensions_v1_ValidationRule[] = {4, 0, 0, 5, 0, 0, 0, 2, 3, 0, 1, 0, 0, 0, 0, 6};
const struct schema_message schema_message_apiextensions_v1_ValidationRule = {
    .package = STR_INIT("io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1"),
    .name = STR_INIT("ValidationRule"),
    .fields = schema_fields_apiextensions_v1_ValidationRule,
    .n_fields = 6,
    .by_number = schema_numbers_apiextensions_v1_ValidationRule,
    .n_numbered = 6,
    .n_slots = 6,
    .lookup_mask = 15,
    .lookup = schema_lookup_apiextensions_v1_ValidationRule,
};
const struct schema_field schema_fields_apiextensions_v1_WebhookClientConfig[] = {
    {STR_INIT("url"), 3, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_STRING},
    {STR_INIT("service"), 1, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_apiextensions_v1_ServiceReference},
    {STR_INIT("caBundle"), 2, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_BYTES, .doc = STR_INIT("Certificates, in PEM, that the server's is checked with.")},
};
static const uint16_t schema_numbers_apiextensions_v1_WebhookClientConfig[] = {1, 2, 0};
static const uint8_t schema_lookup_apiextensions_v1_WebhookClientConfig[] = {0, 3, 0, 0, 2, 0, 1, 0};
const struct schema_message schema_message_apiextensions_v1_WebhookClientConfig = {
    .package = STR_INIT("io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1"),
    .name = STR_INIT("WebhookClientConfig"),
    .fields = schema_fields_apiextensions_v1_WebhookClientConfig,
    .n_fields = 3,
    .by_number = schema_numbers_apiextensions_v1_WebhookClientConfig,
    .n_numbered = 3,
    .n_slots = 3,
    .lookup_mask = 7,
    .lookup = schema_lookup_apiextensions_v1_WebhookClientConfig,
};
const struct schema_field schema_fields_apiextensions_v1_WebhookConversion[] = {
    {STR_INIT("clientConfig"), 2, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_apiextensions_v1_WebhookClientConfig},
    {STR_INIT("conversionReviewVersions"), 3, .flags = SCHEMA_REPEATED | SCHEMA_REQUIRED, .type = SCHEMA_STRING},
};
static const uint16_t schema_numbers_apiextensions_v1_WebhookConversion[] = {0, 1};
static const uint8_t schema_lookup_apiextensions_v1_WebhookConversion[] = {1, 2, 0, 0};
const struct schema_message schema_message_apiextensions_v1_WebhookConversion = {
    .package = STR_INIT("io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1"),
    .name = STR_INIT("WebhookConversion"),
    .fields = schema_fields_apiextensions_v1_WebhookConversion,
    .n_fields = 2,
    .by_number = schema_numbers_apiextensions_v1_WebhookConversion,
    .n_numbered = 2,
    .n_slots = 2,
    .lookup_mask = 3,
    .lookup = schema_lookup_apiextensions_v1_WebhookConversion,
};
