/* Mutating webhooks, one after another:
 *
 *   next ── does it fit? ── ask ── answer ── patch ── next …
 *     └─ the last: done
 *
 * A webhook with reinvocationPolicy IfNeeded is asked a second time when
 * anything changed the object after it, an in-process plugin included. */
#include "object/object.h"
#include "patch/patch.h"

#include "intercept/inside.h"

struct intercept_run { /* of one request, over both passes; in its arena */
    struct intercept *x;
    struct intercept_request *q;
    struct rules_request what;
    struct hooks *set;
    size_t i;
    bool second;
    bool waiting;                     /* the caller was told INTERCEPT_WAITS */
    unsigned char *flags;             /* one a hook */
    struct value last;                /* the object as the first pass left it */
    const struct schema_resource *as; /* of the call under way */
    const struct value *ops;          /* its patch; NULL: none */
    bool mutated;                     /* … has changed the object */
    struct value patched;             /* what it made of the object, in that version, while that is converted back */
    struct str uid;
};
enum { ASKED_AGAIN_IF = 1, ASK_AGAIN = 2 };

static int next(struct intercept_run *u);

static int end(struct intercept_run *u, int outcome)
{
    struct intercept_request *q = u->q;
    if (outcome == INTERCEPT_OK && !u->second && q->again && value_copy(q->arena, q->object, &u->last) < 0) {
        apireq_status_memory(q->status);
        outcome = INTERCEPT_REFUSED;
    }
    if (outcome != INTERCEPT_OK || u->second || !q->again) {
        hooks_put(u->x, u->set);
        u->set = NULL;
    }
    if (u->waiting) {
        u->waiting = false;
        q->done(q->ctx, outcome);
    }
    return outcome;
}

static int broke(struct intercept_run *u)
{
    apireq_status_memory(u->q->status);
    return end(u, INTERCEPT_REFUSED);
}

/* What was before it and wants to know is asked again. */
static void note_change(struct intercept_run *u)
{
    u->q->again = u->mutated = true;
    for (size_t k = 0; k < u->set->n; k++)
        if (u->flags[k] & ASKED_AGAIN_IF)
            u->flags[k] = (u->flags[k] & (unsigned char)~ASKED_AGAIN_IF) | ASK_AGAIN;
}

/* ── the answer ── */

/* What could not be converted is nobody's policy to ignore. */
static int unconverted(struct intercept_run *u, int r, struct str error)
{
    if (r == -ENOMEM)
        return broke(u);
    apireq_status_internal(u->q->arena, u->q->status, "%.*s", STR_FMT(error));
    return end(u, INTERCEPT_REFUSED);
}

static int adopt(struct intercept_run *u, const struct value *fresh)
{
    struct intercept_request *q = u->q;
    if (value_equal(q->object, fresh))
        return 0;
    *q->object = *fresh;
    int r = q->settle ? q->settle(q->ctx) : 0;
    if (r == 0)
        note_change(u);
    return r;
}

static void returned(void *ctx, int r, struct str error);

/* From the version it was shown in. */
static int bring_back(struct intercept_run *u)
{
    struct intercept_request *q = u->q;
    struct value back = {0};
    struct err err = {{0}};
    int r = q->prepare ? q->prepare(q->ctx, u->as->kind, q->kind, &u->patched, returned, u) : 0;
    if (r)
        return r < 0 ? r : 2;
    r = q->convert(q->ctx, u->as->kind, q->kind, &u->patched, &back, &err);
    if (r == 0)
        return adopt(u, &back);
    if (r == -ENOMEM)
        return r;
    apireq_status_internal(q->arena, q->status, "%s", err.text);
    return 1;
}

