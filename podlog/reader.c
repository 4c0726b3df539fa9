#include "podlog/inside.h"

#include <fcntl.h>
#include <sys/stat.h>

/* A reader's turn reads one block, hands out what became of it and asks for the
 * next turn; at the end of the file it waits for inotify (following), or ends.
 * The folder is watched, not the file: one watch sees writes, the rename of a
 * rotation and the new file after it. */

#define BLOCK (32 * 1024)

struct podlog_reader {
    struct loop *loop;
    char *path, *folder;
    struct podlog_events events;
    struct shape shape;
    struct buf out;
    struct loop_file *watch;
    struct loop_task turn;
    int fd;
    int64_t offset;
    bool follow, finishing, paused;
    bool busy, dead;
};

static void on_turn(void *ctx);

static void reader_free(struct podlog_reader *r)
{
    r->dead = true;
    loop_defer_cancel(&r->turn);
    r->watch = loop_file_free(r->watch);
    if (r->busy)
        return;
    if (r->fd >= 0)
        close(r->fd);
    shape_done(&r->shape);
    buf_done(&r->out);
    mem_free(r->path);
    mem_free(r->folder);
    mem_free(r);
}

void podlog_close(struct podlog_reader *r)
{
    if (r)
        reader_free(r);
}

static void end(struct podlog_reader *r, int result, const char *error)
{
    if (!r->dead) {
        r->dead = r->busy = true;
        r->events.on_end(r->events.ctx, result, error);
        r->busy = false;
    }
    reader_free(r);
}

static void again(struct podlog_reader *r)
{
    if (!r->paused && !r->dead)
        loop_defer(r->loop, &r->turn, on_turn, r);
}

/* Hands out one piece; false when the reader was closed meanwhile. */
static bool hand_out(struct podlog_reader *r)
{
    struct str piece = str_head(buf_view(&r->out), PODLOG_PIECE_MAX);
    if (piece.n == 0)
        return true;
    r->busy = true;
    r->events.on_bytes(r->events.ctx, piece);
    r->busy = false;
    buf_drop(&r->out, piece.n);
    return !r->dead;
}

/* After a rotation the name leads to another file. */
static bool rotated(const struct podlog_reader *r)
{
    struct stat mine, named;
    return fstat(r->fd, &mine) == 0 && stat(r->path, &named) == 0 && (mine.st_ino != named.st_ino || mine.st_dev != named.st_dev);
}

static int open_here(struct podlog_reader *r)
{
    r->fd = open(r->path, O_RDONLY | O_CLOEXEC);
    r->offset = 0;
    return r->fd < 0 ? -errno : 0;
}

/* At the end of what there is. */
static void at_end(struct podlog_reader *r)
{
    if (!r->follow) {
        end(r, 0, NULL);
    } else if (r->fd >= 0 && rotated(r)) {
        /* The writer left the old file before it made the new one, so the old one is read to its end. */
        close(r->fd);
        int got = open_here(r);
        if (got == 0 || got == -ENOENT)
            again(r);
        else
            end(r, got, strerror(-got));
    } else if (r->finishing) {
        end(r, 0, NULL);
    }
}

/* 0: something was read; 1: nothing, and the reader waits or has ended. */
static int read_block(struct podlog_reader *r)
{
    char block[BLOCK];
    if (r->fd < 0) {
        int got = open_here(r);
        if (got < 0 && (got != -ENOENT || r->finishing))
            end(r, got == -ENOENT ? 0 : got, strerror(-got));
        if (got < 0)
            return 1; /* not there: it is waited for */
    }
    ssize_t n = pread(r->fd, block, sizeof(block), r->offset);
    if (n <= 0) {
        if (n < 0)
            end(r, -errno, strerror(errno));
        else
            at_end(r);
        return 1;
    }
    r->offset += n;
    shape_feed(&r->shape, str_make(block, (size_t)n), &r->out);
    if (buf_error(&r->out) == 0 && buf_error(&r->shape.held) == 0)
        return 0;
    end(r, -ENOMEM, "no memory to read a log");
    return 1;
}

static void on_turn(void *ctx)
{
    struct podlog_reader *r = ctx;
    if (r->paused || (r->out.n == 0 && !shape_full(&r->shape) && read_block(r)))
        return;
    if (!hand_out(r))
        reader_free(r);
    else if (shape_full(&r->shape) && r->out.n == 0)
        end(r, 0, NULL);
    else
        again(r);
}

static void on_change(void *ctx, const char *name)
{
    (void)name; /* also the old file under its rotated name may still grow */
    again(ctx);
}

void podlog_pause(struct podlog_reader *r, bool paused)
{
    r->paused = paused;
    again(r);
}

void podlog_finish(struct podlog_reader *r)
{
    r->finishing = true;
    again(r);
}

static int start_at(struct podlog_reader *r, const struct podlog_options *o)
{
    struct stat st;
    if (o->tail_lines < 0)
        return 0;
    if (fstat(r->fd, &st) < 0)
        return -errno;
    return tail_offset(r->fd, st.st_size, o->tail_lines, &r->offset);
}

static int texts(struct podlog_reader *r, const char *path)
{
    const char *slash = strrchr(path, '/');
    r->path = mem_text(path, strlen(path));
    r->folder = !slash ? mem_text(".", 1) : mem_text(path, MAX((size_t)(slash - path), (size_t)1));
    return r->path && r->folder ? 0 : -ENOMEM;
}

int podlog_open(struct podlog_reader **out, struct loop *l, const char *path, const struct podlog_options *o, const struct podlog_events *e,
                struct err *err)
{
    struct podlog_reader *r = mem_alloc(sizeof(*r));
    if (!r)
        return err_raise(err, -ENOMEM, "no memory to read a log");
    r->loop = l;
    r->events = *e;
    r->follow = o->follow;
    r->fd = -1;
    shape_init(&r->shape, o);
    int got = texts(r, path);
    if (got == 0 && o->follow) /* before the first look, so that nothing falls between */
        got = loop_file_new(&r->watch, l, r->folder, on_change, r);
    if (got == 0) {
        got = open_here(r);
        if (got == 0)
            got = start_at(r, o);
        else if (got == -ENOENT && o->follow)
            got = 0;
    }
    if (got < 0) {
        reader_free(r);
        return err_raise(err, got, "log %s: %s", path, strerror(-got));
    }
    again(r);
    *out = r;
    return 0;
}
