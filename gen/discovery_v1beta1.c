/* Made by tools/gen.py from spec/: change those, not this. */
#include "gen/rows.h"

static const struct schema_extra extra_0 = {.rules = STR_INIT("maxItems=100")};
static const struct schema_extra extra_1 = {.gate = STR_INIT("TopologyAwareHints")};
const struct schema_field schema_fields_discovery_v1beta1_Endpoint[] = {
    {STR_INIT("addresses"), 1, .flags = SCHEMA_REPEATED | SCHEMA_REQUIRED, .type = SCHEMA_STRING, .list = SCHEMA_LIST_SET, .doc = STR_INIT("Its addresses; the first is used."), .extra = &extra_0},
    {STR_INIT("conditions"), 2, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_discovery_v1beta1_EndpointConditions, .key_default = STR_INIT("{}"), .doc = STR_INIT("Whether it takes traffic.")},
    {STR_INIT("hostname"), 3, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_STRING},
    {STR_INIT("targetRef"), 4, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_ObjectReference, .doc = STR_INIT("The pod it is.")},
    {STR_INIT("topology"), 5, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MAP_STRING},
    {STR_INIT("nodeName"), 6, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_STRING, .doc = STR_INIT("The node it is on.")},
    {STR_INIT("hints"), 7, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_discovery_v1beta1_EndpointHints, .doc = STR_INIT("For whom it is meant, when traffic should stay near."), .extra = &extra_1},
};
static const uint16_t schema_numbers_discovery_v1beta1_Endpoint[] = {0, 1, 2, 3, 4, 5, 6};
static const uint8_t schema_lookup_discovery_v1beta1_Endpoint[] = {0, 0, 0, 6, 1, 7, 0, 0, 0, 3, 0, 0, 4, 5, 2, 0};
const struct schema_message schema_message_discovery_v1beta1_Endpoint = {
    .package = STR_INIT("io.k8s.api.discovery.v1beta1"),
    .name = STR_INIT("Endpoint"),
    .doc = STR_INIT("One place behind a Service."),
    .fields = schema_fields_discovery_v1beta1_Endpoint,
    .n_fields = 7,
    .by_number = schema_numbers_discovery_v1beta1_Endpoint,
    .n_numbered = 7,
    .n_slots = 7,
    .lookup_mask = 15,
    .lookup = schema_lookup_discovery_v1beta1_Endpoint,
};
const struct schema_field schema_fields_discovery_v1beta1_EndpointConditions[] = {
    {STR_INIT("ready"), 1, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_BOOL, .doc = STR_INIT("Takes new connections: serving and not ending.")},
    {STR_INIT("serving"), 2, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_BOOL, .doc = STR_INIT("Passes its readiness check, ending or not.")},
    {STR_INIT("terminating"), 3, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_BOOL, .doc = STR_INIT("Is ending.")},
};
static const uint16_t schema_numbers_discovery_v1beta1_EndpointConditions[] = {0, 1, 2};
static const uint8_t schema_lookup_discovery_v1beta1_EndpointConditions[] = {0, 0, 0, 0, 2, 3, 0, 1};
const struct schema_message schema_message_discovery_v1beta1_EndpointConditions = {
    .package = STR_INIT("io.k8s.api.discovery.v1beta1"),
    .name = STR_INIT("EndpointConditions"),
    .doc = STR_INIT("Whether an endpoint takes traffic."),
    .fields = schema_fields_discovery_v1beta1_EndpointConditions,
    .n_fields = 3,
    .by_number = schema_numbers_discovery_v1beta1_EndpointConditions,
    .n_numbered = 3,
    .n_slots = 3,
    .lookup_mask = 7,
    .lookup = schema_lookup_discovery_v1beta1_EndpointConditions,
};
const struct schema_field schema_fields_discovery_v1beta1_EndpointHints[] = {
    {STR_INIT("forZones"), 1, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_discovery_v1beta1_ForZone},
    {STR_INIT("forNodes"), 2, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_discovery_v1beta1_ForNode},
};
static const uint16_t schema_numbers_discovery_v1beta1_EndpointHints[] = {0, 1};
static const uint8_t schema_lookup_discovery_v1beta1_EndpointHints[] = {2, 0, 0, 1};
const struct schema_message schema_message_discovery_v1beta1_EndpointHints = {
    .package = STR_INIT("io.k8s.api.discovery.v1beta1"),
    .name = STR_INIT("EndpointHints"),
    .fields = schema_fields_discovery_v1beta1_EndpointHints,
    .n_fields = 2,
    .by_number = schema_numbers_discovery_v1beta1_EndpointHints,
    .n_numbered = 2,
    .n_slots = 2,
    .lookup_mask = 3,
    .lookup = schema_lookup_discovery_v1beta1_EndpointHints,
};
static const struct str enums_0[] = {STR_INIT("SCTP"), STR_INIT("TCP"), STR_INIT("UDP"), {NULL, 0}};
const struct schema_field schema_fields_discovery_v1beta1_EndpointPort[] = {
    {STR_INIT("name"), 1, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_STRING, .doc = STR_INIT("The name.")},
    {STR_INIT("protocol"), 2, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR | SCHEMA_ENUM_CLOSED, .type = SCHEMA_STRING, .enums = enums_0},
    {STR_INIT("port"), 3, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_INT32},
    {STR_INIT("appProtocol"), 4, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_STRING},
};
static const uint16_t schema_numbers_discovery_v1beta1_EndpointPort[] = {0, 1, 2, 3};
static const uint8_t schema_lookup_discovery_v1beta1_EndpointPort[] = {2, 0, 0, 0, 1, 3, 4, 0};
const struct schema_message schema_message_discovery_v1beta1_EndpointPort = {
    .package = STR_INIT("io.k8s.api.discovery.v1beta1"),
    .name = STR_INIT("EndpointPort"),
    .fields = schema_fields_discovery_v1beta1_EndpointPort,
    .n_fields = 4,
    .by_number = schema_numbers_discovery_v1beta1_EndpointPort,
    .n_numbered = 4,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_discovery_v1beta1_EndpointPort,
};
static const struct str enums_1[] = {STR_INIT("FQDN"), STR_INIT("IPv4"), STR_INIT("IPv6"), {NULL, 0}};
static const struct schema_extra extra_2 = {.rules = STR_INIT("immutable")};
const struct schema_field schema_fields_discovery_v1beta1_EndpointSlice[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ObjectMeta, .key_default = STR_INIT("{}"), .doc = STR_INIT("Standard object's metadata: name, labels and the like.")},
    {STR_INIT("addressType"), 4, .flags = SCHEMA_REQUIRED | SCHEMA_ENUM_CLOSED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .enums = enums_1, .doc = STR_INIT("IPv4, IPv6 or FQDN; it cannot be changed."), .extra = &extra_2},
    {STR_INIT("endpoints"), 2, .flags = SCHEMA_REPEATED | SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_discovery_v1beta1_Endpoint, .doc = STR_INIT("The endpoints.")},
    {STR_INIT("ports"), 3, .flags = SCHEMA_REPEATED, .type = SCHEMA_MESSAGE, .message = &schema_message_discovery_v1beta1_EndpointPort, .doc = STR_INIT("The ports all of them have.")},
};
static const uint16_t schema_numbers_discovery_v1beta1_EndpointSlice[] = {1, 3, 4, 2, 0};
static const struct schema_field *const schema_slots_discovery_v1beta1_EndpointSlice[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_discovery_v1beta1_EndpointSlice[1], &schema_fields_discovery_v1beta1_EndpointSlice[2], &schema_fields_discovery_v1beta1_EndpointSlice[3], &schema_fields_discovery_v1beta1_EndpointSlice[4]};
static const uint8_t schema_starts_discovery_v1beta1_EndpointSlice[] = {0, 2, 3, 4, 5};
static const uint8_t schema_lookup_discovery_v1beta1_EndpointSlice[] = {3, 4, 0, 0, 6, 5, 0, 0, 1, 2, 0, 0, 0, 0, 0, 0};
const struct schema_message schema_message_discovery_v1beta1_EndpointSlice = {
    .package = STR_INIT("io.k8s.api.discovery.v1beta1"),
    .name = STR_INIT("EndpointSlice"),
    .doc = STR_INIT("A part of the addresses behind a Service."),
    .fields = schema_fields_discovery_v1beta1_EndpointSlice,
    .n_fields = 5,
    .by_number = schema_numbers_discovery_v1beta1_EndpointSlice,
    .n_numbered = 4,
    .slots = schema_slots_discovery_v1beta1_EndpointSlice,
    .starts = schema_starts_discovery_v1beta1_EndpointSlice,
    .n_slots = 6,
    .lookup_mask = 15,
    .lookup = schema_lookup_discovery_v1beta1_EndpointSlice,
};
const struct schema_field schema_fields_discovery_v1beta1_EndpointSliceList[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ListMeta, .doc = STR_INIT("Where the list was read, and how to go on.")},
    {STR_INIT("items"), 2, .flags = SCHEMA_REPEATED | SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_discovery_v1beta1_EndpointSlice, .doc = STR_INIT("The objects of the list.")},
};
static const uint16_t schema_numbers_discovery_v1beta1_EndpointSliceList[] = {1, 2, 0};
static const struct schema_field *const schema_slots_discovery_v1beta1_EndpointSliceList[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_discovery_v1beta1_EndpointSliceList[1], &schema_fields_discovery_v1beta1_EndpointSliceList[2]};
static const uint8_t schema_starts_discovery_v1beta1_EndpointSliceList[] = {0, 2, 3};
static const uint8_t schema_lookup_discovery_v1beta1_EndpointSliceList[] = {1, 2, 3, 4, 0, 0, 0, 0};
const struct schema_message schema_message_discovery_v1beta1_EndpointSliceList = {
    .package = STR_INIT("io.k8s.api.discovery.v1beta1"),
    .name = STR_INIT("EndpointSliceList"),
    .fields = schema_fields_discovery_v1beta1_EndpointSliceList,
    .n_fields = 3,
    .by_number = schema_numbers_discovery_v1beta1_EndpointSliceList,
    .n_numbered = 2,
    .slots = schema_slots_discovery_v1beta1_EndpointSliceList,
    .starts = schema_starts_discovery_v1beta1_EndpointSliceList,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_discovery_v1beta1_EndpointSliceList,
};
const struct schema_field schema_fields_discovery_v1beta1_ForNode[] = {
    {STR_INIT("name"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .doc = STR_INIT("The name.")},
};
static const uint16_t schema_numbers_discovery_v1beta1_ForNode[] = {0};
static const uint8_t schema_lookup_discovery_v1beta1_ForNode[] = {1, 0, 0, 0};
const struct schema_message schema_message_discovery_v1beta1_ForNode = {
    .package = STR_INIT("io.k8s.api.discovery.v1beta1"),
    .name = STR_INIT("ForNode"),
    .fields = schema_fields_discovery_v1beta1_ForNode,
    .n_fields = 1,
    .by_number = schema_numbers_discovery_v1beta1_ForNode,
    .n_numbered = 1,
    .n_slots = 1,
    .lookup_mask = 3,
    .lookup = schema_lookup_discovery_v1beta1_ForNode,
};
const struct schema_field schema_fields_discovery_v1beta1_ForZone[] = {
    {STR_INIT("name"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .doc = STR_INIT("The name.")},
};
static const uint16_t schema_numbers_discovery_v1beta1_ForZone[] = {0};
static const uint8_t schema_lookup_discovery_v1beta1_ForZone[] = {1, 0, 0, 0};
const struct schema_message schema_message_discovery_v1beta1_ForZone = {
    .package = STR_INIT("io.k8s.api.discovery.v1beta1"),
    .name = STR_INIT("ForZone"),
    .fields = schema_fields_discovery_v1beta1_ForZone,
    .n_fields = 1,
    .by_number = schema_numbers_discovery_v1beta1_ForZone,
    .n_numbered = 1,
    .n_slots = 1,
    .lookup_mask = 3,
    .lookup = schema_lookup_discovery_v1beta1_ForZone,
};
