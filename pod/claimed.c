#include "json/json.h"
#include "pod/pod.h"

/* Volumes that pods have through claims. The Node authorizer lets an agent get a claim its pods name, and the volume behind it, but neither list nor
 * watch: so both are asked for when the pod is set up. A claim never changes its volume once it is bound: what was found is kept in the
 * pod's folder, and a machine that comes back with no server in reach mounts the same. */

#define AGAIN_MS 1000

struct claimed {
    struct list link; /* in worker->claims */
    struct worker *worker;
    char name[254], uid[64];
    struct arena *mem;
    struct value volume; /* NULL-typed: not known yet */
    bool asked, looked;  /* looked: on the disk */
    int64_t ask_at;
    char failure[300];
};

static const struct schema_resource *core(const char *resource)
{
    return schema_resource_find(STR_NONE, STR("v1"), str_of(resource));
}

static int file_of(const struct claimed *c, char path[OS_PATH_MAX])
{
    char folder[OS_PATH_MAX];
    return os_path(path, "%s/claim-%s.json", pod_worker_folder(c->worker, folder), c->name);
}

static void read_file(struct claimed *c)
{
    char path[OS_PATH_MAX];
    SCOPED_BUF text = BUF_INIT(1u << 20);
    SCOPED(arena) mem = NULL;
    struct value tree = {0};
    c->looked = true;
    if (file_of(c, path) < 0 || os_file_read(path, 1u << 20, &text) < 0 || arena_new(&mem, POD_BYTES) < 0 ||
        json_parse(mem, buf_view(&text), &tree, NULL) < 0)
        return;
    c->mem = TAKE(mem);
    c->volume = tree;
}

static void write_file(struct claimed *c)
{
    char path[OS_PATH_MAX];
    SCOPED_BUF text = BUF_INIT(1u << 20);
    json_print(&text, &c->volume);
    int r = buf_error(&text);
    if (r == 0)
        r = file_of(c, path);
    if (r == 0)
        r = os_file_replace(path, buf_view(&text), 0600);
    if (r < 0)
        log_warn("node", "pod %s/%s: the volume of claim %s could not be kept on disk: %s", c->worker->ns, c->worker->name, c->name, strerror(-r));
}

static void fail(struct claimed *c, const char *fmt, ...) PRINTF(2, 3);
static void fail(struct claimed *c, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(c->failure, sizeof(c->failure), fmt, ap);
    va_end(ap);
    c->asked = false;
    c->ask_at = loop_now(c->worker->host->loop) + AGAIN_MS;
    pod_worker_poke_after(c->worker, AGAIN_MS);
}

static void on_volume(void *ctx, const struct client_reply *r)
{
    struct claimed *c = ctx;
    SCOPED(arena) mem = NULL;
    struct value tree = {0};
    if (!client_ok(r) || !r->object) {
        fail(c, "the volume of persistentvolumeclaim \"%s\": %.*s", c->name, STR_FMT(r->message));
        return;
    }
    if (arena_new(&mem, POD_BYTES) < 0 || object_tree(mem, r->object, &tree, NULL) < 0) {
        fail(c, "no memory for the volume of persistentvolumeclaim \"%s\"", c->name);
        return;
    }
    if (!str_is(value_text_at(&tree, "spec.claimRef.uid"), c->uid)) {
        fail(c, "volume \"%.*s\" is not bound to persistentvolumeclaim \"%s\"", STR_FMT(value_text_at(&tree, "metadata.name")), c->name);
        return;
    }
    c->mem = TAKE(mem);
    c->volume = tree;
    c->asked = false;
    c->failure[0] = 0;
    write_file(c);
    c->worker->volumes_stale = true;
    pod_worker_poke(c->worker);
}

