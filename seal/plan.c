/* EncryptionConfiguration: who is meant, and by which keys. */
#include "seal/inside.h"
#include "yaml/yaml.h"

#define PLAN_MEMORY ((size_t)16 << 20)
#define ENTRIES_MAX 256
/* A field's path for an error; when there is no memory for it, that is all that is lost. */
#define PATH(a, ...) path_or_none(arena_fmt((a), __VA_ARGS__))

static struct entry none; /* in `paths`: a built-in resource that no entry names */

static const char *path_or_none(struct str path)
{
    return path.p ? path.p : "";
}

struct plan *plan_free(struct plan *p)
{
    if (!p)
        return NULL;
    map_done(&p->paths);
    arena_free(p->mem);
    return mem_free(p);
}

/* ── looking up ── */

static bool pattern_meets(const struct pattern *p, struct str group, struct str resource)
{
    return (p->any_group || str_eq(p->group, group)) && (p->any_resource || str_eq(p->resource, resource));
}

/* Entries stand in the order of precedence. */
static struct entry *meant(const struct plan *p, struct str group, struct str resource)
{
    for (size_t i = 0; i < p->n; i++)
        for (size_t k = 0; k < p->entries[i].n_patterns; k++)
            if (pattern_meets(&p->entries[i].patterns[k], group, resource))
                return &p->entries[i];
    return NULL;
}

const struct entry *plan_entry(const struct plan *p, struct str key)
{
    const struct str root = STR("/registry/");
    struct str rest = str_from(key, root.n), first, second, tail;
    if (!str_starts(key, root) || !str_cut(rest, '/', &first, &tail))
        return NULL;
    str_cut(tail, '/', &second, &tail);
    struct entry *e = map_get(&p->paths, str_head(rest, first.n + 1 + second.n)); /* services/specs */
    if (!e)
        e = map_get(&p->paths, first);
    if (!e)
        return meant(p, first, second); /* a custom resource: group, plural */
    return e == &none ? NULL : e;
}

static int map_paths(struct plan *p)
{
    const struct schema_resource *rows;
    size_t n = schema_resources(&rows);
    for (size_t i = 0; i < n; i++) {
        struct str path = rows[i].storage_path;
        struct entry *e = meant(p, rows[i].group, rows[i].name);
        bool core_events = str_is(path, "events") && rows[i].group.n;
        if (path.n && !core_events && map_put(&p->paths, path, e ? e : &none) < 0)
            return -ENOMEM;
    }
    return 0;
}

/* ── reading ── */

static int fault(struct err *err, const char *path, struct str bad, const char *why)
{
    return err_raise(err, -EINVAL, "%s: \"%.*s\" %s", path, STR_FMT(bad), why);
}

static bool lower(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] >= 'A' && s.p[i] <= 'Z')
            return false;
    return true;
}

static int read_pattern(struct pattern *p, struct str text, const char *path, struct err *err)
{
    bool dotted = str_cut(text, '.', &p->resource, &p->group);
    if (!text.n || !p->resource.n)
        return fault(err, path, text, "names no resource");
    if (str_is(text, "*"))
        return fault(err, path, text, "is not enough: \"*.\" stands for all of the core group, \"*.*\" for everything");
    if (!lower(text))
        return fault(err, path, text, "has capital letters");
    p->any_resource = str_is(p->resource, "*");
    p->any_group = dotted && str_is(p->group, "*");
    if (p->any_group && !p->any_resource)
        return fault(err, path, text, "means one resource of all groups, which is not supported");
    if (!p->any_group && memchr(p->group.p ? p->group.p : "", '*', p->group.n))
        return fault(err, path, text, "has a wildcard within its group");
    if (str_is(p->group, "events.k8s.io"))
        return fault(err, path, text, "are kept as events of the core group: say \"events\"");
    if (str_is(p->group, "extensions"))
        return fault(err, path, text, "is of a group that is no more");
    if (!p->group.n && (str_is(p->resource, "serviceipallocations") || str_is(p->resource, "servicenodeportallocations")))
        return fault(err, path, text, "has no API and cannot be encrypted");
    return 0;
}

static bool overlap(const struct pattern *a, const struct pattern *b)
{
    return pattern_meets(a, b->group, b->resource) && (a->any_group || !b->any_group) && (a->any_resource || !b->any_resource);
}

