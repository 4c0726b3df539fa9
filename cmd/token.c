#include "cmd/inside.h"

#include "client/client.h"
#include "join/join.h"
#include "object/object.h"
#include "tls/tls.h"

/* coracle token: bootstrap tokens of a cluster that runs here, as Secrets kube-system/bootstrap-token-<id>. */
#define TOKEN_TYPE "bootstrap.kubernetes.io/token"

struct tokens {
    struct settings *config;
    struct loop *loop;
    struct client *client;
    int failed;
    void (*then)(struct tokens *t, const struct client_reply *r);
};

static void on_reply(void *ctx, const struct client_reply *r)
{
    struct tokens *t = ctx;
    if (!client_ok(r)) {
        fprintf(stderr, "coracle token: %.*s\n", STR_FMT(r->message));
        t->failed = 1;
    } else if (t->then) {
        t->then(t, r);
    }
    loop_stop(t->loop);
}

static int ask(struct tokens *t, const struct client_call *call, void (*then)(struct tokens *t, const struct client_reply *r))
{
    t->then = then;
    int r = client_send(t->client, call, on_reply, t);
    return r < 0 ? r : loop_run(t->loop);
}

static const struct schema_resource *core(const char *name)
{
    return schema_resource_find(STR_NONE, STR("v1"), str_of(name));
}

/* "90m", "24h", "7d", "3600": seconds. */
static int life_of(const char *text, int64_t *seconds)
{
    struct str s = str_of(text);
    static const struct {
        char unit;
        int64_t seconds;
    } units[] = {{'s', 1}, {'m', 60}, {'h', 3600}, {'d', 86400}};
    int64_t times = 1;
    for (size_t i = 0; s.n && i < ARRAY_LEN(units); i++)
        if (s.p[s.n - 1] == units[i].unit) {
            times = units[i].seconds;
            s.n--;
            break;
        }
    if (str_to_int(s, seconds) < 0 || *seconds < 0 || *seconds > INT32_MAX)
        return -EINVAL;
    *seconds *= times;
    return 0;
}

/* Of 36 letters and figures, each as likely as the other. */
static int random_text(char *out, size_t n)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789";
    size_t have = 0;
    while (have < n) {
        unsigned char byte;
        int r = os_random(&byte, 1);
        if (r < 0)
            return r;
        if (byte < 252)
            out[have++] = letters[byte % 36];
    }
    out[n] = 0;
    return 0;
}

/* ── create ── */

static void print_join(struct tokens *t, const struct client_reply *r)
{
    SCOPED(arena) a = NULL;
    SCOPED_BUF pem = BUF_INIT(1u << 20);
    SCOPED_BUF line = BUF_INIT(1u << 20);
    struct value info = {0};
    unsigned char sum[32];
    char path[OS_PATH_MAX];
    struct str rest, one, url = STR_NONE;
    if (!r->object || arena_new(&a, 4u << 20) < 0 || object_tree(a, r->object, &info, NULL) < 0)
        return;
    rest = value_text_at(&info, "data.kubeconfig");
    while (str_next(&rest, '\n', &one))
        if (str_starts(str_trim(one), STR("server: ")))
            url = str_trim(str_from(str_trim(one), 8));
    buf_fmt(&line, "coracle agent --server %.*s --token %s", STR_FMT(url), t->config->words[1]);
    if (os_path(path, "%s/pki/ca.crt", t->config->data_dir) == 0 && os_file_read(path, 1u << 20, &pem) == 0 &&
        tls_public_sha256(buf_view(&pem), sum, NULL) == 0) {
        buf_text(&line, " --ca-hash sha256:");
        buf_hex(&line, str_make(sum, sizeof(sum)));
    }
    printf("%s\n", buf_cstr(&line));
}

static void put_text(struct arena *a, int *r, struct value *data, const char *key, const char *text)
{
    if (text && text[0] && *r == 0 && !value_set(a, data, str_of(key), value_make_text(str_of(text))))
        *r = -ENOMEM;
}

