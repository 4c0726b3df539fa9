/* What runtime's files share; no other room sees it. */
#ifndef CORACLE_RUNTIME_INSIDE_H
#define CORACLE_RUNTIME_INSIDE_H

#include <limits.h>
#include <net/if.h>

#include "os/os.h"
#include "runtime/runtime.h"
#include "value/value.h"

#define RUNTIME_ID_LEN    64
#define RUNTIME_STATE_MAX (1024 * 1024) /* bytes of a state or config file */

/* ── cgroup.c ── a group is named by its path below the mounts, without a slash in front. Any thread. */
struct cgroup_tree {       /* one mounted hierarchy */
    char controllers[128]; /* "cpu,cpuacct"; "name=systemd" */
    char path[PATH_MAX / 16];
};
struct cgroup_host {
    enum runtime_cgroups mode;
    struct cgroup_tree trees[24]; /* v2: the one */
    size_t n;
};
int cgroup_host_read(struct cgroup_host *out, struct str mountinfo) MUST_USE; /* pure; -ENOENT: no cgroups mounted */
int cgroup_make(const struct cgroup_host *h, const char *group, struct err *err) MUST_USE;
int cgroup_limit(const struct cgroup_host *h, const char *group, const struct runtime_resources *r, struct err *err) MUST_USE;
int cgroup_enter(const struct cgroup_host *h, const char *group, pid_t pid) MUST_USE;
/* Where a process lies of whose /proc/…/cgroup this is the text: pure. -ENOENT: nowhere that is mounted here. */
int cgroup_own(const struct cgroup_host *h, struct str cgroups, char out[OS_PATH_MAX]) MUST_USE;
/* Moves this process to where it is, which changes nothing but has the kernel ready for moves; waits for it. */
int cgroup_stir(const struct cgroup_host *h) MUST_USE;
int cgroup_stats(const struct cgroup_host *h, const char *group, struct runtime_stats *out) MUST_USE;
int cgroup_limits(const struct cgroup_host *h, const char *group, struct runtime_resources *out) MUST_USE; /* as runtime_container_resources() */
int64_t cgroup_oom_kills(const struct cgroup_host *h, const char *group);
void cgroup_kill(const struct cgroup_host *h, const char *group);           /* everything in it and below */
int cgroup_remove(const struct cgroup_host *h, const char *group) MUST_USE; /* with those below; waits up to 2 s */
bool cgroup_swap_known(const struct cgroup_host *h);
int64_t cgroup_weight(int64_t shares);

/* ── namespaces.c ── for a pool thread: blocking */
#define RUNTIME_USERS 65536u /* of each pod with users of its own */
struct pin {
    char folder[OS_PATH_MAX];
    bool net, ipc, uts;
    uint32_t user_base; /* 0: the host's users */
    char hostname[HOST_NAME_MAX + 1];
    struct runtime_pair *sysctls; /* owned, with their texts */
    size_t n_sysctls;
    int64_t shm_bytes; /* 0: no shm of its own */
    int r;
    struct err err;
};
void namespaces_pin(struct pin *p);
int namespaces_unpin(const char *folder, struct err *err) MUST_USE;

/* ── the things themselves ── */
struct filter { /* a compiled RuntimeDefault profile */
    uint64_t caps;
    bool making;
    char *base64; /* NULL: none yet */
};
struct runtime {
    struct loop *loop;
    char *run, *cgroup, *seccomp, *crun, *conmon;
    struct {    /* crun in sealed memory; exec.c */
        int fd; /* -1: none */
        char path[48];
        int64_t size, inode, changed; /* of the file it was read from */
    } sealed;
    char **init_argv; /* with one free place for the folder, NULL at the end */
    size_t n_init_argv;
    bool resources_off;
    bool hide_unified; /* crun needs a mount namespace without the unified mount */
    char unified[PATH_MAX / 16];
    struct cgroup_host host;
    uint64_t caps; /* our bounding set */
    int oom_floor; /* the least oom_score_adj this machine lets us give */
    struct {       /* moves into cgroups are to be quick for a while; exec.c */
        struct loop_timer again;
        int64_t until; /* loop time */
        bool busy, refused;
    } moves;
    char boot_id[37];
    struct list pods;         /* of struct runtime_pod */
    struct list jobs;         /* of struct job: work on the pool whose answer is still wanted */
    struct list strays;       /* of struct runtime_stream: their container is gone, their crun not yet */
    struct map containers;    /* by id */
    uint64_t sequence;        /* names of exec files */
    struct filter filters[8]; /* compiled ones, by capabilities; the oldest makes room */
    size_t next_filter;
};

