/* What a pod gets from classes: its priority, its runtime's overhead and
 * placement; and how long it stays on a node that fell silent. */
#include "admit/inside.h"

/* ── Priority ── */

struct default_class {
    struct arena *a;
    struct str name, policy;
    int64_t value;
    bool found;
};

static int default_class_look(void *ctx, const struct value *pc)
{
    struct default_class *d = ctx;
    int64_t value = value_int_at(pc, "value", 0);
    if (!value_bool_at(pc, "globalDefault", false) || (d->found && value >= d->value))
        return 0; /* of several the lowest counts */
    d->found = true;
    d->value = value;
    if (arena_str(d->a, value_text_at(pc, "metadata.name"), &d->name) < 0 || arena_str(d->a, value_text_at(pc, "preemptionPolicy"), &d->policy) < 0)
        return -ENOMEM;
    return 0;
}

static int priority_keep(struct admit_request *q, struct err *err)
{
    int r = 0;
    static const char *const paths[] = {"spec.priority", "spec.preemptionPolicy"};
    for (size_t i = 0; i < 2; i++) {
        const struct value *old = value_at(q->old, paths[i]);
        if (value_is_null(value_at(q->object, paths[i])) && !value_is_null(old))
            VALUE_SET(&r, q->arena, q->object, paths[i], *old);
    }
    return r < 0 ? admit_no_memory(err) : 0;
}

static int priority_of_class(struct admit_request *q, struct admit_answer *ans, struct default_class *d, struct err *err)
{
    struct str name = value_text_at(q->object, "spec.priorityClassName");
    struct value pc;
    *d = (struct default_class){.a = q->arena};
    if (!name.n) {
        int r = q->lookup->each(q->lookup->ctx, q->arena, STR("scheduling.k8s.io"), STR("priorityclasses"), STR(""), default_class_look, d);
        if (d->name.n)
            VALUE_SET(&r, q->arena, q->object, "spec.priorityClassName", value_make_text(d->name));
        if (!d->policy.n)
            d->policy = STR("PreemptLowerPriority");
        return r < 0 ? err_raise(err, r, "cannot look for a default priority class") : 0;
    }
    int r = admit_get(q, "scheduling.k8s.io", "priorityclasses", STR(""), name, &pc, err);
    if (r == AUTH_ABSENT)
        return admit_forbid(q, ans, "no PriorityClass with name %.*s was found", STR_FMT(name));
    if (r < 0)
        return r;
    d->value = value_int_at(&pc, "value", 0);
    d->policy = value_text_at(&pc, "preemptionPolicy");
    return 0;
}

int priority_mutate(struct admit_request *q, struct admit_answer *ans, struct err *err)
{
    struct default_class d;
    if (q->subresource.n)
        return 0;
    if (q->operation == ADMIT_UPDATE)
        return priority_keep(q, err);
    int r = priority_of_class(q, ans, &d, err);
    if (r != 0)
        return r;
    const struct value *given = value_at(q->object, "spec.priority");
    struct str policy = value_text_at(q->object, "spec.preemptionPolicy");
    if (!value_is_null(given) && value_int(given, 0) != d.value)
        return admit_forbid(q, ans,
                            "the integer value of priority (%lld) must not be provided in pod spec; priority admission "
                            "controller computed %lld from the given PriorityClass name",
                            (long long)value_int(given, 0), (long long)d.value);
    VALUE_SET(&r, q->arena, q->object, "spec.priority", value_make_int(d.value));
    if (!d.policy.n)
        return r < 0 ? admit_no_memory(err) : 0;
    if (policy.n && !str_eq(policy, d.policy))
        return admit_forbid(q, ans,
                            "the string value of PreemptionPolicy (%.*s) must not be provided in pod spec; priority admission "
                            "controller computed %.*s from the given PriorityClass name",
                            STR_FMT(policy), STR_FMT(d.policy));
    VALUE_SET(&r, q->arena, q->object, "spec.preemptionPolicy", value_make_text(d.policy));
    return r < 0 ? admit_no_memory(err) : 0;
}

