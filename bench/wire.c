#include "bench/wire.h"

#include "bench/bench.h"
#include "json/json.h"
#include "object/object.h"
#include "schema/schema.h"

#define BODY_BYTES_MAX ((size_t)1 << 20)

struct wire {
    bool json;
    struct arena *mem;
    struct buf body, request;
};

struct wire *wire_new(bool json)
{
    struct wire *w = calloc(1, sizeof(*w));
    if (!w || arena_new(&w->mem, BODY_BYTES_MAX) < 0)
        bench_fail("no memory");
    w->json = json;
    w->body = w->request = BUF_INIT(0);
    return w;
}

/* ── what is said ── */

static struct str head_and_body(struct wire *w, const char *method, const char *path, bool json)
{
    const char *type = json ? "application/json" : "application/vnd.kubernetes.protobuf";
    w->request.n = 0;
    buf_fmt(&w->request, "%s %s HTTP/1.1\r\nHost: localhost\r\nUser-Agent: bench_cluster\r\nAccept: %s%s\r\n", method, path, type,
            json ? "" : ",application/json");
    if (w->body.n)
        buf_fmt(&w->request, "Content-Type: %s\r\nContent-Length: %zu\r\n", type, w->body.n);
    buf_text(&w->request, "\r\n");
    buf_add(&w->request, w->body.p, w->body.n);
    if (buf_error(&w->request) < 0 || buf_error(&w->body) < 0)
        bench_fail("no memory");
    return buf_view(&w->request);
}

struct str wire_read(struct wire *w, const char *path, bool json)
{
    w->body.n = 0;
    return head_and_body(w, "GET", path, json || w->json);
}

static int encode(struct wire *w, const struct schema_kind *kind, struct str json, struct err *err)
{
    struct value tree = {0};
    int r = object_decode(w->mem, OBJECT_JSON, json, kind, &tree, NULL, NULL, err);
    return r < 0 ? r : object_encode(&w->body, OBJECT_PROTOBUF, kind, &tree, err);
}

struct str wire_write(struct wire *w, const char *method, const char *path, struct str group, const char *kind, struct str json)
{
    struct err err = {{0}};
    w->body.n = 0;
    if (w->json) {
        buf_str(&w->body, json);
    } else if (encode(w, schema_kind_find(group, STR("v1"), str_of(kind)), json, &err) < 0) {
        bench_fail("%.*s: %s", STR_FMT(json), err.text);
    }
    arena_reset(w->mem);
    return head_and_body(w, method, path, w->json);
}

void wire_form_make(struct wire *w, struct wire_form *f, const char *path, const char *kind, struct str json, const char *name)
{
    struct str all = wire_write(w, "POST", path, STR(""), kind, json);
    const char *at = memmem(all.p, all.n, name, strlen(name));
    *f = (struct wire_form){.bytes = malloc(all.n), .n = all.n, .digits = strlen(strchr(name, '0'))};
    if (!f->bytes || !at)
        bench_fail("no memory, or no %s in a %s", name, kind);
    memcpy(f->bytes, all.p, all.n);
    f->end = (size_t)(at - all.p) + strlen(name);
}

struct str wire_form_fill(struct wire_form *f, long number)
{
    for (size_t i = 1; i <= f->digits; i++, number /= 10)
        f->bytes[f->end - i] = (char)('0' + number % 10);
    return (struct str){f->bytes, f->n};
}

/* ── what is heard ── */

static bool varint(struct str *in, uint64_t *v)
{
    *v = 0;
    for (unsigned shift = 0; in->n && shift < 64; shift += 7) {
        unsigned char c = (unsigned char)*in->p;
        *in = (struct str){in->p + 1, in->n - 1};
        *v |= (uint64_t)(c & 127) << shift;
        if (c < 128)
            return true;
    }
    return false;
}

/* The first field of that number, which holds bytes. */
static bool field(struct str in, unsigned number, struct str *out)
{
    uint64_t tag, v;
    while (in.n && varint(&in, &tag)) {
        size_t fixed = (tag & 7) == 1 ? 8 : (tag & 7) == 5 ? 4 : 0;
        if (((tag & 7) == 0 || (tag & 7) == 2) && !varint(&in, &v))
            break;
        size_t n = (tag & 7) == 2 ? (size_t)v : fixed;
        if (n > in.n || (tag & 7) == 3)
            break;
        *out = (struct str){in.p, n};
        if (tag == (number << 3 | 2))
            return true;
        in = (struct str){in.p + n, in.n - n};
    }
    *out = (struct str){"", 0};
    return false;
}

size_t wire_event(const struct wire *w, struct str text, struct str *object)
{
    if (w->json) {
        const char *end = text.n ? memchr(text.p, '\n', text.n) : NULL;
        *object = (struct str){text.p, end ? (size_t)(end - text.p) : 0};
        return end ? (size_t)(end + 1 - text.p) : 0;
    }
    const unsigned char *p = (const unsigned char *)text.p;
    if (text.n < 4)
        return 0;
    size_t n = (size_t)p[0] << 24 | (size_t)p[1] << 16 | (size_t)p[2] << 8 | p[3];
    if (text.n - 4 < n)
        return 0;
    struct str extension;
    if (!field((struct str){text.p + 4, n}, 2, &extension) || !field(extension, 1, object))
        bench_fail("an event of a watch cannot be read");
    return n + 4;
}

static struct str text_after(struct str all, const char *mark)
{
    const char *at = memmem(all.p, all.n, mark, strlen(mark));
    const char *from = at ? at + strlen(mark) : NULL, *end = from ? memchr(from, '"', (size_t)(all.p + all.n - from)) : NULL;
    return end ? (struct str){from, (size_t)(end - from)} : (struct str){"", 0};
}

void wire_look(const struct wire *w, struct str object, bool node, struct wire_seen *seen)
{
    struct str rest, meta, spec, version, found;
    *seen = (struct wire_seen){.name = {"", 0}};
    if (w->json) { /* the object's own name is the first one in the line */
        seen->name = text_after(object, "\"name\":\"");
        seen->version = strtol(text_after(object, "\"resourceVersion\":\"").p, NULL, 10);
        seen->bound = !node && memmem(object.p, object.n, "\"nodeName\":\"", 12) != NULL;
        seen->tainted = node && memmem(object.p, object.n, "\"taints\":", 9) != NULL;
        return;
    }
    if (object.n < 4 || memcmp(object.p, "k8s", 4) != 0 || !field((struct str){object.p + 4, object.n - 4}, 2, &rest) || !field(rest, 1, &meta))
        bench_fail("an object cannot be read");
    (void)field(meta, 1, &seen->name);
    int64_t number;
    if (field(meta, 6, &version) && str_to_int(version, &number) == 0)
        seen->version = (long)number;
    if (field(rest, 2, &spec)) {
        seen->bound = !node && field(spec, 10, &found) && found.n;
        seen->tainted = node && field(spec, 5, &found);
    }
}