struct runtime_pod {
    struct list link;
    struct runtime *rt;
    char *uid, *name, *space, *note;
    size_t note_n;
    char *folder, *group;
    char *hostname;
    char *netns; /* NULL: the host's */
    bool host_network, host_pid, host_ipc, share_pid;
    uint32_t user_base;
    char *userns; /* NULL: the host's */
    enum runtime_qos qos;
    int64_t cpu_shares;
    int64_t created;
    pid_t init;             /* process 1 of a shared pid namespace */
    struct list containers; /* of struct runtime_container */
    struct pin *pin;        /* while it is being made */
    struct loop_child *init_child;
    bool removing;
    runtime_done done;
    void *ctx;
    int r; /* first thing that went wrong while being removed */
    char why[ERR_TEXT_MAX];
    struct loop_task answer;
};

struct runtime_container {
    struct list link;
    struct runtime_pod *pod;
    char id[RUNTIME_ID_LEN + 1];
    char *name, *log, *note, *group, *bundle;
    size_t note_n;
    unsigned attempt;
    bool tty, stdin_open, own_pid;
    bool held, unwanted; /* not to begin before runtime_container_release(); not at all: a stop came meanwhile */
    int stop_signal;
    enum runtime_state state;
    struct runtime_events events;
    bool watched, exit_told;
    pid_t pid, conmon;
    int pidfd;   /* of pid, so that a signal never meets a stranger */
    int sync_fd; /* conmon's report about crun create */
    struct loop_io *sync;
    struct buf report;
    struct loop_child *child; /* conmon, started by us … */
    struct loop_pid *adopted; /* … or by an earlier agent */
    struct loop_timer kill_timer;
    struct loop_timer start_timer; /* adopted while it was being made: the next look */
    int64_t kill_at;               /* loop time of the SIGKILL, 0: none planned */
    struct loop_task answer;
    struct list streams; /* of struct runtime_stream */
    int64_t created, started, finished;
    int code, signal;
    const char *reason;
    char *message;
    bool failed_start;
    int start_error;
    bool removing;
    runtime_done done;
    void *ctx;
};

/* ── job.c ── work on the pool that outlives its owner: `done` is not called when the runtime is gone */
struct job;
int job_start(struct runtime *rt, void (*work)(void *data), void (*done)(void *owner, void *data), void (*drop)(void *data), void *owner,
              void *data) MUST_USE;
void jobs_abandon(struct runtime *rt);

/* ── state.c ── */
int state_pod_save(const struct runtime_pod *p, struct err *err) MUST_USE;
int state_container_save(const struct runtime_container *c, struct err *err) MUST_USE;
int state_adopt(struct runtime *rt, struct err *err) MUST_USE; /* reads everything below run/pods */
/* Replaces a file whole. Not synced to a disk: what stands here does not outlive the boot, so only our own end counts. */
int state_write(const char *path, struct str text) MUST_USE;
int state_read(struct arena *a, const char *path, struct value *out) MUST_USE;
int state_pid_read(const char *path, pid_t *out) MUST_USE; /* a file with a number */

/* ── pod.c ── */
struct runtime_pod *pod_alloc(struct runtime *rt, struct str uid);
void pod_free(struct runtime_pod *p);
void pod_container_gone(struct runtime_pod *p); /* one of them was removed */
void pod_container_failed(struct runtime_pod *p, int r, const char *why);
void pods_weigh_burstable(struct runtime *rt);
int pod_folder_clear(struct runtime *rt, const char *uid, struct err *err) MUST_USE; /* blocking: of another boot, or broken */
const char *pod_group_class(enum runtime_qos qos);

/* ── container.c ── */
struct runtime_container *container_alloc(struct runtime_pod *p, const char *id);
void container_free(struct runtime_container *c);
void container_adopted(struct runtime_container *c); /* its fields are read: look how it is */
int64_t runtime_wall_ns(struct runtime *rt);

