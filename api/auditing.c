/* What audit is told of a request: who it was, what it asked, what it got. Nothing of this is made when there is no log,
 * or the policy does not want to know. */
#include "api/inside.h"
#include "audit/audit.h"
#include "http/http.h"
#include "json/json.h"
#include "yaml/yaml.h"

#define NOTES_MAX       32
#define WATCH_BYTES_MAX ((size_t)256 * 1024)

struct audited {
    struct audit_verdict verdict;
    struct str uri, peer, agent;
    const struct auth_user *user, *as;
    int64_t received_ns;
    struct value *request, *response;
    const struct apireq_status *status;
    struct str name, uid;
    struct audit_note notes[NOTES_MAX];
    size_t n_notes;
    bool started;
};

static int64_t wall_ns(struct api *a)
{
    int64_t sec;
    int32_t nsec;
    loop_wall_ns(a->loop, &sec, &nsec);
    return sec * 1000000000 + nsec;
}

static void tell(struct api *a, const struct audited *x, const struct apireq_route *route, struct str id, enum audit_stage stage, int code)
{
    struct audit_event e = {
        .stage = stage,
        .verdict = x->verdict,
        .id = id,
        .uri = x->uri,
        .peer = x->peer,
        .agent = x->agent,
        .user = x->user,
        .as = x->as,
        .route = route,
        .uid = x->uid,
        .name = x->name,
        .received_ns = x->received_ns,
        .now_ns = wall_ns(a),
        .code = code,
        .status = x->status,
        .request = x->request,
        .response = x->response,
        .notes = x->notes,
        .n_notes = x->n_notes,
    };
    audit_tell(a->audit, &e);
}

void auditing_note(struct call *c, struct str key, struct str value)
{
    struct audited *x = c->audited;
    struct audit_note n;
    bool patch = str_starts(key, STR("patch.webhook.admission.k8s.io/")); /* shows what the request had in it */
    if (!x || (patch && x->verdict.level < AUDIT_REQUEST) || x->n_notes == NOTES_MAX || arena_str(c->a, key, &n.key) < 0 ||
        arena_str(c->a, value, &n.value) < 0)
        return;
    x->notes[x->n_notes++] = n;
}

static int take_texts(struct call *c, struct audited *x)
{
    struct str path = http_req_path(c->q), query = http_req_query(c->q);
    x->uri = arena_fmt(c->a, "%.*s%s%.*s", STR_FMT(path), query.n ? "?" : "", STR_FMT(query));
    int r = x->uri.p ? 0 : -ENOMEM;
    if (r == 0)
        r = arena_str(c->a, http_req_peer(c->q), &x->peer);
    x->agent = c->user_agent;
    return r;
}

/* real: who proved to be that; the call's user is whom it acts as. */
void auditing_begin(struct call *c, const struct auth_user *real)
{
    struct api *a = c->api;
    if (!a->audit)
        return;
    struct audit_verdict v = audit_judge(a->audit, real ? real : &c->user, &c->route);
    struct audited *x = v.level == AUDIT_NONE ? NULL : arena_alloc(c->a, sizeof(*x));
    if (!x)
        return;
    *x = (struct audited){.verdict = v, .user = &c->user, .received_ns = wall_ns(a)};
    if (real) {
        struct auth_user *copy = arena_alloc(c->a, sizeof(*copy));
        if (!copy)
            return;
        *copy = *real; /* its texts are the call's */
        x->user = copy;
        x->as = &c->user;
    }
    if (take_texts(c, x) < 0)
        return;
    c->audited = x;
    tell(a, x, &c->route, str_of(c->audit), AUDIT_RECEIVED, 0);
}

void auditing_decided(struct call *c, bool allowed, const char *reason)
{
    auditing_note(c, STR("authorization.k8s.io/decision"), allowed ? STR("allow") : STR("forbid"));
    auditing_note(c, STR("authorization.k8s.io/reason"), str_of(reason));
}

void auditing_request(struct call *c, struct str body, enum object_format format)
{
    struct audited *x = c->audited;
    if (!x || x->verdict.level < AUDIT_REQUEST || !body.n)
        return;
    struct value *tree = arena_alloc(c->a, sizeof(*tree));
    int r = tree ? 0 : -ENOMEM;
    if (r == 0 && format == OBJECT_JSON)
        r = json_parse(c->a, body, tree, NULL);
    else if (r == 0 && format == OBJECT_YAML)
        r = yaml_parse(c->a, body, NULL, tree, NULL);
    else if (r == 0)
        r = object_decode(c->a, format, body, NULL, tree, NULL, NULL, NULL);
    if (r == 0)
        x->request = tree; /* what cannot be read is refused anyway */
}

