/* The extension library of texts. Positions are code points. */
#include "cellib/inside.h"

struct cel_value kept(struct cel_call *call, struct buf *b)
{
    struct str s;
    if (buf_error(b) < 0 || arena_str(call->arena, buf_view(b), &s) < 0)
        return cel_no_memory;
    return cel_of_text(s);
}

static size_t code_bytes(struct str s, size_t i)
{
    unsigned char c = (unsigned char)s.p[i];
    size_t n = c < 0x80 ? 1 : c < 0xe0 ? 2 : c < 0xf0 ? 3 : 4;
    return MIN(n, s.n - i);
}

size_t code_offset(struct str s, int64_t n)
{
    size_t i = 0;
    for (; n > 0 && i < s.n; n--)
        i += code_bytes(s, i);
    return i;
}

static int64_t codes(struct str s)
{
    struct cel_value v = cel_of_text(s);
    return (int64_t)cel_size(&v);
}

static struct cel_value char_at(struct cel_call *call, const struct cel_value *args)
{
    struct str s = args[0].text;
    int64_t n = codes(s), i = args[1].integer;
    if (i < 0 || i > n)
        return cel_error(call, "index out of range: %lld", (long long)i);
    size_t at = code_offset(s, i);
    return cel_of_text(i == n ? STR("") : str_make(s.p + at, code_bytes(s, at)));
}

static struct cel_value index_of(struct cel_call *call, const struct cel_value *args)
{
    struct str s = args[0].text, what = args[1].text;
    bool from = call->n > 2;
    int64_t start = from ? args[2].integer : 0;
    if (!what.n)
        return cel_of_int(start);
    if (start < 0 || start > codes(s))
        return cel_error(call, "index out of range: %lld", (long long)start);
    size_t at = code_offset(s, start);
    ssize_t found = str_find(str_from(s, at), what);
    return cel_of_int(found < 0 ? -1 : codes(str_head(s, at + (size_t)found)));
}

static struct cel_value last_index_of(struct cel_call *call, const struct cel_value *args)
{
    struct str s = args[0].text, what = args[1].text;
    int64_t n = codes(s), last = call->n > 2 ? args[2].integer : n;
    if (!what.n)
        return cel_of_int(last);
    if (last < 0 || last > n)
        return cel_error(call, "index out of range: %lld", (long long)last);
    for (size_t at = code_offset(s, last) + 1; at; at--)
        if (str_starts(str_from(s, at - 1), what))
            return cel_of_int(codes(str_head(s, at - 1)));
    return cel_of_int(-1);
}

static struct cel_value join(struct cel_call *call, const struct cel_value *args)
{
    SCOPED_BUF b = BUF_INIT(0);
    struct str gap = call->n > 1 ? args[1].text : STR("");
    for (size_t i = 0, n = cel_size(&args[0]); i < n; i++) {
        struct cel_value item = cel_list_at(call->arena, &args[0], i);
        if (item.kind != CEL_STRING)
            return cel_error(call, "no such overload");
        if (i)
            buf_str(&b, gap);
        buf_str(&b, item.text);
        if (b.n > 64u << 20)
            return cel_no_memory;
    }
    return kept(call, &b);
}

static struct cel_value change_case(struct cel_call *call, const struct cel_value *args)
{
    bool lower = call->function->name[0] == 'l';
    char *p = arena_text(call->arena, args[0].text.p, args[0].text.n);
    if (!p)
        return cel_no_memory;
    for (size_t i = 0; i < args[0].text.n; i++) {
        if (lower && p[i] >= 'A' && p[i] <= 'Z')
            p[i] = (char)(p[i] | 32);
        else if (!lower && p[i] >= 'a' && p[i] <= 'z')
            p[i] = (char)(p[i] & ~32);
    }
    return cel_of_text(str_make(p, args[0].text.n));
}

