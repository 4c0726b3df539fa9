/* reread: a file of settings that is taken anew whenever its text changes.
 *
 * The folder is watched (inotify), so that a file replaced by rename or through
 * a link — as editors, configuration management and mounted ConfigMaps do it —
 * is noticed; once a minute it is looked at all the same. `load` is called with
 * the text, at first from reread_new(), later from the loop, and only when it
 * differs from the last one it was given. What it refuses is told in the log,
 * and what was in force stays. Loop thread only. */
#ifndef CORACLE_REREAD_H
#define CORACLE_REREAD_H

#include "base/base.h"
#include "loop/loop.h"

struct reread;
#define REREAD_MAX ((size_t)4 << 20) /* no file is larger */
struct reread_options {
    struct loop *loop;
    const char *what; /* for errors and metrics: the flag's name */
    const char *path; /* copied */
    int (*load)(void *ctx, struct str text, struct err *err);
    void *ctx;
};
/* < 0: the file cannot be read, or `load` refused it. */
int reread_new(struct reread **out, const struct reread_options *o, struct err *err) MUST_USE;
struct reread *reread_free(struct reread *x); /* NULL is fine; returns NULL */

#endif
