/* ServiceAccount: every pod runs as an account of its namespace and finds that
 * account's token, the cluster's root certificates and its namespace where
 * client libraries look for them. */
#include "admit/inside.h"
#include "os/os.h"

#define MOUNT_PATH    "/var/run/secrets/kubernetes.io/serviceaccount"
#define VOLUME_PREFIX STR("kube-api-access-")

static bool concerns(const struct admit_request *q)
{
    return (q->operation == ADMIT_CREATE && q->subresource.n == 0) || (q->operation == ADMIT_UPDATE && str_is(q->subresource, "ephemeralcontainers"));
}

static int account_find(struct admit_request *q, struct admit_answer *ans, struct value *account, struct err *err)
{
    struct str name = value_text_at(q->object, "spec.serviceAccountName");
    int r = admit_get(q, "", "serviceaccounts", q->namespace, name, account, err);
    if (r == AUTH_ABSENT)
        return admit_forbid(q, ans, "error looking up service account %.*s/%.*s: serviceaccount \"%.*s\" not found", STR_FMT(q->namespace),
                            STR_FMT(name), STR_FMT(name));
    return r;
}

static bool automounts(const struct value *account, const struct value *pod)
{
    const struct value *own = value_at(pod, "spec.automountServiceAccountToken");
    if (!value_is_null(own))
        return value_bool(own, true);
    return value_bool_at(account, "automountServiceAccountToken", true);
}

/* {"name":…,"projected":{"defaultMode":420,"sources":[token, root CA, namespace]}} */
static int volume_make(struct arena *a, struct str name, struct value *out)
{
    int r = 0;
    struct value token = value_make_map(), ca = value_make_map(), where = value_make_map();
    struct value item = value_make_map(), items = value_make_list(), sources = value_make_list();
    VALUE_SET(&r, a, &token, "serviceAccountToken.expirationSeconds", value_make_int(3607));
    VALUE_SET(&r, a, &token, "serviceAccountToken.path", value_make_text(STR("token")));
    VALUE_SET(&r, a, &item, "key", value_make_text(STR("ca.crt")));
    VALUE_SET(&r, a, &item, "path", value_make_text(STR("ca.crt")));
    if (r == 0 && !value_add(a, &items, item))
        r = -ENOMEM;
    VALUE_SET(&r, a, &ca, "configMap.items", items);
    VALUE_SET(&r, a, &ca, "configMap.name", value_make_text(STR("kube-root-ca.crt")));
    item = value_make_map();
    items = value_make_list();
    VALUE_SET(&r, a, &item, "fieldRef.apiVersion", value_make_text(STR("v1")));
    VALUE_SET(&r, a, &item, "fieldRef.fieldPath", value_make_text(STR("metadata.namespace")));
    VALUE_SET(&r, a, &item, "path", value_make_text(STR("namespace")));
    if (r == 0 && !value_add(a, &items, item))
        r = -ENOMEM;
    VALUE_SET(&r, a, &where, "downwardAPI.items", items);
    if (r == 0 && (!value_add(a, &sources, token) || !value_add(a, &sources, ca) || !value_add(a, &sources, where)))
        r = -ENOMEM;
    *out = value_make_map();
    VALUE_SET(&r, a, out, "name", value_make_text(name));
    VALUE_SET(&r, a, out, "projected.defaultMode", value_make_int(0644));
    VALUE_SET(&r, a, out, "projected.sources", sources);
    return r;
}

/* Mounts the volume in each container that has nothing there yet. */
static int mounts_add(struct arena *a, struct value *containers, struct str volume, bool *needed)
{
    VALUE_EACH_ITEM (c, containers) {
        struct value *mounts = value_get(c, STR("volumeMounts")), mount = value_make_map();
        bool have = false;
        int r = 0;
        VALUE_EACH_ITEM (m, mounts)
            have = have || str_is(value_text_at(m, "mountPath"), MOUNT_PATH);
        if (have)
            continue;
        *needed = true;
        VALUE_SET(&r, a, &mount, "mountPath", value_make_text(STR(MOUNT_PATH)));
        VALUE_SET(&r, a, &mount, "name", value_make_text(volume));
        VALUE_SET(&r, a, &mount, "readOnly", value_make_bool(true));
        if (!mounts || mounts->type != VALUE_LIST)
            mounts = value_set(a, c, STR("volumeMounts"), value_make_list());
        if (r < 0 || !mounts || !value_add(a, mounts, mount))
            return -ENOMEM;
    }
    return 0;
}

