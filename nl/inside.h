/* What nl's files share; no other room sees it. */
#ifndef CORACLE_NL_INSIDE_H
#define CORACLE_NL_INSIDE_H

#include <libmnl/libmnl.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <sys/socket.h>

#include "nl/nl.h"

#define NL_MESSAGE_MAX 4096

struct nl {
    struct mnl_socket *socket;
    unsigned seq;
    unsigned port;
    char *in; /* NL_IN bytes */
};
#define NL_IN 65536

int nl_socket_open(struct nl **out, int bus, int netns_fd, struct err *err) MUST_USE;
/* Starts a message in buf; flags besides REQUEST. */
struct nlmsghdr *nl_message(struct nl *n, char buf[NL_MESSAGE_MAX], uint16_t type, uint16_t flags);
/* Sends it and waits for the answer. each may be NULL; it is called for every data message; its answer other than
 * MNL_CB_OK ends the calls (the rest is still read) and is returned through *stopped. */
int nl_talk(struct nl *n, struct nlmsghdr *m, mnl_cb_t each, void *ctx, struct err *err) MUST_USE;
void nl_attr_ip(struct nlmsghdr *m, uint16_t type, const struct nl_ip *ip);
/* Reads an address attribute. */
void nl_ip_read(struct nl_ip *out, uint8_t family, uint8_t bits, const void *p);

#endif
