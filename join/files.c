#include "join/inside.h"

#include "yaml/yaml.h"

/* What joining leaves on disk. */

static int write_one(const char *data, const char *name, const char *suffix, const char *text, mode_t mode, struct err *err)
{
    char path[OS_PATH_MAX];
    int r = os_path(path, "%s/pki/%s%s", data, name, suffix);
    if (r == 0)
        r = os_file_replace(path, str_of(text), mode);
    return r < 0 ? err_raise(err, r, "cannot write %s/pki/%s%s: %s", data, name, suffix, strerror(-r)) : 0;
}

int join_pair_write(const char *data, const char *name, const struct tls_pair *pair, struct err *err)
{
    char path[OS_PATH_MAX];
    int r = os_path(path, "%s/pki", data);
    if (r == 0)
        r = os_dir_make(path, 0700);
    if (r < 0)
        return err_raise(err, r, "cannot make %s/pki: %s", data, strerror(-r));
    r = write_one(data, name, ".key", pair->key_pem, 0600, err);
    return r < 0 ? r : write_one(data, name, ".crt", pair->cert_pem, 0644, err);
}

static int read_one(const char *data, const char *name, const char *suffix, char **out)
{
    char path[OS_PATH_MAX];
    SCOPED_BUF b = BUF_INIT(JOIN_TEXT_MAX);
    int r = os_path(path, "%s/pki/%s%s", data, name, suffix);
    if (r == 0)
        r = os_file_read(path, JOIN_TEXT_MAX, &b);
    if (r < 0)
        return r;
    *out = mem_text(b.p, b.n);
    return *out ? 0 : -ENOMEM;
}

int join_pair_read(const char *data, const char *name, struct tls_pair *out)
{
    *out = (struct tls_pair){0};
    int r = read_one(data, name, ".crt", &out->cert_pem);
    if (r == 0)
        r = read_one(data, name, ".key", &out->key_pem);
    if (r < 0)
        tls_pair_done(out);
    return r;
}

int join_kubeconfig_write(const char *data, const char *server, const char *ca_pem, const struct tls_pair *pair, struct err *err)
{
    char path[OS_PATH_MAX];
    int r = os_path(path, "%s/agent.kubeconfig", data);
    return r < 0 ? err_raise(err, r, "data-dir: too long") : auth_kubeconfig_write(path, "coracle", server, ca_pem, "node", pair, err);
}

int join_authority(struct arena *a, const struct value *cluster_info, struct str *pem, struct err *err)
{
    struct value config = {0};
    SCOPED_BUF b = BUF_INIT(JOIN_TEXT_MAX);
    *pem = STR_NONE;
    int r = yaml_parse(a, value_text_at(cluster_info, "data.kubeconfig"), NULL, &config, err);
    if (r < 0)
        return err_wrap(err, r, "cluster-info");
    const struct value *cluster = value_at(value_item(value_at(&config, "clusters"), 0), "cluster");
    if (buf_unbase64(&b, value_text(value_get(cluster, STR("certificate-authority-data")))) < 0)
        return err_raise(err, -EBADMSG, "cluster-info: certificate-authority-data is not base64");
    r = arena_str(a, buf_view(&b), pem);
    return r < 0 ? err_raise(err, r, "no memory for cluster-info") : 0;
}

int join_settings_write(const char *data, const struct value *config_map, struct err *err)
{
    char path[OS_PATH_MAX];
    SCOPED_BUF b = BUF_INIT(JOIN_TEXT_MAX);
    buf_text(&b, "# Settings of the cluster this node has joined; flags and the configuration file stand above them.\n");
    int r = yaml_print(&b, value_at(config_map, "data"), err);
    if (r == 0)
        r = buf_error(&b);
    if (r == 0)
        r = os_path(path, "%s/cluster.yaml", data);
    if (r == 0)
        r = os_file_replace(path, buf_view(&b), 0644);
    return r < 0 ? err_raise(err, r, "cannot write %s/cluster.yaml: %s", data, strerror(-r)) : 0;
}

int join_url(const char *url, struct client_config *out, struct err *err)
{
    struct str rest = str_from(str_of(url), 8), host, port = STR_NONE, tail;
    int64_t n = 6443;
    if (!str_starts(str_of(url), STR("https://")))
        return err_raise(err, -EINVAL, "server: \"%s\" must begin with https://", url);
    str_cut(rest, '/', &rest, &tail);
    if (rest.n && rest.p[0] == '[') {
        if (!str_cut(str_from(rest, 1), ']', &host, &port))
            return err_raise(err, -EINVAL, "server: \"%s\": a bracket is not closed", url);
        port = str_from(port, 1);
    } else {
        str_cut(rest, ':', &host, &port);
    }
    if (!host.n || (port.n && (str_to_int(port, &n) < 0 || n < 1 || n > 65535)))
        return err_raise(err, -EINVAL, "server: \"%s\" must be https://HOST:PORT", url);
    out->host = mem_text(host.p, host.n);
    out->port = (int)n;
    return out->host ? 0 : err_raise(err, -ENOMEM, "no memory for the server's address");
}
