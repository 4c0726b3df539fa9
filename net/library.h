/* libnftables, loaded when rules are first made: a server has none to make. Its functions keep their names. */
#ifndef CORACLE_NET_LIBRARY_H
#define CORACLE_NET_LIBRARY_H

#include <nftables/libnftables.h>

#include "base/base.h"

/* libnftables */
#define NET_NFTABLES_FUNCTIONS(X) \
    X(nft_ctx_buffer_error) X(nft_ctx_buffer_output) X(nft_ctx_free) \
    X(nft_ctx_get_error_buffer) X(nft_ctx_get_output_buffer) X(nft_ctx_new) \
    X(nft_ctx_output_set_flags) X(nft_run_cmd_from_buffer)
struct net_nftables {
#define FIELD(f) __typeof__(f) *f##_;
    NET_NFTABLES_FUNCTIONS(FIELD)
#undef FIELD
};
extern struct net_nftables net_nftables;
int net_nftables_load(struct err *err) MUST_USE; /* any thread; harmless again. -ELIBACC: it cannot be loaded */
#define nft_ctx_buffer_error net_nftables.nft_ctx_buffer_error_
#define nft_ctx_buffer_output net_nftables.nft_ctx_buffer_output_
#define nft_ctx_free net_nftables.nft_ctx_free_
#define nft_ctx_get_error_buffer net_nftables.nft_ctx_get_error_buffer_
#define nft_ctx_get_output_buffer net_nftables.nft_ctx_get_output_buffer_
#define nft_ctx_new net_nftables.nft_ctx_new_
#define nft_ctx_output_set_flags net_nftables.nft_ctx_output_set_flags_
#define nft_run_cmd_from_buffer net_nftables.nft_run_cmd_from_buffer_

#endif
