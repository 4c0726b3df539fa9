#include "pod/pod.h"

/* A container's environment: image, services, envFrom, env — later ones win. */
#define ENVIRONMENT_MAX 8192

struct environment {
    struct arena *a;
    struct container *container;
    const char **lines; /* NAME=value */
    size_t n;
};

static int put(struct environment *e, struct str name, struct str value)
{
    struct str line = arena_fmt(e->a, "%.*s=%.*s", STR_FMT(name), STR_FMT(value));
    if (!line.p)
        return -ENOMEM;
    for (size_t i = 0; i < e->n; i++)
        if (strncmp(e->lines[i], line.p, name.n + 1) == 0) {
            e->lines[i] = line.p;
            return 0;
        }
    if (e->n == ENVIRONMENT_MAX)
        return -E2BIG;
    e->lines[e->n++] = line.p;
    return 0;
}

/* $(NAME) becomes its value, $$ a dollar sign; an unknown name stays as it is written. */
int pod_environment_expand(struct arena *a, const char *const *env, struct str text, struct str *out)
{
    SCOPED_BUF b = BUF_INIT(4u << 20);
    for (size_t i = 0; i < text.n; i++) {
        struct str name, rest;
        if (text.p[i] != '$' || i + 1 == text.n || (text.p[i + 1] != '(' && text.p[i + 1] != '$')) {
            buf_char(&b, text.p[i]);
            continue;
        }
        if (text.p[i + 1] == '$') {
            buf_char(&b, '$');
            i++;
            continue;
        }
        if (!str_cut(str_from(text, i + 2), ')', &name, &rest)) {
            buf_char(&b, '$');
            continue;
        }
        const char *value = NULL;
        for (size_t k = 0; env && env[k] && !value; k++)
            if (strncmp(env[k], name.p, name.n) == 0 && env[k][name.n] == '=')
                value = env[k] + name.n + 1;
        if (value)
            buf_text(&b, value);
        else
            buf_fmt(&b, "$(%.*s)", STR_FMT(name));
        i += name.n + 2;
    }
    return buf_error(&b) < 0 ? buf_error(&b) : arena_str(a, buf_view(&b), out);
}

/* ── services: {NAME}_SERVICE_HOST and so on, as Docker links had them ── */

static struct str upper(struct arena *a, struct str name)
{
    struct str out = arena_fmt(a, "%.*s", STR_FMT(name));
    union {
        const char *in;
        char *out;
    } text = {.in = out.p};
    for (size_t i = 0; out.p && i < out.n; i++) {
        char c = text.out[i];
        text.out[i] = c == '-' || c == '.' ? '_' : c >= 'a' && c <= 'z' ? (char)(c - 32) : c;
    }
    return out;
}

static int put_port(struct environment *e, struct str prefix, struct str ip, const struct value *port, bool first)
{
    struct str protocol = value_text_at(port, "protocol"), name = value_text_at(port, "name");
    int number = (int)value_int_at(port, "port", 0);
    struct str lower = str_is(protocol, "UDP") ? STR("udp") : str_is(protocol, "SCTP") ? STR("sctp") : STR("tcp");
    struct str url = arena_fmt(e->a, "%.*s://%.*s:%d", STR_FMT(lower), STR_FMT(ip), number);
    struct str base = arena_fmt(e->a, "%.*s_PORT_%d_%.*s", STR_FMT(prefix), number, STR_FMT(upper(e->a, lower)));
    struct str text = arena_fmt(e->a, "%d", number);
    int r = url.p && base.p && text.p ? 0 : -ENOMEM;
    if (r == 0 && first)
        r = put(e, arena_fmt(e->a, "%.*s_SERVICE_PORT", STR_FMT(prefix)), text);
    if (r == 0 && name.n)
        r = put(e, arena_fmt(e->a, "%.*s_SERVICE_PORT_%.*s", STR_FMT(prefix), STR_FMT(upper(e->a, name))), text);
    if (r == 0 && first)
        r = put(e, arena_fmt(e->a, "%.*s_PORT", STR_FMT(prefix)), url);
    if (r == 0)
        r = put(e, base, url);
    if (r == 0)
        r = put(e, arena_fmt(e->a, "%.*s_PROTO", STR_FMT(base)), lower);
    if (r == 0)
        r = put(e, arena_fmt(e->a, "%.*s_PORT", STR_FMT(base)), text);
    return r < 0 ? r : put(e, arena_fmt(e->a, "%.*s_ADDR", STR_FMT(base)), ip);
}

