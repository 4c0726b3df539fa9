#include "podsecurity/inside.h"

/* The table of checks, and the labels that choose among them. */

#define SENTENCE (64u << 10)
#define NEWEST   37 /* later versions are judged by this one */

/* In the order faults are told: by id, baseline first. */
static const struct check {
    const char *id;
    enum podsecurity_level level;
    int32_t since;
    void (*run)(struct check_run *k);
    const char *replaces; /* of the baseline, at restricted */
} checks[] = {
    {"appArmorProfile", PODSECURITY_BASELINE, 0, check_apparmor, NULL},
    {"capabilities_baseline", PODSECURITY_BASELINE, 0, check_capabilities, NULL},
    {"hostNamespaces", PODSECURITY_BASELINE, 0, check_host_namespaces, NULL},
    {"hostPathVolumes", PODSECURITY_BASELINE, 0, check_host_paths, NULL},
    {"hostPorts", PODSECURITY_BASELINE, 0, check_host_ports, NULL},
    {"hostProbesAndHostLifecycle", PODSECURITY_BASELINE, 34, check_hosts, NULL},
    {"privileged", PODSECURITY_BASELINE, 0, check_privileged, NULL},
    {"procMount", PODSECURITY_BASELINE, 0, check_proc_mount, NULL},
    {"seLinuxOptions", PODSECURITY_BASELINE, 0, check_selinux, NULL},
    {"seccompProfile_baseline", PODSECURITY_BASELINE, 0, check_seccomp, NULL},
    {"sysctls", PODSECURITY_BASELINE, 0, check_sysctls, NULL},
    {"windowsHostProcess", PODSECURITY_BASELINE, 0, check_windows, NULL},
    {"allowPrivilegeEscalation", PODSECURITY_RESTRICTED, 8, check_escalation, NULL},
    {"capabilities_restricted", PODSECURITY_RESTRICTED, 22, check_drops_all, "capabilities_baseline"},
    {"procMount_restricted", PODSECURITY_RESTRICTED, 35, check_proc_mount_always, "procMount"},
    {"restrictedVolumes", PODSECURITY_RESTRICTED, 0, check_volumes, "hostPathVolumes"},
    {"runAsNonRoot", PODSECURITY_RESTRICTED, 0, check_non_root, NULL},
    {"runAsUser", PODSECURITY_RESTRICTED, 23, check_user, NULL},
    {"seccompProfile_restricted", PODSECURITY_RESTRICTED, 19, check_seccomp_set, "seccompProfile_baseline"},
};

static bool replaced(const struct check *c, struct podsecurity_standard s)
{
    for (size_t i = 0; i < ARRAY_LEN(checks) && s.level == PODSECURITY_RESTRICTED; i++)
        if (checks[i].replaces && checks[i].since <= s.minor && strcmp(checks[i].replaces, c->id) == 0)
            return true;
    return false;
}

bool podsecurity_allows(struct podsecurity_standard s, const struct value *metadata, const struct value *spec, struct buf *detail,
                        struct buf *reasons)
{
    size_t n = 0;
    s.minor = MIN(s.minor, (int32_t)NEWEST);
    for (size_t i = 0; i < ARRAY_LEN(checks); i++) {
        SCOPED_BUF said = BUF_INIT(SENTENCE);
        struct check_run k = {metadata, spec, s.minor, NULL, &said};
        if (checks[i].level > s.level || checks[i].since > s.minor || replaced(&checks[i], s))
            continue;
        checks[i].run(&k);
        if (!k.why)
            continue;
        if (detail)
            buf_fmt(detail, "%s%s (%.*s)", n ? ", " : "", k.why, STR_FMT(buf_view(&said)));
        if (reasons)
            buf_fmt(reasons, "%s%s", n ? ", " : "", k.why);
        n++;
    }
    return n == 0;
}

/* ── labels ── */

static const char *const levels[] = {"privileged", "baseline", "restricted"};

void podsecurity_print(struct podsecurity_standard s, struct buf *out)
{
    if (s.minor == PODSECURITY_LATEST)
        buf_fmt(out, "%s:latest", levels[s.level]);
    else
        buf_fmt(out, "%s:v1.%d", levels[s.level], s.minor);
}

static void bad_label(struct faults *f, const char *label, const struct value *is, const char *why)
{
    char path[128];
    snprintf(path, sizeof(path), "metadata.labels[%s]", label);
    if (f)
        fault_add(f, FAULT_INVALID, path, is, "%s", why);
}

