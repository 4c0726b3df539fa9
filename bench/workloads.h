/* bench_sched's case of workloads and quotas, in a file of its own. */
#ifndef CORACLE_BENCH_WORKLOADS_H
#define CORACLE_BENCH_WORKLOADS_H

#include <stdio.h>

/* Kueue's own generator: 5 cohorts of 6 queues, 500 workloads each, in simulated time. Prints a row of the table, and one into out (may be NULL). */
void bench_workloads(FILE *out);

#endif
