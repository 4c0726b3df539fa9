#include "measure/inside.h"

#include "object/object.h"

/* NodePrice and NodeEnergy: what a processor costs here, against where it costs least. */

static void least(struct measure *m, enum cost c)
{
    m->least[c] = 0;
    MAP_EACH (slot, &m->places) {
        const struct place *p = slot->value;
        if (p->cost[c] > 0 && (!(m->least[c] > 0) || p->cost[c] < m->least[c]))
            m->least[c] = p->cost[c];
    }
}

static void set_cost(struct measure *m, struct place *p, enum cost c, double cost)
{
    bool was = p->cost[c] > 0 && !(p->cost[c] > m->least[c]);
    p->cost[c] = cost;
    if (was)
        least(m, c);
    else if (cost > 0 && (!(m->least[c] > 0) || cost < m->least[c]))
        m->least[c] = cost;
}

void costs_read(struct measure *m, struct place *p, const struct value *node)
{
    static const char *const notes[COSTS] = {[COST_PRICE] = MEASURE_PRICE, [COST_WATTS] = MEASURE_WATTS};
    const struct value *cpu = value_at(node, "status.allocatable.cpu");
    int64_t milli = cpu ? quantity_milli(quantity_of(cpu)) : 0;
    for (enum cost c = 0; c < COSTS; c++) {
        struct quantity q;
        struct str text = value_text(value_get(value_at(node, "metadata.annotations"), str_of(notes[c])));
        bool told = milli > 0 && text.n && quantity_parse(text, &q) == 0 && q.nano > 0;
        set_cost(m, p, c, told ? (double)q.nano / (double)milli : 0);
    }
}

void costs_drop(struct measure *m, struct place *p)
{
    for (enum cost c = 0; c < COSTS; c++)
        set_cost(m, p, c, 0);
}

static int64_t score(const struct measure *m, enum cost c, uint32_t node)
{
    const struct place *p = map_get(&m->places, sched_node_name(m->engine, node));
    return p && p->cost[c] > 0 ? (int64_t)(100 * m->least[c] / p->cost[c]) : 0;
}

int cost_claims(void *self, const struct value *pod, struct buf *key)
{
    ssize_t profile;
    (void)key;
    return measure_enabled(self, pod, MEASURE_COST, &profile);
}

int64_t cost_score(void *self, const struct sched_pod *pod, uint32_t node)
{
    (void)pod;
    return score(self, COST_PRICE, node);
}

int energy_claims(void *self, const struct value *pod, struct buf *key)
{
    ssize_t profile;
    (void)key;
    return measure_enabled(self, pod, MEASURE_ENERGY, &profile);
}

int64_t energy_score(void *self, const struct sched_pod *pod, uint32_t node)
{
    (void)pod;
    return score(self, COST_WATTS, node);
}
