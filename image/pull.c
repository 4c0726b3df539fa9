/* Jobs — pulls, imports, exports, each on a thread of its own — and what a pull does.
 *
 *   image_pull() → waiting → (room among pulls_max) → running on its thread → posted back → job_finish() → callbacks
 *
 * Requests for the same reference with the same credentials join the job that is there. The index of images is changed
 * only on the loop's thread, by job_finish(); a job's thread makes files under names that say what is in them, and syncs
 * them to disk before the index may name them. */
#include <fcntl.h>

#include "image/inside.h"

#define PULLS_WAITING_MAX 256

/* ── outcomes ── */

const char *image_outcome_reason(enum image_outcome o)
{
    switch (o) {
    case IMAGE_PULLED:
        return "";
    case IMAGE_INVALID_NAME:
        return "InvalidImageName";
    default:
        return "ErrImagePull";
    }
}

enum image_outcome image_outcome_of(int r)
{
    switch (r) {
    case 0:
        return IMAGE_PULLED;
    case -EINVAL:
        return IMAGE_INVALID_NAME;
    case -ENOENT:
        return IMAGE_NOT_FOUND;
    case -EACCES:
        return IMAGE_DENIED;
    case -EHOSTUNREACH:
        return IMAGE_UNREACHABLE;
    case -EXDEV:
        return IMAGE_NO_PLATFORM;
    case -ECANCELED:
        return IMAGE_CANCELLED;
    case -EBADMSG:
    case -E2BIG:
    case -ENOTSUP:
        return IMAGE_BROKEN;
    default:
        return IMAGE_NO_ROOM;
    }
}

int image_job_fail(struct image_job *j, enum image_outcome o, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    pthread_mutex_lock(&j->store->lock);
    if (j->outcome == IMAGE_PULLED) { /* the first fault is the one to tell */
        j->outcome = o;
        vsnprintf(j->err.text, sizeof(j->err.text), fmt, ap);
    }
    pthread_mutex_unlock(&j->store->lock);
    va_end(ap);
    return -1;
}

int image_job_found(struct image_job *j, const struct image_entry *from, const struct str *tags, size_t n_tags, const struct str *digests,
                    size_t n_digests)
{
    struct image_entry *e = image_entry_make(from, tags, n_tags, digests, n_digests);
    struct image_entry **slot = e ? VEC_ADD(&j->found) : NULL;
    if (!slot) {
        if (e)
            image_drop(&e->image);
        return image_job_fail(j, IMAGE_NO_ROOM, "no memory for an image");
    }
    *slot = e;
    return 0;
}

/* ── jobs ── */

static void job_free(struct image_job *j)
{
    for (size_t i = 0; i < j->found.n; i++)
        image_drop(&j->found.p[i]->image);
    VEC_DONE(&j->found);
    LIST_EACH (w, &j->waiters, struct image_pull, link)
        mem_free(w);
    image_drop(j->image);
    arena_free(j->mem);
    mem_free(j);
}

static void jobs_start(struct image_store *s);

static void job_tell(struct image_job *j, struct image *image, int64_t ms)
{
    struct image_pull_result result = {.outcome = j->outcome, .image = image, .error = j->err.text, .bytes = atomic_load(&j->transferred), .ms = ms};
    while (!list_empty(&j->waiters)) {
        struct image_pull *w = CONTAINER_OF(j->waiters.next, struct image_pull, link);
        list_del(&w->link);
        if (w->done)
            w->done(w->ctx, &result);
        mem_free(w);
    }
}

