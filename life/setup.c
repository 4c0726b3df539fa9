#include "life/inside.h"

/* Sandbox, then volumes while the network is made, and back. Each call starts at
 * most one step and says whether all is done that containers are made of. The
 * network is wired while crun works: containers made before it carries packets
 * are held, and let go together when it does. */
#define SETUP_FIRST_MS 500
#define SETUP_MOST_MS  60000

static void problem(struct worker *w, const char *reason, const char *text)
{
    w->setup_wait_ms = w->setup_wait_ms ? MIN(w->setup_wait_ms * 2, (int64_t)SETUP_MOST_MS) : SETUP_FIRST_MS;
    w->setup_at = loop_now(w->host->loop) + w->setup_wait_ms;
    if (strcmp(w->setup_problem, text) != 0) {
        snprintf(w->setup_problem, sizeof(w->setup_problem), "%s", text);
        pod_event_send(w, NULL, true, reason, "%s", text);
    }
    pod_worker_poke_after(w, w->setup_wait_ms);
}

/* ── volumes ── */

static int look_config_map(void *ctx, struct str name, const struct value **out)
{
    return pod_sources_look(ctx, "configmaps", name, out);
}

static int look_secret(void *ctx, struct str name, const struct value **out)
{
    return pod_sources_look(ctx, "secrets", name, out);
}

static int look_token(void *ctx, struct str audience, int64_t seconds, struct buf *out)
{
    return pod_token_get(ctx, audience, seconds, out);
}

static int look_certificate(void *ctx, const struct value *source, struct buf *key, struct buf *chain)
{
    return pod_certificate_get(ctx, source, key, chain);
}

static int look_field(void *ctx, const struct value *item, struct buf *out)
{
    struct worker *w = ctx;
    const struct value *resource = value_at(item, "resourceFieldRef");
    if (!resource)
        return pod_downward_field(w, value_text_at(item, "fieldRef.fieldPath"), out, NULL);
    const struct value *containers = value_at(pod_worker_spec(w), "containers");
    VALUE_EACH_ITEM (c, containers)
        if (str_eq(value_text_at(c, "name"), value_text_at(resource, "containerName")))
            return pod_downward_resource(w, resource, c, out, NULL);
    return VOLUME_ABSENT;
}

static int look_trust(void *ctx, const struct value *source, struct buf *out)
{
    return pod_trust_bundle(ctx, source, out);
}

/* For the users of this pod. */
int life_setup_root(struct worker *w, struct image *image, struct str name, bool read_only, struct image_root *root, struct err *err)
{
    struct image_users users = {NULL, 0};
    if (w->sandbox)
        users = (struct image_users){runtime_pod_userns(w->sandbox), runtime_pod_user_base(w->sandbox)};
    return image_root_mount_for(w->host->images, image, name, read_only, users.users ? &users : NULL, root, err);
}

static int look_image(void *ctx, const struct value *source, char path[OS_PATH_MAX])
{
    struct worker *w = ctx;
    struct image *image;
    struct image_root root;
    char name[256];
    struct str reference = value_text_at(source, "reference");
    if (image_find(w->host->images, reference, &image) != 0)
        return -EAGAIN;
    SCOPED_BUF hex = BUF_INIT(64);
    buf_fmt(&hex, "%016llx", (unsigned long long)str_hash(reference));
    snprintf(name, sizeof(name), "%s_volume-%s", w->uid, buf_cstr(&hex));
    int r = life_setup_root(w, image, str_of(name), true, &root, NULL);
    return r < 0 ? r : os_path(path, "%s", root.path);
}

static int look_claim(void *ctx, const struct value *volume, const struct value **out, struct err *err)
{
    struct worker *w = ctx;
    char own[600];
    struct str name = value_text_at(volume, "persistentVolumeClaim.claimName");
    snprintf(own, sizeof(own), "%s-%.*s", w->name, STR_FMT(value_text_at(volume, "name")));
    return pod_claim_get(w, name.n ? name : str_of(own), out, err);
}

