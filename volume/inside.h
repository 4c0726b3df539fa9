/* What volume's files share; no other room sees it. */
#ifndef CORACLE_VOLUME_INSIDE_H
#define CORACLE_VOLUME_INSIDE_H

#include "volume/volume.h"

#define PAYLOAD_BYTES_MAX (64 * 1024 * 1024)

/* ── contents.c ── what a volume is to hold, gathered before a file is touched */
struct payload_file {
    struct str path; /* relative, checked */
    struct str bytes;
    mode_t mode;
    int64_t owner; /* < 0: root */
};
struct payload {
    struct arena *mem;
    VEC(struct payload_file) files;
};
void payload_done(struct payload *p);
/* From one of configMap, secret, downwardAPI or projected. */
int contents_gather(struct payload *out, const struct volume_pod *p, const struct value *volume, const struct volume_lookups *look,
                    struct err *err) MUST_USE;
/* Relative, no "..", no "..name" at its beginning, no NUL, within limits. */
bool contents_path_valid(struct str path);

/* ── atomic.c ── */
enum { ATOMIC_UNCHANGED = 0, ATOMIC_CHANGED = 1 };
int atomic_write(const char *folder, const struct volume_pod *p, const struct payload *what, struct err *err) MUST_USE;

/* ── host.c ── */
int host_path_check(const struct value *source, char path[OS_PATH_MAX], struct err *err) MUST_USE;

/* ── claim.c: persistentVolumeClaim and ephemeral ── */
int claim_set_up(const struct volume_pod *p, const struct value *volume, const struct volume_lookups *look, struct volume_result *out,
                 struct err *err) MUST_USE;
const char *volume_source_name(const struct value *volume); /* of one that is not served */

/* ── mounts.c ── */
int mounts_below_release(const char *folder, struct err *err) MUST_USE; /* unmounts all of them, the last first */
bool mount_point_is(const char *path);
int mount_tmpfs(const char *path, int64_t size, mode_t mode, struct err *err) MUST_USE; /* fine when one is there; size 0: no limit */
int mount_hugepages(const char *path, struct str page_size, int64_t size, struct err *err) MUST_USE;

#endif
