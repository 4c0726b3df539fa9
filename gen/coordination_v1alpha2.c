/* Made by tools/gen.py from spec/: change those, not this. */
#include "gen/rows.h"

const struct schema_field schema_fields_coordination_v1alpha2_LeaseCandidate[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ObjectMeta, .key_default = STR_INIT("{}"), .doc = STR_INIT("Standard object's metadata: name, labels and the like.")},
    {STR_INIT("spec"), 2, .flags = SCHEMA_REQUIRED | SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_coordination_v1alpha2_LeaseCandidateSpec, .key_default = STR_INIT("{}"), .doc = STR_INIT("What is wanted.")},
};
static const uint16_t schema_numbers_coordination_v1alpha2_LeaseCandidate[] = {1, 2, 0};
static const struct schema_field *const schema_slots_coordination_v1alpha2_LeaseCandidate[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_coordination_v1alpha2_LeaseCandidate[1], &schema_fields_coordination_v1alpha2_LeaseCandidate[2]};
static const uint8_t schema_starts_coordination_v1alpha2_LeaseCandidate[] = {0, 2, 3};
static const uint8_t schema_lookup_coordination_v1alpha2_LeaseCandidate[] = {1, 2, 3, 0, 0, 4, 0, 0};
const struct schema_message schema_message_coordination_v1alpha2_LeaseCandidate = {
    .package = STR_INIT("io.k8s.api.coordination.v1alpha2"),
    .name = STR_INIT("LeaseCandidate"),
    .fields = schema_fields_coordination_v1alpha2_LeaseCandidate,
    .n_fields = 3,
    .by_number = schema_numbers_coordination_v1alpha2_LeaseCandidate,
    .n_numbered = 2,
    .slots = schema_slots_coordination_v1alpha2_LeaseCandidate,
    .starts = schema_starts_coordination_v1alpha2_LeaseCandidate,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_coordination_v1alpha2_LeaseCandidate,
};
const struct schema_field schema_fields_coordination_v1alpha2_LeaseCandidateList[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ListMeta, .doc = STR_INIT("Where the list was read, and how to go on.")},
    {STR_INIT("items"), 2, .flags = SCHEMA_REPEATED | SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_coordination_v1alpha2_LeaseCandidate, .doc = STR_INIT("The objects of the list.")},
};
static const uint16_t schema_numbers_coordination_v1alpha2_LeaseCandidateList[] = {1, 2, 0};
static const struct schema_field *const schema_slots_coordination_v1alpha2_LeaseCandidateList[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_coordination_v1alpha2_LeaseCandidateList[1], &schema_fields_coordination_v1alpha2_LeaseCandidateList[2]};
static const uint8_t schema_starts_coordination_v1alpha2_LeaseCandidateList[] = {0, 2, 3};
static const uint8_t schema_lookup_coordination_v1alpha2_LeaseCandidateList[] = {1, 2, 3, 4, 0, 0, 0, 0};
const struct schema_message schema_message_coordination_v1alpha2_LeaseCandidateList = {
    .package = STR_INIT("io.k8s.api.coordination.v1alpha2"),
    .name = STR_INIT("LeaseCandidateList"),
    .fields = schema_fields_coordination_v1alpha2_LeaseCandidateList,
    .n_fields = 3,
    .by_number = schema_numbers_coordination_v1alpha2_LeaseCandidateList,
    .n_numbered = 2,
    .slots = schema_slots_coordination_v1alpha2_LeaseCandidateList,
    .starts = schema_starts_coordination_v1alpha2_LeaseCandidateList,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_coordination_v1alpha2_LeaseCandidateList,
};
const struct schema_field schema_fields_coordination_v1alpha2_LeaseCandidateSpec[] = {
    {STR_INIT("leaseName"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\"")},
    {STR_INIT("pingTime"), 2, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_MicroTime, .doc = STR_INIT("A time: RFC 3339, to the microsecond.")},
    {STR_INIT("renewTime"), 3, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_MicroTime, .doc = STR_INIT("A time: RFC 3339, to the microsecond.")},
    {STR_INIT("binaryVersion"), 4, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\"")},
    {STR_INIT("emulationVersion"), 5, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
    {STR_INIT("strategy"), 6, .flags = SCHEMA_REQUIRED | SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
};
static const uint16_t schema_numbers_coordination_v1alpha2_LeaseCandidateSpec[] = {0, 1, 2, 3, 4, 5};
static const uint8_t schema_lookup_coordination_v1alpha2_LeaseCandidateSpec[] = {0, 0, 0, 0, 0, 0, 0, 0, 5, 0, 6, 3, 4, 2, 1, 0};
const struct schema_message schema_message_coordination_v1alpha2_LeaseCandidateSpec = {
    .package = STR_INIT("io.k8s.api.coordination.v1alpha2"),
    .name = STR_INIT("LeaseCandidateSpec"),
    .fields = schema_fields_coordination_v1alpha2_LeaseCandidateSpec,
    .n_fields = 6,
    .by_number = schema_numbers_coordination_v1alpha2_LeaseCandidateSpec,
    .n_numbered = 6,
    .n_slots = 6,
    .lookup_mask = 15,
    .lookup = schema_lookup_coordination_v1alpha2_LeaseCandidateSpec,
};
