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

static bool plain_varint(const unsigned char **p, const unsigned char *end, uint64_t *v)
{
    *v = 0;
    for (unsigned shift = 0; shift < 64 && *p < end; shift += 7) {
        *v |= (uint64_t)(**p & 0x7f) << shift;
        if (!(*(*p)++ & 0x80))
            return true;
    }
    return false;
}

/* One field as the format has it, byte by byte; no groups. */
static int plain_next(const unsigned char **p, const unsigned char *end, struct pb_field *f)
{
    uint64_t tag, n = 0;
    if (*p == end)
        return 0;
    if (!plain_varint(p, end, &tag) || tag >> 3 == 0 || tag >> 3 > 0x1fffffff)
        return -EBADMSG;
    *f = (struct pb_field){.number = (uint32_t)(tag >> 3), .wire = (enum pb_wire)(tag & 7)};
    if (f->wire == PB_VARINT)
        return plain_varint(p, end, &f->integer) ? 1 : -EBADMSG;
    if (f->wire == PB_BYTES && !plain_varint(p, end, &n))
        return -EBADMSG;
    n = f->wire == PB_FIXED64 ? 8 : f->wire == PB_FIXED32 ? 4 : f->wire == PB_BYTES ? n : UINT64_MAX;
    if (n > (uint64_t)(end - *p))
        return -EBADMSG;
    for (size_t i = 0; f->wire != PB_BYTES && i < n; i++)
        f->integer |= (uint64_t)(*p)[i] << (8 * i);
    f->bytes = f->wire == PB_BYTES ? str_make((const char *)*p, n) : STR_NONE;
    *p += n;
    return 1;
}

/* Quick ways and the plain one read the same out of whatever bytes. */
static void test_plainly(void **state)
{
    (void)state;
    uint64_t seed = 7;
    for (int round = 0; round < 200000; round++) {
        unsigned char bytes[400];
        size_t n = (size_t)(seed >> 33) % (round % 8 ? 24 : sizeof(bytes));
        for (size_t i = 0; i < n; i++) {
            seed = seed * 6364136223846793005u + 1442695040888963407u;
            bytes[i] = (unsigned char)(seed >> 40 & (seed >> 60 > 5 ? 0x0f : seed >> 60 > 2 ? 0x1a : 0xff));
        }
        seed += (uint64_t)round << 33;
        struct str in = str_make((const char *)bytes, n);
        struct pb_reader r = pb_reader_of(in);
        const unsigned char *p = bytes, *end = bytes + n;
        struct pb_field want = {0}, got, last = {0}, found;
        int rc, plain;
        uint32_t number = 1 + (uint32_t)round % 3;
        bool grouped = false;
        do {
            rc = pb_next(&r, &got, NULL);
            plain = plain_next(&p, end, &want);
            grouped = plain == 1 ? false : plain < 0 && (want.wire == 3 || want.wire == 4);
            if (grouped)
                break;
            assert_int_equal(rc, plain);
            if (rc > 0) {
                assert_true(got.number == want.number && got.wire == want.wire && got.integer == want.integer && str_eq(got.bytes, want.bytes));
                if (got.number == number && got.wire == PB_BYTES)
                    last = got;
            }
        } while (rc > 0);
        if (grouped)
            continue;
        assert_int_equal(pb_find(in, number, PB_BYTES, &found), rc == 0 && last.number);
        if (rc == 0 && last.number)
            assert_ptr_equal(found.bytes.p, last.bytes.p);
    }
}

static void test_allocations(void **state)
{
    (void)state;
    unit_fail_allocations(body, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_round_trip), cmocka_unit_test(test_faults),      cmocka_unit_test(test_groups),
        cmocka_unit_test(test_plainly),    cmocka_unit_test(test_allocations),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
