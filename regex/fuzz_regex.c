/* The first line is a pattern, the rest a text: the pattern is refused with a sentence or searches without harm, and
 * every span lies inside the text. */
#include "regex/regex.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    SCOPED(regex) r = NULL;
    struct str text = str_make(data, size), pattern;
    struct regex_span spans[4];
    struct err err = {0};
    if (size > 4096)
        return 0;
    if (!str_cut(text, '\n', &pattern, &text))
        text = STR("abc");
    int got = regex_compile(pattern, &r, &err);
    if (got != 0) {
        CHECK(got == REGEX_REFUSED && err.text[0]);
        return 0;
    }
    for (size_t at = 0; at <= text.n; at++) {
        got = regex_search(r, text, at, spans, ARRAY_LEN(spans));
        CHECK(got >= 0);
        if (got != REGEX_FOUND)
            break;
        CHECK(spans[0].start >= at && spans[0].start <= spans[0].end && spans[0].end <= text.n);
        at = spans[0].end;
    }
    return 0;
}
