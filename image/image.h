/* image: container images on this node — pulled, imported, unpacked, mounted,
 * collected.
 *
 * The store is one folder:
 *   blobs/sha256/<hex>       manifests, configs and layers exactly as they came, named by their digest
 *   blobs/partial/<hex>      a download that goes on where it stopped
 *   layers/<hex>/            one layer unpacked, named by its diff id: an overlayfs lower folder
 *   images.json              what is known: config digest (the image's id), tags, digests, size, last use
 *   roots/<container>/       upper, work and rootfs of one container, and `image`: the id it was made from
 * Folders and files are made beside and renamed, so that what stands under its
 * final name is whole. Only one process may have a store open (a lock file
 * tells); `coracle image …` asks the agent, or opens it when none runs.
 *
 * Threads: every function here is called on the loop's thread, and every
 * callback comes there. Transfers and unpacking run on threads of the room's
 * own. Everything a registry sends is bounded (IMAGE_…_MAX) and verified
 * against its digest before anything reads it; layers are unpacked so that no
 * entry can leave its folder. Needs root. The room knows nothing of pods,
 * policies or back-off: the caller decides when to pull. */
#ifndef CORACLE_IMAGE_H
#define CORACLE_IMAGE_H

#include "base/base.h"
#include "value/value.h"

struct loop;
struct image_store;

#define IMAGE_MANIFEST_MAX (4u << 20)
#define IMAGE_CONFIG_MAX   (8u << 20)
#define IMAGE_LAYERS_MAX   127
#define IMAGE_ENTRIES_MAX  2000000 /* files of one layer */
#define IMAGE_RATIO_MAX    200     /* unpacked bytes of a layer per byte sent, above its first 64 MiB */

/* ── references ──────────────────────────────────────────────────────────── */
#define IMAGE_REF_MAX 512
/* "busybox" is docker.io/library/busybox:latest; parts are NUL-ended. A digest makes the tag a remark. */
struct image_ref {
    char host[256];       /* docker.io, localhost:5000 */
    char repository[256]; /* library/busybox */
    char tag[129];        /* "" when there is only a digest */
    char digest[136];     /* sha256:<hex>, or "" */
};
/* -EINVAL: Kubernetes' InvalidImageName; err says why, worded as upstream ("couldn't parse image name …"). */
int image_ref_parse(struct image_ref *out, struct str text, struct err *err) MUST_USE;
/* docker.io/library/busybox:latest, or host/repository@digest. NUL behind; always fits. */
void image_ref_print(const struct image_ref *ref, char out[IMAGE_REF_MAX + 512]);
/* The policy Kubernetes takes when none is given: Always for tag latest without digest, else IfNotPresent. */
bool image_ref_is_latest(const struct image_ref *ref);

/* ── the store ───────────────────────────────────────────────────────────── */
struct image_registry {         /* how one registry is reached; what is not listed is reached by HTTPS at its own name */
    const char *host;           /* "docker.io", "registry.local:5000" */
    const char *const *mirrors; /* base URLs tried first, in order: "http://127.0.0.1:5000"; ended by NULL; may be NULL */
    const char *ca_pem;         /* more trust roots for it; may be NULL */
    bool plain_http;            /* loopback addresses are spoken to in plain HTTP without being listed */
    bool skip_verify;
};
struct image_config {
    const char *dir;
    const struct image_registry *registries;
    size_t n_registries;
    unsigned pulls_max;                       /* images at a time; 0: 4 */
    unsigned transfers_max;                   /* layers at a time in one pull; 0: 3 */
    int64_t stall_seconds;                    /* a transfer slower than 1 KiB/s for so long is given up; 0: 60 */
    bool drop_layer_blobs;                    /* save the disk: packed layers go once unpacked (then export is refused) */
    unsigned gc_high_percent, gc_low_percent; /* of the disk that holds dir; 0: 85 and 80 */
    unsigned gc_min_seconds;                  /* an image used or brought in so lately is never collected; 0: 120, as kubelet's */
};
/* Texts are copied. -EBUSY: another process has the folder open. Leftovers of a crash are cleared away. */
int image_store_open(struct image_store **out, struct loop *l, const struct image_config *c, struct err *err) MUST_USE;
/* Cancels pulls and waits for their threads (their callbacks do not come). Mounted roots stay mounted. */
struct image_store *image_store_close(struct image_store *s);

