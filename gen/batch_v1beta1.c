/* Made by tools/gen.py from spec/: change those, not this. */
#include "gen/rows.h"

const struct schema_field schema_fields_batch_v1beta1_CronJob[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ObjectMeta, .key_default = STR_INIT("{}"), .doc = STR_INIT("Standard object's metadata: name, labels and the like.")},
    {STR_INIT("spec"), 2, .flags = SCHEMA_REQUIRED | SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_batch_v1beta1_CronJobSpec, .key_default = STR_INIT("{}"), .doc = STR_INIT("What is wanted.")},
    {STR_INIT("status"), 3, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_batch_v1beta1_CronJobStatus, .key_default = STR_INIT("{}"), .doc = STR_INIT("What is, as those who look after it tell.")},
};
static const uint16_t schema_numbers_batch_v1beta1_CronJob[] = {1, 2, 3, 0};
static const struct schema_field *const schema_slots_batch_v1beta1_CronJob[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_batch_v1beta1_CronJob[1], &schema_fields_batch_v1beta1_CronJob[2], &schema_fields_batch_v1beta1_CronJob[3]};
static const uint8_t schema_starts_batch_v1beta1_CronJob[] = {0, 2, 3, 4};
static const uint8_t schema_lookup_batch_v1beta1_CronJob[] = {3, 0, 0, 0, 0, 0, 0, 0, 1, 2, 0, 5, 0, 4, 0, 0};
const struct schema_message schema_message_batch_v1beta1_CronJob = {
    .package = STR_INIT("io.k8s.api.batch.v1beta1"),
    .name = STR_INIT("CronJob"),
    .doc = STR_INIT("Makes a Job at set times."),
    .fields = schema_fields_batch_v1beta1_CronJob,
    .n_fields = 4,
    .by_number = schema_numbers_batch_v1beta1_CronJob,
    .n_numbered = 3,
    .slots = schema_slots_batch_v1beta1_CronJob,
    .starts = schema_starts_batch_v1beta1_CronJob,
    .n_slots = 5,
    .lookup_mask = 15,
    .lookup = schema_lookup_batch_v1beta1_CronJob,
};
const struct schema_field schema_fields_batch_v1beta1_CronJobList[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ListMeta, .doc = STR_INIT("Where the list was read, and how to go on.")},
    {STR_INIT("items"), 2, .flags = SCHEMA_REPEATED | SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_batch_v1beta1_CronJob, .doc = STR_INIT("The objects of the list.")},
};
static const uint16_t schema_numbers_batch_v1beta1_CronJobList[] = {1, 2, 0};
static const struct schema_field *const schema_slots_batch_v1beta1_CronJobList[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_batch_v1beta1_CronJobList[1], &schema_fields_batch_v1beta1_CronJobList[2]};
static const uint8_t schema_starts_batch_v1beta1_CronJobList[] = {0, 2, 3};
static const uint8_t schema_lookup_batch_v1beta1_CronJobList[] = {1, 2, 3, 4, 0, 0, 0, 0};
const struct schema_message schema_message_batch_v1beta1_CronJobList = {
    .package = STR_INIT("io.k8s.api.batch.v1beta1"),
    .name = STR_INIT("CronJobList"),
    .fields = schema_fields_batch_v1beta1_CronJobList,
    .n_fields = 3,
    .by_number = schema_numbers_batch_v1beta1_CronJobList,
    .n_numbered = 2,
    .slots = schema_slots_batch_v1beta1_CronJobList,
    .starts = schema_starts_batch_v1beta1_CronJobList,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_batch_v1beta1_CronJobList,
};
const struct schema_field schema_fields_batch_v1beta1_CronJobSpec[] = {
    {STR_INIT("schedule"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .doc = STR_INIT("When: minute, hour, day of the month, month, day of the week; or @hourly, @daily and so on.")},
    {STR_INIT("timeZone"), 8, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_STRING, .doc = STR_INIT("The time zone of the schedule, such as Europe/Berlin; the server's when left out.")},
    {STR_INIT("startingDeadlineSeconds"), 2, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_INT64, .doc = STR_INIT("Seconds a Job may start late; after that this time is passed over.")},
    {STR_INIT("concurrencyPolicy"), 3, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("When the last Job still runs: Allow another beside it, Forbid it, or Replace the old one.")},
    {STR_INIT("suspend"), 4, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_BOOL, .doc = STR_INIT("No new Jobs while this is set.")},
    {STR_INIT("jobTemplate"), 5, .flags = SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_batch_v1beta1_JobTemplateSpec, .key_default = STR_INIT("{}"), .doc = STR_INIT("What the Jobs look like.")},
    {STR_INIT("successfulJobsHistoryLimit"), 6, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_INT32, .doc = STR_INIT("How many succeeded Jobs are kept.")},
    {STR_INIT("failedJobsHistoryLimit"), 7, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_INT32, .doc = STR_INIT("How many failed Jobs are kept.")},
};
static const uint16_t schema_numbers_batch_v1beta1_CronJobSpec[] = {0, 2, 3, 4, 5, 6, 7, 1};
static const uint8_t schema_lookup_batch_v1beta1_CronJobSpec[] = {0, 0, 6, 0, 0, 0, 0, 0, 0, 8, 1, 2, 3, 4, 5, 7};
const struct schema_message schema_message_batch_v1beta1_CronJobSpec = {
    .package = STR_INIT("io.k8s.api.batch.v1beta1"),
    .name = STR_INIT("CronJobSpec"),
    .doc = STR_INIT("When, what, and what to do when the last one still runs."),
    .fields = schema_fields_batch_v1beta1_CronJobSpec,
    .n_fields = 8,
    .by_number = schema_numbers_batch_v1beta1_CronJobSpec,
    .n_numbered = 8,
    .n_slots = 8,
    .lookup_mask = 15,
    .lookup = schema_lookup_batch_v1beta1_CronJobSpec,
};
const struct schema_field schema_fields_batch_v1beta1_CronJobStatus[] = {
    {STR_INIT("active"), 1, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_core_v1_ObjectReference, .doc = STR_INIT("Jobs that run.")},
    {STR_INIT("lastScheduleTime"), 4, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_Time, .doc = STR_INIT("When a Job was last made.")},
    {STR_INIT("lastSuccessfulTime"), 5, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_Time, .doc = STR_INIT("When one last succeeded.")},
};
static const uint16_t schema_numbers_batch_v1beta1_CronJobStatus[] = {0, 1, 2};
static const uint8_t schema_lookup_batch_v1beta1_CronJobStatus[] = {3, 1, 2, 0, 0, 0, 0, 0};
const struct schema_message schema_message_batch_v1beta1_CronJobStatus = {
    .package = STR_INIT("io.k8s.api.batch.v1beta1"),
    .name = STR_INIT("CronJobStatus"),
    .doc = STR_INIT("What became of the schedule."),
    .fields = schema_fields_batch_v1beta1_CronJobStatus,
    .n_fields = 3,
    .by_number = schema_numbers_batch_v1beta1_CronJobStatus,
    .n_numbered = 3,
    .n_slots = 3,
    .lookup_mask = 7,
    .lookup = schema_lookup_batch_v1beta1_CronJobStatus,
};
const struct schema_field schema_fields_batch_v1beta1_JobTemplateSpec[] = {
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ObjectMeta, .key_default = STR_INIT("{}"), .doc = STR_INIT("Standard object's metadata: name, labels and the like.")},
    {STR_INIT("spec"), 2, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_batch_v1_JobSpec, .key_default = STR_INIT("{}"), .doc = STR_INIT("What is wanted.")},
};
static const uint16_t schema_numbers_batch_v1beta1_JobTemplateSpec[] = {0, 1};
static const uint8_t schema_lookup_batch_v1beta1_JobTemplateSpec[] = {1, 2, 0, 0};
const struct schema_message schema_message_batch_v1beta1_JobTemplateSpec = {
    .package = STR_INIT("io.k8s.api.batch.v1beta1"),
    .name = STR_INIT("JobTemplateSpec"),
    .doc = STR_INIT("What the Jobs look like."),
    .fields = schema_fields_batch_v1beta1_JobTemplateSpec,
    .n_fields = 2,
    .by_number = schema_numbers_batch_v1beta1_JobTemplateSpec,
    .n_numbered = 2,
    .n_slots = 2,
    .lookup_mask = 3,
    .lookup = schema_lookup_batch_v1beta1_JobTemplateSpec,
};
