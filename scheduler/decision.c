#include "scheduler/inside.h"

#include "json/json.h"
#include "object/object.h"

/* Decision records. Two things are told of a pod: what was decided about it when its turn came (`last`, kept here, of as many pods as
 * DECISIONS_MAX), and what each node answers now, which nobody keeps: it is worked out when somebody asks. */

#define SCORED_MAX  32  /* nodes whose scores are told plugin by plugin */
#define REASONS_MAX 256 /* different ones */

struct decision {
    struct list link; /* in scheduler->decided, oldest first */
    const char *result;
    int64_t at, score, waited; /* waited: nanoseconds from its arrival here to the first decision; 0: not the first */
    unsigned attempts;
    uint32_t feasible, nodes;
    size_t victims;
    struct str uid, node, message; /* behind the struct */
    char texts[];
};

/* ── what was decided ── */

static void decision_free(struct scheduler *s, struct decision *d)
{
    if (!d)
        return;
    if (map_get(&s->decisions, d->uid) == d)
        map_del(&s->decisions, d->uid);
    list_del(&d->link);
    mem_free(d);
}

void decisions_drop(struct scheduler *s, struct str uid)
{
    decision_free(s, map_get(&s->decisions, uid));
}

void decisions_done(struct scheduler *s)
{
    LIST_EACH (d, &s->decided, struct decision, link)
        decision_free(s, d);
    map_done(&s->decisions);
}

/* Without memory for it there is no record: the decision stands all the same. */
void decisions_note(struct scheduler *s, const struct cycle_outcome *o, const char *result)
{
    struct str uid = sched_pod_uid(o->pod), node = o->node == SCHED_NOWHERE ? STR_NONE : sched_node_name(s->sched, o->node);
    decisions_drop(s, uid);
    if (s->decisions.n >= DECISIONS_MAX)
        decision_free(s, CONTAINER_OF(s->decided.next, struct decision, link));
    struct decision *d = mem_alloc(sizeof(*d) + uid.n + node.n + o->message.n);
    if (!d)
        return;
    *d = (struct decision){.result = result,
                           .at = loop_wall(client_loop(s->client)),
                           .score = o->score,
                           .waited = o->stamp ? MAX(scheduler_clock(s) - o->stamp, INT64_C(1)) : 0,
                           .attempts = o->attempts,
                           .feasible = o->feasible,
                           .nodes = sched_nodes(s->sched),
                           .victims = o->n_victims,
                           .uid = uid,
                           .node = node,
                           .message = o->message};
    list_init(&d->link);
    struct str *const texts[] = {&d->uid, &d->node, &d->message};
    char *at = d->texts;
    for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
        if (texts[i]->n)
            memcpy(at, texts[i]->p, texts[i]->n);
        *texts[i] = str_make(at, texts[i]->n);
        at += texts[i]->n;
    }
    if (map_put(&s->decisions, d->uid, d) < 0) {
        decision_free(s, d);
        return;
    }
    list_add(&s->decided, &d->link);
}

/* ── writing ── */

struct writing {
    struct scheduler *s;
    struct sched_pod *pod;
    struct buf *out;
    struct buf nodes; /* the list, as it grows */
    size_t listed, most;
    struct reason {
        int rule;
        struct str text; /* in scratch */
        uint32_t n;
    } reasons[REASONS_MAX];
    size_t n_reasons;
};

static void text_member(struct buf *out, const char *key, struct str text)
{
    buf_fmt(out, ",\"%s\":", key);
    json_string(out, text);
}

static void time_member(struct buf *out, const char *key, int64_t sec)
{
    char text[32];
    time_fmt_rfc3339(text, sec);
    text_member(out, key, str_of(text));
}

static const char *rule_name(const struct writing *w, int rule)
{
    const char *name = sched_rule_name((unsigned)rule);
    size_t plugin = (size_t)rule - SCHED_RULE_PLUGIN;
    return name                                   ? name
           : plugin == DEVICES_PLUGIN             ? DYNAMIC_NAME
           : plugin - 1 < w->s->options.n_plugins ? w->s->options.plugins[plugin - 1].name
                                                  : "Extenders";
}

static void count_reason(struct writing *w, int rule, struct str text)
{
    for (size_t i = 0; i < w->n_reasons; i++)
        if (w->reasons[i].rule == rule && str_eq(w->reasons[i].text, text)) {
            w->reasons[i].n++;
            return;
        }
    struct str copy = STR_NONE;
    if (w->n_reasons < REASONS_MAX && arena_str(w->s->scratch, text, &copy) == 0)
        w->reasons[w->n_reasons++] = (struct reason){rule, copy, 1};
}

