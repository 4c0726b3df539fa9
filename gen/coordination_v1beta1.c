/* Made by tools/gen.py from spec/: change those, not this. */
#include "gen/rows.h"

const struct schema_field schema_fields_coordination_v1beta1_Lease[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ObjectMeta, .key_default = STR_INIT("{}"), .doc = STR_INIT("Standard object's metadata: name, labels and the like.")},
    {STR_INIT("spec"), 2, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_coordination_v1beta1_LeaseSpec, .key_default = STR_INIT("{}"), .doc = STR_INIT("What is wanted.")},
};
static const uint16_t schema_numbers_coordination_v1beta1_Lease[] = {1, 2, 0};
static const struct schema_field *const schema_slots_coordination_v1beta1_Lease[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_coordination_v1beta1_Lease[1], &schema_fields_coordination_v1beta1_Lease[2]};
static const uint8_t schema_starts_coordination_v1beta1_Lease[] = {0, 2, 3};
static const uint8_t schema_lookup_coordination_v1beta1_Lease[] = {1, 2, 3, 0, 0, 4, 0, 0};
const struct schema_message schema_message_coordination_v1beta1_Lease = {
    .package = STR_INIT("io.k8s.api.coordination.v1beta1"),
    .name = STR_INIT("Lease"),
    .doc = STR_INIT("A short hold on something: leadership, or a node's sign of life."),
    .fields = schema_fields_coordination_v1beta1_Lease,
    .n_fields = 3,
    .by_number = schema_numbers_coordination_v1beta1_Lease,
    .n_numbered = 2,
    .slots = schema_slots_coordination_v1beta1_Lease,
    .starts = schema_starts_coordination_v1beta1_Lease,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_coordination_v1beta1_Lease,
};
const struct schema_field schema_fields_coordination_v1beta1_LeaseCandidate[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ObjectMeta, .key_default = STR_INIT("{}"), .doc = STR_INIT("Standard object's metadata: name, labels and the like.")},
    {STR_INIT("spec"), 2, .flags = SCHEMA_REQUIRED | SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_coordination_v1beta1_LeaseCandidateSpec, .key_default = STR_INIT("{}"), .doc = STR_INIT("What is wanted.")},
};
static const uint16_t schema_numbers_coordination_v1beta1_LeaseCandidate[] = {1, 2, 0};
static const struct schema_field *const schema_slots_coordination_v1beta1_LeaseCandidate[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_coordination_v1beta1_LeaseCandidate[1], &schema_fields_coordination_v1beta1_LeaseCandidate[2]};
static const uint8_t schema_starts_coordination_v1beta1_LeaseCandidate[] = {0, 2, 3};
static const uint8_t schema_lookup_coordination_v1beta1_LeaseCandidate[] = {1, 2, 3, 0, 0, 4, 0, 0};
const struct schema_message schema_message_coordination_v1beta1_LeaseCandidate = {
    .package = STR_INIT("io.k8s.api.coordination.v1beta1"),
    .name = STR_INIT("LeaseCandidate"),
    .fields = schema_fields_coordination_v1beta1_LeaseCandidate,
    .n_fields = 3,
    .by_number = schema_numbers_coordination_v1beta1_LeaseCandidate,
    .n_numbered = 2,
    .slots = schema_slots_coordination_v1beta1_LeaseCandidate,
    .starts = schema_starts_coordination_v1beta1_LeaseCandidate,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_coordination_v1beta1_LeaseCandidate,
};
const struct schema_field schema_fields_coordination_v1beta1_LeaseCandidateList[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ListMeta, .doc = STR_INIT("Where the list was read, and how to go on.")},
    {STR_INIT("items"), 2, .flags = SCHEMA_REPEATED | SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_coordination_v1beta1_LeaseCandidate, .doc = STR_INIT("The objects of the list.")},
};
static const uint16_t schema_numbers_coordination_v1beta1_LeaseCandidateList[] = {1, 2, 0};
static const struct schema_field *const schema_slots_coordination_v1beta1_LeaseCandidateList[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_coordination_v1beta1_LeaseCandidateList[1], &schema_fields_coordination_v1beta1_LeaseCandidateList[2]};
static const uint8_t schema_starts_coordination_v1beta1_LeaseCandidateList[] = {0, 2, 3};
static const uint8_t schema_lookup_coordination_v1beta1_LeaseCandidateList[] = {1, 2, 3, 4, 0, 0, 0, 0};
const struct schema_message schema_message_coordination_v1beta1_LeaseCandidateList = {
    .package = STR_INIT("io.k8s.api.coordination.v1beta1"),
    .name = STR_INIT("LeaseCandidateList"),
    .fields = schema_fields_coordination_v1beta1_LeaseCandidateList,
    .n_fields = 3,
    .by_number = schema_numbers_coordination_v1beta1_LeaseCandidateList,
    .n_numbered = 2,
    .slots = schema_slots_coordination_v1beta1_LeaseCandidateList,
    .starts = schema_starts_coordination_v1beta1_LeaseCandidateList,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_coordination_v1beta1_LeaseCandidateList,
};
const struct schema_field schema_fields_coordination_v1beta1_LeaseCandidateSpec[] = {
    {STR_INIT("leaseName"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\"")},
    {STR_INIT("pingTime"), 2, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_MicroTime, .doc = STR_INIT("A time: RFC 3339, to the microsecond.")},
    {STR_INIT("renewTime"), 3, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_MicroTime, .doc = STR_INIT("A time: RFC 3339, to the microsecond.")},
    {STR_INIT("binaryVersion"), 4, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\"")},
    {STR_INIT("emulationVersion"), 5, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
    {STR_INIT("strategy"), 6, .flags = SCHEMA_REQUIRED | SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
};
static const uint16_t schema_numbers_coordination_v1beta1_LeaseCandidateSpec[] = {0, 1, 2, 3, 4, 5};
static const uint8_t schema_lookup_coordination_v1beta1_LeaseCandidateSpec[] = {0, 0, 0, 0, 0, 0, 0, 0, 5, 0, 6, 3, 4, 2, 1, 0};
const struct schema_message schema_message_coordination_v1beta1_LeaseCandidateSpec = {
    .package = STR_INIT("io.k8s.api.coordination.v1beta1"),
    .name = STR_INIT("LeaseCandidateSpec"),
    .fields = schema_fields_coordination_v1beta1_LeaseCandidateSpec,
    .n_fields = 6,
    .by_number = schema_numbers_coordination_v1beta1_LeaseCandidateSpec,
    .n_numbered = 6,
    .n_slots = 6,
    .lookup_mask = 15,
    .lookup = schema_lookup_coordination_v1beta1_LeaseCandidateSpec,
};
const struct schema_field schema_fields_coordination_v1beta1_LeaseList[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ListMeta, .doc = STR_INIT("Where the list was read, and how to go on.")},
    {STR_INIT("items"), 2, .flags = SCHEMA_REPEATED | SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_coordination_v1beta1_Lease, .doc = STR_INIT("The objects of the list.")},
};
static const uint16_t schema_numbers_coordination_v1beta1_LeaseList[] = {1, 2, 0};
static const struct schema_field *const schema_slots_coordination_v1beta1_LeaseList[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_coordination_v1beta1_LeaseList[1], &schema_fields_coordination_v1beta1_LeaseList[2]};
static const uint8_t schema_starts_coordination_v1beta1_LeaseList[] = {0, 2, 3};
static const uint8_t schema_lookup_coordination_v1beta1_LeaseList[] = {1, 2, 3, 4, 0, 0, 0, 0};
const struct schema_message schema_message_coordination_v1beta1_LeaseList = {
    .package = STR_INIT("io.k8s.api.coordination.v1beta1"),
    .name = STR_INIT("LeaseList"),
    .fields = schema_fields_coordination_v1beta1_LeaseList,
    .n_fields = 3,
    .by_number = schema_numbers_coordination_v1beta1_LeaseList,
    .n_numbered = 2,
    .slots = schema_slots_coordination_v1beta1_LeaseList,
    .starts = schema_starts_coordination_v1beta1_LeaseList,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_coordination_v1beta1_LeaseList,
};
static const struct schema_extra extra_0 = {.gate = STR_INIT("CoordinatedLeaderElection")};
const struct schema_field schema_fields_coordination_v1beta1_LeaseSpec[] = {
    {STR_INIT("holderIdentity"), 1, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_STRING, .doc = STR_INIT("Who holds it.")},
    {STR_INIT("leaseDurationSeconds"), 2, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_INT32, .doc = STR_INIT("Seconds after the last renewal at which others may take it.")},
    {STR_INIT("acquireTime"), 3, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_MicroTime, .doc = STR_INIT("When it was taken.")},
    {STR_INIT("renewTime"), 4, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_MicroTime, .doc = STR_INIT("When it was last renewed.")},
    {STR_INIT("leaseTransitions"), 5, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_INT32, .doc = STR_INIT("How often it changed hands.")},
    {STR_INIT("strategy"), 6, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_STRING, .extra = &extra_0},
    {STR_INIT("preferredHolder"), 7, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_STRING, .extra = &extra_0},
};
static const uint16_t schema_numbers_coordination_v1beta1_LeaseSpec[] = {0, 1, 2, 3, 4, 5, 6};
static const uint8_t schema_lookup_coordination_v1beta1_LeaseSpec[] = {3, 0, 7, 0, 0, 2, 0, 0, 0, 0, 6, 4, 1, 5, 0, 0};
const struct schema_message schema_message_coordination_v1beta1_LeaseSpec = {
    .package = STR_INIT("io.k8s.api.coordination.v1beta1"),
    .name = STR_INIT("LeaseSpec"),
    .doc = STR_INIT("Who holds it and until when."),
    .fields = schema_fields_coordination_v1beta1_LeaseSpec,
    .n_fields = 7,
    .by_number = schema_numbers_coordination_v1beta1_LeaseSpec,
    .n_numbered = 7,
    .n_slots = 7,
    .lookup_mask = 15,
    .lookup = schema_lookup_coordination_v1beta1_LeaseSpec,
};
