/* A pod's resolv.conf, hosts and hostname, as the kubelet makes them. */
#include "plan/inside.h"

#define SERVERS_MAX      3
#define SEARCHES_MAX     32
#define SEARCH_CHARS_MAX 2048
#define OPTIONS_MAX      32

struct resolver {
    char servers[SERVERS_MAX][64];
    size_t n_servers;
    struct str searches[SEARCHES_MAX];
    size_t n_searches, search_chars;
    struct {
        struct str name, value;
    } options[OPTIONS_MAX];
    size_t n_options;
    bool cut; /* something did not fit */
};

static void server_add(struct resolver *r, struct str text)
{
    struct plan_ip ip;
    char name[64];
    /* A link-local server's zone ("%eth0") means nothing in another namespace; resolvers refuse what is no address. */
    if (plan_ip_parse(&ip, text) < 0)
        return;
    plan_ip_print(&ip, name);
    for (size_t i = 0; i < r->n_servers; i++)
        if (strcmp(r->servers[i], name) == 0)
            return;
    if (r->n_servers == SERVERS_MAX)
        r->cut = true;
    else
        memcpy(r->servers[r->n_servers++], name, sizeof(name));
}

static void search_add(struct resolver *r, struct str text)
{
    for (size_t i = 0; i < r->n_searches; i++)
        if (str_eq(r->searches[i], text))
            return;
    if (!text.n)
        return;
    if (r->n_searches == SEARCHES_MAX || r->search_chars + text.n + 1 > SEARCH_CHARS_MAX) {
        r->cut = true;
        return;
    }
    r->search_chars += text.n + 1;
    r->searches[r->n_searches++] = text;
}

static void option_set(struct resolver *r, struct str name, struct str value)
{
    for (size_t i = 0; i < r->n_options; i++) {
        if (str_eq(r->options[i].name, name)) {
            r->options[i].value = value;
            return;
        }
    }
    if (r->n_options < OPTIONS_MAX) {
        r->options[r->n_options].name = name;
        r->options[r->n_options++].value = value;
    }
}

static bool word_next(struct str *rest, struct str *word)
{
    *rest = str_trim(*rest);
    size_t n = 0;
    while (n < rest->n && rest->p[n] != ' ' && rest->p[n] != '\t')
        n++;
    *word = str_head(*rest, n);
    *rest = str_from(*rest, n);
    return n > 0;
}

static void host_read(struct resolver *r, struct str text, bool servers, bool options)
{
    struct str line, word, last_search = STR_NONE;
    while (str_next(&text, '\n', &line)) {
        struct str code;
        str_cut(line, '#', &line, &code);
        str_cut(line, ';', &line, &code);
        if (!word_next(&line, &word))
            continue;
        if (str_is(word, "nameserver") && servers && word_next(&line, &word))
            server_add(r, word);
        else if (str_is(word, "search") || str_is(word, "domain"))
            last_search = line; /* the last one counts */
        else if (str_is(word, "options") && options)
            while (word_next(&line, &word)) {
                struct str name, value;
                str_cut(word, ':', &name, &value);
                option_set(r, name, value);
            }
    }
    while (word_next(&last_search, &word)) {
        if (word.n > 1 && word.p[word.n - 1] == '.')
            word.n--;
        search_add(r, word);
    }
}

static void config_merge(struct resolver *r, const struct value *pod)
{
    const struct value *c = value_at(pod, "spec.dnsConfig");
    VALUE_EACH_ITEM (v, value_get(c, STR("nameservers")))
        server_add(r, value_text(v));
    VALUE_EACH_ITEM (v, value_get(c, STR("searches")))
        search_add(r, value_text(v));
    VALUE_EACH_ITEM (v, value_get(c, STR("options")))
        option_set(r, value_text_at(v, "name"), value_text_at(v, "value"));
}

static void resolver_print(const struct resolver *r, struct buf *out)
{
    for (size_t i = 0; i < r->n_searches; i++)
        buf_fmt(out, "%s%.*s", i ? " " : "search ", STR_FMT(r->searches[i]));
    if (r->n_searches)
        buf_char(out, '\n');
    for (size_t i = 0; i < r->n_servers; i++)
        buf_fmt(out, "nameserver %s\n", r->servers[i]);
    for (size_t i = 0; i < r->n_options; i++)
        buf_fmt(out, "%s%.*s%s%.*s", i ? " " : "options ", STR_FMT(r->options[i].name), r->options[i].value.n ? ":" : "",
                STR_FMT(r->options[i].value));
    if (r->n_options)
        buf_char(out, '\n');
}

