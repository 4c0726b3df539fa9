/* spdy: SPDY/3.1 frames as a pure state machine.
 *
 *   control  1|version:15=3|type:16|flags:8|length:24|payload   header blocks: one zlib stream a direction
 *   data     0|stream:31           |flags:8|length:24|payload   delivered as it comes, never gathered
 *
 * Kubernetes' clients speak it through Go's spdystream, which knows no flow
 * control: it sends no WINDOW_UPDATE and heeds none. Holding such a peer to 64
 * KiB would stop it for ever, so that windows count only once the peer has
 * shown, by a WINDOW_UPDATE or SETTINGS, that it keeps them. */
#include <zlib.h>

#include "http/inside.h"

#define VERSION      3u
#define FRAME_MOST   65536u /* a control frame's payload */
#define BLOCK_MOST   65536u /* a header block, inflated */
#define PAIRS_MOST   128u
#define STREAMS_MOST 1024u
#define UNSENT_MOST  (256u << 10)
#define PIECE        32768u /* of data a frame */
#define PENDING_MOST (4u << 20)
#define WINDOW_FIRST 65536
#define DICTIONARY   1423u

enum { SYN_STREAM = 1, SYN_REPLY = 2, RST_STREAM = 3, SETTINGS = 4, PING = 6, GOAWAY = 7, HEADERS = 8, WINDOW_UPDATE = 9 };
enum { FLAG_FIN = 1, FLAG_UNIDIRECTIONAL = 2 };
enum { RST_PROTOCOL = 1, RST_REFUSED = 3, RST_CANCEL = 5, RST_FLOW = 7, RST_CLOSED = 9 };
enum { SETTING_WINDOW = 7 };

struct spdy_stream {
    struct list link;
    struct spdy *s;
    void *data;
    uint32_t id;
    int64_t window;     /* what the peer still takes */
    int64_t consumed;   /* received, not yet told by WINDOW_UPDATE */
    struct buf pending; /* beyond the window */
    unsigned round;     /* see streams_continue() */
    bool in_fin, out_fin, fin_pending, waiting;
};

struct spdy {
    struct spdy_events events;
    bool server, flow, broken, gone_away;
    z_stream deflater, inflater;
    struct list streams;
    unsigned n_streams, round;
    uint32_t next_id, last_peer_id;
    int64_t window_first;
    struct buf unsent; /* control frames `send` had no room for */
    struct buf block;
    /* the frame being received */
    unsigned char head[8];
    unsigned n_head;
    bool control, in_frame;
    unsigned type, flags;
    uint32_t left, id;
    struct buf frame;
};

/* The dictionary of the specification's section 2.6.10.1: words with their lengths, then loose text. */
static void dictionary(unsigned char out[DICTIONARY])
{
    static const char words[] = "options\nhead\npost\nput\ndelete\ntrace\naccept\naccept-charset\naccept-"
                                "encoding\naccept-language\naccept-ranges\nage\n"
                                "allow\nauthorization\ncache-control\nconnection\ncontent-base\ncontent-"
                                "encoding\ncontent-language\ncontent-length\n"
                                "content-location\ncontent-md5\ncontent-range\ncontent-"
                                "type\ndate\netag\nexpect\nexpires\nfrom\nhost\nif-match\n"
                                "if-modified-since\nif-none-match\nif-range\nif-unmodified-since\nlast-"
                                "modified\nlocation\nmax-forwards\npragma\n"
                                "proxy-authenticate\nproxy-authorization\nrange\nreferer\nretry-"
                                "after\nserver\nte\ntrailer\ntransfer-encoding\nupgrade\n"
                                "user-agent\nvary\nvia\nwarning\nwww-authenticate\nmethod\nget\nstatus\n200 "
                                "OK\nversion\nHTTP/1.1\nurl\npublic\n"
                                "set-cookie\nkeep-alive\norigin";
    static const char loose[] = "100101201202205206300302303304305306307402405406407408409410411412413414415416417502504505203 "
                                "Non-Authoritative "
                                "Information204 No Content301 Moved Permanently400 Bad Request401 Unauthorized403 Forbidden404 Not Found500 "
                                "Internal "
                                "Server Error501 Not Implemented503 Service UnavailableJan Feb Mar Apr May Jun Jul Aug Sept Oct Nov Dec "
                                "00:00:00 Mon, "
                                "Tue, Wed, Thu, Fri, Sat, Sun, GMTchunked,text/html,image/png,image/jpg,image/gif,application/xml,"
                                "application/xhtml+xml,text/plain,text/javascript,publicprivatemax-age=gzip,deflate,sdchcharset=utf-8"
                                "charset=iso-8859-1,utf-,*,enq=0.";
    struct str rest = str_of(words), word;
    size_t n = 0;
    while (str_next(&rest, '\n', &word)) {
        out[n] = out[n + 1] = out[n + 2] = 0;
        out[n + 3] = (unsigned char)word.n;
        memcpy(out + n + 4, word.p, word.n);
        n += 4 + word.n;
    }
    CHECK(n + sizeof(loose) - 1 == DICTIONARY);
    memcpy(out + n, loose, sizeof(loose) - 1);
}

