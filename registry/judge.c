/* What kinds says about an object becomes a reply. */
#include "kinds/kinds.h"
#include "registry/inside.h"

int op_default(struct op *op)
{
    int r = kinds_default(op->a, op->stored->kind, &op->tree);
    if (r == 0)
        return 0;
    op_fail(op, r, NULL);
    return 1;
}

static int answer(struct op *op, struct faults *f)
{
    struct str name = op->name.n ? op->name : value_text_at(&op->tree, "metadata.generateName");
    if (!f->n)
        return 0;
    apireq_status_invalid(op->a, &op->st, op->stored->kind->group, op->stored->kind->name, name, f);
    op_status(op);
    return 1;
}

int op_judge_create(struct op *op)
{
    struct faults f;
    faults_init(&f, op->a);
    kinds_validate_create(op->stored->kind, &op->tree, &f);
    return answer(op, &f);
}

int op_judge_update(struct op *op)
{
    struct faults f;
    faults_init(&f, op->a);
    kinds_validate_update(op->stored->kind, op->sub, &op->old_tree, &op->tree, &f);
    return answer(op, &f);
}
