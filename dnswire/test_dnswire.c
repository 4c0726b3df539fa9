#include <arpa/inet.h>

#include "dnswire/dnswire.h"
#include "tests/unit.h"

#define BYTES(lit) str_make(lit, sizeof(lit) - 1)

/* web.default.svc A?, with EDNS 4096 and DO */
#define QUERY \
    "\x12\x34\x01\x00\x00\x01\x00\x00\x00\x00\x00\x01\x03WeB\x07" \
    "default\x03svc\x00\x00\x01\x00\x01" \
    "\x00\x00\x29\x10\x00\x00\x00\x80\x00\x00\x00"

static void test_query(void **state)
{
    (void)state;
    struct dnswire_query q;
    assert_int_equal(dnswire_query_parse(&q, BYTES(QUERY)), 0);
    assert_int_equal(q.id, 0x1234);
    assert_int_equal(q.type, DNSWIRE_A);
    assert_str(str_make(q.name, q.name_n), "web.default.svc");
    assert_true(q.edns && q.dnssec_ok && q.udp_size == 4096);
    assert_int_equal(dnswire_reply_max(&q), DNSWIRE_UDP_MAX);
    /* Every shortened form is refused or read, never overrun. */
    for (size_t n = 0; n < sizeof(QUERY) - 1; n++) {
        char *cut = malloc(n ? n : 1);
        memcpy(cut, QUERY, n);
        int r = dnswire_query_parse(&q, str_make(cut, n));
        assert_true(n < 12 ? r == -EBADMSG : r == DNSWIRE_FORMERR);
        free(cut);
    }
    assert_int_equal(dnswire_query_parse(&q, BYTES("\x12\x34\x81\x00\x00\x01\x00\x00\x00\x00\x00\x00\x00\x00\x01\x00\x01")), -EBADMSG);
    assert_int_equal(dnswire_query_parse(&q, BYTES("\x12\x34\x29\x00\x00\x01\x00\x00\x00\x00\x00\x00\x00\x00\x01\x00\x01")), DNSWIRE_NOTIMP);
    assert_int_equal(dnswire_query_parse(&q, BYTES("\x12\x34\x01\x00\x00\x02\x00\x00\x00\x00\x00\x00\x00\x00\x01\x00\x01")), DNSWIRE_FORMERR);
    assert_int_equal(dnswire_query_parse(&q, BYTES("\x12\x34\x01\x00\x00\x01\x00\x00\x00\x00\x00\x00\xc0\x0c\x00\x01\x00\x01")), DNSWIRE_FORMERR);
    assert_int_equal(dnswire_query_parse(&q, BYTES("\x12\x34\x01\x00\x00\x01\x00\x00\x00\x00\x00\x01\x00\x00\x01\x00\x01"
                                                   "\x00\x00\x29\x10\x00\x00\x01\x00\x00\x00\x00")),
                     DNSWIRE_BADVERS);
}

static void test_reply(void **state)
{
    (void)state;
    struct dnswire_query q;
    struct dnswire_writer w;
    uint8_t out[512];
    assert_int_equal(dnswire_query_parse(&q, BYTES(QUERY)), 0);
    dnswire_reply_start(&w, out, sizeof(out), &q);
    struct dnswire_record a = {.name = STR("web.default.svc"), .type = DNSWIRE_A, .ttl = 5, .ip = {10, 0, 0, 1}};
    assert_done(dnswire_reply_add(&w, DNSWIRE_ANSWER, &a));
    struct dnswire_record srv = {.name = STR("_http._tcp.web.default.svc"),
                                 .type = DNSWIRE_SRV,
                                 .ttl = 5,
                                 .priority = 1,
                                 .weight = 2,
                                 .port = 80,
                                 .target = STR("web.default.svc")};
    assert_done(dnswire_reply_add(&w, DNSWIRE_ADDITIONAL, &srv));
    size_t n = dnswire_reply_end(&w, DNSWIRE_AA, DNSWIRE_NOERROR);
    static const char want[] = "\x12\x34\x85\x00\x00\x01\x00\x01\x00\x00\x00\x02\x03WeB\x07"
                               "default\x03svc\x00\x00\x01\x00\x01"
                               "\xc0\x0c\x00\x01\x00\x01\x00\x00\x00\x05\x00\x04\x0a\x00\x00\x01"
                               "\x05_http\x04_tcp\xc0\x0c\x00\x21\x00\x01\x00\x00\x00\x05\x00\x17\x00\x01\x00\x02\x00\x50\x03web\x07"
                               "default\x03svc\x00"
                               "\x00\x00\x29\x04\xd0\x00\x00\x80\x00\x00\x00";
    assert_int_equal(n, sizeof(want) - 1);
    assert_memory_equal(out, want, n);
    struct dnswire_reply_info info;
    assert_done(dnswire_reply_scan(&info, str_make(out, n)));
    assert_int_equal(info.ttl, 5);
    assert_int_equal(info.answers, 1);
    dnswire_reply_age((char *)out, n, 3);
    assert_done(dnswire_reply_scan(&info, str_make(out, n)));
    assert_int_equal(info.ttl, 2);
    struct dnswire_walk walk = {0};
    struct dnswire_record r;
    assert_done(dnswire_answer_next(&walk, str_make(out, n), &r));
    assert_str(r.name, "web.default.svc");
    assert_memory_equal(r.ip, a.ip, 4);
    assert_int_equal(dnswire_answer_next(&walk, str_make(out, n), &r), 1);
}

