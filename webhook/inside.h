/* What the files of this room share; not a door. */
#ifndef CORACLE_WEBHOOK_INSIDE_H
#define CORACLE_WEBHOOK_INSIDE_H

#include "webhook/webhook.h"

struct address {
    char host[256];
    int port;
};
/* One ready endpoint of the Service's port: `before`, if it is one of them, else any. -ENOENT with the sentence. */
int reach_service(struct store *store, struct str ns, struct str name, int port, const struct address *before, struct address *out,
                  struct err *err) MUST_USE;

#endif
