#include "life/inside.h"

/* Probes and lifecycle hooks of a container. */
#define HOOK_HTTP_MS 30000

static const char *const role_names[] = {[PROBE_STARTUP] = "Startup", [PROBE_LIVENESS] = "Liveness", [PROBE_READINESS] = "Readiness"};

int life_health_port(const struct value *port, const struct value *container)
{
    struct str name = value_text(port);
    const struct value *ports = value_at(container, "ports");
    int64_t number = value_int(port, -1);
    if (number >= 0)
        return (int)number;
    if (str_to_int(name, &number) == 0)
        return (int)number;
    VALUE_EACH_ITEM (p, ports)
        if (str_eq(value_text_at(p, "name"), name))
            return (int)value_int_at(p, "containerPort", -1);
    return -1;
}

/* ── programs in the container, for exec probes and hooks ── */

struct run {
    struct runtime_stream *stream;
    struct buf output;
    void (*done)(void *ctx, int r, int code, struct str output);
    void *ctx;
};

static void run_output(void *ctx, int fd, struct str bytes)
{
    struct run *run = ctx;
    (void)fd;
    buf_str(&run->output, str_head(bytes, run->output.max - run->output.n));
}

static void run_end(void *ctx, int r, int code, const char *error)
{
    struct run *run = ctx;
    run->done(run->ctx, r, code, r < 0 && r != -ETIMEDOUT ? str_of(error) : buf_view(&run->output));
    buf_done(&run->output);
    mem_free(run);
}

static void *run_start(void *ctx, const char *const *args, int64_t timeout_ms, void (*done)(void *done_ctx, int r, int code, struct str output),
                       void *done_ctx)
{
    struct container *c = ctx;
    struct run *run = mem_alloc(sizeof(*run));
    if (!run)
        return NULL;
    *run = (struct run){.done = done, .ctx = done_ctx, .output = BUF_INIT(10240)};
    struct runtime_exec_options o = {.args = args, .timeout_ms = timeout_ms};
    struct runtime_stream_events e = {.on_output = run_output, .on_end = run_end, .ctx = run};
    struct err err;
    if (runtime_exec(&run->stream, c->handle, &o, &e, &err) < 0)
        return mem_free(run);
    return run;
}

static void run_cancel(void *ctx, void *handle)
{
    struct run *run = handle;
    (void)ctx;
    runtime_stream_cancel(run->stream);
    buf_done(&run->output);
    mem_free(run);
}

/* ── a Probe or LifecycleHandler as options ── */

static const char *cstr(struct arena *a, struct str s)
{
    return arena_fmt(a, "%.*s", STR_FMT(s)).p;
}

static void headers_of(struct arena *a, const struct value *list, struct probe_options *o)
{
    struct probe_pair *pairs = arena_alloc(a, (value_count(list) + 1) * sizeof(*pairs));
    o->headers = pairs;
    VALUE_EACH_ITEM (h, list)
        if (pairs)
            pairs[o->n_headers++] = (struct probe_pair){cstr(a, value_text_at(h, "name")), cstr(a, value_text_at(h, "value"))};
}

