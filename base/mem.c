#define BASE_INSIDE
#include "base/base.h"

static _Thread_local unsigned long fail_in;
static _Thread_local bool fail_hit;

void mem_fail_at(unsigned long n)
{
    fail_in = n;
    fail_hit = false;
}

bool mem_fail_hit(void)
{
    return fail_hit;
}

static bool must_fail(void)
{
    if (!fail_in || --fail_in)
        return false;
    fail_hit = true;
    return true;
}

void *mem_alloc(size_t n)
{
    if (must_fail())
        return NULL;
    return calloc(1, n ? n : 1);
}

void *mem_resize(void *p, size_t n)
{
    if (must_fail())
        return NULL;
    return realloc(p, n ? n : 1);
}

void *mem_free(void *p)
{
    free(p);
    return NULL;
}

char *mem_text(const char *p, size_t n)
{
    char *copy = mem_alloc(n + 1);
    if (copy && n)
        memcpy(copy, p, n);
    return copy;
}

void fd_scope_end(int *fd)
{
    if (*fd < 0)
        return;
    int saved = errno;
    close(*fd);
    errno = saved;
    *fd = -1;
}

_Noreturn void check_failed(const char *cond, const char *file, int line)
{
    fprintf(stderr, "%s:%d: invariant broken: %s\n", file, line, cond);
    abort();
}
