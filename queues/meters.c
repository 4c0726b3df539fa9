#include "queues/inside.h"

#include "meter/meter.h"

/* What /metrics says of queues, by the names Kueue has for it. */

#define ROLE ",replica_role=\"standalone\""

static const double waits[] = {1, 2.5, 5, 10, 20, 40, 80, 160, 320, 640, 1280, 2560, 5120, 10240, 20480, 40960, 0};

static struct meter counters[] = {
    [METERS_ATTEMPTS] = {.name = "kueue_admission_attempts_total",
                         .help = "Attempts to admit a workload, by what came of them.",
                         .kind = METER_COUNTER},
    [METERS_RESERVED] = {.name = "kueue_quota_reserved_workloads_total", .help = "Workloads that were given quota.", .kind = METER_COUNTER},
    [METERS_ADMITTED] = {.name = "kueue_admitted_workloads_total", .help = "Workloads that were admitted.", .kind = METER_COUNTER},
    [METERS_FINISHED] = {.name = "kueue_finished_workloads_total", .help = "Workloads that ended.", .kind = METER_COUNTER},
    [METERS_EVICTED] = {.name = "kueue_evicted_workloads_total", .help = "Workloads that had to go, by why.", .kind = METER_COUNTER},
};
static struct meter times[] = {
    [METERS_RESERVED_WAIT] = {.name = "kueue_quota_reserved_wait_time_seconds",
                              .help = "Time from a workload's creation, or its last return to its queue, until it was given quota.",
                              .kind = METER_HISTOGRAM,
                              .bounds = waits},
    [METERS_ADMITTED_WAIT] = {.name = "kueue_admission_wait_time_seconds",
                              .help = "Time from a workload's creation, or its last return to its queue, until it was admitted.",
                              .kind = METER_HISTOGRAM,
                              .bounds = waits},
    [METERS_CHECKS_WAIT] = {.name = "kueue_admission_checks_wait_time_seconds",
                            .help = "Time from a workload's quota until it was admitted.",
                            .kind = METER_HISTOGRAM,
                            .bounds = waits},
    [METERS_READY_WAIT] = {.name = "kueue_admitted_until_ready_wait_time_seconds",
                           .help = "Time from a workload's admission until all its pods were ready.",
                           .kind = METER_HISTOGRAM,
                           .bounds = waits},
};
static struct meter pending = {.name = "kueue_pending_workloads",
                               .help = "Workloads that wait: active ones have their turn to come.",
                               .kind = METER_GAUGE},
                    reserving = {.name = "kueue_reserving_active_workloads", .help = "Workloads that have quota.", .kind = METER_GAUGE},
                    admitted = {.name = "kueue_admitted_active_workloads", .help = "Workloads that are admitted.", .kind = METER_GAUGE},
                    standing = {.name = "kueue_cluster_queue_status", .help = "1 for what a ClusterQueue is.", .kind = METER_GAUGE},
                    share = {.name = "kueue_cluster_queue_weighted_share",
                             .help = "How much a ClusterQueue borrows, over its weight.",
                             .kind = METER_GAUGE};
static struct meter amounts[] = {
    [METERS_NOMINAL] = {.name = "kueue_cluster_queue_nominal_quota", .help = "A ClusterQueue's own quota.", .kind = METER_GAUGE, .scale = 1000},
    [METERS_BORROWING] = {.name = "kueue_cluster_queue_borrowing_limit", .help = "How much it may borrow.", .kind = METER_GAUGE, .scale = 1000},
    [METERS_LENDING] = {.name = "kueue_cluster_queue_lending_limit", .help = "How much it lends.", .kind = METER_GAUGE, .scale = 1000},
    [METERS_RESERVATION] = {.name = "kueue_cluster_queue_resource_reservation",
                            .help = "What its workloads have quota for.",
                            .kind = METER_GAUGE,
                            .scale = 1000},
    [METERS_USAGE] = {.name = "kueue_cluster_queue_resource_usage", .help = "What its admitted workloads have.", .kind = METER_GAUGE, .scale = 1000},
};

