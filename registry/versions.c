/* Custom objects in other versions than they are stored in, when a webhook stands between: the op waits for it, and goes
 * on where it stood, or from the start with what it knows by then; nothing has been written before its last question. */
#include "json/json.h"
#include "registry/inside.h"

#define LOOKS 32 /* at an object that changes faster than its webhook answers */

struct seen {
    struct seen *next;
    const struct schema_resource *res;
    struct object *from, *to;
};

struct made { /* in the op's arena */
    struct made *next;
    const struct schema_resource *to;
    struct str of; /* JSON text */
    struct value tree;
};

static void failed(struct op *op, int r, struct str error)
{
    if (r == -ENOMEM) {
        op_fail(op, r, NULL);
        return;
    }
    apireq_status_internal(op->a, &op->st, "%.*s", STR_FMT(error));
    op_status(op);
}

static int stopping(struct op *op)
{
    if (op->g->convert)
        return 0;
    failed(op, -ECANCELED, STR("the server is stopping"));
    return 1;
}

/* ── stored objects ── */

void op_seen_free(struct seen *list)
{
    while (list) {
        struct seen *next = list->next;
        object_unref(list->from);
        object_unref(list->to);
        mem_free(list);
        list = next;
    }
}

static int hold(struct op *op, struct object *from, struct object *to)
{
    struct seen *s = mem_alloc(sizeof(*s));
    if (!s) {
        object_unref(to);
        return -ENOMEM;
    }
    *s = (struct seen){.next = op->seen, .res = op->res, .from = object_ref(from), .to = to};
    op->seen = s;
    return 0;
}

static void fetched(void *ctx, const struct convert_answer *a)
{
    struct op *op = ctx;
    if (a->r < 0)
        failed(op, a->r, a->error);
    else if (hold(op, op->shown, object_ref(a->objects[0])) < 0)
        op_fail(op, -ENOMEM, NULL);
    else
        op->resume(op);
}

int op_seen(struct op *op, struct object *o, void (*resume)(struct op *op), struct object **out)
{
    struct convert_call *call;
    *out = o;
    if (!op->res->custom || !convert_needed(op->res, o))
        return 0;
    for (struct seen *s = op->seen; s; s = s->next)
        if (s->from == o && s->res == op->res) {
            *out = s->to;
            return 0;
        }
    int r = 0;
    if (stopping(op))
        return 1;
    if ((*out = convert_known(op->g->convert, op->res, o)) != NULL) {
        r = hold(op, o, *out);
    } else {
        struct object *before = op->shown;
        op->shown = object_ref(o);
        object_unref(before);
        op->resume = resume;
        r = convert_fetch(&call, op->g->convert, op->res, &o, 1, fetched, op);
        if (r == 0)
            return 1;
    }
    if (r == 0)
        return 0;
    op_fail(op, r, NULL);
    return 1;
}

void op_again(struct op *op)
{
    size_t looks = 0;
    for (struct seen *s = op->seen; s; s = s->next)
        looks++;
    if (looks > LOOKS) {
        apireq_status_conflict(op->a, &op->st, op->res->group, op->res->name, op->name, STR_NONE);
        op_status(op);
        return;
    }
    op->reply.n_warnings = 0;
    if (op->again)
        op->again(op);
    else
        op_restart(op);
}

/* ── what is about to be written ── */

bool op_stored_elsewhere(const struct op *op)
{
    const struct schema_resource *r = op->res;
    return r->custom && r->custom->webhook && r->storage && r->storage != r;
}

static void formed(void *ctx, int r, const struct value *made, struct str error)
{
    struct op *op = ctx;
    const struct structural *s = structural_of(op->res->storage->kind);
    if (r < 0) {
        failed(op, r, error);
        return;
    }
    if (op_moved(op)) {
        op_begin_anew(op);
        return;
    }
    r = s ? value_copy(op->a, made, &op->form) : -ENOMEM;
    if (r == 0)
        r = structural_prune(op->a, s, &op->form, NULL);
    if (r < 0)
        op_fail(op, r, NULL);
    else
        op->resume(op);
}

