/* AdmissionConfiguration (apiserver.config.k8s.io/v1): what plugins are told in files. And EventRateLimit, which lives by it. */
#include "admit/inside.h"
#include "os/os.h"
#include "ration/ration.h"
#include "yaml/yaml.h"

#define FILE_MAX   ((size_t)4 << 20)
#define MEMORY_MAX ((size_t)64 << 20)
#define RATES_MAX  16
#define KEYS_USUAL 4096
#define KEYS_MAX   1000000
#define CONFIG_API "apiserver.config.k8s.io/"
#define RATES_API  "eventratelimit.admission.k8s.io/v1alpha1"

enum rate_kind { RATE_SERVER, RATE_NAMESPACE, RATE_USER, RATE_SOURCE };
static const char *const rate_names[] = {"Server", "Namespace", "User", "SourceAndObject"};

struct admit_settings {
    struct {
        enum rate_kind kind;
        struct ration *ration;
    } rates[RATES_MAX];
    size_t n_rates;
};

struct admit_settings *admit_settings_free(struct admit_settings *s)
{
    if (!s)
        return NULL;
    for (size_t i = 0; i < s->n_rates; i++)
        ration_free(s->rates[i].ration);
    return mem_free(s);
}

/* ── EventRateLimit ── */

static int number(const struct value *v, const char *name, const char *path, int64_t least, int64_t most, int64_t otherwise, int64_t *out,
                  struct err *err)
{
    const struct value *n = value_get(v, str_of(name));
    *out = value_is_null(n) ? otherwise : n->type == VALUE_INT ? n->integer : INT64_MIN;
    if (*out < least || *out > most)
        return err_raise(err, -EINVAL, "%s.%s: must be a number from %lld to %lld", path, name, (long long)least, (long long)most);
    return 0;
}

static int read_rate(struct admit_settings *s, const struct value *v, const char *path, struct err *err)
{
    static const char *const names[] = {"type", "qps", "burst", "cacheSize", NULL};
    struct str type = value_text_at(v, "type");
    size_t kind = 0;
    int64_t qps = 0, burst = 0, keys = 0;
    int r = value_only(v, path, names, err);
    while (kind < ARRAY_LEN(rate_names) && !str_is(type, rate_names[kind]))
        kind++;
    if (r == 0 && kind == ARRAY_LEN(rate_names))
        r = err_raise(err, -EINVAL, "%s.type: \"%.*s\" must be Server, Namespace, User or SourceAndObject", path, STR_FMT(type));
    if (r == 0)
        r = number(v, "qps", path, 1, INT32_MAX, 0, &qps, err);
    if (r == 0)
        r = number(v, "burst", path, 1, INT32_MAX, 0, &burst, err);
    if (r == 0)
        r = number(v, "cacheSize", path, 0, KEYS_MAX, 0, &keys, err);
    if (r == 0 && s->n_rates == RATES_MAX)
        r = err_raise(err, -EINVAL, "%s: at most %d limits", path, RATES_MAX);
    if (r < 0)
        return r;
    s->rates[s->n_rates].kind = (enum rate_kind)kind;
    if (ration_new(&s->rates[s->n_rates].ration, (int32_t)qps, (int32_t)burst, keys ? (size_t)keys : KEYS_USUAL) < 0)
        return admit_no_memory(err);
    s->n_rates++;
    return 0;
}

static int read_rates(struct admit_settings *s, const struct value *v, const char *path, struct err *err)
{
    static const char *const names[] = {"apiVersion", "kind", "limits", NULL};
    char at[256];
    size_t i = 0;
    int r = value_only(v, path, names, err);
    if (r == 0 && (!str_is(value_text_at(v, "apiVersion"), RATES_API) || !str_is(value_text_at(v, "kind"), "Configuration")))
        r = err_raise(err, -EINVAL, "%s: must be a Configuration of " RATES_API, path);
    VALUE_EACH_ITEM (one, value_get(v, STR("limits"))) {
        snprintf(at, sizeof(at), "%.200s.limits[%zu]", path, i++);
        if (r == 0)
            r = read_rate(s, one, at, err);
    }
    return r == 0 && !s->n_rates ? err_raise(err, -EINVAL, "%s.limits: must not be empty", path) : r;
}

static int rate_key(struct admit_request *q, enum rate_kind kind, struct str *out)
{
    const struct value *e = q->object;
    *out = STR("");
    switch (kind) {
    case RATE_NAMESPACE:
        *out = q->namespace;
        break;
    case RATE_USER:
        *out = q->user ? q->user->name : STR("");
        break;
    case RATE_SOURCE:
        *out = arena_fmt(q->arena, "%.*s%.*s%.*s%.*s%.*s%.*s%.*s", STR_FMT(value_text_at(e, "source.component")),
                         STR_FMT(value_text_at(e, "source.host")), STR_FMT(value_text_at(e, "involvedObject.kind")),
                         STR_FMT(value_text_at(e, "involvedObject.namespace")), STR_FMT(value_text_at(e, "involvedObject.name")),
                         STR_FMT(value_text_at(e, "involvedObject.uid")), STR_FMT(value_text_at(e, "involvedObject.apiVersion")));
        return out->p ? 0 : -ENOMEM;
    case RATE_SERVER:
    default:
        break;
    }
    return 0;
}

