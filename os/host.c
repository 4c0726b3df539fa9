#include "os/os.h"

#include <ctype.h>
#include <link.h>
#include <malloc.h>
#include <pthread.h>
#include <sched.h>
#include <sys/mman.h>
#include <sys/random.h>
#include <sys/resource.h>
#include <sys/statvfs.h>
#include <sys/syscall.h>

int os_random(void *p, size_t n)
{
    char *at = p;
    while (n) {
        ssize_t got = getrandom(at, n, 0);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return -errno;
        at += got;
        n -= (size_t)got;
    }
    return 0;
}

/* Each request and each object takes one: the kernel is asked for many at once. What was handed out is wiped, and a
 * forked child forgets what it has from its parent. */
static _Thread_local struct {
    unsigned char bytes[64 * 16];
    size_t left;
} pool;
static bool pool_usable;

static void pool_forget(void)
{
    pool.left = 0;
}

static void pool_start(void)
{
    pool_usable = pthread_atfork(NULL, NULL, pool_forget) == 0;
}

static void uuid_bytes(unsigned char out[16])
{
    static pthread_once_t started = PTHREAD_ONCE_INIT;
    pthread_once(&started, pool_start);
    if (!pool.left) {
        size_t n = pool_usable ? sizeof(pool.bytes) : 16;
        CHECK(os_random(pool.bytes, n) == 0);
        pool.left = n;
    }
    pool.left -= 16;
    memcpy(out, pool.bytes + pool.left, 16);
    explicit_bzero(pool.bytes + pool.left, 16);
}

void os_uuid(char out[37])
{
    unsigned char b[16];
    uuid_bytes(b);
    b[6] = (unsigned char)((b[6] & 0x0f) | 0x40);
    b[8] = (unsigned char)((b[8] & 0x3f) | 0x80);
    static const char hex[] = "0123456789abcdef";
    char *o = out;
    for (size_t i = 0; i < sizeof(b); i++) {
        if (i == 4 || i == 6 || i == 8 || i == 10)
            *o++ = '-';
        *o++ = hex[b[i] >> 4];
        *o++ = hex[b[i] & 15];
    }
    *o = 0;
}

void os_random_suffix(char *out, size_t n)
{
    static const char abc[] = "bcdfghjklmnpqrstvwxz2456789";
    unsigned char some[16];
    size_t left = 0;
    for (size_t i = 0; i < n;) {
        if (!left) {
            uuid_bytes(some);
            left = sizeof(some);
        }
        unsigned char c = some[--left];
        if (c < 243) /* 9 × 27: every letter equally likely */
            out[i++] = abc[c % 27];
    }
    explicit_bzero(some, sizeof(some));
    out[n] = 0;
}

int os_hostname(char out[256])
{
    if (gethostname(out, 256) < 0)
        return -errno;
    out[255] = 0;
    for (char *c = out; *c; c++)
        *c = (char)tolower((unsigned char)*c);
    return 0;
}

int os_boot_id(char out[37])
{
    SCOPED_BUF b = BUF_INIT(0);
    int r = os_file_read("/proc/sys/kernel/random/boot_id", 64, &b);
    if (r < 0)
        return r;
    struct str id = str_trim(buf_view(&b));
    if (id.n != 36)
        return -EBADMSG;
    memcpy(out, id.p, 36);
    out[36] = 0;
    return 0;
}

int64_t os_memory_total(void)
{
    return (int64_t)sysconf(_SC_PHYS_PAGES) * sysconf(_SC_PAGESIZE);
}

/* The number behind a word of a /proc file, or -1. */
static int64_t number_after(struct str text, const char *word)
{
    ssize_t at = str_find(text, str_of(word));
    uint64_t n = 0;
    if (at < 0)
        return -1;
    struct str rest = str_trim(str_from(text, (size_t)at + strlen(word)));
    size_t digits = 0;
    while (digits < rest.n && rest.p[digits] >= '0' && rest.p[digits] <= '9')
        digits++;
    return str_to_uint(str_head(rest, digits), &n) < 0 ? -1 : (int64_t)n;
}

int64_t os_memory_available(void)
{
    SCOPED_BUF b = BUF_INIT(0);
    if (os_file_read("/proc/meminfo", 65536, &b) < 0)
        return -1;
    int64_t unused = number_after(buf_view(&b), "MemFree:"), idle = number_after(buf_view(&b), "Inactive(file):");
    return unused < 0 ? -1 : (unused + MAX(idle, (int64_t)0)) * 1024;
}

int os_disk(const char *path, struct os_disk *out)
{
    struct statvfs fs;
    if (statvfs(path, &fs) < 0)
        return -errno;
    *out = (struct os_disk){.bytes = (int64_t)fs.f_blocks * (int64_t)fs.f_frsize,
                            .free = (int64_t)fs.f_bavail * (int64_t)fs.f_frsize,
                            .inodes = (int64_t)fs.f_files,
                            .inodes_free = (int64_t)fs.f_favail};
    return 0;
}

static int64_t number_in(const char *path)
{
    SCOPED_BUF b = BUF_INIT(0);
    return os_file_read(path, 4096, &b) < 0 ? -1 : number_after(buf_view(&b), "");
}

