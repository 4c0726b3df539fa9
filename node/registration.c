#include "node/inside.h"

#include <sys/utsname.h>

#include "claims/claims.h"
#include "object/object.h"

/* The Node object and its lease: how the cluster knows this machine. */
#define LEASE_EVERY_MS  10000
#define STATUS_EVERY_MS 300000
#define RETRY_MS        40

static void status_send(void *ctx);
static void labels_send(void *ctx);
static void lease_send(void *ctx);
static void node_create(void *ctx);

static struct str now_text(struct arena *a, struct node *n)
{
    char out[32];
    time_fmt_rfc3339(out, loop_wall(n->host.loop));
    return arena_fmt(a, "%s", out);
}

static void later(struct node *n, struct loop_timer *t, int64_t ms, void (*fn)(void *))
{
    if (loop_timer_start(n->host.loop, t, ms, fn, n) < 0)
        log_error("node", "no memory for a timer");
}

/* ── what this machine is ── */

static int64_t number_in(const char *path)
{
    SCOPED_BUF b = BUF_INIT(0);
    int64_t n;
    if (os_file_read(path, 64, &b) < 0 || str_to_int(str_trim(buf_view(&b)), &n) < 0)
        return 0;
    return n;
}

/* Pages of each size that this machine has set aside. */
static const struct {
    const char *name, *path;
    int64_t bytes;
} pages[] = {{"hugepages-1Gi", "/sys/kernel/mm/hugepages/hugepages-1048576kB/nr_hugepages", (int64_t)1 << 30},
             {"hugepages-2Mi", "/sys/kernel/mm/hugepages/hugepages-2048kB/nr_hugepages", 2 << 20}};

static struct str bytes_text(struct arena *a, int64_t bytes)
{
    SCOPED_BUF b = BUF_INIT(64);
    pressure_print_bytes(&b, bytes);
    return arena_fmt(a, "%s", buf_cstr(&b));
}

static void put_resources(struct arena *a, int *r, struct value *status, struct node *n)
{
    struct os_disk disk = {0};
    struct value have = value_make_map(), give = value_make_map();
    int64_t cpu = 1000 * (int64_t)n->host.cpus, memory = n->host.memory_bytes, allocatable = memory - n->o.reserved_memory;
    if (os_disk(n->o.data, &disk) < 0)
        disk.bytes = 0;
    int64_t disk_kept = pressure_threshold_amount(n->o.eviction.hard[PRESSURE_NODEFS], disk.bytes);
    for (size_t i = 0; i < ARRAY_LEN(pages); i++) {
        struct str text = bytes_text(a, number_in(pages[i].path) * pages[i].bytes);
        VALUE_SET(r, a, &have, pages[i].name, value_make_text(text));
        VALUE_SET(r, a, &give, pages[i].name, value_make_text(text));
        allocatable -= number_in(pages[i].path) * pages[i].bytes; /* nobody can have it as plain memory */
    }
    allocatable = (allocatable - pressure_threshold_amount(n->o.eviction.hard[PRESSURE_MEMORY], memory)) / 1024 * 1024;
    n->host.allocatable_cpu = MAX(cpu - n->o.reserved_cpu, (int64_t)0);
    n->host.allocatable_memory = MAX(allocatable, (int64_t)0);
    n->host.allocatable_disk = disk.bytes - disk_kept;
    VALUE_SET(r, a, &have, "cpu", value_make_text(arena_fmt(a, "%d", n->host.cpus)));
    VALUE_SET(r, a, &give, "cpu",
              value_make_text(n->host.allocatable_cpu % 1000 ? arena_fmt(a, "%lldm", (long long)n->host.allocatable_cpu)
                                                             : arena_fmt(a, "%lld", (long long)n->host.allocatable_cpu / 1000)));
    VALUE_SET(r, a, &have, "ephemeral-storage", value_make_text(arena_fmt(a, "%lldKi", (long long)disk.bytes / 1024)));
    VALUE_SET(r, a, &give, "ephemeral-storage", value_make_text(arena_fmt(a, "%lld", (long long)n->host.allocatable_disk)));
    VALUE_SET(r, a, &have, "memory", value_make_text(arena_fmt(a, "%lldKi", (long long)memory / 1024)));
    VALUE_SET(r, a, &give, "memory", value_make_text(arena_fmt(a, "%lldKi", (long long)n->host.allocatable_memory / 1024)));
    VALUE_SET(r, a, &have, "pods", value_make_text(arena_fmt(a, "%u", n->o.pods_max)));
    VALUE_SET(r, a, &give, "pods", value_make_text(arena_fmt(a, "%u", n->o.pods_max)));
    VALUE_SET(r, a, status, "capacity", have);
    VALUE_SET(r, a, status, "allocatable", give);
}

