/* ws: WebSocket (RFC 6455) frames over a pipe, either side.
 *
 *   open ──our close or theirs──> closing ──the other's close, or CLOSE_MS──> pipe ends ──> on_gone
 *
 * Frames are taken apart as their bytes come; only messages being put together
 * are held, up to `max`. Section numbers below are RFC 6455's. */
#include <openssl/evp.h>
#include <openssl/rand.h>
#include <openssl/sha.h>

#include "http/inside.h"

#define CLOSE_MS     5000
#define CONTROL_MOST 125u
#define KEEP_MESSAGE 4096u

enum { OP_CONTINUE = 0, OP_CLOSE = 8, OP_PING = 9, OP_PONG = 10 };
enum {
    CLOSE_NORMAL = 1000,
    CLOSE_PROTOCOL = 1002,
    CLOSE_NO_STATUS = 1005,
    CLOSE_ABNORMAL = 1006,
    CLOSE_DATA = 1007,
    CLOSE_TOO_BIG = 1009,
    CLOSE_INTERNAL = 1011
};

struct http_ws {
    struct http_pipe *pipe; /* NULL: not open yet (client) */
    struct http_call *call; /* client: the handshake under way */
    struct loop *loop;
    struct loop_timer timer;
    struct http_ws_events events;
    size_t max;
    struct buf message;
    int message_opcode; /* 0: none begun */
    int gone_code;
    uint64_t left; /* payload bytes of this frame still to come */
    uint64_t at;   /* payload bytes seen, for the mask */
    unsigned char head[14];
    unsigned char n_head;
    unsigned char mask[4];
    unsigned char control[CONTROL_MOST];
    unsigned char n_control;
    unsigned char opcode;
    bool server : 1, fin : 1, masked : 1, in_payload : 1, close_sent : 1, close_seen : 1, failed : 1;
};

int http_ws_accept_key(struct str key, char out[29])
{
    static const char guid[] = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"; /* §1.3 */
    unsigned char raw[18], joined[24 + sizeof(guid)], digest[SHA_DIGEST_LENGTH];
    if (key.n != 24 || EVP_DecodeBlock(raw, (const unsigned char *)key.p, 24) != 18 || key.p[22] != '=' || key.p[23] != '=')
        return -EINVAL;
    memcpy(joined, key.p, 24);
    memcpy(joined + 24, guid, sizeof(guid) - 1);
    if (!SHA1(joined, 24 + sizeof(guid) - 1, digest))
        return -EIO;
    EVP_EncodeBlock((unsigned char *)out, digest, sizeof(digest)); /* 28 characters and a NUL */
    return 0;
}

int http_ws_new(struct http_ws **out, struct loop *l, bool server, size_t max, const struct http_ws_events *e)
{
    struct http_ws *w = mem_alloc(sizeof(*w));
    if (!w)
        return -ENOMEM;
    w->loop = l;
    w->server = server;
    w->max = max;
    w->events = *e;
    w->message = BUF_INIT(max);
    *out = w;
    return 0;
}

void http_ws_drop(struct http_ws *w)
{
    loop_timer_stop(&w->timer);
    buf_done(&w->message);
    mem_free(w);
}

void http_ws_fail(struct http_ws *w, int code)
{
    w->call = NULL;
    if (w->events.on_gone)
        w->events.on_gone(w->events.ctx, code);
    http_ws_drop(w);
}

void http_ws_calling(struct http_ws *w, struct http_call *call)
{
    w->call = call;
}

/* ── out ── */

static void mask_bytes(unsigned char *p, size_t n, const unsigned char mask[4], uint64_t at)
{
    unsigned char turned[8];
    for (size_t i = 0; i < 8; i++)
        turned[i] = mask[(at + i) & 3];
    uint64_t wide;
    memcpy(&wide, turned, 8);
    for (; n >= 8; p += 8, n -= 8) {
        uint64_t v;
        memcpy(&v, p, 8);
        v ^= wide;
        memcpy(p, &v, 8);
    }
    for (size_t i = 0; i < n; i++)
        p[i] ^= turned[i];
}

