#include "ask/inside.h"

/* Affinity terms, spread constraints and volumes of a pod. */

/* matchLabelKeys and mismatchLabelKeys: the pod's own values become needs (KEP-3633). The API server has merged them
 * already where it does so; twice the same need changes nothing. */
static int own_values(struct ask *q, const struct value *keys, bool equal, struct ask_book *b, struct ask_selector *s)
{
    VALUE_EACH_ITEM (k, keys) {
        uint32_t key = ask_text_find(b, value_text(k)), value = key ? ask_label(q->labels, key) : 0;
        if (value && ask_selector_add(q->mem, s, key, value, equal) < 0)
            return -ENOMEM;
    }
    return 0;
}

static int term_key(struct ask *q, struct ask_term *t)
{
    SCOPED_BUF key = BUF_INIT(1u << 20);
    buf_add(&key, &t->kind, sizeof(t->kind));
    buf_add(&key, &t->weight, sizeof(t->weight));
    buf_add(&key, &t->topology, sizeof(t->topology));
    buf_add(&key, &t->n_namespaces, sizeof(t->n_namespaces));
    buf_add(&key, t->namespaces, t->n_namespaces * sizeof(*t->namespaces));
    ask_selector_key(&t->namespace_selector, &key);
    ask_selector_key(&t->selector, &key);
    int r = buf_error(&key);
    return r < 0 ? r : arena_str(q->mem, buf_view(&key), &t->key);
}

static int one_term(struct ask_book *b, struct ask *q, const struct value *tree, enum ask_term_kind kind, int32_t weight)
{
    const struct value *names = value_get(tree, STR("namespaces")), *by = value_get(tree, STR("namespaceSelector"));
    struct ask_term *t = &q->terms[q->n_terms++];
    *t = (struct ask_term){.kind = kind,
                           .weight = weight,
                           .topology = ask_hold(b, &q->held, value_text_at(tree, "topologyKey")),
                           .namespaces = arena_alloc(q->mem, (value_count(names) + 1) * sizeof(uint32_t))};
    if (!t->topology || !t->namespaces)
        return -ENOMEM;
    VALUE_EACH_ITEM (n, names)
        if (!(t->namespaces[t->n_namespaces++] = ask_hold(b, &q->held, value_text(n))))
            return -ENOMEM;
    if (t->n_namespaces == 0 && value_is_null(by))
        t->namespaces[t->n_namespaces++] = q->ns;
    int r = ask_selector_of(q->mem, b, &q->held, by, &t->namespace_selector);
    if (r == 0)
        r = ask_selector_of(q->mem, b, &q->held, value_get(tree, STR("labelSelector")), &t->selector);
    if (r == 0)
        r = own_values(q, value_get(tree, STR("matchLabelKeys")), true, b, &t->selector);
    if (r == 0)
        r = own_values(q, value_get(tree, STR("mismatchLabelKeys")), false, b, &t->selector);
    return r < 0 ? r : term_key(q, t);
}

int terms_of(struct ask_book *b, struct ask *q, const struct value *pod)
{
    static const struct {
        const char *path;
        enum ask_term_kind kind;
    } places[] = {
        {"spec.affinity.podAffinity.requiredDuringSchedulingIgnoredDuringExecution", ASK_AFFINITY},
        {"spec.affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution", ASK_ANTI},
        {"spec.affinity.podAffinity.preferredDuringSchedulingIgnoredDuringExecution", ASK_PREFER},
        {"spec.affinity.podAntiAffinity.preferredDuringSchedulingIgnoredDuringExecution", ASK_PREFER_NOT},
    };
    size_t n = 0;
    for (size_t i = 0; i < ARRAY_LEN(places); i++)
        n += value_count(value_at(pod, places[i].path));
    q->terms = arena_alloc(q->mem, MAX(n, (size_t)1) * sizeof(*q->terms));
    if (!q->terms)
        return -ENOMEM;
    for (size_t i = 0; i < ARRAY_LEN(places); i++) {
        const struct value *list = value_at(pod, places[i].path);
        bool weighted = places[i].kind >= ASK_PREFER;
        VALUE_EACH_ITEM (t, list) {
            int r = one_term(b, q, weighted ? value_get(t, STR("podAffinityTerm")) : t, places[i].kind, (int32_t)value_int_at(t, "weight", 0));
            if (r < 0)
                return r;
        }
    }
    return 0;
}

