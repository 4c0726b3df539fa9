/* Messages read. */
#include "dnswire/inside.h"

struct rr { /* one record's frame */
    uint16_t type, class_;
    uint32_t ttl;
    size_t ttl_at, data;
    uint16_t n;
};

static int rr_read(struct str p, size_t *at, struct rr *r)
{
    int e = dnswire_name_skip(p, at);
    if (e < 0)
        return e;
    if (p.n - *at < 10)
        return -EBADMSG;
    r->type = get16(p, *at);
    r->class_ = get16(p, *at + 2);
    r->ttl_at = *at + 4;
    r->ttl = get32(p, *at + 4);
    r->n = get16(p, *at + 8);
    r->data = *at + 10;
    if (r->n > p.n - r->data)
        return -EBADMSG;
    *at = r->data + r->n;
    return 0;
}

static int edns_read(struct dnswire_query *q, struct str p, size_t at, unsigned before, unsigned additional)
{
    struct rr r;
    for (unsigned i = 0; i < before + additional; i++) {
        if (rr_read(p, &at, &r) < 0)
            return DNSWIRE_FORMERR;
        if (i < before || r.type != DNSWIRE_OPT)
            continue;
        if (q->edns)
            return DNSWIRE_FORMERR; /* RFC 6891 6.1.1: one at most */
        q->edns = true;
        q->udp_size = MAX(r.class_, (uint16_t)512);
        q->dnssec_ok = r.ttl & 0x8000;
        if ((r.ttl >> 16 & 0xff) != 0)
            return DNSWIRE_BADVERS;
    }
    return 0;
}

int dnswire_query_parse(struct dnswire_query *q, struct str packet)
{
    *q = (struct dnswire_query){.udp_size = 512};
    if (packet.n < HEADER)
        return -EBADMSG;
    q->id = get16(packet, 0);
    q->flags = get16(packet, 2);
    if (q->flags & DNSWIRE_QR)
        return -EBADMSG;
    if ((q->flags >> 11 & 15) != 0)
        return DNSWIRE_NOTIMP;
    if (get16(packet, 4) != 1)
        return DNSWIRE_FORMERR;
    size_t at = HEADER;
    if (dnswire_name_read(packet, &at, true, q->name, &q->name_n) < 0 || packet.n - at < 4)
        return DNSWIRE_FORMERR;
    q->type = get16(packet, at);
    q->class_ = get16(packet, at + 2);
    q->question = str_make(packet.p + HEADER, at + 4 - HEADER);
    return edns_read(q, packet, at + 4, (unsigned)get16(packet, 6) + get16(packet, 8), get16(packet, 10));
}

/* The TTL of a negative answer (RFC 2308): the lesser of the SOA's own and its minimum field. */
static uint32_t soa_ttl(struct str p, const struct rr *r)
{
    size_t at = r->data;
    if (dnswire_name_skip(p, &at) < 0 || dnswire_name_skip(p, &at) < 0 || at + 20 != r->data + r->n)
        return 0;
    return MIN(r->ttl, get32(p, at + 16));
}

int dnswire_reply_scan(struct dnswire_reply_info *out, struct str packet)
{
    *out = (struct dnswire_reply_info){.id = 0};
    if (packet.n < HEADER)
        return -EBADMSG;
    out->id = get16(packet, 0);
    out->flags = get16(packet, 2);
    out->code = out->flags & 15;
    out->answers = get16(packet, 6);
    out->authorities = get16(packet, 8);
    if (!(out->flags & DNSWIRE_QR) || get16(packet, 4) != 1)
        return -EBADMSG;
    size_t at = HEADER;
    if (dnswire_name_read(packet, &at, true, out->name, &out->name_n) < 0 || packet.n - at < 4)
        return -EBADMSG;
    out->type = get16(packet, at);
    out->class_ = get16(packet, at + 2);
    at += 4;
    uint32_t least = UINT32_MAX;
    unsigned total = out->answers + out->authorities + get16(packet, 10);
    for (unsigned i = 0; i < total; i++) {
        struct rr r;
        if (rr_read(packet, &at, &r) < 0)
            return -EBADMSG;
        if (r.ttl > INT32_MAX) /* RFC 2181 8 */
            r.ttl = 0;
        if (i < out->answers)
            least = MIN(least, r.ttl);
        else if (!out->answers && i < out->answers + out->authorities && r.type == DNSWIRE_SOA)
            least = MIN(least, soa_ttl(packet, &r));
    }
    out->ttl = least == UINT32_MAX ? 0 : least;
    return 0;
}

