/* runtime: containers on this machine, by crun and conmon.
 *
 * There is no pause container and no daemon of ours. A pod is a folder, a cgroup
 * and a set of pinned namespaces (bind mounts of /proc/thread-self/ns/…); a
 * container is an OCI bundle below it, started by crun and kept by one conmon,
 * which holds its terminal, its log and its exit code. All of that outlives this
 * process: what is needed to take it up again is written to a state file before
 * the call that made it answers, and runtime_new() adopts what it finds.
 *
 *   <run>/pods/<uid>/state.json   the pod: what it shares, its cgroup, the caller's note
 *   <run>/pods/<uid>/net ipc uts pid   pinned namespaces (those that are its own)
 *   <run>/pods/<uid>/shm          /dev/shm of its containers
 *   <run>/pods/<uid>/<id>/        one container: config.json, state.json, ctl, attach, message, pid files
 *   <run>/crun/                   crun's own state
 *   <run>/exits/<id>              exit codes, written by conmon
 *
 * <run> should not outlive a boot (a tmpfs); should it, state of another boot is
 * recognised by its boot id and cleared away.
 *
 *   pod:        runtime_pod_new ──done──▶ ready ──runtime_pod_remove──▶ (kills, unmounts) ──done──▶ freed
 *   container:  runtime_container_start ─▶ STARTING ─on_started─▶ RUNNING ─on_exit─▶ EXITED ─remove─▶ freed
 *                                              └──────on_started(r<0)──▶ EXITED (reason StartError)
 *               (one that is held stays STARTING, made but not begun, until runtime_container_release)
 *
 * cgroups: v1, hybrid and v2 are told apart at the start. Pods live in
 * <cgroup>/pod<uid> (Guaranteed), <cgroup>/burstable/pod<uid> and
 * <cgroup>/besteffort/pod<uid>, their containers one level below. crun refuses
 * hybrid machines, so there it is started in a mount namespace of its own from
 * which the unified mount was taken away.
 *
 * One loop, one thread: calls and callbacks are on the loop's thread, and a
 * callback never runs inside the call that asked for it. Nothing blocks longer
 * than a file on tmpfs takes. Needs root. runtime_new() makes the process ignore
 * SIGPIPE. */
#ifndef CORACLE_RUNTIME_H
#define CORACLE_RUNTIME_H

#include "base/base.h"
#include "loop/loop.h"

struct runtime;
struct runtime_pod;
struct runtime_container;

struct runtime_options {
    const char *run;              /* folder for all of the above; made */
    const char *cgroup;           /* name below the cgroup mounts, e.g. "coracle-NAME"; one instance only */
    const char *seccomp;          /* folder that Localhost profiles are relative to; NULL: none */
    const char *crun, *conmon;    /* NULL: looked up in PATH */
    const char *const *init_argv; /* program run as process 1 of pods that share their pid namespace; it must call
                                   * runtime_pod_init_main(). NULL: such pods are refused with -ENOTSUP */
    bool resources_off;           /* run without setting cgroup limits */
};
/* Adopts every pod and container found under `run`. Those whose processes ended meanwhile show as EXITED. */
int runtime_new(struct runtime **out, struct loop *l, const struct runtime_options *o, struct err *err) MUST_USE;
struct runtime *runtime_free(struct runtime *rt); /* containers stay; calls under way are not answered any more */

enum runtime_cgroups { RUNTIME_CGROUPS_V1, RUNTIME_CGROUPS_HYBRID, RUNTIME_CGROUPS_V2 };
enum runtime_cgroups runtime_cgroups(const struct runtime *rt);

/* Every answer that comes later: r 0, or negative errno with a sentence (valid during the callback). */
typedef void (*runtime_done)(void *ctx, int r, const char *error);

/* ── resources ── */
struct runtime_resources { /* a zero leaves a thing as it is */
    int64_t cpu_shares;    /* v1 meaning, 2…262144; turned into cpu.weight on v2 */
    int64_t cpu_quota;     /* microseconds per period; < 0: no limit */
    int64_t cpu_period;    /* [100000] */
    int64_t memory;        /* bytes */
    int64_t memory_swap;   /* v1 meaning: memory and swap together; < 0: no limit */
    int64_t pids;
    const char *cpus, *mems; /* cpuset lists */
    struct {
        const char *page_size; /* "2MB" */
        int64_t bytes;
    } hugepages[4];
    size_t n_hugepages;
};
/* What Kubernetes makes of requests and limits in millicores. */
int64_t runtime_cpu_shares(int64_t millicores);                /* 0 gives 2, the least */
int64_t runtime_cpu_quota(int64_t millicores, int64_t period); /* at least 1000 µs; 0 gives 0 */