void meters_open(void)
{
    struct meter *const alone[] = {&pending, &reserving, &admitted, &standing, &share};
    for (size_t i = 0; i < ARRAY_LEN(counters); i++)
        meter_register(&counters[i]);
    for (size_t i = 0; i < ARRAY_LEN(times); i++)
        meter_register(&times[i]);
    for (size_t i = 0; i < ARRAY_LEN(amounts); i++)
        meter_register(&amounts[i]);
    for (size_t i = 0; i < ARRAY_LEN(alone); i++)
        meter_register(alone[i]);
}

/* Names of objects and of classes: labels that need no escaping. */
static struct str class_of(const struct value *w)
{
    return str_is(value_text_at(w, "spec.priorityClassRef.kind"), "WorkloadPriorityClass") ? value_text_at(w, "spec.priorityClassRef.name") : STR("");
}

static struct str cluster_name(const struct value *w)
{
    return value_text_at(w, "status.admission.clusterQueue");
}

void meters_attempt(bool well)
{
    meter_add(meter_series(&counters[METERS_ATTEMPTS], "result=\"%s\"" ROLE, well ? "success" : "inadmissible"), 1);
}

void meters_count(enum meters_counter what, const struct value *w)
{
    meter_add(meter_series(&counters[what], "cluster_queue=\"%.*s\",priority_class=\"%.*s\"" ROLE, STR_FMT(cluster_name(w)), STR_FMT(class_of(w))),
              1);
}

void meters_evicted(const struct value *w, const char *reason, const char *cause)
{
    meter_add(meter_series(&counters[METERS_EVICTED], "cluster_queue=\"%.*s\",reason=\"%s\",underlying_cause=\"%s\",priority_class=\"%.*s\"" ROLE,
                           STR_FMT(cluster_name(w)), reason, cause, STR_FMT(class_of(w))),
              1);
}

void meters_wait(enum meters_time what, const struct value *w, int64_t seconds)
{
    meter_observe(&times[what],
                  meter_series(&times[what], "cluster_queue=\"%.*s\",priority_class=\"%.*s\"" ROLE, STR_FMT(cluster_name(w)), STR_FMT(class_of(w))),
                  (double)seconds);
}

void meters_cluster(struct str name, size_t active, size_t parked, int64_t has, int64_t runs, const char *status)
{
    static const char *const all[] = {"pending", "active", "terminating"};
    meter_set(meter_series(&pending, "cluster_queue=\"%.*s\",status=\"active\"" ROLE, STR_FMT(name)), (int64_t)active);
    meter_set(meter_series(&pending, "cluster_queue=\"%.*s\",status=\"inadmissible\"" ROLE, STR_FMT(name)), (int64_t)parked);
    meter_set(meter_series(&reserving, "cluster_queue=\"%.*s\"" ROLE, STR_FMT(name)), has);
    meter_set(meter_series(&admitted, "cluster_queue=\"%.*s\"" ROLE, STR_FMT(name)), runs);
    for (size_t i = 0; i < ARRAY_LEN(all); i++)
        meter_set(meter_series(&standing, "cluster_queue=\"%.*s\",status=\"%s\"" ROLE, STR_FMT(name), all[i]), strcmp(all[i], status) == 0);
}

void meters_share(struct str name, struct str cohort, int64_t thousandths)
{
    meter_set(meter_series(&share, "cluster_queue=\"%.*s\",cohort=\"%.*s\"" ROLE, STR_FMT(name), STR_FMT(cohort)), thousandths);
}

void meters_amount(enum meters_amount what, const struct value *cluster, struct str flavor, struct str resource, int64_t n)
{
    meter_set(meter_series(&amounts[what], "cohort=\"%.*s\",cluster_queue=\"%.*s\",flavor=\"%.*s\",resource=\"%.*s\"" ROLE,
                           STR_FMT(value_text_at(cluster, "spec.cohortName")), STR_FMT(value_text_at(cluster, "metadata.name")), STR_FMT(flavor),
                           STR_FMT(resource)),
              str_is(resource, "cpu") ? n
              : n > INT64_MAX / 1000  ? INT64_MAX
                                      : n * 1000);
}
