/* form: what a client asked to see objects as, in bytes.
 *
 *   form   one object or one item of a list as JSON, YAML or protobuf; whole,
 *          as PartialObjectMetadata, as a Table row
 *   frame  a watch event in one form, made once and shared by all who watch
 *          in that form
 *
 * Frozen objects in, bytes out; what is stored in the form asked for is
 * copied, not decoded. Knows no connection and no request. One loop thread;
 * nothing is logged. */
#ifndef CORACLE_FORM_H
#define CORACLE_FORM_H

#include "apireq/apireq.h"
#include "base/base.h"
#include "object/object.h"
#include "schema/schema.h"
#include "query/query.h"

struct loop;

struct form {
    const struct schema_resource *res;
    enum object_format format;
    enum apireq_shape shape;
    uint8_t include; /* of a Table row */
    struct str shape_version;
};
enum { FORM_INCLUDE_METADATA, FORM_INCLUDE_OBJECT, FORM_INCLUDE_NONE };
/* One object as it stands alone: with kind and apiVersion. */
int form_object(const struct form *f, struct object *o, int64_t now, struct buf *out, struct err *err) MUST_USE;
/* One item of a list in that form: without type (custom ones have theirs), a Table row, a bare protobuf message; in YAML the
 * lines that a list which is not indented has of it. */
int form_item(const struct form *f, struct object *o, int64_t now, struct buf *out, struct err *err) MUST_USE;
int form_tree(const struct form *f, struct arena *a, struct object *o, struct value *out, struct err *err) MUST_USE; /* asked-for version */
int form_columns(const struct form *f, struct buf *out) MUST_USE;                                                    /* "columnDefinitions":[…] */
void form_pb_envelope(struct buf *out, struct str api_version, struct str kind, size_t raw);                         /* all up to the raw bytes */
void form_pb_envelope_end(struct buf *out);
int form_partial(struct object *o, struct str version, bool typed, struct buf *out, struct err *err) MUST_USE;
int form_table(const struct form *f, struct object *o, bool columns, int64_t now, struct buf *out, struct err *err) MUST_USE;

/* ── an event's bytes in one form, shared by all who watch in it ── */
struct form_frame {
    unsigned refs;
    size_t n;
    char bytes[];
};
struct form_frames; /* the last ones made, for a moment */
int form_frames_new(struct form_frames **out, struct loop *loop) MUST_USE;
struct form_frames *form_frames_free(struct form_frames *f);
/* +1 reference; NULL: err says why. */
struct form_frame *form_frames_get(struct form_frames *fs, const struct form *f, const struct query_event *e, bool columns, struct err *err);
struct form_frame *form_frame_bookmark(const struct form *f, int64_t revision, bool initial_end, bool columns, struct err *err);
struct form_frame *form_frame_error(const struct form *f, const struct apireq_status *st);
struct form_frame *form_frame_unref(struct form_frame *f);
void form_frame_release(void *frame); /* form_frame_unref() as an owner of shared bytes is told */

#endif
