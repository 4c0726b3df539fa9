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

static void print_tree(struct buf *b, const char *name, const struct value *v, bool omits_fields)
{
    bool mapped = v->type == VALUE_MAP;
    struct value *meta = mapped ? value_get(v, STR("metadata")) : NULL;
    buf_fmt(b, ",\"%s\":", name);
    if (!omits_fields || !value_get(meta, STR("managedFields"))) {
        json_print(b, v);
        return;
    }
    bool first = true; /* the tree is not ours to change: its members are printed one by one, but for that one */
    buf_char(b, '{');
    VALUE_EACH_MEMBER (m, v) {
        buf_text(b, first ? "" : ",");
        first = false;
        json_string(b, m->key);
        buf_char(b, ':');
        if (&m->value != meta) {
            json_print(b, &m->value);
            continue;
        }
        bool inner = true;
        buf_char(b, '{');
        VALUE_EACH_MEMBER (x, meta) {
            if (str_is(x->key, "managedFields"))
                continue;
            buf_text(b, inner ? "" : ",");
            inner = false;
            json_string(b, x->key);
            buf_char(b, ':');
            json_print(b, &x->value);
        }
        buf_char(b, '}');
    }
    buf_char(b, '}');
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
