/* Plan's rows brought into the table: the difference between what the kernel has and what it should have, as element
 * commands in batches, each a transaction of its own. Rows stand side by side in both sets (sorted), so one walk finds
 * what has come, gone or changed.
 *
 *   idle ─net_changed→ due ─(plan, difference)→ running on the pool ─→ idle (or due again when asked meanwhile)
 *                                                    └ failed → table and rows made anew after a pause */
#include "net/inside.h"

#define BATCHES_MAX      65536
#define RETRY_FIRST_MS   500
#define RETRY_MOST_MS    30000
#define ADOPTED_QUIET_MS 300
#define ADOPTED_MOST_MS  3000
#define LIST_MAX         (64u << 20)
#define GONE_MAX         65536

enum kind { /* element containers, in the order their commands are written */
            K_SLOTS,
            K_INSLOTS,
            K_SVC,
            K_INSVC,
            K_DEAD,
            K_INDEAD,
            K_REMEMBER,
            K_MASQ,
            K_MASQOUT,
            K_HAIR,
            K_ALLOW,
            K_GUARDED,
            KINDS,
};
static const char *const kind_names[KINDS] = {
    [K_SLOTS] = "slots",       [K_INSLOTS] = "inslots", [K_SVC] = "svc",         [K_INSVC] = "insvc", [K_DEAD] = "dead",   [K_INDEAD] = "indead",
    [K_REMEMBER] = "remember", [K_MASQ] = "masq",       [K_MASQOUT] = "masqout", [K_HAIR] = "hair",   [K_ALLOW] = "allow", [K_GUARDED] = "guarded",
};

#define PROTOCOLS 3
static const char *const protocol_names[PROTOCOLS] = {"tcp", "udp", "sctp"};

struct chain_made {
    struct list link;
    char name[32];
};

struct batch {
    char *commands;
};

struct gone {                         /* a virtual address some of whose backends went: flows and remembered clients may still lead there */
    const struct plan_row *old, *now; /* now NULL: the row itself went */
};

struct run {
    struct net *net;
    struct plan_rules *from, *to; /* from NULL: everything is made anew */
    VEC(struct batch) batches;
    VEC(struct gone) gone;
    /* the batch being written */
    struct buf chains, del[KINDS][PROTOCOLS][2], add[KINDS][PROTOCOLS][2]; /* only slots differ by protocol */
    size_t elements, total;
    int r;
    struct err err;
    int64_t began;
};

static size_t protocol_index(uint8_t p)
{
    return p == IPPROTO_TCP ? 0 : p == IPPROTO_UDP ? 1 : 2;
}

static const char *protocol_text(uint8_t p)
{
    return protocol_names[protocol_index(p)];
}

/* ── one batch ── */

static struct buf *container(struct run *x, bool adding, enum kind k, size_t protocol, const struct plan_ip *ip)
{
    struct buf *b = adding ? &x->add[k][protocol][ip->bytes == 16] : &x->del[k][protocol][ip->bytes == 16];
    b->max = 16u << 20;
    buf_fmt(b, "%s", b->n ? ", " : "{ ");
    x->elements++;
    return b;
}

static void key_print(struct buf *b, const struct plan_row *row)
{
    char ip[64];
    plan_ip_print(&row->ip, ip);
    buf_fmt(b, "%s . %s . %u", ip, protocol_text(row->protocol), row->port);
}

static void element(struct run *x, bool adding, enum kind k, const struct plan_row *row, const char *value)
{
    struct buf *b = container(x, adding, k, 0, &row->ip);
    key_print(b, row);
    if (value && adding)
        buf_fmt(b, " : %s", value);
}

static void slot(struct run *x, bool adding, enum kind k, const struct plan_row *row, const struct plan_backend *to, size_t i)
{
    char ip[64];
    struct buf *b = container(x, adding, k, protocol_index(row->protocol), &row->ip);
    plan_ip_print(&row->ip, ip);
    buf_fmt(b, "%s . %u . %zu", ip, row->port, i);
    if (!adding)
        return;
    plan_ip_print(&to->ip, ip);
    buf_fmt(b, " : %s . %u", ip, to->port);
}