static void job_finish(void *ctx)
{
    struct image_job *j = ctx;
    struct image_store *s = j->store;
    pthread_join(j->thread, NULL);
    list_del(&j->link);
    s->running--;
    struct image *last = NULL;
    while (j->found.n && j->outcome == IMAGE_PULLED) {
        struct image_entry *e = j->found.p[--j->found.n];
        if (image_store_add(s, e, &j->err) < 0) {
            image_drop(&e->image);
            j->outcome = IMAGE_NO_ROOM;
        } else {
            last = s->images.p[s->images.n - 1];
        }
    }
    if (j->outcome == IMAGE_PULLED && j->work != IMAGE_WORK_EXPORT && image_store_save(s, &j->err) < 0)
        j->outcome = IMAGE_NO_ROOM;
    if (j->work == IMAGE_WORK_EXPORT)
        last = j->image;
    if (j->outcome != IMAGE_PULLED)
        s->sweep_due = true;
    job_tell(j, j->outcome == IMAGE_PULLED ? last : NULL, loop_now(s->loop) - j->began);
    job_free(j);
    if (s->sweep_due)
        image_store_sweep(s);
    jobs_start(s);
}

static void *job_main(void *ctx)
{
    struct image_job *j = ctx;
    if (j->work == IMAGE_WORK_PULL)
        image_job_pull(j);
    else if (j->work == IMAGE_WORK_IMPORT)
        image_job_import(j);
    else
        image_job_export(j);
    if (j->outcome == IMAGE_PULLED && j->work != IMAGE_WORK_EXPORT) {
        SCOPED_FD dir = open(j->store->dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        if (dir < 0 || syncfs(dir) < 0)
            image_job_fail(j, IMAGE_NO_ROOM, "%s: %s", j->store->dir, strerror(errno));
    }
    loop_post(j->store->loop, &j->task, job_finish, j);
    return NULL;
}

static void jobs_start(struct image_store *s)
{
    LIST_EACH (j, &s->jobs, struct image_job, link) {
        if (s->running >= s->config.pulls_max)
            return;
        if (j->started)
            continue;
        j->began = loop_now(s->loop);
        if (pthread_create(&j->thread, NULL, job_main, j) != 0)
            return; /* threads are short just now: the next job that ends starts it */
        j->started = true;
        s->running++;
    }
}

int image_job_start(struct image_job *j, struct err *err)
{
    struct image_store *s = j->store;
    list_add(&s->jobs, &j->link);
    jobs_start(s);
    if (s->running > 0)
        return 0;
    list_del(&j->link);
    return err_raise(err, -EAGAIN, "no thread for %s", "an image job");
}

static int job_new(struct image_job **out, struct image_store *s, enum image_work work, struct err *err)
{
    struct image_job *j = mem_alloc(sizeof(*j));
    if (!j)
        return err_raise(err, -ENOMEM, "no memory for an image job");
    list_init(&j->link);
    list_init(&j->waiters);
    j->store = s;
    j->work = work;
    int r = arena_new(&j->mem, (size_t)64 << 20);
    if (r < 0) {
        job_free(j);
        return err_raise(err, r, "no memory for an image job");
    }
    *out = j;
    return 0;
}

static int job_wait(struct image_job *j, void (*done)(void *ctx, const struct image_pull_result *r), void *ctx, struct image_pull **out)
{
    struct image_pull *w = mem_alloc(sizeof(*w));
    if (!w)
        return -ENOMEM;
    *w = (struct image_pull){.job = j, .done = done, .ctx = ctx};
    list_add(&j->waiters, &w->link);
    if (out)
        *out = w;
    return 0;
}

static int pull_key(struct image_job *j, const struct image_pull_request *q)
{
    char name[IMAGE_REF_MAX + 512];
    SCOPED_BUF b = BUF_INIT((size_t)8 << 20);
    image_ref_print(&j->ref, name);
    buf_fmt(&b, "%s|%s|%.*s|%.*s", name, j->ref.tag, STR_FMT(q->username), STR_FMT(q->password));
    for (size_t i = 0; i < q->n_docker_configs; i++) {
        buf_char(&b, '|');
        buf_str(&b, q->docker_configs[i]);
    }
    return buf_error(&b) ? buf_error(&b) : arena_str(j->mem, buf_view(&b), &j->key);
}

int image_pull(struct image_store *s, const struct image_pull_request *q, struct image_pull **out, struct err *err)
{
    struct image_ref ref;
    int r = image_ref_parse(&ref, q->reference, err);
    if (r < 0)
        return r;
    struct image_job *j = NULL;
    r = job_new(&j, s, IMAGE_WORK_PULL, err);
    if (r < 0)
        return r;
    j->ref = ref;
    r = pull_key(j, q);
    size_t waiting = 0;
    LIST_EACH (other, &s->jobs, struct image_job, link) {
        waiting++;
        if (r == 0 && other->work == IMAGE_WORK_PULL && !atomic_load(&other->cancelled) && str_eq(other->key, j->key)) {
            job_free(j);
            r = job_wait(other, q->done, q->ctx, out);
            return r < 0 ? err_raise(err, r, "no memory for a pull") : 0;
        }
    }
    if (r == 0 && waiting >= PULLS_WAITING_MAX)
        r = -EAGAIN;
    if (r == 0)
        r = image_credentials_read(j->mem, q, &j->credentials, &j->n_credentials);
    if (r == 0)
        r = job_wait(j, q->done, q->ctx, out);
    if (r < 0) {
        job_free(j);
        return err_raise(err, r, r == -EAGAIN ? "too many pulls are waiting" : "no memory for a pull");
    }
    r = image_job_start(j, err);
    if (r < 0)
        job_free(j);
    return r;
}

void image_pull_cancel(struct image_pull *p)
{
    struct image_job *j = p->job;
    struct image_store *s = j->store;
    list_del(&p->link);
    mem_free(p);
    if (!list_empty(&j->waiters))
        return;
    if (!j->started) {
        list_del(&j->link);
        job_free(j);
        return;
    }
    atomic_store(&j->cancelled, true);
    pthread_mutex_lock(&s->lock);
    pthread_cond_broadcast(&s->changed);
    pthread_mutex_unlock(&s->lock);
}

void image_pull_progress(const struct image_pull *p, struct image_progress *out)
{
    const struct image_job *j = p->job;
    *out = (struct image_progress){
        .bytes = atomic_load(&j->bytes),
        .total = atomic_load(&j->total),
        .layers = atomic_load(&j->layers),
        .layers_done = atomic_load(&j->layers_done),
    };
}

static int archive_job(struct image_store *s, struct image_job *j, const char *path, void (*done)(void *ctx, const struct image_pull_result *r),
                       void *ctx, struct err *err)
{
    int r = snprintf(j->path, sizeof(j->path), "%s", path) >= (int)sizeof(j->path) ? -ENAMETOOLONG : job_wait(j, done, ctx, NULL);
    (void)s;
    if (r < 0)
        err_raise(err, r, "%.200s: %s", path, strerror(-r));
    else
        r = image_job_start(j, err);
    if (r < 0)
        job_free(j);
    return r;
}

int image_import(struct image_store *s, const char *path, struct str name, void (*done)(void *ctx, const struct image_pull_result *r), void *ctx,
                 struct err *err)
{
    struct image_job *j = NULL;
    struct image_ref ref;
    int r = name.n ? image_ref_parse(&ref, name, err) : 0;
    if (r == 0)
        r = job_new(&j, s, IMAGE_WORK_IMPORT, err);
    if (r < 0)
        return r;
    r = arena_str(j->mem, name, &j->name);
    if (r < 0) {
        job_free(j);
        return err_raise(err, r, "no memory for an import");
    }
    return archive_job(s, j, path, done, ctx, err);
}

int image_export(struct image_store *s, struct image *i, enum image_archive form, const char *path,
                 void (*done)(void *ctx, const struct image_pull_result *r), void *ctx, struct err *err)
{
    struct image_job *j = NULL;
    int r = job_new(&j, s, IMAGE_WORK_EXPORT, err);
    if (r < 0)
        return r;
    j->form = form;
    j->image = image_take(i);
    return archive_job(s, j, path, done, ctx, err);
}

/* Called by image_store_close(): no callback comes, no thread is left. */
void image_jobs_close(struct image_store *s)
{
    LIST_EACH (j, &s->jobs, struct image_job, link)
        atomic_store(&j->cancelled, true);
    pthread_mutex_lock(&s->lock);
    pthread_cond_broadcast(&s->changed);
    pthread_mutex_unlock(&s->lock);
    LIST_EACH (j, &s->jobs, struct image_job, link) {
        list_del(&j->link);
        if (!j->started) {
            job_free(j);
            continue;
        }
        pthread_join(j->thread, NULL);
        loop_post_cancel(s->loop, &j->task); /* posted as the thread's last deed: the loop may never turn again */
        job_free(j);
    }
}

/* ── a pull ── */

struct pulling {
    struct image_job *j;
    struct image_session *x;
    struct image_manifest manifest;
    char top[DIGEST_MAX]; /* what the reference means: an index's or the manifest's digest */
    char own[DIGEST_MAX]; /* the platform's manifest */
    int64_t size;
    struct image_layer layers[IMAGE_LAYERS_MAX];
    _Atomic unsigned next;
};

/* Fetches one manifest, verifies, parses. Answers an outcome. */
static enum image_outcome manifest_get(struct pulling *p, const char *reference, struct str want, char digest[DIGEST_MAX], struct err *err)
{
    SCOPED_BUF text = BUF_INIT(IMAGE_MANIFEST_MAX);
    char type[128] = "";
    struct image_store *s = p->j->store;
    enum image_outcome o = IMAGE_PULLED;
    /* What is known by its digest need not be asked for. */
    bool here = want.n && image_blob_read(s, want, IMAGE_MANIFEST_MAX, &text) == 0;
    if (!here) {
        buf_clear(&text);
        o = image_fetch_manifest(p->x, reference, &text, type, err);
    }
    if (o != IMAGE_PULLED)
        return o;
    int r = image_digest_of(buf_view(&text), digest);
    if (r == 0 && want.n && str_starts(want, STR("sha256:")) && !str_is(want, digest))
        r = err_raise(err, -EBADMSG, "digest mismatch: wanted %.*s, the manifest has %s", STR_FMT(want), digest);
    p->manifest.mem = arena_free(p->manifest.mem);
    if (r == 0)
        r = image_manifest_parse(&p->manifest, buf_view(&text), str_of(type), err);
    p->size = (int64_t)text.n;
    if (r == 0 && p->manifest.media == IMAGE_MEDIA_MANIFEST && !here)
        r = image_blob_write(s, str_of(digest), buf_view(&text), err);
    return image_outcome_of(r);
}

/* From the reference to the manifest for this machine, through as many indexes as it takes. */
static enum image_outcome manifest_find(struct pulling *p, struct err *err)
{
    const struct image_ref *ref = &p->j->ref;
    struct str want = str_of(ref->digest);
    enum image_outcome o = manifest_get(p, want.n ? ref->digest : ref->tag, want, p->top, err);
    memcpy(p->own, p->top, sizeof(p->own));
    for (int depth = 0; o == IMAGE_PULLED && p->manifest.media == IMAGE_MEDIA_INDEX; depth++) {
        struct str arch = str_of(image_architecture());
        const struct image_descriptor *d = image_manifest_choose(&p->manifest, STR("linux"), arch,
                                                                 str_is(arch, "arm")     ? STR("v7")
                                                                 : str_is(arch, "arm64") ? STR("v8")
                                                                                         : STR_NONE);
        if (!d || depth == 3) {
            err_raise(err, -EXDEV, "no match for platform in manifest: linux/%.*s", STR_FMT(arch));
            return IMAGE_NO_PLATFORM;
        }
        char digest[DIGEST_MAX];
        snprintf(digest, sizeof(digest), "%.*s", STR_FMT(d->digest));
        o = manifest_get(p, digest, str_of(digest), p->own, err);
    }
    return o;
}

static enum image_outcome blob_get(struct pulling *p, struct str digest, int64_t size, struct err *err)
{
    struct image_store *s = p->j->store;
    for (;;) {
        if (image_blob_exists(s, digest, size))
            return IMAGE_PULLED;
        if (atomic_load(&p->j->cancelled))
            return IMAGE_CANCELLED;
        if (!image_flight_begin(s, digest, &p->j->cancelled))
            continue;
        enum image_outcome o = image_blob_exists(s, digest, size) ? IMAGE_PULLED : image_fetch_blob(p->x, digest, size, err);
        image_flight_end(s, digest);
        return o;
    }
}

/* One layer: transferred unless it is unpacked already, then unpacked. */
static enum image_outcome layer_get(struct pulling *p, struct image_layer *layer, struct err *err)
{
    struct image_store *s = p->j->store;
    char path[DISK_PATH_MAX];
    if (image_layer_path(s, layer->diff_id, path) < 0)
        return IMAGE_BROKEN;
    if (!os_file_exists(path)) {
        enum image_outcome o = blob_get(p, layer->digest, layer->size, err);
        if (o != IMAGE_PULLED) {
            err_wrap(err, -EIO, "layer %.*s", STR_FMT(layer->digest));
            return o;
        }
    }
    int r = image_layer_make(s, layer, &p->j->cancelled, err);
    if (r == 0 && s->config.drop_layer_blobs && image_blob_path(s, layer->digest, path) == 0)
        unlink(path);
    return image_outcome_of(r);
}

static void *layers_main(void *ctx)
{
    struct pulling *p = ctx;
    struct image_job *j = p->j;
    for (;;) {
        unsigned i = atomic_fetch_add(&p->next, 1);
        if (i >= p->manifest.n || atomic_load(&j->cancelled))
            return NULL;
        struct err err = {""};
        enum image_outcome o = layer_get(p, &p->layers[i], &err);
        if (o != IMAGE_PULLED) {
            image_job_fail(j, o, "%s", err.text);
            atomic_store(&p->next, p->manifest.n); /* the others stop after what they are at */
            return NULL;
        }
        atomic_fetch_add(&j->layers_done, 1);
    }
}

static void layers_get(struct pulling *p)
{
    struct image_job *j = p->j;
    pthread_t threads[16];
    unsigned n = 0, want = MIN(MIN(j->store->config.transfers_max, (unsigned)ARRAY_LEN(threads)), (unsigned)p->manifest.n);
    for (unsigned i = 1; i < want; i++)
        n += pthread_create(&threads[n], NULL, layers_main, p) == 0;
    layers_main(p); /* this thread works too */
    for (unsigned i = 0; i < n; i++)
        pthread_join(threads[i], NULL);
}

static enum image_outcome config_get(struct pulling *p, struct err *err)
{
    struct image_job *j = p->j;
    const struct image_descriptor *c = &p->manifest.config;
    if (c->size > IMAGE_CONFIG_MAX) {
        err_raise(err, -E2BIG, "image config of %lld bytes", (long long)c->size);
        return IMAGE_BROKEN;
    }
    enum image_outcome o = blob_get(p, c->digest, c->size, err);
    if (o != IMAGE_PULLED)
        return o;
    SCOPED_BUF text = BUF_INIT(IMAGE_CONFIG_MAX);
    int r = image_blob_read(j->store, c->digest, IMAGE_CONFIG_MAX, &text);
    if (r < 0)
        return image_outcome_of(err_raise(err, r, "image config: %s", strerror(-r)));
    int64_t total = 0;
    for (size_t i = 0; i < p->manifest.n; i++) {
        const struct image_descriptor *d = &p->manifest.items[i];
        p->layers[i] = (struct image_layer){.digest = d->digest, .media_type = d->media_type, .size = d->size};
        total += d->size;
    }
    p->size += total + c->size;
    atomic_store(&j->total, total + c->size);
    atomic_store(&j->layers, (unsigned)p->manifest.n);
    r = image_config_layers(j->mem, buf_view(&text), p->layers, p->manifest.n, err);
    return image_outcome_of(r);
}

/* Turns what was pulled into the index's entry. */
static int entry_found(struct pulling *p)
{
    struct image_job *j = p->j;
    struct str diff_ids[IMAGE_LAYERS_MAX];
    char tag[IMAGE_REF_MAX + 512], digest[IMAGE_REF_MAX + 512];
    for (size_t i = 0; i < p->manifest.n; i++)
        diff_ids[i] = p->layers[i].diff_id;
    struct image_entry from = {
        .image = {.id = p->manifest.config.digest, .manifest = str_of(p->own), .layers = diff_ids, .n_layers = p->manifest.n, .size = p->size},
        .packed = p->layers,
        .n_packed = p->manifest.n,
    };
    struct image_ref ref = j->ref;
    snprintf(ref.digest, sizeof(ref.digest), "%s", p->top);
    image_ref_print(&ref, digest);
    image_ref_print(&j->ref, tag);
    struct str tags[1] = {str_of(tag)}, digests[1] = {str_of(digest)};
    return image_job_found(j, &from, tags, !j->ref.digest[0], digests, 1);
}

static enum image_outcome pull_from(struct pulling *p, const char *base, const struct image_registry *registry, const char *host, struct err *err)
{
    int r = image_session_open(&p->x, p->j, base, registry, host, err);
    if (r < 0)
        return image_outcome_of(r);
    enum image_outcome o = manifest_find(p, err);
    if (o != IMAGE_PULLED) {
        char name[IMAGE_REF_MAX + 512];
        image_ref_print(&p->j->ref, name);
        err_wrap(err, -EIO, "failed to resolve reference \"%s\" at %s: %s", name, base, name);
    }
    if (o == IMAGE_PULLED)
        o = config_get(p, err);
    if (o == IMAGE_PULLED) {
        layers_get(p);
        o = p->j->outcome;
    }
    p->x = image_session_close(p->x);
    return o;
}

static bool loopback(const char *host)
{
    struct str h = str_of(host), name, port;
    if (str_starts(h, STR("[::1]")) || str_starts(h, STR("127.")))
        return true;
    str_cut(h, ':', &name, &port);
    return str_is(name, "localhost");
}

static const struct image_registry *registry_for(const struct image_store *s, const char *host)
{
    for (size_t i = 0; i < s->config.n_registries; i++)
        if (strcmp(s->config.registries[i].host, host) == 0)
            return &s->config.registries[i];
    return NULL;
}

void image_job_pull(struct image_job *j)
{
    struct pulling p = {.j = j};
    struct err err = {""};
    char name[IMAGE_REF_MAX + 512], base[512];
    const struct image_registry *registry = registry_for(j->store, j->ref.host);
    enum image_outcome o = IMAGE_UNREACHABLE;
    bool done = false;
    for (size_t i = 0; registry && registry->mirrors && registry->mirrors[i] && !done; i++) {
        const char *mirror = registry->mirrors[i], *at = strstr(mirror, "://");
        struct str host, path;
        str_cut(str_of(at ? at + 3 : mirror), '/', &host, &path);
        char host_text[256];
        snprintf(host_text, sizeof(host_text), "%.*s", STR_FMT(host));
        o = pull_from(&p, mirror, registry_for(j->store, host_text), host_text, &err);
        /* Once layers flow, a fault is a fault; before that another place may have it. */
        done = o == IMAGE_PULLED || o == IMAGE_CANCELLED || j->outcome != IMAGE_PULLED;
    }
    if (!done) {
        bool plain =
            registry ? registry->plain_http || (loopback(j->ref.host) && !registry->ca_pem && !registry->skip_verify) : loopback(j->ref.host);
        snprintf(base, sizeof(base), "%s://%s", plain ? "http" : "https",
                 strcmp(j->ref.host, "docker.io") == 0 ? "registry-1.docker.io" : j->ref.host);
        o = pull_from(&p, base, registry, j->ref.host, &err);
    }
    if (o == IMAGE_PULLED && atomic_load(&j->cancelled))
        o = IMAGE_CANCELLED;
    if (o == IMAGE_PULLED)
        entry_found(&p);
    else
        image_job_fail(j, o, "%s", err.text);
    if (j->outcome != IMAGE_PULLED) {
        image_ref_print(&j->ref, name);
        struct err told = j->err;
        snprintf(j->err.text, sizeof(j->err.text), "failed to pull and unpack image \"%.400s\": %.500s%s", name, told.text,
                 j->outcome == IMAGE_CANCELLED ? "cancelled" : "");
    }
    arena_free(p.manifest.mem);
}
