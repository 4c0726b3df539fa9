/* The nftables table: its chains, sets and maps, made once; rules.c fills in elements.
 *
 *   prerouting/output (filter, before nat)   guarded: load balancer addresses whose askers must be in allow → drop
 *                                            dead: no backends → refuse, or drop
 *   prerouting/output (nat)                  services: address . protocol . port → pick chain
 *                                            pick_N: address . port . numgen mod N → backend     (one chain for each count N)
 *                                            apick_N: known client → its backend, else pick_N               (session affinity)
 *   forward/output (filter, after nat)       what still goes to a service network has no service: refuse
 *   postrouting (nat)                        remember (affinity), masquerade
 *
 * Session affinity of IPv6 remembers nothing: libnftables 1.0.6 ends the process when a rule is to note more in a map than
 * sixteen bytes by sixteen. The pick is the hash of the client's address instead (hpick_N): a client stays with its backend
 * for as long as the backends stay the same, whatever timeoutSeconds says.
 *
 * Each family has its own maps: slots, svc, dead for everybody, and the same with "in" for askers within the cluster,
 * which count only for rows that are split (externalTrafficPolicy Local). Because backends are found by the number of
 * the slot, a service's change touches its own elements only, and the number of chains depends on how many different
 * counts of backends there are, not on how many services. */
#include <dlfcn.h>
#include <malloc.h>
#include <nftables/libnftables.h>
#include <pthread.h>

#include "net/inside.h"

/* One family's sets and maps. Maps that are typed by example ("typeof") are one for each protocol: nft 1.0.6 puts a test of
 * the example's protocol into every rule that uses such a map once it has read it back from the kernel. */
static void sets_print(struct buf *b, const char *f, const char *ip)
{
    static const char *const planes[] = {"", "in"}, *const protocols[] = {"tcp", "udp", "sctp"};
    for (size_t i = 0; i < 2; i++) {
        const char *p = planes[i];
        for (size_t k = 0; k < ARRAY_LEN(protocols); k++)
            buf_fmt(b, " map %sslots%s%s { typeof %s daddr . %s dport . numgen random mod 2 : %s daddr . %s dport; }\n", p, protocols[k], f, ip,
                    protocols[k], ip, protocols[k]);
        buf_fmt(b, " map %ssvc%s { type ipv%s_addr . inet_proto . inet_service : verdict; }\n", p, f, f);
        buf_fmt(b, " map %sdead%s { type ipv%s_addr . inet_proto . inet_service : verdict; }\n", p, f, f);
    }
    for (size_t k = 0; k < ARRAY_LEN(protocols) && f[0] == '4'; k++)
        buf_fmt(b, " map aff%s%s { typeof %s saddr . %s daddr . %s dport : %s daddr . %s dport; size 65536; flags dynamic,timeout; }\n", protocols[k],
                f, ip, ip, protocols[k], ip, protocols[k]);
    buf_fmt(b, " map remember%s { type ipv%s_addr . inet_proto . inet_service : verdict; }\n", f, f);
    buf_fmt(b, " set masq%s { type ipv%s_addr . inet_proto . inet_service; }\n", f, f);
    buf_fmt(b, " set masqout%s { type ipv%s_addr . inet_proto . inet_service; }\n", f, f);
    buf_fmt(b, " set guarded%s { type ipv%s_addr . inet_proto . inet_service; }\n", f, f);
    buf_fmt(b, " set allow%s { type ipv%s_addr . inet_proto . inet_service . ipv%s_addr; flags interval; }\n", f, f, f);
    buf_fmt(b, " set hair%s { type ipv%s_addr . ipv%s_addr; }\n", f, f, f);
}

static void networks_print(struct buf *b, const char *name, const char *f, uint8_t family, const struct nl_ip *list, size_t n)
{
    char text[NL_IP_TEXT];
    bool any = false;
    buf_fmt(b, " set %s%s { type ipv%s_addr; flags interval; auto-merge;", name, f, f);
    for (size_t i = 0; i < n; i++) {
        if (list[i].family != family)
            continue;
        nl_ip_print(&list[i], true, text);
        buf_fmt(b, "%s %s", any ? "," : " elements = {", text);
        any = true;
    }
    buf_text(b, any ? " }; }\n" : " }\n");
}

