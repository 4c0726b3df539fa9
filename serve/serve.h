/* serve: the server's process — store, API, controllers and scheduler wired
 * together as the settings say, confined to what they need, with the
 * certificates of this instance.
 *
 * Called by cmd from the main thread; server_main() returns when the server was
 * told to end. What it cannot start with is told with the setting's or file's
 * name, and nothing is left behind. */
#ifndef CORACLE_SERVE_H
#define CORACLE_SERVE_H

#include "settings/settings.h"

int server_main(struct settings *c);

/* ── certificates of an instance ── */
int pki_links(const struct settings *c, struct err *err) MUST_USE; /* DATA/admin.kubeconfig → pki/admin.kubeconfig … */
struct auth_pki;
int pki_open(const struct settings *c, struct auth_pki **out, struct err *err) MUST_USE;
int pki_kubeconfigs(const struct settings *c, const struct auth_pki *p, int port, struct err *err) MUST_USE;

#endif