static int read_patterns(struct arena *a, struct entry *e, const struct value *list, size_t at, struct err *err)
{
    const char *path = PATH(a, "resources[%zu].resources", at);
    if (!list || list->type != VALUE_LIST || !value_count(list))
        return err_raise(err, -EINVAL, "%s: at least one resource is required", path);
    e->patterns = arena_alloc(a, value_count(list) * sizeof(*e->patterns));
    if (!e->patterns)
        return err_raise(err, -ENOMEM, "no memory for an encryption configuration");
    for (; e->n_patterns < value_count(list); e->n_patterns++) {
        size_t i = e->n_patterns;
        struct str text = value_text(value_item(list, i));
        path = PATH(a, "resources[%zu].resources[%zu]", at, i);
        int r = read_pattern(&e->patterns[i], text, path, err);
        for (size_t k = 0; r == 0 && k < i; k++)
            if (overlap(&e->patterns[k], &e->patterns[i]) || overlap(&e->patterns[i], &e->patterns[k]))
                r = fault(err, path, text, "is meant by another line of the same list too");
        if (r < 0)
            return r;
    }
    return 0;
}

/* ── providers ── */

static int read_secret(struct str text, enum cipher c, const char *path, unsigned char secret[SEAL_SECRET_MAX], size_t *n, struct err *err)
{
    const uint8_t *fit = cipher_rows[c].lengths;
    SCOPED_BUF raw = BUF_INIT(256);
    if (!text.n)
        return err_raise(err, -EINVAL, "%s: a secret is required", path);
    int r = buf_unbase64(&raw, text);
    if (r == 0)
        r = buf_error(&raw);
    if (r == -ENOMEM)
        return err_raise(err, r, "no memory for an encryption configuration");
    if (r < 0) /* never quoted: it might be nearly right */
        return err_raise(err, -EINVAL, "%s: is no base64 of a key", path);
    bool good = raw.n == fit[0] || raw.n == fit[1] || raw.n == fit[2];
    if (good)
        memcpy(secret, raw.p, raw.n);
    *n = raw.n;
    explicit_bzero(raw.p, raw.n);
    if (good)
        return 0;
    if (fit[0] == fit[2])
        return err_raise(err, -EINVAL, "%s: is %zu bytes long, must be %d", path, *n, fit[0]);
    return err_raise(err, -EINVAL, "%s: is %zu bytes long, must be %d, %d or %d", path, *n, fit[0], fit[1], fit[2]);
}

static int read_key(struct seal *s, struct arena *a, struct entry *e, enum cipher c, const struct value *key, const char *path, struct err *err)
{
    static const char *const names[] = {"name", "secret", NULL};
    unsigned char secret[SEAL_SECRET_MAX];
    size_t n = 0;
    uint8_t number = 0;
    struct str name = value_text_at(key, "name");
    int r = value_only(key, path, names, err);
    if (r == 0 && (!name.n || name.n > 253 || memchr(name.p, ':', name.n)))
        r = err_raise(err, -EINVAL, "%s.name: a name without colons is required", path);
    if (r == 0)
        r = read_secret(value_text_at(key, "secret"), c, PATH(a, "%s.secret", path), secret, &n, err);
    if (r < 0)
        return r;
    r = seal_key_number(s, c, name, str_make(secret, n), &number);
    explicit_bzero(secret, sizeof(secret));
    if (r == -E2BIG || e->n_keys == SEAL_KEYS_MAX)
        return err_raise(err, -E2BIG, "%s: there were more than %d keys since the server started; start it again", path, SEAL_KEYS_MAX);
    if (r < 0)
        return err_raise(err, r, "no memory for an encryption configuration");
    e->keys[e->n_keys++] = number;
    return 0;
}

static int read_keys(struct seal *s, struct arena *a, struct entry *e, enum cipher c, const struct value *keys, const char *path, struct err *err)
{
    if (!keys || keys->type != VALUE_LIST || !value_count(keys))
        return err_raise(err, -EINVAL, "%s: at least one key is required", path);
    int r = 0;
    for (size_t i = 0; r == 0 && i < value_count(keys); i++)
        r = read_key(s, a, e, c, value_item(keys, i), PATH(a, "%s[%zu]", path, i), err);
    return r;
}

