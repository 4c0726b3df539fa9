/* Who uses how much, and documents kept for a while. */
#include "api/inside.h"
#include "tls/tls.h"

struct person *person_get(struct api *a, const struct auth_user *u)
{
    struct person *p = map_get(&a->people, u->name);
    if (p) {
        p->holders++;
        return p;
    }
    p = mem_alloc(sizeof(*p) + u->name.n + 1);
    if (!p)
        return NULL;
    char *text = (char *)(p + 1);
    memcpy(text, u->name.p ? u->name.p : "", u->name.n);
    p->name = str_make(text, u->name.n);
    p->holders = 1;
    p->trusted = auth_user_in(u, STR("system:masters")) || auth_user_in(u, STR("system:nodes"));
    if (map_put(&a->people, p->name, p) < 0) {
        mem_free(p);
        return NULL;
    }
    return p;
}

void person_put(struct api *a, struct person *p)
{
    if (!p || --p->holders)
        return;
    map_del(&a->people, p->name);
    mem_free(p);
}

#define DOCUMENT_IDLE_MS    60000
#define DOCUMENTS_BYTES_MAX ((size_t)256 << 20) /* what has not been asked for the longest goes first */

static void sweep(void *ctx);

static void sweep_later(struct api *a)
{
    if (list_empty(&a->documents) || loop_timer_active(&a->sweep))
        return;
    if (loop_timer_start(a->loop, &a->sweep, DOCUMENT_IDLE_MS, sweep, a) < 0)
        return; /* without a timer they stay until the next one is made */
}

static void forget(struct document *d)
{
    list_del(&d->link);
    document_put(d);
}

static void sweep(void *ctx)
{
    struct api *a = ctx;
    int64_t now = loop_now(a->loop);
    LIST_EACH (d, &a->documents, struct document, link) {
        if (now - d->used >= DOCUMENT_IDLE_MS)
            forget(d);
    }
    sweep_later(a);
}

void documents_drop(struct api *a)
{
    loop_timer_stop(&a->sweep);
    LIST_EACH (d, &a->documents, struct document, link)
        forget(d);
}

/* Until there is room for n bytes more: documents change with every definition, and those before are of no use to anybody. */
static void make_room(struct api *a, size_t n)
{
    for (;;) {
        struct document *oldest = NULL;
        size_t held = 0;
        LIST_EACH (d, &a->documents, struct document, link) {
            held += d->n;
            if (!oldest || d->used < oldest->used)
                oldest = d;
        }
        if (!oldest || held + n <= DOCUMENTS_BYTES_MAX)
            return;
        forget(oldest);
    }
}

struct document *document_get(struct api *a, struct str key)
{
    LIST_EACH (d, &a->documents, struct document, link) {
        if (str_eq(d->key, key)) {
            d->used = loop_now(a->loop);
            d->refs++;
            return d;
        }
    }
    return NULL;
}

struct document *document_keep(struct api *a, struct str key, struct buf *bytes, const char *content_type)
{
    unsigned char sum[32];
    struct document *d = mem_alloc(sizeof(*d) + key.n + 1);
    if (!d)
        return NULL;
    memcpy((char *)(d + 1), key.p, key.n);
    d->key = str_make((char *)(d + 1), key.n);
    if (tls_sha256(buf_view(bytes), sum) < 0 || buf_take(bytes, &d->bytes, &d->n) < 0) {
        mem_free(d);
        return NULL;
    }
    SCOPED_BUF hex = BUF_INIT(0);
    buf_hex(&hex, str_make(sum, sizeof(sum)));
    snprintf(d->etag, sizeof(d->etag), "\"%s\"", buf_cstr(&hex));
    make_room(a, d->n);
    d->content_type = content_type;
    d->refs = 2;
    d->used = loop_now(a->loop);
    list_add(&a->documents, &d->link);
    sweep_later(a);
    return d;
}

void document_put(struct document *d)
{
    if (!d || --d->refs)
        return;
    mem_free(d->bytes);
    mem_free(d);
}
