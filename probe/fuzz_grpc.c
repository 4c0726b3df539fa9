/* What a container says to a gRPC health check. */
#include "probe/inside.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    int status = grpc_health(data, size);
    CHECK(status >= -1 && status <= 1000);
    return 0;
}
