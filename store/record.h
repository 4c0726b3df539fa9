/* record: the bytes of the store's records on disk, room-private. All numbers
 * little-endian but the log's keys, which sort as they count.
 *
 *   objects  key → created u64 · modified u64 · key length u32, 0 · [key] · stored bytes
 *   log      revision, u64 big-endian → type u8, 0 0 0 · key length u32 ·
 *            previous modified u64, 0 when there was none · previous created u64 · key · previous stored bytes
 *   meta     "state" → format u32, 0 · revision u64 · compacted u64 · reserved u64
 *
 * An object's record holds its key only when that is over the disk's ceiling for
 * keys; it then lies under its first bytes and its created revision. */
#ifndef CORACLE_STORE_RECORD_H
#define CORACLE_STORE_RECORD_H

#include "store/kv.h"

enum {
    RECORD_FORMAT = 1,
    RECORD_STATE_BYTES = 32,
    RECORD_DISK_KEY_MAX = 511,  /* LMDB's */
    RECORD_DISK_KEY_HEAD = 480, /* of a longer one */
};

struct record_object {
    int64_t created, modified;
    struct str key; /* long ones only, else empty */
    struct str stored;
};

void record_state_write(unsigned char out[RECORD_STATE_BYTES], const struct kv_state *state);
int record_state_read(struct str in, struct kv_state *state, struct err *err) MUST_USE;

/* The key an object lies under. */
struct str record_disk_key(char scratch[RECORD_DISK_KEY_MAX], struct str key, int64_t created);

size_t record_object_bytes(const struct record_object *o);
void record_object_write(unsigned char *out, const struct record_object *o);
/* Here the key is always set. */
int record_object_read(struct str in, struct str disk_key, struct record_object *o, struct err *err) MUST_USE;

size_t record_event_bytes(const struct kv_event *e);
void record_event_write(unsigned char *out, const struct kv_event *e);
int record_event_read(struct str in, int64_t revision, struct kv_event *e, struct err *err) MUST_USE;

void record_revision_write(unsigned char out[8], int64_t revision);
int64_t record_revision_read(struct str in); /* -1: not one */

#endif
