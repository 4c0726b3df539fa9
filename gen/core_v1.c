/* Made by tools/gen.py from spec/: change those, not this. */
#include "gen/rows.h"

const struct schema_field schema_fields_core_v1_AWSElasticBlockStoreVolumeSource[] = {
    {STR_INIT("volumeID"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\"")},
    {STR_INIT("fsType"), 2, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("The file system.")},
    {STR_INIT("partition"), 3, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_INT32},
    {STR_INIT("readOnly"), 4, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_BOOL, .doc = STR_INIT("Nothing may be written.")},
};
static const uint16_t schema_numbers_core_v1_AWSElasticBlockStoreVolumeSource[] = {0, 1, 2, 3};
static const uint8_t schema_lookup_core_v1_AWSElasticBlockStoreVolumeSource[] = {1, 3, 2, 4, 0, 0, 0, 0};
const struct schema_message schema_message_core_v1_AWSElasticBlockStoreVolumeSource = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("AWSElasticBlockStoreVolumeSource"),
    .fields = schema_fields_core_v1_AWSElasticBlockStoreVolumeSource,
    .n_fields = 4,
    .by_number = schema_numbers_core_v1_AWSElasticBlockStoreVolumeSource,
    .n_numbered = 4,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_core_v1_AWSElasticBlockStoreVolumeSource,
};
const struct schema_field schema_fields_core_v1_Affinity[] = {
    {STR_INIT("nodeAffinity"), 1, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_NodeAffinity, .doc = STR_INIT("By labels of nodes.")},
    {STR_INIT("podAffinity"), 2, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_PodAffinity, .doc = STR_INIT("Near which pods.")},
    {STR_INIT("podAntiAffinity"), 3, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_PodAntiAffinity, .doc = STR_INIT("Away from which pods.")},
};
static const uint16_t schema_numbers_core_v1_Affinity[] = {0, 1, 2};
static const uint8_t schema_lookup_core_v1_Affinity[] = {0, 1, 0, 0, 0, 2, 3, 0};
const struct schema_message schema_message_core_v1_Affinity = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("Affinity"),
    .doc = STR_INIT("Which nodes, and the company of which pods, are needed, preferred or avoided."),
    .fields = schema_fields_core_v1_Affinity,
    .n_fields = 3,
    .by_number = schema_numbers_core_v1_Affinity,
    .n_numbered = 3,
    .n_slots = 3,
    .lookup_mask = 7,
    .lookup = schema_lookup_core_v1_Affinity,
};
static const struct str enums_0[] = {STR_INIT("Localhost"), STR_INIT("RuntimeDefault"), STR_INIT("Unconfined"), {NULL, 0}};
static const struct schema_extra extra_0 = {.choice = STR_INIT("discriminator")};
static const struct schema_extra extra_1 = {.choice = STR_INIT("value:LocalhostProfile")};
const struct schema_field schema_fields_core_v1_AppArmorProfile[] = {
    {STR_INIT("type"), 1, .flags = SCHEMA_REQUIRED | SCHEMA_ENUM_CLOSED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .enums = enums_0, .extra = &extra_0},
    {STR_INIT("localhostProfile"), 2, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_STRING, .extra = &extra_1},
};
static const uint16_t schema_numbers_core_v1_AppArmorProfile[] = {0, 1};
static const uint8_t schema_lookup_core_v1_AppArmorProfile[] = {0, 0, 1, 2};
const struct schema_message schema_message_core_v1_AppArmorProfile = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("AppArmorProfile"),
    .fields = schema_fields_core_v1_AppArmorProfile,
    .n_fields = 2,
    .by_number = schema_numbers_core_v1_AppArmorProfile,
    .n_numbered = 2,
    .n_slots = 2,
    .lookup_mask = 3,
    .lookup = schema_lookup_core_v1_AppArmorProfile,
    .choices = STR_INIT("1"),
};
const struct schema_field schema_fields_core_v1_AttachedVolume[] = {
    {STR_INIT("name"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .doc = STR_INIT("The name.")},
    {STR_INIT("devicePath"), 2, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\"")},
};
static const uint16_t schema_numbers_core_v1_AttachedVolume[] = {0, 1};
static const uint8_t schema_lookup_core_v1_AttachedVolume[] = {1, 2, 0, 0};
const struct schema_message schema_message_core_v1_AttachedVolume = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("AttachedVolume"),
    .fields = schema_fields_core_v1_AttachedVolume,
    .n_fields = 2,
    .by_number = schema_numbers_core_v1_AttachedVolume,
    .n_numbered = 2,
    .n_slots = 2,
    .lookup_mask = 3,
    .lookup = schema_lookup_core_v1_AttachedVolume,
};
const struct schema_field schema_fields_core_v1_AvoidPods[] = {
    {STR_INIT("preferAvoidPods"), 1, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_PreferAvoidPodsEntry},
};
static const uint16_t schema_numbers_core_v1_AvoidPods[] = {0};
static const uint8_t schema_lookup_core_v1_AvoidPods[] = {0, 0, 0, 1};
const struct schema_message schema_message_core_v1_AvoidPods = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("AvoidPods"),
    .fields = schema_fields_core_v1_AvoidPods,
    .n_fields = 1,
    .by_number = schema_numbers_core_v1_AvoidPods,
    .n_numbered = 1,
    .n_slots = 1,
    .lookup_mask = 3,
    .lookup = schema_lookup_core_v1_AvoidPods,
};
static const struct str enums_1[] = {STR_INIT("None"), STR_INIT("ReadOnly"), STR_INIT("ReadWrite"), {NULL, 0}};
static const struct str enums_2[] = {STR_INIT("Dedicated"), STR_INIT("Managed"), STR_INIT("Shared"), {NULL, 0}};
const struct schema_field schema_fields_core_v1_AzureDiskVolumeSource[] = {
    {STR_INIT("diskName"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\"")},
    {STR_INIT("diskURI"), 2, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\"")},
    {STR_INIT("cachingMode"), 3, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR | SCHEMA_ENUM_CLOSED, .type = SCHEMA_STRING, .fallback = STR_INIT("\"ReadWrite\""), .key_default = STR_INIT("\"ReadWrite\""), .enums = enums_1},
    {STR_INIT("fsType"), 4, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_STRING, .fallback = STR_INIT("\"ext4\""), .key_default = STR_INIT("\"ext4\""), .doc = STR_INIT("The file system.")},
    {STR_INIT("readOnly"), 5, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_BOOL, .fallback = STR_INIT("false"), .key_default = STR_INIT("false"), .doc = STR_INIT("Nothing may be written.")},
    {STR_INIT("kind"), 6, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR | SCHEMA_ENUM_CLOSED, .type = SCHEMA_STRING, .fallback = STR_INIT("\"Shared\""), .key_default = STR_INIT("\"Shared\""), .enums = enums_2, .doc = STR_INIT("The kind.")},
};
static const uint16_t schema_numbers_core_v1_AzureDiskVolumeSource[] = {0, 1, 2, 3, 4, 5};
static const uint8_t schema_lookup_core_v1_AzureDiskVolumeSource[] = {0, 0, 1, 4, 0, 0, 0, 0, 2, 6, 0, 5, 0, 0, 0, 3};
const struct schema_message schema_message_core_v1_AzureDiskVolumeSource = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("AzureDiskVolumeSource"),
    .fields = schema_fields_core_v1_AzureDiskVolumeSource,
    .n_fields = 6,
    .by_number = schema_numbers_core_v1_AzureDiskVolumeSource,
    .n_numbered = 6,
    .n_slots = 6,
    .lookup_mask = 15,
    .lookup = schema_lookup_core_v1_AzureDiskVolumeSource,
};
const struct schema_field schema_fields_core_v1_AzureFilePersistentVolumeSource[] = {
    {STR_INIT("secretName"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\"")},
    {STR_INIT("shareName"), 2, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\"")},
    {STR_INIT("readOnly"), 3, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_BOOL, .doc = STR_INIT("Nothing may be written.")},
    {STR_INIT("secretNamespace"), 4, .flags = SCHEMA_PTR, .type = SCHEMA_STRING},
};
static const uint16_t schema_numbers_core_v1_AzureFilePersistentVolumeSource[] = {0, 1, 2, 3};
static const uint8_t schema_lookup_core_v1_AzureFilePersistentVolumeSource[] = {0, 1, 2, 3, 4, 0, 0, 0};
const struct schema_message schema_message_core_v1_AzureFilePersistentVolumeSource = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("AzureFilePersistentVolumeSource"),
    .fields = schema_fields_core_v1_AzureFilePersistentVolumeSource,
    .n_fields = 4,
    .by_number = schema_numbers_core_v1_AzureFilePersistentVolumeSource,
    .n_numbered = 4,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_core_v1_AzureFilePersistentVolumeSource,
};
const struct schema_field schema_fields_core_v1_AzureFileVolumeSource[] = {
    {STR_INIT("secretName"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\"")},
    {STR_INIT("shareName"), 2, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\"")},
    {STR_INIT("readOnly"), 3, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_BOOL, .doc = STR_INIT("Nothing may be written.")},
};
static const uint16_t schema_numbers_core_v1_AzureFileVolumeSource[] = {0, 1, 2};
static const uint8_t schema_lookup_core_v1_AzureFileVolumeSource[] = {0, 1, 2, 3, 0, 0, 0, 0};
const struct schema_message schema_message_core_v1_AzureFileVolumeSource = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("AzureFileVolumeSource"),
    .fields = schema_fields_core_v1_AzureFileVolumeSource,
    .n_fields = 3,
    .by_number = schema_numbers_core_v1_AzureFileVolumeSource,
    .n_numbered = 3,
    .n_slots = 3,
    .lookup_mask = 7,
    .lookup = schema_lookup_core_v1_AzureFileVolumeSource,
};
const struct schema_field schema_fields_core_v1_Binding[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ObjectMeta, .doc = STR_INIT("Standard object's metadata: name, labels and the like.")},
    {STR_INIT("target"), 2, .flags = SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_ObjectReference, .doc = STR_INIT("The node.")},
};
static const uint16_t schema_numbers_core_v1_Binding[] = {1, 2, 0};
static const struct schema_field *const schema_slots_core_v1_Binding[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_core_v1_Binding[1], &schema_fields_core_v1_Binding[2]};
static const uint8_t schema_starts_core_v1_Binding[] = {0, 2, 3};
static const uint8_t schema_lookup_core_v1_Binding[] = {1, 2, 3, 4, 0, 0, 0, 0};
const struct schema_message schema_message_core_v1_Binding = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("Binding"),
    .doc = STR_INIT("Puts a pod on a node."),
    .fields = schema_fields_core_v1_Binding,
    .n_fields = 3,
    .by_number = schema_numbers_core_v1_Binding,
    .n_numbered = 2,
    .slots = schema_slots_core_v1_Binding,
    .starts = schema_starts_core_v1_Binding,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_core_v1_Binding,
};
const struct schema_field schema_fields_core_v1_CSIPersistentVolumeSource[] = {
    {STR_INIT("driver"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\"")},
    {STR_INIT("volumeHandle"), 2, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\"")},
    {STR_INIT("readOnly"), 3, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_BOOL, .doc = STR_INIT("Nothing may be written.")},
    {STR_INIT("fsType"), 4, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("The file system.")},
    {STR_INIT("volumeAttributes"), 5, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MAP_STRING},
    {STR_INIT("controllerPublishSecretRef"), 6, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_SecretReference, .doc = STR_INIT("A Secret, by name and namespace.")},
    {STR_INIT("nodeStageSecretRef"), 7, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_SecretReference, .doc = STR_INIT("A Secret, by name and namespace.")},
    {STR_INIT("nodePublishSecretRef"), 8, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_SecretReference, .doc = STR_INIT("A Secret, by name and namespace.")},
    {STR_INIT("controllerExpandSecretRef"), 9, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_SecretReference, .doc = STR_INIT("A Secret, by name and namespace.")},
    {STR_INIT("nodeExpandSecretRef"), 10, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_SecretReference, .doc = STR_INIT("A Secret, by name and namespace.")},
};
static const uint16_t schema_numbers_core_v1_CSIPersistentVolumeSource[] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9};
static const uint8_t schema_lookup_core_v1_CSIPersistentVolumeSource[] = {0, 0, 0, 5, 0, 0, 0, 8, 0, 0, 9, 1, 3, 10, 0, 0, 0, 0, 4, 7, 0, 0, 0, 0, 0, 2, 0, 0, 0, 6, 0, 0};
const struct schema_message schema_message_core_v1_CSIPersistentVolumeSource = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("CSIPersistentVolumeSource"),
    .fields = schema_fields_core_v1_CSIPersistentVolumeSource,
    .n_fields = 10,
    .by_number = schema_numbers_core_v1_CSIPersistentVolumeSource,
    .n_numbered = 10,
    .n_slots = 10,
    .lookup_mask = 31,
    .lookup = schema_lookup_core_v1_CSIPersistentVolumeSource,
};
const struct schema_field schema_fields_core_v1_CSIVolumeSource[] = {
    {STR_INIT("driver"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\"")},
    {STR_INIT("readOnly"), 2, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_BOOL, .doc = STR_INIT("Nothing may be written.")},
    {STR_INIT("fsType"), 3, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_STRING, .doc = STR_INIT("The file system.")},
    {STR_INIT("volumeAttributes"), 4, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MAP_STRING},
    {STR_INIT("nodePublishSecretRef"), 5, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_LocalObjectReference, .doc = STR_INIT("The name of an object in the same namespace.")},
};
static const uint16_t schema_numbers_core_v1_CSIVolumeSource[] = {0, 1, 2, 3, 4};
static const uint8_t schema_lookup_core_v1_CSIVolumeSource[] = {0, 0, 3, 4, 0, 0, 0, 5, 0, 0, 0, 1, 2, 0, 0, 0};
const struct schema_message schema_message_core_v1_CSIVolumeSource = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("CSIVolumeSource"),
    .fields = schema_fields_core_v1_CSIVolumeSource,
    .n_fields = 5,
    .by_number = schema_numbers_core_v1_CSIVolumeSource,
    .n_numbered = 5,
    .n_slots = 5,
    .lookup_mask = 15,
    .lookup = schema_lookup_core_v1_CSIVolumeSource,
};
const struct schema_field schema_fields_core_v1_Capabilities[] = {
    {STR_INIT("add"), 1, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("Given beside the usual ones; ALL means all.")},
    {STR_INIT("drop"), 2, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("Taken away; ALL means all.")},
};
static const uint16_t schema_numbers_core_v1_Capabilities[] = {0, 1};
static const uint8_t schema_lookup_core_v1_Capabilities[] = {0, 0, 1, 2};
const struct schema_message schema_message_core_v1_Capabilities = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("Capabilities"),
    .doc = STR_INIT("Capabilities added and taken away."),
    .fields = schema_fields_core_v1_Capabilities,
    .n_fields = 2,
    .by_number = schema_numbers_core_v1_Capabilities,
    .n_numbered = 2,
    .n_slots = 2,
    .lookup_mask = 3,
    .lookup = schema_lookup_core_v1_Capabilities,
};
const struct schema_field schema_fields_core_v1_CephFSPersistentVolumeSource[] = {
    {STR_INIT("monitors"), 1, .flags = SCHEMA_REPEATED | SCHEMA_REQUIRED, .type = SCHEMA_STRING},
    {STR_INIT("path"), 2, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
    {STR_INIT("user"), 3, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
    {STR_INIT("secretFile"), 4, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
    {STR_INIT("secretRef"), 5, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_SecretReference, .doc = STR_INIT("A Secret, by name and namespace.")},
    {STR_INIT("readOnly"), 6, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_BOOL, .doc = STR_INIT("Nothing may be written.")},
};
static const uint16_t schema_numbers_core_v1_CephFSPersistentVolumeSource[] = {0, 1, 2, 3, 4, 5};
static const uint8_t schema_lookup_core_v1_CephFSPersistentVolumeSource[] = {1, 3, 5, 0, 0, 0, 0, 0, 0, 4, 0, 6, 0, 0, 0, 2};
const struct schema_message schema_message_core_v1_CephFSPersistentVolumeSource = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("CephFSPersistentVolumeSource"),
    .fields = schema_fields_core_v1_CephFSPersistentVolumeSource,
    .n_fields = 6,
    .by_number = schema_numbers_core_v1_CephFSPersistentVolumeSource,
    .n_numbered = 6,
    .n_slots = 6,
    .lookup_mask = 15,
    .lookup = schema_lookup_core_v1_CephFSPersistentVolumeSource,
};
const struct schema_field schema_fields_core_v1_CephFSVolumeSource[] = {
    {STR_INIT("monitors"), 1, .flags = SCHEMA_REPEATED | SCHEMA_REQUIRED, .type = SCHEMA_STRING},
    {STR_INIT("path"), 2, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
    {STR_INIT("user"), 3, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
    {STR_INIT("secretFile"), 4, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
    {STR_INIT("secretRef"), 5, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_LocalObjectReference, .doc = STR_INIT("The name of an object in the same namespace.")},
    {STR_INIT("readOnly"), 6, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_BOOL, .doc = STR_INIT("Nothing may be written.")},
};
static const uint16_t schema_numbers_core_v1_CephFSVolumeSource[] = {0, 1, 2, 3, 4, 5};
static const uint8_t schema_lookup_core_v1_CephFSVolumeSource[] = {1, 3, 5, 0, 0, 0, 0, 0, 0, 4, 0, 6, 0, 0, 0, 2};
const struct schema_message schema_message_core_v1_CephFSVolumeSource = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("CephFSVolumeSource"),
    .fields = schema_fields_core_v1_CephFSVolumeSource,
    .n_fields = 6,
    .by_number = schema_numbers_core_v1_CephFSVolumeSource,
    .n_numbered = 6,
    .n_slots = 6,
    .lookup_mask = 15,
    .lookup = schema_lookup_core_v1_CephFSVolumeSource,
};
const struct schema_field schema_fields_core_v1_CinderPersistentVolumeSource[] = {
    {STR_INIT("volumeID"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\"")},
    {STR_INIT("fsType"), 2, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("The file system.")},
    {STR_INIT("readOnly"), 3, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_BOOL, .doc = STR_INIT("Nothing may be written.")},
    {STR_INIT("secretRef"), 4, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_SecretReference, .doc = STR_INIT("A Secret, by name and namespace.")},
};
static const uint16_t schema_numbers_core_v1_CinderPersistentVolumeSource[] = {0, 1, 2, 3};
static const uint8_t schema_lookup_core_v1_CinderPersistentVolumeSource[] = {1, 0, 2, 3, 4, 0, 0, 0};
const struct schema_message schema_message_core_v1_CinderPersistentVolumeSource = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("CinderPersistentVolumeSource"),
    .fields = schema_fields_core_v1_CinderPersistentVolumeSource,
    .n_fields = 4,
    .by_number = schema_numbers_core_v1_CinderPersistentVolumeSource,
    .n_numbered = 4,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_core_v1_CinderPersistentVolumeSource,
};
const struct schema_field schema_fields_core_v1_CinderVolumeSource[] = {
    {STR_INIT("volumeID"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\"")},
    {STR_INIT("fsType"), 2, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("The file system.")},
    {STR_INIT("readOnly"), 3, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_BOOL, .doc = STR_INIT("Nothing may be written.")},
    {STR_INIT("secretRef"), 4, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_LocalObjectReference, .doc = STR_INIT("The name of an object in the same namespace.")},
};
static const uint16_t schema_numbers_core_v1_CinderVolumeSource[] = {0, 1, 2, 3};
static const uint8_t schema_lookup_core_v1_CinderVolumeSource[] = {1, 0, 2, 3, 4, 0, 0, 0};
const struct schema_message schema_message_core_v1_CinderVolumeSource = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("CinderVolumeSource"),
    .fields = schema_fields_core_v1_CinderVolumeSource,
    .n_fields = 4,
    .by_number = schema_numbers_core_v1_CinderVolumeSource,
    .n_numbered = 4,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_core_v1_CinderVolumeSource,
};
const struct schema_field schema_fields_core_v1_ClientIPConfig[] = {
    {STR_INIT("timeoutSeconds"), 1, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_INT32, .doc = STR_INIT("Seconds without traffic after which a client may get another pod.")},
};
static const uint16_t schema_numbers_core_v1_ClientIPConfig[] = {0};
static const uint8_t schema_lookup_core_v1_ClientIPConfig[] = {0, 0, 0, 1};
const struct schema_message schema_message_core_v1_ClientIPConfig = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("ClientIPConfig"),
    .doc = STR_INIT("For sessionAffinity ClientIP."),
    .fields = schema_fields_core_v1_ClientIPConfig,
    .n_fields = 1,
    .by_number = schema_numbers_core_v1_ClientIPConfig,
    .n_numbered = 1,
    .n_slots = 1,
    .lookup_mask = 3,
    .lookup = schema_lookup_core_v1_ClientIPConfig,
};
static const struct schema_extra extra_2 = {.gate = STR_INIT("AtomicWriteVolumeUserFields")};
const struct schema_field schema_fields_core_v1_ClusterTrustBundleProjection[] = {
    {STR_INIT("name"), 1, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_STRING, .doc = STR_INIT("The name.")},
    {STR_INIT("signerName"), 2, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_STRING},
    {STR_INIT("labelSelector"), 3, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_LabelSelector, .doc = STR_INIT("Which objects, by their labels.")},
    {STR_INIT("optional"), 5, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_BOOL, .doc = STR_INIT("Whether it may be missing.")},
    {STR_INIT("path"), 4, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\"")},
    {STR_INIT("user"), 6, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_INT64, .extra = &extra_2},
};
static const uint16_t schema_numbers_core_v1_ClusterTrustBundleProjection[] = {0, 1, 2, 4, 3, 5};
static const uint8_t schema_lookup_core_v1_ClusterTrustBundleProjection[] = {6, 0, 0, 0, 1, 0, 0, 2, 0, 0, 0, 0, 3, 0, 4, 5};
const struct schema_message schema_message_core_v1_ClusterTrustBundleProjection = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("ClusterTrustBundleProjection"),
    .fields = schema_fields_core_v1_ClusterTrustBundleProjection,
    .n_fields = 6,
    .by_number = schema_numbers_core_v1_ClusterTrustBundleProjection,
    .n_numbered = 6,
    .n_slots = 6,
    .lookup_mask = 15,
    .lookup = schema_lookup_core_v1_ClusterTrustBundleProjection,
};
const struct schema_field schema_fields_core_v1_ComponentCondition[] = {
    {STR_INIT("type"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .doc = STR_INIT("Which condition.")},
    {STR_INIT("status"), 2, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .doc = STR_INIT("True, False or Unknown.")},
    {STR_INIT("message"), 3, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("Why, for people.")},
    {STR_INIT("error"), 4, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
};
static const uint16_t schema_numbers_core_v1_ComponentCondition[] = {0, 1, 2, 3};
static const uint8_t schema_lookup_core_v1_ComponentCondition[] = {0, 0, 1, 2, 4, 0, 0, 3};
const struct schema_message schema_message_core_v1_ComponentCondition = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("ComponentCondition"),
    .fields = schema_fields_core_v1_ComponentCondition,
    .n_fields = 4,
    .by_number = schema_numbers_core_v1_ComponentCondition,
    .n_numbered = 4,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_core_v1_ComponentCondition,
};
static const struct str keys_0[] = {STR_INIT("type"), STR_INIT("")};
const struct schema_field schema_fields_core_v1_ComponentStatus[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ObjectMeta, .key_default = STR_INIT("{}"), .doc = STR_INIT("Standard object's metadata: name, labels and the like.")},
    {STR_INIT("conditions"), 2, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY | SCHEMA_PATCH_MERGE, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_ComponentCondition, .list = SCHEMA_LIST_MAP, .list_keys = keys_0, .merge_key = STR_INIT("type"), .doc = STR_INIT("What is known of it, each with its last change.")},
};
static const uint16_t schema_numbers_core_v1_ComponentStatus[] = {1, 2, 0};
static const struct schema_field *const schema_slots_core_v1_ComponentStatus[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_core_v1_ComponentStatus[1], &schema_fields_core_v1_ComponentStatus[2]};
static const uint8_t schema_starts_core_v1_ComponentStatus[] = {0, 2, 3};
static const uint8_t schema_lookup_core_v1_ComponentStatus[] = {1, 2, 3, 0, 0, 0, 4, 0};
const struct schema_message schema_message_core_v1_ComponentStatus = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("ComponentStatus"),
    .doc = STR_INIT("An older view of the health of the cluster's parts."),
    .fields = schema_fields_core_v1_ComponentStatus,
    .n_fields = 3,
    .by_number = schema_numbers_core_v1_ComponentStatus,
    .n_numbered = 2,
    .slots = schema_slots_core_v1_ComponentStatus,
    .starts = schema_starts_core_v1_ComponentStatus,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_core_v1_ComponentStatus,
};
const struct schema_field schema_fields_core_v1_ComponentStatusList[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ListMeta, .doc = STR_INIT("Where the list was read, and how to go on.")},
    {STR_INIT("items"), 2, .flags = SCHEMA_REPEATED | SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_ComponentStatus, .doc = STR_INIT("The objects of the list.")},
};
static const uint16_t schema_numbers_core_v1_ComponentStatusList[] = {1, 2, 0};
static const struct schema_field *const schema_slots_core_v1_ComponentStatusList[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_core_v1_ComponentStatusList[1], &schema_fields_core_v1_ComponentStatusList[2]};
static const uint8_t schema_starts_core_v1_ComponentStatusList[] = {0, 2, 3};
static const uint8_t schema_lookup_core_v1_ComponentStatusList[] = {1, 2, 3, 4, 0, 0, 0, 0};
const struct schema_message schema_message_core_v1_ComponentStatusList = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("ComponentStatusList"),
    .fields = schema_fields_core_v1_ComponentStatusList,
    .n_fields = 3,
    .by_number = schema_numbers_core_v1_ComponentStatusList,
    .n_numbered = 2,
    .slots = schema_slots_core_v1_ComponentStatusList,
    .starts = schema_starts_core_v1_ComponentStatusList,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_core_v1_ComponentStatusList,
};
const struct schema_field schema_fields_core_v1_ConfigMap[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ObjectMeta, .key_default = STR_INIT("{}"), .doc = STR_INIT("Standard object's metadata: name, labels and the like.")},
    {STR_INIT("immutable"), 4, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_BOOL, .doc = STR_INIT("Nothing of it can be changed any more, not even this.")},
    {STR_INIT("data"), 2, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MAP_STRING, .doc = STR_INIT("Keys and texts. Names of keys are letters, digits, \"-\", \"_\" and \".\".")},
    {STR_INIT("binaryData"), 3, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MAP_BYTES, .doc = STR_INIT("Keys and bytes, in base64; no key may be in data too.")},
};
static const uint16_t schema_numbers_core_v1_ConfigMap[] = {1, 3, 4, 2, 0};
static const struct schema_field *const schema_slots_core_v1_ConfigMap[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_core_v1_ConfigMap[1], &schema_fields_core_v1_ConfigMap[2], &schema_fields_core_v1_ConfigMap[3], &schema_fields_core_v1_ConfigMap[4]};
static const uint8_t schema_starts_core_v1_ConfigMap[] = {0, 2, 3, 4, 5};
static const uint8_t schema_lookup_core_v1_ConfigMap[] = {3, 4, 0, 0, 0, 0, 0, 0, 1, 2, 6, 5, 0, 0, 0, 0};
const struct schema_message schema_message_core_v1_ConfigMap = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("ConfigMap"),
    .doc = STR_INIT("Settings as keys and values, for pods to read."),
    .fields = schema_fields_core_v1_ConfigMap,
    .n_fields = 5,
    .by_number = schema_numbers_core_v1_ConfigMap,
    .n_numbered = 4,
    .slots = schema_slots_core_v1_ConfigMap,
    .starts = schema_starts_core_v1_ConfigMap,
    .n_slots = 6,
    .lookup_mask = 15,
    .lookup = schema_lookup_core_v1_ConfigMap,
};
const struct schema_field schema_fields_core_v1_ConfigMapEnvSource[] = {
    {STR_INIT("localObjectReference"), 1, .flags = SCHEMA_INLINE, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_LocalObjectReference, .doc = STR_INIT("The name of an object in the same namespace.")},
    {STR_INIT("optional"), 2, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_BOOL, .doc = STR_INIT("Whether it may be missing.")},
};
static const uint16_t schema_numbers_core_v1_ConfigMapEnvSource[] = {0, 1};
static const struct schema_field *const schema_slots_core_v1_ConfigMapEnvSource[] = {&schema_fields_core_v1_LocalObjectReference[0], &schema_fields_core_v1_ConfigMapEnvSource[1]};
static const uint8_t schema_starts_core_v1_ConfigMapEnvSource[] = {0, 1};
static const uint8_t schema_lookup_core_v1_ConfigMapEnvSource[] = {1, 0, 2, 0};
const struct schema_message schema_message_core_v1_ConfigMapEnvSource = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("ConfigMapEnvSource"),
    .fields = schema_fields_core_v1_ConfigMapEnvSource,
    .n_fields = 2,
    .by_number = schema_numbers_core_v1_ConfigMapEnvSource,
    .n_numbered = 2,
    .slots = schema_slots_core_v1_ConfigMapEnvSource,
    .starts = schema_starts_core_v1_ConfigMapEnvSource,
    .n_slots = 2,
    .lookup_mask = 3,
    .lookup = schema_lookup_core_v1_ConfigMapEnvSource,
};
const struct schema_field schema_fields_core_v1_ConfigMapKeySelector[] = {
    {STR_INIT("localObjectReference"), 1, .flags = SCHEMA_INLINE, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_LocalObjectReference, .doc = STR_INIT("The name of an object in the same namespace.")},
    {STR_INIT("key"), 2, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .doc = STR_INIT("The key.")},
    {STR_INIT("optional"), 3, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_BOOL, .doc = STR_INIT("Whether it may be missing.")},
};
static const uint16_t schema_numbers_core_v1_ConfigMapKeySelector[] = {0, 1, 2};
static const struct schema_field *const schema_slots_core_v1_ConfigMapKeySelector[] = {&schema_fields_core_v1_LocalObjectReference[0], &schema_fields_core_v1_ConfigMapKeySelector[1], &schema_fields_core_v1_ConfigMapKeySelector[2]};
static const uint8_t schema_starts_core_v1_ConfigMapKeySelector[] = {0, 1, 2};
static const uint8_t schema_lookup_core_v1_ConfigMapKeySelector[] = {2, 0, 0, 0, 1, 0, 3, 0};
const struct schema_message schema_message_core_v1_ConfigMapKeySelector = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("ConfigMapKeySelector"),
    .map_atomic = true,
    .doc = STR_INIT("One key of a ConfigMap."),
    .fields = schema_fields_core_v1_ConfigMapKeySelector,
    .n_fields = 3,
    .by_number = schema_numbers_core_v1_ConfigMapKeySelector,
    .n_numbered = 3,
    .slots = schema_slots_core_v1_ConfigMapKeySelector,
    .starts = schema_starts_core_v1_ConfigMapKeySelector,
    .n_slots = 3,
    .lookup_mask = 7,
    .lookup = schema_lookup_core_v1_ConfigMapKeySelector,
};
const struct schema_field schema_fields_core_v1_ConfigMapList[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ListMeta, .doc = STR_INIT("Where the list was read, and how to go on.")},
    {STR_INIT("items"), 2, .flags = SCHEMA_REPEATED | SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_ConfigMap, .doc = STR_INIT("The objects of the list.")},
};
static const uint16_t schema_numbers_core_v1_ConfigMapList[] = {1, 2, 0};
static const struct schema_field *const schema_slots_core_v1_ConfigMapList[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_core_v1_ConfigMapList[1], &schema_fields_core_v1_ConfigMapList[2]};
static const uint8_t schema_starts_core_v1_ConfigMapList[] = {0, 2, 3};
static const uint8_t schema_lookup_core_v1_ConfigMapList[] = {1, 2, 3, 4, 0, 0, 0, 0};
const struct schema_message schema_message_core_v1_ConfigMapList = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("ConfigMapList"),
    .fields = schema_fields_core_v1_ConfigMapList,
    .n_fields = 3,
    .by_number = schema_numbers_core_v1_ConfigMapList,
    .n_numbered = 2,
    .slots = schema_slots_core_v1_ConfigMapList,
    .starts = schema_starts_core_v1_ConfigMapList,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_core_v1_ConfigMapList,
};
const struct schema_field schema_fields_core_v1_ConfigMapNodeConfigSource[] = {
    {STR_INIT("namespace"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .doc = STR_INIT("The namespace.")},
    {STR_INIT("name"), 2, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .doc = STR_INIT("The name.")},
    {STR_INIT("uid"), 3, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("The identity the server gave it.")},
    {STR_INIT("resourceVersion"), 4, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("The revision of its last change.")},
    {STR_INIT("kubeletConfigKey"), 5, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\"")},
};
static const uint16_t schema_numbers_core_v1_ConfigMapNodeConfigSource[] = {0, 1, 2, 3, 4};
static const uint8_t schema_lookup_core_v1_ConfigMapNodeConfigSource[] = {1, 0, 0, 5, 2, 4, 0, 0, 0, 0, 0, 0, 0, 3, 0, 0};
const struct schema_message schema_message_core_v1_ConfigMapNodeConfigSource = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("ConfigMapNodeConfigSource"),
    .fields = schema_fields_core_v1_ConfigMapNodeConfigSource,
    .n_fields = 5,
    .by_number = schema_numbers_core_v1_ConfigMapNodeConfigSource,
    .n_numbered = 5,
    .n_slots = 5,
    .lookup_mask = 15,
    .lookup = schema_lookup_core_v1_ConfigMapNodeConfigSource,
};
const struct schema_field schema_fields_core_v1_ConfigMapProjection[] = {
    {STR_INIT("localObjectReference"), 1, .flags = SCHEMA_INLINE, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_LocalObjectReference, .doc = STR_INIT("The name of an object in the same namespace.")},
    {STR_INIT("items"), 2, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_KeyToPath, .doc = STR_INIT("Which keys, and as what file each; all under their own names when left out.")},
    {STR_INIT("optional"), 4, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_BOOL, .doc = STR_INIT("Whether it may be missing.")},
};
static const uint16_t schema_numbers_core_v1_ConfigMapProjection[] = {0, 1, 2};
static const struct schema_field *const schema_slots_core_v1_ConfigMapProjection[] = {&schema_fields_core_v1_LocalObjectReference[0], &schema_fields_core_v1_ConfigMapProjection[1], &schema_fields_core_v1_ConfigMapProjection[2]};
static const uint8_t schema_starts_core_v1_ConfigMapProjection[] = {0, 1, 2};
static const uint8_t schema_lookup_core_v1_ConfigMapProjection[] = {0, 0, 0, 2, 1, 0, 3, 0};
const struct schema_message schema_message_core_v1_ConfigMapProjection = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("ConfigMapProjection"),
    .doc = STR_INIT("A ConfigMap as files."),
    .fields = schema_fields_core_v1_ConfigMapProjection,
    .n_fields = 3,
    .by_number = schema_numbers_core_v1_ConfigMapProjection,
    .n_numbered = 3,
    .slots = schema_slots_core_v1_ConfigMapProjection,
    .starts = schema_starts_core_v1_ConfigMapProjection,
    .n_slots = 3,
    .lookup_mask = 7,
    .lookup = schema_lookup_core_v1_ConfigMapProjection,
};
const struct schema_field schema_fields_core_v1_ConfigMapVolumeSource[] = {
    {STR_INIT("localObjectReference"), 1, .flags = SCHEMA_INLINE, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_LocalObjectReference, .doc = STR_INIT("The name of an object in the same namespace.")},
    {STR_INIT("items"), 2, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_KeyToPath, .doc = STR_INIT("Which keys, and as what file each; all under their own names when left out.")},
    {STR_INIT("defaultMode"), 3, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_INT32, .doc = STR_INIT("Permissions of the files that name none: an octal number, or a decimal one in JSON.")},
    {STR_INIT("optional"), 4, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_BOOL, .doc = STR_INIT("Whether it may be missing.")},
    {STR_INIT("defaultUser"), 5, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_INT64, .extra = &extra_2},
};
static const uint16_t schema_numbers_core_v1_ConfigMapVolumeSource[] = {0, 1, 2, 3, 4};
static const struct schema_field *const schema_slots_core_v1_ConfigMapVolumeSource[] = {&schema_fields_core_v1_LocalObjectReference[0], &schema_fields_core_v1_ConfigMapVolumeSource[1], &schema_fields_core_v1_ConfigMapVolumeSource[2], &schema_fields_core_v1_ConfigMapVolumeSource[3], &schema_fields_core_v1_ConfigMapVolumeSource[4]};
static const uint8_t schema_starts_core_v1_ConfigMapVolumeSource[] = {0, 1, 2, 3, 4};
static const uint8_t schema_lookup_core_v1_ConfigMapVolumeSource[] = {0, 0, 0, 2, 1, 0, 0, 3, 5, 0, 0, 0, 0, 0, 4, 0};
const struct schema_message schema_message_core_v1_ConfigMapVolumeSource = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("ConfigMapVolumeSource"),
    .doc = STR_INIT("A ConfigMap as files. They change when it changes."),
    .fields = schema_fields_core_v1_ConfigMapVolumeSource,
    .n_fields = 5,
    .by_number = schema_numbers_core_v1_ConfigMapVolumeSource,
    .n_numbered = 5,
    .slots = schema_slots_core_v1_ConfigMapVolumeSource,
    .starts = schema_starts_core_v1_ConfigMapVolumeSource,
    .n_slots = 5,
    .lookup_mask = 15,
    .lookup = schema_lookup_core_v1_ConfigMapVolumeSource,
};
static const struct str keys_1[] = {STR_INIT("containerPort"), STR_INIT("protocol"), STR_INIT("")};
static const struct str keys_2[] = {STR_INIT("name"), STR_INIT("")};
static const struct schema_extra extra_3 = {.gate = STR_INIT("InPlacePodVerticalScaling")};
static const struct schema_extra extra_4 = {.gate = STR_INIT("ContainerRestartRules")};
static const struct str keys_3[] = {STR_INIT("mountPath"), STR_INIT("")};
static const struct str keys_4[] = {STR_INIT("devicePath"), STR_INIT("")};
static const struct str enums_3[] = {STR_INIT("FallbackToLogsOnError"), STR_INIT("File"), {NULL, 0}};
static const struct str enums_4[] = {STR_INIT("Always"), STR_INIT("IfNotPresent"), STR_INIT("Never"), {NULL, 0}};
const struct schema_field schema_fields_core_v1_Container[] = {
    {STR_INIT("name"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .doc = STR_INIT("The container's name, unique in the pod. It cannot be changed.")},
    {STR_INIT("image"), 2, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("What to run: registry, name, and tag or digest.")},
    {STR_INIT("command"), 3, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("The program and its first arguments, instead of the image's entry point. $(NAME) is replaced from the environment; $$(NAME) is not.")},
    {STR_INIT("args"), 4, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("The arguments, instead of the image's. $(NAME) is replaced from the environment; $$(NAME) is not.")},
    {STR_INIT("workingDir"), 5, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("The folder it starts in; the image's when left out.")},
    {STR_INIT("ports"), 6, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY | SCHEMA_PATCH_MERGE, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_ContainerPort, .list = SCHEMA_LIST_MAP, .list_keys = keys_1, .merge_key = STR_INIT("containerPort"), .doc = STR_INIT("Ports the container listens on. Naming one does not open it: every port is reachable.")},
    {STR_INIT("envFrom"), 19, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_EnvFromSource, .doc = STR_INIT("ConfigMaps and Secrets whose keys become variables. Later ones win, and env wins over all.")},
    {STR_INIT("env"), 7, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY | SCHEMA_PATCH_MERGE, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_EnvVar, .list = SCHEMA_LIST_MAP, .list_keys = keys_2, .merge_key = STR_INIT("name"), .doc = STR_INIT("Environment variables.")},
    {STR_INIT("resources"), 8, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_ResourceRequirements, .key_default = STR_INIT("{}"), .doc = STR_INIT("CPU, memory and other resources: requests are set aside for the container, limits it cannot pass.")},
    {STR_INIT("resizePolicy"), 23, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_ContainerResizePolicy, .doc = STR_INIT("Whether changing a resource restarts the container."), .extra = &extra_3},
    {STR_INIT("restartPolicy"), 24, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_STRING, .doc = STR_INIT("For this container alone. On an init container, Always makes it a sidecar.")},
    {STR_INIT("restartPolicyRules"), 25, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_ContainerRestartRule, .doc = STR_INIT("Exit codes for which something else is done than the restart policy says."), .extra = &extra_4},
    {STR_INIT("volumeMounts"), 9, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY | SCHEMA_PATCH_MERGE, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_VolumeMount, .list = SCHEMA_LIST_MAP, .list_keys = keys_3, .merge_key = STR_INIT("mountPath"), .doc = STR_INIT("Where the pod's volumes appear in the container.")},
    {STR_INIT("volumeDevices"), 21, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY | SCHEMA_PATCH_MERGE, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_VolumeDevice, .list = SCHEMA_LIST_MAP, .list_keys = keys_4, .merge_key = STR_INIT("devicePath"), .doc = STR_INIT("Block devices the container gets.")},
    {STR_INIT("livenessProbe"), 10, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_Probe, .doc = STR_INIT("When this check fails again and again, the container is restarted.")},
    {STR_INIT("readinessProbe"), 11, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_Probe, .doc = STR_INIT("Only while this check passes do Services send traffic here.")},
    {STR_INIT("startupProbe"), 22, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_Probe, .doc = STR_INIT("Until this check has passed the other two wait; when it keeps failing, the container is restarted.")},
    {STR_INIT("lifecycle"), 12, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_Lifecycle, .doc = STR_INIT("What is run right after the start and before the end.")},
    {STR_INIT("terminationMessagePath"), 13, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("A file whose text, written before the end, becomes the status' message.")},
    {STR_INIT("terminationMessagePolicy"), 20, .flags = SCHEMA_OMITEMPTY | SCHEMA_ENUM_CLOSED, .type = SCHEMA_STRING, .enums = enums_3, .doc = STR_INIT("File takes the message from the file only; FallbackToLogsOnError takes the log's end when the file is empty and the container failed.")},
    {STR_INIT("imagePullPolicy"), 14, .flags = SCHEMA_OMITEMPTY | SCHEMA_ENUM_CLOSED, .type = SCHEMA_STRING, .enums = enums_4, .doc = STR_INIT("Whether to ask the registry at each start, only when the image is not there, or never. Always is the default for the tag latest and for no tag.")},
    {STR_INIT("securityContext"), 15, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_SecurityContext, .doc = STR_INIT("Users, capabilities and other rights of this container; it goes before the pod's.")},
    {STR_INIT("stdin"), 16, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_BOOL, .doc = STR_INIT("Keep standard input open, so that attach can write to it.")},
    {STR_INIT("stdinOnce"), 17, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_BOOL, .doc = STR_INIT("Close standard input when the first who attached leaves.")},
    {STR_INIT("tty"), 18, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_BOOL, .doc = STR_INIT("Give the container a terminal. Needs stdin.")},
};
static const uint16_t schema_numbers_core_v1_Container[] = {0, 1, 2, 3, 4, 5, 7, 8, 12, 14, 15, 17, 18, 20, 21, 22, 23, 24, 6, 19, 13, 16, 9, 10, 11};
static const uint8_t schema_lookup_core_v1_Container[] = {0, 0, 0, 12, 1, 0, 0, 0, 0, 9, 5, 0, 0, 0, 0, 2, 0, 0, 0, 22, 0, 21, 0, 0, 0, 0, 10, 0, 0, 0, 0, 0, 0, 0, 0, 23, 6, 19, 0, 0, 0, 0, 15, 24, 14, 7, 13, 20, 3, 4, 0, 0, 17, 11, 0, 8, 0, 0, 0, 0, 16, 18, 25, 0};
const struct schema_message schema_message_core_v1_Container = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("Container"),
    .doc = STR_INIT("One program of the pod: its image, how it is started, what it may use."),
    .fields = schema_fields_core_v1_Container,
    .n_fields = 25,
    .by_number = schema_numbers_core_v1_Container,
    .n_numbered = 25,
    .n_slots = 25,
    .lookup_mask = 63,
    .lookup = schema_lookup_core_v1_Container,
};
const struct schema_field schema_fields_core_v1_ContainerExtendedResourceRequest[] = {
    {STR_INIT("containerName"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\"")},
    {STR_INIT("resourceName"), 2, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\"")},
    {STR_INIT("requestName"), 3, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\"")},
};
static const uint16_t schema_numbers_core_v1_ContainerExtendedResourceRequest[] = {0, 1, 2};
static const uint8_t schema_lookup_core_v1_ContainerExtendedResourceRequest[] = {0, 0, 0, 0, 0, 2, 1, 3};
const struct schema_message schema_message_core_v1_ContainerExtendedResourceRequest = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("ContainerExtendedResourceRequest"),
    .fields = schema_fields_core_v1_ContainerExtendedResourceRequest,
    .n_fields = 3,
    .by_number = schema_numbers_core_v1_ContainerExtendedResourceRequest,
    .n_numbered = 3,
    .n_slots = 3,
    .lookup_mask = 7,
    .lookup = schema_lookup_core_v1_ContainerExtendedResourceRequest,
};
const struct schema_field schema_fields_core_v1_ContainerImage[] = {
    {STR_INIT("names"), 1, .flags = SCHEMA_REPEATED, .type = SCHEMA_STRING},
    {STR_INIT("sizeBytes"), 2, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_INT64},
};
static const uint16_t schema_numbers_core_v1_ContainerImage[] = {0, 1};
static const uint8_t schema_lookup_core_v1_ContainerImage[] = {1, 0, 0, 2};
const struct schema_message schema_message_core_v1_ContainerImage = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("ContainerImage"),
    .fields = schema_fields_core_v1_ContainerImage,
    .n_fields = 2,
    .by_number = schema_numbers_core_v1_ContainerImage,
    .n_numbered = 2,
    .n_slots = 2,
    .lookup_mask = 3,
    .lookup = schema_lookup_core_v1_ContainerImage,
};
static const struct str enums_5[] = {STR_INIT("SCTP"), STR_INIT("TCP"), STR_INIT("UDP"), {NULL, 0}};
const struct schema_field schema_fields_core_v1_ContainerPort[] = {
    {STR_INIT("name"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("A name that Services and probes can use; unique in the pod.")},
    {STR_INIT("hostPort"), 2, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_INT32, .doc = STR_INIT("The node's port that leads here. On the host's network it must equal containerPort.")},
    {STR_INIT("containerPort"), 3, .flags = SCHEMA_REQUIRED, .type = SCHEMA_INT32, .key_default = STR_INIT("0"), .doc = STR_INIT("The port number in the container.")},
    {STR_INIT("protocol"), 4, .flags = SCHEMA_OMITEMPTY | SCHEMA_ENUM_CLOSED, .type = SCHEMA_STRING, .fallback = STR_INIT("\"TCP\""), .key_default = STR_INIT("\"TCP\""), .enums = enums_5, .doc = STR_INIT("TCP, UDP or SCTP.")},
    {STR_INIT("hostIP"), 5, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("The node's address that hostPort is bound to; all when left out.")},
};
static const uint16_t schema_numbers_core_v1_ContainerPort[] = {0, 1, 2, 3, 4};
static const uint8_t schema_lookup_core_v1_ContainerPort[] = {5, 0, 0, 0, 1, 0, 0, 0, 4, 0, 0, 2, 0, 0, 3, 0};
const struct schema_message schema_message_core_v1_ContainerPort = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("ContainerPort"),
    .doc = STR_INIT("A port the container listens on."),
    .fields = schema_fields_core_v1_ContainerPort,
    .n_fields = 5,
    .by_number = schema_numbers_core_v1_ContainerPort,
    .n_numbered = 5,
    .n_slots = 5,
    .lookup_mask = 15,
    .lookup = schema_lookup_core_v1_ContainerPort,
};
const struct schema_field schema_fields_core_v1_ContainerResizePolicy[] = {
    {STR_INIT("resourceName"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\"")},
    {STR_INIT("restartPolicy"), 2, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\"")},
};
static const uint16_t schema_numbers_core_v1_ContainerResizePolicy[] = {0, 1};
static const uint8_t schema_lookup_core_v1_ContainerResizePolicy[] = {0, 1, 2, 0};
const struct schema_message schema_message_core_v1_ContainerResizePolicy = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("ContainerResizePolicy"),
    .fields = schema_fields_core_v1_ContainerResizePolicy,
    .n_fields = 2,
    .by_number = schema_numbers_core_v1_ContainerResizePolicy,
    .n_numbered = 2,
    .n_slots = 2,
    .lookup_mask = 3,
    .lookup = schema_lookup_core_v1_ContainerResizePolicy,
};
static const struct schema_extra extra_5 = {.choice = STR_INIT("oneOf:when")};
const struct schema_field schema_fields_core_v1_ContainerRestartRule[] = {
    {STR_INIT("action"), 1, .flags = SCHEMA_REQUIRED | SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
    {STR_INIT("exitCodes"), 2, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_ContainerRestartRuleOnExitCodes, .extra = &extra_5},
};
static const uint16_t schema_numbers_core_v1_ContainerRestartRule[] = {0, 1};
static const uint8_t schema_lookup_core_v1_ContainerRestartRule[] = {0, 1, 2, 0};
const struct schema_message schema_message_core_v1_ContainerRestartRule = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("ContainerRestartRule"),
    .fields = schema_fields_core_v1_ContainerRestartRule,
    .n_fields = 2,
    .by_number = schema_numbers_core_v1_ContainerRestartRule,
    .n_numbered = 2,
    .n_slots = 2,
    .lookup_mask = 3,
    .lookup = schema_lookup_core_v1_ContainerRestartRule,
};
const struct schema_field schema_fields_core_v1_ContainerRestartRuleOnExitCodes[] = {
    {STR_INIT("operator"), 1, .flags = SCHEMA_REQUIRED | SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("How they are compared.")},
    {STR_INIT("values"), 2, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_INT32, .list = SCHEMA_LIST_SET},
};
static const uint16_t schema_numbers_core_v1_ContainerRestartRuleOnExitCodes[] = {0, 1};
static const uint8_t schema_lookup_core_v1_ContainerRestartRuleOnExitCodes[] = {1, 2, 0, 0};
const struct schema_message schema_message_core_v1_ContainerRestartRuleOnExitCodes = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("ContainerRestartRuleOnExitCodes"),
    .fields = schema_fields_core_v1_ContainerRestartRuleOnExitCodes,
    .n_fields = 2,
    .by_number = schema_numbers_core_v1_ContainerRestartRuleOnExitCodes,
    .n_numbered = 2,
    .n_slots = 2,
    .lookup_mask = 3,
    .lookup = schema_lookup_core_v1_ContainerRestartRuleOnExitCodes,
};
const struct schema_field schema_fields_core_v1_ContainerState[] = {
    {STR_INIT("waiting"), 1, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_ContainerStateWaiting, .doc = STR_INIT("Not running yet, and why.")},
    {STR_INIT("running"), 2, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_ContainerStateRunning, .doc = STR_INIT("Running, and since when.")},
    {STR_INIT("terminated"), 3, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_ContainerStateTerminated, .doc = STR_INIT("Ended, and how.")},
};
static const uint16_t schema_numbers_core_v1_ContainerState[] = {0, 1, 2};
static const uint8_t schema_lookup_core_v1_ContainerState[] = {0, 1, 0, 2, 3, 0, 0, 0};
const struct schema_message schema_message_core_v1_ContainerState = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("ContainerState"),
    .doc = STR_INIT("What a container does; one is set."),
    .fields = schema_fields_core_v1_ContainerState,
    .n_fields = 3,
    .by_number = schema_numbers_core_v1_ContainerState,
    .n_numbered = 3,
    .n_slots = 3,
    .lookup_mask = 7,
    .lookup = schema_lookup_core_v1_ContainerState,
};
const struct schema_field schema_fields_core_v1_ContainerStateRunning[] = {
    {STR_INIT("startedAt"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_Time, .doc = STR_INIT("A time: RFC 3339, to the second.")},
};
static const uint16_t schema_numbers_core_v1_ContainerStateRunning[] = {0};
static const uint8_t schema_lookup_core_v1_ContainerStateRunning[] = {0, 1, 0, 0};
const struct schema_message schema_message_core_v1_ContainerStateRunning = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("ContainerStateRunning"),
    .fields = schema_fields_core_v1_ContainerStateRunning,
    .n_fields = 1,
    .by_number = schema_numbers_core_v1_ContainerStateRunning,
    .n_numbered = 1,
    .n_slots = 1,
    .lookup_mask = 3,
    .lookup = schema_lookup_core_v1_ContainerStateRunning,
};
const struct schema_field schema_fields_core_v1_ContainerStateTerminated[] = {
    {STR_INIT("exitCode"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_INT32, .key_default = STR_INIT("0"), .doc = STR_INIT("The exit code.")},
    {STR_INIT("signal"), 2, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_INT32, .doc = STR_INIT("The signal that ended it.")},
    {STR_INIT("reason"), 3, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("Why, in one word of CamelCase.")},
    {STR_INIT("message"), 4, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("Why, for people.")},
    {STR_INIT("startedAt"), 5, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_Time, .doc = STR_INIT("A time: RFC 3339, to the second.")},
    {STR_INIT("finishedAt"), 6, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_Time, .doc = STR_INIT("A time: RFC 3339, to the second.")},
    {STR_INIT("containerID"), 7, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
};
static const uint16_t schema_numbers_core_v1_ContainerStateTerminated[] = {0, 1, 2, 3, 4, 5, 6};
static const uint8_t schema_lookup_core_v1_ContainerStateTerminated[] = {3, 1, 5, 0, 0, 2, 0, 4, 0, 0, 7, 0, 0, 0, 0, 6};
const struct schema_message schema_message_core_v1_ContainerStateTerminated = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("ContainerStateTerminated"),
    .doc = STR_INIT("How a container ended."),
    .fields = schema_fields_core_v1_ContainerStateTerminated,
    .n_fields = 7,
    .by_number = schema_numbers_core_v1_ContainerStateTerminated,
    .n_numbered = 7,
    .n_slots = 7,
    .lookup_mask = 15,
    .lookup = schema_lookup_core_v1_ContainerStateTerminated,
};
const struct schema_field schema_fields_core_v1_ContainerStateWaiting[] = {
    {STR_INIT("reason"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("Why, in one word of CamelCase.")},
    {STR_INIT("message"), 2, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("Why, for people.")},
};
static const uint16_t schema_numbers_core_v1_ContainerStateWaiting[] = {0, 1};
static const uint8_t schema_lookup_core_v1_ContainerStateWaiting[] = {1, 0, 0, 2};
const struct schema_message schema_message_core_v1_ContainerStateWaiting = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("ContainerStateWaiting"),
    .fields = schema_fields_core_v1_ContainerStateWaiting,
    .n_fields = 2,
    .by_number = schema_numbers_core_v1_ContainerStateWaiting,
    .n_numbered = 2,
    .n_slots = 2,
    .lookup_mask = 3,
    .lookup = schema_lookup_core_v1_ContainerStateWaiting,
};
static const struct schema_extra extra_6 = {.gate = STR_INIT("SupplementalGroupsPolicy")};
static const struct schema_extra extra_7 = {.gate = STR_INIT("ResourceHealthStatus")};
static const struct str enums_6[] = {STR_INIT("SIGABRT"), STR_INIT("SIGALRM"), STR_INIT("SIGBUS"), STR_INIT("SIGCHLD"), STR_INIT("SIGCLD"), STR_INIT("SIGCONT"), STR_INIT("SIGFPE"), STR_INIT("SIGHUP"), STR_INIT("SIGILL"), STR_INIT("SIGINT"), STR_INIT("SIGIO"), STR_INIT("SIGIOT"), STR_INIT("SIGKILL"), STR_INIT("SIGPIPE"), STR_INIT("SIGPOLL"), STR_INIT("SIGPROF"), STR_INIT("SIGPWR"), STR_INIT("SIGQUIT"), STR_INIT("SIGRTMAX"), STR_INIT("SIGRTMAX-1"), STR_INIT("SIGRTMAX-10"), STR_INIT("SIGRTMAX-11"), STR_INIT("SIGRTMAX-12"), STR_INIT("SIGRTMAX-13"), STR_INIT("SIGRTMAX-14"), STR_INIT("SIGRTMAX-2"), STR_INIT("SIGRTMAX-3"), STR_INIT("SIGRTMAX-4"), STR_INIT("SIGRTMAX-5"), STR_INIT("SIGRTMAX-6"), STR_INIT("SIGRTMAX-7"), STR_INIT("SIGRTMAX-8"), STR_INIT("SIGRTMAX-9"), STR_INIT("SIGRTMIN"), STR_INIT("SIGRTMIN+1"), STR_INIT("SIGRTMIN+10"), STR_INIT("SIGRTMIN+11"), STR_INIT("SIGRTMIN+12"), STR_INIT("SIGRTMIN+13"), STR_INIT("SIGRTMIN+14"), STR_INIT("SIGRTMIN+15"), STR_INIT("SIGRTMIN+2"), STR_INIT("SIGRTMIN+3"), STR_INIT("SIGRTMIN+4"), STR_INIT("SIGRTMIN+5"), STR_INIT("SIGRTMIN+6"), STR_INIT("SIGRTMIN+7"), STR_INIT("SIGRTMIN+8"), STR_INIT("SIGRTMIN+9"), STR_INIT("SIGSEGV"), STR_INIT("SIGSTKFLT"), STR_INIT("SIGSTOP"), STR_INIT("SIGSYS"), STR_INIT("SIGTERM"), STR_INIT("SIGTRAP"), STR_INIT("SIGTSTP"), STR_INIT("SIGTTIN"), STR_INIT("SIGTTOU"), STR_INIT("SIGURG"), STR_INIT("SIGUSR1"), STR_INIT("SIGUSR2"), STR_INIT("SIGVTALRM"), STR_INIT("SIGWINCH"), STR_INIT("SIGXCPU"), STR_INIT("SIGXFSZ"), {NULL, 0}};
static const struct schema_extra extra_8 = {.gate = STR_INIT("ContainerStopSignals")};
const struct schema_field schema_fields_core_v1_ContainerStatus[] = {
    {STR_INIT("name"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .doc = STR_INIT("The name.")},
    {STR_INIT("state"), 2, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_ContainerState, .key_default = STR_INIT("{}"), .doc = STR_INIT("What it does now: waiting, running or terminated.")},
    {STR_INIT("lastState"), 3, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_ContainerState, .key_default = STR_INIT("{}"), .doc = STR_INIT("How it ended the last time.")},
    {STR_INIT("ready"), 4, .flags = SCHEMA_REQUIRED, .type = SCHEMA_BOOL, .key_default = STR_INIT("false"), .doc = STR_INIT("Whether its readiness check passes.")},
    {STR_INIT("restartCount"), 5, .flags = SCHEMA_REQUIRED, .type = SCHEMA_INT32, .key_default = STR_INIT("0"), .doc = STR_INIT("How often it was started again.")},
    {STR_INIT("image"), 6, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .doc = STR_INIT("The image it runs.")},
    {STR_INIT("imageID"), 7, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .doc = STR_INIT("The image's digest.")},
    {STR_INIT("containerID"), 8, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("The container's identity on the node.")},
    {STR_INIT("started"), 9, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_BOOL, .doc = STR_INIT("Whether its startup check has passed.")},
    {STR_INIT("allocatedResources"), 10, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MAP_MESSAGE, .message = &schema_message_resource_Quantity, .doc = STR_INIT("A number with a unit, such as 500m, 1.5 or 2Gi.")},
    {STR_INIT("resources"), 11, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_ResourceRequirements, .doc = STR_INIT("CPU, memory and other resources of a container."), .extra = &extra_3},
    {STR_INIT("volumeMounts"), 12, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY | SCHEMA_PATCH_MERGE, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_VolumeMountStatus, .list = SCHEMA_LIST_MAP, .list_keys = keys_3, .merge_key = STR_INIT("mountPath")},
    {STR_INIT("user"), 13, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_ContainerUser, .extra = &extra_6},
    {STR_INIT("allocatedResourcesStatus"), 14, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY | SCHEMA_PATCH_MERGE, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_ResourceStatus, .list = SCHEMA_LIST_MAP, .list_keys = keys_2, .merge_key = STR_INIT("name"), .extra = &extra_7},
    {STR_INIT("stopSignal"), 15, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR | SCHEMA_ENUM_CLOSED, .type = SCHEMA_STRING, .enums = enums_6, .extra = &extra_8},
};
static const uint16_t schema_numbers_core_v1_ContainerStatus[] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14};
static const uint8_t schema_lookup_core_v1_ContainerStatus[] = {9, 0, 0, 0, 1, 7, 0, 0, 0, 11, 8, 0, 3, 0, 12, 6, 2, 13, 14, 15, 10, 0, 0, 4, 0, 0, 0, 0, 0, 0, 5, 0};
const struct schema_message schema_message_core_v1_ContainerStatus = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("ContainerStatus"),
    .doc = STR_INIT("What is known of one container."),
    .fields = schema_fields_core_v1_ContainerStatus,
    .n_fields = 15,
    .by_number = schema_numbers_core_v1_ContainerStatus,
    .n_numbered = 15,
    .n_slots = 15,
    .lookup_mask = 31,
    .lookup = schema_lookup_core_v1_ContainerStatus,
};
const struct schema_field schema_fields_core_v1_ContainerUser[] = {
    {STR_INIT("linux"), 1, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_LinuxContainerUser},
};
static const uint16_t schema_numbers_core_v1_ContainerUser[] = {0};
static const uint8_t schema_lookup_core_v1_ContainerUser[] = {0, 0, 1, 0};
const struct schema_message schema_message_core_v1_ContainerUser = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("ContainerUser"),
    .fields = schema_fields_core_v1_ContainerUser,
    .n_fields = 1,
    .by_number = schema_numbers_core_v1_ContainerUser,
    .n_numbered = 1,
    .n_slots = 1,
    .lookup_mask = 3,
    .lookup = schema_lookup_core_v1_ContainerUser,
};
const struct schema_field schema_fields_core_v1_DaemonEndpoint[] = {
    {STR_INIT("Port"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_INT32, .key_default = STR_INIT("0")},
};
static const uint16_t schema_numbers_core_v1_DaemonEndpoint[] = {0};
static const uint8_t schema_lookup_core_v1_DaemonEndpoint[] = {0, 0, 0, 1};
const struct schema_message schema_message_core_v1_DaemonEndpoint = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("DaemonEndpoint"),
    .fields = schema_fields_core_v1_DaemonEndpoint,
    .n_fields = 1,
    .by_number = schema_numbers_core_v1_DaemonEndpoint,
    .n_numbered = 1,
    .n_slots = 1,
    .lookup_mask = 3,
    .lookup = schema_lookup_core_v1_DaemonEndpoint,
};
const struct schema_field schema_fields_core_v1_DownwardAPIProjection[] = {
    {STR_INIT("items"), 1, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_DownwardAPIVolumeFile, .doc = STR_INIT("Which facts, and as what file each.")},
};
static const uint16_t schema_numbers_core_v1_DownwardAPIProjection[] = {0};
static const uint8_t schema_lookup_core_v1_DownwardAPIProjection[] = {0, 0, 0, 1};
const struct schema_message schema_message_core_v1_DownwardAPIProjection = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("DownwardAPIProjection"),
    .doc = STR_INIT("Facts about the pod as files."),
    .fields = schema_fields_core_v1_DownwardAPIProjection,
    .n_fields = 1,
    .by_number = schema_numbers_core_v1_DownwardAPIProjection,
    .n_numbered = 1,
    .n_slots = 1,
    .lookup_mask = 3,
    .lookup = schema_lookup_core_v1_DownwardAPIProjection,
};
const struct schema_field schema_fields_core_v1_DownwardAPIVolumeFile[] = {
    {STR_INIT("path"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .doc = STR_INIT("The file's path in the volume; neither absolute nor with \"..\".")},
    {STR_INIT("fieldRef"), 2, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_ObjectFieldSelector, .doc = STR_INIT("A field of the pod.")},
    {STR_INIT("resourceFieldRef"), 3, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_ResourceFieldSelector, .doc = STR_INIT("A limit or request of a container.")},
    {STR_INIT("mode"), 4, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_INT32, .doc = STR_INIT("Permissions of the file: an octal number, or a decimal one in JSON; the volume's defaultMode when left out.")},
    {STR_INIT("user"), 5, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_INT64, .extra = &extra_2},
};
static const uint16_t schema_numbers_core_v1_DownwardAPIVolumeFile[] = {0, 1, 2, 3, 4};
static const uint8_t schema_lookup_core_v1_DownwardAPIVolumeFile[] = {5, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0, 3, 1};
const struct schema_message schema_message_core_v1_DownwardAPIVolumeFile = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("DownwardAPIVolumeFile"),
    .doc = STR_INIT("A fact about the pod as a file."),
    .fields = schema_fields_core_v1_DownwardAPIVolumeFile,
    .n_fields = 5,
    .by_number = schema_numbers_core_v1_DownwardAPIVolumeFile,
    .n_numbered = 5,
    .n_slots = 5,
    .lookup_mask = 15,
    .lookup = schema_lookup_core_v1_DownwardAPIVolumeFile,
};
const struct schema_field schema_fields_core_v1_DownwardAPIVolumeSource[] = {
    {STR_INIT("items"), 1, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_DownwardAPIVolumeFile, .doc = STR_INIT("Which facts, and as what file each.")},
    {STR_INIT("defaultMode"), 2, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_INT32, .doc = STR_INIT("Permissions of the files that name none: an octal number, or a decimal one in JSON.")},
    {STR_INIT("defaultUser"), 3, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_INT64, .extra = &extra_2},
};
static const uint16_t schema_numbers_core_v1_DownwardAPIVolumeSource[] = {0, 1, 2};
static const uint8_t schema_lookup_core_v1_DownwardAPIVolumeSource[] = {3, 0, 0, 1, 0, 0, 0, 2};
const struct schema_message schema_message_core_v1_DownwardAPIVolumeSource = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("DownwardAPIVolumeSource"),
    .doc = STR_INIT("Facts about the pod as files."),
    .fields = schema_fields_core_v1_DownwardAPIVolumeSource,
    .n_fields = 3,
    .by_number = schema_numbers_core_v1_DownwardAPIVolumeSource,
    .n_numbered = 3,
    .n_slots = 3,
    .lookup_mask = 7,
    .lookup = schema_lookup_core_v1_DownwardAPIVolumeSource,
};
static const struct schema_extra extra_9 = {.gate = STR_INIT("EmptyDirVolumeMode")};
const struct schema_field schema_fields_core_v1_EmptyDirVolumeSource[] = {
    {STR_INIT("medium"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("Memory for a folder in memory, which counts against the containers' limits. Empty: the node's disk.")},
    {STR_INIT("sizeLimit"), 2, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_resource_Quantity, .doc = STR_INIT("The most it may hold; beyond it the pod is evicted.")},
    {STR_INIT("mode"), 3, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_INT32, .extra = &extra_9},
};
static const uint16_t schema_numbers_core_v1_EmptyDirVolumeSource[] = {0, 1, 2};
static const uint8_t schema_lookup_core_v1_EmptyDirVolumeSource[] = {0, 2, 3, 0, 0, 0, 1, 0};
const struct schema_message schema_message_core_v1_EmptyDirVolumeSource = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("EmptyDirVolumeSource"),
    .doc = STR_INIT("An empty folder that lives as long as the pod, through restarts of its containers."),
    .fields = schema_fields_core_v1_EmptyDirVolumeSource,
    .n_fields = 3,
    .by_number = schema_numbers_core_v1_EmptyDirVolumeSource,
    .n_numbered = 3,
    .n_slots = 3,
    .lookup_mask = 7,
    .lookup = schema_lookup_core_v1_EmptyDirVolumeSource,
};
const struct schema_field schema_fields_core_v1_EndpointAddress[] = {
    {STR_INIT("ip"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\"")},
    {STR_INIT("hostname"), 3, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
    {STR_INIT("nodeName"), 4, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_STRING},
    {STR_INIT("targetRef"), 2, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_ObjectReference, .doc = STR_INIT("An object, named in full.")},
};
static const uint16_t schema_numbers_core_v1_EndpointAddress[] = {0, 3, 1, 2};
static const uint8_t schema_lookup_core_v1_EndpointAddress[] = {1, 2, 0, 3, 4, 0, 0, 0};
const struct schema_message schema_message_core_v1_EndpointAddress = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("EndpointAddress"),
    .map_atomic = true,
    .fields = schema_fields_core_v1_EndpointAddress,
    .n_fields = 4,
    .by_number = schema_numbers_core_v1_EndpointAddress,
    .n_numbered = 4,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_core_v1_EndpointAddress,
};
const struct schema_field schema_fields_core_v1_EndpointPort[] = {
    {STR_INIT("name"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("The name.")},
    {STR_INIT("port"), 2, .flags = SCHEMA_REQUIRED, .type = SCHEMA_INT32, .key_default = STR_INIT("0")},
    {STR_INIT("protocol"), 3, .flags = SCHEMA_OMITEMPTY | SCHEMA_ENUM_CLOSED, .type = SCHEMA_STRING, .enums = enums_5},
    {STR_INIT("appProtocol"), 4, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_STRING},
};
static const uint16_t schema_numbers_core_v1_EndpointPort[] = {0, 1, 2, 3};
static const uint8_t schema_lookup_core_v1_EndpointPort[] = {3, 0, 0, 0, 1, 2, 4, 0};
const struct schema_message schema_message_core_v1_EndpointPort = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("EndpointPort"),
    .map_atomic = true,
    .fields = schema_fields_core_v1_EndpointPort,
    .n_fields = 4,
    .by_number = schema_numbers_core_v1_EndpointPort,
    .n_numbered = 4,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_core_v1_EndpointPort,
};
const struct schema_field schema_fields_core_v1_EndpointSubset[] = {
    {STR_INIT("addresses"), 1, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_EndpointAddress},
    {STR_INIT("notReadyAddresses"), 2, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_EndpointAddress},
    {STR_INIT("ports"), 3, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_EndpointPort},
};
static const uint16_t schema_numbers_core_v1_EndpointSubset[] = {0, 1, 2};
static const uint8_t schema_lookup_core_v1_EndpointSubset[] = {0, 0, 2, 0, 1, 3, 0, 0};
const struct schema_message schema_message_core_v1_EndpointSubset = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("EndpointSubset"),
    .fields = schema_fields_core_v1_EndpointSubset,
    .n_fields = 3,
    .by_number = schema_numbers_core_v1_EndpointSubset,
    .n_numbered = 3,
    .n_slots = 3,
    .lookup_mask = 7,
    .lookup = schema_lookup_core_v1_EndpointSubset,
};
const struct schema_field schema_fields_core_v1_Endpoints[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ObjectMeta, .key_default = STR_INIT("{}"), .doc = STR_INIT("Standard object's metadata: name, labels and the like.")},
    {STR_INIT("subsets"), 2, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_EndpointSubset, .doc = STR_INIT("Addresses and the ports that all of them have.")},
};
static const uint16_t schema_numbers_core_v1_Endpoints[] = {1, 2, 0};
static const struct schema_field *const schema_slots_core_v1_Endpoints[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_core_v1_Endpoints[1], &schema_fields_core_v1_Endpoints[2]};
static const uint8_t schema_starts_core_v1_Endpoints[] = {0, 2, 3};
static const uint8_t schema_lookup_core_v1_Endpoints[] = {1, 2, 3, 4, 0, 0, 0, 0};
const struct schema_message schema_message_core_v1_Endpoints = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("Endpoints"),
    .doc = STR_INIT("Addresses behind a Service. EndpointSlices tell the same and more."),
    .fields = schema_fields_core_v1_Endpoints,
    .n_fields = 3,
    .by_number = schema_numbers_core_v1_Endpoints,
    .n_numbered = 2,
    .slots = schema_slots_core_v1_Endpoints,
    .starts = schema_starts_core_v1_Endpoints,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_core_v1_Endpoints,
};
const struct schema_field schema_fields_core_v1_EndpointsList[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ListMeta, .doc = STR_INIT("Where the list was read, and how to go on.")},
    {STR_INIT("items"), 2, .flags = SCHEMA_REPEATED | SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_Endpoints, .doc = STR_INIT("The objects of the list.")},
};
static const uint16_t schema_numbers_core_v1_EndpointsList[] = {1, 2, 0};
static const struct schema_field *const schema_slots_core_v1_EndpointsList[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_core_v1_EndpointsList[1], &schema_fields_core_v1_EndpointsList[2]};
static const uint8_t schema_starts_core_v1_EndpointsList[] = {0, 2, 3};
static const uint8_t schema_lookup_core_v1_EndpointsList[] = {1, 2, 3, 4, 0, 0, 0, 0};
const struct schema_message schema_message_core_v1_EndpointsList = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("EndpointsList"),
    .fields = schema_fields_core_v1_EndpointsList,
    .n_fields = 3,
    .by_number = schema_numbers_core_v1_EndpointsList,
    .n_numbered = 2,
    .slots = schema_slots_core_v1_EndpointsList,
    .starts = schema_starts_core_v1_EndpointsList,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_core_v1_EndpointsList,
};
const struct schema_field schema_fields_core_v1_EnvFromSource[] = {
    {STR_INIT("prefix"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("Put before each key.")},
    {STR_INIT("configMapRef"), 2, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_ConfigMapEnvSource, .doc = STR_INIT("The ConfigMap to take.")},
    {STR_INIT("secretRef"), 3, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_SecretEnvSource, .doc = STR_INIT("The Secret to take.")},
};
static const uint16_t schema_numbers_core_v1_EnvFromSource[] = {0, 1, 2};
static const uint8_t schema_lookup_core_v1_EnvFromSource[] = {1, 0, 3, 0, 0, 0, 2, 0};
const struct schema_message schema_message_core_v1_EnvFromSource = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("EnvFromSource"),
    .doc = STR_INIT("All keys of a ConfigMap or Secret as variables."),
    .fields = schema_fields_core_v1_EnvFromSource,
    .n_fields = 3,
    .by_number = schema_numbers_core_v1_EnvFromSource,
    .n_numbered = 3,
    .n_slots = 3,
    .lookup_mask = 7,
    .lookup = schema_lookup_core_v1_EnvFromSource,
};
const struct schema_field schema_fields_core_v1_EnvVar[] = {
    {STR_INIT("name"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .doc = STR_INIT("The variable's name.")},
    {STR_INIT("value"), 2, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("Its text. $(OTHER) is replaced by variables named before; $$(OTHER) is not.")},
    {STR_INIT("valueFrom"), 3, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_EnvVarSource, .doc = STR_INIT("Where the text comes from, instead of value.")},
};
static const uint16_t schema_numbers_core_v1_EnvVar[] = {0, 1, 2};
static const uint8_t schema_lookup_core_v1_EnvVar[] = {2, 0, 0, 0, 1, 0, 0, 3};
const struct schema_message schema_message_core_v1_EnvVar = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("EnvVar"),
    .doc = STR_INIT("A variable of the environment."),
    .fields = schema_fields_core_v1_EnvVar,
    .n_fields = 3,
    .by_number = schema_numbers_core_v1_EnvVar,
    .n_numbered = 3,
    .n_slots = 3,
    .lookup_mask = 7,
    .lookup = schema_lookup_core_v1_EnvVar,
};
static const struct schema_extra extra_10 = {.gate = STR_INIT("EnvFiles")};
const struct schema_field schema_fields_core_v1_EnvVarSource[] = {
    {STR_INIT("fieldRef"), 1, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_ObjectFieldSelector, .doc = STR_INIT("A field of the pod, such as metadata.name or status.podIP.")},
    {STR_INIT("resourceFieldRef"), 2, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_ResourceFieldSelector, .doc = STR_INIT("A limit or request of a container.")},
    {STR_INIT("configMapKeyRef"), 3, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_ConfigMapKeySelector, .doc = STR_INIT("One key of a ConfigMap.")},
    {STR_INIT("secretKeyRef"), 4, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_SecretKeySelector, .doc = STR_INIT("One key of a Secret.")},
    {STR_INIT("fileKeyRef"), 5, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_FileKeySelector, .doc = STR_INIT("One key of a file in a volume."), .extra = &extra_10},
};
static const uint16_t schema_numbers_core_v1_EnvVarSource[] = {0, 1, 2, 3, 4};
static const uint8_t schema_lookup_core_v1_EnvVarSource[] = {3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 5, 2, 4};
const struct schema_message schema_message_core_v1_EnvVarSource = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("EnvVarSource"),
    .doc = STR_INIT("Where a variable's text comes from; exactly one is set."),
    .fields = schema_fields_core_v1_EnvVarSource,
    .n_fields = 5,
    .by_number = schema_numbers_core_v1_EnvVarSource,
    .n_numbered = 5,
    .n_slots = 5,
    .lookup_mask = 15,
    .lookup = schema_lookup_core_v1_EnvVarSource,
};
const struct schema_field schema_fields_core_v1_EphemeralContainer[] = {
    {STR_INIT("ephemeralContainerCommon"), 1, .flags = SCHEMA_INLINE, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_EphemeralContainerCommon, .doc = STR_INIT("What an ephemeral container shares with an ordinary one.")},
    {STR_INIT("targetContainerName"), 2, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("The container whose processes it sees.")},
};
static const uint16_t schema_numbers_core_v1_EphemeralContainer[] = {0, 1};
static const struct schema_field *const schema_slots_core_v1_EphemeralContainer[] = {&schema_fields_core_v1_EphemeralContainerCommon[0], &schema_fields_core_v1_EphemeralContainerCommon[1], &schema_fields_core_v1_EphemeralContainerCommon[2], &schema_fields_core_v1_EphemeralContainerCommon[3], &schema_fields_core_v1_EphemeralContainerCommon[4], &schema_fields_core_v1_EphemeralContainerCommon[5], &schema_fields_core_v1_EphemeralContainerCommon[6], &schema_fields_core_v1_EphemeralContainerCommon[7], &schema_fields_core_v1_EphemeralContainerCommon[8], &schema_fields_core_v1_EphemeralContainerCommon[9], &schema_fields_core_v1_EphemeralContainerCommon[10], &schema_fields_core_v1_EphemeralContainerCommon[11], &schema_fields_core_v1_EphemeralContainerCommon[12], &schema_fields_core_v1_EphemeralContainerCommon[13], &schema_fields_core_v1_EphemeralContainerCommon[14], &schema_fields_core_v1_EphemeralContainerCommon[15], &schema_fields_core_v1_EphemeralContainerCommon[16], &schema_fields_core_v1_EphemeralContainerCommon[17], &schema_fields_core_v1_EphemeralContainerCommon[18], &schema_fields_core_v1_EphemeralContainerCommon[19], &schema_fields_core_v1_EphemeralContainerCommon[20], &schema_fields_core_v1_EphemeralContainerCommon[21], &schema_fields_core_v1_EphemeralContainerCommon[22], &schema_fields_core_v1_EphemeralContainerCommon[23], &schema_fields_core_v1_EphemeralContainerCommon[24], &schema_fields_core_v1_EphemeralContainer[1]};
static const uint8_t schema_starts_core_v1_EphemeralContainer[] = {0, 25};
static const uint8_t schema_lookup_core_v1_EphemeralContainer[] = {0, 0, 0, 12, 1, 0, 0, 0, 0, 9, 5, 0, 0, 0, 0, 2, 0, 0, 0, 22, 0, 21, 0, 0, 0, 0, 10, 0, 0, 0, 0, 0, 0, 0, 0, 23, 6, 19, 0, 0, 0, 0, 15, 24, 14, 7, 13, 20, 3, 4, 0, 0, 17, 11, 26, 8, 0, 0, 0, 0, 16, 18, 25, 0};
const struct schema_message schema_message_core_v1_EphemeralContainer = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("EphemeralContainer"),
    .doc = STR_INIT("A container put into a running pod to look into it. It has no ports, no probes, and is never restarted."),
    .fields = schema_fields_core_v1_EphemeralContainer,
    .n_fields = 2,
    .by_number = schema_numbers_core_v1_EphemeralContainer,
    .n_numbered = 2,
    .slots = schema_slots_core_v1_EphemeralContainer,
    .starts = schema_starts_core_v1_EphemeralContainer,
    .n_slots = 26,
    .lookup_mask = 63,
    .lookup = schema_lookup_core_v1_EphemeralContainer,
};
const struct schema_field schema_fields_core_v1_EphemeralContainerCommon[] = {
    {STR_INIT("name"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .doc = STR_INIT("The container's name, unique in the pod. It cannot be changed.")},
    {STR_INIT("image"), 2, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("What to run: registry, name, and tag or digest.")},
    {STR_INIT("command"), 3, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("The program and its first arguments, instead of the image's entry point. $(NAME) is replaced from the environment; $$(NAME) is not.")},
    {STR_INIT("args"), 4, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("The arguments, instead of the image's. $(NAME) is replaced from the environment; $$(NAME) is not.")},
    {STR_INIT("workingDir"), 5, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("The folder it starts in; the image's when left out.")},
    {STR_INIT("ports"), 6, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY | SCHEMA_PATCH_MERGE, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_ContainerPort, .list = SCHEMA_LIST_MAP, .list_keys = keys_1, .merge_key = STR_INIT("containerPort"), .doc = STR_INIT("Ports the container listens on. Naming one does not open it: every port is reachable.")},
    {STR_INIT("envFrom"), 19, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_EnvFromSource, .doc = STR_INIT("ConfigMaps and Secrets whose keys become variables. Later ones win, and env wins over all.")},
    {STR_INIT("env"), 7, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY | SCHEMA_PATCH_MERGE, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_EnvVar, .list = SCHEMA_LIST_MAP, .list_keys = keys_2, .merge_key = STR_INIT("name"), .doc = STR_INIT("Environment variables.")},
    {STR_INIT("resources"), 8, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_ResourceRequirements, .doc = STR_INIT("CPU, memory and other resources: requests are set aside for the container, limits it cannot pass.")},
    {STR_INIT("resizePolicy"), 23, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_ContainerResizePolicy, .doc = STR_INIT("Whether changing a resource restarts the container."), .extra = &extra_3},
    {STR_INIT("restartPolicy"), 24, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_STRING, .doc = STR_INIT("For this container alone. On an init container, Always makes it a sidecar.")},
    {STR_INIT("restartPolicyRules"), 25, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_ContainerRestartRule, .doc = STR_INIT("Exit codes for which something else is done than the restart policy says."), .extra = &extra_4},
    {STR_INIT("volumeMounts"), 9, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY | SCHEMA_PATCH_MERGE, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_VolumeMount, .list = SCHEMA_LIST_MAP, .list_keys = keys_3, .merge_key = STR_INIT("mountPath"), .doc = STR_INIT("Where the pod's volumes appear in the container.")},
    {STR_INIT("volumeDevices"), 21, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY | SCHEMA_PATCH_MERGE, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_VolumeDevice, .list = SCHEMA_LIST_MAP, .list_keys = keys_4, .merge_key = STR_INIT("devicePath"), .doc = STR_INIT("Block devices the container gets.")},
    {STR_INIT("livenessProbe"), 10, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_Probe, .doc = STR_INIT("When this check fails again and again, the container is restarted.")},
    {STR_INIT("readinessProbe"), 11, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_Probe, .doc = STR_INIT("Only while this check passes do Services send traffic here.")},
    {STR_INIT("startupProbe"), 22, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_Probe, .doc = STR_INIT("Until this check has passed the other two wait; when it keeps failing, the container is restarted.")},
    {STR_INIT("lifecycle"), 12, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_Lifecycle, .doc = STR_INIT("What is run right after the start and before the end.")},
    {STR_INIT("terminationMessagePath"), 13, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("A file whose text, written before the end, becomes the status' message.")},
    {STR_INIT("terminationMessagePolicy"), 20, .flags = SCHEMA_OMITEMPTY | SCHEMA_ENUM_CLOSED, .type = SCHEMA_STRING, .enums = enums_3, .doc = STR_INIT("File takes the message from the file only; FallbackToLogsOnError takes the log's end when the file is empty and the container failed.")},
    {STR_INIT("imagePullPolicy"), 14, .flags = SCHEMA_OMITEMPTY | SCHEMA_ENUM_CLOSED, .type = SCHEMA_STRING, .enums = enums_4, .doc = STR_INIT("Whether to ask the registry at each start, only when the image is not there, or never. Always is the default for the tag latest and for no tag.")},
    {STR_INIT("securityContext"), 15, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_SecurityContext, .doc = STR_INIT("Users, capabilities and other rights of this container; it goes before the pod's.")},
    {STR_INIT("stdin"), 16, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_BOOL, .doc = STR_INIT("Keep standard input open, so that attach can write to it.")},
    {STR_INIT("stdinOnce"), 17, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_BOOL, .doc = STR_INIT("Close standard input when the first who attached leaves.")},
    {STR_INIT("tty"), 18, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_BOOL, .doc = STR_INIT("Give the container a terminal. Needs stdin.")},
};
static const uint16_t schema_numbers_core_v1_EphemeralContainerCommon[] = {0, 1, 2, 3, 4, 5, 7, 8, 12, 14, 15, 17, 18, 20, 21, 22, 23, 24, 6, 19, 13, 16, 9, 10, 11};
static const uint8_t schema_lookup_core_v1_EphemeralContainerCommon[] = {0, 0, 0, 12, 1, 0, 0, 0, 0, 9, 5, 0, 0, 0, 0, 2, 0, 0, 0, 22, 0, 21, 0, 0, 0, 0, 10, 0, 0, 0, 0, 0, 0, 0, 0, 23, 6, 19, 0, 0, 0, 0, 15, 24, 14, 7, 13, 20, 3, 4, 0, 0, 17, 11, 0, 8, 0, 0, 0, 0, 16, 18, 25, 0};
const struct schema_message schema_message_core_v1_EphemeralContainerCommon = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("EphemeralContainerCommon"),
    .doc = STR_INIT("What an ephemeral container shares with an ordinary one."),
    .fields = schema_fields_core_v1_EphemeralContainerCommon,
    .n_fields = 25,
    .by_number = schema_numbers_core_v1_EphemeralContainerCommon,
    .n_numbered = 25,
    .n_slots = 25,
    .lookup_mask = 63,
    .lookup = schema_lookup_core_v1_EphemeralContainerCommon,
};
const struct schema_field schema_fields_core_v1_EphemeralVolumeSource[] = {
    {STR_INIT("volumeClaimTemplate"), 1, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_PersistentVolumeClaimTemplate},
};
static const uint16_t schema_numbers_core_v1_EphemeralVolumeSource[] = {0};
static const uint8_t schema_lookup_core_v1_EphemeralVolumeSource[] = {0, 0, 1, 0};
const struct schema_message schema_message_core_v1_EphemeralVolumeSource = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("EphemeralVolumeSource"),
    .fields = schema_fields_core_v1_EphemeralVolumeSource,
    .n_fields = 1,
    .by_number = schema_numbers_core_v1_EphemeralVolumeSource,
    .n_numbered = 1,
    .n_slots = 1,
    .lookup_mask = 3,
    .lookup = schema_lookup_core_v1_EphemeralVolumeSource,
};
const struct schema_field schema_fields_core_v1_Event[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ObjectMeta, .key_default = STR_INIT("{}"), .doc = STR_INIT("Standard object's metadata: name, labels and the like.")},
    {STR_INIT("involvedObject"), 2, .flags = SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_ObjectReference, .key_default = STR_INIT("{}"), .doc = STR_INIT("What it happened to.")},
    {STR_INIT("reason"), 3, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("Why, in one word of CamelCase.")},
    {STR_INIT("message"), 4, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("Why, for people.")},
    {STR_INIT("source"), 5, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_EventSource, .key_default = STR_INIT("{}"), .doc = STR_INIT("Who tells it.")},
    {STR_INIT("firstTimestamp"), 6, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_Time, .doc = STR_INIT("When it happened first.")},
    {STR_INIT("lastTimestamp"), 7, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_Time, .doc = STR_INIT("When it happened last.")},
    {STR_INIT("count"), 8, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_INT32, .doc = STR_INIT("How often it happened.")},
    {STR_INIT("type"), 9, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("Normal or Warning.")},
    {STR_INIT("eventTime"), 10, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_MicroTime, .doc = STR_INIT("A time: RFC 3339, to the microsecond.")},
    {STR_INIT("series"), 11, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_EventSeries},
    {STR_INIT("action"), 12, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
    {STR_INIT("related"), 13, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_ObjectReference, .doc = STR_INIT("An object, named in full.")},
    {STR_INIT("reportingComponent"), 14, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .doc = STR_INIT("Who tells it, such as coracle.dev/agent.")},
    {STR_INIT("reportingInstance"), 15, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\"")},
};
static const uint16_t schema_numbers_core_v1_Event[] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 0};
static const struct schema_field *const schema_slots_core_v1_Event[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_core_v1_Event[1], &schema_fields_core_v1_Event[2], &schema_fields_core_v1_Event[3], &schema_fields_core_v1_Event[4], &schema_fields_core_v1_Event[5], &schema_fields_core_v1_Event[6], &schema_fields_core_v1_Event[7], &schema_fields_core_v1_Event[8], &schema_fields_core_v1_Event[9], &schema_fields_core_v1_Event[10], &schema_fields_core_v1_Event[11], &schema_fields_core_v1_Event[12], &schema_fields_core_v1_Event[13], &schema_fields_core_v1_Event[14], &schema_fields_core_v1_Event[15]};
static const uint8_t schema_starts_core_v1_Event[] = {0, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};
static const uint8_t schema_lookup_core_v1_Event[] = {5, 14, 0, 0, 9, 0, 15, 0, 1, 7, 10, 0, 0, 0, 0, 0, 13, 0, 0, 0, 0, 0, 4, 6, 2, 17, 0, 0, 0, 0, 0, 0, 0, 0, 8, 0, 0, 0, 0, 0, 0, 0, 12, 16, 0, 0, 0, 0, 3, 0, 11, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};
const struct schema_message schema_message_core_v1_Event = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("Event"),
    .doc = STR_INIT("Something that happened to an object, told to people. It is forgotten after a while."),
    .fields = schema_fields_core_v1_Event,
    .n_fields = 16,
    .by_number = schema_numbers_core_v1_Event,
    .n_numbered = 15,
    .slots = schema_slots_core_v1_Event,
    .starts = schema_starts_core_v1_Event,
    .n_slots = 17,
    .lookup_mask = 63,
    .lookup = schema_lookup_core_v1_Event,
};
const struct schema_field schema_fields_core_v1_EventList[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ListMeta, .doc = STR_INIT("Where the list was read, and how to go on.")},
    {STR_INIT("items"), 2, .flags = SCHEMA_REPEATED | SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_Event, .doc = STR_INIT("The objects of the list.")},
};
static const uint16_t schema_numbers_core_v1_EventList[] = {1, 2, 0};
static const struct schema_field *const schema_slots_core_v1_EventList[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_core_v1_EventList[1], &schema_fields_core_v1_EventList[2]};
static const uint8_t schema_starts_core_v1_EventList[] = {0, 2, 3};
static const uint8_t schema_lookup_core_v1_EventList[] = {1, 2, 3, 4, 0, 0, 0, 0};
const struct schema_message schema_message_core_v1_EventList = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("EventList"),
    .fields = schema_fields_core_v1_EventList,
    .n_fields = 3,
    .by_number = schema_numbers_core_v1_EventList,
    .n_numbered = 2,
    .slots = schema_slots_core_v1_EventList,
    .starts = schema_starts_core_v1_EventList,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_core_v1_EventList,
};
const struct schema_field schema_fields_core_v1_EventSeries[] = {
    {STR_INIT("count"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_INT32},
    {STR_INIT("lastObservedTime"), 2, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_MicroTime, .doc = STR_INIT("A time: RFC 3339, to the microsecond.")},
};
static const uint16_t schema_numbers_core_v1_EventSeries[] = {0, 1};
static const uint8_t schema_lookup_core_v1_EventSeries[] = {2, 1, 0, 0};
const struct schema_message schema_message_core_v1_EventSeries = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("EventSeries"),
    .fields = schema_fields_core_v1_EventSeries,
    .n_fields = 2,
    .by_number = schema_numbers_core_v1_EventSeries,
    .n_numbered = 2,
    .n_slots = 2,
    .lookup_mask = 3,
    .lookup = schema_lookup_core_v1_EventSeries,
};
const struct schema_field schema_fields_core_v1_EventSource[] = {
    {STR_INIT("component"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
    {STR_INIT("host"), 2, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
};
static const uint16_t schema_numbers_core_v1_EventSource[] = {0, 1};
static const uint8_t schema_lookup_core_v1_EventSource[] = {2, 1, 0, 0};
const struct schema_message schema_message_core_v1_EventSource = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("EventSource"),
    .fields = schema_fields_core_v1_EventSource,
    .n_fields = 2,
    .by_number = schema_numbers_core_v1_EventSource,
    .n_numbered = 2,
    .n_slots = 2,
    .lookup_mask = 3,
    .lookup = schema_lookup_core_v1_EventSource,
};
static const struct schema_extra extra_11 = {.rules = STR_INIT("format=k8s-prefixed-label-key")};
static const struct schema_extra extra_12 = {.rules = STR_INIT("minimum=0;maximum=100000")};
const struct schema_field schema_fields_core_v1_EvictionResponder[] = {
    {STR_INIT("name"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .doc = STR_INIT("The name."), .extra = &extra_11},
    {STR_INIT("priority"), 2, .flags = SCHEMA_REQUIRED | SCHEMA_PTR, .type = SCHEMA_INT32, .extra = &extra_12},
};
static const uint16_t schema_numbers_core_v1_EvictionResponder[] = {0, 1};
static const uint8_t schema_lookup_core_v1_EvictionResponder[] = {1, 0, 0, 2};
const struct schema_message schema_message_core_v1_EvictionResponder = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("EvictionResponder"),
    .map_atomic = true,
    .fields = schema_fields_core_v1_EvictionResponder,
    .n_fields = 2,
    .by_number = schema_numbers_core_v1_EvictionResponder,
    .n_numbered = 2,
    .n_slots = 2,
    .lookup_mask = 3,
    .lookup = schema_lookup_core_v1_EvictionResponder,
};
const struct schema_field schema_fields_core_v1_ExecAction[] = {
    {STR_INIT("command"), 1, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("Program and arguments. No shell reads it.")},
};
static const uint16_t schema_numbers_core_v1_ExecAction[] = {0};
static const uint8_t schema_lookup_core_v1_ExecAction[] = {1, 0, 0, 0};
const struct schema_message schema_message_core_v1_ExecAction = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("ExecAction"),
    .doc = STR_INIT("A program to run in the container."),
    .fields = schema_fields_core_v1_ExecAction,
    .n_fields = 1,
    .by_number = schema_numbers_core_v1_ExecAction,
    .n_numbered = 1,
    .n_slots = 1,
    .lookup_mask = 3,
    .lookup = schema_lookup_core_v1_ExecAction,
};
const struct schema_field schema_fields_core_v1_FCVolumeSource[] = {
    {STR_INIT("targetWWNs"), 1, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
    {STR_INIT("lun"), 2, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_INT32},
    {STR_INIT("fsType"), 3, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("The file system.")},
    {STR_INIT("readOnly"), 4, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_BOOL, .doc = STR_INIT("Nothing may be written.")},
    {STR_INIT("wwids"), 5, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
};
static const uint16_t schema_numbers_core_v1_FCVolumeSource[] = {0, 1, 2, 3, 4};
static const uint8_t schema_lookup_core_v1_FCVolumeSource[] = {0, 0, 1, 2, 3, 0, 0, 0, 0, 0, 0, 4, 0, 0, 0, 5};
const struct schema_message schema_message_core_v1_FCVolumeSource = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("FCVolumeSource"),
    .fields = schema_fields_core_v1_FCVolumeSource,
    .n_fields = 5,
    .by_number = schema_numbers_core_v1_FCVolumeSource,
    .n_numbered = 5,
    .n_slots = 5,
    .lookup_mask = 15,
    .lookup = schema_lookup_core_v1_FCVolumeSource,
};
const struct schema_field schema_fields_core_v1_FileKeySelector[] = {
    {STR_INIT("volumeName"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\"")},
    {STR_INIT("path"), 2, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\"")},
    {STR_INIT("key"), 3, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .doc = STR_INIT("The key.")},
    {STR_INIT("optional"), 4, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_BOOL, .fallback = STR_INIT("false"), .key_default = STR_INIT("false"), .doc = STR_INIT("Whether it may be missing.")},
};
static const uint16_t schema_numbers_core_v1_FileKeySelector[] = {0, 1, 2, 3};
static const uint8_t schema_lookup_core_v1_FileKeySelector[] = {2, 3, 0, 0, 0, 0, 4, 1};
const struct schema_message schema_message_core_v1_FileKeySelector = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("FileKeySelector"),
    .map_atomic = true,
    .fields = schema_fields_core_v1_FileKeySelector,
    .n_fields = 4,
    .by_number = schema_numbers_core_v1_FileKeySelector,
    .n_numbered = 4,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_core_v1_FileKeySelector,
};
const struct schema_field schema_fields_core_v1_FlexPersistentVolumeSource[] = {
    {STR_INIT("driver"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\"")},
    {STR_INIT("fsType"), 2, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("The file system.")},
    {STR_INIT("secretRef"), 3, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_SecretReference, .doc = STR_INIT("A Secret, by name and namespace.")},
    {STR_INIT("readOnly"), 4, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_BOOL, .doc = STR_INIT("Nothing may be written.")},
    {STR_INIT("options"), 5, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MAP_STRING},
};
static const uint16_t schema_numbers_core_v1_FlexPersistentVolumeSource[] = {0, 1, 2, 3, 4};
static const uint8_t schema_lookup_core_v1_FlexPersistentVolumeSource[] = {0, 5, 2, 3, 0, 0, 0, 0, 0, 0, 0, 1, 4, 0, 0, 0};
const struct schema_message schema_message_core_v1_FlexPersistentVolumeSource = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("FlexPersistentVolumeSource"),
    .fields = schema_fields_core_v1_FlexPersistentVolumeSource,
    .n_fields = 5,
    .by_number = schema_numbers_core_v1_FlexPersistentVolumeSource,
    .n_numbered = 5,
    .n_slots = 5,
    .lookup_mask = 15,
    .lookup = schema_lookup_core_v1_FlexPersistentVolumeSource,
};
const struct schema_field schema_fields_core_v1_FlexVolumeSource[] = {
    {STR_INIT("driver"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\"")},
    {STR_INIT("fsType"), 2, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("The file system.")},
    {STR_INIT("secretRef"), 3, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_LocalObjectReference, .doc = STR_INIT("The name of an object in the same namespace.")},
    {STR_INIT("readOnly"), 4, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_BOOL, .doc = STR_INIT("Nothing may be written.")},
    {STR_INIT("options"), 5, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MAP_STRING},
};
static const uint16_t schema_numbers_core_v1_FlexVolumeSource[] = {0, 1, 2, 3, 4};
static const uint8_t schema_lookup_core_v1_FlexVolumeSource[] = {0, 5, 2, 3, 0, 0, 0, 0, 0, 0, 0, 1, 4, 0, 0, 0};
const struct schema_message schema_message_core_v1_FlexVolumeSource = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("FlexVolumeSource"),
    .fields = schema_fields_core_v1_FlexVolumeSource,
    .n_fields = 5,
    .by_number = schema_numbers_core_v1_FlexVolumeSource,
    .n_numbered = 5,
    .n_slots = 5,
    .lookup_mask = 15,
    .lookup = schema_lookup_core_v1_FlexVolumeSource,
};
const struct schema_field schema_fields_core_v1_FlockerVolumeSource[] = {
    {STR_INIT("datasetName"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
    {STR_INIT("datasetUUID"), 2, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
};
static const uint16_t schema_numbers_core_v1_FlockerVolumeSource[] = {0, 1};
static const uint8_t schema_lookup_core_v1_FlockerVolumeSource[] = {1, 2, 0, 0};
const struct schema_message schema_message_core_v1_FlockerVolumeSource = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("FlockerVolumeSource"),
    .fields = schema_fields_core_v1_FlockerVolumeSource,
    .n_fields = 2,
    .by_number = schema_numbers_core_v1_FlockerVolumeSource,
    .n_numbered = 2,
    .n_slots = 2,
    .lookup_mask = 3,
    .lookup = schema_lookup_core_v1_FlockerVolumeSource,
};
const struct schema_field schema_fields_core_v1_GCEPersistentDiskVolumeSource[] = {
    {STR_INIT("pdName"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\"")},
    {STR_INIT("fsType"), 2, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("The file system.")},
    {STR_INIT("partition"), 3, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_INT32},
    {STR_INIT("readOnly"), 4, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_BOOL, .doc = STR_INIT("Nothing may be written.")},
};
static const uint16_t schema_numbers_core_v1_GCEPersistentDiskVolumeSource[] = {0, 1, 2, 3};
static const uint8_t schema_lookup_core_v1_GCEPersistentDiskVolumeSource[] = {0, 3, 2, 1, 4, 0, 0, 0};
const struct schema_message schema_message_core_v1_GCEPersistentDiskVolumeSource = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("GCEPersistentDiskVolumeSource"),
    .fields = schema_fields_core_v1_GCEPersistentDiskVolumeSource,
    .n_fields = 4,
    .by_number = schema_numbers_core_v1_GCEPersistentDiskVolumeSource,
    .n_numbered = 4,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_core_v1_GCEPersistentDiskVolumeSource,
};
static const struct str enums_7[] = {STR_INIT("Plaintext"), STR_INIT("TLS"), {NULL, 0}};
static const struct schema_extra extra_13 = {.gate = STR_INIT("GRPCContainerProbeTLS")};
const struct schema_field schema_fields_core_v1_GRPCAction[] = {
    {STR_INIT("port"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_INT32, .key_default = STR_INIT("0"), .doc = STR_INIT("Number of the port.")},
    {STR_INIT("service"), 2, .flags = SCHEMA_PTR, .type = SCHEMA_STRING, .fallback = STR_INIT("\"\""), .key_default = STR_INIT("\"\""), .doc = STR_INIT("The name sent in the question.")},
    {STR_INIT("mode"), 3, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR | SCHEMA_ENUM_CLOSED, .type = SCHEMA_STRING, .enums = enums_7, .extra = &extra_13},
};
static const uint16_t schema_numbers_core_v1_GRPCAction[] = {0, 1, 2};
static const uint8_t schema_lookup_core_v1_GRPCAction[] = {0, 0, 3, 0, 2, 1, 0, 0};
const struct schema_message schema_message_core_v1_GRPCAction = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("GRPCAction"),
    .doc = STR_INIT("A gRPC health service to ask."),
    .fields = schema_fields_core_v1_GRPCAction,
    .n_fields = 3,
    .by_number = schema_numbers_core_v1_GRPCAction,
    .n_numbered = 3,
    .n_slots = 3,
    .lookup_mask = 7,
    .lookup = schema_lookup_core_v1_GRPCAction,
};
const struct schema_field schema_fields_core_v1_GitRepoVolumeSource[] = {
    {STR_INIT("repository"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\"")},
    {STR_INIT("revision"), 2, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
    {STR_INIT("directory"), 3, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
};
static const uint16_t schema_numbers_core_v1_GitRepoVolumeSource[] = {0, 1, 2};
static const uint8_t schema_lookup_core_v1_GitRepoVolumeSource[] = {3, 0, 0, 0, 1, 0, 0, 2};
const struct schema_message schema_message_core_v1_GitRepoVolumeSource = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("GitRepoVolumeSource"),
    .fields = schema_fields_core_v1_GitRepoVolumeSource,
    .n_fields = 3,
    .by_number = schema_numbers_core_v1_GitRepoVolumeSource,
    .n_numbered = 3,
    .n_slots = 3,
    .lookup_mask = 7,
    .lookup = schema_lookup_core_v1_GitRepoVolumeSource,
};
const struct schema_field schema_fields_core_v1_GlusterfsPersistentVolumeSource[] = {
    {STR_INIT("endpoints"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\"")},
    {STR_INIT("path"), 2, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\"")},
    {STR_INIT("readOnly"), 3, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_BOOL, .doc = STR_INIT("Nothing may be written.")},
    {STR_INIT("endpointsNamespace"), 4, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_STRING},
};
static const uint16_t schema_numbers_core_v1_GlusterfsPersistentVolumeSource[] = {0, 1, 2, 3};
static const uint8_t schema_lookup_core_v1_GlusterfsPersistentVolumeSource[] = {4, 0, 0, 3, 0, 1, 0, 2};
const struct schema_message schema_message_core_v1_GlusterfsPersistentVolumeSource = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("GlusterfsPersistentVolumeSource"),
    .fields = schema_fields_core_v1_GlusterfsPersistentVolumeSource,
    .n_fields = 4,
    .by_number = schema_numbers_core_v1_GlusterfsPersistentVolumeSource,
    .n_numbered = 4,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_core_v1_GlusterfsPersistentVolumeSource,
};
const struct schema_field schema_fields_core_v1_GlusterfsVolumeSource[] = {
    {STR_INIT("endpoints"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\"")},
    {STR_INIT("path"), 2, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\"")},
    {STR_INIT("readOnly"), 3, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_BOOL, .doc = STR_INIT("Nothing may be written.")},
};
static const uint16_t schema_numbers_core_v1_GlusterfsVolumeSource[] = {0, 1, 2};
static const uint8_t schema_lookup_core_v1_GlusterfsVolumeSource[] = {0, 0, 0, 3, 0, 1, 0, 2};
const struct schema_message schema_message_core_v1_GlusterfsVolumeSource = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("GlusterfsVolumeSource"),
    .fields = schema_fields_core_v1_GlusterfsVolumeSource,
    .n_fields = 3,
    .by_number = schema_numbers_core_v1_GlusterfsVolumeSource,
    .n_numbered = 3,
    .n_slots = 3,
    .lookup_mask = 7,
    .lookup = schema_lookup_core_v1_GlusterfsVolumeSource,
};
static const struct str enums_8[] = {STR_INIT("HTTP"), STR_INIT("HTTPS"), {NULL, 0}};
static const struct str enums_9[] = {STR_INIT("HTTP1"), STR_INIT("HTTP2"), {NULL, 0}};
static const struct schema_extra extra_14 = {.gate = STR_INIT("H2CContainerProbe")};
const struct schema_field schema_fields_core_v1_HTTPGetAction[] = {
    {STR_INIT("path"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("Path and query.")},
    {STR_INIT("port"), 2, .flags = SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_intstr_IntOrString, .doc = STR_INIT("Number or name of the port.")},
    {STR_INIT("host"), 3, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("Whom to ask; the pod when left out. Set a Host header rather than this.")},
    {STR_INIT("scheme"), 4, .flags = SCHEMA_OMITEMPTY | SCHEMA_ENUM_CLOSED, .type = SCHEMA_STRING, .enums = enums_8, .doc = STR_INIT("HTTP or HTTPS. Certificates are not checked.")},
    {STR_INIT("httpHeaders"), 5, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_HTTPHeader, .doc = STR_INIT("Headers to send; the same name may come more than once.")},
    {STR_INIT("protocol"), 6, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR | SCHEMA_ENUM_CLOSED, .type = SCHEMA_STRING, .enums = enums_9, .extra = &extra_14},
};
static const uint16_t schema_numbers_core_v1_HTTPGetAction[] = {0, 1, 2, 3, 4, 5};
static const uint8_t schema_lookup_core_v1_HTTPGetAction[] = {3, 0, 0, 0, 0, 0, 0, 5, 6, 0, 0, 0, 4, 2, 0, 1};
const struct schema_message schema_message_core_v1_HTTPGetAction = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("HTTPGetAction"),
    .doc = STR_INIT("A page to ask."),
    .fields = schema_fields_core_v1_HTTPGetAction,
    .n_fields = 6,
    .by_number = schema_numbers_core_v1_HTTPGetAction,
    .n_numbered = 6,
    .n_slots = 6,
    .lookup_mask = 15,
    .lookup = schema_lookup_core_v1_HTTPGetAction,
};
const struct schema_field schema_fields_core_v1_HTTPHeader[] = {
    {STR_INIT("name"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .doc = STR_INIT("The name.")},
    {STR_INIT("value"), 2, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .doc = STR_INIT("The value.")},
};
static const uint16_t schema_numbers_core_v1_HTTPHeader[] = {0, 1};
static const uint8_t schema_lookup_core_v1_HTTPHeader[] = {1, 2, 0, 0};
const struct schema_message schema_message_core_v1_HTTPHeader = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("HTTPHeader"),
    .fields = schema_fields_core_v1_HTTPHeader,
    .n_fields = 2,
    .by_number = schema_numbers_core_v1_HTTPHeader,
    .n_numbered = 2,
    .n_slots = 2,
    .lookup_mask = 3,
    .lookup = schema_lookup_core_v1_HTTPHeader,
};
const struct schema_field schema_fields_core_v1_HostAlias[] = {
    {STR_INIT("ip"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\"")},
    {STR_INIT("hostnames"), 2, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
};
static const uint16_t schema_numbers_core_v1_HostAlias[] = {0, 1};
static const uint8_t schema_lookup_core_v1_HostAlias[] = {1, 2, 0, 0};
const struct schema_message schema_message_core_v1_HostAlias = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("HostAlias"),
    .doc = STR_INIT("A line of /etc/hosts."),
    .fields = schema_fields_core_v1_HostAlias,
    .n_fields = 2,
    .by_number = schema_numbers_core_v1_HostAlias,
    .n_numbered = 2,
    .n_slots = 2,
    .lookup_mask = 3,
    .lookup = schema_lookup_core_v1_HostAlias,
};
const struct schema_field schema_fields_core_v1_HostIP[] = {
    {STR_INIT("ip"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\"")},
};
static const uint16_t schema_numbers_core_v1_HostIP[] = {0};
static const uint8_t schema_lookup_core_v1_HostIP[] = {1, 0, 0, 0};
const struct schema_message schema_message_core_v1_HostIP = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("HostIP"),
    .fields = schema_fields_core_v1_HostIP,
    .n_fields = 1,
    .by_number = schema_numbers_core_v1_HostIP,
    .n_numbered = 1,
    .n_slots = 1,
    .lookup_mask = 3,
    .lookup = schema_lookup_core_v1_HostIP,
};
static const struct str enums_10[] = {STR_INIT(""), STR_INIT("BlockDevice"), STR_INIT("CharDevice"), STR_INIT("Directory"), STR_INIT("DirectoryOrCreate"), STR_INIT("File"), STR_INIT("FileOrCreate"), STR_INIT("Socket"), {NULL, 0}};
const struct schema_field schema_fields_core_v1_HostPathVolumeSource[] = {
    {STR_INIT("path"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .doc = STR_INIT("The path on the node; a link is followed.")},
    {STR_INIT("type"), 2, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR | SCHEMA_ENUM_CLOSED, .type = SCHEMA_STRING, .enums = enums_10, .doc = STR_INIT("What must be there, or be made, before the mount. Empty: no check.")},
};
static const uint16_t schema_numbers_core_v1_HostPathVolumeSource[] = {0, 1};
static const uint8_t schema_lookup_core_v1_HostPathVolumeSource[] = {0, 0, 2, 1};
const struct schema_message schema_message_core_v1_HostPathVolumeSource = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("HostPathVolumeSource"),
    .doc = STR_INIT("A path of the node. It outlives the pod, and gives the pod what is there."),
    .fields = schema_fields_core_v1_HostPathVolumeSource,
    .n_fields = 2,
    .by_number = schema_numbers_core_v1_HostPathVolumeSource,
    .n_numbered = 2,
    .n_slots = 2,
    .lookup_mask = 3,
    .lookup = schema_lookup_core_v1_HostPathVolumeSource,
};
const struct schema_field schema_fields_core_v1_ISCSIPersistentVolumeSource[] = {
    {STR_INIT("targetPortal"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\"")},
    {STR_INIT("iqn"), 2, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\"")},
    {STR_INIT("lun"), 3, .flags = SCHEMA_REQUIRED, .type = SCHEMA_INT32, .key_default = STR_INIT("0")},
    {STR_INIT("iscsiInterface"), 4, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .fallback = STR_INIT("\"default\""), .key_default = STR_INIT("\"default\"")},
    {STR_INIT("fsType"), 5, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("The file system.")},
    {STR_INIT("readOnly"), 6, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_BOOL, .doc = STR_INIT("Nothing may be written.")},
    {STR_INIT("portals"), 7, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
    {STR_INIT("chapAuthDiscovery"), 8, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_BOOL},
    {STR_INIT("chapAuthSession"), 11, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_BOOL},
    {STR_INIT("secretRef"), 10, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_SecretReference, .doc = STR_INIT("A Secret, by name and namespace.")},
    {STR_INIT("initiatorName"), 12, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_STRING},
};
static const uint16_t schema_numbers_core_v1_ISCSIPersistentVolumeSource[] = {0, 1, 2, 3, 4, 5, 6, 7, 9, 8, 10};
static const uint8_t schema_lookup_core_v1_ISCSIPersistentVolumeSource[] = {0, 0, 3, 8, 0, 0, 4, 0, 0, 0, 0, 6, 0, 1, 11, 0, 0, 2, 5, 10, 0, 7, 0, 9, 0, 0, 0, 0, 0, 0, 0, 0};
const struct schema_message schema_message_core_v1_ISCSIPersistentVolumeSource = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("ISCSIPersistentVolumeSource"),
    .fields = schema_fields_core_v1_ISCSIPersistentVolumeSource,
    .n_fields = 11,
    .by_number = schema_numbers_core_v1_ISCSIPersistentVolumeSource,
    .n_numbered = 11,
    .n_slots = 11,
    .lookup_mask = 31,
    .lookup = schema_lookup_core_v1_ISCSIPersistentVolumeSource,
};
const struct schema_field schema_fields_core_v1_ISCSIVolumeSource[] = {
    {STR_INIT("targetPortal"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\"")},
    {STR_INIT("iqn"), 2, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\"")},
    {STR_INIT("lun"), 3, .flags = SCHEMA_REQUIRED, .type = SCHEMA_INT32, .key_default = STR_INIT("0")},
    {STR_INIT("iscsiInterface"), 4, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .fallback = STR_INIT("\"default\""), .key_default = STR_INIT("\"default\"")},
    {STR_INIT("fsType"), 5, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("The file system.")},
    {STR_INIT("readOnly"), 6, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_BOOL, .doc = STR_INIT("Nothing may be written.")},
    {STR_INIT("portals"), 7, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
    {STR_INIT("chapAuthDiscovery"), 8, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_BOOL},
    {STR_INIT("chapAuthSession"), 11, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_BOOL},
    {STR_INIT("secretRef"), 10, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_LocalObjectReference, .doc = STR_INIT("The name of an object in the same namespace.")},
    {STR_INIT("initiatorName"), 12, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_STRING},
};
static const uint16_t schema_numbers_core_v1_ISCSIVolumeSource[] = {0, 1, 2, 3, 4, 5, 6, 7, 9, 8, 10};
static const uint8_t schema_lookup_core_v1_ISCSIVolumeSource[] = {0, 0, 3, 8, 0, 0, 4, 0, 0, 0, 0, 6, 0, 1, 11, 0, 0, 2, 5, 10, 0, 7, 0, 9, 0, 0, 0, 0, 0, 0, 0, 0};
const struct schema_message schema_message_core_v1_ISCSIVolumeSource = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("ISCSIVolumeSource"),
    .fields = schema_fields_core_v1_ISCSIVolumeSource,
    .n_fields = 11,
    .by_number = schema_numbers_core_v1_ISCSIVolumeSource,
    .n_numbered = 11,
    .n_slots = 11,
    .lookup_mask = 31,
    .lookup = schema_lookup_core_v1_ISCSIVolumeSource,
};
const struct schema_field schema_fields_core_v1_ImageVolumeSource[] = {
    {STR_INIT("reference"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("What to pull: registry, name, and tag or digest.")},
    {STR_INIT("pullPolicy"), 2, .flags = SCHEMA_OMITEMPTY | SCHEMA_ENUM_CLOSED, .type = SCHEMA_STRING, .enums = enums_4},
};
static const uint16_t schema_numbers_core_v1_ImageVolumeSource[] = {0, 1};
static const uint8_t schema_lookup_core_v1_ImageVolumeSource[] = {0, 0, 1, 2};
const struct schema_message schema_message_core_v1_ImageVolumeSource = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("ImageVolumeSource"),
    .doc = STR_INIT("An OCI image or artifact as a volume."),
    .fields = schema_fields_core_v1_ImageVolumeSource,
    .n_fields = 2,
    .by_number = schema_numbers_core_v1_ImageVolumeSource,
    .n_numbered = 2,
    .n_slots = 2,
    .lookup_mask = 3,
    .lookup = schema_lookup_core_v1_ImageVolumeSource,
};
const struct schema_field schema_fields_core_v1_ImageVolumeStatus[] = {
    {STR_INIT("imageRef"), 1, .flags = SCHEMA_REQUIRED | SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
};
static const uint16_t schema_numbers_core_v1_ImageVolumeStatus[] = {0};
static const uint8_t schema_lookup_core_v1_ImageVolumeStatus[] = {0, 0, 1, 0};
const struct schema_message schema_message_core_v1_ImageVolumeStatus = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("ImageVolumeStatus"),
    .fields = schema_fields_core_v1_ImageVolumeStatus,
    .n_fields = 1,
    .by_number = schema_numbers_core_v1_ImageVolumeStatus,
    .n_numbered = 1,
    .n_slots = 1,
    .lookup_mask = 3,
    .lookup = schema_lookup_core_v1_ImageVolumeStatus,
};
const struct schema_field schema_fields_core_v1_KeyToPath[] = {
    {STR_INIT("key"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .doc = STR_INIT("The key.")},
    {STR_INIT("path"), 2, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .doc = STR_INIT("The file's path in the volume; neither absolute nor with \"..\".")},
    {STR_INIT("mode"), 3, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_INT32, .doc = STR_INIT("Permissions of the file: an octal number, or a decimal one in JSON; the volume's defaultMode when left out.")},
    {STR_INIT("user"), 4, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_INT64, .extra = &extra_2},
};
static const uint16_t schema_numbers_core_v1_KeyToPath[] = {0, 1, 2, 3};
static const uint8_t schema_lookup_core_v1_KeyToPath[] = {1, 4, 3, 0, 0, 0, 0, 2};
const struct schema_message schema_message_core_v1_KeyToPath = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("KeyToPath"),
    .doc = STR_INIT("One key as a file."),
    .fields = schema_fields_core_v1_KeyToPath,
    .n_fields = 4,
    .by_number = schema_numbers_core_v1_KeyToPath,
    .n_numbered = 4,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_core_v1_KeyToPath,
};
const struct schema_field schema_fields_core_v1_Lifecycle[] = {
    {STR_INIT("postStart"), 1, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_LifecycleHandler, .doc = STR_INIT("Run right after the start; when it fails the container is killed and restarted as its policy says.")},
    {STR_INIT("preStop"), 2, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_LifecycleHandler, .doc = STR_INIT("Run before the container is told to end. Its time counts against the grace period.")},
    {STR_INIT("stopSignal"), 3, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR | SCHEMA_ENUM_CLOSED, .type = SCHEMA_STRING, .enums = enums_6, .doc = STR_INIT("The signal that asks the container to end.")},
};
static const uint16_t schema_numbers_core_v1_Lifecycle[] = {0, 1, 2};
static const uint8_t schema_lookup_core_v1_Lifecycle[] = {0, 0, 0, 1, 2, 0, 3, 0};
const struct schema_message schema_message_core_v1_Lifecycle = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("Lifecycle"),
    .doc = STR_INIT("What is run at a container's beginning and end."),
    .fields = schema_fields_core_v1_Lifecycle,
    .n_fields = 3,
    .by_number = schema_numbers_core_v1_Lifecycle,
    .n_numbered = 3,
    .n_slots = 3,
    .lookup_mask = 7,
    .lookup = schema_lookup_core_v1_Lifecycle,
};
const struct schema_field schema_fields_core_v1_LifecycleHandler[] = {
    {STR_INIT("exec"), 1, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_ExecAction, .doc = STR_INIT("Run a program in the container.")},
    {STR_INIT("httpGet"), 2, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_HTTPGetAction, .doc = STR_INIT("Ask a page of the container.")},
    {STR_INIT("tcpSocket"), 3, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_TCPSocketAction, .doc = STR_INIT("Kept for old objects; it has no effect.")},
    {STR_INIT("sleep"), 4, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_SleepAction, .doc = STR_INIT("Wait.")},
};
static const uint16_t schema_numbers_core_v1_LifecycleHandler[] = {0, 1, 2, 3};
static const uint8_t schema_lookup_core_v1_LifecycleHandler[] = {0, 0, 0, 0, 2, 1, 3, 4};
const struct schema_message schema_message_core_v1_LifecycleHandler = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("LifecycleHandler"),
    .doc = STR_INIT("What is done; exactly one is set."),
    .fields = schema_fields_core_v1_LifecycleHandler,
    .n_fields = 4,
    .by_number = schema_numbers_core_v1_LifecycleHandler,
    .n_numbered = 4,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_core_v1_LifecycleHandler,
};
const struct schema_field schema_fields_core_v1_LimitRange[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ObjectMeta, .key_default = STR_INIT("{}"), .doc = STR_INIT("Standard object's metadata: name, labels and the like.")},
    {STR_INIT("spec"), 2, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_LimitRangeSpec, .key_default = STR_INIT("{}"), .doc = STR_INIT("What is wanted.")},
};
static const uint16_t schema_numbers_core_v1_LimitRange[] = {1, 2, 0};
static const struct schema_field *const schema_slots_core_v1_LimitRange[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_core_v1_LimitRange[1], &schema_fields_core_v1_LimitRange[2]};
static const uint8_t schema_starts_core_v1_LimitRange[] = {0, 2, 3};
static const uint8_t schema_lookup_core_v1_LimitRange[] = {1, 2, 3, 0, 0, 4, 0, 0};
const struct schema_message schema_message_core_v1_LimitRange = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("LimitRange"),
    .doc = STR_INIT("Bounds and defaults for the resources of pods, containers and claims of a namespace."),
    .fields = schema_fields_core_v1_LimitRange,
    .n_fields = 3,
    .by_number = schema_numbers_core_v1_LimitRange,
    .n_numbered = 2,
    .slots = schema_slots_core_v1_LimitRange,
    .starts = schema_starts_core_v1_LimitRange,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_core_v1_LimitRange,
};
const struct schema_field schema_fields_core_v1_LimitRangeItem[] = {
    {STR_INIT("type"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\"")},
    {STR_INIT("max"), 2, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MAP_MESSAGE, .message = &schema_message_resource_Quantity, .doc = STR_INIT("A number with a unit, such as 500m, 1.5 or 2Gi.")},
    {STR_INIT("min"), 3, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MAP_MESSAGE, .message = &schema_message_resource_Quantity, .doc = STR_INIT("A number with a unit, such as 500m, 1.5 or 2Gi.")},
    {STR_INIT("default"), 4, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MAP_MESSAGE, .message = &schema_message_resource_Quantity, .doc = STR_INIT("A number with a unit, such as 500m, 1.5 or 2Gi.")},
    {STR_INIT("defaultRequest"), 5, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MAP_MESSAGE, .message = &schema_message_resource_Quantity, .doc = STR_INIT("A number with a unit, such as 500m, 1.5 or 2Gi.")},
    {STR_INIT("maxLimitRequestRatio"), 6, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MAP_MESSAGE, .message = &schema_message_resource_Quantity, .doc = STR_INIT("A number with a unit, such as 500m, 1.5 or 2Gi.")},
};
static const uint16_t schema_numbers_core_v1_LimitRangeItem[] = {0, 1, 2, 3, 4, 5};
static const uint8_t schema_lookup_core_v1_LimitRangeItem[] = {0, 0, 1, 5, 0, 0, 6, 2, 0, 0, 0, 0, 0, 0, 4, 3};
const struct schema_message schema_message_core_v1_LimitRangeItem = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("LimitRangeItem"),
    .fields = schema_fields_core_v1_LimitRangeItem,
    .n_fields = 6,
    .by_number = schema_numbers_core_v1_LimitRangeItem,
    .n_numbered = 6,
    .n_slots = 6,
    .lookup_mask = 15,
    .lookup = schema_lookup_core_v1_LimitRangeItem,
};
const struct schema_field schema_fields_core_v1_LimitRangeList[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ListMeta, .doc = STR_INIT("Where the list was read, and how to go on.")},
    {STR_INIT("items"), 2, .flags = SCHEMA_REPEATED | SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_LimitRange, .doc = STR_INIT("The objects of the list.")},
};
static const uint16_t schema_numbers_core_v1_LimitRangeList[] = {1, 2, 0};
static const struct schema_field *const schema_slots_core_v1_LimitRangeList[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_core_v1_LimitRangeList[1], &schema_fields_core_v1_LimitRangeList[2]};
static const uint8_t schema_starts_core_v1_LimitRangeList[] = {0, 2, 3};
static const uint8_t schema_lookup_core_v1_LimitRangeList[] = {1, 2, 3, 4, 0, 0, 0, 0};
const struct schema_message schema_message_core_v1_LimitRangeList = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("LimitRangeList"),
    .fields = schema_fields_core_v1_LimitRangeList,
    .n_fields = 3,
    .by_number = schema_numbers_core_v1_LimitRangeList,
    .n_numbered = 2,
    .slots = schema_slots_core_v1_LimitRangeList,
    .starts = schema_starts_core_v1_LimitRangeList,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_core_v1_LimitRangeList,
};
const struct schema_field schema_fields_core_v1_LimitRangeSpec[] = {
    {STR_INIT("limits"), 1, .flags = SCHEMA_REPEATED | SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_LimitRangeItem},
};
static const uint16_t schema_numbers_core_v1_LimitRangeSpec[] = {0};
static const uint8_t schema_lookup_core_v1_LimitRangeSpec[] = {1, 0, 0, 0};
const struct schema_message schema_message_core_v1_LimitRangeSpec = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("LimitRangeSpec"),
    .fields = schema_fields_core_v1_LimitRangeSpec,
    .n_fields = 1,
    .by_number = schema_numbers_core_v1_LimitRangeSpec,
    .n_numbered = 1,
    .n_slots = 1,
    .lookup_mask = 3,
    .lookup = schema_lookup_core_v1_LimitRangeSpec,
};
const struct schema_field schema_fields_core_v1_LinuxContainerUser[] = {
    {STR_INIT("uid"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_INT64, .key_default = STR_INIT("0"), .doc = STR_INIT("The identity the server gave it.")},
    {STR_INIT("gid"), 2, .flags = SCHEMA_REQUIRED, .type = SCHEMA_INT64, .key_default = STR_INIT("0")},
    {STR_INIT("supplementalGroups"), 3, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_INT64},
};
static const uint16_t schema_numbers_core_v1_LinuxContainerUser[] = {0, 1, 2};
static const uint8_t schema_lookup_core_v1_LinuxContainerUser[] = {0, 0, 0, 0, 0, 1, 2, 3};
const struct schema_message schema_message_core_v1_LinuxContainerUser = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("LinuxContainerUser"),
    .fields = schema_fields_core_v1_LinuxContainerUser,
    .n_fields = 3,
    .by_number = schema_numbers_core_v1_LinuxContainerUser,
    .n_numbered = 3,
    .n_slots = 3,
    .lookup_mask = 7,
    .lookup = schema_lookup_core_v1_LinuxContainerUser,
};
const struct schema_field schema_fields_core_v1_List[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ListMeta, .doc = STR_INIT("Where the list was read, and how to go on.")},
    {STR_INIT("items"), 2, .flags = SCHEMA_REPEATED | SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_runtime_RawExtension, .doc = STR_INIT("The objects of the list.")},
};
static const uint16_t schema_numbers_core_v1_List[] = {1, 2, 0};
static const struct schema_field *const schema_slots_core_v1_List[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_core_v1_List[1], &schema_fields_core_v1_List[2]};
static const uint8_t schema_starts_core_v1_List[] = {0, 2, 3};
static const uint8_t schema_lookup_core_v1_List[] = {1, 2, 3, 4, 0, 0, 0, 0};
const struct schema_message schema_message_core_v1_List = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("List"),
    .fields = schema_fields_core_v1_List,
    .n_fields = 3,
    .by_number = schema_numbers_core_v1_List,
    .n_numbered = 2,
    .slots = schema_slots_core_v1_List,
    .starts = schema_starts_core_v1_List,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_core_v1_List,
};
const struct schema_field schema_fields_core_v1_LoadBalancerIngress[] = {
    {STR_INIT("ip"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
    {STR_INIT("hostname"), 2, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
    {STR_INIT("ipMode"), 3, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_STRING},
    {STR_INIT("ports"), 4, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_PortStatus},
};
static const uint16_t schema_numbers_core_v1_LoadBalancerIngress[] = {0, 1, 2, 3};
static const uint8_t schema_lookup_core_v1_LoadBalancerIngress[] = {1, 2, 0, 0, 4, 3, 0, 0};
const struct schema_message schema_message_core_v1_LoadBalancerIngress = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("LoadBalancerIngress"),
    .fields = schema_fields_core_v1_LoadBalancerIngress,
    .n_fields = 4,
    .by_number = schema_numbers_core_v1_LoadBalancerIngress,
    .n_numbered = 4,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_core_v1_LoadBalancerIngress,
};
const struct schema_field schema_fields_core_v1_LoadBalancerStatus[] = {
    {STR_INIT("ingress"), 1, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_LoadBalancerIngress, .doc = STR_INIT("Its addresses and names.")},
};
static const uint16_t schema_numbers_core_v1_LoadBalancerStatus[] = {0};
static const uint8_t schema_lookup_core_v1_LoadBalancerStatus[] = {0, 0, 0, 1};
const struct schema_message schema_message_core_v1_LoadBalancerStatus = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("LoadBalancerStatus"),
    .doc = STR_INIT("Where the balancer takes traffic."),
    .fields = schema_fields_core_v1_LoadBalancerStatus,
    .n_fields = 1,
    .by_number = schema_numbers_core_v1_LoadBalancerStatus,
    .n_numbered = 1,
    .n_slots = 1,
    .lookup_mask = 3,
    .lookup = schema_lookup_core_v1_LoadBalancerStatus,
};
const struct schema_field schema_fields_core_v1_LocalObjectReference[] = {
    {STR_INIT("name"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .fallback = STR_INIT("\"\""), .key_default = STR_INIT("\"\""), .doc = STR_INIT("The name.")},
};
static const uint16_t schema_numbers_core_v1_LocalObjectReference[] = {0};
static const uint8_t schema_lookup_core_v1_LocalObjectReference[] = {1, 0, 0, 0};
const struct schema_message schema_message_core_v1_LocalObjectReference = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("LocalObjectReference"),
    .map_atomic = true,
    .doc = STR_INIT("The name of an object in the same namespace."),
    .fields = schema_fields_core_v1_LocalObjectReference,
    .n_fields = 1,
    .by_number = schema_numbers_core_v1_LocalObjectReference,
    .n_numbered = 1,
    .n_slots = 1,
    .lookup_mask = 3,
    .lookup = schema_lookup_core_v1_LocalObjectReference,
};
const struct schema_field schema_fields_core_v1_LocalVolumeSource[] = {
    {STR_INIT("path"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\"")},
    {STR_INIT("fsType"), 2, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_STRING, .doc = STR_INIT("The file system.")},
};
static const uint16_t schema_numbers_core_v1_LocalVolumeSource[] = {0, 1};
static const uint8_t schema_lookup_core_v1_LocalVolumeSource[] = {0, 0, 2, 1};
const struct schema_message schema_message_core_v1_LocalVolumeSource = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("LocalVolumeSource"),
    .fields = schema_fields_core_v1_LocalVolumeSource,
    .n_fields = 2,
    .by_number = schema_numbers_core_v1_LocalVolumeSource,
    .n_numbered = 2,
    .n_slots = 2,
    .lookup_mask = 3,
    .lookup = schema_lookup_core_v1_LocalVolumeSource,
};
static const struct str enums_11[] = {STR_INIT("InProgress"), STR_INIT("Infeasible"), STR_INIT("Pending"), {NULL, 0}};
const struct schema_field schema_fields_core_v1_ModifyVolumeStatus[] = {
    {STR_INIT("targetVolumeAttributesClassName"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
    {STR_INIT("status"), 2, .flags = SCHEMA_REQUIRED | SCHEMA_ENUM_CLOSED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .enums = enums_11, .doc = STR_INIT("What is, as those who look after it tell.")},
};
static const uint16_t schema_numbers_core_v1_ModifyVolumeStatus[] = {0, 1};
static const uint8_t schema_lookup_core_v1_ModifyVolumeStatus[] = {0, 1, 0, 2};
const struct schema_message schema_message_core_v1_ModifyVolumeStatus = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("ModifyVolumeStatus"),
    .fields = schema_fields_core_v1_ModifyVolumeStatus,
    .n_fields = 2,
    .by_number = schema_numbers_core_v1_ModifyVolumeStatus,
    .n_numbered = 2,
    .n_slots = 2,
    .lookup_mask = 3,
    .lookup = schema_lookup_core_v1_ModifyVolumeStatus,
};
const struct schema_field schema_fields_core_v1_NFSVolumeSource[] = {
    {STR_INIT("server"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\"")},
    {STR_INIT("path"), 2, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\"")},
    {STR_INIT("readOnly"), 3, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_BOOL, .doc = STR_INIT("Nothing may be written.")},
};
static const uint16_t schema_numbers_core_v1_NFSVolumeSource[] = {0, 1, 2};
static const uint8_t schema_lookup_core_v1_NFSVolumeSource[] = {0, 0, 0, 3, 0, 1, 0, 2};
const struct schema_message schema_message_core_v1_NFSVolumeSource = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("NFSVolumeSource"),
    .fields = schema_fields_core_v1_NFSVolumeSource,
    .n_fields = 3,
    .by_number = schema_numbers_core_v1_NFSVolumeSource,
    .n_numbered = 3,
    .n_slots = 3,
    .lookup_mask = 7,
    .lookup = schema_lookup_core_v1_NFSVolumeSource,
};
const struct schema_field schema_fields_core_v1_Namespace[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ObjectMeta, .key_default = STR_INIT("{}"), .doc = STR_INIT("Standard object's metadata: name, labels and the like.")},
    {STR_INIT("spec"), 2, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_NamespaceSpec, .key_default = STR_INIT("{}"), .doc = STR_INIT("What is wanted.")},
    {STR_INIT("status"), 3, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_NamespaceStatus, .key_default = STR_INIT("{}"), .doc = STR_INIT("What is, as those who look after it tell.")},
};
static const uint16_t schema_numbers_core_v1_Namespace[] = {1, 2, 3, 0};
static const struct schema_field *const schema_slots_core_v1_Namespace[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_core_v1_Namespace[1], &schema_fields_core_v1_Namespace[2], &schema_fields_core_v1_Namespace[3]};
static const uint8_t schema_starts_core_v1_Namespace[] = {0, 2, 3, 4};
static const uint8_t schema_lookup_core_v1_Namespace[] = {3, 0, 0, 0, 0, 0, 0, 0, 1, 2, 0, 5, 0, 4, 0, 0};
const struct schema_message schema_message_core_v1_Namespace = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("Namespace"),
    .doc = STR_INIT("A room for names: objects in different ones may share a name."),
    .fields = schema_fields_core_v1_Namespace,
    .n_fields = 4,
    .by_number = schema_numbers_core_v1_Namespace,
    .n_numbered = 3,
    .slots = schema_slots_core_v1_Namespace,
    .starts = schema_starts_core_v1_Namespace,
    .n_slots = 5,
    .lookup_mask = 15,
    .lookup = schema_lookup_core_v1_Namespace,
};
const struct schema_field schema_fields_core_v1_NamespaceCondition[] = {
    {STR_INIT("type"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .doc = STR_INIT("Which condition.")},
    {STR_INIT("status"), 2, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .doc = STR_INIT("True, False or Unknown.")},
    {STR_INIT("lastTransitionTime"), 4, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_Time, .doc = STR_INIT("When the condition last changed between True, False and Unknown.")},
    {STR_INIT("reason"), 5, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("Why, in one word of CamelCase.")},
    {STR_INIT("message"), 6, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("Why, for people.")},
};
static const uint16_t schema_numbers_core_v1_NamespaceCondition[] = {0, 1, 2, 3, 4};
static const uint8_t schema_lookup_core_v1_NamespaceCondition[] = {4, 0, 1, 0, 0, 0, 3, 5, 0, 0, 0, 2, 0, 0, 0, 0};
const struct schema_message schema_message_core_v1_NamespaceCondition = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("NamespaceCondition"),
    .fields = schema_fields_core_v1_NamespaceCondition,
    .n_fields = 5,
    .by_number = schema_numbers_core_v1_NamespaceCondition,
    .n_numbered = 5,
    .n_slots = 5,
    .lookup_mask = 15,
    .lookup = schema_lookup_core_v1_NamespaceCondition,
};
const struct schema_field schema_fields_core_v1_NamespaceList[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ListMeta, .doc = STR_INIT("Where the list was read, and how to go on.")},
    {STR_INIT("items"), 2, .flags = SCHEMA_REPEATED | SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_Namespace, .doc = STR_INIT("The objects of the list.")},
};
static const uint16_t schema_numbers_core_v1_NamespaceList[] = {1, 2, 0};
static const struct schema_field *const schema_slots_core_v1_NamespaceList[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_core_v1_NamespaceList[1], &schema_fields_core_v1_NamespaceList[2]};
static const uint8_t schema_starts_core_v1_NamespaceList[] = {0, 2, 3};
static const uint8_t schema_lookup_core_v1_NamespaceList[] = {1, 2, 3, 4, 0, 0, 0, 0};
const struct schema_message schema_message_core_v1_NamespaceList = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("NamespaceList"),
    .fields = schema_fields_core_v1_NamespaceList,
    .n_fields = 3,
    .by_number = schema_numbers_core_v1_NamespaceList,
    .n_numbered = 2,
    .slots = schema_slots_core_v1_NamespaceList,
    .starts = schema_starts_core_v1_NamespaceList,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_core_v1_NamespaceList,
};
const struct schema_field schema_fields_core_v1_NamespaceSpec[] = {
    {STR_INIT("finalizers"), 1, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
};
static const uint16_t schema_numbers_core_v1_NamespaceSpec[] = {0};
static const uint8_t schema_lookup_core_v1_NamespaceSpec[] = {1, 0, 0, 0};
const struct schema_message schema_message_core_v1_NamespaceSpec = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("NamespaceSpec"),
    .doc = STR_INIT("Who must still finish work before the namespace may go."),
    .fields = schema_fields_core_v1_NamespaceSpec,
    .n_fields = 1,
    .by_number = schema_numbers_core_v1_NamespaceSpec,
    .n_numbered = 1,
    .n_slots = 1,
    .lookup_mask = 3,
    .lookup = schema_lookup_core_v1_NamespaceSpec,
};
static const struct str enums_12[] = {STR_INIT("Active"), STR_INIT("Terminating"), {NULL, 0}};
const struct schema_field schema_fields_core_v1_NamespaceStatus[] = {
    {STR_INIT("phase"), 1, .flags = SCHEMA_OMITEMPTY | SCHEMA_ENUM_CLOSED, .type = SCHEMA_STRING, .enums = enums_12, .doc = STR_INIT("Active, or Terminating while its content is deleted.")},
    {STR_INIT("conditions"), 2, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY | SCHEMA_PATCH_MERGE, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_NamespaceCondition, .list = SCHEMA_LIST_MAP, .list_keys = keys_0, .merge_key = STR_INIT("type"), .doc = STR_INIT("What is known of it, each with its last change.")},
};
static const uint16_t schema_numbers_core_v1_NamespaceStatus[] = {0, 1};
static const uint8_t schema_lookup_core_v1_NamespaceStatus[] = {0, 0, 2, 1};
const struct schema_message schema_message_core_v1_NamespaceStatus = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("NamespaceStatus"),
    .doc = STR_INIT("Whether the namespace is in use or being deleted."),
    .fields = schema_fields_core_v1_NamespaceStatus,
    .n_fields = 2,
    .by_number = schema_numbers_core_v1_NamespaceStatus,
    .n_numbered = 2,
    .n_slots = 2,
    .lookup_mask = 3,
    .lookup = schema_lookup_core_v1_NamespaceStatus,
};
const struct schema_field schema_fields_core_v1_Node[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ObjectMeta, .key_default = STR_INIT("{}"), .doc = STR_INIT("Standard object's metadata: name, labels and the like.")},
    {STR_INIT("spec"), 2, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_NodeSpec, .key_default = STR_INIT("{}"), .doc = STR_INIT("What is wanted.")},
    {STR_INIT("status"), 3, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_NodeStatus, .key_default = STR_INIT("{}"), .doc = STR_INIT("What is, as those who look after it tell.")},
};
static const uint16_t schema_numbers_core_v1_Node[] = {1, 2, 3, 0};
static const struct schema_field *const schema_slots_core_v1_Node[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_core_v1_Node[1], &schema_fields_core_v1_Node[2], &schema_fields_core_v1_Node[3]};
static const uint8_t schema_starts_core_v1_Node[] = {0, 2, 3, 4};
static const uint8_t schema_lookup_core_v1_Node[] = {3, 0, 0, 0, 0, 0, 0, 0, 1, 2, 0, 5, 0, 4, 0, 0};
const struct schema_message schema_message_core_v1_Node = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("Node"),
    .doc = STR_INIT("A machine that runs pods."),
    .fields = schema_fields_core_v1_Node,
    .n_fields = 4,
    .by_number = schema_numbers_core_v1_Node,
    .n_numbered = 3,
    .slots = schema_slots_core_v1_Node,
    .starts = schema_starts_core_v1_Node,
    .n_slots = 5,
    .lookup_mask = 15,
    .lookup = schema_lookup_core_v1_Node,
};
const struct schema_field schema_fields_core_v1_NodeAddress[] = {
    {STR_INIT("type"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\"")},
    {STR_INIT("address"), 2, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\"")},
};
static const uint16_t schema_numbers_core_v1_NodeAddress[] = {0, 1};
static const uint8_t schema_lookup_core_v1_NodeAddress[] = {0, 0, 1, 2};
const struct schema_message schema_message_core_v1_NodeAddress = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("NodeAddress"),
    .fields = schema_fields_core_v1_NodeAddress,
    .n_fields = 2,
    .by_number = schema_numbers_core_v1_NodeAddress,
    .n_numbered = 2,
    .n_slots = 2,
    .lookup_mask = 3,
    .lookup = schema_lookup_core_v1_NodeAddress,
};
const struct schema_field schema_fields_core_v1_NodeAffinity[] = {
    {STR_INIT("requiredDuringSchedulingIgnoredDuringExecution"), 1, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_NodeSelector, .doc = STR_INIT("Must hold for the pod to be placed. Later changes of labels move no pod.")},
    {STR_INIT("preferredDuringSchedulingIgnoredDuringExecution"), 2, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_PreferredSchedulingTerm, .doc = STR_INIT("Weighed among the nodes that fit: the sum of the weights that match counts.")},
};
static const uint16_t schema_numbers_core_v1_NodeAffinity[] = {0, 1};
static const uint8_t schema_lookup_core_v1_NodeAffinity[] = {0, 0, 2, 1};
const struct schema_message schema_message_core_v1_NodeAffinity = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("NodeAffinity"),
    .doc = STR_INIT("Rules about labels of nodes."),
    .fields = schema_fields_core_v1_NodeAffinity,
    .n_fields = 2,
    .by_number = schema_numbers_core_v1_NodeAffinity,
    .n_numbered = 2,
    .n_slots = 2,
    .lookup_mask = 3,
    .lookup = schema_lookup_core_v1_NodeAffinity,
};
const struct schema_field schema_fields_core_v1_NodeAllocatableMappedResources[] = {
    {STR_INIT("name"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .doc = STR_INIT("The name.")},
    {STR_INIT("quantity"), 2, .flags = SCHEMA_REQUIRED | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_resource_Quantity, .doc = STR_INIT("A number with a unit, such as 500m, 1.5 or 2Gi.")},
};
static const uint16_t schema_numbers_core_v1_NodeAllocatableMappedResources[] = {0, 1};
static const uint8_t schema_lookup_core_v1_NodeAllocatableMappedResources[] = {1, 0, 2, 0};
const struct schema_message schema_message_core_v1_NodeAllocatableMappedResources = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("NodeAllocatableMappedResources"),
    .fields = schema_fields_core_v1_NodeAllocatableMappedResources,
    .n_fields = 2,
    .by_number = schema_numbers_core_v1_NodeAllocatableMappedResources,
    .n_numbered = 2,
    .n_slots = 2,
    .lookup_mask = 3,
    .lookup = schema_lookup_core_v1_NodeAllocatableMappedResources,
};
const struct schema_field schema_fields_core_v1_NodeAllocatableOverheadResources[] = {
    {STR_INIT("name"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .doc = STR_INIT("The name.")},
    {STR_INIT("perPod"), 2, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_resource_Quantity, .doc = STR_INIT("A number with a unit, such as 500m, 1.5 or 2Gi.")},
    {STR_INIT("perContainer"), 3, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_resource_Quantity, .doc = STR_INIT("A number with a unit, such as 500m, 1.5 or 2Gi.")},
};
static const uint16_t schema_numbers_core_v1_NodeAllocatableOverheadResources[] = {0, 1, 2};
static const uint8_t schema_lookup_core_v1_NodeAllocatableOverheadResources[] = {0, 0, 2, 3, 1, 0, 0, 0};
const struct schema_message schema_message_core_v1_NodeAllocatableOverheadResources = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("NodeAllocatableOverheadResources"),
    .fields = schema_fields_core_v1_NodeAllocatableOverheadResources,
    .n_fields = 3,
    .by_number = schema_numbers_core_v1_NodeAllocatableOverheadResources,
    .n_numbered = 3,
    .n_slots = 3,
    .lookup_mask = 7,
    .lookup = schema_lookup_core_v1_NodeAllocatableOverheadResources,
};
const struct schema_field schema_fields_core_v1_NodeAllocatableResourceClaimStatus[] = {
    {STR_INIT("resourceClaimName"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\"")},
    {STR_INIT("containers"), 2, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .list = SCHEMA_LIST_SET},
    {STR_INIT("mapping"), 4, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY | SCHEMA_PATCH_MERGE, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_NodeAllocatableMappedResources, .list = SCHEMA_LIST_MAP, .list_keys = keys_2, .merge_key = STR_INIT("name")},
    {STR_INIT("overhead"), 5, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY | SCHEMA_PATCH_MERGE, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_NodeAllocatableOverheadResources, .list = SCHEMA_LIST_MAP, .list_keys = keys_2, .merge_key = STR_INIT("name")},
};
static const uint16_t schema_numbers_core_v1_NodeAllocatableResourceClaimStatus[] = {0, 1, 2, 3};
static const uint8_t schema_lookup_core_v1_NodeAllocatableResourceClaimStatus[] = {0, 0, 1, 2, 3, 0, 0, 4};
const struct schema_message schema_message_core_v1_NodeAllocatableResourceClaimStatus = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("NodeAllocatableResourceClaimStatus"),
    .fields = schema_fields_core_v1_NodeAllocatableResourceClaimStatus,
    .n_fields = 4,
    .by_number = schema_numbers_core_v1_NodeAllocatableResourceClaimStatus,
    .n_numbered = 4,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_core_v1_NodeAllocatableResourceClaimStatus,
};
const struct schema_field schema_fields_core_v1_NodeCondition[] = {
    {STR_INIT("type"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .doc = STR_INIT("Which condition.")},
    {STR_INIT("status"), 2, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .doc = STR_INIT("True, False or Unknown.")},
    {STR_INIT("lastHeartbeatTime"), 3, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_Time, .doc = STR_INIT("When it was last told.")},
    {STR_INIT("lastTransitionTime"), 4, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_Time, .doc = STR_INIT("When the condition last changed between True, False and Unknown.")},
    {STR_INIT("reason"), 5, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("Why, in one word of CamelCase.")},
    {STR_INIT("message"), 6, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("Why, for people.")},
};
static const uint16_t schema_numbers_core_v1_NodeCondition[] = {0, 1, 2, 3, 4, 5};
static const uint8_t schema_lookup_core_v1_NodeCondition[] = {5, 0, 1, 0, 0, 0, 4, 6, 0, 3, 0, 2, 0, 0, 0, 0};
const struct schema_message schema_message_core_v1_NodeCondition = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("NodeCondition"),
    .fields = schema_fields_core_v1_NodeCondition,
    .n_fields = 6,
    .by_number = schema_numbers_core_v1_NodeCondition,
    .n_numbered = 6,
    .n_slots = 6,
    .lookup_mask = 15,
    .lookup = schema_lookup_core_v1_NodeCondition,
};
const struct schema_field schema_fields_core_v1_NodeConfigSource[] = {
    {STR_INIT("configMap"), 2, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_ConfigMapNodeConfigSource},
};
static const uint16_t schema_numbers_core_v1_NodeConfigSource[] = {0};
static const uint8_t schema_lookup_core_v1_NodeConfigSource[] = {0, 0, 0, 1};
const struct schema_message schema_message_core_v1_NodeConfigSource = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("NodeConfigSource"),
    .fields = schema_fields_core_v1_NodeConfigSource,
    .n_fields = 1,
    .by_number = schema_numbers_core_v1_NodeConfigSource,
    .n_numbered = 1,
    .n_slots = 1,
    .lookup_mask = 3,
    .lookup = schema_lookup_core_v1_NodeConfigSource,
};
const struct schema_field schema_fields_core_v1_NodeConfigStatus[] = {
    {STR_INIT("assigned"), 1, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_NodeConfigSource},
    {STR_INIT("active"), 2, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_NodeConfigSource},
    {STR_INIT("lastKnownGood"), 3, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_NodeConfigSource},
    {STR_INIT("error"), 4, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
};
static const uint16_t schema_numbers_core_v1_NodeConfigStatus[] = {0, 1, 2, 3};
static const uint8_t schema_lookup_core_v1_NodeConfigStatus[] = {0, 2, 4, 0, 0, 0, 1, 3};
const struct schema_message schema_message_core_v1_NodeConfigStatus = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("NodeConfigStatus"),
    .fields = schema_fields_core_v1_NodeConfigStatus,
    .n_fields = 4,
    .by_number = schema_numbers_core_v1_NodeConfigStatus,
    .n_numbered = 4,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_core_v1_NodeConfigStatus,
};
const struct schema_field schema_fields_core_v1_NodeDaemonEndpoints[] = {
    {STR_INIT("kubeletEndpoint"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_DaemonEndpoint, .key_default = STR_INIT("{}")},
};
static const uint16_t schema_numbers_core_v1_NodeDaemonEndpoints[] = {0};
static const uint8_t schema_lookup_core_v1_NodeDaemonEndpoints[] = {0, 0, 1, 0};
const struct schema_message schema_message_core_v1_NodeDaemonEndpoints = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("NodeDaemonEndpoints"),
    .fields = schema_fields_core_v1_NodeDaemonEndpoints,
    .n_fields = 1,
    .by_number = schema_numbers_core_v1_NodeDaemonEndpoints,
    .n_numbered = 1,
    .n_slots = 1,
    .lookup_mask = 3,
    .lookup = schema_lookup_core_v1_NodeDaemonEndpoints,
};
const struct schema_field schema_fields_core_v1_NodeFeatures[] = {
    {STR_INIT("supplementalGroupsPolicy"), 1, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_BOOL},
};
static const uint16_t schema_numbers_core_v1_NodeFeatures[] = {0};
static const uint8_t schema_lookup_core_v1_NodeFeatures[] = {1, 0, 0, 0};
const struct schema_message schema_message_core_v1_NodeFeatures = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("NodeFeatures"),
    .fields = schema_fields_core_v1_NodeFeatures,
    .n_fields = 1,
    .by_number = schema_numbers_core_v1_NodeFeatures,
    .n_numbered = 1,
    .n_slots = 1,
    .lookup_mask = 3,
    .lookup = schema_lookup_core_v1_NodeFeatures,
};
const struct schema_field schema_fields_core_v1_NodeList[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ListMeta, .doc = STR_INIT("Where the list was read, and how to go on.")},
    {STR_INIT("items"), 2, .flags = SCHEMA_REPEATED | SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_Node, .doc = STR_INIT("The objects of the list.")},
};
static const uint16_t schema_numbers_core_v1_NodeList[] = {1, 2, 0};
static const struct schema_field *const schema_slots_core_v1_NodeList[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_core_v1_NodeList[1], &schema_fields_core_v1_NodeList[2]};
static const uint8_t schema_starts_core_v1_NodeList[] = {0, 2, 3};
static const uint8_t schema_lookup_core_v1_NodeList[] = {1, 2, 3, 4, 0, 0, 0, 0};
const struct schema_message schema_message_core_v1_NodeList = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("NodeList"),
    .fields = schema_fields_core_v1_NodeList,
    .n_fields = 3,
    .by_number = schema_numbers_core_v1_NodeList,
    .n_numbered = 2,
    .slots = schema_slots_core_v1_NodeList,
    .starts = schema_starts_core_v1_NodeList,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_core_v1_NodeList,
};
static const struct schema_extra extra_15 = {.rules = STR_INIT("maxItems=20;eachVal=format=k8s-label-key")};
const struct schema_field schema_fields_core_v1_NodePodPreemptionPolicy[] = {
    {STR_INIT("disableResizePreemption"), 1, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .list = SCHEMA_LIST_SET, .extra = &extra_15},
};
static const uint16_t schema_numbers_core_v1_NodePodPreemptionPolicy[] = {0};
static const uint8_t schema_lookup_core_v1_NodePodPreemptionPolicy[] = {0, 0, 0, 1};
const struct schema_message schema_message_core_v1_NodePodPreemptionPolicy = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("NodePodPreemptionPolicy"),
    .fields = schema_fields_core_v1_NodePodPreemptionPolicy,
    .n_fields = 1,
    .by_number = schema_numbers_core_v1_NodePodPreemptionPolicy,
    .n_numbered = 1,
    .n_slots = 1,
    .lookup_mask = 3,
    .lookup = schema_lookup_core_v1_NodePodPreemptionPolicy,
};
const struct schema_field schema_fields_core_v1_NodeProxyOptions[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("path"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
};
static const uint16_t schema_numbers_core_v1_NodeProxyOptions[] = {1, 0};
static const struct schema_field *const schema_slots_core_v1_NodeProxyOptions[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_core_v1_NodeProxyOptions[1]};
static const uint8_t schema_starts_core_v1_NodeProxyOptions[] = {0, 2};
static const uint8_t schema_lookup_core_v1_NodeProxyOptions[] = {1, 2, 0, 0, 0, 0, 0, 3};
const struct schema_message schema_message_core_v1_NodeProxyOptions = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("NodeProxyOptions"),
    .fields = schema_fields_core_v1_NodeProxyOptions,
    .n_fields = 2,
    .by_number = schema_numbers_core_v1_NodeProxyOptions,
    .n_numbered = 1,
    .slots = schema_slots_core_v1_NodeProxyOptions,
    .starts = schema_starts_core_v1_NodeProxyOptions,
    .n_slots = 3,
    .lookup_mask = 7,
    .lookup = schema_lookup_core_v1_NodeProxyOptions,
};
const struct schema_field schema_fields_core_v1_NodeRuntimeHandler[] = {
    {STR_INIT("name"), 1, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .doc = STR_INIT("The name.")},
    {STR_INIT("features"), 2, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_NodeRuntimeHandlerFeatures},
};
static const uint16_t schema_numbers_core_v1_NodeRuntimeHandler[] = {0, 1};
static const uint8_t schema_lookup_core_v1_NodeRuntimeHandler[] = {1, 2, 0, 0};
const struct schema_message schema_message_core_v1_NodeRuntimeHandler = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("NodeRuntimeHandler"),
    .fields = schema_fields_core_v1_NodeRuntimeHandler,
    .n_fields = 2,
    .by_number = schema_numbers_core_v1_NodeRuntimeHandler,
    .n_numbered = 2,
    .n_slots = 2,
    .lookup_mask = 3,
    .lookup = schema_lookup_core_v1_NodeRuntimeHandler,
};
const struct schema_field schema_fields_core_v1_NodeRuntimeHandlerFeatures[] = {
    {STR_INIT("recursiveReadOnlyMounts"), 1, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_BOOL},
    {STR_INIT("userNamespaces"), 2, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_BOOL},
};
static const uint16_t schema_numbers_core_v1_NodeRuntimeHandlerFeatures[] = {0, 1};
static const uint8_t schema_lookup_core_v1_NodeRuntimeHandlerFeatures[] = {0, 1, 0, 2};
const struct schema_message schema_message_core_v1_NodeRuntimeHandlerFeatures = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("NodeRuntimeHandlerFeatures"),
    .fields = schema_fields_core_v1_NodeRuntimeHandlerFeatures,
    .n_fields = 2,
    .by_number = schema_numbers_core_v1_NodeRuntimeHandlerFeatures,
    .n_numbered = 2,
    .n_slots = 2,
    .lookup_mask = 3,
    .lookup = schema_lookup_core_v1_NodeRuntimeHandlerFeatures,
};
const struct schema_field schema_fields_core_v1_NodeSelector[] = {
    {STR_INIT("nodeSelectorTerms"), 1, .flags = SCHEMA_REPEATED | SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_NodeSelectorTerm, .doc = STR_INIT("The terms; any of them may match.")},
};
static const uint16_t schema_numbers_core_v1_NodeSelector[] = {0};
static const uint8_t schema_lookup_core_v1_NodeSelector[] = {1, 0, 0, 0};
const struct schema_message schema_message_core_v1_NodeSelector = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("NodeSelector"),
    .map_atomic = true,
    .doc = STR_INIT("Which nodes; one matching term is enough."),
    .fields = schema_fields_core_v1_NodeSelector,
    .n_fields = 1,
    .by_number = schema_numbers_core_v1_NodeSelector,
    .n_numbered = 1,
    .n_slots = 1,
    .lookup_mask = 3,
    .lookup = schema_lookup_core_v1_NodeSelector,
};
static const struct str enums_13[] = {STR_INIT("DoesNotExist"), STR_INIT("Exists"), STR_INIT("Gt"), STR_INIT("In"), STR_INIT("Lt"), STR_INIT("NotIn"), {NULL, 0}};
const struct schema_field schema_fields_core_v1_NodeSelectorRequirement[] = {
    {STR_INIT("key"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .doc = STR_INIT("The key.")},
    {STR_INIT("operator"), 2, .flags = SCHEMA_REQUIRED | SCHEMA_ENUM_CLOSED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .enums = enums_13, .doc = STR_INIT("How they are compared.")},
    {STR_INIT("values"), 3, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
};
static const uint16_t schema_numbers_core_v1_NodeSelectorRequirement[] = {0, 1, 2};
static const uint8_t schema_lookup_core_v1_NodeSelectorRequirement[] = {1, 2, 3, 0, 0, 0, 0, 0};
const struct schema_message schema_message_core_v1_NodeSelectorRequirement = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("NodeSelectorRequirement"),
    .fields = schema_fields_core_v1_NodeSelectorRequirement,
    .n_fields = 3,
    .by_number = schema_numbers_core_v1_NodeSelectorRequirement,
    .n_numbered = 3,
    .n_slots = 3,
    .lookup_mask = 7,
    .lookup = schema_lookup_core_v1_NodeSelectorRequirement,
};
const struct schema_field schema_fields_core_v1_NodeSelectorTerm[] = {
    {STR_INIT("matchExpressions"), 1, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_NodeSelectorRequirement, .doc = STR_INIT("Requirements on labels.")},
    {STR_INIT("matchFields"), 2, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_NodeSelectorRequirement, .doc = STR_INIT("Requirements on fields; metadata.name is the only one.")},
};
static const uint16_t schema_numbers_core_v1_NodeSelectorTerm[] = {0, 1};
static const uint8_t schema_lookup_core_v1_NodeSelectorTerm[] = {2, 1, 0, 0};
const struct schema_message schema_message_core_v1_NodeSelectorTerm = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("NodeSelectorTerm"),
    .map_atomic = true,
    .doc = STR_INIT("All of its requirements must match. An empty term matches nothing."),
    .fields = schema_fields_core_v1_NodeSelectorTerm,
    .n_fields = 2,
    .by_number = schema_numbers_core_v1_NodeSelectorTerm,
    .n_numbered = 2,
    .n_slots = 2,
    .lookup_mask = 3,
    .lookup = schema_lookup_core_v1_NodeSelectorTerm,
};
static const struct schema_extra extra_16 = {.rules = STR_INIT("update=NoModify;update=NoUnset")};
static const struct schema_extra extra_17 = {.gate = STR_INIT("InPlacePodVerticalScalingSchedulerPreemption"), .rules = STR_INIT("ifDisabled(InPlacePodVerticalScalingSchedulerPreemption)=forbidden")};
const struct schema_field schema_fields_core_v1_NodeSpec[] = {
    {STR_INIT("podCIDR"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("Range of the addresses of its pods.")},
    {STR_INIT("podCIDRs"), 7, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY | SCHEMA_PATCH_MERGE, .type = SCHEMA_STRING, .list = SCHEMA_LIST_SET, .doc = STR_INIT("Ranges of the addresses of its pods, at most one a family.")},
    {STR_INIT("providerID"), 3, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("The machine's identity at who lent it."), .extra = &extra_16},
    {STR_INIT("unschedulable"), 4, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_BOOL, .doc = STR_INIT("No new pods are placed here; kubectl cordon sets it.")},
    {STR_INIT("taints"), 5, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_Taint, .doc = STR_INIT("What keeps pods away.")},
    {STR_INIT("configSource"), 6, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_NodeConfigSource},
    {STR_INIT("externalID"), 2, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
    {STR_INIT("podPreemptionPolicy"), 8, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_NodePodPreemptionPolicy, .extra = &extra_17},
};
static const uint16_t schema_numbers_core_v1_NodeSpec[] = {0, 6, 2, 3, 4, 5, 1, 7};
static const uint8_t schema_lookup_core_v1_NodeSpec[] = {8, 0, 2, 4, 1, 0, 0, 0, 0, 0, 0, 7, 3, 6, 0, 5};
const struct schema_message schema_message_core_v1_NodeSpec = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("NodeSpec"),
    .doc = STR_INIT("What is wanted of the node."),
    .fields = schema_fields_core_v1_NodeSpec,
    .n_fields = 8,
    .by_number = schema_numbers_core_v1_NodeSpec,
    .n_numbered = 8,
    .n_slots = 8,
    .lookup_mask = 15,
    .lookup = schema_lookup_core_v1_NodeSpec,
};
static const struct str enums_14[] = {STR_INIT("Pending"), STR_INIT("Running"), STR_INIT("Terminated"), {NULL, 0}};
static const struct schema_extra extra_18 = {.gate = STR_INIT("NodeDeclaredFeatures")};
const struct schema_field schema_fields_core_v1_NodeStatus[] = {
    {STR_INIT("capacity"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MAP_MESSAGE, .message = &schema_message_resource_Quantity, .doc = STR_INIT("What there is.")},
    {STR_INIT("allocatable"), 2, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MAP_MESSAGE, .message = &schema_message_resource_Quantity, .doc = STR_INIT("What pods may use of it.")},
    {STR_INIT("phase"), 3, .flags = SCHEMA_OMITEMPTY | SCHEMA_ENUM_CLOSED, .type = SCHEMA_STRING, .enums = enums_14, .doc = STR_INIT("Not used any more.")},
    {STR_INIT("conditions"), 4, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY | SCHEMA_PATCH_MERGE, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_NodeCondition, .list = SCHEMA_LIST_MAP, .list_keys = keys_0, .merge_key = STR_INIT("type"), .doc = STR_INIT("Ready, pressure on memory, disk or process numbers, and so on.")},
    {STR_INIT("addresses"), 5, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY | SCHEMA_PATCH_MERGE, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_NodeAddress, .list = SCHEMA_LIST_MAP, .list_keys = keys_0, .merge_key = STR_INIT("type"), .doc = STR_INIT("Under which addresses and names it is reached.")},
    {STR_INIT("daemonEndpoints"), 6, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_NodeDaemonEndpoints, .key_default = STR_INIT("{}"), .doc = STR_INIT("The agent's port.")},
    {STR_INIT("nodeInfo"), 7, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_NodeSystemInfo, .key_default = STR_INIT("{}"), .doc = STR_INIT("Versions and identities of the machine and its software.")},
    {STR_INIT("images"), 8, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_ContainerImage, .doc = STR_INIT("Images that are there.")},
    {STR_INIT("volumesInUse"), 9, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("Volumes mounted here.")},
    {STR_INIT("volumesAttached"), 10, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_AttachedVolume, .doc = STR_INIT("Volumes attached here.")},
    {STR_INIT("config"), 11, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_NodeConfigStatus},
    {STR_INIT("runtimeHandlers"), 12, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_NodeRuntimeHandler, .doc = STR_INIT("What the ways to run containers here can do.")},
    {STR_INIT("features"), 13, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_NodeFeatures, .doc = STR_INIT("What the node can do."), .extra = &extra_6},
    {STR_INIT("declaredFeatures"), 14, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .extra = &extra_18},
};
static const uint16_t schema_numbers_core_v1_NodeStatus[] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13};
static const uint8_t schema_lookup_core_v1_NodeStatus[] = {0, 0, 11, 3, 5, 0, 14, 0, 10, 0, 0, 0, 0, 8, 4, 2, 0, 0, 0, 0, 9, 0, 0, 6, 12, 0, 0, 0, 0, 13, 1, 7};
const struct schema_message schema_message_core_v1_NodeStatus = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("NodeStatus"),
    .doc = STR_INIT("What the node says of itself."),
    .fields = schema_fields_core_v1_NodeStatus,
    .n_fields = 14,
    .by_number = schema_numbers_core_v1_NodeStatus,
    .n_numbered = 14,
    .n_slots = 14,
    .lookup_mask = 31,
    .lookup = schema_lookup_core_v1_NodeStatus,
};
const struct schema_field schema_fields_core_v1_NodeSwapStatus[] = {
    {STR_INIT("capacity"), 1, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_INT64},
};
static const uint16_t schema_numbers_core_v1_NodeSwapStatus[] = {0};
static const uint8_t schema_lookup_core_v1_NodeSwapStatus[] = {0, 0, 1, 0};
const struct schema_message schema_message_core_v1_NodeSwapStatus = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("NodeSwapStatus"),
    .fields = schema_fields_core_v1_NodeSwapStatus,
    .n_fields = 1,
    .by_number = schema_numbers_core_v1_NodeSwapStatus,
    .n_numbered = 1,
    .n_slots = 1,
    .lookup_mask = 3,
    .lookup = schema_lookup_core_v1_NodeSwapStatus,
};
static const struct schema_extra extra_19 = {.gate = STR_INIT("KubeletInUserNamespace")};
const struct schema_field schema_fields_core_v1_NodeSystemInfo[] = {
    {STR_INIT("machineID"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\"")},
    {STR_INIT("systemUUID"), 2, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\"")},
    {STR_INIT("bootID"), 3, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\"")},
    {STR_INIT("kernelVersion"), 4, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\"")},
    {STR_INIT("osImage"), 5, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\"")},
    {STR_INIT("containerRuntimeVersion"), 6, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\"")},
    {STR_INIT("kubeletVersion"), 7, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\"")},
    {STR_INIT("kubeProxyVersion"), 8, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\"")},
    {STR_INIT("operatingSystem"), 9, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\"")},
    {STR_INIT("architecture"), 10, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\"")},
    {STR_INIT("swap"), 11, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_NodeSwapStatus},
    {STR_INIT("runningInUserNamespace"), 12, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_BOOL, .doc = STR_INIT("Whether the node's agent itself runs in a user namespace."), .extra = &extra_19},
};
static const uint16_t schema_numbers_core_v1_NodeSystemInfo[] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11};
static const uint8_t schema_lookup_core_v1_NodeSystemInfo[] = {0, 0, 0, 0, 4, 5, 0, 0, 0, 0, 10, 12, 0, 0, 0, 0, 0, 9, 2, 0, 0, 0, 3, 0, 0, 6, 11, 7, 1, 8, 0, 0};
const struct schema_message schema_message_core_v1_NodeSystemInfo = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("NodeSystemInfo"),
    .doc = STR_INIT("Versions and identities of a machine and its software."),
    .fields = schema_fields_core_v1_NodeSystemInfo,
    .n_fields = 12,
    .by_number = schema_numbers_core_v1_NodeSystemInfo,
    .n_numbered = 12,
    .n_slots = 12,
    .lookup_mask = 31,
    .lookup = schema_lookup_core_v1_NodeSystemInfo,
};
const struct schema_field schema_fields_core_v1_ObjectFieldSelector[] = {
    {STR_INIT("apiVersion"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("Version of the API the path is written for.")},
    {STR_INIT("fieldPath"), 2, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .doc = STR_INIT("Path of the field, such as metadata.labels['app'].")},
};
static const uint16_t schema_numbers_core_v1_ObjectFieldSelector[] = {0, 1};
static const uint8_t schema_lookup_core_v1_ObjectFieldSelector[] = {1, 0, 0, 2};
const struct schema_message schema_message_core_v1_ObjectFieldSelector = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("ObjectFieldSelector"),
    .map_atomic = true,
    .doc = STR_INIT("A field of the pod."),
    .fields = schema_fields_core_v1_ObjectFieldSelector,
    .n_fields = 2,
    .by_number = schema_numbers_core_v1_ObjectFieldSelector,
    .n_numbered = 2,
    .n_slots = 2,
    .lookup_mask = 3,
    .lookup = schema_lookup_core_v1_ObjectFieldSelector,
};
const struct schema_field schema_fields_core_v1_ObjectReference[] = {
    {STR_INIT("kind"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("The kind.")},
    {STR_INIT("namespace"), 2, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("The namespace.")},
    {STR_INIT("name"), 3, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("The name.")},
    {STR_INIT("uid"), 4, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("The identity the server gave it.")},
    {STR_INIT("apiVersion"), 5, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("Group and version of the API.")},
    {STR_INIT("resourceVersion"), 6, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("The revision of its last change.")},
    {STR_INIT("fieldPath"), 7, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("The field that is meant.")},
};
static const uint16_t schema_numbers_core_v1_ObjectReference[] = {0, 1, 2, 3, 4, 5, 6};
static const uint8_t schema_lookup_core_v1_ObjectReference[] = {2, 0, 0, 7, 3, 6, 0, 0, 1, 5, 0, 0, 0, 4, 0, 0};
const struct schema_message schema_message_core_v1_ObjectReference = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("ObjectReference"),
    .map_atomic = true,
    .doc = STR_INIT("An object, named in full."),
    .fields = schema_fields_core_v1_ObjectReference,
    .n_fields = 7,
    .by_number = schema_numbers_core_v1_ObjectReference,
    .n_numbered = 7,
    .n_slots = 7,
    .lookup_mask = 15,
    .lookup = schema_lookup_core_v1_ObjectReference,
};
const struct schema_field schema_fields_core_v1_PersistentVolume[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ObjectMeta, .key_default = STR_INIT("{}"), .doc = STR_INIT("Standard object's metadata: name, labels and the like.")},
    {STR_INIT("spec"), 2, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_PersistentVolumeSpec, .key_default = STR_INIT("{}"), .doc = STR_INIT("What is wanted.")},
    {STR_INIT("status"), 3, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_PersistentVolumeStatus, .key_default = STR_INIT("{}"), .doc = STR_INIT("What is, as those who look after it tell.")},
};
static const uint16_t schema_numbers_core_v1_PersistentVolume[] = {1, 2, 3, 0};
static const struct schema_field *const schema_slots_core_v1_PersistentVolume[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_core_v1_PersistentVolume[1], &schema_fields_core_v1_PersistentVolume[2], &schema_fields_core_v1_PersistentVolume[3]};
static const uint8_t schema_starts_core_v1_PersistentVolume[] = {0, 2, 3, 4};
static const uint8_t schema_lookup_core_v1_PersistentVolume[] = {3, 0, 0, 0, 0, 0, 0, 0, 1, 2, 0, 5, 0, 4, 0, 0};
const struct schema_message schema_message_core_v1_PersistentVolume = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("PersistentVolume"),
    .doc = STR_INIT("A piece of storage in the cluster."),
    .fields = schema_fields_core_v1_PersistentVolume,
    .n_fields = 4,
    .by_number = schema_numbers_core_v1_PersistentVolume,
    .n_numbered = 3,
    .slots = schema_slots_core_v1_PersistentVolume,
    .starts = schema_starts_core_v1_PersistentVolume,
    .n_slots = 5,
    .lookup_mask = 15,
    .lookup = schema_lookup_core_v1_PersistentVolume,
};
const struct schema_field schema_fields_core_v1_PersistentVolumeClaim[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ObjectMeta, .key_default = STR_INIT("{}"), .doc = STR_INIT("Standard object's metadata: name, labels and the like.")},
    {STR_INIT("spec"), 2, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_PersistentVolumeClaimSpec, .key_default = STR_INIT("{}"), .doc = STR_INIT("What is wanted.")},
    {STR_INIT("status"), 3, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_PersistentVolumeClaimStatus, .key_default = STR_INIT("{}"), .doc = STR_INIT("What is, as those who look after it tell.")},
};
static const uint16_t schema_numbers_core_v1_PersistentVolumeClaim[] = {1, 2, 3, 0};
static const struct schema_field *const schema_slots_core_v1_PersistentVolumeClaim[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_core_v1_PersistentVolumeClaim[1], &schema_fields_core_v1_PersistentVolumeClaim[2], &schema_fields_core_v1_PersistentVolumeClaim[3]};
static const uint8_t schema_starts_core_v1_PersistentVolumeClaim[] = {0, 2, 3, 4};
static const uint8_t schema_lookup_core_v1_PersistentVolumeClaim[] = {3, 0, 0, 0, 0, 0, 0, 0, 1, 2, 0, 5, 0, 4, 0, 0};
const struct schema_message schema_message_core_v1_PersistentVolumeClaim = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("PersistentVolumeClaim"),
    .doc = STR_INIT("A wish for storage, and the claim to it."),
    .fields = schema_fields_core_v1_PersistentVolumeClaim,
    .n_fields = 4,
    .by_number = schema_numbers_core_v1_PersistentVolumeClaim,
    .n_numbered = 3,
    .slots = schema_slots_core_v1_PersistentVolumeClaim,
    .starts = schema_starts_core_v1_PersistentVolumeClaim,
    .n_slots = 5,
    .lookup_mask = 15,
    .lookup = schema_lookup_core_v1_PersistentVolumeClaim,
};
const struct schema_field schema_fields_core_v1_PersistentVolumeClaimCondition[] = {
    {STR_INIT("type"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .doc = STR_INIT("Which condition.")},
    {STR_INIT("status"), 2, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .doc = STR_INIT("True, False or Unknown.")},
    {STR_INIT("lastProbeTime"), 3, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_Time, .doc = STR_INIT("When it was last looked at.")},
    {STR_INIT("lastTransitionTime"), 4, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_Time, .doc = STR_INIT("When the condition last changed between True, False and Unknown.")},
    {STR_INIT("reason"), 5, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("Why, in one word of CamelCase.")},
    {STR_INIT("message"), 6, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("Why, for people.")},
};
static const uint16_t schema_numbers_core_v1_PersistentVolumeClaimCondition[] = {0, 1, 2, 3, 4, 5};
static const uint8_t schema_lookup_core_v1_PersistentVolumeClaimCondition[] = {5, 0, 1, 0, 0, 0, 3, 4, 6, 0, 0, 2, 0, 0, 0, 0};
const struct schema_message schema_message_core_v1_PersistentVolumeClaimCondition = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("PersistentVolumeClaimCondition"),
    .fields = schema_fields_core_v1_PersistentVolumeClaimCondition,
    .n_fields = 6,
    .by_number = schema_numbers_core_v1_PersistentVolumeClaimCondition,
    .n_numbered = 6,
    .n_slots = 6,
    .lookup_mask = 15,
    .lookup = schema_lookup_core_v1_PersistentVolumeClaimCondition,
};
const struct schema_field schema_fields_core_v1_PersistentVolumeClaimList[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ListMeta, .doc = STR_INIT("Where the list was read, and how to go on.")},
    {STR_INIT("items"), 2, .flags = SCHEMA_REPEATED | SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_PersistentVolumeClaim, .doc = STR_INIT("The objects of the list.")},
};
static const uint16_t schema_numbers_core_v1_PersistentVolumeClaimList[] = {1, 2, 0};
static const struct schema_field *const schema_slots_core_v1_PersistentVolumeClaimList[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_core_v1_PersistentVolumeClaimList[1], &schema_fields_core_v1_PersistentVolumeClaimList[2]};
static const uint8_t schema_starts_core_v1_PersistentVolumeClaimList[] = {0, 2, 3};
static const uint8_t schema_lookup_core_v1_PersistentVolumeClaimList[] = {1, 2, 3, 4, 0, 0, 0, 0};
const struct schema_message schema_message_core_v1_PersistentVolumeClaimList = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("PersistentVolumeClaimList"),
    .fields = schema_fields_core_v1_PersistentVolumeClaimList,
    .n_fields = 3,
    .by_number = schema_numbers_core_v1_PersistentVolumeClaimList,
    .n_numbered = 2,
    .slots = schema_slots_core_v1_PersistentVolumeClaimList,
    .starts = schema_starts_core_v1_PersistentVolumeClaimList,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_core_v1_PersistentVolumeClaimList,
};
static const struct str enums_15[] = {STR_INIT("ReadOnlyMany"), STR_INIT("ReadWriteMany"), STR_INIT("ReadWriteOnce"), STR_INIT("ReadWriteOncePod"), {NULL, 0}};
static const struct str enums_16[] = {STR_INIT("Block"), STR_INIT("Filesystem"), {NULL, 0}};
static const struct schema_extra extra_20 = {.gate = STR_INIT("VolumeAttributesClass")};
const struct schema_field schema_fields_core_v1_PersistentVolumeClaimSpec[] = {
    {STR_INIT("accessModes"), 1, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY | SCHEMA_ENUM_CLOSED, .type = SCHEMA_STRING, .enums = enums_15, .doc = STR_INIT("Ways in which it must be mountable.")},
    {STR_INIT("selector"), 4, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_LabelSelector, .doc = STR_INIT("Labels the volume must have.")},
    {STR_INIT("resources"), 2, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_VolumeResourceRequirements, .key_default = STR_INIT("{}"), .doc = STR_INIT("How much is wanted. It can grow where the class allows it, never shrink.")},
    {STR_INIT("volumeName"), 3, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("The volume that is bound to the claim.")},
    {STR_INIT("storageClassName"), 5, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_STRING, .doc = STR_INIT("The class wanted; the cluster's default one when left out, none when \"\".")},
    {STR_INIT("volumeMode"), 6, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR | SCHEMA_ENUM_CLOSED, .type = SCHEMA_STRING, .enums = enums_16, .doc = STR_INIT("With a file system, or as a block device.")},
    {STR_INIT("dataSource"), 7, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_TypedLocalObjectReference, .doc = STR_INIT("What it is filled from at first.")},
    {STR_INIT("dataSourceRef"), 8, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_TypedObjectReference, .doc = STR_INIT("What it is filled from at first; other kinds too.")},
    {STR_INIT("volumeAttributesClassName"), 9, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_STRING, .extra = &extra_20},
};
static const uint16_t schema_numbers_core_v1_PersistentVolumeClaimSpec[] = {0, 2, 3, 1, 4, 5, 6, 7, 8};
static const uint8_t schema_lookup_core_v1_PersistentVolumeClaimSpec[] = {0, 1, 0, 0, 0, 0, 0, 9, 0, 3, 0, 0, 0, 0, 5, 0, 0, 0, 7, 0, 0, 0, 0, 4, 6, 2, 0, 0, 0, 0, 0, 8};
const struct schema_message schema_message_core_v1_PersistentVolumeClaimSpec = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("PersistentVolumeClaimSpec"),
    .doc = STR_INIT("What storage is wished for."),
    .fields = schema_fields_core_v1_PersistentVolumeClaimSpec,
    .n_fields = 9,
    .by_number = schema_numbers_core_v1_PersistentVolumeClaimSpec,
    .n_numbered = 9,
    .n_slots = 9,
    .lookup_mask = 31,
    .lookup = schema_lookup_core_v1_PersistentVolumeClaimSpec,
};
static const struct str enums_17[] = {STR_INIT("Bound"), STR_INIT("Lost"), STR_INIT("Pending"), {NULL, 0}};
static const struct str enums_18[] = {STR_INIT("ControllerResizeInProgress"), STR_INIT("ControllerResizeInfeasible"), STR_INIT("NodeResizeInProgress"), STR_INIT("NodeResizeInfeasible"), STR_INIT("NodeResizePending"), {NULL, 0}};
static const struct schema_extra extra_21 = {.gate = STR_INIT("CSIVolumeHealth")};
const struct schema_field schema_fields_core_v1_PersistentVolumeClaimStatus[] = {
    {STR_INIT("phase"), 1, .flags = SCHEMA_OMITEMPTY | SCHEMA_ENUM_CLOSED, .type = SCHEMA_STRING, .enums = enums_17, .doc = STR_INIT("Pending, Bound, or Lost when its volume is gone.")},
    {STR_INIT("accessModes"), 2, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY | SCHEMA_ENUM_CLOSED, .type = SCHEMA_STRING, .enums = enums_15, .doc = STR_INIT("Ways in which the volume can be mounted.")},
    {STR_INIT("capacity"), 3, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MAP_MESSAGE, .message = &schema_message_resource_Quantity, .doc = STR_INIT("How much the volume holds.")},
    {STR_INIT("conditions"), 4, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY | SCHEMA_PATCH_MERGE, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_PersistentVolumeClaimCondition, .list = SCHEMA_LIST_MAP, .list_keys = keys_0, .merge_key = STR_INIT("type"), .doc = STR_INIT("What is known of it, each with its last change.")},
    {STR_INIT("allocatedResources"), 5, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MAP_MESSAGE, .message = &schema_message_resource_Quantity, .doc = STR_INIT("A number with a unit, such as 500m, 1.5 or 2Gi.")},
    {STR_INIT("allocatedResourceStatuses"), 7, .flags = SCHEMA_OMITEMPTY | SCHEMA_ENUM_CLOSED, .type = SCHEMA_MAP_STRING, .enums = enums_18},
    {STR_INIT("currentVolumeAttributesClassName"), 8, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_STRING, .extra = &extra_20},
    {STR_INIT("modifyVolumeStatus"), 9, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_ModifyVolumeStatus, .extra = &extra_20},
    {STR_INIT("healthStatus"), 10, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_VolumeHealthStatus, .extra = &extra_21},
};
static const uint16_t schema_numbers_core_v1_PersistentVolumeClaimStatus[] = {0, 1, 2, 3, 4, 5, 6, 7, 8};
static const uint8_t schema_lookup_core_v1_PersistentVolumeClaimStatus[] = {0, 2, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0, 9, 0, 4, 0, 7, 0, 0, 0, 5, 0, 0, 0, 0, 0, 0, 8, 0, 0, 3, 0};
const struct schema_message schema_message_core_v1_PersistentVolumeClaimStatus = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("PersistentVolumeClaimStatus"),
    .doc = STR_INIT("How far the claim is."),
    .fields = schema_fields_core_v1_PersistentVolumeClaimStatus,
    .n_fields = 9,
    .by_number = schema_numbers_core_v1_PersistentVolumeClaimStatus,
    .n_numbered = 9,
    .n_slots = 9,
    .lookup_mask = 31,
    .lookup = schema_lookup_core_v1_PersistentVolumeClaimStatus,
};
const struct schema_field schema_fields_core_v1_PersistentVolumeClaimTemplate[] = {
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ObjectMeta, .key_default = STR_INIT("{}"), .doc = STR_INIT("Standard object's metadata: name, labels and the like.")},
    {STR_INIT("spec"), 2, .flags = SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_PersistentVolumeClaimSpec, .key_default = STR_INIT("{}"), .doc = STR_INIT("What is wanted.")},
};
static const uint16_t schema_numbers_core_v1_PersistentVolumeClaimTemplate[] = {0, 1};
static const uint8_t schema_lookup_core_v1_PersistentVolumeClaimTemplate[] = {1, 2, 0, 0};
const struct schema_message schema_message_core_v1_PersistentVolumeClaimTemplate = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("PersistentVolumeClaimTemplate"),
    .fields = schema_fields_core_v1_PersistentVolumeClaimTemplate,
    .n_fields = 2,
    .by_number = schema_numbers_core_v1_PersistentVolumeClaimTemplate,
    .n_numbered = 2,
    .n_slots = 2,
    .lookup_mask = 3,
    .lookup = schema_lookup_core_v1_PersistentVolumeClaimTemplate,
};
const struct schema_field schema_fields_core_v1_PersistentVolumeClaimVolumeSource[] = {
    {STR_INIT("claimName"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .doc = STR_INIT("The claim's name, in the pod's namespace.")},
    {STR_INIT("readOnly"), 2, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_BOOL, .doc = STR_INIT("Nothing may be written.")},
};
static const uint16_t schema_numbers_core_v1_PersistentVolumeClaimVolumeSource[] = {0, 1};
static const uint8_t schema_lookup_core_v1_PersistentVolumeClaimVolumeSource[] = {2, 0, 0, 1};
const struct schema_message schema_message_core_v1_PersistentVolumeClaimVolumeSource = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("PersistentVolumeClaimVolumeSource"),
    .doc = STR_INIT("A claim as a volume."),
    .fields = schema_fields_core_v1_PersistentVolumeClaimVolumeSource,
    .n_fields = 2,
    .by_number = schema_numbers_core_v1_PersistentVolumeClaimVolumeSource,
    .n_numbered = 2,
    .n_slots = 2,
    .lookup_mask = 3,
    .lookup = schema_lookup_core_v1_PersistentVolumeClaimVolumeSource,
};
const struct schema_field schema_fields_core_v1_PersistentVolumeList[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ListMeta, .doc = STR_INIT("Where the list was read, and how to go on.")},
    {STR_INIT("items"), 2, .flags = SCHEMA_REPEATED | SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_PersistentVolume, .doc = STR_INIT("The objects of the list.")},
};
static const uint16_t schema_numbers_core_v1_PersistentVolumeList[] = {1, 2, 0};
static const struct schema_field *const schema_slots_core_v1_PersistentVolumeList[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_core_v1_PersistentVolumeList[1], &schema_fields_core_v1_PersistentVolumeList[2]};
static const uint8_t schema_starts_core_v1_PersistentVolumeList[] = {0, 2, 3};
static const uint8_t schema_lookup_core_v1_PersistentVolumeList[] = {1, 2, 3, 4, 0, 0, 0, 0};
const struct schema_message schema_message_core_v1_PersistentVolumeList = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("PersistentVolumeList"),
    .fields = schema_fields_core_v1_PersistentVolumeList,
    .n_fields = 3,
    .by_number = schema_numbers_core_v1_PersistentVolumeList,
    .n_numbered = 2,
    .slots = schema_slots_core_v1_PersistentVolumeList,
    .starts = schema_starts_core_v1_PersistentVolumeList,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_core_v1_PersistentVolumeList,
};
const struct schema_field schema_fields_core_v1_PersistentVolumeSource[] = {
    {STR_INIT("gcePersistentDisk"), 1, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_GCEPersistentDiskVolumeSource},
    {STR_INIT("awsElasticBlockStore"), 2, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_AWSElasticBlockStoreVolumeSource},
    {STR_INIT("hostPath"), 3, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_HostPathVolumeSource, .doc = STR_INIT("A path of the node. It outlives the pod, and gives the pod what is there.")},
    {STR_INIT("glusterfs"), 4, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_GlusterfsPersistentVolumeSource},
    {STR_INIT("nfs"), 5, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_NFSVolumeSource},
    {STR_INIT("rbd"), 6, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_RBDPersistentVolumeSource},
    {STR_INIT("iscsi"), 7, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_ISCSIPersistentVolumeSource},
    {STR_INIT("cinder"), 8, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_CinderPersistentVolumeSource},
    {STR_INIT("cephfs"), 9, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_CephFSPersistentVolumeSource},
    {STR_INIT("fc"), 10, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_FCVolumeSource},
    {STR_INIT("flocker"), 11, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_FlockerVolumeSource},
    {STR_INIT("flexVolume"), 12, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_FlexPersistentVolumeSource},
    {STR_INIT("azureFile"), 13, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_AzureFilePersistentVolumeSource},
    {STR_INIT("vsphereVolume"), 14, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_VsphereVirtualDiskVolumeSource},
    {STR_INIT("quobyte"), 15, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_QuobyteVolumeSource},
    {STR_INIT("azureDisk"), 16, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_AzureDiskVolumeSource},
    {STR_INIT("photonPersistentDisk"), 17, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_PhotonPersistentDiskVolumeSource},
    {STR_INIT("portworxVolume"), 18, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_PortworxVolumeSource},
    {STR_INIT("scaleIO"), 19, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_ScaleIOPersistentVolumeSource},
    {STR_INIT("local"), 20, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_LocalVolumeSource},
    {STR_INIT("storageos"), 21, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_StorageOSPersistentVolumeSource},
    {STR_INIT("csi"), 22, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_CSIPersistentVolumeSource},
};
static const uint16_t schema_numbers_core_v1_PersistentVolumeSource[] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21};
static const uint8_t schema_lookup_core_v1_PersistentVolumeSource[] = {8, 0, 0, 0, 9, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 6, 19, 0, 0, 4, 10, 20, 0, 0, 0, 0, 13, 16, 12, 0, 1, 0, 0, 17, 0, 0, 21, 0, 0, 7, 0, 11, 0, 0, 5, 0, 22, 0, 0, 3, 0, 14, 15, 18};
const struct schema_message schema_message_core_v1_PersistentVolumeSource = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("PersistentVolumeSource"),
    .fields = schema_fields_core_v1_PersistentVolumeSource,
    .n_fields = 22,
    .by_number = schema_numbers_core_v1_PersistentVolumeSource,
    .n_numbered = 22,
    .n_slots = 22,
    .lookup_mask = 63,
    .lookup = schema_lookup_core_v1_PersistentVolumeSource,
};
static const struct str enums_19[] = {STR_INIT("Delete"), STR_INIT("Recycle"), STR_INIT("Retain"), {NULL, 0}};
const struct schema_field schema_fields_core_v1_PersistentVolumeSpec[] = {
    {STR_INIT("capacity"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MAP_MESSAGE, .message = &schema_message_resource_Quantity, .doc = STR_INIT("How much it holds.")},
    {STR_INIT("persistentVolumeSource"), 2, .flags = SCHEMA_INLINE, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_PersistentVolumeSource},
    {STR_INIT("accessModes"), 3, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY | SCHEMA_ENUM_CLOSED, .type = SCHEMA_STRING, .enums = enums_15, .doc = STR_INIT("Ways in which it can be mounted.")},
    {STR_INIT("claimRef"), 4, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_ObjectReference, .doc = STR_INIT("The claim it belongs to.")},
    {STR_INIT("persistentVolumeReclaimPolicy"), 5, .flags = SCHEMA_OMITEMPTY | SCHEMA_ENUM_CLOSED, .type = SCHEMA_STRING, .enums = enums_19, .doc = STR_INIT("What becomes of it when its claim is gone: kept or deleted.")},
    {STR_INIT("storageClassName"), 6, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("Its class; only claims of that class get it.")},
    {STR_INIT("mountOptions"), 7, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("Options for the mount; not checked.")},
    {STR_INIT("volumeMode"), 8, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR | SCHEMA_ENUM_CLOSED, .type = SCHEMA_STRING, .enums = enums_16, .doc = STR_INIT("With a file system, or as a block device.")},
    {STR_INIT("nodeAffinity"), 9, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_VolumeNodeAffinity, .doc = STR_INIT("The nodes it can be reached from.")},
    {STR_INIT("volumeAttributesClassName"), 10, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_STRING, .extra = &extra_20},
};
static const uint16_t schema_numbers_core_v1_PersistentVolumeSpec[] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9};
static const struct schema_field *const schema_slots_core_v1_PersistentVolumeSpec[] = {&schema_fields_core_v1_PersistentVolumeSpec[0], &schema_fields_core_v1_PersistentVolumeSource[0], &schema_fields_core_v1_PersistentVolumeSource[1], &schema_fields_core_v1_PersistentVolumeSource[2], &schema_fields_core_v1_PersistentVolumeSource[3], &schema_fields_core_v1_PersistentVolumeSource[4], &schema_fields_core_v1_PersistentVolumeSource[5], &schema_fields_core_v1_PersistentVolumeSource[6], &schema_fields_core_v1_PersistentVolumeSource[7], &schema_fields_core_v1_PersistentVolumeSource[8], &schema_fields_core_v1_PersistentVolumeSource[9], &schema_fields_core_v1_PersistentVolumeSource[10], &schema_fields_core_v1_PersistentVolumeSource[11], &schema_fields_core_v1_PersistentVolumeSource[12], &schema_fields_core_v1_PersistentVolumeSource[13], &schema_fields_core_v1_PersistentVolumeSource[14], &schema_fields_core_v1_PersistentVolumeSource[15], &schema_fields_core_v1_PersistentVolumeSource[16], &schema_fields_core_v1_PersistentVolumeSource[17], &schema_fields_core_v1_PersistentVolumeSource[18], &schema_fields_core_v1_PersistentVolumeSource[19], &schema_fields_core_v1_PersistentVolumeSource[20], &schema_fields_core_v1_PersistentVolumeSource[21], &schema_fields_core_v1_PersistentVolumeSpec[2], &schema_fields_core_v1_PersistentVolumeSpec[3], &schema_fields_core_v1_PersistentVolumeSpec[4], &schema_fields_core_v1_PersistentVolumeSpec[5], &schema_fields_core_v1_PersistentVolumeSpec[6], &schema_fields_core_v1_PersistentVolumeSpec[7], &schema_fields_core_v1_PersistentVolumeSpec[8], &schema_fields_core_v1_PersistentVolumeSpec[9]};
static const uint8_t schema_starts_core_v1_PersistentVolumeSpec[] = {0, 1, 23, 24, 25, 26, 27, 28, 29, 30};
static const uint8_t schema_lookup_core_v1_PersistentVolumeSpec[] = {9, 19, 24, 0, 10, 0, 0, 0, 0, 0, 0, 0, 0, 0, 27, 0, 0, 0, 0, 3, 0, 0, 0, 29, 0, 7, 20, 28, 0, 5, 11, 21, 0, 0, 0, 26, 14, 17, 13, 31, 2, 25, 30, 18, 0, 0, 22, 0, 0, 8, 0, 12, 0, 0, 6, 0, 23, 0, 0, 4, 0, 15, 1, 16};
const struct schema_message schema_message_core_v1_PersistentVolumeSpec = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("PersistentVolumeSpec"),
    .doc = STR_INIT("Where the storage is and what may be done with it."),
    .fields = schema_fields_core_v1_PersistentVolumeSpec,
    .n_fields = 10,
    .by_number = schema_numbers_core_v1_PersistentVolumeSpec,
    .n_numbered = 10,
    .slots = schema_slots_core_v1_PersistentVolumeSpec,
    .starts = schema_starts_core_v1_PersistentVolumeSpec,
    .n_slots = 31,
    .lookup_mask = 63,
    .lookup = schema_lookup_core_v1_PersistentVolumeSpec,
};
static const struct str enums_20[] = {STR_INIT("Available"), STR_INIT("Bound"), STR_INIT("Failed"), STR_INIT("Pending"), STR_INIT("Released"), {NULL, 0}};
const struct schema_field schema_fields_core_v1_PersistentVolumeStatus[] = {
    {STR_INIT("phase"), 1, .flags = SCHEMA_OMITEMPTY | SCHEMA_ENUM_CLOSED, .type = SCHEMA_STRING, .enums = enums_20, .doc = STR_INIT("Pending, Available, Bound, Released when its claim is gone, or Failed.")},
    {STR_INIT("message"), 2, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("Why, for people.")},
    {STR_INIT("reason"), 3, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("Why, in one word of CamelCase.")},
    {STR_INIT("lastPhaseTransitionTime"), 4, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_Time, .doc = STR_INIT("A time: RFC 3339, to the second.")},
};
static const uint16_t schema_numbers_core_v1_PersistentVolumeStatus[] = {0, 1, 2, 3};
static const uint8_t schema_lookup_core_v1_PersistentVolumeStatus[] = {3, 0, 0, 1, 4, 0, 0, 2};
const struct schema_message schema_message_core_v1_PersistentVolumeStatus = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("PersistentVolumeStatus"),
    .doc = STR_INIT("Whether the volume is in use."),
    .fields = schema_fields_core_v1_PersistentVolumeStatus,
    .n_fields = 4,
    .by_number = schema_numbers_core_v1_PersistentVolumeStatus,
    .n_numbered = 4,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_core_v1_PersistentVolumeStatus,
};
const struct schema_field schema_fields_core_v1_PhotonPersistentDiskVolumeSource[] = {
    {STR_INIT("pdID"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\"")},
    {STR_INIT("fsType"), 2, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("The file system.")},
};
static const uint16_t schema_numbers_core_v1_PhotonPersistentDiskVolumeSource[] = {0, 1};
static const uint8_t schema_lookup_core_v1_PhotonPersistentDiskVolumeSource[] = {1, 0, 2, 0};
const struct schema_message schema_message_core_v1_PhotonPersistentDiskVolumeSource = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("PhotonPersistentDiskVolumeSource"),
    .fields = schema_fields_core_v1_PhotonPersistentDiskVolumeSource,
    .n_fields = 2,
    .by_number = schema_numbers_core_v1_PhotonPersistentDiskVolumeSource,
    .n_numbered = 2,
    .n_slots = 2,
    .lookup_mask = 3,
    .lookup = schema_lookup_core_v1_PhotonPersistentDiskVolumeSource,
};
const struct schema_field schema_fields_core_v1_Pod[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ObjectMeta, .key_default = STR_INIT("{}"), .doc = STR_INIT("Standard object's metadata: name, labels and the like.")},
    {STR_INIT("spec"), 2, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_PodSpec, .key_default = STR_INIT("{}"), .doc = STR_INIT("What is wanted.")},
    {STR_INIT("status"), 3, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_PodStatus, .key_default = STR_INIT("{}"), .doc = STR_INIT("What is, as those who look after it tell.")},
};
static const uint16_t schema_numbers_core_v1_Pod[] = {1, 2, 3, 0};
static const struct schema_field *const schema_slots_core_v1_Pod[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_core_v1_Pod[1], &schema_fields_core_v1_Pod[2], &schema_fields_core_v1_Pod[3]};
static const uint8_t schema_starts_core_v1_Pod[] = {0, 2, 3, 4};
static const uint8_t schema_lookup_core_v1_Pod[] = {3, 0, 0, 0, 0, 0, 0, 0, 1, 2, 0, 5, 0, 4, 0, 0};
const struct schema_message schema_message_core_v1_Pod = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("Pod"),
    .doc = STR_INIT("Containers that live and die together on one node, with one address and shared volumes."),
    .fields = schema_fields_core_v1_Pod,
    .n_fields = 4,
    .by_number = schema_numbers_core_v1_Pod,
    .n_numbered = 3,
    .slots = schema_slots_core_v1_Pod,
    .starts = schema_starts_core_v1_Pod,
    .n_slots = 5,
    .lookup_mask = 15,
    .lookup = schema_lookup_core_v1_Pod,
};
const struct schema_field schema_fields_core_v1_PodAffinity[] = {
    {STR_INIT("requiredDuringSchedulingIgnoredDuringExecution"), 1, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_PodAffinityTerm, .doc = STR_INIT("Must hold, all of them, for the pod to be placed.")},
    {STR_INIT("preferredDuringSchedulingIgnoredDuringExecution"), 2, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_WeightedPodAffinityTerm, .doc = STR_INIT("Weighed among the nodes that fit.")},
};
static const uint16_t schema_numbers_core_v1_PodAffinity[] = {0, 1};
static const uint8_t schema_lookup_core_v1_PodAffinity[] = {0, 0, 2, 1};
const struct schema_message schema_message_core_v1_PodAffinity = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("PodAffinity"),
    .doc = STR_INIT("Rules about being near other pods."),
    .fields = schema_fields_core_v1_PodAffinity,
    .n_fields = 2,
    .by_number = schema_numbers_core_v1_PodAffinity,
    .n_numbered = 2,
    .n_slots = 2,
    .lookup_mask = 3,
    .lookup = schema_lookup_core_v1_PodAffinity,
};
const struct schema_field schema_fields_core_v1_PodAffinityTerm[] = {
    {STR_INIT("labelSelector"), 1, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_LabelSelector, .doc = STR_INIT("Which objects, by their labels.")},
    {STR_INIT("namespaces"), 2, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("Namespaces looked into; the pod's own when this and namespaceSelector are left out.")},
    {STR_INIT("topologyKey"), 3, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .doc = STR_INIT("The node label whose value makes a domain: kubernetes.io/hostname for a node, topology.kubernetes.io/zone for a zone.")},
    {STR_INIT("namespaceSelector"), 4, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_LabelSelector, .doc = STR_INIT("Namespaces looked into, by their labels. {} means all.")},
    {STR_INIT("matchLabelKeys"), 5, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
    {STR_INIT("mismatchLabelKeys"), 6, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
};
static const uint16_t schema_numbers_core_v1_PodAffinityTerm[] = {0, 1, 2, 3, 4, 5};
static const uint8_t schema_lookup_core_v1_PodAffinityTerm[] = {0, 0, 0, 0, 2, 3, 0, 0, 0, 0, 0, 5, 1, 6, 4, 0};
const struct schema_message schema_message_core_v1_PodAffinityTerm = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("PodAffinityTerm"),
    .doc = STR_INIT("Which pods, in which namespaces, within what domain."),
    .fields = schema_fields_core_v1_PodAffinityTerm,
    .n_fields = 6,
    .by_number = schema_numbers_core_v1_PodAffinityTerm,
    .n_numbered = 6,
    .n_slots = 6,
    .lookup_mask = 15,
    .lookup = schema_lookup_core_v1_PodAffinityTerm,
};
const struct schema_field schema_fields_core_v1_PodAntiAffinity[] = {
    {STR_INIT("requiredDuringSchedulingIgnoredDuringExecution"), 1, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_PodAffinityTerm, .doc = STR_INIT("Must hold, all of them, for the pod to be placed.")},
    {STR_INIT("preferredDuringSchedulingIgnoredDuringExecution"), 2, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_WeightedPodAffinityTerm, .doc = STR_INIT("Weighed among the nodes that fit.")},
};
static const uint16_t schema_numbers_core_v1_PodAntiAffinity[] = {0, 1};
static const uint8_t schema_lookup_core_v1_PodAntiAffinity[] = {0, 0, 2, 1};
const struct schema_message schema_message_core_v1_PodAntiAffinity = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("PodAntiAffinity"),
    .doc = STR_INIT("Rules about being away from other pods."),
    .fields = schema_fields_core_v1_PodAntiAffinity,
    .n_fields = 2,
    .by_number = schema_numbers_core_v1_PodAntiAffinity,
    .n_numbered = 2,
    .n_slots = 2,
    .lookup_mask = 3,
    .lookup = schema_lookup_core_v1_PodAntiAffinity,
};
const struct schema_field schema_fields_core_v1_PodAttachOptions[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("stdin"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_BOOL},
    {STR_INIT("stdout"), 2, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_BOOL},
    {STR_INIT("stderr"), 3, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_BOOL},
    {STR_INIT("tty"), 4, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_BOOL},
    {STR_INIT("container"), 5, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
};
static const uint16_t schema_numbers_core_v1_PodAttachOptions[] = {1, 2, 3, 4, 5, 0};
static const struct schema_field *const schema_slots_core_v1_PodAttachOptions[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_core_v1_PodAttachOptions[1], &schema_fields_core_v1_PodAttachOptions[2], &schema_fields_core_v1_PodAttachOptions[3], &schema_fields_core_v1_PodAttachOptions[4], &schema_fields_core_v1_PodAttachOptions[5]};
static const uint8_t schema_starts_core_v1_PodAttachOptions[] = {0, 2, 3, 4, 5, 6};
static const uint8_t schema_lookup_core_v1_PodAttachOptions[] = {0, 0, 0, 3, 7, 0, 4, 0, 1, 2, 0, 0, 5, 0, 6, 0};
const struct schema_message schema_message_core_v1_PodAttachOptions = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("PodAttachOptions"),
    .fields = schema_fields_core_v1_PodAttachOptions,
    .n_fields = 6,
    .by_number = schema_numbers_core_v1_PodAttachOptions,
    .n_numbered = 5,
    .slots = schema_slots_core_v1_PodAttachOptions,
    .starts = schema_starts_core_v1_PodAttachOptions,
    .n_slots = 7,
    .lookup_mask = 15,
    .lookup = schema_lookup_core_v1_PodAttachOptions,
};
const struct schema_field schema_fields_core_v1_PodCertificateProjection[] = {
    {STR_INIT("signerName"), 1, .flags = SCHEMA_REQUIRED | SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
    {STR_INIT("keyType"), 2, .flags = SCHEMA_REQUIRED | SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
    {STR_INIT("maxExpirationSeconds"), 3, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_INT32},
    {STR_INIT("credentialBundlePath"), 4, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
    {STR_INIT("keyPath"), 5, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
    {STR_INIT("certificateChainPath"), 6, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
    {STR_INIT("userAnnotations"), 7, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MAP_STRING},
    {STR_INIT("user"), 8, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_INT64, .extra = &extra_2},
};
static const uint16_t schema_numbers_core_v1_PodCertificateProjection[] = {0, 1, 2, 3, 4, 5, 6, 7};
static const uint8_t schema_lookup_core_v1_PodCertificateProjection[] = {8, 5, 0, 0, 0, 2, 4, 1, 0, 6, 0, 0, 0, 7, 3, 0};
const struct schema_message schema_message_core_v1_PodCertificateProjection = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("PodCertificateProjection"),
    .fields = schema_fields_core_v1_PodCertificateProjection,
    .n_fields = 8,
    .by_number = schema_numbers_core_v1_PodCertificateProjection,
    .n_numbered = 8,
    .n_slots = 8,
    .lookup_mask = 15,
    .lookup = schema_lookup_core_v1_PodCertificateProjection,
};
const struct schema_field schema_fields_core_v1_PodCondition[] = {
    {STR_INIT("type"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .doc = STR_INIT("Which condition.")},
    {STR_INIT("observedGeneration"), 7, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_INT64, .doc = STR_INIT("The metadata.generation this was written for.")},
    {STR_INIT("status"), 2, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .doc = STR_INIT("True, False or Unknown.")},
    {STR_INIT("lastProbeTime"), 3, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_Time, .doc = STR_INIT("When it was last looked at.")},
    {STR_INIT("lastTransitionTime"), 4, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_Time, .doc = STR_INIT("When the condition last changed between True, False and Unknown.")},
    {STR_INIT("reason"), 5, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("Why, in one word of CamelCase.")},
    {STR_INIT("message"), 6, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("Why, for people.")},
};
static const uint16_t schema_numbers_core_v1_PodCondition[] = {0, 2, 3, 4, 5, 6, 1};
static const uint8_t schema_lookup_core_v1_PodCondition[] = {6, 0, 1, 0, 0, 0, 4, 5, 7, 0, 0, 3, 0, 0, 0, 2};
const struct schema_message schema_message_core_v1_PodCondition = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("PodCondition"),
    .doc = STR_INIT("One thing known of the pod."),
    .fields = schema_fields_core_v1_PodCondition,
    .n_fields = 7,
    .by_number = schema_numbers_core_v1_PodCondition,
    .n_numbered = 7,
    .n_slots = 7,
    .lookup_mask = 15,
    .lookup = schema_lookup_core_v1_PodCondition,
};
const struct schema_field schema_fields_core_v1_PodDNSConfig[] = {
    {STR_INIT("nameservers"), 1, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("Addresses of name servers.")},
    {STR_INIT("searches"), 2, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("Domains tried for short names.")},
    {STR_INIT("options"), 3, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_PodDNSConfigOption, .doc = STR_INIT("Options of the resolver.")},
};
static const uint16_t schema_numbers_core_v1_PodDNSConfig[] = {0, 1, 2};
static const uint8_t schema_lookup_core_v1_PodDNSConfig[] = {0, 1, 2, 3, 0, 0, 0, 0};
const struct schema_message schema_message_core_v1_PodDNSConfig = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("PodDNSConfig"),
    .doc = STR_INIT("Settings of name lookups."),
    .fields = schema_fields_core_v1_PodDNSConfig,
    .n_fields = 3,
    .by_number = schema_numbers_core_v1_PodDNSConfig,
    .n_numbered = 3,
    .n_slots = 3,
    .lookup_mask = 7,
    .lookup = schema_lookup_core_v1_PodDNSConfig,
};
const struct schema_field schema_fields_core_v1_PodDNSConfigOption[] = {
    {STR_INIT("name"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("The name.")},
    {STR_INIT("value"), 2, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_STRING, .doc = STR_INIT("The value.")},
};
static const uint16_t schema_numbers_core_v1_PodDNSConfigOption[] = {0, 1};
static const uint8_t schema_lookup_core_v1_PodDNSConfigOption[] = {1, 2, 0, 0};
const struct schema_message schema_message_core_v1_PodDNSConfigOption = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("PodDNSConfigOption"),
    .fields = schema_fields_core_v1_PodDNSConfigOption,
    .n_fields = 2,
    .by_number = schema_numbers_core_v1_PodDNSConfigOption,
    .n_numbered = 2,
    .n_slots = 2,
    .lookup_mask = 3,
    .lookup = schema_lookup_core_v1_PodDNSConfigOption,
};
const struct schema_field schema_fields_core_v1_PodExecOptions[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("stdin"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_BOOL},
    {STR_INIT("stdout"), 2, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_BOOL},
    {STR_INIT("stderr"), 3, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_BOOL},
    {STR_INIT("tty"), 4, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_BOOL},
    {STR_INIT("container"), 5, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
    {STR_INIT("command"), 6, .flags = SCHEMA_REPEATED | SCHEMA_REQUIRED, .type = SCHEMA_STRING},
};
static const uint16_t schema_numbers_core_v1_PodExecOptions[] = {1, 2, 3, 4, 5, 6, 0};
static const struct schema_field *const schema_slots_core_v1_PodExecOptions[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_core_v1_PodExecOptions[1], &schema_fields_core_v1_PodExecOptions[2], &schema_fields_core_v1_PodExecOptions[3], &schema_fields_core_v1_PodExecOptions[4], &schema_fields_core_v1_PodExecOptions[5], &schema_fields_core_v1_PodExecOptions[6]};
static const uint8_t schema_starts_core_v1_PodExecOptions[] = {0, 2, 3, 4, 5, 6, 7};
static const uint8_t schema_lookup_core_v1_PodExecOptions[] = {8, 0, 0, 3, 7, 0, 4, 0, 1, 2, 0, 0, 5, 0, 6, 0};
const struct schema_message schema_message_core_v1_PodExecOptions = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("PodExecOptions"),
    .fields = schema_fields_core_v1_PodExecOptions,
    .n_fields = 7,
    .by_number = schema_numbers_core_v1_PodExecOptions,
    .n_numbered = 6,
    .slots = schema_slots_core_v1_PodExecOptions,
    .starts = schema_starts_core_v1_PodExecOptions,
    .n_slots = 8,
    .lookup_mask = 15,
    .lookup = schema_lookup_core_v1_PodExecOptions,
};
const struct schema_field schema_fields_core_v1_PodExtendedResourceClaimStatus[] = {
    {STR_INIT("requestMappings"), 1, .flags = SCHEMA_REPEATED | SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_ContainerExtendedResourceRequest},
    {STR_INIT("resourceClaimName"), 2, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\"")},
};
static const uint16_t schema_numbers_core_v1_PodExtendedResourceClaimStatus[] = {0, 1};
static const uint8_t schema_lookup_core_v1_PodExtendedResourceClaimStatus[] = {0, 1, 2, 0};
const struct schema_message schema_message_core_v1_PodExtendedResourceClaimStatus = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("PodExtendedResourceClaimStatus"),
    .fields = schema_fields_core_v1_PodExtendedResourceClaimStatus,
    .n_fields = 2,
    .by_number = schema_numbers_core_v1_PodExtendedResourceClaimStatus,
    .n_numbered = 2,
    .n_slots = 2,
    .lookup_mask = 3,
    .lookup = schema_lookup_core_v1_PodExtendedResourceClaimStatus,
};
const struct schema_field schema_fields_core_v1_PodIP[] = {
    {STR_INIT("ip"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\"")},
};
static const uint16_t schema_numbers_core_v1_PodIP[] = {0};
static const uint8_t schema_lookup_core_v1_PodIP[] = {1, 0, 0, 0};
const struct schema_message schema_message_core_v1_PodIP = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("PodIP"),
    .fields = schema_fields_core_v1_PodIP,
    .n_fields = 1,
    .by_number = schema_numbers_core_v1_PodIP,
    .n_numbered = 1,
    .n_slots = 1,
    .lookup_mask = 3,
    .lookup = schema_lookup_core_v1_PodIP,
};
const struct schema_field schema_fields_core_v1_PodList[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ListMeta, .doc = STR_INIT("Where the list was read, and how to go on.")},
    {STR_INIT("items"), 2, .flags = SCHEMA_REPEATED | SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_Pod, .doc = STR_INIT("The objects of the list.")},
};
static const uint16_t schema_numbers_core_v1_PodList[] = {1, 2, 0};
static const struct schema_field *const schema_slots_core_v1_PodList[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_core_v1_PodList[1], &schema_fields_core_v1_PodList[2]};
static const uint8_t schema_starts_core_v1_PodList[] = {0, 2, 3};
static const uint8_t schema_lookup_core_v1_PodList[] = {1, 2, 3, 4, 0, 0, 0, 0};
const struct schema_message schema_message_core_v1_PodList = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("PodList"),
    .fields = schema_fields_core_v1_PodList,
    .n_fields = 3,
    .by_number = schema_numbers_core_v1_PodList,
    .n_numbered = 2,
    .slots = schema_slots_core_v1_PodList,
    .starts = schema_starts_core_v1_PodList,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_core_v1_PodList,
};
static const struct schema_extra extra_22 = {.gate = STR_INIT("PodLogsQuerySplitStreams")};
const struct schema_field schema_fields_core_v1_PodLogOptions[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("container"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
    {STR_INIT("follow"), 2, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_BOOL},
    {STR_INIT("previous"), 3, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_BOOL},
    {STR_INIT("sinceSeconds"), 4, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_INT64},
    {STR_INIT("sinceTime"), 5, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_Time, .doc = STR_INIT("A time: RFC 3339, to the second.")},
    {STR_INIT("timestamps"), 6, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_BOOL},
    {STR_INIT("tailLines"), 7, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_INT64},
    {STR_INIT("limitBytes"), 8, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_INT64},
    {STR_INIT("insecureSkipTLSVerifyBackend"), 9, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_BOOL},
    {STR_INIT("stream"), 10, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_STRING, .extra = &extra_22},
};
static const uint16_t schema_numbers_core_v1_PodLogOptions[] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 0};
static const struct schema_field *const schema_slots_core_v1_PodLogOptions[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_core_v1_PodLogOptions[1], &schema_fields_core_v1_PodLogOptions[2], &schema_fields_core_v1_PodLogOptions[3], &schema_fields_core_v1_PodLogOptions[4], &schema_fields_core_v1_PodLogOptions[5], &schema_fields_core_v1_PodLogOptions[6], &schema_fields_core_v1_PodLogOptions[7], &schema_fields_core_v1_PodLogOptions[8], &schema_fields_core_v1_PodLogOptions[9], &schema_fields_core_v1_PodLogOptions[10]};
static const uint8_t schema_starts_core_v1_PodLogOptions[] = {0, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11};
static const uint8_t schema_lookup_core_v1_PodLogOptions[] = {0, 0, 8, 9, 10, 0, 0, 0, 1, 0, 0, 0, 12, 0, 0, 0, 0, 0, 5, 3, 7, 4, 0, 0, 2, 6, 0, 0, 0, 11, 0, 0};
const struct schema_message schema_message_core_v1_PodLogOptions = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("PodLogOptions"),
    .fields = schema_fields_core_v1_PodLogOptions,
    .n_fields = 11,
    .by_number = schema_numbers_core_v1_PodLogOptions,
    .n_numbered = 10,
    .slots = schema_slots_core_v1_PodLogOptions,
    .starts = schema_starts_core_v1_PodLogOptions,
    .n_slots = 12,
    .lookup_mask = 31,
    .lookup = schema_lookup_core_v1_PodLogOptions,
};
const struct schema_field schema_fields_core_v1_PodOS[] = {
    {STR_INIT("name"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .doc = STR_INIT("The name.")},
};
static const uint16_t schema_numbers_core_v1_PodOS[] = {0};
static const uint8_t schema_lookup_core_v1_PodOS[] = {1, 0, 0, 0};
const struct schema_message schema_message_core_v1_PodOS = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("PodOS"),
    .fields = schema_fields_core_v1_PodOS,
    .n_fields = 1,
    .by_number = schema_numbers_core_v1_PodOS,
    .n_numbered = 1,
    .n_slots = 1,
    .lookup_mask = 3,
    .lookup = schema_lookup_core_v1_PodOS,
};
const struct schema_field schema_fields_core_v1_PodPortForwardOptions[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("ports"), 1, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_INT32},
};
static const uint16_t schema_numbers_core_v1_PodPortForwardOptions[] = {1, 0};
static const struct schema_field *const schema_slots_core_v1_PodPortForwardOptions[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_core_v1_PodPortForwardOptions[1]};
static const uint8_t schema_starts_core_v1_PodPortForwardOptions[] = {0, 2};
static const uint8_t schema_lookup_core_v1_PodPortForwardOptions[] = {1, 2, 0, 0, 3, 0, 0, 0};
const struct schema_message schema_message_core_v1_PodPortForwardOptions = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("PodPortForwardOptions"),
    .fields = schema_fields_core_v1_PodPortForwardOptions,
    .n_fields = 2,
    .by_number = schema_numbers_core_v1_PodPortForwardOptions,
    .n_numbered = 1,
    .slots = schema_slots_core_v1_PodPortForwardOptions,
    .starts = schema_starts_core_v1_PodPortForwardOptions,
    .n_slots = 3,
    .lookup_mask = 7,
    .lookup = schema_lookup_core_v1_PodPortForwardOptions,
};
const struct schema_field schema_fields_core_v1_PodProxyOptions[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("path"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
};
static const uint16_t schema_numbers_core_v1_PodProxyOptions[] = {1, 0};
static const struct schema_field *const schema_slots_core_v1_PodProxyOptions[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_core_v1_PodProxyOptions[1]};
static const uint8_t schema_starts_core_v1_PodProxyOptions[] = {0, 2};
static const uint8_t schema_lookup_core_v1_PodProxyOptions[] = {1, 2, 0, 0, 0, 0, 0, 3};
const struct schema_message schema_message_core_v1_PodProxyOptions = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("PodProxyOptions"),
    .fields = schema_fields_core_v1_PodProxyOptions,
    .n_fields = 2,
    .by_number = schema_numbers_core_v1_PodProxyOptions,
    .n_numbered = 1,
    .slots = schema_slots_core_v1_PodProxyOptions,
    .starts = schema_starts_core_v1_PodProxyOptions,
    .n_slots = 3,
    .lookup_mask = 7,
    .lookup = schema_lookup_core_v1_PodProxyOptions,
};
const struct schema_field schema_fields_core_v1_PodReadinessGate[] = {
    {STR_INIT("conditionType"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\"")},
};
static const uint16_t schema_numbers_core_v1_PodReadinessGate[] = {0};
static const uint8_t schema_lookup_core_v1_PodReadinessGate[] = {0, 1, 0, 0};
const struct schema_message schema_message_core_v1_PodReadinessGate = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("PodReadinessGate"),
    .fields = schema_fields_core_v1_PodReadinessGate,
    .n_fields = 1,
    .by_number = schema_numbers_core_v1_PodReadinessGate,
    .n_numbered = 1,
    .n_slots = 1,
    .lookup_mask = 3,
    .lookup = schema_lookup_core_v1_PodReadinessGate,
};
const struct schema_field schema_fields_core_v1_PodResourceClaim[] = {
    {STR_INIT("name"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .doc = STR_INIT("The name.")},
    {STR_INIT("resourceClaimName"), 3, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_STRING},
    {STR_INIT("resourceClaimTemplateName"), 4, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_STRING},
};
static const uint16_t schema_numbers_core_v1_PodResourceClaim[] = {0, 1, 2};
static const uint8_t schema_lookup_core_v1_PodResourceClaim[] = {3, 0, 2, 0, 1, 0, 0, 0};
const struct schema_message schema_message_core_v1_PodResourceClaim = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("PodResourceClaim"),
    .fields = schema_fields_core_v1_PodResourceClaim,
    .n_fields = 3,
    .by_number = schema_numbers_core_v1_PodResourceClaim,
    .n_numbered = 3,
    .n_slots = 3,
    .lookup_mask = 7,
    .lookup = schema_lookup_core_v1_PodResourceClaim,
};
const struct schema_field schema_fields_core_v1_PodResourceClaimStatus[] = {
    {STR_INIT("name"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .doc = STR_INIT("The name.")},
    {STR_INIT("resourceClaimName"), 2, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_STRING},
};
static const uint16_t schema_numbers_core_v1_PodResourceClaimStatus[] = {0, 1};
static const uint8_t schema_lookup_core_v1_PodResourceClaimStatus[] = {1, 0, 2, 0};
const struct schema_message schema_message_core_v1_PodResourceClaimStatus = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("PodResourceClaimStatus"),
    .fields = schema_fields_core_v1_PodResourceClaimStatus,
    .n_fields = 2,
    .by_number = schema_numbers_core_v1_PodResourceClaimStatus,
    .n_numbered = 2,
    .n_slots = 2,
    .lookup_mask = 3,
    .lookup = schema_lookup_core_v1_PodResourceClaimStatus,
};
const struct schema_field schema_fields_core_v1_PodSchedulingGate[] = {
    {STR_INIT("name"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .doc = STR_INIT("The name.")},
};
static const uint16_t schema_numbers_core_v1_PodSchedulingGate[] = {0};
static const uint8_t schema_lookup_core_v1_PodSchedulingGate[] = {1, 0, 0, 0};
const struct schema_message schema_message_core_v1_PodSchedulingGate = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("PodSchedulingGate"),
    .fields = schema_fields_core_v1_PodSchedulingGate,
    .n_fields = 1,
    .by_number = schema_numbers_core_v1_PodSchedulingGate,
    .n_numbered = 1,
    .n_slots = 1,
    .lookup_mask = 3,
    .lookup = schema_lookup_core_v1_PodSchedulingGate,
};
static const struct schema_extra extra_23 = {.choice = STR_INIT("oneOf:GroupSelection;value:PodGroupName")};
const struct schema_field schema_fields_core_v1_PodSchedulingGroup[] = {
    {STR_INIT("podGroupName"), 1, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_STRING, .extra = &extra_23},
};
static const uint16_t schema_numbers_core_v1_PodSchedulingGroup[] = {0};
static const uint8_t schema_lookup_core_v1_PodSchedulingGroup[] = {1, 0, 0, 0};
const struct schema_message schema_message_core_v1_PodSchedulingGroup = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("PodSchedulingGroup"),
    .fields = schema_fields_core_v1_PodSchedulingGroup,
    .n_fields = 1,
    .by_number = schema_numbers_core_v1_PodSchedulingGroup,
    .n_numbered = 1,
    .n_slots = 1,
    .lookup_mask = 3,
    .lookup = schema_lookup_core_v1_PodSchedulingGroup,
    .choices = STR_INIT("1"),
};
static const struct str enums_21[] = {STR_INIT("Merge"), STR_INIT("Strict"), {NULL, 0}};
static const struct str enums_22[] = {STR_INIT("Always"), STR_INIT("OnRootMismatch"), {NULL, 0}};
static const struct schema_extra extra_24 = {.gate = STR_INIT("SELinuxChangePolicy")};
const struct schema_field schema_fields_core_v1_PodSecurityContext[] = {
    {STR_INIT("seLinuxOptions"), 1, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_SELinuxOptions, .doc = STR_INIT("The SELinux label.")},
    {STR_INIT("windowsOptions"), 8, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_WindowsSecurityContextOptions, .doc = STR_INIT("For Windows nodes; not used here.")},
    {STR_INIT("runAsUser"), 2, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_INT64, .doc = STR_INIT("User number of the first processes; the image's when left out.")},
    {STR_INIT("runAsGroup"), 6, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_INT64, .doc = STR_INIT("Group number of the first processes.")},
    {STR_INIT("runAsNonRoot"), 3, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_BOOL, .doc = STR_INIT("Refuse to start anything as user 0.")},
    {STR_INIT("supplementalGroups"), 4, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_INT64, .doc = STR_INIT("More groups of the first processes.")},
    {STR_INIT("supplementalGroupsPolicy"), 12, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR | SCHEMA_ENUM_CLOSED, .type = SCHEMA_STRING, .enums = enums_21, .doc = STR_INIT("Merge adds the groups the image's /etc/group names for the user; Strict does not."), .extra = &extra_6},
    {STR_INIT("fsGroup"), 5, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_INT64, .doc = STR_INIT("A group for all processes, which also owns the files of volumes that can belong to a group.")},
    {STR_INIT("sysctls"), 7, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_Sysctl, .doc = STR_INIT("Kernel settings of the pod's own namespaces.")},
    {STR_INIT("fsGroupChangePolicy"), 9, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR | SCHEMA_ENUM_CLOSED, .type = SCHEMA_STRING, .enums = enums_22, .doc = STR_INIT("Whether ownership is set at each mount, or only when the volume's root does not have it yet.")},
    {STR_INIT("seccompProfile"), 10, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_SeccompProfile, .doc = STR_INIT("Which system calls are allowed.")},
    {STR_INIT("appArmorProfile"), 11, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_AppArmorProfile, .doc = STR_INIT("The AppArmor profile.")},
    {STR_INIT("seLinuxChangePolicy"), 13, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_STRING, .extra = &extra_24},
};
static const uint16_t schema_numbers_core_v1_PodSecurityContext[] = {0, 2, 4, 5, 7, 3, 8, 1, 9, 10, 11, 6, 12};
static const uint8_t schema_lookup_core_v1_PodSecurityContext[] = {0, 9, 0, 11, 0, 6, 0, 3, 0, 5, 0, 10, 0, 0, 12, 0, 0, 0, 1, 4, 7, 8, 0, 0, 2, 13, 0, 0, 0, 0, 0, 0};
const struct schema_message schema_message_core_v1_PodSecurityContext = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("PodSecurityContext"),
    .doc = STR_INIT("Rights and kernel settings of all containers of the pod."),
    .fields = schema_fields_core_v1_PodSecurityContext,
    .n_fields = 13,
    .by_number = schema_numbers_core_v1_PodSecurityContext,
    .n_numbered = 13,
    .n_slots = 13,
    .lookup_mask = 31,
    .lookup = schema_lookup_core_v1_PodSecurityContext,
};
const struct schema_field schema_fields_core_v1_PodSignature[] = {
    {STR_INIT("podController"), 1, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_OwnerReference, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
};
static const uint16_t schema_numbers_core_v1_PodSignature[] = {0};
static const uint8_t schema_lookup_core_v1_PodSignature[] = {0, 0, 1, 0};
const struct schema_message schema_message_core_v1_PodSignature = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("PodSignature"),
    .fields = schema_fields_core_v1_PodSignature,
    .n_fields = 1,
    .by_number = schema_numbers_core_v1_PodSignature,
    .n_numbered = 1,
    .n_slots = 1,
    .lookup_mask = 3,
    .lookup = schema_lookup_core_v1_PodSignature,
};
static const struct str enums_23[] = {STR_INIT("Always"), STR_INIT("Never"), STR_INIT("OnFailure"), {NULL, 0}};
static const struct str enums_24[] = {STR_INIT("ClusterFirst"), STR_INIT("ClusterFirstWithHostNet"), STR_INIT("Default"), STR_INIT("None"), {NULL, 0}};
static const struct str keys_5[] = {STR_INIT("ip"), STR_INIT("")};
static const struct str enums_25[] = {STR_INIT("Never"), STR_INIT("PreemptLowerPriority"), {NULL, 0}};
static const struct str keys_6[] = {STR_INIT("topologyKey"), STR_INIT("whenUnsatisfiable"), STR_INIT("")};
static const struct schema_extra extra_25 = {.gate = STR_INIT("DynamicResourceAllocation")};
static const struct schema_extra extra_26 = {.gate = STR_INIT("PodLevelResources")};
static const struct schema_extra extra_27 = {.gate = STR_INIT("HostnameOverride")};
static const struct schema_extra extra_28 = {.gate = STR_INIT("GenericWorkload")};
static const struct schema_extra extra_29 = {.gate = STR_INIT("EvictionRequestAPI"), .rules = STR_INIT("maxItems=10;dependentForbidden(schedulingGroup)")};
const struct schema_field schema_fields_core_v1_PodSpec[] = {
    {STR_INIT("volumes"), 1, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY | SCHEMA_PATCH_MERGE | SCHEMA_PATCH_RETAIN_KEYS, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_Volume, .list = SCHEMA_LIST_MAP, .list_keys = keys_2, .merge_key = STR_INIT("name"), .doc = STR_INIT("Folders and files that containers of the pod can mount, each under a name.")},
    {STR_INIT("initContainers"), 20, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY | SCHEMA_PATCH_MERGE, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_Container, .list = SCHEMA_LIST_MAP, .list_keys = keys_2, .merge_key = STR_INIT("name"), .doc = STR_INIT("Containers that run one after the other, each to its end, before the others start. One with restartPolicy Always is a sidecar: it stays, and the next starts once it has started.")},
    {STR_INIT("containers"), 2, .flags = SCHEMA_REPEATED | SCHEMA_REQUIRED | SCHEMA_PATCH_MERGE, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_Container, .list = SCHEMA_LIST_MAP, .list_keys = keys_2, .merge_key = STR_INIT("name"), .doc = STR_INIT("The containers that do the pod's work; at least one. None can be added later.")},
    {STR_INIT("ephemeralContainers"), 34, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY | SCHEMA_PATCH_MERGE, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_EphemeralContainer, .list = SCHEMA_LIST_MAP, .list_keys = keys_2, .merge_key = STR_INIT("name"), .doc = STR_INIT("Containers put into a running pod to look into it. Set through the ephemeralcontainers subresource, as kubectl debug does.")},
    {STR_INIT("restartPolicy"), 3, .flags = SCHEMA_OMITEMPTY | SCHEMA_ENUM_CLOSED, .type = SCHEMA_STRING, .enums = enums_23, .doc = STR_INIT("When ended containers are started again: whatever the exit code, on failure only, or never.")},
    {STR_INIT("terminationGracePeriodSeconds"), 4, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_INT64, .doc = STR_INIT("Seconds between the polite signal and SIGKILL when the pod is deleted. 0 kills at once.")},
    {STR_INIT("activeDeadlineSeconds"), 5, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_INT64, .doc = STR_INIT("Seconds after its start at which the pod is failed, however far it is.")},
    {STR_INIT("dnsPolicy"), 6, .flags = SCHEMA_OMITEMPTY | SCHEMA_ENUM_CLOSED, .type = SCHEMA_STRING, .enums = enums_24, .doc = STR_INIT("Where name lookups go: ClusterFirst asks the cluster's DNS, Default what the node asks, None only what dnsConfig names. Pods on the host's network need ClusterFirstWithHostNet to ask the cluster.")},
    {STR_INIT("nodeSelector"), 7, .flags = SCHEMA_OMITEMPTY | SCHEMA_MAP_ATOMIC, .type = SCHEMA_MAP_STRING, .doc = STR_INIT("Labels a node must have, all of them, for the pod to be placed there.")},
    {STR_INIT("serviceAccountName"), 8, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("The ServiceAccount whose token the pod gets, and as whom it speaks to the API.")},
    {STR_INIT("serviceAccount"), 9, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("The older name of serviceAccountName.")},
    {STR_INIT("automountServiceAccountToken"), 21, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_BOOL, .doc = STR_INIT("Whether the account's token is mounted into the containers.")},
    {STR_INIT("nodeName"), 10, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("The node the pod is on. The scheduler sets it; a pod made with it is not scheduled.")},
    {STR_INIT("hostNetwork"), 11, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_BOOL, .doc = STR_INIT("Use the node's network instead of one of the pod's own.")},
    {STR_INIT("hostPID"), 12, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_BOOL, .doc = STR_INIT("See and signal the node's processes.")},
    {STR_INIT("hostIPC"), 13, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_BOOL, .doc = STR_INIT("Share the node's System V IPC.")},
    {STR_INIT("shareProcessNamespace"), 27, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_BOOL, .doc = STR_INIT("All containers of the pod see each other's processes.")},
    {STR_INIT("securityContext"), 14, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_PodSecurityContext, .doc = STR_INIT("Users, groups and kernel settings for all containers; a container's own securityContext goes before.")},
    {STR_INIT("imagePullSecrets"), 15, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY | SCHEMA_PATCH_MERGE, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_LocalObjectReference, .list = SCHEMA_LIST_MAP, .list_keys = keys_2, .merge_key = STR_INIT("name"), .doc = STR_INIT("Secrets of this namespace with registry accounts, tried when images are pulled.")},
    {STR_INIT("hostname"), 16, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("The pod's host name; its own name when left out.")},
    {STR_INIT("subdomain"), 17, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("With a headless Service of this name, the pod is found as hostname.subdomain.namespace.svc and the cluster's domain.")},
    {STR_INIT("affinity"), 18, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_Affinity, .doc = STR_INIT("Which nodes, and the company of which pods, the pod needs, prefers or avoids.")},
    {STR_INIT("schedulerName"), 19, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("The scheduler that is to place the pod.")},
    {STR_INIT("tolerations"), 22, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_Toleration, .doc = STR_INIT("Taints the pod may live with.")},
    {STR_INIT("hostAliases"), 23, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY | SCHEMA_PATCH_MERGE, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_HostAlias, .list = SCHEMA_LIST_MAP, .list_keys = keys_5, .merge_key = STR_INIT("ip"), .doc = STR_INIT("Lines added to the pod's /etc/hosts.")},
    {STR_INIT("priorityClassName"), 24, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("The PriorityClass that gives the pod its priority. system-node-critical and system-cluster-critical are the highest.")},
    {STR_INIT("priority"), 25, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_INT32, .doc = STR_INIT("The priority as a number, filled in from the class. Pods with more go first and may displace others.")},
    {STR_INIT("dnsConfig"), 26, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_PodDNSConfig, .doc = STR_INIT("Name servers, search domains and options beside, or with dnsPolicy None instead of, the usual ones.")},
    {STR_INIT("readinessGates"), 28, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_PodReadinessGate, .doc = STR_INIT("Conditions, set by others, that must be True too before the pod counts as ready.")},
    {STR_INIT("runtimeClassName"), 29, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_STRING, .doc = STR_INIT("The RuntimeClass that says how the containers are run.")},
    {STR_INIT("enableServiceLinks"), 30, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_BOOL, .doc = STR_INIT("Put the addresses of the namespace's Services into the environment.")},
    {STR_INIT("preemptionPolicy"), 31, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR | SCHEMA_ENUM_CLOSED, .type = SCHEMA_STRING, .enums = enums_25, .doc = STR_INIT("Whether pods of lower priority may be displaced for this one.")},
    {STR_INIT("overhead"), 32, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MAP_MESSAGE, .message = &schema_message_resource_Quantity, .doc = STR_INIT("What the sandbox itself takes beside the containers; filled in from the RuntimeClass.")},
    {STR_INIT("topologySpreadConstraints"), 33, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY | SCHEMA_PATCH_MERGE, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_TopologySpreadConstraint, .list = SCHEMA_LIST_MAP, .list_keys = keys_6, .merge_key = STR_INIT("topologyKey"), .doc = STR_INIT("How evenly pods like this one are to be spread over zones, nodes or other domains.")},
    {STR_INIT("setHostnameAsFQDN"), 35, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_BOOL, .doc = STR_INIT("Use the full domain name as the kernel's host name.")},
    {STR_INIT("os"), 36, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_PodOS, .doc = STR_INIT("The operating system the pod is made for.")},
    {STR_INIT("hostUsers"), 37, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_BOOL, .doc = STR_INIT("false gives the pod user numbers of its own, so that its root is nobody on the node.")},
    {STR_INIT("schedulingGates"), 38, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY | SCHEMA_PATCH_MERGE, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_PodSchedulingGate, .list = SCHEMA_LIST_MAP, .list_keys = keys_2, .merge_key = STR_INIT("name"), .doc = STR_INIT("While any is there the pod is not scheduled. They can be taken away, not added.")},
    {STR_INIT("resourceClaims"), 39, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY | SCHEMA_PATCH_MERGE | SCHEMA_PATCH_RETAIN_KEYS, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_PodResourceClaim, .list = SCHEMA_LIST_MAP, .list_keys = keys_2, .merge_key = STR_INIT("name"), .doc = STR_INIT("Claims for devices that containers can then name in their resources."), .extra = &extra_25},
    {STR_INIT("resources"), 40, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_ResourceRequirements, .doc = STR_INIT("Requests and limits for the pod as a whole."), .extra = &extra_26},
    {STR_INIT("hostnameOverride"), 41, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_STRING, .extra = &extra_27},
    {STR_INIT("schedulingGroup"), 43, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_PodSchedulingGroup, .extra = &extra_28},
    {STR_INIT("evictionResponders"), 44, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY | SCHEMA_PATCH_MERGE, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_EvictionResponder, .list = SCHEMA_LIST_MAP, .list_keys = keys_2, .merge_key = STR_INIT("name"), .extra = &extra_29},
};
static const uint16_t schema_numbers_core_v1_PodSpec[] = {0, 2, 4, 5, 6, 7, 8, 9, 10, 12, 13, 14, 15, 17, 18, 19, 20, 21, 22, 1, 11, 23, 24, 25, 26, 27, 16, 28, 29, 30, 31, 32, 33, 3, 34, 35, 36, 37, 38, 39, 40, 41, 42};
static const uint8_t schema_lookup_core_v1_PodSpec[] = {1, 0, 0, 38, 10, 42, 41, 0, 0, 40, 0, 0, 0, 19, 39, 9, 0, 0, 0, 18, 0, 0, 0, 24, 0, 0, 0, 0, 0, 0, 0, 0, 12, 34, 0, 0, 11, 0, 2, 14, 15, 16, 23, 37, 0, 0, 0, 0, 0, 0, 0, 0, 0, 5, 36, 0, 0, 20, 17, 8, 28, 29, 43, 26, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 27, 0, 0, 0, 0, 0, 0, 0, 3, 30, 7, 0, 0, 0, 0, 0, 0, 21, 0, 0, 6, 0, 0, 0, 0, 0, 22, 0, 33, 0, 0, 35, 0, 0, 0, 0, 0, 0, 0, 0, 4, 13, 32, 0, 0, 0, 0, 0, 0, 0, 0, 25, 31};
const struct schema_message schema_message_core_v1_PodSpec = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("PodSpec"),
    .doc = STR_INIT("What the pod runs and what it needs. Most of it cannot be changed once the pod is made."),
    .fields = schema_fields_core_v1_PodSpec,
    .n_fields = 43,
    .by_number = schema_numbers_core_v1_PodSpec,
    .n_numbered = 43,
    .n_slots = 43,
    .lookup_mask = 127,
    .lookup = schema_lookup_core_v1_PodSpec,
};
static const struct str enums_26[] = {STR_INIT("Failed"), STR_INIT("Pending"), STR_INIT("Running"), STR_INIT("Succeeded"), STR_INIT("Unknown"), {NULL, 0}};
static const struct str enums_27[] = {STR_INIT("BestEffort"), STR_INIT("Burstable"), STR_INIT("Guaranteed"), {NULL, 0}};
static const struct schema_extra extra_30 = {.gate = STR_INIT("DRAExtendedResource")};
static const struct schema_extra extra_31 = {.gate = STR_INIT("InPlacePodLevelResourcesVerticalScaling")};
static const struct str keys_7[] = {STR_INIT("resourceClaimName"), STR_INIT("")};
static const struct schema_extra extra_32 = {.gate = STR_INIT("DRANodeAllocatableResources")};
const struct schema_field schema_fields_core_v1_PodStatus[] = {
    {STR_INIT("observedGeneration"), 17, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_INT64, .doc = STR_INIT("The metadata.generation this was written for.")},
    {STR_INIT("phase"), 1, .flags = SCHEMA_OMITEMPTY | SCHEMA_ENUM_CLOSED, .type = SCHEMA_STRING, .enums = enums_26, .doc = STR_INIT("In one word how far the pod is: Pending, Running, Succeeded, Failed, or Unknown when its node does not answer.")},
    {STR_INIT("conditions"), 2, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY | SCHEMA_PATCH_MERGE, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_PodCondition, .list = SCHEMA_LIST_MAP, .list_keys = keys_0, .merge_key = STR_INIT("type"), .doc = STR_INIT("Scheduled, initialized, ready and so on, each with its last change.")},
    {STR_INIT("message"), 3, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("Why, for people.")},
    {STR_INIT("reason"), 4, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("Why, in one word of CamelCase.")},
    {STR_INIT("nominatedNodeName"), 11, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("The node on which room is being made for the pod; it may still end up elsewhere.")},
    {STR_INIT("hostIP"), 5, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("Address of the node.")},
    {STR_INIT("hostIPs"), 16, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY | SCHEMA_PATCH_MERGE, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_HostIP, .merge_key = STR_INIT("ip"), .doc = STR_INIT("Addresses of the node.")},
    {STR_INIT("podIP"), 6, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("The pod's address.")},
    {STR_INIT("podIPs"), 12, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY | SCHEMA_PATCH_MERGE, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_PodIP, .list = SCHEMA_LIST_MAP, .list_keys = keys_5, .merge_key = STR_INIT("ip"), .doc = STR_INIT("The pod's addresses, at most one a family.")},
    {STR_INIT("startTime"), 7, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_Time, .doc = STR_INIT("When the node took the pod up, before images were pulled.")},
    {STR_INIT("initContainerStatuses"), 10, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_ContainerStatus, .doc = STR_INIT("State of each init container.")},
    {STR_INIT("containerStatuses"), 8, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_ContainerStatus, .doc = STR_INIT("State of each container.")},
    {STR_INIT("qosClass"), 9, .flags = SCHEMA_OMITEMPTY | SCHEMA_ENUM_CLOSED, .type = SCHEMA_STRING, .enums = enums_27, .doc = STR_INIT("Guaranteed, Burstable or BestEffort, by the containers' requests and limits.")},
    {STR_INIT("ephemeralContainerStatuses"), 13, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_ContainerStatus, .doc = STR_INIT("State of each ephemeral container.")},
    {STR_INIT("resize"), 14, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("How far a change of resources is. Conditions tell it now."), .extra = &extra_3},
    {STR_INIT("resourceClaimStatuses"), 15, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY | SCHEMA_PATCH_MERGE | SCHEMA_PATCH_RETAIN_KEYS, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_PodResourceClaimStatus, .list = SCHEMA_LIST_MAP, .list_keys = keys_2, .merge_key = STR_INIT("name"), .doc = STR_INIT("Which claim was made or used for each entry of spec.resourceClaims."), .extra = &extra_25},
    {STR_INIT("extendedResourceClaimStatus"), 18, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_PodExtendedResourceClaimStatus, .extra = &extra_30},
    {STR_INIT("allocatedResources"), 19, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MAP_MESSAGE, .message = &schema_message_resource_Quantity, .doc = STR_INIT("A number with a unit, such as 500m, 1.5 or 2Gi."), .extra = &extra_31},
    {STR_INIT("resources"), 20, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_ResourceRequirements, .doc = STR_INIT("CPU, memory and other resources of a container."), .extra = &extra_31},
    {STR_INIT("nodeAllocatableResourceClaimStatuses"), 21, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY | SCHEMA_PATCH_MERGE, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_NodeAllocatableResourceClaimStatus, .list = SCHEMA_LIST_MAP, .list_keys = keys_7, .merge_key = STR_INIT("resourceClaimName"), .extra = &extra_32},
    {STR_INIT("volumeHealth"), 22, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_PodVolumeHealth, .list = SCHEMA_LIST_MAP, .list_keys = keys_2, .extra = &extra_21},
};
static const uint16_t schema_numbers_core_v1_PodStatus[] = {1, 2, 3, 4, 6, 8, 10, 12, 13, 11, 5, 9, 14, 15, 16, 7, 0, 17, 18, 19, 20, 21};
static const uint8_t schema_lookup_core_v1_PodStatus[] = {5, 0, 0, 10, 12, 0, 0, 0, 0, 20, 0, 0, 0, 0, 17, 0, 13, 11, 0, 0, 0, 0, 16, 4, 21, 0, 0, 0, 0, 6, 14, 0, 0, 0, 0, 2, 0, 0, 0, 0, 8, 0, 0, 0, 0, 0, 3, 18, 7, 0, 0, 0, 19, 0, 9, 15, 0, 22, 0, 0, 0, 0, 0, 1};
const struct schema_message schema_message_core_v1_PodStatus = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("PodStatus"),
    .doc = STR_INIT("What is known of the pod, told by its node."),
    .fields = schema_fields_core_v1_PodStatus,
    .n_fields = 22,
    .by_number = schema_numbers_core_v1_PodStatus,
    .n_numbered = 22,
    .n_slots = 22,
    .lookup_mask = 63,
    .lookup = schema_lookup_core_v1_PodStatus,
};
const struct schema_field schema_fields_core_v1_PodTemplate[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ObjectMeta, .key_default = STR_INIT("{}"), .doc = STR_INIT("Standard object's metadata: name, labels and the like.")},
    {STR_INIT("template"), 2, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_PodTemplateSpec, .key_default = STR_INIT("{}"), .doc = STR_INIT("What the pods made from this look like: their labels and annotations, and their spec.")},
};
static const uint16_t schema_numbers_core_v1_PodTemplate[] = {1, 2, 0};
static const struct schema_field *const schema_slots_core_v1_PodTemplate[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_core_v1_PodTemplate[1], &schema_fields_core_v1_PodTemplate[2]};
static const uint8_t schema_starts_core_v1_PodTemplate[] = {0, 2, 3};
static const uint8_t schema_lookup_core_v1_PodTemplate[] = {1, 2, 3, 0, 4, 0, 0, 0};
const struct schema_message schema_message_core_v1_PodTemplate = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("PodTemplate"),
    .doc = STR_INIT("A pod's description kept for others to copy."),
    .fields = schema_fields_core_v1_PodTemplate,
    .n_fields = 3,
    .by_number = schema_numbers_core_v1_PodTemplate,
    .n_numbered = 2,
    .slots = schema_slots_core_v1_PodTemplate,
    .starts = schema_starts_core_v1_PodTemplate,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_core_v1_PodTemplate,
};
const struct schema_field schema_fields_core_v1_PodTemplateList[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ListMeta, .doc = STR_INIT("Where the list was read, and how to go on.")},
    {STR_INIT("items"), 2, .flags = SCHEMA_REPEATED | SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_PodTemplate, .doc = STR_INIT("The objects of the list.")},
};
static const uint16_t schema_numbers_core_v1_PodTemplateList[] = {1, 2, 0};
static const struct schema_field *const schema_slots_core_v1_PodTemplateList[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_core_v1_PodTemplateList[1], &schema_fields_core_v1_PodTemplateList[2]};
static const uint8_t schema_starts_core_v1_PodTemplateList[] = {0, 2, 3};
static const uint8_t schema_lookup_core_v1_PodTemplateList[] = {1, 2, 3, 4, 0, 0, 0, 0};
const struct schema_message schema_message_core_v1_PodTemplateList = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("PodTemplateList"),
    .fields = schema_fields_core_v1_PodTemplateList,
    .n_fields = 3,
    .by_number = schema_numbers_core_v1_PodTemplateList,
    .n_numbered = 2,
    .slots = schema_slots_core_v1_PodTemplateList,
    .starts = schema_starts_core_v1_PodTemplateList,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_core_v1_PodTemplateList,
};
const struct schema_field schema_fields_core_v1_PodTemplateSpec[] = {
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ObjectMeta, .key_default = STR_INIT("{}"), .doc = STR_INIT("Standard object's metadata: name, labels and the like.")},
    {STR_INIT("spec"), 2, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_PodSpec, .key_default = STR_INIT("{}"), .doc = STR_INIT("What is wanted.")},
};
static const uint16_t schema_numbers_core_v1_PodTemplateSpec[] = {0, 1};
static const uint8_t schema_lookup_core_v1_PodTemplateSpec[] = {1, 2, 0, 0};
const struct schema_message schema_message_core_v1_PodTemplateSpec = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("PodTemplateSpec"),
    .doc = STR_INIT("What the pods made from this look like: their labels and annotations, and their spec."),
    .fields = schema_fields_core_v1_PodTemplateSpec,
    .n_fields = 2,
    .by_number = schema_numbers_core_v1_PodTemplateSpec,
    .n_numbered = 2,
    .n_slots = 2,
    .lookup_mask = 3,
    .lookup = schema_lookup_core_v1_PodTemplateSpec,
};
static const struct str keys_8[] = {STR_INIT("status"), STR_INIT("reason"), STR_INIT("")};
static const struct schema_extra extra_33 = {.rules = STR_INIT("maxItems=16")};
const struct schema_field schema_fields_core_v1_PodVolumeHealth[] = {
    {STR_INIT("name"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .doc = STR_INIT("The name.")},
    {STR_INIT("healthConditions"), 2, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY | SCHEMA_PATCH_MERGE, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_VolumeHealthCondition, .list = SCHEMA_LIST_MAP, .list_keys = keys_8, .merge_key = STR_INIT("status"), .extra = &extra_33},
    {STR_INIT("lastTransitionTime"), 3, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_Time, .doc = STR_INIT("When the condition last changed between True, False and Unknown.")},
};
static const uint16_t schema_numbers_core_v1_PodVolumeHealth[] = {0, 1, 2};
static const uint8_t schema_lookup_core_v1_PodVolumeHealth[] = {0, 0, 0, 0, 1, 2, 3, 0};
const struct schema_message schema_message_core_v1_PodVolumeHealth = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("PodVolumeHealth"),
    .fields = schema_fields_core_v1_PodVolumeHealth,
    .n_fields = 3,
    .by_number = schema_numbers_core_v1_PodVolumeHealth,
    .n_numbered = 3,
    .n_slots = 3,
    .lookup_mask = 7,
    .lookup = schema_lookup_core_v1_PodVolumeHealth,
};
const struct schema_field schema_fields_core_v1_PortStatus[] = {
    {STR_INIT("port"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_INT32, .key_default = STR_INIT("0")},
    {STR_INIT("protocol"), 2, .flags = SCHEMA_REQUIRED | SCHEMA_ENUM_CLOSED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .enums = enums_5},
    {STR_INIT("error"), 3, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_STRING},
};
static const uint16_t schema_numbers_core_v1_PortStatus[] = {0, 1, 2};
static const uint8_t schema_lookup_core_v1_PortStatus[] = {2, 0, 3, 0, 0, 1, 0, 0};
const struct schema_message schema_message_core_v1_PortStatus = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("PortStatus"),
    .fields = schema_fields_core_v1_PortStatus,
    .n_fields = 3,
    .by_number = schema_numbers_core_v1_PortStatus,
    .n_numbered = 3,
    .n_slots = 3,
    .lookup_mask = 7,
    .lookup = schema_lookup_core_v1_PortStatus,
};
const struct schema_field schema_fields_core_v1_PortworxVolumeSource[] = {
    {STR_INIT("volumeID"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\"")},
    {STR_INIT("fsType"), 2, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("The file system.")},
    {STR_INIT("readOnly"), 3, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_BOOL, .doc = STR_INIT("Nothing may be written.")},
};
static const uint16_t schema_numbers_core_v1_PortworxVolumeSource[] = {0, 1, 2};
static const uint8_t schema_lookup_core_v1_PortworxVolumeSource[] = {1, 0, 2, 3, 0, 0, 0, 0};
const struct schema_message schema_message_core_v1_PortworxVolumeSource = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("PortworxVolumeSource"),
    .fields = schema_fields_core_v1_PortworxVolumeSource,
    .n_fields = 3,
    .by_number = schema_numbers_core_v1_PortworxVolumeSource,
    .n_numbered = 3,
    .n_slots = 3,
    .lookup_mask = 7,
    .lookup = schema_lookup_core_v1_PortworxVolumeSource,
};
const struct schema_field schema_fields_core_v1_Preconditions[] = {
    {STR_INIT("uid"), 1, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_STRING, .doc = STR_INIT("The identity the server gave it.")},
};
static const uint16_t schema_numbers_core_v1_Preconditions[] = {0};
static const uint8_t schema_lookup_core_v1_Preconditions[] = {0, 1, 0, 0};
const struct schema_message schema_message_core_v1_Preconditions = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("Preconditions"),
    .fields = schema_fields_core_v1_Preconditions,
    .n_fields = 1,
    .by_number = schema_numbers_core_v1_Preconditions,
    .n_numbered = 1,
    .n_slots = 1,
    .lookup_mask = 3,
    .lookup = schema_lookup_core_v1_Preconditions,
};
const struct schema_field schema_fields_core_v1_PreferAvoidPodsEntry[] = {
    {STR_INIT("podSignature"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_PodSignature},
    {STR_INIT("evictionTime"), 2, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_Time, .doc = STR_INIT("A time: RFC 3339, to the second.")},
    {STR_INIT("reason"), 3, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("Why, in one word of CamelCase.")},
    {STR_INIT("message"), 4, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("Why, for people.")},
};
static const uint16_t schema_numbers_core_v1_PreferAvoidPodsEntry[] = {0, 1, 2, 3};
static const uint8_t schema_lookup_core_v1_PreferAvoidPodsEntry[] = {3, 0, 0, 2, 0, 1, 0, 4};
const struct schema_message schema_message_core_v1_PreferAvoidPodsEntry = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("PreferAvoidPodsEntry"),
    .fields = schema_fields_core_v1_PreferAvoidPodsEntry,
    .n_fields = 4,
    .by_number = schema_numbers_core_v1_PreferAvoidPodsEntry,
    .n_numbered = 4,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_core_v1_PreferAvoidPodsEntry,
};
const struct schema_field schema_fields_core_v1_PreferredSchedulingTerm[] = {
    {STR_INIT("weight"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_INT32, .key_default = STR_INIT("0"), .doc = STR_INIT("How much it counts, from 1 to 100.")},
    {STR_INIT("preference"), 2, .flags = SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_NodeSelectorTerm, .key_default = STR_INIT("{}"), .doc = STR_INIT("All of its requirements must match. An empty term matches nothing.")},
};
static const uint16_t schema_numbers_core_v1_PreferredSchedulingTerm[] = {0, 1};
static const uint8_t schema_lookup_core_v1_PreferredSchedulingTerm[] = {0, 1, 2, 0};
const struct schema_message schema_message_core_v1_PreferredSchedulingTerm = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("PreferredSchedulingTerm"),
    .fields = schema_fields_core_v1_PreferredSchedulingTerm,
    .n_fields = 2,
    .by_number = schema_numbers_core_v1_PreferredSchedulingTerm,
    .n_numbered = 2,
    .n_slots = 2,
    .lookup_mask = 3,
    .lookup = schema_lookup_core_v1_PreferredSchedulingTerm,
};
const struct schema_field schema_fields_core_v1_Probe[] = {
    {STR_INIT("handler"), 1, .flags = SCHEMA_INLINE, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_ProbeHandler, .doc = STR_INIT("How the check is made; exactly one is set.")},
    {STR_INIT("initialDelaySeconds"), 2, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_INT32, .doc = STR_INIT("Seconds after the start before the first check.")},
    {STR_INIT("timeoutSeconds"), 3, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_INT32, .doc = STR_INIT("Seconds after which a check without an answer has failed.")},
    {STR_INIT("periodSeconds"), 4, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_INT32, .doc = STR_INIT("Seconds between checks.")},
    {STR_INIT("successThreshold"), 5, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_INT32, .doc = STR_INIT("Checks in a row that must pass before it counts as passing again. 1 for liveness and startup.")},
    {STR_INIT("failureThreshold"), 6, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_INT32, .doc = STR_INIT("Checks in a row that must fail before it counts as failing.")},
    {STR_INIT("terminationGracePeriodSeconds"), 7, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_INT64, .doc = STR_INIT("Seconds the container gets to end when this check fails; the pod's when left out.")},
};
static const uint16_t schema_numbers_core_v1_Probe[] = {0, 1, 2, 3, 4, 5, 6};
static const struct schema_field *const schema_slots_core_v1_Probe[] = {&schema_fields_core_v1_ProbeHandler[0], &schema_fields_core_v1_ProbeHandler[1], &schema_fields_core_v1_ProbeHandler[2], &schema_fields_core_v1_ProbeHandler[3], &schema_fields_core_v1_Probe[1], &schema_fields_core_v1_Probe[2], &schema_fields_core_v1_Probe[3], &schema_fields_core_v1_Probe[4], &schema_fields_core_v1_Probe[5], &schema_fields_core_v1_Probe[6]};
static const uint8_t schema_starts_core_v1_Probe[] = {0, 4, 5, 6, 7, 8, 9};
static const uint8_t schema_lookup_core_v1_Probe[] = {0, 0, 0, 0, 2, 4, 0, 0, 0, 0, 8, 0, 0, 0, 0, 6, 0, 7, 0, 5, 0, 1, 3, 0, 0, 0, 0, 0, 9, 0, 0, 10};
const struct schema_message schema_message_core_v1_Probe = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("Probe"),
    .doc = STR_INIT("A check made on a container again and again."),
    .fields = schema_fields_core_v1_Probe,
    .n_fields = 7,
    .by_number = schema_numbers_core_v1_Probe,
    .n_numbered = 7,
    .slots = schema_slots_core_v1_Probe,
    .starts = schema_starts_core_v1_Probe,
    .n_slots = 10,
    .lookup_mask = 31,
    .lookup = schema_lookup_core_v1_Probe,
};
const struct schema_field schema_fields_core_v1_ProbeHandler[] = {
    {STR_INIT("exec"), 1, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_ExecAction, .doc = STR_INIT("Run a program in the container; exit code 0 passes.")},
    {STR_INIT("httpGet"), 2, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_HTTPGetAction, .doc = STR_INIT("Ask a page; codes from 200 to 399 pass.")},
    {STR_INIT("tcpSocket"), 3, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_TCPSocketAction, .doc = STR_INIT("Open a connection; that it opens is enough.")},
    {STR_INIT("grpc"), 4, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_GRPCAction, .doc = STR_INIT("Ask the gRPC health service.")},
};
static const uint16_t schema_numbers_core_v1_ProbeHandler[] = {0, 1, 2, 3};
static const uint8_t schema_lookup_core_v1_ProbeHandler[] = {0, 0, 0, 0, 2, 1, 3, 4};
const struct schema_message schema_message_core_v1_ProbeHandler = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("ProbeHandler"),
    .doc = STR_INIT("How the check is made; exactly one is set."),
    .fields = schema_fields_core_v1_ProbeHandler,
    .n_fields = 4,
    .by_number = schema_numbers_core_v1_ProbeHandler,
    .n_numbered = 4,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_core_v1_ProbeHandler,
};
const struct schema_field schema_fields_core_v1_ProjectedVolumeSource[] = {
    {STR_INIT("sources"), 1, .flags = SCHEMA_REPEATED, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_VolumeProjection, .doc = STR_INIT("The sources, in order.")},
    {STR_INIT("defaultMode"), 2, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_INT32, .doc = STR_INIT("Permissions of the files that name none: an octal number, or a decimal one in JSON.")},
    {STR_INIT("defaultUser"), 3, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_INT64, .extra = &extra_2},
};
static const uint16_t schema_numbers_core_v1_ProjectedVolumeSource[] = {0, 1, 2};
static const uint8_t schema_lookup_core_v1_ProjectedVolumeSource[] = {1, 3, 0, 0, 0, 0, 0, 2};
const struct schema_message schema_message_core_v1_ProjectedVolumeSource = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("ProjectedVolumeSource"),
    .doc = STR_INIT("Several sources in one folder."),
    .fields = schema_fields_core_v1_ProjectedVolumeSource,
    .n_fields = 3,
    .by_number = schema_numbers_core_v1_ProjectedVolumeSource,
    .n_numbered = 3,
    .n_slots = 3,
    .lookup_mask = 7,
    .lookup = schema_lookup_core_v1_ProjectedVolumeSource,
};
const struct schema_field schema_fields_core_v1_QuobyteVolumeSource[] = {
    {STR_INIT("registry"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\"")},
    {STR_INIT("volume"), 2, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\"")},
    {STR_INIT("readOnly"), 3, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_BOOL, .doc = STR_INIT("Nothing may be written.")},
    {STR_INIT("user"), 4, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
    {STR_INIT("group"), 5, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
    {STR_INIT("tenant"), 6, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
};
static const uint16_t schema_numbers_core_v1_QuobyteVolumeSource[] = {0, 1, 2, 3, 4, 5};
static const uint8_t schema_lookup_core_v1_QuobyteVolumeSource[] = {4, 0, 6, 0, 0, 0, 0, 0, 0, 2, 5, 3, 0, 0, 0, 1};
const struct schema_message schema_message_core_v1_QuobyteVolumeSource = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("QuobyteVolumeSource"),
    .fields = schema_fields_core_v1_QuobyteVolumeSource,
    .n_fields = 6,
    .by_number = schema_numbers_core_v1_QuobyteVolumeSource,
    .n_numbered = 6,
    .n_slots = 6,
    .lookup_mask = 15,
    .lookup = schema_lookup_core_v1_QuobyteVolumeSource,
};
const struct schema_field schema_fields_core_v1_RBDPersistentVolumeSource[] = {
    {STR_INIT("monitors"), 1, .flags = SCHEMA_REPEATED | SCHEMA_REQUIRED, .type = SCHEMA_STRING},
    {STR_INIT("image"), 2, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\"")},
    {STR_INIT("fsType"), 3, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("The file system.")},
    {STR_INIT("pool"), 4, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .fallback = STR_INIT("\"rbd\""), .key_default = STR_INIT("\"rbd\"")},
    {STR_INIT("user"), 5, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .fallback = STR_INIT("\"admin\""), .key_default = STR_INIT("\"admin\"")},
    {STR_INIT("keyring"), 6, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .fallback = STR_INIT("\"/etc/ceph/keyring\""), .key_default = STR_INIT("\"/etc/ceph/keyring\"")},
    {STR_INIT("secretRef"), 7, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_SecretReference, .doc = STR_INIT("A Secret, by name and namespace.")},
    {STR_INIT("readOnly"), 8, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_BOOL, .doc = STR_INIT("Nothing may be written.")},
};
static const uint16_t schema_numbers_core_v1_RBDPersistentVolumeSource[] = {0, 1, 2, 3, 4, 5, 6, 7};
static const uint8_t schema_lookup_core_v1_RBDPersistentVolumeSource[] = {1, 5, 3, 6, 7, 0, 0, 0, 0, 0, 4, 8, 0, 0, 0, 2};
const struct schema_message schema_message_core_v1_RBDPersistentVolumeSource = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("RBDPersistentVolumeSource"),
    .fields = schema_fields_core_v1_RBDPersistentVolumeSource,
    .n_fields = 8,
    .by_number = schema_numbers_core_v1_RBDPersistentVolumeSource,
    .n_numbered = 8,
    .n_slots = 8,
    .lookup_mask = 15,
    .lookup = schema_lookup_core_v1_RBDPersistentVolumeSource,
};
const struct schema_field schema_fields_core_v1_RBDVolumeSource[] = {
    {STR_INIT("monitors"), 1, .flags = SCHEMA_REPEATED | SCHEMA_REQUIRED, .type = SCHEMA_STRING},
    {STR_INIT("image"), 2, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\"")},
    {STR_INIT("fsType"), 3, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("The file system.")},
    {STR_INIT("pool"), 4, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .fallback = STR_INIT("\"rbd\""), .key_default = STR_INIT("\"rbd\"")},
    {STR_INIT("user"), 5, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .fallback = STR_INIT("\"admin\""), .key_default = STR_INIT("\"admin\"")},
    {STR_INIT("keyring"), 6, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .fallback = STR_INIT("\"/etc/ceph/keyring\""), .key_default = STR_INIT("\"/etc/ceph/keyring\"")},
    {STR_INIT("secretRef"), 7, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_LocalObjectReference, .doc = STR_INIT("The name of an object in the same namespace.")},
    {STR_INIT("readOnly"), 8, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_BOOL, .doc = STR_INIT("Nothing may be written.")},
};
static const uint16_t schema_numbers_core_v1_RBDVolumeSource[] = {0, 1, 2, 3, 4, 5, 6, 7};
static const uint8_t schema_lookup_core_v1_RBDVolumeSource[] = {1, 5, 3, 6, 7, 0, 0, 0, 0, 0, 4, 8, 0, 0, 0, 2};
const struct schema_message schema_message_core_v1_RBDVolumeSource = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("RBDVolumeSource"),
    .fields = schema_fields_core_v1_RBDVolumeSource,
    .n_fields = 8,
    .by_number = schema_numbers_core_v1_RBDVolumeSource,
    .n_numbered = 8,
    .n_slots = 8,
    .lookup_mask = 15,
    .lookup = schema_lookup_core_v1_RBDVolumeSource,
};
const struct schema_field schema_fields_core_v1_RangeAllocation[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ObjectMeta, .doc = STR_INIT("Standard object's metadata: name, labels and the like.")},
    {STR_INIT("range"), 2, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING},
    {STR_INIT("data"), 3, .flags = SCHEMA_REQUIRED, .type = SCHEMA_BYTES},
};
static const uint16_t schema_numbers_core_v1_RangeAllocation[] = {1, 2, 3, 0};
static const struct schema_field *const schema_slots_core_v1_RangeAllocation[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_core_v1_RangeAllocation[1], &schema_fields_core_v1_RangeAllocation[2], &schema_fields_core_v1_RangeAllocation[3]};
static const uint8_t schema_starts_core_v1_RangeAllocation[] = {0, 2, 3, 4};
static const uint8_t schema_lookup_core_v1_RangeAllocation[] = {3, 0, 0, 0, 4, 0, 0, 0, 1, 2, 0, 5, 0, 0, 0, 0};
const struct schema_message schema_message_core_v1_RangeAllocation = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("RangeAllocation"),
    .fields = schema_fields_core_v1_RangeAllocation,
    .n_fields = 4,
    .by_number = schema_numbers_core_v1_RangeAllocation,
    .n_numbered = 3,
    .slots = schema_slots_core_v1_RangeAllocation,
    .starts = schema_starts_core_v1_RangeAllocation,
    .n_slots = 5,
    .lookup_mask = 15,
    .lookup = schema_lookup_core_v1_RangeAllocation,
};
static const struct schema_extra extra_34 = {.rules = STR_INIT("subfield(name)=optional;subfield(name)=format=k8s-long-name")};
const struct schema_field schema_fields_core_v1_ReplicationController[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ObjectMeta, .key_default = STR_INIT("{}"), .doc = STR_INIT("Standard object's metadata: name, labels and the like."), .extra = &extra_34},
    {STR_INIT("spec"), 2, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_ReplicationControllerSpec, .key_default = STR_INIT("{}"), .doc = STR_INIT("What is wanted.")},
    {STR_INIT("status"), 3, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_ReplicationControllerStatus, .key_default = STR_INIT("{}"), .doc = STR_INIT("What is, as those who look after it tell.")},
};
static const uint16_t schema_numbers_core_v1_ReplicationController[] = {1, 2, 3, 0};
static const struct schema_field *const schema_slots_core_v1_ReplicationController[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_core_v1_ReplicationController[1], &schema_fields_core_v1_ReplicationController[2], &schema_fields_core_v1_ReplicationController[3]};
static const uint8_t schema_starts_core_v1_ReplicationController[] = {0, 2, 3, 4};
static const uint8_t schema_lookup_core_v1_ReplicationController[] = {3, 0, 0, 0, 0, 0, 0, 0, 1, 2, 0, 5, 0, 4, 0, 0};
const struct schema_message schema_message_core_v1_ReplicationController = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("ReplicationController"),
    .doc = STR_INIT("An older kind that keeps a number of pods running; see Deployment."),
    .fields = schema_fields_core_v1_ReplicationController,
    .n_fields = 4,
    .by_number = schema_numbers_core_v1_ReplicationController,
    .n_numbered = 3,
    .slots = schema_slots_core_v1_ReplicationController,
    .starts = schema_starts_core_v1_ReplicationController,
    .n_slots = 5,
    .lookup_mask = 15,
    .lookup = schema_lookup_core_v1_ReplicationController,
};
const struct schema_field schema_fields_core_v1_ReplicationControllerCondition[] = {
    {STR_INIT("type"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .doc = STR_INIT("Which condition.")},
    {STR_INIT("status"), 2, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .doc = STR_INIT("True, False or Unknown.")},
    {STR_INIT("lastTransitionTime"), 3, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_Time, .doc = STR_INIT("When the condition last changed between True, False and Unknown.")},
    {STR_INIT("reason"), 4, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("Why, in one word of CamelCase.")},
    {STR_INIT("message"), 5, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("Why, for people.")},
};
static const uint16_t schema_numbers_core_v1_ReplicationControllerCondition[] = {0, 1, 2, 3, 4};
static const uint8_t schema_lookup_core_v1_ReplicationControllerCondition[] = {4, 0, 1, 0, 0, 0, 3, 5, 0, 0, 0, 2, 0, 0, 0, 0};
const struct schema_message schema_message_core_v1_ReplicationControllerCondition = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("ReplicationControllerCondition"),
    .fields = schema_fields_core_v1_ReplicationControllerCondition,
    .n_fields = 5,
    .by_number = schema_numbers_core_v1_ReplicationControllerCondition,
    .n_numbered = 5,
    .n_slots = 5,
    .lookup_mask = 15,
    .lookup = schema_lookup_core_v1_ReplicationControllerCondition,
};
const struct schema_field schema_fields_core_v1_ReplicationControllerList[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ListMeta, .doc = STR_INIT("Where the list was read, and how to go on.")},
    {STR_INIT("items"), 2, .flags = SCHEMA_REPEATED | SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_ReplicationController, .doc = STR_INIT("The objects of the list.")},
};
static const uint16_t schema_numbers_core_v1_ReplicationControllerList[] = {1, 2, 0};
static const struct schema_field *const schema_slots_core_v1_ReplicationControllerList[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_core_v1_ReplicationControllerList[1], &schema_fields_core_v1_ReplicationControllerList[2]};
static const uint8_t schema_starts_core_v1_ReplicationControllerList[] = {0, 2, 3};
static const uint8_t schema_lookup_core_v1_ReplicationControllerList[] = {1, 2, 3, 4, 0, 0, 0, 0};
const struct schema_message schema_message_core_v1_ReplicationControllerList = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("ReplicationControllerList"),
    .fields = schema_fields_core_v1_ReplicationControllerList,
    .n_fields = 3,
    .by_number = schema_numbers_core_v1_ReplicationControllerList,
    .n_numbered = 2,
    .slots = schema_slots_core_v1_ReplicationControllerList,
    .starts = schema_starts_core_v1_ReplicationControllerList,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_core_v1_ReplicationControllerList,
};
static const struct schema_extra extra_35 = {.rules = STR_INIT("minimum=0")};
const struct schema_field schema_fields_core_v1_ReplicationControllerSpec[] = {
    {STR_INIT("replicas"), 1, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_INT32, .fallback = STR_INIT("1"), .key_default = STR_INIT("1"), .extra = &extra_35},
    {STR_INIT("minReadySeconds"), 4, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_INT32, .fallback = STR_INIT("0"), .key_default = STR_INIT("0"), .extra = &extra_35},
    {STR_INIT("selector"), 2, .flags = SCHEMA_OMITEMPTY | SCHEMA_MAP_ATOMIC, .type = SCHEMA_MAP_STRING},
    {STR_INIT("template"), 3, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_PodTemplateSpec, .doc = STR_INIT("What the pods made from this look like: their labels and annotations, and their spec.")},
};
static const uint16_t schema_numbers_core_v1_ReplicationControllerSpec[] = {0, 2, 3, 1};
static const uint8_t schema_lookup_core_v1_ReplicationControllerSpec[] = {0, 2, 3, 0, 4, 1, 0, 0};
const struct schema_message schema_message_core_v1_ReplicationControllerSpec = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("ReplicationControllerSpec"),
    .fields = schema_fields_core_v1_ReplicationControllerSpec,
    .n_fields = 4,
    .by_number = schema_numbers_core_v1_ReplicationControllerSpec,
    .n_numbered = 4,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_core_v1_ReplicationControllerSpec,
};
const struct schema_field schema_fields_core_v1_ReplicationControllerStatus[] = {
    {STR_INIT("replicas"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_INT32, .key_default = STR_INIT("0")},
    {STR_INIT("fullyLabeledReplicas"), 2, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_INT32},
    {STR_INIT("readyReplicas"), 4, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_INT32},
    {STR_INIT("availableReplicas"), 5, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_INT32},
    {STR_INIT("observedGeneration"), 3, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_INT64, .doc = STR_INIT("The metadata.generation this was written for.")},
    {STR_INIT("conditions"), 6, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY | SCHEMA_PATCH_MERGE, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_ReplicationControllerCondition, .list = SCHEMA_LIST_MAP, .list_keys = keys_0, .merge_key = STR_INIT("type"), .doc = STR_INIT("What is known of it, each with its last change.")},
};
static const uint16_t schema_numbers_core_v1_ReplicationControllerStatus[] = {0, 1, 4, 2, 3, 5};
static const uint8_t schema_lookup_core_v1_ReplicationControllerStatus[] = {4, 0, 0, 0, 0, 1, 3, 2, 0, 0, 0, 0, 0, 0, 6, 5};
const struct schema_message schema_message_core_v1_ReplicationControllerStatus = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("ReplicationControllerStatus"),
    .fields = schema_fields_core_v1_ReplicationControllerStatus,
    .n_fields = 6,
    .by_number = schema_numbers_core_v1_ReplicationControllerStatus,
    .n_numbered = 6,
    .n_slots = 6,
    .lookup_mask = 15,
    .lookup = schema_lookup_core_v1_ReplicationControllerStatus,
};
const struct schema_field schema_fields_core_v1_ResourceClaim[] = {
    {STR_INIT("name"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .doc = STR_INIT("The name.")},
    {STR_INIT("request"), 2, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
};
static const uint16_t schema_numbers_core_v1_ResourceClaim[] = {0, 1};
static const uint8_t schema_lookup_core_v1_ResourceClaim[] = {1, 0, 2, 0};
const struct schema_message schema_message_core_v1_ResourceClaim = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("ResourceClaim"),
    .fields = schema_fields_core_v1_ResourceClaim,
    .n_fields = 2,
    .by_number = schema_numbers_core_v1_ResourceClaim,
    .n_numbered = 2,
    .n_slots = 2,
    .lookup_mask = 3,
    .lookup = schema_lookup_core_v1_ResourceClaim,
};
const struct schema_field schema_fields_core_v1_ResourceFieldSelector[] = {
    {STR_INIT("containerName"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("The container; needed in volumes, its own in variables.")},
    {STR_INIT("resource"), 2, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .doc = STR_INIT("Which one, such as limits.cpu or requests.memory.")},
    {STR_INIT("divisor"), 3, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_resource_Quantity, .doc = STR_INIT("What the number is divided by, rounded up.")},
};
static const uint16_t schema_numbers_core_v1_ResourceFieldSelector[] = {0, 1, 2};
static const uint8_t schema_lookup_core_v1_ResourceFieldSelector[] = {0, 2, 0, 0, 0, 0, 1, 3};
const struct schema_message schema_message_core_v1_ResourceFieldSelector = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("ResourceFieldSelector"),
    .map_atomic = true,
    .doc = STR_INIT("A limit or request of a container."),
    .fields = schema_fields_core_v1_ResourceFieldSelector,
    .n_fields = 3,
    .by_number = schema_numbers_core_v1_ResourceFieldSelector,
    .n_numbered = 3,
    .n_slots = 3,
    .lookup_mask = 7,
    .lookup = schema_lookup_core_v1_ResourceFieldSelector,
};
static const struct schema_extra extra_36 = {.gate = STR_INIT("ResourceHealthStatusMessage")};
const struct schema_field schema_fields_core_v1_ResourceHealth[] = {
    {STR_INIT("resourceID"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\"")},
    {STR_INIT("health"), 2, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
    {STR_INIT("message"), 6, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_STRING, .doc = STR_INIT("Why, for people."), .extra = &extra_36},
};
static const uint16_t schema_numbers_core_v1_ResourceHealth[] = {0, 1, 2};
static const uint8_t schema_lookup_core_v1_ResourceHealth[] = {2, 0, 0, 0, 0, 1, 0, 3};
const struct schema_message schema_message_core_v1_ResourceHealth = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("ResourceHealth"),
    .fields = schema_fields_core_v1_ResourceHealth,
    .n_fields = 3,
    .by_number = schema_numbers_core_v1_ResourceHealth,
    .n_numbered = 3,
    .n_slots = 3,
    .lookup_mask = 7,
    .lookup = schema_lookup_core_v1_ResourceHealth,
};
const struct schema_field schema_fields_core_v1_ResourceQuota[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ObjectMeta, .key_default = STR_INIT("{}"), .doc = STR_INIT("Standard object's metadata: name, labels and the like.")},
    {STR_INIT("spec"), 2, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_ResourceQuotaSpec, .key_default = STR_INIT("{}"), .doc = STR_INIT("What is bounded.")},
    {STR_INIT("status"), 3, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_ResourceQuotaStatus, .key_default = STR_INIT("{}"), .doc = STR_INIT("What is, as those who look after it tell.")},
};
static const uint16_t schema_numbers_core_v1_ResourceQuota[] = {1, 2, 3, 0};
static const struct schema_field *const schema_slots_core_v1_ResourceQuota[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_core_v1_ResourceQuota[1], &schema_fields_core_v1_ResourceQuota[2], &schema_fields_core_v1_ResourceQuota[3]};
static const uint8_t schema_starts_core_v1_ResourceQuota[] = {0, 2, 3, 4};
static const uint8_t schema_lookup_core_v1_ResourceQuota[] = {3, 0, 0, 0, 0, 0, 0, 0, 1, 2, 0, 5, 0, 4, 0, 0};
const struct schema_message schema_message_core_v1_ResourceQuota = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("ResourceQuota"),
    .doc = STR_INIT("Bounds for all of a namespace together."),
    .fields = schema_fields_core_v1_ResourceQuota,
    .n_fields = 4,
    .by_number = schema_numbers_core_v1_ResourceQuota,
    .n_numbered = 3,
    .slots = schema_slots_core_v1_ResourceQuota,
    .starts = schema_starts_core_v1_ResourceQuota,
    .n_slots = 5,
    .lookup_mask = 15,
    .lookup = schema_lookup_core_v1_ResourceQuota,
};
const struct schema_field schema_fields_core_v1_ResourceQuotaList[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ListMeta, .doc = STR_INIT("Where the list was read, and how to go on.")},
    {STR_INIT("items"), 2, .flags = SCHEMA_REPEATED | SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_ResourceQuota, .doc = STR_INIT("The objects of the list.")},
};
static const uint16_t schema_numbers_core_v1_ResourceQuotaList[] = {1, 2, 0};
static const struct schema_field *const schema_slots_core_v1_ResourceQuotaList[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_core_v1_ResourceQuotaList[1], &schema_fields_core_v1_ResourceQuotaList[2]};
static const uint8_t schema_starts_core_v1_ResourceQuotaList[] = {0, 2, 3};
static const uint8_t schema_lookup_core_v1_ResourceQuotaList[] = {1, 2, 3, 4, 0, 0, 0, 0};
const struct schema_message schema_message_core_v1_ResourceQuotaList = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("ResourceQuotaList"),
    .fields = schema_fields_core_v1_ResourceQuotaList,
    .n_fields = 3,
    .by_number = schema_numbers_core_v1_ResourceQuotaList,
    .n_numbered = 2,
    .slots = schema_slots_core_v1_ResourceQuotaList,
    .starts = schema_starts_core_v1_ResourceQuotaList,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_core_v1_ResourceQuotaList,
};
static const struct str enums_28[] = {STR_INIT("BestEffort"), STR_INIT("CrossNamespacePodAffinity"), STR_INIT("NotBestEffort"), STR_INIT("NotTerminating"), STR_INIT("PriorityClass"), STR_INIT("Terminating"), STR_INIT("VolumeAttributesClass"), {NULL, 0}};
const struct schema_field schema_fields_core_v1_ResourceQuotaSpec[] = {
    {STR_INIT("hard"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MAP_MESSAGE, .message = &schema_message_resource_Quantity, .doc = STR_INIT("Resource and the most of it there may be: requests.cpu, pods, count/deployments.apps and so on.")},
    {STR_INIT("scopes"), 2, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY | SCHEMA_ENUM_CLOSED, .type = SCHEMA_STRING, .enums = enums_28, .doc = STR_INIT("Only objects with these properties are counted.")},
    {STR_INIT("scopeSelector"), 3, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_ScopeSelector, .doc = STR_INIT("Only objects that match are counted.")},
};
static const uint16_t schema_numbers_core_v1_ResourceQuotaSpec[] = {0, 1, 2};
static const uint8_t schema_lookup_core_v1_ResourceQuotaSpec[] = {2, 3, 0, 0, 0, 0, 0, 1};
const struct schema_message schema_message_core_v1_ResourceQuotaSpec = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("ResourceQuotaSpec"),
    .doc = STR_INIT("What is bounded, and for which objects."),
    .fields = schema_fields_core_v1_ResourceQuotaSpec,
    .n_fields = 3,
    .by_number = schema_numbers_core_v1_ResourceQuotaSpec,
    .n_numbered = 3,
    .n_slots = 3,
    .lookup_mask = 7,
    .lookup = schema_lookup_core_v1_ResourceQuotaSpec,
};
const struct schema_field schema_fields_core_v1_ResourceQuotaStatus[] = {
    {STR_INIT("hard"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MAP_MESSAGE, .message = &schema_message_resource_Quantity, .doc = STR_INIT("The bounds in force.")},
    {STR_INIT("used"), 2, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MAP_MESSAGE, .message = &schema_message_resource_Quantity, .doc = STR_INIT("What is used of them.")},
};
static const uint16_t schema_numbers_core_v1_ResourceQuotaStatus[] = {0, 1};
static const uint8_t schema_lookup_core_v1_ResourceQuotaStatus[] = {2, 0, 0, 1};
const struct schema_message schema_message_core_v1_ResourceQuotaStatus = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("ResourceQuotaStatus"),
    .doc = STR_INIT("What is in use."),
    .fields = schema_fields_core_v1_ResourceQuotaStatus,
    .n_fields = 2,
    .by_number = schema_numbers_core_v1_ResourceQuotaStatus,
    .n_numbered = 2,
    .n_slots = 2,
    .lookup_mask = 3,
    .lookup = schema_lookup_core_v1_ResourceQuotaStatus,
};
const struct schema_field schema_fields_core_v1_ResourceRequirements[] = {
    {STR_INIT("limits"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MAP_MESSAGE, .message = &schema_message_resource_Quantity, .doc = STR_INIT("The most it can use. Past its CPU limit it is slowed, past its memory limit killed.")},
    {STR_INIT("requests"), 2, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MAP_MESSAGE, .message = &schema_message_resource_Quantity, .doc = STR_INIT("What is set aside for it; the scheduler counts this. The limit when only that is given.")},
    {STR_INIT("claims"), 3, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_ResourceClaim, .list = SCHEMA_LIST_MAP, .list_keys = keys_2, .doc = STR_INIT("Which of the pod's device claims this container uses."), .extra = &extra_25},
};
static const uint16_t schema_numbers_core_v1_ResourceRequirements[] = {0, 1, 2};
static const uint8_t schema_lookup_core_v1_ResourceRequirements[] = {0, 2, 0, 0, 1, 3, 0, 0};
const struct schema_message schema_message_core_v1_ResourceRequirements = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("ResourceRequirements"),
    .doc = STR_INIT("CPU, memory and other resources of a container."),
    .fields = schema_fields_core_v1_ResourceRequirements,
    .n_fields = 3,
    .by_number = schema_numbers_core_v1_ResourceRequirements,
    .n_numbered = 3,
    .n_slots = 3,
    .lookup_mask = 7,
    .lookup = schema_lookup_core_v1_ResourceRequirements,
};
static const struct str keys_9[] = {STR_INIT("resourceID"), STR_INIT("")};
const struct schema_field schema_fields_core_v1_ResourceStatus[] = {
    {STR_INIT("name"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .doc = STR_INIT("The name.")},
    {STR_INIT("resources"), 2, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_ResourceHealth, .list = SCHEMA_LIST_MAP, .list_keys = keys_9},
};
static const uint16_t schema_numbers_core_v1_ResourceStatus[] = {0, 1};
static const uint8_t schema_lookup_core_v1_ResourceStatus[] = {1, 2, 0, 0};
const struct schema_message schema_message_core_v1_ResourceStatus = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("ResourceStatus"),
    .fields = schema_fields_core_v1_ResourceStatus,
    .n_fields = 2,
    .by_number = schema_numbers_core_v1_ResourceStatus,
    .n_numbered = 2,
    .n_slots = 2,
    .lookup_mask = 3,
    .lookup = schema_lookup_core_v1_ResourceStatus,
};
const struct schema_field schema_fields_core_v1_SELinuxOptions[] = {
    {STR_INIT("user"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
    {STR_INIT("role"), 2, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
    {STR_INIT("type"), 3, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
    {STR_INIT("level"), 4, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
};
static const uint16_t schema_numbers_core_v1_SELinuxOptions[] = {0, 1, 2, 3};
static const uint8_t schema_lookup_core_v1_SELinuxOptions[] = {1, 0, 2, 3, 4, 0, 0, 0};
const struct schema_message schema_message_core_v1_SELinuxOptions = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("SELinuxOptions"),
    .fields = schema_fields_core_v1_SELinuxOptions,
    .n_fields = 4,
    .by_number = schema_numbers_core_v1_SELinuxOptions,
    .n_numbered = 4,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_core_v1_SELinuxOptions,
};
const struct schema_field schema_fields_core_v1_ScaleIOPersistentVolumeSource[] = {
    {STR_INIT("gateway"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\"")},
    {STR_INIT("system"), 2, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\"")},
    {STR_INIT("secretRef"), 3, .flags = SCHEMA_REQUIRED | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_SecretReference, .doc = STR_INIT("A Secret, by name and namespace.")},
    {STR_INIT("sslEnabled"), 4, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_BOOL},
    {STR_INIT("protectionDomain"), 5, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
    {STR_INIT("storagePool"), 6, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
    {STR_INIT("storageMode"), 7, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .fallback = STR_INIT("\"ThinProvisioned\""), .key_default = STR_INIT("\"ThinProvisioned\"")},
    {STR_INIT("volumeName"), 8, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
    {STR_INIT("fsType"), 9, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .fallback = STR_INIT("\"xfs\""), .key_default = STR_INIT("\"xfs\""), .doc = STR_INIT("The file system.")},
    {STR_INIT("readOnly"), 10, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_BOOL, .doc = STR_INIT("Nothing may be written.")},
};
static const uint16_t schema_numbers_core_v1_ScaleIOPersistentVolumeSource[] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9};
static const uint8_t schema_lookup_core_v1_ScaleIOPersistentVolumeSource[] = {0, 0, 0, 6, 7, 0, 4, 0, 0, 0, 0, 2, 10, 0, 0, 1, 0, 0, 3, 9, 5, 0, 0, 8, 0, 0, 0, 0, 0, 0, 0, 0};
const struct schema_message schema_message_core_v1_ScaleIOPersistentVolumeSource = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("ScaleIOPersistentVolumeSource"),
    .fields = schema_fields_core_v1_ScaleIOPersistentVolumeSource,
    .n_fields = 10,
    .by_number = schema_numbers_core_v1_ScaleIOPersistentVolumeSource,
    .n_numbered = 10,
    .n_slots = 10,
    .lookup_mask = 31,
    .lookup = schema_lookup_core_v1_ScaleIOPersistentVolumeSource,
};
const struct schema_field schema_fields_core_v1_ScaleIOVolumeSource[] = {
    {STR_INIT("gateway"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\"")},
    {STR_INIT("system"), 2, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\"")},
    {STR_INIT("secretRef"), 3, .flags = SCHEMA_REQUIRED | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_LocalObjectReference, .doc = STR_INIT("The name of an object in the same namespace.")},
    {STR_INIT("sslEnabled"), 4, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_BOOL},
    {STR_INIT("protectionDomain"), 5, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
    {STR_INIT("storagePool"), 6, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
    {STR_INIT("storageMode"), 7, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .fallback = STR_INIT("\"ThinProvisioned\""), .key_default = STR_INIT("\"ThinProvisioned\"")},
    {STR_INIT("volumeName"), 8, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
    {STR_INIT("fsType"), 9, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .fallback = STR_INIT("\"xfs\""), .key_default = STR_INIT("\"xfs\""), .doc = STR_INIT("The file system.")},
    {STR_INIT("readOnly"), 10, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_BOOL, .doc = STR_INIT("Nothing may be written.")},
};
static const uint16_t schema_numbers_core_v1_ScaleIOVolumeSource[] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9};
static const uint8_t schema_lookup_core_v1_ScaleIOVolumeSource[] = {0, 0, 0, 6, 7, 0, 4, 0, 0, 0, 0, 2, 10, 0, 0, 1, 0, 0, 3, 9, 5, 0, 0, 8, 0, 0, 0, 0, 0, 0, 0, 0};
const struct schema_message schema_message_core_v1_ScaleIOVolumeSource = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("ScaleIOVolumeSource"),
    .fields = schema_fields_core_v1_ScaleIOVolumeSource,
    .n_fields = 10,
    .by_number = schema_numbers_core_v1_ScaleIOVolumeSource,
    .n_numbered = 10,
    .n_slots = 10,
    .lookup_mask = 31,
    .lookup = schema_lookup_core_v1_ScaleIOVolumeSource,
};
const struct schema_field schema_fields_core_v1_ScopeSelector[] = {
    {STR_INIT("matchExpressions"), 1, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_ScopedResourceSelectorRequirement},
};
static const uint16_t schema_numbers_core_v1_ScopeSelector[] = {0};
static const uint8_t schema_lookup_core_v1_ScopeSelector[] = {0, 1, 0, 0};
const struct schema_message schema_message_core_v1_ScopeSelector = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("ScopeSelector"),
    .map_atomic = true,
    .fields = schema_fields_core_v1_ScopeSelector,
    .n_fields = 1,
    .by_number = schema_numbers_core_v1_ScopeSelector,
    .n_numbered = 1,
    .n_slots = 1,
    .lookup_mask = 3,
    .lookup = schema_lookup_core_v1_ScopeSelector,
};
static const struct str enums_29[] = {STR_INIT("DoesNotExist"), STR_INIT("Exists"), STR_INIT("In"), STR_INIT("NotIn"), {NULL, 0}};
const struct schema_field schema_fields_core_v1_ScopedResourceSelectorRequirement[] = {
    {STR_INIT("scopeName"), 1, .flags = SCHEMA_REQUIRED | SCHEMA_ENUM_CLOSED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .enums = enums_28},
    {STR_INIT("operator"), 2, .flags = SCHEMA_REQUIRED | SCHEMA_ENUM_CLOSED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .enums = enums_29, .doc = STR_INIT("How they are compared.")},
    {STR_INIT("values"), 3, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
};
static const uint16_t schema_numbers_core_v1_ScopedResourceSelectorRequirement[] = {0, 1, 2};
static const uint8_t schema_lookup_core_v1_ScopedResourceSelectorRequirement[] = {2, 3, 1, 0, 0, 0, 0, 0};
const struct schema_message schema_message_core_v1_ScopedResourceSelectorRequirement = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("ScopedResourceSelectorRequirement"),
    .fields = schema_fields_core_v1_ScopedResourceSelectorRequirement,
    .n_fields = 3,
    .by_number = schema_numbers_core_v1_ScopedResourceSelectorRequirement,
    .n_numbered = 3,
    .n_slots = 3,
    .lookup_mask = 7,
    .lookup = schema_lookup_core_v1_ScopedResourceSelectorRequirement,
};
const struct schema_field schema_fields_core_v1_SeccompProfile[] = {
    {STR_INIT("type"), 1, .flags = SCHEMA_REQUIRED | SCHEMA_ENUM_CLOSED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .enums = enums_0, .doc = STR_INIT("Unconfined, RuntimeDefault, or Localhost for a file on the node."), .extra = &extra_0},
    {STR_INIT("localhostProfile"), 2, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_STRING, .doc = STR_INIT("The file, below the node's folder for profiles."), .extra = &extra_1},
};
static const uint16_t schema_numbers_core_v1_SeccompProfile[] = {0, 1};
static const uint8_t schema_lookup_core_v1_SeccompProfile[] = {0, 0, 1, 2};
const struct schema_message schema_message_core_v1_SeccompProfile = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("SeccompProfile"),
    .doc = STR_INIT("Which system calls are allowed."),
    .fields = schema_fields_core_v1_SeccompProfile,
    .n_fields = 2,
    .by_number = schema_numbers_core_v1_SeccompProfile,
    .n_numbered = 2,
    .n_slots = 2,
    .lookup_mask = 3,
    .lookup = schema_lookup_core_v1_SeccompProfile,
    .choices = STR_INIT("1"),
};
static const struct schema_extra extra_37 = {.rules = STR_INIT("immutable")};
const struct schema_field schema_fields_core_v1_Secret[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ObjectMeta, .key_default = STR_INIT("{}"), .doc = STR_INIT("Standard object's metadata: name, labels and the like.")},
    {STR_INIT("immutable"), 5, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_BOOL, .doc = STR_INIT("Nothing of it can be changed any more, not even this.")},
    {STR_INIT("data"), 2, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MAP_BYTES, .doc = STR_INIT("Keys and bytes, in base64.")},
    {STR_INIT("stringData"), 4, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MAP_STRING, .doc = STR_INIT("Keys and texts, written into data when the object is stored; never read back.")},
    {STR_INIT("type"), 3, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("What it holds, so that programs know what keys to look for. It cannot be changed."), .extra = &extra_37},
};
static const uint16_t schema_numbers_core_v1_Secret[] = {1, 3, 5, 4, 2, 0};
static const struct schema_field *const schema_slots_core_v1_Secret[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_core_v1_Secret[1], &schema_fields_core_v1_Secret[2], &schema_fields_core_v1_Secret[3], &schema_fields_core_v1_Secret[4], &schema_fields_core_v1_Secret[5]};
static const uint8_t schema_starts_core_v1_Secret[] = {0, 2, 3, 4, 5, 6};
static const uint8_t schema_lookup_core_v1_Secret[] = {3, 4, 7, 0, 0, 0, 0, 0, 1, 2, 0, 5, 6, 0, 0, 0};
const struct schema_message schema_message_core_v1_Secret = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("Secret"),
    .doc = STR_INIT("Keys and values that not everybody should read."),
    .fields = schema_fields_core_v1_Secret,
    .n_fields = 6,
    .by_number = schema_numbers_core_v1_Secret,
    .n_numbered = 5,
    .slots = schema_slots_core_v1_Secret,
    .starts = schema_starts_core_v1_Secret,
    .n_slots = 7,
    .lookup_mask = 15,
    .lookup = schema_lookup_core_v1_Secret,
};
const struct schema_field schema_fields_core_v1_SecretEnvSource[] = {
    {STR_INIT("localObjectReference"), 1, .flags = SCHEMA_INLINE, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_LocalObjectReference, .doc = STR_INIT("The name of an object in the same namespace.")},
    {STR_INIT("optional"), 2, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_BOOL, .doc = STR_INIT("Whether it may be missing.")},
};
static const uint16_t schema_numbers_core_v1_SecretEnvSource[] = {0, 1};
static const struct schema_field *const schema_slots_core_v1_SecretEnvSource[] = {&schema_fields_core_v1_LocalObjectReference[0], &schema_fields_core_v1_SecretEnvSource[1]};
static const uint8_t schema_starts_core_v1_SecretEnvSource[] = {0, 1};
static const uint8_t schema_lookup_core_v1_SecretEnvSource[] = {1, 0, 2, 0};
const struct schema_message schema_message_core_v1_SecretEnvSource = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("SecretEnvSource"),
    .fields = schema_fields_core_v1_SecretEnvSource,
    .n_fields = 2,
    .by_number = schema_numbers_core_v1_SecretEnvSource,
    .n_numbered = 2,
    .slots = schema_slots_core_v1_SecretEnvSource,
    .starts = schema_starts_core_v1_SecretEnvSource,
    .n_slots = 2,
    .lookup_mask = 3,
    .lookup = schema_lookup_core_v1_SecretEnvSource,
};
const struct schema_field schema_fields_core_v1_SecretKeySelector[] = {
    {STR_INIT("localObjectReference"), 1, .flags = SCHEMA_INLINE, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_LocalObjectReference, .doc = STR_INIT("The name of an object in the same namespace.")},
    {STR_INIT("key"), 2, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .doc = STR_INIT("The key.")},
    {STR_INIT("optional"), 3, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_BOOL, .doc = STR_INIT("Whether it may be missing.")},
};
static const uint16_t schema_numbers_core_v1_SecretKeySelector[] = {0, 1, 2};
static const struct schema_field *const schema_slots_core_v1_SecretKeySelector[] = {&schema_fields_core_v1_LocalObjectReference[0], &schema_fields_core_v1_SecretKeySelector[1], &schema_fields_core_v1_SecretKeySelector[2]};
static const uint8_t schema_starts_core_v1_SecretKeySelector[] = {0, 1, 2};
static const uint8_t schema_lookup_core_v1_SecretKeySelector[] = {2, 0, 0, 0, 1, 0, 3, 0};
const struct schema_message schema_message_core_v1_SecretKeySelector = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("SecretKeySelector"),
    .map_atomic = true,
    .doc = STR_INIT("One key of a Secret."),
    .fields = schema_fields_core_v1_SecretKeySelector,
    .n_fields = 3,
    .by_number = schema_numbers_core_v1_SecretKeySelector,
    .n_numbered = 3,
    .slots = schema_slots_core_v1_SecretKeySelector,
    .starts = schema_starts_core_v1_SecretKeySelector,
    .n_slots = 3,
    .lookup_mask = 7,
    .lookup = schema_lookup_core_v1_SecretKeySelector,
};
const struct schema_field schema_fields_core_v1_SecretList[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ListMeta, .doc = STR_INIT("Where the list was read, and how to go on.")},
    {STR_INIT("items"), 2, .flags = SCHEMA_REPEATED | SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_Secret, .doc = STR_INIT("The objects of the list.")},
};
static const uint16_t schema_numbers_core_v1_SecretList[] = {1, 2, 0};
static const struct schema_field *const schema_slots_core_v1_SecretList[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_core_v1_SecretList[1], &schema_fields_core_v1_SecretList[2]};
static const uint8_t schema_starts_core_v1_SecretList[] = {0, 2, 3};
static const uint8_t schema_lookup_core_v1_SecretList[] = {1, 2, 3, 4, 0, 0, 0, 0};
const struct schema_message schema_message_core_v1_SecretList = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("SecretList"),
    .fields = schema_fields_core_v1_SecretList,
    .n_fields = 3,
    .by_number = schema_numbers_core_v1_SecretList,
    .n_numbered = 2,
    .slots = schema_slots_core_v1_SecretList,
    .starts = schema_starts_core_v1_SecretList,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_core_v1_SecretList,
};
const struct schema_field schema_fields_core_v1_SecretProjection[] = {
    {STR_INIT("localObjectReference"), 1, .flags = SCHEMA_INLINE, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_LocalObjectReference, .doc = STR_INIT("The name of an object in the same namespace.")},
    {STR_INIT("items"), 2, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_KeyToPath, .doc = STR_INIT("Which keys, and as what file each; all under their own names when left out.")},
    {STR_INIT("optional"), 4, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_BOOL, .doc = STR_INIT("Whether it may be missing.")},
};
static const uint16_t schema_numbers_core_v1_SecretProjection[] = {0, 1, 2};
static const struct schema_field *const schema_slots_core_v1_SecretProjection[] = {&schema_fields_core_v1_LocalObjectReference[0], &schema_fields_core_v1_SecretProjection[1], &schema_fields_core_v1_SecretProjection[2]};
static const uint8_t schema_starts_core_v1_SecretProjection[] = {0, 1, 2};
static const uint8_t schema_lookup_core_v1_SecretProjection[] = {0, 0, 0, 2, 1, 0, 3, 0};
const struct schema_message schema_message_core_v1_SecretProjection = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("SecretProjection"),
    .doc = STR_INIT("A Secret as files."),
    .fields = schema_fields_core_v1_SecretProjection,
    .n_fields = 3,
    .by_number = schema_numbers_core_v1_SecretProjection,
    .n_numbered = 3,
    .slots = schema_slots_core_v1_SecretProjection,
    .starts = schema_starts_core_v1_SecretProjection,
    .n_slots = 3,
    .lookup_mask = 7,
    .lookup = schema_lookup_core_v1_SecretProjection,
};
const struct schema_field schema_fields_core_v1_SecretReference[] = {
    {STR_INIT("name"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("The name.")},
    {STR_INIT("namespace"), 2, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("The namespace.")},
};
static const uint16_t schema_numbers_core_v1_SecretReference[] = {0, 1};
static const uint8_t schema_lookup_core_v1_SecretReference[] = {1, 2, 0, 0};
const struct schema_message schema_message_core_v1_SecretReference = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("SecretReference"),
    .map_atomic = true,
    .doc = STR_INIT("A Secret, by name and namespace."),
    .fields = schema_fields_core_v1_SecretReference,
    .n_fields = 2,
    .by_number = schema_numbers_core_v1_SecretReference,
    .n_numbered = 2,
    .n_slots = 2,
    .lookup_mask = 3,
    .lookup = schema_lookup_core_v1_SecretReference,
};
const struct schema_field schema_fields_core_v1_SecretVolumeSource[] = {
    {STR_INIT("secretName"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("The Secret's name.")},
    {STR_INIT("items"), 2, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_KeyToPath, .doc = STR_INIT("Which keys, and as what file each; all under their own names when left out.")},
    {STR_INIT("defaultMode"), 3, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_INT32, .doc = STR_INIT("Permissions of the files that name none: an octal number, or a decimal one in JSON.")},
    {STR_INIT("optional"), 4, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_BOOL, .doc = STR_INIT("Whether it may be missing.")},
    {STR_INIT("defaultUser"), 5, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_INT64, .extra = &extra_2},
};
static const uint16_t schema_numbers_core_v1_SecretVolumeSource[] = {0, 1, 2, 3, 4};
static const uint8_t schema_lookup_core_v1_SecretVolumeSource[] = {0, 0, 0, 2, 0, 0, 0, 3, 5, 1, 0, 0, 0, 0, 4, 0};
const struct schema_message schema_message_core_v1_SecretVolumeSource = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("SecretVolumeSource"),
    .doc = STR_INIT("A Secret as files. They change when it changes."),
    .fields = schema_fields_core_v1_SecretVolumeSource,
    .n_fields = 5,
    .by_number = schema_numbers_core_v1_SecretVolumeSource,
    .n_numbered = 5,
    .n_slots = 5,
    .lookup_mask = 15,
    .lookup = schema_lookup_core_v1_SecretVolumeSource,
};
static const struct str enums_30[] = {STR_INIT("Default"), STR_INIT("Unmasked"), {NULL, 0}};
const struct schema_field schema_fields_core_v1_SecurityContext[] = {
    {STR_INIT("capabilities"), 1, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_Capabilities, .doc = STR_INIT("Capabilities added to, or taken from, the usual ones.")},
    {STR_INIT("privileged"), 2, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_BOOL, .doc = STR_INIT("Nearly the rights of root on the node.")},
    {STR_INIT("seLinuxOptions"), 3, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_SELinuxOptions, .doc = STR_INIT("The SELinux label.")},
    {STR_INIT("windowsOptions"), 10, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_WindowsSecurityContextOptions, .doc = STR_INIT("For Windows nodes; not used here.")},
    {STR_INIT("runAsUser"), 4, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_INT64, .doc = STR_INIT("User number of the first process; the image's when left out.")},
    {STR_INIT("runAsGroup"), 8, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_INT64, .doc = STR_INIT("Group number of the first process.")},
    {STR_INIT("runAsNonRoot"), 5, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_BOOL, .doc = STR_INIT("Refuse to start as user 0.")},
    {STR_INIT("readOnlyRootFilesystem"), 6, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_BOOL, .doc = STR_INIT("The container cannot write to its root file system.")},
    {STR_INIT("allowPrivilegeEscalation"), 7, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_BOOL, .doc = STR_INIT("false: no process can gain more rights than its parent, by setuid or otherwise.")},
    {STR_INIT("procMount"), 9, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR | SCHEMA_ENUM_CLOSED, .type = SCHEMA_STRING, .enums = enums_30, .doc = STR_INIT("Whether parts of /proc are hidden (Default) or not (Unmasked).")},
    {STR_INIT("seccompProfile"), 11, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_SeccompProfile, .doc = STR_INIT("Which system calls are allowed.")},
    {STR_INIT("appArmorProfile"), 12, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_AppArmorProfile, .doc = STR_INIT("The AppArmor profile.")},
};
static const uint16_t schema_numbers_core_v1_SecurityContext[] = {0, 1, 2, 4, 6, 7, 8, 5, 9, 3, 10, 11};
static const uint8_t schema_lookup_core_v1_SecurityContext[] = {0, 0, 0, 11, 0, 0, 9, 5, 0, 7, 8, 0, 0, 10, 12, 0, 0, 0, 3, 6, 2, 1, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0};
const struct schema_message schema_message_core_v1_SecurityContext = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("SecurityContext"),
    .doc = STR_INIT("Rights of one container."),
    .fields = schema_fields_core_v1_SecurityContext,
    .n_fields = 12,
    .by_number = schema_numbers_core_v1_SecurityContext,
    .n_numbered = 12,
    .n_slots = 12,
    .lookup_mask = 31,
    .lookup = schema_lookup_core_v1_SecurityContext,
};
const struct schema_field schema_fields_core_v1_SerializedReference[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("reference"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_ObjectReference, .doc = STR_INIT("An object, named in full.")},
};
static const uint16_t schema_numbers_core_v1_SerializedReference[] = {1, 0};
static const struct schema_field *const schema_slots_core_v1_SerializedReference[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_core_v1_SerializedReference[1]};
static const uint8_t schema_starts_core_v1_SerializedReference[] = {0, 2};
static const uint8_t schema_lookup_core_v1_SerializedReference[] = {1, 2, 0, 0, 0, 0, 3, 0};
const struct schema_message schema_message_core_v1_SerializedReference = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("SerializedReference"),
    .fields = schema_fields_core_v1_SerializedReference,
    .n_fields = 2,
    .by_number = schema_numbers_core_v1_SerializedReference,
    .n_numbered = 1,
    .slots = schema_slots_core_v1_SerializedReference,
    .starts = schema_starts_core_v1_SerializedReference,
    .n_slots = 3,
    .lookup_mask = 7,
    .lookup = schema_lookup_core_v1_SerializedReference,
};
const struct schema_field schema_fields_core_v1_Service[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ObjectMeta, .key_default = STR_INIT("{}"), .doc = STR_INIT("Standard object's metadata: name, labels and the like.")},
    {STR_INIT("spec"), 2, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_ServiceSpec, .key_default = STR_INIT("{}"), .doc = STR_INIT("What is wanted.")},
    {STR_INIT("status"), 3, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_ServiceStatus, .key_default = STR_INIT("{}"), .doc = STR_INIT("What is, as those who look after it tell.")},
};
static const uint16_t schema_numbers_core_v1_Service[] = {1, 2, 3, 0};
static const struct schema_field *const schema_slots_core_v1_Service[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_core_v1_Service[1], &schema_fields_core_v1_Service[2], &schema_fields_core_v1_Service[3]};
static const uint8_t schema_starts_core_v1_Service[] = {0, 2, 3, 4};
static const uint8_t schema_lookup_core_v1_Service[] = {3, 0, 0, 0, 0, 0, 0, 0, 1, 2, 0, 5, 0, 4, 0, 0};
const struct schema_message schema_message_core_v1_Service = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("Service"),
    .doc = STR_INIT("One name and address for a set of pods."),
    .fields = schema_fields_core_v1_Service,
    .n_fields = 4,
    .by_number = schema_numbers_core_v1_Service,
    .n_numbered = 3,
    .slots = schema_slots_core_v1_Service,
    .starts = schema_starts_core_v1_Service,
    .n_slots = 5,
    .lookup_mask = 15,
    .lookup = schema_lookup_core_v1_Service,
};
const struct schema_field schema_fields_core_v1_ServiceAccount[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ObjectMeta, .key_default = STR_INIT("{}"), .doc = STR_INIT("Standard object's metadata: name, labels and the like.")},
    {STR_INIT("secrets"), 2, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY | SCHEMA_PATCH_MERGE, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_ObjectReference, .list = SCHEMA_LIST_MAP, .list_keys = keys_2, .merge_key = STR_INIT("name"), .doc = STR_INIT("Secrets that pods of this account may use, where that is enforced.")},
    {STR_INIT("imagePullSecrets"), 3, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_LocalObjectReference, .doc = STR_INIT("Registry accounts for pods of this account that name none.")},
    {STR_INIT("automountServiceAccountToken"), 4, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_BOOL, .doc = STR_INIT("Whether pods of this account get its token mounted, unless they say otherwise.")},
};
static const uint16_t schema_numbers_core_v1_ServiceAccount[] = {1, 2, 3, 4, 0};
static const struct schema_field *const schema_slots_core_v1_ServiceAccount[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_core_v1_ServiceAccount[1], &schema_fields_core_v1_ServiceAccount[2], &schema_fields_core_v1_ServiceAccount[3], &schema_fields_core_v1_ServiceAccount[4]};
static const uint8_t schema_starts_core_v1_ServiceAccount[] = {0, 2, 3, 4, 5};
static const uint8_t schema_lookup_core_v1_ServiceAccount[] = {3, 4, 6, 0, 0, 0, 0, 0, 1, 2, 0, 0, 0, 5, 0, 0};
const struct schema_message schema_message_core_v1_ServiceAccount = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("ServiceAccount"),
    .doc = STR_INIT("Somebody a program in the cluster can speak as."),
    .fields = schema_fields_core_v1_ServiceAccount,
    .n_fields = 5,
    .by_number = schema_numbers_core_v1_ServiceAccount,
    .n_numbered = 4,
    .slots = schema_slots_core_v1_ServiceAccount,
    .starts = schema_starts_core_v1_ServiceAccount,
    .n_slots = 6,
    .lookup_mask = 15,
    .lookup = schema_lookup_core_v1_ServiceAccount,
};
const struct schema_field schema_fields_core_v1_ServiceAccountList[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ListMeta, .doc = STR_INIT("Where the list was read, and how to go on.")},
    {STR_INIT("items"), 2, .flags = SCHEMA_REPEATED | SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_ServiceAccount, .doc = STR_INIT("The objects of the list.")},
};
static const uint16_t schema_numbers_core_v1_ServiceAccountList[] = {1, 2, 0};
static const struct schema_field *const schema_slots_core_v1_ServiceAccountList[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_core_v1_ServiceAccountList[1], &schema_fields_core_v1_ServiceAccountList[2]};
static const uint8_t schema_starts_core_v1_ServiceAccountList[] = {0, 2, 3};
static const uint8_t schema_lookup_core_v1_ServiceAccountList[] = {1, 2, 3, 4, 0, 0, 0, 0};
const struct schema_message schema_message_core_v1_ServiceAccountList = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("ServiceAccountList"),
    .fields = schema_fields_core_v1_ServiceAccountList,
    .n_fields = 3,
    .by_number = schema_numbers_core_v1_ServiceAccountList,
    .n_numbered = 2,
    .slots = schema_slots_core_v1_ServiceAccountList,
    .starts = schema_starts_core_v1_ServiceAccountList,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_core_v1_ServiceAccountList,
};
const struct schema_field schema_fields_core_v1_ServiceAccountTokenProjection[] = {
    {STR_INIT("audience"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("Whom the token is for; the API server when left out.")},
    {STR_INIT("expirationSeconds"), 2, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_INT64, .doc = STR_INIT("Seconds it is good for; at least 600.")},
    {STR_INIT("path"), 3, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\"")},
    {STR_INIT("user"), 4, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_INT64, .extra = &extra_2},
};
static const uint16_t schema_numbers_core_v1_ServiceAccountTokenProjection[] = {0, 1, 2, 3};
static const uint8_t schema_lookup_core_v1_ServiceAccountTokenProjection[] = {2, 4, 0, 0, 1, 0, 0, 3};
const struct schema_message schema_message_core_v1_ServiceAccountTokenProjection = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("ServiceAccountTokenProjection"),
    .doc = STR_INIT("A token of the pod's ServiceAccount, renewed before it ends."),
    .fields = schema_fields_core_v1_ServiceAccountTokenProjection,
    .n_fields = 4,
    .by_number = schema_numbers_core_v1_ServiceAccountTokenProjection,
    .n_numbered = 4,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_core_v1_ServiceAccountTokenProjection,
};
const struct schema_field schema_fields_core_v1_ServiceList[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ListMeta, .doc = STR_INIT("Where the list was read, and how to go on.")},
    {STR_INIT("items"), 2, .flags = SCHEMA_REPEATED | SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_Service, .doc = STR_INIT("The objects of the list.")},
};
static const uint16_t schema_numbers_core_v1_ServiceList[] = {1, 2, 0};
static const struct schema_field *const schema_slots_core_v1_ServiceList[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_core_v1_ServiceList[1], &schema_fields_core_v1_ServiceList[2]};
static const uint8_t schema_starts_core_v1_ServiceList[] = {0, 2, 3};
static const uint8_t schema_lookup_core_v1_ServiceList[] = {1, 2, 3, 4, 0, 0, 0, 0};
const struct schema_message schema_message_core_v1_ServiceList = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("ServiceList"),
    .fields = schema_fields_core_v1_ServiceList,
    .n_fields = 3,
    .by_number = schema_numbers_core_v1_ServiceList,
    .n_numbered = 2,
    .slots = schema_slots_core_v1_ServiceList,
    .starts = schema_starts_core_v1_ServiceList,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_core_v1_ServiceList,
};
const struct schema_field schema_fields_core_v1_ServicePort[] = {
    {STR_INIT("name"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("The port's name; needed when there are several.")},
    {STR_INIT("protocol"), 2, .flags = SCHEMA_OMITEMPTY | SCHEMA_ENUM_CLOSED, .type = SCHEMA_STRING, .fallback = STR_INIT("\"TCP\""), .key_default = STR_INIT("\"TCP\""), .enums = enums_5, .doc = STR_INIT("TCP, UDP or SCTP.")},
    {STR_INIT("appProtocol"), 6, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_STRING, .doc = STR_INIT("What is spoken on it, as a hint.")},
    {STR_INIT("port"), 3, .flags = SCHEMA_REQUIRED, .type = SCHEMA_INT32, .key_default = STR_INIT("0"), .doc = STR_INIT("The Service's port.")},
    {STR_INIT("targetPort"), 4, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_intstr_IntOrString, .doc = STR_INIT("The pods' port, by number or name.")},
    {STR_INIT("nodePort"), 5, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_INT32, .doc = STR_INIT("The port on each node; given out by the server unless asked for.")},
};
static const uint16_t schema_numbers_core_v1_ServicePort[] = {0, 1, 3, 4, 5, 2};
static const uint8_t schema_lookup_core_v1_ServicePort[] = {0, 0, 5, 0, 1, 6, 0, 0, 2, 0, 0, 0, 0, 3, 4, 0};
const struct schema_message schema_message_core_v1_ServicePort = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("ServicePort"),
    .doc = STR_INIT("A port of a Service."),
    .fields = schema_fields_core_v1_ServicePort,
    .n_fields = 6,
    .by_number = schema_numbers_core_v1_ServicePort,
    .n_numbered = 6,
    .n_slots = 6,
    .lookup_mask = 15,
    .lookup = schema_lookup_core_v1_ServicePort,
};
const struct schema_field schema_fields_core_v1_ServiceProxyOptions[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("path"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
};
static const uint16_t schema_numbers_core_v1_ServiceProxyOptions[] = {1, 0};
static const struct schema_field *const schema_slots_core_v1_ServiceProxyOptions[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_core_v1_ServiceProxyOptions[1]};
static const uint8_t schema_starts_core_v1_ServiceProxyOptions[] = {0, 2};
static const uint8_t schema_lookup_core_v1_ServiceProxyOptions[] = {1, 2, 0, 0, 0, 0, 0, 3};
const struct schema_message schema_message_core_v1_ServiceProxyOptions = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("ServiceProxyOptions"),
    .fields = schema_fields_core_v1_ServiceProxyOptions,
    .n_fields = 2,
    .by_number = schema_numbers_core_v1_ServiceProxyOptions,
    .n_numbered = 1,
    .slots = schema_slots_core_v1_ServiceProxyOptions,
    .starts = schema_starts_core_v1_ServiceProxyOptions,
    .n_slots = 3,
    .lookup_mask = 7,
    .lookup = schema_lookup_core_v1_ServiceProxyOptions,
};
static const struct str keys_10[] = {STR_INIT("port"), STR_INIT("protocol"), STR_INIT("")};
static const struct str enums_31[] = {STR_INIT("ClusterIP"), STR_INIT("ExternalName"), STR_INIT("LoadBalancer"), STR_INIT("NodePort"), {NULL, 0}};
static const struct str enums_32[] = {STR_INIT("ClientIP"), STR_INIT("None"), {NULL, 0}};
static const struct str enums_33[] = {STR_INIT("Cluster"), STR_INIT("Local"), {NULL, 0}};
static const struct str enums_34[] = {STR_INIT(""), STR_INIT("IPv4"), STR_INIT("IPv6"), {NULL, 0}};
static const struct str enums_35[] = {STR_INIT("PreferDualStack"), STR_INIT("RequireDualStack"), STR_INIT("SingleStack"), {NULL, 0}};
const struct schema_field schema_fields_core_v1_ServiceSpec[] = {
    {STR_INIT("ports"), 1, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY | SCHEMA_PATCH_MERGE, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_ServicePort, .list = SCHEMA_LIST_MAP, .list_keys = keys_10, .merge_key = STR_INIT("port"), .doc = STR_INIT("The ports of the Service.")},
    {STR_INIT("selector"), 2, .flags = SCHEMA_OMITEMPTY | SCHEMA_MAP_ATOMIC, .type = SCHEMA_MAP_STRING, .doc = STR_INIT("Labels of the pods behind it. Left out, endpoints are somebody else's to write.")},
    {STR_INIT("clusterIP"), 3, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("The address; given out by the server unless asked for. None makes it headless: its name gives the pods' addresses.")},
    {STR_INIT("clusterIPs"), 18, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("The addresses, at most one a family; the first is clusterIP.")},
    {STR_INIT("type"), 4, .flags = SCHEMA_OMITEMPTY | SCHEMA_ENUM_CLOSED, .type = SCHEMA_STRING, .enums = enums_31, .doc = STR_INIT("ClusterIP is reachable within the cluster, NodePort also on a port of each node, LoadBalancer also from a balancer outside; ExternalName is an alias in DNS.")},
    {STR_INIT("externalIPs"), 5, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("Addresses outside the cluster's care for which nodes take traffic too.")},
    {STR_INIT("sessionAffinity"), 7, .flags = SCHEMA_OMITEMPTY | SCHEMA_ENUM_CLOSED, .type = SCHEMA_STRING, .enums = enums_32, .doc = STR_INIT("ClientIP sends a client to the same pod each time.")},
    {STR_INIT("loadBalancerIP"), 8, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("A wish to the balancer. Balancers have annotations for it now.")},
    {STR_INIT("loadBalancerSourceRanges"), 9, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("Who may come through the balancer.")},
    {STR_INIT("externalName"), 10, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("The name the Service is an alias of, for type ExternalName.")},
    {STR_INIT("externalTrafficPolicy"), 11, .flags = SCHEMA_OMITEMPTY | SCHEMA_ENUM_CLOSED, .type = SCHEMA_STRING, .enums = enums_33, .doc = STR_INIT("Local keeps traffic from outside on the node it reached, and with it the client's address.")},
    {STR_INIT("healthCheckNodePort"), 12, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_INT32, .doc = STR_INIT("A port on each node that tells balancers whether it has pods of this Service.")},
    {STR_INIT("publishNotReadyAddresses"), 13, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_BOOL, .doc = STR_INIT("Count pods that are not ready as well.")},
    {STR_INIT("sessionAffinityConfig"), 14, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_SessionAffinityConfig, .doc = STR_INIT("How long a client keeps its pod.")},
    {STR_INIT("ipFamilies"), 19, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY | SCHEMA_ENUM_CLOSED, .type = SCHEMA_STRING, .enums = enums_34, .doc = STR_INIT("IPv4, IPv6 or both, in order.")},
    {STR_INIT("ipFamilyPolicy"), 17, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR | SCHEMA_ENUM_CLOSED, .type = SCHEMA_STRING, .enums = enums_35, .doc = STR_INIT("One family, two where the cluster has both, or two for certain.")},
    {STR_INIT("allocateLoadBalancerNodePorts"), 20, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_BOOL, .doc = STR_INIT("Whether a LoadBalancer gets node ports.")},
    {STR_INIT("loadBalancerClass"), 21, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_STRING, .doc = STR_INIT("Which balancer is to serve it. It cannot be changed.")},
    {STR_INIT("internalTrafficPolicy"), 22, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR | SCHEMA_ENUM_CLOSED, .type = SCHEMA_STRING, .enums = enums_33, .doc = STR_INIT("Local keeps traffic from a pod on its node.")},
    {STR_INIT("trafficDistribution"), 23, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_STRING, .doc = STR_INIT("Which endpoints are preferred, such as those near the client.")},
};
static const uint16_t schema_numbers_core_v1_ServiceSpec[] = {0, 1, 2, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 15, 3, 14, 16, 17, 18, 19};
static const uint8_t schema_lookup_core_v1_ServiceSpec[] = {12, 13, 0, 0, 0, 20, 0, 19, 0, 0, 0, 0, 0, 0, 0, 4, 14, 17, 0, 18, 0, 0, 0, 0, 0, 2, 0, 7, 16, 0, 0, 0, 11, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 9, 10, 15, 8, 0, 5, 6, 0, 0, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0};
const struct schema_message schema_message_core_v1_ServiceSpec = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("ServiceSpec"),
    .doc = STR_INIT("Which pods are behind the Service and how they are reached."),
    .fields = schema_fields_core_v1_ServiceSpec,
    .n_fields = 20,
    .by_number = schema_numbers_core_v1_ServiceSpec,
    .n_numbered = 20,
    .n_slots = 20,
    .lookup_mask = 63,
    .lookup = schema_lookup_core_v1_ServiceSpec,
};
static const struct schema_extra extra_38 = {.rules = STR_INIT("eachVal=opaqueType")};
const struct schema_field schema_fields_core_v1_ServiceStatus[] = {
    {STR_INIT("loadBalancer"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_LoadBalancerStatus, .key_default = STR_INIT("{}"), .doc = STR_INIT("Where the balancer takes traffic.")},
    {STR_INIT("conditions"), 2, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY | SCHEMA_PATCH_MERGE, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_Condition, .list = SCHEMA_LIST_MAP, .list_keys = keys_0, .merge_key = STR_INIT("type"), .doc = STR_INIT("What is known of it, each with its last change."), .extra = &extra_38},
};
static const uint16_t schema_numbers_core_v1_ServiceStatus[] = {0, 1};
static const uint8_t schema_lookup_core_v1_ServiceStatus[] = {1, 0, 2, 0};
const struct schema_message schema_message_core_v1_ServiceStatus = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("ServiceStatus"),
    .doc = STR_INIT("What is known of the Service."),
    .fields = schema_fields_core_v1_ServiceStatus,
    .n_fields = 2,
    .by_number = schema_numbers_core_v1_ServiceStatus,
    .n_numbered = 2,
    .n_slots = 2,
    .lookup_mask = 3,
    .lookup = schema_lookup_core_v1_ServiceStatus,
};
const struct schema_field schema_fields_core_v1_SessionAffinityConfig[] = {
    {STR_INIT("clientIP"), 1, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_ClientIPConfig, .doc = STR_INIT("For sessionAffinity ClientIP.")},
};
static const uint16_t schema_numbers_core_v1_SessionAffinityConfig[] = {0};
static const uint8_t schema_lookup_core_v1_SessionAffinityConfig[] = {0, 1, 0, 0};
const struct schema_message schema_message_core_v1_SessionAffinityConfig = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("SessionAffinityConfig"),
    .doc = STR_INIT("How long a client keeps its pod."),
    .fields = schema_fields_core_v1_SessionAffinityConfig,
    .n_fields = 1,
    .by_number = schema_numbers_core_v1_SessionAffinityConfig,
    .n_numbered = 1,
    .n_slots = 1,
    .lookup_mask = 3,
    .lookup = schema_lookup_core_v1_SessionAffinityConfig,
};
const struct schema_field schema_fields_core_v1_SleepAction[] = {
    {STR_INIT("seconds"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_INT64, .key_default = STR_INIT("0"), .doc = STR_INIT("How long.")},
};
static const uint16_t schema_numbers_core_v1_SleepAction[] = {0};
static const uint8_t schema_lookup_core_v1_SleepAction[] = {0, 1, 0, 0};
const struct schema_message schema_message_core_v1_SleepAction = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("SleepAction"),
    .doc = STR_INIT("A wait."),
    .fields = schema_fields_core_v1_SleepAction,
    .n_fields = 1,
    .by_number = schema_numbers_core_v1_SleepAction,
    .n_numbered = 1,
    .n_slots = 1,
    .lookup_mask = 3,
    .lookup = schema_lookup_core_v1_SleepAction,
};
const struct schema_field schema_fields_core_v1_StorageOSPersistentVolumeSource[] = {
    {STR_INIT("volumeName"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
    {STR_INIT("volumeNamespace"), 2, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
    {STR_INIT("fsType"), 3, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("The file system.")},
    {STR_INIT("readOnly"), 4, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_BOOL, .doc = STR_INIT("Nothing may be written.")},
    {STR_INIT("secretRef"), 5, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_ObjectReference, .doc = STR_INIT("An object, named in full.")},
};
static const uint16_t schema_numbers_core_v1_StorageOSPersistentVolumeSource[] = {0, 1, 2, 3, 4};
static const uint8_t schema_lookup_core_v1_StorageOSPersistentVolumeSource[] = {0, 0, 3, 5, 0, 0, 0, 1, 2, 0, 0, 4, 0, 0, 0, 0};
const struct schema_message schema_message_core_v1_StorageOSPersistentVolumeSource = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("StorageOSPersistentVolumeSource"),
    .fields = schema_fields_core_v1_StorageOSPersistentVolumeSource,
    .n_fields = 5,
    .by_number = schema_numbers_core_v1_StorageOSPersistentVolumeSource,
    .n_numbered = 5,
    .n_slots = 5,
    .lookup_mask = 15,
    .lookup = schema_lookup_core_v1_StorageOSPersistentVolumeSource,
};
const struct schema_field schema_fields_core_v1_StorageOSVolumeSource[] = {
    {STR_INIT("volumeName"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
    {STR_INIT("volumeNamespace"), 2, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
    {STR_INIT("fsType"), 3, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("The file system.")},
    {STR_INIT("readOnly"), 4, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_BOOL, .doc = STR_INIT("Nothing may be written.")},
    {STR_INIT("secretRef"), 5, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_LocalObjectReference, .doc = STR_INIT("The name of an object in the same namespace.")},
};
static const uint16_t schema_numbers_core_v1_StorageOSVolumeSource[] = {0, 1, 2, 3, 4};
static const uint8_t schema_lookup_core_v1_StorageOSVolumeSource[] = {0, 0, 3, 5, 0, 0, 0, 1, 2, 0, 0, 4, 0, 0, 0, 0};
const struct schema_message schema_message_core_v1_StorageOSVolumeSource = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("StorageOSVolumeSource"),
    .fields = schema_fields_core_v1_StorageOSVolumeSource,
    .n_fields = 5,
    .by_number = schema_numbers_core_v1_StorageOSVolumeSource,
    .n_numbered = 5,
    .n_slots = 5,
    .lookup_mask = 15,
    .lookup = schema_lookup_core_v1_StorageOSVolumeSource,
};
const struct schema_field schema_fields_core_v1_Sysctl[] = {
    {STR_INIT("name"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .doc = STR_INIT("The name.")},
    {STR_INIT("value"), 2, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .doc = STR_INIT("The value.")},
};
static const uint16_t schema_numbers_core_v1_Sysctl[] = {0, 1};
static const uint8_t schema_lookup_core_v1_Sysctl[] = {1, 2, 0, 0};
const struct schema_message schema_message_core_v1_Sysctl = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("Sysctl"),
    .doc = STR_INIT("A kernel setting."),
    .fields = schema_fields_core_v1_Sysctl,
    .n_fields = 2,
    .by_number = schema_numbers_core_v1_Sysctl,
    .n_numbered = 2,
    .n_slots = 2,
    .lookup_mask = 3,
    .lookup = schema_lookup_core_v1_Sysctl,
};
const struct schema_field schema_fields_core_v1_TCPSocketAction[] = {
    {STR_INIT("port"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_intstr_IntOrString, .doc = STR_INIT("Number or name of the port.")},
    {STR_INIT("host"), 2, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("Whom to connect to; the pod when left out.")},
};
static const uint16_t schema_numbers_core_v1_TCPSocketAction[] = {0, 1};
static const uint8_t schema_lookup_core_v1_TCPSocketAction[] = {2, 1, 0, 0};
const struct schema_message schema_message_core_v1_TCPSocketAction = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("TCPSocketAction"),
    .doc = STR_INIT("A port to connect to."),
    .fields = schema_fields_core_v1_TCPSocketAction,
    .n_fields = 2,
    .by_number = schema_numbers_core_v1_TCPSocketAction,
    .n_numbered = 2,
    .n_slots = 2,
    .lookup_mask = 3,
    .lookup = schema_lookup_core_v1_TCPSocketAction,
};
static const struct str enums_36[] = {STR_INIT("NoExecute"), STR_INIT("NoSchedule"), STR_INIT("PreferNoSchedule"), {NULL, 0}};
const struct schema_field schema_fields_core_v1_Taint[] = {
    {STR_INIT("key"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .doc = STR_INIT("The key.")},
    {STR_INIT("value"), 2, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("The value.")},
    {STR_INIT("effect"), 3, .flags = SCHEMA_REQUIRED | SCHEMA_ENUM_CLOSED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .enums = enums_36, .doc = STR_INIT("NoSchedule keeps new pods away, PreferNoSchedule does so where others fit, NoExecute also sends off pods that are there.")},
    {STR_INIT("timeAdded"), 4, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_Time, .doc = STR_INIT("When it was added; for NoExecute.")},
};
static const uint16_t schema_numbers_core_v1_Taint[] = {0, 1, 2, 3};
static const uint8_t schema_lookup_core_v1_Taint[] = {1, 2, 4, 0, 3, 0, 0, 0};
const struct schema_message schema_message_core_v1_Taint = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("Taint"),
    .doc = STR_INIT("Keeps pods away from a node, but for those that tolerate it."),
    .fields = schema_fields_core_v1_Taint,
    .n_fields = 4,
    .by_number = schema_numbers_core_v1_Taint,
    .n_numbered = 4,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_core_v1_Taint,
};
static const struct schema_extra extra_39 = {.rules = STR_INIT("format=k8s-label-key")};
static const struct str enums_37[] = {STR_INIT("Equal"), STR_INIT("Exists"), STR_INIT("Gt"), STR_INIT("Lt"), {NULL, 0}};
const struct schema_field schema_fields_core_v1_Toleration[] = {
    {STR_INIT("key"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("The taint's key; empty with Exists means every taint."), .extra = &extra_39},
    {STR_INIT("operator"), 2, .flags = SCHEMA_OMITEMPTY | SCHEMA_ENUM_CLOSED, .type = SCHEMA_STRING, .enums = enums_37, .doc = STR_INIT("Exists for any value, Equal for that value; Lt and Gt compare numbers.")},
    {STR_INIT("value"), 3, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("The taint's value, with Equal.")},
    {STR_INIT("effect"), 4, .flags = SCHEMA_OMITEMPTY | SCHEMA_ENUM_CLOSED, .type = SCHEMA_STRING, .enums = enums_36, .doc = STR_INIT("The taint's effect; empty means every one.")},
    {STR_INIT("tolerationSeconds"), 5, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_INT64, .doc = STR_INIT("With NoExecute: seconds the pod stays after the taint appears. For ever when left out.")},
};
static const uint16_t schema_numbers_core_v1_Toleration[] = {0, 1, 2, 3, 4};
static const uint8_t schema_lookup_core_v1_Toleration[] = {2, 0, 5, 0, 4, 0, 0, 0, 1, 3, 0, 0, 0, 0, 0, 0};
const struct schema_message schema_message_core_v1_Toleration = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("Toleration"),
    .doc = STR_INIT("A taint the pod may live with."),
    .fields = schema_fields_core_v1_Toleration,
    .n_fields = 5,
    .by_number = schema_numbers_core_v1_Toleration,
    .n_numbered = 5,
    .n_slots = 5,
    .lookup_mask = 15,
    .lookup = schema_lookup_core_v1_Toleration,
};
const struct schema_field schema_fields_core_v1_TopologySelectorLabelRequirement[] = {
    {STR_INIT("key"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .doc = STR_INIT("The key.")},
    {STR_INIT("values"), 2, .flags = SCHEMA_REPEATED | SCHEMA_REQUIRED, .type = SCHEMA_STRING},
};
static const uint16_t schema_numbers_core_v1_TopologySelectorLabelRequirement[] = {0, 1};
static const uint8_t schema_lookup_core_v1_TopologySelectorLabelRequirement[] = {1, 2, 0, 0};
const struct schema_message schema_message_core_v1_TopologySelectorLabelRequirement = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("TopologySelectorLabelRequirement"),
    .fields = schema_fields_core_v1_TopologySelectorLabelRequirement,
    .n_fields = 2,
    .by_number = schema_numbers_core_v1_TopologySelectorLabelRequirement,
    .n_numbered = 2,
    .n_slots = 2,
    .lookup_mask = 3,
    .lookup = schema_lookup_core_v1_TopologySelectorLabelRequirement,
};
const struct schema_field schema_fields_core_v1_TopologySelectorTerm[] = {
    {STR_INIT("matchLabelExpressions"), 1, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_TopologySelectorLabelRequirement},
};
static const uint16_t schema_numbers_core_v1_TopologySelectorTerm[] = {0};
static const uint8_t schema_lookup_core_v1_TopologySelectorTerm[] = {0, 0, 1, 0};
const struct schema_message schema_message_core_v1_TopologySelectorTerm = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("TopologySelectorTerm"),
    .map_atomic = true,
    .fields = schema_fields_core_v1_TopologySelectorTerm,
    .n_fields = 1,
    .by_number = schema_numbers_core_v1_TopologySelectorTerm,
    .n_numbered = 1,
    .n_slots = 1,
    .lookup_mask = 3,
    .lookup = schema_lookup_core_v1_TopologySelectorTerm,
};
static const struct str enums_38[] = {STR_INIT("DoNotSchedule"), STR_INIT("ScheduleAnyway"), {NULL, 0}};
static const struct str enums_39[] = {STR_INIT("Honor"), STR_INIT("Ignore"), {NULL, 0}};
const struct schema_field schema_fields_core_v1_TopologySpreadConstraint[] = {
    {STR_INIT("maxSkew"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_INT32, .key_default = STR_INIT("0"), .doc = STR_INIT("How many more pods a domain may hold than the one with fewest.")},
    {STR_INIT("topologyKey"), 2, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .doc = STR_INIT("The node label whose values are the domains.")},
    {STR_INIT("whenUnsatisfiable"), 3, .flags = SCHEMA_REQUIRED | SCHEMA_ENUM_CLOSED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .enums = enums_38, .doc = STR_INIT("DoNotSchedule makes it a must, ScheduleAnyway a wish.")},
    {STR_INIT("labelSelector"), 4, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_LabelSelector, .doc = STR_INIT("Which pods are counted.")},
    {STR_INIT("minDomains"), 5, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_INT32, .doc = STR_INIT("Domains there must be; with fewer, the fewest counts as 0.")},
    {STR_INIT("nodeAffinityPolicy"), 6, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR | SCHEMA_ENUM_CLOSED, .type = SCHEMA_STRING, .enums = enums_39, .doc = STR_INIT("Whether nodes the pod could not be on by its selectors are left out of the count.")},
    {STR_INIT("nodeTaintsPolicy"), 7, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR | SCHEMA_ENUM_CLOSED, .type = SCHEMA_STRING, .enums = enums_39, .doc = STR_INIT("Whether nodes whose taints the pod does not tolerate are left out of the count.")},
    {STR_INIT("matchLabelKeys"), 8, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("Keys whose value on this pod is added to the selector.")},
};
static const uint16_t schema_numbers_core_v1_TopologySpreadConstraint[] = {0, 1, 2, 3, 4, 5, 6, 7};
static const uint8_t schema_lookup_core_v1_TopologySpreadConstraint[] = {0, 0, 0, 0, 3, 2, 7, 1, 5, 6, 0, 8, 4, 0, 0, 0};
const struct schema_message schema_message_core_v1_TopologySpreadConstraint = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("TopologySpreadConstraint"),
    .doc = STR_INIT("How evenly pods are spread over domains."),
    .fields = schema_fields_core_v1_TopologySpreadConstraint,
    .n_fields = 8,
    .by_number = schema_numbers_core_v1_TopologySpreadConstraint,
    .n_numbered = 8,
    .n_slots = 8,
    .lookup_mask = 15,
    .lookup = schema_lookup_core_v1_TopologySpreadConstraint,
};
const struct schema_field schema_fields_core_v1_TypedLocalObjectReference[] = {
    {STR_INIT("apiGroup"), 1, .flags = SCHEMA_PTR, .type = SCHEMA_STRING, .doc = STR_INIT("The API group.")},
    {STR_INIT("kind"), 2, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .doc = STR_INIT("The kind.")},
    {STR_INIT("name"), 3, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .doc = STR_INIT("The name.")},
};
static const uint16_t schema_numbers_core_v1_TypedLocalObjectReference[] = {0, 1, 2};
static const uint8_t schema_lookup_core_v1_TypedLocalObjectReference[] = {2, 1, 0, 0, 3, 0, 0, 0};
const struct schema_message schema_message_core_v1_TypedLocalObjectReference = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("TypedLocalObjectReference"),
    .map_atomic = true,
    .fields = schema_fields_core_v1_TypedLocalObjectReference,
    .n_fields = 3,
    .by_number = schema_numbers_core_v1_TypedLocalObjectReference,
    .n_numbered = 3,
    .n_slots = 3,
    .lookup_mask = 7,
    .lookup = schema_lookup_core_v1_TypedLocalObjectReference,
};
static const struct schema_extra extra_40 = {.gate = STR_INIT("CrossNamespaceVolumeDataSource")};
const struct schema_field schema_fields_core_v1_TypedObjectReference[] = {
    {STR_INIT("apiGroup"), 1, .flags = SCHEMA_PTR, .type = SCHEMA_STRING, .doc = STR_INIT("The API group.")},
    {STR_INIT("kind"), 2, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .doc = STR_INIT("The kind.")},
    {STR_INIT("name"), 3, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .doc = STR_INIT("The name.")},
    {STR_INIT("namespace"), 4, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_STRING, .doc = STR_INIT("The namespace."), .extra = &extra_40},
};
static const uint16_t schema_numbers_core_v1_TypedObjectReference[] = {0, 1, 2, 3};
static const uint8_t schema_lookup_core_v1_TypedObjectReference[] = {2, 1, 4, 0, 3, 0, 0, 0};
const struct schema_message schema_message_core_v1_TypedObjectReference = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("TypedObjectReference"),
    .fields = schema_fields_core_v1_TypedObjectReference,
    .n_fields = 4,
    .by_number = schema_numbers_core_v1_TypedObjectReference,
    .n_numbered = 4,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_core_v1_TypedObjectReference,
};
const struct schema_field schema_fields_core_v1_Volume[] = {
    {STR_INIT("name"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .doc = STR_INIT("The name containers mount it by; unique in the pod.")},
    {STR_INIT("volumeSource"), 2, .flags = SCHEMA_INLINE, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_VolumeSource, .doc = STR_INIT("Where a volume's content comes from; exactly one is set.")},
};
static const uint16_t schema_numbers_core_v1_Volume[] = {0, 1};
static const struct schema_field *const schema_slots_core_v1_Volume[] = {&schema_fields_core_v1_Volume[0], &schema_fields_core_v1_VolumeSource[0], &schema_fields_core_v1_VolumeSource[1], &schema_fields_core_v1_VolumeSource[2], &schema_fields_core_v1_VolumeSource[3], &schema_fields_core_v1_VolumeSource[4], &schema_fields_core_v1_VolumeSource[5], &schema_fields_core_v1_VolumeSource[6], &schema_fields_core_v1_VolumeSource[7], &schema_fields_core_v1_VolumeSource[8], &schema_fields_core_v1_VolumeSource[9], &schema_fields_core_v1_VolumeSource[10], &schema_fields_core_v1_VolumeSource[11], &schema_fields_core_v1_VolumeSource[12], &schema_fields_core_v1_VolumeSource[13], &schema_fields_core_v1_VolumeSource[14], &schema_fields_core_v1_VolumeSource[15], &schema_fields_core_v1_VolumeSource[16], &schema_fields_core_v1_VolumeSource[17], &schema_fields_core_v1_VolumeSource[18], &schema_fields_core_v1_VolumeSource[19], &schema_fields_core_v1_VolumeSource[20], &schema_fields_core_v1_VolumeSource[21], &schema_fields_core_v1_VolumeSource[22], &schema_fields_core_v1_VolumeSource[23], &schema_fields_core_v1_VolumeSource[24], &schema_fields_core_v1_VolumeSource[25], &schema_fields_core_v1_VolumeSource[26], &schema_fields_core_v1_VolumeSource[27], &schema_fields_core_v1_VolumeSource[28], &schema_fields_core_v1_VolumeSource[29]};
static const uint8_t schema_starts_core_v1_Volume[] = {0, 1};
static const uint8_t schema_lookup_core_v1_Volume[] = {11, 14, 0, 0, 1, 15, 25, 0, 0, 7, 0, 0, 0, 0, 0, 31, 0, 0, 0, 5, 30, 0, 0, 0, 0, 12, 27, 20, 0, 10, 18, 0, 0, 0, 0, 0, 19, 23, 13, 3, 4, 0, 0, 24, 6, 0, 28, 0, 0, 9, 0, 16, 0, 0, 8, 0, 29, 0, 0, 2, 17, 21, 22, 26};
const struct schema_message schema_message_core_v1_Volume = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("Volume"),
    .doc = STR_INIT("A folder or file under a name."),
    .fields = schema_fields_core_v1_Volume,
    .n_fields = 2,
    .by_number = schema_numbers_core_v1_Volume,
    .n_numbered = 2,
    .slots = schema_slots_core_v1_Volume,
    .starts = schema_starts_core_v1_Volume,
    .n_slots = 31,
    .lookup_mask = 63,
    .lookup = schema_lookup_core_v1_Volume,
};
const struct schema_field schema_fields_core_v1_VolumeDevice[] = {
    {STR_INIT("name"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .doc = STR_INIT("The name.")},
    {STR_INIT("devicePath"), 2, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .doc = STR_INIT("Where the device appears in the container.")},
};
static const uint16_t schema_numbers_core_v1_VolumeDevice[] = {0, 1};
static const uint8_t schema_lookup_core_v1_VolumeDevice[] = {1, 2, 0, 0};
const struct schema_message schema_message_core_v1_VolumeDevice = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("VolumeDevice"),
    .doc = STR_INIT("A volume as a block device."),
    .fields = schema_fields_core_v1_VolumeDevice,
    .n_fields = 2,
    .by_number = schema_numbers_core_v1_VolumeDevice,
    .n_numbered = 2,
    .n_slots = 2,
    .lookup_mask = 3,
    .lookup = schema_lookup_core_v1_VolumeDevice,
};
static const struct str enums_40[] = {STR_INIT("DataLoss"), STR_INIT("Degraded"), STR_INIT("Inaccessible"), {NULL, 0}};
static const struct schema_extra extra_41 = {.rules = STR_INIT("maxBytes=256")};
static const struct schema_extra extra_42 = {.rules = STR_INIT("maxBytes=1024")};
const struct schema_field schema_fields_core_v1_VolumeHealthCondition[] = {
    {STR_INIT("status"), 1, .flags = SCHEMA_REQUIRED | SCHEMA_ENUM_CLOSED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .enums = enums_40, .doc = STR_INIT("True, False or Unknown.")},
    {STR_INIT("reason"), 2, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .doc = STR_INIT("Why, in one word of CamelCase."), .extra = &extra_41},
    {STR_INIT("message"), 3, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("Why, for people."), .extra = &extra_42},
};
static const uint16_t schema_numbers_core_v1_VolumeHealthCondition[] = {0, 1, 2};
static const uint8_t schema_lookup_core_v1_VolumeHealthCondition[] = {2, 0, 0, 1, 0, 0, 0, 3};
const struct schema_message schema_message_core_v1_VolumeHealthCondition = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("VolumeHealthCondition"),
    .fields = schema_fields_core_v1_VolumeHealthCondition,
    .n_fields = 3,
    .by_number = schema_numbers_core_v1_VolumeHealthCondition,
    .n_numbered = 3,
    .n_slots = 3,
    .lookup_mask = 7,
    .lookup = schema_lookup_core_v1_VolumeHealthCondition,
};
const struct schema_field schema_fields_core_v1_VolumeHealthStatus[] = {
    {STR_INIT("healthConditions"), 1, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY | SCHEMA_PATCH_MERGE, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_VolumeHealthCondition, .list = SCHEMA_LIST_MAP, .list_keys = keys_8, .merge_key = STR_INIT("status"), .extra = &extra_33},
    {STR_INIT("lastTransitionTime"), 2, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_Time, .doc = STR_INIT("When the condition last changed between True, False and Unknown.")},
};
static const uint16_t schema_numbers_core_v1_VolumeHealthStatus[] = {0, 1};
static const uint8_t schema_lookup_core_v1_VolumeHealthStatus[] = {0, 1, 2, 0};
const struct schema_message schema_message_core_v1_VolumeHealthStatus = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("VolumeHealthStatus"),
    .fields = schema_fields_core_v1_VolumeHealthStatus,
    .n_fields = 2,
    .by_number = schema_numbers_core_v1_VolumeHealthStatus,
    .n_numbered = 2,
    .n_slots = 2,
    .lookup_mask = 3,
    .lookup = schema_lookup_core_v1_VolumeHealthStatus,
};
static const struct str enums_41[] = {STR_INIT("Bidirectional"), STR_INIT("HostToContainer"), STR_INIT("None"), {NULL, 0}};
static const struct schema_extra extra_43 = {.gate = STR_INIT("VolumeBindMountOptions")};
const struct schema_field schema_fields_core_v1_VolumeMount[] = {
    {STR_INIT("name"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .doc = STR_INIT("Which of the pod's volumes.")},
    {STR_INIT("readOnly"), 2, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_BOOL, .doc = STR_INIT("The container cannot write to it.")},
    {STR_INIT("recursiveReadOnly"), 7, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_STRING, .doc = STR_INIT("Whether mounts below it are read-only too.")},
    {STR_INIT("mountPath"), 3, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .doc = STR_INIT("Where it appears in the container.")},
    {STR_INIT("subPath"), 4, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("A path within the volume to mount instead of its root.")},
    {STR_INIT("mountPropagation"), 5, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR | SCHEMA_ENUM_CLOSED, .type = SCHEMA_STRING, .enums = enums_41, .doc = STR_INIT("Whether mounts made later on one side are seen on the other.")},
    {STR_INIT("subPathExpr"), 6, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("As subPath, with $(NAME) replaced from the environment.")},
    {STR_INIT("bindMountOptions"), 8, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .list = SCHEMA_LIST_SET, .extra = &extra_43},
};
static const uint16_t schema_numbers_core_v1_VolumeMount[] = {0, 1, 3, 4, 5, 6, 2, 7};
static const uint8_t schema_lookup_core_v1_VolumeMount[] = {7, 8, 0, 0, 1, 3, 0, 4, 6, 0, 0, 2, 0, 0, 5, 0};
const struct schema_message schema_message_core_v1_VolumeMount = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("VolumeMount"),
    .doc = STR_INIT("A volume in a container's file tree."),
    .fields = schema_fields_core_v1_VolumeMount,
    .n_fields = 8,
    .by_number = schema_numbers_core_v1_VolumeMount,
    .n_numbered = 8,
    .n_slots = 8,
    .lookup_mask = 15,
    .lookup = schema_lookup_core_v1_VolumeMount,
};
const struct schema_field schema_fields_core_v1_VolumeMountStatus[] = {
    {STR_INIT("name"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .doc = STR_INIT("The name.")},
    {STR_INIT("mountPath"), 2, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\"")},
    {STR_INIT("readOnly"), 3, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_BOOL, .doc = STR_INIT("Nothing may be written.")},
    {STR_INIT("recursiveReadOnly"), 4, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_STRING},
    {STR_INIT("volumeStatus"), 5, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_VolumeStatus},
};
static const uint16_t schema_numbers_core_v1_VolumeMountStatus[] = {0, 1, 2, 3, 4};
static const uint8_t schema_lookup_core_v1_VolumeMountStatus[] = {0, 0, 0, 0, 1, 4, 5, 2, 0, 0, 0, 3, 0, 0, 0, 0};
const struct schema_message schema_message_core_v1_VolumeMountStatus = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("VolumeMountStatus"),
    .fields = schema_fields_core_v1_VolumeMountStatus,
    .n_fields = 5,
    .by_number = schema_numbers_core_v1_VolumeMountStatus,
    .n_numbered = 5,
    .n_slots = 5,
    .lookup_mask = 15,
    .lookup = schema_lookup_core_v1_VolumeMountStatus,
};
const struct schema_field schema_fields_core_v1_VolumeNodeAffinity[] = {
    {STR_INIT("required"), 1, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_NodeSelector, .doc = STR_INIT("Which nodes; one matching term is enough.")},
};
static const uint16_t schema_numbers_core_v1_VolumeNodeAffinity[] = {0};
static const uint8_t schema_lookup_core_v1_VolumeNodeAffinity[] = {0, 1, 0, 0};
const struct schema_message schema_message_core_v1_VolumeNodeAffinity = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("VolumeNodeAffinity"),
    .fields = schema_fields_core_v1_VolumeNodeAffinity,
    .n_fields = 1,
    .by_number = schema_numbers_core_v1_VolumeNodeAffinity,
    .n_numbered = 1,
    .n_slots = 1,
    .lookup_mask = 3,
    .lookup = schema_lookup_core_v1_VolumeNodeAffinity,
};
static const struct schema_extra extra_44 = {.gate = STR_INIT("ClusterTrustBundleProjection")};
static const struct schema_extra extra_45 = {.gate = STR_INIT("PodCertificateProjection")};
const struct schema_field schema_fields_core_v1_VolumeProjection[] = {
    {STR_INIT("secret"), 1, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_SecretProjection, .doc = STR_INIT("A Secret as files.")},
    {STR_INIT("downwardAPI"), 2, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_DownwardAPIProjection, .doc = STR_INIT("Facts about the pod as files.")},
    {STR_INIT("configMap"), 3, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_ConfigMapProjection, .doc = STR_INIT("A ConfigMap as files.")},
    {STR_INIT("serviceAccountToken"), 4, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_ServiceAccountTokenProjection, .doc = STR_INIT("A token of the pod's ServiceAccount, renewed before it ends.")},
    {STR_INIT("clusterTrustBundle"), 5, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_ClusterTrustBundleProjection, .extra = &extra_44},
    {STR_INIT("podCertificate"), 6, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_PodCertificateProjection, .extra = &extra_45},
};
static const uint16_t schema_numbers_core_v1_VolumeProjection[] = {0, 1, 2, 3, 4, 5};
static const uint8_t schema_lookup_core_v1_VolumeProjection[] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 3, 2, 4, 5, 6};
const struct schema_message schema_message_core_v1_VolumeProjection = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("VolumeProjection"),
    .doc = STR_INIT("One source of a projected volume; exactly one is set."),
    .fields = schema_fields_core_v1_VolumeProjection,
    .n_fields = 6,
    .by_number = schema_numbers_core_v1_VolumeProjection,
    .n_numbered = 6,
    .n_slots = 6,
    .lookup_mask = 15,
    .lookup = schema_lookup_core_v1_VolumeProjection,
};
const struct schema_field schema_fields_core_v1_VolumeResourceRequirements[] = {
    {STR_INIT("limits"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MAP_MESSAGE, .message = &schema_message_resource_Quantity, .doc = STR_INIT("A number with a unit, such as 500m, 1.5 or 2Gi.")},
    {STR_INIT("requests"), 2, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MAP_MESSAGE, .message = &schema_message_resource_Quantity, .doc = STR_INIT("A number with a unit, such as 500m, 1.5 or 2Gi.")},
};
static const uint16_t schema_numbers_core_v1_VolumeResourceRequirements[] = {0, 1};
static const uint8_t schema_lookup_core_v1_VolumeResourceRequirements[] = {1, 2, 0, 0};
const struct schema_message schema_message_core_v1_VolumeResourceRequirements = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("VolumeResourceRequirements"),
    .fields = schema_fields_core_v1_VolumeResourceRequirements,
    .n_fields = 2,
    .by_number = schema_numbers_core_v1_VolumeResourceRequirements,
    .n_numbered = 2,
    .n_slots = 2,
    .lookup_mask = 3,
    .lookup = schema_lookup_core_v1_VolumeResourceRequirements,
};
const struct schema_field schema_fields_core_v1_VolumeSource[] = {
    {STR_INIT("hostPath"), 1, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_HostPathVolumeSource, .doc = STR_INIT("A path of the node.")},
    {STR_INIT("emptyDir"), 2, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_EmptyDirVolumeSource, .doc = STR_INIT("An empty folder that lives as long as the pod.")},
    {STR_INIT("gcePersistentDisk"), 3, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_GCEPersistentDiskVolumeSource},
    {STR_INIT("awsElasticBlockStore"), 4, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_AWSElasticBlockStoreVolumeSource},
    {STR_INIT("gitRepo"), 5, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_GitRepoVolumeSource},
    {STR_INIT("secret"), 6, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_SecretVolumeSource, .doc = STR_INIT("A Secret, one file a key.")},
    {STR_INIT("nfs"), 7, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_NFSVolumeSource, .doc = STR_INIT("A folder of an NFS server.")},
    {STR_INIT("iscsi"), 8, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_ISCSIVolumeSource},
    {STR_INIT("glusterfs"), 9, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_GlusterfsVolumeSource},
    {STR_INIT("persistentVolumeClaim"), 10, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_PersistentVolumeClaimVolumeSource, .doc = STR_INIT("A PersistentVolumeClaim of this namespace.")},
    {STR_INIT("rbd"), 11, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_RBDVolumeSource},
    {STR_INIT("flexVolume"), 12, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_FlexVolumeSource},
    {STR_INIT("cinder"), 13, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_CinderVolumeSource},
    {STR_INIT("cephfs"), 14, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_CephFSVolumeSource},
    {STR_INIT("flocker"), 15, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_FlockerVolumeSource},
    {STR_INIT("downwardAPI"), 16, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_DownwardAPIVolumeSource, .doc = STR_INIT("Facts about the pod as files.")},
    {STR_INIT("fc"), 17, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_FCVolumeSource},
    {STR_INIT("azureFile"), 18, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_AzureFileVolumeSource},
    {STR_INIT("configMap"), 19, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_ConfigMapVolumeSource, .doc = STR_INIT("A ConfigMap, one file a key.")},
    {STR_INIT("vsphereVolume"), 20, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_VsphereVirtualDiskVolumeSource},
    {STR_INIT("quobyte"), 21, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_QuobyteVolumeSource},
    {STR_INIT("azureDisk"), 22, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_AzureDiskVolumeSource},
    {STR_INIT("photonPersistentDisk"), 23, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_PhotonPersistentDiskVolumeSource},
    {STR_INIT("projected"), 26, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_ProjectedVolumeSource, .doc = STR_INIT("Several sources in one folder.")},
    {STR_INIT("portworxVolume"), 24, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_PortworxVolumeSource},
    {STR_INIT("scaleIO"), 25, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_ScaleIOVolumeSource},
    {STR_INIT("storageos"), 27, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_StorageOSVolumeSource},
    {STR_INIT("csi"), 28, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_CSIVolumeSource, .doc = STR_INIT("A volume of a CSI driver, for this pod only.")},
    {STR_INIT("ephemeral"), 29, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_EphemeralVolumeSource, .doc = STR_INIT("A PersistentVolumeClaim made for this pod and deleted with it.")},
    {STR_INIT("image"), 30, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_ImageVolumeSource, .doc = STR_INIT("The content of an OCI image, read-only.")},
};
static const uint16_t schema_numbers_core_v1_VolumeSource[] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 24, 25, 23, 26, 27, 28, 29};
static const uint8_t schema_lookup_core_v1_VolumeSource[] = {10, 13, 0, 0, 14, 24, 0, 0, 0, 6, 0, 0, 0, 0, 0, 30, 0, 0, 0, 4, 29, 0, 0, 0, 0, 11, 26, 19, 0, 9, 17, 0, 0, 0, 0, 0, 18, 22, 12, 2, 3, 0, 0, 23, 5, 0, 27, 0, 0, 8, 0, 15, 0, 0, 7, 0, 28, 0, 0, 1, 16, 20, 21, 25};
const struct schema_message schema_message_core_v1_VolumeSource = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("VolumeSource"),
    .doc = STR_INIT("Where a volume's content comes from; exactly one is set."),
    .fields = schema_fields_core_v1_VolumeSource,
    .n_fields = 30,
    .by_number = schema_numbers_core_v1_VolumeSource,
    .n_numbered = 30,
    .n_slots = 30,
    .lookup_mask = 63,
    .lookup = schema_lookup_core_v1_VolumeSource,
};
static const struct schema_extra extra_46 = {.gate = STR_INIT("ImageVolumeWithDigest")};
const struct schema_field schema_fields_core_v1_VolumeStatus[] = {
    {STR_INIT("image"), 1, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_ImageVolumeStatus, .extra = &extra_46},
};
static const uint16_t schema_numbers_core_v1_VolumeStatus[] = {0};
static const uint8_t schema_lookup_core_v1_VolumeStatus[] = {0, 0, 0, 1};
const struct schema_message schema_message_core_v1_VolumeStatus = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("VolumeStatus"),
    .fields = schema_fields_core_v1_VolumeStatus,
    .n_fields = 1,
    .by_number = schema_numbers_core_v1_VolumeStatus,
    .n_numbered = 1,
    .n_slots = 1,
    .lookup_mask = 3,
    .lookup = schema_lookup_core_v1_VolumeStatus,
};
const struct schema_field schema_fields_core_v1_VsphereVirtualDiskVolumeSource[] = {
    {STR_INIT("volumePath"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\"")},
    {STR_INIT("fsType"), 2, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("The file system.")},
    {STR_INIT("storagePolicyName"), 3, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
    {STR_INIT("storagePolicyID"), 4, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
};
static const uint16_t schema_numbers_core_v1_VsphereVirtualDiskVolumeSource[] = {0, 1, 2, 3};
static const uint8_t schema_lookup_core_v1_VsphereVirtualDiskVolumeSource[] = {3, 0, 2, 4, 0, 0, 0, 1};
const struct schema_message schema_message_core_v1_VsphereVirtualDiskVolumeSource = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("VsphereVirtualDiskVolumeSource"),
    .fields = schema_fields_core_v1_VsphereVirtualDiskVolumeSource,
    .n_fields = 4,
    .by_number = schema_numbers_core_v1_VsphereVirtualDiskVolumeSource,
    .n_numbered = 4,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_core_v1_VsphereVirtualDiskVolumeSource,
};
const struct schema_field schema_fields_core_v1_WeightedPodAffinityTerm[] = {
    {STR_INIT("weight"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_INT32, .key_default = STR_INIT("0"), .doc = STR_INIT("How much it counts, from 1 to 100.")},
    {STR_INIT("podAffinityTerm"), 2, .flags = SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_PodAffinityTerm, .key_default = STR_INIT("{}"), .doc = STR_INIT("Which pods, in which namespaces, within what domain.")},
};
static const uint16_t schema_numbers_core_v1_WeightedPodAffinityTerm[] = {0, 1};
static const uint8_t schema_lookup_core_v1_WeightedPodAffinityTerm[] = {0, 1, 0, 2};
const struct schema_message schema_message_core_v1_WeightedPodAffinityTerm = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("WeightedPodAffinityTerm"),
    .fields = schema_fields_core_v1_WeightedPodAffinityTerm,
    .n_fields = 2,
    .by_number = schema_numbers_core_v1_WeightedPodAffinityTerm,
    .n_numbered = 2,
    .n_slots = 2,
    .lookup_mask = 3,
    .lookup = schema_lookup_core_v1_WeightedPodAffinityTerm,
};
const struct schema_field schema_fields_core_v1_WindowsSecurityContextOptions[] = {
    {STR_INIT("gmsaCredentialSpecName"), 1, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_STRING},
    {STR_INIT("gmsaCredentialSpec"), 2, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_STRING},
    {STR_INIT("runAsUserName"), 3, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_STRING},
    {STR_INIT("hostProcess"), 4, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_BOOL},
};
static const uint16_t schema_numbers_core_v1_WindowsSecurityContextOptions[] = {0, 1, 2, 3};
static const uint8_t schema_lookup_core_v1_WindowsSecurityContextOptions[] = {0, 0, 2, 1, 3, 4, 0, 0};
const struct schema_message schema_message_core_v1_WindowsSecurityContextOptions = {
    .package = STR_INIT("io.k8s.api.core.v1"),
    .name = STR_INIT("WindowsSecurityContextOptions"),
    .fields = schema_fields_core_v1_WindowsSecurityContextOptions,
    .n_fields = 4,
    .by_number = schema_numbers_core_v1_WindowsSecurityContextOptions,
    .n_numbered = 4,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_core_v1_WindowsSecurityContextOptions,
};
