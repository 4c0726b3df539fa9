/* Made by tools/gen.py from spec/: change those, not this. */
#include "gen/rows.h"

const struct schema_field schema_fields_flowcontrol_v1beta1_ExemptPriorityLevelConfiguration[] = {
    {STR_INIT("nominalConcurrencyShares"), 1, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_INT32},
    {STR_INIT("lendablePercent"), 2, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_INT32},
};
static const uint16_t schema_numbers_flowcontrol_v1beta1_ExemptPriorityLevelConfiguration[] = {0, 1};
static const uint8_t schema_lookup_flowcontrol_v1beta1_ExemptPriorityLevelConfiguration[] = {2, 0, 0, 1};
const struct schema_message schema_message_flowcontrol_v1beta1_ExemptPriorityLevelConfiguration = {
    .package = STR_INIT("io.k8s.api.flowcontrol.v1beta1"),
    .name = STR_INIT("ExemptPriorityLevelConfiguration"),
    .fields = schema_fields_flowcontrol_v1beta1_ExemptPriorityLevelConfiguration,
    .n_fields = 2,
    .by_number = schema_numbers_flowcontrol_v1beta1_ExemptPriorityLevelConfiguration,
    .n_numbered = 2,
    .n_slots = 2,
    .lookup_mask = 3,
    .lookup = schema_lookup_flowcontrol_v1beta1_ExemptPriorityLevelConfiguration,
};
const struct schema_field schema_fields_flowcontrol_v1beta1_FlowDistinguisherMethod[] = {
    {STR_INIT("type"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\"")},
};
static const uint16_t schema_numbers_flowcontrol_v1beta1_FlowDistinguisherMethod[] = {0};
static const uint8_t schema_lookup_flowcontrol_v1beta1_FlowDistinguisherMethod[] = {0, 0, 1, 0};
const struct schema_message schema_message_flowcontrol_v1beta1_FlowDistinguisherMethod = {
    .package = STR_INIT("io.k8s.api.flowcontrol.v1beta1"),
    .name = STR_INIT("FlowDistinguisherMethod"),
    .fields = schema_fields_flowcontrol_v1beta1_FlowDistinguisherMethod,
    .n_fields = 1,
    .by_number = schema_numbers_flowcontrol_v1beta1_FlowDistinguisherMethod,
    .n_numbered = 1,
    .n_slots = 1,
    .lookup_mask = 3,
    .lookup = schema_lookup_flowcontrol_v1beta1_FlowDistinguisherMethod,
};
const struct schema_field schema_fields_flowcontrol_v1beta1_FlowSchema[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ObjectMeta, .key_default = STR_INIT("{}"), .doc = STR_INIT("Standard object's metadata: name, labels and the like.")},
    {STR_INIT("spec"), 2, .flags = SCHEMA_REQUIRED | SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_flowcontrol_v1beta1_FlowSchemaSpec, .key_default = STR_INIT("{}"), .doc = STR_INIT("What is wanted.")},
    {STR_INIT("status"), 3, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_flowcontrol_v1beta1_FlowSchemaStatus, .key_default = STR_INIT("{}"), .doc = STR_INIT("What is, as those who look after it tell.")},
};
static const uint16_t schema_numbers_flowcontrol_v1beta1_FlowSchema[] = {1, 2, 3, 0};
static const struct schema_field *const schema_slots_flowcontrol_v1beta1_FlowSchema[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_flowcontrol_v1beta1_FlowSchema[1], &schema_fields_flowcontrol_v1beta1_FlowSchema[2], &schema_fields_flowcontrol_v1beta1_FlowSchema[3]};
static const uint8_t schema_starts_flowcontrol_v1beta1_FlowSchema[] = {0, 2, 3, 4};
static const uint8_t schema_lookup_flowcontrol_v1beta1_FlowSchema[] = {3, 0, 0, 0, 0, 0, 0, 0, 1, 2, 0, 5, 0, 4, 0, 0};
const struct schema_message schema_message_flowcontrol_v1beta1_FlowSchema = {
    .package = STR_INIT("io.k8s.api.flowcontrol.v1beta1"),
    .name = STR_INIT("FlowSchema"),
    .doc = STR_INIT("Sorts requests into priority levels."),
    .fields = schema_fields_flowcontrol_v1beta1_FlowSchema,
    .n_fields = 4,
    .by_number = schema_numbers_flowcontrol_v1beta1_FlowSchema,
    .n_numbered = 3,
    .slots = schema_slots_flowcontrol_v1beta1_FlowSchema,
    .starts = schema_starts_flowcontrol_v1beta1_FlowSchema,
    .n_slots = 5,
    .lookup_mask = 15,
    .lookup = schema_lookup_flowcontrol_v1beta1_FlowSchema,
};
const struct schema_field schema_fields_flowcontrol_v1beta1_FlowSchemaCondition[] = {
    {STR_INIT("type"), 1, .flags = SCHEMA_REQUIRED | SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("Which condition.")},
    {STR_INIT("status"), 2, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("True, False or Unknown.")},
    {STR_INIT("lastTransitionTime"), 3, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_Time, .doc = STR_INIT("When the condition last changed between True, False and Unknown.")},
    {STR_INIT("reason"), 4, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("Why, in one word of CamelCase.")},
    {STR_INIT("message"), 5, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("Why, for people.")},
};
static const uint16_t schema_numbers_flowcontrol_v1beta1_FlowSchemaCondition[] = {0, 1, 2, 3, 4};
static const uint8_t schema_lookup_flowcontrol_v1beta1_FlowSchemaCondition[] = {4, 0, 1, 0, 0, 0, 3, 5, 0, 0, 0, 2, 0, 0, 0, 0};
const struct schema_message schema_message_flowcontrol_v1beta1_FlowSchemaCondition = {
    .package = STR_INIT("io.k8s.api.flowcontrol.v1beta1"),
    .name = STR_INIT("FlowSchemaCondition"),
    .fields = schema_fields_flowcontrol_v1beta1_FlowSchemaCondition,
    .n_fields = 5,
    .by_number = schema_numbers_flowcontrol_v1beta1_FlowSchemaCondition,
    .n_numbered = 5,
    .n_slots = 5,
    .lookup_mask = 15,
    .lookup = schema_lookup_flowcontrol_v1beta1_FlowSchemaCondition,
};
const struct schema_field schema_fields_flowcontrol_v1beta1_FlowSchemaList[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ListMeta, .doc = STR_INIT("Where the list was read, and how to go on.")},
    {STR_INIT("items"), 2, .flags = SCHEMA_REPEATED | SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_flowcontrol_v1beta1_FlowSchema, .doc = STR_INIT("The objects of the list.")},
};
static const uint16_t schema_numbers_flowcontrol_v1beta1_FlowSchemaList[] = {1, 2, 0};
static const struct schema_field *const schema_slots_flowcontrol_v1beta1_FlowSchemaList[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_flowcontrol_v1beta1_FlowSchemaList[1], &schema_fields_flowcontrol_v1beta1_FlowSchemaList[2]};
static const uint8_t schema_starts_flowcontrol_v1beta1_FlowSchemaList[] = {0, 2, 3};
static const uint8_t schema_lookup_flowcontrol_v1beta1_FlowSchemaList[] = {1, 2, 3, 4, 0, 0, 0, 0};
const struct schema_message schema_message_flowcontrol_v1beta1_FlowSchemaList = {
    .package = STR_INIT("io.k8s.api.flowcontrol.v1beta1"),
    .name = STR_INIT("FlowSchemaList"),
    .fields = schema_fields_flowcontrol_v1beta1_FlowSchemaList,
    .n_fields = 3,
    .by_number = schema_numbers_flowcontrol_v1beta1_FlowSchemaList,
    .n_numbered = 2,
    .slots = schema_slots_flowcontrol_v1beta1_FlowSchemaList,
    .starts = schema_starts_flowcontrol_v1beta1_FlowSchemaList,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_flowcontrol_v1beta1_FlowSchemaList,
};
const struct schema_field schema_fields_flowcontrol_v1beta1_FlowSchemaSpec[] = {
    {STR_INIT("priorityLevelConfiguration"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_flowcontrol_v1beta1_PriorityLevelConfigurationReference, .key_default = STR_INIT("{}")},
    {STR_INIT("matchingPrecedence"), 2, .type = SCHEMA_INT32, .key_default = STR_INIT("0")},
    {STR_INIT("distinguisherMethod"), 3, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_flowcontrol_v1beta1_FlowDistinguisherMethod},
    {STR_INIT("rules"), 4, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_flowcontrol_v1beta1_PolicyRulesWithSubjects},
};
static const uint16_t schema_numbers_flowcontrol_v1beta1_FlowSchemaSpec[] = {0, 1, 2, 3};
static const uint8_t schema_lookup_flowcontrol_v1beta1_FlowSchemaSpec[] = {2, 0, 1, 3, 4, 0, 0, 0};
const struct schema_message schema_message_flowcontrol_v1beta1_FlowSchemaSpec = {
    .package = STR_INIT("io.k8s.api.flowcontrol.v1beta1"),
    .name = STR_INIT("FlowSchemaSpec"),
    .fields = schema_fields_flowcontrol_v1beta1_FlowSchemaSpec,
    .n_fields = 4,
    .by_number = schema_numbers_flowcontrol_v1beta1_FlowSchemaSpec,
    .n_numbered = 4,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_flowcontrol_v1beta1_FlowSchemaSpec,
};
static const struct str keys_0[] = {STR_INIT("type"), STR_INIT("")};
const struct schema_field schema_fields_flowcontrol_v1beta1_FlowSchemaStatus[] = {
    {STR_INIT("conditions"), 1, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_flowcontrol_v1beta1_FlowSchemaCondition, .list = SCHEMA_LIST_MAP, .list_keys = keys_0, .doc = STR_INIT("What is known of it, each with its last change.")},
};
static const uint16_t schema_numbers_flowcontrol_v1beta1_FlowSchemaStatus[] = {0};
static const uint8_t schema_lookup_flowcontrol_v1beta1_FlowSchemaStatus[] = {0, 0, 1, 0};
const struct schema_message schema_message_flowcontrol_v1beta1_FlowSchemaStatus = {
    .package = STR_INIT("io.k8s.api.flowcontrol.v1beta1"),
    .name = STR_INIT("FlowSchemaStatus"),
    .fields = schema_fields_flowcontrol_v1beta1_FlowSchemaStatus,
    .n_fields = 1,
    .by_number = schema_numbers_flowcontrol_v1beta1_FlowSchemaStatus,
    .n_numbered = 1,
    .n_slots = 1,
    .lookup_mask = 3,
    .lookup = schema_lookup_flowcontrol_v1beta1_FlowSchemaStatus,
};
const struct schema_field schema_fields_flowcontrol_v1beta1_GroupSubject[] = {
    {STR_INIT("name"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .doc = STR_INIT("The name.")},
};
static const uint16_t schema_numbers_flowcontrol_v1beta1_GroupSubject[] = {0};
static const uint8_t schema_lookup_flowcontrol_v1beta1_GroupSubject[] = {1, 0, 0, 0};
const struct schema_message schema_message_flowcontrol_v1beta1_GroupSubject = {
    .package = STR_INIT("io.k8s.api.flowcontrol.v1beta1"),
    .name = STR_INIT("GroupSubject"),
    .fields = schema_fields_flowcontrol_v1beta1_GroupSubject,
    .n_fields = 1,
    .by_number = schema_numbers_flowcontrol_v1beta1_GroupSubject,
    .n_numbered = 1,
    .n_slots = 1,
    .lookup_mask = 3,
    .lookup = schema_lookup_flowcontrol_v1beta1_GroupSubject,
};
static const struct schema_extra extra_0 = {.choice = STR_INIT("discriminator;modeDiscriminator")};
static const struct schema_extra extra_1 = {.choice = STR_INIT("mode:Queue=required;value:Queuing")};
const struct schema_field schema_fields_flowcontrol_v1beta1_LimitResponse[] = {
    {STR_INIT("type"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .extra = &extra_0},
    {STR_INIT("queuing"), 2, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_flowcontrol_v1beta1_QueuingConfiguration, .extra = &extra_1},
};
static const uint16_t schema_numbers_flowcontrol_v1beta1_LimitResponse[] = {0, 1};
static const uint8_t schema_lookup_flowcontrol_v1beta1_LimitResponse[] = {2, 0, 1, 0};
const struct schema_message schema_message_flowcontrol_v1beta1_LimitResponse = {
    .package = STR_INIT("io.k8s.api.flowcontrol.v1beta1"),
    .name = STR_INIT("LimitResponse"),
    .fields = schema_fields_flowcontrol_v1beta1_LimitResponse,
    .n_fields = 2,
    .by_number = schema_numbers_flowcontrol_v1beta1_LimitResponse,
    .n_numbered = 2,
    .n_slots = 2,
    .lookup_mask = 3,
    .lookup = schema_lookup_flowcontrol_v1beta1_LimitResponse,
    .choices = STR_INIT("1"),
};
const struct schema_field schema_fields_flowcontrol_v1beta1_LimitedPriorityLevelConfiguration[] = {
    {STR_INIT("assuredConcurrencyShares"), 1, .type = SCHEMA_INT32, .key_default = STR_INIT("0")},
    {STR_INIT("limitResponse"), 2, .flags = SCHEMA_REQUIRED | SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_flowcontrol_v1beta1_LimitResponse, .key_default = STR_INIT("{}")},
    {STR_INIT("lendablePercent"), 3, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_INT32},
    {STR_INIT("borrowingLimitPercent"), 4, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_INT32},
};
static const uint16_t schema_numbers_flowcontrol_v1beta1_LimitedPriorityLevelConfiguration[] = {0, 1, 2, 3};
static const uint8_t schema_lookup_flowcontrol_v1beta1_LimitedPriorityLevelConfiguration[] = {0, 1, 0, 3, 2, 4, 0, 0};
const struct schema_message schema_message_flowcontrol_v1beta1_LimitedPriorityLevelConfiguration = {
    .package = STR_INIT("io.k8s.api.flowcontrol.v1beta1"),
    .name = STR_INIT("LimitedPriorityLevelConfiguration"),
    .fields = schema_fields_flowcontrol_v1beta1_LimitedPriorityLevelConfiguration,
    .n_fields = 4,
    .by_number = schema_numbers_flowcontrol_v1beta1_LimitedPriorityLevelConfiguration,
    .n_numbered = 4,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_flowcontrol_v1beta1_LimitedPriorityLevelConfiguration,
};
const struct schema_field schema_fields_flowcontrol_v1beta1_NonResourcePolicyRule[] = {
    {STR_INIT("verbs"), 1, .flags = SCHEMA_REPEATED | SCHEMA_REQUIRED, .type = SCHEMA_STRING, .list = SCHEMA_LIST_SET},
    {STR_INIT("nonResourceURLs"), 6, .flags = SCHEMA_REPEATED | SCHEMA_REQUIRED, .type = SCHEMA_STRING, .list = SCHEMA_LIST_SET},
};
static const uint16_t schema_numbers_flowcontrol_v1beta1_NonResourcePolicyRule[] = {0, 1};
static const uint8_t schema_lookup_flowcontrol_v1beta1_NonResourcePolicyRule[] = {0, 0, 1, 2};
const struct schema_message schema_message_flowcontrol_v1beta1_NonResourcePolicyRule = {
    .package = STR_INIT("io.k8s.api.flowcontrol.v1beta1"),
    .name = STR_INIT("NonResourcePolicyRule"),
    .fields = schema_fields_flowcontrol_v1beta1_NonResourcePolicyRule,
    .n_fields = 2,
    .by_number = schema_numbers_flowcontrol_v1beta1_NonResourcePolicyRule,
    .n_numbered = 2,
    .n_slots = 2,
    .lookup_mask = 3,
    .lookup = schema_lookup_flowcontrol_v1beta1_NonResourcePolicyRule,
};
const struct schema_field schema_fields_flowcontrol_v1beta1_PolicyRulesWithSubjects[] = {
    {STR_INIT("subjects"), 1, .flags = SCHEMA_REPEATED | SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_flowcontrol_v1beta1_Subject},
    {STR_INIT("resourceRules"), 2, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_flowcontrol_v1beta1_ResourcePolicyRule},
    {STR_INIT("nonResourceRules"), 3, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_flowcontrol_v1beta1_NonResourcePolicyRule},
};
static const uint16_t schema_numbers_flowcontrol_v1beta1_PolicyRulesWithSubjects[] = {0, 1, 2};
static const uint8_t schema_lookup_flowcontrol_v1beta1_PolicyRulesWithSubjects[] = {0, 0, 0, 1, 2, 3, 0, 0};
const struct schema_message schema_message_flowcontrol_v1beta1_PolicyRulesWithSubjects = {
    .package = STR_INIT("io.k8s.api.flowcontrol.v1beta1"),
    .name = STR_INIT("PolicyRulesWithSubjects"),
    .fields = schema_fields_flowcontrol_v1beta1_PolicyRulesWithSubjects,
    .n_fields = 3,
    .by_number = schema_numbers_flowcontrol_v1beta1_PolicyRulesWithSubjects,
    .n_numbered = 3,
    .n_slots = 3,
    .lookup_mask = 7,
    .lookup = schema_lookup_flowcontrol_v1beta1_PolicyRulesWithSubjects,
};
const struct schema_field schema_fields_flowcontrol_v1beta1_PriorityLevelConfiguration[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ObjectMeta, .key_default = STR_INIT("{}"), .doc = STR_INIT("Standard object's metadata: name, labels and the like.")},
    {STR_INIT("spec"), 2, .flags = SCHEMA_REQUIRED | SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_flowcontrol_v1beta1_PriorityLevelConfigurationSpec, .key_default = STR_INIT("{}"), .doc = STR_INIT("What is wanted.")},
    {STR_INIT("status"), 3, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_flowcontrol_v1beta1_PriorityLevelConfigurationStatus, .key_default = STR_INIT("{}"), .doc = STR_INIT("What is, as those who look after it tell.")},
};
static const uint16_t schema_numbers_flowcontrol_v1beta1_PriorityLevelConfiguration[] = {1, 2, 3, 0};
static const struct schema_field *const schema_slots_flowcontrol_v1beta1_PriorityLevelConfiguration[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_flowcontrol_v1beta1_PriorityLevelConfiguration[1], &schema_fields_flowcontrol_v1beta1_PriorityLevelConfiguration[2], &schema_fields_flowcontrol_v1beta1_PriorityLevelConfiguration[3]};
static const uint8_t schema_starts_flowcontrol_v1beta1_PriorityLevelConfiguration[] = {0, 2, 3, 4};
static const uint8_t schema_lookup_flowcontrol_v1beta1_PriorityLevelConfiguration[] = {3, 0, 0, 0, 0, 0, 0, 0, 1, 2, 0, 5, 0, 4, 0, 0};
const struct schema_message schema_message_flowcontrol_v1beta1_PriorityLevelConfiguration = {
    .package = STR_INIT("io.k8s.api.flowcontrol.v1beta1"),
    .name = STR_INIT("PriorityLevelConfiguration"),
    .doc = STR_INIT("A share of the server for one sort of requests."),
    .fields = schema_fields_flowcontrol_v1beta1_PriorityLevelConfiguration,
    .n_fields = 4,
    .by_number = schema_numbers_flowcontrol_v1beta1_PriorityLevelConfiguration,
    .n_numbered = 3,
    .slots = schema_slots_flowcontrol_v1beta1_PriorityLevelConfiguration,
    .starts = schema_starts_flowcontrol_v1beta1_PriorityLevelConfiguration,
    .n_slots = 5,
    .lookup_mask = 15,
    .lookup = schema_lookup_flowcontrol_v1beta1_PriorityLevelConfiguration,
};
const struct schema_field schema_fields_flowcontrol_v1beta1_PriorityLevelConfigurationCondition[] = {
    {STR_INIT("type"), 1, .flags = SCHEMA_REQUIRED | SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("Which condition.")},
    {STR_INIT("status"), 2, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("True, False or Unknown.")},
    {STR_INIT("lastTransitionTime"), 3, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_Time, .doc = STR_INIT("When the condition last changed between True, False and Unknown.")},
    {STR_INIT("reason"), 4, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("Why, in one word of CamelCase.")},
    {STR_INIT("message"), 5, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("Why, for people.")},
};
static const uint16_t schema_numbers_flowcontrol_v1beta1_PriorityLevelConfigurationCondition[] = {0, 1, 2, 3, 4};
static const uint8_t schema_lookup_flowcontrol_v1beta1_PriorityLevelConfigurationCondition[] = {4, 0, 1, 0, 0, 0, 3, 5, 0, 0, 0, 2, 0, 0, 0, 0};
const struct schema_message schema_message_flowcontrol_v1beta1_PriorityLevelConfigurationCondition = {
    .package = STR_INIT("io.k8s.api.flowcontrol.v1beta1"),
    .name = STR_INIT("PriorityLevelConfigurationCondition"),
    .fields = schema_fields_flowcontrol_v1beta1_PriorityLevelConfigurationCondition,
    .n_fields = 5,
    .by_number = schema_numbers_flowcontrol_v1beta1_PriorityLevelConfigurationCondition,
    .n_numbered = 5,
    .n_slots = 5,
    .lookup_mask = 15,
    .lookup = schema_lookup_flowcontrol_v1beta1_PriorityLevelConfigurationCondition,
};
const struct schema_field schema_fields_flowcontrol_v1beta1_PriorityLevelConfigurationList[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ListMeta, .doc = STR_INIT("Where the list was read, and how to go on.")},
    {STR_INIT("items"), 2, .flags = SCHEMA_REPEATED | SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_flowcontrol_v1beta1_PriorityLevelConfiguration, .doc = STR_INIT("The objects of the list.")},
};
static const uint16_t schema_numbers_flowcontrol_v1beta1_PriorityLevelConfigurationList[] = {1, 2, 0};
static const struct schema_field *const schema_slots_flowcontrol_v1beta1_PriorityLevelConfigurationList[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_flowcontrol_v1beta1_PriorityLevelConfigurationList[1], &schema_fields_flowcontrol_v1beta1_PriorityLevelConfigurationList[2]};
static const uint8_t schema_starts_flowcontrol_v1beta1_PriorityLevelConfigurationList[] = {0, 2, 3};
static const uint8_t schema_lookup_flowcontrol_v1beta1_PriorityLevelConfigurationList[] = {1, 2, 3, 4, 0, 0, 0, 0};
const struct schema_message schema_message_flowcontrol_v1beta1_PriorityLevelConfigurationList = {
    .package = STR_INIT("io.k8s.api.flowcontrol.v1beta1"),
    .name = STR_INIT("PriorityLevelConfigurationList"),
    .fields = schema_fields_flowcontrol_v1beta1_PriorityLevelConfigurationList,
    .n_fields = 3,
    .by_number = schema_numbers_flowcontrol_v1beta1_PriorityLevelConfigurationList,
    .n_numbered = 2,
    .slots = schema_slots_flowcontrol_v1beta1_PriorityLevelConfigurationList,
    .starts = schema_starts_flowcontrol_v1beta1_PriorityLevelConfigurationList,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_flowcontrol_v1beta1_PriorityLevelConfigurationList,
};
const struct schema_field schema_fields_flowcontrol_v1beta1_PriorityLevelConfigurationReference[] = {
    {STR_INIT("name"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .doc = STR_INIT("The name.")},
};
static const uint16_t schema_numbers_flowcontrol_v1beta1_PriorityLevelConfigurationReference[] = {0};
static const uint8_t schema_lookup_flowcontrol_v1beta1_PriorityLevelConfigurationReference[] = {1, 0, 0, 0};
const struct schema_message schema_message_flowcontrol_v1beta1_PriorityLevelConfigurationReference = {
    .package = STR_INIT("io.k8s.api.flowcontrol.v1beta1"),
    .name = STR_INIT("PriorityLevelConfigurationReference"),
    .fields = schema_fields_flowcontrol_v1beta1_PriorityLevelConfigurationReference,
    .n_fields = 1,
    .by_number = schema_numbers_flowcontrol_v1beta1_PriorityLevelConfigurationReference,
    .n_numbered = 1,
    .n_slots = 1,
    .lookup_mask = 3,
    .lookup = schema_lookup_flowcontrol_v1beta1_PriorityLevelConfigurationReference,
};
static const struct schema_extra extra_2 = {.choice = STR_INIT("mode:Limited=required;value:Limited")};
static const struct schema_extra extra_3 = {.choice = STR_INIT("mode:Exempt=optional;value:Exempt")};
const struct schema_field schema_fields_flowcontrol_v1beta1_PriorityLevelConfigurationSpec[] = {
    {STR_INIT("type"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .extra = &extra_0},
    {STR_INIT("limited"), 2, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_flowcontrol_v1beta1_LimitedPriorityLevelConfiguration, .extra = &extra_2},
    {STR_INIT("exempt"), 3, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_flowcontrol_v1beta1_ExemptPriorityLevelConfiguration, .extra = &extra_3},
};
static const uint16_t schema_numbers_flowcontrol_v1beta1_PriorityLevelConfigurationSpec[] = {0, 1, 2};
static const uint8_t schema_lookup_flowcontrol_v1beta1_PriorityLevelConfigurationSpec[] = {0, 0, 1, 2, 3, 0, 0, 0};
const struct schema_message schema_message_flowcontrol_v1beta1_PriorityLevelConfigurationSpec = {
    .package = STR_INIT("io.k8s.api.flowcontrol.v1beta1"),
    .name = STR_INIT("PriorityLevelConfigurationSpec"),
    .fields = schema_fields_flowcontrol_v1beta1_PriorityLevelConfigurationSpec,
    .n_fields = 3,
    .by_number = schema_numbers_flowcontrol_v1beta1_PriorityLevelConfigurationSpec,
    .n_numbered = 3,
    .n_slots = 3,
    .lookup_mask = 7,
    .lookup = schema_lookup_flowcontrol_v1beta1_PriorityLevelConfigurationSpec,
    .choices = STR_INIT("1"),
};
const struct schema_field schema_fields_flowcontrol_v1beta1_PriorityLevelConfigurationStatus[] = {
    {STR_INIT("conditions"), 1, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_flowcontrol_v1beta1_PriorityLevelConfigurationCondition, .list = SCHEMA_LIST_MAP, .list_keys = keys_0, .doc = STR_INIT("What is known of it, each with its last change.")},
};
static const uint16_t schema_numbers_flowcontrol_v1beta1_PriorityLevelConfigurationStatus[] = {0};
static const uint8_t schema_lookup_flowcontrol_v1beta1_PriorityLevelConfigurationStatus[] = {0, 0, 1, 0};
const struct schema_message schema_message_flowcontrol_v1beta1_PriorityLevelConfigurationStatus = {
    .package = STR_INIT("io.k8s.api.flowcontrol.v1beta1"),
    .name = STR_INIT("PriorityLevelConfigurationStatus"),
    .fields = schema_fields_flowcontrol_v1beta1_PriorityLevelConfigurationStatus,
    .n_fields = 1,
    .by_number = schema_numbers_flowcontrol_v1beta1_PriorityLevelConfigurationStatus,
    .n_numbered = 1,
    .n_slots = 1,
    .lookup_mask = 3,
    .lookup = schema_lookup_flowcontrol_v1beta1_PriorityLevelConfigurationStatus,
};
const struct schema_field schema_fields_flowcontrol_v1beta1_QueuingConfiguration[] = {
    {STR_INIT("queues"), 1, .type = SCHEMA_INT32, .key_default = STR_INIT("0")},
    {STR_INIT("handSize"), 2, .type = SCHEMA_INT32, .key_default = STR_INIT("0")},
    {STR_INIT("queueLengthLimit"), 3, .type = SCHEMA_INT32, .key_default = STR_INIT("0")},
};
static const uint16_t schema_numbers_flowcontrol_v1beta1_QueuingConfiguration[] = {0, 1, 2};
static const uint8_t schema_lookup_flowcontrol_v1beta1_QueuingConfiguration[] = {1, 0, 0, 0, 0, 3, 2, 0};
const struct schema_message schema_message_flowcontrol_v1beta1_QueuingConfiguration = {
    .package = STR_INIT("io.k8s.api.flowcontrol.v1beta1"),
    .name = STR_INIT("QueuingConfiguration"),
    .fields = schema_fields_flowcontrol_v1beta1_QueuingConfiguration,
    .n_fields = 3,
    .by_number = schema_numbers_flowcontrol_v1beta1_QueuingConfiguration,
    .n_numbered = 3,
    .n_slots = 3,
    .lookup_mask = 7,
    .lookup = schema_lookup_flowcontrol_v1beta1_QueuingConfiguration,
};
const struct schema_field schema_fields_flowcontrol_v1beta1_ResourcePolicyRule[] = {
    {STR_INIT("verbs"), 1, .flags = SCHEMA_REPEATED | SCHEMA_REQUIRED, .type = SCHEMA_STRING, .list = SCHEMA_LIST_SET},
    {STR_INIT("apiGroups"), 2, .flags = SCHEMA_REPEATED | SCHEMA_REQUIRED, .type = SCHEMA_STRING, .list = SCHEMA_LIST_SET},
    {STR_INIT("resources"), 3, .flags = SCHEMA_REPEATED | SCHEMA_REQUIRED, .type = SCHEMA_STRING, .list = SCHEMA_LIST_SET},
    {STR_INIT("clusterScope"), 4, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_BOOL},
    {STR_INIT("namespaces"), 5, .flags = SCHEMA_REPEATED, .type = SCHEMA_STRING, .list = SCHEMA_LIST_SET},
};
static const uint16_t schema_numbers_flowcontrol_v1beta1_ResourcePolicyRule[] = {0, 1, 2, 3, 4};
static const uint8_t schema_lookup_flowcontrol_v1beta1_ResourcePolicyRule[] = {0, 2, 0, 0, 5, 0, 0, 0, 0, 3, 0, 4, 0, 0, 1, 0};
const struct schema_message schema_message_flowcontrol_v1beta1_ResourcePolicyRule = {
    .package = STR_INIT("io.k8s.api.flowcontrol.v1beta1"),
    .name = STR_INIT("ResourcePolicyRule"),
    .fields = schema_fields_flowcontrol_v1beta1_ResourcePolicyRule,
    .n_fields = 5,
    .by_number = schema_numbers_flowcontrol_v1beta1_ResourcePolicyRule,
    .n_numbered = 5,
    .n_slots = 5,
    .lookup_mask = 15,
    .lookup = schema_lookup_flowcontrol_v1beta1_ResourcePolicyRule,
};
const struct schema_field schema_fields_flowcontrol_v1beta1_ServiceAccountSubject[] = {
    {STR_INIT("namespace"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .doc = STR_INIT("The namespace.")},
    {STR_INIT("name"), 2, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .doc = STR_INIT("The name.")},
};
static const uint16_t schema_numbers_flowcontrol_v1beta1_ServiceAccountSubject[] = {0, 1};
static const uint8_t schema_lookup_flowcontrol_v1beta1_ServiceAccountSubject[] = {1, 2, 0, 0};
const struct schema_message schema_message_flowcontrol_v1beta1_ServiceAccountSubject = {
    .package = STR_INIT("io.k8s.api.flowcontrol.v1beta1"),
    .name = STR_INIT("ServiceAccountSubject"),
    .fields = schema_fields_flowcontrol_v1beta1_ServiceAccountSubject,
    .n_fields = 2,
    .by_number = schema_numbers_flowcontrol_v1beta1_ServiceAccountSubject,
    .n_numbered = 2,
    .n_slots = 2,
    .lookup_mask = 3,
    .lookup = schema_lookup_flowcontrol_v1beta1_ServiceAccountSubject,
};
static const struct schema_extra extra_4 = {.choice = STR_INIT("discriminator")};
static const struct schema_extra extra_5 = {.choice = STR_INIT("value:User")};
static const struct schema_extra extra_6 = {.choice = STR_INIT("value:Group")};
static const struct schema_extra extra_7 = {.choice = STR_INIT("value:ServiceAccount")};
const struct schema_field schema_fields_flowcontrol_v1beta1_Subject[] = {
    {STR_INIT("kind"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .doc = STR_INIT("The kind."), .extra = &extra_4},
    {STR_INIT("user"), 2, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_flowcontrol_v1beta1_UserSubject, .extra = &extra_5},
    {STR_INIT("group"), 3, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_flowcontrol_v1beta1_GroupSubject, .extra = &extra_6},
    {STR_INIT("serviceAccount"), 4, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_flowcontrol_v1beta1_ServiceAccountSubject, .extra = &extra_7},
};
static const uint16_t schema_numbers_flowcontrol_v1beta1_Subject[] = {0, 1, 2, 3};
static const uint8_t schema_lookup_flowcontrol_v1beta1_Subject[] = {1, 2, 3, 0, 4, 0, 0, 0};
const struct schema_message schema_message_flowcontrol_v1beta1_Subject = {
    .package = STR_INIT("io.k8s.api.flowcontrol.v1beta1"),
    .name = STR_INIT("Subject"),
    .fields = schema_fields_flowcontrol_v1beta1_Subject,
    .n_fields = 4,
    .by_number = schema_numbers_flowcontrol_v1beta1_Subject,
    .n_numbered = 4,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_flowcontrol_v1beta1_Subject,
    .choices = STR_INIT("1"),
};
const struct schema_field schema_fields_flowcontrol_v1beta1_UserSubject[] = {
    {STR_INIT("name"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .doc = STR_INIT("The name.")},
};
static const uint16_t schema_numbers_flowcontrol_v1beta1_UserSubject[] = {0};
static const uint8_t schema_lookup_flowcontrol_v1beta1_UserSubject[] = {1, 0, 0, 0};
const struct schema_message schema_message_flowcontrol_v1beta1_UserSubject = {
    .package = STR_INIT("io.k8s.api.flowcontrol.v1beta1"),
    .name = STR_INIT("UserSubject"),
    .fields = schema_fields_flowcontrol_v1beta1_UserSubject,
    .n_fields = 1,
    .by_number = schema_numbers_flowcontrol_v1beta1_UserSubject,
    .n_numbered = 1,
    .n_slots = 1,
    .lookup_mask = 3,
    .lookup = schema_lookup_flowcontrol_v1beta1_UserSubject,
};
