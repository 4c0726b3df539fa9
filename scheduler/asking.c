#include "scheduler/inside.h"

#include "http/http.h"
#include "json/json.h"
#include "os/os.h"
#include "tls/tls.h"

/* Asking HTTP extenders, in upstream's words (k8s.io/kube-scheduler/extender/v1).
 *
 * A cycle never waits for them. A pod that an extender cares for goes through its cycle; when the tree's own filters found a node, it is
 * withdrawn, and every node that fits is named to the extenders, one after the other: filters first, then priorities. Their answers are kept with the
 * pod (its question), the pod becomes a class of its own, and comes back to the queue's front; now a plugin of the engine tells what they said of
 * each node. Once that cycle is over the answers are void: whatever comes next is asked anew.
 *
 *   NONE ──placed──▶ ASKING ──all answered──▶ ANSWERED ──placed──▶ bound, by the extender that binds or by us
 *                      │ one failed                 └──refused──▶ NONE, unschedulable, the extender's reasons in the message
 *                      └──────────────▶ NONE, back-off
 *
 * Pods of one group are asked about together: when their tree was placed and one of them has yet to be asked about, all of them are withdrawn, each
 * that an extender cares for gets its question, and the tree comes back when the last of these is answered (one failed: after its back-off, and all
 * are asked anew). So none of them is bound before all have their answers.
 */

#define NODES_MAX 20000 /* named to an extender at most: the best of them */
#define PRIORITY  10    /* an extender's highest score; ours is 100 */

struct said { /* of one node */
    char *name;
    bool in, final;
    const char *why; /* one of the words */
    int64_t score;
};

struct question {
    struct list link; /* in asking->questions */
    struct asking *asking;
    char *uid;
    bool answered;
    unsigned serial;
    unsigned batch; /* of the questions a group asked at once; 0: it stands alone */
    struct said *nodes;
    size_t n;
    struct map by_name; /* of said */
    size_t at;          /* whose turn it is: filters of all extenders, then priorities */
    struct http_call *call;
};

/* ── whom a pod concerns ── */

static bool manages(const struct scheduler_extender *o, const struct value *list)
{
    VALUE_EACH_ITEM (c, list)
        for (size_t i = 0; i < o->n_managed; i++)
            if (value_get(value_at(c, "resources.requests"), o->managed[i]) || value_get(value_at(c, "resources.limits"), o->managed[i]))
                return true;
    return false;
}

bool asking_concerned(const struct scheduler_extender *o, const struct value *pod)
{
    return o->n_managed == 0 || manages(o, value_at(pod, "spec.containers")) || manages(o, value_at(pod, "spec.initContainers"));
}

int asking_pod(struct asking *a, struct str ns, struct str name, struct value *out)
{
    struct object *o = client_cache_get(a->scheduler->pods, ns, name);
    return o ? object_tree(a->scheduler->scratch, o, out, NULL) : -ENOENT;
}

/* ── what the engine is told ── */

static int hook_claims(void *self, const struct value *pod, struct buf *key)
{
    struct asking *a = self;
    bool any = false;
    for (size_t i = 0; i < a->n; i++)
        any = any || ((a->all[i].o->filter.n || a->all[i].o->prioritize.n) && asking_concerned(a->all[i].o, pod));
    const struct question *q = any ? map_get(&a->by_uid, value_text_at(pod, "metadata.uid")) : NULL;
    if (any)
        buf_fmt(key, "%.*s:%u", STR_FMT(value_text_at(pod, "metadata.uid")), q && q->answered ? q->serial : 0);
    return any;
}

static const struct said *answer_about(const struct asking *a, const struct sched_pod *pod, uint32_t node, bool *answered)
{
    const struct question *q = sched_pod_plugin(pod, a->plugin);
    *answered = q && q->answered;
    return *answered ? map_get(&q->by_name, sched_node_name(a->scheduler->sched, node)) : NULL;
}

static const char *hook_filter(void *self, const struct sched_pod *pod, uint32_t node, bool *final)
{
    const struct asking *a = self;
    bool answered;
    const struct said *s = answer_about(a, pod, node, &answered);
    if (!answered || (s && s->in))
        return NULL;
    *final = s && s->final;
    return s && s->why ? s->why : "node(s) were not named to the extenders";
}

