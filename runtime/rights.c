#include "runtime/inside.h"

#include <sched.h>
#include <seccomp.h>
#include <sys/mman.h>
#include <sys/socket.h>

/* ── capabilities ── linux/capability.h, by number */

static const char *const names[] = {
    "CHOWN",
    "DAC_OVERRIDE",
    "DAC_READ_SEARCH",
    "FOWNER",
    "FSETID",
    "KILL",
    "SETGID",
    "SETUID",
    "SETPCAP",
    "LINUX_IMMUTABLE",
    "NET_BIND_SERVICE",
    "NET_BROADCAST",
    "NET_ADMIN",
    "NET_RAW",
    "IPC_LOCK",
    "IPC_OWNER",
    "SYS_MODULE",
    "SYS_RAWIO",
    "SYS_CHROOT",
    "SYS_PTRACE",
    "SYS_PACCT",
    "SYS_ADMIN",
    "SYS_BOOT",
    "SYS_NICE",
    "SYS_RESOURCE",
    "SYS_TIME",
    "SYS_TTY_CONFIG",
    "MKNOD",
    "LEASE",
    "AUDIT_WRITE",
    "AUDIT_CONTROL",
    "SETFCAP",
    "MAC_OVERRIDE",
    "MAC_ADMIN",
    "SYSLOG",
    "WAKE_ALARM",
    "BLOCK_SUSPEND",
    "AUDIT_READ",
    "PERFMON",
    "BPF",
    "CHECKPOINT_RESTORE",
};

int capability_find(const char *name)
{
    if (strncasecmp(name, "CAP_", 4) == 0)
        name += 4;
    for (size_t i = 0; i < ARRAY_LEN(names); i++)
        if (strcasecmp(names[i], name) == 0)
            return (int)i;
    return -1;
}

const char *capability_name(unsigned number)
{
    return number < ARRAY_LEN(names) ? names[number] : NULL;
}

uint64_t capability_defaults(void)
{
    static const char *const defaults[] = {"CHOWN",  "DAC_OVERRIDE", "FSETID",  "FOWNER",           "MKNOD",      "NET_RAW", "SETGID",
                                           "SETUID", "SETFCAP",      "SETPCAP", "NET_BIND_SERVICE", "SYS_CHROOT", "KILL",    "AUDIT_WRITE"};
    uint64_t caps = 0;
    for (size_t i = 0; i < ARRAY_LEN(defaults); i++)
        caps |= 1ULL << capability_find(defaults[i]);
    return caps;
}

/* ── RuntimeDefault ──
 * What container engines publicly agree on: everything an ordinary program
 * calls is allowed; what reaches the whole machine (modules, clocks, mounts,
 * kexec, swap, tracing others, keyrings, new namespaces) answers EPERM unless
 * the container holds the capability that guards it. clone3 hides its flags in
 * memory where a filter cannot look, so it answers ENOSYS and libc falls back
 * to clone, whose flags are looked at. */