/* One command for what has gathered for one set or map. */
static int container_flush(struct run *x, struct buf *b, bool adding, size_t k, size_t protocol, size_t six, struct buf *all)
{
    if (b->n)
        buf_fmt(all, "%s element inet %s %s%s%d %.*s }\n", adding ? "add" : "delete", x->net->table, kind_names[k],
                k == K_SLOTS || k == K_INSLOTS ? protocol_names[protocol] : "", six ? 6 : 4, STR_FMT(buf_view(b)));
    int r = buf_error(b);
    buf_done(b);
    return r;
}

static int flush(struct run *x)
{
    SCOPED_BUF all = BUF_INIT(64u << 20);
    buf_str(&all, buf_view(&x->chains));
    int r = buf_error(&x->chains);
    for (int adding = 0; adding < 2; adding++) {
        for (size_t i = 0; i < KINDS; i++) {
            for (size_t p = 0; p < PROTOCOLS * 2; p++) {
                struct buf *b = adding ? &x->add[i][p / 2][p % 2] : &x->del[i][p / 2][p % 2];
                int e = container_flush(x, b, adding, i, p / 2, p % 2, &all);
                r = r ? r : e;
            }
        }
    }
    buf_done(&x->chains);
    x->total += x->elements;
    x->elements = 0;
    if (r == 0 && !all.n)
        return 0;
    struct batch *slot_at = r == 0 && x->batches.n < BATCHES_MAX ? VEC_ADD(&x->batches) : NULL;
    size_t n;
    if (!slot_at)
        return r ? r : -ENOMEM;
    r = buf_take(&all, &slot_at->commands, &n);
    if (r < 0)
        x->batches.n--;
    return r;
}

/* ── chains ── */

static int chain_need(struct run *x, const char *name, const char *fmt, ...) PRINTF(3, 4);
static int chain_need(struct run *x, const char *name, const char *fmt, ...)
{
    LIST_EACH (c, &x->net->chains, struct chain_made, link)
        if (strcmp(c->name, name) == 0)
            return 0;
    struct chain_made *c = mem_alloc(sizeof(*c));
    if (!c)
        return -ENOMEM;
    snprintf(c->name, sizeof(c->name), "%s", name);
    list_add(&x->net->chains, &c->link);
    va_list ap;
    va_start(ap, fmt);
    x->chains.max = 4u << 20;
    buf_fmt(&x->chains, "table inet %s { chain %s {\n", x->net->table, name);
    buf_vfmt(&x->chains, fmt, ap);
    buf_text(&x->chains, "\n}; }\n");
    va_end(ap);
    return 0;
}

/* The chain that picks one of n for this sort of row; its name goes to out. */
static int pick_chain(struct run *x, const struct plan_row *row, bool in, size_t n, char out[32])
{
    bool six = row->ip.bytes == 16;
    const char *ip = six ? "ip6" : "ip", *plane = in ? "in" : "", *proto = protocol_text(row->protocol);
    int f = six ? 6 : 4;
    snprintf(out, 32, "%spick%s%d_%zu", plane, proto, f, n);
    int r = chain_need(x, out, " dnat %s to %s daddr . %s dport . numgen random mod %zu map @%sslots%s%d", ip, ip, proto, n, plane, proto, f);
    if (r < 0 || !row->affinity_seconds)
        return r;
    if (six) { /* by the client's hash: it stays with its backend as long as the backends do, see table.c */
        snprintf(out, 32, "h%spick%s%d_%zu", plane, proto, f, n);
        return chain_need(x, out, " dnat %s to %s daddr . %s dport . jhash %s saddr mod %zu seed 0x63726163 map @%sslots%s%d", ip, ip, proto, ip, n,
                          plane, proto, f);
    }
    char plain[32];
    memcpy(plain, out, sizeof(plain));
    snprintf(out, 32, "a%spick%s%d_%zu", plane, proto, f, n);
    return chain_need(x, out, " dnat %s to %s saddr . %s daddr . %s dport map @aff%s%d\n goto %s", ip, ip, ip, proto, proto, f, plain);
}

