#include "tls/tls.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *a = NULL;
    struct tls_subject s;
    struct err err = {{0}};
    char *pub = NULL;
    struct str in = str_make(data, size);
    if (arena_new(&a, 4 << 20) < 0)
        return 0;
    if (tls_cert_read(a, in, &s, &err) == 0)
        CHECK(s.n_dns <= 256 && s.n_organizations <= 256);
    (void)!tls_cert_read_der(a, in, &s, &err);
    (void)!tls_csr_read(a, in, &s, &err);
    if (tls_public_key(in, &pub, &err) == 0)
        mem_free(pub);
    arena_free(a);
    return 0;
}
