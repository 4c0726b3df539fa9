/* CRC-32C: by the processor where it can, else by tables that take eight bytes at a time. */
#include <endian.h>
#include <pthread.h>

#include "journal/inside.h"

#define POLYNOMIAL 0x82f63b78u /* reflected */

static uint32_t table[8][256];
static pthread_once_t once = PTHREAD_ONCE_INIT;
static uint32_t (*fast)(uint32_t sum, const unsigned char *p, size_t n);

static void fill_table(void)
{
    for (uint32_t i = 0; i < 256; i++) {
        uint32_t v = i;
        for (int bit = 0; bit < 8; bit++)
            v = v & 1 ? (v >> 1) ^ POLYNOMIAL : v >> 1;
        table[0][i] = v;
    }
    for (uint32_t i = 0; i < 256; i++)
        for (int k = 1; k < 8; k++)
            table[k][i] = (table[k - 1][i] >> 8) ^ table[0][table[k - 1][i] & 0xff];
}

static uint64_t load(const unsigned char *p)
{
    uint64_t v;
    memcpy(&v, p, sizeof(v));
    return le64toh(v);
}

uint32_t sum_by_table(uint32_t sum, const unsigned char *p, size_t n)
{
    for (; n >= 8; n -= 8, p += 8) {
        uint64_t v = load(p) ^ sum;
        sum = 0;
        for (int k = 0; k < 8; k++)
            sum ^= table[7 - k][(v >> (8 * k)) & 0xff];
    }
    for (; n; n--, p++)
        sum = (sum >> 8) ^ table[0][(sum ^ *p) & 0xff];
    return sum;
}

#if defined(__x86_64__)
__attribute__((target("sse4.2"))) static uint32_t by_processor(uint32_t sum, const unsigned char *p, size_t n)
{
    uint64_t wide = sum;
    for (; n >= 8; n -= 8, p += 8)
        wide = __builtin_ia32_crc32di(wide, load(p));
    sum = (uint32_t)wide;
    for (; n; n--, p++)
        sum = __builtin_ia32_crc32qi(sum, *p);
    return sum;
}
#endif

static void choose(void)
{
    fill_table();
    fast = sum_by_table;
#if defined(__x86_64__)
    __builtin_cpu_init();
    if (__builtin_cpu_supports("sse4.2"))
        fast = by_processor;
#endif
}

uint32_t journal_sum(uint32_t sum, const void *p, size_t n)
{
    pthread_once(&once, choose);
    return ~fast(~sum, p, n);
}
