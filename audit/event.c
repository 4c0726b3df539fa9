/* One stage of a request as a line of JSON: audit.k8s.io/v1 Event. */
#include "audit/audit.h"
#include "json/json.h"

static const char *const levels[] = {"None", "Metadata", "Request", "RequestResponse"};
static const char *const stages[] = {"RequestReceived", "ResponseStarted", "ResponseComplete", "Panic"};

static void put_text(struct buf *b, const char *name, struct str s)
{
    buf_fmt(b, ",\"%s\":", name);
    json_string(b, s);
}

static void put_known(struct buf *b, const char *name, struct str s)
{
    if (s.n)
        put_text(b, name, s);
}

static void put_user(struct buf *b, const char *name, const struct auth_user *u)
{
    buf_fmt(b, ",\"%s\":{\"username\":", name);
    json_string(b, u->name);
    put_known(b, "uid", u->uid);
    for (size_t i = 0; i < u->n_groups; i++) {
        buf_text(b, i ? "," : ",\"groups\":[");
        json_string(b, u->groups[i]);
    }
    buf_text(b, u->n_groups ? "]" : "");
    for (size_t i = 0; i < u->n_extra; i++) {
        buf_text(b, i ? "," : ",\"extra\":{");
        json_string(b, u->extra[i].key);
        buf_text(b, ":[");
        for (size_t k = 0; k < u->extra[i].n; k++) {
            buf_text(b, k ? "," : "");
            json_string(b, u->extra[i].values[k]);
        }
        buf_char(b, ']');
    }
    buf_text(b, u->n_extra ? "}}" : "}");
}

/* What would be the first member gets a comma, too: it is overwritten. */
static void put_object_ref(struct buf *b, const struct audit_event *e)
{
    const struct apireq_route *r = e->route;
    buf_text(b, ",\"objectRef\":");
    size_t at = b->n;
    put_known(b, "resource", r->resource);
    put_known(b, "namespace", r->ns);
    put_known(b, "name", r->name.n ? r->name : e->name);
    put_known(b, "uid", e->uid);
    put_known(b, "apiGroup", r->group);
    put_known(b, "apiVersion", r->version);
    put_known(b, "resourceVersion", e->version);
    put_known(b, "subresource", r->subresource);
    if (buf_error(b) == 0 && b->n > at)
        b->p[at] = '{';
    buf_char(b, '}');
}

static void put_status(struct buf *b, const struct audit_event *e)
{
    const struct apireq_status *st = e->status;
    buf_text(b, ",\"responseStatus\":{\"metadata\":{}");
    if (st && !st->success) {
        buf_text(b, ",\"status\":\"Failure\"");
        put_known(b, "message", st->message);
        put_known(b, "reason", st->reason);
    }
    buf_fmt(b, ",\"code\":%d}", e->code);
}

static void put_moment(struct buf *b, const char *name, int64_t ns)
{
    char text[48];
    time_fmt_rfc3339_micro(text, ns / 1000000000, (int32_t)(ns % 1000000000));
    buf_fmt(b, ",\"%s\":\"%s\"", name, text);
}

static void print_key(struct buf *b, bool *first, struct str key)
{
    buf_text(b, *first ? "" : ",");
    *first = false;
    json_string(b, key);
    buf_char(b, ':');
}

static void print_meta(struct buf *b, const struct value *meta)
{
    bool first = true;
    buf_char(b, '{');
    VALUE_EACH_MEMBER (m, meta) {
        if (str_is(m->key, "managedFields"))
            continue;
        print_key(b, &first, m->key);
        json_print(b, &m->value);
    }
    buf_char(b, '}');
}

static void print_object(struct buf *b, const struct value *v);

static void print_objects(struct buf *b, const struct value *list)
{
    bool first = true;
    buf_char(b, '[');
    VALUE_EACH_ITEM (x, list) {
        buf_text(b, first ? "" : ",");
        first = false;
        print_object(b, x);
    }
    buf_char(b, ']');
}

/* Without managedFields: of an object, of a list's items, of a Table's rows. The tree is not ours to change. */
static void print_object(struct buf *b, const struct value *v)
{
    bool first = true;
    if (v->type != VALUE_MAP) {
        json_print(b, v);
        return;
    }
    buf_char(b, '{');
    VALUE_EACH_MEMBER (m, v) {
        print_key(b, &first, m->key);
        if (m->value.type == VALUE_MAP && str_is(m->key, "metadata"))
            print_meta(b, &m->value);
        else if (m->value.type == VALUE_LIST && (str_is(m->key, "items") || str_is(m->key, "rows")))
            print_objects(b, &m->value);
        else if (m->value.type == VALUE_MAP && str_is(m->key, "object")) /* a row's */
            print_object(b, &m->value);
        else
            json_print(b, &m->value);
    }
    buf_char(b, '}');
}

static void print_tree(struct buf *b, const char *name, const struct value *v, bool omits_fields)
{
    buf_fmt(b, ",\"%s\":", name);
    if (omits_fields)
        print_object(b, v);
    else
        json_print(b, v);
}

static struct str address(struct str peer)
{
    struct str host, port;
    if (!str_cut_last(peer, ':', &host, &port))
        return peer;
    if (host.n > 1 && host.p[0] == '[')
        return str_make(host.p + 1, host.n - 2);
    return host;
}

int audit_print(const struct audit_event *e, struct buf *b)
{
    buf_fmt(b, "{\"kind\":\"Event\",\"apiVersion\":\"audit.k8s.io/v1\",\"level\":\"%s\"", levels[e->verdict.level]);
    put_text(b, "auditID", e->id);
    buf_fmt(b, ",\"stage\":\"%s\"", stages[e->stage]);
    put_text(b, "requestURI", e->uri);
    put_text(b, "verb", e->route->verb_text);
    put_user(b, "user", e->user);
    if (e->as)
        put_user(b, "impersonatedUser", e->as);
    if (e->peer.n) {
        buf_text(b, ",\"sourceIPs\":[");
        json_string(b, address(e->peer));
        buf_char(b, ']');
    }
    put_known(b, "userAgent", e->agent);
    if (e->route->is_resource)
        put_object_ref(b, e);
    if (e->code)
        put_status(b, e);
    if (e->request && e->verdict.level >= AUDIT_REQUEST)
        print_tree(b, "requestObject", e->request, e->verdict.omits_fields);
    if (e->response && e->verdict.level >= AUDIT_REQUEST_RESPONSE)
        print_tree(b, "responseObject", e->response, e->verdict.omits_fields);
    put_moment(b, "requestReceivedTimestamp", e->received_ns);
    put_moment(b, "stageTimestamp", e->now_ns);
    for (size_t i = 0; i < e->n_notes; i++) {
        buf_text(b, i ? "," : ",\"annotations\":{");
        json_string(b, e->notes[i].key);
        buf_char(b, ':');
        json_string(b, e->notes[i].value);
    }
    buf_text(b, e->n_notes ? "}}" : "}");
    return buf_error(b);
}