static bool handler_of(struct arena *a, struct container *c, const struct value *v, struct probe_options *o)
{
    const struct value *http = value_at(v, "httpGet"), *tcp = value_at(v, "tcpSocket"), *grpc = value_at(v, "grpc");
    const struct value *command = value_at(v, "exec.command");
    if (http) {
        struct str host = value_text_at(http, "host");
        o->kind = PROBE_HTTP;
        o->https = str_is(value_text_at(http, "scheme"), "HTTPS");
        o->host = host.n ? cstr(a, host) : NULL;
        o->port = life_health_port(value_at(http, "port"), c->spec);
        o->path = cstr(a, value_text_at(http, "path"));
        headers_of(a, value_at(http, "httpHeaders"), o);
        return true;
    }
    if (tcp) {
        struct str host = value_text_at(tcp, "host");
        o->kind = PROBE_TCP;
        o->host = host.n ? cstr(a, host) : NULL;
        o->port = life_health_port(value_at(tcp, "port"), c->spec);
        return true;
    }
    if (grpc) {
        o->kind = PROBE_GRPC;
        o->port = (int)value_int_at(grpc, "port", -1);
        o->service = cstr(a, value_text_at(grpc, "service"));
        return true;
    }
    if (!command)
        return false;
    const char **args = arena_alloc(a, (value_count(command) + 1) * sizeof(char *));
    size_t n = 0;
    VALUE_EACH_ITEM (arg, command)
        if (args)
            args[n++] = cstr(a, value_text(arg));
    o->kind = PROBE_EXEC;
    o->args = args;
    return args != NULL;
}

static const struct probe_options *probe_of(struct arena *a, struct container *c, const char *name, struct probe_options *o)
{
    const struct value *v = value_get(c->spec, str_of(name));
    *o = (struct probe_options){.initial_delay_ms = 1000 * value_int_at(v, "initialDelaySeconds", 0),
                                .timeout_ms = 1000 * value_int_at(v, "timeoutSeconds", 1),
                                .period_ms = 1000 * value_int_at(v, "periodSeconds", 10),
                                .success_threshold = (int)value_int_at(v, "successThreshold", 1),
                                .failure_threshold = (int)value_int_at(v, "failureThreshold", 3)};
    return v && handler_of(a, c, v, o) ? o : NULL;
}

/* ── the set ── */

static void changed(struct container *c)
{
    life_status_changed(c->worker);
    pod_worker_poke(c->worker);
}

static void on_probe_started(void *ctx)
{
    struct container *c = ctx;
    c->started = true;
    c->ready = probe_set_ready(c->probes);
    changed(c);
}

static void on_ready(void *ctx, bool ready)
{
    struct container *c = ctx;
    c->ready = ready;
    changed(c);
}

static void on_dead(void *ctx, enum probe_role role, const char *message)
{
    struct container *c = ctx;
    (void)message;
    (void)role;
    c->restart_asked = true;
    changed(c);
}

static void on_failure(void *ctx, enum probe_role role, enum probe_answer answer, const char *message)
{
    struct container *c = ctx;
    pod_event_send(c->worker, c, true, "Unhealthy", "%s probe %s: %s", role_names[role], answer == PROBE_ERROR ? "errored" : "failed", message);
}

void life_health_start(struct container *c, int64_t ms_ago, bool started, bool ready)
{
    SCOPED(arena) a = NULL;
    struct probe_options startup, liveness, readiness;
    struct err err = {{0}};
    if (arena_new(&a, 1u << 20) < 0)
        return;
    struct probe_set_options o = {.startup = probe_of(a, c, "startupProbe", &startup),
                                  .liveness = probe_of(a, c, "livenessProbe", &liveness),
                                  .readiness = probe_of(a, c, "readinessProbe", &readiness),
                                  .address = c->worker->n_ips ? c->worker->ips[0] : "127.0.0.1",
                                  .exec = {run_start, run_cancel, c},
                                  .started_ms_ago = ms_ago,
                                  .started = started,
                                  .ready = ready};
    struct probe_set_events e = {on_probe_started, on_ready, on_dead, on_failure, c};
    c->started = !o.startup || started;
    c->ready = c->started && (!o.readiness || ready);
    if (!o.startup && !o.liveness && !o.readiness)
        return;
    if (probe_set_new(&c->probes, c->worker->host->loop, &o, &e, &err) < 0)
        pod_event_send(c->worker, c, true, "ProbeError", "%s", err.text);
}

void life_health_stop(struct container *c)
{
    c->probes = probe_set_free(c->probes);
}

/* ── hooks ── */