static int create(struct tokens *t)
{
    struct settings *c = t->config;
    SCOPED(arena) a = NULL;
    struct value secret = {0}, data = value_make_map();
    struct timespec now;
    char id[7], key[17], name[40], end[32] = "";
    int64_t seconds = 86400;
    if (c->ttl && life_of(c->ttl, &seconds) < 0) {
        fprintf(stderr, "coracle token: ttl: \"%s\" must be like 90m, 24h or 7d\n", c->ttl);
        return -EINVAL;
    }
    int r = random_text(id, 6);
    if (r == 0)
        r = random_text(key, 16);
    if (r == 0)
        r = arena_new(&a, 1u << 20);
    clock_gettime(CLOCK_REALTIME, &now);
    if (seconds)
        time_fmt_rfc3339(end, now.tv_sec + seconds);
    snprintf(name, sizeof(name), "bootstrap-token-%s", id);
    put_text(a, &r, &data, "token-id", id);
    put_text(a, &r, &data, "token-secret", key);
    put_text(a, &r, &data, "usage-bootstrap-authentication", "true");
    put_text(a, &r, &data, "usage-bootstrap-signing", "true");
    put_text(a, &r, &data, "expiration", end);
    put_text(a, &r, &data, "description", c->description);
    VALUE_SET(&r, a, &secret, "apiVersion", value_make_text(STR("v1")));
    VALUE_SET(&r, a, &secret, "kind", value_make_text(STR("Secret")));
    VALUE_SET(&r, a, &secret, "metadata.name", value_make_text(str_of(name)));
    VALUE_SET(&r, a, &secret, "metadata.namespace", value_make_text(STR("kube-system")));
    VALUE_SET(&r, a, &secret, "type", value_make_text(STR(TOKEN_TYPE)));
    VALUE_SET(&r, a, &secret, "stringData", data);
    struct client_call call = {.verb = CLIENT_CREATE, .resource = core("secrets"), .ns = STR("kube-system"), .name = str_of(name), .body = &secret};
    if (r == 0)
        r = ask(t, &call, NULL);
    if (r < 0 || t->failed)
        return r;
    const char **words = arena_alloc(c->mem, 2 * sizeof(char *));
    if (!words)
        return -ENOMEM;
    words[0] = "create";
    words[1] = arena_fmt(c->mem, "%s.%s", id, key).p;
    c->words = words;
    struct client_call info = {.verb = CLIENT_GET, .resource = core("configmaps"), .ns = STR("kube-public"), .name = STR("cluster-info")};
    return ask(t, &info, print_join);
}

/* ── list ── */

static struct str member(struct arena *a, const struct value *secret, const char *name)
{
    SCOPED_BUF b = BUF_INIT(65536);
    struct str out = STR_NONE;
    if (buf_unbase64(&b, value_text(value_get(value_at(secret, "data"), str_of(name)))) < 0 || arena_str(a, buf_view(&b), &out) < 0)
        return STR_NONE;
    return out;
}

static void print_list(struct tokens *t, const struct client_reply *r)
{
    (void)t;
    printf("%-25s %-22s %-24s %s\n", "TOKEN", "EXPIRES", "USAGES", "DESCRIPTION");
    for (size_t i = 0; i < r->n_items; i++) {
        SCOPED(arena) a = NULL;
        struct value s = {0};
        if (arena_new(&a, 4u << 20) < 0 || object_tree(a, r->items[i], &s, NULL) < 0)
            continue;
        struct str end = member(a, &s, "expiration"), about = member(a, &s, "description");
        bool asks = str_is(member(a, &s, "usage-bootstrap-authentication"), "true"), signs = str_is(member(a, &s, "usage-bootstrap-signing"), "true");
        printf("%.*s.%.*s   %-22.*s %-24s %.*s\n", STR_FMT(member(a, &s, "token-id")), STR_FMT(member(a, &s, "token-secret")),
               STR_FMT(end.n ? end : STR("<never>")),
               asks && signs ? "authentication,signing"
               : asks        ? "authentication"
               : signs       ? "signing"
                             : "<none>",
               STR_FMT(about.n ? about : STR("<none>")));
    }
}

static int list(struct tokens *t)
{
    struct client_call call = {.verb = CLIENT_LIST, .resource = core("secrets"), .ns = STR("kube-system"), .field_selector = STR("type=" TOKEN_TYPE)};
    return ask(t, &call, print_list);
}

static int delete_all(struct tokens *t)
{
    int r = 0;
    for (int i = 1; r == 0 && i < t->config->n_words; i++) {
        struct str id, secret;
        str_cut(str_of(t->config->words[i]), '.', &id, &secret);
        struct client_call call = {.verb = CLIENT_DELETE,
                                   .resource = core("secrets"),
                                   .ns = STR("kube-system"),
                                   .grace = -1,
                                   .name = arena_fmt(t->config->mem, "bootstrap-token-%.*s", STR_FMT(id))};
        r = ask(t, &call, NULL);
        if (r == 0 && !t->failed)
            printf("token %.*s deleted\n", STR_FMT(id));
    }
    return r;
}

int token_main(struct settings *c)
{
    struct tokens t = {.config = c};
    struct client_config k = {0};
    struct err err = {{0}};
    const char *verb = c->n_words ? c->words[0] : "";
    bool makes = strcmp(verb, "create") == 0 && c->n_words == 1, lists = strcmp(verb, "list") == 0 && c->n_words == 1;
    if (!makes && !lists && (strcmp(verb, "delete") != 0 || c->n_words < 2)) {
        fprintf(stderr, "usage: coracle token create [--ttl TIME] [--description TEXT] | list | delete ID…\n");
        return 2;
    }
    int r = client_config_load(&k, arena_fmt(c->mem, "%s/admin.kubeconfig", c->data_dir).p, NULL, &err);
    if (r == 0 && loop_new(&t.loop) < 0)
        r = err_raise(&err, -ENOMEM, "no event loop");
    if (r == 0)
        r = client_http_new(&t.client, t.loop, &k, STR("coracle"), &err);
    if (r < 0)
        fprintf(stderr, "coracle token: %s\n", err.text);
    else
        r = makes ? create(&t) : lists ? list(&t) : delete_all(&t);
    client_free(t.client);
    client_config_done(&k);
    loop_free(t.loop);
    return r < 0 || t.failed;
}