static int token_mount(struct arena *a, struct value *pod)
{
    struct value *volumes = value_at(pod, "spec.volumes"), volume;
    struct str name = STR_NONE;
    bool needed = false;
    VALUE_EACH_ITEM (v, volumes)
        if (!name.n && str_starts(value_text_at(v, "name"), VOLUME_PREFIX))
            name = value_text_at(v, "name");
    bool have = name.n > 0;
    if (!have) {
        char suffix[6];
        os_random_suffix(suffix, 5);
        name = arena_fmt(a, "kube-api-access-%s", suffix);
        if (!name.p)
            return -ENOMEM;
    }
    int r = mounts_add(a, value_at(pod, "spec.initContainers"), name, &needed);
    if (r == 0)
        r = mounts_add(a, value_at(pod, "spec.containers"), name, &needed);
    if (r < 0 || have || !needed)
        return r;
    r = volume_make(a, name, &volume);
    if (r == 0 && (!volumes || volumes->type != VALUE_LIST))
        volumes = value_put(a, pod, "spec.volumes", value_make_list());
    return r < 0 || !volumes || !value_add(a, volumes, volume) ? -ENOMEM : 0;
}

int account_mutate(struct admit_request *q, struct admit_answer *ans, struct err *err)
{
    struct value account, secrets;
    struct value *pod = q->object;
    int r = 0;
    if (!concerns(q) || q->operation != ADMIT_CREATE || admit_is_mirror(pod))
        return 0;
    if (!value_text_at(pod, "spec.serviceAccountName").n) {
        VALUE_SET(&r, q->arena, pod, "spec.serviceAccountName", value_make_text(STR("default")));
        VALUE_SET(&r, q->arena, pod, "spec.serviceAccount", value_make_text(STR("default")));
    }
    if (r < 0)
        return admit_no_memory(err);
    r = account_find(q, ans, &account, err);
    if (r != 0)
        return r;
    if (automounts(&account, pod))
        r = token_mount(q->arena, pod);
    const struct value *pull = value_get(&account, STR("imagePullSecrets"));
    if (r == 0 && value_count(pull) && !value_count(value_at(pod, "spec.imagePullSecrets"))) {
        r = value_copy(q->arena, pull, &secrets);
        VALUE_SET(&r, q->arena, pod, "spec.imagePullSecrets", secrets);
    }
    return r < 0 ? admit_no_memory(err) : 0;
}

bool admit_volumes_refer(const struct value *pod, const char *path)
{
    VALUE_EACH_ITEM (v, value_at(pod, "spec.volumes")) {
        if (!value_is_null(value_at(v, path)))
            return true;
        VALUE_EACH_ITEM (s, value_at(v, "projected.sources"))
            if (!value_is_null(value_at(s, path)))
                return true;
    }
    return false;
}

bool admit_containers_refer(const struct value *pod, const char *key_ref, const char *from_ref)
{
    static const char *const lists[] = {"spec.initContainers", "spec.containers", "spec.ephemeralContainers"};
    for (size_t i = 0; i < ARRAY_LEN(lists); i++)
        VALUE_EACH_ITEM (c, value_at(pod, lists[i])) {
            VALUE_EACH_ITEM (e, value_at(c, "env"))
                if (!value_is_null(value_at(e, key_ref)))
                    return true;
            VALUE_EACH_ITEM (e, value_at(c, "envFrom"))
                if (!value_is_null(value_at(e, from_ref)))
                    return true;
        }
    return false;
}

static bool secrets_any(const struct value *pod)
{
    return value_count(value_at(pod, "spec.imagePullSecrets")) || admit_volumes_refer(pod, "secret") ||
           admit_containers_refer(pod, "valueFrom.secretKeyRef", "secretRef");
}

int account_validate(struct admit_request *q, struct admit_answer *ans, struct err *err)
{
    struct value account;
    if (!concerns(q))
        return 0;
    if (q->operation == ADMIT_CREATE && admit_is_mirror(q->object)) {
        if (value_text_at(q->object, "spec.serviceAccountName").n)
            return admit_forbid(q, ans, "a mirror pod may not reference service accounts");
        if (secrets_any(q->object))
            return admit_forbid(q, ans, "a mirror pod may not reference secrets");
        if (admit_volumes_refer(q->object, "serviceAccountToken"))
            return admit_forbid(q, ans, "a mirror pod may not use ServiceAccountToken volume projections");
        return 0;
    }
    if (!value_text_at(q->object, "spec.serviceAccountName").n)
        return admit_forbid(q, ans, "no service account specified for pod %.*s/%.*s", STR_FMT(q->namespace), STR_FMT(q->name));
    return q->operation == ADMIT_CREATE ? account_find(q, ans, &account, err) : 0;
}