static int64_t hook_score(void *self, const struct sched_pod *pod, uint32_t node)
{
    bool answered;
    const struct said *s = answer_about(self, pod, node, &answered);
    return s ? s->score : 0;
}

/* While they are asked, nothing helps; after they refused, anything may. */
static bool hook_helps(void *self, const struct sched_pod *pod, unsigned kind, unsigned what, const struct value *object)
{
    const struct asking *a = self;
    (void)kind;
    (void)what;
    (void)object;
    return sched_pod_plugin(pod, a->plugin) == NULL && !victims_pending(a, pod);
}

/* ── questions ── */

static void question_free(struct question *q)
{
    struct asking *a = q->asking;
    struct sched_pod *p = sched_pod_find(a->scheduler->sched, str_of(q->uid));
    if (p && sched_pod_plugin(p, a->plugin) == q)
        sched_pod_set_plugin(p, a->plugin, NULL);
    if (q->call)
        http_call_cancel(q->call);
    map_del(&a->by_uid, str_of(q->uid));
    list_del(&q->link);
    for (size_t i = 0; i < q->n; i++)
        mem_free(q->nodes[i].name);
    map_done(&q->by_name);
    mem_free(q->nodes);
    mem_free(q->uid);
    mem_free(q);
}

static const char *word(struct asking *a, struct str text)
{
    char copy[300];
    snprintf(copy, sizeof(copy), "%.*s", (int)MIN(text.n, (size_t)250), text.p ? text.p : "");
    for (size_t i = 0; i < a->n_words; i++)
        if (strcmp(a->words[i], copy) == 0)
            return a->words[i];
    if (a->n_words == ASKING_WORDS_MAX || !copy[0])
        return "node(s) were refused by an extender";
    char *kept = mem_text(copy, strlen(copy));
    if (kept)
        a->words[a->n_words++] = kept;
    return kept ? kept : "node(s) were refused by an extender";
}

static int question_new(struct asking *a, struct sched_pod *p, struct question **out)
{
    struct sched *engine = a->scheduler->sched;
    size_t most = MIN((size_t)sched_nodes(engine), (size_t)NODES_MAX);
    struct sched_choice *choices = mem_alloc((most + 1) * sizeof(*choices));
    struct question *q = mem_alloc(sizeof(*q));
    ssize_t n = choices && q ? sched_choices(engine, p, choices, most) : -ENOMEM;
    int r = n < 0 ? (int)n : 0;
    if (q) {
        struct str uid = sched_pod_uid(p);
        q->asking = a;
        list_init(&q->link);
        q->uid = mem_text(uid.p, uid.n);
        q->nodes = r == 0 ? mem_alloc(((size_t)n + 1) * sizeof(*q->nodes)) : NULL;
        r = r < 0 ? r : !q->uid || !q->nodes ? -ENOMEM : map_put(&a->by_uid, str_of(q->uid), q);
    }
    for (ssize_t i = 0; r == 0 && i < n; i++) {
        struct str name = sched_node_name(engine, choices[i].node);
        struct said *s = &q->nodes[q->n];
        s->in = true;
        s->name = mem_text(name.p, name.n);
        q->n += s->name != NULL;
        r = s->name ? map_put(&q->by_name, str_of(s->name), s) : -ENOMEM;
    }
    mem_free(choices);
    if (r < 0 && q && q->uid) {
        question_free(q);
    } else if (r < 0 && q) {
        mem_free(q->nodes);
        mem_free(q);
    } else if (r == 0) {
        list_add(&a->questions, &q->link);
        sched_pod_set_plugin(p, a->plugin, q);
        *out = q;
    }
    return r;
}

/* ── what is sent ── */

int asking_put_object(struct object *o, struct buf *out)
{
    struct str body;
    int r = object_json(o, &body, NULL);
    if (r < 0)
        return r;
    object_json_head(o, out);
    buf_str(out, str_from(body, 1));
    return buf_error(out);
}

static const struct client_cache *nodes_of(const struct scheduler *s)
{
    size_t i = 0;
    while (s->feeds[i].kind != SCHED_NODE)
        i++;
    return s->feeds[i].cache;
}