static int put_up(struct worker *w, const struct value *volume, struct volume_result *result, struct err *err)
{
    char folder[OS_PATH_MAX];
    const struct value *security = value_at(pod_worker_spec(w), "securityContext");
    struct volume_lookups look = {look_config_map, look_secret, look_token, look_field, look_trust, look_certificate, look_image, look_claim, w};
    struct volume_pod pod = {.folder = pod_worker_folder(w, folder),
                             .fs_group = value_int_at(security, "fsGroup", -1),
                             .fs_group_on_mismatch = str_is(value_text_at(security, "fsGroupChangePolicy"), "OnRootMismatch")};
    loop_wall_ns(w->host->loop, &pod.now_sec, &pod.now_nsec);
    w->volumes_touched = true; /* also one that fails may have made a mount */
    return volume_set_up(&pod, volume, &look, result, err);
}

static int keep_volume(struct worker *w, struct str name, bool image, const struct volume_result *result)
{
    size_t i = 0;
    while (i < w->n_volumes && !str_is(name, w->volumes[i].name))
        i++;
    if (i == POD_VOLUMES_MAX)
        return -E2BIG;
    char *path = mem_text(result->path, strlen(result->path)), *copy = mem_text(name.p, name.n);
    if (!path || !copy) {
        mem_free(path);
        mem_free(copy);
        return -ENOMEM;
    }
    if (i == w->n_volumes)
        w->n_volumes++;
    mem_free(w->volumes[i].path);
    mem_free(w->volumes[i].name);
    w->volumes[i].name = copy;
    w->volumes[i].path = path;
    w->volumes[i].read_only = result->read_only;
    w->volumes[i].updates = result->updates;
    w->volumes[i].mapped = image;
    return 0;
}

/* Images of image volumes are pulled like a container's, by a stand-in for one: with policy Always once for each pod. */
static bool images_of_volumes(struct worker *w)
{
    const struct value *volumes = value_at(pod_worker_spec(w), "volumes");
    size_t at = 0;
    VALUE_EACH_ITEM (v, volumes) {
        struct str reference = value_text_at(v, "image.reference"), policy = value_text_at(v, "image.pullPolicy");
        size_t i = MIN(at++, (size_t)POD_VOLUMES_MAX - 1);
        struct image *image;
        char text[700];
        if (!reference.n)
            continue;
        bool there = image_find(w->host->images, reference, &image) == 0;
        if (there && (!str_is(policy, "Always") || w->volumes_pulled[i / 8] & (1u << i % 8)))
            continue;
        if (str_is(policy, "Never")) {
            snprintf(text, sizeof(text), "Container image \"%.*s\" is not present with pull policy of Never", (int)MIN(reference.n, (size_t)600),
                     reference.p);
            problem(w, "ErrImageNeverPull", text);
        } else {
            life_pulling_for_volume(w, i, reference);
        }
        return false; /* one after another */
    }
    return true;
}

static int volumes_up(struct worker *w, struct err *err)
{
    const struct value *volumes = value_at(pod_worker_spec(w), "volumes");
    VALUE_EACH_ITEM (v, volumes) {
        struct volume_result result;
        int r = put_up(w, v, &result, err);
        if (r == 0)
            r = keep_volume(w, value_text_at(v, "name"), value_text_at(v, "image.reference").n > 0, &result);
        if (r < 0)
            return r;
    }
    return 0;
}

int life_setup_refresh_volumes(struct worker *w, struct err *err)
{
    const struct value *volumes = value_at(pod_worker_spec(w), "volumes");
    int first = 0;
    VALUE_EACH_ITEM (v, volumes) {
        struct str name = value_text_at(v, "name");
        struct volume_result result;
        size_t i = 0;
        while (i < w->n_volumes && !str_is(name, w->volumes[i].name))
            i++;
        if (i < w->n_volumes && !w->volumes[i].updates)
            continue;
        int r = put_up(w, v, &result, err); /* one not there yet: the pod was taken up before its sources were known */
        if (r == 0)
            r = keep_volume(w, name, value_text_at(v, "image.reference").n > 0, &result);
        if (r < 0 && r != -EAGAIN && first == 0)
            first = r;
    }
    return first;
}

/* ── sandbox ── */

static void on_sandbox(void *ctx, int r, const char *error)
{
    struct worker *w = ctx;
    w->sandbox_busy = false;
    if (r < 0) {
        w->sandbox = NULL;
        char text[sizeof(w->setup_problem)];
        snprintf(text, sizeof(text), "Failed to create pod sandbox: %s", error);
        problem(w, "FailedCreatePodSandBox", text);
        return;
    }
    w->sandbox_ready = true;
    pod_worker_poke(w);
}