int ask_spread_of(struct arena *a, struct ask_book *b, struct ask_held *h, const struct value *list, const struct ask_labels *labels,
                  struct ask_spread **out, uint32_t *n)
{
    *n = 0;
    *out = arena_alloc(a, MAX(value_count(list), (size_t)1) * sizeof(**out));
    if (!*out)
        return -ENOMEM;
    VALUE_EACH_ITEM (c, list) {
        struct ask_spread *s = &(*out)[(*n)++];
        const struct value *keys = value_get(c, STR("matchLabelKeys"));
        *s = (struct ask_spread){.max_skew = (int32_t)value_int_at(c, "maxSkew", 1),
                                 .min_domains = (int32_t)value_int_at(c, "minDomains", 0),
                                 .topology = ask_hold(b, h, value_text_at(c, "topologyKey")),
                                 .hard = !str_is(value_text_at(c, "whenUnsatisfiable"), "ScheduleAnyway"),
                                 .honor_affinity = !str_is(value_text_at(c, "nodeAffinityPolicy"), "Ignore"),
                                 .honor_taints = str_is(value_text_at(c, "nodeTaintsPolicy"), "Honor")};
        int r = s->topology ? ask_selector_of(a, b, h, value_get(c, STR("labelSelector")), &s->selector) : -ENOMEM;
        if (r < 0)
            return r;
        VALUE_EACH_ITEM (k, keys) {
            uint32_t key = ask_text_find(b, value_text(k)), value = key && labels ? ask_label(labels, key) : 0;
            if (value && ask_selector_add(a, &s->selector, key, value, true) < 0)
                return -ENOMEM;
        }
    }
    return 0;
}

/* ── volumes ── */

static int disk_of(struct ask_book *b, struct ask *q, const struct value *v)
{
    static const struct {
        const char *member, *name, *part, *image;
        enum ask_disk_kind kind;
    } rows[] = {{"gcePersistentDisk", "pdName", NULL, NULL, ASK_GCE},
                {"awsElasticBlockStore", "volumeID", NULL, NULL, ASK_EBS},
                {"iscsi", "iqn", NULL, NULL, ASK_ISCSI},
                {"rbd", "pool", NULL, "image", ASK_RBD}};
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        const struct value *s = value_get(v, str_of(rows[i].member));
        if (!s)
            continue;
        const struct value *monitors = value_get(s, STR("monitors"));
        struct ask_disk *d = &q->disks[q->n_disks++];
        struct str name = value_text_at(s, rows[i].name);
        *d = (struct ask_disk){.kind = rows[i].kind,
                               .read_only = value_bool_at(s, "readOnly", false),
                               .name = ask_hold(b, &q->held, rows[i].kind == ASK_RBD && !name.n ? STR("rbd") : name),
                               .monitors = arena_alloc(q->mem, (value_count(monitors) + 1) * sizeof(uint32_t))};
        if (!d->name || !d->monitors || (rows[i].image && !(d->image = ask_hold(b, &q->held, value_text_at(s, rows[i].image)))))
            return -ENOMEM;
        VALUE_EACH_ITEM (m, monitors)
            if (!(d->monitors[d->n_monitors++] = ask_hold(b, &q->held, value_text(m))))
                return -ENOMEM;
    }
    return 0;
}

int volumes_of(struct ask_book *b, struct ask *q, const struct value *pod)
{
    const struct value *list = value_at(pod, "spec.volumes");
    struct str pod_name = value_text_at(pod, "metadata.name");
    size_t n = value_count(list) + 1;
    q->disks = arena_alloc(q->mem, n * sizeof(*q->disks));
    q->claims = arena_alloc(q->mem, n * sizeof(*q->claims));
    q->csi = arena_alloc(q->mem, n * sizeof(*q->csi));
    if (!q->disks || !q->claims || !q->csi)
        return -ENOMEM;
    VALUE_EACH_ITEM (v, list) {
        const struct value *claim = value_get(v, STR("persistentVolumeClaim"));
        bool made = value_get(v, STR("ephemeral")) != NULL;
        if (claim || made) {
            struct str name =
                made ? arena_fmt(q->mem, "%.*s-%.*s", STR_FMT(pod_name), STR_FMT(value_text_at(v, "name"))) : value_text_at(claim, "claimName");
            struct ask_claim *c = &q->claims[q->n_claims++];
            *c = (struct ask_claim){ask_hold(b, &q->held, name), made};
            if (!c->name)
                return -ENOMEM;
        }
        const struct value *csi = value_get(v, STR("csi"));
        if (csi && !(q->csi[q->n_csi++] = ask_hold(b, &q->held, value_text_at(csi, "driver"))))
            return -ENOMEM;
        int r = disk_of(b, q, v);
        if (r < 0)
            return r;
    }
    return 0;
}

/* As upstream's VolumeRestrictions: shared only when both only read; EBS never. */
bool ask_disk_clash(const struct ask_disk *a, const struct ask_disk *b)
{
    if (a->kind != b->kind || a->name != b->name || a->image != b->image)
        return false;
    if (a->kind == ASK_EBS)
        return true;
    if (a->read_only && b->read_only)
        return false;
    if (a->kind != ASK_RBD)
        return true;
    for (uint32_t i = 0; i < a->n_monitors; i++)
        for (uint32_t k = 0; k < b->n_monitors; k++)
            if (a->monitors[i] == b->monitors[k])
                return true;
    return false;
}
