#include "settings/settings.h"

#include "yaml/yaml.h"

/* One row a setting; flags, configuration file and help read the same rows. */
enum kind { TEXT, NUMBER, SIGNED, SWITCH, LIST }; /* NUMBER: 0 and up */
#define UNSET INT_MIN                             /* a number nobody has given */

struct row {
    const char *name;
    char group;
    enum kind kind;
    size_t offset;
    const char *value, *help;
};

#define AT(field) offsetof(struct settings, field)
static const struct row rows[] = {
    {"config", 'g', TEXT, AT(config), "FILE", "settings as YAML, a line each, named as these flags [none]"},
    {"name", 'g', TEXT, AT(name), "NAME", "of this instance, at most 8 letters; folders, links, tables and cgroups are named after it [coracle]"},
    {"data-dir", 'g', TEXT, AT(data_dir), "DIR", "what must outlive a reboot [/var/lib/NAME]"},
    {"run-dir", 'g', TEXT, AT(run_dir), "DIR", "what must not [/run/NAME]"},
    {"log-level", 'g', TEXT, AT(log_level), "LEVEL", "error, warn, info or debug [info]"},
    {"log-format", 'g', TEXT, AT(log_format), "FORM", "text or json [text]"},
    {"address", 's', TEXT, AT(address), "IP", "where the API server listens [0.0.0.0; with IPv6 ::]"},
    {"port", 's', NUMBER, AT(port), "PORT", "… and its port [6443]"},
    {"advertise-address", 's', TEXT, AT(advertise_address), "IP", "by which pods and nodes reach the API server [this host's first]"},
    {"user", 's', TEXT, AT(user), "NAME",
     "whom a server started as root becomes [coracle where there is such an account; else a user number of its own]"},
    {"server-name", 's', LIST, AT(server_names), "NAME", "more names and addresses for its certificate"},
    {"pod-cidr", 'c', TEXT, AT(pod_cidr), "CIDRS",
     "addresses of pods, a /24 of it for each node (IPv6: a /64); one of each family with a comma: dual stack [10.244.0.0/16]"},
    {"service-cidr", 'c', TEXT, AT(service_cidr), "CIDRS",
     "addresses of services, also one of each family: the first is that of Services that do not say [10.96.0.0/16]"},
    {"enable", 's', TEXT, AT(enable), "LIST", "API versions below GA to serve, group/version,… [none]"},
    {"enable-admission-plugins", 's', TEXT, AT(admit_enable), "LIST",
     "admission plugins to run beside the usual ones: AlwaysPullImages, EventRateLimit, PodNodeSelector, OwnerReferencesPermissionEnforcement "
     "[none]"},
    {"disable-admission-plugins", 's', TEXT, AT(admit_disable), "LIST", "… and usual ones not to run, by upstream's names [none]"},
    {"admission-control-config-file", 's', TEXT, AT(admit_config), "FILE", "AdmissionConfiguration: settings of plugins (EventRateLimit) [none]"},
    {"encryption-provider-config", 's', TEXT, AT(encryption_config), "FILE",
     "EncryptionConfiguration: which resources are encrypted at rest, with which keys; read again when it changes [none are]"},
    {"scheduler-config", 's', TEXT, AT(scheduler_config), "FILE",
     "KubeSchedulerConfiguration: profiles, plugins and their weights, HTTP extenders (their files in the same folder) [upstream's defaults]"},
    {"disable-local-storage", 's', SWITCH, AT(no_local_storage), NULL,
     "no default StorageClass coracle-local, whose claims become folders on the nodes their pods run on"},
    {"queues", 's', SWITCH, AT(queues), NULL,
     "Kueue's API and controllers: jobs with the label kueue.x-k8s.io/queue-name wait for quota; not where Kueue itself is installed"},
    {"queues-fair-sharing", 's', SWITCH, AT(queues_fair_sharing), NULL,
     "… and who goes first, and who is preempted, is judged by the share its queue has of what can be borrowed"},
    {"queues-config", 's', TEXT, AT(queues_config), "FILE",
     "… and Kueue's Configuration: of it waitForPodsReady (with its requeuingStrategy) and fairSharing [neither]"},
    {"max-requests-inflight", 's', NUMBER, AT(seats), "N",
     "with the next one, requests that are served at once, shared out by priority levels [400]"},
    {"max-mutating-requests-inflight", 's', NUMBER, AT(seats_mutating), "N", "… [200]"},
    {"audit-policy-file", 's', TEXT, AT(audit_policy), "FILE", "which requests the audit log has, an audit.k8s.io/v1 Policy [none: there is no log]"},
    {"audit-log-path", 's', TEXT, AT(audit_log), "FILE", "the log, in a folder of its own; - is standard output [none]"},
    {"audit-log-maxsize", 's', NUMBER, AT(audit_size), "MIB", "then a new file is begun [100]"},
    {"audit-log-maxbackup", 's', NUMBER, AT(audit_backups), "N", "older files are kept so many [10]"},
    {"audit-log-maxage", 's', NUMBER, AT(audit_days), "DAYS", "… and so long [30]"},
    {"audit-webhook-config-file", 's', TEXT, AT(audit_webhook), "FILE", "a kubeconfig: where events are posted to [none]"},
    {"audit-webhook-batch-max-size", 's', NUMBER, AT(audit_batch), "N", "events of one post [400]"},
    {"audit-webhook-batch-max-wait", 's', NUMBER, AT(audit_wait), "SECONDS", "an event waits for others so long [30]"},
    {"authentication-config", 's', TEXT, AT(authentication_config), "FILE",
     "AuthenticationConfiguration: issuers of JWTs and how their claims become users, anonymous requests; read again when it changes"},
    {"authentication-token-webhook-config-file", 's', TEXT, AT(token_webhook), "FILE",
     "kubeconfig of a service that is asked whose a token is (TokenReview)"},
    {"authentication-token-webhook-version", 's', TEXT, AT(token_webhook_version), "VERSION", "… in which version, v1 or v1beta1 [v1beta1]"},
    {"authentication-token-webhook-cache-ttl", 's', TEXT, AT(token_webhook_ttl), "TIME", "… how long its answers count [2m]"},
    {"authorization-config", 's', TEXT, AT(authorization_config), "FILE",
     "AuthorizationConfiguration: who decides who may do what, in which order; read again when it changes"},
    {"authorization-mode", 's', TEXT, AT(authorization_mode), "LIST",
     "the same told by a flag: Node, RBAC, Webhook, AlwaysAllow, AlwaysDeny [Node,RBAC]"},
    {"authorization-webhook-config-file", 's', TEXT, AT(access_webhook), "FILE", "… kubeconfig of the mode Webhook (SubjectAccessReview)"},
    {"authorization-webhook-version", 's', TEXT, AT(access_webhook_version), "VERSION", "… in which version, v1 or v1beta1 [v1beta1]"},
    {"authorization-webhook-cache-authorized-ttl", 's', TEXT, AT(authorized_ttl), "TIME", "… how long its yes counts [5m]"},
    {"authorization-webhook-cache-unauthorized-ttl", 's', TEXT, AT(unauthorized_ttl), "TIME", "… and its no [30s]"},
    {"oidc-issuer-url", 's', TEXT, AT(oidc_issuer_url), "URL", "one OpenID issuer, told by flags instead"},
    {"oidc-client-id", 's', TEXT, AT(oidc_client_id), "ID", "… the audience of its tokens"},
    {"oidc-username-claim", 's', TEXT, AT(oidc_username_claim), "CLAIM", "… the claim that is the user's name [sub]"},
    {"oidc-username-prefix", 's', TEXT, AT(oidc_username_prefix), "TEXT", "… put before it; \"-\": nothing [URL#; nothing for the claim email]"},
    {"oidc-groups-claim", 's', TEXT, AT(oidc_groups_claim), "CLAIM", "… the claim that lists groups [none]"},
    {"oidc-groups-prefix", 's', TEXT, AT(oidc_groups_prefix), "TEXT", "… put before each"},
    {"oidc-required-claim", 's', LIST, AT(oidc_required_claims), "CLAIM=VALUE", "… must stand in its tokens"},
    {"oidc-signing-algs", 's', TEXT, AT(oidc_signing_algs), "LIST", "… algorithms its tokens may be signed with [RS256]"},
    {"oidc-ca-file", 's', TEXT, AT(oidc_ca_file), "FILE", "… the authority of its certificate [the host's]"},
    {"cluster-dns", 'c', TEXT, AT(cluster_dns), "IPS", "address of the cluster's DNS, also one of each family [the tenth of service-cidr]"},
    {"cluster-domain", 'c', TEXT, AT(cluster_domain), "NAME", "the cluster's domain [cluster.local]"},
    {"node-name", 'a', TEXT, AT(node_name), "NAME", "of the Node object [the host's name]"},
    {"node-ip", 'a', TEXT, AT(node_ip), "IPS", "this node's address, also one of each family [this host's first of the families pods have]"},
    {"node-pod-cidr", 'a', TEXT, AT(node_pod_cidr), "CIDRS",
     "addresses of this node's pods [given by the server; with up: the first /24, IPv6 the first /64]"},
    {"dataset", 'a', LIST, AT(datasets), "NAME=PATH",
     "folders with data that pods read: how much lies there is told, for placing them (coracle.dev/datasets)"},
    {"node-label", 'a', LIST, AT(node_labels), "KEY=VALUE", "labels of the Node"},
    {"node-taint", 'a', LIST, AT(node_taints), "KEY=VALUE:EFFECT", "taints of the Node"},
    {"kubeconfig", 'a', TEXT, AT(kubeconfig), "FILE", "how the agent reaches the API server [DATA-DIR/agent.kubeconfig]"},
    {"server", 'a', TEXT, AT(server), "URL", "join the cluster at https://HOST:PORT, once"},
    {"token", 'a', TEXT, AT(token), "ID.SECRET", "… with this bootstrap token; \"coracle token create\" makes one"},
    {"ca-hash", 'a', LIST, AT(ca_hashes), "sha256:HEX", "… whose authority has a key of this hash [not asked for]"},
    {"kubelet-address", 'a', TEXT, AT(kubelet_address), "IP", "where the agent answers logs, exec and port-forward [0.0.0.0]"},
    {"kubelet-port", 'a', NUMBER, AT(kubelet_port), "PORT", "… and its port [10250]"},
    {"resolv-conf", 'a', TEXT, AT(resolv_conf), "FILE", "this node's own resolver settings [/etc/resolv.conf]"},
    {"cgroup", 'a', TEXT, AT(cgroup), "NAME", "root of the pods' cgroups [NAME]"},
    {"registry-mirror", 'a', LIST, AT(registry_mirrors), "HOST=URL", "where images of a registry are asked for first"},
    {"max-pods", 'a', NUMBER, AT(max_pods), "N", "most pods on this node [110]"},
    {"image-gc-high-threshold", 'a', NUMBER, AT(image_high), "PERCENT",
     "of the images' disk in use: then unused images go, longest unused first [85]"},
    {"image-gc-low-threshold", 'a', NUMBER, AT(image_low), "PERCENT", "… until so much is [80]"},
    {"container-log-max-size", 'a', TEXT, AT(log_max_size), "SIZE", "over which a container's log is begun anew [10Mi]"},
    {"container-log-max-files", 'a', NUMBER, AT(log_max_files), "N", "so many files of it are kept, the present one included [5]"},
    {"container-log-monitor-interval", 'a', NUMBER, AT(log_interval), "SECONDS", "how often that is looked after [10]"},
    {"reserved-cpu", 'a', NUMBER, AT(reserved_cpu), "MILLI", "processor time kept from pods, in thousandths of a core [0]"},
    {"reserved-memory", 'a', NUMBER, AT(reserved_memory), "MIB", "memory kept from pods [0]"},
    {"ttl", 't', TEXT, AT(ttl), "TIME", "life of a token, 90m, 24h, 7d; 0: no end [24h]"},
    {"description", 't', TEXT, AT(description), "TEXT", "what a token is for"},
    {"eviction-hard", 'a', TEXT, AT(eviction_hard), "LIST",
     "below which amounts pods are evicted [memory.available<100Mi,nodefs.available<10%,nodefs.inodesFree<5%,imagefs.available<15%]"},
    {"eviction-soft", 'a', TEXT, AT(eviction_soft), "LIST", "below which amounts pods are evicted once their time has passed [none]"},
    {"eviction-soft-grace-period", 'a', TEXT, AT(eviction_soft_grace), "LIST", "… which is, for each of them: memory.available=1m30s"},
    {"eviction-max-pod-grace-period", 'a', SIGNED, AT(eviction_max_grace), "SECONDS",
     "how long such a pod may take to end; -1: as long as it asks for [0]"},
    {"eviction-pressure-transition-period", 'a', NUMBER, AT(pressure_transition), "SECONDS", "how long a condition of pressure stays at least [300]"},
    {"allowed-unsafe-sysctls", 'a', LIST, AT(unsafe_sysctls), "NAME", "system settings that pods may set though others feel it"},
    {"namespace", 'e', TEXT, AT(namespace_), "NAME", "of the pod; -n for short [the kubeconfig's, else default]"},
    {"output", 'e', TEXT, AT(output), "FORM", "table or json, the whole record; -o for short [table]"},
    {"nodes", 'e', NUMBER, AT(nodes), "N", "how many nodes that do not fit are shown [20]"},
    {"background", 'u', SWITCH, AT(background), NULL, "come back once the node is ready, and leave the cluster running"},
    {"wait", 'u', NUMBER, AT(wait_seconds), "SECONDS", "how long --background waits for the node [60]"},
};

