/* One repository of one registry, spoken to by the OCI distribution protocol (libcurl), on a job's threads.
 *
 * A 401 names how to authenticate: Basic, or Bearer with the address of a token service. Each fitting credential is tried
 * in turn, then nobody's. A token that has worked and is refused later has expired and is asked for again. */
#define CURL_DISABLE_TYPECHECK /* its macros do not see through a pointer */
#include <curl/curl.h>
#include <dlfcn.h>
#include <fcntl.h>
#include <sys/stat.h>

#include "image/inside.h"

#define TOKEN_MAX    (256u << 10)
#define ATTEMPTS_MAX 5 /* of one blob, each going on where the last one stopped */
#define HANDLES_MAX  8

struct image_session {
    struct image_job *job;
    const struct image_registry *registry; /* may be NULL */
    char base[512];
    char host[256];
    bool loopback;
    pthread_mutex_t lock; /* who we are; held while a token is asked for, so that all wait for the one */
    char *authorization;  /* header value; NULL: none yet */
    size_t credential;    /* the one in use or to use next */
    bool anonymous_tried, worked;
    pthread_mutex_t idle_lock;
    CURL *idle[HANDLES_MAX]; /* with their connections */
    size_t n_idle;
};

struct reply {
    struct image_job *job;
    long status;
    char challenge[2048];
    char content_type[128];
    struct buf *body; /* small ones */
    int fd;           /* else */
    int64_t at, limit;
    struct tls_digest **digest;
    int error;
    bool resumed; /* asked for a range: only 206 goes on, 200 starts over */
    bool started;
};

/* libcurl is loaded when the first image is pulled: it brings some thirty libraries along, and every process of the
 * program, and every start of it, would pay for them. */
/* clang-format off */
#define CURL_FUNCTIONS(X)                                                                                    \
    X(curl_easy_cleanup) X(curl_easy_getinfo) X(curl_easy_init) X(curl_easy_perform) X(curl_easy_reset)     \
    X(curl_easy_setopt) X(curl_easy_strerror) X(curl_global_init) X(curl_slist_append)                      \
    X(curl_slist_free_all)
/* clang-format on */
static struct {
#define X(name) __typeof__(name) *name;
    CURL_FUNCTIONS(X)
#undef X
    bool missing;
} lib;
static pthread_once_t curl_once = PTHREAD_ONCE_INIT;