static void put32(struct buf *b, uint32_t v)
{
    unsigned char p[4] = {(unsigned char)(v >> 24), (unsigned char)(v >> 16), (unsigned char)(v >> 8), (unsigned char)v};
    buf_add(b, p, 4);
}

static uint32_t get32(const char *p)
{
    const unsigned char *u = (const unsigned char *)p;
    return (uint32_t)u[0] << 24 | (uint32_t)u[1] << 16 | (uint32_t)u[2] << 8 | u[3];
}

static voidpf z_alloc(voidpf ctx, uInt n, uInt size)
{
    (void)ctx;
    size_t bytes;
    return __builtin_mul_overflow((size_t)n, (size_t)size, &bytes) ? NULL : mem_alloc(bytes);
}

static void z_release(voidpf ctx, voidpf p)
{
    (void)ctx;
    mem_free(p);
}

/* ── life ── */

int spdy_new(struct spdy **out, bool server, const struct spdy_events *e)
{
    struct spdy *s = mem_alloc(sizeof(*s));
    if (!s)
        return -ENOMEM;
    unsigned char words[DICTIONARY];
    dictionary(words);
    s->events = *e;
    s->server = server;
    s->next_id = server ? 2 : 1;
    s->window_first = WINDOW_FIRST;
    s->unsent = BUF_INIT(UNSENT_MOST);
    s->frame = BUF_INIT(FRAME_MOST);
    s->block = BUF_INIT(BLOCK_MOST);
    list_init(&s->streams);
    s->deflater.zalloc = s->inflater.zalloc = z_alloc;
    s->deflater.zfree = s->inflater.zfree = z_release;
    /* A window of 2 KiB holds the dictionary and a few blocks, and costs 20 KiB instead of 256. */
    if (deflateInit2(&s->deflater, Z_DEFAULT_COMPRESSION, Z_DEFLATED, 11, 1, Z_DEFAULT_STRATEGY) != Z_OK) {
        mem_free(s);
        return -ENOMEM;
    }
    if (inflateInit2(&s->inflater, 15) != Z_OK) {
        deflateEnd(&s->deflater);
        mem_free(s);
        return -ENOMEM;
    }
    CHECK(deflateSetDictionary(&s->deflater, words, DICTIONARY) == Z_OK);
    *out = s;
    return 0;
}

static void stream_free(struct spdy_stream *st)
{
    struct spdy *s = st->s;
    list_del(&st->link);
    s->n_streams--;
    if (s->events.on_gone)
        s->events.on_gone(s->events.ctx, st);
    buf_done(&st->pending);
    mem_free(st);
}

static void stream_settle(struct spdy_stream *st)
{
    if (st->in_fin && st->out_fin && !st->fin_pending)
        stream_free(st);
}

