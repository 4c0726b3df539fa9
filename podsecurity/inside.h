/* What podsecurity's files share. */
#ifndef CORACLE_PODSECURITY_INSIDE_H
#define CORACLE_PODSECURITY_INSIDE_H

#include "podsecurity/podsecurity.h"

/* A few texts: who broke a rule, and with what. Beyond the room there is they are only counted. */
#define TEXTS_MAX 64
struct texts {
    struct str items[TEXTS_MAX];
    size_t n;
};
void texts_add(struct texts *t, struct str s);
void texts_put(struct texts *t, struct str s);                         /* once, in order of bytes */
void texts_print(const struct texts *t, bool quoted, struct buf *out); /* joined by ", " */

/* One check at work. It says what is wrong by filling `why` (a constant) and `detail`. */
struct check_run {
    const struct value *metadata, *spec;
    int32_t minor;
    const char *why;
    struct buf *detail;
};
void check_says(struct check_run *k, const char *why);
void print_containers(const struct texts *bad, struct buf *out); /* container "a" / containers "a", "b" */
/* "pod and container "a"" */
void print_setters(bool pod, const struct texts *bad, struct buf *out);

#define EACH_CONTAINER(c, k) \
    for (size_t list_##c = 0; list_##c < 3; list_##c++) \
        VALUE_EACH_ITEM (c, value_get((k)->spec, str_of(container_lists[list_##c])))
extern const char *const container_lists[3];

void check_apparmor(struct check_run *k);
void check_capabilities(struct check_run *k);
void check_host_namespaces(struct check_run *k);
void check_host_paths(struct check_run *k);
void check_host_ports(struct check_run *k);
void check_hosts(struct check_run *k);
void check_privileged(struct check_run *k);
void check_proc_mount(struct check_run *k);
void check_proc_mount_always(struct check_run *k);
void check_selinux(struct check_run *k);
void check_seccomp(struct check_run *k);
void check_sysctls(struct check_run *k);
void check_windows(struct check_run *k);

void check_escalation(struct check_run *k);
void check_drops_all(struct check_run *k);
void check_volumes(struct check_run *k);
void check_non_root(struct check_run *k);
void check_user(struct check_run *k);
void check_seccomp_set(struct check_run *k);

bool relaxed(const struct check_run *k); /* a pod in a user namespace of its own */

#endif
