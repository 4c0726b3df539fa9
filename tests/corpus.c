/* Runs a fuzzer's body over each file of the folders named, so that a corpus is
 * also an ordinary test. Linked with one fuzz_X.c. */
#include <dirent.h>
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int run_file(const char *path)
{
    FILE *f = fopen(path, "rb");
    if (!f) {
        fprintf(stderr, "%s: %s\n", path, strerror(errno));
        return -1;
    }
    uint8_t *data = NULL;
    size_t n = 0, got;
    uint8_t block[65536];
    while ((got = fread(block, 1, sizeof(block), f)) > 0) {
        uint8_t *grown = realloc(data, n + got);
        if (!grown)
            abort();
        data = grown;
        memcpy(data + n, block, got);
        n += got;
    }
    fclose(f);
    /* An exact-size copy, so that a read past the end is seen. */
    uint8_t *exact = malloc(n ? n : 1);
    if (!exact)
        abort();
    if (n)
        memcpy(exact, data, n);
    LLVMFuzzerTestOneInput(exact, n);
    free(exact);
    free(data);
    return 0;
}

int main(int argc, char **argv)
{
    unsigned ran = 0;
    for (int i = 1; i < argc; i++) {
        struct dirent **names;
        int n = scandir(argv[i], &names, NULL, alphasort);
        if (n < 0) {
            fprintf(stderr, "%s: %s\n", argv[i], strerror(errno));
            return 1;
        }
        for (int k = 0; k < n; k++) {
            char path[4096];
            snprintf(path, sizeof(path), "%s/%s", argv[i], names[k]->d_name);
            if (names[k]->d_name[0] != '.' && run_file(path) == 0)
                ran++;
            free(names[k]);
        }
        free(names);
    }
    printf("%u inputs\n", ran);
    return ran ? 0 : 1; /* a corpus that is not there is a fault */
}
