/* NamespaceLifecycle: nothing is made in a namespace that is not there or is
 * going, and three namespaces never go. */
#include "admit/inside.h"

static bool immortal(struct str name)
{
    return str_is(name, "default") || str_is(name, "kube-system") || str_is(name, "kube-public");
}

static int terminating(struct admit_request *q, struct admit_answer *ans)
{
    int r = admit_forbid(q, ans, "unable to create new content in namespace %.*s because it is being terminated", STR_FMT(q->namespace));
    ans->cause.reason = STR("NamespaceTerminating");
    ans->cause.field = STR("metadata.namespace");
    ans->cause.message = arena_fmt(q->arena, "namespace %.*s is being terminated", STR_FMT(q->namespace));
    return ans->cause.message.p ? r : -ENOMEM;
}

int namespace_mutate(struct admit_request *q, struct admit_answer *ans, struct err *err)
{
    struct str phase;
    char scratch[32];
    if (admit_is_main(q, "", "namespaces")) {
        if (q->operation == ADMIT_DELETE && immortal(q->name))
            return admit_forbid(q, ans, "this namespace may not be deleted");
        return 0;
    }
    if (q->namespace.n == 0 || admit_is(q, "", "namespaces") || q->operation == ADMIT_DELETE ||
        admit_is(q, "authorization.k8s.io", "localsubjectaccessreviews"))
        return 0;
    int r = q->lookup->field(q->lookup->ctx, q->arena, STR(""), STR("namespaces"), STR(""), q->namespace, "status.phase", &phase, scratch);
    if (r < 0)
        return err_raise(err, r, "cannot look up namespaces \"%.*s\"", STR_FMT(q->namespace));
    if (r == AUTH_ABSENT) {
        ans->group = STR("");
        ans->resource = STR("namespaces");
        ans->name = q->namespace;
        ans->message = arena_fmt(q->arena, "namespaces \"%.*s\" not found", STR_FMT(q->namespace));
        return ans->message.p ? ADMIT_NOT_FOUND : admit_no_memory(err);
    }
    if (q->operation == ADMIT_CREATE && str_is(phase, "Terminating"))
        return terminating(q, ans);
    return 0;
}
