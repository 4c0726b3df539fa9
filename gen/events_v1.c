/* Made by tools/gen.py from spec/: change those, not this. */
#include "gen/rows.h"

const struct schema_field schema_fields_events_v1_Event[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ObjectMeta, .key_default = STR_INIT("{}"), .doc = STR_INIT("Standard object's metadata: name, labels and the like.")},
    {STR_INIT("eventTime"), 2, .flags = SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_MicroTime, .doc = STR_INIT("A time: RFC 3339, to the microsecond.")},
    {STR_INIT("series"), 3, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_events_v1_EventSeries},
    {STR_INIT("reportingController"), 4, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
    {STR_INIT("reportingInstance"), 5, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
    {STR_INIT("action"), 6, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
    {STR_INIT("reason"), 7, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("Why, in one word of CamelCase.")},
    {STR_INIT("regarding"), 8, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_ObjectReference, .key_default = STR_INIT("{}"), .doc = STR_INIT("What it happened to.")},
    {STR_INIT("related"), 9, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_ObjectReference, .doc = STR_INIT("Something else that has to do with it.")},
    {STR_INIT("note"), 10, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("What happened, for people.")},
    {STR_INIT("type"), 11, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("Normal or Warning.")},
    {STR_INIT("deprecatedSource"), 12, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_EventSource, .key_default = STR_INIT("{}")},
    {STR_INIT("deprecatedFirstTimestamp"), 13, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_Time, .doc = STR_INIT("A time: RFC 3339, to the second.")},
    {STR_INIT("deprecatedLastTimestamp"), 14, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_Time, .doc = STR_INIT("A time: RFC 3339, to the second.")},
    {STR_INIT("deprecatedCount"), 15, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_INT32},
};
static const uint16_t schema_numbers_events_v1_Event[] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 0};
static const struct schema_field *const schema_slots_events_v1_Event[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_events_v1_Event[1], &schema_fields_events_v1_Event[2], &schema_fields_events_v1_Event[3], &schema_fields_events_v1_Event[4], &schema_fields_events_v1_Event[5], &schema_fields_events_v1_Event[6], &schema_fields_events_v1_Event[7], &schema_fields_events_v1_Event[8], &schema_fields_events_v1_Event[9], &schema_fields_events_v1_Event[10], &schema_fields_events_v1_Event[11], &schema_fields_events_v1_Event[12], &schema_fields_events_v1_Event[13], &schema_fields_events_v1_Event[14], &schema_fields_events_v1_Event[15]};
static const uint8_t schema_starts_events_v1_Event[] = {0, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};
static const uint8_t schema_lookup_events_v1_Event[] = {9, 8, 0, 0, 0, 0, 11, 0, 1, 0, 0, 0, 0, 0, 15, 0, 5, 0, 0, 0, 0, 14, 7, 16, 2, 0, 0, 12, 0, 0, 0, 0, 0, 6, 0, 0, 0, 0, 0, 0, 0, 0, 4, 0, 0, 0, 0, 0, 3, 0, 13, 0, 0, 0, 10, 0, 0, 0, 0, 0, 0, 17, 0, 0};
const struct schema_message schema_message_events_v1_Event = {
    .package = STR_INIT("io.k8s.api.events.v1"),
    .name = STR_INIT("Event"),
    .doc = STR_INIT("Something that happened to an object, told to people. It is forgotten after a while."),
    .fields = schema_fields_events_v1_Event,
    .n_fields = 16,
    .by_number = schema_numbers_events_v1_Event,
    .n_numbered = 15,
    .slots = schema_slots_events_v1_Event,
    .starts = schema_starts_events_v1_Event,
    .n_slots = 17,
    .lookup_mask = 63,
    .lookup = schema_lookup_events_v1_Event,
};
const struct schema_field schema_fields_events_v1_EventList[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ListMeta, .doc = STR_INIT("Where the list was read, and how to go on.")},
    {STR_INIT("items"), 2, .flags = SCHEMA_REPEATED | SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_events_v1_Event, .doc = STR_INIT("The objects of the list.")},
};
static const uint16_t schema_numbers_events_v1_EventList[] = {1, 2, 0};
static const struct schema_field *const schema_slots_events_v1_EventList[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_events_v1_EventList[1], &schema_fields_events_v1_EventList[2]};
static const uint8_t schema_starts_events_v1_EventList[] = {0, 2, 3};
static const uint8_t schema_lookup_events_v1_EventList[] = {1, 2, 3, 4, 0, 0, 0, 0};
const struct schema_message schema_message_events_v1_EventList = {
    .package = STR_INIT("io.k8s.api.events.v1"),
    .name = STR_INIT("EventList"),
    .fields = schema_fields_events_v1_EventList,
    .n_fields = 3,
    .by_number = schema_numbers_events_v1_EventList,
    .n_numbered = 2,
    .slots = schema_slots_events_v1_EventList,
    .starts = schema_starts_events_v1_EventList,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_events_v1_EventList,
};
const struct schema_field schema_fields_events_v1_EventSeries[] = {
    {STR_INIT("count"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_INT32, .key_default = STR_INIT("0")},
    {STR_INIT("lastObservedTime"), 2, .flags = SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_MicroTime, .doc = STR_INIT("A time: RFC 3339, to the microsecond.")},
};
static const uint16_t schema_numbers_events_v1_EventSeries[] = {0, 1};
static const uint8_t schema_lookup_events_v1_EventSeries[] = {2, 1, 0, 0};
const struct schema_message schema_message_events_v1_EventSeries = {
    .package = STR_INIT("io.k8s.api.events.v1"),
    .name = STR_INIT("EventSeries"),
    .fields = schema_fields_events_v1_EventSeries,
    .n_fields = 2,
    .by_number = schema_numbers_events_v1_EventSeries,
    .n_numbered = 2,
    .n_slots = 2,
    .lookup_mask = 3,
    .lookup = schema_lookup_events_v1_EventSeries,
};
