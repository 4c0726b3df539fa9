/* Messages written, names compressed against all that were written before. */
#include "dnswire/inside.h"

#define OPT_SIZE 11

static struct str written(const struct dnswire_writer *w)
{
    return str_make(w->p, w->n);
}

/* Remembers where a name's labels start, for later names to point to. */
static void name_note(struct dnswire_writer *w, size_t at)
{
    if (w->n_names < DNSWIRE_NAMES_MAX && at < 0x4000)
        w->names[w->n_names++].at = (uint16_t)at;
}

static void question_note(struct dnswire_writer *w)
{
    size_t at = HEADER;
    while (at < w->n && w->p[at] != 0 && w->p[at] < 0x40) {
        name_note(w, at);
        at += 1u + w->p[at];
    }
}

/* Is the name that stands at `at` this text? */
static bool name_is(const struct dnswire_writer *w, size_t at, struct str name)
{
    char text[DNSWIRE_NAME_MAX], own[DNSWIRE_NAME_MAX];
    size_t n;
    if (dnswire_name_read(written(w), &at, true, text, &n) < 0 || n != name.n)
        return false;
    for (size_t i = 0; i < n; i++)
        own[i] = (char)(name.p[i] >= 'A' && name.p[i] <= 'Z' ? name.p[i] + 32 : name.p[i]);
    return memcmp(text, own, n) == 0;
}

static int bytes_put(struct dnswire_writer *w, const void *p, size_t n)
{
    if (n > w->cap - w->n)
        return -ENOSPC;
    memcpy(w->p + w->n, p, n);
    w->n += n;
    return 0;
}

static int name_put(struct dnswire_writer *w, struct str name, bool compress)
{
    size_t start = w->n, known = compress ? w->n_names : 0;
    while (name.n) {
        for (size_t i = 0; i < known; i++) {
            if (!name_is(w, w->names[i].at, name))
                continue;
            uint8_t pointer[2];
            put16(pointer, (uint16_t)(0xc000 | w->names[i].at));
            return bytes_put(w, pointer, 2);
        }
        uint8_t label[65];
        ssize_t n = dnswire_label_next(&name, label + 1);
        if (n <= 0)
            return -EINVAL;
        label[0] = (uint8_t)n;
        size_t at = w->n;
        if (at - start + (size_t)n + 2 > NAME_WIRE_MAX)
            return -EINVAL;
        int r = bytes_put(w, label, (size_t)n + 1);
        if (r < 0)
            return r;
        name_note(w, at);
    }
    return bytes_put(w, "", 1);
}

static int put_u16(struct dnswire_writer *w, uint16_t v)
{
    uint8_t b[2];
    put16(b, v);
    return bytes_put(w, b, 2);
}

static int put_u32(struct dnswire_writer *w, uint32_t v)
{
    uint8_t b[4];
    put32(b, v);
    return bytes_put(w, b, 4);
}

static int soa_put(struct dnswire_writer *w, const struct dnswire_record *r)
{
    const uint32_t numbers[] = {r->serial, r->refresh, r->retry, r->expire, r->minimum};
    int e = name_put(w, r->target, true);
    if (e == 0)
        e = name_put(w, r->text, true);
    for (size_t i = 0; i < ARRAY_LEN(numbers) && e == 0; i++)
        e = put_u32(w, numbers[i]);
    return e;
}

/* RFC 1035 3.3.14: strings of at most 255 bytes. */
static int txt_put(struct dnswire_writer *w, struct str text)
{
    int e = 0;
    do {
        uint8_t n = (uint8_t)MIN(text.n, (size_t)255);
        e = bytes_put(w, &n, 1);
        if (e == 0 && n)
            e = bytes_put(w, text.p, n);
        text = str_from(text, n);
    } while (e == 0 && text.n);
    return e;
}

static int data_put(struct dnswire_writer *w, const struct dnswire_record *r)
{
    int e = 0;
    switch (r->type) {
    case DNSWIRE_A:
        return bytes_put(w, r->ip, 4);
    case DNSWIRE_AAAA:
        return bytes_put(w, r->ip, 16);
    case DNSWIRE_TXT:
        return txt_put(w, r->text);
    case DNSWIRE_SOA:
        return soa_put(w, r);
    case DNSWIRE_MX:
        e = put_u16(w, r->priority);
        break;
    case DNSWIRE_SRV:
        /* RFC 2782: the target is not compressed; but pointing to it later is fine. */
        e = put_u16(w, r->priority);
        if (e == 0)
            e = put_u16(w, r->weight);
        if (e == 0)
            e = put_u16(w, r->port);
        return e == 0 ? name_put(w, r->target, false) : e;
    case DNSWIRE_CNAME:
    case DNSWIRE_PTR:
    case DNSWIRE_NS:
        break;
    default:
        return -EINVAL;
    }
    return e < 0 ? e : name_put(w, r->target, true);
}

