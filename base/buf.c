#define BASE_INSIDE
#include "base/base.h"

void buf_done(struct buf *b)
{
    mem_free(b->p);
    *b = BUF_INIT(b->max);
}

void buf_scope_end(struct buf *b)
{
    buf_done(b);
}

void buf_clear(struct buf *b)
{
    b->n = 0;
    b->error = 0;
}

static __attribute__((noinline)) void *grow(struct buf *b, size_t n)
{
    if (b->error)
        return NULL;
    size_t want;
    if (__builtin_add_overflow(b->n, n, &want) || (b->max && want > b->max)) {
        b->error = -E2BIG;
        return NULL;
    }
    if (want > b->cap) {
        size_t cap = MAX(want, MAX(b->cap * 2, (size_t)64));
        if (b->max && cap > b->max)
            cap = MAX(b->max, want);
        void *p = mem_resize(b->p, cap);
        if (!p) {
            b->error = -ENOMEM;
            return NULL;
        }
        b->p = p;
        b->cap = cap;
    }
    return b->p + b->n;
}

/* Short, so that it is made part of all that writes a text piece by piece: there nearly always is room. */
void *buf_room(struct buf *b, size_t n)
{
    return b->p && n <= b->cap - b->n && !b->error ? b->p + b->n : grow(b, n);
}

void buf_grew(struct buf *b, size_t n)
{
    CHECK(n <= b->cap - b->n);
    b->n += n;
}

void buf_add(struct buf *b, const void *p, size_t n)
{
    void *to = n ? buf_room(b, n) : NULL;
    if (!to)
        return;
    memcpy(to, p, n);
    b->n += n;
}

void buf_str(struct buf *b, struct str s)
{
    buf_add(b, s.p, s.n);
}

void buf_text(struct buf *b, const char *text)
{
    buf_add(b, text, strlen(text));
}

void buf_char(struct buf *b, char c)
{
    char *to = buf_room(b, 1);
    if (!to)
        return;
    *to = c;
    b->n++;
}

void buf_vfmt(struct buf *b, const char *fmt, va_list ap)
{
    va_list again;
    va_copy(again, ap);
    char *to = buf_room(b, 64);
    int n = to ? vsnprintf(to, 64, fmt, ap) : -1;
    if (n >= 64) {
        to = buf_room(b, (size_t)n + 1);
        if (to)
            vsnprintf(to, (size_t)n + 1, fmt, again);
    }
    va_end(again);
    if (to && n > 0)
        b->n += (size_t)n;
}

void buf_fmt(struct buf *b, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    buf_vfmt(b, fmt, ap);
    va_end(ap);
}

void buf_int(struct buf *b, int64_t v)
{
    char text[24];
    size_t at = sizeof(text);
    uint64_t u = v < 0 ? 0 - (uint64_t)v : (uint64_t)v;
    do
        text[--at] = (char)('0' + u % 10);
    while (u /= 10);
    if (v < 0)
        text[--at] = '-';
    buf_add(b, text + at, sizeof(text) - at);
}

void buf_drop(struct buf *b, size_t n)
{
    CHECK(n <= b->n);
    b->n -= n;
    if (b->n)
        memmove(b->p, b->p + n, b->n);
}

int buf_error(const struct buf *b)
{
    return b->error;
}

struct str buf_view(const struct buf *b)
{
    return str_make(b->p, b->n);
}

const char *buf_cstr(struct buf *b)
{
    char *end = buf_room(b, 1);
    if (!end)
        return "";
    *end = 0;
    return b->p;
}

int buf_take(struct buf *b, char **p, size_t *n)
{
    buf_cstr(b);
    if (b->error)
        return b->error;
    *p = b->p;
    *n = b->n;
    *b = BUF_INIT(b->max);
    return 0;
}

/* ── base64, hex ── */

static const char alphabet[2][65] = {
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/",
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_",
};

static void encode64(struct buf *b, struct str bytes, const char *abc, bool pad)
{
    const unsigned char *p = (const unsigned char *)bytes.p;
    size_t i = 0;
    char *to = buf_room(b, (bytes.n + 2) / 3 * 4);
    if (!to || bytes.n == 0)
        return;
    char *o = to;
    for (; bytes.n - i >= 3; i += 3) {
        unsigned v = (unsigned)p[i] << 16 | (unsigned)p[i + 1] << 8 | p[i + 2];
        *o++ = abc[v >> 18];
        *o++ = abc[v >> 12 & 63];
        *o++ = abc[v >> 6 & 63];
        *o++ = abc[v & 63];
    }
    size_t left = bytes.n - i;
    if (left) {
        unsigned v = (unsigned)p[i] << 16 | (left > 1 ? (unsigned)p[i + 1] << 8 : 0);
        *o++ = abc[v >> 18];
        *o++ = abc[v >> 12 & 63];
        if (left > 1)
            *o++ = abc[v >> 6 & 63];
        for (size_t k = left; pad && k < 3; k++)
            *o++ = '=';
    }
    buf_grew(b, (size_t)(o - to));
}

void buf_base64(struct buf *b, struct str bytes)
{
    encode64(b, bytes, alphabet[0], true);
}

void buf_base64url(struct buf *b, struct str bytes)
{
    encode64(b, bytes, alphabet[1], false);
}

static int digit64(char c, bool url)
{
    if (c >= 'A' && c <= 'Z')
        return c - 'A';
    if (c >= 'a' && c <= 'z')
        return c - 'a' + 26;
    if (c >= '0' && c <= '9')
        return c - '0' + 52;
    if (c == (url ? '-' : '+'))
        return 62;
    return c == (url ? '_' : '/') ? 63 : -1;
}

static int decode64(struct buf *b, struct str text, bool url)
{
    size_t n = text.n;
    while (n && text.n - n < 2 && text.p[n - 1] == '=')
        n--;
    if ((!url && text.n % 4) || (url && n != text.n && text.n % 4) || n % 4 == 1)
        return -EINVAL;
    char *to = buf_room(b, n / 4 * 3 + 3), *o = to;
    if (!to)
        return b->error;
    unsigned v = 0;
    for (size_t i = 0; i < n; i++) {
        int d = digit64(text.p[i], url);
        if (d < 0)
            return -EINVAL;
        v = v << 6 | (unsigned)d;
        if (i % 4 == 3) {
            *o++ = (char)(v >> 16);
            *o++ = (char)(v >> 8);
            *o++ = (char)v;
            v = 0;
        }
    }
    if (n % 4 == 2)
        *o++ = (char)(v >> 4);
    if (n % 4 == 3) {
        *o++ = (char)(v >> 10);
        *o++ = (char)(v >> 2);
    }
    buf_grew(b, (size_t)(o - to));
    return 0;
}

int buf_unbase64(struct buf *b, struct str text)
{
    return decode64(b, text, false);
}

int buf_unbase64url(struct buf *b, struct str text)
{
    return decode64(b, text, true);
}

void buf_hex(struct buf *b, struct str bytes)
{
    for (size_t i = 0; i < bytes.n; i++) {
        buf_char(b, "0123456789abcdef"[(unsigned char)bytes.p[i] >> 4]);
        buf_char(b, "0123456789abcdef"[(unsigned char)bytes.p[i] & 15]);
    }
}
