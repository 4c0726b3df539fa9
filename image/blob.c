/* Blobs: files named by the digest of their bytes. */
#include <fcntl.h>
#include <sys/stat.h>

#include "image/inside.h"

struct str image_digest_hex(struct str digest)
{
    struct str algorithm, hex;
    return str_cut(digest, ':', &algorithm, &hex) ? hex : digest;
}

static int path_make(const struct image_store *s, const char *folder, struct str digest, char out[DISK_PATH_MAX])
{
    if (!image_digest_valid(digest))
        return -EINVAL;
    struct str algorithm, hex;
    str_cut(digest, ':', &algorithm, &hex);
    int n = snprintf(out, DISK_PATH_MAX, "%s/blobs/%s%.*s/%.*s", s->dir, folder, folder[0] ? 0 : (int)algorithm.n, algorithm.p, STR_FMT(hex));
    return n < 0 || n >= DISK_PATH_MAX ? -ENAMETOOLONG : 0;
}

int image_blob_path(const struct image_store *s, struct str digest, char out[DISK_PATH_MAX])
{
    return path_make(s, "", digest, out);
}

int image_partial_path(const struct image_store *s, struct str digest, char out[DISK_PATH_MAX])
{
    return path_make(s, "partial", digest, out);
}

void image_temporary_path(struct image_store *s, const char *what, char out[DISK_PATH_MAX])
{
    snprintf(out, DISK_PATH_MAX, "%s/tmp/%s-%u", s->dir, what, atomic_fetch_add(&s->counter, 1));
}

bool image_blob_exists(const struct image_store *s, struct str digest, int64_t size)
{
    char path[DISK_PATH_MAX];
    struct stat st;
    return image_blob_path(s, digest, path) == 0 && stat(path, &st) == 0 && (size < 0 || st.st_size == size);
}

int image_blob_read(const struct image_store *s, struct str digest, size_t max, struct buf *out)
{
    char path[DISK_PATH_MAX];
    int r = image_blob_path(s, digest, path);
    return r < 0 ? r : os_file_read(path, max, out);
}

int image_digest_of(struct str bytes, char out[DIGEST_MAX])
{
    unsigned char sum[32];
    int r = tls_sha256(bytes, sum);
    if (r < 0)
        return r;
    memcpy(out, "sha256:", 7);
    for (size_t i = 0; i < sizeof(sum); i++)
        snprintf(out + 7 + 2 * i, 3, "%02x", sum[i]);
    return 0;
}

static int digest_end(struct tls_digest *d, struct str algorithm, char out[DIGEST_MAX])
{
    SCOPED_BUF hex = BUF_INIT(256);
    int r = tls_digest_end(d, &hex);
    if (r < 0)
        return r;
    snprintf(out, DIGEST_MAX, "%.*s:%s", STR_FMT(algorithm), buf_cstr(&hex));
    return buf_error(&hex);
}

/* Copies (to ≥ 0) or only reads a file from its present place, taking the digest on the way. */
static int file_pass(int from, int to, struct str algorithm, int64_t *bytes, char out[DIGEST_MAX])
{
    struct tls_digest *d = NULL;
    char *block = mem_alloc(256 * 1024);
    if (!block)
        return -ENOMEM;
    int r = tls_digest_new(&d, algorithm);
    *bytes = 0;
    while (r == 0) {
        ssize_t n = read(from, block, 256 * 1024);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            r = -errno;
        if (n <= 0)
            break;
        *bytes += n;
        r = tls_digest_add(d, str_make(block, (size_t)n));
        if (r == 0 && to >= 0)
            r = os_write_all(to, block, (size_t)n);
    }
    mem_free(block);
    if (r < 0) {
        tls_digest_free(d);
        return r;
    }
    return digest_end(d, algorithm, out);
}

int image_digest_of_file(int fd, char out[DIGEST_MAX])
{
    int64_t bytes;
    return lseek(fd, 0, SEEK_SET) < 0 ? -errno : file_pass(fd, -1, STR("sha256"), &bytes, out);
}

static int put(struct image_store *s, const char *from, struct str digest, struct err *err)
{
    char path[DISK_PATH_MAX];
    int r = image_blob_path(s, digest, path);
    if (r == 0 && rename(from, path) < 0)
        r = -errno;
    return r < 0 ? err_raise(err, r, "storing blob %.*s: %s", STR_FMT(digest), strerror(-r)) : 0;
}

int image_blob_write(struct image_store *s, struct str digest, struct str bytes, struct err *err)
{
    struct tls_digest *d = NULL;
    struct str algorithm, hex;
    char sum[DIGEST_MAX], path[DISK_PATH_MAX];
    str_cut(digest, ':', &algorithm, &hex);
    int r = tls_digest_new(&d, algorithm);
    if (r == 0) {
        r = tls_digest_add(d, bytes);
        if (r < 0)
            tls_digest_free(d);
        else
            r = digest_end(d, algorithm, sum);
    }
    if (r < 0)
        return err_raise(err, r, "digest of %.*s: %s", STR_FMT(digest), strerror(-r));
    if (!str_is(digest, sum))
        return err_raise(err, -EBADMSG, "digest mismatch: wanted %.*s, the bytes have %s", STR_FMT(digest), sum);
    image_temporary_path(s, "blob", path);
    SCOPED_FD fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    r = fd < 0 ? -errno : os_write_all(fd, bytes.p, bytes.n);
    if (r < 0) {
        unlink(path);
        return err_raise(err, r, "%s: %s", path, strerror(-r));
    }
    return put(s, path, digest, err);
}

int image_blob_copy(struct image_store *s, struct str digest, int64_t size, int from_fd, struct err *err)
{
    char sum[DIGEST_MAX], path[DISK_PATH_MAX];
    struct str algorithm, hex;
    int64_t bytes = 0;
    if (image_blob_exists(s, digest, size))
        return 0;
    str_cut(digest, ':', &algorithm, &hex);
    image_temporary_path(s, "blob", path);
    SCOPED_FD fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    int r = fd < 0 ? -errno : file_pass(from_fd, fd, algorithm, &bytes, sum);
    if (r < 0)
        err_raise(err, r, "copying blob %.*s: %s", STR_FMT(digest), strerror(-r));
    else if (!str_is(digest, sum) || (size >= 0 && bytes != size))
        r = err_raise(err, -EBADMSG, "blob %.*s does not match its digest or size", STR_FMT(digest));
    else
        return put(s, path, digest, err);
    unlink(path);
    return r;
}
