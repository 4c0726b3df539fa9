#include "sched/inside.h"

/* Questions other controllers ask of one pod and one node, both as trees: a book of their own for a moment. */

struct moment {
    struct arena *mem;
    struct ask_book *book;
    struct ask_held held;
};

static int moment_open(struct moment *m)
{
    *m = (struct moment){0};
    int r = arena_new(&m->mem, 4u << 20);
    return r < 0 ? r : ask_book_new(&m->book);
}

static void moment_close(struct moment *m)
{
    if (m->book)
        ask_held_drop(m->book, &m->held);
    ask_book_free(m->book);
    arena_free(m->mem);
}

/* Without a book: texts are compared as they are. */
bool sched_tolerated(const struct value *pod, const struct value *taint)
{
    const struct value *list = value_at(pod, "spec.tolerations");
    struct str key = value_text_at(taint, "key"), value = value_text_at(taint, "value"), effect = value_text_at(taint, "effect");
    VALUE_EACH_ITEM (t, list) {
        struct str op = value_text_at(t, "operator"), wanted = value_text_at(t, "key"), of = value_text_at(t, "effect"),
                   v = value_text_at(t, "value");
        int64_t a, b;
        if ((of.n && !str_eq(of, effect)) || (wanted.n && !str_eq(wanted, key)))
            continue;
        if (str_is(op, "Exists") || ((!op.n || str_is(op, "Equal")) && str_eq(v, value)))
            return true;
        bool numbers = (str_is(op, "Gt") || str_is(op, "Lt")) && str_to_int(v, &a) == 0 && str_to_int(value, &b) == 0;
        if (numbers && (str_is(op, "Gt") ? b > a : b < a))
            return true;
    }
    return false;
}

bool sched_node_selected(const struct value *pod, const struct value *node)
{
    const struct value *pairs = value_at(pod, "spec.nodeSelector"), *labels = value_at(node, "metadata.labels");
    const struct value *required = value_at(pod, "spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution");
    struct ask_node_selector selector;
    struct ask_labels *l = NULL;
    struct moment m;
    bool selected = false;
    VALUE_EACH_MEMBER (p, pairs) {
        const struct value *there = value_get(labels, p->key);
        if (!there || !str_eq(value_text(there), value_text(&p->value)))
            return false;
    }
    if (value_is_null(required))
        return true;
    if (moment_open(&m) == 0 && ask_labels_get(m.book, STR_NONE, labels, &l) == 0 &&
        ask_node_selector_of(m.mem, m.book, &m.held, required, &selector) == 0) {
        uint32_t name = ask_hold(m.book, &m.held, value_text_at(node, "metadata.name"));
        selected = name && ask_node_selector_matches(m.book, &selector, l, name);
    }
    if (m.book)
        ask_labels_unref(m.book, l);
    moment_close(&m);
    return selected;
}
