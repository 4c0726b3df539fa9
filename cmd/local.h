/* Asking a running server or agent over its local socket. */
#ifndef CORACLE_CMD_LOCAL_H
#define CORACLE_CMD_LOCAL_H

#include "cmd/inside.h"

/* The HTTP code of the answer, 0 when there is none; prints the body, or the error to standard error. */
int local_ask(struct settings *c, const char *which, const char *path, bool quiet);
const char *local_path(struct settings *c, const char *path, const char *name, const char *value, const char *name2, const char *value2);

#endif