void op_make_form(struct op *op, void (*next)(struct op *op))
{
    struct err err = {{0}};
    struct value copy = {0};
    if (stopping(op))
        return;
    int r = object_conform(op->a, op->stored->kind, &op->tree, NULL, &err);
    if (r == 0)
        r = value_copy(op->a, &op->tree, &copy);
    value_del(value_get(&copy, STR("metadata")), STR("resourceVersion")); /* none is stored */
    op->resume = next;
    if (r == 0)
        r = convert_tree(op->g->convert, op->res->storage, &copy, formed, op);
    if (r < 0)
        op_fail(op, r, &err);
}

/* ── trees on the way: for admission, for managed fields ── */

static int text_of(struct op *op, const struct value *in, struct str *out)
{
    SCOPED_BUF b = BUF_INIT(0);
    json_print(&b, in);
    int r = buf_error(&b);
    return r < 0 ? r : arena_str(op->a, buf_view(&b), out);
}

static const struct made *find_made(const struct op *op, const struct schema_resource *to, struct str text)
{
    for (const struct made *m = op->made; m; m = m->next)
        if (m->to == to && str_eq(m->of, text))
            return m;
    return NULL;
}

static bool plain(const struct schema_resource *to, const struct value *in)
{
    return !to->custom->webhook || str_eq(value_text_at(in, "apiVersion"), to->kind->api_version);
}

int op_tree_as(struct op *op, const struct schema_resource *to, const struct value *in, struct value *out, struct err *err)
{
    struct str text;
    if (plain(to, in))
        return crd_convert(op->a, to, in, out, err);
    int r = text_of(op, in, &text);
    if (r < 0)
        return r;
    const struct made *m = find_made(op, to, text);
    return m ? crd_convert(op->a, to, &m->tree, out, err) : err_raise(err, -EAGAIN, "a conversion is to be asked for");
}

struct making { /* in the op's arena: several may be under way */
    struct op *op;
    struct made *made;
    void (*ready)(void *ctx, int r, struct str error);
    void *ctx;
};

static void tree_made(void *ctx, int r, const struct value *tree, struct str error)
{
    struct making *k = ctx;
    struct op *op = k->op;
    if (r == 0)
        r = value_copy(op->a, tree, &k->made->tree);
    if (r == 0) {
        k->made->next = op->made;
        op->made = k->made;
    }
    k->ready(k->ctx, r, error);
}

int op_in_version(void *ctx, struct str api_version, const struct value *tree, struct value *out, const struct schema_message **message)
{
    struct op *op = ctx;
    const struct schema_custom *c = op->res->custom;
    const struct schema_resource *to = NULL;
    for (size_t i = 0; i < c->n && !to; i++)
        if (str_eq(c->resources[i].kind->api_version, api_version))
            to = &c->resources[i];
    const struct structural *s = to ? structural_of(to->kind) : NULL;
    if (!to)
        return 1;
    if (!s)
        return -ENOMEM;
    *message = structural_message(s);
    int r = op_tree_as(op, to, tree, out, NULL);
    if (r != -EAGAIN)
        return r;
    op->lacking = to;
    r = value_copy(op->a, tree, &op->lacks);
    return r < 0 ? r : -EAGAIN;
}

static void lacking_made(void *ctx, int r, struct str error)
{
    struct op *op = ctx;
    if (r < 0)
        failed(op, r, error);
    else if (op_moved(op))
        op_begin_anew(op);
    else
        op->resume(op);
}

void op_ask_lacking(struct op *op, void (*resume)(struct op *op))
{
    op->resume = resume;
    int r = op_tree_prepare(op, op->lacking, &op->lacks, lacking_made, op);
    if (r <= 0)
        op_fail(op, r == 0 ? -ENOMEM : r, NULL);
}

int op_tree_prepare(struct op *op, const struct schema_resource *to, const struct value *in, void (*ready)(void *ctx, int r, struct str error),
                    void *ctx)
{
    struct str text;
    if (plain(to, in))
        return 0;
    int r = text_of(op, in, &text);
    if (r < 0 || find_made(op, to, text))
        return r;
    if (!op->g->convert)
        return -ECANCELED;
    struct making *k = arena_alloc(op->a, sizeof(*k));
    struct made *m = arena_alloc(op->a, sizeof(*m));
    if (!k || !m)
        return -ENOMEM;
    *m = (struct made){.to = to, .of = text};
    *k = (struct making){op, m, ready, ctx};
    r = convert_tree(op->g->convert, to, in, tree_made, k);
    return r < 0 ? r : 1;
}