static void curl_begin(void)
{
    void *so = dlopen("libcurl.so.4", RTLD_NOW | RTLD_LOCAL);
    lib.missing = !so;
#define X(name) lib.missing |= !so || !(*(void **)&lib.name = dlsym(so, #name));
    CURL_FUNCTIONS(X)
#undef X
    if (!lib.missing && lib.curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
        lib.missing = true;
}

int image_session_open(struct image_session **out, struct image_job *j, const char *base_url, const struct image_registry *registry, const char *host,
                       struct err *err)
{
    pthread_once(&curl_once, curl_begin);
    if (lib.missing)
        return err_raise(err, -EHOSTUNREACH, "libcurl.so.4 cannot be loaded");
    struct image_session *x = mem_alloc(sizeof(*x));
    if (!x)
        return err_raise(err, -ENOMEM, "no memory for a registry session");
    x->job = j;
    x->registry = registry;
    snprintf(x->base, sizeof(x->base), "%s", base_url);
    snprintf(x->host, sizeof(x->host), "%s", host);
    x->loopback = str_starts(str_of(host), STR("127.")) || str_starts(str_of(host), STR("localhost")) || str_starts(str_of(host), STR("[::1]"));
    pthread_mutex_init(&x->lock, NULL);
    pthread_mutex_init(&x->idle_lock, NULL);
    *out = x;
    return 0;
}

struct image_session *image_session_close(struct image_session *x)
{
    if (!x)
        return NULL;
    for (size_t i = 0; i < x->n_idle; i++)
        lib.curl_easy_cleanup(x->idle[i]);
    mem_free(x->authorization);
    pthread_mutex_destroy(&x->lock);
    pthread_mutex_destroy(&x->idle_lock);
    return mem_free(x);
}

static CURL *handle_get(struct image_session *x)
{
    pthread_mutex_lock(&x->idle_lock);
    CURL *c = x->n_idle ? x->idle[--x->n_idle] : NULL;
    pthread_mutex_unlock(&x->idle_lock);
    if (!c)
        return lib.curl_easy_init();
    lib.curl_easy_reset(c);
    return c;
}

static void handle_put(struct image_session *x, CURL *c)
{
    pthread_mutex_lock(&x->idle_lock);
    if (x->n_idle < HANDLES_MAX)
        x->idle[x->n_idle++] = TAKE(c);
    pthread_mutex_unlock(&x->idle_lock);
    if (c)
        lib.curl_easy_cleanup(c);
}

static size_t on_header(char *p, size_t size, size_t n, void *ctx)
{
    struct reply *r = ctx;
    struct str line = str_trim(str_make(p, size * n)), name, value;
    if (str_starts(line, STR("HTTP/"))) { /* after a redirect, headers begin anew */
        r->challenge[0] = r->content_type[0] = 0;
        return size * n;
    }
    if (!str_cut(line, ':', &name, &value))
        return size * n;
    value = str_trim(value);
    if (str_eq_nocase(name, STR("content-type")))
        snprintf(r->content_type, sizeof(r->content_type), "%.*s", STR_FMT(value));
    /* Bearer is what a registry that offers both wants. */
    if (str_eq_nocase(name, STR("www-authenticate")) && (!r->challenge[0] || strncasecmp(value.p ? value.p : "", "bearer", MIN(value.n, 6)) == 0))
        snprintf(r->challenge, sizeof(r->challenge), "%.*s", STR_FMT(value));
    return size * n;
}

static int body_to_file(struct reply *r, CURL *c, const char *p, size_t n)
{
    if (!r->started) {
        long status = 0;
        lib.curl_easy_getinfo(c, CURLINFO_RESPONSE_CODE, &status);
        r->started = true;
        r->status = status;
        if (status == 200 && r->resumed) { /* the server does not do ranges: from the start */
            tls_digest_free(*r->digest);
            *r->digest = NULL;
            r->error = tls_digest_new(r->digest, STR("sha256"));
            atomic_fetch_sub(&r->job->bytes, r->at);
            r->at = 0;
            if (r->error == 0 && (ftruncate(r->fd, 0) < 0 || lseek(r->fd, 0, SEEK_SET) < 0))
                r->error = -errno;
        }
    }
    if (r->error)
        return r->error;
    if (r->status != 200 && r->status != 206)
        return 0; /* an error's text */
    if ((int64_t)n > r->limit - r->at)
        return -E2BIG;
    int e = tls_digest_add(*r->digest, str_make(p, n));
    if (e == 0)
        e = os_write_all(r->fd, p, n);
    r->at += (int64_t)n;
    atomic_fetch_add(&r->job->bytes, (int64_t)n);
    atomic_fetch_add(&r->job->transferred, (int64_t)n);
    return e;
}

struct sink {
    struct reply *reply;
    CURL *handle;
};

static size_t on_body(char *p, size_t size, size_t n, void *ctx)
{
    struct sink *s = ctx;
    struct reply *r = s->reply;
    if (r->body) {
        buf_add(r->body, p, size * n);
        r->error = buf_error(r->body);
    } else {
        r->error = body_to_file(r, s->handle, p, size * n);
    }
    return r->error ? 0 : size * n;
}

static int on_progress(void *ctx, curl_off_t a, curl_off_t b, curl_off_t c, curl_off_t d)
{
    (void)a, (void)b, (void)c, (void)d;
    const struct image_job *j = ctx;
    return atomic_load(&j->cancelled);
}

/* One exchange without any thought of credentials. CURLcode; status in reply. */
struct offer {                        /* who we are, to a token service; each may be NULL */
    const char *user_password, *form; /* form: posted */
};

static CURLcode exchange(struct image_session *x, const char *url, struct curl_slist *headers, const struct offer *offer, struct reply *reply,
                         int64_t from)
{
    CURL *c = handle_get(x);
    if (!c)
        return CURLE_OUT_OF_MEMORY;
    struct sink sink = {reply, c};
    char range[64];
    reply->job = x->job;
    lib.curl_easy_setopt(c, CURLOPT_URL, url);
    lib.curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L);
    lib.curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, "http,https");
    /* Never from a secured connection to a plain one. */
    lib.curl_easy_setopt(c, CURLOPT_REDIR_PROTOCOLS_STR, strncmp(url, "https:", 6) == 0 ? "https" : "http,https");
    lib.curl_easy_setopt(c, CURLOPT_FOLLOWLOCATION, 1L);
    lib.curl_easy_setopt(c, CURLOPT_MAXREDIRS, 5L);
    lib.curl_easy_setopt(c, CURLOPT_CONNECTTIMEOUT, 30L);
    lib.curl_easy_setopt(c, CURLOPT_LOW_SPEED_LIMIT, 1024L);
    lib.curl_easy_setopt(c, CURLOPT_LOW_SPEED_TIME, (long)x->job->store->config.stall_seconds);
    lib.curl_easy_setopt(c, CURLOPT_USERAGENT, "coracle/" CORACLE_VERSION);
    lib.curl_easy_setopt(c, CURLOPT_HTTPHEADER, headers);
    lib.curl_easy_setopt(c, CURLOPT_HEADERFUNCTION, on_header);
    lib.curl_easy_setopt(c, CURLOPT_HEADERDATA, reply);
    lib.curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, on_body);
    lib.curl_easy_setopt(c, CURLOPT_WRITEDATA, &sink);
    lib.curl_easy_setopt(c, CURLOPT_NOPROGRESS, 0L);
    lib.curl_easy_setopt(c, CURLOPT_XFERINFOFUNCTION, on_progress);
    lib.curl_easy_setopt(c, CURLOPT_XFERINFODATA, x->job);
    if (x->loopback)
        lib.curl_easy_setopt(c, CURLOPT_NOPROXY, "*");
    if (offer && offer->user_password) {
        lib.curl_easy_setopt(c, CURLOPT_HTTPAUTH, (long)CURLAUTH_BASIC);
        lib.curl_easy_setopt(c, CURLOPT_USERPWD, offer->user_password);
    }
    if (offer && offer->form) {
        lib.curl_easy_setopt(c, CURLOPT_POSTFIELDSIZE, (long)strlen(offer->form));
        lib.curl_easy_setopt(c, CURLOPT_POSTFIELDS, offer->form);
    }
    if (x->registry && x->registry->ca_pem) {
        struct curl_blob pem = {(void *)(uintptr_t)x->registry->ca_pem, strlen(x->registry->ca_pem), CURL_BLOB_COPY};
        lib.curl_easy_setopt(c, CURLOPT_CAINFO_BLOB, &pem);
    }
    if (x->registry && x->registry->skip_verify) {
        lib.curl_easy_setopt(c, CURLOPT_SSL_VERIFYPEER, 0L);
        lib.curl_easy_setopt(c, CURLOPT_SSL_VERIFYHOST, 0L);
    }
    if (from > 0) {
        snprintf(range, sizeof(range), "%lld-", (long long)from);
        lib.curl_easy_setopt(c, CURLOPT_RANGE, range);
    }
    CURLcode code = lib.curl_easy_perform(c);
    lib.curl_easy_getinfo(c, CURLINFO_RESPONSE_CODE, &reply->status);
    handle_put(x, c);
    return code;
}

