/* TokenReview: whose token is this? */
#include "json/json.h"
#include "referee/inside.h"

#define TIMEOUT_MS      30000
#define TTL_MS          120000
#define NAME_EXTRAS_MAX 256

struct referee_tokens {
    struct desk desk;
    struct arena *mem;
    const char *version;
    int64_t ttl_ms;
    struct str *audiences;
    size_t n_audiences;
};

/* Refusals are kept as long as users; a failure to ask is nobody's answer. */
static int64_t ttl(void *ctx, const struct entry *e)
{
    const struct referee_tokens *t = ctx;
    return e->r < 0 ? 0 : t->ttl_ms;
}

static int keep_audiences(struct referee_tokens *t, const char *const *list)
{
    size_t n = 0;
    while (list && list[n])
        n++;
    t->audiences = arena_alloc(t->mem, (n + 1) * sizeof(struct str));
    if (!t->audiences)
        return -ENOMEM;
    for (; t->n_audiences < n; t->n_audiences++)
        if (arena_str(t->mem, str_of(list[t->n_audiences]), &t->audiences[t->n_audiences]) < 0)
            return -ENOMEM;
    return 0;
}

int referee_tokens_new(struct referee_tokens **out, const struct referee_tokens_options *o, struct err *err)
{
    const char *version = o->version ? o->version : "v1beta1";
    if (strcmp(version, "v1") != 0 && strcmp(version, "v1beta1") != 0)
        return err_raise(err, -EINVAL, "version \"%s\" of TokenReview must be v1 or v1beta1", version);
    struct referee_tokens *t = mem_alloc(sizeof(*t));
    if (!t)
        return err_raise(err, -ENOMEM, "no memory for a webhook");
    desk_init(&t->desk);
    t->desk.kind = "TokenReview";
    t->desk.ttl = ttl;
    t->desk.ctx = t;
    t->version = !strcmp(version, "v1") ? "v1" : "v1beta1";
    t->ttl_ms = o->ttl_ms ? o->ttl_ms : TTL_MS;
    int r = arena_new(&t->mem, 1u << 20);
    if (r == 0)
        r = keep_audiences(t, o->audiences);
    r = r < 0 ? err_raise(err, r, "no memory for a webhook") : referee_hook_open(&t->desk.hook, o->loop, o->kubeconfig, TIMEOUT_MS, err);
    if (r < 0)
        referee_tokens_free(t);
    else
        *out = t;
    return r;
}

struct referee_tokens *referee_tokens_free(struct referee_tokens *t)
{
    struct list waiting = LIST_INIT(waiting);
    if (!t)
        return NULL;
    desk_close(&t->desk, &waiting);
    arena_free(t->mem);
    mem_free(t);
    auth_wake(&waiting);
    return NULL;
}

static void write_question(const struct referee_tokens *t, struct str token, const struct str *wanted, size_t n, struct buf *b)
{
    buf_fmt(b, "{\"kind\":\"TokenReview\",\"apiVersion\":\"authentication.k8s.io/%s\",\"metadata\":{\"creationTimestamp\":null},\"spec\":{\"token\":",
            t->version);
    json_string(b, token);
    for (size_t i = 0; i < n; i++) {
        buf_text(b, i ? "," : ",\"audiences\":[");
        json_string(b, wanted[i]);
    }
    buf_text(b, n ? "]},\"status\":{\"user\":{}}}" : "},\"status\":{\"user\":{}}}");
}

static bool among(struct str s, const struct str *list, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(s, list[i]))
            return true;
    return false;
}

