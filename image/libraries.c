#include "image/libraries.h"

#include <pthread.h>

#include "os/os.h"

struct image_curl image_curl;

int image_curl_load(struct err *err)
{
    static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
    static bool loaded;
#define SYMBOL(f) {#f, (void **)(void *)&image_curl.f##_},
    static const struct os_symbol symbols[] = {IMAGE_CURL_FUNCTIONS(SYMBOL)};
#undef SYMBOL
    pthread_mutex_lock(&lock);
    int r = loaded ? 0 : os_library_load("libcurl.so.4", symbols, ARRAY_LEN(symbols), err);
    loaded = loaded || r == 0;
    pthread_mutex_unlock(&lock);
    return r;
}

struct image_tar image_tar;

int image_tar_load(struct err *err)
{
    static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
    static bool loaded;
#define SYMBOL(f) {#f, (void **)(void *)&image_tar.f##_},
    static const struct os_symbol symbols[] = {IMAGE_TAR_FUNCTIONS(SYMBOL)};
#undef SYMBOL
    pthread_mutex_lock(&lock);
    int r = loaded ? 0 : os_library_load("libarchive.so.13", symbols, ARRAY_LEN(symbols), err);
    loaded = loaded || r == 0;
    pthread_mutex_unlock(&lock);
    return r;
}