static struct cel_value replace(struct cel_call *call, const struct cel_value *args)
{
    SCOPED_BUF b = BUF_INIT(64u << 20);
    struct str s = args[0].text, from = args[1].text, to = args[2].text;
    int64_t left = call->n > 3 ? args[3].integer : -1;
    while (left) {
        ssize_t at = from.n ? str_find(s, from) : 0;
        if (at < 0)
            break;
        buf_str(&b, str_head(s, (size_t)at));
        buf_str(&b, to);
        s = str_from(s, (size_t)at + from.n);
        left -= left > 0;
        if (!from.n) { /* between all code points, and at both ends */
            if (!s.n)
                break;
            size_t n = code_bytes(s, 0);
            buf_add(&b, s.p, n);
            s = str_from(s, n);
        }
    }
    buf_str(&b, s);
    return kept(call, &b);
}

struct pieces {
    VEC(struct cel_value) v;
};

static struct cel_value split(struct cel_call *call, const struct cel_value *args)
{
    struct pieces out = {0};
    struct str s = args[0].text, at = args[1].text;
    int64_t limit = call->n > 2 ? args[2].integer : -1;
    struct cel_value result = cel_no_memory, *slot;
    bool go_on = limit != 0;
    while (go_on) {
        ssize_t found = limit == 1 ? -1 : at.n ? str_find(s, at) : s.n ? (ssize_t)code_bytes(s, 0) : -1;
        if (!at.n && (!s.n || (size_t)MAX(found, 0) == s.n))
            found = -1;
        if (!at.n && !s.n)
            break;
        slot = VEC_ADD(&out.v);
        if (!slot)
            goto end;
        go_on = found >= 0;
        *slot = cel_of_text(go_on ? str_head(s, (size_t)found) : s);
        s = str_from(s, go_on ? (size_t)found + at.n : s.n);
        limit -= limit > 0;
    }
    result = cel_make_list(call->arena, out.v.p, out.v.n);
end:
    VEC_DONE(&out.v);
    return result;
}

static struct cel_value substring(struct cel_call *call, const struct cel_value *args)
{
    struct str s = args[0].text;
    int64_t n = codes(s), start = args[1].integer, end = call->n > 2 ? args[2].integer : n;
    if (start > end && end >= 0 && start >= 0 && call->n > 2)
        return cel_error(call, "invalid substring range. start: %lld, end: %lld", (long long)start, (long long)end);
    if (start < 0 || start > n)
        return cel_error(call, "index out of range: %lld", (long long)start);
    if (end < 0 || end > n)
        return cel_error(call, "index out of range: %lld", (long long)end);
    size_t from = code_offset(s, start), to = code_offset(s, end);
    return cel_of_text(str_make(s.p + from, to - from));
}

/* White space as Unicode has it. */
static size_t space_bytes(struct str s, size_t i)
{
    static const char *const spaces[] = {"\xc2\x85",     "\xc2\xa0",     "\xe1\x9a\x80", "\xe2\x80\xa8",
                                         "\xe2\x80\xa9", "\xe2\x80\xaf", "\xe2\x81\x9f", "\xe3\x80\x80"};
    unsigned char c = (unsigned char)s.p[i];
    if (c == ' ' || (c >= 9 && c <= 13))
        return 1;
    for (size_t k = 0; k < ARRAY_LEN(spaces); k++)
        if (str_starts(str_from(s, i), str_of(spaces[k])))
            return strlen(spaces[k]);
    if (i + 2 < s.n && c == 0xe2 && (unsigned char)s.p[i + 1] == 0x80 && (unsigned char)s.p[i + 2] >= 0x80 && (unsigned char)s.p[i + 2] <= 0x8a)
        return 3;
    return 0;
}

