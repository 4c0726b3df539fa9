#include "selector/inside.h"

/* "a|b": b stands in where a is empty. An absent field reads as "", and so matches field=: as upstream. */
static struct str field_text(const struct object *o, struct str key, char scratch[32])
{
    char path[256];
    struct str text = STR(""), rest = key, one;
    if (!memchr(key.p, '|', key.n))
        return object_field(o, key.p, &text, scratch) ? text : STR("");
    while (!text.n && str_next(&rest, '|', &one)) {
        snprintf(path, sizeof(path), "%.*s", STR_FMT(one));
        if (!object_field(o, path, &text, scratch))
            text = STR("");
    }
    return text;
}

bool selector_matches_object(const struct selector *s, const struct object *o)
{
    if (s->nothing)
        return false;
    for (size_t i = 0; i < s->n; i++) {
        const struct requirement *r = s->terms[i];
        struct str text = STR("");
        char scratch[32];
        bool there = s->fields || object_label(o, r->key, &text);
        if (s->fields)
            text = field_text(o, r->key, scratch);
        if (!requirement_matches(r, there, text))
            return false;
    }
    return true;
}
