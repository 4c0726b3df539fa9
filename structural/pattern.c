/* Regular expressions by PCRE2, bounded: what takes too long does not match. */
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "structural/inside.h"

#define STEPS_MAX 1000000
#define DEPTH_MAX 1000
#define PATTERN_MAX ((size_t)64 * 1024)

int pattern_compile(struct str text, void **out)
{
    int code = 0;
    PCRE2_SIZE at = 0;
    if (text.n > PATTERN_MAX)
        return -EINVAL;
    pcre2_code *p = pcre2_compile((PCRE2_SPTR)text.p, text.n, PCRE2_UTF | PCRE2_NEVER_BACKSLASH_C | PCRE2_DOLLAR_ENDONLY, &code, &at, NULL);
    if (!p)
        return code == PCRE2_ERROR_NOMEMORY ? -ENOMEM : -EINVAL;
    *out = p;
    return 0;
}

int pattern_match(const void *compiled, struct str text)
{
    pcre2_match_context *limits = pcre2_match_context_create(NULL);
    pcre2_match_data *data = limits ? pcre2_match_data_create(1, NULL) : NULL;
    int r = -ENOMEM;
    if (data) {
        pcre2_set_match_limit(limits, STEPS_MAX);
        pcre2_set_depth_limit(limits, DEPTH_MAX);
        int found = pcre2_match(compiled, (PCRE2_SPTR)(text.p ? text.p : ""), text.n, 0, 0, data, limits);
        r = found >= 0 ? 0 : found == PCRE2_ERROR_NOMEMORY ? -ENOMEM : 1;
    }
    pcre2_match_data_free(data);
    pcre2_match_context_free(limits);
    return r;
}

void *pattern_free(void *compiled)
{
    pcre2_code_free(compiled);
    return NULL;
}

int structural_pattern(struct str pattern, struct str text)
{
    void *p = NULL;
    int r = pattern_compile(pattern, &p);
    if (r == 0)
        r = pattern_match(p, text);
    pattern_free(p);
    return r;
}
