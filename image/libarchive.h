/* What of libarchive is used, loaded when the first archive is read: it brings ICU and a dozen more along. */
#ifndef CORACLE_IMAGE_LIBARCHIVE_H
#define CORACLE_IMAGE_LIBARCHIVE_H

#include <archive.h>
#include <archive_entry.h>

#include "base/base.h"

/* clang-format off */
#define LIBARCHIVE_FUNCTIONS(X)                                                                              \
    X(archive_entry_filetype) X(archive_entry_free) X(archive_entry_gid) X(archive_entry_hardlink)          \
    X(archive_entry_mtime) X(archive_entry_mtime_nsec) X(archive_entry_new) X(archive_entry_pathname)       \
    X(archive_entry_perm) X(archive_entry_rdevmajor) X(archive_entry_rdevminor)                             \
    X(archive_entry_set_filetype) X(archive_entry_set_pathname) X(archive_entry_set_perm)                   \
    X(archive_entry_set_size) X(archive_entry_size) X(archive_entry_symlink) X(archive_entry_uid)           \
    X(archive_entry_xattr_next) X(archive_entry_xattr_reset) X(archive_error_string)                        \
    X(archive_read_data_block) X(archive_read_free) X(archive_read_new) X(archive_read_next_header)         \
    X(archive_read_open) X(archive_read_set_options) X(archive_read_support_format_empty)                   \
    X(archive_read_support_format_tar) X(archive_set_error) X(archive_write_close) X(archive_write_data)    \
    X(archive_write_free) X(archive_write_header) X(archive_write_new) X(archive_write_open_filename)       \
    X(archive_write_set_format_pax_restricted)
/* clang-format on */

struct image_libarchive {
#define X(name) __typeof__(name) *name;
    LIBARCHIVE_FUNCTIONS(X)
#undef X
};
const struct image_libarchive *image_libarchive(struct err *err) MUST_USE; /* NULL: cannot be loaded; any thread */

#endif
