/* JSON Web Tokens in compact form (RFC 7519, RFC 7515). The key chooses the
 * algorithm, never the token: a header that names another one than the key has
 * ("none", an HMAC over the public key) fits no key. */
#include "auth/inside.h"

#define PART_MAX (12u << 10)

static int part_decode(struct arena *a, struct str text, struct str *out)
{
    SCOPED_BUF raw = BUF_INIT(PART_MAX);
    if (text.n == 0 || memchr(text.p, '=', text.n))
        return -EBADMSG;
    int r = buf_unbase64url(&raw, text);
    if (r == 0)
        r = buf_error(&raw);
    if (r == 0)
        r = arena_str(a, buf_view(&raw), out);
    return r == -ENOMEM ? r : r < 0 ? -EBADMSG : 0;
}

static int object_decode_part(struct arena *a, struct str text, struct value *out, struct err *err)
{
    struct str json;
    int r = part_decode(a, text, &json);
    if (r == 0)
        r = json_parse(a, json, out, NULL);
    if (r == 0 && out->type != VALUE_MAP)
        r = -EBADMSG;
    if (r == 0)
        return 0;
    return err_raise(err, r == -ENOMEM ? r : -EBADMSG, "a part of the token is not a JSON object");
}

int auth_jwt_parse(struct arena *a, struct str token, struct auth_jwt *out, struct err *err)
{
    struct str head, rest, body, tail;
    if (token.n > AUTH_TOKEN_MAX)
        return err_raise(err, -EBADMSG, "the token is too large");
    if (!str_cut(token, '.', &head, &rest) || !str_cut(rest, '.', &body, &tail) || str_find(tail, STR(".")) >= 0)
        return err_raise(err, -EBADMSG, "the token has not three parts");
    int r = object_decode_part(a, head, &out->header, err);
    if (r == 0)
        r = object_decode_part(a, body, &out->claims, err);
    if (r < 0)
        return r;
    if (value_get(&out->header, STR("crit"))) /* RFC 7515 §4.1.11: what is not understood must be refused */
        return err_raise(err, -EBADMSG, "the token has critical extensions");
    r = part_decode(a, tail, &out->signature);
    if (r < 0)
        return err_raise(err, r, "the token's signature is not base64url");
    out->signed_part = str_head(token, head.n + 1 + body.n);
    return 0;
}

int auth_jwt_verify(struct auth *x, const struct auth_jwt *t, struct err *err)
{
    struct str kid = value_text_at(&t->header, "kid"), alg = value_text_at(&t->header, "alg");
    bool named = false;
    for (size_t i = 0; i < x->keys.n; i++)
        named = named || str_is(kid, x->keys.p[i].kid);
    for (size_t i = 0; i < x->keys.n; i++) {
        const struct auth_key *k = &x->keys.p[i];
        if ((named && !str_is(kid, k->kid)) || !str_is(alg, k->alg))
            continue;
        int r = tls_verify(str_of(k->pem), str_of(k->alg), t->signed_part, t->signature, NULL);
        if (r == 0)
            return 0;
        if (r == -ENOMEM)
            return err_raise(err, r, "no memory to verify a token");
    }
    return err_raise(err, AUTH_UNAUTHORIZED, "the token's signature fits no key");
}

int auth_jwt_sign(struct auth *x, struct str claims, struct buf *token, struct err *err)
{
    SCOPED_BUF head = BUF_INIT(1024);
    SCOPED_BUF sig = BUF_INIT(2048);
    if (!x->signing_key)
        return err_raise(err, -ENOKEY, "there is no key to sign tokens with");
    buf_fmt(&head, "{\"alg\":\"%s\",\"kid\":\"%s\"}", x->signing_alg, x->signing_kid);
    size_t start = token->n;
    buf_base64url(token, buf_view(&head));
    buf_char(token, '.');
    buf_base64url(token, claims);
    int r = buf_error(token);
    if (r == 0)
        r = buf_error(&head);
    if (r < 0)
        return err_raise(err, r, "no memory for a token");
    r = tls_sign(str_of(x->signing_key), str_from(buf_view(token), start), &sig, err);
    if (r < 0)
        return r;
    buf_char(token, '.');
    buf_base64url(token, buf_view(&sig));
    r = buf_error(token);
    return r < 0 ? err_raise(err, r, "no memory for a token") : 0;
}

/* ── keys ── */

