/* Made by tools/gen.py from spec/: change those, not this. */
#include "gen/rows.h"

const struct schema_field schema_fields_apiregistration_v1_APIService[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ObjectMeta, .doc = STR_INIT("Standard object's metadata: name, labels and the like.")},
    {STR_INIT("spec"), 2, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_apiregistration_v1_APIServiceSpec, .doc = STR_INIT("What is wanted.")},
    {STR_INIT("status"), 3, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_apiregistration_v1_APIServiceStatus, .doc = STR_INIT("What is, as those who look after it tell.")},
};
static const uint16_t schema_numbers_apiregistration_v1_APIService[] = {1, 2, 3, 0};
static const struct schema_field *const schema_slots_apiregistration_v1_APIService[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_apiregistration_v1_APIService[1], &schema_fields_apiregistration_v1_APIService[2], &schema_fields_apiregistration_v1_APIService[3]};
static const uint8_t schema_starts_apiregistration_v1_APIService[] = {0, 2, 3, 4};
static const uint8_t schema_lookup_apiregistration_v1_APIService[] = {3, 0, 0, 0, 0, 0, 0, 0, 1, 2, 0, 5, 0, 4, 0, 0};
const struct schema_message schema_message_apiregistration_v1_APIService = {
    .package = STR_INIT("io.k8s.kube-aggregator.pkg.apis.apiregistration.v1"),
    .name = STR_INIT("APIService"),
    .doc = STR_INIT("A group and version of the API, and who serves it."),
    .fields = schema_fields_apiregistration_v1_APIService,
    .n_fields = 4,
    .by_number = schema_numbers_apiregistration_v1_APIService,
    .n_numbered = 3,
    .slots = schema_slots_apiregistration_v1_APIService,
    .starts = schema_starts_apiregistration_v1_APIService,
    .n_slots = 5,
    .lookup_mask = 15,
    .lookup = schema_lookup_apiregistration_v1_APIService,
};
const struct schema_field schema_fields_apiregistration_v1_APIServiceCondition[] = {
    {STR_INIT("type"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .doc = STR_INIT("Which condition.")},
    {STR_INIT("status"), 2, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .doc = STR_INIT("True, False or Unknown.")},
    {STR_INIT("lastTransitionTime"), 3, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_Time, .doc = STR_INIT("When the condition last changed between True, False and Unknown.")},
    {STR_INIT("reason"), 4, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("Why, in one word of CamelCase.")},
    {STR_INIT("message"), 5, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("Why, for people.")},
};
static const uint16_t schema_numbers_apiregistration_v1_APIServiceCondition[] = {0, 1, 2, 3, 4};
static const uint8_t schema_lookup_apiregistration_v1_APIServiceCondition[] = {4, 0, 1, 0, 0, 0, 3, 5, 0, 0, 0, 2, 0, 0, 0, 0};
const struct schema_message schema_message_apiregistration_v1_APIServiceCondition = {
    .package = STR_INIT("io.k8s.kube-aggregator.pkg.apis.apiregistration.v1"),
    .name = STR_INIT("APIServiceCondition"),
    .fields = schema_fields_apiregistration_v1_APIServiceCondition,
    .n_fields = 5,
    .by_number = schema_numbers_apiregistration_v1_APIServiceCondition,
    .n_numbered = 5,
    .n_slots = 5,
    .lookup_mask = 15,
    .lookup = schema_lookup_apiregistration_v1_APIServiceCondition,
};
const struct schema_field schema_fields_apiregistration_v1_APIServiceList[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ListMeta, .doc = STR_INIT("Where the list was read, and how to go on.")},
    {STR_INIT("items"), 2, .flags = SCHEMA_REPEATED | SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_apiregistration_v1_APIService, .doc = STR_INIT("The objects of the list.")},
};
static const uint16_t schema_numbers_apiregistration_v1_APIServiceList[] = {1, 2, 0};
static const struct schema_field *const schema_slots_apiregistration_v1_APIServiceList[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_apiregistration_v1_APIServiceList[1], &schema_fields_apiregistration_v1_APIServiceList[2]};
static const uint8_t schema_starts_apiregistration_v1_APIServiceList[] = {0, 2, 3};
static const uint8_t schema_lookup_apiregistration_v1_APIServiceList[] = {1, 2, 3, 4, 0, 0, 0, 0};
const struct schema_message schema_message_apiregistration_v1_APIServiceList = {
    .package = STR_INIT("io.k8s.kube-aggregator.pkg.apis.apiregistration.v1"),
    .name = STR_INIT("APIServiceList"),
    .fields = schema_fields_apiregistration_v1_APIServiceList,
    .n_fields = 3,
    .by_number = schema_numbers_apiregistration_v1_APIServiceList,
    .n_numbered = 2,
    .slots = schema_slots_apiregistration_v1_APIServiceList,
    .starts = schema_starts_apiregistration_v1_APIServiceList,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_apiregistration_v1_APIServiceList,
};
const struct schema_field schema_fields_apiregistration_v1_APIServiceSpec[] = {
    {STR_INIT("service"), 1, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_apiregistration_v1_ServiceReference},
    {STR_INIT("group"), 2, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
    {STR_INIT("version"), 3, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
    {STR_INIT("insecureSkipTLSVerify"), 4, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_BOOL},
    {STR_INIT("caBundle"), 5, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_BYTES, .doc = STR_INIT("Certificates, in PEM, that the server's is checked with.")},
    {STR_INIT("groupPriorityMinimum"), 7, .flags = SCHEMA_REQUIRED, .type = SCHEMA_INT32},
    {STR_INIT("versionPriority"), 8, .flags = SCHEMA_REQUIRED, .type = SCHEMA_INT32},
};
static const uint16_t schema_numbers_apiregistration_v1_APIServiceSpec[] = {0, 1, 2, 3, 4, 5, 6};
static const uint8_t schema_lookup_apiregistration_v1_APIServiceSpec[] = {0, 0, 0, 0, 1, 6, 0, 7, 0, 5, 2, 0, 0, 0, 3, 4};
const struct schema_message schema_message_apiregistration_v1_APIServiceSpec = {
    .package = STR_INIT("io.k8s.kube-aggregator.pkg.apis.apiregistration.v1"),
    .name = STR_INIT("APIServiceSpec"),
    .fields = schema_fields_apiregistration_v1_APIServiceSpec,
    .n_fields = 7,
    .by_number = schema_numbers_apiregistration_v1_APIServiceSpec,
    .n_numbered = 7,
    .n_slots = 7,
    .lookup_mask = 15,
    .lookup = schema_lookup_apiregistration_v1_APIServiceSpec,
};
static const struct str keys_0[] = {STR_INIT("type"), STR_INIT("")};
const struct schema_field schema_fields_apiregistration_v1_APIServiceStatus[] = {
    {STR_INIT("conditions"), 1, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY | SCHEMA_PATCH_MERGE, .type = SCHEMA_MESSAGE, .message = &schema_message_apiregistration_v1_APIServiceCondition, .list = SCHEMA_LIST_MAP, .list_keys = keys_0, .merge_key = STR_INIT("type"), .doc = STR_INIT("What is known of it, each with its last change.")},
};
static const uint16_t schema_numbers_apiregistration_v1_APIServiceStatus[] = {0};
static const uint8_t schema_lookup_apiregistration_v1_APIServiceStatus[] = {0, 0, 1, 0};
const struct schema_message schema_message_apiregistration_v1_APIServiceStatus = {
    .package = STR_INIT("io.k8s.kube-aggregator.pkg.apis.apiregistration.v1"),
    .name = STR_INIT("APIServiceStatus"),
    .fields = schema_fields_apiregistration_v1_APIServiceStatus,
    .n_fields = 1,
    .by_number = schema_numbers_apiregistration_v1_APIServiceStatus,
    .n_numbered = 1,
    .n_slots = 1,
    .lookup_mask = 3,
    .lookup = schema_lookup_apiregistration_v1_APIServiceStatus,
};
const struct schema_field schema_fields_apiregistration_v1_ServiceReference[] = {
    {STR_INIT("namespace"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("The namespace.")},
    {STR_INIT("name"), 2, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("The name.")},
    {STR_INIT("port"), 3, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_INT32},
};
static const uint16_t schema_numbers_apiregistration_v1_ServiceReference[] = {0, 1, 2};
static const uint8_t schema_lookup_apiregistration_v1_ServiceReference[] = {1, 0, 0, 0, 2, 3, 0, 0};
const struct schema_message schema_message_apiregistration_v1_ServiceReference = {
    .package = STR_INIT("io.k8s.kube-aggregator.pkg.apis.apiregistration.v1"),
    .name = STR_INIT("ServiceReference"),
    .fields = schema_fields_apiregistration_v1_ServiceReference,
    .n_fields = 3,
    .by_number = schema_numbers_apiregistration_v1_ServiceReference,
    .n_numbered = 3,
    .n_slots = 3,
    .lookup_mask = 7,
    .lookup = schema_lookup_apiregistration_v1_ServiceReference,
};