static const char always[] =
    "_llseek _newselect accept accept4 access adjtimex alarm arch_prctl bind brk capget capset chdir chmod chown chown32 "
    "clock_adjtime clock_adjtime64 clock_getres clock_getres_time64 clock_gettime clock_gettime64 clock_nanosleep "
    "clock_nanosleep_time64 close close_range connect copy_file_range creat dup dup2 dup3 epoll_create epoll_create1 epoll_ctl "
    "epoll_ctl_old epoll_pwait epoll_pwait2 epoll_wait epoll_wait_old eventfd eventfd2 execve execveat exit exit_group "
    "faccessat faccessat2 fadvise64 fadvise64_64 fallocate fanotify_mark fchdir fchmod fchmodat fchown fchown32 fchownat "
    "fcntl fcntl64 fdatasync fgetxattr flistxattr flock fork fremovexattr fsetxattr fstat fstat64 fstatat64 fstatfs "
    "fstatfs64 fsync ftruncate ftruncate64 futex futex_time64 futex_waitv futimesat get_robust_list get_thread_area getcpu "
    "getcwd getdents getdents64 getegid getegid32 geteuid geteuid32 getgid getgid32 getgroups getgroups32 getitimer "
    "getpeername getpgid getpgrp getpid getppid getpriority getrandom getresgid getresgid32 getresuid getresuid32 getrlimit "
    "getrusage getsid getsockname getsockopt gettid gettimeofday getuid getuid32 getxattr inotify_add_watch inotify_init "
    "inotify_init1 inotify_rm_watch io_cancel io_destroy io_getevents io_pgetevents io_pgetevents_time64 io_setup io_submit "
    "ioctl ioprio_get ioprio_set ipc kill landlock_add_rule landlock_create_ruleset landlock_restrict_self lchown lchown32 "
    "lgetxattr link linkat listen listxattr llistxattr lremovexattr lseek lsetxattr lstat lstat64 madvise membarrier "
    "memfd_create memfd_secret mincore mkdir mkdirat mknod mknodat mlock mlock2 mlockall mmap mmap2 modify_ldt mprotect "
    "mq_getsetattr mq_notify mq_open mq_timedreceive mq_timedreceive_time64 mq_timedsend mq_timedsend_time64 mq_unlink mremap "
    "msgctl msgget msgrcv msgsnd msync munlock munlockall munmap name_to_handle_at nanosleep newfstatat open openat openat2 "
    "pause pidfd_open pidfd_send_signal pipe pipe2 pkey_alloc pkey_free pkey_mprotect poll ppoll ppoll_time64 prctl pread64 "
    "preadv preadv2 prlimit64 process_mrelease process_vm_readv process_vm_writev pselect6 pselect6_time64 ptrace pwrite64 "
    "pwritev pwritev2 read readahead readlink readlinkat readv recv recvfrom recvmmsg recvmmsg_time64 recvmsg "
    "remap_file_pages removexattr rename renameat renameat2 restart_syscall rmdir rseq rt_sigaction rt_sigpending "
    "rt_sigprocmask rt_sigqueueinfo rt_sigreturn rt_sigsuspend rt_sigtimedwait rt_sigtimedwait_time64 rt_tgsigqueueinfo "
    "sched_get_priority_max sched_get_priority_min sched_getaffinity sched_getattr sched_getparam sched_getscheduler "
    "sched_rr_get_interval sched_rr_get_interval_time64 sched_setaffinity sched_setattr sched_setparam sched_setscheduler "
    "sched_yield seccomp select semctl semget semop semtimedop semtimedop_time64 send sendfile sendfile64 sendmmsg sendmsg "
    "sendto set_robust_list set_thread_area set_tid_address setfsgid setfsgid32 setfsuid setfsuid32 setgid setgid32 "
    "setgroups setgroups32 setitimer setpgid setpriority setregid setregid32 setresgid setresgid32 setresuid setresuid32 "
    "setreuid setreuid32 setrlimit setsid setsockopt setuid setuid32 setxattr shmat shmctl shmdt shmget shutdown sigaltstack "
    "signalfd signalfd4 sigprocmask sigreturn socketcall socketpair splice stat stat64 statfs statfs64 statx symlink "
    "symlinkat sync sync_file_range syncfs sysinfo tee tgkill time timer_create timer_delete timer_getoverrun timer_gettime "
    "timer_gettime64 timer_settime timer_settime64 timerfd_create timerfd_gettime timerfd_gettime64 timerfd_settime "
    "timerfd_settime64 times tkill truncate truncate64 ugetrlimit umask uname unlink unlinkat utime utimensat "
    "utimensat_time64 utimes vfork vmsplice wait4 waitid waitpid write writev";

static const struct {
    const char *capability, *calls;
} guarded[] = {
    {"DAC_READ_SEARCH", "open_by_handle_at"},
    {"SYS_ADMIN", "bpf clone clone3 fanotify_init fsconfig fsmount fsopen fspick lookup_dcookie mount mount_setattr move_mount "
                  "open_tree perf_event_open quotactl quotactl_fd setdomainname sethostname setns syslog umount umount2 unshare"},
    {"SYS_BOOT", "reboot"},
    {"SYS_CHROOT", "chroot"},
    {"SYS_MODULE", "delete_module init_module finit_module"},
    {"SYS_PACCT", "acct"},
    {"SYS_PTRACE", "kcmp pidfd_getfd process_madvise"},
    {"SYS_RAWIO", "iopl ioperm"},
    {"SYS_TIME", "settimeofday stime clock_settime clock_settime64"},
    {"SYS_TTY_CONFIG", "vhangup"},
    {"SYS_NICE", "get_mempolicy mbind set_mempolicy set_mempolicy_home_node"},
    {"SYSLOG", "syslog"},
    {"BPF", "bpf"},
    {"PERFMON", "perf_event_open"},
};

static const struct {
    const char *name;
    uint32_t arch;
} machines[] = {
#if defined(__x86_64__)
    {"SCMP_ARCH_X86_64", SCMP_ARCH_X86_64},
    {"SCMP_ARCH_X86", SCMP_ARCH_X86},
    {"SCMP_ARCH_X32", SCMP_ARCH_X32},
#elif defined(__aarch64__)
    {"SCMP_ARCH_AARCH64", SCMP_ARCH_AARCH64},
    {"SCMP_ARCH_ARM", SCMP_ARCH_ARM},
#elif defined(__riscv)
    {"SCMP_ARCH_RISCV64", SCMP_ARCH_RISCV64},
#endif
};

