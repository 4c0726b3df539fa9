#include "sched/inside.h"

#include <math.h>

/* Scores of one node by what it has and what is asked: 0 … 100 each, in whole numbers, rounded as upstream does. */

#define MOST 100

static int64_t used_of(const struct sched *s, uint32_t column, uint32_t node)
{
    return s->used[column] ? s->used[column][node] : 0;
}

static int64_t shaped(const struct sched_profile *p, int64_t utilization)
{
    for (size_t i = 0; i < p->n_shape; i++) {
        if (utilization > p->shape[i].utilization)
            continue;
        if (i == 0)
            return p->shape[0].score;
        int64_t x = p->shape[i].utilization - p->shape[i - 1].utilization, y = p->shape[i].score - p->shape[i - 1].score;
        return p->shape[i - 1].score + y * (utilization - p->shape[i - 1].utilization) / x;
    }
    return p->n_shape ? p->shape[p->n_shape - 1].score : 0;
}

/* What one resource contributes; false: it does not take part. */
static bool resource_of(const struct sched *s, const struct ask *q, uint32_t column, bool seeming, uint32_t node, int64_t *has, int64_t *used,
                        int64_t *asks)
{
    if (column == ASK_COLUMN_NONE || !s->has[column])
        return false;
    bool faked = seeming && column <= ASK_MEMORY;
    *has = s->has[column][node];
    *used = faked ? s->seeming[column][node] : used_of(s, column, node);
    *asks = faked ? q->amounts->seeming[column] : ask_amount_of(q->amounts, column);
    return *has != 0 && (*asks != 0 || column < ASK_PODS);
}

int64_t score_fit(const struct sched *s, const struct class *c, uint32_t node)
{
    const struct sched_profile *p = c->profile;
    int64_t sum = 0, weights = 0;
    for (size_t i = 0; i < p->n_fit; i++) {
        int64_t has, used, asks, score;
        if (!resource_of(s, c->ask, c->added->fit[i], true, node, &has, &used, &asks))
            continue;
        int64_t wanted = used + asks;
        if (p->strategy == SCHED_LEAST_ALLOCATED)
            score = wanted > has ? 0 : (has - wanted) * MOST / has;
        else if (p->strategy == SCHED_MOST_ALLOCATED)
            score = MIN(wanted, has) * MOST / has;
        else
            score = shaped(p, wanted > has ? MOST : wanted * MOST / has);
        if (p->strategy == SCHED_REQUESTED_TO_CAPACITY && score == 0)
            continue;
        sum += score * p->fit[i].weight;
        weights += p->fit[i].weight;
    }
    if (weights == 0)
        return 0;
    return p->strategy == SCHED_REQUESTED_TO_CAPACITY ? (2 * sum + weights) / (2 * weights) : sum / weights;
}

static int64_t balance(const double *part, size_t n)
{
    double apart = 0, sum = 0;
    if (n == 2) {
        apart = part[0] > part[1] ? (part[0] - part[1]) / 2 : (part[1] - part[0]) / 2;
    } else if (n > 2) {
        for (size_t i = 0; i < n; i++)
            sum += part[i];
        double mean = sum / (double)n;
        sum = 0;
        for (size_t i = 0; i < n; i++)
            sum += (part[i] - mean) * (part[i] - mean);
        apart = sqrt(sum / (double)n);
    }
    return (int64_t)((1 - apart) * MOST);
}

int64_t score_balanced(const struct sched *s, const struct class *c, uint32_t node)
{
    const struct sched_profile *p = c->profile;
    double with[SCHED_SCORED_MAX], without[SCHED_SCORED_MAX];
    size_t n = 0;
    bool asked = false;
    for (size_t i = 0; i < p->n_balanced; i++)
        asked = asked || ask_amount_of(c->ask->amounts, c->added->balanced[i]) != 0;
    if (!asked)
        return 0; /* best effort: all nodes alike */
    for (size_t i = 0; i < p->n_balanced; i++) {
        int64_t has, used, asks;
        if (!resource_of(s, c->ask, c->added->balanced[i], false, node, &has, &used, &asks))
            continue;
        double a = (double)(used + asks) / (double)has, b = (double)used / (double)has;
        with[n] = a > 1 ? 1 : a;
        without[n++] = b > 1 ? 1 : b;
    }
    return MOST / 2 + (MOST / 2 + balance(with, n) - balance(without, n)) / 2;
}

#define IMAGE_LEAST (23 * INT64_C(1048576))
#define IMAGE_MOST  (1000 * INT64_C(1048576))

int64_t score_images(const struct sched *s, const struct class *c, uint32_t node)
{
    const struct ask *q = c->ask;
    const struct machine *m = s->machines[node];
    int64_t sum = 0, most = IMAGE_MOST * (int64_t)q->n_images;
    for (uint32_t i = 0; i < q->n_images; i++) {
        const struct image *known = node_image(s, q->images[i]);
        for (uint32_t k = 0; known && k < m->n_images; k++)
            if (m->images[k].name == q->images[i]) {
                sum += (int64_t)((double)m->images[k].size * ((double)known->size / (double)MAX(s->n_known, 1u)));
                break;
            }
    }
    sum = MAX(MIN(sum, most), IMAGE_LEAST);
    return q->n_images ? MOST * (sum - IMAGE_LEAST) / (most - IMAGE_LEAST) : 0;
}

int64_t sched_fullness(const struct sched *s, const struct sched_pod *p, const uint32_t *nodes, size_t n)
{
    const struct class *c = p->ask->class;
    int64_t sum = 0, weights = 0;
    for (size_t i = 0; i < c->profile->n_fit; i++) {
        uint32_t column = c->added->fit[i];
        int64_t has = 0, used = 0;
        for (size_t k = 0; column != ASK_COLUMN_NONE && s->has[column] && k < n; k++) {
            has += s->has[column][nodes[k]];
            used += column <= ASK_MEMORY ? s->seeming[column][nodes[k]] : used_of(s, column, nodes[k]);
        }
        if (has == 0)
            continue;
        sum += MIN(used, has) * MOST / has * c->profile->fit[i].weight;
        weights += c->profile->fit[i].weight;
    }
    return weights ? sum / weights : 0;
}