static void keys_drop(struct auth *x)
{
    for (size_t i = 0; i < x->keys.n; i++) {
        mem_free(x->keys.p[i].pem);
        mem_free(x->keys.p[i].kid);
    }
    VEC_DONE(&x->keys);
    if (x->signing_key)
        explicit_bzero(x->signing_key, strlen(x->signing_key));
    x->signing_key = mem_free(x->signing_key);
    x->signing_kid = mem_free(x->signing_kid);
}

/* The algorithm a key signs with, by trying: RS256 or ES256. */
static int key_algorithm(struct str pem, const char **alg, struct err *err)
{
    SCOPED_BUF jwk = BUF_INIT(8192);
    int r = tls_jwk(pem, "", &jwk, err);
    if (r == 0)
        *alg = str_find(buf_view(&jwk), STR("\"ES256\"")) >= 0 ? "ES256" : "RS256";
    return r;
}

static int key_id(struct str pem, char **kid, struct err *err)
{
    SCOPED_BUF id = BUF_INIT(128);
    int r = tls_key_id(pem, &id, err);
    if (r < 0)
        return r;
    *kid = mem_text(id.p, id.n);
    return *kid ? 0 : err_raise(err, -ENOMEM, "no memory for a key");
}

static int key_add(struct auth *x, struct str pem, struct err *err)
{
    struct auth_key *k = VEC_ADD(&x->keys);
    if (!k)
        return err_raise(err, -ENOMEM, "no memory for a key");
    int r = tls_public_key(pem, &k->pem, err);
    if (r == 0)
        r = key_algorithm(pem, &k->alg, err);
    return r == 0 ? key_id(pem, &k->kid, err) : r;
}

/* Each "-----BEGIN … -----END …-----" block is a key. */
static int keys_add(struct auth *x, struct str pems, struct err *err)
{
    for (;;) {
        ssize_t from = str_find(pems, STR("-----BEGIN "));
        if (from < 0)
            return 0;
        pems = str_from(pems, (size_t)from);
        ssize_t end = str_find(pems, STR("-----END "));
        ssize_t tail = end < 0 ? -1 : str_find(str_from(pems, (size_t)end + 9), STR("-----"));
        if (tail < 0)
            return err_raise(err, -EBADMSG, "a PEM block has no end");
        size_t n = (size_t)end + 9 + (size_t)tail + 5;
        int r = key_add(x, str_head(pems, n), err);
        if (r < 0)
            return r;
        pems = str_from(pems, n);
    }
}

int auth_set_keys(struct auth *x, const char *signing_key, const char *verify_keys, struct err *err)
{
    keys_drop(x);
    auth_cache_clear(x);
    int r = 0;
    if (signing_key) {
        x->signing_key = mem_text(signing_key, strlen(signing_key));
        r = x->signing_key ? key_algorithm(str_of(signing_key), &x->signing_alg, err) : -ENOMEM;
        if (r == 0)
            r = key_id(str_of(signing_key), &x->signing_kid, err);
    }
    if (r == 0)
        r = keys_add(x, str_of(verify_keys ? verify_keys : signing_key), err);
    if (r < 0)
        keys_drop(x);
    return r < 0 ? err_wrap(err, r, "keys of ServiceAccount tokens") : 0;
}

int auth_jwks(struct auth *x, struct buf *json, struct err *err)
{
    buf_text(json, "{\"keys\":[");
    for (size_t i = 0; i < x->keys.n; i++) {
        if (i)
            buf_char(json, ',');
        int r = tls_jwk(str_of(x->keys.p[i].pem), x->keys.p[i].kid, json, err);
        if (r < 0)
            return r;
    }
    buf_text(json, "]}");
    return buf_error(json);
}

int auth_openid_configuration(struct auth *x, struct str jwks_uri, struct buf *json)
{
    bool rs = false, es = false;
    for (size_t i = 0; i < x->keys.n; i++)
        *(str_is(str_of(x->keys.p[i].alg), "RS256") ? &rs : &es) = true;
    buf_text(json, "{\"issuer\":");
    json_string(json, x->issuer);
    buf_text(json, ",\"jwks_uri\":");
    json_string(json, jwks_uri);
    buf_fmt(json,
            ",\"response_types_supported\":[\"id_token\"],\"subject_types_supported\":[\"public\"],"
            "\"id_token_signing_alg_values_supported\":[%s%s%s]}",
            es ? "\"ES256\"" : "", es && rs ? "," : "", rs ? "\"RS256\"" : "");
    return buf_error(json);
}