static void frame_send(struct http_ws *w, int opcode, struct str bytes)
{
    struct http_wire *wire = w->pipe->wire;
    unsigned char head[14];
    size_t n = 2;
    head[0] = (unsigned char)(0x80 | opcode);
    if (bytes.n < 126) {
        head[1] = (unsigned char)bytes.n;
    } else if (bytes.n <= 0xffff) {
        head[1] = 126;
        head[n++] = (unsigned char)(bytes.n >> 8);
        head[n++] = (unsigned char)bytes.n;
    } else {
        head[1] = 127;
        for (int shift = 56; shift >= 0; shift -= 8)
            head[n++] = (unsigned char)((uint64_t)bytes.n >> shift);
    }
    if (w->server) {
        http_wire_send(wire, str_make(head, n));
        http_wire_send(wire, bytes);
        return;
    }
    unsigned char mask[4]; /* §5.3: fresh and unpredictable for each frame */
    if (RAND_bytes(mask, 4) != 1) {
        http_wire_cut(wire, -EIO);
        return;
    }
    head[1] |= 0x80;
    memcpy(head + n, mask, 4);
    http_wire_send(wire, str_make(head, n + 4));
    unsigned char part[4096];
    for (size_t at = 0; at < bytes.n; at += sizeof(part)) {
        size_t step = MIN(bytes.n - at, sizeof(part));
        memcpy(part, bytes.p + at, step);
        mask_bytes(part, step, mask, at);
        http_wire_send(wire, str_make(part, step));
    }
}

static void close_send(struct http_ws *w, int code, struct str reason)
{
    unsigned char body[CONTROL_MOST];
    size_t n = 0;
    if (w->close_sent)
        return;
    w->close_sent = true;
    if (code != CLOSE_NO_STATUS) {
        body[0] = (unsigned char)(code >> 8);
        body[1] = (unsigned char)code;
        n = MIN(reason.n, sizeof(body) - 2);
        while (n && n < reason.n && ((unsigned char)reason.p[n] & 0xc0) == 0x80)
            n--; /* not in the middle of a character */
        if (n)
            memcpy(body + 2, reason.p, n);
        n += 2;
    }
    frame_send(w, OP_CLOSE, str_make(body, n));
}

int http_ws_send(struct http_ws *w, int opcode, struct str bytes)
{
    if (opcode != HTTP_WS_TEXT && opcode != HTTP_WS_BINARY)
        return -EINVAL;
    if (!w->pipe)
        return -ENOTCONN;
    if (w->close_sent || w->pipe->wire->dead || w->pipe->wire->finishing)
        return -EPIPE;
    if (http_pipe_full(w->pipe)) {
        w->pipe->was_full = true;
        return -ENOBUFS;
    }
    frame_send(w, opcode, bytes);
    if (http_pipe_full(w->pipe))
        w->pipe->was_full = true;
    return 0;
}

bool http_ws_full(const struct http_ws *w)
{
    return !w->pipe || http_pipe_full(w->pipe);
}

void http_ws_pause(struct http_ws *w, bool paused)
{
    if (w->pipe)
        http_pipe_pause(w->pipe, paused);
}

static void on_close_late(void *ctx)
{
    struct http_ws *w = ctx;
    http_pipe_close(w->pipe);
}

void http_ws_close(struct http_ws *w, int code, struct str reason)
{
    if (!w->pipe) {
        if (w->call)
            http_call_abandon(w->call);
        return;
    }
    if (w->close_sent)
        return;
    w->gone_code = code;
    http_pipe_pause(w->pipe, false); /* their close must be seen */
    close_send(w, code, reason);
    if (loop_timer_start(w->loop, &w->timer, CLOSE_MS, on_close_late, w) < 0)
        http_pipe_close(w->pipe);
}

/* §7.1.7 */
static void ws_fail(struct http_ws *w, int code)
{
    if (w->failed)
        return;
    w->failed = true;
    w->gone_code = code;
    close_send(w, code, STR_NONE);
    http_pipe_close(w->pipe);
}

/* ── in ── */

static bool close_code_valid(int code) /* §7.4 */
{
    return (code >= 1000 && code <= 1003) || (code >= 1007 && code <= 1014) || (code >= 3000 && code <= 4999);
}

static void close_received(struct http_ws *w)
{
    struct str body = str_make(w->control, w->n_control);
    int code = CLOSE_NO_STATUS;
    if (body.n == 1) {
        ws_fail(w, CLOSE_PROTOCOL);
        return;
    }
    if (body.n) {
        code = w->control[0] << 8 | w->control[1];
        if (!close_code_valid(code)) {
            ws_fail(w, CLOSE_PROTOCOL);
            return;
        }
        if (!str_utf8_valid(str_from(body, 2))) {
            ws_fail(w, CLOSE_DATA);
            return;
        }
    }
    w->close_seen = true;
    if (!w->close_sent)
        w->gone_code = code;
    close_send(w, code, STR_NONE);
    http_pipe_close(w->pipe);
}

static void control_done(struct http_ws *w)
{
    if (w->opcode == OP_CLOSE)
        close_received(w);
    else if (w->opcode == OP_PING && !w->close_sent && !http_pipe_full(w->pipe)) /* a flood of pings gets no flood of pongs */
        frame_send(w, OP_PONG, str_make(w->control, w->n_control));
    w->n_control = 0;
}