/* PodGroups and composite ones: the same, worded otherwise. */
int group_priority_mutate(struct admit_request *q, struct admit_answer *ans, struct err *err)
{
    struct default_class d;
    const char *what = str_is(q->resource, "podgroups") ? "pod group" : "composite pod group";
    if (q->subresource.n)
        return 0;
    int r = priority_of_class(q, ans, &d, err);
    if (r != 0)
        return r;
    const struct value *given = value_at(q->object, "spec.priority");
    struct str policy = value_text_at(q->object, "spec.preemptionPolicy");
    if (!value_is_null(given) && value_int(given, 0) != d.value)
        return admit_forbid(q, ans,
                            "priority set in the %s (%lld) must match the priority computed (%lld) based on the priority class set in the spec", what,
                            (long long)value_int(given, 0), (long long)d.value);
    if (d.policy.n && policy.n && !str_eq(policy, d.policy))
        return admit_forbid(
            q, ans,
            "the string value of PreemptionPolicy (%.*s) must not be provided in %s spec; priority admission controller computed %.*s from "
            "the given PriorityClass name",
            STR_FMT(policy), what, STR_FMT(d.policy));
    VALUE_SET(&r, q->arena, q->object, "spec.priority", value_make_int(d.value));
    if (d.policy.n)
        VALUE_SET(&r, q->arena, q->object, "spec.preemptionPolicy", value_make_text(d.policy));
    return r < 0 ? admit_no_memory(err) : 0;
}

/* A PodGroup stays while pods of it live: its controller takes the finalizer off. */
int group_protection_mutate(struct admit_request *q, struct admit_answer *ans, struct err *err)
{
    const struct str mark = STR("scheduling.k8s.io/podgroup-protection");
    struct value *list = value_at(q->object, "metadata.finalizers");
    (void)ans;
    if (q->subresource.n)
        return 0;
    VALUE_EACH_ITEM (f, list)
        if (str_eq(value_text(f), mark))
            return 0;
    if (value_is_null(list))
        list = value_put(q->arena, q->object, "metadata.finalizers", value_make_list());
    return !list || !value_add(q->arena, list, value_make_text(mark)) ? admit_no_memory(err) : 0;
}

struct other_default {
    struct str own;
    struct arena *a;
    struct str other;
};

static int other_default_look(void *ctx, const struct value *pc)
{
    struct other_default *d = ctx;
    struct str name = value_text_at(pc, "metadata.name");
    if (!value_bool_at(pc, "globalDefault", false) || str_eq(name, d->own))
        return 0;
    return arena_str(d->a, name, &d->other) < 0 ? -ENOMEM : 1;
}

int priority_validate(struct admit_request *q, struct admit_answer *ans, struct err *err)
{
    struct other_default d = {.own = value_text_at(q->object, "metadata.name"), .a = q->arena};
    if (q->subresource.n || !value_bool_at(q->object, "globalDefault", false))
        return 0;
    int r = q->lookup->each(q->lookup->ctx, q->arena, STR("scheduling.k8s.io"), STR("priorityclasses"), STR(""), other_default_look, &d);
    if (r < 0)
        return err_raise(err, r, "cannot look for a default priority class");
    if (r == 0)
        return 0;
    return admit_forbid(q, ans, "PriorityClass %.*s is already marked as default. Only one default can exist", STR_FMT(d.other));
}

/* ── DefaultTolerationSeconds ── */

static bool tolerated(const struct value *pod, const char *key)
{
    VALUE_EACH_ITEM (t, value_at(pod, "spec.tolerations")) {
        struct str k = value_text_at(t, "key"), effect = value_text_at(t, "effect");
        if ((!k.n || str_is(k, key)) && (!effect.n || str_is(effect, "NoExecute")))
            return true;
    }
    return false;
}

