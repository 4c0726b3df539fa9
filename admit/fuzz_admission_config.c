/* An AdmissionConfiguration, and a plugin's own file: it is one, or the error says what is wrong. */
#include <sys/mman.h>
#include <unistd.h>

#include "admit/admit.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct admit_settings *s = NULL;
    struct err err = {{0}};
    char path[64];
    int fd = size > 65536 ? -1 : memfd_create("config", MFD_CLOEXEC); /* the door takes a path */
    if (fd < 0)
        return 0;
    if (write(fd, data, size) == (ssize_t)size) {
        snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
        int r = admit_settings_read(&s, path, &err);
        CHECK((r == 0) == (s != NULL));
        CHECK(r == 0 || err.text[0]);
    }
    admit_settings_free(s);
    close(fd);
    return 0;
}