static void put_condition(struct arena *a, int *r, struct value *list, struct node *n, const char *type, bool is, const char *reason,
                          const char *message)
{
    const struct value *old = NULL;
    struct object *self = client_cache_get(n->self, STR_NONE, str_of(n->o.name));
    struct value tree = {0}, c = value_make_map();
    struct str now = now_text(a, n), since = now;
    if (self && object_tree(a, self, &tree, NULL) == 0)
        old = value_at(&tree, "status.conditions");
    VALUE_EACH_ITEM (o, old)
        if (str_is(value_text_at(o, "type"), type) && str_is(value_text_at(o, "status"), is ? "True" : "False"))
            since = value_text_at(o, "lastTransitionTime");
    VALUE_SET(r, a, &c, "type", value_make_text(str_of(type)));
    VALUE_SET(r, a, &c, "status", value_make_text(is ? STR("True") : STR("False")));
    VALUE_SET(r, a, &c, "lastHeartbeatTime", value_make_text(now));
    VALUE_SET(r, a, &c, "lastTransitionTime", value_make_text(since));
    VALUE_SET(r, a, &c, "reason", value_make_text(str_of(reason)));
    VALUE_SET(r, a, &c, "message", value_make_text(str_of(message)));
    if (!value_add(a, list, c))
        *r = -ENOMEM;
}

static void put_conditions(struct arena *a, int *r, struct value *status, struct node *n)
{
    static const struct {
        const char *type, *yes, *no, *yes_message, *no_message;
    } rows[PRESSURE_CONDITIONS] = {
        [PRESSURE_OF_MEMORY] = {"MemoryPressure", "KubeletHasInsufficientMemory", "KubeletHasSufficientMemory",
                                "kubelet has insufficient memory available", "kubelet has sufficient memory available"},
        [PRESSURE_OF_DISK] = {"DiskPressure", "KubeletHasDiskPressure", "KubeletHasNoDiskPressure", "kubelet has disk pressure",
                              "kubelet has no disk pressure"},
        [PRESSURE_OF_PIDS] = {"PIDPressure", "KubeletHasInsufficientPID", "KubeletHasSufficientPID", "kubelet has insufficient PID available",
                              "kubelet has sufficient PID available"},
    };
    struct value list = value_make_list();
    for (size_t i = 0; i < PRESSURE_CONDITIONS; i++) {
        bool is = n->host.pressure[i];
        put_condition(a, r, &list, n, rows[i].type, is, is ? rows[i].yes : rows[i].no, is ? rows[i].yes_message : rows[i].no_message);
    }
    put_condition(a, r, &list, n, "Ready", true, "KubeletReady", "kubelet is posting ready status");
    VALUE_SET(r, a, status, "conditions", list);
}

static void put_addresses(struct arena *a, int *r, struct value *status, struct node *n)
{
    struct value list = value_make_list();
    for (size_t i = 0; n->o.addresses && n->o.addresses[i]; i++) {
        struct value one = value_make_map();
        VALUE_SET(r, a, &one, "type", value_make_text(STR("InternalIP")));
        VALUE_SET(r, a, &one, "address", value_make_text(str_of(n->o.addresses[i])));
        if (!value_add(a, &list, one))
            *r = -ENOMEM;
    }
    struct value host = value_make_map();
    VALUE_SET(r, a, &host, "type", value_make_text(STR("Hostname")));
    VALUE_SET(r, a, &host, "address", value_make_text(str_of(n->o.name)));
    if (!value_add(a, &list, host))
        *r = -ENOMEM;
    VALUE_SET(r, a, status, "addresses", list);
}