struct runtime_stats {          /* -1: not known here */
    int64_t cpu_ns;             /* used since the cgroup was made */
    int64_t memory_usage;       /* bytes */
    int64_t memory_working_set; /* usage without inactive file pages */
    int64_t memory_rss;
    int64_t page_faults, major_page_faults;
    int64_t pids;
    int64_t throttled_ns;
};

/* ── pods ── */
enum runtime_qos { RUNTIME_GUARANTEED, RUNTIME_BURSTABLE, RUNTIME_BEST_EFFORT };
struct runtime_pair {
    const char *name, *value;
};
struct runtime_pod_options {
    const char *uid;          /* names folder and cgroup: letters, digits, '-', '_' only */
    const char *name, *space; /* the pod's name and namespace, for people */
    bool host_network;        /* also shares the host's hostname, as Kubernetes does */
    bool host_pid, host_ipc;
    bool share_pid;                     /* shareProcessNamespace */
    uint32_t user_base;                 /* its users 0…65535 are these of the machine, from here on: a user namespace of its own; 0: none */
    const char *hostname;               /* set in the pod's uts namespace; not used with host_network */
    const struct runtime_pair *sysctls; /* dotted or slashed names; net.*, kernel.shm*, kernel.msg*, kernel.sem, fs.mqueue.* */
    size_t n_sysctls;
    enum runtime_qos qos;
    struct runtime_resources resources; /* of the pod's cgroup */
    int64_t shm_bytes;                  /* [64 MiB] */
    struct str note;                    /* the caller's own text, given back after adoption */
};
/* *out is a handle at once, of no other use than runtime_pod_remove() until done says 0. When done says otherwise
 * everything made so far has been undone and the handle is gone. -EEXIST: there is a pod of that uid already. */
int runtime_pod_new(struct runtime_pod **out, struct runtime *rt, const struct runtime_pod_options *o, runtime_done done, void *ctx,
                    struct err *err) MUST_USE;
/* Kills what still runs (at once), removes its containers, unpins, unmounts, removes the cgroup. The handle and those of
 * its containers are gone when done is called, also after an error (which then says what was left behind). */
void runtime_pod_remove(struct runtime_pod *p, runtime_done done, void *ctx);
struct runtime_pod *runtime_pod_find(struct runtime *rt, struct str uid);
struct runtime_pod *runtime_pod_next(struct runtime *rt, struct runtime_pod *after); /* NULL: first; NULL: end */
const char *runtime_pod_uid(const struct runtime_pod *p);
const char *runtime_pod_name(const struct runtime_pod *p);
const char *runtime_pod_space(const struct runtime_pod *p);
struct str runtime_pod_note(const struct runtime_pod *p);
int runtime_pod_set_note(struct runtime_pod *p, struct str note, struct err *err) MUST_USE; /* written before it answers */
const char *runtime_pod_netns(const struct runtime_pod *p);                                 /* path of the pinned one; NULL: the host's */
uint32_t runtime_pod_user_base(const struct runtime_pod *p);                                /* 0: the host's users */
const char *runtime_pod_userns(const struct runtime_pod *p);                                /* path of the pinned one; NULL: the host's */
/* May pods have users of their own here: does the kernel make user namespaces, and the file system of that folder mounts
 * whose owners are mapped? 0; -errno with the sentence. Starts a process, some milliseconds. */
int runtime_user_namespaces(const char *folder, struct err *err) MUST_USE;
int runtime_pod_set_resources(struct runtime_pod *p, const struct runtime_resources *r, struct err *err) MUST_USE;
int runtime_pod_stats(const struct runtime_pod *p, struct runtime_stats *out) MUST_USE;
int64_t runtime_pod_created(const struct runtime_pod *p); /* seconds since 1970 */

/* ── containers ── */
enum runtime_propagation { RUNTIME_PRIVATE, RUNTIME_HOST_TO_CONTAINER, RUNTIME_BIDIRECTIONAL };
struct runtime_mount {
    const char *source; /* path on this machine; NULL with `tmpfs` */
    const char *target; /* path in the container; made in the rootfs when missing */
    bool read_only;
    bool read_only_recursive;
    enum runtime_propagation propagation;
    bool idmap; /* owners in the source are those in the container: for pods with users of their own */
    bool tmpfs; /* an empty memory file system instead of a bind */
};
struct runtime_device {
    const char *path;   /* in the container */
    const char *source; /* on this machine: its type and numbers are read from there */
    const char *access; /* "rwm" */
};
enum runtime_seccomp { RUNTIME_SECCOMP_UNCONFINED, RUNTIME_SECCOMP_DEFAULT, RUNTIME_SECCOMP_LOCALHOST };