static const struct row *row_find(struct str name)
{
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        if (str_is(name, rows[i].name))
            return &rows[i];
    return NULL;
}

static bool is_number(const struct row *r)
{
    return r->kind == NUMBER || r->kind == SIGNED;
}

static void *place(struct settings *c, const struct row *r)
{
    return (char *)c + r->offset;
}

_Static_assert(ARRAY_LEN(rows) <= 8 * sizeof((struct settings){0}.told), "a bit for each row");

static bool told(const struct settings *c, const struct row *r)
{
    size_t i = (size_t)(r - rows);
    return c->told[i / 8] & (1u << i % 8);
}

static void tell(struct settings *c, const struct row *r)
{
    size_t i = (size_t)(r - rows);
    c->told[i / 8] |= (uint8_t)(1u << i % 8);
}

static int set(struct settings *c, const struct row *r, const char *text, bool from_file, struct err *err)
{
    int64_t n;
    if (r->kind == TEXT) {
        const char **to = place(c, r);
        if (!*to || !from_file) /* a flag stands above the file */
            *to = text;
    } else if (is_number(r)) {
        int *to = place(c, r);
        if (str_to_int(str_of(text), &n) < 0 || n < (r->kind == SIGNED ? -INT32_MAX : 0) || n > INT32_MAX)
            return err_raise(err, -EINVAL, "%s: \"%s\" is not a number", r->name, text);
        if (*to == UNSET || !from_file)
            *to = (int)n;
    } else if (r->kind == SWITCH) {
        bool on = strcmp(text, "true") == 0;
        if (!on && strcmp(text, "false") != 0)
            return err_raise(err, -EINVAL, "%s: \"%s\" is neither true nor false", r->name, text);
        if (!from_file || !told(c, r))
            *(bool *)place(c, r) = on;
        tell(c, r);
    } else {
        const char **list = place(c, r);
        size_t k = 0;
        while (k < SETTINGS_LIST_MAX && list[k])
            k++;
        if (k == SETTINGS_LIST_MAX)
            return err_raise(err, -E2BIG, "%s: at most %d of it", r->name, SETTINGS_LIST_MAX);
        list[k] = text;
    }
    return 0;
}