static void message_done(struct http_ws *w)
{
    int opcode = w->message_opcode;
    w->message_opcode = 0;
    if (opcode == HTTP_WS_TEXT && !str_utf8_valid(buf_view(&w->message))) {
        ws_fail(w, CLOSE_DATA);
        return;
    }
    struct buf taken = w->message;
    w->message = BUF_INIT(w->max);
    if (!w->close_sent && w->events.on_message)
        w->events.on_message(w->events.ctx, opcode, buf_view(&taken));
    if (taken.cap > KEEP_MESSAGE) {
        buf_done(&taken);
        return;
    }
    buf_clear(&taken);
    w->message = taken;
}

static void frame_done(struct http_ws *w)
{
    w->in_payload = false;
    w->n_head = 0;
    if (w->opcode & 8)
        control_done(w);
    else if (w->fin)
        message_done(w);
}

/* Length of the frame's head as far as its first two bytes tell. */
static size_t head_length(const struct http_ws *w)
{
    unsigned n = w->head[1] & 127;
    return 2u + (n == 126 ? 2u : n == 127 ? 8u : 0u) + (w->head[1] & 128 ? 4u : 0u);
}

/* A close code, or 0 when the frame may go on (§5.2, §5.4, §5.5). */
static int head_check(const struct http_ws *w, uint64_t length)
{
    unsigned op = w->opcode;
    bool minimal = (w->head[1] & 127) < 126 || ((w->head[1] & 127) == 126 ? length > 125 : length > 0xffff);
    if ((w->head[0] & 0x70) || w->masked != w->server || !minimal || length >> 63)
        return CLOSE_PROTOCOL;
    if (op & 8)
        return op > OP_PONG || !w->fin || length > CONTROL_MOST ? CLOSE_PROTOCOL : 0;
    if (op > HTTP_WS_BINARY || (op == OP_CONTINUE) != (w->message_opcode != 0))
        return CLOSE_PROTOCOL;
    return length > w->max - MIN(w->message.n, w->max) ? CLOSE_TOO_BIG : 0;
}

static void head_done(struct http_ws *w)
{
    unsigned n = w->head[1] & 127;
    size_t wide = n == 126 ? 2 : n == 127 ? 8 : 0;
    uint64_t length = wide ? 0 : n;
    for (size_t i = 0; i < wide; i++)
        length = length << 8 | w->head[2 + i];
    w->fin = (w->head[0] & 0x80) != 0;
    w->opcode = w->head[0] & 15;
    w->masked = (w->head[1] & 0x80) != 0;
    int fault = head_check(w, length);
    if (fault) {
        ws_fail(w, fault);
        return;
    }
    if (w->masked)
        memcpy(w->mask, w->head + 2 + wide, 4);
    if (!(w->opcode & 8) && w->opcode != OP_CONTINUE)
        w->message_opcode = w->opcode;
    w->left = length;
    w->at = 0;
    w->in_payload = true;
    if (length == 0)
        frame_done(w);
}

static size_t payload_take(struct http_ws *w, struct str bytes)
{
    size_t n = (size_t)MIN((uint64_t)bytes.n, w->left);
    unsigned char *to;
    if (w->opcode & 8) {
        to = w->control + w->n_control;
        w->n_control = (unsigned char)(w->n_control + n);
    } else {
        to = buf_room(&w->message, n);
        if (!to) {
            ws_fail(w, CLOSE_INTERNAL);
            return bytes.n;
        }
        buf_grew(&w->message, n);
    }
    memcpy(to, bytes.p, n);
    if (w->masked)
        mask_bytes(to, n, w->mask, w->at);
    w->at += n;
    w->left -= n;
    if (w->left == 0)
        frame_done(w);
    return n;
}

static void ws_bytes(void *ctx, struct str bytes)
{
    struct http_ws *w = ctx;
    while (bytes.n && !w->failed && !w->close_seen) {
        if (w->pipe->paused) {
            http_pipe_hold(w->pipe, bytes);
            return;
        }
        if (w->in_payload) {
            bytes = str_from(bytes, payload_take(w, bytes));
            continue;
        }
        w->head[w->n_head++] = (unsigned char)bytes.p[0];
        bytes = str_from(bytes, 1);
        if (w->n_head >= 2 && w->n_head == head_length(w))
            head_done(w);
    }
}

static void ws_drain(void *ctx)
{
    struct http_ws *w = ctx;
    if (w->events.on_drain && !w->close_sent)
        w->events.on_drain(w->events.ctx);
}

static void ws_gone(void *ctx)
{
    struct http_ws *w = ctx;
    http_ws_fail(w, w->gone_code ? w->gone_code : CLOSE_ABNORMAL);
}

void http_ws_attach(struct http_ws *w, struct http_pipe *p)
{
    w->call = NULL;
    w->pipe = p;
    p->events = (struct http_pipe_events){ws_bytes, ws_drain, ws_gone, w};
}
