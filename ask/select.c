#include "ask/inside.h"

/* Taints and tolerations, node selectors. */

static enum ask_effect effect_of(struct str s)
{
    return str_is(s, "NoSchedule")         ? ASK_NO_SCHEDULE
           : str_is(s, "PreferNoSchedule") ? ASK_PREFER_NO_SCHEDULE
           : str_is(s, "NoExecute")        ? ASK_NO_EXECUTE
                                           : ASK_EFFECT_ANY;
}

int ask_taints_of(struct arena *a, struct ask_book *b, struct ask_held *h, const struct value *list, struct ask_taint **out, uint32_t *n)
{
    *n = 0;
    *out = arena_alloc(a, MAX(value_count(list), (size_t)1) * sizeof(**out));
    if (!*out)
        return -ENOMEM;
    VALUE_EACH_ITEM (t, list) {
        struct ask_taint *to = &(*out)[(*n)++];
        *to = (struct ask_taint){ask_hold(b, h, value_text_at(t, "key")), ask_hold(b, h, value_text_at(t, "value")),
                                 effect_of(value_text_at(t, "effect"))};
        if (!to->key || !to->value)
            return -ENOMEM;
    }
    return 0;
}

static bool number_tolerated(const struct ask_book *b, const struct ask_toleration *t, const struct ask_taint *taint)
{
    int64_t wanted, there;
    if (str_to_int(ask_text_of(b, t->value), &wanted) < 0 || str_to_int(ask_text_of(b, taint->value), &there) < 0)
        return false;
    return t->op == ASK_TOLERATE_GREATER ? there > wanted : there < wanted; /* KEP-5471 */
}

bool ask_tolerates(const struct ask_book *b, const struct ask_toleration *list, uint32_t n, const struct ask_taint *taint)
{
    for (uint32_t i = 0; i < n; i++) {
        const struct ask_toleration *t = &list[i];
        if ((t->effect != ASK_EFFECT_ANY && t->effect != taint->effect) || (t->key && t->key != taint->key))
            continue;
        if (t->op == ASK_TOLERATE_EXISTS || (t->op == ASK_EQUAL && t->value == taint->value))
            return true;
        if (t->op >= ASK_TOLERATE_GREATER && number_tolerated(b, t, taint))
            return true;
    }
    return false;
}

static int node_term(struct arena *a, struct ask_book *b, struct ask_held *h, const struct value *tree, struct ask_node_term *out)
{
    int r = needs_of(a, b, h, value_get(tree, STR("matchExpressions")), &out->needs, &out->n);
    return r < 0 ? r : needs_of(a, b, h, value_get(tree, STR("matchFields")), &out->fields, &out->n_fields);
}

int ask_node_selector_of(struct arena *a, struct ask_book *b, struct ask_held *h, const struct value *tree, struct ask_node_selector *out)
{
    const struct value *terms = value_get(tree, STR("nodeSelectorTerms"));
    *out = (struct ask_node_selector){.set = !value_is_null(tree), .terms = arena_alloc(a, MAX(value_count(terms), (size_t)1) * sizeof(*out->terms))};
    int r = out->terms ? 0 : -ENOMEM;
    VALUE_EACH_ITEM (t, terms)
        if (r == 0)
            r = node_term(a, b, h, t, &out->terms[out->n++]);
    return r;
}

int ask_preferred_of(struct arena *a, struct ask_book *b, struct ask_held *h, const struct value *list, struct ask_node_term **out, uint32_t *n)
{
    *n = 0;
    *out = arena_alloc(a, MAX(value_count(list), (size_t)1) * sizeof(**out));
    int r = *out ? 0 : -ENOMEM;
    VALUE_EACH_ITEM (p, list) {
        if (r < 0)
            return r;
        struct ask_node_term *t = &(*out)[(*n)++];
        t->weight = value_int_at(p, "weight", 0);
        r = node_term(a, b, h, value_get(p, STR("preference")), t);
    }
    return r;
}

/* An empty term matches nothing; the only field there is to select by is metadata.name. */
bool ask_node_term_matches(const struct ask_book *b, const struct ask_node_term *t, const struct ask_labels *l, uint32_t name)
{
    if (t->n == 0 && t->n_fields == 0)
        return false;
    for (uint32_t i = 0; i < t->n; i++)
        if (!need_matches(b, &t->needs[i], ask_label(l, t->needs[i].key)))
            return false;
    for (uint32_t i = 0; i < t->n_fields; i++)
        if (!str_is(ask_text_of(b, t->fields[i].key), "metadata.name") || !need_matches(b, &t->fields[i], name))
            return false;
    return true;
}

bool ask_node_selector_matches(const struct ask_book *b, const struct ask_node_selector *s, const struct ask_labels *l, uint32_t name)
{
    if (!s->set)
        return true;
    for (uint32_t i = 0; i < s->n; i++)
        if (ask_node_term_matches(b, &s->terms[i], l, name))
            return true;
    return false;
}