static int read_provider(struct seal *s, struct arena *a, struct entry *e, const struct value *provider, const char *path, struct err *err)
{
    static const char *const names[] = {"aesgcm", "aescbc", "secretbox", "identity", "kms", NULL}, *const keys[] = {"keys", NULL};
    int r = value_only(provider, path, names, err);
    if (r == 0 && value_count(provider) != 1)
        r = err_raise(err, -EINVAL, "%s: must name exactly one provider", path);
    if (r < 0)
        return r;
    const struct value_member *m = value_members(provider);
    if (str_is(m->key, "kms"))
        return err_raise(err, -ENOTSUP, "%s.kms: key management services are not supported", path);
    if (str_is(m->key, "identity")) {
        e->plain = true;
        return 0;
    }
    int c = 0;
    while (!str_is(m->key, cipher_rows[c].name))
        c++;
    r = value_only(&m->value, PATH(a, "%s.%s", path, cipher_rows[c].name), keys, err);
    const char *at = PATH(a, "%s.%s.keys", path, cipher_rows[c].name);
    return r < 0 ? r : read_keys(s, a, e, (enum cipher)c, value_at(&m->value, "keys"), at, err);
}

static int read_entry(struct seal *s, struct plan *p, struct entry *e, const struct value *v, size_t at, struct err *err)
{
    static const char *const names[] = {"resources", "providers", NULL};
    const struct value *providers = value_at(v, "providers");
    const char *path = PATH(p->mem, "resources[%zu]", at);
    int r = value_only(v, path, names, err);
    if (r == 0)
        r = read_patterns(p->mem, e, value_at(v, "resources"), at, err);
    if (r == 0 && (!providers || providers->type != VALUE_LIST || !value_count(providers)))
        r = err_raise(err, -EINVAL, "%s.providers: at least one provider is required", path);
    for (size_t i = 0; r == 0 && i < value_count(providers); i++) {
        path = PATH(p->mem, "resources[%zu].providers[%zu]", at, i);
        r = read_provider(s, p->mem, e, value_item(providers, i), path, err);
        if (i == 0)
            e->writer = e->plain || r < 0 ? 0 : e->keys[0];
    }
    return r;
}

static int read_root(struct seal *s, struct plan *p, struct str text, struct err *err)
{
    static const char *const names[] = {"apiVersion", "kind", "resources", NULL};
    struct value root = {0};
    struct value_duplicates twice = {0};
    int r = yaml_parse(p->mem, text, &twice, &root, err);
    if (r < 0)
        return r;
    if (twice.n)
        return err_raise(err, -EINVAL, "%.*s", STR_FMT(twice.items[0]));
    struct str version = value_text_at(&root, "apiVersion");
    if (!str_is(value_text_at(&root, "kind"), "EncryptionConfiguration") || !str_is(version, "apiserver.config.k8s.io/v1"))
        return err_raise(err, -EINVAL, "it is of kind \"%.*s\" in \"%.*s\", not an EncryptionConfiguration of apiserver.config.k8s.io/v1",
                         STR_FMT(value_text_at(&root, "kind")), STR_FMT(version));
    const struct value *list = value_at(&root, "resources");
    r = value_only(&root, "", names, err);
    if (r == 0 && (!list || list->type != VALUE_LIST || !value_count(list)))
        r = err_raise(err, -EINVAL, "resources: at least one entry is required");
    if (r == 0 && value_count(list) > ENTRIES_MAX)
        r = err_raise(err, -EINVAL, "resources: at most %d entries", ENTRIES_MAX);
    if (r < 0)
        return r;
    p->entries = arena_alloc(p->mem, value_count(list) * sizeof(*p->entries));
    if (!p->entries)
        return err_raise(err, -ENOMEM, "no memory for an encryption configuration");
    for (; r == 0 && p->n < value_count(list); p->n++)
        r = read_entry(s, p, &p->entries[p->n], value_item(list, p->n), p->n, err);
    return r;
}

int plan_read(struct plan **out, struct seal *s, struct str text, struct err *err)
{
    struct plan *p = mem_alloc(sizeof(*p));
    if (!p || arena_new(&p->mem, PLAN_MEMORY) < 0) {
        mem_free(p);
        return err_raise(err, -ENOMEM, "no memory for an encryption configuration");
    }
    int r = read_root(s, p, text, err);
    if (r == 0 && map_paths(p) < 0)
        r = err_raise(err, -ENOMEM, "no memory for an encryption configuration");
    if (r < 0)
        plan_free(p);
    else
        *out = p;
    return r;
}
