/* record: the bytes of the store's records on disk, room-private. All numbers
 * little-endian but the log's keys, which sort as they count.
 *
 *   objects  created revision, u64 big-endian → modified u64 · key length u32, 0 · key · stored bytes
 *   log      revision, u64 big-endian → type u8, 0 0 0 · key length u32 ·
 *            previous modified u64, 0 when there was none · previous created u64 · key · previous stored bytes
 *   meta     "state" → format u32, 0 · revision u64 · compacted u64 · reserved u64
 *            "journal" → identity u64 · number u64: the journal's records up to there are in these tables
 *
 * A record of the journal (room journal) is a batch:
 *
 *   after u64 · state: revision, compacted, reserved u64 · changes u32, 0 · the changes, each
 *   type u8 · 1 when something was there before, 2 when its bytes are given too · 0 0 · key length u32 · revision u64 ·
 *   created u64 (of a gap: where it begins) · previous modified u64 · stored length u32 · previous length u32 ·
 *   key · stored bytes · previous stored bytes
 *
 * Previous bytes are given when they are not to be those that the table objects holds: they are encrypted otherwise then.
 *
 * Objects lie in the order they were created in, not in that of their keys: so
 * what is created together fills whole pages, where keys that end in a random
 * suffix would each dirty a page of their own. The tree is sorted when loaded. */
#ifndef CORACLE_STORE_RECORD_H
#define CORACLE_STORE_RECORD_H

#include "store/kv.h"

enum {
    RECORD_FORMAT = 2, /* 1 knew no journal */
    RECORD_STATE_BYTES = 32,
    RECORD_MARK_BYTES = 16,
};

struct record_object {
    int64_t created, modified;
    struct str key, stored;
};

void record_state_write(unsigned char out[RECORD_STATE_BYTES], const struct kv_state *state);
int record_state_read(struct str in, struct kv_state *state, struct err *err) MUST_USE;

size_t record_object_bytes(const struct record_object *o);
void record_object_write(unsigned char *out, const struct record_object *o);
int record_object_read(struct str in, int64_t created, struct record_object *o, struct err *err) MUST_USE;

size_t record_event_bytes(const struct kv_event *e);
void record_event_write(unsigned char *out, const struct kv_event *e);
int record_event_read(struct str in, int64_t revision, struct kv_event *e, struct err *err) MUST_USE;

struct record_mark {
    uint64_t identity, number;
};
void record_mark_write(unsigned char out[RECORD_MARK_BYTES], const struct record_mark *m);
int record_mark_read(struct str in, struct record_mark *m, struct err *err) MUST_USE;

struct record_batch {
    int64_t after;
    struct kv_state state;
    size_t n;
    struct str rest; /* changes not read yet */
};
struct record_change {
    struct kv_event event;
    bool previous_given; /* else event.previous is empty: it is what lies in objects */
    int64_t created;
    struct str stored; /* of a put */
};
/* What goes wrong with the buffer shows in buf_error(). */
void record_batch_write(struct buf *out, const struct record_batch *b); /* without its changes, which follow */
void record_change_write(struct buf *out, const struct record_change *c);
int record_batch_read(struct str in, struct record_batch *b, struct err *err) MUST_USE;
#define RECORD_END 1
int record_change_read(struct record_batch *b, struct record_change *c, struct err *err) MUST_USE; /* RECORD_END: there were no more */

void record_revision_write(unsigned char out[8], int64_t revision);
int64_t record_revision_read(struct str in); /* -1: not one */

#endif
