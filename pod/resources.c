#include "pod/pod.h"

/* Requests and limits → cgroup values, QoS class, OOM score: pure. */

bool pod_resources_host_flag(const struct worker *w, const char *name)
{
    return value_bool(value_get(pod_worker_spec(w), str_of(name)), false);
}

static struct quantity amount(const struct value *container, const char *list, const char *resource)
{
    return quantity_of(value_get(value_get(value_at(container, "resources"), str_of(list)), str_of(resource)));
}

static int64_t milli(const struct value *container, const char *list)
{
    return quantity_milli(amount(container, list, "cpu"));
}

static int64_t bytes(const struct value *container, const char *list)
{
    return quantity_value(amount(container, list, "memory"));
}

static bool given(const struct value *container, const char *list)
{
    return milli(container, list) > 0 || bytes(container, list) > 0;
}

/* Guaranteed: every container has limits of cpu and memory equal to its requests; BestEffort: none asks for anything. */
enum runtime_qos pod_resources_qos(const struct value *pod)
{
    static const char *const lists[] = {"initContainers", "containers"};
    bool any = false, all = true;
    for (size_t l = 0; l < ARRAY_LEN(lists); l++) {
        const struct value *list = value_get(value_at(pod, "spec"), str_of(lists[l]));
        VALUE_EACH_ITEM (c, list) {
            any = any || given(c, "requests") || given(c, "limits");
            int64_t cpu = milli(c, "limits"), memory = bytes(c, "limits");
            all = all && cpu > 0 && memory > 0 && (!milli(c, "requests") || milli(c, "requests") == cpu) &&
                  (!bytes(c, "requests") || bytes(c, "requests") == memory);
        }
    }
    const struct value *whole = value_at(pod, "spec");
    any = any || given(whole, "requests") || given(whole, "limits");
    if (!any)
        return RUNTIME_BEST_EFFORT;
    return all ? RUNTIME_GUARANTEED : RUNTIME_BURSTABLE;
}

static int64_t requested_cpu(const struct value *c)
{
    return milli(c, "requests") ? milli(c, "requests") : milli(c, "limits");
}

void pod_resources_of_container(struct arena *a, const struct value *c, struct runtime_resources *out)
{
    (void)a;
    *out = (struct runtime_resources){.cpu_shares = runtime_cpu_shares(requested_cpu(c)), .cpu_period = 100000};
    out->cpu_quota = runtime_cpu_quota(milli(c, "limits"), out->cpu_period);
    out->memory = bytes(c, "limits");
    out->memory_swap = out->memory;
    static const char *const sizes[][2] = {{"hugepages-2Mi", "2MB"}, {"hugepages-1Gi", "1GB"}};
    for (size_t i = 0; i < ARRAY_LEN(sizes); i++) {
        int64_t n = quantity_value(amount(c, "limits", sizes[i][0]));
        if (n > 0) {
            out->hugepages[out->n_hugepages].page_size = sizes[i][1];
            out->hugepages[out->n_hugepages++].bytes = n;
        }
    }
}

/* A pod's cgroup holds the sum of its containers, or the largest init container when that is more; a limit only when
 * every container has one. */
void pod_resources_of_pod(const struct value *pod, struct runtime_resources *out)
{
    const struct value *list = value_at(pod, "spec.containers"), *inits = value_at(pod, "spec.initContainers");
    int64_t request = 0, cpu = 0, memory = 0;
    bool cpu_bound = true, memory_bound = true;
    VALUE_EACH_ITEM (c, list) {
        request += requested_cpu(c);
        cpu += milli(c, "limits");
        memory += bytes(c, "limits");
        cpu_bound = cpu_bound && milli(c, "limits") > 0;
        memory_bound = memory_bound && bytes(c, "limits") > 0;
    }
    VALUE_EACH_ITEM (c, inits) {
        bool sidecar = str_is(value_text_at(c, "restartPolicy"), "Always");
        request = sidecar ? request + requested_cpu(c) : MAX(request, requested_cpu(c));
        cpu = sidecar ? cpu + milli(c, "limits") : MAX(cpu, milli(c, "limits"));
        memory = sidecar ? memory + bytes(c, "limits") : MAX(memory, bytes(c, "limits"));
        cpu_bound = cpu_bound && milli(c, "limits") > 0;
        memory_bound = memory_bound && bytes(c, "limits") > 0;
    }
    const struct value *whole = value_at(pod, "spec"); /* pod-level resources (KEP-2837) win */
    if (milli(whole, "limits"))
        cpu = milli(whole, "limits"), cpu_bound = true;
    if (bytes(whole, "limits"))
        memory = bytes(whole, "limits"), memory_bound = true;
    if (milli(whole, "requests"))
        request = milli(whole, "requests");
    const struct value *overhead = value_at(pod, "spec.overhead"); /* of its RuntimeClass; a limit grows by it, none is made of it */
    int64_t more_cpu = quantity_milli(quantity_of(value_at(overhead, "cpu")));
    request += more_cpu;
    cpu += more_cpu;
    memory += quantity_value(quantity_of(value_at(overhead, "memory")));
    *out = (struct runtime_resources){.cpu_shares = runtime_cpu_shares(request), .cpu_period = 100000};
    out->cpu_quota = cpu_bound ? runtime_cpu_quota(cpu, out->cpu_period) : 0;
    out->memory = memory_bound ? memory : 0;
    out->memory_swap = out->memory;
}

/* What one container asks for; a limit alone is a request too. */
__extension__ typedef __int128 wide;
static wide asked(const struct value *c, const char *resource)
{
    struct quantity q = amount(c, "requests", resource);
    return q.nano ? q.nano : amount(c, "limits", resource).nano;
}

/* The sum of the containers and sidecars, or what an init container needs beside the sidecars before it, and the overhead. */
struct quantity pod_resources_request(const struct value *pod, const char *resource)
{
    const struct value *list = value_at(pod, "spec.containers"), *inits = value_at(pod, "spec.initContainers");
    wide sum = 0, sidecars = 0, most = 0;
    VALUE_EACH_ITEM (c, inits) {
        if (str_is(value_text_at(c, "restartPolicy"), "Always"))
            sidecars += asked(c, resource);
        else
            most = MAX(most, sidecars + asked(c, resource));
    }
    VALUE_EACH_ITEM (c, list)
        sum += asked(c, resource);
    sum = MAX(sum + sidecars, most);
    wide whole = asked(value_at(pod, "spec"), resource); /* pod-level resources (KEP-2837) win */
    if (whole)
        sum = whole;
    return (struct quantity){.nano = sum + quantity_of(value_get(value_at(pod, "spec.overhead"), str_of(resource))).nano};
}

/* As the kubelet weighs it: the more of the machine's memory a burstable container asks for, the later it dies. */
int64_t pod_resources_oom_score(const struct pod_host *n, const struct value *pod, const struct value *container)
{
    if (str_is(value_text_at(pod, "spec.priorityClassName"), "system-node-critical"))
        return -997; /* whatever its class */
    switch (pod_resources_qos(pod)) {
    case RUNTIME_GUARANTEED:
        return -997;
    case RUNTIME_BEST_EFFORT:
        return 1000;
    case RUNTIME_BURSTABLE:
        break;
    }
    int64_t asked = bytes(container, "requests") ? bytes(container, "requests") : bytes(container, "limits");
    int64_t score = 1000 - (n->memory_bytes ? 1000 * (asked / 1024) / (n->memory_bytes / 1024) : 0);
    return MAX((int64_t)3, MIN(score, (int64_t)999));
}
