/* Encryption configurations, and what might lie on a disk: behind the first NUL byte. */
#include "seal/seal.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str yaml, stored, key = STR("/registry/secrets/a/b");
    struct seal *s = NULL;
    struct err err;
    str_cut(str_make(data, size), 0, &yaml, &stored);
    SCOPED_BUF plain = BUF_INIT(0);
    SCOPED_BUF closed = BUF_INIT(0);
    uint8_t by = 0;
    if (seal_new(&s) < 0)
        return 0;
    if (seal_configure(s, yaml, &err) == 0) {
        uint8_t number = seal_number(s, key);
        if (number) {
            CHECK(seal_close(s, number, key, stored, &closed) == 0);
            CHECK(seal_open(s, key, buf_view(&closed), &plain, &by, &err) == 0);
            CHECK(by == number && str_eq(buf_view(&plain), stored));
        }
        if (seal_open(s, key, stored, &plain, &by, &err) < 0)
            CHECK(err.text[0]);
    }
    seal_free(s);
    return 0;
}
