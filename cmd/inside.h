/* What cmd's files share. Doors only: flags, wiring, messages for people. */
#ifndef CORACLE_CMD_INSIDE_H
#define CORACLE_CMD_INSIDE_H

#include "base/base.h"
#include "log/log.h"
#include "loop/loop.h"
#include "os/os.h"

#define CMD_LIST_MAX 16

/* Every setting of every command: a flag --data-dir, or a line data-dir: in the configuration file. */
struct cmd_config {
    const char *config, *name, *data_dir, *run_dir, *log_dir;
    const char *log_level, *log_format;
    /* server */
    const char *address, *advertise_address, *user;
    int port;
    const char *server_names[CMD_LIST_MAX + 1];
    const char *service_cidr, *pod_cidr, *cluster_dns, *cluster_domain;
    const char *enable;
    const char *admit_enable, *admit_disable, *admit_config;
    const char *audit_policy, *audit_log, *audit_webhook;
    int audit_size, audit_backups, audit_days, audit_batch, audit_wait;
    int seats, seats_mutating;
    const char *encryption_config, *scheduler_config;
    bool no_local_storage, queues, queues_fair_sharing;
    const char *authentication_config, *token_webhook, *token_webhook_version, *token_webhook_ttl;
    const char *authorization_config, *authorization_mode, *access_webhook, *access_webhook_version, *authorized_ttl, *unauthorized_ttl;
    const char *oidc_issuer_url, *oidc_client_id, *oidc_username_claim, *oidc_username_prefix, *oidc_groups_claim, *oidc_groups_prefix, *oidc_ca_file,
        *oidc_signing_algs;
    const char *oidc_required_claims[CMD_LIST_MAX + 1];
    /* agent */
    const char *node_name, *kubeconfig, *node_ip, *node_pod_cidr, *resolv_conf, *cgroup, *interface;
    const char *kubelet_address;
    int kubelet_port;
    const char *node_labels[CMD_LIST_MAX + 1], *node_taints[CMD_LIST_MAX + 1];
    const char *registry_mirrors[CMD_LIST_MAX + 1];
    int max_pods;
    const char *log_max_size;
    int log_max_files, log_interval;
    int image_high, image_low;
    int reserved_cpu, reserved_memory;
    const char *server, *token, *ca_hashes[CMD_LIST_MAX + 1];
    /* token */
    const char *ttl, *description;
    const char *eviction_hard, *eviction_soft, *eviction_soft_grace;
    int eviction_max_grace;
    int pressure_transition;
    const char *unsafe_sysctls[CMD_LIST_MAX + 1], *datasets[CMD_LIST_MAX + 1];
    /* explain */
    const char *namespace_, *output;
    int nodes;
    /* up */
    bool background;
    int wait_seconds;
    /* not flags */
    struct arena *mem;
    const char *self; /* path of this program */
    char **argv;      /* as it was started */
    int n_words;
    const char **words; /* what is no flag */
};

struct cmd_command {
    const char *name, *arguments, *about, *help;
    const char *flags; /* letters of the flag groups it takes: g(eneral) s(erver) c(luster) a(gent) u(p) t(oken) e(xplain) */
    int (*run)(struct cmd_config *c);
};
extern const struct cmd_command cmd_commands[];
extern const size_t cmd_commands_n;

/* flags.c */
int flags_parse(struct cmd_config *c, const struct cmd_command *command, int argc, char **argv, struct err *err) MUST_USE;
void flags_empty(struct cmd_config *c);                                          /* nothing is set yet */
int flags_text(struct cmd_config *c, struct str text, struct err *err) MUST_USE; /* a configuration file's; what is set already stays */
void flags_print(const struct cmd_command *command, struct buf *out);
void flags_pass(const struct cmd_config *c, const char *groups, const char **argv, size_t *n, size_t max); /* as they are now */
int flags_fill(struct cmd_config *c, struct err *err) MUST_USE;                                            /* what was left open */