int tolerations_mutate(struct admit_request *q, struct admit_answer *ans, struct err *err)
{
    (void)ans;
    static const char *const keys[] = {"node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable"};
    bool missing[2];
    if (q->subresource.n)
        return 0;
    for (size_t i = 0; i < 2; i++)
        missing[i] = !tolerated(q->object, keys[i]);
    for (size_t i = 0; i < 2; i++) {
        struct value t = value_make_map(), *list = value_at(q->object, "spec.tolerations");
        int r = 0;
        if (!missing[i])
            continue;
        VALUE_SET(&r, q->arena, &t, "effect", value_make_text(STR("NoExecute")));
        VALUE_SET(&r, q->arena, &t, "key", value_make_text(str_of(keys[i])));
        VALUE_SET(&r, q->arena, &t, "operator", value_make_text(STR("Exists")));
        VALUE_SET(&r, q->arena, &t, "tolerationSeconds", value_make_int(300));
        if (r == 0 && (!list || list->type != VALUE_LIST))
            list = value_put(q->arena, q->object, "spec.tolerations", value_make_list());
        if (r < 0 || !list || !value_add(q->arena, list, t))
            return admit_no_memory(err);
    }
    return 0;
}

/* ── RuntimeClass ── */

static int runtime_class_find(struct admit_request *q, struct admit_answer *ans, struct value *rc, struct err *err)
{
    struct str name = value_text_at(q->object, "spec.runtimeClassName");
    *rc = (struct value){0};
    if (!name.n)
        return 0;
    int r = admit_get(q, "node.k8s.io", "runtimeclasses", STR(""), name, rc, err);
    if (r == AUTH_ABSENT)
        return admit_forbid(q, ans, "pod rejected: RuntimeClass \"%.*s\" not found", STR_FMT(name));
    return r;
}

static int scheduling_merge(struct admit_request *q, struct admit_answer *ans, const struct value *rc, struct err *err)
{
    VALUE_EACH_MEMBER (m, value_at(rc, "scheduling.nodeSelector")) {
        struct value *own = value_at(q->object, "spec.nodeSelector");
        const struct value *have = value_get(own, m->key);
        if (have && !str_eq(value_text(have), value_text(&m->value)))
            return admit_forbid(q, ans, "conflict: runtimeClass.scheduling.nodeSelector[%.*s] = %.*s; pod.spec.nodeSelector[%.*s] = %.*s",
                                STR_FMT(m->key), STR_FMT(value_text(&m->value)), STR_FMT(m->key), STR_FMT(value_text(have)));
        if (!own || own->type != VALUE_MAP)
            own = value_put(q->arena, q->object, "spec.nodeSelector", value_make_map());
        if (!own || !value_set(q->arena, own, m->key, m->value))
            return admit_no_memory(err);
    }
    VALUE_EACH_ITEM (t, value_at(rc, "scheduling.tolerations")) {
        struct value *list = value_at(q->object, "spec.tolerations");
        bool have = false;
        VALUE_EACH_ITEM (own, list)
            have = have || value_equal(own, t);
        if (!have && (!list || list->type != VALUE_LIST))
            list = value_put(q->arena, q->object, "spec.tolerations", value_make_list());
        if (!have && (!list || !value_add(q->arena, list, *t)))
            return admit_no_memory(err);
    }
    return 0;
}

int runtime_class_mutate(struct admit_request *q, struct admit_answer *ans, struct err *err)
{
    struct value rc;
    if (q->subresource.n)
        return 0;
    int r = runtime_class_find(q, ans, &rc, err);
    if (r != 0 || rc.type != VALUE_MAP)
        return r;
    const struct value *overhead = value_at(&rc, "overhead.podFixed");
    const struct value *given = value_at(q->object, "spec.overhead");
    if (!value_is_null(overhead) && value_count(given) && !value_equal(given, overhead))
        return admit_forbid(q, ans, "pod rejected: Pod's Overhead doesn't match RuntimeClass's defined Overhead");
    if (!value_is_null(overhead) && !value_count(given))
        VALUE_SET(&r, q->arena, q->object, "spec.overhead", *overhead);
    return r < 0 ? admit_no_memory(err) : scheduling_merge(q, ans, &rc, err);
}

