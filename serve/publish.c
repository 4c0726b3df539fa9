#include "serve/inside.h"

#include "auth/auth.h"
#include "claims/claims.h"
#include "client/client.h"
#include "object/object.h"
#include "queues/queues.h"

/* ConfigMaps kube-public/cluster-info (where the cluster is, and its authorities; the bootstrap signer signs it),
 * kube-system/coracle-cluster (the settings agents must share with the server) and extension-apiserver-authentication
 * (whom aggregated API servers believe), written at start and after a change. */

static void on_written(void *ctx, const struct client_reply *r)
{
    (void)ctx;
    if (!client_ok(r))
        log_warn("server", "what joining nodes read could not be written: %.*s", STR_FMT(r->message));
}

static void on_class(void *ctx, const struct client_reply *r)
{
    (void)ctx;
    if (!client_ok(r) && r->code != 409) /* one that is there stays as it is */
        log_warn("server", "the StorageClass coracle-local could not be written: %.*s", STR_FMT(r->message));
}

static int apply(struct client *client, const char *ns, const char *name, const struct value *body)
{
    struct client_call call = {.verb = CLIENT_PATCH,
                               .patch = CLIENT_PATCH_APPLY,
                               .resource = schema_resource_find(STR_NONE, STR("v1"), STR("configmaps")),
                               .ns = str_of(ns),
                               .name = str_of(name),
                               .body = body,
                               .manager = STR("coracle"),
                               .force = true};
    return client_send(client, &call, on_written, NULL);
}

static int settings(struct arena *a, const struct settings *c, struct value *out)
{
    const char *rows[][2] = {
        {"pod-cidr", c->pod_cidr}, {"service-cidr", c->service_cidr}, {"cluster-dns", c->cluster_dns}, {"cluster-domain", c->cluster_domain}};
    struct value data = value_make_map();
    int r = 0;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        VALUE_SET(&r, a, &data, rows[i][0], value_make_text(str_of(rows[i][1])));
    VALUE_SET(&r, a, out, "apiVersion", value_make_text(STR("v1")));
    VALUE_SET(&r, a, out, "kind", value_make_text(STR("ConfigMap")));
    VALUE_SET(&r, a, out, "metadata.name", value_make_text(STR("coracle-cluster")));
    VALUE_SET(&r, a, out, "metadata.namespace", value_make_text(STR("kube-system")));
    VALUE_SET(&r, a, out, "data", data);
    return r;
}

/* A claim that names no class just works: it becomes a folder on the node of its first pod. */
static int storage_class(struct arena *a, struct client *client)
{
    struct value class = {0}, notes = {0};
    int r = value_set(a, &notes, STR("storageclass.kubernetes.io/is-default-class"), value_make_text(STR("true"))) ? 0 : -ENOMEM;
    VALUE_SET(&r, a, &class, "apiVersion", value_make_text(STR("storage.k8s.io/v1")));
    VALUE_SET(&r, a, &class, "kind", value_make_text(STR("StorageClass")));
    VALUE_SET(&r, a, &class, "metadata.name", value_make_text(STR("coracle-local")));
    VALUE_SET(&r, a, &class, "metadata.annotations", notes);
    VALUE_SET(&r, a, &class, "provisioner", value_make_text(STR(CLAIMS_LOCAL)));
    VALUE_SET(&r, a, &class, "reclaimPolicy", value_make_text(STR("Delete")));
    VALUE_SET(&r, a, &class, "volumeBindingMode", value_make_text(STR("WaitForFirstConsumer")));
    struct client_call call = {.verb = CLIENT_CREATE,
                               .resource = schema_resource_find(STR("storage.k8s.io"), STR("v1"), STR("storageclasses")),
                               .name = STR("coracle-local"),
                               .body = &class,
                               .manager = STR("coracle")};
    return r < 0 ? r : client_send(client, &call, on_class, NULL);
}

/* ── the kinds of queues ── */

static void on_definition(void *ctx, const struct client_reply *r)
{
    (void)ctx;
    if (!client_ok(r))
        log_warn("server", "queues: a definition was not written: %.*s", STR_FMT(r->message));
}

/* One that somebody else wrote is left alone: Kueue itself may be installed. */
static int definitions(struct arena *a, struct client *client)
{
    int r = 0;
    for (size_t i = 0; r == 0; i++) {
        struct value body;
        r = queues_definition(a, i, &body);
        if (r != 0)
            return r < 0 ? r : 0;
        struct client_call call = {.verb = CLIENT_PATCH,
                                   .patch = CLIENT_PATCH_APPLY,
                                   .resource = schema_resource_find(STR("apiextensions.k8s.io"), STR("v1"), STR("customresourcedefinitions")),
                                   .name = value_text_at(&body, "metadata.name"),
                                   .body = &body,
                                   .manager = STR("coracle")};
        r = client_send(client, &call, on_definition, NULL);
    }
    return r;
}

int publish_cluster(struct client *client, const struct settings *c, const char *url, const struct auth_pki *pki, struct err *err)
{
    SCOPED(arena) a = NULL;
    struct value info = {0}, own = {0}, extension = {0};
    int r = arena_new(&a, 4u << 20);
    if (r == 0)
        r = auth_cluster_info(a, url, auth_pki_ca_bundle(pki), &info);
    if (r == 0)
        r = apply(client, "kube-public", "cluster-info", &info);
    if (r == 0)
        r = settings(a, c, &own);
    if (r == 0)
        r = apply(client, "kube-system", "coracle-cluster", &own);
    if (r == 0)
        r = auth_extension_config(a, pki, &extension);
    if (r == 0)
        r = apply(client, "kube-system", "extension-apiserver-authentication", &extension);
    if (r == 0 && !c->no_local_storage)
        r = storage_class(a, client);
    if (r == 0 && c->queues)
        r = definitions(a, client);
    return r < 0 ? err_raise(err, r, "no memory for cluster-info") : 0;
}