/* 0; 1: refused, q->status filled; 2: returned() follows; < 0 */
static int change(struct intercept_run *u, const struct hook *h, const struct value *ops)
{
    struct intercept_request *q = u->q;
    const struct schema_kind *kind = u->as->kind;
    struct value from = {0}, out = {0};
    struct err err = {{0}};
    if (!q->object) {
        apireq_status_internal(q->arena, q->status,
                               "admission webhook \"%.*s\" attempted to modify the object, which is not supported "
                               "for this operation",
                               STR_FMT(h->name));
        return 1;
    }
    bool own = q->kind != u->what.resource->kind || kind == q->kind;
    int r = own ? 0 : q->convert(q->ctx, q->kind, kind, q->object, &from, &err);
    if (own)
        kind = q->kind;
    if (r == 0)
        r = patch_json(q->arena, own ? q->object : &from, ops, &out, &err);
    if (r == 0 && kind->message)
        r = object_conform(q->arena, kind, &out, NULL, &err);
    if (r == -ENOMEM)
        return r;
    if (r < 0) {
        apireq_status_internal(q->arena, q->status, "%s", err.text);
        return 1;
    }
    u->patched = out;
    return own ? adopt(u, &out) : bring_back(u);
}

static int failed(struct intercept_run *u, const struct hook *h, const char *why)
{
    review_note_mutation(u->q, h, u->second, u->i, NULL, false);
    if (h->ignores) {
        review_note_open(u->q, h, true, u->second, u->i);
        u->i++;
        return next(u);
    }
    review_failed(u->q, h, u->q->status, "%s", why);
    return end(u, INTERCEPT_REFUSED);
}

/* The hook has had its say, and change() answered r. */
static int go_on(struct intercept_run *u, int r)
{
    const struct hook *h = &u->set->items[u->i];
    if (r < 0)
        return broke(u);
    if (r == 2)
        return INTERCEPT_WAITS;
    review_note_mutation(u->q, h, u->second, u->i, u->ops, u->mutated);
    if (r)
        return end(u, INTERCEPT_REFUSED);
    if (h->returns && !u->second)
        u->flags[u->i] |= ASKED_AGAIN_IF;
    u->i++;
    return next(u);
}

static void returned(void *ctx, int r, struct str error)
{
    struct intercept_run *u = ctx;
    int outcome = r < 0 ? unconverted(u, r, error) : go_on(u, bring_back(u));
    (void)outcome; /* end() has told it, or something is under way */
}

static int take(struct intercept_run *u, const struct hook *h, struct str body)
{
    struct review answer;
    struct err err = {{0}};
    int r = review_read(u->q, h, true, u->uid, body, &answer, &err);
    if (r == -ENOMEM)
        return broke(u);
    if (r < 0)
        return failed(u, h, err.text);
    if (!answer.allowed) {
        review_note_mutation(u->q, h, u->second, u->i, NULL, false);
        review_denied(u->q, h, answer.status, u->q->status);
        return end(u, INTERCEPT_REFUSED);
    }
    u->ops = answer.patch;
    u->mutated = false;
    return go_on(u, answer.patch ? change(u, h, answer.patch) : 0);
}

static void answered(void *ctx, const struct webhook_answer *a)
{
    struct intercept_run *u = ctx;
    const struct hook *h = &u->set->items[u->i];
    int outcome;
    if (u->x->freeing) {
        apireq_status_internal(u->q->arena, u->q->status, "the server is stopping");
        outcome = end(u, INTERCEPT_REFUSED);
    } else if (a->r < 0) {
        SCOPED_BUF b = BUF_INIT(64u << 10);
        buf_fmt(&b, "failed to call webhook: %.*s", STR_FMT(a->error));
        if (h->returns && !u->second)
            u->flags[u->i] |= ASKED_AGAIN_IF;
        outcome = failed(u, h, buf_cstr(&b));
    } else {
        outcome = take(u, h, a->body);
    }
    (void)outcome; /* whatever it is, end() has told it, or the next call is under way */
}

/* ── the question ── */

static void prepared(void *ctx, int r, struct str error)
{
    struct intercept_run *u = ctx;
    int outcome = r < 0 ? unconverted(u, r, error) : next(u); /* the same one again */
    (void)outcome;
}

static int ask(struct intercept_run *u, const struct hook *h)
{
    int r = review_prepare(u->q, u->what.resource, u->as, prepared, u);
    if (r)
        return MIN(r, 0);
    return review_ask(u->q, h, u->what.resource, u->as, &u->uid, answered, u);
}

