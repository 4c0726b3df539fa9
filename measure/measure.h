/* measure: scores by what is measured of nodes, and by what is known of their cost — four plugins of `sched`.
 *
 *   NetworkLatency   how far, in round-trip time, a node is from what the pod is to be near:
 *                        latency.coracle.dev/nodes: site=berlin     the nearest node with these labels
 *                        latency.coracle.dev/pods: app=db,tier=hot  the farthest pod of its namespace with these labels
 *                        latency.coracle.dev/most: 5ms              nodes that are farther, or of which it is not known, are refused
 *                    Annotations of the pod; what it does not say a profile's arguments may (nodes, pods, most). With both nodes and pods the longer
 * of the two distances counts. A factor of ten costs twenty points: 10 µs and less are 100, a second is 0, as is what nobody knows. Where no such pod
 * runs yet nothing is refused, since there is nothing to be near; where no node has the labels all are. DataLocality     which part of the datasets
 * the pod reads lies on the node already, by bytes: coracle.dev/datasets: imagenet=150Gi,words the size of one that does not say is the most that any
 * node has of it NodePrice        100 × the lowest price of a processor-hour / the node's; 0 where the node tells none NodeEnergy       the same of
 * watts
 *
 * The first two have to do with pods that ask, by annotation or by a profile with arguments; the others take part in profiles that enable them.
 *
 * Where the numbers come from: annotations of Nodes.
 *
 *     latency.coracle.dev/rtt: node-2=512us,node-3=11ms   its agent measured these round trips (node/latency.c)
 *     data.coracle.dev/imagenet: "161061273600"           bytes that lie there; its agent counts the folders it was told of (node/data.c)
 *     coracle.dev/price-per-hour: "0.12"                  of the whole node; whoever knows it writes it
 *     coracle.dev/watts: "85"                             as well
 *
 * A pair of nodes is as far apart as one of the two measured; the first one's word counts. A pair neither measured is as far apart as their sites
 * are: the mean of all measured pairs of the two. A node's site is its label coracle.dev/site, else topology.kubernetes.io/zone.
 *
 * Pure, single threaded. Whoever tells the engine of nodes and pods tells this room too, directly after. An answer about a node depends on other
 * nodes here, so whatever changes one of these numbers touches all of them; agents tell only of changes that matter. */
#ifndef CORACLE_MEASURE_H
#define CORACLE_MEASURE_H

#include "base/base.h"
#include "sched/sched.h"
#include "value/value.h"

#define MEASURE_RTT        "latency.coracle.dev/rtt"
#define MEASURE_DATA       "data.coracle.dev/" /* with the dataset's name behind it */
#define MEASURE_PRICE      "coracle.dev/price-per-hour"
#define MEASURE_WATTS      "coracle.dev/watts"
#define MEASURE_SITE       "coracle.dev/site"
#define MEASURE_ZONE       "topology.kubernetes.io/zone"
#define MEASURE_NEAR_NODES "latency.coracle.dev/nodes"
#define MEASURE_NEAR_PODS  "latency.coracle.dev/pods"
#define MEASURE_NEAR_MOST  "latency.coracle.dev/most"
#define MEASURE_DATASETS   "coracle.dev/datasets"

#define MEASURE_PEERS_MAX 64 /* round trips one node tells of; more are passed over */
#define MEASURE_SETS_MAX  64 /* datasets of one node, and of one pod */
#define MEASURE_PAIRS_MAX 8  /* labels a pod may be near to */

enum measure_plugin { MEASURE_LATENCY, MEASURE_LOCALITY, MEASURE_COST, MEASURE_ENERGY, MEASURE_PLUGINS };

struct measure;
int measure_new(struct measure **out) MUST_USE;
struct measure *measure_free(struct measure *m); /* after the engine */
struct sched_plugin measure_plugin(struct measure *m, enum measure_plugin which);
/* first: the engine's number of the first of the four, which follow each other. Before the first node. */
void measure_attach(struct measure *m, struct sched *engine, unsigned first);

/* 0; MEASURE_CHANGED: nodes were touched, and pods that were refused may fit now; -ENOMEM leaves what was, or less. */
#define MEASURE_CHANGED 1
int measure_node_put(struct measure *m, const struct value *node) MUST_USE;
int measure_node_gone(struct measure *m, struct str name) MUST_USE;
int measure_pod_put(struct measure *m, struct str uid) MUST_USE;
int measure_pod_gone(struct measure *m, struct str uid) MUST_USE;

/* How far apart two nodes are, in nanoseconds; -1: nobody knows. */
int64_t measure_rtt(const struct measure *m, struct str from, struct str to);
/* … as points, 0 … 100. */
int64_t measure_points(int64_t ns);

/* ── texts, for agents too ── */
/* "512us", "1.5ms", "2s"; nanoseconds without a unit. -EINVAL. */
int measure_time_parse(struct str text, int64_t *ns) MUST_USE;
void measure_time_print(int64_t ns, struct buf *out); /* whole microseconds, at least one */

#endif
