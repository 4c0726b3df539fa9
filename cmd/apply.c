#include "cmd/inside.h"

#include "client/client.h"
#include "object/object.h"
#include "yaml/yaml.h"

/* Server-side apply of every document of the files named: enough to set a host up without kubectl. */

struct apply {
    struct settings *config;
    struct loop *loop;
    struct client *client;
    struct str kind, ns, name;
    int failed;
};

static void on_reply(void *ctx, const struct client_reply *r)
{
    struct apply *a = ctx;
    if (client_ok(r)) {
        printf("%.*s/%.*s %s\n", STR_FMT(a->kind), STR_FMT(a->name), r->code == 201 ? "created" : "applied");
    } else {
        fprintf(stderr, "coracle apply: %.*s/%.*s: %.*s\n", STR_FMT(a->kind), STR_FMT(a->name), STR_FMT(r->message));
        a->failed = 1;
    }
    loop_stop(a->loop);
}

static int apply_one(void *ctx, struct value *document)
{
    struct apply *a = ctx;
    if (document->type == VALUE_NULL)
        return 0;
    const struct schema_kind *kind = schema_kind_parse(value_text_at(document, "apiVersion"), value_text_at(document, "kind"));
    const struct schema_resource *resource = kind ? schema_resource_of_kind(kind) : NULL;
    a->kind = value_text_at(document, "kind");
    a->name = value_text_at(document, "metadata.name");
    a->ns = value_text_at(document, "metadata.namespace");
    if (!resource) {
        fprintf(stderr, "coracle apply: %.*s %.*s: no such kind\n", STR_FMT(value_text_at(document, "apiVersion")), STR_FMT(a->kind));
        a->failed = 1;
        return 0;
    }
    struct client_call call = {.verb = CLIENT_PATCH,
                               .patch = CLIENT_PATCH_APPLY,
                               .resource = resource,
                               .name = a->name,
                               .body = document,
                               .ns = !resource->namespaced ? STR_NONE
                                     : a->ns.n             ? a->ns
                                                           : STR("default"),
                               .manager = STR("coracle")};
    int r = client_send(a->client, &call, on_reply, a);
    return r < 0 ? r : loop_run(a->loop);
}

static int apply_file(struct apply *a, const char *path, struct err *err)
{
    SCOPED(arena) mem = NULL;
    SCOPED_BUF text = BUF_INIT(0);
    int r = os_file_read(path, 16u << 20, &text);
    if (r < 0)
        return err_raise(err, r, "%s: %s", path, strerror(-r));
    r = arena_new(&mem, 256u << 20);
    if (r < 0)
        return err_raise(err, r, "no memory for %s", path);
    r = yaml_parse_all(mem, buf_view(&text), apply_one, a, err);
    return r < 0 ? err_wrap(err, r, "%s", path) : 0;
}

int apply_main(struct settings *c)
{
    struct apply a = {.config = c};
    struct client_config k = {0};
    struct err err = {{0}};
    const char *path = arena_fmt(c->mem, "%s/admin.kubeconfig", c->data_dir).p;
    if (c->n_words == 0) {
        fprintf(stderr, "usage: coracle apply FILE…\n");
        return 2;
    }
    int r = client_config_load(&k, path, NULL, &err);
    if (r == 0 && loop_new(&a.loop) < 0)
        r = err_raise(&err, -ENOMEM, "no event loop");
    if (r == 0)
        r = client_http_new(&a.client, a.loop, &k, STR("coracle"), &err);
    for (int i = 0; r == 0 && i < c->n_words; i++)
        r = apply_file(&a, c->words[i], &err);
    if (r < 0)
        fprintf(stderr, "coracle apply: %s\n", err.text);
    client_free(a.client);
    client_config_done(&k);
    loop_free(a.loop);
    return r < 0 || a.failed;
}
