#include "store/record.h"

#include <endian.h>

enum { OBJECT_HEAD = 16, EVENT_HEAD = 24, BATCH_HEAD = 40, CHANGE_HEAD = 40 };
enum { HAD_PREVIOUS = 1, PREVIOUS_GIVEN = 2 };
enum { EVENT_PUT = 1, EVENT_DELETE = 2, EVENT_GAP = 3 };

static void put32(unsigned char *p, uint32_t v)
{
    v = htole32(v);
    memcpy(p, &v, sizeof(v));
}

static void put64(unsigned char *p, int64_t n)
{
    uint64_t v = htole64((uint64_t)n);
    memcpy(p, &v, sizeof(v));
}

static uint32_t get32(const char *p)
{
    uint32_t v;
    memcpy(&v, p, sizeof(v));
    return le32toh(v);
}

static int64_t get64(const char *p)
{
    uint64_t v;
    memcpy(&v, p, sizeof(v));
    return (int64_t)le64toh(v);
}

static void put_text(unsigned char *p, struct str s)
{
    if (s.n)
        memcpy(p, s.p, s.n);
}

/* ── state ── */

void record_state_write(unsigned char out[RECORD_STATE_BYTES], const struct kv_state *state)
{
    put32(out, RECORD_FORMAT);
    put32(out + 4, 0);
    put64(out + 8, state->revision);
    put64(out + 16, state->compacted);
    put64(out + 24, state->reserved);
}

static int read_revisions(const char *p, struct kv_state *state, struct err *err)
{
    *state = (struct kv_state){get64(p), get64(p + 8), get64(p + 16)};
    if (state->revision < 1 || state->compacted < 0 || state->compacted > state->revision || state->reserved < state->revision)
        return err_raise(err, -EBADMSG, "its revisions %lld, %lld, %lld contradict each other", (long long)state->compacted,
                         (long long)state->revision, (long long)state->reserved);
    return 0;
}

int record_state_read(struct str in, struct kv_state *state, struct err *err)
{
    if (in.n < 4)
        return err_raise(err, -EBADMSG, "its state record is cut short");
    if (get32(in.p) < 1 || get32(in.p) > RECORD_FORMAT)
        return err_raise(err, -EPROTONOSUPPORT, "it is of format %u; this program knows formats up to %d", get32(in.p), RECORD_FORMAT);
    if (in.n != RECORD_STATE_BYTES)
        return err_raise(err, -EBADMSG, "its state record has %zu bytes instead of %d", in.n, RECORD_STATE_BYTES);
    return read_revisions(in.p + 8, state, err);
}

/* ── objects ── */

size_t record_object_bytes(const struct record_object *o)
{
    return OBJECT_HEAD + o->key.n + o->stored.n;
}

void record_object_write(unsigned char *out, const struct record_object *o)
{
    put64(out, o->modified);
    put32(out + 8, (uint32_t)o->key.n);
    put32(out + 12, 0);
    put_text(out + OBJECT_HEAD, o->key);
    put_text(out + OBJECT_HEAD + o->key.n, o->stored);
}

int record_object_read(struct str in, int64_t created, struct record_object *o, struct err *err)
{
    size_t key_n = in.n < OBJECT_HEAD ? 0 : get32(in.p + 8);
    if (key_n == 0 || key_n > STORE_KEY_MAX || in.n - OBJECT_HEAD < key_n)
        return err_raise(err, -EBADMSG, "the record of object %lld is damaged", (long long)created);
    o->created = created;
    o->modified = get64(in.p);
    o->key = str_make(in.p + OBJECT_HEAD, key_n);
    o->stored = str_from(in, OBJECT_HEAD + key_n);
    if (created < 1 || o->modified < created)
        return err_raise(err, -EBADMSG, "the record of object \"%.*s\" contradicts itself", STR_FMT(o->key));
    return 0;
}

/* ── log ── */

void record_revision_write(unsigned char out[8], int64_t revision)
{
    uint64_t v = htobe64((uint64_t)revision);
    memcpy(out, &v, sizeof(v));
}

