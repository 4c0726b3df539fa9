/* Made by tools/gen.py from spec/: change those, not this. */
#include "gen/rows.h"

const struct schema_field schema_fields_networking_v1beta1_HTTPIngressPath[] = {
    {STR_INIT("path"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
    {STR_INIT("pathType"), 3, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_STRING, .doc = STR_INIT("Exact, Prefix by whole elements, or as the controller sees fit.")},
    {STR_INIT("backend"), 2, .flags = SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_networking_v1beta1_IngressBackend, .key_default = STR_INIT("{}"), .doc = STR_INIT("Where requests go.")},
};
static const uint16_t schema_numbers_networking_v1beta1_HTTPIngressPath[] = {0, 2, 1};
static const uint8_t schema_lookup_networking_v1beta1_HTTPIngressPath[] = {0, 0, 0, 0, 0, 2, 3, 1};
const struct schema_message schema_message_networking_v1beta1_HTTPIngressPath = {
    .package = STR_INIT("io.k8s.api.networking.v1beta1"),
    .name = STR_INIT("HTTPIngressPath"),
    .doc = STR_INIT("A path and what is behind it."),
    .fields = schema_fields_networking_v1beta1_HTTPIngressPath,
    .n_fields = 3,
    .by_number = schema_numbers_networking_v1beta1_HTTPIngressPath,
    .n_numbered = 3,
    .n_slots = 3,
    .lookup_mask = 7,
    .lookup = schema_lookup_networking_v1beta1_HTTPIngressPath,
};
const struct schema_field schema_fields_networking_v1beta1_HTTPIngressRuleValue[] = {
    {STR_INIT("paths"), 1, .flags = SCHEMA_REPEATED | SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_networking_v1beta1_HTTPIngressPath, .doc = STR_INIT("A path and what is behind it.")},
};
static const uint16_t schema_numbers_networking_v1beta1_HTTPIngressRuleValue[] = {0};
static const uint8_t schema_lookup_networking_v1beta1_HTTPIngressRuleValue[] = {0, 0, 1, 0};
const struct schema_message schema_message_networking_v1beta1_HTTPIngressRuleValue = {
    .package = STR_INIT("io.k8s.api.networking.v1beta1"),
    .name = STR_INIT("HTTPIngressRuleValue"),
    .fields = schema_fields_networking_v1beta1_HTTPIngressRuleValue,
    .n_fields = 1,
    .by_number = schema_numbers_networking_v1beta1_HTTPIngressRuleValue,
    .n_numbered = 1,
    .n_slots = 1,
    .lookup_mask = 3,
    .lookup = schema_lookup_networking_v1beta1_HTTPIngressRuleValue,
};
const struct schema_field schema_fields_networking_v1beta1_IPAddress[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ObjectMeta, .key_default = STR_INIT("{}"), .doc = STR_INIT("Standard object's metadata: name, labels and the like.")},
    {STR_INIT("spec"), 2, .flags = SCHEMA_REQUIRED | SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_networking_v1beta1_IPAddressSpec, .key_default = STR_INIT("{}"), .doc = STR_INIT("What is wanted.")},
};
static const uint16_t schema_numbers_networking_v1beta1_IPAddress[] = {1, 2, 0};
static const struct schema_field *const schema_slots_networking_v1beta1_IPAddress[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_networking_v1beta1_IPAddress[1], &schema_fields_networking_v1beta1_IPAddress[2]};
static const uint8_t schema_starts_networking_v1beta1_IPAddress[] = {0, 2, 3};
static const uint8_t schema_lookup_networking_v1beta1_IPAddress[] = {1, 2, 3, 0, 0, 4, 0, 0};
const struct schema_message schema_message_networking_v1beta1_IPAddress = {
    .package = STR_INIT("io.k8s.api.networking.v1beta1"),
    .name = STR_INIT("IPAddress"),
    .doc = STR_INIT("An address that is in use by somebody."),
    .fields = schema_fields_networking_v1beta1_IPAddress,
    .n_fields = 3,
    .by_number = schema_numbers_networking_v1beta1_IPAddress,
    .n_numbered = 2,
    .slots = schema_slots_networking_v1beta1_IPAddress,
    .starts = schema_starts_networking_v1beta1_IPAddress,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_networking_v1beta1_IPAddress,
};
const struct schema_field schema_fields_networking_v1beta1_IPAddressList[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ListMeta, .doc = STR_INIT("Where the list was read, and how to go on.")},
    {STR_INIT("items"), 2, .flags = SCHEMA_REPEATED | SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_networking_v1beta1_IPAddress, .doc = STR_INIT("The objects of the list.")},
};
static const uint16_t schema_numbers_networking_v1beta1_IPAddressList[] = {1, 2, 0};
static const struct schema_field *const schema_slots_networking_v1beta1_IPAddressList[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_networking_v1beta1_IPAddressList[1], &schema_fields_networking_v1beta1_IPAddressList[2]};
static const uint8_t schema_starts_networking_v1beta1_IPAddressList[] = {0, 2, 3};
static const uint8_t schema_lookup_networking_v1beta1_IPAddressList[] = {1, 2, 3, 4, 0, 0, 0, 0};
const struct schema_message schema_message_networking_v1beta1_IPAddressList = {
    .package = STR_INIT("io.k8s.api.networking.v1beta1"),
    .name = STR_INIT("IPAddressList"),
    .fields = schema_fields_networking_v1beta1_IPAddressList,
    .n_fields = 3,
    .by_number = schema_numbers_networking_v1beta1_IPAddressList,
    .n_numbered = 2,
    .slots = schema_slots_networking_v1beta1_IPAddressList,
    .starts = schema_starts_networking_v1beta1_IPAddressList,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_networking_v1beta1_IPAddressList,
};
static const struct schema_extra extra_0 = {.rules = STR_INIT("immutable")};
const struct schema_field schema_fields_networking_v1beta1_IPAddressSpec[] = {
    {STR_INIT("parentRef"), 1, .flags = SCHEMA_REQUIRED | SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_networking_v1beta1_ParentReference, .extra = &extra_0},
};
static const uint16_t schema_numbers_networking_v1beta1_IPAddressSpec[] = {0};
static const uint8_t schema_lookup_networking_v1beta1_IPAddressSpec[] = {0, 0, 1, 0};
const struct schema_message schema_message_networking_v1beta1_IPAddressSpec = {
    .package = STR_INIT("io.k8s.api.networking.v1beta1"),
    .name = STR_INIT("IPAddressSpec"),
    .fields = schema_fields_networking_v1beta1_IPAddressSpec,
    .n_fields = 1,
    .by_number = schema_numbers_networking_v1beta1_IPAddressSpec,
    .n_numbered = 1,
    .n_slots = 1,
    .lookup_mask = 3,
    .lookup = schema_lookup_networking_v1beta1_IPAddressSpec,
};
const struct schema_field schema_fields_networking_v1beta1_Ingress[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ObjectMeta, .key_default = STR_INIT("{}"), .doc = STR_INIT("Standard object's metadata: name, labels and the like.")},
    {STR_INIT("spec"), 2, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_networking_v1beta1_IngressSpec, .key_default = STR_INIT("{}"), .doc = STR_INIT("What is wanted.")},
    {STR_INIT("status"), 3, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_networking_v1beta1_IngressStatus, .key_default = STR_INIT("{}"), .doc = STR_INIT("What is, as those who look after it tell.")},
};
static const uint16_t schema_numbers_networking_v1beta1_Ingress[] = {1, 2, 3, 0};
static const struct schema_field *const schema_slots_networking_v1beta1_Ingress[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_networking_v1beta1_Ingress[1], &schema_fields_networking_v1beta1_Ingress[2], &schema_fields_networking_v1beta1_Ingress[3]};
static const uint8_t schema_starts_networking_v1beta1_Ingress[] = {0, 2, 3, 4};
static const uint8_t schema_lookup_networking_v1beta1_Ingress[] = {3, 0, 0, 0, 0, 0, 0, 0, 1, 2, 0, 5, 0, 4, 0, 0};
const struct schema_message schema_message_networking_v1beta1_Ingress = {
    .package = STR_INIT("io.k8s.api.networking.v1beta1"),
    .name = STR_INIT("Ingress"),
    .doc = STR_INIT("Rules by which HTTP from outside reaches Services."),
    .fields = schema_fields_networking_v1beta1_Ingress,
    .n_fields = 4,
    .by_number = schema_numbers_networking_v1beta1_Ingress,
    .n_numbered = 3,
    .slots = schema_slots_networking_v1beta1_Ingress,
    .starts = schema_starts_networking_v1beta1_Ingress,
    .n_slots = 5,
    .lookup_mask = 15,
    .lookup = schema_lookup_networking_v1beta1_Ingress,
};
const struct schema_field schema_fields_networking_v1beta1_IngressBackend[] = {
    {STR_INIT("serviceName"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
    {STR_INIT("servicePort"), 2, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_intstr_IntOrString, .doc = STR_INIT("A number, or a text such as a name or a percentage.")},
    {STR_INIT("resource"), 3, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_TypedLocalObjectReference},
};
static const uint16_t schema_numbers_networking_v1beta1_IngressBackend[] = {0, 1, 2};
static const uint8_t schema_lookup_networking_v1beta1_IngressBackend[] = {2, 3, 0, 0, 0, 0, 0, 1};
const struct schema_message schema_message_networking_v1beta1_IngressBackend = {
    .package = STR_INIT("io.k8s.api.networking.v1beta1"),
    .name = STR_INIT("IngressBackend"),
    .fields = schema_fields_networking_v1beta1_IngressBackend,
    .n_fields = 3,
    .by_number = schema_numbers_networking_v1beta1_IngressBackend,
    .n_numbered = 3,
    .n_slots = 3,
    .lookup_mask = 7,
    .lookup = schema_lookup_networking_v1beta1_IngressBackend,
};
const struct schema_field schema_fields_networking_v1beta1_IngressClass[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ObjectMeta, .key_default = STR_INIT("{}"), .doc = STR_INIT("Standard object's metadata: name, labels and the like.")},
    {STR_INIT("spec"), 2, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_networking_v1beta1_IngressClassSpec, .key_default = STR_INIT("{}"), .doc = STR_INIT("What is wanted.")},
};
static const uint16_t schema_numbers_networking_v1beta1_IngressClass[] = {1, 2, 0};
static const struct schema_field *const schema_slots_networking_v1beta1_IngressClass[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_networking_v1beta1_IngressClass[1], &schema_fields_networking_v1beta1_IngressClass[2]};
static const uint8_t schema_starts_networking_v1beta1_IngressClass[] = {0, 2, 3};
static const uint8_t schema_lookup_networking_v1beta1_IngressClass[] = {1, 2, 3, 0, 0, 4, 0, 0};
const struct schema_message schema_message_networking_v1beta1_IngressClass = {
    .package = STR_INIT("io.k8s.api.networking.v1beta1"),
    .name = STR_INIT("IngressClass"),
    .doc = STR_INIT("Somebody who serves Ingresses."),
    .fields = schema_fields_networking_v1beta1_IngressClass,
    .n_fields = 3,
    .by_number = schema_numbers_networking_v1beta1_IngressClass,
    .n_numbered = 2,
    .slots = schema_slots_networking_v1beta1_IngressClass,
    .starts = schema_starts_networking_v1beta1_IngressClass,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_networking_v1beta1_IngressClass,
};
const struct schema_field schema_fields_networking_v1beta1_IngressClassList[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ListMeta, .doc = STR_INIT("Where the list was read, and how to go on.")},
    {STR_INIT("items"), 2, .flags = SCHEMA_REPEATED | SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_networking_v1beta1_IngressClass, .doc = STR_INIT("The objects of the list.")},
};
static const uint16_t schema_numbers_networking_v1beta1_IngressClassList[] = {1, 2, 0};
static const struct schema_field *const schema_slots_networking_v1beta1_IngressClassList[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_networking_v1beta1_IngressClassList[1], &schema_fields_networking_v1beta1_IngressClassList[2]};
static const uint8_t schema_starts_networking_v1beta1_IngressClassList[] = {0, 2, 3};
static const uint8_t schema_lookup_networking_v1beta1_IngressClassList[] = {1, 2, 3, 4, 0, 0, 0, 0};
const struct schema_message schema_message_networking_v1beta1_IngressClassList = {
    .package = STR_INIT("io.k8s.api.networking.v1beta1"),
    .name = STR_INIT("IngressClassList"),
    .fields = schema_fields_networking_v1beta1_IngressClassList,
    .n_fields = 3,
    .by_number = schema_numbers_networking_v1beta1_IngressClassList,
    .n_numbered = 2,
    .slots = schema_slots_networking_v1beta1_IngressClassList,
    .starts = schema_starts_networking_v1beta1_IngressClassList,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_networking_v1beta1_IngressClassList,
};
static const struct schema_extra extra_1 = {.proto = STR_INIT("aPIGroup")};
const struct schema_field schema_fields_networking_v1beta1_IngressClassParametersReference[] = {
    {STR_INIT("apiGroup"), 1, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_STRING, .doc = STR_INIT("The API group."), .extra = &extra_1},
    {STR_INIT("kind"), 2, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .doc = STR_INIT("The kind.")},
    {STR_INIT("name"), 3, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .doc = STR_INIT("The name.")},
    {STR_INIT("scope"), 4, .flags = SCHEMA_REQUIRED | SCHEMA_PTR, .type = SCHEMA_STRING},
    {STR_INIT("namespace"), 5, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_STRING, .doc = STR_INIT("The namespace.")},
};
static const uint16_t schema_numbers_networking_v1beta1_IngressClassParametersReference[] = {0, 1, 2, 3, 4};
static const uint8_t schema_lookup_networking_v1beta1_IngressClassParametersReference[] = {5, 0, 0, 0, 3, 0, 0, 0, 2, 1, 0, 0, 0, 0, 4, 0};
const struct schema_message schema_message_networking_v1beta1_IngressClassParametersReference = {
    .package = STR_INIT("io.k8s.api.networking.v1beta1"),
    .name = STR_INIT("IngressClassParametersReference"),
    .fields = schema_fields_networking_v1beta1_IngressClassParametersReference,
    .n_fields = 5,
    .by_number = schema_numbers_networking_v1beta1_IngressClassParametersReference,
    .n_numbered = 5,
    .n_slots = 5,
    .lookup_mask = 15,
    .lookup = schema_lookup_networking_v1beta1_IngressClassParametersReference,
};
const struct schema_field schema_fields_networking_v1beta1_IngressClassSpec[] = {
    {STR_INIT("controller"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
    {STR_INIT("parameters"), 2, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_networking_v1beta1_IngressClassParametersReference},
};
static const uint16_t schema_numbers_networking_v1beta1_IngressClassSpec[] = {0, 1};
static const uint8_t schema_lookup_networking_v1beta1_IngressClassSpec[] = {0, 1, 2, 0};
const struct schema_message schema_message_networking_v1beta1_IngressClassSpec = {
    .package = STR_INIT("io.k8s.api.networking.v1beta1"),
    .name = STR_INIT("IngressClassSpec"),
    .fields = schema_fields_networking_v1beta1_IngressClassSpec,
    .n_fields = 2,
    .by_number = schema_numbers_networking_v1beta1_IngressClassSpec,
    .n_numbered = 2,
    .n_slots = 2,
    .lookup_mask = 3,
    .lookup = schema_lookup_networking_v1beta1_IngressClassSpec,
};
const struct schema_field schema_fields_networking_v1beta1_IngressList[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ListMeta, .doc = STR_INIT("Where the list was read, and how to go on.")},
    {STR_INIT("items"), 2, .flags = SCHEMA_REPEATED | SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_networking_v1beta1_Ingress, .doc = STR_INIT("The objects of the list.")},
};
static const uint16_t schema_numbers_networking_v1beta1_IngressList[] = {1, 2, 0};
static const struct schema_field *const schema_slots_networking_v1beta1_IngressList[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_networking_v1beta1_IngressList[1], &schema_fields_networking_v1beta1_IngressList[2]};
static const uint8_t schema_starts_networking_v1beta1_IngressList[] = {0, 2, 3};
static const uint8_t schema_lookup_networking_v1beta1_IngressList[] = {1, 2, 3, 4, 0, 0, 0, 0};
const struct schema_message schema_message_networking_v1beta1_IngressList = {
    .package = STR_INIT("io.k8s.api.networking.v1beta1"),
    .name = STR_INIT("IngressList"),
    .fields = schema_fields_networking_v1beta1_IngressList,
    .n_fields = 3,
    .by_number = schema_numbers_networking_v1beta1_IngressList,
    .n_numbered = 2,
    .slots = schema_slots_networking_v1beta1_IngressList,
    .starts = schema_starts_networking_v1beta1_IngressList,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_networking_v1beta1_IngressList,
};
const struct schema_field schema_fields_networking_v1beta1_IngressLoadBalancerIngress[] = {
    {STR_INIT("ip"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
    {STR_INIT("hostname"), 2, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
    {STR_INIT("ports"), 4, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_networking_v1beta1_IngressPortStatus},
};
static const uint16_t schema_numbers_networking_v1beta1_IngressLoadBalancerIngress[] = {0, 1, 2};
static const uint8_t schema_lookup_networking_v1beta1_IngressLoadBalancerIngress[] = {1, 2, 0, 0, 3, 0, 0, 0};
const struct schema_message schema_message_networking_v1beta1_IngressLoadBalancerIngress = {
    .package = STR_INIT("io.k8s.api.networking.v1beta1"),
    .name = STR_INIT("IngressLoadBalancerIngress"),
    .fields = schema_fields_networking_v1beta1_IngressLoadBalancerIngress,
    .n_fields = 3,
    .by_number = schema_numbers_networking_v1beta1_IngressLoadBalancerIngress,
    .n_numbered = 3,
    .n_slots = 3,
    .lookup_mask = 7,
    .lookup = schema_lookup_networking_v1beta1_IngressLoadBalancerIngress,
};
const struct schema_field schema_fields_networking_v1beta1_IngressLoadBalancerStatus[] = {
    {STR_INIT("ingress"), 1, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_networking_v1beta1_IngressLoadBalancerIngress},
};
static const uint16_t schema_numbers_networking_v1beta1_IngressLoadBalancerStatus[] = {0};
static const uint8_t schema_lookup_networking_v1beta1_IngressLoadBalancerStatus[] = {0, 0, 0, 1};
const struct schema_message schema_message_networking_v1beta1_IngressLoadBalancerStatus = {
    .package = STR_INIT("io.k8s.api.networking.v1beta1"),
    .name = STR_INIT("IngressLoadBalancerStatus"),
    .fields = schema_fields_networking_v1beta1_IngressLoadBalancerStatus,
    .n_fields = 1,
    .by_number = schema_numbers_networking_v1beta1_IngressLoadBalancerStatus,
    .n_numbered = 1,
    .n_slots = 1,
    .lookup_mask = 3,
    .lookup = schema_lookup_networking_v1beta1_IngressLoadBalancerStatus,
};
static const struct str enums_0[] = {STR_INIT("SCTP"), STR_INIT("TCP"), STR_INIT("UDP"), {NULL, 0}};
const struct schema_field schema_fields_networking_v1beta1_IngressPortStatus[] = {
    {STR_INIT("port"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_INT32, .key_default = STR_INIT("0")},
    {STR_INIT("protocol"), 2, .flags = SCHEMA_REQUIRED | SCHEMA_ENUM_CLOSED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .enums = enums_0},
    {STR_INIT("error"), 3, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_STRING},
};
static const uint16_t schema_numbers_networking_v1beta1_IngressPortStatus[] = {0, 1, 2};
static const uint8_t schema_lookup_networking_v1beta1_IngressPortStatus[] = {2, 0, 3, 0, 0, 1, 0, 0};
const struct schema_message schema_message_networking_v1beta1_IngressPortStatus = {
    .package = STR_INIT("io.k8s.api.networking.v1beta1"),
    .name = STR_INIT("IngressPortStatus"),
    .fields = schema_fields_networking_v1beta1_IngressPortStatus,
    .n_fields = 3,
    .by_number = schema_numbers_networking_v1beta1_IngressPortStatus,
    .n_numbered = 3,
    .n_slots = 3,
    .lookup_mask = 7,
    .lookup = schema_lookup_networking_v1beta1_IngressPortStatus,
};
const struct schema_field schema_fields_networking_v1beta1_IngressRule[] = {
    {STR_INIT("host"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("The host name, whole or with *. as its first part; every host when left out.")},
    {STR_INIT("ingressRuleValue"), 2, .flags = SCHEMA_INLINE, .type = SCHEMA_MESSAGE, .message = &schema_message_networking_v1beta1_IngressRuleValue},
};
static const uint16_t schema_numbers_networking_v1beta1_IngressRule[] = {0, 1};
static const struct schema_field *const schema_slots_networking_v1beta1_IngressRule[] = {&schema_fields_networking_v1beta1_IngressRule[0], &schema_fields_networking_v1beta1_IngressRuleValue[0]};
static const uint8_t schema_starts_networking_v1beta1_IngressRule[] = {0, 1};
static const uint8_t schema_lookup_networking_v1beta1_IngressRule[] = {1, 2, 0, 0};
const struct schema_message schema_message_networking_v1beta1_IngressRule = {
    .package = STR_INIT("io.k8s.api.networking.v1beta1"),
    .name = STR_INIT("IngressRule"),
    .doc = STR_INIT("The paths of one host."),
    .fields = schema_fields_networking_v1beta1_IngressRule,
    .n_fields = 2,
    .by_number = schema_numbers_networking_v1beta1_IngressRule,
    .n_numbered = 2,
    .slots = schema_slots_networking_v1beta1_IngressRule,
    .starts = schema_starts_networking_v1beta1_IngressRule,
    .n_slots = 2,
    .lookup_mask = 3,
    .lookup = schema_lookup_networking_v1beta1_IngressRule,
};
const struct schema_field schema_fields_networking_v1beta1_IngressRuleValue[] = {
    {STR_INIT("http"), 1, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_networking_v1beta1_HTTPIngressRuleValue},
};
static const uint16_t schema_numbers_networking_v1beta1_IngressRuleValue[] = {0};
static const uint8_t schema_lookup_networking_v1beta1_IngressRuleValue[] = {0, 1, 0, 0};
const struct schema_message schema_message_networking_v1beta1_IngressRuleValue = {
    .package = STR_INIT("io.k8s.api.networking.v1beta1"),
    .name = STR_INIT("IngressRuleValue"),
    .fields = schema_fields_networking_v1beta1_IngressRuleValue,
    .n_fields = 1,
    .by_number = schema_numbers_networking_v1beta1_IngressRuleValue,
    .n_numbered = 1,
    .n_slots = 1,
    .lookup_mask = 3,
    .lookup = schema_lookup_networking_v1beta1_IngressRuleValue,
};
const struct schema_field schema_fields_networking_v1beta1_IngressSpec[] = {
    {STR_INIT("ingressClassName"), 4, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_STRING, .doc = STR_INIT("Who is to serve it, by the name of an IngressClass.")},
    {STR_INIT("backend"), 1, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_networking_v1beta1_IngressBackend},
    {STR_INIT("tls"), 2, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_networking_v1beta1_IngressTLS, .doc = STR_INIT("Hosts and the Secrets with their certificates.")},
    {STR_INIT("rules"), 3, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_networking_v1beta1_IngressRule, .doc = STR_INIT("Hosts, and the paths of each.")},
};
static const uint16_t schema_numbers_networking_v1beta1_IngressSpec[] = {1, 2, 3, 0};
static const uint8_t schema_lookup_networking_v1beta1_IngressSpec[] = {0, 0, 4, 0, 0, 1, 2, 3};
const struct schema_message schema_message_networking_v1beta1_IngressSpec = {
    .package = STR_INIT("io.k8s.api.networking.v1beta1"),
    .name = STR_INIT("IngressSpec"),
    .doc = STR_INIT("Hosts, paths and the Services behind them."),
    .fields = schema_fields_networking_v1beta1_IngressSpec,
    .n_fields = 4,
    .by_number = schema_numbers_networking_v1beta1_IngressSpec,
    .n_numbered = 4,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_networking_v1beta1_IngressSpec,
};
const struct schema_field schema_fields_networking_v1beta1_IngressStatus[] = {
    {STR_INIT("loadBalancer"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_networking_v1beta1_IngressLoadBalancerStatus, .key_default = STR_INIT("{}")},
};
static const uint16_t schema_numbers_networking_v1beta1_IngressStatus[] = {0};
static const uint8_t schema_lookup_networking_v1beta1_IngressStatus[] = {1, 0, 0, 0};
const struct schema_message schema_message_networking_v1beta1_IngressStatus = {
    .package = STR_INIT("io.k8s.api.networking.v1beta1"),
    .name = STR_INIT("IngressStatus"),
    .fields = schema_fields_networking_v1beta1_IngressStatus,
    .n_fields = 1,
    .by_number = schema_numbers_networking_v1beta1_IngressStatus,
    .n_numbered = 1,
    .n_slots = 1,
    .lookup_mask = 3,
    .lookup = schema_lookup_networking_v1beta1_IngressStatus,
};
const struct schema_field schema_fields_networking_v1beta1_IngressTLS[] = {
    {STR_INIT("hosts"), 1, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
    {STR_INIT("secretName"), 2, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
};
static const uint16_t schema_numbers_networking_v1beta1_IngressTLS[] = {0, 1};
static const uint8_t schema_lookup_networking_v1beta1_IngressTLS[] = {1, 2, 0, 0};
const struct schema_message schema_message_networking_v1beta1_IngressTLS = {
    .package = STR_INIT("io.k8s.api.networking.v1beta1"),
    .name = STR_INIT("IngressTLS"),
    .fields = schema_fields_networking_v1beta1_IngressTLS,
    .n_fields = 2,
    .by_number = schema_numbers_networking_v1beta1_IngressTLS,
    .n_numbered = 2,
    .n_slots = 2,
    .lookup_mask = 3,
    .lookup = schema_lookup_networking_v1beta1_IngressTLS,
};
const struct schema_field schema_fields_networking_v1beta1_ParentReference[] = {
    {STR_INIT("group"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
    {STR_INIT("resource"), 2, .flags = SCHEMA_REQUIRED | SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
    {STR_INIT("namespace"), 3, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("The namespace.")},
    {STR_INIT("name"), 4, .flags = SCHEMA_REQUIRED | SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("The name.")},
};
static const uint16_t schema_numbers_networking_v1beta1_ParentReference[] = {0, 1, 2, 3};
static const uint8_t schema_lookup_networking_v1beta1_ParentReference[] = {3, 2, 1, 0, 4, 0, 0, 0};
const struct schema_message schema_message_networking_v1beta1_ParentReference = {
    .package = STR_INIT("io.k8s.api.networking.v1beta1"),
    .name = STR_INIT("ParentReference"),
    .fields = schema_fields_networking_v1beta1_ParentReference,
    .n_fields = 4,
    .by_number = schema_numbers_networking_v1beta1_ParentReference,
    .n_numbered = 4,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_networking_v1beta1_ParentReference,
};
const struct schema_field schema_fields_networking_v1beta1_ServiceCIDR[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ObjectMeta, .key_default = STR_INIT("{}"), .doc = STR_INIT("Standard object's metadata: name, labels and the like.")},
    {STR_INIT("spec"), 2, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_networking_v1beta1_ServiceCIDRSpec, .key_default = STR_INIT("{}"), .doc = STR_INIT("What is wanted.")},
    {STR_INIT("status"), 3, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_networking_v1beta1_ServiceCIDRStatus, .key_default = STR_INIT("{}"), .doc = STR_INIT("What is, as those who look after it tell.")},
};
static const uint16_t schema_numbers_networking_v1beta1_ServiceCIDR[] = {1, 2, 3, 0};
static const struct schema_field *const schema_slots_networking_v1beta1_ServiceCIDR[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_networking_v1beta1_ServiceCIDR[1], &schema_fields_networking_v1beta1_ServiceCIDR[2], &schema_fields_networking_v1beta1_ServiceCIDR[3]};
static const uint8_t schema_starts_networking_v1beta1_ServiceCIDR[] = {0, 2, 3, 4};
static const uint8_t schema_lookup_networking_v1beta1_ServiceCIDR[] = {3, 0, 0, 0, 0, 0, 0, 0, 1, 2, 0, 5, 0, 4, 0, 0};
const struct schema_message schema_message_networking_v1beta1_ServiceCIDR = {
    .package = STR_INIT("io.k8s.api.networking.v1beta1"),
    .name = STR_INIT("ServiceCIDR"),
    .doc = STR_INIT("A range that Services get their addresses from."),
    .fields = schema_fields_networking_v1beta1_ServiceCIDR,
    .n_fields = 4,
    .by_number = schema_numbers_networking_v1beta1_ServiceCIDR,
    .n_numbered = 3,
    .slots = schema_slots_networking_v1beta1_ServiceCIDR,
    .starts = schema_starts_networking_v1beta1_ServiceCIDR,
    .n_slots = 5,
    .lookup_mask = 15,
    .lookup = schema_lookup_networking_v1beta1_ServiceCIDR,
};
const struct schema_field schema_fields_networking_v1beta1_ServiceCIDRList[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ListMeta, .doc = STR_INIT("Where the list was read, and how to go on.")},
    {STR_INIT("items"), 2, .flags = SCHEMA_REPEATED | SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_networking_v1beta1_ServiceCIDR, .doc = STR_INIT("The objects of the list.")},
};
static const uint16_t schema_numbers_networking_v1beta1_ServiceCIDRList[] = {1, 2, 0};
static const struct schema_field *const schema_slots_networking_v1beta1_ServiceCIDRList[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_networking_v1beta1_ServiceCIDRList[1], &schema_fields_networking_v1beta1_ServiceCIDRList[2]};
static const uint8_t schema_starts_networking_v1beta1_ServiceCIDRList[] = {0, 2, 3};
static const uint8_t schema_lookup_networking_v1beta1_ServiceCIDRList[] = {1, 2, 3, 4, 0, 0, 0, 0};
const struct schema_message schema_message_networking_v1beta1_ServiceCIDRList = {
    .package = STR_INIT("io.k8s.api.networking.v1beta1"),
    .name = STR_INIT("ServiceCIDRList"),
    .fields = schema_fields_networking_v1beta1_ServiceCIDRList,
    .n_fields = 3,
    .by_number = schema_numbers_networking_v1beta1_ServiceCIDRList,
    .n_numbered = 2,
    .slots = schema_slots_networking_v1beta1_ServiceCIDRList,
    .starts = schema_starts_networking_v1beta1_ServiceCIDRList,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_networking_v1beta1_ServiceCIDRList,
};
const struct schema_field schema_fields_networking_v1beta1_ServiceCIDRSpec[] = {
    {STR_INIT("cidrs"), 1, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
};
static const uint16_t schema_numbers_networking_v1beta1_ServiceCIDRSpec[] = {0};
static const uint8_t schema_lookup_networking_v1beta1_ServiceCIDRSpec[] = {1, 0, 0, 0};
const struct schema_message schema_message_networking_v1beta1_ServiceCIDRSpec = {
    .package = STR_INIT("io.k8s.api.networking.v1beta1"),
    .name = STR_INIT("ServiceCIDRSpec"),
    .fields = schema_fields_networking_v1beta1_ServiceCIDRSpec,
    .n_fields = 1,
    .by_number = schema_numbers_networking_v1beta1_ServiceCIDRSpec,
    .n_numbered = 1,
    .n_slots = 1,
    .lookup_mask = 3,
    .lookup = schema_lookup_networking_v1beta1_ServiceCIDRSpec,
};
static const struct str keys_0[] = {STR_INIT("type"), STR_INIT("")};
static const struct schema_extra extra_2 = {.rules = STR_INIT("eachVal=opaqueType")};
const struct schema_field schema_fields_networking_v1beta1_ServiceCIDRStatus[] = {
    {STR_INIT("conditions"), 1, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY | SCHEMA_PATCH_MERGE, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_Condition, .list = SCHEMA_LIST_MAP, .list_keys = keys_0, .merge_key = STR_INIT("type"), .doc = STR_INIT("What is known of it, each with its last change."), .extra = &extra_2},
};
static const uint16_t schema_numbers_networking_v1beta1_ServiceCIDRStatus[] = {0};
static const uint8_t schema_lookup_networking_v1beta1_ServiceCIDRStatus[] = {0, 0, 1, 0};
const struct schema_message schema_message_networking_v1beta1_ServiceCIDRStatus = {
    .package = STR_INIT("io.k8s.api.networking.v1beta1"),
    .name = STR_INIT("ServiceCIDRStatus"),
    .fields = schema_fields_networking_v1beta1_ServiceCIDRStatus,
    .n_fields = 1,
    .by_number = schema_numbers_networking_v1beta1_ServiceCIDRStatus,
    .n_numbered = 1,
    .n_slots = 1,
    .lookup_mask = 3,
    .lookup = schema_lookup_networking_v1beta1_ServiceCIDRStatus,
};
