#include "scheduler/inside.h"

/* HTTP extenders in the configuration: read, checked, defaults put in. Who asks them is asking.c. */

#define EXTENDERS_MAX 16
#define MANAGED_MAX   32
#define TIMEOUT_MS    5000 /* upstream's own */

int duration_read(struct str s, int64_t *ms)
{
    static const struct {
        const char *unit;
        int64_t ms;
    } units[] = {{"ms", 1}, {"s", 1000}, {"m", 60000}, {"h", 3600000}};
    int64_t sum = 0;
    if (!s.n)
        return -EINVAL;
    while (s.n) {
        size_t n = 0, u = 0;
        int64_t number;
        while (n < s.n && s.p[n] >= '0' && s.p[n] <= '9')
            n++;
        if (n == 0 || n > 9 || str_to_int(str_head(s, n), &number) < 0)
            return -EINVAL;
        s = str_from(s, n);
        while (u < ARRAY_LEN(units) && !(str_starts(s, str_of(units[u].unit)) &&
                                         (strlen(units[u].unit) == s.n || (s.p[strlen(units[u].unit)] >= '0' && s.p[strlen(units[u].unit)] <= '9'))))
            u++;
        if (u == ARRAY_LEN(units))
            return -EINVAL;
        sum += number * units[u].ms;
        s = str_from(s, strlen(units[u].unit));
    }
    *ms = sum;
    return sum > 0 ? 0 : -EINVAL;
}

static int pem_at(struct arena *a, const struct value *tls, const char *name, const char *path, struct str *out, struct err *err)
{
    struct str text = value_text(value_get(tls, str_of(name)));
    SCOPED_BUF plain = BUF_INIT(1u << 20);
    if (text.n && (buf_unbase64(&plain, text) < 0 || !buf_view(&plain).n))
        return err_raise(err, -EINVAL, "%s.tlsConfig.%s: Invalid value: must be base64", path, name);
    return text.n && arena_str(a, buf_view(&plain), out) < 0 ? -ENOMEM : 0;
}

static int tls_of(struct scheduler_config *c, struct scheduler_extender *x, const char *path, const struct value *tls, struct err *err)
{
    static const char *const fields[] = {"insecure", "serverName", "certFile", "keyFile", "caFile", "certData", "keyData", "caData", NULL};
    struct str at = arena_fmt(c->mem, "%s.tlsConfig", path);
    if (!tls)
        return 0;
    int r = at.p ? value_only(tls, at.p, fields, err) : -ENOMEM;
    x->insecure = value_bool_at(tls, "insecure", false);
    x->server_name = value_text_at(tls, "serverName");
    x->cert_file = value_text_at(tls, "certFile");
    x->key_file = value_text_at(tls, "keyFile");
    x->ca_file = value_text_at(tls, "caFile");
    if (r == 0)
        r = pem_at(c->mem, tls, "certData", path, &x->cert, err);
    if (r == 0)
        r = pem_at(c->mem, tls, "keyData", path, &x->key, err);
    if (r == 0)
        r = pem_at(c->mem, tls, "caData", path, &x->ca, err);
    if (r == 0 && x->insecure && (x->ca.n || x->ca_file.n))
        r = err_raise(err, -EINVAL, "%s.tlsConfig: Invalid value: specifying a root certificates file with the insecure flag is not allowed", path);
    if (r == 0 && (x->cert.n || x->cert_file.n) != (x->key.n || x->key_file.n))
        r = err_raise(err, -EINVAL, "%s.tlsConfig: Invalid value: a client certificate needs its key, and a key its certificate", path);
    return r;
}

static int managed_of(struct scheduler_config *c, struct scheduler_extender *x, const char *path, const struct value *list, struct err *err)
{
    static const char *const fields[] = {"name", "ignoredByScheduler", NULL};
    if (value_count(list) > MANAGED_MAX)
        return err_raise(err, -EINVAL, "%s.managedResources: Too many: more than %d", path, MANAGED_MAX);
    x->managed = arena_alloc(c->mem, (value_count(list) + 1) * sizeof(*x->managed));
    if (!x->managed)
        return -ENOMEM;
    VALUE_EACH_ITEM (m, list) {
        struct str at = arena_fmt(c->mem, "%s.managedResources[%zu]", path, x->n_managed), name = value_text_at(m, "name");
        int r = at.p ? value_only(m, at.p, fields, err) : -ENOMEM;
        if (r < 0)
            return r;
        if (str_find(name, STR("/")) <= 0 || str_find(name, STR("kubernetes.io/")) >= 0)
            return err_raise(err, -EINVAL, "%s.name: Invalid value: \"%.*s\": must be an extended resource's name", at.p, STR_FMT(name));
        for (size_t i = 0; i < x->n_managed; i++)
            if (str_eq(x->managed[i], name))
                return err_raise(err, -EINVAL, "%s.name: Invalid value: \"%.*s\": duplicate extender managed resource name", at.p, STR_FMT(name));
        x->managed[x->n_managed++] = name;
        for (size_t p = 0; value_bool_at(m, "ignoredByScheduler", false) && p < c->n_profiles; p++) {
            struct sched_profile *profile = &c->profiles[p];
            if (profile->n_ignored == SCHED_SCORED_MAX)
                return err_raise(err, -EINVAL, "%s: Too many: more than %d ignored resources and groups", at.p, SCHED_SCORED_MAX);
            profile->ignored[profile->n_ignored++] = name;
        }
    }
    return 0;
}

