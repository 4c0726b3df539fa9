/* PCRE2 behind the door: compiling what syntax.c wrote, and searching with a ceiling. */
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "regex/inside.h"

#define STEPS_LEAST  100000u
#define STEPS_A_BYTE 1000u
#define STEPS_MOST   20000000u
#define HEAP_KIB     65536u

struct regex {
    pcre2_general_context *memory;
    pcre2_code *code;
};

static void *take_memory(size_t n, void *ctx)
{
    (void)ctx;
    return mem_resize(NULL, n);
}

static void give_memory(void *p, void *ctx)
{
    (void)ctx;
    mem_free(p);
}

static int compile(struct regex *r, struct str translated, struct str pattern, struct err *err)
{
    int code = 0;
    PCRE2_SIZE where = 0;
    pcre2_compile_context *c = pcre2_compile_context_create(r->memory);
    if (!c)
        return err_raise(err, -ENOMEM, "no memory for a pattern");
    pcre2_set_newline(c, PCRE2_NEWLINE_LF);
    r->code =
        pcre2_compile((PCRE2_SPTR)translated.p, translated.n,
                      PCRE2_UTF | PCRE2_MATCH_INVALID_UTF | PCRE2_DOLLAR_ENDONLY | PCRE2_ALT_CIRCUMFLEX | PCRE2_NEVER_BACKSLASH_C, &code, &where, c);
    pcre2_compile_context_free(c);
    if (r->code)
        return 0;
    if (code == PCRE2_ERROR_NOMEMORY || code == PCRE2_ERROR_HEAP_FAILED)
        return err_raise(err, -ENOMEM, "no memory for a pattern");
    return err_raise(err, REGEX_REFUSED, "error parsing regexp: %s: `%.*s`",
                     code == PCRE2_ERROR_UNKNOWN_UNICODE_PROPERTY ? "invalid character class range" : "expression too large",
                     (int)MIN(pattern.n, (size_t)200), pattern.p);
}

int regex_compile(struct str pattern, struct regex **out, struct err *err)
{
    SCOPED_BUF b = BUF_INIT(16 * REGEX_PATTERN_MAX);
    SCOPED(regex) made = NULL;
    int r = syntax_translate(pattern, &b, err);
    if (r != 0)
        return r == -E2BIG ? err_raise(err, REGEX_REFUSED, "error parsing regexp: expression too large") : r;
    made = mem_alloc(sizeof(*made));
    if (!made)
        return err_raise(err, -ENOMEM, "no memory for a pattern");
    made->memory = pcre2_general_context_create(take_memory, give_memory, NULL);
    if (!made->memory)
        return err_raise(err, -ENOMEM, "no memory for a pattern");
    r = compile(made, b.n ? buf_view(&b) : STR(""), pattern, err);
    if (r == 0)
        *out = TAKE(made);
    return r;
}

struct regex *regex_free(struct regex *r)
{
    if (!r)
        return NULL;
    pcre2_code_free(r->code);
    pcre2_general_context_free(r->memory);
    return mem_free(r);
}

void regex_scope_end(struct regex **r)
{
    regex_free(*r);
}

size_t regex_groups(const struct regex *r)
{
    uint32_t n = 0;
    pcre2_pattern_info(r->code, PCRE2_INFO_CAPTURECOUNT, &n);
    return n;
}

static int search(const struct regex *r, struct str text, size_t from, unsigned part, pcre2_match_data *data)
{
    pcre2_match_context *c = pcre2_match_context_create(r->memory);
    if (!c)
        return -ENOMEM;
    uint64_t steps = STEPS_LEAST + (uint64_t)text.n * STEPS_A_BYTE;
    pcre2_set_match_limit(c, (uint32_t)(MIN(steps, (uint64_t)STEPS_MOST) / part));
    pcre2_set_heap_limit(c, HEAP_KIB);
    int n = pcre2_match(r->code, (PCRE2_SPTR)(text.n ? text.p : ""), text.n, from, 0, data, c);
    pcre2_match_context_free(c);
    if (n >= 0)
        return REGEX_FOUND;
    switch (n) {
    case PCRE2_ERROR_NOMATCH:
        return REGEX_NONE;
    case PCRE2_ERROR_NOMEMORY:
        return -ENOMEM;
    default: /* the limits of steps, depth and heap */
        return REGEX_TOO_SLOW;
    }
}

static int search_spans(const struct regex *r, struct str text, size_t from, unsigned part, struct regex_span *spans, size_t n)
{
    pcre2_match_data *data = pcre2_match_data_create_from_pattern(r->code, r->memory);
    if (!data)
        return -ENOMEM;
    int found = search(r, text, from, part, data);
    const PCRE2_SIZE *at = pcre2_get_ovector_pointer(data);
    uint32_t have = pcre2_get_ovector_count(data);
    for (size_t i = 0; i < n && found == REGEX_FOUND; i++) {
        bool set = i < have && at[2 * i] != PCRE2_UNSET;
        spans[i] = (struct regex_span){set ? at[2 * i] : SIZE_MAX, set ? at[2 * i + 1] : SIZE_MAX};
    }
    pcre2_match_data_free(data);
    return found;
}

int regex_search(const struct regex *r, struct str text, size_t from, struct regex_span *spans, size_t n)
{
    return search_spans(r, text, from, 1, spans, n);
}

int regex_search_quick(const struct regex *r, struct str text, size_t from, struct regex_span *spans, size_t n)
{
    return search_spans(r, text, from, 100, spans, n);
}
