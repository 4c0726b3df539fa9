/* What the files of this room share; nobody else looks in here. */
#ifndef CORACLE_OPENAPI_INSIDE_H
#define CORACLE_OPENAPI_INSIDE_H

#include "openapi/openapi.h"

/* Messages met so far, in order of first mention: a document's schemas. */
#define OPENAPI_MESSAGES_MAX 2048
struct openapi_messages {
    const struct schema_message *at[OPENAPI_MESSAGES_MAX];
    size_t n;
    struct map seen; /* by address of the row, printed by the row's own bytes */
};

/* A document being written. */
struct openapi_writer {
    struct buf *out;
    const char *ref;  /* "#/components/schemas/" or "#/definitions/" */
    bool v3;
    struct openapi_messages *messages;
    int error;
};

void openapi_mention(struct openapi_writer *w, const struct schema_message *m);
void openapi_write_ref(struct openapi_writer *w, const struct schema_message *m); /* {"$ref":…} */
void openapi_write_schemas(struct openapi_writer *w); /* name: schema, … of all mentioned, and what they mention */
void openapi_write_paths(struct openapi_writer *w, const struct schema_resource *r, bool *first);
void openapi_write_gvk(struct openapi_writer *w, const struct schema_kind *k);

#endif