/* ── authentication ── */

/* key="value" of a challenge; "" when absent. */
static struct str parameter(struct str challenge, struct str key)
{
    struct str rest = challenge;
    while (rest.n) {
        struct str name, value;
        if (!str_cut(rest, '=', &name, &rest))
            break;
        name = str_trim(name);
        if (rest.n && rest.p[0] == '"') {
            if (!str_cut(str_from(rest, 1), '"', &value, &rest))
                break;
        } else {
            str_cut(rest, ',', &value, &rest);
            value = str_trim(value);
            if (str_eq_nocase(name, key))
                return value;
            continue;
        }
        if (str_eq_nocase(name, key))
            return value;
        while (rest.n && (rest.p[0] == ',' || rest.p[0] == ' '))
            rest = str_from(rest, 1);
    }
    return STR_NONE;
}

static void url_escape(struct buf *b, struct str s)
{
    for (size_t i = 0; i < s.n; i++) {
        unsigned char ch = (unsigned char)s.p[i];
        if ((ch >= 'a' && ch <= 'z') || (ch >= 'A' && ch <= 'Z') || (ch >= '0' && ch <= '9') || strchr("-._~:/", ch))
            buf_char(b, s.p[i]);
        else
            buf_fmt(b, "%%%02X", ch);
    }
}

