/* What dnswire's files share; no other room sees it. */
#ifndef CORACLE_DNSWIRE_INSIDE_H
#define CORACLE_DNSWIRE_INSIDE_H

#include "dnswire/dnswire.h"

#define HEADER        12
#define NAME_WIRE_MAX 255

/* Reads the name at *at as text (lower case when asked) and moves *at behind it. -EBADMSG. */
int dnswire_name_read(struct str packet, size_t *at, bool lower, char out[DNSWIRE_NAME_MAX], size_t *n) MUST_USE;
int dnswire_name_skip(struct str packet, size_t *at) MUST_USE;
/* The next label of a name as text, unescaped. Answers its length, 0 at the end, -EINVAL. */
ssize_t dnswire_label_next(struct str *name, uint8_t label[64]) MUST_USE;

static inline uint16_t get16(struct str p, size_t at)
{
    return (uint16_t)((uint8_t)p.p[at] << 8 | (uint8_t)p.p[at + 1]);
}
static inline uint32_t get32(struct str p, size_t at)
{
    return (uint32_t)get16(p, at) << 16 | get16(p, at + 2);
}
static inline void put16(uint8_t *p, uint16_t v)
{
    p[0] = (uint8_t)(v >> 8);
    p[1] = (uint8_t)v;
}
static inline void put32(uint8_t *p, uint32_t v)
{
    put16(p, (uint16_t)(v >> 16));
    put16(p + 2, (uint16_t)v);
}

#endif
