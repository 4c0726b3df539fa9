/* What image's files share; no other room sees it. */
#ifndef CORACLE_IMAGE_INSIDE_H
#define CORACLE_IMAGE_INSIDE_H

#include <pthread.h>
#include <stdatomic.h>

#include "image/image.h"
#include "json/json.h"
#include "loop/loop.h"
#include "os/os.h"
#include "tls/tls.h"

#define DIGEST_MAX    136
#define DISK_PATH_MAX 1024

/* One packed layer and what it unpacks to. */
struct image_layer {
    struct str digest;  /* of the packed bytes */
    struct str diff_id; /* of the tar in it */
    struct str media_type;
    int64_t size;     /* packed */
    int64_t unpacked; /* bytes of its files */
};

struct image_entry {
    struct image image; /* the public part, first */
    struct image_layer *packed;
    size_t n_packed;
};

struct image_root_entry {
    char *container;
    char *id;
};

struct image_store {
    struct loop *loop;
    char dir[512];
    int lock_fd;
    struct arena *mem; /* the configuration's copies */
    struct image_config config;
    VEC(struct image *) images;
    VEC(struct image_root_entry) roots;
    struct list jobs; /* waiting and running, by arrival */
    unsigned running;
    bool sweep_due;
    bool dirty;
    struct loop_timer save_timer;
    /* Layers being made, by any job's threads. */
    pthread_mutex_t lock;
    pthread_cond_t changed;
    VEC(char *) in_flight;
    _Atomic unsigned counter; /* for names of temporary files */
};

/* Who we are at a registry. */
struct image_credential {
    struct str host; /* as written in the docker config, without scheme */
    struct str username, password;
    struct str identity; /* a refresh token of the registry's token service, in the place of a password */
    struct str bearer;   /* what that service would give */
};

/* ── work on a thread of its own ── */
enum image_work { IMAGE_WORK_PULL, IMAGE_WORK_IMPORT, IMAGE_WORK_EXPORT };
struct image_job {
    struct list link;
    struct image_store *store; /* NULL once the store is closed: the job only waits for its last task */
    enum image_work work;
    pthread_t thread;
    bool started;
    struct loop_task task;
    struct arena *mem;
    struct str key; /* pulls: what makes two requests the same */
    _Atomic bool cancelled;
    struct list waiters; /* struct image_pull */
    int64_t began;

    struct image_ref ref; /* pull */
    struct image_credential *credentials;
    size_t n_credentials;
    char path[DISK_PATH_MAX]; /* import, export */
    struct str name;
    enum image_archive form;
    struct image *image; /* export: held */

    VEC(struct image_entry *) found;
    enum image_outcome outcome;
    struct err err;
    _Atomic int64_t bytes, total, transferred;
    _Atomic unsigned layers, layers_done;
};

struct image_pull {
    struct list link;
    struct image_job *job;
    void (*done)(void *ctx, const struct image_pull_result *r);
    void *ctx;
};

/* Sets the job's outcome and sentence unless it has one already; answers -1 for a return. */
int image_job_fail(struct image_job *j, enum image_outcome o, const char *fmt, ...) PRINTF(3, 4);
enum image_outcome image_outcome_of(int r); /* -ENOSPC, -EIO … → NO_ROOM; -EBADMSG, -E2BIG → BROKEN; … */
/* Notes an image for the index, under these names. */
int image_job_found(struct image_job *j, const struct image_entry *from, const struct str *tags, size_t n_tags, const struct str *digests,
                    size_t n_digests) MUST_USE;
int image_job_start(struct image_job *j, struct err *err) MUST_USE;
void image_jobs_close(struct image_store *s); /* no callback comes any more, no thread is left */
void image_job_pull(struct image_job *j);     /* pull.c; on the job's thread */
void image_job_import(struct image_job *j);   /* archive.c */
void image_job_export(struct image_job *j);

/* ── blob.c: files named by their digest ── */
int image_blob_path(const struct image_store *s, struct str digest, char out[DISK_PATH_MAX]) MUST_USE;
int image_partial_path(const struct image_store *s, struct str digest, char out[DISK_PATH_MAX]) MUST_USE;
bool image_blob_exists(const struct image_store *s, struct str digest, int64_t size); /* size < 0: any */
int image_blob_read(const struct image_store *s, struct str digest, size_t max, struct buf *out) MUST_USE;
int image_blob_write(struct image_store *s, struct str digest, struct str bytes, struct err *err) MUST_USE;         /* verifies */
int image_blob_copy(struct image_store *s, struct str digest, int64_t size, int from_fd, struct err *err) MUST_USE; /* verifies */
int image_digest_of(struct str bytes, char out[DIGEST_MAX]) MUST_USE;
int image_digest_of_file(int fd, char out[DIGEST_MAX]) MUST_USE; /* from its start */
struct str image_digest_hex(struct str digest);
void image_temporary_path(struct image_store *s, const char *what, char out[DISK_PATH_MAX]); /* tmp/<what>-<n> */