static bool remembers(const struct plan_row *row)
{
    return row->affinity_seconds && row->ip.bytes == 4;
}

static int remember_chain(struct run *x, const struct plan_row *row, char out[32])
{
    const char *proto = protocol_text(row->protocol);
    snprintf(out, 32, "remember%s4_%u", proto, row->affinity_seconds);
    return chain_need(x, out,
                      " meta l4proto %s update @aff%s4 { ip saddr . ct original ip daddr . ct original proto-dst timeout %us : ip daddr . %s dport }",
                      proto, proto, row->affinity_seconds, proto);
}

/* ── rows ── */

static void targets_diff(struct run *x, enum kind k, const struct plan_row *old, const struct plan_target *was, const struct plan_row *now,
                         const struct plan_target *is)
{
    size_t n_was = was ? was->n : 0, n_is = is ? is->n : 0;
    for (size_t i = 0; i < MAX(n_was, n_is); i++) {
        const struct plan_backend *a = i < n_was ? &was->backends[i] : NULL, *b = i < n_is ? &is->backends[i] : NULL;
        if (a && b && plan_ip_equal(&a->ip, &b->ip) && a->port == b->port)
            continue;
        if (a)
            slot(x, false, k, old, a, i);
        if (b)
            slot(x, true, k, now, b, i);
    }
}

static int verdict(struct run *x, const struct plan_row *row, const struct plan_target *t, bool in, char out[48])
{
    char chain[32];
    int r = pick_chain(x, row, in, t->n, chain);
    snprintf(out, 48, "goto %s", chain);
    return r;
}

/* Everything of a row but its slots. */
static int row_elements(struct run *x, bool adding, const struct plan_row *row)
{
    char text[48] = "";
    int r = 0;
    if (row->target.action == PLAN_FORWARD) {
        r = adding ? verdict(x, row, &row->target, false, text) : 0;
        element(x, adding, K_SVC, row, text);
    } else {
        element(x, adding, K_DEAD, row, row->target.action == PLAN_REJECT ? "goto refuse" : "drop");
    }
    if (row->split) {
        bool forward = row->inside.action == PLAN_FORWARD;
        if (forward && r == 0) {
            r = adding ? verdict(x, row, &row->inside, true, text) : 0;
            element(x, adding, K_INSVC, row, text);
        }
        element(x, adding, K_INDEAD, row, forward ? "accept" : row->inside.action == PLAN_REJECT ? "goto refuse" : "drop");
    }
    if (remembers(row) && r == 0) {
        char chain[32], jump[48];
        r = adding ? remember_chain(x, row, chain) : 0;
        snprintf(jump, sizeof(jump), "jump %s", adding ? chain : "");
        element(x, adding, K_REMEMBER, row, jump);
    }
    if (row->masquerade)
        element(x, adding, row->internal ? K_MASQOUT : K_MASQ, row, NULL);
    if (row->n_sources)
        element(x, adding, K_GUARDED, row, NULL);
    for (size_t i = 0; i < row->n_sources; i++) {
        struct buf *b = container(x, adding, K_ALLOW, 0, &row->ip);
        char ip[64];
        plan_ip_print(&row->sources[i], ip);
        key_print(b, row);
        buf_fmt(b, " . %s/%u", ip, row->sources[i].bits);
    }
    return r;
}

/* Is anything else than slots different? */
static bool outline_same(const struct plan_row *a, const struct plan_row *b)
{
    return a->target.action == b->target.action && a->target.n == b->target.n && a->split == b->split && a->masquerade == b->masquerade &&
           a->internal == b->internal && a->affinity_seconds == b->affinity_seconds && plan_sources_same(a, b) &&
           (!a->split || (a->inside.action == b->inside.action && a->inside.n == b->inside.n));
}

