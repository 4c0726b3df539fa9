#include "pod/pod.h"

/* Events, as kubectl describe shows them. Repeats of one event are counted on
 * the object that is there already (client-go's correlator does the same), and
 * a pod that tells too much is cut short. */
#define RECENT 64

struct recent {
    uint64_t hash;
    char ns[64], name[300];
    int64_t first;
    unsigned count;
};
static struct recent ring[RECENT]; /* of this process's one node */
static unsigned ring_at;

static void ignore_reply(void *ctx, const struct client_reply *r)
{
    (void)ctx;
    if (!client_ok(r) && r->code != 404)
        log_debug("node", "an event was not taken: %.*s", STR_FMT(r->message));
}

static void count_again(struct pod_host *n, struct recent *e, struct arena *a, const char *now)
{
    int r = 0;
    struct value patch = {0};
    VALUE_SET(&r, a, &patch, "count", value_make_int(++e->count));
    VALUE_SET(&r, a, &patch, "lastTimestamp", value_make_text(str_of(now)));
    struct client_call call = {.verb = CLIENT_PATCH,
                               .patch = CLIENT_PATCH_MERGE,
                               .resource = schema_resource_find(STR_NONE, STR("v1"), STR("events")),
                               .ns = str_of(e->ns),
                               .name = str_of(e->name),
                               .body = &patch};
    if (r == 0 && client_send(n->client, &call, ignore_reply, NULL) < 0)
        log_debug("node", "an event could not be sent");
}

static int fill(struct arena *a, struct value *v, struct worker *w, const struct container *c, bool warning, const char *reason, struct str message,
                struct str name, struct str now)
{
    int r = 0;
    VALUE_SET(&r, a, v, "apiVersion", value_make_text(STR("v1")));
    VALUE_SET(&r, a, v, "kind", value_make_text(STR("Event")));
    VALUE_SET(&r, a, v, "metadata.name", value_make_text(name));
    VALUE_SET(&r, a, v, "metadata.namespace", value_make_text(str_of(w->ns)));
    VALUE_SET(&r, a, v, "involvedObject.kind", value_make_text(STR("Pod")));
    VALUE_SET(&r, a, v, "involvedObject.namespace", value_make_text(str_of(w->ns)));
    VALUE_SET(&r, a, v, "involvedObject.name", value_make_text(str_of(w->name)));
    VALUE_SET(&r, a, v, "involvedObject.uid", value_make_text(str_of(w->uid)));
    VALUE_SET(&r, a, v, "involvedObject.apiVersion", value_make_text(STR("v1")));
    VALUE_SET(&r, a, v, "involvedObject.resourceVersion", value_make_text(arena_fmt(a, "%lld", (long long)w->revision)));
    if (c) {
        const char *list = c->kind == CONTAINER_APP ? "containers" : c->kind == CONTAINER_EPHEMERAL ? "ephemeralContainers" : "initContainers";
        VALUE_SET(&r, a, v, "involvedObject.fieldPath", value_make_text(arena_fmt(a, "spec.%s{%s}", list, c->name)));
    }
    VALUE_SET(&r, a, v, "reason", value_make_text(str_of(reason)));
    VALUE_SET(&r, a, v, "message", value_make_text(message));
    VALUE_SET(&r, a, v, "source.component", value_make_text(STR("kubelet")));
    VALUE_SET(&r, a, v, "source.host", value_make_text(str_of(w->host->name)));
    VALUE_SET(&r, a, v, "firstTimestamp", value_make_text(now));
    VALUE_SET(&r, a, v, "lastTimestamp", value_make_text(now));
    VALUE_SET(&r, a, v, "count", value_make_int(1));
    VALUE_SET(&r, a, v, "type", value_make_text(warning ? STR("Warning") : STR("Normal")));
    VALUE_SET(&r, a, v, "reportingComponent", value_make_text(STR("kubelet")));
    VALUE_SET(&r, a, v, "reportingInstance", value_make_text(str_of(w->host->name)));
    return r;
}

void pod_event_send(struct worker *w, const struct container *c, bool warning, const char *reason, const char *fmt, ...)
{
    SCOPED(arena) a = NULL;
    char text[1024], now[32], name[300];
    va_list ap;
    va_start(ap, fmt);
    int n = vsnprintf(text, sizeof(text), fmt, ap);
    va_end(ap);
    if (w->forgotten || n < 0 || arena_new(&a, 1u << 18) < 0)
        return;
    struct pod_host *node = w->host;
    time_fmt_rfc3339(now, loop_wall(node->loop));
    struct str whole = arena_fmt(a, "%s/%s/%s/%s", w->uid, c ? c->name : "", reason, text);
    uint64_t hash = str_hash(whole);
    for (size_t i = 0; i < RECENT; i++)
        if (ring[i].count && ring[i].hash == hash) {
            count_again(node, &ring[i], a, now);
            return;
        }
    struct value v = {0};
    int64_t sec;
    int32_t nsec;
    loop_wall_ns(node->loop, &sec, &nsec);
    snprintf(name, sizeof(name), "%s.%llx%04x", w->name, (unsigned long long)sec * 1000000000u + (unsigned)nsec, node->events_sent++ & 0xffff);
    struct client_call call = {.verb = CLIENT_CREATE,
                               .resource = schema_resource_find(STR_NONE, STR("v1"), STR("events")),
                               .ns = str_of(w->ns),
                               .name = str_of(name),
                               .body = &v};
    if (fill(a, &v, w, c, warning, reason, str_of(text), str_of(name), str_of(now)) < 0 || client_send(node->client, &call, ignore_reply, NULL) < 0) {
        log_debug("node", "an event could not be sent");
        return;
    }
    struct recent *e = &ring[ring_at++ % RECENT];
    *e = (struct recent){.hash = hash, .count = 1};
    snprintf(e->ns, sizeof(e->ns), "%s", w->ns);
    snprintf(e->name, sizeof(e->name), "%s", name);
}