struct spdy *spdy_free(struct spdy *s)
{
    if (!s)
        return NULL;
    while (!list_empty(&s->streams))
        stream_free(CONTAINER_OF(s->streams.next, struct spdy_stream, link));
    deflateEnd(&s->deflater);
    inflateEnd(&s->inflater);
    buf_done(&s->unsent);
    buf_done(&s->frame);
    buf_done(&s->block);
    return mem_free(s);
}

static struct spdy_stream *stream_new(struct spdy *s, uint32_t id)
{
    struct spdy_stream *st = mem_alloc(sizeof(*st));
    if (!st)
        return NULL;
    st->s = s;
    st->id = id;
    st->window = s->window_first;
    st->pending = BUF_INIT(PENDING_MOST);
    list_add_front(&s->streams, &st->link);
    s->n_streams++;
    return st;
}

static struct spdy_stream *stream_find(struct spdy *s, uint32_t id)
{
    LIST_EACH (st, &s->streams, struct spdy_stream, link)
        if (st->id == id)
            return st;
    return NULL;
}

/* ── out ── */

static int spdy_flush(struct spdy *s)
{
    if (s->broken)
        return -EPROTO;
    if (s->unsent.n == 0)
        return 0;
    int r = s->events.send(s->events.ctx, buf_view(&s->unsent));
    if (r == 0)
        buf_clear(&s->unsent);
    return r;
}

/* Control frames are never lost: header blocks carry the compressor's state. */
static int control_send(struct spdy *s, unsigned type, unsigned flags, const struct buf *payload)
{
    size_t before = s->unsent.n;
    put32(&s->unsent, 1u << 31 | VERSION << 16 | type);
    put32(&s->unsent, flags << 24 | (uint32_t)payload->n);
    buf_str(&s->unsent, buf_view(payload));
    if (buf_error(&s->unsent) || buf_error(payload)) {
        s->unsent.n = before;
        s->broken = true;
        return -ENOBUFS;
    }
    int r = spdy_flush(s);
    return r == -ENOBUFS ? 0 : r;
}

static int control_numbers(struct spdy *s, unsigned type, uint32_t a, const uint32_t *b)
{
    SCOPED_BUF payload = BUF_INIT(64);
    put32(&payload, a);
    if (b)
        put32(&payload, *b);
    return control_send(s, type, 0, &payload);
}

static int block_deflate(struct spdy *s, const struct http_header *headers, size_t n, struct buf *out)
{
    SCOPED_BUF plain = BUF_INIT(BLOCK_MOST);
    put32(&plain, (uint32_t)n);
    for (size_t i = 0; i < n; i++) {
        put32(&plain, (uint32_t)headers[i].name.n);
        buf_str(&plain, headers[i].name);
        put32(&plain, (uint32_t)headers[i].value.n);
        buf_str(&plain, headers[i].value);
    }
    if (buf_error(&plain))
        return buf_error(&plain);
    s->deflater.next_in = (Bytef *)plain.p;
    s->deflater.avail_in = (uInt)plain.n;
    do {
        char *to = buf_room(out, 1024);
        if (!to) {
            s->broken = true;
            return -ENOMEM;
        }
        s->deflater.next_out = (Bytef *)to;
        s->deflater.avail_out = 1024;
        deflate(&s->deflater, Z_SYNC_FLUSH);
        buf_grew(out, 1024 - s->deflater.avail_out);
    } while (s->deflater.avail_out == 0);
    return 0;
}

int spdy_open(struct spdy *s, const struct http_header *headers, size_t n, struct spdy_stream **out)
{
    if (s->broken)
        return -EPROTO;
    if (s->gone_away || s->n_streams >= STREAMS_MOST || s->next_id > 0x7fffffff)
        return -ESHUTDOWN;
    SCOPED_BUF payload = BUF_INIT(FRAME_MOST);
    struct spdy_stream *st = stream_new(s, s->next_id);
    if (!st)
        return -ENOMEM;
    put32(&payload, s->next_id);
    put32(&payload, 0);
    buf_add(&payload, "\0\0", 2); /* priority, slot */
    int r = block_deflate(s, headers, n, &payload);
    if (r == 0)
        r = control_send(s, SYN_STREAM, 0, &payload);
    if (r < 0) {
        list_del(&st->link);
        s->n_streams--;
        mem_free(st);
        return r;
    }
    s->next_id += 2;
    *out = st;
    return 0;
}