static bool has_backend(const struct plan_target *t, const struct plan_ip *ip, uint16_t port)
{
    for (size_t i = 0; i < t->n; i++)
        if (t->backends[i].port == port && plan_ip_equal(&t->backends[i].ip, ip))
            return true;
    return false;
}

static bool row_leads_to(const struct plan_row *row, const struct plan_ip *ip, uint16_t port)
{
    return has_backend(&row->target, ip, port) || (row->split && has_backend(&row->inside, ip, port));
}

static int gone_note(struct run *x, const struct plan_row *old, const struct plan_row *now)
{
    const struct plan_row *any = old ? old : now;
    if (any->protocol != IPPROTO_UDP && !any->affinity_seconds)
        return 0;
    struct gone *g = x->gone.n < GONE_MAX ? VEC_ADD(&x->gone) : NULL;
    if (!g)
        return -ENOMEM;
    *g = (struct gone){old, now};
    return 0;
}

/* old or now may be NULL, not both. */
static int row_diff(struct run *x, const struct plan_row *old, const struct plan_row *now)
{
    if (old && now && plan_row_same(old, now))
        return 0;
    bool outline = old && now && outline_same(old, now);
    int r = 0;
    if (old && !outline)
        r = row_elements(x, false, old);
    targets_diff(x, K_SLOTS, old, old ? &old->target : NULL, now, now ? &now->target : NULL);
    targets_diff(x, K_INSLOTS, old, old && old->split ? &old->inside : NULL, now, now && now->split ? &now->inside : NULL);
    if (now && !outline && r == 0)
        r = row_elements(x, true, now);
    if (r == 0)
        r = gone_note(x, old, now);
    return r == 0 && x->elements >= NET_BATCH ? flush(x) : r;
}

static int hairpin(struct run *x, bool adding, const struct plan_ip *ip)
{
    char text[64];
    plan_ip_print(ip, text);
    buf_fmt(container(x, adding, K_HAIR, 0, ip), "%s . %s", text, text);
    return x->elements >= NET_BATCH ? flush(x) : 0;
}

static int ip_order(const struct plan_ip *a, const struct plan_ip *b)
{
    return a->bytes != b->bytes ? (int)a->bytes - (int)b->bytes : memcmp(a->at, b->at, a->bytes);
}

static int hairpins_diff(struct run *x)
{
    size_t i = 0, k = 0, n_from = x->from ? x->from->n_hairpins : 0;
    int r = 0;
    while (r == 0 && (i < n_from || k < x->to->n_hairpins)) {
        const struct plan_ip *a = i < n_from ? &x->from->hairpins[i] : NULL, *b = k < x->to->n_hairpins ? &x->to->hairpins[k] : NULL;
        int c = !a ? 1 : !b ? -1 : ip_order(a, b);
        if (c < 0)
            r = hairpin(x, false, a);
        else if (c > 0)
            r = hairpin(x, true, b);
        i += c <= 0;
        k += c >= 0;
    }
    return r;
}

static void chains_forget(struct net *n)
{
    LIST_EACH (c, &n->chains, struct chain_made, link) {
        list_del(&c->link);
        mem_free(c);
    }
}

static int run_plan(struct run *x)
{
    int r = 0;
    if (!x->from) {
        chains_forget(x->net);
        x->chains.max = 4u << 20;
        /* In one transaction with the first rows: connections find the old table or the new one. */
        net_table_print(x->net, &x->chains);
    }
    /* Hairpins first: a backend must not be picked before its answers find the way back. */
    if (r == 0)
        r = hairpins_diff(x);
    size_t i = 0, k = 0, n_from = x->from ? x->from->n : 0;
    while (r == 0 && (i < n_from || k < x->to->n)) {
        const struct plan_row *a = i < n_from ? &x->from->rows[i] : NULL, *b = k < x->to->n ? &x->to->rows[k] : NULL;
        int c = !a ? 1 : !b ? -1 : plan_row_cmp(a, b);
        r = row_diff(x, c <= 0 ? a : NULL, c >= 0 ? b : NULL);
        i += c <= 0;
        k += c >= 0;
    }
    return r == 0 ? flush(x) : r;
}

