#include "settings/settings.h"

#include "join/join.h"
#include "tls/tls.h"
#include "yaml/yaml.h"

/* An agent with --server and --token joins first and is then what it would have been anyway: an agent with a kubeconfig. */

struct joining {
    struct loop *loop;
    int r;
    char waits_for[300]; /* told once */
};

static bool file_in(const char *data, const char *name)
{
    char path[OS_PATH_MAX];
    return os_path(path, "%s/%s", data, name) == 0 && access(path, F_OK) == 0;
}

bool joining_done(const struct settings *c)
{
    return file_in(c->data_dir, "pki/kubelet-client.crt") && !file_in(c->data_dir, "pki/ca.key");
}

static bool has_identity(const struct settings *c)
{
    SCOPED(arena) a = NULL;
    SCOPED_BUF pem = BUF_INIT(1u << 20);
    struct tls_subject s;
    struct timespec now;
    char path[OS_PATH_MAX];
    clock_gettime(CLOCK_REALTIME, &now);
    return file_in(c->data_dir, "agent.kubeconfig") && os_path(path, "%s/pki/kubelet-client.crt", c->data_dir) == 0 &&
           os_file_read(path, 1u << 20, &pem) == 0 && arena_new(&a, 1u << 20) == 0 && tls_cert_read(a, buf_view(&pem), &s, NULL) == 0 &&
           s.not_after > now.tv_sec;
}

bool joining_due(const struct settings *c)
{
    return c->server && c->token && !has_identity(c);
}

static void on_wait(void *ctx, const char *what)
{
    struct joining *j = ctx;
    if (strcmp(j->waits_for, what) == 0)
        return;
    snprintf(j->waits_for, sizeof(j->waits_for), "%s", what);
    log_info("agent", "waits: %s", what);
}

static void on_done(void *ctx, int r, const char *error)
{
    struct joining *j = ctx;
    j->r = r;
    if (r < 0)
        log_error("agent", "cannot join: %s", error);
    loop_stop(j->loop);
}

int joining_run(struct settings *c)
{
    struct joining j = {.r = -EINTR};
    struct join *joining = NULL;
    struct err err = {{0}};
    struct join_options o = {.server = c->server,
                             .token = c->token,
                             .ca_hashes = c->ca_hashes,
                             .node_name = c->node_name,
                             .data = c->data_dir,
                             .on_wait = on_wait,
                             .done = on_done,
                             .ctx = &j};
    int r = os_dir_make(c->data_dir, 0711);
    if (r < 0)
        err_raise(&err, r, "%s: %s", c->data_dir, strerror(-r));
    if (r == 0 && (r = loop_new(&j.loop)) < 0)
        err_raise(&err, r, "no event loop");
    if (r == 0)
        r = join_new(&joining, j.loop, &o, &err);
    if (r < 0)
        log_error("agent", "cannot join: %s", err.text);
    else if (loop_run(j.loop) == 0)
        r = j.r;
    join_free(joining);
    loop_free(j.loop);
    if (r == 0)
        log_info("agent", "has joined %s as node %s", c->server, c->node_name);
    return r;
}

int joining_settings(struct settings *c, int (*set)(struct settings *c, struct str name, struct str value, struct err *err), struct err *err)
{
    SCOPED_BUF text = BUF_INIT(0);
    struct value root = {0};
    char path[OS_PATH_MAX];
    int r = c->data_dir ? os_path(path, "%s/cluster.yaml", c->data_dir) : os_path(path, "/var/lib/%s/cluster.yaml", c->name ? c->name : "coracle");
    if (r < 0 || os_file_read(path, 1u << 20, &text) < 0)
        return 0;
    r = yaml_parse(c->mem, buf_view(&text), NULL, &root, err);
    VALUE_EACH_MEMBER (m, &root)
        if (r == 0)
            r = set(c, m->key, value_text(&m->value), err);
    return r < 0 ? err_wrap(err, r, "%s", path) : 0;
}
