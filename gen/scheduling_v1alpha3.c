/* Made by tools/gen.py from spec/: change those, not this. */
#include "gen/rows.h"

const struct schema_message schema_message_scheduling_v1alpha3_AllCompositeDisruptionMode = {
    .package = STR_INIT("io.k8s.api.scheduling.v1alpha3"),
    .name = STR_INIT("AllCompositeDisruptionMode"),
};
const struct schema_message schema_message_scheduling_v1alpha3_AllDisruptionMode = {
    .package = STR_INIT("io.k8s.api.scheduling.v1alpha3"),
    .name = STR_INIT("AllDisruptionMode"),
};
const struct schema_message schema_message_scheduling_v1alpha3_BasicSchedulingPolicy = {
    .package = STR_INIT("io.k8s.api.scheduling.v1alpha3"),
    .name = STR_INIT("BasicSchedulingPolicy"),
};
const struct schema_message schema_message_scheduling_v1alpha3_CompositeBasicSchedulingPolicy = {
    .package = STR_INIT("io.k8s.api.scheduling.v1alpha3"),
    .name = STR_INIT("CompositeBasicSchedulingPolicy"),
};
static const struct schema_extra extra_0 = {.choice = STR_INIT("unionMember;value:Single")};
static const struct schema_extra extra_1 = {.choice = STR_INIT("unionMember;value:All")};
const struct schema_field schema_fields_scheduling_v1alpha3_CompositeDisruptionMode[] = {
    {STR_INIT("single"), 1, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_scheduling_v1alpha3_SingleCompositeDisruptionMode, .extra = &extra_0},
    {STR_INIT("all"), 2, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_scheduling_v1alpha3_AllCompositeDisruptionMode, .extra = &extra_1},
};
static const uint16_t schema_numbers_scheduling_v1alpha3_CompositeDisruptionMode[] = {0, 1};
static const uint8_t schema_lookup_scheduling_v1alpha3_CompositeDisruptionMode[] = {0, 0, 1, 2};
const struct schema_message schema_message_scheduling_v1alpha3_CompositeDisruptionMode = {
    .package = STR_INIT("io.k8s.api.scheduling.v1alpha3"),
    .name = STR_INIT("CompositeDisruptionMode"),
    .fields = schema_fields_scheduling_v1alpha3_CompositeDisruptionMode,
    .n_fields = 2,
    .by_number = schema_numbers_scheduling_v1alpha3_CompositeDisruptionMode,
    .n_numbered = 2,
    .n_slots = 2,
    .lookup_mask = 3,
    .lookup = schema_lookup_scheduling_v1alpha3_CompositeDisruptionMode,
    .choices = STR_INIT("1"),
};
static const struct schema_extra extra_2 = {.rules = STR_INIT("minimum=1")};
const struct schema_field schema_fields_scheduling_v1alpha3_CompositeGangSchedulingPolicy[] = {
    {STR_INIT("minGroupCount"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_INT32, .key_default = STR_INIT("0"), .extra = &extra_2},
};
static const uint16_t schema_numbers_scheduling_v1alpha3_CompositeGangSchedulingPolicy[] = {0};
static const uint8_t schema_lookup_scheduling_v1alpha3_CompositeGangSchedulingPolicy[] = {0, 0, 1, 0};
const struct schema_message schema_message_scheduling_v1alpha3_CompositeGangSchedulingPolicy = {
    .package = STR_INIT("io.k8s.api.scheduling.v1alpha3"),
    .name = STR_INIT("CompositeGangSchedulingPolicy"),
    .fields = schema_fields_scheduling_v1alpha3_CompositeGangSchedulingPolicy,
    .n_fields = 1,
    .by_number = schema_numbers_scheduling_v1alpha3_CompositeGangSchedulingPolicy,
    .n_numbered = 1,
    .n_slots = 1,
    .lookup_mask = 3,
    .lookup = schema_lookup_scheduling_v1alpha3_CompositeGangSchedulingPolicy,
};
const struct schema_field schema_fields_scheduling_v1alpha3_CompositePodGroup[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ObjectMeta, .key_default = STR_INIT("{}"), .doc = STR_INIT("Standard object's metadata: name, labels and the like.")},
    {STR_INIT("spec"), 2, .flags = SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_scheduling_v1alpha3_CompositePodGroupSpec, .key_default = STR_INIT("{}"), .doc = STR_INIT("What is wanted.")},
    {STR_INIT("status"), 3, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_scheduling_v1alpha3_CompositePodGroupStatus, .key_default = STR_INIT("{}"), .doc = STR_INIT("What is, as those who look after it tell.")},
};
static const uint16_t schema_numbers_scheduling_v1alpha3_CompositePodGroup[] = {1, 2, 3, 0};
static const struct schema_field *const schema_slots_scheduling_v1alpha3_CompositePodGroup[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_scheduling_v1alpha3_CompositePodGroup[1], &schema_fields_scheduling_v1alpha3_CompositePodGroup[2], &schema_fields_scheduling_v1alpha3_CompositePodGroup[3]};
static const uint8_t schema_starts_scheduling_v1alpha3_CompositePodGroup[] = {0, 2, 3, 4};
static const uint8_t schema_lookup_scheduling_v1alpha3_CompositePodGroup[] = {3, 0, 0, 0, 0, 0, 0, 0, 1, 2, 0, 5, 0, 4, 0, 0};
const struct schema_message schema_message_scheduling_v1alpha3_CompositePodGroup = {
    .package = STR_INIT("io.k8s.api.scheduling.v1alpha3"),
    .name = STR_INIT("CompositePodGroup"),
    .fields = schema_fields_scheduling_v1alpha3_CompositePodGroup,
    .n_fields = 4,
    .by_number = schema_numbers_scheduling_v1alpha3_CompositePodGroup,
    .n_numbered = 3,
    .slots = schema_slots_scheduling_v1alpha3_CompositePodGroup,
    .starts = schema_starts_scheduling_v1alpha3_CompositePodGroup,
    .n_slots = 5,
    .lookup_mask = 15,
    .lookup = schema_lookup_scheduling_v1alpha3_CompositePodGroup,
};
const struct schema_field schema_fields_scheduling_v1alpha3_CompositePodGroupList[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ListMeta, .doc = STR_INIT("Where the list was read, and how to go on.")},
    {STR_INIT("items"), 2, .flags = SCHEMA_REPEATED | SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_scheduling_v1alpha3_CompositePodGroup, .doc = STR_INIT("The objects of the list.")},
};
static const uint16_t schema_numbers_scheduling_v1alpha3_CompositePodGroupList[] = {1, 2, 0};
static const struct schema_field *const schema_slots_scheduling_v1alpha3_CompositePodGroupList[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_scheduling_v1alpha3_CompositePodGroupList[1], &schema_fields_scheduling_v1alpha3_CompositePodGroupList[2]};
static const uint8_t schema_starts_scheduling_v1alpha3_CompositePodGroupList[] = {0, 2, 3};
static const uint8_t schema_lookup_scheduling_v1alpha3_CompositePodGroupList[] = {1, 2, 3, 4, 0, 0, 0, 0};
const struct schema_message schema_message_scheduling_v1alpha3_CompositePodGroupList = {
    .package = STR_INIT("io.k8s.api.scheduling.v1alpha3"),
    .name = STR_INIT("CompositePodGroupList"),
    .fields = schema_fields_scheduling_v1alpha3_CompositePodGroupList,
    .n_fields = 3,
    .by_number = schema_numbers_scheduling_v1alpha3_CompositePodGroupList,
    .n_numbered = 2,
    .slots = schema_slots_scheduling_v1alpha3_CompositePodGroupList,
    .starts = schema_starts_scheduling_v1alpha3_CompositePodGroupList,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_scheduling_v1alpha3_CompositePodGroupList,
};
static const struct schema_extra extra_3 = {.rules = STR_INIT("maxItems=1")};
const struct schema_field schema_fields_scheduling_v1alpha3_CompositePodGroupSchedulingConstraints[] = {
    {STR_INIT("topology"), 1, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_scheduling_v1alpha3_TopologyConstraint, .extra = &extra_3},
};
static const uint16_t schema_numbers_scheduling_v1alpha3_CompositePodGroupSchedulingConstraints[] = {0};
static const uint8_t schema_lookup_scheduling_v1alpha3_CompositePodGroupSchedulingConstraints[] = {1, 0, 0, 0};
const struct schema_message schema_message_scheduling_v1alpha3_CompositePodGroupSchedulingConstraints = {
    .package = STR_INIT("io.k8s.api.scheduling.v1alpha3"),
    .name = STR_INIT("CompositePodGroupSchedulingConstraints"),
    .fields = schema_fields_scheduling_v1alpha3_CompositePodGroupSchedulingConstraints,
    .n_fields = 1,
    .by_number = schema_numbers_scheduling_v1alpha3_CompositePodGroupSchedulingConstraints,
    .n_numbered = 1,
    .n_slots = 1,
    .lookup_mask = 3,
    .lookup = schema_lookup_scheduling_v1alpha3_CompositePodGroupSchedulingConstraints,
};
static const struct schema_extra extra_4 = {.rules = STR_INIT("immutable"), .choice = STR_INIT("unionMember;value:Basic")};
static const struct schema_extra extra_5 = {.rules = STR_INIT("update=NoSet;update=NoUnset"), .choice = STR_INIT("unionMember;value:Gang")};
const struct schema_field schema_fields_scheduling_v1alpha3_CompositePodGroupSchedulingPolicy[] = {
    {STR_INIT("basic"), 1, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_scheduling_v1alpha3_CompositeBasicSchedulingPolicy, .extra = &extra_4},
    {STR_INIT("gang"), 2, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_scheduling_v1alpha3_CompositeGangSchedulingPolicy, .extra = &extra_5},
};
static const uint16_t schema_numbers_scheduling_v1alpha3_CompositePodGroupSchedulingPolicy[] = {0, 1};
static const uint8_t schema_lookup_scheduling_v1alpha3_CompositePodGroupSchedulingPolicy[] = {0, 0, 1, 2};
const struct schema_message schema_message_scheduling_v1alpha3_CompositePodGroupSchedulingPolicy = {
    .package = STR_INIT("io.k8s.api.scheduling.v1alpha3"),
    .name = STR_INIT("CompositePodGroupSchedulingPolicy"),
    .fields = schema_fields_scheduling_v1alpha3_CompositePodGroupSchedulingPolicy,
    .n_fields = 2,
    .by_number = schema_numbers_scheduling_v1alpha3_CompositePodGroupSchedulingPolicy,
    .n_numbered = 2,
    .n_slots = 2,
    .lookup_mask = 3,
    .lookup = schema_lookup_scheduling_v1alpha3_CompositePodGroupSchedulingPolicy,
    .choices = STR_INIT("1"),
};
static const struct schema_extra extra_6 = {.rules = STR_INIT("immutable;format=k8s-long-name")};
static const struct schema_extra extra_7 = {.rules = STR_INIT("immutable")};
static const struct schema_extra extra_8 = {.rules = STR_INIT("format=k8s-long-name;immutable")};
static const struct schema_extra extra_9 = {.rules = STR_INIT("immutable;maximum=1000000000 # HighestUserDefinablePriority")};
static const struct str enums_0[] = {STR_INIT("Never"), STR_INIT("PreemptLowerPriority"), {NULL, 0}};
static const struct schema_extra extra_10 = {.gate = STR_INIT("PodGroupPreemptionPolicy"), .rules = STR_INIT("immutable;ifDisabled(PodGroupPreemptionPolicy)=forbidden;ifEnabled(PodGroupPreemptionPolicy)=optional")};
const struct schema_field schema_fields_scheduling_v1alpha3_CompositePodGroupSpec[] = {
    {STR_INIT("parentCompositePodGroupName"), 1, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_STRING, .extra = &extra_6},
    {STR_INIT("workloadRef"), 2, .flags = SCHEMA_REQUIRED | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_scheduling_v1alpha3_WorkloadReference, .extra = &extra_7},
    {STR_INIT("schedulingPolicy"), 3, .flags = SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_scheduling_v1alpha3_CompositePodGroupSchedulingPolicy, .key_default = STR_INIT("{}"), .extra = &extra_7},
    {STR_INIT("schedulingConstraints"), 4, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_scheduling_v1alpha3_CompositePodGroupSchedulingConstraints, .extra = &extra_7},
    {STR_INIT("disruptionMode"), 5, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_scheduling_v1alpha3_CompositeDisruptionMode, .fallback = STR_INIT("{\"single\":{}}"), .key_default = STR_INIT("{\"single\":{}}"), .extra = &extra_7},
    {STR_INIT("priorityClassName"), 6, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .extra = &extra_8},
    {STR_INIT("priority"), 7, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_INT32, .extra = &extra_9},
    {STR_INIT("preemptionPolicy"), 8, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR | SCHEMA_ENUM_CLOSED, .type = SCHEMA_STRING, .enums = enums_0, .extra = &extra_10},
};
static const uint16_t schema_numbers_scheduling_v1alpha3_CompositePodGroupSpec[] = {0, 1, 2, 3, 4, 5, 6, 7};
static const uint8_t schema_lookup_scheduling_v1alpha3_CompositePodGroupSpec[] = {3, 0, 2, 0, 8, 0, 0, 0, 0, 0, 4, 1, 5, 7, 0, 6};
const struct schema_message schema_message_scheduling_v1alpha3_CompositePodGroupSpec = {
    .package = STR_INIT("io.k8s.api.scheduling.v1alpha3"),
    .name = STR_INIT("CompositePodGroupSpec"),
    .fields = schema_fields_scheduling_v1alpha3_CompositePodGroupSpec,
    .n_fields = 8,
    .by_number = schema_numbers_scheduling_v1alpha3_CompositePodGroupSpec,
    .n_numbered = 8,
    .n_slots = 8,
    .lookup_mask = 15,
    .lookup = schema_lookup_scheduling_v1alpha3_CompositePodGroupSpec,
};
static const struct str keys_0[] = {STR_INIT("type"), STR_INIT("")};
const struct schema_field schema_fields_scheduling_v1alpha3_CompositePodGroupStatus[] = {
    {STR_INIT("conditions"), 1, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY | SCHEMA_PATCH_MERGE, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_Condition, .list = SCHEMA_LIST_MAP, .list_keys = keys_0, .merge_key = STR_INIT("type"), .doc = STR_INIT("What is known of it, each with its last change.")},
};
static const uint16_t schema_numbers_scheduling_v1alpha3_CompositePodGroupStatus[] = {0};
static const uint8_t schema_lookup_scheduling_v1alpha3_CompositePodGroupStatus[] = {0, 0, 1, 0};
const struct schema_message schema_message_scheduling_v1alpha3_CompositePodGroupStatus = {
    .package = STR_INIT("io.k8s.api.scheduling.v1alpha3"),
    .name = STR_INIT("CompositePodGroupStatus"),
    .fields = schema_fields_scheduling_v1alpha3_CompositePodGroupStatus,
    .n_fields = 1,
    .by_number = schema_numbers_scheduling_v1alpha3_CompositePodGroupStatus,
    .n_numbered = 1,
    .n_slots = 1,
    .lookup_mask = 3,
    .lookup = schema_lookup_scheduling_v1alpha3_CompositePodGroupStatus,
};
static const struct schema_extra extra_11 = {.rules = STR_INIT("format=k8s-short-name")};
static const struct schema_extra extra_12 = {.rules = STR_INIT("maximum=1000000000 # HighestUserDefinablePriority;immutable")};
static const struct str keys_1[] = {STR_INIT("name"), STR_INIT("")};
static const struct schema_extra extra_13 = {.rules = STR_INIT("maxItems=8;update=NoAddItem;update=NoRemoveItem")};
const struct schema_field schema_fields_scheduling_v1alpha3_CompositePodGroupTemplate[] = {
    {STR_INIT("name"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .doc = STR_INIT("The name."), .extra = &extra_11},
    {STR_INIT("schedulingPolicy"), 2, .flags = SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_scheduling_v1alpha3_CompositePodGroupSchedulingPolicy, .key_default = STR_INIT("{}")},
    {STR_INIT("schedulingConstraints"), 3, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_scheduling_v1alpha3_CompositePodGroupSchedulingConstraints, .extra = &extra_7},
    {STR_INIT("disruptionMode"), 4, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_scheduling_v1alpha3_CompositeDisruptionMode, .extra = &extra_7},
    {STR_INIT("priorityClassName"), 5, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .extra = &extra_8},
    {STR_INIT("priority"), 6, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_INT32, .extra = &extra_12},
    {STR_INIT("preemptionPolicy"), 7, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR | SCHEMA_ENUM_CLOSED, .type = SCHEMA_STRING, .enums = enums_0, .extra = &extra_10},
    {STR_INIT("podGroupTemplates"), 8, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_scheduling_v1alpha3_PodGroupTemplate, .list = SCHEMA_LIST_MAP, .list_keys = keys_1, .extra = &extra_13},
    {STR_INIT("compositePodGroupTemplates"), 9, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_scheduling_v1alpha3_CompositePodGroupTemplate, .list = SCHEMA_LIST_MAP, .list_keys = keys_1, .extra = &extra_13},
};
static const uint16_t schema_numbers_scheduling_v1alpha3_CompositePodGroupTemplate[] = {0, 1, 2, 3, 4, 5, 6, 7, 8};
static const uint8_t schema_lookup_scheduling_v1alpha3_CompositePodGroupTemplate[] = {8, 0, 0, 9, 1, 0, 0, 0, 0, 0, 3, 4, 6, 0, 0, 0, 2, 0, 0, 0, 7, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 5};
const struct schema_message schema_message_scheduling_v1alpha3_CompositePodGroupTemplate = {
    .package = STR_INIT("io.k8s.api.scheduling.v1alpha3"),
    .name = STR_INIT("CompositePodGroupTemplate"),
    .fields = schema_fields_scheduling_v1alpha3_CompositePodGroupTemplate,
    .n_fields = 9,
    .by_number = schema_numbers_scheduling_v1alpha3_CompositePodGroupTemplate,
    .n_numbered = 9,
    .n_slots = 9,
    .lookup_mask = 31,
    .lookup = schema_lookup_scheduling_v1alpha3_CompositePodGroupTemplate,
};
const struct schema_field schema_fields_scheduling_v1alpha3_DisruptionMode[] = {
    {STR_INIT("single"), 1, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_scheduling_v1alpha3_SingleDisruptionMode, .extra = &extra_0},
    {STR_INIT("all"), 2, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_scheduling_v1alpha3_AllDisruptionMode, .extra = &extra_1},
};
static const uint16_t schema_numbers_scheduling_v1alpha3_DisruptionMode[] = {0, 1};
static const uint8_t schema_lookup_scheduling_v1alpha3_DisruptionMode[] = {0, 0, 1, 2};
const struct schema_message schema_message_scheduling_v1alpha3_DisruptionMode = {
    .package = STR_INIT("io.k8s.api.scheduling.v1alpha3"),
    .name = STR_INIT("DisruptionMode"),
    .fields = schema_fields_scheduling_v1alpha3_DisruptionMode,
    .n_fields = 2,
    .by_number = schema_numbers_scheduling_v1alpha3_DisruptionMode,
    .n_numbered = 2,
    .n_slots = 2,
    .lookup_mask = 3,
    .lookup = schema_lookup_scheduling_v1alpha3_DisruptionMode,
    .choices = STR_INIT("1"),
};
const struct schema_field schema_fields_scheduling_v1alpha3_GangSchedulingPolicy[] = {
    {STR_INIT("minCount"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_INT32, .key_default = STR_INIT("0"), .extra = &extra_2},
};
static const uint16_t schema_numbers_scheduling_v1alpha3_GangSchedulingPolicy[] = {0};
static const uint8_t schema_lookup_scheduling_v1alpha3_GangSchedulingPolicy[] = {0, 0, 0, 1};
const struct schema_message schema_message_scheduling_v1alpha3_GangSchedulingPolicy = {
    .package = STR_INIT("io.k8s.api.scheduling.v1alpha3"),
    .name = STR_INIT("GangSchedulingPolicy"),
    .fields = schema_fields_scheduling_v1alpha3_GangSchedulingPolicy,
    .n_fields = 1,
    .by_number = schema_numbers_scheduling_v1alpha3_GangSchedulingPolicy,
    .n_numbered = 1,
    .n_slots = 1,
    .lookup_mask = 3,
    .lookup = schema_lookup_scheduling_v1alpha3_GangSchedulingPolicy,
};
const struct schema_field schema_fields_scheduling_v1alpha3_PodGroup[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ObjectMeta, .key_default = STR_INIT("{}"), .doc = STR_INIT("Standard object's metadata: name, labels and the like.")},
    {STR_INIT("spec"), 2, .flags = SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_scheduling_v1alpha3_PodGroupSpec, .key_default = STR_INIT("{}"), .doc = STR_INIT("What is wanted.")},
    {STR_INIT("status"), 3, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_scheduling_v1alpha3_PodGroupStatus, .key_default = STR_INIT("{}"), .doc = STR_INIT("What is, as those who look after it tell.")},
};
static const uint16_t schema_numbers_scheduling_v1alpha3_PodGroup[] = {1, 2, 3, 0};
static const struct schema_field *const schema_slots_scheduling_v1alpha3_PodGroup[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_scheduling_v1alpha3_PodGroup[1], &schema_fields_scheduling_v1alpha3_PodGroup[2], &schema_fields_scheduling_v1alpha3_PodGroup[3]};
static const uint8_t schema_starts_scheduling_v1alpha3_PodGroup[] = {0, 2, 3, 4};
static const uint8_t schema_lookup_scheduling_v1alpha3_PodGroup[] = {3, 0, 0, 0, 0, 0, 0, 0, 1, 2, 0, 5, 0, 4, 0, 0};
const struct schema_message schema_message_scheduling_v1alpha3_PodGroup = {
    .package = STR_INIT("io.k8s.api.scheduling.v1alpha3"),
    .name = STR_INIT("PodGroup"),
    .fields = schema_fields_scheduling_v1alpha3_PodGroup,
    .n_fields = 4,
    .by_number = schema_numbers_scheduling_v1alpha3_PodGroup,
    .n_numbered = 3,
    .slots = schema_slots_scheduling_v1alpha3_PodGroup,
    .starts = schema_starts_scheduling_v1alpha3_PodGroup,
    .n_slots = 5,
    .lookup_mask = 15,
    .lookup = schema_lookup_scheduling_v1alpha3_PodGroup,
};
const struct schema_field schema_fields_scheduling_v1alpha3_PodGroupList[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ListMeta, .doc = STR_INIT("Where the list was read, and how to go on.")},
    {STR_INIT("items"), 2, .flags = SCHEMA_REPEATED | SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_scheduling_v1alpha3_PodGroup, .doc = STR_INIT("The objects of the list.")},
};
static const uint16_t schema_numbers_scheduling_v1alpha3_PodGroupList[] = {1, 2, 0};
static const struct schema_field *const schema_slots_scheduling_v1alpha3_PodGroupList[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_scheduling_v1alpha3_PodGroupList[1], &schema_fields_scheduling_v1alpha3_PodGroupList[2]};
static const uint8_t schema_starts_scheduling_v1alpha3_PodGroupList[] = {0, 2, 3};
static const uint8_t schema_lookup_scheduling_v1alpha3_PodGroupList[] = {1, 2, 3, 4, 0, 0, 0, 0};
const struct schema_message schema_message_scheduling_v1alpha3_PodGroupList = {
    .package = STR_INIT("io.k8s.api.scheduling.v1alpha3"),
    .name = STR_INIT("PodGroupList"),
    .fields = schema_fields_scheduling_v1alpha3_PodGroupList,
    .n_fields = 3,
    .by_number = schema_numbers_scheduling_v1alpha3_PodGroupList,
    .n_numbered = 2,
    .slots = schema_slots_scheduling_v1alpha3_PodGroupList,
    .starts = schema_starts_scheduling_v1alpha3_PodGroupList,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_scheduling_v1alpha3_PodGroupList,
};
static const struct schema_extra extra_14 = {.rules = STR_INIT("format=k8s-long-name"), .choice = STR_INIT("unionMember")};
const struct schema_field schema_fields_scheduling_v1alpha3_PodGroupResourceClaim[] = {
    {STR_INIT("name"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .doc = STR_INIT("The name."), .extra = &extra_11},
    {STR_INIT("resourceClaimName"), 2, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_STRING, .extra = &extra_14},
    {STR_INIT("resourceClaimTemplateName"), 3, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_STRING, .extra = &extra_14},
};
static const uint16_t schema_numbers_scheduling_v1alpha3_PodGroupResourceClaim[] = {0, 1, 2};
static const uint8_t schema_lookup_scheduling_v1alpha3_PodGroupResourceClaim[] = {3, 0, 2, 0, 1, 0, 0, 0};
const struct schema_message schema_message_scheduling_v1alpha3_PodGroupResourceClaim = {
    .package = STR_INIT("io.k8s.api.scheduling.v1alpha3"),
    .name = STR_INIT("PodGroupResourceClaim"),
    .fields = schema_fields_scheduling_v1alpha3_PodGroupResourceClaim,
    .n_fields = 3,
    .by_number = schema_numbers_scheduling_v1alpha3_PodGroupResourceClaim,
    .n_numbered = 3,
    .n_slots = 3,
    .lookup_mask = 7,
    .lookup = schema_lookup_scheduling_v1alpha3_PodGroupResourceClaim,
};
static const struct schema_extra extra_15 = {.rules = STR_INIT("format=k8s-long-name")};
const struct schema_field schema_fields_scheduling_v1alpha3_PodGroupResourceClaimStatus[] = {
    {STR_INIT("name"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .doc = STR_INIT("The name.")},
    {STR_INIT("resourceClaimName"), 2, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_STRING, .extra = &extra_15},
};
static const uint16_t schema_numbers_scheduling_v1alpha3_PodGroupResourceClaimStatus[] = {0, 1};
static const uint8_t schema_lookup_scheduling_v1alpha3_PodGroupResourceClaimStatus[] = {1, 0, 2, 0};
const struct schema_message schema_message_scheduling_v1alpha3_PodGroupResourceClaimStatus = {
    .package = STR_INIT("io.k8s.api.scheduling.v1alpha3"),
    .name = STR_INIT("PodGroupResourceClaimStatus"),
    .fields = schema_fields_scheduling_v1alpha3_PodGroupResourceClaimStatus,
    .n_fields = 2,
    .by_number = schema_numbers_scheduling_v1alpha3_PodGroupResourceClaimStatus,
    .n_numbered = 2,
    .n_slots = 2,
    .lookup_mask = 3,
    .lookup = schema_lookup_scheduling_v1alpha3_PodGroupResourceClaimStatus,
};
const struct schema_field schema_fields_scheduling_v1alpha3_PodGroupSchedulingConstraints[] = {
    {STR_INIT("topology"), 1, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_scheduling_v1alpha3_TopologyConstraint, .extra = &extra_3},
};
static const uint16_t schema_numbers_scheduling_v1alpha3_PodGroupSchedulingConstraints[] = {0};
static const uint8_t schema_lookup_scheduling_v1alpha3_PodGroupSchedulingConstraints[] = {1, 0, 0, 0};
const struct schema_message schema_message_scheduling_v1alpha3_PodGroupSchedulingConstraints = {
    .package = STR_INIT("io.k8s.api.scheduling.v1alpha3"),
    .name = STR_INIT("PodGroupSchedulingConstraints"),
    .fields = schema_fields_scheduling_v1alpha3_PodGroupSchedulingConstraints,
    .n_fields = 1,
    .by_number = schema_numbers_scheduling_v1alpha3_PodGroupSchedulingConstraints,
    .n_numbered = 1,
    .n_slots = 1,
    .lookup_mask = 3,
    .lookup = schema_lookup_scheduling_v1alpha3_PodGroupSchedulingConstraints,
};
const struct schema_field schema_fields_scheduling_v1alpha3_PodGroupSchedulingPolicy[] = {
    {STR_INIT("basic"), 1, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_scheduling_v1alpha3_BasicSchedulingPolicy, .extra = &extra_4},
    {STR_INIT("gang"), 2, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_scheduling_v1alpha3_GangSchedulingPolicy, .extra = &extra_5},
};
static const uint16_t schema_numbers_scheduling_v1alpha3_PodGroupSchedulingPolicy[] = {0, 1};
static const uint8_t schema_lookup_scheduling_v1alpha3_PodGroupSchedulingPolicy[] = {0, 0, 1, 2};
const struct schema_message schema_message_scheduling_v1alpha3_PodGroupSchedulingPolicy = {
    .package = STR_INIT("io.k8s.api.scheduling.v1alpha3"),
    .name = STR_INIT("PodGroupSchedulingPolicy"),
    .fields = schema_fields_scheduling_v1alpha3_PodGroupSchedulingPolicy,
    .n_fields = 2,
    .by_number = schema_numbers_scheduling_v1alpha3_PodGroupSchedulingPolicy,
    .n_numbered = 2,
    .n_slots = 2,
    .lookup_mask = 3,
    .lookup = schema_lookup_scheduling_v1alpha3_PodGroupSchedulingPolicy,
    .choices = STR_INIT("1"),
};
static const struct schema_extra extra_16 = {.gate = STR_INIT("CompositePodGroup"), .rules = STR_INIT("ifDisabled(CompositePodGroup)=forbidden;ifEnabled(CompositePodGroup)=optional;immutable;format=k8s-long-name;dependentRequired(workloadRef)")};
static const struct schema_extra extra_17 = {.gate = STR_INIT("TopologyAwareWorkloadScheduling"), .rules = STR_INIT("ifDisabled(TopologyAwareWorkloadScheduling)=forbidden;ifEnabled(TopologyAwareWorkloadScheduling)=optional;ifEnabled(TopologyAwareWorkloadScheduling)=immutable")};
static const struct schema_extra extra_18 = {.gate = STR_INIT("DRAWorkloadResourceClaims"), .rules = STR_INIT("maxItems=4;immutable")};
const struct schema_field schema_fields_scheduling_v1alpha3_PodGroupSpec[] = {
    {STR_INIT("parentCompositePodGroupName"), 1, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_STRING, .extra = &extra_16},
    {STR_INIT("workloadRef"), 2, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_scheduling_v1alpha3_WorkloadReference, .extra = &extra_7},
    {STR_INIT("schedulingPolicy"), 3, .flags = SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_scheduling_v1alpha3_PodGroupSchedulingPolicy, .key_default = STR_INIT("{}")},
    {STR_INIT("schedulingConstraints"), 4, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_scheduling_v1alpha3_PodGroupSchedulingConstraints, .extra = &extra_17},
    {STR_INIT("resourceClaims"), 5, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY | SCHEMA_PATCH_MERGE | SCHEMA_PATCH_RETAIN_KEYS, .type = SCHEMA_MESSAGE, .message = &schema_message_scheduling_v1alpha3_PodGroupResourceClaim, .list = SCHEMA_LIST_MAP, .list_keys = keys_1, .merge_key = STR_INIT("name"), .extra = &extra_18},
    {STR_INIT("disruptionMode"), 6, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_scheduling_v1alpha3_DisruptionMode, .fallback = STR_INIT("{\"single\":{}}"), .key_default = STR_INIT("{\"single\":{}}"), .extra = &extra_7},
    {STR_INIT("priorityClassName"), 7, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .extra = &extra_6},
    {STR_INIT("priority"), 8, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_INT32, .extra = &extra_9},
    {STR_INIT("preemptionPolicy"), 9, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR | SCHEMA_ENUM_CLOSED, .type = SCHEMA_STRING, .enums = enums_0, .extra = &extra_10},
};
static const uint16_t schema_numbers_scheduling_v1alpha3_PodGroupSpec[] = {0, 1, 2, 3, 4, 5, 6, 7, 8};
static const uint8_t schema_lookup_scheduling_v1alpha3_PodGroupSpec[] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4, 1, 6, 8, 5, 0, 3, 0, 2, 0, 9, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 7};
const struct schema_message schema_message_scheduling_v1alpha3_PodGroupSpec = {
    .package = STR_INIT("io.k8s.api.scheduling.v1alpha3"),
    .name = STR_INIT("PodGroupSpec"),
    .fields = schema_fields_scheduling_v1alpha3_PodGroupSpec,
    .n_fields = 9,
    .by_number = schema_numbers_scheduling_v1alpha3_PodGroupSpec,
    .n_numbered = 9,
    .n_slots = 9,
    .lookup_mask = 31,
    .lookup = schema_lookup_scheduling_v1alpha3_PodGroupSpec,
};
static const struct schema_extra extra_19 = {.gate = STR_INIT("DRAWorkloadResourceClaims"), .rules = STR_INIT("maxItems=4")};
const struct schema_field schema_fields_scheduling_v1alpha3_PodGroupStatus[] = {
    {STR_INIT("conditions"), 1, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY | SCHEMA_PATCH_MERGE, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_Condition, .list = SCHEMA_LIST_MAP, .list_keys = keys_0, .merge_key = STR_INIT("type"), .doc = STR_INIT("What is known of it, each with its last change.")},
    {STR_INIT("resourceClaimStatuses"), 2, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY | SCHEMA_PATCH_MERGE | SCHEMA_PATCH_RETAIN_KEYS, .type = SCHEMA_MESSAGE, .message = &schema_message_scheduling_v1alpha3_PodGroupResourceClaimStatus, .list = SCHEMA_LIST_MAP, .list_keys = keys_1, .merge_key = STR_INIT("name"), .extra = &extra_19},
};
static const uint16_t schema_numbers_scheduling_v1alpha3_PodGroupStatus[] = {0, 1};
static const uint8_t schema_lookup_scheduling_v1alpha3_PodGroupStatus[] = {0, 0, 1, 2};
const struct schema_message schema_message_scheduling_v1alpha3_PodGroupStatus = {
    .package = STR_INIT("io.k8s.api.scheduling.v1alpha3"),
    .name = STR_INIT("PodGroupStatus"),
    .fields = schema_fields_scheduling_v1alpha3_PodGroupStatus,
    .n_fields = 2,
    .by_number = schema_numbers_scheduling_v1alpha3_PodGroupStatus,
    .n_numbered = 2,
    .n_slots = 2,
    .lookup_mask = 3,
    .lookup = schema_lookup_scheduling_v1alpha3_PodGroupStatus,
};
static const struct schema_extra extra_20 = {.gate = STR_INIT("TopologyAwareWorkloadScheduling"), .rules = STR_INIT("ifDisabled(TopologyAwareWorkloadScheduling)=forbidden;ifEnabled(TopologyAwareWorkloadScheduling)=optional;immutable")};
const struct schema_field schema_fields_scheduling_v1alpha3_PodGroupTemplate[] = {
    {STR_INIT("name"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .doc = STR_INIT("The name."), .extra = &extra_11},
    {STR_INIT("schedulingPolicy"), 2, .flags = SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_scheduling_v1alpha3_PodGroupSchedulingPolicy, .key_default = STR_INIT("{}")},
    {STR_INIT("schedulingConstraints"), 3, .flags = SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_scheduling_v1alpha3_PodGroupSchedulingConstraints, .extra = &extra_20},
    {STR_INIT("resourceClaims"), 4, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY | SCHEMA_PATCH_MERGE | SCHEMA_PATCH_RETAIN_KEYS, .type = SCHEMA_MESSAGE, .message = &schema_message_scheduling_v1alpha3_PodGroupResourceClaim, .list = SCHEMA_LIST_MAP, .list_keys = keys_1, .merge_key = STR_INIT("name"), .extra = &extra_18},
    {STR_INIT("disruptionMode"), 5, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_scheduling_v1alpha3_DisruptionMode, .extra = &extra_7},
    {STR_INIT("priorityClassName"), 6, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .extra = &extra_8},
    {STR_INIT("priority"), 7, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_INT32, .extra = &extra_12},
    {STR_INIT("preemptionPolicy"), 8, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR | SCHEMA_ENUM_CLOSED, .type = SCHEMA_STRING, .enums = enums_0, .extra = &extra_10},
};
static const uint16_t schema_numbers_scheduling_v1alpha3_PodGroupTemplate[] = {0, 1, 2, 3, 4, 5, 6, 7};
static const uint8_t schema_lookup_scheduling_v1alpha3_PodGroupTemplate[] = {2, 0, 0, 0, 1, 8, 0, 0, 0, 0, 3, 5, 7, 0, 4, 6};
const struct schema_message schema_message_scheduling_v1alpha3_PodGroupTemplate = {
    .package = STR_INIT("io.k8s.api.scheduling.v1alpha3"),
    .name = STR_INIT("PodGroupTemplate"),
    .fields = schema_fields_scheduling_v1alpha3_PodGroupTemplate,
    .n_fields = 8,
    .by_number = schema_numbers_scheduling_v1alpha3_PodGroupTemplate,
    .n_numbered = 8,
    .n_slots = 8,
    .lookup_mask = 15,
    .lookup = schema_lookup_scheduling_v1alpha3_PodGroupTemplate,
};
const struct schema_message schema_message_scheduling_v1alpha3_SingleCompositeDisruptionMode = {
    .package = STR_INIT("io.k8s.api.scheduling.v1alpha3"),
    .name = STR_INIT("SingleCompositeDisruptionMode"),
};
const struct schema_message schema_message_scheduling_v1alpha3_SingleDisruptionMode = {
    .package = STR_INIT("io.k8s.api.scheduling.v1alpha3"),
    .name = STR_INIT("SingleDisruptionMode"),
};
static const struct schema_extra extra_21 = {.rules = STR_INIT("format=k8s-label-key")};
const struct schema_field schema_fields_scheduling_v1alpha3_TopologyConstraint[] = {
    {STR_INIT("key"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .doc = STR_INIT("The key."), .extra = &extra_21},
};
static const uint16_t schema_numbers_scheduling_v1alpha3_TopologyConstraint[] = {0};
static const uint8_t schema_lookup_scheduling_v1alpha3_TopologyConstraint[] = {1, 0, 0, 0};
const struct schema_message schema_message_scheduling_v1alpha3_TopologyConstraint = {
    .package = STR_INIT("io.k8s.api.scheduling.v1alpha3"),
    .name = STR_INIT("TopologyConstraint"),
    .fields = schema_fields_scheduling_v1alpha3_TopologyConstraint,
    .n_fields = 1,
    .by_number = schema_numbers_scheduling_v1alpha3_TopologyConstraint,
    .n_numbered = 1,
    .n_slots = 1,
    .lookup_mask = 3,
    .lookup = schema_lookup_scheduling_v1alpha3_TopologyConstraint,
};
static const struct schema_extra extra_22 = {.rules = STR_INIT("format=k8s-path-segment-name")};
const struct schema_field schema_fields_scheduling_v1alpha3_TypedLocalObjectReference[] = {
    {STR_INIT("apiGroup"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("The API group."), .extra = &extra_15},
    {STR_INIT("kind"), 2, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .doc = STR_INIT("The kind."), .extra = &extra_22},
    {STR_INIT("name"), 3, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .doc = STR_INIT("The name."), .extra = &extra_22},
};
static const uint16_t schema_numbers_scheduling_v1alpha3_TypedLocalObjectReference[] = {0, 1, 2};
static const uint8_t schema_lookup_scheduling_v1alpha3_TypedLocalObjectReference[] = {2, 1, 0, 0, 3, 0, 0, 0};
const struct schema_message schema_message_scheduling_v1alpha3_TypedLocalObjectReference = {
    .package = STR_INIT("io.k8s.api.scheduling.v1alpha3"),
    .name = STR_INIT("TypedLocalObjectReference"),
    .fields = schema_fields_scheduling_v1alpha3_TypedLocalObjectReference,
    .n_fields = 3,
    .by_number = schema_numbers_scheduling_v1alpha3_TypedLocalObjectReference,
    .n_numbered = 3,
    .n_slots = 3,
    .lookup_mask = 7,
    .lookup = schema_lookup_scheduling_v1alpha3_TypedLocalObjectReference,
};
const struct schema_field schema_fields_scheduling_v1alpha3_Workload[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ObjectMeta, .key_default = STR_INIT("{}"), .doc = STR_INIT("Standard object's metadata: name, labels and the like.")},
    {STR_INIT("spec"), 2, .flags = SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_scheduling_v1alpha3_WorkloadSpec, .key_default = STR_INIT("{}"), .doc = STR_INIT("What is wanted.")},
};
static const uint16_t schema_numbers_scheduling_v1alpha3_Workload[] = {1, 2, 0};
static const struct schema_field *const schema_slots_scheduling_v1alpha3_Workload[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_scheduling_v1alpha3_Workload[1], &schema_fields_scheduling_v1alpha3_Workload[2]};
static const uint8_t schema_starts_scheduling_v1alpha3_Workload[] = {0, 2, 3};
static const uint8_t schema_lookup_scheduling_v1alpha3_Workload[] = {1, 2, 3, 0, 0, 4, 0, 0};
const struct schema_message schema_message_scheduling_v1alpha3_Workload = {
    .package = STR_INIT("io.k8s.api.scheduling.v1alpha3"),
    .name = STR_INIT("Workload"),
    .fields = schema_fields_scheduling_v1alpha3_Workload,
    .n_fields = 3,
    .by_number = schema_numbers_scheduling_v1alpha3_Workload,
    .n_numbered = 2,
    .slots = schema_slots_scheduling_v1alpha3_Workload,
    .starts = schema_starts_scheduling_v1alpha3_Workload,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_scheduling_v1alpha3_Workload,
};
const struct schema_message schema_message_scheduling_v1alpha3_WorkloadCompositePodGroupAllDisruptionMode = {
    .package = STR_INIT("io.k8s.api.scheduling.v1alpha3"),
    .name = STR_INIT("WorkloadCompositePodGroupAllDisruptionMode"),
};
const struct schema_message schema_message_scheduling_v1alpha3_WorkloadCompositePodGroupBasicSchedulingPolicy = {
    .package = STR_INIT("io.k8s.api.scheduling.v1alpha3"),
    .name = STR_INIT("WorkloadCompositePodGroupBasicSchedulingPolicy"),
};
static const struct schema_extra extra_23 = {.choice = STR_INIT("unionMember")};
const struct schema_field schema_fields_scheduling_v1alpha3_WorkloadCompositePodGroupDisruptionMode[] = {
    {STR_INIT("single"), 1, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_scheduling_v1alpha3_WorkloadCompositePodGroupSingleDisruptionMode, .extra = &extra_23},
    {STR_INIT("all"), 2, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_scheduling_v1alpha3_WorkloadCompositePodGroupAllDisruptionMode, .extra = &extra_23},
};
static const uint16_t schema_numbers_scheduling_v1alpha3_WorkloadCompositePodGroupDisruptionMode[] = {0, 1};
static const uint8_t schema_lookup_scheduling_v1alpha3_WorkloadCompositePodGroupDisruptionMode[] = {0, 0, 1, 2};
const struct schema_message schema_message_scheduling_v1alpha3_WorkloadCompositePodGroupDisruptionMode = {
    .package = STR_INIT("io.k8s.api.scheduling.v1alpha3"),
    .name = STR_INIT("WorkloadCompositePodGroupDisruptionMode"),
    .fields = schema_fields_scheduling_v1alpha3_WorkloadCompositePodGroupDisruptionMode,
    .n_fields = 2,
    .by_number = schema_numbers_scheduling_v1alpha3_WorkloadCompositePodGroupDisruptionMode,
    .n_numbered = 2,
    .n_slots = 2,
    .lookup_mask = 3,
    .lookup = schema_lookup_scheduling_v1alpha3_WorkloadCompositePodGroupDisruptionMode,
    .choices = STR_INIT("1"),
};
const struct schema_field schema_fields_scheduling_v1alpha3_WorkloadCompositePodGroupGangSchedulingPolicy[] = {
    {STR_INIT("minGroupCount"), 1, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_INT32, .extra = &extra_2},
};
static const uint16_t schema_numbers_scheduling_v1alpha3_WorkloadCompositePodGroupGangSchedulingPolicy[] = {0};
static const uint8_t schema_lookup_scheduling_v1alpha3_WorkloadCompositePodGroupGangSchedulingPolicy[] = {0, 0, 1, 0};
const struct schema_message schema_message_scheduling_v1alpha3_WorkloadCompositePodGroupGangSchedulingPolicy = {
    .package = STR_INIT("io.k8s.api.scheduling.v1alpha3"),
    .name = STR_INIT("WorkloadCompositePodGroupGangSchedulingPolicy"),
    .fields = schema_fields_scheduling_v1alpha3_WorkloadCompositePodGroupGangSchedulingPolicy,
    .n_fields = 1,
    .by_number = schema_numbers_scheduling_v1alpha3_WorkloadCompositePodGroupGangSchedulingPolicy,
    .n_numbered = 1,
    .n_slots = 1,
    .lookup_mask = 3,
    .lookup = schema_lookup_scheduling_v1alpha3_WorkloadCompositePodGroupGangSchedulingPolicy,
};
const struct schema_field schema_fields_scheduling_v1alpha3_WorkloadCompositePodGroupSchedulingConstraints[] = {
    {STR_INIT("topology"), 1, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_scheduling_v1alpha3_TopologyConstraint, .extra = &extra_3},
};
static const uint16_t schema_numbers_scheduling_v1alpha3_WorkloadCompositePodGroupSchedulingConstraints[] = {0};
static const uint8_t schema_lookup_scheduling_v1alpha3_WorkloadCompositePodGroupSchedulingConstraints[] = {1, 0, 0, 0};
const struct schema_message schema_message_scheduling_v1alpha3_WorkloadCompositePodGroupSchedulingConstraints = {
    .package = STR_INIT("io.k8s.api.scheduling.v1alpha3"),
    .name = STR_INIT("WorkloadCompositePodGroupSchedulingConstraints"),
    .fields = schema_fields_scheduling_v1alpha3_WorkloadCompositePodGroupSchedulingConstraints,
    .n_fields = 1,
    .by_number = schema_numbers_scheduling_v1alpha3_WorkloadCompositePodGroupSchedulingConstraints,
    .n_numbered = 1,
    .n_slots = 1,
    .lookup_mask = 3,
    .lookup = schema_lookup_scheduling_v1alpha3_WorkloadCompositePodGroupSchedulingConstraints,
};
const struct schema_field schema_fields_scheduling_v1alpha3_WorkloadCompositePodGroupSchedulingPolicy[] = {
    {STR_INIT("basic"), 1, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_scheduling_v1alpha3_WorkloadCompositePodGroupBasicSchedulingPolicy, .extra = &extra_23},
    {STR_INIT("gang"), 2, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_scheduling_v1alpha3_WorkloadCompositePodGroupGangSchedulingPolicy, .extra = &extra_23},
};
static const uint16_t schema_numbers_scheduling_v1alpha3_WorkloadCompositePodGroupSchedulingPolicy[] = {0, 1};
static const uint8_t schema_lookup_scheduling_v1alpha3_WorkloadCompositePodGroupSchedulingPolicy[] = {0, 0, 1, 2};
const struct schema_message schema_message_scheduling_v1alpha3_WorkloadCompositePodGroupSchedulingPolicy = {
    .package = STR_INIT("io.k8s.api.scheduling.v1alpha3"),
    .name = STR_INIT("WorkloadCompositePodGroupSchedulingPolicy"),
    .fields = schema_fields_scheduling_v1alpha3_WorkloadCompositePodGroupSchedulingPolicy,
    .n_fields = 2,
    .by_number = schema_numbers_scheduling_v1alpha3_WorkloadCompositePodGroupSchedulingPolicy,
    .n_numbered = 2,
    .n_slots = 2,
    .lookup_mask = 3,
    .lookup = schema_lookup_scheduling_v1alpha3_WorkloadCompositePodGroupSchedulingPolicy,
    .choices = STR_INIT("1"),
};
const struct schema_message schema_message_scheduling_v1alpha3_WorkloadCompositePodGroupSingleDisruptionMode = {
    .package = STR_INIT("io.k8s.api.scheduling.v1alpha3"),
    .name = STR_INIT("WorkloadCompositePodGroupSingleDisruptionMode"),
};
const struct schema_field schema_fields_scheduling_v1alpha3_WorkloadList[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ListMeta, .doc = STR_INIT("Where the list was read, and how to go on.")},
    {STR_INIT("items"), 2, .flags = SCHEMA_REPEATED | SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_scheduling_v1alpha3_Workload, .doc = STR_INIT("The objects of the list.")},
};
static const uint16_t schema_numbers_scheduling_v1alpha3_WorkloadList[] = {1, 2, 0};
static const struct schema_field *const schema_slots_scheduling_v1alpha3_WorkloadList[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_scheduling_v1alpha3_WorkloadList[1], &schema_fields_scheduling_v1alpha3_WorkloadList[2]};
static const uint8_t schema_starts_scheduling_v1alpha3_WorkloadList[] = {0, 2, 3};
static const uint8_t schema_lookup_scheduling_v1alpha3_WorkloadList[] = {1, 2, 3, 4, 0, 0, 0, 0};
const struct schema_message schema_message_scheduling_v1alpha3_WorkloadList = {
    .package = STR_INIT("io.k8s.api.scheduling.v1alpha3"),
    .name = STR_INIT("WorkloadList"),
    .fields = schema_fields_scheduling_v1alpha3_WorkloadList,
    .n_fields = 3,
    .by_number = schema_numbers_scheduling_v1alpha3_WorkloadList,
    .n_numbered = 2,
    .slots = schema_slots_scheduling_v1alpha3_WorkloadList,
    .starts = schema_starts_scheduling_v1alpha3_WorkloadList,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_scheduling_v1alpha3_WorkloadList,
};
const struct schema_message schema_message_scheduling_v1alpha3_WorkloadPodGroupAllDisruptionMode = {
    .package = STR_INIT("io.k8s.api.scheduling.v1alpha3"),
    .name = STR_INIT("WorkloadPodGroupAllDisruptionMode"),
};
const struct schema_message schema_message_scheduling_v1alpha3_WorkloadPodGroupBasicSchedulingPolicy = {
    .package = STR_INIT("io.k8s.api.scheduling.v1alpha3"),
    .name = STR_INIT("WorkloadPodGroupBasicSchedulingPolicy"),
};
const struct schema_field schema_fields_scheduling_v1alpha3_WorkloadPodGroupDisruptionMode[] = {
    {STR_INIT("single"), 1, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_scheduling_v1alpha3_WorkloadPodGroupSingleDisruptionMode, .extra = &extra_0},
    {STR_INIT("all"), 2, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_scheduling_v1alpha3_WorkloadPodGroupAllDisruptionMode, .extra = &extra_1},
};
static const uint16_t schema_numbers_scheduling_v1alpha3_WorkloadPodGroupDisruptionMode[] = {0, 1};
static const uint8_t schema_lookup_scheduling_v1alpha3_WorkloadPodGroupDisruptionMode[] = {0, 0, 1, 2};
const struct schema_message schema_message_scheduling_v1alpha3_WorkloadPodGroupDisruptionMode = {
    .package = STR_INIT("io.k8s.api.scheduling.v1alpha3"),
    .name = STR_INIT("WorkloadPodGroupDisruptionMode"),
    .fields = schema_fields_scheduling_v1alpha3_WorkloadPodGroupDisruptionMode,
    .n_fields = 2,
    .by_number = schema_numbers_scheduling_v1alpha3_WorkloadPodGroupDisruptionMode,
    .n_numbered = 2,
    .n_slots = 2,
    .lookup_mask = 3,
    .lookup = schema_lookup_scheduling_v1alpha3_WorkloadPodGroupDisruptionMode,
    .choices = STR_INIT("1"),
};
const struct schema_field schema_fields_scheduling_v1alpha3_WorkloadPodGroupGangSchedulingPolicy[] = {
    {STR_INIT("minCount"), 1, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_INT32, .extra = &extra_2},
};
static const uint16_t schema_numbers_scheduling_v1alpha3_WorkloadPodGroupGangSchedulingPolicy[] = {0};
static const uint8_t schema_lookup_scheduling_v1alpha3_WorkloadPodGroupGangSchedulingPolicy[] = {0, 0, 0, 1};
const struct schema_message schema_message_scheduling_v1alpha3_WorkloadPodGroupGangSchedulingPolicy = {
    .package = STR_INIT("io.k8s.api.scheduling.v1alpha3"),
    .name = STR_INIT("WorkloadPodGroupGangSchedulingPolicy"),
    .fields = schema_fields_scheduling_v1alpha3_WorkloadPodGroupGangSchedulingPolicy,
    .n_fields = 1,
    .by_number = schema_numbers_scheduling_v1alpha3_WorkloadPodGroupGangSchedulingPolicy,
    .n_numbered = 1,
    .n_slots = 1,
    .lookup_mask = 3,
    .lookup = schema_lookup_scheduling_v1alpha3_WorkloadPodGroupGangSchedulingPolicy,
};
const struct schema_field schema_fields_scheduling_v1alpha3_WorkloadPodGroupResourceClaim[] = {
    {STR_INIT("name"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .doc = STR_INIT("The name."), .extra = &extra_11},
    {STR_INIT("resourceClaimName"), 2, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_STRING, .extra = &extra_14},
    {STR_INIT("resourceClaimTemplateName"), 3, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_STRING, .extra = &extra_14},
};
static const uint16_t schema_numbers_scheduling_v1alpha3_WorkloadPodGroupResourceClaim[] = {0, 1, 2};
static const uint8_t schema_lookup_scheduling_v1alpha3_WorkloadPodGroupResourceClaim[] = {3, 0, 2, 0, 1, 0, 0, 0};
const struct schema_message schema_message_scheduling_v1alpha3_WorkloadPodGroupResourceClaim = {
    .package = STR_INIT("io.k8s.api.scheduling.v1alpha3"),
    .name = STR_INIT("WorkloadPodGroupResourceClaim"),
    .fields = schema_fields_scheduling_v1alpha3_WorkloadPodGroupResourceClaim,
    .n_fields = 3,
    .by_number = schema_numbers_scheduling_v1alpha3_WorkloadPodGroupResourceClaim,
    .n_numbered = 3,
    .n_slots = 3,
    .lookup_mask = 7,
    .lookup = schema_lookup_scheduling_v1alpha3_WorkloadPodGroupResourceClaim,
};
const struct schema_field schema_fields_scheduling_v1alpha3_WorkloadPodGroupSchedulingConstraints[] = {
    {STR_INIT("topology"), 1, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_scheduling_v1alpha3_TopologyConstraint, .extra = &extra_3},
};
static const uint16_t schema_numbers_scheduling_v1alpha3_WorkloadPodGroupSchedulingConstraints[] = {0};
static const uint8_t schema_lookup_scheduling_v1alpha3_WorkloadPodGroupSchedulingConstraints[] = {1, 0, 0, 0};
const struct schema_message schema_message_scheduling_v1alpha3_WorkloadPodGroupSchedulingConstraints = {
    .package = STR_INIT("io.k8s.api.scheduling.v1alpha3"),
    .name = STR_INIT("WorkloadPodGroupSchedulingConstraints"),
    .fields = schema_fields_scheduling_v1alpha3_WorkloadPodGroupSchedulingConstraints,
    .n_fields = 1,
    .by_number = schema_numbers_scheduling_v1alpha3_WorkloadPodGroupSchedulingConstraints,
    .n_numbered = 1,
    .n_slots = 1,
    .lookup_mask = 3,
    .lookup = schema_lookup_scheduling_v1alpha3_WorkloadPodGroupSchedulingConstraints,
};
static const struct schema_extra extra_24 = {.choice = STR_INIT("unionMember;value:Basic")};
static const struct schema_extra extra_25 = {.choice = STR_INIT("unionMember;value:Gang")};
const struct schema_field schema_fields_scheduling_v1alpha3_WorkloadPodGroupSchedulingPolicy[] = {
    {STR_INIT("basic"), 1, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_scheduling_v1alpha3_WorkloadPodGroupBasicSchedulingPolicy, .extra = &extra_24},
    {STR_INIT("gang"), 2, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_scheduling_v1alpha3_WorkloadPodGroupGangSchedulingPolicy, .extra = &extra_25},
};
static const uint16_t schema_numbers_scheduling_v1alpha3_WorkloadPodGroupSchedulingPolicy[] = {0, 1};
static const uint8_t schema_lookup_scheduling_v1alpha3_WorkloadPodGroupSchedulingPolicy[] = {0, 0, 1, 2};
const struct schema_message schema_message_scheduling_v1alpha3_WorkloadPodGroupSchedulingPolicy = {
    .package = STR_INIT("io.k8s.api.scheduling.v1alpha3"),
    .name = STR_INIT("WorkloadPodGroupSchedulingPolicy"),
    .fields = schema_fields_scheduling_v1alpha3_WorkloadPodGroupSchedulingPolicy,
    .n_fields = 2,
    .by_number = schema_numbers_scheduling_v1alpha3_WorkloadPodGroupSchedulingPolicy,
    .n_numbered = 2,
    .n_slots = 2,
    .lookup_mask = 3,
    .lookup = schema_lookup_scheduling_v1alpha3_WorkloadPodGroupSchedulingPolicy,
    .choices = STR_INIT("1"),
};
const struct schema_message schema_message_scheduling_v1alpha3_WorkloadPodGroupSingleDisruptionMode = {
    .package = STR_INIT("io.k8s.api.scheduling.v1alpha3"),
    .name = STR_INIT("WorkloadPodGroupSingleDisruptionMode"),
};
const struct schema_field schema_fields_scheduling_v1alpha3_WorkloadReference[] = {
    {STR_INIT("workloadName"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .extra = &extra_15},
    {STR_INIT("templateName"), 2, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .extra = &extra_11},
};
static const uint16_t schema_numbers_scheduling_v1alpha3_WorkloadReference[] = {0, 1};
static const uint8_t schema_lookup_scheduling_v1alpha3_WorkloadReference[] = {0, 2, 0, 1};
const struct schema_message schema_message_scheduling_v1alpha3_WorkloadReference = {
    .package = STR_INIT("io.k8s.api.scheduling.v1alpha3"),
    .name = STR_INIT("WorkloadReference"),
    .fields = schema_fields_scheduling_v1alpha3_WorkloadReference,
    .n_fields = 2,
    .by_number = schema_numbers_scheduling_v1alpha3_WorkloadReference,
    .n_numbered = 2,
    .n_slots = 2,
    .lookup_mask = 3,
    .lookup = schema_lookup_scheduling_v1alpha3_WorkloadReference,
};
static const struct schema_extra extra_26 = {.rules = STR_INIT("maxItems=8;update=NoAddItem;update=NoRemoveItem"), .choice = STR_INIT("unionMember")};
static const struct schema_extra extra_27 = {.gate = STR_INIT("CompositePodGroup"), .rules = STR_INIT("ifDisabled(CompositePodGroup)=forbidden;ifEnabled(CompositePodGroup)=optional;maxItems=8;update=NoAddItem;update=NoRemoveItem"), .choice = STR_INIT("unionMember")};
const struct schema_field schema_fields_scheduling_v1alpha3_WorkloadSpec[] = {
    {STR_INIT("controllerRef"), 1, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_scheduling_v1alpha3_TypedLocalObjectReference, .extra = &extra_7},
    {STR_INIT("podGroupTemplates"), 2, .flags = SCHEMA_REPEATED, .type = SCHEMA_MESSAGE, .message = &schema_message_scheduling_v1alpha3_PodGroupTemplate, .list = SCHEMA_LIST_MAP, .list_keys = keys_1, .extra = &extra_26},
    {STR_INIT("compositePodGroupTemplates"), 3, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_scheduling_v1alpha3_CompositePodGroupTemplate, .list = SCHEMA_LIST_MAP, .list_keys = keys_1, .extra = &extra_27},
};
static const uint16_t schema_numbers_scheduling_v1alpha3_WorkloadSpec[] = {0, 1, 2};
static const uint8_t schema_lookup_scheduling_v1alpha3_WorkloadSpec[] = {2, 0, 0, 3, 1, 0, 0, 0};
const struct schema_message schema_message_scheduling_v1alpha3_WorkloadSpec = {
    .package = STR_INIT("io.k8s.api.scheduling.v1alpha3"),
    .name = STR_INIT("WorkloadSpec"),
    .fields = schema_fields_scheduling_v1alpha3_WorkloadSpec,
    .n_fields = 3,
    .by_number = schema_numbers_scheduling_v1alpha3_WorkloadSpec,
    .n_numbered = 3,
    .n_slots = 3,
    .lookup_mask = 7,
    .lookup = schema_lookup_scheduling_v1alpha3_WorkloadSpec,
};