struct runtime_container_options {
    const char *name;        /* the container's name in its pod */
    unsigned attempt;        /* restart count */
    const char *rootfs;      /* path of the unpacked image, already writable (overlay) unless read_only_root */
    const char *const *args; /* NULL at the end; args[0] is looked up in the container's PATH */
    const char *const *env;  /* "NAME=value", NULL at the end */
    const char *cwd;         /* [/] */
    const char *log_path;    /* file in CRI log format, its folder is made; NULL: nothing is logged */
    uint32_t uid, gid;
    const uint32_t *groups; /* supplementary */
    size_t n_groups;
    int64_t umask;                                /* < 0 or 0: the default 0022 */
    const char *const *cap_add, *const *cap_drop; /* "NET_ADMIN", "ALL"; NULL: none */
    bool privileged;                              /* all capabilities and devices, nothing masked, no seccomp */
    bool no_new_privileges;
    bool read_only_root;
    bool proc_unmasked; /* procMount: Unmasked */
    enum runtime_seccomp seccomp;
    const char *seccomp_file; /* with LOCALHOST: path below runtime_options.seccomp */
    const struct runtime_mount *mounts;
    size_t n_mounts;
    const struct runtime_device *devices;
    size_t n_devices;
    bool tty, stdin_open, stdin_once;
    struct runtime_resources resources;
    int64_t oom_score_adj; /* −1000…1000; a value this machine refuses is brought to the nearest it takes */
    const struct runtime_pair *annotations;
    size_t n_annotations;
    const char *message_path;               /* terminationMessagePath; NULL: none */
    int stop_signal;                        /* 0: SIGTERM */
    struct str note;                        /* the caller's own text, given back after adoption */
    bool held;                              /* made as far as it goes, its program not begun before runtime_container_release() */
    const struct runtime_container *target; /* a running container of the same pod whose processes it is to see; NULL: none */
};

enum runtime_state { RUNTIME_STARTING, RUNTIME_RUNNING, RUNTIME_EXITED };

struct runtime_events {
    /* Created, not yet started: scheduling class, CPU pinning. May be NULL. < 0 gives the start up. */
    int (*on_created)(void *ctx, pid_t pid);
    /* r 0: runs. -EINTR: see StartInterrupted. < 0: could not be started; the container is EXITED (128, StartError) and must still be removed. */
    void (*on_started)(void *ctx, int r, const char *error);
    /* Ended after having run; read the accessors. Called once. */
    void (*on_exit)(void *ctx);
    void *ctx;
};
/* -EINVAL bad options; what crun refuses comes with on_started. */
int runtime_container_start(struct runtime_container **out, struct runtime_pod *p, const struct runtime_container_options *o,
                            const struct runtime_events *e, struct err *err) MUST_USE;
/* The program of a held one may begin, at once or when it has been made; fine for others. on_started comes later. Held ones
 * that are adopted, stopped or removed never ran: they end as StartInterrupted. */
void runtime_container_release(struct runtime_container *c);
/* Takes up an adopted container: on_exit comes later, also when it has ended already. */
void runtime_container_watch(struct runtime_container *c, const struct runtime_events *e);
/* Sends the stop signal, after grace_ms SIGKILL; the answer is on_exit. A second call may only shorten the grace. */
void runtime_container_stop(struct runtime_container *c, int64_t grace_ms);
int runtime_container_signal(struct runtime_container *c, int signo) MUST_USE; /* to its first process; -ESRCH */
/* Kills it if it still runs; the handle is gone when done is called. The log file stays. */
void runtime_container_remove(struct runtime_container *c, runtime_done done, void *ctx);