struct rules {
    struct arena *a;
    struct value list;
    int r;
};

static void put(struct rules *p, struct value *list, struct value v)
{
    if (p->r == 0 && !value_add(p->a, list, v))
        p->r = -ENOMEM;
}

static struct value *rule(struct rules *p, const char *calls, const char *action)
{
    struct value one = value_make_map(), list = value_make_list();
    struct str rest = str_of(calls), name;
    while (str_next(&rest, ' ', &name))
        put(p, &list, value_make_text(name));
    VALUE_SET(&p->r, p->a, &one, "names", list);
    VALUE_SET(&p->r, p->a, &one, "action", value_make_text(str_of(action)));
    put(p, &p->list, one);
    return p->r == 0 ? value_item(&p->list, value_count(&p->list) - 1) : NULL;
}

static void compare(struct rules *p, struct value *one, int index, uint64_t v, uint64_t two, const char *op)
{
    struct value arg = value_make_map(), args = value_make_list();
    if (!one)
        return;
    VALUE_SET(&p->r, p->a, &arg, "index", value_make_int(index));
    VALUE_SET(&p->r, p->a, &arg, "value", value_make_int((int64_t)v));
    VALUE_SET(&p->r, p->a, &arg, "valueTwo", value_make_int((int64_t)two));
    VALUE_SET(&p->r, p->a, &arg, "op", value_make_text(str_of(op)));
    put(p, &args, arg);
    VALUE_SET(&p->r, p->a, one, "args", args);
}

static void guarded_rules(struct rules *p, uint64_t caps)
{
    for (size_t i = 0; i < ARRAY_LEN(guarded); i++) {
        int number = capability_find(guarded[i].capability);
        if (number >= 0 && caps & (1ULL << number))
            rule(p, guarded[i].calls, "SCMP_ACT_ALLOW");
    }
    if (caps & (1ULL << capability_find("SYS_ADMIN")))
        return;
    /* No new namespaces; every other use of clone is fine. */
    uint64_t namespaces = CLONE_NEWNS | CLONE_NEWCGROUP | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWUSER | CLONE_NEWPID | CLONE_NEWNET;
    compare(p, rule(p, "clone", "SCMP_ACT_ALLOW"), 0, namespaces, 0, "SCMP_CMP_MASKED_EQ");
    struct value *hidden = rule(p, "clone3", "SCMP_ACT_ERRNO");
    if (hidden)
        VALUE_SET(&p->r, p->a, hidden, "errnoRet", value_make_int(ENOSYS));
}

int seccomp_default(struct arena *a, uint64_t caps, struct value *out)
{
    static const uint64_t personalities[] = {0x0, 0x0008, 0x20000, 0x20008, 0xffffffff}; /* Linux, Linux32, UNAME26 both, query */
    struct rules p = {.a = a, .list = value_make_list()};
    rule(&p, always, "SCMP_ACT_ALLOW");
    for (size_t i = 0; i < ARRAY_LEN(personalities); i++)
        compare(&p, rule(&p, "personality", "SCMP_ACT_ALLOW"), 0, personalities[i], 0, "SCMP_CMP_EQ");
    compare(&p, rule(&p, "socket", "SCMP_ACT_ALLOW"), 0, AF_VSOCK, 0, "SCMP_CMP_NE"); /* not past the network to the hypervisor */
    guarded_rules(&p, caps);
    struct value arches = value_make_list();
    for (size_t i = 0; i < ARRAY_LEN(machines); i++)
        put(&p, &arches, value_make_text(str_of(machines[i].name)));
    *out = value_make_map();
    VALUE_SET(&p.r, a, out, "defaultAction", value_make_text(STR("SCMP_ACT_ERRNO")));
    VALUE_SET(&p.r, a, out, "defaultErrnoRet", value_make_int(EPERM));
    VALUE_SET(&p.r, a, out, "architectures", arches);
    VALUE_SET(&p.r, a, out, "syscalls", p.list);
    return p.r;
}

/* ── compiled ── the JSON above is read back, so that there is one description of the profile */

static uint32_t action_of(const struct value *rule)
{
    if (str_is(value_text_at(rule, "action"), "SCMP_ACT_ALLOW"))
        return SCMP_ACT_ALLOW;
    return SCMP_ACT_ERRNO((uint32_t)value_int_at(rule, "errnoRet", EPERM));
}