static int bearer_header(struct str token, struct buf *header, struct err *err)
{
    if (!token.n || memchr(token.p, '\n', token.n) || memchr(token.p, '\r', token.n))
        return err_raise(err, -EBADMSG, "token service gave no token");
    buf_fmt(header, "Authorization: Bearer %.*s", STR_FMT(token));
    return buf_error(header);
}

/* Asks the token service: by GET, or with an identity token by OAuth 2's grant of type refresh_token, as docker does. 0; 1:
 * it refuses these credentials; < 0. */
static int token_ask(struct image_session *x, struct str challenge, const struct image_credential *c, struct buf *header, struct err *err)
{
    struct str realm = parameter(challenge, STR("realm")), service = parameter(challenge, STR("service"));
    struct str scope = parameter(challenge, STR("scope"));
    SCOPED_BUF url = BUF_INIT(8192);
    SCOPED_BUF body = BUF_INIT(TOKEN_MAX);
    SCOPED_BUF user = BUF_INIT(TOKEN_MAX);
    /* A registry reached securely must not send our password over a plain line. */
    if (!str_starts(realm, STR("https://")) && !(str_starts(realm, STR("http://")) && strncmp(x->base, "http:", 5) == 0))
        return err_raise(err, -EBADMSG, "registry names an unusable token service \"%.*s\"", STR_FMT(realm));
    if (c && c->bearer.n)
        return bearer_header(c->bearer, header, err);
    bool refreshes = c && c->identity.n;
    SCOPED_BUF form = BUF_INIT(TOKEN_MAX * 4);
    struct buf *query = refreshes ? &form : &url;
    buf_str(&url, realm);
    if (refreshes)
        buf_text(&form, "grant_type=refresh_token&client_id=coracle&service=");
    else
        buf_fmt(&url, "%cservice=", str_find(realm, STR("?")) >= 0 ? '&' : '?');
    url_escape(query, service);
    buf_text(query, "&scope=");
    if (scope.n)
        url_escape(query, scope);
    else
        buf_fmt(query, "repository:%s:pull", x->job->ref.repository);
    if (refreshes) {
        buf_text(&form, "&refresh_token=");
        url_escape(&form, c->identity);
    } else if (c)
        buf_fmt(&user, "%.*s:%.*s", STR_FMT(c->username), STR_FMT(c->password));
    struct reply reply = {.body = &body, .fd = -1};
    struct offer offer = {c && !refreshes ? buf_cstr(&user) : NULL, refreshes ? buf_cstr(&form) : NULL};
    if (buf_error(&url) || buf_error(&user) || buf_error(&form))
        return err_raise(err, -E2BIG, "token request is too long");
    CURLcode code = exchange(x, buf_cstr(&url), NULL, &offer, &reply, 0);
    if (code != CURLE_OK)
        return err_raise(err, -EHOSTUNREACH, "token service: %s", lib.curl_easy_strerror(code));
    if (reply.status == 401 || reply.status == 403 || reply.status == 400)
        return 1;
    if (reply.status != 200)
        return err_raise(err, -EHOSTUNREACH, "token service answered %ld", reply.status);
    SCOPED(arena) a = NULL;
    struct value tree;
    int r = arena_new(&a, TOKEN_MAX * 16);
    if (r == 0)
        r = json_parse(a, buf_view(&body), &tree, err);
    if (r < 0)
        return err_wrap(err, r, "token service's answer");
    struct str token = value_text_at(&tree, "token");
    if (!token.n)
        token = value_text_at(&tree, "access_token");
    return bearer_header(token, header, err);
}

