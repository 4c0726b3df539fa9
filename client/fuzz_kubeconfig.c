/* Any bytes as a kubeconfig: refused with a sentence, or a host and a port. */
#include <sys/mman.h>

#include "client/client.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static int fd = -1;
    char path[64];
    struct client_config k;
    struct err err = {""};
    if (fd < 0)
        fd = memfd_create("kubeconfig", 0);
    if (size > 1u << 16 || fd < 0 || ftruncate(fd, 0) < 0 || pwrite(fd, data, size, 0) != (ssize_t)size)
        return 0;
    snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
    int r = client_config_load(&k, path, NULL, &err);
    CHECK(r <= 0);
    CHECK(r < 0 ? err.text[0] && !k.host : k.host && k.port > 0 && k.port < 65536);
    client_config_done(&k);
    return 0;
}
