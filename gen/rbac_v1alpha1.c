/* Made by tools/gen.py from spec/: change those, not this. */
#include "gen/rows.h"

const struct schema_field schema_fields_rbac_v1alpha1_AggregationRule[] = {
    {STR_INIT("clusterRoleSelectors"), 1, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_LabelSelector, .doc = STR_INIT("Which labels; all of it must match. {} matches everything.")},
};
static const uint16_t schema_numbers_rbac_v1alpha1_AggregationRule[] = {0};
static const uint8_t schema_lookup_rbac_v1alpha1_AggregationRule[] = {0, 1, 0, 0};
const struct schema_message schema_message_rbac_v1alpha1_AggregationRule = {
    .package = STR_INIT("io.k8s.api.rbac.v1alpha1"),
    .name = STR_INIT("AggregationRule"),
    .doc = STR_INIT("Which ClusterRoles are gathered."),
    .fields = schema_fields_rbac_v1alpha1_AggregationRule,
    .n_fields = 1,
    .by_number = schema_numbers_rbac_v1alpha1_AggregationRule,
    .n_numbered = 1,
    .n_slots = 1,
    .lookup_mask = 3,
    .lookup = schema_lookup_rbac_v1alpha1_AggregationRule,
};
const struct schema_field schema_fields_rbac_v1alpha1_ClusterRole[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ObjectMeta, .key_default = STR_INIT("{}"), .doc = STR_INIT("Standard object's metadata: name, labels and the like.")},
    {STR_INIT("rules"), 2, .flags = SCHEMA_REPEATED, .type = SCHEMA_MESSAGE, .message = &schema_message_rbac_v1alpha1_PolicyRule, .doc = STR_INIT("What may be done.")},
    {STR_INIT("aggregationRule"), 3, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_rbac_v1alpha1_AggregationRule, .doc = STR_INIT("Rules are gathered from other ClusterRoles; those written here are replaced.")},
};
static const uint16_t schema_numbers_rbac_v1alpha1_ClusterRole[] = {1, 2, 3, 0};
static const struct schema_field *const schema_slots_rbac_v1alpha1_ClusterRole[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_rbac_v1alpha1_ClusterRole[1], &schema_fields_rbac_v1alpha1_ClusterRole[2], &schema_fields_rbac_v1alpha1_ClusterRole[3]};
static const uint8_t schema_starts_rbac_v1alpha1_ClusterRole[] = {0, 2, 3, 4};
static const uint8_t schema_lookup_rbac_v1alpha1_ClusterRole[] = {3, 5, 4, 0, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 0, 0};
const struct schema_message schema_message_rbac_v1alpha1_ClusterRole = {
    .package = STR_INIT("io.k8s.api.rbac.v1alpha1"),
    .name = STR_INIT("ClusterRole"),
    .doc = STR_INIT("Rights in the whole cluster, or to be given in any namespace."),
    .fields = schema_fields_rbac_v1alpha1_ClusterRole,
    .n_fields = 4,
    .by_number = schema_numbers_rbac_v1alpha1_ClusterRole,
    .n_numbered = 3,
    .slots = schema_slots_rbac_v1alpha1_ClusterRole,
    .starts = schema_starts_rbac_v1alpha1_ClusterRole,
    .n_slots = 5,
    .lookup_mask = 15,
    .lookup = schema_lookup_rbac_v1alpha1_ClusterRole,
};
static const struct schema_extra extra_0 = {.rules = STR_INIT("immutable")};
const struct schema_field schema_fields_rbac_v1alpha1_ClusterRoleBinding[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ObjectMeta, .key_default = STR_INIT("{}"), .doc = STR_INIT("Standard object's metadata: name, labels and the like.")},
    {STR_INIT("subjects"), 2, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_rbac_v1alpha1_Subject, .doc = STR_INIT("Who gets them.")},
    {STR_INIT("roleRef"), 3, .flags = SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_rbac_v1alpha1_RoleRef, .key_default = STR_INIT("{}"), .doc = STR_INIT("The ClusterRole; it cannot be changed."), .extra = &extra_0},
};
static const uint16_t schema_numbers_rbac_v1alpha1_ClusterRoleBinding[] = {1, 2, 3, 0};
static const struct schema_field *const schema_slots_rbac_v1alpha1_ClusterRoleBinding[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_rbac_v1alpha1_ClusterRoleBinding[1], &schema_fields_rbac_v1alpha1_ClusterRoleBinding[2], &schema_fields_rbac_v1alpha1_ClusterRoleBinding[3]};
static const uint8_t schema_starts_rbac_v1alpha1_ClusterRoleBinding[] = {0, 2, 3, 4};
static const uint8_t schema_lookup_rbac_v1alpha1_ClusterRoleBinding[] = {3, 0, 0, 0, 0, 0, 0, 0, 1, 2, 5, 4, 0, 0, 0, 0};
const struct schema_message schema_message_rbac_v1alpha1_ClusterRoleBinding = {
    .package = STR_INIT("io.k8s.api.rbac.v1alpha1"),
    .name = STR_INIT("ClusterRoleBinding"),
    .doc = STR_INIT("Gives somebody the rights of a ClusterRole everywhere."),
    .fields = schema_fields_rbac_v1alpha1_ClusterRoleBinding,
    .n_fields = 4,
    .by_number = schema_numbers_rbac_v1alpha1_ClusterRoleBinding,
    .n_numbered = 3,
    .slots = schema_slots_rbac_v1alpha1_ClusterRoleBinding,
    .starts = schema_starts_rbac_v1alpha1_ClusterRoleBinding,
    .n_slots = 5,
    .lookup_mask = 15,
    .lookup = schema_lookup_rbac_v1alpha1_ClusterRoleBinding,
};
const struct schema_field schema_fields_rbac_v1alpha1_ClusterRoleBindingList[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ListMeta, .doc = STR_INIT("Where the list was read, and how to go on.")},
    {STR_INIT("items"), 2, .flags = SCHEMA_REPEATED | SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_rbac_v1alpha1_ClusterRoleBinding, .doc = STR_INIT("The objects of the list.")},
};
static const uint16_t schema_numbers_rbac_v1alpha1_ClusterRoleBindingList[] = {1, 2, 0};
static const struct schema_field *const schema_slots_rbac_v1alpha1_ClusterRoleBindingList[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_rbac_v1alpha1_ClusterRoleBindingList[1], &schema_fields_rbac_v1alpha1_ClusterRoleBindingList[2]};
static const uint8_t schema_starts_rbac_v1alpha1_ClusterRoleBindingList[] = {0, 2, 3};
static const uint8_t schema_lookup_rbac_v1alpha1_ClusterRoleBindingList[] = {1, 2, 3, 4, 0, 0, 0, 0};
const struct schema_message schema_message_rbac_v1alpha1_ClusterRoleBindingList = {
    .package = STR_INIT("io.k8s.api.rbac.v1alpha1"),
    .name = STR_INIT("ClusterRoleBindingList"),
    .fields = schema_fields_rbac_v1alpha1_ClusterRoleBindingList,
    .n_fields = 3,
    .by_number = schema_numbers_rbac_v1alpha1_ClusterRoleBindingList,
    .n_numbered = 2,
    .slots = schema_slots_rbac_v1alpha1_ClusterRoleBindingList,
    .starts = schema_starts_rbac_v1alpha1_ClusterRoleBindingList,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_rbac_v1alpha1_ClusterRoleBindingList,
};
const struct schema_field schema_fields_rbac_v1alpha1_ClusterRoleList[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ListMeta, .doc = STR_INIT("Where the list was read, and how to go on.")},
    {STR_INIT("items"), 2, .flags = SCHEMA_REPEATED | SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_rbac_v1alpha1_ClusterRole, .doc = STR_INIT("The objects of the list.")},
};
static const uint16_t schema_numbers_rbac_v1alpha1_ClusterRoleList[] = {1, 2, 0};
static const struct schema_field *const schema_slots_rbac_v1alpha1_ClusterRoleList[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_rbac_v1alpha1_ClusterRoleList[1], &schema_fields_rbac_v1alpha1_ClusterRoleList[2]};
static const uint8_t schema_starts_rbac_v1alpha1_ClusterRoleList[] = {0, 2, 3};
static const uint8_t schema_lookup_rbac_v1alpha1_ClusterRoleList[] = {1, 2, 3, 4, 0, 0, 0, 0};
const struct schema_message schema_message_rbac_v1alpha1_ClusterRoleList = {
    .package = STR_INIT("io.k8s.api.rbac.v1alpha1"),
    .name = STR_INIT("ClusterRoleList"),
    .fields = schema_fields_rbac_v1alpha1_ClusterRoleList,
    .n_fields = 3,
    .by_number = schema_numbers_rbac_v1alpha1_ClusterRoleList,
    .n_numbered = 2,
    .slots = schema_slots_rbac_v1alpha1_ClusterRoleList,
    .starts = schema_starts_rbac_v1alpha1_ClusterRoleList,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_rbac_v1alpha1_ClusterRoleList,
};
const struct schema_field schema_fields_rbac_v1alpha1_PolicyRule[] = {
    {STR_INIT("verbs"), 1, .flags = SCHEMA_REPEATED | SCHEMA_REQUIRED, .type = SCHEMA_STRING, .doc = STR_INIT("What may be done: get, list, watch, create, update, patch, delete and so on; * is everything.")},
    {STR_INIT("apiGroups"), 3, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("Groups of the resources; \"\" is the core one, * every one.")},
    {STR_INIT("resources"), 4, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("Resources; pods/log is a subresource, * every one.")},
    {STR_INIT("resourceNames"), 5, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("Only objects of these names; all when empty.")},
    {STR_INIT("nonResourceURLs"), 6, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("Paths that are no resources, such as /healthz; a * may end them. In ClusterRoles only.")},
};
static const uint16_t schema_numbers_rbac_v1alpha1_PolicyRule[] = {0, 1, 2, 3, 4};
static const uint8_t schema_lookup_rbac_v1alpha1_PolicyRule[] = {0, 2, 0, 0, 4, 0, 0, 0, 0, 3, 0, 0, 0, 0, 1, 5};
const struct schema_message schema_message_rbac_v1alpha1_PolicyRule = {
    .package = STR_INIT("io.k8s.api.rbac.v1alpha1"),
    .name = STR_INIT("PolicyRule"),
    .doc = STR_INIT("What may be done to what."),
    .fields = schema_fields_rbac_v1alpha1_PolicyRule,
    .n_fields = 5,
    .by_number = schema_numbers_rbac_v1alpha1_PolicyRule,
    .n_numbered = 5,
    .n_slots = 5,
    .lookup_mask = 15,
    .lookup = schema_lookup_rbac_v1alpha1_PolicyRule,
};
const struct schema_field schema_fields_rbac_v1alpha1_Role[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ObjectMeta, .key_default = STR_INIT("{}"), .doc = STR_INIT("Standard object's metadata: name, labels and the like.")},
    {STR_INIT("rules"), 2, .flags = SCHEMA_REPEATED, .type = SCHEMA_MESSAGE, .message = &schema_message_rbac_v1alpha1_PolicyRule, .doc = STR_INIT("What may be done.")},
};
static const uint16_t schema_numbers_rbac_v1alpha1_Role[] = {1, 2, 0};
static const struct schema_field *const schema_slots_rbac_v1alpha1_Role[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_rbac_v1alpha1_Role[1], &schema_fields_rbac_v1alpha1_Role[2]};
static const uint8_t schema_starts_rbac_v1alpha1_Role[] = {0, 2, 3};
static const uint8_t schema_lookup_rbac_v1alpha1_Role[] = {1, 2, 3, 4, 0, 0, 0, 0};
const struct schema_message schema_message_rbac_v1alpha1_Role = {
    .package = STR_INIT("io.k8s.api.rbac.v1alpha1"),
    .name = STR_INIT("Role"),
    .doc = STR_INIT("Rights within one namespace."),
    .fields = schema_fields_rbac_v1alpha1_Role,
    .n_fields = 3,
    .by_number = schema_numbers_rbac_v1alpha1_Role,
    .n_numbered = 2,
    .slots = schema_slots_rbac_v1alpha1_Role,
    .starts = schema_starts_rbac_v1alpha1_Role,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_rbac_v1alpha1_Role,
};
const struct schema_field schema_fields_rbac_v1alpha1_RoleBinding[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ObjectMeta, .key_default = STR_INIT("{}"), .doc = STR_INIT("Standard object's metadata: name, labels and the like.")},
    {STR_INIT("subjects"), 2, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_rbac_v1alpha1_Subject, .doc = STR_INIT("Who gets them.")},
    {STR_INIT("roleRef"), 3, .flags = SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_rbac_v1alpha1_RoleRef, .key_default = STR_INIT("{}"), .doc = STR_INIT("The Role or ClusterRole; it cannot be changed."), .extra = &extra_0},
};
static const uint16_t schema_numbers_rbac_v1alpha1_RoleBinding[] = {1, 2, 3, 0};
static const struct schema_field *const schema_slots_rbac_v1alpha1_RoleBinding[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_rbac_v1alpha1_RoleBinding[1], &schema_fields_rbac_v1alpha1_RoleBinding[2], &schema_fields_rbac_v1alpha1_RoleBinding[3]};
static const uint8_t schema_starts_rbac_v1alpha1_RoleBinding[] = {0, 2, 3, 4};
static const uint8_t schema_lookup_rbac_v1alpha1_RoleBinding[] = {3, 0, 0, 0, 0, 0, 0, 0, 1, 2, 5, 4, 0, 0, 0, 0};
const struct schema_message schema_message_rbac_v1alpha1_RoleBinding = {
    .package = STR_INIT("io.k8s.api.rbac.v1alpha1"),
    .name = STR_INIT("RoleBinding"),
    .doc = STR_INIT("Gives somebody the rights of a role in one namespace."),
    .fields = schema_fields_rbac_v1alpha1_RoleBinding,
    .n_fields = 4,
    .by_number = schema_numbers_rbac_v1alpha1_RoleBinding,
    .n_numbered = 3,
    .slots = schema_slots_rbac_v1alpha1_RoleBinding,
    .starts = schema_starts_rbac_v1alpha1_RoleBinding,
    .n_slots = 5,
    .lookup_mask = 15,
    .lookup = schema_lookup_rbac_v1alpha1_RoleBinding,
};
const struct schema_field schema_fields_rbac_v1alpha1_RoleBindingList[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ListMeta, .doc = STR_INIT("Where the list was read, and how to go on.")},
    {STR_INIT("items"), 2, .flags = SCHEMA_REPEATED | SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_rbac_v1alpha1_RoleBinding, .doc = STR_INIT("The objects of the list.")},
};
static const uint16_t schema_numbers_rbac_v1alpha1_RoleBindingList[] = {1, 2, 0};
static const struct schema_field *const schema_slots_rbac_v1alpha1_RoleBindingList[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_rbac_v1alpha1_RoleBindingList[1], &schema_fields_rbac_v1alpha1_RoleBindingList[2]};
static const uint8_t schema_starts_rbac_v1alpha1_RoleBindingList[] = {0, 2, 3};
static const uint8_t schema_lookup_rbac_v1alpha1_RoleBindingList[] = {1, 2, 3, 4, 0, 0, 0, 0};
const struct schema_message schema_message_rbac_v1alpha1_RoleBindingList = {
    .package = STR_INIT("io.k8s.api.rbac.v1alpha1"),
    .name = STR_INIT("RoleBindingList"),
    .fields = schema_fields_rbac_v1alpha1_RoleBindingList,
    .n_fields = 3,
    .by_number = schema_numbers_rbac_v1alpha1_RoleBindingList,
    .n_numbered = 2,
    .slots = schema_slots_rbac_v1alpha1_RoleBindingList,
    .starts = schema_starts_rbac_v1alpha1_RoleBindingList,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_rbac_v1alpha1_RoleBindingList,
};
const struct schema_field schema_fields_rbac_v1alpha1_RoleList[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ListMeta, .doc = STR_INIT("Where the list was read, and how to go on.")},
    {STR_INIT("items"), 2, .flags = SCHEMA_REPEATED | SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_rbac_v1alpha1_Role, .doc = STR_INIT("The objects of the list.")},
};
static const uint16_t schema_numbers_rbac_v1alpha1_RoleList[] = {1, 2, 0};
static const struct schema_field *const schema_slots_rbac_v1alpha1_RoleList[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_rbac_v1alpha1_RoleList[1], &schema_fields_rbac_v1alpha1_RoleList[2]};
static const uint8_t schema_starts_rbac_v1alpha1_RoleList[] = {0, 2, 3};
static const uint8_t schema_lookup_rbac_v1alpha1_RoleList[] = {1, 2, 3, 4, 0, 0, 0, 0};
const struct schema_message schema_message_rbac_v1alpha1_RoleList = {
    .package = STR_INIT("io.k8s.api.rbac.v1alpha1"),
    .name = STR_INIT("RoleList"),
    .fields = schema_fields_rbac_v1alpha1_RoleList,
    .n_fields = 3,
    .by_number = schema_numbers_rbac_v1alpha1_RoleList,
    .n_numbered = 2,
    .slots = schema_slots_rbac_v1alpha1_RoleList,
    .starts = schema_starts_rbac_v1alpha1_RoleList,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_rbac_v1alpha1_RoleList,
};
const struct schema_field schema_fields_rbac_v1alpha1_RoleRef[] = {
    {STR_INIT("apiGroup"), 1, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .doc = STR_INIT("The API group.")},
    {STR_INIT("kind"), 2, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .doc = STR_INIT("The kind.")},
    {STR_INIT("name"), 3, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .doc = STR_INIT("The name.")},
};
static const uint16_t schema_numbers_rbac_v1alpha1_RoleRef[] = {0, 1, 2};
static const uint8_t schema_lookup_rbac_v1alpha1_RoleRef[] = {2, 1, 0, 0, 3, 0, 0, 0};
const struct schema_message schema_message_rbac_v1alpha1_RoleRef = {
    .package = STR_INIT("io.k8s.api.rbac.v1alpha1"),
    .name = STR_INIT("RoleRef"),
    .doc = STR_INIT("The role that is given."),
    .fields = schema_fields_rbac_v1alpha1_RoleRef,
    .n_fields = 3,
    .by_number = schema_numbers_rbac_v1alpha1_RoleRef,
    .n_numbered = 3,
    .n_slots = 3,
    .lookup_mask = 7,
    .lookup = schema_lookup_rbac_v1alpha1_RoleRef,
};
const struct schema_field schema_fields_rbac_v1alpha1_Subject[] = {
    {STR_INIT("kind"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .doc = STR_INIT("User, Group or ServiceAccount.")},
    {STR_INIT("apiVersion"), 2, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("Group and version of the API.")},
    {STR_INIT("name"), 3, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .doc = STR_INIT("The name.")},
    {STR_INIT("namespace"), 4, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("The namespace.")},
};
static const uint16_t schema_numbers_rbac_v1alpha1_Subject[] = {0, 1, 2, 3};
static const uint8_t schema_lookup_rbac_v1alpha1_Subject[] = {1, 2, 4, 0, 3, 0, 0, 0};
const struct schema_message schema_message_rbac_v1alpha1_Subject = {
    .package = STR_INIT("io.k8s.api.rbac.v1alpha1"),
    .name = STR_INIT("Subject"),
    .doc = STR_INIT("Somebody who gets rights."),
    .fields = schema_fields_rbac_v1alpha1_Subject,
    .n_fields = 4,
    .by_number = schema_numbers_rbac_v1alpha1_Subject,
    .n_numbered = 4,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_rbac_v1alpha1_Subject,
};
