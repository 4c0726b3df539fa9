/* AuthorizationConfiguration: who decides, in which order. */
#include "object/object.h"
#include "referee/inside.h"
#include "yaml/yaml.h"

#define CONFIG_MEMORY   ((size_t)8 << 20)
#define AUTHORIZED_MS   300000
#define UNAUTHORIZED_MS 30000
#define TIMEOUT_MAX_MS  30000
#define FLAG_TIMEOUT_MS 30000

static int memory(struct err *err)
{
    return err_raise(err, -ENOMEM, "no memory for an authorization configuration");
}

/* ── durations ── */

static int unit(struct str *rest, double *ms)
{
    static const struct {
        const char *name;
        double ms;
    } units[] = {{"ms", 1}, {"us", 1e-3}, {"ns", 1e-6}, {"h", 3600e3}, {"m", 60e3}, {"s", 1e3}};
    for (size_t i = 0; i < ARRAY_LEN(units); i++)
        if (str_starts(*rest, str_of(units[i].name))) {
            *rest = str_from(*rest, strlen(units[i].name));
            *ms = units[i].ms;
            return 0;
        }
    return -EINVAL;
}

int referee_duration(struct str text, int64_t *ms)
{
    double sum = 0;
    bool minus = str_starts(text, STR("-"));
    struct str rest = minus ? str_from(text, 1) : text;
    if (str_is(rest, "0")) {
        *ms = 0;
        return 0;
    }
    if (!rest.n || rest.n > 64)
        return -EINVAL;
    while (rest.n) {
        size_t n = 0;
        double number, each;
        while (n < rest.n && ((rest.p[n] >= '0' && rest.p[n] <= '9') || rest.p[n] == '.'))
            n++;
        struct str digits = str_head(rest, n);
        rest = str_from(rest, n);
        if (!n || str_to_double(digits, &number) < 0 || unit(&rest, &each) < 0)
            return -EINVAL;
        sum += number * each;
    }
    if (!(sum < 1e15))
        return -EINVAL;
    *ms = (int64_t)(minus ? -sum : sum);
    return 0;
}

static int duration_of(const struct value *v, const char *name, int64_t otherwise, const char *path, int64_t *ms, struct err *err)
{
    const struct value *d = value_get(v, str_of(name));
    *ms = otherwise;
    if (value_is_null(d))
        return 0;
    if (d->type != VALUE_TEXT || referee_duration(d->text, ms) < 0)
        return err_raise(err, -EINVAL, "%s.%s: must be a duration: 30s, 5m", path, name);
    return 0;
}

/* ── courts ── */

struct court *court_free(struct court *c, struct list *waiting)
{
    if (!c)
        return NULL;
    for (size_t i = 0; i < c->n_webhooks; i++)
        access_free(c->webhooks[i], waiting);
    return mem_free(c);
}

static struct access *access_new(struct court *c, struct str name)
{
    struct access *w = mem_alloc(sizeof(*w));
    if (!w)
        return NULL;
    desk_init(&w->desk);
    w->desk.kind = "SubjectAccessReview";
    w->desk.ttl = access_ttl;
    w->desk.ctx = w;
    w->name = mem_text(name.p, name.n);
    c->webhooks[c->n_webhooks++] = w;
    return w->name ? w : NULL;
}

static int read_version(struct str said, const char *path, const char **out, struct err *err)
{
    *out = str_is(said, "v1") ? "v1" : "v1beta1";
    return str_is(said, "v1") || str_is(said, "v1beta1") ? 0 : err_raise(err, -EINVAL, "%s: \"%.*s\" must be v1 or v1beta1", path, STR_FMT(said));
}

static int read_times(struct access *w, const struct value *v, const char *path, int64_t *timeout, struct err *err)
{
    int r = duration_of(v, "authorizedTTL", AUTHORIZED_MS, path, &w->authorized_ms, err);
    if (r == 0)
        r = duration_of(v, "unauthorizedTTL", UNAUTHORIZED_MS, path, &w->unauthorized_ms, err);
    if (r == 0)
        r = duration_of(v, "timeout", 0, path, timeout, err);
    if (r == 0 && (*timeout <= 0 || *timeout > TIMEOUT_MAX_MS))
        r = err_raise(err, -EINVAL, "%s.timeout: is required, above 0 and at most 30s", path);
    if (r == 0 && (w->authorized_ms <= 0 || w->unauthorized_ms <= 0))
        r = err_raise(err, -EINVAL, "%s.%s: must be above 0", path, w->authorized_ms <= 0 ? "authorizedTTL" : "unauthorizedTTL");
    if (r == 0 && !value_bool_at(v, "cacheAuthorizedRequests", true))
        w->authorized_ms = 0;
    if (r == 0 && !value_bool_at(v, "cacheUnauthorizedRequests", true))
        w->unauthorized_ms = 0;
    return r;
}

