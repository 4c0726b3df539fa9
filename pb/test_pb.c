#include "tests/unit.h"

#include "pb/pb.h"

static void test_round_trip(void **state)
{
    (void)state;
    SCOPED_BUF out = BUF_INIT(0);
    char text[300];
    memset(text, 'x', sizeof(text));
    pb_put_integer(&out, 1, 150);
    pb_put_integer(&out, 2, (uint64_t)-1);
    size_t outer = pb_open(&out, 3);
    size_t inner = pb_open(&out, 1000);
    pb_put_bytes(&out, 1, str_make(text, sizeof(text)));
    pb_close(&out, inner);
    size_t empty = pb_open(&out, 2);
    pb_close(&out, empty);
    pb_close(&out, outer);
    pb_put_double(&out, 4, -2.5);
    assert_done(buf_error(&out));
    assert_memory_equal(out.p, "\x08\x96\x01", 3);

    struct pb_reader r = pb_reader_of(buf_view(&out));
    struct pb_field f, g;
    assert_int_equal(pb_next(&r, &f, NULL), 1);
    assert_true(f.number == 1 && f.wire == PB_VARINT && f.integer == 150);
    assert_int_equal(pb_next(&r, &f, NULL), 1);
    assert_true((int64_t)f.integer == -1);
    assert_int_equal(pb_next(&r, &f, NULL), 1);
    assert_true(f.number == 3 && f.wire == PB_BYTES);
    assert_true(pb_find(f.bytes, 1000, PB_BYTES, &g));
    assert_true(pb_find(g.bytes, 1, PB_BYTES, &g) && g.bytes.n == sizeof(text));
    assert_true(pb_find(f.bytes, 2, PB_BYTES, &g) && g.bytes.n == 0);
    assert_false(pb_find(f.bytes, 2, PB_VARINT, &g));
    assert_int_equal(pb_next(&r, &f, NULL), 1);
    assert_true(f.wire == PB_FIXED64 && pb_double(f.integer) == -2.5);
    assert_int_equal(pb_next(&r, &f, NULL), 0);
}

static void test_faults(void **state)
{
    (void)state;
    static const struct {
        struct str bytes;
        const char *what;
    } rows[] = {
        {STR_INIT("\x08"), "unexpected EOF"},
        {STR_INIT("\x08\x80"), "unexpected EOF"},
        {STR_INIT("\x08\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x01"), "proto: integer overflow"},
        {STR_INIT("\x0a\x05"
                  "abcd"),
         "unexpected EOF"},
        {STR_INIT("\x0a\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01"), "proto: negative length found during unmarshaling"},
        {STR_INIT("\x09"
                  "1234567"),
         "unexpected EOF"},
        {STR_INIT("\x0d"
                  "123"),
         "unexpected EOF"},
        {STR_INIT("\x00\x00"), "proto: illegal tag 0 (wire type 0)"},
        {STR_INIT("\x0e"), "proto: illegal wireType 6"},
        {STR_INIT("\x0c"), "proto: illegal wireType 4"},
        {STR_INIT("\x0b\x08\x01"), "unexpected EOF"},
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct pb_reader r = pb_reader_of(rows[i].bytes);
        struct pb_field f;
        struct err err = {0};
        assert_int_equal(pb_next(&r, &f, &err), -EBADMSG);
        assert_string_equal(err.text, rows[i].what);
        assert_false(pb_find(rows[i].bytes, 1, PB_BYTES, &f));
    }
}

static void test_groups(void **state)
{
    (void)state;
    struct pb_reader r = pb_reader_of(STR("\x0b\x12\x01"
                                          "a\x1b\x1c\x0c\x28\x07"));
    struct pb_field f;
    assert_int_equal(pb_next(&r, &f, NULL), 1);
    assert_true(f.number == 1 && f.wire == PB_GROUP);
    assert_int_equal(pb_next(&r, &f, NULL), 1);
    assert_true(f.number == 5 && f.integer == 7);
    char deep[300];
    memset(deep, 0x0b, sizeof(deep));
    r = pb_reader_of(str_make(deep, sizeof(deep)));
    assert_int_equal(pb_next(&r, &f, NULL), -EBADMSG);
}

static int body(void *ctx)
{
    (void)ctx;
    SCOPED_BUF out = BUF_INIT(0);
    size_t at = pb_open(&out, 3);
    for (int i = 0; i < 100; i++)
        pb_put_bytes(&out, 1, STR("twelve bytes"));
    pb_close(&out, at);
    return buf_error(&out);
}

static void test_allocations(void **state)
{
    (void)state;
    unit_fail_allocations(body, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_round_trip),
        cmocka_unit_test(test_faults),
        cmocka_unit_test(test_groups),
        cmocka_unit_test(test_allocations),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
