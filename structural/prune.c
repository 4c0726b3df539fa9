/* Pruning: what no schema mentions goes. */
#include "structural/inside.h"

struct pruning {
    struct arena *a;
    struct object_notes *notes;
    struct path at;
    int error;
};

static void prune(struct pruning *p, const struct node *n, struct value *v);

static void note(struct pruning *p)
{
    struct object_notes *notes = p->notes;
    if (!notes)
        return;
    if (notes->n < FAULTS_MAX) {
        struct str text = arena_fmt(p->a, "unknown field \"%s\"", p->at.text);
        if (!text.p)
            p->error = -ENOMEM;
        notes->items[notes->n] = text.p ? text : STR("unknown field");
    }
    notes->n++;
}

static const struct node *node_below(const struct node *n, struct str key)
{
    const struct node *child = node_property(n, key);
    return child ? child : n->additional;
}

static void prune_map(struct pruning *p, const struct node *n, struct value *v)
{
    size_t kept = 0, count = value_count(v);
    for (size_t i = 0; i < count; i++) {
        struct value_member *m = &v->map.members[i];
        const struct node *child = node_below(n, m->key);
        bool own = (n->flags & (NODE_ROOT | NODE_EMBEDDED)) && node_is_root_member(m->key);
        size_t before = path_member(&p->at, m->key);
        if (child && !own)
            prune(p, child, &m->value);
        else if (!own && !(n->flags & (NODE_OPEN | NODE_ANY)))
            note(p);
        if (child || own || (n->flags & (NODE_OPEN | NODE_ANY))) {
            if (kept != i) /* a member that stays where it is may be shared with another tree */
                v->map.members[kept] = *m;
            kept++;
        }
        path_cut(&p->at, before);
    }
    v->map.n = (uint32_t)kept;
}

static void prune(struct pruning *p, const struct node *n, struct value *v)
{
    static const struct node nothing = {0};
    if (v->type == VALUE_MAP) {
        prune_map(p, n, v);
    } else if (v->type == VALUE_LIST) {
        const struct node *items = n->items ? n->items : n->flags & NODE_OPEN ? NULL : &nothing;
        for (size_t i = 0; items && i < v->list.n; i++) {
            size_t before = path_item(&p->at, i);
            prune(p, items, &v->list.items[i]);
            path_cut(&p->at, before);
        }
    }
}

int structural_prune(struct arena *a, const struct structural *s, struct value *tree, struct object_notes *notes)
{
    struct pruning p = {.a = a, .notes = notes};
    prune(&p, s->root, tree);
    return p.error;
}