static int read_policy(struct access *w, const struct value *v, const char *path, struct err *err)
{
    char at[512];
    struct str policy = value_text_at(v, "failurePolicy"), conditions = value_text_at(v, "matchConditionSubjectAccessReviewVersion");
    w->deny_on_error = str_is(policy, "Deny");
    if (!w->deny_on_error && !str_is(policy, "NoOpinion"))
        return err_raise(err, -EINVAL, "%s.failurePolicy: \"%.*s\" must be NoOpinion or Deny", path, STR_FMT(policy));
    snprintf(at, sizeof(at), "%.400s.subjectAccessReviewVersion", path);
    int r = read_version(value_text_at(v, "subjectAccessReviewVersion"), at, &w->version, err);
    if (r == 0 && (conditions.n || value_count(value_at(v, "matchConditions"))) && !str_is(conditions, "v1"))
        r = err_raise(err, -EINVAL, "%s.matchConditionSubjectAccessReviewVersion: \"%.*s\" must be v1", path, STR_FMT(conditions));
    snprintf(at, sizeof(at), "%.400s.matchConditions", path);
    return r < 0 ? r : access_conditions(w, value_at(v, "matchConditions"), at, err);
}

static int read_connection(struct access *w, struct loop *loop, const struct value *v, int64_t timeout, const char *path, struct err *err)
{
    static const char *const names[] = {"type", "kubeConfigFile", NULL};
    char at[512], file[4096];
    const struct value *info = value_at(v, "connectionInfo");
    struct str type = value_text_at(info, "type"), name = value_text_at(info, "kubeConfigFile");
    snprintf(at, sizeof(at), "%.400s.connectionInfo", path);
    int r = value_only(info, at, names, err);
    if (r < 0)
        return r;
    if (!str_is(type, "KubeConfigFile"))
        return err_raise(err, -EINVAL, "%s.type: \"%.*s\" must be KubeConfigFile", at, STR_FMT(type));
    if (!str_starts(name, STR("/")) || name.n >= sizeof(file))
        return err_raise(err, -EINVAL, "%s.kubeConfigFile: \"%.*s\" must be an absolute path", at, STR_FMT(str_head(name, 200)));
    snprintf(file, sizeof(file), "%.*s", STR_FMT(name));
    r = referee_hook_open(&w->desk.hook, loop, file, timeout, err);
    return r < 0 ? err_wrap(err, r == -ENOMEM ? r : -EINVAL, "%s.kubeConfigFile", at) : 0;
}

static int read_webhook(struct court *c, struct loop *loop, struct str name, const struct value *v, const char *path, struct err *err)
{
    static const char *const names[] = {"authorizedTTL",
                                        "unauthorizedTTL",
                                        "cacheAuthorizedRequests",
                                        "cacheUnauthorizedRequests",
                                        "timeout",
                                        "subjectAccessReviewVersion",
                                        "matchConditionSubjectAccessReviewVersion",
                                        "failurePolicy",
                                        "connectionInfo",
                                        "matchConditions",
                                        NULL};
    int64_t timeout = 0;
    if (value_is_null(v))
        return err_raise(err, -EINVAL, "%s: is required with type Webhook", path);
    struct access *w = access_new(c, name);
    if (!w)
        return memory(err);
    int r = value_only(v, path, names, err);
    if (r == 0)
        r = read_times(w, v, path, &timeout, err);
    if (r == 0)
        r = read_policy(w, v, path, err);
    if (r == 0)
        r = read_connection(w, loop, v, timeout, path, err);
    if (r == 0)
        c->judges[c->n++] = (struct auth_judge){AUTH_JUDGE_OUTSIDER, access_decide, w};
    return r;
}

