/* volume: what a pod's volumes are on this machine.
 *
 * volume_set_up() turns one entry of spec.volumes into a path that can be bound
 * into containers; called again it brings the contents up to date, atomically:
 *
 *   <pod>/volumes/<name>/..2026_11_22_05_59_18.123456789/key   new contents, whole
 *   <pod>/volumes/<name>/..data -> ..2026_…                    swapped by rename
 *   <pod>/volumes/<name>/key -> ..data/key                     what programs open
 *
 * so that a program sees either all of the old or all of the new (kubelet's
 * AtomicWriter, same names). configMap, secret, projected and downwardAPI live
 * like that, secrets on a tmpfs; emptyDir is a folder or a tmpfs; hostPath and
 * image are paths that exist already, and so are the volumes behind claims that are served here: hostPath and local, and the folders that the
 * provisioner coracle.dev/local stands for, which are made with their first use. Where the contents come from is the
 * caller's: the lookups below.
 *
 * Plain blocking system calls on small files, any thread (lookups run on the
 * calling one); volume_tear_down() may have a large tree to delete and belongs
 * into loop_work. Needs root for tmpfs, ownership and sub paths. */
#ifndef CORACLE_VOLUME_H
#define CORACLE_VOLUME_H

#include "base/base.h"
#include "os/os.h"
#include "value/value.h"

enum { VOLUME_ABSENT = 1 }; /* a lookup's answer: there is no such object or key */

struct volume_lookups {
    /* The whole object. 0, VOLUME_ABSENT, or < 0 (not known yet: set-up fails with that errno and can be tried again). */
    int (*config_map)(void *ctx, struct str name, const struct value **out);
    int (*secret)(void *ctx, struct str name, const struct value **out);
    /* A token for a serviceAccountToken projection. */
    int (*token)(void *ctx, struct str audience, int64_t expiration_seconds, struct buf *out);
    /* The text of one downwardAPI item (fieldRef or resourceFieldRef inside `item`). */
    int (*field)(void *ctx, const struct value *item, struct buf *out);
    /* clusterTrustBundle projections: PEM text; VOLUME_ABSENT when none fits. May be NULL. */
    int (*trust_bundle)(void *ctx, const struct value *source, struct buf *out);
    /* podCertificate projections: a private key and its certificate chain, both PEM. May be NULL. */
    int (*certificate)(void *ctx, const struct value *source, struct buf *key, struct buf *chain);
    /* The unpacked root of an image volume. May be NULL. */
    int (*image)(void *ctx, const struct value *source, char path[OS_PATH_MAX]);
    /* The PersistentVolume behind a volume of source persistentVolumeClaim or ephemeral. 0, -EAGAIN, or another error with its sentence. May be NULL.
     */
    int (*claim)(void *ctx, const struct value *volume, const struct value **out, struct err *err);
    void *ctx;
};

struct volume_pod {
    const char *folder;        /* the pod's own, below the agent's data folder; "volumes" and "subpaths" are made in it */
    int64_t fs_group;          /* < 0: none */
    bool fs_group_on_mismatch; /* fsGroupChangePolicy: OnRootMismatch; what is served here is small or new, so both are alike */
    int64_t fs_user;           /* the one user all containers run as: owns the tokens; ≤ 0: none */
    int64_t now_sec;           /* for names of atomic folders */
    int32_t now_nsec;
};

struct volume_result {
    char path[OS_PATH_MAX]; /* bind this (a folder; a file or device with hostPath) */
    bool read_only;         /* the source itself is (configMap, secret, projected, downwardAPI, image) */
    bool changed;           /* contents differ from before */
    bool updates;           /* contents follow an object: call volume_set_up again when it changes */
};
/* `volume` is one entry of spec.volumes. Errors are sentences for an Event (FailedMount). -ENOENT: a ConfigMap, Secret or
 * key is missing; -EINVAL; -ENOTSUP: a source that is not served here. */
int volume_set_up(const struct volume_pod *p, const struct value *volume, const struct volume_lookups *look, struct volume_result *out,
                  struct err *err) MUST_USE;

/* The part of a volume named by subPath (already expanded), held by a bind mount of its own below the pod's folder so
 * that nothing the pod does later can point it elsewhere. Symbolic links are followed inside the volume only. What is
 * missing is made as a folder. `container` and `index` (of the volumeMount) name it. -EINVAL: absolute, or has "..".
 * -EXDEV: leads out of the volume. */
int volume_sub_path(const struct volume_pod *p, const char *volume_path, struct str sub_path, const char *container, size_t index,
                    char out[OS_PATH_MAX], struct err *err) MUST_USE;
void volume_sub_paths_release(const struct volume_pod *p, const char *container); /* the container has ended */

/* Unmounts and deletes all volumes of the pod, the pod's folder included. Fine when there is nothing. */
int volume_tear_down(const struct volume_pod *p, struct err *err) MUST_USE;

/* Bytes that a tree takes on its file system, its own folder left out; 0 when it is absent. Blocking; any thread. */
int64_t volume_usage(const char *path);

/* Bytes used on disk by the emptyDir volumes that have a sizeLimit, against it: for eviction. 0, or VOLUME_OVER with the
 * volume's name. May walk a large tree. */
enum { VOLUME_OVER = 2 };
int volume_usage_check(const struct volume_pod *p, const struct value *volumes, char name[256], int64_t *used) MUST_USE;

#endif
