#include "object/selector_inside.h"

bool selector_matches_object(const struct selector *s, const struct object *o)
{
    if (s->nothing)
        return false;
    for (size_t i = 0; i < s->n; i++) {
        const struct requirement *r = s->terms[i];
        struct str text = STR("");
        char scratch[32];
        /* An absent field reads as "", and so matches field=: as upstream. */
        bool there = s->fields ? (object_field(o, r->key.p, &text, scratch), true) : object_label(o, r->key, &text);
        if (!requirement_matches(r, there, text))
            return false;
    }
    return true;
}