static void test_all_types(void **state)
{
    (void)state;
    static const struct dnswire_record rows[] = {
        {.name = STR_INIT("a.b"), .type = DNSWIRE_CNAME, .ttl = 1, .target = STR_INIT("x.a.b")},
        {.name = STR_INIT("1.0.0.10.in-addr.arpa"), .type = DNSWIRE_PTR, .ttl = 1, .target = STR_INIT("a.b")},
        {.name = STR_INIT("a.b"), .type = DNSWIRE_MX, .ttl = 1, .priority = 7, .target = STR_INIT("mail.a.b")},
        {.name = STR_INIT("a.b"), .type = DNSWIRE_TXT, .ttl = 1, .text = STR_INIT("1.1.0")},
        {.name = STR_INIT("a.b"), .type = DNSWIRE_AAAA, .ttl = 1, .ip = {0xfd, [15] = 1}},
        {.name = STR_INIT("a.b"), .type = DNSWIRE_SRV, .ttl = 1, .port = 9, .target = STR_INIT("t.a.b")},
        {.name = STR_INIT("a.b"), .type = DNSWIRE_SOA, .ttl = 9, .target = STR_INIT("ns.a.b"), .text = STR_INIT("m.a.b"), .minimum = 4},
    };
    uint8_t out[1024], ask[64];
    size_t n = dnswire_query_write(ask, sizeof(ask), 7, STR("a.b"), DNSWIRE_ANY, true);
    struct dnswire_query q;
    assert_true(n > 0);
    assert_int_equal(dnswire_query_parse(&q, str_make(ask, n)), 0);
    assert_true(q.edns && q.id == 7 && q.flags & DNSWIRE_RD);
    struct dnswire_writer w;
    dnswire_reply_start(&w, out, sizeof(out), &q);
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        assert_done(dnswire_reply_add(&w, DNSWIRE_ANSWER, &rows[i]));
    n = dnswire_reply_end(&w, 0, DNSWIRE_NOERROR);
    struct dnswire_walk walk = {0};
    struct dnswire_record r;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        assert_done(dnswire_answer_next(&walk, str_make(out, n), &r));
        assert_int_equal(r.type, rows[i].type);
        assert_true(str_eq(r.name, rows[i].name));
        assert_int_equal(r.port, rows[i].port);
        assert_int_equal(r.priority, rows[i].priority);
        assert_true(r.type == DNSWIRE_SOA || str_eq(r.target, rows[i].target));
        assert_true(r.type != DNSWIRE_TXT || str_eq(r.text, rows[i].text));
        assert_memory_equal(r.ip, rows[i].ip, 16);
    }
    /* A negative reply lives as long as its SOA's minimum. */
    dnswire_reply_start(&w, out, sizeof(out), &q);
    assert_done(dnswire_reply_add(&w, DNSWIRE_AUTHORITY, &rows[6]));
    n = dnswire_reply_end(&w, DNSWIRE_AA, DNSWIRE_NXDOMAIN);
    struct dnswire_reply_info info;
    assert_done(dnswire_reply_scan(&info, str_make(out, n)));
    assert_int_equal(info.ttl, 4);
    assert_int_equal(info.code, DNSWIRE_NXDOMAIN);
}

static void test_truncation(void **state)
{
    (void)state;
    uint8_t ask[64], out[512];
    struct dnswire_query q;
    struct dnswire_writer w;
    size_t n = dnswire_query_write(ask, sizeof(ask), 7, STR("many.example"), DNSWIRE_A, false);
    assert_int_equal(dnswire_query_parse(&q, str_make(ask, n)), 0);
    assert_int_equal(dnswire_reply_max(&q), 512);
    dnswire_reply_start(&w, out, sizeof(out), &q);
    for (int i = 0; i < 100; i++)
        assert_done(dnswire_reply_add(&w, DNSWIRE_ANSWER, &(struct dnswire_record){.name = STR("many.example"), .type = DNSWIRE_A}));
    n = dnswire_reply_end(&w, 0, DNSWIRE_NOERROR);
    struct dnswire_reply_info info;
    assert_done(dnswire_reply_scan(&info, str_make(out, n)));
    assert_true(n <= 512 && info.flags & DNSWIRE_TC && info.answers == 30);
}

static void test_names(void **state)
{
    (void)state;
    uint8_t ip[16];
    char text[80];
    assert_int_equal(dnswire_arpa_parse(STR("1.0.96.10.in-addr.arpa"), ip), 4);
    assert_memory_equal(ip, "\x0a\x60\x00\x01", 4);
    dnswire_arpa_print(ip, 4, text);
    assert_string_equal(text, "1.0.96.10.in-addr.arpa");
    inet_pton(AF_INET6, "fd00:10::a1", ip);
    dnswire_arpa_print(ip, 16, text);
    uint8_t again[16];
    assert_int_equal(dnswire_arpa_parse(str_of(text), again), 16);
    assert_memory_equal(ip, again, 16);
    static const char *const bad[] = {
        "in-addr.arpa",         "1.2.3.in-addr.arpa", "1.2.3.4.5.in-addr.arpa", "256.1.1.1.in-addr.arpa", "01.1.1.1.in-addr.arpa",
        "a.1.1.1.in-addr.arpa", "1.ip6.arpa",         ".in-addr.arpa"};
    for (size_t i = 0; i < ARRAY_LEN(bad); i++)
        assert_int_equal(dnswire_arpa_parse(str_of(bad[i]), ip), 0);
    assert_true(dnswire_name_valid(STR("a.b\\046c")));
    assert_true(dnswire_name_valid(STR("")));
    assert_false(dnswire_name_valid(STR("a..b")));
    assert_false(dnswire_name_valid(STR("a.")));
    assert_false(dnswire_name_valid(STR("a\\999")));
    assert_false(dnswire_name_valid(STR("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_query),      cmocka_unit_test(test_reply), cmocka_unit_test(test_all_types),
        cmocka_unit_test(test_truncation), cmocka_unit_test(test_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
