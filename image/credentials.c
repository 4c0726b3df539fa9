/* Pull secrets: which name and password go to which registry (kubelet's rules for docker config files). */
#include <fnmatch.h>

#include "image/inside.h"

#define CREDENTIALS_MAX   64
#define DOCKER_CONFIG_MAX (1u << 20)

static struct str scheme_cut(struct str s)
{
    static const char *const schemes[] = {"https://", "http://"};
    for (size_t i = 0; i < ARRAY_LEN(schemes); i++)
        if (str_starts(s, str_of(schemes[i])))
            return str_from(s, strlen(schemes[i]));
    return s;
}

/* "auth": base64("name:password"), else "username" and "password". Before them go what registries give out after a login
 * elsewhere: "registrytoken" and "identitytoken", beside which "auth" may say anything. */
static int entry_read(struct arena *a, struct image_credential *c, const struct value *v)
{
    c->username = value_text_at(v, "username");
    c->password = value_text_at(v, "password");
    c->identity = value_text_at(v, "identitytoken");
    c->bearer = value_text_at(v, "registrytoken");
    if (c->identity.n || c->bearer.n)
        return 0;
    struct str auth = value_text_at(v, "auth");
    if (auth.n) {
        SCOPED_BUF plain = BUF_INIT(DOCKER_CONFIG_MAX);
        struct str name, password;
        /* A malformed entry is left out, as kubelet leaves it out: another may do. */
        if (buf_unbase64(&plain, str_trim(auth)) < 0 || !str_cut(buf_view(&plain), ':', &name, &password))
            return 1;
        while (password.n && password.p[password.n - 1] == 0)
            password.n--;
        if (arena_str(a, name, &c->username) < 0 || arena_str(a, password, &c->password) < 0)
            return -ENOMEM;
    }
    return c->username.n ? 0 : 1;
}

static int config_read(struct arena *a, struct str text, struct image_credential *list, size_t *n)
{
    struct value tree;
    if (text.n > DOCKER_CONFIG_MAX)
        return 0;
    int r = json_parse(a, text, &tree, NULL);
    if (r == -ENOMEM)
        return r;
    if (r < 0)
        return 0;
    const struct value *auths = value_get(&tree, STR("auths"));
    /* .dockercfg is what stands below "auths" of .dockerconfigjson. */
    VALUE_EACH_MEMBER (m, auths ? auths : &tree) {
        if (*n == CREDENTIALS_MAX)
            return 0;
        struct image_credential *c = &list[*n];
        r = entry_read(a, c, &m->value);
        if (r < 0)
            return r;
        c->host = scheme_cut(m->key);
        while (c->host.n && c->host.p[c->host.n - 1] == '/')
            c->host.n--;
        if (r == 0 && c->host.n)
            ++*n;
    }
    return 0;
}

int image_credentials_read(struct arena *a, const struct image_pull_request *q, struct image_credential **out, size_t *n)
{
    struct image_credential *list = arena_alloc(a, CREDENTIALS_MAX * sizeof(*list));
    if (!list)
        return -ENOMEM;
    *n = 0;
    if (q->username.n) {
        if (arena_str(a, q->username, &list[0].username) < 0 || arena_str(a, q->password, &list[0].password) < 0)
            return -ENOMEM;
        list[0].host = STR("*");
        *n = 1;
    }
    for (size_t i = 0; i < q->n_docker_configs; i++) {
        int r = config_read(a, q->docker_configs[i], list, n);
        if (r < 0)
            return r;
    }
    *out = list;
    return 0;
}

/* Length of the match, -1: none. "*.registry.local/team" fits repositories below team/ on hosts of as many labels. */
static int fits(struct str pattern, const char *host, const char *repository)
{
    if (str_is(pattern, "*"))
        return 1 << 20; /* given with the request: first */
    struct str p_host, p_path = STR_NONE, h_rest = str_of(host), a, b;
    str_cut(pattern, '/', &p_host, &p_path);
    if (str_is(p_path, "v1") || str_is(p_path, "v2"))
        p_path = STR_NONE;
    bool hub = strcmp(host, "docker.io") == 0 &&
               (str_is(p_host, "index.docker.io") || str_is(p_host, "registry-1.docker.io") || str_is(p_host, "docker.io"));
    if (!hub) {
        struct str p_rest = p_host;
        for (;;) {
            bool more_p = str_next(&p_rest, '.', &a), more_h = str_next(&h_rest, '.', &b);
            if (more_p != more_h)
                return -1;
            if (!more_p)
                break;
            char glob[256], label[256];
            if (a.n >= sizeof(glob) || b.n >= sizeof(label))
                return -1;
            snprintf(glob, sizeof(glob), "%.*s", STR_FMT(a));
            snprintf(label, sizeof(label), "%.*s", STR_FMT(b));
            if (fnmatch(glob, label, 0) != 0)
                return -1;
        }
    }
    return str_starts(str_of(repository), p_path) ? (int)p_path.n + 1 : -1;
}

const struct image_credential *image_credential_for(const struct image_credential *c, size_t n, const char *host, const char *repository, size_t i)
{
    /* By falling length, then by order: the i-th is found by counting those before it. */
    for (size_t k = 0; k < n; k++) {
        int own = fits(c[k].host, host, repository);
        if (own < 0)
            continue;
        size_t before = 0;
        for (size_t j = 0; j < n; j++) {
            int other = fits(c[j].host, host, repository);
            before += other > own || (other == own && j < k);
        }
        if (before == i)
            return &c[k];
    }
    return NULL;
}
