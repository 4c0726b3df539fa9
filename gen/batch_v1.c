/* Made by tools/gen.py from spec/: change those, not this. */
#include "gen/rows.h"

const struct schema_field schema_fields_batch_v1_CronJob[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ObjectMeta, .key_default = STR_INIT("{}"), .doc = STR_INIT("Standard object's metadata: name, labels and the like.")},
    {STR_INIT("spec"), 2, .flags = SCHEMA_REQUIRED | SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_batch_v1_CronJobSpec, .key_default = STR_INIT("{}"), .doc = STR_INIT("What is wanted.")},
    {STR_INIT("status"), 3, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_batch_v1_CronJobStatus, .key_default = STR_INIT("{}"), .doc = STR_INIT("What is, as those who look after it tell.")},
};
static const uint16_t schema_numbers_batch_v1_CronJob[] = {1, 2, 3, 0};
static const struct schema_field *const schema_slots_batch_v1_CronJob[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_batch_v1_CronJob[1], &schema_fields_batch_v1_CronJob[2], &schema_fields_batch_v1_CronJob[3]};
static const uint8_t schema_starts_batch_v1_CronJob[] = {0, 2, 3, 4};
static const uint8_t schema_lookup_batch_v1_CronJob[] = {3, 0, 0, 0, 0, 0, 0, 0, 1, 2, 0, 5, 0, 4, 0, 0};
const struct schema_message schema_message_batch_v1_CronJob = {
    .package = STR_INIT("io.k8s.api.batch.v1"),
    .name = STR_INIT("CronJob"),
    .doc = STR_INIT("Makes a Job at set times."),
    .fields = schema_fields_batch_v1_CronJob,
    .n_fields = 4,
    .by_number = schema_numbers_batch_v1_CronJob,
    .n_numbered = 3,
    .slots = schema_slots_batch_v1_CronJob,
    .starts = schema_starts_batch_v1_CronJob,
    .n_slots = 5,
    .lookup_mask = 15,
    .lookup = schema_lookup_batch_v1_CronJob,
};
const struct schema_field schema_fields_batch_v1_CronJobList[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ListMeta, .doc = STR_INIT("Where the list was read, and how to go on.")},
    {STR_INIT("items"), 2, .flags = SCHEMA_REPEATED | SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_batch_v1_CronJob, .doc = STR_INIT("The objects of the list.")},
};
static const uint16_t schema_numbers_batch_v1_CronJobList[] = {1, 2, 0};
static const struct schema_field *const schema_slots_batch_v1_CronJobList[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_batch_v1_CronJobList[1], &schema_fields_batch_v1_CronJobList[2]};
static const uint8_t schema_starts_batch_v1_CronJobList[] = {0, 2, 3};
static const uint8_t schema_lookup_batch_v1_CronJobList[] = {1, 2, 3, 4, 0, 0, 0, 0};
const struct schema_message schema_message_batch_v1_CronJobList = {
    .package = STR_INIT("io.k8s.api.batch.v1"),
    .name = STR_INIT("CronJobList"),
    .fields = schema_fields_batch_v1_CronJobList,
    .n_fields = 3,
    .by_number = schema_numbers_batch_v1_CronJobList,
    .n_numbered = 2,
    .slots = schema_slots_batch_v1_CronJobList,
    .starts = schema_starts_batch_v1_CronJobList,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_batch_v1_CronJobList,
};
static const struct str enums_0[] = {STR_INIT("Allow"), STR_INIT("Forbid"), STR_INIT("Replace"), {NULL, 0}};
const struct schema_field schema_fields_batch_v1_CronJobSpec[] = {
    {STR_INIT("schedule"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .doc = STR_INIT("When: minute, hour, day of the month, month, day of the week; or @hourly, @daily and so on.")},
    {STR_INIT("timeZone"), 8, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_STRING, .doc = STR_INIT("The time zone of the schedule, such as Europe/Berlin; the server's when left out.")},
    {STR_INIT("startingDeadlineSeconds"), 2, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_INT64, .doc = STR_INIT("Seconds a Job may start late; after that this time is passed over.")},
    {STR_INIT("concurrencyPolicy"), 3, .flags = SCHEMA_OMITEMPTY | SCHEMA_ENUM_CLOSED, .type = SCHEMA_STRING, .enums = enums_0, .doc = STR_INIT("When the last Job still runs: Allow another beside it, Forbid it, or Replace the old one.")},
    {STR_INIT("suspend"), 4, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_BOOL, .doc = STR_INIT("No new Jobs while this is set.")},
    {STR_INIT("jobTemplate"), 5, .flags = SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_batch_v1_JobTemplateSpec, .key_default = STR_INIT("{}"), .doc = STR_INIT("What the Jobs look like.")},
    {STR_INIT("successfulJobsHistoryLimit"), 6, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_INT32, .doc = STR_INIT("How many succeeded Jobs are kept.")},
    {STR_INIT("failedJobsHistoryLimit"), 7, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_INT32, .doc = STR_INIT("How many failed Jobs are kept.")},
};
static const uint16_t schema_numbers_batch_v1_CronJobSpec[] = {0, 2, 3, 4, 5, 6, 7, 1};
static const uint8_t schema_lookup_batch_v1_CronJobSpec[] = {0, 0, 6, 0, 0, 0, 0, 0, 0, 8, 1, 2, 3, 4, 5, 7};
const struct schema_message schema_message_batch_v1_CronJobSpec = {
    .package = STR_INIT("io.k8s.api.batch.v1"),
    .name = STR_INIT("CronJobSpec"),
    .doc = STR_INIT("When, what, and what to do when the last one still runs."),
    .fields = schema_fields_batch_v1_CronJobSpec,
    .n_fields = 8,
    .by_number = schema_numbers_batch_v1_CronJobSpec,
    .n_numbered = 8,
    .n_slots = 8,
    .lookup_mask = 15,
    .lookup = schema_lookup_batch_v1_CronJobSpec,
};
const struct schema_field schema_fields_batch_v1_CronJobStatus[] = {
    {STR_INIT("active"), 1, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_ObjectReference, .doc = STR_INIT("Jobs that run.")},
    {STR_INIT("lastScheduleTime"), 4, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_Time, .doc = STR_INIT("When a Job was last made.")},
    {STR_INIT("lastSuccessfulTime"), 5, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_Time, .doc = STR_INIT("When one last succeeded.")},
};
static const uint16_t schema_numbers_batch_v1_CronJobStatus[] = {0, 1, 2};
static const uint8_t schema_lookup_batch_v1_CronJobStatus[] = {3, 1, 2, 0, 0, 0, 0, 0};
const struct schema_message schema_message_batch_v1_CronJobStatus = {
    .package = STR_INIT("io.k8s.api.batch.v1"),
    .name = STR_INIT("CronJobStatus"),
    .doc = STR_INIT("What became of the schedule."),
    .fields = schema_fields_batch_v1_CronJobStatus,
    .n_fields = 3,
    .by_number = schema_numbers_batch_v1_CronJobStatus,
    .n_numbered = 3,
    .n_slots = 3,
    .lookup_mask = 7,
    .lookup = schema_lookup_batch_v1_CronJobStatus,
};
const struct schema_field schema_fields_batch_v1_Job[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ObjectMeta, .key_default = STR_INIT("{}"), .doc = STR_INIT("Standard object's metadata: name, labels and the like.")},
    {STR_INIT("spec"), 2, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_batch_v1_JobSpec, .key_default = STR_INIT("{}"), .doc = STR_INIT("What is wanted.")},
    {STR_INIT("status"), 3, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_batch_v1_JobStatus, .key_default = STR_INIT("{}"), .doc = STR_INIT("What is, as those who look after it tell.")},
};
static const uint16_t schema_numbers_batch_v1_Job[] = {1, 2, 3, 0};
static const struct schema_field *const schema_slots_batch_v1_Job[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_batch_v1_Job[1], &schema_fields_batch_v1_Job[2], &schema_fields_batch_v1_Job[3]};
static const uint8_t schema_starts_batch_v1_Job[] = {0, 2, 3, 4};
static const uint8_t schema_lookup_batch_v1_Job[] = {3, 0, 0, 0, 0, 0, 0, 0, 1, 2, 0, 5, 0, 4, 0, 0};
const struct schema_message schema_message_batch_v1_Job = {
    .package = STR_INIT("io.k8s.api.batch.v1"),
    .name = STR_INIT("Job"),
    .doc = STR_INIT("Runs pods until enough of them have succeeded."),
    .fields = schema_fields_batch_v1_Job,
    .n_fields = 4,
    .by_number = schema_numbers_batch_v1_Job,
    .n_numbered = 3,
    .slots = schema_slots_batch_v1_Job,
    .starts = schema_starts_batch_v1_Job,
    .n_slots = 5,
    .lookup_mask = 15,
    .lookup = schema_lookup_batch_v1_Job,
};
const struct schema_field schema_fields_batch_v1_JobCondition[] = {
    {STR_INIT("type"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .doc = STR_INIT("Which condition.")},
    {STR_INIT("status"), 2, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .doc = STR_INIT("True, False or Unknown.")},
    {STR_INIT("lastProbeTime"), 3, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_Time, .doc = STR_INIT("When it was last looked at.")},
    {STR_INIT("lastTransitionTime"), 4, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_Time, .doc = STR_INIT("When the condition last changed between True, False and Unknown.")},
    {STR_INIT("reason"), 5, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("Why, in one word of CamelCase.")},
    {STR_INIT("message"), 6, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("Why, for people.")},
};
static const uint16_t schema_numbers_batch_v1_JobCondition[] = {0, 1, 2, 3, 4, 5};
static const uint8_t schema_lookup_batch_v1_JobCondition[] = {5, 0, 1, 0, 0, 0, 3, 4, 6, 0, 0, 2, 0, 0, 0, 0};
const struct schema_message schema_message_batch_v1_JobCondition = {
    .package = STR_INIT("io.k8s.api.batch.v1"),
    .name = STR_INIT("JobCondition"),
    .fields = schema_fields_batch_v1_JobCondition,
    .n_fields = 6,
    .by_number = schema_numbers_batch_v1_JobCondition,
    .n_numbered = 6,
    .n_slots = 6,
    .lookup_mask = 15,
    .lookup = schema_lookup_batch_v1_JobCondition,
};
const struct schema_field schema_fields_batch_v1_JobList[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ListMeta, .doc = STR_INIT("Where the list was read, and how to go on.")},
    {STR_INIT("items"), 2, .flags = SCHEMA_REPEATED | SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_batch_v1_Job, .doc = STR_INIT("The objects of the list.")},
};
static const uint16_t schema_numbers_batch_v1_JobList[] = {1, 2, 0};
static const struct schema_field *const schema_slots_batch_v1_JobList[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_batch_v1_JobList[1], &schema_fields_batch_v1_JobList[2]};
static const uint8_t schema_starts_batch_v1_JobList[] = {0, 2, 3};
static const uint8_t schema_lookup_batch_v1_JobList[] = {1, 2, 3, 4, 0, 0, 0, 0};
const struct schema_message schema_message_batch_v1_JobList = {
    .package = STR_INIT("io.k8s.api.batch.v1"),
    .name = STR_INIT("JobList"),
    .fields = schema_fields_batch_v1_JobList,
    .n_fields = 3,
    .by_number = schema_numbers_batch_v1_JobList,
    .n_numbered = 2,
    .slots = schema_slots_batch_v1_JobList,
    .starts = schema_starts_batch_v1_JobList,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_batch_v1_JobList,
};
static const struct schema_extra extra_0 = {.rules = STR_INIT("update=NoSet;update=NoUnset")};
static const struct schema_extra extra_1 = {.rules = STR_INIT("immutable")};
static const struct str keys_0[] = {STR_INIT("name"), STR_INIT("")};
static const struct schema_extra extra_2 = {.rules = STR_INIT("maxItems=4;immutable")};
const struct schema_field schema_fields_batch_v1_JobSchedulingConfiguration[] = {
    {STR_INIT("schedulingPolicy"), 1, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_scheduling_v1alpha3_WorkloadPodGroupSchedulingPolicy, .extra = &extra_0},
    {STR_INIT("schedulingConstraints"), 2, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_scheduling_v1alpha3_WorkloadPodGroupSchedulingConstraints, .extra = &extra_1},
    {STR_INIT("disruptionMode"), 3, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_scheduling_v1alpha3_WorkloadPodGroupDisruptionMode, .extra = &extra_1},
    {STR_INIT("resourceClaims"), 4, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY | SCHEMA_PATCH_MERGE, .type = SCHEMA_MESSAGE, .message = &schema_message_scheduling_v1alpha3_WorkloadPodGroupResourceClaim, .list = SCHEMA_LIST_MAP, .list_keys = keys_0, .merge_key = STR_INIT("name"), .extra = &extra_2},
};
static const uint16_t schema_numbers_batch_v1_JobSchedulingConfiguration[] = {0, 1, 2, 3};
static const uint8_t schema_lookup_batch_v1_JobSchedulingConfiguration[] = {1, 0, 2, 3, 0, 0, 4, 0};
const struct schema_message schema_message_batch_v1_JobSchedulingConfiguration = {
    .package = STR_INIT("io.k8s.api.batch.v1"),
    .name = STR_INIT("JobSchedulingConfiguration"),
    .fields = schema_fields_batch_v1_JobSchedulingConfiguration,
    .n_fields = 4,
    .by_number = schema_numbers_batch_v1_JobSchedulingConfiguration,
    .n_numbered = 4,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_batch_v1_JobSchedulingConfiguration,
};
static const struct schema_extra extra_3 = {.rules = STR_INIT("dependentRequired(backoffLimitPerIndex)")};
static const struct str enums_1[] = {STR_INIT("Indexed"), STR_INIT("NonIndexed"), {NULL, 0}};
static const struct str enums_2[] = {STR_INIT("Failed"), STR_INIT("TerminatingOrFailed"), {NULL, 0}};
static const struct schema_extra extra_4 = {.gate = STR_INIT("WorkloadWithJob"), .rules = STR_INIT("ifDisabled(WorkloadWithJob)=forbidden;update=NoSet;update=NoUnset")};
const struct schema_field schema_fields_batch_v1_JobSpec[] = {
    {STR_INIT("parallelism"), 1, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_INT32, .doc = STR_INIT("How many pods may run at a time.")},
    {STR_INIT("completions"), 2, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_INT32, .doc = STR_INIT("How many must succeed. Left out, one that succeeds ends the Job for all.")},
    {STR_INIT("activeDeadlineSeconds"), 3, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_INT64, .doc = STR_INIT("Seconds after which the Job is failed and its pods ended.")},
    {STR_INIT("podFailurePolicy"), 11, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_batch_v1_PodFailurePolicy, .doc = STR_INIT("What to do for which failures, instead of counting them all against backoffLimit.")},
    {STR_INIT("successPolicy"), 16, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_batch_v1_SuccessPolicy, .doc = STR_INIT("When the Job may be called succeeded before all have.")},
    {STR_INIT("backoffLimit"), 7, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_INT32, .doc = STR_INIT("How many failures there may be: 6, or without bound beside backoffLimitPerIndex, when left out.")},
    {STR_INIT("backoffLimitPerIndex"), 12, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_INT32, .doc = STR_INIT("How many failures each index may have, with Indexed.")},
    {STR_INIT("maxFailedIndexes"), 13, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_INT32, .doc = STR_INIT("How many indexes may fail."), .extra = &extra_3},
    {STR_INIT("selector"), 4, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_LabelSelector, .doc = STR_INIT("Which pods are its own; filled in by the server.")},
    {STR_INIT("manualSelector"), 5, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_BOOL, .doc = STR_INIT("Take the selector as given. Be sure that it matches no other pods.")},
    {STR_INIT("template"), 6, .flags = SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_PodTemplateSpec, .key_default = STR_INIT("{}"), .doc = STR_INIT("What the pods look like. restartPolicy must be Never or OnFailure. It cannot be changed.")},
    {STR_INIT("ttlSecondsAfterFinished"), 8, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_INT32, .doc = STR_INIT("Seconds after its end at which the Job is deleted. Left out, it stays.")},
    {STR_INIT("completionMode"), 9, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR | SCHEMA_ENUM_CLOSED, .type = SCHEMA_STRING, .enums = enums_1, .doc = STR_INIT("Indexed gives each pod a number, in JOB_COMPLETION_INDEX, and wants each number to succeed once.")},
    {STR_INIT("suspend"), 10, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_BOOL, .doc = STR_INIT("No pods while this is set; running ones are ended.")},
    {STR_INIT("podReplacementPolicy"), 14, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR | SCHEMA_ENUM_CLOSED, .type = SCHEMA_STRING, .enums = enums_2, .doc = STR_INIT("Whether a pod is replaced when it begins to end, or when it has failed.")},
    {STR_INIT("managedBy"), 15, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_STRING, .doc = STR_INIT("Who looks after the Job, if not this cluster's own controller.")},
    {STR_INIT("scheduling"), 17, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_batch_v1_JobSchedulingConfiguration, .extra = &extra_4},
};
static const uint16_t schema_numbers_batch_v1_JobSpec[] = {0, 1, 2, 8, 9, 10, 5, 11, 12, 13, 3, 6, 7, 14, 15, 4, 16};
static const uint8_t schema_lookup_batch_v1_JobSpec[] = {0, 0, 0, 0, 7, 0, 2, 4, 0, 0, 0, 1, 11, 0, 0, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0, 9, 0, 0, 0, 0, 14, 0, 0, 0, 0, 0, 0, 0, 12, 0, 0, 0, 0, 8, 0, 0, 10, 15, 0, 13, 0, 0, 0, 6, 0, 0, 0, 0, 16, 17, 0, 0, 5, 0};
const struct schema_message schema_message_batch_v1_JobSpec = {
    .package = STR_INIT("io.k8s.api.batch.v1"),
    .name = STR_INIT("JobSpec"),
    .doc = STR_INIT("What is run, how often, and when to give up."),
    .fields = schema_fields_batch_v1_JobSpec,
    .n_fields = 17,
    .by_number = schema_numbers_batch_v1_JobSpec,
    .n_numbered = 17,
    .n_slots = 17,
    .lookup_mask = 63,
    .lookup = schema_lookup_batch_v1_JobSpec,
};
const struct schema_field schema_fields_batch_v1_JobStatus[] = {
    {STR_INIT("conditions"), 1, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY | SCHEMA_PATCH_MERGE, .type = SCHEMA_MESSAGE, .message = &schema_message_batch_v1_JobCondition, .merge_key = STR_INIT("type"), .doc = STR_INIT("What is known of it, each with its last change.")},
    {STR_INIT("startTime"), 2, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_Time, .doc = STR_INIT("When the controller took it up; anew after a suspension.")},
    {STR_INIT("completionTime"), 3, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_Time, .doc = STR_INIT("When it was done; only when it succeeded.")},
    {STR_INIT("active"), 4, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_INT32, .doc = STR_INIT("Pods that run or are about to.")},
    {STR_INIT("succeeded"), 5, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_INT32, .doc = STR_INIT("Pods that succeeded.")},
    {STR_INIT("failed"), 6, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_INT32, .doc = STR_INIT("Pods that failed.")},
    {STR_INIT("terminating"), 11, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_INT32, .doc = STR_INIT("Pods that are ending.")},
    {STR_INIT("completedIndexes"), 7, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("Numbers that succeeded, such as 1,3-5.")},
    {STR_INIT("failedIndexes"), 10, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_STRING, .doc = STR_INIT("Numbers that failed.")},
    {STR_INIT("uncountedTerminatedPods"), 8, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_batch_v1_UncountedTerminatedPods},
    {STR_INIT("ready"), 9, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_INT32, .doc = STR_INIT("Pods that are ready.")},
};
static const uint16_t schema_numbers_batch_v1_JobStatus[] = {0, 1, 2, 3, 4, 5, 7, 9, 10, 8, 6};
static const uint8_t schema_lookup_batch_v1_JobStatus[] = {0, 4, 0, 0, 0, 0, 9, 0, 0, 0, 0, 8, 10, 0, 1, 0, 0, 2, 3, 5, 7, 6, 0, 11, 0, 0, 0, 0, 0, 0, 0, 0};
const struct schema_message schema_message_batch_v1_JobStatus = {
    .package = STR_INIT("io.k8s.api.batch.v1"),
    .name = STR_INIT("JobStatus"),
    .doc = STR_INIT("How far the Job is."),
    .fields = schema_fields_batch_v1_JobStatus,
    .n_fields = 11,
    .by_number = schema_numbers_batch_v1_JobStatus,
    .n_numbered = 11,
    .n_slots = 11,
    .lookup_mask = 31,
    .lookup = schema_lookup_batch_v1_JobStatus,
};
const struct schema_field schema_fields_batch_v1_JobTemplateSpec[] = {
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ObjectMeta, .key_default = STR_INIT("{}"), .doc = STR_INIT("Standard object's metadata: name, labels and the like.")},
    {STR_INIT("spec"), 2, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_batch_v1_JobSpec, .key_default = STR_INIT("{}"), .doc = STR_INIT("What is wanted.")},
};
static const uint16_t schema_numbers_batch_v1_JobTemplateSpec[] = {0, 1};
static const uint8_t schema_lookup_batch_v1_JobTemplateSpec[] = {1, 2, 0, 0};
const struct schema_message schema_message_batch_v1_JobTemplateSpec = {
    .package = STR_INIT("io.k8s.api.batch.v1"),
    .name = STR_INIT("JobTemplateSpec"),
    .doc = STR_INIT("What the Jobs look like."),
    .fields = schema_fields_batch_v1_JobTemplateSpec,
    .n_fields = 2,
    .by_number = schema_numbers_batch_v1_JobTemplateSpec,
    .n_numbered = 2,
    .n_slots = 2,
    .lookup_mask = 3,
    .lookup = schema_lookup_batch_v1_JobTemplateSpec,
};
const struct schema_field schema_fields_batch_v1_PodFailurePolicy[] = {
    {STR_INIT("rules"), 1, .flags = SCHEMA_REPEATED | SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_batch_v1_PodFailurePolicyRule},
};
static const uint16_t schema_numbers_batch_v1_PodFailurePolicy[] = {0};
static const uint8_t schema_lookup_batch_v1_PodFailurePolicy[] = {0, 0, 1, 0};
const struct schema_message schema_message_batch_v1_PodFailurePolicy = {
    .package = STR_INIT("io.k8s.api.batch.v1"),
    .name = STR_INIT("PodFailurePolicy"),
    .fields = schema_fields_batch_v1_PodFailurePolicy,
    .n_fields = 1,
    .by_number = schema_numbers_batch_v1_PodFailurePolicy,
    .n_numbered = 1,
    .n_slots = 1,
    .lookup_mask = 3,
    .lookup = schema_lookup_batch_v1_PodFailurePolicy,
};
static const struct str enums_3[] = {STR_INIT("In"), STR_INIT("NotIn"), {NULL, 0}};
const struct schema_field schema_fields_batch_v1_PodFailurePolicyOnExitCodesRequirement[] = {
    {STR_INIT("containerName"), 1, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_STRING},
    {STR_INIT("operator"), 2, .flags = SCHEMA_REQUIRED | SCHEMA_ENUM_CLOSED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .enums = enums_3, .doc = STR_INIT("How they are compared.")},
    {STR_INIT("values"), 3, .flags = SCHEMA_REPEATED | SCHEMA_REQUIRED, .type = SCHEMA_INT32, .list = SCHEMA_LIST_SET},
};
static const uint16_t schema_numbers_batch_v1_PodFailurePolicyOnExitCodesRequirement[] = {0, 1, 2};
static const uint8_t schema_lookup_batch_v1_PodFailurePolicyOnExitCodesRequirement[] = {2, 3, 0, 0, 0, 0, 1, 0};
const struct schema_message schema_message_batch_v1_PodFailurePolicyOnExitCodesRequirement = {
    .package = STR_INIT("io.k8s.api.batch.v1"),
    .name = STR_INIT("PodFailurePolicyOnExitCodesRequirement"),
    .fields = schema_fields_batch_v1_PodFailurePolicyOnExitCodesRequirement,
    .n_fields = 3,
    .by_number = schema_numbers_batch_v1_PodFailurePolicyOnExitCodesRequirement,
    .n_numbered = 3,
    .n_slots = 3,
    .lookup_mask = 7,
    .lookup = schema_lookup_batch_v1_PodFailurePolicyOnExitCodesRequirement,
};
const struct schema_field schema_fields_batch_v1_PodFailurePolicyOnPodConditionsPattern[] = {
    {STR_INIT("type"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\"")},
    {STR_INIT("status"), 2, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .doc = STR_INIT("What is, as those who look after it tell.")},
};
static const uint16_t schema_numbers_batch_v1_PodFailurePolicyOnPodConditionsPattern[] = {0, 1};
static const uint8_t schema_lookup_batch_v1_PodFailurePolicyOnPodConditionsPattern[] = {0, 0, 1, 2};
const struct schema_message schema_message_batch_v1_PodFailurePolicyOnPodConditionsPattern = {
    .package = STR_INIT("io.k8s.api.batch.v1"),
    .name = STR_INIT("PodFailurePolicyOnPodConditionsPattern"),
    .fields = schema_fields_batch_v1_PodFailurePolicyOnPodConditionsPattern,
    .n_fields = 2,
    .by_number = schema_numbers_batch_v1_PodFailurePolicyOnPodConditionsPattern,
    .n_numbered = 2,
    .n_slots = 2,
    .lookup_mask = 3,
    .lookup = schema_lookup_batch_v1_PodFailurePolicyOnPodConditionsPattern,
};
static const struct str enums_4[] = {STR_INIT("Count"), STR_INIT("FailIndex"), STR_INIT("FailJob"), STR_INIT("Ignore"), {NULL, 0}};
const struct schema_field schema_fields_batch_v1_PodFailurePolicyRule[] = {
    {STR_INIT("action"), 1, .flags = SCHEMA_REQUIRED | SCHEMA_ENUM_CLOSED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .enums = enums_4},
    {STR_INIT("onExitCodes"), 2, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_batch_v1_PodFailurePolicyOnExitCodesRequirement},
    {STR_INIT("onPodConditions"), 3, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_batch_v1_PodFailurePolicyOnPodConditionsPattern},
};
static const uint16_t schema_numbers_batch_v1_PodFailurePolicyRule[] = {0, 1, 2};
static const uint8_t schema_lookup_batch_v1_PodFailurePolicyRule[] = {0, 1, 2, 3, 0, 0, 0, 0};
const struct schema_message schema_message_batch_v1_PodFailurePolicyRule = {
    .package = STR_INIT("io.k8s.api.batch.v1"),
    .name = STR_INIT("PodFailurePolicyRule"),
    .fields = schema_fields_batch_v1_PodFailurePolicyRule,
    .n_fields = 3,
    .by_number = schema_numbers_batch_v1_PodFailurePolicyRule,
    .n_numbered = 3,
    .n_slots = 3,
    .lookup_mask = 7,
    .lookup = schema_lookup_batch_v1_PodFailurePolicyRule,
};
const struct schema_field schema_fields_batch_v1_SuccessPolicy[] = {
    {STR_INIT("rules"), 1, .flags = SCHEMA_REPEATED | SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_batch_v1_SuccessPolicyRule},
};
static const uint16_t schema_numbers_batch_v1_SuccessPolicy[] = {0};
static const uint8_t schema_lookup_batch_v1_SuccessPolicy[] = {0, 0, 1, 0};
const struct schema_message schema_message_batch_v1_SuccessPolicy = {
    .package = STR_INIT("io.k8s.api.batch.v1"),
    .name = STR_INIT("SuccessPolicy"),
    .fields = schema_fields_batch_v1_SuccessPolicy,
    .n_fields = 1,
    .by_number = schema_numbers_batch_v1_SuccessPolicy,
    .n_numbered = 1,
    .n_slots = 1,
    .lookup_mask = 3,
    .lookup = schema_lookup_batch_v1_SuccessPolicy,
};
const struct schema_field schema_fields_batch_v1_SuccessPolicyRule[] = {
    {STR_INIT("succeededIndexes"), 1, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_STRING},
    {STR_INIT("succeededCount"), 2, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_INT32},
};
static const uint16_t schema_numbers_batch_v1_SuccessPolicyRule[] = {0, 1};
static const uint8_t schema_lookup_batch_v1_SuccessPolicyRule[] = {2, 0, 1, 0};
const struct schema_message schema_message_batch_v1_SuccessPolicyRule = {
    .package = STR_INIT("io.k8s.api.batch.v1"),
    .name = STR_INIT("SuccessPolicyRule"),
    .fields = schema_fields_batch_v1_SuccessPolicyRule,
    .n_fields = 2,
    .by_number = schema_numbers_batch_v1_SuccessPolicyRule,
    .n_numbered = 2,
    .n_slots = 2,
    .lookup_mask = 3,
    .lookup = schema_lookup_batch_v1_SuccessPolicyRule,
};
const struct schema_field schema_fields_batch_v1_UncountedTerminatedPods[] = {
    {STR_INIT("succeeded"), 1, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .list = SCHEMA_LIST_SET},
    {STR_INIT("failed"), 2, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .list = SCHEMA_LIST_SET},
};
static const uint16_t schema_numbers_batch_v1_UncountedTerminatedPods[] = {0, 1};
static const uint8_t schema_lookup_batch_v1_UncountedTerminatedPods[] = {0, 2, 1, 0};
const struct schema_message schema_message_batch_v1_UncountedTerminatedPods = {
    .package = STR_INIT("io.k8s.api.batch.v1"),
    .name = STR_INIT("UncountedTerminatedPods"),
    .fields = schema_fields_batch_v1_UncountedTerminatedPods,
    .n_fields = 2,
    .by_number = schema_numbers_batch_v1_UncountedTerminatedPods,
    .n_numbered = 2,
    .n_slots = 2,
    .lookup_mask = 3,
    .lookup = schema_lookup_batch_v1_UncountedTerminatedPods,
};
