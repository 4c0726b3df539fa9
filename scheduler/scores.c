#include "scheduler/inside.h"

/* Scores: each 0…100, weighted as kube-scheduler's defaults. */
#define WEIGHT_FIT 1
#define WEIGHT_BALANCED 1
#define WEIGHT_AFFINITY 2
#define WEIGHT_TAINT 3
#define WEIGHT_IMAGE 1

static int64_t least_allocated(const struct machine *m, const struct amounts *asks)
{
    int64_t sum = 0;
    for (size_t i = AMOUNT_CPU; i <= AMOUNT_MEMORY; i++) {
        int64_t used = m->used.seeming[i] + asks->seeming[i], has = m->has.fixed[i];
        sum += has > 0 && used < has ? (has - used) * 100 / has : 0;
    }
    return sum / 2;
}

static int64_t balanced(const struct machine *m, const struct amounts *asks)
{
    double part[2];
    for (size_t i = AMOUNT_CPU; i <= AMOUNT_MEMORY; i++) {
        int64_t used = m->used.fixed[i] + asks->fixed[i];
        part[i] = m->has.fixed[i] > 0 ? MIN((double)used / (double)m->has.fixed[i], 1.0) : 1.0;
    }
    double apart = part[0] > part[1] ? part[0] - part[1] : part[1] - part[0];
    return (int64_t)((1.0 - apart / 2) * 100);
}

static int64_t preferred_affinity(const struct machine *m, const struct value *pod)
{
    const struct value *list = value_at(pod, "spec.affinity.nodeAffinity.preferredDuringSchedulingIgnoredDuringExecution");
    int64_t sum = 0, most = 0;
    VALUE_EACH_ITEM(p, list)
    {
        int64_t weight = value_int_at(p, "weight", 0);
        most += weight;
        sum += term_matches(m, value_at(p, "preference")) ? weight : 0;
    }
    return most ? sum * 100 / most : 0;
}

static int64_t soft_taints(const struct machine *m, const struct value *pod)
{
    const struct value *tolerations = value_at(pod, "spec.tolerations");
    int64_t bad = 0;
    VALUE_EACH_ITEM(t, &m->taints)
        bad += str_is(value_text_at(t, "effect"), "PreferNoSchedule") && !tolerates(tolerations, t);
    return bad ? 100 / (bad + 1) : 100;
}

static int64_t image_there(const struct machine *m, const struct value *pod)
{
    const struct value *containers = value_at(pod, "spec.containers");
    int64_t found = 0, all = 0;
    VALUE_EACH_ITEM(c, containers)
    {
        bool there = false;
        struct str image = value_text_at(c, "image");
        all++;
        VALUE_EACH_ITEM(i, &m->images)
        {
            const struct value *names = value_get(i, STR("names"));
            VALUE_EACH_ITEM(n, names)
                there = there || str_ends(value_text(n), image);
        }
        found += there;
    }
    return all ? found * 100 / all : 0;
}

int64_t score_of(const struct machine *m, const struct value *pod, const struct amounts *asks)
{
    return WEIGHT_FIT * least_allocated(m, asks) + WEIGHT_BALANCED * balanced(m, asks) + WEIGHT_AFFINITY * preferred_affinity(m, pod) +
           WEIGHT_TAINT * soft_taints(m, pod) + WEIGHT_IMAGE * image_there(m, pod);
}