static struct str os_name(struct arena *a)
{
    SCOPED_BUF b = BUF_INIT(0);
    struct str rest, line, key, value;
    if (os_file_read("/etc/os-release", 65536, &b) < 0)
        return STR("Linux");
    rest = buf_view(&b);
    while (str_next(&rest, '\n', &line))
        if (str_cut(line, '=', &key, &value) && str_is(key, "PRETTY_NAME")) {
            if (value.n >= 2 && value.p[0] == '"')
                value = str_make(value.p + 1, value.n - 2);
            return arena_fmt(a, "%.*s", STR_FMT(value));
        }
    return STR("Linux");
}

static void put_info(struct arena *a, int *r, struct value *status, struct node *n)
{
    struct utsname u;
    if (uname(&u) < 0)
        return;
    struct value info = value_make_map();
    VALUE_SET(r, a, &info, "machineID", value_make_text(str_of(n->machine_id)));
    VALUE_SET(r, a, &info, "systemUUID", value_make_text(str_of(n->machine_id)));
    VALUE_SET(r, a, &info, "bootID", value_make_text(str_of(n->boot_id)));
    VALUE_SET(r, a, &info, "kernelVersion", value_make_text(arena_fmt(a, "%s", u.release)));
    VALUE_SET(r, a, &info, "osImage", value_make_text(os_name(a)));
    VALUE_SET(r, a, &info, "containerRuntimeVersion", value_make_text(STR("crun://coracle-" CORACLE_VERSION)));
    VALUE_SET(r, a, &info, "kubeletVersion", value_make_text(STR("v1.37.0-coracle." CORACLE_VERSION)));
    VALUE_SET(r, a, &info, "kubeProxyVersion", value_make_text(STR("")));
    VALUE_SET(r, a, &info, "operatingSystem", value_make_text(STR("linux")));
    VALUE_SET(r, a, &info, "architecture",
              value_make_text(strcmp(u.machine, "x86_64") == 0    ? STR("amd64")
                              : strcmp(u.machine, "aarch64") == 0 ? STR("arm64")
                                                                  : arena_fmt(a, "%s", u.machine)));
    VALUE_SET(r, a, status, "nodeInfo", info);
    VALUE_SET(r, a, status, "daemonEndpoints.kubeletEndpoint.Port", value_make_int(node_port(n)));
}

static void put_images(struct arena *a, int *r, struct value *status, struct node *n)
{
    struct image *const *images;
    size_t count = image_list(n->o.images, &images);
    struct value list = value_make_list();
    for (size_t i = 0; i < MIN(count, (size_t)50); i++) {
        struct value one = value_make_map(), names = value_make_list();
        for (size_t k = 0; k < images[i]->n_digests; k++)
            if (!value_add(a, &names, value_make_text(arena_fmt(a, "%.*s", STR_FMT(images[i]->digests[k])))))
                *r = -ENOMEM;
        for (size_t k = 0; k < images[i]->n_tags; k++)
            if (!value_add(a, &names, value_make_text(arena_fmt(a, "%.*s", STR_FMT(images[i]->tags[k])))))
                *r = -ENOMEM;
        VALUE_SET(r, a, &one, "names", names);
        VALUE_SET(r, a, &one, "sizeBytes", value_make_int(images[i]->size));
        if (!value_add(a, &list, one))
            *r = -ENOMEM;
    }
    VALUE_SET(r, a, status, "images", list);
}

/* Which images there are, by whichever names; their order does not matter. */
static uint64_t images_print(const struct node *n)
{
    struct image *const *images;
    size_t count = image_list(n->o.images, &images);
    uint64_t print = count;
    for (size_t i = 0; i < count; i++) {
        print += str_hash(images[i]->id);
        for (size_t k = 0; k < images[i]->n_digests; k++)
            print += str_hash(images[i]->digests[k]);
        for (size_t k = 0; k < images[i]->n_tags; k++)
            print += str_hash(images[i]->tags[k]);
    }
    return print;
}