/* ── what changes leave behind: UDP flows and remembered clients of backends that are gone ── */

static const struct gone *gone_find(const struct run *x, const struct plan_row *key)
{
    for (size_t lo = 0, hi = x->gone.n; lo < hi;) { /* noted in row order */
        size_t mid = lo + (hi - lo) / 2;
        const struct gone *g = &x->gone.p[mid];
        int c = plan_row_cmp(g->old ? g->old : g->now, key);
        if (c == 0)
            return g;
        if (c < 0)
            lo = mid + 1;
        else
            hi = mid;
    }
    return NULL;
}

static struct plan_ip ip_of(const struct nl_ip *ip)
{
    struct plan_ip out = {.bytes = ip->family == AF_INET ? 4 : 16};
    memcpy(out.at, ip->at, out.bytes);
    return out;
}

static bool flow_stale(void *ctx, const struct nl_flow *f)
{
    const struct run *x = ctx;
    struct plan_row key = {.ip = ip_of(&f->destination), .protocol = f->protocol, .port = f->destination_port};
    const struct gone *g = gone_find(x, &key);
    if (!g)
        return false;
    struct plan_ip to = ip_of(&f->reply_source);
    return !g->now || !row_leads_to(g->now, &to, f->reply_source_port);
}

/* An element of the affinity map as nft's JSON has it: [{"elem":{"val":{"concat":[client,vip,port]},…}},{"concat":[ip,port]}] */
static void client_judge(const struct run *x, uint8_t protocol, const struct value *pair, struct buf *out)
{
    const struct value *key = value_at(value_item(pair, 0), "elem.val.concat"), *to = value_get(value_item(pair, 1), STR("concat"));
    struct plan_row row = {.port = (uint16_t)value_int(value_item(key, 2), 0), .protocol = protocol};
    struct plan_ip backend;
    char ip[64];
    if (plan_ip_parse(&row.ip, value_text(value_item(key, 1))) < 0 || plan_ip_parse(&backend, value_text(value_item(to, 0))) < 0)
        return;
    const struct gone *g = gone_find(x, &row);
    if (!g || (g->now && g->now->affinity_seconds && row_leads_to(g->now, &backend, (uint16_t)value_int(value_item(to, 1), 0))))
        return;
    plan_ip_print(&row.ip, ip);
    buf_fmt(out, "%s%.*s . %s . %u", out->n ? ", " : "", STR_FMT(value_text(value_item(key, 0))), ip, row.port);
}

static int clients_forget(struct run *x, uint8_t protocol, bool six)
{
    SCOPED_BUF json = BUF_INIT(LIST_MAX);
    SCOPED_BUF stale = BUF_INIT(LIST_MAX);
    SCOPED_BUF command = BUF_INIT(LIST_MAX);
    SCOPED(arena) a = NULL;
    struct value tree;
    buf_fmt(&command, "list map inet %s aff%s%d", x->net->table, protocol_text(protocol), six ? 6 : 4);
    int r = net_table_list(buf_cstr(&command), &json, &x->err);
    if (r == 0)
        r = arena_new(&a, (size_t)LIST_MAX * 8);
    if (r == 0)
        r = value_parse(a, buf_view(&json), NULL, NULL, &tree, &x->err);
    if (r < 0)
        return r;
    VALUE_EACH_ITEM (part, value_get(&tree, STR("nftables"))) {
        VALUE_EACH_ITEM (pair, value_at(part, "map.elem"))
            client_judge(x, protocol, pair, &stale);
    }
    if (!stale.n)
        return 0;
    buf_clear(&command);
    buf_fmt(&command, "delete element inet %s aff%s%d { ", x->net->table, protocol_text(protocol), six ? 6 : 4);
    buf_str(&command, buf_view(&stale));
    buf_text(&command, " }");
    /* One may have run out of its own time since: then the others go with the next change, or by their time. */
    if (net_table_run(buf_cstr(&command), NULL) < 0)
        return 0;
    return 0;
}