static int kind_of(struct str type, enum auth_judge_kind *out)
{
    static const struct {
        const char *name;
        enum auth_judge_kind kind;
    } rows[] = {{"Node", AUTH_JUDGE_NODE},
                {"RBAC", AUTH_JUDGE_RBAC},
                {"AlwaysAllow", AUTH_JUDGE_ALWAYS_ALLOW},
                {"AlwaysDeny", AUTH_JUDGE_ALWAYS_DENY},
                {"Webhook", AUTH_JUDGE_OUTSIDER}};
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        if (str_is(type, rows[i].name)) {
            *out = rows[i].kind;
            return 0;
        }
    return -EINVAL;
}

static bool has_kind(const struct court *c, enum auth_judge_kind kind)
{
    for (size_t i = 0; i < c->n; i++)
        if (c->judges[i].kind == kind && kind != AUTH_JUDGE_OUTSIDER)
            return true;
    return false;
}

static int read_authorizer(struct court *c, struct loop *loop, const struct value *v, size_t at, struct err *err)
{
    static const char *const names[] = {"type", "name", "webhook", NULL};
    const char *why[NAME_FAULTS_MAX];
    char path[64];
    enum auth_judge_kind kind;
    struct str type = value_text_at(v, "type"), name = value_text_at(v, "name");
    snprintf(path, sizeof(path), "authorizers[%zu]", at);
    int r = value_only(v, path, names, err);
    if (r < 0)
        return r;
    if (kind_of(type, &kind) < 0)
        return err_raise(err, -EINVAL, "%s.type: \"%.*s\" must be Node, RBAC, Webhook, AlwaysAllow or AlwaysDeny", path, STR_FMT(type));
    if (has_kind(c, kind))
        return err_raise(err, -EINVAL, "%s.type: \"%.*s\" stands there twice", path, STR_FMT(type));
    if (!name.n || name_dns_subdomain(name, why))
        return err_raise(err, -EINVAL, "%s.name: \"%.*s\" must be a DNS subdomain", path, STR_FMT(name));
    for (size_t i = 0; kind == AUTH_JUDGE_OUTSIDER && i < c->n_webhooks; i++)
        if (str_is(name, c->webhooks[i]->name))
            return err_raise(err, -EINVAL, "%s.name: \"%.*s\" stands there twice", path, STR_FMT(name));
    if (kind == AUTH_JUDGE_OUTSIDER) {
        snprintf(path, sizeof(path), "authorizers[%zu].webhook", at);
        return read_webhook(c, loop, name, value_at(v, "webhook"), path, err);
    }
    if (!value_is_null(value_at(v, "webhook")))
        return err_raise(err, -EINVAL, "%s.webhook: goes with type Webhook only", path);
    c->judges[c->n++] = (struct auth_judge){.kind = kind};
    return 0;
}

static int read_root(struct court *c, struct loop *loop, struct arena *a, struct str text, struct err *err)
{
    static const char *const names[] = {"apiVersion", "kind", "authorizers", NULL};
    struct value root = {0};
    struct value_duplicates twice = {0};
    int r = yaml_parse(a, text, &twice, &root, err);
    if (r == 0 && twice.n)
        r = err_raise(err, -EINVAL, "%.*s", STR_FMT(twice.items[0]));
    if (r < 0)
        return r;
    struct str version = value_text_at(&root, "apiVersion"), kind = value_text_at(&root, "kind");
    const struct value *list = value_at(&root, "authorizers");
    bool known = str_is(version, "apiserver.config.k8s.io/v1") || str_is(version, "apiserver.config.k8s.io/v1beta1") ||
                 str_is(version, "apiserver.config.k8s.io/v1alpha1");
    if (!known || !str_is(kind, "AuthorizationConfiguration"))
        return err_raise(err, -EINVAL, "it is of kind \"%.*s\" in \"%.*s\", not an AuthorizationConfiguration of apiserver.config.k8s.io/v1",
                         STR_FMT(kind), STR_FMT(version));
    r = value_only(&root, "", names, err);
    if (r == 0 && (!list || list->type != VALUE_LIST || !value_count(list)))
        r = err_raise(err, -EINVAL, "authorizers: at least one is required");
    if (r == 0 && value_count(list) > AUTH_JUDGES_MAX)
        r = err_raise(err, -EINVAL, "authorizers: at most %d", AUTH_JUDGES_MAX);
    for (size_t i = 0; r == 0 && i < value_count(list); i++)
        r = read_authorizer(c, loop, value_item(list, i), i, err);
    return r;
}

