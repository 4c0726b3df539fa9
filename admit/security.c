/* PodSecurity: pods keep to the level their namespace's labels ask for; templates of pods, and levels that are raised
 * over pods already there, are warned of. */
#include "admit/inside.h"
#include "podsecurity/podsecurity.h"

#define SENTENCE  (128u << 10)
#define PODS_MAX  3000 /* looked at when a level is raised */
#define KINDS_MAX 6    /* of trouble told then; one warning each */

static int policy_here(struct admit_request *q, struct podsecurity_policy *out, struct err *err)
{
    struct value space = {0};
    int r = admit_get(q, "", "namespaces", STR_NONE, q->namespace, &space, err);
    podsecurity_policy_of(r == 0 ? value_at(&space, "metadata.labels") : NULL, out, NULL);
    return r < 0 ? r : 0;
}

static int warn(struct admit_request *q, struct admit_answer *ans, struct str text, struct err *err)
{
    if (!text.p)
        return admit_no_memory(err);
    (void)q;
    if (ans->n_warnings < ARRAY_LEN(ans->warnings))
        ans->warnings[ans->n_warnings++] = text;
    return 0;
}

static int note(struct admit_answer *ans, const char *key, struct str text, struct err *err)
{
    if (!text.p)
        return admit_no_memory(err);
    if (ans->n_notes < ARRAY_LEN(ans->notes)) {
        ans->notes[ans->n_notes].key = str_of(key);
        ans->notes[ans->n_notes++].text = text;
    }
    return 0;
}

static int judge(struct admit_request *q, struct admit_answer *ans, const struct podsecurity_policy *p, const struct value *metadata,
                 const struct value *spec, bool enforce, struct err *err)
{
    SCOPED_BUF level = BUF_INIT(128);
    SCOPED_BUF detail = BUF_INIT(SENTENCE);
    int r = 0;
    if (enforce)
        podsecurity_print(p->enforce, &level);
    if (enforce && q->notes)
        r = note(ans, "pod-security.kubernetes.io/enforce-policy", arena_fmt(q->arena, "%s", buf_cstr(&level)), err);
    if (r < 0)
        return r;
    if (enforce && !podsecurity_allows(p->enforce, metadata, spec, &detail, NULL))
        return admit_forbid(q, ans, "violates PodSecurity \"%s\": %s", buf_cstr(&level), buf_cstr(&detail));
    buf_clear(&level);
    if (q->notes && !podsecurity_allows(p->audit, metadata, spec, &detail, NULL)) {
        podsecurity_print(p->audit, &level);
        r = note(ans, "pod-security.kubernetes.io/audit-violations",
                 arena_fmt(q->arena, "would violate PodSecurity \"%s\": %s", buf_cstr(&level), buf_cstr(&detail)), err);
        buf_clear(&level);
        buf_clear(&detail);
        if (r < 0)
            return r;
    }
    if (podsecurity_allows(p->warn, metadata, spec, &detail, NULL))
        return 0;
    podsecurity_print(p->warn, &level);
    return warn(q, ans, arena_fmt(q->arena, "would violate PodSecurity \"%s\": %s", buf_cstr(&level), buf_cstr(&detail)), err);
}

/* ── pods ── */

static const struct value *named(const struct value *list, struct str name)
{
    VALUE_EACH_ITEM (c, list)
        if (str_eq(value_text_at(c, "name"), name))
            return c;
    return NULL;
}

/* Of what an update may change only images and new ephemeral containers matter. */
static bool worth_a_look(const struct admit_request *q)
{
    static const char *const lists[] = {"spec.containers", "spec.initContainers", "spec.ephemeralContainers"};
    for (size_t i = 0; i < ARRAY_LEN(lists); i++) {
        const struct value *now = value_at(q->object, lists[i]), *old = value_at(q->old, lists[i]);
        if (i < 2 && value_count(now) != value_count(old))
            return true;
        VALUE_EACH_ITEM (c, now) {
            const struct value *was = named(old, value_text_at(c, "name"));
            if (!was || !str_eq(value_text_at(was, "image"), value_text_at(c, "image")))
                return true;
        }
    }
    return false;
}

static int pod_validate(struct admit_request *q, struct admit_answer *ans, struct err *err)
{
    static const char *const passed[] = {"exec", "attach", "binding", "eviction", "log", "portforward", "proxy", "status"};
    struct podsecurity_policy p;
    for (size_t i = 0; i < ARRAY_LEN(passed); i++)
        if (str_is(q->subresource, passed[i]))
            return 0;
    if (q->operation == ADMIT_UPDATE && !worth_a_look(q))
        return 0;
    int r = policy_here(q, &p, err);
    return r < 0 ? r : judge(q, ans, &p, value_at(q->object, "metadata"), value_at(q->object, "spec"), true, err);
}

/* ── templates ── */

static int template_validate(struct admit_request *q, struct admit_answer *ans, const char *path, struct err *err)
{
    struct podsecurity_policy p;
    const struct value *template = value_at(q->object, path);
    if (q->subresource.n || value_is_null(template))
        return 0;
    int r = policy_here(q, &p, err);
    return r < 0 ? r : judge(q, ans, &p, value_at(template, "metadata"), value_at(template, "spec"), false, err);
}

/* ── namespaces ── */

