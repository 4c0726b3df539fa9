/* What serve's files share. */
#ifndef CORACLE_SERVE_INSIDE_H
#define CORACLE_SERVE_INSIDE_H

#include "serve/serve.h"

/* confine.c: what the server gives up before it starts */
int confine_server(struct settings *c, int *fd, struct err *err) MUST_USE; /* fd: listens where the settings say */
int confine_folders(const struct settings *c, struct err *err) MUST_USE;

/* outsiders.c: whom the server asks who somebody is and what he may do, beside what it knows itself */
struct auth;
struct auth_ask;
struct outsiders;
#define OUTSIDERS_FILES 8
/* The settings' files that are read again while the server runs; at most OUTSIDERS_FILES, ended by NULL. */
void outsiders_files(const struct settings *c, const char *out[OUTSIDERS_FILES + 1]);
int outsiders_new(struct outsiders **out, const struct settings *c, struct loop *loop, struct auth *auth, const char *own_issuer,
                  struct err *err) MUST_USE;
/* May he? 1: yes; 0: no; -EAGAIN: somebody outside is asked, the same question in a moment has the answer. */
int outsiders_may(struct outsiders *x, const struct auth_ask *q) MUST_USE;
struct outsiders *outsiders_free(struct outsiders *x); /* before the api and auth; NULL is fine */

/* publish.c: what joining nodes read */
struct client;
struct auth_pki;
int publish_cluster(struct client *client, const struct settings *c, const char *url, const struct auth_pki *pki, struct err *err) MUST_USE;

#endif
