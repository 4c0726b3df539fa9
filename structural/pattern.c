/* Patterns: RE2's, by the room regex. What takes too long to tell does not match. */
#include "structural/inside.h"

#include "regex/regex.h"

int pattern_compile(struct str text, void **out, struct err *err)
{
    struct regex *p = NULL;
    int r = regex_compile(text, &p, err);
    *out = p;
    return r == REGEX_REFUSED ? -EINVAL : r;
}

int pattern_match(const void *compiled, struct str text)
{
    int r = regex_search(compiled, text, 0, NULL, 0);
    return r < 0 ? r : r == REGEX_FOUND ? 0 : 1;
}

void *pattern_free(void *compiled)
{
    return regex_free(compiled);
}

int structural_pattern(struct str pattern, struct str text, struct err *err)
{
    void *p = NULL;
    int r = pattern_compile(pattern, &p, err);
    if (r == 0)
        r = pattern_match(p, text);
    pattern_free(p);
    return r;
}
