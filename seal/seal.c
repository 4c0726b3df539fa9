#include "seal/inside.h"

#define VALUE_MAX ((size_t)64 << 20)

static struct meter operations = {
    .name = "apiserver_storage_transformation_operations_total", .help = "Values sealed for the disk and opened from it", .kind = METER_COUNTER};

int seal_new(struct seal **out)
{
    meter_register(&operations);
    *out = mem_alloc(sizeof(**out));
    return *out ? 0 : -ENOMEM;
}

static void key_free(struct seal_key *k)
{
    if (!k)
        return;
    explicit_bzero(k->secret, sizeof(k->secret));
    mem_free(k->name);
    mem_free(k->prefix);
    mem_free(k);
}

struct seal *seal_free(struct seal *s)
{
    if (!s)
        return NULL;
    plan_free(s->plan);
    for (unsigned i = 1; i <= s->n_keys; i++)
        key_free(s->keys[i]);
    return mem_free(s);
}

/* ── keys ── */

static struct meter_series *series(const char *direction, const char *provider, const char *status)
{
    return meter_series(&operations, "transformation_type=\"%s\",transformer_prefix=\"k8s:enc:%s:v1:\",status=\"%s\"", direction, provider, status);
}

static bool same_key(const struct seal_key *k, enum cipher c, struct str name, struct str secret)
{
    return k->cipher == c && str_is(name, k->name) && str_eq(str_make(k->secret, k->n), secret);
}

int seal_key_number(struct seal *s, enum cipher c, struct str name, struct str secret, uint8_t *out)
{
    for (unsigned i = 1; i <= s->n_keys; i++)
        if (same_key(s->keys[i], c, name, secret)) {
            *out = (uint8_t)i;
            return 0;
        }
    if (s->n_keys == SEAL_KEYS_MAX)
        return -E2BIG;
    SCOPED_BUF prefix = BUF_INIT(1024);
    struct seal_key *k = mem_alloc(sizeof(*k));
    if (!k)
        return -ENOMEM;
    buf_fmt(&prefix, "k8s:enc:%s:v1:%.*s:", cipher_rows[c].name, STR_FMT(name));
    k->cipher = c;
    k->name = mem_text(name.p, name.n);
    k->n = secret.n;
    memcpy(k->secret, secret.p, secret.n);
    k->prefix = buf_error(&prefix) == 0 ? mem_text(prefix.p, prefix.n) : NULL;
    if (!k->name || !k->prefix) {
        key_free(k);
        return -ENOMEM;
    }
    k->closed = series("to_storage", cipher_rows[c].name, "OK");
    k->opened = series("from_storage", cipher_rows[c].name, "OK");
    k->failed = series("from_storage", cipher_rows[c].name, "Unknown");
    s->keys[++s->n_keys] = k;
    s->overhead = MAX(s->overhead, prefix.n + cipher_rows[c].overhead);
    *out = (uint8_t)s->n_keys;
    return 0;
}

int seal_configure(struct seal *s, struct str text, struct err *err)
{
    struct plan *p = NULL;
    int r = plan_read(&p, s, text, err);
    if (r < 0)
        return r;
    plan_free(s->plan);
    s->plan = p;
    return 0;
}

/* ── values ── */

uint8_t seal_number(const struct seal *s, struct str key)
{
    const struct entry *e = s && s->plan ? plan_entry(s->plan, key) : NULL;
    return e ? e->writer : 0;
}

size_t seal_overhead(const struct seal *s)
{
    return s ? s->overhead : 0;
}

int seal_close(struct seal *s, uint8_t number, struct str key, struct str plain, struct buf *out)
{
    CHECK(number > 0 && s->keys[number]);
    const struct seal_key *k = s->keys[number];
    buf_text(out, k->prefix);
    int r = cipher_rows[k->cipher].close(k->secret, k->n, key, plain, out);
    if (r == 0)
        r = buf_error(out);
    if (r == 0)
        meter_add(k->closed, 1);
    return r;
}

bool seal_closed(struct str stored)
{
    return str_starts(stored, SEAL_MARK);
}

/* Whom the prefix names, for an error: "aescbc key "key1"". */
static int unknown_key(struct str stored, struct err *err)
{
    struct str rest = str_from(str_head(stored, 256), SEAL_MARK.n), provider, version, name;
    if (str_cut(rest, ':', &provider, &rest) && str_cut(rest, ':', &version, &rest) && str_cut(rest, ':', &name, &rest) && str_utf8_valid(name))
        return err_raise(err, -ENOKEY,
                         "it is encrypted by provider %.*s %.*s with key \"%.*s\", which the encryption configuration does not list for it",
                         STR_FMT(provider), STR_FMT(version), STR_FMT(name));
    return err_raise(err, -ENOKEY, "it is encrypted, but not as any provider would");
}

static int open_by(const struct seal_key *k, struct str key, struct str stored, struct buf *plain)
{
    size_t start = plain->n;
    int r = cipher_rows[k->cipher].open(k->secret, k->n, key, str_from(stored, strlen(k->prefix)), plain);
    if (r == 0)
        r = buf_error(plain);
    if (r < 0)
        plain->n = start;
    meter_add(r == 0 ? k->opened : k->failed, 1);
    return r;
}

int seal_open(struct seal *s, struct str key, struct str stored, struct buf *plain, uint8_t *number, struct err *err)
{
    const struct entry *e = s && s->plan ? plan_entry(s->plan, key) : NULL;
    const struct seal_key *tried = NULL;
    *number = 0;
    if (!seal_closed(stored)) {
        if (e && !e->plain)
            return err_raise(err, -ENOKEY, "it is not encrypted, and the encryption configuration lists no identity provider for it");
        buf_str(plain, stored);
        return buf_error(plain) < 0 ? err_raise(err, -ENOMEM, "no memory for it") : 0;
    }
    for (size_t i = 0; e && i < e->n_keys; i++) {
        const struct seal_key *k = s->keys[e->keys[i]];
        if (!str_starts(stored, str_of(k->prefix)))
            continue;
        tried = k;
        int r = open_by(k, key, stored, plain);
        if (r == 0)
            *number = e->keys[i];
        if (r != -EKEYREJECTED)
            return r < 0 ? err_raise(err, r, "no memory to decrypt it") : 0;
    }
    if (!s || !s->plan)
        return err_raise(err, -ENOKEY, "it is encrypted, and there is no encryption configuration");
    if (!tried)
        return unknown_key(stored, err);
    return err_raise(err, -EKEYREJECTED, "%s key \"%s\" does not decrypt it: it was encrypted with another secret, or damaged",
                     cipher_rows[tried->cipher].name, tried->name);
}