static int sandbox_start(struct worker *w, struct err *err)
{
    SCOPED(arena) a = NULL;
    struct str hostname, fqdn;
    const struct value *spec = pod_worker_spec(w), *sysctls = value_at(spec, "securityContext.sysctls");
    struct runtime_pair pairs[64];
    size_t n = 0;
    bool own_users = !value_bool_at(spec, "hostUsers", true);
    uint32_t base = 0;
    int r = own_users ? life_users_choose(w->host, &base, err) : 0;
    if (r < 0)
        return r;
    r = arena_new(&a, 1u << 20);
    if (r == 0)
        r = plan_hostname(a, &w->pod, str_of(w->host->domain), &hostname, &fqdn);
    VALUE_EACH_ITEM (s, sysctls)
        if (n < ARRAY_LEN(pairs))
            pairs[n++] = (struct runtime_pair){arena_fmt(a, "%.*s", STR_FMT(value_text_at(s, "name"))).p,
                                               arena_fmt(a, "%.*s", STR_FMT(value_text_at(s, "value"))).p};
    if (r < 0)
        return err_raise(err, r, "no memory for a sandbox");
    bool as_fqdn = value_bool_at(spec, "setHostnameAsFQDN", false) && fqdn.n;
    struct runtime_pod_options o = {.uid = w->uid,
                                    .name = w->name,
                                    .space = w->ns,
                                    .host_network = pod_resources_host_flag(w, "hostNetwork"),
                                    .host_pid = pod_resources_host_flag(w, "hostPID"),
                                    .host_ipc = pod_resources_host_flag(w, "hostIPC"),
                                    .share_pid = pod_resources_host_flag(w, "shareProcessNamespace"),
                                    .user_base = base,
                                    .hostname = arena_fmt(a, "%.*s", STR_FMT(as_fqdn ? fqdn : hostname)).p,
                                    .sysctls = pairs,
                                    .n_sysctls = n,
                                    .qos = pod_resources_qos(&w->pod)};
    pod_resources_of_pod(&w->pod, &o.resources);
    for (size_t i = 0; i < w->n_containers; i++)
        life_container_recall(w->containers[i]);
    w->sandbox_busy = true;
    r = runtime_pod_new(&w->sandbox, w->host->runtime, &o, on_sandbox, w, err);
    w->sandbox_busy = r == 0;
    return r;
}

/* ── network ── */

static void take_addresses(struct worker *w, const struct net_pod *pod)
{
    for (size_t i = 0; i < pod->n_ips && i < 2; i++)
        snprintf(w->ips[i], sizeof(w->ips[i]), "%s", pod->ips[i]);
    w->n_ips = MIN(pod->n_ips, (size_t)2);
}

static void on_network(void *ctx, int r, const struct net_pod *pod, const char *error)
{
    struct worker *w = ctx;
    w->network_busy = false;
    if (r < 0) {
        char text[sizeof(w->setup_problem)];
        snprintf(text, sizeof(text), "Failed to create pod sandbox: network for pod \"%s_%s\": %s", w->name, w->ns, error);
        w->n_ips = 0; /* given back; the next attempt may get others */
        problem(w, "FailedCreatePodSandBox", text);
        if (w->state == WORKER_RUNNING)
            w->state = WORKER_SETTING_UP;
        for (size_t i = 0; i < w->n_containers && w->state == WORKER_SETTING_UP; i++)
            life_container_unmake(w->containers[i]);
        return;
    }
    take_addresses(w, pod);
    w->network_ready = true;
    for (size_t i = 0; i < w->n_containers; i++)
        if (w->containers[i]->handle)
            runtime_container_release(w->containers[i]->handle);
    life_status_changed(w);
    pod_worker_poke(w);
}

static void host_addresses(struct worker *w)
{
    w->n_ips = 0;
    for (size_t i = 0; w->host->addresses && w->host->addresses[i] && w->n_ips < 2; i++)
        snprintf(w->ips[w->n_ips++], sizeof(w->ips[0]), "%s", w->host->addresses[i]);
    w->network_ready = true;
}

