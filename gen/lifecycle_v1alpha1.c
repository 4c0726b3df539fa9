/* Made by tools/gen.py from spec/: change those, not this. */
#include "gen/rows.h"

static const struct schema_extra extra_0 = {.rules = STR_INIT("subfield(name)=format=k8s-long-name")};
const struct schema_field schema_fields_lifecycle_v1alpha1_Eviction[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ObjectMeta, .key_default = STR_INIT("{}"), .doc = STR_INIT("Standard object's metadata: name, labels and the like."), .extra = &extra_0},
    {STR_INIT("spec"), 2, .flags = SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_lifecycle_v1alpha1_EvictionSpec, .key_default = STR_INIT("{}"), .doc = STR_INIT("What is wanted.")},
    {STR_INIT("status"), 3, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_lifecycle_v1alpha1_EvictionStatus, .key_default = STR_INIT("{}"), .doc = STR_INIT("What is, as those who look after it tell.")},
};
static const uint16_t schema_numbers_lifecycle_v1alpha1_Eviction[] = {1, 2, 3, 0};
static const struct schema_field *const schema_slots_lifecycle_v1alpha1_Eviction[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_lifecycle_v1alpha1_Eviction[1], &schema_fields_lifecycle_v1alpha1_Eviction[2], &schema_fields_lifecycle_v1alpha1_Eviction[3]};
static const uint8_t schema_starts_lifecycle_v1alpha1_Eviction[] = {0, 2, 3, 4};
static const uint8_t schema_lookup_lifecycle_v1alpha1_Eviction[] = {3, 0, 0, 0, 0, 0, 0, 0, 1, 2, 0, 5, 0, 4, 0, 0};
const struct schema_message schema_message_lifecycle_v1alpha1_Eviction = {
    .package = STR_INIT("io.k8s.api.lifecycle.v1alpha1"),
    .name = STR_INIT("Eviction"),
    .fields = schema_fields_lifecycle_v1alpha1_Eviction,
    .n_fields = 4,
    .by_number = schema_numbers_lifecycle_v1alpha1_Eviction,
    .n_numbered = 3,
    .slots = schema_slots_lifecycle_v1alpha1_Eviction,
    .starts = schema_starts_lifecycle_v1alpha1_Eviction,
    .n_slots = 5,
    .lookup_mask = 15,
    .lookup = schema_lookup_lifecycle_v1alpha1_Eviction,
};
const struct schema_field schema_fields_lifecycle_v1alpha1_EvictionList[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ListMeta, .doc = STR_INIT("Where the list was read, and how to go on.")},
    {STR_INIT("items"), 2, .flags = SCHEMA_REPEATED | SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_lifecycle_v1alpha1_Eviction, .doc = STR_INIT("The objects of the list.")},
};
static const uint16_t schema_numbers_lifecycle_v1alpha1_EvictionList[] = {1, 2, 0};
static const struct schema_field *const schema_slots_lifecycle_v1alpha1_EvictionList[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_lifecycle_v1alpha1_EvictionList[1], &schema_fields_lifecycle_v1alpha1_EvictionList[2]};
static const uint8_t schema_starts_lifecycle_v1alpha1_EvictionList[] = {0, 2, 3};
static const uint8_t schema_lookup_lifecycle_v1alpha1_EvictionList[] = {1, 2, 3, 4, 0, 0, 0, 0};
const struct schema_message schema_message_lifecycle_v1alpha1_EvictionList = {
    .package = STR_INIT("io.k8s.api.lifecycle.v1alpha1"),
    .name = STR_INIT("EvictionList"),
    .fields = schema_fields_lifecycle_v1alpha1_EvictionList,
    .n_fields = 3,
    .by_number = schema_numbers_lifecycle_v1alpha1_EvictionList,
    .n_numbered = 2,
    .slots = schema_slots_lifecycle_v1alpha1_EvictionList,
    .starts = schema_starts_lifecycle_v1alpha1_EvictionList,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_lifecycle_v1alpha1_EvictionList,
};
static const struct schema_extra extra_1 = {.rules = STR_INIT("format=k8s-long-name")};
static const struct schema_extra extra_2 = {.rules = STR_INIT("format=k8s-uuid")};
const struct schema_field schema_fields_lifecycle_v1alpha1_EvictionPodReference[] = {
    {STR_INIT("name"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .doc = STR_INIT("The name."), .extra = &extra_1},
    {STR_INIT("uid"), 2, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .doc = STR_INIT("The identity the server gave it."), .extra = &extra_2},
};
static const uint16_t schema_numbers_lifecycle_v1alpha1_EvictionPodReference[] = {0, 1};
static const uint8_t schema_lookup_lifecycle_v1alpha1_EvictionPodReference[] = {1, 2, 0, 0};
const struct schema_message schema_message_lifecycle_v1alpha1_EvictionPodReference = {
    .package = STR_INIT("io.k8s.api.lifecycle.v1alpha1"),
    .name = STR_INIT("EvictionPodReference"),
    .fields = schema_fields_lifecycle_v1alpha1_EvictionPodReference,
    .n_fields = 2,
    .by_number = schema_numbers_lifecycle_v1alpha1_EvictionPodReference,
    .n_numbered = 2,
    .n_slots = 2,
    .lookup_mask = 3,
    .lookup = schema_lookup_lifecycle_v1alpha1_EvictionPodReference,
};
const struct schema_field schema_fields_lifecycle_v1alpha1_EvictionRequest[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ObjectMeta, .key_default = STR_INIT("{}"), .doc = STR_INIT("Standard object's metadata: name, labels and the like."), .extra = &extra_0},
    {STR_INIT("spec"), 2, .flags = SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_lifecycle_v1alpha1_EvictionRequestSpec, .key_default = STR_INIT("{}"), .doc = STR_INIT("What is wanted.")},
    {STR_INIT("status"), 3, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_lifecycle_v1alpha1_EvictionRequestStatus, .key_default = STR_INIT("{}"), .doc = STR_INIT("What is, as those who look after it tell.")},
};
static const uint16_t schema_numbers_lifecycle_v1alpha1_EvictionRequest[] = {1, 2, 3, 0};
static const struct schema_field *const schema_slots_lifecycle_v1alpha1_EvictionRequest[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_lifecycle_v1alpha1_EvictionRequest[1], &schema_fields_lifecycle_v1alpha1_EvictionRequest[2], &schema_fields_lifecycle_v1alpha1_EvictionRequest[3]};
static const uint8_t schema_starts_lifecycle_v1alpha1_EvictionRequest[] = {0, 2, 3, 4};
static const uint8_t schema_lookup_lifecycle_v1alpha1_EvictionRequest[] = {3, 0, 0, 0, 0, 0, 0, 0, 1, 2, 0, 5, 0, 4, 0, 0};
const struct schema_message schema_message_lifecycle_v1alpha1_EvictionRequest = {
    .package = STR_INIT("io.k8s.api.lifecycle.v1alpha1"),
    .name = STR_INIT("EvictionRequest"),
    .fields = schema_fields_lifecycle_v1alpha1_EvictionRequest,
    .n_fields = 4,
    .by_number = schema_numbers_lifecycle_v1alpha1_EvictionRequest,
    .n_numbered = 3,
    .slots = schema_slots_lifecycle_v1alpha1_EvictionRequest,
    .starts = schema_starts_lifecycle_v1alpha1_EvictionRequest,
    .n_slots = 5,
    .lookup_mask = 15,
    .lookup = schema_lookup_lifecycle_v1alpha1_EvictionRequest,
};
const struct schema_field schema_fields_lifecycle_v1alpha1_EvictionRequestList[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ListMeta, .doc = STR_INIT("Where the list was read, and how to go on.")},
    {STR_INIT("items"), 2, .flags = SCHEMA_REPEATED | SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_lifecycle_v1alpha1_EvictionRequest, .doc = STR_INIT("The objects of the list.")},
};
static const uint16_t schema_numbers_lifecycle_v1alpha1_EvictionRequestList[] = {1, 2, 0};
static const struct schema_field *const schema_slots_lifecycle_v1alpha1_EvictionRequestList[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_lifecycle_v1alpha1_EvictionRequestList[1], &schema_fields_lifecycle_v1alpha1_EvictionRequestList[2]};
static const uint8_t schema_starts_lifecycle_v1alpha1_EvictionRequestList[] = {0, 2, 3};
static const uint8_t schema_lookup_lifecycle_v1alpha1_EvictionRequestList[] = {1, 2, 3, 4, 0, 0, 0, 0};
const struct schema_message schema_message_lifecycle_v1alpha1_EvictionRequestList = {
    .package = STR_INIT("io.k8s.api.lifecycle.v1alpha1"),
    .name = STR_INIT("EvictionRequestList"),
    .fields = schema_fields_lifecycle_v1alpha1_EvictionRequestList,
    .n_fields = 3,
    .by_number = schema_numbers_lifecycle_v1alpha1_EvictionRequestList,
    .n_numbered = 2,
    .slots = schema_slots_lifecycle_v1alpha1_EvictionRequestList,
    .starts = schema_starts_lifecycle_v1alpha1_EvictionRequestList,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_lifecycle_v1alpha1_EvictionRequestList,
};
const struct schema_field schema_fields_lifecycle_v1alpha1_EvictionRequestPodReference[] = {
    {STR_INIT("name"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .doc = STR_INIT("The name."), .extra = &extra_1},
    {STR_INIT("uid"), 2, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .doc = STR_INIT("The identity the server gave it."), .extra = &extra_2},
};
static const uint16_t schema_numbers_lifecycle_v1alpha1_EvictionRequestPodReference[] = {0, 1};
static const uint8_t schema_lookup_lifecycle_v1alpha1_EvictionRequestPodReference[] = {1, 2, 0, 0};
const struct schema_message schema_message_lifecycle_v1alpha1_EvictionRequestPodReference = {
    .package = STR_INIT("io.k8s.api.lifecycle.v1alpha1"),
    .name = STR_INIT("EvictionRequestPodReference"),
    .fields = schema_fields_lifecycle_v1alpha1_EvictionRequestPodReference,
    .n_fields = 2,
    .by_number = schema_numbers_lifecycle_v1alpha1_EvictionRequestPodReference,
    .n_numbered = 2,
    .n_slots = 2,
    .lookup_mask = 3,
    .lookup = schema_lookup_lifecycle_v1alpha1_EvictionRequestPodReference,
};
static const struct schema_extra extra_3 = {.rules = STR_INIT("immutable")};
static const struct schema_extra extra_4 = {.rules = STR_INIT("immutable;format=k8s-prefixed-label-key")};
static const struct str enums_0[] = {STR_INIT("Eviction"), STR_INIT("Withdrawn"), {NULL, 0}};
const struct schema_field schema_fields_lifecycle_v1alpha1_EvictionRequestSpec[] = {
    {STR_INIT("target"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_lifecycle_v1alpha1_EvictionRequestTarget, .key_default = STR_INIT("{}"), .extra = &extra_3},
    {STR_INIT("requester"), 2, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .extra = &extra_4},
    {STR_INIT("intent"), 3, .flags = SCHEMA_REQUIRED | SCHEMA_ENUM_CLOSED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .enums = enums_0},
};
static const uint16_t schema_numbers_lifecycle_v1alpha1_EvictionRequestSpec[] = {0, 1, 2};
static const uint8_t schema_lookup_lifecycle_v1alpha1_EvictionRequestSpec[] = {1, 2, 0, 3, 0, 0, 0, 0};
const struct schema_message schema_message_lifecycle_v1alpha1_EvictionRequestSpec = {
    .package = STR_INIT("io.k8s.api.lifecycle.v1alpha1"),
    .name = STR_INIT("EvictionRequestSpec"),
    .fields = schema_fields_lifecycle_v1alpha1_EvictionRequestSpec,
    .n_fields = 3,
    .by_number = schema_numbers_lifecycle_v1alpha1_EvictionRequestSpec,
    .n_numbered = 3,
    .n_slots = 3,
    .lookup_mask = 7,
    .lookup = schema_lookup_lifecycle_v1alpha1_EvictionRequestSpec,
};
static const struct str keys_0[] = {STR_INIT("type"), STR_INIT("")};
static const struct schema_extra extra_5 = {.rules = STR_INIT("maxItems=100")};
static const struct schema_extra extra_6 = {.rules = STR_INIT("minimum=1;update=NoUnset;monotonic")};
const struct schema_field schema_fields_lifecycle_v1alpha1_EvictionRequestStatus[] = {
    {STR_INIT("conditions"), 1, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY | SCHEMA_PATCH_MERGE, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_Condition, .list = SCHEMA_LIST_MAP, .list_keys = keys_0, .merge_key = STR_INIT("type"), .doc = STR_INIT("What is known of it, each with its last change."), .extra = &extra_5},
    {STR_INIT("observedGeneration"), 2, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_INT64, .doc = STR_INIT("The metadata.generation this was written for."), .extra = &extra_6},
};
static const uint16_t schema_numbers_lifecycle_v1alpha1_EvictionRequestStatus[] = {0, 1};
static const uint8_t schema_lookup_lifecycle_v1alpha1_EvictionRequestStatus[] = {0, 0, 1, 2};
const struct schema_message schema_message_lifecycle_v1alpha1_EvictionRequestStatus = {
    .package = STR_INIT("io.k8s.api.lifecycle.v1alpha1"),
    .name = STR_INIT("EvictionRequestStatus"),
    .fields = schema_fields_lifecycle_v1alpha1_EvictionRequestStatus,
    .n_fields = 2,
    .by_number = schema_numbers_lifecycle_v1alpha1_EvictionRequestStatus,
    .n_numbered = 2,
    .n_slots = 2,
    .lookup_mask = 3,
    .lookup = schema_lookup_lifecycle_v1alpha1_EvictionRequestStatus,
};
static const struct schema_extra extra_7 = {.choice = STR_INIT("unionMember;value:Pod")};
const struct schema_field schema_fields_lifecycle_v1alpha1_EvictionRequestTarget[] = {
    {STR_INIT("pod"), 1, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_lifecycle_v1alpha1_EvictionRequestPodReference, .extra = &extra_7},
};
static const uint16_t schema_numbers_lifecycle_v1alpha1_EvictionRequestTarget[] = {0};
static const uint8_t schema_lookup_lifecycle_v1alpha1_EvictionRequestTarget[] = {0, 0, 1, 0};
const struct schema_message schema_message_lifecycle_v1alpha1_EvictionRequestTarget = {
    .package = STR_INIT("io.k8s.api.lifecycle.v1alpha1"),
    .name = STR_INIT("EvictionRequestTarget"),
    .fields = schema_fields_lifecycle_v1alpha1_EvictionRequestTarget,
    .n_fields = 1,
    .by_number = schema_numbers_lifecycle_v1alpha1_EvictionRequestTarget,
    .n_numbered = 1,
    .n_slots = 1,
    .lookup_mask = 3,
    .lookup = schema_lookup_lifecycle_v1alpha1_EvictionRequestTarget,
    .choices = STR_INIT("1"),
};
const struct schema_field schema_fields_lifecycle_v1alpha1_EvictionSpec[] = {
    {STR_INIT("target"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_lifecycle_v1alpha1_EvictionTarget, .key_default = STR_INIT("{}"), .extra = &extra_3},
};
static const uint16_t schema_numbers_lifecycle_v1alpha1_EvictionSpec[] = {0};
static const uint8_t schema_lookup_lifecycle_v1alpha1_EvictionSpec[] = {1, 0, 0, 0};
const struct schema_message schema_message_lifecycle_v1alpha1_EvictionSpec = {
    .package = STR_INIT("io.k8s.api.lifecycle.v1alpha1"),
    .name = STR_INIT("EvictionSpec"),
    .fields = schema_fields_lifecycle_v1alpha1_EvictionSpec,
    .n_fields = 1,
    .by_number = schema_numbers_lifecycle_v1alpha1_EvictionSpec,
    .n_numbered = 1,
    .n_slots = 1,
    .lookup_mask = 3,
    .lookup = schema_lookup_lifecycle_v1alpha1_EvictionSpec,
};
static const struct schema_extra extra_8 = {.rules = STR_INIT("minimum=1;monotonic;update=NoUnset")};
static const struct str keys_1[] = {STR_INIT("name"), STR_INIT("")};
static const struct schema_extra extra_9 = {.rules = STR_INIT("maxItems=11")};
const struct schema_field schema_fields_lifecycle_v1alpha1_EvictionStatus[] = {
    {STR_INIT("conditions"), 1, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY | SCHEMA_PATCH_MERGE, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_Condition, .list = SCHEMA_LIST_MAP, .list_keys = keys_0, .merge_key = STR_INIT("type"), .doc = STR_INIT("What is known of it, each with its last change."), .extra = &extra_5},
    {STR_INIT("observedGeneration"), 2, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_INT64, .doc = STR_INIT("The metadata.generation this was written for."), .extra = &extra_8},
    {STR_INIT("requesters"), 3, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY | SCHEMA_PATCH_MERGE, .type = SCHEMA_MESSAGE, .message = &schema_message_lifecycle_v1alpha1_Requester, .list = SCHEMA_LIST_MAP, .list_keys = keys_1, .merge_key = STR_INIT("name"), .extra = &extra_5},
    {STR_INIT("targetResponders"), 4, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY | SCHEMA_PATCH_MERGE, .type = SCHEMA_MESSAGE, .message = &schema_message_lifecycle_v1alpha1_TargetResponder, .list = SCHEMA_LIST_MAP, .list_keys = keys_1, .merge_key = STR_INIT("name"), .extra = &extra_9},
    {STR_INIT("responders"), 5, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY | SCHEMA_PATCH_MERGE, .type = SCHEMA_MESSAGE, .message = &schema_message_lifecycle_v1alpha1_ResponderStatus, .list = SCHEMA_LIST_MAP, .list_keys = keys_1, .merge_key = STR_INIT("name"), .extra = &extra_9},
};
static const uint16_t schema_numbers_lifecycle_v1alpha1_EvictionStatus[] = {0, 1, 2, 3, 4};
static const uint8_t schema_lookup_lifecycle_v1alpha1_EvictionStatus[] = {3, 4, 0, 0, 0, 0, 0, 0, 0, 5, 0, 0, 0, 0, 1, 2};
const struct schema_message schema_message_lifecycle_v1alpha1_EvictionStatus = {
    .package = STR_INIT("io.k8s.api.lifecycle.v1alpha1"),
    .name = STR_INIT("EvictionStatus"),
    .fields = schema_fields_lifecycle_v1alpha1_EvictionStatus,
    .n_fields = 5,
    .by_number = schema_numbers_lifecycle_v1alpha1_EvictionStatus,
    .n_numbered = 5,
    .n_slots = 5,
    .lookup_mask = 15,
    .lookup = schema_lookup_lifecycle_v1alpha1_EvictionStatus,
};
const struct schema_field schema_fields_lifecycle_v1alpha1_EvictionTarget[] = {
    {STR_INIT("pod"), 1, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_lifecycle_v1alpha1_EvictionPodReference, .extra = &extra_7},
};
static const uint16_t schema_numbers_lifecycle_v1alpha1_EvictionTarget[] = {0};
static const uint8_t schema_lookup_lifecycle_v1alpha1_EvictionTarget[] = {0, 0, 1, 0};
const struct schema_message schema_message_lifecycle_v1alpha1_EvictionTarget = {
    .package = STR_INIT("io.k8s.api.lifecycle.v1alpha1"),
    .name = STR_INIT("EvictionTarget"),
    .fields = schema_fields_lifecycle_v1alpha1_EvictionTarget,
    .n_fields = 1,
    .by_number = schema_numbers_lifecycle_v1alpha1_EvictionTarget,
    .n_numbered = 1,
    .n_slots = 1,
    .lookup_mask = 3,
    .lookup = schema_lookup_lifecycle_v1alpha1_EvictionTarget,
    .choices = STR_INIT("1"),
};
static const struct schema_extra extra_10 = {.rules = STR_INIT("format=k8s-prefixed-label-key")};
const struct schema_field schema_fields_lifecycle_v1alpha1_Requester[] = {
    {STR_INIT("name"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .doc = STR_INIT("The name."), .extra = &extra_10},
    {STR_INIT("intent"), 2, .flags = SCHEMA_REQUIRED | SCHEMA_ENUM_CLOSED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .enums = enums_0},
};
static const uint16_t schema_numbers_lifecycle_v1alpha1_Requester[] = {0, 1};
static const uint8_t schema_lookup_lifecycle_v1alpha1_Requester[] = {1, 0, 0, 2};
const struct schema_message schema_message_lifecycle_v1alpha1_Requester = {
    .package = STR_INIT("io.k8s.api.lifecycle.v1alpha1"),
    .name = STR_INIT("Requester"),
    .map_atomic = true,
    .fields = schema_fields_lifecycle_v1alpha1_Requester,
    .n_fields = 2,
    .by_number = schema_numbers_lifecycle_v1alpha1_Requester,
    .n_numbered = 2,
    .n_slots = 2,
    .lookup_mask = 3,
    .lookup = schema_lookup_lifecycle_v1alpha1_Requester,
};
static const struct schema_extra extra_11 = {.rules = STR_INIT("update=NoModify;update=NoUnset")};
static const struct schema_extra extra_12 = {.rules = STR_INIT("maxLength=4000")};
const struct schema_field schema_fields_lifecycle_v1alpha1_ResponderStatus[] = {
    {STR_INIT("name"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .doc = STR_INIT("The name."), .extra = &extra_10},
    {STR_INIT("startTime"), 2, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_Time, .doc = STR_INIT("A time: RFC 3339, to the second."), .extra = &extra_11},
    {STR_INIT("heartbeatTime"), 3, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_Time, .doc = STR_INIT("A time: RFC 3339, to the second.")},
    {STR_INIT("expectedCompletionTime"), 4, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_Time, .doc = STR_INIT("A time: RFC 3339, to the second.")},
    {STR_INIT("completionTime"), 5, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_Time, .doc = STR_INIT("A time: RFC 3339, to the second."), .extra = &extra_11},
    {STR_INIT("message"), 6, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_STRING, .doc = STR_INIT("Why, for people."), .extra = &extra_12},
};
static const uint16_t schema_numbers_lifecycle_v1alpha1_ResponderStatus[] = {0, 1, 2, 3, 4, 5};
static const uint8_t schema_lookup_lifecycle_v1alpha1_ResponderStatus[] = {0, 2, 5, 0, 1, 0, 3, 4, 6, 0, 0, 0, 0, 0, 0, 0};
const struct schema_message schema_message_lifecycle_v1alpha1_ResponderStatus = {
    .package = STR_INIT("io.k8s.api.lifecycle.v1alpha1"),
    .name = STR_INIT("ResponderStatus"),
    .fields = schema_fields_lifecycle_v1alpha1_ResponderStatus,
    .n_fields = 6,
    .by_number = schema_numbers_lifecycle_v1alpha1_ResponderStatus,
    .n_numbered = 6,
    .n_slots = 6,
    .lookup_mask = 15,
    .lookup = schema_lookup_lifecycle_v1alpha1_ResponderStatus,
};
static const struct schema_extra extra_13 = {.rules = STR_INIT("minimum=0;maximum=100000;update=NoModify;update=NoUnset")};
static const struct str enums_1[] = {STR_INIT("Active"), STR_INIT("Canceled"), STR_INIT("Completed"), STR_INIT("Inactive"), STR_INIT("Interrupted"), {NULL, 0}};
const struct schema_field schema_fields_lifecycle_v1alpha1_TargetResponder[] = {
    {STR_INIT("name"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .doc = STR_INIT("The name."), .extra = &extra_10},
    {STR_INIT("priority"), 2, .flags = SCHEMA_REQUIRED | SCHEMA_PTR, .type = SCHEMA_INT32, .extra = &extra_13},
    {STR_INIT("state"), 3, .flags = SCHEMA_REQUIRED | SCHEMA_ENUM_CLOSED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .enums = enums_1},
};
static const uint16_t schema_numbers_lifecycle_v1alpha1_TargetResponder[] = {0, 1, 2};
static const uint8_t schema_lookup_lifecycle_v1alpha1_TargetResponder[] = {3, 0, 0, 2, 1, 0, 0, 0};
const struct schema_message schema_message_lifecycle_v1alpha1_TargetResponder = {
    .package = STR_INIT("io.k8s.api.lifecycle.v1alpha1"),
    .name = STR_INIT("TargetResponder"),
    .map_atomic = true,
    .fields = schema_fields_lifecycle_v1alpha1_TargetResponder,
    .n_fields = 3,
    .by_number = schema_numbers_lifecycle_v1alpha1_TargetResponder,
    .n_numbered = 3,
    .n_slots = 3,
    .lookup_mask = 7,
    .lookup = schema_lookup_lifecycle_v1alpha1_TargetResponder,
};