static void nat_print(const struct net *n, struct buf *b, const char *f, const char *ip, const char *masquerade)
{
    static const char *const protocols[] = {"tcp", "udp", "sctp"};
    static const char *const uses[][2] = {{"remember", ""}, {"masq", ""}, {"masqout", "cluster"}};
    for (size_t u = 0; u < ARRAY_LEN(uses); u++) {
        for (size_t i = 0; i < ARRAY_LEN(protocols); i++) {
            /* The protocol by name first: nft takes the type of "ct original proto-dst" from it. */
            buf_fmt(b, "  meta l4proto %s ct status dnat ", protocols[i]);
            if (uses[u][1][0])
                buf_fmt(b, "%s saddr != @%s%s ", ip, uses[u][1], f);
            buf_fmt(b, "ct original %s daddr . meta l4proto . ct original proto-dst %s@%s%s%s\n", ip, u == 0 ? "vmap " : "", uses[u][0], f,
                    u == 0 ? "" : " masquerade");
        }
    }
    buf_fmt(b, "  ct status dnat %s saddr . %s daddr @hair%s masquerade\n", ip, ip, f);
    if (f[0] == '4')
        buf_fmt(b, "  ip saddr 127.0.0.0/8 oifname \"%s\" masquerade\n", n->bridge);
    buf_fmt(b, "%s", masquerade);
}

/* Load balancer addresses that only some may ask: what others send is dropped, whoever they are. */
static void guard_print(struct buf *b, const char *f, const char *ip)
{
    buf_fmt(b, "  %s daddr . meta l4proto . th dport @guarded%s %s daddr . meta l4proto . th dport . %s saddr != @allow%s drop\n", ip, f, ip, ip, f);
}

static void services_print(struct buf *b, const char *f, const char *ip, const char *map)
{
    buf_fmt(b, "  %s saddr @cluster%s %s daddr . meta l4proto . th dport vmap @in%s%s\n", ip, f, ip, map, f);
    buf_fmt(b, "  meta nfproto ipv%s fib saddr type local %s daddr . meta l4proto . th dport vmap @in%s%s\n", f, ip, map, f);
    buf_fmt(b, "  %s daddr . meta l4proto . th dport vmap @%s%s\n", ip, map, f);
}

void net_table_print(const struct net *n, struct buf *b)
{
    static const char *const families[][2] = {{"4", "ip"}, {"6", "ip6"}};
    struct nl_ip pods[2];
    for (size_t i = 0; i < n->n_ipam; i++)
        pods[i] = n->ipam[i].net;
    buf_fmt(b, "add table inet %s\ndelete table inet %s\ntable inet %s {\n", n->table, n->table, n->table);
    for (size_t i = 0; i < 2; i++) {
        uint8_t family = i ? AF_INET6 : AF_INET;
        sets_print(b, families[i][0], families[i][1]);
        networks_print(b, "cluster", families[i][0], family, n->cluster, n->n_cluster);
        networks_print(b, "pods", families[i][0], family, pods, n->n_ipam);
        networks_print(b, "service", families[i][0], family, n->service, n->n_service);
    }
    buf_text(b, " chain refuse {\n  meta l4proto tcp reject with tcp reset\n  reject\n }\n chain dead {\n");
    for (size_t i = 0; i < 2; i++)
        guard_print(b, families[i][0], families[i][1]);
    for (size_t i = 0; i < 2; i++)
        services_print(b, families[i][0], families[i][1], "dead");
    buf_text(b, " }\n chain services {\n");
    for (size_t i = 0; i < 2; i++)
        services_print(b, families[i][0], families[i][1], "svc");
    buf_fmt(b,
            " }\n chain early_in {\n  type filter hook prerouting priority -110; policy accept;\n"
            "  iifname \"%s\" ip daddr 127.0.0.0/8 drop\n  ct state new jump dead\n }\n",
            n->bridge);
    /* Pods send to each other through the node by intent: no redirects to a shorter way that their rules would miss. */
    buf_fmt(b,
            " chain early_out {\n  type filter hook output priority -110; policy accept;\n  ct state new jump dead\n"
            "  oifname \"%s\" icmp type redirect drop\n  oifname \"%s\" icmpv6 type nd-redirect drop\n }\n",
            n->bridge, n->bridge);
    buf_text(b, " chain late_forward {\n  type filter hook forward priority 0; policy accept;\n"
                "  ip daddr @service4 goto refuse\n  ip6 daddr @service6 goto refuse\n }\n");
    buf_text(b, " chain late_out {\n  type filter hook output priority 0; policy accept;\n  oifname \"lo\" accept\n"
                "  ip daddr @service4 goto refuse\n  ip6 daddr @service6 goto refuse\n }\n");
    buf_text(b, " chain nat_in {\n  type nat hook prerouting priority -100; policy accept;\n  jump services\n }\n"
                " chain nat_out {\n  type nat hook output priority -100; policy accept;\n  jump services\n }\n"
                " chain nat_post {\n  type nat hook postrouting priority 100; policy accept;\n");
    for (size_t i = 0; i < 2; i++) {
        char out[160] = "";
        if (!n->no_masquerade)
            snprintf(out, sizeof(out), "  %s saddr @pods%s %s daddr != @cluster%s oifname != \"%s\" masquerade\n", families[i][1], families[i][0],
                     families[i][1], families[i][0], n->bridge);
        nat_print(n, b, families[i][0], families[i][1], out);
    }
    buf_text(b, " }\n}\n");
}

