/* os: system calls wrapped so that callers get 0 or a negative errno and no
 * surprises (EINTR retried, descriptors close-on-exec, whole reads and writes).
 *
 * Blocking, any thread. Rooms on floor 1 and above use it for files; effects
 * rooms (runtime, volume, net) make their special calls (mounts, namespaces)
 * themselves, next to the comment that says why. */
#ifndef CORACLE_OS_H
#define CORACLE_OS_H

#include <sys/types.h>

#include "base/base.h"

/* ── files ── */
int os_file_read(const char *path, size_t max, struct buf *out) MUST_USE; /* appends; -EFBIG over max */
int os_file_read_at(int dirfd, const char *path, size_t max, struct buf *out) MUST_USE;
/* Writes beside, fsyncs, renames over: readers see the old text or the new one, also after a power cut. */
int os_file_replace(const char *path, struct str text, mode_t mode) MUST_USE;
/* The same without waiting for the disk: a power cut may take the new text, or leave an empty file. */
int os_file_place(const char *path, struct str text, mode_t mode) MUST_USE;
int os_file_write(const char *path, struct str text) MUST_USE; /* into an existing file (cgroup, proc), one write */
bool os_file_exists(const char *path);
bool os_file_forbidden(const char *path);                /* it may not be read by this user, or nobody knows whether it is there */
int os_dir_make(const char *path, mode_t mode) MUST_USE; /* with its parents; fine when it is there */
int os_tree_remove(const char *path) MUST_USE;           /* rm -rf, never crosses a mount point; fine when absent */
/* Calls fn for each entry but . and ..; stops at the first answer other than 0 and returns it. */
int os_dir_each(const char *path, int (*fn)(void *ctx, const char *name, unsigned char d_type), void *ctx) MUST_USE;
int os_write_all(int fd, const void *p, size_t n) MUST_USE;
/* Joins with one slash between. -ENAMETOOLONG. */
#define OS_PATH_MAX 4096
int os_path(char out[OS_PATH_MAX], const char *fmt, ...) PRINTF(2, 3) MUST_USE;

/* ── the machine ── */
int os_random(void *p, size_t n) MUST_USE;
void os_uuid(char out[37]);                 /* version 4; aborts when the kernel has no randomness */
void os_random_suffix(char *out, size_t n); /* Kubernetes' generateName alphabet bcdfghjklmnpqrstvwxz2456789, NUL behind n */
int os_hostname(char out[256]) MUST_USE;    /* lower case */
int os_boot_id(char out[37]) MUST_USE;
int64_t os_memory_total(void);     /* bytes */
int64_t os_memory_available(void); /* free, or file pages that have not been used for a while; -1 not known */
int os_processors(void);           /* usable by this process */
struct os_disk {
    int64_t bytes, free, inodes, inodes_free; /* free: to those without privilege */
};
int os_disk(const char *path, struct os_disk *out) MUST_USE; /* of the file system that path lies on */
int os_tasks(int64_t *now, int64_t *most) MUST_USE;          /* processes and threads that there are and that there can be */
/* The task (a process' first thread) is scheduled by SCHED_DEADLINE from now on; what it starts is not. Nanoseconds. What the kernel refuses: -EBUSY
 * its own admission, -EPERM processors that are not all of their domain, or no right; -EINVAL. */
int os_deadline_set(pid_t pid, uint64_t runtime, uint64_t deadline, uint64_t period) MUST_USE;
/* The calling thread, when it wakes, comes before those that compute on its processor with longer slices: for one that does little
 * at a time and that others wait for. Its share of the processor stays what it was, and what it starts is as ever. By a slice of so
 * many nanoseconds, 100,000 at least (EEVDF, Linux 6.12 and later; otherwise some milliseconds for all); on older kernels, and where
 * somebody has chosen another policy for it, nothing changes. */
void os_thread_hasten(uint64_t slice);
/* The calling thread, when it wakes, runs at once, before all that is not real-time (SCHED_FIFO, the lowest priority): for one that
 * mostly sleeps. So does what it starts from then on, threads of it without any right of their own included, until they are calm.
 * 0, also when somebody has made it real-time before; else what the kernel says, -EPERM above all, and nothing changes. */
int os_thread_urge(void) MUST_USE;
void os_thread_calm(void); /* as if os_thread_urge() had not been; what somebody else chose for this process stays */
int os_processor(void);    /* the one this thread is on; -1 not known */
/* A thread of this process stays on the processors the caller may use, but off that one (-1: none); where there is no other, on all of them.
 * Cheap while it sleeps. For a real-time one above all: the kernel wakes it where it was, be the next processor idle. */
void os_thread_avoid(pthread_t thread, int processor);
int64_t os_rss_self(void); /* bytes */

/* ── objects of one size that stay while what was made around them goes ──
 * On the heap each of them would keep a page from being given back. Theirs are pages of their own, touched as they are needed
 * and unmapped when all in one block have gone. One thread; objects are zeroed, and aligned for pointers. */
struct os_slab {
    struct list blocks;
    size_t size;
    bool apart; /* each a malloc of its own: so it is where sanitizers are to see who touches what is free */
};
void os_slab_init(struct os_slab *s, size_t size);
void os_slab_done(struct os_slab *s); /* nothing may be left in it */
void *os_slab_alloc(struct os_slab *s);
void *os_slab_free(struct os_slab *s, void *object); /* NULL, which may be given too */

/* ── rights given up for good; before any thread is there, for they are a thread's and its children's ── */
#define OS_ABSENT 1                                                  /* this kernel (or this build) does not have it */
int os_user_find(const char *name, uid_t *uid, gid_t *gid) MUST_USE; /* -ENOENT */
/* The folder (made when it is not there) and the files in it become that user's; links and files with a second name are
 * left alone. */
int os_dir_give(const char *path, mode_t mode, uid_t uid, gid_t gid) MUST_USE;
bool os_user_reaches(const char *path, uid_t uid, gid_t gid); /* could that user enter this folder? */
/* From here on that user, with no capability and no way to any (uid may be one's own). */
int os_user_become(uid_t uid, gid_t gid) MUST_USE;
/* Takes from root what a node agent has no use for. Programs it starts are root as before: privileged containers are. */
int os_capabilities_reduce(void) MUST_USE;
int os_landlock_version(void); /* 0: none */
/* No file but these and what is below them, ended by NULL; what is not there is passed over. */
int os_landlock(const char *const *reads, const char *const *writes) MUST_USE; /* OS_ABSENT */
/* No system call but those a server of files and sockets needs: others fail with ENOSYS, an intruder's end the process.
 * OS_ABSENT also in builds with sanitizers, which trace themselves. */
int os_seccomp_server(void) MUST_USE;
/* Gives back what a start has used and the time after it does not: free heap, and the mappings of program and library text
 * (parsers of configuration, symbol tables, relocation code, …). Text stays in the page cache: what is needed again costs a
 * minor fault per 64 KiB. Once, when the start is over. Breakpoints that a debugger has set in text are lost. */
void os_memory_settle(void);
/* Gives back whole free pages of the heap wherever they lie, not only at its end. A walk over the large free pieces: for when
 * much has come free at once. */
void os_memory_trim(void);

#endif
