#include "json/json.h"
#include "field/field.h"

static const struct {
    const char *reason, *text;
    bool bare; /* never shows the bad value */
} types[] = {
    [FAULT_REQUIRED] = {"FieldValueRequired", "Required value", true},
    [FAULT_INVALID] = {"FieldValueInvalid", "Invalid value", false},
    [FAULT_NOT_SUPPORTED] = {"FieldValueNotSupported", "Unsupported value", false},
    [FAULT_DUPLICATE] = {"FieldValueDuplicate", "Duplicate value", false},
    [FAULT_FORBIDDEN] = {"FieldValueForbidden", "Forbidden", true},
    [FAULT_TOO_LONG] = {"FieldValueTooLong", "Too long", true},
    [FAULT_TOO_MANY] = {"FieldValueTooMany", "Too many", false},
    [FAULT_NOT_FOUND] = {"FieldValueNotFound", "Not found", false},
    [FAULT_TYPE] = {"FieldValueTypeInvalid", "Invalid value", false},
    [FAULT_INTERNAL] = {"InternalError", "Internal error", true},
};

#define SHOWN_MAX (16u * 1024) /* bytes of a bad value or detail shown: one fault must not fill an arena */

void faults_init(struct faults *f, struct arena *a)
{
    f->arena = a;
    f->n = 0;
}

const char *fault_reason(enum fault_type type)
{
    return (unsigned)type < ARRAY_LEN(types) ? types[type].reason : "InternalError";
}

/* The length of the UTF-8 sequence at p, 0 when it is none. */
static size_t rune_at(const char *p, size_t n)
{
    unsigned char c = (unsigned char)p[0];
    size_t len = c < 0x80 ? 1 : c >= 0xf0 ? 4 : c >= 0xe0 ? 3 : c >= 0xc2 ? 2 : 0;
    return len && len <= n && str_utf8_valid(str_make(p, len)) ? len : 0;
}

void fault_quote(struct str s, struct buf *out)
{
    static const char named[] = "abtnvfr"; /* \a is 7 … \r is 13 */
    buf_char(out, '"');
    for (size_t i = 0; i < s.n;) {
        unsigned char c = (unsigned char)s.p[i];
        size_t len = rune_at(s.p + i, s.n - i);
        if (c == '"' || c == '\\')
            buf_fmt(out, "\\%c", c);
        else if (c >= 7 && c <= 13)
            buf_fmt(out, "\\%c", named[c - 7]);
        else if (len == 0 || c < ' ' || c == 0x7f)
            buf_fmt(out, "\\x%02x", c);
        else
            buf_add(out, s.p + i, len);
        i += MAX(len, 1);
    }
    buf_char(out, '"');
}

static void bad_print(const struct value *bad, struct buf *out)
{
    if (bad->type == VALUE_TEXT)
        fault_quote(str_head(bad->text, SHOWN_MAX), out);
    else
        json_print(out, bad);
}

PRINTF(4, 0)
static struct str message_make(struct faults *f, enum fault_type type, const struct value *bad, const char *fmt, va_list ap)
{
    struct str none = STR("(no memory for the message)"), text;
    SCOPED_BUF b = BUF_INIT(4 * SHOWN_MAX);
    buf_text(&b, types[type].text);
    if (bad && !types[type].bare) {
        buf_text(&b, ": ");
        bad_print(bad, &b);
    }
    size_t before = b.n;
    buf_text(&b, ": ");
    size_t start = b.n;
    buf_vfmt(&b, fmt, ap);
    if (b.n == start)
        b.n = before; /* no detail: no colon either */
    if (buf_error(&b) < 0 || arena_str(f->arena, buf_view(&b), &text) < 0)
        return none;
    return text;
}

void fault_add(struct faults *f, enum fault_type type, const char *path, const struct value *bad, const char *fmt, ...)
{
    size_t at = f->n++;
    if (at >= FAULTS_MAX)
        return;
    struct fault *fault = &f->items[at];
    fault->type = type;
    if (arena_str(f->arena, str_of(path), &fault->field) < 0)
        fault->field = STR("(no memory for the path)");
    va_list ap;
    va_start(ap, fmt);
    fault->message = message_make(f, type, bad, fmt, ap);
    va_end(ap);
}