int os_tasks(int64_t *now, int64_t *most)
{
    SCOPED_BUF b = BUF_INIT(0);
    int64_t pids = number_in("/proc/sys/kernel/pid_max"), threads = number_in("/proc/sys/kernel/threads-max");
    int r = os_file_read("/proc/loadavg", 4096, &b);
    *now = r < 0 ? -1 : number_after(buf_view(&b), "/"); /* 0.00 0.01 0.05 1/123 456 */
    *most = threads < 0 ? pids : pids < 0 ? threads : MIN(pids, threads);
    return *now < 0 || *most < 0 ? -EIO : 0;
}

int os_processors(void)
{
    cpu_set_t set;
    if (sched_getaffinity(0, sizeof(set), &set) < 0)
        return (int)sysconf(_SC_NPROCESSORS_ONLN);
    return CPU_COUNT(&set);
}

int64_t os_rss_self(void)
{
    SCOPED_BUF b = BUF_INIT(0);
    if (os_file_read("/proc/self/statm", 256, &b) < 0)
        return 0;
    struct str rest = buf_view(&b), piece;
    int64_t pages = 0;
    if (!str_next(&rest, ' ', &piece) || !str_next(&rest, ' ', &piece) || str_to_int(piece, &pages) < 0)
        return 0;
    return pages * sysconf(_SC_PAGESIZE);
}

/* Only segments that were never writable: others hold relocations, which no file has. */
static int text_forget(struct dl_phdr_info *object, size_t size, void *ctx)
{
    uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);
    (void)size;
    (void)ctx;
    for (int i = 0; i < object->dlpi_phnum; i++) {
        const ElfW(Phdr) *p = &object->dlpi_phdr[i];
        uintptr_t from = (object->dlpi_addr + p->p_vaddr) & ~(page - 1);
        uintptr_t to = (object->dlpi_addr + p->p_vaddr + p->p_filesz + page - 1) & ~(page - 1);
        if (p->p_type == PT_LOAD && !(p->p_flags & PF_W) && to > from) {
            int r = madvise((void *)from, to - from, MADV_DONTNEED); /* refused for locked memory, which is meant to stay */
            (void)r;
        }
    }
    return 0;
}

void os_memory_trim(void)
{
    malloc_trim(0);
}

void os_memory_settle(void)
{
    os_memory_trim();
    dl_iterate_phdr(text_forget, NULL);
}

/* glibc has no wrapper, and the kernel's header clashes with its own: the structure as sched_setattr(2) tells it. */
struct policy {
    uint32_t size, policy;
    uint64_t flags;
    int32_t nice;
    uint32_t priority;
    uint64_t runtime, deadline, period;
};
#define RESET_ON_FORK 1

int os_deadline_set(pid_t pid, uint64_t runtime, uint64_t deadline, uint64_t period)
{
    struct policy attr = {.size = sizeof(attr), .policy = 6 /* SCHED_DEADLINE */, .flags = RESET_ON_FORK};
    attr.runtime = runtime;
    attr.deadline = deadline;
    attr.period = period;
    return syscall(SYS_sched_setattr, pid, &attr, 0) < 0 ? -errno : 0;
}

static void make_ordinary(uint64_t slice)
{
    errno = 0;
    int nice = getpriority(PRIO_PROCESS, 0); /* of this thread, as Linux has it */
    struct policy attr = {.size = sizeof(attr), .policy = SCHED_OTHER, .flags = RESET_ON_FORK, .nice = nice, .runtime = slice};
    if (errno == 0)
        (void)!syscall(SYS_sched_setattr, 0, &attr, 0);
}

void os_thread_hasten(uint64_t slice)
{
    if ((sched_getscheduler(0) & ~SCHED_RESET_ON_FORK) == SCHED_OTHER)
        make_ordinary(slice);
}

static _Atomic bool urged; /* a thread here is real-time by our own will, and not by that of who started us */

int os_processor(void)
{
    return sched_getcpu();
}

void os_thread_avoid(pthread_t thread, int processor)
{
    cpu_set_t set;
    if (sched_getaffinity(0, sizeof(set), &set) < 0)
        return;
    if (processor >= 0 && processor < CPU_SETSIZE && CPU_ISSET((size_t)processor, &set) && CPU_COUNT(&set) > 1)
        CPU_CLR((size_t)processor, &set);
    (void)pthread_setaffinity_np(thread, sizeof(set), &set);
}

int os_thread_urge(void)
{
    struct policy attr = {.size = sizeof(attr), .policy = SCHED_FIFO, .priority = 1};
    int policy = sched_getscheduler(0) & ~SCHED_RESET_ON_FORK;
    if (policy != SCHED_OTHER)
        return policy == SCHED_FIFO || policy == SCHED_RR ? 0 : -EPERM;
    if (syscall(SYS_sched_setattr, 0, &attr, 0) < 0)
        return -errno;
    urged = true;
    return 0;
}

void os_thread_calm(void)
{
    struct sched_param p;
    if (urged && (sched_getscheduler(0) & ~SCHED_RESET_ON_FORK) == SCHED_FIFO && sched_getparam(0, &p) == 0 && p.sched_priority == 1)
        make_ordinary(0);
}