static int data_read(struct dnswire_walk *w, struct str p, const struct rr *r, struct dnswire_record *out)
{
    size_t at = r->data, n = 0;
    if (r->type == DNSWIRE_A || r->type == DNSWIRE_AAAA) {
        if (r->n != (r->type == DNSWIRE_A ? 4 : 16))
            return -EBADMSG;
        memcpy(out->ip, p.p + r->data, r->n);
        return 0;
    }
    if (r->type == DNSWIRE_TXT) {
        if (r->n == 0 || (uint8_t)p.p[r->data] + 1u > r->n)
            return -EBADMSG;
        out->text = str_make(p.p + r->data + 1, (uint8_t)p.p[r->data]);
        return 0;
    }
    if (r->type == DNSWIRE_SRV) {
        if (r->n < 7)
            return -EBADMSG;
        out->priority = get16(p, at);
        out->weight = get16(p, at + 2);
        out->port = get16(p, at + 4);
        at += 6;
    } else if (r->type == DNSWIRE_MX) {
        if (r->n < 3)
            return -EBADMSG;
        out->priority = get16(p, at);
        at += 2;
    } else if (r->type != DNSWIRE_CNAME && r->type != DNSWIRE_PTR && r->type != DNSWIRE_NS) {
        return 0;
    }
    int e = dnswire_name_read(p, &at, true, w->target, &n);
    out->target = str_make(w->target, n);
    return e < 0 || at != r->data + r->n ? -EBADMSG : 0;
}

int dnswire_answer_next(struct dnswire_walk *w, struct str packet, struct dnswire_record *out)
{
    *out = (struct dnswire_record){.type = 0};
    if (packet.n < HEADER)
        return -EBADMSG;
    if (w->at == 0) {
        w->left = get16(packet, 6);
        w->at = HEADER;
        if (get16(packet, 4) != 1 || dnswire_name_skip(packet, &w->at) < 0 || packet.n - w->at < 4)
            return -EBADMSG;
        w->at += 4;
    }
    if (w->left == 0)
        return 1;
    size_t name_at = w->at, n = 0;
    struct rr r;
    if (dnswire_name_read(packet, &name_at, true, w->name, &n) < 0 || rr_read(packet, &w->at, &r) < 0)
        return -EBADMSG;
    w->left--;
    out->name = str_make(w->name, n);
    out->type = r.type;
    out->ttl = r.ttl;
    return data_read(w, packet, &r, out);
}

void dnswire_reply_age(char *packet, size_t n, uint32_t seconds)
{
    struct str p = str_make(packet, n);
    size_t at = HEADER;
    if (n < HEADER)
        return;
    for (unsigned i = 0; i < get16(p, 4); i++) {
        if (dnswire_name_skip(p, &at) < 0 || p.n - at < 4)
            return;
        at += 4;
    }
    unsigned total = (unsigned)get16(p, 6) + get16(p, 8) + get16(p, 10);
    for (unsigned i = 0; i < total; i++) {
        struct rr r;
        if (rr_read(p, &at, &r) < 0)
            return;
        if (r.type != DNSWIRE_OPT)
            put32((uint8_t *)packet + r.ttl_at, r.ttl > seconds ? r.ttl - seconds : 0);
    }
}
