#include "log/log.h"

#include <stdatomic.h>

static _Atomic int least_level = LOG_INFO;
static _Atomic bool as_json;

static const char *const level_names[] = {"error", "warn", "info", "debug"};

void log_open(enum log_level least, bool json)
{
    least_level = (int)least;
    as_json = json;
}

int log_level_parse(struct str s, enum log_level *out)
{
    for (size_t i = 0; i < ARRAY_LEN(level_names); i++)
        if (str_is(s, level_names[i])) {
            *out = (enum log_level)i;
            return 0;
        }
    return -EINVAL;
}

bool log_enabled(enum log_level level)
{
    return (int)level <= least_level;
}

/* One write(2) a line, so that lines of several threads do not mix. Control
 * characters are escaped: a client must not be able to forge a line. */
static size_t escape(char *to, size_t room, const char *text, bool json)
{
    size_t n = 0;
    for (const unsigned char *c = (const unsigned char *)text; *c && n + 7 < room; c++) {
        if (*c < 0x20 || *c == 0x7f) {
            n += (size_t)snprintf(to + n, room - n, "\\u%04x", *c);
        } else {
            if (json && (*c == '"' || *c == '\\'))
                to[n++] = '\\';
            to[n++] = (char)*c;
        }
    }
    to[n] = 0;
    return n;
}

void log_line(enum log_level level, const char *room, const char *fmt, ...)
{
    if (!log_enabled(level))
        return;
    char message[2048], clean[4096], line[4400], when[48];
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(message, sizeof(message), fmt, ap);
    va_end(ap);
    bool json = as_json;
    escape(clean, sizeof(clean), message, json);
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    time_fmt_rfc3339_micro(when, now.tv_sec, (int32_t)now.tv_nsec);
    int n = json ? snprintf(line, sizeof(line), "{\"time\":\"%s\",\"level\":\"%s\",\"room\":\"%s\",\"message\":\"%s\"}\n", when, level_names[level],
                            room, clean)
                 : snprintf(line, sizeof(line), "%s %-5s %s: %s\n", when, level_names[level], room, clean);
    if (n > 0 && write(STDERR_FILENO, line, MIN((size_t)n, sizeof(line) - 1)) < 0)
        return; /* nobody left to tell */
}
