#include "client/inside.h"

#include "os/os.h"
#include "yaml/yaml.h"

/* kubeconfig (clientcmd v1): the parts a client needs — server, roots, identity, namespace. */
#define KUBECONFIG_MAX (1u << 20)

void client_config_done(struct client_config *k)
{
    mem_free(k->host);
    mem_free(k->path);
    mem_free(k->ca_pem);
    mem_free(k->cert_pem);
    mem_free(k->key_pem);
    mem_free(k->token);
    mem_free(k->token_file);
    mem_free(k->namespace_);
    *k = (struct client_config){0};
}

/* The body of the list item with this name: clusters[name=x].cluster. */
static const struct value *named(const struct value *root, const char *list, struct str name, const char *body)
{
    const struct value *items = value_at(root, list);
    VALUE_EACH_ITEM (item, items)
        if (str_eq(value_text_at(item, "name"), name))
            return value_at(item, body);
    return NULL;
}

static int text_of(char **out, struct str s, struct err *err)
{
    if (!s.n)
        return 0;
    *out = mem_text(s.p, s.n);
    return *out ? 0 : err_raise(err, -ENOMEM, "no memory for the configuration");
}

/* Bytes given in place (base64) or by a file named beside the kubeconfig. */
static int bytes_of(char **out, const struct value *v, const char *name, const char *folder, struct err *err)
{
    char data[64], path[OS_PATH_MAX];
    SCOPED_BUF b = BUF_INIT(KUBECONFIG_MAX);
    snprintf(data, sizeof(data), "%s-data", name);
    struct str inside = value_text(value_get(v, str_of(data))), file = value_text(value_get(v, str_of(name)));
    int r = 0;
    if (inside.n) {
        r = buf_unbase64(&b, inside);
        if (r < 0)
            return err_raise(err, r, "%s: not base64", data);
    } else if (file.n) {
        r = file.p[0] == '/' ? os_path(path, "%.*s", STR_FMT(file)) : os_path(path, "%s/%.*s", folder, STR_FMT(file));
        if (r == 0)
            r = os_file_read(path, KUBECONFIG_MAX, &b);
        if (r < 0)
            return err_raise(err, r, "%s: cannot read %.*s: %s", name, STR_FMT(file), strerror(-r));
    }
    return text_of(out, buf_view(&b), err);
}

static int server_of(struct client_config *out, struct str url, struct err *err)
{
    struct str host = str_from(url, 8), rest, port;
    int64_t number = 443;
    if (!str_starts(url, STR("https://")))
        return err_raise(err, -EINVAL, "server \"%.*s\": must begin with https://", STR_FMT(url));
    str_cut(host, '/', &host, &rest);
    struct str path = str_make(host.p + host.n, (size_t)(url.p + url.n - host.p) - host.n);
    bool v6 = host.n && host.p[0] == '[';
    if (v6) {
        if (!str_cut(str_from(host, 1), ']', &host, &rest))
            return err_raise(err, -EINVAL, "server \"%.*s\": a bracket is not closed", STR_FMT(url));
        port = str_from(rest, 1);
    } else {
        str_cut(host, ':', &host, &port);
    }
    if (port.n && (str_to_int(port, &number) < 0 || number < 1 || number > 65535))
        return err_raise(err, -EINVAL, "server \"%.*s\": bad port", STR_FMT(url));
    if (!host.n)
        return err_raise(err, -EINVAL, "server \"%.*s\": no host", STR_FMT(url));
    out->port = (int)number;
    int r = text_of(&out->path, path, err);
    return r < 0 ? r : text_of(&out->host, host, err);
}

static int token_file_of(char **out, struct str file, const char *folder, struct err *err)
{
    char path[OS_PATH_MAX];
    int r = !file.n || file.p[0] == '/' ? 0 : os_path(path, "%s/%.*s", folder, STR_FMT(file));
    if (r < 0)
        return err_raise(err, r, "tokenFile: the path is too long");
    return text_of(out, file.n && file.p[0] != '/' ? str_of(path) : file, err);
}

static int fill(struct client_config *out, const struct value *root, struct str context, const char *folder, struct err *err)
{
    if (!context.n)
        context = value_text_at(root, "current-context");
    const struct value *ctx = named(root, "contexts", context, "context");
    if (!ctx)
        return err_raise(err, -ENOENT, "context \"%.*s\" does not exist", STR_FMT(context));
    const struct value *cluster = named(root, "clusters", value_text_at(ctx, "cluster"), "cluster");
    if (!cluster)
        return err_raise(err, -ENOENT, "cluster \"%.*s\" does not exist", STR_FMT(value_text_at(ctx, "cluster")));
    struct str user_name = value_text_at(ctx, "user");
    const struct value *user = named(root, "users", user_name, "user");
    if (user_name.n && !user)
        return err_raise(err, -ENOENT, "user \"%.*s\" does not exist", STR_FMT(user_name));
    static const char *const foreign[] = {"exec", "auth-provider", "username"};
    for (size_t i = 0; i < ARRAY_LEN(foreign); i++) /* rather than going as nobody */
        if (!value_is_null(value_get(user, str_of(foreign[i]))))
            return err_raise(err, -ENOTSUP, "user \"%.*s\": %s is not supported", STR_FMT(user_name), foreign[i]);
    int r = server_of(out, value_text_at(cluster, "server"), err);
    out->insecure = value_bool_at(cluster, "insecure-skip-tls-verify", false);
    if (r == 0)
        r = bytes_of(&out->ca_pem, cluster, "certificate-authority", folder, err);
    if (r == 0)
        r = bytes_of(&out->cert_pem, user, "client-certificate", folder, err);
    if (r == 0)
        r = bytes_of(&out->key_pem, user, "client-key", folder, err);
    if (r == 0)
        r = text_of(&out->token, value_text_at(user, "token"), err);
    if (r == 0)
        r = token_file_of(&out->token_file, value_text_at(user, "tokenFile"), folder, err);
    if (r == 0)
        r = text_of(&out->namespace_, value_text_at(ctx, "namespace"), err);
    return r;
}

int client_config_load(struct client_config *out, const char *kubeconfig_path, const char *context, struct err *err)
{
    SCOPED(arena) a = NULL;
    SCOPED_BUF text = BUF_INIT(0);
    struct value root = {0};
    char folder[OS_PATH_MAX];
    struct str head, tail;
    *out = (struct client_config){0};
    int r = os_file_read(kubeconfig_path, KUBECONFIG_MAX, &text);
    if (r < 0)
        return err_raise(err, r, "cannot read %s: %s", kubeconfig_path, strerror(-r));
    r = arena_new(&a, 16u << 20);
    if (r < 0)
        return err_raise(err, r, "no memory for %s", kubeconfig_path);
    r = yaml_parse(a, buf_view(&text), NULL, &root, err);
    if (r < 0)
        return err_wrap(err, r, "%s", kubeconfig_path);
    bool inside = str_cut_last(str_of(kubeconfig_path), '/', &head, &tail);
    r = os_path(folder, "%.*s", STR_FMT(inside ? head : STR(".")));
    if (r == 0)
        r = fill(out, &root, str_of(context), folder, err);
    if (r < 0) {
        client_config_done(out);
        return err_wrap(err, r, "%s", kubeconfig_path);
    }
    return 0;
}