static int put_nodes(const struct question *q, bool names_only, struct buf *out)
{
    const struct client_cache *nodes = nodes_of(q->asking->scheduler);
    int r = 0;
    buf_text(out, names_only ? ",\"Nodes\":null,\"NodeNames\":[" : ",\"NodeNames\":null,\"Nodes\":{\"metadata\":{},\"items\":[");
    for (size_t i = 0, k = 0; r == 0 && i < q->n; i++) {
        struct object *o = q->nodes[i].in && !names_only ? client_cache_get(nodes, STR_NONE, str_of(q->nodes[i].name)) : NULL;
        if (!q->nodes[i].in || (!names_only && !o))
            continue;
        if (k++)
            buf_char(out, ',');
        if (names_only)
            json_string(out, str_of(q->nodes[i].name));
        else
            r = asking_put_object(o, out);
    }
    buf_text(out, names_only ? "]" : "]}");
    return r < 0 ? r : buf_error(out);
}

int asking_post(const struct extender *x, struct str verb, struct buf *body, asking_end *on_end, void *ctx, struct http_call **call)
{
    SCOPED_BUF path = BUF_INIT(4096);
    struct http_header type = {STR("content-type"), STR("application/json")};
    buf_fmt(&path, "%.*s/%.*s", STR_FMT(x->o->prefix), STR_FMT(verb));
    struct http_call_options o = {.method = "POST",
                                  .path = buf_cstr(&path),
                                  .headers = &type,
                                  .n_headers = 1,
                                  .body = buf_view(body),
                                  .timeout_ms = x->o->timeout_ms,
                                  .body_max = ASKING_BODY_MAX};
    struct http_call_events e = {.on_end = on_end, .ctx = ctx};
    int r = MIN(buf_error(body), buf_error(&path));
    return r < 0 ? r : http_client_call(call, x->http, &o, &e);
}

/* ── what comes back ── */

const struct value *asking_member(const struct value *v, const char *name)
{
    VALUE_EACH_MEMBER (m, v)
        if (m->key.n == strlen(name) && strncasecmp(m->key.p, name, m->key.n) == 0)
            return &m->value;
    return NULL;
}

static void refuse_all(struct question *q)
{
    for (size_t i = 0; i < q->n; i++) {
        if (!q->nodes[i].in)
            continue;
        q->nodes[i].in = false;
        q->nodes[i].why = word(q->asking, STR("node(s) were refused by an extender"));
    }
}

static void take_in(struct question *q, struct str name)
{
    struct said *s = map_get(&q->by_name, name);
    if (s)
        s->in = true;
}

static void take_failed(struct question *q, const struct value *failed, bool final)
{
    VALUE_EACH_MEMBER (m, failed) {
        struct said *s = map_get(&q->by_name, m->key);
        if (!s)
            continue;
        s->in = false;
        s->final = final;
        s->why = word(q->asking, value_text(&m->value));
    }
}

/* 0; -EPROTO with the extender's own error or what is wrong with its answer. */
static int take_filter(struct question *q, const struct value *v, struct err *err)
{
    const struct value *names = asking_member(v, "NodeNames"), *items = asking_member(asking_member(v, "Nodes"), "items");
    struct str error = value_text(asking_member(v, "Error"));
    if (error.n)
        return err_raise(err, -EPROTO, "%.*s", STR_FMT(error));
    /* Only who was still in can stay in. */
    bool *before = mem_alloc(q->n + 1);
    if (!before)
        return err_raise(err, -ENOMEM, "no memory for an extender's answer");
    for (size_t i = 0; i < q->n; i++)
        before[i] = q->nodes[i].in;
    refuse_all(q);
    VALUE_EACH_ITEM (n, names)
        take_in(q, value_text(n));
    VALUE_EACH_ITEM (n, items)
        take_in(q, value_text_at(n, "metadata.name"));
    take_failed(q, asking_member(v, "FailedNodes"), false);
    take_failed(q, asking_member(v, "FailedAndUnresolvableNodes"), true);
    for (size_t i = 0; i < q->n; i++)
        q->nodes[i].in = q->nodes[i].in && before[i];
    mem_free(before);
    return 0;
}

