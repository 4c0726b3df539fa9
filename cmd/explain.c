#include "cmd/inside.h"

#include "client/client.h"
#include "http/http.h"
#include "json/json.h"
#include "tls/tls.h"

/* coracle explain pod NAME: the scheduler's decision record, as a table. */

#define COLUMNS_MAX 24 /* plugins that scored */
#define BEST        8  /* nodes that fit, shown */

struct explain {
    struct settings *config;
    struct loop *loop;
    int code;
};

static int width_of(struct str s)
{
    return (int)MIN(s.n, (size_t)60);
}

static void print_reasons(const struct value *record)
{
    const struct value *list = value_at(record, "now.reasons");
    if (value_count(list) == 0)
        return;
    printf("\n%-6s %-24s %s\n", "NODES", "PLUGIN", "REASON");
    VALUE_EACH_ITEM (r, list)
        printf("%-6lld %-24.*s %.*s\n", (long long)value_int_at(r, "nodes", 0), STR_FMT(value_text_at(r, "plugin")),
               STR_FMT(value_text_at(r, "reason")));
}

/* The plugins that gave any of the nodes shown a score, in the order they come. */
static size_t scorers(const struct value *nodes, size_t most, struct str *out)
{
    size_t n = 0;
    for (size_t i = 0; i < most; i++) {
        const struct value *scores = value_at(value_item(nodes, i), "scores");
        VALUE_EACH_MEMBER (m, scores) {
            bool known = false;
            for (size_t k = 0; k < n; k++)
                known = known || str_eq(out[k], m->key);
            if (!known && n < COLUMNS_MAX)
                out[n++] = m->key;
        }
    }
    return n;
}

static void print_best(const struct value *record, int width)
{
    const struct value *nodes = value_at(record, "nodes");
    struct str columns[COLUMNS_MAX], at = value_text_at(record, "nodeName");
    size_t fit = 0;
    while (value_bool_at(value_item(nodes, fit), "fits", false))
        fit++;
    size_t shown = MIN(fit, (size_t)BEST), n = scorers(nodes, shown, columns);
    if (!fit)
        return;
    printf("\n%-*s  %6s", width, "NODE THAT FITS", "SCORE");
    for (size_t k = 0; k < n; k++)
        printf("  %.*s", STR_FMT(columns[k]));
    putchar('\n');
    for (size_t i = 0; i < shown; i++) {
        const struct value *node = value_item(nodes, i);
        struct str name = value_text_at(node, "name");
        printf("%-*.*s%c %6lld", width, STR_FMT(name), str_eq(name, at) ? '*' : ' ', (long long)value_int_at(node, "score", 0));
        for (size_t k = 0; k < n; k++)
            printf("  %*lld", (int)columns[k].n, (long long)value_int(value_get(value_at(node, "scores"), columns[k]), 0));
        putchar('\n');
    }
    int64_t all = value_int_at(record, "now.feasible", 0);
    if (all > (int64_t)shown)
        printf("… and %lld more\n", (long long)all - (long long)shown);
}

static void print_refused(const struct value *record, int width, size_t most)
{
    const struct value *nodes = value_at(record, "nodes");
    int64_t all = value_int_at(record, "now.nodes", 0) - value_int_at(record, "now.feasible", 0);
    size_t shown = 0;
    VALUE_EACH_ITEM (node, nodes) {
        struct str reason = value_text_at(node, "reason");
        if (!reason.n || shown == most)
            continue;
        if (!shown++)
            printf("\n%-*s  %-24s %s\n", width, "NODE THAT DOES NOT", "PLUGIN", "REASON");
        printf("%-*.*s  %-24.*s %.*s\n", width, STR_FMT(value_text_at(node, "name")), STR_FMT(value_text_at(node, "plugin")), STR_FMT(reason));
    }
    if (shown && all > (int64_t)shown)
        printf("… and %lld more\n", (long long)all - (long long)shown);
}

static void print_last(const struct value *record)
{
    const struct value *last = value_get(record, STR("last"));
    struct str message = value_text_at(last, "message"), node = value_text_at(last, "nodeName");
    if (!last)
        return;
    printf("Decided:    %.*s", STR_FMT(value_text_at(last, "result")));
    if (node.n)
        printf(" on %.*s", STR_FMT(node));
    if (value_get(last, STR("score")))
        printf(" with score %lld, of %lld nodes that fit", (long long)value_int_at(last, "score", 0), (long long)value_int_at(last, "feasible", 0));
    printf(", at %.*s, attempt %lld\n", STR_FMT(value_text_at(last, "time")), (long long)value_int_at(last, "attempts", 0));
    if (message.n)
        printf("            %.*s\n", STR_FMT(message));
}

