/* Validating webhooks, all at once; the first in order that says no is heard. */
#include "intercept/inside.h"

struct run;
struct question {
    struct run *u;
    const struct hook *hook;
    const struct schema_resource *as;
    struct str uid;
    bool refused;
    struct apireq_status status;
};

struct run { /* in the request's arena */
    struct intercept *x;
    struct intercept_request *q;
    struct rules_request what;
    struct hooks *set;
    struct question *questions;
    size_t n, open;
    bool waiting;
};

static int end(struct run *u)
{
    struct intercept_request *q = u->q;
    int outcome = INTERCEPT_OK;
    hooks_put(u->x, u->set);
    for (size_t i = 0; i < u->n && outcome == INTERCEPT_OK; i++)
        if (u->questions[i].refused) {
            *q->status = u->questions[i].status;
            outcome = INTERCEPT_REFUSED;
        }
    if (u->waiting)
        q->done(q->ctx, outcome);
    return outcome;
}

static void failed(struct question *k, const char *what, struct str why)
{
    if (k->hook->ignores) {
        review_note_open(k->u->q, k->hook, false, false, (size_t)(k->hook - k->u->set->items));
        return;
    }
    k->refused = true;
    review_failed(k->u->q, k->hook, &k->status, "%s%.*s", what, STR_FMT(why));
}

static void take(struct question *k, struct str body)
{
    struct review answer;
    struct err err = {{0}};
    int r = review_read(k->u->q, k->hook, false, k->uid, body, &answer, &err);
    if (r == -ENOMEM) {
        k->refused = true;
        apireq_status_memory(&k->status);
    } else if (r < 0) {
        failed(k, "", str_of(err.text));
    } else if (!answer.allowed) {
        k->refused = true;
        review_denied(k->u->q, k->hook, answer.status, &k->status);
    }
}

static void question_over(struct question *k)
{
    struct run *u = k->u;
    if (--u->open == 0)
        (void)end(u); /* tells it */
}

static void answered(void *ctx, const struct webhook_answer *a)
{
    struct question *k = ctx;
    struct run *u = k->u;
    if (u->x->freeing) {
        k->refused = true;
        apireq_status_internal(u->q->arena, &k->status, "the server is stopping");
    } else if (a->r < 0) {
        failed(k, "failed to call webhook: ", a->error);
    } else {
        take(k, a->body);
    }
    question_over(k);
}

/* ── asking ── */

static void prepared(void *ctx, int r, struct str error);

static int ask(struct question *k)
{
    int r = review_prepare(k->u->q, k->u->what.resource, k->as, prepared, k);
    if (r)
        return MIN(r, 0);
    return review_ask(k->u->q, k->hook, k->u->what.resource, k->as, &k->uid, answered, k);
}

static void prepared(void *ctx, int r, struct str error)
{
    struct question *k = ctx;
    struct arena *a = k->u->q->arena;
    if (r == 0 && ask(k) == 0)
        return; /* the answer, or another conversion, follows */
    k->refused = true;
    if (r == 0 || r == -ENOMEM)
        apireq_status_memory(&k->status);
    else
        apireq_status_internal(a, &k->status, "%.*s", STR_FMT(error));
    question_over(k);
}

static void begin_question(struct question *k)
{
    struct run *u = k->u;
    const struct hook *h = k->hook;
    if (u->q->dry_run && !h->quiet) {
        k->refused = true;
        review_not_dry(u->q, h, &k->status);
    } else if (h->broken) {
        failed(k, "", str_of(h->broken));
    } else if (ask(k) < 0) {
        k->refused = true;
        apireq_status_memory(&k->status);
    } else {
        u->open++;
    }
}

/* Who is to be asked, before anybody is. -EAGAIN: the authorizer first. */
static int choose(struct run *u)
{
    u->questions = arena_alloc(u->q->arena, u->set->n * sizeof(*u->questions));
    if (!u->questions)
        return -ENOMEM;
    for (size_t i = 0; i < u->set->n; i++) {
        const struct schema_resource *as;
        struct apireq_status status;
        int r = hook_wanted(u->x, &u->set->items[i], u->q, &u->what, &as, &status);
        if (r < 0)
            return r;
        if (r)
            u->questions[u->n++] = (struct question){.u = u, .hook = &u->set->items[i], .as = as, .refused = r == 2};
        if (r == 2)
            u->questions[u->n - 1].status = status;
    }
    return 0;
}

static void ask_all(struct run *u)
{
    u->open = 1; /* nobody is through before all are asked */
    for (size_t i = 0; i < u->n; i++)
        if (!u->questions[i].refused)
            begin_question(&u->questions[i]);
    u->open--;
}

int intercept_validate(struct intercept *x, struct intercept_request *q)
{
    struct hooks *set = NULL;
    struct policy_request view = policy_view(q);
    int refused = x->policies_off[VALIDATING] ? 0 : policies_validate(x->policies, &view);
    q->undecided = view.undecided;
    q->postponed |= view.undecided;
    if (refused || q->postponed)
        return INTERCEPT_REFUSED;
    if (x->hooks_off[VALIDATING] || (!x->stale[VALIDATING] && !x->now[VALIDATING]->n) || rules_exempt(q->resource))
        return INTERCEPT_OK;
    int r = hooks_take(x, VALIDATING, &set);
    if (r == 0 && !set)
        return INTERCEPT_OK;
    struct run *u = r == 0 ? arena_alloc(q->arena, sizeof(*u)) : NULL;
    if (!u) {
        hooks_put(x, set);
        apireq_status_memory(q->status);
        return INTERCEPT_REFUSED;
    }
    *u = (struct run){.x = x, .q = q, .set = set};
    u->what = (struct rules_request){.arena = q->arena,
                                     .lookup = x->lookup,
                                     .operation = q->operation,
                                     .resource = q->resource,
                                     .subresource = q->subresource,
                                     .namespace = q->namespace,
                                     .name = q->name,
                                     .object = q->object,
                                     .old = q->old};
    r = choose(u);
    if (r < 0) {
        hooks_put(x, set);
        q->undecided = q->postponed = r == -EAGAIN;
        if (r != -EAGAIN)
            apireq_status_memory(q->status);
        return INTERCEPT_REFUSED;
    }
    ask_all(u);
    if (u->open) {
        u->waiting = true;
        return INTERCEPT_WAITS;
    }
    return end(u);
}
