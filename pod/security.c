#include "pod/pod.h"

/* securityContext of pod and container → who runs with what. */

/* The container's own word, else the pod's. */
static const struct value *word(const struct container *c, const char *name)
{
    const struct value *own = value_get(value_at(c->spec, "securityContext"), str_of(name));
    if (!value_is_null(own))
        return own;
    return value_get(value_at(pod_worker_spec(c->worker), "securityContext"), str_of(name));
}

static const char *const *texts(struct arena *a, const struct value *list)
{
    const char **out = arena_alloc(a, (value_count(list) + 1) * sizeof(char *));
    size_t n = 0;
    if (!out)
        return NULL;
    VALUE_EACH_ITEM (v, list)
        out[n++] = arena_fmt(a, "%.*s", STR_FMT(value_text(v))).p;
    return out;
}

static int add_groups(struct arena *a, struct container *c, const struct runtime_user *user, struct runtime_container_options *o)
{
    const struct value *pod = value_at(pod_worker_spec(c->worker), "securityContext"), *more = value_at(pod, "supplementalGroups");
    int64_t fs_group = value_int_at(pod, "fsGroup", -1);
    bool strict = str_is(value_text_at(pod, "supplementalGroupsPolicy"), "Strict");
    uint32_t *out = arena_alloc(a, (user->n_groups + value_count(more) + 1) * sizeof(uint32_t));
    size_t n = 0;
    if (!out)
        return -ENOMEM;
    for (size_t i = 0; i < user->n_groups && !strict; i++)
        out[n++] = user->groups[i];
    VALUE_EACH_ITEM (g, more)
        out[n++] = (uint32_t)value_int(g, 0);
    if (fs_group >= 0)
        out[n++] = (uint32_t)fs_group;
    o->groups = out;
    o->n_groups = n;
    return 0;
}

static int set_user(struct arena *a, struct container *c, const struct value *image, const char *rootfs, struct runtime_container_options *o,
                    struct err *err)
{
    const struct value *uid = word(c, "runAsUser"), *gid = word(c, "runAsGroup");
    struct str named = value_text_at(image, "User");
    struct runtime_user user;
    struct str asked = value_is_null(uid) ? named : arena_fmt(a, "%lld", (long long)value_int(uid, 0));
    int r = runtime_user_find(rootfs, asked, &user, err);
    if (r < 0)
        return r;
    if (!value_is_null(gid))
        user.gid = (uint32_t)value_int(gid, 0);
    if (value_bool(word(c, "runAsNonRoot"), false)) {
        if (user.by_name && value_is_null(uid))
            return err_raise(err, -EPERM,
                             "container has runAsNonRoot and image has non-numeric user (%.*s), cannot verify user is non-root (pod: \"%s_%s(%s)\", "
                             "container: %s)",
                             STR_FMT(named), c->worker->name, c->worker->ns, c->worker->uid, c->name);
        if (user.uid == 0)
            return err_raise(err, -EPERM,
                             value_is_null(uid) ? "container has runAsNonRoot and image will run as root (pod: \"%s_%s(%s)\", container: %s)"
                                                : "container's runAsUser breaks non-root policy (pod: \"%s_%s(%s)\", container: %s)",
                             c->worker->name, c->worker->ns, c->worker->uid, c->name);
    }
    o->uid = user.uid;
    o->gid = user.gid;
    r = add_groups(a, c, &user, o);
    if (r < 0)
        return r;
    c->user.known = true;
    c->user.uid = o->uid;
    c->user.gid = c->user.groups[0] = o->gid;
    c->user.n_groups = 1;
    for (size_t i = 0; i < o->n_groups && c->user.n_groups < ARRAY_LEN(c->user.groups); i++)
        if (o->groups[i] != o->gid)
            c->user.groups[c->user.n_groups++] = o->groups[i];
    return 0;
}

static int set_seccomp(struct arena *a, struct container *c, struct runtime_container_options *o, struct err *err)
{
    const struct value *profile = word(c, "seccompProfile");
    struct str type = value_text_at(profile, "type");
    o->seccomp = RUNTIME_SECCOMP_UNCONFINED;
    if (o->privileged || !type.n || str_is(type, "Unconfined"))
        return 0;
    if (str_is(type, "RuntimeDefault")) {
        o->seccomp = RUNTIME_SECCOMP_DEFAULT;
        return 0;
    }
    if (!str_is(type, "Localhost"))
        return err_raise(err, -EINVAL, "seccompProfile.type \"%.*s\": not known", STR_FMT(type));
    o->seccomp = RUNTIME_SECCOMP_LOCALHOST;
    o->seccomp_file = arena_fmt(a, "%.*s", STR_FMT(value_text_at(profile, "localhostProfile"))).p;
    return o->seccomp_file ? 0 : err_raise(err, -ENOMEM, "no memory for a profile");
}

int pod_security_make(struct arena *a, struct container *c, const struct value *image_config, const char *rootfs, struct runtime_container_options *o,
                      struct err *err)
{
    const struct value *own = value_at(c->spec, "securityContext");
    o->privileged = value_bool_at(own, "privileged", false);
    o->read_only_root = value_bool_at(own, "readOnlyRootFilesystem", false);
    o->no_new_privileges = !value_bool_at(own, "allowPrivilegeEscalation", true);
    o->proc_unmasked = str_is(value_text_at(own, "procMount"), "Unmasked");
    o->cap_add = texts(a, value_at(own, "capabilities.add"));
    o->cap_drop = texts(a, value_at(own, "capabilities.drop"));
    if (!o->cap_add || !o->cap_drop)
        return err_raise(err, -ENOMEM, "no memory for capabilities");
    int r = set_user(a, c, image_config, rootfs, o, err);
    return r < 0 ? r : set_seccomp(a, c, o, err);
}
