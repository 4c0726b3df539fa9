#include "life/inside.h"

/* Users of pods with hostUsers: false (KEP-127), each 65536 of them, which no other pod of this node has. Where the machine's
 * administrator has set some aside for the kubelet (an entry `kubelet` in /etc/subuid and /etc/subgid, as upstream), they are
 * taken from there alone. Else which block of the machine's users this node takes them from follows from its folder, so that
 * clusters beside each other differ. */
#define USERS_EACH  65536u
#define USERS_SLOTS 128u
#define FILE_BYTES  (1u << 20)

/* The entry's numbers; 0, LIFE_USERS_NONE, or why they cannot be used. */
static int entry(struct str text, const char *file, int64_t *first, int64_t *count, struct err *err)
{
    struct str line, name, numbers, start, length;
    int found = 0;
    while (str_next(&text, '\n', &line)) {
        if (!str_cut(str_trim(line), ':', &name, &numbers) || !str_is(name, "kubelet"))
            continue;
        if (found++)
            return err_raise(err, -EINVAL, "%s: more than one range for kubelet", file);
        if (!str_cut(numbers, ':', &start, &length) || str_to_int(start, first) < 0 || str_to_int(length, count) < 0)
            return err_raise(err, -EINVAL, "%s: \"%.*s\" is not NAME:FIRST:COUNT", file, STR_FMT(line));
        if (*first < USERS_EACH || *first % USERS_EACH != 0 || *count < USERS_EACH || *count % USERS_EACH != 0 || *first > UINT32_MAX ||
            *count > (int64_t)UINT32_MAX + 1 - *first)
            return err_raise(
                err, -EINVAL,
                "%s: kubelet's range %lld:%lld must begin at a multiple of 65536 above 0, be so many times 65536 long, and end below 2^32", file,
                (long long)*first, (long long)*count);
    }
    return found ? 0 : LIFE_USERS_NONE;
}

int life_users_read(struct str subuid, struct str subgid, struct life_users *out, struct err *err)
{
    int64_t first = 0, count = 0, group_first = 0, group_count = 0;
    int r = entry(subuid, "/etc/subuid", &first, &count, err), g = r < 0 ? r : entry(subgid, "/etc/subgid", &group_first, &group_count, err);
    if (r < 0 || g < 0)
        return r < 0 ? r : g;
    if (r != g || first != group_first || count != group_count)
        return err_raise(err, -EINVAL, "kubelet's ranges in /etc/subuid and /etc/subgid differ");
    if (r == LIFE_USERS_NONE)
        return r;
    *out = (struct life_users){.first = (uint32_t)first, .slots = (uint32_t)(count / USERS_EACH)};
    return 0;
}

static int set_aside(struct life_users *out, struct err *err)
{
    SCOPED_BUF uids = BUF_INIT(FILE_BYTES);
    SCOPED_BUF gids = BUF_INIT(FILE_BYTES);
    int r = os_file_read("/etc/subuid", FILE_BYTES, &uids);
    if (r < 0 && r != -ENOENT)
        return err_raise(err, r, "/etc/subuid: %s", strerror(-r));
    r = os_file_read("/etc/subgid", FILE_BYTES, &gids);
    if (r < 0 && r != -ENOENT)
        return err_raise(err, r, "/etc/subgid: %s", strerror(-r));
    return life_users_read(buf_view(&uids), buf_view(&gids), out, err);
}

static bool taken(struct pod_host *h, uint32_t base)
{
    for (struct runtime_pod *p = NULL; (p = runtime_pod_next(h->runtime, p)) != NULL;)
        if (runtime_pod_user_base(p) == base)
            return true;
    return false;
}

int life_users_choose(struct pod_host *h, uint32_t *base, struct err *err)
{
    struct life_users users;
    int r = set_aside(&users, err);
    if (r < 0)
        return r;
    if (r == LIFE_USERS_NONE)
        users = (struct life_users){.first = (1 + (uint32_t)(str_hash(str_of(h->data)) % 500) * USERS_SLOTS) * USERS_EACH,
                                    .slots = MAX(USERS_SLOTS, h->pods_max)};
    for (uint32_t slot = 0; slot < users.slots; slot++) {
        *base = users.first + slot * USERS_EACH;
        if (!taken(h, *base))
            return 0;
    }
    return err_raise(err, -ENOSPC, "no users are left for spec.hostUsers: false");
}
