/* Made by tools/gen.py from spec/: change those, not this. */
#include "gen/rows.h"

const struct schema_field schema_fields_admissionregistration_v1alpha1_ApplyConfiguration[] = {
    {STR_INIT("expression"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("In the Common Expression Language (CEL).")},
};
static const uint16_t schema_numbers_admissionregistration_v1alpha1_ApplyConfiguration[] = {0};
static const uint8_t schema_lookup_admissionregistration_v1alpha1_ApplyConfiguration[] = {1, 0, 0, 0};
const struct schema_message schema_message_admissionregistration_v1alpha1_ApplyConfiguration = {
    .package = STR_INIT("io.k8s.api.admissionregistration.v1alpha1"),
    .name = STR_INIT("ApplyConfiguration"),
    .fields = schema_fields_admissionregistration_v1alpha1_ApplyConfiguration,
    .n_fields = 1,
    .by_number = schema_numbers_admissionregistration_v1alpha1_ApplyConfiguration,
    .n_numbered = 1,
    .n_slots = 1,
    .lookup_mask = 3,
    .lookup = schema_lookup_admissionregistration_v1alpha1_ApplyConfiguration,
};
const struct schema_field schema_fields_admissionregistration_v1alpha1_AuditAnnotation[] = {
    {STR_INIT("key"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .doc = STR_INIT("The key.")},
    {STR_INIT("valueExpression"), 2, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\"")},
};
static const uint16_t schema_numbers_admissionregistration_v1alpha1_AuditAnnotation[] = {0, 1};
static const uint8_t schema_lookup_admissionregistration_v1alpha1_AuditAnnotation[] = {1, 0, 0, 2};
const struct schema_message schema_message_admissionregistration_v1alpha1_AuditAnnotation = {
    .package = STR_INIT("io.k8s.api.admissionregistration.v1alpha1"),
    .name = STR_INIT("AuditAnnotation"),
    .fields = schema_fields_admissionregistration_v1alpha1_AuditAnnotation,
    .n_fields = 2,
    .by_number = schema_numbers_admissionregistration_v1alpha1_AuditAnnotation,
    .n_numbered = 2,
    .n_slots = 2,
    .lookup_mask = 3,
    .lookup = schema_lookup_admissionregistration_v1alpha1_AuditAnnotation,
};
const struct schema_field schema_fields_admissionregistration_v1alpha1_ExpressionWarning[] = {
    {STR_INIT("fieldRef"), 2, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\"")},
    {STR_INIT("warning"), 3, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\"")},
};
static const uint16_t schema_numbers_admissionregistration_v1alpha1_ExpressionWarning[] = {0, 1};
static const uint8_t schema_lookup_admissionregistration_v1alpha1_ExpressionWarning[] = {1, 0, 0, 2};
const struct schema_message schema_message_admissionregistration_v1alpha1_ExpressionWarning = {
    .package = STR_INIT("io.k8s.api.admissionregistration.v1alpha1"),
    .name = STR_INIT("ExpressionWarning"),
    .fields = schema_fields_admissionregistration_v1alpha1_ExpressionWarning,
    .n_fields = 2,
    .by_number = schema_numbers_admissionregistration_v1alpha1_ExpressionWarning,
    .n_numbered = 2,
    .n_slots = 2,
    .lookup_mask = 3,
    .lookup = schema_lookup_admissionregistration_v1alpha1_ExpressionWarning,
};
const struct schema_field schema_fields_admissionregistration_v1alpha1_JSONPatch[] = {
    {STR_INIT("expression"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("In the Common Expression Language (CEL).")},
};
static const uint16_t schema_numbers_admissionregistration_v1alpha1_JSONPatch[] = {0};
static const uint8_t schema_lookup_admissionregistration_v1alpha1_JSONPatch[] = {1, 0, 0, 0};
const struct schema_message schema_message_admissionregistration_v1alpha1_JSONPatch = {
    .package = STR_INIT("io.k8s.api.admissionregistration.v1alpha1"),
    .name = STR_INIT("JSONPatch"),
    .fields = schema_fields_admissionregistration_v1alpha1_JSONPatch,
    .n_fields = 1,
    .by_number = schema_numbers_admissionregistration_v1alpha1_JSONPatch,
    .n_numbered = 1,
    .n_slots = 1,
    .lookup_mask = 3,
    .lookup = schema_lookup_admissionregistration_v1alpha1_JSONPatch,
};
const struct schema_field schema_fields_admissionregistration_v1alpha1_MatchCondition[] = {
    {STR_INIT("name"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .doc = STR_INIT("The name.")},
    {STR_INIT("expression"), 2, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .doc = STR_INIT("In the Common Expression Language (CEL).")},
};
static const uint16_t schema_numbers_admissionregistration_v1alpha1_MatchCondition[] = {0, 1};
static const uint8_t schema_lookup_admissionregistration_v1alpha1_MatchCondition[] = {1, 2, 0, 0};
const struct schema_message schema_message_admissionregistration_v1alpha1_MatchCondition = {
    .package = STR_INIT("io.k8s.api.admissionregistration.v1alpha1"),
    .name = STR_INIT("MatchCondition"),
    .fields = schema_fields_admissionregistration_v1alpha1_MatchCondition,
    .n_fields = 2,
    .by_number = schema_numbers_admissionregistration_v1alpha1_MatchCondition,
    .n_numbered = 2,
    .n_slots = 2,
    .lookup_mask = 3,
    .lookup = schema_lookup_admissionregistration_v1alpha1_MatchCondition,
};
static const struct str enums_0[] = {STR_INIT("Equivalent"), STR_INIT("Exact"), {NULL, 0}};
const struct schema_field schema_fields_admissionregistration_v1alpha1_MatchResources[] = {
    {STR_INIT("namespaceSelector"), 1, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_LabelSelector, .doc = STR_INIT("Only in namespaces that match.")},
    {STR_INIT("objectSelector"), 2, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_LabelSelector, .doc = STR_INIT("Only objects that match.")},
    {STR_INIT("resourceRules"), 3, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_admissionregistration_v1alpha1_NamedRuleWithOperations},
    {STR_INIT("excludeResourceRules"), 4, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_admissionregistration_v1alpha1_NamedRuleWithOperations},
    {STR_INIT("matchPolicy"), 7, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR | SCHEMA_ENUM_CLOSED, .type = SCHEMA_STRING, .enums = enums_0, .doc = STR_INIT("Whether a rule for one version of a resource is meant for its other versions too.")},
};
static const uint16_t schema_numbers_admissionregistration_v1alpha1_MatchResources[] = {0, 1, 2, 3, 4};
static const uint8_t schema_lookup_admissionregistration_v1alpha1_MatchResources[] = {0, 2, 5, 0, 3, 0, 0, 4, 0, 0, 0, 0, 0, 0, 1, 0};
const struct schema_message schema_message_admissionregistration_v1alpha1_MatchResources = {
    .package = STR_INIT("io.k8s.api.admissionregistration.v1alpha1"),
    .name = STR_INIT("MatchResources"),
    .map_atomic = true,
    .fields = schema_fields_admissionregistration_v1alpha1_MatchResources,
    .n_fields = 5,
    .by_number = schema_numbers_admissionregistration_v1alpha1_MatchResources,
    .n_numbered = 5,
    .n_slots = 5,
    .lookup_mask = 15,
    .lookup = schema_lookup_admissionregistration_v1alpha1_MatchResources,
};
const struct schema_field schema_fields_admissionregistration_v1alpha1_MutatingAdmissionPolicy[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ObjectMeta, .key_default = STR_INIT("{}"), .doc = STR_INIT("Standard object's metadata: name, labels and the like.")},
    {STR_INIT("spec"), 2, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_admissionregistration_v1alpha1_MutatingAdmissionPolicySpec, .key_default = STR_INIT("{}"), .doc = STR_INIT("What is wanted.")},
};
static const uint16_t schema_numbers_admissionregistration_v1alpha1_MutatingAdmissionPolicy[] = {1, 2, 0};
static const struct schema_field *const schema_slots_admissionregistration_v1alpha1_MutatingAdmissionPolicy[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_admissionregistration_v1alpha1_MutatingAdmissionPolicy[1], &schema_fields_admissionregistration_v1alpha1_MutatingAdmissionPolicy[2]};
static const uint8_t schema_starts_admissionregistration_v1alpha1_MutatingAdmissionPolicy[] = {0, 2, 3};
static const uint8_t schema_lookup_admissionregistration_v1alpha1_MutatingAdmissionPolicy[] = {1, 2, 3, 0, 0, 4, 0, 0};
const struct schema_message schema_message_admissionregistration_v1alpha1_MutatingAdmissionPolicy = {
    .package = STR_INIT("io.k8s.api.admissionregistration.v1alpha1"),
    .name = STR_INIT("MutatingAdmissionPolicy"),
    .doc = STR_INIT("Expressions that change what is written. A binding puts them in force."),
    .fields = schema_fields_admissionregistration_v1alpha1_MutatingAdmissionPolicy,
    .n_fields = 3,
    .by_number = schema_numbers_admissionregistration_v1alpha1_MutatingAdmissionPolicy,
    .n_numbered = 2,
    .slots = schema_slots_admissionregistration_v1alpha1_MutatingAdmissionPolicy,
    .starts = schema_starts_admissionregistration_v1alpha1_MutatingAdmissionPolicy,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_admissionregistration_v1alpha1_MutatingAdmissionPolicy,
};
const struct schema_field schema_fields_admissionregistration_v1alpha1_MutatingAdmissionPolicyBinding[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ObjectMeta, .key_default = STR_INIT("{}"), .doc = STR_INIT("Standard object's metadata: name, labels and the like.")},
    {STR_INIT("spec"), 2, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_admissionregistration_v1alpha1_MutatingAdmissionPolicyBindingSpec, .key_default = STR_INIT("{}"), .doc = STR_INIT("What is wanted.")},
};
static const uint16_t schema_numbers_admissionregistration_v1alpha1_MutatingAdmissionPolicyBinding[] = {1, 2, 0};
static const struct schema_field *const schema_slots_admissionregistration_v1alpha1_MutatingAdmissionPolicyBinding[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_admissionregistration_v1alpha1_MutatingAdmissionPolicyBinding[1], &schema_fields_admissionregistration_v1alpha1_MutatingAdmissionPolicyBinding[2]};
static const uint8_t schema_starts_admissionregistration_v1alpha1_MutatingAdmissionPolicyBinding[] = {0, 2, 3};
static const uint8_t schema_lookup_admissionregistration_v1alpha1_MutatingAdmissionPolicyBinding[] = {1, 2, 3, 0, 0, 4, 0, 0};
const struct schema_message schema_message_admissionregistration_v1alpha1_MutatingAdmissionPolicyBinding = {
    .package = STR_INIT("io.k8s.api.admissionregistration.v1alpha1"),
    .name = STR_INIT("MutatingAdmissionPolicyBinding"),
    .doc = STR_INIT("Puts a MutatingAdmissionPolicy in force, where and with which parameters."),
    .fields = schema_fields_admissionregistration_v1alpha1_MutatingAdmissionPolicyBinding,
    .n_fields = 3,
    .by_number = schema_numbers_admissionregistration_v1alpha1_MutatingAdmissionPolicyBinding,
    .n_numbered = 2,
    .slots = schema_slots_admissionregistration_v1alpha1_MutatingAdmissionPolicyBinding,
    .starts = schema_starts_admissionregistration_v1alpha1_MutatingAdmissionPolicyBinding,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_admissionregistration_v1alpha1_MutatingAdmissionPolicyBinding,
};
const struct schema_field schema_fields_admissionregistration_v1alpha1_MutatingAdmissionPolicyBindingList[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ListMeta, .doc = STR_INIT("Where the list was read, and how to go on.")},
    {STR_INIT("items"), 2, .flags = SCHEMA_REPEATED | SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_admissionregistration_v1alpha1_MutatingAdmissionPolicyBinding, .doc = STR_INIT("The objects of the list.")},
};
static const uint16_t schema_numbers_admissionregistration_v1alpha1_MutatingAdmissionPolicyBindingList[] = {1, 2, 0};
static const struct schema_field *const schema_slots_admissionregistration_v1alpha1_MutatingAdmissionPolicyBindingList[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_admissionregistration_v1alpha1_MutatingAdmissionPolicyBindingList[1], &schema_fields_admissionregistration_v1alpha1_MutatingAdmissionPolicyBindingList[2]};
static const uint8_t schema_starts_admissionregistration_v1alpha1_MutatingAdmissionPolicyBindingList[] = {0, 2, 3};
static const uint8_t schema_lookup_admissionregistration_v1alpha1_MutatingAdmissionPolicyBindingList[] = {1, 2, 3, 4, 0, 0, 0, 0};
const struct schema_message schema_message_admissionregistration_v1alpha1_MutatingAdmissionPolicyBindingList = {
    .package = STR_INIT("io.k8s.api.admissionregistration.v1alpha1"),
    .name = STR_INIT("MutatingAdmissionPolicyBindingList"),
    .fields = schema_fields_admissionregistration_v1alpha1_MutatingAdmissionPolicyBindingList,
    .n_fields = 3,
    .by_number = schema_numbers_admissionregistration_v1alpha1_MutatingAdmissionPolicyBindingList,
    .n_numbered = 2,
    .slots = schema_slots_admissionregistration_v1alpha1_MutatingAdmissionPolicyBindingList,
    .starts = schema_starts_admissionregistration_v1alpha1_MutatingAdmissionPolicyBindingList,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_admissionregistration_v1alpha1_MutatingAdmissionPolicyBindingList,
};
const struct schema_field schema_fields_admissionregistration_v1alpha1_MutatingAdmissionPolicyBindingSpec[] = {
    {STR_INIT("policyName"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
    {STR_INIT("paramRef"), 2, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_admissionregistration_v1alpha1_ParamRef},
    {STR_INIT("matchResources"), 3, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_admissionregistration_v1alpha1_MatchResources},
};
static const uint16_t schema_numbers_admissionregistration_v1alpha1_MutatingAdmissionPolicyBindingSpec[] = {0, 1, 2};
static const uint8_t schema_lookup_admissionregistration_v1alpha1_MutatingAdmissionPolicyBindingSpec[] = {0, 1, 0, 0, 3, 0, 2, 0};
const struct schema_message schema_message_admissionregistration_v1alpha1_MutatingAdmissionPolicyBindingSpec = {
    .package = STR_INIT("io.k8s.api.admissionregistration.v1alpha1"),
    .name = STR_INIT("MutatingAdmissionPolicyBindingSpec"),
    .fields = schema_fields_admissionregistration_v1alpha1_MutatingAdmissionPolicyBindingSpec,
    .n_fields = 3,
    .by_number = schema_numbers_admissionregistration_v1alpha1_MutatingAdmissionPolicyBindingSpec,
    .n_numbered = 3,
    .n_slots = 3,
    .lookup_mask = 7,
    .lookup = schema_lookup_admissionregistration_v1alpha1_MutatingAdmissionPolicyBindingSpec,
};
const struct schema_field schema_fields_admissionregistration_v1alpha1_MutatingAdmissionPolicyList[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ListMeta, .doc = STR_INIT("Where the list was read, and how to go on.")},
    {STR_INIT("items"), 2, .flags = SCHEMA_REPEATED | SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_admissionregistration_v1alpha1_MutatingAdmissionPolicy, .doc = STR_INIT("The objects of the list.")},
};
static const uint16_t schema_numbers_admissionregistration_v1alpha1_MutatingAdmissionPolicyList[] = {1, 2, 0};
static const struct schema_field *const schema_slots_admissionregistration_v1alpha1_MutatingAdmissionPolicyList[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_admissionregistration_v1alpha1_MutatingAdmissionPolicyList[1], &schema_fields_admissionregistration_v1alpha1_MutatingAdmissionPolicyList[2]};
static const uint8_t schema_starts_admissionregistration_v1alpha1_MutatingAdmissionPolicyList[] = {0, 2, 3};
static const uint8_t schema_lookup_admissionregistration_v1alpha1_MutatingAdmissionPolicyList[] = {1, 2, 3, 4, 0, 0, 0, 0};
const struct schema_message schema_message_admissionregistration_v1alpha1_MutatingAdmissionPolicyList = {
    .package = STR_INIT("io.k8s.api.admissionregistration.v1alpha1"),
    .name = STR_INIT("MutatingAdmissionPolicyList"),
    .fields = schema_fields_admissionregistration_v1alpha1_MutatingAdmissionPolicyList,
    .n_fields = 3,
    .by_number = schema_numbers_admissionregistration_v1alpha1_MutatingAdmissionPolicyList,
    .n_numbered = 2,
    .slots = schema_slots_admissionregistration_v1alpha1_MutatingAdmissionPolicyList,
    .starts = schema_starts_admissionregistration_v1alpha1_MutatingAdmissionPolicyList,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_admissionregistration_v1alpha1_MutatingAdmissionPolicyList,
};
static const struct str enums_1[] = {STR_INIT("Fail"), STR_INIT("Ignore"), {NULL, 0}};
static const struct str keys_0[] = {STR_INIT("name"), STR_INIT("")};
static const struct str enums_2[] = {STR_INIT("IfNeeded"), STR_INIT("Never"), {NULL, 0}};
const struct schema_field schema_fields_admissionregistration_v1alpha1_MutatingAdmissionPolicySpec[] = {
    {STR_INIT("paramKind"), 1, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_admissionregistration_v1alpha1_ParamKind},
    {STR_INIT("matchConstraints"), 2, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_admissionregistration_v1alpha1_MatchResources},
    {STR_INIT("variables"), 3, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_admissionregistration_v1alpha1_Variable},
    {STR_INIT("mutations"), 4, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_admissionregistration_v1alpha1_Mutation},
    {STR_INIT("failurePolicy"), 5, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR | SCHEMA_ENUM_CLOSED, .type = SCHEMA_STRING, .enums = enums_1, .doc = STR_INIT("What becomes of the write when the answer fails to come: Fail or Ignore.")},
    {STR_INIT("matchConditions"), 6, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY | SCHEMA_PATCH_MERGE, .type = SCHEMA_MESSAGE, .message = &schema_message_admissionregistration_v1alpha1_MatchCondition, .list = SCHEMA_LIST_MAP, .list_keys = keys_0, .merge_key = STR_INIT("name")},
    {STR_INIT("reinvocationPolicy"), 7, .flags = SCHEMA_OMITEMPTY | SCHEMA_ENUM_CLOSED, .type = SCHEMA_STRING, .enums = enums_2},
};
static const uint16_t schema_numbers_admissionregistration_v1alpha1_MutatingAdmissionPolicySpec[] = {0, 1, 2, 3, 4, 5, 6};
static const uint8_t schema_lookup_admissionregistration_v1alpha1_MutatingAdmissionPolicySpec[] = {7, 0, 5, 0, 0, 0, 0, 4, 0, 0, 2, 3, 0, 1, 6, 0};
const struct schema_message schema_message_admissionregistration_v1alpha1_MutatingAdmissionPolicySpec = {
    .package = STR_INIT("io.k8s.api.admissionregistration.v1alpha1"),
    .name = STR_INIT("MutatingAdmissionPolicySpec"),
    .fields = schema_fields_admissionregistration_v1alpha1_MutatingAdmissionPolicySpec,
    .n_fields = 7,
    .by_number = schema_numbers_admissionregistration_v1alpha1_MutatingAdmissionPolicySpec,
    .n_numbered = 7,
    .n_slots = 7,
    .lookup_mask = 15,
    .lookup = schema_lookup_admissionregistration_v1alpha1_MutatingAdmissionPolicySpec,
};
static const struct str enums_3[] = {STR_INIT("ApplyConfiguration"), STR_INIT("JSONPatch"), {NULL, 0}};
static const struct schema_extra extra_0 = {.choice = STR_INIT("discriminator")};
const struct schema_field schema_fields_admissionregistration_v1alpha1_Mutation[] = {
    {STR_INIT("patchType"), 2, .flags = SCHEMA_REQUIRED | SCHEMA_ENUM_CLOSED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .enums = enums_3, .extra = &extra_0},
    {STR_INIT("applyConfiguration"), 3, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_admissionregistration_v1alpha1_ApplyConfiguration},
    {STR_INIT("jsonPatch"), 4, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_admissionregistration_v1alpha1_JSONPatch},
};
static const uint16_t schema_numbers_admissionregistration_v1alpha1_Mutation[] = {0, 1, 2};
static const uint8_t schema_lookup_admissionregistration_v1alpha1_Mutation[] = {1, 0, 0, 2, 0, 0, 3, 0};
const struct schema_message schema_message_admissionregistration_v1alpha1_Mutation = {
    .package = STR_INIT("io.k8s.api.admissionregistration.v1alpha1"),
    .name = STR_INIT("Mutation"),
    .fields = schema_fields_admissionregistration_v1alpha1_Mutation,
    .n_fields = 3,
    .by_number = schema_numbers_admissionregistration_v1alpha1_Mutation,
    .n_numbered = 3,
    .n_slots = 3,
    .lookup_mask = 7,
    .lookup = schema_lookup_admissionregistration_v1alpha1_Mutation,
};
const struct schema_field schema_fields_admissionregistration_v1alpha1_NamedRuleWithOperations[] = {
    {STR_INIT("resourceNames"), 1, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
    {STR_INIT("ruleWithOperations"), 2, .flags = SCHEMA_INLINE, .type = SCHEMA_MESSAGE, .message = &schema_message_admissionregistration_v1_RuleWithOperations},
};
static const uint16_t schema_numbers_admissionregistration_v1alpha1_NamedRuleWithOperations[] = {0, 1};
static const struct schema_field *const schema_slots_admissionregistration_v1alpha1_NamedRuleWithOperations[] = {&schema_fields_admissionregistration_v1alpha1_NamedRuleWithOperations[0], &schema_fields_admissionregistration_v1_RuleWithOperations[0], &schema_fields_admissionregistration_v1_Rule[0], &schema_fields_admissionregistration_v1_Rule[1], &schema_fields_admissionregistration_v1_Rule[2], &schema_fields_admissionregistration_v1_Rule[3]};
static const uint8_t schema_starts_admissionregistration_v1alpha1_NamedRuleWithOperations[] = {0, 1};
static const uint8_t schema_lookup_admissionregistration_v1alpha1_NamedRuleWithOperations[] = {4, 3, 2, 0, 1, 0, 0, 0, 0, 5, 0, 0, 0, 0, 6, 0};
const struct schema_message schema_message_admissionregistration_v1alpha1_NamedRuleWithOperations = {
    .package = STR_INIT("io.k8s.api.admissionregistration.v1alpha1"),
    .name = STR_INIT("NamedRuleWithOperations"),
    .map_atomic = true,
    .fields = schema_fields_admissionregistration_v1alpha1_NamedRuleWithOperations,
    .n_fields = 2,
    .by_number = schema_numbers_admissionregistration_v1alpha1_NamedRuleWithOperations,
    .n_numbered = 2,
    .slots = schema_slots_admissionregistration_v1alpha1_NamedRuleWithOperations,
    .starts = schema_starts_admissionregistration_v1alpha1_NamedRuleWithOperations,
    .n_slots = 6,
    .lookup_mask = 15,
    .lookup = schema_lookup_admissionregistration_v1alpha1_NamedRuleWithOperations,
};
const struct schema_field schema_fields_admissionregistration_v1alpha1_ParamKind[] = {
    {STR_INIT("apiVersion"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("Group and version of the API.")},
    {STR_INIT("kind"), 2, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("The kind.")},
};
static const uint16_t schema_numbers_admissionregistration_v1alpha1_ParamKind[] = {0, 1};
static const uint8_t schema_lookup_admissionregistration_v1alpha1_ParamKind[] = {1, 2, 0, 0};
const struct schema_message schema_message_admissionregistration_v1alpha1_ParamKind = {
    .package = STR_INIT("io.k8s.api.admissionregistration.v1alpha1"),
    .name = STR_INIT("ParamKind"),
    .map_atomic = true,
    .fields = schema_fields_admissionregistration_v1alpha1_ParamKind,
    .n_fields = 2,
    .by_number = schema_numbers_admissionregistration_v1alpha1_ParamKind,
    .n_numbered = 2,
    .n_slots = 2,
    .lookup_mask = 3,
    .lookup = schema_lookup_admissionregistration_v1alpha1_ParamKind,
};
static const struct str enums_4[] = {STR_INIT("Allow"), STR_INIT("Deny"), {NULL, 0}};
const struct schema_field schema_fields_admissionregistration_v1alpha1_ParamRef[] = {
    {STR_INIT("name"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("The name.")},
    {STR_INIT("namespace"), 2, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("The namespace.")},
    {STR_INIT("selector"), 3, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_LabelSelector, .doc = STR_INIT("Which labels; all of it must match. {} matches everything.")},
    {STR_INIT("parameterNotFoundAction"), 4, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR | SCHEMA_ENUM_CLOSED, .type = SCHEMA_STRING, .enums = enums_4},
};
static const uint16_t schema_numbers_admissionregistration_v1alpha1_ParamRef[] = {0, 1, 2, 3};
static const uint8_t schema_lookup_admissionregistration_v1alpha1_ParamRef[] = {2, 3, 0, 0, 1, 4, 0, 0};
const struct schema_message schema_message_admissionregistration_v1alpha1_ParamRef = {
    .package = STR_INIT("io.k8s.api.admissionregistration.v1alpha1"),
    .name = STR_INIT("ParamRef"),
    .map_atomic = true,
    .fields = schema_fields_admissionregistration_v1alpha1_ParamRef,
    .n_fields = 4,
    .by_number = schema_numbers_admissionregistration_v1alpha1_ParamRef,
    .n_numbered = 4,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_admissionregistration_v1alpha1_ParamRef,
};
const struct schema_field schema_fields_admissionregistration_v1alpha1_TypeChecking[] = {
    {STR_INIT("expressionWarnings"), 1, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_admissionregistration_v1alpha1_ExpressionWarning},
};
static const uint16_t schema_numbers_admissionregistration_v1alpha1_TypeChecking[] = {0};
static const uint8_t schema_lookup_admissionregistration_v1alpha1_TypeChecking[] = {0, 0, 0, 1};
const struct schema_message schema_message_admissionregistration_v1alpha1_TypeChecking = {
    .package = STR_INIT("io.k8s.api.admissionregistration.v1alpha1"),
    .name = STR_INIT("TypeChecking"),
    .fields = schema_fields_admissionregistration_v1alpha1_TypeChecking,
    .n_fields = 1,
    .by_number = schema_numbers_admissionregistration_v1alpha1_TypeChecking,
    .n_numbered = 1,
    .n_slots = 1,
    .lookup_mask = 3,
    .lookup = schema_lookup_admissionregistration_v1alpha1_TypeChecking,
};
const struct schema_field schema_fields_admissionregistration_v1alpha1_ValidatingAdmissionPolicy[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ObjectMeta, .key_default = STR_INIT("{}"), .doc = STR_INIT("Standard object's metadata: name, labels and the like.")},
    {STR_INIT("spec"), 2, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_admissionregistration_v1alpha1_ValidatingAdmissionPolicySpec, .key_default = STR_INIT("{}"), .doc = STR_INIT("What is wanted.")},
    {STR_INIT("status"), 3, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_admissionregistration_v1alpha1_ValidatingAdmissionPolicyStatus, .key_default = STR_INIT("{}"), .doc = STR_INIT("What is, as those who look after it tell.")},
};
static const uint16_t schema_numbers_admissionregistration_v1alpha1_ValidatingAdmissionPolicy[] = {1, 2, 3, 0};
static const struct schema_field *const schema_slots_admissionregistration_v1alpha1_ValidatingAdmissionPolicy[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_admissionregistration_v1alpha1_ValidatingAdmissionPolicy[1], &schema_fields_admissionregistration_v1alpha1_ValidatingAdmissionPolicy[2], &schema_fields_admissionregistration_v1alpha1_ValidatingAdmissionPolicy[3]};
static const uint8_t schema_starts_admissionregistration_v1alpha1_ValidatingAdmissionPolicy[] = {0, 2, 3, 4};
static const uint8_t schema_lookup_admissionregistration_v1alpha1_ValidatingAdmissionPolicy[] = {3, 0, 0, 0, 0, 0, 0, 0, 1, 2, 0, 5, 0, 4, 0, 0};
const struct schema_message schema_message_admissionregistration_v1alpha1_ValidatingAdmissionPolicy = {
    .package = STR_INIT("io.k8s.api.admissionregistration.v1alpha1"),
    .name = STR_INIT("ValidatingAdmissionPolicy"),
    .doc = STR_INIT("Expressions that say whether a write may pass. A binding puts them in force."),
    .fields = schema_fields_admissionregistration_v1alpha1_ValidatingAdmissionPolicy,
    .n_fields = 4,
    .by_number = schema_numbers_admissionregistration_v1alpha1_ValidatingAdmissionPolicy,
    .n_numbered = 3,
    .slots = schema_slots_admissionregistration_v1alpha1_ValidatingAdmissionPolicy,
    .starts = schema_starts_admissionregistration_v1alpha1_ValidatingAdmissionPolicy,
    .n_slots = 5,
    .lookup_mask = 15,
    .lookup = schema_lookup_admissionregistration_v1alpha1_ValidatingAdmissionPolicy,
};
const struct schema_field schema_fields_admissionregistration_v1alpha1_ValidatingAdmissionPolicyBinding[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ObjectMeta, .key_default = STR_INIT("{}"), .doc = STR_INIT("Standard object's metadata: name, labels and the like.")},
    {STR_INIT("spec"), 2, .flags = SCHEMA_REQUIRED | SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_admissionregistration_v1alpha1_ValidatingAdmissionPolicyBindingSpec, .key_default = STR_INIT("{}"), .doc = STR_INIT("What is wanted.")},
};
static const uint16_t schema_numbers_admissionregistration_v1alpha1_ValidatingAdmissionPolicyBinding[] = {1, 2, 0};
static const struct schema_field *const schema_slots_admissionregistration_v1alpha1_ValidatingAdmissionPolicyBinding[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_admissionregistration_v1alpha1_ValidatingAdmissionPolicyBinding[1], &schema_fields_admissionregistration_v1alpha1_ValidatingAdmissionPolicyBinding[2]};
static const uint8_t schema_starts_admissionregistration_v1alpha1_ValidatingAdmissionPolicyBinding[] = {0, 2, 3};
static const uint8_t schema_lookup_admissionregistration_v1alpha1_ValidatingAdmissionPolicyBinding[] = {1, 2, 3, 0, 0, 4, 0, 0};
const struct schema_message schema_message_admissionregistration_v1alpha1_ValidatingAdmissionPolicyBinding = {
    .package = STR_INIT("io.k8s.api.admissionregistration.v1alpha1"),
    .name = STR_INIT("ValidatingAdmissionPolicyBinding"),
    .doc = STR_INIT("Puts a ValidatingAdmissionPolicy in force, where and with which parameters."),
    .fields = schema_fields_admissionregistration_v1alpha1_ValidatingAdmissionPolicyBinding,
    .n_fields = 3,
    .by_number = schema_numbers_admissionregistration_v1alpha1_ValidatingAdmissionPolicyBinding,
    .n_numbered = 2,
    .slots = schema_slots_admissionregistration_v1alpha1_ValidatingAdmissionPolicyBinding,
    .starts = schema_starts_admissionregistration_v1alpha1_ValidatingAdmissionPolicyBinding,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_admissionregistration_v1alpha1_ValidatingAdmissionPolicyBinding,
};
const struct schema_field schema_fields_admissionregistration_v1alpha1_ValidatingAdmissionPolicyBindingList[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ListMeta, .doc = STR_INIT("Where the list was read, and how to go on.")},
    {STR_INIT("items"), 2, .flags = SCHEMA_REPEATED | SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_admissionregistration_v1alpha1_ValidatingAdmissionPolicyBinding, .doc = STR_INIT("The objects of the list.")},
};
static const uint16_t schema_numbers_admissionregistration_v1alpha1_ValidatingAdmissionPolicyBindingList[] = {1, 2, 0};
static const struct schema_field *const schema_slots_admissionregistration_v1alpha1_ValidatingAdmissionPolicyBindingList[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_admissionregistration_v1alpha1_ValidatingAdmissionPolicyBindingList[1], &schema_fields_admissionregistration_v1alpha1_ValidatingAdmissionPolicyBindingList[2]};
static const uint8_t schema_starts_admissionregistration_v1alpha1_ValidatingAdmissionPolicyBindingList[] = {0, 2, 3};
static const uint8_t schema_lookup_admissionregistration_v1alpha1_ValidatingAdmissionPolicyBindingList[] = {1, 2, 3, 4, 0, 0, 0, 0};
const struct schema_message schema_message_admissionregistration_v1alpha1_ValidatingAdmissionPolicyBindingList = {
    .package = STR_INIT("io.k8s.api.admissionregistration.v1alpha1"),
    .name = STR_INIT("ValidatingAdmissionPolicyBindingList"),
    .fields = schema_fields_admissionregistration_v1alpha1_ValidatingAdmissionPolicyBindingList,
    .n_fields = 3,
    .by_number = schema_numbers_admissionregistration_v1alpha1_ValidatingAdmissionPolicyBindingList,
    .n_numbered = 2,
    .slots = schema_slots_admissionregistration_v1alpha1_ValidatingAdmissionPolicyBindingList,
    .starts = schema_starts_admissionregistration_v1alpha1_ValidatingAdmissionPolicyBindingList,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_admissionregistration_v1alpha1_ValidatingAdmissionPolicyBindingList,
};
static const struct str enums_5[] = {STR_INIT("Audit"), STR_INIT("Deny"), STR_INIT("Warn"), {NULL, 0}};
const struct schema_field schema_fields_admissionregistration_v1alpha1_ValidatingAdmissionPolicyBindingSpec[] = {
    {STR_INIT("policyName"), 1, .flags = SCHEMA_REQUIRED | SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
    {STR_INIT("paramRef"), 2, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_admissionregistration_v1alpha1_ParamRef},
    {STR_INIT("matchResources"), 3, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_admissionregistration_v1alpha1_MatchResources},
    {STR_INIT("validationActions"), 4, .flags = SCHEMA_REPEATED | SCHEMA_REQUIRED | SCHEMA_OMITEMPTY | SCHEMA_ENUM_CLOSED, .type = SCHEMA_STRING, .list = SCHEMA_LIST_SET, .enums = enums_5},
};
static const uint16_t schema_numbers_admissionregistration_v1alpha1_ValidatingAdmissionPolicyBindingSpec[] = {0, 1, 2, 3};
static const uint8_t schema_lookup_admissionregistration_v1alpha1_ValidatingAdmissionPolicyBindingSpec[] = {0, 1, 0, 0, 3, 4, 2, 0};
const struct schema_message schema_message_admissionregistration_v1alpha1_ValidatingAdmissionPolicyBindingSpec = {
    .package = STR_INIT("io.k8s.api.admissionregistration.v1alpha1"),
    .name = STR_INIT("ValidatingAdmissionPolicyBindingSpec"),
    .fields = schema_fields_admissionregistration_v1alpha1_ValidatingAdmissionPolicyBindingSpec,
    .n_fields = 4,
    .by_number = schema_numbers_admissionregistration_v1alpha1_ValidatingAdmissionPolicyBindingSpec,
    .n_numbered = 4,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_admissionregistration_v1alpha1_ValidatingAdmissionPolicyBindingSpec,
};
const struct schema_field schema_fields_admissionregistration_v1alpha1_ValidatingAdmissionPolicyList[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ListMeta, .doc = STR_INIT("Where the list was read, and how to go on.")},
    {STR_INIT("items"), 2, .flags = SCHEMA_REPEATED | SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_admissionregistration_v1alpha1_ValidatingAdmissionPolicy, .doc = STR_INIT("The objects of the list.")},
};
static const uint16_t schema_numbers_admissionregistration_v1alpha1_ValidatingAdmissionPolicyList[] = {1, 2, 0};
static const struct schema_field *const schema_slots_admissionregistration_v1alpha1_ValidatingAdmissionPolicyList[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_admissionregistration_v1alpha1_ValidatingAdmissionPolicyList[1], &schema_fields_admissionregistration_v1alpha1_ValidatingAdmissionPolicyList[2]};
static const uint8_t schema_starts_admissionregistration_v1alpha1_ValidatingAdmissionPolicyList[] = {0, 2, 3};
static const uint8_t schema_lookup_admissionregistration_v1alpha1_ValidatingAdmissionPolicyList[] = {1, 2, 3, 4, 0, 0, 0, 0};
const struct schema_message schema_message_admissionregistration_v1alpha1_ValidatingAdmissionPolicyList = {
    .package = STR_INIT("io.k8s.api.admissionregistration.v1alpha1"),
    .name = STR_INIT("ValidatingAdmissionPolicyList"),
    .fields = schema_fields_admissionregistration_v1alpha1_ValidatingAdmissionPolicyList,
    .n_fields = 3,
    .by_number = schema_numbers_admissionregistration_v1alpha1_ValidatingAdmissionPolicyList,
    .n_numbered = 2,
    .slots = schema_slots_admissionregistration_v1alpha1_ValidatingAdmissionPolicyList,
    .starts = schema_starts_admissionregistration_v1alpha1_ValidatingAdmissionPolicyList,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_admissionregistration_v1alpha1_ValidatingAdmissionPolicyList,
};
const struct schema_field schema_fields_admissionregistration_v1alpha1_ValidatingAdmissionPolicySpec[] = {
    {STR_INIT("paramKind"), 1, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_admissionregistration_v1alpha1_ParamKind},
    {STR_INIT("matchConstraints"), 2, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_admissionregistration_v1alpha1_MatchResources},
    {STR_INIT("validations"), 3, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_admissionregistration_v1alpha1_Validation},
    {STR_INIT("failurePolicy"), 4, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR | SCHEMA_ENUM_CLOSED, .type = SCHEMA_STRING, .enums = enums_1, .doc = STR_INIT("What becomes of the write when the answer fails to come: Fail or Ignore.")},
    {STR_INIT("auditAnnotations"), 5, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_admissionregistration_v1alpha1_AuditAnnotation},
    {STR_INIT("matchConditions"), 6, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY | SCHEMA_PATCH_MERGE, .type = SCHEMA_MESSAGE, .message = &schema_message_admissionregistration_v1alpha1_MatchCondition, .list = SCHEMA_LIST_MAP, .list_keys = keys_0, .merge_key = STR_INIT("name")},
    {STR_INIT("variables"), 7, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY | SCHEMA_PATCH_MERGE, .type = SCHEMA_MESSAGE, .message = &schema_message_admissionregistration_v1alpha1_Variable, .list = SCHEMA_LIST_MAP, .list_keys = keys_0, .merge_key = STR_INIT("name")},
};
static const uint16_t schema_numbers_admissionregistration_v1alpha1_ValidatingAdmissionPolicySpec[] = {0, 1, 2, 3, 4, 5, 6};
static const uint8_t schema_lookup_admissionregistration_v1alpha1_ValidatingAdmissionPolicySpec[] = {0, 0, 4, 5, 0, 0, 0, 0, 0, 0, 2, 3, 7, 1, 6, 0};
const struct schema_message schema_message_admissionregistration_v1alpha1_ValidatingAdmissionPolicySpec = {
    .package = STR_INIT("io.k8s.api.admissionregistration.v1alpha1"),
    .name = STR_INIT("ValidatingAdmissionPolicySpec"),
    .fields = schema_fields_admissionregistration_v1alpha1_ValidatingAdmissionPolicySpec,
    .n_fields = 7,
    .by_number = schema_numbers_admissionregistration_v1alpha1_ValidatingAdmissionPolicySpec,
    .n_numbered = 7,
    .n_slots = 7,
    .lookup_mask = 15,
    .lookup = schema_lookup_admissionregistration_v1alpha1_ValidatingAdmissionPolicySpec,
};
static const struct str keys_1[] = {STR_INIT("type"), STR_INIT("")};
const struct schema_field schema_fields_admissionregistration_v1alpha1_ValidatingAdmissionPolicyStatus[] = {
    {STR_INIT("observedGeneration"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_INT64, .doc = STR_INIT("The metadata.generation this was written for.")},
    {STR_INIT("typeChecking"), 2, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_admissionregistration_v1alpha1_TypeChecking},
    {STR_INIT("conditions"), 3, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_Condition, .list = SCHEMA_LIST_MAP, .list_keys = keys_1, .doc = STR_INIT("What is known of it, each with its last change.")},
};
static const uint16_t schema_numbers_admissionregistration_v1alpha1_ValidatingAdmissionPolicyStatus[] = {0, 1, 2};
static const uint8_t schema_lookup_admissionregistration_v1alpha1_ValidatingAdmissionPolicyStatus[] = {0, 0, 2, 0, 0, 0, 3, 1};
const struct schema_message schema_message_admissionregistration_v1alpha1_ValidatingAdmissionPolicyStatus = {
    .package = STR_INIT("io.k8s.api.admissionregistration.v1alpha1"),
    .name = STR_INIT("ValidatingAdmissionPolicyStatus"),
    .fields = schema_fields_admissionregistration_v1alpha1_ValidatingAdmissionPolicyStatus,
    .n_fields = 3,
    .by_number = schema_numbers_admissionregistration_v1alpha1_ValidatingAdmissionPolicyStatus,
    .n_numbered = 3,
    .n_slots = 3,
    .lookup_mask = 7,
    .lookup = schema_lookup_admissionregistration_v1alpha1_ValidatingAdmissionPolicyStatus,
};
static const struct schema_extra extra_1 = {.proto = STR_INIT("Expression")};
const struct schema_field schema_fields_admissionregistration_v1alpha1_Validation[] = {
    {STR_INIT("expression"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .doc = STR_INIT("In the Common Expression Language (CEL)."), .extra = &extra_1},
    {STR_INIT("message"), 2, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("Why, for people.")},
    {STR_INIT("reason"), 3, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_STRING, .doc = STR_INIT("Why, in one word of CamelCase.")},
    {STR_INIT("messageExpression"), 4, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
};
static const uint16_t schema_numbers_admissionregistration_v1alpha1_Validation[] = {0, 1, 2, 3};
static const uint8_t schema_lookup_admissionregistration_v1alpha1_Validation[] = {1, 3, 4, 0, 0, 0, 0, 2};
const struct schema_message schema_message_admissionregistration_v1alpha1_Validation = {
    .package = STR_INIT("io.k8s.api.admissionregistration.v1alpha1"),
    .name = STR_INIT("Validation"),
    .fields = schema_fields_admissionregistration_v1alpha1_Validation,
    .n_fields = 4,
    .by_number = schema_numbers_admissionregistration_v1alpha1_Validation,
    .n_numbered = 4,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_admissionregistration_v1alpha1_Validation,
};
static const struct schema_extra extra_2 = {.proto = STR_INIT("Name")};
const struct schema_field schema_fields_admissionregistration_v1alpha1_Variable[] = {
    {STR_INIT("name"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .doc = STR_INIT("The name."), .extra = &extra_2},
    {STR_INIT("expression"), 2, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .doc = STR_INIT("In the Common Expression Language (CEL)."), .extra = &extra_1},
};
static const uint16_t schema_numbers_admissionregistration_v1alpha1_Variable[] = {0, 1};
static const uint8_t schema_lookup_admissionregistration_v1alpha1_Variable[] = {1, 2, 0, 0};
const struct schema_message schema_message_admissionregistration_v1alpha1_Variable = {
    .package = STR_INIT("io.k8s.api.admissionregistration.v1alpha1"),
    .name = STR_INIT("Variable"),
    .fields = schema_fields_admissionregistration_v1alpha1_Variable,
    .n_fields = 2,
    .by_number = schema_numbers_admissionregistration_v1alpha1_Variable,
    .n_numbered = 2,
    .n_slots = 2,
    .lookup_mask = 3,
    .lookup = schema_lookup_admissionregistration_v1alpha1_Variable,
};
