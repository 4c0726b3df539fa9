/* log: one line an event, to standard error, as text or JSON.
 *
 * Only doors log (cmd, api's requests, the agent's loops); rooms return errors.
 * Any thread. A line is `time level room: message key=value …`; values are
 * quoted when they need it, and never contain secrets by the caller's care. */
#ifndef CORACLE_LOG_H
#define CORACLE_LOG_H

#include "base/base.h"

enum log_level { LOG_ERROR, LOG_WARN, LOG_INFO, LOG_DEBUG };

void log_open(enum log_level least, bool json);
int log_level_parse(struct str s, enum log_level *out) MUST_USE;
bool log_enabled(enum log_level level);
void log_line(enum log_level level, const char *room, const char *fmt, ...) PRINTF(3, 4);
#define log_error(room, ...) log_line(LOG_ERROR, room, __VA_ARGS__)
#define log_warn(room, ...)  log_line(LOG_WARN, room, __VA_ARGS__)
#define log_info(room, ...)  log_line(LOG_INFO, room, __VA_ARGS__)
#define log_debug(room, ...) (log_enabled(LOG_DEBUG) ? log_line(LOG_DEBUG, room, __VA_ARGS__) : (void)0)

#endif
