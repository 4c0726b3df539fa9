/* PolicyRules: compiled, asked, compared and printed (rbac.authorization.k8s.io/v1). */
#include "auth/inside.h"

void *auth_bump_get(struct auth_bump *b, size_t n)
{
    n = (n + 15) & ~(size_t)15;
    void *p = b->block ? b->block + b->used : arena_alloc(b->scratch, n);
    b->used += n;
    return p;
}

int auth_bump_str(struct auth_bump *b, struct str from, struct str *to)
{
    char *p = auth_bump_get(b, from.n + 1);
    if (!p)
        return -ENOMEM;
    if (from.n)
        memcpy(p, from.p, from.n);
    *to = str_make(p, from.n);
    return 0;
}

static const char *const verbs[] = {"get",         "list", "watch",    "create",  "update", "patch", "delete", "deletecollection",
                                    "impersonate", "bind", "escalate", "approve", "sign",   "use",   "proxy",  "attest"};

uint32_t auth_verb_bit(struct str verb)
{
    for (size_t i = 0; i < ARRAY_LEN(verbs); i++)
        if (str_is(verb, verbs[i]))
            return 1u << i;
    return 0;
}

static int texts_compile(struct auth_bump *b, const struct value *list, struct auth_texts *out)
{
    size_t n = value_count(list), i = 0;
    out->n = (uint32_t)n;
    if (n == 0)
        return 0;
    out->p = auth_bump_get(b, n * sizeof(struct str));
    if (!out->p)
        return -ENOMEM;
    VALUE_EACH_ITEM (item, list) {
        int r = auth_bump_str(b, value_text(item), &out->p[i]);
        if (r < 0)
            return r;
        if (str_is(out->p[i++], "*"))
            out->any = true;
    }
    return 0;
}

int auth_rule_compile(struct auth_bump *b, const struct value *rule, struct auth_rule *out)
{
    int r = texts_compile(b, value_at(rule, "verbs"), &out->verbs);
    if (r == 0)
        r = texts_compile(b, value_at(rule, "apiGroups"), &out->groups);
    if (r == 0)
        r = texts_compile(b, value_at(rule, "resources"), &out->resources);
    if (r == 0)
        r = texts_compile(b, value_at(rule, "resourceNames"), &out->names);
    if (r == 0)
        r = texts_compile(b, value_at(rule, "nonResourceURLs"), &out->urls);
    for (size_t i = 0; r == 0 && i < out->verbs.n; i++)
        out->known |= auth_verb_bit(out->verbs.p[i]);
    return r;
}

bool auth_texts_have(const struct auth_texts *t, struct str s)
{
    for (size_t i = 0; i < t->n; i++)
        if (str_eq(t->p[i], s))
            return true;
    return false;
}

static bool verb_fits(const struct auth_rule *r, struct str verb, uint32_t bit)
{
    return r->verbs.any || (bit ? (r->known & bit) != 0 : auth_texts_have(&r->verbs, verb));
}

/* "pods", "pods/log", and any resource's "*" + "/scale"; a lone "*" is every resource and subresource. */
static bool resource_fits(const struct auth_texts *t, struct str combined, struct str subresource)
{
    if (t->any)
        return true;
    for (size_t i = 0; i < t->n; i++) {
        struct str s = t->p[i];
        if (str_eq(s, combined))
            return true;
        if (subresource.n && s.n == subresource.n + 2 && s.p[0] == '*' && s.p[1] == '/' && str_eq(str_from(s, 2), subresource))
            return true;
    }
    return false;
}

static bool url_fits(const struct auth_texts *t, struct str path)
{
    for (size_t i = 0; i < t->n; i++) {
        struct str s = t->p[i];
        if (str_eq(s, path) || (s.n && s.p[s.n - 1] == '*' && str_starts(path, str_head(s, s.n - 1))))
            return true;
    }
    return false;
}

