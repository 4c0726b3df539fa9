#include "apply/inside.h"

/* Is this text how the fields of that configuration are written? Told by walking both side by side, without making the set: what
 * is applied again mostly mentions the same fields. Wherever anything is out of the ordinary the answer is no, and the set is made. */
struct matching {
    struct arena *arena;
    const char *p, *end;
    unsigned depth;
};

static bool match(struct matching *w, struct shaping s, const struct value *v, bool member);

static bool eat(struct matching *w, const char *text, size_t n)
{
    if ((size_t)(w->end - w->p) < n || memcmp(w->p, text, n) != 0)
        return false;
    w->p += n;
    return true;
}

#define EAT(w, lit) eat((w), "" lit "", sizeof(lit) - 1)

/* All of ASCII that is seen, but for quotes, backslashes and <, >, &. */
static const bool plain[256] = {
    [' '] = true, ['!'] = true, ['#' ... '%'] = true, ['\'' ... ';'] = true, ['='] = true, ['?' ... '['] = true, [']' ... '~'] = true,
};

static inline bool plain_byte(char c)
{
    return plain[(unsigned char)c];
}

/* What runs from here without anything written in another way than it is. */
static struct str plain_run(struct matching *w)
{
    const char *start = w->p, *p = start, *end = w->end;
    while (p < end && plain_byte(*p))
        p++;
    w->p = p;
    return str_make(start, (size_t)(p - start));
}

/* The next member's comma and quote, if any: "f: or whatever kind says. */
static bool next(struct matching *w, size_t count, bool self, char kind)
{
    if ((count || self) && !EAT(w, ","))
        return false;
    if (w->end - w->p < 3 || w->p[0] != '"' || w->p[1] != kind || w->p[2] != ':')
        return false;
    w->p += 3;
    return true;
}

static bool at_end(struct matching *w)
{
    if (w->p == w->end || *w->p != '}')
        return false;
    w->p++;
    return true;
}

/* ── maps and structs ── */
static const struct value *find(const struct value *map, struct str key, uint32_t *hint)
{
    uint32_t n = map->map.n;
    for (uint32_t k = 0, i = *hint; k < n; k++, i++) {
        const struct value_member *m = &map->map.members[i < n ? i : (i -= n)];
        if (m->key.n == key.n && key.n && m->key.p[0] == key.p[0] && memcmp(m->key.p, key.p, key.n) == 0) {
            *hint = i + 1;
            return &m->value;
        }
    }
    return NULL;
}

/* How many of the members are not owned at all; they need not be looked at. */
static size_t left_out(const struct value *v, const struct field_set *strip)
{
    size_t n = 0;
    for (uint32_t i = 0; i < strip->n; i++) {
        const struct field_set *below = &strip->nodes[i].below;
        const struct value *at = value_get(v, strip->nodes[i].part.text);
        n += at && (!below->n || (at->type == VALUE_MAP && at->map.n && left_out(at, below) == at->map.n));
    }
    return n;
}

static bool match_field(struct matching *w, struct shaping s, struct str key, const struct value *v, const struct field_set *strip);

static bool match_members(struct matching *w, struct shaping s, const struct value *v, bool self, const struct field_set *strip)
{
    struct str before = STR_NONE;
    size_t count = 0, out = strip ? left_out(v, strip) : 0;
    uint32_t hint = 0;
    for (; !at_end(w); count++) {
        if (!next(w, count, self, 'f'))
            return false;
        struct str key = plain_run(w);
        const struct value *at = find(v, key, &hint);
        if (!at || !EAT(w, "\":") || (before.p && str_cmp(before, key) >= 0))
            return false;
        before = key;
        if (s.shape == SHAPE_STRUCT ? !match_field(w, s, key, at, strip) : !match(w, shape_of_item(s), at, true))
            return false;
    }
    return count && count + out == v->map.n;
}

static bool match_field(struct matching *w, struct shaping s, struct str key, const struct value *v, const struct field_set *strip)
{
    const struct schema_field *f = schema_field_find(s.message, key);
    const struct field_node *node = strip ? set_find(strip, (struct path_part){'f', key}) : NULL;
    if (!f)
        return false;
    if (!node)
        return match(w, shape_of_field(f), v, v->type == VALUE_MAP && v->map.n == 0);
    struct shaping inner = shape_of_field(f);
    return node->below.n && inner.shape == SHAPE_STRUCT && v->type == VALUE_MAP && EAT(w, "{") && match_members(w, inner, v, false, &node->below);
}

/* ── lists ── */