/* libnftables is loaded by the process that speaks to nftables; the API server, which is the same program, never does. */
/* clang-format off */
#define NFT_FUNCTIONS(X)                                                                                     \
    X(nft_ctx_buffer_error) X(nft_ctx_buffer_output) X(nft_ctx_free) X(nft_ctx_get_error_buffer)            \
    X(nft_ctx_get_output_buffer) X(nft_ctx_new) X(nft_ctx_output_set_flags) X(nft_run_cmd_from_buffer)
/* clang-format on */
static struct {
#define X(name) __typeof__(name) *name;
    NFT_FUNCTIONS(X)
#undef X
    bool missing;
} lib;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void load(void)
{
    void *so = dlopen("libnftables.so.1", RTLD_NOW | RTLD_LOCAL);
    lib.missing = !so;
#define X(name) lib.missing |= !so || !(*(void **)&lib.name = dlsym(so, #name));
    NFT_FUNCTIONS(X)
#undef X
}

static int table_command(const char *commands, struct buf *json, struct err *err)
{
    pthread_once(&once, load);
    if (lib.missing)
        return err_raise(err, -ENOSYS, "libnftables.so.1 cannot be loaded");
    struct nft_ctx *c = lib.nft_ctx_new(NFT_CTX_DEFAULT);
    if (!c)
        return err_raise(err, -ENOMEM, "no memory for nftables");
    lib.nft_ctx_buffer_error(c);
    lib.nft_ctx_buffer_output(c);
    if (json)
        lib.nft_ctx_output_set_flags(c, NFT_CTX_OUTPUT_JSON);
    int r = lib.nft_run_cmd_from_buffer(c, commands) == 0 ? 0 : -EIO;
    if (r < 0) {
        struct str text = str_trim(str_of(lib.nft_ctx_get_error_buffer(c))), line, rest;
        str_cut(text, '\n', &line, &rest);
        err_raise(err, r, "nftables: %.*s", (int)MIN(line.n, (size_t)400), line.n ? line.p : "refused");
    } else if (json) {
        buf_text(json, lib.nft_ctx_get_output_buffer(c));
        r = buf_error(json) ? err_raise(err, buf_error(json), "nftables lists more than fits") : 0;
    }
    lib.nft_ctx_free(c);
    /* libnftables takes megabytes for a moment; an agent that sits idle for the next week gives them back. */
    malloc_trim(0);
    return r;
}

int net_table_run(const char *commands, struct err *err)
{
    return table_command(commands, NULL, err);
}

int net_table_list(const char *commands, struct buf *json, struct err *err)
{
    return table_command(commands, json, err);
}