/* NodeResourcesFit tells all that is lacking; each counts, as in the message of a pod that fits nowhere. */
static void count_reasons(struct writing *w, const struct sched_opinion *o)
{
    struct str rest = str_of(o->reason);
    ssize_t at;
    while (o->rule == SCHED_RULE_FIT && (at = str_find(rest, STR(", "))) >= 0) {
        count_reason(w, o->rule, str_head(rest, (size_t)at));
        rest = str_from(rest, (size_t)at + 2);
    }
    count_reason(w, o->rule, rest);
}

static void on_opinion(void *ctx, uint32_t node, const struct sched_opinion *o)
{
    struct writing *w = ctx;
    struct buf *b = &w->nodes;
    if (o->rule >= 0)
        count_reasons(w, o);
    if (w->listed >= w->most)
        return;
    buf_text(b, w->listed++ ? ",{\"name\":" : "{\"name\":");
    json_string(b, sched_node_name(w->s->sched, node));
    if (o->rule >= 0) {
        text_member(b, "plugin", str_of(rule_name(w, o->rule)));
        text_member(b, "reason", str_of(o->reason));
    } else {
        buf_fmt(b, ",\"fits\":true,\"score\":%lld", (long long)o->total);
    }
    if (o->scored) {
        buf_text(b, ",\"scores\":{");
        for (unsigned i = 0, n = 0; i < SCHED_RULES; i++)
            if (o->scores[i])
                buf_fmt(b, "%s\"%s\":%lld", n++ ? "," : "", rule_name(w, (int)i), (long long)o->scores[i]);
        buf_char(b, '}');
    }
    buf_char(b, '}');
}

static int by_number(const void *x, const void *y)
{
    const struct reason *a = x, *b = y;
    return a->n != b->n ? (a->n > b->n ? -1 : 1) : str_cmp(a->text, b->text);
}

static int write_now(struct writing *w)
{
    struct sched_verdict v;
    SCOPED_BUF words = BUF_INIT(1u << 16);
    struct buf *out = w->out;
    int r = sched_survey(w->s->sched, w->pod, SCORED_MAX, &v, on_opinion, w);
    if (r < 0)
        return r;
    buf_text(out, ",\"now\":{\"counted\":");
    buf_text(out, sched_pod_node(w->pod) == SCHED_NOWHERE ? "true" : "false");
    buf_fmt(out, ",\"nodes\":%u,\"feasible\":%u", sched_nodes(w->s->sched), v.feasible);
    if (v.node == SCHED_NOWHERE) {
        sched_explain(w->s->sched, w->pod, &v, &words);
        text_member(out, "message", buf_view(&words));
    }
    qsort(w->reasons, w->n_reasons, sizeof(*w->reasons), by_number);
    buf_text(out, ",\"reasons\":[");
    for (size_t i = 0; i < w->n_reasons; i++) {
        buf_fmt(out, "%s{\"nodes\":%u", i ? "," : "", w->reasons[i].n);
        text_member(out, "plugin", str_of(rule_name(w, w->reasons[i].rule)));
        text_member(out, "reason", w->reasons[i].text);
        buf_char(out, '}');
    }
    buf_text(out, "]}");
    buf_fmt(out, ",\"nodes\":[%.*s]", STR_FMT(buf_view(&w->nodes)));
    return MIN(buf_error(&words), MIN(buf_error(out), buf_error(&w->nodes)));
}

static void write_last(const struct decision *d, struct buf *out)
{
    if (!d)
        return;
    buf_fmt(out, ",\"last\":{\"result\":\"%s\",\"attempts\":%u,\"nodes\":%u", d->result, d->attempts, d->nodes);
    time_member(out, "time", d->at);
    if (d->waited)
        buf_fmt(out, ",\"waitedMicroseconds\":%lld", (long long)(d->waited + 999) / 1000);
    if (d->node.n)
        text_member(out, "nodeName", d->node);
    if (d->message.n)
        text_member(out, "message", d->message);
    else
        buf_fmt(out, ",\"feasible\":%u,\"score\":%lld", d->feasible, (long long)d->score);
    if (d->victims)
        buf_fmt(out, ",\"victims\":%zu", d->victims);
    buf_char(out, '}');
}

/* ── why it waits ── */

static void name_rules(const struct writing *w, uint32_t rules, struct buf *out)
{
    for (int i = 0, n = 0; i < SCHED_RULES; i++)
        if (rules >> i & 1)
            buf_fmt(out, "%s%s", n++ ? ", " : "", rule_name(w, i));
}

static void name_gates(const struct value *pod, struct buf *out)
{
    size_t n = 0;
    const struct value *gates = value_at(pod, "spec.schedulingGates");
    VALUE_EACH_ITEM (g, gates)
        buf_fmt(out, "%s%.*s", n++ ? ", " : "", STR_FMT(value_text_at(g, "name")));
}

