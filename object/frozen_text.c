/* JSON reply texts kept beside their objects.
 *
 * Each is a block of its own, in one list for all objects, the least recently
 * used in front: a new one beyond TEXTS_BYTES pushes out those in front. What
 * was read since it came to the front goes to the back once more instead.
 *
 * Texts are made on one thread, but an object's last reference may go on any:
 * hence the lock. An object whose `json` is NULL has no text and gets none while
 * its last reference goes. */
#include <pthread.h>

#include "object/codec_inside.h"

#define TEXTS_BYTES ((size_t)64 << 20)

struct object_text {
    struct list link;
    struct object *owner;
    size_t n;
    bool read; /* since it was put where it is in the list */
    char p[];
};

static struct {
    pthread_mutex_t lock;
    struct list all;
    size_t bytes, most;
} texts = {PTHREAD_MUTEX_INITIALIZER, LIST_INIT(texts.all), 0, TEXTS_BYTES};

static void drop(struct object_text *t)
{
    list_del(&t->link);
    texts.bytes -= sizeof(*t) + t->n;
    __atomic_store_n(&t->owner->json, NULL, __ATOMIC_RELEASE);
    mem_free(t);
}

static void make_room(size_t bytes)
{
    while (texts.bytes + bytes > texts.most && !list_empty(&texts.all)) {
        struct object_text *t = CONTAINER_OF(texts.all.next, struct object_text, link);
        if (!t->read) {
            drop(t);
            continue;
        }
        t->read = false;
        list_del(&t->link);
        list_add(&texts.all, &t->link);
    }
}

bool codec_text(struct object *o, struct str *text)
{
    struct object_text *t = __atomic_load_n(&o->json, __ATOMIC_ACQUIRE);
    if (!t)
        return false;
    t->read = true;
    *text = str_make(t->p, t->n);
    return true;
}

int codec_text_keep(struct object *o, struct str text)
{
    struct object_text *t = mem_resize(NULL, sizeof(*t) + text.n + 1);
    if (!t)
        return -ENOMEM;
    *t = (struct object_text){.owner = o, .n = text.n};
    memcpy(t->p, text.p, text.n);
    t->p[text.n] = 0;
    pthread_mutex_lock(&texts.lock);
    make_room(sizeof(*t) + t->n);
    list_add(&texts.all, &t->link);
    texts.bytes += sizeof(*t) + t->n;
    __atomic_store_n(&o->json, t, __ATOMIC_RELEASE);
    pthread_mutex_unlock(&texts.lock);
    return 0;
}

void codec_text_drop(struct object *o)
{
    if (!__atomic_load_n(&o->json, __ATOMIC_ACQUIRE))
        return;
    pthread_mutex_lock(&texts.lock);
    if (o->json)
        drop(o->json);
    pthread_mutex_unlock(&texts.lock);
}

size_t object_texts(size_t most)
{
    pthread_mutex_lock(&texts.lock);
    if (most) {
        texts.most = most;
        make_room(0);
    }
    size_t bytes = texts.bytes;
    pthread_mutex_unlock(&texts.lock);
    return bytes;
}
