#include "serve/inside.h"

#include "auth/auth.h"
#include "net/net.h"

/* Certificates of this instance: which names they carry, and the kubeconfigs made of them. */

int pki_open(const struct settings *config, struct auth_pki **out, struct err *err)
{
    struct settings copy = *config, *c = &copy;
    char folder[OS_PATH_MAX], found[NET_ADDRESSES_MAX][64];
    const char *node_ips[NET_ADDRESSES_MAX + 4] = {"127.0.0.1"};
    struct ranges first = {.n = 0}; /* the Service default/kubernetes has the first address of the range */
    size_t n = net_node_addresses(NULL, found), k = 1;
    const char *text = ranges_nth(c, c->service_cidr, 1);
    if (!text || ranges_split(c->mem, text, &first) < 0)
        return err_raise(err, -ENOMEM, "no memory for the certificates' names");
    if (ranges_six(c))
        node_ips[k++] = "::1";
    for (size_t i = 0; i < n; i++)
        node_ips[k++] = found[i];
    if (c->advertise_address)
        node_ips[k++] = c->advertise_address;
    int r = os_path(folder, "%s/pki", c->data_dir);
    if (r < 0)
        return err_raise(err, r, "data-dir: too long");
    struct auth_pki_options o = {.node_name = c->node_name,
                                 .cluster_domain = c->cluster_domain,
                                 .service_ips = first.list,
                                 .node_ips = node_ips,
                                 .extra_names = c->server_names};
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return auth_pki_open(out, folder, &o, now.tv_sec, err);
}

/* The server writes in DATA/pki only; people and agents look into DATA. */
int pki_links(const struct settings *c, struct err *err)
{
    static const char *const names[] = {"admin.kubeconfig", "agent.kubeconfig"};
    for (size_t i = 0; i < ARRAY_LEN(names); i++) {
        char path[OS_PATH_MAX], to[OS_PATH_MAX], have[OS_PATH_MAX] = "";
        if (os_path(path, "%s/%s", c->data_dir, names[i]) < 0 || os_path(to, "pki/%s", names[i]) < 0)
            return err_raise(err, -ENAMETOOLONG, "data-dir: too long");
        ssize_t n = readlink(path, have, sizeof(have) - 1);
        if (n > 0 && strcmp(have, to) == 0)
            continue;
        if ((unlink(path) < 0 && errno != ENOENT) || symlink(to, path) < 0)
            return err_raise(err, -errno, "%s: %s", path, strerror(errno));
    }
    return 0;
}

int pki_kubeconfigs(const struct settings *config, const struct auth_pki *p, int port, struct err *err)
{
    static const struct {
        const char *file, *user;
        enum auth_pki_pair pair;
    } rows[] = {{"admin.kubeconfig", "kubernetes-admin", AUTH_PKI_ADMIN}, {"agent.kubeconfig", "node", AUTH_PKI_NODE_CLIENT}};
    struct settings copy = *config, *c = &copy;
    bool any = strcmp(c->address, "0.0.0.0") == 0 || strcmp(c->address, "::") == 0;
    bool six = !any && strchr(c->address, ':');
    struct str url = arena_fmt(c->mem, six ? "https://[%s]:%d" : "https://%s:%d", any ? "127.0.0.1" : c->address, port);
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        char path[OS_PATH_MAX];
        int r = os_path(path, "%s/pki/%s", c->data_dir, rows[i].file);
        if (r == 0)
            r = auth_kubeconfig_write(path, c->name, url.p, auth_pki_ca_bundle(p), rows[i].user, auth_pki_get(p, rows[i].pair), err);
        if (r < 0)
            return err_wrap(err, r, "%s", rows[i].file);
    }
    return 0;
}
