#include "scheduler/inside.h"

/* Filters: each a question about one node and one pod. */

bool tolerates(const struct value *tolerations, const struct value *taint)
{
    VALUE_EACH_ITEM(t, tolerations)
    {
        struct str key = value_text_at(t, "key"), effect = value_text_at(t, "effect"), op = value_text_at(t, "operator");
        bool exists = str_is(op, "Exists");
        int64_t a, b;
        if (effect.n && !str_eq(effect, value_text_at(taint, "effect")))
            continue;
        if (key.n ? !str_eq(key, value_text_at(taint, "key")) : !exists)
            continue;
        bool equal = !op.n || str_is(op, "Equal");
        if (exists || (equal && str_eq(value_text_at(t, "value"), value_text_at(taint, "value"))))
            return true;
        if ((str_is(op, "Lt") || str_is(op, "Gt")) && str_to_int(value_text_at(taint, "value"), &a) == 0 &&
            str_to_int(value_text_at(t, "value"), &b) == 0 && (str_is(op, "Lt") ? a < b : a > b))
            return true;
    }
    return false;
}

static bool in_list(const struct value *list, struct str text)
{
    VALUE_EACH_ITEM(v, list)
        if (str_eq(value_text(v), text))
            return true;
    return false;
}

static bool requirement_matches(const struct value *r, const struct value *found)
{
    struct str op = value_text_at(r, "operator"), text = value_text(found);
    const struct value *values = value_at(r, "values");
    int64_t a, b;
    if (str_is(op, "In"))
        return found && in_list(values, text);
    if (str_is(op, "NotIn"))
        return !found || !in_list(values, text);
    if (str_is(op, "Exists"))
        return found != NULL;
    if (str_is(op, "DoesNotExist"))
        return !found;
    if (!found || str_to_int(text, &a) < 0 || str_to_int(value_text(value_item(values, 0)), &b) < 0)
        return false;
    return str_is(op, "Gt") ? a > b : str_is(op, "Lt") && a < b;
}

bool term_matches(const struct machine *m, const struct value *term)
{
    const struct value *labels = value_at(term, "matchExpressions"), *fields = value_at(term, "matchFields");
    if (value_count(labels) == 0 && value_count(fields) == 0)
        return false; /* an empty term selects nothing */
    VALUE_EACH_ITEM(r, labels)
        if (!requirement_matches(r, value_get(&m->labels, value_text_at(r, "key"))))
            return false;
    struct value name = value_make_text(m->name);
    VALUE_EACH_ITEM(r, fields)
        if (!requirement_matches(r, str_is(value_text_at(r, "key"), "metadata.name") ? &name : NULL))
            return false;
    return true;
}

static bool affinity_matches(const struct machine *m, const struct value *pod)
{
    const struct value *selector = value_at(pod, "spec.nodeSelector");
    const struct value *required = value_at(pod, "spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution");
    VALUE_EACH_MEMBER(s, selector)
    {
        const struct value *label = value_get(&m->labels, s->key);
        if (!label || !str_eq(value_text(label), value_text(&s->value)))
            return false;
    }
    if (!required)
        return true;
    const struct value *terms = value_at(required, "nodeSelectorTerms");
    VALUE_EACH_ITEM(t, terms)
        if (term_matches(m, t))
            return true;
    return false;
}

bool scheduler_node_selected(const struct value *pod, const struct value *node)
{
    const struct value *labels = value_at(node, "metadata.labels");
    struct machine m = {.name = value_text_at(node, "metadata.name")};
    if (labels)
        m.labels = *labels;
    return affinity_matches(&m, pod);
}

bool scheduler_tolerated(const struct value *pod, const struct value *taint)
{
    return tolerates(value_at(pod, "spec.tolerations"), taint);
}

enum scheduler_refusal filter_static(const struct machine *m, const struct value *pod, struct str *detail)
{
    const struct value *tolerations = value_at(pod, "spec.tolerations");
    struct value cordon = value_make_map();
    struct value_member parts[] = {{STR_INIT("key"), value_make_text(STR("node.kubernetes.io/unschedulable"))},
                                   {STR_INIT("effect"), value_make_text(STR("NoSchedule"))}};
    cordon.map.members = parts;
    cordon.map.n = cordon.map.cap = ARRAY_LEN(parts);
    if (m->unschedulable && !tolerates(tolerations, &cordon))
        return SCHEDULER_UNSCHEDULABLE;
    struct str wanted = value_text_at(pod, "spec.nodeName");
    if (wanted.n && !str_eq(wanted, m->name))
        return SCHEDULER_NODE_NAME;
    VALUE_EACH_ITEM(t, &m->taints)
    {
        struct str effect = value_text_at(t, "effect");
        if (str_is(effect, "PreferNoSchedule") || tolerates(tolerations, t))
            continue;
        *detail = value_text_at(t, "key");
        return SCHEDULER_TAINT;
    }
    return affinity_matches(m, pod) ? SCHEDULER_FITS : SCHEDULER_AFFINITY;
}

enum scheduler_refusal filter_room(const struct machine *m, const struct amounts *used, const struct amounts *asks, struct str *detail)
{
    static const enum scheduler_refusal refusals[] = {[AMOUNT_CPU] = SCHEDULER_CPU, [AMOUNT_MEMORY] = SCHEDULER_MEMORY, [AMOUNT_EPHEMERAL] = SCHEDULER_EPHEMERAL};
    if (used->pods + 1 > m->has.pods)
        return SCHEDULER_PODS;
    for (size_t i = 0; i < AMOUNTS; i++)
        if (asks->fixed[i] > 0 && used->fixed[i] + asks->fixed[i] > m->has.fixed[i])
            return refusals[i];
    for (size_t i = 0; i < asks->n_extended; i++) {
        int64_t has = 0, taken = 0;
        for (size_t k = 0; k < m->has.n_extended; k++)
            if (str_eq(m->has.extended[k].name, asks->extended[i].name))
                has = m->has.extended[k].n;
        for (size_t k = 0; k < used->n_extended; k++)
            if (str_eq(used->extended[k].name, asks->extended[i].name))
                taken = used->extended[k].n;
        if (asks->extended[i].n > 0 && taken + asks->extended[i].n > has) {
            *detail = asks->extended[i].name;
            return SCHEDULER_EXTENDED;
        }
    }
    return SCHEDULER_FITS;
}

bool port_clash(const struct port *a, const struct port *b)
{
    static const struct str all = STR_INIT("0.0.0.0");
    return a->number == b->number && str_eq(a->protocol, b->protocol) && (str_eq(a->ip, b->ip) || str_eq(a->ip, all) || str_eq(b->ip, all));
}

bool ports_clash(const struct machine *m, const struct port *ports, size_t n, int32_t below)
{
    LIST_EACH(p, &m->pods, struct placed, link)
    {
        if (p->priority < below)
            continue;
        for (size_t i = 0; i < n; i++)
            for (size_t k = 0; k < p->n_ports; k++)
                if (port_clash(&ports[i], &p->ports[k]))
                    return true;
    }
    return false;
}