static const char *waits(const struct writing *w, const struct cycle_view *v, const struct value *tree, struct buf *why)
{
    struct cycle_counts c;
    int64_t now = loop_now(client_loop(w->s->client));
    uint32_t nominated = sched_pod_nominated(w->pod);
    cycle_counts(w->s->cycle, &c);
    switch (v->state) {
    case CYCLE_GATED:
        if (v->why && !value_count(value_at(tree, "spec.schedulingGates"))) {
            buf_text(why, v->why);
            return "Gated";
        }
        buf_text(why, "scheduling gates hold it: ");
        name_gates(tree, why);
        return "Gated";
    case CYCLE_ACTIVE:
        buf_fmt(why, "its turn comes; %zu pods are in the queue", c.active);
        return "Queued";
    case CYCLE_BACKOFF:
        buf_fmt(why, "%u attempts failed; it is tried again in %lld ms", v->attempts, (long long)MAX(v->until - now, INT64_C(0)));
        return "BackOff";
    case CYCLE_UNSCHEDULABLE:
        buf_text(why, "no node fits; it is tried again when something changes that matters to ");
        name_rules(w, v->rejectors, why);
        if (!v->rejectors)
            buf_text(why, "it");
        buf_fmt(why, ", at the latest in %lld s", (long long)MAX((v->until - now) / 1000, INT64_C(0)));
        if (nominated != SCHED_NOWHERE)
            buf_fmt(why, "; room is being made for it on node %.*s", STR_FMT(sched_node_name(w->s->sched, nominated)));
        return "Unschedulable";
    case CYCLE_BINDING:
        buf_fmt(why, "it is being bound to node %.*s", STR_FMT(sched_node_name(w->s->sched, sched_pod_node(w->pod))));
        return "Binding";
    case CYCLE_NONE:
    default:
        break;
    }
    if (sched_pod_node(w->pod) != SCHED_NOWHERE)
        return "Placed";
    if (sched_pod_profile(w->pod) < 0) {
        buf_fmt(why, "no profile here is named as its schedulerName, \"%.*s\"", STR_FMT(value_text_at(tree, "spec.schedulerName")));
        return "Foreign";
    }
    buf_text(why, sched_pod_deleting(w->pod) ? "it is being deleted" : "it is not looked at");
    return sched_pod_deleting(w->pod) ? "Deleted" : "Unknown";
}

static int write_pod(struct writing *w, const struct value *tree)
{
    struct cycle_view v;
    SCOPED_BUF why = BUF_INIT(1u << 16);
    cycle_look(w->s->cycle, w->pod, &v);
    const char *state = waits(w, &v, tree, &why);
    text_member(w->out, "state", str_of(state));
    if (buf_view(&why).n)
        text_member(w->out, "waits", buf_view(&why));
    if (v.attempts)
        buf_fmt(w->out, ",\"attempts\":%u", v.attempts);
    if (sched_pod_node(w->pod) != SCHED_NOWHERE)
        text_member(w->out, "nodeName", sched_node_name(w->s->sched, sched_pod_node(w->pod)));
    write_last(map_get(&w->s->decisions, sched_pod_uid(w->pod)), w->out);
    return sched_pod_profile(w->pod) < 0 ? buf_error(w->out) : write_now(w);
}

int scheduler_decision(struct scheduler *s, struct str ns, struct str name, size_t nodes_max, struct buf *out, struct err *err)
{
    struct object *o = client_cache_get(s->pods, ns, name);
    struct value tree = {0};
    if (!o)
        return SCHEDULER_ABSENT;
    arena_reset(s->scratch);
    struct writing *w = arena_alloc(s->scratch, sizeof(*w));
    int r = w ? object_tree(s->scratch, o, &tree, err) : -ENOMEM;
    if (r < 0)
        return err_raise(err, r, "no memory for a decision record");
    *w = (struct writing){.s = s, .out = out, .nodes = BUF_INIT(64u << 20), .most = nodes_max, .pod = sched_pod_find(s->sched, object_uid(o))};
    struct str by = value_text_at(&tree, "spec.schedulerName");
    buf_text(out, "{\"kind\":\"Decision\",\"apiVersion\":\"coracle.dev/v1alpha1\",\"metadata\":{\"name\":");
    json_string(out, name);
    text_member(out, "namespace", ns);
    text_member(out, "uid", object_uid(o));
    buf_char(out, '}');
    text_member(out, "schedulerName", by.n ? by : STR("default-scheduler"));
    if (w->pod) {
        r = write_pod(w, &tree);
    } else {
        buf_text(out, ",\"state\":\"Finished\"");
        write_last(map_get(&s->decisions, object_uid(o)), out);
    }
    buf_text(out, "}\n");
    buf_done(&w->nodes);
    r = r < 0 ? r : buf_error(out);
    return r < 0 ? err_raise(err, r, "a decision record could not be made: %s", strerror(-r)) : 0;
}
