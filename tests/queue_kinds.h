/* The rows of Kueue's kinds, as room structural would make them of their definitions; for tests without a server. */
#ifndef CORACLE_TESTS_QUEUE_KINDS_H
#define CORACLE_TESTS_QUEUE_KINDS_H

#include "schema/schema.h"
#include "tests/unit.h"

#define QUEUE_KINDS 8
static struct schema_custom queue_kind_definitions[QUEUE_KINDS];
static struct schema_resource queue_kind_rows[QUEUE_KINDS];
static struct schema_kind queue_kind_kinds[QUEUE_KINDS];

static void queue_kinds_drop(struct schema_custom *c)
{
    (void)c;
}

static inline void queue_kinds_publish(void)
{
    static const struct {
        struct str definition, plural, kind;
        bool namespaced;
    } rows[QUEUE_KINDS] = {
        {STR_INIT("resourceflavors.kueue.x-k8s.io"), STR_INIT("resourceflavors"), STR_INIT("ResourceFlavor"), false},
        {STR_INIT("clusterqueues.kueue.x-k8s.io"), STR_INIT("clusterqueues"), STR_INIT("ClusterQueue"), false},
        {STR_INIT("cohorts.kueue.x-k8s.io"), STR_INIT("cohorts"), STR_INIT("Cohort"), false},
        {STR_INIT("localqueues.kueue.x-k8s.io"), STR_INIT("localqueues"), STR_INIT("LocalQueue"), true},
        {STR_INIT("workloads.kueue.x-k8s.io"), STR_INIT("workloads"), STR_INIT("Workload"), true},
        {STR_INIT("workloadpriorityclasses.kueue.x-k8s.io"), STR_INIT("workloadpriorityclasses"), STR_INIT("WorkloadPriorityClass"), false},
        {STR_INIT("admissionchecks.kueue.x-k8s.io"), STR_INIT("admissionchecks"), STR_INIT("AdmissionCheck"), false},
        {STR_INIT("topologies.kueue.x-k8s.io"), STR_INIT("topologies"), STR_INIT("Topology"), false}};
    for (size_t i = 0; i < QUEUE_KINDS; i++) {
        struct schema_custom *c = &queue_kind_definitions[i];
        struct schema_resource *r = &queue_kind_rows[i];
        struct schema_kind *k = &queue_kind_kinds[i];
        *k = (struct schema_kind){.group = STR("kueue.x-k8s.io"),
                                  .version = STR("v1beta2"),
                                  .name = rows[i].kind,
                                  .api_version = STR("kueue.x-k8s.io/v1beta2"),
                                  .custom = c};
        *r = (struct schema_resource){.group = STR("kueue.x-k8s.io"),
                                      .version = STR("v1beta2"),
                                      .name = rows[i].plural,
                                      .kind = k,
                                      .namespaced = rows[i].namespaced,
                                      .served = true,
                                      .verbs = UINT16_MAX,
                                      .storage = r,
                                      .custom = c};
        *c = (struct schema_custom){.refs = 1,
                                    .name = rows[i].definition,
                                    .group = STR("kueue.x-k8s.io"),
                                    .plural = rows[i].plural,
                                    .kind = rows[i].kind,
                                    .resources = r,
                                    .n = 1,
                                    .drop = queue_kinds_drop};
        assert_done(schema_custom_publish(c));
    }
}

static inline void queue_kinds_withdraw(void)
{
    for (size_t i = 0; i < QUEUE_KINDS; i++)
        schema_custom_withdraw(queue_kind_definitions[i].name);
}

#endif
