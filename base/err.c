#define BASE_INSIDE
#include "base/base.h"

int err_raise(struct err *err, int r, const char *fmt, ...)
{
    if (!err)
        return r;
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(err->text, sizeof(err->text), fmt, ap);
    va_end(ap);
    return r;
}

int err_wrap(struct err *err, int r, const char *fmt, ...)
{
    if (!err)
        return r;
    char inner[ERR_TEXT_MAX];
    memcpy(inner, err->text, sizeof(inner));
    va_list ap;
    va_start(ap, fmt);
    int n = vsnprintf(err->text, sizeof(err->text), fmt, ap);
    va_end(ap);
    size_t at = n < 0 ? 0 : MIN((size_t)n, sizeof(err->text) - 1);
    size_t room = sizeof(err->text) - at;
    if (inner[0] && room > 3) {
        memcpy(err->text + at, ": ", 3);
        size_t len = MIN(strnlen(inner, sizeof(inner)), room - 3);
        memcpy(err->text + at + 2, inner, len);
        err->text[at + 2 + len] = 0;
    }
    return r;
}

int err_fold(int outcome)
{
    return outcome > 0 ? -ENOTRECOVERABLE : outcome;
}