int spdy_accept(struct spdy_stream *st, const struct http_header *headers, size_t n)
{
    if (st->s->broken)
        return -EPROTO;
    SCOPED_BUF payload = BUF_INIT(FRAME_MOST);
    put32(&payload, st->id);
    int r = block_deflate(st->s, headers, n, &payload);
    return r < 0 ? r : control_send(st->s, SYN_REPLY, 0, &payload);
}

static int data_send(struct spdy_stream *st, struct str bytes, bool fin)
{
    struct spdy *s = st->s;
    SCOPED_BUF frame = BUF_INIT(PIECE + 8);
    put32(&frame, st->id);
    put32(&frame, (fin ? (uint32_t)FLAG_FIN << 24 : 0) | (uint32_t)bytes.n);
    buf_str(&frame, bytes);
    if (buf_error(&frame))
        return buf_error(&frame);
    int r = s->events.send(s->events.ctx, buf_view(&frame));
    if (r == 0)
        st->window -= (int64_t)bytes.n;
    return r;
}

static size_t allowed(const struct spdy_stream *st)
{
    if (!st->s->flow)
        return PIECE;
    return st->window <= 0 ? 0 : (size_t)MIN(st->window, (int64_t)PIECE);
}

/* Sends what window and pipe take; the rest stays in `pending`. */
static int pending_flush(struct spdy_stream *st)
{
    int r = spdy_flush(st->s);
    size_t sent = 0;
    while (r == 0 && (st->pending.n > sent || st->fin_pending)) {
        struct str rest = str_from(buf_view(&st->pending), sent);
        size_t n = MIN(rest.n, allowed(st));
        bool fin = st->fin_pending && n == rest.n;
        if (n == 0 && !fin)
            break;
        r = data_send(st, str_head(rest, n), fin);
        if (r == 0) {
            sent += n;
            st->fin_pending = st->fin_pending && !fin;
        }
    }
    buf_drop(&st->pending, sent);
    if (st->pending.n == 0)
        buf_done(&st->pending);
    return r == -ENOBUFS ? 0 : r;
}

int spdy_send(struct spdy_stream *st, struct str bytes, bool fin)
{
    struct spdy *s = st->s;
    if (s->broken || st->out_fin)
        return -EPIPE;
    if (!spdy_writable(st)) {
        st->waiting = true;
        return -ENOBUFS;
    }
    int r = 0;
    while (r == 0 && (bytes.n || fin)) {
        size_t n = MIN(bytes.n, allowed(st));
        bool last = fin && n == bytes.n;
        if (n == 0 && !last)
            break;
        r = data_send(st, str_head(bytes, n), last);
        if (r == 0) {
            bytes = str_from(bytes, n);
            if (last) {
                st->out_fin = true;
                stream_settle(st);
                return 0;
            }
        }
    }
    if (r < 0 && r != -ENOBUFS)
        return r;
    if (bytes.n == 0 && !fin)
        return 0;
    buf_str(&st->pending, bytes);
    if (buf_error(&st->pending))
        return buf_error(&st->pending);
    st->waiting = true;
    st->out_fin = st->fin_pending = fin;
    return 0;
}

void spdy_reset(struct spdy_stream *st)
{
    uint32_t why = RST_CANCEL;
    (void)!control_numbers(st->s, RST_STREAM, st->id, &why);
    stream_free(st);
}

bool spdy_writable(const struct spdy_stream *st)
{
    return !st->s->broken && st->pending.n == 0 && !st->fin_pending && st->s->unsent.n == 0 && allowed(st) > 0;
}

/* Searched afresh after each callback, which may have freed any stream. */
static struct spdy_stream *waiting_next(struct spdy *s)
{
    LIST_EACH (st, &s->streams, struct spdy_stream, link) {
        if (!st->waiting || st->round == s->round)
            continue;
        st->round = s->round;
        return st;
    }
    return NULL;
}