static int put_service(struct environment *e, const struct value *service)
{
    struct str ip = value_text_at(service, "spec.clusterIP");
    const struct value *ports = value_at(service, "spec.ports");
    if (!ip.n || str_is(ip, "None"))
        return 0;
    struct str prefix = upper(e->a, value_text_at(service, "metadata.name"));
    if (!prefix.p)
        return -ENOMEM;
    int r = put(e, arena_fmt(e->a, "%.*s_SERVICE_HOST", STR_FMT(prefix)), ip);
    bool first = true;
    VALUE_EACH_ITEM (port, ports) {
        if (r == 0)
            r = put_port(e, prefix, ip, port, first);
        first = false;
    }
    return r;
}

static int put_services(struct environment *e)
{
    struct worker *w = e->container->worker;
    bool links = value_bool_at(pod_worker_spec(w), "enableServiceLinks", true);
    for (struct map_slot *at = NULL;;) {
        struct object *o = client_cache_next(w->host->services, &at);
        if (!o)
            return 0;
        bool master = str_is(object_name(o), "kubernetes") && str_is(object_namespace(o), "default");
        if (!master && !(links && str_is(object_namespace(o), w->ns)))
            continue;
        struct value tree = {0};
        int r = object_tree(e->a, o, &tree, NULL);
        if (r == 0)
            r = put_service(e, &tree);
        if (r < 0)
            return r;
    }
}

/* ── env and envFrom ── */

static bool name_fits(struct str name)
{
    for (size_t i = 0; i < name.n; i++)
        if (name.p[i] == '=' || name.p[i] < 0x21)
            return false;
    return name.n > 0;
}

static int put_all(struct environment *e, const struct value *from, bool secret, struct err *err)
{
    const struct value *ref = value_at(from, secret ? "secretRef" : "configMapRef"), *object = NULL;
    struct str name = value_text_at(ref, "name"), prefix = value_text_at(from, "prefix");
    if (!ref)
        return 0;
    int r = pod_sources_look(e->container->worker, secret ? "secrets" : "configmaps", name, &object);
    if (r == VOLUME_ABSENT && value_bool_at(ref, "optional", false))
        return 0;
    if (r == VOLUME_ABSENT)
        return err_raise(err, -ENOENT, "%s \"%.*s\" not found", secret ? "secret" : "configmap", STR_FMT(name));
    if (r < 0)
        return err_raise(err, r, "%s \"%.*s\" is not known yet", secret ? "secret" : "configmap", STR_FMT(name));
    const struct value *data = value_at(object, "data");
    VALUE_EACH_MEMBER (m, data) {
        SCOPED_BUF plain = BUF_INIT(2u << 20);
        struct str key = arena_fmt(e->a, "%.*s%.*s", STR_FMT(prefix), STR_FMT(m->key)), text = value_text(&m->value);
        if (!name_fits(key))
            continue;
        if (secret && buf_unbase64(&plain, text) < 0)
            continue;
        r = put(e, key, secret ? buf_view(&plain) : text);
        if (r < 0)
            return r;
    }
    return 0;
}