/* What the one way of running containers here can do (KEP-4639's list, as a container runtime would tell it). */
static void put_handlers(struct arena *a, int *r, struct value *status, struct node *n)
{
    struct value list = value_make_list(), usual = value_make_map();
    struct err why = {{0}};
    if (!n->users_tried) {
        n->own_users = runtime_user_namespaces(n->o.data, &why) == 0;
        n->users_tried = true;
        if (!n->own_users)
            log_info("node", "pods with hostUsers: false will not start here: %s", why.text);
    }
    VALUE_SET(r, a, &usual, "name", value_make_text(STR("")));
    VALUE_SET(r, a, &usual, "features.userNamespaces", value_make_bool(n->own_users));
    if (!value_add(a, &list, usual))
        *r = -ENOMEM;
    VALUE_SET(r, a, status, "runtimeHandlers", list);
}

static int make_status(struct arena *a, struct value *status, struct node *n)
{
    int r = 0;
    *status = value_make_map();
    put_resources(a, &r, status, n);
    put_conditions(a, &r, status, n);
    put_addresses(a, &r, status, n);
    put_info(a, &r, status, n);
    put_handlers(a, &r, status, n);
    put_images(a, &r, status, n);
    return r;
}

/* ── status ── */

static void on_status(void *ctx, const struct client_reply *reply)
{
    struct node *n = ctx;
    n->status_busy = false;
    if (client_ok(reply) && !n->ready_at_ms)
        n->ready_at_ms = loop_now(n->host.loop);
    if (reply->code == 404)
        later(n, &n->status_timer, 0, node_create);
    else
        later(n, &n->status_timer, client_ok(reply) ? STATUS_EVERY_MS : RETRY_MS * 5, status_send);
}

/* The merge key of addresses is their type: of two InternalIPs one would be merged into the other. */
static void addresses_replace(struct arena *a, int *r, struct value *status)
{
    struct value *list = value_get(status, STR("addresses")), whole = value_make_list(), directive = value_make_map();
    VALUE_SET(r, a, &directive, "$patch", value_make_text(STR("replace")));
    if (*r < 0 || !list)
        return;
    if (!value_add(a, &whole, directive))
        *r = -ENOMEM;
    VALUE_EACH_ITEM (item, list)
        if (!value_add(a, &whole, *item))
            *r = -ENOMEM;
    *list = whole;
}

static void status_send(void *ctx)
{
    struct node *n = ctx;
    SCOPED(arena) a = NULL;
    struct value patch = {0}, status = {0};
    int r = arena_new(&a, 4u << 20);
    if (r == 0)
        r = make_status(a, &status, n);
    addresses_replace(a, &r, &status);
    VALUE_SET(&r, a, &patch, "status", status);
    struct client_call call = {.verb = CLIENT_PATCH,
                               .patch = CLIENT_PATCH_STRATEGIC,
                               .resource = client_cache_resource(n->self),
                               .name = str_of(n->o.name),
                               .subresource = STR("status"),
                               .body = &patch,
                               .manager = STR("kubelet")};
    if (n->status_busy || r < 0 || client_send(n->host.client, &call, on_status, n) < 0) {
        later(n, &n->status_timer, RETRY_MS * 5, status_send);
        return;
    }
    n->status_busy = true;
    n->images_told = images_print(n);
}

void node_registration_touch(struct node *n)
{
    if (n->registered)
        later(n, &n->status_timer, 0, status_send);
}

/* ── registration ── */

static void put_labels(struct arena *a, int *r, struct value *node, struct node *n)
{
    struct value labels = value_make_map(), notes = value_make_map();
    struct str usual[][2] = {{STR("beta.kubernetes.io/arch"), STR("amd64")},
                             {STR("beta.kubernetes.io/os"), STR("linux")},
                             {STR("kubernetes.io/arch"), STR("amd64")},
                             {STR("kubernetes.io/hostname"), str_of(n->o.name)},
                             {STR("kubernetes.io/os"), STR("linux")}};
    struct utsname u;
    if (uname(&u) == 0 && strcmp(u.machine, "aarch64") == 0)
        usual[0][1] = usual[2][1] = STR("arm64");
    for (size_t i = 0; i < ARRAY_LEN(usual); i++)
        if (!value_set(a, &labels, usual[i][0], value_make_text(usual[i][1])))
            *r = -ENOMEM;
    for (size_t i = 0; n->o.labels && n->o.labels[i]; i++) {
        struct str key, value;
        if (str_cut(str_of(n->o.labels[i]), '=', &key, &value) && !value_set(a, &labels, key, value_make_text(value)))
            *r = -ENOMEM;
    }
    VALUE_SET(r, a, node, "metadata.labels", labels);
    if (!value_set(a, &notes, STR(CLAIMS_FOLDER), value_make_text(arena_fmt(a, "%s/volumes", n->o.data))))
        *r = -ENOMEM;
    VALUE_SET(r, a, node, "metadata.annotations", notes);
}

