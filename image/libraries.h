/* libcurl and libarchive, loaded when they are first needed: with all they bring
 * along they would hold megabytes in a server that never touches an image and in
 * an agent that pulls none. Their functions keep their names. */
#ifndef CORACLE_IMAGE_LIBRARIES_H
#define CORACLE_IMAGE_LIBRARIES_H

#define CURL_DISABLE_TYPECHECK
#include <archive.h>
#include <archive_entry.h>
#include <curl/curl.h>

#include "base/base.h"

/* libcurl */
#undef curl_easy_setopt
#undef curl_easy_getinfo
#define IMAGE_CURL_FUNCTIONS(X) \
    X(curl_easy_cleanup) X(curl_easy_getinfo) X(curl_easy_init) \
    X(curl_easy_perform) X(curl_easy_reset) X(curl_easy_setopt) \
    X(curl_easy_strerror) X(curl_global_init) X(curl_slist_append) \
    X(curl_slist_free_all)
struct image_curl {
#define FIELD(f) __typeof__(f) *f##_;
    IMAGE_CURL_FUNCTIONS(FIELD)
#undef FIELD
};
extern struct image_curl image_curl;
int image_curl_load(struct err *err) MUST_USE; /* any thread; harmless again. -ELIBACC: it cannot be loaded */
#define curl_easy_cleanup image_curl.curl_easy_cleanup_
#define curl_easy_getinfo image_curl.curl_easy_getinfo_
#define curl_easy_init image_curl.curl_easy_init_
#define curl_easy_perform image_curl.curl_easy_perform_
#define curl_easy_reset image_curl.curl_easy_reset_
#define curl_easy_setopt image_curl.curl_easy_setopt_
#define curl_easy_strerror image_curl.curl_easy_strerror_
#define curl_global_init image_curl.curl_global_init_
#define curl_slist_append image_curl.curl_slist_append_
#define curl_slist_free_all image_curl.curl_slist_free_all_

/* libarchive */
#define IMAGE_TAR_FUNCTIONS(X) \
    X(archive_entry_filetype) X(archive_entry_free) X(archive_entry_gid) \
    X(archive_entry_hardlink) X(archive_entry_mtime) X(archive_entry_mtime_nsec) \
    X(archive_entry_new) X(archive_entry_pathname) X(archive_entry_perm) \
    X(archive_entry_rdevmajor) X(archive_entry_rdevminor) X(archive_entry_set_filetype) \
    X(archive_entry_set_pathname) X(archive_entry_set_perm) X(archive_entry_set_size) \
    X(archive_entry_size) X(archive_entry_symlink) X(archive_entry_uid) \
    X(archive_entry_xattr_next) X(archive_entry_xattr_reset) X(archive_error_string) \
    X(archive_read_data_block) X(archive_read_free) X(archive_read_new) \
    X(archive_read_next_header) X(archive_read_open) X(archive_read_set_options) \
    X(archive_read_support_format_empty) X(archive_read_support_format_tar) X(archive_set_error) \
    X(archive_write_close) X(archive_write_data) X(archive_write_free) \
    X(archive_write_header) X(archive_write_new) X(archive_write_open_filename) \
    X(archive_write_set_format_pax_restricted)
struct image_tar {
#define FIELD(f) __typeof__(f) *f##_;
    IMAGE_TAR_FUNCTIONS(FIELD)
#undef FIELD
};
extern struct image_tar image_tar;
int image_tar_load(struct err *err) MUST_USE; /* any thread; harmless again. -ELIBACC: it cannot be loaded */
#define archive_entry_filetype image_tar.archive_entry_filetype_
#define archive_entry_free image_tar.archive_entry_free_
#define archive_entry_gid image_tar.archive_entry_gid_
#define archive_entry_hardlink image_tar.archive_entry_hardlink_
#define archive_entry_mtime image_tar.archive_entry_mtime_
#define archive_entry_mtime_nsec image_tar.archive_entry_mtime_nsec_
#define archive_entry_new image_tar.archive_entry_new_
#define archive_entry_pathname image_tar.archive_entry_pathname_
#define archive_entry_perm image_tar.archive_entry_perm_
#define archive_entry_rdevmajor image_tar.archive_entry_rdevmajor_
#define archive_entry_rdevminor image_tar.archive_entry_rdevminor_
#define archive_entry_set_filetype image_tar.archive_entry_set_filetype_
#define archive_entry_set_pathname image_tar.archive_entry_set_pathname_
#define archive_entry_set_perm image_tar.archive_entry_set_perm_
#define archive_entry_set_size image_tar.archive_entry_set_size_
#define archive_entry_size image_tar.archive_entry_size_
#define archive_entry_symlink image_tar.archive_entry_symlink_
#define archive_entry_uid image_tar.archive_entry_uid_
#define archive_entry_xattr_next image_tar.archive_entry_xattr_next_
#define archive_entry_xattr_reset image_tar.archive_entry_xattr_reset_
#define archive_error_string image_tar.archive_error_string_
#define archive_read_data_block image_tar.archive_read_data_block_
#define archive_read_free image_tar.archive_read_free_
#define archive_read_new image_tar.archive_read_new_
#define archive_read_next_header image_tar.archive_read_next_header_
#define archive_read_open image_tar.archive_read_open_
#define archive_read_set_options image_tar.archive_read_set_options_
#define archive_read_support_format_empty image_tar.archive_read_support_format_empty_
#define archive_read_support_format_tar image_tar.archive_read_support_format_tar_
#define archive_set_error image_tar.archive_set_error_
#define archive_write_close image_tar.archive_write_close_
#define archive_write_data image_tar.archive_write_data_
#define archive_write_free image_tar.archive_write_free_
#define archive_write_header image_tar.archive_write_header_
#define archive_write_new image_tar.archive_write_new_
#define archive_write_open_filename image_tar.archive_write_open_filename_
#define archive_write_set_format_pax_restricted image_tar.archive_write_set_format_pax_restricted_

#endif
