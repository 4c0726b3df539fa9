/* JSON Web Key Sets (RFC 7517) and discovery documents (OpenID Connect Discovery 1.0): bytes in, keys out. */
#include "issuer/inside.h"
#include "json/json.h"

#define JWKS_MEMORY ((size_t)8 << 20)

void jwks_done(struct jwks *k)
{
    k->mem = arena_free(k->mem);
    k->keys = NULL;
    k->n = 0;
}

static int number(struct arena *a, const struct value *key, const char *name, struct str *out, struct err *err)
{
    SCOPED_BUF raw = BUF_INIT(8192);
    struct str text = value_text_at(key, name);
    *out = STR_NONE;
    int r = text.n ? buf_unbase64url(&raw, text) : -EINVAL;
    if (r == 0)
        r = buf_error(&raw);
    if (r == 0)
        r = arena_str(a, buf_view(&raw), out);
    return r == -ENOMEM ? err_raise(err, r, "no memory for keys") : r < 0 ? err_raise(err, -EBADMSG, "\"%s\" is no number", name) : 0;
}

static int read_rsa(struct arena *a, const struct value *key, char **pem, struct err *err)
{
    struct str n, e;
    int r = number(a, key, "n", &n, err);
    if (r == 0)
        r = number(a, key, "e", &e, err);
    return r < 0 ? r : tls_jwk_rsa(n, e, pem, err);
}

static int read_ec(struct arena *a, const struct value *key, char **pem, struct err *err)
{
    struct str x, y;
    int r = number(a, key, "x", &x, err);
    if (r == 0)
        r = number(a, key, "y", &y, err);
    return r < 0 ? r : tls_jwk_ec(value_text_at(key, "crv"), x, y, pem, err);
}

/* 1: not for us. */
static int read_key(struct jwks *k, const struct value *key, struct err *err)
{
    struct str kty = value_text_at(key, "kty"), use = value_text_at(key, "use");
    char *pem = NULL;
    if (use.n && !str_is(use, "sig"))
        return 1;
    int r = str_is(kty, "RSA") ? read_rsa(k->mem, key, &pem, err) : str_is(kty, "EC") ? read_ec(k->mem, key, &pem, err) : -ENOTSUP;
    if (r < 0)
        return r == -ENOTSUP ? 1 : r;
    struct jwk *at = &k->keys[k->n];
    at->pem = arena_text(k->mem, pem, strlen(pem));
    at->kid = value_text_at(key, "kid");
    mem_free(pem);
    if (!at->pem)
        return err_raise(err, -ENOMEM, "no memory for keys");
    k->n++;
    return 0;
}

static int read_keys(struct jwks *k, struct str json, struct err *err)
{
    struct value root = {0};
    int r = json_parse(k->mem, json, &root, err);
    const struct value *list = value_at(&root, "keys");
    if (r < 0)
        return r;
    if (!list || list->type != VALUE_LIST)
        return err_raise(err, -EBADMSG, "there is no list \"keys\"");
    if (value_count(list) > KEYS_MAX)
        return err_raise(err, -EBADMSG, "there are %zu keys, at most %d may be", value_count(list), KEYS_MAX);
    k->keys = arena_alloc(k->mem, (value_count(list) + 1) * sizeof(*k->keys));
    if (!k->keys)
        return err_raise(err, -ENOMEM, "no memory for keys");
    struct err why = {{0}};
    int last = 0;
    VALUE_EACH_ITEM (key, list) {
        r = read_key(k, key, &why);
        if (r == -ENOMEM)
            return err_raise(err, r, "no memory for keys");
        last = r < 0 ? r : last;
    }
    if (k->n == 0 && last < 0) /* one bad key does not spoil the others */
        return err_raise(err, -EBADMSG, "none of %zu keys is usable: %s", value_count(list), why.text);
    return 0;
}

int jwks_parse(struct jwks *out, struct str json, struct err *err)
{
    *out = (struct jwks){0};
    int r = arena_new(&out->mem, JWKS_MEMORY);
    r = r < 0 ? err_raise(err, r, "no memory for keys") : read_keys(out, json, err);
    if (r < 0)
        jwks_done(out);
    return r;
}

int discovery_parse(struct arena *a, struct str json, struct str issuer, struct str *jwks_uri, struct err *err)
{
    struct value root = {0};
    int r = json_parse(a, json, &root, err);
    if (r < 0)
        return r;
    struct str named = value_text_at(&root, "issuer");
    if (!str_eq(named, issuer))
        return err_raise(err, -EBADMSG, "issuer did not match the issuer returned by provider, expected \"%.*s\" got \"%.*s\"", STR_FMT(issuer),
                         STR_FMT(str_head(named, 200)));
    *jwks_uri = value_text_at(&root, "jwks_uri");
    if (!str_starts(*jwks_uri, STR("https://")))
        return err_raise(err, -EBADMSG, "jwks_uri \"%.*s\" is no https URL", STR_FMT(str_head(*jwks_uri, 200)));
    return 0;
}
