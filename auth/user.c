#include "auth/inside.h"

#define EXTRA_MAX 8

int auth_user_init(struct arena *a, struct auth_user *u, struct str name, size_t n_groups)
{
    *u = (struct auth_user){0};
    u->groups = arena_alloc(a, (n_groups + 3) * sizeof(struct str)); /* impersonation may add two to what is copied */
    return u->groups ? arena_str(a, name, &u->name) : -ENOMEM;
}

bool auth_user_in(const struct auth_user *u, struct str group)
{
    for (size_t i = 0; i < u->n_groups; i++)
        if (str_eq(u->groups[i], group))
            return true;
    return false;
}

void auth_user_group(struct auth_user *u, struct str group)
{
    if (!auth_user_in(u, group))
        u->groups[u->n_groups++] = group;
}

int auth_user_extra(struct arena *a, struct auth_user *u, struct str key, struct str value)
{
    if (!u->extra)
        u->extra = arena_alloc(a, EXTRA_MAX * sizeof(struct auth_extra));
    CHECK(u->n_extra < EXTRA_MAX);
    struct auth_extra *e = u->extra ? &u->extra[u->n_extra] : NULL;
    if (!e)
        return -ENOMEM;
    e->values = arena_alloc(a, sizeof(struct str));
    if (!e->values || arena_str(a, key, &e->key) < 0 || arena_str(a, value, &e->values[0]) < 0)
        return -ENOMEM;
    e->n = 1;
    u->n_extra++;
    return 0;
}

int auth_user_copy(struct arena *a, const struct auth_user *from, struct auth_user *to)
{
    int r = auth_user_init(a, to, from->name, from->n_groups);
    if (r == 0)
        r = arena_str(a, from->uid, &to->uid);
    for (size_t i = 0; r == 0 && i < from->n_groups; i++)
        r = arena_str(a, from->groups[i], &to->groups[to->n_groups++]);
    if (r == 0 && from->n_extra) {
        to->extra = arena_alloc(a, from->n_extra * sizeof(struct auth_extra));
        r = to->extra ? 0 : -ENOMEM;
    }
    for (size_t i = 0; r == 0 && i < from->n_extra; i++) {
        struct auth_extra *e = &to->extra[to->n_extra++];
        r = arena_str(a, from->extra[i].key, &e->key);
        e->values = arena_alloc(a, (from->extra[i].n + 1) * sizeof(struct str));
        if (!e->values)
            return -ENOMEM;
        for (size_t k = 0; r == 0 && k < from->extra[i].n; k++)
            r = arena_str(a, from->extra[i].values[k], &e->values[e->n++]);
    }
    to->expires = from->expires;
    return r;
}

static int texts_add(struct arena *a, struct value *map, struct str key, const struct str *texts, size_t n)
{
    struct value list = value_make_list();
    for (size_t i = 0; i < n; i++)
        if (!value_add(a, &list, value_make_text(texts[i])))
            return -ENOMEM;
    return value_set(a, map, key, list) ? 0 : -ENOMEM;
}

int auth_user_tree(struct arena *a, const struct auth_user *u, struct value *out)
{
    struct value extra = value_make_map();
    int r = 0;
    *out = value_make_map();
    VALUE_SET(&r, a, out, "username", value_make_text(u->name));
    if (u->uid.n)
        VALUE_SET(&r, a, out, "uid", value_make_text(u->uid));
    if (r == 0 && u->n_groups)
        r = texts_add(a, out, STR("groups"), u->groups, u->n_groups);
    for (size_t i = 0; r == 0 && i < u->n_extra; i++)
        r = texts_add(a, &extra, u->extra[i].key, u->extra[i].values, u->extra[i].n);
    if (u->n_extra)
        VALUE_SET(&r, a, out, "extra", extra);
    return r;
}

int auth_list_strs(struct arena *a, const struct value *list, struct str **out, size_t *n)
{
    *n = 0;
    *out = arena_alloc(a, (value_count(list) + 3) * sizeof(struct str));
    if (!*out)
        return -ENOMEM;
    VALUE_EACH_ITEM (item, list)
        (*out)[(*n)++] = value_text(item);
    return 0;
}