int64_t record_revision_read(struct str in)
{
    uint64_t v;
    if (in.n != sizeof(v))
        return -1;
    memcpy(&v, in.p, sizeof(v));
    return (int64_t)be64toh(v);
}

size_t record_event_bytes(const struct kv_event *e)
{
    return EVENT_HEAD + e->key.n + e->previous.n;
}

void record_event_write(unsigned char *out, const struct kv_event *e)
{
    put32(out, 0);
    out[0] = e->gap ? EVENT_GAP : e->deleted ? EVENT_DELETE : EVENT_PUT;
    put32(out + 4, (uint32_t)e->key.n);
    put64(out + 8, e->gap ? e->gap_from : e->had_previous ? e->previous_revision : 0);
    put64(out + 16, e->had_previous ? e->previous_created : 0);
    put_text(out + EVENT_HEAD, e->key);
    put_text(out + EVENT_HEAD + e->key.n, e->previous);
}

int record_event_read(struct str in, int64_t revision, struct kv_event *e, struct err *err)
{
    size_t key_n = in.n < EVENT_HEAD ? 0 : get32(in.p + 4);
    int type = in.n < EVENT_HEAD ? 0 : in.p[0];
    if (revision < 1 || type < EVENT_PUT || type > EVENT_GAP || in.n - EVENT_HEAD < key_n || key_n > STORE_KEY_MAX || (type != EVENT_GAP && !key_n))
        return err_raise(err, -EBADMSG, "log record %lld is damaged", (long long)revision);
    *e = (struct kv_event){.revision = revision, .gap = type == EVENT_GAP, .deleted = type == EVENT_DELETE};
    if (e->gap) {
        e->gap_from = get64(in.p + 8);
        return 0;
    }
    e->key = str_make(in.p + EVENT_HEAD, key_n);
    e->previous = str_from(in, EVENT_HEAD + key_n);
    e->previous_revision = get64(in.p + 8);
    e->previous_created = get64(in.p + 16);
    e->had_previous = e->previous_revision != 0;
    if (e->previous_revision >= revision || e->previous_created > e->previous_revision)
        return err_raise(err, -EBADMSG, "log record %lld contradicts itself", (long long)revision);
    return 0;
}

/* ── the journal ── */

void record_mark_write(unsigned char out[RECORD_MARK_BYTES], const struct record_mark *m)
{
    put64(out, (int64_t)m->identity);
    put64(out + 8, (int64_t)m->number);
}

int record_mark_read(struct str in, struct record_mark *m, struct err *err)
{
    if (in.n != RECORD_MARK_BYTES)
        return err_raise(err, -EBADMSG, "its mark of the journal has %zu bytes instead of %d", in.n, RECORD_MARK_BYTES);
    *m = (struct record_mark){(uint64_t)get64(in.p), (uint64_t)get64(in.p + 8)};
    return 0;
}

void record_batch_write(struct buf *out, const struct record_batch *b)
{
    unsigned char *p = buf_room(out, BATCH_HEAD);
    if (!p)
        return;
    put64(p, b->after);
    put64(p + 8, b->state.revision);
    put64(p + 16, b->state.compacted);
    put64(p + 24, b->state.reserved);
    put32(p + 32, (uint32_t)b->n);
    put32(p + 36, 0);
    buf_grew(out, BATCH_HEAD);
}

void record_change_write(struct buf *out, const struct record_change *c)
{
    const struct kv_event *e = &c->event;
    size_t n = CHANGE_HEAD + e->key.n + c->stored.n + e->previous.n;
    unsigned char *p = buf_room(out, n);
    if (!p)
        return;
    put32(p, 0);
    p[0] = e->gap ? EVENT_GAP : e->deleted ? EVENT_DELETE : EVENT_PUT;
    p[1] = (unsigned char)((e->had_previous ? HAD_PREVIOUS : 0) | (c->previous_given ? PREVIOUS_GIVEN : 0));
    put32(p + 4, (uint32_t)e->key.n);
    put64(p + 8, e->revision);
    put64(p + 16, e->gap ? e->gap_from : c->created);
    put64(p + 24, e->had_previous ? e->previous_revision : 0);
    put32(p + 32, (uint32_t)c->stored.n);
    put32(p + 36, (uint32_t)e->previous.n);
    put_text(p + CHANGE_HEAD, e->key);
    put_text(p + CHANGE_HEAD + e->key.n, c->stored);
    put_text(p + CHANGE_HEAD + e->key.n + c->stored.n, e->previous);
    buf_grew(out, n);
}

