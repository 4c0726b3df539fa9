#include "podsecurity/inside.h"

/* Restricted: what good practice asks of every pod. */

static struct str name_of(const struct value *c)
{
    return value_text_at(c, "name");
}

static bool windows(const struct check_run *k)
{
    return k->minor >= 25 && str_is(value_text_at(k->spec, "os.name"), "windows");
}

void check_escalation(struct check_run *k)
{
    struct texts bad = {.n = 0};
    if (windows(k))
        return;
    EACH_CONTAINER(c, k)
    if (value_bool_at(c, "securityContext.allowPrivilegeEscalation", true))
        texts_add(&bad, name_of(c));
    if (!bad.n)
        return;
    print_containers(&bad, k->detail);
    buf_text(k->detail, " must set securityContext.allowPrivilegeEscalation=false");
    check_says(k, "allowPrivilegeEscalation != false");
}

static bool drops_all(const struct value *container)
{
    VALUE_EACH_ITEM (cap, value_at(container, "securityContext.capabilities.drop"))
        if (str_is(value_text(cap), "ALL"))
            return true;
    return false;
}

void check_drops_all(struct check_run *k)
{
    struct texts keeps = {.n = 0}, adds = {.n = 0}, added = {.n = 0};
    if (windows(k))
        return;
    EACH_CONTAINER(c, k)
    {
        bool wrong = false;
        if (!drops_all(c))
            texts_add(&keeps, name_of(c));
        VALUE_EACH_ITEM (cap, value_at(c, "securityContext.capabilities.add"))
            if (!str_is(value_text(cap), "NET_BIND_SERVICE")) {
                wrong = true;
                texts_put(&added, value_text(cap));
            }
        if (wrong)
            texts_add(&adds, name_of(c));
    }
    if (keeps.n) {
        print_containers(&keeps, k->detail);
        buf_text(k->detail, " must set securityContext.capabilities.drop=[\"ALL\"]");
    }
    if (adds.n) {
        buf_text(k->detail, keeps.n ? "; " : "");
        print_containers(&adds, k->detail);
        buf_text(k->detail, " must not include ");
        texts_print(&added, true, k->detail);
        buf_text(k->detail, " in securityContext.capabilities.add");
    }
    if (keeps.n || adds.n)
        check_says(k, "unrestricted capabilities");
}

void check_volumes(struct check_run *k)
{
    static const char *const good[] = {"configMap", "csi",   "downwardAPI", "emptyDir", "ephemeral", "image", "persistentVolumeClaim",
                                       "projected", "secret"};
    static const char *const known[] = {"hostPath",
                                        "gcePersistentDisk",
                                        "awsElasticBlockStore",
                                        "gitRepo",
                                        "nfs",
                                        "iscsi",
                                        "glusterfs",
                                        "rbd",
                                        "flexVolume",
                                        "cinder",
                                        "cephfs",
                                        "flocker",
                                        "fc",
                                        "azureFile",
                                        "vsphereVolume",
                                        "quobyte",
                                        "azureDisk",
                                        "photonPersistentDisk",
                                        "portworxVolume",
                                        "scaleIO",
                                        "storageos"};
    struct texts bad = {.n = 0}, types = {.n = 0};
    VALUE_EACH_ITEM (v, value_at(k->spec, "volumes")) {
        bool allowed = false;
        const char *type = "unknown";
        for (size_t i = 0; i < ARRAY_LEN(good); i++)
            allowed = allowed || !value_is_null(value_at(v, good[i]));
        if (allowed)
            continue;
        for (size_t i = ARRAY_LEN(known); i--;)
            if (!value_is_null(value_at(v, known[i])))
                type = known[i];
        texts_add(&bad, name_of(v));
        texts_put(&types, str_of(type));
    }
    if (!bad.n)
        return;
    buf_text(k->detail, bad.n == 1 ? "volume " : "volumes ");
    texts_print(&bad, true, k->detail);
    buf_fmt(k->detail, " %s restricted volume %s ", bad.n == 1 ? "uses" : "use", types.n == 1 ? "type" : "types");
    texts_print(&types, true, k->detail);
    check_says(k, "restricted volume types");
}

void check_non_root(struct check_run *k)
{
    struct texts against = {.n = 0}, silent = {.n = 0};
    const struct value *own = value_at(k->spec, "securityContext.runAsNonRoot");
    bool pod = !value_is_null(own) && !value_bool(own, true), covered = value_bool(own, false);
    if (relaxed(k))
        return;
    EACH_CONTAINER(c, k)
    {
        const struct value *says = value_at(c, "securityContext.runAsNonRoot");
        if (!value_is_null(says) && !value_bool(says, true))
            texts_add(&against, name_of(c));
        else if (value_is_null(says) && !covered)
            texts_add(&silent, name_of(c));
    }
    if (pod || against.n) {
        print_setters(pod, &against, k->detail);
        buf_text(k->detail, " must not set securityContext.runAsNonRoot=false");
    } else if (silent.n) {
        buf_text(k->detail, "pod or ");
        print_containers(&silent, k->detail);
        buf_text(k->detail, " must set securityContext.runAsNonRoot=true");
    } else
        return;
    check_says(k, "runAsNonRoot != true");
}

static bool is_root(const struct value *context)
{
    return value_int_at(context, "runAsUser", -1) == 0;
}

void check_user(struct check_run *k)
{
    struct texts bad = {.n = 0};
    if (relaxed(k))
        return;
    bool pod = is_root(value_at(k->spec, "securityContext"));
    EACH_CONTAINER(c, k)
    if (is_root(value_at(c, "securityContext")))
        texts_add(&bad, name_of(c));
    if (!pod && !bad.n)
        return;
    print_setters(pod, &bad, k->detail);
    buf_text(k->detail, " must not set runAsUser=0");
    check_says(k, "runAsUser=0");
}

/* A profile must be named: by the pod, or by each container. */
void check_seccomp_set(struct check_run *k)
{
    struct texts silent = {.n = 0};
    if (windows(k))
        return;
    check_seccomp(k); /* a bad one is told first */
    if (k->why || !value_is_null(value_at(k->spec, "securityContext.seccompProfile")))
        return;
    EACH_CONTAINER(c, k)
    if (value_is_null(value_at(c, "securityContext.seccompProfile")))
        texts_add(&silent, name_of(c));
    if (!silent.n)
        return;
    buf_text(k->detail, "pod or ");
    print_containers(&silent, k->detail);
    buf_text(k->detail, " must set securityContext.seccompProfile.type to \"RuntimeDefault\" or \"Localhost\"");
    check_says(k, "seccompProfile");
}
