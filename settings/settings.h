/* settings: what a command of this program is told, and what its processes tell
 * one another.
 *
 * One row a setting: flags, the configuration file (--config, YAML) and --help
 * read the same rows; what a cluster that is joined hands over fills in what
 * was left open. The files in the run folder say which process of an instance
 * is who, where it answers and when it became ready.
 *
 * Called by cmd and serve from a process's main thread, before and beside its
 * loop. A setting nobody knows, or a value it cannot have, is an error with its
 * name; nothing is guessed. */
#ifndef CORACLE_SETTINGS_H
#define CORACLE_SETTINGS_H

#include "base/base.h"
#include "log/log.h"
#include "loop/loop.h"
#include "os/os.h"

#define SETTINGS_LIST_MAX 16

/* Every setting of every command: a flag --data-dir, or a line data-dir: in the configuration file. */
struct settings {
    const char *config, *name, *data_dir, *run_dir, *log_dir;
    const char *log_level, *log_format;
    /* server */
    const char *address, *advertise_address, *user;
    int port;
    const char *server_names[SETTINGS_LIST_MAX + 1];
    const char *service_cidr, *pod_cidr, *cluster_dns, *cluster_domain;
    const char *enable;
    const char *admit_enable, *admit_disable, *admit_config;
    const char *audit_policy, *audit_log, *audit_webhook;
    int audit_size, audit_backups, audit_days, audit_batch, audit_wait;
    int seats, seats_mutating;
    const char *encryption_config, *scheduler_config;
    bool no_local_storage, queues, queues_fair_sharing;
    const char *queues_config;
    const char *authentication_config, *token_webhook, *token_webhook_version, *token_webhook_ttl;
    const char *authorization_config, *authorization_mode, *access_webhook, *access_webhook_version, *authorized_ttl, *unauthorized_ttl;
    const char *oidc_issuer_url, *oidc_client_id, *oidc_username_claim, *oidc_username_prefix, *oidc_groups_claim, *oidc_groups_prefix, *oidc_ca_file,
        *oidc_signing_algs;
    const char *oidc_required_claims[SETTINGS_LIST_MAX + 1];
    /* agent */
    const char *node_name, *kubeconfig, *node_ip, *node_pod_cidr, *resolv_conf, *cgroup, *interface;
    const char *kubelet_address;
    int kubelet_port;
    const char *node_labels[SETTINGS_LIST_MAX + 1], *node_taints[SETTINGS_LIST_MAX + 1];
    const char *registry_mirrors[SETTINGS_LIST_MAX + 1];
    int max_pods;
    const char *log_max_size;
    int log_max_files, log_interval;
    int image_high, image_low;
    int reserved_cpu, reserved_memory;
    const char *server, *token, *ca_hashes[SETTINGS_LIST_MAX + 1];
    /* token */
    const char *ttl, *description;
    const char *eviction_hard, *eviction_soft, *eviction_soft_grace;
    int eviction_max_grace;
    int pressure_transition;
    const char *unsafe_sysctls[SETTINGS_LIST_MAX + 1], *datasets[SETTINGS_LIST_MAX + 1];
    /* explain */
    const char *namespace_, *output;
    int nodes;
    /* up */
    bool background;
    int wait_seconds;
    /* not flags */
    struct arena *mem;
    uint8_t told[16]; /* switches that have been set, true or false, by the bits of their rows: what stands lower leaves them */
    const char *self; /* path of this program */
    char **argv;      /* as it was started */
    int n_words;
    const char **words; /* what is no flag */
};

struct settings_command {
    const char *name, *arguments, *about, *help;
    const char *flags; /* letters of the flag groups it takes: g(eneral) s(erver) c(luster) a(gent) u(p) t(oken) e(xplain) */
    int (*run)(struct settings *c);
};

/* ── flags and the configuration file ── */
int flags_parse(struct settings *c, const struct settings_command *command, int argc, char **argv, struct err *err) MUST_USE;
void flags_empty(struct settings *c);                                          /* nothing is set yet */
int flags_text(struct settings *c, struct str text, struct err *err) MUST_USE; /* a configuration file's; what is set already stays */
void flags_print(const struct settings_command *command, struct buf *out);
void flags_pass(const struct settings *c, const char *groups, const char **argv, size_t *n, size_t max); /* as they are now */
int flags_fill(struct settings *c, struct err *err) MUST_USE;                                            /* what was left open */

/* ── ranges: settings that take one value of each address family, with a comma between them ── */
struct ranges {
    const char *list[3]; /* ends with NULL */
    size_t n;
};
int ranges_split(struct arena *a, const char *text, struct ranges *out) MUST_USE; /* -E2BIG: more than two */
int ranges_check(struct settings *c, struct err *err) MUST_USE;                   /* all of them; cluster-dns is filled in */
const char *ranges_nth(struct settings *c, const char *cidrs, unsigned n);        /* "10.96.0.1,fd00:96::1"; NULL: no memory */
const char *ranges_first_node(struct settings *c);                                /* node-pod-cidr of the first node */
bool ranges_six(const struct settings *c);                                        /* IPv6 is among them */
bool ranges_first_six(const char *text);                                          /* … and the first one */
const char *ranges_address(char found[][64], size_t n, bool of_six);              /* the first of that family, or NULL */

/* ── status: files in the run folder by which processes of an instance know each other ── */
struct status {
    pid_t pid;
    int64_t started_ns, ready_ms; /* CLOCK_MONOTONIC at exec; milliseconds from there to ready, 0: not yet */
    char url[200];
    uint64_t born; /* the kernel's start time of pid, in its ticks: another process of that number has another */
};
int status_write(const struct settings *c, const char *which, const struct status *s) MUST_USE;
int status_read(const struct settings *c, const char *which, struct status *s) MUST_USE; /* -ENOENT, -ESRCH: it has ended */
void status_remove(const struct settings *c, const char *which);
struct loop;
void status_watch_loop(struct loop *l); /* counts callbacks that hold it up, and tells of the worst; one loop a process */
struct status status_self(void);        /* this process; asked first thing in it, while it may still read /proc */
int status_main(struct settings *c);    /* coracle status */

/* ── an agent's way into a cluster of another host ── */
bool joining_done(const struct settings *c);  /* this folder's node has joined one: its keeper renews what it has */
bool joining_due(const struct settings *c);   /* a token is given and there is no (valid) identity yet */
int joining_run(struct settings *c) MUST_USE; /* 0: the files are there; told otherwise */
int joining_settings(struct settings *c, int (*set)(struct settings *c, struct str name, struct str value, struct err *err),
                     struct err *err) MUST_USE;

#endif
