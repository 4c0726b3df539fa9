/* JSON with ' for ", so that objects stay readable in tests: a format, and the value it says. */
#ifndef CORACLE_TESTS_QUOTED_H
#define CORACLE_TESTS_QUOTED_H

#include "value/value.h"
#include "tests/unit.h"

static inline void quoted_text(char *text)
{
    for (char *c = text; *c; c++)
        *c = *c == '\'' ? '"' : *c;
}

/* The value lives in the arena. A text that is no JSON fails the test. */
static inline struct value *quoted_list(struct arena *a, const char *fmt, va_list ap) PRINTF(2, 0);
static inline struct value *quoted_list(struct arena *a, const char *fmt, va_list ap)
{
    SCOPED_BUF b = BUF_INIT(1 << 20);
    struct err err = {""};
    struct value *v = arena_alloc(a, sizeof(*v));
    buf_vfmt(&b, fmt, ap);
    char *text = buf_error(&b) < 0 ? NULL : arena_text(a, buf_view(&b).p, buf_view(&b).n);
    if (!v || !text)
        fail_msg("no memory for %s", fmt);
    quoted_text(text);
    if (value_parse(a, str_of(text), NULL, NULL, v, &err) < 0)
        fail_msg("%s: %s", err.text, text);
    return v;
}

static inline struct value *quoted(struct arena *a, const char *fmt, ...) PRINTF(2, 3);
static inline struct value *quoted(struct arena *a, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    struct value *v = quoted_list(a, fmt, ap);
    va_end(ap);
    return v;
}

#endif