int runtime_class_validate(struct admit_request *q, struct admit_answer *ans, struct err *err)
{
    struct value rc;
    if (q->subresource.n)
        return 0;
    int r = runtime_class_find(q, ans, &rc, err);
    if (r != 0)
        return r;
    const struct value *overhead = value_at(&rc, "overhead.podFixed");
    if (value_count(value_at(q->object, "spec.overhead")) && value_is_null(overhead))
        return admit_forbid(q, ans, "pod rejected: Pod Overhead set without corresponding RuntimeClass defined Overhead");
    return 0;
}

/* ── AlwaysPullImages ── */

static bool pulls(const struct admit_request *q)
{
    return q->subresource.n == 0 || str_is(q->subresource, "ephemeralcontainers");
}

static const char *const container_lists[] = {"initContainers", "containers", "ephemeralContainers"};

int always_pull_mutate(struct admit_request *q, struct admit_answer *ans, struct err *err)
{
    (void)ans;
    for (size_t k = 0; pulls(q) && k < ARRAY_LEN(container_lists); k++)
        VALUE_EACH_ITEM (c, value_get(value_at(q->object, "spec"), str_of(container_lists[k]))) {
            if (!value_set(q->arena, c, STR("imagePullPolicy"), value_make_text(STR("Always"))))
                return admit_no_memory(err);
        }
    return 0;
}

int always_pull_validate(struct admit_request *q, struct admit_answer *ans, struct err *err)
{
    (void)err;
    for (size_t k = 0; pulls(q) && k < ARRAY_LEN(container_lists); k++) {
        size_t i = 0;
        VALUE_EACH_ITEM (c, value_get(value_at(q->object, "spec"), str_of(container_lists[k]))) {
            struct str policy = value_text_at(c, "imagePullPolicy");
            if (!str_is(policy, "Always"))
                return admit_forbid(q, ans, "spec.%s[%zu].imagePullPolicy: Unsupported value: \"%.*s\": supported values: \"Always\"",
                                    container_lists[k], i, STR_FMT(policy));
            i++;
        }
    }
    return 0;
}

/* ── PodNodeSelector: the namespace's annotation says where its pods may run ── */

#define NODE_SELECTOR STR("scheduler.alpha.kubernetes.io/node-selector")

int node_selector_mutate(struct admit_request *q, struct admit_answer *ans, struct err *err)
{
    struct value ns = {0};
    struct str rest, piece, key, text;
    if (q->subresource.n)
        return 0;
    int r = admit_get(q, "", "namespaces", STR(""), q->namespace, &ns, err);
    if (r)
        return r < 0 ? r : 0;
    rest = value_text(value_get(value_at(&ns, "metadata.annotations"), NODE_SELECTOR));
    while (rest.n && str_next(&rest, ',', &piece)) {
        if (!str_trim(piece).n)
            continue;
        if (!str_cut(piece, '=', &key, &text))
            return admit_forbid(q, ans, "the node selector of namespace \"%.*s\" is malformed: \"%.*s\"", STR_FMT(q->namespace), STR_FMT(piece));
        key = str_trim(key);
        text = str_trim(text);
        struct value *all = value_at(q->object, "spec.nodeSelector");
        if (!all)
            all = value_put(q->arena, q->object, "spec.nodeSelector", value_make_map());
        const struct value *own = value_get(all, key);
        if (own && !str_eq(value_text(own), text))
            return admit_forbid(q, ans, "pod node label selector conflicts with its namespace node label selector");
        if (!own && (!all || !value_set(q->arena, all, key, value_make_text(text))))
            return admit_no_memory(err);
    }
    return 0;
}