static bool ephemeral_stranger(const struct worker *w, const struct value *claim)
{
    const struct value *volumes = value_at(pod_worker_spec(w), "volumes"), *owners = value_at(claim, "metadata.ownerReferences");
    bool ours = true;
    VALUE_EACH_ITEM (v, volumes) {
        char name[600];
        snprintf(name, sizeof(name), "%s-%.*s", w->name, STR_FMT(value_text_at(v, "name")));
        if (value_at(v, "ephemeral") && str_is(value_text_at(claim, "metadata.name"), name))
            ours = false;
    }
    VALUE_EACH_ITEM (o, owners)
        ours = ours || str_is(value_text_at(o, "uid"), w->uid);
    return !ours;
}

static void on_claim(void *ctx, const struct client_reply *r)
{
    struct claimed *c = ctx;
    struct worker *w = c->worker;
    SCOPED(arena) mem = NULL;
    struct value claim = {0};
    if (!client_ok(r) || !r->object) {
        fail(c, "%.*s", STR_FMT(r->message));
        return;
    }
    if (arena_new(&mem, POD_BYTES) < 0 || object_tree(mem, r->object, &claim, NULL) < 0) {
        fail(c, "no memory for persistentvolumeclaim \"%s\"", c->name);
        return;
    }
    struct str volume = value_text_at(&claim, "spec.volumeName");
    if (!str_is(value_text_at(&claim, "status.phase"), "Bound") || !volume.n) {
        fail(c, "persistentvolumeclaim \"%s\" is not bound", c->name);
        return;
    }
    if (ephemeral_stranger(w, &claim)) {
        fail(c, "persistentvolumeclaim \"%s\" was not created for the pod (pod is not owner)", c->name);
        return;
    }
    snprintf(c->uid, sizeof(c->uid), "%.*s", STR_FMT(object_uid(r->object)));
    struct client_call call = {.verb = CLIENT_GET, .resource = core("persistentvolumes"), .name = volume};
    if (client_send(w->host->client, &call, on_volume, c) < 0)
        fail(c, "no memory for persistentvolumeclaim \"%s\"", c->name);
}

static void ask(struct claimed *c)
{
    struct worker *w = c->worker;
    struct client_call call = {.verb = CLIENT_GET, .resource = core("persistentvolumeclaims"), .ns = str_of(w->ns), .name = str_of(c->name)};
    c->asked = true;
    if (client_send(w->host->client, &call, on_claim, c) < 0)
        fail(c, "no memory for persistentvolumeclaim \"%s\"", c->name);
}

static struct claimed *claimed_find(struct worker *w, struct str name)
{
    size_t n = 0;
    LIST_EACH (c, &w->claims, struct claimed, link) {
        if (str_is(name, c->name))
            return c;
        n++;
    }
    struct claimed *c = n < POD_VOLUMES_MAX ? mem_alloc(sizeof(*c)) : NULL;
    if (!c)
        return NULL;
    c->worker = w;
    snprintf(c->name, sizeof(c->name), "%.*s", STR_FMT(name));
    list_add(&w->claims, &c->link);
    return c;
}

int pod_claim_get(struct worker *w, struct str name, const struct value **volume, struct err *err)
{
    if (!name.n || name.n > 253 || memchr(name.p, '/', name.n))
        return err_raise(err, -EINVAL, "\"%.*s\" is not the name of a claim", STR_FMT(name));
    struct claimed *c = claimed_find(w, name);
    if (!c)
        return err_raise(err, -ENOMEM, "no memory for persistentvolumeclaim \"%.*s\"", STR_FMT(name));
    if (!c->looked)
        read_file(c);
    if (c->volume.type == VALUE_NULL) {
        if (!c->asked && loop_now(w->host->loop) >= c->ask_at)
            ask(c);
        return c->failure[0] ? err_raise(err, -ENOENT, "%s", c->failure)
                             : err_raise(err, -EAGAIN, "persistentvolumeclaim \"%s\" is not known yet", c->name);
    }
    *volume = &c->volume;
    return 0;
}

void pod_claims_drop(struct worker *w)
{
    while (!list_empty(&w->claims)) {
        struct claimed *c = CONTAINER_OF(w->claims.next, struct claimed, link);
        list_del(&c->link);
        client_forget(w->host->client, c);
        arena_free(c->mem);
        mem_free(c);
    }
}