int court_read(struct court **out, struct loop *loop, struct str text, struct err *err)
{
    struct list nobody = LIST_INIT(nobody);
    SCOPED(arena) a = NULL;
    struct court *c = mem_alloc(sizeof(*c));
    if (!c || arena_new(&a, CONFIG_MEMORY) < 0) {
        mem_free(c);
        return memory(err);
    }
    int r = read_root(c, loop, a, text, err);
    if (r < 0)
        court_free(c, &nobody);
    else
        *out = c;
    return r;
}

/* ── the referee ── */

int referee_new(struct referee **out, struct loop *loop, struct err *err)
{
    *out = mem_alloc(sizeof(**out));
    if (!*out)
        return memory(err);
    (*out)->loop = loop;
    return 0;
}

struct referee *referee_free(struct referee *x)
{
    struct list waiting = LIST_INIT(waiting);
    if (!x)
        return NULL;
    court_free(x->now, &waiting);
    mem_free(x);
    auth_wake(&waiting);
    return NULL;
}

/* Those who waited for the old one's webhooks ask again, in a moment: by then auth has the new judges. */
struct later {
    struct loop_task task;
    struct list waiting;
};

static void wake_later(void *ctx)
{
    struct later *l = ctx;
    auth_wake(&l->waiting);
    mem_free(l);
}

static int install(struct referee *x, struct court *fresh, struct err *err)
{
    struct list nobody = LIST_INIT(nobody);
    struct later *l = mem_alloc(sizeof(*l));
    if (!l) {
        court_free(fresh, &nobody);
        return memory(err);
    }
    list_init(&l->waiting);
    court_free(x->now, &l->waiting);
    x->now = fresh;
    loop_defer(x->loop, &l->task, wake_later, l);
    return 0;
}

int referee_configure(struct referee *x, struct str text, struct err *err)
{
    struct court *fresh;
    int r = court_read(&fresh, x->loop, text, err);
    return r < 0 ? r : install(x, fresh, err);
}

static int flag_mode(struct court *c, struct loop *loop, struct str mode, const struct referee_flags *f, struct err *err)
{
    enum auth_judge_kind kind;
    if (kind_of(mode, &kind) < 0)
        return err_raise(err, -EINVAL, "authorization-mode: \"%.*s\" must be Node, RBAC, Webhook, AlwaysAllow or AlwaysDeny", STR_FMT(mode));
    for (size_t i = 0; i < c->n; i++)
        if (c->judges[i].kind == kind)
            return err_raise(err, -EINVAL, "authorization-mode: \"%.*s\" stands there twice", STR_FMT(mode));
    if (kind != AUTH_JUDGE_OUTSIDER) {
        c->judges[c->n++] = (struct auth_judge){.kind = kind};
        return 0;
    }
    if (!f->kubeconfig)
        return err_raise(err, -EINVAL, "authorization-webhook-config-file: is required with the mode Webhook");
    struct access *w = access_new(c, STR("default"));
    if (!w)
        return memory(err);
    w->authorized_ms = f->authorized_ms ? f->authorized_ms : AUTHORIZED_MS;
    w->unauthorized_ms = f->unauthorized_ms ? f->unauthorized_ms : UNAUTHORIZED_MS;
    int r = read_version(f->version ? str_of(f->version) : STR("v1beta1"), "authorization-webhook-version", &w->version, err);
    if (r == 0)
        r = referee_hook_open(&w->desk.hook, loop, f->kubeconfig, FLAG_TIMEOUT_MS, err);
    c->judges[c->n++] = (struct auth_judge){AUTH_JUDGE_OUTSIDER, access_decide, w};
    return r;
}

int referee_configure_flags(struct referee *x, const struct referee_flags *f, struct err *err)
{
    struct list nobody = LIST_INIT(nobody);
    struct str rest = str_of(f->modes), mode;
    struct court *c = mem_alloc(sizeof(*c));
    int r = c ? 0 : memory(err);
    while (r == 0 && str_next(&rest, ',', &mode))
        r = flag_mode(c, x->loop, str_trim(mode), f, err);
    if (r < 0) {
        court_free(c, &nobody);
        return r;
    }
    return install(x, c, err);
}

size_t referee_judges(struct referee *x, struct auth_judge list[AUTH_JUDGES_MAX])
{
    for (size_t i = 0; x->now && i < x->now->n; i++)
        list[i] = x->now->judges[i];
    return x->now ? x->now->n : 0;
}
