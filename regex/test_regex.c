#include "tests/unit.h"

#include "regex/regex.h"

/* Patterns Go refuses, with its sentence. */
static void test_refused(void **state)
{
    static const char *const cases[][2] = {
        {"a(?=b)", "error parsing regexp: invalid or unsupported Perl syntax: `(?=`"},
        {"(?<!a)b", "error parsing regexp: invalid or unsupported Perl syntax: `(?<`"},
        {"(a)\\1", "error parsing regexp: invalid escape sequence: `\\1`"},
        {"[a", "error parsing regexp: missing closing ]: `[a`"},
        {"(a", "error parsing regexp: missing closing ): `(a`"},
        {"a)", "error parsing regexp: unexpected ): `a)`"},
        {"*a", "error parsing regexp: missing argument to repetition operator: `*`"},
        {"a**", "error parsing regexp: invalid nested repetition operator: `**`"},
        {"a*+", "error parsing regexp: invalid nested repetition operator: `*+`"},
        {"a{1001}", "error parsing regexp: invalid repeat count: `{1001}`"},
        {"(a{100}){100}", "error parsing regexp: invalid repeat count: `(a{100}){100}`"},
        {"[z-a]", "error parsing regexp: invalid character class range: `z-a`"},
        {"[[:nope:]]", "error parsing regexp: invalid character class range: `[:nope:]`"},
        {"\\p{Nope}", "error parsing regexp: invalid character class range: `\\p{Nope}`"},
        {"\\Z", "error parsing regexp: invalid escape sequence: `\\Z`"},
        {"\\", "error parsing regexp: trailing backslash at end of expression: ``"},
        {"(?>a)", "error parsing regexp: invalid or unsupported Perl syntax: `(?>`"},
        {"(*VERB)", "error parsing regexp: missing argument to repetition operator: `*`"},
    };
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        SCOPED(regex) r = NULL;
        struct err err = {0};
        assert_int_equal(regex_compile(str_of(cases[i][0]), &r, &err), REGEX_REFUSED);
        assert_string_equal(err.text, cases[i][1]);
    }
}

static void test_meaning(void **state)
{
    static const struct {
        const char *pattern, *text;
        int found;
    } cases[] = {
        {"a+b", "caab", 1},
        {"^a$", "a\n", 0}, /* $ is the very end */
        {"(?m)^b$", "a\nb\nc", 1},
        {"a.b", "a\nb", 0},
        {"(?s)a.b", "a\nb", 1},
        {"^\\s$", "\v", 0}, /* RE2's \s has no vertical tab */
        {"^\\w$", "\xc3\xa9", 0},
        {"^\\pL$", "\xc3\xa9", 1},
        {"^\\p{Greek}+$", "\xce\xb1\xce\xb2", 1},
        {"(?i)STRASSE", "strasse", 1},
        {"a{,2}", "a{,2}", 1}, /* literal braces */
        {"^[^a-c]$", "b", 0},
        {"^[\\]\\-\\d]+$", "]-7", 1},
        {"^[[:alpha:]_]+$", "ab_", 1},
        {"^\\Qa.b\\E$", "axb", 0},
        {"^\\x41\\x{42}\\103$", "ABC", 1},
        {"^(?P<x>a)(?<y>b)$", "ab", 1},
        {"^.$", "\xff", 0}, /* no UTF-8 */
        {"", "", 1},
        {"#x y", "#x y", 1},
    };
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        SCOPED(regex) r = NULL;
        struct err err = {0};
        if (regex_compile(str_of(cases[i].pattern), &r, &err) != 0)
            fail_msg("%s: %s", cases[i].pattern, err.text);
        int found = regex_search(r, str_of(cases[i].text), 0, NULL, 0);
        if (found != cases[i].found)
            fail_msg("%s in \"%s\": %d", cases[i].pattern, cases[i].text, found);
    }
}

static void test_spans(void **state)
{
    SCOPED(regex) r = NULL;
    struct regex_span s[3];
    (void)state;
    assert_done(regex_compile(STR("(b+)(x)?"), &r, NULL));
    assert_int_equal(regex_groups(r), 2);
    assert_int_equal(regex_search(r, STR("abbab"), 0, s, 3), REGEX_FOUND);
    assert_int_equal(s[0].start, 1);
    assert_int_equal(s[0].end, 3);
    assert_true(s[2].start == SIZE_MAX);
    assert_int_equal(regex_search(r, STR("abbab"), 3, s, 3), REGEX_FOUND);
    assert_int_equal(s[0].start, 4);
}

/* A pattern that backtracks without end is told, not run. */
static void test_too_slow(void **state)
{
    SCOPED(regex) r = NULL;
    (void)state;
    assert_done(regex_compile(STR("^(a|a|aa)*(a|aa)*$"), &r, NULL));
    char text[64];
    memset(text, 'a', sizeof(text));
    text[63] = '!';
    assert_int_equal(regex_search(r, str_make(text, sizeof(text)), 0, NULL, 0), REGEX_TOO_SLOW);
}

static int body(void *ctx)
{
    SCOPED(regex) r = NULL;
    (void)ctx;
    int got = regex_compile(STR("(a|b)*c{2,3}[^x]"), &r, NULL);
    return got != 0 ? got : regex_search(r, STR("abcc!"), 0, NULL, 0) - REGEX_FOUND;
}

static void test_no_memory(void **state)
{
    (void)state;
    unit_fail_allocations(body, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_refused),  cmocka_unit_test(test_meaning),   cmocka_unit_test(test_spans),
        cmocka_unit_test(test_too_slow), cmocka_unit_test(test_no_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