struct hook {
    struct container *container;
    struct run *run;
    struct probe_call *call;
    struct loop_timer timer;
    void (*done)(struct container *c, int r, const char *why);
};

static void hook_end(struct hook *h, int r, const char *why)
{
    struct container *c = h->container;
    void (*done)(struct container *, int, const char *) = h->done;
    char text[512];
    snprintf(text, sizeof(text), "%s", why);
    loop_timer_stop(&h->timer);
    c->hook = NULL;
    mem_free(h);
    done(c, r, text);
}

static void hook_ran(void *ctx, int r, int code, struct str output)
{
    struct hook *h = ctx;
    char why[512];
    h->run = NULL;
    snprintf(why, sizeof(why), "command exited with %d: %.*s", code, (int)MIN(output.n, (size_t)400), output.p ? output.p : "");
    hook_end(h, r < 0 ? r : code ? -EIO : 0, why);
}

static void hook_asked(void *ctx, enum probe_answer answer, const char *message)
{
    struct hook *h = ctx;
    h->call = NULL;
    hook_end(h, answer == PROBE_SUCCESS ? 0 : -EIO, message);
}

static void hook_drop(struct hook *h)
{
    if (h->run)
        run_cancel(h->container, h->run);
    probe_call_cancel(h->call);
    h->run = NULL;
    h->call = NULL;
}

static void hook_over(void *ctx)
{
    struct hook *h = ctx;
    hook_drop(h);
    hook_end(h, 0, ""); /* slept, or ran out of its time: the signal follows */
}

static int hook_start(struct hook *h, const struct value *v, int64_t timeout_ms)
{
    SCOPED(arena) a = NULL;
    struct container *c = h->container;
    struct probe_options o = {.timeout_ms = timeout_ms ? timeout_ms : HOOK_HTTP_MS, .agent = "kube-lifecycle/1.37"};
    struct err err;
    const struct value *sleep = value_at(v, "sleep");
    int r = arena_new(&a, 1u << 20);
    if (r < 0)
        return r;
    if (sleep) {
        int64_t ms = 1000 * value_int_at(sleep, "seconds", 0);
        return loop_timer_start(c->worker->host->loop, &h->timer, timeout_ms ? MIN(ms, timeout_ms) : ms, hook_over, h);
    }
    if (!handler_of(a, c, v, &o))
        return -EINVAL;
    if (o.kind == PROBE_EXEC) {
        h->run = run_start(c, o.args, timeout_ms, hook_ran, h);
        r = h->run ? 0 : -EIO;
    } else {
        const char *address = c->worker->n_ips ? c->worker->ips[0] : "127.0.0.1";
        r = probe_ask(&h->call, c->worker->host->loop, &o, address, NULL, hook_asked, h, &err);
    }
    if (r == 0 && timeout_ms)
        r = loop_timer_start(c->worker->host->loop, &h->timer, timeout_ms, hook_over, h);
    return r;
}

bool life_health_hook(struct container *c, const char *hook, int64_t timeout_ms, void (*done)(struct container *c, int r, const char *why))
{
    const struct value *v = value_get(value_at(c->spec, "lifecycle"), str_of(hook));
    if (value_is_null(v) || !(value_at(v, "exec") || value_at(v, "httpGet") || value_at(v, "tcpSocket") || value_at(v, "sleep")))
        return false;
    struct hook *h = mem_alloc(sizeof(*h));
    if (!h)
        return false;
    h->container = c;
    h->done = done;
    c->hook = h;
    if (hook_start(h, v, timeout_ms) == 0)
        return true;
    life_health_hook_cancel(c);
    pod_event_send(c->worker, c, true, "FailedLifecycleHook", "the %s hook could not be run", hook);
    return false;
}

void life_health_hook_cancel(struct container *c)
{
    struct hook *h = c->hook;
    if (!h)
        return;
    hook_drop(h);
    loop_timer_stop(&h->timer);
    c->hook = NULL;
    mem_free(h);
}