/* ── the file ── */

static int set_value(struct settings *c, const struct row *r, const struct value *v, struct err *err)
{
    struct str text = value_text(v);
    if (v->type == VALUE_INT)
        text = arena_fmt(c->mem, "%lld", (long long)v->integer);
    else if (v->type == VALUE_BOOL)
        text = v->boolean ? STR("true") : STR("false");
    else if (v->type != VALUE_TEXT)
        return err_raise(err, -EINVAL, "%s: must be a text, a number or true/false", r->name);
    const char *copy = arena_text(c->mem, text.p, text.n);
    return copy ? set(c, r, copy, true, err) : err_raise(err, -ENOMEM, "no memory for the settings");
}

int flags_text(struct settings *c, struct str text, struct err *err)
{
    struct value root = {0};
    int r = yaml_parse(c->mem, text, NULL, &root, err);
    if (r < 0)
        return r;
    if (root.type != VALUE_MAP && root.type != VALUE_NULL)
        return err_raise(err, -EINVAL, "settings must stand in lines NAME: VALUE");
    VALUE_EACH_MEMBER (m, &root) {
        const struct row *row = row_find(m->key);
        if (!row)
            return err_raise(err, -EINVAL, "\"%.*s\" is no setting", STR_FMT(m->key));
        r = 0;
        if (row->kind == LIST && m->value.type == VALUE_LIST)
            VALUE_EACH_ITEM (item, &m->value)
                r = r < 0 ? r : set_value(c, row, item, err);
        else
            r = set_value(c, row, &m->value, err);
        if (r < 0)
            return r;
    }
    return 0;
}