void dnswire_reply_start(struct dnswire_writer *w, uint8_t *p, size_t cap, const struct dnswire_query *q)
{
    *w = (struct dnswire_writer){.p = p, .cap = cap - (q->edns ? OPT_SIZE : 0), .n = HEADER, .query = q};
    memset(p, 0, HEADER);
    if (q->question.n <= w->cap - w->n) {
        memcpy(p + w->n, q->question.p ? q->question.p : "", q->question.n);
        w->n += q->question.n;
    }
    question_note(w);
}

size_t dnswire_reply_max(const struct dnswire_query *q)
{
    return q->edns ? MIN(q->udp_size, DNSWIRE_UDP_MAX) : 512;
}

int dnswire_reply_add(struct dnswire_writer *w, enum dnswire_section s, const struct dnswire_record *r)
{
    if (w->full)
        return 0; /* what would follow a gap stays out too */
    size_t n = w->n, names = w->n_names;
    int e = name_put(w, r->name, true);
    if (e == 0)
        e = put_u16(w, r->type);
    if (e == 0)
        e = put_u16(w, 1);
    if (e == 0)
        e = put_u32(w, r->ttl);
    size_t length = w->n;
    if (e == 0)
        e = put_u16(w, 0);
    if (e == 0)
        e = data_put(w, r);
    if (e == 0) {
        put16(w->p + length, (uint16_t)(w->n - length - 2));
        w->counts[s]++;
        return 0;
    }
    w->n = n;
    w->n_names = names;
    if (e != -ENOSPC)
        return e;
    w->full = s != DNSWIRE_ADDITIONAL; /* additional records are a courtesy: without them nothing is cut off */
    return 0;
}

size_t dnswire_reply_end(struct dnswire_writer *w, uint16_t flags, enum dnswire_code code)
{
    const struct dnswire_query *q = w->query;
    uint16_t own = (uint16_t)(DNSWIRE_QR | (q->flags & (0x7800 | DNSWIRE_RD | DNSWIRE_CD)) | flags | (code & 15));
    if (w->full)
        own |= DNSWIRE_TC;
    put16(w->p, q->id);
    put16(w->p + 2, own);
    put16(w->p + 4, q->question.n != 0);
    for (size_t i = 0; i < 3; i++)
        put16(w->p + 6 + 2 * i, w->counts[i]);
    if (q->edns) {
        uint8_t opt[OPT_SIZE] = {0, 0, DNSWIRE_OPT};
        put16(opt + 3, DNSWIRE_UDP_MAX);
        opt[5] = (uint8_t)(code >> 4);
        opt[7] = q->dnssec_ok ? 0x80 : 0;
        memcpy(w->p + w->n, opt, sizeof(opt)); /* its room was kept */
        w->n += sizeof(opt);
        put16(w->p + 10, (uint16_t)(w->counts[DNSWIRE_ADDITIONAL] + 1));
    }
    return w->n;
}

size_t dnswire_refuse(uint8_t *p, size_t cap, const struct dnswire_query *q, uint16_t flags, enum dnswire_code code)
{
    struct dnswire_writer w;
    dnswire_reply_start(&w, p, cap, q);
    return dnswire_reply_end(&w, flags, code);
}

size_t dnswire_query_write(uint8_t *p, size_t cap, uint16_t id, struct str name, uint16_t type, bool edns)
{
    struct dnswire_query none = {.name_n = 0};
    struct dnswire_writer w;
    if (cap < HEADER + OPT_SIZE)
        return 0;
    dnswire_reply_start(&w, p, cap, &none);
    if (name_put(&w, name, true) < 0 || put_u16(&w, type) < 0 || put_u16(&w, 1) < 0)
        return 0;
    put16(p, id);
    put16(p + 2, DNSWIRE_RD);
    put16(p + 4, 1);
    if (edns) {
        uint8_t opt[OPT_SIZE] = {0, 0, DNSWIRE_OPT};
        put16(opt + 3, DNSWIRE_UDP_MAX);
        if (bytes_put(&w, opt, sizeof(opt)) < 0)
            return 0;
        put16(p + 10, 1);
    }
    return w.n;
}
