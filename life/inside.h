/* What life's files share; no other room sees it. */
#ifndef CORACLE_LIFE_INSIDE_H
#define CORACLE_LIFE_INSIDE_H

#include "life/life.h"

/* ── setup.c: volumes, sandbox, network and back ── */
bool life_setup_done(struct worker *w);   /* starts the next step; true when all is there */
bool life_setup_undone(struct worker *w); /* the same in reverse */
void life_setup_recall(struct worker *w); /* it has ended: looks for what is left of it */
void life_setup_forget_volumes(struct worker *w);
void life_setup_abandon(struct worker *w); /* the worker is about to be freed */
int life_setup_refresh_volumes(struct worker *w, struct err *err) MUST_USE;

/* ── container.c ── */
struct container *life_container_new(struct worker *w, const struct value *spec, enum container_kind kind);
void life_container_free(struct container *c);
void life_container_advance(struct container *c);               /* start it, or the next step towards that */
void life_container_end(struct container *c, int64_t grace_ms); /* stop it: preStop, signal, kill */
void life_container_unmake(struct container *c);                /* one being made: its network could not be */
void life_container_recall(struct container *c);
const struct value *life_container_told(const struct container *c); /* its status in the API, or NULL */
void life_container_recall_end(struct container *c);                /* it has ended, as the pod's status tells */
void life_container_adopt(struct container *c, struct runtime_container *h);
bool life_container_over(const struct container *c); /* exited and not to come back */
bool life_container_succeeded(const struct container *c);
bool life_container_restarts(const struct container *c); /* by its policy, after its last end */
void life_container_wait(struct container *c, const char *reason, const char *fmt, ...) PRINTF(3, 4);
void life_container_started(struct container *c);

/* ── past.c ── */
void life_past_keep(struct worker *w);                  /* before what has ended is removed */
void life_past_take(struct worker *w, struct str note); /* of an adopted sandbox, whose containers have been adopted */

/* ── pulling.c ── */
bool life_pulling_done(struct container *c, struct image **out); /* the image is here; else starts or awaits the pull */

/* The same for an image volume, by its place in spec.volumes: starts or awaits its pull, and notes when it is done. */
void life_pulling_for_volume(struct worker *w, size_t volume, struct str reference);

/* ── health.c: probes and hooks ── */
void life_health_start(struct container *c, int64_t ms_ago, bool started, bool ready);
void life_health_stop(struct container *c);
/* Runs a lifecycle hook; done is told on the loop (r < 0 with why). False: there is no such hook. */
bool life_health_hook(struct container *c, const char *hook, int64_t timeout_ms, void (*done)(struct container *c, int r, const char *why));
void life_health_hook_cancel(struct container *c);
int life_health_port(const struct value *port, const struct value *container); /* number, or named in ports; -1 */

/* ── realtime.c ── */
int life_realtime_set(struct container *c, pid_t pid); /* its first process, whose program has not begun; 0: with or without */

/* ── resize.c ── */
/* `fresh` is the API's newer tree: where it asks for other resources, it gets the old ones and w->desired the new. */
int life_resize_take(struct worker *w, struct arena *a, const struct value *old, struct value *fresh) MUST_USE;
void life_resize_advance(struct worker *w);                                               /* is what is desired to be promised? */
void life_resize_retry(struct pod_host *h);                                               /* room was given back */
void life_resize_adopt(struct worker *w);                                                 /* what do the cgroups have that were found? */
int life_resize_found(struct container *c, const struct runtime_resources *has) MUST_USE; /* this; it is what was given, then */
void life_resize_apply(struct worker *w);                                                 /* what is promised to be given? */
bool life_resize_under_way(const struct worker *w);
const struct value *life_resize_given(const struct container *c); /* resources it runs with */

/* ── users.c: of pods with hostUsers: false ── */
struct life_users {
    uint32_t first, slots; /* so many times 65536, from here on */
};
enum { LIFE_USERS_NONE = 1 };
int life_users_choose(struct pod_host *h, uint32_t *base, struct err *err) MUST_USE;
/* What /etc/subuid and /etc/subgid set aside for the kubelet; LIFE_USERS_NONE: nothing. Pure. */
int life_users_read(struct str subuid, struct str subgid, struct life_users *out, struct err *err) MUST_USE;

/* ── status.c ── */
void life_status_changed(struct worker *w);
const char *life_status_phase(const struct worker *w);

/* A root of the image, with its owners mapped where the pod has users of its own. */
int life_setup_root(struct worker *w, struct image *image, struct str name, bool read_only, struct image_root *root, struct err *err) MUST_USE;

#endif
