/* record: the bytes of the store's records on disk, room-private. All numbers
 * little-endian but the log's keys, which sort as they count.
 *
 *   objects  created revision, u64 big-endian → modified u64 · key length u32, 0 · key · stored bytes
 *   log      revision, u64 big-endian → type u8, 0 0 0 · key length u32 ·
 *            previous modified u64, 0 when there was none · previous created u64 · key · previous stored bytes
 *   meta     "state" → format u32, 0 · revision u64 · compacted u64 · reserved u64
 *
 * Objects lie in the order they were created in, not in that of their keys: so
 * what is created together fills whole pages, where keys that end in a random
 * suffix would each dirty a page of their own. The tree is sorted when loaded. */
#ifndef CORACLE_STORE_RECORD_H
#define CORACLE_STORE_RECORD_H

#include "store/kv.h"

enum {
    RECORD_FORMAT = 1,
    RECORD_STATE_BYTES = 32,
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

void record_revision_write(unsigned char out[8], int64_t revision);
int64_t record_revision_read(struct str in); /* -1: not one */

#endif
