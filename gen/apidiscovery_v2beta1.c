/* Made by tools/gen.py from spec/: change those, not this. */
#include "gen/rows.h"

static const struct str keys_0[] = {STR_INIT("version"), STR_INIT("")};
const struct schema_field schema_fields_apidiscovery_v2beta1_APIGroupDiscovery[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ObjectMeta, .doc = STR_INIT("Standard object's metadata: name, labels and the like.")},
    {STR_INIT("versions"), 2, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_apidiscovery_v2beta1_APIVersionDiscovery, .list = SCHEMA_LIST_MAP, .list_keys = keys_0},
};
static const uint16_t schema_numbers_apidiscovery_v2beta1_APIGroupDiscovery[] = {1, 2, 0};
static const struct schema_field *const schema_slots_apidiscovery_v2beta1_APIGroupDiscovery[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_apidiscovery_v2beta1_APIGroupDiscovery[1], &schema_fields_apidiscovery_v2beta1_APIGroupDiscovery[2]};
static const uint8_t schema_starts_apidiscovery_v2beta1_APIGroupDiscovery[] = {0, 2, 3};
static const uint8_t schema_lookup_apidiscovery_v2beta1_APIGroupDiscovery[] = {1, 2, 3, 0, 4, 0, 0, 0};
const struct schema_message schema_message_apidiscovery_v2beta1_APIGroupDiscovery = {
    .package = STR_INIT("io.k8s.api.apidiscovery.v2beta1"),
    .name = STR_INIT("APIGroupDiscovery"),
    .fields = schema_fields_apidiscovery_v2beta1_APIGroupDiscovery,
    .n_fields = 3,
    .by_number = schema_numbers_apidiscovery_v2beta1_APIGroupDiscovery,
    .n_numbered = 2,
    .slots = schema_slots_apidiscovery_v2beta1_APIGroupDiscovery,
    .starts = schema_starts_apidiscovery_v2beta1_APIGroupDiscovery,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_apidiscovery_v2beta1_APIGroupDiscovery,
};
const struct schema_field schema_fields_apidiscovery_v2beta1_APIGroupDiscoveryList[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ListMeta, .doc = STR_INIT("Where the list was read, and how to go on.")},
    {STR_INIT("items"), 2, .flags = SCHEMA_REPEATED, .type = SCHEMA_MESSAGE, .message = &schema_message_apidiscovery_v2beta1_APIGroupDiscovery, .doc = STR_INIT("The objects of the list.")},
};
static const uint16_t schema_numbers_apidiscovery_v2beta1_APIGroupDiscoveryList[] = {1, 2, 0};
static const struct schema_field *const schema_slots_apidiscovery_v2beta1_APIGroupDiscoveryList[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_apidiscovery_v2beta1_APIGroupDiscoveryList[1], &schema_fields_apidiscovery_v2beta1_APIGroupDiscoveryList[2]};
static const uint8_t schema_starts_apidiscovery_v2beta1_APIGroupDiscoveryList[] = {0, 2, 3};
static const uint8_t schema_lookup_apidiscovery_v2beta1_APIGroupDiscoveryList[] = {1, 2, 3, 4, 0, 0, 0, 0};
const struct schema_message schema_message_apidiscovery_v2beta1_APIGroupDiscoveryList = {
    .package = STR_INIT("io.k8s.api.apidiscovery.v2beta1"),
    .name = STR_INIT("APIGroupDiscoveryList"),
    .fields = schema_fields_apidiscovery_v2beta1_APIGroupDiscoveryList,
    .n_fields = 3,
    .by_number = schema_numbers_apidiscovery_v2beta1_APIGroupDiscoveryList,
    .n_numbered = 2,
    .slots = schema_slots_apidiscovery_v2beta1_APIGroupDiscoveryList,
    .starts = schema_starts_apidiscovery_v2beta1_APIGroupDiscoveryList,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_apidiscovery_v2beta1_APIGroupDiscoveryList,
};
static const struct str keys_1[] = {STR_INIT("subresource"), STR_INIT("")};
const struct schema_field schema_fields_apidiscovery_v2beta1_APIResourceDiscovery[] = {
    {STR_INIT("resource"), 1, .type = SCHEMA_STRING},
    {STR_INIT("responseKind"), 2, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_GroupVersionKind},
    {STR_INIT("scope"), 3, .type = SCHEMA_STRING},
    {STR_INIT("singularResource"), 4, .type = SCHEMA_STRING},
    {STR_INIT("verbs"), 5, .flags = SCHEMA_REPEATED, .type = SCHEMA_STRING, .list = SCHEMA_LIST_SET},
    {STR_INIT("shortNames"), 6, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .list = SCHEMA_LIST_SET},
    {STR_INIT("categories"), 7, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .list = SCHEMA_LIST_SET},
    {STR_INIT("subresources"), 8, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_apidiscovery_v2beta1_APISubresourceDiscovery, .list = SCHEMA_LIST_MAP, .list_keys = keys_1},
};
static const uint16_t schema_numbers_apidiscovery_v2beta1_APIResourceDiscovery[] = {0, 1, 2, 3, 4, 5, 6, 7};
static const uint8_t schema_lookup_apidiscovery_v2beta1_APIResourceDiscovery[] = {0, 1, 0, 6, 4, 8, 0, 0, 0, 7, 0, 0, 0, 2, 3, 5};
const struct schema_message schema_message_apidiscovery_v2beta1_APIResourceDiscovery = {
    .package = STR_INIT("io.k8s.api.apidiscovery.v2beta1"),
    .name = STR_INIT("APIResourceDiscovery"),
    .fields = schema_fields_apidiscovery_v2beta1_APIResourceDiscovery,
    .n_fields = 8,
    .by_number = schema_numbers_apidiscovery_v2beta1_APIResourceDiscovery,
    .n_numbered = 8,
    .n_slots = 8,
    .lookup_mask = 15,
    .lookup = schema_lookup_apidiscovery_v2beta1_APIResourceDiscovery,
};
static const struct str keys_2[] = {STR_INIT("group"), STR_INIT("version"), STR_INIT("kind"), STR_INIT("")};
const struct schema_field schema_fields_apidiscovery_v2beta1_APISubresourceDiscovery[] = {
    {STR_INIT("subresource"), 1, .type = SCHEMA_STRING},
    {STR_INIT("responseKind"), 2, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_GroupVersionKind},
    {STR_INIT("acceptedTypes"), 3, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_GroupVersionKind, .list = SCHEMA_LIST_MAP, .list_keys = keys_2},
    {STR_INIT("verbs"), 4, .flags = SCHEMA_REPEATED, .type = SCHEMA_STRING, .list = SCHEMA_LIST_SET},
};
static const uint16_t schema_numbers_apidiscovery_v2beta1_APISubresourceDiscovery[] = {0, 1, 2, 3};
static const uint8_t schema_lookup_apidiscovery_v2beta1_APISubresourceDiscovery[] = {0, 0, 3, 0, 0, 2, 4, 1};
const struct schema_message schema_message_apidiscovery_v2beta1_APISubresourceDiscovery = {
    .package = STR_INIT("io.k8s.api.apidiscovery.v2beta1"),
    .name = STR_INIT("APISubresourceDiscovery"),
    .fields = schema_fields_apidiscovery_v2beta1_APISubresourceDiscovery,
    .n_fields = 4,
    .by_number = schema_numbers_apidiscovery_v2beta1_APISubresourceDiscovery,
    .n_numbered = 4,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_apidiscovery_v2beta1_APISubresourceDiscovery,
};
static const struct str keys_3[] = {STR_INIT("resource"), STR_INIT("")};
const struct schema_field schema_fields_apidiscovery_v2beta1_APIVersionDiscovery[] = {
    {STR_INIT("version"), 1, .type = SCHEMA_STRING},
    {STR_INIT("resources"), 2, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_apidiscovery_v2beta1_APIResourceDiscovery, .list = SCHEMA_LIST_MAP, .list_keys = keys_3},
    {STR_INIT("freshness"), 3, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
};
static const uint16_t schema_numbers_apidiscovery_v2beta1_APIVersionDiscovery[] = {0, 1, 2};
static const uint8_t schema_lookup_apidiscovery_v2beta1_APIVersionDiscovery[] = {0, 2, 0, 0, 0, 0, 1, 3};
const struct schema_message schema_message_apidiscovery_v2beta1_APIVersionDiscovery = {
    .package = STR_INIT("io.k8s.api.apidiscovery.v2beta1"),
    .name = STR_INIT("APIVersionDiscovery"),
    .fields = schema_fields_apidiscovery_v2beta1_APIVersionDiscovery,
    .n_fields = 3,
    .by_number = schema_numbers_apidiscovery_v2beta1_APIVersionDiscovery,
    .n_numbered = 3,
    .n_slots = 3,
    .lookup_mask = 7,
    .lookup = schema_lookup_apidiscovery_v2beta1_APIVersionDiscovery,
};