static bool read_level(const struct value *labels, const char *mode, struct podsecurity_standard *s, struct faults *f, bool *good)
{
    char label[64];
    snprintf(label, sizeof(label), "pod-security.kubernetes.io/%s", mode);
    const struct value *is = value_get(labels, str_of(label));
    *good = false;
    if (!is)
        return false;
    for (size_t i = 0; i < ARRAY_LEN(levels); i++)
        if (str_is(value_text(is), levels[i])) {
            s->level = (enum podsecurity_level)i;
            *good = true;
            return true;
        }
    s->level = PODSECURITY_RESTRICTED;
    bad_label(f, label, is, "must be one of privileged, baseline, restricted");
    return true;
}

static bool read_version(const struct value *labels, const char *mode, struct podsecurity_standard *s, struct faults *f)
{
    char label[64];
    int64_t minor;
    snprintf(label, sizeof(label), "pod-security.kubernetes.io/%s-version", mode);
    const struct value *is = value_get(labels, str_of(label));
    struct str text = value_text(is), digits = str_from(text, 3);
    if (!is)
        return false;
    s->minor = PODSECURITY_LATEST;
    if (str_is(text, "latest"))
        return true;
    bool number = str_starts(text, STR("v1.")) && digits.n && digits.p[0] >= '0' && digits.p[0] <= '9' && (digits.n == 1 || digits.p[0] != '0') &&
                  str_to_int(digits, &minor) == 0 && minor < INT32_MAX;
    if (number)
        s->minor = (int32_t)minor;
    else
        bad_label(f, label, is, "must be \"latest\" or \"v1.x\"");
    return true;
}

void podsecurity_policy_of(const struct value *labels, struct podsecurity_policy *out, struct faults *f)
{
    const struct podsecurity_standard open = {PODSECURITY_PRIVILEGED, PODSECURITY_LATEST};
    bool enforced, good;
    *out = (struct podsecurity_policy){open, open, open};
    read_level(labels, "enforce", &out->enforce, f, &enforced);
    read_version(labels, "enforce", &out->enforce, f);
    if (read_level(labels, "audit", &out->audit, f, &good) && !good)
        out->audit.level = PODSECURITY_PRIVILEGED;
    read_version(labels, "audit", &out->audit, f);
    bool warns = read_level(labels, "warn", &out->warn, f, &good);
    if (warns && !good)
        out->warn.level = PODSECURITY_PRIVILEGED;
    bool versioned = read_version(labels, "warn", &out->warn, f);
    /* Who enforces warns of it too, in the templates of workloads. */
    if (!warns && enforced && out->enforce.level > out->warn.level) {
        out->warn.level = out->enforce.level;
        if (!versioned)
            out->warn.minor = out->enforce.minor;
    }
}

/* ── texts ── */

void texts_add(struct texts *t, struct str s)
{
    if (t->n < TEXTS_MAX)
        t->items[t->n] = s;
    t->n++;
}

void texts_put(struct texts *t, struct str s)
{
    size_t at = 0, n = MIN(t->n, (size_t)TEXTS_MAX);
    while (at < n && str_cmp(t->items[at], s) < 0)
        at++;
    if (at < n && str_eq(t->items[at], s))
        return;
    if (n < TEXTS_MAX) {
        memmove(&t->items[at + 1], &t->items[at], (n - at) * sizeof(*t->items));
        t->items[at] = s;
    }
    t->n++;
}

void texts_print(const struct texts *t, bool quoted, struct buf *out)
{
    for (size_t i = 0; i < MIN(t->n, (size_t)TEXTS_MAX); i++)
        buf_fmt(out, quoted ? "%s\"%.*s\"" : "%s%.*s", i ? ", " : "", STR_FMT(t->items[i]));
    if (t->n > TEXTS_MAX)
        buf_fmt(out, " and %zu more", t->n - TEXTS_MAX);
}

void print_containers(const struct texts *bad, struct buf *out)
{
    buf_text(out, bad->n == 1 ? "container " : "containers ");
    texts_print(bad, true, out);
}

void print_setters(bool pod, const struct texts *bad, struct buf *out)
{
    buf_text(out, pod ? bad->n ? "pod and " : "pod" : "");
    if (bad->n)
        print_containers(bad, out);
}

void check_says(struct check_run *k, const char *why)
{
    k->why = why;
}