int auth_user_of_spec(struct arena *a, const struct value *spec, struct auth_user *out)
{
    const struct value *extra = value_at(spec, "extra");
    *out = (struct auth_user){.name = value_text_at(spec, "user"), .uid = value_text_at(spec, "uid")};
    int r = auth_list_strs(a, value_at(spec, "groups"), &out->groups, &out->n_groups);
    if (r < 0 || value_count(extra) == 0)
        return r;
    out->extra = arena_alloc(a, value_count(extra) * sizeof(struct auth_extra));
    if (!out->extra)
        return -ENOMEM;
    VALUE_EACH_MEMBER (m, extra) {
        struct auth_extra *e = &out->extra[out->n_extra++];
        e->key = m->key;
        r = auth_list_strs(a, &m->value, &e->values, &e->n);
        if (r < 0)
            return r;
    }
    return 0;
}

bool auth_user_node(const struct auth_user *u, struct str *node)
{
    if (!str_starts(u->name, STR("system:node:")) || !auth_user_in(u, STR("system:nodes")))
        return false;
    *node = str_from(u->name, sizeof("system:node:") - 1);
    return true;
}

bool auth_account_name(struct str user, struct str *namespace, struct str *name)
{
    const struct str prefix = STR("system:serviceaccount:");
    if (!str_starts(user, prefix) || !str_cut(str_from(user, prefix.n), ':', namespace, name))
        return false;
    return namespace->n && name->n && memchr(name->p, ':', name->n) == NULL;
}

/* ── impersonation ── */

struct mask { /* what the Impersonate-* headers ask for */
    struct str user, uid;
    struct str *groups;
    size_t n_groups;
    struct auth_extra *extra;
    size_t n_extra;
};

static int hex_digit(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : (c | 32) >= 'a' && (c | 32) <= 'f' ? (c | 32) - 'a' + 10 : -1;
}

/* Header names cannot carry every key, so the key part may be percent-encoded. */
static int key_decode(struct arena *a, struct str in, struct str *out)
{
    char *p = arena_alloc(a, in.n + 1);
    size_t n = 0;
    if (!p)
        return -ENOMEM;
    for (size_t i = 0; i < in.n; i++) {
        int hi = in.p[i] == '%' && i + 2 < in.n ? hex_digit(in.p[i + 1]) : -1;
        int lo = hi >= 0 ? hex_digit(in.p[i + 2]) : -1;
        if (in.p[i] == '%' && lo < 0)
            return -EINVAL;
        p[n++] = lo >= 0 ? (char)(hi * 16 + lo) : in.p[i];
        i += lo >= 0 ? 2 : 0;
    }
    *out = str_make(p, n);
    return 0;
}

static int mask_extra(struct arena *a, struct mask *m, struct str key, struct str value, size_t most)
{
    int r = key_decode(a, key, &key);
    if (r < 0)
        return r;
    struct auth_extra *e = NULL;
    for (size_t i = 0; i < m->n_extra; i++)
        if (str_eq(m->extra[i].key, key))
            e = &m->extra[i];
    if (!e) {
        e = &m->extra[m->n_extra++];
        e->key = key;
        e->values = arena_alloc(a, most * sizeof(struct str));
    }
    if (!e->values)
        return -ENOMEM;
    e->values[e->n++] = value;
    return 0;
}

static int mask_read(struct arena *a, const struct auth_header *headers, size_t n, struct mask *m)
{
    m->groups = arena_alloc(a, (n + 5) * sizeof(struct str));
    m->extra = arena_alloc(a, (n + 1) * sizeof(struct auth_extra));
    if (!m->groups || !m->extra)
        return -ENOMEM;
    for (size_t i = 0; i < n; i++) {
        struct str name = headers[i].name, value = headers[i].value;
        if (str_is(name, "impersonate-user"))
            m->user = m->user.n ? m->user : value;
        else if (str_is(name, "impersonate-uid"))
            m->uid = m->uid.n ? m->uid : value;
        else if (str_is(name, "impersonate-group"))
            m->groups[m->n_groups++] = value;
        else if (str_starts(name, STR("impersonate-extra-"))) {
            int r = mask_extra(a, m, str_from(name, sizeof("impersonate-extra-") - 1), value, n);
            if (r < 0)
                return r;
        }
    }
    return 0;
}

