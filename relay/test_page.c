#include "relay/inside.h"
#include "tests/unit.h"

static void rewrites(const char *in, const char *want)
{
    /* whole, and a byte at a time */
    for (size_t step = 0; step < 2; step++) {
        SCOPED_BUF out = BUF_INIT(0);
        struct page *p = page_new(STR("/x/proxy"), STR("10.0.0.1:80"));
        assert_non_null(p);
        struct str rest = str_of(in);
        while (rest.n) {
            size_t n = step ? 1 : rest.n;
            page_feed(p, str_head(rest, n), &out);
            rest = str_from(rest, n);
        }
        page_end(p, &out);
        page_free(p);
        assert_string_equal(buf_cstr(&out), want);
    }
}

static void test_pages(void **state)
{
    (void)state;
    rewrites("<a href=\"/rewriteme\">test</a>", "<a href=\"/x/proxy/rewriteme\">test</a>");
    rewrites("<A HREF='/r?a=b&amp;c' class=big>t</A>", "<A HREF='/x/proxy/r?a=b&amp;c' class=big>t</A>");
    rewrites("<img src=/i.png alt=\"a > b\" longdesc = '/d'/>", "<img src=/x/proxy/i.png alt=\"a > b\" longdesc = '/x/proxy/d'/>");
    rewrites("<a href=\"rel\"><a href=\"//h/x\"><a href=\"#f\"><a href=\"\">", "<a href=\"rel\"><a href=\"//h/x\"><a href=\"#f\"><a href=\"\">");
    rewrites("<a href=\"http://10.0.0.1:80/p\"><a href=\"http://other/p\">", "<a href=\"/x/proxy/p\"><a href=\"http://other/p\">");
    rewrites("<a href=\"/x/proxy/there\">", "<a href=\"/x/proxy/there\">");
    rewrites("<div title=\"/no\">a < b</div>", "<div title=\"/no\">a < b</div>");
    rewrites("<script src=\"/s.js\">if (a < b) f(\"<a href='/no'>\")</script><a href=/yes>",
             "<script src=\"/x/proxy/s.js\">if (a < b) f(\"<a href='/no'>\")</script><a href=/x/proxy/yes>");
    rewrites("<!-- <a href=\"/no\"> --><a href=\"/yes\">", "<!-- <a href=\"/no\"> --><a href=\"/x/proxy/yes\">");
    rewrites("1 < 2 <a href=\"/yes\">", "1 < 2 <a href=\"/x/proxy/yes\">");
    rewrites("cut <a href=\"/x", "cut <a href=\"/x");
}

static void test_addresses(void **state)
{
    (void)state;
    SCOPED_BUF out = BUF_INIT(0);
    page_address(STR("/p"), STR("h:1"), STR("https://h:1/there"), &out);
    assert_string_equal(buf_cstr(&out), "/p/there");
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_pages), cmocka_unit_test(test_addresses)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