static void take_priorities(struct question *q, const struct scheduler_extender *o, const struct value *list)
{
    VALUE_EACH_ITEM (p, list) {
        struct said *s = map_get(&q->by_name, value_text(asking_member(p, "Host")));
        int64_t score = value_int(asking_member(p, "Score"), 0);
        if (s)
            s->score += MAX(MIN(score, (int64_t)PRIORITY), (int64_t)0) * o->weight * (100 / PRIORITY);
    }
}

static void next(struct question *q);

/* Is one of these not answered yet? Else `out` is one of them, NULL: there are none. */
static bool batch_waits(const struct asking *a, unsigned batch, struct question **out)
{
    *out = NULL;
    LIST_EACH (q, &a->questions, struct question, link) {
        if (q->batch != batch)
            continue;
        if (!q->answered)
            return true;
        *out = q;
    }
    return false;
}

static void batch_free(struct asking *a, unsigned batch)
{
    LIST_EACH (q, &a->questions, struct question, link)
        if (q->batch == batch)
            question_free(q);
}

/* One of a group's was answered, or its pod went: the tree comes back when that was the last. */
static void batch_settle(struct asking *a, unsigned batch)
{
    struct scheduler *s = a->scheduler;
    struct question *q;
    if (batch_waits(a, batch, &q) || !q)
        return;
    struct sched_pod *p = sched_pod_find(s->sched, str_of(q->uid));
    if (p)
        cycle_resume(s->cycle, p, false, loop_now(client_loop(s->client)));
    scheduler_wake(s);
}

/* The pod comes back: at once with its answers, or after its back-off. */
static void settle(struct question *q, const char *failure)
{
    struct asking *a = q->asking;
    struct scheduler *s = a->scheduler;
    struct sched_pod *p = sched_pod_find(s->sched, str_of(q->uid));
    struct value tree = {0};
    unsigned batch = q->batch;
    arena_reset(s->scratch);
    if (!p || sched_pod_node(p) != SCHED_NOWHERE) {
        question_free(q); /* nobody asks any more */
        if (batch)
            batch_settle(a, batch);
        return;
    }
    struct pod_name name = name_of(s, p);
    int r = failure ? -EIO : asking_pod(a, name.ns, name.name, &tree);
    if (failure)
        write_event(s, &name, scheduler_name_of(s, p), true, "FailedScheduling", "Scheduling", str_of(failure));
    if (r == 0) {
        q->answered = true;
        q->serial = ++a->serials;
        r = sched_pod_again(s->sched, p, &tree);
    }
    if (r == 0 && batch) {
        batch_settle(a, batch);
        return;
    }
    if (r < 0) {
        s->failed++;
        if (batch)
            batch_free(a, batch);
        else
            question_free(q);
    }
    cycle_resume(s->cycle, p, r < 0, loop_now(client_loop(s->client)));
    scheduler_wake(s);
}

int asking_reply(struct arena **mem, int r, int code, struct str body, const char *error, struct value *out, struct err *err)
{
    if (r < 0)
        return err_raise(err, r, "%s", error ? error : strerror(-r));
    if (code != 200)
        return err_raise(err, -EPROTO, "failed with code %d", code);
    if (arena_new(mem, 2 * ASKING_BODY_MAX) < 0)
        return err_raise(err, -ENOMEM, "no memory for its answer");
    return json_parse(*mem, body, out, err);
}

static void on_answer(void *ctx, int r, int code, struct str body, const char *error)
{
    struct question *q = ctx;
    struct asking *a = q->asking;
    SCOPED(arena) mem = NULL;
    struct value v = {0};
    struct err err = {{0}};
    char text[1600];
    size_t i = q->at % a->n;
    bool filters = q->at < a->n;
    const struct scheduler_extender *o = a->all[i].o;
    q->call = NULL;
    r = asking_reply(&mem, r, code, body, error, &v, &err);
    if (r == 0 && filters)
        r = take_filter(q, &v, &err);
    else if (r == 0)
        take_priorities(q, o, &v);
    if (r < 0 && filters && !o->ignorable) {
        snprintf(text, sizeof(text), "running extender \"http%s://%s:%d%.*s/%.*s\": %s", o->https ? "s" : "", a->all[i].host, o->port,
                 STR_FMT(o->prefix), STR_FMT(o->filter), err.text);
        settle(q, text);
        return;
    }
    q->at++;
    next(q);
}