int event_rate_validate(struct admit_request *q, struct admit_answer *ans, struct err *err)
{
    struct admit_settings *s = q->settings;
    struct str all = STR_NONE;
    size_t spent = 0;
    if (q->dry_run || q->subresource.n)
        return 0;
    for (size_t i = 0; s && i < s->n_rates; i++) { /* each is charged, whatever the others say */
        struct str key;
        int r = rate_key(q, s->rates[i].kind, &key);
        if (r == 0)
            r = ration_take(s->rates[i].ration, key, q->now_ms);
        if (r < 0)
            return admit_no_memory(err);
        if (r != RATION_SPENT)
            continue;
        all = arena_fmt(q->arena, "%.*s%slimit reached on type %s for key %.*s", STR_FMT(all), spent++ ? ", " : "", rate_names[s->rates[i].kind],
                        STR_FMT(key));
        if (!all.p)
            return admit_no_memory(err);
    }
    if (!spent)
        return 0;
    ans->message = spent > 1 ? arena_fmt(q->arena, "[%.*s]", STR_FMT(all)) : all;
    return ans->message.p ? ADMIT_TOO_MANY : admit_no_memory(err);
}

/* ── the whole ── */

static int read_yaml(struct arena *a, const char *path, struct value *out, struct err *err)
{
    SCOPED_BUF text = BUF_INIT(FILE_MAX);
    int r = os_file_read(path, FILE_MAX, &text);
    if (r < 0)
        return err_raise(err, r, "%s: %s", path, strerror(-r));
    r = yaml_parse(a, buf_view(&text), NULL, out, err);
    return r < 0 ? err_wrap(err, r, "%s", path) : 0;
}

/* A file beside this one, or what stands here. */
static int own_settings(struct arena *a, const char *config, const struct value *v, const char *path, struct value *out, struct err *err)
{
    struct str file = value_text_at(v, "path"), folder, tail;
    const struct value *here = value_get(v, STR("configuration"));
    if (file.n && !value_is_null(here))
        return err_raise(err, -EINVAL, "%s: path and configuration exclude each other", path);
    if (!file.n) {
        *out = value_is_null(here) ? value_make_map() : *here;
        return 0;
    }
    if (!str_cut_last(str_of(config), '/', &folder, &tail))
        folder = STR(".");
    struct str whole = file.p[0] == '/' ? arena_fmt(a, "%.*s", STR_FMT(file)) : arena_fmt(a, "%.*s/%.*s", STR_FMT(folder), STR_FMT(file));
    return whole.p ? read_yaml(a, whole.p, out, err) : admit_no_memory(err);
}

static int read_plugin(struct admit_settings *s, struct arena *a, const char *config, const struct value *v, const char *path, struct err *err)
{
    static const char *const names[] = {"name", "path", "configuration", NULL};
    struct str name = value_text_at(v, "name");
    struct value own = {0};
    bool known = false;
    int r = value_only(v, path, names, err);
    for (size_t i = 0; admit_plugin(i); i++)
        known |= str_is(name, admit_plugin(i));
    if (r == 0 && !known)
        r = err_raise(err, -EINVAL, "%s.name: unknown admission plugin \"%.*s\"", path, STR_FMT(name));
    if (r == 0)
        r = own_settings(a, config, v, path, &own, err);
    if (r < 0)
        return r;
    if (str_is(name, "EventRateLimit"))
        return s->n_rates ? err_raise(err, -EINVAL, "%s: EventRateLimit stands there twice", path) : read_rates(s, &own, path, err);
    return value_count(&own) ? err_raise(err, -EINVAL, "%s: admission plugin %.*s takes no settings here", path, STR_FMT(name)) : 0;
}

static int read_all(struct admit_settings *s, struct arena *a, const char *config, struct err *err)
{
    static const char *const names[] = {"apiVersion", "kind", "plugins", NULL};
    struct value all = {0};
    char at[64];
    size_t i = 0;
    int r = read_yaml(a, config, &all, err);
    if (r == 0)
        r = value_only(&all, "", names, err);
    if (r == 0 && (!str_starts(value_text_at(&all, "apiVersion"), STR(CONFIG_API)) || !str_is(value_text_at(&all, "kind"), "AdmissionConfiguration")))
        r = err_raise(err, -EINVAL, "must be an AdmissionConfiguration of " CONFIG_API "v1");
    VALUE_EACH_ITEM (one, value_get(&all, STR("plugins"))) {
        snprintf(at, sizeof(at), "plugins[%zu]", i++);
        if (r == 0)
            r = read_plugin(s, a, config, one, at, err);
    }
    return r;
}

int admit_settings_read(struct admit_settings **out, const char *path, struct err *err)
{
    SCOPED(arena) a = NULL;
    struct admit_settings *s = mem_alloc(sizeof(*s));
    int r = s ? arena_new(&a, MEMORY_MAX) : -ENOMEM;
    r = r < 0 ? admit_no_memory(err) : read_all(s, a, path, err);
    if (r < 0)
        s = admit_settings_free(s);
    *out = s;
    return r;
}

int admit_settings_fit(const struct admit_settings *s, const struct admit_choice *c, struct err *err)
{
    if (admit_chosen(c, "EventRateLimit") && !(s && s->n_rates))
        return err_raise(err, -EINVAL, "admission plugin EventRateLimit: admission-control-config-file: limits: must not be empty");
    return 0;
}
