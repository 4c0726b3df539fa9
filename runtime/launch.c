#include "runtime/inside.h"

#include <sched.h>
#include <sys/mount.h>

/* crun 1.8 refuses machines whose cgroup2 mount beside v1 has a controller of
 * its own (hybrid mode). It looks at the file system at that place, so it is
 * started in a mount namespace where an empty tmpfs lies over it. Only these
 * two mounts change their propagation; volumes mounted later still arrive. */
static int hide_unified(void *ctx)
{
    const char *path = ctx;
    if (unshare(CLONE_NEWNS) < 0 || mount(NULL, path, NULL, MS_PRIVATE, NULL) < 0 ||
        mount("none", path, "tmpfs", MS_NOSUID | MS_NODEV | MS_NOEXEC, "size=64k,mode=755") < 0)
        return -1;
    return 0;
}

int launch_start(struct loop_child **out, struct runtime *rt, const struct launch *l,
                 void (*fn)(void *ctx, int code, int signal), void *ctx)
{
    struct loop_spawn s = {
        .argv = l->argv,
        .env = l->env,
        .fds = l->fds,
        .n_fds = l->n_fds,
        .new_session = l->new_session,
        .before_exec = rt->hide_unified ? hide_unified : NULL,
        .before_exec_ctx = rt->unified,
    };
    return loop_child_new(out, rt->loop, &s, fn, ctx);
}