/* One image; frozen, counted. Borrowed pointers live until the next call that may remove images; ref to keep one. */
struct image {
    unsigned refs;
    struct str id;       /* digest of the config: sha256:… — Kubernetes' imageID comes from digests[0], else this */
    struct str manifest; /* digest of the platform's manifest */
    struct str *tags;    /* docker.io/library/busybox:latest */
    size_t n_tags;
    struct str *digests; /* docker.io/library/busybox@sha256:… */
    size_t n_digests;
    struct str *layers; /* diff ids, lowest first */
    size_t n_layers;
    int64_t size; /* bytes of manifest, config and packed layers */
    int64_t used; /* seconds since 1970: pulled, or last mounted */
    bool pinned;  /* never collected */
    struct arena *mem;
};
struct image *image_take(struct image *i);
struct image *image_drop(struct image *i); /* NULL is fine; returns NULL */
/* By reference in any form (normalised here), by id, or by a unique id prefix of ≥ 12 digits. 0; 1: not there. */
#define IMAGE_ABSENT 1
int image_find(struct image_store *s, struct str name, struct image **out) MUST_USE; /* borrowed */
size_t image_list(struct image_store *s, struct image *const **out);                 /* borrowed, by first use */
/* The image's config file as a tree: config.Entrypoint, .Cmd, .Env, .User, .WorkingDir, .ExposedPorts, .StopSignal,
 * .Volumes, .Labels, and architecture, os, created, history, rootfs. */
int image_config_read(struct image_store *s, const struct image *i, struct arena *a, struct value *out, struct err *err) MUST_USE;
/* Removes one name, or with an id the image with all its names; what only it used goes too. 1: not there; 2: in use by a root. */
#define IMAGE_IN_USE 2
int image_remove(struct image_store *s, struct str name, struct err *err) MUST_USE;
int image_pin(struct image_store *s, struct image *i, bool pinned, struct err *err) MUST_USE;
int image_tag(struct image_store *s, struct image *i, struct str name, struct err *err) MUST_USE; /* one more name */

/* ── pulling ─────────────────────────────────────────────────────────────── */
enum image_outcome {
    IMAGE_PULLED = 0,   /* also when all of it was here already */
    IMAGE_INVALID_NAME, /* InvalidImageName */
    IMAGE_NOT_FOUND,    /* ErrImagePull: no such repository, tag or digest */
    IMAGE_DENIED,       /* ErrImagePull: 401/403 with every credential there is */
    IMAGE_UNREACHABLE,  /* ErrImagePull: no connection, TLS, 5xx, stalled; worth another try */
    IMAGE_BROKEN,       /* ErrImagePull: digests or sizes do not match, not an image, over a limit */
    IMAGE_NO_PLATFORM,  /* ErrImagePull: no manifest for this machine */
    IMAGE_NO_ROOM,      /* ErrImagePull: disk full or I/O error */
    IMAGE_CANCELLED,
    IMAGE_UNSUPPORTED, /* export of an image whose packed layers were dropped */
};
const char *image_outcome_reason(enum image_outcome o); /* "ErrImagePull", "InvalidImageName"; "" for PULLED */

struct image_progress {
    int64_t bytes, total; /* of all layers; total 0: not known yet */
    unsigned layers, layers_done;
};
struct image_pull_result {
    enum image_outcome outcome;
    struct image *image; /* when PULLED; borrowed during the callback */
    const char *error;   /* else: the sentence for the pod's status and event */
    int64_t bytes;       /* transferred just now */
    int64_t ms;
};
struct image_pull_request {
    struct str reference;
    /* Texts of .dockerconfigjson (or .dockercfg) of the pull secrets, in order; copied. */
    const struct str *docker_configs;
    size_t n_docker_configs;
    /* Plain credentials that go first; may be empty. */
    struct str username, password;
    void (*done)(void *ctx, const struct image_pull_result *r);
    void *ctx;
};
struct image_pull; /* one caller's interest; pulls of one image by the same credentials share a transfer */
/* Never calls done before it returns. *out is freed by the room after done, or by image_pull_cancel(). out may be NULL. */
int image_pull(struct image_store *s, const struct image_pull_request *q, struct image_pull **out, struct err *err) MUST_USE;
void image_pull_cancel(struct image_pull *p); /* done does not come; the transfer goes on when others wait for it */
void image_pull_progress(const struct image_pull *p, struct image_progress *out);