/* ── layer.c ── */
struct image_unpack {
    const _Atomic bool *cancelled; /* may be NULL */
    bool plain;                    /* an archive of files, not a layer: no whiteouts, owners or devices */
    int64_t packed;                /* bytes of the source, for the ratio */
    int64_t unpacked;              /* out: bytes of files */
    char diff_id[DIGEST_MAX];      /* out: digest of the tar */
};
/* Unpacks the tar (plain, gzip or zstd) read from fd into the folder. -EBADMSG, -E2BIG, -ECANCELED, errno. */
int image_unpack(int fd, const char *folder, struct image_unpack *u, struct err *err) MUST_USE;
int image_layer_path(const struct image_store *s, struct str diff_id, char out[DISK_PATH_MAX]) MUST_USE;
/* Makes layers/<diff id> from its blob unless it is there; waits when another thread is at it. */
int image_layer_make(struct image_store *s, struct image_layer *layer, const _Atomic bool *cancelled, struct err *err) MUST_USE;
/* One thread at a time per name; false: was made by another meanwhile (or cancelled), look again. */
bool image_flight_begin(struct image_store *s, struct str name, const _Atomic bool *cancelled);
void image_flight_end(struct image_store *s, struct str name);

/* ── stream.c: gzip, zstd or nothing, read as a stream ── */
struct image_stream;
int image_stream_open(struct image_stream **out, int fd, const _Atomic bool *cancelled, struct err *err) MUST_USE;
struct image_stream *image_stream_close(struct image_stream *st);
/* Next piece of unpacked bytes, borrowed until the next call; empty at the end. */
int image_stream_next(struct image_stream *st, struct str *piece, struct err *err) MUST_USE;
int image_stream_digest(struct image_stream *st, char out[DIGEST_MAX], struct err *err) MUST_USE; /* drains the rest */
int64_t image_stream_bytes(const struct image_stream *st);                                        /* unpacked so far */

/* ── registry.c: one session with one registry about one repository ── */
struct image_session;
int image_session_open(struct image_session **out, struct image_job *j, const char *base_url, const struct image_registry *registry, const char *host,
                       struct err *err) MUST_USE;
struct image_session *image_session_close(struct image_session *x);
/* Answers an enum image_outcome; on PULLED the body is in out. reference: tag or digest. */
enum image_outcome image_fetch_manifest(struct image_session *x, const char *reference, struct buf *out, char content_type[128],
                                        struct err *err) MUST_USE;
enum image_outcome image_fetch_blob(struct image_session *x, struct str digest, int64_t size, struct err *err) MUST_USE; /* into blobs/ */

/* ── credentials.c ── */
int image_credentials_read(struct arena *a, const struct image_pull_request *q, struct image_credential **out, size_t *n) MUST_USE;
/* The i-th credential that fits the host and repository, longest match first; NULL: no more. */
const struct image_credential *image_credential_for(const struct image_credential *c, size_t n, const char *host, const char *repository, size_t i);

/* ── store.c ── */
struct image_entry *image_entry_make(const struct image_entry *from, const struct str *tags, size_t n_tags, const struct str *digests,
                                     size_t n_digests) MUST_USE;                             /* deep copy with these names; NULL: no memory */
int image_store_add(struct image_store *s, struct image_entry *e, struct err *err) MUST_USE; /* takes e; moves its tags here */
int image_store_save(struct image_store *s, struct err *err) MUST_USE;
void image_store_dirty(struct image_store *s); /* save within a minute */
void image_store_sweep(struct image_store *s); /* what no image needs goes, when no job runs */
const char *image_architecture(void);          /* Go's name of this machine's */
/* Reads the config's diff ids into the layers' descriptors and checks the platform. */
int image_config_layers(struct arena *a, struct str config, struct image_layer *layers, size_t n, struct err *err) MUST_USE;

/* ── root.c ── */
int image_roots_load(struct image_store *s) MUST_USE;
void image_trash(struct image_store *s, const char *path); /* moved aside at once, removed on a pool thread */
bool image_root_uses(const struct image_store *s, struct str id);

#endif