static int basic_header(const struct image_credential *c, struct buf *header)
{
    if (!c->username.n)
        return 1; /* only tokens, of which this registry knows nothing */
    SCOPED_BUF plain = BUF_INIT(TOKEN_MAX);
    buf_fmt(&plain, "%.*s:%.*s", STR_FMT(c->username), STR_FMT(c->password));
    buf_text(header, "Authorization: Basic ");
    buf_base64(header, buf_view(&plain));
    return buf_error(&plain) ? buf_error(&plain) : buf_error(header);
}

/* Called with the lock held after a 401 that the present authorization got. 0: another try is worth it; 1: denied. */
static int authenticate(struct image_session *x, const char *challenge_text, struct err *err)
{
    struct str scheme, challenge;
    str_cut(str_of(challenge_text), ' ', &scheme, &challenge);
    bool bearer = str_eq_nocase(scheme, STR("bearer"));
    if (!bearer && !str_eq_nocase(scheme, STR("basic")))
        return 1;
    if (x->authorization && !x->worked)
        x->credential++; /* refused from the start: the next one */
    x->worked = false;
    x->authorization = mem_free(x->authorization);
    for (;; x->credential++) {
        const struct image_credential *c =
            image_credential_for(x->job->credentials, x->job->n_credentials, x->host, x->job->ref.repository, x->credential);
        if (!c && (x->anonymous_tried || !bearer))
            return 1;
        x->anonymous_tried = !c;
        SCOPED_BUF header = BUF_INIT(TOKEN_MAX);
        int r = bearer ? token_ask(x, challenge, c, &header, err) : basic_header(c, &header);
        if (r < 0)
            return r;
        if (r > 0)
            continue;
        buf_cstr(&header);
        size_t n;
        return buf_take(&header, &x->authorization, &n);
    }
}

struct request {
    char *url;
    const char *accept;
    int64_t from;
};

static enum image_outcome judge(struct image_session *x, CURLcode code, const struct reply *reply, struct err *err)
{
    if (atomic_load(&x->job->cancelled))
        return IMAGE_CANCELLED;
    if (reply->error == -E2BIG) {
        err_raise(err, -E2BIG, "the registry sends more than it said");
        return IMAGE_BROKEN;
    }
    if (reply->error) {
        err_raise(err, reply->error, "writing: %s", strerror(-reply->error));
        return image_outcome_of(reply->error);
    }
    if (code != CURLE_OK) {
        err_raise(err, -EHOSTUNREACH, "%s", lib.curl_easy_strerror(code));
        return IMAGE_UNREACHABLE;
    }
    if (reply->status == 200 || reply->status == 206)
        return IMAGE_PULLED;
    if (reply->status == 404 || reply->status == 410) {
        err_raise(err, -ENOENT, "not found");
        return IMAGE_NOT_FOUND;
    }
    if (reply->status == 401 || reply->status == 403) {
        err_raise(err, -EACCES, "pull access denied, repository does not exist or may require authorization: server answered %ld", reply->status);
        return IMAGE_DENIED;
    }
    err_raise(err, -EHOSTUNREACH, "server answered %ld", reply->status);
    return IMAGE_UNREACHABLE;
}

