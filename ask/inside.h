/* What ask's files share; no other room sees it. */
#ifndef CORACLE_ASK_INSIDE_H
#define CORACLE_ASK_INSIDE_H

#include "ask/ask.h"

struct text {
    char *own; /* NULL: free */
    size_t n;
    uint32_t refs; /* of a free one: the next free one */
};

struct ask_book {
    VEC(struct text) texts;
    uint32_t free; /* first of the chain; 0: none */
    struct map by_text;
    VEC(uint32_t) columns;      /* text of each */
    struct map labels, amounts; /* bytes → ask_labels, ask_amounts */
    void (*on_labels_end)(void *ctx, struct ask_labels *l);
    void *labels_ctx;
};

/* spec.c's parts in terms.c */
int terms_of(struct ask_book *b, struct ask *q, const struct value *pod) MUST_USE;
int volumes_of(struct ask_book *b, struct ask *q, const struct value *pod) MUST_USE;
int needs_of(struct arena *a, struct ask_book *b, struct ask_held *h, const struct value *list, struct ask_need **out, uint32_t *n) MUST_USE;
bool need_matches(const struct ask_book *b, const struct ask_need *need, uint32_t value);

#endif