/* status.c: files in the run folder by which processes of an instance know each other */
struct cmd_status {
    pid_t pid;
    int64_t started_ns, ready_ms; /* CLOCK_MONOTONIC at exec; milliseconds from there to ready, 0: not yet */
    char url[200];
    uint64_t born; /* the kernel's start time of pid, in its ticks: another process of that number has another */
};
int status_write(const struct cmd_config *c, const char *which, const struct cmd_status *s) MUST_USE;
int status_read(const struct cmd_config *c, const char *which, struct cmd_status *s) MUST_USE; /* -ENOENT, -ESRCH: it has ended */
void status_remove(const struct cmd_config *c, const char *which);
struct loop;
void status_watch_loop(struct loop *l); /* counts callbacks that hold it up, and tells of the worst; one loop a process */
struct cmd_status status_self(void);    /* this process; asked first thing in it, while it may still read /proc */

/* confine.c: what the server gives up before it starts */
int confine_server(struct cmd_config *c, int *fd, struct err *err) MUST_USE; /* fd: listens where the settings say */
int confine_folders(const struct cmd_config *c, struct err *err) MUST_USE;

/* outsiders.c: whom the server asks who somebody is and what he may do, beside what it knows itself */
struct auth;
struct auth_ask;
struct outsiders;
#define OUTSIDERS_FILES 8
/* The settings' files that are read again while the server runs; at most OUTSIDERS_FILES, ended by NULL. */
void outsiders_files(const struct cmd_config *c, const char *out[OUTSIDERS_FILES + 1]);
int outsiders_new(struct outsiders **out, const struct cmd_config *c, struct loop *loop, struct auth *auth, const char *own_issuer,
                  struct err *err) MUST_USE;
/* May he? 1: yes; 0: no; -EAGAIN: somebody outside is asked, the same question in a moment has the answer. */
int outsiders_may(struct outsiders *x, const struct auth_ask *q) MUST_USE;
struct outsiders *outsiders_free(struct outsiders *x); /* before the api and auth; NULL is fine */

/* pki.c */
int pki_links(const struct cmd_config *c, struct err *err) MUST_USE; /* DATA/admin.kubeconfig → pki/admin.kubeconfig … */
struct auth_pki;
int pki_open(const struct cmd_config *c, struct auth_pki **out, struct err *err) MUST_USE;
int pki_kubeconfigs(const struct cmd_config *c, const struct auth_pki *p, int port, struct err *err) MUST_USE;

/* joining.c: an agent's way into a cluster of another host */
bool joining_done(const struct cmd_config *c);  /* this folder's node has joined one: its keeper renews what it has */
bool joining_due(const struct cmd_config *c);   /* a token is given and there is no (valid) identity yet */
int joining_run(struct cmd_config *c) MUST_USE; /* 0: the files are there; told otherwise */
int joining_settings(struct cmd_config *c, int (*set)(struct cmd_config *c, struct str name, struct str value, struct err *err),
                     struct err *err) MUST_USE;

/* publish.c: what joining nodes read */
struct client;
struct auth_pki;
int publish_cluster(struct client *client, const struct cmd_config *c, const char *url, const struct auth_pki *pki, struct err *err) MUST_USE;

/* commands */
int server_main(struct cmd_config *c);
int agent_main(struct cmd_config *c);
int up_main(struct cmd_config *c);
int stop_main(struct cmd_config *c);
int check_main(struct cmd_config *c);
int image_main(struct cmd_config *c);
int apply_main(struct cmd_config *c);
int token_main(struct cmd_config *c);
int backup_main(struct cmd_config *c);
int restore_main(struct cmd_config *c);
int sim_main(struct cmd_config *c);
int status_main(struct cmd_config *c);
int explain_main(struct cmd_config *c);
int pod_init_main(struct cmd_config *c);

#endif
