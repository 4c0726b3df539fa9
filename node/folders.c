#include "node/inside.h"

#include "claims/claims.h"
#include "object/object.h"

/* Folders of volumes that the provisioner coracle.dev/local made on this node. Which of them are to be deleted stands in annotations of the Node
 * (claims/claims.h): a thread deletes one after the other, and each annotation goes once its folder is gone. */

#define LATER_MS 5000

struct removal {
    struct node *node; /* NULL: it has stopped */
    char name[254], path[OS_PATH_MAX];
    int r;
};

static void look(void *ctx);

static void look_after(struct node *n, int64_t ms)
{
    if (loop_timer_start(n->host.loop, &n->folders_timer, ms, look, n) < 0)
        log_error("node", "no memory for a timer");
}

static void on_told(void *ctx, const struct client_reply *r)
{
    struct node *n = ctx;
    n->folders_busy = false;
    look_after(n, client_ok(r) ? 0 : LATER_MS);
}

static int tell(struct node *n, const char *name)
{
    SCOPED(arena) a = NULL;
    struct value patch = {0}, notes = {0};
    int r = arena_new(&a, 1u << 16);
    if (r == 0 && !value_set(a, &notes, arena_fmt(a, CLAIMS_DELETE "%s", name), (struct value){.type = VALUE_NULL}))
        r = -ENOMEM;
    VALUE_SET(&r, a, &patch, "metadata.annotations", notes);
    struct client_call call = {.verb = CLIENT_PATCH,
                               .patch = CLIENT_PATCH_MERGE,
                               .resource = client_cache_resource(n->self),
                               .name = str_of(n->o.name),
                               .body = &patch,
                               .manager = STR("kubelet")};
    return r < 0 ? r : client_send(n->host.client, &call, on_told, n);
}

static void remove_folder(void *ctx) /* a thread of the pool */
{
    struct removal *m = ctx;
    m->r = os_tree_remove(m->path);
}

static void on_removed(void *ctx)
{
    struct removal *m = ctx;
    struct node *n = m->node;
    if (n) {
        n->removal = NULL;
        if (m->r < 0)
            log_warn("node", "%s cannot be deleted: %s", m->path, strerror(-m->r));
        if (m->r < 0 || tell(n, m->name) < 0) {
            n->folders_busy = false;
            look_after(n, LATER_MS);
        }
    }
    mem_free(m);
}

/* One name, no way out of the folder. */
static bool plain(struct str name)
{
    for (size_t i = 0; i < name.n; i++)
        if (!(name.p[i] >= 'a' && name.p[i] <= 'z') && !(name.p[i] >= '0' && name.p[i] <= '9') && name.p[i] != '-')
            return false;
    return name.n > 0 && name.n < 254;
}

static bool in_use(const struct node *n, const char *path)
{
    MAP_EACH (slot, &n->host.workers) {
        const struct worker *w = slot->value;
        for (size_t i = 0; i < w->n_volumes; i++)
            if (w->volumes[i].path && strcmp(w->volumes[i].path, path) == 0)
                return true;
    }
    return false;
}

static bool begin(struct node *n, struct str name)
{
    struct removal *m = mem_alloc(sizeof(*m));
    if (!m)
        return false;
    m->node = n;
    snprintf(m->name, sizeof(m->name), "%.*s", STR_FMT(name));
    if (os_path(m->path, "%s/volumes/%s", n->o.data, m->name) < 0 || in_use(n, m->path) ||
        loop_work(n->host.loop, remove_folder, on_removed, m) < 0) {
        mem_free(m);
        return false;
    }
    n->removal = m;
    n->folders_busy = true;
    return true;
}

static void look(void *ctx)
{
    struct node *n = ctx;
    SCOPED(arena) a = NULL;
    struct value tree = {0};
    struct object *self = n->self ? client_cache_get(n->self, STR_NONE, str_of(n->o.name)) : NULL;
    bool waits = false;
    if (n->folders_busy || !self || arena_new(&a, 4u << 20) < 0 || object_tree(a, self, &tree, NULL) < 0)
        return;
    const struct value *notes = value_at(&tree, "metadata.annotations");
    VALUE_EACH_MEMBER (m, notes) {
        if (!str_starts(m->key, STR(CLAIMS_DELETE)))
            continue;
        struct str name = str_from(m->key, sizeof(CLAIMS_DELETE) - 1);
        if (plain(name) && begin(n, name))
            return;
        waits = waits || plain(name);
    }
    if (waits)
        look_after(n, LATER_MS);
}

void node_folders_changed(struct node *n)
{
    look(n);
}

void node_folders_stop(struct node *n)
{
    loop_timer_stop(&n->folders_timer);
    if (n->removal)
        n->removal->node = NULL;
    n->removal = NULL;
}
