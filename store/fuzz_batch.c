/* Any bytes as a batch in the journal: told, or read; and what was read is written the same again. */
#include "store/record.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct record_batch b;
    struct record_change c;
    struct err err;
    struct buf again = BUF_INIT(0);
    struct str in = str_make(data, size);
    int r = record_batch_read(in, &b, &err);
    if (r == 0)
        record_batch_write(&again, &b);
    while (r == 0 && (r = record_change_read(&b, &c, &err)) == 0)
        record_change_write(&again, &c);
    CHECK(r == RECORD_END || r == -EBADMSG);
    if (r == RECORD_END && buf_error(&again) == 0)
        CHECK(again.n == size);
    buf_done(&again);
    return 0;
}