static int read_file(struct settings *c, struct err *err)
{
    SCOPED_BUF text = BUF_INIT(0);
    int r = os_file_read(c->config, 1u << 20, &text);
    if (r < 0)
        return err_raise(err, r, "%s: %s", c->config, strerror(-r));
    r = flags_text(c, buf_view(&text), err);
    return r < 0 ? err_wrap(err, r, "%s", c->config) : 0;
}

/* ── the line ── */

static int parse_one(struct settings *c, const struct settings_command *command, int argc, char **argv, int *i, struct err *err)
{
    struct str name, value;
    bool joined = str_cut(str_of(argv[*i] + 2), '=', &name, &value);
    const struct row *r = row_find(name);
    if (!r || !strchr(command->flags, r->group))
        return err_raise(err, -EINVAL, "--%.*s is no flag of \"coracle %s\"; see coracle %s --help", STR_FMT(name), command->name, command->name);
    if (r->kind == SWITCH)
        return set(c, r, joined ? value.p : "true", false, err);
    if (!joined && *i + 1 >= argc)
        return err_raise(err, -EINVAL, "--%s needs a %s", r->name, r->value);
    return set(c, r, joined ? value.p : argv[++*i], false, err);
}

/* What the cluster says of itself stands below flags and file; of what it may say only cluster settings count. */
static int set_cluster(struct settings *c, struct str name, struct str value, struct err *err)
{
    const struct row *r = row_find(name);
    const char *copy = arena_text(c->mem, value.p ? value.p : "", value.n);
    if (!copy)
        return err_raise(err, -ENOMEM, "no memory for the settings");
    return r && r->group == 'c' && r->kind == TEXT && !*(const char **)place(c, r) ? set(c, r, copy, true, err) : 0;
}