/* The pipe has drained or a window opened. */
static int streams_continue(struct spdy *s)
{
    int r = spdy_flush(s);
    if (r < 0)
        return r == -ENOBUFS ? 0 : r;
    s->round++;
    for (struct spdy_stream *st; (st = waiting_next(s));) {
        r = pending_flush(st);
        if (r < 0)
            return r;
        if (st->pending.n || st->fin_pending || allowed(st) == 0)
            continue;
        st->waiting = false;
        if (st->in_fin && st->out_fin)
            stream_free(st);
        else if (s->events.on_writable && !st->out_fin)
            s->events.on_writable(s->events.ctx, st);
    }
    return 0;
}

int spdy_drained(struct spdy *s)
{
    return s->broken ? -EPROTO : streams_continue(s);
}

int spdy_limit_window(struct spdy *s, uint32_t bytes)
{
    SCOPED_BUF payload = BUF_INIT(64);
    s->flow = true;
    put32(&payload, 1);
    put32(&payload, SETTING_WINDOW);
    put32(&payload, bytes);
    return control_send(s, SETTINGS, 0, &payload);
}

int spdy_goaway(struct spdy *s)
{
    uint32_t fine = 0;
    return control_numbers(s, GOAWAY, s->last_peer_id, &fine);
}

/* ── in ── */

static int block_inflate(struct spdy *s, struct str packed)
{
    buf_clear(&s->block);
    s->inflater.next_in = (Bytef *)(uintptr_t)packed.p;
    s->inflater.avail_in = (uInt)packed.n;
    for (;;) {
        char *to = buf_room(&s->block, 2048);
        if (!to)
            return buf_error(&s->block) == -ENOMEM ? -ENOMEM : -EPROTO;
        s->inflater.next_out = (Bytef *)to;
        s->inflater.avail_out = 2048;
        int r = inflate(&s->inflater, Z_SYNC_FLUSH);
        buf_grew(&s->block, 2048 - s->inflater.avail_out);
        if (r == Z_NEED_DICT) {
            unsigned char words[DICTIONARY];
            dictionary(words);
            if (inflateSetDictionary(&s->inflater, words, DICTIONARY) != Z_OK)
                return -EPROTO;
            continue;
        }
        if (r == Z_MEM_ERROR)
            return -ENOMEM;
        if (r != Z_OK && r != Z_BUF_ERROR)
            return -EPROTO;
        if (s->inflater.avail_out)
            return s->inflater.avail_in ? -EPROTO : 0;
    }
}

static bool text_next(struct str *rest, struct str *out)
{
    if (rest->n < 4)
        return false;
    uint32_t n = get32(rest->p);
    *rest = str_from(*rest, 4);
    if (n > rest->n)
        return false;
    *out = str_head(*rest, n);
    *rest = str_from(*rest, n);
    return true;
}

static int block_read(struct spdy *s, struct str packed, struct http_header *out, size_t *n)
{
    int r = block_inflate(s, packed);
    if (r < 0)
        return r;
    struct str rest = buf_view(&s->block);
    if (rest.n < 4 || get32(rest.p) > PAIRS_MOST)
        return -EPROTO;
    *n = get32(rest.p);
    rest = str_from(rest, 4);
    for (size_t i = 0; i < *n; i++)
        if (!text_next(&rest, &out[i].name) || !text_next(&rest, &out[i].value) || out[i].name.n == 0)
            return -EPROTO;
    return rest.n ? -EPROTO : 0;
}

static int peer_fin(struct spdy_stream *st)
{
    struct spdy *s = st->s;
    uint32_t id = st->id;
    st->in_fin = true;
    s->events.on_data(s->events.ctx, st, STR(""), true);
    st = stream_find(s, id); /* the callback may have ended it */
    if (st)
        stream_settle(st);
    return 0;
}

static int stream_refuse(struct spdy *s, uint32_t id, uint32_t why)
{
    return control_numbers(s, RST_STREAM, id, &why);
}