static int ask(struct question *q, struct extender *x, struct str verb)
{
    struct asking *a = q->asking;
    struct scheduler *s = a->scheduler;
    struct sched_pod *p = sched_pod_find(s->sched, str_of(q->uid));
    SCOPED_BUF body = BUF_INIT(ASKING_BODY_MAX);
    struct object *o = p ? client_cache_get(s->pods, sched_pod_namespace(s->sched, p), sched_pod_name(p)) : NULL;
    if (!o)
        return -ENOENT;
    buf_text(&body, "{\"Pod\":");
    int r = asking_put_object(o, &body);
    if (r == 0)
        r = put_nodes(q, x->o->names_only, &body);
    buf_char(&body, '}');
    return r < 0 ? r : asking_post(x, verb, &body, on_answer, q, &q->call);
}

static bool any_in(const struct question *q)
{
    for (size_t i = 0; i < q->n; i++)
        if (q->nodes[i].in)
            return true;
    return false;
}

static void next(struct question *q)
{
    struct asking *a = q->asking;
    struct sched_pod *p = sched_pod_find(a->scheduler->sched, str_of(q->uid));
    struct value tree = {0};
    arena_reset(a->scheduler->scratch);
    if (!p || sched_pod_node(p) != SCHED_NOWHERE || asking_pod(a, sched_pod_namespace(a->scheduler->sched, p), sched_pod_name(p), &tree) < 0) {
        settle(q, "the pod is gone from the cache");
        return;
    }
    for (; q->at < 2 * a->n && any_in(q); q->at++) {
        struct extender *x = &a->all[q->at % a->n];
        struct str verb = q->at < a->n ? x->o->filter : x->o->prioritize;
        if (!verb.n || !asking_concerned(x->o, &tree))
            continue;
        int r = ask(q, x, verb);
        if (r == 0)
            return; /* on_answer goes on */
        if (q->at < a->n && !x->o->ignorable) {
            settle(q, "an extender could not be asked");
            return;
        }
    }
    settle(q, NULL);
}

/* ── door ── */

static bool to_be_asked(struct asking *a, struct sched_pod *p)
{
    struct pod_name n = name_of(a->scheduler, p);
    const struct question *q = sched_pod_plugin(p, a->plugin);
    struct value tree = {0};
    bool any = false;
    arena_reset(a->scheduler->scratch);
    if ((q && q->answered) || asking_pod(a, n.ns, n.name, &tree) < 0)
        return false;
    for (size_t i = 0; i < a->n; i++)
        any = any || ((a->all[i].o->filter.n || a->all[i].o->prioritize.n) && asking_concerned(a->all[i].o, &tree));
    return any;
}

/* No memory for a question of a group: it comes back after its back-off. */
static void group_fails(struct asking *a, struct sched_pod *p, unsigned batch)
{
    a->scheduler->failed++;
    batch_free(a, batch);
    cycle_resume(a->scheduler->cycle, p, true, loop_now(client_loop(a->scheduler->client)));
}

static void ask_group(struct asking *a, struct sched_pod **pods, size_t n)
{
    unsigned batch = ++a->batches;
    struct question *q;
    for (size_t i = 0; i < n; i++) {
        if (sched_pod_plugin(pods[i], a->plugin)) /* asked already, by another turn */
            continue;
        if (question_new(a, pods[i], &q) < 0) {
            group_fails(a, pods[i], batch);
            return;
        }
        q->batch = batch;
    }
    /* Sent when all are there: one that is answered at once must not be taken for the last. */
    for (size_t i = 0; i < n; i++) {
        struct sched_pod *p = pods[i];
        q = sched_pod_plugin(p, a->plugin);
        if (q && q->batch == batch && !q->answered && !q->call)
            next(q);
    }
}

/* Asked of the first of a group's pods that is told as placed: by the next one's turn it is bound, and its answers are void. */
static bool group_first(struct asking *a, const struct sched_pod *first)
{
    struct scheduler *s = a->scheduler;
    size_t n = cycle_group_placed(s->cycle, NULL, 0), open = 0;
    struct sched_pod **pods = mem_alloc((n + 1) * sizeof(*pods));
    if (!pods) { /* none is bound unasked */
        s->failed++;
        cycle_withdraw_group(s->cycle, 1u << a->rule, loop_now(client_loop(s->client)));
        return true;
    }
    cycle_group_placed(s->cycle, pods, n);
    for (size_t i = 0; i < n && (i || pods[0] == first); i++)
        if (to_be_asked(a, pods[i])) {
            struct sched_pod *p = pods[i];
            pods[i] = pods[open];
            pods[open++] = p;
        }
    if (open) {
        cycle_withdraw_group(s->cycle, 1u << a->rule, loop_now(client_loop(s->client)));
        ask_group(a, pods, open);
    }
    mem_free(pods);
    return open > 0;
}