struct trouble { /* pods with the same faults */
    struct str reasons, first;
    size_t n;
};
struct survey {
    struct admit_request *q;
    struct podsecurity_standard level;
    struct trouble items[KINDS_MAX];
    size_t n, pods;
};

static int survey_pod(void *ctx, const struct value *pod)
{
    struct survey *s = ctx;
    SCOPED_BUF reasons = BUF_INIT(SENTENCE);
    struct str name = value_text_at(pod, "metadata.name");
    if (++s->pods > PODS_MAX || podsecurity_allows(s->level, value_at(pod, "metadata"), value_at(pod, "spec"), NULL, &reasons))
        return 0;
    struct trouble *t = NULL;
    for (size_t i = 0; i < s->n && !t; i++)
        t = str_eq(s->items[i].reasons, buf_view(&reasons)) ? &s->items[i] : NULL;
    if (!t && s->n < KINDS_MAX) {
        t = &s->items[s->n++];
        *t = (struct trouble){.first = name};
        if (arena_str(s->q->arena, buf_view(&reasons), &t->reasons) < 0)
            return -ENOMEM;
    }
    if (t) {
        t->n++;
        if (str_cmp(name, t->first) < 0)
            t->first = name;
    }
    return 0;
}

static int by_text(const void *a, const void *b)
{
    const struct trouble *x = a, *y = b;
    int c = str_cmp(x->first, y->first);
    return c ? c : str_cmp(x->reasons, y->reasons);
}

static int warn_of_pods(struct admit_request *q, struct admit_answer *ans, struct podsecurity_standard level, struct err *err)
{
    struct survey s = {.q = q, .level = level};
    SCOPED_BUF text = BUF_INIT(128);
    struct str name = value_text_at(q->object, "metadata.name");
    int r = q->lookup->each(q->lookup->ctx, q->arena, STR(""), STR("pods"), name, survey_pod, &s);
    if (r < 0)
        return err_raise(err, r, "cannot look at the pods of namespace \"%.*s\"", STR_FMT(name));
    podsecurity_print(level, &text);
    if (s.pods > PODS_MAX)
        r = warn(q, ans,
                 arena_fmt(q->arena, "new PodSecurity enforce level only checked against the first %d of %zu existing pods", PODS_MAX, s.pods), err);
    if (r == 0 && s.n)
        r = warn(q, ans,
                 arena_fmt(q->arena, "existing pods in namespace \"%.*s\" violate the new PodSecurity enforce level \"%s\"", STR_FMT(name),
                           buf_cstr(&text)),
                 err);
    qsort(s.items, s.n, sizeof(*s.items), by_text);
    for (size_t i = 0; r == 0 && i < s.n; i++) {
        const struct trouble *t = &s.items[i];
        char others[48] = "";
        if (t->n > 1)
            snprintf(others, sizeof(others), " (and %zu other pod%s)", t->n - 1, t->n == 2 ? "" : "s");
        r = warn(q, ans, arena_fmt(q->arena, "%.*s%s: %.*s", STR_FMT(t->first), others, STR_FMT(t->reasons)), err);
    }
    return r;
}

static int namespace_validate(struct admit_request *q, struct admit_answer *ans, struct err *err)
{
    struct podsecurity_policy now, old = {.enforce = {PODSECURITY_PRIVILEGED, PODSECURITY_LATEST}};
    struct faults *f = arena_alloc(q->arena, sizeof(*f)), *before = arena_alloc(q->arena, sizeof(*before));
    if (!f || !before)
        return admit_no_memory(err);
    faults_init(f, q->arena);
    faults_init(before, q->arena);
    podsecurity_policy_of(value_at(q->object, "metadata.labels"), &now, f);
    if (q->old)
        podsecurity_policy_of(value_at(q->old, "metadata.labels"), &old, before);
    bool known = q->old && f->n == before->n; /* what was bad before and is left alone may stay */
    for (size_t i = 0; known && i < f->n; i++)
        known = str_eq(f->items[i].field, before->items[i].field) && str_eq(f->items[i].message, before->items[i].message);
    if (f->n && !known) {
        ans->faults = f;
        return ADMIT_INVALID;
    }
    bool raised = now.enforce.level != PODSECURITY_PRIVILEGED && (now.enforce.minor != old.enforce.minor || now.enforce.level > old.enforce.level);
    return q->old && raised ? warn_of_pods(q, ans, now.enforce, err) : 0;
}

int security_validate(struct admit_request *q, struct admit_answer *ans, struct err *err)
{
    static const struct {
        const char *group, *resource, *path;
    } templates[] = {{"", "replicationcontrollers", "spec.template"},
                     {"", "podtemplates", "template"},
                     {"apps", "deployments", "spec.template"},
                     {"apps", "replicasets", "spec.template"},
                     {"apps", "statefulsets", "spec.template"},
                     {"apps", "daemonsets", "spec.template"},
                     {"batch", "jobs", "spec.template"},
                     {"batch", "cronjobs", "spec.jobTemplate.spec.template"}};
    if (admit_is(q, "", "pods"))
        return pod_validate(q, ans, err);
    if (admit_is_main(q, "", "namespaces"))
        return namespace_validate(q, ans, err);
    for (size_t i = 0; i < ARRAY_LEN(templates); i++)
        if (admit_is(q, templates[i].group, templates[i].resource))
            return template_validate(q, ans, templates[i].path, err);
    return 0;
}