/* Those that were wanted and that the hook answers for; it answers for our own when it does not say. */
static int judge_audiences(const struct referee_tokens *t, struct arena *a, const struct value *said, const struct str *wanted, size_t n,
                           struct auth_answer *out)
{
    out->audiences = arena_alloc(a, (n + 1) * sizeof(struct str));
    if (!out->audiences)
        return -ENOMEM;
    for (size_t i = 0; i < n; i++) {
        bool good = !value_count(said) && among(wanted[i], t->audiences, t->n_audiences);
        VALUE_EACH_ITEM (item, said)
            good = good || str_eq(wanted[i], value_text(item));
        if (good)
            out->audiences[out->n++] = wanted[i];
    }
    return out->n ? 0 : AUTH_UNAUTHORIZED;
}

/* The user in the answer, which lives only as long as its entry. */
static int read_user(struct arena *a, const struct value *user, struct auth_user *out)
{
    struct auth_user borrowed = {.name = value_text_at(user, "username"), .uid = value_text_at(user, "uid")};
    const struct value *groups = value_at(user, "groups"), *extra = value_at(user, "extra");
    size_t most = MIN(value_count(extra), (size_t)NAME_EXTRAS_MAX);
    borrowed.groups = arena_alloc(a, (value_count(groups) + 1) * sizeof(struct str));
    borrowed.extra = arena_alloc(a, (most + 1) * sizeof(struct auth_extra));
    if (!borrowed.groups || !borrowed.extra)
        return -ENOMEM;
    VALUE_EACH_ITEM (g, groups)
        borrowed.groups[borrowed.n_groups++] = value_text(g);
    VALUE_EACH_MEMBER (m, extra) {
        if (borrowed.n_extra == most)
            break;
        struct auth_extra *e = &borrowed.extra[borrowed.n_extra++];
        e->key = m->key;
        e->values = arena_alloc(a, (value_count(&m->value) + 1) * sizeof(struct str));
        if (!e->values)
            return -ENOMEM;
        VALUE_EACH_ITEM (v, &m->value)
            e->values[e->n++] = value_text(v);
    }
    int r = auth_user_copy(a, &borrowed, out);
    struct str *roomy = r == 0 ? arena_alloc(a, (out->n_groups + 2) * sizeof(struct str)) : NULL; /* for system:authenticated */
    if (!roomy)
        return -ENOMEM;
    for (size_t i = 0; i < out->n_groups; i++)
        roomy[i] = out->groups[i];
    out->groups = roomy;
    return 0;
}

int referee_token(void *tokens, struct arena *a, const struct auth_question *q, struct auth_user *out, struct auth_answer *answer, struct err *err)
{
    struct referee_tokens *t = tokens;
    const struct str *wanted = q->n_wanted ? q->wanted : t->audiences;
    size_t n = q->n_wanted ? q->n_wanted : t->n_audiences;
    struct entry *e = NULL;
    SCOPED_BUF b = BUF_INIT(256u << 10);
    write_question(t, q->token, wanted, n, &b);
    int r = buf_error(&b);
    if (r == 0)
        r = desk_ask(&t->desk, buf_view(&b), q->wait, &e);
    if (r == AUTH_WAITS)
        return r;
    if (r < 0)
        return err_raise(err, r, "no memory to ask about a token");
    if (r == AUTH_ABSENT)
        return err_raise(err, AUTH_UNAUTHORIZED, "too many tokens are being asked about");
    if (e->r < 0)
        return err_raise(err, AUTH_UNAUTHORIZED, "%s", e->error);
    struct str why = value_text_at(&e->review, "status.error");
    if (!value_bool_at(&e->review, "status.authenticated", false))
        return why.n ? err_raise(err, AUTH_UNAUTHORIZED, "%.*s", STR_FMT(why)) : AUTH_NOT_OURS;
    r = read_user(a, value_at(&e->review, "status.user"), out);
    if (r == 0 && !out->name.n)
        return err_raise(err, AUTH_UNAUTHORIZED, "the webhook names no user");
    if (r == 0 && n)
        r = judge_audiences(t, a, value_at(&e->review, "status.audiences"), wanted, n, answer);
    return r < 0 ? err_raise(err, r, "no memory for a user") : r ? err_raise(err, r, "token audiences are not among those accepted here") : 0;
}