static int on_syn_stream(struct spdy *s, struct str p)
{
    if (p.n < 10)
        return -EPROTO;
    uint32_t id = get32(p.p) & 0x7fffffff;
    struct http_header headers[PAIRS_MOST];
    size_t n = 0;
    int r = block_read(s, str_from(p, 10), headers, &n); /* also when refused: the compressor's state goes on */
    if (r < 0)
        return r;
    if (id == 0 || (id & 1) != (s->server ? 1u : 0u) || id <= s->last_peer_id)
        return -EPROTO;
    s->last_peer_id = id;
    if (s->n_streams >= STREAMS_MOST || s->gone_away)
        return stream_refuse(s, id, RST_REFUSED);
    struct spdy_stream *st = stream_new(s, id);
    if (!st)
        return -ENOMEM;
    st->out_fin = (s->flags & FLAG_UNIDIRECTIONAL) != 0;
    unsigned flags = s->flags;
    if (!s->events.on_stream || s->events.on_stream(s->events.ctx, st, headers, n) < 0) {
        list_del(&st->link);
        s->n_streams--;
        buf_done(&st->pending);
        mem_free(st);
        return stream_refuse(s, id, RST_REFUSED);
    }
    st = stream_find(s, id);
    return st && (flags & FLAG_FIN) ? peer_fin(st) : 0;
}

static int on_headers(struct spdy *s, struct str p)
{
    if (p.n < 4)
        return -EPROTO;
    uint32_t id = get32(p.p) & 0x7fffffff;
    struct http_header headers[PAIRS_MOST];
    size_t n = 0;
    int r = block_read(s, str_from(p, 4), headers, &n);
    if (r < 0)
        return r;
    struct spdy_stream *st = stream_find(s, id);
    unsigned flags = s->flags;
    if (st && s->type == SYN_REPLY && s->events.on_reply) {
        s->events.on_reply(s->events.ctx, st, headers, n);
        st = stream_find(s, id);
    }
    return st && (flags & FLAG_FIN) && !st->in_fin ? peer_fin(st) : 0;
}

static int on_rst(struct spdy *s, struct str p)
{
    if (p.n != 8)
        return -EPROTO;
    struct spdy_stream *st = stream_find(s, get32(p.p) & 0x7fffffff);
    if (!st)
        return 0;
    uint32_t id = st->id;
    if (s->events.on_reset)
        s->events.on_reset(s->events.ctx, st);
    st = stream_find(s, id);
    if (st)
        stream_free(st);
    return 0;
}

static int on_settings(struct spdy *s, struct str p)
{
    if (p.n < 4 || (p.n - 4) / 8 != get32(p.p) || (p.n - 4) % 8)
        return -EPROTO;
    for (p = str_from(p, 4); p.n; p = str_from(p, 8)) {
        int64_t value = get32(p.p + 4);
        if ((get32(p.p) & 0xffffff) != SETTING_WINDOW)
            continue;
        if (value > INT32_MAX)
            return -EPROTO;
        LIST_EACH (st, &s->streams, struct spdy_stream, link)
            st->window += value - s->window_first;
        s->window_first = value;
        s->flow = true;
    }
    return streams_continue(s);
}

static int on_window(struct spdy *s, struct str p)
{
    if (p.n != 8)
        return -EPROTO;
    s->flow = true;
    struct spdy_stream *st = stream_find(s, get32(p.p) & 0x7fffffff);
    if (!st)
        return 0; /* ended meanwhile, or the session's own window, which is not kept */
    st->window += get32(p.p + 4) & 0x7fffffff;
    if (st->window > INT32_MAX) {
        int r = stream_refuse(s, st->id, RST_FLOW);
        if (s->events.on_reset)
            s->events.on_reset(s->events.ctx, st);
        st = stream_find(s, get32(p.p) & 0x7fffffff);
        if (st)
            stream_free(st);
        return r;
    }
    return streams_continue(s);
}

static int on_ping(struct spdy *s, struct str p)
{
    if (p.n != 4)
        return -EPROTO;
    uint32_t id = get32(p.p);
    bool theirs = (id & 1) == (s->server ? 1u : 0u);
    return theirs ? control_numbers(s, PING, id, NULL) : 0;
}