static void put_taints(struct arena *a, int *r, struct value *node, struct node *n)
{
    struct value list = value_make_list();
    for (size_t i = 0; n->o.taints && n->o.taints[i]; i++) {
        struct str pair, effect, key, value;
        struct value one = value_make_map();
        str_cut_last(str_of(n->o.taints[i]), ':', &pair, &effect);
        str_cut(pair, '=', &key, &value);
        VALUE_SET(r, a, &one, "key", value_make_text(key));
        if (value.n)
            VALUE_SET(r, a, &one, "value", value_make_text(value));
        VALUE_SET(r, a, &one, "effect", value_make_text(effect));
        if (!value_add(a, &list, one))
            *r = -ENOMEM;
    }
    if (value_count(&list))
        VALUE_SET(r, a, node, "spec.taints", list);
}

static void on_created(void *ctx, const struct client_reply *reply)
{
    struct node *n = ctx;
    n->status_busy = false;
    n->registered = client_ok(reply) || reply->code == 409;
    if (!n->registered) {
        log_debug("node", "not registered yet: %d %.*s", reply->code, STR_FMT(reply->message));
        later(n, &n->status_timer, RETRY_MS, node_create);
        return;
    }
    later(n, &n->status_timer, 0, reply->code == 409 ? labels_send : status_send);
    later(n, &n->lease_timer, 0, lease_send);
}

/* A Node that stood there before us (made to get addresses, or by an earlier run with other settings) has our labels put in. */
static void on_labels(void *ctx, const struct client_reply *reply)
{
    struct node *n = ctx;
    n->status_busy = false;
    if (!client_ok(reply))
        log_debug("node", "no labels yet: %d %.*s", reply->code, STR_FMT(reply->message));
    if (reply->code == 404)
        later(n, &n->status_timer, 0, node_create);
    else if (client_ok(reply) || reply->code == 403 || reply->code == 422) /* refused for good: the node serves without them */
        later(n, &n->status_timer, 0, status_send);
    else
        later(n, &n->status_timer, RETRY_MS * 5, labels_send);
}

static void labels_send(void *ctx)
{
    struct node *n = ctx;
    SCOPED(arena) a = NULL;
    struct value patch = value_make_map();
    int r = arena_new(&a, 1u << 18);
    if (r == 0)
        put_labels(a, &r, &patch, n);
    struct client_call call = {.verb = CLIENT_PATCH,
                               .patch = CLIENT_PATCH_MERGE,
                               .resource = client_cache_resource(n->self),
                               .name = str_of(n->o.name),
                               .body = &patch,
                               .manager = STR("kubelet")};
    if (n->status_busy || r < 0 || client_send(n->host.client, &call, on_labels, n) < 0) {
        later(n, &n->status_timer, RETRY_MS * 5, labels_send);
        return;
    }
    n->status_busy = true;
}

static void node_create(void *ctx)
{
    struct node *n = ctx;
    SCOPED(arena) a = NULL;
    struct value node = {0}, status = {0};
    int r = arena_new(&a, 4u << 20);
    if (r == 0)
        r = make_status(a, &status, n);
    VALUE_SET(&r, a, &node, "apiVersion", value_make_text(STR("v1")));
    VALUE_SET(&r, a, &node, "kind", value_make_text(STR("Node")));
    VALUE_SET(&r, a, &node, "metadata.name", value_make_text(str_of(n->o.name)));
    if (r == 0) {
        put_labels(a, &r, &node, n);
        put_taints(a, &r, &node, n);
    }
    VALUE_SET(&r, a, &node, "status", status);
    struct client_call call = {
        .verb = CLIENT_CREATE, .resource = client_cache_resource(n->self), .name = str_of(n->o.name), .body = &node, .manager = STR("kubelet")};
    if (r < 0 || client_send(n->host.client, &call, on_created, n) < 0) {
        later(n, &n->status_timer, RETRY_MS, node_create);
        return;
    }
    n->status_busy = true;
}

