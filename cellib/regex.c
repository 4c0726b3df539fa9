/* find() and findAll(), and base64: what needs no type of its own. */
#include "cellib/inside.h"
#include "regex/regex.h"

struct cel_value value_opaque(const struct cel_opaque *o)
{
    return o ? (struct cel_value){.kind = CEL_OPAQUE, .opaque = o} : cel_no_memory;
}

/* The pattern compiled before, or now into *made. NULL: *error says why not. */
static const struct regex *pattern_of(struct cel_call *call, struct str text, struct regex **made, struct cel_value *error)
{
    struct err err = {0};
    if (call->pattern)
        return call->pattern;
    int r = regex_compile(text, made, &err);
    if (r != 0)
        *error = r < 0 ? cel_no_memory : cel_error(call, "Illegal regex: %s", err.text);
    return *made;
}

static struct cel_value search_error(struct cel_call *call, int r)
{
    return r < 0 ? cel_no_memory : cel_error(call, "the pattern takes too long to match");
}

static struct cel_value find(struct cel_call *call, const struct cel_value *args)
{
    SCOPED(regex) made = NULL;
    struct cel_value error;
    struct regex_span span;
    struct str s = args[0].text;
    const struct regex *pattern = pattern_of(call, args[1].text, &made, &error);
    if (!pattern)
        return error;
    int r = cel_search(call, pattern, s, 0, &span, 1);
    if (r != REGEX_NONE && r != REGEX_FOUND)
        return search_error(call, r);
    return cel_of_text(r == REGEX_NONE ? STR("") : str_make(s.p + span.start, span.end - span.start));
}

struct found {
    VEC(struct cel_value) v;
};

static int find_each(struct cel_call *call, const struct regex *pattern, struct str s, int64_t limit, struct found *out)
{
    struct regex_span span;
    size_t at = 0, last = SIZE_MAX;
    while (limit && at <= s.n) {
        int r = cel_search(call, pattern, s, at, &span, 1);
        if (r != REGEX_FOUND)
            return r;
        bool empty = span.start == span.end;
        if (!empty || span.start != last) { /* an empty match right behind another one does not count */
            struct cel_value *slot = VEC_ADD(&out->v);
            if (!slot)
                return -ENOMEM;
            *slot = cel_of_text(str_make(s.p + span.start, span.end - span.start));
            limit -= limit > 0;
        }
        last = at = span.end;
        if (empty)
            at += at < s.n ? code_offset(str_from(s, at), 1) : 1;
    }
    return REGEX_NONE;
}

static struct cel_value find_all(struct cel_call *call, const struct cel_value *args)
{
    SCOPED(regex) made = NULL;
    struct cel_value result;
    struct found out = {0};
    const struct regex *pattern = pattern_of(call, args[1].text, &made, &result);
    if (!pattern)
        return result;
    int r = find_each(call, pattern, args[0].text, call->n > 2 ? args[2].integer : -1, &out);
    result = r != REGEX_NONE ? search_error(call, r) : cel_make_list(call->arena, out.v.p, out.v.n);
    VEC_DONE(&out.v);
    return result;
}

const struct cel_function regex_rows[] = {
    {"find", "string_find_string", "string.(string) string", find, CEL_COST_FIND},
    {"findAll", "string_find_all_string", "string.(string) list(string)", find_all, CEL_COST_FIND},
    {"findAll", "string_find_all_string_int", "string.(string, int) list(string)", find_all, CEL_COST_FIND},
};
const size_t n_regex_rows = ARRAY_LEN(regex_rows);

/* ── base64 ── */
static struct cel_value encode(struct cel_call *call, const struct cel_value *args)
{
    SCOPED_BUF b = BUF_INIT(0);
    buf_base64(&b, args[0].text);
    return kept(call, &b);
}

static struct cel_value decode(struct cel_call *call, const struct cel_value *args)
{
    SCOPED_BUF b = BUF_INIT(0);
    struct str s = args[0].text;
    int r = s.n % 4 ? buf_unbase64url(&b, s) : buf_unbase64(&b, s); /* padding may be left out */
    if (r == -EINVAL)
        return cel_error(call, "illegal base64 data");
    struct cel_value v = r < 0 ? cel_no_memory : kept(call, &b);
    if (v.kind == CEL_STRING)
        v.kind = CEL_BYTES;
    return v;
}

const struct cel_function encoders_rows[] = {
    {"base64.encode", "base64_encode_bytes", "(bytes) string", encode, CEL_COST_TEXT},
    {"base64.decode", "base64_decode_string", "(string) bytes", decode, CEL_COST_TEXT},
};
const size_t n_encoders_rows = ARRAY_LEN(encoders_rows);

/* ── JSON patches ── */
static struct cel_value escape_key(struct cel_call *call, const struct cel_value *args)
{
    SCOPED_BUF b = BUF_INIT(0);
    for (size_t i = 0; i < args[0].text.n; i++) {
        char c = args[0].text.p[i];
        if (c == '~' || c == '/')
            buf_text(&b, c == '~' ? "~0" : "~1");
        else
            buf_char(&b, c);
    }
    return kept(call, &b);
}

const struct cel_function jsonpatch_rows[] = {
    {"jsonpatch.escapeKey", "string_jsonpatch_escapeKey_string", "(string) string", escape_key, CEL_COST_TEXT_RESULT},
};
const size_t n_jsonpatch_rows = ARRAY_LEN(jsonpatch_rows);
