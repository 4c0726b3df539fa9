/* Made by tools/gen.py from spec/: change those, not this. */
#include "gen/rows.h"

static const struct str enums_0[] = {STR_INIT("Never"), STR_INIT("PreemptLowerPriority"), {NULL, 0}};
const struct schema_field schema_fields_scheduling_v1_PriorityClass[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ObjectMeta, .key_default = STR_INIT("{}"), .doc = STR_INIT("Standard object's metadata: name, labels and the like.")},
    {STR_INIT("value"), 2, .type = SCHEMA_INT32, .key_default = STR_INIT("0"), .doc = STR_INIT("The priority; more goes first. User classes stay at or below 1000000000.")},
    {STR_INIT("globalDefault"), 3, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_BOOL, .doc = STR_INIT("The class of pods that name none. One class at most should say so.")},
    {STR_INIT("description"), 4, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("For people.")},
    {STR_INIT("preemptionPolicy"), 5, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR | SCHEMA_ENUM_CLOSED, .type = SCHEMA_STRING, .enums = enums_0, .doc = STR_INIT("Whether pods of this class may displace others.")},
};
static const uint16_t schema_numbers_scheduling_v1_PriorityClass[] = {1, 2, 3, 4, 5, 0};
static const struct schema_field *const schema_slots_scheduling_v1_PriorityClass[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_scheduling_v1_PriorityClass[1], &schema_fields_scheduling_v1_PriorityClass[2], &schema_fields_scheduling_v1_PriorityClass[3], &schema_fields_scheduling_v1_PriorityClass[4], &schema_fields_scheduling_v1_PriorityClass[5]};
static const uint8_t schema_starts_scheduling_v1_PriorityClass[] = {0, 2, 3, 4, 5, 6};
static const uint8_t schema_lookup_scheduling_v1_PriorityClass[] = {3, 0, 0, 0, 6, 7, 0, 0, 1, 2, 4, 5, 0, 0, 0, 0};
const struct schema_message schema_message_scheduling_v1_PriorityClass = {
    .package = STR_INIT("io.k8s.api.scheduling.v1"),
    .name = STR_INIT("PriorityClass"),
    .doc = STR_INIT("A name for a priority of pods."),
    .fields = schema_fields_scheduling_v1_PriorityClass,
    .n_fields = 6,
    .by_number = schema_numbers_scheduling_v1_PriorityClass,
    .n_numbered = 5,
    .slots = schema_slots_scheduling_v1_PriorityClass,
    .starts = schema_starts_scheduling_v1_PriorityClass,
    .n_slots = 7,
    .lookup_mask = 15,
    .lookup = schema_lookup_scheduling_v1_PriorityClass,
};
const struct schema_field schema_fields_scheduling_v1_PriorityClassList[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ListMeta, .doc = STR_INIT("Where the list was read, and how to go on.")},
    {STR_INIT("items"), 2, .flags = SCHEMA_REPEATED | SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_scheduling_v1_PriorityClass, .doc = STR_INIT("The objects of the list.")},
};
static const uint16_t schema_numbers_scheduling_v1_PriorityClassList[] = {1, 2, 0};
static const struct schema_field *const schema_slots_scheduling_v1_PriorityClassList[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_scheduling_v1_PriorityClassList[1], &schema_fields_scheduling_v1_PriorityClassList[2]};
static const uint8_t schema_starts_scheduling_v1_PriorityClassList[] = {0, 2, 3};
static const uint8_t schema_lookup_scheduling_v1_PriorityClassList[] = {1, 2, 3, 4, 0, 0, 0, 0};
const struct schema_message schema_message_scheduling_v1_PriorityClassList = {
    .package = STR_INIT("io.k8s.api.scheduling.v1"),
    .name = STR_INIT("PriorityClassList"),
    .fields = schema_fields_scheduling_v1_PriorityClassList,
    .n_fields = 3,
    .by_number = schema_numbers_scheduling_v1_PriorityClassList,
    .n_numbered = 2,
    .slots = schema_slots_scheduling_v1_PriorityClassList,
    .starts = schema_starts_scheduling_v1_PriorityClassList,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_scheduling_v1_PriorityClassList,
};