/* ── lease ── */

static int make_lease(struct arena *a, struct value *lease, struct node *n)
{
    char now[32];
    int64_t sec;
    int32_t nsec;
    int r = 0;
    loop_wall_ns(n->host.loop, &sec, &nsec);
    time_fmt_rfc3339_micro(now, sec, nsec);
    struct object *self = client_cache_get(n->self, STR_NONE, str_of(n->o.name));
    VALUE_SET(&r, a, lease, "apiVersion", value_make_text(STR("coordination.k8s.io/v1")));
    VALUE_SET(&r, a, lease, "kind", value_make_text(STR("Lease")));
    VALUE_SET(&r, a, lease, "metadata.name", value_make_text(str_of(n->o.name)));
    VALUE_SET(&r, a, lease, "metadata.namespace", value_make_text(STR("kube-node-lease")));
    if (self) {
        struct value owners = value_make_list(), o = value_make_map();
        VALUE_SET(&r, a, &o, "apiVersion", value_make_text(STR("v1")));
        VALUE_SET(&r, a, &o, "kind", value_make_text(STR("Node")));
        VALUE_SET(&r, a, &o, "name", value_make_text(str_of(n->o.name)));
        VALUE_SET(&r, a, &o, "uid", value_make_text(object_uid(self)));
        if (!value_add(a, &owners, o))
            r = -ENOMEM;
        VALUE_SET(&r, a, lease, "metadata.ownerReferences", owners);
    }
    VALUE_SET(&r, a, lease, "spec.holderIdentity", value_make_text(str_of(n->o.name)));
    VALUE_SET(&r, a, lease, "spec.leaseDurationSeconds", value_make_int(NODE_LEASE_SECONDS));
    VALUE_SET(&r, a, lease, "spec.renewTime", value_make_text(arena_fmt(a, "%s", now)));
    return r;
}

static void on_lease(void *ctx, const struct client_reply *reply)
{
    struct node *n = ctx;
    /* A lease that is there (also from before: 409) is patched; one that is gone is made again. */
    bool there = client_ok(reply) || reply->code == 409;
    n->lease_exists = there || (n->lease_exists && reply->code != 404);
    later(n, &n->lease_timer, client_ok(reply) ? LEASE_EVERY_MS : reply->code == 409 ? 0 : RETRY_MS * 5, lease_send);
}

static void lease_send(void *ctx)
{
    struct node *n = ctx;
    SCOPED(arena) a = NULL;
    struct value lease = {0};
    int r = arena_new(&a, 1u << 18);
    if (images_print(n) != n->images_told) /* schedulers like to know where an image is */
        node_registration_touch(n);
    if (r == 0)
        r = make_lease(a, &lease, n);
    struct client_call call = {.verb = n->lease_exists ? CLIENT_PATCH : CLIENT_CREATE,
                               .patch = CLIENT_PATCH_MERGE,
                               .resource = schema_resource_find(STR("coordination.k8s.io"), STR("v1"), STR("leases")),
                               .ns = STR("kube-node-lease"),
                               .name = str_of(n->o.name),
                               .body = &lease,
                               .manager = STR("kubelet")};
    if (r < 0 || client_send(n->host.client, &call, on_lease, n) < 0)
        later(n, &n->lease_timer, RETRY_MS * 5, lease_send);
}

int node_registration_start(struct node *n, struct err *err)
{
    SCOPED_BUF id = BUF_INIT(0);
    n->host.cpus = os_processors();
    n->host.memory_bytes = os_memory_total();
    if (os_boot_id(n->boot_id) < 0)
        n->boot_id[0] = 0;
    if (os_file_read("/etc/machine-id", 64, &id) == 0)
        snprintf(n->machine_id, sizeof(n->machine_id), "%.*s", STR_FMT(str_trim(buf_view(&id))));
    later(n, &n->status_timer, 0, node_create);
    return loop_timer_active(&n->status_timer) ? 0 : err_raise(err, -ENOMEM, "no memory for a timer");
}

void node_registration_stop(struct node *n)
{
    client_forget(n->host.client, n);
    loop_timer_stop(&n->lease_timer);
    loop_timer_stop(&n->status_timer);
}
