/* Made by tools/gen.py from spec/: change those, not this. */
#include "gen/rows.h"

const struct schema_field schema_fields_node_v1beta1_Overhead[] = {
    {STR_INIT("podFixed"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MAP_MESSAGE, .message = &schema_message_resource_Quantity, .doc = STR_INIT("A number with a unit, such as 500m, 1.5 or 2Gi.")},
};
static const uint16_t schema_numbers_node_v1beta1_Overhead[] = {0};
static const uint8_t schema_lookup_node_v1beta1_Overhead[] = {0, 0, 1, 0};
const struct schema_message schema_message_node_v1beta1_Overhead = {
    .package = STR_INIT("io.k8s.api.node.v1beta1"),
    .name = STR_INIT("Overhead"),
    .fields = schema_fields_node_v1beta1_Overhead,
    .n_fields = 1,
    .by_number = schema_numbers_node_v1beta1_Overhead,
    .n_numbered = 1,
    .n_slots = 1,
    .lookup_mask = 3,
    .lookup = schema_lookup_node_v1beta1_Overhead,
};
static const struct schema_extra extra_0 = {.rules = STR_INIT("format=k8s-short-name;immutable")};
const struct schema_field schema_fields_node_v1beta1_RuntimeClass[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ObjectMeta, .key_default = STR_INIT("{}"), .doc = STR_INIT("Standard object's metadata: name, labels and the like.")},
    {STR_INIT("handler"), 2, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .doc = STR_INIT("Its name on the nodes."), .extra = &extra_0},
    {STR_INIT("overhead"), 3, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_node_v1beta1_Overhead, .doc = STR_INIT("What the sandbox takes beside the containers.")},
    {STR_INIT("scheduling"), 4, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_node_v1beta1_Scheduling, .doc = STR_INIT("Nodes that know it.")},
};
static const uint16_t schema_numbers_node_v1beta1_RuntimeClass[] = {1, 2, 3, 4, 0};
static const struct schema_field *const schema_slots_node_v1beta1_RuntimeClass[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_node_v1beta1_RuntimeClass[1], &schema_fields_node_v1beta1_RuntimeClass[2], &schema_fields_node_v1beta1_RuntimeClass[3], &schema_fields_node_v1beta1_RuntimeClass[4]};
static const uint8_t schema_starts_node_v1beta1_RuntimeClass[] = {0, 2, 3, 4, 5};
static const uint8_t schema_lookup_node_v1beta1_RuntimeClass[] = {3, 0, 0, 0, 0, 0, 0, 5, 1, 2, 4, 6, 0, 0, 0, 0};
const struct schema_message schema_message_node_v1beta1_RuntimeClass = {
    .package = STR_INIT("io.k8s.api.node.v1beta1"),
    .name = STR_INIT("RuntimeClass"),
    .doc = STR_INIT("A way to run containers."),
    .fields = schema_fields_node_v1beta1_RuntimeClass,
    .n_fields = 5,
    .by_number = schema_numbers_node_v1beta1_RuntimeClass,
    .n_numbered = 4,
    .slots = schema_slots_node_v1beta1_RuntimeClass,
    .starts = schema_starts_node_v1beta1_RuntimeClass,
    .n_slots = 6,
    .lookup_mask = 15,
    .lookup = schema_lookup_node_v1beta1_RuntimeClass,
};
const struct schema_field schema_fields_node_v1beta1_RuntimeClassList[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ListMeta, .doc = STR_INIT("Where the list was read, and how to go on.")},
    {STR_INIT("items"), 2, .flags = SCHEMA_REPEATED | SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_node_v1beta1_RuntimeClass, .doc = STR_INIT("The objects of the list.")},
};
static const uint16_t schema_numbers_node_v1beta1_RuntimeClassList[] = {1, 2, 0};
static const struct schema_field *const schema_slots_node_v1beta1_RuntimeClassList[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_node_v1beta1_RuntimeClassList[1], &schema_fields_node_v1beta1_RuntimeClassList[2]};
static const uint8_t schema_starts_node_v1beta1_RuntimeClassList[] = {0, 2, 3};
static const uint8_t schema_lookup_node_v1beta1_RuntimeClassList[] = {1, 2, 3, 4, 0, 0, 0, 0};
const struct schema_message schema_message_node_v1beta1_RuntimeClassList = {
    .package = STR_INIT("io.k8s.api.node.v1beta1"),
    .name = STR_INIT("RuntimeClassList"),
    .fields = schema_fields_node_v1beta1_RuntimeClassList,
    .n_fields = 3,
    .by_number = schema_numbers_node_v1beta1_RuntimeClassList,
    .n_numbered = 2,
    .slots = schema_slots_node_v1beta1_RuntimeClassList,
    .starts = schema_starts_node_v1beta1_RuntimeClassList,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_node_v1beta1_RuntimeClassList,
};
const struct schema_field schema_fields_node_v1beta1_Scheduling[] = {
    {STR_INIT("nodeSelector"), 1, .flags = SCHEMA_OMITEMPTY | SCHEMA_MAP_ATOMIC, .type = SCHEMA_MAP_STRING},
    {STR_INIT("tolerations"), 2, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_Toleration, .doc = STR_INIT("A taint the pod may live with.")},
};
static const uint16_t schema_numbers_node_v1beta1_Scheduling[] = {0, 1};
static const uint8_t schema_lookup_node_v1beta1_Scheduling[] = {2, 0, 0, 1};
const struct schema_message schema_message_node_v1beta1_Scheduling = {
    .package = STR_INIT("io.k8s.api.node.v1beta1"),
    .name = STR_INIT("Scheduling"),
    .fields = schema_fields_node_v1beta1_Scheduling,
    .n_fields = 2,
    .by_number = schema_numbers_node_v1beta1_Scheduling,
    .n_numbered = 2,
    .n_slots = 2,
    .lookup_mask = 3,
    .lookup = schema_lookup_node_v1beta1_Scheduling,
};
