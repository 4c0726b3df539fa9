/* loop: the event loop of one thread — the only room that knows time.
 *
 * All callbacks run on the thread that runs the loop, one at a time, and never
 * from inside the call that asked for them. Only loop_post() and
 * loop_post_init() may be used from other threads. A simulated loop has no
 * descriptors: its clock jumps to the next timer whenever nothing is left to do,
 * so that hours of a cluster pass in milliseconds and the same every time.
 *
 * Built on libuv; its types do not show here. Structs below are embedded in
 * their owners, zeroed before first use, and stopped by their owners. */
#ifndef CORACLE_LOOP_H
#define CORACLE_LOOP_H

#include "base/base.h"

struct loop;
int loop_new(struct loop **out) MUST_USE;
int loop_new_simulated(struct loop **out, int64_t wall_seconds) MUST_USE;
struct loop *loop_free(struct loop *l);
/* Runs until loop_stop(), or (simulated) until there is nothing left to do. */
int loop_run(struct loop *l) MUST_USE;
void loop_stop(struct loop *l);
/* Runs what is due within `ms` from now and returns; for tests and simulation. */
int loop_run_for(struct loop *l, int64_t ms) MUST_USE;

/* ── who makes all others wait ──
 * fn is told, on this thread, of each callback that took `ms` or longer; `what` is its function's address, as addr2line
 * takes it less the program's start. Costs a look at the clock before and after each callback. */
enum loop_kind { LOOP_KIND_TASK, LOOP_KIND_TIMER, LOOP_KIND_IO };
void loop_on_slow(struct loop *l, int64_t ms, void (*fn)(void *ctx, enum loop_kind kind, uintptr_t what, int64_t ns), void *ctx);

/* ── time ── */
int64_t loop_now(const struct loop *l);      /* monotonic milliseconds */
int64_t loop_now_ns(const struct loop *l);   /* monotonic nanoseconds, read afresh (simulated: as loop_now) */
int64_t loop_spent_ns(const struct loop *l); /* processor time of the calling thread, nanoseconds (simulated: as loop_now); a system call */
int64_t loop_wall(const struct loop *l);     /* seconds since 1970 */
void loop_wall_ns(const struct loop *l, int64_t *sec, int32_t *nsec);

struct loop_timer {
    struct heap_item item;
    struct loop *loop;
    void (*fn)(void *ctx);
    void *ctx;
};
/* One shot; starting a running timer moves it. ms < 0 counts as 0. -ENOMEM only when not yet running. */
int loop_timer_start(struct loop *l, struct loop_timer *t, int64_t ms, void (*fn)(void *ctx), void *ctx) MUST_USE;
void loop_timer_stop(struct loop_timer *t); /* harmless when not running */
bool loop_timer_active(const struct loop_timer *t);

/* ── tasks: run soon, once ── */
struct loop_task {
    struct list link;
    void (*fn)(void *ctx);
    void *ctx;
    bool queued;
};
void loop_defer(struct loop *l, struct loop_task *t, void (*fn)(void *ctx),
                void *ctx); /* this thread; after the current callback; harmless when queued */
void loop_defer_cancel(struct loop_task *t);
void loop_post(struct loop *l, struct loop_task *t, void (*fn)(void *ctx), void *ctx); /* any thread; the task must not be queued */
void loop_post_cancel(struct loop *l, struct loop_task *t);                            /* this thread, once the one that posts has been joined */

/* ── descriptors (not on a simulated loop) ──
 * Of those that are ready, the one that was run longest ago is first, and after a fifth of a millisecond the others are looked
 * for again: one that has something now and then is not kept waiting by many that always have. */
enum { LOOP_READ = 1, LOOP_WRITE = 2, LOOP_HANGUP = 4 };
struct loop_io;
int loop_io_new(struct loop_io **out, struct loop *l, int fd, void (*fn)(void *ctx, int events), void *ctx) MUST_USE;
int loop_io_watch(struct loop_io *io, int events) MUST_USE; /* 0: nothing; level triggered; errors come as READ|WRITE */
struct loop_io *loop_io_free(struct loop_io *io);           /* does not close the fd: close it after; returns NULL */

/* ── processes ── */
struct loop_child;
struct loop_spawn {
    const char *const *argv; /* argv[0] is looked up in PATH */
    const char *const *env;  /* NULL: ours */
    const char *cwd;
    const int *fds; /* child's 0, 1, 2, … ; -1: /dev/null (or not there, from 3 on) */
    size_t n_fds;   /* 0: all three standard ones are /dev/null */
    bool new_session;
    int (*before_exec)(void *ctx); /* in the child, async-signal-safe only; may be NULL */
    void *before_exec_ctx;
};
/* fn gets the exit code and the signal (0: none). The child is not killed when its handle is freed. */
int loop_child_new(struct loop_child **out, struct loop *l, const struct loop_spawn *s, void (*fn)(void *ctx, int code, int signal),
                   void *ctx) MUST_USE;
pid_t loop_child_pid(const struct loop_child *c);
struct loop_child *loop_child_free(struct loop_child *c);
/* Runs a program to its end and collects what it prints (each stream up to max, the rest is drained and dropped). */
struct loop_output {
    int code, signal;
    struct str out, err; /* borrowed during the callback */
};
int loop_run_program(struct loop *l, const char *const *argv, struct str input, size_t max, int64_t timeout_ms,
                     void (*fn)(void *ctx, const struct loop_output *o), void *ctx) MUST_USE;
/* Any process by pid, e.g. one that an earlier agent started: told when it ends (pidfd). -ESRCH: it has ended. */
struct loop_pid;
int loop_pid_new(struct loop_pid **out, struct loop *l, pid_t pid, void (*fn)(void *ctx), void *ctx) MUST_USE;
struct loop_pid *loop_pid_free(struct loop_pid *p);

/* ── signals and files ── */
int loop_signal(struct loop *l, int signo, void (*fn)(void *ctx, int signo), void *ctx) MUST_USE; /* until the loop is freed */
struct loop_file;
/* Told when the file, or any entry of the folder, is written, made, moved or deleted (inotify); name "" for a file itself. */
int loop_file_new(struct loop_file **out, struct loop *l, const char *path, void (*fn)(void *ctx, const char *name), void *ctx) MUST_USE;
struct loop_file *loop_file_free(struct loop_file *f);

/* ── blocking work on a small pool of threads ──
 * fn runs on a pool thread and sees only ctx; done runs on the loop. Bounded queue: -EAGAIN when full. */
int loop_work(struct loop *l, void (*fn)(void *ctx), void (*done)(void *ctx), void *ctx) MUST_USE;

#endif
