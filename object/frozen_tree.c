/* Trees kept beside their objects.
 *
 * A kept tree is one block: the members of all its maps, then the items of all its lists, then all texts. So a copy for
 * somebody is one copy of the block, and one walk along members and items that moves their pointers by how far the block
 * went. Blocks stand in one list for all objects, the least recently used in front, and make room as JSON texts do.
 *
 * What is copied out is the asker's own; what is kept is never shown, so nobody can write into it. Trees are asked for on
 * several threads: hence the lock, held while one is copied. */
#include <pthread.h>

#include "object/codec_inside.h"

#define TREES_BYTES ((size_t)2 << 20)
#define TREE_BYTES  ((size_t)128 << 10) /* larger ones are not kept: they would push out too many */

struct object_kept {
    struct list link;
    struct object *owner;
    size_t bytes;
    uint32_t members, items;
    bool read; /* since it was put where it is in the list */
    struct value top;
    _Alignas(16) unsigned char block[];
};

static struct {
    pthread_mutex_t lock;
    struct list all;
    size_t bytes, most;
} trees = {PTHREAD_MUTEX_INITIALIZER, LIST_INIT(trees.all), 0, TREES_BYTES};

/* ── packing ── */
struct packing {
    size_t members, items, bytes;
    struct value_member *member;
    struct value *item;
    char *text;
};

static bool is_text(const struct value *v)
{
    return v->type == VALUE_TEXT || v->type == VALUE_RAW;
}

static void count(struct packing *p, const struct value *v)
{
    if (is_text(v))
        p->bytes += v->text.n;
    if (v->type == VALUE_LIST) {
        p->items += v->list.n;
        for (uint32_t i = 0; i < v->list.n; i++)
            count(p, &v->list.items[i]);
    }
    if (v->type != VALUE_MAP)
        return;
    p->members += v->map.n;
    for (uint32_t i = 0; i < v->map.n; i++) {
        p->bytes += v->map.members[i].key.n;
        count(p, &v->map.members[i].value);
    }
}

static struct str pack_text(struct packing *p, struct str s)
{
    char *to = p->text;
    if (s.n)
        memcpy(to, s.p, s.n);
    p->text += s.n;
    return str_make(to, s.n);
}

static struct value pack(struct packing *p, const struct value *v)
{
    struct value to = *v;
    if (is_text(v)) {
        to.text = pack_text(p, v->text);
    } else if (v->type == VALUE_LIST) {
        struct value *items = p->item;
        p->item += v->list.n;
        for (uint32_t i = 0; i < v->list.n; i++)
            items[i] = pack(p, &v->list.items[i]);
        to.list.items = v->list.n ? items : NULL;
        to.list.cap = v->list.n;
    } else if (v->type == VALUE_MAP) {
        struct value_member *members = p->member;
        p->member += v->map.n;
        for (uint32_t i = 0; i < v->map.n; i++) {
            members[i].key = pack_text(p, v->map.members[i].key);
            members[i].value = pack(p, &v->map.members[i].value);
        }
        to.map.members = v->map.n ? members : NULL;
        to.map.cap = v->map.n;
    }
    return to;
}

static struct object_kept *kept_make(const struct value *tree)
{
    struct packing p = {0};
    count(&p, tree);
    size_t bytes = p.members * sizeof(*p.member) + p.items * sizeof(*p.item) + p.bytes;
    struct object_kept *k = bytes > TREE_BYTES ? NULL : mem_resize(NULL, sizeof(*k) + bytes);
    if (!k)
        return NULL;
    *k = (struct object_kept){.bytes = bytes, .members = (uint32_t)p.members, .items = (uint32_t)p.items};
    p.member = (void *)k->block;
    p.item = (void *)(p.member + p.members);
    p.text = (void *)(p.item + p.items);
    k->top = pack(&p, tree);
    return k;
}

/* ── copying out ── */
struct move {
    uintptr_t from;
    unsigned char *to;
};

static inline void *moved(const struct move *m, const void *p)
{
    return p ? m->to + ((uintptr_t)p - m->from) : NULL;
}

static inline void move_value(const struct move *m, struct value *v)
{
    if (v->type == VALUE_MAP)
        v->map.members = moved(m, v->map.members);
    else if (v->type == VALUE_LIST)
        v->list.items = moved(m, v->list.items);
    else if (is_text(v))
        v->text.p = moved(m, v->text.p);
}

static int unpack(struct arena *a, const struct object_kept *k, struct value *out)
{
    struct move m = {(uintptr_t)k->block, (unsigned char *)arena_text(a, (const char *)k->block, k->bytes)};
    if (!m.to)
        return -ENOMEM;
    struct value_member *member = (void *)m.to;
    for (uint32_t i = 0; i < k->members; i++, member++) {
        member->key.p = moved(&m, member->key.p);
        move_value(&m, &member->value);
    }
    struct value *item = (void *)member;
    for (uint32_t i = 0; i < k->items; i++, item++)
        move_value(&m, item);
    *out = k->top;
    move_value(&m, out);
    return 0;
}

/* ── the list ── */
static void drop(struct object_kept *k)
{
    list_del(&k->link);
    trees.bytes -= sizeof(*k) + k->bytes;
    __atomic_store_n(&k->owner->tree, NULL, __ATOMIC_RELEASE);
    mem_free(k);
}

static void make_room(size_t bytes)
{
    while (trees.bytes + bytes > trees.most && !list_empty(&trees.all)) {
        struct object_kept *k = CONTAINER_OF(trees.all.next, struct object_kept, link);
        if (!k->read) {
            drop(k);
            continue;
        }
        k->read = false;
        list_del(&k->link);
        list_add(&trees.all, &k->link);
    }
}

bool codec_tree_kept(const struct object *o)
{
    return __atomic_load_n(&o->tree, __ATOMIC_ACQUIRE) != NULL;
}

/* 1: there is none. */
int codec_tree_copy(struct arena *a, const struct object *o, struct value *out)
{
    int r = 1;
    if (!codec_tree_kept(o))
        return r;
    pthread_mutex_lock(&trees.lock);
    if (o->tree) {
        o->tree->read = true;
        r = unpack(a, o->tree, out);
    }
    pthread_mutex_unlock(&trees.lock);
    return r;
}

void codec_tree_drop(struct object *o)
{
    if (!codec_tree_kept(o))
        return;
    pthread_mutex_lock(&trees.lock);
    if (o->tree)
        drop(o->tree);
    pthread_mutex_unlock(&trees.lock);
}

void codec_tree_keep(struct object *o, const struct value *tree)
{
    struct object_kept *k = kept_make(tree);
    if (!k)
        return;
    k->owner = o;
    pthread_mutex_lock(&trees.lock);
    if (!o->tree) {
        make_room(sizeof(*k) + k->bytes);
        list_add(&trees.all, &k->link);
        trees.bytes += sizeof(*k) + k->bytes;
        __atomic_store_n(&o->tree, k, __ATOMIC_RELEASE);
        k = NULL;
    }
    pthread_mutex_unlock(&trees.lock);
    mem_free(k);
}

size_t object_trees(size_t most)
{
    pthread_mutex_lock(&trees.lock);
    if (most) {
        trees.most = most;
        make_room(0);
    }
    size_t bytes = trees.bytes;
    pthread_mutex_unlock(&trees.lock);
    return bytes;
}
