#include "serve/inside.h"

#include <sys/stat.h>

#include "http/http.h"

/* The server gives up what it does not need before it reads the first byte of anybody: another user than root, no
 * capability, no way back (no_new_privs), no file but its own (Landlock), no system call but a server's (seccomp).
 *
 * Its own are DATA/store, DATA/pki, DATA/backup and RUN/server. The other parts of both folders stay root's, since the
 * agent, which is root, believes what lies in them; the kubeconfigs in DATA are links into pki. Where the user cannot reach
 * the data folder (a closed folder above it) root stays, but without any capability. */
#define USER      "coracle"
#define FIRST_UID 61184 /* where systemd has its dynamic users: of nobody else's */
#define UIDS      4336

/* An account where there is one; else a number that is this instance's each time. */
static void choose(const struct settings *c, uid_t *uid, gid_t *gid)
{
    uint32_t h = 2166136261u;
    if (os_user_find(USER, uid, gid) == 0)
        return;
    for (const char *p = c->name; *p; p++)
        h = (h ^ (unsigned char)*p) * 16777619u;
    *uid = *gid = FIRST_UID + h % UIDS;
}

static int user_of(const struct settings *c, uid_t *uid, gid_t *gid, struct err *err)
{
    int64_t n;
    *uid = geteuid();
    *gid = getegid();
    if (*uid != 0)
        return 0;
    if (!c->user) {
        choose(c, uid, gid);
    } else if (str_to_int(str_of(c->user), &n) == 0 && n >= 0 && n < UINT32_MAX) {
        *uid = *gid = (uid_t)n;
    } else if (os_user_find(c->user, uid, gid) < 0) {
        return err_raise(err, -EINVAL, "user: there is no account \"%s\" on this host", c->user);
    }
    if (*uid == 0 || os_user_reaches(c->data_dir, *uid, *gid))
        return 0;
    if (c->user)
        return err_raise(err, -EACCES, "user: %s may not enter %s: a folder above it is closed", c->user, c->data_dir);
    log_warn("server", "stays root, without capabilities: a folder above %s is closed to others", c->data_dir);
    *uid = *gid = 0;
    return 0;
}

static int give(const char *folder, const char *name, mode_t mode, uid_t uid, gid_t gid, struct err *err)
{
    char path[OS_PATH_MAX];
    int r = os_path(path, "%s/%s", folder, name);
    if (r == 0)
        r = geteuid() == 0 ? os_dir_give(path, mode, uid, gid) : os_dir_make(path, mode);
    return r < 0 ? err_raise(err, r, "%s/%s: %s", folder, name, strerror(-r)) : 0;
}

int confine_folders(const struct settings *c, struct err *err)
{
    int r = os_dir_make(c->data_dir, 0711);
    if (r < 0)
        return err_raise(err, r, "%s: %s", c->data_dir, strerror(-r));
    r = os_dir_make(c->run_dir, 0755);
    return r < 0 ? err_raise(err, r, "%s: %s", c->run_dir, strerror(-r)) : 0;
}

static const char *folder_of(const struct settings *c, const char *path)
{
    struct str head, name;
    if (!str_cut_last(str_of(path), '/', &head, &name))
        return ".";
    return head.n ? arena_fmt(c->mem, "%.*s", STR_FMT(head)).p : "/";
}

/* Of the audit log; NULL: there is none, or it is no file. */
static const char *audit_folder(const struct settings *c)
{
    return c->audit_log && strcmp(c->audit_log, "-") != 0 ? folder_of(c, c->audit_log) : NULL;
}

/* A folder that is there belongs to somebody: whether the server may write there is for its owner to say. */
static int give_audit_folder(const struct settings *c, uid_t uid, gid_t gid, struct err *err)
{
    const char *folder = audit_folder(c);
    if (!folder || os_file_exists(folder))
        return 0;
    int r = geteuid() == 0 ? os_dir_give(folder, 0700, uid, gid) : os_dir_make(folder, 0700);
    return r < 0 ? err_raise(err, r, "audit-log-path: %s: %s", folder, strerror(-r)) : 0;
}

