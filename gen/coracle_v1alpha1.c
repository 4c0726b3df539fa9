/* Made by tools/gen.py from spec/: change those, not this. */
#include "gen/rows.h"

const struct schema_field schema_fields_coracle_v1alpha1_Plugin[] = {
    {STR_INIT("name"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .doc = STR_INIT("Such as NetworkLatency, DataLocality, NodePrice, NodeEnergy or one of upstream's.")},
    {STR_INIT("weight"), 2, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_INT32, .doc = STR_INIT("What its score is multiplied by.")},
};
static const uint16_t schema_numbers_coracle_v1alpha1_Plugin[] = {0, 1};
static const uint8_t schema_lookup_coracle_v1alpha1_Plugin[] = {1, 2, 0, 0};
const struct schema_message schema_message_coracle_v1alpha1_Plugin = {
    .package = STR_INIT("dev.coracle.api.v1alpha1"),
    .name = STR_INIT("Plugin"),
    .doc = STR_INIT("One plugin."),
    .fields = schema_fields_coracle_v1alpha1_Plugin,
    .n_fields = 2,
    .by_number = schema_numbers_coracle_v1alpha1_Plugin,
    .n_numbered = 2,
    .n_slots = 2,
    .lookup_mask = 3,
    .lookup = schema_lookup_coracle_v1alpha1_Plugin,
};
const struct schema_field schema_fields_coracle_v1alpha1_PluginConfig[] = {
    {STR_INIT("name"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .doc = STR_INIT("The plugin.")},
    {STR_INIT("args"), 2, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_runtime_RawExtension, .doc = STR_INIT("What it is to know, as the plugin has it.")},
};
static const uint16_t schema_numbers_coracle_v1alpha1_PluginConfig[] = {0, 1};
static const uint8_t schema_lookup_coracle_v1alpha1_PluginConfig[] = {1, 2, 0, 0};
const struct schema_message schema_message_coracle_v1alpha1_PluginConfig = {
    .package = STR_INIT("dev.coracle.api.v1alpha1"),
    .name = STR_INIT("PluginConfig"),
    .doc = STR_INIT("One plugin's arguments."),
    .fields = schema_fields_coracle_v1alpha1_PluginConfig,
    .n_fields = 2,
    .by_number = schema_numbers_coracle_v1alpha1_PluginConfig,
    .n_numbered = 2,
    .n_slots = 2,
    .lookup_mask = 3,
    .lookup = schema_lookup_coracle_v1alpha1_PluginConfig,
};
const struct schema_field schema_fields_coracle_v1alpha1_PluginSet[] = {
    {STR_INIT("enabled"), 1, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_coracle_v1alpha1_Plugin, .doc = STR_INIT("Who takes part, in this order.")},
    {STR_INIT("disabled"), 2, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_coracle_v1alpha1_Plugin, .doc = STR_INIT("Who does not, of those that would by default; * is all of them.")},
};
static const uint16_t schema_numbers_coracle_v1alpha1_PluginSet[] = {0, 1};
static const uint8_t schema_lookup_coracle_v1alpha1_PluginSet[] = {0, 1, 2, 0};
const struct schema_message schema_message_coracle_v1alpha1_PluginSet = {
    .package = STR_INIT("dev.coracle.api.v1alpha1"),
    .name = STR_INIT("PluginSet"),
    .doc = STR_INIT("Plugins of one point: those that are taken out, then those that are put in."),
    .fields = schema_fields_coracle_v1alpha1_PluginSet,
    .n_fields = 2,
    .by_number = schema_numbers_coracle_v1alpha1_PluginSet,
    .n_numbered = 2,
    .n_slots = 2,
    .lookup_mask = 3,
    .lookup = schema_lookup_coracle_v1alpha1_PluginSet,
};
const struct schema_field schema_fields_coracle_v1alpha1_Plugins[] = {
    {STR_INIT("preEnqueue"), 1, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_coracle_v1alpha1_PluginSet, .doc = STR_INIT("Before a pod enters the queue.")},
    {STR_INIT("queueSort"), 2, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_coracle_v1alpha1_PluginSet, .doc = STR_INIT("In which order pods wait.")},
    {STR_INIT("preFilter"), 3, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_coracle_v1alpha1_PluginSet, .doc = STR_INIT("Before the nodes are looked at.")},
    {STR_INIT("filter"), 4, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_coracle_v1alpha1_PluginSet, .doc = STR_INIT("Which nodes a pod may run on.")},
    {STR_INIT("postFilter"), 5, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_coracle_v1alpha1_PluginSet, .doc = STR_INIT("What is done when no node fits: preemption.")},
    {STR_INIT("preScore"), 6, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_coracle_v1alpha1_PluginSet, .doc = STR_INIT("Before the nodes that fit are scored.")},
    {STR_INIT("score"), 7, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_coracle_v1alpha1_PluginSet, .doc = STR_INIT("Which of the nodes that fit is best.")},
    {STR_INIT("reserve"), 8, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_coracle_v1alpha1_PluginSet, .doc = STR_INIT("When a node was found.")},
    {STR_INIT("permit"), 9, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_coracle_v1alpha1_PluginSet, .doc = STR_INIT("Before the pod may be bound.")},
    {STR_INIT("preBind"), 10, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_coracle_v1alpha1_PluginSet, .doc = STR_INIT("What must be done before it is bound.")},
    {STR_INIT("bind"), 11, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_coracle_v1alpha1_PluginSet, .doc = STR_INIT("Who binds it.")},
    {STR_INIT("postBind"), 12, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_coracle_v1alpha1_PluginSet, .doc = STR_INIT("After it was bound.")},
    {STR_INIT("multiPoint"), 13, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_coracle_v1alpha1_PluginSet, .doc = STR_INIT("All points at once; what a point says of its own comes after.")},
};
static const uint16_t schema_numbers_coracle_v1alpha1_Plugins[] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
static const uint8_t schema_lookup_coracle_v1alpha1_Plugins[] = {0, 5, 11, 10, 0, 0, 0, 9, 0, 1, 3, 8, 6, 13, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 12, 0, 4, 7, 2};
const struct schema_message schema_message_coracle_v1alpha1_Plugins = {
    .package = STR_INIT("dev.coracle.api.v1alpha1"),
    .name = STR_INIT("Plugins"),
    .doc = STR_INIT("The points at which plugins take part."),
    .fields = schema_fields_coracle_v1alpha1_Plugins,
    .n_fields = 13,
    .by_number = schema_numbers_coracle_v1alpha1_Plugins,
    .n_numbered = 13,
    .n_slots = 13,
    .lookup_mask = 31,
    .lookup = schema_lookup_coracle_v1alpha1_Plugins,
};
const struct schema_field schema_fields_coracle_v1alpha1_SchedulingProfile[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ObjectMeta, .doc = STR_INIT("Standard object's metadata: name, labels and the like.")},
    {STR_INIT("spec"), 2, .flags = SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_coracle_v1alpha1_SchedulingProfileSpec, .doc = STR_INIT("What is wanted.")},
    {STR_INIT("status"), 3, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_coracle_v1alpha1_SchedulingProfileStatus, .doc = STR_INIT("What is, as those who look after it tell.")},
};
static const uint16_t schema_numbers_coracle_v1alpha1_SchedulingProfile[] = {1, 2, 3, 0};
static const struct schema_field *const schema_slots_coracle_v1alpha1_SchedulingProfile[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_coracle_v1alpha1_SchedulingProfile[1], &schema_fields_coracle_v1alpha1_SchedulingProfile[2], &schema_fields_coracle_v1alpha1_SchedulingProfile[3]};
static const uint8_t schema_starts_coracle_v1alpha1_SchedulingProfile[] = {0, 2, 3, 4};
static const uint8_t schema_lookup_coracle_v1alpha1_SchedulingProfile[] = {3, 0, 0, 0, 0, 0, 0, 0, 1, 2, 0, 5, 0, 4, 0, 0};
const struct schema_message schema_message_coracle_v1alpha1_SchedulingProfile = {
    .package = STR_INIT("dev.coracle.api.v1alpha1"),
    .name = STR_INIT("SchedulingProfile"),
    .doc = STR_INIT("A profile of the scheduler: pods choose it by its name, as their spec.schedulerName, from when it is written."),
    .fields = schema_fields_coracle_v1alpha1_SchedulingProfile,
    .n_fields = 4,
    .by_number = schema_numbers_coracle_v1alpha1_SchedulingProfile,
    .n_numbered = 3,
    .slots = schema_slots_coracle_v1alpha1_SchedulingProfile,
    .starts = schema_starts_coracle_v1alpha1_SchedulingProfile,
    .n_slots = 5,
    .lookup_mask = 15,
    .lookup = schema_lookup_coracle_v1alpha1_SchedulingProfile,
};
const struct schema_field schema_fields_coracle_v1alpha1_SchedulingProfileList[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ListMeta, .doc = STR_INIT("Where the list was read, and how to go on.")},
    {STR_INIT("items"), 2, .flags = SCHEMA_REPEATED | SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_coracle_v1alpha1_SchedulingProfile, .doc = STR_INIT("The objects of the list.")},
};
static const uint16_t schema_numbers_coracle_v1alpha1_SchedulingProfileList[] = {1, 2, 0};
static const struct schema_field *const schema_slots_coracle_v1alpha1_SchedulingProfileList[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_coracle_v1alpha1_SchedulingProfileList[1], &schema_fields_coracle_v1alpha1_SchedulingProfileList[2]};
static const uint8_t schema_starts_coracle_v1alpha1_SchedulingProfileList[] = {0, 2, 3};
static const uint8_t schema_lookup_coracle_v1alpha1_SchedulingProfileList[] = {1, 2, 3, 4, 0, 0, 0, 0};
const struct schema_message schema_message_coracle_v1alpha1_SchedulingProfileList = {
    .package = STR_INIT("dev.coracle.api.v1alpha1"),
    .name = STR_INIT("SchedulingProfileList"),
    .fields = schema_fields_coracle_v1alpha1_SchedulingProfileList,
    .n_fields = 3,
    .by_number = schema_numbers_coracle_v1alpha1_SchedulingProfileList,
    .n_numbered = 2,
    .slots = schema_slots_coracle_v1alpha1_SchedulingProfileList,
    .starts = schema_starts_coracle_v1alpha1_SchedulingProfileList,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_coracle_v1alpha1_SchedulingProfileList,
};
static const struct str keys_0[] = {STR_INIT("name"), STR_INIT("")};
const struct schema_field schema_fields_coracle_v1alpha1_SchedulingProfileSpec[] = {
    {STR_INIT("percentageOfNodesToScore"), 1, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_INT32, .doc = STR_INIT("How many of the nodes are looked at before enough fit. 0: as many as the size of the cluster asks for.")},
    {STR_INIT("plugins"), 2, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_coracle_v1alpha1_Plugins, .doc = STR_INIT("Which plugins take part at which point, beside those of the default profile.")},
    {STR_INIT("pluginConfig"), 3, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_coracle_v1alpha1_PluginConfig, .list = SCHEMA_LIST_MAP, .list_keys = keys_0, .doc = STR_INIT("Arguments of plugins.")},
};
static const uint16_t schema_numbers_coracle_v1alpha1_SchedulingProfileSpec[] = {0, 1, 2};
static const uint8_t schema_lookup_coracle_v1alpha1_SchedulingProfileSpec[] = {2, 0, 3, 0, 0, 0, 1, 0};
const struct schema_message schema_message_coracle_v1alpha1_SchedulingProfileSpec = {
    .package = STR_INIT("dev.coracle.api.v1alpha1"),
    .name = STR_INIT("SchedulingProfileSpec"),
    .doc = STR_INIT("What a profile of a KubeSchedulerConfiguration says, without its name."),
    .fields = schema_fields_coracle_v1alpha1_SchedulingProfileSpec,
    .n_fields = 3,
    .by_number = schema_numbers_coracle_v1alpha1_SchedulingProfileSpec,
    .n_numbered = 3,
    .n_slots = 3,
    .lookup_mask = 7,
    .lookup = schema_lookup_coracle_v1alpha1_SchedulingProfileSpec,
};
static const struct str keys_1[] = {STR_INIT("type"), STR_INIT("")};
const struct schema_field schema_fields_coracle_v1alpha1_SchedulingProfileStatus[] = {
    {STR_INIT("observedGeneration"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_INT64, .doc = STR_INIT("The generation that was judged.")},
    {STR_INIT("conditions"), 2, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY | SCHEMA_PATCH_MERGE, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_Condition, .list = SCHEMA_LIST_MAP, .list_keys = keys_1, .merge_key = STR_INIT("type"), .doc = STR_INIT("Accepted: whether the profile is in force; where it is not, the message says why.")},
};
static const uint16_t schema_numbers_coracle_v1alpha1_SchedulingProfileStatus[] = {0, 1};
static const uint8_t schema_lookup_coracle_v1alpha1_SchedulingProfileStatus[] = {0, 0, 2, 1};
const struct schema_message schema_message_coracle_v1alpha1_SchedulingProfileStatus = {
    .package = STR_INIT("dev.coracle.api.v1alpha1"),
    .name = STR_INIT("SchedulingProfileStatus"),
    .doc = STR_INIT("What the scheduler made of it."),
    .fields = schema_fields_coracle_v1alpha1_SchedulingProfileStatus,
    .n_fields = 2,
    .by_number = schema_numbers_coracle_v1alpha1_SchedulingProfileStatus,
    .n_numbered = 2,
    .n_slots = 2,
    .lookup_mask = 3,
    .lookup = schema_lookup_coracle_v1alpha1_SchedulingProfileStatus,
};