bool auditing_wants_response(const struct call *c)
{
    return c->audited && c->audited->verdict.level >= AUDIT_REQUEST_RESPONSE;
}

void auditing_object(struct call *c, struct object *o)
{
    struct audited *x = c->audited;
    if (!x)
        return;
    x->name = object_name(o);
    x->uid = object_uid(o);
    if (!auditing_wants_response(c))
        return;
    struct value *tree = arena_alloc(c->a, sizeof(*tree));
    if (tree && object_tree(c->a, o, tree, NULL) == 0)
        x->response = tree;
}

void auditing_tree(struct call *c, const struct value *tree)
{
    struct value *copy = auditing_wants_response(c) ? arena_alloc(c->a, sizeof(*copy)) : NULL;
    if (!copy)
        return;
    *copy = *tree;
    c->audited->response = copy;
}

void auditing_status(struct call *c, const struct apireq_status *st)
{
    struct value *tree = auditing_wants_response(c) ? arena_alloc(c->a, sizeof(*tree)) : NULL;
    if (c->audited)
        c->audited->status = st;
    if (tree && apireq_status_tree(c->a, st, tree) == 0)
        c->audited->response = tree;
}

void auditing_started(struct call *c)
{
    if (c->audited && !c->audited->started) {
        c->audited->started = true;
        tell(c->api, c->audited, &c->route, str_of(c->audit), AUDIT_STARTED, c->code);
    }
}

void auditing_end(struct call *c)
{
    if (c->audited)
        tell(c->api, c->audited, &c->route, str_of(c->audit), AUDIT_COMPLETE, c->code);
    c->audited = NULL;
}

/* ── a watch outlives its call ── */

struct audited_watch {
    struct api *api;
    struct arena *a;
    struct audited x;
    struct apireq_route route;
    struct str id;
    struct auth_user user, as;
};

static int copy_route(struct arena *a, const struct apireq_route *from, struct apireq_route *to)
{
    const struct {
        const struct str *from;
        struct str *to;
    } texts[] = {{&from->path, &to->path},
                 {&from->verb_text, &to->verb_text},
                 {&from->group, &to->group},
                 {&from->version, &to->version},
                 {&from->ns, &to->ns},
                 {&from->resource, &to->resource},
                 {&from->subresource, &to->subresource},
                 {&from->name, &to->name}};
    *to = (struct apireq_route){.is_resource = from->is_resource, .verb = from->verb};
    int r = 0;
    for (size_t i = 0; r == 0 && i < ARRAY_LEN(texts); i++)
        r = arena_str(a, *texts[i].from, texts[i].to);
    return r;
}

static int copy_all(struct audited_watch *w, const struct call *c)
{
    const struct audited *x = c->audited;
    struct arena *a = w->a;
    w->x.verdict = x->verdict;
    w->x.received_ns = x->received_ns;
    int r = copy_route(a, &c->route, &w->route);
    if (r == 0)
        r = arena_str(a, str_of(c->audit), &w->id);
    if (r == 0)
        r = arena_str(a, x->uri, &w->x.uri);
    if (r == 0)
        r = arena_str(a, x->peer, &w->x.peer);
    if (r == 0)
        r = arena_str(a, x->agent, &w->x.agent);
    if (r == 0)
        r = auth_user_copy(a, x->user, &w->user);
    if (r == 0 && x->as)
        r = auth_user_copy(a, x->as, &w->as);
    w->x.user = &w->user;
    w->x.as = x->as ? &w->as : NULL;
    for (size_t i = 0; r == 0 && i < x->n_notes; i++, w->x.n_notes++) {
        r = arena_str(a, x->notes[i].key, &w->x.notes[i].key);
        if (r == 0)
            r = arena_str(a, x->notes[i].value, &w->x.notes[i].value);
    }
    return r;
}

struct audited_watch *auditing_hand_over(struct call *c)
{
    if (!c->audited)
        return NULL;
    auditing_started(c);
    struct audited_watch *w = mem_alloc(sizeof(*w));
    if (!w || arena_new(&w->a, WATCH_BYTES_MAX) < 0) {
        mem_free(w);
        return NULL; /* the end is told with the call's */
    }
    w->api = c->api;
    if (copy_all(w, c) < 0) {
        arena_free(w->a);
        mem_free(w);
        return NULL;
    }
    c->audited = NULL;
    return w;
}

void auditing_watch_end(struct audited_watch *w)
{
    if (!w)
        return;
    if (w->api->audit)
        tell(w->api, &w->x, &w->route, w->id, AUDIT_COMPLETE, 200);
    arena_free(w->a);
    mem_free(w);
}