static int leftovers_clear(struct run *x)
{
    static const uint8_t protocols[PROTOCOLS] = {IPPROTO_TCP, IPPROTO_UDP, IPPROTO_SCTP};
    bool udp[2] = {false}, affinity[PROTOCOLS][2] = {{false}};
    for (size_t i = 0; i < x->gone.n; i++) {
        const struct gone *g = &x->gone.p[i];
        const struct plan_row *any = g->old ? g->old : g->now;
        udp[any->ip.bytes == 16] |= any->protocol == IPPROTO_UDP;
        affinity[protocol_index(any->protocol)][any->ip.bytes == 16] |= g->old && remembers(g->old);
    }
    int r = 0;
    for (int six = 0; six < 2 && r == 0; six++) {
        if (udp[six]) {
            r = nl_flows_forget(-1, six ? AF_INET6 : AF_INET, IPPROTO_UDP, flow_stale, x, &x->err);
            r = r > 0 ? 0 : r;
        }
        for (size_t p = 0; p < PROTOCOLS && r == 0; p++)
            r = affinity[p][six] ? clients_forget(x, protocols[p], six) : 0;
    }
    return r;
}

/* ── runs ── */

static void run_free(struct run *x)
{
    for (size_t i = 0; i < x->batches.n; i++)
        mem_free(x->batches.p[i].commands);
    VEC_DONE(&x->batches);
    VEC_DONE(&x->gone);
    for (size_t i = 0; i < KINDS; i++) {
        for (size_t p = 0; p < PROTOCOLS * 2; p++) {
            buf_done(&x->add[i][p / 2][p % 2]);
            buf_done(&x->del[i][p / 2][p % 2]);
        }
    }
    buf_done(&x->chains);
    plan_rules_free(x->from);
    plan_rules_free(x->to);
    mem_free(x);
}

static void run_batches(void *ctx)
{
    struct run *x = ctx;
    for (size_t i = 0; i < x->batches.n && x->r == 0; i++)
        x->r = net_table_run(x->batches.p[i].commands, &x->err);
    if (x->r == 0 && x->gone.n)
        x->r = leftovers_clear(x);
}

static void start(void *ctx);

/* What the last run says, where it is news. */
static void outcome(struct net *n, const char *fault)
{
    if (n->trouble && strncmp(fault, n->status.error, sizeof(n->status.error) - 1) != 0)
        n->trouble(n->trouble_ctx, fault[0] ? fault : NULL);
    snprintf(n->status.error, sizeof(n->status.error), "%.*s", (int)sizeof(n->status.error) - 1, fault);
}

static void finish(struct net *n, struct run *x, int r)
{
    n->running = false;
    n->status.runs++;
    n->status.last_us = (loop_now_ns(n->loop) - x->began) / 1000;
    if (r == 0) {
        n->status.elements += x->total;
        n->status.rows = x->to->n;
        n->status.skipped = x->to->skipped;
        outcome(n, "");
        n->applied = TAKE(x->to);
        n->backoff_ms = 0;
    } else {
        n->status.failures++;
        outcome(n, x->err.text[0] ? x->err.text : strerror(-r));
        n->backoff_ms = MIN(MAX(n->backoff_ms * 2, (int64_t)RETRY_FIRST_MS), (int64_t)RETRY_MOST_MS);
        /* applied stays NULL: the kernel holds who knows what, the next run makes it anew */
        if (loop_timer_start(n->loop, &n->retry, n->backoff_ms, start, n) < 0)
            n->again = true;
    }
    run_free(x);
    if (n->again)
        net_changed(n);
}

