/* dnswire: DNS messages as bytes (RFC 1035, 2181, 2782, 3596, 6891).
 *
 * Pure: bytes in, structs out, and back; no sockets, no clock, no allocation.
 * Any thread. Names are text: labels joined by dots, no dot at the end ("" is
 * the root), bytes outside printable ASCII and dots within labels as \DDD.
 * Everything is bounded by the format; compression pointers may only point
 * backwards, so reading ends. */
#ifndef CORACLE_DNSWIRE_H
#define CORACLE_DNSWIRE_H

#include "base/base.h"

#define DNSWIRE_NAME_MAX 1016 /* 254 bytes of labels, each up to four characters */
#define DNSWIRE_UDP_MAX  1232 /* what we offer and at most send by UDP with EDNS */
#define DNSWIRE_TCP_MAX  65535

enum dnswire_type {
    DNSWIRE_A = 1,
    DNSWIRE_NS = 2,
    DNSWIRE_CNAME = 5,
    DNSWIRE_SOA = 6,
    DNSWIRE_PTR = 12,
    DNSWIRE_MX = 15,
    DNSWIRE_TXT = 16,
    DNSWIRE_AAAA = 28,
    DNSWIRE_SRV = 33,
    DNSWIRE_OPT = 41,
    DNSWIRE_ANY = 255,
};
enum dnswire_code {
    DNSWIRE_NOERROR = 0,
    DNSWIRE_FORMERR = 1,
    DNSWIRE_SERVFAIL = 2,
    DNSWIRE_NXDOMAIN = 3,
    DNSWIRE_NOTIMP = 4,
    DNSWIRE_REFUSED = 5,
    DNSWIRE_BADVERS = 16,
};
enum dnswire_flag {
    DNSWIRE_QR = 0x8000,
    DNSWIRE_AA = 0x0400,
    DNSWIRE_TC = 0x0200,
    DNSWIRE_RD = 0x0100,
    DNSWIRE_RA = 0x0080,
    DNSWIRE_AD = 0x0020,
    DNSWIRE_CD = 0x0010,
};

/* ── reading ── */
struct dnswire_query {
    uint16_t id;
    uint16_t flags; /* as sent, with opcode and rcode bits */
    uint16_t type, class_;
    char name[DNSWIRE_NAME_MAX]; /* lower case, NUL behind */
    size_t name_n;
    struct str question; /* the question section's bytes, as sent (case kept); borrowed */
    bool edns;
    bool dnssec_ok;
    uint16_t udp_size; /* what the asker takes: ≥ 512 */
};
/* 0; an enum dnswire_code > 0 that dnswire_refuse() can answer with (id and question filled as far as read);
 * -EBADMSG: not to be answered at all (a reply, or shorter than a header). */
int dnswire_query_parse(struct dnswire_query *q, struct str packet) MUST_USE;

struct dnswire_record {
    struct str name; /* text */
    uint16_t type;
    uint32_t ttl;
    uint8_t ip[16];                                   /* A: 4 bytes, AAAA: 16 */
    struct str target;                                /* CNAME, PTR, NS, SRV, MX, SOA (primary): a name */
    uint16_t priority, weight, port;                  /* SRV; MX: priority */
    struct str text;                                  /* TXT; SOA: mailbox as a name */
    uint32_t serial, refresh, retry, expire, minimum; /* SOA */
};
/* A reply's outline, for relaying and caching one. */
struct dnswire_reply_info {
    uint16_t id, flags;
    uint8_t code;
    uint16_t type, class_;
    char name[DNSWIRE_NAME_MAX]; /* lower case */
    size_t name_n;
    unsigned answers, authorities;
    uint32_t ttl; /* the smallest one of the answers; without answers the SOA's negative one (RFC 2308); 0: none */
};
int dnswire_reply_scan(struct dnswire_reply_info *out, struct str packet) MUST_USE; /* -EBADMSG */
/* The answer section's records one after the other: *at 0 at first; 0, 1: no more, -EBADMSG. Texts go to name/target. */
struct dnswire_walk {
    size_t at;
    unsigned left;
    char name[DNSWIRE_NAME_MAX], target[DNSWIRE_NAME_MAX];
};
int dnswire_answer_next(struct dnswire_walk *w, struct str packet,
                        struct dnswire_record *out) MUST_USE; /* types it does not know: only name, type, ttl */
/* Lowers every TTL but OPT's by `seconds`, in place (a cached reply that has aged). */
void dnswire_reply_age(char *packet, size_t n, uint32_t seconds);

/* ── writing ── */
enum dnswire_section { DNSWIRE_ANSWER, DNSWIRE_AUTHORITY, DNSWIRE_ADDITIONAL };
#define DNSWIRE_NAMES_MAX 64
struct dnswire_writer {
    uint8_t *p;
    size_t n, cap; /* cap: also the size the reply may have */
    uint16_t counts[3];
    bool full; /* something did not fit: TC is set at the end */
    const struct dnswire_query *query;
    struct {
        uint16_t at;
    } names[DNSWIRE_NAMES_MAX]; /* where names start that others may point to */
    size_t n_names;
};
/* Starts the reply to q in `cap` bytes (≥ 512). For UDP, cap it at dnswire_reply_max(q). */
void dnswire_reply_start(struct dnswire_writer *w, uint8_t *p, size_t cap, const struct dnswire_query *q);
size_t dnswire_reply_max(const struct dnswire_query *q); /* 512, or min(udp_size, DNSWIRE_UDP_MAX) */
/* Sections in order; a record that does not fit is left out whole. -EINVAL: a name that cannot be written. */
int dnswire_reply_add(struct dnswire_writer *w, enum dnswire_section s, const struct dnswire_record *r);
/* Ends it: flags (AA, RA as given; QR, RD, CD from the query; TC when full), code, OPT when asked with one. Bytes. */
size_t dnswire_reply_end(struct dnswire_writer *w, uint16_t flags, enum dnswire_code code);
/* A whole reply without records. */
size_t dnswire_refuse(uint8_t *p, size_t cap, const struct dnswire_query *q, uint16_t flags, enum dnswire_code code);
/* A query of our own. 0 bytes: the name cannot be written or does not fit. */
size_t dnswire_query_write(uint8_t *p, size_t cap, uint16_t id, struct str name, uint16_t type, bool edns);

/* ── names ── */
bool dnswire_name_valid(struct str name);
/* "4.3.2.1.in-addr.arpa" or "….ip6.arpa" → address; answers its length 4 or 16, 0: not such a name. */
size_t dnswire_arpa_parse(struct str name, uint8_t ip[16]);
void dnswire_arpa_print(const uint8_t *ip, size_t n, char out[80]); /* n: 4 or 16 */

#endif