static int mask_may(struct auth *x, struct arena *a, struct auth_ask *ask, struct err *err)
{
    char reason[AUTH_REASON_MAX] = "";
    ask->verb = STR("impersonate");
    enum auth_decision d = auth_authorize(x, ask, reason);
    if (d == AUTH_ALLOW || d == AUTH_UNDECIDED)
        return d == AUTH_ALLOW ? 0 : AUTH_WAITS;
    struct str why = auth_forbidden_message(a, ask, reason);
    return err_raise(err, why.p ? AUTH_FORBIDDEN : -ENOMEM, "%.*s", STR_FMT(why));
}

static int mask_judge(struct auth *x, struct arena *a, const struct auth_user *real, const struct mask *m, struct auth_wait *wait, struct err *err)
{
    struct auth_ask ask = {.user = real, .version = STR("v1"), .resource = STR("users"), .name = m->user, .wait = wait};
    if (auth_account_name(m->user, &ask.namespace, &ask.name))
        ask.resource = STR("serviceaccounts");
    int r = mask_may(x, a, &ask, err);
    for (size_t i = 0; r == 0 && i < m->n_groups; i++) {
        ask = (struct auth_ask){.user = real, .version = STR("v1"), .resource = STR("groups"), .name = m->groups[i], .wait = wait};
        r = mask_may(x, a, &ask, err);
    }
    for (size_t i = 0; r == 0 && i < m->n_extra; i++)
        for (size_t k = 0; r == 0 && k < m->extra[i].n; k++) {
            ask = (struct auth_ask){.user = real,
                                    .group = STR("authentication.k8s.io"),
                                    .version = STR("v1"),
                                    .resource = STR("userextras"),
                                    .subresource = m->extra[i].key,
                                    .name = m->extra[i].values[k],
                                    .wait = wait};
            r = mask_may(x, a, &ask, err);
        }
    if (r == 0 && m->uid.n) {
        ask = (struct auth_ask){
            .user = real, .group = STR("authentication.k8s.io"), .version = STR("v1"), .resource = STR("uids"), .name = m->uid, .wait = wait};
        r = mask_may(x, a, &ask, err);
    }
    return r;
}

int auth_impersonate(struct auth *x, struct arena *a, const struct auth_user *real, const struct auth_header *headers, size_t n,
                     struct auth_wait *wait, struct auth_user *out, struct err *err)
{
    struct mask m = {0};
    struct str namespace, name;
    int r = mask_read(a, headers, n, &m);
    if (r < 0)
        return err_raise(err, r, "impersonation headers cannot be read");
    if (!m.user.n && !m.uid.n && !m.n_groups && !m.n_extra)
        return AUTH_ABSENT;
    if (!m.user.n)
        return err_raise(err, -EINVAL, "requested impersonation of groups, uid or extra without impersonating a user");
    r = mask_judge(x, a, real, &m, wait, err);
    if (r != 0)
        return r;
    struct auth_user u = {
        .name = m.user, .uid = m.uid, .groups = m.groups, .n_groups = m.n_groups, .extra = m.extra, .n_extra = m.n_extra, .expires = real->expires};
    if (m.n_groups == 0 && auth_account_name(m.user, &namespace, &name)) {
        auth_user_group(&u, STR("system:serviceaccounts"));
        auth_user_group(&u, arena_fmt(a, "system:serviceaccounts:%.*s", STR_FMT(namespace)));
    }
    bool anonymous = str_is(m.user, "system:anonymous") || auth_user_in(&u, STR("system:unauthenticated"));
    auth_user_group(&u, anonymous ? STR("system:unauthenticated") : STR("system:authenticated"));
    *out = u;
    return 0;
}