void flags_empty(struct settings *c)
{
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        if (is_number(&rows[i]))
            *(int *)place(c, &rows[i]) = UNSET;
}

int flags_parse(struct settings *c, const struct settings_command *command, int argc, char **argv, struct err *err)
{
    int r = 0;
    flags_empty(c);
    c->words = arena_alloc(c->mem, ((size_t)argc + 1) * sizeof(char *));
    if (!c->words)
        return err_raise(err, -ENOMEM, "no memory for the settings");
    for (int i = 0; r == 0 && i < argc; i++) {
        if (strncmp(argv[i], "--", 2) == 0 && argv[i][2])
            r = parse_one(c, command, argc, argv, &i, err);
        else
            c->words[c->n_words++] = argv[i];
    }
    if (r == 0 && c->config)
        r = read_file(c, err);
    if (r == 0 && strchr(command->flags, 'a'))
        r = joining_settings(c, set_cluster, err);
    return r < 0 ? r : flags_fill(c, err);
}

static void text_or(const char **to, const char *otherwise)
{
    if (!*to)
        *to = otherwise;
}

static void number_or(int *to, int otherwise)
{
    if (*to == UNSET)
        *to = otherwise;
}

int flags_fill(struct settings *c, struct err *err)
{
    static char host[256];
    text_or(&c->name, "coracle");
    if (strlen(c->name) > 8 || strspn(c->name, "abcdefghijklmnopqrstuvwxyz0123456789-") != strlen(c->name))
        return err_raise(err, -EINVAL, "name: \"%s\" must be at most 8 of a-z, 0-9 and -", c->name);
    text_or(&c->data_dir, arena_fmt(c->mem, "/var/lib/%s", c->name).p);
    text_or(&c->run_dir, arena_fmt(c->mem, "/run/%s", c->name).p);
    text_or(&c->log_dir, arena_fmt(c->mem, "%s/logs", c->data_dir).p);
    text_or(&c->log_level, "info");
    text_or(&c->log_format, "text");
    number_or(&c->port, 6443);
    text_or(&c->service_cidr, "10.96.0.0/16");
    text_or(&c->pod_cidr, "10.244.0.0/16");
    int r = ranges_check(c, err);
    if (r < 0)
        return r;
    text_or(&c->address, ranges_six(c) ? "::" : "0.0.0.0"); /* :: takes IPv4, too */
    text_or(&c->cluster_domain, "cluster.local");
    text_or(&c->kubelet_address, ranges_six(c) ? "::" : "0.0.0.0");
    number_or(&c->kubelet_port, 10250);
    text_or(&c->cgroup, c->name);
    text_or(&c->kubeconfig, arena_fmt(c->mem, "%s/agent.kubeconfig", c->data_dir).p);
    number_or(&c->seats, 400);
    number_or(&c->seats_mutating, 200);
    number_or(&c->audit_size, 100);
    number_or(&c->audit_backups, 10);
    number_or(&c->audit_days, 30);
    number_or(&c->audit_batch, 400);
    number_or(&c->audit_wait, 30);
    number_or(&c->max_pods, 110);
    number_or(&c->image_high, 85);
    number_or(&c->image_low, 80);
    text_or(&c->log_max_size, "10Mi");
    number_or(&c->log_max_files, 5);
    number_or(&c->log_interval, 10);
    number_or(&c->reserved_cpu, 0);
    number_or(&c->reserved_memory, 0);
    number_or(&c->wait_seconds, 60);
    number_or(&c->pressure_transition, 300);
    number_or(&c->eviction_max_grace, 0);
    if (!c->node_name) {
        if (os_hostname(host) < 0)
            return err_raise(err, -EINVAL, "node-name: this host has no name");
        c->node_name = host;
    }
    enum log_level level;
    if (log_level_parse(str_of(c->log_level), &level) < 0)
        return err_raise(err, -EINVAL, "log-level: \"%s\" must be error, warn, info or debug", c->log_level);
    log_open(level, strcmp(c->log_format, "json") == 0);
    return 0;
}