int plan_resolv_conf(struct buf *out, const struct value *pod, const struct plan_resolver *host)
{
    struct resolver r = {.n_servers = 0};
    struct str policy = value_text_at(pod, "spec.dnsPolicy"), ns = value_text_at(pod, "metadata.namespace");
    char first[512], second[300];
    bool cluster = !policy.n || str_is(policy, "ClusterFirst") || str_is(policy, "ClusterFirstWithHostNet");
    if (value_bool_at(pod, "spec.hostNetwork", false) && !str_is(policy, "ClusterFirstWithHostNet"))
        cluster = false;
    if (str_is(policy, "None")) {
        cluster = false;
    } else if (cluster && host->n_dns) {
        snprintf(first, sizeof(first), "%.*s.svc.%.*s", STR_FMT(ns), STR_FMT(host->domain));
        snprintf(second, sizeof(second), "svc.%.*s", STR_FMT(host->domain));
        for (size_t i = 0; i < host->n_dns; i++) {
            char ip[64];
            plan_ip_print(&host->dns[i], ip);
            server_add(&r, str_of(ip));
        }
        search_add(&r, str_of(first));
        search_add(&r, str_of(second));
        search_add(&r, host->domain);
        host_read(&r, host->host, false, false);
        option_set(&r, STR("ndots"), STR("5"));
    } else {
        host_read(&r, host->host, true, true);
    }
    config_merge(&r, pod);
    resolver_print(&r, out);
    return buf_error(out) ? buf_error(out) : r.cut ? PLAN_TRUNCATED : 0;
}

int plan_hostname(struct arena *a, const struct value *pod, struct str domain, struct str *hostname, struct str *fqdn)
{
    struct str name = value_text_at(pod, "spec.hostnameOverride"), subdomain = value_text_at(pod, "spec.subdomain");
    *fqdn = STR_NONE;
    if (name.n)
        return arena_str(a, name, hostname);
    name = value_text_at(pod, "spec.hostname");
    if (!name.n)
        name = value_text_at(pod, "metadata.name");
    name = str_head(name, 63);
    while (name.n && (name.p[name.n - 1] == '-' || name.p[name.n - 1] == '.'))
        name.n--;
    if (arena_str(a, name, hostname) < 0)
        return -ENOMEM;
    if (!subdomain.n)
        return 0;
    *fqdn = arena_fmt(a, "%.*s.%.*s.%.*s.svc.%.*s", STR_FMT(name), STR_FMT(subdomain), STR_FMT(value_text_at(pod, "metadata.namespace")),
                      STR_FMT(domain));
    return fqdn->p ? 0 : -ENOMEM;
}

int plan_hosts_file(struct buf *out, const struct value *pod, struct str hostname, struct str domain, const struct str *ips, size_t n_ips,
                    struct str node_hosts)
{
    struct str subdomain = value_text_at(pod, "spec.subdomain"), ns = value_text_at(pod, "metadata.namespace");
    if (value_bool_at(pod, "spec.hostNetwork", false)) {
        buf_text(out, "# Kubernetes-managed hosts file (host network).\n");
        buf_str(out, node_hosts);
    } else {
        buf_text(out, "# Kubernetes-managed hosts file.\n127.0.0.1\tlocalhost\n::1\tlocalhost ip6-localhost ip6-loopback\n"
                      "fe00::0\tip6-localnet\nfe00::0\tip6-mcastprefix\nfe00::1\tip6-allnodes\nfe00::2\tip6-allrouters\n");
        for (size_t i = 0; i < n_ips; i++) {
            buf_fmt(out, "%.*s\t", STR_FMT(ips[i]));
            if (subdomain.n)
                buf_fmt(out, "%.*s.%.*s.%.*s.svc.%.*s\t", STR_FMT(hostname), STR_FMT(subdomain), STR_FMT(ns), STR_FMT(domain));
            buf_fmt(out, "%.*s\n", STR_FMT(hostname));
        }
    }
    const struct value *aliases = value_at(pod, "spec.hostAliases");
    if (value_count(aliases))
        buf_text(out, "\n# Entries added by HostAliases.\n");
    VALUE_EACH_ITEM (alias, aliases) {
        buf_str(out, value_text_at(alias, "ip"));
        VALUE_EACH_ITEM (name, value_get(alias, STR("hostnames"))) {
            buf_char(out, '\t');
            buf_str(out, value_text(name));
        }
        buf_char(out, '\n');
    }
    return buf_error(out);
}