static void run_done(void *ctx)
{
    struct run *x = ctx;
    struct net *n = x->net;
    if (net_release(n))
        finish(n, x, x->r);
    else
        run_free(x);
}

static size_t served(const struct net *n, struct plan_ip out[2])
{
    for (size_t i = 0; i < n->n_dns; i++)
        out[i] = ip_of(&n->dns_ip[i]);
    return n->n_dns;
}

static int rules_make(struct net *n, struct plan_rules **out)
{
    struct nl_ip list[NET_ADDRESSES_MAX];
    struct plan_ip addresses[PLAN_NODE_ADDRESSES_MAX], dns[2];
    struct plan_node node = {.name = str_of(n->node_name), .zone = str_of(n->node_zone), .addresses = addresses, .served = dns};
    size_t count = net_addresses(n, list);
    for (size_t i = 0; i < count && node.n_addresses < ARRAY_LEN(addresses) - 3; i++)
        addresses[node.n_addresses++] = ip_of(&list[i]);
    for (size_t i = 0; i < n->n_ipam; i++) /* pods may ask their gateway */
        addresses[node.n_addresses++] = ip_of(&n->ipam[i].gateway);
    if (!n->no_nodeport_loopback)
        addresses[node.n_addresses++] = (struct plan_ip){.bytes = 4, .at = {127, 0, 0, 1}};
    node.n_served = served(n, dns);
    return plan_rules_make(out, n->state, &node);
}

static void start(void *ctx)
{
    struct net *n = ctx;
    if (n->running) {
        n->again = true;
        return;
    }
    n->again = false;
    if (!n->state)
        return;
    struct run *x = mem_alloc(sizeof(*x));
    if (!x) {
        n->again = loop_timer_start(n->loop, &n->retry, RETRY_FIRST_MS, start, n) < 0;
        return;
    }
    loop_timer_stop(&n->retry);
    n->running = true;
    n->adopted = false;
    x->net = n;
    x->began = loop_now_ns(n->loop);
    x->from = TAKE(n->applied);
    int r = rules_make(n, &x->to);
    if (r == 0)
        r = run_plan(x);
    if (r == 0 && !x->batches.n) {
        finish(n, x, 0);
        return;
    }
    if (r == 0)
        r = loop_work(n->loop, run_batches, run_done, x);
    if (r < 0)
        finish(n, x, r);
    else
        n->pending++;
}

/* A table that a former process left serves on while the caller's caches fill: replaced when no change has come for a
 * moment, at the latest after a while. */
static void adopted_wait(struct net *n, int64_t ms)
{
    int64_t left = n->adopted_until - loop_now(n->loop);
    if (loop_timer_start(n->loop, &n->retry, MAX(MIN(ms, left), (int64_t)0), start, n) < 0)
        loop_defer(n->loop, &n->due, start, n);
}

void net_plan(struct net *n, const struct plan_state *state)
{
    n->state = state;
    if (!n->adopted) {
        net_changed(n);
        return;
    }
    n->adopted_until = loop_now(n->loop) + ADOPTED_MOST_MS;
    adopted_wait(n, ADOPTED_MOST_MS);
}

void net_changed(struct net *n)
{
    if (n->adopted && n->state)
        adopted_wait(n, ADOPTED_QUIET_MS);
    else if (!n->backoff_ms || !loop_timer_active(&n->retry)) /* else tried again soon anyway */
        loop_defer(n->loop, &n->due, start, n);
}

void net_status(const struct net *n, struct net_status *out)
{
    *out = n->status;
    out->busy = n->running || n->again || n->due.queued || loop_timer_active(&n->retry);
}

void net_rules_close(struct net *n)
{
    loop_defer_cancel(&n->due);
    loop_timer_stop(&n->retry);
    n->state = NULL;
    chains_forget(n);
}