/* ── config.c, rights.c ── */
int config_write(const struct runtime_container *c, const struct runtime_container_options *o, struct err *err) MUST_USE;
int seccomp_default(struct arena *a, uint64_t caps, struct value *out) MUST_USE;
/* The same filter compiled, base64; NULL when it is not there yet (then it is being made, on the pool). crun takes it by
 * an annotation and saves the milliseconds of compiling it for each container. */
const char *seccomp_compiled(struct runtime *rt, uint64_t caps);
void seccomp_free(struct runtime *rt);
int capability_find(const char *name);        /* number, or −1 */
const char *capability_name(unsigned number); /* NULL: not known */
uint64_t capability_defaults(void);           /* of a container that asks for nothing */

/* ── exec.c ── */
struct launch {
    const char *const *argv;
    const char *const *env;
    const int *fds;
    size_t n_fds;
    bool new_session;
    bool company; /* see launch_expect() */
};
/* Starts crun or conmon so that crun takes this machine's cgroups. */
int launch_start(struct loop_child **out, struct runtime *rt, const struct launch *l, void (*fn)(void *ctx, int code, int signal),
                 void *ctx) MUST_USE;
const char *launch_crun(struct runtime *rt); /* the path to start crun by */
/* crun will move a process within moments; company: and more of them will follow, as when containers start. */
void launch_expect(struct runtime *rt, bool company);
void launch_free(struct runtime *rt);
void exec_kill(struct runtime_stream *s);
void exec_done(struct runtime_stream *s); /* its files and descriptors beside the stream's own */

/* ── stream.c ── */
struct outlet { /* where bytes come from */
    struct runtime_stream *s;
    int number; /* 1 or 2 */
    int fd;
    struct loop_io *io;
};
struct exec {
    struct loop_child *child;
    struct loop_timer limit, drain;
    char *spec, *pid_file, *tty_path; /* tty_path: the socket crun sends the terminal to */
    int tty_fd;                       /* listening, then the connection */
    struct loop_io *tty_io;
    bool tty_connected;
    uint16_t rows, cols;
    bool program_seen; /* the pid file is there: what comes is the program's */
    bool exited, timed_out;
    int code;
    struct buf error; /* what crun said before the program was there */
};
struct runtime_stream {
    struct list link; /* in its container, or among the runtime's strays */
    struct runtime *rt;
    struct runtime_container *c; /* NULL: gone */
    struct runtime_stream_events events;
    bool attach, tty, no_stderr;
    bool paused, dead; /* dead: nobody is told anything any more */
    unsigned busy;     /* callbacks under way: not freed before they return */
    struct outlet out[2];
    int in_fd;
    struct loop_io *in_io;
    struct buf input;
    bool input_closing, input_refused;
    struct exec exec;
};
struct runtime_stream *stream_new(struct runtime_container *c, const struct runtime_stream_events *e);
int stream_output(struct runtime_stream *s, int number, int fd) MUST_USE; /* takes the fd, also when it fails */
int stream_input(struct runtime_stream *s, int fd) MUST_USE;              /* the same */
void stream_close_outputs(struct runtime_stream *s);
bool stream_outputs_open(const struct runtime_stream *s);
bool stream_read_rest(struct runtime_stream *s); /* what its program has left there; false: the reader cannot take it now */
void stream_hand(struct runtime_stream *s, int number, struct str bytes);
void stream_end(struct runtime_stream *s, int r, int code, const char *error); /* tells, then frees */
void stream_drop(struct runtime_stream *s);                                    /* frees unless busy or its child is still to be waited for */
void exec_bytes(struct runtime_stream *s, int number, struct str bytes);
void exec_closed(struct runtime_stream *s); /* an outlet came to its end */
void streams_container_gone(struct runtime_container *c, int r, const char *why);
void streams_container_exited(struct runtime_container *c);
void streams_free_strays(struct runtime *rt);

/* ── user.c ── opens below a rootfs as a process in it would see it */
int rootfs_open(const char *rootfs, const char *path, int flags) MUST_USE; /* a descriptor, -errno */
int rootfs_dir_make(const char *rootfs, const char *path) MUST_USE;

#endif
