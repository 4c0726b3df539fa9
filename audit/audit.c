#include "audit/inside.h"
#include "log/log.h"

struct audit {
    struct audit_policy *policy;
    struct file *file;
    struct hook *hook;
    struct buf line;
    struct audit_counts counts;
};

#define LINE_MAX_BYTES ((size_t)16 << 20)

int audit_new(struct audit **out, const struct audit_options *o, struct err *err)
{
    struct audit *a = mem_alloc(sizeof(*a));
    if (!a) {
        audit_policy_free(o->policy);
        return err_raise(err, -ENOMEM, "no memory for the audit log");
    }
    a->policy = o->policy;
    a->line = BUF_INIT(LINE_MAX_BYTES);
    int r = o->path ? file_open(&a->file, o, err) : 0;
    if (r == 0 && o->kubeconfig)
        r = hook_open(&a->hook, o, err);
    if (r < 0) {
        audit_free(a);
        return r;
    }
    *out = a;
    return 0;
}

struct audit *audit_free(struct audit *a)
{
    if (!a)
        return NULL;
    a->hook = hook_close(a->hook);
    a->file = file_close(a->file);
    buf_done(&a->line);
    audit_policy_free(a->policy);
    return mem_free(a);
}

struct audit_verdict audit_judge(const struct audit *a, const struct auth_user *user, const struct apireq_route *route)
{
    return audit_policy_judge(a->policy, user, route);
}

void audit_tell(struct audit *a, const struct audit_event *e)
{
    if (e->verdict.level == AUDIT_NONE || (e->verdict.omits & 1u << e->stage))
        return;
    a->counts.events++;
    buf_clear(&a->line);
    if (audit_print(e, &a->line) < 0) { /* objects too large: the rest is worth telling */
        struct audit_event small = *e;
        small.request = small.response = NULL;
        buf_done(&a->line);
        a->line = BUF_INIT(LINE_MAX_BYTES);
        if (audit_print(&small, &a->line) < 0) {
            buf_done(&a->line);
            a->line = BUF_INIT(LINE_MAX_BYTES);
            a->counts.file_dropped += a->file != NULL;
            a->counts.hook_dropped += a->hook != NULL;
            return;
        }
    }
    if (a->hook && !hook_put(a->hook, buf_view(&a->line)))
        a->counts.hook_dropped++;
    buf_char(&a->line, '\n');
    if (a->file && (buf_error(&a->line) < 0 || !file_put(a->file, buf_view(&a->line))) && !a->counts.file_dropped++)
        log_warn("audit", "the log's disk is too slow: events are dropped");
}

void audit_counts(const struct audit *a, struct audit_counts *out)
{
    *out = a->counts;
    if (a->file)
        out->file_failed = file_failed(a->file);
    if (a->hook)
        hook_counts(a->hook, out);
}

void audit_metrics(const struct audit *a, struct buf *out)
{
    struct audit_counts c;
    audit_counts(a, &c);
    buf_fmt(out, "# HELP apiserver_audit_event_total Events told.\n# TYPE apiserver_audit_event_total counter\napiserver_audit_event_total %lld\n",
            (long long)c.events);
    buf_text(out, "# HELP apiserver_audit_error_total Events lost, by backend.\n# TYPE apiserver_audit_error_total counter\n");
    buf_fmt(out, "apiserver_audit_error_total{plugin=\"log\"} %lld\n", (long long)(c.file_dropped + c.file_failed));
    buf_fmt(out, "apiserver_audit_error_total{plugin=\"webhook\"} %lld\n", (long long)c.hook_dropped);
}