bool asking_first(struct asking *a, struct sched_pod *p)
{
    struct scheduler *s = a->scheduler;
    struct question *q = sched_pod_plugin(p, a->plugin);
    if (cycle_groups(s->cycle, p))
        return group_first(a, p);
    if (!to_be_asked(a, p))
        return false;
    if (q)
        question_free(q);
    cycle_withdraw(s->cycle, p, 1u << a->rule, loop_now(client_loop(s->client)));
    if (question_new(a, p, &q) < 0) {
        s->failed++;
        cycle_resume(s->cycle, p, true, loop_now(client_loop(s->client)));
        return true;
    }
    next(q);
    return true;
}

/* Its class knows what was answered; it is to be of another, or the answers would stand until something else touches those nodes. */
void asking_over(struct asking *a, struct sched_pod *p)
{
    struct question *q = sched_pod_plugin(p, a->plugin);
    struct pod_name n = name_of(a->scheduler, p);
    struct value tree = {0};
    victims_forget(a, sched_pod_uid(p));
    if (!q || !q->answered)
        return;
    question_free(q);
    if (sched_pod_node(p) == SCHED_NOWHERE && asking_pod(a, n.ns, n.name, &tree) == 0 && sched_pod_again(a->scheduler->sched, p, &tree) < 0)
        a->scheduler->failed++;
}

unsigned asking_rule(const struct asking *a)
{
    return a->rule;
}

void asking_forget(struct asking *a, struct str uid)
{
    struct question *q = map_get(&a->by_uid, uid);
    victims_forget(a, uid);
    if (q)
        question_free(q);
}

struct extender_binding {
    struct asking *asking;
    void (*done)(void *ctx, bool ok, const char *error);
    void *ctx;
};

static void on_extender_bound(void *ctx, int r, int code, struct str body, const char *error)
{
    struct extender_binding *b = ctx;
    SCOPED(arena) mem = NULL;
    struct value v = {0};
    char text[300] = "";
    if (r < 0)
        snprintf(text, sizeof(text), "%s", error ? error : strerror(-r));
    else if (code != 200)
        snprintf(text, sizeof(text), "failed with code %d", code);
    else if (arena_new(&mem, 1u << 22) == 0 && json_parse(mem, body, &v, NULL) == 0)
        snprintf(text, sizeof(text), "%.*s", STR_FMT(value_text(asking_member(&v, "Error"))));
    else
        snprintf(text, sizeof(text), "its answer cannot be read");
    if (r != -ECANCELED)
        b->done(b->ctx, !text[0], text);
    mem_free(b);
}

int asking_bind(struct asking *a, const struct sched_pod *p, struct str node, void (*done)(void *ctx, bool ok, const char *error), void *ctx)
{
    struct pod_name n = name_of(a->scheduler, p);
    struct value tree = {0};
    struct extender *x = NULL;
    SCOPED_BUF body = BUF_INIT(1u << 16);
    struct http_call *call;
    if (asking_pod(a, n.ns, n.name, &tree) == 0)
        for (size_t i = 0; i < a->n; i++)
            x = a->all[i].o->bind.n && asking_concerned(a->all[i].o, &tree) ? &a->all[i] : x;
    if (!x)
        return ASKING_NOBODY;
    struct extender_binding *b = mem_alloc(sizeof(*b));
    if (!b)
        return -ENOMEM;
    *b = (struct extender_binding){a, done, ctx};
    const struct {
        const char *key;
        struct str text;
    } rows[] = {{"{\"PodName\":", n.name}, {",\"PodNamespace\":", n.ns}, {",\"PodUID\":", n.uid}, {",\"Node\":", node}};
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        buf_text(&body, rows[i].key);
        json_string(&body, rows[i].text);
    }
    buf_char(&body, '}');
    int r = asking_post(x, x->o->bind, &body, on_extender_bound, b, &call);
    if (r < 0)
        mem_free(b);
    return r;
}