/* An exchange, authenticating as often as there is something left to try. */
static enum image_outcome request(struct image_session *x, const struct request *q, struct reply *reply, struct err *err)
{
    for (;;) {
        pthread_mutex_lock(&x->lock);
        char *mine = x->authorization ? mem_text(x->authorization, strlen(x->authorization)) : NULL;
        pthread_mutex_unlock(&x->lock);
        struct curl_slist *headers = q->accept ? lib.curl_slist_append(NULL, q->accept) : NULL;
        if (mine)
            headers = lib.curl_slist_append(headers, mine);
        if (reply->body)
            buf_clear(reply->body);
        reply->started = false;
        CURLcode code = exchange(x, q->url, headers, NULL, reply, q->from);
        lib.curl_slist_free_all(headers);
        bool refused = code == CURLE_OK && reply->status == 401 && !atomic_load(&x->job->cancelled);
        int r = 0;
        pthread_mutex_lock(&x->lock);
        if (!refused)
            x->worked = true;
        else if (!x->authorization == !mine && (!mine || strcmp(mine, x->authorization) == 0))
            r = authenticate(x, reply->challenge, err); /* else another thread has a newer one */
        pthread_mutex_unlock(&x->lock);
        mem_free(mine);
        if (r < 0)
            return r == -EHOSTUNREACH ? IMAGE_UNREACHABLE : image_outcome_of(r);
        if (!refused || r > 0)
            return judge(x, code, reply, err);
    }
}

/* ── what is fetched ── */

enum image_outcome image_fetch_manifest(struct image_session *x, const char *reference, struct buf *out, char content_type[128], struct err *err)
{
    SCOPED_BUF url = BUF_INIT(2048);
    buf_fmt(&url, "%s/v2/%s/manifests/%s", x->base, x->job->ref.repository, reference);
    struct request q = {
        .url = (char *)(uintptr_t)buf_cstr(&url),
        .accept = "Accept: application/vnd.oci.image.index.v1+json, application/vnd.oci.image.manifest.v1+json, "
                  "application/vnd.docker.distribution.manifest.list.v2+json, application/vnd.docker.distribution.manifest.v2+json",
    };
    if (buf_error(&url)) {
        err_raise(err, -ENOMEM, "no memory for a request");
        return IMAGE_NO_ROOM;
    }
    struct reply reply = {.body = out, .fd = -1};
    enum image_outcome o = request(x, &q, &reply, err);
    snprintf(content_type, 128, "%s", reply.content_type);
    return o;
}

/* Takes the digest of what an earlier attempt left and stands behind it. */
static int resume(int fd, int64_t size, struct tls_digest **digest, int64_t *at)
{
    char *block = mem_alloc(128 * 1024);
    *at = 0;
    int r = block ? tls_digest_new(digest, STR("sha256")) : -ENOMEM;
    if (r == 0 && lseek(fd, 0, SEEK_SET) < 0)
        r = -errno;
    while (r == 0) {
        ssize_t n = read(fd, block, 128 * 1024);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            r = -errno;
        if (n <= 0)
            break;
        *at += n;
        r = tls_digest_add(*digest, str_make(block, (size_t)n));
    }
    mem_free(block);
    if (r == 0 && *at > size) { /* not of this blob */
        tls_digest_free(*digest);
        *digest = NULL;
        *at = 0;
        r = ftruncate(fd, 0) < 0 || lseek(fd, 0, SEEK_SET) < 0 ? -errno : tls_digest_new(digest, STR("sha256"));
    }
    return r;
}