/* ── import and export ───────────────────────────────────────────────────── */
/* path: an OCI layout (folder or tar, also compressed) or a docker-archive. `name` names the (single) image; empty: the
 * names in the archive. done as for pulls; result.image is the last one imported. */
int image_import(struct image_store *s, const char *path, struct str name, void (*done)(void *ctx, const struct image_pull_result *r), void *ctx,
                 struct err *err) MUST_USE;
enum image_archive { IMAGE_OCI_DIR, IMAGE_OCI_TAR, IMAGE_DOCKER_TAR };
int image_export(struct image_store *s, struct image *i, enum image_archive form, const char *path,
                 void (*done)(void *ctx, const struct image_pull_result *r), void *ctx, struct err *err) MUST_USE;

/* ── roots: an image made into a container's file system ─────────────────── */
struct image_root {
    char path[512];  /* the mounted root file system */
    char upper[512]; /* what the container writes; "" when read only */
};
/* Mounts in this thread's mount namespace, blocking (about 0.3 ms). `container` is a file name of the caller's choice.
 * An already mounted root of that name and image is answered as it is. read_only: for image volumes. -ENOENT: layers are
 * missing (the store was damaged): pull again. */
int image_root_mount(struct image_store *s, struct image *i, struct str container, bool read_only, struct image_root *out, struct err *err) MUST_USE;
/* The same for a container whose users are these of the machine, from `base` on: the layers are mounted with their owners
 * mapped (idmapped mounts; `users` is the path of a user namespace that has the mapping), the writable layer belongs to
 * `base`. NULL: as they are. -ENOTSUP: kernel or file system has no such mounts. */
struct image_users {
    const char *users;
    uint32_t base;
};
int image_root_mount_for(struct image_store *s, struct image *i, struct str container, bool read_only, const struct image_users *u,
                         struct image_root *out, struct err *err) MUST_USE;
/* Unmounts and removes the writable layer; fine when absent. The files go on a pool thread. */
int image_root_unmount(struct image_store *s, struct str container, struct err *err) MUST_USE;
int image_root_find(struct image_store *s, struct str container, struct image_root *out) MUST_USE; /* -ENOENT */
/* Each known root, for removing strays after a restart. */
int image_root_each(struct image_store *s, int (*fn)(void *ctx, struct str container, struct str image_id), void *ctx) MUST_USE;

/* ── garbage ─────────────────────────────────────────────────────────────── */
struct image_usage {
    int64_t bytes;                 /* held by the store: blobs and unpacked layers */
    int64_t disk_bytes, disk_free; /* of its file system */
    size_t images;
};
int image_usage(struct image_store *s, struct image_usage *out) MUST_USE; /* cheap: counted as it changes */
/* Removes images that no root uses, longest unused first, while the disk is fuller than the high mark, until it is under
 * the low one; with all, every unused one. in_use may keep more (the caller's pods). Answers how many went, or < 0. */
int image_collect(struct image_store *s, bool all, bool (*in_use)(void *ctx, const struct image *i), void *ctx, struct err *err) MUST_USE;

/* ── what others send, judged; pure, for tests and fuzzers too ───────────── */
enum image_media { IMAGE_MEDIA_UNKNOWN, IMAGE_MEDIA_INDEX, IMAGE_MEDIA_MANIFEST };
struct image_descriptor {
    struct str media_type, digest;
    int64_t size;
    struct str os, architecture, variant; /* of an index entry */
};
struct image_manifest {
    enum image_media media;
    struct image_descriptor config;                  /* manifest */
    struct image_descriptor items[IMAGE_LAYERS_MAX]; /* layers, or an index's entries */
    size_t n;
    struct arena *mem;
};
/* content_type may be empty. -EBADMSG, -E2BIG, -ENOTSUP (schema 1), -ENOMEM. On 0 the caller frees m->mem. */
int image_manifest_parse(struct image_manifest *m, struct str text, struct str content_type, struct err *err) MUST_USE;
/* The entry for a platform ("linux", "amd64", ""), or NULL. */
const struct image_descriptor *image_manifest_choose(const struct image_manifest *m, struct str os, struct str architecture, struct str variant);
bool image_digest_valid(struct str digest);

#endif
