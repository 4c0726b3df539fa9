/* One netlink socket: messages out, answers and dumps in, the kernel's remarks into errors. */
#include <fcntl.h>
#include <linux/netfilter/nfnetlink.h>
#include <sched.h>

#include "nl/inside.h"

/* Makes the socket while this thread stands in the other namespace; the socket stays there, the thread comes back. */
static struct mnl_socket *socket_within(int bus, int netns_fd, int *error)
{
    SCOPED_FD home = -1;
    *error = 0;
    if (netns_fd >= 0) {
        home = open("/proc/thread-self/ns/net", O_RDONLY | O_CLOEXEC);
        if (home < 0 || setns(netns_fd, CLONE_NEWNET) < 0) {
            *error = -errno;
            return NULL;
        }
    }
    struct mnl_socket *s = mnl_socket_open2(bus, SOCK_CLOEXEC);
    if (!s)
        *error = -errno;
    /* A thread lost in a foreign namespace would do its further work there. */
    if (home >= 0)
        CHECK(setns(home, CLONE_NEWNET) == 0);
    return s;
}

int nl_socket_open(struct nl **out, int bus, int netns_fd, struct err *err)
{
    struct nl *n = mem_alloc(sizeof(*n));
    if (n)
        n->in = mem_alloc(NL_IN);
    if (!n || !n->in) {
        mem_free(n);
        return err_raise(err, -ENOMEM, "no memory for a netlink socket");
    }
    int r, on = 1;
    n->socket = socket_within(bus, netns_fd, &r);
    if (r == 0 && mnl_socket_bind(n->socket, 0, MNL_SOCKET_AUTOPID) < 0)
        r = -errno;
    if (r < 0) {
        nl_close(n);
        return err_raise(err, r, "netlink socket: %s", strerror(-r));
    }
    /* The kernel answers at once; should it ever not, an agent must not stand still for good. */
    struct timeval most = {.tv_sec = 10};
    if (setsockopt(mnl_socket_get_fd(n->socket), SOL_SOCKET, SO_RCVTIMEO, &most, sizeof(most)) < 0)
        most.tv_sec = 0;
    /* Better words and shorter answers where the kernel has them. */
    if (mnl_socket_setsockopt(n->socket, NETLINK_EXT_ACK, &on, sizeof(on)) < 0 ||
        mnl_socket_setsockopt(n->socket, NETLINK_CAP_ACK, &on, sizeof(on)) < 0)
        on = 0;
    n->port = mnl_socket_get_portid(n->socket);
    *out = n;
    return 0;
}

int nl_open(struct nl **out, int netns_fd, struct err *err)
{
    return nl_socket_open(out, NETLINK_ROUTE, netns_fd, err);
}

struct nl *nl_close(struct nl *n)
{
    if (!n)
        return NULL;
    if (n->socket)
        mnl_socket_close(n->socket);
    mem_free(n->in);
    return mem_free(n);
}

void nl_scope_end(struct nl **n)
{
    *n = nl_close(*n);
}

struct nlmsghdr *nl_message(struct nl *n, char buf[NL_MESSAGE_MAX], uint16_t type, uint16_t flags)
{
    struct nlmsghdr *m = mnl_nlmsg_put_header(buf);
    m->nlmsg_type = type;
    m->nlmsg_flags = (uint16_t)(NLM_F_REQUEST | flags);
    m->nlmsg_seq = ++n->seq;
    return m;
}

/* The extended ack's text, behind the (capped) copy of our own header. */
static void remark_find(const struct nlmsghdr *m, const char **remark)
{
    const struct nlmsgerr *e = mnl_nlmsg_get_payload(m);
    size_t skip = sizeof(*e);
    if (!(m->nlmsg_flags & NLM_F_ACK_TLVS))
        return;
    if (!(m->nlmsg_flags & NLM_F_CAPPED))
        skip += mnl_nlmsg_get_payload_len(m) > sizeof(*e) ? e->msg.nlmsg_len - sizeof(struct nlmsghdr) : 0;
    if (m->nlmsg_len < MNL_NLMSG_HDRLEN + skip)
        return;
    const struct nlattr *a = (const struct nlattr *)((const char *)e + MNL_ALIGN(skip));
    int left = (int)(m->nlmsg_len - MNL_NLMSG_HDRLEN - MNL_ALIGN(skip));
    while (mnl_attr_ok(a, left)) {
        if (mnl_attr_get_type(a) == NLMSGERR_ATTR_MSG && mnl_attr_validate(a, MNL_TYPE_NUL_STRING) == 0)
            *remark = mnl_attr_get_str(a);
        left -= MNL_ALIGN(a->nla_len);
        a = mnl_attr_next(a);
    }
}

struct talk {
    mnl_cb_t each;
    void *ctx;
    bool done;
    int error; /* the kernel's, or each()'s */
    bool stopped;
    const char *remark;
};

static void answer_read(struct talk *t, const struct nlmsghdr *m)
{
    if (m->nlmsg_type == NLMSG_ERROR || m->nlmsg_type == NLMSG_DONE) {
        int error = 0;
        if (mnl_nlmsg_get_payload_len(m) >= sizeof(int))
            memcpy(&error, mnl_nlmsg_get_payload(m), sizeof(error));
        t->done = true;
        if (error && !t->stopped)
            t->error = error;
        if (error && m->nlmsg_type == NLMSG_ERROR)
            remark_find(m, &t->remark);
        return;
    }
    if (m->nlmsg_flags & NLM_F_DUMP_INTR && !t->stopped)
        t->error = -EINTR; /* changed while it was listed */
    if (m->nlmsg_type < NLMSG_MIN_TYPE || t->stopped || !t->each)
        return;
    int r = t->each(m, t->ctx);
    if (r != MNL_CB_OK) {
        t->stopped = true;
        t->error = r;
    }
}

int nl_talk(struct nl *n, struct nlmsghdr *m, mnl_cb_t each, void *ctx, struct err *err)
{
    struct talk t = {.each = each, .ctx = ctx};
    if ((m->nlmsg_flags & NLM_F_DUMP) != NLM_F_DUMP) /* its bits mean EXCL and REPLACE elsewhere */
        m->nlmsg_flags |= NLM_F_ACK;
    if (mnl_socket_sendto(n->socket, m, m->nlmsg_len) < 0)
        return err_raise(err, -errno, "netlink: %s", strerror(errno));
    while (!t.done) {
        ssize_t got = mnl_socket_recvfrom(n->socket, n->in, NL_IN);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return err_raise(err, -errno, "netlink: %s", strerror(errno));
        int left = (int)got;
        for (const struct nlmsghdr *h = (const struct nlmsghdr *)n->in; mnl_nlmsg_ok(h, left); h = mnl_nlmsg_next(h, &left))
            if (h->nlmsg_seq == m->nlmsg_seq) /* else it answers a question given up earlier */
                answer_read(&t, h);
    }
    if (t.error < 0)
        return err_raise(err, t.error, "%s%s%s", t.remark ? t.remark : "", t.remark ? ": " : "", strerror(-t.error));
    return t.error;
}

void nl_attr_ip(struct nlmsghdr *m, uint16_t type, const struct nl_ip *ip)
{
    mnl_attr_put(m, type, ip->family == AF_INET ? 4 : 16, ip->at);
}

void nl_ip_read(struct nl_ip *out, uint8_t family, uint8_t bits, const void *p)
{
    *out = (struct nl_ip){.family = family, .bits = bits};
    memcpy(out->at, p, family == AF_INET ? 4 : 16);
}