/* What the conditions' authorizer was asked: the same hook again. */
static void decided(void *ctx)
{
    int outcome = next(ctx);
    (void)outcome; /* end() has told it, or something is under way */
}

static int next(struct intercept_run *u)
{
    struct intercept_request *q = u->q;
    for (; u->i < u->set->n; u->i++) {
        const struct hook *h = &u->set->items[u->i];
        u->what.object = q->object;
        if (u->second && !(u->flags[u->i] & ASK_AGAIN))
            continue;
        if (h->conditions && q->wait)
            auth_wait_aim(q->wait, decided, u);
        int r = hook_wanted(u->x, h, q, &u->what, &u->as, q->status);
        if (r == -EAGAIN)
            return INTERCEPT_WAITS;
        if (r < 0)
            return broke(u);
        if (r == 2)
            return end(u, INTERCEPT_REFUSED);
        if (!r)
            continue;
        if (q->dry_run && !h->quiet) {
            review_not_dry(q, h, q->status);
            return end(u, INTERCEPT_REFUSED);
        }
        if (h->broken && h->ignores) {
            review_note_open(q, h, true, u->second, u->i);
            continue;
        }
        if (h->broken)
            return failed(u, h, h->broken);
        if (ask(u, h) < 0)
            return broke(u);
        return INTERCEPT_WAITS;
    }
    return end(u, INTERCEPT_OK);
}

static int begin(struct intercept *x, struct intercept_request *q, struct hooks *set)
{
    struct intercept_run *u = arena_alloc(q->arena, sizeof(*u));
    unsigned char *flags = u ? arena_alloc(q->arena, set->n) : NULL;
    if (!flags) {
        hooks_put(x, set);
        apireq_status_memory(q->status);
        return INTERCEPT_REFUSED;
    }
    *u = (struct intercept_run){.x = x, .q = q, .set = set, .flags = flags};
    u->what = (struct rules_request){.arena = q->arena,
                                     .lookup = x->lookup,
                                     .operation = q->operation,
                                     .resource = q->resource,
                                     .subresource = q->subresource,
                                     .namespace = q->namespace,
                                     .name = q->name,
                                     .old = q->old};
    q->run = u;
    return 0;
}

bool intercept_idle(const struct intercept *x, bool mutating)
{
    int kind = mutating ? MUTATING : VALIDATING;
    bool no_hooks = x->hooks_off[kind] || (!x->stale[kind] && !x->now[kind]->n);
    return no_hooks && (x->policies_off[kind] || policies_idle(x->policies, mutating));
}

void intercept_forget(struct intercept *x, struct intercept_request *q)
{
    if (!q->run)
        return;
    hooks_put(x, q->run->set);
    q->run->set = NULL;
}

int intercept_mutate(struct intercept *x, struct intercept_request *q)
{
    struct hooks *set = NULL;
    struct policy_request view = policy_view(q);
    int refused = x->policies_off[MUTATING] ? 0 : policies_mutate(x->policies, &view, q->second);
    q->undecided = view.undecided;
    q->postponed |= view.undecided;
    if (refused && !q->postponed) {
        intercept_forget(x, q);
        return INTERCEPT_REFUSED;
    }
    if (q->postponed)
        return INTERCEPT_REFUSED;
    q->again |= view.changed;
    if (q->second && !q->run)
        return INTERCEPT_OK;
    if (!q->run) {
        if (x->hooks_off[MUTATING] || (!x->stale[MUTATING] && !x->now[MUTATING]->n))
            return INTERCEPT_OK;
        if (rules_exempt(q->resource))
            return INTERCEPT_OK;
        if (hooks_take(x, MUTATING, &set) < 0) {
            apireq_status_memory(q->status);
            return INTERCEPT_REFUSED;
        }
        if (!set)
            return INTERCEPT_OK;
        int r = begin(x, q, set);
        if (r)
            return r;
    } else {
        if (!value_equal(&q->run->last, q->object))
            note_change(q->run);
        q->run->second = true;
        q->run->i = 0;
    }
    int outcome = next(q->run);
    if (outcome == INTERCEPT_WAITS)
        q->run->waiting = true;
    return outcome;
}