struct runtime_container *runtime_container_next(struct runtime_pod *p, struct runtime_container *after);
struct runtime_container *runtime_container_find(struct runtime *rt, struct str id);
const char *runtime_container_id(const struct runtime_container *c); /* 64 hexadecimal digits */
const char *runtime_container_name(const struct runtime_container *c);
unsigned runtime_container_attempt(const struct runtime_container *c);
struct str runtime_container_note(const struct runtime_container *c);
struct runtime_pod *runtime_container_pod(const struct runtime_container *c);
enum runtime_state runtime_container_state(const struct runtime_container *c);
pid_t runtime_container_pid(const struct runtime_container *c);       /* on this machine; 0 when it does not run */
const char *runtime_container_log(const struct runtime_container *c); /* "" when none */
bool runtime_container_tty(const struct runtime_container *c);
struct runtime_end {
    int code;            /* as Kubernetes has it: 128 + signal for one killed; 128 when it could not be started */
    int signal;          /* the deadly signal, 0: none */
    const char *reason;  /* Completed, Error, OOMKilled, StartError, ContainerStatusUnknown; StartInterrupted: the agent before
                          * ended while it was being made, it has never run; to be removed and started afresh */
    const char *message; /* "" or why it could not be started */
    int64_t started;     /* nanoseconds since 1970; 0: never */
    int64_t finished;
};
/* Before its end only `started` is set and reason is "". */
void runtime_container_end(const struct runtime_container *c, struct runtime_end *out);
int64_t runtime_container_created(const struct runtime_container *c); /* nanoseconds since 1970 */
/* What it left at its terminationMessagePath, at most 4096 bytes of it. */
int runtime_container_message(const struct runtime_container *c, struct buf *out) MUST_USE;
int runtime_container_stats(const struct runtime_container *c, struct runtime_stats *out) MUST_USE;
int runtime_container_set_resources(struct runtime_container *c, const struct runtime_resources *r, struct err *err) MUST_USE;
/* What its cgroup has of cpu and memory, whoever wrote it; < 0: no limit, 0: not known. Shares are not told on v2, where
 * versions of crun make different weights of them. -ENOENT: nothing is known; -ENOTSUP: limits are not set here. */
int runtime_container_resources(const struct runtime_container *c, struct runtime_resources *out) MUST_USE;
int runtime_container_reopen_log(struct runtime_container *c) MUST_USE; /* after the log file was renamed */

/* ── streams: exec and attach ──
 * Bytes out are handed over as they come; a full reader says runtime_stream_pause(). Bytes in are taken up to a bound
 * (runtime_stream_write answers how many). on_end is the last call; then the handle is gone. */
struct runtime_stream;
struct runtime_stream_events {
    void (*on_output)(void *ctx, int fd, struct str bytes); /* fd 1 or 2; with a tty always 1 */
    void (*on_drain)(void *ctx);                            /* there is room for input again; may be NULL */
    /* exec: r 0, code of the program (128 + signal). attach: r 0 when the container has ended, code its exit code.
     * r < 0: error says why: -ENOENT no such program (code 127), -EACCES not executable (code 126), others. */
    void (*on_end)(void *ctx, int r, int code, const char *error);
    void *ctx;
};
struct runtime_exec_options {
    const char *const *args; /* NULL at the end */
    bool tty, stdin_open;
    bool no_stdout, no_stderr;
    uint16_t rows, cols; /* first size of the terminal; 0: left as it is */
    int64_t timeout_ms;  /* 0: none; over it the program is killed and on_end says -ETIMEDOUT */
};
/* Runs a program in a running container, with that one's user, environment, capabilities and cgroup. */
int runtime_exec(struct runtime_stream **out, struct runtime_container *c, const struct runtime_exec_options *o,
                 const struct runtime_stream_events *e, struct err *err) MUST_USE;
/* Joins the terminal or the pipes of the container's first program. */
int runtime_attach(struct runtime_stream **out, struct runtime_container *c, bool stdin_open, const struct runtime_stream_events *e,
                   struct err *err) MUST_USE;
size_t runtime_stream_write(struct runtime_stream *s, struct str bytes); /* bytes taken, maybe fewer: wait for on_drain */
void runtime_stream_close_input(struct runtime_stream *s);               /* after what was taken */
void runtime_stream_resize(struct runtime_stream *s, uint16_t rows, uint16_t cols);
void runtime_stream_pause(struct runtime_stream *s, bool paused);
void runtime_stream_cancel(struct runtime_stream *s); /* an exec's program is killed; on_end is not called any more */

/* ── users named by an image ── */
struct runtime_user {
    uint32_t uid, gid;
    uint32_t groups[64]; /* from the image's /etc/group, without gid */
    size_t n_groups;
    char home[256]; /* "/" when /etc/passwd does not say */
    bool by_name;   /* the text named a user rather than a number (runAsNonRoot cannot be checked before) */
};
/* Reads "user", "user:group", "1000", "1000:1000" or "" (root) by the rootfs' own /etc/passwd and /etc/group, never
 * leaving it. -ENOENT: no such name. */
int runtime_user_find(const char *rootfs, struct str user, struct runtime_user *out, struct err *err) MUST_USE;

/* Body of the program named by runtime_options.init_argv: argv gets the pod's folder behind what was given there.
 * Pins a new pid namespace into it and leaves a child as its process 1, burying orphans. Returns only a negative errno,
 * upon which the program is to _exit() with something other than 0. */
int runtime_pod_init_main(const char *folder);

#endif
