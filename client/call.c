#include "client/inside.h"

struct sent {
    struct list link;
    void (*done)(void *ctx, const struct client_reply *r); /* NULL: nobody waits any more */
    void *ctx;
};

int client_new(struct client **out, struct loop *l, const struct client_transport *t, void *self, struct str user_agent)
{
    struct client *c = mem_alloc(sizeof(*c));
    char *agent = mem_text(user_agent.p, user_agent.n);
    if (!c || !agent) {
        mem_free(c);
        mem_free(agent);
        return -ENOMEM;
    }
    list_init(&c->sends);
    list_init(&c->performances);
    c->loop = l;
    c->transport = *t;
    c->self = self;
    c->user_agent = str_make(agent, user_agent.n);
    *out = c;
    return 0;
}

struct client *client_free(struct client *c)
{
    if (!c)
        return NULL;
    c->transport.free(c->self);
    client_performances_free(c);
    LIST_EACH (s, &c->sends, struct sent, link)
        mem_free(s);
    union {
        const char *in;
        char *out;
    } agent = {.in = c->user_agent.p};
    mem_free(agent.out);
    return mem_free(c);
}

struct loop *client_loop(const struct client *c)
{
    return c->loop;
}

static void on_sent(void *ctx, const struct client_reply *r)
{
    struct sent *s = ctx;
    list_del(&s->link);
    if (s->done)
        s->done(s->ctx, r);
    mem_free(s);
}

int client_send(struct client *c, const struct client_call *call, void (*done)(void *ctx, const struct client_reply *r), void *ctx)
{
    struct client_call own = *call;
    if (!own.manager.n)
        str_cut(c->user_agent, '/', &own.manager, &(struct str){0});
    struct sent *s = mem_alloc(sizeof(*s));
    if (!s)
        return -ENOMEM;
    s->done = done;
    s->ctx = ctx;
    list_add(&c->sends, &s->link);
    int r = c->transport.send(c->self, &own, on_sent, s);
    if (r < 0) {
        list_del(&s->link);
        mem_free(s);
    }
    return r;
}

void client_forget(struct client *c, const void *ctx)
{
    LIST_EACH (s, &c->sends, struct sent, link)
        if (s->ctx == ctx)
            s->done = NULL;
    client_performances_forget(c, ctx);
}

struct http_client *client_http_connection(struct client *c)
{
    return c->transport.send == client_http_transport.send ? ((struct client_http *)c->self)->http : NULL;
}

struct str client_key(const struct object *o, char scratch[512])
{
    struct str ns = object_namespace(o), name = object_name(o), key = o->key;
    static const char registry[] = "/registry/";
    if (!o->kind && str_starts(key, str_of(registry))) /* custom: many resources share a cache, so all of the key counts */
        return str_from(key, sizeof(registry) - 1);
    if (!ns.n && str_ends(key, name))
        return str_from(key, key.n - name.n);
    size_t n = ns.n + 1 + name.n;
    if (ns.n && key.n > n && str_ends(key, name) && str_eq(str_head(str_from(key, key.n - n), ns.n), ns))
        return str_from(key, key.n - n);
    int len = ns.n ? snprintf(scratch, 512, "%.*s/%.*s", STR_FMT(ns), STR_FMT(name)) : snprintf(scratch, 512, "%.*s", STR_FMT(name));
    return str_make(scratch, len < 0 ? 0 : MIN((size_t)len, (size_t)511));
}