static int control_done(struct spdy *s)
{
    struct str p = buf_view(&s->frame);
    switch (s->type) {
    case SYN_STREAM:
        return on_syn_stream(s, p);
    case SYN_REPLY:
    case HEADERS:
        return on_headers(s, p);
    case RST_STREAM:
        return on_rst(s, p);
    case SETTINGS:
        return on_settings(s, p);
    case PING:
        return on_ping(s, p);
    case GOAWAY:
        s->gone_away = true;
        return 0;
    case WINDOW_UPDATE:
        return on_window(s, p);
    default:
        return 0; /* unknown types are passed over */
    }
}

/* A piece of a data frame; `last`: its end. */
static int data_piece(struct spdy *s, struct str bytes, bool last)
{
    struct spdy_stream *st = stream_find(s, s->id);
    if (!st || st->in_fin)
        return 0; /* it crossed our reset */
    bool fin = last && (s->flags & FLAG_FIN);
    if (bytes.n)
        s->events.on_data(s->events.ctx, st, bytes, false);
    st = stream_find(s, s->id);
    if (!st)
        return 0;
    if (fin)
        return peer_fin(st);
    st->consumed += (int64_t)bytes.n;
    if (!s->flow || st->consumed < WINDOW_FIRST / 4)
        return 0;
    uint32_t n = (uint32_t)st->consumed;
    st->consumed = 0;
    return control_numbers(s, WINDOW_UPDATE, st->id, &n);
}

static int head_done(struct spdy *s, struct err *err)
{
    uint32_t a = get32((const char *)s->head), b = get32((const char *)s->head + 4);
    s->n_head = 0;
    s->in_frame = true;
    s->control = a >> 31;
    s->flags = b >> 24;
    s->left = b & 0xffffff;
    s->id = a & 0x7fffffff;
    s->type = a & 0xffff;
    if (s->control && ((a >> 16) & 0x7fff) != VERSION)
        return err_raise(err, -EPROTO, "SPDY version %u instead of 3", (a >> 16) & 0x7fff);
    if (s->control && s->left > FRAME_MOST)
        return err_raise(err, -EPROTO, "SPDY control frame of %u bytes", s->left);
    return 0;
}

static int frame_bytes(struct spdy *s, struct str bytes, struct err *err)
{
    s->left -= (uint32_t)bytes.n;
    bool last = s->left == 0;
    int r = 0;
    if (s->control) {
        buf_str(&s->frame, bytes);
        r = buf_error(&s->frame);
        if (r == 0 && last)
            r = control_done(s);
    } else if (bytes.n || last) {
        r = data_piece(s, bytes, last);
    }
    if (last) {
        s->in_frame = false;
        buf_clear(&s->frame);
    }
    return r < 0 ? err_raise(err, r, "SPDY frame of type %u: %s", s->control ? s->type : 0, strerror(-r)) : 0;
}

int spdy_feed(struct spdy *s, struct str bytes, struct err *err)
{
    int r = 0;
    while (r == 0 && bytes.n && !s->broken) {
        if (s->in_frame) {
            size_t n = MIN(bytes.n, (size_t)s->left);
            struct str part = str_head(bytes, n);
            bytes = str_from(bytes, n);
            r = frame_bytes(s, part, err);
            continue;
        }
        s->head[s->n_head++] = (unsigned char)bytes.p[0];
        bytes = str_from(bytes, 1);
        if (s->n_head < 8)
            continue;
        r = head_done(s, err);
        if (r == 0 && s->left == 0)
            r = frame_bytes(s, STR_NONE, err);
    }
    if (r == 0 && s->broken)
        r = err_raise(err, -EPROTO, "SPDY peer leaves too much unread");
    s->broken = s->broken || r < 0;
    return r;
}

void spdy_stream_set_data(struct spdy_stream *st, void *data)
{
    st->data = data;
}

void *spdy_stream_data(const struct spdy_stream *st)
{
    return st->data;
}

uint32_t spdy_stream_id(const struct spdy_stream *st)
{
    return st->id;
}
