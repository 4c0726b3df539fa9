#include "object/codec_inside.h"
#include "pb/pb.h"

/* Who owns a frozen object, read off its stored bytes. Numbers are those of
 * metav1.OwnerReference. */
enum { OWNER_UID = 4, OWNER_CONTROLLER = 6 };

static bool part(struct str message, uint32_t number, struct str *out)
{
    struct pb_field f;
    if (!pb_find(message, number, PB_BYTES, &f))
        return false;
    *out = f.bytes;
    return true;
}

static size_t of_pb(const struct object *o, struct str *uids, size_t max, bool controller)
{
    struct str meta, uid;
    struct pb_field f, flag;
    size_t n = 0;
    if ((o->metadata_known && !o->owned) || !codec_metadata(o, &meta))
        return 0;
    for (struct pb_reader r = pb_reader_of(meta); n < max && pb_next(&r, &f, NULL) > 0;) {
        if (f.number != META_OWNERS || f.wire != PB_BYTES || !part(f.bytes, OWNER_UID, &uid))
            continue;
        bool is = pb_find(f.bytes, OWNER_CONTROLLER, PB_VARINT, &flag) && flag.integer;
        if (is || !controller)
            uids[n++] = uid;
    }
    return n;
}

/* Custom objects are stored as JSON; their texts are found by decoding and then borrowed from the stored bytes. */
static size_t of_json(const struct object *o, struct str *uids, size_t max, bool controller)
{
    SCOPED(arena) a = NULL;
    struct value tree = {0};
    size_t n = 0;
    if (str_find(o->stored, STR("\"ownerReferences\"")) < 0 || arena_new(&a, o->stored.n * 64 + 65536) < 0 || object_tree(a, o, &tree, NULL) < 0)
        return 0;
    const struct value *refs = value_at(&tree, "metadata.ownerReferences");
    VALUE_EACH_ITEM (ref, refs) {
        ssize_t at = str_find(o->stored, value_text_at(ref, "uid"));
        if (at >= 0 && n < max && (!controller || value_bool_at(ref, "controller", false)))
            uids[n++] = str_make(o->stored.p + at, value_text_at(ref, "uid").n);
    }
    return n;
}

static size_t owners(const struct object *o, struct str *uids, size_t max, bool controller)
{
    return str_starts(o->stored, STR("k8s\0")) ? of_pb(o, uids, max, controller) : of_json(o, uids, max, controller);
}

size_t object_owners(const struct object *o, struct str *uids, size_t max)
{
    return owners(o, uids, max, false);
}

bool object_controller(const struct object *o, struct str *uid)
{
    return owners(o, uid, 1, true) == 1;
}