static struct scmp_arg_cmp comparison(const struct value *arg)
{
    struct str op = value_text_at(arg, "op");
    uint64_t v = (uint64_t)value_int_at(arg, "value", 0), two = (uint64_t)value_int_at(arg, "valueTwo", 0);
    struct scmp_arg_cmp c = {.arg = (unsigned)value_int_at(arg, "index", 0), .datum_a = v};
    c.op = str_is(op, "SCMP_CMP_NE") ? SCMP_CMP_NE : str_is(op, "SCMP_CMP_MASKED_EQ") ? SCMP_CMP_MASKED_EQ : SCMP_CMP_EQ;
    if (c.op == SCMP_CMP_MASKED_EQ)
        c.datum_b = two;
    return c;
}

static int rule_compile(scmp_filter_ctx filter, const struct value *one)
{
    const struct value *arg = value_item(value_at(one, "args"), 0);
    struct scmp_arg_cmp c = comparison(arg);
    VALUE_EACH_ITEM (name, value_at(one, "names")) {
        char text[64];
        snprintf(text, sizeof(text), "%.*s", STR_FMT(value_text(name)));
        int call = seccomp_syscall_resolve_name(text);
        if (call == __NR_SCMP_ERROR) /* an older library does not know it: it stays forbidden */
            continue;
        int r = seccomp_rule_add_array(filter, action_of(one), call, arg ? 1 : 0, arg ? &c : NULL);
        if (r < 0)
            return r;
    }
    return 0;
}

static int filter_export(scmp_filter_ctx filter, struct buf *base64)
{
    SCOPED_FD fd = memfd_create("filter", MFD_CLOEXEC);
    SCOPED_BUF bytes = BUF_INIT(0);
    char path[64];
    int r = fd < 0 ? -errno : seccomp_export_bpf(filter, fd);
    snprintf(path, sizeof(path), "/proc/self/fd/%d", fd); /* opened anew: from its beginning */
    if (r == 0)
        r = os_file_read(path, RUNTIME_STATE_MAX, &bytes);
    if (r == 0)
        buf_base64(base64, buf_view(&bytes));
    return r < 0 ? r : buf_error(base64);
}

struct compile { /* for the pool */
    uint64_t caps;
    char *base64;
};

static void compile_work(void *data)
{
    struct compile *c = data;
    SCOPED(arena) a = NULL;
    SCOPED_BUF base64 = BUF_INIT(0);
    struct value profile;
    if (arena_new(&a, RUNTIME_STATE_MAX) < 0 || seccomp_default(a, c->caps, &profile) < 0)
        return;
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ERRNO(EPERM));
    int r = filter ? 0 : -ENOMEM;
    for (size_t i = 1; r == 0 && i < ARRAY_LEN(machines); i++) /* the first is our own, which is there */
        r = seccomp_arch_add(filter, machines[i].arch);
    VALUE_EACH_ITEM (one, value_at(&profile, "syscalls"))
        r = r < 0 ? r : rule_compile(filter, one);
    if (r == 0)
        r = filter_export(filter, &base64);
    if (filter)
        seccomp_release(filter);
    if (r == 0)
        c->base64 = mem_text(base64.p, base64.n);
}

static void compile_drop(void *data)
{
    struct compile *c = data;
    mem_free(c->base64);
    mem_free(c);
}

static struct filter *filter_find(struct runtime *rt, uint64_t caps)
{
    for (size_t i = 0; i < ARRAY_LEN(rt->filters); i++)
        if (rt->filters[i].caps == caps && (rt->filters[i].making || rt->filters[i].base64))
            return &rt->filters[i];
    return NULL;
}

static void compile_done(void *owner, void *data)
{
    struct compile *c = data;
    struct filter *f = filter_find(owner, c->caps);
    if (!f)
        return;
    f->making = false;
    f->base64 = TAKE(c->base64);
}

const char *seccomp_compiled(struct runtime *rt, uint64_t caps)
{
    struct filter *f = filter_find(rt, caps);
    if (f)
        return f->base64;
    f = &rt->filters[rt->next_filter];
    struct compile *c = mem_alloc(sizeof(*c));
    if (f->making || !c) {
        mem_free(c);
        return NULL;
    }
    c->caps = caps;
    mem_free(f->base64);
    *f = (struct filter){.caps = caps, .making = true};
    rt->next_filter = (rt->next_filter + 1) % ARRAY_LEN(rt->filters);
    if (job_start(rt, compile_work, compile_done, compile_drop, rt, c) < 0) {
        f->making = false;
        compile_drop(c);
    }
    return NULL;
}

void seccomp_free(struct runtime *rt)
{
    for (size_t i = 0; i < ARRAY_LEN(rt->filters); i++)
        mem_free(rt->filters[i].base64);
}
