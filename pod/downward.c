#include "pod/pod.h"

#include "object/object.h"

/* What a pod may know about itself (downward API). */

static int add(struct buf *out, struct str s)
{
    buf_str(out, s);
    return buf_error(out);
}

/* labels and annotations as files have them: key="value", Go-quoted, sorted. */
static int by_key(const void *a, const void *b)
{
    const struct value_member *const *x = a, *const *y = b;
    return str_cmp((*x)->key, (*y)->key);
}

static void quote(struct buf *out, struct str s)
{
    buf_char(out, '"');
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (c == '"' || c == '\\')
            buf_fmt(out, "\\%c", c);
        else if (c == '\n')
            buf_text(out, "\\n");
        else if (c == '\t')
            buf_text(out, "\\t");
        else if (c == '\r')
            buf_text(out, "\\r");
        else if (c < 0x20 || c == 0x7f)
            buf_fmt(out, "\\x%02x", c);
        else
            buf_char(out, (char)c);
    }
    buf_char(out, '"');
}

static int add_pairs(struct buf *out, const struct value *map)
{
    const struct value_member *sorted[1024];
    size_t n = 0;
    VALUE_EACH_MEMBER (m, map)
        if (n < ARRAY_LEN(sorted))
            sorted[n++] = m;
    qsort(sorted, n, sizeof(sorted[0]), by_key);
    for (size_t i = 0; i < n; i++) {
        if (i)
            buf_char(out, '\n');
        buf_str(out, sorted[i]->key);
        buf_char(out, '=');
        quote(out, value_text(&sorted[i]->value));
    }
    return buf_error(out);
}

static int add_ips(struct buf *out, const struct worker *w, bool all)
{
    for (size_t i = 0; i < (all ? w->n_ips : MIN(w->n_ips, (size_t)1)); i++)
        buf_fmt(out, "%s%s", i ? "," : "", w->ips[i]);
    return buf_error(out);
}

int pod_downward_field(struct worker *w, struct str path, struct buf *out, struct err *err)
{
    static const char *const plain[] = {"metadata.name", "metadata.namespace", "metadata.uid", "spec.nodeName", "spec.serviceAccountName"};
    struct str head, key;
    for (size_t i = 0; i < ARRAY_LEN(plain); i++)
        if (str_is(path, plain[i]))
            return add(out, value_text_at(&w->pod, plain[i]));
    if (str_is(path, "metadata.labels") || str_is(path, "metadata.annotations"))
        return add_pairs(out, value_get(value_at(&w->pod, "metadata"), str_from(path, 9)));
    if (str_is(path, "status.podIP") || str_is(path, "status.podIPs"))
        return add_ips(out, w, str_ends(path, STR("s")));
    if (str_is(path, "status.hostIP") || str_is(path, "status.hostIPs")) {
        const char *const *a = w->host->addresses;
        for (size_t i = 0; a && a[i] && (i == 0 || str_ends(path, STR("s"))); i++)
            buf_fmt(out, "%s%s", i ? "," : "", a[i]);
        return buf_error(out);
    }
    /* metadata.labels['key'] */
    if (str_cut(path, '[', &head, &key) && str_ends(key, STR("']")) && key.n > 3 && str_starts(head, STR("metadata.")))
        return add(out, value_text(value_get(value_get(value_at(&w->pod, "metadata"), str_from(head, 9)), str_make(key.p + 1, key.n - 3))));
    return err_raise(err, -EINVAL, "fieldPath \"%.*s\": not supported", STR_FMT(path));
}

/* A limit that is not set is what the node can give. */
static struct quantity node_allocatable(const struct pod_host *h, struct str resource)
{
    struct quantity q = {0};
    if (str_is(resource, "cpu"))
        q.nano = (__extension__(__int128) h->allocatable_cpu) * 1000000;
    else if (str_is(resource, "memory"))
        q.nano = (__extension__(__int128) h->allocatable_memory) * 1000000000;
    else if (str_is(resource, "ephemeral-storage"))
        q.nano = (__extension__(__int128) h->allocatable_disk) * 1000000000;
    return q;
}

int pod_downward_resource(struct worker *w, const struct value *ref, const struct value *container, struct buf *out, struct err *err)
{
    struct str list, resource, text = value_text_at(ref, "resource"), unit = value_text_at(ref, "divisor");
    struct quantity divisor = {0};
    if (!str_cut(text, '.', &list, &resource))
        return err_raise(err, -EINVAL, "resource \"%.*s\": must be limits.… or requests.…", STR_FMT(text));
    if (unit.n && quantity_parse(unit, &divisor) < 0)
        return err_raise(err, -EINVAL, "divisor \"%.*s\": not a quantity", STR_FMT(unit));
    if (divisor.nano == 0)
        divisor.nano = 1000000000;
    const struct value *lists = value_at(container, "resources");
    const struct value *v = value_get(value_get(lists, list), resource);
    struct quantity q = quantity_of(v);
    if (!v && str_is(list, "limits"))
        q = node_allocatable(w->host, resource);
    if (!v && str_is(list, "requests"))
        q = quantity_of(value_get(value_at(lists, "limits"), resource));
    __extension__ __int128 n = (q.nano + divisor.nano - 1) / divisor.nano;
    buf_int(out, (int64_t)n);
    return buf_error(out);
}