static int key_of(struct environment *e, const struct value *ref, bool secret, struct buf *out, struct err *err)
{
    const struct value *object = NULL;
    struct str name = value_text_at(ref, "name"), key = value_text_at(ref, "key");
    const char *kind = secret ? "secret" : "configmap";
    bool optional = value_bool_at(ref, "optional", false);
    int r = pod_sources_look(e->container->worker, secret ? "secrets" : "configmaps", name, &object);
    if (r < 0)
        return err_raise(err, r, "%s \"%.*s\" is not known yet", kind, STR_FMT(name));
    if (r == VOLUME_ABSENT && !optional)
        return err_raise(err, -ENOENT, "%s \"%.*s\" not found", kind, STR_FMT(name));
    const struct value *found = value_get(value_at(object, "data"), key);
    if (!found && !optional)
        return err_raise(err, -ENOENT, "couldn't find key %.*s in %s %s/%.*s", STR_FMT(key), secret ? "Secret" : "ConfigMap",
                         e->container->worker->ns, STR_FMT(name));
    if (!found)
        return VOLUME_ABSENT;
    if (secret)
        return buf_unbase64(out, value_text(found));
    buf_str(out, value_text(found));
    return buf_error(out);
}

static int put_one(struct environment *e, const struct value *env, struct err *err)
{
    SCOPED_BUF text = BUF_INIT(2u << 20);
    const struct value *from = value_at(env, "valueFrom");
    struct str name = value_text_at(env, "name"), expanded;
    struct worker *w = e->container->worker;
    int r = 0;
    if (!from) {
        e->lines[e->n] = NULL;
        r = pod_environment_expand(e->a, e->lines, value_text_at(env, "value"), &expanded);
        return r < 0 ? r : put(e, name, expanded);
    }
    if (value_at(from, "fieldRef"))
        r = pod_downward_field(w, value_text_at(from, "fieldRef.fieldPath"), &text, err);
    else if (value_at(from, "resourceFieldRef"))
        r = pod_downward_resource(w, value_at(from, "resourceFieldRef"), e->container->spec, &text, err);
    else if (value_at(from, "configMapKeyRef"))
        r = key_of(e, value_at(from, "configMapKeyRef"), false, &text, err);
    else if (value_at(from, "secretKeyRef"))
        r = key_of(e, value_at(from, "secretKeyRef"), true, &text, err);
    if (r == VOLUME_ABSENT)
        return 0;
    return r < 0 ? r : put(e, name, buf_view(&text));
}

int pod_environment_make(struct arena *a, struct container *c, const struct value *image_config, const char *const **out, struct err *err)
{
    struct environment e = {.a = a, .container = c, .lines = arena_alloc(a, (ENVIRONMENT_MAX + 2) * sizeof(char *))};
    const struct value *image_env = value_at(image_config, "Env"), *froms = value_at(c->spec, "envFrom"), *list = value_at(c->spec, "env");
    struct str hostname, fqdn;
    if (!e.lines)
        return err_raise(err, -ENOMEM, "no memory for an environment");
    int r = put(&e, STR("PATH"), STR("/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"));
    if (r == 0)
        r = plan_hostname(a, &c->worker->pod, str_of(c->worker->host->domain), &hostname, &fqdn);
    if (r == 0 && !pod_resources_host_flag(c->worker, "hostNetwork"))
        r = put(&e, STR("HOSTNAME"), hostname);
    VALUE_EACH_ITEM (line, image_env) {
        struct str name, value;
        if (r == 0 && str_cut(value_text(line), '=', &name, &value))
            r = put(&e, name, value);
    }
    if (r == 0 && value_bool_at(c->spec, "tty", false))
        r = put(&e, STR("TERM"), STR("xterm"));
    if (r == 0)
        r = put_services(&e);
    if (r < 0)
        return err_raise(err, r, "no memory for an environment");
    VALUE_EACH_ITEM (from, froms) {
        r = put_all(&e, from, false, err);
        if (r == 0)
            r = put_all(&e, from, true, err);
        if (r < 0)
            return r;
    }
    VALUE_EACH_ITEM (env, list) {
        r = put_one(&e, env, err);
        if (r < 0)
            return r;
    }
    e.lines[e.n] = NULL;
    *out = e.lines;
    return 0;
}
