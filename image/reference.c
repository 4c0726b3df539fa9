/* Image references as people write them (the grammar of distribution's reference package). */
#include "image/image.h"

static bool alnum_lower(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

static bool word(char c)
{
    return alnum_lower(c) || (c >= 'A' && c <= 'Z') || c == '_';
}

static bool has_upper(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] >= 'A' && s.p[i] <= 'Z')
            return true;
    return false;
}

/* [a-z0-9]+ joined by ".", "_", "__" or any number of "-". */
static bool component_valid(struct str s)
{
    if (s.n == 0 || !alnum_lower(s.p[0]) || !alnum_lower(s.p[s.n - 1]))
        return false;
    for (size_t i = 0; i < s.n;) {
        if (alnum_lower(s.p[i])) {
            i++;
            continue;
        }
        size_t run = i;
        while (run < s.n && s.p[run] == s.p[i])
            run++;
        size_t n = run - i;
        if (run >= s.n || !alnum_lower(s.p[run]))
            return false;
        if (!(s.p[i] == '-' || (s.p[i] == '.' && n == 1) || (s.p[i] == '_' && n <= 2)))
            return false;
        i = run;
    }
    return true;
}

static bool path_valid(struct str path)
{
    struct str rest = path, piece;
    if (!path.n)
        return false;
    while (str_next(&rest, '/', &piece))
        if (!component_valid(piece))
            return false;
    return true;
}

static bool host_valid(struct str host)
{
    struct str name = host, port = STR_NONE;
    if (host.n && host.p[0] == '[') {
        struct str tail;
        if (!str_cut(str_from(host, 1), ']', &name, &tail) || !name.n)
            return false;
        for (size_t i = 0; i < name.n; i++)
            if (!word(name.p[i]) && name.p[i] != ':')
                return false;
        if (!tail.n)
            return true;
        if (tail.p[0] != ':')
            return false;
        port = str_from(tail, 1);
    } else {
        bool has_port = str_cut(host, ':', &name, &port);
        struct str rest = name, label;
        if (!name.n)
            return false;
        while (str_next(&rest, '.', &label)) {
            if (!label.n || label.p[0] == '-' || label.p[label.n - 1] == '-')
                return false;
            for (size_t i = 0; i < label.n; i++)
                if ((!word(label.p[i]) && label.p[i] != '-') || label.p[i] == '_')
                    return false;
        }
        if (!has_port)
            return true;
    }
    uint64_t number;
    return port.n && str_to_uint(port, &number) == 0 && number > 0 && number <= 65535;
}

static bool tag_valid(struct str tag)
{
    if (!tag.n || tag.n > 128 || !word(tag.p[0]))
        return false;
    for (size_t i = 1; i < tag.n; i++)
        if (!word(tag.p[i]) && tag.p[i] != '.' && tag.p[i] != '-')
            return false;
    return true;
}

static bool all_hex(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (!((s.p[i] >= '0' && s.p[i] <= '9') || (s.p[i] >= 'a' && s.p[i] <= 'f')))
            return false;
    return true;
}

bool image_digest_valid(struct str digest)
{
    struct str algorithm, hex;
    if (!str_cut(digest, ':', &algorithm, &hex) || !all_hex(hex))
        return false;
    return (str_is(algorithm, "sha256") && hex.n == 64) || (str_is(algorithm, "sha512") && hex.n == 128);
}

static void put(char *out, size_t cap, struct str s)
{
    CHECK(s.n < cap);
    if (s.n)
        memcpy(out, s.p, s.n);
    out[s.n] = 0;
}

#define BAD(why, ...) err_raise(err, -EINVAL, "couldn't parse image name \"%.*s\": " why, STR_FMT(text) __VA_OPT__(, ) __VA_ARGS__)

/* Takes host and repository apart; "library/" is put before a lone name of docker.io. */
static int name_parse(struct image_ref *out, struct str text, struct str name, struct err *err)
{
    struct str host = STR("docker.io"), path = name, head, tail;
    if (str_cut(name, '/', &head, &tail) && (str_find(head, STR(".")) >= 0 || str_find(head, STR(":")) >= 0 || str_is(head, "localhost") ||
                                             has_upper(head) || (head.n && head.p[0] == '['))) {
        host = head;
        path = tail;
    }
    if (str_is(host, "index.docker.io"))
        host = STR("docker.io");
    if (name.n == 64 && all_hex(name))
        return BAD("invalid repository name (%.*s), cannot specify 64-byte hexadecimal strings", STR_FMT(name));
    bool official = str_is(host, "docker.io") && str_find(path, STR("/")) < 0;
    if (has_upper(path))
        return BAD("invalid reference format: repository name (%s%.*s) must be lowercase", official ? "library/" : "", STR_FMT(path));
    if (!path_valid(path) || !host_valid(host))
        return BAD("invalid reference format");
    if (host.n + 1 + (official ? strlen("library/") : 0) + path.n > 255)
        return BAD("repository name must not be longer than 255 characters");
    put(out->host, sizeof(out->host), host);
    snprintf(out->repository, sizeof(out->repository), "%s%.*s", official ? "library/" : "", STR_FMT(path));
    return 0;
}

int image_ref_parse(struct image_ref *out, struct str text, struct err *err)
{
    *out = (struct image_ref){.host = ""};
    if (memchr(text.p ? text.p : "", 0, text.n))
        return BAD("invalid reference format");
    struct str name, digest = STR_NONE, tag = STR_NONE, head, tail;
    if (str_cut(text, '@', &name, &digest) && !image_digest_valid(digest))
        return BAD("invalid reference format");
    /* A colon behind the last slash begins the tag; one before it is a port. */
    ssize_t slash = -1;
    for (size_t i = 0; i < name.n; i++)
        if (name.p[i] == '/')
            slash = (ssize_t)i;
    struct str last = str_from(name, (size_t)(slash + 1));
    if (str_cut(last, ':', &head, &tail)) {
        tag = tail;
        name = str_head(name, name.n - tail.n - 1);
        if (!tag_valid(tag))
            return BAD("invalid reference format");
    }
    int r = name_parse(out, text, name, err);
    if (r < 0)
        return r;
    put(out->digest, sizeof(out->digest), digest);
    put(out->tag, sizeof(out->tag), tag.n || digest.n ? tag : STR("latest"));
    return 0;
}

void image_ref_print(const struct image_ref *ref, char out[IMAGE_REF_MAX + 512])
{
    if (ref->digest[0])
        snprintf(out, IMAGE_REF_MAX + 512, "%s/%s@%s", ref->host, ref->repository, ref->digest);
    else
        snprintf(out, IMAGE_REF_MAX + 512, "%s/%s:%s", ref->host, ref->repository, ref->tag);
}

bool image_ref_is_latest(const struct image_ref *ref)
{
    return !ref->digest[0] && strcmp(ref->tag, "latest") == 0;
}