/* ── life ── */

static int pem_of(struct scheduler *s, struct str data, struct str file, char **out, struct err *err)
{
    SCOPED_BUF text = BUF_INIT(1u << 20);
    (void)s;
    *out = NULL;
    if (!data.n && !file.n)
        return 0;
    if (!data.n) {
        char path[OS_PATH_MAX];
        int r = os_path(path, "%.*s", STR_FMT(file));
        if (r == 0)
            r = os_file_read(path, 1u << 20, &text);
        if (r < 0)
            return err_raise(err, r, "%.*s: %s", STR_FMT(file), strerror(-r));
        data = buf_view(&text);
    }
    *out = mem_text(data.p, data.n);
    return *out ? 0 : err_raise(err, -ENOMEM, "no memory");
}

static int open_one(struct asking *a, struct extender *x, const struct scheduler_extender *o, struct err *err)
{
    struct scheduler *s = a->scheduler;
    struct tls_pair own = {0};
    char *ca = NULL;
    x->o = o;
    x->host = mem_text(o->host.p, o->host.n);
    x->server_name = o->server_name.n ? mem_text(o->server_name.p, o->server_name.n) : NULL;
    int r = x->host ? 0 : err_raise(err, -ENOMEM, "no memory");
    if (r == 0 && o->https)
        r = pem_of(s, o->cert, o->cert_file, &own.cert_pem, err);
    if (r == 0 && o->https)
        r = pem_of(s, o->key, o->key_file, &own.key_pem, err);
    if (r == 0 && o->https)
        r = pem_of(s, o->ca, o->ca_file, &ca, err);
    if (r == 0 && o->https)
        r = tls_client_context(&x->tls, own.cert_pem ? &own : NULL, ca, o->insecure, STR("\x08http/1.1"), err);
    struct http_client_options http = {
        .host = x->host, .port = o->port, .server_name = x->server_name, .tls = x->tls, .http1_only = true, .connections = 32};
    if (r == 0)
        r = http_client_new(&x->http, client_loop(s->client), &http, err);
    tls_pair_done(&own);
    mem_free(ca);
    return r;
}

int asking_new(struct asking **out, struct scheduler *s, unsigned plugin, struct sched_plugin *hooks, struct err *err)
{
    const struct scheduler_config *c = s->options.config;
    struct asking *a = mem_alloc(sizeof(*a));
    int64_t most = 0;
    int r = a ? 0 : -ENOMEM;
    if (r < 0)
        return r;
    a->scheduler = s;
    a->plugin = plugin;
    a->rule = SCHED_RULE_PLUGIN + plugin;
    list_init(&a->questions);
    a->all = mem_alloc((c->n_extenders + 1) * sizeof(*a->all));
    r = a->all ? 0 : -ENOMEM;
    for (size_t i = 0; r == 0 && i < c->n_extenders; i++) {
        a->n++;
        r = open_one(a, &a->all[i], &c->extenders[i], err);
        if (r < 0)
            err_wrap(err, r, "extenders[%zu]", i);
        most += 100 * c->extenders[i].weight;
    }
    *hooks = (struct sched_plugin){.name = "Extenders",
                                   .weight = 1,
                                   .most = most,
                                   .self = a,
                                   .claims = hook_claims,
                                   .filter = hook_filter,
                                   .score = hook_score,
                                   .helps = hook_helps};
    if (r < 0)
        asking_free(a);
    else
        *out = a;
    return r;
}

struct asking *asking_free(struct asking *a)
{
    if (!a)
        return NULL;
    while (!list_empty(&a->questions))
        question_free(CONTAINER_OF(a->questions.next, struct question, link));
    map_done(&a->by_uid);
    victims_done(a);
    for (size_t i = 0; i < a->n; i++) {
        http_client_free(a->all[i].http);
        tls_context_free(a->all[i].tls);
        mem_free(a->all[i].host);
        mem_free(a->all[i].server_name);
    }
    for (size_t i = 0; i < a->n_words; i++)
        mem_free(a->words[i]);
    mem_free(a->all);
    return mem_free(a);
}