int record_batch_read(struct str in, struct record_batch *b, struct err *err)
{
    if (in.n < BATCH_HEAD)
        return err_raise(err, -EBADMSG, "a batch in the journal is cut short");
    b->after = get64(in.p);
    b->n = get32(in.p + 32);
    b->rest = str_from(in, BATCH_HEAD);
    int r = read_revisions(in.p + 8, &b->state, err);
    if (r < 0)
        return err_wrap(err, r, "a batch in the journal");
    if (b->after < 1 || b->after > b->state.revision || b->n > b->rest.n / CHANGE_HEAD)
        return err_raise(err, -EBADMSG, "batch %lld in the journal contradicts itself", (long long)b->state.revision);
    return 0;
}

/* Whether what stands in c can be. */
static bool change_sound(const struct record_batch *b, const struct record_change *c, unsigned flags)
{
    const struct kv_event *e = &c->event;
    if (e->revision <= b->after || e->revision > b->state.revision || flags > 3 || e->key.n > STORE_KEY_MAX)
        return false;
    if (e->gap)
        return !flags && !e->key.n && !c->stored.n && !e->previous.n && e->gap_from >= 1 && e->gap_from < e->revision;
    if (!e->key.n || (e->deleted && (!e->had_previous || c->stored.n)) || (!c->previous_given && e->previous.n))
        return false;
    if (!e->had_previous)
        return c->created == e->revision && !e->previous_revision && !flags;
    return c->created >= 1 && c->created <= e->previous_revision && e->previous_revision < e->revision;
}

int record_change_read(struct record_batch *b, struct record_change *c, struct err *err)
{
    if (!b->n && !b->rest.n)
        return RECORD_END;
    struct str in = b->rest;
    int type = b->n && in.n >= CHANGE_HEAD ? in.p[0] : 0;
    if (type < EVENT_PUT || type > EVENT_GAP)
        return err_raise(err, -EBADMSG, "a change of batch %lld in the journal is damaged", (long long)b->state.revision);
    size_t key_n = get32(in.p + 4), stored_n = get32(in.p + 32), previous_n = get32(in.p + 36);
    unsigned flags = (unsigned char)in.p[1];
    *c = (struct record_change){.event = {.revision = get64(in.p + 8), .gap = type == EVENT_GAP, .deleted = type == EVENT_DELETE}};
    struct kv_event *e = &c->event;
    if (key_n + stored_n + previous_n > in.n - CHANGE_HEAD)
        return err_raise(err, -EBADMSG, "change %lld in the journal is cut short", (long long)e->revision);
    e->key = str_make(in.p + CHANGE_HEAD, key_n);
    c->stored = str_make(in.p + CHANGE_HEAD + key_n, stored_n);
    e->previous = str_make(in.p + CHANGE_HEAD + key_n + stored_n, previous_n);
    b->rest = str_from(in, CHANGE_HEAD + key_n + stored_n + previous_n);
    b->n--;
    int64_t number = get64(in.p + 16);
    if (e->gap)
        e->gap_from = number;
    else
        c->created = number;
    e->had_previous = flags & HAD_PREVIOUS;
    c->previous_given = flags & PREVIOUS_GIVEN;
    e->previous_revision = get64(in.p + 24);
    e->previous_created = e->had_previous ? number : 0;
    if (!change_sound(b, c, flags))
        return err_raise(err, -EBADMSG, "change %lld in the journal contradicts itself", (long long)e->revision);
    return 0;
}