static struct cel_value trim(struct cel_call *call, const struct cel_value *args)
{
    struct str s = args[0].text;
    size_t n, end = 0;
    (void)call;
    while (s.n && (n = space_bytes(s, 0)))
        s = str_from(s, n);
    for (size_t i = 0; i < s.n; i += code_bytes(s, i))
        if (!space_bytes(s, i))
            end = i + code_bytes(s, i);
    return cel_of_text(str_head(s, end));
}

static struct cel_value quote(struct cel_call *call, const struct cel_value *args)
{
    static const char from[] = "\a\b\f\n\r\t\v\\\"", to[] = "abfnrtv\\\"";
    SCOPED_BUF b = BUF_INIT(0);
    struct str s = args[0].text;
    buf_char(&b, '"');
    for (size_t i = 0; i < s.n; i++) {
        const char *plain = s.p[i] ? strchr(from, s.p[i]) : NULL;
        if (plain)
            buf_fmt(&b, "\\%c", to[plain - from]);
        else
            buf_char(&b, s.p[i]);
    }
    buf_char(&b, '"');
    return kept(call, &b);
}

static struct cel_value reverse(struct cel_call *call, const struct cel_value *args)
{
    struct str s = args[0].text;
    char *p = arena_alloc(call->arena, s.n + 1);
    size_t n;
    if (!p)
        return cel_no_memory;
    for (size_t i = 0; i < s.n; i += n) {
        n = code_bytes(s, i);
        memcpy(p + s.n - i - n, s.p + i, n);
    }
    return cel_of_text(str_make(p, s.n));
}

const struct cel_function strings_rows[] = {
    {"charAt", "string_char_at_int", "string.(int) string", char_at, CEL_COST_ONE},
    {"indexOf", "string_index_of_string", "string.(string) int", index_of, CEL_COST_WALK},
    {"indexOf", "string_index_of_string_int", "string.(string, int) int", index_of, CEL_COST_WALK},
    {"lastIndexOf", "string_last_index_of_string", "string.(string) int", last_index_of, CEL_COST_WALK},
    {"lastIndexOf", "string_last_index_of_string_int", "string.(string, int) int", last_index_of, CEL_COST_WALK},
    {"lowerAscii", "string_lower_ascii", "string.() string", change_case, CEL_COST_TEXT_RESULT},
    {"replace", "string_replace_string_string", "string.(string, string) string", replace, CEL_COST_REPLACE},
    {"replace", "string_replace_string_string_int", "string.(string, string, int) string", replace, CEL_COST_REPLACE},
    {"split", "string_split_string", "string.(string) list(string)", split, CEL_COST_SPLIT},
    {"split", "string_split_string_int", "string.(string, int) list(string)", split, CEL_COST_SPLIT},
    {"substring", "string_substring_int", "string.(int) string", substring, CEL_COST_TEXT_RESULT},
    {"substring", "string_substring_int_int", "string.(int, int) string", substring, CEL_COST_TEXT_RESULT},
    {"trim", "string_trim", "string.() string", trim, CEL_COST_TEXT_RESULT},
    {"upperAscii", "string_upper_ascii", "string.() string", change_case, CEL_COST_TEXT_RESULT},
    {"join", "list_join", "list(string).() string", join, CEL_COST_JOIN},
    {"join", "list_join_string", "list(string).(string) string", join, CEL_COST_JOIN},
};
const size_t n_strings_rows = ARRAY_LEN(strings_rows);
/* From version 1 of that library on (Kubernetes ≥ 1.29). */
const struct cel_function strings_first_rows[] = {
    {"format", "string_format", "string.(list(dyn)) string", text_format, CEL_COST_FORMAT},
    {"strings.quote", "strings_quote", "(string) string", quote, CEL_COST_TEXT},
};
const size_t n_strings_first_rows = ARRAY_LEN(strings_first_rows);
const struct cel_function strings_newest_rows[] = {
    {"reverse", "string_reverse", "string.() string", reverse, CEL_COST_TEXT_RESULT},
};
const size_t n_strings_newest_rows = ARRAY_LEN(strings_newest_rows);
