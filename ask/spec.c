#include "ask/inside.h"

#include <ctype.h>

#define ASK_BYTES (4u << 20)

/* ── the key: what is read, written down so that equal asks are equal bytes ── */

static void put_value(const struct value *v, struct buf *out)
{
    if (value_is_null(v)) {
        buf_char(out, '0');
        return;
    }
    buf_char(out, (char)('A' + v->type));
    switch (v->type) {
    case VALUE_BOOL:
        buf_char(out, v->boolean ? '1' : '0');
        break;
    case VALUE_INT:
        buf_add(out, &v->integer, sizeof(v->integer));
        break;
    case VALUE_DOUBLE:
        buf_add(out, &v->number, sizeof(v->number));
        break;
    case VALUE_TEXT:
    case VALUE_RAW:
        buf_add(out, &(uint32_t){(uint32_t)v->text.n}, sizeof(uint32_t));
        buf_str(out, v->text);
        break;
    case VALUE_LIST:
        buf_add(out, &v->list.n, sizeof(v->list.n));
        for (uint32_t i = 0; i < v->list.n; i++)
            put_value(&v->list.items[i], out);
        break;
    case VALUE_MAP:
        buf_add(out, &v->map.n, sizeof(v->map.n));
        for (uint32_t i = 0; i < v->map.n; i++) {
            buf_add(out, &(uint32_t){(uint32_t)v->map.members[i].key.n}, sizeof(uint32_t));
            buf_str(out, v->map.members[i].key);
            put_value(&v->map.members[i].value, out);
        }
        break;
    default:
        break;
    }
}

static void put_containers(const struct value *list, struct buf *out)
{
    static const char *const members[] = {"image", "restartPolicy"};
    VALUE_EACH_ITEM (c, list) {
        const struct value *ports = value_get(c, STR("ports"));
        buf_char(out, 'c');
        for (size_t i = 0; i < ARRAY_LEN(members); i++)
            put_value(value_get(c, str_of(members[i])), out);
        put_value(value_at(c, "resources.requests"), out);
        VALUE_EACH_ITEM (p, ports)
            if (value_int_at(p, "hostPort", 0))
                put_value(p, out);
    }
}

static void put_volumes(const struct value *pod, struct buf *out)
{
    static const char *const kinds[] = {"persistentVolumeClaim", "csi", "gcePersistentDisk", "awsElasticBlockStore", "iscsi", "rbd", "image"};
    const struct value *list = value_at(pod, "spec.volumes");
    VALUE_EACH_ITEM (v, list) {
        for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
            const struct value *s = value_get(v, str_of(kinds[i]));
            if (!s)
                continue;
            buf_char(out, (char)('a' + i));
            put_value(s, out);
        }
        if (value_get(v, STR("ephemeral"))) { /* its claim is named after the pod */
            buf_char(out, 'e');
            put_value(value_at(pod, "metadata.name"), out);
            put_value(value_get(v, STR("name")), out);
        }
    }
}

static const struct value *controller(const struct value *pod)
{
    const struct value *owners = value_at(pod, "metadata.ownerReferences");
    VALUE_EACH_ITEM (o, owners)
        if (value_bool_at(o, "controller", false))
            return o;
    return NULL;
}

static enum ask_owner owner_kind(const struct value *owner)
{
    struct str kind = value_text_at(owner, "kind"), version = value_text_at(owner, "apiVersion");
    if (str_is(kind, "ReplicationController") && str_is(version, "v1"))
        return ASK_OWNER_RC;
    if (str_is(kind, "ReplicaSet") && str_is(version, "apps/v1"))
        return ASK_OWNER_RS;
    return str_is(kind, "StatefulSet") && str_is(version, "apps/v1") ? ASK_OWNER_SS : ASK_OWNER_NONE;
}

void ask_key(const struct value *pod, struct buf *out)
{
    static const char *const parts[] = {"metadata.namespace", "metadata.labels",         "spec.schedulerName",
                                        "spec.priority",      "spec.preemptionPolicy",   "spec.nodeSelector",
                                        "spec.tolerations",   "spec.affinity",           "spec.topologySpreadConstraints",
                                        "spec.overhead",      "spec.resources.requests", "spec.resourceClaims"};
    const struct value *owner = controller(pod);
    for (size_t i = 0; i < ARRAY_LEN(parts); i++)
        put_value(value_at(pod, parts[i]), out);
    put_containers(value_at(pod, "spec.containers"), out);
    buf_char(out, '/');
    put_containers(value_at(pod, "spec.initContainers"), out);
    put_volumes(pod, out);
    if (owner && owner_kind(owner) != ASK_OWNER_NONE) {
        put_value(value_get(owner, STR("kind")), out);
        put_value(value_get(owner, STR("name")), out);
    }
}

