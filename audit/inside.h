/* What the files of this room share; nobody else looks in here. */
#ifndef CORACLE_AUDIT_INSIDE_H
#define CORACLE_AUDIT_INSIDE_H

#include "audit/audit.h"

/* file.c */
struct file;
int file_open(struct file **out, const struct audit_options *o, struct err *err) MUST_USE;
struct file *file_close(struct file *f);
bool file_put(struct file *f, struct str line); /* false: no room */
int64_t file_failed(const struct file *f);      /* lines the disk did not take */

/* hook.c */
struct hook;
int hook_open(struct hook **out, const struct audit_options *o, struct err *err) MUST_USE;
struct hook *hook_close(struct hook *h);
bool hook_put(struct hook *h, struct str line);
void hook_counts(const struct hook *h, struct audit_counts *out);

#endif
