#include "podlog/inside.h"

#include <fcntl.h>
#include <sys/stat.h>

#define BLOCK     (64 * 1024)
#define LOOK_BACK (1024 * 1024) /* for a termination message: what lies before is not looked at */

/* Counts newlines from the end, block by block. A last record that is not yet ended counts as one. */
int tail_offset(int fd, int64_t size, int64_t lines, int64_t *offset)
{
    char *block = mem_alloc(BLOCK);
    int64_t at = size, newlines = 0;
    int r = block ? 0 : -ENOMEM;
    *offset = lines > 0 ? 0 : size;
    bool found = lines <= 0;
    while (r == 0 && !found && at > 0) {
        size_t n = (size_t)MIN(at, (int64_t)BLOCK);
        ssize_t got = pread(fd, block, n, at - (int64_t)n);
        if (got != (ssize_t)n) {
            r = got < 0 ? -errno : -EIO;
            break;
        }
        for (size_t i = n; i > 0 && !found; i--) {
            int64_t here = at - (int64_t)n + (int64_t)i; /* just behind byte i − 1 */
            if (block[i - 1] != '\n' || here == size)
                continue;
            found = ++newlines == lines;
            if (found)
                *offset = here;
        }
        at -= (int64_t)n;
    }
    mem_free(block);
    return r;
}

/* Cuts `text` down to its last `lines` lines and `bytes` bytes. */
static struct str cut(struct str text, size_t lines, size_t bytes)
{
    if (text.n > bytes)
        text = str_from(text, text.n - bytes);
    size_t seen = 0;
    for (size_t i = text.n; i > 0; i--)
        if (text.p[i - 1] == '\n' && i != text.n && ++seen == lines)
            return str_from(text, i);
    return text;
}

int podlog_tail(const char *path, size_t lines, size_t bytes, struct buf *out)
{
    struct podlog_options o = {.tail_lines = -1, .limit_bytes = -1};
    SCOPED_FD fd = open(path, O_RDONLY | O_CLOEXEC);
    struct stat st;
    int64_t at = 0;
    if (fd < 0 || fstat(fd, &st) < 0)
        return -errno;
    int r = tail_offset(fd, st.st_size, (int64_t)lines, &at);
    if (r < 0)
        return r;
    at = MAX(at, st.st_size - LOOK_BACK); /* may fall into a record: it is passed over */
    struct shape s;
    SCOPED_BUF text = BUF_INIT(0);
    char *block = mem_alloc(BLOCK);
    shape_init(&s, &o);
    r = block ? 0 : -ENOMEM;
    for (ssize_t n = 1; r == 0 && n > 0; at += n) {
        n = pread(fd, block, BLOCK, at);
        if (n > 0)
            shape_feed(&s, str_make(block, (size_t)n), &text);
        r = n < 0 ? -errno : buf_error(&text);
        if (n <= 0)
            break;
    }
    mem_free(block);
    shape_done(&s);
    if (r == 0)
        buf_str(out, cut(buf_view(&text), lines, bytes));
    return r < 0 ? r : buf_error(out);
}