/* ── compiling ── */

static int selectors_of(struct ask_book *b, struct ask *q, const struct value *pod)
{
    const struct value *pairs = value_at(pod, "spec.nodeSelector"), *affinity = value_at(pod, "spec.affinity.nodeAffinity");
    q->node_pairs = arena_alloc(q->mem, (value_count(pairs) + 1) * sizeof(*q->node_pairs));
    if (!q->node_pairs)
        return -ENOMEM;
    VALUE_EACH_MEMBER (m, pairs) {
        struct ask_pair *p = &q->node_pairs[q->n_node_pairs++];
        p->key = ask_hold(b, &q->held, m->key);
        p->value = ask_hold(b, &q->held, value_text(&m->value));
        if (!p->key || !p->value)
            return -ENOMEM;
    }
    int r = ask_node_selector_of(q->mem, b, &q->held, value_get(affinity, STR("requiredDuringSchedulingIgnoredDuringExecution")), &q->required);
    return r < 0 ? r
                 : ask_preferred_of(q->mem, b, &q->held, value_get(affinity, STR("preferredDuringSchedulingIgnoredDuringExecution")), &q->preferred,
                                    &q->n_preferred);
}

static int tolerations_of(struct ask_book *b, struct ask *q, const struct value *pod)
{
    const struct value *list = value_at(pod, "spec.tolerations");
    q->tolerations = arena_alloc(q->mem, (value_count(list) + 1) * sizeof(*q->tolerations));
    if (!q->tolerations)
        return -ENOMEM;
    VALUE_EACH_ITEM (t, list) {
        struct str op = value_text_at(t, "operator"), key = value_text_at(t, "key"), effect = value_text_at(t, "effect");
        struct ask_toleration *to = &q->tolerations[q->n_tolerations++];
        to->key = key.n ? ask_hold(b, &q->held, key) : 0;
        to->value = ask_hold(b, &q->held, value_text_at(t, "value"));
        if ((key.n && !to->key) || !to->value)
            return -ENOMEM;
        to->op = str_is(op, "Exists") ? ASK_TOLERATE_EXISTS
                 : str_is(op, "Gt")   ? ASK_TOLERATE_GREATER
                 : str_is(op, "Lt")   ? ASK_TOLERATE_LESS
                                      : ASK_EQUAL;
        to->effect = str_is(effect, "NoSchedule")         ? ASK_NO_SCHEDULE
                     : str_is(effect, "PreferNoSchedule") ? ASK_PREFER_NO_SCHEDULE
                     : str_is(effect, "NoExecute")        ? ASK_NO_EXECUTE
                                                          : ASK_EFFECT_ANY;
    }
    return 0;
}

static int add_ports(struct ask_book *b, struct ask *q, const struct value *container)
{
    const struct value *ports = value_get(container, STR("ports"));
    VALUE_EACH_ITEM (p, ports) {
        int64_t number = value_int_at(p, "hostPort", 0);
        struct str ip = value_text_at(p, "hostIP"), protocol = value_text_at(p, "protocol");
        if (number <= 0 || number > 65535)
            continue;
        struct ask_port *to = &q->ports[q->n_ports++];
        *to = (struct ask_port){.number = (uint16_t)number, .protocol = str_is(protocol, "UDP") ? 1 : str_is(protocol, "SCTP") ? 2 : 0};
        if (ip.n && !str_is(ip, "0.0.0.0") && !(to->ip = ask_hold(b, &q->held, ip)))
            return -ENOMEM;
    }
    return 0;
}

static int ports_of(struct ask_book *b, struct ask *q, const struct value *pod)
{
    const struct value *containers = value_at(pod, "spec.containers"), *inits = value_at(pod, "spec.initContainers");
    size_t n = 1;
    int r = 0;
    VALUE_EACH_ITEM (c, containers)
        n += value_count(value_get(c, STR("ports")));
    VALUE_EACH_ITEM (c, inits)
        n += value_count(value_get(c, STR("ports")));
    q->ports = arena_alloc(q->mem, n * sizeof(*q->ports));
    if (!q->ports)
        return -ENOMEM;
    VALUE_EACH_ITEM (c, containers)
        r = r < 0 ? r : add_ports(b, q, c);
    VALUE_EACH_ITEM (c, inits)
        if (str_is(value_text_at(c, "restartPolicy"), "Always"))
            r = r < 0 ? r : add_ports(b, q, c);
    return r;
}