static int restrict_files(const struct settings *c, struct err *err)
{
    const char *log = audit_folder(c);
    const char *own[] = {arena_fmt(c->mem, "%s/store", c->data_dir).p,
                         arena_fmt(c->mem, "%s/pki", c->data_dir).p,
                         arena_fmt(c->mem, "%s/backup", c->data_dir).p,
                         arena_fmt(c->mem, "%s/server", c->run_dir).p,
                         "/dev/null",
                         log,
                         NULL};
    const char *reads[] = {"/usr/share/zoneinfo",
                           "/etc/localtime",
                           "/etc/resolv.conf",
                           "/run/systemd/resolve",
                           "/etc/hosts",
                           "/etc/nsswitch.conf",
                           "/etc/host.conf",
                           "/etc/gai.conf",
                           "/etc/services",
                           "/etc/ssl",
                           "/etc/pki",
                           "/usr/share/ca-certificates",
                           "/usr/local/share/ca-certificates",
                           "/usr/lib",
                           "/lib",
                           "/lib64",
                           "/proc/self",
                           "/proc/sys",
                           "/proc/meminfo",
                           "/proc/stat",
                           "/proc/cpuinfo",
                           "/sys/devices/system/cpu",
                           "/dev/urandom",
                           c->config ? c->config : "/etc/coracle",
                           NULL};
    const char *all[ARRAY_LEN(reads) + 16];
    size_t n = 0;
    for (; reads[n]; n++)
        all[n] = reads[n];
    const char *files[OUTSIDERS_FILES + 1]; /* read again while it runs: whoever replaces one makes a new file in its folder */
    outsiders_files(c, files);
    if (c->encryption_config)
        all[n++] = folder_of(c, c->encryption_config);
    if (c->admit_config)
        all[n++] = folder_of(c, c->admit_config);
    if (c->scheduler_config)
        all[n++] = folder_of(c, c->scheduler_config);
    if (c->queues_config)
        all[n++] = folder_of(c, c->queues_config);
    if (c->audit_policy)
        all[n++] = folder_of(c, c->audit_policy);
    if (c->audit_webhook)
        all[n++] = folder_of(c, c->audit_webhook);
    for (size_t i = 0; files[i]; i++)
        all[n++] = folder_of(c, files[i]);
    all[n] = NULL;
    int r = os_landlock(all, own);
    if (r == OS_ABSENT)
        log_warn("server", "this kernel has no Landlock: files are kept from the server by its user alone");
    return r < 0 ? err_raise(err, r, "Landlock: %s", strerror(-r)) : 0;
}

/* They are read after root's rights are given up: told here, where it is known why. */
static int check_settings(const struct settings *c, uid_t uid, struct err *err)
{
    const struct {
        const char *flag, *path;
    } files[] = {{"admission-control-config-file", c->admit_config},
                 {"encryption-provider-config", c->encryption_config},
                 {"scheduler-config", c->scheduler_config},
                 {"queues-config", c->queues_config},
                 {"audit-policy-file", c->audit_policy},
                 {"audit-webhook-config-file", c->audit_webhook},
                 {"authentication-config", c->authentication_config},
                 {"oidc-ca-file", c->oidc_ca_file},
                 {"authentication-token-webhook-config-file", c->token_webhook},
                 {"authorization-config", c->authorization_config},
                 {"authorization-webhook-config-file", c->access_webhook}};
    for (size_t i = 0; i < ARRAY_LEN(files); i++)
        if (files[i].path && os_file_forbidden(files[i].path))
            return err_raise(err, -EACCES, "%s: %s: the server runs as user %d (--user), who may not read this file or enter its folder",
                             files[i].flag, files[i].path, (int)uid);
    return 0;
}

int confine_server(struct settings *c, int *fd, struct err *err)
{
    uid_t uid;
    gid_t gid;
    int r = confine_folders(c, err);
    if (r == 0)
        r = user_of(c, &uid, &gid, err);
    static const struct {
        bool run;
        const char *name;
        mode_t mode;
    } own[] = {{false, "store", 0700}, {false, "pki", 0700}, {false, "backup", 0700}, {true, "server", 0755}};
    for (size_t i = 0; r == 0 && i < ARRAY_LEN(own); i++)
        r = give(own[i].run ? c->run_dir : c->data_dir, own[i].name, own[i].mode, uid, gid, err);
    if (r == 0)
        r = give_audit_folder(c, uid, gid, err);
    if (r == 0)
        r = pki_links(c, err);
    if (r == 0)
        r = http_listen(c->address, c->port, fd, err);
    if (r < 0)
        return r;
    r = os_user_become(uid, gid);
    if (r < 0)
        return err_raise(err, r, "cannot become user %d: %s", (int)uid, strerror(-r));
    r = check_settings(c, uid, err);
    if (r == 0)
        r = restrict_files(c, err);
    if (r < 0)
        return r;
    r = os_seccomp_server();
    if (r == OS_ABSENT)
        log_debug("server", "no system call filter in this kernel or build");
    return r < 0 ? err_raise(err, r, "seccomp: %s", strerror(-r)) : 0;
}