/* Items told apart by one name: {\"name\":\"web\"}. */
static bool match_named(struct matching *w, struct shaping s, const struct value *v)
{
    struct str name = s.field->list_keys[0], before = STR_NONE;
    uint32_t at = 0;
    for (uint32_t count = 0; !at_end(w); count++) {
        uint32_t tried = 0;
        if (count == v->list.n || !next(w, count, false, 'k') || !EAT(w, "{\\\"") || !eat(w, name.p, name.n) || !EAT(w, "\\\":\\\""))
            return false;
        struct str key = plain_run(w);
        for (; tried < v->list.n; tried++, at++) {
            at = at < v->list.n ? at : 0;
            const struct value *mine = value_get(&v->list.items[at], name);
            if (mine && mine->type == VALUE_TEXT && mine->text.n && str_eq(mine->text, key))
                break;
        }
        if (tried == v->list.n || !EAT(w, "\\\"}\":") || (before.p && str_cmp(before, key) >= 0))
            return false;
        before = key;
        if (!match(w, shape_of_item(s), &v->list.items[at++], true))
            return false;
        if (count + 1 == v->list.n)
            return at_end(w);
    }
    return false;
}

/* The part as it stands in quotes, where nothing but quotes is written in another way. */
static bool eat_part(struct matching *w, struct path_part part)
{
    const char *p = w->p;
    for (size_t i = 0; i < part.text.n; i++) {
        char c = part.text.p[i];
        if (c == '"' && (p == w->end || *p++ != '\\'))
            return false;
        if (p == w->end || *p++ != c || (c != '"' && !plain_byte(c)))
            return false;
    }
    if (w->end - p < 2 || p[0] != '"' || p[1] != ':')
        return false;
    w->p = p + 2;
    return true;
}

static bool match_parts(struct matching *w, struct shaping s, const struct value *v)
{
    struct path_part *parts = arena_alloc(w->arena, v->list.n * sizeof(*parts));
    uint32_t at = 0, before = 0;
    for (uint32_t i = 0; i < v->list.n; i++)
        if (!parts || shape_part(w->arena, s, &v->list.items[i], &parts[i]) < 0)
            return false;
    for (uint32_t count = 0; count < v->list.n; count++) {
        uint32_t tried = 0;
        if (!next(w, count, false, parts[0].kind))
            return false;
        for (; tried < v->list.n; tried++, at++) {
            at = at < v->list.n ? at : 0;
            if (eat_part(w, parts[at]))
                break;
        }
        if (tried == v->list.n || (count && part_cmp(parts[before], parts[at]) >= 0))
            return false;
        before = at;
        if (!match(w, shape_of_item(s), &v->list.items[at++], true))
            return false;
    }
    return at_end(w);
}

static bool match_list(struct matching *w, struct shaping s, const struct value *v)
{
    const struct str *keys = s.shape == SHAPE_LIST_MAP ? s.field->list_keys : NULL;
    const struct schema_field *f = keys && keys[0].n && !keys[1].n && s.message ? schema_field_find(s.message, keys[0]) : NULL;
    bool named = f && f->type == SCHEMA_STRING && !(f->flags & SCHEMA_REPEATED);
    return named ? match_named(w, s, v) : match_parts(w, s, v);
}

/* ── any value; `member`: it is owned itself, beside what is below it ── */
static bool match(struct matching *w, struct shaping s, const struct value *v, bool member)
{
    s = shape_for(s, v);
    if (v->type == VALUE_NULL || w->depth >= VALUE_DEPTH_MAX)
        return false;
    if (s.shape == SHAPE_LEAF)
        return EAT(w, "{}");
    bool list = s.shape == SHAPE_LIST_MAP || s.shape == SHAPE_LIST_SET;
    if (v->type != (list ? VALUE_LIST : VALUE_MAP) || (list && v->list.n == 0))
        return false;
    if (v->map.n == 0)
        return member && EAT(w, "{}");
    if (!EAT(w, "{") || (member && !EAT(w, "\".\":{}")))
        return false;
    if (list && member)
        return false; /* a list within a list: nobody has such */
    w->depth++;
    bool is = list ? match_list(w, s, v) : match_members(w, s, v, member, NULL);
    w->depth--;
    return is;
}

bool apply_fields_are(struct arena *a, struct shaping s, const struct value *config, const struct field_set *strip, const struct field_set *reset,
                      struct str text)
{
    struct matching w = {.arena = a, .p = text.p, .end = text.p + text.n};
    if (s.shape != SHAPE_STRUCT || config->type != VALUE_MAP || text.n < 2)
        return false;
    for (uint32_t i = 0; i < reset->n; i++)
        if (value_get(config, reset->nodes[i].part.text))
            return false;
    return EAT(&w, "{") && match_members(&w, s, config, false, strip) && w.p == w.end;
}