bool ask_port_clash(const struct ask_port *a, const struct ask_port *b)
{
    return a->number == b->number && a->protocol == b->protocol && (!a->ip || !b->ip || a->ip == b->ip);
}

struct str ask_image_name(struct arena *a, struct str image)
{
    struct str head, tail;
    bool tagged = str_cut_last(image, ':', &head, &tail) && !memchr(tail.p, '/', tail.n);
    return tagged ? image : arena_fmt(a, "%.*s:latest", STR_FMT(image));
}

static int add_image(struct ask_book *b, struct ask *q, struct str image)
{
    struct str name = ask_image_name(q->mem, image);
    q->images[q->n_images] = name.p || !name.n ? ask_hold(b, &q->held, name) : 0;
    return q->images[q->n_images++] ? 0 : -ENOMEM;
}

static int images_of(struct ask_book *b, struct ask *q, const struct value *pod)
{
    const struct value *lists[] = {value_at(pod, "spec.containers"), value_at(pod, "spec.initContainers"), value_at(pod, "spec.volumes")};
    int r = 0;
    q->images = arena_alloc(q->mem, (value_count(lists[0]) + value_count(lists[1]) + value_count(lists[2]) + 1) * sizeof(*q->images));
    if (!q->images)
        return -ENOMEM;
    for (size_t i = 0; i < ARRAY_LEN(lists); i++)
        VALUE_EACH_ITEM (x, lists[i])
            if (r == 0 && (i < 2 || value_get(x, STR("image"))))
                r = add_image(b, q, i < 2 ? value_text_at(x, "image") : value_text_at(x, "image.reference"));
    return r;
}

static int parts_of(struct ask_book *b, struct ask *q, const struct value *pod)
{
    struct str ns = value_text_at(pod, "metadata.namespace");
    const struct value *owner = controller(pod);
    q->ns = ask_hold(b, &q->held, ns.n ? ns : STR("default"));
    int r = q->ns ? ask_labels_get(b, ns.n ? ns : STR("default"), value_at(pod, "metadata.labels"), &q->labels) : -ENOMEM;
    if (r == 0)
        r = ask_amounts_of(b, pod, false, &q->amounts);
    if (r == 0)
        r = selectors_of(b, q, pod);
    if (r == 0)
        r = tolerations_of(b, q, pod);
    if (r == 0)
        r = ports_of(b, q, pod);
    if (r == 0)
        r = images_of(b, q, pod);
    if (r == 0)
        r = terms_of(b, q, pod);
    if (r == 0)
        r = ask_spread_of(q->mem, b, &q->held, value_at(pod, "spec.topologySpreadConstraints"), q->labels, &q->spread, &q->n_spread);
    if (r == 0)
        r = volumes_of(b, q, pod);
    if (r == 0 && owner && (q->owner = owner_kind(owner)) != ASK_OWNER_NONE && !(q->owner_name = ask_hold(b, &q->held, value_text_at(owner, "name"))))
        r = -ENOMEM;
    return r;
}

int ask_new(struct ask_book *b, const struct value *pod, struct str key, struct ask **out)
{
    struct ask *q = mem_alloc(sizeof(*q));
    if (!q)
        return -ENOMEM;
    list_init(&q->idle);
    q->refs = 1;
    q->priority = (int32_t)value_int_at(pod, "spec.priority", 0);
    q->never_preempts = str_is(value_text_at(pod, "spec.preemptionPolicy"), "Never");
    int r = arena_new(&q->mem, ASK_BYTES);
    if (r == 0)
        r = arena_str(q->mem, key, &q->key);
    if (r == 0)
        r = parts_of(b, q, pod);
    if (r < 0) {
        ask_free(b, q);
        return r;
    }
    *out = q;
    return 0;
}

void ask_free(struct ask_book *b, struct ask *q)
{
    ask_labels_unref(b, q->labels);
    ask_amounts_unref(b, q->amounts);
    ask_held_drop(b, &q->held);
    arena_free(q->mem);
    mem_free(q);
}