static int network_start(struct worker *w, struct err *err)
{
    if (pod_resources_host_flag(w, "hostNetwork")) {
        host_addresses(w);
        pod_worker_poke(w);
        return 0;
    }
    if (!w->host->net)
        return err_raise(err, -ENOTSUP, "this node has no pod network");
    struct net_pod_request q = {.uid = w->uid, .netns = runtime_pod_netns(w->sandbox)};
    struct net_pod promised;
    int r = net_pod_add(w->host->net, &q, on_network, w, err);
    w->network_busy = r == 0;
    if (r == 0 && net_pod_promised(w->host->net, w->uid, &promised) == 0)
        take_addresses(w, &promised);
    return r;
}

/* ── door ── */

static bool pull_secrets_known(struct worker *w)
{
    const struct value *list = value_at(pod_worker_spec(w), "imagePullSecrets");
    const struct value *secret;
    bool all = true;
    VALUE_EACH_ITEM (item, list)
        if (pod_sources_look(w, "secrets", value_text_at(item, "name"), &secret) == -EAGAIN)
            all = false;
    return all;
}

bool life_setup_done(struct worker *w)
{
    struct err err = {{0}};
    if (w->sandbox_busy || (w->network_busy && !w->n_ips))
        return false;
    if (w->sandbox_lost) {
        w->sandbox_ready = w->network_ready = w->sandbox_lost = false;
    }
    int64_t wait = w->setup_at - loop_now(w->host->loop);
    if (wait > 0) {
        pod_worker_poke_after(w, wait);
        return false;
    }
    if (value_count(value_get(pod_worker_spec(w), STR("resourceClaims"))) ||
        value_at(&w->pod, "status.extendedResourceClaimStatus")) { /* as a kubelet without the driver: it never starts */
        problem(w, "FailedPrepareDynamicResources", "Failed to prepare dynamic resources: no DRA driver is registered with this agent");
        return false;
    }
    int r = 0;
    if (!w->sandbox_ready) {
        pod_sources_ask(w);
        r = sandbox_start(w, &err);
        if (r < 0)
            problem(w, "FailedCreatePodSandBox", err.text);
        if (r == 0 && volumes_up(w, NULL) == 0)
            w->volumes_ready = true;
        return false;
    }
    if (!w->network_ready && !w->network_busy) {
        r = network_start(w, &err);
        if (r < 0)
            problem(w, "FailedCreatePodSandBox", err.text);
        if (r < 0 || !w->n_ips)
            return false;
    }
    if (!images_of_volumes(w) || !pull_secrets_known(w))
        return false;
    /* Again even when all was there before: downward items may tell of the address now. */
    r = volumes_up(w, &err);
    if (r == -EAGAIN)
        return false; /* a source or a token is on its way and will poke us */
    if (r < 0) {
        problem(w, "FailedMount", err.text);
        return false;
    }
    w->volumes_ready = true;
    w->setup_problem[0] = 0;
    w->setup_wait_ms = 0;
    w->setup_at = 0;
    return true;
}

static void on_sandbox_removed(void *ctx, int r, const char *error)
{
    struct worker *w = ctx;
    w->sandbox_busy = false;
    w->sandbox = NULL;
    w->sandbox_ready = false;
    for (size_t i = 0; i < w->n_containers; i++)
        w->containers[i]->handle = NULL;
    if (r < 0)
        log_warn("node", "pod %s/%s: its sandbox is not quite gone: %s", w->ns, w->name, error);
    pod_worker_poke(w);
}

static void on_network_gone(void *ctx, int r)
{
    struct worker *w = ctx;
    w->network_busy = false;
    w->network_ready = false;
    if (r < 0)
        log_warn("node", "pod %s/%s: its network is not quite gone: %s", w->ns, w->name, strerror(-r));
    pod_worker_poke(w);
}

/* A thread's own: its worker may be freed meanwhile. */
struct teardown {
    struct worker *worker; /* NULL: nobody waits; of the loop only */
    char folder[OS_PATH_MAX];
};

static void tear_down_files(void *ctx)
{
    struct teardown *t = ctx;
    struct err err = {{0}};
    if (volume_tear_down(&(struct volume_pod){.folder = t->folder, .fs_group = -1}, &err) < 0)
        log_warn("node", "%s: volumes are not quite gone: %s", t->folder, err.text);
}

void life_setup_abandon(struct worker *w)
{
    if (w->teardown)
        w->teardown->worker = NULL;
    w->teardown = NULL;
}

