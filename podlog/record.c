#include "podlog/inside.h"

static bool next_word(struct str *rest, struct str *word)
{
    return str_cut(*rest, ' ', word, rest);
}

int podlog_record_parse(struct str line, struct podlog_record *out, struct err *err)
{
    struct str rest = line, stream, tags, tag;
    *out = (struct podlog_record){0};
    if (!next_word(&rest, &out->time) || out->time.n == 0 || out->time.n > 64)
        return err_raise(err, -EBADMSG, "no time at the beginning of a log record");
    if (!next_word(&rest, &stream))
        return err_raise(err, -EBADMSG, "no stream in a log record");
    if (str_is(stream, "stdout"))
        out->stream = PODLOG_STDOUT;
    else if (str_is(stream, "stderr"))
        out->stream = PODLOG_STDERR;
    else
        return err_raise(err, -EBADMSG, "\"%.*s\" is not a log stream", (int)MIN(stream.n, (size_t)32), stream.p);
    if (!next_word(&rest, &tags)) /* an empty text: the last space may be missing */
        rest = STR("");
    str_cut(tags, ':', &tag, &(struct str){0});
    if (!str_is(tag, "F") && !str_is(tag, "P"))
        return err_raise(err, -EBADMSG, "\"%.*s\" is neither F nor P in a log record", (int)MIN(tag.n, (size_t)32), tag.p);
    out->partial = str_is(tag, "P");
    out->text = rest;
    return 0;
}

/* ── shaping ── */

void shape_init(struct shape *s, const struct podlog_options *o)
{
    *s = (struct shape){.o = *o, .left = o->limit_bytes};
    if (s->o.streams == 0)
        s->o.streams = PODLOG_BOTH;
}

void shape_done(struct shape *s)
{
    buf_done(&s->held);
}

bool shape_full(const struct shape *s)
{
    return s->left == 0;
}

static void emit(struct shape *s, struct buf *out, struct str bytes)
{
    if (s->left >= 0)
        bytes = str_head(bytes, (size_t)s->left);
    buf_str(out, bytes);
    if (s->left >= 0)
        s->left -= (int64_t)bytes.n;
}

static bool wanted(const struct shape *s, const struct podlog_record *r, int64_t *sec, int32_t *nsec)
{
    if (!(r->stream & s->o.streams) || time_parse_rfc3339(r->time, sec, nsec) < 0)
        return false;
    return !s->o.since || *sec > s->o.since_sec || (*sec == s->o.since_sec && *nsec >= s->o.since_nsec);
}

/* conmon writes local time with an offset; readers get what kubelet prints: UTC, nine digits. */
static void emit_time(struct shape *s, struct buf *out, int64_t sec, int32_t nsec)
{
    char text[32], whole[64];
    time_fmt_rfc3339(text, sec);
    struct str head = str_of(text);
    int n = snprintf(whole, sizeof(whole), "%.*s.%09dZ ", (int)(head.n - 1), head.p, (int)nsec);
    emit(s, out, str_make(whole, (size_t)n));
}

/* `whole`: the record ended with its newline; else its rest comes raw. */
static void record(struct shape *s, struct str line, bool whole, struct buf *out)
{
    struct podlog_record r;
    int64_t sec;
    int32_t nsec;
    bool good = podlog_record_parse(line, &r, NULL) == 0 && wanted(s, &r, &sec, &nsec);
    s->tail_raw = !whole;
    s->tail_wanted = good;
    s->tail_partial = good && r.partial;
    if (!good) /* a torn or foreign line is passed over, as kubelet does */
        return;
    if (s->o.timestamps && !s->line_open)
        emit_time(s, out, sec, nsec);
    emit(s, out, r.text);
    if (whole && !r.partial)
        emit(s, out, STR("\n"));
    s->line_open = r.partial || !whole;
}

static void tail(struct shape *s, struct str bytes, bool ends, struct buf *out)
{
    if (s->tail_wanted) {
        emit(s, out, bytes);
        if (ends && !s->tail_partial)
            emit(s, out, STR("\n"));
        s->line_open = s->tail_partial || !ends;
    }
    s->tail_raw = !ends;
}

void shape_feed(struct shape *s, struct str bytes, struct buf *out)
{
    while (bytes.n && !shape_full(s)) {
        const char *end = memchr(bytes.p, '\n', bytes.n);
        struct str piece = str_head(bytes, end ? (size_t)(end - bytes.p) : bytes.n);
        bytes = str_from(bytes, piece.n + (end ? 1 : 0));
        if (s->tail_raw) {
            tail(s, piece, end, out);
            continue;
        }
        if (end && s->held.n == 0) {
            record(s, piece, true, out);
            continue;
        }
        buf_str(&s->held, piece);
        if (end || s->held.n >= PODLOG_RECORD_MAX) {
            record(s, buf_view(&s->held), end, out);
            buf_clear(&s->held);
        }
    }
}