/* ── help, and handing on to child processes ── */

void flags_print(const struct settings_command *command, struct buf *out)
{
    static const char *const titles[][2] = {{"u", "Starting:"}, {"t", "Tokens:"}, {"c", "Cluster (the same for server and agents):"},
                                            {"s", "Server:"},   {"a", "Agent:"},  {"g", "General:"}};
    for (size_t t = 0; t < ARRAY_LEN(titles); t++) {
        if (!strchr(command->flags, titles[t][0][0]))
            continue;
        buf_fmt(out, "\n%s\n", titles[t][1]);
        for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
            char left[64];
            if (rows[i].group != titles[t][0][0])
                continue;
            snprintf(left, sizeof(left), "--%s%s%s", rows[i].name, rows[i].value ? " " : "", rows[i].value ? rows[i].value : "");
            buf_fmt(out, "  %-34s %s\n", left, rows[i].help);
        }
    }
}

static void pass(struct settings *c, const char **argv, size_t *n, size_t max, const char *name, const char *text)
{
    if (*n < max)
        argv[(*n)++] = arena_fmt(c->mem, "--%s=%s", name, text).p;
}

void flags_pass(const struct settings *config, const char *groups, const char **argv, size_t *n, size_t max)
{
    struct settings copy = *config, *c = &copy;
    char number[16];
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        const struct row *r = &rows[i];
        if (!strchr(groups, r->group) || strcmp(r->name, "config") == 0)
            continue;
        if (r->kind == SWITCH) {
            if (*(bool *)place(c, r))
                pass(c, argv, n, max, r->name, "true");
            continue;
        }
        if (r->kind == LIST) {
            const char **list = place(c, r);
            for (size_t k = 0; k < SETTINGS_LIST_MAX && list[k]; k++)
                pass(c, argv, n, max, r->name, list[k]);
        } else if (is_number(r)) {
            snprintf(number, sizeof(number), "%d", *(int *)place(c, r));
            pass(c, argv, n, max, r->name, number);
        } else if (*(const char **)place(c, r)) {
            pass(c, argv, n, max, r->name, *(const char **)place(c, r));
        }
    }
}