static void print_record(const struct explain *x, const struct value *record)
{
    const struct value *now = value_get(record, STR("now")), *nodes = value_at(record, "nodes");
    struct str waits = value_text_at(record, "waits"), message = value_text_at(now, "message");
    int width = 18;
    VALUE_EACH_ITEM (n, nodes)
        width = MAX(width, width_of(value_text_at(n, "name")));
    printf("Pod:        %.*s/%.*s\n", STR_FMT(value_text_at(record, "metadata.namespace")), STR_FMT(value_text_at(record, "metadata.name")));
    printf("Scheduler:  %.*s\n", STR_FMT(value_text_at(record, "schedulerName")));
    printf("State:      %.*s\n", STR_FMT(value_text_at(record, "state")));
    if (value_text_at(record, "nodeName").n)
        printf("Node:       %.*s\n", STR_FMT(value_text_at(record, "nodeName")));
    if (waits.n)
        printf("Waits:      %.*s\n", STR_FMT(waits));
    print_last(record);
    if (!now)
        return;
    printf("Now:        %lld of %lld nodes fit%s\n", (long long)value_int_at(now, "feasible", 0), (long long)value_int_at(now, "nodes", 0),
           value_bool_at(now, "counted", true) ? "" : "; the pod itself is left out of what they hold");
    if (message.n && !str_starts(value_text_at(record, "last.message"), message))
        printf("            %.*s\n", STR_FMT(message));
    print_reasons(record);
    print_best(record, width);
    print_refused(record, width, x->config->nodes < 0 ? 20 : (size_t)x->config->nodes);
}

static void on_end(void *ctx, int r, int code, struct str body, const char *error)
{
    struct explain *x = ctx;
    struct value tree = {0};
    struct err err = {{0}};
    bool json = x->config->output && strcmp(x->config->output, "json") == 0;
    loop_stop(x->loop);
    x->code = 1;
    if (r < 0) {
        fprintf(stderr, "coracle explain: %s\n", error);
        return;
    }
    if (json_parse(x->config->mem, body, &tree, &err) < 0)
        fprintf(stderr, "coracle explain: the server answered %d: %s\n", code, err.text);
    else if (code != 200)
        fprintf(stderr, "coracle explain: %.*s\n", STR_FMT(value_text_at(&tree, "message")));
    else
        x->code = 0;
    if (x->code == 0 && json)
        printf("%.*s", STR_FMT(body));
    else if (x->code == 0)
        print_record(x, &tree);
}

static int ask(struct explain *x, struct client *client, const struct client_config *k, const char *name)
{
    struct settings *c = x->config;
    SCOPED_BUF path = BUF_INIT(4096);
    struct http_call *call;
    bool all = c->output && strcmp(c->output, "json") == 0;
    buf_text(&path, "/apis/coracle.dev/v1alpha1/namespaces/");
    http_percent_encode(str_of(c->namespace_ ? c->namespace_ : k->namespace_ && k->namespace_[0] ? k->namespace_ : "default"), &path);
    buf_text(&path, "/pods/");
    http_percent_encode(str_of(name), &path);
    buf_fmt(&path, "/decision?limit=%d", c->nodes >= 0 ? c->nodes + BEST : all ? 10000 : 500);
    struct http_header as = {STR("authorization"), k->token ? arena_fmt(c->mem, "Bearer %s", k->token) : STR_NONE};
    struct http_call_options q = {
        .method = "GET", .path = buf_cstr(&path), .headers = &as, .n_headers = k->token ? 1 : 0, .timeout_ms = 60000, .body_max = 64u << 20};
    struct http_call_events e = {.on_end = on_end, .ctx = x};
    int r = http_client_call(&call, client_http_connection(client), &q, &e);
    return r < 0 ? r : loop_run(x->loop);
}

/* "-n NS" and "-o json", as kubectl has them; what is left are the words. */
static void short_flags(struct settings *c)
{
    int n = 0;
    for (int i = 0; i < c->n_words; i++) {
        const char **to = strcmp(c->words[i], "-n") == 0 ? &c->namespace_ : strcmp(c->words[i], "-o") == 0 ? &c->output : NULL;
        if (to && i + 1 < c->n_words)
            *to = c->words[++i];
        else
            c->words[n++] = c->words[i];
    }
    c->n_words = n;
}

int explain_main(struct settings *c)
{
    struct explain x = {.config = c, .code = 1};
    struct client_config k = {0};
    struct client *client = NULL;
    struct err err = {{0}};
    const char *kubeconfig = getenv("KUBECONFIG"), *name;
    short_flags(c);
    bool joined = c->n_words == 1 && strncmp(c->words[0], "pod/", 4) == 0;
    if (!joined && (c->n_words != 2 || (strcmp(c->words[0], "pod") != 0 && strcmp(c->words[0], "pods") != 0 && strcmp(c->words[0], "po") != 0))) {
        fprintf(stderr, "usage: coracle explain pod NAME [-n NAMESPACE] [-o json] [--nodes N]\n");
        return 2;
    }
    if (c->output && strcmp(c->output, "json") != 0 && strcmp(c->output, "table") != 0) {
        fprintf(stderr, "coracle explain: output: \"%s\" must be table or json\n", c->output);
        return 2;
    }
    name = joined ? c->words[0] + 4 : c->words[1];
    int r = client_config_load(&k, kubeconfig && kubeconfig[0] ? kubeconfig : arena_fmt(c->mem, "%s/admin.kubeconfig", c->data_dir).p, NULL, &err);
    if (r == 0 && loop_new(&x.loop) < 0)
        r = err_raise(&err, -ENOMEM, "no event loop");
    if (r == 0)
        r = client_http_new(&client, x.loop, &k, STR("coracle"), &err);
    if (r == 0 && (r = ask(&x, client, &k, name)) < 0)
        err_raise(&err, r, "%s", strerror(-r));
    if (r < 0)
        fprintf(stderr, "coracle explain: %s\n", err.text);
    client_free(client);
    client_config_done(&k);
    loop_free(x.loop);
    return r < 0 ? 1 : x.code;
}