static enum image_outcome attempt(struct image_session *x, const struct request *base, int fd, struct str digest, int64_t size, struct err *err)
{
    struct tls_digest *sum = NULL;
    int64_t at = 0;
    int r = resume(fd, size, &sum, &at);
    enum image_outcome o = IMAGE_PULLED;
    if (r < 0)
        err_raise(err, r, "%s", strerror(-r));
    atomic_fetch_add(&x->job->bytes, at);
    struct reply reply = {.fd = fd, .at = at, .limit = size, .digest = &sum, .resumed = at > 0};
    struct request q = *base;
    q.from = at;
    if (r == 0 && at < size)
        o = request(x, &q, &reply, err);
    SCOPED_BUF hex = BUF_INIT(256);
    if (r == 0 && o == IMAGE_PULLED && reply.at == size) {
        r = tls_digest_end(TAKE(sum), &hex);
        if (r == 0 && str_eq(buf_view(&hex), image_digest_hex(digest)))
            return IMAGE_PULLED;
        if (r == 0)
            r = err_raise(err, -EBADMSG, "digest mismatch: wanted %.*s, the bytes have sha256:%s", STR_FMT(digest), buf_cstr(&hex));
    } else if (r == 0 && o == IMAGE_PULLED) {
        o = IMAGE_UNREACHABLE;
        err_raise(err, -EHOSTUNREACH, "the transfer ended after %lld of %lld bytes", (long long)reply.at, (long long)size);
    }
    tls_digest_free(sum);
    atomic_fetch_sub(&x->job->bytes, reply.at);
    if (r == -EBADMSG || o == IMAGE_BROKEN || (reply.status == 416 && ftruncate(fd, 0) == 0)) {
        o = reply.status == 416 ? IMAGE_UNREACHABLE : IMAGE_BROKEN;
        if (ftruncate(fd, 0) < 0)
            return IMAGE_NO_ROOM;
    }
    return r < 0 && r != -EBADMSG ? image_outcome_of(r) : o;
}

/* Waits before the next attempt; false: cancelled meanwhile. */
static bool pause_cancellable(struct image_job *j, int64_t ms)
{
    struct timespec step = {0, 50 * 1000000};
    for (int64_t i = 0; i < ms && !atomic_load(&j->cancelled); i += 50)
        nanosleep(&step, NULL);
    return !atomic_load(&j->cancelled);
}

enum image_outcome image_fetch_blob(struct image_session *x, struct str digest, int64_t size, struct err *err)
{
    struct image_store *s = x->job->store;
    char partial[DISK_PATH_MAX], path[DISK_PATH_MAX];
    SCOPED_BUF url = BUF_INIT(2048);
    buf_fmt(&url, "%s/v2/%s/blobs/%.*s", x->base, x->job->ref.repository, STR_FMT(digest));
    if (buf_error(&url) || image_partial_path(s, digest, partial) < 0 || image_blob_path(s, digest, path) < 0 ||
        !str_starts(digest, STR("sha256:"))) {
        err_raise(err, -EBADMSG, "blob digest %.*s is not sha256", STR_FMT(digest));
        return IMAGE_BROKEN;
    }
    struct request q = {.url = (char *)(uintptr_t)buf_cstr(&url)};
    SCOPED_FD fd = open(partial, O_RDWR | O_CREAT | O_CLOEXEC, 0644);
    if (fd < 0) {
        err_raise(err, -errno, "%s: %s", partial, strerror(errno));
        return IMAGE_NO_ROOM;
    }
    enum image_outcome o = IMAGE_UNREACHABLE;
    for (int i = 0; i < ATTEMPTS_MAX; i++) {
        if (i > 0 && !pause_cancellable(x->job, 200 << (i - 1)))
            return IMAGE_CANCELLED;
        o = attempt(x, &q, fd, digest, size, err);
        if (o == IMAGE_PULLED || (o != IMAGE_UNREACHABLE && !(o == IMAGE_BROKEN && i == 0)))
            break;
    }
    if (o == IMAGE_PULLED && rename(partial, path) < 0) {
        err_raise(err, -errno, "%s: %s", path, strerror(errno));
        o = IMAGE_NO_ROOM;
    }
    return o;
}