static int url_of(struct scheduler_extender *x, const char *path, struct str url, bool https, struct err *err)
{
    bool plain = str_starts(url, STR("http://")), tls = str_starts(url, STR("https://"));
    struct str rest = str_from(url, plain ? 7 : tls ? 8 : url.n), host, port;
    int64_t number = tls || https ? 443 : 80;
    if (!url.n)
        return err_raise(err, -EINVAL, "%s.urlPrefix: Required value", path);
    x->https = tls || https;
    ssize_t slash = str_find(rest, STR("/"));
    x->prefix = slash < 0 ? STR_NONE : str_from(rest, (size_t)slash);
    host = slash < 0 ? rest : str_head(rest, (size_t)slash);
    while (x->prefix.n && x->prefix.p[x->prefix.n - 1] == '/')
        x->prefix.n--;
    if (host.n && host.p[0] == '[') {
        ssize_t end = str_find(host, STR("]"));
        port = end < 0 ? STR_NONE : str_from(host, (size_t)end + 1);
        host = end < 0 ? STR_NONE : str_make(host.p + 1, (size_t)end - 1);
        port = str_from(port, MIN(port.n, (size_t)1));
    } else if (str_cut(host, ':', &host, &port) && !port.n) {
        host = STR_NONE;
    }
    if (!host.n || (port.n && (str_to_int(port, &number) < 0 || number < 1 || number > 65535)))
        return err_raise(err, -EINVAL, "%s.urlPrefix: Invalid value: \"%.*s\": must be http://host[:port][/path] or https://…", path, STR_FMT(url));
    x->host = host;
    x->port = (int)number;
    return 0;
}

static int extender_of(struct scheduler_config *c, struct scheduler_extender *x, const char *path, const struct value *tree, struct err *err)
{
    static const char *const fields[] = {"urlPrefix", "filterVerb",  "preemptVerb",      "prioritizeVerb",   "weight",    "bindVerb", "enableHTTPS",
                                         "tlsConfig", "httpTimeout", "nodeCacheCapable", "managedResources", "ignorable", NULL};
    struct str timeout = value_text_at(tree, "httpTimeout");
    int r = value_only(tree, path, fields, err);
    if (r == 0)
        r = url_of(x, path, value_text_at(tree, "urlPrefix"), value_bool_at(tree, "enableHTTPS", false), err);
    x->filter = value_text_at(tree, "filterVerb");
    x->preempt = value_text_at(tree, "preemptVerb");
    x->prioritize = value_text_at(tree, "prioritizeVerb");
    x->bind = value_text_at(tree, "bindVerb");
    x->weight = value_int_at(tree, "weight", x->prioritize.n ? 0 : 1);
    x->names_only = value_bool_at(tree, "nodeCacheCapable", false);
    x->ignorable = value_bool_at(tree, "ignorable", false);
    x->timeout_ms = TIMEOUT_MS;
    if (r == 0 && x->prioritize.n && (x->weight < 1 || x->weight > 1000))
        r = err_raise(err, -EINVAL, "%s.weight: Invalid value: %lld: must have a positive weight applied to it, of 1000 at most", path,
                      (long long)x->weight);
    if (r == 0 && timeout.n && duration_read(timeout, &x->timeout_ms) < 0)
        r = err_raise(err, -EINVAL, "%s.httpTimeout: Invalid value: \"%.*s\": must be a duration such as 5s", path, STR_FMT(timeout));
    if (r == 0)
        r = tls_of(c, x, path, value_get(tree, STR("tlsConfig")), err);
    return r < 0 ? r : managed_of(c, x, path, value_get(tree, STR("managedResources")), err);
}

int extenders_read(struct scheduler_config *c, const struct value *list, struct err *err)
{
    const struct scheduler_extender *binder = NULL;
    int r = 0;
    if (value_count(list) > EXTENDERS_MAX)
        return err_raise(err, -EINVAL, "extenders: Too many: more than %d", EXTENDERS_MAX);
    c->extenders = arena_alloc(c->mem, (value_count(list) + 1) * sizeof(*c->extenders));
    if (!c->extenders)
        return -ENOMEM;
    VALUE_EACH_ITEM (tree, list) {
        struct scheduler_extender *x = &c->extenders[c->n_extenders];
        struct str path = arena_fmt(c->mem, "extenders[%zu]", c->n_extenders);
        *x = (struct scheduler_extender){0};
        r = path.p ? extender_of(c, x, path.p, tree, err) : -ENOMEM;
        if (r == 0 && x->bind.n && binder)
            r = err_raise(err, -EINVAL, "%s.bindVerb: Invalid value: found multiple extenders implementing bind", path.p);
        if (r < 0)
            return r;
        binder = x->bind.n ? x : binder;
        c->n_extenders++;
    }
    return 0;
}
