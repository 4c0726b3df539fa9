#include "net/library.h"

#include <pthread.h>

#include "os/os.h"

struct net_nftables net_nftables;

int net_nftables_load(struct err *err)
{
    static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
    static bool loaded;
#define SYMBOL(f) {#f, (void **)(void *)&net_nftables.f##_},
    static const struct os_symbol symbols[] = {NET_NFTABLES_FUNCTIONS(SYMBOL)};
#undef SYMBOL
    pthread_mutex_lock(&lock);
    int r = loaded ? 0 : os_library_load("libnftables.so.1", symbols, ARRAY_LEN(symbols), err);
    loaded = loaded || r == 0;
    pthread_mutex_unlock(&lock);
    return r;
}