void life_setup_forget_volumes(struct worker *w)
{
    for (size_t i = 0; i < w->n_volumes; i++) {
        w->volumes[i].path = mem_free(w->volumes[i].path);
        w->volumes[i].name = mem_free(w->volumes[i].name);
    }
    w->n_volumes = 0;
}

static void on_files_gone(void *ctx)
{
    struct teardown *t = ctx;
    struct worker *w = t->worker;
    mem_free(t);
    if (!w)
        return;
    w->teardown = NULL;
    w->teardown_busy = false;
    w->volumes_ready = w->volumes_touched = false;
    life_setup_forget_volumes(w);
    pod_worker_poke(w);
}

static bool tear_down_begin(struct worker *w)
{
    struct teardown *t = mem_alloc(sizeof(*t));
    if (!t)
        return false;
    t->worker = w;
    if (os_path(t->folder, "%s/pods/%s", w->host->data, w->uid) < 0 || loop_work(w->host->loop, tear_down_files, on_files_gone, t) < 0) {
        mem_free(t);
        return false;
    }
    w->teardown = t;
    return true;
}

static int unmount_root(void *ctx, struct str container, struct str image_id)
{
    struct worker *w = ctx;
    struct err err = {{0}};
    (void)image_id;
    if (str_starts(container, str_of(w->uid)) && image_root_unmount(w->host->images, container, &err) < 0)
        log_warn("node", "pod %s/%s: %s", w->ns, w->name, err.text);
    return 0;
}

/* Containers keep their ends for the status; everything else of the pod goes. */
bool life_setup_undone(struct worker *w)
{
    struct err err = {{0}};
    if (w->sandbox_busy || w->network_busy || w->teardown_busy || !pod_checkpoint_settled(w))
        return false;
    if (w->network_ready && w->host->net && !pod_resources_host_flag(w, "hostNetwork")) {
        /* Without the namespace's path: runtime has pinned it and unpins it. */
        w->network_busy = net_pod_del(w->host->net, w->uid, NULL, on_network_gone, w, &err) == 0;
        if (w->network_busy)
            return false;
        log_warn("node", "pod %s/%s: %s", w->ns, w->name, err.text);
    }
    w->network_ready = false;
    if (w->sandbox) {
        w->sandbox_busy = true;
        runtime_pod_remove(w->sandbox, on_sandbox_removed, w);
        return false;
    }
    if (w->volumes_touched) {
        if (image_root_each(w->host->images, unmount_root, w) < 0)
            log_warn("node", "pod %s/%s: roots could not be listed", w->ns, w->name);
        w->teardown_busy = tear_down_begin(w);
        if (!w->teardown_busy)
            pod_worker_poke_after(w, 100);
        return false;
    }
    if (image_root_each(w->host->images, unmount_root, w) < 0)
        log_warn("node", "pod %s/%s: roots could not be listed", w->ns, w->name);
    return true;
}

void life_setup_recall(struct worker *w)
{
    struct net_pod net;
    w->volumes_touched = true; /* its sandbox, if any, was removed as a stray at the start */
    w->network_ready = w->host->net && net_pod_find(w->host->net, w->uid, &net) == 0;
}

void life_setup_adopt(struct worker *w, struct runtime_pod *p)
{
    struct net_pod net;
    struct runtime_end end;
    struct err err = {{0}};
    w->sandbox = p;
    w->sandbox_ready = w->admitted = true;
    if (pod_resources_host_flag(w, "hostNetwork")) {
        host_addresses(w);
    } else if (w->host->net && net_pod_find(w->host->net, w->uid, &net) == 0) {
        take_addresses(w, &net);
    }
    for (struct runtime_container *h = NULL; (h = runtime_container_next(p, h));) {
        struct container *c = pod_worker_container(w, str_of(runtime_container_name(h)));
        if (c && !c->handle)
            life_container_adopt(c, h);
        /* Addresses are given before the link is made: whether that was done is known once anything ran. */
        runtime_container_end(h, &end);
        w->network_ready = w->network_ready || (w->n_ips && end.started > 0);
    }
    life_past_take(w, runtime_pod_note(p));
    life_resize_adopt(w);
    w->volumes_ready = volumes_up(w, &err) == 0;
    w->volumes_stale = true;
    if (w->network_ready)
        w->state = WORKER_RUNNING;
    pod_worker_poke(w);
}
