/* services: what stands behind a Service, and the addresses Services have.
 *
 * Controllers as ctl has them: pure, over the caches; each fills intents, on the controllers' thread. A key is "ns/name" unless told.
 *
 *   slices_reconcile        a Service's EndpointSlices of the pods it selects (KEP-752)
 *   endpoints_reconcile     the older Endpoints beside them; none is made for a Service without a selector
 *   mirror_reconcile        EndpointSlices of Endpoints somebody keeps by hand. Key: of the Endpoints.
 *   addresses_reconcile     IPAddresses (KEP-1880): one for each address a Service has, none for those no Service has. Key: a Service's, or '=' and
 *                           an address.
 *   service_cidr_reconcile  a ServiceCIDR's conditions, and its finalizer while addresses of it are in use. Key: its name. */
#ifndef CORACLE_SERVICES_H
#define CORACLE_SERVICES_H

#include "reconcile/reconcile.h"

void slices_reconcile(struct view *v, struct str key);
void endpoints_reconcile(struct view *v, struct str key);
void mirror_reconcile(struct view *v, struct str key);
void addresses_reconcile(struct view *v, struct str key);
void map_addresses(struct view *v, struct object *old, struct object *now, void (*add)(void *ctx, struct str key), void *ctx);
void service_cidr_reconcile(struct view *v, struct str key);
void map_service_cidrs(struct view *v, struct object *old, struct object *now, void (*add)(void *ctx, struct str key), void *ctx);

#endif