bool auth_rule_allows(const struct auth_rule *r, const struct auth_ask *ask, uint32_t verb_bit, struct str combined)
{
    if (!verb_fits(r, ask->verb, verb_bit))
        return false;
    if (ask->resource.n == 0)
        return url_fits(&r->urls, ask->path);
    return (r->groups.any || auth_texts_have(&r->groups, ask->group)) && resource_fits(&r->resources, combined, ask->subresource) &&
           (r->names.n == 0 || auth_texts_have(&r->names, ask->name));
}

static bool resource_covered(const struct auth_texts *own, struct str resource)
{
    if (own->any || auth_texts_have(own, resource))
        return true;
    struct str head, sub;
    if (!str_cut(resource, '/', &head, &sub))
        return false;
    for (size_t i = 0; i < own->n; i++)
        if (own->p[i].n > 2 && own->p[i].p[0] == '*' && own->p[i].p[1] == '/' && str_eq(str_from(own->p[i], 2), sub))
            return true;
    return false;
}

static bool covers(const struct auth_rule *own, const struct auth_rule *single)
{
    if (!own->verbs.any && !auth_texts_have(&own->verbs, single->verbs.p[0]))
        return false;
    if (single->urls.n)
        return url_fits(&own->urls, single->urls.p[0]);
    return (own->groups.any || auth_texts_have(&own->groups, single->groups.p[0])) && resource_covered(&own->resources, single->resources.p[0]) &&
           (own->names.n == 0 || (single->names.n && auth_texts_have(&own->names, single->names.p[0])));
}

bool auth_rule_covered(const struct auth_rule *const *own, size_t n, const struct auth_rule *single)
{
    for (size_t i = 0; i < n; i++)
        if (covers(own[i], single))
            return true;
    return false;
}

static int texts_tree(struct arena *a, const struct auth_texts *t, struct value *rule, const char *key)
{
    if (t->n == 0)
        return 0;
    struct value list = value_make_list();
    for (size_t i = 0; i < t->n; i++) {
        struct str s;
        if (arena_str(a, t->p[i], &s) < 0 || !value_add(a, &list, value_make_text(s)))
            return -ENOMEM;
    }
    return value_set(a, rule, str_of(key), list) ? 0 : -ENOMEM;
}

int auth_rule_tree(struct arena *a, const struct auth_rule *r, struct value *out)
{
    *out = value_make_map();
    int e = texts_tree(a, &r->verbs, out, "verbs");
    if (e == 0)
        e = texts_tree(a, &r->groups, out, "apiGroups");
    if (e == 0)
        e = texts_tree(a, &r->resources, out, "resources");
    if (e == 0)
        e = texts_tree(a, &r->names, out, "resourceNames");
    if (e == 0)
        e = texts_tree(a, &r->urls, out, "nonResourceURLs");
    return e;
}

void auth_quote(struct buf *out, struct str s)
{
    buf_char(out, '"');
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (c == '"' || c == '\\') {
            buf_char(out, '\\');
            buf_char(out, (char)c);
        } else if (c == '\n' || c == '\t' || c == '\r') {
            buf_text(out, c == '\n' ? "\\n" : c == '\t' ? "\\t" : "\\r");
        } else if (c < 0x20 || c == 0x7f) {
            buf_fmt(out, "\\x%02x", c);
        } else {
            buf_char(out, (char)c);
        }
    }
    buf_char(out, '"');
}

static void texts_print(const struct auth_texts *t, const char *name, bool *first, struct buf *out)
{
    if (t->n == 0)
        return;
    buf_fmt(out, "%s%s:[", *first ? "" : ", ", name);
    *first = false;
    for (size_t i = 0; i < t->n; i++) {
        if (i)
            buf_char(out, ' ');
        auth_quote(out, t->p[i]);
    }
    buf_char(out, ']');
}

void auth_rule_print(const struct auth_rule *r, struct buf *out)
{
    bool first = true;
    buf_char(out, '{');
    texts_print(&r->groups, "APIGroups", &first, out);
    texts_print(&r->resources, "Resources", &first, out);
    texts_print(&r->names, "ResourceNames", &first, out);
    texts_print(&r->urls, "NonResourceURLs", &first, out);
    texts_print(&r->verbs, "Verbs", &first, out);
    buf_char(out, '}');
}
