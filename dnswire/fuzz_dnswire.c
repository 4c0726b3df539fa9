/* Any bytes as a query and as a reply; what is read can be written and read again. */
#include "dnswire/dnswire.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str packet = str_make(data, size);
    static struct dnswire_query q, again;
    static uint8_t out[4096];
    int r = dnswire_query_parse(&q, packet);
    if (r >= 0) {
        CHECK(dnswire_refuse(out, 512, &q, 0, (enum dnswire_code)r) <= 512);
        size_t n = r == 0 ? dnswire_query_write(out, sizeof(out), q.id, str_make(q.name, q.name_n), q.type, q.edns) : 0;
        CHECK(r != 0 || (n > 0 && dnswire_query_parse(&again, str_make(out, n)) == 0 && strcmp(again.name, q.name) == 0));
    }
    static struct dnswire_reply_info info;
    if (dnswire_reply_scan(&info, packet) == 0) {
        static struct dnswire_walk w;
        struct dnswire_record record;
        struct dnswire_writer writer;
        w.at = 0;
        struct dnswire_query none = {.name_n = 0};
        dnswire_reply_start(&writer, out, sizeof(out), &none);
        while (dnswire_answer_next(&w, packet, &record) == 0)
            (void)dnswire_reply_add(&writer, DNSWIRE_ANSWER, &record);
        CHECK(dnswire_reply_end(&writer, 0, DNSWIRE_NOERROR) <= sizeof(out));
        char *copy = malloc(size ? size : 1);
        if (copy) {
            memcpy(copy, data, size);
            dnswire_reply_age(copy, size, 10);
        }
        free(copy);
    }
    return 0;
}
